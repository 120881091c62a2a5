"""Words of the workshop in what is told: how a row came to be belongs in `editor_note`, where nobody is told it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from db.errors import Problem
from db.files import Content

TOLD: dict[str, tuple[str, ...]] = {
    "regions": ("note",),
    "bodies": ("name", "parent", "note"),
    "indicators": ("name",),
    "figures": ("label", "note"),
    "relations": ("warning",),
    "documents": ("title", "about", "note"),
    "events": ("name", "note"),
    "support_levels": ("name", "conditions", "note"),
    "entries": ("title", "body", "detail", "said_by"),
}
"""The fields of each table that answers show as they stand."""

WORKSHOP = re.compile(
    r"(?<!giai )\bđoạn \d+|\bdấu âm\b|\b(?:bài|trang|nguồn) (?:chỉ |không )?in\b|\bkhông in\b|\bin (?:tròn|thành khoảng)\b"
    r"|\bbản lưu\b|\bphần đọc được\b|\bmạch bài\b|\bsót chữ\b|\btôi đọc là\b|\bgán \d|\bghi theo nội dung\b"
    r"|\b(?:suy từ|lấy theo|lấy từ) (?:ngày|thứ tự|tên|kỳ|năm|hội chợ|“)",
    re.IGNORECASE,
)
"""How those who keep the base speak of a printed source: paragraphs, signs, what was read and what was supplied."""


def wording_problems(content: Content) -> Iterator[Problem]:
    """A problem for each told field that speaks of the workshop, with the words and where they stand."""
    for table, columns in TOLD.items():
        for row in content[table]:
            for column in columns:
                if found := WORKSHOP.search(_text(getattr(row.record, column))):
                    place = "editor_note" if hasattr(row.record, "editor_note") else "chỗ khác"
                    yield Problem(
                        row.file,
                        row.lines.get(column, row.line),
                        f"{row.record.id}: {column} nói “{found[0]}” là lời của người làm kho; viết lại cho người hỏi,"
                        f" hoặc chuyển sang {place}",
                    )


def _text(value: Any) -> str:
    return value if isinstance(value, str) else ""
