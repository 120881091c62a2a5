"""Years as they are written and said: `2023`, `năm 23`, "hai nghìn không trăm hai mươi ba", "năm hai ba", spans."""

from __future__ import annotations

from collections.abc import Sequence

from knowledge.language.numerals import small_number
from knowledge.language.scales import digit, scale
from knowledge.language.spans import Word
from knowledge.language.tokens import Pieces, signatures

_YEAR = signatures("năm")
_PLACES = {"viet", "phia", "mien", "ha", "quang", "dong", "tay", "bac", "khu", "vung", "tung"}
"""Before "nam" these make it a part of a place, or of "each year", unless marks or digits say otherwise."""
_ONLY_PLACES = ("viet", "phia", "mien", "tung")
"""Of these the ones behind which no year ever stands."""
_COUNTED = {
    "thang", "ty", "ti", "trieu", "tr", "nghin", "ngan", "de", "tinh", "dia", "co", "nguoi", "phan", "cong", "lao", "ho", "don",
    "doanh", "san", "mo", "luot", "kg", "tan", "m2", "ha", "cai", "chiec", "may", "hop", "dong", "d", "k", "xa", "huyen", "khu",
    "vung", "hoi", "lop", "du", "usd", "ngay", "tuoi", "gio", "buoi", "bua", "met", "km",
}  # fmt: skip
"""Before these a number of two digits counts something and is no year."""
_SCALES = {"ty", "ti", "trieu", "tr", "nghin"}
_COUNTED_BY_THOUSANDS = {"nguoi", "lao", "kg", "tan", "m2", "usd", "cai", "chiec", "luot"}
_ASKED = ("nao", "gi")
_WORKERS = signatures("nhân")
_RATIO = {"le", "trong", "so", "suat"}
_CENTURY = 2000
_SHORT_YEARS = range(10, 40)
FIVE_YEARS = 4
"""From the first to the last year of a plan for five years."""
_LEAST_SPOKEN = 3
"""Words of a year that is said in full."""
_HALF_WORDS, _OTHER_HALF = {"co": "so", "may": "moc"}, {"ho": "tro", "cong": "thuong"}
"""Words that count something only where this half of a word follows ("co" is asked with), or where this one does not."""
_BETWEEN_YEARS = frozenset(["va", "voi", "hay", "hoac", "so", "cung", "roi"])
"""Words between years of two digits in a row, and how many of them; signs that may stand there too."""
_MOST_BETWEEN = 2
_ROW_SIGNS = ("", ",", "-", "/", "+", "&")


def is_year_word(said: Pieces, at: int) -> bool:
    """Whether "năm" (year) stands here, not Nam (South) nor five of something."""
    if said.text(at) != "nam" or not said.possible(at, _YEAR, strict=False):
        return False
    if said.sure(at, _YEAR):
        return True
    before = said.text(at - 1) if not said.gap(at) else ""
    if said.with_marks and (before in _PLACES or not said.text(at + 1)[:1].isdigit()):
        return False
    return before not in _PLACES or (before not in _ONLY_PLACES and said.text(at + 1)[:1].isdigit())


def year_at(said: Pieces, at: int) -> tuple[int, int] | None:
    """The year that stands here in full, in digits or words, and the piece after it."""
    text = said.text(at)
    if text.isdecimal():
        if len(text) == 4 and text[:2] in ("19", "20"):
            return int(text), at + 1
        return None
    if text not in ("hai", "mot"):
        return None
    lead = digit(said, at)
    if lead is None:
        return None
    if said.is_word(at + 1, "nghìn", "ngàn") and not said.gap(at + 1):
        return _with_thousands(said, at + 2, lead)
    if said.text(at + 1) not in ("khong", "chin"):
        return None
    digits = [digit(said, at + step) for step in range(4)]
    if all(one is not None for one in digits):
        year = int("".join(map(str, digits)))
        if 1900 <= year < 2100 and said.text(at + 4) not in ("muoi", "tram", "ty", "trieu"):
            return year, at + 4
    if lead == 2 and digits[1] == 0:
        tens = small_number(said, at + 2)
        if tens is not None and tens.high is None and 10 <= tens.low < 100:
            return _CENTURY + int(tens.low), tens.end
    return None


def _with_thousands(said: Pieces, at: int, lead: int) -> tuple[int, int] | None:
    if said.is_word(at, "lẻ", "linh"):
        one = digit(said, at + 1)
        return (1000 * lead + one, at + 2) if one is not None else None
    if said.is_word(at, "không") and said.is_word(at + 1, "trăm"):
        at += 2
        if said.is_word(at, "lẻ", "linh"):
            one = digit(said, at + 1)
            return (1000 * lead + one, at + 2) if one is not None else None
    rest = small_number(said, at) if not said.gap(at) else None
    if rest is None or rest.value_unread or rest.high is not None or rest.low >= 1000:
        return (_CENTURY, at) if lead == 2 and said.ends(at) else None
    if said.digits(at) or scale(said, rest.end, rest):
        return None
    year = 1000 * lead + int(rest.low)
    return (year, rest.end) if 1900 <= year < 2100 and (rest.low >= 10 or rest.end - at > 2) else None


