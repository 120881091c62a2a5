"""Telegram in, Telegram out. Nothing here knows SQL, or how an answer is found."""

from __future__ import annotations

import asyncio
import logging
import os
import secrets
import signal
import sys
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from datetime import datetime, timedelta, timezone
from typing import Any, TypeAlias

os.environ.setdefault(
    "PTB_TIMEDELTA", "1"
)  # durations as timedelta, what the library announces to become the only way

from telegram.constants import UpdateType
from telegram.error import InvalidToken
from telegram.ext import (
    Application,
    CallbackQueryHandler,
    ChosenInlineResultHandler,
    CommandHandler,
    ContextTypes,
    InlineQueryHandler,
    MessageHandler,
    filters,
)

from db.activity import Activity, Unavailable
from db.activity_rows import Opening
from db.collector import spare, sweep
from db.desk import Desk
from db.worker import stand_back
from handlers import ask
from handlers.about import About
from handlers.admin import Admin
from handlers.admin.copying import EVERY_SECONDS, FIRST_SECONDS
from handlers.admin.office import Office
from handlers.ask import Asking, Incoming
from handlers.buttons import Buttons
from handlers.current import Current
from handlers.errors import Errors
from handlers.following import SETTLE_SECONDS, Following
from handlers.guide import Guiding
from handlers.health import JOB_SECONDS, Health, serve
from handlers.http import Http
from handlers.inbox import ANSWERING_TASK, GRACE_SECONDS, Inbox, cancel_tasks
from handlers.inline import Inline
from handlers.logs import protect
from handlers.menu import set_admin_menu, set_menu
from handlers.pace import CONNECTIONS, Pace
from handlers.pictures import Pictures
from handlers.quota import PER_MINUTE, Quota
from handlers.reply import BRIEFLY, Sender
from handlers.takeaway import Takeaway
from handlers.watch import ErrorCount, Listening, Watch, Watched
from handlers.webhook import Webhook, be_called, path_of
from knowledge.assistant import Assistant
from settings import Settings

log = logging.getLogger(__name__)

App: TypeAlias = "Application[Any, Any, Any, Any, Any, Any]"

ALLOWED_UPDATES = [
    UpdateType.MESSAGE,
    UpdateType.EDITED_MESSAGE,
    UpdateType.CALLBACK_QUERY,
    UpdateType.INLINE_QUERY,
    UpdateType.CHOSEN_INLINE_RESULT,
]
VIETNAM = timezone(timedelta(hours=7))
PRUNE_SECONDS = 600
TIDY_SECONDS = 30
READY_SECONDS = 20
"""After the start, what is else made for the first who needs it is made: what waits is answered first."""

TURN_SECONDS = 0.0005
"""How long a thread may keep the others waiting: an import computes for seconds while questions are answered."""
TELEGRAM = "https://api.telegram.org"
POLLING_TASK = "Updater:start_polling:polling_task"  # the name that the library gives


