"""The slots of a `Reading` in the fields of today's `Question`: what a phrase of the lexicon names counts as said."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from knowledge.language.spans import Reading
from knowledge.reading.periods import Period, Periods
from knowledge.reading.slots import DocumentRef, Measures, Named

if TYPE_CHECKING:
    from knowledge.reading.question import Question

_AMOUNTS = ("plan", "allocated", "assigned", "actual", "estimate")
_OTHER_PROGRAMME = {"KCQG": "KCDP", "KCDP": "KCQG"}


def enriched(question: Question) -> Question:
    """The question with what its reading says beside what was read before."""
    reading = question.reading
    unread = {word for span in reading.residue for word in span.text.split()}
    return replace(
        question,
        unknown=tuple(word for word in question.unknown if word in unread),
        unread=tuple(word for word in question.unread if word in unread),
        outside=tuple(word for word in question.outside if word in unread),
        periods=_periods(question.periods, reading),
        regions=tuple(one for one in question.regions if one.id not in reading.excluded("region")),
        documents=_documents(question, reading),
        measures=_measures(question.measures, reading),
        programmes=_programmes(question, reading),
        total_word=question.total_word or reading.has("programme", "total"),
        compare=question.compare
        or (reading.has("undone", "remainder", "not_done") and reading.has("asks", "how_much"))
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
        own_topic=question.own_topic or reading.has("head", "khuyen_cong"),
    )


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
    """The documents that were named and not ruled out; all of them where every one was."""
    excluded = {value.split("/")[0] for value in reading.excluded("document")}
    kept = tuple(one for one in question.documents if str(one.number) not in excluded)
    return kept or question.documents


def _measures(read: Measures, reading: Reading) -> Measures:
    if reading.has("undone", "remainder", "not_done") and reading.has("asks", "how_much"):
        at = reading.of("undone")[0].start
        sides = (Named("plan", reading.words[at].start), Named("actual", reading.words[at].end))
        return replace(read, named=sides, moved=True)
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
        read.share or reading.has("measure", "share"),
        read.moved or reading.has("operator", "up", "down", "difference"),
        read.target or reading.has("measure", "target"),
        read.change or reading.has("measure", "change"),
    )


def _programmes(question: Question, reading: Reading) -> tuple[Named, ...]:
    excluded = [one for one in reading.excluded("programme") if one in _OTHER_PROGRAMME]
    if len(excluded) == 1:
        return (Named(_OTHER_PROGRAMME[excluded[0]], 0),)
    if question.programmes:
        return question.programmes
    found = {
        span.value: Named(span.value, reading.words[span.start].start)
        for span in reversed(reading.of("programme"))
        if span.slot == "programme"
    }
    return tuple(sorted(found.values(), key=lambda one: one.position))
