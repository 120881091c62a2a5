"""Is all well? Judged by answers, by a job that tells the owners in words and feeds systemd, and over HTTP on loopback."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable, Sequence
from http import HTTPStatus
from pathlib import Path

from aiohttp import web
from telegram.ext import ContextTypes

from db.activity import Activity, Unavailable
from db.connection import touch, trouble
from db.errors import where_to_restore
from handlers.life import tell_systemd
from handlers.reply import Sender, sent_to_all
from handlers.watch import Watch
from knowledge.telling.admin_texts import admin_text
from knowledge.telling.service_texts import service_text

log = logging.getLogger(__name__)

JOB_SECONDS = 2.0
TOUCH_SECONDS = 60.0  # between two writes while all is well
AGAIN_SECONDS = 10.0  # and while it is not
PATIENCE_SECONDS = 1.5  # a write that takes longer goes on, and is taken for trouble
DEAF_SECONDS = 60.0  # a call for updates that finds none comes back within ten
STUCK_SECONDS = 120.0  # without an update being finished, while some could be
MUTE_SECONDS = 120.0  # without a successful call, while answers wait for one
ASK_SECONDS = 60.0  # between two questions that the bot asks itself
TELL_SECONDS = 60.0  # between two attempts to tell owners
MOST_CONFLICTS = 2  # in a row; one may be the process before this, which is about to end
FATAL = frozenset({"polling", "queue", "calls", "answers"})
"""Checks that a new start may mend; systemd is not told that all is well while one of them fails."""


class Health:
    """Looks after the database, the calls to Telegram, the queue and the answers."""

    def __init__(
        self,
        watch: Watch,
        activity: Activity,
        sender: Sender,
        owners: Sequence[int],
        *,
        polling: bool,
        ask: Callable[[], object] = lambda: None,
        path: Path | None = None,
    ) -> None:
        """`ask`: answers a question in this process, or raises; `path`: of the database, for what owners are told."""
        self._watch = watch
        self._activity = activity
        self._sender = sender
        self._owners = owners
        self._polling = polling
        self._ask = ask
        self._path = path
        self._touching: asyncio.Task[None] | None = None
        self._touched_at = self._asked_at = self._tried_at = float("-inf")
        self._database = self._answers = ""
        self._told: set[str] = set()
        self._logged: set[str] = set()
        self._unreadable_told = 0

    async def problems(self) -> dict[str, str]:
        """Check → what is wrong; empty when all is well. Takes `PATIENCE_SECONDS` at most."""
        now = self._watch.clock()
        found = {}
        if self._polling and (deaf := now - self._watch.heard_at) > DEAF_SECONDS:
            found["polling"] = f"no answer to getUpdates for {deaf:.0f} s"
        if self._watch.conflicts >= MOST_CONFLICTS:
            found["listeners"] = "somebody else asks for the same updates"
        if (stuck := self._watch.stuck) > STUCK_SECONDS:
            found["queue"] = f"{self._watch.waiting} updates wait, none finished for {stuck:.0f} s"
        if (mute := self._watch.mute) > MUTE_SECONDS:
            found["calls"] = f"answers wait, no call succeeded for {mute:.0f} s"
        if answers := self._check_answers(now):
            found["answers"] = answers
        there = self._activity.still_there()
        database = await self._check_database(now) if there else ""
        if not (there and self._activity.still_there()):  # it may go while it is tried
            found["file"] = "the database was deleted, replaced or truncated"
        elif database:
            found["database"] = f"cannot be written: {database}"
        return found

    def _check_answers(self, now: float) -> str:
        """Ask a question now and then; what went wrong with the last one."""
        if now - self._asked_at >= ASK_SECONDS:
            self._asked_at = now
            try:
                self._ask()
                self._answers = ""
            except Exception as error:
                log.exception("The bot cannot answer its own question")
                self._answers = f"its own question failed: {type(error).__name__}"
        return self._answers

    async def _check_database(self, now: float) -> str:
        """The present trouble with the file, empty when there is none."""
        pause = AGAIN_SECONDS if self._database else TOUCH_SECONDS
        if self._touching is None and not self._watch.suspicious and now - self._touched_at < pause:
            return self._database
        if self._touching is None:
            self._watch.suspicious = False
            self._touching = asyncio.create_task(self._activity.carry_out(touch))
        touching = self._touching  # another look may come to its end first
        done, _ = await asyncio.wait([touching], timeout=PATIENCE_SECONDS)
        if not done:
            self._database = "busy"
            return self._database
        error = touching.exception()
        self._touching = None
        self._touched_at = self._watch.clock()
        self._database = trouble(error) if isinstance(error, Unavailable) else "failed" if error else ""
        return self._database

    async def look(self, _: ContextTypes.DEFAULT_TYPE) -> None:
        """The job: feed systemd, and tell the owners once of each trouble, and once that it is over."""
        found = await self.problems()
        if not FATAL & set(found):
            tell_systemd("WATCHDOG=1")
        for check in (*found, *sorted((self._told | self._logged) - set(found))):
            await self._tell_of(check, found.get(check, ""))
        if self._watch.unreadable > self._unreadable_told == 0 and await self._tell(
            service_text("unreadable", count=self._watch.unreadable)
        ):
            self._unreadable_told = self._watch.unreadable

    async def _tell_of(self, check: str, what: str) -> None:
        """Tell of one check, `what` empty where it holds again; nothing of a wait for the disk, which may be over soon."""
        if check == "database" and self._database == "busy":
            return
        if bool(what) != (check in self._logged):
            log.log(logging.ERROR if what else logging.INFO, "Health, %s: %s", check, what or "well again")
            self._logged ^= {check}
        if bool(what) == (check in self._told) or not await self._tell(self._text(check, well=not what)):
            return
        if what:
            self._told.add(check)
        else:
            self._told.discard(check)

    def _text(self, check: str, *, well: bool) -> str:
        if check == "database":
            return admin_text("storage_well" if well else f"storage_{self._database}")
        path = self._path or ""
        values = {"path": path, "copy": where_to_restore(path)} if check == "file" and not well else {}
        return service_text(f"{check}_well" if well else check, **values)

    async def _tell(self, text: str) -> bool:
        """Whether an owner could be told; after a failure that is not tried at once again."""
        now = self._watch.clock()
        if now - self._tried_at < TELL_SECONDS:
            return False
        told = await sent_to_all(self._sender, self._owners, text)
        self._tried_at = float("-inf") if told else now
        return told


async def serve(port: int, watch: Watch, health: Health) -> None:
    """Answer `/metrics` and `/health` on loopback, nowhere else, as long as the process runs."""

    async def answer(request: web.BaseRequest) -> web.Response:
        if request.path not in ("/metrics", "/health"):
            return web.Response(status=HTTPStatus.NOT_FOUND)
        problems = await health.problems()
        if request.path == "/metrics":
            kind = {"Content-Type": "text/plain; version=0.0.4; charset=utf-8"}
            return web.Response(text=watch.exposition(problems), headers=kind)
        status = HTTPStatus.SERVICE_UNAVAILABLE if problems else HTTPStatus.OK
        told = "".join(f"{check}: {what}\n" for check, what in problems.items())
        return web.Response(text=told or "ok\n", status=status)

    runner = web.ServerRunner(web.Server(answer, access_log=None))  # a scrape every few seconds is no news
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", port).start()
