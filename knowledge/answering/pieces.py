"""The parts of a question that may each ask for a figure of its own, and what one of them says."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

from knowledge.answering.beside import CAPITAL
from knowledge.answering.ranking import YEAR
from knowledge.base import KnowledgeBase
from knowledge.finding.companions import PARTS
from knowledge.finding.wanted import AMOUNTS, FUNDING, Wanted
from knowledge.language.codes import years_of
from knowledge.language.spans import IDLE, Reading, Span
from knowledge.reading.question import Question, Reader
from knowledge.telling.names import MEASURES, PROGRAMME_SHORT
from knowledge.text import fold

_SIGNS = frozenset(",;:?+(")
NUMBER = ("how_many", "how_much", "percent", "sum")
_NO_NOUNS = IDLE | {"asks", "head", "region", "period", "talk", "measure"}
_NUMBERS = ("how_many", "how_much")
_HOW_MUCH, _IS, _NUMBER_OF = "nhieu", "la ", "so "
_BEGINS = (
    ("function", "and"), ("role", "part"), ("joint", "weak"), ("joint", "strong"), ("scope", "only"),
)  # fmt: skip
_CAPITAL = ("total", "own")
MOVED = "change"
ALIKE = {
    "actual": ("estimate", "allocated"),
    "plan": ("allocated",),
    "allocated": ("plan", "actual"),
    "assigned": ("allocated", "plan"),
    "estimate": ("actual",),
}
"""What a measure may be printed as where it is not itself printed, the likeliest first."""


def pieces(reader: Reader, reading: Reading) -> Iterator[Reading]:
    """The parts of a reading that may each ask for something: between signs, and where a second programme, number or
    measure begins."""
    piece: list[Span] = []
    for span in _uncrossed(reading):
        sign = _SIGNS.intersection(reading.words[span.start].break_before)
        joint = any(span.means(*one) for one in _BEGINS) and not span.means("operator", "sum")
        key = _key(reader, span)
        again = key and any(_key(reader, one) == key for one in piece) and not _same(reader, piece[-1], span)
        if piece and (sign or joint or again or _other_measure(reader, piece, span)):
            yield _cut(reading, piece)
            piece = []
        piece.append(span)
    if piece:
        yield _cut(reading, piece)


def numbers_asked(reading: Reading) -> int:
    """How many times a number is asked for, in phrases of something else too; "số … là bao nhiêu" is once."""
    asks = [span for span in reading.spans if span.means("asks", *_NUMBERS) or _HOW_MUCH in span.text.split()]
    return max(sum(not span.text.startswith(_IS) for span in asks), min(len(asks), 1))


def asks_several(reader: Reader, question: Question) -> bool:
    """Whether several numbers are asked for: twice or more, or by naming three things and stating no number."""
    asks = [
        one
        for one in question.reading.of("asks")
        if one.means("asks", *_NUMBERS) or _HOW_MUCH in one.text.split()
    ]
    real = [one for one in asks if not one.text.startswith(_NUMBER_OF)]
    each = question.reading.has("operator", "each") or question.reading.has("role", "each")
    if (real and not each) or question.quantities:
        return len(real) > 1
    named = [
        piece
        for piece in pieces(reader, question.reading)
        if reader.counted_in(piece).ids
        or piece.has("role")
        or piece.has("programme", *PARTS)
        or piece.has("head", "funding")
    ]
    return len(named) > (1 if each else 2)


def nouns_said(reading: Reading) -> list[str]:
    """The words by which things are called: no words of grammar, of asking, of places or of times."""
    spans = (span for span in reading.spans if span.slot not in _NO_NOUNS)
    return [word for span in spans for word in span.text.split()]


def _key(reader: Reader, span: Span) -> str:
    """What a part has but one of."""
    if span.means("programme", *PARTS):
        return "programme"
    asks = span.means("asks", *NUMBER) or (
        span.means("measure") and reader.says(Reading("", (), (span,)), "asks", *NUMBER)
    )
    return "asks" if asks else ""


def _same(reader: Reader, last: Span, span: Span) -> bool:
    """Whether two neighbours ask for, or name, one thing in two words."""
    both = [one for one in PARTS if last.means("programme", one) or span.means("programme", one)]
    return _key(reader, last) == _key(reader, span) and len(both) < len(PARTS)


def _other_measure(reader: Reader, piece: Sequence[Span], span: Span) -> bool:
    """Whether a measure stands behind another one that was asked for: "giao bao nhiêu làm được bao nhiêu"."""
    named = {
        value for one in piece for slot, value in ((one.slot, one.value), *one.others) if slot == "measure"
    }
    asked = any(_key(reader, one) == "asks" for one in piece)
    several = bool(named) and "rate" not in named  # "tỷ lệ thực hiện kế hoạch" is one
    return several and asked and span.means("measure", *ALIKE) and not span.means("measure", *named)


def _uncrossed(reading: Reading) -> Iterator[Span]:
    """The spans; one that asks of a province what was asked of a programme before it ("quốc gia mấy, tỉnh mấy") as the
    two that it is."""
    numbers = {span.text for span in reading.of("asks", *_NUMBERS)}
    for span in reading.spans:
        asked = _text(reading, span.end - 1, span.end)
        if span.means("asks", "which_province") and asked in numbers:
            yield Span(span.start, span.end - 1, "kind", "province", _text(reading, span.start, span.end - 1))
            yield replace(span, start=span.end - 1, value="how_much", text=asked)
        else:
            yield span


def _text(reading: Reading, start: int, end: int) -> str:
    return " ".join(word.text for word in reading.words[start:end])


def _cut(reading: Reading, spans: Sequence[Span]) -> Reading:
    """The piece of a reading that these spans are, counted from its own first word."""
    start, end = spans[0].start, spans[-1].end
    own = tuple(replace(one, start=one.start - start, end=one.end - start) for one in spans)
    return Reading(_text(reading, start, end), reading.words[start:end], own)


def programme_of(piece: Reading) -> str:
    """The programme that a piece names; "tỉnh" alone is the province's own."""
    named = next((one for one in piece.values("programme") if one in PARTS), "")
    if named:
        return named
    if piece.has("programme", "total") or piece.has("operator", "sum") or piece.has("kind", "region"):
        return "total"
    own = [span for span in piece.of("kind", "province") if not span.means("asks")]
    return "KCDP" if own and not piece.has("region") else ""


