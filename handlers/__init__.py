"""Telegram in, Telegram out. Nothing here knows SQL, or how an answer is found."""

from __future__ import annotations

import asyncio
import logging
import os
import secrets
from contextlib import closing
from dataclasses import dataclass
from datetime import datetime
from functools import partial

os.environ.setdefault(
    "PTB_TIMEDELTA", "1"
)  # durations as timedelta, what the library announces to become the only way

from telegram.constants import UpdateType
from telegram.error import InvalidToken
from telegram.ext import Application, ContextTypes

from db.activity import Activity, Unavailable
from db.desk import Desk
from db.presence import only_one
from db.usage import VIETNAM
from db.worker import spare, sweep
from handlers.clock import Clock
from handlers.current import Current
from handlers.errors import Errors
from handlers.health import JOB_SECONDS, Health, serve
from handlers.http import Http
from handlers.inbox import ByChat, Inbox
from handlers.intake import Intake, Listening
from handlers.life import HOWEVER_LATE, App, Receive, live
from handlers.logs import protect
from handlers.menu import set_menu, set_role_menu
from handlers.pace import CONNECTIONS, Pace
from handlers.receiving import Polling, Webhook
from handlers.reply import Sender
from handlers.routes import register
from handlers.watch import ErrorCount, Watch
from knowledge.assistant import Assistant
from knowledge.telling.takeaway_texts import INLINE_EXAMPLES
from settings import Settings

log = logging.getLogger(__name__)

ALLOWED_UPDATES = [
    UpdateType.MESSAGE,
    UpdateType.EDITED_MESSAGE,
    UpdateType.CALLBACK_QUERY,
    UpdateType.INLINE_QUERY,
    UpdateType.CHOSEN_INLINE_RESULT,
]
PRUNE_SECONDS = 600
TIDY_SECONDS = 30
READY_SECONDS = 20
"""After the start, what is else made for the first who needs it is made: what waits is answered first."""

TELEGRAM = "https://api.telegram.org"


@dataclass(frozen=True, slots=True)
class Service:
    """The whole bot, ready to live."""

    application: App
    inbox: Inbox
    intake: Intake
    watch: Watch
    connections: tuple[Http, Http]

    async def close(self) -> None:
        """Close what a refused token or a stop before the start leaves open; may be called again."""
        for one in self.connections:
            await one.shutdown()


def build_application(settings: Settings, assistant: Assistant, activity: Activity, desk: Desk) -> Service:
    """Put the parts together. Needs a token in the settings."""
    if settings.telegram_token is None:
        raise ValueError("a token is needed")
    inbox = Inbox(activity, acknowledge_late=bool(settings.webhook_url))
    watch = Watch()
    intake = Intake(watch)
    logging.getLogger().addHandler(ErrorCount(watch))

    def heard(date: str) -> None:
        watch.called()
        if isinstance(activity.now, Clock):
            activity.now.learn(date)

    server = settings.api_base_url.rstrip("/") or TELEGRAM
    connections = (
        Http(server, 2 * CONNECTIONS, settings.api_timeout, heard),
        Listening(watch, intake, server, settings.api_timeout, heard),
    )
    builder = (
        Application.builder()
        .token(settings.telegram_token.get_secret_value())
        .updater(None)
        .update_queue(inbox)
        .concurrent_updates(ByChat(inbox, watch))
        .rate_limiter(Pace(settings.sends_per_second))
        .request(connections[0])
        .get_updates_request(connections[1])
        .base_url(f"{server}/bot")
        .base_file_url(f"{server}/file/bot")
    )
    application = builder.build()
    current = Current(assistant, lambda: settings.today or datetime.now(VIETNAM).date(), desk.path)
    errors = register(
        application,
        current,
        activity,
        desk,
        settings.owner_ids,
        settings.digest_seconds,
        settings.questions_per_minute,
        check_links=settings.check_links,
    )
    health = Health(
        watch,
        activity,
        Sender(application.bot, 0),
        settings.owner_ids,
        polling=not settings.webhook_url,
        ask=lambda: current.assistant.ask(INLINE_EXAMPLES[0]),
        path=desk.path,
    )

    async def prepare(application: App) -> None:
        await inbox.restore(application.bot)
        if settings.watch_port:
            await serve(settings.watch_port, watch, health)

    application.post_init = prepare
    _add_jobs(application, settings, activity, current, health, inbox, errors)
    return Service(application, inbox, intake, watch, connections)


