"""Every sentence of the guided eligibility check, and its replies as Telegram HTML or plain text."""

from __future__ import annotations

import html
import re
from datetime import date
from typing import Any, Final

from knowledge.guide import GuideStep, Reason, Reply, Verdict
from knowledge.records import Answer, Note
from knowledge.telling import notes
from knowledge.telling.law import document_name
from knowledge.telling.render import _environment, payload

_GUIDE: Final[dict[str, str]] = {
    # questions, one a step
    "ask_establishment": "Cơ sở của bạn thuộc loại nào?",
    "ask_province": "Xưởng đặt ở tỉnh, thành phố nào?",
    "ask_place": "Nơi đặt xưởng là xã, phường hay đặc khu?",
    "ask_trade": "Xưởng làm nghề gì?",
    "ask_work": "Bạn muốn được hỗ trợ việc gì?",
    "ask_price": "Việc đó tốn khoảng bao nhiêu tiền?",
    # how to answer
    "how_establishment": "Bấm nút, hoặc gõ tên, gõ số thứ tự.",
    "how_province": "Gõ tên tỉnh, thành phố; tên cũ trước 01/7/2025 cũng được.",
    "how_place": "Tính nơi sản xuất, không phải nơi đăng ký trụ sở. Gõ địa chỉ cũ (huyện, thị xã, thị trấn) cũng được.",
    "how_trade": "Bấm nhóm gần nhất, hoặc gõ nghề, ví dụ: làm bún, xưởng mộc.",
    "how_work": "Bấm nút, hoặc gõ việc, ví dụ: mua máy sấy.",
    "how_price": "Gõ một số kèm đơn vị, ví dụ: 800 triệu, 1,2 tỷ; chưa rõ thì gõ: chưa biết.",
    # what could not be read
    "expected_establishment": "Tôi chưa hiểu; hãy chọn một loại cơ sở dưới đây, ví dụ: hộ kinh doanh.",
    "expected_province": "Tôi chưa thấy tên tỉnh, thành phố nào; hãy gõ tên, ví dụ: Ninh Bình hoặc Hà Nam.",
    "expected_place": "Tôi cần biết đó là xã, phường, đặc khu hay làng nghề được công nhận, ví dụ: xã.",
    "expected_trade": "Tôi chưa nhận ra nghề này; hãy chọn nhóm gần nhất, hoặc chọn Nghề khác.",
    "expected_work": "Tôi chưa hiểu; hãy chọn một việc dưới đây, ví dụ: mua máy móc.",
    "expected_price": "Tôi cần một số tiền tổng kèm đơn vị, ví dụ: 800 triệu; chưa rõ thì gõ: chưa biết.",
    "which_establishment": "Chưa rõ là loại nào, bạn chọn giúp:",
    "which_province": "Có mấy nơi gần với tên này, bạn chọn giúp:",
    "which_place": "Chưa rõ là nơi nào, bạn chọn giúp:",
    "which_trade": "Có mấy nhóm nghề gần với câu này, bạn chọn giúp:",
    "which_work": "Chưa rõ là việc nào, bạn chọn giúp:",
    # what was understood
    "now_part_of": "{region} nay thuộc {now} (từ 01/7/2025).",
    "district_ended": "Từ 01/7/2025 không còn cấp huyện (huyện, thị xã, thị trấn, quận); nay xét theo xã, phường, đặc khu mới.",
    "guide_first": "Đây là câu đầu tiên.",
    "guide_left": "Đã thoát phần kiểm tra điều kiện, không giữ lại gì. Bạn hỏi câu khác nhé; /dieu_kien để làm lại.",
    "guide_none": "Hiện không có gì đang dở. /dieu_kien để kiểm tra điều kiện được khuyến công.",
    "guide_stale": "Nút này của câu khác. Hãy trả lời câu mới nhất, hoặc /quaylai, /dieu_kien.",
    "guide_over": "Phần kiểm tra này đã kết thúc hoặc quá 24 giờ. /dieu_kien để bắt đầu lại.",
    "leave_hint": "/quaylai câu trước · /huy thoát",
    "button_back": "Quay lại",
    "button_leave": "Huỷ",
    "button_redo": "Sửa câu vừa rồi",
    "button_restart": "Làm lại",
    "button_papers": "Hồ sơ gồm gì?",
    "ask_papers": "hồ sơ đề nghị hỗ trợ khuyến công gồm những gì",
    "ask_where": "xin hỗ trợ khuyến công ở đâu",
    "button_where": "Hỏi ở đâu?",
    # verdicts
    "verdict_yes": "Đủ điều kiện để được xét, theo những gì bạn kể.",
    "verdict_no": "Chưa đủ điều kiện: vướng {topics}.",
    "verdict_depends": "Còn tùy: cần hỏi rõ {topics}.",
    "amount_unknown": "Mức hiện hành cho việc này tôi chưa đọc được, hỏi Trung tâm Khuyến công.",
    "no_promise": "Đây không phải lời hứa: đề án còn phải được thẩm định, duyệt và còn kinh phí.",
    "topic_establishment": "loại cơ sở",
    "topic_place": "địa bàn",
    "topic_trade": "ngành nghề",
    "topic_work": "việc muốn làm",
    # reasons: by code, or by the entry that states the rule where its condition is worth telling
    "establishment_yes": "{what} trực tiếp sản xuất thuộc nhóm cơ sở công nghiệp nông thôn",
    "establishment_no": "{what} không thuộc nhóm cơ sở công nghiệp nông thôn",
    "establishment_depends": "{what}: chưa thấy quy định rõ, hỏi Sở Công Thương",
    "large": "Doanh nghiệp lớn không thuộc cơ sở công nghiệp nông thôn, trừ khi làm sản xuất sạch hơn hoặc là chủ hạ tầng cụm công nghiệp",
    "large_other": "Doanh nghiệp lớn chỉ được xét khi làm sản xuất sạch hơn hoặc là chủ hạ tầng cụm công nghiệp",
    "large_cleaner": "Sản xuất sạch hơn không giới hạn quy mô, nhưng quy định này có từ trước năm 2025: hỏi lại Sở Công Thương",
    "person": "Cá nhân chưa đăng ký không có trong danh sách; thường phải đăng ký hộ kinh doanh hoặc vào tổ hợp tác, hợp tác xã trước",
    "person_way": "Cá nhân chưa đăng ký chỉ có lối học nghề do đề án mở, hoặc là nghệ nhân nhân dân, ưu tú",
    "place_no": "{what} không thuộc địa bàn khuyến công",
    "place_depends": "{what}: chưa thấy quy định rõ, hỏi Sở Công Thương",
    "of_province": "{what} của tỉnh thuộc địa bàn khuyến công",
    "of_city": "{what} của thành phố trực thuộc trung ương thuộc địa bàn khuyến công",
    "old_place": "Cấp huyện không còn từ 01/7/2025; mọi xã, phường, đặc khu của tỉnh đều thuộc địa bàn khuyến công",
    "old_place_city": "Cấp huyện không còn từ 01/7/2025: nay là xã, đặc khu thì được, là phường của thành phố thì thường không",
    "ward_city": "Phường của thành phố trực thuộc trung ương thường không thuộc địa bàn, trừ làng nghề được công nhận hoặc làm sản xuất sạch hơn",
    "ward_city_way": "Phường của thành phố trực thuộc trung ương chỉ được xét khi làm sản xuất sạch hơn",
    "trade_yes": "{what}: thuộc ngành nghề được xét",
    "trade_no": "{what}: không có trong danh mục ngành nghề khuyến công",
    "trade_depends": "{what}: danh mục không nêu rõ, hỏi Sở Công Thương",
    "trade_other": "Nghề này tôi chưa đối chiếu được với danh mục, hỏi Sở Công Thương",
    "work_yes": "{what}: là nội dung khuyến công",
    "work_no": "{what}: không thuộc nội dung khuyến công",
    "work_depends": "{what}: chưa thấy nêu rõ trong nội dung khuyến công, hỏi Sở Công Thương",
    "work_machine": "{what}: là nội dung khuyến công, máy phải mới",
    "work_other": "Chưa rõ việc này có trong nội dung khuyến công không",
    "doi-tuong-doanh-nghiep-fdi": "Văn bản không nói riêng về doanh nghiệp có vốn nước ngoài, hỏi Sở Công Thương",
    "doi-tuong-trong-khu-cong-nghiep": "Văn bản không nói riêng về khu công nghiệp, hỏi Sở Công Thương",
    "doi-tuong-trong-cum-cong-nghiep": "Cụm công nghiệp xét theo xã, phường nơi đặt cụm",
    "nganh-khoang-san": "Khai thác, chế biến khoáng sản chỉ được xét ở vùng khó khăn, đặc biệt khó khăn",
    "nganh-sua-chua-may": "Sửa chữa máy: xưởng chế tạo, phục hồi thì có cơ sở để xét, tiệm sửa lẻ chưa chắc",
    "nganh-gach-nung-thu-cong": "Lò gạch nung thủ công gây ô nhiễm bị loại khỏi diện hỗ trợ",
    "nganh-khong-chan-nuoi": "Chăn nuôi không có trong danh mục, thuộc khuyến nông; chế biến sau khi thu thì được xét",
    "nganh-khong-trong-trot": "Trồng trọt không có trong danh mục, thuộc khuyến nông; chế biến sau thu hoạch thì được xét",
    "nganh-khong-buon-ban": "Buôn bán không có trong danh mục: phải trực tiếp sản xuất",
    "hoat-dong-day-nghe": "Lớp đào tạo, truyền nghề phải theo nhu cầu của cơ sở công nghiệp và nằm trong đề án được duyệt",
    "hoat-dong-di-doi-o-nhiem": "Cơ sở phải có tên trong danh sách gây ô nhiễm do Chủ tịch UBND cấp tỉnh quyết định",
    "hoat-dong-hoi-cho-nuoc-ngoai": "Hội chợ nước ngoài theo kế hoạch được duyệt, mỗi cơ sở nhiều nhất 2 lần một năm",
    "hoat-dong-chuyen-doi-so": "Chuyển đổi số là nội dung mới từ 15/10/2025, từng khoản còn tùy đề án",
    "hoat-dong-may-cu": "Máy được hỗ trợ phải là máy mới",
}
AMENDMENT = "235-2025-nd-cp"
"""Amends the decree that the other rules are in, so it is named once, below."""
_TOPICS = ("establishment", "place", "trade", "work")
_COMMANDS = {
    "command_dieu_kien": "Kiểm tra điều kiện được khuyến công",
    "command_huy": "Thoát phần kiểm tra điều kiện",
}


