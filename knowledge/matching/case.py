"""One question with all its candidates: what a veto looks at."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from knowledge.answers.eligibility import OTHER_ASPECTS
from knowledge.answers.held import DECISIVE
from knowledge.base import KnowledgeBase
from knowledge.matching.candidates import Candidate
from knowledge.matching.features import Kinship
from knowledge.reading.question import Question
from knowledge.records import Figure

NEARLY = 0.93
"""Likeness to a stored wording from which its entry may be told although a number at a place or time is asked for."""
WORKSHOP = frozenset({"doi_tuong", "nganh_nghe"})
"""Topics of entries that say who may have support, whatever for."""
TRADE = "nganh_nghe"
RIVAL = 0.3
"""Likeness less than that of the likeliest entry down to which another one may be what is asked."""


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
    def holds_a_number(self) -> bool:
        """Whether a number is asked of a document that names itself in the note of the figure that is found."""
        leads = filter(None, map(lead_of, self.candidates)) if self.question.amount else ()
        noted = " ".join(lead.note for lead in leads if lead.indicator == self.question.counted)
        return any(f"{one.number}/" in noted for one in self.question.documents)

    @cached_property
    def trades(self) -> frozenset[str]:
        """The entries on trades that are named."""
        named = self.question.reading.values("entry_name")
        return frozenset(id_ for id_ in named if TRADE in self.base.entries[id_].topics)

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


def lead_of(candidate: Candidate) -> Figure | None:
    """The figure that a candidate tells first; None where it tells none."""
    answer = candidate.answer
    if answer.status != "answered" or candidate.frame not in ("figure", "claim"):
        return None
    return answer.figures[0] if answer.figures else None
