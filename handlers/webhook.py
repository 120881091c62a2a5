"""The address that Telegram calls: who may call it, and what is taken.

An update is acknowledged when it is stored (`handlers.inbox`), or when it cannot be read (`handlers.intake`).
"""

from __future__ import annotations

import asyncio
import hmac
import json
from collections.abc import Awaitable, Callable
from typing import Any
from urllib.parse import urlsplit

from aiohttp import web

from handlers.inbox import Inbox
from handlers.intake import Intake
from handlers.life import until_done

MOST_BYTES = 1024 * 1024  # of a body; the server's own limit
SECRET_HEADER = "X-Telegram-Bot-Api-Secret-Token"
CLOSING_SECONDS = 3


class Webhook:
    """Takes updates at one path from whoever knows the secret."""

    def __init__(self, inbox: Inbox, intake: Intake, bot: Any, path: str, secret: str) -> None:
        self._inbox = inbox
        self._intake = intake
        self._bot = bot
        self._path = path
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


def path_of(url: str) -> str:
    """The path at which the server is called, by its public address."""
    return urlsplit(url).path or "/"
