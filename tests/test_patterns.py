"""No text holds up the process: every regular expression of the program is unambiguous, and fast on its own worst text."""

from __future__ import annotations

import subprocess
import sys
import time

import pytest

from knowledge.assistant import Assistant
from tests.patterns import LONG, ROOT, Expression, ambiguous, slowest

CHAINS = (
    "dạ em ",
    "da em ",
    "quyet dinh cua bo ",
    " cua bo",
    "nghi dinh 45/2012/ND-CP ",
    "tham gia du thi ",
    "lam nghe ",
    "a1",
    "1,1",
    "huyện a xã b ",
    "xin khuyen cong ",
    "ho so ",
    "!",
    "0",
    "a" * 39 + " ",
)
MOST_SECONDS = 1.0
"""Of processor time for one message; what kept the process before would not have ended in a lifetime."""


def test_every_pattern_of_the_program_is_unambiguous_and_fast_on_its_worst_text() -> None:
    found = subprocess.run(
        [sys.executable, "-m", "tests.patterns"], cwd=ROOT, capture_output=True, text=True, timeout=300
    )
    assert found.returncode == 0, found.stdout + found.stderr


@pytest.mark.parametrize(
    "pattern",
    [
        r"^(?:(?:da |em |xin |minh |toi |da em )*chao(?: .{0,24})?|hi)[\s!.?]*$",
        r"(?: (?:nao|gi|cua [a-z ]{2,20}?|da))* (?P<did>sua|thay) *$",
        r"\d{1,3}(?:\s*[-,]\s*\d{1,3}|\s+\d{1,3})*\s+[a-z ]+?\s*[:=]",
        r"(a*)*b",
        r"(?:a|ab?)*c",
        r"(?:\w+\s*)+$",
        r"x.*y.*z.*$",
        r"[a-z ]+\s*:",
        r"(?=(?:a+)+b)c",
    ],
)
def test_an_ambiguous_pattern_is_found(pattern: str) -> None:
    assert ambiguous(Expression(pattern, 0))


@pytest.mark.parametrize(
    "pattern",
    [
        r"^(?:(?:da |em |xin )*chao|hi)[\s!.?]*$",
        r"[a-z]+(?: [a-z]+)* ?:",
        r"(?:\w+\s)+$",
        r"^(?>.*?x)(?>.*?y).*z",
        r"\d{1,3}(?:(?: ?[-,] ?| )\d{1,3})*",
        r"(?:a{0,2}b){0,3}",
    ],
)
def test_an_unambiguous_pattern_passes(pattern: str) -> None:
    assert not ambiguous(Expression(pattern, 0))


def test_a_slow_pattern_is_found() -> None:
    seconds, text = slowest(Expression(r"(?:a+)+b", 0), 0.02)
    assert seconds > 0.02 and len(text) <= LONG


@pytest.mark.parametrize("chain", CHAINS)
@pytest.mark.parametrize("end", ["", " x nghi dinh 45/2012/ND-CP", " chào\x00"])
def test_no_message_keeps_the_assistant(assistant: Assistant, chain: str, end: str) -> None:
    for length in (156, LONG, 100 * LONG):
        text = (chain * 100 * LONG)[: length - len(end)] + end
        started = time.thread_time()
        assistant.ask(text)
        assert time.thread_time() - started < MOST_SECONDS, length
