"""Which spans a word of scope governs: what is excluded, what alone is meant, what stands instead, what is said aside.

A marker governs the next span that can be ruled out, and those joined to it ("not A and B"); the clause ends at
punctuation, at a question word, or where another marker begins. A marker that follows its object ("A excepted") governs
the span before it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from knowledge.language.spans import IDLE, Span, Word

GOVERNED = frozenset(
    {
        "programme", "measure", "region", "period", "activity", "fact", "role", "head", "document", "document_name",
        "event_name", "entry_name", "unknown", "operator", "kind", "aspect",
    }
)  # fmt: skip
"""Slots that a word of scope can govern."""
_STATE = {"not": "excluded", "except": "excluded", "only": "only", "instead": "instead"}
_DONE = frozenset({"actual", "allocated", "assigned"})
"""Measures of what was done, which a bare "no" before them undoes."""
_DENIED = frozenset({"activity", "fact"})
"""Slots that a bare "no" right before them denies."""
_JOINING = frozenset({"", ",", "-", "–"})
"""Breaks that a marker reaches over."""
_ENDS = frozenset({"asks", "amount", "scope"})
"""Slots beyond which no marker reaches."""
_TELLERS = frozenset({"unknown", "region", "function", "courtesy", "kind", "bound"})
"""Slots of the words by which somebody who tells something is named."""
_LEFT = frozenset({"fact", "entry_name", "activity", "unknown"})
"""Slots of what somebody was or did before."""
UNITS = ("commune", "ward", "special_zone", "old_district", "city_ward")
"""Facts that name a kind of unit below the province; its own name may follow."""
_LONGEST_NAME = 3
"""Words of the name of a unit below the province."""
_IN_NAMES = frozenset({"unknown", "function", "courtesy", "head", "entry_name"})
"""Slots of lone words that may as well be part of the name of a unit."""
_BOUGHT = ("may-moc-thiet-bi", "day-chuyen-cong-nghe", "nha-xuong", "xu-ly-o-nhiem")
"""Activities that are a purchase or a work of one's own."""
_BY_OTHERS = frozenset({"head", "measure", "programme", "document", "scope", "asks"})
"""Slots of what is no purchase of one's own: behind them a time is that of a rule or of a figure."""
REACH = 5
"""How many spans without content may stand between a marker and what it governs."""


def scoped(spans: tuple[Span, ...], words: tuple[Word, ...]) -> tuple[Span, ...]:
    """The same spans, those that a marker governs marked as such."""
    found = [
        replace(span, slot="undone", value="not_done", others=()) if _undoes(spans, number, words) else span
        for number, span in enumerate(spans)
    ]
    found = [_as_programme(found, number) for number in range(len(found))]
    _bound(found)
    _name_units(found, words)
    _set_aside(found, words)
    _leave_behind(found)
    _already(found, words)
    for number, span in enumerate(found):
        if span.slot == "scope" and span.value == "out":
            _take_out(found, number, words)
        elif span.slot == "scope" and not _unsaid(found, number, words):
            if not _ends_clause(span, words) or not _governs_before(found, number, words):
                _govern(found, number, _STATE.get(span.value, ""), words)
        elif _denies(found, number, words):
            _govern(found, number, "excluded", words)
    return tuple(found)


def _bound(spans: list[Span]) -> None:
    """Where one place and one time are named and nothing is compared, "more" before what asks how much is a bound."""
    named = Counter(span.slot for span in spans)
    if named["region"] != 1 or named["period"] != 1 or named["programme"] > 1 or named["operator"]:
        return
    for number, (span, asks) in enumerate(pairwise(spans)):
        if span.slot == "bound" and span.means("operator") and asks.means("asks", "how_much"):
            spans[number] = replace(span, others=())


def _name_units(spans: list[Span], words: tuple[Word, ...]) -> None:
    """The words behind the kind of a unit below the province are its name: unknown ones, and any that could be one up
    to the province that is named next."""
    for number, span in enumerate(spans):
        if not span.means("fact", *UNITS):
            continue
        behind = list(enumerate(spans))[number + 1 : number + 2 + _LONGEST_NAME]
        place = next((at for at, one in behind if one.slot in ("region", "kind")), number)
        named = {one.slot for one in spans[number + 1 : place]} <= _IN_NAMES
        short = spans[place].start - span.end <= _LONGEST_NAME
        districts = [at for at, one in behind if one.means("unit_name", "district")]
        if districts and districts[0] == number + 1 and any(one.slot == "region" for _, one in behind[1:]):
            spans[number + 1] = replace(spans[number + 1], slot="unit_name", others=())
        for at, one in behind[:_LONGEST_NAME]:
            in_name = one.slot == "unknown" or (at < place and named and short and one.end - one.start == 1)
            if not in_name or words[one.start].break_before:
                break
            spans[at] = replace(one, slot="unit_name", others=())


