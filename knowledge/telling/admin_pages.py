"""What editors are shown of rows, drafts and the history, as Telegram HTML in parts; the words are in `admin_texts`."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta, timezone
from typing import Any

from knowledge.base import KnowledgeBase
from knowledge.records import Document, Entry, Event, Figure, Source, SupportLevel
from knowledge.telling.admin_texts import admin_text
from knowledge.telling.admin_values import row_name, shown
from knowledge.telling.formats import money
from knowledge.telling.labels import TABLES, field_name
from knowledge.telling.names import MEASURES, PROGRAMME_SHORT, period_name, region_name
from knowledge.telling.sentences import cut, safe

VIETNAM = timezone(timedelta(hours=7))
SHORT = 80
LONGEST_GIST = 300


def draft_html(
    kind: str,
    table: str,
    record: Any,
    before: Mapping[str, Any] | None,
    after: Mapping[str, Any] | None,
    base: KnowledgeBase,
    *,
    full: bool = True,
) -> list[str]:
    """A change read back, one part for each line: what the row says, its source; `full`: every field besides."""
    lines = [
        f"<b>{admin_text(kind)} {TABLES[table]}</b> <code>{safe(record.id)}</code>",
        *gist(table, record, base),
    ]
    if kind != "edit" or before is None or after is None:
        return [*lines, *(_filled(table, record, base) if full else ())]
    cells = asdict(record)
    for column in after:
        old, new = (safe(shown(table, column, one[column], base, cells)) for one in (before, after))
        lines.append(f"• {field_name(table, column)}: {old} → <b>{new}</b>")
    return lines


def row_html(table: str, record: Any, base: KnowledgeBase) -> list[str]:
    """A row as it stands, with how to change it."""
    head = f"<b>{TABLES[table].capitalize()}</b> <code>{safe(record.id)}</code>"
    empty = [column for column in record.__annotations__ if not getattr(record, column) and column != "id"]
    lines = [head, *gist(table, record, base), *_filled(table, record, base)]
    if empty:
        names = ", ".join(field_name(table, column) for column in empty)
        lines.append(f"{admin_text('still_empty')}: {names}")
    return [*lines, safe(admin_text("how_to_edit", id=record.id))]


def cells_html(table: str, cells: Mapping[str, Any], base: KnowledgeBase) -> list[str]:
    """What was read for a new row so far: each value as it was read."""
    told = [
        f"{field_name(table, column)} {safe(shown(table, column, _number_of(table, column, cell), base, cells))}"
        for column, cell in cells.items()
        if cell and column not in ("id", "unit", "qualifier", "as_printed")
    ]
    return [f"{admin_text('kept')}: {'; '.join(told)}"] if told else []


def _number_of(table: str, column: str, cell: Any) -> Any:
    """A cell of a number as the number."""
    numeric = column in ("value", "percent", "cap") and isinstance(cell, str)
    return float(cell) if numeric else cell


def gist(table: str, record: Any, base: KnowledgeBase) -> list[str]:
    """What a row says, in one sentence; below it, where it comes from."""
    said = safe(_SAID[table](record, base)) if table in _SAID else ""
    if isinstance(record, Figure):
        said = f"{safe(_slots(record, base))} = <b>{safe(_value(record))}</b> ({safe(record.as_printed)})"
    named = getattr(record, "sources", ()) or tuple(filter(None, [getattr(record, "source", "")]))
    told = "; ".join(row_name("sources", one, base) for one in named)
    return [*filter(None, [said]), *([f"{admin_text('source')}: {safe(told)}"] if told else [])]


def _slots(figure: Figure, base: KnowledgeBase) -> str:
    """The slots of a figure in words."""
    indicator = base.indicators.get(figure.indicator)
    parts = [
        indicator.name if indicator else figure.indicator,
        MEASURES.get(figure.measure, figure.measure),
        PROGRAMME_SHORT.get(figure.programme, figure.programme),
        region_name(base.names, figure.region),
        period_name(figure.period),
    ]
    return " · ".join(filter(None, parts))


def _value(figure: Figure) -> str:
    """The amount to the last digit."""
    return shown("figures", "value", figure.value, base=_NOTHING, cells={"unit": figure.unit})


def _level(level: SupportLevel, base: KnowledgeBase) -> str:
    parts = [
        f"tối đa {shown('support_levels', 'percent', level.percent, base)} chi phí" if level.percent else "",
        f"không quá {money(level.cap)}{f'/{level.cap_unit}' if level.cap_unit else ''}" if level.cap else "",
        f"theo {row_name('documents', level.document, base)}{f', {level.article}' if level.article else ''}",
        f"áp dụng từ {shown('support_levels', 'valid_from', level.valid_from, base)}"
        if level.valid_from
        else "",
    ]
    return f"{level.name}: {', '.join(filter(None, parts))}"


def _document(document: Document, base: KnowledgeBase) -> str:
    head = f"{document.kind} {document.number}".strip()
    issued = (
        f", ban hành {shown('documents', 'issued_on', document.issued_on, base)}"
        if document.issued_on
        else ""
    )
    return f"{head}: {document.title}{issued}"


def _event(event: Event, base: KnowledgeBase) -> str:
    on = f", ngày {shown('events', 'date', event.date, base)}" if event.date else ""
    return f"{event.name}{on}{f' tại {event.place}' if event.place else ''}"


def _entry(entry: Entry, base: KnowledgeBase) -> str:
    first = entry.body.partition("\n")[0]
    return f"{entry.title} → {first if len(first) <= LONGEST_GIST else f'{first[:LONGEST_GIST]}…'}"


def _source(source: Source, base: KnowledgeBase) -> str:
    on = shown("sources", "published_on", source.published_on, base) if source.published_on else ""
    return ", ".join(filter(None, [source.title, source.publisher, on, source.url]))


_NOTHING = KnowledgeBase()
_SAID: dict[str, Callable[[Any, KnowledgeBase], str]] = {
    "support_levels": _level,
    "documents": _document,
    "events": _event,
    "entries": _entry,
    "sources": _source,
    "regions": lambda row, base: row.name,
    "indicators": lambda row, base: row.name,
}


def _filled(table: str, record: Any, base: KnowledgeBase) -> list[str]:
    cells = asdict(record)
    return [
        f"• {field_name(table, column)}: {safe(shown(table, column, getattr(record, column), base, cells))}"
        for column in record.__annotations__
        if column != "id" and getattr(record, column)
    ]


def people_html(
    owners: Sequence[int],
    editors: Sequence[tuple[int, str, int, str]],
    names: Mapping[int, str],
    *,
    review: bool = False,
) -> str:
    """Owners; those who were let in, with their role, who let them in, when; whether review is on."""
    lines = [
        f"<b>{admin_text('owners')}</b>: {', '.join(safe(who_html(one, names)) for one in owners)}",
        f"<b>{admin_text('editors')}</b>:",
    ]
    for person, role, by, at in editors:
        let_in = admin_text("let_in", by=who_html(by, names), at=_time(at))
        lines.append(f"• {safe(who_html(person, names))}, {admin_text(f'role_{role}')} ({safe(let_in)})")
    if not editors:
        lines.append(f"• {admin_text('no_editors')}")
    return "\n".join([*lines, admin_text("review_is_on" if review else "review_is_off")])


def tried_html(question: str, parts: Sequence[str]) -> list[str]:
    """A saved row's own question and the answer to it."""
    return [f"{admin_text('tried')}: <i>{safe(question)}</i>", *parts]


