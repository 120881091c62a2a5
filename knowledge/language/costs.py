"""What it costs to take words for a phrase: the longer the cheaper a word, the more marks differ the dearer."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

from knowledge.language.lexicon import Sense, signature, without_tone
from knowledge.language.marks import MOST_GAP
from knowledge.language.spans import Word
from knowledge.language.tokens import CLOSE

UNKNOWN = 1.0
"""What a word costs that nothing explains."""
PHRASE, PER_WORD = 0.55, 0.15
GRAMMAR, GRAMMAR_WORD = 0.4, 0.08
WRONG_MARK, WRONG_TONE, NO_MARK = 0.7, 0.35, 0.1
"""What it costs to take a typed word for one with other marks, with another tone, or with marks that were left off."""
NAT, UNLIKELY = 0.3, 0.8
"""What it costs to take a word without marks for another one than what stands beside it says."""
WRONG_NAME = 0.6
"""The most that one word of the name of a place costs: nobody says "phía bác"."""
MOST_SLIPS = 1.0
"""The most that all wrong marks of one phrase cost: its words are others only where those say something."""
UNSURE = 0.1
"""What it costs more to take a lone word without marks for one that says something: most are words of grammar."""
BROKEN = 0.1
"""What a sign between two words of one phrase costs."""
IDLE = 0.05
"""What a word of courtesy or grammar costs more than one that says something."""
PLACE, OWN_NAME = 0.001, 0.03
"""What the name of a place costs less than a phrase that folds alike: "dien bien" is Điện Biên before diễn biến; what its
own name, no alias, costs less: "ha nam 2018" is a place and a year."""
_IDLE = ("courtesy", "function")
_OF_AMOUNTS = ("activity", "role")
"""Slots whose words are sure right before an amount, where they may be meant: it is theirs."""


def phrase_cost(said: Sequence[Word], sense: Sense, *, with_marks: bool, priced: bool) -> float:
    """What it costs to read these words as a phrase. `with_marks`: whether the text was typed with marks, `priced`: whether
    an amount follows."""
    cost = _cost_of(len(said), sense.slot, sense.how)
    cost += BROKEN * sum([bool(word.break_before) for word in said[1:]])
    if not sense.marked:
        return cost
    if len(said) == 1 and sense.slot == "measure" and not (with_marks or priced):
        cost += UNSURE
    slips = 0.0
    for word, marked in zip(said, sense.marked, strict=False):
        form = word.form
        if not form or form == marked:
            continue
        if form.isascii():
            if not marked.isascii():
                sure = len(said) > 1 or sense.slot in _IDLE or (priced and sense.slot in _OF_AMOUNTS)
                cost += NO_MARK * with_marks + UNSURE * (not sure)
        elif signature(form) != signature(marked):
            slip = _slip(word, marked, theirs=priced and sense.slot in _OF_AMOUNTS)
            slips += min(slip, WRONG_NAME) if sense.slot == "region" and len(said) > 1 else slip
    return cost + (min(slips, MOST_SLIPS) if len(said) > 1 else slips)


@lru_cache(maxsize=1024)
def _cost_of(words: int, slot: str, how: str) -> float:
    """What a phrase of so many words costs whatever marks are typed."""
    cost = PHRASE + PER_WORD * words + IDLE * (slot in _IDLE) - PLACE * (slot in ("region", "unit_name"))
    return cost - OWN_NAME * (how == "own name")


def _slip(word: Word, marked: str, *, theirs: bool) -> float:
    """What it costs to take a word for one with other marks: by how likely that one is, else by what was typed.

    `theirs`: the word is of the amount behind it, so that it costs nothing where it may be meant.
    """
    if not word.likely:
        return WRONG_TONE if without_tone(word.form) == without_tone(marked) else WRONG_MARK
    own = signature(marked)
    gap = next((gap for one, gap in word.likely if signature(one) == own), MOST_GAP)
    return 0.0 if theirs and gap < CLOSE else min(gap * NAT, UNLIKELY)
