"""Questions that name a document by its number."""

from __future__ import annotations

import re
from datetime import date

from knowledge.answering.entries import EntryAnswers
from knowledge.answering.library import Library
from knowledge.dialogue import Context
from knowledge.finding.answer import (
    document_answer,
    sources_for,
)
from knowledge.finding.entries import STOP
from knowledge.reading import slots
from knowledge.reading.question import Question
from knowledge.records import Answer, Choice, Note
from knowledge.thresholds import THRESHOLDS

_DOCUMENT_WORDS = frozenset(
    [
        "nghi",
        "dinh",
        "thong",
        "tu",
        "quyet",
        "dinh",
        "chi",
        "thi",
        "thong",
        "bao",
        "to",
        "trinh",
        "van",
        "ban",
        "so",
        "nam",
        "ve",
        "noi",
        "dung",
        "quy",
        "gi",
        "la",
        "ngay",
        "ban",
        "hanh",
        "khi",
        "nao",
        "ai",
        "hieu",
        "luc",
        "tu",
        "den",
        "con",
        "het",
        "sua",
        "doi",
        "bo",
        "sung",
        "thay",
        "the",
        "nao",
        "bi",
        "chua",
        "cua",
        "chinh",
        "phu",
        "bo",
        "cong",
        "thuong",
        "tai",
        "chinh",
        "thu",
        "tuong",
        "trinh",
        "ky",
        "lien",
        "tich",
        "xem",
        "tom",
        "tat",
        "cho",
        "hoi",
        "biet",
        "cai",
        "dieu",
        "chinh",
        "pham",
        "vi",
        "linh",
        "vuc",
        "khuyen",
        "cong",
        "den",
        "bao",
        "gio",
    ]
)


def _document_name(ref: slots.DocumentRef) -> str:
    kinds = {
        "nd": "Nghị định", "tt": "Thông tư", "ttlt": "Thông tư liên tịch", "qd": "Quyết định", "ct": "Chỉ thị", "tb": "Thông báo",
        "ttr": "Tờ trình", "nq": "Nghị quyết",
    }  # fmt: skip
    number = f"{ref.number}/{ref.year}" if ref.year else str(ref.number)
    return f"{kinds.get(ref.kind, 'văn bản')} số {number}"


class DocumentAnswers:
    """Documents of one library, by number."""

    def __init__(self, library: Library, entries: EntryAnswers) -> None:
        self._library = library
        self._tell_entry = entries.tell

    def continued(self, question: Question, context: Context, today: date) -> tuple[Answer, Context] | None:
        """A short message that asks on about the document just shown."""
        if (
            context.route != "document"
            or not context.ids
            or len(question.clean.split()) > 10
            or question.money
        ):
            return None
        document = self._library.base.documents.get(context.ids[0])
        said = [word for word in question.clean.rstrip("?").split() if word not in STOP]
        if document is not None and said and all(word in _DOCUMENT_WORDS for word in said):
            return document_answer(self._library.base, (document,), today), context
        return None

    def answer(self, question: Question, today: date) -> tuple[Answer, Context]:
        """The document, an entry that cites it where more was asked, or what has nearly that number."""
        ref = question.documents[0]
        found = self._library.documents.find(ref.number, ref.year, ref.kind)
        if not found.exact:
            near = found.near[:3]
            answer = Answer(
                status="no_answer",
                kind="document",
                as_of=today,
                documents=near,
                gaps=(Note("no_document", {"typed": _document_name(ref)}),),
                choices=tuple(
                    Choice(f"{d.kind} {d.number}", f"{d.kind} {d.number} quy định gì") for d in near
                ),
                sources=sources_for(self._library.base, [s for d in near for s in d.sources]),
            )
            return answer, Context(route="document", ids=tuple(d.id for d in near))
        ids = {document.id for document in found.exact}
        extra = [
            word
            for word in question.clean.split()
            if word.isalpha() and word not in _DOCUMENT_WORDS and word not in STOP
        ]
        if extra and not (question.when and len(extra) <= 2):
            citing = frozenset(
                entry.id
                for entry in self._library.base.entries.values()
                if any(line.split(":")[0] in ids for line in entry.basis)
            )
            about = question.clean
            for one in question.documents:
                about = about.replace(one.typed, " ")
            matches = self._library.entries.search(about, within=citing)
            if matches and matches[0].score >= THRESHOLDS.document_entry and matches[0].coverage >= 0.5:
                return self._tell_entry(self._library.base.entries[matches[0].id], question, today)
        shown = list(found.exact)
        for other in question.documents[1:]:
            shown += [
                d
                for d in self._library.documents.find(other.number, other.year, other.kind).exact
                if d not in shown
            ]
        drafts = (
            [d for d in self._library.base.documents.values() if d.status == "draft"]
            if re.search(r"\bdu thao\b", question.clean)
            else []
        )
        if drafts:
            shown = [*drafts, *shown]
        notes: tuple[Note, ...] = ()
        if len(found.exact) > 1:
            notes = (Note("several_documents"),)
        elif not ref.year and found.near:
            notes = (Note("assumed_document", {"number": found.exact[0].number}),)
        answer = document_answer(self._library.base, shown[:3], today, notes)
        return answer, Context(route="document", ids=tuple(d.id for d in shown[:3]))
