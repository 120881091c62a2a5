"""Sentences of small talk, and the words that complete what somebody tells to a question."""

from __future__ import annotations

from knowledge.telling.sentences import Sentences, tables

_TALK = Sentences("talk")
_ADDRESS: dict[str, str] = tables("talk")["address"]
"""How the bot addresses a person, by how the person addresses the bot."""

question_tail = Sentences("talk", "tails").plain
"""Words that make a question of what was told: how much there is, whether it may be, why, where one turns to."""


_CHOICES: dict[str, list[str]] = tables("talk")["choices"]


def opener_choices(matter: str, name: str) -> list[str]:
    """The questions that somebody who only names a matter may have."""
    return [question.format(name=name) for question in _CHOICES[matter]]


def talk(aspect: str, address: str) -> str:
    """The sentence for an act of small talk; of a language without a sentence that of all. Raises KeyError for an unknown
    act."""
    you = _ADDRESS.get(address, "bạn")
    code = aspect if aspect in _TALK.by_code else aspect.partition("_")[0]
    return _TALK.plain(code, you=you, You=you[:1].upper() + you[1:])
