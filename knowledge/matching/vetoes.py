"""What must never be told, whatever the score: each veto by name, declared in one place.

A veto looks at the question as it was read and at one candidate. It stands above the score; `why` prints its name.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import pairwise

from knowledge.finding.wanted import FUNDING
from knowledge.language.spans import Reading, Span
from knowledge.matching.candidates import Candidate
from knowledge.matching.case import NEARLY, WORKSHOP, Case, lead_of
from knowledge.matching.money_vetoes import (
    another_money,
    level_is_held,
    measure_of_a_text,
    undone_of_done,
)
from knowledge.matching.rule_vetoes import (
    level_by_name,
    level_for_priority,
    level_for_whom,
    level_in_words,
    one_of_several_facts,
    report_of_another_case,
    rule_of_a_city,
    rule_of_another_day,
    rule_of_another_place,
    text_of_another_place,
)
from knowledge.matching.topic_vetoes import (
    another_number,
    another_scheme,
    another_topic,
    another_trade,
    cause_of_another,
    declined_by_name,
    denial_of_another_kind,
    document_in_passing,
    entry_silent_on_topic,
    event_for_a_stall,
    named_alone,
    no_number_asked,
    report_for_a_workshop,
    rule_for_its_card,
    signer_beside_its_card,
    support_for_the_vote,
)
from knowledge.reading.asking import uncounted
from knowledge.reading.question import Question
from knowledge.records import Entry, Figure
from knowledge.text import fold, words

LEAST_CLAIM = 2
"""A bare number from which on it is a claim."""
_SLOTS = ("programme", "measure", "region", "period")
_BESIDE = frozenset({"unknown", "neighbour", "entry_name", "activity", "fact"})
_PARTS = frozenset({"neighbour", "activity", "fact"})
"""Of them those that name a part behind a measure too."""
SHORTEST_PART = 2
"""Letters of a word that may name a part; shorter ones are slips."""

_SUPPORT = frozenset({"doi_tuong", "nganh_nghe", "noi_dung_hoat_dong", "muc_ho_tro", "uu_tien"})
"""Topics of entries that promise support, or keep from it."""
_VOTE = "binh_chon"
_LEVELS = "muc_ho_tro"
"""The topic of entries that tell sums."""
_OF_RULES = ("activity", "fact", "number")
"""Slots of questions whose number a rule sets."""


Veto = Callable[[Case, Candidate], bool]


def excluded_is_told(case: Case, candidate: Candidate) -> bool:
    """What the question rules out is what the figure, or the text, is of."""
    reading = case.question.reading
    if candidate.frame == "entry":
        return candidate.answer.entries[0].id in reading.excluded("entry_name")
    lead = lead_of(candidate)
    if lead is None or candidate.answer.comparison is not None or candidate.answer.aspect == "rest":
        return False  # what is left without it
    own = {"programme": lead.programme, "measure": lead.measure, "region": lead.region, "period": lead.period}
    return any(own[slot] in reading.excluded(slot) for slot in _SLOTS)


def part_of_whole(case: Case, candidate: Candidate) -> bool:
    """Money for some part is asked for, and the figure is of all of it."""
    lead = lead_of(candidate)
    if lead is None:
        return False
    if lead.indicator != FUNDING:
        if any(one.text not in _named(case, lead) for one in _parts_counted(case.question.reading)):
            return True
        money = case.question.reading.has("head", "funding") and not case.question.counted
        return money and candidate.frame != "claim" and lead.unit not in ("VND", "percent")
    own = fold(" ".join((lead.label, *lead.terms, lead.note)))
    named = case.kinship.slots(own)
    parts = parts_asked(case.question.reading, case.trades)
    return any(span.text not in own and (span.slot, span.value) not in named for span in parts)


def _named(case: Case, lead: Figure) -> str:
    """All words that name what a figure counts."""
    return fold(" ".join((case.base.indicators[lead.indicator].name, lead.label, *lead.terms, lead.note)))


def _parts_counted(reading: Reading) -> Iterator[Span]:
    """Spans right behind what a number of is asked that name a kind of it."""
    spans = [span for span in reading.spans if span.slot != "courtesy"]
    for before, span in pairwise(spans):
        if before.means("asks", "how_many") and span.slot in ("neighbour", "fact") and span.scope == "said":
            yield span


def parts_asked(reading: Reading, trades: frozenset[str] = frozenset()) -> Iterator[Span]:
    """Spans that stand right behind the head noun, a measure or the word "for", and name a part.

    `trades`: ids of the entries on trades, whose names are parts behind a measure too.
    """
    spans = [span for span in reading.spans if span.slot != "courtesy" and not span.means("function", "word")]
    for before, span in pairwise(spans):
        joined = not reading.words[span.start].break_before and len(span.text) > SHORTEST_PART
        if not joined or span.scope == "excluded":
            continue
        behind_head = before.means("head", "funding", "khuyen_cong", "support") or before.means(
            "function", "for"
        )
        known = span.slot in _PARTS or span.means("kind", "trade") or span.value in trades
        if (behind_head and (known or span.slot in _BESIDE)) or (known and before.slot == "measure"):
            yield span


def number_of_a_text(case: Case, candidate: Candidate) -> bool:
    """A number of a place or time is asked for, or claimed; a text that is not nearly asked for does not give it."""
    if candidate.frame != "entry" or candidate.likely is None or candidate.likely.near >= NEARLY:
        return False
    question, reading = case.question, case.question.reading
    documents = (question.documents or _rule_of_a_place(question)) and not case.holds_a_number
    if any((question.why, documents, reading.has("asks", "which_document"), reading.has("intent"))):
        return False
    if question.documents:
        return True
    if not (question.periods.found or question.regions):
        counted = question.counted and reading.has("asks", "how_many")
        return bool(counted) and not any(map(reading.has, _OF_RULES)) and _asks_where(case)
    return _claims_a_number(question) or _asks_for_a_number(question)


def _rule_of_a_place(question: Question) -> bool:
    """Whether what the document of a place says of some support is asked, and no year is named."""
    reading = question.reading
    return reading.has("head", "document") and reading.has("activity") and not question.periods.found


def _claims_a_number(question: Question) -> bool:
    """Whether a sum, or a larger count of something that figures count, is said to be so."""
    counts = question.counted or question.indicators or question.measures.named or question.programmes
    states = question.periods.found and not any(map(question.reading.has, ("asks", "intent", "aspect")))
    return bool(question.check or states) and any(
        one.scaled or (counts and question.check and one.value >= LEAST_CLAIM) for one in question.quantities
    )


def _asks_for_a_number(question: Question) -> bool:
    """Whether an amount, share or rank of something that figures count is asked, or such a thing of a place and a time is
    named and nothing else asked."""
    reading = question.reading
    funding = reading.has("head", "funding")
    if uncounted(bool(question.indicators), reading):
        return True
    if reading.has("aspect", "deadline") and not reading.has("asks", "how_much", "how_many", "percent"):
        return False  # "chậm nhất ngày nào", "trong mấy ngày"
    if any((question.amount, question.measures.percent, question.rank)):
        return any((question.measures.named, question.programmes, question.counted, funding))
    money = funding or (question.programmes and question.measures.named)
    placed = question.periods.found and question.regions
    return bool(placed and money) and not reading.has("asks") and not reading.has("aspect")


def _asks_where(case: Case) -> bool:
    """Whether a number would be asked back for its place or time."""
    return any(one.frame == "figure" and one.answer.status == "asked_back" for one in case.candidates)


def told_fact_rules_out(case: Case, candidate: Candidate) -> bool:
    """Something that was told keeps from support, and the candidate promises it without saying so."""
    answer = candidate.answer
    if not case.ruled_out or candidate.frame == "eligible" or answer.status != "answered":
        return False
    if not answer.entries:
        return bool(answer.levels)
    if answer.stance == "no" or any(entry.id in case.ruled_out for entry in _ruling(case, answer.entries)):
        return False
    promising = _SUPPORT | ({_VOTE} if candidate.frame == "vote" else frozenset())
    topics = set(answer.entries[0].topics)
    promises = bool(promising & topics) and (answer.stance is not None or _LEVELS in topics)
    return bool(answer.levels) or promises


def _ruling(case: Case, entries: Sequence[Entry]) -> list[Entry]:
    """Of the entries that are told those that do not say yes."""
    return [entry for entry in entries if entry.stance != "yes" and entry.id in case.ruled_out]


def another_aspect(case: Case, candidate: Candidate) -> bool:
    """An aspect of support is asked of which the candidate says nothing, as a text does that is nearly as likely."""
    answer = candidate.answer
    if not case.aspects or not answer.entries or answer.status != "answered" or answer.stance == "no":
        return False
    if not WORKSHOP & set(answer.entries[0].topics) or answer.entries[0].id in case.ruled_out:
        return False
    if case.aspects & case.aspects_of(candidate):
        return False
    return any(case.aspects & case.aspects_of(one) for one in case.rivals if one is not candidate)


def another_document(case: Case, candidate: Candidate) -> bool:
    """Only documents that the base lacks are named, and the text tells of none of them, as no number does."""
    lacks = any(note.code == "no_document" for one in case.candidates for note in one.answer.gaps)
    if candidate.frame not in ("entry", "figure") or not lacks:
        return False
    if candidate.frame == "figure":
        return candidate.answer.status == "answered"
    folded = case.base.folded[candidate.answer.entries[0].id]
    told = set(words(" ".join((*folded.keys, folded.body, folded.detail))))
    return not any(
        {f"{one.number}", f"{one.number:02d}"} & told and one.year in {*told, ""}
        for one in case.question.documents
    )


def positive_of_negative(case: Case, candidate: Candidate) -> bool:
    """What is not supported, or who not, is asked; the text tells what is."""
    if candidate.frame != "entry" or candidate.likely is None:
        return False
    if not case.question.reading.has("undone", "not_done") or candidate.likely.near >= NEARLY:
        return False
    entry = candidate.answer.entries[0]
    no = {word for lexeme in case.base.denials for word in lexeme}
    return entry.stance != "no" and no.isdisjoint(words(f"{fold(entry.title)} {candidate.likely.key}"))


VETOES: Mapping[str, Veto] = {
    "excluded is told": excluded_is_told,
    "undone of what was done": undone_of_done,
    "part of a whole": part_of_whole,
    "silent on the topic": entry_silent_on_topic,
    "number of a text": number_of_a_text,
    "measure of a text": measure_of_a_text,
    "another topic": another_topic,
    "another scheme": another_scheme,
    "another number": another_number,
    "another trade": another_trade,
    "denial of another kind": denial_of_another_kind,
    "no number asked": no_number_asked,
    "a level is held": level_is_held,
    "document in passing": document_in_passing,
    "cause of another": cause_of_another,
    "a rule for its card": rule_for_its_card,
    "an event for a stall": event_for_a_stall,
    "a text for its signer": signer_beside_its_card,
    "a report for a workshop": report_for_a_workshop,
    "named alone": named_alone,
    "positive of a negative": positive_of_negative,
    "a told fact rules it out": told_fact_rules_out,
    "another aspect": another_aspect,
    "a level for priority": level_for_priority,
    "a level for whom": level_for_whom,
    "support for the vote": support_for_the_vote,
    "another document": another_document,
    "a level in words": level_in_words,
    "a text of another place": text_of_another_place,
    "one of several facts": one_of_several_facts,
    "a rule of another day": rule_of_another_day,
    "a rule of another place": rule_of_another_place,
    "a rule of a city": rule_of_a_city,
    "a report of another case": report_of_another_case,
    "a level by its name": level_by_name,
    "declined by name": declined_by_name,
    "another money": another_money,
}
"""Every veto by its name."""
DOUBTS = frozenset(
    {
        "a rule for its card",
        "a rule of another place",
        "another number",
        "another trade",
        "measure of a text",
        "silent on the topic",
    }
)
"""Vetoes that guess what is meant: a text that is nearly sure without them is told all the same. The others hold always."""


def vetoed(case: Case, candidate: Candidate) -> tuple[str, ...]:
    """The names of the vetoes against a candidate."""
    return tuple(name for name, veto in VETOES.items() if veto(case, candidate))
