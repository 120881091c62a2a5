"""The slots of a `Reading` in the fields of today's `Question`: what a phrase of the lexicon names counts as said."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import TYPE_CHECKING

from knowledge.language.spans import Reading, Span
from knowledge.reading.places import places_of
from knowledge.reading.slots import Measures, Named
from knowledge.records import Region

if TYPE_CHECKING:
    from knowledge.reading.question import Question

_AMOUNTS = ("estimate", "plan", "allocated", "assigned", "actual")
_OTHER_PROGRAMME = {"KCQG": "KCDP", "KCDP": "KCQG"}


def enriched(question: Question, regions: Mapping[str, Region]) -> Question:
    """The question with what its reading says beside what was read before. `regions`: those of the base."""
    reading = question.reading
    places, taken_out = places_of(reading, regions)
    left = _asks_what_is_left(question)
    return replace(
        question,
        regions=places or question.regions,
        measures=_measures(reading, left=left),
        programmes=_programmes(question, reading),
        total_word=question.total_word or reading.has("programme", "total"),
        compare=question.compare or left or taken_out,
    )


def _asks_what_is_left(question: Question) -> bool:
    """Whether a number of what was not done is asked for."""
    reading = question.reading
    asks = question.amount or _says(reading, "asks", "how_much", "percent") or bool(_lone_signs(reading))
    return asks and not question.counted and reading.has("undone", "remainder", "not_done")


def _measures(reading: Reading, *, left: bool) -> Measures:
    """What is asked of a figure; `left`: what is left of a plan is, so that plan and what was done are both named."""
    found: dict[str, Named] = {}
    for span in _measure_spans(reading):
        value = next(one for one in _AMOUNTS if span.means("measure", one))
        found.setdefault(value, Named(value, reading.words[span.start].start))
    if left:
        at = reading.of("undone")[0].start
        allocated = any(one.means("measure", "allocated") for one in reading.named("measure", excluded=True))
        done = "allocated" if allocated else "actual"
        sides = (Named("plan", reading.words[at].start), Named(done, reading.words[at].end))
        return Measures(
            sides, False, False, _says(reading, "measure", "share"), True, _says(reading, "measure", "target")
        )
    signs = _lone_signs(reading)
    return Measures(
        tuple(found.values()),
        _says(reading, "asks", "percent", "points", "ratio") or bool(signs),
        _says(reading, "measure", "rate") or any(one.start in signs for one in reading.named("measure")),
        _says(reading, "measure", "share"),
        _says(reading, "operator", "up", "down", "difference"),
        _says(reading, "measure", "target"),
        _says(reading, "measure", "change"),
    )


def _measure_spans(reading: Reading) -> Iterator[Span]:
    """The spans that name an amount and are not ruled out; of one inside another only the outer."""
    outer = [*reading.of("measure", *_AMOUNTS), *reading.of("head")]
    excluded = reading.excluded("measure")
    named = reading.named("measure", excluded=True)
    sure = [
        one for one in named if one.slot == "measure"
    ]  # "chi cho khuyến công" is the money, if one is named
    for span in sure or named:
        inside = any(one.start <= span.start and span.end <= one.end and one is not span for one in outer)
        if not inside and span.value not in excluded and span.means("measure", *_AMOUNTS):
            yield span


def _says(reading: Reading, slot: str, *values: str) -> bool:
    return any(span.means(slot, *values) for span in reading.named(slot))


def _lone_signs(reading: Reading) -> list[int]:
    """Before which words "%" stands alone, not behind a number."""
    ends = {span.end for slot in ("amount", "number") for span in reading.named(slot)}
    after = [word.break_before for word in reading.words]
    after += [reading.words[-1].break_after] if reading.words else []
    return [at for at, sign in enumerate(after) if "%" in sign and at not in ends]


def _place(reading: Reading, span: Span) -> range:
    """Where a span stands in the clean text."""
    return range(reading.words[span.start].start, reading.words[span.end - 1].end)


def _programmes(question: Question, reading: Reading) -> tuple[Named, ...]:
    excluded = [one for one in reading.excluded("programme") if one in _OTHER_PROGRAMME]
    if len(excluded) == 1:
        return (Named(_OTHER_PROGRAMME[excluded[0]], 0),)
    alone = [one for one in reading.only("programme") if one in _OTHER_PROGRAMME]
    if len(alone) == 1:
        return (Named(alone[0], 0),)
    wholes = [_place(reading, span) for span in reading.of("programme", "total")]
    parts = question.programmes
    if parts and not any(all(one.position in whole for one in parts) for whole in wholes):
        return parts
    found = {
        span.value: Named(span.value, reading.words[span.start].start)
        for span in reversed(reading.of("programme"))
        if span.slot == "programme" and not (span.value == "total" and question.counted)  # "có tất cả mấy …"
    }
    return tuple(sorted(found.values(), key=lambda one: one.position))
