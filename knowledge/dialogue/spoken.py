"""Asked of the figures that led the last answers of a chat: which is above the other, and by how much."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from knowledge.answering.told_before import may_be_added
from knowledge.base import KnowledgeBase
from knowledge.dialogue.merging import slots_of
from knowledge.dialogue.state import Context
from knowledge.finding.answer import comparison_answer, figure_answer
from knowledge.finding.compare import Compared, between, printed_change, total_of
from knowledge.language.spans import IDLE, Reading
from knowledge.records import Answer, Figure, Note

_PAIR = 2
_APART = ("compare", "difference", "up", "down", "times")
_OTHERS = ("region", "document", "activity", "entry_name", "trade", "amount")
_OWN = ("region", "period", "programme", "document", "activity", "entry_name", "trade", "amount")


class SpokenOf:
    """Holds the figures of a chat against each other, from one base."""

    def __init__(self, base: KnowledgeBase) -> None:
        self._base = base

    def extremes(
        self, reading: Reading, leads: tuple[Figure, ...], context: Context, today: date
    ) -> tuple[Answer, Context] | None:
        """The highest against the lowest of what was told one after another, where both are asked for."""
        both = reading.has("operator", "rank_high") and reading.has("operator", "rank_low")
        if not both or len(leads) < 2 or _names_own(reading):
            return None
        ordered = sorted(leads, key=lambda row: row.value)
        return self._told(ordered[0], ordered[-1], context, today)

    def last_two(
        self, reading: Reading, leads: tuple[Figure, ...], context: Context, today: date
    ) -> tuple[Answer, Context] | None:
        """The last two that were told, the later year against the earlier."""
        added = reading.has("operator", "sum") and not reading.has("operator", *_APART)
        apart = reading.has("operator", *_APART) or reading.has("measure", "change")
        if not (added or apart):
            return None
        if _names_own(reading):
            leads = self._named(reading, context)
            if len(leads) != _PAIR:
                return None
        if len(leads) < _PAIR:
            return None
        first, second = leads[-2:]
        if first.region == second.region and first.period > second.period:
            first, second = second, first
        return self._told(first, second, context, today, added=added)

    def _named(self, reading: Reading, context: Context) -> tuple[Figure, ...]:
        """The leads of the chat that have what a message names that points back to several of them, the oldest first."""
        if not reading.has("reference", "pronoun") or any(reading.has(slot) for slot in _OTHERS):
            return ()
        named = {slot: set(reading.values(slot)) - {"change"} for slot in ("measure", "period", "programme")}
        fitting = [
            row
            for row in self._leads(context)
            if all(not values or getattr(row, slot) in values for slot, values in named.items())
        ]
        return tuple(reversed(fitting))

    def _leads(self, context: Context) -> list[Figure]:
        """The leading figure of every answer of the chat that told one, the newest first."""
        states = [one for one in (context, *context.past) if one.digest]
        leads = (next((row for row in one.told if row[2:] in self._base.figures), "")[2:] for one in states)
        return [self._base.figures[one] for one in dict.fromkeys(leads) if one]

    def same_axis(self, reading: Reading, context: Context, today: date) -> tuple[Answer, Context] | None:
        """The last comparison again with another slot ("and of the national money?"), or of how far each side got."""
        pair = self.pair(context)
        if pair is None and reading.has("operator", "each"):
            last = self._leads(context)[:_PAIR]
            pair = (last[1], last[0]) if len(last) == _PAIR and _kind(last[0]) == _kind(last[1]) else None
        if pair is None or reading.has("reference", "previous", "next", "same") or reading.has("period"):
            return None
        sides = self._rates(pair, reading) or self._swapped(pair, reading)
        return self._told(*sides, context, today) if sides else None

    def pair(self, context: Context) -> tuple[Figure, Figure] | None:
        """The two sides of the last comparison; of a printed change, the year and the one before it."""
        figures = self._base.figures
        if len(context.pair) == _PAIR and all(one in figures for one in context.pair):
            return figures[context.pair[0]], figures[context.pair[1]]
        lead = next((figures[one[2:]] for one in context.told if one[2:] in figures), None)
        if lead is None or lead.measure != "change" or not lead.period.isdigit():
            return None
        first = self._one(lead, measure=lead.of, of="", period=str(int(lead.period) - 1))
        second = self._one(lead, measure=lead.of, of="")
        return (first, second) if first and second else None

    def _rates(self, pair: tuple[Figure, Figure], reading: Reading) -> tuple[Figure, Figure] | None:
        each = (
            reading.has("operator", "each") or reading.has("role", "each") or reading.has("measure", "rate")
        )
        behind = reading.has("asks", "which_programme", "which_region", "which_province") and (
            reading.has("undone") or reading.has("operator", "down")
        )
        if not behind and not (each and (reading.has("asks", "percent") or reading.has("measure", "rate"))):
            return None
        found = [
            self._one(side, measure="rate", of="actual") or self._one(side, measure="rate") for side in pair
        ]
        return (found[0], found[1]) if found[0] and found[1] else None

    def _swapped(self, pair: tuple[Figure, Figure], reading: Reading) -> tuple[Figure, Figure] | None:
        if not (reading.has("operator", *_APART) or _only_slot(reading)):
            return None
        new: dict[str, str] = {}
        for slot in ("programme", "region", "measure"):
            values = reading.values(slot)
            against = any(_after_operator(reading, span.start) for span in reading.of(slot))
            if against and values:  # "above X": what is named is the other side
                return None
            if len(values) == 1 and getattr(pair[0], slot) == getattr(pair[1], slot):
                new[slot] = values[0]
            elif values:
                return None
        sides = [self._one(side, **new) for side in pair] if new else []
        return (sides[0], sides[1]) if all(sides) and sides else None  # type: ignore[return-value]

    def _one(self, like: Figure, **slots: str) -> Figure | None:
        """The figure with the slots of another, some of them changed."""
        names = ("indicator", "measure", "of", "programme", "region", "period")
        wanted = {**{name: getattr(like, name) for name in names}, **slots}
        if slots.get("measure") == "rate" and "of" not in slots:
            del wanted["of"]
        of = wanted.pop("of", None)
        rows = [row for row in self._base.select(**wanted) if of is None or row.of == of]
        return rows[0] if rows else None

    def _told(
        self, first: Figure, second: Figure, context: Context, today: date, *, added: bool = False
    ) -> tuple[Answer, Context] | None:
        comparison = between(first, second)
        if comparison is None or (added and not may_be_added(self._base, comparison)):
            return None
        compared = Compared(comparison, printed_change(self._base, first, second))
        answer = comparison_answer(
            self._base, compared, today, (Note("not_summed"),) * added, lead_change=False
        )
        if added and (printed := total_of(self._base, comparison)):
            answer = figure_answer(self._base, printed, today)
        elif added:
            answer = replace(answer, aspect="sum")
        after = Context(
            route="compare", wanted=context.wanted, slots=slots_of(second), before=slots_of(first)
        )
        return answer, after


def _kind(row: Figure) -> tuple[str, ...]:
    return (row.indicator, row.measure, row.of)


def _after_operator(reading: Reading, start: int) -> bool:
    apart = [*reading.of("operator", *_APART), *reading.of("bound", "above", "below")]
    return any(span.end <= start for span in apart)


def _only_slot(reading: Reading) -> bool:
    """Whether nothing is said but another place or programme."""
    slots = {span.slot for span in reading.spans if span.slot not in (*IDLE, "joint", "scope")}
    how = all(span.means("asks", "how") for span in reading.of("asks"))
    return bool(slots) and slots <= {"region", "programme", "asks"} and how


def _names_own(reading: Reading) -> bool:
    measures = set(reading.values("measure")) - {"change"}
    return (
        bool(measures)
        or any(reading.has(slot) for slot in _OWN)
        or reading.has("reference", "previous", "next", "same")
    )
