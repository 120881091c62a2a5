"""What tables, fields and codes are called in Vietnamese: the one place, for people's sheets, forms and messages alike."""

from __future__ import annotations

from functools import cache

from knowledge.text import fold

TABLES = {
    "sources": "nguồn",
    "regions": "vùng",
    "bodies": "đơn vị khuyến công",
    "indicators": "chỉ tiêu",
    "figures": "số liệu",
    "relations": "quan hệ số liệu",
    "documents": "văn bản",
    "events": "sự kiện",
    "support_levels": "mức hỗ trợ",
    "entries": "bài",
    "slots": "loại ý",
    "lexicon": "cụm từ",
    "wordings": "cách hỏi",
    "rules": "quy tắc",
    "guide": "lựa chọn của hướng dẫn",
}
"""Table → what one of its rows is called."""

_COMMON = {
    "entry": "mục quy định",
    "level": "mức hỗ trợ",
    "id": "mã",
    "name": "tên",
    "kind": "loại",
    "title": "tiêu đề",
    "aliases": "tên khác",
    "note": "ghi chú",
    "editor_note": "ghi chú biên tập",
    "region": "vùng",
    "source": "nguồn",
    "sources": "các nguồn",
    "locator": "đoạn",
    "unit": "đơn vị",
    "status": "tình trạng",
    "valid_from": "áp dụng từ",
    "valid_to": "áp dụng đến",
    "as_of": "tính đến",
    "terms": "từ khoá",
    "period": "kỳ",
}

_OWN: dict[str, dict[str, str]] = {
    "sources": {
        "publisher": "nơi đăng",
        "published_on": "ngày đăng",
        "url": "đường dẫn",
        "rank": "hạng",
    },
    "regions": {"part_of": "thuộc vùng", "successor": "tỉnh kế tiếp"},
    "bodies": {"province": "tỉnh", "name": "đơn vị", "parent": "trực thuộc"},
    "indicators": {"keys": "khoá nhận biết"},
    "figures": {
        "indicator": "chỉ tiêu",
        "measure": "loại số",
        "of": "tỷ lệ của",
        "against": "so với",
        "programme": "chương trình",
        "value": "giá trị",
        "value_max": "giá trị đến",
        "qualifier": "mức độ",
        "as_printed": "in là",
        "label": "nhãn",
        "round": "đợt",
        "likely_value": "giá trị đúng có lẽ",
        "likely_period": "kỳ đúng có lẽ",
        "also": "đoạn khác",
    },
    "relations": {
        "operands": "các số",
        "printed": "bài in",
        "verdict": "kết luận",
        "warning": "câu cảnh báo",
        "leads": "số mang cảnh báo",
    },
    "documents": {
        "number": "số hiệu",
        "kind": "loại văn bản",
        "title": "trích yếu",
        "issuer": "cơ quan ban hành",
        "issued_on": "ngày ban hành",
        "in_force_from": "hiệu lực từ",
        "in_force_to": "hiệu lực đến",
        "amends": "sửa đổi",
        "replaces": "thay thế",
        "replaced_by": "bị thay bởi",
        "about": "nội dung",
        "basis": "căn cứ",
    },
    "events": {
        "edition": "lần thứ",
        "year": "năm",
        "date": "ngày họp",
        "until": "ngày kết thúc",
        "place": "nơi họp",
        "organisers": "đơn vị tổ chức",
        "host": "đăng cai",
        "chairs": "chủ trì",
        "next_host": "đăng cai kế tiếp",
        "participants": "thành phần dự",
        "speakers": "phát biểu",
        "closed_by": "bế mạc",
        "concluded_by": "kết luận",
    },
    "support_levels": {
        "activity": "hoạt động",
        "name": "tên mức",
        "scope": "phạm vi",
        "percent": "phần trăm",
        "cap": "mức trần",
        "cap_unit": "tính cho",
        "min": "tối thiểu",
        "conditions": "điều kiện",
        "document": "văn bản",
        "article": "điều khoản",
    },
    "entries": {
        "body": "lời đáp",
        "detail": "chi tiết",
        "questions": "cách hỏi",
        "topics": "chủ đề",
        "stance": "trả lời",
        "basis": "căn cứ",
        "said_by": "người nói",
        "replaces": "thay mục",
    },
    "slots": {"slot": "loại ý", "value": "giá trị", "meaning": "nghĩa"},
    "lexicon": {"phrase": "cụm từ", "slot": "loại ý", "value": "giá trị"},
    "wordings": {"entry": "bài", "question": "câu hỏi", "voice": "giọng"},
    "rules": {
        "slot": "loại ý",
        "value": "giá trị",
        "beside": "khi cùng nói",
        "stance": "kết luận",
        "amount": "mục nói mức",
        "label": "nút",
        "ask": "câu hỏi",
    },
    "guide": {"step": "bước", "value": "giá trị", "label": "tên", "words": "từ gọi", "button": "có nút"},
}

