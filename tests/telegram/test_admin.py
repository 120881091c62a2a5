"""The admin side through a real server: every command given well, given badly, cancelled, cut off, and by a stranger."""

from __future__ import annotations

import asyncio
import re
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from pydantic import SecretStr
from telegram.ext import CommandHandler

from db.activity import Activity
from db.connection import open_database
from db.desk import Desk
from db.drafts import cancel_drafts, explain_draft, keep_draft, save_draft
from db.edits import apply
from db.gaps import Gap
from db.proposals import Change
from db.roles import add_editor, editors, remove_editor, role_given
from db.waiting import WAIT_SECONDS, Settled
from handlers import build_application
from handlers.admin.likeness import grouped
from handlers.admin.table import COMMANDS, open_to
from knowledge.assistant import Assistant
from knowledge.telling import admin_texts
from knowledge.telling.admin_texts import COMMAND_TEXTS, help_markdown, menu_text, refused_html
from settings import Settings
from tests.readme import TELEGRAM, block
from tests.telegram.conftest import REAL
from tests.telegram.harness import Bot, Json, Person, buttons_of, id_of, running, text_of, until
from tests.telegram.html import visible

PUBLIC = {
    "start",
    "trogiup",
    "help",
    "riengtu",
    "quen",
    "xoa_du_lieu",
    "theo_doi",
    "bo_theo_doi",
    "hoi",
    "dieu_kien",
    "lamlai",
    "quaylai",
    "huy",
}
SOURCE = "bai-hn-2024"
NAMES = [command.name for command in COMMANDS]
TODAY = date(2026, 11, 23)


def owned(new_bot: Callable[..., Bot]) -> tuple[Bot, Person]:
    """A bot that is not started yet, and its owner."""
    bot = new_bot(REAL)
    owner = Person(bot)
    bot.settings["OWNER_IDS"] = str(owner.user)
    return bot, owner


@pytest.fixture(scope="module")
def owner(new_bot: Callable[..., Bot]) -> Iterator[Person]:
    """The owner of a running bot."""
    bot, owner = owned(new_bot)
    with running(bot):
        yield owner


@pytest.fixture
def editor(owner: Person) -> Person:
    """Somebody whom the owner has let in."""
    editor = Person(owner.bot)
    let_in(owner, editor)
    return editor


def let_in(owner: Person, person: Person, role: str = "bien_tap") -> None:
    """Let somebody in, who is told of it."""
    assert str(person.user) in owner.ask(f"/quan_tri them {person.user} {role}")
    assert "/tro_giup_quan_tri" in text_of(person.answer())


def draft(person: Person, command: str, **more: object) -> Json:
    """Give a command that proposes a change; the message that reads it back."""
    person.say(command, **more)
    call = person.answer()
    assert len(set(buttons_of(call)) - {"Ghi lý do", "Xem đủ"}) == 2, text_of(call)
    return call


def full(person: Person, call: Json) -> Json:
    """Tap [Xem đủ] under what was read back; the message with every field."""
    person.tap(buttons_of(call)["Xem đủ"], id_of(call))
    (edited,) = person.next()
    assert edited["method"] == "editMessageText"
    return edited


def tap(person: Person, call: Json, label: str) -> str:
    """Tap a button under a draft; what the message says then, without buttons."""
    person.tap(buttons_of(call)[label], id_of(call))
    (edited,) = person.next()
    assert edited["method"] == "editMessageText"
    assert not buttons_of(edited)
    return text_of(edited)


def keyboard(label: str, data: str) -> Json:
    """The fields of a message with one button."""
    return {"reply_markup": {"inline_keyboard": [[{"text": label, "callback_data": data}]]}}


def toast(person: Person, call: Json, label: str) -> str:
    """Tap a button that has been dealt with; what is shown above the chat, which stays as it is."""
    before = len(person.bot.calls("answerCallbackQuery"))
    person.tap(buttons_of(call)[label], id_of(call))
    until(lambda: len(person.bot.calls("answerCallbackQuery")) > before, wanted="an answer to the tap")
    return str(person.bot.calls("answerCallbackQuery")[before]["fields"]["text"])


