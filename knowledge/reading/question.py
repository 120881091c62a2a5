"""A question as it was understood: slots, what was assumed, what is missing. No knowledge of any answer."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from datetime import date

from knowledge.base import KnowledgeBase
from knowledge.language.annotate import Annotator
from knowledge.language.spans import Reading
from knowledge.own_cache import own_cache
from knowledge.reading import asking, slots
from knowledge.reading.adapter import enriched
from knowledge.reading.function_words import FUNCTION_WORDS
from knowledge.reading.indicators import IndicatorReader
from knowledge.reading.leftovers import FIXED_PHRASES, leftovers_in, matter_of, meant_for, without_courtesy
from knowledge.reading.numbers import Quantity, quantities, words_to_digits
from knowledge.reading.periods import Periods, read_periods
from knowledge.reading.places import Gazetteer, Place
from knowledge.reading.repair import Repair, Repairer, spellings
from knowledge.reading.spans import Text
from knowledge.text import fold, words


@dataclass(frozen=True, slots=True)
class Question:
    """Everything that was read from one message.

    `clean`: the repaired folded text. `indicators`: ids whose key words occur, the most specific first; `counted`: the
    first of them, if its number is asked for ("bao nhiêu đề án"); `numbered`: if a number is said of it ("106 đề án").
    `restricted`: words that ask for a part of a figure. `round`: the allocation round that was named.
    `loose`: how many words no slot has used. `unknown`: words that no slot and no function word explains; `unread`: those of them that are no Vietnamese syllables;
    `outside`: those that the base never uses. `neighbour`: the proper name of a neighbouring topic.
    """

    typed: str
    clean: str
    reading: Reading = field(default_factory=lambda: Reading(""))
    periods: Periods = field(default_factory=Periods)
    regions: tuple[Place, ...] = ()
    region_doubt: tuple[str, ...] = ()
    programmes: tuple[slots.Named, ...] = ()
    total_word: bool = False
    measures: slots.Measures = field(default_factory=lambda: slots.Measures((), False, False, False, False))
    indicators: tuple[str, ...] = ()
    counted: str = ""
    numbered: str = ""
    restricted: str = ""
    round: str = ""
    documents: tuple[slots.DocumentRef, ...] = ()
    quantities: tuple[Quantity, ...] = ()
    loose: int = 0
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

    @property
    def bare(self) -> bool:
        """Whether nothing was said but slots ("phía Bắc", "2023", "kinh phí"): what about them is left open."""
        said = self.has_slot or self.money
        if not said or self.unknown or self.own_topic:
            return False
        short = len(_ASKING.sub("", self.clean).split()) <= _BARE
        return short or (
            self.loose <= 1 and not self.indicators and bool(self.regions and self.periods.found)
        )

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
_ASKING = re.compile(r"\b(?:la )?(?:duoc )?bao nhieu\b")
_PLACES_IN_YEAR = re.compile(
    r"\b((?:3|ba|2|hai|cac|tung|moi|giua) (?:mien|vung|khu vuc)) nam (?=(?:19|20)\d\d\b)"
)
""" "Ba miền năm 2023" speaks of no South."""
_NORTH_AND_SOUTH = re.compile(
    r"\b(?:2|hai) (?:mien|vung|khu vuc|phia|dau) bac(?: va|,| -)? (?:phia |mien )?nam\b"
    r"|\b(?:mien|vung|khu vuc|phia) bac (?:va|voi|hay) nam\b(?! (?:\d|nay|ngoai|truoc|sau|toi|qua|do|ay|roi))"
)
"""Both named in one breath, of which the second would be read as a year's word."""
_AFTER_PLACE_WORD = re.compile(r"\b(?:tinh|o|tai|que|cua) ([a-z]+) ([a-z]+)")
READ_AGAIN = 16
"""Messages that are kept as they were read: the parts of one answer ask for the same again."""
_ROUNDS = {"mot": "1", "dau": "1", "nhat": "1", "hai": "2", "nhi": "2", "ba": "3", "bon": "4"}


