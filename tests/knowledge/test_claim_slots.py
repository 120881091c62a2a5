"""Claims of several numbers: each is held against its own figure, and a wrong one is never called right."""

from __future__ import annotations

import pytest

from knowledge.assistant import Assistant
from knowledge.base import KnowledgeBase
from knowledge.finding.wanted import FUNDING
from knowledge.names import PROGRAMME_SHORT, period_name
from knowledge.records import Figure
from knowledge.telling.formats import number


def _with_rates(base: KnowledgeBase) -> list[tuple[Figure, Figure]]:
    """What was carried out, and how much of the plan that is, as one source prints both of one slot."""
    rates = base.select(indicator=FUNDING, measure="rate")
    found = []
    for rate in rates:
        slot = {"programme": rate.programme, "region": rate.region, "period": rate.period}
        rows = base.select(indicator=FUNDING, measure=("actual", "estimate"), **slot)
        alone = len(base.select(indicator=FUNDING, measure="rate", **slot)) == 1
        amounts = [
            row
            for row in rows
            if row.source == rate.source and row.qualifier == "exact" and row.likely_value is None
        ]
        if alone and len(amounts) == 1 and rate.of == amounts[0].measure and rate.likely_value is None:
            found.append((amounts[0], rate))
    return found


def _claim(base: KnowledgeBase, amount: Figure, percent: float) -> str:
    of = f"{PROGRAMME_SHORT[amount.programme]} " if amount.programme != "total" else "tổng hai nguồn "
    word = "ước thực hiện" if amount.measure == "estimate" else "thực hiện"
    place = base.names[amount.region]
    told = f"{number(amount.value / 1e9, 6)} tỷ, đạt {number(percent, 2)}% kế hoạch"
    return f"khuyến công {place} {period_name(amount.period)} {of}{word} {told}, đúng không?"


def test_a_sum_and_its_rate_are_both_held_against_the_base(assistant: Assistant, base: KnowledgeBase) -> None:
    pairs = _with_rates(base)
    assert len(pairs) > 8
    for amount, rate in pairs:
        right, _ = assistant.ask(_claim(base, amount, rate.value))
        assert right.stance == "yes", _claim(base, amount, rate.value)
        wrong, _ = assistant.ask(_claim(base, amount, rate.value + 3.4))
        assert wrong.stance != "yes", _claim(base, amount, rate.value + 3.4)


@pytest.mark.parametrize(
    "claim",
    [
        "phía Bắc 2023 chi 96,6 tỷ KCQG và 79,9 tỷ KCĐP, đúng không",
        "phía Bắc 2023 KCQG 96,6 tỷ, KCĐP 79,9 tỷ, đúng không",
        "năm 2023 phía Nam 176,4 tỷ, phía Bắc 81,725 tỷ đúng không",
        "phía Bắc 176,4 tỷ năm 2021 và 130,4 tỷ năm 2023 đúng không",
        "phía Bắc 2023 kế hoạch 176,4 tỷ, thực hiện 186,5 tỷ, đúng không",
    ],
)
def test_right_numbers_in_the_wrong_places_are_wrong(assistant: Assistant, claim: str) -> None:
    answer, _ = assistant.ask(claim)
    assert answer.stance == "no"


def test_a_count_that_could_not_be_checked_is_named(assistant: Assistant) -> None:
    answer, _ = assistant.ask("quảng bình 2023 kcqg 2,4 tỷ, kcđp 2,87 tỷ, 19 cơ sở, đúng chưa")
    assert answer.stance == "yes"
    assert [note.values["said"] for note in answer.assumptions if note.code == "unchecked"] == ["19"]
