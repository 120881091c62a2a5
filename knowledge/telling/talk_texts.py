"""Sentences of small talk, and the words that complete what somebody tells to a question."""

from __future__ import annotations

_TALK: dict[str, str] = {
    "greeting": "Chào {you}! Tôi trả lời về khuyến công (Nhà nước hỗ trợ cơ sở sản xuất công nghiệp, tiểu thủ công nghiệp ở nông thôn): kinh phí, chính sách, mức hỗ trợ, hội nghị. {You} cần gì ạ? Ví dụ: “kinh phí khuyến công phía Bắc 2023”, “mua máy 800 triệu được hỗ trợ bao nhiêu”.",
    "thanks": "Không có gì ạ. Cần số liệu hay chính sách khuyến công nào, {you} cứ hỏi tiếp nhé.",
    "bye": "Tạm biệt {you}, chúc {you} mọi việc suôn sẻ. Khi cần {you} cứ nhắn.",
    "stop": "Vâng, mình dừng ở đây. Khi cần {you} cứ hỏi tiếp nhé.",
    "correct": "Không sao ạ, {you} hỏi lại giúp tôi nhé.",
    "yes": "Vâng, {you} cần hỏi thêm gì cứ nhắn nhé.",
    "grief": "Tôi xin chia sẻ với {you}. Mong {you} và gia đình sớm vượt qua. Lúc nào cần hỏi về khuyến công, {you} cứ nhắn, tôi vẫn ở đây.",
    "insult": "Xin lỗi vì đã làm {you} bực. {You} nói giúp tôi chỗ nào chưa đúng, hoặc hỏi lại bằng vài từ (vùng, năm, việc muốn làm), tôi trả lời lại ngay.",
    "joke": "Vui thật ạ. Khi nào cần chuyện khuyến công, {you} cứ nhắn tôi nhé.",
    "chat": "Tôi nghe {you} đây, mong mọi việc của {you} thuận buồm xuôi gió. Cần hỏi gì về khuyến công, {you} cứ nhắn nhé.",
    "reproach": "Xin lỗi {you}, câu trả lời vừa rồi chưa giúp được. {You} nói giúp tôi điều đang cần nhất (mức tiền, điều kiện, giấy tờ, nơi nộp hay số liệu), tôi trả lời thẳng vào đó; muốn nghe người phụ trách nói thì gọi Sở Công Thương của tỉnh.",
    "worry": "Tôi hiểu {you} lo. Hỏi trước thì không mất gì: {you} gọi Trung tâm Khuyến công hoặc Sở Công Thương của tỉnh trước khi bỏ tiền. Điều kiện, mức tối đa, giấy tờ cần có thì tôi nói trước được, {you} cứ hỏi.",
    "remind": "Tôi không hẹn giờ, không nhắc việc và không gọi {you} được: tôi chỉ trả lời khi {you} nhắn. {You} đặt nhắc trên điện thoại giúp tôi nhé.",
    "call": "Tôi không gọi điện, không nhắn riêng được, {you} đừng gửi số điện thoại lên đây. Muốn được tư vấn trực tiếp, {you} hỏi Trung tâm Khuyến công hoặc Sở Công Thương của tỉnh; {you} cho biết tỉnh, tôi nói nơi nào phụ trách.",
    "identity": "{You} đừng gửi số căn cước, số tài khoản, mật khẩu hay giấy tờ riêng lên đây: tôi không cần và không dùng. Tin nhắn có được lưu: câu chuyện đang dở 30 phút, câu tôi chưa trả lời được không quá một năm, không kèm mã của {you}. Lỡ gửi thì /xoa_du_lieu để xoá, /riengtu để xem đầy đủ.",
    "draft": "Tôi không viết hộ đề án, hồ sơ được. Trung tâm Khuyến công hoặc Sở Công Thương của tỉnh hướng dẫn lập; tôi chỉ nói được trong đó phải có gì:",
    "scam": "Coi chừng lừa đảo: {you} đừng chuyển tiền, đừng đưa mã OTP, số tài khoản hay căn cước. Trong các quy định tôi đã đọc không thấy khoản phí nào phải nộp để xin khuyến công, và không ai hứa chắc được duyệt. {You} tự gọi Sở Công Thương của tỉnh (số trên cổng thông tin, không phải số họ cho) để hỏi lại; lỡ chuyển rồi thì báo ngay công an và ngân hàng.",
    "bribe": "{You} đừng đưa: đưa tiền, quà để được duyệt là vi phạm, người đưa và người nhận đều có thể bị xử lý. Hồ sơ được xét qua thẩm định, theo điều kiện và kinh phí của năm, không ai hứa trước được. Ai gợi ý hay vòi tiền, {you} báo lãnh đạo Sở Công Thương hoặc công an.",
    "anonymous": "Được, {you} không cần nói tên, số điện thoại hay giấy tờ gì, cũng không phải đăng ký. Tôi chỉ cần biết tỉnh, nghề và điều muốn hỏi; chuyện riêng đừng gửi lên đây. /riengtu để xem những gì được lưu.",
    "free": "Không mất tiền: hỏi tôi miễn phí, hỏi nhiều cũng không trừ tiền điện thoại, chỉ tốn mạng như nhắn tin thường. Ai nhân danh bot hay khuyến công đòi tiền thì {you} đừng đưa.",
    "maker": "Tôi là bot Khuyến công, một chương trình trả lời tự động từ kho tư liệu có ghi nguồn (văn bản, trang của cơ quan nhà nước, báo chí), không phải người thật. Tôi không phải cơ quan nhà nước, không nói thay Bộ hay Sở nào; việc quan trọng {you} hỏi lại Sở Công Thương.",
    "submit": "Tôi không nộp hồ sơ, không đăng ký, không gọi điện hay chuyển lời thay {you} được; tôi cũng không xét duyệt, không cầm tiền hỗ trợ. Cần giấy gì, hạn nào, nộp ở đâu thì tôi nói được. {You} ở tỉnh nào, làm nghề gì?",
    "invented": "Tôi không bịa: số và quy định lấy từ văn bản, trang của cơ quan nhà nước hay bài báo, ghi ở dòng “Nguồn” để {you} xem lại; không có nguồn thì tôi nói chưa có. Tôi vẫn có thể hiểu nhầm câu hỏi, và có văn bản mới tôi chưa đọc được toàn văn; việc quan trọng {you} hỏi lại Sở Công Thương.",
    "unsure": "Đúng vậy, chỗ đó tôi chưa có nguồn chắc chắn nên không dám nói. Phần nào đã trả lời thì có ghi nguồn; phần còn lại {you} hỏi Sở Công Thương hoặc Trung tâm Khuyến công của tỉnh.",
    "lost": "Chào {you}, không sao, ta đi từng bước. Khuyến công là Nhà nước hỗ trợ cơ sở sản xuất công nghiệp, tiểu thủ công nghiệp ở nông thôn: mua máy, dạy nghề, hội chợ, nhãn hiệu… {You} cho tôi biết: làm nghề gì, ở xã hay phường của tỉnh nào, muốn làm việc gì? Nếu chỉ tìm hiểu, {you} hỏi thử “khuyến công là gì” hay “mua máy 800 triệu được hỗ trợ bao nhiêu”; muốn gặp người thì đến Trung tâm Khuyến công hoặc Sở Công Thương của tỉnh.",
    "phone": "Tôi không có và không đưa số riêng của lãnh đạo hay cán bộ. {You} gọi số chung của Sở Công Thương hoặc Trung tâm Khuyến công, ghi trên cổng thông tin của tỉnh; {you} cho biết tỉnh, tôi nói nơi nào phụ trách.",
    "liable": "Xin lỗi nếu câu trả lời của tôi làm {you} phiền. Tôi chỉ là chương trình tra cứu: điều tôi nói để tham khảo, có ghi nguồn, không thay quyết định của cơ quan nhà nước. Trước khi bỏ tiền hay nộp hồ sơ, {you} hỏi lại Sở Công Thương. Chỗ nào sai, {you} chỉ giúp, tôi xem lại.",
    "lend": "Tôi là máy trả lời, không có tiền cho vay hay cho mượn. Khuyến công cũng không cho vay, không hỗ trợ chăn nuôi, trồng trọt; chỉ hỗ trợ một phần chi phí sản xuất công nghiệp, tiểu thủ công nghiệp theo đề án được duyệt. Cần vay vốn, {you} hỏi ngân hàng chính sách xã hội hoặc UBND xã; chuyện nuôi trồng, hỏi cơ quan khuyến nông.",
    "language": "Tôi trả lời bằng tiếng Việt, về khuyến công (Nhà nước hỗ trợ sản xuất công nghiệp ở nông thôn). Mời {you} hỏi bằng tiếng Việt.\nI answer in Vietnamese, about khuyến công (Viet Nam's support for rural industry: budgets, rules, support levels, conferences). Please ask in Vietnamese or in short English.",
    "language_french": "Je réponds seulement en vietnamien, sur l'aide à l'industrie rurale du Viêt Nam (khuyến công). Posez votre question en vietnamien, s'il vous plaît.\nTôi chỉ trả lời bằng tiếng Việt, mời {you} hỏi bằng tiếng Việt.",
    "language_german": "Ich antworte nur auf Vietnamesisch, über die Förderung ländlicher Industrie in Vietnam (khuyến công). Bitte fragen Sie auf Vietnamesisch.\nTôi chỉ trả lời bằng tiếng Việt, mời {you} hỏi bằng tiếng Việt.",
    "language_spanish": "Solo respondo en vietnamita, sobre el apoyo a la industria rural de Vietnam (khuyến công). Por favor, pregunte en vietnamita.\nTôi chỉ trả lời bằng tiếng Việt, mời {you} hỏi bằng tiếng Việt.",
    "language_cjk": "我只用越南语回答。请用越南语提问。\nI answer in Vietnamese only. Tôi chỉ trả lời bằng tiếng Việt, mời {you} hỏi bằng tiếng Việt.",
    "language_hiragana": "ベトナム語でだけ答えます。ベトナム語で質問してください。\nI answer in Vietnamese only. Tôi chỉ trả lời bằng tiếng Việt, mời {you} hỏi bằng tiếng Việt.",
    "language_hangul": "저는 베트남어로만 대답합니다. 베트남어로 질문해 주세요.\nI answer in Vietnamese only. Tôi chỉ trả lời bằng tiếng Việt, mời {you} hỏi bằng tiếng Việt.",
    "language_cyrillic": "Я отвечаю только по-вьетнамски. Пожалуйста, спросите по-вьетнамски.\nI answer in Vietnamese only. Tôi chỉ trả lời bằng tiếng Việt, mời {you} hỏi bằng tiếng Việt.",
    "language_thai": "ตอบเป็นภาษาเวียดนามเท่านั้น กรุณาถามเป็นภาษาเวียดนาม\nI answer in Vietnamese only. Tôi chỉ trả lời bằng tiếng Việt, mời {you} hỏi bằng tiếng Việt.",
    "language_khmer": "ខ្ញុំឆ្លើយជាភាសាវៀតណាមប៉ុណ្ណោះ។ សូមសួរជាភាសាវៀតណាម។\nI answer in Vietnamese only. Tôi chỉ trả lời bằng tiếng Việt, mời {you} hỏi bằng tiếng Việt.",
    "down": "Tôi chia sẻ với {you}, làm nghề lúc khó khăn thật không dễ. Nếu {you} còn muốn giữ xưởng, khuyến công có phần hỗ trợ máy móc mới, dự hội chợ, làm thương hiệu, bao bì. {You} làm nghề gì, ở xã hay phường, tỉnh nào, đang vướng nhất chỗ nào? Tôi tìm giúp.",
    "human": "Tôi là máy trả lời tự động, không nối máy được. Để gặp người phụ trách, {you} hỏi Trung tâm Khuyến công hoặc Sở Công Thương của tỉnh; {you} cho biết tỉnh, tôi nói nơi nào phụ trách.",
    "privacy": "Tôi là chương trình trả lời tự động. Tin nhắn có được lưu, nhưng ít và không lâu: câu chuyện đang dở được giữ 30 phút để hiểu câu hỏi tiếp; câu tôi chưa trả lời được giữ không quá một năm để bổ sung, không kèm mã của {you}, số điện thoại, email, tên người được che. Không bán, không chia sẻ. {You} đừng gửi số điện thoại hay chuyện riêng lên đây. /riengtu để xem đầy đủ, /xoa_du_lieu để xoá.",
}
_ADDRESS = {"": "bạn", "elder": "cô chú", "senior": "anh/chị", "junior": "bạn"}
"""How the bot addresses a person, by how the person addresses the bot."""