_OTHER: dict[str, tuple[str, ...]] = {
    "value": ("số", "số tiền", "trị giá"),
    "period": ("năm", "thời kỳ", "thời gian"),
    "region": ("tỉnh", "địa phương", "khu vực", "tỉnh, thành phố", "địa bàn", "phạm vi"),
    "programme": ("nguồn kinh phí", "nguồn vốn"),
    "sources": ("nguồn",),
    "title": ("tên văn bản", "tiêu đề", "trích yếu"),
    "issuer": ("nơi ban hành",),
    "place": ("nơi tổ chức", "địa điểm", "nơi"),
    "date": ("ngày", "ngày tổ chức"),
    "host": ("đơn vị đăng cai",),
    "cap_unit": ("mỗi", "mức trần mỗi"),
    "cap": ("mức hỗ trợ tối đa", "mức tối đa"),
    "percent": ("tỷ lệ hỗ trợ", "tỷ lệ phần trăm"),
    "name": ("nội dung hỗ trợ", "tên gọi"),
    "measure": ("loại",),
    "kind": ("loại",),
    "of": ("của số", "của"),
    "locator": ("vị trí",),
    "conditions": ("điều kiện hỗ trợ",),
    "document": ("căn cứ pháp lý", "căn cứ"),
    "url": ("link", "liên kết", "địa chỉ"),
    "published_on": ("ngày",),
    "as_printed": ("bài in", "in"),
    "terms": ("từ khóa",),
    "min": ("mức tối thiểu",),
    "body": ("nội dung trả lời", "câu trả lời"),
    "valid_from": ("hiệu lực từ", "ngày áp dụng"),
}
"""Further words for a column, where its table has it."""