def why_html(why: str) -> list[str]:
    """The reason of a change, where one was given."""
    told = admin_text("why_gap") if why == "gap" else why
    return [f"{admin_text('why')}: {safe(told)}"] if why else []


def who_html(person: int, names: Mapping[int, str]) -> str:
    """Who somebody is: the name, with the number by which roles are given; plain text."""
    name = names.get(person)
    return f"{name} ({person})" if name else str(person)


@dataclass(frozen=True, slots=True)
class Line:
    """A line of the history to be shown. `who` in words; `row`: its id, or what a file did."""

    number: int
    at: str
    who: str
    kind: str
    table: str
    row: str
    before: Mapping[str, Any] | None
    after: Mapping[str, Any] | None
    undoes: int | None = None
    why: str = ""


def history_html(lines: Sequence[Line], base: KnowledgeBase) -> list[str]:
    """Changes, one part each, with the values that were and are."""
    parts = []
    for one in lines:
        what = admin_text(f"done_{one.kind}") + (f" {one.undoes}" if one.undoes else "")
        told = (
            f"<b>{one.number}</b> · {_time(one.at)} · {safe(one.who)} · {what} <code>{safe(one.row)}</code>"
        )
        cells = one.after if one.before is None else one.before if one.after is None else None
        if cells is not None and one.table in TABLES:
            told += f"\n   {safe(_gist_of(one.table, cells, base))}"
        if one.before is not None and one.after is not None:
            for column in one.after:
                old, new = (_brief(one.table, column, cells, base) for cells in (one.before, one.after))
                told += f"\n   {field_name(one.table, column)}: {old} → {new}"
        parts.append("\n   ".join([told, *why_html(one.why)]))
    return [*parts, admin_text("how_to_undo")]


def _gist_of(table: str, cells: Mapping[str, Any], base: KnowledgeBase) -> str:
    """What a row that came or went holds, in short."""
    names = ("name", "title", "as_printed", "number")
    told = [shown(table, name, cells[name], base, cells) for name in names if cells.get(name)]
    where = [
        shown(table, name, cells[name], base, cells)
        for name in ("region", "period")
        if table == "figures" and cells.get(name)
    ]
    text = ", ".join([*where, *told[:2]])
    return cut(text, SHORT)


def shown_row(table: str, row: str, cells: Mapping[str, Any] | None) -> str:
    """What a line of the history is about: a row's id, or a file with how many rows it added and changed."""
    if table != "imports" or not cells:
        return row
    return admin_text("imported", file=cells["file"], added=cells["added"], changed=cells["changed"])


def _brief(table: str, column: str, cells: Mapping[str, Any], base: KnowledgeBase) -> str:
    text = shown(table, column, cells[column], base, cells)
    return safe(cut(text, SHORT))


def _time(iso: str) -> str:
    return datetime.fromisoformat(iso).astimezone(VIETNAM).strftime("%d/%m/%Y %H:%M")
