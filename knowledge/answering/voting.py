"""May this good be entered for the vote on typical products? The rule speaks of kinds of goods, not of each."""

from __future__ import annotations

import re
from datetime import date

from knowledge.answering.entries import EntryAnswers
from knowledge.answering.library import Library
from knowledge.answering.wording import FRAME
from knowledge.dialogue import Context
from knowledge.finding.entries import STOP
from knowledge.reading.question import Question
from knowledge.records import Answer
from knowledge.text import words
from knowledge.thresholds import THRESHOLDS

_VOTE = re.compile(r"\b(?:binh chon|bau chon|bau la|san pham tieu bieu|nong thon tieu bieu|hang tieu bieu)\b")
_ENTERED = re.compile(
    r"^(?P<good>.{2,60}?)\b(?:(?: thi)*(?: co| muon| gui| dem| mang))*(?: duoc| dang ky| di thi| thi| tham gia| du| binh chon| bau chon)+\b"
)
_ENTRANTS = frozenset(
    [
        "htx",
        "hop",
        "tac",
        "xa",
        "ho",
        "ca",
        "the",
        "doanh",
        "nghiep",
        "cong",
        "ty",
        "cty",
        "to",
        "xuong",
        "pham",
        "hang",
        "mon",
        "mat",
        "thi",
        "tieu",
        "bieu",
        "binh",
        "bau",
        "mua",
    ]
)
"""Words for who enters, and for goods in general."""
_OTHERS = re.compile(
    r"\b(?:bat buoc|phai|may|bao nhieu|mat (?:phi|tien)|ton (?:phi|tien)|bi loai|khieu nai|kien|lan (?:nua|hai)|ai|khi nao|o dau)\b"
)
_NO_GOOD = re.compile(
    r"\b(?:\d+|mot|hai|ba) (?:co so|san pham|mon|mat hang|loai)\b|\b(?:le phi|phi|tien|giai|thuong|thoi han|quyen|binh chon|bau chon|quy dinh|vi pham|giay|ho so|ket qua|cap|co so|diem|doc ban|logo|tieu chi)\b"
)
MOST_WORDS = 9
"""Words before the vote is spoken of that name a good."""
_GOODS = "binh-chon-mat-hang"


class Voting:
    """Goods against the entry that says which kinds may be entered."""

    def __init__(self, library: Library, entries: EntryAnswers) -> None:
        self._library = library
        self._tell_entry = entries.tell

    def answer(self, question: Question, today: date) -> tuple[Answer, Context] | None:
        """The rule on goods, where one is named; None where something else is asked, or a stored question fits."""
        entry = self._library.base.entries.get(_GOODS)
        if entry is None or not question.yes_no or not _VOTE.search(question.clean):
            return None
        entered = _ENTERED.search(question.clean)
        if entered is None or _OTHERS.search(question.clean) or not self._names_a_good(entered["good"]):
            return None
        best = self._library.entries.search(question.clean, limit=1)
        named = set(words(entered["good"])) - STOP - FRAME - _ENTRANTS
        if best and best[0].id != entry.id and best[0].score >= THRESHOLDS.sure:
            answers = self._library.base.entries[best[0].id].stance
            if answers and not named.isdisjoint(best[0].key.split()):
                return None
        return self._tell_entry(entry, question, today)

    def _names_a_good(self, said: str) -> bool:
        if len(said.split()) > MOST_WORDS or _NO_GOOD.search(said):
            return False
        return any(word not in STOP and word not in FRAME | _ENTRANTS for word in words(said))
