"""What is typed at a step of the guide → one option, several to choose from, or nothing.

A step knows what it asks for, so it may be more generous than a question's reader: half a name of a province is a
choice, not a riddle. What is merely near is offered, never taken.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from rapidfuzz import process
from rapidfuzz.distance import OSA

from knowledge.answers.trades import HEADS, EntryNames
from knowledge.base import KnowledgeBase
from knowledge.finding.eligibility import OLD_PLACE, OTHER, TRADE_TOPIC, Option, options_of
from knowledge.finding.entries import STOP, EntryIndex, Match
from knowledge.language.lexicon import OF_GUIDE
from knowledge.reading.question import Question, Reader
from knowledge.text import fold, words

MOST_OFFERED = 8
_CERTAIN, _CLEAR = 0.85, 0.15
_SURE, _MARGIN, _COVERED = 0.75, 0.08, 0.9
_NEAR, _NEAR_COVERED = 0.5, 0.6
_LEAST_TYPO = 8
_LEAST_PRICE, _MOST_PRICE = 100_000, 10**14


@dataclass(frozen=True, slots=True)
class Picked:
    """Ids of options: one is the answer, several are near and have to be chosen from, none was read.

    `typed`: set where a name was misspelt and corrected.
    """

    ids: tuple[str, ...] = ()
    typed: str = ""

    @property
    def sure(self) -> str:
        """The one option that was meant, else empty."""
        return self.ids[0] if len(self.ids) == 1 else ""


class GuideReader:
    """Reads the answers of the guide against the names and trades of one base."""

    def __init__(self, base: KnowledgeBase, reader: Reader | None = None) -> None:
        self._reader = reader or Reader(base)
        self._options = options_of(base)
        self._made = _guide_words(base, "made")
        """What says that something is made, not only sold."""
        self._before_name = _guide_words(base, "before_name")
        self._provinces = {row.id: row for row in base.regions.values() if row.kind == "province"}
        self._successors = {row.id: row.successor or row.id for row in self._provinces.values()}
        self._names: dict[str, set[str]] = {}
        for row in self._provinces.values():
            for name in (row.name, *row.aliases):
                self._names.setdefault(self._bare(fold(name)), set()).add(row.id)
        self._trades = {
            row.id: row for row in base.entries.values() if TRADE_TOPIC in row.topics and row.stance
        }
        self._called = EntryNames(self._trades.values())
        self._heads = {
            rule.value: rule.entry
            for rule in base.rules
            if rule.slot == "fact" and rule.value in HEADS and rule.entry in self._trades
        }
        self._index = EntryIndex(
            (name, base.folded[name].keys, f"{base.folded[name].body} {base.folded[name].detail}")
            for name in self._trades
        )
        self._marked = {
            row.id: frozenset(map(_letters, f"{row.title} {' '.join((*row.aliases, *row.questions))} {row.body}".lower().split()))
            for row in self._trades.values()
        }  # fmt: skip

    def read(self, text: str, today: date) -> Question:
        """The text with its slips repaired."""
        return self._reader.read(text, today)

    def province(self, question: Question) -> Picked:
        """A province of any time; several where a name fits several, unless all of them are one province today."""
        found = [place for place in question.regions if place.id in self._provinces]
        if found:
            named = tuple(dict.fromkeys(place.id for place in found))
            same = len({self._successors[one] for one in named}) == 1
            return Picked(named[:1] if same else named[:MOST_OFFERED])
        for said in dict.fromkeys((self._bare(question.clean), self._bare(fold(question.typed)))):
            if fits := self._near_provinces(said):
                return Picked(fits, said if len(fits) == 1 else "")
        return Picked()

    def _near_provinces(self, said: str) -> tuple[str, ...]:
        """The provinces whose names begin with these words, else with these letters, or else those a slip away; none where
        there are too many."""
        if not 2 <= len(said) <= 24 or len(said.split()) > 4:
            return ()
        ids = self._beginning(f"{said} ") or self._beginning(said)
        if not ids and len(said) >= 5:
            limit = 2 if len(said) >= 10 else 1
            near = process.extract(
                said, sorted(self._names), scorer=OSA.distance, score_cutoff=limit, limit=MOST_OFFERED
            )
            best = near[0][1] if near else 0
            ids = [one for name, distance, _ in near if distance == best for one in self._names[name]]
        fits = tuple(sorted(set(ids)))
        return fits if len(fits) <= MOST_OFFERED else ()

    def _beginning(self, letters: str) -> list[str]:
        return [one for name, owners in self._names.items() if name.startswith(letters) for one in owners]

    def place(self, question: Question, *, beside_province: bool = False) -> tuple[Picked, bool]:
        """The kind of place, and whether a unit of the former district level was named.

        `beside_province`: the text names a province too, whose own "thành phố" then says nothing.
        """
        aside = question.reading.of("fact", "cooperative")
        if beside_province:
            aside += (*question.reading.of("region"), *question.reading.of("kind", "province"))
        taken = {at for span in aside for at in range(span.start, span.end)}
        said = (word.text for at, word in enumerate(question.reading.words) if at not in taken)
        ids = pick(self._options["place"], " ".join(said)).ids
        old = OLD_PLACE in ids
        present = tuple(one for one in ids if one != OLD_PLACE)
        return Picked(present or ids), old

    def trade(self, text: str, question: Question) -> Picked:
        """An entry about a trade, or "khac"; several where more than one may be meant."""
        called = self._named_trades(question)
        if len(called) == 1 and not self._says_more(question):
            return Picked(tuple(called))
        named = pick(self._options["trade"], question.clean)
        if named.sure and not self._makes(question):
            return named
        matches = self._index.search(question.clean, limit=6)
        marked = [match for match in matches if self._spelt(text, match.id)]
        alike = marked or matches
        if not alike or not _near(alike[0]):
            return named
        best, second = alike[0], alike[1].score if len(alike) > 1 else 0.0
        spelt = bool(marked) or not _has_marks(text)
        if named.sure == best.id or _leads(best, second, fits=spelt and best.id in (named.ids or (best.id,))):
            return Picked((best.id,))
        near = [match.id for match in alike[:3] if _near(match) and match.score >= best.score - 0.2]
        return Picked((*dict.fromkeys((*near, *named.ids)), OTHER))

    def _named_trades(self, question: Question) -> set[str]:
        """The entries of the groups of trades that are named, else of the trades."""
        called = self._called.read(question.reading)
        places = {(one.start, one.end) for one in called}
        said = question.reading.of("fact", *self._heads)
        heads = {
            self._heads[one.value]
            for one in said
            if one.value in self._heads and (one.start, one.end) not in places
        }
        return heads or {one.entry.id for one in called}

    def _says_more(self, question: Question) -> bool:
        """Whether a text has telling words beside the names of trades that it has."""
        heads = [(span.start, span.end) for span in question.reading.of("fact", *self._heads)]
        named = [(one.start, one.end) for one in self._called.read(question.reading)]
        taken = {at for start, end in (*heads, *named) for at in range(start, end)}
        said = enumerate(words(question.clean))
        return any(at not in taken and word not in STOP and word not in self._made for at, word in said)

    def _spelt(self, text: str, entry: str) -> bool:
        """Whether every telling word is in the entry with the very marks that were typed (giấy is not giày)."""
        said = [
            word
            for word in re.findall(r"\w+", unicodedata.normalize("NFC", text).lower())
            if fold(word) not in STOP
        ]
        return bool(said) and _has_marks(text) and all(_letters(word) in self._marked[entry] for word in said)

    def _makes(self, question: Question) -> bool:
        """Whether a text says that something is made."""
        padded = f" {' '.join(words(question.clean))} "
        return any(f" {phrase} " in padded for phrase in self._made)

    def _bare(self, said: str) -> str:
        """A name without the words that are said before it."""
        name = " ".join(words(said))
        before = next((one for one in self._before_name if name.startswith(f"{one} ")), None)
        return name if before is None else self._bare(name[len(before) :])

    def trades(self) -> Collection[str]:
        """The ids of all trades that the base knows."""
        return self._trades

    def provinces(self) -> Collection[str]:
        """The ids of all provinces, old and new."""
        return self._provinces


def pick(options: Mapping[str, Option], said: str) -> Picked:
    """The options whose key words are in folded text; one whose words are all part of another's gives way."""
    padded = f" {' '.join(words(said))} "
    covered: dict[str, frozenset[int]] = {}
    for option in options.values():
        spans = [
            range(found.start(), found.end())
            for key in {*option.keys, fold(option.label)}
            for found in re.finditer(rf"(?<= ){re.escape(key)}(?= )", padded)
        ]
        if spans:
            covered[option.id] = frozenset(position for span in spans for position in span)
    kept = [one for one, own in covered.items() if not any(own < other for other in covered.values())]
    return Picked(tuple(kept)) if kept else _misspelt(options, padded.strip())