def years_in_digits(clean: str, words: Sequence[Word]) -> str:
    """A folded text, the years that are said in full words written in digits; `words` are those of the text."""
    said = Pieces(words)
    parts: list[str] = []
    done = at = 0
    while at < said.size:
        year = None if said.digits(at) else year_at(said, at)
        if year is None or year[1] - at < _LEAST_SPOKEN:
            at += 1
            continue
        parts += [clean[done : words[said.first_word(at)].start], str(year[0])]
        done, at = words[said.word_end(year[1]) - 1].end, year[1]
    return "".join((*parts, clean[done:]))


def short_year(said: Pieces, at: int) -> tuple[int, int] | None:
    """A year of two digits here, whatever stands before it."""
    text = said.text(at)
    if len(text) == 2 and text.isdecimal() and int(text) in _SHORT_YEARS:
        return _CENTURY + int(text), at + 1
    return None


def short_or_said(said: Pieces, at: int) -> tuple[int, int] | None:
    """A year of two digits here, or of two digits that are said: "hai mốt", "hai mươi lăm"."""
    small = small_number(said, at) if said.text(at) in ("hai", "muoi", "ba") else None
    if small is None or small.high is not None or int(small.low) not in _SHORT_YEARS:
        return short_year(said, at)
    return _CENTURY + int(small.low), small.end


def short_year_at(said: Pieces, at: int) -> tuple[int, int] | None:
    """A year said short behind "năm": "năm 23", "năm hai ba"; nothing is counted by it."""
    if not is_year_word(said, at):
        return None
    if said.gap(at + 1).strip("'\""):
        return None
    found = short_or_said(said, at + 1)
    if found is None:
        return None
    return None if said.gap(found[1]).startswith("%") or counts(said, found[1]) else found


def next_short_year(said: Pieces, at: int, last: int, *, in_row: bool) -> tuple[int, int, int] | None:
    """A further year of two digits behind one: "năm 23 24 25", "năm 22 với 23"; (the year, its first piece, the piece after
    it). Without a word between them it is the year after or before; `in_row`: the third or a later one counts nothing."""
    gap, start = said.gap(at), at
    while said.text(start) in _BETWEEN_YEARS and start - at < _MOST_BETWEEN:
        start += 1
    found = short_year(said, start)
    if found is None or said.gap(start) not in _ROW_SIGNS or gap not in _ROW_SIGNS:
        return None
    year, end = found
    near = 1 if start == at else FIVE_YEARS
    if not 0 < abs(year - last) <= near or (counts(said, end) and not in_row) or counts_something(said, end):
        return None
    return year, start, end


def row_of_years_at(said: Pieces, at: int) -> tuple[int, int] | None:
    """The first of three years or more of two digits in a row, and the piece after it."""
    first = short_year(said, at)
    second = first and next_short_year(said, first[1], first[0], in_row=False)
    third = second and next_short_year(said, second[2], second[0], in_row=True)
    if first is None or second is None or third is None:
        return None
    return first if second[0] - first[0] == third[0] - second[0] == 1 else None


def counts(said: Pieces, at: int) -> bool:
    """Whether something stands here that the number before it counts."""
    text = said.text(at)
    return (
        text in _COUNTED
        and not said.gap(at)
        and _HALF_WORDS.get(text, said.text(at + 1)) == said.text(at + 1)
        and _OTHER_HALF.get(text) != said.text(at + 1)
    )


def stands_alone(said: Pieces, at: int, *, named: bool = False) -> bool:
    """Whether what ends before a piece is a year, not a sum or a count: no scale, no counted noun behind it.

    `named`: "năm" stands before it, so that nothing is counted.
    """
    if said.gap(at):
        return not said.gap(at).startswith("%")
    text, following = said.text(at), said.text(at + 1)
    if text in ("ty", "ti") and following in _RATIO:
        return True
    if text in _SCALES or named:
        return text not in _SCALES
    if following in _ASKED:
        return True  # "2023 cái nào": of which of two it is asked
    workers = text == "cong" and following == "nhan" and said.sure(at + 1, _WORKERS)
    return text not in _COUNTED_BY_THOUSANDS and not workers


def counts_something(said: Pieces, at: int) -> bool:
    """Whether what stands behind a number makes it a share, a fraction or a sum."""
    return said.gap(at).startswith(("%", "/")) or scale(said, at) is not None
