"""The documents, programmes and measures of a message as answers use them, out of the spans of its `Reading`."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from knowledge.language.spans import Reading, Span

AMOUNTS = ("estimate", "plan", "allocated", "assigned", "actual")
_OTHER_PROGRAMME = {"KCQG": "KCDP", "KCDP": "KCQG"}


@dataclass(frozen=True, slots=True)
class DocumentRef:
    """A document as a question names it: `kind` is the short form (nd, tt, ttlt, qd, …) or empty."""

    number: int
    year: str
    kind: str
    typed: str


@dataclass(frozen=True, slots=True)
class Named:
    """A value of a closed list, and where it was named."""

    value: str
    position: int


@dataclass(frozen=True, slots=True)
class Measures:
    """What is asked of a figure. `named`: plan / allocated / assigned / actual / estimate in order of naming.

    `percent`: a percent is asked for; `rate`, `share`, `moved` (up, down, difference): words for those.
    """

    named: tuple[Named, ...] = ()
    percent: bool = False
    rate: bool = False
    share: bool = False
    moved: bool = False
    target: bool = False
    change: bool = False


def taken_back(reading: Reading, slot: str) -> set[str]:
    """The values of a slot that were named before a word that corrects ("à nhầm") and another value behind it."""
    corrects = [span.start for span in reading.of("talk", "correct")]
    if not corrects:
        return set()
    said = reading.named(slot)
    behind = {span.value for span in said if span.start > corrects[-1]}
    return {span.value for span in said if span.start < corrects[-1]} - behind if behind else set()


def documents_of(reading: Reading) -> tuple[DocumentRef, ...]:
    """The documents that a reading names by their numbers and does not rule out; a day behind one is no year of it."""
    found = []
    for span in reading.named("document"):
        number, year, kind = span.value.split("/")
        typed = reading.clean[reading.words[span.start].start : reading.words[span.end - 1].end]
        found.append(DocumentRef(int(number), year if year in typed else "", kind, typed))
    return tuple(found)


def programmes_of(reading: Reading, *, counted: bool, comparing: bool, short: bool) -> tuple[Named, ...]:
    """The programmes that a reading names, or the one that it leaves; both together only where neither is named by itself.

    `counted`: things are counted, so that words for "in all" name no programme. `comparing`, `short`: beside the nation's
    programme, or in the rest of a question, the province that is spoken of means its own.
    """
    if chosen := _chosen(reading):
        return (Named(chosen, 0),)
    own = [span for span in reading.of("programme") if span.slot == "programme"]
    wholes = [] if counted else [span for span in own if span.value == "total"]
    named = {span.value: span for span in reversed(_parts(reading, own) or wholes)}
    if "KCDP" not in named and (short or (comparing and "KCQG" in named)):
        named.update(("KCDP", span) for span in _lone_province(reading))
    found = (Named(value, reading.words[span.start].start) for value, span in named.items())
    return tuple(sorted(found, key=lambda one: one.position))


def _chosen(reading: Reading) -> str:
    """The one programme that is left where the other is ruled out, or said to be the only one; empty where none is."""
    excluded = [_OTHER_PROGRAMME[one] for one in reading.excluded("programme") if one in _OTHER_PROGRAMME]
    alone = [one for one in reading.only("programme") if one in _OTHER_PROGRAMME]
    return next((one[0] for one in (excluded, alone) if len(one) == 1), "")


def _parts(reading: Reading, own: Sequence[Span]) -> list[Span]:
    """The spans that name one programme, also inside longer names; not the level at which products are honoured, an
    office, nor the province that is named right behind."""
    apart = (("head", "product_vote"), ("activity",), ("kind", "office"))
    others = [span for span in reading.spans if any(span.means(*one) for one in apart)]
    places = {span.start for span in reading.of("region")}
    others += [span for span in own if span.value == "total"]
    others += [span for span in own if span.means("head", "khuyen_cong") and span.end in places]
    inside = (span for span in reading.inner if span.slot == "programme" and not _within(span, others))
    parts = (span for span in (*own, *inside) if span.value in _OTHER_PROGRAMME and span not in others)
    return sorted(parts, key=lambda span: span.start)


def _lone_province(reading: Reading) -> Iterator[Span]:
    """Where the province is spoken of, no province by its name, nor provinces of which it is asked how many or which."""
    numbers = {span.end for span in reading.of("number")}
    places = {span.start for span in reading.of("region")}
    joined = {span.end for span in (*reading.of("function", "and"), *reading.of("joint", "weak"))}
    spoken_of = reading.of("kind", "province")
    asked = any(span.means("asks") for span in spoken_of)
    for span in spoken_of:
        free = span.start not in numbers and not asked
        if free and (span.end not in places or span.start in joined):
            yield span


def measures_of(reading: Reading, *, left: bool) -> Measures:
    """What is asked of a figure; `left`: what is left of a plan is, so that plan and what was done are both named."""
    signs = _lone_signs(reading)
    share, target = _says(reading, "measure", "share"), _says(reading, "measure", "target")
    if left:
        at = reading.of("undone")[0].start
        less = reading.has("measure", "rate") and not reading.has("measure", "actual")
        given = ("allocated", "assigned") if less else ("allocated",)
        allocated = any(one.means("measure", *given) for one in reading.named("measure", excluded=True))
        done = Named("allocated" if allocated else "actual", reading.words[at].end)
        return Measures(
            (Named("plan", reading.words[at].start), done), share=share, moved=True, target=target
        )
    found: dict[str, Named] = {}
    for span in _measure_spans(reading):
        value = next(one for one in AMOUNTS if span.means("measure", one))
        found.setdefault(value, Named(value, reading.words[span.start].start))
    return Measures(
        tuple(found.values()),
        _says(reading, "asks", "percent", "points", "ratio") or bool(signs),
        _says(reading, "measure", "rate") or any(one.start in signs for one in reading.named("measure")),
        share,
        _says(reading, "operator", "up", "down", "difference"),
        target,
        _says(reading, "measure", "change"),
    )


def asks_what_is_left(reading: Reading, *, amount: bool) -> bool:
    """Whether a number of what was not done is asked for; `amount`: whether any number is. Less than in another year is
    less, not left.
    """
    asks = amount or _says(reading, "asks", "how_much", "percent") or bool(_lone_signs(reading))
    years = {code[:4] for code in reading.values("period") if code[:1].isdigit()}
    undone = [
        one
        for one in reading.of("undone", "remainder", "not_done")
        if len(years) < 2 or not one.means("operator")
    ]
    return asks and bool(undone)


def _measure_spans(reading: Reading) -> Iterator[Span]:
    """The spans that name an amount and are not ruled out; of one inside another only the outer."""
    outer = [*reading.of("measure", *AMOUNTS), *reading.of("head")]
    excluded = reading.excluded("measure")
    named = reading.named("measure", excluded=True)
    sure = [one for one in named if one.slot == "measure" or one.means("aspect", "payment")]
    for span in sure or named:  # "chi cho khuyến công" is the money, if a measure is named
        if not _within(span, outer) and span.value not in excluded and span.means("measure", *AMOUNTS):
            yield span


def _within(span: Span, outer: Iterable[Span]) -> bool:
    """Whether a span stands inside one of these."""
    return any(one.start <= span.start and span.end <= one.end and one is not span for one in outer)


def _says(reading: Reading, slot: str, *values: str) -> bool:
    return any(span.means(slot, *values) for span in reading.named(slot))


def _lone_signs(reading: Reading) -> list[int]:
    """Before which words "%" stands alone, not behind a number."""
    ends = {span.end for slot in ("amount", "number") for span in reading.named(slot)}
    after = [word.break_before for word in reading.words]
    after += [reading.words[-1].break_after] if reading.words else []
    return [at for at, sign in enumerate(after) if "%" in sign and at not in ends]
