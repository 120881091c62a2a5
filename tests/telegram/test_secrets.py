"""A whole conversation with secrets and personal data in it; then everything that leaves the machine is searched for them."""

from __future__ import annotations

import sqlite3
import subprocess
import sys
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest
from pydantic import SecretStr
from telegram.error import InvalidToken

import handlers
from settings import Settings, SettingsError, read_settings
from tests.telegram.conftest import REAL
from tests.telegram.harness import ROOT, SECRET, Bot, Person, buttons_of, free_port, id_of, running, text_of
from tests.telegram.test_admin import SOURCE, draft, let_in, saved, tap
from tests.telegram.test_conversation import OFFER, QUESTION

NAME, PHONE, MAIL = "Nguyễn Thị Hương Giang", "0912 345 678", "huonggiang@example.org"
UNKNOWN = f"tôi tên là {NAME}, gọi {PHONE} hoặc {MAIL}: xưởng gạch xã Tân Lập vay được bao nhiêu tiền?"
WORDS = "xưởng gạch xã Tân Lập"


def texts(path: Path) -> str:
    """Every cell of a database, one a line; numbers as they are written."""
    with closing(sqlite3.connect(path)) as connection:
        names = [
            name for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")
        ]
        rows = [row for name in names for row in connection.execute(f"SELECT * FROM [{name}]")]
    return "\n".join(str(cell) for row in rows for cell in row)


