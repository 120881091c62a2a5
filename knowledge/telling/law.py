"""The law behind an answer: one line that names the documents and their state, and the articles one by one."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from knowledge.records import Answer, Document, Entry
from knowledge.telling import formats

_DOCUMENT_NAMES = {
    "nd": "Nghị định", "tt": "Thông tư", "ttlt": "Thông tư liên tịch", "qd": "Quyết định", "ct": "Chỉ thị", "tb": "Thông báo",
    "ttr": "Tờ trình", "nq": "Nghị quyết", "kh": "Kế hoạch",
}  # fmt: skip

MOST_LISTED = 9
"""Documents that are told one by one, whatever they do to each other."""
MOST_NAMED = 2
"""Documents that the one line names; the others are counted."""

_SHORT = {
    "in_force": "còn hiệu lực",
    "amended": "còn hiệu lực, đã sửa đổi",
    "needs_check": "cần đối chiếu văn bản mới hơn",
    "draft": "dự thảo",
    "planned": "dự kiến",
    "proposed": "mới đề xuất",
    "unnumbered": "chưa rõ số",
}


def document_name(document_id: str) -> str:
    """`45-2012-nd-cp` → "Nghị định 45/2012/NĐ-CP"; a slug without a number comes back with blanks."""
    match = re.fullmatch(
        r"(\d+)-(?:((?:19|20)\d\d)-)?(nd|ttlt|tt|qd|ct|tb|ttr|nq|kh)-([a-z0-9-]+)", document_id
    )
    if not match:
        return document_id.replace("-", " ")
    sign = {"nd": "NĐ", "ttr": "TTr", "qd": "QĐ", "ttlt": "TTLT"}.get(match[3], match[3].upper())
    issuer = re.sub(r"^(ubnd|hdnd)-.*", r"\1", match[4]).upper()
    for plain, written in (("TTG", "TTg"), ("CTDP", "CTĐP"), ("HDND", "HĐND")):
        issuer = issuer.replace(plain, written)
    number = f"{match[1]}/{match[2]}" if match[2] else match[1]
    return f"{_DOCUMENT_NAMES[match[3]]} {number}/{sign}-{issuer}"


def basis_line(line: str) -> str:
    """`45-2012-nd-cp: Điều 4` → "Điều 4 Nghị định 45/2012/NĐ-CP"."""
    document, _, article = line.partition(":")
    return f"{article.strip()} {document_name(document.strip())}".strip()


def document_title(document: Document) -> str:
    """The kind and number of a document, or its title where it has no number."""
    return f"{document.kind} {document.number}".strip() if document.number else document.title


def _short(document: Document) -> str:
    if document.status == "superseded":
        since = f" từ {formats.day_after(document.in_force_to)}" if document.in_force_to else ""
        return f"hết hiệu lực{since}"
    return _SHORT.get(document.status, "")


def _rules(answer: Answer) -> tuple[str, ...]:
    """The lines of the basis of the leading level (and of a province's own), or of the leading entry."""
    if answer.levels:
        return tuple(f"{level.document}: {level.article}" for level in answer.levels)
    return answer.entries[0].basis if answer.entries else ()


def documents_line(answer: Answer) -> str:
    """ "Nghị định 45/2012/NĐ-CP (đã sửa đổi); …": what an answer rests on, and whether it stands."""
    known = {document.id: document for document in answer.cited}
    ids = list(dict.fromkeys(line.partition(":")[0].strip() for line in _rules(answer)))
    ids = list(dict.fromkeys((*ids[:1], *_bearing_on(ids, known), *ids)))
    shown = []
    for one in ids[:MOST_NAMED]:
        state = _short(known[one]) if one in known and not _warned(answer, known[one]) else ""
        name = document_title(known[one]) if one in known else document_name(one)
        shown.append(f"{name} ({state})" if state else name)
    if len(ids) > MOST_NAMED:
        shown.append(f"và {len(ids) - MOST_NAMED} văn bản khác")
    return "; ".join(shown)


def _bearing_on(ids: Sequence[str], known: Mapping[str, Document]) -> list[str]:
    """Of documents those that amend the first, or must be looked at too, the newest first."""
    rows = [known[one] for one in ids[1:] if one in known]
    rows = [row for row in rows if ids[0] in row.amends or row.status == "needs_check"]
    return [row.id for row in sorted(rows, key=lambda row: row.issued_on, reverse=True)]


_CHECKED = frozenset({"needs_check", "level_changed"})


def _warned(answer: Answer, document: Document) -> bool:
    """Whether a caution of the answer says already that a newer document must be looked at."""
    return document.status == "needs_check" and any(note.code in _CHECKED for note in answer.warnings)


def articles_line(answer: Answer) -> str:
    """The articles on which an answer rests; empty where none is known."""
    return "; ".join(basis_line(line) for line in _rules(answer) if line.partition(":")[2].strip())


def law_lines(answer: Answer) -> Iterator[str]:
    """Article by article: where it stands, since when, what amends it, and what is still to be checked; nothing where no
    law is known."""
    rows, documents = _rules(answer), _listed(answer)
    if rows or documents:
        yield "Căn cứ chi tiết:"
    yield from (f"• {basis_line(line)}" for line in rows if line.partition(":")[2].strip())
    for document in documents:
        amendments = [other for other in answer.cited if document.id in other.amends]
        facts = [
            f"ban hành {formats.day(document.issued_on)}" if document.issued_on else "",
            f"hiệu lực từ {formats.day(document.in_force_from)}" if document.in_force_from else "",
            _short(document),
            *(f"sửa bởi {document_title(other)}{_since(other)}" for other in amendments),
            *(f"thay bằng {document_name(other)}" for other in document.replaced_by),
        ]
        doubt = f" {document.note}" if document.status == "needs_check" and document.note else ""
        yield f"• {document_title(document)}: {'; '.join(fact for fact in facts if fact)}.{doubt}"


def _listed(answer: Answer) -> list[Document]:
    """The documents that are told one by one; of many those that only amend another stand beside that."""
    if len(answer.cited) <= MOST_LISTED:
        return list(answer.cited)
    lines = [line for entry in answer.entries for line in entry.basis]
    own = {line.partition(":")[0].strip() for line in lines} | {level.document for level in answer.levels}
    cited = {document.id for document in answer.cited}
    return [one for one in answer.cited if one.id in own or cited.isdisjoint(one.amends)]


def _since(document: Document) -> str:
    day = document.in_force_from or document.issued_on
    return f" ({'từ' if document.in_force_from else 'ban hành'} {formats.day(day)})" if day else ""


def validity(document: Document) -> str:
    """Whether a document stands and since when, as the end of a first line: "còn hiệu lực, đã sửa đổi, từ 5/7/2012"."""
    state = "chưa chắc còn nguyên hiệu lực" if document.status == "needs_check" else _short(document)
    stands = document.status in ("in_force", "amended", "needs_check") and document.in_force_from
    since = f", áp dụng từ {formats.day(document.in_force_from)}" if stands else ""
    return f"{state or 'chưa rõ hiệu lực'}{since}"


def changes(document: Document, cited: Sequence[Document], aspect: str = "") -> str:
    """What replaces or amends a document, and what it does to others, as one line; of one `aspect` only that."""
    amended = [f"{document_title(other)}{_since(other)}" for other in cited if document.id in other.amends]
    parts = {
        "Sửa bởi": amended[-MOST_CHANGES:],
        "Thay bằng": [document_name(one) for one in document.replaced_by if not any(document_name(one) in row for row in amended)],
        "Sửa đổi, bổ sung": [document_name(one) for one in document.amends],
        "Thay cho": [document_name(one) for one in document.replaces],
    }  # fmt: skip
    told = {head: named for head, named in parts.items() if named}
    kept = next(
        ({head: told[head]} for head in _CHANGED.get(aspect, ()) if head in told), {} if aspect else told
    )
    return "; ".join(f"{head}: {', '.join(named)}" for head, named in kept.items())


_CHANGED = {
    "amended": ("Sửa đổi, bổ sung", "Sửa bởi"),
    "amended_by": ("Sửa bởi",),
    "replaced": ("Thay cho", "Thay bằng"),
    "replaced_by": ("Thay bằng",),
}
"""What is told of an aspect: the first of these that is known."""
MOST_CHANGES = 3


_ASKING = re.compile(
    r"^Khuyến công (?:có )?hỗ trợ |^(?:Mua|Làm) (?=máy)| (?:nói chung )?(?:có (?:được|thuộc|nằm|phải)|thì (?:được|còn)) .*$| không\?$|\?$"
)


def fact_name(entry: Entry) -> str:
    """What an entry is about: its title without the question."""
    name = re.sub(r"^Bỏ (.+) rồi thì .*$", r"\1 cũ", entry.title)
    name = _ASKING.sub("", _ASKING.sub("", name)).strip(" ,")
    return name[:1].upper() + name[1:]
