"""What an owner is told: the worst rule leads, the level only after it; probes of both kinds."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from knowledge.assistant import Assistant
from knowledge.records import Answer
from knowledge.telling.law import fact_name
from knowledge.telling.render import plain

PROBES = Path(__file__).parents[1] / "probes"


def probes() -> list[dict[str, object]]:
    """The probe lines of amounts and conditions."""
    names = ("amounts", "conditions")
    return [
        json.loads(line)
        for name in names
        for line in (PROBES / f"{name}.jsonl").read_text(encoding="utf-8").splitlines()
    ]


def codes(answer: Answer) -> list[str]:
    """The codes of what an answer assumes."""
    return [note.code for note in answer.assumptions]


@pytest.mark.parametrize("probe", probes(), ids=lambda probe: str(probe["id"]))
def test_a_probe_is_told_what_it_must_and_nothing_that_it_must_not(
    assistant: Assistant, probe: dict[str, list[list[str]]]
) -> None:
    answer, _ = assistant.ask(str(probe["q"]))
    text = plain(answer).partition("Xem thêm")[0].lower()
    for group in probe["must"]:
        assert any(one.lower() in text for one in group), group
    for one in probe["must_not"]:
        assert str(one).lower() not in text


def test_the_worst_verdict_leads_and_every_fact_is_told(assistant: Assistant) -> None:
    answer, _ = assistant.ask("công ty Đài Loan làm giày ở xã có được khuyến công không")
    assert {entry.id for entry in answer.entries} == {
        "doi-tuong-doanh-nghiep-fdi",
        "doi-tuong-xa-cua-tinh",
        "nganh-may-mac",
    }
    assert answer.stance == "unknown"
    assert all(fact_name(entry) in plain(answer) for entry in answer.entries[1:])


def test_a_ward_of_no_named_province_depends_and_one_of_a_province_does_not(assistant: Assistant) -> None:
    anywhere, _ = assistant.ask("htx ở phường làm bánh tráng có được khuyến công không")
    province, _ = assistant.ask("htx ở phường của Ninh Bình làm bánh tráng có được khuyến công không")
    assert (anywhere.stance, province.stance) == ("conditional", "yes")


def test_a_large_enterprise_is_told_so_by_its_numbers(assistant: Assistant) -> None:
    answer, _ = assistant.ask("xưởng em có 250 lao động vốn 15 tỷ có được không")
    assert answer.entries[0].id == "doi-tuong-doanh-nghiep-lon"
    assert codes(answer) == ["size_large"]


def test_growing_and_making_together_depend(assistant: Assistant) -> None:
    answer, _ = assistant.ask("nuôi tằm dệt lụa có được hưởng không")
    assert answer.stance == "conditional"
    assert plain(answer).startswith("Còn tùy từng việc")


@pytest.mark.parametrize(
    "asked",
    [
        "quán cà phê mua máy pha 150 triệu được hỗ trợ bao nhiêu",
        "nuôi heo mua máy 300tr được hỗ trợ mấy",
        "công ty 500 công nhân mua máy 2 tỷ",
        "máy Nhật bãi 400 triệu được hỗ trợ bao nhiêu",
        "xưởng ở phường trung tâm thành phố Đà Nẵng mua máy 350 triệu",
    ],
)
def test_no_sum_is_told_where_a_fact_rules_support_out(assistant: Assistant, asked: str) -> None:
    answer, _ = assistant.ask(asked)
    assert answer.stance == "no"
    assert answer.calculation is None
    assert not answer.levels


def test_a_condition_stands_before_the_sum(assistant: Assistant) -> None:
    answer, _ = assistant.ask("tiệm sửa xe mua máy 60 triệu được hỗ trợ bao nhiêu")
    assert answer.calculation is not None
    assert plain(answer).index(fact_name(answer.entries[0])) < plain(answer).index("30 triệu")


@pytest.mark.parametrize("asked", ["bên Thái Lan hỗ trợ mua máy sao", "nước ngoài hỗ trợ mua máy thế nào"])
def test_the_policy_of_another_country_is_not_ours(assistant: Assistant, asked: str) -> None:
    answer, _ = assistant.ask(asked)
    assert [gap.code for gap in answer.gaps] == ["abroad"]


def test_who_only_wants_support_is_asked_for_what(assistant: Assistant) -> None:
    answer, _ = assistant.ask("em muốn xin hỗ trợ")
    assert answer.status == "asked_back"
    assert [gap.code for gap in answer.gaps] == ["opener_wish"]
    chosen, _ = assistant.ask(answer.choices[0].question)
    assert "300 triệu" in plain(chosen)


@pytest.mark.parametrize("place", ["Thái Nguyên", "Thái Bình", "Mỹ Tho", "Cần Thơ"])
def test_a_fair_in_a_place_at_home_is_not_one_abroad(assistant: Assistant, place: str) -> None:
    answer, _ = assistant.ask(f"thuê gian đi hội chợ ở {place} hết 10 triệu được hỗ trợ bao nhiêu")
    assert answer.levels[0].activity == "hoi-cho-trong-nuoc"


@pytest.mark.parametrize("place", ["Dubai", "Quảng Châu", "Hàn Quốc", "nước Nhật"])
def test_a_fair_in_another_country_is_one_abroad(assistant: Assistant, place: str) -> None:
    answer, _ = assistant.ask(f"thuê gian đi hội chợ ở {place} hết 100 triệu được hỗ trợ bao nhiêu")
    assert answer.levels[0].activity == "hoi-cho-nuoc-ngoai"
