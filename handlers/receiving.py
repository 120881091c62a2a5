"""How updates are taken: at an address that Telegram calls, or by asking for them again and again.

An update is acknowledged when it is stored (`handlers.inbox`), or when it cannot be read (`handlers.intake`).
"""

from __future__ import annotations

import asyncio
import hmac
import json
import logging
from collections.abc import Awaitable, Callable, Sequence
from typing import Any
from urllib.parse import urlsplit

from aiohttp import web
from telegram.error import Conflict, InvalidToken, RetryAfter, TelegramError

from handlers.inbox import Inbox
from handlers.intake import Intake
from handlers.life import until_done
from handlers.reply import PAUSES, patience
from handlers.watch import Watch

log = logging.getLogger(__name__)

MOST_BYTES = 1024 * 1024  # of a body; the server's own limit
SECRET_HEADER = "X-Telegram-Bot-Api-Secret-Token"
CLOSING_SECONDS = 3
LISTEN_SECONDS = 10
"""How long Telegram may keep a call for updates that finds none."""


class Webhook:
    """Takes updates at one path from whoever knows the secret."""

    def __init__(self, inbox: Inbox, intake: Intake, bot: Any, url: str, secret: str) -> None:
        """`url`: the public address."""
        self._inbox = inbox
        self._intake = intake
        self._bot = bot
        self._path = urlsplit(url).path or "/"
        self._secret = secret.encode()

    async def answer(self, request: web.BaseRequest) -> web.Response:
        """One call: 200 when its update is stored, 4xx for anything that is not Telegram's."""
        if status := self._refused(request):
            return web.Response(status=status)
        try:
            body = await request.read()  # answers 413 where it is too long
            payload = body.decode()
            data = json.loads(payload)
        except web.HTTPException:
            raise
        except Exception:  # no JSON, or packed in a way that cannot be unpacked
            return web.Response(status=400)
        if (update := self._intake.read(data, self._bot)) is not None:
            await self._inbox.receive(update, payload)
        return web.Response()

    def _refused(self, request: web.BaseRequest) -> int:
        """Why the call is not heard, 0 where it is."""
        given = request.headers.get(SECRET_HEADER, "").encode("utf-8", "surrogateescape")
        if request.path != self._path:
            return 404
        if request.method != "POST":
            return 405
        if not hmac.compare_digest(given, self._secret):
            return 403
        return 0 if request.content_type == "application/json" else 415

    async def listen(
        self, address: str, port: int, announce: Callable[[], Awaitable[Any]], stop: asyncio.Event
    ) -> None:
        """Listen until cancelled. `announce` tells Telegram the address."""
        server = web.Server(self.answer, access_log=None)
        runner = web.ServerRunner(server, shutdown_timeout=CLOSING_SECONDS)
        try:
            await runner.setup()
            await web.TCPSite(runner, address, port).start()
            await until_done(announce, stop)
            await stop.wait()
        finally:
            await runner.cleanup()


class Polling:
    """Takes updates by asking for them."""

    def __init__(self, bot: Any, inbox: Inbox, watch: Watch, allowed: Sequence[str]) -> None:
        """`allowed`: kinds of updates that are asked for."""
        self._bot = bot
        self._inbox = inbox
        self._watch = watch
        self._allowed = allowed

    async def receive(self, stop: asyncio.Event) -> None:
        """Ask until cancelled. Raises `InvalidToken` where the token is refused: Telegram has forgotten this bot."""
        await until_done(self._bot.delete_webhook, stop)
        offset: int | None = None
        failed = 0
        while True:
            try:
                updates = await self._bot.get_updates(
                    offset=offset, timeout=LISTEN_SECONDS, allowed_updates=self._allowed
                )
                failed = 0
            except InvalidToken:
                raise
            except TelegramError as error:
                self._watch.overheard(isinstance(error, Conflict))
                log.warning("No updates: %s", error)
                await asyncio.sleep(_pause(error, failed))
                failed += 1
                continue
            self._watch.overheard(False)
            for update in updates:  # acknowledged, by the next call, only once they are stored
                await self._inbox.put(update)
                offset = update.update_id + 1


def _pause(error: TelegramError, failed: int) -> float:
    asked = patience(error, 0, 0) if isinstance(error, RetryAfter) else None
    return asked or min(LISTEN_SECONDS, PAUSES[min(failed, len(PAUSES) - 1)])
