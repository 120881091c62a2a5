"""The guided eligibility check in a chat: commands, taps and typed answers go to `Guide`, its replies come back as messages.

Where somebody is stays in the database, so a restart changes nothing. Each step is stored with the update that led to
it: an update that is handled again after a crash gives the same reply instead of answering the next question. A button
carries its step and option, `1:g:<step>:<option>`; one of another step says so.
"""

from __future__ import annotations

import logging
import re
import zlib
from dataclasses import dataclass

from telegram import Update
from telegram.ext import ContextTypes

from db.activity import Activity, Unavailable
from db.openings import Opening, StoredGuide
from db.recording import Asked
from handlers.ask import Incoming
from handlers.buttons import acknowledge
from handlers.chats import conversation_of
from handlers.current import Current
from handlers.keyboards import Button
from handlers.reply import Place, Sender, place_of
from knowledge.dialogue import Context
from knowledge.guide import GuideState, GuideStep, Reply, Verdict
from knowledge.records import Choice, Note
from knowledge.telling.guide_texts import guide_html, guide_text

log = logging.getLogger(__name__)

DATA = re.compile(r"1:g:([a-z]+):([a-z0-9_-]{1,48})")
MOST_DATA = 64


@dataclass(eq=False)
class Guiding:
    """Everything that is answered by the guide."""

    _current: Current
    _activity: Activity
    _sender: Sender

    async def command(self, update: Update, _: ContextTypes.DEFAULT_TYPE) -> None:
        """`/dieu_kien`, `/lamlai`, `/quaylai` and `/huy`."""
        if message := update.effective_message:
            conversation = conversation_of(message.chat, message.from_user)
            text, place = message.text or "", place_of(message)
            await self.take(Incoming(text, conversation, place, message.message_id))

    async def take(self, incoming: Incoming, opening: Opening | None = None) -> bool:
        """Answer what is meant for the guide: words that open it, and what is typed freely while it is open.

        False when it is not, or when where somebody is cannot be read: then it is a question like any other.
        `opening` has it where it was read already.
        """
        if incoming.edited and opening and opening.messages:
            return False
        try:
            stored = opening.guide if opening else await self._activity.guide(incoming.conversation)
        except Unavailable:
            log.exception("The guide could not be read")
            return False
        key = f"{incoming.message}:{zlib.crc32(incoming.text.encode('utf-8', 'replace')):08x}"
        if incoming.message and stored and stored.update == key:
            await self._again(stored, incoming.conversation, incoming.place)
            return True
        if not (incoming.free or incoming.text.startswith("/") or self._current.guide.opens(incoming.text)):
            return False
        after, reply = self._current.guide.handle(incoming.text, self._before(incoming, stored))
        if reply is None:
            return False
        if incoming.place.chat < 0 and isinstance(reply, Note) and reply.code == "guide_none":
            return True  # in a group the command may have been another bot's
        await self._tell(after, reply, key, incoming.conversation, incoming.place)
        return True

    async def asked_again(self, incoming: Incoming, opening: Opening) -> None:
        """The step at hand once more, after a question that came between."""
        state = _state(opening.guide)
        if state is None or not state.active or not incoming.free or incoming.edited:
            return
        await self._say(state, self._current.guide.show(state), incoming.conversation, incoming.place)

    def _before(self, incoming: Incoming, stored: StoredGuide | None) -> GuideState | None:
        """The state that is answered to; where the last answer is mended, the one before it."""
        state = _state(stored)
        mended = incoming.edited and stored and stored.update.startswith(f"{incoming.message}:")
        return self._current.guide.back(state)[0] if mended and state and not state.active else state

    async def tap(self, update: Update, _: ContextTypes.DEFAULT_TYPE) -> None:
        """A button of the guide; one that belongs to another step, or to somebody else, is answered with a sentence."""
        query = update.callback_query
        found = DATA.fullmatch(query.data or "") if query else None
        if query is None or query.message is None or found is None:
            if query:
                await acknowledge(query, guide_text("guide_over"))
            return
        conversation = conversation_of(query.message.chat, query.from_user)
        place = place_of(query.message)
        key = f"tap:{query.id}"
        stored = await self._activity.guide(conversation)
        if stored and stored.update == key:
            await acknowledge(query)
            await self._again(stored, conversation, place)
            return
        state = _state(stored)
        told = self._tapped(state, found[1], found[2])
        if told is None:
            here = state is not None and state.active
            await acknowledge(query, guide_text("guide_stale" if here else "guide_over"))
            return
        await acknowledge(query)
        await self._tell(*told, key, conversation, place)

    def _tapped(
        self, state: GuideState | None, step: str, option: str
    ) -> tuple[GuideState | None, Reply] | None:
        if option == "restart" and state is not None:
            return self._current.guide.start()
        if state is None or state.step != step:
            return None
        if option == "back":
            return self._current.guide.back(state)
        if option == "leave":
            return self._current.guide.leave(state)
        return self._current.guide.choose(state, step, option)

    async def _tell(
        self, state: GuideState | None, reply: Reply, key: str, conversation: str, place: Place
    ) -> None:
        """Store, then send, then note that it was sent."""
        if state is not None:
            await self._activity.keep_guide(conversation, StoredGuide(state.to_json(), key, False))
        await self._say(state, reply, conversation, place)
        if state is not None:
            await self._activity.keep_guide(conversation, StoredGuide(state.to_json(), key, True))

    async def _say(self, state: GuideState | None, reply: Reply, conversation: str, place: Place) -> None:
        buttons = await self._buttons(state, reply, conversation, place) if state else []
        told = guide_html(reply, dict(self._current.assistant.base.names))
        await self._sender.send(place, [told], buttons)

    async def _again(self, stored: StoredGuide, conversation: str, place: Place) -> None:
        """The same update once more: its reply goes out if it did not before."""
        state = _state(stored)
        if state is None or stored.answered:
            log.info("An answer of the guide was handled before")
            return
        await self._tell(state, self._current.guide.show(state), stored.update, conversation, place)

    async def _buttons(
        self, state: GuideState, reply: Reply, conversation: str, place: Place
    ) -> list[Button]:
        if isinstance(reply, GuideStep):
            found = [Button(option.label, f"1:g:{reply.name}:{option.id}") for option in reply.options]
            back = Button(guide_text("button_back"), f"1:g:{reply.name}:back", beside=True)
            leave = Button(guide_text("button_leave"), f"1:g:{reply.name}:leave", beside=True)
            found += [leave] if reply.name == "establishment" else [back, leave]
            return [button for button in found if len(button.data.encode()) <= MOST_DATA]
        if not isinstance(reply, Verdict):
            return []
        asked = await self._choices(reply, conversation, place)
        redo = Button(guide_text("button_redo"), f"1:g:{state.step}:back")
        return [*asked, redo, Button(guide_text("button_restart"), f"1:g:{state.step}:restart")]

    async def _choices(self, verdict: Verdict, conversation: str, place: Place) -> list[Button]:
        """Questions to go on with. They become the chat's choices, so that their labels can be typed as well."""
        where = f" {verdict.now.name}" if verdict.now else ""
        choices = (
            Choice(guide_text("button_papers"), guide_text("ask_papers")),
            Choice(guide_text("button_where"), guide_text("ask_where") + where),
        )
        context = Context(route="support", choices=choices).to_json()
        pairs = tuple((choice.label, choice.question) for choice in choices)
        asked = Asked(conversation, place.chat, 0, context, "", "answered", "help", pairs)
        recorded = await self._activity.record(asked)
        offered = zip(choices, recorded.choices, strict=True)
        return [Button(choice.label, f"1:c:{id_}") for choice, id_ in offered]


def _state(stored: StoredGuide | None) -> GuideState | None:
    """None for a state that an earlier version wrote in another shape."""
    try:
        return GuideState.from_json(stored.state) if stored else None
    except ValueError:
        log.warning("A stored state of the guide could not be read and is left out")
        return None
