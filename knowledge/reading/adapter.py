"""The slots of a `Reading` in the fields of today's `Question`: what a phrase of the lexicon names counts as said."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import TYPE_CHECKING

from knowledge.language.spans import Reading
from knowledge.reading.places import places_of
from knowledge.reading.slots import Measures, Named
from knowledge.records import Region
from knowledge.text import fold

if TYPE_CHECKING:
    from knowledge.reading.question import Question

_AMOUNTS = ("plan", "allocated", "assigned", "actual", "estimate")
_OTHER_PROGRAMME = {"KCQG": "KCDP", "KCDP": "KCQG"}


def enriched(question: Question, regions: Mapping[str, Region]) -> Question:
    """The question with what its reading says beside what was read before. `regions`: those of the base."""
    reading = question.reading
    places, taken_out = places_of(reading, regions)
    ruled_out = {span.text for span in reading.spans if span.scope == "excluded"}
    left = _asks_what_is_left(question)
    unread = {word for span in reading.residue for word in span.text.split()}
    return replace(
        question,
        unknown=tuple(word for word in question.unknown if word in unread),
        unread=tuple(word for word in question.unread if word in unread),
        outside=tuple(word for word in question.outside if word in unread),
        regions=places or question.regions,
        restricted=_restricted(question),
        measures=_measures(question.measures, reading, left=left),
        programmes=_programmes(question, reading),
        total_word=question.total_word or reading.has("programme", "total"),
        compare=question.compare
        or left
        or taken_out
        or reading.has("operator", "compare", "difference", "up", "down", "times"),
        check=question.check or reading.has("asks", "check"),
        yes_no=question.yes_no or reading.has("asks", "yes_no"),
        who=question.who or reading.has("asks", "who"),
        where=question.where or reading.has("asks", "where"),
        when=question.when or reading.has("asks", "when"),
        why=question.why or reading.has("asks", "why"),
        rank=question.rank or reading.has("operator", "rank", "rank_high", "rank_low"),
        series=question.series or reading.has("operator", "trend"),
        money=question.money or reading.has("head", "funding"),
        amount=question.amount or reading.has("asks", "how_much", "how_many"),
        neighbour="" if fold(question.neighbour) in ruled_out else question.neighbour,
        own_topic=question.own_topic or reading.has("head", "khuyen_cong"),
    )


def _restricted(question: Question) -> str:
    """For what a figure is said to be, unless the word "for" is the end of the name of an activity."""
    reading, said = question.reading, question.restricted.split()
    plain = [word.text for word in reading.words]
    starts = (at for at in range(1, len(plain)) if plain[at : at + len(said)] == said)
    ends = {span.end for span in reading.of("activity")} | {
        place for span in reading.of("activity") for place in range(span.start + 1, span.end)
    }
    return "" if said and any(at in ends for at in starts) else question.restricted


def _asks_what_is_left(question: Question) -> bool:
    """Whether a number of what was not done is asked for."""
    reading = question.reading
    asks = question.amount or question.measures.percent or reading.has("asks", "how_much", "percent")
    return asks and not question.counted and reading.has("undone", "remainder", "not_done")


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
