"""May this workshop have it? What was told of it, each thing held against its rule; the worst stance leads."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from knowledge.answering.entries import EntryAnswers
from knowledge.answering.library import Asked, Library, day_of, notes_of_day
from knowledge.answers.held import ELSEWHERE, RANK, Held, bearing, verdict
from knowledge.answers.size import Size
from knowledge.answers.told import Telling, Told
from knowledge.answers.trades import PLACES
from knowledge.dialogue import Context
from knowledge.finding.answer import entry_answer, sources_for
from knowledge.finding.versions import cited, with_amendments
from knowledge.language.spans import IDLE, Reading
from knowledge.reading.question import Question
from knowledge.records import Answer, Entry, Note, Stance

MOST_FACTS = 5
"""Rules told in one answer."""
OF_SIZE = ("capital", "revenue")
"""Roles of amounts that say how large an enterprise is."""
APART = ("twice", "validity", "sanction", "contact")
"""Aspects that are asked of a support that one has or had, whatever rules out another."""
MOST_UNKNOWN = 2
"""Unknown phrases of a question that asks no more than "may I?"."""
OTHER_ASPECTS = (
    "papers", "procedure", "deadline", "duration", "approver", "place", "contact", "benefit", "purpose", "validity", "since",
    "issuer", "issued", "amended", "replaced", "new_points", "selection", "priority", "payment", "duty", "sanction", "repay",
    "twice", "other_source", "cause", "solution", "result", "host", "next_host", "chair", "participants", "example",
)  # fmt: skip
"""Aspects of a scheme that are no question of whether a workshop may have it, nor of how much."""
OTHER_ASKS = (
    "why", "how", "when", "who", "where", "how_long", "how_often", "definition", "which_document", "list", "check",
)  # fmt: skip
"""Questions that are not "may I?"."""


class Eligibility:
    """Holds what is told of workshops against the rules of one library."""

    def __init__(self, library: Library, entries: EntryAnswers, telling: Telling) -> None:
        self._library = library
        self._tell = entries.tell
        self._cases = entries.cases
        self._telling = telling

    def answer(self, asked: Asked, told: Told | None = None) -> tuple[Answer, Context] | None:
        """The rule of the one thing told, or the rules of several under the worst; None where nothing is told that a rule
        speaks of, or something else is asked."""
        question = asked.question
        told = told or self._telling.read(question)
        if self._of_the_vote(asked):
            return self._voted(asked, told)
        if (abroad := self._abroad(asked)) is not None:
            return abroad
        if question.reading.has("aspect", "priority", "conditions") and (
            preferred := self._preferred(question, told)
        ):
            first = self._tell(preferred[0].entry, question, asked.today)
            return self._together(asked, told, preferred) if len(preferred) > 1 else first
        if (elsewhere := self._elsewhere(asked)) is not None:
            return elsewhere
        return self._may(asked, told) if told.held and self._asks(question, told) else None

    def _may(self, asked: Asked, told: Told) -> tuple[Answer, Context] | None:
        """What was told under its rules; None where figures of a time, or a sum, are asked for."""
        question = asked.question
        then = self._rule_of_then(asked, told)
        if then is not None:
            return self._tell(then, question, asked.today)
        if not told.ruled_out and any(
            not period.relative and period.code for period in question.periods.found
        ):
            return None
        prices = [one for one in told.amounts if one.role not in OF_SIZE]
        if not told.ruled_out and prices and any(rule.level for rule, _ in told.activities):
            return None  # the level tells the conditions, and the sum
        return self.tell(asked, told)

    def _preferred(self, question: Question, told: Told) -> list[Held]:
        """The rules on who comes first that what was told of the owner is under, or several things that were named, or
        the one of which it is asked whether the owner is under it."""
        entries = self._library.base.entries
        named = [entries[one] for one in names_of_entries(question.reading) if one in entries]
        asks = question.reading.has("aspect", "priority")
        owner = [one.entry for one in told.held if _of_priority(one.entry)] if asks else []
        first = dict.fromkeys([*owner, *filter(_of_priority, named)])
        held = [Held(one, one.stance, "establishment") for one in first]
        return held if owner or len(held) > 1 or not asks else []

    def refusal(self, asked: Asked, told: Told) -> tuple[Answer, Context] | None:
        """The answer where something that was told rules support out, so that no level may be told."""
        return self.tell(asked, told) if told.ruled_out else None

    def _of_the_vote(self, asked: Asked) -> bool:
        """Whether the vote on products is asked about, or was, and no support is named."""
        reading, ids = asked.question.reading, asked.context.ids[:1]
        last = self._library.base.entries.get(ids[0]) if ids and asked.context.route == "entry" else None
        goes_on = last is not None and "binh_chon" in last.topics and not asked.question.own_topic
        wants = reading.has("head", "support") or reading.has("intent", "wish")
        named = reading.has("activity", "binh-chon") or reading.has("head", "product_vote")
        return named or (goes_on and not wants)

    def _voted(self, asked: Asked, told: Told) -> tuple[Answer, Context] | None:
        """The rule of the vote on products that speaks of what was told, where one does."""
        held = next((one for one in told.held if one.topic == "vote"), None)
        return self._tell(held.entry, asked.question, asked.today) if held else None

    def tell(self, asked: Asked, told: Told) -> tuple[Answer, Context] | None:
        """What was told under the worst of its rules, whatever is asked."""
        held = bearing(self._with_work(told, asked.question))
        if not held:
            return None
        if len(held) == 1:
            only = held[0]
            if only.topic == "work" and only.stance == "yes":
                return None
            answer, context = self._tell(only.entry, asked.question, asked.today)
            stance: Stance = "no" if only.stance == "no" else answer.stance or "conditional"
            return replace(
                answer, stance=stance, assumptions=(*_of_size(told.size), *answer.assumptions)
            ), context
        return self._together(asked, told, held)

    def _asks(self, question: Question, told: Told) -> bool:
        """Whether it is asked what a workshop may have."""
        if question.documents or (question.counted and not question.yes_no):
            return False
        reading = question.reading
        which = reading.has("asks", "which", "which_province", "where") or reading.has("aspect", "place")
        if _refused(question, told) or (which and any(one.value == "elsewhere" for one in told.held)):
            return True
        if _of_another_topic(question) or self.of_another(question, told):
            return False
        if _of_another_aspect(question, bool(told.activities)):
            return False
        if question.yes_no and len(reading.residue) <= MOST_UNKNOWN:
            return True
        conditions = reading.has("aspect", "conditions", "rural")
        may = reading.has("head", "support", "khuyen_cong") or reading.has(
            "aspect", "before_approval", "benefit"
        )
        wants = question.yes_no or reading.has("intent", "wish")
        return bool(conditions or (may and wants))

    def of_another(self, question: Question, told: Told) -> bool:
        """Whether an entry is named that speaks of neither a workshop nor a work."""
        entries = self._library.base.entries
        held = {one.entry.id for one in told.held}
        named = [
            value for value in names_of_entries(question.reading) if value in entries and value not in held
        ]
        levels = {rule.amount for rule in self._telling.rules_of("activity")}
        named = [one for one in named if one not in levels]
        return any(
            not {"doi_tuong", "nganh_nghe", "noi_dung_hoat_dong", "uu_tien"} & set(entries[one].topics)
            for one in named
        )

    def _elsewhere(self, asked: Asked) -> tuple[Answer, Context] | None:
        """The rule on another place, asked for in a few words after the rule on one."""
        question, context = asked.question, asked.context
        if not question.follow_up or context.route != "entry" or not context.ids:
            return None
        rules = [rule for value in PLACES for rule in self._telling.rules_of("fact") if rule.value == value]
        last = max(
            (rule for rule in rules if rule.entry == context.ids[0]),
            key=lambda rule: len(rule.beside),
            default=None,
        )
        place = next((span.value for span in question.reading.of("fact") if span.value in PLACES), "")
        if last is None or not place:
            return None
        city = next((one.partition(":")[2] for one in last.beside if one.startswith("region:")), "")
        rule = self._telling.rule("fact", place, question.reading, city)
        entry = self._library.base.entries.get(rule.entry) if rule else None
        return self._tell(entry, question, asked.today) if entry else None

    def _abroad(self, asked: Asked) -> tuple[Answer, Context] | None:
        """Another country's policy is not ours."""
        reading = asked.question.reading
        spans = [span for span in reading.spans if span.slot not in (*IDLE, "talk", "reference")]
        leads = bool(spans) and spans[0].means("fact", "abroad")
        support = any(span.slot in ("head", "aspect", "activity", "asks") for span in spans[1:2])
        own = reading.has("intent") or reading.has("kind", "establishment")
        if not (leads and support) or own or reading.has("activity", *ELSEWHERE):
            return None
        gap = Answer(status="no_answer", kind="support", as_of=asked.today, gaps=(Note("abroad"),))
        return gap, asked.context

    def _rule_of_then(self, asked: Asked, told: Told) -> Entry | None:
        """The rule on the establishment or its place that was another one on the day that is asked."""
        if not asked.question.periods.found:
            return None
        day, _ = day_of(asked.question, asked.today)
        entries = [one.entry for one in told.held if one.topic in ("establishment", "place")]
        return next((one for one in entries if self._library.versions.on(one, day) is not one), None)

    def _with_work(self, told: Told, question: Question) -> list[Held]:
        """What was told, with the rule on what is to be done or bought where another thing leads."""
        refused = told.worst == "no" or any(self._cases.refuses(one.entry, question) for one in told.held)
        held = [one for one in told.held if not (refused and one.topic == "work" and one.stance == "yes")]
        known = {one.entry.id for one in held}
        for rule, span in told.activities:
            entry = self._library.base.entries.get(rule.entry)
            entry = self._cases.instead(entry, question) if entry else None
            if entry is None or entry.id in known or (refused and entry.stance == "yes"):
                continue
            held.append(Held(entry, rule.stance or entry.stance, "work", rule.value, span.start, span.end))
            known.add(entry.id)
        return held[:MOST_FACTS]

    def _together(self, asked: Asked, told: Told, held: Sequence[Held]) -> tuple[Answer, Context]:
        """One answer of several rules; the first of those with the worst verdict leads."""
        base = self._library.base
        plainest = {id(one): RANK[one.entry.stance] if one.stance == "no" else 0 for one in held}
        ordered = sorted(held, key=lambda one: (RANK[one.stance], one.topic != "work", plainest[id(one)]))
        worst = ordered[0].stance
        first = [one for one in ordered if one.stance != "no" and told.leads(one)] if worst != "no" else []
        ordered = [*first, *(one for one in ordered if one not in first)]
        lead = ordered[0]
        stance, aspect = verdict([] if first else held, worst)
        entries = [one.entry for one in ordered]
        day, dated = day_of(asked.question, asked.today)
        province = self._library.province_in(asked.question)
        if self._telling.in_two_provinces(asked.question):
            province = None
        answer = replace(
            entry_answer(base, lead.entry, asked.today, stance),
            aspect=aspect,
            entries=tuple(entries),
            regions=self._library.now(province),
            assumptions=(*_of_size(told.size), *(notes_of_day(base, lead.entry, day) if dated else ())),
            cited=with_amendments(
                base.documents, cited(base.documents, [line for one in entries for line in one.basis])
            ),
            warnings=(Note("needs_check"),) if any(one.status == "needs_check" for one in entries) else (),
            sources=sources_for(base, [source for one in entries for source in one.sources]),
        )
        answer = self._cases.told(answer, lead.entry, asked.question)
        return answer, Context(route="entry", ids=tuple(one.id for one in entries))


