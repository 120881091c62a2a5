"""Is all well? Asked by a job, which tells the owners once of a disk that takes no more, and over HTTP on loopback."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Sequence
from http import HTTPStatus
from typing import Any

import tornado.httpserver
import tornado.web
from telegram.error import TelegramError
from telegram.ext import ContextTypes

from db.activity import Activity, Unavailable
from db.health import touch, trouble
from handlers.reply import Place, Sender
from handlers.watch import Watch
from knowledge.telling.admin_texts import admin_text

log = logging.getLogger(__name__)

JOB_SECONDS = 2.0
TOUCH_SECONDS = 60.0  # between two writes while all is well
AGAIN_SECONDS = 10.0  # and while it is not
PATIENCE_SECONDS = 1.5  # a write that takes longer goes on, and is taken for trouble
DEAF_SECONDS = 60.0  # a call for updates that finds none comes back within ten
STUCK_SECONDS = 120.0  # longer than the longest wait that Telegram may ask of one chat


class Health:
    """Looks after the database, the calls for updates and the queue."""

    def __init__(
        self, watch: Watch, activity: Activity, sender: Sender, owners: Sequence[int], *, polling: bool
    ) -> None:
        self._watch = watch
        self._activity = activity
        self._sender = sender
        self._owners = owners
        self._polling = polling
        self._touching: asyncio.Task[None] | None = None
        self._touched_at = float("-inf")
        self._database = ""
        self._told = ""

    async def problems(self) -> dict[str, str]:
        """Check → what is wrong; empty when all is well. Takes `PATIENCE_SECONDS` at most."""
        now = self._watch.clock()
        found = {}
        if self._polling and (deaf := now - self._watch.heard_at) > DEAF_SECONDS:
            found["polling"] = f"no answer to getUpdates for {deaf:.0f} s"
        if (stuck := self._watch.stuck) > STUCK_SECONDS:
            found["queue"] = f"{self._watch.waiting} updates wait, none finished for {stuck:.0f} s"
        if database := await self._check_database(now):
            found["database"] = f"cannot be written: {database}"
        return found

    async def _check_database(self, now: float) -> str:
        """The present trouble with the file, empty when there is none."""
        pause = AGAIN_SECONDS if self._database else TOUCH_SECONDS
        if self._touching is None and not self._watch.suspicious and now - self._touched_at < pause:
            return self._database
        if self._touching is None:
            self._watch.suspicious = False
            self._touching = asyncio.create_task(self._activity.carry_out(touch))
        done, _ = await asyncio.wait([self._touching], timeout=PATIENCE_SECONDS)
        if not done:
            self._database = "busy"
            return self._database
        error = self._touching.exception()
        self._touching = None
        self._touched_at = self._watch.clock()
        self._database = trouble(error) if isinstance(error, Unavailable) else "failed" if error else ""
        return self._database

    async def look(self, _: ContextTypes.DEFAULT_TYPE) -> None:
        """The job: tell the owners once when the disk takes no more, and once when it does again."""
        await self.problems()
        kind = self._database
        if kind == "busy" or bool(kind) == bool(self._told):
            return  # a wait may be over soon; what was told need not be told again
        log.log(logging.ERROR if kind else logging.INFO, "The database %s", kind or "takes writes again")
        self._told = kind
        text = admin_text(f"storage_{kind}" if kind else "storage_well")
        for owner in self._owners:
            try:
                await self._sender.send(Place(owner), [text])
            except TelegramError as error:
                log.warning("An owner could not be told about the database: %s", error)


class _Page(tornado.web.RequestHandler):
    def initialize(self, watch: Watch, health: Health) -> None:
        self.watch = watch
        self.health = health

    def set_default_headers(self) -> None:
        self.clear_header("Server")


class _Metrics(_Page):
    async def get(self) -> None:
        self.set_header("Content-Type", "text/plain; version=0.0.4; charset=utf-8")
        self.write(self.watch.exposition(await self.health.problems()))


class _Health(_Page):
    async def get(self) -> None:
        problems = await self.health.problems()
        self.set_header("Content-Type", "text/plain; charset=utf-8")
        self.set_status(HTTPStatus.SERVICE_UNAVAILABLE if problems else HTTPStatus.OK)
        self.write("".join(f"{check}: {what}\n" for check, what in problems.items()) or "ok\n")


def _no_log(_: tornado.web.RequestHandler) -> None:
    """A scrape every few seconds is no news."""


def serve(port: int, watch: Watch, health: Health) -> tornado.httpserver.HTTPServer:
    """Answer `/metrics` and `/health` on loopback, nowhere else. The caller stops the server."""
    parts: dict[str, Any] = {"watch": watch, "health": health}
    pages: list[Any] = [("/metrics", _Metrics, parts), ("/health", _Health, parts)]
    return tornado.web.Application(pages, log_function=_no_log).listen(port, "127.0.0.1")
