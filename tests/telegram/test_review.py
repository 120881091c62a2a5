"""Review through a real server: editors propose, reviewers publish or reject, everybody is told once, a kill changes nothing."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

import pytest

from tests.telegram.harness import Bot, Json, Person, buttons_of, id_of, running, text_of
from tests.telegram.html import visible
from tests.telegram.test_admin import SOURCE, draft, keyboard, let_in, owned, saved, tap, toast
from tests.telegram.test_exchange import line, number_in, sheet, shown, tapped


class Team:
    """An owner, an editor and a reviewer of one bot with review switched on."""

    def __init__(self, owner: Person) -> None:
        self.owner = owner
        self.editor, self.reviewer = Person(owner.bot), Person(owner.bot)
        let_in(owner, self.editor)
        let_in(owner, self.reviewer, "duyệt")
        owner.ask("/quan_tri duyet bat")

    def propose(self, command: str, label: str = "Lưu") -> tuple[int, Json, Json]:
        """The editor proposes; the number, and what the reviewer and the owner are told."""
        told = tap(self.editor, draft(self.editor, command), label)
        found = re.search(r"/cho_duyet (\d+)", told)
        assert found, told
        return int(found[1]), self.reviewer.answer(), self.owner.answer()


def press(person: Person, call: Json, label: str) -> Json:
    """Tap a button; the message as it is then."""
    person.tap(buttons_of(call)[label], id_of(call))
    (edited,) = person.next()
    assert edited["method"] == "editMessageText"
    return edited


@pytest.fixture(scope="module")
def team(new_bot: Callable[..., Bot]) -> Iterator[Team]:
    bot, owner = owned(new_bot)
    with running(bot):
        yield Team(owner)


@pytest.fixture
def new_team(new_bot: Callable[..., Bot]) -> Iterator[Team]:
    """People to whom nothing was said yet."""
    bot, owner = owned(new_bot)
    with running(bot):
        yield Team(owner)


def figure(year: int, amount: str) -> str:
    return f"/them_so_lieu KCĐP kế hoạch {year} phía Nam {amount} tỷ | nguồn: {SOURCE}"


def test_a_proposal_is_told_published_and_told_back(team: Team) -> None:
    asker = Person(team.owner.bot)
    number, to_reviewer, to_owner = team.propose(f"{figure(2030, '90,1')} | vì: số <mới>")
    for call in (to_reviewer, to_owner):
        assert f"Đề xuất {number} của Lan ({team.editor.user})" in visible(text_of(call))
        assert "90,1 tỷ" in visible(text_of(call))
        assert "Lý do: số <mới>" in visible(text_of(call))
        assert set(buttons_of(call)) == {"Đăng", "Từ chối"}
    assert "90,1" not in asker.ask("kế hoạch KCĐP phía Nam năm 2030")
    done = press(team.reviewer, to_reviewer, "Đăng")
    assert "/hoan_tac" in text_of(done) and not buttons_of(done)
    assert f"Đề xuất {number} của bạn" in text_of(team.editor.answer())
    assert "90,1 tỷ" in asker.ask("kế hoạch KCĐP phía Nam năm 2030")
    late = press(team.owner, to_owner, "Từ chối")
    assert f"{team.reviewer.user} đăng" in text_of(late), "whoever comes second is told"
    team.editor.nothing_more()
    told = visible(team.owner.ask(f"/lich_su {re.findall('“(.+?)”', text_of(done))[0]}"))
    assert str(team.editor.user) in told
    assert f"Lý do: số <mới> (duyệt bởi {team.reviewer.user})" in told


def test_it_is_rejected_with_a_typed_reason(team: Team) -> None:
    number, call, _ = team.propose(figure(2031, "90,2"))
    asked = press(team.reviewer, call, "Từ chối")
    assert "lý do" in text_of(asked)
    team.reviewer.say("thiếu <nguồn> gốc")
    (edited,) = team.reviewer.next()
    assert edited["method"] == "editMessageText" and id_of(edited) == id_of(call)
    assert "thiếu <nguồn> gốc" in visible(text_of(edited))
    assert "thiếu <nguồn> gốc" in visible(text_of(team.editor.answer()))
    assert f"Đề xuất {number} không còn" in team.reviewer.ask(f"/cho_duyet {number}")
    assert "thiếu" not in team.reviewer.ask("kế hoạch KCĐP phía Nam năm 2031"), (
        "what is typed next is a question"
    )


def test_rejecting_can_be_given_up_or_done_without_a_reason(team: Team) -> None:
    number, call, _ = team.propose(figure(2032, "90,3"))
    asked = press(team.reviewer, call, "Từ chối")
    assert "thôi" in team.reviewer.ask("/huy")
    shown = press(team.reviewer, asked, "Xem lại đề xuất")
    assert "90,3 tỷ" in text_of(shown)
    asked = press(team.reviewer, shown, "Từ chối")
    done = press(team.reviewer, asked, "Không nêu lý do")
    assert f"Đề xuất {number}" in text_of(done) and "Lý do" not in text_of(done)
    assert "bị từ chối" in text_of(team.editor.answer())
    team.reviewer.nothing_more()


def test_what_waits_is_listed_to_those_who_publish_and_to_its_author(team: Team) -> None:
    number, _, _ = team.propose(figure(2033, "90,4"))
    team.reviewer.say("/cho_duyet")
    head, *pages = team.reviewer.next(2)
    assert "1 đề xuất" in text_of(head)
    assert "90,4 tỷ" in text_of(pages[0])
    team.editor.say(f"/cho_duyet {number}")
    mine = team.editor.answer()
    assert set(buttons_of(mine)) == {"Rút lại"}
    assert "rút lại" in text_of(press(team.editor, mine, "Rút lại"))
    assert "Không có đề xuất" in team.reviewer.ask("/cho_duyet")
    assert "Bạn không có đề xuất" in team.editor.ask("/cho_duyet")
    team.editor.nothing_more()


def test_a_reviewer_does_not_publish_his_own_but_an_owner_saves_at_once(team: Team) -> None:
    told = tap(team.reviewer, draft(team.reviewer, figure(2034, "90,5")), "Lưu")
    assert "đề xuất" in told
    to_owner = team.owner.answer()
    number = re.findall(r"/cho_duyet (\d+)", told)[0]
    team.reviewer.say(f"/cho_duyet {number}")
    own = team.reviewer.answer()
    assert set(buttons_of(own)) == {"Rút lại"}
    team.reviewer.tap(f"1:a:publish:{number}", id_of(own))
    assert "của chính bạn" in text_of(team.reviewer.next()[0])
    press(team.owner, to_owner, "Đăng")
    assert "đã được đăng" in text_of(team.reviewer.answer())
    saved(team.owner, figure(2035, "90,6"))


def test_a_proposal_that_no_longer_fits_is_told_when_it_is_published(team: Team) -> None:
    number, call, _ = team.propose("/sua hn2024-08 ghi chú = của biên tập")
    assert "Đã lưu" in tap(team.owner, draft(team.owner, "/sua hn2024-08 ghi chú = của chủ"), "Lưu")
    refused = press(team.reviewer, call, "Đăng")
    assert "người khác sửa" in text_of(refused)
    assert set(buttons_of(refused)) == {"Từ chối"}
    press(team.reviewer, refused, "Từ chối")
    assert "của chủ" in visible(team.owner.ask("/sua hn2024-08"))
    team.reviewer.ask("/huy")
    team.owner.say(f"/cho_duyet {number}")
    assert set(buttons_of(team.owner.answer())) == {"Từ chối"}


def test_undoing_by_an_editor_waits_as_well(team: Team) -> None:
    number = saved(team.owner, "/sua hn2024-09 ghi chú = đúng rồi")
    assert "đề xuất" in team.editor.ask(f"/hoan_tac {number} | vì: chưa chắc")
    call, _ = team.reviewer.answer(), team.owner.answer()
    assert "đúng rồi" in visible(text_of(call)) and "Lý do: chưa chắc" in visible(text_of(call))
    assert "đúng rồi" in visible(team.owner.ask("/sua hn2024-09"))
    press(team.reviewer, call, "Đăng")
    assert "đã được đăng" in text_of(team.editor.answer())
    assert "đúng rồi" not in visible(team.owner.ask("/sua hn2024-09"))
    assert f"Lý do: chưa chắc (duyệt bởi {team.reviewer.user})" in visible(
        team.owner.ask("/lich_su hn2024-09")
    )
    assert "đã được hoàn tác" in team.editor.ask(f"/hoan_tac {number}"), (
        "what cannot be undone is refused at once"
    )


def test_an_editor_cannot_publish_or_reject_by_a_copied_button(team: Team) -> None:
    number, call, _ = team.propose(figure(2036, "90,7"))
    other = Person(team.owner.bot)
    let_in(team.owner, other)
    old = toast(other, {**call, "fields": keyboard("x", "9:x:nothing")}, "x")
    assert toast(other, call, "Đăng") == toast(other, call, "Từ chối") == old
    forged = {**call, "fields": keyboard("x", f"1:a:refuse:{number}")}
    assert "không còn chờ" in toast(other, forged, "x")
    assert "/hoan_tac" in text_of(press(team.reviewer, call, "Đăng"))


def test_everything_survives_kills(new_bot: Callable[..., Bot]) -> None:
    bot, owner = owned(new_bot)
    with running(bot):
        team = Team(owner)
        call = draft(team.editor, figure(2037, "90,8"))
        bot.restart()
        assert "đề xuất" in tap(team.editor, call, "Lưu")
        shown, _ = team.reviewer.answer(), owner.answer()
        bot.restart()
        press(team.reviewer, shown, "Từ chối")
        bot.restart()
        team.reviewer.say("nhầm năm")
        assert "nhầm năm" in text_of(team.reviewer.next()[0])
        assert "nhầm năm" in text_of(team.editor.answer())
        _, shown, _ = team.propose(figure(2038, "90,9"))
        bot.restart()
        assert "/hoan_tac" in text_of(press(team.reviewer, shown, "Đăng"))
        assert "đã được đăng" in text_of(team.editor.answer())
        assert "90,9 tỷ" in Person(bot).ask("kế hoạch KCĐP phía Nam năm 2038")


def sent(person: Person, year: int, amount: str) -> Json:
    """A file with one figure; the message with its diff."""
    person.send_file(f"so-{year}.csv", sheet(line(f"duyet-{year}", year, amount)))
    return shown(person)


def test_a_file_is_not_written_for_an_editor_but_for_those_who_review(new_team: Team) -> None:
    team = new_team
    asker, question = Person(team.owner.bot), "kế hoạch KCĐP phía Nam năm 2041"
    told = tapped(team.editor, sent(team.editor, 2041, "91,1"), "Ghi")
    assert "chưa ghi gì của so-2041.csv" in told and "người duyệt hoặc chủ bot gửi tệp này" in told
    assert "91,1" not in asker.ask(question)
    assert "Không có đề xuất" in team.owner.ask("/cho_duyet")
    number = number_in(tapped(team.reviewer, sent(team.reviewer, 2041, "91,1"), "Ghi"))
    assert "91,1 tỷ đồng" in asker.ask(question)
    assert "hãy nhờ người duyệt hoặc chủ bot hoàn tác" in team.editor.ask(f"/hoan_tac {number}")
    assert "91,1 tỷ đồng" in asker.ask(question)
    assert "Đã hoàn tác" in team.reviewer.ask(f"/hoan_tac {number}")
    assert "91,1" not in asker.ask(question)
    assert "Đã ghi so-2042.csv" in tapped(team.owner, sent(team.owner, 2042, "92,2"), "Ghi")
    team.editor.nothing_more()


def test_a_row_of_a_report_waits_for_a_reviewer(new_team: Team) -> None:
    team = new_team
    report = "Năm 2043, kế hoạch kinh phí khuyến công địa phương của khu vực phía Nam là 93,3 tỷ đồng."
    asker, question = Person(team.owner.bot), "kế hoạch KCĐP phía Nam năm 2043"
    team.editor.say(f"/doc_bai {report}\nnguồn: {SOURCE}")
    call = team.editor.long_answer()[-1]
    after = press(team.editor, call, "Lưu dòng 1")
    found = re.search(r"/cho_duyet (\d+)", text_of(after))
    assert found, text_of(after)
    assert "Chờ duyệt: 1" in text_of(after) or "Xong cả bài" in text_of(after)
    to_reviewer, to_owner = team.reviewer.answer(), team.owner.answer()
    for call in (to_reviewer, to_owner):
        assert f"Đề xuất {found[1]} của Lan ({team.editor.user})" in visible(text_of(call))
        assert "93,3 tỷ" in visible(text_of(call))
    assert "93,3" not in asker.ask(question)
    assert "đã gửi người duyệt rồi" in team.editor.ask("lưu 1")
    press(team.reviewer, to_reviewer, "Đăng")
    assert "đã được đăng" in text_of(team.editor.answer())
    assert "93,3 tỷ đồng" in asker.ask(question)
    assert "Đã bỏ bài đang đọc" in team.editor.ask("/huy")
    team.reviewer.nothing_more()
