"""What editors are shown of rows, drafts and the history, as Telegram HTML in parts; the words are in `admin_texts`."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta, timezone
from typing import Any

from knowledge.base import KnowledgeBase
from knowledge.names import MEASURES, PROGRAMME_SHORT, period_name, region_name
from knowledge.records import Figure
from knowledge.telling.admin_texts import FIELDS, admin_text, safe
from knowledge.telling.formats import exact_money, number

VIETNAM = timezone(timedelta(hours=7))
SHORT = 80


def draft_html(
    kind: str,
    table: str,
    record: Any,
    before: Mapping[str, Any] | None,
    after: Mapping[str, Any] | None,
    base: KnowledgeBase,
) -> list[str]:
    """A change read back in full, one part for each line."""
    head = f"<b>{admin_text(kind)} {admin_text(table)}</b> <code>{safe(record.id)}</code>"
    lines = [head, *_gist(record, base)]
    if kind != "edit" or before is None or after is None:
        return [*lines, *_filled(record)]
    for column in after:
        lines.append(
            f"• {_field(column)}: {safe(_shown(before[column]))} → <b>{safe(_shown(after[column]))}</b>"
        )
    return lines


def row_html(table: str, record: Any, base: KnowledgeBase) -> list[str]:
    """A row as it stands, with how to change it."""
    head = f"<b>{admin_text(table).capitalize()}</b> <code>{safe(record.id)}</code>"
    empty = [column for column in record.__annotations__ if not getattr(record, column) and column != "id"]
    lines = [head, *_gist(record, base), *_filled(record)]
    if empty:
        lines.append(f"{admin_text('still_empty')}: {', '.join(map(_field, empty))}")
    return [*lines, safe(admin_text("how_to_edit", id=record.id))]


def items_html(items: Sequence[tuple[str, str]]) -> str:
    """The rows behind an answer, with their ids."""
    lines = [f"• <code>{safe(id_)}</code>: {safe(told)}" for id_, told in items]
    return "\n".join([admin_text("in_answer"), *lines, admin_text("how_to_edit_items")])


def _gist(record: Any, base: KnowledgeBase) -> list[str]:
    """What a figure says, in one line of words: slots, and the amount to the last digit."""
    if not isinstance(record, Figure):
        return []
    indicator = base.indicators.get(record.indicator)
    parts = [
        indicator.name if indicator else record.indicator,
        MEASURES.get(record.measure, record.measure),
        PROGRAMME_SHORT.get(record.programme, record.programme),
        region_name(base.names, record.region),
        period_name(record.period),
    ]
    value = (
        exact_money(int(record.value)) if record.unit == "VND" else f"{number(record.value)} {record.unit}"
    )
    source = base.sources.get(record.source)
    told = f"{safe(' · '.join(filter(None, parts)))} = <b>{safe(value)}</b> ({safe(record.as_printed)})"
    return [told, f"{admin_text('source')}: {safe(source.title if source else record.source)}"]


def _filled(record: Any) -> list[str]:
    columns = [column for column in record.__annotations__ if column != "id" and getattr(record, column)]
    return [f"• {_field(column)}: {safe(_shown(getattr(record, column)))}" for column in columns]


def _field(column: str) -> str:
    name = FIELDS.get(column)
    return f"{name} ({column})" if name else column


def _shown(value: Any) -> str:
    if isinstance(value, tuple):
        return " | ".join(map(_shown, value))
    if isinstance(value, float):
        return number(value, 4)
    return admin_text("empty") if value in ("", None, "[]") else str(value)


def people_html(
    owners: Sequence[int], editors: Sequence[tuple[int, str, int, str]], *, review: bool = False
) -> str:
    """Owners; those who were let in, with their role, who let them in, when; whether review is on."""
    lines = [
        f"<b>{admin_text('owners')}</b>: {', '.join(map(str, owners))}",
        f"<b>{admin_text('editors')}</b>:",
    ]
    lines += [
        f"• {person}, {admin_text(f'role_{role}')} ({admin_text('let_in', by=by, at=_time(at))})"
        for person, role, by, at in editors
    ]
    if not editors:
        lines.append(f"• {admin_text('no_editors')}")
    return "\n".join([*lines, admin_text("review_is_on" if review else "review_is_off")])


def why_html(why: str) -> list[str]:
    """The reason of a change, where one was given."""
    told = admin_text("why_gap") if why == "gap" else why
    return [f"{admin_text('why')}: {safe(told)}"] if why else []


History = tuple[int, str, int, str, str, Mapping[str, Any] | None, Mapping[str, Any] | None, int | None, str]


def history_html(rows: Sequence[History]) -> list[str]:
    """Changes, one part each: (number, when, who, kind, row, before, after, what it undoes, why)."""
    parts = []
    for id_, at, who, kind, row, before, after, undoes, why in rows:
        what = admin_text(f"done_{kind}") + (f" {undoes}" if undoes else "")
        line = f"<b>{id_}</b> · {_time(at)} · {who} · {what} <code>{safe(row)}</code>"
        if before is not None and after is not None:
            for column in after:
                line += f"\n   {_field(column)}: {_brief(before[column])} → {_brief(after[column])}"
        parts.append("\n   ".join([line, *why_html(why)]))
    return [*parts, admin_text("how_to_undo")]


def shown_row(table: str, row: str, cells: Mapping[str, Any] | None) -> str:
    """What a line of the history is about: a row's id, or a file with how many rows it added and changed."""
    if table != "imports" or not cells:
        return row
    return admin_text("imported", file=cells["file"], added=cells["added"], changed=cells["changed"])


def _brief(value: Any) -> str:
    text = _shown(value)
    return safe(text if len(text) <= SHORT else f"{text[:SHORT]}…")


def _time(iso: str) -> str:
    return datetime.fromisoformat(iso).astimezone(VIETNAM).strftime("%d/%m/%Y %H:%M")
