"""Messages that nobody should send: no exception, valid JSON and HTML, and an answer in time.

`python -m tests.test_fuzz 100000 [--seed 7]` asks that many and prints the slowest; the tests ask `MESSAGES`.
"""

from __future__ import annotations

import argparse
import gc
import json
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from random import Random

from knowledge.assistant import Assistant
from knowledge.dialogue import Context
from knowledge.telling.render import html_parts, payload
from tests.evaluate import CLOCK, load
from tests.noise import NOISES
from tests.telegram.html import visible

MESSAGES = 240
SEED = 2026
LONGEST = 4096
BUDGET_MS = 500.0
"""CPU time of one question with its rendering, after warm-up."""

_MARKS = "".join(chr(code) for code in range(0x300, 0x370))
_CONTROLS = "".join(map(chr, (*range(32), 0x7F, *range(0x80, 0xA0))))
_BIDI = (
    "\u200b\u200c\u200d\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2060\u2066\u2067\u2068\u2069\ufeff\u00ad"
)
_EMOJI = "😀🙏🏻👨‍👩‍👧‍👦🇻🇳❤️🔥💰📊1️⃣☎️👍🏿🧑‍🌾"
_PUNCTUATION = "?!.,;:…·•–—-_=+*/\\|~`'\"“”«»()[]{}<>@#$%^&₫§°\t "
_VIETNAMESE = "aàảãáạăằẳẵắặâầẩẫấậbcdđeèẻẽéẹêềểễếệghiìỉĩíịklmnoòỏõóọôồổỗốộơờởỡớợpqrstuùủũúụưừửữứựvxyỳỷỹýỵ"
_SAID = (
    "kinh phí khuyến công kế hoạch thực hiện phân bổ ước phía bắc nam trung tây nguyên cả nước năm quý tháng đầu cuối kcqg "
    "kcđp tỷ đồng triệu nghìn phần trăm bao nhiêu mấy so sánh với nghị định thông tư điều hội nghị lần thứ hỗ trợ máy móc "
    "đề án hà nội thanh hóa không còn thì sao ai ở đâu khi nào vì sao tăng giảm 2023 2024 45/2012 xvi 176,4 8.000.000 h1 6t"
)
_WORDS = _SAID.split()
_INJECTIONS = (
    '" OR 1=1 --',
    "'; DROP TABLE figures; --",
    "khuyen* NEAR(cong, 5) AND NOT title:x",
    "title : ^ kinh + phi *",
    '"khuyến công" OR "',
    "MATCH 'a' UNION SELECT 1",
    "{{ 7 * 7 }}",
    "{{ answer.__class__.__mro__ }}",
    "{% for x in range(10**9) %}x{% endfor %}",
    "{# không thấy #}",
    "<b>kinh phí</i>",
    "<script>alert(1)</script>",
    '<a href="javascript:alert(1)">khuyến công</a>',
    "&lt;b&gt; &amp;amp; &#0; &#x110000;",
    "%s %d %(name)s {0} {name} ${HOME} $(id) `id`",
    "../../../../etc/passwd",
    "\\x00 \\u0000 \\N{DASH}",
    "(a+)+$ .*?.*?.*? [[:alpha:]] (?P<x>",
    "/start@bot /ask /huy kế hoạch",
    "javascript:void(0) https://example.org/?q=khuyến+công&năm=2024#a",
)


def _characters(rng: Random, alphabet: str, most: int) -> str:
    return "".join(rng.choices(alphabet, k=rng.randint(0, most)))


def _unicode(rng: Random) -> str:
    ranges = (
        (0x20, 0x7F),
        (0xA0, 0x24F),
        (0x300, 0x36F),
        (0x370, 0x1FFF),
        (0x2000, 0x2FFF),
        (0x3000, 0xD7FF),
    )
    wide = (*ranges, (0xE000, 0xFFFF), (0x10000, 0x10FFFF))
    return "".join(chr(rng.randint(*rng.choice(wide))) for _ in range(rng.randint(0, 200)))


def _words(rng: Random) -> str:
    return " ".join(rng.choices(_WORDS, k=rng.randint(1, 40)))


