"""What a passage is speaking of at each point, and a figure while its slots are being found."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property

from knowledge.reading.passage.layout import Line, Spot
from knowledge.reading.passage.marks import Stretch
from knowledge.stated import Stated

DIRECTIONS = ("up", "down")


@dataclass(frozen=True, slots=True)
class Slot:
    """A value, and whether the passage leaves it open; `others`: what else it could be."""

    value: str = ""
    unsure: bool = False
    others: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Topic:
    """What is spoken of: the slots that a later number may lean on."""

    indicator: str = ""
    programme: Slot = Slot()
    measure: Slot = Slot()


@dataclass(slots=True)
class Scene:
    """`head`: what the passage is about; `now`: what the last number was about, which may be a part of it.

    `fresh`: nothing was spoken of yet in this sentence; `counted`: its last number was a count, `counted_for`: of this programme; `measures_here`: those of its sums. `disturbed`: other places named since the region was set; `redrawn`: regions told to have as many provinces as since
    they were drawn anew.
    """

    region: str = ""
    period: str = ""
    round: str = ""
    head: Topic = Topic()
    now: Topic = Topic()
    period_doubtful: bool = False
    line: int = 0
    head_line: int = -1
    fresh: bool = True
    counted: bool = False
    counted_for: str = ""
    measures_here: set[str] = field(default_factory=set)
    in_parts: bool = False
    regions: list[str] = field(default_factory=list)
    here: list[str] = field(default_factory=list)
    disturbed: tuple[str, ...] = ()
    programmes_of_line: set[str] = field(default_factory=set)
    redrawn: set[str] = field(default_factory=set)

    def new_line(self, number: int) -> None:
        """A new paragraph begins."""
        self.programmes_of_line = set()
        self.line = number
        if not number:
            self.round = ""

    def new_sentence(self, places: list[str], has_numbers: bool) -> None:
        """A new sentence begins; `places`: the regions in it."""
        self.fresh = True
        self.in_parts = self.counted = False
        self.counted_for = ""
        self.measures_here = set()
        self.now = self.head
        self.here = list(places)
        if self.region and not has_numbers:
            self.disturbed += tuple(place for place in places if place != self.region)

    @property
    def known_regions(self) -> list[str]:
        """Every place named so far, those of this sentence included."""
        return [*self.regions, *self.here]

    def place(self, region: str) -> None:
        """The figures from here on are of this region."""
        self.region, self.disturbed = region, ()

    def speak_of(self, indicator: str, programme: Slot, measure: Slot, *, part: bool) -> None:
        """A number was about this; a part of a whole does not become the head."""
        self.now = Topic(indicator, programme, measure)
        self.measures_here |= {measure.value} - {""}
        if part:
            self.in_parts = True
        else:
            self.head, self.head_line = self.now, self.line
        self.fresh = False


@dataclass(frozen=True)
class Clause:
    """A number among its words. `at`: where the words that are its own begin; `stop`: where the next number begins;
    `before`: where the words begin that belong to the number before, which a bracket explains."""

    line: Line
    begin: int
    end: int
    at: int
    spot: Spot
    stop: int
    before: int
    cased: bool

    @cached_property
    def lead(self) -> Stretch:
        """Its own words before it."""
        return self.line.stretch(self.at, self.spot.first)

    @cached_property
    def after(self) -> Stretch:
        """What follows, to the next number."""
        return self.line.stretch(self.spot.end, self.stop)

    @cached_property
    def belonging(self) -> Stretch:
        """The words behind the number before that belong to it."""
        return self.line.stretch(self.before, self.at)

    @cached_property
    def bracket(self) -> bool:
        """Whether it stands in brackets, or behind "is", and explains what was said just before."""
        if not self.lead.text.strip() and self.belonging.ends_with("report", "equals"):
            return True
        said = self.from_sentence.text
        return said.count("(") > said.count(")")

    @cached_property
    def said(self) -> Stretch:
        """The words that say what it is: for a bracket also those that it explains."""
        return self.line.stretch(self.before, self.spot.first) if self.bracket else self.lead

    @cached_property
    def own(self) -> Stretch:
        """`said` without what the number is compared with."""
        return self.said if self.bracket else without_comparison(self.said)

    @cached_property
    def from_sentence(self) -> Stretch:
        """The sentence up to the number."""
        return self.line.stretch(self.begin, self.spot.first)

    @cached_property
    def segment(self) -> tuple[int, int]:
        """The part of the sentence between semicolons and colons in which it stands."""
        folded = self.line.folded
        start = max(folded.rfind(mark, self.begin, self.spot.start) + 1 for mark in ";:")
        ends = [place for mark in ";:" if (place := folded.find(mark, self.spot.end, self.end)) >= 0]
        return max(start, self.begin), min(ends, default=self.end)


def comparison_in(stretch: Stretch) -> Stretch | None:
    """What a number is held against: its times and measures are not those of the number."""
    found = stretch.of("operator", "compare")
    if not found:
        return None
    return stretch.part(found[0].start, stretch.upto(found[0].end, ",;():"))


def without_comparison(stretch: Stretch) -> Stretch:
    """A stretch without what its number is compared with."""
    compared = comparison_in(stretch)
    return stretch.without(compared.start, compared.end) if compared else stretch


@dataclass(slots=True)
class Draft:
    """A figure whose slots are being found."""

    clause: Clause
    unit: str
    indicator: Slot = Slot()
    measure: Slot = Slot()
    of: Slot = Slot()
    against: Slot = Slot()
    programme: Slot = Slot()
    region: Slot | None = None
    period: Slot = Slot()
    round: str = ""
    direction: int = 0
    parts: bool = False
    whole: bool = False
    end_of_tail: int = 0
    within: bool = False
    about_one: bool = False
    paid: bool = False
    noun_end: int = 0

    def stated(self) -> Stated:
        """The figure as it was read."""
        clause, spot = self.clause, self.clause.spot
        slots = {
            "indicator": self.indicator,
            "measure": self.measure,
            "of": self.of,
            "against": self.against,
            "programme": self.programme,
            "region": self.region or Slot("", unsure=True),
            "period": self.period,
        }
        sign = -1 if self.direction < 0 and self.measure.value == "change" else 1
        end = max(spot.end, self.noun_end)
        line = clause.line
        return Stated(
            value=sign * float(spot.value),
            unit=self.unit,
            as_printed=line.printed[self._first() : end].strip(),
            start=line.start + spot.start,
            end=line.start + end,
            sentence=line.printed[clause.begin : clause.end].strip(),
            paragraph=line.number,
            value_max=None if spot.high is None else float(spot.high),
            qualifier=spot.qualifier,
            round=self.round,
            noun=line.printed[spot.end : end].strip() if self.noun_end else "",
            unsure={name: slot.others for name, slot in slots.items() if slot.unsure},
            **{name: slot.value for name, slot in slots.items()},
        )

    def _first(self) -> int:
        """Where the printed form begins: with the word for the direction, for a change."""
        first = self.clause.spot.first
        if self.measure.value != "change":
            return first
        before = self.clause.line.stretch(0, first)
        return next((one.start for one in before.of("operator", *DIRECTIONS) if before.ending(one)), first)
