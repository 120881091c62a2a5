"""The verdict on a claim in one line, and a line for each of its parts."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import combinations

from knowledge.records import Figure, Part
from knowledge.telling import formats, passage_lines
from knowledge.telling.names import MEASURES, PROGRAMME_SHORT, period_name

_RIGHT = ("match", "rounded", "likely")
_MARKS = {"match": "✅", "rounded": "✅", "likely": "✅", "misprint": "❗", "differs": "❌", "unknown": "➖"}
_MOST_SAID = 6
_LONG = 5
_LONGEST = 160
_SAID = {
    "edition": "lần thứ {}",
    "day": "ngày {}",
    "year": "năm {}",
    "place": "nơi tổ chức {}",
    "host": "{} đăng cai",
    "next_host": "{} đăng cai kỳ sau",
    "chair": "{} chủ trì",
    "closed": "{} bế mạc",
    "concluded": "{} kết luận",
    "said": "{} phát biểu",
    "participants": "{} dự",
    "since": "hiệu lực từ {}",
    "until": "hết hiệu lực {}",
    "issued": "ban hành {}",
    "issuer": "{} ban hành",
    "level_percent": "mức {}",
    "level_cap": "mức {}",
    "provinces": "{}",
}
_RIGHTS = {
    "place": "nơi tổ chức là {}",
    "host": "nơi đăng cai là {}",
    "next_host": "nơi đăng cai kỳ sau là {}",
    "chair": "chủ trì là {}",
    "closed": "bế mạc là {}",
    "concluded": "kết luận là {}",
    "said": "phát biểu là {}",
    "participants": "người dự là {}",
    "office": "chức danh nguồn in là {}",
    "since": "có hiệu lực từ {}",
    "until": "hiệu lực đến hết {}",
    "issued": "ban hành ngày {}",
    "issuer": "nơi ban hành là {}",
    "document": "văn bản là {}",
    "topic": "văn bản này là “{}”",
    "amends": "văn bản được sửa đổi, bổ sung là {}",
    "replaces": "văn bản bị thay thế là {}",
    "level_percent": "mức là tối đa {}",
    "level_cap": "mức là không quá {}",
    "provinces_then": "đó là số trước 01/7/2025, nay là {}",
}
_RELATIONS = {
    "amends": "văn bản này chỉ sửa đổi, bổ sung, không thay thế",
    "replaces": "văn bản này thay thế, không phải sửa đổi",
    "amended_by": "ngược lại: văn bản này được văn bản kia sửa đổi, bổ sung",
    "replaced_by": "ngược lại: văn bản này được văn bản kia thay thế",
}
_STATUS = {"superseded": "đã hết hiệu lực hoặc đã được thay thế"}


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
    wrong = [f"{_said(part)}: {corrected(part)}" for part in parts if part.outcome in ("differs", "misprint")]
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


def tally(parts: Sequence[Part]) -> str:
    """How many numbers of a long claim are right, differ or could not be checked; empty for a short one."""
    numbers = [part for part in parts if part.kind == "figure"]
    if len(numbers) < _LONG:
        return ""
    counts = {
        "khớp": sum(part.outcome in _RIGHT for part in numbers),
        "lệch": sum(part.outcome in ("differs", "misprint") for part in numbers),
        "chưa đối chiếu được": sum(part.outcome == "unknown" for part in numbers),
    }
    return f"{len(numbers)} số: {', '.join(f'{count} {name}' for name, count in counts.items() if count)}"


def corrected(part: Part) -> str:
    """What the base holds instead of what was said."""
    figure = part.figure
    if part.kind == "figure" and figure is not None:
        if part.outcome == "misprint":
            return f"nguồn có in “{figure.as_printed}” nhưng nhiều khả năng in nhầm"
        mistaken = _mistaken(part, figure)
        return f"đúng là {formats.amount(figure)}{mistaken}"
    if part.kind == "plan":
        return _of_plan(part)
    if part.kind == "other_money":
        return f"đó là {part.right[:1].lower()}{part.right[1:]}"
    if part.kind == "other_time":
        return f"đó là số {period_name(part.right)}"
    if part.kind == "other_programme":
        return f"đó là số {PROGRAMME_SHORT[part.right]}"
    if part.kind == "other_place":
        return f"đó là số của {part.right}"
    if part.kind == "sum":
        return f"cộng hai số đã in được {formats.money(part.right)}"
    if part.kind == "share":
        return f"tính ra {formats.percent(float(part.right))}"
    if part.kind in ("difference", "moved", "trend"):
        return _moved(part)
    if part.kind == "relation":
        return _RELATIONS[part.right]
    if part.kind == "status":
        return _STATUS.get(part.right, "còn hiệu lực")
    if not part.right:
        return "không khớp tư liệu tôi có"
    return _RIGHTS.get(part.kind, "đúng là {}").format(_value(part))


def _mistaken(part: Part, figure: Figure) -> str:
    """Which number of the same thing was taken for the one that was meant; empty where it is another thing."""
    other = part.other
    if other is None or other.indicator != figure.indicator or other.measure == figure.measure:
        return ""
    measure = "đã đạt" if other.measure == "count" else MEASURES[other.measure]
    return f" ({formats.typed_amount(part.said)}: đó là số {measure})"


def computed(parts: Sequence[Part]) -> list[str]:
    """What was computed, with the two figures from which it was."""
    found = []
    for part in parts:
        if (
            part.figure is None
            or part.other is None
            or part.kind not in ("difference", "moved", "sum", "trend", "plan")
        ):
            continue
        one, other = map(_short, (part.figure, part.other))
        told = _of_plan(part) if part.kind == "plan" else _moved(part)
        found.append(f"{one}; {other}: {told}")
    return found


def _short(figure: Figure) -> str:
    programme = f" {PROGRAMME_SHORT[figure.programme]}" if figure.programme in ("KCQG", "KCDP") else ""
    return f"{MEASURES[figure.measure]}{programme} {period_name(figure.period)}: {formats.amount(figure)}"


def _moved(part: Part) -> str:
    real = float(part.right)
    one, other = part.figure, part.other
    way = "tăng" if real > 0 else "giảm"
    if one and other and one.programme != other.programme:
        more, less = (one, other) if real > 0 else (other, one)
        way = f"{PROGRAMME_SHORT[more.programme]} cao hơn {PROGRAMME_SHORT[less.programme]}"
    elif one and other and one.period == other.period:
        way = "cao hơn" if real > 0 else "thấp hơn"
    if part.kind == "sum":
        return f"cộng lại {formats.money(part.right)}"
    if part.kind == "moved":
        return f"{way} {formats.percent(real)} (tính từ hai số đã in)"
    return f"{way} {formats.money(abs(round(real)))} (tính từ hai số đã in)"


def _of_plan(part: Part) -> str:
    told = f"đạt {formats.percent(float(part.right))} kế hoạch"
    if part.figure and part.other and part.figure.unit == part.other.unit:
        gap = round(part.figure.value - part.other.value)
        told += f", {'cao' if gap > 0 else 'thấp'} hơn kế hoạch {formats.money(abs(gap))}"
    return told


def role(part: Part) -> str:
    """Who or what fills a role, as the sources print it."""
    told = _RIGHTS[part.kind].format(_value(part))
    return told[:1].upper() + told[1:]


def lines(parts: Sequence[Part], names: Mapping[str, str]) -> list[str]:
    """A line for each number of a claim that has several: a mark, as it was said, and what it is of."""
    numbers = [part for part in parts if part.kind == "figure" and part.figure is not None]
    if len(numbers) < 2:
        return []
    found = []
    for part in numbers:
        assert part.figure is not None
        of = passage_lines.slots(part.figure, names)
        tail = f"; {corrected(part)}" if part.outcome in ("differs", "misprint") else ""
        found.append(f"{_MARKS[part.outcome]} {_said(part)}: {of}{tail}")
    return found


def _said(part: Part) -> str:
    shown = formats.typed_amount(part.said)
    row = part.figure
    if row is not None and row.unit not in ("VND", "percent", "date") and shown.isascii():
        number, _, noun = shown.partition(" ")
        shown = f"{number} {row.unit}" if noun else shown  # typed without marks
    if part.kind == "edition":
        shown = formats.roman(int(part.said))
    return _SAID.get(part.kind, "{}").format(shown)


def _value(part: Part) -> str:
    if part.kind in ("day", "since", "until", "issued"):
        return formats.day(part.right)
    if part.kind == "edition":
        return f"lần thứ {formats.roman(int(part.right))} ({part.right})"
    if part.kind == "level_percent":
        return formats.percent(float(part.right))
    if part.kind == "level_cap":
        return formats.money(part.right)
    if len(part.right) > _LONGEST:
        return f"{part.right[:_LONGEST].rsplit(' ', 1)[0]}…"
    return part.right
