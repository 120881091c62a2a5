"""Every sentence of the admin side. What is shown of rows and of what was typed is escaped here, and nowhere else."""

from __future__ import annotations

import html
from collections.abc import Sequence

from knowledge.records import Note
from knowledge.telling import keeping_texts
from knowledge.telling.formats import day, number
from knowledge.telling.labels import TABLES, field_name
from knowledge.telling.names import period_name

COMMAND_TEXTS: dict[str, tuple[str, str]] = {
    "them_so_lieu": (
        "KCQG kế hoạch 2025 cả nước 150 tỷ | nguồn: …",
        "thêm một số liệu; sau dấu | có thể kèm đoạn, ghi chú, tính đến",
    ),
    "them_nguon": (
        "tiêu đề | nơi đăng | ngày đăng | đường dẫn",
        "thêm một nguồn để số liệu, bài dùng; ngày và đường dẫn có thể bỏ",
    ),
    **keeping_texts.FORM_COMMANDS,
    "them_cach_hoi": ("mã-bài = câu hỏi", "thêm một cách hỏi cho bài đã có"),
    "doc_bai": (
        "[đoạn bài]",
        "đọc số liệu trong một đoạn bài dán vào hoặc tệp .txt; từng dòng được nêu ra để sửa, chỉ lưu dòng bạn nhận",
    ),
    "sua": (
        "mã trường = giá trị",
        "sửa một trường; /sua mã để xem các trường, trả lời tin của bot bằng /sua, hoặc /sua trường = giá trị, để sửa dòng trong tin ấy",
    ),
    "xoa": ("mã", "xoá một dòng, hoặc trả lời tin của bot bằng /xoa; lấy lại được bằng /hoan_tac"),
    "lich_su": ("[mã, tên hoặc vài từ]", "xem các thay đổi gần nhất"),
    "hoan_tac": ("số", "hoàn tác một thay đổi trong /lich_su, kể cả một lần hoàn tác"),
    "chua_tra_loi": ("", "xử lý các câu chưa trả lời được hoặc bị chê, gộp theo độ giống nhau"),
    "thong_ke": ("[số ngày]", "xem số câu hỏi mỗi ngày, chủ đề, câu còn bí, 👍 👎, kèm biểu đồ"),
    "tinh_trang": ("", "xem phiên bản, dung lượng, lần sao lưu và sửa gần nhất, dòng cần đối chiếu"),
    "nhap": (
        "[bảng]",
        "nhập tệp CSV, XLSX hoặc zip: gửi tệp cho bot (chú thích này có thể bỏ) để xem thử, rồi bấm Ghi",
    ),
    "mau": ("[bảng] [csv]", "nhận tệp mẫu để điền rồi gửi lại"),
    "xuat": ("[bảng] [csv]", "nhận nội dung kho: cả kho (zip), hoặc một bảng (XLSX, CSV)"),
    "tro_giup_quan_tri": ("", "xem các lệnh này"),
    "quan_tri": (
        "[them ID bien_tap | them ID duyet | xoa ID | duyet bat | duyet tat]",
        "xem, thêm, bớt người biên tập và người duyệt; bật, tắt chế độ duyệt",
    ),
    "sao_luu": ("", "nhận bản sao của kho tri thức và lịch sử sửa"),
    **keeping_texts.COMMANDS,
}
"""Command → (what is typed behind it, what it does)."""

_EXAMPLES = {
    "them_so_lieu": "/them_so_lieu KCQG kế hoạch 2025 cả nước 150 tỷ | nguồn: Khai mạc Hội nghị khuyến công",
    "them_nguon": "/them_nguon Hội nghị khuyến công 2025 | Báo A | 16/5/2025 | https://example.org/bai",
    "them_cach_hoi": "/them_cach_hoi khai-niem-khuyen-cong = khuyến công nghĩa là gì",
    "sua": "/sua hn2024-05 ghi chú = đã đối chiếu",
    "xoa": "/xoa hn2024-05",
    "hoan_tac": "/hoan_tac 41",
    "thong_ke": "/thong_ke 30",
    "nhap": "gửi tệp .xlsx kèm chú thích /nhap số liệu",
    "mau": "/mau số liệu",
    "xuat": "/xuat số liệu csv",
    "quan_tri": "/quan_tri them 123456789 bien_tap",
    **keeping_texts.EXAMPLES,
}

