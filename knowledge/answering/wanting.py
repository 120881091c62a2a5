"""A question → the slots of a figure that it wants, and whether it wants a figure at all."""

from __future__ import annotations

import re

from knowledge.answering.funding import funding_measures
from knowledge.answering.naming import EACH, WHICH_MOST, only_named
from knowledge.answering.wording import DEADLINE, MEAN
from knowledge.base import KnowledgeBase
from knowledge.finding.companions import PARTS
from knowledge.finding.wanted import AMOUNTS, FUNDING, Wanted
from knowledge.reading.question import Question
from knowledge.text import words

_AMOUNT_UNITS = ("VND", "percent", "date", "lần", "đợt")
"""Units of what is asked for by its name alone; a thing must be counted for its number to be meant."""

LEVELS = {
    "country": "sp-tieu-bieu-quoc-gia",
    "region": "sp-tieu-bieu-khu-vuc",
    "province": "sp-tieu-bieu-tinh",
}
"""Products are honoured at three levels: the one of a place, by its kind."""
_LEVEL = re.compile(r"\bcap (?:quoc gia|khu vuc|vung|tinh|thanh pho)\b|\btieu bieu (?:quoc gia|khu vuc)\b")


_PLANNED = re.compile(
    r"\b(?:muc tieu|chi tieu|ke hoach|du kien|phan dau|dat ra|dinh huong|se (?:ho tro|dao tao|xay|to chuc))\b"
)
_DONE = re.compile(
    r"\b(?:thuc hien|ket qua|thuc te|hoan thanh|lam duoc|dat duoc|trien khai|da (?:ho tro|duoc|dao tao|trien khai|thuc hien|lam|co|to chuc|xay))\b"
)
"""Words for what is aimed at, and for what was reached, where a thing is counted."""

_LIMIT = re.compile(r"\btoi (?:thieu|da)\b|\bduoc (?:gui|dang ky|nop|du) (?:may|bao nhieu)\b")
"""How many a rule allows, where no place and no time is named."""
_WHO_HAS_MORE = re.compile(r"\b(?:ai|ben nao|noi nao) (?:[a-z]+ )?(?:nhieu|cao|it|thap|lon|nho) hon\b")
_ALL = len(("time", "place", "programme"))
_PAID_OUT = re.compile(r"\b(?:chuyen khoan|nhan tien|tra tien|tien ve|nhan lam)\b")
"""In how many parts somebody is paid, not how many rounds there were."""
_SOME_TIME = re.compile(r"\b(?:sang nam|nam (?:sau|nay|toi))\b(?!.*\b20\d\d\b)")
"""A year by which a rule is asked ("may it be carried over to next year?"), not a figure."""
_WISH = re.compile(
    r"\b(?:muon|dinh|can|xin|em|toi|minh|tui|nha|xuong|co duoc|duoc (?:tra|ho tro|huong|xin|lo|giup))\b"
)
"""Somebody asks for himself."""
_FIGURES = re.compile(r"\b(?:so lieu|con so)\b")
_ASKS_WHAT = re.compile(r"\b(?:(?<!the )nao|gi|ai)\b")
_MEETING = re.compile(r"\b(?:hoi nghi|hoi cho|trien lam)\b")
_REVIEWED = re.compile(r"\btong (?:hop|ket|quan)\b")
_WHICH_PROGRAMME = re.compile(r"\b(?:nguon|chuong trinh) nao\b")
_WHICH_DOCUMENT = re.compile(
    r"\b(?:thong tu|nghi dinh|quyet dinh|van ban|quy dinh|can cu) nao\b"
    r"|\b(?:thong tu|nghi dinh|quyet dinh|van ban)\b(?! \d).*\bso (?:may|bao nhieu|hieu)\b"
)


_MONEY = r"\b(?:kinh phi|so tien|(?<!tien )(?<!uu )(?<!dau )tien(?! (?:tien|do|hanh|bo|trinh|si))|ngan sach|von|chi phi)\b"
_OF_MONEY = (
    r"\b(?:bao nhieu|may) (?:tien|ty|trieu|dong|kinh phi)\b|\bty dong\b|\b(?:kinh phi|so tien|chi phi)\b"
)


def _asks_money(clean: str) -> bool:
    """Whether an amount of money is asked for."""
    money = re.search(_MONEY, clean)
    asked = money and re.search(r"\b(?:bao nhieu|may|la)\b", clean[money.end() :])
    return bool(asked or re.search(_OF_MONEY, clean))


