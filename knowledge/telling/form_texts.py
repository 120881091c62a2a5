"""What is asked for each field when something is added step by step, and the words that can be typed or tapped."""

from __future__ import annotations

from knowledge.text import fold

ASKED: dict[tuple[str, str], str] = {
    (
        "figures",
        "subject",
    ): "Số liệu gì? Gõ nguồn kinh phí (KCQG, KCĐP, tổng hai nguồn), hoặc chỉ tiêu, ví dụ: số đề án KCQG",
    (
        "figures",
        "measure",
    ): "Loại số gì? Với số đếm (đề án, cơ sở…) hãy bỏ qua. Tỷ lệ thì gõ, ví dụ: tỷ lệ thực hiện",
    ("figures", "region"): "Của vùng nào? Ví dụ: cả nước, phía Bắc, Thanh Hóa",
    ("figures", "period"): "Năm hoặc kỳ nào? Ví dụ: 2025, 6 tháng đầu năm 2025",
    (
        "figures",
        "value",
    ): "Bao nhiêu? Gõ như bài in, kèm đơn vị, ví dụ: trên 85,865 tỷ đồng; 94,6%; 120 đề án",
    ("figures", "source"): "Lấy từ nguồn nào? Gõ mã nguồn (nguồn chưa có: /them_nguon)",
    ("figures", "locator"): "Ở đoạn nào của bài? Ví dụ: 8",
    ("figures", "note"): "Có ghi chú gì không?",
    ("sources", "id"): "Mã của nguồn? Chữ thường không dấu, số và gạch nối, ví dụ: bao-a-2025",
    ("sources", "title"): "Tiêu đề bài hoặc văn bản?",
    ("sources", "publisher"): "Nơi đăng? Ví dụ: Tạp chí Công Thương",
    ("sources", "published_on"): "Ngày đăng? Ví dụ: 16/5/2025",
    ("sources", "url"): "Đường dẫn? Chép cả https://…",
    ("entries", "id"): "Mã của bài? Chữ thường không dấu, số và gạch nối, ví dụ: thu-tuc-dang-ky",
    ("entries", "title"): "Tiêu đề bài, tức câu hỏi chính?",
    ("entries", "body"): "Lời đáp? Gõ nguyên văn câu bot sẽ trả lời, dưới 1.200 ký tự",
    ("entries", "kind"): "Bài thuộc loại nào?",
    ("entries", "sources"): "Lấy từ nguồn nào? Gõ mã nguồn, nhiều mã cách nhau bằng dấu ;",
    (
        "entries",
        "basis",
    ): "Căn cứ? Gõ mã văn bản: điều khoản, ví dụ: 45-2012-nd-cp: Điều 1; bài chính sách và hỗ trợ phải có",
    ("entries", "questions"): "Người ta hỏi câu này thế nào? Nhiều cách cách nhau bằng dấu ;",
    ("entries", "aliases"): "Tên gọi khác? Cách nhau bằng dấu ;",
    ("entries", "topics"): "Chủ đề? Ví dụ: thu_tuc; cách nhau bằng dấu ;",
    ("entries", "valid_from"): "Áp dụng từ ngày nào? Ví dụ: 15/10/2025",
    ("support_levels", "id"): "Mã của mức hỗ trợ? Ví dụ: may-moc-2027",
    ("support_levels", "name"): "Hỗ trợ việc gì? Ví dụ: Ứng dụng máy móc, thiết bị tiên tiến",
    ("support_levels", "percent"): "Tối đa bao nhiêu phần trăm chi phí? Ví dụ: 50%",
    ("support_levels", "cap"): "Không quá bao nhiêu tiền? Ví dụ: 300 triệu đồng",
    ("support_levels", "cap_unit"): "Mức trần tính cho một gì? Ví dụ: cơ sở, mô hình",
    ("support_levels", "document"): "Theo văn bản nào? Gõ mã, ví dụ: 28-2018-tt-btc (chưa có: /them_van_ban)",
    ("support_levels", "article"): "Điều khoản nào? Ví dụ: khoản 1 Điều 8",
    ("support_levels", "sources"): "Lấy từ nguồn nào? Gõ mã nguồn, nhiều mã cách nhau bằng dấu ;",
    ("support_levels", "conditions"): "Điều kiện gì?",
    ("support_levels", "valid_from"): "Áp dụng từ ngày nào? Ví dụ: 11/5/2018",
    ("support_levels", "valid_to"): "Áp dụng đến ngày nào?",
    (
        "support_levels",
        "activity",
    ): "Mã hoạt động, nếu đã có mức cũ của cùng hoạt động? Ví dụ: may-moc-thiet-bi",
    ("support_levels", "note"): "Có ghi chú gì không?",
    ("documents", "id"): "Mã của văn bản? Theo số hiệu, ví dụ: 45-2012-nd-cp",
    ("documents", "number"): "Số hiệu? Ví dụ: 45/2012/NĐ-CP",
    ("documents", "kind"): "Loại văn bản? Ví dụ: Nghị định",
    ("documents", "title"): "Trích yếu? Ví dụ: Về khuyến công",
    ("documents", "issuer"): "Nơi ban hành? Ví dụ: Chính phủ",
    ("documents", "issued_on"): "Ngày ban hành? Ví dụ: 21/5/2012",
    ("documents", "in_force_from"): "Có hiệu lực từ ngày nào?",
    ("documents", "sources"): "Lấy từ nguồn nào? Gõ mã nguồn, nhiều mã cách nhau bằng dấu ;",
    ("documents", "status"): "Tình trạng? Bỏ qua là còn hiệu lực",
    ("documents", "amends"): "Sửa đổi những văn bản nào? Gõ mã, cách nhau bằng dấu ;",
    ("documents", "replaces"): "Thay thế những văn bản nào? Gõ mã, cách nhau bằng dấu ;",
    ("documents", "about"): "Nội dung chính trong một câu?",
    ("documents", "aliases"): "Tên gọi khác? Cách nhau bằng dấu ;",
    ("events", "id"): "Mã của sự kiện? Ví dụ: hn-phia-bac-2025",
    ("events", "name"): "Tên đầy đủ?",
    ("events", "date"): "Ngày nào? Ví dụ: 16/5/2025",
    ("events", "place"): "Ở đâu? Ví dụ: Hà Nội",
    ("events", "kind"): "Sự kiện thuộc loại nào?",
    ("events", "sources"): "Lấy từ nguồn nào? Gõ mã nguồn, nhiều mã cách nhau bằng dấu ;",
    ("events", "region"): "Của vùng nào? Ví dụ: phía Bắc",
    ("events", "edition"): "Lần thứ mấy? Ví dụ: 18",
    ("events", "organisers"): "Đơn vị tổ chức? Cách nhau bằng dấu ;",
    ("events", "host"): "Đơn vị đăng cai?",
    ("events", "chairs"): "Ai chủ trì? Cách nhau bằng dấu ;",
    ("events", "aliases"): "Tên gọi khác? Cách nhau bằng dấu ;",
    ("events", "note"): "Có ghi chú gì không?",
}
"""(table, field) → the question."""

