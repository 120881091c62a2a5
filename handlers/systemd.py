"""What systemd is told: that the bot is ready, and, again and again, that all is well (`Type=notify`, `WatchdogSec=`)."""

from __future__ import annotations

import os
import socket


def tell_systemd(state: str) -> None:
    """Send one state ("READY=1", "WATCHDOG=1"); nothing where systemd did not ask for it, or does not listen."""
    address = os.environ.get("NOTIFY_SOCKET", "")
    if not address:
        return
    with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM | socket.SOCK_CLOEXEC) as told:
        told.setblocking(False)
        try:
            told.sendto(state.encode(), f"\0{address[1:]}" if address.startswith("@") else address)
        except OSError:
            return
