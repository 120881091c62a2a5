"""What the columns of sheets are called in Vietnamese, beside their names in the files; either is understood."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence

from db.cells import DAYS, numeric
from db.fields import CHOICES, type_of_record
from db.files import COLUMNS
from db.loading import REFERENCES, WHAT
from db.proposals import NEEDED, without

_COMMON = {
    "id": "Mã",
    "name": "Tên",
    "kind": "Loại",
    "title": "Tiêu đề",
    "aliases": "Tên khác",
    "note": "Ghi chú",
    "editor_note": "Ghi chú biên tập",
    "region": "Vùng",
    "source": "Nguồn",
    "sources": "Các nguồn",
    "locator": "Đoạn",
    "unit": "Đơn vị",
    "status": "Tình trạng",
    "valid_from": "Áp dụng từ",
    "valid_to": "Áp dụng đến",
    "as_of": "Tính đến",
    "terms": "Từ khoá",
}

_OWN: dict[str, dict[str, str]] = {
    "sources": {
        "publisher": "Nơi đăng",
        "published_on": "Ngày đăng",
        "url": "Đường dẫn",
        "rank": "Hạng",
    },
    "regions": {"part_of": "Thuộc vùng", "successor": "Tỉnh kế tiếp"},
    "bodies": {"province": "Tỉnh", "name": "Đơn vị", "parent": "Trực thuộc"},
    "indicators": {"keys": "Khoá nhận biết"},
    "figures": {
        "indicator": "Chỉ tiêu",
        "measure": "Loại số",
        "of": "Tỷ lệ của",
        "against": "So với",
        "programme": "Chương trình",
        "period": "Kỳ",
        "value": "Giá trị",
        "value_max": "Giá trị đến",
        "qualifier": "Mức độ",
        "as_printed": "In là",
        "label": "Nhãn",
        "round": "Đợt",
        "likely_value": "Giá trị đúng có lẽ",
        "likely_period": "Kỳ đúng có lẽ",
        "also": "Đoạn khác",
    },
    "relations": {
        "operands": "Các số",
        "printed": "Bài in",
        "verdict": "Kết luận",
        "warning": "Câu cảnh báo",
        "leads": "Số mang cảnh báo",
    },
    "documents": {
        "number": "Số hiệu",
        "kind": "Loại văn bản",
        "issuer": "Cơ quan ban hành",
        "issued_on": "Ngày ban hành",
        "in_force_from": "Hiệu lực từ",
        "in_force_to": "Hiệu lực đến",
        "amends": "Sửa đổi",
        "replaces": "Thay thế",
        "replaced_by": "Bị thay bởi",
        "about": "Nội dung",
        "basis": "Căn cứ",
    },
    "events": {
        "edition": "Lần thứ",
        "year": "Năm",
        "date": "Ngày họp",
        "place": "Nơi họp",
        "organisers": "Đơn vị tổ chức",
        "host": "Đăng cai",
        "chairs": "Chủ trì",
        "next_host": "Đăng cai kế tiếp",
        "participants": "Thành phần dự",
        "speakers": "Phát biểu",
        "closed_by": "Bế mạc",
        "concluded_by": "Kết luận",
    },
    "support_levels": {
        "activity": "Hoạt động",
        "name": "Tên mức",
        "scope": "Phạm vi",
        "percent": "Phần trăm",
        "cap": "Mức trần",
        "cap_unit": "Mỗi",
        "min": "Tối thiểu",
        "conditions": "Điều kiện",
        "document": "Văn bản",
        "article": "Điều khoản",
    },
    "slots": {"slot": "Loại ý", "value": "Giá trị", "name": "Tên", "meaning": "Nghĩa"},
    "wordings": {"entry": "Bài", "question": "Câu hỏi", "voice": "Giọng"},
    "lexicon": {"phrase": "Cụm từ", "slot": "Loại ý", "value": "Giá trị"},
    "rules": {
        "slot": "Loại ý",
        "value": "Giá trị",
        "beside": "Khi cùng nói",
        "entry": "Mục quy định",
        "stance": "Kết luận",
        "level": "Mức hỗ trợ",
        "amount": "Mục nói mức",
        "label": "Nút",
        "ask": "Câu hỏi",
    },
}

_BOTH = re.compile(r".*\(\s*([a-z_]+)\s*\)")


def vietnamese(table: str, column: str) -> str:
    """The Vietnamese name of a column; no two columns of a table share one."""
    return _OWN[table].get(column) or _COMMON[column]


def headline(table: str) -> list[str]:
    """The header of a sheet for people: `Giá trị (value)`, in the order of the columns."""
    return [f"{vietnamese(table, column)} ({column})" for column in COLUMNS[table]]


def plain(text: str) -> str:
    """Letters without marks, small, single blanks: how headers are compared."""
    parted = unicodedata.normalize("NFD", text.casefold().replace("đ", "d"))
    return " ".join("".join(one for one in parted if not unicodedata.combining(one)).split())


def columns_of(table: str, header: Sequence[str]) -> list[str]:
    """The column that each header cell names in this table; empty for a cell that names none."""
    names = {plain(vietnamese(table, column)): column for column in COLUMNS[table]}
    names |= {column: column for column in COLUMNS[table]}
    found = []
    for cell in header:
        both = _BOTH.fullmatch(cell.strip())
        found.append(names.get(both[1] if both else plain(cell), ""))
    return found


def for_people(header: Sequence[str]) -> bool:
    """Whether the header is one that `headline` writes, so that the cells are written for people too."""
    return any(_BOTH.fullmatch(cell.strip()) for cell in header)


def explained(table: str, column: str) -> str:
    """What is to be written in a column, in one or two sentences."""
    listed = str(type_of_record[table].__annotations__[column]).startswith("tuple")
    target = REFERENCES.get((table, column))
    said = []
    if column == "id":
        said.append(
            "Mã của dòng: chữ thường không dấu, số và gạch nối. Mã đã có thì sửa dòng ấy, mã mới thì thêm dòng."
        )
    elif column in without(table, {}) or column in NEEDED.get(table, ()):
        said.append("Phải có khi thêm dòng mới.")
    if allowed := CHOICES.get((table, column)):
        said.append(f"Một trong: {', '.join(sorted(allowed - {''}))}.")
    if target:
        said.append(f"Mã {WHAT[target]}{' hoặc national' if column == 'scope' else ''}, xem /xuat {target}.")
    if listed:
        said.append("Nhiều mục thì nối bằng dấu gạch đứng: a | b.")
    if column in DAYS and column not in ("period", "likely_period"):
        said.append("Ngày: 2024-05-16 hoặc 16/05/2024.")
    if column in ("period", "likely_period"):
        said.append("Kỳ: 2023, 2024-H1, 2024-Q3, 2022-9M, 2021-2025, 2024-05-16.")
    if numeric(table, column):
        said.append("Số: 1234567 hoặc 1.234.567,5; số tiền tính bằng đồng, hoặc viết kèm đơn vị: 150 tỷ.")
    if (table, column) == ("figures", "as_printed"):
        said.append("Đúng như nguồn in, ví dụ: 176,4 tỷ đồng.")
    return " ".join(said) or "Chữ tự do; để trống nếu chưa biết."