def _long_words(rng: Random) -> str:
    text = " ".join(rng.choices(_WORDS, k=LONGEST // 2))
    return text[:LONGEST]


def _long_syllables(rng: Random) -> str:
    made = ("".join(rng.choices(_VIETNAMESE, k=rng.randint(1, 9))) for _ in range(LONGEST // 2))
    return " ".join(made)[:LONGEST]


def _one_long_word(rng: Random) -> str:
    return "".join(
        rng.choices(
            rng.choice((_VIETNAMESE, "abcdefghijklmnopqrstuvwxyz", "0123456789", "kinhphi")), k=LONGEST
        )
    )


def _long_anything(rng: Random) -> str:
    return _characters(
        rng, _PUNCTUATION + _EMOJI + _BIDI + _VIETNAMESE + "0123456789" + _CONTROLS, LONGEST * 2
    )


def _zalgo(rng: Random) -> str:
    marked = ("".join((char, *rng.choices(_MARKS, k=rng.randint(0, 12)))) for char in _words(rng))
    return "".join(marked)[:LONGEST]


def _numbers(rng: Random) -> str:
    forms = (
        "{}",
        "{:,}",
        "{}/2024",
        "-{}",
        "{}%",
        "{} tỷ",
        "{}.{}",
        "0{}",
        "{}e9",
        "{}-{}",
        "{}/{}/{}",
        "{}tr",
    )
    return " ".join(
        rng.choice(forms).format(*(rng.randint(0, 10 ** rng.randint(1, 30)) for _ in range(3)))
        for _ in range(rng.randint(1, 30))
    )


def _punctuation(rng: Random) -> str:
    return _characters(rng, _PUNCTUATION, 300)


def _invisible(rng: Random) -> str:
    return "".join(rng.choice((char, char + rng.choice(_BIDI + _CONTROLS))) for char in _words(rng))


def _emoji(rng: Random) -> str:
    return _characters(rng, _EMOJI + " ", 200)


def _injection(rng: Random) -> str:
    return (
        f"{_words(rng)} {rng.choice(_INJECTIONS)} {_words(rng)}"
        if rng.random() < 0.7
        else rng.choice(_INJECTIONS)
    )


def _surrogates(rng: Random) -> str:
    return _words(rng) + chr(rng.randint(0xD800, 0xDFFF)) + _words(rng)


@dataclass(frozen=True)
class _Golden:
    """Golden questions, cut, doubled, shuffled or misspelt more than once."""

    texts: tuple[str, ...]

    def __call__(self, rng: Random) -> str:
        text = rng.choice(self.texts)
        way = rng.randrange(5)
        if way == 0:
            return text[rng.randint(0, len(text)) :]
        if way == 1:
            return f"{text} {rng.choice(self.texts)}"
        if way == 2:
            pieces = text.split()
            rng.shuffle(pieces)
            return " ".join(pieces)
        if way == 3:
            at = rng.randint(0, len(text))
            return text[:at] + rng.choice(_PUNCTUATION + _BIDI + _CONTROLS) + text[at:]
        for name in rng.sample(sorted(NOISES), 3):
            text = NOISES[name](text, rng)
        return text


def messages(count: int, seed: int = SEED) -> Iterator[str]:
    """`count` messages, the same ones for the same seed; at most 4,096 characters, but for a few that are longer.

    Each kind has its turn: every twelfth message is a long one.
    """
    rng = Random(seed)
    golden = _Golden(tuple(turn for one in load() for turn in one.turns))
    short: tuple[Callable[[Random], str], ...] = (
        *(_unicode, _words, _zalgo, _numbers, _punctuation, _invisible, _emoji, _injection, _surrogates),
        *(golden, golden, golden),
    )
    long = (_long_words, _long_syllables, _one_long_word, _long_anything, partial(_repeated, golden))
    for number in range(count):
        turn, last = divmod(number, len(short))
        yield (long[turn % len(long)] if last == 0 else short[(turn + last) % len(short)])(rng)


_JOINTS = (": ", "? ", ", ", " và ", " hay ", "; ", " ", " (", ") ", "! ", "\n")


def _repeated(golden: Callable[[Random], str], rng: Random) -> str:
    """A few words and a sign over and over: what is split at one must not be split for each."""
    words = golden(rng).split() or ["?"]
    start = rng.randrange(len(words))
    piece = " ".join(words[start : start + rng.randint(1, 4)]) + rng.choice(_JOINTS)
    return (piece * (LONGEST // len(piece)))[:LONGEST]


@dataclass(frozen=True)
class Timed:
    """CPU milliseconds of one question."""

    ms: float
    text: str


def answer(assistant: Assistant, text: str, context: Context | None) -> Context:
    """Ask and render as every front does; raises if the outcome could not be sent or stored."""
    found, after = assistant.ask(text, context)
    line = json.dumps(payload(found), ensure_ascii=False)
    assert json.loads(line)["status"] in ("answered", "asked_back", "no_answer")
    line.encode()
    for part in html_parts(found):
        visible(part)
    assert Context.from_json(after.to_json()) == after
    return after


def run(assistant: Assistant, count: int, seed: int = SEED) -> list[Timed]:
    """Ask `count` messages, about half of them in a chat that goes on; the CPU time of each, the slowest first.

    What seems too slow is measured again, so that a collection of garbage is not put down to a question.
    """
    rng = Random(seed)
    for golden in load()[:40]:
        answer(assistant, golden.turns[0], None)
    context: Context | None = None
    times = []
    for text in messages(count, seed):
        before = context if rng.random() < 0.5 else None
        started = time.process_time()
        try:
            context = answer(assistant, text, before)
        except Exception as error:
            raise AssertionError(f"{type(error).__name__}: {error} for {text!r} after {before}") from error
        took = time.process_time() - started
        if took * 1000 > BUDGET_MS:
            took = min(took, *(_again(assistant, text, before) for _ in range(3)))
        times.append(Timed(took * 1000, text))
    return sorted(times, key=lambda one: -one.ms)


def _again(assistant: Assistant, text: str, context: Context | None) -> float:
    gc.collect()
    started = time.process_time()
    answer(assistant, text, context)
    return time.process_time() - started


def test_the_messages_cover_every_kind_of_trouble() -> None:
    made = list(messages(MESSAGES))
    assert made == list(messages(MESSAGES))
    assert sum(len(text) >= LONGEST for text in made) >= 10
    surrogates = "".join(map(chr, range(0xD800, 0xE000)))
    for characters in (_MARKS, _CONTROLS, _BIDI, "🙏", "{", "<", '"', surrogates):
        assert any(set(characters) & set(text) for text in made)


def test_no_message_raises_or_takes_too_long(assistant: Assistant) -> None:
    times = run(assistant, MESSAGES)
    slow = [one for one in times if one.ms > BUDGET_MS]
    shown = "\n".join(f"{one.ms:.0f} ms, {len(one.text)} characters: {one.text[:80]!r}" for one in times[:10])
    assert not slow, f"{len(slow)} of {len(times)} over {BUDGET_MS:.0f} ms:\n{shown}"


def main() -> None:
    """Ask many messages and print the distribution of CPU time and the slowest of them."""
    from db.content import build
    from db.snapshot import load as load_base

    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("count", type=int, nargs="?", default=100_000)
    parser.add_argument("--seed", type=int, default=SEED)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "khuyencong.db"
        build(path)
        assistant = Assistant(load_base(path), lambda: CLOCK)
    times = run(assistant, options.count, options.seed)
    print(f"{len(times)} messages, no exception; CPU ms: worst {times[0].ms:.1f}, ", end="")
    for name, share in (("p99.9", 0.001), ("p99", 0.01), ("p50", 0.5)):
        print(f"{name} {times[int(len(times) * share)].ms:.2f}", end="\n" if name == "p50" else ", ")
    for one in times[:10]:
        print(f"  {one.ms:6.1f} ms, {len(one.text)} characters: {one.text[:100]!r}")


if __name__ == "__main__":
    main()
