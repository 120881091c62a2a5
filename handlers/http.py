"""Calls to the Bot API through aiohttp: half the cost of the library's own way for the same call.

Errors become the library's; `in_doubt` says whether a call that failed may have been carried out.
"""

from __future__ import annotations

import io
import json
import os
import ssl
from collections.abc import Callable
from typing import Any
from urllib.parse import urlsplit
from urllib.request import getproxies, proxy_bypass

import aiohttp
import certifi
from telegram.error import NetworkError, TelegramError, TimedOut
from telegram.request import BaseRequest, RequestData

CONNECT_SECONDS = 10.0
UPLOAD_SECONDS = 300.0
"""For a call with a file, whatever comes and goes meanwhile."""
KEEP_OPEN_SECONDS = 50.0
_NOT_SENT = (aiohttp.ClientConnectorError, aiohttp.ConnectionTimeoutError)


class Garbled(NetworkError):
    """An answer that says neither yes nor no: a page of a proxy, nothing at all."""


def in_doubt(error: TelegramError) -> bool:
    """True when the request may have been carried out although no acknowledgement came."""
    if isinstance(error, Garbled):
        return True
    cause = error.__cause__
    return isinstance(cause, aiohttp.ClientError | TimeoutError) and not isinstance(cause, _NOT_SENT)


class Http(BaseRequest):
    """Connections to one server that stay open, at most `connections`; `timeout`: seconds without a byte of an answer.

    A call as a whole takes at most that much longer than it asks for, however slowly its bytes come.
    """

    def __init__(
        self, server: str, connections: int, timeout: float, heard: Callable[[str], None] = lambda _: None
    ) -> None:
        """`server`: its address. Where the environment names a proxy for it, the calls go through that. `heard`: told of
        each answer that is one, be it a refusal, with the date that it bears."""
        self._server = server
        self._connections = connections
        self._timeout = timeout
        self._heard = heard
        self._session: aiohttp.ClientSession | None = None

    @property
    def read_timeout(self) -> float:
        """Seconds without a byte of an answer."""
        return self._timeout

    async def initialize(self) -> None:
        """Nothing is opened before the first call."""
        if self._session is None:
            trusted = os.environ.get("SSL_CERT_FILE") or certifi.where()
            connector = aiohttp.TCPConnector(
                limit=self._connections,
                keepalive_timeout=KEEP_OPEN_SECONDS,
                ssl=ssl.create_default_context(cafile=trusted),
            )
            self._session = aiohttp.ClientSession(
                connector=connector, proxy=_proxy_to(self._server), cookie_jar=aiohttp.DummyCookieJar()
            )

    async def shutdown(self) -> None:
        """Close the connections."""
        session, self._session = self._session, None
        if session is not None:
            await session.close()

    async def do_request(
        self,
        url: str,
        method: str,
        request_data: RequestData | None = None,
        read_timeout: Any = BaseRequest.DEFAULT_NONE,
        write_timeout: Any = BaseRequest.DEFAULT_NONE,
        connect_timeout: Any = BaseRequest.DEFAULT_NONE,
        pool_timeout: Any = BaseRequest.DEFAULT_NONE,
    ) -> tuple[int, bytes]:
        """Status and body. Raises `TimedOut` or `NetworkError`, whose text never holds the address, which has the token."""
        if self._session is None:
            raise RuntimeError("Not initialized")
        data, headers = _body(request_data)
        asked = [one for one in (read_timeout, write_timeout) if isinstance(one, int | float)]
        patience = max([self._timeout, *asked])
        whole = patience + (UPLOAD_SECONDS if isinstance(data, aiohttp.FormData) else self._timeout)
        timeout = aiohttp.ClientTimeout(total=whole, sock_connect=CONNECT_SECONDS, sock_read=patience)
        try:
            async with self._session.request(
                method, url, data=data, headers=headers, timeout=timeout, allow_redirects=False
            ) as response:
                status, body = response.status, await response.read()
                told = response.headers.get("Date", "")
        except (TimeoutError, aiohttp.ServerTimeoutError) as error:
            raise TimedOut(f"Timed out: {type(error).__name__}") from error
        except (aiohttp.ClientError, OSError) as error:
            raise NetworkError(f"aiohttp.{type(error).__name__}") from error
        except Exception as error:  # a call that cannot be made at all; its text may hold what was to be sent
            raise TelegramError(f"The call could not be made: {type(error).__name__}") from None
        if method == "POST":
            status = _status_of(status, body)
        if status < 500:
            self._heard(told)
        return status, body


def _status_of(status: int, body: bytes) -> int:
    """What the answer to a call comes to. Raises `Garbled` where it claims success and tells none."""
    if not 200 <= status < 300:
        return status
    try:
        answer = json.loads(body)
    except (ValueError, RecursionError):
        answer = None
    if isinstance(answer, dict) and answer.get("ok") is True and "result" in answer:
        return status
    refused = answer.get("error_code") if isinstance(answer, dict) else None
    if isinstance(refused, int) and refused >= 400:
        return refused
    raise Garbled(f"The answer with status {status} is none")


def _proxy_to(server: str) -> str | None:
    """Looked up once: aiohttp's own look-up starts two threads' work for each call."""
    parts = urlsplit(server)
    return None if proxy_bypass(parts.hostname or "") else getproxies().get(parts.scheme)


def _body(data: RequestData | None) -> tuple[Any, dict[str, str]]:
    """JSON, or a form with parts where files go along."""
    if data is None:
        return None, {}
    files = data.multipart_data
    if not files:
        return json.dumps(data.parameters, ensure_ascii=False).encode(), {"Content-Type": "application/json"}
    form = aiohttp.FormData()
    for name, value in data.json_parameters.items():
        form.add_field(name, value)
    for name, (filename, content, kind) in files.items():
        part = io.BytesIO(content) if isinstance(content, bytes) else content
        form.add_field(name, part, filename=filename, content_type=kind)
    return form, {}
