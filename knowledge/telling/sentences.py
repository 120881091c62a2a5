"""The sentences of a room, from its file in `texts/`: a table of a file for each kind, a code for each sentence."""

from __future__ import annotations

import html
import re
import tomllib
from functools import cache
from pathlib import Path
from typing import Any

_TAG = re.compile(r"<[^>]+>")
FOLDER = Path(__file__).parent / "texts"


@cache
def tables(room: str) -> dict[str, Any]:
    """The tables of `texts/<room>.toml`. Raises FileNotFoundError for a room that there is not."""
    return tomllib.loads((FOLDER / f"{room}.toml").read_text(encoding="utf-8"))


class Sentences:
    """One table of sentences with blanks, `{name}`."""

    def __init__(self, room: str, table: str = "sentences") -> None:
        self.by_code: dict[str, str] = tables(room)[table]

    def plain(self, code: str, /, **values: object) -> str:
        """A sentence as plain text. Raises KeyError for an unknown code."""
        return self.by_code[code].format_map(values)

    def html(self, code: str, /, **values: object) -> str:
        """A sentence, which may have markup, as Telegram HTML; the values are escaped. Raises KeyError as `plain` does."""
        return self.by_code[code].format_map({name: safe(value) for name, value in values.items()})


def safe(text: object) -> str:
    """Whatever was typed or stored, as text within Telegram HTML."""
    return html.escape(str(text), quote=False)


def unmarked(markup: str) -> str:
    """Telegram HTML as plain text."""
    return html.unescape(_TAG.sub("", markup))


def cut(text: str, most: int) -> str:
    """A text of at most `most` characters, with a sign where its end is left out."""
    return text if len(text) <= most else f"{text[: most - 1].rstrip()}…"
