"""The shape of the activity tables, one function a step. A published step is never edited: add the next one."""

from __future__ import annotations

import secrets
from pathlib import Path

from sqlite_utils import Database
from sqlite_utils.migrations import Migrations

from db.connection import OpenFile, open_database, transaction
from db.migrations import migrate
from db.personal import without_personal

activity_steps = Migrations("activity")


def _remade(db: Database, table: str, *changes: tuple[str, str], end: str = "") -> None:
    """Make a table anew with these changes of its SQL, and `end` behind it; its rows stay, its indexes go."""
    ((sql,),) = db.execute("SELECT sql FROM sqlite_master WHERE name = ?", [table]).fetchall()
    for old, new in changes:
        sql = sql.replace(old, new)
    db.execute(f"ALTER TABLE {table} RENAME TO {table}_before")
    db.execute(f"{sql}{end}")
    db.execute(f"INSERT INTO {table} SELECT * FROM {table}_before")
    db.execute(f"DROP TABLE {table}_before")


@activity_steps()
def a001_activity(db: Database) -> None:
    """Times are seconds since 1970; `message` is the question's own message id in its chat."""
    for statement in (
        "CREATE TABLE activity_keys (name TEXT PRIMARY KEY, value TEXT NOT NULL)",
        # `payload`: the update while it waits for its answer, NULL afterwards.
        "CREATE TABLE handled_updates (id INTEGER PRIMARY KEY, payload TEXT, attempts INTEGER NOT NULL, at REAL NOT NULL)",
        "CREATE INDEX handled_updates_waiting ON handled_updates (id) WHERE payload IS NOT NULL",
        "CREATE TABLE chat_contexts (conversation TEXT PRIMARY KEY, context TEXT NOT NULL, message INTEGER NOT NULL,"
        " updated_at REAL NOT NULL)",
        "CREATE TABLE answers_sent (chat INTEGER NOT NULL, message INTEGER NOT NULL, conversation TEXT NOT NULL,"
        " messages TEXT NOT NULL, context TEXT, sent_at REAL NOT NULL, PRIMARY KEY (chat, message))",
        "CREATE INDEX answers_sent_conversation ON answers_sent (conversation)",
        "CREATE INDEX answers_sent_at ON answers_sent (sent_at)",
        "CREATE TABLE choices (id TEXT PRIMARY KEY, chat INTEGER NOT NULL, conversation TEXT NOT NULL,"
        " question TEXT NOT NULL, label TEXT NOT NULL, created REAL NOT NULL)",
        "CREATE INDEX choices_conversation ON choices (conversation)",
        "CREATE TABLE taps (id TEXT PRIMARY KEY, conversation TEXT NOT NULL, message INTEGER NOT NULL, choice TEXT NOT NULL,"
        " at REAL NOT NULL, answered INTEGER NOT NULL)",
        "CREATE INDEX taps_button ON taps (conversation, message, choice)",
        "CREATE TABLE questions (id INTEGER PRIMARY KEY AUTOINCREMENT, conversation_hash TEXT NOT NULL,"
        " text TEXT NOT NULL, status TEXT NOT NULL, kind TEXT NOT NULL, day TEXT NOT NULL)",
        "CREATE INDEX questions_conversation ON questions (conversation_hash)",
        "CREATE TABLE feedback (question INTEGER PRIMARY KEY REFERENCES questions (id) ON DELETE CASCADE,"
        " rating INTEGER NOT NULL CHECK (rating IN (-1, 1)))",
        "CREATE TABLE apologies (conversation TEXT PRIMARY KEY, at REAL NOT NULL)",
    ):
        db.execute(statement)


@activity_steps()
def a002_guides(db: Database) -> None:
    """One row for everyone who is in the guide, or has just left it."""
    db.execute(
        "CREATE TABLE guides (conversation TEXT PRIMARY KEY, state TEXT NOT NULL, update_key TEXT NOT NULL,"
        " answered INTEGER NOT NULL, updated_at REAL NOT NULL)"
    )


