"""The command line, through the same door that a person uses."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import click
import pytest
from click.testing import CliRunner, Result

import bot
from db.connection import open_database, open_read_only, transaction
from db.edits import undo
from db.files import written
from db.history import history
from knowledge.assistant import Assistant
from knowledge.base import KnowledgeBase
from knowledge.reading.question import Reader
from knowledge.records import Answer, Choice
from settings import SettingsError, read_settings
from tests.db.conftest import Files

ROOT = Path(__file__).parents[1]
TOKEN = "123456:secret-of-the-bot"
KEYS = "id chat status kind text figures comparison stance assumptions choices warnings sources as_of".split()  # noqa: SIM905

QUESTION = "Năm 2023 khu vực phía Bắc thực hiện bao nhiêu kinh phí khuyến công quốc gia?"


@pytest.fixture(autouse=True)
def _environment(monkeypatch: pytest.MonkeyPatch, database: Path) -> None:
    """No setting of the developer's own; the token is empty, which wins over any in .env."""
    for name in ("OWNER_IDS", "WEBHOOK_URL", "WEBHOOK_SECRET", "LISTEN", "PORT", "API_BASE_URL"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("TELEGRAM_TOKEN", "")
    monkeypatch.setenv("DATABASE", str(database))
    monkeypatch.setenv("TODAY", "2026-11-23")


@pytest.fixture
def ready(monkeypatch: pytest.MonkeyPatch, assistant: Assistant) -> None:
    """Questions go to the assistant that all tests share; how a command makes its own, others show."""
    monkeypatch.setattr(bot, "assistant_of", lambda _: assistant)


Call = Callable[..., Result]


@pytest.fixture
def call() -> Call:
    def call(*arguments: object, given: str | bytes = "", code: int = 0) -> Result:
        result = CliRunner().invoke(bot.main, [str(argument) for argument in arguments], input=given)
        if result.exception and not isinstance(result.exception, SystemExit):
            raise result.exception
        assert result.exit_code == code, result.output
        return result

    return call


@pytest.fixture
def lines(call: Call) -> Callable[..., list[dict[str, Any]]]:
    """What `batch` writes for these lines (dicts become JSON)."""

    def lines(*given: object) -> list[dict[str, Any]]:
        raw = [line if isinstance(line, bytes) else json.dumps(line).encode() for line in given]
        output = call("batch", given=b"\n".join(raw) + b"\n").stdout
        return [json.loads(line) for line in output.split("\n")[:-1]]

    return lines


@pytest.mark.usefixtures("ready")
def test_why_tells_what_was_read_and_what_was_chosen(call: Call) -> None:
    told = call(
        "why", "không", "tính KCQG thì phía Bắc 2023 thực hiện bao nhiêu cho điều lạ"
    ).output.splitlines()
    assert any(line.startswith("  kcqg → programme = KCQG") and line.endswith("(gạt ra)") for line in told)
    assert any(line.startswith("  figure [") for line in told)
    assert any(line.startswith("Đã chọn: ") for line in told)
    assert told[-1].startswith("Dòng đầu: ")


@pytest.mark.usefixtures("ready")
def test_why_says_something_of_any_text(call: Call) -> None:
    assert "Đã chọn: help [no_answer]" in call("why", "???").output


def test_ask_answers_in_vietnamese_whatever_the_locale() -> None:
    environment = {**os.environ, "LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"}
    process = subprocess.run(
        [sys.executable, "bot.py", "ask", QUESTION],
        cwd=ROOT,
        env=environment,
        capture_output=True,
        check=True,
    )
    assert "79,9 tỷ đồng" in process.stdout.decode("utf-8")


@pytest.mark.usefixtures("ready")
def test_ask_takes_words_without_quotes_and_gives_json(call: Call) -> None:
    [line] = call("ask", *QUESTION.split(), "--json").stdout.splitlines()
    told = json.loads(line)
    assert list(told) == KEYS[2:]
    assert told["status"] == "answered"
    assert told["figures"][0]["value"] == 79_900_000_000
    assert told["as_of"] == "2026-11-23"
    assert "tỷ đồng" in line


@pytest.mark.usefixtures("ready")
def test_batch_writes_one_line_for_each_in_order(lines: Callable[..., list[dict[str, Any]]]) -> None:
    told = lines({"id": 7, "chat": "a", "text": QUESTION}, {"id": "x", "chat": 5, "text": "xin chào"})
    assert [(line["id"], line["chat"]) for line in told] == [(7, "a"), ("x", 5)]
    assert all(list(line) == KEYS for line in told)
    assert told[0]["figures"][0]["as_printed"] == "79,9 tỷ đồng"


@pytest.mark.usefixtures("ready")
def test_a_bad_line_is_told_and_never_stops_the_run(lines: Callable[..., list[dict[str, Any]]]) -> None:
    bad = [
        b"",
        b"{",
        b"[]",
        b"\xff\xfe",
        b"null",
        b"[" * 100_000,
        {"id": 1, "chat": "a"},
        {"id": 2, "text": 3},
    ]
    told = lines(*bad, {"id": 3, "chat": "a", "text": QUESTION})
    assert [line["status"] for line in told] == ["no_answer"] * len(bad) + ["answered"]
    assert all(list(line) == KEYS for line in told)
    assert told[1]["text"].startswith("Dòng 2 không đọc được")
    assert [(line["id"], line["chat"]) for line in told[-3:]] == [(1, "a"), (2, None), (3, "a")]


def test_a_line_that_cannot_be_answered_does_not_stop_the_run(
    lines: Callable[..., list[dict[str, Any]]], assistant: Assistant, monkeypatch: pytest.MonkeyPatch
) -> None:
    def ask(text: str, context: Any = None) -> Any:
        if text == "hỏng":
            raise ZeroDivisionError
        return assistant.ask(text, context)

    monkeypatch.setattr(
        bot, "assistant_of", lambda _: SimpleNamespace(ask=ask, base=assistant.base, reader=assistant.reader)
    )
    told = lines({"id": 1, "chat": 0, "text": "hỏng"}, {"id": 2, "chat": 0, "text": QUESTION})
    assert [line["status"] for line in told] == ["no_answer", "answered"]
    assert told[0]["id"] == 1
    assert "Dòng 1 gặp lỗi" in told[0]["text"]


class Echo:
    """Says what it was asked, with the number of questions so far in this conversation."""

    def __init__(self, base: KnowledgeBase) -> None:
        self.base = base
        self.reader = Reader(base)
        self.heard: list[tuple[str, int | None]] = []

    def ask(self, text: str, context: int | None = None) -> tuple[Answer, int]:
        self.heard.append((text, context))
        today = date(2026, 11, 23)
        choices = (Choice("Phía Bắc", "hỏi phía Bắc"), Choice("Phía Nam", "hỏi phía Nam"))
        return Answer(status="asked_back", kind="choice", as_of=today, choices=choices), (context or 0) + 1


@pytest.fixture
def echo(monkeypatch: pytest.MonkeyPatch, base: KnowledgeBase) -> Echo:
    echo = Echo(base)
    monkeypatch.setattr(bot, "assistant_of", lambda _: echo)
    return echo


def test_lines_of_one_chat_are_one_conversation(
    lines: Callable[..., list[dict[str, Any]]], echo: Echo
) -> None:
    chats = ["a", "b", "a", 0, 0, "0", None, None]
    lines(*({"id": number, "chat": chat, "text": str(chat)} for number, chat in enumerate(chats)))
    assert [context for _, context in echo.heard] == [None, None, 1, None, 1, None, None, None]


def test_chat_takes_a_choice_by_number_or_label_and_keeps_the_conversation(call: Call, echo: Echo) -> None:
    told = call("chat", given="kinh phí?\n\n2\nPHÍA BẮC\n3\n/thoat\nkhông ai đọc\n").stdout
    assert echo.heard == [("kinh phí?", None), ("hỏi phía Nam", 1), ("hỏi phía Bắc", 2), ("3", 3)]
    assert told.count("2. Phía Nam") == 4  # once for each answer, though the template may show them, too
    assert told.rstrip().endswith("Hẹn gặp lại!")


def test_chat_ends_with_the_input(call: Call, echo: Echo) -> None:
    assert "Hẹn gặp lại!" in call("chat", given="xin chào\n").stdout
    assert len(echo.heard) == 1


def test_without_a_command_and_a_token_the_terminal_chat_starts(call: Call, echo: Echo) -> None:
    told = call(given="/thoat\n").stdout
    assert "TELEGRAM_TOKEN" in told
    assert echo.heard == []


@pytest.fixture
def started(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[Any]]:
    import handlers

    calls: list[Any] = []
    monkeypatch.setattr(handlers, "run", lambda *arguments: calls.append(arguments))
    monkeypatch.setenv("TELEGRAM_TOKEN", TOKEN)
    yield calls


@pytest.mark.usefixtures("ready")
@pytest.mark.parametrize("arguments", [(), ("run",)])
def test_with_a_token_telegram_starts_and_the_token_is_not_told(
    call: Call, started: list[Any], arguments: tuple[str, ...]
) -> None:
    result = call(*arguments)
    [(settings, assistant, _)] = started
    assert settings.telegram_token.get_secret_value() == TOKEN
    assert isinstance(assistant, Assistant)
    assert TOKEN not in result.output + repr(settings) + str(settings)


def test_run_without_a_token_says_how_to_get_one(call: Call) -> None:
    assert "@BotFather" in call("run", code=1).stderr


def test_a_wrong_setting_is_named_and_its_value_is_not_told(
    call: Call, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("OWNER_IDS", "12, bí-mật")
    told = call("ask", "gì", code=1).stderr
    assert "OWNER_IDS" in told
    assert "bí-mật" not in told


def test_settings_read_lists_and_empty_values(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OWNER_IDS", "12, 34 56")
    monkeypatch.setenv("TODAY", "")
    settings = read_settings()
    assert settings.owner_ids == (12, 34, 56)
    assert settings.telegram_token is None
    assert settings.today is None
    monkeypatch.setenv("PORT", "cổng")
    with pytest.raises(SettingsError, match="PORT"):
        read_settings()


def test_the_base_is_built_when_it_is_missing(call: Call, tmp_path: Path) -> None:
    path = tmp_path / "moi" / "kb.db"
    call("--database", path, "ask", QUESTION)
    with open_read_only(path) as db:
        assert db.table("figures").count


def test_kb_build_says_so_once(call: Call, tmp_path: Path) -> None:
    path = tmp_path / "kb.db"
    assert "Đã dựng" in call("--database", path, "kb", "build", "--if-missing").stdout
    assert call("--database", path, "kb", "build", "--if-missing").stdout == ""
    assert "Đã dựng" in call("--database", path, "kb", "build").stdout


def test_kb_check_fails_with_code_1(call: Call, tmp_path: Path) -> None:
    files = Files(tmp_path / "content")
    assert "Nội dung đạt." in call("kb", "check", "-v", "--content", files.path).stdout
    files.swap("relations.csv", ",match,", ",mismatch,")
    assert "relations.csv, dòng 3" in call("kb", "check", "--content", files.path, code=1).stdout


def test_kb_import_export_round(call: Call, tmp_path: Path, database: Path) -> None:
    files = Files(tmp_path / "content")
    before = files.texts()
    assert "Chưa ghi gì." in call("kb", "import", files.path, "--dry-run").stdout
    assert "Đã nhập." in call("kb", "import", files.path).stdout
    assert "Không có gì thay đổi." in call("kb", "import", files.path).stdout
    call("kb", "export", tmp_path / "out")
    files.path = tmp_path / "out"
    assert files.texts() == before
    files.write("figures.csv", "id\n")
    assert "figures.csv, dòng 1" in call("kb", "import", files.path, code=1).stderr


def test_kb_import_takes_the_files_that_a_chat_takes_and_tells_the_same(
    call: Call, tmp_path: Path, database: Path
) -> None:
    sheet = tmp_path / "figures.csv"
    sheet.write_bytes("\ufeffid;note\r\nhn2024-05;mới, có dấu phẩy\r\n".encode())
    told = call("kb", "import", sheet, "--dry-run").stdout
    for part in ("0 mới, 1 sửa, 0 giữ nguyên, 0 từ chối", "→ mới, có dấu phẩy", "Chưa ghi gì."):
        assert part in told
    assert "Đã nhập." in call("kb", "import", sheet).stdout
    assert "Không có gì thay đổi." in call("kb", "import", sheet).stdout
    with open_database(database) as db:
        (line,) = history(db)
        undo(db, line.id, 0)
    sheet.write_text("id,note\nhn2024-05,khác\nhn2024-06,\x01\n")
    refused = call("kb", "import", sheet, code=1)
    assert "figures.csv, dòng 3" in refused.stdout
    assert "--skip-refused" in refused.stderr
    with open_database(database) as db:
        assert len(history(db)) == 2, "nothing was written"
    assert "Đã nhập." in call("kb", "import", sheet, "--skip-refused").stdout
    odd = tmp_path / "tep.csv"
    odd.write_text("id,note\nhn2024-05,khác nữa\n")
    assert "nhiều bảng" in call("kb", "import", odd, code=1).stderr
    assert "1 sửa" in call("kb", "import", odd, "--table", "figures").stdout
    assert "Đã nhập." not in call("kb", "import", ROOT / "bot.py", code=1).stdout


def test_kb_backup_and_restore(call: Call, tmp_path: Path, database: Path) -> None:
    copy = tmp_path / "sao-luu.db"
    assert "số liệu" in call("kb", "backup", copy).stdout
    with open_database(database) as db, transaction(db):
        db.execute("DELETE FROM relations")
    assert "Bản trước đó: " in call("kb", "restore", copy).stdout
    with open_read_only(database) as db:
        assert db.table("relations").count
    assert "không đọc được" in call("kb", "restore", ROOT / "bot.py", code=1).stderr


def test_a_question_in_the_terminal_loads_nothing_heavy() -> None:
    code = (
        "import sys, bot\n"
        "bot.main(['ask', 'xin chào'], standalone_mode=False)\n"
        "print([name for name in ('telegram', 'httpx', 'matplotlib', 'xlsxwriter') if name in sys.modules])\n"
    )
    process = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, encoding="utf-8", check=True
    )
    assert process.stdout.splitlines()[-1] == "[]"


def commands(group: click.Group, path: str = "") -> Iterator[tuple[str, click.Command]]:
    for name, command in group.commands.items():
        yield f"{path} {name}".strip(), command
        if isinstance(command, click.Group):
            yield from commands(command, name)


def test_every_command_says_what_it_does() -> None:
    named = dict(commands(bot.main))
    assert {"chat", "ask", "batch", "run", "kb build", "kb check", "kb restore"} <= set(named)
    assert all(command.help for command in named.values())


def test_what_is_exported_is_in_normal_form(call: Call, tmp_path: Path) -> None:
    from db.loading import read_content

    call("kb", "export", tmp_path / "out")
    texts = written(read_content(tmp_path / "out"))
    assert all((tmp_path / "out" / name).read_bytes() == text.encode() for name, text in texts.items())
