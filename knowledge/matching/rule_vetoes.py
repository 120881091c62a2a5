"""Vetoes between rules: a level and a text of it, the rule of one day and of another, one fact and several."""

from __future__ import annotations

from collections.abc import Sequence

from knowledge.answers.held import applies
from knowledge.answers.trades import PLACES
from knowledge.finding.wanted import FUNDING
from knowledge.language.codes import last_day
from knowledge.matching.candidates import Candidate
from knowledge.matching.case import NEARLY, Case, lead_of
from knowledge.records import Entry, SupportLevel
from knowledge.text import fold

LEVELS = "muc_ho_tro"
"""The topic of entries that tell sums."""
_PRIORITY = "priority"
YEAR = 4
"""Digits of a year."""


def level_in_words(case: Case, candidate: Candidate) -> bool:
    """A level of a day or for a price is asked for and worked out, or one that is newer than the text, and the text tells of
    it in general."""
    level = next((one.answer for one in case.candidates if one.frame == "level" and one.answer.levels), None)
    if candidate.frame != "entry" or level is None:
        return False
    entry, periods = candidate.answer.entries[0], case.question.periods.found
    if not (level.calculation or periods or _older(case, entry, level.levels[0])):
        return False
    if periods and _dated_amount(case) and candidate.likely and candidate.likely.near < NEARLY:
        return LEVELS in entry.topics or _tells_of(case, entry, level.levels)
    return _tells_of(case, entry, level.levels)


def _dated_amount(case: Case) -> bool:
    reading = case.question.reading
    return reading.has("activity") and reading.has("aspect", "amount")


def _tells_of(case: Case, entry: Entry, levels: Sequence[SupportLevel]) -> bool:
    """Whether an entry is the rule of these levels, or a text about levels that names one of them."""
    activities = {one.activity for one in levels}
    if entry.id in {rule.amount for rule in case.base.rules if rule.level in activities}:
        return True
    said = case.base.folded[entry.id]
    names = (fold(alias) for one in levels for alias in one.aliases)
    return LEVELS in entry.topics and any(name in " ".join((*said.keys, said.body)) for name in names)


def _older(case: Case, entry: Entry, level: SupportLevel) -> bool:
    """Whether an entry rests on what set an earlier level of the activity, and is of a time before this one."""
    basis = {line.partition(":")[0].strip() for line in entry.basis}
    earlier = {
        one.document
        for one in case.base.levels.values()
        if (one.activity, one.scope) == (level.activity, level.scope) and one.valid_from < level.valid_from
    }
    begins = entry.valid_from or (level.valid_from if level.document in basis else "")
    return bool(basis & earlier) and begins < level.valid_from


def one_of_several_facts(case: Case, candidate: Candidate) -> bool:
    """Several facts were told, and the text tells the rule of one of them alone."""
    likely = candidate.likely
    if likely is None or likely.near >= NEARLY:
        return False
    together = next((one.answer for one in case.candidates if one.frame == "eligible"), None)
    if together is None or len(together.entries) == 1:
        return False
    return candidate.answer.entries[0] in together.entries


def rule_of_another_place(case: Case, candidate: Candidate) -> bool:
    """Kinds of places are named, and the text tells the rule of another kind of place, or of that kind where another one
    of it holds in the province that is named."""
    entries = candidate.answer.entries
    if candidate.frame != "entry" or not entries:
        return False
    said = {span.value for span in case.question.reading.named("fact") if span.value in PLACES}
    if not said:
        return False
    rules = [rule for rule in case.base.rules if rule.slot == "fact" and rule.value in PLACES]
    own = {rule.value for rule in rules if rule.entry == entries[0].id}
    if own & said:
        eligible = next((one.answer.entries for one in case.candidates if one.frame == "eligible"), ())
        told = {one.id for one in eligible}
        alike = {rule.entry for rule in rules if rule.value in own & said}
        return entries[0].id not in told and bool(told & alike)
    return bool(own)


def rule_of_a_city(case: Case, candidate: Candidate) -> bool:
    """A kind of place is told of without its province, and the text is the rule of those that have one of their own."""
    reading, entries = case.question.reading, candidate.answer.entries
    said = {span.value for span in reading.named("fact") if span.value in PLACES}
    if candidate.frame != "entry" or not entries or case.question.regions or len(said) != 1:
        return False
    rules = [rule for rule in case.base.rules if rule.slot == "fact" and rule.value in said]
    held = next((rule.entry for rule in rules if applies(rule, reading)), "")
    return held != entries[0].id and any(rule.entry == entries[0].id for rule in rules)


