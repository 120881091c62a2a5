"""Keeping the knowledge from a chat: one door, behind it one file for each job.

Nobody else learns that there is such a door: a stranger gets what any unknown command or old button gets. Everything
happens in private chats.
"""

from __future__ import annotations

import logging
import re
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import replace
from functools import partial
from typing import Any

from telegram import Chat, Document, Message, Update
from telegram.ext import (
    BaseHandler,
    CallbackQueryHandler,
    CommandHandler,
    ContextTypes,
    MessageHandler,
    filters,
)

from db.activity import Unavailable
from db.drafts import cancel_drafts_of
from db.errors import StoreError
from handlers.admin.article import TEXT_FILES, Articles
from handlers.admin.copying import Copying
from handlers.admin.editing import Editing, Reasons, parted
from handlers.admin.exchange import Exchange
from handlers.admin.exporting import Exporting
from handlers.admin.filling import NEW_SOURCE, Filling
from handlers.admin.forms import FORMS
from handlers.admin.gaps import Gaps
from handlers.admin.incoming import SENT, TABLE, WORDED, behind, in_words, meant
from handlers.admin.lines import Lines
from handlers.admin.naming import Naming
from handlers.admin.office import AskInstead, Office, Refusal, Request, Tap, told
from handlers.admin.overview import Overview
from handlers.admin.people import People
from handlers.admin.replacing import Replacing
from handlers.admin.restoring import Restoring
from handlers.admin.reviewing import Reviewing
from handlers.admin.steps import leaves
from handlers.admin.table import COMMANDS, Command, Role, at_least, open_to
from handlers.admin.updating import Updating
from handlers.ask import Asking
from handlers.buttons import acknowledge
from handlers.reply import place_of
from knowledge.telling.admin_texts import admin_text
from knowledge.telling.article_texts import article_text
from knowledge.telling.render import notice

log = logging.getLogger(__name__)

Job = Callable[[Request], Awaitable[None]]
Tapped = Callable[[Tap], Awaitable[None]]

DATA = re.compile(r"1:a:([a-z]{1,12}):([A-Za-z0-9_-]{1,32})")


