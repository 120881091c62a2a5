"""Words of a question for a figure that nothing explains."""

from __future__ import annotations

from itertools import pairwise, takewhile

from knowledge.answering.ratios import averages
from knowledge.answering.tabling import tabled_by
from knowledge.base import KnowledgeBase
from knowledge.finding.wanted import FUNDING, Wanted
from knowledge.language.spans import Span
from knowledge.reading.asking import uncounted
from knowledge.reading.question import Question
from knowledge.reading.residue import clauses
from knowledge.text import fold, words

_ANY_KIND = (
    "de-an",
    "co-so-duoc-ho-tro",
    "hoi-cho",
    "mo-hinh-trinh-dien",
    "co-so-may-moc",
    "nguoi-duoc-dao-tao",
)
"""Counts of things of any kind: a word that nothing explains may ask for one kind of them, as it may of money."""
TRADES = "nganh_nghe"
"""The topic of the entries on trades."""
_DISTRICTS = ("old_district", "ward", "commune")
"""What is smaller than a province: the base holds no money of one."""
_NO_NOUNS = frozenset({"period", "number", "amount", "asks", "scope"})
"""Slots of words behind which none stands that narrows them down."""
_PACES = frozenset(["tot", "kem", "cham", "te", "nhanh"])
_BENIGN = frozenset(["de", "an", "nhiem", "vu", "chuong", "trinh", "khuyen", "cong"])


class Unexplained:
    """Tells, for one base, which words its indicators and slots leave over."""

    def __init__(self, base: KnowledgeBase) -> None:
        self._base = base
        self._keys = {
            indicator.id: frozenset(
                word
                for pattern in indicator.keys
                for group in pattern
                for phrase in group
                for word in phrase.split()
            )
            for indicator in base.indicators.values()
        }
        self._names = {
            indicator.id: frozenset(words(fold(indicator.name))) for indicator in base.indicators.values()
        }

    def words(self, question: Question, wanted: Wanted) -> list[str]:
        """Words that nothing explains: they may restrict the figure to something that the base does not hold.

        A count is named by its own words, so only a question off the topic is doubted; money may be asked for any part.
        Letters that are no Vietnamese word are passed over once topic and slots are clear.
        """
        if thing := uncounted(bool(question.indicators), question.reading):
            return [thing]
        if (part := self._part_of_money(question, wanted) or self._part_named(question, wanted)) is not None:
            return [part]
        counts = wanted.indicator != FUNDING
        of_a_kind = wanted.indicator in _ANY_KIND or self._base.indicators[wanted.indicator].unit == "VND"
        if counts and not of_a_kind:
            return [] if question.own_topic or question.regions else list(question.outside)
        explained = self._explained(question, wanted)
        if counts:
            explained |= self._names[wanted.indicator]
        elif question.rank:
            explained |= _PACES
        if counts or (question.own_topic and (wanted.regions or wanted.periods)):
            explained |= set(question.unread)
        return [
            word
            for word in question.unknown
            if word not in explained and _narrows(word, question.reading.spans)
        ]

    def _part_named(self, question: Question, wanted: Wanted) -> str | None:
        """What a number is asked of by its own noun, which is no word of the indicator."""
        restricted, keys = question.restricted, self._keys.get(wanted.indicator, frozenset())
        if restricted and (not wanted.terms or averages(question)) and restricted.split()[-1] not in keys:
            return restricted
        return None

    def _explained(self, question: Question, wanted: Wanted) -> set[str]:
        """The words of the indicators that are named, and those that wish for a table."""
        named = (wanted.indicator, *question.indicators)
        keys = (self._keys.get(indicator, frozenset()) for indicator in named)
        return set(_BENIGN).union(_table_words(question), *keys)

    def _part_of_money(self, question: Question, wanted: Wanted) -> str | None:
        """The trade, or the district, of a place or time, that money is asked of; what the base holds of it has its terms."""
        placed = wanted.regions or wanted.periods
        if wanted.indicator != FUNDING or wanted.terms or question.check or not placed:
            return None
        for clause in clauses(question.reading):
            if not any(one.means("asks") or one.means("head", "funding") for one in clause):
                continue
            parts = [one for one in clause if self._is_part(one)]
            if parts:
                behind = clause[clause.index(parts[0]) + 1 :]
                name = takewhile(lambda one: one.slot == "unknown" or self._is_part(one), behind)
                return " ".join(one.text for one in (parts[0], *name))
        return None

    def _is_part(self, span: Span) -> bool:
        """Whether a span names a trade or a district, and is not ruled out."""
        trade = span.slot == "entry_name" and TRADES in self._base.entries[span.value].topics
        named = trade or span.means("kind", "trade") or span.means("fact", *_DISTRICTS)
        named = named or span.means("unit_name", "district")
        return named and span.scope != "excluded"


def _narrows(word: str, spans: tuple[Span, ...]) -> bool:
    """Whether a word stands where it may narrow something down: behind a noun or a name, not behind a time, a number, or
    what is asked or forbidden, whose verb it is."""
    pairs = (pair for pair in pairwise(spans) if pair[1].slot == "unknown" and word in pair[1].text.split())
    return not any(one.slot in _NO_NOUNS for one, _ in pairs)


def _table_words(question: Question) -> set[str]:
    """The words that wish for a table, which say nothing of what it is about."""
    spans = question.reading.of("operator", "table", "each") if tabled_by(question) else ()
    return {word for span in (*spans, *question.reading.of("rows")) for word in span.text.split()}
