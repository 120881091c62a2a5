"""Adding something: the whole of it in one line, or field by field, over as many messages and restarts as it takes."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from typing import Any

from db.proposals import Change, find
from db.steps import Step
from handlers.admin.forms import FORMS, Form, cell_of, read_line, row_of
from handlers.admin.office import Office, Refusal, Request, Tap
from handlers.buttons import acknowledge
from handlers.keyboards import Button
from handlers.reply import Place, place_of
from knowledge.records import Note
from knowledge.telling.admin_texts import admin_text, sentence
from knowledge.telling.form_texts import ASKED, CHOICES
from knowledge.text import fold

WORDS = {"skip": {"bo qua"}, "back": {"quay lai"}}
"""What can be typed instead of tapping a button."""


class Filling:
    """Every command that has a form."""

    def __init__(self, office: Office) -> None:
        self._office = office
        office.steps.takers["form"] = self._typed

    def command(self, name: str) -> Callable[[Request], Awaitable[None]]:
        """The job of one command: without anything typed behind it, the first question."""
        form = FORMS[name]

        async def add(request: Request) -> None:
            if request.typed:
                typed = {"": request.typed} if form.table == "figures" else read_line(form, request.typed)
                await self._propose(request, form, typed)
                return
            await self._office.steps.go(request.person, _step(form, {}, 0, request.message.message_id))
            usage = sentence(Note("usage", {"command": name}))
            await self._office.say(request, usage, _question(form, 0), *_needed(form, 0))

        return add

    async def tap(self, tap: Tap) -> None:
        """A button under a question: an option, [Bỏ qua], [Quay lại] or [Huỷ]."""
        step = await self._office.steps.here(tap.person)
        at, _, word = tap.id.partition("-")
        if step is None or step.what != "form" or str(step.state["at"]) != at:
            await acknowledge(tap.query, sentence(Note("stale_step")))
            return
        await acknowledge(tap.query)
        form = FORMS[step.state["command"]]
        request = Request(tap.person, tap.role, "", tap.message, place_of(tap.message, quote=False))
        if word == "quit":
            await self._office.steps.leave(tap.person)
            await self._office.say(request, sentence(Note("step_left")))
        elif word in WORDS:
            await self._go_on(request, form, step, word, tap.message.message_id)
        else:
            labels = list(CHOICES.get((form.table, form.fields[int(at)]), ()))
            if word.isdecimal() and int(word) < len(labels):
                await self._answered(request, form, step, labels[int(word)], tap.message.message_id)

    async def _typed(self, request: Request, step: Step) -> None:
        form = FORMS[step.state["command"]]
        message = request.message.message_id
        if step.update == str(message):  # handled before, and cut off before its question left
            await self._ask(request.place, form, int(step.state["at"]), step.state["typed"])
            return
        word = next((word for word, said in WORDS.items() if fold(request.typed) in said), "")
        if word:
            await self._go_on(request, form, step, word, message)
        else:
            await self._answered(request, form, step, request.typed, message)

    async def _go_on(self, request: Request, form: Form, step: Step, word: str, message: int) -> None:
        """Leave a field out, or go back to the one before."""
        at, typed = int(step.state["at"]), dict(step.state["typed"])
        name = form.fields[at]
        if word == "skip" and name in form.needed:
            raise Refusal("field_needed")
        if word == "skip":
            typed.pop(name, None)
        await self._go(request, form, typed, at + 1 if word == "skip" else max(at - 1, 0), message)

    async def _answered(self, request: Request, form: Form, step: Step, said: str, message: int) -> None:
        """Keep what was said for the field, if it reads, and ask for the next."""
        at, typed = int(step.state["at"]), dict(step.state["typed"])
        name, current = form.fields[at], self._office.current
        base, today = current.assistant.base, current.clock()
        cell_of(form, name, said, base, current.reader, today)
        if name == "id" and any(table == form.table for table, _ in await self._office.desk.run(find, said)):
            raise Refusal("id_taken", id=said)
        await self._go(request, form, {**typed, name: said}, at + 1, message)

    async def _go(self, request: Request, form: Form, typed: dict[str, str], at: int, message: int) -> None:
        if at == len(form.fields):
            await self._propose(request, form, typed)
            return
        await self._office.steps.go(request.person, _step(form, typed, at, message))
        await self._ask(request.place, form, at, typed)

    async def _ask(self, place: Place, form: Form, at: int, typed: dict[str, str]) -> None:
        parts = [_question(form, at), *_needed(form, at)]
        if said := typed.get(form.fields[at]):
            parts.append(sentence(Note("said_before", {"said": said})))
        await self._office.sender.send(place, parts, _buttons(form, at))

    async def _propose(self, request: Request, form: Form, typed: dict[str, str]) -> None:
        """Read the row back as a draft; what it does not fit leaves the questions where they are."""
        current = self._office.current
        reader, base, today = current.reader, current.assistant.base, current.clock()
        row, cells = row_of(form, typed, base, reader, today)
        await self._office.propose(
            request, Change(request.person, "add", form.table, row, cells, request.why)
        )


def _step(form: Form, typed: dict[str, str], at: int, message: int) -> Step:
    state: dict[str, Any] = {"command": form.command, "typed": typed, "at": at}
    return Step("form", state, str(message))


def _question(form: Form, at: int) -> str:
    values = {"at": str(at + 1), "of": str(len(form.fields)), "asked": ASKED[form.table, form.fields[at]]}
    return sentence(Note("question", values))


def _needed(form: Form, at: int) -> Sequence[str]:
    return () if form.fields[at] in form.needed else (sentence(Note("may_skip")),)


def _buttons(form: Form, at: int) -> list[Button]:
    name = form.fields[at]
    found = [
        Button(label[:1].upper() + label[1:], f"1:a:step:{at}-{number}")
        for number, label in enumerate(CHOICES.get((form.table, name), ()))
    ]
    words = ["skip"] if name not in form.needed else []
    words += ["back"] if at else []
    return [
        *found,
        *(
            Button(admin_text(f"button_{word}"), f"1:a:step:{at}-{word}", beside=True)
            for word in [*words, "quit"]
        ),
    ]