_TAILS = {
    "level": "được hỗ trợ bao nhiêu",
    "definition": "khuyến công là gì",
    "draft": "đề án khuyến công phải viết những nội dung gì",
    "valid": "còn hiệu lực không",
    "may": "có được khuyến công hỗ trợ không",
    "why": "vì sao",
    "participants": "thành phần tham dự",
    "check": "đúng không",
    "contact": "liên hệ khuyến công ở đâu, tại",
}


_CHOICES: dict[str, tuple[str, ...]] = {
    "wish": (
        "mua máy móc, thiết bị được hỗ trợ bao nhiêu",
        "tham gia hội chợ, triển lãm được hỗ trợ bao nhiêu",
        "xây dựng thương hiệu, nhãn mác được hỗ trợ bao nhiêu",
        "điều kiện để được khuyến công hỗ trợ là gì",
        "xin khuyến công hỗ trợ thì liên hệ ở đâu",
    ),
    "papers": (
        "hồ sơ xin hỗ trợ khuyến công gồm những gì",
        "đề án khuyến công phải viết những nội dung gì",
        "nộp hồ sơ khuyến công ở đâu",
        "hồ sơ bình chọn sản phẩm tiêu biểu gồm những gì",
    ),
    "start": (
        "kinh phí khuyến công cả nước năm 2024 là bao nhiêu",
        "mua máy móc, thiết bị được hỗ trợ bao nhiêu",
        "điều kiện để được khuyến công hỗ trợ là gì",
        "xin khuyến công hỗ trợ thì liên hệ ở đâu",
    ),
    "activity": ("{name} được hỗ trợ bao nhiêu", "điều kiện để được hỗ trợ {name} là gì", "hồ sơ xin hỗ trợ {name} gồm gì"),
    "amount": (
        "mua máy giá {name} được hỗ trợ bao nhiêu",
        "dây chuyền công nghệ giá {name} được hỗ trợ bao nhiêu",
        "mô hình trình diễn {name} được hỗ trợ bao nhiêu",
    ),
    "document": ("{name} quy định gì",),
    "event": ("{name} họp ở đâu, ngày nào",),
}  # fmt: skip


def opener_choices(matter: str, name: str) -> list[str]:
    """The questions that somebody who only names a matter may have."""
    return [question.format(name=name) for question in _CHOICES[matter]]


def talk(aspect: str, address: str) -> str:
    """The sentence for an act of small talk; of a language without a sentence that of all. Raises KeyError for an unknown
    act."""
    you = _ADDRESS.get(address, "bạn")
    return _TALK[aspect if aspect in _TALK else aspect.partition("_")[0]].format(
        you=you, You=you[:1].upper() + you[1:]
    )


def question_tail(kind: str) -> str:
    """Words that make a question of what was told: how much there is, whether it may be, why, where one turns to."""
    return _TAILS[kind]
