"""The shape of the knowledge tables, one function a step. A published step is never edited: add the next one."""

from __future__ import annotations

import json
import zlib
from typing import Any

from sqlite_utils import Database
from sqlite_utils.migrations import Migrations

from db.connection import transaction
from db.errors import SchemaError

knowledge = Migrations("knowledge")

_CONTENT = (
    *("sources", "regions", "indicators", "figures", "relations", "documents", "events"),
    *("support_levels", "entries"),
)
"""The content tables as they were when `m005_shipped` was written."""


def migrate(db: Database, steps: Migrations = knowledge) -> None:
    """Bring the tables of `steps` up to date; nothing is written when they are.

    All pending steps are one transaction, so two processes that start together do not meet half a schema. Raises
    `SchemaError` when a newer version of the project has already changed the file.
    """
    refuse_newer(db, steps)
    if steps.pending(db):
        with transaction(db):
            steps.apply(db)


def refuse_newer(db: Database, steps: Migrations) -> None:
    """Raise where the file was written by a newer version of the program."""
    with Database(memory=True) as fresh:
        ours = {step.name for step in steps.pending(fresh)}
    if unknown := sorted({step.name for step in steps.applied(db)} - ours):
        raise SchemaError(
            f"Cơ sở dữ liệu do phiên bản mới hơn tạo ra (bước {', '.join(unknown)}). Hãy cập nhật chương trình."
        )


def _create(db: Database, table: str, columns: str, *, foreign_keys: Any = ()) -> None:
    """`columns`: names parted by blanks; `name:float`, `name:int` for numbers, everything else is text.

    Every table starts with its text key `id` and ends with `file`, the content file that its row belongs to.
    """
    types: dict[str, Any] = {}
    for column in ["id", *columns.split(), "file"]:
        name, _, kind = column.partition(":")
        types[name] = {"": str, "float": float, "int": int}[kind]
    db.table(table).create(types, pk="id", not_null={"id", "file"}, foreign_keys=foreign_keys)


@knowledge()
def m001_knowledge(db: Database) -> None:
    """A table for each kind of record; lists are JSON text, an empty reference is NULL."""
    db.table("meta").create({"key": str, "value": str}, pk="key", not_null={"key", "value"})
    _create(db, "sources", "title publisher published_on url kind rank:int note")
    _create(db, "regions", "name kind aliases part_of valid_from valid_to successor note sources")
    _create(db, "indicators", "name unit keys note")
    _create(
        db,
        "figures",
        "indicator measure of against programme region period value:float value_max:float unit qualifier as_printed"
        " terms label as_of round likely_value:float likely_period source locator also note",
        foreign_keys=[
            ("source", "sources", "id"),
            ("indicator", "indicators", "id"),
            ("region", "regions", "id"),
        ],
    )
    _create(db, "relations", "kind operands printed verdict note warning leads")
    _create(
        db,
        "documents",
        "number kind title issuer issued_on in_force_from in_force_to status amends replaces replaced_by about aliases"
        " basis note sources",
    )
    _create(
        db,
        "events",
        "kind name edition region year date place organisers host chairs next_host participants speakers closed_by"
        " concluded_by sources locator note aliases",
        foreign_keys=[("region", "regions", "id")],
    )
    _create(
        db,
        "support_levels",
        "activity name scope percent:float cap:int cap_unit min conditions document article valid_from valid_to status"
        " sources note aliases",
        foreign_keys=[("document", "documents", "id")],
    )
    _create(
        db,
        "entries",
        "kind title body detail topics aliases questions stance basis valid_from valid_to status sources region period"
        " said_by",
        foreign_keys=[("region", "regions", "id")],
    )


@knowledge()
def m002_changes(db: Database) -> None:
    """Every change made in place. `before` NULL: the row was new; `after` NULL: it was taken away; both are JSON."""
    for statement in (
        "CREATE TABLE changes (id INTEGER PRIMARY KEY AUTOINCREMENT, at TEXT NOT NULL, who INTEGER NOT NULL,"
        " kind TEXT NOT NULL CHECK (kind IN ('add', 'edit', 'delete', 'undo')), \"table\" TEXT NOT NULL,"
        " row_id TEXT NOT NULL, before TEXT, after TEXT, why TEXT NOT NULL, undoes INTEGER REFERENCES changes (id),"
        " CHECK (before IS NOT NULL OR after IS NOT NULL))",
        'CREATE INDEX changes_row ON changes (row_id, "table")',
        "CREATE INDEX changes_who ON changes (who)",
    ):
        db.execute(statement)


