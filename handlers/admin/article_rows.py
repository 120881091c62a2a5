"""Figures that were read out of a report → rows for the base, as an editor sees them, and the lines by which he corrects
them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from decimal import Decimal
from typing import Any

from db.amounts import amount_in
from db.errors import StoreError
from db.new_rows import figure_name, free
from db.proposals import Change, review
from db.readings import Item, Reading
from db.values import Values
from handlers.admin.dialogue import label_of
from handlers.admin.office import Office
from handlers.keyboards import Button
from knowledge.base import KnowledgeBase
from knowledge.finding.passages import likeness, same_slots
from knowledge.records import Figure
from knowledge.stated import Stated
from knowledge.telling.admin_texts import admin_text, sentence
from knowledge.telling.article_texts import article_text, control_html, label, row_html
from knowledge.telling.labels import field_of
from knowledge.text import fold

SAID = ("indicator", "measure", "of", "against", "programme", "region", "period")
"""Slots that a report says."""
NEEDED = ("indicator", "measure", "region", "period")
CORRECTED = (*SAID, "value", "note", "locator")
"""Columns that a correction may name."""

LONGEST_CORRECTION = 200
MOST_ROW_BUTTONS = 14
_CORRECTION = re.compile(
    r"(?:(?P<rows>tat ca|\d{1,3}(?:(?: ?[-,] ?| )\d{1,3})*) )?(?P<slot>[a-z]+(?: [a-z]+)*) ?[:=]"
)
_NUMBERS = re.compile(r"(\d{1,3})(?:\s*-\s*(\d{1,3}))?")


class NotUnderstood(Exception):
    """A correction whose value cannot be read; `slot` is the column that it names."""

    def __init__(self, slot: str, typed: str) -> None:
        super().__init__(slot)
        self.slot = slot
        self.typed = typed


def item_of(stated: Stated, base: KnowledgeBase) -> Item:
    """The row that a figure of a report would be."""
    indicator = base.indicators.get(stated.indicator)
    unit = stated.unit or (indicator.unit if indicator else "")
    cells = {name: getattr(stated, name) for name in (*SAID, "qualifier", "as_printed", "round")}
    cells |= {
        "value": _digits(stated.value),
        "value_max": "" if stated.value_max is None else _digits(stated.value_max),
        "unit": unit or stated.noun,
        "locator": str(stated.paragraph),
    }
    return Item(cells, {slot: tuple(others) for slot, others in stated.unsure.items()})


def figure_of(item: Item) -> Figure:
    """The item as a figure without id and source, to be held against the base."""
    high = item.cells["value_max"]
    values = {"value": float(item.cells["value"]), "value_max": float(high) if high else None}
    cells: dict[str, Any] = {**item.cells, **values}
    return Figure(id="", source="", **cells)


def held(item: Item, base: KnowledgeBase) -> tuple[Figure | None, bool]:
    """A figure of the base with the same slots, and whether it has the same value; (None, False) where there is none."""
    if item.unsure or not complete(item):
        return None, False
    figure = figure_of(item)
    slots = {name: getattr(figure, name) for name in (*SAID, "value_max", "qualifier", "round")}
    unit = figure.unit if figure.unit in ("VND", "percent") else ""
    stated = Stated(figure.value, unit, figure.as_printed, 0, 0, "", **slots)
    rows = same_slots(base, stated)
    same = next((row for row in rows if likeness(stated, row) in ("match", "misprint")), None)
    return (same, True) if same else (rows[0] if rows else None, False)


def repeats(items: Sequence[Item], place: int) -> int | None:
    """The place of an earlier item that says the very same, if there is one."""
    item = items[place]
    keys = (*SAID, "value", "value_max")
    for earlier, other in enumerate(items[:place]):
        if (
            all(other.cells[key] == item.cells[key] for key in keys)
            and other.state != "dropped"
            and complete(item)
        ):
            return earlier
    return None


def complete(item: Item) -> bool:
    """Whether nothing that a row needs is missing."""
    return all(item.cells[name] for name in NEEDED)


def ready(reading: Reading, base: KnowledgeBase) -> Iterator[int]:
    """Places of the open items that are sure, complete and new."""
    for place, item in enumerate(reading.items):
        if item.state != "open" or item.unsure or not complete(item):
            continue
        if held(item, base)[0] is None and repeats(reading.items, place) is None:
            yield place


def change_of(reading: Reading, place: int, person: int, base: KnowledgeBase, taken: set[str]) -> Change:
    """The change that adds the item. `taken`: ids given away meanwhile; the new one is added to them."""
    cells = reading.items[place].cells
    id_ = free(figure_name(cells), taken | base.figures.keys())
    taken.add(id_)
    values = {name: value for name, value in cells.items() if value}
    return Change(person, "add", "figures", id_, {**values, "source": reading.source})


def numbers_in(typed: str, most: int) -> list[int] | None:
    """`1 3-5` as places (0, 2, 3, 4); None where anything else is said, or a line that there is not."""
    if re.sub(r"[\d\s,\-]|\bva\b|\bdong\b", "", fold(typed)):
        return None
    places: list[int] = []
    for match in _NUMBERS.finditer(typed):
        first, last = int(match[1]), int(match[2] or match[1])
        if not 1 <= first <= last <= most:
            return None
        places += range(first - 1, last)
    return list(dict.fromkeys(places)) or None


def correction_in(typed: str, reading: Reading) -> tuple[list[int], str, str] | None:
    """(places, column, value as typed) of "2 vùng: phía Nam"; without numbers: every item that is unsure of the slot.

    None where the line is no correction.
    """
    found = _CORRECTION.match(fold(typed)) if len(typed) <= LONGEST_CORRECTION else None
    slot = field_of("figures", CORRECTED, found["slot"]) if found else ""
    if found is None or not slot:
        return None
    value = typed.partition(":" if ":" in typed else "=")[2].strip()
    if not found["rows"]:
        places = [
            place for place, item in enumerate(reading.items) if item.state == "open" and slot in item.unsure
        ]
        return places, slot, value
    if found["rows"].startswith("tat ca"):
        return [place for place, item in enumerate(reading.items) if item.state == "open"], slot, value
    places_named = numbers_in(found["rows"], len(reading.items))
    return (places_named or []), slot, value


def corrected(item: Item, slot: str, typed: str, values: Values, base: KnowledgeBase) -> Item:
    """The item with one slot as the editor says. Raises `NotUnderstood`."""
    cells = dict(item.cells)
    try:
        if slot == "value":
            amount = amount_in(typed, cells["unit"])
            sign = "-" if cells["value"].startswith("-") and not amount.digits.startswith("-") else ""
            cells |= {"value": f"{sign}{amount.digits}", "as_printed": amount.printed, "value_max": ""}
        else:
            cells[slot] = str(values.cell("figures", slot, typed))
    except ValueError as error:
        raise NotUnderstood(slot, typed) from error
    if slot == "indicator":
        cells["unit"] = base.indicators[cells["indicator"]].unit
        if cells["unit"] not in ("VND", "percent") and not cells["measure"]:
            cells["measure"] = "count"
    unsure = {name: others for name, others in item.unsure.items() if name != slot}
    return replace(item, cells=cells, unsure=unsure)


def _digits(value: float) -> str:
    return format(Decimal(str(value)).normalize(), "f")


def row(reading: Reading, place: int, base: KnowledgeBase, doubts: list[str]) -> str:
    """One row, numbered from 1."""
    item = reading.items[place]
    known, same = held(item, base)
    earlier = repeats(reading.items, place)
    return row_html(
        place + 1,
        figure_of(item),
        item.unsure,
        base.names,
        saved=item.number if item.state == "saved" else 0,
        proposed=item.number if item.state == "proposed" else 0,
        dropped=item.state == "dropped",
        held=known,
        same=same,
        repeats=0 if earlier is None else earlier + 1,
        doubts=doubts,
    )


async def doubts_of(office: Office, person: int, reading: Reading, place: int) -> list[str]:
    """What is doubtful about an open row that could be saved; nothing for others."""
    item = reading.items[place]
    if item.state != "open" or not complete(item) or not reading.source:
        return []
    base = office.base
    if _is_known(reading, place, base):
        return []
    change = change_of(reading, place, person, base, set())
    try:
        reviewed = await office.desk.run(review, change, office.current.clock())
    except StoreError:
        return []  # told when it is to be saved, with what to do
    return [sentence(note) for note in reviewed.warnings]


def control(reading: Reading, base: KnowledgeBase) -> tuple[str, list[Button]]:
    """What can be done now, and the buttons for it."""
    drop = Button(label("button_drop"), f"1:a:d:{reading.id}-x", beside=True)
    if not reading.source:
        buttons = [
            Button(label_of(base.sources[id_].title), f"1:a:d:{reading.id}-o{number}")
            for number, id_ in enumerate(reading.offered)
            if id_ in base.sources
        ]
        new = Button(admin_text("button_new_source"), f"1:a:d:{reading.id}-n")
        return article_text("choose_source"), [*buttons, new, drop]
    found = {place: item.state for place, item in enumerate(reading.items)}
    sure = list(ready(reading, base))
    known = [one for one, state in found.items() if state == "open" and _is_known(reading, one, base)]
    look = [one for one, state in found.items() if state == "open" and one not in (*sure, *known)]
    if not sure and not look:
        return article_text("all_done"), [drop]
    buttons = [
        Button(label("button_row", line=place + 1), f"1:a:d:{reading.id}-l{place}", beside=True)
        for place in sure[:MOST_ROW_BUTTONS]
    ]
    if sure:
        buttons.append(Button(label("button_all", count=len(sure)), f"1:a:d:{reading.id}-a"))
    settled = ([one for one, state in found.items() if state == wanted] for wanted in ("saved", "proposed"))
    lines = ([place + 1 for place in places] for places in (sure, look, known, *settled))
    return control_html(*lines), [*buttons, drop]


def _is_known(reading: Reading, place: int, base: KnowledgeBase) -> bool:
    """Whether the base has an item just so, or an earlier one says the same."""
    return held(reading.items[place], base)[1] or repeats(reading.items, place) is not None
