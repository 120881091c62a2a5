"""The amounts and counts of a message as answers use them, out of the spans of its `Reading`."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from knowledge.language.spans import Reading, Span

_SIGN = "%"


@dataclass(frozen=True, slots=True)
class Quantity:
    """`value` in đồng for money, percent for percents, the bare number for counts; `span` in the text it was read from.

    `scaled` says that a unit word (tỷ, triệu, đồng, %) was typed, so that the kind is certain.
    """

    value: Decimal
    kind: Literal["money", "percent", "plain"]
    text: str
    span: tuple[int, int]

    @property
    def scaled(self) -> bool:
        """Whether a unit was said, so that the kind is certain."""
        return self.kind != "plain"


def quantities_of(reading: Reading) -> tuple[Quantity, ...]:
    """Every amount and count that a reading names; ranges and foreign money are none of one value."""
    spans = sorted((*reading.named("amount"), *reading.named("number")), key=lambda span: span.start)
    return tuple(one for span in spans if (one := _quantity(reading, span)) is not None)


def _quantity(reading: Reading, span: Span) -> Quantity | None:
    kind, _, value = span.value.partition(":")
    if ":" in value or kind not in ("money", "percent", "plain"):
        return None
    if kind == "plain" and span.text.isalpha():
        return None  # "một đề án" is any of them
    start, end = reading.words[span.start].start, reading.words[span.end - 1].end
    if kind == "percent" and reading.clean[end:].lstrip().startswith(_SIGN):
        end = reading.clean.index(_SIGN, end) + 1
    return Quantity(Decimal(value), kind, reading.clean[start:end], (start, end))  # type: ignore[arg-type]
