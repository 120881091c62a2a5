"""What was asked of an event or a document, as the one line that comes first."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from knowledge.records import Answer, Document, Event
from knowledge.telling import formats
from knowledge.telling.figure_lines import lower_first
from knowledge.telling.law import changes, document_title, validity
from knowledge.telling.sentences import tables


def event_aspect(event: Event, aspect: str) -> str:
    """What was asked of an event, as one line; empty where the base does not hold it."""
    if aspect == "when":
        return _when(event)
    if aspect == "edition":
        return f"Lần thứ {formats.roman(int(event.edition))} ({event.edition})" if event.edition else ""
    if aspect not in _HELD:
        return ""
    held, missing = _held(event, aspect), _HELD[aspect].missing
    if held or aspect not in _OF_PEOPLE:
        return held or missing
    named = [told for one in _OF_PEOPLE if (told := _held(event, one))]
    named += [f"Dự: {one}" for one in event.participants if not one[:1].isdigit()]
    return f"{missing}; chỉ nêu {lower_first(named[0])}" if named else missing


def _held(event: Event, aspect: str) -> str:
    """One thing about an event, as one line; empty where its source does not tell it."""
    value = _HELD[aspect].value(event)
    return f"{_HELD[aspect].label}: {value}" if value else ""


def _when(event: Event) -> str:
    if event.date:
        return f"Ngày {event_days(event)}"
    return f"Năm {event.year}; nguồn không in ngày" if event.year else "Nguồn không in ngày"


@dataclass(frozen=True, slots=True)
class _Aspect:
    """One thing about an event: what it is called, how it is written, what is said where the source does not tell it."""

    label: str
    value: Callable[[Event], str]
    missing: str


_HELD = {
    "next_host": _Aspect("Nơi đăng cai tiếp theo", lambda event: event.next_host, "Nguồn không nêu nơi đăng cai tiếp theo"),
    "concluded": _Aspect("Kết luận", lambda event: event.concluded_by, "Nguồn không nêu người kết luận"),
    "closed": _Aspect("Bế mạc", lambda event: event.closed_by, "Nguồn không nêu người bế mạc"),
    "speakers": _Aspect("Phát biểu, tham luận", lambda event: "; ".join(event.speakers), "Nguồn không nêu người phát biểu, tham luận"),
    "chairs": _Aspect("Chủ trì", lambda event: ", ".join(event.chairs), "Nguồn không nêu người chủ trì"),
    "participants": _Aspect("Tham dự", lambda event: "; ".join(event.participants), "Nguồn không nêu thành phần dự"),
    "where": _Aspect("Nơi họp", lambda event: event.place or event.host, "Nguồn không in nơi họp"),
    "organisers": _Aspect("Tổ chức", lambda event: ", ".join(event.organisers), "Nguồn không nêu đơn vị tổ chức"),
}  # fmt: skip
_OF_PEOPLE = ("chairs", "concluded", "closed", "speakers")
"""What somebody did; where the source names nobody for one of them, whom it names for another is told."""


def event_days(event: Event) -> str:
    """The day of an event, or its first and last one."""
    return formats.days(event.date, event.until)


def day_and_place(event: Event) -> str:
    """ "16/5/2024, tại Hà Nội"; empty where neither is known."""
    when = event_days(event) if event.date else f"Năm {event.year}" if event.year else ""
    where = event.place or event.host
    return ", ".join(part for part in (when, f"tại {where}" if where and when else where) if part)


def when_where(event: Event, fact: str) -> str:
    """The day and the place behind an event's name, as far as its fact does not tell them."""
    parts = [event_days(event) if event.date else "", event.place or event.host]
    return "".join(f", {part}" for part in parts if part and part not in fact)


def document_leads(answer: Answer, shown: str = "") -> list[str]:
    """What was asked of documents, a line each; what the text `shown` says already is left out."""
    rows = {row.id: row for row in (*answer.cited, *answer.documents)}
    found = []
    for note in answer.leads:
        document = rows[note.values["document"]]
        line, told = _document_lead(document, note.code, answer.cited)
        if not any(one in shown for one in told):
            found.append(line or f"{_UNKNOWN[note.code]} {document_title(document)}.")
    return list(dict.fromkeys(found))


_UNKNOWN: dict[str, str] = tables("answers")["unknown"]


def _document_lead(document: Document, aspect: str, cited: Sequence[Document]) -> tuple[str, list[str]]:
    """What was asked of a document, as one line (empty where the base does not hold it), and the words by which another
    text tells it too."""
    day = {"issued": document.issued_on, "since": document.in_force_from}.get(aspect, "")
    if day:
        return f"{_DAYS[aspect]} {formats.day(day)}", [formats.day(day)]
    if aspect == "expired" and document.in_force_to:
        end = formats.day_after(document.in_force_to)
        return f"Hết hiệu lực từ {end}", [end]
    if aspect == "issuer" and document.issuer:
        return f"{document.issuer} ban hành", [document.issuer]
    if aspect == "validity" or (aspect == "expired" and document.note):
        state = validity(document)
        return ". ".join(filter(None, (state[:1].upper() + state[1:], document.note))), [state]
    if aspect == "signer":
        signed = next((one for one in document.note.split(". ") if _SIGNED in one), "")
        issued = f"{document.issuer} ban hành. Tôi không có tên người ký" if document.issuer else ""
        return signed or issued, [_SIGNED]
    if aspect == "clauses":
        return "", [_CLAUSES]
    changed = changes(document, cited, aspect)
    return changed, [word.strip(",;") for word in changed.split() if "/" in word and word[0].isdigit()]


_DAYS = {"issued": "Ban hành ngày", "since": "Hiệu lực từ"}
_SIGNED, _CLAUSES = "gười ký", " khoản"
