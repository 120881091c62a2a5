"""Claims: is this number right, and of what."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from knowledge import folded_re as re
from knowledge.answering.comparing import remember
from knowledge.answering.library import Asked
from knowledge.answering.wanting import Wanting
from knowledge.base import KnowledgeBase
from knowledge.dialogue import Context
from knowledge.finding.answer import figure_answer
from knowledge.finding.claims import Claim, check
from knowledge.finding.wanted import FUNDING, Wanted
from knowledge.reading.numbers import Quantity
from knowledge.reading.question import Question
from knowledge.records import Answer

_FALL = re.compile(r"\b(?:giam|thap hon|it hon|kem|sut|tut|hut)\b")

_OR = re.compile(r"\d[^\d]{0,12} (?:hay|hoac)(?: la)? \d")
"""Two numbers, of which one is right: neither is claimed."""

_RISE = re.compile(r"\b(?:tang|cao hon|nhieu hon|vuot)\b")


class Checking:
    """Checks the numbers of a question against the figures of one base."""

    def __init__(self, base: KnowledgeBase, wanting: Wanting) -> None:
        self._base = base
        self._wanting = wanting

    def answer(self, asked: Asked, wanted: Wanted) -> tuple[Answer, Context] | None:
        """Whether the claimed numbers are right; None where no number is claimed or nothing can be checked."""
        question = asked.question
        clean = question.clean
        direction = -1 if _FALL.search(clean) else 1 if _RISE.search(clean) else 0
        quantities = [q for q in question.quantities if q.scaled] or list(question.quantities)
        claims = [
            Claim(
                q.value,
                q.kind,
                q.text,
                direction,
                bool(re.search(rf"\b(?:gan|khoang|hon|tren|xap xi|tam) {re.escape(q.text)}", clean)),
            )
            for q in quantities
        ]
        if not claims:
            return None
        if question.numbered and not any(claim.kind != "plain" for claim in claims):
            wanted = replace(wanted, indicator=question.numbered, measures=(), of=())
        if (
            wanted.indicator == FUNDING
            and any(claim.kind == "percent" for claim in claims)
            and not any(m in ("rate", "share", "change") for m in wanted.measures)
        ):
            measures, of = self._wanting.funding_measures(
                replace(question, measures=replace(question.measures, percent=True)),
                tuple(m for m in wanted.measures),
            )
            wanted = replace(wanted, measures=measures, of=of)
        elif claims[0].kind == "plain" and wanted.indicator == FUNDING:
            return None
        if _OR.search(clean):
            each = (check(self._base, wanted, [claim]) for claim in claims)
            right = next((one for one in each if one is not None and one.stance == "yes"), None)
            if right is not None:
                answer = figure_answer(self._base, right.found, asked.today)
                return answer, remember(asked, wanted, answer)
        checked = [
            one
            for slots, said in self._paired(question, wanted, claims, quantities)
            if (one := check(self._base, slots, said)) is not None
        ]
        if not checked:
            return None
        first = next((one for one in checked if one.stance == "no"), checked[0])
        lead = first.found.lead
        assert lead is not None
        answer = figure_answer(self._base, first.found, asked.today)
        others = tuple(
            one.found.lead for one in checked if one is not first and one.found.lead not in (None, lead)
        )
        companions = (
            *(row for row in others if row is not None),
            *(row for row in answer.companions if row not in others),
        )
        verdicts = (*first.verdicts, *(v for one in checked if one is not first for v in one.verdicts))
        answer = replace(answer, kind="check", stance=first.stance, verdicts=verdicts, companions=companions)
        return answer, remember(asked, wanted, answer)

    def _paired(
        self, question: Question, wanted: Wanted, claims: Sequence[Claim], quantities: Sequence[Quantity]
    ) -> list[tuple[Wanted, Sequence[Claim]]]:
        """What is claimed of what: several numbers for several sources belong to the source named last before each."""
        named = question.programmes
        if len(named) < 2 or len(claims) < 2:
            return [(wanted, claims)]
        pairs: list[tuple[Wanted, Sequence[Claim]]] = []
        for claim, quantity in zip(claims, quantities, strict=True):
            before = [one for one in named if one.position < quantity.span[0]] or [named[0]]
            pairs.append((replace(wanted, programmes=(before[-1].value,)), [claim]))
        return pairs
