"""How much an activity may get, worked out for the price that is supported. A rule against it comes before any level."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal

from knowledge.answering.entries import EntryAnswers
from knowledge.answering.library import Asked, Library, day_of, named_day, said_day
from knowledge.answers.amounts import MONEY, NO_PRICE, Amount, Price, count_of, price_of
from knowledge.answers.eligibility import OTHER_ASPECTS, Eligibility
from knowledge.answers.held import of_the_fair
from knowledge.answers.level_notes import level_warnings, local_notes, price_notes
from knowledge.answers.level_questions import SHORT, LevelQuestion, Wanted
from knowledge.answers.province_levels import ProvinceLevels, names_money
from knowledge.answers.scheme import rule_on_scheme
from knowledge.answers.told import Telling, Told
from knowledge.dialogue import Context
from knowledge.finding.answer import sources_for
from knowledge.finding.support import calculate
from knowledge.finding.versions import law_of
from knowledge.language.spans import Reading, Span
from knowledge.reading.question import Question
from knowledge.records import Answer, Choice, Entry, Note, Region, Rule, SupportLevel

MOST_CHOICES = 5
MOST_PRICE = 50 * 10**9
"""The highest sum in đồng that may be the price of what a workshop buys or builds."""
MOST_CAPS = 2
LOCAL = "KCDP"
MILLION = 1_000_000
"""A bare number beside an amount is one of millions."""
OWN_NAME = 4
"""Words from which on the name of a level is no other thing that is counted."""


class Levels:
    """Levels and calculations of one library."""

    def __init__(
        self, library: Library, entries: EntryAnswers, telling: Telling, eligibility: Eligibility
    ) -> None:
        self._library = library
        self._tell = entries.tell
        self._cases = entries.cases
        self._telling = telling
        self._eligibility = eligibility
        self._province_levels = ProvinceLevels(library, entries, telling)

    def answer(self, asked: Asked) -> tuple[Answer, Context] | None:
        """The level or the sum that is asked for; the rule that stands against it; which activity is meant where none is
        named; None where the question is about something else."""
        question = asked.question
        told = self._telling.read(question)
        if line := self._of_two_caps(question, told):
            return self._tell(line, question, asked.today)
        wanted = self._wanted(asked, told)
        price = self._price(told, question)
        rule = rule_on_scheme(self._telling, question) if price.high and told.activities else None
        if rule is not None and rule.entry in self._library.base.entries:
            of_scheme = self._library.base.entries[rule.entry]
            return self._eligibility.refusal(asked, told) or self._tell(of_scheme, question, asked.today)
        if wanted.rule is None and not wanted.activity:
            return self._province_levels.unknown(asked, told) or self._which(asked, told)
        if not self._asks(asked, told, price, wanted):
            return None
        return (
            self._eligibility.refusal(asked, told)
            or self._each(asked, told)
            or self._told(asked, told, wanted, price)
        )

    def _each(self, asked: Asked, told: Told) -> tuple[Answer, Context] | None:
        """The levels of several works, each of which has a price of its own; None where fewer are priced."""
        levels = {rule.value: rule.level for rule, _ in told.activities if rule.level}
        money = [one for one in told.amounts if one.kind == MONEY and one.role not in NO_PRICE]
        priced = dict.fromkeys(one.activity for one in money)
        if len({levels.get(one, "") for one in priced} - {""}) < len(priced) or len(priced) < MOST_CAPS:
            return None
        found = [
            self.level(
                asked,
                levels[one],
                price_of([own for own in money if own.activity == one], asked.question.reading),
                told,
            )
            for one in priced
        ]
        (first, context), *others = [one for one in found if one]
        return replace(first, then=tuple(answer for answer, _ in others)), context

    def _told(self, asked: Asked, told: Told, wanted: Wanted, price: Price) -> tuple[Answer, Context] | None:
        """The level, or the entry that tells it in words where it is no sum, or is ruled out by what else was said."""
        level = self._library.levels.last_known(wanted.activity)
        in_words = (
            level is not None
            and level.cap is None
            and not price.high
            and not asked.question.periods.found
            and level.status != "superseded"
        )
        entry = self._library.base.entries.get(wanted.rule.amount) if wanted.rule else None
        refused = entry is not None and self._cases.refuses(entry, asked.question)
        if level is None or (entry is not None and (in_words or refused)):
            return self._tell(entry, asked.question, asked.today) if entry else None
        return self.level(asked, wanted.activity, price, told)

    def _wanted(self, asked: Asked, told: Told) -> Wanted:
        """What is to be done or bought: the level that is called by its name, the priced thing, else what is not a mere
        machine, else the machine."""
        question, context = asked.question, asked.context
        if called := self._called(question, told):
            return called
        if told.activities:
            return self._of_rules([rule for rule, _ in told.activities], told)
        goes_on = context.route == "support" and len(question.clean.split()) <= SHORT
        priced = goes_on and (question.quantities or told.amounts)
        return Wanted(context.activity) if priced else Wanted()

    def _called(self, question: Question, told: Told) -> Wanted | None:
        """The level that is called by its own name, where no activity that was told says more."""
        reading = question.reading
        said = " ".join(word.text for word in reading.words)
        activity = self._library.levels.activity_in(said)
        if not activity:
            return None
        named = self._library.levels.name_in(said)
        within = any(not rule.beside and _means(named, span, reading) for rule, span in told.activities)
        if not within and any(rule.level for rule, _ in told.activities):
            return None
        own = len(named.split()) >= OWN_NAME and not (question.counted and question.measures.named)
        rule = next((rule for rule, _ in told.activities if rule.level == activity), None)
        return Wanted(activity, rule, named=own and reading.has("aspect", "amount"))

    def _of_rules(self, rules: Sequence[Rule], told: Told) -> Wanted:
        priced = {one.activity for one in told.amounts if one.activity}
        order = {rule.level: number for number, rule in enumerate(self._telling.rules_of("activity"))}

        def best(rule: Rule) -> tuple[bool, bool, int]:
            other = bool(priced) and rule.value not in priced
            return other, not rule.level, -order.get(rule.level, 0)

        chosen = min(rules, key=best)
        return Wanted(chosen.level, chosen)

    def _of_two_caps(self, question: Question, told: Told) -> Entry | None:
        """The entry on the higher of two levels whose caps are held against each other, where it tells both."""
        numbers = {count_of(span) * MILLION for span in question.reading.of("number") if _is_plain(span)}
        if any(one.kind != MONEY for one in told.amounts):
            return None
        said = numbers | {one.high for one in told.amounts}
        if any(one.activity for one in told.amounts):
            return self._of_cap_before(told.amounts, said)
        national = (
            self._library.levels.last_known(rule.level) for rule in self._telling.rules_of("activity")
        )
        caps = {one.cap: one for one in national if one and one.cap and one.cap in said}
        if len(caps) < MOST_CAPS or not said <= caps.keys():
            return None
        highest = caps[max(caps)].activity
        rule = next(one for one in self._telling.rules_of("activity") if one.level == highest)
        return self._library.base.entries.get(rule.amount)

    def _of_cap_before(self, amounts: Sequence[Amount], said: set[Decimal]) -> Entry | None:
        """The entry on what the levels were before, where two caps that one level has had are held against each other."""
        if len(said) < MOST_CAPS or amounts[0].role != "cap":
            return None
        same = any(said <= self._library.levels.caps(one.level) for one in self._telling.rules_of("activity"))
        rule = self._telling.rule("level", "before") if same else None
        return self._library.base.entries.get(rule.entry) if rule else None

    def _price(self, told: Told, question: Question) -> Price:
        building = [rule.value for rule in self._telling.rules_of("unpriced")]
        return price_of(told.amounts, question.reading, building)

    def _asks(self, asked: Asked, told: Told, price: Price, wanted: Wanted) -> bool:
        question = asked.question
        province = self._library.province_in(question)
        return LevelQuestion(
            question,
            told,
            wanted,
            priced=bool(0 < price.high <= MOST_PRICE or price.foreign or price.unread),
            local=self._local(wanted.activity, province, asked.today) is not None,
            other=not wanted.named and self._eligibility.of_another(question, told),
            money=names_money(self._library, self._telling, question),
            follows=asked.context.route == "support",
        ).asks_level()

    def _which(self, asked: Asked, told: Told) -> tuple[Answer, Context] | None:
        """Which activity is meant, where somebody wants support and says no more."""
        question, reading = asked.question, asked.question.reading
        named = (
            told.held
            or question.regions
            or question.periods.found
            or question.programmes
            or question.documents
        )
        wish = reading.has("intent", "wish") or reading.has("aspect", "amount")
        if named or question.has_slot or not wish or not reading.has("head", "support"):
            return None
        if (
            reading.has("aspect", *OTHER_ASPECTS)
            or reading.has("unknown")
            or question.yes_no
            or question.neighbour
        ):
            return None
        if reading.has("asks", "where", "who", "when", "how", "why", "which", "what", "how_long", "list"):
            return None
        rules = [rule for rule in self._telling.rules_of("activity") if rule.ask][:MOST_CHOICES]
        choices = tuple(Choice(rule.label, rule.ask) for rule in rules)
        gap = Answer(
            status="asked_back",
            kind="choice",
            as_of=asked.today,
            gaps=(Note("ask_activity"),),
            choices=choices,
        )
        return gap, replace(asked.context, choices=choices)

    def level(self, asked: Asked, activity: str, price: Price, told: Told) -> tuple[Answer, Context] | None:
        """The level of an activity on the day that is asked, and what it makes of a price; None where none is known."""
        question, today = asked.question, asked.today
        day, dated = self._day(activity, question, today)
        level = self._library.levels.on(activity, day)
        notes = [Note("as_of_day", {"day": said_day(day)})] if dated else []
        if level is None:
            level = self._library.levels.last_known(activity)
            if level is None:
                return None
            code = "level_not_known_for_day" if dated else "level_not_known_today"
            notes.append(Note(code, {"from": level.valid_from, "until": level.valid_to}))
        province = self._library.province_in(question)
        local = self._local(activity, province, day)
        if local is not None and _of_the_province(question):
            level, local = local, level
        on_price = level.percent is not None and self._telling.rule("unpriced", activity) is None
        calculation = calculate(level, Decimal(price.high)) if price.high and on_price else None
        conditions = [one for one in told.held if one.stance in ("conditional", "unknown") and not told.made]
        notes += price_notes(price, told.amounts, calculation, question, asked=on_price)
        notes += local_notes(local, price, on_price=on_price)
        levels = [level, *([local] if local else [])]
        base = self._library.base
        answer = Answer(
            status="answered",
            kind="support",
            as_of=day if dated else today,
            levels=tuple(levels),
            cited=law_of(base.documents, levels),
            calculation=calculation,
            stance="conditional",
            entries=tuple(one.entry for one in conditions),
            regions=() if of_the_fair(question.reading, told.activities) else self._library.now(province),
            assumptions=tuple(notes),
            warnings=level_warnings(self._library.base, level, day, today, dated=dated),
            sources=sources_for(base, [source for one in levels for source in one.sources]),
            choices=self._choices(),
        )
        return answer, Context(route="support", activity=activity, region=province.id if province else "")

    def _day(self, activity: str, question: Question, today: date) -> tuple[date, bool]:
        """The day for which the level is asked: also one to come, where another level is known for it."""
        ahead = named_day(question, today)
        level = self._library.levels.on(activity, ahead) if ahead is not None and ahead > today else None
        if ahead is not None and level is not None and level.valid_from > today.isoformat():
            return ahead, True
        return day_of(question, today)

    def _local(self, activity: str, province: Region | None, day: date) -> SupportLevel | None:
        """The level that a province, or the one it belongs to now, has set itself."""
        scopes = (province.id, province.successor) if province else ()
        found = (self._library.levels.local(activity, scope, day) for scope in scopes if scope)
        return next((one for one in found if one is not None), None)

    def _choices(self) -> tuple[Choice, ...]:
        return tuple(Choice(rule.label, rule.ask) for rule in self._telling.rules_of("aspect") if rule.ask)


def _of_the_province(question: Question) -> bool:
    """Whether it is asked what the province itself gives."""
    return question.reading.has("kind", "province") or [one.value for one in question.programmes] == [LOCAL]


def _is_plain(number: Span) -> bool:
    return number.value.startswith("plain:")


def _means(name: str, span: Span, reading: Reading) -> bool:
    """Whether the name of a level says at least as closely what is meant as a span does with which it shares words."""
    said, size = [word.text for word in reading.words], len(name.split())
    starts = (number for number in range(len(said)) if said[number : number + size] == name.split())
    shared = any(span.start < start + size and start < span.end for start in starts)
    return shared and size >= span.end - span.start
