"""How large an enterprise is, by the workers, capital and revenue that it names."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

MOST_WORKERS = 200
MOST_REVENUE = 200_000_000_000
MOST_CAPITAL = 100_000_000_000
"""A medium enterprise in industry and construction has at most so many insured workers, and either at most so much
revenue or so much capital, in đồng (Article 5 of Decree 80/2021/NĐ-CP)."""

CRITERIA = "tieu-chi-doanh-nghiep-nho-va-vua"
"""The entry that tells them."""

_WORKERS = re.compile(
    r"\b(\d[\d.]*) (?:nguoi )?(?:lao dong|cong nhan|nhan cong|nhan vien|nhan su|tho|nguoi lam|nguoi)\b"
)
_MONEY = r"(?:[a-z]+ ){0,3}(\d+(?:[.,]\d+)?) (ty|trieu)\b"
_CAPITAL = re.compile(rf"\bvon {_MONEY}|\b(\d+(?:[.,]\d+)?) (ty|trieu) (?:dong )?(?:tien )?von\b")
_REVENUE = re.compile(rf"\bdoanh (?:thu|so) {_MONEY}")
_UNITS = {"ty": 1_000_000_000, "trieu": 1_000_000}


@dataclass(frozen=True, slots=True)
class Size:
    """What was said; None where nothing was. Amounts in đồng."""

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
        over = [
            amount > most
            for amount, most in ((self.revenue, MOST_REVENUE), (self.capital, MOST_CAPITAL))
            if amount is not None
        ]
        if len(over) == 2 and all(over):
            return True
        if over and all(over):
            return None
        return False


def size_in(folded: str) -> Size:
    """The size that a repaired folded text names."""
    workers = _WORKERS.search(folded)
    return Size(
        int(workers[1].replace(".", "")) if workers else None,
        _amount(_CAPITAL.finditer(folded)),
        _amount(_REVENUE.finditer(folded)),
    )


def _amount(found: Iterable[re.Match[str]]) -> Decimal | None:
    return next(
        (
            Decimal(number.replace(",", ".")) * _UNITS[unit]
            for one in found
            for number, unit in [[group for group in one.groups() if group]]
        ),
        None,
    )