_FIXED = {
    **TABLES,
    "button_save": "Lưu",
    "button_delete": "Xoá",
    "button_cancel": "Huỷ",
    "add": "Sắp thêm",
    "edit": "Sắp sửa",
    "delete": "Sắp xoá",
    "done_add": "thêm",
    "done_edit": "sửa",
    "done_delete": "xoá",
    "done_undo": "hoàn tác",
    "done_import": "nhập",
    "imported": "{file}: {added} mới, {changed} sửa",
    "still_empty": "Còn trống",
    "source": "Nguồn",
    "how_to_edit": "Sửa: /sua {id} trường = giá trị",
    "how_to_undo": "Hoàn tác: /hoan_tac số",
    "owners": "Chủ bot",
    "editors": "Biên tập và người duyệt",
    "no_editors": "chưa có ai. Thêm: /quan_tri them ID bien_tap (hoặc duyet)",
    "let_in": "do {by} thêm, {at}",
    **keeping_texts.FIXED,
    "storage_full": "⚠️ Đĩa của máy chủ đã đầy. Bot vẫn trả lời từ bộ nhớ, nhưng không lưu được thay đổi. Hãy dọn chỗ trống; ghi lại được tôi sẽ báo.",
    "storage_read_only": "⚠️ Đĩa của máy chủ không cho ghi (chỉ đọc). Bot vẫn trả lời từ bộ nhớ, nhưng không lưu được thay đổi. Hãy kiểm tra đĩa và quyền ghi; ghi lại được tôi sẽ báo.",
    "storage_failed": "⚠️ Máy chủ không ghi được cơ sở dữ liệu. Bot vẫn trả lời từ bộ nhớ, nhưng không lưu được thay đổi. Hãy kiểm tra chỗ trống và sức khoẻ của đĩa; ghi lại được tôi sẽ báo.",
    "storage_refused": "Máy chủ chưa ghi được cơ sở dữ liệu, nên chưa lưu gì. Hãy thử lại sau ít phút.",
    "storage_well": "✅ Cơ sở dữ liệu đã ghi lại được. Thay đổi nào vừa bị từ chối, hãy bấm lưu lại.",
}

