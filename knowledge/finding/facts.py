"""What somebody says of his establishment: its kind, its place, its trade, the work it wants, by the names of the entries
that state the rules.

A name is compared with its marks where the text has marks: "đá" (ice, stone) is not "da" (leather), and "bán" (to sell)
is not "bàn" (a table).
"""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from knowledge.records import Entry
from knowledge.text import fold, words

Topic = Literal["establishment", "place", "trade", "work"]

_TOPICS: dict[str, Topic] = {
    "doi_tuong": "establishment",
    "nganh_nghe": "trade",
    "noi_dung_hoat_dong": "work",
}
OF_CITY = {
    "doi-tuong-xa-cua-tinh": "doi-tuong-xa-thanh-pho-truc-thuoc-trung-uong",
    "doi-tuong-phuong-cua-tinh": "doi-tuong-phuong-thanh-pho-truc-thuoc-trung-uong",
}
"""The rule for a commune or a ward of a province → the rule for one of a centrally run city."""
WARD, WARD_OF_CITY = "doi-tuong-phuong-cua-tinh", "doi-tuong-phuong-thanh-pho-truc-thuoc-trung-uong"
COMMUNE, COMMUNE_OF_CITY = "doi-tuong-xa-cua-tinh", "doi-tuong-xa-thanh-pho-truc-thuoc-trung-uong"
DISTRICT = "doi-tuong-huyen-thi-xa-cu"
PLACES_TOLD = frozenset(
    {*OF_CITY, *OF_CITY.values(), DISTRICT, "doi-tuong-dac-khu", "doi-tuong-lang-nghe", "doi-tuong-trong-khu-cong-nghiep", "doi-tuong-trong-cum-cong-nghiep"}
)  # fmt: skip
"""Rules on the place of an establishment."""
_NOT_FACTS = frozenset({"doi-tuong-nguoi-lao-dong", "doi-tuong-to-chuc-tham-gia", "san-xuat-sach-hon-khong-gioi-han", "nganh-san-xuat-sach-hon-xu-ly-o-nhiem"})  # fmt: skip
"""Rules about people and works rather than about an establishment; their names say too little."""
WARD_OR_CITY = ("phường", "ở thành phố", "tại thành phố", "trong thành phố")
"""Names that leave open whether a ward is a province's or a centrally run city's."""
_MORE_NAMES = {
    "doi-tuong-xa-cua-tinh": (
        "ở xã",
        "tại xã",
        "dưới xã",
        "thuộc xã",
        "trên xã",
        "một xã",
        "xã của",
        "xã thuộc",
    ),
    WARD: WARD_OR_CITY,
    "doi-tuong-trong-cum-cong-nghiep": ("cụm công nghiệp", "CCN"),
    WARD_OF_CITY: ("quận",),
    DISTRICT: ("huyện", "thị xã", "thị trấn"),
}
"""Words that name a place only in a question about one establishment."""
_SELLING, _FARMING, _GROWING, _FISHING = (
    "nganh-khong-buon-ban",
    "nganh-khong-chan-nuoi",
    "nganh-khong-trong-trot",
    "nganh-khong-nuoi-trong-thuy-san",
)
_EATING, _SERVING = "nganh-khong-quan-an", "nganh-khong-dich-vu"
_RECYCLING, _PLASTICS = "nganh-cong-nghiep-moi-truong", "nganh-nhua-bao-bi"
_HEADS = {
    "bán": _SELLING, "bán lẻ": _SELLING, "bán buôn": _SELLING, "buôn": _SELLING, "buôn bán": _SELLING, "thu mua": _SELLING, "kinh doanh": _SELLING,
    "đại lý": _SELLING, "cửa hàng": _SELLING, "shop": _SELLING, "nuôi": _FARMING, "chăn nuôi": _FARMING, "nuôi trồng": _FISHING, "trồng": _GROWING,
    "trang trại": _FARMING, "quán": _EATING, "dịch vụ": _SERVING, "cho thuê": _SERVING, "tái chế": _RECYCLING,
}  # fmt: skip
"""What is done with any good: marked words → the entry that says so of it."""
_SURE_WITHOUT_MARKS = frozenset({"nuoi", "chan nuoi", "thu mua", "kinh doanh", "dai ly", "cua hang", "shop", "buon ban", "ban le", "dich vu", "cho thue", "trang trai", "nuoi trong", "tai che"})  # fmt: skip
_MAKES = re.compile(
    r"\b(?:san xuat|che bien|che tao|gia cong|say|dong goi|dong chai|xuong|nha may|lo|det|ep|may|duc|nghien|xay|rang|nau)\b"
)
MAKES_TO_SELL = re.compile(
    r"\b(?:lam|san xuat|che bien|gia cong|nau|say|rang|dan|det|may|duc|dong|ep|muoi|u) (?!(?:dai ly|cua hang|tiem|shop|dich vu|nghe|an|chu)\b)(?:[a-z]+ ){1,5}?(?:de )?ban\b(?! (?:buon|le|lai|ca|moi)\b)"
)
"""Something is made before it is sold ("làm đá lạnh bán")."""
_LICENCE = re.compile(r"\b(?:dang ky|giay phep|phep|giay) kinh doanh\b")
_NO_NAME = re.compile(
    r"\b(?:ke hoach kinh doanh|kinh doanh co dieu kien|dich vu khuyen cong|xuc tien thuong mai|thuong mai dien tu|dich vu cong|rung trong|(?:phan mem|website|web|trang web|app|ung dung) ban hang|ban (?:hang )?(?:tren|qua) (?:mang|san|tiktok|facebook|shopee|zalo)|ban (?:hang )?(?:online|livestream|truc tuyen)|cua hang (?:gioi thieu|trung bay)|cho thue tai chinh|ban (?:lai )?(?:cai |chiec |con |dan )?may (?:da|duoc|sau|khuyen cong|nha nuoc|ho tro)|cong ty thuong mai|khuyen cong cho thue|cua hang xom|giay (?:chung nhan|xac nhan|to|khen|phep la))\b"
)
"""Words in which the name of a trade says something else."""


