"""`/thay_muc`: a whole new table of support levels, under the document that sets it and from its first day on.

Document, day and table are asked for one by one, or taken from the command's line, the file under it, the lines below it.
The table itself goes the way of any file (`handlers.admin.exchange`): preview, one tap, one undo.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from telegram import Document

from db.grids import looks_like_table
from db.history import Done, history, rows_of
from db.replacing import REPLACING, TABLE
from db.waiting import Step
from handlers.admin.dialogue import Dialogue
from handlers.admin.exchange import PASTED, Exchange, slot_of
from handlers.admin.office import AskInstead, Office, Refusal, Request, Tap
from handlers.admin.replacing_pages import quoting
from handlers.admin.trial import answer_of
from handlers.buttons import acknowledge
from handlers.keyboards import Button
from knowledge.telling.admin_pages import cells_html, tried_html
from knowledge.telling.replacing_texts import replacing_text, review_html, review_label

ASKED = ("document", "valid_from")
"""What is asked for before the table, in this order."""
NAMED = ("document", "article", "valid_from")
"""What may be named in the command's line."""
A_PAGE = 10


class Replacing(Dialogue):
    """The command, what is typed and sent in the middle of it, and the list of what is to be reviewed."""

    job = "levels"

    def __init__(self, office: Office, exchange: Exchange) -> None:
        super().__init__(office)
        self._exchange = exchange
        exchange.saved.append(self._saved)

    async def command(self, request: Request) -> None:
        """`/thay_muc document | first day`, with the table below it, under a file, or later."""
        first, _, rest = request.typed.partition("\n")
        answers, wrong = self._said(first)
        document = request.document
        state = {"answers": answers, "text": rest, "why": request.why, "shown": False}
        await self._go_on(request, {**state, "file": document.to_dict() if document else None}, *wrong)

    async def file(self, request: Request, document: Document) -> bool:
        """A file without a command; False where no table is waited for."""
        step = await self._office.steps.at(request.person, "levels")
        if step is None:
            return False
        await self._go_on(request, {**step.state, "file": document.to_dict(), "text": ""})
        return True

    async def review(self, tap: Tap) -> None:
        """The next page of what quotes the levels that a change has ended."""
        await acknowledge(tap.query)
        number, _, start = tap.id.partition("-")
        if number.isdecimal() and start.isdecimal():
            parts, buttons = await self._page(int(number), int(start))
            await self._show(tap, *parts, buttons=buttons)

    def _said(self, line: str) -> tuple[dict[str, str], list[str]]:
        """What a line between bars gives, and why its other parts do not read."""
        answers: dict[str, str] = {}
        wrong: list[str] = []
        free = list(ASKED)
        for part in filter(None, map(str.strip, line.split("|"))):
            name, colon, value = part.partition(":")
            slot = slot_of(name) if colon else ""
            free = [one for one in free if one != slot]
            try:
                if not slot and not free:
                    raise Refusal("bad_answer", why=replacing_text("part_unknown"))
                answers |= self._answer(slot or free.pop(0), value.strip() if slot else part)
            except Refusal as refusal:
                wrong.append(replacing_text("bad", typed=part, why=refusal.note.values["why"]))
        return answers, wrong

    def _answer(self, slot: str, typed: str) -> dict[str, str]:
        """What was typed as answers about the table; a document may bring its article. Raises `Refusal`."""
        if slot != "document":
            return {slot: self._exchange.answer(slot, typed)}
        try:
            id_, _, article = self._office.values().basis(typed).partition(":")
        except ValueError as error:
            raise Refusal("bad_answer", why=str(error)) from None
        row = self._base.documents[id_]
        return {
            "document": id_,
            **({"article": article.strip()} if article.strip() else {}),
            **({"source": row.sources[0]} if row.sources else {}),
        }

    async def said(self, request: Request, step: Step) -> None:
        """The table, or what is asked for before it."""
        state, part = step.state, step.state["part"]
        if looks_like_table(request.typed) or (part == "table" and "\n" in request.typed):
            await self._go_on(request, {**state, "text": request.typed, "file": None})
        elif part == "table" and state["shown"]:
            await self._office.steps.leave(request.person)
            raise AskInstead
        elif part == "table":
            await self._office.unless_question(request.typed)
            await self._say(request, replacing_text("table_wanted"))
        else:
            await super().said(request, step)

    async def answered(self, request: Request, step: Step, said: str) -> None:
        """Keep the document or the day, and go on."""
        answers = {**step.state["answers"], **self._answer(step.state["part"], said)}
        await self._go_on(request, {**step.state, "answers": answers})

    async def again(self, request: Request, step: Step, *parts: str) -> None:
        """The same question."""
        await self.ask(request, step.state, *parts, replacing_text(step.state["part"]))

    async def _go_on(self, request: Request, state: Mapping[str, Any], *parts: str) -> None:
        """Ask for the next thing that is missing, with what was read so far; with everything there, the preview."""
        answers, base = state["answers"], self._base
        part = next((one for one in ASKED if one not in answers), "table")
        kept = cells_html(TABLE, {one: answers[one] for one in NAMED if one in answers}, base)
        if part != "table" or not (state["text"].strip() or state["file"]):
            offered = self._office.first_day(answers["document"]) if part == "valid_from" else []
            asked = {**state, "part": part, "offered": offered}
            await self.ask(request, asked, *parts, *kept, replacing_text(part))
            return
        name, data = PASTED, state["text"].encode()
        emptied = {**state, "part": "table", "offered": [], "text": "", "file": None}
        if state["file"]:
            document = Document.de_json(state["file"], request.message.get_bot())
            fetched = await self._exchange.fetched(request, document)
            if fetched is None:
                await self.ask(request, emptied, replacing_text("table"))
                return
            name, data = (document.file_name or "tep")[:80], fetched
        await self._say(request, *parts, *kept)
        request = replace(request, why=state["why"])
        plan = await self._exchange.read(request, name, data, TABLE, {**answers, REPLACING: "1"})
        if await self._office.steps.at(request.person, "sheet") is not None:
            return
        emptied["shown"] = bool(plan and plan.steps)
        if plan and plan.steps and not plan.problems:  # another table may follow, or a word that leaves it
            step = Step(self.job, emptied, str(request.message.message_id))
            await self._office.steps.go(request.person, step)
        else:
            await self.ask(request, emptied, replacing_text("again"))

    async def _saved(self, tap: Tap, number: int) -> tuple[list[str], list[Button]]:
        """After a change that ended levels: what the bot answers now, and what quotes the old ones."""
        current = self._office.current
        pairs, _ = quoting(await self._rows(number), current.assistant.base)
        ended = [one for one in pairs if one.old is not None]
        if not ended:
            return [], []
        parts = tried_html(*await answer_of(current, TABLE, ended[0].new.id))
        page, buttons = await self._page(number, 0)
        return [*parts, *page], buttons

    async def _page(self, number: int, start: int) -> tuple[list[str], list[Button]]:
        """A page of what is to be reviewed after a change, and the button to the next."""
        _, found = quoting(await self._rows(number), self._base)
        after = start + A_PAGE
        more = [Button(review_label(), f"1:a:review:{number}-{after}")] if after < len(found) else []
        return review_html(found, start, A_PAGE, self._base), more

    async def _rows(self, number: int) -> list[Done]:
        """What a change did, row by row."""
        done = await self._desk.run(history, number=number)
        return await self._desk.run(lambda db: [row for one in done for row in rows_of(db, one)])
