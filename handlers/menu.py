"""What Telegram shows of the bot before anybody has typed: its commands and descriptions."""

from __future__ import annotations

import html
import logging
from collections.abc import Awaitable, Callable
from functools import partial

from telegram import (
    Bot,
    BotCommand,
    BotCommandScopeAllGroupChats,
    BotCommandScopeAllPrivateChats,
    BotCommandScopeChat,
    BotCommandScopeDefault,
)
from telegram.error import TelegramError

from handlers.admin.table import open_to
from handlers.reply import BRIEFLY, patiently
from knowledge.telling.admin_texts import menu_text
from knowledge.telling.guide_texts import guide_text
from knowledge.telling.render import notice

log = logging.getLogger(__name__)

PRIVATE = ("hoi", "dieu_kien", "huy", "theo_doi", "bo_theo_doi", "trogiup", "quen", "riengtu", "xoa_du_lieu")
GROUP = ("hoi", "trogiup", "quen")


async def set_menu(bot: Bot) -> None:
    """Tell Telegram; a refusal is logged and keeps nobody from being answered.

    Set without a language, so that everybody sees the Vietnamese texts whatever language their Telegram is in.
    """
    for scope, names in (
        (BotCommandScopeDefault(), PRIVATE),
        (BotCommandScopeAllPrivateChats(), PRIVATE),
        (BotCommandScopeAllGroupChats(), GROUP),
    ):
        texts = {name: text for name in names if (text := _plain(f"command_{name}"))}
        commands = [BotCommand(name, text) for name, text in texts.items()]
        if commands:
            await _try(partial(bot.set_my_commands, commands, scope))
    if description := _plain("description"):
        await _try(partial(bot.set_my_description, description))
    if short := _plain("short_description"):
        await _try(partial(bot.set_my_short_description, short))


async def set_role_menu(bot: Bot, person: int, role: str) -> None:
    """The commands that this person's role may give, in the menu of that chat only."""
    commands = [BotCommand(name, text) for name in PRIVATE if (text := _plain(f"command_{name}"))]
    commands += [BotCommand(name, menu_text(name)) for name in open_to(role)]
    await _try(partial(bot.set_my_commands, commands, BotCommandScopeChat(person)))


async def clear_role_menu(bot: Bot, person: int) -> None:
    """The menu that everybody has again."""
    await _try(partial(bot.delete_my_commands, BotCommandScopeChat(person)))


async def _try(call: Callable[[], Awaitable[bool]]) -> None:
    try:
        await patiently(call, BRIEFLY)
    except TelegramError as error:
        log.warning("The menu could not be set: %s", error)


def _plain(code: str) -> str:
    """Empty when there is no such text: then what was set before, in @BotFather for example, stays."""
    for text in (notice, guide_text):
        try:
            return html.unescape(text(code))
        except KeyError:
            continue
    return ""
