"""What goes into the activity tables and comes out of them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

Rows = Sequence[tuple[str, str]]
"""(table, id), the leading one first."""


@dataclass(frozen=True, slots=True)
class StoredGuide:
    """How far somebody is in the guide. `update`: what brought him there; `answered`: whether its reply went out."""

    state: str
    update: str
    answered: bool


@dataclass(frozen=True, slots=True)
class Opening:
    """What is known when a question comes in.

    `context`: JSON, None when there is none or it is too old. `messages`: ids of the messages that already answer this
    question, with `before`, the context it was asked in. `latest`: nothing was asked after it. `guide`: as
    `Activity.guide`.
    """

    context: str | None
    messages: tuple[int, ...] = ()
    before: str | None = None
    latest: bool = True
    guide: StoredGuide | None = None


@dataclass(frozen=True, slots=True)
class Asked:
    """One question with what came of it. `context` None: leave the conversation's context as it is.

    `text`: empty unless the question may be kept for those who fill gaps (`db.gaps` decides, and takes out what is
    personal). `topics`: ids of what the answer was about, for counting.
    """

    conversation: str
    chat: int
    message: int
    context: str | None
    text: str
    status: str
    kind: str
    choices: tuple[tuple[str, str], ...] = ()  # (label, question)
    figures: tuple[str, ...] = ()  # ids of those that the answer shows
    topics: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Recorded:
    """Ids for the buttons under an answer; `choices` in the order given."""

    question: int
    choices: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Sent:
    """How the answer to a question went out: in `messages`, which show `rows` of the base.

    `before`: the context in which it was asked. `update`: what brought it, where that is dealt with now.
    """

    messages: Sequence[int]
    before: str | None = None
    rows: Rows = ()
    update: int | None = None


@dataclass(frozen=True, slots=True)
class StoredChoice:
    """A button that was offered."""

    id: str
    chat: int
    question: str
    label: str
