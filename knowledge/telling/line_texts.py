"""What is asked, part by part, when a command of one line is given without its line."""

from __future__ import annotations

from collections.abc import Sequence

from knowledge.telling.admin_texts import admin_text, safe

ASKED: dict[tuple[str, str], str] = {
    (
        "sua",
        "row",
    ): "Sửa dòng nào? Gõ mã, hoặc gõ câu hỏi mà bot trả lời bằng dòng ấy rồi chọn. Thôi: /huy",
    ("sua", "field"): "Sửa trường nào? Bấm, hoặc gõ tên trường.",
    ("sua", "value"): "Giá trị mới? Danh sách thì gõ đủ các mục, cách nhau bằng dấu |",
    (
        "xoa",
        "row",
    ): "Xoá dòng nào? Gõ mã, hoặc gõ câu hỏi mà bot trả lời bằng dòng ấy rồi chọn. Thôi: /huy",
    (
        "them_cach_hoi",
        "entry",
    ): "Thêm cách hỏi cho bài nào? Gõ mã bài, hoặc gõ câu hỏi mà bài ấy đang trả lời rồi chọn. Thôi: /huy",
    ("them_cach_hoi", "question"): "Người ta hỏi thế nào? Gõ cả câu.",
    (
        "them_ten_khac",
        "named",
    ): "Thêm tên cho cái gì? Gõ tên vùng, ví dụ: Thanh Hóa; hoặc mã văn bản, sự kiện, mức hỗ trợ, bài. Thôi: /huy",
    ("them_ten_khac", "name"): "Tên gọi khác là gì? Mỗi lần một tên.",
    (
        "them_tu",
        "phrase",
    ): "Người ta nói thế nào? Gõ cụm từ, nhiều nhất 6 chữ, đủ dấu, ví dụ: rót. Thôi: /huy",
    (
        "them_tu",
        "meaning",
    ): "Cụm từ ấy nghĩa là gì? Gõ tên một ý đã có, ví dụ: phân bổ, khuyến công địa phương. Xem các ý: /xuat loại ý",
    ("hoan_tac", "number"): "Hoàn tác thay đổi số mấy? Xem thêm: /lich_su. Thôi: /huy",
    ("offer", "row"): "Dòng nào trong câu trả lời? Bấm để chọn, hoặc gõ mã khác.",
}
"""(command, part) → the question."""


def listed_html(rows: Sequence[Sequence[str]]) -> list[str]:
    """The rows that are offered, as (id, what it is), one line each."""
    return [f"• <code>{safe(row.partition(':')[2])}</code>: {safe(told)}" for row, told in rows]


def latest_label(number: int, kind: str, row: str) -> str:
    """A change as a button names it."""
    return f"{number}: {admin_text(f'done_{kind}')} {row}"
