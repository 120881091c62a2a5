"""How many times one sum is another, as a claim says it ("gấp đôi", "hơn nửa")."""

from __future__ import annotations

import re

from knowledge.reading.question import Question
from knowledge.records import Comparison, Stance

ROUNDED = 0.005
"""By what share a claimed sum may be off what it is computed from: both were rounded."""
_TIMES = re.compile(
    r"\bgap (?:(?P<about>gan|hon|tren|khoang|tam|xap xi|den|toi|duoc) )?(?:(?P<word>doi|ruoi)|(?P<number>\d+(?:[.,]\d+)?)(?: lan)?)\b(?: (?P<after>ruoi))?"
)
_TIMES_OF = {"doi": 2.0, "ruoi": 1.5}
_HALF = re.compile(
    r"\b(?:(?P<about>hon|gan|tren|khoang|bang|chiem|duoc|chua (?:den|toi|bang)) )(?:mot |1 )?nua\b(?! (?:nam|dau|cuoi|thang|quy))"
)


def names_times(clean: str) -> bool:
    """Whether a text says how many times, or how many halves, one thing is of another."""
    return bool(_TIMES.search(clean) or _HALF.search(clean))


def claimed_times(question: Question, comparison: Comparison) -> Stance | None:
    """Whether what is named first is as many times the other as is claimed ("gấp đôi", "gấp hơn 3 lần"); a whole number
    of times may be one twentieth off. None where no such thing is claimed, or it is not clear of what."""
    said = _TIMES.search(question.clean)
    half = _HALF.search(question.clean) if said is None else None
    if (said is None and half is None) or comparison.kind not in ("time", "region", "programme"):
        return None
    one, other = comparison.first, comparison.second
    if comparison.kind == "time":
        years = [period.code for period in question.periods.found if period.code]
        if not years or years[0] == other.period:
            one, other = other, one
    if one.value <= 0 or other.value <= 0:
        return None
    ratio = one.value / other.value
    if said is None:
        return _stance(_half_right(ratio, half["about"] if half else ""))
    return _stance(_times_right(ratio, said))


def so_many_times(clean: str, number: str, ratio: float) -> bool | None:
    """Whether something is as many times another thing as a text says with this number; None where it does not."""
    said = next((one for one in _TIMES.finditer(clean) if one["number"] == number), None)
    return None if said is None else _times_right(ratio, said)


def _times_right(ratio: float, said: re.Match[str]) -> bool:
    """Whether a ratio is what words for it say; a whole number of times may be one twentieth off."""
    number = said["number"]
    times = _TIMES_OF[said["word"]] if said["word"] else float(number.replace(",", "."))
    if said["after"]:
        times += 0.5
    if said["about"] in ("hon", "tren"):
        return times < ratio < times + 1
    if said["about"] == "gan":
        return 0.85 * times <= ratio < times
    if number and re.search(r"[.,]", number):
        return bool(abs(ratio - times) <= 0.5 * 10 ** -len(re.split(r"[.,]", number)[1]))
    return abs(ratio - times) <= 0.05 * times


def _half_right(ratio: float, about: str) -> bool:
    """Whether one is so much of the other as "hơn nửa", "gần nửa", "bằng nửa" say."""
    if about in ("hon", "tren"):
        return 0.5 < ratio < 1
    if about == "gan" or about.startswith("chua"):
        return (0.4 if about == "gan" else 0) <= ratio < 0.5
    return abs(ratio - 0.5) <= 0.025


def _stance(right: bool) -> Stance:
    return "yes" if right else "no"
