"""What all jobs share that ask for one thing after another: the question, its buttons, the answer that is typed or tapped."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from db.waiting import Step
from handlers.admin.office import AskInstead, Office, Refusal, Request, Tap, Work, saying
from handlers.buttons import acknowledge
from handlers.keyboards import Button
from knowledge.telling.admin_texts import admin_text, sentence

MOST_LABEL = 60


def label_of(told: str) -> str:
    """As it fits on a button; the end, where the amount of a figure stands, is kept."""
    return told if len(told) <= MOST_LABEL else f"{told[: MOST_LABEL - 25].rstrip()}…{told[-24:].lstrip()}"


class Dialogue(Work):
    """One such job. Where somebody is in it is a step (`db.waiting`), stored before its question leaves, so that it survives
    a restart. In its state, `part`: what is asked for; `offered`: (answer, label) of what can be tapped."""

    job: str
    """The name of its steps, and the word of its buttons."""
    plainly = True
    """Whether what does not read is a question only where it has the words of one."""

    def __init__(self, office: Office) -> None:
        super().__init__(office)
        office.steps.takers[self.job] = self._typed
        office.steps.askers[self.job] = self.again

    async def tap(self, tap: Tap) -> None:
        """A button under a question: one of what is offered, [Huỷ], or another word."""
        step = await self._office.steps.at(tap.person, self.job)
        part, _, word = tap.id.partition("-")
        if step is None or step.state.get("part") != part:
            await acknowledge(tap.query, saying("stale_step"))
            return
        await acknowledge(tap.query)
        offered = step.state["offered"]
        if word == "quit":
            await self._office.steps.leave(tap.person)
            await self._say(tap.request, saying("step_left"))
        elif not word.isdecimal():
            await self.word(tap.request, step, word)
        elif int(word) < len(offered):
            await self.answered(tap.request, step, offered[int(word)][0])

    async def _typed(self, request: Request, step: Step) -> None:
        if "part" not in step.state:  # stored by an earlier version
            await self._office.steps.leave(request.person)
            raise AskInstead
        if step.update == str(request.message.message_id):  # handled before; cut off before its question left
            await self.again(request, step)
        else:
            await self.said(request, step)

    async def said(self, request: Request, step: Step) -> None:
        """What is typed instead of tapping a button. Raises `AskInstead` for a question; where several things may be meant
        they are offered."""
        try:
            await self.answered(request, step, request.typed)
        except Refusal as refusal:
            await self._office.unless_question(request.typed, plainly=self.plainly)
            if not refusal.choices:
                raise
            step = replace(step, state={**step.state, "offered": refusal.choices})
            await self.again(request, step, sentence(refusal.note))

    async def answered(self, request: Request, step: Step, said: str) -> None:
        """Keep an answer and ask for the next part, or do the job. Raises `Refusal` where it does not read."""
        raise NotImplementedError

    async def again(self, request: Request, step: Step, *parts: str) -> None:
        """Ask for the same part once more, below these parts, after something else was answered."""
        raise NotImplementedError

    async def word(self, request: Request, step: Step, word: str) -> None:
        """A button that is no answer."""

    async def ask(
        self,
        request: Request,
        state: Mapping[str, Any],
        *parts: str,
        buttons: Sequence[Button] | None = None,
        messages: Sequence[int] = (),
    ) -> None:
        """Store where this person is, then ask. `buttons`: those below what is offered, else [Huỷ]; `messages`: what gives
        way to the question."""
        step = Step(self.job, dict(state), str(request.message.message_id))
        await self._office.steps.go(request.person, step)
        offered = [
            Button(label_of(label), self._data(state, n)) for n, (_, label) in enumerate(state["offered"])
        ]
        below = [self.button(state, "quit")] if buttons is None else buttons
        await self._office.sender.edit(request.place, messages, parts, [*offered, *below])

    def button(self, state: Mapping[str, Any], word: str) -> Button:
        """A button that is no answer, called as its text is."""
        return Button(admin_text(f"button_{word}"), self._data(state, word), beside=True)

    def _data(self, state: Mapping[str, Any], what: object) -> str:
        return f"1:a:{self.job}:{state['part']}-{what}"