class Reader:
    """Reads questions against the names of one base; built once, used for every message."""

    def __init__(self, base: KnowledgeBase) -> None:
        self._regions = base.regions
        self._gazetteer = Gazetteer(base.regions.values())
        self._indicators = IndicatorReader(base.indicators.values())
        self._document_numbers = frozenset(
            (int(match[1]), match[2] or "")
            for document in base.documents.values()
            if (match := re.match(r"(\d+)(?:/((?:19|20)\d\d))?", document.number))
        )
        names = [
            *self._gazetteer.phrases,
            *(
                word
                for i in base.indicators.values()
                for pattern in i.keys
                for group in pattern
                for word in group
            ),
            *_VOCABULARY,
        ]
        texts = [
            *FUNCTION_WORDS,
            *(text for folded in base.folded.values() for text in (*folded.keys, folded.body)),
            *(fold(f"{d.title} {d.about} {' '.join(d.aliases)}") for d in base.documents.values()),
            *(fold(f"{e.name} {' '.join(e.aliases)} {e.place} {e.host}") for e in base.events.values()),
        ]
        self._repairer = Repairer(names, texts, spellings(base.lexicon))
        self._annotator = Annotator(base, self._document_numbers)
        self._understood = own_cache(self._understand, READ_AGAIN)

    def read(self, typed: str, today: date, *, in_chat: bool = False) -> Question:
        """Understand one message. `in_chat`: an earlier answer may be meant, so short elliptic questions make sense."""
        return self._understood(typed, today, in_chat)

    def _understand(self, typed: str, today: date, in_chat: bool) -> Question:
        clean, repairs = self._repairer.repair(fold(typed))
        clean = _PLACES_IN_YEAR.sub(r"\1, nam ", clean)
        clean = _NORTH_AND_SOUTH.sub("phia bac va phia nam", without_courtesy(words_to_digits(clean)))
        corrected = bool(asking.DENIED.search(clean))
        clean = asking.DENIED.sub("", clean)
        correction = list(asking.CORRECTION.finditer(clean))
        if correction and correction[-1].end() < len(clean) - 3:
            corrected = True
            if correction[-1].start() > 3:
                clean = self._drop_corrected(clean, correction[-1])
        text = Text(clean)
        documents = tuple(slots.read_documents(text, self._document_numbers))
        regions = self._gazetteer.read(text)
        periods = read_periods(text, today)
        comparing = bool(asking.COMPARE.search(clean)) or bool(
            re.search(r"\bhay\b|\bva\b|\bvs\b|\bvoi\b", clean)
        )
        short = in_chat and len(words(clean)) <= 8
        programmes, total_word = slots.read_programmes(text, comparing=comparing, short=short)
        before_measures = text.rest
        measures = slots.read_measures(text)
        found = tuple(quantities(before_measures))
        for quantity in found:
            if quantity.scaled:
                text.take(*quantity.span)
        padded = f" {' '.join(words(clean))} "
        matter = f" {' '.join(words(matter_of(clean)))} "
        countable = self._indicators.read(matter)
        in_rounds = asking.ROUND.search(clean)
        restriction = asking.RESTRICTION.search(clean)
        money = bool(asking.MONEY.search(before_measures)) or any(q.kind == "money" for q in found)
        amount = bool(list(text.take_all(asking.AMOUNT)))
        for pattern in (asking.LIST, asking.RANK_WORDS, asking.COMPARE, asking.MONEY, FIXED_PHRASES):
            for _ in text.take_all(pattern):
                pass
        leftovers = leftovers_in(text)
        more, doubt = (
            self._gazetteer.misspelt(text, self._misread(clean, leftovers)) if not regions else ([], [])
        )
        if more:
            regions = sorted([*regions, *more], key=lambda place: place.position)
            leftovers = leftovers_in(text)
        loose = len(re.findall(r"[a-z0-9]+", text.rest))
        return enriched(
            Question(
                typed=typed,
                clean=clean,
                reading=self._annotator.annotate(typed, clean, today),
                periods=periods,
                regions=tuple({place.id: place for place in reversed(regions)}.values())[::-1],
                region_doubt=tuple(doubt),
                programmes=tuple(programmes),
                total_word=total_word,
                measures=measures,
                indicators=countable.ids,
                counted=countable.counted,
                numbered=countable.numbered,
                restricted=restriction.group() if restriction else meant_for(text),
                round=_ROUNDS.get(in_rounds["round"], in_rounds["round"]) if in_rounds else "",
                documents=documents,
                quantities=found,
                loose=loose,
                repairs=repairs,
                unknown=tuple(dict.fromkeys(leftovers)),
                unread=tuple(word for word in dict.fromkeys(leftovers) if not self._repairer.knows(word)),
                outside=tuple(word for word in dict.fromkeys(leftovers) if not self._repairer.in_base(word)),
                neighbour=self._neighbour(padded),
                money=money,
                amount=amount or bool(countable.counted),
                compare=bool(asking.COMPARE.search(clean)),
                check=bool(asking.CHECK.search(clean))
                or bool(asking.CHECK_TAG.search(clean) and not asking.QUESTION_WORD.search(clean)),
                yes_no=bool(asking.YES_NO.search(clean)),
                rank=bool(asking.RANK.search(clean)),
                series=bool(asking.SERIES.search(before_measures)),
                listing=bool(asking.LIST.search(clean)),
                who=bool(asking.WHO.search(clean)),
                where=bool(asking.WHERE.search(clean)),
                when=bool(asking.WHEN.search(clean)),
                why=bool(asking.WHY.search(clean)),
                own_topic=bool(asking.OWN_TOPIC.search(clean)),
                follow_up=bool(asking.FOLLOW_UP.search(clean)),
                corrected=corrected,
                pronoun=bool(asking.PRONOUN.search(clean)),
            ),
            self._regions,
        )

    def without_names(self, question: Question, today: date) -> Question:
        """The same question with the words inside the names of entries read by themselves."""
        if not question.reading.has("entry_name"):
            return question
        reading = self._annotator.annotate(question.typed, question.clean, today, without="entry_name")
        return replace(question, reading=reading)

    def annotated(self, folded: str) -> Reading:
        """The reading of a stored text, which is folded already and names no time by the clock."""
        return self._annotator.annotate(folded, folded, date.min.replace(year=2000))

    def as_typed(self, typed: str, today: date) -> Reading:
        """The reading of a whole message, with what its writer takes back in it."""
        clean = words_to_digits(self._repairer.repair(fold(typed))[0])
        return self._annotator.annotate(typed, clean, today)

    def _misread(self, clean: str, leftovers: list[str]) -> set[str]:
        """Words that may be half of a misspelt province: no Vietnamese words, or after "tỉnh", "ở" unknown ones
        and pairs that are one slip off a province's name."""
        pairs = [match.groups() for match in _AFTER_PLACE_WORD.finditer(clean)]
        named = {word for pair in pairs for word in pair}
        slips = {word for pair in pairs if self._gazetteer.one_slip_off(" ".join(pair)) for word in pair}
        return slips | {
            word
            for word in leftovers
            if not self._repairer.knows(word) or (word in named and not self._repairer.in_base(word))
        }

    def more_indicators(self, question: Question, spoken_of: str) -> Question:
        """A short follow-up read together with what was spoken of ("có bao nhiêu lượt tham gia?" after a fair)."""
        padded = f" {' '.join(words(question.clean))} {fold(spoken_of)} "
        found = self._indicators.read(padded)
        return replace(question, indicators=found.ids, counted=found.counted) if found.counted else question

    def _drop_corrected(self, clean: str, marker: re.Match[str]) -> str:
        """Of "năm ngoái à nhầm năm 2024 …" keep what was said last; keep the first half's slots that were not said again."""
        first, second = clean[: marker.start()], clean[marker.end() :]
        head, tail = Text(first), Text(second)
        new_places = self._gazetteer.read(tail)
        new_periods = read_periods(tail, date.today())
        if new_places:
            self._gazetteer.read(head)
        if new_periods.found:
            read_periods(head, date.today())
        tail_programmes, _ = slots.read_programmes(tail, comparing=False, short=False)
        if tail_programmes:
            slots.read_programmes(head, comparing=False, short=False)
        kept = re.sub(r"\x00+", " ", head.rest)
        return re.sub(r" {2,}", " ", f"{kept} {second}").strip()

    def _neighbour(self, padded: str) -> str:
        return next((name for phrase, name in _NEIGHBOURS if phrase in padded), "")


