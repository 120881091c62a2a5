"""The Bot API server of the tests: lo-bot-api-emulator, made to behave more like Telegram and to tell what it was sent.

    python -m tests.telegram.peer PORT

Added to the emulator: a username in getMe; edited messages; HTML refused as Telegram refuses it; edits of messages that
are unknown or would not change refused; a few parameters and methods that the emulator does not know; faults on demand.

    POST /__fixture/updates    {"token", "update"}: the emulator's own way to make something happen
    POST /__peer/again         {"token", "update"}: deliver an update under the id that it carries, however old
    GET  /__peer/outbox?token= every call of that bot but getUpdates: method, fields, result or refusal, time; from the
                               one with the number `after` on; with &count=1 only how many
    GET  /__peer/uploads?token= the files of those calls: name, bytes in base64
    POST /__peer/file          {"token", "file_id", "data"}: a file that somebody sends; its bytes in base64
    POST /__peer/faults        {"token", "faults": [{"method", "chat_id"?, "status"?, "description"?, "retry_after"?,
                               "times"?, "drop"?, "hold"?, "chance"?, "after"?, "delay"?}]}
                               "hold": answer only when the faults are replaced; "chance": for each call, 0 to 1;
                               "after": carry the call out, and spoil only its acknowledgement (the call is marked
                               "cut"); "delay": seconds before any of it; "body": what is answered instead of JSON;
                               "drip": a body whose bytes come one by one until the faults are replaced;
                               "migrate_to": the id that the group has now
"""

from __future__ import annotations

import asyncio
import base64
import json
import random
import sys
import time
from collections import defaultdict
from collections.abc import AsyncIterator
from contextvars import ContextVar
from typing import Any

from aiohttp import web
from lo_bot_api_emulator import ApiRefusal, LoBotApiEmulator, updates  # type: ignore[import-untyped]

from tests.telegram.html import Refused, visible

USERNAME = "khuyencong_test_bot"
HIDDEN_PARAMETERS = ("link_preview_options", "message_thread_id")
UNKNOWN_METHODS = ("setMyDescription", "setMyShortDescription")
Json = dict[str, Any]

_token: ContextVar[str] = ContextVar("token")
_READ = "read"


