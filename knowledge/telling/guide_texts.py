"""Every sentence of the guided eligibility check, and its replies as Telegram HTML or plain text."""

from __future__ import annotations

import re
from datetime import date
from typing import Any

from knowledge.guide import GuideStep, Reason, Reply, Verdict
from knowledge.records import Answer, Note
from knowledge.telling import notes
from knowledge.telling.law import document_name
from knowledge.telling.render import _environment, payload
from knowledge.telling.sentences import Sentences, safe, unmarked

_GUIDE = Sentences("guide").by_code
AMENDMENT = "235-2025-nd-cp"
"""Amends the decree that the other rules are in, so it is named once, below."""
_TOPICS = ("establishment", "place", "trade", "work")
_COMMANDS = Sentences("guide", "commands").by_code


def guide_text(code: str) -> str:
    """A fixed text, plain. Raises KeyError for an unknown code."""
    return _GUIDE.get(code) or _COMMANDS[code]


def _sentence(note: Note, names: dict[str, str] | None = None) -> str:
    text = _GUIDE.get(note.code)
    return text.format_map(note.values) if text else notes.sentence(note, names)


def _reason(reason: Reason) -> str:
    own = "" if reason.outcome == "yes" else _GUIDE.get(reason.entry, "")
    special = reason.code != f"{reason.topic}_{reason.outcome}"
    return _GUIDE[reason.code].format(what=reason.what) if special or not own else own


def _cited(reason: Reason) -> list[str]:
    """The rules told beside a reason: the first two that are not the amending decree, which `_documents` names."""
    own = [line for line in reason.basis if not line.startswith(AMENDMENT)]
    return (own or list(reason.basis))[:2]


def _rules(reason: Reason) -> str:
    """The rule of a reason in short: "điểm a khoản 2 Điều 1 NĐ 45/2012"."""
    told = []
    for line in _cited(reason):
        document, _, article = line.partition(":")
        short = re.sub(r"/[^/ ]+$", "", document_name(document.strip()))
        short = short.replace("Nghị định", "NĐ").replace("Thông tư", "TT").replace("Quyết định", "QĐ")
        told.append(f"{article.strip()} {short}".strip())
    return "; ".join(told)


def _documents(verdict: Verdict) -> str:
    """Every document that is cited or amends a cited one, by its full name, each once."""
    lines = [line for reason in verdict.reasons for line in (*_cited(reason), *reason.basis[1:2])]
    ids = [line.partition(":")[0].strip() for line in lines]
    if verdict.level is not None and verdict.amount:
        ids.append(verdict.level.document)
    return ", ".join(dict.fromkeys(document_name(one) for one in ids))


def _head(verdict: Verdict) -> str:
    worst = [reason.topic for reason in verdict.reasons if reason.outcome == verdict.outcome]
    topics = ", ".join(_GUIDE[f"topic_{topic}"] for topic in _TOPICS if topic in worst)
    return _GUIDE[f"verdict_{verdict.outcome}"].format(topics=topics)


def guide_html(reply: Reply, names: dict[str, str] | None = None) -> str:
    """What a person reads, as Telegram HTML of at most 1,200 visible characters. `names`: regions by id."""
    if isinstance(reply, Note):
        return safe(_sentence(reply, names))
    told = {
        "sentence": lambda note: _sentence(note, names),
        "reason": _reason,
        "rules": _rules,
        "documents": _documents,
        "head": _head,
        "text": guide_text,
    }
    if isinstance(reply, Verdict):
        text = _environment().get_template("guide_verdict.html").render(verdict=reply, **told)
    else:
        text = _environment().get_template("guide_step.html").render(step=reply, **told)
    return re.sub(r"\n{2,}", "\n", text).strip()


def guide_plain(reply: Reply, names: dict[str, str] | None = None) -> str:
    """The same as plain text."""
    return unmarked(guide_html(reply, names))


def guide_payload(reply: Reply, names: dict[str, str], today: date) -> dict[str, Any]:
    """A reply of the guide with the keys of a batch line."""
    step = isinstance(reply, GuideStep)
    answer = Answer("asked_back" if step else "answered", "choice" if step else "support", today)
    choices = [option.label for option in reply.options] if isinstance(reply, GuideStep) else []
    return {**payload(answer), "text": guide_plain(reply, names), "choices": choices}