def _set_aside(spans: list[Span], words: tuple[Word, ...]) -> None:
    """Who told something, and where it was read, is no part of what is asked: those spans turn idle.

    They are names before a verb of telling, or in a clause of their own with a word for a newspaper or the like.
    """
    if any(span.means("asks", "check") for span in spans):
        return
    start = 0
    for number, span in enumerate(spans):
        if words[span.start].break_before:
            clause = spans[start:number]
            if number > start and any(one.means("function", "source") for one in clause):
                _turn_idle(spans, start, number)
            start = number
        if span.means("function", "told") or span.means("aspect", "said"):
            if any(one.slot == "measure" for one in spans[number + 1 :]):
                _turn_idle(spans, start, number + 1)
            start = number + 1


def _turn_idle(spans: list[Span], start: int, end: int) -> None:
    if all(one.slot in _TELLERS or one.means("aspect", "said") for one in spans[start:end]):
        spans[start:end] = [
            replace(one, slot="function", value="aside", others=()) for one in spans[start:end]
        ]


def _leave_behind(spans: list[Span]) -> None:
    """What somebody was before what he is now is ruled out, and so is what he is near."""
    past = next((number for number, one in enumerate(spans) if _is_past(one)), len(spans))
    now = next((number for number in range(past, len(spans)) if spans[number].means("function", "now")), past)
    for number in range(len(spans)):
        near = number > 0 and (
            spans[number - 1].means("function", "near") or spans[number - 1].means("bound", "about")
        )
        zone = spans[number].means("fact", "industrial_zone", "cluster", "park", "craft_village")
        if (past < number < now and spans[number].slot in _LEFT) or (near and zone):
            spans[number] = replace(spans[number], scope="excluded")


def _already(spans: list[Span], words: tuple[Word, ...]) -> None:
    """What was bought or built, with a word behind it that says that this is over, was bought before it is asked for."""
    bought = False
    for number, span in enumerate(spans):
        if (
            words[span.start].break_before not in _JOINING
            or span.slot in _BY_OTHERS
            or span.means("function", "broken")
        ):
            bought = False
        if span.means("activity", *_BOUGHT) or span.means("role", "machine"):
            wished = any(one.means("intent", "wish") for one in spans[max(number - 1, 0) : number])
            bought = not wished and not span.means("function", "asked")
        elif bought and span.means("function", "bygone"):
            spans[number] = replace(span, slot="fact", value="bought_already", others=())
            return


def _is_past(span: Span) -> bool:
    """Whether a span says "before", as in "what is new since before"."""
    return span.means("function", "past") or span.means("aspect", "new_points")


def _as_programme(spans: Sequence[Span], number: int) -> Span:
    """The span; a word for provinces right behind a marker is their programme where the other one is named too."""
    span = spans[number]
    marked = number > 0 and spans[number - 1].slot == "scope"
    if marked and span.means("kind", "province") and any(one.means("programme", "KCQG") for one in spans):
        return replace(span, slot="programme", value="KCDP", others=())
    return span


def _denies(spans: Sequence[Span], number: int, words: tuple[Word, ...]) -> bool:
    """Whether a bare "no" denies what follows it at once."""
    following = _negated(spans, number, words)
    return following is not None and spans[number].means("talk", "no") and following.slot in _DENIED


def _undoes(spans: Sequence[Span], number: int, words: tuple[Word, ...]) -> bool:
    """Whether a bare "no" or "not yet" says of something done that it was not."""
    following = _negated(spans, number, words)
    return following is not None and following.slot == "measure" and following.value in _DONE


def _negated(spans: Sequence[Span], number: int, words: tuple[Word, ...]) -> Span | None:
    """What follows a bare "no" or "not yet" at once, unless that ends a question ("is it so or no")."""
    word = spans[number]
    if number + 1 == len(spans) or word.end - word.start > 1 or not word.means("asks", "yes_no"):
        return None
    following = spans[number + 1]
    asking = number > 0 and spans[number - 1].means("talk", "yes")
    return None if asking or words[following.start].break_before else following