class Peer(LoBotApiEmulator):  # type: ignore[misc]
    """The emulator with an outbox and a list of faults for each bot."""

    def __init__(self) -> None:
        updates.KINDS.update(("edited_message", "chosen_inline_result"))
        super().__init__(
            enable_control=True, allow_insecure_loopback_webhooks=True, max_bots=1000, max_assets=2000
        )
        self.outbox: defaultdict[str, list[Json]] = defaultdict(list)
        self.uploads: defaultdict[str, list[Json]] = defaultdict(list)
        self.faults: defaultdict[str, list[Json]] = defaultdict(list)
        self.faults_changed = asyncio.Event()
        self.dice = random.Random(7)
        self.shown: dict[tuple[str, str, int], tuple[str, Any]] = {}

    def validate(self, method: str, fields: Json, uploads: Json) -> Any:
        if method == "getUpdates":
            return super().validate(method, fields, uploads)
        call: Json = {
            "method": method,
            "at": time.time(),
            "fields": {name: _decoded(value) for name, value in fields.items()},
        }
        self.outbox[_token.get()].append(call)
        self.uploads[_token.get()] += uploads.values()
        try:
            result = self._checked(method, fields, uploads)
        except ApiRefusal as refusal:
            call["refused"] = refusal.description
            raise
        call["result"] = result
        return result

    def _checked(self, method: str, fields: Json, uploads: Json) -> Any:
        for name in HIDDEN_PARAMETERS:
            fields.pop(name, None)
        if method in UNKNOWN_METHODS:
            return True
        if method in ("sendMessage", "editMessageText") and fields.get("parse_mode") == "HTML":
            try:
                visible(fields.get("text", ""))
            except Refused as reason:
                raise ApiRefusal(f"Bad Request: {reason}") from None
        key = (_token.get(), str(fields.get("chat_id")), int(fields.get("message_id", 0)))
        now = (fields.get("text", ""), fields.get("reply_markup"))
        if method in ("editMessageText", "deleteMessage") and key not in self.shown:
            raise ApiRefusal("Bad Request: message to edit not found")
        if method == "editMessageText" and self.shown[key] == now:
            raise ApiRefusal("Bad Request: message is not modified")
        result = super().validate(method, fields, uploads)
        if method == "getMe":
            result["username"] = USERNAME
        if method in ("sendMessage", "editMessageText"):
            self.shown[key[0], key[1], result["message_id"]] = now
        if method == "deleteMessage":
            del self.shown[key]
        return result

    async def read_request(self, request: web.Request) -> Any:
        """Fields and uploads; remembered, since a body with files can be read only once."""
        if _READ not in request:
            request[_READ] = await super().read_request(request)
        return request[_READ]

    async def handle(self, request: web.Request) -> web.StreamResponse:
        token = request.match_info["token"]
        _token.set(token)
        method = request.match_info["method"]
        faults = [one for one in self.faults[token] if one["method"] == method and one.get("times", 1) > 0]
        by_chat = any("chat_id" in one for one in faults)
        fields = (await self.read_request(request))[0] if by_chat else {}
        for fault in faults:
            fits = "chat_id" not in fault or str(fault["chat_id"]) == str(fields.get("chat_id"))
            if fits and self.dice.random() < fault.get("chance", 1):
                fault["times"] = fault.get("times", 1) - 1
                fault["met"] = fault.get("met", 0) + 1
                if fault.get("after"):
                    await self._carried_out(request)
                await asyncio.sleep(fault.get("delay", 0))
                if fault.get("hold"):
                    await self.faults_changed.wait()
                    raise web.HTTPServiceUnavailable
                if fault.get("drop") and request.transport:
                    request.transport.close()
                return await self._dripping(request) if fault.get("drip") else _fault(fault)
        response: web.StreamResponse = await super().handle(request)
        return response

    async def _dripping(self, request: web.Request) -> web.StreamResponse:
        response = web.StreamResponse()
        await response.prepare(request)
        changed = self.faults_changed
        while not changed.is_set():
            await response.write(b" ")
            await asyncio.sleep(0.05)
        return response

    async def _carried_out(self, request: web.Request) -> None:
        calls = self.outbox[_token.get()]
        before = len(calls)
        await super().handle(request)
        for call in calls[before:]:
            call["cut"] = True

    async def tell(self, request: web.Request) -> web.Response:
        """The outbox, and how many faults have not happened yet."""
        token = request.query["token"]
        waiting = sum(fault.get("times", 1) for fault in self.faults[token])
        met = sum(bool(fault.get("met")) for fault in self.faults[token])
        calls: Any = self.outbox[token][int(request.query.get("after", 0)) :]
        if "count" in request.query:
            calls = len(calls)
        return web.json_response({"calls": calls, "faults": waiting, "met": met, "fates": self.faults[token]})

    async def tell_uploads(self, request: web.Request) -> web.Response:
        """Every file that was sent."""
        sent = self.uploads[request.query["token"]]
        files = [{"name": one["filename"], "data": base64.b64encode(one["data"]).decode()} for one in sent]
        return web.json_response({"files": files})

    async def set_faults(self, request: web.Request) -> web.Response:
        body = await request.json()
        self.faults[body["token"]] = body["faults"]
        self.faults_changed.set()
        self.faults_changed = asyncio.Event()
        return web.json_response({})

    async def put_file(self, request: web.Request) -> web.Response:
        body = await request.json()
        data = base64.b64decode(body["data"])
        self.assets[body["file_id"]] = {"data": data, "size": len(data)}
        return web.json_response({})

    async def again(self, request: web.Request) -> web.Response:
        body = await request.json()
        state = self._update_queues._state(body["token"])
        async with state.condition:
            state.updates.append(body["update"])
            state.next_id = max(state.next_id, body["update"]["update_id"] + 1)
            state.condition.notify_all()
        await self._update_queues.deliver(body["token"])
        return web.json_response({})

    async def _redelivery(self, _: web.Application) -> AsyncIterator[None]:
        """Call a webhook again that did not take its update, as Telegram does."""

        async def deliver() -> None:
            while True:
                await asyncio.sleep(0.1)
                for token in list(self.outbox):
                    await self._update_queues.deliver(token)

        task = asyncio.create_task(deliver())
        yield
        task.cancel()

    def app(self) -> web.Application:
        app: web.Application = super().app()
        app.router.add_get("/__peer/outbox", self.tell)
        app.router.add_get("/__peer/uploads", self.tell_uploads)
        app.router.add_post("/__peer/faults", self.set_faults)
        app.router.add_post("/__peer/again", self.again)
        app.router.add_post("/__peer/file", self.put_file)
        app.cleanup_ctx.append(self._redelivery)
        return app


def _fault(fault: Json) -> web.Response:
    status = fault.get("status", 500)
    if "body" in fault:
        return web.Response(text=fault["body"], status=status, content_type=fault.get("type", "text/html"))
    body: Json = {"ok": False, "error_code": status, "description": fault.get("description", "Fault")}
    if "retry_after" in fault:
        body["parameters"] = {"retry_after": fault["retry_after"]}
    if "migrate_to" in fault:
        body["parameters"] = {"migrate_to_chat_id": fault["migrate_to"]}
    return web.json_response(body, status=status)


def _decoded(value: Any) -> Any:
    try:
        return json.loads(value) if isinstance(value, str) and value[:1] in ("{", "[") else value
    except ValueError:
        return value


if __name__ == "__main__":
    web.run_app(Peer().app(), host="127.0.0.1", port=int(sys.argv[1]), access_log=None, print=None)
