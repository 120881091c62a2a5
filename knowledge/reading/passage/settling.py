"""What a passage says later about a number: parts that show what their whole is, a plan beside what was given."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from knowledge.reading.passage.scene import Draft, Slot

_FUNDING = "kinh-phi"


def settled(drafts: Sequence[Draft]) -> list[Draft]:
    """The drafts, with slots that the rest of the passage settles no longer unsure."""
    _counterparts(drafts)
    _wholes(drafts)
    _both_programmes(drafts)
    _given(drafts)
    return list(drafts)


def _wholes(drafts: Sequence[Draft]) -> None:
    """A sum followed by its parts: what they are is what it is; both programmes as parts make it the total."""
    for place, (draft, following) in enumerate(pairwise(drafts)):
        if not (_sum(draft) and not draft.parts):
            continue
        rest = drafts[place + 1 :]
        parts = []
        for one in rest:
            if one.unit == "VND" and not one.clause.bracket and not one.parts:
                break
            if _sum(one) and one.parts:
                parts.append(one)
        named = {one.programme.value for one in parts}
        if draft.programme.unsure and {"KCQG", "KCDP"} <= named:
            _set_programme(drafts, draft, Slot("total"))
        kinds = {one.measure.value for one in parts if not one.measure.unsure}
        same_sentence = bool(parts) and parts[0].clause.line is draft.clause.line
        if draft.measure.unsure and len(kinds) == 1 and following is not None and same_sentence:
            draft.measure = Slot(kinds.pop())


def _both_programmes(drafts: Sequence[Draft]) -> None:
    """Where a paragraph breaks sums up into both programmes, what it says of neither is of both."""
    for line in {id(one.clause.line) for one in drafts}:
        here = [one for one in drafts if id(one.clause.line) == line]
        parts = {one.programme.value for one in here if _sum(one) and one.parts and not one.programme.unsure}
        if {"KCQG", "KCDP"} <= parts:
            for one in here:
                if _sum(one) and one.programme.unsure and not one.parts:
                    _set_programme(drafts, one, Slot("total"))


def _counterparts(drafts: Sequence[Draft]) -> None:
    """A sum of which a part is paid by others is no sum of the programme."""
    for place, one in enumerate(drafts):
        if one.unit != "VND" or not one.clause.said.has("role", "own"):
            continue
        for draft in reversed(drafts[:place]):
            if draft.clause.line is not one.clause.line:
                break
            if _sum(draft) and not draft.parts:
                draft.indicator = Slot(_FUNDING, unsure=True)
                break


def _set_programme(drafts: Sequence[Draft], draft: Draft, slot: Slot) -> None:
    """The percents of a sum are of the same programme."""
    old = draft.programme
    for one in drafts:
        if one.programme is old:
            one.programme = slot


def _given(drafts: Sequence[Draft]) -> None:
    """What "was given" is the allocation where the same passage has another plan for the same slots."""
    plans = {
        (one.programme.value, one.region, one.period.value[:4]): one.clause.spot.value
        for one in drafts
        if _sum(one) and one.measure == Slot("plan")
    }
    for one in drafts:
        unsure = Slot("allocated", unsure=True, others=("plan",))
        plan = plans.get((one.programme.value, one.region, one.period.value[:4]))
        if plan is None:
            continue
        if one.measure == unsure and plan != one.clause.spot.value:
            one.measure = Slot("allocated")
        if one.of == unsure:
            one.of = Slot("allocated")


def _sum(draft: Draft) -> bool:
    return draft.unit == "VND" and draft.indicator.value == _FUNDING