def guide_text(code: str) -> str:
    """A fixed text, plain. Raises KeyError for an unknown code."""
    return _GUIDE.get(code) or _COMMANDS[code]


def _sentence(note: Note, names: dict[str, str] | None = None) -> str:
    text = _GUIDE.get(note.code)
    return text.format_map(note.values) if text else notes.sentence(note, names)


def _reason(reason: Reason) -> str:
    own = "" if reason.outcome == "yes" else _GUIDE.get(reason.entry, "")
    special = reason.code != f"{reason.topic}_{reason.outcome}"
    return _GUIDE[reason.code].format(what=reason.what) if special or not own else own


def _cited(reason: Reason) -> list[str]:
    """The rules told beside a reason: the first two that are not the amending decree, which `_documents` names."""
    own = [line for line in reason.basis if not line.startswith(AMENDMENT)]
    return (own or list(reason.basis))[:2]


def _rules(reason: Reason) -> str:
    """The rule of a reason in short: "điểm a khoản 2 Điều 1 NĐ 45/2012"."""
    told = []
    for line in _cited(reason):
        document, _, article = line.partition(":")
        short = re.sub(r"/[^/ ]+$", "", document_name(document.strip()))
        short = short.replace("Nghị định", "NĐ").replace("Thông tư", "TT").replace("Quyết định", "QĐ")
        told.append(f"{article.strip()} {short}".strip())
    return "; ".join(told)


