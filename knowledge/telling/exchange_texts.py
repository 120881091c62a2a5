"""What is told about files that come in and go out: the dry run as a diff, how far it is, what became of it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from knowledge.base import KnowledgeBase
from knowledge.changes import Doubt, Plan, Step
from knowledge.telling.admin_texts import admin_text, sentence
from knowledge.telling.admin_values import shown
from knowledge.telling.labels import field_name
from knowledge.telling.sentences import Sentences, cut, safe, unmarked

SHORT = 160
"""Characters of a value in a line of the diff."""


exchange_text = Sentences("exchange").html
"""A sentence as Telegram HTML."""
_ASKED = Sentences("exchange", "asked")
_DOUBTS = Sentences("exchange", "doubts")

_SLOTS = ("indicator", "measure", "of", "programme", "region", "period")


def asked_html(slot: str) -> str:
    """The question for what a table does not say."""
    return f"<b>{_ASKED.plain(slot)}</b>"


def layout_html(told: Sequence[str]) -> list[str]:
    """How a table was taken, the less important behind a fold."""
    if not told:
        return []
    return [f"<blockquote expandable>{chr(10).join(map(safe, told))}</blockquote>"]


def button_text(count: int) -> str:
    """The button that writes."""
    return f"Ghi {count_text(count)} dòng"


def progress_html(stage: str, file: str, done: int, total: int) -> str:
    """How far it is."""
    return exchange_text(stage, file=file, done=count_text(done), total=count_text(total))


def diff_html(
    plan: Plan, most: int | None = None, base: KnowledgeBase | None = None, *, ids: bool = False
) -> tuple[list[str], bool]:
    """The dry run in parts, at most `most` rows of each kind; and whether that is all of it.

    `base`: for names; `ids`: with the ids of figures, which are else told by what they are.
    """
    base = base or KnowledgeBase()
    counts = [f"{count_text(len(plan.added))} mới", f"{count_text(len(plan.changed))} sửa"]
    if plan.removed:
        counts.append(f"{count_text(len(plan.removed))} bỏ")
    counts += [f"{count_text(plan.unchanged)} giữ nguyên", f"{count_text(len(plan.problems))} từ chối"]
    parts = [f"<b>Xem thử {safe(plan.name)}</b>: {', '.join(counts)}"]
    complete = True
    for head, lines, count in (
        ("Từ chối", (safe(problem) for problem in plan.problems), len(plan.problems)),
        ("Sửa", (_changed(one, base, ids) for one in plan.changed), len(plan.changed)),
        ("Mới", (_added(one, base, ids) for one in plan.added), len(plan.added)),
        (
            "Bỏ",
            (f"<code>{safe(row)}</code> ({admin_text(table)})" for table, row in plan.removed),
            len(plan.removed),
        ),
    ):
        if not count:
            continue
        parts.append(f"<b>{head}</b>")
        parts += [f"• {line}" for _, line in zip(range(count if most is None else most), lines, strict=False)]
        if most is not None and count > most:
            parts.append(exchange_text("more", count=count_text(count - most)))
            complete = False
    return [*parts, *_doubts(plan.doubts)], complete


def diff_plain(plan: Plan, base: KnowledgeBase | None = None) -> Iterator[str]:
    """The same without markup, complete, one line each."""
    yield from plan.told
    for part in diff_html(plan, base=base, ids=True)[0]:
        yield unmarked(part)


def _changed(step: Step, base: KnowledgeBase, ids: bool) -> str:
    before, after = step.before or {}, step.after or {}
    told = (
        f"{field_name(step.table, one)}: {_shown(step.table, one, before, base)}"
        f" → <b>{_shown(step.table, one, after, base)}</b>"
        for one in after
    )
    stored = base.figures.get(step.row) if step.table == "figures" else None
    if stored is not None:
        slots = {name: getattr(stored, name) for name in _SLOTS}
        return f"{_name(step, ids)}{_slots(slots, base)}: {'; '.join(told)}"
    return f"{_name(step)}{'; '.join(told)}"


def _added(step: Step, base: KnowledgeBase, ids: bool) -> str:
    cells = step.after or {}
    if step.table == "figures":
        return f"{_name(step, ids)}{_slots(cells, base)}: <b>{safe(cells.get('as_printed', ''))}</b>"
    names = ("title", "name", "as_printed", "verdict")
    gist = next((name for name in names if cells.get(name)), "id")
    told = _shown(step.table, gist, cells, base)
    return f"{_name(step)}{told}"


def _name(step: Step, ids: bool = True) -> str:
    return f"<code>{safe(step.row)}</code> ({admin_text(step.table)}): " if ids else ""


def _slots(cells: Mapping[str, Any], base: KnowledgeBase) -> str:
    """What a figure is of, in words."""
    return " · ".join(_shown("figures", name, cells, base) for name in _SLOTS if cells.get(name))


def _shown(table: str, column: str, cells: Mapping[str, Any], base: KnowledgeBase) -> str:
    text = shown(table, column, cells[column], base, cells)
    return safe(cut(text, SHORT))


def _doubts(doubts: Mapping[str, Doubt]) -> Iterator[str]:
    for code, doubt in doubts.items():
        if doubt.count <= len(doubt.examples):
            for row, note in doubt.examples:
                yield f"{sentence(note)} <code>{safe(row)}</code>"
        else:
            rows = list(dict.fromkeys(row for row, _ in doubt.examples))
            told = ", ".join(f"<code>{safe(row)}</code>" for row in rows)
            yield f"⚠️ {count_text(doubt.count)} dòng {_DOUBTS.plain(code)}, ví dụ: {told}"


def count_text(number: int) -> str:
    """A number of rows as it is shown."""
    return f"{number:,}".replace(",", ".")
