"""Amounts as people write them: number, scale, unit and qualifier → digits in base units, and the form that is printed.

A typed number follows the Vietnamese marks (a point groups, a comma parts decimals); what those marks do not allow is
refused. Cells of a sheet, which may come from either custom, are read by `db.cells.number_cell`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal

from knowledge.arithmetic import ways
from knowledge.text import fold

SCALES = {
    "nghin ty": 10**12, "ngan ty": 10**12, "ty": 10**9, "ti": 10**9, "trieu": 10**6, "tr": 10**6,
    "nghin": 10**3, "ngan": 10**3, "k": 10**3,
}  # fmt: skip
MOST = Decimal(10) ** 17
LEAST_BARE = 10_000
"""An amount of money without any unit is taken for đồng only from here on."""

_QUALIFIERS = {
    "tren": "over", "hon": "over", "vuot": "over", "khoang": "about", "xap xi": "about", 
    "gan": "under", "duoi": "under", "chua den": "under",
}  # fmt: skip
_LIMITS = "(?:toi da|khong qua|muc|la|bang|den) "
_SCALE = "|".join(sorted(SCALES, key=len, reverse=True))
_NUMBER = r"\d{1,3}(?:\.\d{3})+(?:,\d+)?|\d{1,3}(?: \d{3})+(?:,\d+)?|\d+(?:[.,]\d+)?"
_AMOUNT = re.compile(
    rf"(?:{_LIMITS}){{0,3}}(?:(?P<qualifier>{'|'.join(_QUALIFIERS)}) )?"
    rf"(?P<sign>-|giam |thap hon |tang |cao hon )? ?(?P<number>{_NUMBER})"
    rf"(?: ?(?P<scale>{_SCALE})\b(?: ?(?P<more>\d{{1,3}}) ?(?P<more_scale>trieu|tr|nghin|ngan)\b)?"
    r"(?P<half> ?ruoi\b)?(?P<tenth> \d(?= ?(?:dong)?$))?)?"
    r" ?(?P<unit>%|phan tram|diem phan tram|(?:viet nam )?dong|vnd|d\b)? ?(?P<noun>[a-z][a-z ,/]*)?"
)
_HALF = re.compile(r"nua (ty|trieu)(?: dong)?")
_NO_CAP = frozenset({"khong", "khong co", "khong tran", "-"})
_EACH = re.compile(
    r"(?:/|\bmỗi\b|\bmột\b|\bcho (?:một|mỗi)\b|\bcho\b|\bper\b)\s*(?:1\s+|một\s+)?(?P<unit>[^\W\d][^\d]*)$",
    re.I,
)
_PERCENT_IN = re.compile(
    r"(?:(?:tối đa|không quá|mức) ?)?(?<!\d)\d{1,3}(?:[.,]\d{1,4})? ?(?:%|phần trăm)(?: ?(?:chi phí|kinh phí))?",
    re.I,
)
_PERCENT = ("%", "phan tram", "diem phan tram")


@dataclass(frozen=True, slots=True)
class Amount:
    """`digits`: the cell, in đồng, percent or pieces; `printed`: as a source would print it; `qualifier`: a code."""

    digits: str
    printed: str
    qualifier: str = "exact"


def amount_in(typed: str, unit: str) -> Amount:
    """One amount of `unit` (`VND`, `percent`, or what is counted), and nothing else in what was typed.

    Raises `ValueError` with a sentence that says what to write.
    """
    said = fold(typed).strip(" .")
    if half := _HALF.fullmatch(said):
        said = f"0,5 {half[1]} dong"
    found = _AMOUNT.fullmatch(said)
    if found is None:
        raise ValueError(f"“{typed}” không phải một số; viết như {_example(unit)}")
    value = _value(found)
    kind = "percent" if found["unit"] in _PERCENT else "VND" if found["scale"] or found["unit"] else ""
    _fits(typed, unit, kind, found["noun"] or "", value)
    if value >= MOST:
        raise ValueError(f"“{typed}” lớn quá; kiểm tra lại đơn vị")
    sign = -1 if found["sign"] in ("-", "giam ", "thap hon ") else 1
    digits = format((sign * value).normalize(), "f")
    return Amount(digits, typed.strip(), _QUALIFIERS.get(found["qualifier"] or "", "exact"))


def number_in(typed: str, unit: str) -> Amount:
    """The same for a field that holds nothing but this number, where a percent may stand without its sign."""
    if unit == "percent" and re.fullmatch(r"\d{1,3}(?:[.,]\d+)?", typed.strip()):
        typed = f"{typed.strip()}%"
    found = amount_in(typed, unit)
    if unit == "VND" and "." in found.digits:
        raise ValueError(f"“{typed}” không tròn đồng; viết như {_example(unit)}")
    return found


def _value(found: re.Match[str]) -> Decimal:
    value, _ = next(ways(found["number"].replace(" ", "")))
    scale = SCALES.get(found["scale"] or "", 1)
    value *= scale
    if found["more"]:
        value += int(found["more"]) * SCALES[found["more_scale"]]
    if found["half"]:
        value += Decimal(scale) / 2
    if found["tenth"]:
        value += Decimal(scale) * int(found["tenth"]) / 10
    return value


def _fits(typed: str, unit: str, kind: str, noun: str, value: Decimal) -> None:
    """Raise where the unit that was said is not the one that is wanted."""
    if unit == "VND":
        if kind == "percent" or noun:
            raise ValueError(f"“{typed}” không phải số tiền; viết như {_example(unit)}")
        if not kind and value < LEAST_BARE:
            raise ValueError(
                f"“{typed}” chưa rõ đơn vị; hãy gõ thêm tỷ, triệu hoặc đồng, ví dụ: {_example(unit)}"
            )
    elif unit == "percent":
        if kind != "percent" or noun:
            raise ValueError(f"“{typed}” không phải tỷ lệ; viết như {_example(unit)}")
    elif kind:
        raise ValueError(f"“{typed}” không phải số {unit}; viết như {_example(unit)}")
    elif noun and unit and fold(unit).split("/")[0] not in noun and noun not in fold(unit):
        raise ValueError(f"“{typed}” không tính bằng {unit}; viết như {_example(unit)}")


def _example(unit: str) -> str:
    return {"VND": "150 tỷ đồng, 300 triệu đồng", "percent": "94,6%"}.get(unit, f"120 {unit}".strip())


def level_amount(typed: str) -> dict[str, str]:
    """ "50%, không quá 300 triệu đồng/cơ sở" → percent, cap, what the cap is for; the last is never made up."""
    cells = {"percent": "", "cap": "", "cap_unit": ""}
    rest = " ".join(typed.split())
    if found := _PERCENT_IN.search(rest):
        said = re.sub(r"(?i)\s*(?:chi phí|kinh phí)$", "", found[0])
        cells["percent"] = number_in(said.strip(), "percent").digits
        rest = f"{rest[: found.start()]} {rest[found.end() :]}"
    rest = rest.strip(" ,;.–-")
    rest = re.sub(r"(?i)^(?:và|nhưng|chi phí|kinh phí)\b[ ,]*", "", rest).strip(" ,;")
    if not rest or fold(rest) in _NO_CAP:
        if not cells["percent"]:
            raise ValueError(f"“{typed}” chưa có mức nào; viết như 50%, không quá 300 triệu đồng/cơ sở")
        return cells
    if each := _EACH.search(rest):
        cells["cap_unit"] = each["unit"].strip(" .")
        rest = rest[: each.start()].strip(" ,")
    cells["cap"] = number_in(rest, "VND").digits
    if not cells["cap_unit"]:
        raise ValueError(
            f"chưa rõ {rest} tính cho một gì; viết thêm, ví dụ: {rest}/cơ sở, {rest}/mô hình, {rest}/lần tổ chức"
        )
    return cells
