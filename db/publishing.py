"""Changes that editors propose and reviewers publish, while review is switched on. All of it is rows.

A proposal is held against the base as it stands when it is published, like any other change: what no longer fits is
refused then. Nobody publishes his own proposal, unless he may (`own`).
"""

from __future__ import annotations

import json
from contextlib import suppress
from dataclasses import asdict, dataclass, replace
from datetime import date
from typing import Literal

from sqlite_utils import Database

from db.connection import transaction
from db.edits import apply, undo
from db.errors import EditConflict
from db.gaps import ACCEPTED
from db.history import history, is_import
from db.proposals import Change, change_from

ProposalState = Literal["waiting", "published", "rejected", "withdrawn"]
MOST_REASON = 1000

_COLUMNS = "id, person, row, change, undoes, state, announced, decided_by, reason, number, answered, why"


@dataclass(frozen=True, slots=True)
class Proposal:
    """A change, or the undoing of one (`undoes`), that `person` wants published, and his reason (`why`).

    `announced`: the reviewers were told; `answered`: its author was told what became of it. `number`: the change in the
    history, once published.
    """

    id: int
    person: int
    row: str
    change: Change | None
    undoes: int | None
    state: ProposalState
    announced: bool
    decided_by: int | None
    reason: str
    number: int | None
    answered: bool
    why: str = ""


def propose(
    db: Database, key: str, person: int, row: str, what: Change | int, now: float, why: str = ""
) -> Proposal:
    """Keep a change, or the number of one to be undone, for the reviewers. The same `key` again gives the same row."""
    change, undoes = (None, what) if isinstance(what, int) else (json.dumps(asdict(what)), None)
    why = why if isinstance(what, int) else what.why
    with transaction(db):
        sql = (
            "INSERT OR IGNORE INTO proposals (key, person, row, change, undoes, state, announced, reason, answered,"
            " created, why) VALUES (?, ?, ?, ?, ?, 'waiting', 0, '', 0, ?, ?)"
        )
        db.execute(sql, [key, person, row, change, undoes, now, why])
        return _read(db, "key = ?", [key])[0]


def propose_undo(db: Database, key: str, person: int, number: int, now: float, why: str = "") -> Proposal:
    """Propose to take back a change. Raises `EditConflict` where that could not be done now.

    The taking back of an import is not proposed: like an import, it is for those who need not wait.
    """
    with transaction(db):
        kept = proposal_of(db, key)
        if kept is not None:
            return kept
        if is_import(db, number):
            raise EditConflict(
                f"Thay đổi {number} là của cả một tệp. Đang bật duyệt, hãy nhờ người duyệt hoặc chủ bot hoàn tác nó."
            )
        with suppress(_Tried), db.atomic():
            undo(db, number, person)
            raise _Tried
        (done,) = history(db, number=number)
        return propose(db, key, person, done.row, number, now, why)


class _Tried(Exception):
    """Takes back what was only tried."""


def proposal_of(db: Database, key: str) -> Proposal | None:
    """The proposal that was made under this key."""
    return next(iter(_read(db, "key = ?", [key])), None)


def proposal(db: Database, id_: int) -> Proposal:
    """Raises `EditConflict` when there is none with this number."""
    found = _read(db, "id = ?", [id_])
    if not found:
        raise EditConflict(f"Không có đề xuất số {id_}. Gõ /cho_duyet để xem các đề xuất đang chờ.")
    return found[0]


def waiting(db: Database, person: int | None = None) -> list[Proposal]:
    """What waits to be published, the oldest first: all of it, or one person's."""
    if person is None:
        return _read(db, "state = 'waiting'", [])
    return _read(db, "state = 'waiting' AND person = ?", [person])


def publish(db: Database, id_: int, person: int, today: date, *, own: bool) -> tuple[Proposal, bool]:
    """Make the change, once; the proposal afterwards, and whether this call decided it.

    In the history it is its author's, with the reviewer beside the reason. Raises `ContentError` or `EditConflict` where it
    does not fit the base (any longer), or where it is one's own; it then goes on waiting.
    """
    with transaction(db):
        found = proposal(db, id_)
        if found.state != "waiting":
            return found, False
        if found.person == person and not own:
            raise EditConflict(f"Đề xuất {id_} là của chính bạn; hãy để người duyệt khác hoặc chủ bot đăng.")
        by = f"duyệt bởi {person}"
        why = found.why if found.why == ACCEPTED else f"{found.why} ({by})" if found.why else by
        if found.change is None:
            number = undo(db, found.undoes or 0, found.person, why)
        else:
            number = apply(db, replace(found.change, why=why), today)
        sql = "UPDATE proposals SET state = 'published', decided_by = ?, number = ? WHERE id = ?"
        db.execute(sql, [person, number, id_])
        return proposal(db, id_), True


def reject(db: Database, id_: int, person: int, reason: str = "") -> tuple[Proposal, bool]:
    """Decide against it; its author who does so withdraws it. As for `publish`, the second value says who decided."""
    with transaction(db):
        found = proposal(db, id_)
        if found.state != "waiting":
            return found, False
        state = "withdrawn" if found.person == person else "rejected"
        sql = "UPDATE proposals SET state = ?, decided_by = ?, reason = ? WHERE id = ?"
        db.execute(sql, [state, person, reason[:MOST_REASON], id_])
        return proposal(db, id_), True


def mark_told(db: Database, id_: int, what: Literal["announced", "answered"]) -> None:
    """The reviewers were told of it, or its author what became of it."""
    with transaction(db):
        db.table("proposals").update(id_, {what: 1})


def _read(db: Database, where: str, values: list[object]) -> list[Proposal]:
    found = []
    for row in db.query(f"SELECT {_COLUMNS} FROM proposals WHERE {where} ORDER BY id", values):
        change = row["change"] and change_from(row["change"])
        row |= {"change": change, "why": row["why"] or (change.why if change else "")}
        row |= {name: bool(row[name]) for name in ("announced", "answered")}
        found.append(Proposal(**row))
    return found
