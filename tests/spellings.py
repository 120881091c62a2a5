"""Whether a question says the same in every way of typing it: the spans of its reading, spelling by spelling.

`python -m tests.evaluate --only spellings [--failures]` prints the share of the training and blind questions that keep
their spans. A spelling counts for the questions that it changes. Questions that are misspelt as they stand are left out.
"""

from __future__ import annotations

import json
import re
import unicodedata
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from random import Random

from knowledge.language.spans import IDLE, Reading
from knowledge.reading.question import Reader
from tests.evaluate import CLOCK, load
from tests.noise import NOISES

BLIND = Path(__file__).parent / "blind"

Said = tuple[tuple[str, str, str], ...]

CHAT: dict[str, dict[str, str]] = {
    "ko": {"không": "ko"},
    "dc": {"được": "dc", "những": "nhg", "trong": "trg"},
    "bn": {"bao nhiêu": "bn", "như thế nào": "ntn"},
    "j": {"gì": "j", "vậy": "z", "rồi": "r"},
    "hok": {"không": "hok", "biết": "bik", "làm": "lm", "cũng": "cx"},
    "vs": {"với": "vs", "người": "ng", "em": "e", "mình": "mk"},
    "kcqg": {"khuyến công quốc gia": "kcqg", "khuyến công địa phương": "kcdp", "khuyến công": "kc"},
    "kp kh": {"kinh phí": "kp", "kế hoạch": "kh", "thực hiện": "th", "hỗ trợ": "htro"},
    "pb pn": {"phía Bắc": "pb", "phía Nam": "pn", "miền Trung": "mt", "địa phương": "đp"},
    "nđ tt": {"nghị định": "nđ", "thông tư": "tt", "quyết định": "qđ", "doanh nghiệp": "dn"},
}
"""Chat spelling → the words that it shortens or says in another way."""


def _shortened(words: dict[str, str]) -> Callable[[str], str]:
    """A function that writes these words, in any case, in the other way."""
    found = re.compile(rf"(?<!\w)(?:{'|'.join(sorted(words, key=len, reverse=True))})(?!\w)", re.IGNORECASE)
    other = {word.lower(): short for word, short in words.items()}
    return lambda text: found.sub(lambda match: other[match[0].lower()], text)


def _noisy(name: str) -> Callable[[str], str]:
    return lambda text: NOISES[name](text, Random(text))


SPELLINGS: dict[str, Callable[[str], str]] = {
    "NFC": lambda text: unicodedata.normalize("NFC", text),
    "NFD": lambda text: unicodedata.normalize("NFD", text),
    "no marks": _noisy("no_marks"),
    "caps": _noisy("upper"),
    "raw Telex": _noisy("telex"),
    "raw VNI": _noisy("vni"),
    "lost spaces": _noisy("glued"),
    **{f"chat: {name}": _shortened(words) for name, words in CHAT.items()},
}
"""Way of typing → what it makes of a question; the same each time."""


@dataclass(frozen=True)
class Differing:
    """A question that says something else in another spelling: what it said, and what it says there."""

    spelling: str
    typed: str
    only_before: Said
    only_after: Said


def questions() -> list[str]:
    """Every turn of the training questions that are spelt right and of the blind rounds, each once."""
    found = [turn for golden in load() if not golden.noise for turn in golden.turns]
    for path in sorted(BLIND.glob("*.jsonl")):
        for line in path.read_text(encoding="utf-8").splitlines():
            row = json.loads(line)
            found += [turn["q"] for turn in row["turns"]] if "turns" in row else [row["q"]]
    return list(dict.fromkeys(found))


def said(reading: Reading) -> Said:
    """What a reading says: slot, value and scope of each span that is of the matter, in order."""
    return tuple(
        (span.slot, span.value, span.scope)
        for span in reading.spans
        if span.slot not in IDLE and span.slot != "unknown"
    )


def differing(
    reader: Reader, texts: Iterable[str], today: date = CLOCK
) -> Iterator[tuple[str, Differing | None]]:
    """Each spelling that changes a text, with what differs in it."""
    for text in texts:
        before = said(reader.read(text, today).reading)
        for spelling, change in SPELLINGS.items():
            typed = change(text)
            if typed == text and spelling != "NFC":
                continue
            after = said(reader.read(typed, today).reading)
            yield (
                spelling,
                None
                if before == after
                else Differing(
                    spelling,
                    typed,
                    tuple(one for one in before if one not in after),
                    tuple(one for one in after if one not in before),
                ),
            )


def table(found: Iterable[tuple[str, Differing | None]]) -> str:
    """How many questions each spelling changes, and the share of them that say the same."""
    counts: defaultdict[str, list[int]] = defaultdict(lambda: [0, 0])
    for spelling, other in found:
        counts[spelling][0] += 1
        counts[spelling][1] += other is None
    lines = ["| spelling | questions | same spans |", "| --- | --: | --: |"]
    counts["all"] = [sum(column) for column in zip(*counts.values(), strict=True)]
    for name in (*SPELLINGS, "all"):
        if name in counts:
            total, same = counts[name]
            lines.append(f"| {name} | {total} | {same / total:.2%} |")
    return "\n".join(lines)


def report(reader: Reader, *, failures: bool) -> str:
    """The table, with `failures` above it a line for each question that says something else."""
    found = list(differing(reader, questions()))
    lines = (
        f"{one.spelling}: {one.typed} | without {one.only_before} | with {one.only_after}"
        for _, one in found
        if one is not None
    )
    return "\n".join((*(lines if failures else ()), table(found)))
