"""Questions that were not, or badly, answered, and what editors made of them. Kept without any id of a person.

A question is a gap when nobody could answer it (`no_answer`), when it was asked back twice in a row (`asked_twice`), or
when its answer was called a bad one (`disliked`). The words of a gap are kept as long as its row; those of any other
question for the few days in which it can still become one. What tells of a person is taken out before anything is kept.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import blake2b
from typing import Literal

from sqlite_utils import Database

from db.connection import transaction
from db.openings import CONTEXT_SECONDS
from db.personal import without_personal

Decision = Literal["off_topic", "later", "done"]

ACCEPTED = "gap"
"""The reason that a change gives which makes a gap a way of asking for an entry."""


@dataclass(frozen=True, slots=True)
class Gap:
    """A question that somebody could do better with. `reason`: see above."""

    question: int
    text: str
    reason: str


@dataclass(frozen=True, slots=True)
class Decided:
    """What an editor said of questions like `text`: never again, not now, or dealt with as far as question `upto`."""

    id: int
    text: str
    decision: Decision
    upto: int


_BEFORE = "SELECT max(id) FROM questions WHERE conversation_hash = :hash AND id < :question"
_OPENED_BY = (
    "SELECT recent.opens FROM questions AS before JOIN recent_texts AS recent ON recent.question = before.id"
    f" WHERE before.id = ({_BEFORE}) AND before.status = 'asked_back' AND recent.at > :at - {CONTEXT_SECONDS}"
)
KEEP = (
    "UPDATE questions SET text = :words, gap = 'no_answer'"
    " WHERE id = :question AND :words != '' AND :status = 'no_answer'",
    "INSERT INTO recent_texts (question, text, opens, at) SELECT :question, :words,"
    f" coalesce(CASE :status WHEN 'asked_back' THEN ({_OPENED_BY}) END, :question), :at"
    " WHERE :words != '' AND :status != 'no_answer'",
    "UPDATE questions SET gap = 'asked_twice',"
    " text = coalesce((SELECT text FROM recent_texts WHERE question = questions.id), :words)"
    " WHERE id = (SELECT opens FROM recent_texts WHERE question = :question AND opens != question) AND gap = ''",
)
"""Steps of `db.recording`: keep the words of a question just recorded, where it has any that may be kept.

Of questions that were asked back in a row, none of them after more than `CONTEXT_SECONDS`, the first is the gap: it is
what was wanted.
"""


def rated(db: Database, question: int, rating: int) -> None:
    """An answer was called good (1) or bad (-1), the last word counts. Call it inside a transaction."""
    if rating > 0:
        sql = "UPDATE questions SET text = '', gap = '' WHERE id = ? AND gap = 'disliked'"
        db.execute(sql, [question])
        return
    recent = db.execute("SELECT text FROM recent_texts WHERE question = ?", [question]).fetchone()
    if recent:
        sql = "UPDATE questions SET text = ?, gap = 'disliked' WHERE id = ? AND gap = ''"
        db.execute(sql, [recent[0], question])


def gaps(db: Database, limit: int = 2000, *, without: Sequence[int] = ()) -> list[Gap]:
    """The gaps, those asked last first, but for what these people asked the bot in private.

    What is personal is taken out again, should the rule have grown since.
    """
    key = db.execute("SELECT value FROM activity_keys WHERE name = 'conversations'").fetchone()
    asked_by = [conversation_hash(bytes.fromhex(key[0]), str(person)) for person in without if key]
    sql = (
        "SELECT id, text, gap FROM questions WHERE gap != '' AND text != ''"
        f" AND conversation_hash NOT IN ({', '.join('?' * len(asked_by))}) ORDER BY id DESC LIMIT ?"
    )
    return [Gap(id_, without_personal(text), gap) for id_, text, gap in db.execute(sql, [*asked_by, limit])]


def conversation_hash(key: bytes, conversation: str) -> str:
    """The name under which a conversation is counted; nobody tells it back without the key."""
    return blake2b(conversation.encode(), digest_size=12, key=key).hexdigest()


def decide(
    db: Database,
    texts: Sequence[str],
    decision: Decision,
    upto: int,
    who: int,
    now: float,
    until: float | None = None,
) -> int:
    """Keep what an editor says of questions like any of `texts`; the number under which it can be taken back.

    Said again it is not kept twice.
    """
    sql = (
        "SELECT id FROM gap_decisions WHERE text = ? AND decision = ? AND upto = ? AND until IS NOT NULL = ?"
    )
    with transaction(db):
        known = db.execute(sql, [texts[0], decision, upto, until is not None]).fetchone()
        if known:
            return int(known[0])
        sql = "INSERT INTO gap_decisions (text, decision, upto, until, who, at) VALUES (?, ?, ?, ?, ?, ?)"
        ids = [db.execute(sql, [text, decision, upto, until, who, now]).lastrowid for text in texts]
    return ids[0] or 0


def take_back(db: Database, number: int) -> bool:
    """Forget a decision, for all the texts of which it was made; False when there is none (any more)."""
    sql = (
        "DELETE FROM gap_decisions WHERE (decision, upto, who, at)"
        " IN (SELECT decision, upto, who, at FROM gap_decisions WHERE id = ?)"
    )
    with transaction(db):
        return bool(db.execute(sql, [number]).rowcount)


def decisions(db: Database, now: float) -> list[Decided]:
    """What still holds."""
    sql = "SELECT id, text, decision, upto FROM gap_decisions WHERE until IS NULL OR until > ? ORDER BY id"
    return [Decided(*row) for row in db.execute(sql, [now])]


def accepted(db: Database) -> list[tuple[str, str]]:
    """(way of asking, entry id) of the gaps that were made one and still are, the oldest first."""
    sql = (
        "SELECT changes.row_id, changes.before, changes.after, entries.questions FROM changes"
        " JOIN entries ON entries.id = changes.row_id"
        " WHERE changes.\"table\" = 'entries' AND changes.why = ? AND changes.before IS NOT NULL"
        " AND changes.after IS NOT NULL ORDER BY changes.id"
    )
    found: dict[tuple[str, str], None] = {}
    for entry, before, after, held in db.execute(sql, [ACCEPTED]):
        known, still = _questions(before), json.loads(held)
        found |= {(one, entry): None for one in _questions(after) if one not in known and one in still}
    return list(found)


def _questions(cells: str) -> Sequence[str]:
    """The ways of asking in the stored cells of an entry, which are themselves JSON."""
    read = json.loads(cells).get("questions", "[]")
    return list(json.loads(read)) if isinstance(read, str) else list(read)
