"""Sentences about keeping the base together with others: review, updates of the shipped content, copies, step by step.

Read by `admin_texts`, which alone turns them into messages.
"""

from __future__ import annotations

FORM_COMMANDS: dict[str, tuple[str, str]] = {
    "thay_muc": (
        "văn bản | ngày áp dụng",
        "thay cả bảng mức hỗ trợ: nói văn bản, ngày áp dụng, rồi gửi tệp hoặc dán bảng; mức cũ hết áp dụng hôm trước, chỗ nhắc mức cũ được nêu ra",
    ),
    "them_bai": (
        "tiêu đề | lời đáp | loại: … | nguồn: … | căn cứ: …",
        "thêm một bài hỏi đáp; gõ mỗi lệnh để được hỏi từng phần, các lệnh thêm khác cũng vậy",
    ),
    "them_muc_ho_tro": (
        "tên | phần trăm | mức trần | tính cho: … | văn bản: … | điều khoản: … | nguồn: … | áp dụng từ: …",
        "thêm một mức hỗ trợ; phần nào không có thì gõ dấu -",
    ),
    "them_van_ban": ("số hiệu | loại | trích yếu | nguồn: … | ngày ban hành: …", "thêm một văn bản"),
    "them_su_kien": ("tên | ngày | nơi | loại: … | nguồn: …", "thêm một hội nghị, hội chợ hay sự kiện"),
}

COMMANDS: dict[str, tuple[str, str]] = {
    "them_ten_khac": (
        "mã hoặc tên vùng = tên khác",
        "thêm một tên gọi khác cho vùng, văn bản, sự kiện, mức hỗ trợ hay bài",
    ),
    "them_tu": ("cụm từ = ý", "dạy bot một cụm từ mà người ta hay nói; xem các ý: /xuat loại ý"),
    "cho_duyet": (
        "[số]",
        "xem các đề xuất đang chờ, đăng hoặc từ chối từng cái; biên tập xem đề xuất của mình",
    ),
    "khoi_phuc": ("", "khôi phục từ một bản sao: gửi tệp kèm lệnh này, hoặc trả lời tệp ấy"),
    "cap_nhat": ("", "lấy bản nội dung mới đi kèm chương trình, không ghi đè chỗ đã sửa"),
}

EXAMPLES: dict[str, str] = {
    "thay_muc": "/thay_muc 28/2018/TT-BTC | 11/5/2018",
    "them_ten_khac": "/them_ten_khac Thanh Hóa = xứ Thanh",
    "them_tu": "/them_tu rót = phân bổ",
    "cho_duyet": "/cho_duyet 7",
    "them_bai": "/them_bai Khuyến công viên là ai? | Người giúp việc khuyến công ở xã. | loại: khái niệm | nguồn: Khai mạc Hội nghị khuyến công",
    "them_muc_ho_tro": "/them_muc_ho_tro Ứng dụng máy móc, thiết bị tiên tiến | 50% | 300 triệu đồng | tính cho: cơ sở | văn bản: 28/2018/TT-BTC | điều khoản: Điều 7 | nguồn: Khai mạc Hội nghị khuyến công | áp dụng từ: 11/5/2018",
    "them_van_ban": "/them_van_ban 1/2027/TT-BTC | Thông tư | Về mức chi khuyến công | nguồn: Khai mạc Hội nghị khuyến công | ngày ban hành: 5/1/2027",
    "them_su_kien": "/them_su_kien Hội nghị khuyến công phía Bắc năm 2027 | 16/5/2027 | Hà Nội | loại: hội nghị khuyến công | nguồn: Khai mạc Hội nghị khuyến công | vùng: phía Bắc",
    "khoi_phuc": "gửi tệp nhận từ /sao_luu, ghi chú thích /khoi_phuc; hoặc trả lời tin có tệp ấy bằng /khoi_phuc",
}

