"""A question as it was understood: slots, what was assumed, what is missing. No knowledge of any answer."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import date

from knowledge.base import KnowledgeBase
from knowledge.reading import slots
from knowledge.reading.function_words import FUNCTION_WORDS
from knowledge.reading.numbers import Quantity, quantities, words_to_digits
from knowledge.reading.periods import Periods, read_periods
from knowledge.reading.places import Gazetteer, Place
from knowledge.reading.repair import Repair, Repairer
from knowledge.reading.spans import Text
from knowledge.text import fold, words
from knowledge.records import Indicator


@dataclass(frozen=True, slots=True)
class Question:
    """Everything that was read from one message.

    `clean`: the repaired folded text. `indicators`: ids whose key words occur, the most specific first. `unknown`:
    words that no slot and no function word explains. `neighbour`: the proper name of a neighbouring topic.
    """

    typed: str
    clean: str
    periods: Periods = field(default_factory=Periods)
    regions: tuple[Place, ...] = ()
    region_doubt: tuple[str, ...] = ()
    programmes: tuple[slots.Named, ...] = ()
    total_word: bool = False
    measures: slots.Measures = field(default_factory=lambda: slots.Measures((), False, False, False, False))
    indicators: tuple[str, ...] = ()
    documents: tuple[slots.DocumentRef, ...] = ()
    quantities: tuple[Quantity, ...] = ()
    repairs: tuple[Repair, ...] = ()
    unknown: tuple[str, ...] = ()
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
    event: bool = False
    own_topic: bool = False
    follow_up: bool = False
    corrected: bool = False
    pronoun: bool = False

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


_ASKED_UNIT = re.compile(r"\b(?:bao nhieu|may|so luong|tong so|so|dem duoc|\d+) (?P<unit>[a-z]+(?: [a-z]+)?)")


class Reader:
    """Reads questions against the names of one base; built once, used for every message."""

    def __init__(self, base: KnowledgeBase) -> None:
        self._gazetteer = Gazetteer(base.regions.values())
        self._indicators: list[tuple[Indicator, tuple[tuple[tuple[str, ...], ...], ...], str]] = [
            (
                indicator,
                tuple(tuple(tuple(f" {word} " for word in group) for group in pattern) for pattern in indicator.keys),
                fold(indicator.unit),
            )
            for indicator in base.indicators.values()
            if indicator.keys
        ]
        self._document_numbers = frozenset(
            (int(match[1]), match[2] or "")
            for document in base.documents.values()
            if (match := re.match(r"(\d+)(?:/((?:19|20)\d\d))?", document.number))
        )
        names = [
            *self._gazetteer.phrases,
            *(word for i in base.indicators.values() for pattern in i.keys for group in pattern for word in group),
            *_VOCABULARY,
        ]
        texts = [
            *FUNCTION_WORDS,
            *(
                fold(text)
                for entry in base.entries.values()
                for text in (entry.title, entry.body, *entry.questions, *entry.aliases)
            ),
            *(fold(f"{d.title} {d.about} {' '.join(d.aliases)}") for d in base.documents.values()),
            *(fold(f"{e.name} {' '.join(e.aliases)} {e.place} {e.host}") for e in base.events.values()),
        ]
        self._repairer = Repairer(names, texts)

    def read(self, typed: str, today: date, *, in_chat: bool = False) -> Question:
        """Understand one message. `in_chat`: an earlier answer may be meant, so short elliptic questions make sense."""
        clean, repairs = self._repairer.repair(fold(typed))
        clean = words_to_digits(clean)
        corrected = False
        correction = list(slots.CORRECTION.finditer(clean))
        if correction and correction[-1].end() < len(clean) - 3:
            corrected = True
            if correction[-1].start() > 3:
                clean = self._drop_corrected(clean, correction[-1])
        text = Text(clean)
        documents = tuple(slots.read_documents(text, self._document_numbers))
        regions = self._gazetteer.read(text)
        periods = read_periods(text, today)
        comparing = bool(slots.COMPARE.search(clean)) or bool(re.search(r"\bhay\b|\bva\b|\bvs\b", clean))
        short = in_chat and len(words(clean)) <= 8
        programmes, total_word = slots.read_programmes(text, comparing=comparing, short=short)
        before_measures = text.rest
        measures = slots.read_measures(text)
        found = tuple(quantities(before_measures))
        for quantity in found:
            if quantity.scaled:
                text.take(*quantity.span)
        padded = f" {' '.join(words(clean))} "
        indicators = self._read_indicators(padded)
        money = bool(slots.MONEY.search(before_measures)) or any(q.kind == "money" for q in found)
        amount = any(True for _ in text.take_all(slots.AMOUNT))
        for _ in text.take_all(slots.MONEY):
            pass
        leftovers = [word for word in text.leftovers() if word not in FUNCTION_WORDS and not word.isdigit()]
        unexplained = {word for word in leftovers if not self._repairer.knows(word) or word in repaired_words(repairs)}
        more, doubt = self._gazetteer.misspelt(text, {word for word in leftovers if word not in _COMMON}) if not regions and leftovers else ([], [])
        if more:
            regions = sorted([*regions, *more], key=lambda place: place.position)
            leftovers = [word for word in text.leftovers() if word not in FUNCTION_WORDS and not word.isdigit()]
        del unexplained
        return Question(
            typed=typed,
            clean=clean,
            periods=periods,
            regions=tuple({place.id: place for place in reversed(regions)}.values())[::-1],
            region_doubt=tuple(doubt),
            programmes=tuple(programmes),
            total_word=total_word,
            measures=measures,
            indicators=indicators,
            documents=documents,
            quantities=found,
            repairs=repairs,
            unknown=tuple(dict.fromkeys(leftovers)),
            neighbour=self._neighbour(padded),
            money=money,
            amount=amount,
            compare=bool(slots.COMPARE.search(clean)),
            check=bool(slots.CHECK.search(clean)),
            yes_no=bool(slots.YES_NO.search(clean)),
            rank=bool(slots.RANK.search(clean)),
            series=bool(slots.SERIES.search(clean)),
            listing=bool(slots.LIST.search(clean)),
            who=bool(slots.WHO.search(clean)),
            where=bool(slots.WHERE.search(clean)),
            when=bool(slots.WHEN.search(clean)),
            why=bool(slots.WHY.search(clean)),
            event=bool(slots.EVENT.search(clean)),
            own_topic=bool(slots.OWN_TOPIC.search(clean)),
            follow_up=bool(slots.FOLLOW_UP.search(clean)),
            corrected=corrected,
            pronoun=bool(slots.PRONOUN.search(clean)),
        )

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

    def _read_indicators(self, padded: str) -> tuple[str, ...]:
        units = {match["unit"] for match in _ASKED_UNIT.finditer(padded)}
        scored: list[tuple[float, int, str]] = []
        for order, (indicator, patterns, unit) in enumerate(self._indicators):
            best = 0.0
            for pattern in patterns:
                hits = [max((len(word) for word in group if word in padded), default=0) for group in pattern]
                if all(hits):
                    best = max(best, len(hits) + sum(hits) / 100)
            if best:
                asked = any(unit == said or unit.startswith(said) or said.startswith(unit) for said in units) if unit else False
                scored.append((best + (2.0 if asked else 0.0), -order, indicator.id))
        scored.sort(reverse=True)
        return tuple(indicator for _, _, indicator in scored)

    def _neighbour(self, padded: str) -> str:
        for phrase, name in slots.NEIGHBOURS.items():
            if f" {phrase} " in padded:
                return name
        return ""


def repaired_words(repairs: tuple[Repair, ...]) -> frozenset[str]:
    """The words that repairs produced."""
    return frozenset(word for repair in repairs for word in repair.read.split())


_COMMON = frozenset(
    "hoi nghi dao nghe mo hinh hoi cho dang cai ket luan trao co may moc thiet bi chinh sach san pham tieu bieu doanh nghiep xuong muc toi".split()
)
_VOCABULARY = (
    "khuyen cong", "kinh phi", "ke hoach", "thuc hien", "phan bo", "uoc thuc hien", "quoc gia", "dia phuong", "ty le", "ty trong", "ngan sach", "bao nhieu",
    "duoc duyet", "phe duyet", "duoc giao", "giai ngan", "6 thang dau nam", "phan tram", "so voi", "tang giam", "chenh lech", "cong nghiep nong thon", "nghi dinh",
    "thong tu", "quyet dinh", "hoi nghi", "ho tro", "may moc", "thiet bi", "muc ho tro", "chiem bao nhieu", "toan quoc", "ca nuoc", "khu vuc", "mien bac",
    "mien nam", "mien trung", "tay nguyen", "trung uong", "du toan", "trieu dong", "ty dong", "hoan thanh", "khuyen cong quoc gia", "khuyen cong dia phuong",
    "kcqg", "kcdp", "nam ngoai", "nam nay", "giai doan", "tong cong", "cung ky", "dau nam", "cuoi nam", "nua dau nam", "trung tam khuyen cong", "so cong thuong", "cuc cong thuong dia phuong",
)  # fmt: skip
