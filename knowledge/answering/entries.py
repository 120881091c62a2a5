"""A stored text as an answer, and the decline where there is none."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from knowledge.answering.library import Library, day_of, notes_of_day
from knowledge.answering.pointed import Pointed
from knowledge.answers.cases import Cases
from knowledge.dialogue import Context
from knowledge.finding.answer import entry_answer
from knowledge.reading.question import Question
from knowledge.records import Answer, Entry, Note, Stance

_LEVELS = "muc_ho_tro"
"""The topic of entries that tell sums."""


class EntryAnswers:
    """Tells entries of one library."""

    def __init__(self, library: Library) -> None:
        self._library = library
        self.cases = Cases(library)
        self._pointed = Pointed(library.base.lexicon)

    def tell(self, entry: Entry, question: Question, today: date) -> tuple[Answer, Context]:
        """The answer of one entry, or of its version on the day that is asked about, with that entry behind it."""
        found = entry = self.cases.instead(entry, question)
        day, dated = day_of(question, today)
        entry = self._library.versions.on(entry, day)
        stance: Stance | None = None
        if entry.stance in ("yes", "no", "conditional", "unknown"):
            stance = entry.stance  # type: ignore[assignment]
        notes = notes_of_day(self._library.base, entry, day) if dated else ()
        notes = (*self._until(entry, question, today), *_without_price(entry, question), *notes)
        as_of = day if dated and entry.kind != "assessment" else today
        answer = entry_answer(self._library.base, entry, as_of, stance, notes, dated=as_of != today)
        province = self._library.province_in(question)
        office = entry.kind in ("policy", "support", "contact")
        if province is not None and office and not self.cases.stands_elsewhere(question):
            answer = replace(answer, regions=self._library.now(province))
        if found.id != entry.id:
            answer = replace(answer, entries=(entry, found))
        answer = self.cases.told(answer, entry, question)
        pointed = "" if answer.also else self._pointed.sentence(entry, question.reading, answer.case)
        return replace(answer, pointed=pointed), Context(route="entry", ids=(entry.id,))

    def _until(self, entry: Entry, question: Question, today: date) -> tuple[Note, ...]:
        """Until when what the entry speaks of holds, where it lasts some calendar years and the first is named."""
        lasts = next(
            (row for row in self._library.base.rules if row.slot == "years" and row.entry == entry.id), None
        )
        first = next((one.code[:4] for one in question.periods.found if one.code), "")
        if lasts is None or not first:
            return ()
        return (Note("valid_until", {"from": first, "until": str(int(first) + int(lasts.value) - 1)}),)

    def decline(self, question: Question, context: Context, today: date) -> tuple[Answer, Context]:
        """That nothing is known, with the topic that the question is on; what it leans on in the chat stays."""
        reading = question.reading
        same = reading.has("asks", "same") and (question.own_topic or reading.has("head", "khuyen_cong"))
        code = "neighbour_apart" if same else "neighbour"
        gap = Note(code, {"name": question.neighbour}) if question.neighbour else Note("off_topic")
        if question.own_topic and not question.neighbour:
            gap = Note("not_known")
        answer = Answer(status="no_answer", kind="help", as_of=today, gaps=(gap,))
        return answer, context


def _without_price(entry: Entry, question: Question) -> tuple[Note, ...]:
    """That a price is worked out, where how much there is of an activity is asked and the entry tells a share of it."""
    asks = question.amount and question.reading.has("activity") and not question.quantities
    return (Note("price_missing"),) if asks and _LEVELS in entry.topics and "%" in entry.body else ()