@activity_steps()
def a003_editors(db: Database) -> None:
    """Who may edit, and changes that wait for a tap. A draft keeps its row after the tap, so that a second does no harm."""
    for statement in (
        "CREATE TABLE roles (person INTEGER PRIMARY KEY, role TEXT NOT NULL CHECK (role IN ('editor')),"
        " added_by INTEGER NOT NULL, at TEXT NOT NULL)",
        "CREATE TABLE drafts (id TEXT PRIMARY KEY, person INTEGER NOT NULL, change TEXT NOT NULL, state TEXT NOT NULL"
        " CHECK (state IN ('waiting', 'saved', 'cancelled')), number INTEGER, created REAL NOT NULL)",
        "CREATE INDEX drafts_person ON drafts (person)",
    ):
        db.execute(statement)


@activity_steps()
def shown_figures(db: Database) -> None:
    """Which figures an answer showed (`db.recording`)."""
    for statement in (
        "CREATE TABLE shown (question INTEGER NOT NULL REFERENCES questions (id) ON DELETE CASCADE,"
        " place INTEGER NOT NULL, chat INTEGER NOT NULL, figure TEXT NOT NULL, at REAL NOT NULL,"
        " PRIMARY KEY (question, figure))",
        "CREATE INDEX shown_figure ON shown (figure, at)",
        "CREATE INDEX shown_at ON shown (at)",
    ):
        db.execute(statement)


@activity_steps()
def followers(db: Database) -> None:
    """Who follows what, and the outbox of what is to be told (`db.following`). Changes made before are told to nobody."""
    for statement in (
        "CREATE TABLE follows (chat INTEGER NOT NULL, subject TEXT NOT NULL, at REAL NOT NULL,"
        " PRIMARY KEY (chat, subject))",
        "CREATE TABLE notices (chat INTEGER NOT NULL, change INTEGER NOT NULL, kind TEXT NOT NULL,"
        ' "table" TEXT NOT NULL, row_id TEXT NOT NULL, about TEXT NOT NULL,'
        " state TEXT NOT NULL CHECK (state IN ('waiting', 'told')), at REAL NOT NULL, PRIMARY KEY (chat, change))",
        "CREATE INDEX notices_waiting ON notices (at) WHERE state = 'waiting'",
        "CREATE TABLE marks (name TEXT PRIMARY KEY, value INTEGER NOT NULL)",
        "INSERT INTO marks (name, value) VALUES ('changes', -1)",  # -1: from the next change on
    ):
        db.execute(statement)


@activity_steps()
def a004_gaps(db: Database) -> None:
    """What is a gap is marked, and only gaps keep their words; what editors made of them.

    Of what was kept before, questions that were merely asked back lose their words, the others what is personal in them.
    """
    for statement in (
        "ALTER TABLE questions ADD COLUMN gap TEXT NOT NULL DEFAULT ''",
        "ALTER TABLE questions ADD COLUMN topics TEXT NOT NULL DEFAULT '[]'",
        "UPDATE questions SET text = '' WHERE status != 'no_answer'",
        "UPDATE questions SET gap = 'no_answer' WHERE text != ''",
        "CREATE INDEX questions_gap ON questions (id) WHERE gap != ''",
        "CREATE INDEX questions_day ON questions (day)",
        # The words of the last days, for the case that their answer is called a bad one. `opens`: the question that was
        # asked back first, of several in a row.
        "CREATE TABLE recent_texts (question INTEGER PRIMARY KEY REFERENCES questions (id) ON DELETE CASCADE,"
        " text TEXT NOT NULL, opens INTEGER NOT NULL, at REAL NOT NULL)",
        # `upto`: the last question that it is about; `until`: when it ends, NULL for never.
        "CREATE TABLE gap_decisions (id INTEGER PRIMARY KEY AUTOINCREMENT, text TEXT NOT NULL, decision TEXT NOT NULL"
        " CHECK (decision IN ('off_topic', 'later', 'done')), upto INTEGER NOT NULL, until REAL, who INTEGER NOT NULL,"
        " at REAL NOT NULL)",
    ):
        db.execute(statement)
    for id_, text in db.execute("SELECT id, text FROM questions WHERE text != ''").fetchall():
        db.execute("UPDATE questions SET text = ? WHERE id = ?", [without_personal(text), id_])


@activity_steps()
def readings(db: Database) -> None:
    """What an editor is taking out of a report: one at a time."""
    db.execute(
        "CREATE TABLE readings (person INTEGER PRIMARY KEY, reading TEXT NOT NULL, updated REAL NOT NULL)"
    )


