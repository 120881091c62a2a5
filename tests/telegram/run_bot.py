"""The bot with an assistant that can also be made to fail, to be slow, and to say too much.

python -m tests.telegram.run_bot, with the settings of the real one in the environment.
"""

from __future__ import annotations

from datetime import date

import handlers
from db.activity import Activity
from knowledge.assistant import Assistant, Context
from knowledge.records import Answer, Choice, Entry
from settings import Settings
from tests.telegram import stand_in

LONG_BODY = "\n".join(
    f"Điều {number}. Kinh phí & <điều kiện> hỗ trợ 🏭 được quy định như sau." for number in range(400)
)


class Scripted(Assistant):
    """Answers a few words in its own way and leaves the rest to the real assistant."""

    def ask(self, text: str, context: Context | None = None) -> tuple[Answer, Context]:
        if text == "hỏng":
            raise LookupError("meant to fail")
        answer, after = super().ask(text, context)
        if text == "dài":
            entry = Entry(id="long", kind="policy", title="Quy định", body=LONG_BODY)
            return Answer("answered", "policy", date(2026, 11, 23), entries=(entry,)), after
        if text == "nút":
            choices = (Choice("Kinh phí " * 12, "kinh phí phía bắc 2023"),)
            return Answer("asked_back", "choice", date(2026, 11, 23), choices=choices), after
        return answer, after


if __name__ == "__main__":
    settings = Settings()
    handlers.run(settings, Scripted(*stand_in.parts(settings)), Activity(settings.database))