_NEIGHBOURS = [(f" {phrase} ", name) for phrase, name in asking.NEIGHBOURS.items()]
_VOCABULARY = (
    "khuyen cong", "chuong trinh", "kinh phi", "ke hoach", "thuc hien", "phan bo", "uoc thuc hien", "quoc gia", "dia phuong", "ty le", "ty trong", "ngan sach", "bao nhieu",
    "duoc duyet", "phe duyet", "duoc giao", "giai ngan", "6 thang dau nam", "phan tram", "so voi", "tang giam", "chenh lech", "cong nghiep nong thon", "nghi dinh",
    "thong tu", "quyet dinh", "hoi nghi", "ho tro", "may moc", "thiet bi", "muc ho tro", "chiem bao nhieu", "toan quoc", "ca nuoc", "khu vuc", "mien bac",
    "mien nam", "mien trung", "tay nguyen", "trung uong", "du toan", "trieu dong", "ty dong", "hoan thanh", "khuyen cong quoc gia", "khuyen cong dia phuong",
    "kcqg", "kcdp", "dung khong", "phai khong", "nam ngoai", "nam nay", "giai doan", "tong cong", "cung ky", "dau nam", "cuoi nam", "nua dau nam", "trung tam khuyen cong", "so cong thuong", "cuc cong thuong dia phuong",
)  # fmt: skip