@dataclass(frozen=True, slots=True)
class Fact:
    """An entry that states a rule, the name by which the text means it, and the words `start` to `end` that do."""

    topic: Topic
    entry: str
    name: str
    start: int
    end: int


class FactNames:
    """Facts by the names that their entries give them."""

    def __init__(self, entries: Iterable[Entry]) -> None:
        names: defaultdict[tuple[str, ...], dict[str, str]] = defaultdict(dict)
        self._topics: dict[str, Topic] = {}
        for entry in entries:
            topic = next((_TOPICS[one] for one in entry.topics if one in _TOPICS), None)
            if topic is None or not entry.stance or entry.valid_to or entry.id in _NOT_FACTS:
                continue
            self._topics[entry.id] = "place" if entry.id in PLACES_TOLD else topic
            for alias in (*entry.aliases, *_MORE_NAMES.get(entry.id, ())):
                for name in set(alias.split(", ")) - _HEADS.keys():
                    names[tuple(words(fold(name)))].setdefault(name, entry.id)
        self._names = dict(names)
        self._longest = max(map(len, self._names), default=0)

    def read(self, folded: str, typed: str) -> list[Fact]:
        """The facts that a repaired folded text names, in order; `typed` is what was typed, with its marks."""
        said = words(_NO_NAME.sub(lambda match: "0 " * len(match[0].split()), folded))
        spelt = Spelling(typed)
        found: list[Fact] = []
        for size in range(min(self._longest, len(said)), 0, -1):
            named = [
                Fact(self._topics[entry], entry, name, at, at + size)
                for at in range(len(said) - size + 1)
                for entry, name in self._entry(tuple(said[at : at + size]), spelt)
            ]
            for fact in sorted(
                named, key=lambda one: one.topic == "work"
            ):  # a ploughing machine is no mere machine
                if not any(fact.start < other.end and other.start < fact.end for other in found):
                    found.append(fact)
        found.sort(key=lambda fact: fact.start)
        return self._governed(found, self._heads(said, spelt), " ".join(said))

    def _entry(self, said: tuple[str, ...], spelt: Spelling) -> list[tuple[str, str]]:
        """The one entry of which these words are a name, with the name."""
        return [
            (entry, name)
            for name, entry in self._names.get(said, {}).items()
            if spelt.may_be(name) and (len(said) > 1 or spelt.marked or len(said[0]) > 3)
        ][:1]

    def _heads(self, said: list[str], spelt: Spelling) -> list[Fact]:
        found = [
            Fact("trade", entry, name, at, at + len(name.split()))
            for name, entry in _HEADS.items()
            if entry in self._topics
            and (fold(name) in _SURE_WITHOUT_MARKS or spelt.has(name))
            and spelt.may_be(name)
            for at in _places(said, fold(name).split())
        ]
        return [
            head
            for head in found
            if not any(
                other is not head and other.start <= head.start and head.end <= other.end for other in found
            )
        ]

    def _governed(self, found: list[Fact], heads: list[Fact], said: str) -> list[Fact]:
        """A head before a good takes it over ("bán gạch"); a head inside a longer name says nothing new, and of somebody
        who makes something "kinh doanh" says no more than that he is in business; he may sell what he makes."""
        heads = [
            head
            for head in heads
            if not any(fact.start <= head.start and head.end <= fact.end for fact in found)
        ]
        if any(fact.entry == _GROWING for fact in (*found, *heads)):
            heads = [head for head in heads if head.name != "trang trại"]
        kept = [
            fact
            for fact in found
            if fact.topic != "trade" or not any(head.end == fact.start for head in heads)
        ]
        made = bool(_MAKES.search(said))
        if any(fact.entry == _RECYCLING for fact in (*kept, *heads)):
            kept = [fact for fact in kept if fact.entry != _PLASTICS]
        trades = [fact for fact in kept if fact.topic == "trade"]
        free = [
            head
            for head in heads
            if not (made and head.name == "kinh doanh")
            and not (head.name == "kinh doanh" and _LICENCE.search(said))
            and not (head.name == "bán" and MAKES_TO_SELL.search(said))
            and not (head.entry == _SELLING and any(fact.end <= head.start for fact in trades))
        ]
        return sorted((*kept, *free), key=lambda fact: fact.start)


