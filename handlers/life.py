"""The life of the running bot: it starts, takes updates until a signal comes, and finishes what has begun."""

from __future__ import annotations

import asyncio
import faulthandler
import logging
import os
import signal
import socket
from collections.abc import Awaitable, Callable
from typing import Any, TypeAlias

from telegram.error import InvalidToken, TelegramError
from telegram.ext import Application

from handlers.inbox import ByChat
from handlers.reply import patience

log = logging.getLogger(__name__)

App: TypeAlias = "Application[Any, Any, Any, Any, Any, Any]"
Receive: TypeAlias = "Callable[[asyncio.Event], Awaitable[None]]"

HOWEVER_LATE: dict[str, Any] = {"misfire_grace_time": None}
"""For a job of the start: the scheduler leaves out what it comes to a second late, as on a busy machine."""
GRACE_SECONDS = 3  # for answers under way when the process is told to stop
LOOKS = 10
"""How many times the loop says that it runs, within the time that it may stand still."""


async def live(application: App, receive: Receive, standstill: float) -> None:
    """Run until a signal; then finish what has begun. `receive` takes updates until it is cancelled.

    Waits for a server that cannot be reached. The process ends where the loop stands still for `standstill` seconds.
    Raises `InvalidToken` where the token is refused, then or later.
    """
    stop = asyncio.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        asyncio.get_running_loop().add_signal_handler(number, stop.set)
    end_if_it_stands_still(standstill)
    tell_systemd("READY=1")
    try:
        if await until_done(application.initialize, stop):
            await _serve(application, receive, stop)
    finally:
        faulthandler.cancel_dump_traceback_later()
        await application.shutdown()


async def _serve(application: App, receive: Receive, stop: asyncio.Event) -> None:
    if application.post_init:
        await application.post_init(application)
    await application.start()
    receiving = asyncio.ensure_future(receive(stop))
    stopping = asyncio.create_task(stop.wait())
    try:
        await asyncio.wait([receiving, stopping], return_when=asyncio.FIRST_COMPLETED)
    finally:
        tell_systemd("STOPPING=1")
        for task in (receiving, stopping):
            task.cancel()
        await asyncio.gather(receiving, stopping, return_exceptions=True)
        processor = application.update_processor
        if isinstance(processor, ByChat):
            asyncio.get_running_loop().call_later(GRACE_SECONDS, processor.break_off)
        await application.stop()
    if not receiving.cancelled() and (error := receiving.exception()):
        raise error


def end_if_it_stands_still(seconds: float) -> None:
    """End the process, with a trace of what it was at on stderr, when the running loop stands still for so long.

    A thread of the interpreter does it that needs no turn: a regular expression gives none away. The update that was
    read then has been counted (`handlers.inbox`).
    """
    loop = asyncio.get_running_loop()

    def again() -> None:
        faulthandler.dump_traceback_later(seconds, exit=True)
        loop.call_later(seconds / LOOKS, again)

    again()


async def until_done(call: Callable[[], Awaitable[Any]], stop: asyncio.Event) -> bool:
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
            tell_systemd("WATCHDOG=1")  # to wait is all that can be done
            with_pause = asyncio.create_task(stop.wait())
            await asyncio.wait([with_pause], timeout=pause)
            with_pause.cancel()
    return False


def tell_systemd(state: str) -> None:
    """Send one state ("READY=1", "WATCHDOG=1"); nothing where systemd did not ask for it, or does not listen."""
    address = os.environ.get("NOTIFY_SOCKET", "")
    if not address:
        return
    with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM | socket.SOCK_CLOEXEC) as told:
        told.setblocking(False)
        try:
            told.sendto(state.encode(), f"\0{address[1:]}" if address.startswith("@") else address)
        except OSError:
            return
