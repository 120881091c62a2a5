"""Whether a sum is one of ours, of which programme it is, and whether it is planned, allocated, spent or expected."""

from __future__ import annotations

from collections.abc import Sequence

from knowledge.reading.passage.marks import PROGRAMMES, Mark, Stretch, measures_in, programmes_in
from knowledge.reading.passage.scene import DIRECTIONS, Clause, Draft, Scene, Slot

_NEAR = 24
"""How many characters may stand between the word for a measure and the sum that it is of."""
_OPEN_PROGRAMME = Slot("", unsure=True, others=("total", *PROGRAMMES))
_BOTH = frozenset(PROGRAMMES)
_OTHER_ROLES = ("own", "capital", "loan", "revenue", "tax", "each", "machine", "building")


def programme_of(draft: Draft, scene: Scene, named: list[str], *, has_subject: bool) -> Slot:
    """The programme of a sum. `named`: those that its own words name; `has_subject`: these say that it is a sum of ours."""
    if named:
        return Slot(named[-1])
    return _programme_around(draft, scene) or _programme_before(draft, scene, has_subject=has_subject)


def _programme_around(draft: Draft, scene: Scene) -> Slot | None:
    """The programme that what stands around a sum says: the count before it, a ministry, the sum that it explains."""
    if scene.counted_for and scene.counted and ";" not in draft.clause.lead.text:
        return Slot(scene.counted_for)
    if _ministry_allocates(draft.clause.lead):
        return Slot("KCQG")
    if draft.clause.bracket and scene.now.programme.value:
        return scene.now.programme
    if draft.whole and not draft.parts:
        return Slot("total", unsure=draft.about_one, others=PROGRAMMES if draft.about_one else ())
    return None


def _programme_before(draft: Draft, scene: Scene, *, has_subject: bool) -> Slot:
    """The programme that was spoken of before, unsure where the sum may be of another."""
    head = scene.head.programme
    both = scene.programmes_of_line >= _BOTH
    if has_subject:
        if scene.head_line != scene.line or head.value != "total":
            return _OPEN_PROGRAMME
    elif scene.fresh and both:
        # a sentence of its own after one programme and the other: of which it is, or of both, is not said
        return _OPEN_PROGRAMME if head.value in _BOTH else head
    elif scene.in_parts and ";" in draft.clause.lead.text and measures_in(draft.clause.lead):
        # after the parts of a sum, another sum: of the whole where both parts were told
        scene.in_parts = draft.parts = False
        return head if head.value == "total" and both else _OPEN_PROGRAMME
    carried = head if has_subject or scene.fresh else scene.now.programme
    return carried if carried.value or carried.unsure else _OPEN_PROGRAMME


def _ministry_allocates(lead: Stretch) -> bool:
    """What a ministry allocates is of the national programme."""
    ministry = lead.of("report", "ministry")
    return bool(ministry) and any(mark.start > ministry[0].end for mark in lead.of("measure", "allocated"))


def measure_of(words: Stretch, phrase: Stretch | None, clause: Clause, scene: Scene) -> Slot:
    """Plan, allocated, actual or estimate. `phrase`: the part of the words before the number that names the sum."""
    if clause.spot.kind == "money" and clause.bracket:
        inside = clause.lead.part(clause.lead.since("("), clause.lead.end)
        if inside.start > clause.lead.start and inside.text.strip() and not measures_in(inside):
            # "(the same period of 2022: 14)", "(KCQG: 5)": the same again, of another time or a part
            now = scene.now.measure
            return Slot(now.value, unsure=now.unsure or not now.value or bool(clause.belonging.text.strip()))
    found = _measures_said(words, phrase)
    if (phrase or words).has("report", "not_yet"):
        return Slot(found[-1] if found else "", unsure=True)
    return _said_measure(found) if found else _carried_measure(words, clause, scene)


def _measures_said(words: Stretch, phrase: Stretch | None) -> list[str]:
    """The measures that the words for a sum say, else the last one near them; what was said to be estimated is no fact."""
    if found := [value for value, _ in measures_in(phrase)] if phrase else []:
        return found
    said = measures_in(words)
    near = [mark for _, mark in said if phrase is None or _is_near(words.part(mark.end, phrase.start))]
    if not near:
        return []
    values = [value for value, mark in said if mark.end <= near[-1].end]
    return ["estimate"] if values[-1] == "actual" and "estimate" in values else values[-1:]


def _is_near(between: Stretch) -> bool:
    apart = any(not char.isalpha() and char != " " for char in between.text)
    return between.end - between.start <= _NEAR and not apart and not between.has("report", "with")


def _said_measure(found: list[str]) -> Slot:
    kinds = set(found)
    if "estimate" in kinds:
        return Slot("estimate")
    kinds.discard("assigned")
    if not kinds:
        return Slot("allocated", unsure=True, others=("plan",))
    if len(kinds) == 1:
        return Slot(kinds.pop())
    last = next(one for one in reversed(found) if one != "assigned")
    return Slot(last, unsure=True, others=tuple(sorted(kinds - {last})))


