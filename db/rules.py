"""What `kb check` demands of rules: basis, source, status, dates that fit each other, and texts that fit a screen."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from db.errors import Problem
from db.files import Content, Row

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
                    yield Problem(row.file, row.line, f"{row.record.id} thiếu {name}; hãy điền")
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
                yield Problem(
                    row.file,
                    row.lines.get(end, row.line),
                    f"{row.record.id}: {end} ({last}) trước {start} ({first})",
                )
    for row in content["support_levels"]:
        if row.record.percent is not None and not 0 < row.record.percent <= 100:
            yield Problem(row.file, row.line, f"{row.record.id}: percent phải từ trên 0 đến 100")
        if row.record.cap is not None and row.record.cap < 100_000:
            yield Problem(
                row.file, row.line, f"{row.record.id}: cap tính bằng đồng, {row.record.cap} quá nhỏ"
            )


def entry_problems(content: Content) -> Iterator[Problem]:
    """Length, file name and form of the basis of entries."""
    for row in content["entries"]:
        entry = row.record
        if len(entry.body) >= BODY_LIMIT:
            yield Problem(
                row.file,
                row.line,
                f"phần trên “---” dài {len(entry.body)} ký tự; rút xuống dưới {BODY_LIMIT} hoặc chuyển bớt xuống dưới",
            )
        if not row.file.endswith(f"/{entry.id}.md"):
            yield Problem(row.file, row.lines.get("id", 1), f"tên tệp phải theo mã: {entry.id}.md")
        for basis in entry.basis:
            if not re.fullmatch(r"[^:]+(?::\s+\S.*)?", basis):
                yield Problem(
                    row.file,
                    row.lines.get("basis", 1),
                    f"basis “{basis}” phải có dạng “mã văn bản: điều khoản” hoặc chỉ mã văn bản",
                )


def version_problems(content: Content) -> Iterator[Problem]:
    """What is replaced must have ended before: an entry by another, a support level by the next of its activity."""
    entries = {row.record.id: row.record for row in content["entries"]}
    for row in content["entries"]:
        for name in row.record.replaces:
            ended = entries[name].valid_to
            if not ended or not row.record.valid_from or ended >= row.record.valid_from:
                yield Problem(
                    row.file,
                    row.lines.get("replaces", row.line),
                    f"{row.record.id} thay {name}, nhưng mục ấy phải có valid_to trước valid_from của mục này",
                )
    levels = sorted(content["support_levels"], key=lambda row: row.record.valid_from)
    last: dict[tuple[str, str], Row] = {}
    for row in levels:
        level = row.record
        before = last.get((level.activity, level.scope))
        if before and (not before.record.valid_to or before.record.valid_to >= level.valid_from):
            yield Problem(
                before.file,
                before.line,
                f"{before.record.id}: valid_to phải trước {level.valid_from}, khi {level.id} bắt đầu áp dụng",
            )
        last[level.activity, level.scope] = row
