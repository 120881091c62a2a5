"""Which version of a rule applied on a day, and what a rule cites that came only later."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import date

from knowledge.records import Document, Entry, SupportLevel


def applied(entry: Entry, day: date) -> bool:
    """Whether an entry's rule was in force on `day`, as far as its dates say."""
    stamp = day.isoformat()
    return (not entry.valid_from or entry.valid_from <= stamp) and (
        not entry.valid_to or stamp <= entry.valid_to
    )


class Versions:
    """The chains of entries that replaced each other."""

    def __init__(self, entries: Mapping[str, Entry]) -> None:
        self._entries = entries
        later: defaultdict[str, list[str]] = defaultdict(list)
        for entry in entries.values():
            for before in entry.replaces:
                later[before].append(entry.id)
        self._later = dict(later)

    def changed(self, entry: Entry) -> bool:
        """Whether an earlier or a later version of an entry's rule is known."""
        return bool(entry.replaces) or entry.id in self._later

    def on(self, entry: Entry, day: date) -> Entry:
        """The version of an entry's rule that applied on `day`; the entry itself where none is known, or several are."""
        if applied(entry, day):
            return entry
        back = bool(entry.valid_from) and day.isoformat() < entry.valid_from
        seen: set[str] = set()
        level = [entry.id]
        while level:
            seen.update(level)
            steps = (self._entries[one].replaces if back else self._later.get(one, ()) for one in level)
            level = [one for step in steps for one in step if one not in seen]
            found = [self._entries[one] for one in dict.fromkeys(level) if applied(self._entries[one], day)]
            if found:
                return found[0] if back or len(found) == 1 else entry
        return entry


def later_documents(documents: Mapping[str, Document], entry: Entry, day: date) -> tuple[Document, ...]:
    """The documents on which an entry rests that did not apply yet on `day` (or were not issued yet, where that is all
    that is known of them)."""
    rows = cited(documents, entry.basis)
    return tuple(row for row in rows if (row.in_force_from or row.issued_on) > day.isoformat())


def cited(documents: Mapping[str, Document], basis: Iterable[str]) -> tuple[Document, ...]:
    """The documents that the lines of a basis name, each once, in their order."""
    ids = dict.fromkeys(line.partition(":")[0].strip() for line in basis)
    return tuple(documents[one] for one in ids if one in documents)


def law_of(documents: Mapping[str, Document], levels: Iterable[SupportLevel]) -> tuple[Document, ...]:
    """The documents that set these levels, and those that amend them."""
    return with_amendments(documents, cited(documents, (level.document for level in levels)))


def with_amendments(documents: Mapping[str, Document], found: Iterable[Document]) -> tuple[Document, ...]:
    """Documents, followed by those that amend one of them."""
    rows = tuple(found)
    ids = {row.id for row in rows}
    return rows + tuple(
        row
        for row in documents.values()
        if row.amends and row.id not in ids and not ids.isdisjoint(row.amends) and row.status != "draft"
    )
