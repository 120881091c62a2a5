"""How a short follow-up of a figure takes over the slots that it does not name."""

from __future__ import annotations

from dataclasses import replace

from knowledge.dialogue.state import Context
from knowledge.finding.wanted import AMOUNTS, FUNDING, Wanted
from knowledge.reading.periods import shift_year
from knowledge.reading.question import Question
from knowledge.records import Figure

SHORT = 9
"""A message of at most so many words may lean on the one before."""


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
        or size <= SHORT
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
    if _meant_of_two(said, context):
        said = replace(said, programmes=tuple(one for one in said.programmes if one != "total"))
    slots = context.slots
    keep_indicator = said.indicator == FUNDING and not question.money and not question.measures.named
    indicator = last.indicator if keep_indicator else said.indicator
    changed = indicator != last.indicator
    periods = said.periods
    joined = said.joined
    anchor = slots.get("period", "") or (last.periods[0] if last.periods else "")
    regions = said.regions or ((slots["region"],) if slots.get("region") else last.regions)
    programmes = said.programmes or (
        () if said.total_word and said.measures[:1] != ("share",) else last.programmes
    )
    if question.compare or says_a_difference(question, context):
        both = _both(said, question, context)
        periods = both.get("period", periods)
        regions = both.get("region", regions)
        programmes = both.get("programme", programmes)
    if not periods and anchor:
        if question.periods.full_year:
            periods = (anchor[:4],)
        elif question.compare and (question.periods.before or question.periods.same):
            periods = (anchor,)
        elif (
            said.measures == ("plan",)
            and not said.part
            and anchor[:4].isdigit()
            and len(anchor) > 4
            and "/" not in anchor
        ):
            periods = (anchor[:4],)
        elif question.periods.before or question.periods.same:
            periods = (shift_year(anchor, -1),)
        elif question.periods.after:
            periods = (shift_year(anchor, 1),)
        elif said.part:
            periods = (f"{anchor[:4]}-{said.part}",)
        else:
            periods = (anchor,) if not last.joined else last.periods
            joined = last.joined
    measures = said.measures
    of = said.of
    of_the_nation = _of_the_nation(said, measures, context)
    if of_the_nation and regions == ("ca_nuoc",):
        regions = (slots["region"],)
    if of_the_nation and not of and slots.get("measure") in AMOUNTS:
        of = (slots["measure"],)
    if not measures and not changed:
        measures, of = last.measures, last.of
    named = {one.value for one in question.measures.named}
    if measures == ("rate",) and "actual" not in named and slots.get("measure") in ("allocated", "estimate"):
        of = (slots["measure"],)
    return replace(
        said,
        indicator=indicator,
        measures=measures,
        of=of,
        programmes=programmes,
        against="national" if of_the_nation else said.against,
        total_word=said.total_word or (last.total_word and not said.programmes),
        regions=regions,
        periods=periods,
        joined=joined,
        part="" if periods else said.part,
        terms=said.terms or (last.terms if not changed else ()),
        drawn="" if said.regions else last.drawn,
    )


def _one_above(question: Question) -> bool:
    """Whether it is asked by how much the one is above the other, which are not named."""
    reading = question.reading
    apart = reading.has("operator", "up", "down", "compare")
    asked = reading.has("asks", "how_much", "how_many") or reading.has("reference", "pronoun")
    return reading.has("operator", "difference") or (apart and asked)


def _of_two(question: Question) -> bool:
    """Whether two that were spoken of are pointed at, or it is asked which of them."""
    reading = question.reading
    return reading.has("reference", "pronoun") or reading.has(
        "asks", "which_programme", "which_region", "which_year", "which"
    )


def _meant_of_two(said: Wanted, context: Context) -> bool:
    """Whether "the total" is no programme that is asked for: the whole of a share, or the two that were spoken of."""
    spoken = {context.slots.get("programme"), context.before.get("programme")}
    return said.measures[:1] == ("share",) or spoken == {"KCQG", "KCDP"}


def _of_the_nation(said: Wanted, measures: tuple[str, ...], context: Context) -> bool:
    """A region and the nation, one spoken of and the other named, or both just spoken of: the region's share of the
    nation's figure."""
    now, earlier = context.slots, context.before
    spoken = now.get("region")
    if measures[:1] != ("share",) or not spoken:
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
    last = context.wanted
    if last and context.route == "compare" and not (question.periods.before or question.periods.same):
        pairs = {"period": last.periods, "region": last.regions, "programme": last.programmes}
        pairs = {slot: values for slot, values in pairs.items() if len(values) == 2}
        if all(value in pairs.get(slot, ()) for slot, value in single.items()):
            return {  # what is named again comes first: it is said to be above the other
                slot: tuple(sorted(values, key=lambda value: value != single.get(slot, values[0])))
                for slot, values in pairs.items()
            }
    both: dict[str, tuple[str, ...]] = {
        slot: (now[slot], value) for slot, value in single.items() if now.get(slot) and now[slot] != value
    }
    if both or any(len(values) > 1 for values in given.values()):
        return both
    if (
        single
        or question.periods.before
        or question.periods.same
        or not (_of_two(question) or _one_above(question))
    ):
        return {}
    apart: dict[str, tuple[str, ...]] = {
        slot: (earlier[slot], now[slot])
        for slot in given
        if earlier.get(slot) and now.get(slot) and earlier[slot] != now[slot]
    }
    return apart if len(apart) == 1 or _of_two(question) else {}
