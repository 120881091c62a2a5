"""What the words of a line mean: each span with its place in the line, and the stretch between two places."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from operator import attrgetter

from knowledge.language.annotate import Annotator
from knowledge.language.spans import IDLE, Reading, Span

PROGRAMMES = ("KCQG", "KCDP")
MEASURES = ("estimate", "plan", "assigned", "allocated", "actual")
_INSEPARABLE = frozenset({"function", "courtesy", "kind", "region", "period", "amount", "number"})
"""Slots of phrases whose words say nothing by themselves."""
_SAYS_NOTHING = frozenset(
    {
        "function", "courtesy", "programme", "measure", "region", "period", "bound", "operator", "joint", "report",
        "round", "reference", "scope", "amount", "number", "recipient",
    }
)  # fmt: skip
_SAYS_NOTHING_MORE = frozenset(
    {
        ("role", "part"), ("role", "total"), ("undone", "remainder"), ("kind", "office"), ("kind", "province"),
        ("kind", "region"), ("aspect", "amount"), ("head", "funding"), ("head", "khuyen_cong"), ("head", "scheme"), ("asks", "list"),
        ("asks", "yes_no"), ("talk", "yes"), ("outcome", "exceeded"), ("outcome", "missed"),
    }
)  # fmt: skip
"""What may be said of a sum without making it one of something else, or of a part only."""
_GRAMMAR = frozenset({"from", "with", "at", "equals"})
_NEAR_OBJECT = 80
WHOLE_YEAR = "~12M"
_OBJECTS = ("scheme", "khuyen_cong", "support", "document")


@dataclass(frozen=True, slots=True)
class Mark:
    """The characters `start` to `end` of a line, with all that they mean. `inner`: a part of a longer phrase."""

    start: int
    end: int
    meanings: tuple[tuple[str, str], ...]
    inner: bool = False

    def means(self, slot: str, *values: str) -> bool:
        """Whether this is one of the values of a slot, or any of it where no value is given."""
        return any(one == slot and (not values or value in values) for one, value in self.meanings)

    def values(self, slot: str) -> tuple[str, ...]:
        """What it means of a slot."""
        return tuple(value for one, value in self.meanings if one == slot)

    @property
    def idle(self) -> bool:
        """Whether it is a word of grammar."""
        return any(slot in IDLE or (slot == "report" and value in _GRAMMAR) for slot, value in self.meanings)

    @property
    def strange(self) -> bool:
        """Whether it belongs to no slot of a sum: what is said there may be of something else, or of a part only."""
        return not any(
            slot in _SAYS_NOTHING or (slot, value) in _SAYS_NOTHING_MORE for slot, value in self.meanings
        )


@dataclass(frozen=True)
class Stretch:
    """What stands in a line from `start` to `end`, without what stands in `hole`."""

    folded: str
    line_marks: tuple[Mark, ...]
    start: int
    end: int
    hole: tuple[int, int] = (0, 0)

    @cached_property
    def text(self) -> str:
        """The folded words."""
        return self.folded[self.start : self.end]

    @cached_property
    def marks(self) -> tuple[Mark, ...]:
        """What lies wholly in it, in order."""
        first = bisect_left(self.line_marks, self.start, key=attrgetter("start"))
        last = bisect_left(self.line_marks, self.end, key=attrgetter("start"))
        return tuple(
            mark
            for mark in self.line_marks[first:last]
            if mark.end <= self.end and not (self.hole[0] <= mark.start < self.hole[1])
        )

    @cached_property
    def outer(self) -> tuple[Mark, ...]:
        """The same, without parts of longer phrases."""
        return tuple(mark for mark in self.marks if not mark.inner)

    def of(self, slot: str, *values: str) -> list[Mark]:
        """The marks of a slot."""
        return [mark for mark in self.marks if mark.means(slot, *values)]

    def has(self, slot: str, *values: str) -> bool:
        """Whether a slot, or one of these values of it, is said."""
        return any(mark.means(slot, *values) for mark in self.marks)

    def part(self, start: int, end: int) -> Stretch:
        """What of it lies between two places of the line."""
        return Stretch(self.folded, self.line_marks, max(start, self.start), min(end, self.end), self.hole)

    def without(self, start: int, end: int) -> Stretch:
        """The same with a hole."""
        return Stretch(self.folded, self.line_marks, self.start, self.end, (start, end))

    def upto(self, start: int, signs: str) -> int:
        """Where the first of these signs stands from `start` on; the end where none does. A sign in a number is none."""
        for at in range(start, self.end):
            if self.folded[at] in signs and not self.folded[at + 1 : at + 2].isdigit():
                return at
        return self.end

    def since(self, signs: str) -> int:
        """Where the last clause begins: behind the last of these signs."""
        return max([self.start, *(self.folded.rfind(sign, self.start, self.end) + 1 for sign in signs)])

    @property
    def strange(self) -> bool:
        """Whether a word of it belongs to no slot of a sum."""
        return any(mark.strange for mark in self.outer)

    def ending(self, mark: Mark) -> bool:
        """Whether it ends with a mark."""
        return not self.folded[mark.end : self.end].strip()

    def ends_with(self, slot: str, *values: str) -> bool:
        """Whether its last words are of a slot."""
        return any(self.ending(mark) for mark in self.of(slot, *values))

    def begins_with(self, slot: str, *values: str) -> bool:
        """Whether its first words are of a slot."""
        return any(not self.folded[self.start : mark.start].strip() for mark in self.of(slot, *values))


def marks_of(annotator: Annotator, printed: str, folded: str, start: int, today: date) -> Iterator[Mark]:
    """The marks of one sentence, which begins at `start` of its line: the best path, and what its phrases contain."""
    reading = annotator.annotate(printed, folded, today)
    places = [(start + word.start, start + word.end) for word in reading.words]

    def mark(span: Span, meanings: Sequence[tuple[str, str]], *, inner: bool) -> Mark:
        return Mark(places[span.start][0], places[span.end - 1][1], tuple(meanings), inner)

    for span in reading.spans:
        meanings = ((span.slot, span.value), *span.others)
        if _falls_apart(reading, span):
            for part in _longest_parts(annotator.within(reading, span)):
                yield mark(part, ((part.slot, part.value), *part.others), inner=False)
            continue
        yield mark(span, meanings, inner=False)
        slots = {slot for slot, value in meanings if slot != "measure" or value in MEASURES}
        if span.end - span.start < 2 or slots & _INSEPARABLE:
            continue
        for part in annotator.within(reading, span):
            more = [one for one in ((part.slot, part.value), *part.others) if one[0] not in slots - {"head"}]
            if more:
                yield mark(part, more, inner=True)


def _falls_apart(reading: Reading, span: Span) -> bool:
    """Whether only the parts of a phrase count: a sign stands between them, or a number that is a figure (15 provinces)."""
    if span.slot == "region" and span.text[0].isdigit():
        return True
    inside = reading.words[span.start + 1 : span.end]
    return span.how == "lexicon" and span.slot != "kind" and any(word.break_before for word in inside)


def _longest_parts(parts: Iterable[Span]) -> list[Span]:
    kept: list[Span] = []
    for part in sorted(parts, key=lambda one: one.start - one.end):
        if all(part.end <= other.start or other.end <= part.start for other in kept):
            kept.append(part)
    return kept


def programmes_in(stretch: Stretch) -> list[tuple[str, Mark]]:
    """KCQG and KCDP, in order; the two named in one breath are `total`."""
    found: list[tuple[str, Mark]] = []
    for mark in stretch.of("programme", *PROGRAMMES):
        if mark.means("report", "here_province") or (
            mark.means("report", "level") and not _of_money(stretch, mark)
        ):
            continue
        if _names_place(stretch, mark):
            continue
        value = next(one for one in mark.values("programme") if one in PROGRAMMES)
        if found and found[-1][0] not in (value, "total") and _in_one_breath(stretch, found[-1][1], mark):
            found[-1] = ("total", Mark(found[-1][1].start, mark.end, mark.meanings))
        else:
            found.append((value, mark))
    return found


def _names_place(stretch: Stretch, mark: Mark) -> bool:
    """Whether the level of government with which words for a programme end is that of the place named next ("khuyến công
    tỉnh Kon Tum"): they say whose khuyến công it is, not which."""
    level = any(one.end == mark.end and one.start > mark.start for one in stretch.of("report", "provinces"))
    return level and stretch.part(mark.end, stretch.end).begins_with("region")


def _of_money(stretch: Stretch, mark: Mark) -> bool:
    """Whether a level of government follows the word for money or for khuyến công at once, and so names a programme."""
    before = stretch.part(stretch.start, mark.start)
    return before.ends_with("head", "funding", "khuyen_cong")


def _in_one_breath(stretch: Stretch, first: Mark, second: Mark) -> bool:
    between = stretch.part(first.end, second.start)
    joined = between.begins_with("joint") or between.begins_with("report", "with")
    return (joined or between.text.startswith(",")) and not any(
        sign in between.text for sign in ";:.0123456789"
    )


def measures_in(stretch: Stretch) -> list[tuple[str, Mark]]:
    """Words for plan, allocated, assigned, actual, estimate, in order; no word that has a thing done as its object.

    What is expected to be done is an estimate.
    """
    found = []
    expected = False
    for mark in stretch.of("measure", *MEASURES):
        values = [one for one in mark.values("measure") if one in MEASURES]
        value = "plan" if {"plan", "assigned"} <= set(values) else values[0]
        if mark.means("report", "intended"):
            value = "assigned"
        if mark.means("report", "expected") and value == "plan":
            expected = True
            continue
        if value == "actual" and _has_object(stretch, mark):
            continue
        found.append(("estimate" if expected and value == "actual" else value, mark))
    return found


def _has_object(stretch: Stretch, mark: Mark) -> bool:
    rest = Stretch(stretch.folded, stretch.line_marks, mark.end, mark.end + _NEAR_OBJECT)
    for following in rest.outer:
        if any(sign in stretch.folded[mark.end : following.start] for sign in ",;:.()"):
            return False
        if not following.idle:
            return following.means("head", *_OBJECTS) or following.means("measure", "plan")
    return False


def times_in(stretch: Stretch) -> list[str]:
    """Times that are named with digits or as part of a year, in order: `2023`, `2022-9M`, and `~9M` without its year.

    Days are no times of figures; what is told by the day of the report, as last year, is none either. Two that are
    joined are one: `2021/2022-9M`.
    """
    found: list[tuple[str, Mark]] = []
    for mark in stretch.of("period"):
        code = mark.values("period")[0]
        if code[:1] in "~12" and not (_is_day(code) or _by_clock(stretch, mark)):
            found.append((code, mark))
    kept = [one for one in found if one[0] != WHOLE_YEAR] or found
    codes = [code for code, _ in kept]
    if len(kept) == 2 and all(code[0] != "~" for code in codes):
        between = stretch.part(kept[0][1].end, kept[1][1].start)
        if between.outer and all(mark.means("joint") or mark.idle for mark in between.outer):
            return ["/".join(codes)]
        if between.begins_with("until") and "".join(codes).isdecimal():
            return ["-".join(codes)]
    return codes


def tells_recent_time(stretch: Stretch) -> bool:
    """Whether a time is told by the day of the report, which a passage does not carry."""
    by_clock = any(_by_clock(stretch, mark) for mark in stretch.of("period"))
    return by_clock or stretch.has("report", "recent")


def _by_clock(stretch: Stretch, mark: Mark) -> bool:
    """Whether the year of a time comes from the clock: no digit of it was written."""
    dated = mark.values("period")[0][:1] in "12"
    return dated and not any(map(str.isdigit, stretch.folded[mark.start : mark.end]))


def _is_day(code: str) -> bool:
    return code.count("-") == 2 or (code.startswith("~") and "-" in code)
