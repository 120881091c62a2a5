"""The knowledge base as one immutable snapshot in memory, with the look-ups that reading and finding need.

Figures are found by equality of slots through postings, so that a question costs the same at a hundred rows and at
a hundred thousand.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from itertools import chain, product
from operator import attrgetter
from typing import Any

from knowledge.records import (
    Body,
    Document,
    Entry,
    Event,
    Figure,
    GuideOption,
    Indicator,
    Lexeme,
    Region,
    Relation,
    Rule,
    SlotValue,
    Source,
    SupportLevel,
    Wording,
)
from knowledge.text import Folder, fold

SLOTS = ("indicator", "measure", "programme", "region", "period")
"""The slots by which a figure is found."""
TOGETHER: tuple[tuple[str, ...], ...] = (
    ("indicator", "region", "period"),
    ("indicator", "region", "measure", "programme"),
)
"""Slots that are mostly named together: few figures share all of them."""

ONE_VALUE = ("indicator", "measure", "of", "against", "programme", "region", "period", "round")
"""Figures that agree in all of these answer the same question: one value, or sources that disagree."""

TOLD_BY_LABEL = ("date", "edition")
"""Measures whose figures are told apart by their label only."""


@dataclass(frozen=True, slots=True)
class FoldedEntry:
    """An entry's short keys (title, aliases, question variants) and its text, without marks."""

    keys: tuple[str, ...]
    body: str
    detail: str


def _posted(rows: Iterable[Figure], slots: tuple[str, ...]) -> Mapping[Any, list[int]]:
    """Places of figures by their values of `slots`: one value, or a tuple of them."""
    found: defaultdict[Any, list[int]] = defaultdict(list)
    for number, key in enumerate(map(attrgetter(*slots), rows)):
        found[key].append(number)
    return dict(found)


def _keys(wanted: Mapping[str, tuple[str, ...]], slots: tuple[str, ...]) -> Iterable[Any]:
    """The keys of `_posted` that a search allows."""
    return wanted[slots[0]] if len(slots) == 1 else product(*(wanted[slot] for slot in slots))


