"""A whole new table of support levels through a real server: asked step by step, previewed, saved, reviewed, undone."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from db.connection import open_database, transaction
from db.content import set_meta
from tests.files.layouts import book
from tests.telegram.harness import Bot, Person, buttons_of, id_of, running, text_of
from tests.telegram.html import visible
from tests.telegram.test_admin import owned
from tests.telegram.test_exchange import number_in
from tests.telegram.test_jobs import Job

ENTRY = "muc-ho-tro-may-moc-thiet-bi"
LAW = "Thông tư 139/2026/TT-BTC"
MACHINE = "mua máy 400 triệu được hỗ trợ bao nhiêu"
HEAD = ("Nội dung", "Mức", "Trần", "Đơn vị", "Điều khoản")
ROWS = [
    ("Ứng dụng máy móc, thiết bị tiên tiến", "70%", "200", "triệu đồng/cơ sở", "khoản 4 Điều 8"),
    ("Ứng dụng dây chuyền công nghệ", "60%", "500", "triệu đồng/cơ sở", "khoản 4 Điều 8"),
    ("Mua robot zorp", "30%", "90", "triệu đồng/cơ sở", "khoản 9 Điều 8"),
]


def table(*rows: tuple[str, ...]) -> str:
    """A table as it is pasted from a sheet."""
    return "\n".join("\t".join(row) for row in (HEAD, *rows))


@pytest.fixture
def owner(new_bot: Callable[..., Bot]) -> Iterator[Person]:
    """The owner of a running bot of his own."""
    bot, owner = owned(new_bot)
    with running(bot):
        yield owner


def until_asked(owner: Person, label: str) -> str:
    """The text of the next message with this button."""
    while True:
        (call,) = owner.next()
        if label in buttons_of(call):
            return visible(text_of(call))


def told_of(owner: Person, question: str) -> str:
    """What somebody new is told."""
    return visible(Person(owner.bot).ask(question))


def test_a_table_is_asked_for_saved_reviewed_and_taken_back_in_six_steps(owner: Person) -> None:
    before = told_of(owner, MACHINE)
    assert "200 triệu đồng" in before and "tối đa 50% chi phí, không quá 300 triệu đồng/cơ sở" in before
    job = Job(owner)
    job.say("/thay_muc")
    assert "theo văn bản nào" in job.text
    job.say(LAW)
    assert "139/2026/TT-BTC" in job.text and "áp dụng từ ngày nào" in job.text
    job.say("1/6/2026")
    assert "1/6/2026" in job.text and "Gửi bảng mức" in job.text
    job.say(table(*ROWS))
    for told in (
        "2 mức thay, 1 hoạt động mới",
        "mức cũ áp dụng đến hết 31/5/2026",
        "(trong bảng: “Ứng dụng máy móc, thiết bị tiên tiến”): nay tối đa 50% chi phí, không quá 300 triệu đồng/cơ sở"
        " → tối đa 70% chi phí, không quá 200 triệu đồng/cơ sở (khoản 4 Điều 8)",
        "Hoạt động mới hoặc không nhận ra",
        "Mua robot zorp: tối đa 30% chi phí, không quá 90 triệu đồng/cơ sở",
        "Giữ nguyên: bảng không có",
        "Xây dựng kết cấu hạ tầng cụm công nghiệp: không quá 6 tỷ đồng/cụm công nghiệp",
    ):
        assert told in job.text, job.text
    assert told_of(owner, MACHINE) == before, "nothing is written before the tap"
    job.tap("Ghi")
    print("\n".join(job.told))
    assert job.steps == 5
    for told in (
        "Hỏi thử",
        "Tối đa 70% chi phí, không quá 200 triệu đồng/cơ sở",
        "Cần xem lại",
        "muc-ho-tro-may-moc-thiet-bi",
        "300 triệu đồng/cơ sở; Thông tư 28/2018/TT-BTC",
        "từ 1 đến 10",
    ):
        assert told in job.text, job.text
    number = number_in(job.text)
    now = told_of(owner, "mua máy 100 triệu được hỗ trợ bao nhiêu")
    assert "70 triệu đồng" in now and LAW in now
    assert "tối đa 200 triệu đồng" in told_of(owner, MACHINE)
    then = told_of(owner, "năm 2024 mua máy 100 triệu được hỗ trợ bao nhiêu")
    assert "50 triệu đồng" in then and "Thông tư 28/2018/TT-BTC" in then
    assert "27 triệu đồng" in told_of(owner, "mua robot zorp 90 triệu được hỗ trợ bao nhiêu")
    assert "Tối đa 70% chi phí" in told_of(owner, "mức hỗ trợ máy móc thiết bị tiên tiến là bao nhiêu")
    job.tap("Xem thêm")
    assert "từ 11 đến 20" in job.text
    assert "Đã hoàn tác" in owner.ask(f"/hoan_tac {number}")
    assert told_of(owner, MACHINE) == before
    assert "Không có dòng nào" in owner.ask("/sua may-moc-thiet-bi-2026")
    assert "còn trống: áp dụng đến" in visible(owner.ask("/sua may-moc-thiet-bi-2018")).lower()


@pytest.fixture
def owner_of_checked(new_bot: Callable[..., Bot]) -> Iterator[Person]:
    """The same, of a base in which nobody doubts the entry any more."""
    bot, owner = owned(new_bot)
    with open_database(Path(bot.settings["DATABASE"])) as db, transaction(db):
        db.execute("UPDATE entries SET status = 'in_force' WHERE id = ?", [ENTRY])
        set_meta(db, edited_at="2026-11-01T00:00:00+00:00")
    with running(bot):
        yield owner


def test_a_table_of_a_day_to_come_changes_nothing_before_it(owner_of_checked: Person) -> None:
    """In one message and one tap; what was in force and quotes an old amount is marked, and unmarked by the undo."""
    owner = owner_of_checked
    job = Job(owner)
    job.say(f"/thay_muc 139/2026/TT-BTC | ngày áp dụng: 1/1/2027\n{table(*ROWS)}")
    assert "áp dụng đến hết 31/12/2026" in job.text
    job.tap("Ghi")
    assert job.steps == 2
    assert "vào ngày 1/1/2027" in job.text and "Tối đa 70% chi phí" in job.text
    number = number_in(job.text)
    assert "cần kiểm tra" in visible(owner.ask(f"/sua {ENTRY}"))
    today = told_of(owner, "mua máy 100 triệu được hỗ trợ bao nhiêu")
    assert "50 triệu đồng" in today and "đến hết 31/12/2026" in today
    assert "50 triệu đồng" in told_of(owner, "ngày 31/12/2026 mua máy 100 triệu được hỗ trợ bao nhiêu")
    assert "70 triệu đồng" in told_of(owner, "ngày 1/1/2027 mua máy 100 triệu được hỗ trợ bao nhiêu")
    assert "70 triệu đồng" in told_of(owner, "năm 2028 mua máy 100 triệu được hỗ trợ bao nhiêu")
    assert "Đã hoàn tác" in owner.ask(f"/hoan_tac {number}")
    assert "cần kiểm tra" not in visible(owner.ask(f"/sua {ENTRY}"))
    assert "50 triệu đồng" in told_of(owner, "ngày 1/1/2027 mua máy 100 triệu được hỗ trợ bao nhiêu")
    assert "đến hết" not in told_of(owner, "mua máy 100 triệu được hỗ trợ bao nhiêu").partition("Xem thêm")[0]


def test_what_does_not_read_is_told_and_the_rest_is_kept(owner: Person) -> None:
    job = Job(owner)
    job.say("/thay_muc 999/2031/TT-BTC | 1/1/2027")
    assert "chưa có văn bản “999/2031/TT-BTC”" in job.text and "áp dụng từ 1/1/2027" in job.text
    assert "chưa có văn bản" in owner.ask("998/2031/TT-BTC")
    job.say("139/2026/TT-BTC: Điều 5")
    assert "Gửi bảng mức" in job.text and "điều khoản Điều 5" in job.text
    assert "không phải bảng" in owner.ask("chưa có")
    assert "200 triệu đồng" in owner.ask(MACHINE), "a question is answered, and the table asked for again"
    assert "Gửi bảng mức" in text_of(owner.answer())
    job.send("muc.csv", "Nội dung;Mức;Trần\n".encode())
    assert "văn bản và ngày áp dụng vẫn giữ" in job.text
    wrong = ("Ứng dụng dây chuyền công nghệ", "150%", "500", "triệu đồng/cơ sở", "khoản 4 Điều 8")
    nameless = ("", "60%", "500", "triệu đồng/cơ sở", "khoản 4 Điều 8")
    owner.say(table(ROWS[0], wrong, nameless))
    told = until_asked(owner, "Ghi 2 dòng")
    assert "dòng 3: phần trăm “150%” phải từ trên 0 đến 100" in told
    assert "dòng 4: thiếu tên mức" in told
    assert (
        "1 mức thay" in told
        and "Ứng dụng dây chuyền công nghệ: tối đa 50%" in told.partition("Giữ nguyên")[2]
    )
    assert "gửi lại cả bảng" in visible(text_of(owner.answer()))
    owner.say(table(*ROWS))
    told = until_asked(owner, "Ghi 5 dòng")
    assert "2 mức thay, 1 hoạt động mới" in told and "0 dòng từ chối" in told
    assert "Đã huỷ 2 bản" in owner.ask("thôi")


def test_it_is_left_with_a_word_and_with_a_button(owner: Person) -> None:
    owner.say("/thay_muc")
    owner.answer()
    assert "chưa lưu gì" in owner.ask("thôi")
    owner.say("/thay_muc 139/2026/TT-BTC")
    call = owner.answer()
    assert "áp dụng từ ngày nào" in text_of(call)
    assert "ngày “sớm thôi nhé” sai dạng" in owner.ask("sớm thôi nhé")
    owner.tap(buttons_of(call)["Huỷ"], id_of(call))
    assert "chưa lưu gì" in text_of(owner.answer())
    assert "200 triệu đồng" in owner.ask(MACHINE), "what is typed is a question again"


def test_the_day_on_which_the_document_begins_is_offered_and_a_missing_article_asked_for(
    owner: Person,
) -> None:
    job = Job(owner)
    job.say("/thay_muc NĐ 235/2025").tap("15/10/2025")
    assert "Gửi bảng mức" in job.text
    job.send("muc.xlsx", book(("Mức", [HEAD[:4], *(row[:4] for row in ROWS)], [])))
    assert "ở điều, khoản nào" in job.text
    job.say("Điều 1")
    assert "2 mức thay" in job.text and "(Điều 1)" in job.text
    job.tap("Ghi")
    assert job.steps == 5 and "5 dòng" in job.text


def test_a_file_under_the_command_and_a_file_sent_before_the_day_are_taken(owner: Person) -> None:
    data = book(("Mức", [HEAD, *ROWS], []))
    owner.send_file("muc.xlsx", data, "/thay_muc 139/2026/TT-BTC | 1/1/2027")
    assert "2 mức thay" in until_asked(owner, "Ghi 5 dòng")
    owner.ask("/huy")
    job = Job(owner)
    job.say("/thay_muc 139/2026/TT-BTC").send("muc.xlsx", data)
    assert "áp dụng từ ngày nào" in job.text
    job.say("1/1/2027")
    assert "2 mức thay" in job.text
    job.tap("Ghi")
    again = ("Mua robot zorp", "30%", "95", "triệu đồng/cơ sở", "khoản 9 Điều 8")
    job.say(f"/thay_muc 139/2026/TT-BTC | 1/1/2027\n{table(ROWS[0], again)}")
    assert "Sửa mức đã có của chính ngày ấy\n• Mua robot zorp" in job.text, job.text
    job.say(f"/thay_muc 28/2018/TT-BTC | 1/1/2026\n{table(ROWS[1], again)}")
    refused = [visible(text_of(call)) for call in owner.calls()[-2:]]
    assert "đã có mức áp dụng từ 2027-01-01" in refused[0] and "gửi lại cả bảng" in refused[1], refused
