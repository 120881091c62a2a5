"""How a short follow-up of a figure takes over the slots that it does not name."""

from __future__ import annotations

from dataclasses import replace

from knowledge.dialogue.followup import moved_period
from knowledge.dialogue.state import Context
from knowledge.finding.wanted import AMOUNTS, FUNDING, Wanted
from knowledge.reading.question import Question
from knowledge.records import Figure

SHORT = 9
"""A message of at most so many words may lean on the one before."""
LONG = 16
"""One that names neither a place nor a topic of its own may have so many."""


def slots_of(figure: Figure) -> dict[str, str]:
    """The slots of a figure by name, for the next message to lean on."""
    return {
        "indicator": figure.indicator,
        "measure": figure.measure,
        "of": figure.of,
        "programme": figure.programme,
        "region": figure.region,
        "period": figure.period,
    }


def leans_on(question: Question, context: Context) -> bool:
    """Whether a message is to be read together with the last answer."""
    if context.wanted is None or context.route not in ("figure", "compare", "gap", "ask"):
        return False
    if not (
        question.has_slot
        or question.pronoun
        or question.indicators
        or question.quantities
        or question.amount
        or question.compare
    ):
        return False
    size = len(question.clean.split())
    return (
        question.follow_up
        or question.pronoun
        or question.corrected
        or size <= (SHORT if question.regions or question.own_topic else LONG)
        or bool(question.periods.before or question.periods.same or question.periods.after)
    )


def says_a_difference(question: Question, context: Context) -> bool:
    """After a comparison, "hơn 94,7 tỷ" is by how much the one is above the other, not a sum and more."""
    reading = question.reading
    apart = reading.has("bound", "above") or reading.has("operator", "up", "down")
    return context.route == "compare" and reading.has("amount") and apart


def merge(said: Wanted, question: Question, context: Context) -> Wanted:
    """`said` (what this message names) completed from the last answer."""
    last = context.wanted
    assert last is not None
    said = replace(said, programmes=_programmes(said, context))
    slots = context.slots
    indicator = last.indicator if _names_no_thing(said, question) else said.indicator
    changed = indicator != last.indicator
    of_the_nation = _of_the_nation(said, context)
    measures, of = _measured(said, said if changed else last, slots.get("measure", ""), of_the_nation)
    both = _both(said, question, context) if question.compare else {}
    periods = both.get("period", said.periods)
    carried = not periods and bool(slots.get("period"))
    if carried:
        periods = _carried_periods(said, question, context)
    of_whole = said.total_word and said.measures[:1] != ("share",)
    last_programmes = () if of_whole else last.programmes
    told_at = (slots["region"],) if slots.get("region") else last.regions
    return replace(
        said,
        indicator=indicator,
        measures=measures,
        of=of,
        programmes=both.get("programme", said.programmes or last_programmes),
        against="national" if of_the_nation else said.against,
        total_word=said.total_word or (last.total_word and not said.programmes),
        regions=both.get("region", said.regions or told_at),
        periods=periods,
        joined=last.joined if carried and periods == last.periods else said.joined,
        part="" if periods else said.part,
        drawn="" if said.regions else last.drawn,
    )


def _names_no_thing(said: Wanted, question: Question) -> bool:
    """Whether the money is only what is meant where no other thing is named."""
    return said.indicator == FUNDING and not question.money and not question.measures.named


def _measured(
    said: Wanted, last: Wanted, measure: str, of_the_nation: bool
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The measures that are asked for and what they are of: of the amount told last where they are of its plan, or of
    the nation."""
    measures, of = (said.measures, said.of) if said.measures else (last.measures, last.of)
    told = of_the_nation and measure in AMOUNTS
    told = told or (measures == ("rate",) and measure in ("allocated", "estimate"))
    return measures, (measure,) if told else of


def _carried_periods(said: Wanted, question: Question, context: Context) -> tuple[str, ...]:
    """The time of the last answer, moved by the words for a time that this message has."""
    anchor, moved = context.slots["period"], question.periods
    if moved.full_year:
        return (anchor[:4],)
    if moved.before or (moved.same and not question.regions):
        return (anchor if question.compare else moved_period(anchor, -1),)
    if moved.after:
        return (moved_period(anchor, 1),)
    if question.reading.has("reference", "stage"):
        by = 1 if question.reading.has("reference", "next") else -1
        return (moved_period(anchor, by, stages=True),)
    if said.part:
        return (f"{anchor[:4]}-{said.part}",)
    last = context.wanted
    return last.periods if last and last.joined else (anchor,)


def _programmes(said: Wanted, context: Context) -> tuple[str, ...]:
    """The programmes that are named; "the total" is none of them of a share, or where two were spoken of."""
    spoken = {context.slots.get("programme"), context.before.get("programme")}
    if said.measures[:1] == ("share",) or spoken == {"KCQG", "KCDP"}:
        return tuple(one for one in said.programmes if one != "total")
    return said.programmes


def _of_the_nation(said: Wanted, context: Context) -> bool:
    """A region and the nation, one spoken of and the other named, or both just spoken of: the region's share of the
    nation's figure."""
    now, earlier = context.slots, context.before
    spoken = now.get("region")
    if said.measures[:1] != ("share",) or not spoken:
        return False
    if said.regions:
        return "ca_nuoc" in (spoken, *said.regions)
    same = all(now.get(slot) == earlier.get(slot) for slot in ("indicator", "programme", "period"))
    return same and not said.programmes and earlier.get("region") == "ca_nuoc" != spoken


def _both(said: Wanted, question: Question, context: Context) -> dict[str, tuple[str, ...]]:
    """In a comparison that leans on the chat: the value of before and the new one, or the two that were last spoken of."""
    now, earlier = context.slots, context.before
    given = {"period": said.periods, "region": said.regions, "programme": said.programmes}
    single = {slot: values[0] for slot, values in given.items() if len(values) == 1}
    if context.route == "compare" and (again := _pair_again(context.wanted, single)) is not None:
        return again
    both: dict[str, tuple[str, ...]] = {
        slot: (now[slot], value) for slot, value in single.items() if now.get(slot) and now[slot] != value
    }
    if any(given.values()):
        return both
    of_two = question.reading.has("reference", "pronoun")
    moved = question.periods.before or question.periods.same
    if moved or not (of_two or question.reading.has("operator", "difference")):
        return {}
    apart: dict[str, tuple[str, ...]] = {
        slot: (earlier[slot], now[slot])
        for slot in given
        if earlier.get(slot) and now.get(slot) and earlier[slot] != now[slot]
    }
    return apart if len(apart) == 1 or of_two else {}


def _pair_again(last: Wanted | None, single: dict[str, str]) -> dict[str, tuple[str, ...]] | None:
    """The two sides of the last comparison, what is named again first: it is said to be above the other; None where
    something else is named."""
    if last is None:
        return None
    given = {"period": last.periods, "region": last.regions, "programme": last.programmes}
    pairs = {slot: values for slot, values in given.items() if len(values) == 2}
    if any(value not in pairs.get(slot, ()) for slot, value in single.items()):
        return None
    return {
        slot: tuple(sorted(values, key=lambda value: value != single.get(slot, values[0])))
        for slot, values in pairs.items()
    }
