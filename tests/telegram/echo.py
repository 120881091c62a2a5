"""The yardstick of the bench: a bot that does nothing but say back what it was told, by webhook.

python -m tests.telegram.echo, with API_BASE_URL, TELEGRAM_TOKEN, WEBHOOK_URL, WEBHOOK_SECRET and PORT in the environment.
"""

from __future__ import annotations

import os
from typing import Any
from urllib.parse import urlsplit

os.environ.setdefault("PTB_TIMEDELTA", "1")

from telegram import Update
from telegram.ext import Application, MessageHandler, filters


async def echo(update: Update, _: Any) -> None:
    """Say it back."""
    if message := update.effective_message:
        await message.reply_text(message.text or "")


if __name__ == "__main__":
    base = os.environ["API_BASE_URL"]
    application = (
        Application.builder()
        .token(os.environ["TELEGRAM_TOKEN"])
        .base_url(f"{base}/bot")
        .base_file_url(f"{base}/file/bot")
        .build()
    )
    application.add_handler(MessageHandler(filters.TEXT, echo))
    url = os.environ["WEBHOOK_URL"]
    application.run_webhook(
        listen="127.0.0.1",
        port=int(os.environ["PORT"]),
        url_path=urlsplit(url).path,
        webhook_url=url,
        secret_token=os.environ["WEBHOOK_SECRET"],
        allowed_updates=["message"],
    )
