"""What speaks for and against a candidate, as named numbers. The weights are in `weights.json`; nothing here decides."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Container, Mapping
from functools import lru_cache
from math import log

from knowledge.base import KnowledgeBase
from knowledge.language.spans import IDLE, Reading
from knowledge.matching.candidates import Candidate
from knowledge.matching.likeness import Likely
from knowledge.reading.question import Question
from knowledge.records import Answer
from knowledge.text import words

FLOOR = 0.002
"""A frame is never less likely than this: the other evidence may still win."""


KINDS = ("aspect", "asks", "activity", "fact", "undone", "scope", "operator", "talk", "order")
"""Slots by which a question and a stored wording are held against each other."""


class Kinship:
    """What a question and an entry of one base have in common beyond likeness: words, slots, places, years."""

    def __init__(self, base: KnowledgeBase, read: Callable[[str], Reading]) -> None:
        self._words = {
            id_: frozenset(
                word for text in (*folded.keys, folded.body, folded.detail) for word in words(text)
            )
            for id_, folded in base.folded.items()
        }
        count = Counter(word for own in self._words.values() for word in own)
        total = len(self._words) + 1
        self._rarity = {word: log(total / (1 + times)) for word, times in count.items()}
        self._unknown = log(total)
        self._entries = base.entries
        self.slots = lru_cache(maxsize=16384)(lambda key: slots_of(read(key)))

    def features(
        self, question: Question, own: frozenset[tuple[str, str]], likely: Likely
    ) -> dict[str, float]:
        """How much of the question the entry explains, and which of its slots the nearest wording shares."""
        entry = self._entries[likely.id]
        key = self.slots(likely.key)
        spoken = {value for slot, value in key if slot == "region"}
        named = {place.id for place in question.regions}
        years = {period.code[:4] for period in question.periods.found if period.code}
        dated = f"{entry.title} {entry.period} {likely.key}"
        return {
            **self.coverage(question, self.words_of(likely.id)),
            **_slots_shared(own, key),
            "place unspoken": float(bool(named - spoken - {entry.region})),
            "place unsaid": float(bool(spoken - named)),
            "year unspoken": float(bool(years) and not any(year in dated for year in years)),
            "report": float(entry.kind == "assessment"),
            "named": float(likely.id in question.reading.values("entry_name")),
        }

    def words_of(self, entry: str) -> frozenset[str]:
        """The folded words of an entry and of the questions stored for it."""
        return self._words[entry]

    def coverage(self, question: Question, had: Container[str]) -> dict[str, float]:
        """How much of the question's words, weighed by their rarity, is among these."""
        told = whole = strange = 0.0
        for span in question.reading.spans:
            if span.slot in IDLE or span.slot in ("period", "amount", "number"):
                continue
            for word in span.text.split():
                weight = self._rarity.get(word, self._unknown)
                whole += weight
                told += weight if word in had else 0.0
                strange += word not in had and word not in self._rarity
        return {
            "coverage": told / whole if whole else 0.0,
            "uncovered": min(whole - told, 20.0) / 5,
            "strange": min(strange, 4.0),
        }


def _slots_shared(own: frozenset[tuple[str, str]], key: frozenset[tuple[str, str]]) -> dict[str, float]:
    """How many slots a question and a wording have in common and how many one has alone; whether they ask differently."""
    mine = {one for one in own if one[0] in KINDS}
    theirs = {one for one in key if one[0] in KINDS}
    asked, told = ({value for slot, value in one if slot == "aspect"} for one in (mine, theirs))
    return {
        "slots shared": min(len(mine & theirs), 4) / 2,
        "slots of question alone": min(len(mine - theirs), 4) / 2,
        "slots of entry alone": min(len(theirs - mine), 4) / 2,
        "asks differ": float(bool(asked and told) and asked.isdisjoint(told)),
    }


