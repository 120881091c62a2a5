"""Numbers of documents: `45/2012/NĐ-CP`, "nghị định 45", "TT-BTC số 28", "thông tư 28 của Bộ Tài chính".

A bare `28/2018` counts only where the base has a document of that number, so that no date and no sum is taken for one.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from knowledge.language.scales import YEARS, scale
from knowledge.language.spans import Word
from knowledge.language.tokens import Pieces


@dataclass(frozen=True, slots=True)
class DocumentNumber:
    """The words `start` to `end` name a document: `kind` in its short form (nd, tt, qd …), year and kind may be empty."""

    number: int
    year: str
    kind: str
    start: int
    end: int


_KINDS: dict[tuple[str, ...], str] = {
    ("thong", "tu", "lien", "tich"): "ttlt", ("thong", "tu"): "tt", ("nghi", "dinh"): "nd", ("quyet", "dinh"): "qd",
    ("chi", "thi"): "ct", ("thong", "bao"): "tb", ("to", "trinh"): "ttr", ("nghi", "quyet"): "nq", ("ke", "hoach"): "kh",
    ("cong", "van"): "cv", ("van", "ban"): "",
}  # fmt: skip
_BY_FIRST: dict[str, list[tuple[tuple[str, ...], str]]] = {}
for _words, _kind in _KINDS.items():
    _BY_FIRST.setdefault(_words[0], []).append((_words, _kind))
_SHORT = frozenset(["nd", "tt", "ttlt", "qd", "ct", "tb", "ttr", "nq", "kh", "cv"])
_ISSUERS = {
    "cp", "bct", "btc", "ttg", "ctdp", "cn", "bnv", "btnmt", "ubnd", "sct", "bnnptnt", "bkhdt", "hdnd", "bcn", "bkh", "vpcp",
    "qh13", "qh14", "qh15",
}  # fmt: skip
_ISSUER_WORDS = (
    ("chính", "phủ"), ("bộ", "công", "thương"), ("bộ", "tài", "chính"), ("thủ", "tướng", "chính", "phủ"), ("thủ", "tướng"),
    ("bộ", "công", "nghiệp"), ("ủy", "ban", "nhân", "dân"),
)  # fmt: skip
_NEEDS_MORE = ("kh", "tb", "")
"""Kinds whose name is also a common word: they need "số" or a year."""
_COUNTED = {
    "nguoi",
    "thang",
    "ngay",
    "lan",
    "dong",
    "tinh",
    "k",
    "cai",
    "chiec",
    "may",
    "nhom",
    "dot",
    "xa",
    "tuan",
}
_COUNTED_PAIRS = {
    ("de", "an"), ("dia", "phuong"), ("co", "so"), ("doanh", "nghiep"), ("nhiem", "vu"), ("noi", "dung"), ("san", "pham"),
    ("phan", "tram"), ("cong", "nhan"), ("ho", "gia"), ("du", "an"), ("don", "vi"),
}  # fmt: skip
MOST_COUNTED = 100
"""From so many on a number behind a kind of document is its number, unless money follows."""
_MOST_DIGITS = 5


def document_numbers(
    words: Sequence[Word], clean: str, known: frozenset[tuple[int, str]], taken: Collection[int] = ()
) -> list[DocumentNumber]:
    """Every document number of a message in order. `known`: (number, year) of the documents of the base."""
    if not any(char.isdigit() for char in clean):
        return []
    said = Pieces(words)
    found: list[DocumentNumber] = []
    at = 0
    while at < said.size:
        one = None if said.first_word(at) in taken else _document_at(said, at, known)
        if one is None:
            at += 1
            continue
        end = one.end
        found.append(_in_words(said, one))
        if one.kind:
            following, end = _listed(said, one, known)
            found += following
        at = max(end, at + 1)
    return found


def _in_words(said: Pieces, one: DocumentNumber) -> DocumentNumber:
    return DocumentNumber(one.number, one.year, one.kind, said.first_word(one.start), said.word_end(one.end))


@dataclass(frozen=True, slots=True)
class _Lead:
    """A number and what stands before it: a kind (`named`), "số" (`numbered`); `end`: the piece after the number."""

    kind: str
    number: int
    end: int
    named: bool
    numbered: bool


def _document_at(said: Pieces, at: int, known: frozenset[tuple[int, str]]) -> DocumentNumber | None:
    """The document that is named from this piece on; its `start` and `end` are pieces."""
    lead = _lead_at(said, at)
    if lead is None:
        return None
    if lead.number in YEARS and said.gap(lead.end) == "-" and _is_year(said, lead.end):
        return None  # "kế hoạch 2021-2025"
    year, end, suffix = _behind(said, lead.end, named=lead.named)
    if end is None:
        return None
    kind = lead.kind or suffix
    if not kind and not _is_known(lead, year, known):
        return None
    if not suffix and not year and _is_counted(said, end, lead.number):
        return None
    if kind in _NEEDS_MORE and not (year or suffix or lead.numbered):
        return None
    return DocumentNumber(lead.number, year, kind, at, end)


def _lead_at(said: Pieces, at: int) -> _Lead | None:
    """A number that may be that of a document, with what names it; None where none begins here."""
    kind, place = _kind_at(said, at)
    named = place > at
    numbered = said.is_word(place, "số") and not said.gap(place)
    start = place + numbered
    text = said.text(start)
    if named:
        if said.gap(start).strip("\"'(:-"):
            return None
    else:
        if said.gap(at) == "/" or (said.text(at - 1) in ("thang", "ngay") and not said.gap(at)):
            return None
        kind = _attached_kind(text)
        text = text[len(kind) :]
    if not text.isdecimal() or len(text) > _MOST_DIGITS:
        return None
    return _Lead(kind, int(text), start + 1, named or bool(kind), numbered)


def _is_known(lead: _Lead, year: str, known: frozenset[tuple[int, str]]) -> bool:
    """Whether the base has a document of this number and year, or of the number alone where "văn bản số" names it."""
    if year and (lead.number, year) in known:
        return True
    return lead.named and lead.numbered and any(lead.number == number for number, _ in known)


def _kind_at(said: Pieces, at: int) -> tuple[str, int]:
    """The kind of document that is named here, and the piece after it and its issuer."""
    text = said.text(at)
    kind, end = "", at
    for marked, short in _BY_FIRST.get(text, ()):
        if all(
            said.text(at + step) == word and (not step or not said.gap(at + step))
            for step, word in enumerate(marked)
        ):
            kind, end = short, at + len(marked)
            break
    if (
        end == at
        and text in _SHORT
        and (said.text(at + 1).isdecimal() or said.text(at + 1) == "so" or _is_issuer(said, at + 1))
    ):
        kind, end = text, at + 1
    if end == at:
        return "", at
    if said.is_word(end, "liên") and said.is_word(end + 1, "tịch"):
        kind, end = "ttlt", end + 2
    while end > at and (after := _issuer_end(said, end)) > end:
        end = after
    if said.text(end) == "cua" and (after := _issuer_end(said, end + 1)) > end + 1:
        end = after
    return kind, end


def _is_issuer(said: Pieces, at: int) -> bool:
    return said.text(at) in _ISSUERS or _issuer_end(said, at) > at


def _issuer_end(said: Pieces, at: int) -> int:
    """The piece after the name of an issuer that stands here, else `at`."""
    if said.gap(at) not in ("", "-"):
        return at
    if said.text(at) in _ISSUERS:
        return at + 1
    for marked in _ISSUER_WORDS:
        if all(said.is_word(at + step, word) for step, word in enumerate(marked)):
            return at + len(marked)
    return at


def _attached_kind(text: str) -> str:
    """The kind that is written together with its number ("nd45")."""
    letters = text.rstrip("0123456789")
    return letters if letters in _SHORT and letters != text else ""


def _behind(said: Pieces, at: int, *, named: bool) -> tuple[str, int | None, str]:
    """What follows a number: (year, the piece after all of it, kind in its suffix); None where it is part of a date."""
    year, suffix = "", ""
    tight = said.gap(at) == "/" or (named and said.gap(at) == "-")
    if tight and _is_year(said, at):
        year, at = said.text(at), at + 1
    if said.gap(at) == "/" and said.digits(at):
        return "", None, ""
    if said.gap(at) == "/" or (year and said.gap(at) in ("-", "")):
        end = _suffix_end(said, at)
        if end > at:
            suffix, at = said.text(at), end
    elif tight and not year:
        return "", None, ""
    if year or not (named or suffix):
        return year, at, suffix
    return (*_year_apart(said, at), suffix)


def _year_apart(said: Pieces, at: int) -> tuple[str, int | None]:
    """The year of a document behind its number, as a word of its own or in its date, and the piece after it."""
    if said.text(at) == "nam" and _is_year(said, at + 1) and not said.gap(at + 1):
        if said.gap(at + 2) == "-" and _is_year(said, at + 2):
            return "", None  # "kế hoạch 5 năm 2021-2025"
        return said.text(at + 1), at + 2
    if not said.gap(at) and _is_year(said, at):
        return said.text(at), at + 1
    dated = said.text(at) == "ngay" and said.gap(at + 2) == said.gap(at + 3) == "/" and _is_year(said, at + 3)
    return (said.text(at + 3) if dated else ""), at


def _suffix_end(said: Pieces, at: int) -> int:
    """The piece after a suffix such as "nđ-cp" or "ttlt-btc-bct"."""
    if said.text(at) not in _SHORT:
        return at
    end = at + 1
    while said.gap(end) in ("-", "") and said.text(end) in (_ISSUERS | _SHORT):
        end += 1
    if end == at + 1 and said.gap(end) == "-" and said.text(end).isalpha():
        words = _issuer_end(said, end)
        end = words if words > end else end + 1
    return end


def _is_year(said: Pieces, at: int) -> bool:
    text = said.text(at)
    return len(text) == 4 and text.isdecimal() and text[:2] in ("19", "20")


def _is_counted(said: Pieces, at: int, number: int) -> bool:
    """Whether the number before a piece counts something or is money."""
    if said.gap(at):
        return said.gap(at).startswith(("%", "-", "/"))
    counted = said.text(at) in _COUNTED or (said.text(at), said.text(at + 1)) in _COUNTED_PAIRS
    return (counted and number < MOST_COUNTED) or scale(said, at) is not None


def _listed(
    said: Pieces, first: DocumentNumber, known: frozenset[tuple[int, str]]
) -> tuple[list[DocumentNumber], int]:
    """Further numbers of the same kind: "nghị định 45 và 235"; only those of documents that are known."""
    found: list[DocumentNumber] = []
    end = first.end
    while True:
        comma = said.gap(end) == ","
        start = end if comma else end + 1
        if not comma and not (said.is_word(end, "và", "hay", "hoặc") and not said.gap(end)):
            return found, end
        text = said.text(start)
        if not text.isdecimal() or len(text) > _MOST_DIGITS or said.gap(start) not in ("", ","):
            return found, end
        year, after, _ = _behind(said, start + 1, named=True)
        number = int(text)
        if (
            after is None
            or _is_counted(said, after, number)
            or not any(number == other for other, _ in known)
        ):
            return found, end
        found.append(_in_words(said, DocumentNumber(number, year, first.kind, start, after)))
        end = after
