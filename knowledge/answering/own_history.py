"""A year of the asker's own history ("cơ sở em thành lập năm 2019") is not the time that he asks about."""

from __future__ import annotations

import re
from dataclasses import replace

from knowledge.reading.periods import Periods
from knowledge.reading.question import Question

_BEGUN = re.compile(
    r"\b(?:thanh lap|ra doi|(?:di vao|bat dau) hoat dong|hoat dong(?=(?: [a-z]+){0,3}?,? (?:tu|hoi) )|dang ky|cap phep|giay phep|mo xuong|lap xuong|lam nghe|vao nghe|di vao san xuat|bat dau (?:lam|san xuat)|(?:lam|mo|chay|ton tai|san xuat)(?: [a-z]+){0,3}?(?= (?:tu|hoi) (?:nam )?(?:19|20)))"
    r"(?: (?:kinh doanh|ho|doanh nghiep|cong ty|hop tac xa|nay|san xuat)){0,3}?"
    r"(?P<since>(?:,? (?:tu|vao|hoi|trong|cap))*(?: (?:thang|ngay) [\d/.]+)?(?: nam)? (?:19|20)\d\d)\b(?!\s?(?:-|den|toi)\s?(?:nam )?(?:19|20)\d\d)"
)
_ONESELF = re.compile(
    r"\b(?:em|toi|minh|tui|chau|con|nha|chung toi|co so|xuong|hop tac xa|ho kinh doanh|cong ty|doanh nghiep|to hop tac)\b"
)


def without_own_history(question: Question) -> Question:
    """The question without the one year that it names, where that only says since when somebody has been in business."""
    if len(question.periods.found) != 1 or question.periods.found[0].relative:
        return question
    if question.counted or question.programmes or question.documents:
        return question
    begun = _BEGUN.search(question.clean)
    if begun is None or not _ONESELF.search(question.clean):
        return question
    start, end = begun.span("since")
    clean = " ".join(f"{question.clean[:start]} {question.clean[end:]}".split())
    return replace(question, clean=clean, periods=Periods())
