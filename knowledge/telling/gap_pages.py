"""What editors are shown of the questions that were not, or badly, answered, as Telegram HTML in parts."""

from __future__ import annotations

from collections.abc import Sequence

from knowledge.records import Answer, Entry
from knowledge.telling.admin_texts import safe
from knowledge.telling.render import plain

LONGEST_SHOWN = 300
LONGEST_LABEL = 56

LABELS = {
    "variant": "Là cách hỏi của…",
    "new": "Mục mới",
    "off_topic": "Không thuộc chủ đề",
    "later": "Để sau",
    "done": "Đã sửa xong",
    "list": "‹ Danh sách",
    "back": "‹ Quay lại",
    "before": "‹ Trước",
    "after": "Sau ›",
    "take_back": "Đưa lại danh sách",
}
_TEXTS = {
    "title": "Chưa trả lời được hoặc bị chê",
    "page": "trang {page}",
    "times": "{count} lần",
    "how": "Bấm số để xử lý từng câu.",
    "wordings": "Đã hỏi {count} lần, cách viết:",
    "disliked": "bị chê {count} lần",
    "asked_twice": "phải hỏi lại {count} lần",
    "now": "Bot đang đáp:",
    "which": "Chọn bài mà câu này là một cách hỏi; bấm là lưu, hoàn tác được:",
    "off_topic": "Đã bỏ khỏi danh sách, câu giống vậy cũng không hiện nữa:",
    "later": "Để lại, 7 ngày nữa sẽ hiện lại:",
    "done": "Đã đánh dấu là sửa xong; có người chê nữa mới hiện lại:",
}


def list_html(groups: Sequence[tuple[str, int, bool]], page: int) -> list[str]:
    """(one of a group's wordings, how often it was asked, whether it was called bad), numbered from 1; `page` from 0."""
    head = f"<b>{_TEXTS['title']}</b>"
    if page:
        head += f" · {_TEXTS['page'].format(page=page + 1)}"
    lines = [
        f"{number}. {_TEXTS['times'].format(count=count)}{' 👎' if bad else ''}: {safe(_short(text))}"
        for number, (text, count, bad) in enumerate(groups, 1)
    ]
    return [head, *lines, _TEXTS["how"]]


def card_html(wordings: Sequence[str], count: int, disliked: int, asked_twice: int, answer: Answer) -> str:
    """One group with its wordings, and how the bot answers the first of them now."""
    head = f"<b>{_TEXTS['wordings'].format(count=count)}</b>"
    reasons = [
        _TEXTS[code].format(count=number)
        for code, number in (("disliked", disliked), ("asked_twice", asked_twice))
        if number
    ]
    told = " ".join(plain(answer).split())
    lines = [head, *(f"• {safe(_short(text))}" for text in wordings)]
    if reasons:
        lines.append(f"({', '.join(reasons)})")
    return "\n".join([*lines, f"{_TEXTS['now']} {safe(_short(told))}"])


def entries_html(text: str, entries: Sequence[Entry]) -> str:
    """The entries that come nearest to a question, numbered as their buttons are."""
    lines = [
        f"{number}. {safe(entry.title)} (<code>{safe(entry.id)}</code>)"
        for number, entry in enumerate(entries, 1)
    ]
    return "\n".join([f"<b>{safe(_short(text))}</b>", _TEXTS["which"], *lines])


def decided_html(decision: str, text: str) -> str:
    """What has become of a question."""
    return f"{_TEXTS[decision]}\n“{safe(_short(text))}”"


def label(number: int, entry: Entry) -> str:
    """What the button of an entry shows."""
    return _short(f"{number}. {entry.title}", LONGEST_LABEL)


def _short(text: str, most: int = LONGEST_SHOWN) -> str:
    return text if len(text) <= most else f"{text[: most - 1]}…"
