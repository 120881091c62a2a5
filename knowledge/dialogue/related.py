"""What is asked of a document beside the one that was told: the one that amended or replaced it, or that it did so to."""

from __future__ import annotations

from knowledge.base import KnowledgeBase
from knowledge.dialogue.about import ids_of
from knowledge.dialogue.state import Context
from knowledge.language.spans import Reading
from knowledge.records import Document

RELATIONS = ("amended", "replaced")
_OF_DOCUMENTS = frozenset({"document", "policy", "support"})
_ASKED = ("issued", "issuer", "since", "validity", "content")


class Related:
    """Finds the document that stands in a relation to the one told, in one base."""

    def __init__(self, base: KnowledgeBase) -> None:
        self._base = base

    def document(self, reading: Reading, context: Context) -> str:
        """The kind and number of the one document that is meant; empty where none is, or several are."""
        told = ids_of(context.told, "d")
        asks = reading.has("asks", "when", "who") or reading.has("aspect", *_ASKED)
        if not told or not asks or context.frame not in _OF_DOCUMENTS or reading.has("document"):
            return ""
        relation = next((one for one in RELATIONS if reading.has("aspect", one)), "")
        found = self._beside(told[0], relation) if relation else []
        return f"{found[0].kind} {found[0].number}" if len(found) == 1 else ""

    def _beside(self, id_: str, relation: str) -> list[Document]:
        """The documents that did this to a document; where none did, those to which it did so."""
        documents, own = self._base.documents, self._base.documents[id_]
        if relation == "amended":
            by = [row for row in documents.values() if id_ in row.amends]
            to = own.amends
        else:
            by = [documents[one] for one in own.replaced_by if one in documents]
            to = own.replaces
        return by or [documents[one] for one in to if one in documents]
