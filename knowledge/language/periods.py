"""Which times a message speaks of, word by word; a time that cannot be read is `unread`, never the whole year.

Codes: `2023`, `2024-H1`, `2024-Q3`, `2022-9M`, `2024-M03`, `2021-2025`, `2024-05-16`, `2021/2022-9M` (both together).
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date

from knowledge.language.codes import YEAR_PART
from knowledge.language.dates import date_at, month_of_year_at
from knowledge.language.parts import (
    all_months_to,
    half_at,
    is_short_name,
    months_at,
    named_at,
    says_how_long,
    until_at,
    year_word_alone,
)
from knowledge.language.relative import Relation, relative_at
from knowledge.language.spans import Span, Word
from knowledge.language.tokens import Pieces
from knowledge.language.year_spans import past_years_at, span_at
from knowledge.language.years import (
    is_year_word,
    next_short_year,
    row_of_years_at,
    short_year,
    short_year_at,
    stands_alone,
    year_at,
)


@dataclass(frozen=True, slots=True)
class Time:
    """The words `start` to `end` name a time.

    `code` is empty where a part of the year (`part`, also `MM-DD` for a day) was named without its year, where the time
    is relative to one spoken of before (`relation`), or where it is `unread`. `relative`: the words that were read
    against the clock ("năm ngoái"), to be said aloud.
    """

    start: int
    end: int
    code: str
    part: str = ""
    relative: str = ""
    relation: Relation = ""
    unread: bool = False

    @property
    def value(self) -> str:
        """What a span says of this time: its code, how it relates to another, its part without a year, or `unread`."""
        if self.unread:
            return "unread"
        return self.code or (f"relation:{self.relation}" if self.relation else f"~{self.part}")

    @property
    def clock(self) -> tuple[tuple[str, str], ...]:
        """A further meaning of its span: the words that were read against the clock."""
        return (("clock", self.relative),) if self.relative else ()


def time_span(time: Time, words: Sequence[Word]) -> Span:
    """The span of one time of a message."""
    text = " ".join(word.text for word in words[time.start : time.end])
    return Span(time.start, time.end, "period", time.value, text, "grammar", time.clock)


_DURATION = {
    "trong", "vong", "han", "khoang", "sau", "truoc", "moi", "mat", "them", "gan", "hon", "tam", "nua", "qua", "lai", "keo",
    "dai", "cho", "duoc", "bao", "hanh",
}  # fmt: skip
"""Before "6 tháng" these speak of how long, not of when."""
_AFTER_DURATION = {"tien", "nua", "moi", "la", "tro", "lien", "sau", "truoc"}
_FIRST = {
    "ngay", "giai", "thoi", "nhiem", "tu", "nua", "giua", "cuoi", "den", "toi", "het", "tinh", "luy", "quy",
    "thang", "nam", "ca", "tron", "toan", "cung", "truoc", "may", "nhung", "cac", "vai", "tuan", "hom",
    "sang", "ky", "mot", "hai", "ba", "bon", "sau", "bay", "tam", "chin", "muoi",
}  # fmt: skip
"""Words with which a time can begin; digits do so too."""
GAP = 6
"""Words that may stand between a part of a year and its year behind it."""
_PARTING = {"va", "voi", "hay", "hoac", "con", "so"}


def periods(words: Sequence[Word], today: date, taken: Collection[int] = ()) -> list[Time]:
    """Every time of a message in order; `today` is what "năm nay" is read against, words `taken` are passed over."""
    said = Pieces(words)
    found: list[Time] = []
    at = 0
    while at < said.size:
        text = said.texts[at]
        if said.first_word(at) in taken or not (text in _FIRST or text[0].isdigit() or is_short_name(text)):
            at += 1
            continue
        time = _time_at(said, at, today)
        cut = time is not None and time.end < said.size and said.pieces[time.end].glued
        if (
            time is None
            or cut
            or any(said.first_word(place) in taken for place in range(time.start, time.end))
        ):
            at += 1
            continue
        found += [time, *_row_behind(said, time)]
        at = found[-1].end
    codes = [one.code for one in found]
    kept = [one for one in found if not (one.relative and says_how_long(said, one.start, one.code, codes))]
    return [
        replace(time, start=said.first_word(time.start), end=said.word_end(time.end))
        for time in _paired(said, kept)
    ]


def _time_at(said: Pieces, at: int, today: date) -> Time | None:
    """The time that begins at a piece; its `start` and `end` are pieces."""
    day = date_at(said, at)
    if day is not None:
        code, part, end = day
        return Time(at, end, code, part, unread=not code and not part)
    return (
        _unclear(said, at, today)
        or _span(said, at, today)
        or _part(said, at, today)
        or _relative(said, at, today)
        or _year(said, at)
    )


def _span(said: Pieces, at: int, today: date) -> Time | None:
    found = span_at(said, at, today)
    return Time(at, found[1], found[0]) if found else None


_NEAR = {"nay": "này", "truoc": "trước", "sau": "sau", "toi": "tới", "vua": "vừa"}


def _unclear(said: Pieces, at: int, today: date) -> Time | None:
    """A time that is said by how far it is from now: "3 năm qua"; one that cannot be read: "quý này", "tuần trước"."""
    text, following = said.text(at), said.text(at + 1)
    if text in ("quy", "thang", "tuan") and following in _NEAR and not said.gap(at + 1):
        near = said.is_word(at, "quý", "tháng", "tuần") and said.is_word(at + 1, _NEAR[following])
        return Time(at, at + 2, "", unread=True) if near else None
    if text == "hom" and following in ("qua", "nay", "kia"):
        return Time(at, at + 2, "", unread=True)
    years = past_years_at(said, at, today)
    if years is None:
        return None
    code, end, spoken = years
    return Time(at, end, code, relative=spoken, unread=not code)


def _part(said: Pieces, at: int, today: date) -> Time | None:
    """A part of a year, with its year where that stands beside it."""
    start, until = until_at(said, at)
    read = months_at(said, start) or half_at(said, start, until=until) or named_at(said, start, until=until)
    if read is None:
        month = month_of_year_at(said, start)
        if month is None:
            return None
        return Time(at, month[1], all_months_to(month[0]) if until else month[0])
    part, end, bare = read
    year = _year_behind(said, end, today)
    if year is None:
        if bare and not until and (said.text(at - 1) in _DURATION or said.text(end) in _AFTER_DURATION):
            return None
        return Time(at, end, "", part, unread=not part)
    code, end, relative, relation = year
    if not part:
        return Time(at, end, "", unread=True)
    if relation:
        return Time(at, end, "", part, relation=relation)
    return Time(at, end, code if part == "12M" else f"{code}-{part}", part, relative)


def _year_behind(said: Pieces, at: int, today: date) -> tuple[str, int, str, Relation] | None:
    """The year that stands at once behind a part: (code, the piece after it, relative words, relation)."""
    gap = said.gap(at)
    if gap and gap not in ("/", "-", "."):
        return None
    if said.text(at) in ("cua", "trong") and not gap:
        at += 1
    relative = _relative(said, at, today) if not gap else None
    if relative is not None:
        return relative.code, relative.end, relative.relative, relative.relation
    plain = year_at(said, at + is_year_word(said, at))
    if plain is not None:
        return str(plain[0]), plain[1], "", ""
    short = short_year_at(said, at)
    if short is None and gap == "/":
        short = short_year(said, at)
    return (str(short[0]), short[1], "", "") if short else None


def _relative(said: Pieces, at: int, today: date) -> Time | None:
    found = relative_at(said, at)
    if found is None:
        return None
    shift, end, spoken = found
    if isinstance(shift, int):
        return Time(at, end, str(today.year + shift), relative=spoken)
    return Time(at, end, "", relation=shift)


def _year(said: Pieces, at: int) -> Time | None:
    """A year: "năm 2023", "2023", "năm 23", "'23", "cả năm 2023"; "cả năm" without one is all its months."""
    start = at
    if said.is_word(at, "cả", "trọn", "tròn", "toàn", "hết") and is_year_word(said, at + 1):
        at += 1
        if year_word_alone(said, at):
            return Time(start, at + 1, "", "12M")
    year = _named_year(said, at) if is_year_word(said, at) else _bare_year(said, at)
    return Time(start, year[1], str(year[0])) if year else None


def _named_year(said: Pieces, at: int) -> tuple[int, int] | None:
    """The year behind "năm", and the piece after it."""
    year = year_at(said, at + 1)
    if year is None:
        return short_year_at(said, at)
    return None if said.digits(at + 1) and not stands_alone(said, year[1], named=True) else year


def _row_behind(said: Pieces, time: Time) -> Iterator[Time]:
    """The years in two digits that follow a year in two digits."""
    year, end = int(time.code) if _is_year(time) and not time.relative else 0, time.end
    while year and said.text(end - 1) == str(year)[2:]:
        behind = next_short_year(said, end, year, in_row=end != time.end)
        if behind is None:
            return
        year, start, end = behind
        yield Time(start, end, str(year))


_QUOTES = ("'", '"')


def _bare_year(said: Pieces, at: int) -> tuple[int, int] | None:
    """A year that stands alone, in two digits behind a sign for what is left out ("'23"), and the piece after it."""
    if said.gap(at).endswith(_QUOTES) and not said.gap(at + 1).startswith(_QUOTES):
        short = short_year(said, at)
        if short is not None:
            return short
    if (first := row_of_years_at(said, at)) is not None:
        return first
    in_fraction = said.gap(at) == "/" and said.text(at - 1)[:1].isdigit()
    if in_fraction and not said.is_word(at - 2, "đợt", strict=False):
        return None
    year = year_at(said, at)
    if year is None or not stands_alone(said, year[1]) or (not said.digits(at) and year[1] - at < 3):
        return None
    return year


def _paired(said: Pieces, found: list[Time]) -> list[Time]:
    """Parts without a year take the year that stands near, which names the part too; so "6 tháng của A 2024 và B 2019"."""
    times = list(found)
    for number, time in enumerate(found):
        if not time.part or time.code or time.unread or time.relation or time.part == "12M":
            continue
        pick = _year_near(said, found, times, number)
        if pick is None:
            continue
        year = times[pick].code[:4]
        times[number] = replace(time, code=f"{year}-{time.part}", relative=times[pick].relative)
        if _is_year(times[pick]) and (pick > number or not _parted(said, times[pick], time)):
            shared = len(times) if pick > number and found[pick].start > found[number].end else pick + 1
            for at in range(pick, shared):
                if _is_year(times[at]) and not times[at].part:
                    times[at] = replace(times[at], code=f"{times[at].code}-{time.part}", part=time.part)
    return times


def _year_near(said: Pieces, found: list[Time], times: list[Time], number: int) -> int | None:
    """Which time gives a part its year: the year that follows close by, else the last time before, else the next one.

    `found`: the times as they were said; `times`: with the years that parts before this one have taken.
    """
    later = range(number + 1, len(times))
    behind = next((at for at in later if _is_year(found[at])), None)
    if behind is not None:
        near = found[behind].start - found[number].end <= GAP
        if near and not _parted(said, found[number], found[behind]):
            return behind
    before = next((at for at in reversed(range(number)) if _year_of_time(times[at])), behind)
    return before if before is not None else next((at for at in later if _year_of_time(times[at])), None)


def _is_year(time: Time) -> bool:
    return len(time.code) == 4


def _year_of_time(time: Time) -> bool:
    return bool(YEAR_PART.fullmatch(time.code)) and not re.fullmatch(r"\d{4}-\d{4}", time.code)


def _parted(said: Pieces, first: Time, second: Time) -> bool:
    """Whether a word or a comma between two times says that they are two."""
    between = range(first.end, second.start)
    return any(said.texts[at] in _PARTING for at in between) or any(
        said.gap(at).startswith((",", ";", ":")) for at in range(first.end, second.start + 1)
    )