_SENTENCES: dict[str, str] = {
    # a line that cannot be read
    "usage": "Cần gõ: /{command} {usage}\nVí dụ: {example}",
    "option_unknown": "Không hiểu “{typed}”. Sau dấu | hãy gõ một trong: nguồn, đoạn, ghi chú, in, nhãn, tính đến, mã; rồi dấu hai chấm và giá trị.",
    "value_missing": "Chưa thấy số nào. Hãy gõ số kèm đơn vị, ví dụ: 150 tỷ, 85.865 triệu đồng.",
    "value_many": "Thấy nhiều số: {typed}. Mỗi lệnh chỉ thêm một số, hãy để lại một.",
    "percent_of_what": "Chưa rõ tỷ lệ gì. Hãy gõ một trong: tỷ lệ thực hiện (hoặc ước thực hiện, phân bổ) so với kế hoạch; tỷ trọng kế hoạch (hoặc thực hiện) trong tổng; kế hoạch (hoặc thực hiện) tăng, giảm so với năm trước hoặc cùng kỳ.",
    "unit_missing": "“{typed}” chưa rõ đơn vị. Hãy gõ thêm tỷ, triệu hoặc đồng; với số đếm, gõ tên chỉ tiêu, ví dụ: 120 đề án.",
    "region_missing": "Chưa rõ vùng. Hãy gõ thêm, ví dụ: cả nước, phía Bắc, Thanh Hóa.",
    "region_many": "Có nhiều vùng trong một dòng. Mỗi lệnh chỉ thêm một số, hãy để lại một vùng.",
    "period_missing": "Chưa rõ năm hoặc kỳ. Hãy gõ thêm, ví dụ: 2025, 6 tháng đầu năm 2025.",
    "period_many": "Có nhiều năm hoặc kỳ trong một dòng. Hãy để lại một.",
    "programme_missing": "Chưa rõ nguồn kinh phí. Hãy gõ một trong: KCQG, KCĐP, tổng hai nguồn.",
    "measure_missing": "Chưa rõ loại số. Hãy gõ một trong: kế hoạch, phân bổ, thực hiện, ước thực hiện.",
    "words_unknown": "Không hiểu “{typed}”. Hãy bỏ đi, hoặc chuyển vào ghi chú: | ghi chú: …",
    "source_missing": "Số không có nguồn thì không lưu. Hãy thêm nguồn: tiêu đề, đường dẫn hoặc mã.",
    "bad_address": "“{typed}” không phải đường dẫn. Hãy chép cả https://…, hoặc bỏ phần ấy.",
    "field_unknown": "Không có trường “{typed}”. Gõ /sua {id} để xem các trường của dòng này.",
    "no_row": "Không có dòng nào mang mã “{id}”. Trả lời tin của bot bằng /sua để biết mã, hoặc xem /lich_su",
    "row_known": "“{id}” là mã của số liệu đã có, chưa thêm gì. Muốn sửa dòng ấy, gõ: /sua {id}",
    "ambiguous": "Mã này có ở nhiều nơi. Hãy gõ một trong: {ids}",
    "no_entry": "Không có bài nào mang mã “{id}”. Hỏi bot câu ấy rồi trả lời tin của bot bằng /sua để biết mã.",
    "question_known": "Câu này đã là cách hỏi của bài “{id}”. Chọn câu khác, hoặc sửa bài: /sua {id}",
    "nothing_in_answer": "Không nhận ra số liệu hay bài nào trong tin ấy. Hãy trả lời đúng tin có câu đáp, hoặc gõ mã: /sua mã",
    # drafts
    "draft_saved": "✅ Đã lưu “{row}” (thay đổi {number}). Hoàn tác: /hoan_tac {number}",
    "saved_not_loaded": "✅ Đã lưu “{row}” (thay đổi {number}), nhưng bot chưa nạp được kho mới; hãy khởi động lại bot. Hoàn tác: /hoan_tac {number}",
    "draft_deleted": "✅ Đã xoá “{row}” (thay đổi {number}). Lấy lại: /hoan_tac {number}",
    "draft_cancelled": "Đã huỷ, không lưu gì về “{row}”. Muốn làm lại, hãy gõ lại lệnh.",
    "draft_expired": "Bản chờ này quá 24 giờ, chưa lưu gì. Hãy gõ lại lệnh.",
    "draft_unknown": "Không còn bản chờ này, chưa lưu gì. Hãy gõ lại lệnh.",
    "cancelled_all": "Đã huỷ {count} bản đang chờ lưu.",
    "undone": "✅ Đã hoàn tác thay đổi {number} của “{row}” (thay đổi {by}). Làm lại: /hoan_tac {by}",
    "not_loaded": "⚠️ Bot chưa nạp được kho mới; hãy khởi động lại bot.",
    "no_table": "Không có bảng “{typed}”. Chọn một trong: {tables}",
    # people
    "editor_added": "✅ Đã thêm {id} làm biên tập. Bỏ: /quan_tri xoa {person}",
    "editor_removed": "✅ Đã bỏ {id} khỏi danh sách. Thêm lại: /quan_tri them {id} bien_tap",
    "no_editor": "{id} không phải biên tập hay người duyệt. Gõ /quan_tri để xem danh sách.",
    "is_editor": "{id} đã là biên tập. Gõ /quan_tri để xem danh sách.",
    "is_owner": "{id} là chủ bot, đặt trong cài đặt OWNER_IDS nên không cần thêm. Gõ /quan_tri để xem danh sách.",
    # looking
    "no_history": "Chưa có thay đổi nào. Gõ /tro_giup_quan_tri để xem các lệnh.",
    "no_history_of": "Chưa có thay đổi nào của “{id}”. Gõ /lich_su để xem tất cả.",
    "no_gaps": "Không có câu nào đang chờ trả lời. Xem lại sau khi có thêm người hỏi.",
    "no_questions": "{days} ngày qua chưa có ai hỏi. Xem xa hơn: /thong_ke 90",
    "gap_gone": "Câu này không còn trong danh sách. Gõ /chua_tra_loi để xem danh sách mới.",
    "gap_unlike": "Chưa có bài nào gần câu này. Hãy chọn “Mục mới”, hoặc “Để sau”.",
    "gap_wordy": "Câu này dài quá để làm cách hỏi. Hãy tự rút gọn: /them_cach_hoi mã-bài = câu hỏi",
    "backup": "Bản sao kho tri thức và lịch sử sửa: {told}. Không kèm câu hỏi, trò chuyện hay tài khoản của ai. Khôi phục: python bot.py kb restore tệp",
    "backup_large": "Bản sao lớn hơn mức Telegram cho gửi. Hãy chạy trên máy chủ: python bot.py kb backup tệp",
    # doubts
    "other_source": "⚠️ Ô này đã có số {id} ({printed}) của nguồn {source}; cả hai sẽ cùng được nêu.",
    "copy": "⚠️ Giống hệt số của {period} ({id}, {printed}).",
    "unit_jump": "⚠️ Lệch từ 100 lần trở lên so với {period} ({id}, {printed}): kiểm tra lại đơn vị.",
    "percent_differs": "⚠️ Tỷ lệ {id} in {printed}, tính lại được {computed}%.",
    "total_differs": "⚠️ Tổng {id} không khớp hai phần cộng lại ({computed} đồng).",
    "relation_differs": "⚠️ Quan hệ {id} ghi {verdict}, với số mới tính được {now}: hãy sửa cả quan hệ ấy.",
    "period_not_over": "⚠️ Đến nay {period} chưa kết thúc mà đã có số thực hiện.",
    "far_ahead": "⚠️ Còn lâu mới tới {period}: kiểm tra lại năm.",
    "future_date": "⚠️ Trường {field} là {date}, một ngày chưa tới.",
    "address_closed": "⚠️ Chưa mở được {url}: kiểm tra lại đường dẫn trước khi lưu.",
    "no_address": "⚠️ Nguồn {id} chưa có đường dẫn để người hỏi mở xem; có thì hãy thêm.",
    "outside_document": "⚠️ Thời gian áp dụng nằm ngoài hiệu lực của {document}.",
    **keeping_texts.SENTENCES,
}