@activity_steps()
def a004_review(db: Database) -> None:
    """Reviewers; what editors propose while review is on; settings that owners change by command."""
    _remade(db, "roles", ("('editor')", "('editor', 'reviewer')"))
    for statement in (
        "CREATE TABLE desk_settings (name TEXT PRIMARY KEY, value TEXT NOT NULL)",
        "CREATE TABLE proposals (id INTEGER PRIMARY KEY AUTOINCREMENT, key TEXT NOT NULL UNIQUE,"
        " person INTEGER NOT NULL, row TEXT NOT NULL, change TEXT, undoes INTEGER, state TEXT NOT NULL"
        " CHECK (state IN ('waiting', 'published', 'rejected', 'withdrawn')), announced INTEGER NOT NULL,"
        " decided_by INTEGER, reason TEXT NOT NULL, number INTEGER, answered INTEGER NOT NULL, created REAL NOT NULL,"
        " CHECK ((change IS NULL) != (undoes IS NULL)))",
        "CREATE INDEX proposals_state ON proposals (state)",
    ):
        db.execute(statement)


@activity_steps()
def a005_steps(db: Database) -> None:
    """Where everybody is who does something step by step; which rows a message showed."""
    for statement in (
        "CREATE TABLE desk_steps (person INTEGER PRIMARY KEY, what TEXT NOT NULL, state TEXT NOT NULL,"
        " update_key TEXT NOT NULL, at REAL NOT NULL)",
        "CREATE TABLE shown_rows (chat INTEGER NOT NULL, message INTEGER NOT NULL, conversation TEXT NOT NULL,"
        " rows TEXT NOT NULL, at REAL NOT NULL, PRIMARY KEY (chat, message))",
        "CREATE INDEX shown_rows_at ON shown_rows (at)",
        "CREATE INDEX shown_rows_conversation ON shown_rows (conversation)",
    ):
        db.execute(statement)


@activity_steps()
def notices_by_row(db: Database) -> None:
    """A change may be of many rows (an import), each of which is told."""
    _remade(db, "notices", ("PRIMARY KEY (chat, change)", 'PRIMARY KEY (chat, change, "table", row_id)'))
    db.execute("CREATE INDEX notices_waiting ON notices (at) WHERE state = 'waiting'")


@activity_steps()
def proposals_why(db: Database) -> None:
    """The reason that goes with a proposal."""
    db.execute("ALTER TABLE proposals ADD COLUMN why TEXT NOT NULL DEFAULT ''")


@activity_steps()
def fewer_pages(db: Database) -> None:
    """What every answer writes lies in few places: rows in the tree of their key, that of their chat where they are of one,
    and no other order of them. Deleting old rows reads all of them, every few minutes; an answer waits for its rows."""
    by_chat = (
        ("id TEXT PRIMARY KEY", "id TEXT NOT NULL"),
        ("created REAL NOT NULL", "created REAL NOT NULL, PRIMARY KEY (chat, id)"),
    )
    for table in ("chat_contexts", "answers_sent", "choices", "shown", "shown_rows"):
        _remade(db, table, *(by_chat if table == "choices" else ()), end=" WITHOUT ROWID")
    db.execute("DROP INDEX handled_updates_waiting")


@activity_steps()
def updates_begun(db: Database) -> None:
    """How many processes have begun to read an update and ended before they had read it."""
    db.execute("ALTER TABLE handled_updates ADD COLUMN begun INTEGER NOT NULL DEFAULT 0")


@activity_steps()
def people_and_their_messages(db: Database) -> None:
    """What editors are called; the message by which a draft was asked for."""
    db.execute("CREATE TABLE people (person INTEGER PRIMARY KEY, name TEXT NOT NULL)")
    db.execute("ALTER TABLE drafts ADD COLUMN message INTEGER NOT NULL DEFAULT 0")


def open_activity(path: str | Path) -> tuple[OpenFile, bytes]:
    """The open file with all tables, and the key under which conversations are kept."""
    db = open_database(path, lasting=False)
    try:
        migrate(db, activity_steps)
        with transaction(db):
            sql = "INSERT OR IGNORE INTO activity_keys (name, value) VALUES ('conversations', ?)"
            db.execute(sql, (secrets.token_hex(16),))
            sql = "SELECT value FROM activity_keys WHERE name = 'conversations'"
            ((key,),) = db.execute(sql).fetchall()
        db.conn.isolation_level = None  # a statement by itself is a transaction
        return db, bytes.fromhex(key)
    except BaseException:
        db.close()
        raise
