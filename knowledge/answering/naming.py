"""Questions for a figure that say no more than a name: what is counted and when, which place has most, each of a sum's parts."""

from __future__ import annotations

import re

from knowledge.base import KnowledgeBase
from knowledge.reading.question import Question
from knowledge.text import fold, words

_NAMED = 12
_OF_A_NAME = frozenset(
    words("cap nam giai doan thoi ky ve cua so luong ket qua muc tieu chi tieu cong nghiep nong thon cnnt")
)
"""Words that may stand beside the name of what is counted."""
EACH = re.compile(r"^(?>.*?\btong\b)(?>.*?\b(?:bao nhieu|may)\b).*\b(?:bao nhieu|may)\b")
"""The total is asked for, and something else besides."""
WHICH_MOST = re.compile(
    r"(?:(?:nam |trong nam )?20\d\d,? )?(?:vung|khu vuc|mien|tinh(?: thanh)?|dia phuong) nao (?:la |dang |co |dat )?"
    r"(?:(?:nhieu|it|cao|thap|lon|nho) nhat|dung dau|dan dau)\b"
)
"""Which place has most, of what is not said: money is meant."""


def only_named(base: KnowledgeBase, question: Question) -> bool:
    """Whether a message is no more than the name of what is counted and a time ("sản phẩm tiêu biểu quốc gia 2025")."""
    if not (question.indicators and question.periods.found) or question.yes_no or question.measures.named:
        return False
    indicator = base.indicators[question.indicators[0]]
    keys = (word for pattern in indicator.keys for group in pattern for one in group for word in one.split())
    said = [word for word in words(question.clean) if word.isalpha()]
    return len(said) <= _NAMED and set(said) <= {*words(fold(indicator.name)), *keys, *_OF_A_NAME}
