"""The bot with an assistant that can also be made to fail, to say too much, to offer a very long button, and to hang.

python -m tests.telegram.run_bot, with the settings of the real one in the environment.
"""

from __future__ import annotations

import re
from contextlib import closing
from datetime import date

import handlers
from db import snapshot
from db.activity import Activity
from db.content import build
from db.worker import put_off
from handlers.clock import Clock
from knowledge.assistant import Assistant
from knowledge.dialogue import Context
from knowledge.records import Answer, Choice, Entry
from settings import Settings

LONG_BODY = "\n".join(
    f"Điều {number}. Kinh phí & <điều kiện> hỗ trợ 🏭 được quy định như sau." for number in range(400)
)


class Scripted(Assistant):
    """Answers a few words in its own way and leaves the rest to the real assistant."""

    def ask(self, text: str, context: Context | None = None) -> tuple[Answer, Context]:
        if text == "hỏng":
            raise LookupError("meant to fail")
        if text == "treo":
            re.search("(a+)+b", "a" * 64)  # no other thread has a turn meanwhile
        answer, after = super().ask(text, context)
        if text == "dài":
            entry = Entry(id="long", kind="policy", title="Quy định", body=LONG_BODY)
            return Answer("answered", "policy", date(2026, 11, 23), entries=(entry,)), after
        if text == "nút":
            choices = (Choice("Kinh phí " * 12, "kinh phí phía bắc 2023"),)
            return Answer("asked_back", "choice", date(2026, 11, 23), choices=choices), after
        return answer, after


def main() -> None:
    """Run it until it is stopped."""
    settings = Settings()
    build(settings.database, if_missing=True)
    with put_off(stays=True):
        assistant = Scripted(snapshot.load(settings.database), lambda: settings.today or date.today())
    with closing(Activity(settings.database, Clock())) as activity:
        handlers.run(settings, assistant, activity)


if __name__ == "__main__":
    main()