class Wanting:
    """Reads what figure of one base a question wants."""

    def __init__(self, base: KnowledgeBase) -> None:
        self._base = base

    def asks_figure(self, question: Question, *, supporting: bool) -> bool:
        """Whether a figure is asked for: an amount of something countable, at a time, in a place or from a source."""
        if (
            question.why
            or (question.documents and not question.counted)
            or _WHICH_DOCUMENT.search(question.clean)
            or DEADLINE.search(question.clean)
        ):
            return False
        slots = bool(question.periods.found) + bool(question.regions) + bool(question.programmes)
        subject = bool(
            question.money
            or question.measures.named
            or question.indicators
            or question.measures.percent
            or question.measures.moved
            or (question.measures.rate and question.regions and question.periods.found)
            or (question.compare and len(question.regions) >= 2)
            or slots == _ALL
            or (slots > 1 and any(q.kind == "percent" for q in question.quantities))
        )
        asks_else = question.who or question.where or question.when
        two = question.total_word and len(question.regions) == 2 and question.periods.found
        if two and not (subject or _REVIEWED.search(question.clean)):
            return not asks_else
        asks = bool(
            question.amount or question.check or question.measures.percent or question.measures.moved or question.rank or question.series
            or question.listing or any(q.scaled for q in question.quantities)
        )  # fmt: skip
        if question.neighbour and not question.own_topic:
            return False
        if question.tabled and (subject or (slots and (question.compare or _FIGURES.search(question.clean)))):
            return not asks_else
        if WHICH_MOST.match(question.clean) and question.periods.found and not question.unknown:
            return True
        if (
            question.amount
            and question.regions
            and question.periods.found
            and MEAN.search(question.clean)
            and not question.unknown
        ):
            return True
        if only_named(self._base, question):
            return True
        several = len(question.regions) > 1 and bool(question.periods.found)
        if question.compare and several and not (question.unknown or asks_else):
            return True
        if question.bare or (question.listing and slots and _FIGURES.search(question.clean)):
            return True
        if not subject and (not (slots >= 2 and question.own_topic) or _MEETING.search(question.clean)):
            return False
        if question.ranked:
            timed = (question.money or question.measures.named) and question.periods.found
            placed = question.own_topic or question.regions or timed
            return bool(question.indicators or question.programmes or (subject and placed))
        pairs = (question.periods.found, question.regions, question.programmes)
        held_together = question.compare and subject and any(len(one) == 2 for one in pairs)
        if asks_else and not question.amount:
            return bool(held_together and _WHO_HAS_MORE.search(question.clean))
        if (
            question.indicators
            and slots
            and question.restricted.startswith(("binh quan", "trung binh", "moi "))
        ):
            return True
        if question.round and question.measures.named and slots:
            return True
        if question.counted and slots == 0 and _PAID_OUT.search(question.clean):
            return False
        support = supporting
        if question.counted not in ("", "so-nghi-dinh") and question.own_topic and not question.who:
            return True
        rises = [one for one in question.indicators if self._base.indicators[one].unit == "percent"]
        if rises and question.measures.moved and question.measures.percent and question.regions:
            return True
        if support and not question.periods.found:
            return False
        wishes = question.yes_no and _WISH.search(question.clean) and not question.periods.found
        if wishes and not (question.amount or question.check or question.programmes):
            return False
        if question.yes_no and _SOME_TIME.search(question.clean) and not (asks or question.regions):
            return False
        if slots == 0 and (question.restricted.startswith("moi ") or _LIMIT.search(question.clean)):
            return False
        if slots == 0:
            things = [one for one in question.indicators if self._base.indicators[one].unit in _AMOUNT_UNITS]
            if question.measures.percent and things and self._base.indicators[things[0]].unit == "VND":
                return False  # a part of a sum is a rule's, not the sum
            named = question.measures.named or question.counted or things
            if question.counted and question.counted != "so-nghi-dinh":
                return True
            return (asks and bool(named) and not support) or (
                question.money and bool(question.measures.named)
            )
        if not (question.periods.found or question.regions) and not asks:
            return False
        if held_together and not support:
            return True
        if _ASKS_WHAT.search(question.clean) and not (
            asks and (question.amount or question.measures.percent or question.check)
        ):
            return bool(question.money and question.periods.found and question.regions)
        amounts = bool(question.money or question.measures.named or question.measures.share)
        if slots >= 2 and question.own_topic and not question.unknown and not question.yes_no:
            return True
        return (
            asks
            or (slots == _ALL and not question.unknown)
            or (slots >= 2 and amounts)
            or (question.money and slots >= 1)
        )

    def wanted(self, question: Question) -> Wanted:
        """The slots that a question names, as they were said; nothing is filled in."""
        indicator, terms = self._indicator(question)
        named = tuple(one.value for one in question.measures.named)
        measures: tuple[str, ...] = named
        of: tuple[str, ...] = ()
        if indicator == FUNDING:
            measures, of = funding_measures(question, named)
        elif self._base.indicators[indicator].unit == "VND":
            measures = tuple(one for one in named if one in AMOUNTS)
        elif indicator in self._base.indicators:
            kinds = {row.measure for row in self._base.select(indicator=indicator)}
            measures = ("change",) if "change" in kinds else ()
        regions = [place.id for place in question.regions]
        against_nation = "share" in measures and len(regions) == 2 and "ca_nuoc" in regions
        if against_nation:
            regions.remove("ca_nuoc")
        periods = tuple(period.code for period in question.periods.found if period.code)
        if not question.periods.found:
            periods = self._period_of_count(question, regions)
        if question.periods.same and len(periods) == 2:
            periods = periods[:1]
        joined = question.periods.joined
        if joined and not self._base.select(period=joined):
            joined = ""
        programmes = tuple(one.value for one in question.programmes)
        if not programmes and (question.compare or question.rank) and _WHICH_PROGRAMME.search(question.clean):
            programmes = ("KCQG", "KCDP")
        if (
            question.total_word
            and len(programmes) == len(PARTS)
            and not question.compare
            and EACH.search(question.clean)
        ):
            programmes = ("total",)  # whose parts stand beside it
            measures, of = (named, ()) if measures == ("rate",) else (measures, of)
        if "total" in programmes and len(programmes) > 1:
            programmes = (
                tuple(one for one in programmes if one != "total") if question.compare else ("total",)
            )
        return Wanted(
            indicator=indicator,
            measures=measures,
            of=of,
            against="national" if against_nation else "",
            programmes=programmes,
            total_word=question.total_word,
            regions=tuple(regions),
            periods=periods,
            joined=joined,
            part=next((period.part for period in question.periods.found if not period.code), ""),
            terms=terms,
            round=question.round,
            planned=bool(_PLANNED.search(question.clean)),
            done=bool(_DONE.search(question.clean)),
        )

    def _level(self, question: Question) -> str:
        """The likeliest indicator; of honoured products the level of the place that is named, if no level is."""
        first = question.indicators[0]
        if first not in LEVELS.values() or _LEVEL.search(question.clean):
            return first
        region = self._base.regions[question.regions[0].id] if question.regions else None
        own = LEVELS.get(region.kind if region else "country", first)
        periods = [period.code for period in question.periods.found if period.code] or None
        having = [
            one
            for one in LEVELS.values()
            if region and self._base.select(indicator=one, region=region.id, period=periods)
        ]
        return having[0] if len(having) == 1 and own not in having else own

    def _period_of_count(self, question: Question, regions: list[str]) -> tuple[str, ...]:
        """The period of the one figure that a count in the question names ("29 đề án của Thanh Hóa")."""
        rows = [
            row
            for quantity in question.quantities
            if quantity.kind == "plain"
            for row in self._base.figures_by_value.get(float(quantity.value), ())
            if row.indicator in question.indicators and row.region in regions
        ]
        return (rows[0].period,) if len({row.period for row in rows}) == 1 else ()

    def _indicator(self, question: Question) -> tuple[str, tuple[str, ...]]:
        """The indicator, and words that narrow the money down to an activity."""
        if not question.indicators:
            return FUNDING, ()
        first = self._level(question)
        programmes = [one.value for one in question.programmes]
        if programmes and question.counted and not self._base.select(indicator=first, programme=programmes):
            first = next(
                (
                    one
                    for one in question.indicators[1:3]
                    if self._base.select(indicator=one, programme=programmes)
                ),
                first,
            )
        asks_money = _asks_money(question.clean)
        asks_unit = bool(question.counted)
        if self._base.indicators[first].unit in ("percent", "VND"):
            return first, ()
        if not asks_money or asks_unit:
            if question.measures.percent and not asks_unit:
                return FUNDING, ()
            return first, ()
        keys = [
            phrase
            for pattern in self._base.indicators[first].keys
            for group in pattern
            for phrase in group
            if f" {phrase} " in f" {' '.join(words(question.clean))} "
        ]
        if first == "de-an" or first.startswith(("dia-phuong", "don-vi", "so-tinh")):
            return FUNDING, ()
        return FUNDING, tuple(keys)
