"""Quick ways of looking up and folding give what the plain ways give."""

from __future__ import annotations

from itertools import islice

from hypothesis import given
from hypothesis import strategies as st

from knowledge.base import SLOTS, KnowledgeBase
from knowledge.records import Figure
from knowledge.text import Folder, fold
from tests.scale import enlarged

_VIETNAMESE = st.text(st.sampled_from("aáàạâấầđĐơƯu 0159.,-–%\t\n\u00a0\u0301\u0303½†中"), max_size=40)


@given(st.one_of(st.text(max_size=60), _VIETNAMESE))
def test_folding_word_by_word_is_folding(text: str) -> None:
    """Whatever separates the words, and twice, when each word is known already."""
    folder = Folder()
    assert folder.fold(text) == folder.fold(text) == fold(text)


def test_every_search_by_slots_finds_what_a_look_at_every_figure_finds(base: KnowledgeBase) -> None:
    """One value or two for each slot, all combinations of slots."""
    grown = enlarged(base, 4_000)
    figures = list(grown.figures.values())
    for number, figure in enumerate(islice(figures, 0, None, 97)):
        other = figures[-1 - number]
        named = [slot for place, slot in enumerate(SLOTS) if number >> place & 1]
        values = {slot: _values(slot, figure, other, both=bool(number % 3)) for slot in named}
        found = grown.select(**values)
        assert found == [row for row in figures if all(getattr(row, slot) in values[slot] for slot in named)]
        assert figure in found
    assert grown.select(region=()) == []


def _values(slot: str, figure: Figure, other: Figure, *, both: bool) -> tuple[str, ...]:
    return (getattr(figure, slot), *((getattr(other, slot),) if both else ()))
