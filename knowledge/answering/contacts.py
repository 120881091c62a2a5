"""Where somebody turns to: the office of his province by its present name, or the entry that says so in general."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from knowledge import folded_re as re
from knowledge.answering.entries import EntryAnswers
from knowledge.answering.library import Library
from knowledge.answering.support import SUPPORT, SupportAnswers
from knowledge.answering.whereabouts import names_a_district, only_says_where
from knowledge.answering.wording import EVENT
from knowledge.dialogue import Context
from knowledge.finding.answer import sources_for
from knowledge.reading.question import Question
from knowledge.records import Answer, Note, Region

_CONTACT = re.compile(
    r"\b(?:hoi ai|gap ai|lien he|o dau|toi dau|den dau|ra dau|di dau|cua nao|(?:nop|gui|dua) (?:ho so |de an )(?:khuyen cong )?(?:cho ai|cho so nao)|nop (?:cho ai|o dau|dau|vao dau|cho so nao)|so (?:tinh )?nao|ben nao|ai huong dan|ai giup|ai phu trach|di dau|hoi ben|kiem ai|noi dau|co quan nao|don vi nao|gui ve|tinh nao|o mo|chi giup cho|hoi dau|lien he dau|ai lo|co quan nao|tim ai|goi ai|goi cho ai|dia chi|so dien thoai|cho nao|noi nao|hoi o|(?:muon|can) gap (?:nguoi|can bo|chuyen vien)|gui (?:cho ai|di dau|dau|o dau))\b"
)
_TURN_TO = re.compile(
    r"\b(?:hoi ai|gap ai|gap (?:nguoi|can bo|chuyen vien)|lien he|nop|tu van|ho so|xin|so cong thuong|trung tam|xuong|nghe|phu trach|hoi o dau|hoi dau|de an)\b"
)
_ASKS_WHERE = re.compile(r"\b(?:cua nao|hoi ai|gap ai|lien he|o dau|toi dau|den dau|ra dau|di dau|hoi dau)\b")


_WHICH_DOOR = re.compile(r"\bcua nao\b")
"""Can be asked of nothing but an office."""


class Contacts:
    """Offices, for the provinces of one library."""

    def __init__(self, library: Library, entries: EntryAnswers, support: SupportAnswers) -> None:
        self._library = library
        self._tell_entry = entries.tell
        self._support = support.level

    def answer(self, question: Question, context: Context, today: date) -> tuple[Answer, Context] | None:
        """Where someone of a named province turns to, by the province's present name."""
        province = self._library.province_in(question)
        here = province is not None and context.wanted is None and only_says_where(question, province)
        if here and province is not None and context.activity:
            local = self._of_activity_here(question, context, province, today)
            if local is not None:
                return local
        if not (here or _CONTACT.search(question.clean)) or EVENT.search(question.clean):
            return None
        if question.neighbour and not question.own_topic:
            return None
        if province is None:
            return self._contact_anywhere(question, today)
        old = any(period.code and period.code[:4] < "2025" for period in question.periods.found)
        if old or question.programmes or question.measures.named or question.neighbour or question.money:
            return None
        if not (
            here or question.own_topic or SUPPORT.search(question.clean) or _TURN_TO.search(question.clean)
        ):
            return None
        entry = next(
            (
                self._library.base.entries[one]
                for one in ("to-chuc-xin-ho-tro-o-dau",)
                if one in self._library.base.entries
            ),
            None,
        )
        answer = Answer(
            status="answered",
            kind="support",
            as_of=today,
            aspect="contact",
            entries=(entry,) if entry else (),
            regions=self._library.now(province),
            stance="yes",
            assumptions=(Note("no_district"),) if names_a_district(question) else (),
            sources=sources_for(self._library.base, [*province.sources, *(entry.sources if entry else ())]),
        )
        return answer, replace(context, route="contact", region=province.id)

    def _of_activity_here(
        self, question: Question, context: Context, province: Region, today: date
    ) -> tuple[Answer, Context] | None:
        """After a level was told: that of the province which someone names as his own, where one is known."""
        scopes = (province.id, province.successor)
        if any(self._library.levels.local(context.activity, scope, today) for scope in scopes if scope):
            return self._support(question, context.activity, today)
        return None

    def _contact_anywhere(self, question: Question, today: date) -> tuple[Answer, Context] | None:
        """Where to turn to when no province was named, unless an entry speaks of just what is asked."""
        if (
            not (SUPPORT.search(question.clean) and _ASKS_WHERE.search(question.clean))
            or len(question.clean.split()) > 14
        ):
            return None
        matches = self._library.entries.search(question.clean, limit=1)
        if (
            matches and matches[0].score >= 0.62 and not _WHICH_DOOR.search(question.clean)
        ) or "to-chuc-xin-ho-tro-o-dau" not in self._library.base.entries:
            return None
        return self._tell_entry(self._library.base.entries["to-chuc-xin-ho-tro-o-dau"], question, today)
