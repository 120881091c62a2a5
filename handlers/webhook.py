"""The address that Telegram calls: who may call it, what is taken, and the life of a process that is called.

An update is acknowledged when it is stored (`handlers.inbox`). One that cannot be read is acknowledged too, with a line in
the log: refused, it would come again for a day and hold up those behind it.
"""

from __future__ import annotations

import asyncio
import hmac
import json
import logging
import signal
from collections.abc import Awaitable, Callable
from typing import Any
from urllib.parse import urlsplit

from aiohttp import web
from telegram import Update
from telegram.error import InvalidToken, TelegramError
from telegram.ext import Application

from handlers.inbox import ANSWERING_TASK, GRACE_SECONDS, Inbox, cancel_tasks
from handlers.reply import patience
from handlers.shapes import fits

log = logging.getLogger(__name__)

MOST_BYTES = 1024 * 1024  # of a body; the server's own limit
SECRET_HEADER = "X-Telegram-Bot-Api-Secret-Token"
CLOSING_SECONDS = 3


class Webhook:
    """Takes updates at one path from whoever knows the secret."""

    def __init__(self, inbox: Inbox, bot: Any, path: str, secret: str) -> None:
        self._inbox = inbox
        self._bot = bot
        self._path = path
        self._secret = secret.encode()

    async def answer(self, request: web.BaseRequest) -> web.Response:
        """One call: 200 when its update is stored, 4xx for anything that is not Telegram's."""
        if request.path != self._path:
            return web.Response(status=404)
        if request.method != "POST":
            return web.Response(status=405)
        given = request.headers.get(SECRET_HEADER, "").encode("utf-8", "surrogateescape")
        if not hmac.compare_digest(given, self._secret):
            return web.Response(status=403)
        if request.content_type != "application/json":
            return web.Response(status=415)
        body = await request.read()  # answers 413 where it is too long
        try:
            payload = body.decode()
            data = json.loads(payload)
        except (ValueError, RecursionError):
            return web.Response(status=400)
        if (update := self._read(data)) is not None:
            await self._inbox.receive(update, payload)
        return web.Response()

    def _read(self, data: Any) -> Update | None:
        try:
            if fits(data):
                return Update.de_json(data, self._bot)
            reason = "its shape"
        except Exception as error:  # whatever the library makes of what it does not know
            reason = type(error).__name__
        log.warning("An update could not be read: %s", reason)
        return None


def be_called(
    application: Application[Any, Any, Any, Any, Any, Any],
    webhook: Webhook,
    listen: str,
    port: int,
    announce: Callable[[], Awaitable[Any]],
) -> None:
    """Run until a signal; then finish what has begun. `announce` tells Telegram the address.

    Waits for a server that cannot be reached. Raises `InvalidToken` where the token is refused.
    """
    asyncio.get_event_loop().run_until_complete(_life(application, webhook, listen, port, announce))


async def _life(
    application: Application[Any, Any, Any, Any, Any, Any],
    webhook: Webhook,
    listen: str,
    port: int,
    announce: Callable[[], Awaitable[Any]],
) -> None:
    stop = asyncio.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        asyncio.get_running_loop().add_signal_handler(number, stop.set)
    if not await _until_done(application.initialize, stop):
        return
    runner = web.ServerRunner(
        web.Server(webhook.answer, access_log=None),
        shutdown_timeout=CLOSING_SECONDS,
    )
    try:
        if application.post_init:
            await application.post_init(application)
        await application.start()
        await runner.setup()
        await web.TCPSite(runner, listen, port).start()
        if await _until_done(announce, stop):
            await stop.wait()
    finally:
        await runner.cleanup()
        asyncio.get_running_loop().call_later(GRACE_SECONDS, cancel_tasks, ANSWERING_TASK)
        if application.running:
            await application.stop()
        await application.shutdown()


async def _until_done(call: Callable[[], Awaitable[Any]], stop: asyncio.Event) -> bool:
    """Make a call until it succeeds; False when it is time to stop before."""
    tries = 0
    while not stop.is_set():
        try:
            await call()
            return True
        except InvalidToken:
            raise
        except TelegramError as error:
            pause = patience(error, tries, 0)
            if pause is None:
                raise
            log.warning("Telegram cannot be reached: %s; trying again in %.1f s", error, pause)
            tries += 1
            with_pause = asyncio.create_task(stop.wait())
            await asyncio.wait([with_pause], timeout=pause)
            with_pause.cancel()
    return False


def path_of(url: str) -> str:
    """The path at which the server is called, by its public address."""
    return urlsplit(url).path or "/"
