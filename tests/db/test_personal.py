"""What tells of a person goes, what tells of the matter stays."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from db.personal import HIDDEN, without_personal


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("tôi tên Nguyễn Văn An ở Thái Bình", "tôi tên […] ở Thái Bình"),
        ("em ten lan o thai binh muon hoi", "em ten […] o thai binh muon hoi"),
        ("Tên em là Trần Thị B. Xưởng mộc được không", "Tên em là […]. Xưởng mộc được không"),
        ("họ và tên: phạm thị hoa, xã X", "họ và tên: […], xã X"),
        ("Tôi là Lê Hoàng Minh Châu hỏi vốn", "Tôi là […] hỏi vốn"),
        ("chị Nguyễn Thị Hoa hỏi", "chị […] hỏi"),
        ("gọi 0912 345 678 nhé", "gọi […] nhé"),
        ("gọi 0912.345.678", "gọi […]"),
        ("gọi +84 912-345-678", "gọi […]"),
        ("gọi (024) 3822 1234", "gọi […]"),
        ("gọi 84912345678", "gọi […]"),
        ("thư a.b@gmail.com", "thư […]"),
        ("nhắn @lan_nguyen", "nhắn […]"),
        ("xem facebook.com/lan.nguyen.9", "xem […]"),
        ("cccd 034567891234, stk 19034567812", "cccd […], stk […]"),
    ],
)
def test_what_tells_of_a_person_is_hidden(typed: str, kept: str) -> None:
    assert without_personal(typed) == kept
    assert without_personal(unicodedata.normalize("NFD", typed)) == kept


@pytest.mark.parametrize(
    "typed",
    [
        "máy 800.000.000 đồng được bao nhiêu",
        "máy 800000000 được bao nhiêu",
        "kinh phí 170800000000 đồng",
        "84.500.000 đồng",
        "84 tỷ 500 triệu",
        "0,5 tỷ và 0.375",
        "thông tư 28/2018/TT-BTC, nghị định 45/2012/NĐ-CP",
        "từ 01/7/2025 đến 15-10-2025, 2021-2025, 2022 2023 2024",
        "tên cục công thương địa phương là gì",
        "em là chủ xưởng mộc, tôi có được hỗ trợ không",
    ],
)
def test_what_tells_of_the_matter_stays(typed: str) -> None:
    assert without_personal(typed) == typed


@given(st.text(max_size=200))
def test_doing_it_twice_changes_nothing_more(text: str) -> None:
    once = without_personal(text)
    assert without_personal(once) == once


@given(st.from_regex(r"0[35789]\d{8}", fullmatch=True), st.sampled_from(["", " ", ".", "-"]))
def test_no_mobile_number_comes_through(number: str, sign: str) -> None:
    parted = sign.join([number[:4], number[4:7], number[7:]])
    assert without_personal(f"gọi tôi số {parted} nhé") == f"gọi tôi số {HIDDEN} nhé"
