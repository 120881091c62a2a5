"""Who may be supported, where, for what trade and what work: facts of one establishment → verdict with its rules.

Whether a fact fits is the stance of the entry that states the rule, so an edited entry changes the verdict; only what no
single entry can know (a large enterprise that wants cleaner production, a ward of a city) is decided here. Nothing here
promises support: the best verdict is that a project may be considered.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from typing import Literal

from knowledge.base import KnowledgeBase
from knowledge.finding.support import SupportLevels, calculate
from knowledge.records import Calculation, Note, Region, SupportLevel
from knowledge.text import fold

Outcome = Literal["yes", "no", "depends"]

OTHER = "khac"
OLD_PLACE = "huyen_cu"
TRADE_TOPIC = "nganh_nghe"
_NOT_ON_COST = frozenset({"lai-suat-vay"})
_REGION = "region:"


@dataclass(frozen=True, slots=True)
class Option:
    """One possible answer of a step.

    `keys`: folded words that name it when typed. `entry`: the entry that states its rule. `activity`: the support level
    of a kind of work. `shown`: False for what is understood when typed but has no button.
    """

    id: str
    label: str
    keys: tuple[str, ...] = ()
    entry: str = ""
    activity: str = ""
    shown: bool = True


def options_of(base: KnowledgeBase) -> defaultdict[str, dict[str, Option]]:
    """Step → its options by id, in the order of the rows of the guide."""
    found: defaultdict[str, dict[str, Option]] = defaultdict(dict)
    for row in base.guide:
        keys = tuple(map(fold, row.words))
        found[row.step][row.value] = Option(
            row.value, row.label, keys, row.entry, row.level, bool(row.button)
        )
    return found


@dataclass(frozen=True, slots=True)
class Facts:
    """What somebody told of his establishment: ids, empty where not told yet. `price` in đồng, None if not known.

    `province` is the id as said, which may be one that ended in 2025; `trade` the id of an entry, or "khac".
    """

    establishment: str = ""
    province: str = ""
    place: str = ""
    trade: str = ""
    work: str = ""
    price: int | None = None


@dataclass(frozen=True, slots=True)
class Reason:
    """One rule held against the facts: `code` names its sentence, `what` is what was said, `entry` states the rule,
    `basis` is the rule itself ("document id: article")."""

    topic: str
    outcome: Outcome
    code: str
    what: str
    entry: str
    basis: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Verdict:
    """`outcome` is that of the worst reason. `amount` says what is known of the money: "calculated", "level" (a level,
    but no price or no percent), "unknown" (the level in force is not known), "" where no money is spoken of.
    """

    outcome: Outcome
    reasons: tuple[Reason, ...]
    region: Region | None
    now: Region | None
    amount: str = ""
    level: SupportLevel | None = None
    calculation: Calculation | None = None
    local: SupportLevel | None = None
    notes: tuple[Note, ...] = ()
    said: tuple[str, ...] = ()


class Eligibility:
    """The rules over one base."""

    def __init__(self, base: KnowledgeBase) -> None:
        self._base = base
        self._levels = SupportLevels(base.levels.values())
        self.options = options_of(base)
        self.cities = frozenset(
            one.removeprefix(_REGION) for rule in base.rules for one in rule.beside if one.startswith(_REGION)
        )
        """The centrally run cities of today: provinces that have rules of their own."""

        self._machines = {rule.entry for rule in base.rules if rule.slot == "role"}

    def option(self, step: str, id_: str) -> Option:
        """An option of a step; one without a rule where the base no longer holds it."""
        return self.options[step].get(id_) or Option(id_, id_)

    def today(self, region: str) -> Region | None:
        """The province of today in which a province lies."""
        said = self._base.regions.get(region)
        return self._base.regions.get(said.successor, said) if said else None

    def trade_name(self, trade: str) -> str:
        """What the entry of a trade is about: its title without the question."""
        if trade in self.options["trade"]:
            return self.options["trade"][trade].label
        entry = self._base.entries.get(trade)
        if entry is None:
            return trade
        for end in (" nói chung có ", " có được ", " có nằm ", " có thuộc "):
            if end in entry.title:
                return entry.title.partition(end)[0]
        return entry.title

    def judge(self, facts: Facts, day: date) -> Verdict:
        """The verdict on complete facts; an id that the base no longer holds makes its reason depend."""
        reasons = (self._establishment(facts), self._place(facts), self._trade(facts), self._work(facts))
        outcomes = {reason.outcome for reason in reasons}
        outcome: Outcome = "no" if "no" in outcomes else "depends" if "depends" in outcomes else "yes"
        verdict = Verdict(
            outcome, reasons, self._base.regions.get(facts.province), self.today(facts.province)
        )
        return verdict if outcome == "no" else self._money(facts, day, verdict)

    def _establishment(self, facts: Facts) -> Reason:
        option = self.option("establishment", facts.establishment)
        cleaner, other = facts.work == "sach_hon", facts.work == OTHER
        if option.id == "lon" and cleaner:
            activity = f"activity:{self.option('work', facts.work).activity}"
            return self._reason(
                "establishment", "depends", "large_cleaner", self._beside(option.entry, activity)
            )
        if option.id == "lon":
            code = "large_other" if other else "large"
            return self._reason("establishment", "depends" if other else "no", code, option.entry)
        if option.id == "ca_nhan":
            way = other or facts.work == "dao_tao"
            code = "person_way" if way else "person"
            return self._reason("establishment", "depends" if way else "no", code, option.entry)
        return self._by_entry("establishment", option.entry, option.label)

    def _place(self, facts: Facts) -> Reason:
        option = self.option("place", facts.place)
        now = self.today(facts.province)
        city = now is not None and now.id in self.cities
        entry = self._beside(option.entry, f"{_REGION}{now.id}" if now else "")
        if option.id == OLD_PLACE and city:
            return self._reason("place", "depends", "old_place_city", option.entry)
        if option.id == OLD_PLACE:
            return self._reason("place", "yes", "old_place", option.entry)
        if option.id == "phuong" and city:
            way = facts.work in ("sach_hon", OTHER)
            code = "ward_city_way" if way else "ward_city"
            return self._reason("place", "depends" if way else "no", code, entry)
        return self._by_entry("place", entry, option.label, "of_city" if city else "of_province")

    def _beside(self, entry: str, said: str) -> str:
        """The entry that states the rule of another one where `said` ("slot:value") holds too."""
        values = {rule.value for rule in self._base.rules if rule.entry == entry and not rule.beside}
        found = (rule.entry for rule in self._base.rules if rule.value in values and said in rule.beside)
        return next(found, entry)

    def _trade(self, facts: Facts) -> Reason:
        if facts.trade == OTHER:
            option = self.option("trade", OTHER)
            return self._reason("trade", "depends", "trade_other", option.entry)
        return self._by_entry("trade", facts.trade, self.trade_name(facts.trade))

    def _work(self, facts: Facts) -> Reason:
        option = self.option("work", facts.work)
        if option.id == OTHER:
            return self._reason("work", "depends", "work_other", option.entry)
        code = "work_machine" if option.entry in self._machines else ""
        return self._by_entry("work", option.entry, option.label, code)

    def _by_entry(self, topic: str, entry_id: str, what: str, code: str = "") -> Reason:
        """Yes, no or depends as the entry says."""
        entry = self._base.entries.get(entry_id)
        stance = entry.stance if entry else ""
        outcome: Outcome = "yes" if stance == "yes" else "no" if stance == "no" else "depends"
        return self._reason(
            topic, outcome, code if code and outcome == "yes" else f"{topic}_{outcome}", entry_id, what
        )

    def _reason(self, topic: str, outcome: Outcome, code: str, entry_id: str, what: str = "") -> Reason:
        entry = self._base.entries.get(entry_id)
        return Reason(topic, outcome, code, what, entry_id, entry.basis if entry else ())

    def _money(self, facts: Facts, day: date, verdict: Verdict) -> Verdict:
        activity = self.option("work", facts.work).activity
        if not activity:
            return verdict
        level = self._levels.on(activity, day)
        where = (facts.province, verdict.now.id if verdict.now else "")
        local = next((found for one in where if (found := self._levels.local(activity, one, day))), None)
        if level is None or level.status == "superseded":
            return replace(verdict, amount="unknown", local=local)
        price = facts.price if activity not in _NOT_ON_COST else None
        calculation = calculate(level, Decimal(price)) if price else None
        return replace(
            verdict,
            amount="calculated" if calculation else "level",
            level=level,
            calculation=calculation,
            local=local,
            notes=(Note("level_changed"),) if level.status == "needs_check" else (),
        )
