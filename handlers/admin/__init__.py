"""Keeping the knowledge from a chat: one door, behind it one file for each job.

Nobody else learns that there is such a door: a stranger gets what any unknown command or old button gets. Everything
happens in private chats.
"""

from __future__ import annotations

import logging
import re
from collections.abc import Awaitable, Callable
from typing import Any

from telegram import CallbackQuery, Chat, Message, Update
from telegram.ext import (
    BaseHandler,
    CallbackQueryHandler,
    CommandHandler,
    ContextTypes,
    MessageHandler,
    filters,
)

from db.activity import Unavailable
from db.errors import StoreError
from db.roles import is_editor
from handlers.admin.article import DATA as ARTICLE_DATA
from handlers.admin.article import TEXT_FILES, Articles
from handlers.admin.editing import Editing
from handlers.admin.exchange import SHEETS, TAPS, Exchange
from handlers.admin.gaps import Gaps
from handlers.admin.office import Office, Refusal, Request, told
from handlers.admin.overview import Overview
from handlers.admin.people import People
from handlers.admin.table import COMMANDS, Command, open_to
from handlers.admin.usage import UsagePages
from handlers.ask import Asking, Incoming
from handlers.buttons import acknowledge
from handlers.reply import place_of
from knowledge.telling.admin_texts import admin_text
from knowledge.telling.article_texts import article_text
from knowledge.telling.render import notice

log = logging.getLogger(__name__)

Job = Callable[[Request], Awaitable[None]]

DATA = re.compile(r"1:a:([a-z]):([A-Za-z0-9_-]{1,32})")
_NAME = re.compile(r"/\w+(?:@\w+)?\s*")