def _carried_measure(words: Stretch, clause: Clause, scene: Scene) -> Slot:
    """The measure of what is spoken of, sure only where the number goes on about it."""
    now = scene.now.measure
    if len(scene.measures_here) > 1:
        return Slot(now.value, unsure=True, others=tuple(sorted(scene.measures_here - {now.value})))
    if now.value and (clause.bracket or not scene.fresh or scene.in_parts or tells_parts(words)):
        return now
    return Slot(now.value, unsure=True, others=("plan", "allocated", "actual", "estimate"))


def tells_parts(words: Stretch) -> bool:
    """Whether parts of what was just told follow, where something was."""
    part = any(not _is_of_time(words, mark) for mark in words.of("report", "part"))
    return part or words.has("report", "of_which") or ":" in words.text


def _is_of_time(words: Stretch, mark: Mark) -> bool:
    """Whether a time follows at once: "in 2023 alone" is no part of a sum."""
    return words.part(mark.end, words.end).begins_with("period")


def subject_in(words: Stretch) -> Stretch | None:
    """The words before a number from where the last sum of the programme is named; None where none is."""
    found = [mark for mark in words.marks if of_funding(mark)]
    if not found:
        return None
    start = found[-1].start
    for mark in reversed(words.marks):
        joined = mark.end <= start and words.folded[mark.end : start] == " "
        if joined and (
            mark.values("measure")[:1] == ("plan",) or mark.means("programme") or of_funding(mark)
        ):
            start = mark.start
    return words.part(start, words.end)


def of_funding(mark: Mark) -> bool:
    """Whether words name money of the programme."""
    return (
        (mark.means("head", "funding") and not mark.means("report", "unit"))
        or mark.means("programme", *PROGRAMMES)
        or mark.means("report", "subject")
    )


def subject_behind(after: Stretch) -> Stretch | None:
    """What follows a sum at once and names it as one of ours: "… of funding for khuyến công"; None where it does not."""
    first = next(iter(after.outer), None)
    if first is None or after.folded[after.start : first.start] != " ":
        return None
    end = first.end
    if first.means("function", "for"):
        following = next((mark for mark in after.outer if mark.start >= end), None)
        named = following is not None and following.means("head", "khuyen_cong")
    else:
        inside = after.part(first.start, first.end)
        named = inside.has("head", "funding") and (
            inside.has("head", "khuyen_cong") or inside.has("programme", *PROGRAMMES)
        )
    if not named:
        return None
    digit = next((at for at in range(end, after.end) if after.folded[at].isdigit()), after.end)
    return after.part(after.start, min(after.upto(after.start, ",;.():"), digit))


def programme_behind(after: Stretch) -> Stretch | None:
    """The words right behind a sum that name its programme; None where they do not."""
    for number, mark in enumerate(after.outer):
        between = after.folded[after.start if not number else after.outer[number - 1].end : mark.start]
        if between != " ":
            return None
        if mark.means("programme", *PROGRAMMES):
            return after.part(after.start, mark.end)
        if not (mark.idle or mark.means("head", "funding")):
            return None
    return None


def is_other_money(words: Stretch) -> bool:
    """Whether words name other money than that of the programme."""
    other = [
        *words.of("report", "other_money"),
        *words.of("measure", "cost"),
        *words.of("role", *_OTHER_ROLES),
    ]
    ours = [mark for mark in words.outer if of_funding(mark)]
    return any(not _inside(one, ours) or one in ours for one in other)


def names_other_money(after: Stretch) -> bool:
    """Whether what follows a sum at once names it as other money than ours."""
    first = next(iter(after.outer), None)
    at_once = first is not None and after.folded[after.start : first.start] == " "
    return first is not None and at_once and is_other_money(after.part(after.start, first.end))


def _inside(mark: Mark, phrases: Sequence[Mark]) -> bool:
    return mark.inner and any(one.start <= mark.start and mark.end <= one.end for one in phrases)


def is_difference(lead: Stretch) -> bool:
    """Whether a sum is what something rose, fell or was missed by."""
    return lead.ends_with("operator", *DIRECTIONS, "difference") or lead.ends_with("report", "by")


def is_estimated_next(after: Stretch) -> bool:
    """Whether nothing but ", estimated" stands between a sum and the next number: it is an estimate."""
    words = [mark for mark in after.outer if not mark.means("report", "reaches")]
    return (
        after.text.startswith(",") and bool(words) and all(one.means("measure", "estimate") for one in words)
    )


def others_behind(after: Stretch, programme: str) -> bool:
    """Whether the words up to the next sign name another programme than the one that a sum took over."""
    behind = after.part(after.start, after.upto(after.start, ",;.():"))
    return any(value != programme for value, _ in programmes_in(behind))
