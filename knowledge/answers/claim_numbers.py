"""The numbers of a claim, each with the slots that the words around it name, or that were named before and still hold."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import replace

from knowledge.answers.claim_amounts import numbers_in, programme_said
from knowledge.answers.claim_words import (
    LOCAL,
    PROGRAMMES,
    SUMS,
    Lead,
    Number,
    Slots,
    completed,
    is_break,
    merged,
    more_than_half,
    said_time,
    typed,
)
from knowledge.finding.wanted import NATION
from knowledge.language.numbers import Amount
from knowledge.language.spans import IDLE, Reading, Span

_DIRECTIONS = {"up": 1, "down": -1}
DAY_LENGTH = len("0000-00-00")
_DATED = ("period", "document", "document_name")
"""What is named where a number of months or years is one of a time and no figure."""


class NumberReader:
    """Reads the numbers of one claim; words in `taken` belong to something else."""

    def __init__(self, reading: Reading, taken: Collection[int] = ()) -> None:
        self._reading = reading
        self._taken = frozenset(taken)
        self._amounts = numbers_in(reading, self._taken)
        inside = {at for one in self._amounts for at in range(one.start, one.end)}
        spans = [
            span
            for span in reading.spans
            if span.slot == "region" or not inside >= set(range(span.start, span.end))
        ]
        self._spans = [span for span in spans if not self._taken >= set(range(span.start, span.end))]
        self._used: set[int] = set()
        self._head: str | None = None
        self._spoken: set[str] = set()

    def read(self) -> list[Number]:
        """Every number in order."""
        tokens: list[tuple[int, int, Span | Amount]] = [(one.start, 0, one) for one in self._spans]
        tokens += [(one.start, 1, one) for one in self._amounts]
        tokens.sort(key=lambda one: one[:2])
        lead, found = Lead(), list[Number]()
        for start, _, token in tokens:
            if isinstance(token, Amount):
                if self._lasts(token, lead) or self._again(token, found) or self._names_one(token):
                    continue
                number = self._number(token, lead)
                beside_rate = found and found[-1].rate and number.slots.measure == "plan"
                measure = found[-1].slots.measure if beside_rate else number.slots.measure
                found.append(number)
                lead = Lead(held=replace(number.slots, measure=measure))
            elif start not in self._used:
                self._take(token, lead)
        return completed(found, self._spans)

    def lead_until(self, end: int) -> Lead:
        """What the words before word `end` say, numbers passed over."""
        lead = Lead()
        for span in self._spans:
            if span.start < end:
                self._take(span, lead)
        return lead

    def _take(self, span: Span, lead: Lead) -> None:
        """Note what a span says of the number that follows."""
        if is_break(self._reading, span.start):
            lead.comparing = False
            lead.sentence = lead.sentence or "." in self._reading.words[span.start].break_before
            lead.direction, lead.moved, lead.share, lead.rate = 0, False, False, False
            lead.apart = bool(lead.own.programme)
        if span.scope == "excluded":
            return
        if span.means("operator", "compare") or span.means("reference", "same"):
            lead.comparing = True
        elif span.means("bound", "above") and self._leads(span) and self._divides(span):
            lead.own = replace(lead.own, measure="plan")  # "30,68 tỷ trên 32,01 tỷ"
        elif span.means("bound") and self._leads(span):
            lead.bound = next((name for name in ("above", "below") if span.means("bound", name)), "")
            lead.about = span.means("bound", "about")
        elif span.means("operator", "up", "down", "difference"):
            lead.comparing, lead.moved = False, True
            lead.direction = next((_DIRECTIONS[v] for v in _DIRECTIONS if span.means("operator", v)), 0)
            lead.first = merged(lead.own, lead.held)
            lead.own = Slots()
        else:
            self._slot(span, lead)

    def _slot(self, span: Span, lead: Lead) -> None:
        """Note the time, the place, the programme or the measure that a span names."""
        if span.slot == "period":
            self._period(said_time(span), lead)
        elif span.slot == "region":
            others = (one for one in lead.own.regions if one != span.value)
            lead.own = replace(lead.own, regions=(*others, span.value))
        elif span.slot == "programme":
            self._programme(span.value, lead)
        elif span.means("kind", "province") and self._leads(span) and self._no_count(span):
            self._programme(LOCAL, lead)  # "quốc gia 150 tỷ, địa phương 188 tỷ"
        elif span.slot == "measure" or span.means("outcome"):
            self._measure(span, lead)
        elif span.means("aspect", "payment") and self._leads(span):
            lead.own = replace(lead.own, measure="actual")

    def _lasts(self, amount: Amount, lead: Lead) -> bool:
        """Whether a number is one of months or years of a time that is named, and no bound ("ít nhất 15 năm"); months are a
        part of its year."""
        unit = next((span for span in self._reading.spans if span.start == amount.end), None)
        dated = any(map(self._reading.has, _DATED))
        bound = any(one.end == amount.start and one.means("operator") for one in self._spans)
        if unit is None or not dated or bound or not unit.means("function", "months", "years"):
            return False
        if unit.means("function", "months"):
            self._period(f"~{amount.value}M", lead)
        return True

    def _again(self, amount: Amount, found: Sequence[Number]) -> bool:
        """Whether a number only says again of how many something is told ("cả 9 đều là chè")."""
        told = any((one.value, one.kind) == (amount.value, amount.kind) for one in found)
        return told and any(
            one.start == amount.end and one.means("function", "all_are") for one in self._spans
        )

    def _names_one(self, amount: Amount) -> bool:
        """Whether a number says which one of several is meant ("lần thứ 5")."""
        return any(one.end == amount.start and one.means("asks", "edition") for one in self._spans)

    def _leads(self, span: Span) -> bool:
        """Whether a number stands right behind a span."""
        return any(one.start == span.end for one in self._amounts)

    def _divides(self, span: Span) -> bool:
        """Whether a sum stands right before a span and right behind it: the one is told against the other."""
        money = [one for one in self._amounts if one.kind == "money"]
        return {span.start, span.end} <= {one.end for one in money} | {one.start for one in money}

    def _no_count(self, span: Span) -> bool:
        """Whether a word for provinces means what is theirs: khuyến công of theirs is spoken of; or they are not counted, and
        that of the nation was named before, or the word is set apart."""
        before = next((one for one in self._spans if one.end == span.start), None)
        if before is not None and before.means("head", "khuyen_cong"):
            return True
        counted = any(one.end == span.start and one.kind == "plain" for one in self._amounts)
        counted = counted or is_break(self._reading, span.end)
        apart = before is not None and before.means("scope", "only")
        return not counted and (apart or self._reading.has("programme", "KCQG"))

    def _period(self, value: str, lead: Lead) -> None:
        if value.startswith("~"):
            year = (*lead.held.periods, *lead.own.periods)[-1:]
            value = f"{year[0][:4]}-{value[1:]}" if year else ""
        day = len(value) == DAY_LENGTH  # of a document or a meeting, beside the time of the figures
        if not value[:1].isdigit() or (day and (lead.own.periods or lead.held.periods)):
            return
        own = tuple(one for one in lead.own.periods if day or len(one) != DAY_LENGTH)
        if lead.comparing:
            lead.against = (*lead.against, value)
        else:
            lead.own = replace(lead.own, periods=(*own, value))

    def _programme(self, value: str, lead: Lead) -> None:
        if value == "total":
            lead.total = lead.total or not lead.own.programme
            lead.held = replace(lead.held, programme="")
        else:
            lead.own, lead.apart = replace(lead.own, programme=value), False

    def _measure(self, span: Span, lead: Lead) -> None:
        if span.means("measure", "share"):
            lead.share = True
        elif span.means("measure", "rate") or span.means("outcome"):
            lead.rate = True
        elif span.value in SUMS:
            if lead.own.measure != "estimate" or span.value != "actual":
                lead.own = replace(lead.own, measure=span.value)
            lead.rate = False

    def _number(self, amount: Amount, lead: Lead) -> Number:
        self._passed(amount, lead)
        percent = amount.kind == "percent"
        rate = percent and (lead.rate or self._plan_follows(amount)) and not lead.moved
        moved = lead.moved and (percent or self._adjacent(amount))
        own, against = self._timed(amount, lead, self._own(amount, lead), moved=moved)
        slots = merged(own, merged(lead.first or Slots(), self._still_held(own, lead)))
        whole = next(iter(self._behind(amount) if lead.share else ()), None)
        if whole is not None and whole.means("programme", "total"):
            self._used.add(whole.start)
        if percent:  # "9,6% cả nước" says nothing of the next
            nation = (one for one in self._behind(amount) if (one.slot, one.value) == ("region", NATION))
            self._used |= {one.start for one in nation if is_break(self._reading, one.end)}
        self._head = slots.programme if self._head is None else self._head
        self._spoken |= {slots.programme}
        text = typed(self._reading, amount.start, amount.end)
        text += "%" * (percent and "%" not in text)
        return Number(
            amount.start, amount.end, amount.value, amount.kind, text, own, slots, lead.direction, moved, lead.share,
            rate, lead.bound, lead.about, against, amount.value_max, lead.first if moved else None, lead.total,
        )  # fmt: skip

    def _passed(self, amount: Amount, lead: Lead) -> None:
        """Note that more than so much of a plan was reached ("vượt 90% kế hoạch")."""
        if more_than_half(amount) and lead.direction > 0 and self._plan_follows(amount):
            lead.own, lead.moved, lead.direction, lead.bound = lead.first or Slots(), False, 0, "above"
            lead.rate = True

    def _own(self, amount: Amount, lead: Lead) -> Slots:
        """The slots named since the last number, with the programme right behind this one."""
        own = lead.own
        if amount.kind != "percent" and lead.rate and not own.measure:
            own = replace(own, measure="plan")
        of_both = lead.total and any(one.start > amount.start for one in self._amounts)
        if (not own.programme or lead.apart) and not of_both:
            own = replace(own, programme=self._programme_behind(amount) or own.programme)
        return replace(own, programme="total") if lead.total and not own.programme else own

    def _timed(self, amount: Amount, lead: Lead, own: Slots, *, moved: bool) -> tuple[Slots, tuple[str, ...]]:
        """The slots of a number with its own time, and the times that it is held against."""
        before = next((one for one in self._reading.of("period") if one.end == amount.start), None)
        against = lead.against
        bracketed = before is not None and "(" in self._reading.words[amount.start].break_before
        if before is not None and bracketed and before.value[:1].isdigit():  # "so với năm 2023 (186,5 tỷ)"
            own, against = replace(own, periods=(said_time(before),)), ()
        periods, compared = self._periods_behind(amount)
        if periods and (moved or compared) and not against:
            return own, periods
        if periods and not compared and not own.periods:
            own = replace(own, periods=periods)
        return own, against

    def _still_held(self, own: Slots, lead: Lead) -> Slots:
        """What was named before; a sentence of its own is of the whole again."""
        again = lead.sentence and own.measure and self._spoken >= set(PROGRAMMES)
        return replace(lead.held, programme=self._head or "") if again else lead.held

    def _adjacent(self, amount: Amount) -> bool:
        """Whether no word of grammar stands right before a number ("from 150 to 130" names no move)."""
        before = next((span for span in self._reading.spans if span.end == amount.start), None)
        return before is None or before.slot not in IDLE

    def _behind(self, amount: Amount) -> list[Span]:
        """The spans behind a number, up to a break or the next number, without words of grammar."""
        later = [span for span in self._spans if span.start >= amount.end]
        ends = [one.start for one in self._amounts if one.start > amount.start]
        ends += [one.start for one in later if is_break(self._reading, one.start)]
        limit = min(ends, default=len(self._reading.words))
        return [one for one in later if one.start < limit and one.slot not in IDLE]

    def _plan_follows(self, amount: Amount) -> bool:
        """Whether a plan is named right behind a percent; it is used up unless a sum of its own follows."""
        span = next(iter(self._behind(amount)), None)
        if span is None or not span.means("measure", "plan", "rate"):
            return False
        sums = (one for one in self._amounts if one.kind == "money" and one.start <= span.end + 1 < one.end)
        joined = any(set(self._reading.words[one.start].break_before) <= {"(", " "} for one in sums)
        apart = is_break(self._reading, span.end) and "(" not in self._reading.words[span.end].break_before
        if apart or not joined:
            self._used.add(span.start)
        return True

    def _programme_behind(self, amount: Amount) -> str:
        """A programme right behind a number, if it does not lead the next."""
        behind = self._behind(amount)
        for place, span in enumerate(behind[:2]):
            following = behind[place + 1].slot if place + 1 < len(behind) else ""
            value = programme_said(self._reading, span, amount, following)
            if not value and span.slot in ("head", "kind") and not place:
                continue
            if not value or (self._leads(span) and not is_break(self._reading, span.end)):
                return ""
            self._used.add(span.start)
            return value
        return ""

    def _same_clause(self, amount: Amount, span: Span) -> bool:
        """Whether another number follows a span before its clause ends."""
        following = next((one for one in self._amounts if one.start > amount.start), None)
        if following is None:
            return False
        return not any(is_break(self._reading, at) for at in range(span.end, following.start + 1))

    def _periods_behind(self, amount: Amount) -> tuple[tuple[str, ...], bool]:
        """The times behind a number in its clause, if they do not lead the next number: one, or two that are joined; and
        whether the number is held against them."""
        compared, found = False, list[str]()
        for span in self._behind(amount):
            if span.means("operator", "compare"):
                compared = True
            elif span.slot == "period" and span.value[:1].isdigit():
                if span.start > amount.end and not compared and self._same_clause(amount, span):
                    break
                self._used.add(span.start)
                found.append(said_time(span))
            elif found and not span.means("joint", "weak"):
                break
        return tuple(found[:2]), compared
