"""Amounts as typed and as said: the same value in every way, and none where a word only looks like a number."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.language.numbers import Amount, amounts
from tests.language import ONES, both, spoken, words_of

MILLION, BILLION = 10**6, 10**9


def read(text: str) -> list[Amount]:
    """The amounts of a text."""
    return amounts(words_of(text))


def said(text: str) -> list[tuple[str, Decimal, Decimal | None]]:
    """Kind, value and upper end of each amount of a text."""
    return [(one.kind, one.value, one.value_max) for one in read(text)]


SENTENCES = (
    "{}",
    "em mua máy {}",
    "tổng {} đồng",
    "giá {}, được hỗ trợ không",
    "năm 2024 có {}",
    "quý 3 {} thì sao",
)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("ba trăm năm chục triệu", "350e6"),
        ("1 355 triệu", "1355e6"),
        ("1 200 triệu", "1200e6"),
        ("9 876 triệu", "9876e6"),
        ("một tỷ hai trăm", "1.2e9"),
        ("một tỷ hai", "1.2e9"),
        ("một tỷ ba lăm", "1.35e9"),
        ("2 tỷ 3", "2.3e9"),
        ("1 tỷ 200", "1.2e9"),
        ("nửa tỷ", "0.5e9"),
        ("1/2 tỷ", "0.5e9"),
        ("tỷ rưỡi", "1.5e9"),
        ("triệu hai", "1.2e6"),
        ("trăm rưởi triệu", "150e6"),
        ("hai trăm rưởi triệu", "250e6"),
        ("3 trăm triệu", "300e6"),
        ("hai trăm tư triệu", "240e6"),
        ("500tr", "500e6"),
        ("1tr5", "1.5e6"),
        ("2t3", "2.3e9"),
        ("800 củ", "800e6"),
        ("hai củ rưỡi", "2.5e6"),
        ("5 chai", "5e6"),
        ("500k", "500e3"),
        ("1,2 tỷ", "1.2e9"),
        ("170.8 tỷ", "170.8e9"),
        ("85,865 tỷ", "85.865e9"),
        ("1.234,5 triệu", "1234.5e6"),
        ("1.234.567.890 đồng", "1234567890"),
        ("450.000.000đ", "450e6"),
        ("450 000 000 đồng", "450e6"),
        ("450,000,000 đồng", "450e6"),
        ("450.000.000 VNĐ", "450e6"),
        ("3 nghìn tỷ", "3e12"),
        ("1 tỷ 234 triệu 567 nghìn", "1234567e3"),
        ("năm triệu", "5e6"),
    ],
)
def test_money_is_read_in_every_way_with_and_without_marks(text: str, value: str) -> None:
    for typed in both(text):
        assert said(typed) == [("money", Decimal(value), None)], typed


@pytest.mark.parametrize(("text", "value"), [("½ tỷ", "0.5e9"), ("1½ tỷ", "1.5e9"), ("2¼ tỷ", "2.25e9")])
def test_a_sign_for_a_fraction_is_one(text: str, value: str) -> None:
    assert said(text) == [("money", Decimal(value), None)]


def test_a_scale_without_a_number_is_read_where_marks_say_that_it_is_rough() -> None:
    (one,) = read("tầm tỷ hai")
    assert (one.value, one.approx) == (Decimal("1.2e9"), True)
    assert [amount.kind for amount in read("tam ty hai")] == ["unread"]


@pytest.mark.parametrize(
    ("text", "low", "high"),
    [
        ("ba bốn trăm triệu", "300e6", "400e6"),
        ("300-400 triệu", "300e6", "400e6"),
        ("300tr - 400tr", "300e6", "400e6"),
        ("từ 2 đến 3 tỷ", "2e9", "3e9"),
        ("500 đến 1 tỷ", "500e6", "1e9"),
        ("hai ba tỷ", "2e9", "3e9"),
        ("năm bảy triệu", "5e6", "7e6"),
        ("bảy tám chục triệu", "70e6", "80e6"),
        ("2 3 tỷ", "2e9", "3e9"),
        ("vài trăm triệu", "200e6", "500e6"),
    ],
)
def test_a_range_has_two_ends(text: str, low: str, high: str) -> None:
    for typed in both(text):
        assert said(typed) == [("money", Decimal(low), Decimal(high))], typed


def test_about_ten_is_a_range_only_with_its_marks() -> None:
    assert said("mươi triệu") == [("money", Decimal("10e6"), Decimal("20e6"))]
    assert said("mười triệu") == [("money", Decimal("10e6"), None)]


@pytest.mark.parametrize("word", ["hơn", "gần", "khoảng", "tầm", "chừng", "trên"])
def test_a_word_for_roughly_is_kept(word: str) -> None:
    (one,) = read(f"{word} 500 triệu")
    assert one.approx


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("hai mươi lăm phần trăm", "25"),
        ("26,6%", "26.6"),
        ("26.6 %", "26.6"),
        ("0,5 điểm phần trăm", "0.5"),
        ("chín phẩy năm phần trăm", "9.5"),
    ],
)
def test_a_percent_is_read(text: str, value: str) -> None:
    for typed in both(text):
        assert said(typed) == [("percent", Decimal(value), None)]


@pytest.mark.parametrize(
    ("text", "currency"),
    [
        ("5000 USD", "usd"),
        ("5000 đô", "usd"),
        ("5000 đô la", "usd"),
        ("$5000", "usd"),
        ("5.000$", "usd"),
        ("5 nghìn euro", "eur"),
    ],
)
def test_foreign_money_is_never_dong(text: str, currency: str) -> None:
    (one,) = read(text)
    assert (one.kind, one.value, one.unit) == ("foreign", Decimal(5000), currency)


@pytest.mark.parametrize(
    ("text", "value", "unit"),
    [
        ("480 công nhân", 480, "cong"),
        ("3 máy", 3, "may"),
        ("hai cái", 2, "cai"),
        ("mười lăm cái máy", 15, "cai"),
        ("mười năm", 10, "nam"),
        ("hai mươi năm", 20, "nam"),
        ("năm máy", 5, "may"),
        ("500 chai nước mắm", 500, "chai"),
        ("106 đề án", 106, "de"),
        ("máy ×2", 2, "x"),
        ("máy x2", 2, "x"),
    ],
)
def test_a_count_comes_with_what_is_counted(text: str, value: int, unit: str) -> None:
    assert [(one.kind, one.value, one.unit) for one in read(text)] == [("plain", Decimal(value), unit)]


@pytest.mark.parametrize(
    "text",
    ["12.34.56 tỷ", "1.2.3 triệu", "300-40 triệu", "1,200 triệu", "hai phần ba", "1 tỷ 50", "9" * 23 + " tỷ"],
)
def test_what_cannot_be_read_is_unread_and_never_a_part_of_it(text: str) -> None:
    assert [one.kind for one in read(text)] == ["unread"]


@pytest.mark.parametrize(
    "text",
    [
        "năm ngoái", "năm sau", "tư nhân", "tám chuyện", "tạm ứng", "ba mẹ", "hai vùng", "công ty hai thành viên",
        "tỷ lệ hai bên", "phía nam năm 2023 tỷ lệ hoàn thành", "ngày 16/5/2024", "tháng 9", "quý 3/2024", "điều 5",
        "nghị định 45/2012/NĐ-CP", "ngân sách ba cấp", "máy bay", "không có số", "",
    ],
)  # fmt: skip
def test_words_that_only_look_like_numbers_are_none(text: str) -> None:
    for typed in both(text):
        assert read(typed) == [], typed


def test_the_number_of_a_quarter_is_no_thousand() -> None:
    assert said("quý 3 500 triệu") == [("money", Decimal("500e6"), None)]


@given(
    value=st.integers(1, 999),
    zero=st.sampled_from(("linh", "lẻ")),
    ten=st.sampled_from(("mươi", "chục")),
    data=st.data(),
)
def test_a_sum_in_words_reads_back(value: int, zero: str, ten: str, data: st.DataObject) -> None:
    if ten == "chục" and value % 10:
        ten = "mươi"
    scale, word = data.draw(st.sampled_from(((MILLION, "triệu"), (BILLION, "tỷ"), (BILLION, "tỉ"))))
    sentence = data.draw(st.sampled_from(SENTENCES)).format(f"{spoken(value, zero=zero, ten=ten)} {word}")
    for typed in both(sentence):
        assert ("money", Decimal(value * scale), None) in said(typed), typed


@given(value=st.integers(1, 10**14), sign=st.sampled_from((".", " ", ",")))
def test_grouped_digits_read_back(value: int, sign: str) -> None:
    written = f"{value:,}".replace(",", sign)
    if sign == "," and value < 10**6:
        return
    found = said(f"{written} đồng")
    assert found == [("money", Decimal(value), None)] or value < 100


@given(whole=st.integers(0, 9999), tenth=st.integers(1, 99), scale=st.sampled_from(("tỷ", "triệu")))
def test_decimals_read_back(whole: int, tenth: int, scale: str) -> None:
    value = Decimal(f"{whole}.{tenth:02d}") * (BILLION if scale == "tỷ" else MILLION)
    for written in (f"{whole},{tenth:02d}", f"{whole}.{tenth:02d}"):
        assert said(f"giá {written} {scale}") == [("money", value, None)]


@given(billions=st.integers(1, 99), millions=st.integers(1, 999))
def test_billions_and_millions_read_back(billions: int, millions: int) -> None:
    value = Decimal(billions * BILLION + millions * MILLION)
    ways = [
        f"{billions} tỷ {millions} triệu", f"{billions}tỷ {millions}tr", f"{spoken(billions)} tỷ {spoken(millions)} triệu",
        f"{billions} tỷ {millions:03d}",
    ]  # fmt: skip
    for way in ways:
        for typed in both(f"máy {way}"):
            assert said(typed) == [("money", value, None)], typed


@given(billions=st.integers(1, 99), tenth=st.integers(1, 9))
def test_a_sum_said_short_reads_back(billions: int, tenth: int) -> None:
    value = Decimal(billions * BILLION) + Decimal(tenth * BILLION) / 10
    for way in (
        f"{billions} tỷ {tenth}",
        f"{billions}t{tenth}",
        f"{spoken(billions)} tỷ {ONES[tenth]}",
        f"{billions} tỷ {tenth} trăm",
    ):
        ends = ("", "?", " thì sao") if "trăm" not in way else (" triệu",)
        for end in ends:
            assert said(f"máy {way}{end}") == [("money", value, None)], way + end


@given(low=st.integers(1, 998), more=st.integers(1, 900), data=st.data())
def test_ranges_read_back(low: int, more: int, data: st.DataObject) -> None:
    high = min(low + more, 999)
    joint = data.draw(st.sampled_from(("-", " - ", " đến ", " tới ", "–")))
    found = said(f"khoảng {low}{joint}{high} triệu")
    assert found == [("money", Decimal(low * MILLION), Decimal(high * MILLION))]


_ALPHABET = st.sampled_from(
    [
        "một",
        "hai",
        "ba",
        "bốn",
        "năm",
        "sáu",
        "bảy",
        "tám",
        "mười",
        "mươi",
        "trăm",
        "chục",
        "tỷ",
        "triệu",
        "tr",
        "k",
        "đồng",
        "%",
        "rưỡi",
        "nửa",
        "1",
        "2",
        "300",
        "1.234",
        "5,6",
        "1tr5",
        "-",
        "/",
        ",",
        ".",
        "x",
        "×2",
        "½",
        "đến",
        "lẻ",
        "linh",
        "phẩy",
        "phần",
        "tỷ",
        "lệ",
        "2024",
        "máy",
        "cái",
        "usd",
        "$",
    ]
)


@given(st.lists(_ALPHABET, max_size=12).map(" ".join) | st.text(max_size=40))
def test_no_text_breaks_the_reading(text: str) -> None:
    words = words_of(text)
    end = 0
    for one in amounts(words):
        assert end <= one.start < one.end <= len(words)
        assert one.value >= 0
        assert one.value_max is None or one.value_max > one.value
        end = one.end
