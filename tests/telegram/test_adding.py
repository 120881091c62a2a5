"""Adding rows of every kind through a real server: in one line, and field by field with mistakes, going back and kills."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest

from tests.telegram.harness import Bot, Json, Person, buttons_of, id_of, running, text_of
from tests.telegram.html import visible
from tests.telegram.test_admin import SOURCE, owned, saved, tap, toast


@pytest.fixture(scope="module")
def owner(new_bot: Callable[..., Bot]) -> Iterator[Person]:
    bot, owner = owned(new_bot)
    with running(bot):
        yield owner


def press(person: Person, call: Json, label: str) -> Json:
    """Tap a button under a question; the next message."""
    person.tap(buttons_of(call)[label], id_of(call))
    return person.answer()


def say(person: Person, text: str) -> Json:
    """Type an answer; the next message."""
    person.say(text)
    return person.answer()


LINES = [
    (
        f"/them_bai bai-thu | Khuyến công viên là <ai>? | Người giúp việc ở xã. | loại: khái niệm | nguồn: {SOURCE}"
        " | cách hỏi: khuyến công viên xã làm gì zorp; ai là blimblam",
        ("Khuyến công viên là <ai>?", "definition", "khuyến công viên xã làm gì zorp | ai là blimblam"),
    ),
    (
        "/them_muc_ho_tro may-moc-2031 | Ứng dụng máy móc | 50% | 300 triệu đồng | văn bản: 28-2018-tt-btc"
        f" | điều khoản: Điều 7 | nguồn: {SOURCE} | tính cho: cơ sở | áp dụng từ: 11/5/2018",
        ("phần trăm (percent): 50", "300000000", "2018-05-11", "hoạt động (activity): may-moc", "national"),
    ),
    (
        f"/them_muc_ho_tro muc-khong-tran | Mức không trần | 30,5% | - | văn bản: 28-2018-tt-btc | nguồn: {SOURCE}"
        " | điều khoản: Điều 8",
        ("30,5", "Điều 8"),
    ),
    (
        f"/them_van_ban 1-2031-tt-btc | 1/2031/TT-BTC | Thông tư | Về mức chi | nguồn: {SOURCE}; luat-nd-235-2025"
        " | sửa đổi: 28-2018-tt-btc | ngày ban hành: 5/1/2026 | tình trạng: cần kiểm tra",
        ("1/2031/TT-BTC", "2026-01-05", "needs_check", f"{SOURCE} | luat-nd-235-2025", "28-2018-tt-btc"),
    ),
    (
        "/them_su_kien hn-phia-bac-2031 | Hội nghị phía Bắc | 16/5/2025 | Hà Nội | loại: hội nghị khuyến công"
        f" | nguồn: {SOURCE} | vùng: khu vực phía Bắc | chủ trì: Ông A; Bà B",
        ("hoi_nghi_khuyen_cong", "2025-05-16", "vùng (region): phia_bac", "Ông A | Bà B", "năm (year): 2025"),
    ),
]


@pytest.mark.parametrize(("line", "parts"), LINES, ids=[line.split()[0][1:] for line, _ in LINES])
def test_a_row_is_added_in_one_line_read_back_and_undone(
    owner: Person, line: str, parts: tuple[str, ...]
) -> None:
    owner.say(line)
    call = owner.answer()
    told = visible(text_of(call))
    for part in parts:
        assert part in told
    done = tap(owner, call, "Lưu")
    assert "Đã lưu" in done
    row = line.split()[1]
    owner.say(line)
    assert "đã có" in text_of(owner.answer())
    assert "Đã hoàn tác" in owner.ask(f"/hoan_tac {done.split('/hoan_tac ')[1]}")
    assert "Không có dòng nào" in owner.ask(f"/sua {row}")


def test_an_entry_is_answered_at_once(owner: Person) -> None:
    line = f"/them_bai bai-moi | Quỹ xyzzy | Quỹ xyzzy là một quỹ thử. | loại: khái niệm | nguồn: {SOURCE}"
    saved(owner, f"{line} | cách hỏi: quỹ xyzzy là gì")
    assert "Quỹ xyzzy là một quỹ thử." in visible(Person(owner.bot).ask("quỹ xyzzy là gì"))


def test_another_name_of_a_region_is_known_at_once(owner: Person) -> None:
    saved(owner, "/sua thanh-hoa tên khác = xứ Thanh | xứ zorblax")
    told = visible(Person(owner.bot).ask("kinh phí khuyến công xứ zorblax năm 2023"))
    assert "Thanh Hóa" in told


def test_a_figure_is_added_field_by_field_over_kills(new_bot: Callable[..., Bot]) -> None:
    bot, owner = owned(new_bot)
    with running(bot):
        asker = Person(bot)
        owner.say("/them_so_lieu")
        assert "Bước 1/8" in visible(text_of(owner.answer()))
        bot.restart()
        assert "KCQG, KCĐP" in text_of(say(owner, "thời tiết"))
        call = say(owner, "KCĐP")
        assert "Bước 2/8" in visible(text_of(call))
        assert {"Kế hoạch", "Thực hiện", "Bỏ qua", "Quay lại", "Huỷ"} <= set(buttons_of(call))
        bot.restart()
        first, call = call, press(owner, call, "Kế hoạch")
        assert "Của vùng nào" in text_of(call)
        assert "bước khác" in toast(owner, first, "Thực hiện")
        assert "Chưa rõ vùng" in text_of(say(owner, "sao Hỏa"))
        call = say(owner, "phía Nam")
        assert "không bỏ qua được" in text_of(say(owner, "bỏ qua"))
        call = press(owner, say(owner, "2040"), "Quay lại")
        assert "Đã gõ: 2040" in text_of(call)
        bot.restart()
        call = say(owner, "2041")
        assert "Hãy gõ số" in text_of(say(owner, "nhiều"))
        call = say(owner, "trên 77,7 tỷ đồng")
        assert "/them_nguon" in text_of(say(owner, "khong-co"))
        call = say(owner, SOURCE)
        assert "Quay lại" in buttons_of(call)
        call = say(owner, "8")
        call = press(owner, call, "Bỏ qua")
        told = visible(text_of(call))
        for part in (
            "Sắp thêm",
            "kế hoạch · KCĐP · phía Nam · năm 2041",
            "77.700.000.000 đồng",
            "over",
            "đoạn",
        ):
            assert part in told
        assert "77,7" not in asker.ask("kế hoạch KCĐP phía Nam năm 2041")
        assert "Đã lưu" in tap(owner, call, "Lưu")
        assert "77,7 tỷ" in asker.ask("kế hoạch KCĐP phía Nam năm 2041")
        owner.nothing_more()


def test_what_is_typed_after_leaving_is_a_question_again(owner: Person) -> None:
    asker = Person(owner.bot)
    question = "kinh phí khuyến công phía Bắc 2023"
    for leave in ("/huy", "Huỷ"):
        owner.ask("/them_su_kien")
        call = say(owner, "hn-x-2040")
        told = text_of(press(owner, call, "Huỷ")) if leave == "Huỷ" else owner.ask(leave)
        assert "thôi" in told
        assert owner.ask(question) == asker.ask(question)
        assert "bước khác" in toast(owner, call, "Quay lại")


def test_looking_something_up_does_not_leave_the_questions_but_another_change_does(owner: Person) -> None:
    owner.ask("/them_nguon")
    owner.ask("/lich_su")
    assert "Bước 2/5" in visible(text_of(say(owner, "nguon-moi-2040")))
    owner.ask("/sua hn2024-05")
    assert "Bước" not in text_of(say(owner, "xin chào"))


def test_a_taken_id_and_a_bad_address_are_refused_on_the_way(owner: Person) -> None:
    owner.ask("/them_nguon")
    assert f"/sua {SOURCE}" in text_of(say(owner, SOURCE))
    assert "sai dạng" in text_of(say(owner, "Nguồn Mới"))
    say(owner, "nguon-tung-buoc")
    say(owner, "Bài & <thử>")
    say(owner, "Báo A")
    assert "không có thật" in text_of(say(owner, "31/2/2024"))
    call = press(owner, say(owner, "5/1/2024"), "Quay lại")
    call = press(owner, call, "Bỏ qua")
    assert "không phải đường dẫn" in text_of(say(owner, "javascript:x"))
    call = say(owner, "https://example.org/a")
    assert "Bài & <thử>" in visible(text_of(call)) and "2024-01-05" not in text_of(call)
    assert "Đã lưu" in tap(owner, call, "Lưu")


def test_the_questions_end_with_the_role(owner: Person) -> None:
    editor = Person(owner.bot)
    owner.ask(f"/quan_tri them {editor.user} bien_tap")
    editor.ask("/them_nguon")
    owner.ask(f"/quan_tri xoa {editor.user}")
    assert "Bước" not in editor.ask("nguon-cua-toi")
