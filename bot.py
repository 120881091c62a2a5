"""The command line: settings → database → assistant → terminal, lines of JSON, or Telegram. No logic of its own.

A command imports only what it needs, so that a question in the terminal is answered at once."""

from __future__ import annotations

import io
import json
import os
import sys
from contextlib import closing
from datetime import date, datetime, timedelta, timezone
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from db.errors import StoreError, Unavailable, exit_code, told
from settings import Settings, SettingsError, read_settings

if TYPE_CHECKING:
    from knowledge.assistant import Assistant
    from knowledge.dialogue import Context
    from knowledge.records import Answer

VIETNAM = timezone(timedelta(hours=7))
PATH = click.Path(path_type=Path)
FOLDER = click.Path(exists=True, file_okay=False, path_type=Path)
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


def _today(settings: Settings) -> date:
    """The day in Vietnam, or the fixed one of the settings."""
    return settings.today or datetime.now(VIETNAM).date()


def _assistant(settings: Settings) -> Assistant:
    """The assistant over the stored base, built first when there is none or its files have changed."""
    from db.content import build
    from db.snapshot import load
    from knowledge.assistant import Assistant

    if build(settings.database, if_missing=True) == "kept":
        click.echo("Tệp nội dung mới chưa được nạp vì kho tri thức có sửa đổi riêng; nạp: kb build", err=True)
    return Assistant(load(settings.database), partial(_today, settings))


@main.command()
@click.pass_obj
def chat(settings: Settings) -> None:
    """Trò chuyện trong cửa sổ dòng lệnh."""
    from knowledge.guide import Guide, GuideState
    from knowledge.telling.guide_texts import guide_plain
    from knowledge.telling.render import plain
    from knowledge.text import fold

    assistant = _assistant(settings)
    guide = Guide(assistant.base, partial(_today, settings))
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
        picks = {key: c.question for n, c in enumerate(answer.choices, 1) for key in (f"{n}", fold(c.label))}
    click.echo("Hẹn gặp lại!")


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
    answer, _ = _assistant(settings).ask(typed)
    click.echo(_json(payload(answer)) if as_json else _with_choices(plain(answer), answer))


@main.command()
@click.pass_obj
def batch(settings: Settings) -> None:
    """Đọc các dòng JSON {"id", "chat", "text"}, viết ra mỗi dòng một câu trả lời, theo thứ tự."""
    assistant = _assistant(settings)
    contexts: dict[str, Context] = {}
    for number, line in enumerate(sys.stdin.buffer, 1):
        click.echo(_json(_batch_line(assistant, contexts, line, number, _today(settings))))


def _batch_line(
    assistant: Assistant, contexts: dict[str, Context], line: bytes, number: int, today: date
) -> dict[str, object]:
    """One output line. A line that cannot be read or answered gives `no_answer` with the reason as its text."""
    from knowledge.records import Answer
    from knowledge.telling.render import payload

    head: dict[str, object] = {"id": None, "chat": None}
    failed = f'Dòng {number} không đọc được; mỗi dòng phải là JSON {{"id", "chat", "text"}}.'
    try:
        given = json.loads(line.decode("utf-8-sig"))
        head = {"id": given.get("id"), "chat": given.get("chat")}
        if isinstance(given.get("text"), str):
            chat = f"#{number}" if head["chat"] is None else json.dumps(head["chat"], sort_keys=True)
            failed = f"Dòng {number} gặp lỗi khi trả lời; các dòng sau vẫn được trả lời."
            answer, contexts[chat] = assistant.ask(given["text"], contexts.get(chat))
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

    assistant = _assistant(settings)  # before anything is written: it refuses a damaged file
    with closing(Activity(settings.database)) as activity:
        handlers.run(settings, assistant, activity)


@main.group()
def kb() -> None:
    """Kho tri thức: dựng, kiểm tra, nhập, xuất, sao lưu, khôi phục."""


@kb.command("build")
@click.option("--if-missing", is_flag=True, help="Chỉ dựng khi chưa có hoặc khi tệp nội dung đã đổi.")
@click.pass_obj
def kb_build(settings: Settings, if_missing: bool) -> None:
    """Dựng kho tri thức từ knowledge/content."""
    from db.content import build

    if build(settings.database, if_missing=if_missing) == "built":
        click.echo(f"Đã dựng kho tri thức ở {settings.database}.")


@kb.command("check")
@click.option("-v", "--verbose", is_flag=True, help="Liệt kê từng mục cần xem lại.")
@click.option("--content", type=FOLDER, help="Thư mục khác.")
def kb_check(verbose: bool, content: Path | None) -> None:
    """Kiểm tra nội dung: đọc nghiêm ngặt, tính lại mọi quan hệ số liệu; mã thoát 1 khi có lỗi."""
    from db.checks import check
    from db.content import CONTENT

    report = check(content or CONTENT)
    click.echo("\n".join(report.lines(verbose=verbose)))
    sys.exit(1 if report.failures else 0)