def admin_text(code: str, **values: object) -> str:
    """A label or a piece of a page, plain. Raises KeyError for an unknown code."""
    return _FIXED[code].format_map(values)


def sentence(note: Note) -> str:
    """A note as Telegram HTML. Raises KeyError for an unknown code."""
    values = dict(note.values)
    if "command" in values and note.code in ("usage", "form_field_unknown"):
        command = values["command"]
        values |= {"usage": COMMAND_TEXTS[command][0], "example": _EXAMPLES[command]}
    if "period" in values:
        values["period"] = period_name(values["period"])
    if "computed" in values:
        values["computed"] = number(float(values["computed"]), 2)
    if "field" in values:
        values["field"] = field_name(values.get("table", ""), values["field"])
    if "table" in values:
        values["table"] = TABLES.get(values["table"], values["table"])
    if note.code == "future_date":
        values["date"] = day(values["date"])
    return _SENTENCES[note.code].format_map({name: safe(value) for name, value in values.items()})


def refused_html(messages: Sequence[str]) -> str:
    """Why a change cannot be made."""
    return "\n".join(["<b>Chưa lưu được:</b>", *(f"• {safe(message)}" for message in messages)])


def help_html(names: Sequence[str]) -> list[str]:
    """The guide: these commands, what is typed behind them, what they do."""
    lines = []
    for name in names:
        usage, does = COMMAND_TEXTS[name]
        lines.append(f"/{name} {safe(usage)}".rstrip() + f"\n   {safe(does)}")
    return ["<b>Lệnh quản trị</b>", *lines, "/huy\n   huỷ bản đang chờ lưu", admin_text("help_why")]


def help_markdown(names: Sequence[str]) -> str:
    """The same as a Markdown table."""
    cells = [[cell.replace(" | ", " \\| ") for cell in COMMAND_TEXTS[name]] for name in names]
    rows = [
        f"| `/{name} {typed}".rstrip() + f"` | {does} |"
        for name, (typed, does) in zip(names, cells, strict=True)
    ]
    return "\n".join(["| lệnh | việc |", "| --- | --- |", *rows])


def menu_text(name: str) -> str:
    """What Telegram's menu shows beside a command."""
    does = COMMAND_TEXTS[name][1].partition(";")[0]
    return does[:1].upper() + does[1:]


def safe(text: object) -> str:
    """Whatever was typed or stored, as text within Telegram HTML."""
    return html.escape(str(text), quote=False)