FIXED: dict[str, str] = {
    # reasons
    "button_why": "Ghi lý do",
    "button_clear": "Để trống",
    "why": "Lý do",
    "why_gap": "từ câu hỏi chưa trả lời được",
    "help_why": "Lệnh thêm, sửa, xoá, nhập, hoàn tác nào cũng có thể kèm lý do ở cuối: | vì: …; chỉ gõ tên lệnh thì bot hỏi từng phần.",
    "help_work": (
        "<b>Việc của biên tập</b>\n"
        "• Một số liệu: /them_so_lieu KCĐP thực hiện 2025 Thanh Hóa 12,5 tỷ | nguồn: tiêu đề hoặc đường dẫn\n"
        "• Số liệu trong một đoạn bài: /doc_bai rồi dán đoạn ấy\n"
        "• Một bảng số: gửi tệp Excel, Word, CSV, hoặc dán cả bảng\n"
        "• Một mức hỗ trợ: /them_muc_ho_tro; cả bảng mức mới: /thay_muc\n"
        "• Một bài hỏi đáp: /them_bai; câu bot còn bí: /chua_tra_loi\n"
        "• Sửa, xoá: trả lời tin của bot bằng /sua hoặc /xoa; lấy lại: /hoan_tac\n"
        "Chỉ gõ tên lệnh thì bot hỏi từng phần. Tất cả các lệnh: /tro_giup_quan_tri"
    ),
    # review
    "role_editor": "biên tập",
    "role_reviewer": "người duyệt",
    "review_is_on": "Chế độ duyệt: đang bật (tắt: /quan_tri duyet tat)",
    "review_is_off": "Chế độ duyệt: đang tắt (bật: /quan_tri duyet bat)",
    "button_publish": "Đăng",
    "button_reject": "Từ chối",
    "button_withdraw": "Rút lại",
    "button_no_reason": "Không nêu lý do",
    "button_show_again": "Xem lại đề xuất",
    # updates
    "button_skip": "Bỏ qua",
    "button_back": "Quay lại",
    "button_quit": "Huỷ",
    "button_new_source": "Nguồn mới…",
    "button_more": "Xem đủ",
    "kept": "Đã ghi",
    "tried": "Hỏi thử",
    "button_update": "Cập nhật {count} dòng",
    "button_later": "Để sau",
    "button_keep": "Giữ của tôi",
    "button_take": "Lấy bản mới",
    "update_head": "Bản nội dung mới sẽ",
    # restoring
    "button_restore": "Khôi phục",
    "button_unrestore": "Lấy lại kho trước",
    "restore_head": "Bản sao này có",
    "restore_changes": "So với kho hiện tại, khôi phục sẽ:",
    "restore_row": "thêm {added}, sửa {changed}, bỏ {removed}",
    "restore_same": "không đổi nội dung nào",
    "restore_history": "lịch sử: {now} → {then} thay đổi",
    "restore_foot": "Dữ liệu trò chuyện và danh sách người biên tập giữ nguyên. Kho hiện tại được giữ lại thành một tệp trên máy chủ.",
    "update_foot": "Mỗi dòng là một thay đổi trong /lich_su, hoàn tác được.",
}

