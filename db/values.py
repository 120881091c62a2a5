"""What people type → cells of content files: dates, periods, codes, names of rows, amounts; one reader for every door.

Forms, commands, files and corrections all come through `Values.cell`. Vietnamese with or without marks and the codes of
the files are both read. What cannot be read, or can be read in two ways, raises `ValueError` with a sentence that says
what to write instead.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Any

from rapidfuzz import fuzz, process

from db.amounts import number_in
from db.fields import CHOICES, DATES, PERIODS, Cell, read_date, read_period, type_of_record
from db.loading import REFERENCES
from db.times import day_of, period_of
from knowledge.arithmetic import roman
from knowledge.telling.labels import CODES, codes_by_word
from knowledge.text import fold

EMPTY = frozenset({"-", "(trong)", "de trong", "trong", "khong co"})
"""Words, folded, that leave a field empty."""
LIKE = 88
LEAST_LIKE = 12
"""Letters that a title must share before likeness counts."""
MOST_CHOICES = 6

_ADDRESS = re.compile(r"https?://[^\s/.]+\.\S+", re.IGNORECASE)
_ROMAN = re.compile(r"(?:x{0,3})(?:ix|iv|v?i{0,3})")
_RESTRUCTURED = re.compile(r" ?\(?\b(moi|sau sap xep|sau sap nhap|sau 0?1/0?7/2025|tu 0?1/0?7/2025)\)?$")
_BEFORE = re.compile(r" ?\(?\b(cu|truoc sap xep|truoc sap nhap|truoc 0?1/0?7/2025)\)?$")
_PLACE_WORDS = re.compile(r"^(?:tinh|thanh pho|tp\.?|khu vuc|vung)\s+")
_KINDS = {
    "nghi dinh": "nd", "nd": "nd", "thong tu lien tich": "ttlt", "ttlt": "ttlt", "thong tu": "tt", "tt": "tt",
    "quyet dinh": "qd", "qd": "qd", "nghi quyet": "nq", "nq": "nq", "chi thi": "ct", "ct": "ct", "ke hoach": "kh",
    "luat": "l", "cong van": "cv",
}  # fmt: skip
_DOCUMENT = re.compile(
    rf"(?:\b(?P<kind>{'|'.join(sorted(_KINDS, key=len, reverse=True))})\b\s*)?(?:so\s*)?"
    r"(?P<number>\d+(?:/\d{4})?(?:/[a-z0-9-]+)?)(?![\w/])"
)
_ARTICLE = re.compile(r"(?:diem|khoan|dieu|muc|chuong|phu luc|phan)\b")


class Several(ValueError):
    """What was typed names more than one row. `choices`: (id, what it is called)."""

    def __init__(self, typed: str, choices: Sequence[tuple[str, str]]) -> None:
        shown = "; ".join(f"{name} ({id_})" for id_, name in choices[:MOST_CHOICES])
        super().__init__(f"“{typed}” có thể là: {shown}. Hãy gõ rõ hơn, hoặc chọn một")
        self.choices = tuple(choices[:MOST_CHOICES])


@dataclass(frozen=True, slots=True)
class _Rows:
    """The rows of one table by the folded words that name them."""

    names: dict[str, str]
    by_word: dict[str, tuple[str, ...]]

    @classmethod
    def of(cls, rows: Iterable[Any], words: Callable[[Any], Iterable[str]]) -> _Rows:
        names: dict[str, str] = {}
        found: defaultdict[str, dict[str, None]] = defaultdict(dict)
        for row in rows:
            said = [word for word in words(row) if word]
            names[row.id] = said[0] if said else row.id
            for word in (row.id, *said):
                found[fold(word)][row.id] = None
        return cls(names, {word: tuple(ids) for word, ids in found.items()})

    def named(self, typed: str) -> tuple[str, ...]:
        return self.by_word.get(fold(typed), ())

    def like(self, typed: str) -> tuple[str, ...]:
        """Rows whose name contains what was typed, or is nearly it."""
        said = fold(typed)
        if len(said) < LEAST_LIKE:
            return ()
        held = {id_: None for word, ids in self.by_word.items() if said in word for id_ in ids}
        if held:
            return tuple(held)
        near = process.extract(said, list(self.by_word), scorer=fuzz.ratio, score_cutoff=LIKE, limit=3)
        return tuple({id_: None for word, _, _ in near for id_ in self.by_word[word]})


class Values:
    """Reads typed values against the rows of one base. `rows`: table → its records; `today` for "hôm nay"."""

    def __init__(self, rows: Callable[[str], Iterable[Any]], today: date) -> None:
        self._records = rows
        self.today = today
        self._read: dict[str, _Rows] = {}

    def cell(self, table: str, column: str, typed: str) -> Cell:
        """What was typed for a column, as its cell. Raises `ValueError` (`Several` where rows are to choose from)."""
        text = typed.strip()
        annotation = str(type_of_record[table].__annotations__[column])
        if not text or fold(text) in EMPTY:
            return () if annotation.startswith("tuple") else ""
        return (self._list if annotation.startswith("tuple[str") else self._one)(table, column, text)

    def _one(self, table: str, column: str, text: str) -> str:
        target = REFERENCES.get((table, column))
        if column == "basis" and target:
            return self.basis(text)
        if column == "scope" and fold(text) in ("ca nuoc", "toan quoc", "quoc gia", "national"):
            return "national"
        if target:
            return self.row(target, text)
        if (table, column) in CODES:
            return self._code(table, column, text)
        if (table, column) in PERIODS:
            return read_period(period_of(text, self.today))
        if column in DATES:
            return read_date(day_of(text, self.today))
        own: dict[str, Callable[[str], str]] = {
            "date": lambda said: read_date(day_of(said, self.today)),
            "year": lambda said: period_of(said, self.today)[:4],
            "edition": edition_of,
            "url": address_of,
            "locator": lambda said: re.sub(r"(?i)^đoạn\s+", "", said),
            "percent": lambda said: number_in(said, "percent").digits,
            "cap": lambda said: number_in(said, "VND").digits,
        }
        if column in own:
            return own[column](text)
        return text

    def _list(self, table: str, column: str, text: str) -> tuple[str, ...]:
        if (table, column) not in REFERENCES:
            return tuple(one.strip() for one in re.split(r"[;|\n]", text) if one.strip())
        found: dict[str, None] = {}
        for part in re.split(r"[;|\n]", text):
            if not part.strip():
                continue
            try:
                found[self._one(table, column, part.strip())] = None
            except Several:
                raise
            except ValueError:
                pieces = [one.strip() for one in part.split(",") if one.strip()]
                if len(pieces) < 2:
                    raise
                found |= dict.fromkeys(self._one(table, column, one) for one in pieces)
        return tuple(found)

    def _code(self, table: str, column: str, text: str) -> str:
        code = codes_by_word(table, column).get(fold(text))
        if code is not None:
            return code
        if (table, column) not in CHOICES:
            return text
        allowed = ", ".join(words[0] for words in CODES[table, column].values())
        raise ValueError(f"“{text}” không dùng được; chọn một trong: {allowed}")

    # --- rows --------------------------------------------------------------------------------------------------

    def rows(self, table: str) -> _Rows:
        """The rows of a table by what they are called; read once."""
        if table not in self._read:
            self._read[table] = _Rows.of(self._records(table), _WORDS[table])
        return self._read[table]

    def row(self, table: str, typed: str) -> str:
        """The id of the row of a table that was named by its id, name, number, title or address."""
        text = typed.strip().removeprefix(f"{table}:")
        if table == "regions":
            return self._region(text)
        rows = self.rows(table)
        found = rows.named(text)
        if not found and table == "sources" and is_address(text):
            found = rows.named(_same_address(text))
        if not found and table == "documents":
            found = self._documents(text)
        return self._only(table, text, found or rows.like(text))

    def _only(self, table: str, typed: str, ids: Sequence[str]) -> str:
        rows = self.rows(table)
        if len(ids) == 1:
            return ids[0]
        if ids:
            raise Several(typed, [(one, rows.names[one]) for one in ids])
        raise ValueError(_UNKNOWN[table].format(typed=typed))

    def _region(self, typed: str) -> str:
        rows = self.rows("regions")
        if found := rows.named(typed):
            return self._only("regions", typed, found)
        said = fold(typed)
        cut = _RESTRUCTURED.search(said)
        bare = _BEFORE.sub("", said[: cut.start()] if cut else said)
        found = rows.named(bare) or rows.named(_PLACE_WORDS.sub("", bare)) or rows.named(f"khu vuc {bare}")
        if found and cut:
            regions = {row.id: row for row in self._records("regions")}
            found = tuple(regions[one].successor or one for one in found)
        return self._only("regions", typed, found)

    def _documents(self, typed: str) -> tuple[str, ...]:
        """Documents whose number this is, whole or cut short ("NĐ 45/2012", "Thông tư 28")."""
        found = _DOCUMENT.fullmatch(fold(typed))
        if found is None or ("/" not in found["number"] and not found["kind"]):
            return ()
        kind, number = _KINDS.get(found["kind"] or "", ""), found["number"]
        held: list[str] = []
        for row in self._records("documents"):
            whole = fold(row.number)
            same = whole == number or whole.startswith((f"{number}/", f"{number}-"))
            if same and (not kind or kind in re.split(r"[/-]", whole) or _KINDS.get(fold(row.kind)) == kind):
                held.append(row.id)
        return tuple(held)

    def basis(self, typed: str) -> str:
        """`document id: article` from either order: "khoản 2 Điều 8 Thông tư 28/2018/TT-BTC", "NĐ 45/2012: Điều 4"."""
        left, colon, right = typed.partition(":")
        if colon:
            return f"{self.row('documents', left)}: {right.strip()}".rstrip(": ")
        found = [one for one in _DOCUMENT.finditer(fold(typed)) if "/" in one["number"]]
        if not found:
            return self.row("documents", typed)
        folded = fold(typed)
        if len(folded) != len(typed):
            raise ValueError(f"căn cứ “{typed}” chưa rõ; viết như 28/2018/TT-BTC: khoản 2 Điều 8")
        at = found[-1].span()
        article = f"{typed[: at[0]]} {typed[at[1] :]}".strip(" ,;.-")
        article = re.sub(
            r"\s*\b(?:của|theo|số)\s*$|^\s*(?:của|theo)\b", "", article, flags=re.IGNORECASE
        ).strip(" ,")
        id_ = self.row("documents", typed[at[0] : at[1]])
        if article and not _ARTICLE.search(fold(article)):
            raise ValueError(f"căn cứ “{typed}” chưa rõ điều khoản; viết như 28/2018/TT-BTC: khoản 2 Điều 8")
        return f"{id_}: {article}" if article else id_


Read = Callable[[str, str, Cell], Cell]


def cell_reader(
    stored: Callable[[str], Iterable[Any]], given: Sequence[tuple[str, Any]], today: date
) -> Read:
    """A reader for the cells of files; names of rows are looked for among those stored and those `given` (table, row).

    Only cells that hold names, days or periods are read; any other comes back as it stands.
    """

    def rows(table: str) -> Iterator[Any]:
        yield from stored(table)
        yield from (record for one, record in given if one == table)

    short = lru_cache(maxsize=16_384)(Values(rows, today).cell)

    def read(table: str, column: str, cell: Cell) -> Cell:
        key = (table, column)
        if column == "date" and isinstance(cell, str) and cell[:1].isdigit():
            return day_of(cell, today)  # of an event, which may also be told in words
        named = key in REFERENCES or key in CODES or key in PERIODS or column in DATES
        return short(table, column, cell) if named and isinstance(cell, str) and cell else cell

    return read


def edition_of(typed: str) -> str:
    """ "lần thứ XVIII" → "18". Raises `ValueError` for what is no number."""
    said = re.sub(r"^(?:lan )?(?:thu )?", "", fold(typed))
    if said.isdecimal() and 0 < int(said) < 1000:
        return str(int(said))
    if said and _ROMAN.fullmatch(said):
        return str(roman(said.upper()))
    raise ValueError(f"“{typed}” không phải lần thứ mấy; viết như 18 hoặc XVIII")


def is_address(typed: str) -> bool:
    """Whether a browser opens it."""
    return _ADDRESS.fullmatch(typed.strip()) is not None


def address_of(typed: str) -> str:
    """A link that a browser opens. Raises `ValueError` for anything else."""
    if not is_address(typed):
        raise ValueError(f"“{typed}” không phải đường dẫn; hãy chép cả https://…, hoặc bỏ phần ấy")
    return typed


def _same_address(url: str) -> str:
    """An address without what differs between two ways of opening the same page."""
    plain = re.sub(r"(?i)^https?://(?:www\.)?", "", url.strip())
    return re.sub(r"[?&](?:utm_|fbclid)[^#]*|#.*$|/+$", "", plain)


_WORDS: dict[str, Callable[[Any], Iterable[str]]] = {
    "sources": lambda row: (row.title, row.url, _same_address(row.url)),
    "regions": lambda row: (row.name, *row.aliases),
    "indicators": lambda row: (row.name,),
    "documents": lambda row: (row.title, row.number, f"{row.kind} {row.number}", *row.aliases),
    "entries": lambda row: (row.title,),
    "figures": lambda row: (),
    "support_levels": lambda row: (row.name, *row.aliases),
    "events": lambda row: (row.name, *row.aliases),
}

_UNKNOWN = {
    "sources": "chưa có nguồn “{typed}”; gõ tiêu đề, đường dẫn hoặc mã của nguồn đã có, hoặc thêm nguồn mới (/them_nguon)",
    "regions": "chưa rõ vùng “{typed}”; viết như cả nước, phía Bắc, phía Bắc mới, Thanh Hóa",
    "indicators": "chưa có chỉ tiêu “{typed}”; xem các chỉ tiêu: /xuat chỉ tiêu",
    "documents": "chưa có văn bản “{typed}”; gõ số hiệu như 28/2018/TT-BTC, hoặc thêm văn bản (/them_van_ban)",
    "entries": "chưa có bài “{typed}”; gõ mã hoặc tiêu đề của bài",
    "figures": "chưa có số liệu mang mã “{typed}”",
}
