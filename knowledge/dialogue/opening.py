"""A first message that names a matter and asks nothing of it: a short question back, with choices that stand alone."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import date
from itertools import pairwise

from knowledge.base import KnowledgeBase
from knowledge.dialogue.acts import ABOUT, LEAST_OPENING, MOST_UNREAD
from knowledge.finding.wanted import FUNDING
from knowledge.language.spans import IDLE, Reading, Span
from knowledge.records import Answer, Choice, Note
from knowledge.telling.names import figure_question
from knowledge.telling.talk_texts import opener_choices, question_tail

MOST_WORDS, MOST_CHOICES = 10, 5
_MONEY = {"head:funding", "head:khuyen_cong", "asks:how_much", "operator:table", "operator:compare", "operator:rank_high", "operator:rank_low", "asks:which_province", "asks:which_region", "intent:wish", "measure:plan", "measure:actual", "measure:rate", "measure:change", "asks:how", "kind:region"}  # fmt: skip
_MONEY_ASKED = {"head:funding", "asks:how_much", "operator:table", "operator:compare", "operator:rank_high", "operator:rank_low", "measure:rate", "measure:change"}  # fmt: skip
_PROVINCE = {
    "intent:own",
    "role:own",
    "asks:how_much",
    "asks:yes_no",
    "head:funding",
    "head:khuyen_cong",
    "kind:province",
    "fact:old_district",
    "fact:commune",
    "period",
}
_OWN = {"intent:own", "role:own"}
_OF_ACTIVITY = {"head:support", "head:khuyen_cong", "intent:wish", "kind:establishment", "asks:how"}
_WISH = {
    "head:support",
    "head:khuyen_cong",
    "head:funding",
    "aspect:amount",
    "asks:how",
    "asks:how_many",
    "asks:how_much",
    "intent:wish",
    "intent:own",
    "kind:establishment",
    "kind:trade",
}
_MAY = {"asks:yes_no", "asks:check", "asks:how"}
_VAGUE = {"asks:yes_no", "asks:check", "head:support", "aspect:benefit", *_OWN, "intent:wish"}
"""What a question says that leaves open of which workshop and which work it is."""
_VAGUE_OWN = _VAGUE | {"asks:how", "kind:province", "kind:establishment"}
MOST_BARE = 3
"""Words of a message that only names the papers."""
_TELLING = frozenset({"region", "trade", "entry_name", "fact", "kind"})
_TOLD = _TELLING | {"intent", "role", "talk", "unknown", "address", "joint", "unit_name"}
"""Slots by which somebody introduces himself, and those that may stand beside them."""
MOST_INTRODUCED = 16
_TELLS_APART = {"kind", "programme", "scope", "order"}
"""Slots by which one of several things is picked, none of which says what they are."""
_FIRST_YEAR = 2015
_ONE_OF = frozenset({"trade", "entry_name"})
"""Slots that name one of several things that somebody does."""
_SERVED = ("service", "trade_only", "livestock", "farming", "fishery")
LEAST_SEVERAL, MOST_ITEM = 3, 5
"""Things that are told one after another from which it is asked which is meant, and words of one."""


class Opening:
    """Asks back what is meant, with choices from one base."""

    def __init__(self, base: KnowledgeBase) -> None:
        self._base = base
        self._called = {(row.slot, row.value): row.name for row in base.slots.values()}

    def back(self, reading: Reading, today: date) -> Answer | None:
        """The question back, or None where a message says enough to be answered."""
        said = {
            _token(span)
            for span in reading.spans
            if span.slot not in (*IDLE, "talk", "joint", "address") and not span.means("reference")
        }
        told = _pointing(said, reading, today) or several(reading, today)
        if told is not None:
            return told
        length = sum(span.end - span.start for span in reading.spans if span.slot not in IDLE)
        if length > MOST_WORDS or reading.residue or any(s.scope != "said" for s in reading.spans):
            return None
        matter, found = self._matter(said, reading)
        choices = tuple(found)[:MOST_CHOICES]
        return _asked_back(matter, choices, today) if choices else None

    def introduced(self, reading: Reading, today: date) -> Answer | None:
        """What is wanted by somebody who only tells who he is; None where a message says anything else."""
        said = {span.slot for span in reading.spans if span.slot not in IDLE}
        home = reading.has("function", "home") or reading.has("intent", "own") or reading.has("role", "own")
        home = home or reading.has("talk", "greeting") or reading.has("kind", "establishment")
        unread = sum(span.end - span.start for span in reading.of("unknown"))
        fits = home and said & _TELLING and said <= _TOLD and unread <= MOST_UNREAD
        wishes = reading.has("intent", "wish") or any(
            not s.means("talk", "greeting", "yes") for s in reading.of("talk")
        )
        if not fits or wishes or len(reading.words) > MOST_INTRODUCED:
            return None
        return _asked_back("introduced", _questions("wish", ""), today)

    def of_workshop(self, today: date) -> Answer:
        """What somebody of whose workshop something is known wants support for."""
        return _asked_back("wish", _questions("wish", ""), today)

    def of_amount(self, amount: str, today: date) -> Answer:
        """What a sum of money is for."""
        return _asked_back("amount", _questions("amount", amount), today)

    def _matter(self, said: set[str], reading: Reading) -> tuple[str, Iterable[Choice]]:
        """What is spoken of, and the questions on it that stand alone."""
        nothing = said <= {"asks:how"} or said == {"head:khuyen_cong"}
        if nothing and len(reading.words) >= LEAST_OPENING and not reading.has("talk"):
            return "start", _questions("start", "")
        if said == {"head:document"}:
            return "document", self._documents()
        if "head:event" in said and said <= {"head:event", "asks:when", "asks:where", "asks:who"}:
            return "event", self._events()
        return self._of_money(said, reading) or self._of_wish(said, reading) or ("", ())

    def _of_money(self, said: set[str], reading: Reading) -> tuple[str, Iterable[Choice]] | None:
        """Figures, of a place or a time that is not named."""
        if said & _OWN and said <= _PROVINCE and said & {"asks:how_much", "head:funding"}:
            return "province", self._figures("province")
        wishes = "intent:wish" in said and reading.has("head", "support")
        if said <= _MONEY and said & _MONEY_ASKED and not wishes:
            return "figures", self._figures("region")
        if said == {"period"}:
            return "figures", self._figures("region", reading.values("period")[0])
        return None

    def _of_wish(self, said: set[str], reading: Reading) -> tuple[str, Iterable[Choice]] | None:
        """What somebody wants to do, of which the trade, the work or the price is not told."""
        if _wishes(said):
            return "wish", _questions("wish", "")
        if said == {"aspect:papers"} and len(reading.words) <= MOST_BARE:
            return "papers", _questions("papers", "")
        activity = next(iter(reading.values("activity")), "")
        called = self._called.get(("activity", activity), "")
        others = {one for one in said if not one.startswith("activity:")}
        if activity and others <= _OF_ACTIVITY and not {"asks:how", "head:support"} <= others:
            wish = "_wish" if "intent:wish" in said else ""
            return f"activity{wish}", _questions("activity", called)
        amounts = [_typed(reading, span) for span in reading.of("amount")]
        if len(amounts) == 1 and activity and others <= {"amount", "bound:about"}:
            return "activity", _questions("activity", f"{called} {amounts[0]}")
        return ("amount", _questions("amount", amounts[0])) if amounts and said == {"amount"} else None

    def _figures(self, kind: str, year: str = "") -> Iterable[Choice]:
        """The newest plan or result of each region, or that of a year, the nation first."""
        rows = self._base.select(indicator=FUNDING, measure=("plan", "actual"), programme=("total", "KCQG"))
        kinds = ("country", kind) if kind == "region" else (kind,)
        newest: dict[str, tuple[str, str]] = {}
        for row in sorted(rows, key=lambda one: (one.period, one.programme == "total")):
            region = self._base.regions[row.region]
            if year not in ("", row.period):
                continue
            if region.kind in kinds and row.period.isdigit() and int(row.period) >= _FIRST_YEAR:
                newest[row.region] = (row.period, figure_question(self._base.names, row))
        order = sorted(newest, key=lambda one: (self._base.regions[one].kind == "country", *newest[one]))
        return [_choice(newest[one][1]) for one in reversed(order)]

    def _documents(self) -> Iterable[Choice]:
        """The documents in force on which most entries rest."""
        lines = (line.split(":")[0] for entry in self._base.entries.values() for line in entry.basis)
        often = Counter(one for one in lines if one in self._base.documents)
        rows = [self._base.documents[one] for one, _ in often.most_common()]
        return _asked(
            "document",
            [f"{row.kind} {row.number}" for row in rows if row.number and row.status != "superseded"],
        )

    def _events(self) -> Iterable[Choice]:
        """The newest event of each kind and region."""
        newest = {
            (row.kind, row.region): row.name
            for row in sorted(self._base.events.values(), key=lambda e: (e.year, e.date))
        }
        return _asked("event", list(reversed(newest.values())))


def _wishes(said: set[str]) -> bool:
    """Whether nothing is said but that somebody wants support, of which trade and for what is not told."""
    wishes = not said & {"head:funding", "asks:how"} or "intent:wish" in said
    of_trade = {"kind:trade", "region"} <= said <= _WISH | {"region"}
    vague = said & _MAY and said <= (_VAGUE_OWN if said & _OWN else _VAGUE)
    return bool(of_trade or vague or said == {"role:machine"} or (said and wishes and said <= _WISH))


def _pointing(said: set[str], reading: Reading, today: date) -> Answer | None:
    """The answer to a message that points at something, where nothing was said before."""
    slots = {one.split(":")[0] for one in said}
    if reading.has("reference", "pronoun") and not reading.residue and not reading.has("talk", *ABOUT):
        if said == {"aspect:purpose"}:  # of the bot itself
            return Answer("answered", "help", today, aspect="capability")
        if slots <= {"asks"}:
            return _asked_back("pronoun", (), today)
    corrects = reading.has("talk", "correct") and slots <= _TELLS_APART
    picks = bool(slots) and not reading.residue and (slots == {"order"} or corrects)
    return _asked_back("pronoun", (), today) if picks else None


def several(reading: Reading, today: date) -> Answer | None:
    """Which is meant, where somebody only counts up what he has or does; None where a message says anything else."""
    if any(map(reading.has, ("asks", "aspect", "amount", "activity", "period", "measure", "operator"))):
        return None
    named = list(_items(reading))
    if len(named) < LEAST_SEVERAL:
        return None
    choices = (Choice(one[:1].upper() + one[1:], f"{one} {question_tail('may')}") for one in named)
    return _asked_back("several", choices, today)


def _items(reading: Reading) -> Iterator[str]:
    """The works that are named in clauses of their own, each with the words behind it."""
    works = {span.start: span.end for span in reading.spans if _is_work(span)}
    breaks = [at for at, word in enumerate(reading.words) if at and word.break_before]
    for start, end in pairwise([0, *breaks, len(reading.words)]):
        first = next((at for at, last in works.items() if start <= at and last <= end), end)
        if first < end <= first + MOST_ITEM:
            yield " ".join(word.typed or word.text for word in reading.words[first:end])


def _is_work(span: Span) -> bool:
    """Whether a span names a trade, a kind of workshop, or what is done there."""
    return (
        span.slot in _ONE_OF or span.means("kind", "trade", "establishment") or span.means("fact", *_SERVED)
    )


def _asked_back(matter: str, choices: Iterable[Choice], today: date) -> Answer:
    return Answer("asked_back", "choice", today, gaps=(Note(f"opener_{matter}"),), choices=tuple(choices))


def _typed(reading: Reading, span: Span) -> str:
    return " ".join(word.typed or word.text for word in reading.words[span.start : span.end])


def _token(span: Span) -> str:
    if span.slot in ("amount", "region", "period", "number", "document"):
        return span.slot
    return "head:support" if span.means("head", "support") else f"{span.slot}:{span.value}"


def _choice(question: str) -> Choice:
    return Choice(question[:1].upper() + question[1:], question)


def _questions(matter: str, name: str) -> list[Choice]:
    return [_choice(question) for question in opener_choices(matter, name)]


def _asked(matter: str, names: list[str]) -> list[Choice]:
    return [choice for name in names for choice in _questions(matter, name)]
