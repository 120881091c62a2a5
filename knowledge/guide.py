"""The guided eligibility check: five steps, one answer each, then a verdict. A pure state machine, no chat in it.

`Guide.handle(text, state)` is all that a chat needs: it starts, goes on, goes back and leaves. A state is small, plain and
stored as JSON. What is typed is always the answer of the step at hand; what cannot be read leaves the state as it was.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import asdict, dataclass, field, replace
from datetime import date
from typing import Any, TypeAlias

from knowledge.base import KnowledgeBase
from knowledge.dialogue.acts import asks_something, stops
from knowledge.finding.eligibility import (
    Eligibility,
    Facts,
    Option,
    Reason,
    Verdict,
)
from knowledge.guide_reading import GuideReader, Picked, pick, price
from knowledge.language.spans import IDLE
from knowledge.reading.question import Question, Reader
from knowledge.records import Note
from knowledge.text import fold

__all__ = ["Guide", "GuideState", "GuideStep", "Option", "Reason", "Reply", "Verdict"]

STEPS = ("establishment", "province", "place", "trade", "work", "price")
"""Five steps; where the establishment is takes two questions."""
NUMBERS = dict(zip(STEPS, (1, 2, 2, 3, 4, 5), strict=True))
DONE, LEFT = "done", "left"
_BESIDE = (
    ("intent", "own"),
    ("role", "own"),
    ("asks", "yes_no", "check"),
    ("head", "support", "khuyen_cong"),
)
"""What may stand beside the words that ask for the guide: of all else there is a question of its own."""
_IDLE = (*IDLE, "address")
_LONGEST_OPENING = 16
_COMMANDS = {
    "dieu_kien": "start", "lamlai": "start", "lam lai": "start", "bat dau lai": "start", "huy": "leave", "thoat": "leave",
    "dung lai": "leave", "quaylai": "back", "quay lai": "back", "tro lai": "back", "buoc truoc": "back", "sua cau vua roi": "back",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class GuideState:
    """Where somebody is in the guide, and what he said. `offered`: ids to choose from where his words fitted several."""

    step: str = STEPS[0]
    facts: Facts = field(default_factory=Facts)
    offered: tuple[str, ...] = ()

    @property
    def active(self) -> bool:
        """Whether what is typed next is an answer of the guide."""
        return self.step in STEPS

    def to_json(self) -> str:
        """The state as one JSON object."""
        return json.dumps(asdict(self), ensure_ascii=False, separators=(",", ":"))

    @classmethod
    def from_json(cls, text: str) -> GuideState:
        """Read a stored state; raises ValueError for what is none of this version."""
        try:
            data: dict[str, Any] = json.loads(text)
            facts, offered = Facts(**data["facts"]), tuple(map(str, data["offered"]))
            step = str(data["step"])
        except (KeyError, TypeError) as error:
            raise ValueError("not a state of the guide") from error
        told = (facts.establishment, facts.province, facts.place, facts.trade, facts.work)
        missing = step == DONE and not all(told)
        if step not in (*STEPS, DONE, LEFT) or missing:
            raise ValueError("not a state of the guide")
        return cls(step, facts, offered)


@dataclass(frozen=True, slots=True)
class GuideStep:
    """One question: its options to tap or type (by label or number), what was said so far, what there is to tell."""

    name: str
    options: tuple[Option, ...]
    said: tuple[str, ...] = ()
    notes: tuple[Note, ...] = ()

    @property
    def number(self) -> int:
        """Which of the five steps."""
        return NUMBERS[self.name]

    @property
    def unread(self) -> bool:
        """Whether the last answer was not read."""
        return any(note.code.startswith("expected_") for note in self.notes)

    @property
    def asked_again(self) -> bool:
        """Whether the last answer was not read, or fitted several options."""
        return self.unread or any(note.code.startswith("which_") for note in self.notes)


Reply: TypeAlias = GuideStep | Verdict | Note


class Guide:
    """The guide over one base. `clock` gives the day for which rules and levels are looked up; `reader` reads for it."""

    def __init__(
        self, base: KnowledgeBase, clock: Callable[[], date] = date.today, reader: Reader | None = None
    ) -> None:
        self._base = base
        self._clock = clock
        self._rules = Eligibility(base)
        self._reader = GuideReader(base, reader)

    def handle(self, text: str, state: GuideState | None = None) -> tuple[GuideState | None, Reply | None]:
        """Whatever was typed. The reply is None when it is not meant for the guide. Never raises for any text."""
        said = _plain(text)
        command = _COMMANDS.get(said, "")
        typed = text.lstrip().startswith("/")
        here = state if state is not None and state.step != LEFT else None
        active = here if here is not None and here.active else None
        if self.opens(text) or (command == "start" and (here or typed)):
            return self.start()
        if command == "leave" and (typed or active):
            return self.leave(state)
        if command == "back" and (here or typed):
            return self.back(here) if here else (state, Note("guide_none"))
        return (state, None) if active is None or typed else self._said_at(active, text)

    def _said_at(self, state: GuideState, text: str) -> tuple[GuideState | None, Reply | None]:
        """What is typed at an open step: its answer, unless it stops the guide or asks something else."""
        reading = self._reader.read(text, self._clock()).reading
        if stops(reading):
            return self.leave(state)
        after, reply = self.answer(state, text)
        unread = isinstance(reply, GuideStep) and reply.unread
        return (state, None) if unread and asks_something(reading) else (after, reply)

    def opens(self, text: str) -> bool:
        """Whether these words ask for the guide, wherever they are said."""
        if len(text.split()) > _LONGEST_OPENING:
            return False
        reading = self._reader.read(text, self._clock()).reading
        asks = reading.has("guide", "opens") or (
            reading.has("guide", "eligible") and reading.has("asks", "yes_no")
        )
        return asks and all(
            span.slot in _IDLE or span.means("guide") or any(span.means(*one) for one in _BESIDE)
            for span in reading.spans
        )

    def start(self) -> tuple[GuideState, GuideStep]:
        """The first question."""
        state = GuideState()
        return state, self._step(state)

    def leave(self, state: GuideState | None) -> tuple[GuideState | None, Note]:
        """Out of the guide; what was said is not kept."""
        if state is None or state.step == LEFT:
            return state, Note("guide_none")
        return GuideState(LEFT), Note("guide_left")

    def back(self, state: GuideState) -> tuple[GuideState, GuideStep]:
        """The question before, its answer open again; the first question stays."""
        at = len(STEPS) if state.step == DONE else STEPS.index(state.step) if state.active else 0
        step = STEPS[max(0, at - 1)]
        empty: Any = None if step == "price" else ""
        state = GuideState(step, replace(state.facts, **{step: empty}))
        return state, self._step(state, *([Note("guide_first")] if at == 0 else []))

    def show(self, state: GuideState) -> Reply:
        """What was last told in this state, without its notes."""
        if state.step == DONE:
            return replace(self._rules.judge(state.facts, self._clock()), said=self._said(state))
        return self._step(state) if state.active else Note("guide_left")

    def choose(self, state: GuideState, step: str, option: str) -> tuple[GuideState, Reply] | None:
        """A tap; None when it belongs to another step than the one at hand."""
        if state.step != step or not state.active:
            return None
        if option in self._rules.options[step] or (step == "province" and option in self._reader.provinces()) or (
            step == "trade" and option in self._reader.trades()
        ):  # fmt: skip
            return self._take(state, option)
        return None

    def answer(self, state: GuideState, text: str) -> tuple[GuideState, Reply]:
        """The answer of the step at hand, as typed: a label, its number, or other words."""
        if not state.active:
            return state, self.show(state)
        said = _plain(text)
        options = self._options(state)
        if said.isascii() and said.isdigit() and len(said) <= 2 and 1 <= int(said) <= len(options):
            return self._take(state, options[int(said) - 1].id)
        for option in options:
            if said == _plain(option.label):
                return self._take(state, option.id)
        question = self._reader.read(text, self._clock())
        if state.step == "price":
            amount = price(question)
            return self._unread(state) if amount is None else self._priced(state, amount or None)
        if state.step == "province":
            return self._province(state, question)
        if state.step == "place":
            picked, old = self._reader.place(question)
            return self._picked(state, picked, *([Note("district_ended")] if old else []))
        if state.step == "trade":
            return self._picked(state, self._reader.trade(text, question))
        return self._picked(state, pick(self._rules.options[state.step], question.clean))

    def _province(self, state: GuideState, question: Question) -> tuple[GuideState, Reply]:
        picked = self._reader.province(question)
        notes = [Note("misspelt", {"typed": picked.typed, "region": picked.sure})] if picked.typed else []
        after, reply = self._picked(state, picked, *notes)
        place, old = self._reader.place(question, beside_province=True)
        if after.step == "place" and place.sure and isinstance(reply, GuideStep):
            ended = [Note("district_ended")] if old else []
            return self._take(after, place.sure, *reply.notes, *ended)
        return after, reply

    def _picked(self, state: GuideState, picked: Picked, *notes: Note) -> tuple[GuideState, Reply]:
        if picked.sure:
            return self._take(state, picked.sure, *notes)
        if picked.ids:
            state = replace(state, offered=picked.ids)
            return state, self._step(state, *notes, Note(f"which_{state.step}"))
        return self._unread(state)

    def _unread(self, state: GuideState) -> tuple[GuideState, Reply]:
        return state, self._step(state, Note(f"expected_{state.step}"))

    def _priced(self, state: GuideState, amount: int | None) -> tuple[GuideState, Reply]:
        state = GuideState(DONE, replace(state.facts, price=amount))
        return state, self.show(state)

    def _take(self, state: GuideState, option: str, *notes: Note) -> tuple[GuideState, Reply]:
        if state.step == "price":
            return self._priced(state, None)
        told: dict[str, Any] = {state.step: option}
        facts = replace(state.facts, **told)
        if state.step == "province":
            notes = (*notes, *self._merged(option))
        state = GuideState(STEPS[STEPS.index(state.step) + 1], facts)
        return state, self._step(state, *notes)

    def _merged(self, province: str) -> tuple[Note, ...]:
        said, now = self._base.regions[province], self._rules.today(province)
        if now is None or now.id == said.id:
            return ()
        return (Note("now_part_of", {"region": said.name, "now": now.name}),)

    def _step(self, state: GuideState, *notes: Note) -> GuideStep:
        return GuideStep(state.step, self._options(state), self._said(state), notes)

    def _options(self, state: GuideState) -> tuple[Option, ...]:
        """What the step shows: what was offered last, or its buttons."""
        fixed = self._rules.options[state.step]
        if not state.offered:
            return tuple(option for option in fixed.values() if option.shown)
        return tuple(fixed.get(one) or Option(one, self._label(state.step, one)) for one in state.offered)

    def _label(self, step: str, id_: str) -> str:
        if step == "province":
            return self._base.regions[id_].name if id_ in self._base.regions else id_
        return self._rules.trade_name(id_)

    def _said(self, state: GuideState) -> tuple[str, ...]:
        facts, now = state.facts, self._rules.today(state.facts.province)
        told = (
            self._rules.option("establishment", facts.establishment).label,
            now.name if now else "",
            self._rules.option("place", facts.place).label,
            self._rules.trade_name(facts.trade) if facts.trade else "",
            self._rules.option("work", facts.work).label,
        )
        return tuple(one for one in told if one)


def _plain(text: str) -> str:
    """Folded, without the slash of a command and without marks at the ends."""
    return fold(text).split("@")[0].lstrip(" /").rstrip(" ?!.,;:")