def register(
    application: App,
    current: Current,
    activity: Activity,
    desk: Desk,
    owners: Sequence[int] = (),
    digest_seconds: int = SETTLE_SECONDS,
    per_minute: int = PER_MINUTE,
    *,
    check_links: bool = False,
) -> None:
    """Every handler, in order: the first that fits takes the update; and the work that nobody asks for."""
    sender, hasty = Sender(application.bot), Sender(application.bot, BRIEFLY)
    guiding = Guiding(current, activity, sender)
    takeaway = Takeaway(current, activity, sender)
    following = Following(current, activity, hasty, digest_seconds)
    pictures = Pictures(current, activity, sender)

    async def elsewhere(incoming: Incoming, opening: Opening) -> bool:
        typed = not incoming.edited and await pictures.typed(
            incoming.text, incoming.conversation, incoming.place
        )
        return typed or await admin.take(incoming) or await guiding.take(incoming, opening)

    asking = Asking(current, activity, sender, takeaway, following, elsewhere, pictures, guiding.asked_again)
    inline = Inline(current, takeaway, activity)
    about = About(asking, current, activity, sender)
    office = Office(desk, current, sender, owners, check_links=check_links)
    admin = Admin(office, asking, guiding.command)
    quota = Quota(hasty, office.role_of, per_minute)
    new = filters.UpdateType.MESSAGE
    within = quota.before
    application.add_handlers(
        [
            CommandHandler("start", within(about.start), new),
            CommandHandler(["trogiup", "help"], within(about.help), new),
            CommandHandler("riengtu", within(about.privacy), new),
            CommandHandler("quen", within(about.forget), new),
            CommandHandler("xoa_du_lieu", about.erase, new),
            CommandHandler("hoi", within(asking.command), ask.NEW_OR_EDITED),
            CommandHandler("theo_doi", within(following.follow), new),
            CommandHandler("bo_theo_doi", within(following.unfollow), new),
            *admin.handlers(),
            CommandHandler(["dieu_kien", "lamlai", "quaylai"], within(guiding.command), new),
            CallbackQueryHandler(within(guiding.tap), "^1:g:"),
            InlineQueryHandler(within(inline.answer)),
            ChosenInlineResultHandler(within(inline.chosen)),
            CallbackQueryHandler(within(Buttons(asking, activity, takeaway, pictures, following).tap)),
            MessageHandler(ask.PRIVATE_COMMAND, within(asking.unknown_command)),
            MessageHandler(ask.PRIVATE_QUESTION, within(asking.text)),
            MessageHandler(ask.GROUP_QUESTION, within(asking.text)),
            MessageHandler(ask.PRIVATE_OTHER, within(asking.anything_else)),
        ]
    )
    if application.job_queue:
        application.job_queue.run_repeating(following.work, max(1, digest_seconds / 4), first=1)
        application.job_queue.run_once(admin.at_start, 0)
        application.job_queue.run_repeating(admin.copying.job, EVERY_SECONDS, first=FIRST_SECONDS)
    application.add_error_handler(Errors(hasty, owners).handle)


def build_application(settings: Settings, assistant: Assistant, activity: Activity, desk: Desk) -> App:
    """The whole bot, ready for `run_polling` or `run_webhook`. Needs a token in the settings."""
    if settings.telegram_token is None:
        raise ValueError("a token is needed")
    inbox = Inbox(activity, acknowledge_late=bool(settings.webhook_url))
    watch = Watch()
    logging.getLogger().addHandler(ErrorCount(watch))

    async def prepare(application: App) -> None:
        await inbox.restore(application.bot)
        if settings.watch_port:
            serve(settings.watch_port, watch, health)
        if not settings.webhook_url:
            _stop_promptly()

    async def menu(context: ContextTypes.DEFAULT_TYPE) -> None:
        await set_menu(context.bot)
        await set_admin_menu(context.bot, settings.owner_ids)

    async def tidy(_: ContextTypes.DEFAULT_TYPE) -> None:
        sweep()

    async def ready(_: ContextTypes.DEFAULT_TYPE) -> None:
        await asyncio.to_thread(current.prepare)

    async def prune(_: ContextTypes.DEFAULT_TYPE) -> None:
        try:
            await activity.prune()
        except Unavailable:
            log.exception("Old rows could not be deleted")

    server = settings.api_base_url.rstrip("/") or TELEGRAM
    builder = (
        Application.builder()
        .token(settings.telegram_token.get_secret_value())
        .update_queue(inbox)
        .concurrent_updates(Watched(watch, inbox))
        .rate_limiter(Pace(settings.sends_per_second))
        .request(Http(server, 2 * CONNECTIONS, settings.api_timeout))
        .get_updates_request(Listening(watch, server, settings.api_timeout))
        .base_url(f"{server}/bot")
        .base_file_url(f"{server}/file/bot")
        .post_init(prepare)
    )
    application = builder.build()
    current = Current(assistant, lambda: settings.today or datetime.now(VIETNAM).date(), desk.path)
    register(
        application,
        current,
        activity,
        desk,
        settings.owner_ids,
        settings.digest_seconds,
        settings.questions_per_minute,
        check_links=settings.check_links,
    )
    polling = not settings.webhook_url
    health = Health(watch, activity, Sender(application.bot), settings.owner_ids, polling=polling)
    if application.job_queue:
        application.job_queue.run_once(menu, 0)
        application.job_queue.run_once(ready, READY_SECONDS)
        application.job_queue.run_repeating(health.look, JOB_SECONDS, first=1)
        application.job_queue.run_repeating(prune, PRUNE_SECONDS, first=1)
        application.job_queue.run_repeating(tidy, TIDY_SECONDS)
        if polling:
            application.job_queue.run_once(_watch_polling, 0)
    return application


