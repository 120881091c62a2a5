"""What must never be told, whatever the score: each veto by name, declared in one place.

A veto looks at the question as it was read and at one candidate. It stands above the score; `why` prints its name.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from knowledge.answers.eligibility import OTHER_ASPECTS
from knowledge.answers.told import DECISIVE
from knowledge.base import KnowledgeBase
from knowledge.finding.wanted import FUNDING
from knowledge.language.spans import Reading, Span
from knowledge.matching.candidates import Candidate
from knowledge.matching.features import Kinship
from knowledge.reading.question import Question
from knowledge.records import Entry, Figure, SupportLevel
from knowledge.text import fold, words

LEAST_CLAIM = 2
"""A bare number from which on it is a claim."""
NEARLY = 0.93
"""Likeness to a stored wording from which its entry may be told although a number at a place or time is asked for."""
_SLOTS = ("programme", "measure", "region", "period")
_DONE = frozenset({"actual", "plan", "allocated", "estimate"})
_BESIDE = frozenset({"unknown", "neighbour", "entry_name", "activity", "fact"})
SHORTEST_PART = 2
"""Letters of a word that may name a part; shorter ones are slips."""

RIVAL = 0.3
"""Likeness less than that of the likeliest entry down to which another one may be what is asked."""
_SUPPORT = frozenset({"doi_tuong", "nganh_nghe", "noi_dung_hoat_dong", "muc_ho_tro", "uu_tien"})
"""Topics of entries that promise support, or keep from it."""
_WORKSHOP = frozenset({"doi_tuong", "nganh_nghe"})
"""Topics of entries that say who may have support, whatever for."""
_VOTE = "binh_chon"


@dataclass(frozen=True)
class Case:
    """One question with all its candidates, so that a veto may hold one against the others."""

    base: KnowledgeBase
    question: Question
    candidates: Sequence[Candidate]
    kinship: Kinship

    @cached_property
    def ruled_out(self) -> frozenset[str]:
        """The entries that are told where something that was told keeps from support; none where nothing does."""
        eligible = next((one.answer for one in self.candidates if one.frame == "eligible"), None)
        if eligible is None or not eligible.entries:
            return frozenset()
        decisive = {rule.entry for rule in self.base.rules if rule.value in DECISIVE}
        no = eligible.stance == "no" or eligible.entries[0].id in decisive
        return frozenset(entry.id for entry in eligible.entries) if no else frozenset()

    @cached_property
    def rivals(self) -> tuple[Candidate, ...]:
        """The entries that may be what is asked, by likeness."""
        likely = [one for one in self.candidates if one.likely is not None]
        least = max((one.likely.score for one in likely if one.likely), default=0.0) - RIVAL
        return tuple(one for one in likely if one.likely and one.likely.score >= least)

    @cached_property
    def aspects(self) -> frozenset[str]:
        """The aspects that are asked, of those that are no question of who may have support."""
        reading = self.question.reading
        return frozenset(one for one in OTHER_ASPECTS if reading.has("aspect", one))

    def aspects_of(self, candidate: Candidate) -> frozenset[str]:
        """The aspects that an entry's title, names and nearest wording speak of."""
        entry = candidate.answer.entries[0]
        near = candidate.likely.key if candidate.likely else ""
        slots = set().union(*map(self.kinship.slots, (entry.title, near, *entry.aliases)))
        return frozenset(value for slot, value in slots if slot == "aspect")


Veto = Callable[[Case, Candidate], bool]


def _lead(candidate: Candidate) -> Figure | None:
    answer = candidate.answer
    if answer.status != "answered" or candidate.frame not in ("figure", "claim"):
        return None
    return answer.figures[0] if answer.figures else None


def excluded_is_told(case: Case, candidate: Candidate) -> bool:
    """What the question rules out is what the figure is of."""
    lead = _lead(candidate)
    if lead is None:
        return False
    own = {"programme": lead.programme, "measure": lead.measure, "region": lead.region, "period": lead.period}
    return any(own[slot] in case.question.reading.excluded(slot) for slot in _SLOTS)


def undone_of_done(case: Case, candidate: Candidate) -> bool:
    """What was not done, is left or is owed is asked of a sum that was planned or done."""
    lead = _lead(candidate)
    if lead is None or not case.question.reading.has("undone"):
        return False
    worked_out = candidate.answer.comparison is not None or candidate.answer.kind in ("check", "series")
    return lead.measure in _DONE and not worked_out


def part_of_whole(case: Case, candidate: Candidate) -> bool:
    """Money for some part is asked for, and the figure is of all of it."""
    lead = _lead(candidate)
    if lead is None or lead.indicator != FUNDING or lead.terms:
        return False
    own = fold(" ".join((lead.label, *lead.terms, lead.note)))
    return any(span.text not in own for span in parts_asked(case.question.reading))


def parts_asked(reading: Reading) -> Iterator[Span]:
    """Spans that stand right behind the head noun and name a part of it."""
    spans = reading.spans
    for number, span in enumerate(spans):
        if span.slot not in _BESIDE or span.scope == "excluded" or number == 0:
            continue
        before = spans[number - 1]
        joined = not reading.words[span.start].break_before
        if joined and before.means("head", "funding", "khuyen_cong") and len(span.text) > SHORTEST_PART:
            yield span