@kb.command("conflicts")
@click.option("--all", "every", is_flag=True, help="Cả những ô mà các nguồn in cùng một số.")
@click.pass_obj
def kb_conflicts(settings: Settings, every: bool) -> None:
    """Những ô số liệu mà các nguồn in khác nhau, số nào dẫn và vì sao."""
    from knowledge.finding.conflicts import conflicts
    from knowledge.telling.conflict_lines import lines

    base = _assistant(settings).base
    found = [(one.figures, one.rule) for one in conflicts(base) if every or one.differs]
    click.echo("\n".join(lines(found, base.names, base.sources)))


@kb.command("import")
@click.argument("path", type=click.Path(exists=True, path_type=Path))
@click.option("--dry-run", is_flag=True, help="Chỉ nói sẽ đổi gì.")
@click.option("--skip-refused", is_flag=True, help="Ghi các dòng còn lại khi có dòng bị từ chối.")
@click.option("--table", default="", help="Tên bảng, khi tiêu đề cột hợp với nhiều bảng.")
@click.pass_obj
def kb_import(settings: Settings, path: Path, dry_run: bool, skip_refused: bool, table: str) -> None:
    """Nhập một tệp CSV, XLSX, Markdown, zip (thêm và sửa theo mã), hoặc thay cả kho bằng một thư mục."""
    from db.content import put_files
    from db.exchange import plan_replacement
    from db.imports import import_file
    from knowledge.telling.exchange_texts import diff_plain

    if path.is_dir():
        before, after = put_files(settings.database, path, dry_run=dry_run)
        plan = plan_replacement(before, after, path.name)
    else:
        plan = import_file(
            settings.database, path, table, _today(settings), dry_run=dry_run, skip_refused=skip_refused
        )
    click.echo("\n".join(diff_plain(plan)))
    if plan.problems and not skip_refused:
        click.echo("Chưa ghi gì: hãy sửa các dòng bị từ chối, hoặc thêm --skip-refused.", err=True)
        sys.exit(1)
    changed = plan.steps or plan.removed
    click.echo("Không có gì thay đổi." if not changed else "Chưa ghi gì." if dry_run else "Đã nhập.")


@kb.command("export")
@click.argument("directory", type=PATH)
@click.pass_obj
def kb_export(settings: Settings, directory: Path) -> None:
    """Viết kho tri thức ra tệp CSV và Markdown."""
    from db.connection import open_read_only
    from db.content import export_files

    with open_read_only(settings.database) as db:
        stale = export_files(db, directory)
    click.echo(f"Đã xuất ra {directory}." + (f" Tệp thừa, có thể xóa: {', '.join(stale)}" if stale else ""))


@kb.group()
def golden() -> None:
    """Bộ câu hỏi mẫu để đo."""


@golden.command("add")
@click.argument("file", type=PATH)
@click.pass_obj
def golden_add(settings: Settings, file: Path) -> None:
    """Viết thêm vào tệp những câu mà /chua_tra_loi đã nhận làm cách hỏi."""
    from db.connection import open_read_only
    from db.gaps import accepted
    from knowledge.golden import NotGolden, add

    assistant = _assistant(settings)
    with open_read_only(settings.database) as db:
        found = accepted(db)
    try:
        added = add(file, found, assistant)
    except NotGolden as error:
        raise click.ClickException(str(error)) from None
    click.echo(f"Viết thêm {len(added.written)} câu vào {file}, đã có {len(added.known)} câu.")
    for question in added.astray:
        click.echo(f"Bỏ qua, bot không đáp bằng bài đã chọn: {question}", err=True)


@kb.command("backup")
@click.argument("file", type=PATH)
@click.option("--full", is_flag=True, help="Kèm trò chuyện và người biên tập, để chuyển máy: phải giữ kín.")
@click.pass_obj
def kb_backup(settings: Settings, file: Path, full: bool) -> None:
    """Sao lưu kho tri thức và lịch sử sửa, kể cả khi bot đang chạy."""
    from db.backup import backup
    from db.connection import open_database
    from db.usage import note_backup

    told = backup(settings.database, file, full=full)
    with open_database(settings.database) as db:
        note_backup(db)
    click.echo(f"Đã sao lưu ra {file}: {told}.")


@kb.command("restore")
@click.argument("file", type=PATH)
@click.pass_obj
def kb_restore(settings: Settings, file: Path) -> None:
    """Khôi phục kho tri thức từ bản sao lưu; bản hiện tại được giữ lại bên cạnh, dữ liệu trò chuyện không đổi."""
    from db.backup import restore

    kept = restore(file, settings.database)
    click.echo(f"Đã khôi phục từ {file}." + (f" Bản trước đó: {kept}" if kept else ""))


if __name__ == "__main__":
    main(prog_name="bot.py")
