"""What is told about files that come in and go out: the dry run as a diff, how far it is, what became of it."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Protocol

from knowledge.base import KnowledgeBase
from knowledge.records import Note
from knowledge.telling.admin_texts import admin_text, safe, sentence
from knowledge.telling.admin_values import shown
from knowledge.telling.labels import field_name

SHORT = 160
"""Characters of a value in a line of the diff."""


class Step(Protocol):
    """One row of the diff."""

    @property
    def table(self) -> str:
        """Its table."""

    @property
    def row(self) -> str:
        """Its id."""

    @property
    def before(self) -> Mapping[str, Any] | None:
        """The fields that change, as they are; None for a new row."""

    @property
    def after(self) -> Mapping[str, Any] | None:
        """The same, as they would be; the whole row where it is new."""


class Doubt(Protocol):
    """Doubts of one kind."""

    count: int
    examples: list[tuple[str, Note]]


class Plan(Protocol):
    """What a file would change."""

    @property
    def name(self) -> str:
        """The file."""

    @property
    def added(self) -> Sequence[Step]:
        """New rows."""

    @property
    def changed(self) -> Sequence[Step]:
        """Rows that change."""

    @property
    def unchanged(self) -> int:
        """How many rows are in the base just so."""

    @property
    def problems(self) -> Sequence[object]:
        """What is refused, each with its line and reason."""

    @property
    def doubts(self) -> Mapping[str, Doubt]:
        """What is doubtful, by kind."""

    @property
    def removed(self) -> Sequence[tuple[str, str]]:
        """Rows that would go: (table, id)."""

    @property
    def told(self) -> Sequence[str]:
        """How a table of another layout was taken."""


_SENTENCES: dict[str, str] = {
    "reading": "Đang đọc {file}…",
    "read": "Đang đọc {file}: {done} dòng…",
    "check": "Đang kiểm tra {file}: {done}/{total} dòng…",
    "doubt": "Đang tìm chỗ đáng ngờ trong {file}: {done}/{total} dòng…",
    "write": "Đang ghi {file}: {done}/{total} dòng…",
    "load": "Đã ghi {file}, đang nạp kho mới…",
    "nothing": "Tệp này không đổi gì trong kho.",
    "nothing_fits": "Không dòng nào ghi được. Hãy sửa tệp theo các lý do trên rồi gửi lại.",
    "ask": "Bấm Ghi để ghi tất cả cùng lúc ({count} dòng); dòng bị từ chối thì không ghi. Sau đó hoàn tác được cả tệp bằng một /hoan_tac.",
    "more": "… và {count} dòng nữa, xem tệp đính kèm.",
    "full": "Toàn bộ khác biệt của {file}.",
    "import_saved": "✅ Đã ghi {file}: {rows} dòng (thay đổi {number}). Hoàn tác cả tệp: /hoan_tac {number}",
    "import_saved_not_loaded": "✅ Đã ghi {file} (thay đổi {number}), nhưng bot chưa nạp được kho mới; hãy khởi động lại bot. Hoàn tác cả tệp: /hoan_tac {number}",
    "import_saved_before": "✅ {file} đã được ghi rồi (thay đổi {number}). Hoàn tác cả tệp: /hoan_tac {number}",
    "import_cancelled": "Đã huỷ, không ghi gì từ {file}. Muốn làm lại, hãy gửi lại tệp.",
    "import_expired": "{file} chờ quá 24 giờ, chưa ghi gì. Hãy gửi lại tệp.",
    "import_unknown": "Không còn tệp chờ này, chưa ghi gì. Hãy gửi lại tệp.",
    "how_to_send": "Hãy gửi tệp CSV, XLSX, DOCX hoặc zip cho bot (bấm 📎), hoặc dán cả bảng vào tin nhắn; có thể kèm chú thích /nhap và tên bảng; hoặc trả lời tin có tệp bằng /nhap. Tệp mẫu: /mau",
    "too_big": "Tệp lớn hơn {most} MB nên bot không nhận. Hãy chia thành nhiều tệp, hoặc chạy trên máy chủ: python bot.py kb import tệp",
    "not_downloaded": "Không tải được tệp từ Telegram. Hãy gửi lại.",
    "no_entries_sheet": "Bài hỏi đáp là tệp Markdown, không có bảng. Gõ /xuat entries để nhận các bài, sửa rồi gửi lại tệp .md hoặc cả tệp zip.",
    "template": "Tệp mẫu. Điền từ dòng dưới tiêu đề; dòng ví dụ lấy từ kho, để nguyên cũng không đổi gì. Xong thì gửi lại cho bot.",
    "export_all": "Nội dung kho, các tệp như kb export viết. Sửa rồi gửi lại cả zip hoặc từng tệp; máy chủ: python bot.py kb import thư-mục",
    "export_table": "Bảng {table}. Sửa rồi gửi lại tệp này cho bot.",
    "export_large": "Tệp lớn hơn mức Telegram cho gửi. Hãy chạy trên máy chủ: python bot.py kb export thư-mục",
}

_SLOTS = ("indicator", "measure", "of", "programme", "region", "period")

_DOUBTS: dict[str, str] = {
    "other_source": "ô đã có số của nguồn khác",
    "copy": "giống hệt số của kỳ khác",
    "unit_jump": "lệch từ 100 lần trở lên so với kỳ khác",
    "percent_differs": "tỷ lệ không khớp số tính lại",
    "no_address": "nguồn chưa có đường dẫn",
    "total_differs": "tổng không khớp hai phần cộng lại",
    "relation_differs": "quan hệ đã ghi không còn đúng",
    "period_not_over": "kỳ chưa kết thúc mà đã có số thực hiện",
    "far_ahead": "kỳ còn lâu mới tới",
    "future_date": "ngày chưa tới",
    "outside_document": "áp dụng ngoài hiệu lực của văn bản",
}


def exchange_text(code: str, **values: object) -> str:
    """A sentence as Telegram HTML. Raises KeyError for an unknown code."""
    return _SENTENCES[code].format_map({name: safe(value) for name, value in values.items()})


_ASKED = {
    "source": "Bảng này lấy từ nguồn nào? Bấm một nguồn, hoặc gõ tiêu đề, đường dẫn hay mã nguồn.",
    "programme": "Số tiền trong bảng là của nguồn kinh phí nào?",
    "scale": "Số tiền trong bảng tính bằng gì?",
    "measure": "Các số trong bảng là loại số gì?",
    "region": "Bảng này của vùng nào? Gõ, ví dụ: phía Bắc, Thanh Hóa",
    "period": "Bảng này của năm hoặc kỳ nào? Gõ, ví dụ: 2024, 6 tháng đầu năm 2024",
    "article": "Các mức trong bảng ở điều, khoản nào của văn bản? Gõ, ví dụ: Điều 8; hoặc thêm cột Điều khoản rồi gửi lại.",
    "document": "Các mức trong bảng theo văn bản nào? Gõ số hiệu, ví dụ: 28/2018/TT-BTC",
    "valid_from": "Các mức trong bảng áp dụng từ ngày nào? Gõ, ví dụ: 11/5/2018",
}


def asked_html(slot: str) -> str:
    """The question for what a table does not say."""
    return f"<b>{_ASKED[slot]}</b>"


def layout_html(told: Sequence[str]) -> list[str]:
    """How a table was taken, the less important behind a fold."""
    if not told:
        return []
    return [f"<blockquote expandable>{chr(10).join(map(safe, told))}</blockquote>"]


def button_text(count: int) -> str:
    """The button that writes."""
    return f"Ghi {count_text(count)} dòng"


def progress_html(stage: str, file: str, done: int, total: int) -> str:
    """How far it is."""
    return exchange_text(stage, file=file, done=count_text(done), total=count_text(total))


def diff_html(
    plan: Plan, most: int | None = None, base: KnowledgeBase | None = None, *, ids: bool = False
) -> tuple[list[str], bool]:
    """The dry run in parts, at most `most` rows of each kind; and whether that is all of it.

    `base`: for names; `ids`: with the ids of figures, which are else told by what they are.
    """
    base = base or KnowledgeBase()
    counts = [f"{count_text(len(plan.added))} mới", f"{count_text(len(plan.changed))} sửa"]
    if plan.removed:
        counts.append(f"{count_text(len(plan.removed))} bỏ")
    counts += [f"{count_text(plan.unchanged)} giữ nguyên", f"{count_text(len(plan.problems))} từ chối"]
    parts = [f"<b>Xem thử {safe(plan.name)}</b>: {', '.join(counts)}"]
    complete = True
    for head, lines, count in (
        ("Từ chối", (safe(problem) for problem in plan.problems), len(plan.problems)),
        ("Sửa", (_changed(one, base, ids) for one in plan.changed), len(plan.changed)),
        ("Mới", (_added(one, base, ids) for one in plan.added), len(plan.added)),
        (
            "Bỏ",
            (f"<code>{safe(row)}</code> ({admin_text(table)})" for table, row in plan.removed),
            len(plan.removed),
        ),
    ):
        if not count:
            continue
        parts.append(f"<b>{head}</b>")
        parts += [f"• {line}" for _, line in zip(range(count if most is None else most), lines, strict=False)]
        if most is not None and count > most:
            parts.append(exchange_text("more", count=count_text(count - most)))
            complete = False
    return [*parts, *_doubts(plan.doubts)], complete


def diff_plain(plan: Plan, base: KnowledgeBase | None = None) -> Iterator[str]:
    """The same without markup, complete, one line each."""
    yield from plan.told
    for part in diff_html(plan, base=base, ids=True)[0]:
        yield html.unescape(re.sub(r"</?(?:b|code)>", "", part))


def _changed(step: Step, base: KnowledgeBase, ids: bool) -> str:
    before, after = step.before or {}, step.after or {}
    told = (
        f"{field_name(step.table, one)}: {_shown(step.table, one, before, base)}"
        f" → <b>{_shown(step.table, one, after, base)}</b>"
        for one in after
    )
    stored = base.figures.get(step.row) if step.table == "figures" else None
    if stored is not None:
        slots = {name: getattr(stored, name) for name in _SLOTS}
        return f"{_name(step, ids)}{_slots(slots, base)}: {'; '.join(told)}"
    return f"{_name(step)}{'; '.join(told)}"


def _added(step: Step, base: KnowledgeBase, ids: bool) -> str:
    cells = step.after or {}
    if step.table == "figures":
        return f"{_name(step, ids)}{_slots(cells, base)}: <b>{safe(cells.get('as_printed', ''))}</b>"
    names = ("title", "name", "as_printed", "verdict")
    gist = next((name for name in names if cells.get(name)), "id")
    told = _shown(step.table, gist, cells, base)
    return f"{_name(step)}{told}"


def _name(step: Step, ids: bool = True) -> str:
    return f"<code>{safe(step.row)}</code> ({admin_text(step.table)}): " if ids else ""


def _slots(cells: Mapping[str, Any], base: KnowledgeBase) -> str:
    """What a figure is of, in words."""
    return " · ".join(_shown("figures", name, cells, base) for name in _SLOTS if cells.get(name))


def _shown(table: str, column: str, cells: Mapping[str, Any], base: KnowledgeBase) -> str:
    text = shown(table, column, cells[column], base, cells)
    return safe(text if len(text) <= SHORT else f"{text[:SHORT]}…")


def _doubts(doubts: Mapping[str, Doubt]) -> Iterator[str]:
    for code, doubt in doubts.items():
        if doubt.count <= len(doubt.examples):
            for row, note in doubt.examples:
                yield f"{sentence(note)} <code>{safe(row)}</code>"
        else:
            rows = list(dict.fromkeys(row for row, _ in doubt.examples))
            told = ", ".join(f"<code>{safe(row)}</code>" for row in rows)
            yield f"⚠️ {count_text(doubt.count)} dòng {_DOUBTS[code]}, ví dụ: {told}"


def count_text(number: int) -> str:
    """A number of rows as it is shown."""
    return f"{number:,}".replace(",", ".")
