"""What is typed in another way is read as the same words with their marks."""

from __future__ import annotations

import time

import pytest

from knowledge.language.alignment import aligned
from knowledge.language.keystrokes import word_of_keys
from knowledge.language.marks import Marks
from knowledge.reading.question import Reader
from knowledge.text import fold
from tests import spellings
from tests.conftest import TODAY
from tests.language import words_of
from tests.test_fuzz import messages

LEAST_SAME = {
    "NFC": 1.0,
    "NFD": 1.0,
    "caps": 1.0,
    "no marks": 0.895,
    "raw Telex": 0.985,
    "raw VNI": 0.98,
    "lost spaces": 0.9,
    "chat: kcqg": 0.92,
}
"""Spelling → least share of a sample of questions that say the same in it."""
LEAST_SAME_IN_CHAT = 0.95
EACH = 15
FUZZED, MOST_SECONDS = 240, 0.24
"""Messages of the fuzz that are read, and the processor time of one, four times what is allowed: machines are shared."""


@pytest.mark.parametrize(
    ("keys", "word"),
    [
        ("khoong", "không"),
        ("dduowcj", "được"),
        ("dduwowcj", "được"),
        ("khuyense", "khuyến"),
        ("hoawjc", "hoặc"),
        ("quoocs", "quốc"),
        ("d9u7o7c5", "được"),
        ("tie6n2", "tiền"),
        ("na8m", "năm"),
        ("dod", "đo"),
        ("khi", "khi"),
    ],
)
def test_keys_write_the_word_that_they_stand_for(keys: str, word: str) -> None:
    assert word_of_keys(keys) == word


@pytest.mark.parametrize(
    ("typed", "clean", "forms"),
    [
        ("kinhphí năm2024", "kinh phi nam 2024", ["kinh", "phí", "năm", "2024"]),
        ("khoong dduowcj", "khong duoc", ["không", "được"]),
        ("thááng nào", "thang nao", ["", "nào"]),
    ],
)
def test_a_repaired_word_keeps_the_marks_that_were_typed(typed: str, clean: str, forms: list[str]) -> None:
    assert [word.typed for word in aligned(typed, clean)] == forms


def test_a_spelling_has_the_marks_of_what_it_stands_for() -> None:
    words = aligned("trg năm", "trong nam", {"trg": ("trong",)})
    assert [word.form for word in words] == ["trong", "năm"]


@pytest.fixture(scope="module")
def marks() -> Marks:
    """Marks of a few sentences."""
    sentences = ("tôi muốn vay vốn ngân hàng", "sao lại thế vậy", "mỗi năm mua mấy máy", "ở miền Nam")
    return Marks((*sentences, "muon vay thi sao") * 12, ("Gia Lai",))


@pytest.mark.parametrize(
    ("typed", "restored"),
    [
        ("muon vay von", "muốn vay vốn"),
        ("the vay", "thế vậy"),
        ("gia lai", "gia lai"),
        ("mien nam", "miền nam"),
        ("moi nam may may", "mỗi năm mấy máy"),
        ("xyz nam", "xyz nam"),
    ],
)
def test_words_without_marks_get_those_that_their_neighbours_say(
    marks: Marks, typed: str, restored: str
) -> None:
    assert " ".join(word.form for word in marks.restored(words_of(typed))) == restored


@pytest.mark.parametrize(
    ("glued", "parts"),
    [
        ("vayvốn", ("vay", "vốn")),
        ("vayvon", ("vay", "von")),
        ("vảyvốn", ()),
        ("vay", ()),
        ("qqvay", ()),
    ],
)
def test_words_that_run_into_each_other_are_parted(marks: Marks, glued: str, parts: tuple[str, ...]) -> None:
    assert marks.parted(glued) == parts


@pytest.mark.parametrize(
    ("typed", "slot", "value"),
    [
        ("ky ban hanh la gi vay", "role", "loan"),
        ("so do la bao nhieu", "activity", "dat-dai"),
        ("tien thue lam gian hang", "neighbour", "topic"),
    ],
)
def test_a_word_without_marks_is_not_what_its_neighbours_exclude(
    reader: Reader, typed: str, slot: str, value: str
) -> None:
    assert not reader.read(typed, TODAY).reading.has(slot, value)


@pytest.mark.parametrize("typed", ["HàNội hômnay", "PhúYên", "kinhphíkhuyếncông"])
def test_words_with_marks_are_parted_in_a_question(reader: Reader, typed: str) -> None:
    assert " " in fold(reader.read(typed, TODAY).clean)


@pytest.mark.parametrize(
    ("typed", "clean"),
    [
        ("người Ê Đê", "nguoi e de"),
        ("e hỏi", "em hoi"),
        ("thôi xài", "thoi xai"),
        ("theo tt mới", "theo thong tu moi"),
    ],
)
def test_words_are_written_out_only_where_they_are_shortened(reader: Reader, typed: str, clean: str) -> None:
    assert reader.as_typed(typed, TODAY).clean == clean


def test_a_question_says_the_same_in_every_spelling(reader: Reader) -> None:
    texts = spellings.questions()[::EACH]
    found = list(spellings.differing(reader, texts, TODAY))
    for name in spellings.SPELLINGS:
        others = [other for spelling, other in found if spelling == name]
        same = others.count(None) / max(len(others), 1)
        least = LEAST_SAME.get(name, LEAST_SAME_IN_CHAT)
        shown = "\n".join(str(other) for other in others if other)
        print(f"{name}: {same:.2%} of {len(others)}")
        assert same >= least, f"{name}: {same:.2%}\n{shown}"


def test_any_message_is_read_in_time(reader: Reader) -> None:
    """Random messages of words, marks, digits and keys; the limit leaves room for other work on the machine."""
    for text in messages(FUZZED, seed=13):
        started = time.thread_time()
        reader.as_typed(text, TODAY)
        took = time.thread_time() - started
        assert took < MOST_SECONDS, f"{took:.3f} s: {text[:80]!r}"
