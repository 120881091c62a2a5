"""A small storm (`tests.telegram.storm`); STORM_MESSAGES, STORM_CHATS and STORM_KILLS make it larger."""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import asdict

from tests.telegram.conftest import REAL
from tests.telegram.harness import Bot
from tests.telegram.storm import TIMEOUT, Storm, webhook_settings

MESSAGES = int(os.environ.get("STORM_MESSAGES", "240"))
CHATS = int(os.environ.get("STORM_CHATS", "24"))
KILLS = int(os.environ.get("STORM_KILLS", "1"))


def test_everything_is_answered_once_and_in_order(new_bot: Callable[..., Bot]) -> None:
    bot = new_bot(REAL, API_TIMEOUT=str(TIMEOUT), **webhook_settings())
    found = Storm(bot, MESSAGES, CHATS, KILLS, seed=1).run(seconds=60 + MESSAGES / 5)
    assert found.good, asdict(found)
    assert sum(found.faults.values()) > MESSAGES / 50, "faults did happen"