def entry_silent_on_topic(case: Case, candidate: Candidate) -> bool:
    """A neighbouring topic is asked about of which the entry never speaks."""
    if candidate.frame != "entry":
        return False
    topics = {span.text for span in case.question.reading.of("neighbour")} | {
        fold(case.question.neighbour)
    } - {""}
    if not topics:
        return False
    folded = case.base.folded[candidate.answer.entries[0].id]
    told = " ".join((*folded.keys, folded.body))
    return not any(topic in told for topic in topics)


def number_of_a_text(case: Case, candidate: Candidate) -> bool:
    """A number of a place or time is asked for, or claimed; a text that is not nearly asked for does not give it."""
    if candidate.frame != "entry" or candidate.likely is None or candidate.likely.near >= NEARLY:
        return False
    reading = case.question.reading
    if (
        case.question.why
        or case.question.documents
        or reading.has("asks", "which_document")
        or reading.has("intent")
    ):
        return False
    claims = case.question.check and any(
        one.scaled or one.value >= LEAST_CLAIM for one in case.question.quantities
    )
    asks = claims or case.question.amount or case.question.measures.percent or case.question.rank
    placed = bool(case.question.periods.found or case.question.regions)
    about = claims or bool(
        case.question.measures.named
        or case.question.programmes
        or case.question.counted
        or reading.has("head", "funding")
    )
    return bool(asks and placed and about)


def another_topic(case: Case, candidate: Candidate) -> bool:
    """Money or numbers of a neighbouring topic are asked for, and the figure is of ours."""
    if candidate.frame != "figure" or candidate.answer.status != "answered" or case.question.own_topic:
        return False
    return bool(case.question.neighbour) or case.question.reading.has("neighbour")


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
    promises = answer.stance is not None and bool(promising & set(answer.entries[0].topics))
    return bool(answer.levels) or promises


def _ruling(case: Case, entries: Sequence[Entry]) -> list[Entry]:
    """Of the entries that are told those that do not say yes."""
    return [entry for entry in entries if entry.stance != "yes" and entry.id in case.ruled_out]


def another_aspect(case: Case, candidate: Candidate) -> bool:
    """An aspect of support is asked of which the candidate says nothing, as a text does that is nearly as likely."""
    answer = candidate.answer
    if not case.aspects or not answer.entries or answer.status != "answered" or answer.stance == "no":
        return False
    if not _WORKSHOP & set(answer.entries[0].topics) or answer.entries[0].id in case.ruled_out:
        return False
    if case.aspects & case.aspects_of(candidate):
        return False
    return any(case.aspects & case.aspects_of(one) for one in case.rivals if one is not candidate)


def support_for_the_vote(case: Case, candidate: Candidate) -> bool:
    """The vote on products is asked about, and the candidate says who may have support."""
    reading, entries = case.question.reading, candidate.answer.entries
    if not entries or not (reading.has("activity", "binh-chon") or reading.has("head", "product_vote")):
        return False
    topics = [set(one.answer.entries[0].topics) for one in case.candidates if one.answer.entries]
    return bool(_WORKSHOP & set(entries[0].topics)) and any(_VOTE in own for own in topics)


def another_document(case: Case, candidate: Candidate) -> bool:
    """Only documents that the base lacks are named, and the text tells of none of them."""
    lacks = any(note.code == "no_document" for one in case.candidates for note in one.answer.gaps)
    if candidate.frame != "entry" or not lacks:
        return False
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


def level_in_words(case: Case, candidate: Candidate) -> bool:
    """A level of a day or for a price is asked for and worked out, or one that is newer than the text, and the text tells of
    it in general."""
    if candidate.frame != "entry":
        return False
    level = next((one.answer for one in case.candidates if one.frame == "level" and one.answer.levels), None)
    if level is None:
        return False
    entry = candidate.answer.entries[0]
    if not (level.calculation or case.question.periods.found or _older(case, entry, level.levels[0])):
        return False
    activities = {one.activity for one in level.levels}
    if entry.id in {rule.amount for rule in case.base.rules if rule.level in activities}:
        return True
    said = case.base.folded[entry.id]
    names = (fold(alias) for one in level.levels for alias in one.aliases)
    return "muc_ho_tro" in entry.topics and any(name in " ".join((*said.keys, said.body)) for name in names)


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


def declined_by_name(case: Case, candidate: Candidate) -> bool:
    """Nothing is understood, and another candidate says what it is that we lack."""
    lacks = any(one.frame == "eligible" and one.answer.status == "no_answer" for one in case.candidates)
    return candidate.frame == "other" and lacks


VETOES: Mapping[str, Veto] = {
    "excluded is told": excluded_is_told,
    "undone of what was done": undone_of_done,
    "part of a whole": part_of_whole,
    "silent on the topic": entry_silent_on_topic,
    "number of a text": number_of_a_text,
    "another topic": another_topic,
    "positive of a negative": positive_of_negative,
    "a told fact rules it out": told_fact_rules_out,
    "another aspect": another_aspect,
    "support for the vote": support_for_the_vote,
    "another document": another_document,
    "a level in words": level_in_words,
    "declined by name": declined_by_name,
}
"""Every veto by its name."""


def vetoed(case: Case, candidate: Candidate) -> tuple[str, ...]:
    """The names of the vetoes against a candidate."""
    return tuple(name for name, veto in VETOES.items() if veto(case, candidate))
