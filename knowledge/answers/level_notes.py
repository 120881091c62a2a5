"""What must be said beside a level: of the price that was told or was not, and of the province's own level."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import Decimal

from knowledge.answers.amounts import Amount, Price
from knowledge.base import KnowledgeBase
from knowledge.finding.answer import status_warnings
from knowledge.finding.support import calculate, in_force
from knowledge.reading.question import Question
from knowledge.records import Calculation, Note, SupportLevel

SECONDARY = 4
"""The rank of sources that tell of a law at second hand."""


def price_notes(
    price: Price,
    amounts: Sequence[Amount],
    calculation: Calculation | None,
    question: Question,
    *,
    asked: bool,
) -> list[Note]:
    """What must be said of the price that was told, or was not."""
    notes: list[Note] = []
    if price.units > 1 and calculation:
        notes.append(Note("several_units", {"units": str(price.units)}))
    if calculation and price.low < price.high:
        low = calculate(calculation.level, price.low)
        notes.append(
            Note(
                "price_range",
                {
                    "low": f"money:{int(price.low)}",
                    "high": f"money:{int(price.high)}",
                    "least": f"money:{low.result if low else 0}",
                    "most": f"money:{calculation.result}",
                },
            )
        )
    if calculation and question.reading.has("role", "own") and not any(one.role == "own" for one in amounts):
        notes.append(Note("own_share", {"rest": f"money:{calculation.cost - calculation.result}"}))
    if price.foreign:
        notes.append(Note("foreign_money"))
    elif price.unread:
        notes.append(Note("price_unread"))
    elif asked and calculation is None:
        notes.append(Note("price_missing"))
    if calculation and question.reading.has("role", "tax"):
        notes.append(Note("tax_unknown"))
    return notes


def local_notes(local: SupportLevel | None, price: Price, *, on_price: bool) -> list[Note]:
    """What the price makes by the level of the province."""
    asked = local is not None and local.scope != "national" and price.high and on_price
    own = calculate(local, Decimal(price.high)) if local and asked and price.high else None
    return [Note("local_result", {"result": f"money:{own.result}"})] if own else []


def level_warnings(
    base: KnowledgeBase, level: SupportLevel, day: date, today: date, *, dated: bool
) -> tuple[Note, ...]:
    """What must be known of a level: that it has changed, has ended or will, or was read at second hand."""
    warnings = list(status_warnings(level.status, level.valid_to, day))
    if level.valid_to and in_force(level, day) and level.valid_to >= today.isoformat():
        warnings = [Note("level_ends", {"until": level.valid_to})]
    elif level.valid_to and in_force(level, day) and dated:
        warnings = [Note("level_of_then", {"until": level.valid_to})]
    elif level.status == "needs_check":
        warnings = [Note("level_changed")]
    elif level.status == "superseded" and not dated:
        warnings = [Note("level_superseded", {"until": level.valid_to})]
    if all(base.sources[one].rank >= SECONDARY for one in level.sources):
        warnings.append(Note("secondary_source"))
    return tuple(warnings)
