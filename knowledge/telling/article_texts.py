"""Every sentence of taking figures out of a report, and how its rows are shown; plain words in, Telegram HTML out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from knowledge.records import Figure, Source
from knowledge.telling.formats import exact_money, number
from knowledge.telling.labels import CODES, code_name, field_name
from knowledge.telling.names import region_name
from knowledge.telling.passage_lines import slots
from knowledge.telling.sentences import Sentences, safe

_SENTENCES = Sentences("article")
article_text, label = _SENTENCES.html, _SENTENCES.plain
"""A sentence as Telegram HTML; the words on a button."""
example_of = Sentences("article", "examples").plain
"""How a correction of a column is typed."""


def row_html(
    line: int,
    figure: Figure,
    unsure: Mapping[str, Sequence[str]],
    names: Mapping[str, str],
    *,
    saved: int = 0,
    proposed: int = 0,
    dropped: bool = False,
    held: Figure | None = None,
    same: bool = False,
    repeats: int = 0,
    doubts: Sequence[str] = (),
) -> str:
    """One numbered row: what it is, its value in full and as printed, what is open, and what the base has already."""
    if dropped:
        return f"{line}. <s>{safe(figure.as_printed)}</s> (đã bỏ)"
    what = slots(figure, names)
    if figure.indicator == "kinh-phi":
        what = f"Kinh phí · {what}"
    what = what[:1].upper() + what[1:] if figure.indicator else f"Chưa rõ chỉ tiêu · {what}".rstrip(" ·")
    head = f"<b>{line}.</b> {safe(what)} = <b>{safe(_value(figure))}</b> (in: {safe(figure.as_printed)}; đoạn {safe(figure.locator)})"
    lines = [head]
    if saved:
        lines.append(f"   ✅ đã lưu (thay đổi {saved})")
        return "\n".join(lines)
    if proposed:
        lines.append(f"   ⏳ đã gửi người duyệt (đề xuất {proposed})")
        return "\n".join(lines)
    lines += [f"   ❓ chưa chắc {_open(slot, others, names)}" for slot, others in unsure.items()]
    if repeats:
        lines.append(f"   ↩️ lặp lại dòng {repeats}")
    elif held is not None and same:
        lines.append(f"   ☑️ đã có: {safe(held.id)}")
    elif held is not None:
        lines.append(f"   ⚠️ kho đang có số khác: {safe(held.as_printed)} ({safe(held.id)})")
    lines += [f"   {doubt}" for doubt in doubts]
    return "\n".join(lines)


def head_html(count: int, source: Source | None) -> str:
    """What stands above the rows."""
    shown = safe(source.title) if source else "chưa chọn"
    return f"<b>Đọc được {count} số</b> · nguồn: {shown}"


def control_html(
    ready: Sequence[int],
    look: Sequence[int],
    known: Sequence[int],
    done: Sequence[int],
    proposed: Sequence[int] = (),
) -> str:
    """What there is to do, by line numbers."""
    parts = []
    if ready:
        parts.append(f"Chắc chắn và mới: {spans(ready)}")
    if look:
        parts.append(f"Cần xem: {spans(look)}")
    if known:
        parts.append(f"Đã có hoặc lặp lại: {spans(known)}")
    if done:
        parts.append(f"Đã lưu: {spans(done)}")
    if proposed:
        parts.append(f"Chờ duyệt: {spans(proposed)}")
    parts.append(
        "Gõ: lưu 1 3-5 · 2 vùng: phía Nam · 2 kỳ: 2023 · kỳ: 2023 (mọi dòng chưa chắc kỳ) · bỏ 4 · xem · bỏ"
    )
    return "\n".join(parts)


def spans(places: Sequence[int]) -> str:
    """Line numbers, runs as spans: 1, 3-5."""
    out: list[str] = []
    start = last = -1
    for place in [*sorted(places), -2]:
        if place == last + 1 and start >= 0:
            last = place
            continue
        if start >= 0:
            out.append(str(start) if start == last else f"{start}-{last}")
        start = last = place
    return ", ".join(out)


def _value(figure: Figure) -> str:
    if figure.unit == "VND":
        low = exact_money(int(figure.value))
        return low if figure.value_max is None else f"{low} – {exact_money(int(figure.value_max))}"
    unit = "%" if figure.unit == "percent" else f" {figure.unit}"
    high = "" if figure.value_max is None else f"–{number(figure.value_max)}"
    return f"{number(figure.value)}{high}{unit}"


def _open(slot: str, others: Sequence[str], names: Mapping[str, str]) -> str:
    shown = [_value_name(slot, one, names) for one in others if one]
    return safe(field_name("figures", slot) + (f" (hay: {', '.join(shown)})" if shown else ""))


def _value_name(slot: str, value: str, names: Mapping[str, str]) -> str:
    return code_name("figures", slot, value) if ("figures", slot) in CODES else region_name(names, value)
