"""What each amount of a message is: the price, a part of it, own money, a loan; and the price that is to be supported."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import Literal

from knowledge.language.numbers import Amount
from knowledge.language.spans import Word
from knowledge.language.tokens import Pieces
from knowledge.text import fold

Role = Literal["total", "own", "loan", "part", "each", "machine", "building", "revenue", "price"]

_CUES: dict[Role, tuple[str, ...]] = {
    "total": (
        "tổng", "tổng giá", "tổng cộng", "tổng vốn", "tổng mức đầu tư", "tổng đầu tư", "tổng chi phí", "tổng kinh phí",
        "tổng giá trị", "toàn bộ", "cả thảy", "tất cả", "cộng lại", "đầu tư", "dự án", "hết tổng",
    ),
    "own": (
        "vốn tự có", "tự có", "mình có", "em có", "tôi có", "anh có", "chị có", "nhà có", "gia đình có", "bỏ ra", "tự bỏ",
        "vốn đối ứng", "đối ứng", "đang có", "sẵn có", "có sẵn", "đã có", "dành dụm", "tiết kiệm", "trong tay", "vốn sẵn",
        "mình bỏ", "em bỏ", "góp vốn", "bản thân có",
    ),
    "loan": ("vay", "vay thêm", "vay ngân hàng", "đi vay", "vốn vay", "tiền vay", "mượn", "trả góp", "thế chấp"),
    "part": ("trong đó", "gồm", "bao gồm"),
    "each": (
        "mỗi cái", "mỗi máy", "mỗi chiếc", "mỗi bộ", "mỗi con", "mỗi dàn", "mỗi lò", "mỗi dây chuyền", "mỗi", "một cái",
        "một máy", "một chiếc", "một bộ", "một con", "1 cái", "1 máy", "1 chiếc", "1 bộ", "1 con", "đơn giá", "từng cái",
        "cái", "giá mỗi",
    ),
    "machine": (
        "máy", "tiền máy", "mua máy", "thiết bị", "máy móc", "dây chuyền", "lò", "lò nung", "dàn máy", "mua lò",
    ),
    "building": (
        "nhà xưởng", "xây dựng", "xây", "xây xưởng", "tiền xưởng", "mặt bằng", "nhà kho", "mái che", "tiền đất", "san lấp",
        "tiền xây", "thuê xưởng",
    ),
    "revenue": ("doanh thu", "doanh số", "bán hàng", "lợi nhuận", "thu nhập", "lãi", "lời", "nộp thuế", "bán được"),
    "price": ("giá", "trị giá", "hết", "chi phí"),
}  # fmt: skip
_HELP = (
    "hỗ trợ",
    "được hỗ trợ",
    "được",
    "tối đa",
    "trần",
    "không quá",
    "mức",
    "nhận",
    "nhận được",
    "cho tối đa",
    "hỗ trợ tối đa",
)
"""Before these sums stands what is given, not what is paid: such a sum is a part of the price."""
_WEAK = frozenset({"trong đó", "gồm", "bao gồm", "giá", "trị giá", "hết", "chi phí"})
"""Cues that give way to another cue of the same clause."""
_BEHIND: dict[Role, tuple[str, ...]] = {
    "each": (
        "một cái", "một máy", "một chiếc", "một bộ", "một con", "1 cái", "1 máy", "1 chiếc", "1 bộ", "mỗi cái", "mỗi máy",
        "mỗi chiếc", "mỗi bộ", "mỗi con", "một dàn", "từng cái",
    ),
    "own": ("vốn tự có", "tự có", "của mình", "tiền nhà", "là của em", "vốn của em", "là vốn tự có", "là tự có"),
    "loan": ("vốn vay", "đi vay", "tiền vay", "vay ngân hàng", "là vay", "là vốn vay"),
    "machine": ("tiền máy", "là tiền máy", "mua máy", "tiền thiết bị", "là máy", "cho máy"),
    "building": ("tiền xưởng", "nhà xưởng", "xây xưởng", "làm xưởng", "tiền xây", "làm nhà xưởng", "xây nhà xưởng", "là nhà xưởng"),
    "total": ("tổng cộng", "cả thảy", "tất cả"),
    "revenue": ("doanh thu",),
}  # fmt: skip
_EACH_SIGN = ("cai", "chiec", "may", "bo", "con", "dan")
_BREAKS = (",", ";", "+", ".", "?", "!", ":", "(", ")", "-")
REACH = 9
"""How many words before an amount can say what it is."""
_MACHINES = ("may", "cai", "chiec", "bo", "con", "dan", "lo", "day", "thiet", "x")
"""First words of what is bought by number."""
MOST_UNITS = 99


def _by_word(
    table: dict[Role, tuple[str, ...]], *, last: bool
) -> dict[str, list[tuple[tuple[str, ...], Role]]]:
    """Phrases by their last (or first) word without marks, the longest first."""
    found: dict[str, list[tuple[tuple[str, ...], Role]]] = {}
    for role, phrases in table.items():
        for phrase in phrases:
            marked = tuple(phrase.split())
            found.setdefault(fold(marked[-1 if last else 0]), []).append((marked, role))
    for rows in found.values():
        rows.sort(key=lambda row: -len(row[0]))
    return found


_BEFORE = _by_word({**_CUES, "part": (*_CUES["part"], *_HELP)}, last=True)
_AFTER = _by_word(_BEHIND, last=False)


def with_roles(words: Sequence[Word], found: Sequence[Amount]) -> list[tuple[Amount, Role]]:
    """Each amount of money of a message with its role; counts come as "price" and mean nothing by themselves.

    The nearest words before an amount in its clause speak for it, else those right behind it.
    """
    said = Pieces(words)
    first_piece: dict[int, int] = {}
    for number, piece in enumerate(said.pieces):
        first_piece.setdefault(piece.word, number)
    places = [(first_piece[one.start], first_piece.get(one.end, said.size)) for one in found]
    money = [number for number, one in enumerate(found) if one.kind in ("money", "foreign", "unread")]
    roles: list[tuple[Amount, Role]] = []
    least = 0
    for number, one in enumerate(found):
        if number not in money:
            roles.append((one, "price"))
            continue
        start, end = places[number]
        following = min((places[other][0] for other in money if other > number), default=said.size)
        role, least = _role(said, least, start, end, following)
        roles.append((one, role))
    return roles


def _role(said: Pieces, least: int, start: int, end: int, following: int) -> tuple[Role, int]:
    """The role of the amount at these pieces, and where the words about it end."""
    behind = _role_behind(said, end, following)
    parted = said.gap(start).startswith(_BREAKS[:4])
    if behind is not None and (behind[0] == "each" or parted):
        return behind
    weak: Role | None = None
    for at in range(start - 1, max(least, start - REACH) - 1, -1):
        found = _cue_ending(said, at, least)
        if found is not None:
            role, is_weak = found
            if not is_weak:
                return ("each" if role == "machine" and _each_of(said, at, least) else role), end
            weak = weak or role
        if said.gap(at).startswith(_BREAKS[:6]):
            break
    if behind is not None:
        return behind
    return weak or "price", end


def _each_of(said: Pieces, at: int, least: int) -> bool:
    """Whether "mỗi" stands before a machine: "mỗi máy cắt 300 triệu"."""
    return any(said.is_word(place, "mỗi") for place in range(max(least, at - 2), at))


def _cue_ending(said: Pieces, at: int, least: int) -> tuple[Role, bool] | None:
    """The role of the longest phrase that ends at a piece, and whether it gives way to others."""
    for marked, role in _BEFORE.get(said.text(at), ()):
        start = at - len(marked) + 1
        if start >= least and all(said.is_word(start + step, word) for step, word in enumerate(marked)):
            return role, " ".join(marked) in _WEAK
    return None


def _role_behind(said: Pieces, end: int, following: int) -> tuple[Role, int] | None:
    if said.gap(end) == "/" and said.text(end) in _EACH_SIGN:
        return "each", end + 1
    if said.gap(end).startswith(_BREAKS):
        return None
    for marked, role in _AFTER.get(said.text(end), ()):
        stop = end + len(marked)
        if stop <= following and all(said.is_word(end + step, word) for step, word in enumerate(marked)):
            return role, stop
    return None


def price(amounts: Sequence[tuple[Amount, Role]]) -> tuple[Decimal | None, int, str]:
    """The price of one machine in đồng, how many are bought, and why it is that one.

    None where no price was said, or it is unclear: `foreign` money, an `unread` amount, a `range`, `several` sums that
    do not agree. Machines that are named one by one are added up; own money and loans count only where no price was said.
    """
    money = [(one, role) for one, role in amounts if one.kind == "money" and role != "revenue"]
    units = _units(amounts)
    if any(one.kind == "unread" and role != "revenue" for one, role in amounts):
        return None, units, "unread"
    if any(one.kind == "foreign" for one, _ in amounts) and not any(
        role != "own" and role != "loan" for _, role in money
    ):
        return None, units, "foreign"
    by_role: dict[Role, list[Amount]] = {}
    for one, role in money:
        by_role.setdefault(role, []).append(one)
    for role in ("each", "machine", "price", "total"):
        chosen = by_role.get(role, [])
        if role == "price" and "total" in by_role and len(chosen) > 1:
            continue  # parts of a total
        if chosen:
            return _one_of(chosen, role, units, by_role)
    own = by_role.get("own", []) + by_role.get("loan", [])
    if own:
        return _added(own, units, "own")
    parts = by_role.get("part", [])
    return _added(parts, units, "part") if len(parts) == 1 else (None, units, "several" if parts else "none")


def _one_of(
    chosen: list[Amount], role: Role, units: int, by_role: dict[Role, list[Amount]]
) -> tuple[Decimal | None, int, str]:
    total = by_role.get("total", [])
    if role == "machine":
        return _added(chosen, units if len(chosen) == 1 else 1, "machine")
    if role == "price" and total:
        return (
            _added(total[:1], units, "total")
            if not by_role.get("building")
            else _added(chosen, units, "price")
        )
    values = {(one.value, one.value_max) for one in chosen}
    if role == "each":
        return _added(chosen[:1], units, "each") if len(values) == 1 else (None, units, "several")
    if len(values) == 1:
        return _added(chosen[:1], units, role)
    return None, units, "several"


def _added(chosen: Sequence[Amount], units: int, why: str) -> tuple[Decimal | None, int, str]:
    if any(one.value_max is not None for one in chosen):
        return None, units, "range"
    return sum((one.value for one in chosen), Decimal(0)), units, why


def _units(amounts: Sequence[tuple[Amount, Role]]) -> int:
    """How many are bought: the first count of several machines that was said, else one."""
    for one, _ in amounts:
        whole = one.value == int(one.value) and 1 < one.value <= MOST_UNITS
        if one.kind == "plain" and one.unit in _MACHINES and whole and one.value_max is None:
            return int(one.value)
    return 1
