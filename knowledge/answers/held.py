"""One thing that was told with its rule, and how the things of one message bear on each other."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from knowledge.answers.trades import RESALE, SHOP, Named
from knowledge.language.spans import Reading, Span
from knowledge.records import Entry, Rule, Stance

Topic = Literal["establishment", "place", "trade", "work", "vote"]

_TOPICS: dict[str, Topic] = {
    "doi_tuong": "establishment",
    "nganh_nghe": "trade",
    "noi_dung_hoat_dong": "work",
    "binh_chon": "vote",
}
NEAR = 2
"""Words between a head, or a machine, and the good that it governs."""
MACHINES = ("may-moc-thiet-bi", "day-chuyen-cong-nghe", "machine")
"""Values whose words are followed by the good that they make."""
RAISED = 4
"""Words between a bare word for raising and what is raised, which may be counted ("nuôi" + "3" + "ao tôm")."""
OF_ITS_OWN = ("livestock", "farming", "fishery")
"""Heads that govern a good only where none is named in them ("nuôi" + "tôm", but "nuôi tôm" + another)."""
ELSEWHERE = ("hoi-cho", "hoi-cho-nuoc-ngoai", "khao-sat-nuoc-ngoai", "binh-chon")
"""Activities that take place elsewhere than in the workshop."""
ON_CLUSTERS = ("ha-tang-cum", "xu-ly-o-nhiem-cum", "quy-hoach-cum")
"""Activities of which a cluster is what is built, and not where a workshop stands."""
SHOWN = ("mo-hinh-trinh-dien", "mo-hinh-nhan-rong", *ELSEWHERE)
"""Activities in which something is shown that is not bought."""
IN_ZONES = ("industrial_zone", "cluster", "park")
DECISIVE = ("used_machine", "bought_already", "before_approval", "other_source", "both_trips", "in_advance")
"""Facts that lead whatever else is asked."""
RANK = {"no": 0, "conditional": 1, "unknown": 1, "yes": 2, "": 3}
"""Stances, the worst first."""


@dataclass(frozen=True, slots=True)
class Held:
    """One thing that was told: its `entry`, the `stance` that it brings, and the words that say it.

    `start` is -1 for what follows from numbers or from the name of a place."""

    entry: Entry
    stance: str
    topic: Topic
    value: str = ""
    start: int = -1
    end: int = -1


def topic_of(entry: Entry) -> Topic | None:
    """What an entry speaks of; None where it is neither a workshop nor a work."""
    return next((_TOPICS[one] for one in entry.topics if one in _TOPICS), None)


def within(name: Named, fact: Held) -> bool:
    """Whether a name says a fact more narrowly: with the very words, or with words in those of a service."""
    if fact.start < 0:
        return False
    same = fact.start == name.start and fact.end == name.end
    if fact.value == SHOP and 0 <= name.start - fact.end < NEAR:
        return True
    return same or (fact.value == "service" and fact.start <= name.start and name.end <= fact.end)


def governs(head: Held, good: Named) -> bool:
    """Whether a good is what is grown, sold or served by the head before it."""
    if head.value == "service" and good.start < head.end:
        return False
    near = head.start <= good.start < head.end + NEAR and good.end >= head.end
    if (good.start, good.end) == (head.start, head.end):
        return False
    return near and (head.value not in OF_ITS_OWN or head.end - head.start == 1)


def narrows(fact: Held, head: Held) -> bool:
    """Whether a bare word for raising is followed by what is raised, which is a head of its own."""
    bare = head.value == "livestock" and head.end - head.start == 1
    return (
        bare and fact.value in OF_ITS_OWN and fact.value != head.value and 0 <= fact.start - head.end < RAISED
    )


def sells_a_machine(head: Held, reading: Reading) -> bool:
    """Whether what is sold is a machine of one's own."""
    return any(
        head.end <= span.start < head.end + NEAR and span.value == MACHINES[0]
        for span in reading.of("activity")
    )


def made_own(head: Held, named: Iterable[Named], reading: Reading) -> bool:
    """Whether a supported good is made by who sells it, or of what somebody grows or raises."""
    made = [one for one in named if one.entry.stance == "yes"]
    makes = [span.end for span in reading.of("function", "own_work") if span.start >= head.end]
    if head.value in OF_ITS_OWN or makes:
        least = makes[0] + 1 if makes and head.value in OF_ITS_OWN else head.end
        return bool(makes) and any(one.end >= least for one in made)
    if head.value != "trade_only" or reading.only("fact") or head.end - head.start > NEAR:
        return False
    return any(one.end <= head.start for one in made)


def of_a_workshop(reading: Reading) -> bool:
    """Whether a province that is named is that of a workshop rather than of a fair or of a journey."""
    speaks = (
        reading.has("kind", "establishment", "trade")
        or reading.has("intent", "own")
        or reading.has("entry_name")
    )
    return speaks and not reading.has("activity", *ELSEWHERE)


def names(name: Named, span: Span) -> bool:
    """Whether a name holds the words of a span."""
    return name.start <= span.start and span.end <= name.end


def without_named(facts: Sequence[Held], named: Sequence[Named], reading: Reading) -> list[Held]:
    """Facts that no name says more narrowly; no selling of one's own machine, no bare word for raising before another."""
    kept = [one for one in facts if not any(within(name, one) for name in named)]
    selling = ("trade_only", RESALE)
    kept = [one for one in kept if one.value not in selling or not sells_a_machine(one, reading)]
    return [one for one in kept if not any(narrows(other, one) for other in kept)]


