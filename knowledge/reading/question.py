"""A question as it was understood: slots, what was assumed, what is missing. No knowledge of any answer."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from datetime import date

from knowledge.base import KnowledgeBase
from knowledge.language.alignment import aligned
from knowledge.language.annotate import Annotator
from knowledge.language.lexicon import FOREIGN, SPELLING
from knowledge.language.spans import IDLE, Reading
from knowledge.language.years import years_in_digits
from knowledge.own_cache import own_cache
from knowledge.reading import slots
from knowledge.reading.asking import Asking
from knowledge.reading.indicators import Countable, IndicatorReader
from knowledge.reading.numbers import Quantity, quantities_of
from knowledge.reading.periods import Periods, periods_of
from knowledge.reading.places import Gazetteer, Place, places_of
from knowledge.reading.repair import Repair, Repairer, spellings
from knowledge.reading.residue import unexplained, without_courtesy
from knowledge.reading.syllables import SYLLABLES
from knowledge.text import fold, words


@dataclass(frozen=True, slots=True)
class Question:
    """Everything that was read from one message.

    `clean`: the repaired folded text. `indicators`: ids whose key words occur, the most specific first; `counted`: the
    first of them, if its number is asked for ("bao nhiêu đề án"); `numbered`: if a number is said of it ("106 đề án").
    `restricted`: words that ask for a part of a figure. `round`: the allocation round that was named.
    `either`: whether one of two numbers is asked for.
    `unknown`: words that nothing explains; `unread`: those of them that are no Vietnamese syllables;
    `outside`: those that the base never uses. `neighbour`: the proper name of a neighbouring topic.
    """

    typed: str
    clean: str
    reading: Reading = field(default_factory=lambda: Reading(""))
    periods: Periods = field(default_factory=Periods)
    regions: tuple[Place, ...] = ()
    programmes: tuple[slots.Named, ...] = ()
    total_word: bool = False
    measures: slots.Measures = field(default_factory=slots.Measures)
    indicators: tuple[str, ...] = ()
    counted: str = ""
    numbered: str = ""
    restricted: str = ""
    round: str = ""
    documents: tuple[slots.DocumentRef, ...] = ()
    quantities: tuple[Quantity, ...] = ()
    repairs: tuple[Repair, ...] = ()
    unknown: tuple[str, ...] = ()
    unread: tuple[str, ...] = ()
    outside: tuple[str, ...] = ()
    neighbour: str = ""
    money: bool = False
    amount: bool = False
    compare: bool = False
    check: bool = False
    yes_no: bool = False
    rank: bool = False
    series: bool = False
    listing: bool = False
    who: bool = False
    where: bool = False
    when: bool = False
    why: bool = False
    own_topic: bool = False
    follow_up: bool = False
    corrected: bool = False
    pronoun: bool = False
    either: bool = False

    @property
    def bare(self) -> bool:
        """Whether nothing was said but slots ("phía Bắc", "2023", "kinh phí"): what about them is left open."""
        said = self.has_slot or self.money
        if not said or self.unknown or self.own_topic:
            return False
        beside = [span for span in self.reading.spans if not span.means("asks", "how_much")]
        if sum(span.end - span.start for span in beside) <= _BARE:
            return True
        loose = sum(span.end - span.start for span in beside if span.slot not in _SLOTS)
        return loose <= 1 and not self.indicators and bool(self.regions and self.periods.found)

    @property
    def has_slot(self) -> bool:
        """Whether any slot of a figure was named."""
        return bool(
            self.periods.found
            or self.periods.before
            or self.periods.after
            or self.periods.same
            or self.regions
            or self.programmes
            or self.measures.named
            or self.measures.percent
            or self.total_word
        )


_BARE = 4
"""Words of a message that says no more than slots; one that names a place and a time may have longer names for them."""
_SLOTS = frozenset({"asks", "head", "measure", "operator", "period", "programme", "region"})
"""Slots of what a figure is of, and of what is asked of it."""
_CORRECTED = ("period", "region", "programme")
"""Slots in which one value can be taken back for another."""
SHORT = 8
"""A message in a chat of so many words or fewer may be the rest of a question."""
READ_AGAIN = 16
"""Messages that are kept as they were read: the parts of one answer ask for the same again."""


class Reader:
    """Reads questions against the names of one base; built once, used for every message."""

    def __init__(self, base: KnowledgeBase) -> None:
        self._regions = base.regions
        self._gazetteer = Gazetteer(base.regions.values())
        self._indicators = IndicatorReader(base.indicators.values(), base.lexicon)
        self._document_numbers = frozenset(
            (int(match[1]), match[2] or "")
            for document in base.documents.values()
            if (match := re.match(r"(\d+)(?:/((?:19|20)\d\d))?", document.number))
        )
        self._idle = frozenset(fold(row.phrase) for row in base.lexicon if row.slot in IDLE)
        self._annotator = Annotator(base, self._document_numbers)
        self._repairer = Repairer(
            self._names(base), self._texts(base), spellings(base.lexicon), self._annotator.marks.parted
        )
        self._asking = Asking(base)
        self._neighbours = {
            " ".join(words(fold(row.phrase))): row.phrase for row in base.lexicon if row.slot == "neighbour"
        }
        self._understood = own_cache(self._understand, READ_AGAIN)
        self._words_of = _with_words(base)

    def reads(self, base: KnowledgeBase) -> bool:
        """Whether this is what would read questions against another base too: all their words are the same."""
        return _with_words(base) == self._words_of

    def _names(self, base: KnowledgeBase) -> list[str]:
        """What is called by name: places, things that are counted, and names that are spelled in their own way."""
        return [
            *self._gazetteer.phrases,
            *(
                word
                for i in base.indicators.values()
                for pattern in i.keys
                for group in pattern
                for word in group
            ),
            *(fold(row.phrase) for row in base.lexicon if (row.slot, row.value) == (SPELLING, "name")),
        ]

    def _texts(self, base: KnowledgeBase) -> list[str]:
        """What is written in the base, folded: words that are no slips."""
        return [
            *self._idle,
            *(
                fold(row.phrase)
                for row in base.lexicon
                if row.slot not in (SPELLING, FOREIGN) and fold(row.phrase) in SYLLABLES
            ),
            *(text for folded in base.folded.values() for text in (*folded.keys, folded.body)),
            *(fold(f"{d.title} {d.about} {' '.join(d.aliases)}") for d in base.documents.values()),
            *(fold(f"{e.name} {' '.join(e.aliases)} {e.place} {e.host}") for e in base.events.values()),
        ]

    def read(self, typed: str, today: date, *, in_chat: bool = False) -> Question:
        """Understand one message. `in_chat`: an earlier answer may be meant, so short elliptic questions make sense."""
        return self._understood(typed, today, in_chat)

    def _understand(self, typed: str, today: date, in_chat: bool) -> Question:
        spaced, clean, repairs = self._repairer.read(typed)
        clean = years_in_digits(clean, aligned("", clean))
        reading = self._annotator.annotate(spaced, clean, today, in_chat=in_chat)
        matter = without_courtesy(reading)
        if matter != clean:
            clean, reading = matter, self._annotator.annotate(spaced, matter, today, in_chat=in_chat)
        told = self._asking.flags(reading)
        countable, found = self._indicators.read(reading), quantities_of(reading)
        leftovers = self._left_over(reading)
        places, taken_out = places_of(reading, self._regions)
        left = not countable.counted and slots.asks_what_is_left(reading, amount=told["amount"])
        comparing = told["compare"] or reading.has("function", "and")
        told["compare"] |= left or taken_out
        told["corrected"] |= any(reading.excluded(one) and reading.of(one) for one in _CORRECTED)
        told["amount"] |= bool(countable.counted)
        told["money"] |= any(one.kind == "money" for one in found)
        return Question(
            typed=typed,
            clean=clean,
            reading=reading,
            periods=periods_of(reading),
            regions=places,
            programmes=slots.programmes_of(
                reading,
                counted=bool(countable.counted),
                comparing=comparing,
                short=in_chat and _is_rest(reading),
            ),
            total_word=any(one.means("programme", "total") for one in reading.named("programme")),
            measures=slots.measures_of(reading, left=left),
            indicators=countable.ids,
            counted=countable.counted,
            numbered=countable.numbered,
            restricted=self._asking.part(reading),
            round=self._asking.round(reading),
            documents=slots.documents_of(reading),
            quantities=found,
            repairs=repairs,
            unknown=leftovers,
            unread=tuple(word for word in leftovers if not self._repairer.knows(word)),
            outside=tuple(word for word in leftovers if not self._repairer.in_base(word)),
            neighbour=self._neighbour(reading),
            **told,
        )

    def _neighbour(self, reading: Reading) -> str:
        """The proper name of the neighbouring topic that is named; empty where none is."""
        named = (one.text for one in reading.of("neighbour") if one.slot == "neighbour")
        return next((self._neighbours[one] for one in named), "")

    def counted_in(self, reading: Reading) -> Countable:
        """What a part of a message speaks of."""
        return self._indicators.read(reading)

    def says(self, reading: Reading, slot: str, *values: str) -> bool:
        """Whether a part of a message says one of these, also within a longer phrase."""
        return self._asking.says(reading, slot, *values)

    def without_names(self, question: Question, today: date) -> Question:
        """The same question with the words inside the names of entries read by themselves."""
        if not question.reading.has("entry_name"):
            return question
        spaced = self._repairer.spaced(question.typed)
        reading = self._annotator.annotate(spaced, question.clean, today, without="entry_name")
        return replace(question, reading=reading)

    def annotated(self, folded: str) -> Reading:
        """The reading of a stored text, which is folded already and names no time by the clock."""
        return self._annotator.annotate(folded, folded, date.min.replace(year=2000))

    def as_typed(self, typed: str, today: date) -> Reading:
        """The reading of a whole message, with what its writer takes back in it."""
        spaced, clean, _ = self._repairer.read(typed)
        return self._annotator.annotate(spaced, clean, today)

    def more_indicators(self, question: Question, spoken_of: str) -> Question:
        """A short follow-up read together with what was spoken of ("có bao nhiêu lượt tham gia?" after a fair)."""
        found = self._indicators.read(question.reading, spoken_of)
        return replace(question, indicators=found.ids, counted=found.counted) if found.counted else question

    def _left_over(self, reading: Reading) -> tuple[str, ...]:
        """The words that nothing explains, each once."""
        return tuple(dict.fromkeys(one for one in unexplained(reading) if one not in self._idle))


def _is_rest(reading: Reading) -> bool:
    """Whether a message in a chat may be the rest of a question: short, and it asks nothing itself."""
    asks = reading.has("asks") or reading.has("order") or reading.has("operator")
    return len(reading.words) <= SHORT and not asks


def _with_words(base: KnowledgeBase) -> tuple[object, ...]:
    """The rows of a base with whose words questions are read: all but figures, sources and what stands beside a text."""
    return (
        base.regions,
        base.indicators,
        base.documents,
        base.events,
        base.entries,
        base.levels,
        base.rules,
        base.lexicon,
        base.wordings,
    )
