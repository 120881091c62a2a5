"""What comes from Telegram is read here once, so that an update that nobody can read stops nothing.

It is skipped, counted (`Watch.unread`), and acknowledged: refused, it would come again for a day and hold up those behind
it. Nothing of its content is written anywhere.
"""

from __future__ import annotations

import json
import logging
from collections.abc import Callable
from typing import Any

from telegram import Update
from telegram.error import NetworkError

from handlers.http import Http
from handlers.shapes import fits
from handlers.watch import Watch

log = logging.getLogger(__name__)


class Intake:
    """Tells updates that can be handled from those that cannot."""

    def __init__(self, watch: Watch) -> None:
        self._watch = watch

    def read(self, data: Any, bot: Any = None) -> Update | None:
        """The update in decoded JSON; None, counted, where there is none that the handlers can be given."""
        reason = "its shape"
        try:
            if fits(data):
                return Update.de_json(data, bot)
        except Exception as error:  # whatever the library makes of what it does not know
            reason = type(error).__name__
        log.warning("An update could not be read: %s", reason)
        self._watch.unread()
        return None

    def sieve(self, body: bytes) -> bytes:
        """The answer to a call for updates, each that cannot be read replaced by one with nothing but its number.

        Raises `NetworkError` where the answer is none.
        """
        answer = json.loads(body)
        updates = answer.get("result")
        if not isinstance(updates, list):
            raise NetworkError("No list of updates")
        answer["result"] = [one for one in map(self._kept, updates) if one]
        if (
            updates and not answer["result"]
        ):  # without numbers they cannot be acknowledged, and would come at once
            raise NetworkError("Updates without numbers")
        return json.dumps(answer).encode()

    def _kept(self, data: Any) -> Any:
        if self.read(data) is not None:
            return data
        number = data.get("update_id") if isinstance(data, dict) else None
        return {"update_id": number} if isinstance(number, int) and not isinstance(number, bool) else None


class Listening(Http):
    """The connection that asks for updates; tells the watch of every list of them."""

    def __init__(
        self, watch: Watch, intake: Intake, server: str, timeout: float, heard: Callable[[str], None]
    ) -> None:
        super().__init__(server, 1, timeout, heard)
        self._watch = watch
        self._intake = intake

    async def do_request(self, *args: Any, **kwargs: Any) -> tuple[int, bytes]:
        """One call."""
        status, body = await super().do_request(*args, **kwargs)
        if status == 200:
            body = self._intake.sieve(body)
            self._watch.heard()
        return status, body