def of_the_fair(reading: Reading, activities: Iterable[tuple[Rule, Span]]) -> bool:
    """Whether a place that is named is that of a fair, or of who sells a used machine: right behind it, with no more than
    "at" between them."""
    fairs = [span.end for rule, span in activities if rule.value in ELSEWHERE]
    fairs += [span.end for span in reading.of("fact", "used_machine")]
    return any(0 <= span.start - end <= NEAR for span in reading.of("region") for end in fairs)


def without_strangers(held: list[Held], activities: list[tuple[Rule, Span]]) -> list[Held]:
    """Without trades that are named only behind the activity that is asked for: they are no workshop's."""
    first = next((span.start for rule, span in activities if rule.value not in MACHINES), None)
    if first is None:
        return held
    return [
        one
        for one in held
        if one.topic != "trade" or one.stance != "no" or one.value == RESALE or one.start < first
    ]


def without_shown(activities: Sequence[tuple[Rule, Span]], reading: Reading) -> list[tuple[Rule, Span]]:
    """Without machines that are named in one breath with a model, or with a fair, that is to show them."""
    shows = [span for rule, span in activities if rule.value in SHOWN]

    def apart(one: Span, other: Span) -> bool:
        first, last = sorted((one, other), key=lambda span: span.start)
        joined = any(first.end <= span.start < last.start for span in reading.of("joint"))
        return joined or any(word.break_before for word in reading.words[first.end : last.start + 1])

    return [
        (rule, span)
        for rule, span in activities
        if rule.value not in MACHINES or all(apart(span, one) for one in shows)
    ]


def turned_to(held: list[Held], reading: Reading) -> list[Held]:
    """Of two trades the one that somebody turns to, where he says so."""
    since = next((span.start for span in reading.spans if span.scope == "instead"), None)
    if since is None or not any(one.topic == "trade" and one.start >= since for one in held):
        return held
    return [one for one in held if one.topic != "trade" or one.start >= since]


def stressed(facts: Sequence[Held], places: Iterable[Held], reading: Reading) -> frozenset[str]:
    """The entries of what is asked beside other things that are told: the kind of an establishment that is named twice
    or as the only one, a place of which it is asked whether it counts."""
    kinds = [one for one in facts if one.topic == "establishment" and one.start >= 0]
    times = Counter(one.entry.id for one in kinds)
    only = {one.entry.id for one in kinds if one.value in reading.only("fact")}
    counted = {one.entry.id for one in places} if reading.has("aspect", "rural") else set()
    return frozenset(only | counted | {id_ for id_, number in times.items() if number > 1})


def made_for(named: Iterable[Named], activities: Iterable[tuple[Rule, Span]]) -> bool:
    """Whether every good that is named right behind a machine is one of a supported trade."""
    goods = [
        one.entry.stance
        for _, span in activities
        for one in named
        if span.start < one.start <= span.end + NEAR - 1 and topic_of(one.entry) == "trade"
    ]
    return bool(goods) and all(stance == "yes" for stance in goods)


def each_once(held: Iterable[Held]) -> tuple[Held, ...]:
    """Each rule once, with the worst stance that it brings."""
    found: dict[str, Held] = {}
    for one in held:
        if one.entry.id not in found or RANK[one.stance] < RANK[found[one.entry.id].stance]:
            found[one.entry.id] = one
    return tuple(found.values())


def bearing(held: Sequence[Held]) -> list[Held]:
    """What bears on the verdict: beside a plain no, or what decides, nothing that is allowed or that no word says; beside
    what decides no other work either."""
    decides = [one for one in held if one.value in DECISIVE]
    made = any(one.topic == "trade" and one.stance == "yes" for one in held)
    if not decides and (made or all(one.stance != "no" for one in held)):
        return list(held)
    return [
        one
        for one in held
        if one in decides or one.stance == "no" or not (one.stance == "yes" or one.end < 0 or decides)
    ]


def as_open(places: Iterable[Held | None]) -> list[Held]:
    """Places of which either may be meant."""
    return [replace(one, stance="conditional", end=-1) for one in places if one]


def said_places(places: list[Held], reading: Reading) -> list[Held]:
    """The places that were said, without a wider word for one, and without that which another is asked against."""
    if any(one.value == "city_ward" for one in places):
        places = [one for one in places if one.value != "ward"]
    alone = set(reading.only("fact"))  # "hay chỉ xã": the other kind is asked against it
    several = len({one.value for one in places}) > 1
    return [one for one in places if not several or one.value not in alone]


def applies(rule: Rule, reading: Reading | None, region: str = "") -> bool:
    """Whether one of the things beside which a rule holds was said; a rule without any always holds."""
    return not rule.beside or any(_beside(one, reading, region) for one in rule.beside)


def _beside(condition: str, reading: Reading | None, region: str) -> bool:
    slot, _, value = condition.partition(":")
    if slot == "region":
        return value == region
    return reading is not None and reading.has(slot, value)


def verdict(held: Sequence[Held], worst: str) -> tuple[Stance, str]:
    """The stance of several rules, of which `worst` is the worst, and how their answer begins."""
    stance: Stance = worst or "conditional"  # type: ignore[assignment]
    trades = {one.stance for one in held if one.topic == "trade"}
    refused = [one for one in held if one.stance == "no"]
    own = all(one.topic == "trade" and one.entry.stance == "no" for one in refused)
    if stance == "no" and trades >= {"no", "yes"} and own:
        return "conditional", "facts_mixed"
    places = {one.value: one.end for one in held if one.value in ("ward", "commune")}
    if len(places) > 1 and stance == "conditional":
        return stance, "facts_city" if max(places.values()) < 0 else "facts_ward"
    return stance, "facts"
