"""Which handler takes which update: the first that fits."""

from __future__ import annotations

from collections.abc import Sequence

from telegram.ext import (
    CallbackQueryHandler,
    ChosenInlineResultHandler,
    CommandHandler,
    InlineQueryHandler,
    MessageHandler,
    filters,
)

from db.activity import Activity
from db.desk import Desk
from db.openings import Opening
from handlers import ask
from handlers.about import About
from handlers.admin import Admin, copying
from handlers.admin.office import Office
from handlers.ask import Asking, Incoming
from handlers.buttons import Buttons
from handlers.current import Current
from handlers.errors import Errors
from handlers.following import SETTLE_SECONDS, Following
from handlers.guide import Guiding
from handlers.inline import Inline
from handlers.life import HOWEVER_LATE, App
from handlers.quota import PER_MINUTE, Quota
from handlers.reply import BRIEFLY, Sender
from handlers.takeaway import Takeaway


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
) -> Errors:
    """Every handler, in order: the first that fits takes the update; and the work that nobody asks for.

    Returns the error handler, which also tells of what is set aside.
    """
    sender = Sender(application.bot, moved=activity.move)
    hasty = Sender(application.bot, BRIEFLY, activity.move)
    guiding = Guiding(current, activity, sender)
    takeaway = Takeaway(current, activity, sender)
    following = Following(current, activity, hasty, Sender(application.bot, 0), digest_seconds)

    async def elsewhere(incoming: Incoming, opening: Opening) -> bool:
        typed = (incoming.text, incoming.conversation, incoming.place)
        drawn = not incoming.edited and await takeaway.typed(*typed)
        return drawn or await admin.take(incoming) or await guiding.take(incoming, opening)

    asking = Asking(current, activity, sender, takeaway, following, elsewhere, guiding.asked_again)
    inline = Inline(current, takeaway, activity)
    office = Office(desk, current, sender, owners, check_links=check_links)
    about = About(asking, current, activity, sender, office.role_of)
    admin = Admin(office, asking, guiding.command)
    quota = Quota(hasty, office.role_of, per_minute, activity.now)
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
            CallbackQueryHandler(within(Buttons(asking, activity, takeaway, following).tap)),
            MessageHandler(filters.StatusUpdate.MIGRATE, about.moved),
            MessageHandler(ask.PRIVATE_COMMAND, within(asking.unknown_command)),
            MessageHandler(ask.PRIVATE_QUESTION, within(asking.text)),
            MessageHandler(ask.GROUP_QUESTION, within(asking.text)),
            MessageHandler(ask.PRIVATE_OTHER, within(asking.anything_else)),
        ]
    )
    if jobs := application.job_queue:
        jobs.run_repeating(following.work, max(1, digest_seconds / 4), first=1)
        jobs.run_once(admin.at_start, 0, job_kwargs=HOWEVER_LATE)
        jobs.run_repeating(admin.copying.job, copying.EVERY_SECONDS, first=copying.FIRST_SECONDS)
    errors = Errors(hasty, owners)
    application.add_error_handler(errors.handle)
    return errors
