"""What the base itself says: its names, its sentences, and the phrases of its lexicon."""

from __future__ import annotations

from collections.abc import Iterator

from knowledge.base import KnowledgeBase
from knowledge.language.lexicon import FOREIGN, SPELLING, Trie

DISTRICT = "huyện "
"""What other names of a province begin with that are names of a part of it, said without this word too."""
SAID, NAMED, ALSO_NAMED = 3, 30, 10
"""How often a phrase, the name of a place and another name for it count among the sentences of the base: each is asked for, few are in them."""
_SENTENCE_ENDS = str.maketrans(dict.fromkeys(".;:!?", "\n"))


def names_of(base: KnowledgeBase, *, of_report: bool) -> Trie:
    """The names that the base itself gives: regions, documents, events, indicators, levels and entries' aliases; in a
    report only those of regions, as the others say nothing of its figures."""
    trie = Trie()
    for region in base.regions.values():
        trie.add(region.name, "region", region.id, "own name")
        for name in region.aliases:
            trie.add(name.removeprefix(DISTRICT), "region", region.id, "name")
            if name.startswith(DISTRICT):
                trie.add(name.removeprefix(DISTRICT), "unit_name", "district", "name")
    if of_report:
        return trie
    for document in base.documents.values():
        for name in document.aliases:
            trie.add(name, "document_name", document.id, "name")
    for event in base.events.values():
        for name in (event.name, *event.aliases):
            trie.add(name, "event_name", event.id, "name")
    for entry in base.entries.values():
        for name in entry.aliases:
            trie.add(name, "entry_name", entry.id, "name")
    said = {rule.level: rule.value for rule in base.rules if rule.slot == "activity" and not rule.beside}
    for level in base.levels.values():
        for name in level.aliases:
            trie.add(name, "activity", said.get(level.activity, level.activity), "name")
    return trie


def sentences_of(base: KnowledgeBase) -> Iterator[str]:
    """The sentences of the entries."""
    for entry in base.entries.values():
        yield from (*entry.questions, *f"{entry.body}\n{entry.detail}".translate(_SENTENCE_ENDS).split("\n"))


def phrases_of(base: KnowledgeBase) -> Iterator[str]:
    """The names and phrases of the base, as often as they count among its sentences."""
    yield from [row.phrase for row in base.lexicon if row.slot not in (SPELLING, FOREIGN)] * SAID
    yield from (row.phrase for row in base.lexicon if row.slot == SPELLING and row.phrase.isalpha())
    for entry in base.entries.values():
        yield entry.title
    for document in base.documents.values():
        yield from (document.title, document.about)
    for region in base.regions.values():
        yield from (*(region.name,) * NAMED, *region.aliases * ALSO_NAMED)
