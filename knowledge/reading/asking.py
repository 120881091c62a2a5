"""How a message asks: the flags of a `Question`, from the spans that were read and the phrases that they hold."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import pairwise

from knowledge.base import KnowledgeBase
from knowledge.language.lexicon import marked_words
from knowledge.language.spans import Reading, Span
from knowledge.text import fold

_FLAGS: Mapping[str, tuple[str, tuple[str, ...]]] = {
    "money": ("head", ("funding",)),
    "amount": ("asks", ("how_much", "how_many")),
    "compare": ("operator", ("compare", "difference", "up", "down", "times")),
    "check": ("asks", ("check",)),
    "yes_no": ("asks", ("yes_no",)),
    "rank": ("operator", ("rank", "rank_high", "rank_low")),
    "series": ("operator", ("trend",)),
    "listing": ("operator", ("all",)),
    "who": ("asks", ("who",)),
    "where": ("asks", ("where", "which_province")),
    "when": ("asks", ("when", "which_year")),
    "why": ("asks", ("why",)),
    "own_topic": ("topic", ("own",)),
    "follow_up": ("joint", ("follow",)),
    "corrected": ("talk", ("correct",)),
    "pronoun": ("reference", ("pronoun",)),
}
"""Flag → the slot and the values of which one was said."""
_RANKED = {"region": "which_region", "province": "which_province", "year": "which_year"}
"""What can be ranked → what is asked then."""
_PLACES = ("region", "province")
_HELD = frozenset({"part", "kind", "round", *(slot for slot, _ in _FLAGS.values())})
"""Slots of what a longer phrase says besides."""
_ROUNDS = ("1", "2", "3")
_PARTS = frozenset({"activity", "fact", "function", "kind", "neighbour", "unknown"})
"""Slots of the words that can say for whom or what money is."""
_LEAST_MEANT, _MOST_MEANT = 2, 3
"""Words that say for whom or what money is."""


_KINDS = ("household", "cooperative", "craft_village", "small")
"""Kinds of workshops, which the rules speak of and reports do not count."""


class Asking:
    """Tells how messages ask, with the lexicon of one base.

    A phrase that holds a shorter one with its marks says that too: who asks what "is carried out" asks how much.
    """

    def __init__(self, base: KnowledgeBase) -> None:
        phrases = [(marked_words(row.phrase), row.slot, row.value) for row in base.lexicon]
        senses: dict[tuple[str, ...], set[tuple[str, str]]] = {}
        for said, slot, value in phrases:
            if slot in _HELD and (len(said) > 1 or slot == "topic"):  # other lone words are too many things
                senses.setdefault(said, set()).add((slot, value))
        named = (("entry_name", base.entries), ("event_name", base.events), ("document_name", base.documents))
        names = (
            (marked_words(name), slot, "")
            for slot, records in named
            for record in records.values()
            for name in record.aliases
        )
        self._held: dict[tuple[str, str], dict[tuple[str, str], str]] = {}
        for said, slot, _ in (*phrases, *names):
            for part in _parts(said):
                for sense in senses.get(part, ()):
                    held = self._held.setdefault((slot, fold(" ".join(said))), {})
                    held.setdefault(sense, fold(" ".join(part)))

    def flags(self, reading: Reading) -> dict[str, bool]:
        """The flags of a question that its words alone decide."""
        told = {name: self.says(reading, slot, *values) for name, (slot, values) in _FLAGS.items()}
        told["money"] |= any(span.value.startswith("money:") for span in reading.of("amount"))
        told["listing"] |= any(
            one.means("operator", "table") and one.means("asks", "how_much") and two.slot == "region"
            for one, two in pairwise(reading.spans)
        )
        told["series"] |= any(
            one.means("operator", "each") and two.slot == "period" for one, two in pairwise(reading.spans)
        )
        told["series"] |= told["money"] and not told["rank"] and _in_which_years(reading)
        told["rank"] |= reading.has("function", "most") and self.asks_which(reading) != ""
        tagged = bool(reading.spans) and reading.spans[-1].means("function", "tag")
        told["check"] |= tagged and not reading.has("asks")
        told["either"] = any(
            one.means("function", "either") and two.slot in ("amount", "number")
            for one, two in pairwise(reading.spans)
        )
        return told

    def says(self, reading: Reading, slot: str, *values: str) -> bool:
        """Whether one of these values of a slot was said, also within a longer phrase."""
        return reading.has(slot, *values) or any(
            (slot, value) in self._held.get((span.slot, span.text), {})
            for span in reading.spans
            if span.scope != "excluded"
            for value in values
        )

    def round(self, reading: Reading) -> str:
        """The number of the allocation round that was named; empty where none was."""
        return next((one for one in _ROUNDS if self.says(reading, "round", one)), "")

    def part(self, reading: Reading) -> str:
        """The words that ask for a part of a figure or for its mean; empty where none do."""
        for number, span in enumerate(reading.spans):
            if span.scope == "excluded" or self._said(span, "operator", "trend"):
                continue
            if held := self._said(span, "part", "of_figure"):
                return held
            if span.means("function", "for") and (meant := _meant(reading, number)):
                return meant
        return ""

    def asks_which(self, reading: Reading) -> str:
        """Which of what is asked for: `region`, `province`, `year`; empty where none is."""
        return next((name for name, value in _RANKED.items() if self.says(reading, "asks", value)), "")

    def _said(self, span: Span, slot: str, value: str) -> str:
        """The words of a span that say this; empty where it does not."""
        return (
            span.text
            if span.means(slot, value)
            else self._held.get((span.slot, span.text), {}).get((slot, value), "")
        )


def _in_which_years(reading: Reading) -> bool:
    """Whether the years are asked, and none is named, nor a sum or anything that is done with the numbers."""
    return reading.has("asks", "which_year") and not any(map(reading.has, ("amount", "period", "operator")))


def _meant(reading: Reading, number: int) -> str:
    """For whom or what something is said to be, behind the word for "for"; empty for those to whom it is told."""
    said: list[str] = []
    for span in reading.spans[number + 1 :]:
        if (
            span.slot not in _PARTS
            or span.means("kind", *_PLACES, "establishment")
            or reading.words[span.start].break_before
        ):
            break
        said += span.text.split()
    return " ".join(said[:_MOST_MEANT]) if len(said) >= _LEAST_MEANT else ""


def uncounted(question_counts: bool, reading: Reading) -> str:
    """People, offices or kinds of workshops of a place whose number is asked for; empty where that is not so, or where an
    indicator counts them (`question_counts`)."""
    if (
        question_counts
        or not reading.has("region")
        or reading.has("intent")
        or reading.has("head", "funding")
    ):
        return ""
    for one, two in pairwise(reading.spans):
        noun = two.means("kind", "person", "office") or two.means("fact", *_KINDS)
        if noun and one.means("asks", "how_many", "how_much") and not reading.words[two.start].break_before:
            return two.text
    return ""


def _parts(said: tuple[str, ...]) -> Iterator[tuple[str, ...]]:
    """Words of a phrase that stand together, without the whole, the longest first."""
    for size in range(len(said) - 1, 0, -1):
        for start in range(len(said) - size + 1):
            yield said[start : start + size]
