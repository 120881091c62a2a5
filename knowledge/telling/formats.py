"""Numbers and dates as Vietnamese readers write them. Always with a pattern; amounts are integers of đồng until here."""

from __future__ import annotations

import re
from datetime import date, timedelta
from decimal import Decimal
from functools import cache, lru_cache

from babel import Locale
from babel.numbers import NumberPattern, parse_pattern
from markupsafe import Markup

from knowledge.records import Figure, Source

_LOCALE = Locale("vi")


@cache
def _pattern(decimals: int) -> NumberPattern:
    return parse_pattern("#,##0." + "#" * decimals if decimals else "#,##0")


@lru_cache(maxsize=4096)
def number(value: float | Decimal | int, decimals: int = 3) -> str:
    """`1234.5` → "1.234,5"; at most `decimals` decimals, none that are zero."""
    return str(_pattern(decimals).apply(Decimal(str(value)), _LOCALE))


@lru_cache(maxsize=4096)
def money(value: float | Decimal | int) -> str:
    """Đồng in the unit that people say: "176,4 tỷ đồng", "405,5 triệu đồng"; whole đồng are never rounded."""
    amount = abs(Decimal(str(value)))
    whole = amount == int(amount)
    for size, unit in ((Decimal(10**9), "tỷ đồng"), (Decimal(10**6), "triệu đồng")):
        rounded = whole and amount * 1000 % size
        if amount >= size and not rounded:
            return f"{number(amount / size)} {unit}"
    return f"{number(amount, 0)} đồng"


def exact_money(value: int) -> str:
    """Đồng to the last digit: "266.666.666 đồng"."""
    return f"{number(value, 0)} đồng"


def percent(value: float | Decimal, decimals: int = 1) -> str:
    """ "8,4%", without a sign."""
    return f"{number(abs(Decimal(str(round(Decimal(str(value)), decimals)))), decimals)}%"


def typed_amount(folded: str) -> str:
    """An amount as it was typed, its unit with marks again: "96,6 ty" → "96,6 tỷ"."""
    for plain, marked in (
        ("nghin", "nghìn"),
        ("ngan", "ngàn"),
        ("trieu", "triệu"),
        ("ty", "tỷ"),
        ("ruoi", "rưỡi"),
        ("dong", "đồng"),
        ("phan tram", "phần trăm"),
    ):
        folded = re.sub(rf"\b{plain}\b", marked, folded)
    return folded


@lru_cache(maxsize=4096)
def day(iso: str) -> str:
    """`2024-05-16` → "16/5/2024", `2024-05` → "tháng 5/2024"; anything else as it is."""
    match = re.fullmatch(r"(\d{4})-(\d\d)(?:-(\d\d))?", iso)
    if not match:
        return iso
    if match[3]:
        return f"{int(match[3])}/{int(match[2])}/{match[1]}"
    return f"tháng {int(match[2])}/{match[1]}"


def days(first: str, last: str) -> str:
    """The days from the first to the last one: "16–19/5/2024", "28/4/2024–2/5/2024"; one day without a last."""
    if not last:
        return day(first)
    within = len(first) == len(last) and first[:8] == last[:8]
    return f"{int(first[8:]) if within else day(first)}–{day(last)}"


def day_after(iso: str) -> str:
    """The day after a date, as `day` writes it; what is no full date comes back as it is."""
    if not re.fullmatch(r"\d{4}-\d\d-\d\d", iso):
        return iso
    return day((date.fromisoformat(iso) + timedelta(days=1)).isoformat())


_QUALIFIER = {"over": "hơn ", "about": "khoảng ", "under": "gần "}
_BOUNDS = frozenset({"hơn", "trên", "từ", "khoảng", "gần", "dưới", "ước"})
"""Words of a source that say how exact its number is; they are told as they are printed."""


def cited(source: Source) -> str:
    """A source in words: title, publisher, date."""
    return ", ".join(part for part in (source.title, source.publisher, day(source.published_on)) if part)


@lru_cache(maxsize=1024)
def cite(source: Source) -> Markup:
    """The same as Telegram HTML, with the address behind it."""
    if source.url:
        return Markup('<a href="{}">{}</a>').format(source.url, cited(source))
    return Markup("{}").format(cited(source))


_MOST_TITLE = 90
_ASIDE = re.compile(r"(?<!\s)\s*\([^()]*\)")


@lru_cache(maxsize=1024)
def cite_short(source: Source) -> Markup:
    """A source on one line: a long title cut at a word, without what stands in brackets."""
    title, publisher = (_ASIDE.sub("", one).strip() for one in (source.title, source.publisher))
    parts = (shortened(title, _MOST_TITLE), "" if publisher in title else publisher, day(source.published_on))
    told = ", ".join(part for part in parts if part)
    return Markup('<a href="{}">{}</a>').format(source.url, told) if source.url else Markup("{}").format(told)


def shortened(text: str, most: int) -> str:
    """A text of at most `most` characters, cut at a word."""
    if len(text) <= most:
        return text
    return f"{text[: most - 1].rpartition(' ')[0].rstrip(' ,;:·-')}…"


def amount(figure: Figure) -> str:
    """A figure's value in full, in the form in which its source prints it where that can be read alone."""
    lead = "" if _printed_bound(figure) else _QUALIFIER.get(figure.qualifier, "")
    if figure.unit == "VND":
        return f"{_printed_qualifier(figure) or lead}{money(figure.value)}"
    if figure.unit == "percent":
        if figure.value_max is not None:
            return f"{number(figure.value, 2)}–{number(figure.value_max, 2)}%"
        shown = f"{number(abs(figure.value), 2)}%"
        if figure.measure == "change":
            way = "giảm" if figure.value < 0 else "tăng"
            return f"{way} {_printed_qualifier(figure) or lead}{shown}"
        return f"{_printed_qualifier(figure) or lead}{shown}"
    if figure.unit == "date":
        stamp = str(int(figure.value))
        return day(f"{stamp[:4]}-{stamp[4:6]}-{stamp[6:]}")
    if figure.unit == "đợt":
        return f"đợt {number(figure.value, 0)}"
    shown = number(figure.value, 2)
    if figure.value_max is not None:
        shown += f"–{number(figure.value_max, 2)}"
    if figure.unit == "lần":
        return f"lần thứ {roman(int(figure.value))} ({shown})"
    return f"{_printed_qualifier(figure) or lead}{shown} {figure.unit}"


def _printed_qualifier(figure: Figure) -> str:
    bound = _printed_bound(figure)
    return f"{bound} " if bound and figure.qualifier != "exact" else ""


def _printed_bound(figure: Figure) -> str:
    return next((word for word in figure.as_printed.split() if word in _BOUNDS), "")


def roman(value: int) -> str:
    """18 → "XVIII"."""
    out = ""
    for size, sign in ((10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I")):
        while value >= size:
            out += sign
            value -= size
    return out
