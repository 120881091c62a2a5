"""Whether the address of a source opens: pages, refusals, silence, and what is not asked at all."""

from __future__ import annotations

import asyncio
import socket
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from threading import Thread

import pytest

from handlers.admin import trial
from handlers.admin.trial import opens


class Page(BaseHTTPRequestHandler):
    """Answers with the status that the path names."""

    def do_GET(self) -> None:
        self.send_response(int(self.path[1:]))
        self.send_header("Location", "http://127.0.0.1:1/")
        self.end_headers()

    def log_message(self, format: str, *args: object) -> None:
        """Say nothing."""


@pytest.fixture(scope="module")
def site() -> Iterator[str]:
    server = HTTPServer(("127.0.0.1", 0), Page)
    Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()


@pytest.mark.parametrize(
    ("status", "open_"), [(200, True), (302, True), (403, True), (404, False), (500, False)]
)
def test_an_address_opens_as_its_page_does(site: str, status: int, open_: bool) -> None:
    assert asyncio.run(opens(f"{site}/{status}", local=True)) == open_


def test_what_is_not_public_is_not_asked(site: str) -> None:
    assert not asyncio.run(opens(f"{site}/200"))


@pytest.mark.parametrize(
    "url", ["ftp://127.0.0.1/x", "http://", "http://[::1", "http://127.0.0.1:99999/", "x"]
)
def test_what_is_no_address_does_not_open(url: str) -> None:
    assert not asyncio.run(opens(url, local=True))


def test_silence_is_not_waited_for(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(trial, "PATIENCE", 0.05)
    with socket.create_server(("127.0.0.1", 0)) as mute:
        assert not asyncio.run(opens(f"http://127.0.0.1:{mute.getsockname()[1]}/", local=True))