def asks_number(reader: Reader, piece: Reading, *, listed: bool) -> bool:
    """Whether a piece asks for a number in its own words. `listed`: behind others."""
    asks = reader.says(piece, "asks", *NUMBER) or (listed and piece.has("measure", "rate"))
    done = piece.has("measure", *ALIKE) or piece.has("aspect", "payment")
    return asks or piece.has("aspect", "amount") or moves(piece) or (done and piece.has("asks", "how"))


def asks_share(piece: Reading) -> bool:
    """Whether a percent of one programme is asked for, not of a plan."""
    of_plan = piece.has("measure") or piece.has("role", "each") or piece.has("operator", "each")
    return piece.has("asks", "percent") and piece.has("programme", *PARTS) and not of_plan


def of_its_own(piece: Reading, *, asks: bool, named: bool, listed: bool) -> bool:
    """Whether a piece asks for a figure of its own. `named`: it names what, or of which programme; `listed`: behind others."""
    alone = piece.has("programme", *PARTS) or piece.has("role", *_CAPITAL) or piece.has("head", "funding")
    alone = alone or (piece.has("programme", "total") and piece.has("head", "scheme"))
    if not (asks or alone or (listed and named)) or (not named and _of_unknown(piece)):
        return False
    placed = any(map(piece.has, ("measure", "period"))) or (listed and moves(piece))
    return named or placed or (not listed and piece.has("region"))


