"""How large an enterprise is, by the workers, capital and revenue that it names."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from knowledge.answers.amounts import Amount, count_of
from knowledge.language.spans import Reading

MOST_WORKERS = 200
MOST_REVENUE = 200_000_000_000
MOST_CAPITAL = 100_000_000_000
"""A medium enterprise in industry has at most so many insured workers, and at most so much revenue or so much capital, in
đồng (Article 5 of Decree 80/2021/NĐ-CP)."""
LEAST_STAFF = 2


@dataclass(frozen=True, slots=True)
class Size:
    """How large an enterprise is by what was said; None where nothing was. Amounts in đồng."""

    workers: int | None = None
    capital: Decimal | None = None
    revenue: Decimal | None = None

    @property
    def known(self) -> bool:
        """Whether anything was said."""
        return any(one is not None for one in (self.workers, self.capital, self.revenue))

    @property
    def large(self) -> bool | None:
        """Beyond a medium enterprise; None where what was said leaves it open."""
        if self.workers is not None and self.workers > MOST_WORKERS:
            return True
        pairs = ((self.revenue, MOST_REVENUE), (self.capital, MOST_CAPITAL))
        over = [amount > most for amount, most in pairs if amount is not None]
        if over and all(over):
            return True if len(over) == len(pairs) else None
        return False


def size_of(reading: Reading, amounts: Iterable[Amount]) -> Size:
    """The size that the numbers of a message tell."""
    workers: int | None = None
    spans = reading.spans
    for number, span in enumerate(spans[:-1]):
        following = spans[number + 1]
        if span.slot == "number" and following.means("kind", "person") and "/" not in span.value:
            count = int(count_of(span))
            workers = count if count >= LEAST_STAFF else workers
    by_role = {one.role: one.high for one in amounts if one.role in ("revenue", "capital")}
    return Size(workers, by_role.get("capital"), by_role.get("revenue"))