CHOICES: dict[tuple[str, str], dict[str, str]] = {
    ("figures", "measure"): {
        "kế hoạch": "kế hoạch",
        "phân bổ": "phân bổ",
        "thực hiện": "thực hiện",
        "ước thực hiện": "ước thực hiện",
    },
    ("entries", "kind"): {
        "chính sách": "policy",
        "mức hỗ trợ": "support",
        "liên hệ": "contact",
        "khái niệm": "definition",
        "đánh giá": "assessment",
    },
    ("documents", "status"): {
        "còn hiệu lực": "in_force",
        "đã được sửa": "amended",
        "cần kiểm tra": "needs_check",
        "hết hiệu lực": "superseded",
    },
    ("events", "kind"): {
        "hội nghị khuyến công": "hoi_nghi_khuyen_cong",
        "hội nghị công thương": "hoi_nghi_cong_thuong",
        "hội nghị phổ biến": "hoi_nghi_pho_bien",
        "hội nghị tổng kết": "hoi_nghi_tong_ket",
        "hội chợ": "hoi_cho",
        "lễ tôn vinh": "le_ton_vinh",
    },
}
"""(table, field) → label of a button, and the cell that it stands for."""

OPTIONS = {key: {fold(label): cell for label, cell in found.items()} for key, found in CHOICES.items()}
"""The same by what can be typed, folded."""

OTHER_NAMES = {fold("thay thế"): "replaces", fold("trích yếu"): "title", fold("chủ đề"): "topics"}
"""Further words for a column, folded."""