_STATUS = {
    "in_force": ("còn hiệu lực", "đang áp dụng", "hiệu lực"),
    "amended": ("đã được sửa", "được sửa đổi", "đã sửa đổi"),
    "needs_check": ("cần kiểm tra", "cần đối chiếu"),
    "superseded": ("hết hiệu lực", "bị thay thế", "đã bãi bỏ"),
}
CODES: dict[tuple[str, str], dict[str, tuple[str, ...]]] = {
    ("sources", "kind"): {
        "law": ("văn bản pháp luật", "văn bản", "luật"),
        "agency": ("cơ quan nhà nước", "cơ quan"),
        "news": ("báo chí", "báo", "bài báo"),
    },
    ("regions", "kind"): {
        "country": ("cả nước",),
        "region": ("khu vực khuyến công", "khu vực"),
        "province": ("tỉnh, thành phố", "tỉnh", "thành phố"),
        "subregion": ("vùng nhỏ hơn", "tiểu vùng"),
    },
    ("figures", "measure"): {
        "plan": ("kế hoạch", "kh", "dự toán", "giao kế hoạch"),
        "allocated": ("phân bổ", "được giao", "giao", "được phân bổ"),
        "actual": ("thực hiện", "th", "giải ngân", "đã thực hiện"),
        "estimate": ("ước thực hiện", "uth", "ước"),
        "rate": ("tỷ lệ so với kế hoạch", "tỷ lệ thực hiện", "tỷ lệ", "đạt"),
        "share": ("tỷ trọng", "chiếm"),
        "change": ("mức tăng, giảm", "tăng giảm"),
        "count": ("số lượng", "số đếm", "đếm"),
        "target": ("mục tiêu",),
        "date": ("ngày",),
        "edition": ("lần tổ chức",),
        "proposal": ("mức đề xuất", "đề xuất"),
    },
    ("figures", "programme"): {
        "KCQG": ("KCQG", "khuyến công quốc gia", "quốc gia", "trung ương"),
        "KCDP": ("KCĐP", "khuyến công địa phương", "địa phương"),
        "total": ("tổng hai nguồn", "tổng", "tổng cộng", "cả hai nguồn", "tổng số"),
        "": ("không rõ", "không"),
    },
    ("figures", "against"): {
        "plan": ("kế hoạch",),
        "total": ("tổng kinh phí", "tổng"),
        "national": ("cả nước",),
        "previous_year": ("năm trước",),
        "same_period": ("cùng kỳ",),
    },
    ("figures", "qualifier"): {
        "exact": ("đúng", "chính xác", "bằng"),
        "over": ("trên", "hơn"),
        "about": ("khoảng", "gần", "xấp xỉ"),
        "under": ("dưới", "chưa đến"),
    },
    ("documents", "status"): {
        **_STATUS,
        "draft": ("dự thảo",),
        "planned": ("dự kiến",),
        "proposed": ("đề xuất",),
        "unnumbered": ("chưa có số",),
    },
    ("support_levels", "status"): _STATUS,
    ("entries", "kind"): {
        "policy": ("chính sách", "quy định", "thủ tục"),
        "support": ("mức hỗ trợ", "hỗ trợ"),
        "contact": ("liên hệ",),
        "definition": ("khái niệm", "định nghĩa"),
        "assessment": ("đánh giá", "nhận định"),
    },
    ("entries", "stance"): {
        "yes": ("có", "được", "đúng"),
        "no": ("không", "không được", "sai"),
        "conditional": ("tùy trường hợp", "tuỳ", "có điều kiện"),
        "unknown": ("chưa rõ", "không rõ"),
        "": ("không phải câu có hay không",),
    },
    ("entries", "status"): {
        **_STATUS,
        "stated": ("theo lời nguồn", "nhận định"),
    },
    ("events", "kind"): {
        "hoi_nghi_khuyen_cong": ("hội nghị khuyến công",),
        "hoi_nghi_cong_thuong": ("hội nghị công thương",),
        "hoi_nghi_pho_bien": ("hội nghị phổ biến",),
        "hoi_nghi_tong_ket": ("hội nghị tổng kết",),
        "hoi_cho": ("hội chợ",),
        "le_ton_vinh": ("lễ tôn vinh",),
    },
}
CODES["figures", "of"] = CODES["figures", "measure"]
"""(table, column) → code → its name, then other words that mean it. The first name is the one that is shown."""


def field_name(table: str, column: str) -> str:
    """The Vietnamese name of a column, small; no two columns of a table share one."""
    return _OWN.get(table, {}).get(column) or _COMMON.get(column, column)


def code_name(table: str, column: str, code: str) -> str:
    """The name of a code; what is no code comes back as it is."""
    words = CODES.get((table, column), {}).get(code)
    return words[0] if words and code else code


@cache
def fields_by_word(table: str, columns: tuple[str, ...]) -> dict[str, str]:
    """Folded words → the column of `columns` that they name; the column's own names come first."""
    found = {fold(word): column for column in columns for word in (field_name(table, column), column)}
    for column in columns:
        for word in _OTHER.get(column, ()):
            found.setdefault(fold(word), column)
    return found


def field_of(table: str, columns: tuple[str, ...], typed: str) -> str:
    """The column of `columns` that was named; empty for words that name none."""
    return fields_by_word(table, columns).get(fold(typed), "")


_TABLE_WORDS = {
    fold(word): table
    for table, name in TABLES.items()
    for word in (table, name, f"bảng {name}", f"các {name}")
} | {fold(word): "entries" for word in ("bài hỏi đáp", "hỏi đáp", "mục hỏi đáp")}


def table_of(typed: str) -> str:
    """The table that was named, in Vietnamese or by its code; empty for words that name none."""
    return _TABLE_WORDS.get(fold(typed).strip(" ."), "")


@cache
def codes_by_word(table: str, column: str) -> dict[str, str]:
    """Folded words → code, for a column of codes."""
    names = CODES.get((table, column), {})
    found = {fold(code): code for code in names}
    for code, words in names.items():
        found |= {fold(word): code for word in words if fold(word) not in found}
    return found
