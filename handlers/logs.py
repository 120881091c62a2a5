"""The token never reaches a log."""

from __future__ import annotations

import logging

_FORMATTER = logging.Formatter()


class Redact(logging.Filter):
    """Replaces a secret in everything that a record will show: message, arguments, traceback."""

    def __init__(self, secret: str) -> None:
        super().__init__()
        self._secret = secret

    def filter(self, record: logging.LogRecord) -> bool:
        """Always lets the record pass."""
        if self._secret in (message := record.getMessage()):
            record.msg, record.args = message.replace(self._secret, "***"), None
        if record.exc_info and not record.exc_text:
            record.exc_text = _FORMATTER.formatException(record.exc_info)
        if record.exc_text:
            record.exc_text = record.exc_text.replace(self._secret, "***")
        return True


def protect(secret: str) -> None:
    """Quiet the libraries that log every address they call, and redact `secret` in all that is logged."""
    for name in ("httpx", "httpcore"):
        logging.getLogger(name).setLevel(logging.WARNING)
    logging.getLogger("apscheduler").setLevel(logging.WARNING)
    root = logging.getLogger()
    if not root.handlers:
        logging.basicConfig(level=logging.INFO, format="%(asctime)s %(levelname)s %(name)s: %(message)s")
    for handler in root.handlers:
        handler.addFilter(Redact(secret))
