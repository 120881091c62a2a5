"""Of which programme a sum is, and whether it is planned, allocated, spent or expected."""

from __future__ import annotations

import re

from knowledge.reading.passage.cues import PARTS, measures_in
from knowledge.reading.passage.scene import Clause, Draft, Scene, Slot

_STATE_ALLOCATES = re.compile(r"\b(?:bo tai chinh|bo cong thuong)\b.*\b(?:phan bo|cap)\b")
"""What a ministry allocates is of the national programme."""
_NEAR = re.compile(r"(?!.*\bvoi\b)[a-z ]{0,24}")
_BOTH = frozenset(["KCQG", "KCDP"])
_NOT_YET = re.compile(r"\bchua (?:phan bo|thuc hien|giai ngan|duoc giao)\b")


def programme_of(draft: Draft, scene: Scene, named: list[str], *, has_subject: bool) -> Slot:
    """The programme of a sum. `named`: those that its own words name; `has_subject`: these say that it is a sum of ours."""
    if named:
        return Slot(named[-1])
    if scene.counted_for and scene.counted:
        return Slot(scene.counted_for)
    if _STATE_ALLOCATES.search(draft.clause.lead):
        return Slot("KCQG")
    if draft.clause.bracket and scene.now.programme.value:
        return scene.now.programme
    if draft.whole and not draft.parts:
        return Slot("total", unsure=draft.about_one, others=("KCQG", "KCDP") if draft.about_one else ())
    if has_subject and scene.head_line != scene.line:
        return Slot("", unsure=True, others=("total", "KCQG", "KCDP"))
    if has_subject and scene.head.programme.value != "total":
        return Slot("", unsure=True, others=("total", "KCQG", "KCDP"))
    if scene.fresh and not has_subject and scene.programmes_of_line >= _BOTH:
        # a sentence of its own after one programme and the other: of which it is, or of both, is not said
        of_one = scene.head.programme.value in _BOTH
        return Slot("", unsure=True, others=("total", "KCQG", "KCDP")) if of_one else scene.head.programme
    if scene.in_parts and ";" in draft.clause.lead and measures_in(draft.clause.lead) and not has_subject:
        # after the parts of a sum, another sum: of the whole where both parts were told
        told = scene.head.programme.value == "total" and scene.programmes_of_line >= _BOTH
        scene.in_parts = draft.parts = False
        return scene.head.programme if told else Slot("", unsure=True, others=("total", *sorted(_BOTH)))
    carried = scene.now.programme if not has_subject and not scene.fresh else scene.head.programme
    return (
        carried
        if carried.value or carried.unsure
        else Slot("", unsure=True, others=("total", "KCQG", "KCDP"))
    )


def measure_of(words: str, phrase: str, clause: Clause, scene: Scene) -> Slot:
    """Plan, allocated, actual or estimate. `phrase`: the part of the words before the number that names the sum."""
    inside = clause.lead.rpartition("(")[2].strip()
    if clause.spot.kind == "money" and clause.bracket and inside and not measures_in(inside):
        # "(cùng kỳ 2022: 14 tỷ đồng)", "(KCQG: 5 tỷ đồng)": the same again, of another time or a part
        now = scene.now.measure
        return Slot(now.value, unsure=now.unsure or not now.value or bool(clause.before.strip()))
    found = [cue.value for cue in measures_in(phrase)]
    if not found:
        outside = [
            cue
            for cue in measures_in(words)
            if not phrase or _NEAR.fullmatch(words[cue.end : words.rfind(phrase)])
        ]
        found = [cue.value for cue in outside][-1:]
    if _NOT_YET.search(phrase or words):
        return Slot(found[-1] if found else "", unsure=True)
    if found:
        kinds = set(found)
        if "estimate" in kinds:
            return Slot("estimate")
        if "assigned" in kinds:
            kinds.discard("assigned")
            if not kinds:
                return Slot("allocated", unsure=True, others=("plan",))
        if len(kinds) == 1:
            return Slot(kinds.pop())
        last = next(one for one in reversed(found) if one != "assigned")
        return Slot(last, unsure=True, others=tuple(sorted(kinds - {last})))
    now = scene.now.measure
    if len(scene.measures_here) > 1:
        return Slot(now.value, unsure=True, others=tuple(sorted(scene.measures_here - {now.value})))
    if now.value and (clause.bracket or not scene.fresh or scene.in_parts or PARTS.search(words)):
        return now
    return Slot(now.value, unsure=True, others=("plan", "allocated", "actual", "estimate"))
