"""What there is to fill in for a new row of each kind: in one line, or part by part.

A form lists its parts in the order in which they are asked; a part may fill several columns ("50%, không quá 300 triệu
đồng/cơ sở"). Parts are read by the one reader of values; what the base refuses is for `db.proposals` to say.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from typing import Any

from pydantic import TypeAdapter

from db.amounts import level_amount
from db.fields import Cell, type_of_record
from db.new_rows import FIXED, NATIONAL, activity_of, completed, free, row_name
from db.values import Values
from handlers.admin.office import Refusal, unread
from handlers.shown import records
from knowledge.base import KnowledgeBase
from knowledge.telling.labels import field_of
from knowledge.telling.names import DOCUMENT_KINDS, OTHER_KINDS
from knowledge.text import fold

Cells = dict[str, Cell]

COLUMNS = {
    "amount": ("percent", "cap", "cap_unit"),
    "legal": ("document", "article"),
    "subject": ("indicator", "programme"),
}
"""Part → the columns that it fills; any other fills the one of its name."""

_ID = re.compile(r"[a-z0-9]+(?:[-_][a-z0-9]+)+|[a-z0-9]+")


@dataclass(frozen=True, slots=True)
class Form:
    """`lead`: columns between the bars of a line; `parts`: what is asked for; `needed`: what must not be left out."""

    command: str
    table: str
    lead: tuple[str, ...]
    parts: tuple[str, ...]
    needed: frozenset[str]


def _form(command: str, table: str, lead: str, parts: str) -> Form:
    """Parts parted by blanks; those that may be left out have a question mark."""
    names = parts.split()
    needed = frozenset(name for name in names if not name.endswith("?"))
    return Form(command, table, tuple(lead.split()), tuple(one.rstrip("?") for one in names), needed)


FORMS = {
    form.command: form
    for form in (
        _form("them_so_lieu", "figures", "", "subject measure region period value source"),
        _form(
            "them_nguon", "sources", "title publisher published_on url", "title publisher published_on? url?"
        ),
        _form("them_bai", "entries", "title body", "title body kind basis? sources questions?"),
        _form(
            "them_muc_ho_tro",
            "support_levels",
            "name percent cap",
            "name amount legal sources valid_from conditions?",
        ),
        _form(
            "them_van_ban",
            "documents",
            "number kind title",
            "number title issued_on? in_force_from? sources amends? replaces?",
        ),
        _form("them_su_kien", "events", "name date place", "name date? place? kind sources region?"),
    )
}
"""Command → its form."""


def columns_of(part: str) -> tuple[str, ...]:
    """The columns that a part fills."""
    return COLUMNS.get(part, (part,))


def part_of(form: Form, column: str) -> str:
    """The part that fills a column; the column itself where none does."""
    return next((part for part in form.parts if column in columns_of(part)), column)


def read_line(form: Form, line: str, values: Values) -> tuple[Cells, dict[str, Refusal]]:
    """What a line gives: cells, and part → why it does not read. Raises `Refusal` for a line that is none of the form."""
    parts = [part.strip() for part in line.split("|")]
    lead = list(form.lead)
    if parts and _ID.fullmatch(parts[0]) and len(parts) > 1:
        lead.insert(0, "id")
    typed = dict(zip(lead, parts, strict=False))
    for part in parts[len(lead) :]:
        name, colon, value = part.partition(":")
        column = _column(form, name)
        if not colon or not value.strip():
            raise Refusal("usage", command=form.command)
        if not column:
            raise Refusal("form_field_unknown", typed=name.strip(), command=form.command)
        typed[column] = value.strip()
    cells: Cells = {}
    wrong: dict[str, Refusal] = {}
    for column, value in typed.items():
        if value in ("", "-"):
            continue
        try:
            cells |= read_part(form, column, value, values)
        except ValueError as error:
            wrong[part_of(form, column)] = unread(form.table, columns_of(column)[0], value, error)
    if form.table == "support_levels" and len(parts) >= len(lead):
        for column in ("percent", "cap"):  # a line that leaves one out means that there is none
            cells.setdefault(column, "")
        if not cells["cap"]:
            cells.setdefault("cap_unit", "")
    return cells, wrong


def _column(form: Form, typed: str) -> str:
    """The column that was named; `nguồn` of a row with several sources means those."""
    columns = tuple(name for name in type_of_record[form.table].__annotations__ if name != "id")
    return field_of(form.table, columns, typed)


def read_part(form: Form, part: str, typed: str, values: Values) -> Cells:
    """The cells of one part as it was typed. Raises `ValueError` with what to type instead."""
    if part == "id":
        return {"id": typed}
    if part == "amount":
        return {**level_amount(typed)}
    if part == "legal":
        id_, _, article = values.basis(typed).partition(":")
        if not article.strip():
            raise ValueError(
                f"chưa rõ điều khoản trong “{typed}”; viết như khoản 1 Điều 8 Thông tư 28/2018/TT-BTC"
            )
        return {"document": id_, "article": article.strip()}
    if (form.table, part) == ("documents", "number"):
        return _numbered(typed)
    return {part: values.cell(form.table, part, typed)}


_KIND_OF = {code: kind for code, kind in DOCUMENT_KINDS.items() if code} | OTHER_KINDS


def _numbered(typed: str) -> Cells:
    """ "Thông tư 1/2027/TT-BTC" → number and kind; the kind also from the number's own letters."""
    found = re.fullmatch(r"(?P<kind>\D*?)\s*(?:số\s*)?(?P<number>\d+\S*/\S+)", typed.strip(), re.IGNORECASE)
    if found is None:
        raise ValueError(f"“{typed}” không phải số hiệu; viết như 45/2012/NĐ-CP")
    number = found["number"].upper() if found["number"].isascii() else found["number"]
    letters = next((one for one in re.split(r"[/-]", fold(number)) if one in _KIND_OF), "")
    kind = found["kind"].strip() or _KIND_OF.get(letters, "")
    cells: Cells = {"number": number}
    return {**cells, "kind": f"{kind[:1].upper()}{kind[1:]}"} if kind else cells


