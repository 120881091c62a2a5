"""A knowledge base of any size that looks like the real one, and questions whose answers in it are known.

Figures: provinces and regions x periods x programmes x measures, each combination once. Entries: distinct titles about an
activity, for a trade, in a province. The same size gives the same base.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice, product
from random import Random

from knowledge.base import KnowledgeBase
from knowledge.records import Entry, Figure, Source
from tests.questions import questions

SOURCE = Source(id="quy-mo", title="Số liệu thử nghiệm", kind="news")
BILLION = 10**9

_YEARS = range(2026, 1996, -1)
_PARTS = ("", "-H1", "-9M", "-Q1", "-Q2", "-Q3", "-Q4")
_PROGRAMMES = ("total", "KCQG", "KCDP")
_MEASURES = (("plan", ""), ("actual", ""), ("allocated", ""), ("estimate", ""), ("rate", "actual"))
_ACTIONS = (
    "Hỗ trợ ứng dụng máy móc",
    "Xây dựng mô hình trình diễn",
    "Đào tạo nghề",
    "Tham gia hội chợ triển lãm",
    "Đăng ký nhãn hiệu",
    "Đánh giá sản xuất sạch hơn",
    "Tư vấn lập dự án đầu tư",
    "Thiết kế mẫu mã bao bì",
    "Xử lý ô nhiễm môi trường",
    "Thuê chuyên gia kỹ thuật",
    "Mở phòng trưng bày sản phẩm",
    "Hỗ trợ lãi suất vay vốn",
    "Di dời vào cụm công nghiệp",
    "Thành lập hiệp hội ngành nghề",
    "Tham quan khảo sát học tập",
    "Bồi dưỡng kỹ năng quản lý",
    "Chuyển đổi số trong sản xuất",
    "Truy xuất nguồn gốc hàng hóa",
    "Quảng bá trên truyền hình",
    "Kiểm toán năng lượng",
)
_TRADES = (
    "dệt thổ cẩm", "may mặc", "thêu ren", "gốm sứ", "mây tre đan", "chế biến gỗ", "đúc đồng", "rèn nông cụ", "chế biến chè",
    "chế biến cà phê", "xay xát gạo", "làm bánh tráng", "nước mắm", "miến dong", "bún phở khô", "sản xuất gạch không nung",
    "cơ khí nhỏ", "đóng tàu thuyền", "chế biến thủy sản", "sấy nông sản", "ép dầu lạc", "nấu rượu truyền thống", "làm nón lá",
    "chạm khắc đá", "sơn mài", "kim hoàn", "sản xuất giấy dó", "chế biến dược liệu", "mật ong", "chế biến hạt điều", "dừa",
    "cói", "đan lưới", "nhựa gia dụng", "da giày", "thức ăn chăn nuôi", "phân bón hữu cơ", "in ấn", "nội thất", "tinh dầu",
)  # fmt: skip
_QUESTIONS = (
    "cơ sở {trade} ở {place} muốn {action} thì cần gì",
    "{action} cho nghề {trade} tại {place} ra sao",
)


@dataclass(frozen=True)
class Probe:
    """A question to the synthetic base; `figure` or `entry` answers it, neither does when it is out of it."""

    text: str
    figure: Figure | None = None
    entry: Entry | None = None


def enlarged(real: KnowledgeBase, rows: int) -> KnowledgeBase:
    """A base with the real names, documents and events, and `rows` synthetic figures and entries each."""
    return KnowledgeBase(
        sources=[SOURCE, *real.sources.values()],
        regions=real.regions.values(),
        indicators=real.indicators.values(),
        figures=islice(figures(real), rows),
        documents=real.documents.values(),
        events=real.events.values(),
        levels=real.levels.values(),
        entries=islice(entries(real), rows),
        lexicon=real.lexicon,
        slots=real.slots.values(),
        rules=real.rules,
        guide=real.guide,
    )


def figures(real: KnowledgeBase) -> Iterator[Figure]:
    """Figures of different slots: all places for one time, then the next time."""
    rng = Random(63)
    places = [region.id for region in real.regions.values()]
    for number, (part, year, place, programme, (measure, of)) in enumerate(
        product(_PARTS, _YEARS, places, _PROGRAMMES, _MEASURES)
    ):
        percent = measure == "rate"
        tenths = rng.randint(100, 999) if percent else rng.randint(5, 9_999)
        yield Figure(
            id=f"f{number}",
            indicator="kinh-phi",
            measure=measure,
            of=of,
            against="plan" if percent else "",
            programme=programme,
            region=place,
            period=f"{year}{part}",
            value=tenths / 10 if percent else tenths * BILLION // 10,
            unit="percent" if percent else "VND",
            as_printed=f"{tenths // 10},{tenths % 10}{'%' if percent else ' tỷ đồng'}",
            source=SOURCE.id,
        )


def entries(real: KnowledgeBase) -> Iterator[Entry]:
    """The real entries, then synthetic ones, no two with one title."""
    yield from real.entries.values()
    places = [region.name for region in real.regions.values() if region.kind == "province"]
    made = list(product(_ACTIONS, _TRADES, places, ("", " năm 2025", " giai đoạn 2021–2025")))
    Random(34).shuffle(made)
    for number, (action, trade, place, when) in enumerate(made):
        title = f"{action} cho cơ sở {trade} ở {place}{when}"
        asked = _QUESTIONS[number % 2].format(action=action.lower(), trade=trade, place=place)
        yield Entry(
            id=f"e{number}",
            kind="policy",
            title=title,
            body=f"{title}: cơ sở nộp hồ sơ tại trung tâm khuyến công, được xét theo kế hoạch hằng năm.",
            questions=(f"{asked}{when}",),
            sources=(SOURCE.id,),
        )


def probes(base: KnowledgeBase, count: int) -> list[Probe]:
    """`count` questions, the same ones for the same base: six of ten for figures, three for entries, one for neither."""
    rng = Random(2026)
    known_figures, known_entries = list(base.figures.values()), list(base.entries.values())
    strange = ("Giá vàng hôm nay bao nhiêu?", "Thời tiết {} ngày mai thế nào?", "Xổ số {} hôm qua ra số mấy?")
    found = []
    for number in range(count):
        kind = number % 10
        if kind < 6:
            figure = rng.choice(known_figures)
            found.append(Probe(rng.choice(questions(base.names, figure)), figure=figure))
        elif kind < 9:
            entry = rng.choice(known_entries)
            found.append(Probe(rng.choice((entry.title, *entry.questions)), entry=entry))
        else:
            place = rng.choice(list(base.regions.values())).name
            found.append(Probe(rng.choice(strange).format(place)))
    return found
