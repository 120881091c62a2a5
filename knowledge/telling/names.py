"""Short Vietnamese names of slot values, and the question in full words that a figure answers.

`names` maps region and indicator ids to their names (`KnowledgeBase.names`, or the part that an answer carries).
"""

from __future__ import annotations

from collections.abc import Mapping

from knowledge.records import Figure
from knowledge.telling.labels import CODES
from knowledge.telling.sentences import tables

PROGRAMMES: dict[str, str] = tables("names")["programmes"]
PROGRAMME_SHORT = {code: words[0] for code, words in CODES["figures", "programme"].items()} | {"": ""}
MEASURES = {code: words[0] for code, words in CODES["figures", "measure"].items()} | {"assigned": "giao"}
_HALVES = {"H1": "6 tháng đầu", "H2": "6 tháng cuối"}
_QUARTERS = {"1": "I", "2": "II", "3": "III", "4": "IV"}


DOCUMENT_KINDS: dict[str, str] = tables("names")["document_kinds"]
"""Kinds of documents by their short form; "" where the kind is not known."""
OTHER_KINDS: dict[str, str] = tables("names")["other_kinds"]
"""Kinds whose names, in a question, are words for other things too."""


def period_name(code: str) -> str:
    """`2024-H1` → "6 tháng đầu năm 2024"; `2021/2022-9M` → "năm 2021 và 9 tháng năm 2022"; empty → "chưa rõ năm"."""
    if not code:
        return "chưa rõ năm"
    if "/" in code:
        return " và ".join(period_name(one) for one in code.split("/"))
    year, _, part = code.partition("-")
    if not part:
        return f"năm {year}"
    if len(part) == 4 and part.isdigit():
        return f"giai đoạn {year}–{part}"
    month, _, day = part.partition("-")
    if day:
        return f"ngày {int(day)}/{int(month)}/{year}"
    if part in _HALVES:
        return f"{_HALVES[part]} năm {year}"
    if part.startswith("Q"):
        return f"quý {_QUARTERS.get(part[1:], part[1:])}/{year}"
    if part.startswith("M"):
        return f"tháng {int(part[1:])}/{year}"
    months, of, last = part.partition("M")
    if of:
        return f"{months} tháng {'cuối ' if last else ''}năm {year}"
    return f"{part} năm {year}"


def region_name(names: Mapping[str, str], region: str) -> str:
    """The region's name inside a sentence ("cả nước", "phía Bắc", "Thanh Hóa")."""
    name = names.get(region, region)
    return name[0].lower() + name[1:] if name.startswith(("Cả ", "Phía ", "Miền ")) else name


def figure_subject(names: Mapping[str, str], figure: Figure) -> str:
    """What a figure is, without its value: a noun phrase that names indicator, measure and programme."""
    if figure.label:
        return figure.label
    indicator = names.get(figure.indicator, figure.indicator)
    programme = PROGRAMMES[figure.programme]
    if figure.indicator != "kinh-phi":
        said = [PROGRAMME_SHORT[figure.programme]] if figure.programme in ("KCQG", "KCDP") else []
        if figure.measure in ("target", "plan", "estimate", "allocated"):
            said.append(MEASURES[figure.measure])
        return f"{indicator} ({', '.join(said)})" if said else indicator
    subject = {
        "plan": "Kế hoạch kinh phí",
        "allocated": "Kinh phí được phân bổ",
        "actual": "Kinh phí thực hiện",
        "estimate": "Kinh phí ước thực hiện",
        "rate": {
            "actual": "Tỷ lệ thực hiện so với kế hoạch",
            "estimate": "Tỷ lệ ước thực hiện so với kế hoạch năm",
            "allocated": "Tỷ lệ phân bổ so với kế hoạch",
        }.get(figure.of, "Tỷ lệ so với kế hoạch"),
        "share": {
            "actual": "Tỷ trọng trong kinh phí thực hiện",
            "plan": "Tỷ trọng trong kế hoạch kinh phí",
        }.get(figure.of, "Tỷ trọng trong kinh phí"),
        "change": {
            "plan": "Kế hoạch kinh phí so với năm trước",
            "estimate": "Ước thực hiện so với cùng kỳ",
            "allocated": "Kinh phí được giao so với năm trước",
        }.get(figure.of, "Mức tăng, giảm kinh phí"),
        "target": "Mục tiêu hoàn thành kế hoạch",
    }.get(figure.measure, "Kinh phí")
    topic = programme or "khuyến công"
    if figure.programme == "total":
        topic = "khuyến công (tổng hai nguồn)"
    if figure.measure in ("rate", "share", "change"):
        return f"{subject}, {topic}"
    return f"{subject} {topic}"


def figure_question(names: Mapping[str, str], figure: Figure) -> str:
    """A question in full words that this figure answers; what a button about it asks."""
    region = region_name(names, figure.region)
    period = period_name(figure.period)
    if figure.indicator == "kinh-phi":
        programme = {
            "KCQG": "khuyến công quốc gia",
            "KCDP": "khuyến công địa phương",
            "total": "khuyến công tổng hai nguồn",
        }.get(figure.programme, "khuyến công")
        lead = {
            "plan": "kế hoạch kinh phí",
            "allocated": "kinh phí phân bổ",
            "actual": "kinh phí thực hiện",
            "estimate": "kinh phí ước thực hiện",
            "rate": f"tỷ lệ {MEASURES.get(figure.of, 'thực hiện')} so với kế hoạch kinh phí",
            "share": f"tỷ trọng trong kinh phí {MEASURES.get(figure.of, '')}",
            "change": f"{MEASURES.get(figure.of, 'kinh phí')} tăng giảm bao nhiêu phần trăm so với {'cùng kỳ' if figure.against == 'same_period' else 'năm trước'}, kinh phí",
            "target": "mục tiêu hoàn thành kế hoạch",
        }.get(figure.measure, "kinh phí")
        return f"{lead} {programme} {region} {period}".replace("  ", " ")
    aim = {"target": "mục tiêu ", "plan": "kế hoạch "}.get(figure.measure, "")
    return f"{aim}{names.get(figure.indicator, figure.indicator)} {PROGRAMME_SHORT[figure.programme].replace('tổng hai nguồn', '')} {region} {period}".replace(
        "  ", " "
    )


def round_name(number: str) -> str:
    """A round of an allocation."""
    return f"đợt {number}"


def list_question(*parts: str) -> str:
    """The question for every figure of places, programmes and times, as it is read back."""
    return " ".join(("tất cả số liệu", *filter(None, parts)))


def table_question(*parts: str) -> str:
    """The question for a table of a kind of figure, as it is read back."""
    return " ".join(("lập bảng", *filter(None, parts)))


FUNDING_SHORT = "kinh phí"
PLURAL = {"region": "các vùng", "province": "các tỉnh"}
"""What a table has a row for."""
