"""Adding something: the whole of it in one line, or part by part, over as many messages and restarts as it takes.

Whatever reads is kept and told as it was read; only what is missing or does not read is asked for. A question typed in
between is answered, and the part asked for once more.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import replace

from db.fields import Cell
from db.new_rows import figure_name, free
from db.proposals import Change
from db.values import is_address
from db.waiting import Settled, Step
from handlers.admin.dialogue import Dialogue
from handlers.admin.figure_line import FigureReader
from handlers.admin.forms import Cells, Filled, Form, columns_of, read_line, read_part, row_of, same_activity
from handlers.admin.office import AskInstead, Office, Refusal, Request, Tap, asks_plainly, saying, unread
from knowledge.telling.admin_pages import cells_html, gist
from knowledge.telling.admin_texts import sentence
from knowledge.telling.form_texts import OFFERED, asked_text
from knowledge.telling.labels import CODES
from knowledge.text import fold

WORDS = {"skip": {"bo qua", "khong co", "chua co", "khong"}, "back": {"quay lai", "lui lai"}}
"""What can be typed instead of tapping a button."""
ANYTHING = frozenset({("entries", "title"), ("entries", "body"), ("entries", "questions")})
"""Parts whose value may itself be a question."""
ANY_WORDS = frozenset({"title", "publisher", "name", "place", "conditions"})
"""Parts that take any words, so that only what is plainly a question is taken for one."""
SOURCES = frozenset({"source", "sources"})
PLAINLY = frozenset({"amount", "value", "legal", "basis"}) | SOURCES
"""Parts of which the assistant would make a question whatever is typed: only plain question words make one here."""
NEW_SOURCE = "them_nguon"


class Filling(Dialogue):
    """Every command that has a form."""

    job = "form"

    def __init__(self, office: Office) -> None:
        super().__init__(office)
        office.after_draft.append(self._settled)

    def command(self, name: str) -> Callable[[Request], Awaitable[None]]:
        """The job of one command: without anything typed behind it, the first question."""

        async def add(request: Request) -> None:
            await self.begin(request, Filled(name, {}, why=request.why))

        return add

    async def begin(self, request: Request, filled: Filled) -> None:
        """Read what was typed behind the command, then ask for what is missing; without anything, for every part."""
        usage = saying("usage", command=filled.command)
        if not request.typed:
            await self._ask_next(request, filled, usage)
            return
        first_word = request.typed.split()[0]
        if filled.form.table == "figures" and first_word in self._base.figures:
            raise Refusal("row_known", id=first_word)
        cells, wrong = self._line(filled.form, request.typed)
        filled = replace(filled, cells={**filled.cells, **cells}, rest=True)
        first = next((part for part in filled.form.parts if part in wrong), "")
        other = next((refusal for part, refusal in wrong.items() if part not in filled.form.parts), None)
        if other is not None and not first:
            raise other
        missing = filled.next()
        if not first and not missing:
            await self._propose(request, filled)
            return
        if first:
            refusal = wrong[first]
            parts = [sentence(refusal.note), *self._kept(filled, cells)]
            filled = replace(filled, part=first, typed=refusal.note.values.get("typed", ""))
            await self._ask(request, filled, refusal.choices, *parts)
            return
        told = self._kept(filled, cells) or [usage]
        await self._ask(request, replace(filled, part=missing), (), *told)

    async def go_on(self, request: Request, filled: Filled) -> None:
        """Tell what is settled already, and ask for what is missing."""
        await self._ask_next(request, filled, *self._kept(filled, filled.cells))

    def figure_in(self, text: str) -> Cells | None:
        """What a question says of a figure; None where it asks for something else."""
        cells = self._figures().line(text).cells
        return {**cells} if "indicator" in cells and {"region", "period"} & cells.keys() else None

    def _line(self, form: Form, typed: str) -> tuple[Cells, dict[str, Refusal]]:
        if form.table == "figures":
            found = self._figures().line(typed)
            return {**found.cells}, found.wrong
        return read_line(form, typed, self._office.values())

    def _figures(self) -> FigureReader:
        current = self._office.current
        return FigureReader(
            current.assistant.reader, self._office.values(), current.assistant.base, current.clock()
        )

    # --- what comes in -----------------------------------------------------------------------------------------

    async def word(self, request: Request, step: Step, word: str) -> None:
        """[Nguồn mới], [Quay lại], [Bỏ qua]: begin a source, go back to the part before, leave this one out."""
        filled = Filled.of(step.state)
        if word == "new_source":
            named = {"url" if is_address(filled.typed) else "title": filled.typed} if filled.typed else {}
            await self.go_on(request, Filled(NEW_SOURCE, {**named}, tuple(named), outer=filled.state))
        elif word == "back":
            before = filled.without(filled.done[-1]) if filled.done else filled
            await self._ask(request, before, ())
        elif filled.part in filled.form.needed:
            raise Refusal("field_needed")
        else:
            await self._ask_next(request, replace(filled, done=(*filled.done, filled.part)))

    async def said(self, request: Request, step: Step) -> None:
        """What is typed for the part, or instead of tapping a button."""
        said = fold(request.typed).strip(" .!")
        word = next((word for word, words in WORDS.items() if said in words), "")
        if word == "back" or (word and step.state["part"] not in ANY_WORDS):
            await self.word(request, step, word)
        else:
            await self.answered(request, step, request.typed)

    async def again(self, request: Request, step: Step, *parts: str) -> None:
        """The same part."""
        filled = Filled.of(step.state)
        await self._ask(request, filled, filled.offered, *parts)

    async def answered(self, request: Request, step: Step, said: str) -> None:
        """Keep what was said for the part, if it reads, and ask for the next. Raises `AskInstead` for a question."""
        filled = Filled.of(step.state)
        try:
            cells = await self._read(filled, said)
        except Refusal as refusal:
            if refusal.choices or filled.part in SOURCES:
                asking = replace(filled, typed=said)
                await self._ask(request, asking, refusal.choices, sentence(refusal.note))
                return
            raise
        filled = replace(filled, cells={**filled.cells, **cells}, done=(*filled.done, filled.part))
        more: Sequence[str] = ()
        if (filled.form.table, filled.part) == ("support_levels", "name"):
            more = self._present(str(cells["name"]))
        await self._ask_next(request, filled, *self._kept(filled, cells), *more)

    async def _read(self, filled: Filled, said: str) -> Cells:
        form, part = filled.form, filled.part
        if (form.table, part) not in ANYTHING and asks_plainly(said):
            raise AskInstead
        try:
            if form.table == "figures":
                strings = {name: str(cell) for name, cell in filled.cells.items()}
                return {**self._figures().part(part, said, strings)}
            return read_part(form, part, said, self._office.values())
        except ValueError as error:
            await self._office.unless_question(said, plainly=part in PLAINLY)
            raise unread(form.table, columns_of(part)[0], said, error) from None
        except Refusal:
            await self._office.unless_question(said, plainly=part in PLAINLY)
            raise

    # --- what goes out -----------------------------------------------------------------------------------------

    def _kept(self, filled: Filled, cells: Mapping[str, Cell]) -> list[str]:
        """What was read, as it was read."""
        return cells_html(filled.form.table, cells, self._base)

    def _present(self, name: str) -> list[str]:
        """The latest level that there is of the same activity."""
        base = self._base
        return [
            saying("present_level", id=one.id, told=gist("support_levels", one, base)[0])
            for one in same_activity(name, base)[:1]
        ]

    async def _ask_next(self, request: Request, filled: Filled, *parts: str) -> None:
        part = filled.next()
        if not part:
            await self._propose(request, filled)
            return
        await self._ask(request, replace(filled, part=part, typed=""), (), *parts)

    async def _ask(
        self, request: Request, filled: Filled, offered: Sequence[tuple[str, str]], *parts: str
    ) -> None:
        """Store where this person is, then ask for the part; `offered`: what may be meant, else the usual choices."""
        filled = replace(filled, offered=tuple(offered) or tuple(self._choices(filled)))
        words = ["new_source"] if filled.part in SOURCES and filled.outer is None else []
        words += ["skip"] if filled.part not in filled.form.needed else []
        words += ["back"] if filled.done else []
        buttons = [self.button(filled.state, word) for word in [*words, "quit"]]
        await self.ask(request, filled.state, *parts, self._question(filled), buttons=buttons)

    def _question(self, filled: Filled) -> str:
        form, part = filled.form, filled.part
        left = [one for one in form.parts if one == part or one not in filled.done]
        values = {"at": str(len(form.parts) - len(left) + 1), "of": str(len(form.parts))}
        asked = asked_text(form.table, part, optional=part not in form.needed)
        code = "question_rest" if filled.rest else "question"
        return saying(code, **values, asked=asked)

    def _choices(self, filled: Filled) -> list[tuple[str, str]]:
        """What can be tapped for the part: codes by name, the latest sources, the day on which the document begins."""
        table, part = filled.form.table, filled.part
        if part in SOURCES:
            return self._office.latest_sources()
        if (table, part) == ("support_levels", "valid_from"):
            return self._office.first_day(str(filled.cells.get("document", "")))
        names = OFFERED.get(table, {}).get(part, ())
        labels = ((code, CODES[table, part][code][0]) for code in names)
        return [(code, f"{label[:1].upper()}{label[1:]}") for code, label in labels]

    async def _propose(self, request: Request, filled: Filled) -> None:
        """Read the row back as a draft; what it does not fit leaves the questions where they are."""
        base, form = self._base, filled.form
        cells: Cells = dict(filled.cells)
        if form.table == "figures":
            id_ = str(cells.pop("id", "")) or free(figure_name(cells), base.figures)
        else:
            id_, cells = row_of(form, cells, base)
        change = Change(request.person, "add", form.table, id_, cells, request.why or filled.why)
        draft = await self._office.propose(request, change, leave=filled.outer is None)
        if filled.outer is not None:
            waiting = replace(Filled.of(filled.outer), pending=draft)
            step = Step(self.job, waiting.state, str(request.message.message_id))
            await self._office.steps.go(request.person, step)

    async def _settled(self, tap: Tap, settled: Settled) -> None:
        """Go on with the form for whose sake a source was made."""
        step = await self._office.steps.at(tap.person, self.job)
        if step is None or step.state.get("pending") != tap.id:
            return
        step = replace(step, state={**step.state, "pending": ""})
        if settled.state == "saved":
            await self.answered(tap.request, step, settled.row)
        else:
            await self._ask(tap.request, Filled.of(step.state), ())
