"""A few hundred hostile calls to the webhook (`tests.telegram.hostile`); HOSTILE_CALLS makes it more."""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import asdict

import pytest

from handlers.shapes import fits
from tests.telegram.conftest import REAL
from tests.telegram.harness import Bot, Json
from tests.telegram.hostile import Hostile, hostile_settings

CALLS = int(os.environ.get("HOSTILE_CALLS", "600"))
CHAT = {"id": 5, "type": "private"}
MESSAGE = {"message_id": 1, "date": 1, "chat": CHAT, "text": "x"}


def test_hostile_calls_do_no_harm(new_bot: Callable[..., Bot]) -> None:
    found = Hostile(new_bot(REAL, **hostile_settings()), seed=1).run(CALLS)
    assert found.good, asdict(found)
    assert {200, 400, 403, 404, 415} <= set(found.statuses)


@pytest.mark.parametrize(
    "message",
    [
        MESSAGE,
        {**MESSAGE, "photo": [{"file_id": "a"}], "anything": {"new": 1}},
        {**MESSAGE, "reply_to_message": {**MESSAGE, "from": {"id": 7, "is_bot": True, "first_name": "B"}}},
        {**MESSAGE, "entities": [{"type": "custom_emoji", "offset": 0, "length": 1, "custom_emoji_id": "1"}]},
    ],
)
def test_what_telegram_sends_is_taken_with_fields_that_nobody_knows(message: Json) -> None:
    assert fits({"update_id": 1, "message": message})
    assert fits({"update_id": 1, "some_new_kind": message})


@pytest.mark.parametrize(
    "message",
    [
        {**MESSAGE, "text": 5},
        {**MESSAGE, "text": "\ud800"},
        {**MESSAGE, "date": 2**40},
        {**MESSAGE, "chat": {"id": "5", "type": "private"}},
        {**MESSAGE, "entities": [{"type": "mention", "offset": -1, "length": 1}]},
        {name: MESSAGE[name] for name in ("message_id", "date")},
        None,
        [],
    ],
)
def test_what_no_handler_could_use_is_not_taken(message: object) -> None:
    assert not fits({"update_id": 1, "message": message})
