"""What every job of the admin side works with: who asks for what, the way to the desk, the way to an answer."""

from __future__ import annotations

import asyncio
import logging
import re
import time
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass

from telegram import CallbackQuery, Document, Message

from db.activity import Unavailable
from db.desk import Desk
from db.drafts import keep_draft
from db.errors import ContentError, StoreError
from db.files import Row
from db.proposals import Change, Reviewed, find, review
from db.roles import keep_name, names_of, role_given
from db.values import Several, Values
from db.waiting import Settled, review_is_on
from handlers.admin.steps import Steps
from handlers.admin.trial import doubts_of, opens
from handlers.current import Current
from handlers.keyboards import Button
from handlers.reply import Place, Sender, place_of, sent_to_all
from handlers.shown import records
from handlers.watch import note
from knowledge.base import KnowledgeBase
from knowledge.records import Note
from knowledge.telling.admin_pages import draft_html, why_html
from knowledge.telling.admin_texts import admin_text, refused_html, sentence
from knowledge.telling.formats import day
from knowledge.telling.sentences import safe
from knowledge.text import fold

log = logging.getLogger(__name__)


class Refusal(Exception):
    """A command that cannot be carried out as it was typed; the note says what to do."""

    def __init__(self, code: str, choices: Sequence[tuple[str, str]] = (), **values: str) -> None:
        """`choices`: (cell, label) of what may be meant."""
        super().__init__(code)
        self.note = Note(code, values)
        self.choices = tuple(choices)


def unread(table: str, column: str, typed: str, error: ValueError) -> Refusal:
    """The refusal for a cell that does not read, with the rows to choose from where there are several."""
    if isinstance(error, Several):
        return Refusal("which_row", error.choices, typed=typed)
    return Refusal("bad_cell", table=table, field=column, why=str(error), typed=typed)


_ASKING = re.compile(
    r"\?\s*$|\b(?:bao nhieu|la gi|the nao|lam sao|tai sao|vi sao|khi nao|o dau|la ai|duoc khong|co khong|phai khong|khong a)\b"
)
LEAST_QUESTION = 3
MOST_SOURCES = 5
FULL_DAY = len("2024-05-16")


def asks_plainly(said: str) -> bool:
    """Whether a message ends or speaks as a question does."""
    return _ASKING.search(fold(said)) is not None


class AskInstead(Exception):
    """What was typed in the middle of something is a question: it is answered, and the step is asked again."""


@dataclass(frozen=True, slots=True)
class Request:
    """One command of somebody who may give it. `typed`: what stands behind the command's name; `why`: the reason that was
    given with it.
    """

    person: int
    role: str
    typed: str
    message: Message
    place: Place
    why: str = ""

    @property
    def document(self) -> Document | None:
        """The file under which the command stands, or to which it replies."""
        replied = self.message.reply_to_message
        return self.message.document or (replied.document if replied else None)


@dataclass(frozen=True, slots=True)
class Tap:
    """A tap on a button of the admin side by somebody who may. `id`: what stands behind the button's word."""

    query: CallbackQuery
    message: Message
    person: int
    role: str
    id: str

    @property
    def request(self) -> Request:
        """What is done for whoever tapped, as if it were a command."""
        return Request(self.person, self.role, "", self.message, place_of(self.message))


def saying(code: str, **values: object) -> str:
    """A sentence of the admin side as Telegram HTML."""
    return sentence(Note(code, {name: str(value) for name, value in values.items()}))


def told(error: Exception) -> str:
    """Why something cannot be done, as Telegram HTML."""
    if isinstance(error, Refusal):
        return sentence(error.note)
    if isinstance(error, ContentError):
        return refused_html([problem.message for problem in error.problems])
    return safe(error)


def draft_buttons(id_: str, change: Change, *, more: bool = True) -> list[Button]:
    """What can be done with a change that was read back; `more`: its fields can be asked for."""
    label = admin_text("button_delete" if change.kind == "delete" else "button_save")
    buttons = [
        Button(label, f"1:a:s:{id_}", beside=True),
        Button(admin_text("button_cancel"), f"1:a:c:{id_}", beside=True),
    ]
    if more and change.kind != "edit":
        buttons.append(Button(admin_text("button_more"), f"1:a:more:{id_}", beside=True))
    return (
        buttons if change.why else [*buttons, Button(admin_text("button_why"), f"1:a:why:{id_}", beside=True)]
    )


