"""What editors are shown of the questions that were not, or badly, answered, as Telegram HTML in parts."""

from __future__ import annotations

from collections.abc import Sequence

from knowledge.records import Answer, Entry
from knowledge.telling.render import plain
from knowledge.telling.sentences import Sentences, cut, safe

LONGEST_SHOWN = 300
LONGEST_LABEL = 56

LABELS = Sentences("gaps", "labels").by_code
"""What buttons say."""
_text = Sentences("gaps").plain


def list_html(groups: Sequence[tuple[str, int, bool]], page: int) -> list[str]:
    """(one of a group's wordings, how often it was asked, whether it was called bad), numbered from 1; `page` from 0."""
    head = f"<b>{_text('title')}</b>"
    if page:
        head += f" · {_text('page', page=page + 1)}"
    lines = [
        f"{number}. {_text('times', count=count)}{' 👎' if bad else ''}: {safe(cut(text, LONGEST_SHOWN))}"
        for number, (text, count, bad) in enumerate(groups, 1)
    ]
    return [head, *lines, _text("how")]


def card_html(wordings: Sequence[str], count: int, disliked: int, asked_twice: int, answer: Answer) -> str:
    """One group with its wordings, and how the bot answers the first of them now."""
    head = f"<b>{_text('wordings', count=count)}</b>"
    reasons = [
        _text(code, count=number)
        for code, number in (("disliked", disliked), ("asked_twice", asked_twice))
        if number
    ]
    told = " ".join(plain(answer).split())
    lines = [head, *(f"• {safe(cut(text, LONGEST_SHOWN))}" for text in wordings)]
    if reasons:
        lines.append(f"({', '.join(reasons)})")
    return "\n".join([*lines, f"{_text('now')} {safe(cut(told, LONGEST_SHOWN))}"])


def entries_html(text: str, entries: Sequence[Entry]) -> str:
    """The entries that come nearest to a question, numbered as their buttons are."""
    lines = [
        f"{number}. {safe(entry.title)} (<code>{safe(entry.id)}</code>)"
        for number, entry in enumerate(entries, 1)
    ]
    return "\n".join([f"<b>{safe(cut(text, LONGEST_SHOWN))}</b>", _text("which"), *lines])


def decided_html(decision: str, text: str) -> str:
    """What has become of a question."""
    return f"{_text(decision)}\n“{safe(cut(text, LONGEST_SHOWN))}”"


def label(number: int, entry: Entry) -> str:
    """What the button of an entry shows."""
    return cut(f"{number}. {entry.title}", LONGEST_LABEL)
