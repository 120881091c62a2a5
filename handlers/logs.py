"""One line of JSON for each record, with the id of the update that it belongs to; secrets never reach it."""

from __future__ import annotations

import json
import logging
from collections.abc import Sequence
from contextvars import ContextVar
from datetime import UTC, datetime

_FORMATTER = logging.Formatter()
QUIET = ("httpx", "httpcore", "apscheduler")

update_id: ContextVar[int | None] = ContextVar("update_id", default=None)
"""Of the update that is being handled here; a thread started by `asyncio.to_thread` inherits it."""


class Redact(logging.Filter):
    """Replaces secrets in everything that a record will show: message, arguments, traceback."""

    def __init__(self, secrets: Sequence[str]) -> None:
        super().__init__()
        self._secrets = tuple(sorted(secrets, key=len, reverse=True))

    def filter(self, record: logging.LogRecord) -> bool:
        """Always lets the record pass."""
        message = record.getMessage()
        if (clean := self._clean(message)) != message:
            record.msg, record.args = clean, None
        if record.exc_info and not record.exc_text:
            record.exc_text = _FORMATTER.formatException(record.exc_info)
        if record.exc_text:
            record.exc_text = self._clean(record.exc_text)
        return True

    def _clean(self, text: str) -> str:
        for secret in self._secrets:
            text = text.replace(secret, "***")
        return text


class Lines(logging.Formatter):
    """`{"at", "level", "logger", "update"?, "message", "traceback"?}`; line breaks only as `\\n` inside a string."""

    def format(self, record: logging.LogRecord) -> str:
        """The record as one line."""
        at = datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds")
        line: dict[str, object] = {"at": at, "level": record.levelname, "logger": record.name}
        if (update := update_id.get()) is not None:
            line["update"] = update
        line["message"] = record.getMessage()
        if record.exc_info and not record.exc_text:
            record.exc_text = self.formatException(record.exc_info)
        if record.exc_text:
            line["traceback"] = record.exc_text
        return json.dumps(line, ensure_ascii=False)


def protect(*secrets: str) -> None:
    """Log to stderr; quiet the libraries that log every address they call, and redact `secrets` in all that is logged.

    Of a bot's token the half behind the colon is taken for a secret by itself.
    """
    for name in QUIET:
        logging.getLogger(name).setLevel(logging.WARNING)
    root = logging.getLogger()
    if not root.handlers:
        stderr = logging.StreamHandler()
        stderr.setFormatter(Lines())
        root.addHandler(stderr)
        root.setLevel(logging.INFO)
    hidden = {part for secret in secrets for part in (secret, secret.partition(":")[2]) if part}
    for handler in root.handlers:
        handler.addFilter(Redact(tuple(hidden)))
