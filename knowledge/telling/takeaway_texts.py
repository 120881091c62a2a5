"""What is written on the buttons and files that people take along, and in what is sent into other chats."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path

from knowledge.records import Taken
from knowledge.telling.sentences import Sentences, safe
from knowledge.telling.sheets import citation

label = Sentences("takeaway", "labels").plain
"""What a button says."""
INLINE_EXAMPLES = (
    "kinh phí khuyến công phía Bắc 2023",
    "mua máy 800 triệu được hỗ trợ bao nhiêu",
    "nghị định 45 còn hiệu lực không",
)
"""What an inline query may ask; offered while nothing is typed."""

_MOST_CAPTION = 1000


def saved(path: Path) -> str:
    """Where a file went that was asked for in a terminal."""
    return f"Đã lưu: {path.resolve()}"


def table_name(rows: Sequence[Taken], today: date) -> str:
    """A file name in plain letters: what is in it, and of which day it is."""
    return f"khuyen-cong-{rows[0].figure.id}-{today.isoformat()}.xlsx"


def table_caption(rows: Sequence[Taken], names: Mapping[str, str]) -> str:
    """What goes with a table, as Telegram HTML: the citation of its first figure and how many rows there are."""
    lead = rows[0]
    cited = safe(citation(lead.figure, lead.source, names))
    warned = " Cột “Lưu ý” ghi chỗ nguồn tự mâu thuẫn." if any(row.warnings for row in rows) else ""
    return f"{cited}\n{len(rows)} số, mỗi dòng kèm nguồn.{warned}"[:_MOST_CAPTION]
