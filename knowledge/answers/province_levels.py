"""The levels of a province in general, where none of them is known: said so, with who sets them."""

from __future__ import annotations

from dataclasses import replace

from knowledge.answering.entries import EntryAnswers
from knowledge.answering.library import Asked, Library
from knowledge.answers.eligibility import OTHER_ASPECTS, names_of_entries
from knowledge.answers.told import Telling, Told
from knowledge.dialogue import Context
from knowledge.reading.question import Question
from knowledge.records import Answer, Note, Region

SHORT = 7
"""Words of a message that only names another province."""


class ProvinceLevels:
    """What one library knows of the levels of provinces."""

    def __init__(self, library: Library, entries: EntryAnswers, telling: Telling) -> None:
        self._library = library
        self._tell = entries.tell
        self._telling = telling

    def unknown(self, asked: Asked, told: Told) -> tuple[Answer, Context] | None:
        """That the levels of a province are not known, with who sets them; None where something is known of them."""
        question, context = asked.question, asked.context
        rule = self._telling.rule("level", "province")
        sets = self._library.base.entries.get(rule.entry) if rule else None
        province = self._library.province_in(question)
        if sets is None or province is None or told.held:
            return None
        going_on = context.ids[:1] == (sets.id,) and len(question.clean.split()) <= SHORT
        named = names_money(self._library, self._telling, question)
        if not (going_on or named or question.reading.has("aspect", "amount")) or question.reading.has(
            "aspect", *OTHER_ASPECTS
        ):
            return None
        if (
            question.periods.found
            or question.quantities
            or question.yes_no
            or question.measures.named
            or question.who
        ):
            return None
        if self._has_levels(province):
            return None
        answer, context = self._tell(sets, question, asked.today)
        unknown = Note("province_level_unknown", {"region": province.name})
        return replace(answer, assumptions=(unknown, *answer.assumptions)), context

    def _has_levels(self, province: Region) -> bool:
        now = {province.id, province.successor}
        return any(
            now & self._library.places_of(entry.id)
            for entry in self._library.base.entries.values()
            if entry.kind == "support"
        )


def names_money(library: Library, telling: Telling, question: Question) -> bool:
    """Whether an entry on money that is not the level of one activity is named."""
    entries = library.base.entries
    named = {one for one in names_of_entries(question.reading) if one in entries}
    levels = {rule.amount for rule in telling.rules_of("activity")}
    return any(
        one not in levels and entries[one].kind == "support" and "muc_ho_tro" in entries[one].topics
        for one in named
    )
