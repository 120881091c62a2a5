"""Prices that are said without their unit, as one does where a price is spoken of: "à nhầm, 760 cơ" is 760 triệu."""

from __future__ import annotations

from collections.abc import Iterator

from knowledge.language.numbers import NO_NOUN
from knowledge.language.spans import Reading, Span

UNIT = "triệu"
LEAST, MOST = 10, 9999
"""Millions of đồng that a machine of a workshop may cost."""
YEARS = range(1990, 2051)
FEW = 30
"""Below so many, "20 máy" counts machines."""
_BEFORE = {
    "khoan", "dieu", "diem", "lan", "so", "thang", "ngay", "nam", "quy", "cap", "nghi", "dinh", "thong", "tu", "nd", "tt",
    "qd", "tuan", "tuoi", "duoi", "gio", "cau", "phuong", "to", "ap", "thon", "quan", "hay", "muc",
}  # fmt: skip
"""Words before a number that is no price."""
_BEHIND = frozenset(
    {"function", "courtesy", "talk", "joint", "scope", "asks", "operator", "role", "reference"}
)
"""Slots of what may stand behind a price in its clause."""
_LAST = frozenset({"co", "lan", "chu", "ha", "nha", "ne", "le", "nhi", "kia"})
"""Words that may end a clause behind a price."""


def bare_prices(reading: Reading, *, ending: bool = False) -> Iterator[Span]:
    """The numbers of a message that may be prices in millions of đồng; `ending`: only those that end a clause."""
    for span in reading.of("number"):
        kind, _, value = span.value.partition(":")
        if kind == "plain" and value.isdigit() and _may_be(reading, span, int(value), ending):
            yield span


def _may_be(reading: Reading, span: Span, value: int, ending: bool) -> bool:
    if not LEAST <= value <= MOST or value in YEARS:
        return False
    if span.start and reading.words[span.start - 1].text in _BEFORE:
        return False
    behind = reading.words[span.end : span.end + 2]
    if not behind or behind[0].break_before not in ("", "/"):
        return True
    if ending:
        return False
    if behind[0].text in _LAST and (len(behind) == 1 or behind[1].break_before):
        return True
    following = next((one for one in reading.spans if one.start == span.end), None)
    machine = following is not None and following.slot == "activity" and value >= FEW
    return machine or (following is not None and following.slot in _BEHIND and behind[0].text in NO_NOUN)