def _of_unknown(piece: Reading) -> bool:
    """Whether the number is asked of something that was not understood."""
    return any(one.means("asks") and two.slot == "unknown" for one, two in pairwise(piece.spans))


def asks_otherwise(question: Question, wanted: Wanted) -> bool:
    """Whether a question is for a comparison, a rank, a check, a series, or of no place and time."""
    said = question.reading
    against = question.compare and not asks_move(question, wanted)
    other = against or question.check or question.rank or question.series or bool(question.documents)
    apart = said.has("operator", "times", "mean", "trend") or said.has("measure", "share")
    capital = question.indicators and question.indicators[0] in CAPITAL
    counted = any(question.restricted in one.text for one in said.of("asks", "how_many"))
    restricted = question.restricted and not (capital or counted)
    first = next(iter(said.of("asks", *NUMBER)), None)
    only = any(
        one.scope == "only" and (first is None or one.start < first.start) for one in said.of("programme")
    )
    narrowed = bool(restricted or wanted.terms or only)
    narrowed = narrowed or said.has("scope", "not", "except")
    return other or apart or narrowed or not _placed(said, wanted)


def asks_move(question: Question, wanted: Wanted) -> bool:
    """Whether figures of one place and time are asked for, and how far they moved since the year before."""
    one = max(map(len, (wanted.regions, wanted.periods, question.programmes))) == 1 == len(wanted.periods)
    return one and (question.periods.same or question.periods.before)


def moves(piece: Reading) -> bool:
    """Whether a piece names the time that a figure is held against."""
    related = piece.has("reference", "same") or piece.has("period", "relation:same", "relation:before")
    return related or piece.has("operator", "compare")


def _placed(said: Reading, wanted: Wanted) -> bool:
    """Whether figures of one time, or of parts of it, are asked for, and of one place, or of the nation: its programmes, or several numbers."""
    of_nation = said.has("programme", *PARTS) or numbers_asked(said) > 1
    years = sorted(
        (years_of(one) or (int(one[:YEAR]),) for one in wanted.periods), key=lambda one: one[0] - one[-1]
    )
    one_time = bool(years) and all(years[0][0] <= one[0] and one[-1] <= years[0][-1] for one in years)
    return one_time and (len(wanted.regions) == 1 or (not wanted.regions and of_nation))


def apart(piece: Reading) -> bool:
    """Whether a piece asks the same again of one programme, place or time alone: "riêng KCQG thì sao"."""
    return any(one.scope == "only" for slot in ("programme", "region", "period") for one in piece.of(slot))


def measures_in(piece: Reading, question: Question) -> tuple[str, ...]:
    """The measures that a piece may be of: its own, else the one that the question names."""
    if moves(piece):
        return (MOVED,)
    if piece.has("asks", "percent") or piece.has("measure", "rate"):
        return ("rate",)
    named = tuple(one for one in ALIKE if piece.has("measure", one))
    if piece.has("aspect", "payment"):
        named = ("actual", *named)
    said = {one.value for one in question.measures.named if one.value in AMOUNTS}
    own = named or (tuple(said) if len(said) == 1 else ())
    return tuple(dict.fromkeys(one for first in own for one in (first, *ALIKE[first]))) or ("",)


def missing_by_name(base: KnowledgeBase, thing: str, programme: str, measure: str) -> str:
    """What a part asks for, in words."""
    name = base.names[thing]
    said = f" ({MEASURES[measure]})" if measure and thing == FUNDING else ""
    return f"{name[:1].lower()}{name[1:]}{said} {PROGRAMME_SHORT[programme]}".strip()


def said_of(piece: Reading, slot: str, wanted: Sequence[str]) -> tuple[str, ...]:
    """The values of a slot that a piece names itself, of those that are wanted."""
    return tuple(one for one in piece.values(slot) if one in wanted)


def named_by(label: str, spans: Sequence[Span]) -> bool:
    """Whether one of these spans stands in the name of a figure."""
    return any(f" {span.text} " in f" {fold(label)} " for span in spans)
