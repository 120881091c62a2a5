"""What was asked of an event or a document, as the one line that comes first."""

from __future__ import annotations

from knowledge.records import Document, Event
from knowledge.telling import formats
from knowledge.telling.law import document_name


def event_aspect(event: Event, aspect: str) -> str:
    """What was asked of an event, as one line; empty where the base does not hold it."""
    values = {
        "next_host": f"Nơi đăng cai tiếp theo: {event.next_host}" if event.next_host else "Nguồn không nêu nơi đăng cai tiếp theo",
        "concluded": f"Kết luận: {event.concluded_by}" if event.concluded_by else "Nguồn không nêu người kết luận",
        "closed": f"Bế mạc: {event.closed_by}" if event.closed_by else "Nguồn không nêu người bế mạc",
        "speakers": f"Phát biểu, tham luận: {'; '.join(event.speakers)}" if event.speakers else "Nguồn không nêu người phát biểu, tham luận",
        "chairs": f"Chủ trì: {', '.join(event.chairs)}" if event.chairs else "Nguồn không nêu người chủ trì",
        "participants": f"Tham dự: {'; '.join(event.participants)}" if event.participants else "Nguồn không nêu thành phần dự",
        "edition": f"Lần thứ {formats.roman(int(event.edition))} ({event.edition})" if event.edition else "",
        "when": f"Ngày {formats.day(event.date)}" if event.date else (f"Năm {event.year}; nguồn không in ngày" if event.year else "Nguồn không in ngày"),
        "where": f"Nơi họp: {event.place or event.host}" if event.place or event.host else "Nguồn không in nơi họp",
        "organisers": f"Tổ chức: {', '.join(event.organisers)}" if event.organisers else "Nguồn không nêu đơn vị tổ chức",
    }  # fmt: skip
    return values.get(aspect, "")


def day_and_place(event: Event) -> str:
    """ "16/5/2024, tại Hà Nội"; empty where neither is known."""
    when = formats.day(event.date) if event.date else f"Năm {event.year}" if event.year else ""
    where = event.place or event.host
    return ", ".join(part for part in (when, f"tại {where}" if where and when else where) if part)


def when_where(event: Event, fact: str) -> str:
    """The day and the place behind an event's name, as far as its fact does not tell them."""
    parts = [formats.day(event.date) if event.date else "", event.place or event.host]
    return "".join(f", {part}" for part in parts if part and part not in fact)


def document_aspect(document: Document, aspect: str) -> str:
    """What was asked of a document, as one line; empty where the base does not hold it."""
    issued = f", ngày {formats.day(document.issued_on)}" if document.issued_on else ""
    since = f"Hiệu lực từ {formats.day(document.in_force_from)}" if document.in_force_from else ""
    by = ", ".join(map(document_name, document.replaced_by))
    of = ", ".join(map(document_name, document.replaces))
    by_others = [f"Được sửa hoặc thay bởi: {by}"] * bool(by)
    replaced = [f"Thay thế: {of}"] * bool(of) + by_others
    lines = {
        "issuer": f"{document.issuer} ban hành{issued}" if document.issuer else "",
        "issued": f"Ban hành{issued}" if issued else "",
        "since": since,
        "replaced": "; ".join(replaced),
        "amended": "; ".join(by_others),
    }
    return lines.get(aspect, "")
