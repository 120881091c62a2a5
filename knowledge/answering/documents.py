"""Questions that name a document by its number."""

from __future__ import annotations

import re
from datetime import date

from knowledge.answering.entries import EntryAnswers
from knowledge.answering.library import Library
from knowledge.answering.wording import FORMER
from knowledge.dialogue import Context
from knowledge.finding.answer import (
    document_answer,
    sources_for,
)
from knowledge.finding.entries import STOP, Match
from knowledge.finding.versions import applied
from knowledge.reading import slots
from knowledge.reading.question import Question
from knowledge.records import Answer, Choice, Document, Entry, Note
from knowledge.text import fold, words
from knowledge.thresholds import THRESHOLDS

_DOCUMENT_WORDS = frozenset(
    [
        "nghi",
        "dinh",
        "thong",
        "tu",
        "quyet",
        "chi",
        "thi",
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
        "hanh",
        "khi",
        "nao",
        "ai",
        "hieu",
        "luc",
        "den",
        "con",
        "het",
        "sua",
        "doi",
        "bo",
        "sung",
        "thay",
        "the",
        "bi",
        "chua",
        "cua",
        "chinh",
        "phu",
        "cong",
        "thuong",
        "tai",
        "thu",
        "tuong",
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
        "pham",
        "vi",
        "linh",
        "vuc",
        "khuyen",
        "gio",
        "huong",
        "dan",
    ]
)


