"""What speaks for and against an answer to a message of a chat, as named numbers. The weights are in `weights.json`; nothing
here decides."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from math import log

from knowledge.base import KnowledgeBase
from knowledge.dialogue import about
from knowledge.dialogue.acts import OBJECTS, OF_FIGURES, Act, names_its_own
from knowledge.dialogue.asking import Told
from knowledge.dialogue.state import Context
from knowledge.language.spans import Reading
from knowledge.matching.features import Kinship
from knowledge.reading.question import Question
from knowledge.records import Answer, Entry, Figure
from knowledge.text import fold, words

FOUND = 0.5
"""How likely an answer counts that was found beside what was told, not as a candidate of a question."""
LONGEST, MOST_AGREE = 16, 6
"""Words of a message, and ways to one answer, beyond which more make no difference."""
YEAR = 4
"""Digits of a year."""
LEAST_CHANCE = 0.001
MOST_UNREAD = 6
_TELLING = ("asks", "operator", "role", "reference", "undone", "talk")
"""Slots whose values say how a message leans."""
_SLOTS = ("region", "programme", "period", "measure")
_SUBJECT = ("head", "activity", "trade")
"""Slots by which an entry says what it is about."""


@dataclass(frozen=True, slots=True)
class Meant:
    """An answer that a message of a chat may ask for. `way`: how it was found; `chance`: how likely its candidate was;
    `second`: another was likelier."""

    way: str
    told: Told
    chance: float = FOUND
    second: bool = False

    @property
    def answer(self) -> Answer:
        """What would be told."""
        return self.told[0]

    @property
    def tells(self) -> str:
        """What it tells first; of an answer that tells nothing its kind, so that others like it are known."""
        return about.digest(self.answer) or f"{self.answer.status} {self.answer.kind}"

    def spelled_out(self, text: str) -> Meant:
        """A figure that is not held, to be remembered as asked for in full words; anything else as it is."""
        answer, after = self.told
        lacks = answer.status == "no_answer" and answer.kind in OF_FIGURES and self.way == "in chat"
        return replace(self, told=(answer, replace(after, asked=text or after.asked))) if lacks else self

    @property
    def matter(self) -> str:
        """What it tells first, whatever it was fitted to: ways to that speak for each other."""
        return about.matter(self.answer) or self.tells


class TurnFeatures:
    """Describes the answers to a message, with the rows of one base."""

    def __init__(self, base: KnowledgeBase, kinship: Kinship) -> None:
        self._base = base
        self._kinship = kinship

    def of(
        self, act: Act, question: Question, context: Context, found: list[Meant]
    ) -> list[dict[str, float]]:
        """The features of each answer."""
        traits = dict(_traits(question.reading)) | {"claim": float(question.check)}
        if not context.digest:
            traits["nothing told before"] = 1.0
        matters = [one.matter for one in found]
        frame = "figures" if context.frame in OF_FIGURES else context.frame or "none"
        return [
            {
                **_of_way(one, act, frame, traits | {"repeating": float(about.repeats(one.answer, context))}),
                **self._of_answer(one.answer, frame, question.reading, context),
                **_of_words(one.answer, question.reading),
                **self._of_slots(one.answer, question, context),
                "agreeing": sum(other == matter for other in matters) / MOST_AGREE,
            }
            for one, matter in zip(found, matters, strict=True)
        ]

    def _of_answer(self, answer: Answer, frame: str, reading: Reading, context: Context) -> dict[str, float]:
        """What kind of answer it is after the last one, and whether it tells that again."""
        told = {f"status {answer.status}": 1.0, f"kind {answer.kind}": 1.0}
        told[f"{frame} then {answer.kind} {answer.status}"] = 1.0
        told["repeats"] = float(about.repeats(answer, context))
        told["told before"] = float(about.told_already(answer, context))
        told["level"], told["sum reckoned"] = float(bool(answer.levels)), float(bool(answer.calculation))
        told[f"stance {answer.stance}"] = 1.0
        told["answers a case"] = float(bool(answer.case))
        if topics := self._topics(about.ids_of(context.told, "e")[:1]):
            kept = not topics.isdisjoint(self._topics(entry.id for entry in answer.entries[:1]))
            told["topic kept"] = 1.0 if kept else -1.0
        for entry in answer.entries[:1]:
            told |= self._of_subject(entry, reading, context)
        for name, mark, rows in (
            ("entry", "e", answer.entries[:1]),
            ("document", "d", answer.documents[:1]),
            ("event", "v", answer.events[:1]),
        ):
            if rows:
                told[f"same {name}"] = 1.0 if rows[0].id in about.ids_of(context.told, mark) else -1.0
        return told

    def _of_subject(self, entry: Entry, reading: Reading, context: Context) -> dict[str, float]:
        """Whether an entry speaks of what the message names, and of what was asked about before."""
        own = set().union(*map(self._kinship.slots, (entry.title, *entry.aliases)))
        told: dict[str, float] = {}
        for slot in (*_SUBJECT, "programme"):
            values = {value for one, value in own if one == slot}
            if named := set(reading.values(slot)):
                told[f"{slot} of entry"] = _sign([bool(named & values)])
            elif asked := {value for one, value in self._kinship.slots(context.asked) if one == slot}:
                told[f"{slot} of entry kept"] = _sign([bool(asked & values)])
        if entry.region:
            there = {("region", entry.region)}
            spoken = [self._kinship.slots(text) for text in (context.asked, *(f.text for f in context.facts))]
            told["place of entry"] = _sign(
                there <= one for one in (*spoken, {("region", one) for one in reading.values("region")})
            )
        return told

    def _topics(self, entries: Iterable[str]) -> set[str]:
        """The topics of entries."""
        rows = (self._base.entries.get(one) for one in entries)
        return {topic for row in rows if row for topic in row.topics}

    def _of_slots(self, answer: Answer, question: Question, context: Context) -> dict[str, float]:
        """Whether an answer has what the message names, and keeps what it does not name."""
        told: dict[str, float] = {}
        for entry in answer.entries[:1]:
            if asked := {("aspect", one) for one in question.reading.values("aspect")}:
                told["aspect agrees"] = _sign([bool(asked & self._kinship.slots(entry.title))])
        if answer.status == "answered":
            covered = self._kinship.coverage(question, self._words_of(answer))
            told |= covered | {f"{name} by {answer.kind}": value for name, value in covered.items()}
        rows = list(_figures(answer))
        if not rows:
            return told
        leads = about.told_figures(self._base, context)[:1]
        kept = (_kept(rows, lead, question) for lead in leads)
        return (
            told
            | _named(rows, question.reading)
            | _as_asked(rows, question.reading, context)
            | next(kept, {})
        )

    def _words_of(self, answer: Answer) -> set[str]:
        """The folded words of what an answer tells."""
        names = self._base.names
        texts = [f"{row.name} {row.conditions}" for row in answer.levels]
        texts += [f"{names[row.indicator]} {names[row.region]} {row.programme}" for row in _figures(answer)]
        texts += [f"{row.name} {row.place}" for row in answer.events]
        texts += [f"{row.kind} {row.number} {row.title}" for row in answer.documents[:1]]
        told = {word for text in texts for word in words(fold(text))}
        return told.union(*(self._kinship.words_of(entry.id) for entry in answer.entries))


def _named(rows: list[Figure], reading: Reading) -> dict[str, float]:
    """Whether figures have the slots that a message names."""
    told: dict[str, float] = {}
    for slot in ("region", "programme"):
        if named := set(reading.values(slot)):
            told[f"{slot} agrees"] = _sign(getattr(row, slot) in named for row in rows)
    if years := [one[:YEAR] for one in reading.values("period") if one[:1].isdigit()]:
        told["period agrees"] = _sign(row.period.startswith(year) for row in rows for year in years)
    return told


def _as_asked(rows: list[Figure], reading: Reading, context: Context) -> dict[str, float]:
    """Whether figures have the slots that were asked for last, told or not, where the message names no others."""
    if context.wanted is None:
        return {}
    asked: dict[str, tuple[str, ...]] = {
        "region": context.wanted.regions, "programme": context.wanted.programmes, "period": context.wanted.periods,
    }  # fmt: skip
    return {
        f"{slot} as asked": _sign(getattr(row, slot) in values for row in rows)
        for slot, values in asked.items()
        if values and not _names(reading, slot)
    }


def _kept(rows: list[Figure], lead: Figure, question: Question) -> dict[str, float]:
    """Whether figures keep the slots of the one that was told last."""
    told = {}
    for slot in (*_SLOTS, "indicator"):
        named = bool(question.indicators) if slot == "indicator" else _names(question.reading, slot)
        same = _sign(getattr(row, slot) == getattr(lead, slot) for row in rows)
        told[f"{slot} kept{' though named' if named else ''}"] = same
    return told


def _of_way(one: Meant, act: Act, frame: str, traits: dict[str, float]) -> dict[str, float]:
    """The way of an answer alone, after an answer of this kind, by what the message does, and with what it says."""
    way = one.way
    return {
        f"{way}": 1.0,
        "second": float(one.second),
        f"{way} second": float(one.second),
        f"{way} likely": one.chance,
        "likely": one.chance,
        "hardly likely": log(max(one.chance, LEAST_CHANCE)),
        f"{way} after {frame}": 1.0,
        f"{way} to {act.kind}": 1.0,
        **{f"{way} with {trait}": value for trait, value in traits.items()},
    }


def _traits(reading: Reading) -> Iterator[tuple[str, float]]:
    """What there is in a message that tells whether it leans on the chat."""
    yield "length", min(len(reading.words), LONGEST) / LONGEST
    said = {
        "object": any(reading.has(slot) for slot in OBJECTS - {"head"}),
        "full question": names_its_own(reading),
        "pointing": reading.has("reference"),
        "unread words": bool(reading.residue),
        **{slot: reading.has(slot) for slot in ("head", "region", "period", "programme", "aspect", "asks")},
    }
    yield from ((trait, 1.0) for trait, has in said.items() if has)
    yield from ((f"{slot} {value}", 1.0) for slot in _TELLING for value in set(reading.values(slot)))
    yield from ((f"several {slot}", 1.0) for slot in _SLOTS if len(set(reading.values(slot))) > 1)


def _of_words(answer: Answer, reading: Reading) -> dict[str, float]:
    """What is asked for in words, and the kind of answer."""
    what = answer.kind if answer.status == "answered" else answer.status
    asked = {(slot, value) for slot in ("asks", "aspect", "head") for value in reading.values(slot)}
    told = {f"{slot} {value} to {what}": 1.0 for slot, value in asked}
    return told | {f"unread to {what}": min(len(reading.residue), MOST_UNREAD) / MOST_UNREAD}


def _figures(answer: Answer) -> Iterator[Figure]:
    """The figures that lead an answer."""
    yield from answer.figures[:2]
    if answer.comparison:
        yield from (answer.comparison.first, answer.comparison.second)


def _names(reading: Reading, slot: str) -> bool:
    """Whether a message names another value of a slot; "the year after" names a time."""
    moved = slot == "period" and reading.has("reference", "next", "previous", "same")
    return moved or reading.has(slot)


def _sign(agree: Iterable[bool]) -> float:
    return 1.0 if any(agree) else -1.0