def saved(person: Person, command: str, label: str = "Lưu") -> int:
    """Give a command and save what it proposes; the number of the change."""
    told = tap(person, draft(person, command), label)
    found = re.search(r"/hoan_tac (\d+)", told)
    assert found, told
    return int(found[1])


# Who may


def test_a_strangers_tap_is_an_old_buttons(owner: Person) -> None:
    stranger = Person(owner.bot)
    call = draft(owner, f"/them_so_lieu KCĐP kế hoạch 2020 phía Nam 71 tỷ | nguồn: {SOURCE}")
    offered = {"old": "9:x:nothing", **buttons_of(call)}
    shown = {
        toast(stranger, {**call, "fields": keyboard(label, data)}, label) for label, data in offered.items()
    }
    assert len(shown) == 1
    assert "Đã huỷ" in tap(owner, call, "Huỷ")


def test_every_registered_command_is_public_or_in_the_table(
    database: Path, assistant: Assistant, tmp_path: Path
) -> None:
    settings = Settings(telegram_token=SecretStr("1:x"), database=database)

    async def registered() -> list[str]:
        with closing(Activity(database)) as activity, closing(Desk(database)) as desk:
            application = build_application(settings, assistant, activity, desk).application
            found = [h for group in application.handlers.values() for h in group]
            return [name for h in found if isinstance(h, CommandHandler) for name in h.commands]

    names = asyncio.run(registered())
    assert sorted(names) == sorted([*PUBLIC, *NAMES])
    assert set(COMMAND_TEXTS) == set(NAMES)
    assert all(1 <= len(menu_text(name)) <= 256 for name in NAMES)


def test_the_owner_lets_people_in_and_shows_them_out(owner: Person) -> None:
    person = Person(owner.bot)
    unknown = person.ask("/tro_giup_quan_tri")
    assert str(person.user) in owner.ask(f"/quan_tri thêm {person.user} biên_tập")
    assert "làm biên tập" in text_of(person.answer())
    menu = person.bot.calls("setMyCommands")[-1]["fields"]
    assert menu["scope"]["chat_id"] == person.user
    person.ask("/lich_su")
    assert f"Lan ({person.user}), biên tập" in visible(owner.ask("/quan_tri"))
    assert "/hoan_tac" in person.ask("/tro_giup_quan_tri")
    call = draft(person, f"/them_so_lieu KCĐP kế hoạch 2021 phía Nam 71 tỷ | nguồn: {SOURCE}")
    assert "đã là biên tập" in owner.ask(f"/quan_tri them {person.user}")
    assert "Đã bỏ" in owner.ask(f"/quan_tri xoa {person.user}")
    assert person.ask("/tro_giup_quan_tri") == unknown
    assert "không phải biên tập" in owner.ask(f"/quan_tri xoa {person.user}")
    let_in(owner, person)
    assert "Đã huỷ" in toast(person, call, "Lưu"), "a draft does not outlive its author's role"
    assert "chủ bot" in owner.ask(f"/quan_tri them {owner.user} bien_tap")
    assert "/quan_tri them 123456789" in owner.ask("/quan_tri xoá hết")


def test_the_owners_menu_shows_the_commands(owner: Person) -> None:
    scoped = [
        call["fields"]
        for call in owner.bot.calls("setMyCommands")
        if call["fields"].get("scope", {}).get("chat_id") == owner.user
    ]
    (fields,) = scoped
    assert {one["command"] for one in fields["commands"]} >= set(NAMES)


# Adding a figure