def _add_jobs(
    application: App,
    settings: Settings,
    activity: Activity,
    current: Current,
    health: Health,
    inbox: Inbox,
    errors: Errors,
) -> None:
    async def menu(context: ContextTypes.DEFAULT_TYPE) -> None:
        await set_menu(context.bot)
        for owner in settings.owner_ids:
            await set_role_menu(context.bot, owner, "owner")

    async def tidy(_: ContextTypes.DEFAULT_TYPE) -> None:
        sweep()

    async def ready(_: ContextTypes.DEFAULT_TYPE) -> None:
        await asyncio.to_thread(current.prepare)

    async def tell_aside(_: ContextTypes.DEFAULT_TYPE) -> None:
        for update in inbox.aside:
            await errors.set_aside(update)
            await inbox.settle(update)

    async def prune(_: ContextTypes.DEFAULT_TYPE) -> None:
        try:
            await activity.prune()
        except Unavailable:
            log.exception("Old rows could not be deleted")

    if jobs := application.job_queue:
        jobs.run_once(menu, 0, job_kwargs=HOWEVER_LATE)
        jobs.run_once(tell_aside, 0, job_kwargs=HOWEVER_LATE)
        jobs.run_once(ready, READY_SECONDS, job_kwargs=HOWEVER_LATE)
        jobs.run_repeating(health.look, JOB_SECONDS, first=1)
        jobs.run_repeating(prune, PRUNE_SECONDS, first=1)
        jobs.run_repeating(tidy, TIDY_SECONDS)


def run(settings: Settings, assistant: Assistant, activity: Activity) -> None:
    """Answer until a signal stops the process: by webhook when the settings give its address, else by polling.

    Raises SystemExit(1) when Telegram refuses the token, also later on: a supervisor should then start it again; and
    `DatabaseInUse` where another bot runs on the same file. The caller closes `activity`.
    """
    if settings.telegram_token is None:
        raise ValueError("a token is needed")
    hidden = (settings.telegram_token, settings.webhook_secret)
    protect(*(secret.get_secret_value() for secret in hidden if secret))
    with only_one(settings.database), closing(Desk(settings.database)) as desk:
        try:
            asyncio.run(_run(settings, assistant, activity, desk))
        except InvalidToken:
            # The library's message holds the token, and would reach the terminal as a traceback.
            log.critical("Telegram refused the token, or has forgotten this bot; stopping")
            raise SystemExit(1) from None


async def _run(settings: Settings, assistant: Assistant, activity: Activity, desk: Desk) -> None:
    service = build_application(settings, assistant, activity, desk)
    spare()
    try:
        await live(service.application, _receiver(service, settings), settings.standstill_seconds)
    finally:
        await service.close()


def _receiver(service: Service, settings: Settings) -> Receive:
    bot = service.application.bot
    if not settings.webhook_url:
        return Polling(bot, service.inbox, service.watch, ALLOWED_UPDATES).receive
    given = settings.webhook_secret
    secret = given.get_secret_value() if given else secrets.token_urlsafe(32)
    webhook = Webhook(service.inbox, service.intake, bot, settings.webhook_url, secret)
    announce = partial(
        bot.set_webhook, settings.webhook_url, secret_token=secret, allowed_updates=ALLOWED_UPDATES
    )
    return partial(webhook.listen, settings.listen, settings.port, announce)