class KnowledgeBase:
    """Records by id, and figures by slot. Nothing changes after it is built; an edit builds a new one."""

    def __init__(
        self,
        sources: Iterable[Source] = (),
        regions: Iterable[Region] = (),
        indicators: Iterable[Indicator] = (),
        figures: Iterable[Figure] = (),
        relations: Iterable[Relation] = (),
        documents: Iterable[Document] = (),
        events: Iterable[Event] = (),
        levels: Iterable[SupportLevel] = (),
        entries: Iterable[Entry] = (),
        slots: Iterable[SlotValue] = (),
        lexicon: Iterable[Lexeme] = (),
        wordings: Iterable[Wording] = (),
        bodies: Iterable[Body] = (),
        rules: Iterable[Rule] = (),
        guide: Iterable[GuideOption] = (),
    ) -> None:
        self.sources: Mapping[str, Source] = {row.id: row for row in sources}
        self.regions: Mapping[str, Region] = {row.id: row for row in regions}
        self.indicators: Mapping[str, Indicator] = {row.id: row for row in indicators}
        self.figures: Mapping[str, Figure] = {row.id: row for row in figures}
        self.relations: tuple[Relation, ...] = tuple(relations)
        self.documents: Mapping[str, Document] = {row.id: row for row in documents}
        self.events: Mapping[str, Event] = {row.id: row for row in events}
        self.levels: Mapping[str, SupportLevel] = {row.id: row for row in levels}
        self.entries: Mapping[str, Entry] = {row.id: row for row in entries}
        self.slots: Mapping[str, SlotValue] = {row.id: row for row in slots}
        self.wordings: tuple[Wording, ...] = tuple(wordings)
        rank = {(row.slot, row.value): number for number, row in enumerate(self.slots.values())}
        self.lexicon: tuple[Lexeme, ...] = tuple(
            sorted(lexicon, key=lambda row: rank.get((row.slot, row.value), len(rank)))
        )
        """Of two meanings of a phrase the one leads whose slot and value stand earlier among the slots."""
        self.bodies: Mapping[str, Body] = {row.province: row for row in bodies if not row.valid_to}
        """Who does khuyến công today, by province."""
        self.rules: tuple[Rule, ...] = tuple(rules)
        self.guide: tuple[GuideOption, ...] = tuple(guide)
        self.denials: tuple[tuple[str, ...], ...] = tuple(
            tuple(fold(row.phrase).split())[:1] for row in self.lexicon if row.slot == "undone"
        )
        """First words of the phrases that deny something."""
        self._rows: tuple[Figure, ...] = tuple(self.figures.values())
        self._postings: Mapping[tuple[str, ...], Mapping[Any, list[int]]] = {
            start: _posted(self._rows, start) for start in (*((slot,) for slot in SLOTS), *TOGETHER)
        }
        self._times: defaultdict[tuple[str, ...], dict[str, int]] = defaultdict(dict)
        for number, row in enumerate(self._rows):
            key = (row.indicator, row.region, row.measure, row.programme)
            self._times[key].setdefault(row.period, number)
        years = [int(period[:4]) for period in self._postings["period",] if period[:4].isdigit()]
        self._first_year, self._last_year = min(years, default=0), max(years, default=0)

    def nearest_year(self, lead: Figure) -> Figure | None:
        """The figure of the slot of `lead` at the nearest other year, the earlier of two, and the same part of it."""
        having = self._times.get((lead.indicator, lead.region, lead.measure, lead.programme), {})
        year, part = int(lead.period[:4]), lead.period[4:]
        for away in range(1, 1 + max(year - self._first_year, self._last_year - year)):
            for other in (year - away, year + away):
                if (number := having.get(f"{other}{part}")) is not None:
                    return self._rows[number]
        return None

    def select(self, **slots: str | Iterable[str] | None) -> list[Figure]:
        """Figures whose slots equal what is given, in file order; a slot may take several values, None takes any."""
        wanted: dict[str, tuple[str, ...]] = {
            slot: (value,) if isinstance(value, str) else tuple(value)
            for slot, value in slots.items()
            if value is not None
        }
        if not wanted:
            return list(self._rows)
        together = [some for some in TOGETHER if wanted.keys() >= set(some)]
        lists = {
            start: [having[key] for key in _keys(wanted, start) if key in having]
            for start in together or [(slot,) for slot in wanted]
            for having in [self._postings[start]]
        }
        first, posted = min(lists.items(), key=lambda one: sum(map(len, one[1])))
        numbers = posted[0] if len(posted) == 1 else sorted({*chain(*posted)})
        rows = [self._rows[number] for number in numbers]
        rest = tuple([slot for slot in wanted if slot not in first])
        if not rest:
            return rows
        key_of, keys = attrgetter(*rest), frozenset(_keys(wanted, rest))
        return [row for row in rows if key_of(row) in keys]

    @cached_property
    def warnings_by_figure(self) -> Mapping[str, tuple[Relation, ...]]:
        """Relations that do not hold, by the figures whose answers must carry their warning."""
        found: defaultdict[str, list[Relation]] = defaultdict(list)
        for relation in self.relations:
            if relation.warning:
                for figure in relation.leads:
                    found[figure].append(relation)
        return {figure: tuple(rows) for figure, rows in found.items()}

    @cached_property
    def figures_by_value(self) -> Mapping[float, tuple[Figure, ...]]:
        """Figures by their printed value (and by their likely one)."""
        found: defaultdict[float, list[Figure]] = defaultdict(list)
        for figure in self._rows:
            found[abs(figure.value)].append(figure)
            if figure.likely_value is not None and abs(figure.likely_value) != abs(figure.value):
                found[abs(figure.likely_value)].append(figure)
        return {value: tuple(rows) for value, rows in found.items()}

    @cached_property
    def folded(self) -> Mapping[str, FoldedEntry]:
        """Entries by id, folded."""
        fold = Folder().fold
        return {
            entry.id: FoldedEntry(
                tuple(map(fold, (entry.title, *entry.aliases, *entry.questions))),
                fold(entry.body),
                fold(entry.detail),
            )
            for entry in self.entries.values()
        }

    @cached_property
    def names(self) -> Mapping[str, str]:
        """Names of regions and indicators by id."""
        regions = {row.id: row.name for row in self.regions.values()}
        return regions | {row.id: row.name for row in self.indicators.values()}

    @cached_property
    def predecessors(self) -> Mapping[str, tuple[Region, ...]]:
        """For a province of today, the provinces that went into it on 2025-07-01 (itself included where it went on)."""
        found: defaultdict[str, list[Region]] = defaultdict(list)
        for region in self.regions.values():
            if region.successor:
                found[region.successor].append(region)
        return {region: tuple(rows) for region, rows in found.items()}
