"""Whether the address of a source can be opened, looked at once before it is saved. A doubt, never a refusal."""

from __future__ import annotations

import asyncio
import ipaddress
import logging
import socket
from urllib.parse import urlsplit

import aiohttp

log = logging.getLogger(__name__)

PATIENCE = 4.0
"""Seconds for all of it."""
GUARDED = frozenset({401, 403, 405, 429})
"""The page is there, though not for programs."""


async def opens(url: str, *, local: bool = False) -> bool:
    """Whether something answers there as a page does; a redirection counts, and is not followed.

    Only public addresses are asked, unless `local`: what a bot can reach beside the internet is nobody's source.
    """
    try:
        async with asyncio.timeout(PATIENCE):
            return await _opens(url, local=local)
    except (OSError, ValueError, TimeoutError, aiohttp.ClientError) as error:
        log.info("The address of a source does not open: %s", type(error).__name__)
        return False


async def _opens(url: str, *, local: bool) -> bool:
    parts = urlsplit(url)
    if parts.scheme not in ("http", "https") or not parts.hostname:
        return False
    port = parts.port or (443 if parts.scheme == "https" else 80)
    loop = asyncio.get_running_loop()
    found = await loop.getaddrinfo(parts.hostname, port, type=socket.SOCK_STREAM)
    if not local and not all(ipaddress.ip_address(one[4][0]).is_global for one in found):
        return False
    async with aiohttp.ClientSession() as session, session.get(url, allow_redirects=False) as page:
        return page.status < 400 or page.status in GUARDED
