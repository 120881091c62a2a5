"""The command line: settings → database → assistant → terminal, lines of JSON, or Telegram. No logic of its own.

A command imports only what it needs, so that a question in the terminal is answered at once."""

from __future__ import annotations

import io
import json
import os
import sys
from contextlib import closing
from datetime import date
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from db.errors import StoreError, Unavailable, exit_code, told
from kb import PATH, assistant_of, kb, today_of
from settings import Settings, SettingsError, read_settings

if TYPE_CHECKING:
    from knowledge.assistant import Assistant
    from knowledge.dialogue import Context
    from knowledge.guide import Guide, GuideState
    from knowledge.records import Answer

_json = partial(json.dumps, ensure_ascii=False)
LEAVE = {"/thoat", "/thoát", "/exit", "/quit"}


class Commands(click.Group):
    """Tells expected errors as sentences instead of a traceback."""

    def invoke(self, ctx: click.Context) -> Any:
        """Run a command; an expected error becomes one sentence on stderr and exit code 1 (78: a damaged database)."""
        try:
            return super().invoke(ctx)
        except (StoreError, SettingsError, Unavailable) as error:
            click.echo(told(error, ctx.obj and ctx.obj.database), err=True)
            ctx.exit(exit_code(error))


@click.group(cls=Commands, invoke_without_command=True)
@click.option("--database", type=PATH, help="Tệp cơ sở dữ liệu (mặc định: DATABASE).")
@click.pass_context
def main(ctx: click.Context, database: Path | None) -> None:
    """Trợ lý hỏi đáp về khuyến công. Không kèm lệnh: trò chuyện, hoặc chạy Telegram khi có TELEGRAM_TOKEN."""
    for stream in (sys.stdin, sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="replace")
    ctx.obj = read_settings().model_copy(update={"database": database} if database else {})
    if ctx.invoked_subcommand is None:
        ctx.invoke(run if ctx.obj.telegram_token else chat)


@main.command()
@click.pass_obj
def chat(settings: Settings) -> None:
    """Trò chuyện trong cửa sổ dòng lệnh."""
    from knowledge.guide import Guide
    from knowledge.telling.guide_texts import guide_plain
    from knowledge.telling.render import plain
    from knowledge.text import fold

    assistant = assistant_of(settings)
    guide = Guide(assistant.base, partial(today_of, settings), assistant.reader)
    state: GuideState | None = None
    click.echo("Chào bạn! Hãy hỏi về khuyến công: số liệu, đối tượng, mức hỗ trợ, thủ tục… (/thoat để nghỉ)")
    if not settings.telegram_token:
        click.echo("Muốn chạy trên Telegram: đặt TELEGRAM_TOKEN trong tệp .env rồi gọi lại python bot.py")
    context: Context | None = None
    picks: dict[str, str] = {}
    while (text := _typed()) is not None:
        said = picks.get(fold(text), text)
        state, reply = guide.handle(said, state)
        if reply is not None:
            click.echo(f"\n{guide_plain(reply, dict(assistant.base.names))}")
            picks = {}
            continue
        answer, context = assistant.ask(said, context)
        click.echo(f"\n{_with_choices(plain(answer), answer)}")
        _save(answer, assistant, today_of(settings))
        if state is not None and state.active:  # a question inside the guide
            click.echo(f"\n{guide_plain(guide.show(state), dict(assistant.base.names))}")
        picks = {key: c.question for n, c in enumerate(answer.choices, 1) for key in (f"{n}", fold(c.label))}
    click.echo("Hẹn gặp lại!")


def _save(answer: Answer, assistant: Assistant, today: date) -> None:
    """Save the picture or the table that was asked for, and say where."""
    from knowledge.dialogue.about import CHART, EXPORT
    from knowledge.taking import figures_of, taken
    from knowledge.telling.charts import png
    from knowledge.telling.figure_charts import figure_chart
    from knowledge.telling.sheets import xlsx
    from knowledge.telling.takeaway_texts import saved, table_name

    base = assistant.base
    rows = taken(base, figures_of(answer)) if answer.aspect in (CHART, EXPORT) else []
    if not rows:
        return
    path = Path(table_name(rows, today))
    if answer.aspect == CHART:
        path = path.with_suffix(".png")
        path.write_bytes(png(figure_chart([row.figure for row in rows], base, today)))
    else:
        path.write_bytes(xlsx(rows, dict(base.names), today))
    click.echo(saved(path))