def _misspelt(options: Mapping[str, Option], said: str) -> Picked:
    """The options one slip away from what was said."""
    if len(said) < _LEAST_TYPO:
        return Picked()
    return Picked(
        tuple(
            option.id
            for option in options.values()
            if any(OSA.distance(said, key) <= 1 for key in {*option.keys, fold(option.label)})
        )
    )


def price(question: Question) -> int | None:
    """One amount in đồng; 0 where it is not known yet, None for what is no single amount with its unit."""
    reading = question.reading
    found = [span for span in reading.spans if span.slot in ("amount", "number")]
    if not found:
        return 0 if reading.has("guide", "unknown") else None
    kind, _, value = found[0].value.partition(":")
    signed = reading.words[found[0].start].break_before.endswith("-")
    if len(found) > 1 or kind not in ("money", "plain") or signed or ":" in value:
        return None
    amount = int(Decimal(value))
    return amount if _LEAST_PRICE <= amount <= _MOST_PRICE else None


def _leads(best: Match, second: float, *, fits: bool) -> bool:
    """Whether the first match is what was meant; less is asked of one that `fits` the marks and names that were typed."""
    least, ahead = (_SURE, _MARGIN) if fits else (_CERTAIN, _CLEAR)
    return best.coverage >= _COVERED and best.score >= least and best.score - second >= ahead


def _near(match: Match) -> bool:
    return match.score >= _NEAR and match.coverage >= _NEAR_COVERED


def _guide_words(base: KnowledgeBase, value: str) -> frozenset[str]:
    return frozenset(fold(row.phrase) for row in base.lexicon if row.slot == OF_GUIDE and row.value == value)


def _has_marks(text: str) -> bool:
    return any(ord(char) > 127 for char in unicodedata.normalize("NFD", text.replace("đ", "d\u0335")))


def _letters(word: str) -> str:
    """A word without punctuation, the same for old and new tone placement."""
    return "".join(sorted(char for char in unicodedata.normalize("NFD", word) if char.isalnum() or unicodedata.combining(char)))  # fmt: skip