SENTENCES: dict[str, str] = {
    # reasons
    "ask_why": "Vì sao? Hãy gõ lý do, nó được ghi vào /lich_su. Không cần thì cứ bấm nút ở trên.",
    "why_kept": "Đã ghi lý do cho bản chờ ở trên, chưa lưu. Bấm một nút để quyết định.",
    "why_length": "Lý do phải có chữ và không quá {most} ký tự. Hãy gõ lại, ví dụ: | vì: bài đã đính chính",
    # names
    "phrase_empty": "Chưa thấy cụm từ nào. Hãy gõ chữ trước dấu =, ví dụ: /them_tu rót = phân bổ",
    "phrase_long": "Cụm từ dài quá {most} chữ. Hãy rút lại phần người ta hay nói; muốn thêm cả câu, dùng /them_cach_hoi",
    "phrase_idle": "“{typed}” là từ đệm, câu nào cũng có, nên không mang ý nào. Hãy chọn cụm từ khác.",
    "phrase_region": "“{typed}” là tên của {name}, nên không làm cụm từ được. Tên khác của vùng: /them_ten_khac",
    "phrase_known": "“{typed}” đã có nghĩa “{name}” ({id}). Không cần thêm.",
    "meaning_empty": "Chưa thấy ý nào sau dấu =. Gõ như: /them_tu rót = phân bổ; xem các ý: /xuat loại ý",
    "meaning_unknown": "Không có ý nào tên “{typed}”. Gần nhất: {names}. Xem tất cả: /xuat loại ý",
    "meaning_many": "Nhiều ý cùng tên “{typed}”. Hãy gõ một trong các mã: {names}",
    "alias_one": "“{typed}” không phải một tên. Hãy gõ mỗi lần một tên, không có dấu |",
    "alias_known": "“{typed}” đã là tên của {id}. Hãy chọn tên khác, hoặc sửa dòng ấy: /sua {id}",
    "no_aliases": "“{id}” không có tên khác. Hãy chọn một vùng, văn bản, sự kiện, mức hỗ trợ hoặc bài; trường khác thì dùng /sua {id}",
    # review
    "reviewer_added": "✅ Đã thêm {id} làm người duyệt. Bỏ: /quan_tri xoa {person}",
    "is_reviewer": "{id} đã là người duyệt. Gõ /quan_tri để xem danh sách.",
    "review_on": "✅ Đã bật chế độ duyệt: thay đổi của biên tập và người duyệt thành đề xuất, chờ người khác đăng ở /cho_duyet. Tắt: /quan_tri duyet tat",
    "review_off": "✅ Đã tắt chế độ duyệt: biên tập lưu là có hiệu lực ngay. Bật: /quan_tri duyet bat",
    "review_same": "Chế độ duyệt vốn đã như vậy. Gõ /quan_tri để xem.",
    "still_waiting": "Còn {count} đề xuất đang chờ: /cho_duyet",
    "waiting": "Có {count} đề xuất đang chờ, dưới đây là {shown} đề xuất cũ nhất. Xem riêng một đề xuất: /cho_duyet số",
    "nothing_waits": "Không có đề xuất nào đang chờ duyệt. Xem các thay đổi đã đăng: /lich_su",
    "nothing_proposed": "Bạn không có đề xuất nào đang chờ duyệt. Xem các thay đổi đã đăng: /lich_su",
    "no_proposal": "Đề xuất {id} không còn chờ duyệt, hoặc không có số ấy. Gõ /cho_duyet để xem các đề xuất đang chờ.",
    "proposal": "<b>Đề xuất {id}</b> của {by}",
    "proposal_undo": "Sắp hoàn tác thay đổi {number}:",
    "draft_proposed": "📨 Đã gửi đề xuất {number} về “{row}” cho người duyệt, chưa có hiệu lực. Xem hoặc rút lại: /cho_duyet {number}",
    "still_proposed": "Đề xuất {id} vẫn đang chờ; có thể từ chối để người gửi làm lại.",
    "ask_reason": "Từ chối đề xuất {id} về “{row}”: hãy gõ lý do gửi cho người đề xuất, hoặc bấm nút. Thôi: /huy",
    "proposal_published": "✅ Đề xuất {id} về “{row}” đã được {by} đăng (thay đổi {number}). Hoàn tác: /hoan_tac {number}",
    "proposal_rejected": "Đề xuất {id} về “{row}” đã bị {by} từ chối, không lưu gì.",
    "proposal_rejected_why": "Đề xuất {id} về “{row}” đã bị {by} từ chối, không lưu gì. Lý do: {reason}",
    "proposal_withdrawn": "Đề xuất {id} về “{row}” đã được rút lại, không lưu gì. Muốn làm lại, hãy gõ lại lệnh.",
    "yours_published": "✅ Đề xuất {id} của bạn về “{row}” đã được đăng (thay đổi {number}).",
    "yours_rejected": "Đề xuất {id} của bạn về “{row}” bị từ chối. Có thể sửa rồi gửi lại.",
    "yours_rejected_why": "Đề xuất {id} của bạn về “{row}” bị từ chối: {reason}. Có thể sửa rồi gửi lại.",
    # updates
    "up_to_date": "Nội dung đang là bản mới nhất đi kèm chương trình. Xem các thay đổi: /lich_su",
    "update_waits": "ℹ️ Chương trình có bản nội dung mới. Kho có sửa đổi riêng nên chưa nạp gì. Xem và quyết định: /cap_nhat",
    "update_contested": "Còn {count} dòng cả hai bên cùng sửa, sẽ hỏi từng dòng.",
    "updated": "✅ Đã cập nhật {count} dòng (thay đổi {first}–{last}). Hoàn tác từng thay đổi: /hoan_tac số",
    "update_later": "Chưa cập nhật gì. Khi cần: /cap_nhat",
    "contested": "Có {count} dòng cả kho và bản mới cùng sửa, dưới đây là {shown} dòng đầu. Đang có → bản mới:",
    "contested_because": "⚠️ Không tự cập nhật được vì liên quan tới “{id}” trong kho.",
    "took_new": "✅ “{row}”: đã lấy bản mới (thay đổi {number}). Hoàn tác: /hoan_tac {number}",
    "kept_mine": "✅ “{row}”: giữ bản đang có. Sẽ chỉ hỏi lại khi bản đi kèm đổi dòng này lần nữa.",
    "update_left": "Còn {count} dòng chờ quyết định: /cap_nhat",
    "update_done": "✅ Nội dung đã là bản mới nhất, không còn dòng nào chờ quyết định.",
    # daily copies
    "copy_failed": "⚠️ Chưa tạo được bản sao lưu hằng ngày: {why} Kiểm tra máy chủ, hoặc gõ /sao_luu để lấy một bản ngay.",
    # restoring
    "restore_large": "Tệp lớn hơn 20 MB, Telegram không cho bot tải. Hãy chạy trên máy chủ: python bot.py kb restore tệp",
    "restore_unread": "Không tải được tệp này từ Telegram. Hãy gửi lại tệp kèm chú thích /khoi_phuc",
    "restore_gone": "Tệp chờ khôi phục không còn (đã huỷ, hoặc quá 24 giờ), chưa đổi gì. Hãy gửi lại tệp kèm chú thích /khoi_phuc",
    "restore_changed": "Kho đã có thay đổi mới từ lúc xem, chưa khôi phục gì. Xem /lich_su, rồi gửi lại tệp kèm chú thích /khoi_phuc",
    "restore_failures": "⚠️ Nội dung trong tệp có {count} chỗ cần xem lại; sau khi khôi phục, chạy kb check để biết.",
    "restored": "✅ Đã khôi phục; bot trả lời theo kho này ngay. Kho trước đó được giữ ở {kept}",
    "unrestored": "✅ Đã lấy lại kho trước khi khôi phục; bot trả lời theo kho này ngay. Kho vừa rồi được giữ ở {kept}",
    "restored_before": "✅ Đã khôi phục từ tệp này. Kho trước đó được giữ cạnh tệp cơ sở dữ liệu trên máy chủ.",
    "not_restored": "Đã huỷ, không khôi phục gì. Khi cần, gửi lại tệp kèm chú thích /khoi_phuc",
    # step by step
    "question": "<b>Bước {at}/{of}</b> · {asked}",
    "question_rest": "{asked}",
    "present_level": "Mức đang có của hoạt động này ({id}): {told}. Lưu mức mới thì nên ghi ngày hết áp dụng của mức cũ: /sua {id} áp dụng đến = …",
    "field_needed": "Phần này không bỏ qua được. Hãy trả lời, hoặc /huy để thôi.",
    "stale_step": "Nút này của bước khác. Hãy dùng nút dưới câu hỏi cuối cùng, hoặc gõ lại lệnh.",
    "bad_cell": "Chưa đọc được {field}: {why}. Hãy gõ lại phần ấy.",
    "welcome": "Bạn đã được thêm làm {role} của bot này. Các lệnh có trong menu; hướng dẫn: /tro_giup_quan_tri. Thử ngay: /them_so_lieu",
    "not_welcomed": "Người ấy chưa nhắn cho bot lần nào nên tôi chưa báo được. Hãy nhờ họ bấm Start, rồi gõ /tro_giup_quan_tri.",
    "which_row": "Có vài dòng hợp với “{typed}”. Hãy bấm một, hoặc gõ rõ hơn.",
    "bad_answer": "Chưa đọc được: {why}. Hãy gõ lại.",
    "phrase_other": "⚠️ “{typed}” đã có nghĩa khác: {names}. Câu có cụm từ này có thể hiểu theo nhiều cách.",
    "readings_change": "⚠️ {count} câu hỏi đã có sẽ được đọc khác đi, ví dụ: “{question}”.",
    "unreached": "⚠️ Thử hỏi “{question}” thì bot chưa đáp bằng dòng này: xem lại tên, loại, vùng hoặc kỳ; với bài thì thêm cách hỏi.",
    "other_map": "⚠️ {name} không theo cách chia vùng của {period} (địa giới đổi từ 1/7/2025): kiểm tra lại vùng, ví dụ: phía Bắc hay phía Bắc mới.",
    "level_shadowed": "⚠️ Thử hỏi “{question}” thì bot vẫn đáp bằng mức {id}: hãy ghi ngày hết áp dụng của mức ấy (/sua {id} áp dụng đến = …), hoặc xem lại ngày bắt đầu.",
    "like_row": "⚠️ Giống {table} đã có: “{name}” ({id}). Nếu là một thì huỷ, rồi dùng dòng ấy.",
    "form_field_unknown": "Không hiểu “{typed}:”.\nCần gõ: /{command} {usage}\nVí dụ: {example}",
    "step_left": "Đã thôi việc đang làm dở, chưa lưu gì.",
}
