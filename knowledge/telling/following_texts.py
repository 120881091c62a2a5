"""What followers read: that something is followed, what is new, what was corrected. Telegram HTML."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from knowledge.base import KnowledgeBase
from knowledge.following import Subject
from knowledge.records import Figure
from knowledge.telling import formats
from knowledge.telling.names import PROGRAMMES, figure_subject, period_name, region_name
from knowledge.telling.sentences import Sentences, safe

_TEXTS, _TOPICS = Sentences("following"), Sentences("following", "topics")
following_text = _TEXTS.html
"""A short fixed text; the values are escaped."""
_NEW = "🔔 <b>Có mới cho bạn</b>"
_CORRECTED = "✏️ <b>Số tôi đã đưa bạn nay được sửa</b>"
_FOOT = "Bỏ theo dõi: /bo_theo_doi"
MOST_LINES = 10
"""Lines of one digest; what is beyond them is counted."""


def described(subject: Subject, base: KnowledgeBase) -> str:
    """The subject inside a sentence: "kinh phí khuyến công, KCQG, phía Nam, năm 2025"."""
    if subject.topic:
        return _TOPICS.plain(subject.topic)
    names: Mapping[str, str] = base.names
    indicator = names.get(subject.indicator, "số liệu")
    parts = [indicator[:1].lower() + indicator[1:]]
    if subject.programme:
        parts.append(PROGRAMMES.get(subject.programme, subject.programme))
    if subject.region:
        parts.append(region_name(names, subject.region))
    if subject.period:
        parts.append(period_name(subject.period))
    return ", ".join(parts)


@dataclass(frozen=True, slots=True)
class News:
    """What one digest tells: `figures` and `rows` (titles) are new; `corrected` pairs what was shown with what holds now
    (None: withdrawn)."""

    figures: tuple[Figure, ...] = ()
    rows: tuple[str, ...] = ()
    corrected: tuple[tuple[Figure, Figure | None], ...] = ()


def list_html(subjects: Sequence[Subject], base: KnowledgeBase) -> str:
    """What a chat follows, numbered."""
    lines = "\n".join(f"{number}. {safe(described(one, base))}" for number, one in enumerate(subjects, 1))
    return _TEXTS.plain("list", lines=lines)


def digest(news: News, base: KnowledgeBase) -> list[str]:
    """The parts of one message: corrections first, then what is new; empty where there is nothing to tell."""
    parts = []
    if news.corrected:
        lines = [_correction(old, new, base) for old, new in news.corrected]
        parts.append("\n".join([_CORRECTED, *_bounded(lines)]))
    fresh = [*(_new(figure, base) for figure in news.figures), *map(safe, news.rows)]
    if fresh:
        parts.append("\n".join([_NEW, *_bounded(fresh), _FOOT]))
    return parts


def _bounded(lines: Sequence[str]) -> list[str]:
    shown = [f"• {line}" for line in lines[:MOST_LINES]]
    if len(lines) > MOST_LINES:
        shown.append(f"… và {len(lines) - MOST_LINES} mục nữa")
    return shown


def _what(figure: Figure, base: KnowledgeBase) -> str:
    names = base.names
    return (
        f"{figure_subject(names, figure)}, {region_name(names, figure.region)}, {period_name(figure.period)}"
    )


def _new(figure: Figure, base: KnowledgeBase) -> str:
    source = base.sources.get(figure.source)
    cited = ", ".join(
        part for part in (source.publisher or source.title, formats.day(source.published_on)) if part
    ) if source else ""  # fmt: skip
    tail = f" (nguồn: {safe(cited)})" if cited else ""
    return f"{safe(_what(figure, base))}: <b>{safe(formats.amount(figure))}</b>{tail}"


def _correction(old: Figure, new: Figure | None, base: KnowledgeBase) -> str:
    before = f"{safe(_what(old, base))}: trước là {safe(formats.amount(old))}"
    if new is None:
        return f"{before}, nay đã rút"
    now = "" if _what(old, base) == _what(new, base) else f"{safe(_what(new, base))}: "
    return f"{before}, nay là {now}<b>{safe(formats.amount(new))}</b>"
