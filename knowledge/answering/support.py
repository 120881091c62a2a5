"""How much an activity may get, worked out for a price, and where to turn to."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

from knowledge import folded_re as re
from knowledge.answering.entries import EntryAnswers
from knowledge.answering.library import Asked, Library, day_of, said_day
from knowledge.answering.surveying import AVERAGE
from knowledge.answering.whereabouts import names_a_district, only_says_where
from knowledge.answering.wording import EVENT, HOW_MUCH, NOT_INDUSTRY, PAPERS
from knowledge.dialogue import Context
from knowledge.finding.answer import (
    sources_for,
    status_warnings,
)
from knowledge.finding.support import calculate, in_force
from knowledge.finding.versions import law_of
from knowledge.reading.numbers import number_of
from knowledge.reading.question import Question
from knowledge.records import Answer, Choice, Note, Region

_SUPPORT = re.compile(
    r"\b(?:ho tro|duoc (?:cho|nhan|huong|cap|tai tro)|xin (?:duoc|tien|ho tro|khuyen cong)|duoc (?:khuyen cong )?(?:bao nhieu|may)|duoc khuyen cong|muc (?:ho tro|chi|toi da)|cho (?:bao nhieu|nhieu|may|duoc)|tai tro|giup tien|bu (?:bao nhieu|may))\b"
)

_OWNER = re.compile(
    r"\b(?:(?:em|toi|minh|tui|nha em|nha toi|nha minh|ben em|ben toi|ben minh|con|chung toi|tui em|ho kinh doanh|htx|hop tac xa|xuong|co so|cty|cong ty|doanh nghiep|ba con|gia dinh|to hop)\b.*\b(?:muon|mua|dinh|can|lam|o|sap|dau tu|xin|tinh|co)"
    r"|mua may|dau tu may|sam may|muon mua)\b"
)


_CONTACT = re.compile(
    r"\b(?:hoi ai|gap ai|lien he|o dau|toi dau|den dau|ra dau|di dau|nop (?:cho ai|o dau|dau|vao dau|cho so nao)|so (?:tinh )?nao|ben nao|ai huong dan|ai giup|ai phu trach|di dau|hoi ben|kiem ai|noi dau|co quan nao|don vi nao|gui ve|tinh nao|o mo|chi giup cho|hoi dau|lien he dau|ai lo|co quan nao|tim ai|goi ai|goi cho ai|dia chi|so dien thoai|cho nao|noi nao|hoi o|gui (?:cho ai|di dau|dau|o dau))\b"
)

_TURN_TO = re.compile(
    r"\b(?:hoi ai|gap ai|lien he|nop|tu van|ho so|xin|so cong thuong|trung tam|xuong|nghe|phu trach|hoi o dau|hoi dau|de an)\b"
)

_ASKS_WHERE = re.compile(r"\b(?:hoi ai|gap ai|lien he|o dau|toi dau|den dau|ra dau|di dau|hoi dau)\b")

SECONDARY = 4
"""The rank of sources that tell of a law at second hand."""

_LEVEL_ASKED = re.compile(
    r"\b(?:tran|toi da|khong qua|muc (?:ho tro|chi)|chi toi da|ho tro (?:bao nhieu|may))\b"
)
_LEVEL = re.compile(
    r"\b(?:muc tran|tran|toi da|khong qua|muc ho tro|duoc ho tro|ho tro toi da|thuong|bu|duoc (?:bao nhieu|may)|nhieu nhat)\b"
    r"|^(?:muc |khuyen cong )?ho tro .{1,60}\b(?:bao nhieu|may) (?:tien|trieu|phan tram)\b"
)


_PERCENT_OF_NO_PRICE = ("lai-suat-vay", "chi-quan-ly")
"""Activities whose percent is of something other than the price of what is bought."""

_PRICE_ASKED = re.compile(r"\bgia (?:bao nhieu|may)\b.*\b(?:du|tran|toi da)\b")
"""From which price on the cap is reached: the calculation backwards, which a text explains."""

_CAP_BEFORE = re.compile(r"\b(?:tran|toi da|khong qua|nhan du|muc|du) $")
_UNITS = re.compile(
    r"\b(\d{1,2}|hai|ba|bon|nam|sau|bay|tam|chin|muoi) (?:cai|chiec|con|bo|dan|lop|mo hinh|gian|cay|may)\b(?! tien| phan)"
)
_EACH = re.compile(
    r"\b(?:moi|mot|1) (?:cai|chiec|con|bo|dan|lop|mo hinh|gian|cay|may|dua)\b|/ ?(?:cai|chiec|bo|may)\b"
)


def price_of(question: Question) -> tuple[Decimal | None, int]:
    """The whole price in đồng that was said (a price for each, times how many), and how many; a cap is no price."""
    clean = question.clean
    price = next(
        (
            q.value
            for q in question.quantities
            if q.kind == "money" and not _CAP_BEFORE.search(clean[: clean.find(q.text)])
        ),
        None,
    )
    several = _UNITS.search(clean) if _EACH.search(clean) else None
    units = number_of([several[1]]) or int(several[1]) if several else 1
    return (None if price is None else price * units), units


class SupportAnswers:
    """Levels, calculations and contacts of one library."""

    def __init__(self, library: Library, entries: EntryAnswers) -> None:
        self._library = library
        self._tell_entry = entries.tell

    def answer(self, asked: Asked, *, supporting: bool) -> tuple[Answer, Context] | None:
        """The level or the sum that is asked for; None where the question is about something else.

        `supporting`: what `sounds_like_support` says of it.
        """
        question, context, today = asked.question, asked.context, asked.today
        size = len(question.clean.split())
        if context.route == "support" and context.activity and question.quantities and size <= 14:
            activity = self._library.levels.activity_in(question.clean) or context.activity
            priced = self._support(question, activity, today)
            if priced is not None:
                return priced
        of_province = self._of_province(question)
        if of_province:
            return self._support(question, of_province, today)
        if not supporting or question.programmes or question.counted:
            return None
        if _PRICE_ASKED.search(question.clean):
            return None
        if NOT_INDUSTRY.search(question.clean) or PAPERS.search(question.clean):
            return None
        activity = self._library.levels.activity_in(question.clean)
        priced_or_asked = any(q.kind == "money" for q in question.quantities) or HOW_MUCH.search(
            question.clean
        )
        return self._support(question, activity, today) if activity and priced_or_asked else None

    def _of_province(self, question: Question) -> str:
        """The activity whose level in a province is asked for, where that province has set one."""
        province = self._library.province_in(question)
        if province is None or not _LEVEL_ASKED.search(question.clean):
            return ""
        activity = self._library.levels.activity_in(question.clean)
        rows = self._library.levels.by_activity.get(activity, ())
        return activity if any(row.scope in (province.id, province.successor) for row in rows) else ""

    def sounds_like_support(self, question: Question) -> bool:
        """Whether someone asks what he can get (rather than what was spent)."""
        clean = question.clean
        if AVERAGE.match(question.restricted) and question.periods.found:
            return False
        if re.search(r"\bmuc (?:ho tro|chi)\b", clean):
            return True
        name = self._library.levels.name_in(clean)
        within = range(clean.find(name), clean.find(name) + len(name)) if name else range(0)
        elsewhere = [place for place in question.regions if place.position not in within]
        named_elsewhere = elsewhere or question.programmes or question.counted
        if question.periods.found and not named_elsewhere and _LEVEL.search(clean):
            return bool(self._library.levels.activity_in(clean))
        if (
            any(m.value in ("plan", "estimate", "allocated") for m in question.measures.named)
            or question.programmes
        ):
            return bool(_OWNER.search(clean) and _SUPPORT.search(clean) and not question.programmes)
        if question.periods.found and (
            question.counted
            or question.measures.named
            or (not _OWNER.search(clean) and not re.search(r"\btoi da\b|\bxin\b", clean))
        ):
            return False
        if question.check or question.measures.named or question.regions:
            pass
        elif (
            (question.own_topic or _LEVEL_ASKED.search(clean))
            and any(q.kind == "money" for q in question.quantities)
            and self._library.levels.activity_in(clean)
        ):
            return True
        buys = re.search(r"\b(?:mua|sam|dau tu|lap|thay|nang cap|len)\b", clean)
        if (
            buys
            and any(q.kind == "money" for q in question.quantities)
            and self._library.levels.activity_in(clean)
        ):
            return True
        if _OWNER.search(clean) and (_SUPPORT.search(clean) or re.search(r"\bkhuyen cong\b", clean)):
            return True
        return bool(_SUPPORT.search(clean)) and not (question.periods.found and question.regions)

    def _support(self, question: Question, activity: str, today: date) -> tuple[Answer, Context] | None:
        day, dated = day_of(question, today)
        level = self._library.levels.on(activity, day)
        notes: list[Note] = []
        if dated:
            notes.append(Note("as_of_day", {"day": said_day(day)}))
        if level is None:
            level = self._library.levels.last_known(activity)
            if level is None:
                return None
            notes.append(
                Note(
                    "level_not_known_for_day" if dated else "level_not_known_today",
                    {"from": level.valid_from, "until": level.valid_to},
                )
            )
        money, units = price_of(question)
        if units > 1:
            notes.append(Note("several_units", {"units": str(units)}))
        if money is None and activity and question.quantities and len(question.clean.split()) <= 4:
            money = question.quantities[0].value if question.quantities[0].value >= 1000 else None
        calculation = (
            calculate(level, Decimal(money))
            if money is not None and not activity.startswith(_PERCENT_OF_NO_PRICE)
            else None
        )
        province = self._library.province_in(question)
        levels = [level]
        if province is not None:
            local = self._library.levels.local(activity, province.id, day) or (
                self._library.levels.local(activity, province.successor, day) if province.successor else None
            )
            if local is not None:
                levels.append(local)
        if (
            calculation is None
            and level.percent is not None
            and money is None
            and not activity.startswith(_PERCENT_OF_NO_PRICE)
        ):
            notes.append(Note("price_missing"))
        warnings = list(status_warnings(level.status, level.valid_to, day))
        if level.status == "needs_check":
            warnings = [Note("level_changed")]
        elif level.status == "superseded" and not dated:
            warnings = [Note("level_superseded", {"until": level.valid_to})]
        elif level.status == "superseded" and in_force(level, day):
            warnings = [Note("level_of_then", {"until": level.valid_to})]
        if all(self._library.base.sources[one].rank >= SECONDARY for one in level.sources):
            warnings.append(Note("secondary_source"))
        answer = Answer(
            status="answered",
            kind="support",
            as_of=day if dated else today,
            levels=tuple(levels),
            cited=law_of(self._library.base.documents, levels),
            calculation=calculation,
            stance="conditional",
            regions=self._library.now(province),
            assumptions=tuple(notes),
            warnings=tuple(warnings),
            sources=sources_for(self._library.base, [s for one in levels for s in one.sources]),
            choices=(
                Choice("Tôi có đủ điều kiện không?", "kiểm tra điều kiện được khuyến công"),
                Choice("Hồ sơ gồm gì?", "hồ sơ đề nghị hỗ trợ khuyến công gồm những gì"),
                Choice("Hỏi ở đâu?", "xin hỗ trợ khuyến công ở đâu"),
            ),
        )
        return answer, Context(route="support", activity=activity, region=province.id if province else "")

    def contact(self, question: Question, context: Context, today: date) -> tuple[Answer, Context] | None:
        """Where someone of a named province turns to, by the province's present name."""
        province = self._library.province_in(question)
        here = province is not None and context.wanted is None and only_says_where(question, province)
        if here and province is not None and context.activity:
            local = self._of_activity_here(question, context, province, today)
            if local is not None:
                return local
        if not (here or _CONTACT.search(question.clean)) or EVENT.search(question.clean):
            return None
        if province is None:
            return self._contact_anywhere(question, today)
        old = any(period.code and period.code[:4] < "2025" for period in question.periods.found)
        if old or question.programmes or question.measures.named or question.neighbour or question.money:
            return None
        if not (
            here or question.own_topic or _SUPPORT.search(question.clean) or _TURN_TO.search(question.clean)
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
            not (_SUPPORT.search(question.clean) and _ASKS_WHERE.search(question.clean))
            or len(question.clean.split()) > 14
        ):
            return None
        matches = self._library.entries.search(question.clean, limit=1)
        if (
            matches and matches[0].score >= 0.62
        ) or "to-chuc-xin-ho-tro-o-dau" not in self._library.base.entries:
            return None
        return self._tell_entry(self._library.base.entries["to-chuc-xin-ho-tro-o-dau"], question, today)