class Admin:
    """The door: who may give a command, and what becomes of one that fails."""

    def __init__(
        self, office: Office, asking: Asking, leave: Callable[[Update, Any], Awaitable[None]]
    ) -> None:
        """`leave`: what `/huy` does where nothing waits to be saved."""
        self._office = office
        self._asking = asking
        self._leave = leave
        reviewing = Reviewing(office)
        self._editing = Editing(office, reviewing)
        filling = Filling(office)
        gaps = Gaps(office, self._editing, filling)
        self._exchange = exchange = Exchange(office)
        self._replacing = replacing = Replacing(office, exchange)
        exporting = Exporting(office)
        self._articles = articles = Articles(office, reviewing, filling.command(NEW_SOURCE))
        self.take = articles.take
        """What is typed without a command while a report is read; False where it is not meant for it."""
        updating = Updating(office)
        self.at_start = updating.at_start
        self._restoring = restoring = Restoring(office)
        naming = Naming(office)
        lines: dict[str, Job] = {
            "sua": self._editing.edit,
            "xoa": self._editing.delete,
            "them_cach_hoi": naming.add_question,
            "them_ten_khac": naming.add_name,
            "them_tu": naming.add_phrase,
            "hoan_tac": self._editing.undo,
        }
        self._lines = Lines(office, lines)
        self.copying = Copying(office)
        overview, people = Overview(office), People(office, reviewing)
        self._jobs: dict[str, Job] = {
            **{name: filling.command(name) for name in FORMS},
            **{name: self._lines.command(name) for name in lines},
            "doc_bai": articles.command,
            "lich_su": overview.history,
            "cho_duyet": reviewing.command,
            "nhap": exchange.command,
            "thay_muc": replacing.command,
            "mau": exporting.template,
            "xuat": exporting.export,
            "chua_tra_loi": gaps.command,
            "thong_ke": overview.usage,
            "tinh_trang": overview.standing,
            "tro_giup_quan_tri": overview.help,
            "quan_tri": people.command,
            "sao_luu": overview.backup,
            "khoi_phuc": restoring.command,
            "cap_nhat": updating.command,
        }
        self._taps: dict[str, tuple[Role, Tapped]] = {
            "s": ("editor", self._editing.save),
            "more": ("editor", self._editing.more),
            "g": ("editor", gaps.tapped),
            "h": ("editor", overview.tapped),
            "t": ("editor", overview.more_to_check),
            "c": ("editor", self._editing.cancel),
            "why": ("editor", Reasons(office).tap),
            "line": ("editor", self._lines.tap),
            "i": ("editor", exchange.save),
            "j": ("editor", exchange.cancel),
            "sheet": ("editor", exchange.tap),
            "levels": ("editor", replacing.tap),
            "review": ("editor", replacing.review),
            "d": ("editor", articles.tapped),
            "publish": ("reviewer", reviewing.publish),
            "reject": ("reviewer", reviewing.reject),
            "refuse": ("editor", reviewing.refuse),
            "again": ("editor", reviewing.again),
            "update": ("owner", updating.update),
            "later": ("owner", updating.later),
            "keep": ("owner", partial(updating.decide, take=False)),
            "take": ("owner", partial(updating.decide, take=True)),
            "form": ("editor", filling.tap),
            "restore": ("owner", restoring.restore),
            "norestore": ("owner", restoring.cancel),
            "back": ("owner", restoring.undo),
        }

    def handlers(self) -> list[BaseHandler[Any, Any, Any]]:
        """A handler for each command of the table, for the buttons, and for `/huy`."""
        new = filters.UpdateType.MESSAGE
        both = new | filters.UpdateType.EDITED_MESSAGE
        otherwise = self._asking.unknown_command
        return [
            *(
                CommandHandler(
                    one.name, partial(self._carry_out, one, otherwise=otherwise), both if one.why else new
                )
                for one in COMMANDS
            ),
            CommandHandler("huy", self.cancel, new),
            CallbackQueryHandler(self.tap, "^1:a:"),
            MessageHandler(self._office.steps.expects(), self.typed),
            MessageHandler(TABLE, self.pasted),
            MessageHandler(WORDED, self.worded),
            MessageHandler(SENT, self.sent),
        ]

    async def sent(self, update: Update, context: ContextTypes.DEFAULT_TYPE) -> None:
        """A file or a picture: the command under it says what it is for, else its name; any other is what it is for everybody."""
        message = update.effective_message
        if message is None:
            return
        if message.document and not message.caption and await self._awaited(message, message.document):
            return
        command = meant(message)
        if command is None:
            await self._asking.anything_else(update, context)
            return
        await self._carry_out(command, update, context, self._asking.anything_else)

    async def _awaited(self, message: Message, document: Document) -> bool:
        """Take a file for the table, or a text for the report, that somebody is asked for; False where he is not."""
        request = await self._request(message)
        if request is None:
            return False
        text = (document.file_name or "").lower().endswith(TEXT_FILES)
        try:
            taken = await self._replacing.file(request, document)
            return taken or (text and await self._articles.file(request, document))
        except StoreError as error:
            await self._office.say(request, told(error))
            return True

    async def _request(self, message: Message | None, typed: str = "") -> Request | None:
        """What somebody types or sends who may edit; None for anybody else."""
        user = message.from_user if message else None
        role = await self._office.role_of(user.id) if user else ""
        if message is None or user is None or not role:
            return None
        return Request(user.id, role, typed, message, place_of(message))

    @asynccontextmanager
    async def _refusing(self, request: Request) -> AsyncIterator[None]:
        """Tell why what is done inside cannot be done."""
        try:
            yield
        except (Refusal, StoreError) as error:
            await self._office.say(request, told(error))

    async def _carry_out(
        self,
        command: Command,
        update: Update,
        context: ContextTypes.DEFAULT_TYPE,
        otherwise: Callable[[Update, Any], Awaitable[None]],
    ) -> None:
        message, user = update.effective_message, update.effective_user
        if message is None or user is None or message.chat.type != Chat.PRIVATE:
            return  # as for any unknown command in a group
        role = await self._office.role_of(user.id)
        if command.name not in open_to(role):
            await otherwise(update, context)
            return
        await self._office.met(user.id, user.full_name)
        if update.edited_message is not None:
            await self._office.desk.run(cancel_drafts_of, user.id, message.message_id)
        text = message.text or message.caption or ""
        typed = behind(command, text)
        request = Request(user.id, role, typed, message, place_of(message))
        if not command.looks:
            await self._office.steps.leave(user.id)
        try:
            async with self._refusing(request):
                if command.why:
                    typed, why = parted(typed)
                    request = replace(request, typed=typed, why=why)
                await self._jobs[command.name](request)
        except Unavailable:
            log.exception("A command could not be carried out")
            await self._office.say(request, admin_text("storage_refused"))

    async def typed(self, update: Update, context: ContextTypes.DEFAULT_TYPE) -> None:
        """What somebody types in the middle of something; anything else is a question."""
        message, steps = update.effective_message, self._office.steps
        request = await self._request(message, ((message and message.text) or "").strip())
        step = await steps.here(request.person) if request else None
        taker = steps.takers.get(step.what) if step else None
        if request is None or step is None or taker is None:
            await self._asking.text(update, context)
            return
        if leaves(request.typed):
            await self.cancel(update, context)
            return
        async with self._refusing(request):
            try:
                await taker(request, step)
            except AskInstead:
                await self._asking.text(update, context)
                here, asker = await steps.here(request.person), steps.askers.get(step.what)
                if here is not None and asker is not None:
                    await asker(request, here)

    async def worded(self, update: Update, context: ContextTypes.DEFAULT_TYPE) -> None:
        """A command typed as words by somebody who may give it; anybody else's is a question."""
        command, _ = in_words((update.effective_message and update.effective_message.text) or "")
        if command is not None:
            await self._carry_out(command, update, context, self._asking.text)

    async def pasted(self, update: Update, context: ContextTypes.DEFAULT_TYPE) -> None:
        """A table in a message of somebody who may edit; anybody else's is a question."""
        message = update.effective_message
        request = await self._request(message, (message and message.text) or "")
        if request is None:
            await self._asking.text(update, context)
            return
        async with self._refusing(request):
            await self._exchange.pasted(request)

    async def cancel(self, update: Update, context: ContextTypes.DEFAULT_TYPE) -> None:
        """`/huy`: leave the last thing that was begun, drop what waits to be saved; else what it always means."""
        message, user = update.effective_message, update.effective_user
        if message and user and message.chat.type == Chat.PRIVATE and await self._office.role_of(user.id):
            request = Request(user.id, "", "", message, place_of(message))
            left = await self._office.steps.leave(user.id)
            left = self._restoring.drop(user.id) or left
            if not left and await self._articles.cancel(user.id):
                await self._office.say(request, article_text("closed"))
                return
            if await self._editing.cancel_all(request, left=left):
                return
        await self._leave(update, context)

    async def tap(self, update: Update, _: ContextTypes.DEFAULT_TYPE) -> None:
        """A button of the admin side; to anybody who may not, it is an old one."""
        query = update.callback_query
        if query is None:
            return
        found = DATA.fullmatch(query.data or "")
        message, person = query.message, query.from_user.id
        known = self._taps.get(found[1]) if found else None
        private = isinstance(message, Message) and message.chat.type == Chat.PRIVATE
        role = await self._office.role_of(person) if private and known else ""
        if not (found and known and isinstance(message, Message) and at_least(role, known[0])):
            await acknowledge(query, notice("stale_button"))
            return
        tap = Tap(query, message, person, role, found[2])
        try:
            await known[1](tap)
        except (Refusal, StoreError) as error:
            await acknowledge(query)
            await self._office.show(tap, told(error))
        except Unavailable:  # the buttons stay, for when the disk is well again
            log.exception("A draft could not be dealt with")
            await acknowledge(query, admin_text("storage_refused"))
