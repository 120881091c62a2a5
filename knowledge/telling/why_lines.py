"""An explanation of an answer for whoever keeps the content: the reading span by span, the candidates, the decision."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING, Protocol

from knowledge.language.spans import IDLE, Reading, Span
from knowledge.records import Answer
from knowledge.telling.render import plain

if TYPE_CHECKING:
    from knowledge.matching.likeness import Likely

MOST_CANDIDATES = 8
MOST_FEATURES = 6
_SCOPES = {"excluded": "gạt ra", "only": "chỉ", "instead": "lấy thay"}


class Tried(Protocol):
    """One candidate: its frame, what it would tell, and what speaks for it."""

    @property
    def frame(self) -> str:
        """The kind of question that it takes the message for."""

    @property
    def answer(self) -> Answer:
        """What it would tell."""

    @property
    def features(self) -> Mapping[str, float]:
        """What each feature adds to the score."""

    @property
    def probability(self) -> float:
        """How likely it is right."""

    @property
    def vetoes(self) -> tuple[str, ...]:
        """The names of what rules it out."""

    @property
    def likely(self) -> Likely | None:
        """How like its entry the message is."""


def lines(reading: Reading, candidates: Iterable[Tried], answer: Answer) -> Iterator[str]:
    """What was read, what was possible, what was told."""
    yield f"Đọc là: {reading.clean}"
    yield from (f"  {_span(one)}" for one in reading.spans if one.slot not in IDLE and one.slot != "unknown")
    rest = "; ".join(span.text for span in reading.residue)
    yield f"Chưa hiểu: {rest or 'không có gì'}"
    yield "Các cách trả lời có thể:"
    for tried in list(candidates)[:MOST_CANDIDATES]:
        ruled_out = f" LOẠI VÌ {', '.join(tried.vetoes)}" if tried.vetoes else ""
        head = f"{tried.frame} [{tried.answer.status}] {tried.probability:.0%}{ruled_out}"
        yield f"  {head} {_likely(tried.likely)}{_first_line(tried.answer)}"
        yield from (f"      {name}: {value:+.2f}" for name, value in _strongest(tried.features))
    yield f"Đã chọn: {answer.kind} [{answer.status}]"
    for note in (*answer.gaps, *answer.assumptions):
        told = ", ".join(f"{key} {value}" for key, value in note.values.items())
        yield f"  {note.code}{f': {told}' if told else ''}"
    yield f"Dòng đầu: {_first_line(answer)}"


def _span(span: Span) -> str:
    scope = f" ({_SCOPES[span.scope]})" if span.scope in _SCOPES else ""
    others = "".join(f", hoặc {slot} = {value}" for slot, value in span.others)
    return f"{span.text} → {span.slot} = {span.value or '–'}{others}{scope}"


def _strongest(features: Mapping[str, float]) -> list[tuple[str, float]]:
    return sorted(features.items(), key=lambda one: -abs(one[1]))[:MOST_FEATURES]


def _likely(likely: Likely | None) -> str:
    if likely is None:
        return ""
    told = f"điểm {likely.score:+.2f}, hơn bài khác {likely.margin:+.2f}, giống câu hỏi mẫu {likely.near:.2f}"
    return f"{likely.id} ({told}): "


def _first_line(answer: Answer) -> str:
    return plain(answer).partition("\n")[0]
