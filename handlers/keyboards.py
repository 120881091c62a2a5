"""Buttons → the rows under a message."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from telegram import CopyTextButton, InlineKeyboardButton, InlineKeyboardMarkup

from handlers.splitting import units

SHORT_LABEL = 18
MAX_BUTTONS = 20


@dataclass(frozen=True, slots=True)
class Button:
    """`data`: what a tap sends back, at most 64 bytes; `copy`: what it copies instead, at most 256 characters.

    `beside`: shares a row with its neighbours of the same kind.
    """

    label: str
    data: str = ""
    beside: bool = False
    copy: str = ""


def keyboard(buttons: Sequence[Button]) -> InlineKeyboardMarkup | None:
    """Rows of one or two buttons: two where both are short or stand beside each other by kind. None without buttons."""
    rows: list[list[Button]] = []
    for button in buttons[:MAX_BUTTONS]:
        last = rows[-1] if rows else []
        if len(last) == 1 and last[0].beside == button.beside and _narrow(last[0]) and _narrow(button):
            last.append(button)
        else:
            rows.append([button])
    return InlineKeyboardMarkup([[_key(button) for button in row] for row in rows]) if rows else None


def _key(button: Button) -> InlineKeyboardButton:
    if button.copy:
        return InlineKeyboardButton(button.label, copy_text=CopyTextButton(button.copy))
    return InlineKeyboardButton(button.label, callback_data=button.data)


def _narrow(button: Button) -> bool:
    return button.beside or units(button.label) <= SHORT_LABEL
