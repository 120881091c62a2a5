"""The slots of a `Reading` in the fields of today's `Question`: what a phrase of the lexicon names counts as said."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import TYPE_CHECKING

from knowledge.language.spans import Reading
from knowledge.reading.periods import Period, Periods
from knowledge.reading.places import Place
from knowledge.reading.slots import DocumentRef, Measures, Named
from knowledge.records import Region

if TYPE_CHECKING:
    from knowledge.reading.question import Question

_AMOUNTS = ("plan", "allocated", "assigned", "actual", "estimate")
_OTHER_PROGRAMME = {"KCQG": "KCDP", "KCDP": "KCQG"}


def enriched(question: Question, regions: Mapping[str, Region]) -> Question:
    """The question with what its reading says beside what was read before. `regions`: those of the base."""
    reading = question.reading
    places, taken_out = _places(question, regions)
    left = _asks_what_is_left(question)
    return replace(
        question,
        periods=_periods(question.periods, reading),
        regions=places,
        documents=_documents(question, reading),
        measures=_measures(question.measures, reading, left=left),
        programmes=_programmes(question, reading),
        total_word=question.total_word or reading.has("programme", "total"),
        compare=question.compare or left or taken_out,
    )


def _places(question: Question, regions: Mapping[str, Region]) -> tuple[tuple[Place, ...], bool]:
    """The regions that were said, and whether one was taken out of another: then both, to be held against each other."""
    reading = question.reading
    excluded = set(reading.excluded("region"))
    aside = [
        (reading.words[one.start].start, reading.words[one.end - 1].end)
        for one in reading.of("function", "aside")
    ]
    meant = [one for one in question.regions if not any(start <= one.position < end for start, end in aside)]
    kept = tuple(one for one in meant if one.id not in excluded)
    wholes = {one.id for one in kept} | {regions[one.id].successor for one in kept}
    country = any(regions[one.id].kind == "country" for one in kept)
    taken_out = [
        one for one in meant if one.id in excluded and (country or regions[one.id].part_of in wholes)
    ]
    return ((*kept, *taken_out), True) if kept and taken_out else (kept, False)


def _asks_what_is_left(question: Question) -> bool:
    """Whether a number of what was not done is asked for."""
    reading = question.reading
    asks = question.amount or question.measures.percent or reading.has("asks", "how_much", "percent")
    return asks and not question.counted and reading.has("undone", "remainder", "not_done")


def _periods(read: Periods, reading: Reading) -> Periods:
    """The times of the reading where none was read before."""
    unread = [
        (reading.words[one.start].start, reading.words[one.end - 1].end, one.text)
        for one in reading.of("period", "unread")
    ]
    if unread and len(read.found) <= 1:
        free = tuple(one for one in read.found if not any(a <= one.position < b for a, b, _ in unread))
        if len(free) < len(read.found):
            return replace(read, found=free, unclear=unread[0][2])
    excluded = set(reading.excluded("period"))
    kept = tuple(one for one in read.found if one.code not in excluded)
    if kept and len(kept) < len(read.found):
        return replace(read, found=kept, joined="")
    if read.found or read.unclear:
        return read
    found = tuple(
        Period(span.value, reading.words[span.start].start)
        for span in reading.of("period")
        if span.value[:4].isdigit()
    )
    return replace(read, found=found) if found else read


def _documents(question: Question, reading: Reading) -> tuple[DocumentRef, ...]:
    """The documents that were named and not ruled out."""
    excluded = {value.split("/")[0] for value in reading.excluded("document")}
    return tuple(one for one in question.documents if str(one.number) not in excluded)


def _measures(read: Measures, reading: Reading, *, left: bool) -> Measures:
    if left:
        at = reading.of("undone")[0].start
        done = "allocated" if any(one.value == "allocated" for one in read.named) else "actual"
        sides = (Named("plan", reading.words[at].start), Named(done, reading.words[at].end))
        return replace(read, named=sides, percent=False, rate=False, moved=True)
    excluded = set(reading.excluded("measure"))
    named = tuple(one for one in read.named if one.value not in excluded)
    if not named:
        found = {
            span.value: Named(span.value, reading.words[span.start].start)
            for span in reversed(reading.of("measure", *_AMOUNTS))
            if span.slot == "measure"
        }
        named = tuple(sorted(found.values(), key=lambda one: one.position))
    return Measures(
        named,
        read.percent or reading.has("asks", "percent"),
        read.rate or reading.has("measure", "rate"),
        (read.share and not reading.has("scope")) or reading.has("measure", "share"),
        read.moved or reading.has("operator", "up", "down", "difference"),
        read.target or reading.has("measure", "target"),
        read.change or reading.has("measure", "change"),
    )


def _programmes(question: Question, reading: Reading) -> tuple[Named, ...]:
    excluded = [one for one in reading.excluded("programme") if one in _OTHER_PROGRAMME]
    if len(excluded) == 1:
        return (Named(_OTHER_PROGRAMME[excluded[0]], 0),)
    alone = [one for one in reading.only("programme") if one in _OTHER_PROGRAMME]
    if len(alone) == 1:
        return (Named(alone[0], 0),)
    if question.programmes:
        return question.programmes
    found = {
        span.value: Named(span.value, reading.words[span.start].start)
        for span in reversed(reading.of("programme"))
        if span.slot == "programme" and not (span.value == "total" and question.counted)  # "có tất cả mấy …"
    }
    return tuple(sorted(found.values(), key=lambda one: one.position))
