"""The verdict on a claim in one line, and a line for each of its parts."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from itertools import combinations

from knowledge.records import Figure, Part
from knowledge.telling import formats, passage_lines
from knowledge.telling.names import MEASURES, PROGRAMME_SHORT, period_name
from knowledge.telling.sentences import tables

_RIGHT = ("match", "rounded", "likely")
_WRONG = ("differs", "misprint")
_MARKS = {"match": "✅", "rounded": "✅", "likely": "✅", "misprint": "❗", "differs": "❌", "unknown": "➖"}
_COMPUTED = ("difference", "moved", "sum", "trend", "plan", "share", "times")
_OF_WORDS = ("predicate", "part")
"""Kinds of parts that are no sums."""
_MOST_SAID = 6
_LONG = 5
_LONGEST = 160
_TOLD: dict[str, list[str]] = tables("claims")["told"]
"""Kind of part → how it is told again, and how what is held instead is told."""
_RELATIONS: dict[str, str] = tables("claims")["relations"]
_STATUS = {"superseded": "đã hết hiệu lực hoặc đã được thay thế"}
_WRITTEN: dict[str, Callable[[str], str]] = {
    **dict.fromkeys(("day", "since", "until", "issued"), formats.day),
    "edition": lambda right: f"lần thứ {formats.roman(int(right))} ({right})",
    "level_percent": lambda right: formats.percent(float(right)),
    "level_cap": formats.money,
    "relation": lambda right: _RELATIONS[right],
    "status": lambda right: _STATUS.get(right, "còn hiệu lực"),
    "other_money": lambda right: right[:1].lower() + right[1:],
    "other_time": period_name,
    "other_programme": lambda right: PROGRAMME_SHORT[right],
}
"""Kind of part → how the value that is held is written; as it is held for all others."""


def verdict(parts: Sequence[Part]) -> str:
    """The first words: right, partly right, not right, or not checked."""
    outcomes = {part.outcome for part in parts}
    right = bool(outcomes & set(_RIGHT))
    if outcomes <= set(_RIGHT) and (apart := _apart(parts)):
        return apart
    if outcomes <= {"rounded"}:
        return "Đúng nếu làm tròn."
    if outcomes == {"likely"}:
        return "Nhiều khả năng đúng."
    if outcomes <= set(_RIGHT):
        return "Đúng."
    if right:
        return "Đúng một phần:"
    return "Chưa kiểm tra được:" if outcomes == {"unknown"} else "Không đúng:"


def _apart(parts: Sequence[Part]) -> str:
    """What two numbers of one thing and time have in common that are both printed; empty where there are none."""
    rows = [part.figure for part in parts if part.kind == "figure" and part.figure is not None]
    for one, two in combinations(rows, 2):
        same = _thing(one) == _thing(two) and one.value != two.value
        if same and one.region == two.region:
            return "Các nguồn in khác nhau, số nào cũng có nguồn:"
        if same and {one.region, two.region} & {f"{one.region}_moi", f"{two.region}_moi"}:
            return "Số nào cũng đúng, mỗi số của một địa bàn:"
    return ""


def _thing(row: Figure) -> tuple[str, ...]:
    return row.indicator, row.measure, row.of, row.programme, row.period


def details(parts: Sequence[Part]) -> str:
    """The rest of the first line: what is right, what differs and how, what could not be checked."""
    right = [_said(part) for part in parts if part.outcome in _RIGHT]
    wrong = [_wrong(part, beside=bool(right)) for part in parts if part.outcome in _WRONG]
    unknown = [_said(part) for part in parts if part.outcome == "unknown"]
    if not wrong and not unknown:
        return ""
    if not right and not wrong:
        return ", ".join(unknown)
    told = [", ".join(right[:_MOST_SAID]) + ("…" if len(right) > _MOST_SAID else "")] if right else []
    if wrong:
        told.append(("còn " if right else "") + "; ".join(wrong))
    if unknown:
        told.append(f"chưa kiểm tra được {', '.join(unknown)}")
    return "; ".join(told)


def _wrong(part: Part, *, beside: bool) -> str:
    """What was said and what is held instead; what was computed comes first, for it is told in words of its own, `beside`
    what is right with one word more."""
    if part.kind in _COMPUTED and part.kind != "sum":
        return (
            f"{'đúng ra ' if beside else ''}{_worked_out(part)}, không phải {_other_way(part)}{_said(part)}"
        )
    return f"{_said(part)}: {corrected(part)}"


def tally(parts: Sequence[Part]) -> str:
    """How many numbers of a long claim are right, differ or could not be checked; empty for a short one."""
    numbers = [part for part in parts if part.kind == "figure"]
    if len(numbers) < _LONG:
        return ""
    counts = {
        "khớp": sum(part.outcome in _RIGHT for part in numbers),
        "lệch": sum(part.outcome in _WRONG for part in numbers),
        "chưa đối chiếu được": sum(part.outcome == "unknown" for part in numbers),
    }
    return f"{len(numbers)} số: {', '.join(f'{count} {name}' for name, count in counts.items() if count)}"


def corrected(part: Part) -> str:
    """What the base holds instead of what was said."""
    figure = part.figure
    if part.kind == "figure" and figure is not None:
        if part.outcome == "misprint":
            told = f"nguồn có in “{figure.as_printed}” nhưng nhiều khả năng in nhầm"
            if figure.likely_value is None:
                return told
            likely = replace(figure, value=figure.likely_value, value_max=None)
            return f"{told}; nên lấy {formats.amount(likely)}"
        return f"đúng là {formats.amount(figure)}{_mistaken(part, figure)}"
    if part.kind in _COMPUTED:
        return _worked_out(part)
    return _held(part) if part.right else "không khớp tư liệu tôi có"


def _mistaken(part: Part, figure: Figure) -> str:
    """Which number of the same thing was taken for the one that was meant; empty where it is another thing."""
    other = part.other
    if other is None or other.indicator != figure.indicator or other.measure == figure.measure:
        return ""
    measure = "đã đạt" if other.measure == "count" else MEASURES[other.measure]
    return f" ({formats.typed_amount(part.said)}: đó là số {measure})"


def computed(parts: Sequence[Part], names: Mapping[str, str]) -> list[str]:
    """What was computed, with the two figures from which it was; with their places where those are two."""

    def shown(figure: Figure, other: Figure) -> str:
        place = "" if figure.region == other.region else f"{names[figure.region]}, "
        return f"{place}{_short(figure)}"

    return [
        f"{shown(part.figure, part.other)}; {shown(part.other, part.figure)}: {_worked_out(part)}"
        for part in parts
        if part.kind in _COMPUTED and part.figure is not None and part.other is not None
    ]


def _short(figure: Figure) -> str:
    programme = f" {PROGRAMME_SHORT[figure.programme]}" if figure.programme in ("KCQG", "KCDP") else ""
    return f"{MEASURES[figure.measure]}{programme} {period_name(figure.period)}: {formats.amount(figure)}"


def _other_way(part: Part) -> str:
    """The direction that was said, where only that is wrong."""
    if part.kind != "moved" or formats.percent(float(part.right)) not in part.said.replace(" %", "%"):
        return ""
    return "giảm " if float(part.right) > 0 else "tăng "


def _worked_out(part: Part) -> str:
    one, other = part.figure, part.other
    if part.kind == "sum" and one:
        whole = replace(one, value=float(part.right), value_max=None, qualifier="exact", likely_value=None)
        return f"cộng hai số đã in được {formats.amount(whole)}"
    real = float(part.right)
    if part.kind == "share":
        return f"chiếm {formats.percent(real)} (tính từ hai số đã in)"
    if part.kind == "times":
        return f"gấp {formats.number(round(real, 2), 2)} lần (tính từ hai số đã in)"
    if part.kind == "plan":
        told = f"đạt {formats.percent(real, 2)} kế hoạch"
        if one and other and one.unit == other.unit:
            gap = round(one.value - other.value)
            told += f", {'cao' if gap > 0 else 'thấp'} hơn kế hoạch {formats.money(abs(gap))}"
        return told
    way = "tăng" if real > 0 else "giảm"
    if one and other and one.programme != other.programme:
        more, less = (one, other) if real > 0 else (other, one)
        way = f"{PROGRAMME_SHORT[more.programme]} cao hơn {PROGRAMME_SHORT[less.programme]}"
    elif one and other and one.period == other.period:
        way = "cao hơn" if real > 0 else "thấp hơn"
    size = formats.percent(real) if part.kind == "moved" else formats.money(abs(round(real)))
    return f"{way} {size} (tính từ hai số đã in)"


def corrected_print(figure: Figure) -> Figure:
    """A figure with the value that its doubtful print should likely read."""
    if figure.likely_value is None or figure.unit != "VND":
        return figure
    return replace(figure, value=figure.likely_value, value_max=None)


def role(part: Part) -> str:
    """Who or what fills a role, as the sources print it."""
    told = _held(part)
    return told[:1].upper() + told[1:]


def _held(part: Part) -> str:
    right = _WRITTEN.get(part.kind, str)(part.right)
    if len(right) > _LONGEST:
        right = f"{right[:_LONGEST].rsplit(' ', 1)[0]}…"
    return _TOLD.get(part.kind, ["{}", "đúng là {}"])[1].format(right)


def lines(parts: Sequence[Part], names: Mapping[str, str]) -> list[str]:
    """A line for each number of a claim that has several: a mark, as it was said, and what it is of."""
    numbers = [part for part in parts if part.kind == "figure" and part.figure is not None]
    if len(numbers) < 2:
        return []
    found = []
    for part in numbers:
        assert part.figure is not None
        of = passage_lines.slots(part.figure, names)
        tail = f"; {corrected(part)}" if part.outcome in _WRONG else ""
        found.append(f"{_MARKS[part.outcome]} {_said(part)}: {of}{tail}")
    return found


def _said(part: Part) -> str:
    shown = part.said if part.kind in _OF_WORDS else formats.typed_amount(part.said)
    row = part.figure
    if row is not None and row.unit not in ("VND", "percent", "date") and shown.isascii():
        number, _, noun = shown.partition(" ")
        shown = f"{number} {row.unit}" if noun else shown  # typed without marks
    if part.kind == "edition":
        shown = formats.roman(int(part.said))
    return _TOLD.get(part.kind, ["{}"])[0].format(shown)
