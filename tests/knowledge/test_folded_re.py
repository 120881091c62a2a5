"""A text is searched only where it has a word that is needed; nothing may be missed by that."""

from __future__ import annotations

import gc
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge import folded_re
from knowledge.assistant import Assistant
from knowledge.needed_words import needed_words
from knowledge.reading.spans import Text
from knowledge.text import fold
from tests.evaluate import load


@pytest.mark.parametrize(
    ("pattern", "words"),
    [
        (r"\bnguon\b", {"nguon"}),
        (r"\b(?:excel|bang tinh)\b", {"excel", "bang"}),
        (r"\bkhuyen cong vien\b", {"vien"}),  # the rarest word of a phrase
        (r"\b(?:phia |mien )?bac\b", {"bac"}),
        (r"\bti(?: le)?\b", {"ti"}),
        (r"\bnhieu(?= (?:tien|ty))", {"nhieu"}),
        (r"(?<=cac )tinh\b", {"tinh"}),
        (r"\bnhieu", None),  # "nhieuqua" has it as well
        (r"nguon", None),
        (r"\bcs(?:ct|sx)\b", None),
        (r"\b(?:tinh|\d+)\b", None),
        (r"\b(?:tinh)?\b", None),
    ],
)
def test_the_words_a_pattern_needs(pattern: str, words: set[str] | None) -> None:
    assert needed_words(pattern) == words


WORDS = ("ba", "bac", "nam", "ninh", "n", "3")
PARTS = st.sampled_from(
    [*WORDS, " ", "(?: ", "(?:", "|", ")", ")?", ")+", r"\b", r"\s?", r"\d", "[ ,]", "(?= ", "(?!"]
)


@given(
    st.lists(PARTS, max_size=9).map("".join), st.lists(st.sampled_from([*WORDS, " ", ",", " "])).map("".join)
)
def test_no_text_is_passed_over_in_which_something_is_found(pattern: str, text: str) -> None:
    try:
        compiled = re.compile(pattern, re.ASCII)
    except re.error:
        return
    words = needed_words(pattern)
    if compiled.search(text):
        assert words is None or words & folded_re.words_of(text)


def test_patterns_in_use_pass_over_no_question(assistant: Assistant) -> None:
    goldens = load()
    texts = {fold(turn) for golden in goldens[::5] for turn in golden.turns}
    for golden in goldens[::50]:
        assistant.ask(golden.turns[0])
    gc.unfreeze()  # what a server in this process set apart
    patterns = [one for one in gc.get_objects() if isinstance(one, folded_re.Pattern)]
    assert len(patterns) > 200
    gated = 0
    for pattern in patterns:
        compiled = re.compile(pattern.pattern, re.ASCII)
        for text in texts:
            if pattern.needless(folded_re.words_of(text)):
                gated += 1
                assert compiled.search(text) is None, (pattern.pattern, text)
    assert gated > 0.4 * len(patterns) * len(texts), "most need not be searched"


def test_what_is_left_of_a_word_is_a_word() -> None:
    text = Text("6thang dau")
    text.take(0, 1)
    assert [match.group() for match in text.take_all(folded_re.compile(r"\bthang\b"))] == ["thang"]
