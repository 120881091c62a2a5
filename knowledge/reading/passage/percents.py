"""What a percent says: how much of the plan, what share of a whole, how much more or less than before."""

from __future__ import annotations

from dataclasses import dataclass

from knowledge.reading.passage.marks import Stretch, times_in
from knowledge.reading.passage.scene import DIRECTIONS, Draft, Slot
from knowledge.reading.passage.whereabouts import says_whole

_FAR = 40
"""How many characters may stand between the verb and its percent."""


@dataclass(frozen=True, slots=True)
class Kind:
    """rate, share, change, target, proposal or empty; the direction of a change."""

    measure: str
    direction: int = 0


def tail_of(after: Stretch) -> Stretch:
    """The words behind a percent that say what it is a percent of."""
    end = after.upto(after.start, ",;:().")
    stops = [mark.start for mark in (*after.of("joint"), *after.of("report", "of_which", "aim"))]
    return after.part(after.start, min([end, *stops]))


def continued(lead: Stretch) -> Stretch | None:
    """The last clause of the words before a percent, where it goes on about what was spoken of (", which is …")."""
    clause = lead.part(lead.since(",;("), lead.end)
    if clause.start == lead.start:
        return None
    first = next(
        (mark for mark in clause.outer if not (mark.means("joint") or mark.means("scope", "only"))), None
    )
    goes_on = first is not None and (
        first.means("report", "reaches")
        or first.means("measure", "share")
        or first.means("operator", *DIRECTIONS)
    )
    return clause if goes_on else None


def kind_of(lead: Stretch, tail: Stretch, sentence: Stretch) -> Kind:
    """What the words before and behind make of a percent."""
    if sentence.has("report", "asked"):
        return Kind("proposal", 1)
    of_plan = tail.has("measure", "plan")
    clause = lead.part(lead.since(";"), lead.end)
    if clause.has("report", "aim") and (of_plan or clause.has("measure", "rate")):
        return Kind("target")
    verbs = {
        "share": lead.of("measure", "share"),
        "up": lead.of("operator", "up"),
        "down": lead.of("operator", "down"),
        "rate": lead.of("report", "reaches"),
    }
    begin = lead.since(",;")
    places = {
        name: found[-1].start
        for name, found in verbs.items()
        if found and found[-1].start >= begin and (name == "share" or lead.end - found[-1].end <= _FAR)
    }
    if not places:
        return Kind("rate" if of_plan else "")
    last = max(places, key=lambda name: places[name])
    if last in DIRECTIONS:
        if of_plan and lead.part(places[last], lead.end).has("report", "over"):
            return Kind("")  # so much above the plan: neither the rate nor a change over time
        return Kind("change", 1 if last == "up" else -1)
    return Kind(last)


def slots(kind: Kind, of: str, programme: str, tail: Stretch) -> tuple[Slot, Slot]:
    """Measure and the other side of a percent of a sum whose measure is `of`."""
    measure = kind.measure
    of_plan = tail.has("measure", "plan")
    of_before = tail.has("reference", "previous") or tail.has("period", "relation:before")
    of_same = tail.has("reference", "same")
    if measure == "share":
        return _share(of, programme, tail, of_plan=of_plan)
    if measure in ("rate", "target"):
        if of_plan:
            return Slot(measure), Slot("plan")
        if of_same or of_before:
            return Slot("rate", unsure=True, others=("change",)), Slot("", unsure=True)
        return Slot(measure), Slot("plan", unsure=True)
    if measure in ("change", "proposal"):
        against = "same_period" if of_same else "previous_year" if of_before else "unknown"
        return Slot(measure), Slot(against)
    return Slot("", unsure=True, others=("rate", "share", "change")), Slot("", unsure=True)


def _share(of: str, programme: str, tail: Stretch, *, of_plan: bool) -> tuple[Slot, Slot]:
    if tail.has("region", "ca_nuoc"):
        return Slot("share"), Slot("national")
    if of_plan and not (says_whole(tail) or tail.has("head", "funding")):
        return Slot("rate"), Slot("plan")
    bare = not tail.text.strip()
    if bare and of == "allocated":
        return Slot("rate"), Slot("plan")  # what is allocated is told as a part of its plan
    return Slot("share"), Slot("total", unsure=bare and programme not in ("KCQG", "KCDP"))


def compare_year(draft: Draft, tail: Stretch) -> None:
    """Against 2022 is the year before where the figure is of 2023; another year is another comparison."""
    if draft.measure.value != "change" or draft.against.value not in ("unknown", "same_period"):
        return
    named = [code for code in times_in(tail) if not code.startswith("~")]
    year = draft.period.value[:4]
    if not named:
        return
    if year.isdigit() and named[-1][:4] == str(int(year) - 1):
        if draft.against.value == "unknown":
            draft.against = Slot("previous_year")
    else:
        draft.against = Slot("", unsure=True, others=("previous_year",))
