"""A table whose layout is known → a level, document, event or source for each line."""

from __future__ import annotations

import re
from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from db.amounts import level_amount, number_in
from db.grids import Grid
from db.layouts import FLAT, Layout, customary, plain_number
from db.meanings import Meaning, scale_of
from db.new_rows import FIXED, completed, free, row_name
from db.sheets import Wanted
from db.taking import NUMBERING, Taking
from knowledge.telling.labels import field_name
from knowledge.text import fold

LEAST_CAP = 1_000_000
"""Đồng: a smaller cap was written in a unit that is not named."""


class Lining(Taking):
    """Takes rows."""

    def take(self, grid: Grid, layout: Layout) -> None:
        """A row of the table for each line that has a name."""
        fixed = {**FIXED, "events": {"kind": "hoi_nghi_khuyen_cong"}}
        title = self.title(layout)
        for number in range(layout.first, len(grid.rows)):
            line, cells = grid.rows[number]
            typed = {
                one.slot: (cells[one.place], one.meaning)
                for one in layout.columns
                if one.slot and one.place < len(cells) and cells[one.place]
            }
            if not typed:
                if any(cells):
                    self.found.told.append(f"Dòng {line} “{next(filter(None, cells))[:60]}”: bỏ qua.")
                continue
            if len(typed) == 1 and len(layout.columns) > 2:
                ((only, _),) = typed.values()
                self.found.told.append(f"Dòng {line} “{only[:60]}”: chỉ có tên, bỏ qua.")
                continue
            row: dict[str, Any] = dict(fixed[layout.table])
            scale = self._own_scale(typed) or title.scale
            wrong = [
                problem
                for slot, (cell, meaning) in typed.items()
                if (problem := self._field(layout.table, slot, cell, meaning.scale or scale, row))
            ]
            missing = [field_name(layout.table, one) for one in FLAT[layout.table][0] if one not in typed]
            wrong += [f"thiếu {name}; hãy điền" for name in missing]
            if wrong:
                self.problem(line, "; ".join(wrong))
                continue
            self._line(line, layout.table, row)

    def _own_scale(self, typed: dict[str, tuple[str, Meaning]]) -> int:
        """The unit of money that a line gives in its own column, which is taken out of it; 0 where it gives none."""
        cell, meaning = typed.get("cap_unit", ("", Meaning()))
        money, _, each = cell.partition("/")
        if scale := scale_of(money):
            typed["cap_unit"] = (each.strip(), meaning)
        return scale

    def _field(self, table: str, slot: str, cell: str, scale: int, row: dict[str, Any]) -> str:
        """Add a cell to the row; what is wrong with it."""
        text = NUMBERING.sub("", cell) if slot in ("name", "title") else cell
        name = field_name(table, slot)
        try:
            if (slot == "percent" and re.search(r"[^\d.,%\s]", text)) or (slot == "cap" and "/" in text):
                row |= {name: value for name, value in level_amount(text).items() if value}
            elif slot == "percent":
                row[slot] = number_in(text if "%" in text else f"{text.replace('.', ',')}%", "percent").digits
            elif slot == "cap" and re.fullmatch(r"[\d.,\s]+", text):
                row[slot] = _cap(text, scale)
            elif slot == "document":
                id_, _, article = self.values.basis(text).partition(":")
                row |= {"document": id_} | ({"article": article.strip()} if article.strip() else {})
            elif slot != "cap_unit" or text:
                row[slot] = self.values.cell(table, slot, text)
        except ValueError as error:
            return f"{name}: {error}"
        percent = row.get("percent") if slot == "percent" else None
        wrong = percent and not 0 < Decimal(percent) <= 100
        return f"{name} “{text}” phải từ trên 0 đến 100; hãy sửa" if wrong else ""

    def _line(self, line: int, table: str, row: dict[str, Any]) -> None:
        needs = {
            "support_levels": ("document", "article", "valid_from", "sources"),
            "documents": ("sources",),
            "events": ("sources",),
        }
        for name in needs.get(table, ()):
            if row.get(name):
                continue
            slot = "source" if name == "sources" else name
            if slot not in self.found.asks:
                self.found.asks.append(slot)
            if slot not in self.answers:
                return
            row[name] = (self.answers[slot],) if name == "sources" else self.answers[slot]
        if table == "support_levels" and row.get("cap") and not row.get("cap_unit"):
            return self.problem(line, "mức trần chưa rõ tính cho một gì; thêm cột “Tính cho”")
        taken = {one.id for one in self.rows.records(table)}
        id_ = self._stored(table, row) or free(row_name(table, row), taken)
        whole = completed(table, row, id_, self.rows.records("support_levels"))
        self.found.rows.append(Wanted(table, id_, whole, self.place, line, ""))
        return None

    def _stored(self, table: str, row: Mapping[str, Any]) -> str:
        """The id of the stored row that this is; empty where it is new."""
        keys = {"support_levels": ("name", "document", "valid_from"), "documents": ("number",), "events": ("name", "date"),
                "sources": ("title",)}[table]  # fmt: skip
        key = [fold(str(row.get(name, ""))) for name in keys]
        for one in self.rows.records(table):
            if any(key) and [fold(str(getattr(one, name))) for name in keys] == key:
                return str(one.id)
        return ""


def _cap(text: str, scale: int) -> str:
    """A cap in đồng of a bare number. Raises ValueError where its unit is not known."""
    amount = Decimal(plain_number(text, customary([text]))) * (scale or 1)
    if not scale and amount < LEAST_CAP:
        raise ValueError(f"“{text}” chưa rõ đơn vị; ghi “triệu đồng” ở tiêu đề cột")
    return format(amount.normalize(), "f")
