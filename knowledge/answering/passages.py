"""A pasted paragraph: every number in it checked against the base."""

from __future__ import annotations

import re
from datetime import date
from functools import cached_property

from knowledge.base import KnowledgeBase
from knowledge.finding.passages import judge
from knowledge.reading.asking import CHECK, OWN_TOPIC
from knowledge.reading.passage.reader import PassageReader
from knowledge.records import Answer
from knowledge.stated import Judgement, Stated
from knowledge.text import fold

LEAST_CHARS = 80
LEAST_CHARS_FOR_TWO = 120
LEAST_CHARS_WITH_QUESTION = 200

_ASKS = re.compile(
    r"\?|\b(?:bao nhiêu|bao nhieu|thế nào|như thế nào|là gì|ở đâu|khi nào|bao giờ|mấy|sao|nào không|được không|phải không|cho (?:em|tôi|mình|hỏi)"
    r"|giúp (?:em|tôi|mình)|muốn (?:hỏi|biết|mua|xin)|xin hỏi|cho hỏi|tư vấn giúp|so sánh)\b",
    re.IGNORECASE,
)
_OF_ONESELF = re.compile(r"\b(?:toi|em|minh|nha em|xuong (?:em|toi|minh)|chung toi|ben em)\b")
_CHECK_ASKED = re.compile(r"\b(?:kiem tra|doi chieu|xac minh|ra soat|check)\b")


class Passages:
    """Tells a passage from a question, and checks it."""

    def __init__(self, base: KnowledgeBase) -> None:
        self._base = base

    @cached_property
    def reader(self) -> PassageReader:
        """Made when the first passage comes."""
        return PassageReader(self._base)

    def prepare(self) -> None:
        """Make the reader now."""
        _ = self.reader

    def answer(self, text: str, today: date) -> Answer | None:
        """A judgement on each number of a passage; None for what is a question, or states nothing of the field."""
        if len(text) < LEAST_CHARS or sum(map(str.isdigit, text)) < 4:
            return None
        folded = fold(text)
        if not OWN_TOPIC.search(folded) and "kinh phi" not in folded:
            return None
        check_asked = bool(CHECK.search(folded) or _CHECK_ASKED.search(folded))
        asked = bool(_ASKS.search(text) or _OF_ONESELF.search(folded))
        if (asked or check_asked) and not (check_asked and len(text) >= LEAST_CHARS_WITH_QUESTION):
            return None
        stated = self.reader.read(text)
        if not _states_enough(stated, len(text), least=3 if asked or check_asked else 2):
            return None
        judgements = tuple(judge(self._base, stated))
        return self._told(judgements, today)

    def _told(self, judgements: tuple[Judgement, ...], today: date) -> Answer:
        figures = list(dict.fromkeys(one.figure for one in judgements if one.figure is not None))
        sources = dict.fromkeys(
            self._base.sources[row.source] for row in figures if row.source in self._base.sources
        )
        outcomes = {one.outcome for one in judgements}
        stance = "no" if "differs" in outcomes else "yes" if outcomes - {"unknown"} else "unknown"
        return Answer(
            status="answered",
            kind="check",
            as_of=today,
            figures=tuple(figures),
            judgements=judgements,
            stance=stance,  # type: ignore[arg-type]
            sources=tuple(sources),
        )


def _states_enough(stated: list[Stated], length: int, least: int) -> bool:
    """Whether a text states figures of the field as a report does: several, and where or when they hold."""
    known = [one for one in stated if one.indicator and "indicator" not in one.unsure]
    placed = any(
        (one.region and "region" not in one.unsure) or (one.period and "period" not in one.unsure)
        for one in known
    )
    needed = max(least, 2 if length >= LEAST_CHARS_FOR_TWO else 3)
    return placed and len(known) >= needed
