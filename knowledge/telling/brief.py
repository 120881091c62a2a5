"""The same answer told again: in one or two lines, in full, or with what makes it sure."""

from __future__ import annotations

import re

from knowledge.records import Answer
from knowledge.telling.sentences import tables

MOST_LINES = 2
_QUOTED = re.compile(r"</?blockquote[^>]*>(?:Xem thêm\n)?")
_TAIL = ("Nguồn", "Căn cứ", "Áp dụng", "ℹ️", "⚠️", "Ghi chú", "Điều kiện", "Đây là", "•", "<blockquote")
"""How the lines begin that only accompany an answer."""
_SENTENCE = re.compile(r"(?<=[.!?])\s+(?=[A-ZĐÀ-Ỹ])")
_SURE: dict[str, str] = tables("answers")["sure"]
_HELD: dict[str, str] = tables("answers")["held"]
"""How an answer begins that is told again to somebody who said what it told, or something else."""


def told(text: str, answer: Answer) -> str:
    """The rendered text in the manner that was asked for."""
    listed = any("•" in entry.body for entry in answer.entries[:1])
    if answer.manner == "short" or (answer.manner == "again" and not listed):
        return _short(text)
    if answer.manner == "long":
        return _QUOTED.sub("", text)
    if answer.manner in _HELD:
        return f"{_HELD[answer.manner]}\n\n{_short(text)}"
    if answer.manner == "sure" and answer.status == "answered":
        return f"{_SURE[_ground(answer)]}\n\n{_QUOTED.sub('', text)}"
    return text


def _ground(answer: Answer) -> str:
    if answer.calculation is not None:
        return "calculation"
    if answer.kind in ("figure", "comparison"):
        return answer.kind
    return "law" if answer.kind in ("policy", "support") else "other"


def _short(text: str) -> str:
    """The lines before everything that only accompanies them; of a long line its first sentence."""
    lines: list[str] = []
    for line in text.split("\n"):
        if lines and (not line or line.startswith(_TAIL) or len(lines) == MOST_LINES):
            break
        if line:
            lines.append(_SENTENCE.split(line, 1)[0] if len(line) > 160 else line)
    short = "\n".join(lines)
    return short + "</b>" * (short.count("<b>") - short.count("</b>"))
