"""Adding rows of every kind through a real server: in one line, and field by field with mistakes, going back and kills."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

import pytest

from tests.telegram.harness import Bot, Json, Person, buttons_of, id_of, running, text_of
from tests.telegram.html import visible
from tests.telegram.test_admin import SOURCE, full, let_in, owned, saved, tap, toast


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
        (
            "Khuyến công viên là <ai>? → Người giúp việc ở xã.",
            "loại: khái niệm",
            "khuyến công viên xã làm gì zorp; ai là blimblam",
        ),
        "bai-thu",
    ),
    (
        "/them_muc_ho_tro may-moc-2031 | Ứng dụng máy móc | 50% | 300 triệu đồng | văn bản: TT 28/2018"
        f" | điều khoản: Điều 7 | nguồn: {SOURCE} | tính cho: cơ sở | áp dụng từ: 11/5/2018",
        (
            "Ứng dụng máy móc: tối đa 50% chi phí, không quá 300 triệu đồng/cơ sở, theo 28/2018/TT-BTC, Điều 7,"
            " áp dụng từ 11/5/2018",
            "mức trần: 300.000.000 đồng",
            "phạm vi: cả nước",
            "tình trạng: còn hiệu lực",
        ),
        "may-moc-2031",
    ),
    (
        f"/them_muc_ho_tro muc-khong-tran | Mức không trần | 30,5% | - | văn bản: 28-2018-tt-btc | nguồn: {SOURCE}"
        " | điều khoản: Điều 8 | áp dụng từ: 11/5/2018",
        ("tối đa 30,5% chi phí", "Điều 8"),
        "muc-khong-tran",
    ),
    (
        f"/them_van_ban 1/2031/TT-BTC | Thông tư | Về mức chi | nguồn: {SOURCE}; luat-nd-235-2025"
        " | sửa đổi: Thông tư 28 | ngày ban hành: 5/1/2026 | tình trạng: cần kiểm tra",
        (
            "Thông tư 1/2031/TT-BTC: Về mức chi, ban hành 5/1/2026",
            "tình trạng: cần kiểm tra",
            "sửa đổi: 28/2018/TT-BTC",
        ),
        "1-2031-tt-btc",
    ),
    (
        "/them_su_kien hn-phia-bac-2031 | Hội nghị phía Bắc | 16/5/2025 | Hà Nội | loại: hội nghị khuyến công"
        f" | nguồn: {SOURCE} | vùng: khu vực phía Bắc | chủ trì: Ông A; Bà B",
        (
            "Hội nghị phía Bắc, ngày 16/5/2025 tại Hà Nội",
            "loại: hội nghị khuyến công",
            "vùng: Phía Bắc",
            "Ông A; Bà B",
            "năm: 2025",
        ),
        "hn-phia-bac-2031",
    ),
]


@pytest.mark.parametrize(("line", "parts", "row"), LINES, ids=[line.split()[0][1:] for line, *_ in LINES])
def test_a_row_is_added_in_one_line_read_back_and_undone(
    owner: Person, line: str, parts: tuple[str, ...], row: str
) -> None:
    owner.say(line)
    call = full(owner, owner.answer())
    told = visible(text_of(call))
    for part in parts:
        assert part in told
    done = tap(owner, call, "Lưu")
    assert "Đã lưu" in done
    assert row in done
    assert "Hỏi thử" in done
    found = re.search(r"/hoan_tac (\d+)", done)
    assert found and "Đã hoàn tác" in owner.ask(f"/hoan_tac {found[1]}")
    assert "Không có dòng nào" in owner.ask(f"/sua {row}")


def test_an_entry_is_answered_at_once(owner: Person) -> None:
    line = f"/them_bai bai-moi | Quỹ xyzzy | Quỹ xyzzy là một quỹ thử. | loại: khái niệm | nguồn: {SOURCE}"
    saved(owner, f"{line} | cách hỏi: quỹ xyzzy là gì")
    assert "Quỹ xyzzy là một quỹ thử." in visible(Person(owner.bot).ask("quỹ xyzzy là gì"))


def test_another_name_of_a_region_is_known_at_once(owner: Person) -> None:
    saved(owner, "/sua thanh-hoa tên khác = xứ Thanh | xứ zorblax")
    told = visible(Person(owner.bot).ask("kinh phí khuyến công xứ zorblax năm 2023"))
    assert "Thanh Hóa" in told


def test_a_figure_is_added_part_by_part_over_kills(new_bot: Callable[..., Bot]) -> None:
    bot, owner = owned(new_bot)
    with running(bot):
        asker = Person(bot)
        owner.say("/them_so_lieu")
        assert "Bước 1/6" in visible(text_of(owner.answer()))
        bot.restart()
        assert "KCQG, KCĐP" in text_of(say(owner, "thời tiết"))
        call = say(owner, "KCĐP")
        assert "Đã ghi: chỉ tiêu Kinh phí khuyến công; chương trình KCĐP" in visible(text_of(call))
        assert "Bước 2/6" in visible(text_of(call))
        assert {"Kế hoạch", "Thực hiện", "Quay lại", "Huỷ"} <= set(buttons_of(call))
        bot.restart()
        first, call = call, press(owner, call, "Kế hoạch")
        assert "Đã ghi: loại số kế hoạch" in text_of(call) and "Của vùng nào" in text_of(call)
        assert "bước khác" in toast(owner, first, "Thực hiện")
        assert "chưa rõ vùng" in text_of(say(owner, "sao Hỏa"))
        call = say(owner, "phía Nam")
        assert "không bỏ qua được" in text_of(say(owner, "bỏ qua"))
        call = press(owner, say(owner, "2040"), "Quay lại")
        assert "năm hoặc kỳ" in text_of(call).lower()
        bot.restart()
        call = say(owner, "2041")
        assert "Đã ghi: kỳ năm 2041" in text_of(call)
        assert "không phải một số" in text_of(say(owner, "nhiều"))
        assert "chưa rõ đơn vị" in text_of(say(owner, "77,7"))
        assert "không phải số tiền" in text_of(say(owner, "77,7%"))
        call = say(owner, "trên 77,7 tỷ đồng")
        assert "giá trị 77.700.000.000 đồng" in visible(text_of(call))
        assert "chưa có nguồn" in text_of(say(owner, "khong-co"))
        call = say(owner, SOURCE)
        told = visible(text_of(call))
        for part in ("Sắp thêm", "kế hoạch · KCĐP · phía Nam · năm 2041", "77.700.000.000 đồng", "Nguồn: "):
            assert part in told
        assert "77,7" not in asker.ask("kế hoạch KCĐP phía Nam năm 2041")
        call = full(owner, call)
        assert "mức độ: trên" in visible(text_of(call))
        done = visible(tap(owner, call, "Lưu"))
        assert "Đã lưu" in done and "Hỏi thử" in done and "77,7 tỷ" in done
        assert "77,7 tỷ" in asker.ask("kế hoạch KCĐP phía Nam năm 2041")
        owner.nothing_more()


def test_a_question_inside_a_form_is_answered_and_the_part_asked_again(owner: Person) -> None:
    owner.ask("/them_so_lieu")
    say(owner, "KCĐP kế hoạch phía Nam")
    owner.say("kinh phí khuyến công phía Bắc năm 2023 là bao nhiêu?")
    answer, again = map(text_of, owner.next(2))
    assert "176,4" in answer and "Năm hoặc kỳ nào" in again
    owner.say("hộ kinh doanh có được hỗ trợ không")
    answer, again = map(text_of, owner.next(2))
    assert "Năm hoặc kỳ nào" not in answer and "Năm hoặc kỳ nào" in again
    assert "Đã thôi" in owner.ask("thôi")
    owner.ask("/them_bai")
    assert "Lời đáp" in text_of(say(owner, "Quỹ plugh là gì?")), "a title may be a question"
    owner.ask("/huy")


def test_a_wrong_part_of_a_line_keeps_the_others(owner: Person) -> None:
    owner.say("/them_so_lieu KCĐP kế hoạch 2043 phía Nam 43 tỷ | nguồn: bài không có")
    call = owner.answer()
    told = visible(text_of(call))
    assert "chưa có nguồn" in told and "vùng Phía Nam" in told and "43.000.000.000 đồng" in told
    told = visible(text_of(say(owner, SOURCE)))
    assert "kế hoạch · KCĐP · phía Nam · năm 2043" in told
    owner.ask("/huy")
    owner.say(
        f"/them_muc_ho_tro Máy zorp | 50% | 300 triệu | tính cho: cơ sở | văn bản: 28/2018/TT-BTC | nguồn: {SOURCE}"
    )
    assert "Theo điều khoản" in text_of(owner.answer())
    owner.ask("/huy")


def test_a_new_map_is_told_from_the_old(owner: Person) -> None:
    for region, name in (("phía Bắc mới", "phía Bắc sau sắp xếp"), ("phía Bắc", "phía Bắc")):
        owner.say(f"/them_so_lieu KCĐP kế hoạch 2044 {region} 44 tỷ | nguồn: {SOURCE}")
        told = visible(text_of(owner.answer()))
        assert f"KCĐP · {name} · năm 2044" in told
        assert ("địa giới đổi" in told) == (region == "phía Bắc")
    owner.ask("/huy")


def test_a_source_is_made_inside_the_form(owner: Person) -> None:
    owner.say("/them_so_lieu KCĐP kế hoạch 2045 phía Nam 45 tỷ")
    call = press(owner, owner.answer(), "Nguồn mới…")
    assert "Tiêu đề bài" in text_of(call)
    say(owner, "Bài zorp về phía Nam 2045")
    say(owner, "Báo Zorp")
    say(owner, "16/5/2026")
    call = say(owner, "bỏ qua")
    assert "Sắp thêm nguồn" in visible(text_of(call))
    owner.tap(buttons_of(call)["Lưu"], id_of(call))
    edited, draft = owner.next(2)
    assert "Đã lưu" in text_of(edited)
    told = visible(text_of(draft))
    assert "kế hoạch · KCĐP · phía Nam · năm 2045" in told and "Bài zorp" in told
    assert "Đã lưu" in tap(owner, draft, "Lưu")


def test_a_level_is_made_of_what_people_say(owner: Person) -> None:
    owner.ask("/them_muc_ho_tro")
    call = say(
        owner, "Ứng dụng máy móc, thiết bị tiên tiến, chuyển giao công nghệ, tiến bộ khoa học kỹ thuật"
    )
    assert "Mức đang có của hoạt động này" in text_of(call)
    assert "tính cho một gì" in text_of(say(owner, "50%, không quá 300 triệu đồng"))
    call = say(owner, "50%, không quá 300 triệu đồng/cơ sở")
    assert "phần trăm 50%; mức trần 300.000.000 đồng; tính cho cơ sở" in visible(text_of(call))
    assert "chưa có văn bản" in text_of(say(owner, "Điều 7 Thông tư 99/2099/TT-BTC"))
    call = say(owner, "Điều 7 Thông tư 28/2018/TT-BTC")
    assert "văn bản 28/2018/TT-BTC; điều khoản Điều 7" in visible(text_of(call))
    call = say(owner, SOURCE)
    assert "11/5/2018" in buttons_of(call)
    call = press(owner, call, "11/5/2018")
    call = press(owner, call, "Bỏ qua")
    assert "tối đa 50% chi phí, không quá 300 triệu đồng/cơ sở" in visible(text_of(call))
    assert "vẫn đáp bằng mức" in text_of(call), "the same activity has a level from the same day"
    assert "Hỏi thử" in tap(owner, call, "Lưu")


def test_a_row_that_no_question_reaches_is_a_doubt_before_saving(owner: Person) -> None:
    owner.say(
        f"/them_muc_ho_tro Việc frobnicate | 50% | 5 triệu đồng | tính cho: cơ sở | văn bản: 28/2018/TT-BTC"
        f" | điều khoản: Điều 7 | nguồn: {SOURCE} | áp dụng từ: 11/5/2018"
    )
    call = owner.answer()
    assert "chưa đáp bằng dòng này" in text_of(call)
    owner.ask("/huy")


def test_something_like_a_stored_row_is_said_to_be_like_it(owner: Person) -> None:
    title = "Khai mạc Hội nghị khuyến công các tỉnh, thành phố khu vực phía Bắc năm 2024"
    owner.say(f"/them_nguon {title} | Báo khác | 17/5/2024")
    assert "Giống nguồn đã có" in text_of(owner.answer())
    owner.ask("/huy")


def test_what_is_typed_after_leaving_is_a_question_again(owner: Person) -> None:
    asker = Person(owner.bot)
    question = "kinh phí khuyến công phía Bắc 2023"
    for leave in ("/huy", "Huỷ"):
        owner.ask("/them_su_kien")
        call = say(owner, "Hội nghị zorp 2040")
        told = text_of(press(owner, call, "Huỷ")) if leave == "Huỷ" else owner.ask(leave)
        assert "thôi" in told
        assert owner.ask(question) == asker.ask(question)
        assert "bước khác" in toast(owner, call, "Quay lại")


def test_looking_something_up_does_not_leave_the_questions_but_another_change_does(owner: Person) -> None:
    owner.ask("/them_nguon")
    owner.ask("/lich_su")
    assert "Bước 2/4" in visible(text_of(say(owner, "Nguồn mới 2040")))
    owner.ask("/sua hn2024-05")
    assert "Bước" not in text_of(say(owner, "xin chào"))


def test_a_bad_day_and_a_bad_address_are_refused_on_the_way(owner: Person) -> None:
    owner.ask("/them_nguon")
    say(owner, "Bài & <thử>")
    say(owner, "Báo A")
    assert "không có thật" in text_of(say(owner, "31/2/2024"))
    call = press(owner, say(owner, "5/1/2024"), "Quay lại")
    call = press(owner, call, "Bỏ qua")
    assert "không phải đường dẫn" in text_of(say(owner, "javascript:x"))
    call = say(owner, "https://example.org/a")
    assert "Bài & <thử>" in visible(text_of(call)) and "5/1/2024" not in text_of(call)
    assert "Đã lưu" in tap(owner, call, "Lưu")


def test_the_questions_end_with_the_role(owner: Person) -> None:
    editor = Person(owner.bot)
    let_in(owner, editor)
    editor.ask("/them_nguon")
    owner.ask(f"/quan_tri xoa {editor.user}")
    assert "Bước" not in editor.ask("nguon-cua-toi")


def test_a_row_is_found_by_the_question_that_it_answers_and_mended_by_taps(owner: Person) -> None:
    saved(owner, f"/them_so_lieu KCĐP kế hoạch 2071 phía Nam 71,7 tỷ | nguồn: {SOURCE} | mã: hoi-2071")
    assert "Ví dụ: /sua" in owner.ask("/sua")
    call = say(owner, "kế hoạch KCĐP phía Nam năm 2071")
    (label,) = (label for label in buttons_of(call) if "71,7 tỷ" in label)
    call = press(owner, call, label)
    assert "hoi-2071" in text_of(call) and "ghi chú" in buttons_of(call)
    first, call = call, press(owner, call, "ghi chú")
    assert "bước khác" in toast(owner, first, "ghi chú")
    draft = say(owner, "qua từng bước")
    assert "qua từng bước" in text_of(draft) and "hoi-2071" in text_of(draft)
    assert "Đã lưu" in tap(owner, draft, "Lưu")
    owner.ask("/sua")
    say(owner, "hoi-2071")
    assert "Không có trường “màu”" in text_of(say(owner, "màu"))
    call = press(owner, say(owner, "ghi chú"), "Để trống")
    assert "qua từng bước → (trống)" in visible(text_of(call))
    owner.ask("/huy")
    owner.ask("/sua")
    say(owner, "hoi-2071")
    assert "cả dòng một lần" in text_of(say(owner, "ghi chú = cả dòng một lần"))
    owner.ask("/xoa")
    assert "Không có dòng nào" in text_of(say(owner, "giá vàng hôm nay"))
    call = say(owner, "kế hoạch KCĐP phía Nam năm 2071")
    draft = press(owner, call, next(label for label in buttons_of(call) if "71,7 tỷ" in label))
    assert "Đã xoá" in tap(owner, draft, "Xoá")
    owner.nothing_more()


def test_ways_of_asking_and_names_are_added_step_by_step(owner: Person) -> None:
    owner.ask("/them_cach_hoi")
    call = say(owner, "hộ kinh doanh có được hỗ trợ không")
    call = press(owner, call, next(iter(buttons_of(call))))
    assert "Gõ cả câu" in text_of(call)
    assert "Gõ cả câu" not in text_of(say(owner, "hộ zorblax có được frobnicate không"))
    owner.ask("/huy")
    owner.ask("/them_ten_khac")
    assert "Không có dòng nào" in text_of(say(owner, "sao Hỏa"))
    assert "Tên gọi khác" in text_of(say(owner, "Thanh Hóa"))
    assert "đã là tên" in text_of(say(owner, "Thanh Hoá"))
    assert "Đã lưu" in tap(owner, say(owner, "đất frobnitz"), "Lưu")
    assert "Thanh Hóa" in visible(Person(owner.bot).ask("kinh phí khuyến công đất frobnitz năm 2023"))


def test_a_phrase_changes_the_answers_at_once(owner: Person) -> None:
    asked = "kinh phí khuyến công qorzik cho phía Bắc năm 2023"
    before = visible(Person(owner.bot).ask(asked))
    owner.ask("/them_tu")
    assert "là tên của" in text_of(say(owner, "Thanh Hóa"))
    assert "nghĩa là gì" in text_of(say(owner, "qorzik"))
    assert "Không có ý nào" in text_of(say(owner, "sao Hỏa frobnitz"))
    call = say(owner, "khuyến công địa phương")
    assert "qorzik" in visible(text_of(call))
    told = tap(owner, call, "Lưu")
    assert "Đã lưu" in told
    after = visible(Person(owner.bot).ask(asked))
    assert after != before
    assert "KCĐP" in after or "địa phương" in after
    number = re.search(r"/hoan_tac (\d+)", told)
    assert number
    assert "Đã hoàn tác" in owner.ask(f"/hoan_tac {number[1]}")
    assert visible(Person(owner.bot).ask(asked)) == before


def test_the_latest_changes_are_shown_to_whoever_is_asked_which_to_undo(owner: Person) -> None:
    number = saved(owner, "/sua hn2024-10 ghi chú = thử hoàn tác | vì: nghi nhầm")
    owner.say("/hoan_tac")
    assert f"{number}: sửa hn2024-10" in buttons_of(owner.answer())
    assert "Không có thay đổi số 99999" in text_of(say(owner, "99999"))
    assert "Đã hoàn tác" in text_of(say(owner, str(number)))
    assert "176,4" in owner.ask("kinh phí khuyến công phía Bắc 2023"), "what is typed then is a question"


def test_a_reason_is_asked_for_once_and_kept(owner: Person) -> None:
    owner.say("/sua hn2024-11 ghi chú = có lý do")
    call = owner.answer()
    assert "Hãy gõ lý do" in text_of(press(owner, call, "Ghi lý do"))
    assert "không quá 300" in text_of(say(owner, "x" * 301))
    kept = say(owner, "theo <đính chính>")
    assert "theo <đính chính>" in visible(text_of(kept)) and set(buttons_of(kept)) == {"Lưu", "Huỷ"}
    assert "Đã lưu" in tap(owner, kept, "Lưu")
    assert "Lý do: theo <đính chính>" in visible(owner.ask("/lich_su hn2024-11"))
    owner.say("/sua hn2024-11 ghi chú = không có lý do")
    call = owner.answer()
    press(owner, call, "Ghi lý do")
    assert "Đã huỷ" in tap(owner, call, "Huỷ")
    assert "176,4" in owner.ask("kinh phí khuyến công phía Bắc 2023"), "nobody waits for a reason any more"