def run(settings: Settings, assistant: Assistant, activity: Activity) -> None:
    """Answer until a signal stops the process: by webhook when the settings give its address, else by polling.

    Raises SystemExit(1) when Telegram refuses the token, also later on: a supervisor should then start it again.
    The caller closes `activity`.
    """
    if settings.telegram_token is None:
        raise ValueError("a token is needed")
    protect(
        *(
            secret.get_secret_value()
            for secret in (settings.telegram_token, settings.webhook_secret)
            if secret
        )
    )
    sys.setswitchinterval(TURN_SECONDS)
    loop = asyncio.new_event_loop()
    loop.set_default_executor(ThreadPoolExecutor(initializer=stand_back))  # pictures, files, copies
    asyncio.set_event_loop(loop)
    try:
        with closing(Desk(settings.database)) as desk:
            application = build_application(settings, assistant, activity, desk)
            spare()
            try:
                _serve(application, settings)
            except InvalidToken:
                # The library's message holds the token, and would reach the terminal as a traceback.
                log.critical("Telegram refused the token, or has forgotten this bot; stopping")
                raise SystemExit(1) from None
            finally:
                loop.run_until_complete(_wind_up(application))
    finally:
        loop.close()


def _serve(application: App, settings: Settings) -> None:
    if not settings.webhook_url:
        application.run_polling(allowed_updates=ALLOWED_UPDATES, bootstrap_retries=-1, close_loop=False)
        return
    given = settings.webhook_secret
    secret = given.get_secret_value() if given else secrets.token_urlsafe(32)
    inbox = application.update_queue
    assert isinstance(inbox, Inbox)
    webhook = Webhook(inbox, application.bot, path_of(settings.webhook_url), secret)

    async def announce() -> None:
        await application.bot.set_webhook(
            settings.webhook_url, secret_token=secret, allowed_updates=ALLOWED_UPDATES
        )

    be_called(application, webhook, settings.listen, settings.port, announce)


async def _wind_up(application: App) -> None:
    """What may be left undone after a refused token or a stop before the start: answers under way, open connections."""
    if application.running:
        await application.stop()
    await application.shutdown()
    for request in application.bot._request:
        await request.shutdown()


async def _watch_polling(context: ContextTypes.DEFAULT_TYPE) -> None:
    """Stop the process when polling has ended for good: the library would go on, alive and deaf."""

    def ended(task: asyncio.Task[Any] | None) -> None:
        if task is None or (not task.cancelled() and task.exception() is not None):
            context.application.stop_running()

    polling = [task for task in asyncio.all_tasks() if task.get_name() == POLLING_TASK]
    for task in polling:
        task.add_done_callback(ended)
    if not polling:
        ended(None)


def _stop_promptly() -> None:
    """On a signal to stop, wait neither for the next attempt at polling nor long for answers that cannot be delivered.

    In an outage either may be asleep for up to a minute. What is broken off is taken up again at the next start.
    """
    loop = asyncio.get_running_loop()

    def stop() -> None:
        loop.call_later(1, cancel_tasks, POLLING_TASK)  # still there: asleep, with no call under way
        loop.call_later(GRACE_SECONDS, cancel_tasks, ANSWERING_TASK)
        raise SystemExit

    for number in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(number, stop)