def call(bot: Bot, *arguments: str) -> str:
    """A command of the shell in the bot's environment; what it says."""
    done = subprocess.run(
        [sys.executable, "bot.py", *arguments],
        cwd=ROOT,
        env={**bot.settings, "PATH": ""},
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout + done.stderr


def test_nothing_that_leaves_the_machine_tells_a_secret_or_a_person(
    new_bot: Callable[..., Bot], tmp_path: Path
) -> None:
    port = free_port()
    url = f"http://127.0.0.1:{port}/hook"
    bot = new_bot(REAL, WEBHOOK_URL=url, WEBHOOK_SECRET=SECRET, LISTEN="127.0.0.1", PORT=str(port))
    owner, person = Person(bot), Person(bot)
    owner.user = owner.chat = 8_123_456_701
    person.user = person.chat = 8_123_456_702
    bot.settings["OWNER_IDS"] = str(owner.user)
    with running(bot):
        person.ask(QUESTION)
        person.ask(UNKNOWN)
        person.say(OFFER)
        offered = person.answer()
        person.tap("1:c:" + "A" * 12, id_of(offered))
        bot.faults(
            {"method": "sendMessage", "status": 400, "description": "Bad Request: can't parse entities: x"},
            {"method": "sendMessage", "status": 400, "description": "Bad Request: message is too long"},
        )
        person.ask(UNKNOWN)
        assert "BadRequest" in text_of(owner.answer())
        bot.faults()
        let_in(owner, person)
        saved(owner, f"/them_so_lieu KCĐP kế hoạch 2031 phía Nam 71 tỷ | nguồn: {SOURCE}")
        tap(
            person, draft(person, f"/them_so_lieu KCĐP kế hoạch 2033 phía Nam 73 tỷ | nguồn: {SOURCE}"), "Huỷ"
        )
        call(bot, "kb", "backup", str(tmp_path / "shell.db"))
        told = call(bot, "kb", "export", str(tmp_path / "out"))
        owner.say("/sao_luu")
        (document,) = owner.next()
        assert document["method"] == "sendDocument", document
        (sent,) = [data for name, data in bot.uploads().items() if name.endswith(".db")]
        (tmp_path / "sent.db").write_bytes(sent)
        assert bot.stop() == 0

    secrets = (bot.token, bot.token.partition(":")[2], SECRET)
    people = (NAME, PHONE, PHONE.replace(" ", ""), MAIL, WORDS, str(person.user), str(owner.user))
    log = bot.log.read_text()
    exported = "\n".join(
        file.read_text(encoding="utf-8") for file in (tmp_path / "out").rglob("*") if file.is_file()
    )
    assert "71" in exported and "parse entities" in log, "there was something to search"
    searched = {"log": log, "export": exported, "shell": told}
    for name in ("shell.db", "sent.db"):
        searched[name] = texts(tmp_path / name)
        searched[f"bytes of {name}"] = (tmp_path / name).read_bytes().decode("utf-8", "replace")
        assert "2031" in searched[name]
    for where, text in searched.items():
        for word in (*secrets, *people):
            assert word not in text, (where, word)
    stored = texts(Path(bot.settings["DATABASE"]))
    for word in (*secrets, NAME, PHONE, MAIL):
        assert word not in stored, word
    assert WORDS in stored, "a question without an answer is kept on the machine, without what is personal"


def test_settings_tell_no_secret(monkeypatch: pytest.MonkeyPatch) -> None:
    token, secret = "123456:a-token-of-a-bot", "a-webhook-secret"
    settings = Settings(telegram_token=SecretStr(token), webhook_secret=SecretStr(secret))
    said = [repr(settings), str(settings), str(settings.model_dump()), settings.model_dump_json()]
    monkeypatch.setenv("TELEGRAM_TOKEN", token)
    monkeypatch.setenv("WEBHOOK_SECRET", secret)
    monkeypatch.setenv("PORT", token)
    with pytest.raises(SettingsError) as raised:
        read_settings()
    said += [repr(raised.value), str(raised.value), repr(raised.value.__context__)]
    assert not [text for text in said if token in text or secret in text]


def test_a_refused_token_is_not_in_what_is_raised(monkeypatch: pytest.MonkeyPatch, database: Path) -> None:
    from db.activity import Activity
    from db.snapshot import load
    from knowledge.assistant import Assistant
    from tests.conftest import TODAY

    token = "123456:a-token-of-a-bot"

    async def refuse(*_: object) -> None:
        raise InvalidToken(f"The token `{token}` was rejected by the server.")

    monkeypatch.setattr(handlers, "live", refuse)
    settings = Settings(telegram_token=SecretStr(token), database=database)
    activity = Activity(database)
    try:
        with pytest.raises(SystemExit) as raised:
            handlers.run(settings, Assistant(load(database), lambda: TODAY), activity)
    finally:
        activity.close()
    assert token not in repr(raised.value) and raised.value.__suppress_context__


def test_one_chat_sees_nothing_of_another(polling_bot: Bot) -> None:
    one, other = Person(polling_bot), Person(polling_bot)
    one.ask(QUESTION)
    assert "170,8" not in other.ask("còn 2024?"), "another's context"
    one.say(OFFER)
    offered = one.answer()
    for label, data in buttons_of(offered).items():
        before = len(polling_bot.calls("answerCallbackQuery"))
        other.tap(data, id_of(offered))
        other.nothing_more()
        told = polling_bot.calls("answerCallbackQuery")[before]["fields"]
        assert "nút" in told["text"].casefold() or told["show_alert"], (label, told)
    one.nothing_more()


@pytest.mark.parametrize(
    "data",
    [
        *(
            "",
            "1",
            "1:",
            "1:c:",
            "2:c:AAAAAAAAAAAA",
            "1:c:AAAAAAAAAAA",
            "1:c:AAAAAAAAAAAA ",
            "1:c:' OR 1=1 --",
        ),
        *(
            "1:u:0",
            "1:u:-1",
            "1:d:999999999999999999",
            "1:u:9999999999999999999",
            "1:x:1",
            "1:x:0",
            "1:a:s:AAAA",
        ),
        *("1:g:", "1:g:x:y:z", "1:g:" + "ă" * 28, "1:f:1", "1:p:1", "1:n:1", "\x00", "../../etc", "%s%n{0}"),
    ],
)
def test_forged_and_stale_buttons_are_refused_with_one_sentence(person: Person, data: str) -> None:
    person.say(QUESTION)
    answer = person.answer()
    before = len(person.bot.calls("answerCallbackQuery"))
    person.tap(data, id_of(answer))
    person.nothing_more()
    calls = person.bot.calls("answerCallbackQuery")[before:]
    assert len(calls) == 1 and calls[0]["fields"]["show_alert"], calls
    assert text_of(answer)
