"""Markup, templates and SQL in every field of every kind: kept as text, read back as text, answered as text."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from db.connection import open_database
from db.edits import apply
from db.errors import ContentError
from db.fields import Cell, type_of_record
from db.history import history
from db.proposals import Change, find, review
from db.snapshot import load
from db.values import Values
from handlers.admin.figure_line import FigureReader
from handlers.admin.forms import FORMS, columns_of, read_part
from handlers.admin.office import Refusal, told, unread
from handlers.shown import records, rows_of
from knowledge.assistant import Assistant
from knowledge.base import KnowledgeBase
from knowledge.reading.question import Reader
from knowledge.telling.admin_pages import Line, cells_html, draft_html, history_html, row_html
from knowledge.telling.render import html_parts, plain
from tests.db.test_exchange import free_columns
from tests.telegram.html import visible

TODAY = date(2026, 11, 23)
NASTY = "<b>đậm</b> & </code><script>alert(1)</script> {{ 7 * 7 }} {% for %} {0} %s '; DROP TABLE figures; -- *_`[x](y)"

FOUND_BY = frozenset({"label", "round", "cap_unit", "edition", "year", "basis", "url", "number", "kind"})
"""Columns that say which question a row answers, or what it leans on."""


def shown(parts: list[str]) -> str:
    """What a person sees of these parts; raises where one is no valid HTML."""
    return "\n".join(map(visible, parts))


@pytest.mark.parametrize("table", type_of_record)
def test_every_field_of_every_kind_is_read_back_as_text(
    database: Path, base: KnowledgeBase, table: str
) -> None:
    """Each column is changed behind the others; what is stored is shown over the base with all of them."""
    annotations = type_of_record[table].__annotations__
    with open_database(database) as db:
        stored: list[tuple[str, Any, Line]] = []
        ((row,),) = db.execute(f"SELECT id FROM {table} ORDER BY rowid LIMIT 1").fetchall()
        for column in free_columns(table):
            text = f"{NASTY} {column}"
            before = next(one.record for kind, one in find(db, row) if kind == table)
            if table == "figures" and column == "as_printed":
                text = f"{text} {before.as_printed}"
            listed = str(annotations[column]).startswith("tuple")
            change = Change(1, "edit", table, row, {column: (text,) if listed else text}, why=text)
            found = review(db, change, TODAY)
            told_now = shown(
                draft_html("edit", table, found.record, found.step.before, found.step.after, base)
            )
            assert text in told_now, column
            number = apply(db, change, TODAY)
            after = next(one.record for kind, one in find(db, row) if kind == table)
            assert getattr(after, column) == ((text,) if listed else text)
            (done,) = history(db, number=number)
            cells = (done.before, done.after)
            line = Line(done.id, done.at, "Lan", done.kind, table, done.row, *cells, None, done.why)
            stored.append((text, after, line))
        base = load(database)
        for text, after, line in stored:
            assert text in shown(row_html(table, after, base)), text
            assert text in shown(history_html([line], base)), text


@pytest.mark.parametrize("command", FORMS)
def test_every_part_that_is_asked_for_is_refused_or_read_back_as_text(
    assistant: Assistant, command: str
) -> None:
    form, base = FORMS[command], assistant.base
    values = Values(lambda table: records(base, table).values(), TODAY)
    figures = FigureReader(Reader(base), values, base, TODAY)
    kept = []
    for part in form.parts:
        try:
            if form.table == "figures":
                cells: dict[str, Any] = {**figures.part(part, NASTY, {})}
            else:
                cells = read_part(form, part, NASTY, values)
        except ValueError as error:
            visible(told(unread(form.table, columns_of(part)[0], NASTY, error)))
        except Refusal as refusal:
            visible(told(refusal))
        else:
            assert NASTY in visible("\n".join(cells_html(form.table, cells, base))), part
            kept.append(part)
    assert kept or form.table == "figures", "some part takes any text"


@pytest.mark.parametrize(
    "question",
    [
        "kinh phí khuyến công phía Bắc 2023",
        "hộ kinh doanh có được hỗ trợ không",
        "nghị định 45 còn hiệu lực không",
        "hội nghị khuyến công phía Bắc lần thứ XVI họp ở đâu",
        "mua máy 800 triệu được hỗ trợ bao nhiêu",
    ],
)
def test_what_the_base_holds_is_answered_as_text(database: Path, assistant: Assistant, question: str) -> None:
    """In every column of what was told; of other sources, which may be cited when that has changed, in the title."""
    found, _ = assistant.ask(question)
    told_of = [*rows_of(found), *(("sources", source.id) for source in found.sources)]
    with open_database(database) as db:
        sources = [("sources", id_) for (id_,) in db.execute("SELECT id FROM sources").fetchall()]
        for table, row in dict.fromkeys((*told_of, *sources)):
            record = next(one.record for kind, one in find(db, row) if kind == table)
            annotations = type_of_record[table].__annotations__
            for column in free_columns(table) if (table, row) in told_of else ("title",):
                value = getattr(record, column)
                if not value or column in FOUND_BY:
                    continue
                listed = str(annotations[column]).startswith("tuple")
                cell: Cell = tuple(f"{one} {NASTY}" for one in value) if listed else f"{value} {NASTY}"
                try:
                    apply(db, Change(1, "edit", table, row, {column: cell}), TODAY)
                except ContentError:
                    continue
    answer, _ = Assistant(load(database), lambda: TODAY).ask(question)
    assert answer.status == "answered"
    assert NASTY in shown(html_parts(answer))
    assert NASTY in plain(answer)
