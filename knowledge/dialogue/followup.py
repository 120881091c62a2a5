"""A message that leans on the chat → the full question: this turn's slots over those of the last question."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from knowledge.dialogue.acts import FACTS, OBJECTS, counted_people
from knowledge.dialogue.state import Context, Fact
from knowledge.language.spans import IDLE, Reading, Span
from knowledge.reading.periods import shift_year
from knowledge.telling.names import period_name

Names = Mapping[tuple[str, str], str]

ASKING = frozenset({"asks", "aspect", "operator", "undone"})
"""Slots that say what is asked of the object."""
_DROPPED = frozenset({"talk", "reference"})
_ASKED_ALONE = ASKING | {"unknown", "scope"}
_UNCORRECTED = _ASKED_ALONE | {"kind", "intent"}
"""Slots that leave the last question as it is; those that do where only something is put right."""
_OF_WHOM = ("approver", "issuer", "signer", "chair")
"""Aspects that ask for somebody."""
_OF_OWNER = frozenset({"region", "place", "kind", "amount", "activity"})
"""Facts that stay where somebody tells of another trade."""
_RELATIONS = {"relation:before": -1, "relation:after": 1}
"""By how many years a time is moved that is named by the one spoken of."""
MOST_SWAPPED = 4
"""Words of a message that stand in place of some of the last question."""
_YEAR = 4
"""Digits of a year."""
STAGE = 5
"""Years of a plan, the last of them a multiple of it."""
_GROUPS = {
    "commune": "place", "ward": "place", "city_ward": "place", "special_zone": "place", "old_district": "place",
    "used_machine": "state", "new_machine": "state",
    "livestock": "trade", "farming": "trade", "fishery": "trade", "trade_only": "trade", "resale": "trade", "service": "trade",
    "shop": "trade", "tiny": "size",
    "household": "kind", "cooperative": "kind", "unregistered": "kind", "small": "size", "large": "size",
}  # fmt: skip
"""Facts of which the last one told counts."""


def completed(last: Reading, said: Reading, names: Names, *, corrected: bool = False) -> str:
    """The question of `last` with what `said` names in its place: another slot, or another thing asked of its object.

    `names`: how values are called, for those that were said in other words. `corrected`: the
    message only puts something right.
    """
    content = [span for span in said.spans if span.slot not in IDLE | _DROPPED]
    if corrected:
        return _replaced(last, said, [span for span in content if span.slot not in _UNCORRECTED], names)
    slots = {span.slot for span in content if span.scope != "excluded"}
    fresh = (slots & OBJECTS) - {span.slot for span in last.spans}
    if fresh:
        return asked_of(last, said, names, slots | (OBJECTS if fresh != {"head"} else {"head"}))
    if _asks(content, last) or any(span.slot == "unknown" for span in content):
        return asked_of(last, said, names)
    return _replaced(last, said, [span for span in content if span.slot not in _ASKED_ALONE], names)


def _asks(content: Sequence[Span], last: Reading) -> bool:
    """Whether a message asks another thing than the last question, not who it was at another time, or elsewhere."""
    asks = [span for span in content if span.slot in ASKING and not _open(span)]
    who = all(span.means("asks", "who") for span in asks) and last.has("aspect", *_OF_WHOM)
    return bool(asks) and not who


def of_funds(reading: Reading) -> Reading:
    """After figures the province or "the locality" alone is the local money: the reading with that."""
    several = reading.has("number") or reading.has("operator", "each", "mean")
    if several or reading.has("region") or reading.has("programme"):
        return reading
    spans = (
        replace(span, slot="programme", value="KCDP")
        if span.slot == "kind" and span.value == "province"
        else span
        for span in reading.spans
    )
    return replace(reading, spans=tuple(spans))


def in_next_period(text: str, last: Reading, said: Reading, told: str = "") -> str:
    """The completed question with the years before or after those of `last`, where these are asked for in words.

    `told`: the time of the figure that was told last, from which "the year before" is counted.
    """
    span = next(iter(said.of("period", *_RELATIONS)), None)
    if told and span is not None and not said.has("operator"):
        year = period_name(moved_period(told, _RELATIONS[span.value]))
        return text.replace(text_of(said, span), year, 1)
    by = said.has("reference", "next") - said.has("reference", "previous")
    period = next(iter(last.of("period")), None)
    if not by or period is None or said.has("period"):
        return text
    moved = moved_period(period.value, by, stages=said.has("reference", "stage"))
    return text.replace(text_of(last, period), period_name(moved), 1) if moved != period.value else text


def moved_period(code: str, by: int, *, stages: bool = False) -> str:
    """The time before or after: of several years as many, else the same part of another year, or with `stages` the five
    years before or after those of a plan that it is one of."""
    first, _, last = code.partition("-")
    if stages and code.isdecimal():
        first = str((int(code) - 1) // STAGE * STAGE + 1)
        last = str(int(first) + STAGE - 1)
    if not (last.isdecimal() and len(last) == _YEAR):
        return shift_year(code, by)
    size = int(last) - int(first) + 1
    return f"{int(first) + by * size}-{int(last) + by * size}"


def in_its_place(last: Reading, said: Reading) -> str:
    """The last question with a few words in place of those that start with the same word ("the level of the province" →
    "the level of the region"); empty where there are none, or several."""
    words, end = [word.text for word in said.words], len(said.words)
    ends = (span.start for span in reversed(said.spans) if span.slot == "talk" or _open(span))
    end = min(ends, default=end)
    start = max((span.end for span in said.spans if span.slot == "joint" and span.start == 0), default=0)
    at = [n for n, word in enumerate(last.words) if word.text == words[start]] if start < end else []
    if len(at) != 1 or not 1 < end - start <= MOST_SWAPPED:
        return ""
    until = max((span.end for span in last.spans if span.start <= at[0] + 1 < span.end), default=0)
    parts = (words_of(last, 0, at[0]), words_of(said, start, end), words_of(last, until, len(last.words)))
    same = [word.text for word in last.words[at[0] : until]] == words[start:end]
    return "" if same or until <= at[0] else " ".join(filter(None, parts))


def _open(span: Span) -> bool:
    """Whether a question word only says "and then?"."""
    return span.means("asks", "how", "yes_no") and span.end - span.start <= 2


def asked_of(last: Reading, said: Reading, names: Names, anew: Iterable[str] = ()) -> str:
    """The object of the last question, with the times and places that were not named anew, and what is asked now.

    `anew`: slots that count as named; by default those that `said` names.
    """
    slots = set(anew) or {
        span.slot for span in said.spans if span.slot not in IDLE | _DROPPED and span.scope != "excluded"
    }
    kept = OBJECTS | {"region", "period", "programme", "fact", "round"}
    parts = [
        _called(last, span, names)
        for span in last.spans
        if span.slot in kept - slots and span.scope in ("said", "only", "instead")
    ]
    own = [
        _called(said, span, names) if span.slot in ("programme", "aspect") else text_of(said, span)
        for span in said.spans
        if span.slot not in _DROPPED
    ]
    return " ".join((*dict.fromkeys(parts), *own))


def _replaced(last: Reading, said: Reading, content: Sequence[Span], names: Names) -> str:
    """The last question word for word, a span of each slot that is named anew replaced by the new one."""
    new: dict[str, list[str]] = {}
    for span in content:
        if span.scope != "excluded":
            new.setdefault(group_of(span), []).append(_called(said, span, names))
    parts: list[str] = []
    at = 0
    for span in last.spans:
        if group_of(span) in new or span.slot in _DROPPED or (span.slot == "talk"):
            parts.append(words_of(last, at, span.start))
            parts += new.pop(group_of(span), [])
            at = span.end
    parts.append(words_of(last, at, len(last.words)))
    left = [text for texts in new.values() for text in texts]
    return " ".join(" ".join((*left, *parts)).split())


def _called(reading: Reading, span: Span, names: Names) -> str:
    return names.get((span.slot, span.value)) or text_of(reading, span)


def told(context: Context, reading: Reading) -> tuple[Fact, ...]:
    """What is known of the workshop after a message; of facts of one kind the last one told counts."""
    found = [
        Fact(group_of(span), text_of(reading, span))
        for span in reading.spans
        if span.slot in FACTS - {"intent", "number", "role"} and span.scope != "excluded"
    ]
    found += [
        Fact("size", words_of(reading, span.start, people.end))
        for span in reading.of("number")
        if (people := counted_people(span, reading.spans))
    ]
    found += [
        Fact(_GROUPS.get(value, value), text_of(reading, span))
        for span in reading.spans
        for slot, value in span.others
        if slot == "fact" and span.scope != "excluded"
    ]
    groups = {fact.slot for fact in found}
    if "activity" in groups:  # another thing to buy is as new as nothing is said of it
        groups.add(_GROUPS["used_machine"])
        if reading.has("asks", "how"):  # "and that other one?": its price is not known
            groups.add("amount")
    kept = [fact for fact in context.facts if fact.slot not in groups]
    if "trade" in groups and any(fact.slot == "trade" for fact in context.facts):  # of another workshop
        kept = [fact for fact in kept if fact.slot in _OF_OWNER]
    return (*kept, *found)


def group_of(span: Span) -> str:
    """The slot of a span; of facts that rule each other out their common name, of others the value."""
    return _GROUPS.get(span.value, span.value) if span.slot == "fact" else span.slot


def text_of(reading: Reading, span: Span) -> str:
    """The words of a span as they were typed."""
    return words_of(reading, span.start, span.end)


def without(reading: Reading, spans: Iterable[Span]) -> str:
    """The text of a message without these spans."""
    gone = {at for span in spans for at in range(span.start, span.end)}
    return _joined(reading, (at for at in range(len(reading.words)) if at not in gone))


def words_of(reading: Reading, start: int, end: int) -> str:
    """These words of a message as they were typed."""
    return _joined(reading, range(start, end))


def with_units(reading: Reading, spans: Iterable[Span], unit: str) -> str:
    """The text of a message with a unit behind each of these numbers."""
    text, at = "", 0
    for span in spans:
        text += f"{words_of(reading, at, span.end)} {unit}"
        at = span.end
        if at < len(reading.words):
            text += reading.clean[reading.words[at - 1].end : reading.words[at].start]
    return text + words_of(reading, at, len(reading.words))


def _joined(reading: Reading, places: Iterable[int]) -> str:
    """These words with what stands between them, as typed where that is known."""
    parts: list[str] = []
    last = -1
    for at in places:
        word = reading.words[at]
        if parts:
            parts.append(reading.clean[reading.words[last].end : word.start] if last == at - 1 else " ")
        parts.append(word.typed or word.text)
        last = at
    return "".join(parts)
