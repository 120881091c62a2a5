"""Numbers as Vietnamese people type and say them: `170,8 tỷ`, `85.865 triệu`, `1 tỷ rưỡi`, `2 tỷ 3`, `tám trăm triệu`, `26,6%`.

Everything works on folded text. One separator followed by exactly three digits is grouping after a dot (`1.234 tỷ`)
and a decimal after a comma (`85,865 tỷ`). Number words become digits only where they clearly are a number: before a unit,
or as a whole year.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

DIGITS = {
    "khong": 0, "mot": 1, "hai": 2, "ba": 3, "bon": 4, "tu": 4, "nam": 5, "lam": 5, "sau": 6, "bay": 7, "tam": 8,
    "chin": 9,
}  # fmt: skip
_NUMBER_WORDS = frozenset(DIGITS) | {"muoi", "tram", "nghin", "ngan", "le", "linh", "phay"}
_UNIT_AFTER = frozenset(
    [
        "ty",
        "trieu",
        "nghin",
        "ngan",
        "phan",
        "%",
        "dong",
        "thang",
        "de",
        "dia",
        "co",
        "mo",
        "don",
        "hoi",
        "luot",
        "doan",
        "nguoi",
        "tinh",
    ]
)
_YEAR_OF_CENTURY = re.compile(
    r"\bnam hai (?:muoi )?(khong|mot|hai|ba|bon|tu|lam|nam|sau)(?![a-z])(?! (?:nghin|ngan|tram|muoi|ty|trieu|thang|lan|phan tram|khong|mot|hai|ba|bon|tu|lam|nam|sau|bay|tam|chin)\b)"
)
"""A year of this decade said short: "năm hai ba" is 2023."""
_FIVE = re.compile(r"(?<!\d )(?<!linh )(?<!le )(?<!muoi )(?<!tram )\bnam (trieu|ty)\b(?! (?:le|trong))")
_TENTH_WORD = re.compile(
    r"(?<=\d )(trieu|ty) (mot|hai|ba|bon|bay|tam|chin)(?=\s*(?:[,;?!]|$|dong\b|thi\b|duoc\b))"
)
"""What is left off the end of a sum: "một tỷ hai" is 1.2 billion."""
_HALF_HUNDRED = re.compile(
    r"\b(?:(mot|hai|ba|bon|nam|sau|bay|tam|chin|[1-9]) )?tram ruoi(?= (?:trieu|nghin|ngan|ty)\b)"
)
""" "Hai trăm rưởi triệu" is 250 million."""
_YEARS = range(1990, 2101)

UNITS = {
    "nghin ty": Decimal(10) ** 12, "ngan ty": Decimal(10) ** 12, "ty": Decimal(10) ** 9, "ti": Decimal(10) ** 9,
    "trieu": Decimal(10) ** 6, "nghin": Decimal(10) ** 3, "ngan": Decimal(10) ** 3, "k": Decimal(10) ** 3,
}  # fmt: skip

_QUANTITY = re.compile(
    r"(?<![\w/.,-])(?P<number>\d{1,3}(?:\.\d{3})+(?:,\d+)?|\d{1,3}(?: \d{3})+(?=\s*(?:dong|d|vnd)\b)|\d+(?:[.,]\d+)?)"
    r"(?:\s*(?P<scale>nghin ty|ngan ty|ty|ti|trieu|nghin|ngan|k)\b"
    r"(?:\s*(?P<more>\d{1,3})\s*(?P<more_scale>trieu|nghin|ngan)\b)?"
    r"(?:\s*(?P<least>\d{1,3})\s*(?P<least_scale>nghin|ngan)\b)?"
    r"(?P<half>\s*ruoi\b)?(?P<tenth>\s+\d{1,3}(?=\s*(?:[,;?!]|$|dong\b|thi\b|duoc\b|khuyen cong\b)))?)?"
    r"(?:\s*(?P<unit>%|phan tram\b|diem phan tram\b|(?:viet nam )?dong\b|vnd\b|d\b))?(?!\w)"
)
_HALF = re.compile(r"\bnua (ty|trieu)\b")
TOO_MUCH = Decimal(10) ** 18
"""No amount of anything here: beyond what is worked with exactly."""


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


def parse_number(digits: str) -> Decimal:
    """Read one printed number; raises `decimal.InvalidOperation` for what is not one."""
    digits = digits.replace(" ", "")
    if "," in digits:
        return Decimal(digits.replace(".", "").replace(",", "."))
    if re.fullmatch(r"\d{1,3}(\.\d{3})+", digits):
        return Decimal(digits.replace(".", ""))
    return Decimal(digits)


def quantities(folded: str) -> list[Quantity]:
    """Every number of `folded` with its unit, in order; dates, years and document numbers must be masked before."""
    found = []
    for match in _QUANTITY.finditer(folded):
        if len(match["number"]) > 24:
            continue
        value = parse_number(match["number"])
        scale = UNITS.get(match["scale"] or "", Decimal(1))
        value *= scale
        if match["more"]:
            value += Decimal(match["more"]) * UNITS[match["more_scale"]]
        if match["half"]:
            value += scale / 2
        if match["least"]:
            value += Decimal(match["least"]) * UNITS[match["least_scale"]]
        if tenth := (match["tenth"] or "").strip():
            value += scale * int(tenth) / 10 ** len(tenth)
        if value >= TOO_MUCH:
            continue
        unit = match["unit"] or ""
        kind: Literal["money", "percent", "plain"]
        if unit.startswith(("%", "phan", "diem")):
            kind = "percent"
        elif match["scale"] or unit:
            kind = "money"
        else:
            kind = "plain"
        found.append(Quantity(value, kind, match.group().strip(), match.span()))
    found += [
        Quantity(UNITS[match[1]] / 2, "money", match.group(), match.span())
        for match in _HALF.finditer(folded)
    ]
    return sorted(found, key=lambda quantity: quantity.span)


def _below_thousand(words: list[str]) -> int | None:
    """0..999 from folded words, strictly by Vietnamese grammar; None where they are no number."""
    total = 0
    rest = list(words)
    if len(rest) >= 2 and rest[1] == "tram" and rest[0] in DIGITS:
        total += DIGITS[rest[0]] * 100
        rest = rest[2:]
        if not rest:
            return total
        if rest and rest[0] in ("le", "linh"):
            rest = rest[1:]
            return total + DIGITS[rest[0]] if len(rest) == 1 and rest[0] in DIGITS else None
    if not rest:
        return total if words else None
    if rest[0] == "muoi" and len(rest) <= 2:
        ones = 0 if len(rest) == 1 else DIGITS.get(rest[1])
        return None if ones is None else total + 10 + ones
    if len(rest) >= 2 and rest[1] == "muoi" and rest[0] in DIGITS and len(rest) <= 3:
        ones = 0 if len(rest) == 2 else DIGITS.get(rest[2])
        return None if ones is None else total + DIGITS[rest[0]] * 10 + ones
    if len(rest) == 2 and rest[0] in DIGITS and rest[1] in DIGITS and rest[0] != "khong":
        return total + DIGITS[rest[0]] * 10 + DIGITS[rest[1]]  # "hai bon" for 24
    if len(rest) == 1 and rest[0] in DIGITS and len(words) == 1:
        return total + DIGITS[rest[0]]
    return None


def number_of(words: list[str]) -> int | None:
    """The number that folded `words` say, below one million, or a year said digit by digit; None if they say none."""
    if len(words) == 4 and all(word in DIGITS for word in words):
        digits = int("".join(str(DIGITS[word]) for word in words))
        return digits if digits in _YEARS else None
    if words[:2] == ["hai", "khong"] and len(words) >= 3 and "muoi" in words:  # "hai không hai mươi": 2020
        low = _below_thousand(words[2:])
        return 2000 + low if low is not None and 10 <= low < 100 else None
    for scale in ("nghin", "ngan"):
        if scale in words:
            cut = words.index(scale)
            if cut > 1 and not {"muoi", "tram"} & set(words[:cut]):
                return None
            high = _below_thousand(words[:cut])
            rest = words[cut + 1 :]
            if rest[:1] in (["le"], ["linh"]):
                rest = rest[1:]
            low = _low_part(rest)
            return None if high is None or low is None else high * 1000 + low
    return _below_thousand(words)


def _low_part(rest: list[str]) -> int | None:
    if not rest:
        return 0
    if len(rest) == 2 and all(word in DIGITS for word in rest):
        return DIGITS[rest[0]] * 10 + DIGITS[rest[1]]
    return _below_thousand(rest)


_DOZENS = re.compile(r"\b(mot|1|hai|ba|bon|nam|sau|bay|tam|chin|[2-9]) chuc (?=(?:trieu|ty|nghin|ngan)\b)")
"""Tens of money as they are counted by hand ("bảy chục triệu")."""


def words_to_digits(folded: str) -> str:
    """Replace number words by digits where they clearly are a number (before a unit word, or a year)."""
    if " chuc " in folded:
        folded = _DOZENS.sub(lambda ten: f"{number_of([ten[1]]) or int(ten[1])}0 ", folded)
    if "ruoi" in folded:
        folded = _HALF_HUNDRED.sub(lambda half: f"{_hundreds(half[1])}50", folded)
    folded = _FIVE.sub(r"5 \1", folded)
    folded = _YEAR_OF_CENTURY.sub(lambda match: f"nam 202{DIGITS[match[1]]}", folded)
    folded = _TENTH_WORD.sub(lambda match: f"{match[1]} {DIGITS[match[2]]}", folded)
    if not any(
        word in folded
        for word in ("hai", "mot", "ba", "bon", "sau", "bay", "tam", "chin", "tram", "muoi", "nua")
    ):
        return folded
    tokens = folded.split(" ")
    out: list[str] = []
    index = 0
    while index < len(tokens):
        taken = _run_at(tokens, index) if tokens[index].rstrip(".,?!;:") in _NUMBER_WORDS else None
        if taken is None:
            out.append(tokens[index])
            index += 1
        else:
            length, digits, tail = taken
            of_range = bool(out) and DIGITS.get(out[-1], -2) + 1 == DIGITS.get(tokens[index], -1)
            out += tokens[index : index + length] if of_range else [digits + tail]
            index += length
    return _TENTH_WORD.sub(lambda match: f"{match[1]} {DIGITS[match[2]]}", " ".join(out))


def _hundreds(word: str | None) -> int:
    return DIGITS.get(word, 0) or int(word) if word else 1


def _run_at(tokens: list[str], start: int) -> tuple[int, str, str] | None:
    """The longest number said from `start` on: (tokens used, digits, punctuation kept)."""
    stop = start
    tail = ""
    if tokens[start] == "bay" and tokens[max(start - 2, 0) : start] == ["ve", "may"]:  # "vé máy bay"
        return None
    if tokens[start] == "lam":  # five is so said only behind tens; before them it is "làm muối"
        return None
    while stop < len(tokens) and stop - start < 12:
        word = tokens[stop].rstrip(".,?!;:")
        if word not in _NUMBER_WORDS:
            break
        stop += 1
        if word != tokens[stop - 1]:
            tail = tokens[stop - 1][len(word) :]
            break
    for end in range(stop, start, -1):
        said = [token.rstrip(".,?!;:") for token in tokens[start:end]]
        follower = tokens[end].strip(".,?!;:") if end < len(tokens) else ""
        if end < stop and follower in _NUMBER_WORDS:
            continue
        digits = _spoken(said, follower)
        if digits is not None:
            return end - start, digits, tail if end == stop else ""
    return None


def _spoken(said: list[str], follower: str) -> str | None:
    if "phay" in said:
        cut = said.index("phay")
        whole, part = number_of(said[:cut]), said[cut + 1 :]
        if (
            whole is None
            or not part
            or any(word not in DIGITS for word in part)
            or follower not in _UNIT_AFTER
        ):
            return None
        return f"{whole}," + "".join(str(DIGITS[word]) for word in part)
    value = number_of(said)
    if value is None:
        return None
    if value in _YEARS and len(said) >= 3:
        return str(value)
    if follower in _UNIT_AFTER and not (len(said) == 1 and said[0] in ("tu", "lam", "khong")):
        if len(said) == 1 and follower in (
            "de",
            "co",
            "mo",
            "don",
            "hoi",
            "doan",
            "nguoi",
            "dia",
            "phan",
            "dong",
            "tinh",
        ):
            return None
        return str(value)
    return None
