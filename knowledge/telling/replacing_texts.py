"""What is told while a whole table of support levels takes the place of another: questions, the preview, what to review."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, timedelta

from knowledge.base import KnowledgeBase
from knowledge.changes import Quote, Replaced
from knowledge.records import SupportLevel
from knowledge.telling.formats import day
from knowledge.telling.labels import TABLES
from knowledge.telling.render import level_line
from knowledge.telling.sentences import Sentences, safe

NATIONAL = "national"

replacing_text = Sentences("replacing").html
"""A sentence as Telegram HTML."""


def levels_html(
    pairs: Sequence[Replaced],
    edited: Sequence[str],
    problems: Sequence[object],
    answers: Mapping[str, str],
    base: KnowledgeBase,
) -> list[str]:
    """The preview: each level with the one that it replaces, what is new, what stays, what is refused.

    `edited`: ids of stored levels of the same day that change.
    """
    start = answers["valid_from"]
    known = {one.activity for one in base.levels.values() if one.scope == NATIONAL}
    ended = [one for one in pairs if one.old is not None]
    begun = [one.new for one in pairs if one.old is None and one.new.activity in known]
    fresh = [one.new for one in pairs if one.new.activity not in known]
    own = {*edited, *(one.old.id for one in pairs if one.old is not None)}
    kept = [one for one in base.levels.values() if _applies(one, start) and one.id not in own]
    counts = {
        "pairs": len(ended),
        "new": len(begun) + len(fresh),
        "kept": len(kept),
        "refused": len(problems),
    }
    head = replacing_text("head", document=_called(answers["document"], base), start=day(start), **counts)
    last = day((date.fromisoformat(start) - timedelta(days=1)).isoformat())
    return [
        head,
        *_listed("refused", map(str, problems)),
        *_listed("pairs", map(_pair, ended), last=last),
        *_listed("edited", (base.levels[one].name for one in edited)),
        *_listed("begun", map(_begins, begun)),
        *_listed("fresh", map(_begins, fresh)),
        *_listed("kept", (f"{one.name}: {level_line(one)}" for one in kept)),
    ]


def _applies(level: SupportLevel, start: str) -> bool:
    """Whether a national level applies on a day."""
    return level.scope == NATIONAL and level.valid_from <= start <= (level.valid_to or start)


def _listed(head: str, lines: Iterable[str], **values: str) -> list[str]:
    """A heading with its lines, plain text; nothing where there are none."""
    told = [f"• {safe(one)}" for one in lines]
    return ["\n".join([replacing_text(head, **values), *told])] if told else []


def _pair(pair: Replaced) -> str:
    """ "… (trong bảng: “…”): nay tối đa 50% chi phí → tối đa 70% chi phí (khoản 4 Điều 8)"."""
    old = level_line(pair.old) if pair.old else ""
    typed = [one for one in pair.new.aliases if pair.old and one not in pair.old.aliases]
    called = f" (trong bảng: “{'; '.join(typed)}”)" if typed else ""
    return f"{pair.new.name}{called}: nay {old} → {level_line(pair.new)} ({pair.new.article})"


def _begins(level: SupportLevel) -> str:
    return f"{level.name}: {level_line(level)} ({level.article})"


def _called(document: str, base: KnowledgeBase) -> str:
    """A document as it is cited; its id where it is gone."""
    row = base.documents.get(document)
    return f"{row.kind} {row.number}" if row and row.number else row.title if row else document


def review_html(rows: Sequence[Quote], start: int, most: int, base: KnowledgeBase) -> list[str]:
    """A page of what quotes the replaced levels, from number `start` on, each with what it quotes."""
    if not rows:
        return [replacing_text("review_none")]
    page = rows[start : start + most]
    span = f", từ {start + 1} đến {start + len(page)}" if len(rows) > most else ""
    lines = [replacing_text("review", count=len(rows), shown=span)]
    for one in page:
        quoted = [level_line(level) for level in one.levels] + [_called(name, base) for name in one.documents]
        lines.append(
            f"• <code>{safe(one.row)}</code> ({TABLES[one.table]}): {safe(one.name)} — {safe('; '.join(quoted))}"
        )
    return ["\n".join(lines)]


def review_label() -> str:
    """The button below a page of them."""
    return "Xem thêm chỗ nhắc mức cũ"
