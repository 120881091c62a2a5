"""What a chat remembers between two messages: small and plain, so that it can be stored as JSON."""

from __future__ import annotations

import json
from dataclasses import dataclass, field, replace
from typing import Any

from knowledge.finding.wanted import Wanted
from knowledge.records import Choice

MOST_PAST = 6
"""Earlier answers of a chat that can be come back to."""


@dataclass(frozen=True, slots=True)
class Fact:
    """What was told about the workshop: the slot, and the words that said it."""

    slot: str
    text: str


@dataclass(frozen=True, slots=True)
class Context:
    """The last answer of a chat: what was asked (`wanted`, as said), the slots of its figure, and the buttons offered.

    `route`: which kind of answer it was. `ids`: events, documents or entries that were shown. `activity`: the support
    whose price was asked for; `before`: the slots of the answer before the last. `told`: what the last
    answer showed (`dialogue.about`). `over`: the words that made it a rank or a table. `asked`: the question that was
    answered last, completed from the chat, `typed`: as it was typed; `frame`: the kind of its answer. `facts`: what was told
    about the workshop, `wish`: the question that these facts belong to; `digest`: what the answer told, to notice one that repeats it;
    `pair`: the figures that it held against each other. `past`: the contexts of earlier answers, the newest first.
    """

    route: str = ""
    wanted: Wanted | None = None
    slots: dict[str, str] = field(default_factory=dict)
    choices: tuple[Choice, ...] = ()
    ids: tuple[str, ...] = ()
    activity: str = ""
    region: str = ""
    before: dict[str, str] = field(default_factory=dict)
    told: tuple[str, ...] = ()
    over: str = ""
    asked: str = ""
    typed: str = ""
    frame: str = ""
    facts: tuple[Fact, ...] = ()
    wish: str = ""
    digest: str = ""
    pair: tuple[str, ...] = ()
    past: tuple[Context, ...] = ()

    def to_json(self) -> str:
        """The context as one JSON object."""
        return _JSON.encode(self)

    @classmethod
    def from_json(cls, text: str) -> Context:
        """Read a stored context; anything unreadable is an empty context."""
        try:
            return _read(json.loads(text))
        except (ValueError, TypeError, AttributeError, RecursionError):
            return cls()

    @property
    def earlier(self) -> Context:
        """The context in which the last question was asked."""
        return replace(self.past[0], past=self.past[1:]) if self.past else Context()

    @property
    def set_aside(self) -> Context:
        """A chat in which the earlier answers can be come back to, but nothing leans on the last one."""
        kept = (replace(self, past=(), choices=()), *self.past)
        return Context(past=kept[:MOST_PAST] if self.asked else ())

    def following(self, before: Context) -> Context:
        """This context as the one after `before`, which can be come back to."""
        kept = (replace(before, past=(), choices=()), *before.past)
        return replace(self, past=kept[:MOST_PAST])


def _read(data: dict[str, Any]) -> Context:
    stored: dict[str, Any] = data.get("wanted") or {}
    said: dict[str, Any] = {
        key: tuple(value) if isinstance(value, list) else value for key, value in stored.items()
    }
    return Context(
        wanted=Wanted(**said) if stored else None,
        slots=dict(data.get("slots", {})),
        before=dict(data.get("before", {})),
        choices=tuple(Choice(**choice) for choice in data.get("choices", ())),
        ids=tuple(map(str, data.get("ids", ()))),
        told=tuple(map(str, data.get("told", ()))),
        pair=tuple(map(str, data.get("pair", ()))),
        facts=tuple(Fact(**fact) for fact in data.get("facts", ())),
        past=tuple(map(_read, data.get("past", ()))),
        **{name: str(data.get(name, "")) for name in _TEXTS},
    )


_TEXTS = ("route", "activity", "region", "over", "asked", "typed", "frame", "wish", "digest")


def _fields(record: Any) -> dict[str, Any]:
    return {name: getattr(record, name) for name in record.__slots__}


_JSON = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"), default=_fields)
