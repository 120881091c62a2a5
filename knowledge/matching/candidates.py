"""Every frame's candidates for one question: what each kind of answer would be, if it were the one that is meant."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace

from knowledge.answering import Asked, Routes
from knowledge.answering.library import dateless, day_of
from knowledge.answering.whereabouts import membership
from knowledge.answers.claim_forms import is_claim
from knowledge.base import KnowledgeBase
from knowledge.dialogue import Context
from knowledge.finding.versions import applied
from knowledge.matching.likeness import Likely, Likeness, merged
from knowledge.reading.question import Question
from knowledge.records import Answer, Entry
from knowledge.text import words

Told = tuple[Answer, Context]
MOST_LIKE = 5
"""Entries that are candidates for one question."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """One possible answer: its frame, what would be told and remembered, and how like an entry is to the question."""

    frame: str
    answer: Answer
    context: Context
    likely: Likely | None = None


class Candidates:
    """Makes the candidates of one base: its routes', and the entries that a question is most like."""

    def __init__(self, base: KnowledgeBase, routes: Routes, likeness: Likeness) -> None:
        self._base = base
        self._routes = routes
        self.likeness = likeness

    def of(self, asked: Asked) -> list[Candidate]:
        """The candidates for a question, in no order that matters."""
        question = asked.question
        found: list[Candidate] = []
        for frame, make in self._ways(asked):
            told = make()
            if told is not None:
                found.append(Candidate(frame, *told))
        found.append(Candidate("other", *self._routes.entries.decline(question, asked.context, asked.today)))
        ranked = self._ranked(asked)
        seen: set[str] = set()
        for likely in ranked:
            entry = self._of_day(self._base.entries[likely.id], asked, [one.id for one in ranked])
            if entry.id not in seen:
                told = self._routes.entries.tell(entry, question, asked.today)
                found.append(Candidate("entry", *told, likely=likely))
            seen.add(entry.id)
        return found

    def _ranked(self, asked: Asked) -> list[Likely]:
        """The entries that a question is most like, with the time that is named; rules without it too, since it says
        which version of a rule is asked for and not which rule."""
        question = asked.question
        found = self.likeness.rank(_without_day(question), tokens(question), MOST_LIKE)
        if question.documents and question.reading.has("aspect"):
            found = merged(found, self._without(question, "document"))[:MOST_LIKE]
        if question.regions and not _of_figures(replace(question, regions=())):
            anywhere = self._without(question, "region")
            named = {one.id for one in question.regions}
            here = [
                one for one in found if named & self._routes.library.places_of(one.id) or self._reports(one)
            ]
            found = merged(here, anywhere)[:MOST_LIKE]
        _, dated = day_of(question, asked.today)
        if not dated or _of_figures(question):
            return found
        timeless = self.likeness.rank(words(dateless(question)), tokens(question, "period"), MOST_LIKE)
        rules = [one for one in timeless if not self._reports(one)]
        return merged(found, rules)[:MOST_LIKE]

    def _without(self, question: Question, slot: str) -> list[Likely]:
        """The entries that a question is most like without a slot: a rule holds anywhere, whichever document says it."""
        reading = question.reading
        named = {at for span in reading.of(slot) for at in range(span.start, span.end)}
        said = [word.text for at, word in enumerate(reading.words) if at not in named]
        return self.likeness.rank(said, tokens(question, slot), MOST_LIKE)

    def _reports(self, likely: Likely) -> bool:
        return self._base.entries[likely.id].kind == "assessment"

    def _of_day(self, entry: Entry, asked: Asked, ranked: Sequence[str]) -> Entry:
        """The version of a rule on the day that is asked about; of several the likeliest of `ranked` ids."""
        if not asked.question.periods.found:
            return entry
        day, _ = day_of(asked.question, asked.today)
        found = self._routes.library.versions.on(entry, day)
        if applied(found, day):
            return found
        others = (self._base.entries[one] for one in ranked)
        later = (one for one in others if entry.id in one.replaces and applied(one, day))
        return next(later, found)

    def _ways(self, asked: Asked) -> Iterator[tuple[str, Callable[[], Told | None]]]:
        question, context, today = asked.question, asked.context, asked.today
        reading, routes = question.reading, self._routes
        if is_claim(question, context):
            yield "claim", lambda: routes.claims.answer(asked)
        elif question.why and reading.has("operator", "up", "down"):
            yield "claim", lambda: self._false_premise(asked)
        if question.documents:
            yield "document", lambda: routes.documents.answer(question, today)
        yield "person", lambda: routes.people.answer(question, today)
        yield "region", lambda: _with(membership(routes.library, question, today))
        yield "eligible", lambda: routes.eligible.answer(asked)
        yield "level", lambda: routes.support.answer(asked)
        here = routes.contacts.only_says_where(asked)
        yield "here" if here else "contact", lambda: routes.contacts.answer(asked)
        if context.ids:
            yield "event", lambda: routes.events.continued(question, context, today)
        if reading.has("head", "event") or reading.has("event_name") or reading.has("event"):
            yield "event", lambda: routes.events.answer(question, today)
        if reading.has("differ") or not (question.why or reading.has("aspect", "cause")):
            yield "figure", lambda: routes.figures.answer(asked)

    def _false_premise(self, asked: Asked) -> Told | None:
        """The verdict on a move of which the cause is asked, where it was not so."""
        stated = replace(asked, question=replace(asked.question, check=True))
        told = self._routes.claims.answer(stated)
        return told if told and any(part.outcome == "differs" for part in told[0].parts) else None


def _without_day(question: Question) -> list[str]:
    """The words of a question without what was ruled out and the day for which a rule is asked: both say nothing of it."""
    ruled_out = question.reading.has("scope", "not", "except")
    text = f" {' '.join(words(question.reading.kept if ruled_out else question.clean))} "
    for span in question.reading.of("period"):
        if len(span.value) == len("2025-10-15"):
            text = text.replace(f" {span.text} ", " ", 1)
    return words(text)


def _of_figures(question: Question) -> bool:
    """Whether something is named that figures are of, so that a year is a part of what is asked."""
    named = question.measures.named or question.programmes or question.counted or question.regions
    return bool(named or (question.money and question.amount) or question.compare or question.check)


def _with(answer: Answer | None) -> Told | None:
    return (answer, Context()) if answer is not None else None


def tokens(question: Question, without: str = "") -> list[str]:
    """The slots of a question as tokens beside its words, for the models that tell frames and entries apart; those of the
    slot `without` are left out."""
    found: list[str] = []
    for span in question.reading.spans:
        if span.slot in ("unknown", "function", "courtesy", without):
            continue
        own = span.slot in ("region", "period", "amount", "number", "document")
        own = own or span.slot.endswith("_name")
        name = span.slot if own else f"{span.slot}:{span.value}"
        found.append(name if span.scope == "said" else f"{name}!{span.scope}")
    found += [f"{one}2" for one in ("region", "period", "amount") if found.count(one) > 1]
    if question.indicators:
        found.append("indicator")
    if question.counted:
        found.append("counted")
    return sorted(set(found))
