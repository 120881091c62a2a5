"""Whether a question asks how much one gets, rather than for figures, dates, papers or a rule."""

from __future__ import annotations

from dataclasses import dataclass

from knowledge.answers.eligibility import OTHER_ASPECTS
from knowledge.answers.scheme import asked_of_scheme
from knowledge.answers.told import Told
from knowledge.reading.question import Question
from knowledge.records import Rule

SHORT = 14
"""Words of a message that goes on about the level told last."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """The activity of the levels that are asked for, "" where it has none, and the rule that speaks of it."""

    activity: str = ""
    rule: Rule | None = None
    named: bool = False
    """Whether a level is called by its own name, in which words may look like a programme or a region."""


@dataclass(frozen=True, slots=True)
class LevelQuestion:
    """A question with what was told in it. `priced`: an amount is told that may be a price; `local`: the province has a
    level of its own; `other`, `money`: an entry is named that is about no workshop, or about money in general;
    `follows`: a level was told just before."""

    question: Question
    told: Told
    wanted: Wanted
    priced: bool
    local: bool
    other: bool
    money: bool
    follows: bool

    @property
    def asks(self) -> bool:
        """Whether an amount is asked for."""
        reading = self.question.reading
        amount = reading.has("aspect", "amount") or reading.has("asks", "how_much", "percent")
        return amount or bool(self.question.amount)

    @property
    def programmes(self) -> set[str]:
        """The programmes that are named."""
        named = {one.value for one in self.question.programmes} - {"total"}
        return set() if self.wanted.named else named

    @property
    def of_figures(self) -> bool:
        """Whether a place or a time is named, as it is for figures."""
        return bool(self.question.regions or self.question.periods.found) and not self.wanted.named

    @property
    def wants(self) -> bool:
        """Whether somebody wants support."""
        reading = self.question.reading
        topic = reading.has("head", "support") or reading.has("intent") or self.question.own_topic
        named = any(span.slot == "entry_name" for _, span in self.told.activities)
        return bool(topic or named or (self.priced and self.question.yes_no and self.told.held))

    def asks_level(self) -> bool:
        """Whether it is asked how much one gets, or a price is told by someone who wants support."""
        if self._of_another_topic() or self._of_funding():
            return False
        if self.follows and self.priced and len(self.question.clean.split()) <= SHORT:
            return True
        if self._of_another_aspect() or self._of_a_scheme():
            return False
        return (self.asks and self.local) or self._of_an_amount()

    def _of_an_amount(self) -> bool:
        question, reading = self.question, self.question.reading
        placed = bool(question.regions or question.periods.found)
        if question.measures.named and not reading.has("aspect", "amount"):
            return self.priced and not placed
        if self.priced:
            return self.wants or self.asks or not placed
        plain = not self.of_figures and not reading.has("role", "total")
        return (self.asks and (self.wants or reading.has("aspect", "amount") or plain)) or self._bare()

    def _of_another_topic(self) -> bool:
        question, reading = self.question, self.question.reading
        counted = question.counted and not self.wanted.named and not self.local
        of_money = self.programmes - {"KCQG"} and not (self.local and self.priced)
        if question.documents or of_money or counted:
            return True
        if (question.neighbour and not question.own_topic) or (self.money and question.yes_no):
            return True
        ours = question.own_topic or reading.has("head", "support") or reading.has("aspect", "amount")
        return reading.has("neighbour") and not ours

    def _of_funding(self) -> bool:
        question, reading = self.question, self.question.reading
        placed = (question.periods.found or question.regions) and not self.priced
        if (self.programmes and placed) or reading.has("asks", "which_province", "which_year"):
            return True
        funding = reading.has("head", "funding") and self.of_figures
        return funding and not (reading.has("intent") or self.priced)

    def _of_another_aspect(self) -> bool:
        question, reading = self.question, self.question.reading
        if (self.programmes and not self.priced) or (reading.has("aspect", *OTHER_ASPECTS) and not self.asks):
            return True
        cost = reading.has("measure", "cost") and not self.priced
        if reading.has("asks", "how_long", "how_often", "definition") or cost:
            return True
        slots = question.regions and question.periods.found and not self.wanted.named
        return bool(slots and not self.priced and not reading.has("intent"))

    def _of_a_scheme(self) -> bool:
        question, reading = self.question, self.question.reading
        if not self.priced and (reading.has("operator", "up") or self.other):
            return True
        unlevelled = self.wanted.rule is not None and not self.wanted.rule.level
        if reading.has("asks", "check") and (not self.priced or unlevelled):
            return True
        dated = (question.when or question.who) and not (self.priced and self.asks)
        return bool(question.why or dated or asked_of_scheme(reading))

    def _bare(self) -> bool:
        """Whether nothing is said but support and the activity, or the wish for it."""
        question, reading = self.question, self.question.reading
        asks = reading.has("asks") or question.yes_no or question.where or question.periods.found
        wants = reading.has("head", "support") or reading.has("intent", "wish")
        return bool(wants and self.told.activities and not asks)