class Office:
    """The parts that are shared, and the two things that every job does: say something, read a change back."""

    def __init__(
        self,
        desk: Desk,
        current: Current,
        sender: Sender,
        owners: Sequence[int],
        *,
        check_links: bool = False,
    ) -> None:
        """`check_links`: try the address of a source before it is saved."""
        self._check_links = check_links
        self.desk = desk
        self.current = current
        self.sender = sender
        self.owners = tuple(owners)
        self.steps = Steps(desk)
        self.after_draft: list[Callable[[Tap, Settled], Awaitable[None]]] = []
        """Called once a draft was saved or cancelled by a tap."""
        self._met: dict[int, str] = {}
        self._values: tuple[KnowledgeBase, Values] | None = None

    @property
    def base(self) -> KnowledgeBase:
        """The base from which is answered now."""
        return self.current.assistant.base

    async def role_of(self, person: int) -> str:
        """`owner`, `reviewer`, `editor`, or empty. The one place where this is decided."""
        if person in self.owners:
            return "owner"
        try:
            return await self.desk.run(role_given, person) or ""
        except (Unavailable, StoreError):
            log.exception("Nobody but owners is let in: the roles could not be read")
            return ""

    def values(self) -> Values:
        """The reader of typed values, over the present base."""
        base = self.base
        if self._values is None or self._values[0] is not base:
            self._values = (base, Values(lambda table: records(base, table).values(), self.current.clock()))
        return self._values[1]

    def latest_sources(self) -> list[tuple[str, str]]:
        """Ids and titles of the sources that are offered: the latest."""
        rows = sorted(self.base.sources.values(), key=lambda one: (one.published_on, one.id), reverse=True)
        return [(one.id, one.title) for one in rows[:MOST_SOURCES]]

    def first_day(self, document: str) -> list[tuple[str, str]]:
        """The day from which a document holds, as it is offered; empty where it is not known."""
        row = self.base.documents.get(document)
        start = row.in_force_from if row else ""
        return [(start, day(start))] if len(start) == FULL_DAY else []

    async def names(self) -> dict[int, str]:
        """What people are called, for whoever is named in a message."""
        return await self.desk.run(names_of)

    async def met(self, person: int, name: str) -> None:
        """Remember what somebody is called who gives a command."""
        if self._met.get(person) != name:
            await self.desk.run(keep_name, person, name)
            self._met[person] = name

    async def waits_for_review(self, role: str) -> bool:
        """Whether what somebody in this role changes has to be proposed (`db.publishing`) instead of being made."""
        return role != "owner" and await self.desk.run(review_is_on)

    async def row(self, typed: str) -> tuple[str, Row]:
        """The row that is meant, with its table: its id, or `table:id` where an id is used twice. Raises `Refusal`."""
        table, colon, name = typed.rpartition(":")
        found = await self.desk.run(find, name if colon else typed)
        found = [(one, row) for one, row in found if not colon or one == table]
        if not found:
            raise Refusal("no_row", id=typed)
        if len(found) > 1:
            raise Refusal("ambiguous", ids=", ".join(f"{one}:{typed}" for one, _ in found))
        return found[0]

    async def unless_question(self, said: str, *, plainly: bool = False) -> None:
        """Raise `AskInstead` where what does not read as a value is a question that the bot answers.

        `plainly`: only where it has the words of one.
        """
        if len(said.split()) < LEAST_QUESTION:
            return
        if asks_plainly(said):
            raise AskInstead
        if plainly:
            return
        answer, _ = await asyncio.to_thread(self.current.assistant.ask, said)
        if answer.status == "answered" and answer.kind not in ("smalltalk", "help"):
            raise AskInstead

    async def say(self, request: Request, *parts: str, buttons: Sequence[Button] = ()) -> None:
        """Answer a command; the parts are Telegram HTML."""
        await self.sender.send(request.place, parts, buttons)

    async def show(self, tap: Tap, *parts: str, buttons: Sequence[Button] = ()) -> None:
        """Let the message that was tapped say this, in place of what it said."""
        place = place_of(tap.message)
        await self.sender.edit(place, [tap.message.message_id], parts, buttons)

    async def propose(self, request: Request, change: Change, *, leave: bool = True) -> str:
        """Hold a change against the rules, read it back, and wait for a tap; the draft's id.

        Raises what `review` raises. The draft is stored before its buttons leave. `leave`: whoever did it step by step
        is through.
        """
        id_, reviewed = await self.keep(change, request.message.message_id)
        doubts = await self._link_doubts(change)
        if change.kind != "delete":
            new = change.kind == "add"
            doubts += await doubts_of(self.current, change.table, reviewed.record, new=new)
        parts = self.read_back(change, reviewed, doubts, full=False)
        await self.say(request, *parts, buttons=draft_buttons(id_, change))
        if leave:  # only now: cut off before, the last answer is taken once more
            await self.steps.leave(change.who)
        return id_

    def read_back(
        self, change: Change, reviewed: Reviewed, doubts: Sequence[Note] = (), *, full: bool = True
    ) -> list[str]:
        """What a change would do, what is doubtful about it, and why it is made; `full`: with every field."""
        before, after = reviewed.step.before, reviewed.step.after
        told = draft_html(change.kind, change.table, reviewed.record, before, after, self.base, full=full)
        return [*told, *map(sentence, [*reviewed.warnings, *doubts]), *why_html(change.why)]

    async def _link_doubts(self, change: Change) -> list[Note]:
        """A doubt where the address that a change gives a source does not open."""
        url = change.values.get("url", "") if change.table == "sources" else ""
        if not self._check_links or not isinstance(url, str) or not url or await opens(url):
            return []
        return [Note("address_closed", {"url": url})]

    async def keep(self, change: Change, message: int = 0) -> tuple[str, Reviewed]:
        """Hold a change against the rules and store it as a draft: its id, and what it would do. Raises what `review` raises."""
        reviewed = await self.desk.run(review, change, self.current.clock())
        seen = None if reviewed.step.before is None else dict(reviewed.step.before)
        kept = Change(change.who, change.kind, change.table, change.row, change.values, change.why, seen)
        return await self.desk.run(keep_draft, kept, time.time(), message), reviewed

    async def tell_owners(self, note: Note) -> None:
        """Tell each owner who can be written to."""
        await sent_to_all(self.sender, self.owners, sentence(note))

    async def renewed(self) -> list[str]:
        """Answer from the base as it now is; what is told where that fails."""
        return [] if await self.renew() else [saying("not_loaded")]

    async def renew(self) -> bool:
        """Answer from the base as it now is; False, and a line in the log, where that fails."""
        try:
            await self.current.reload()
        except Exception:
            log.exception("The changed base could not be loaded; the one before goes on answering")
            return False
        note("edits")
        return True


class Work:
    """What somebody of the admin side does, with the ways to what all of it shares."""

    def __init__(self, office: Office) -> None:
        self._office = office
        self._desk = office.desk
        self._say = office.say
        self._show = office.show

    @property
    def _base(self) -> KnowledgeBase:
        return self._office.base
