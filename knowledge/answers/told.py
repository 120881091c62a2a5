"""What was told of a workshop and of what it wants, each thing with the entry that states its rule.

The rules are rows of the base (`rules`): slot and value of the lexicon → entry. Trades and works are named by the entries
themselves. Nothing here decides whether a question is about a workshop.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace

from knowledge.answering.library import Library
from knowledge.answers.amounts import Amount, amounts_in
from knowledge.answers.held import (
    DECISIVE,
    ELSEWHERE,
    IN_ZONES,
    ON_CLUSTERS,
    RANK,
    Held,
    applies,
    as_open,
    each_once,
    governs,
    made_for,
    made_own,
    names,
    of_a_workshop,
    said_places,
    stressed,
    topic_of,
    turned_to,
    without_named,
    without_shown,
    without_strangers,
)
from knowledge.answers.size import Size, size_of
from knowledge.answers.trades import HEADS, PLACES, RESALE, SHOP, EntryNames, Named
from knowledge.language.spans import Reading, Span
from knowledge.reading.question import Question
from knowledge.records import Rule

OF_A_PLACE = ("quarry",)
"""Trades that a place rules out, whatever a machine is for."""
RULED = ("before_approval", "other_source", "repay")
"""Aspects that tell a fact of which a rule speaks."""


@dataclass(frozen=True, slots=True)
class Told:
    """Everything that one message tells of a workshop. `activities`: the rules of what is to be done or bought."""

    held: tuple[Held, ...]
    activities: tuple[tuple[Rule, Span], ...]
    amounts: tuple[Amount, ...]
    size: Size
    made: bool = False
    """Whether what the machine is for is a trade that is supported, though another one that was told is not."""
    stressed: frozenset[str] = frozenset()
    """Entries whose rule is what is asked, beside other things that are told."""

    @property
    def worst(self) -> str:
        """The worst stance of what was told, "" where nothing was."""
        stances = [one.stance for one in self.held if not (self.made and _only_of_a_trade(one))]
        return min(stances, key=lambda one: RANK[one], default="")

    @property
    def decisive(self) -> bool:
        """Whether a fact was told that leads whatever else is asked."""
        return any(one.value in DECISIVE for one in self.held)

    def leads(self, one: Held) -> bool:
        """Whether a thing that was told comes before others that support does not fail on either."""
        return one.value in DECISIVE or one.entry.id in self.stressed

    @property
    def ruled_out(self) -> bool:
        """Whether what was told keeps support from being promised."""
        return self.worst == "no" or self.decisive


class Telling:
    """Reads what is told against the rules of one library."""

    def __init__(self, library: Library) -> None:
        self._library = library
        self._entries = library.base.entries
        self._rules: defaultdict[tuple[str, str], list[Rule]] = defaultdict(list)
        for rule in library.base.rules:
            self._rules[rule.slot, rule.value].append(rule)
        named = [
            entry
            for entry in self._entries.values()
            if topic_of(entry) not in (None, "vote") and entry.stance and not entry.valid_to and entry.aliases
        ]
        self._names = EntryNames(named)
        self._narrowed = _narrowed(library.base.rules, {one.id for one in named if topic_of(one) != "work"})
        """Entries whose rule depends on what else is said, by the fact that it speaks of."""
        self._last: tuple[Question | None, Told] = (None, Told((), (), (), Size(), False))
        self._unheld = [rule for rule in library.base.rules if rule.slot == "unheld"]
        self._of_entry = {
            one: rule
            for rule in reversed(library.base.rules)
            if rule.slot == "activity"
            for one in (rule.entry, rule.amount)
            if one
        }

    def rule(self, slot: str, value: str, reading: Reading | None = None, region: str = "") -> Rule | None:
        """The rule on a thing that was said, the first of which all conditions hold."""
        for rule in self._rules.get((slot, value), ()):
            if applies(rule, reading, region):
                return rule
        return None

    def rules_of(self, slot: str) -> list[Rule]:
        """The rules of a slot, in the order of the file."""
        return [rule for (one, _), rows in self._rules.items() if one == slot for rule in rows]

    def read(self, question: Question) -> Told:
        """What a question tells; several executors ask for the same question in turn."""
        known, told = self._last
        if known is not question:
            told = self._read(question)
            self._last = (question, told)
        return told

    def _read(self, question: Question) -> Told:
        reading = question.reading
        amounts = amounts_in(reading)
        size = size_of(reading, amounts)
        region = self._region(question)
        facts = self._facts(reading, region, size)
        named = self._named(reading, facts)
        facts = without_named(facts, named, reading)
        activities = [
            (rule, span)
            for rule, span in without_shown(self._activities(reading, region), reading)
            if not any(names(one, span) and one.entry.id != rule.entry for one in named)
        ]
        if any(rule.value in ON_CLUSTERS for rule, _ in activities):
            facts = [one for one in facts if one.value not in IN_ZONES]
        both = [*facts, *(self._of_name(one, reading, region) for one in named)]
        places = self._of_places(question, both)
        held = [
            *(one for one in both if one.topic == "establishment"),
            *places,
            *(one for one in both if one.topic == "trade"),
            *(one for one in both if one.topic in ("work", "vote")),
        ]
        held = [one for one in held if not made_own(one, named, reading)]
        held = turned_to(without_strangers(held, activities), reading)
        held = self._of_any_trade(held)
        made = made_for(named, activities)
        return Told(each_once(held), tuple(activities), amounts, size, made, stressed(facts, places, reading))

    def _of_any_trade(self, held: list[Held]) -> list[Held]:
        """What is told, without open trades where somebody of any trade may have it, and without a trade that no list
        names where another is told."""
        unnamed = {rule.entry for rule in self._rules["trade", "unnamed"]}
        if any(one.topic == "trade" and one.entry.id not in unnamed for one in held):
            held = [one for one in held if one.entry.id not in unnamed]
        freed = {rule.entry for rule in self._rules["who", "any_trade"]}
        if not any(one.entry.id in freed for one in held):
            return held
        return [one for one in held if one.topic != "trade" or one.stance == "no"]

    def _region(self, question: Question) -> str:
        province = self._library.province_in(question)
        return (province.successor or province.id) if province else ""

    def _facts(self, reading: Reading, region: str, size: Size) -> list[Held]:
        found: list[Held] = []
        for span in (*reading.of("fact"), *reading.of("aspect", *RULED)):
            slot = "fact" if span.means("fact") else "aspect"
            value = _value(span, slot)
            if value in ("small", "large") and size.known:
                continue
            held = self._held(slot, value, reading, region)
            if held is not None:
                found.append(Held(held.entry, held.stance, held.topic, value, span.start, span.end))
        large = size.large if size.known else False
        if size.known and not (large is False and reading.has("fact", "household", "cooperative")):
            value = "large" if large else "small" if large is False else ""
            held = self._held("fact", value, reading, region) or self._held(
                "size", "criteria", reading, region
            )
            if held is not None:
                found.insert(0, Held(held.entry, held.stance, held.topic, value or "large"))
        return found

    def _held(self, slot: str, value: str, reading: Reading, region: str) -> Held | None:
        rule = self.rule(slot, value, reading, region)
        entry = self._entries.get(rule.entry) if rule else None
        if rule is None or entry is None:
            return None
        topic = "place" if value in PLACES else topic_of(entry) or "work"
        return Held(entry, rule.stance or entry.stance or "conditional", topic, value)

    def _of_name(self, one: Named, reading: Reading, region: str) -> Held:
        """The rule that a name brings, which may depend on the province, or on what else is said."""
        value = self._narrowed.get(one.entry.id, "")
        rule = self.rule("fact", value, reading, region)
        held = self._held("fact", value, reading, region)
        if held is not None and rule is not None and (rule.beside or value in PLACES):
            return replace(held, start=one.start, end=one.end)
        return Held(one.entry, one.entry.stance, topic_of(one.entry) or "work", "", one.start, one.end)

    def _of_places(self, question: Question, facts: list[Held]) -> list[Held]:
        """The rules on the place; of two provinces the one where the workshop is counts; a ward of a city may be meant
        where only the city is named."""
        reading, region = question.reading, self._region(question)
        elsewhere = self._held("place", "elsewhere", reading, "")
        if elsewhere and self.in_two_provinces(question) and not reading.has("activity", *ELSEWHERE):
            return [elsewhere]
        places = said_places([one for one in facts if one.topic == "place"], reading)
        villages = {rule.entry for rule in self._rules["fact", "craft_village"]}
        if inside := [one for one in places if one.entry.id in villages]:
            return inside
        told = {one.value for one in places}
        if elsewhere and told & {"ward", "city_ward"} and self._apart(told, region):
            return [elsewhere, *(one for one in places if one.value == "commune")]
        if told == {"ward"} and not region and not reading.has("kind", "province"):
            city = self._held("fact", "city_ward", reading, region)
            return as_open([*places, city])
        return places or self._of_city(reading, region)

    def _apart(self, told: set[str], region: str) -> bool:
        """Whether an office in a ward and a workshop elsewhere are told of: in a commune, or in a province of no such city."""
        return "commune" in told or ("city_ward" in told and bool(region) and not self._is_city(region))

    def in_two_provinces(self, question: Question) -> bool:
        """Whether two provinces of today are named, or one that is no city beside a district of a city."""
        regions = self._library.base.regions
        today = {regions[one].successor or one for one in self._library.provinces_in(question)}
        district = question.reading.has("fact", "city_ward") and not any(map(self._is_city, today))
        return len(today) + district > 1

    def _is_city(self, region: str) -> bool:
        """Whether a province of today is a centrally run city, whose wards have a rule of their own."""
        return any(f"region:{region}" in rule.beside for rule in self._rules["fact", "ward"])

    def _of_city(self, reading: Reading, region: str) -> list[Held]:
        """Both kinds of place of a centrally run city, where only the city of a workshop is named."""
        if not (region and of_a_workshop(reading) and self._is_city(region)):
            return []
        return as_open(self._held("fact", one, reading, region) for one in ("ward", "commune"))

    def _named(self, reading: Reading, facts: list[Held]) -> list[Named]:
        """Trades and works by name, without a good that is grown, sold or served rather than made."""
        heads = [one for one in facts if one.value in HEADS]
        if any(one.value == RESALE for one in heads):
            return []
        held = {one.entry.id for one in facts}
        held |= {rule.entry for rule in self._unheld if applies(rule, reading)}
        own = {span.start for span in reading.of("function", "own_work")}
        made: list[Named] = []
        sold = -1
        for one in self._names.read(reading):
            governed = one.start == sold or any(self._governs(head, one) for head in heads)
            if governed and one.end not in own:
                sold = one.end  # a good right behind one is sold with it
            elif one.entry.id not in held:
                made.append(one)
        return made

    def _governs(self, head: Held, one: Named) -> bool:
        """Whether a good is what is grown, sold or served; a shop may be where a work of its own is done."""
        return governs(head, one) and not (head.value == SHOP and ("in_shop", one.entry.id) in self._rules)

    def _activities(self, reading: Reading, region: str) -> list[tuple[Rule, Span]]:
        found: list[tuple[Rule, Span]] = []
        for span in reading.spans:
            rule = self._activity(span, reading, region)
            if rule is None:
                continue
            if (
                found
                and found[-1][1].end == span.start
                and found[-1][0].level
                and rule.value != found[-1][0].value
            ):
                continue  # what the machine is for
            found.append((rule, span))
        return found

    def _activity(self, span: Span, reading: Reading, region: str) -> Rule | None:
        """The rule of what a span says is to be done or bought."""
        if span.scope == "excluded":
            return None
        if span.means("activity"):
            return self.rule("activity", _value(span, "activity"), reading, region)
        if span.means("role", "machine"):
            return self.rule("role", "machine", reading, region)
        return self._of_entry.get(_value(span, "entry_name")) if span.means("entry_name") else None


def _narrowed(rules: Sequence[Rule], named: Collection[str]) -> dict[str, str]:
    """Named entries whose fact has rules that depend on what else is said → that fact."""
    facts = [rule for rule in rules if rule.slot == "fact"]
    values = {*PLACES, *(rule.value for rule in facts if rule.beside)}
    return {
        rule.entry: rule.value
        for rule in reversed(facts)
        if rule.value in values and rule.entry in named and "craft_village" not in "".join(rule.beside)
    }


def _only_of_a_trade(one: Held) -> bool:
    """Whether a thing is ruled out for its trade alone, which does not hold for a machine of another trade."""
    return one.stance == "no" and one.topic == "trade" and one.value not in OF_A_PLACE


def _value(span: Span, slot: str) -> str:
    """The value of a slot that a span names; of several the one that was added last, which is the narrowest."""
    values = [value for one, value in ((span.slot, span.value), *span.others) if one == slot]
    return values[-1]