def test_a_figure_is_read_back_saved_on_a_tap_answered_at_once_and_undone(owner: Person) -> None:
    asker = Person(owner.bot)
    question = "kế hoạch KCĐP phía Nam năm 2027"
    assert "91,7" not in asker.ask(question)
    call = draft(
        owner, f"/them_so_lieu KCĐP kế hoạch 2027 phía Nam trên 91,7 tỷ đồng | nguồn: {SOURCE} | đoạn: 3"
    )
    told = visible(text_of(call))
    for part in (
        "Sắp thêm",
        "kế hoạch · KCĐP · phía Nam · năm 2027",
        "91.700.000.000 đồng",
        "91,7 tỷ đồng",
    ):
        assert part in told
    call = full(owner, call)
    assert "mức độ: trên" in text_of(call) and "đoạn: 3" in text_of(call)
    assert "91,7" not in asker.ask(question), "nothing is saved before the tap"
    shown = tap(owner, call, "Lưu")
    assert "Đã lưu" in shown
    assert "91,7 tỷ đồng" in asker.ask(question)
    number = re.findall(r"/hoan_tac (\d+)", shown)[0]
    assert "Đã hoàn tác" in owner.ask(f"/hoan_tac {number}")
    assert "91,7" not in asker.ask(question)
    assert "đã được hoàn tác ở thay đổi" in owner.ask(f"/hoan_tac {number}")
    assert "Đã hoàn tác" in owner.ask(f"/hoan_tac {int(number) + 1}")
    assert "91,7 tỷ đồng" in asker.ask(question)


def test_a_number_of_things_is_added_as_well(owner: Person) -> None:
    call = draft(owner, f"/them_so_lieu số đề án KCQG năm 2013 cả nước khoảng 1.234 đề án | nguồn: {SOURCE}")
    call = full(owner, call)
    told = visible(text_of(call))
    for part in ("1.234 đề án", "số lượng · KCQG · cả nước · năm 2013", "mức độ: khoảng"):
        assert part in told
    assert "Đã lưu" in tap(owner, call, "Lưu")


@pytest.mark.parametrize(
    ("line", "parts"),
    [
        (
            "tỷ lệ thực hiện KCĐP 2013 phía Nam 94,6%",
            ("tỷ lệ so với kế hoạch", "94,6%", "tỷ lệ của: thực hiện"),
        ),
        (
            "ước thực hiện KCĐP 2013 phía Nam đạt 25% kế hoạch",
            ("tỷ lệ của: ước thực hiện", "so với: kế hoạch"),
        ),
        (
            "tỷ trọng KCĐP kế hoạch 2013 phía Nam 45,3%",
            ("tỷ trọng", "tỷ lệ của: kế hoạch", "so với: tổng kinh phí"),
        ),
        ("kế hoạch KCĐP 2013 phía Nam giảm 8,5%", ("-8,5%", "giảm 8,5%", "năm trước")),
        (
            "ước thực hiện KCĐP 6 tháng đầu năm 2013 phía Nam tăng 5% so với cùng kỳ",
            ("tăng 5%", "cùng kỳ"),
        ),
    ],
)
def test_percents_are_read_with_what_they_are_of(owner: Person, line: str, parts: tuple[str, ...]) -> None:
    call = full(owner, draft(owner, f"/them_so_lieu {line} | nguồn: {SOURCE}"))
    for part in parts:
        assert part in visible(text_of(call))
    assert "Đã lưu" in tap(owner, call, "Lưu")


def test_a_source_is_added_before_its_first_figure(owner: Person) -> None:
    line = "/them_so_lieu KCĐP kế hoạch 2009 phía Nam 49,9 tỷ | nguồn: bao-a-2009"
    assert "chưa có nguồn “bao-a-2009”" in owner.ask(line)
    source = (
        "/them_nguon bao-a-2009 | Khuyến công & việc làm | Báo A | 5/1/2009 | https://example.org/a?b=1&c=2"
    )
    call = draft(owner, source)
    for part in ("Khuyến công & việc làm", "5/1/2009", "https://example.org/a?b=1&c=2"):
        assert part in visible(text_of(call))
    assert "Đã lưu" in tap(owner, call, "Lưu")
    saved(owner, line)
    told = visible(Person(owner.bot).ask("kế hoạch KCĐP phía Nam năm 2009"))
    assert "49,9 tỷ" in told
    assert "Báo A, 5/1/2009" in told
    assert "còn được nhắc ở" in owner.ask("/xoa bao-a-2009")