class Admin:
    """The door: who may give a command, and what becomes of one that fails."""

    def __init__(
        self, office: Office, asking: Asking, leave: Callable[[Update, Any], Awaitable[None]]
    ) -> None:
        """`leave`: what `/huy` does where nothing waits to be saved."""
        self._office = office
        self._asking = asking
        self._leave = leave
        self._editing = Editing(office)
        self._gaps = Gaps(office, self._editing)
        self._usage = UsagePages(office)
        self._exchange = Exchange(office)
        self._articles = Articles(office)
        overview, people = Overview(office), People(office)
        self._jobs: dict[str, Job] = {
            "them_so_lieu": self._editing.add_figure,
            "them_nguon": self._editing.add_source,
            "them_cach_hoi": self._editing.add_question,
            "doc_bai": self._articles.command,
            "sua": self._editing.edit,
            "xoa": self._editing.delete,
            "lich_su": overview.history,
            "hoan_tac": self._editing.undo,
            "chua_tra_loi": self._gaps.command,
            "thong_ke": self._usage.usage,
            "tinh_trang": self._usage.standing,
            "nhap": self._exchange.command,
            "mau": self._exchange.template,
            "xuat": self._exchange.export,
            "tro_giup_quan_tri": overview.help,
            "quan_tri": people.command,
            "sao_luu": overview.backup,
        }

    def handlers(self) -> list[BaseHandler[Any, Any, Any]]:
        """A handler for each command of the table, for the buttons, and for `/huy`."""
        new = filters.UpdateType.MESSAGE
        found: list[BaseHandler[Any, Any, Any]] = [
            CommandHandler(command.name, self._behind_the_door(command), new) for command in COMMANDS
        ]
        return [
            *found,
            CommandHandler("huy", self.cancel, new),
            CallbackQueryHandler(self.tap, "^1:a:"),
            CallbackQueryHandler(self.tap_article, "^1:d:"),
            MessageHandler(filters.ChatType.PRIVATE & new & TEXT_FILES, self.text_file),
            MessageHandler(filters.ChatType.PRIVATE & new & SHEETS, self.document),
        ]

    async def take(self, incoming: Incoming) -> bool:
        """What somebody who may edit types without a command while he reads a report; False where it is not meant for it."""
        return await self._articles.take(incoming)

    async def text_file(self, update: Update, context: ContextTypes.DEFAULT_TYPE) -> None:
        """A text file: a report, where one is waited for; for everybody else what any file is."""
        message, user = update.effective_message, update.effective_user
        role = await self.role_of(user.id) if user else ""
        if message and user and message.document and role:
            request = Request(user.id, role, "", message, place_of(message, quote=False))
            try:
                if await self._articles.file(request, message.document):
                    return
            except StoreError as error:
                await self._office.say(request, told(error))
                return
        await self._asking.anything_else(update, context)

    async def tap_article(self, update: Update, _: ContextTypes.DEFAULT_TYPE) -> None:
        """A button under the rows of a report."""
        query = update.callback_query
        if query is None:
            return
        found = ARTICLE_DATA.fullmatch(query.data or "")
        message = query.message
        if found is None or not isinstance(message, Message) or not await self._allowed(query, message):
            await acknowledge(query, notice("stale_button"))
            return
        try:
            await self._articles.tapped(query, message, found)
        except StoreError as error:
            await self._office.sender.send(place_of(message, quote=False), [told(error)])

    async def role_of(self, person: int) -> str:
        """`owner`, `editor`, or empty. The one place where this is decided."""
        if person in self._office.owners:
            return "owner"
        try:
            return "editor" if await self._office.desk.run(is_editor, person) else ""
        except (Unavailable, StoreError):
            log.exception("Nobody but owners is let in: the roles could not be read")
            return ""

    def _behind_the_door(self, command: Command) -> Callable[[Update, ContextTypes.DEFAULT_TYPE], Any]:
        async def handle(update: Update, context: ContextTypes.DEFAULT_TYPE) -> None:
            message, user = update.effective_message, update.effective_user
            if message is None or user is None or message.chat.type != Chat.PRIVATE:
                return  # as for any unknown command in a group
            role = await self.role_of(user.id)
            if command.name not in open_to(role):
                await self._asking.unknown_command(update, context)
                return
            typed = _NAME.sub("", message.text or "", count=1).strip()
            place = place_of(message, quote=False)
            request = Request(user.id, role, typed, message, place)
            try:
                await self._jobs[command.name](request)
            except (Refusal, StoreError) as error:
                await self._office.say(request, told(error))
            except Unavailable:
                log.exception("A command could not be carried out")
                await self._office.say(request, admin_text("storage_refused"))

        return handle

    async def document(self, update: Update, context: ContextTypes.DEFAULT_TYPE) -> None:
        """A file for import; from a stranger it is any file."""
        message, user = update.effective_message, update.effective_user
        if message is None or user is None or message.document is None:
            return
        role = await self.role_of(user.id)
        if "nhap" not in open_to(role):
            await self._asking.anything_else(update, context)
            return
        caption = message.caption or ""
        typed = _NAME.sub("", caption, count=1).strip() if caption.startswith("/nhap") else ""
        request = Request(user.id, role, typed, message, place_of(message, quote=False))
        try:
            await self._exchange.sent(request, message.document)
        except (Refusal, StoreError) as error:
            await self._office.say(request, told(error))

    async def cancel(self, update: Update, context: ContextTypes.DEFAULT_TYPE) -> None:
        """`/huy`: drop what waits to be saved; where nothing does, what it always means."""
        message, user = update.effective_message, update.effective_user
        if message and user and message.chat.type == Chat.PRIVATE and await self.role_of(user.id):
            request = Request(user.id, "", "", message, place_of(message, quote=False))
            if await self._articles.cancel(user.id):
                await self._office.say(request, article_text("closed"))
                return
            if await self._editing.cancel_all(request):
                return
        await self._leave(update, context)

    async def tap(self, update: Update, _: ContextTypes.DEFAULT_TYPE) -> None:
        """[Lưu] or [Huỷ] under a draft, and the buttons of `/chua_tra_loi`."""
        query = update.callback_query
        if query is None:
            return
        found = DATA.fullmatch(query.data or "")
        message = query.message
        if found is None or not isinstance(message, Message) or not await self._allowed(query, message):
            await acknowledge(query, notice("stale_button"))
            return
        if found[1] in TAPS:
            await self._exchange.tapped(query, message, found[1], found[2])
            return
        try:
            if found[1] == "g":
                await self._gaps.tapped(query, message, found[2])
            elif found[1] == "t":
                await self._usage.tapped(query, message, found[2])
            else:
                await self._editing.tapped(query, message, found[1], found[2])
        except (Refusal, StoreError) as error:
            await acknowledge(query)
            place = place_of(message, quote=False)
            await self._office.sender.edit(place, [message.message_id], [told(error)])
        except Unavailable:  # the buttons stay, for when the disk is well again
            log.exception("A draft could not be dealt with")
            await acknowledge(query, admin_text("storage_refused"))

    async def _allowed(self, query: CallbackQuery, message: Message) -> bool:
        return message.chat.type == Chat.PRIVATE and bool(await self.role_of(query.from_user.id))
