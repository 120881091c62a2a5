"""What is asked of a scheme whose price or machine is told in passing: who approves it, its papers, when it is paid."""

from __future__ import annotations

from knowledge.answers.told import Telling
from knowledge.language.spans import Reading
from knowledge.reading.question import Question
from knowledge.records import Rule

OF_A_SCHEME = ("approver", "papers", "payment", "before_approval", "duty", "repay", "sanction")
"""Aspects that no level answers."""


def asked_of_scheme(reading: Reading) -> list[str]:
    """What is asked of a scheme that its price does not answer; nothing where an amount is asked for as well."""
    if reading.has("aspect", "amount") or reading.has("asks", "how_much"):
        return []
    return [one for one in reading.values("aspect") if one in OF_A_SCHEME]


def rule_on_scheme(telling: Telling, question: Question) -> Rule | None:
    """The rule on the first such thing that one is known of; None where a time, a document or the vote is spoken of."""
    reading = question.reading
    if question.periods.found or question.documents or reading.has("activity", "binh-chon"):
        return None
    rules = (telling.rule("aspect", value, reading) for value in asked_of_scheme(reading))
    return next((one for one in rules if one is not None and one.entry), None)