def text_of_another_place(case: Case, candidate: Candidate) -> bool:
    """The text is of another province than those that are named, or on levels in general where it is known that the base
    lacks those of the place."""
    entries = candidate.answer.entries
    if candidate.frame != "entry" or not case.question.regions:
        return False
    slots = case.kinship.slots(fold(entries[0].title))
    own = {value for slot, value in slots if slot == "region" and _is_province(case, value)}
    named = {one.id for one in case.question.regions}
    named |= {case.base.regions[one].successor for one in named} - {""}
    if own:
        own |= {case.base.regions[one].successor for one in own} - {""}
        return own.isdisjoint(named)
    unknown = (one for one in case.candidates if one.frame == "level")
    notes = {note.code for one in unknown for note in one.answer.assumptions}
    return "province_level_unknown" in notes and LEVELS in entries[0].topics


def _is_province(case: Case, region: str) -> bool:
    return region in case.base.regions and case.base.regions[region].kind == "province"


def rule_of_another_day(case: Case, candidate: Candidate) -> bool:
    """The rule began after the day that is asked, none of its documents applied then, and a candidate on the same matter
    did."""
    if not _is_later(candidate) or _rests_on_older(case, candidate.answer.entries[0]):
        return False
    topics = set(candidate.answer.entries[0].topics)
    return any(
        topics & set(rule.topics) and (rule.valid_from or rule.valid_to) and not _is_later(one)
        for one in case.candidates
        for rule in one.answer.entries[:1]
    )


def _rests_on_older(case: Case, entry: Entry) -> bool:
    """Whether a document that an entry cites applied on the last day of the time that is asked."""
    times = [period.code for period in case.question.periods.found if period.code]
    day = last_day(times[0]).isoformat() if times else ""
    cited = (case.base.documents.get(one.partition(":")[0]) for one in entry.basis)
    return any(one.in_force_from and one.in_force_from <= day for one in cited if one is not None)


def _is_later(candidate: Candidate) -> bool:
    notes = candidate.answer.assumptions
    return candidate.frame == "entry" and any(note.code == "rule_is_later" for note in notes)


def level_by_name(case: Case, candidate: Candidate) -> bool:
    """How much there is at most is asked of what a level is called, and the candidate tells of no level, nor counts it."""
    reading = case.question.reading
    level = next((one.answer for one in case.candidates if one.frame == "level" and one.answer.levels), None)
    if level is None or candidate.answer.levels:
        return False
    if reading.has("head", "funding") or not reading.has("aspect", "amount"):
        return False
    said = f" {' '.join(word.text for word in reading.words)} "
    if not any(f" {fold(alias)} " in said for one in level.levels for alias in one.aliases):
        return False
    entries, figure = candidate.answer.entries, lead_of(candidate)
    if candidate.frame == "figure":
        return figure.indicator == FUNDING if figure else not case.question.counted
    return bool(entries and LEVELS not in entries[0].topics)


def report_of_another_case(case: Case, candidate: Candidate) -> bool:
    """The text is a report, and what brings it up names another place or other years than the question, which the report
    does not speak of either."""
    likely = candidate.likely
    if candidate.frame != "entry" or likely is None or candidate.answer.entries[0].kind != "assessment":
        return False
    entry, key = candidate.answer.entries[0], case.kinship.slots(likely.key)
    spoken = {value for slot, value in key if slot == "region"}
    named = {place.id for place in case.question.regions}
    if named and spoken and not named & (spoken | {entry.region}):
        return True
    dated = {value[:YEAR] for slot, value in key if slot == "period"}
    years = {period.code[:YEAR] for period in case.question.periods.found if period.code}
    own = f"{entry.title} {entry.period}"
    return bool(dated and years) and not years & dated and not any(year in own for year in years)


def level_for_whom(case: Case, candidate: Candidate) -> bool:
    """Whether somebody may have support is asked, of whom a rule speaks, and the text is on how much there is."""
    question, reading = case.question, case.question.reading
    if candidate.frame != "entry" or LEVELS not in candidate.answer.entries[0].topics:
        return False
    works = any(map(reading.has, ("activity", "aspect", "amount", "document"))) or question.amount
    asks = question.yes_no and reading.has("fact") and not works
    return asks and any(one.frame == "eligible" and one.answer.entries for one in case.candidates)


def level_for_priority(case: Case, candidate: Candidate) -> bool:
    """Who goes first is asked, and the text is on how much there is, where another one says who does."""
    entries = candidate.answer.entries
    if candidate.frame != "entry" or not case.question.reading.has("aspect", _PRIORITY):
        return False
    others = (one for one in case.candidates if one.likely and one is not candidate)
    tells = _PRIORITY in case.aspects_of(candidate)
    return (
        LEVELS in entries[0].topics and not tells and any(_PRIORITY in case.aspects_of(one) for one in others)
    )
