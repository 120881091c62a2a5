"""A cell as people and their spreadsheets write it → the cell as content files have it.

Numbers with thousands marks or decimal commas, amounts with unit words. What can be read in two ways is refused with
both, unless the printed form beside it decides. Names, days and periods are left to `db.values`.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date, datetime
from decimal import Decimal
from math import prod

from db.amounts import SCALES
from db.fields import type_of_record
from knowledge.arithmetic import readings, ways
from knowledge.text import fold

_PLAIN = re.compile(r"-?\d+(?:\.\d+)?")
_BLANKS = re.compile(r"\s+")
_WORDS = re.compile(
    r"(-?[\d.,]+(?:(?:\s\d{3})+(?:[.,]\d+)?)?)\s*"
    r"(?:((?:nghìn|ngàn)\s+t[ỷỉ]|t[ỷỉ]|triệu|nghìn|ngàn)\s*)?(?:đồng|đ|vnđ|vnd|%)?",
    re.IGNORECASE,
)
_GUARDED = re.compile(r"'+[=+\-@\t\r\n＝＋－＠]")
_FORMULA = re.compile(r"'*[=+\-@\t\r\n＝＋－＠]")


def numeric(table: str, column: str) -> bool:
    """Whether the column holds a number."""
    return str(type_of_record[table].__annotations__[column]).startswith(("float", "int"))


def plain_cell(table: str, column: str, text: str, printed: str = "") -> str:
    """The cell in the form of content files. `printed`: how the source prints the number, where that is known.

    Raises ValueError with a sentence for a number that can be read in two ways.
    """
    text = text.strip()
    return number_cell(text, printed) if numeric(table, column) else text


def number_cell(text: str, printed: str = "") -> str:
    """`1.234.567,5`, `150 tỷ`, `94,6%` as plain decimals; what is no number at all comes back as it is."""
    if not text or _is_plain(text):
        return text
    found = _WORDS.fullmatch(text)
    read = _ways(_BLANKS.sub("", found[1])) if found else []
    if found is None or not read:
        return text
    factor = prod(SCALES[word] for word in fold(found[2] or "").split())
    values = [one * factor for one in read]
    if len(values) > 1:
        said = {reading.value for reading in readings(printed, sure=True)}
        fitting = [value for value in values if value in said]
        if len(fitting) != 1:
            shown = " hay ".join(_decimal(value) for value in values)
            raise ValueError(
                f"“{text}” không rõ là {shown}; hãy gõ số liền không dấu ngăn, ví dụ {_decimal(values[0])},"
                f" hoặc số thập phân dài hơn, ví dụ {_decimal(values[-1])}0"
            )
        values = fitting
    return _decimal(values[0])


def _is_plain(text: str) -> bool:
    """Digits with a point that cannot be a thousands mark."""
    if not _PLAIN.fullmatch(text):
        return False
    whole, _, rest = text.lstrip("-").partition(".")
    return len(rest) != 3 or len(whole) > 3 or whole.startswith("0")


def _ways(text: str) -> list[Decimal]:
    """Every number that these digits, points and commas can be, the largest first; none where they are none."""
    sign, number = (-1, text[1:]) if text.startswith("-") else (1, text)
    found = [value for value, _ in ways(number)]
    if re.match(r"0[.,]", number):  # nought does not begin thousands
        found = [value for value in found if value < 1]
    return [sign * value for value in sorted(found, reverse=True)]


def _decimal(value: Decimal) -> str:
    text = format(value, "f")
    return text.rstrip("0").rstrip(".") if "." in text else text


def typed_cell(value: object, style: str = "") -> str:
    """A cell of a workbook as text. `style`: its number format. Raises ValueError for a kind that holds no text."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, datetime):
        return value.date().isoformat()
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, int | float):
        number = Decimal(repr(value))
        if not number.is_finite():
            raise ValueError("số không đọc được; hãy gõ lại")
        if "%" in style:
            number = number * 100
            number = number.quantize(Decimal(1).scaleb(-9)) if abs(number) < 10**12 else number
        text = _decimal(number)
        return f"{text}0" if number and not _is_plain(text) else text
    if isinstance(value, str):
        return value
    raise ValueError("ô không phải chữ, số hay ngày; hãy gõ lại dạng chữ")


def guard(text: str) -> str:
    """The text so that no spreadsheet takes it for a formula; `unguard` undoes exactly this."""
    return f"'{text}" if _FORMULA.match(text) else text


def unguard(text: str) -> str:
    """The text before `guard`."""
    return text[1:] if _GUARDED.match(text) else text


def sure_number(text: str) -> str:
    """A plain decimal so that its point cannot be taken for a thousands mark."""
    return text if not text or _is_plain(text) else f"{text}0"


def blank(cells: Sequence[str]) -> bool:
    """Whether nothing stands in a row."""
    return not any(cell.strip() for cell in cells)