def _with_choices(told: str, answer: Answer) -> str:
    """The text, and below it the choices that it does not show itself, numbered."""
    numbered = enumerate(answer.choices, 1)
    return "\n".join([told, *(f"  {number}. {c.label}" for number, c in numbered if c.label not in told)])


def _typed() -> str | None:
    """The next line that holds something; None when the user leaves."""
    try:
        while not (text := click.prompt("\nBạn", default="", show_default=False).strip()):
            continue
    except click.Abort:
        return None
    return None if text.casefold() in LEAVE else text


@main.command()
@click.argument("text", nargs=-1, required=True)
@click.option("--json", "as_json", is_flag=True, help="In một dòng JSON như lệnh batch.")
@click.pass_obj
def ask(settings: Settings, text: tuple[str, ...], as_json: bool) -> None:
    """Trả lời một câu hỏi."""
    from knowledge.telling.render import payload, plain

    typed = os.fsencode(" ".join(text)).decode("utf-8", "replace")  # whatever the locale
    answer, _ = assistant_of(settings).ask(typed)
    click.echo(_json(payload(answer)) if as_json else _with_choices(plain(answer), answer))


@main.command()
@click.argument("text", nargs=-1, required=True)
@click.pass_obj
def why(settings: Settings, text: tuple[str, ...]) -> None:
    """Cho biết câu hỏi được đọc ra sao, có những cách trả lời nào và chọn cách nào."""
    from knowledge.explaining import Explainer
    from knowledge.telling.why_lines import lines

    typed = os.fsencode(" ".join(text)).decode("utf-8", "replace")
    found = Explainer(assistant_of(settings)).explain(typed, today_of(settings))
    click.echo("\n".join(lines(found.reading, found.candidates, found.answer)))


@main.command()
@click.pass_obj
def batch(settings: Settings) -> None:
    """Đọc các dòng JSON {"id", "chat", "text"}, viết ra mỗi dòng một câu trả lời, theo thứ tự."""
    from knowledge.guide import Guide

    assistant = assistant_of(settings)
    guide = Guide(assistant.base, partial(today_of, settings), assistant.reader)
    chats: dict[str, tuple[Context | None, GuideState | None]] = {}
    for number, line in enumerate(sys.stdin.buffer, 1):
        click.echo(_json(_batch_line(assistant, guide, chats, line, number, today_of(settings))))


def _batch_line(
    assistant: Assistant,
    guide: Guide,
    chats: dict[str, tuple[Context | None, GuideState | None]],
    line: bytes,
    number: int,
    today: date,
) -> dict[str, object]:
    """One output line. A line that cannot be read or answered gives `no_answer` with the reason as its text."""
    from knowledge.records import Answer
    from knowledge.telling.guide_texts import guide_payload
    from knowledge.telling.render import payload

    head: dict[str, object] = {"id": None, "chat": None}
    failed = f'Dòng {number} không đọc được; mỗi dòng phải là JSON {{"id", "chat", "text"}}.'
    try:
        given = json.loads(line.decode("utf-8-sig"))
        head = {"id": given.get("id"), "chat": given.get("chat")}
        if isinstance(given.get("text"), str):
            chat = f"#{number}" if head["chat"] is None else json.dumps(head["chat"], sort_keys=True)
            failed = f"Dòng {number} gặp lỗi khi trả lời; các dòng sau vẫn được trả lời."
            context, state = chats.get(chat, (None, None))
            state, reply = guide.handle(given["text"], state)
            if reply is not None:
                chats[chat] = (context, state)
                return {**head, **guide_payload(reply, dict(assistant.base.names), today)}
            answer, after = assistant.ask(given["text"], context)
            chats[chat] = (after, state)
            return {**head, **payload(answer)}
    except Exception as error:
        click.echo(f"Dòng {number}: {type(error).__name__}: {error}", err=True)
    return {**head, **payload(Answer(status="no_answer", kind="help", as_of=today)), "text": failed}


@main.command()
@click.pass_obj
def run(settings: Settings) -> None:
    """Chạy trên Telegram (hỏi vòng, hoặc webhook khi có WEBHOOK_URL)."""
    if not settings.telegram_token:
        raise SettingsError(
            "Chưa có TELEGRAM_TOKEN: lấy ở @BotFather, ghi vào .env rồi gọi lại python bot.py"
        )
    import handlers
    from db.activity import Activity
    from handlers.clock import Clock

    assistant = assistant_of(settings)  # before anything is written: it refuses a damaged file
    with closing(Activity(settings.database, Clock())) as activity:
        handlers.run(settings, assistant, activity)


main.add_command(kb)


if __name__ == "__main__":
    main(prog_name="bot.py")