def slots_of(reading: Reading) -> frozenset[tuple[str, str]]:
    """The slots and values of a reading that were said, and those that were ruled out under another name."""
    return frozenset(
        (span.slot if span.scope != "excluded" else f"not {span.slot}", span.value)
        for span in reading.spans
        if span.slot not in IDLE and span.slot != "unknown"
    )


def frame_features(frame: str, frames: Mapping[str, float]) -> dict[str, float]:
    """How likely the words alone make the candidate's frame, and those that it is mostly mistaken for."""
    told = {
        f"{name}:{frame}": log(max(frames.get(one, 0.0), FLOOR))
        for name, one in (("frame", frame), ("other", "other"))
    }
    if frame not in ("figure", "entry"):
        told["frame:entry beside"] = log(max(frames.get("entry", 0.0), FLOOR))
        told["frame:figure beside"] = log(max(frames.get("figure", 0.0), FLOOR))
    return told


def features(
    candidate: Candidate,
    question: Question,
    frames: Mapping[str, float],
    best: Likely | None,
    kinship: Kinship,
) -> dict[str, float]:
    """The features of one candidate. `frames`: how likely each frame is by the words; `best`: the likeliest entry."""
    frame, answer, likely = candidate.frame, candidate.answer, candidate.likely
    reading = question.reading
    told: dict[str, float] = {f"is:{frame}": 1.0, **frame_features(frame, frames)}
    if answer.status != "answered":
        told[f"{answer.status}:{frame}"] = 1.0
    if likely is not None:
        told |= _of_entry(question, likely) | kinship.features(question, slots_of(reading), likely)
    elif best is not None:
        told[f"best likeness:{frame}"] = best.score
        told[f"best near:{frame}"] = best.near
    if frame == "other" and best is not None:
        own = kinship.features(question, slots_of(reading), best)
        told["other coverage"] = own["coverage"]
        told["other strange"] = own["strange"]
    if frame == "figure":
        told |= _of_figure(question, answer)
    if frame == "level":
        told["level price"] = float(answer.calculation is not None)
    if frame == "event":
        told["event aspect"] = float(bool(answer.aspect))
    if frame != "entry":
        told[f"residue:{frame} {answer.status}"] = min(len(reading.residue), 6) / 3
        told[f"understood:{frame} {answer.status}"] = float(not reading.residue)
    told["own topic"] = float(question.own_topic)
    told["neighbour"] = float(bool(question.neighbour) or reading.has("neighbour"))
    return told


def _of_entry(question: Question, likely: Likely) -> dict[str, float]:
    """How like an entry is to a question, and whether a number is asked for."""
    asks = bool(question.amount or question.measures.percent or question.compare)
    placed = bool(question.regions or question.periods.found)
    about = bool(question.money or question.measures.named or question.programmes)
    return {
        "likeness": likely.score,
        "margin": likely.margin,
        "near": likely.near,
        "very near": max(0.0, likely.near - 0.85) * 5,
        f"rank {min(likely.rank, 3)}": 1.0,
        "entry of a figure": float(asks and placed and about),
        "entry of a placed number": float(asks and placed),
        "entry of a check": float(question.check),
    }


def _of_figure(question: Question, answer: Answer) -> dict[str, float]:
    """Whether a number is asked for, of what and where."""
    asks = question.amount or question.measures.percent or question.compare or question.check or question.rank
    placed = question.regions or question.periods.found or question.programmes
    about = question.money or question.measures.named or question.counted
    asked = (
        f"{'asks' if asks else 'tells'} {'placed' if placed else 'nowhere'} {'about' if about else 'what'}"
    )
    return {
        f"figure {answer.status} {asked}": 1.0,
        f"figure {answer.status} topic": float(question.own_topic),
        "figure checked": float(question.check and answer.kind in ("check", "comparison")),
        "figure amount": float(question.amount),
        "figure counted": float(bool(question.counted or question.indicators)),
        "figure unknown words": min(sum(span.slot == "unknown" for span in question.reading.spans), 8) / 4,
        "figure assumed": min(len(answer.assumptions), 4) / 2,
    }
