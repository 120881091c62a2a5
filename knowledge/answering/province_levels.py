"""The levels of a province in general, where none of them is known: said so, with who sets them."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from knowledge import folded_re as re
from knowledge.answering.entries import EntryAnswers
from knowledge.answering.library import Library
from knowledge.dialogue import Context
from knowledge.reading.question import Question
from knowledge.records import Answer, Note, Region

_OWN_LEVEL = re.compile(r"\bmuc (?:ho tro|chi|tien)\b(?!.*\b(?:ai|nao|van ban|nghi quyet|khi nao|tu dau)\b)")
"""The level that a province has set."""
_SETS = "ai-quyet-dinh-muc-chi-cua-tinh"
"""The entry on who sets them."""

MOST_WORDS = 5
"""Words of a message that only names another province."""


class ProvinceLevels:
    """What one library knows of the levels of provinces."""

    def __init__(self, library: Library, entries: EntryAnswers) -> None:
        self._library = library
        self._tell_entry = entries.tell

    def unknown(self, question: Question, context: Context, today: date) -> tuple[Answer, Context] | None:
        """That the levels of the province are not known; None where an activity is named, or something is known.

        After such an answer the name of another province is enough ("thế Hà Tĩnh?").
        """
        going_on = context.ids[:1] == (_SETS,) and len(question.clean.split()) <= MOST_WORDS
        if not question.regions or not (going_on or _OWN_LEVEL.search(question.clean)):
            return None
        if question.periods.found or question.quantities or question.yes_no or question.measures.named:
            return None
        province, sets = self._library.province_in(question), self._library.base.entries.get(_SETS)
        if province is None or sets is None or self._library.levels.activity_in(question.clean):
            return None
        if self._has_levels(province):
            return None
        answer, context = self._tell_entry(sets, question, today)
        unknown = Note("province_level_unknown", {"region": province.name})
        return replace(answer, assumptions=(unknown, *answer.assumptions)), context

    def _has_levels(self, province: Region) -> bool:
        """Whether anything is told of the levels of a province, or of the one it belongs to now."""
        now = {province.id, province.successor}
        return any(
            now & self._library.places_of(entry.id)
            for entry in self._library.base.entries.values()
            if entry.kind == "support"
        )