def test_doubts_are_told_before_saving(owner: Person) -> None:
    saved(owner, f"/them_so_lieu KCĐP phân bổ 2016 phía Nam 40 tỷ | nguồn: {SOURCE}")
    told = text_of(draft(owner, f"/them_so_lieu KCĐP phân bổ 2017 phía Nam 40 tỷ | nguồn: {SOURCE}"))
    assert "Giống hệt số của năm 2016" in told
    told = text_of(draft(owner, f"/them_so_lieu KCĐP phân bổ 2017 phía Nam 40 triệu | nguồn: {SOURCE}"))
    assert "kiểm tra lại đơn vị" in told
    told = text_of(draft(owner, f"/them_so_lieu KCĐP thực hiện 2026 phía Nam 40 tỷ | nguồn: {SOURCE}"))
    assert "chưa kết thúc" in told
    owner.ask("/huy")


# Drafts


def test_a_draft_is_cancelled_by_its_button_or_by_huy(owner: Person) -> None:
    line = f"/them_so_lieu KCĐP kế hoạch 2013 phía Nam 61 tỷ | nguồn: {SOURCE}"
    call = draft(owner, line)
    assert "Đã huỷ" in tap(owner, call, "Huỷ")
    person = Person(owner.bot)
    assert owner.ask("/huy") == person.ask("/huy"), "with nothing to save it is the guide's"
    first, second = draft(owner, line), draft(owner, line)
    assert "2 bản" in owner.ask("/huy")
    for call in (first, second):
        assert "không lưu gì" in toast(owner, call, "Lưu")
    assert "61 tỷ" not in person.ask("kế hoạch KCĐP phía Nam 2013")


def test_a_second_tap_saves_nothing_more(owner: Person) -> None:
    call = draft(owner, f"/them_so_lieu KCĐP kế hoạch 2014 phía Nam 62 tỷ | nguồn: {SOURCE}")
    first = tap(owner, call, "Lưu")
    said = {visible(first).partition("\n")[0]}
    assert {toast(owner, call, "Lưu"), toast(owner, call, "Huỷ")} == said
    owner.nothing_more()
    row = re.search("“(.+?)”", first)
    assert row
    assert visible(owner.ask(f"/lich_su {row[1]}")).count(row[1]) == 1


def test_a_draft_belongs_to_its_author_and_to_its_day(database: Path) -> None:
    change = Change(5, "edit", "figures", "hn2024-05", {"note": "x"})
    with closing(Activity(database)), open_database(database) as db:
        old, new = keep_draft(db, change, 0.0), keep_draft(db, change, 1.0)
        assert save_draft(db, new, 6, TODAY, 2.0).state == "unknown"
        assert save_draft(db, old, 5, TODAY, WAIT_SECONDS).state == "expired"
        assert explain_draft(db, new, 6, "y", 2.0) == Settled("unknown")
        assert explain_draft(db, new, 5, "y", 2.0) == replace(change, why="y")
        assert cancel_drafts(db, 5, WAIT_SECONDS) == 1
        assert save_draft(db, new, 5, TODAY, 2.0).state == "cancelled"


def test_roles_are_rows(database: Path) -> None:
    with closing(Activity(database)), open_database(database) as db:
        assert add_editor(db, 5, 1)
        assert not add_editor(db, 5, 2)
        assert role_given(db, 5) == "editor"
        assert role_given(db, 1) is None
        assert [(one.person, one.added_by) for one in editors(db)] == [(5, 1)]
        assert remove_editor(db, 5)
        assert not remove_editor(db, 5)


# Editing, deleting, ways of asking


def test_a_value_typed_as_printed_changes_the_answer(owner: Person) -> None:
    saved(owner, f"/them_so_lieu KCĐP kế hoạch 2012 phía Nam 55 tỷ đồng | nguồn: {SOURCE} | mã: thu-2012")
    call = draft(owner, "/sua thu-2012 giá trị = 56,5 tỷ đồng")
    told = visible(text_of(call))
    assert "55 tỷ đồng → 56,5 tỷ đồng" in told
    assert "Đã lưu" in tap(owner, call, "Lưu")
    assert "56,5 tỷ đồng" in Person(owner.bot).ask("kế hoạch KCĐP phía Nam năm 2012")
    assert "giá trị: 56.500.000.000 đồng" in visible(owner.ask("/sua thu-2012"))