class Spelling:
    """The words of a typed text with their marks."""

    def __init__(self, typed: str) -> None:
        self._words = re.findall(r"\w+", unicodedata.normalize("NFC", typed).lower())
        self._folded = [fold(word) for word in self._words]
        self.marked = self._folded != self._words

    def may_be(self, name: str) -> bool:
        """Whether a marked name may be what was typed: not typed in these letters at all (a repaired text), typed
        with its marks, or typed wholly without marks where that is no other word."""
        own = unicodedata.normalize("NFC", name).lower().split()
        plain = [fold(word) for word in own]
        places = _places(self._folded, plain)
        return not places or any(self._same(at, own, plain) for at in places)

    def has(self, name: str) -> bool:
        """Whether a name was typed, marks and all."""
        own = list(map(_letters, unicodedata.normalize("NFC", name).lower().split()))
        return bool(_places(list(map(_letters, self._words)), own))

    def _same(self, at: int, own: list[str], plain: list[str]) -> bool:
        typed = self._words[at : at + len(own)]
        if all(_letters(one) == _letters(two) for one, two in zip(typed, own, strict=True)):
            return True
        return typed == plain and (len(own) > 1 or not self.marked)


def spellings(text: str) -> frozenset[str]:
    """The words of a text with their marks, each by its letters."""
    return frozenset(map(_letters, set(re.findall(r"\w+", unicodedata.normalize("NFC", text).lower()))))


def spelt(word: str, spelled: frozenset[str]) -> bool:
    """Whether a word stands in a text of these `spellings`, marks and all."""
    return _letters(unicodedata.normalize("NFC", word).lower()) in spelled


def _places(said: list[str], phrase: list[str]) -> list[int]:
    size = len(phrase)
    return [at for at in range(len(said) - size + 1) if said[at : at + size] == phrase]


@lru_cache(maxsize=16_384)
def _letters(word: str) -> str:
    """The letters and marks of a word, the same for old and new tone placement."""
    return "".join(sorted(unicodedata.normalize("NFD", word)))
