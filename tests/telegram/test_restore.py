"""A copy comes back through a real server: checked, compared, put in place while the bot goes on answering."""

from __future__ import annotations

import http.client
import json
import secrets
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import pytest

from db.backup import backup
from tests.telegram.harness import Bot, Json, Person, running, text_of
from tests.telegram.html import visible
from tests.telegram.test_admin import keyboard, let_in, owned, saved, toast
from tests.telegram.test_review import press

ELSEWHERE = 999_999


@pytest.fixture
def owner(new_bot: Callable[..., Bot]) -> Iterator[Person]:
    bot, owner = owned(new_bot)
    with running(bot):
        yield owner


def copy_of(owner: Person) -> Json:
    """What `/sao_luu` sends, as a document of a message."""
    owner.say("/sao_luu")
    (call,) = owner.next()
    assert call["method"] == "sendDocument"
    return {**call["result"]["document"], "file_unique_id": "u"}


def upload(bot: Bot, data: bytes) -> Json:
    """Put a file on the server; the document that a message with it holds."""
    mark = secrets.token_hex(8)
    head = f'--{mark}\r\nContent-Disposition: form-data; name="chat_id"\r\n\r\n{ELSEWHERE}\r\n--{mark}\r\n'
    head += 'Content-Disposition: form-data; name="document"; filename="kho.db"\r\n'
    head += "Content-Type: application/octet-stream\r\n\r\n"
    body = head.encode() + data + f"\r\n--{mark}--\r\n".encode()
    connection = http.client.HTTPConnection("127.0.0.1", bot.server.port, timeout=10)
    with closing(connection):
        kind = {"Content-Type": f"multipart/form-data; boundary={mark}"}
        connection.request("POST", f"/bot{bot.token}/sendDocument", body, kind)
        answer = json.loads(connection.getresponse().read())
    assert answer["ok"], answer
    return {**answer["result"]["document"], "file_unique_id": "u"}


def send(person: Person, document: Json, caption: str = "/khoi_phuc") -> Json:
    """Send a file with a caption; what comes back."""
    entities = [{"type": "bot_command", "offset": 0, "length": len(caption)}]
    more: Json = {"caption": caption, "caption_entities": entities} if caption else {}
    person.bot.deliver(message=person.message(document=document, **more))
    return person.answer()


def note(person: Person) -> str:
    return visible(person.ask("/sua hn2024-05"))


def pending(bot: Bot) -> list[str]:
    folder = Path(bot.settings["DATABASE"]).parent / "khoi-phuc"
    return sorted(file.name for file in folder.glob("*"))


def test_a_copy_is_compared_restored_and_answered_from_at_once(owner: Person) -> None:
    saved(owner, "/sua hn2024-05 ghi chú = trước khi sao")
    document = copy_of(owner)
    saved(owner, "/sua hn2024-05 ghi chú = sau khi sao")
    editor = Person(owner.bot)
    let_in(owner, editor)
    call = send(owner, document)
    told = visible(text_of(call))
    for part in ("số liệu: thêm 0, sửa 1, bỏ 0", "lịch sử: 2 → 1"):
        assert part in told
    assert "sau khi sao" in note(owner), "nothing happens before the tap"
    owner.bot.restart()
    done = press(owner, call, "Khôi phục")
    kept = Path(owner.bot.settings["DATABASE"]).with_name(text_of(done).split()[-1])
    assert kept.exists() and not pending(owner.bot)
    assert "trước khi sao" in note(owner)
    assert "/hoan_tac" in editor.ask("/lich_su"), "who may edit is not a matter of the copy"
    with closing(sqlite3.connect(kept)) as connection:
        ((text,),) = connection.execute("SELECT note FROM figures WHERE id = 'hn2024-05'")
        assert text == "sau khi sao"
    assert "Đã lấy lại kho trước" in text_of(press(owner, done, "Lấy lại kho trước"))
    assert "sau khi sao" in note(owner)
    saved(owner, "/sua hn2024-05 ghi chú = sau khi khôi phục")
    owner.bot.restart()
    assert "sau khi khôi phục" in note(owner)
    owner.nothing_more()


def test_a_reply_to_the_file_does_the_same_and_a_second_tap_tells_the_same(owner: Person) -> None:
    document = copy_of(owner)
    bot = {"id": 7, "is_bot": True, "first_name": "Bot"}
    replied = {**owner.message(document=document), "from": bot}
    owner.say("/khoi_phuc", reply_to_message=replied)
    call = owner.answer()
    assert "không đổi nội dung nào" in text_of(call)
    press(owner, call, "Khôi phục")
    assert "Đã khôi phục" in text_of(press(owner, call, "Khôi phục"))
    owner.nothing_more()


def test_it_is_cancelled_by_its_button_or_by_huy(owner: Person) -> None:
    document = copy_of(owner)
    call = send(owner, document)
    assert pending(owner.bot)
    assert "không khôi phục gì" in text_of(press(owner, call, "Huỷ"))
    assert not pending(owner.bot)
    call = send(owner, document)
    assert "thôi" in owner.ask("/huy")
    assert not pending(owner.bot)
    assert "gửi lại tệp" in text_of(press(owner, call, "Khôi phục"))


def test_a_base_that_changed_since_it_was_shown_is_noticed(owner: Person) -> None:
    call = send(owner, copy_of(owner))
    saved(owner, "/sua hn2024-05 ghi chú = vừa sửa")
    refused = press(owner, call, "Khôi phục")
    assert "thay đổi mới" in text_of(refused)
    assert "vừa sửa" in note(owner)


def test_what_cannot_be_restored_is_refused_with_what_to_do(owner: Person, tmp_path: Path) -> None:
    assert "gửi tệp nhận từ /sao_luu" in owner.ask("/khoi_phuc")
    told = text_of(send(owner, upload(owner.bot, b"khong phai co so du lieu" * 100)))
    assert "Hãy chọn bản khác" in told
    other = tmp_path / "other.db"
    backup(owner.bot.settings["DATABASE"], other)
    with closing(sqlite3.connect(other)) as connection:
        connection.execute("UPDATE figures SET period = 'năm ngoái' WHERE id = 'hn2024-05'")
        connection.commit()
    assert "năm ngoái" in text_of(send(owner, upload(owner.bot, other.read_bytes())))
    large = {"file_id": "x", "file_unique_id": "x", "file_size": 21 * 1024 * 1024}
    assert "kb restore" in text_of(send(owner, large))
    assert not pending(owner.bot)
    assert "hn2024-05" in note(owner)


def test_a_file_of_anybody_else_is_any_file(owner: Person) -> None:
    stranger, editor = Person(owner.bot), Person(owner.bot)
    let_in(owner, editor)
    document = copy_of(owner)
    any_file = text_of(send(stranger, document, ""))
    assert text_of(send(stranger, document)) == text_of(send(editor, document)) == any_file
    call = send(owner, document)
    old = toast(editor, {**call, "fields": keyboard("x", "9:x:nothing")}, "x")
    assert toast(editor, call, "Khôi phục") == toast(stranger, call, "Huỷ") == old
    assert text_of(send(owner, document, "")) == any_file
    assert len(pending(owner.bot)) == 1
