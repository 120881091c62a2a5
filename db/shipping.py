"""Newer content that the program comes with, against a base that was changed in place: nobody's change is overwritten.

Three states of each row are compared: what was shipped when the base was last built or updated, what is shipped now, and
what the base holds. What only the shipment changed is ready to be taken over, as changes in the history; what only
editors changed stays; what both changed is contested and decided row by row.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from hashlib import blake2b
from pathlib import Path
from typing import Any

from sqlite_utils import Database

from db.change_sets import problems, step_between, write
from db.connection import transaction
from db.content import CONTENT, encode, keep_shipped, read_meta, read_rows, read_shipped, set_meta
from db.errors import EditConflict
from db.fields import type_of_record
from db.files import Content, Row, content_hash
from db.loading import names_in, read_content
from db.rows import Key, Rows, place_of
from knowledge.changes import Step

WHY = "bản nội dung mới"

ByKey = dict[Key, Row]


@dataclass(frozen=True, slots=True)
class ShippedRow:
    """A row that is shipped otherwise now (`new`; None: no longer) than it stands in the base (`mine`; None: not there).

    `because`: the id for whose sake it has to be decided though only the shipment changed it.
    """

    table: str
    row: str
    mine: Row | None
    new: Row | None
    because: str = ""

    @property
    def id(self) -> str:
        """Names this difference and no other: it changes with either side."""
        sides = [None if row is None else encode(row) for row in (self.mine, self.new)]
        return _digest((self.table, self.row, sides))

    @property
    def step(self) -> Step:
        """What taking it over does."""
        return step_between(self.table, self.mine, self.new)


@dataclass(frozen=True, slots=True)
class Update:
    """What the shipped files would change. `ready`: can be taken over; `contested`: to be decided."""

    ready: tuple[ShippedRow, ...] = ()
    contested: tuple[ShippedRow, ...] = ()

    @property
    def id(self) -> str:
        """Names what is ready; it changes with any of it."""
        return _digest([one.id for one in self.ready])


def update_waits(db: Database, directory: Path = CONTENT) -> str:
    """The state of the shipped files where the base has not taken them over, else empty."""
    state = content_hash(directory)
    return "" if read_meta(db).get("content_hash") == state else state


def pending(db: Database, directory: Path = CONTENT) -> Update:
    """What there is to take over or to decide. Raises `ContentError` where the files do not hold."""
    return _compared(db, read_content(directory)) if update_waits(db, directory) else Update()


def take_over(db: Database, id_: str, who: int, directory: Path = CONTENT) -> tuple[list[int], Update]:
    """Make every change that is ready; their numbers in the history, and what is left to decide.

    Raises `EditConflict` where that is no longer what `id_` named; nothing is written then.
    """
    state, content = content_hash(directory), read_content(directory)
    with transaction(db):
        found = _compared(db, content)
        if not found.ready or found.id != id_:
            raise EditConflict("Kho hoặc nội dung mới đã đổi từ lúc xem, chưa ghi gì. Gõ lại /cap_nhat.")
        order = list(type_of_record)
        gone = [one for one in found.ready if one.new is None]
        gone.sort(key=lambda one: -order.index(one.table))
        numbers = [write(db, one.step, who, WHY) for one in [*(one for one in found.ready if one.new), *gone]]
        _settle(db, content, found.contested, state)
    return numbers, Update(contested=found.contested)


def decide(
    db: Database, id_: str, who: int, *, take: bool, directory: Path = CONTENT
) -> tuple[ShippedRow, int]:
    """Settle one contested row: `take` the shipped one, or keep what the base holds. The number of the change, or 0.

    It is not asked again until the shipment changes that row once more. Raises `EditConflict` where the row has been
    decided or changed since, or where what is shipped does not fit the base.
    """
    state, content = content_hash(directory), read_content(directory)
    with transaction(db):
        contested = _compared(db, content).contested
        one = next((one for one in contested if one.id == id_), None)
        if one is None:
            raise EditConflict(
                "Dòng này đã được quyết định hoặc vừa đổi, chưa ghi gì. Gõ lại /cap_nhat để xem."
            )
        number = 0
        if take:
            _refuse(db, one)
            number = write(db, one.step, who, WHY)
        _settle(db, content, [other for other in contested if other is not one], state)
    return one, number


def told_of(db: Database, state: str) -> bool:
    """Whether the owners were told that this state of the files waits; from now on they were."""
    with transaction(db):
        if read_meta(db).get("update_told") == state:
            return True
        set_meta(db, update_told=state)
        return False


def _compared(db: Database, content: Content) -> Update:
    then, new, mine = _by_key(read_shipped(db)), _by_key(content), _by_key(read_rows(db))
    ready: dict[Key, ShippedRow] = {}
    contested: dict[Key, ShippedRow] = {}
    for key in [*new, *(key for key in then if key not in new)]:
        old, fresh, held = (row and row.record for row in (then.get(key), new.get(key), mine.get(key)))
        if fresh in (old, held):
            continue
        found = ShippedRow(*key, mine.get(key), new.get(key))
        if then and held == old:
            ready[key] = found
        else:
            contested[key] = found
    while moved := _unfit(ready, new, mine):
        for key, because in moved.items():
            contested[key] = replace(ready.pop(key), because=because)
    return Update(tuple(ready.values()), tuple(contested.values()))


def _unfit(ready: dict[Key, ShippedRow], new: ByKey, mine: ByKey) -> dict[Key, str]:
    """Rows that are ready but cannot be taken over together with what the base keeps, and the id that is in the way."""
    after = {key: row for key, row in mine.items() if key not in ready}
    after |= {key: one.new for key, one in ready.items() if one.new is not None}
    moved: dict[Key, str] = {}
    for key, row in after.items():
        for _, target, named in names_in(key[0], row.record):
            if (target, named) in after:
                continue
            if key in ready:
                moved[key] = named
            elif (target, named) in ready:
                moved[target, named] = row.record.id
    own = {
        place_of(row.record): key[1] for key, row in after.items() if key[0] == "figures" and key not in new
    }
    for key, one in ready.items():
        if key[0] == "figures" and one.new is not None and place_of(one.new.record) in own:
            moved[key] = own[place_of(one.new.record)]
    return moved


def _refuse(db: Database, one: ShippedRow) -> None:
    """Raise where the shipped row does not fit the base; a slot counts where it is the reason for deciding."""
    found = list(problems(Rows.of(db), [one.step], lambda figure: figure == one.because))
    if found:
        raise EditConflict(f"Chưa lấy được bản mới của “{one.row}”: {'; '.join(found)}.")


def _settle(db: Database, content: Content, contested: Iterable[ShippedRow], state: str) -> None:
    """Remember what is shipped now, but for what is still to be decided; with that done the base is up to date."""
    left = {(one.table, one.row) for one in contested}
    then = _by_key(read_shipped(db))
    rows = {key: row for key, row in _by_key(content).items() if key not in left}
    rows |= {key: row for key, row in then.items() if key in left}
    kept: dict[str, list[Row]] = {table: [] for table in type_of_record}
    for (table, _), row in rows.items():
        kept[table].append(row)
    keep_shipped(db, {table: tuple(found) for table, found in kept.items()})
    if not left:
        set_meta(db, content_hash=state)


def _by_key(content: Content) -> ByKey:
    return {(table, row.record.id): row for table, rows in content.items() for row in rows}


def _digest(value: Any) -> str:
    return blake2b(repr(value).encode(), digest_size=10).hexdigest()
