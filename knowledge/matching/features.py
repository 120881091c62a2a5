"""What speaks for and against a candidate, as named numbers. The weights are in `weights.json`; nothing here decides."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping
from functools import lru_cache
from math import log

from knowledge.base import KnowledgeBase
from knowledge.language.spans import IDLE, Reading
from knowledge.matching.likeness import Likely
from knowledge.reading.question import Question
from knowledge.records import Answer
from knowledge.text import words

FLOOR = 0.002
"""A frame is never less likely than this: the other evidence may still win."""


KINDS = ("aspect", "asks", "activity", "fact", "undone", "scope", "operator", "talk")
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
        self._base = base
        self.slots = lru_cache(maxsize=16384)(lambda key: slots_of(read(key)))

    def features(
        self, question: Question, own: frozenset[tuple[str, str]], likely: Likely
    ) -> dict[str, float]:
        """How much of the question the entry explains, and which of its slots the nearest wording shares."""
        had = self._words[likely.id]
        told = whole = strange = 0.0
        for span in question.reading.spans:
            if span.slot in IDLE or span.slot in ("period", "amount", "number"):
                continue
            for word in span.text.split():
                weight = self._rarity.get(word, self._unknown)
                whole += weight
                if word in had:
                    told += weight
                elif word not in self._rarity:
                    strange += 1
        entry = self._base.entries[likely.id]
        key = self.slots(likely.key)
        mine = {one for one in own if one[0] in KINDS}
        theirs = {one for one in key if one[0] in KINDS}
        named = {place.id for place in question.regions}
        spoken = {value for slot, value in key if slot == "region"}
        years = {period.code[:4] for period in question.periods.found if period.code}
        return {
            "coverage": told / whole if whole else 0.0,
            "uncovered": min(whole - told, 20.0) / 5,
            "strange": min(strange, 4.0),
            "slots shared": min(len(mine & theirs), 4) / 2,
            "slots of question alone": min(len(mine - theirs), 4) / 2,
            "slots of entry alone": min(len(theirs - mine), 4) / 2,
            "asks differ": float(
                bool({v for s, v in mine if s == "aspect"} and {v for s, v in theirs if s == "aspect"})
                and not {one for one in mine & theirs if one[0] == "aspect"}
            ),
            "place unspoken": float(bool(named - spoken - {entry.region})),
            "place unsaid": float(bool(spoken - named)),
            "year unspoken": float(
                bool(years)
                and not any(year in f"{entry.title} {entry.period} {likely.key}" for year in years)
            ),
            "report": float(entry.kind == "assessment"),
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
    frame: str,
    answer: Answer,
    question: Question,
    frames: Mapping[str, float],
    likely: Likely | None,
    best: Likely | None,
    kinship: Kinship | None = None,
    given: Mapping[str, float] | None = None,
) -> dict[str, float]:
    """The features of one candidate. `frames`: how likely each frame is by the words; `best`: the likeliest entry."""
    reading = question.reading
    told: dict[str, float] = {f"is:{frame}": 1.0, **frame_features(frame, frames)}
    if given:
        told |= dict(given) | {f"{name}:{frame}": value for name, value in given.items()}
    if answer.status != "answered":
        told[f"{answer.status}:{frame}"] = 1.0
    if likely is not None:
        told |= {
            "likeness": likely.score,
            "margin": likely.margin,
            "near": likely.near,
            "very near": max(0.0, likely.near - 0.85) * 5,
            f"rank {min(likely.rank, 3)}": 1.0,
        }
        if kinship is not None:
            told |= kinship.features(question, slots_of(reading), likely)
        asks = bool(question.amount or question.measures.percent or question.compare)
        placed = bool(question.regions or question.periods.found)
        told["entry of a figure"] = float(
            asks and placed and bool(question.money or question.measures.named or question.programmes)
        )
        told["entry of a placed number"] = float(asks and placed)
        told["entry of a check"] = float(question.check)
    elif best is not None:
        told[f"best likeness:{frame}"] = best.score
        told[f"best near:{frame}"] = best.near
    if frame == "other":
        told["other neighbour"] = float(bool(question.neighbour) or reading.has("neighbour"))
        told["other own topic"] = float(question.own_topic)
        told["other funding"] = float(reading.has("head", "funding"))
        told["other support"] = float(
            reading.has("head", "support") or reading.has("activity") or reading.has("aspect")
        )
        told["other scheme"] = float(
            reading.has("head", "scheme", "event", "document", "product_vote") or bool(question.documents)
        )
        told["other slots"] = float(bool(question.regions or question.programmes or question.periods.found))
        told["other measure"] = float(bool(question.measures.named))
        told["other entry name"] = float(
            reading.has("entry_name") or reading.has("event_name") or reading.has("fact")
        )
        told["other nothing read"] = float(
            not any(
                s.slot not in IDLE and s.slot not in ("unknown", "asks", "number", "talk")
                for s in reading.spans
            )
        )
        told["other talk"] = float(reading.has("talk"))
        if kinship is not None and best is not None:
            own = kinship.features(question, slots_of(reading), best)
            told["other coverage"] = own["coverage"]
            told["other strange"] = own["strange"]
    if frame == "figure":
        asks = bool(
            question.amount
            or question.measures.percent
            or question.compare
            or question.check
            or question.rank
        )
        placed = bool(question.regions or question.periods.found or question.programmes)
        about = bool(question.money or question.measures.named or question.counted)
        told[
            f"figure {answer.status} {'asks' if asks else 'tells'} {'placed' if placed else 'nowhere'} {'about' if about else 'what'}"
        ] = 1.0
        told["figure checked"] = float(question.check and answer.kind in ("check", "comparison"))
        told[f"figure {answer.status} topic"] = float(question.own_topic)
        slots = bool(question.regions) + bool(question.periods.found) + bool(question.programmes)
        told[f"figure slots {slots}"] = 1.0
        told["figure money"] = float(question.money)
        told["figure measure"] = float(bool(question.measures.named or question.measures.percent))
        told["figure amount"] = float(question.amount)
        told["figure counted"] = float(bool(question.counted or question.indicators))
        told["figure unknown words"] = min(sum(1 for span in reading.spans if span.slot == "unknown"), 8) / 4
        told["figure assumed"] = min(len(answer.assumptions), 4) / 2
        told["figure wish"] = float(reading.has("intent"))
        told["figure facts"] = float(reading.has("fact"))
        told["figure support"] = float(reading.has("head", "support"))
        told["figure yes no"] = float(question.yes_no and not question.check)
        told["figure why"] = float(question.why)
    if frame == "level":
        told["level price"] = float(answer.calculation is not None)
        told["level support"] = float(reading.has("head", "support"))
        told["level how much"] = float(question.amount or reading.has("aspect", "amount"))
        told["level papers"] = float(reading.has("aspect", "papers", "procedure", "deadline", "duration"))
        told["level yes no"] = float(question.yes_no)
    if frame == "event":
        told["event head"] = float(reading.has("head", "event") or reading.has("event_name"))
        told["event dated"] = float(bool(question.periods.found))
        told["event aspect"] = float(bool(answer.aspect))
        told["event funding"] = float(reading.has("head", "funding") or question.money)
    if frame in ("eligible", "level", "contact"):
        told[f"facts:{frame}"] = float(reading.has("fact"))
        told[f"wish:{frame}"] = float(reading.has("intent"))
    if frame != "entry":
        told[f"residue:{frame} {answer.status}"] = min(len(reading.residue), 6) / 3
        told[f"understood:{frame} {answer.status}"] = float(not reading.residue)
    told["own topic"] = float(question.own_topic)
    told["neighbour"] = float(bool(question.neighbour) or reading.has("neighbour"))
    return told