def row_of(form: Form, cells: Cells, base: KnowledgeBase) -> tuple[str, Cells]:
    """The new row's id and cells, with what follows from the rest."""
    row: Cells = {**FIXED.get(form.table, {}), **cells}
    id_ = str(row.pop("id", "")) or free(row_name(form.table, row), records(base, form.table))
    return id_, completed(form.table, row, id_, base.levels.values())


def same_activity(name: str, base: KnowledgeBase) -> list[Any]:
    """The stored national levels of the activity that goes by this name or one like it, the latest first."""
    activity, _ = activity_of(name, base.levels.values())
    rows = [one for one in base.levels.values() if (one.activity, one.scope) == (activity, NATIONAL)]
    return sorted(rows, key=lambda one: one.valid_from, reverse=True)


@dataclass(frozen=True, slots=True)
class Filled:
    """Where somebody is in a form. `done`: parts that were answered or skipped, in order; `rest`: only what is missing
    is asked for; `typed`: what was given for the part and did not read; `outer`: the form that goes on once this row is
    saved."""

    command: str
    cells: dict[str, Cell]
    done: tuple[str, ...] = ()
    part: str = ""
    offered: tuple[tuple[str, str], ...] = ()
    rest: bool = False
    why: str = ""
    pending: str = ""
    typed: str = ""
    outer: dict[str, Any] | None = None

    @property
    def form(self) -> Form:
        """Its form."""
        return FORMS[self.command]

    @property
    def state(self) -> dict[str, Any]:
        """As it is stored."""
        return asdict(self)

    @staticmethod
    def of(state: Mapping[str, Any]) -> Filled:
        """As it was stored."""
        return _STORED.validate_python(state)

    def next(self) -> str:
        """The part to be asked for; empty when there is none left."""
        for part in self.form.parts:
            settled = part in self.done or all(column in self.cells for column in columns_of(part))
            if not settled and (not self.rest or part in self.form.needed):
                return part
        return ""

    def without(self, part: str) -> Filled:
        """As before this part was answered."""
        gone = columns_of(part)
        cells = {name: cell for name, cell in self.cells.items() if name not in gone}
        return replace(self, cells=cells, done=tuple(one for one in self.done if one != part), part=part)


_STORED = TypeAdapter(Filled)
