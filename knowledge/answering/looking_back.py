"""What is asked about the last answer itself: where it comes from, and to have its figures as a table."""

from __future__ import annotations

from dataclasses import replace

from knowledge import folded_re as re
from knowledge.answering.library import Asked
from knowledge.base import KnowledgeBase
from knowledge.dialogue import Context
from knowledge.finding.answer import sources_for, warnings_for
from knowledge.records import Answer, Figure, Note
from knowledge.text import fold

SOURCES, EXPORT = "sources", "export"
"""Aspects of the two answers; who sends the second sends the table too."""

MOST_FIGURES, MOST_OTHERS = 24, 6
"""Figures of an answer that are remembered; of sources, documents, entries and levels each."""

_SOURCE = re.compile(
    r"\b(?:trich (?:dan|tu|nguon)|dan (?:nguon|chung)|can cu|co so phap ly|nguon|link(?: bai)?|xuat xu|tham khao|ai (?:noi|cong bo|dua)"
    r"|(?:lay|dan|trich|tim|doc|so|con so|so lieu|thong tin)(?: so| nay| do| ay| duoc| ra)* (?:o|tu) dau|(?:o|tu) dau (?:ra|co|ma co)|dau ra"
    r"|theo (?:ai|dau)|(?:theo|o|tu|cua) (?:bai|bao|trang|tai lieu|van ban|bao cao|quy dinh|dieu) (?:bao |viet )?nao"
    r"|(?:bai|bao|trang|tai lieu|bao cao) (?:bao |viet )?nao (?:noi|dang|viet|in|dua))\b"
)
_EXPORT = re.compile(
    r"\b(?:e?x?c?xc?el+|exel|ecxel|excell?|xlsx?|csv|bang tinh)\b|\b(?:xuat|tai|luu|ket xuat)(?: ra| ve| xuong)?(?: thanh)? (?:file|bang|tep|tap tin)\b"
    r"|\b(?:file|tep) (?:so lieu|bang)\b"
)
_OF_LAW = re.compile(r"\b(?:can cu|phap ly|quy dinh|van ban|dieu)\b")
"""The basis of the whole matter may be meant where nothing was told before."""
_FILLERS = frozenset([
    "a", "ad", "ai", "anh", "bac", "bai", "bam", "ban", "bang", "bao", "bo", "bot", "ca", "cac", "cai",
    "can", "cau", "chi", "chinh", "cho", "chu", "chua", "chung", "co", "con", "cong", "cu", "cua", "da",
    "dan", "dang", "danh", "dau", "day", "dc", "di", "dieu", "dinh", "do", "doc", "du", "dua", "duoc", "em",
    "file", "ghi", "gi", "giup", "goc", "gui", "ha", "ho", "hoi", "in", "kem", "khoan", "khong", "kia",
    "kiem", "la", "lai", "lam", "lay", "len", "lieu", "link", "long", "luon", "luot", "luu", "ly", "ma",
    "may", "minh", "mot", "muon", "nao", "nay", "ngay", "nghe", "ngoai", "nguon", "nguyen", "nhe", "nhi",
    "nho", "nhu", "no", "noi", "nua", "o", "oi", "phai", "phap", "qua", "quy", "ra", "rang", "ro", "roi",
    "sao", "so", "ta", "tai", "tap", "tat", "tep", "thanh", "the", "theo", "thi", "thong", "tin", "tinh",
    "toan", "toi", "tra", "trang", "tren", "trich", "tu", "va", "vao", "van", "vay", "ve", "vi", "viet", "voi",
    "vua", "vui", "xac", "xem", "xin", "xong", "xuat", "y",
])  # fmt: skip
"""Words beside which such a question says nothing else; any other word makes it a question of its own."""


def asks_source(folded: str) -> bool:
    """Whether a message asks for nothing but where the last answer comes from."""
    return _only(_SOURCE, folded)


def asks_table(folded: str) -> bool:
    """Whether a message asks for nothing but the last answer as a file."""
    return _only(_EXPORT, folded)


def _only(pattern: re.Pattern, folded: str) -> bool:
    if not pattern.search(folded):
        return False
    return all(word in _FILLERS for word in re.findall(r"[^\W_]+", pattern.sub(" ", folded)))


