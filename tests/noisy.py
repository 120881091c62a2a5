"""Makes `golden/noisy.jsonl`: clean golden questions of all groups, each retyped in one kind of noise; and
`golden/web_noisy.jsonl`: every clean question about the figures of public pages, retyped in one kind.

`python -m tests.noisy` writes the files again; the same questions and the same seeds give the same lines. What each kind
of noise does is in `tests/noise.py` and below; the expectation is the clean question's own.
"""

from __future__ import annotations

import json
import re
from random import Random

from tests.evaluate import GOLDEN, Golden, load
from tests.noise import NOISES, Noise

EACH = 32
"""Questions of each kind of noise."""
WEB = "web-"
"""How the ids of the questions about the figures of public pages begin."""

_DIGITS = ("không", "một", "hai", "ba", "bốn", "năm", "sáu", "bảy", "tám", "chín")
_REGIONAL = {
    "không": "hông", "ở đâu": "ở mô", "thế nào": "ra răng", "vậy": "rứa", "phía Bắc": "ngoài Bắc", "phía Nam": "trong Nam",
    "bao nhiêu": "nhiêu", "làm": "mần", "bây giờ": "chừ", "tôi": "tui", "được không": "được hông", "gì": "chi",
}  # fmt: skip
_ENGLISH = {
    "kế hoạch": "plan", "kinh phí": "budget", "tổng": "total", "hỗ trợ": "support", "tối đa": "max", "so sánh": "compare",
    "tỷ lệ": "rate", "hội nghị": "conference", "cả nước": "nationwide", "máy móc": "machine",
}  # fmt: skip


def _swap(words: dict[str, str]) -> Noise:
    def swap(text: str, rng: Random) -> str:
        """Replace whole words, in any case, by other ones for the same."""
        del rng
        for one, other in words.items():
            text = re.sub(rf"\b{one}\b", other, text, flags=re.IGNORECASE)
        return text

    return swap


def _said(year: int, rng: Random) -> str:
    tens, ones = divmod(year % 100, 10)
    last = {1: "mốt", 4: "tư", 5: "lăm"}.get(ones, _DIGITS[ones]) if tens > 1 else _DIGITS[ones]
    if tens == 1:
        rest = "mười" if not ones else f"mười {'lăm' if ones == 5 else _DIGITS[ones]}"
    else:
        rest = f"{_DIGITS[tens]} mươi" + (f" {last}" if ones else "")
    if rng.random() < 0.4:
        return f"hai không {_DIGITS[tens]} {_DIGITS[ones]}"
    return f"hai {rng.choice(('nghìn', 'ngàn'))} không trăm {rest}"


def number_words(text: str, rng: Random) -> str:
    """Years from 2010 on as somebody says them to a phone; document numbers and dates stay."""
    return re.sub(r"(?<![\d/.,-])20[12]\d(?![\d/.,-])", lambda match: _said(int(match[0]), rng), text)


KINDS: dict[str, Noise] = {
    **{name: noise for name, noise in NOISES.items() if name != "double_spaces"},
    "regional": _swap(_REGIONAL),
    "mixed_english": _swap(_ENGLISH),
    "number_words": number_words,
}


def make() -> list[dict[str, object]]:
    """The lines of the file."""
    clean = [golden for golden in _clean() if golden.group != "smalltalk" and not golden.id.startswith(WEB)]
    rows: list[dict[str, object]] = []
    for name, noise in KINDS.items():
        rng = Random(name)
        order = rng.sample(clean, len(clean))
        made = 0
        for golden in order:
            turns = [noise(text, Random(f"{name} {text}")) for text in golden.turns]
            if made == EACH:
                break
            if turns[-1] != golden.turns[-1]:
                made += 1
                rows.append(_row(golden, name, turns, made))
    return rows


def make_web() -> list[dict[str, object]]:
    """The lines of the second file: each question once, in the kind of noise that its turn brings and that changes it."""
    rows = []
    names = sorted(KINDS)
    for number, golden in enumerate(one for one in _clean() if one.id.startswith(WEB)):
        for name in names[number % len(names) :] + names:
            turns = [KINDS[name](text, Random(f"{name} {text}")) for text in golden.turns]
            if turns[-1] != golden.turns[-1]:
                rows.append(_row(golden, name, turns, number) | {"id": f"webn-{number:03d}"})
                break
    return rows


def _clean() -> list[Golden]:
    return [golden for golden in load() if not golden.noise]


def _row(golden: Golden, name: str, turns: list[str], number: int) -> dict[str, object]:
    asked = {"turns": turns} if len(turns) > 1 else {"q": turns[0]}
    row: dict[str, object] = {
        "id": f"noisy-{name}-{number:02d}",
        "group": golden.group,
        "noise": [name],
        **asked,
        "expect": golden.expect,
    }
    return row | {"base_dependent": True} if golden.base_dependent else row


def main() -> None:
    """Write the files."""
    for name, made in (("noisy", make), ("web_noisy", make_web)):
        path = GOLDEN / f"{name}.jsonl"
        path.unlink(missing_ok=True)
        path.write_text(
            "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in made()), encoding="utf-8"
        )


if __name__ == "__main__":
    main()
