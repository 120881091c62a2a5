"""Every sentence of the admin side. What is shown of rows and of what was typed is escaped here, and nowhere else."""

from __future__ import annotations

from collections.abc import Sequence

from knowledge.records import Note
from knowledge.telling.formats import day, number
from knowledge.telling.labels import TABLES, field_name
from knowledge.telling.names import period_name
from knowledge.telling.sentences import Sentences, safe, tables

_COMMANDS: dict[str, dict[str, str]] = tables("admin")["commands"]
COMMAND_TEXTS = {name: (row["typed"], row["does"]) for name, row in _COMMANDS.items()}
"""Command → (what is typed behind it, what it does)."""
_SENTENCES = Sentences("admin")
_LABELS: dict[str, str] = {**TABLES, **tables("admin")["labels"]}


def admin_text(code: str, **values: object) -> str:
    """A label or a piece of a page, plain. Raises KeyError for an unknown code."""
    return _LABELS[code].format_map(values)


def sentence(note: Note) -> str:
    """A note as Telegram HTML. Raises KeyError for an unknown code."""
    values = dict(note.values)
    if "command" in values and note.code in ("usage", "form_field_unknown"):
        command = values["command"]
        values |= {"usage": COMMAND_TEXTS[command][0], "example": _COMMANDS[command]["example"]}
    if "period" in values:
        values["period"] = period_name(values["period"])
    if "computed" in values:
        values["computed"] = number(float(values["computed"]), 2)
    if "field" in values:
        values["field"] = field_name(values.get("table", ""), values["field"])
    if "table" in values:
        values["table"] = TABLES.get(values["table"], values["table"])
    if note.code == "future_date":
        values["date"] = day(values["date"])
    return _SENTENCES.html(note.code, **values)


def refused_html(messages: Sequence[str]) -> str:
    """Why a change cannot be made."""
    return "\n".join(["<b>Chưa lưu được:</b>", *(f"• {safe(message)}" for message in messages)])


def help_html(names: Sequence[str]) -> list[str]:
    """The guide: these commands, what is typed behind them, what they do."""
    lines = []
    for name in names:
        usage, does = COMMAND_TEXTS[name]
        lines.append(f"/{name} {safe(usage)}".rstrip() + f"\n   {safe(does)}")
    return ["<b>Lệnh quản trị</b>", *lines, "/huy\n   huỷ bản đang chờ lưu", admin_text("help_why")]


def help_markdown(names: Sequence[str]) -> str:
    """The same as a Markdown table."""
    cells = [[cell.replace(" | ", " \\| ") for cell in COMMAND_TEXTS[name]] for name in names]
    rows = [
        f"| `/{name} {typed}".rstrip() + f"` | {does} |"
        for name, (typed, does) in zip(names, cells, strict=True)
    ]
    return "\n".join(["| lệnh | việc |", "| --- | --- |", *rows])


def menu_text(name: str) -> str:
    """What Telegram's menu shows beside a command."""
    does = COMMAND_TEXTS[name][1].partition(";")[0]
    return does[:1].upper() + does[1:]