def _documents(verdict: Verdict) -> str:
    """Every document that is cited or amends a cited one, by its full name, each once."""
    lines = [line for reason in verdict.reasons for line in (*_cited(reason), *reason.basis[1:2])]
    ids = [line.partition(":")[0].strip() for line in lines]
    if verdict.level is not None and verdict.amount:
        ids.append(verdict.level.document)
    return ", ".join(dict.fromkeys(document_name(one) for one in ids))


def _head(verdict: Verdict) -> str:
    worst = [reason.topic for reason in verdict.reasons if reason.outcome == verdict.outcome]
    topics = ", ".join(_GUIDE[f"topic_{topic}"] for topic in _TOPICS if topic in worst)
    return _GUIDE[f"verdict_{verdict.outcome}"].format(topics=topics)


def guide_html(reply: Reply, names: dict[str, str] | None = None) -> str:
    """What a person reads, as Telegram HTML of at most 1,200 visible characters. `names`: regions by id."""
    if isinstance(reply, Note):
        return html.escape(_sentence(reply, names), quote=False)
    told = {
        "sentence": lambda note: _sentence(note, names),
        "reason": _reason,
        "rules": _rules,
        "documents": _documents,
        "head": _head,
        "text": guide_text,
    }
    if isinstance(reply, Verdict):
        text = _environment().get_template("guide_verdict.html").render(verdict=reply, **told)
    else:
        text = _environment().get_template("guide_step.html").render(step=reply, **told)
    return re.sub(r"\n{2,}", "\n", text).strip()


def guide_plain(reply: Reply, names: dict[str, str] | None = None) -> str:
    """The same as plain text."""
    return html.unescape(re.sub(r"<[^>]+>", "", guide_html(reply, names)))


def guide_payload(reply: Reply, names: dict[str, str], today: date) -> dict[str, Any]:
    """A reply of the guide with the keys of a batch line."""
    step = isinstance(reply, GuideStep)
    answer = Answer("asked_back" if step else "answered", "choice" if step else "support", today)
    choices = [option.label for option in reply.options] if isinstance(reply, GuideStep) else []
    return {**payload(answer), "text": guide_plain(reply, names), "choices": choices}