_SIGNED = re.compile(r"\b(?:ai|nguoi nao|ong nao) (?:da )?ky\b|\bnguoi ky\b|\bky boi\b")
_OF_IT = "(?: (?:nao|gi|da|duoc|dung de|so may|bo cong thuong|bo tai chinh|chinh phu))"
_DID = re.compile(
    rf"\b(?P<kind>to trinh|nghi dinh|thong tu lien tich|thong tu|quyet dinh|thong bao|chi thi|nghi quyet){_OF_IT}*(?: cua(?: [a-z]+){{1,5}}?{_OF_IT}*)? "
    r"(?P<did>sua(?: doi)?(?:,? bo sung)?|bo sung|thay the|thay|bai bo|trinh(?: sua(?: doi)?)?|de nghi sua|xin sua|huong dan|quy dinh chi tiet|chi tiet hoa)(?: thi hanh| cho| dieu chinh| ban hanh)? *$"
)
"""A document asked for by its kind and what it did to the one that is named."""
_APART = re.compile(r"\b(?:khac|so sanh|so voi|phan biet)\b")
"""Two documents are held against each other: both cards."""
_VALID = re.compile(r"\bcon (?:[a-z]+ ){0,2}?(?:hieu luc|ap dung|dung|gia tri)\b|\bhet hieu luc\b")
_PARTS = re.compile(r"\b(?:may|bao nhieu) (?:chuong|dieu|khoan|trang|muc|phu luc)\b")
_ARTICLE = re.compile(r"\bdieu \d+\b")
_ARTICLE_WORDS = (
    _DOCUMENT_WORDS
    | STOP
    | {"45", "2012", "nd", "cp", "nghi", "dinh", "danh", "muc", "nhung", "hoat", "dong"}
)
_SAME_RULE = 0.15
"""An entry in force that fits within this much is told before one that has ended."""


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
        doers = self._doers(question, ref, ids)
        if doers:
            return document_answer(self._library.base, doers[:3], today), Context(
                route="document", ids=tuple(d.id for d in doers[:3])
            )
        if question.yes_no and _VALID.search(question.clean) and len(question.documents) == 1:
            told = self._on_validity(ids, question)
            if told is not None:
                return self._tell_entry(told, question, today)
        if question.yes_no and (said := self._said(question)):
            return self._tell_entry(said, question, today)
        article = _ARTICLE.search(question.clean)
        if article and (entry := self._on_article(article.group(), ids, question)):
            return self._tell_entry(entry, question, today)
        extra = [
            word
            for word in question.clean.split()
            if word.isalpha() and word not in _DOCUMENT_WORDS and word not in STOP
        ]
        apart = len(question.documents) > 1 and _APART.search(question.clean)
        if apart or _PARTS.search(question.clean):
            extra = []
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
            whole = self._library.entries.search(question.clean, within=citing)
            if whole and (not matches or whole[0].score >= max(matches[0].score, THRESHOLDS.document_title)):
                matches = whole
            matches = self._in_force_first(matches, question, today)
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
        if _SIGNED.search(question.clean) and not any("ký" in one.note for one in shown):
            notes = (*notes, Note("signer_unknown"))
        shown_last = Context(route="document", ids=tuple(d.id for d in shown[:3]))
        return document_answer(self._library.base, shown[:3], today, notes), shown_last

    def _said(self, question: Question) -> Entry | None:
        """The entry of which the question is nearly a stored one, word for word."""
        least = THRESHOLDS.sure if len(question.documents) > 1 else THRESHOLDS.nearly_exact
        best = self._library.entries.search(question.clean, limit=1)
        return self._library.base.entries[best[0].id] if best and best[0].score >= least else None

    def _doers(self, question: Question, ref: slots.DocumentRef, ids: set[str]) -> list[Document]:
        """The documents of the kind that is asked which amended, replaced, detailed or submitted the one that is named."""
        did = _DID.search(question.clean[: question.clean.find(ref.typed)].strip())
        if did is None or "du thao" in question.clean:
            return []
        what = did["did"]
        submits = did["kind"] == "to trinh"
        number = f"{ref.number}/"
        return [
            document
            for document in self._library.base.documents.values()
            if fold(document.kind) == did["kind"]
            and document.id not in ids
            and document.status != "draft"
            and (
                (submits and number in document.title)
                or ("thay" in what and ids & set(document.replaces))
                or ("thay" not in what and not submits and ids & set(document.amends))
                or (
                    what in ("huong dan", "quy dinh chi tiet")
                    and number in f"{document.title} {document.basis}"
                )
            )
        ]

    def _on_article(self, article: str, ids: set[str], question: Question) -> Entry | None:
        """The entry in force that tells what an article of the document says, if one is asked for just that."""
        asking = re.compile(rf"\b{article}\b")
        said = asking.sub(" ", question.clean.replace(question.documents[0].typed, " "))
        rest = {word for word in words(said) if word.isalpha()}
        if not rest <= _DOCUMENT_WORDS | STOP:
            return None
        base = self._library.base
        for entry in base.entries.values():
            if entry.valid_to or not any(line.split(":")[0] in ids for line in entry.basis):
                continue
            if any(
                asking.search(key) and set(words(asking.sub(" ", key))) <= _ARTICLE_WORDS
                for key in base.folded[entry.id].keys
            ):
                return entry
        return None

    def _on_validity(self, ids: set[str], question: Question) -> Entry | None:
        """The entry that says yes or no to whether the document still applies."""
        base, number = self._library.base, f"{question.documents[0].number}/"
        within = frozenset(
            entry.id
            for entry in base.entries.values()
            if "hieu_luc_van_ban" in entry.topics and entry.stance and number in entry.title
            and any(line.split(":")[0] in ids for line in entry.basis)
        )  # fmt: skip
        found = self._library.entries.search(question.clean, limit=1, within=within)
        return base.entries[found[0].id] if found and found[0].score >= THRESHOLDS.document_entry else None

    def _in_force_first(self, matches: list[Match], question: Question, today: date) -> list[Match]:
        """Rules that apply today before those that have ended, unless an earlier time is asked for."""
        if not matches or question.periods.found or FORMER.search(question.clean):
            return matches
        entries = self._library.base.entries
        near = [
            match
            for match in matches
            if match.score >= matches[0].score - _SAME_RULE and applied(entries[match.id], today)
        ]
        return near or matches
