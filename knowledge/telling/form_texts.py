"""What is asked for each part when something is added step by step, and the question that a row itself answers."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from knowledge.telling.formats import day
from knowledge.telling.names import figure_question

_SOURCES = "Lấy từ nguồn nào? Bấm một nguồn, hoặc gõ tiêu đề, đường dẫn hay mã nguồn"

ASKED: dict[tuple[str, str], tuple[str, tuple[str, ...]]] = {
    ("figures", "subject"): (
        "Số liệu gì? Gõ nguồn kinh phí (KCQG, KCĐP, tổng hai nguồn), hoặc chỉ tiêu, ví dụ: số đề án KCQG",
        (),
    ),
    ("figures", "measure"): (
        "Loại số gì? Tỷ lệ thì gõ, ví dụ: tỷ lệ thực hiện",
        ("plan", "allocated", "actual", "estimate"),
    ),
    ("figures", "region"): (
        "Của vùng nào? Ví dụ: cả nước, phía Bắc, phía Bắc mới (sau 1/7/2025), Thanh Hóa",
        (),
    ),
    ("figures", "period"): ("Năm hoặc kỳ nào? Ví dụ: 2025, 6 tháng đầu năm 2025, giai đoạn 2021-2025", ()),
    ("figures", "value"): (
        "Bao nhiêu? Gõ như bài in, kèm đơn vị, ví dụ: trên 85,865 tỷ đồng; 94,6%; 120 đề án",
        (),
    ),
    ("figures", "source"): (_SOURCES, ()),
    ("sources", "title"): ("Tiêu đề bài hoặc văn bản?", ()),
    ("sources", "publisher"): ("Nơi đăng? Ví dụ: Tạp chí Công Thương", ()),
    ("sources", "published_on"): ("Ngày đăng? Ví dụ: 16/5/2025", ()),
    ("sources", "url"): ("Đường dẫn? Chép cả https://…", ()),
    ("entries", "title"): ("Tiêu đề bài, tức câu hỏi chính?", ()),
    ("entries", "body"): ("Lời đáp? Gõ nguyên văn câu bot sẽ trả lời, dưới 1.200 ký tự", ()),
    ("entries", "kind"): (
        "Bài thuộc loại nào?",
        ("policy", "support", "contact", "definition", "assessment"),
    ),
    ("entries", "sources"): (_SOURCES, ()),
    ("entries", "basis"): (
        "Căn cứ? Gõ điều khoản và số hiệu, ví dụ: khoản 2 Điều 8 Thông tư 28/2018/TT-BTC; bài chính sách và hỗ trợ phải có",
        (),
    ),
    ("entries", "questions"): ("Người ta còn hỏi câu này thế nào? Nhiều cách cách nhau bằng dấu ;", ()),
    ("support_levels", "name"): ("Hỗ trợ việc gì? Ví dụ: Ứng dụng máy móc, thiết bị tiên tiến", ()),
    ("support_levels", "amount"): (
        "Mức bao nhiêu, tính cho một gì? Ví dụ: 50%, không quá 300 triệu đồng/cơ sở",
        (),
    ),
    ("support_levels", "legal"): (
        "Theo điều khoản, văn bản nào? Ví dụ: khoản 1 Điều 8 Thông tư 28/2018/TT-BTC (chưa có văn bản: /them_van_ban)",
        (),
    ),
    ("support_levels", "sources"): (_SOURCES, ()),
    ("support_levels", "valid_from"): ("Áp dụng từ ngày nào? Ví dụ: 11/5/2018", ()),
    ("support_levels", "conditions"): ("Điều kiện gì?", ()),
    ("documents", "number"): ("Số hiệu? Ví dụ: Thông tư 1/2027/TT-BTC", ()),
    ("documents", "title"): ("Trích yếu? Ví dụ: Về khuyến công", ()),
    ("documents", "issued_on"): ("Ngày ban hành? Ví dụ: 21/5/2012", ()),
    ("documents", "in_force_from"): ("Có hiệu lực từ ngày nào?", ()),
    ("documents", "sources"): (_SOURCES, ()),
    ("documents", "amends"): ("Sửa đổi những văn bản nào? Gõ số hiệu, cách nhau bằng dấu ;", ()),
    ("documents", "replaces"): ("Thay thế những văn bản nào? Gõ số hiệu, cách nhau bằng dấu ;", ()),
    ("events", "name"): ("Tên đầy đủ? Ví dụ: Hội nghị khuyến công các tỉnh phía Bắc năm 2027", ()),
    ("events", "date"): ("Ngày nào? Ví dụ: 16/5/2025", ()),
    ("events", "place"): ("Ở đâu? Ví dụ: Hà Nội", ()),
    ("events", "kind"): (
        "Sự kiện thuộc loại nào?",
        (
            "hoi_nghi_khuyen_cong",
            "hoi_nghi_cong_thuong",
            "hoi_nghi_pho_bien",
            "hoi_nghi_tong_ket",
            "hoi_cho",
            "le_ton_vinh",
        ),
    ),
    ("events", "sources"): (_SOURCES, ()),
    ("events", "region"): ("Của vùng nào? Ví dụ: phía Bắc", ()),
}
"""(table, part) → the question, and the codes that are offered as buttons."""


def asked_text(table: str, part: str, *, optional: bool) -> str:
    """The question of a part; of one that may be left out it says so."""
    return ASKED[table, part][0] + (" (không có thì gõ “bỏ qua”)" if optional else "")


def own_question(table: str, record: Any, names: Mapping[str, str], today: date) -> str:
    """The question that a row answers, as people would ask it, on a day on which it applies; empty for rows that answer
    none by themselves."""
    if table == "figures":
        return "" if record.label else figure_question(names, record)
    if table == "entries":
        return str(record.title)
    if table == "support_levels":
        ahead = f" vào ngày {day(record.valid_from)}" if record.valid_from > today.isoformat() else ""
        return f"{record.name} hỗ trợ bao nhiêu{ahead}"
    if table == "documents":
        return f"{record.kind} {record.number}" if record.number else str(record.title)
    return f"{record.name} diễn ra khi nào" if table == "events" else ""