@pytest.mark.parametrize(
    ("typed", "digits", "printed"),
    [
        ("2 tỷ 300 triệu đồng", "2.300.000.000", "2,3 tỷ đồng"),
        ("1 tỷ rưỡi", "1.500.000.000", "1,5 tỷ đồng"),
        ("tám trăm triệu", "800.000.000", "800 triệu đồng"),
        ("85.865 triệu đồng", "85.865.000.000", "85.865 triệu đồng"),
    ],
)
def test_amounts_are_kept_as_typed_where_that_can_be_read_again(
    owner: Person, typed: str, digits: str, printed: str
) -> None:
    told = text_of(draft(owner, f"/them_so_lieu KCĐP phân bổ 2010 phía Nam {typed} | nguồn: {SOURCE}"))
    assert f"{digits} đồng" in told
    assert f"({printed})" in told
    owner.ask("/huy")


def test_an_answer_that_is_replied_to_tells_its_rows(owner: Person) -> None:
    owner.say("kinh phí khuyến công phía Bắc 2023")
    shown = owner.answer()
    replied = {
        "message_id": id_of(shown),
        "date": 1,
        "chat": {"id": owner.chat, "type": "private", "first_name": "Lan"},
        "from": bot_user(owner.bot),
        "text": visible(text_of(shown)),
    }
    told = owner.ask("/sua", reply_to_message=replied)
    assert "hn2024-06" in told
    entry = first_line(owner.bot, "khai-niem-muc-tieu")
    one = draft(
        owner,
        "/sua chủ đề = khai_niem | muc_tieu",
        reply_to_message={**replied, "message_id": 1, "text": entry},
    )
    assert "khai-niem-muc-tieu" in text_of(one)
    assert "Đã huỷ" in tap(owner, one, "Huỷ")
    replied |= {"message_id": 1, "text": "không có gì ở đây"}
    assert "Không nhận ra" in owner.ask("/sua", reply_to_message=replied)


def bot_user(bot: Bot) -> Json:
    """The bot as the server describes it."""
    described: Json = bot.calls("getMe")[0]["result"]
    return described


def test_a_new_way_of_asking_is_answered_at_once_and_not_taken_twice(owner: Person) -> None:
    entry, question = "khai-niem-co-so-cnnt", "blim blam blum zorp"
    person = Person(owner.bot)
    title = first_line(owner.bot, entry)
    assert title not in visible(person.ask(question))
    told = visible(owner.ask("/chua_tra_loi"))
    assert question in told
    saved(owner, f"/them_cach_hoi {entry} = {question}")
    assert title in visible(person.ask(question))
    assert question not in visible(owner.ask("/chua_tra_loi"))
    assert f"“{entry}”" in owner.ask(f"/them_cach_hoi {entry} = {question.upper()}")


def first_line(bot: Bot, entry: str) -> str:
    """How the answer of an entry begins in the bot's own base."""
    with closing(sqlite3.connect(bot.settings["DATABASE"])) as connection:
        ((body,),) = connection.execute("SELECT body FROM entries WHERE id = ?", [entry])
    return str(body).partition("\n")[0]


def test_what_is_deleted_comes_back(owner: Person) -> None:
    saved(owner, f"/them_so_lieu KCĐP kế hoạch 2011 phía Nam 51,3 tỷ | nguồn: {SOURCE} | mã: thu-2011")
    person = Person(owner.bot)
    assert "51,3 tỷ" in person.ask("kế hoạch KCĐP phía Nam năm 2011")
    number = saved(owner, "/xoa thu-2011", "Xoá")
    assert "51,3 tỷ" not in person.ask("kế hoạch KCĐP phía Nam năm 2011")
    assert "Đã hoàn tác" in owner.ask(f"/hoan_tac {number}")
    assert "51,3 tỷ" in person.ask("kế hoạch KCĐP phía Nam năm 2011")
    told = visible(owner.ask("/lich_su thu-2011"))
    assert re.findall("thêm|xoá|hoàn tác", told)[:3] == ["hoàn tác", "xoá", "thêm"]
    assert "thu-2011" in owner.ask(f"/lich_su {owner.user}")


