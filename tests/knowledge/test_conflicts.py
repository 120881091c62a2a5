"""Two sources, one slot: the lead is chosen by the rule, the answer says that they disagree, one command lists them."""

from __future__ import annotations

import pytest
from click.testing import CliRunner

import bot
from knowledge.assistant import Assistant
from knowledge.base import KnowledgeBase
from knowledge.finding.conflicts import conflicts, in_order, rule
from knowledge.records import Figure, Source
from knowledge.telling.notes import LEAD_RULES
from knowledge.telling.render import plain

SOURCES = (
    Source("co-quan", "Trang của sở", published_on="2019", rank=2),
    Source("bao-moi", "Báo", published_on="2022-05-01", rank=3),
    Source("bao-cu", "Báo", published_on="2021", rank=3),
    Source("bao-khong-ngay", "Báo", rank=3),
)


def figure(name: str, source: str, value: float = 5.0, likely: float | None = None) -> Figure:
    """A figure of one and the same slot."""
    return Figure(
        name, "kinh-phi", "plan", "lam-dong", "2021", value, "VND", str(value), source, likely_value=likely
    )


@pytest.mark.parametrize(
    ("first", "second", "why"),
    [
        (figure("a", "co-quan"), figure("b", "bao-moi"), "rank"),
        (figure("a", "bao-moi"), figure("b", "bao-cu"), "date"),
        (figure("a", "bao-cu"), figure("b", "bao-khong-ngay"), "date"),
        (figure("a", "bao-cu"), figure("b", "bao-cu"), "order"),
        (figure("a", "bao-khong-ngay"), figure("b", "co-quan", likely=6.0), "misprint"),
    ],
)
def test_the_lead_is_chosen_by_the_rule(first: Figure, second: Figure, why: str) -> None:
    base = KnowledgeBase(sources=SOURCES, figures=(first, second))
    assert in_order(base, (first, second)) == [first, second]
    assert rule(base, first, second) == why
    if why != "order":
        assert in_order(base, (second, first)) == [first, second]


def test_only_figures_of_one_slot_are_a_conflict() -> None:
    rows = (figure("a", "co-quan", 5), figure("b", "bao-moi", 6), figure("c", "bao-cu", 5))
    [found] = conflicts(KnowledgeBase(sources=SOURCES, figures=rows))
    assert [row.id for row in found.figures] == ["a", "b", "c"]
    assert found.rule == "rank" and found.differs
    [alike] = conflicts(KnowledgeBase(sources=SOURCES, figures=(rows[0], rows[2])))
    assert not alike.differs


def test_the_answer_says_that_sources_disagree(assistant: Assistant) -> None:
    answer, _ = assistant.ask("kế hoạch kinh phí khuyến công phía Nam năm 2019 là bao nhiêu")
    assert [row.id for row in answer.figures] == ["pn2019-02", "fw-0068"]
    assert [note.values["rule"] for note in answer.warnings if note.code == "sources_differ"] == ["rank"]
    told = plain(answer)
    assert "Nguồn khác in 85,5 tỷ đồng" in told and "Báo Cần Thơ" in told and LEAD_RULES["rank"] in told


def test_a_second_source_that_prints_the_same_is_named_without_a_warning(assistant: Assistant) -> None:
    answer, _ = assistant.ask(
        "năm 2023 cả nước có bao nhiêu sản phẩm công nghiệp nông thôn tiêu biểu cấp quốc gia"
    )
    assert answer.figures[0].value == 173 and len(answer.figures) == 2
    assert not any(note.code == "sources_differ" for note in answer.warnings)
    assert "Nguồn khác cũng in 173 sản phẩm" in plain(answer)


def test_every_conflict_is_listed_with_its_rule_by_one_command(
    base: KnowledgeBase, monkeypatch: pytest.MonkeyPatch, built: object
) -> None:
    monkeypatch.setenv("DATABASE", str(built))
    told = CliRunner().invoke(bot.main, ["kb", "conflicts"])
    assert told.exit_code == 0, told.output
    found = [one for one in conflicts(base) if one.differs]
    assert len(found) >= 5
    assert f"{len(found)} ô" in told.output
    for one in found:
        assert all(row.id in told.output for row in one.figures)
    assert told.output.count("  vì: số ") == len(found)
    every = CliRunner().invoke(bot.main, ["kb", "conflicts", "--all"]).output
    assert f"{len(list(conflicts(base)))} ô" in every
