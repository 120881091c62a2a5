"""How much an activity may get, worked out for a price, and where to turn to."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from knowledge import folded_re as re
from knowledge.answering.entries import EntryAnswers
from knowledge.answering.library import Asked, Library, day_of, said_day
from knowledge.answering.province_levels import ProvinceLevels
from knowledge.answering.ratios import AVERAGE
from knowledge.answering.wording import HOW_MUCH, NOT_INDUSTRY, PAPERS
from knowledge.dialogue import Context
from knowledge.finding.answer import (
    sources_for,
    status_warnings,
)
from knowledge.finding.support import calculate, in_force
from knowledge.finding.versions import law_of
from knowledge.reading.numbers import number_of
from knowledge.reading.question import Question
from knowledge.records import Answer, Choice, Entry, Note
from knowledge.thresholds import THRESHOLDS

SUPPORT = re.compile(
    r"\b(?:ho tro|duoc (?:cho|nhan|huong|cap|tai tro)|xin (?:duoc|tien|ho tro|khuyen cong|may (?:moi|moc|cat|say|xay|ep|det|han|dong))|duoc (?:khuyen cong )?(?:tra (?:lai )?|chi |bu (?:lai )?|lo |hoan (?:lai )?)?(?:bao nhieu|may)|duoc khuyen cong|muc (?:ho tro|chi|toi da)|cho (?:bao nhieu|nhieu|may|duoc)|tai tro|giup tien|bu (?:bao nhieu|may)|khuyen cong (?:lo|chi|tra|giup|bao|bu) )\b"
)

_OWNER = re.compile(
    r"\b(?:(?:em|toi|minh|tui|nha em|nha toi|nha minh|ben em|ben toi|ben minh|con|chung toi|tui em|ho kinh doanh|htx|hop tac xa|xuong|co so|cty|cong ty|doanh nghiep|ba con|gia dinh|to hop)\b.{0,200}\b(?:muon|mua|dinh|can|lam|o|sap|dau tu|xin|tinh|co)"
    r"|mua may|dau tu may|sam may|muon mua)\b"
)


_SUM_CLAIMED = re.compile(
    r"\b(?:ty|trieu|dong)\b.{0,200}\bduoc (?:ho tro |cho |nhan )?\d[\d.,]* ?(?:ty|trieu|dong)\b"
)
"""What a price brings, as somebody takes it to be."""
_NAMED = re.compile(
    r"^(?:(?:cho (?:toi|em|minh|hoi) |hoi |ve |chinh sach |muc )*)(?:khuyen cong )?(?:ho tro|tro cap|tai tro) (?!duoc|nhung|gi|cho ai|ai|bao nhieu|may)"
)
"""Support is asked for by the name of the activity alone, or "how"."""
_ASKS = re.compile(
    r"\b(?:khong|chua|gi|nao|ai|dau(?! tu)|khi nao|bao gio|bao lau|vi sao|tai sao|dieu kien|ho so|thu tuc|quy trinh|van ban|can cu|doi tuong|o dau|lan|hay)\b"
)

_WISHES = re.compile(
    r"\b(?:muon|dinh|can|mong|dang) (?:duoc )?(?:xin|nhan|vay) (?:it )?(?:tien|ho tro|khuyen cong|kinh phi)\b|\bxin may (?:moi|moc|cat|say|xay|ep|det|han|dong)\b"
)
"""Somebody tells his wish, and asks by that what he can get."""
SECONDARY = 4
"""The rank of sources that tell of a law at second hand."""

_LEVEL_ASKED = re.compile(
    r"\b(?:(?<!o thi )(?<!i thi )(?<!c thi )(?<!a thi )tran|toi da|khong qua|muc (?:ho tro|chi)|chi toi da|ho tro (?:bao nhieu|may))\b"
)
_LEVEL = re.compile(
    r"\b(?:muc tran|(?<!o thi )(?<!i thi )(?<!c thi )(?<!a thi )tran|toi da|khong qua|muc ho tro|ap dung muc|duoc ho tro|ho tro toi da|thuong|bu|duoc (?:bao nhieu|may)|nhieu nhat)\b"
    r"|^(?:muc |khuyen cong )?ho tro .{1,60}\b(?:bao nhieu|may) (?:tien|trieu|phan tram)\b"
)


_PERCENT_OF_NO_PRICE = ("lai-suat-vay", "chi-quan-ly")
"""Activities whose percent is of something other than the price of what is bought."""

_PRICE_ASKED = re.compile(r"\bgia (?:bao nhieu|may)\b.*\b(?:du|tran|toi da)\b")
"""From which price on the cap is reached: the calculation backwards, which a text explains."""

_CAP_BEFORE = re.compile(
    r"\b(?:tran|toi da|khong qua|nhan du|muc|du|(?:ho tro|muc) (?:[a-z]+ ){0,4}(?:toi|len|den)) $"
)
_TOGETHER = re.compile(
    r"\+|\b(?:cong|ca hai|cong lai|tong cong|tong)\b(?! [a-z ]{0,12}\d)(?! nghiep| thuong| ty)"
)
"""Several prices are to be added."""
_UNITS = re.compile(
    r"\b(\d{1,2}|hai|ba|bon|nam|sau|bay|tam|chin|muoi) (?:cai|chiec|con|bo|dan|lop|mo hinh|gian|cay|may)\b(?! tien| phan)"
)
_EACH = re.compile(
    r"\b(?:moi|mot|1) (?:cai|chiec|con|bo|dan|lop|mo hinh|gian|cay|may|dua)\b|/ ?(?:cai|chiec|bo|may)\b"
)


_TAX = re.compile(
    r"\b(?:vat|gtgt|gia tri gia tang|(?:co|gom|bao gom|chua|truoc|sau) thue)\b(?! (?:dat|tu van|tai chinh))"
)
_KEPT = re.compile(
    r"\b(?:giu|su dung|dung|xai|ban|thanh ly|sang nhuong|cho thue lai)\b.{0,200}\b(?:may nam|bao lau|bao nhieu nam|may thang)\b"
    r"|\b(?:may nam|bao lau|bao nhieu nam) (?:thi |moi )*(?:duoc |co the )?(?:ban|thanh ly|sang nhuong)\b"
)
"""How long a machine must be kept is no question of money."""


def price_of(question: Question) -> tuple[Decimal | None, int]:
    """The whole price in đồng that was said (a price for each, times how many), and how many; a cap is no price."""
    clean = question.clean
    sums = [q for q in question.quantities if q.kind == "money"]
    before = {q.text: clean[: clean.find(q.text)] for q in sums}
    sums = [q for q in sums if not _CAP_BEFORE.search(before[q.text])]
    paid = [q for q in sums if not before[q.text].endswith("duoc ")] or sums
    prices = [q.value for q in paid]
    together = len(prices) > 1 and _TOGETHER.search(clean)
    price = sum(prices, Decimal(0)) if together else prices[0] if prices else None
    several = _UNITS.search(clean) if _EACH.search(clean) else None
    units = number_of([several[1]]) or int(several[1]) if several else 1
    return (None if price is None else price * units), units


class SupportAnswers:
    """Levels, calculations and contacts of one library."""

    def __init__(self, library: Library, entries: EntryAnswers) -> None:
        self._library = library
        self._tell_entry = entries.tell
        self._province_levels = ProvinceLevels(library, entries)

    def answer(self, asked: Asked, *, supporting: bool) -> tuple[Answer, Context] | None:
        """The level or the sum that is asked for; None where the question is about something else.

        `supporting`: what `sounds_like_support` says of it.
        """
        question, context, today = asked.question, asked.context, asked.today
        size = len(question.clean.split())
        if context.route == "support" and context.activity and question.quantities and size <= 14:
            activity = self._library.levels.activity_in(question.clean) or context.activity
            priced = self.level(question, activity, today)
            if priced is not None:
                return priced
        of_province = self._of_province(question)
        if of_province:
            return self.level(question, of_province, today)
        own = self._own_entry(question)
        if own is not None:
            return self._tell_entry(own, question, today)
        if (unknown := self._province_levels.unknown(question, context, today)) is not None:
            return unknown
        of_other = any(one.value != "KCQG" for one in question.programmes)
        unpriced = question.programmes and not any(q.kind == "money" for q in question.quantities)
        if not supporting or of_other or unpriced or question.counted:
            return None
        if (
            _KEPT.search(question.clean)
            or _PRICE_ASKED.search(question.clean)
            or (question.when and "muc" in question.clean.split())
        ):
            return None
        if NOT_INDUSTRY.search(question.clean) or PAPERS.search(question.clean):
            return None
        activity = self._library.levels.activity_in(question.clean)
        named = _NAMED.search(question.clean) and not _ASKS.search(question.clean)
        priced_or_asked = (
            named
            or (_WISHES.search(question.clean) and not _ASKS.search(question.clean))
            or any(q.kind == "money" for q in question.quantities)
            or HOW_MUCH.search(question.clean)
        )
        return self.level(question, activity, today) if activity and priced_or_asked else None

    def _own_entry(self, question: Question) -> Entry | None:
        """The entry on a province's own levels that was nearly asked word for word, where no price is said."""
        province = self._library.province_in(question)
        asked = self._library.levels.activity_in(question.clean)
        if province is None or not asked or question.quantities or question.periods.found:
            return None
        matches = self._library.entries.search(question.clean, limit=1)
        if not matches or matches[0].score < THRESHOLDS.sure:
            return None
        entry = self._library.base.entries[matches[0].id]
        return entry if entry.kind == "support" and province.id in self._library.places_of(entry.id) else None

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
        given = re.search(r"\b(?:cho|ho tro|giup|duoc)\b.*\b(?:bao nhieu|may)\b", clean)
        if (
            given
            and not question.regions
            and not question.periods.found
            and any(q.kind == "money" for q in question.quantities)
            and self._library.levels.activity_in(clean)
        ):
            return True
        if (
            any(m.value in ("plan", "estimate", "allocated") for m in question.measures.named)
            or question.programmes
        ):
            return bool(_OWNER.search(clean) and SUPPORT.search(clean) and not question.programmes)
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
        if _SUM_CLAIMED.search(clean) and self._library.levels.activity_in(clean):
            return True
        buys = re.search(r"\b(?:mua|sam|dau tu|lap|thay|nang cap|len)\b", clean)
        if (
            buys
            and any(q.kind == "money" for q in question.quantities)
            and self._library.levels.activity_in(clean)
        ):
            return True
        if _OWNER.search(clean) and (SUPPORT.search(clean) or re.search(r"\bkhuyen cong\b", clean)):
            return True
        return bool(SUPPORT.search(clean)) and not (question.periods.found and question.regions)

    def level(self, question: Question, activity: str, today: date) -> tuple[Answer, Context] | None:
        """The level of an activity on the day that is asked, and what it makes of a price; None where none is known."""
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
        if calculation is not None and _TAX.search(question.clean):
            notes.append(Note("tax_unknown"))
        notes += self._doubtful_trade(question)
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

    def _doubtful_trade(self, question: Question) -> list[Note]:
        """What must be told with a sum to a trade of which it is not sure that it is supported."""
        entries = self._library.base.entries
        facts = self._library.facts.read(question.clean, question.typed)
        trades = [entries[fact.entry] for fact in facts if fact.topic == "trade"]
        if any(trade.stance == "yes" for trade in trades):
            return []
        return [
            Note("doubtful_trade", {"says": trade.body.split("\n\n", 1)[0]})
            for trade in trades[:1]
            if trade.stance in ("conditional", "unknown")
        ]