@knowledge()
def m003_entry_replaces(db: Database) -> None:
    """The entries that told the rule before: what applied to the same thing at an earlier date."""
    db.table("entries").add_column("replaces", str, not_null_default="[]")


@knowledge()
def m004_imports(db: Database) -> None:
    """Files that wait for a tap, and what imports did row by row. An import's own line is in `changes`, under "imports";
    rows of a batch without such a line were prepared and not carried out."""
    for statement in (
        'CREATE TABLE imports (id TEXT PRIMARY KEY, person INTEGER NOT NULL, name TEXT NOT NULL, "table" TEXT NOT NULL,'
        " file BLOB, digest TEXT NOT NULL, state TEXT NOT NULL CHECK (state IN ('waiting', 'saved', 'cancelled')),"
        " number INTEGER, created REAL NOT NULL)",
        'CREATE TABLE import_rows (batch TEXT NOT NULL, place INTEGER NOT NULL, "table" TEXT NOT NULL,'
        " row_id TEXT NOT NULL, before TEXT, after TEXT, PRIMARY KEY (batch, place)) WITHOUT ROWID",
        'CREATE INDEX import_rows_row ON import_rows (row_id, "table")',
    ):
        db.execute(statement)


@knowledge()
def m005_shipped(db: Database) -> None:
    """The rows that the program last came with, so that an update can tell its own changes from those made in place.

    A base that nobody has changed is what it was built from; of any other it is not known.
    """
    db.execute(
        'CREATE TABLE shipped ("table" TEXT NOT NULL, row_id TEXT NOT NULL, cells TEXT NOT NULL,'
        ' PRIMARY KEY ("table", row_id))'
    )
    meta = {row["key"]: row["value"] for row in db.query("SELECT key, value FROM meta")}
    if meta.get("content_hash") and not meta.get("edited_at"):
        for table in _CONTENT:
            for cells in list(db.query(f"SELECT * FROM {table}")):
                values = [table, cells["id"], json.dumps(cells, ensure_ascii=False)]
                db.execute("INSERT INTO shipped VALUES (?, ?, ?)", values)


@knowledge()
def m006_packed_imports(db: Database) -> None:
    """Files that wait are kept packed by zlib."""
    for row in list(db.query("SELECT id, file FROM imports WHERE file IS NOT NULL")):
        db.execute("UPDATE imports SET file = ? WHERE id = ?", [zlib.compress(row["file"]), row["id"]])


@knowledge()
def m007_import_reasons(db: Database) -> None:
    """Why a file is to be taken in, as its sender says."""
    db.execute("ALTER TABLE imports ADD COLUMN why TEXT NOT NULL DEFAULT ''")


@knowledge()
def m008_bodies(db: Database) -> None:
    """Who does khuyến công in each province; and what is noted for those who keep the base, apart from what is told."""
    _create(
        db,
        "bodies",
        "province name parent valid_from valid_to sources note editor_note",
        foreign_keys=[("province", "regions", "id")],
    )
    for table in ("regions", "figures", "documents", "events", "support_levels"):
        db.table(table).add_column("editor_note", str, not_null_default="")


@knowledge()
def m009_language(db: Database) -> None:
    """The words of the field: what can be named, and the phrases that name it."""
    _create(db, "slots", "slot value name meaning")
    _create(db, "lexicon", "phrase slot value note")
    _create(db, "wordings", "entry question voice")


@knowledge()
def m010_rules(db: Database) -> None:
    """Which entry states the rule on what can be said of a workshop, and where its level stands."""
    _create(db, "rules", "slot value beside entry stance level amount label ask")


@knowledge()
def m011_layouts(db: Database) -> None:
    """What was answered about files whose tables do not say it, and what holds for every file of such a layout."""
    db.execute("ALTER TABLE imports ADD COLUMN answers TEXT NOT NULL DEFAULT '{}'")
    db.execute("CREATE TABLE layouts (digest TEXT PRIMARY KEY, answers TEXT NOT NULL)")


@knowledge()
def m012_last_days(db: Database) -> None:
    """The last day of an event that takes several."""
    db.table("events").add_column("until", str, not_null_default="")


@knowledge()
def m013_guide(db: Database) -> None:
    """What can be answered at each step of the guided check."""
    _create(db, "guide", "step value label words entry level button")
