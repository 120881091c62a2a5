"""The command line of the knowledge base: build, check, import, export, backup, restore. No logic."""

from __future__ import annotations

import sys
from datetime import date, datetime, timedelta, timezone
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import click

from settings import Settings

if TYPE_CHECKING:
    from knowledge.assistant import Assistant

VIETNAM = timezone(timedelta(hours=7))
PATH = click.Path(path_type=Path)
FOLDER = click.Path(exists=True, file_okay=False, path_type=Path)


def today_of(settings: Settings) -> date:
    """The day in Vietnam, or the fixed one of the settings."""
    return settings.today or datetime.now(VIETNAM).date()


def assistant_of(settings: Settings) -> Assistant:
    """The assistant over the stored base, built first when there is none or its files have changed."""
    from db.content import build
    from db.snapshot import load
    from db.worker import put_off
    from knowledge.assistant import Assistant

    if build(settings.database, if_missing=True) == "kept":
        click.echo(
            "Tệp nội dung mới chưa được nạp vì kho có sửa đổi riêng; quyết định trên Telegram: /cap_nhat",
            err=True,
        )
    with put_off(stays=True):
        return Assistant(load(settings.database), partial(today_of, settings))


@click.group()
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

    base = assistant_of(settings).base
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
            settings.database, path, table, today_of(settings), dry_run=dry_run, skip_refused=skip_refused
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
    from db.content import export_files, read_rows

    with open_read_only(settings.database) as db:
        stale = export_files(read_rows(db), directory)
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

    assistant = assistant_of(settings)
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
    from db.backup import examine, restore

    found = examine(file, settings.database)
    for table, (added, changed, removed) in found.changes.items():
        click.echo(f"{table}: thêm {added}, sửa {changed}, bỏ {removed}")
    for failure in found.failures:
        click.echo(f"Cần xem lại: {failure}", err=True)
    kept = restore(file, settings.database)
    click.echo(f"Đã khôi phục từ {file}." + (f" Bản trước đó: {kept}" if kept else ""))
