"""What a message does in a chat: ask, follow, tell, choose, come back, talk about the answer, or just talk.

Decided from its reading and the state of the chat before anything is looked up.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from knowledge.dialogue.choosing import choice_of
from knowledge.dialogue.social import SOCIAL, small_talk
from knowledge.dialogue.state import Context
from knowledge.language.foreign import script_of
from knowledge.language.spans import IDLE, Reading, Span

Kind = Literal["ask", "follow", "correct", "tell", "choose", "return", "about", "social"]


@dataclass(frozen=True, slots=True)
class Act:
    """`what`: the value of the talk span that decided; `rest`: the spans that say something beside it."""

    kind: Kind
    what: str = ""
    rest: tuple[Span, ...] = ()


ABOUT = (
    "wrong", "sure", "cite", "source", "file", "chart", "shorter", "longer", "first", "repeat",
)  # fmt: skip
"""What can be said about an answer; the first of them that occurs decides."""
TURNED = frozenset({"correct", "no", "wrong"})
OBJECTS = frozenset({"head", "document", "document_name", "event_name", "entry_name", "trade", "activity"})
"""Slots that name what a question is about."""
FACTS = frozenset({"fact", "amount", "activity", "trade", "region", "role", "number", "intent"})
"""Slots by which somebody tells of a workshop."""
OF_WORKSHOP = frozenset({"policy", "support", "choice", "help", "smalltalk", ""})
"""Frames of answers to which such facts belong."""
OF_FIGURES = frozenset({"figure", "comparison", "series", "check"})
"""Frames of answers that tell numbers."""
_SUBJECT = OBJECTS | {"programme", "measure", "region", "period", "amount", "fact", "undone", "round", "neighbour", "aspect", "number"}  # fmt: skip
_LIGHT = frozenset(
    {"joint", "asks", "order", "reference", "kind", "intent", "bound", "scope", "role", "division"}
)
LEANING, LONGEST = 10, 18
"""Words of a message that may lean on the chat where it names no object, and where it points back."""
LEAST_OWN = 5
"""Words of a full question of its own."""
LEAST_OPENING = 3
"""Words of courtesy from which on they open a talk; fewer answer what was told."""


def act_of(reading: Reading, context: Context) -> Act:
    """The act of a message in its chat."""
    said = tuple(span for span in reading.spans if span.slot not in IDLE)
    alone = len(said) == 1 and (bool(context.told) or said[0].means("talk", *SOCIAL))
    talk = [value for span in reading.of("talk") for value in _talks(span, alone=alone)]
    if script := not reading.words and script_of(reading.clean):
        return Act("social", f"language_{script}")
    if (context.asked or 0 < len(reading.words) < LEAST_OPENING) and not said and not reading.residue:
        return Act("social", "yes")  # "oh, is that so"
    rest = tuple(span for span in said if span.slot != "talk" and not (alone and span.means("talk")))
    if choice_of(reading, context) is not None:
        return Act("choose")
    if what := small_talk(reading, talk, rest, answered=not {*ABOUT, "back"}.isdisjoint(talk)):
        return Act("social", what, rest)
    return _about(talk, rest, context) or _of_matter(reading, talk, rest, context)


def _of_matter(reading: Reading, talk: list[str], rest: tuple[Span, ...], context: Context) -> Act:
    """The act of a message that is about the matter itself."""
    subject = any(span.slot in _SUBJECT for span in rest)
    named = subject or not rest or any(span.means("order", "1") for span in reading.spans)
    if context.past and ("repeat" in talk or ("back" in talk and named)):
        return Act("return", "back", rest)
    if (context.facts or not TURNED.intersection(talk)) and _tells(reading, rest, context):
        return Act("tell", rest=rest)
    if context.asked and subject and TURNED.intersection(talk):
        return Act("correct", talk[0], rest)
    return Act("follow" if context.asked and leans(reading, context) else "ask", rest=rest)


def stops(reading: Reading) -> bool:
    """Whether a message says nothing but that somebody wants no more."""
    said = [span for span in reading.spans if span.slot not in IDLE]
    return (
        bool(said)
        and all(span.means("talk", "stop", "no", "bye", "thanks") for span in said)
        and reading.has("talk", "stop")
    )


def asks_something(reading: Reading) -> bool:
    """Whether a message is a question of its own, not the answer to one."""
    own = any(reading.has(slot) for slot in (*OBJECTS, "aspect", "programme", "measure"))
    return own and (reading.has("asks") or reading.has("aspect") or reading.has("operator"))


def _talks(span: Span, *, alone: bool) -> tuple[str, ...]:
    """What a span says to the bot; words that may be part of a question say it only where they stand alone."""
    if span.slot == "talk":
        return (span.value,)
    alone = alone or span.slot == "address"
    return tuple(value for slot, value in span.others if slot == "talk") if alone else ()


def leans(reading: Reading, context: Context) -> bool:
    """Whether a message names no object of its own, or points back to one. The plan or the spending of money that is asked
    for after words, not figures, is an object of its own."""
    size = len(reading.words)
    if reading.has("reference", "pronoun", "previous", "same", "next"):
        return size <= LONGEST
    if context.frame in ("policy", "support") and asks_level(reading):
        return size <= LEANING
    own = any(reading.has(slot) for slot in OBJECTS if slot != "head")
    whole = reading.has("head") and (reading.has("asks") or reading.has("region") or reading.has("period"))
    whole = whole or (context.frame in OF_WORKSHOP and reading.has("measure") and reading.has("asks"))
    return size <= LEANING and not own and not whole


def names_its_own(reading: Reading) -> bool:
    """Whether a message is long enough to be a full question, and names something without pointing back."""
    said = [span for span in reading.spans if span.slot not in IDLE]
    if len(reading.words) < LEAST_OWN or reading.has("reference") or (said[:1] and said[0].slot == "joint"):
        return False
    return any(span.slot in _SUBJECT - {"aspect", "number", "undone", "round"} for span in said)


def only_slots(reading: Reading) -> bool:
    """Whether a message names nothing but slots of a figure."""
    slots = {span.slot for span in reading.spans if span.slot not in (*IDLE, "joint")}
    return bool(slots) and slots <= {"region", "period", "programme", "measure", "asks"}


def _about(talk: list[str], rest: tuple[Span, ...], context: Context) -> Act | None:
    """Something said about the last answer, with nothing beside it that asks for another."""
    what = next((one for one in ABOUT if one in talk), "")
    if "back" in talk and context.past:  # of another answer
        return None
    if not what:
        return Act("about", implied, rest) if (implied := _implied(rest, context)) else None
    if _else_meant(what, rest, context):
        return None
    what = _asked_again(rest) if what == "repeat" else what
    if what == "wrong" and not context.asked:  # of a chat that is forgotten
        return Act("social", "insult", rest)
    heavy = {span.slot for span in rest} - _LIGHT - {"unknown"}
    unread = sum(span.end - span.start for span in rest if span.slot == "unknown")
    if what in ("chart", "file") and not context.told:
        allowed, unread = set[str](), 0
    elif what == "wrong":
        allowed, unread = {"amount"}, 0
    else:
        allowed = {"operator", "head"} if what in _OF_WHOLE else {"operator"}
    return Act("about", what, rest) if heavy <= allowed and unread <= MOST_UNREAD else None


def _asked_again(rest: tuple[Span, ...]) -> str:
    """What is to be said again: the documents behind the answer, the first answer, or the last one."""
    if any(span.means("asks", "which_document") for span in rest):
        return "source"
    return "first" if any(span.means("order", "1") for span in rest) else "repeat"


def _else_meant(what: str, rest: tuple[Span, ...], context: Context) -> bool:
    """Whether "exactly" asks for a sum, "say again" for what was told before the last answer, or "wrong" why sources differ."""
    if what == "wrong" and any(span.means("differ") for span in rest):
        return True
    if what == "longer":
        return context.frame in OF_WORKSHOP and any(span.means("asks", "how_much") for span in rest)
    earlier = what == "repeat" and any(span.means("reference", "previous") for span in rest)
    return earlier and any(span.slot not in ("reference", "asks") for span in rest)


_OF_WHOLE = ("chart", "file", "cite", "sure", "source")


def _implied(rest: tuple[Span, ...], context: Context) -> str:
    """What is asked about the answer without a word that says so: why, a confirmation, its basis."""
    if why := _asks_why(rest, context):
        return why
    of_figures = context.frame in OF_FIGURES
    source = of_figures and any(span.means("talk", "source") for span in rest)
    source = source and all(span.slot in _OF_SOURCE for span in rest)
    if not source and context.digest and _only_confirms(rest):
        return "shorter"
    if context.frame == "figure" and context.digest and _only_a_number(rest):
        return "wrong"
    return "source" if source or (context.told and _asks_basis(rest, context)) else ""


def _asks_why(rest: tuple[Span, ...], context: Context) -> str:
    """Whether it is asked why it is so, or why another number than the one told was heard."""
    if not any(span.means("asks", "why") or span.means("aspect", "cause") for span in rest):
        return ""
    slots = {span.slot for span in rest if not span.means("aspect", "cause")}
    if context.asked and slots <= {"asks", "reference", "operator", "unknown", "undone"}:
        return "why"
    heard = context.frame in OF_FIGURES and slots & {"amount", "number"} and not slots & OBJECTS
    return "wrong" if heard else ""


_OF_SOURCE = frozenset({"head", "period", "region", "programme"})
"""Slots that say of which figure that was told the source is asked for."""


def _only_confirms(rest: tuple[Span, ...]) -> bool:
    """Whether nothing is said but "so it is not allowed?"."""
    asks = [span for span in rest if span.slot != "reference"]
    year = len(rest) > len(asks) and all(span.means("asks", "which_year") for span in asks)
    return bool(asks) and (year or all(span.means("asks", "yes_no", "check") for span in asks))


def _only_a_number(rest: tuple[Span, ...]) -> bool:
    """Whether nothing is said but another number than the one that was told."""
    numbers = [span for span in rest if span.slot in ("amount", "number")]
    return len(numbers) == 1 and all(
        span in numbers or span.slot in ("reference", "unknown") or span.means("asks", "check")
        for span in rest
    )


def _asks_basis(rest: tuple[Span, ...], context: Context) -> bool:
    """Whether the document is asked for on which what was just said rests."""
    which = any(span.means("asks", "which_document") or span.means("talk", "source") for span in rest)
    pointed = any(span.slot == "reference" or span.means("aspect", "validity") for span in rest)
    bare = all(span.slot in ("head", "asks", "unknown") for span in rest)
    pointed = pointed or (bare and context.frame in ("policy", "support"))
    if any(span.means("aspect", "replaced", "amended") or span.means("asks", "when") for span in rest):
        return False
    head = any(span.slot in OBJECTS and not span.means("head", "document") for span in rest)
    return which and pointed and not head


MOST_UNREAD = 3
"""Unknown words beside what is said about an answer."""


_TOLD_BESIDE = FACTS | {"asks", "kind", "reference", "unknown", "scope", "bound", "joint", "unit_name"}


def _tells(reading: Reading, rest: tuple[Span, ...], context: Context) -> bool:
    """Whether a message only tells facts of a workshop, or asks "and then?" of them, not where to go with it."""
    strange = not context.asked and any(span.means("neighbour", "topic") for span in rest)
    if strange or reading.has("function", "submit"):
        return False
    asks = any(span.slot == "asks" and span.value not in ("how", "yes_no") for span in rest)
    if context.frame not in OF_WORKSHOP or asks or any(span.slot not in _TOLD_BESIDE for span in rest):
        return False
    told = [span for span in rest if _is_fact(span, rest)]
    if not context.facts:
        unread = any(span.slot in ("unknown", "unit_name") for span in rest)
        return not unread and any(span.slot in ("fact", "trade", "number") for span in told)
    bare = all(span.slot in ("region", "amount") for span in told)
    return bool(told) and not (bare and not context.wish)


def _is_fact(span: Span, spans: tuple[Span, ...]) -> bool:
    """Whether a span tells of a workshop by itself, or how many people work there."""
    if span.slot == "number":
        return counted_people(span, spans) is not None
    return span.slot in FACTS - {"intent", "role"}


def counted_people(number: Span, spans: Iterable[Span]) -> Span | None:
    """The people whom this number counts, those who work for somebody; None where it counts something else."""
    return next((one for one in spans if one.start == number.end and one.means("kind", "person")), None)


_OF_LEVEL = frozenset(
    {
        ("aspect", "amount"),
        ("head", "support"),
        ("asks", "how_much"),
        ("asks", "percent"),
    }
)


def asks_level(reading: Reading) -> bool:
    """Whether a message asks how much there is, of a thing of which it may tell a fact more, and nothing else."""
    beside = (*IDLE, "talk", "reference", "bound", "fact")
    said = {(s.slot, s.value) for s in reading.spans if s.slot not in beside}
    return bool(said) and said <= _OF_LEVEL
