"""Years that are told against the clock ("năm ngoái") or against one spoken of ("năm trước đó")."""

from __future__ import annotations

from typing import Literal

from knowledge.language.tokens import Pieces
from knowledge.language.years import is_year_word
from knowledge.text import fold

Relation = Literal["", "before", "after", "same"]

_RELATIVE: dict[tuple[str, ...], int | Relation] = {
    ("năm", "nay"): 0, ("năm", "hiện", "tại"): 0, ("năm", "hiện", "nay"): 0, ("năm", "này"): 0,
    ("năm", "ngoái"): -1, ("năm", "rồi"): -1, ("năm", "vừa", "rồi"): -1, ("năm", "vừa", "qua"): -1, ("năm", "qua"): -1,
    ("năm", "kia"): -2,
    ("năm", "tới"): 1, ("năm", "sau"): 1, ("sang", "năm"): 1,
    ("năm", "tiếp", "theo"): "after", ("năm", "sau", "đó"): "after", ("năm", "kế", "tiếp"): "after",
    ("năm", "trước"): "before", ("năm", "trước", "đó"): "before", ("năm", "trước", "đây"): "before",
    ("năm", "trước", "nữa"): "before", ("năm", "liền", "trước"): "before", ("kỳ", "trước"): "before",
    ("kỳ", "trước", "đó"): "before", ("kỳ", "trước", "đây"): "before", ("kỳ", "trước", "nữa"): "before",
    ("trước", "đó"): "before",
    ("cùng", "kỳ"): "same", ("cùng", "kì"): "same", ("cùng", "kỳ", "năm", "trước"): "same",
    ("cùng", "kỳ", "năm", "ngoái"): "same", ("cùng", "kỳ", "năm", "rồi"): "same", ("cùng", "kỳ", "trước"): "same",
}  # fmt: skip
_LASTING = ("nay", "rồi", "qua")
_NUMBERS = frozenset(
    {"mot", "hai", "ba", "bon", "nam", "sau", "bay", "tam", "chin", "muoi", "chuc", "may", "vai"}
)
"""Words for how many years there are, folded."""
_BY_FIRST: dict[str, list[tuple[tuple[str, ...], list[str], int | Relation]]] = {}
for _words, _shift in sorted(_RELATIVE.items(), key=lambda row: -len(row[0])):
    _BY_FIRST.setdefault(fold(_words[0]), []).append((_words, [*map(fold, _words)], _shift))


def relative_at(said: Pieces, at: int) -> tuple[int | Relation, int, str] | None:
    """A year against the clock (its shift) or against one spoken of (before, after, same), the piece after it, and its words
    with their marks."""
    text = said.text(at)
    rows = _BY_FIRST.get(text)
    if rows is None or (text == "nam" and not is_year_word(said, at)):
        return None
    for words, plain, shift in rows:
        size = len(words)
        if said.texts[at : at + size] != plain or any(said.gap(at + step) for step in range(1, size)):
            continue
        if all(
            said.is_word(at + step, word, strict=text in ("nam", "truoc")) for step, word in enumerate(words)
        ):
            if words == ("trước", "đó") and not _asked_alone(said, at):
                return None
            if words[-1] in _LASTING and _is_number(said, at - 1):
                return None  # "3 năm rồi" is how long
            return shift, at + size, " ".join(words)
    return None


def _is_number(said: Pieces, at: int) -> bool:
    """Whether a number of years stands here."""
    if said.text(at - 1) in ("thang", "quy", "dot", "ky"):
        return False  # "tháng 3 năm nay"
    return at >= 0 and not said.gap(at + 1) and (said.text(at)[:1].isdigit() or said.text(at) in _NUMBERS)


def _asked_alone(said: Pieces, at: int) -> bool:
    """Whether "trước đó" is a time that is asked about, not the beginning of a story."""
    return (
        said.ends(at + 2)
        or said.text(at - 1) in ("voi", "thang", "quy", "nam")
        or said.text(at + 2) in ("thi", "la", "bao")
    )