def references(answer: Answer) -> tuple[str, ...]:
    """What an answer showed, as `f:`, `s:`, `d:`, `e:`, `l:` and an id; empty for one that told nothing."""
    if answer.status == "asked_back" or answer.kind in ("help", "smalltalk"):
        return ()
    parts = (answer, *answer.then)
    figures = [row.id for one in parts for row in _figures(one)]
    kept = [f"f:{id_}" for id_ in dict.fromkeys(figures)][:MOST_FIGURES]
    for mark, ids in (
        ("s", [row.id for one in parts for row in one.sources]),
        ("d", [row.id for one in parts for row in (*one.documents, *one.cited)]),
        ("e", [row.id for one in parts for row in one.entries[:1]]),
        ("l", [row.id for one in parts for row in one.levels]),
    ):
        kept += [f"{mark}:{id_}" for id_ in dict.fromkeys(ids)][:MOST_OTHERS]
    return tuple(kept)


def _figures(answer: Answer) -> list[Figure]:
    """Those that were told, the lead first, then those that a claim or a passage was held against."""
    compared = answer.comparison
    held = [one.figure for one in answer.parts] + [one.figure for one in answer.judgements]
    sides = [compared.first, compared.second] if compared and answer.kind == "comparison" else []
    return [*answer.figures, *sides, *filter(None, held), *answer.companions, *answer.offers]


class LookingBack:
    """Answers about the last answer, from one base."""

    def __init__(self, base: KnowledgeBase) -> None:
        self._base = base

    def answer(self, asked: Asked) -> tuple[Answer, Context] | None:
        """Its sources, or its figures to be taken along; None where neither is asked, or nothing was told before."""
        told = asked.context.told
        texts = {asked.question.clean, fold(asked.question.typed)}
        if any(map(asks_table, texts)):
            return self._table(asked, self._rows(told)), asked.context
        if not any(map(asks_source, texts)):
            return None
        answer = self._sources(asked, told)
        if answer is None and not told and not _OF_LAW.search(asked.question.clean):
            answer = Answer("no_answer", "help", asked.today, gaps=(Note("nothing_told"),))
        return (answer, asked.context) if answer else None

    def _table(self, asked: Asked, rows: tuple[Figure, ...]) -> Answer:
        if not rows:
            gap = (Note("nothing_to_export"),)
            return Answer("no_answer", "help", asked.today, gaps=gap)
        return Answer(
            "answered",
            "series",
            asked.today,
            aspect=EXPORT,
            figures=rows,
            warnings=warnings_for(self._base, list(rows))[:3],
            sources=sources_for(self._base, [row.source for row in rows]),
        )

    def _sources(self, asked: Asked, told: tuple[str, ...]) -> Answer | None:
        base, rows = self._base, self._rows(told)
        levels = tuple(base.levels[id_] for id_ in _ids(told, "l") if id_ in base.levels)
        entries = tuple(base.entries[id_] for id_ in _ids(told, "e") if id_ in base.entries)
        documents = tuple(base.documents[id_] for id_ in _ids(told, "d") if id_ in base.documents)
        ids = [*(row.source for row in rows), *_ids(told, "s")]
        sources = sources_for(base, ids)
        if not (sources or documents):
            return None
        return Answer(
            "answered",
            "figure" if rows else "support" if levels else "policy" if entries else "document" if documents else "event",
            asked.today,
            aspect=SOURCES,
            figures=rows,
            entries=entries,
            levels=levels,
            cited=documents,
            sources=sources,
        )  # fmt: skip

    def _rows(self, told: tuple[str, ...]) -> tuple[Figure, ...]:
        return tuple(self._base.figures[id_] for id_ in _ids(told, "f") if id_ in self._base.figures)


def remembered(answer: Answer, before: Context, after: Context) -> Context:
    """The context with what the answer told; a question back and what looks back leave what was told before."""
    if answer.aspect in (SOURCES, EXPORT):
        return replace(after, told=before.told)
    return replace(after, told=references(answer) or before.told)


def _ids(told: tuple[str, ...], mark: str) -> list[str]:
    return [one[2:] for one in told if one.startswith(f"{mark}:")]