# Looking


def test_a_base_that_is_as_it_was_shipped_has_nothing_to_take_over(owner: Person) -> None:
    assert "mới nhất" in owner.ask("/cap_nhat")


def test_a_copy_of_the_database_arrives_as_a_file(owner: Person) -> None:
    owner.say("/sao_luu")
    (call,) = owner.next()
    assert call["method"] == "sendDocument"
    assert "số liệu" in call["fields"]["caption"]


def test_the_guide_names_every_command_that_one_may_give(owner: Person, editor: Person) -> None:
    for person, role in ((owner, "owner"), (editor, "editor")):
        told = person.ask("/tro_giup_quan_tri")
        assert [name for name in NAMES if f"/{name}" in told] == [n for n in NAMES if n in open_to(role)]


def test_the_documentation_shows_the_same_commands() -> None:
    told = block(TELEGRAM.read_text(encoding="utf-8"), "admin")
    assert told == help_markdown(open_to("owner")), "write them down: .venv/bin/python -m tests.readme"


def test_like_questions_are_one_group_and_other_years_another() -> None:
    texts = [*["vay vốn ở đâu"] * 2, "ở đâu vay vốn?", "kinh phí 2023", *["kinh phí 2024"] * 4]
    asked = [Gap(number, text, "no_answer") for number, text in enumerate(texts)]
    found = [(group.text, len(group.gaps)) for group in grouped(asked)]
    assert found == [("kinh phí 2024", 4), ("vay vốn ở đâu", 3), ("kinh phí 2023", 1)]


def test_every_sentence_is_valid_html() -> None:
    assert visible(refused_html(["<x> & y"])).endswith("• <x> & y")
    for code, text in admin_texts._SENTENCES.by_code.items():
        assert visible(text.replace("{", "").replace("}", "")), code


def test_an_edited_command_replaces_its_draft(owner: Person) -> None:
    message = owner.message(f"/them_so_lieu KCĐP kế hoạch 2051 phía Nam 51 tỷ | nguồn: {SOURCE}")
    owner.bot.deliver(message=message)
    first = owner.answer()
    text = f"/them_so_lieu KCĐP kế hoạch 2051 phía Nam 15 tỷ | nguồn: {SOURCE}"
    owner.bot.deliver(edited_message={**message, "text": text, "edit_date": message["date"]})
    second = owner.answer()
    assert "15.000.000.000 đồng" in text_of(second)
    assert "không lưu gì" in toast(owner, first, "Lưu")
    assert "Đã lưu" in tap(owner, second, "Lưu")


def test_a_command_under_a_picture_is_carried_out(owner: Person) -> None:
    photo = [{"file_id": "p", "file_unique_id": "p", "width": 1, "height": 1}]
    caption = f"/them_so_lieu KCĐP kế hoạch 2052 phía Nam 52 tỷ | nguồn: {SOURCE}"
    owner.bot.deliver(message=owner.message(photo=photo, caption=caption))
    assert "52.000.000.000 đồng" in text_of(owner.answer())
    owner.ask("/huy")


def test_the_history_has_pages_filters_names_and_values(owner: Person) -> None:
    saved(owner, "/sua hn2024-12 ghi chú = lần 0")
    with open_database(owner.bot.settings["DATABASE"]) as db:
        for n in range(1, 16):
            apply(db, Change(owner.user, "edit", "figures", "hn2024-12", {"note": f"lần {n}"}), TODAY)
    owner.say("/lich_su số liệu")
    call = owner.answer()
    told = visible(text_of(call))
    assert f"Lan ({owner.user})" in told and "ghi chú: lần 14 → lần 15" in told
    assert "→ lần 0" not in told
    owner.tap(buttons_of(call)["Sau ›"], id_of(call))
    (older,) = owner.next()
    assert "→ lần 0" in visible(text_of(older))
    assert "lần 15" in visible(owner.ask("/lich_su Lan"))
