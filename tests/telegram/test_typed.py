"""What an editor types as he would speak: leaving, commands without their stroke, questions in the middle, a few words."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest

from db.grids import text_grid
from db.layouts import spanning
from handlers.admin.incoming import behind, in_words
from handlers.admin.steps import leaves
from tests.telegram.harness import Bot, Person, buttons_of, id_of, running, text_of
from tests.telegram.html import visible
from tests.telegram.test_admin import SOURCE, owned


@pytest.mark.parametrize(
    "typed", ["thôi", "Thôi không làm nữa", "thôi em ạ", "huỷ đi", "dừng lại nhé.", "thoát"]
)
def test_who_leaves_may_say_it_in_several_words(typed: str) -> None:
    assert leaves(typed)


@pytest.mark.parametrize("typed", ["không", "không ạ", "Thôi thúc đổi mới", "Dừng hỗ trợ cụm", "150 tỷ", ""])
def test_what_says_anything_else_is_no_leaving(typed: str) -> None:
    assert not leaves(typed)


@pytest.mark.parametrize(
    ("typed", "name", "rest"),
    [
        ("thêm số liệu KCĐP kế hoạch 2027", "them_so_lieu", "KCĐP kế hoạch 2027"),
        ("Them muc ho tro May | 50%", "them_muc_ho_tro", "May | 50%"),
        ("hoàn tác", "hoan_tac", ""),
        ("/them_so_lieu  KCQG 2027", "them_so_lieu", "KCQG 2027"),
    ],
)
def test_a_command_may_be_typed_as_words(typed: str, name: str, rest: str) -> None:
    command, _ = in_words(typed.removeprefix("/").replace("_", " "))
    assert command is not None
    assert (command.name, behind(command, typed)) == (name, rest)


@pytest.mark.parametrize("typed", ["thêm số liệu Nghệ An 2024 ở đâu?", "thống kê phía Bắc", "sửa mức hỗ trợ"])
def test_a_question_is_no_command(typed: str) -> None:
    assert in_words(typed)[0] is None


def test_a_header_cell_spans_the_empty_ones_behind_it() -> None:
    grid = text_grid("TT;Tỉnh;Kế hoạch;;Thực hiện\n;;KCQG;KCĐP;KCQG\n1;Nghệ An;2,5;6,1;2,4")
    rows = [row for _, row in grid.rows[:2]]
    assert [spanning(rows, 0, place) for place in range(5)] == [
        "TT",
        "Tỉnh",
        "Kế hoạch",
        "Kế hoạch",
        "Thực hiện",
    ]


@pytest.fixture(scope="module")
def owner(new_bot: Callable[..., Bot]) -> Iterator[Person]:
    bot, owner = owned(new_bot)
    with running(bot):
        yield owner


def test_a_row_alone_is_asked_about_a_question_in_between_is_answered_and_words_find_the_change(
    owner: Person,
) -> None:
    assert "Sửa trường nào" in visible(owner.ask("/sua hn2024-05 171 tỷ"))
    assert "176,4" in visible(owner.ask("kinh phí khuyến công phía Bắc 2023 là bao nhiêu"))
    assert "Sửa trường nào" in visible(text_of(owner.answer()))
    owner.ask("ghi chú")
    owner.say("đã đối chiếu")
    call = owner.answer()
    owner.tap(buttons_of(call)["Lưu"], id_of(call))
    owner.next()
    assert "hn2024-05" in visible(owner.ask("/lich_su phia bac 2024"))
    assert "Chưa có thay đổi" in visible(owner.ask("/lich_su phia nam 2019"))
    assert "/sua hn2024-05" in visible(owner.ask(f"/them_so_lieu hn2024-05 171 tỷ | nguồn: {SOURCE}"))
    owner.say("/hoan_tac")
    call = owner.answer()
    owner.tap(next(data for label, data in buttons_of(call).items() if label.startswith("1:")), id_of(call))
    assert "Đã hoàn tác thay đổi 1" in visible(text_of(owner.answer()))