def _of_priority(entry: Entry) -> bool:
    return "uu_tien" in entry.topics


def _refused(question: Question, told: Told) -> bool:
    """Whether support is wanted although something that was told rules it out, however else it is asked."""
    reading = question.reading
    twice = any(one.value in ("other_source", "both_trips", "bought_already") for one in told.held)
    apart = (reading.has("aspect", *APART) and not twice) or reading.has("head", "event")
    if not told.ruled_out or apart or reading.has("asks", "why", "definition", "list"):
        return False
    support = reading.has("head", "support")
    mine = support or reading.has("intent") or reading.has("kind", "establishment")
    if reading.has("aspect", *OTHER_ASPECTS) and not (mine or told.decisive):
        return False
    wants = support or reading.has("intent", "wish") or reading.has("aspect", "conditions")
    if question.yes_no and (question.own_topic or reading.has("aspect", "priority")):
        return True
    return wants or _buys(question, told)


def _buys(question: Question, told: Told) -> bool:
    """Whether it is asked what comes of buying something."""
    asks = question.yes_no or bool(told.amounts) or question.reading.has("aspect", "amount")
    bought = bool(told.activities)
    return (bought or told.decisive) if asks else (bought and told.decisive)


def _of_another_topic(question: Question) -> bool:
    """Whether figures, an office or one of several things are asked for."""
    reading = question.reading
    if (question.neighbour and not question.own_topic) or (question.measures.named and question.money):
        return True
    mine = question.yes_no or reading.has("intent")
    if reading.has("head", "funding") and not mine:
        return True
    wants = (
        reading.has("head", "support") or reading.has("intent", "wish") or reading.has("aspect", "benefit")
    )
    if reading.has("kind", "office") and not wants:
        return True
    return not mine and (reading.has("operator") or reading.has("asks", "what", "which", "how_many"))


def _of_another_aspect(question: Question, of_work: bool) -> bool:
    """Whether something else is asked of a support than whether one may have it. Whoever names a work of his own asks for
    nothing else when he asks how to come by it, or what there is for him."""
    reading = question.reading
    own_way = question.yes_no and reading.has("intent", "own")
    own = {"procedure", "benefit"} if of_work else {"procedure"}
    aspects = [one for one in OTHER_ASPECTS if one not in own or not own_way]
    way_in = question.yes_no and reading.has("intent", "wish")
    if question.programmes or reading.has("aspect", *aspects, "amount"):
        return True
    amount = reading.has("asks", "how_much", "percent") or (question.amount and not question.yes_no)
    asks = any(not span.means("joint", "follow") for span in reading.of("asks", *OTHER_ASKS))
    return bool(amount or (asks and not way_in))


def names_of_entries(reading: Reading) -> list[str]:
    """The entries that are named by words that mean nothing else."""
    return [span.value for span in reading.spans if span.slot == "entry_name" and span.scope != "excluded"]


def _of_size(size: Size) -> tuple[Note, ...]:
    if not size.known:
        return ()
    return (Note("size_large" if size.large else "size_open" if size.large is None else "size_within"),)