def _take_out(spans: list[Span], marker: int, words: tuple[Word, ...]) -> None:
    """ "Take A and B out" rules out what stands between the two words; the first alone rules out nothing."""
    end = next((at for at in range(marker + 1, len(spans)) if spans[at].means("function", "out")), len(spans))
    named = [at for at in range(marker + 1, end) if spans[at].slot in GOVERNED]
    others = any(one.slot not in GOVERNED | IDLE | {"joint"} for one in spans[marker + 1 : end])
    broken = any(words[one.start].break_before for one in spans[marker + 1 : end + 1])
    if end == len(spans) or broken or others or not named or end - marker > REACH:
        spans[marker] = replace(spans[marker], slot="function", value="word")
        return
    spans[marker] = replace(spans[marker], value="except")
    for at in named:
        spans[at] = replace(spans[at], scope="excluded")


def _unsaid(spans: Sequence[Span], number: int, words: tuple[Word, ...]) -> bool:
    """Whether a "not" stands right behind another: together they rule out nothing."""
    before = next((one for one in reversed(spans[:number]) if one.slot not in IDLE), None)
    return (
        before is not None
        and before.means("scope", "not")
        and spans[number].means("scope", "not")
        and not any(words[at].break_before for at in range(before.end, spans[number].start + 1))
    )


def _ends_clause(span: Span, words: tuple[Word, ...]) -> bool:
    return span.value == "only" and (span.end == len(words) or bool(words[span.end].break_before))


def _governs_before(spans: list[Span], marker: int, words: tuple[Word, ...]) -> bool:
    """Whether an "only" at the end of a clause governs what stands right before it; it is marked then."""
    at = marker - 1
    if at < 0 or spans[at].slot not in GOVERNED or words[spans[marker].start].break_before:
        return False
    spans[at] = replace(spans[at], scope="only")
    return True


def _govern(spans: list[Span], marker: int, state: str, words: tuple[Word, ...]) -> None:
    """Mark with `state` the first span behind a marker that can be ruled out, and those that are named with it."""
    if not state or (state == "excluded" and _turns_down(spans[marker], words)):
        return
    if state == "excluded" and _other_amount(spans, marker):
        spans[marker + 1] = replace(spans[marker + 1], scope=state)
        return
    governed: Span | None = None
    idle = 0
    for number in range(marker + 1, len(spans)):
        span = spans[number]
        if _ends_reach(span, words, first=number == marker + 1):
            return
        if span.slot not in GOVERNED:
            idle += 1
            small = span.slot in IDLE or span.slot == "joint"
            if (small and idle > REACH) or (governed is not None and not small):
                return
            continue
        if governed is not None:
            meant = spans[marker].means("talk", "no") and words[span.start].break_before
            if meant or not _joined(governed, span, spans, words):
                return  # "no, not A, B": the second is what is meant
        elif span.slot == "head" and _goes_on(spans, number):
            continue  # "not the money of the region": the region is what is ruled out
        spans[number] = replace(span, scope=state)
        governed, idle = span, 0


def _other_amount(spans: Sequence[Span], marker: int) -> bool:
    """Whether a "not" stands before one of two amounts: "280, not 180", "not 180, but 280"."""
    behind = spans[marker + 1 : marker + 2]
    others = (*spans[:marker], *spans[marker + 2 :])
    return any(one.slot == "amount" for one in behind) and any(one.slot == "amount" for one in others)


def _turns_down(marker: Span, words: tuple[Word, ...]) -> bool:
    """Whether a word of negation turns down what was said before it: "no, ..."."""
    return marker.end < len(words) and words[marker.end].break_before == ","


def _ends_reach(span: Span, words: tuple[Word, ...], *, first: bool) -> bool:
    """Whether no marker reaches this span: a question or another marker, or a new clause unless it comes `first`."""
    if span.slot in _ENDS or span.means("function", "but"):
        return True
    return not first and words[span.start].break_before not in _JOINING


def _goes_on(spans: list[Span], number: int) -> bool:
    """Whether a narrower span follows a head at once; a time narrows an event."""
    following = next((one for one in spans[number + 1 :] if one.slot not in IDLE), None)
    if following is None or following.slot not in GOVERNED:
        return False
    return following.slot not in ("period", "head") or (
        following.slot == "period" and spans[number].value == "event"
    )


def _joined(first: Span, second: Span, spans: list[Span], words: tuple[Word, ...]) -> bool:
    """Whether two spans are named together: of one slot, with a joining word or a comma between, not both."""
    broken = words[second.start].break_before
    if first.slot != second.slot or first.value == second.value or (broken and first.slot == "programme"):
        return False  # there are two programmes: nobody rules out both
    between = sum(one.end - one.start for one in spans if first.end <= one.start < second.start)
    return between <= (0 if words[first.end].break_before else 1)
