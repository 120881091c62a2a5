"""What there is to fill in for a new row of each kind: in one line, or field by field.

A form lists its fields in the order in which they are asked; `lead` of them stand between the bars of a line, the others
follow as `field: value`. What is typed is turned into a cell as content files have it; what the base refuses is for
`db.proposals` to say.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from db.fields import reader, type_of_record
from db.proposals import Cell
from handlers.admin.figure_line import amount_typed, checked_part, read_figure
from handlers.admin.office import Refusal
from knowledge.base import KnowledgeBase
from knowledge.reading.question import Reader
from knowledge.telling.admin_texts import field_of
from knowledge.telling.form_texts import OPTIONS, OTHER_NAMES
from knowledge.text import fold

Typed = dict[str, str]
_DAY = re.compile(r"(\d{1,2})/(\d{1,2})/(\d{4})")
_ADDRESS = re.compile(r"https?://[^\s/.]+\.\S+")
_DAYS = frozenset(
    {"published_on", "issued_on", "in_force_from", "in_force_to", "valid_from", "valid_to", "date"}
)


@dataclass(frozen=True, slots=True)
class Form:
    """`fields`: every field that is asked for; `needed`: those that must not be left out; `fixed`: the rest."""

    command: str
    table: str
    lead: int
    fields: tuple[str, ...]
    needed: frozenset[str]
    fixed: Mapping[str, str] = field(default_factory=dict)


def _form(command: str, table: str, lead: int, fields: str, **fixed: str) -> Form:
    """Fields parted by blanks; those that may be left out have a question mark."""
    names = fields.split()
    needed = frozenset(name for name in names if not name.endswith("?"))
    return Form(command, table, lead, tuple(name.rstrip("?") for name in names), needed, fixed)


FORMS = {
    form.command: form
    for form in (
        _form("them_so_lieu", "figures", 0, "subject measure? region period value source locator? note?"),
        _form("them_nguon", "sources", 5, "id title publisher published_on? url?", kind="news", rank="3"),
        _form(
            "them_bai",
            "entries",
            3,
            "id title body kind sources basis? questions? aliases? topics? valid_from?",
        ),
        _form(
            "them_muc_ho_tro",
            "support_levels",
            4,
            "id name percent? cap? cap_unit? document article sources conditions? valid_from? valid_to? activity? note?",
            scope="national",
            status="in_force",
        ),
        _form(
            "them_van_ban",
            "documents",
            4,
            "id number? kind title issuer? issued_on? in_force_from? sources status? amends? replaces? about? aliases?",
            status="in_force",
        ),
        _form(
            "them_su_kien",
            "events",
            4,
            "id name date? place? kind sources region? edition? organisers? host? chairs? aliases? note?",
        ),
    )
}
"""Command → its form."""


def read_line(form: Form, line: str) -> Typed:
    """What is typed for each field, in one line. Raises `Refusal`."""
    parts = [part.strip() for part in line.split("|")]
    lead = form.fields[: form.lead]
    if form.table != "sources" and len(parts) < form.lead:
        raise Refusal("usage", command=form.command)
    found = dict(zip(lead, parts, strict=False))
    for part in parts[form.lead :]:
        name, colon, value = part.partition(":")
        column = column_of(form, name)
        if not colon or not value.strip():
            raise Refusal("usage", command=form.command)
        if column not in type_of_record[form.table].__annotations__ or column == "id":
            raise Refusal("form_field_unknown", typed=name.strip(), command=form.command)
        found[column] = value.strip()
    return {name: value for name, value in found.items() if value not in ("", "-")}


def column_of(form: Form, typed: str) -> str:
    """The column that was named; `nguồn` of a row with several sources means those."""
    column = OTHER_NAMES.get(fold(typed)) or field_of(typed)
    plural = f"{column}s"
    known = type_of_record[form.table].__annotations__
    return plural if column not in known and plural in known else column


def row_of(
    form: Form, typed: Mapping[str, str], base: KnowledgeBase, read: Reader, today: date
) -> tuple[str, dict[str, Cell]]:
    """The new row's id and cells; a figure may be given as a line, under an empty name.

    Raises `Refusal` where a field is missing or does not read.
    """
    if set(typed) == {""}:
        return _figure(typed[""], base, read, today)
    missing = [name for name in form.fields if name in form.needed and not typed.get(name)]
    if missing:
        raise Refusal("form_missing", field=missing[0], command=form.command)
    if form.table == "figures":
        return _figure(figure_line(typed), base, read, today)
    cells: dict[str, Cell] = dict(form.fixed)
    for name, value in typed.items():
        cells[name] = cell_of(form, name, value, base, read, today)
    id_ = str(cells.pop("id"))
    _complete(form, id_, cells)
    return id_, cells


def _figure(line: str, base: KnowledgeBase, read: Reader, today: date) -> tuple[str, dict[str, Cell]]:
    row, cells = read_figure(line, read, base, today)
    return row, {**cells}


def _complete(form: Form, id_: str, cells: dict[str, Cell]) -> None:
    """What follows from the rest."""
    if form.table == "support_levels":
        cells.setdefault("activity", re.sub(r"-(?:19|20)\d\d$", "", id_))
        for name in ("percent", "cap", "valid_from", "valid_to"):
            cells.setdefault(name, "")
    elif form.table == "documents":
        cells.setdefault("number", "")
    elif form.table == "events":
        cells.setdefault("year", str(cells.get("date", ""))[:4])
    elif form.table == "entries":
        cells.setdefault("status", "stated" if cells.get("kind") == "assessment" else "in_force")


def figure_line(typed: Mapping[str, str]) -> str:
    """The fields of a figure as the line in which they could have been typed."""
    line = " ".join(
        typed[name] for name in ("subject", "measure", "period", "region", "value") if typed.get(name)
    )
    for name, label in (("source", "nguồn"), ("locator", "đoạn"), ("note", "ghi chú")):
        if typed.get(name):
            line += f" | {label}: {typed[name]}"
    return line


def cell_of(form: Form, name: str, typed: str, base: KnowledgeBase, read: Reader, today: date) -> Cell:
    """One field as its cell. Raises `Refusal` with what to type instead."""
    if form.table == "figures":
        return checked_part(name, typed, read, base, today)
    typed = OPTIONS.get((form.table, name), {}).get(fold(typed), typed)
    if name in _DAYS and (found := _DAY.fullmatch(typed)):
        typed = f"{found[3]}-{int(found[2]):02}-{int(found[1]):02}"
    elif name == "percent":
        typed = typed.rstrip("% ").replace(",", ".")
    elif name == "cap":
        money = amount_typed(typed, percent=False)
        typed = money[0].partition(".")[0] if money else typed
    elif name == "region" and typed not in base.regions:
        typed = checked_part("region", typed, read, base, today)
    elif name == "url" and not _ADDRESS.fullmatch(typed):
        raise Refusal("bad_address", typed=typed)
    names: Cell = typed
    if type_of_record[form.table].__annotations__[name] == "tuple[str, ...]":
        names = tuple(item.strip() for item in re.split(r"[;\n]", typed) if item.strip())
    try:
        for one in (names,) if isinstance(names, str) else names:
            reader(form.table, name)(one)
    except ValueError as error:
        raise Refusal("bad_cell", field=name, why=str(error)) from None
    unknown = next((one for one in names if one not in base.sources), "") if name == "sources" else ""
    if unknown:
        raise Refusal("no_source", id=unknown)
    if name == "document" and typed not in base.documents:
        raise Refusal("no_document", id=typed)
    return names
