"""What `kb check` demands of rules: basis, source, status, dates that fit each other, texts that fit a screen and do
not speak of the workshop, figures of one slot declared as such."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from typing import Any

from db.errors import Problem
from db.files import Content, Row
from knowledge.base import ONE_VALUE, TOLD_BY_LABEL
from knowledge.records import Figure

BODY_LIMIT = 1200  # characters of an entry above the cut


def rule_problems(content: Content) -> Iterator[Problem]:
    """Basis, source, status and validity of documents, support levels and entries."""
    needs: dict[str, Callable[[Row], tuple[str, ...]]] = {
        "regions": lambda row: ("name",),
        "bodies": lambda row: ("name", "sources"),
        "indicators": lambda row: ("name", "unit"),
        "sources": lambda row: ("title",),
        "documents": lambda row: ("title", "status", "sources"),
        "events": lambda row: ("name", "sources"),
        "support_levels": lambda row: (
            *("name", "scope", "document", "status", "sources"),
            *(("article",) if row.record.scope == "national" else ()),
        ),
        "entries": lambda row: (
            ("basis", "status", "sources")
            if row.record.kind in ("policy", "support")
            else ("status", "sources")
        ),
    }
    for table, needed in needs.items():
        for row in content[table]:
            for name in needed(row):
                if not getattr(row.record, name):
                    yield row.problem(f"{row.record.id} thiếu {name}; hãy điền")
    for table, start, end in (
        ("regions", "valid_from", "valid_to"),
        ("bodies", "valid_from", "valid_to"),
        ("documents", "in_force_from", "in_force_to"),
        ("documents", "issued_on", "in_force_to"),
        ("support_levels", "valid_from", "valid_to"),
        ("entries", "valid_from", "valid_to"),
    ):
        for row in content[table]:
            first, last = getattr(row.record, start), getattr(row.record, end)
            if first and last and last < first[: len(last)]:
                yield row.problem(f"{row.record.id}: {end} ({last}) trước {start} ({first})", end)
    for row in content["support_levels"]:
        if row.record.percent is not None and not 0 < row.record.percent <= 100:
            yield row.problem(f"{row.record.id}: percent phải từ trên 0 đến 100")
        if row.record.cap is not None and row.record.cap < 100_000:
            yield row.problem(f"{row.record.id}: cap tính bằng đồng, {row.record.cap} quá nhỏ")


def entry_problems(content: Content) -> Iterator[Problem]:
    """Length, file name and form of the basis of entries."""
    for row in content["entries"]:
        entry = row.record
        if len(entry.body) >= BODY_LIMIT:
            yield row.problem(
                f"phần trên “---” dài {len(entry.body)} ký tự; rút xuống dưới {BODY_LIMIT} hoặc chuyển bớt xuống dưới"
            )
        if not row.file.endswith(f"/{entry.id}.md"):
            yield row.problem(f"tên tệp phải theo mã: {entry.id}.md", "id")
        for basis in entry.basis:
            if not re.fullmatch(r"[^:]+(?::\s+\S.*)?", basis):
                yield row.problem(
                    f"basis “{basis}” phải có dạng “mã văn bản: điều khoản” hoặc chỉ mã văn bản", "basis"
                )


def version_problems(content: Content) -> Iterator[Problem]:
    """What is replaced must have ended before: an entry by another, a support level by the next of its activity."""
    entries = {row.record.id: row.record for row in content["entries"]}
    for row in content["entries"]:
        for name in row.record.replaces:
            ended = entries[name].valid_to
            if not ended or not row.record.valid_from or ended >= row.record.valid_from:
                yield row.problem(
                    f"{row.record.id} thay {name}, nhưng mục ấy phải có valid_to trước valid_from của mục này",
                    "replaces",
                )
    levels = sorted(content["support_levels"], key=lambda row: row.record.valid_from)
    last: dict[tuple[str, str], Row] = {}
    for row in levels:
        level = row.record
        before = last.get((level.activity, level.scope))
        if before and (not before.record.valid_to or before.record.valid_to >= level.valid_from):
            yield before.problem(
                f"{before.record.id}: valid_to phải trước {level.valid_from}, khi {level.id} bắt đầu áp dụng"
            )
        last[level.activity, level.scope] = row


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
                    yield row.problem(
                        f"{row.record.id}: {column} nói “{found[0]}” là lời của người làm kho; viết lại cho người hỏi,"
                        f" hoặc chuyển sang {place}",
                        column,
                    )


def _text(value: Any) -> str:
    return value if isinstance(value, str) else ""


def slot(figure: Figure) -> tuple[str, ...]:
    """The question that a figure answers."""
    return tuple(getattr(figure, column) for column in ONE_VALUE)


def of_one_slot(figures: Sequence[Figure]) -> bool:
    """Whether all answer one question: what differs between them is then told with the answer, without a warning."""
    return len({slot(figure) for figure in figures}) == 1


def undeclared(content: Content) -> Iterator[Problem]:
    """Figures that share a slot though no relation `same` names them together."""
    declared = [set(row.record.operands) for row in content["relations"] if row.record.kind == "same"]
    slots: dict[tuple[str, ...], list[Row]] = defaultdict(list)
    for row in content["figures"]:
        if row.record.measure not in TOLD_BY_LABEL:
            slots[slot(row.record)].append(row)
    for rows in slots.values():
        ids = [row.record.id for row in rows]
        if len(ids) > 1 and not any(set(ids) <= one for one in declared):
            yield rows[-1].problem(
                f"{', '.join(ids)} cùng một ô; nếu là hai nguồn thì ghi một quan hệ same cho chúng, không thì bỏ bớt"
            )
