"""Natural Vietnamese questions for stored figures, built from their slots by hand-written templates.

Every figure with a measure of `MEASURES` gets at least `FEWEST` questions. Each names all slots that the figure has
(indicator, measure, programme, region, period; for percents also what the percent is of), so its answer is that figure
or a figure of the same slot (`slot_of`), and nothing else.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from knowledge.records import Figure

MEASURES = ("plan", "allocated", "actual", "estimate", "rate", "share", "change", "count", "target")
"""Measures for which questions are built: amounts, percents and counts, not dates and editions."""

FEWEST = 6

Slot = tuple[str, str, str, str, str, str, str]

_FUNDING = "kinh-phi"
_LONG = {"KCQG": "khuyến công quốc gia", "KCDP": "khuyến công địa phương"}
_SHORT = {"KCQG": "KCQG", "KCDP": "KCĐP"}
_QUARTER = {"1": "I", "2": "II", "3": "III", "4": "IV"}

_PLAN = (
    "{Sum}kế hoạch kinh phí {long} {region} {period} là bao nhiêu?",
    "Cho tôi hỏi {period} {sum}kế hoạch kinh phí {long} của {region} là bao nhiêu tỷ đồng?",
    "{Period}, {region} được duyệt {sum}kế hoạch kinh phí {long} bao nhiêu?",
    "{sum}kế hoạch {short} {region} {period}",
    "Xin số liệu {sum}kế hoạch vốn {long} {period} của {region}.",
    "{Region} {period} có {sum}kế hoạch chi cho {long} là mấy tỷ?",
    "Theo kế hoạch, {sum}kinh phí {long} {period} ở {region} được bao nhiêu tiền?",
)
_ALLOCATED = (
    "{Sum}kinh phí {long} {region} được phân bổ{round} {period} là bao nhiêu?",
    "Cho tôi hỏi {period} {region} được phân bổ{round} bao nhiêu tỷ đồng kinh phí {long}?",
    "{Period}, {sum}kinh phí {long} phân bổ{round} cho {region} là mấy tỷ?",
    "{sum}phân bổ{round} {short} {region} {period}",
    "Xin số liệu {sum}kinh phí {long} đã phân bổ{round} {period} của {region}.",
    "Số tiền {long} phân bổ{round} ở {region} {period} là bao nhiêu?",
)
_ACTUAL = (
    "{Sum}kinh phí {long} {region} thực hiện {period} là bao nhiêu?",
    "{Period} {region} đã thực hiện {sum}kinh phí {long} bao nhiêu tỷ đồng?",
    "Cho hỏi {sum}kinh phí thực hiện {long} của {region} {period}.",
    "{sum}thực hiện {short} {region} {period}",
    "{Region} {period} thực hiện {sum}kinh phí {short} được mấy tỷ?",
    "Kết quả thực hiện {sum}kinh phí {long} {period} ở {region} là bao nhiêu tiền?",
    "{Period}, số tiền {long} đã chi của {region} là bao nhiêu?",
)
_ESTIMATE = (
    "{Sum}kinh phí {long} {region} ước thực hiện {period} là bao nhiêu?",
    "{Period} {region} ước thực hiện {sum}kinh phí {long} bao nhiêu tỷ đồng?",
    "Cho hỏi {sum}kinh phí ước thực hiện {long} của {region} {period}.",
    "{sum}ước thực hiện {short} {region} {period}",
    "Ước tính {sum}kinh phí {long} thực hiện {period} ở {region} được mấy tỷ?",
    "Xin số ước thực hiện {sum}kinh phí {long} {period} của {region}.",
)
_RATE = (
    "Tỷ lệ {of} so với kế hoạch {sum}kinh phí {long} {region} {period} là bao nhiêu?",
    "{Period} {sum}kinh phí {long} {region} {of} đạt bao nhiêu phần trăm kế hoạch?",
    "{Sum}kinh phí {long} của {region} {period} {of} được bao nhiêu % kế hoạch?",
    "tỷ lệ {of} kế hoạch {short} {region} {period}",
    "Cho tôi hỏi {region} {period} {of} bao nhiêu phần trăm kế hoạch {sum}kinh phí {long}?",
    "So với kế hoạch, {sum}kinh phí {long} {of} {period} ở {region} đạt mấy phần trăm?",
)
_SHARE_TOTAL = (
    "Kinh phí {long} {of} chiếm bao nhiêu phần trăm tổng kinh phí {region} {period}?",
    "{Period}, tỷ trọng {long} trong tổng kinh phí {of} của {region} là bao nhiêu?",
    "Cho hỏi {short} chiếm bao nhiêu % tổng kinh phí khuyến công {of} ở {region} {period}?",
    "tỷ trọng {short} trong tổng {of} {region} {period}",
    "{Region} {period}: {long} chiếm mấy phần trăm tổng kinh phí {of}?",
    "Trong tổng kinh phí khuyến công {of} {period} của {region}, {long} chiếm tỷ lệ bao nhiêu?",
)
_SHARE_NATION = (
    "{Of} kinh phí {long} {region} chiếm bao nhiêu phần trăm cả nước {period}?",
    "{Period}, tỷ trọng {of} {short} {region} so với toàn quốc là bao nhiêu?",
    "Cho hỏi {of} {short} của {region} {period} chiếm bao nhiêu % {of} {short} toàn quốc?",
    "tỷ trọng {of} {short} {region} trong cả nước {period}",
    "{Region} {period} chiếm mấy phần trăm {of} {long} cả nước?",
    "Trong {of} {long} toàn quốc {period}, {region} chiếm tỷ lệ bao nhiêu?",
)
_CHANGE = (
    "{Of} {sum}kinh phí {long} {region} {period} tăng hay giảm bao nhiêu phần trăm so với {base}?",
    "So với {base}, {sum}kinh phí {long} {of} {period} của {region} thay đổi bao nhiêu phần trăm?",
    "{Period} {sum}kinh phí {long} {region} {of} tăng giảm mấy % so với {base}?",
    "mức tăng giảm {of} {short} {region} {period} so với {base}",
    "Cho hỏi {of} {sum}kinh phí {long} {period} ở {region} chênh bao nhiêu phần trăm so với {base}?",
    "{Region} {period}: {of} {sum}kinh phí {long} biến động bao nhiêu phần trăm so với {base}?",
)
_OTHER_MONEY = (
    "{Noun} {source} {region} {period} là bao nhiêu?",
    "Cho hỏi {noun} {source} của {region} {period} là mấy tỷ đồng?",
    "{Period}, {noun} {source} ở {region} là bao nhiêu tiền?",
    "{noun} {source} {region} {period}",
    "Xin số {noun} {source} {period} của {region}.",
    "{Region} {period} có {noun} {source} bao nhiêu?",
)
_AIM = (
    "Mục tiêu {period} {region} có bao nhiêu {noun} {did}?",
    "Cho tôi hỏi mục tiêu số {noun} {did} của {region} {period} là bao nhiêu?",
    "{Region} {period} đặt mục tiêu bao nhiêu {noun} {did}?",
    "kế hoạch số {noun} {did} {region} {period}",
    "Theo kế hoạch {period}, {region} có mấy {noun} {did}?",
    "Trong {period}, {region} dự kiến có bao nhiêu {noun} {did}?",
)
_TARGET = (
    "Mục tiêu hoàn thành kế hoạch {sum}kinh phí {long} {region} {period} là bao nhiêu phần trăm?",
    "{Period} {region} đặt mục tiêu hoàn thành bao nhiêu phần trăm kế hoạch khuyến công?",
    "Cho hỏi {region} phấn đấu hoàn thành bao nhiêu % kế hoạch khuyến công {period}?",
    "mục tiêu hoàn thành kế hoạch khuyến công {region} {period}",
    "{Region} {period} phấn đấu đạt mấy phần trăm kế hoạch khuyến công?",
    "Mục tiêu khuyến công của {region} {period} là hoàn thành bao nhiêu phần trăm kế hoạch?",
)
_COUNT = (
    "{Period} {region} có bao nhiêu {noun} {did}?",
    "Cho tôi hỏi số {noun} {did} của {region} {period} là bao nhiêu?",
    "{Region} {period} có mấy {noun} {did}?",
    "số {noun} {did} {region} {period}",
    "Xin cho biết bao nhiêu {noun} {did} ở {region} {period}?",
    "Trong {period}, {region} có tất cả bao nhiêu {noun} {did}?",
)
_GROWTH = (
    "{Period} {noun} của cơ sở thụ hưởng khuyến công ở {region} tăng bao nhiêu phần trăm?",
    "Cho hỏi {noun} của các cơ sở được hỗ trợ tại {region} {period} tăng mấy phần trăm?",
    "Mức tăng {noun} của cơ sở thụ hưởng {region} {period} là bao nhiêu?",
    "{noun} cơ sở thụ hưởng khuyến công {region} {period} tăng bao nhiêu %",
    "Khuyến công giúp {noun} các cơ sở ở {region} {period} tăng bao nhiêu phần trăm?",
    "{Region} {period}: {noun} của cơ sở thụ hưởng tăng thêm bao nhiêu phần trăm?",
)
_ROUND = (
    "Kinh phí {long} {region} {period} đã phân bổ đợt mấy?",
    "{Period} {region} được phân bổ {long} mấy đợt?",
    "Cho hỏi {long} {region} {period} phân bổ được bao nhiêu đợt rồi?",
    "số đợt phân bổ {short} {region} {period}",
    "{Region} {period} phân bổ {short} đợt thứ mấy?",
    "Bao nhiêu đợt phân bổ kinh phí {long} ở {region} {period}?",
)
_YEARS_IN_FORCE = (
    "Hội nghị tổng kết bao nhiêu năm thi hành Nghị định 45/2012/NĐ-CP?",
    "Nghị định 45/2012/NĐ-CP được tổng kết sau mấy năm thi hành?",
    "Tổng kết mấy năm thi hành nghị định khuyến công?",
    "Cho hỏi cả nước tổng kết bao nhiêu năm thi hành nghị định về khuyến công?",
    "Số năm thi hành Nghị định 45/2012/NĐ-CP được tổng kết là bao nhiêu?",
    "tổng kết mấy năm thi hành nghị định 45",
)
_NOUNS = {
    "so-tinh-trong-vung": ("tỉnh, thành phố", "thuộc khu vực khuyến công"),
    "co-so-may-moc": ("cơ sở", "được hỗ trợ ứng dụng máy móc, thiết bị tiên tiến"),
    "co-so-san-xuat-sach-hon": ("cơ sở", "được hỗ trợ đánh giá sản xuất sạch hơn"),
    "hoi-cho": ("hội chợ", "được khuyến công tổ chức"),
    "luot-hoi-cho": ("lượt cơ sở", "được hỗ trợ tham gia hội chợ"),
    "co-so-thuong-hieu": ("cơ sở", "được hỗ trợ xây dựng thương hiệu"),
    "du-an-tu-van": ("dự án tư vấn", "được khuyến công hỗ trợ"),
    "de-an": ("đề án {topic}", "được phê duyệt"),
    "so-nghi-dinh": ("nghị định", "được hoàn thiện hồ sơ và ban hành"),
    "dia-phuong-lam-viec": ("địa phương", "được lãnh đạo Bộ đến làm việc"),
    "kien-nghi-xu-ly": ("địa phương, cơ quan", "có kiến nghị về cụm công nghiệp được xử lý"),
    "dia-phuong-kiem-tra": ("địa phương", "được kiểm tra, giám sát đề án {topic}"),
    "dia-phuong-duoc-giao": ("địa phương", "được giao kinh phí {topic}"),
    "don-vi-duoc-giao": ("đơn vị", "được giao kinh phí {topic}"),
    "mo-hinh-trinh-dien": ("mô hình trình diễn kỹ thuật", "được khuyến công hỗ trợ"),
    "co-so-xu-ly-o-nhiem": ("cơ sở", "được hỗ trợ nâng cấp hệ thống xử lý ô nhiễm"),
    "nguoi-duoc-dao-tao": ("người", "được {topic} đào tạo nghề"),
    "doan-tham-quan": ("đoàn tham quan, khảo sát", "được khuyến công tổ chức"),
    "luot-tham-quan": ("lượt người", "tham gia đoàn tham quan, khảo sát"),
    "hoi-thao-tap-huan": ("hội thảo, tập huấn", "được khuyến công tổ chức"),
    "dai-bieu-hoi-thao": ("đại biểu", "dự hội thảo, tập huấn khuyến công"),
    "co-so-tu-van": ("cơ sở", "được khuyến công hỗ trợ tư vấn"),
    "co-so-duoc-ho-tro": ("cơ sở", "được khuyến công hỗ trợ"),
    "de-an-may-moc": ("đề án", "hỗ trợ máy móc, thiết bị"),
    "de-an-mo-hinh-may-moc": ("đề án", "mô hình trình diễn, chuyển giao công nghệ"),
    "hoc-vien-quan-ly": ("học viên", "được nâng cao năng lực quản lý"),
    "lop-dao-tao": ("lớp đào tạo, truyền nghề", "được mở"),
    "sp-tieu-bieu-quoc-gia": ("sản phẩm công nghiệp nông thôn tiêu biểu", "cấp quốc gia"),
    "sp-tieu-bieu-khu-vuc": ("sản phẩm công nghiệp nông thôn tiêu biểu", "cấp khu vực"),
    "sp-tieu-bieu-tinh": ("sản phẩm công nghiệp nông thôn tiêu biểu", "cấp tỉnh"),
    "sp-dang-ky-binh-chon": ("sản phẩm", "đăng ký bình chọn công nghiệp nông thôn tiêu biểu"),
    "dia-phuong-dang-ky-binh-chon": ("địa phương", "đăng ký bình chọn sản phẩm tiêu biểu"),
    "dia-phuong-co-sp-quoc-gia": ("địa phương", "có sản phẩm được công nhận cấp quốc gia"),
    "sp-quoc-gia-thuc-pham": ("sản phẩm tiêu biểu", "cấp quốc gia thuộc nhóm thực phẩm"),
    "sp-quoc-gia-co-khi": ("sản phẩm tiêu biểu", "cấp quốc gia thuộc nhóm cơ khí"),
    "sp-quoc-gia-thu-cong": ("sản phẩm tiêu biểu", "cấp quốc gia thuộc nhóm thủ công mỹ nghệ"),
    "gian-hang-hoi-cho": ("gian hàng", "tại hội chợ công nghiệp nông thôn"),
    "dia-phuong-du-hoi-cho": ("tỉnh, thành phố", "tham gia hội chợ công nghiệp nông thôn"),
    "hoi-cho-nuoc-ngoai": ("hội chợ", "ở nước ngoài"),
    "co-so-thanh-lap": ("cơ sở", "được hỗ trợ thành lập"),
    "co-so-tren-dia-ban": ("cơ sở công nghiệp nông thôn", "đang hoạt động trên địa bàn"),
    "de-an-ky-hop-dong": ("đề án {topic}", "đã ký hợp đồng"),
    "viec-lam": ("lao động", "được khuyến công giúp tạo việc làm"),
    "cum-cong-nghiep": ("cụm công nghiệp", "trên địa bàn"),
    "du-an-trong-cum": ("dự án", "trong các cụm công nghiệp"),
    "lao-dong-trong-cum": ("lao động", "trong các cụm công nghiệp"),
    "tang-gia-tri-san-xuat": ("giá trị sản xuất công nghiệp nông thôn", ""),
    "tang-doanh-thu": ("doanh thu", ""),
    "tang-tai-san": ("tổng giá trị tài sản", ""),
}
_MONEY = {
    "von-doi-ung": "vốn đối ứng",
    "tong-nguon-von": "tổng nguồn vốn khuyến công kể cả vốn đối ứng",
    "kinh-phi-mo-hinh-may-moc": "kinh phí mô hình trình diễn và máy móc",
    "kinh-phi-de-an-diem": "kinh phí đề án điểm",
    "kinh-phi-ky-hop-dong": "kinh phí KCQG đã ký hợp đồng",
    "kinh-phi-tam-ung": "kinh phí khuyến công đã tạm ứng",
    "doanh-thu-tu-van": "doanh thu tư vấn phát triển công nghiệp",
    "kinh-phi-co-thu-hoi": "kinh phí khuyến công hỗ trợ có thu hồi vốn",
    "binh-quan-de-an": "mức hỗ trợ bình quân một đề án",
}
"""Amounts other than the money spent on khuyến công, as questions name them."""
_AMOUNTS = {"plan": _PLAN, "allocated": _ALLOCATED, "actual": _ACTUAL, "estimate": _ESTIMATE}
_OF = {"plan": "kế hoạch", "allocated": "phân bổ", "actual": "thực hiện", "estimate": "ước thực hiện"}
_PLANNED = " theo kế hoạch"
"""What tells the plan of an amount other than the money spent on khuyến công from what came of it."""
_AGAINST = {
    "year_average": "năm trước, bình quân mỗi năm",
    "same_period": "cùng kỳ năm trước",
    "previous_year": "năm trước",
}


def slot_of(figure: Figure) -> Slot:
    """What a figure is a figure of; two rows of one slot answer the same question."""
    return (
        figure.indicator,
        figure.measure,
        figure.of,
        figure.against,
        figure.programme,
        figure.region,
        figure.period,
    )


def period_words(code: str) -> str:
    """A period as people say it: `2024-H1` → "6 tháng đầu năm 2024", `2021/2022-9M` → "năm 2021 và 9 tháng năm 2022"."""
    if "/" in code:
        return " và ".join(period_words(one) for one in code.split("/"))
    if re.fullmatch(r"\d{4}-\d{4}", code):
        return f"giai đoạn {code}"
    year, _, part = code.partition("-")
    if part in ("H1", "H2"):
        return f"6 tháng {'đầu' if part == 'H1' else 'cuối'} năm {year}"
    if part.startswith("Q"):
        return f"quý {_QUARTER[part[1:]]} năm {year}"
    if part.endswith("M"):
        return f"{part[:-1]} tháng năm {year}"
    return f"năm {year}" if year else ""


def questions(names: Mapping[str, str], figure: Figure) -> list[str]:
    """At least `FEWEST` different questions that this figure answers; empty for a measure without templates.

    `names`: names of regions and indicators by id (`KnowledgeBase.names`).
    """
    templates = _templates(figure)
    values = _values(names, figure)
    filled = (_tidy(template.format_map(values)) for template in templates)
    return list(dict.fromkeys(filled))


def natural(names: Mapping[str, str], figure: Figure) -> str:
    """The plainest question for a figure; for a date or an edition its name with region and period."""
    found = questions(names, figure)
    if found:
        return found[0]
    values = _values(names, figure)
    return _tidy(f"{figure.label or values['noun']} {values['region']} {values['period']}")


def _templates(figure: Figure) -> tuple[str, ...]:
    if figure.indicator == "dot-phan-bo":
        return _ROUND
    if figure.indicator == "so-nam-thi-hanh":
        return _YEARS_IN_FORCE
    if figure.indicator in _MONEY:
        return _OTHER_MONEY
    if figure.indicator != _FUNDING:
        return {"count": _COUNT, "change": _GROWTH, "target": _AIM}.get(figure.measure, ())
    if figure.measure == "share":
        return _SHARE_NATION if figure.against == "national" else _SHARE_TOTAL
    return {**_AMOUNTS, "rate": _RATE, "change": _CHANGE, "target": _TARGET}.get(figure.measure, ())


def _values(names: Mapping[str, str], figure: Figure) -> dict[str, str]:
    topic = _LONG.get(figure.programme, "khuyến công")
    noun, did = _NOUNS.get(figure.indicator, (names.get(figure.indicator, figure.indicator).lower(), ""))
    region = names.get(figure.region, figure.region)
    if region.startswith(("Cả ", "Phía ", "Miền ")):
        region = region[0].lower() + region[1:]
    values = {
        "long": topic,
        "short": _SHORT.get(figure.programme, "khuyến công"),
        "sum": "tổng " if figure.programme == "total" else "",
        "region": region,
        "period": period_words(figure.period),
        "of": _OF.get(figure.of, "thực hiện"),
        "base": _AGAINST.get(figure.against, "năm trước"),
        "round": f" đợt {figure.round}" if figure.round else "",
        "noun": _MONEY.get(figure.indicator) or noun.format(topic=topic),
        "did": did.format(topic=topic),
        "source": _SHORT.get(figure.programme, "") + (_PLANNED if figure.measure == "plan" else ""),
    }
    if figure.programme in _SHORT and "{topic}" not in noun + did:
        values["did"] += f" từ {_SHORT[figure.programme]}"
    if figure.round:
        values["did"] += f" đợt {figure.round}"
        values["source"] += f" đợt {figure.round}"
    for key in ("sum", "region", "period", "of", "noun"):
        values[key.capitalize()] = values[key][:1].upper() + values[key][1:]
    return values


def _tidy(text: str) -> str:
    text = re.sub(r"\s+", " ", text).strip()
    text = re.sub(r"\s+([?.,:])", r"\1", text)
    return text[:1].upper() + text[1:] if text[-1:] in "?." else text
