"""Which spans a word of scope governs: what is excluded, what alone is meant, what stands instead.

A marker governs the next span that can be ruled out, and those joined to it ("not A and B"); the clause ends at
punctuation, at a question word, or where another marker begins. A marker that follows its object ("A excepted") governs
the span before it.
"""

from __future__ import annotations

from dataclasses import replace

from knowledge.language.spans import IDLE, Span, Word

GOVERNED = frozenset(
    {
        "programme", "measure", "region", "period", "activity", "fact", "role", "head", "document", "document_name",
        "event_name", "entry_name", "unknown", "operator",
    }
)  # fmt: skip
"""Slots that a word of scope can govern."""
_STATE = {"not": "excluded", "except": "excluded", "only": "only", "instead": "instead"}
REACH = 5
"""How many spans without content may stand between a marker and what it governs."""


def scoped(spans: tuple[Span, ...], words: tuple[Word, ...]) -> tuple[Span, ...]:
    """The same spans, those that a marker governs marked as such."""
    found = list(spans)
    for number, span in enumerate(spans):
        if span.slot == "scope":
            _govern(found, number, words)
    return tuple(found)


def _govern(spans: list[Span], marker: int, words: tuple[Word, ...]) -> None:
    state = _STATE.get(spans[marker].value, "")
    if not state:
        return
    after = spans[marker].end
    if state == "excluded" and after < len(words) and words[after].break_before == ",":
        return  # "no, ..." turns down what was said before it
    governed: Span | None = None
    idle = 0
    for number in range(marker + 1, len(spans)):
        span = spans[number]
        broken = bool(words[span.start].break_before) and governed is not None
        if span.slot == "scope" or (broken and words[span.start].break_before not in (",", "-", "–")):
            return
        if span.slot in IDLE:
            idle += 1
            if idle > REACH:
                return
            continue
        if span.slot not in GOVERNED:
            if span.slot == "asks" or governed is not None:
                return
            idle += 1
            continue
        if governed is not None and not _joined(governed, span, spans, number, words):
            return
        if span.slot == "head" and governed is None and number + 1 < len(spans) and _goes_on(spans, number):
            continue  # "not the money of the region": the region is what is ruled out
        spans[number] = replace(span, scope=state)
        governed, idle = span, 0


def _goes_on(spans: list[Span], number: int) -> bool:
    """Whether a narrower span follows a head at once."""
    following = next((one for one in spans[number + 1 :] if one.slot not in IDLE), None)
    return following is not None and following.slot in GOVERNED and following.slot not in ("period", "head")


def _joined(first: Span, second: Span, spans: list[Span], number: int, words: tuple[Word, ...]) -> bool:
    """Whether two spans are named together: of one slot, with no more than a joining word or a comma between."""
    if first.slot != second.slot or first.value == second.value:
        return False
    between = sum(one.end - one.start for one in spans if first.end <= one.start < second.start)
    return between <= 1
