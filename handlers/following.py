"""Following: `/theo_doi`, `/bo_theo_doi`, the button under a gap, and the digests that go out when something is published."""

from __future__ import annotations

import asyncio
import logging
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

from telegram import Chat, Message, Update
from telegram.error import BadRequest, RetryAfter, TelegramError
from telegram.ext import ContextTypes

from db import following, recording
from db.activity import Activity, Unavailable
from db.following import Notice
from db.history import Done
from handlers.chats import behind_command
from handlers.current import Current
from handlers.errors import chat_gone
from handlers.reply import Place, Sender, patience, place_of
from handlers.shown import records
from knowledge.dialogue import Context
from knowledge.following import Subject, matches, matches_table, subject_of_gap, subject_of_words
from knowledge.records import Answer, Figure
from knowledge.telling.following_texts import News, described, digest, following_text, list_html

log = logging.getLogger(__name__)

SETTLE_SECONDS = 60
"""A digest waits until nothing was edited for so long, so that a morning's work is told once."""

PAUSE_SECONDS = 0.05
"""Between two digests: at most twenty a second, which leaves room for answers below Telegram's limit of thirty."""

LATER_SECONDS = (60.0, 300.0, 1800.0, 7200.0, 43200.0)
"""Before a chat that could not be told is tried again; the last one again and again, until the notices are old."""

TOLD = frozenset({"documents", "events", "entries", "support_levels"})
"""Tables whose new rows are told."""
_MARK = "follow:"
_ALL = frozenset({"het", "hết", "tat ca", "tất cả", "tat_ca"})


