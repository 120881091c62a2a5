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
    "language": "Tôi trả lời bằng tiếng Việt, về khuyến công (Nhà nước hỗ trợ sản xuất công nghiệp ở nông thôn). Mời {you} hỏi bằng tiếng Việt.\nI answer in Vietnamese, about khuyến công (Viet Nam's support for rural industry: budgets, rules, support levels, conferences). Please ask in Vietnamese or in short English.",
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
    """The sentence for an act of small talk. Raises KeyError for an unknown one."""
    you = _ADDRESS.get(address, "bạn")
    return _TALK[aspect].format(you=you, You=you[:1].upper() + you[1:])


def question_tail(kind: str) -> str:
    """Words that make a question of what was told: how much there is, whether it may be, why, where one turns to."""
    return _TAILS[kind]
