"""Every sentence about an assumption, a doubt or a gap, and every short fixed text. Plain text; templates escape it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from knowledge.records import Note
from knowledge.telling.formats import day, money, percent, typed_amount
from knowledge.telling.law import document_name
from knowledge.telling.sentences import Sentences, tables

_SENTENCES: dict[str, str] = tables("notes")["sentences"]

_TAKEN: dict[str, str] = tables("notes")["taken"]
"""What was taken for granted, in a few words each, in the order in which it is told."""

_SAID: dict[str, list[str]] = tables("notes")["said"]
"""Words by which a text says itself what a caution would say."""

LEAD_RULES: dict[str, str] = tables("notes")["lead_rules"]
"""Why one of several figures leads, by the rule of `finding.conflicts`."""

notice = Sentences("notes", "notices").html
"""A short fixed text as Telegram HTML."""


def sentence(note: Note, names: Mapping[str, str] | None = None) -> str:
    """The sentence for a note; an unknown code is a programming error and raises KeyError."""
    values = {key: _shown(value) for key, value in note.values.items()}
    if note.code == "no_figure":
        return _no_figure(values)
    if "said" in values and note.code in (
        "unchecked",
        "heard_otherwise",
        "heard_of_other",
        "heard_right",
        "heard_elsewhere",
    ):
        values["said"] = typed_amount(values["said"])
    if "documents" in values:
        values["documents"] = ", ".join(document_name(one) for one in values["documents"].split())
    if values.get("most", "").isdigit():
        values["most"] = money(int(values["most"]))
    if note.code == "no_such_value":
        values["value"] = typed_amount(values.get("value", ""))
    if note.code == "sources_differ":
        values["rule"] = LEAD_RULES.get(values.get("rule", ""), "")
    if note.code == "misspelt" and names:
        values["region"] = names.get(values["region"], values["region"])
    if note.code in _TAKEN:
        return _UNDERSTOOD.format(_TAKEN[note.code].format_map(_Blank(values)))
    return _SENTENCES[note.code].format_map(_Blank(values))


_UNDERSTOOD = "Hiểu là: {}."


def taken(note: Note) -> bool:
    """Whether a note tells a slot that was filled though nobody said it, or said it in another way."""
    return note.code in _TAKEN


def understood(found: Iterable[Note], names: Mapping[str, str] | None = None) -> str:
    """Several such notes as one sentence: "Hiểu là: thực hiện, tổng hai nguồn."."""
    order = [*_TAKEN]
    head, _, tail = _UNDERSTOOD.partition("{}")
    said = [sentence(note, names) for note in sorted(found, key=lambda note: order.index(note.code))]
    return head + ", ".join(one.removeprefix(head).removesuffix(tail) for one in said) + tail


def said(note: Note, text: str) -> bool:
    """Whether a text says itself what a caution would say."""
    return any(words in text for words in _SAID.get(note.code, ()))


_FORMS = {"money": lambda value: money(int(value)), "percent": lambda value: percent(float(value))}


def _shown(value: str) -> str:
    """A value as people read it: days, amounts and percents in their Vietnamese form, others as they are."""
    unit, _, bare = value.partition(":")
    return _FORMS[unit](bare) if unit in _FORMS else day(value)


class _Blank(dict[str, str]):
    def __missing__(self, key: str) -> str:
        return ""


def _no_figure(values: dict[str, str]) -> str:
    what = values.get("indicator") or "số liệu"
    what = what[0].lower() + what[1:]
    if values.get("measure") and what == "kinh phí khuyến công":
        what = f"{what} ({values['measure']})"
    parts = [what]
    if values.get("programme"):
        parts.append(f"nguồn {values['programme']}")
    if values.get("region"):
        parts.append(f"của {values['region']}")
    if values.get("period"):
        parts.append(values["period"])
    if values.get("part"):
        parts.append(f"riêng cho “{values['part']}”")
    return f"Tôi chưa có {' '.join(parts)}."