class Following:
    """Who follows what, and the work of telling them."""

    def __init__(
        self,
        current: Current,
        activity: Activity,
        sender: Sender,
        teller: Sender | None = None,
        settle: int = SETTLE_SECONDS,
    ) -> None:
        """`teller`: sends digests, each once, so that no chat waits for another."""
        self._teller = teller or sender
        self._later: dict[int, tuple[float, int]] = {}
        self._current = current
        self._activity = activity
        self._sender = sender
        self._settle = settle
        self._turn = asyncio.Lock()
        self._clock = time.monotonic

    async def follow(self, update: Update, _: ContextTypes.DEFAULT_TYPE) -> None:
        """`/theo_doi` with what is to be followed."""
        message = update.effective_message
        if message is None or not await self._private(message):
            return
        typed = behind_command(message.text)
        if not typed:
            await self._say(message, following_text("usage"))
            return
        reader = self._current.assistant.reader
        subject = subject_of_words(reader.read(typed, self._current.clock()))
        if subject.empty:
            await self._say(message, following_text("unclear"))
            return
        await self._say(message, await self._followed(message.chat.id, subject))

    async def unfollow(self, update: Update, _: ContextTypes.DEFAULT_TYPE) -> None:
        """`/bo_theo_doi`: the list; with a number that one; with `het` everything."""
        message = update.effective_message
        if message is None or not await self._private(message):
            return
        typed = behind_command(message.text).lower()
        rows = await self._activity.carry_out(following.followed, message.chat.id)
        subjects = [Subject.from_json(text) for _, text in rows]
        base = self._current.assistant.base
        if not subjects:
            await self._say(message, following_text("nothing"))
        elif not typed:
            await self._say(message, list_html(subjects, base))
        elif typed in _ALL:
            await self._activity.carry_out(following.unfollow, message.chat.id)
            await self._say(message, following_text("stopped_all"))
        elif typed.isdecimal() and 1 <= int(typed) <= len(subjects):
            chosen = subjects[int(typed) - 1]
            await self._activity.carry_out(following.unfollow, message.chat.id, chosen.to_json())
            await self._say(message, following_text("stopped", subject=described(chosen, base)))
        else:
            await self._say(message, following_text("no_such", number=typed[:20]))

    def choice(self, answer: Answer, after: Context) -> tuple[tuple[str, str], ...]:
        """The button under a gap as a stored choice, where the gap is one that a figure would fill."""
        if answer.status != "no_answer" or answer.kind != "figure" or after.wanted is None:
            return ()
        subject = subject_of_gap(after.wanted)
        return () if subject.empty else ((following_text("button"), _MARK + subject.to_json()),)

    async def tapped(self, chat: int, stored: str) -> str:
        """Follow what a stored choice stands for; what to say, empty where it is none of a gap."""
        if not stored.startswith(_MARK):
            return ""
        if chat < 0:
            return following_text("private_only")
        return await self._followed(chat, Subject.from_json(stored.removeprefix(_MARK)))

    async def _followed(self, chat: int, subject: Subject) -> str:
        fresh = await self._activity.carry_out(
            following.follow, chat, subject.to_json(), self._activity.now()
        )
        told = described(subject, self._current.assistant.base)
        return following_text("followed" if fresh else "already", subject=told)

    async def _private(self, message: Message) -> bool:
        if message.chat.type == Chat.PRIVATE:
            return True
        await self._say(message, following_text("private_only"))
        return False

    async def _say(self, message: Message, text: str) -> None:
        await self._sender.send(place_of(message), [text])

    async def work(self, _: ContextTypes.DEFAULT_TYPE) -> None:
        """Look for changes and tell those whom they concern; called again and again, never twice at once."""
        if self._turn.locked():
            return
        async with self._turn:
            try:
                await self._collect()
                await self._send()
            except Unavailable:
                log.exception("Followers could not be told; tried again later")

    async def _collect(self) -> None:
        do = self._activity.carry_out
        await do(following.begin)
        quiet = datetime.now(UTC) - timedelta(seconds=self._settle) if self._settle else datetime.max
        changes = await do(following.unread, quiet.isoformat(timespec="seconds"))
        if not changes:
            return
        after = await do(following.mark)
        followers = [(chat, Subject.from_json(text)) for chat, text in await do(following.followed)]
        since = self._activity.now() - recording.KEEP_SHOWN
        saw: dict[str, list[int]] = {}
        for change in changes:
            if change.table == "figures" and change.before is not None and change.row not in saw:
                chats = await do(recording.who_saw, change.row, since)
                saw[change.row] = [chat for chat in chats if chat > 0]

        def concerned() -> list[Notice]:
            return [
                one for change in changes for one in self._notices(change, followers, saw.get(change.row, []))
            ]

        notices = await asyncio.to_thread(concerned)  # an import may have thousands of rows
        await do(following.enqueue, after, changes[-1].id, notices, self._activity.now())

    def _notices(self, change: Done, followers: list[tuple[int, Subject]], saw: list[int]) -> list[Notice]:
        """Whom a change concerns: those who saw the figure before, else those who follow what it is about."""
        base = self._current.assistant.base
        found: dict[int, Notice] = {}
        if change.before is not None and change.table == "figures":
            about = following.told_before(change)
            told = [(chat, "corrected", about) for chat in saw] if about else []
        else:
            figure = base.figures.get(change.row) if change.table == "figures" else None
            fits: Callable[[Subject], bool] = (
                (lambda subject: matches(subject, figure))
                if figure is not None
                else (lambda subject: change.before is None and matches_table(subject, change.table))
            )
            told = [(chat, "new", subject.to_json()) for chat, subject in followers if fits(subject)]
        for chat, kind, about in told:
            found.setdefault(chat, Notice(chat, change.id, kind, change.table, change.row, about))
        return list(found.values())

    async def _send(self) -> None:
        """One message to each chat that waits.

        A chat that cannot be told now is told later, after growing pauses, while the others are told; one that is gone
        for good is forgotten.
        """
        do = self._activity.carry_out
        now = self._clock()
        resting = {chat for chat, (until, _) in self._later.items() if until > now}
        while (waiting := await do(following.next_chat, resting)) is not None:
            chat, notices = waiting
            resting.add(chat)
            parts = digest(self._news(notices), self._current.assistant.base)
            try:
                if parts:
                    await self._teller.send(Place(chat), parts)
            except TelegramError as error:
                if not await self._settled(chat, error):
                    continue
            self._later.pop(chat, None)
            await do(following.told, chat, notices[-1].change)
            await asyncio.sleep(PAUSE_SECONDS)

    async def _settled(self, chat: int, error: TelegramError) -> bool:
        """Whether a digest that failed is not to be tried again."""
        if chat_gone(error):
            await self._activity.carry_out(following.gone, chat)
            return True
        if isinstance(error, BadRequest):
            log.warning("A digest was refused, and is dropped: %s", error)
            return True
        _, tries = self._later.get(chat, (0.0, 0))
        asked = patience(error, 0, 0) if isinstance(error, RetryAfter) else None
        pause = max(asked or 0.0, LATER_SECONDS[min(tries, len(LATER_SECONDS) - 1)])
        self._later[chat] = (self._clock() + pause, tries + 1)
        log.info("A digest waits for %.0f s: %s", pause, error)
        return False

    def _news(self, notices: list[Notice]) -> News:
        """What the notices of one chat come to: each row once, corrections from what was shown to what holds now."""
        base = self._current.assistant.base
        figures: dict[str, Figure] = {}
        rows: dict[str, str] = {}
        before: dict[str, list[str]] = {}
        for one in notices:
            now = base.figures.get(one.row) if one.table == "figures" else None
            if one.kind == "corrected":
                before.setdefault(one.row, []).append(one.about)
            elif now is not None:
                figures[one.row] = now
            elif title := _title(self._current, one.table, one.row):
                rows[one.row] = title
        fresh = tuple(figure for id_, figure in figures.items() if id_ not in before)
        pairs = [
            (following.figure_before(told, base.figures.get(id_)), base.figures.get(id_))
            for id_, told in before.items()
        ]
        corrected = tuple((old, now) for old, now in pairs if old is not None and old != now)
        return News(fresh, tuple(rows.values()), corrected)


def _title(current: Current, table: str, row: str) -> str:
    record = records(current.assistant.base, table).get(row) if table in TOLD else None
    if record is None:
        return ""
    if table == "documents":
        return f"{record.kind} {record.number}: {record.about or record.title}".strip()
    return str(getattr(record, "title", "") or record.name)
