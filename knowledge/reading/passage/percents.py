"""What a percent says: how much of the plan, what share of a whole, how much more or less than before."""

from __future__ import annotations

import re
from dataclasses import dataclass

from knowledge.reading.passage.cues import periods_in
from knowledge.reading.passage.scene import Draft, Slot

_TAIL = re.compile(
    r"^.*?(?=[,;:()]|\.(?!\d)|\bva (?:chiem|tang|giam|dat|bang|cao hon|thap hon|hoan thanh|[a-z]+ )|\b(?:trong do|nham|gop phan)\b|$)"
)
_SHARE = re.compile(r"\b(?:chiem|ty trong|co cau)\b[^,;]*$")
_GOES_ON = re.compile(
    r"[,;(]((?: (?:va|nhung|moi|chi|da))? ?(?:dat|bang|chiem|tang|giam|cao hon|thap hon|tuong duong|hoan thanh)\b[^,;()]*)$"
)
_UP = re.compile(r"\b(?:tang|cao hon|nhieu hon|vuot|lon hon)\b[^,;]{0,30}$")
_DOWN = re.compile(r"\b(?:giam|thap hon|it hon|hut|kem)\b[^,;]{0,30}$")
_RATE = re.compile(r"\b(?:dat|bang|tuong duong|hoan thanh|ty le|giai ngan|thuc hien|la)\b[^,;]{0,40}$")
_AIM = re.compile(r"\b(?:nham|phan dau|muc tieu|bao dam|dam bao|quyet tam)\b[^;]{0,80}$")
_ASKED_FOR = re.compile(r"\b(?:de xuat|kien nghi|can quan tam|de nghi)\b")
_PLAN = re.compile(r"\b(?:ke hoach|du toan|kh)\b")
_SAME = re.compile(r"\bcung ky\b")
_BEFORE = re.compile(r"\b(?:nam truoc|nam ngoai|nam lien truoc)\b")
_NATION = re.compile(r"\b(?:toan quoc|ca nuoc)\b")
_TOTAL = re.compile(r"\b(?:toan (?:vung|tinh|khu vuc|quoc)|tong|kinh phi khuyen cong)\b")
_VERBS = re.compile(
    r"\b(?:tang|giam|cao hon|thap hon|nhieu hon|it hon|vuot|hut|chiem|ty trong|ty le|dat|bang|tuong duong|hoan thanh|phan dau|muc tieu|bao dam|dam bao|nham|quyet tam)\b"
)


@dataclass(frozen=True, slots=True)
class Kind:
    """rate, share, change, target, proposal or empty; the direction of a change."""

    measure: str
    direction: int = 0


def tail_of(after: str) -> str:
    """The words behind a percent that say what it is a percent of."""
    found = _TAIL.match(after)
    return found.group() if found else ""


def continued(lead: str) -> str:
    """The last clause of the words before a percent, where it goes on about what was spoken of (", đạt …")."""
    found = _GOES_ON.search(lead)
    return found.group(1) if found else ""


def without_verbs(words: str) -> str:
    """The words before a percent without those that say how it compares."""
    return _VERBS.sub(" ", words)


def kind_of(lead: str, tail: str, sentence: str) -> Kind:
    """What the words before and behind make of a percent."""
    if _ASKED_FOR.search(sentence):
        return Kind("proposal", 1)
    if _AIM.search(lead) and (_PLAN.search(tail) or "hoan thanh" in lead):
        return Kind("target")
    places = {
        name: match.start()
        for name, pattern in (("share", _SHARE), ("up", _UP), ("down", _DOWN), ("rate", _RATE))
        if (match := pattern.search(lead))
    }
    if places:
        last = max(places, key=lambda name: places[name])
        if last == "up" and "vuot" in lead[places["up"] :] and _PLAN.search(tail):
            return Kind("")  # so much above the plan: neither the rate nor a change over time
        if last in ("up", "down"):
            return Kind("change", 1 if last == "up" else -1)
        return Kind(last)
    return Kind("rate") if _PLAN.search(tail) else Kind("")


def slots(kind: Kind, of: str, programme: str, tail: str) -> tuple[Slot, Slot]:
    """Measure and the other side of a percent of a sum whose measure is `of`."""
    measure = kind.measure
    if measure == "share":
        if _NATION.search(tail):
            return Slot("share"), Slot("national")
        if _PLAN.search(tail) and not _TOTAL.search(tail):
            return Slot("rate"), Slot("plan")
        if not tail.strip() and of == "allocated":
            return Slot("rate"), Slot("plan")  # what is allocated is told as a part of its plan
        bare = not tail.strip()
        return Slot("share"), Slot("total", unsure=bare and programme not in ("KCQG", "KCDP"))
    if measure in ("rate", "target"):
        if _PLAN.search(tail):
            return Slot(measure), Slot("plan")
        if _SAME.search(tail) or _BEFORE.search(tail):
            return Slot("rate", unsure=True, others=("change",)), Slot("", unsure=True)
        return Slot(measure), Slot("plan", unsure=True)
    if measure in ("change", "proposal"):
        if _SAME.search(tail):
            return Slot(measure), Slot("same_period")
        if _BEFORE.search(tail):
            return Slot(measure), Slot("previous_year")
        return Slot(measure), Slot("unknown")
    return Slot("", unsure=True, others=("rate", "share", "change")), Slot("", unsure=True)


def compare_year(draft: Draft, tail: str) -> None:
    """ "so với năm 2022" is the year before where the figure is of 2023; another year is another comparison."""
    if draft.measure.value != "change" or draft.against.value not in ("unknown", "same_period"):
        return
    named = [one.code for one in periods_in(tail) if one.code]
    year = draft.period.value[:4]
    if not named:
        return
    if year.isdigit() and named[-1][:4] == str(int(year) - 1):
        if draft.against.value == "unknown":
            draft.against = Slot("previous_year")
    else:
        draft.against = Slot("", unsure=True, others=("previous_year",))
