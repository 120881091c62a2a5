"""The closed lists of the field: programmes, measures, document kinds, operations, question words, neighbouring topics.

All phrases are folded. Reading is exact and in order; whoever reads a span uses it up (`spans.Text`).
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from knowledge.language.spans import Reading
from knowledge.reading.spans import Text


def any_of(*phrases: str) -> re.Pattern[str]:
    """One pattern for whole phrases, the longest first."""
    ordered = sorted(phrases, key=lambda phrase: (-len(phrase), phrase))
    return re.compile(r"\b(?:" + "|".join(ordered) + r")\b")


# --- documents -------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class DocumentRef:
    """A document as a question names it: `kind` is the short form (nd, tt, ttlt, qd, …) or empty."""

    number: int
    year: str
    kind: str
    typed: str


def documents_of(reading: Reading) -> tuple[DocumentRef, ...]:
    """The documents that a reading names by their numbers and does not rule out; a day behind one is no year of it."""
    found = []
    for span in reading.named("document"):
        number, year, kind = span.value.split("/")
        typed = reading.clean[reading.words[span.start].start : reading.words[span.end - 1].end]
        found.append(DocumentRef(int(number), year if year in typed else "", kind, typed))
    return tuple(found)


# --- programmes ------------------------------------------------------------------------------------------------------

_NOT_PROGRAMME = any_of(
    r"cuc cong (?:thuong|nghiep) dia phuong", r"nganh cong thuong dia phuong", r"cong thuong dia phuong",
    r"chuong trinh muc tieu quoc gia(?: xay dung nong thon moi)?", r"muc tieu quoc gia", r"cap quoc gia",
    r"(?:cac|nhung|moi|tung|mot so|bao nhieu|may|so|o|tai|ve|cho|giua cac|\d+) dia phuong", r"dia phuong nao",
    r"dia phuong (?:duoc giao|duoc duyet|duoc phan bo|trong vung)",
    r"(?:tieu bieu|binh chon|san pham) (?:cap )?quoc gia",
)  # fmt: skip
_KCQG = any_of(
    r"kcqg", r"kcqq", r"khuyen cong (?:cap )?quoc gia", r"(?:nguon|von|kinh phi|ngan sach|phan|ben|cap|chuong trinh|rieng|de an) quoc gia",
    r"(?:nguon|von|kinh phi|ngan sach|phan|ben|cap|khuyen cong|rieng) trung uong", r"quoc gia",
)  # fmt: skip
_KCDP = any_of(
    r"kcdp", r"kcd", r"khuyen cong dia (?!phuong|ban|diem|gioi)p[a-z]{2,6}", r"khuyen cong (?:cap )?dia phuong", r"(?<!trung tam )khuyen cong (?:cap )?tinh",
    r"(?:nguon|von|kinh phi|ngan sach|phan|ben|cap|rieng|de an) dia phuong", r"(?:nguon|ngan sach) tinh",
)  # fmt: skip
_LOCAL_ALONE = re.compile(r"\bdia phuong\b")
_BOTH = any_of(
    r"tong (?:so |cong |kinh phi |ke hoach )?(?:cua )?kcqg (?:va|voi|cong) kcdp", r"tong (?:so |cong |kinh phi |ke hoach )?(?:khuyen cong )?quoc gia (?:va|voi|cong) (?:khuyen cong )?dia phuong",
    r"tong (?:ca )?(?:hai|2) nguon", r"ca (?:hai|2) nguon", r"(?:hai|2) nguon", r"gop ca hai", r"ca kcqg (?:lan|va) kcdp",
    r"(?:ca|tinh ca|gom ca|gom) (?:khuyen cong |nguon |phan )?quoc gia (?:ca|lan|va|cung|cong|voi) (?:ca )?(?:khuyen cong |nguon |phan )?dia phuong(?: cong lai)?",
    r"(?:ca|tinh ca|gom ca|gom) kcqg (?:lan|va|cong|cung|voi) (?:ca )?kcdp",
    r"(?:ca |tinh ca |gom ca )?(?:khuyen cong )?quoc gia (?:lan|va|cung|cong) (?:khuyen cong )?dia phuong(?: cong lai)?",
    r"(?:ca |tinh ca |gom ca )?kcqg (?:lan|va|cong|\+) kcdp(?: cong lai| gop lai)",
)  # fmt: skip
_JOINTLY = re.compile(
    r"\b(?:ca|tinh ca|gom|gom ca|tong|tong cong|tong so|tong kinh phi|tong ke hoach) (?:cua )?(?:khuyen cong |nguon |phan )?(?:quoc gia|kcqg|hai nguon|2 nguon)\b"
)
_TOTAL_WORD = any_of(
    r"tong cong",
    r"tong so",
    r"tong the",
    r"tong",
    r"toan bo",
    r"tat ca",
    r"ca thay",
    r"gop lai",
    r"cong lai",
    r"chung",
)


@dataclass(frozen=True, slots=True)
class Named:
    """A value of a closed list, and where it was named."""

    value: str
    position: int


def read_programmes(text: Text, *, comparing: bool, short: bool) -> tuple[list[Named], bool]:
    """Take programmes out of `text`: (KCQG/KCDP/total in order, whether a word for "total" was said).

    `short`: in a short follow-up or a comparison of sources, "địa phương" alone means the local programme.
    """
    kept = list(_NOT_PROGRAMME.finditer(text.rest))
    masked = Text(text.rest)
    for match in kept:
        masked.take(*match.span())
    found: list[Named] = []
    if not comparing or _JOINTLY.search(masked.rest):
        found += [Named("total", match.start()) for match in masked.take_all(_BOTH)]
    found += [Named("KCDP", match.start()) for match in masked.take_all(_KCDP)]
    found += [Named("KCQG", match.start()) for match in masked.take_all(_KCQG)]
    has_qg = any(one.value == "KCQG" for one in found)
    if not any(one.value == "KCDP" for one in found) and (short or (comparing and has_qg)):
        found += [Named("KCDP", match.start()) for match in masked.take_all(_LOCAL_ALONE)]
    total_word = bool(list(masked.take_all(_TOTAL_WORD)))
    for match in kept:
        masked.rest = masked.rest[: match.start()] + match.group() + masked.rest[match.end() :]
    text.rest = masked.rest
    found.sort(key=lambda one: one.position)
    return list({one.value: one for one in reversed(found)}.values())[::-1], total_word


# --- measures --------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Measures:
    """What is asked of a figure. `named`: plan / allocated / assigned / actual / estimate in order of naming.

    `percent`: a percent is asked for; `rate`, `share`, `moved` (up, down, difference): words for those.
    """

    named: tuple[Named, ...]
    percent: bool
    rate: bool
    share: bool
    moved: bool
    target: bool = False
    change: bool = False
