"""Small talk: what is said to the bot itself, with nothing beside it that asks for something else."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from knowledge.language.spans import Reading, Span
from knowledge.records import Answer, Kind

SOCIAL = (
    "remind",
    "call",
    "identity",
    "draft",
    "language",
    "down",
    "grief",
    "insult",
    "privacy",
    "human",
    "about_bot",
    "capability",
    "thanks",
    "bye",
    "greeting",
    "stop",
    "correct",
    "yes",
)
"""What can be said to the bot; the first of them that occurs decides."""
MOST_WORDS = 14
MOST_BETWEEN = 3
"""Words from thanks to the word that says how great they are, and that word."""
_LIGHTLY = frozenset({"intent", "kind", "reference", "bound", "address", "order", "joint", "unknown"})
_BESIDE: dict[str, frozenset[str]] = {
    "stop": _LIGHTLY - {"unknown", "kind"},
    "yes": frozenset(),
    "correct": frozenset({"reference", "unknown", "joint"}),
    **dict.fromkeys(("grief", "capability"), _LIGHTLY | {"asks", "scope", "operator", "measure"}),
}
"""Slots that may stand beside small talk without making it something else."""
_PLAIN = frozenset(
    {"insult", "privacy", "human", "about_bot", "grief", "down", "call", "identity", "language"}
)
"""Talk that is hardly ever part of a question: it counts unless something of the matter stands beside it."""
_ASIDE = {
    "privacy": ("aspect", "contact"),
    "about_bot": ("fact", "small"),
    "greeting": ("head", "khuyen_cong"),
    "down": ("period", "unread"),
}
"""What somebody says of themselves, of the bot or of its field by the way."""
_HEAVY = frozenset(
    {
        "head",
        "programme",
        "region",
        "period",
        "amount",
        "document",
        "document_name",
        "event_name",
        "entry_name",
    }
    | {"aspect", "fact", "undone", "round"}
)
_WEAK = frozenset({"stop", "correct", "yes"})
"""Talk that only introduces what is said about an answer."""
_ACTIVE = frozenset({"activity", "trade"})
_OPEN = frozenset({"how", "yes_no", "who", "check"})


def talked(what: str, today: date) -> Answer:
    """The answer to small talk of this kind; what is asked about the bot is answered as help."""
    kind: Kind = "help" if what in ("about_bot", "capability", "privacy", "human") else "smalltalk"
    return Answer("no_answer" if what.startswith("language") else "answered", kind, today, aspect=what)


def small_talk(reading: Reading, talk: Sequence[str], rest: Sequence[Span], *, answered: bool) -> str:
    """What is said to the bot, one of `SOCIAL`; empty where something else is meant. `talk`: what the words of talk say,
    `rest`: the other spans; `answered`: something is said about an answer too."""
    what = next((one for one in SOCIAL if one in talk), "")
    if what == "greeting" and {"stop", "no"} & set(talk):  # "no more then, good day"
        what = "bye"
    if what == "thanks" and _parts(talk):
        what = "parting"
    longest = MOST_WORDS * (2 if what in (*_PLAIN, "remind", "draft") else 1)
    if not what or len(reading.words) > longest or (what in _WEAK and answered):
        return ""
    return what if _fits(what, reading, rest) else ""


def _parts(talk: Sequence[str]) -> bool:
    """Whether somebody who gives thanks also takes leave: says so, wants no more, or greets after it."""
    greets = "greeting" in talk[talk.index("thanks") :]
    return greets or not {"bye", "stop"}.isdisjoint(talk)


def _fits(what: str, reading: Reading, rest: Sequence[Span]) -> bool:
    """Whether what stands beside the talk leaves it what it is."""
    if what == "remind":  # whatever it is that nobody should forget
        return True
    if what == "draft":
        written = reading.has("head", "scheme") or reading.has("aspect", "papers")
        return written and not reading.has("asks")
    aside = _ASIDE.get(what, ("",))
    beside = [span for span in rest if not (span.means(*aside) or _how_much_thanks(span, reading))]
    if what not in _PLAIN:
        return all(span.slot in _BESIDE.get(what, _LIGHTLY) for span in beside)
    slots = {span.slot for span in beside}
    asked = any(span.slot == "asks" and span.value not in _OPEN for span in rest) or "intent" in slots
    return not slots & _HEAVY and not (slots & _ACTIVE and asked)


def _how_much_thanks(span: Span, reading: Reading) -> bool:
    """Whether a word that else asks how much says how great the thanks are: alone, in one clause with them."""
    thanks = [one.end for one in reading.of("talk", "thanks") if one.end <= span.start]
    between = reading.words[thanks[-1] : span.end] if thanks else ()
    lone = span.means("asks", "how_much") and span.end - span.start == 1
    return lone and 0 < len(between) <= MOST_BETWEEN and not any(word.break_before for word in between)
