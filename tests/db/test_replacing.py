"""Which level a row of a new table replaces, and what quotes the old one."""

from __future__ import annotations

from dataclasses import replace

import pytest

from db.new_rows import activity_of
from db.replacing import quotes
from knowledge.changes import Replaced
from knowledge.records import Document, Entry, SupportLevel

OLD = SupportLevel(
    id="may-2018",
    activity="may-moc",
    name="Ứng dụng máy móc, thiết bị tiên tiến, chuyển giao công nghệ",
    scope="national",
    percent=50,
    cap=1_500_000_000,
    document="tt-28",
    article="Điều 8",
    valid_from="2018-05-11",
    valid_to="",
    status="in_force",
    aliases=("mua máy", "máy móc tiên tiến"),
)
NEW = replace(OLD, id="may-2027", percent=70, document="tt-139", valid_from="2027-01-01")
LINE = replace(OLD, id="day-2018", activity="day-chuyen", name="Ứng dụng dây chuyền công nghệ", aliases=())
LEVELS = [
    OLD,
    LINE,
    *(
        replace(OLD, id=f"binh-chon-{name}", activity=f"binh-chon-{name}", name=f"Bình chọn sản phẩm tiêu biểu cấp {name}", aliases=())
        for name in ("khu vực", "quốc gia")
    ),
]  # fmt: skip
DOCUMENTS = {
    one: Document(one, number, "Thông tư", f"Thông tư {number}", status="in_force")
    for one, number in (("tt-28", "28/2018/TT-BTC"), ("tt-139", "139/2026/TT-BTC"))
}


@pytest.mark.parametrize(
    ("name", "activity"),
    [
        ("Ứng dụng máy móc, thiết bị tiên tiến, chuyển giao công nghệ", "may-moc"),
        ("ung dung may moc thiet bi tien tien", "may-moc"),
        ("Hỗ trợ máy móc tiên tiến", "may-moc"),
        ("Hỗ trợ ứng dụng dây chuyền công nghệ mới", "day-chuyen"),
        ("Bình chọn sản phẩm tiêu biểu cấp khu vực", "binh-chon-khu vực"),
        ("Bình chọn sản phẩm tiêu biểu cấp tỉnh", ""),
        ("Mua robot zorp", ""),
    ],
)
def test_a_row_is_of_the_one_activity_that_it_is_most_like(name: str, activity: str) -> None:
    assert activity_of(name, LEVELS)[0] == activity


def test_a_level_of_a_province_is_not_matched() -> None:
    assert activity_of(OLD.name, [replace(OLD, scope="dak-lak")])[0] == ""


def entry(body: str, *basis: str, **more: str) -> Entry:
    return Entry("bai", "support", "Bài", body, basis=basis, **more)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("one", "told"),
    [
        (entry("Không quá 1,5 tỷ đồng."), True),
        (entry("Không quá 1.500 triệu đồng."), True),
        (entry("Không quá 1.500.000.000 đồng."), True),
        (entry("Không quá 11,5 tỷ đồng hay 2.500 triệu đồng."), False),
        (entry("Được 50% khi mua máy."), True),
        (entry("Được 50% tiền thuê gian hàng."), False),
        (entry("Được 150% khi mua máy."), False),
        (entry("Hồ sơ gồm đơn.", "tt-28: Điều 3"), True),
        (entry("Theo Thông tư 28/2018/TT-BTC."), True),
        (entry("Hồ sơ gồm đơn.", "tt-139: Điều 3"), False),
        (entry("Không quá 1,5 tỷ đồng.", valid_to="2018-05-10"), False),
        (entry("Không quá 1,5 tỷ đồng.", status="superseded"), False),
    ],
)
def test_an_entry_quotes_an_old_amount_or_the_replaced_document(one: Entry, told: bool) -> None:
    new = replace(NEW, cap=2_000_000_000)
    found = quotes([Replaced(OLD, new)], [OLD, new], [one], DOCUMENTS)
    assert [quote.row for quote in found if quote.table == "entries"] == (["bai"] if told else [])


def test_an_amount_that_stays_is_not_quoted_and_what_rests_on_the_old_document_is() -> None:
    found = quotes([Replaced(OLD, NEW)], [OLD, NEW, LINE], [entry("Không quá 1,5 tỷ đồng.")], DOCUMENTS)
    assert [quote.row for quote in found] == ["day-2018", "tt-139", "tt-28"]
    assert quotes([Replaced(None, NEW)], [NEW, LINE], [entry("Không quá 1,5 tỷ đồng.")], DOCUMENTS) == []
