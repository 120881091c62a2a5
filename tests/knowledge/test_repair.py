"""What a phone sent becomes plain words; a word that is one already stays."""

from __future__ import annotations

import re
from datetime import date
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from knowledge.base import KnowledgeBase
from knowledge.reading.question import Reader
from knowledge.reading.repair import MOST_UNREAD, Repairer, spellings
from knowledge.reading.syllables import SYLLABLES
from knowledge.text import fold, words
from tests.noise import NOISES

NAMES = (
    "kinh phi", "khuyen cong", "phia bac", "phia nam", "ke hoach", "thuc hien", "thanh hoa", "quang ninh", "6 thang dau nam", "bao nhieu",
    "ho tro", "nghi dinh", "tay nguyen",
)  # fmt: skip


@pytest.fixture(scope="module")
def spelled(base: KnowledgeBase) -> dict[str, str]:
    """What people shorten, and what it stands for."""
    return spellings(base.lexicon)


@pytest.fixture(scope="module")
def repairer(spelled: dict[str, str]) -> Repairer:
    """A repairer of a small vocabulary."""
    return Repairer(NAMES, ("co so san xuat", "mua may moi", "cua"), spelled)


@pytest.fixture(scope="module")
def vocabulary(base: KnowledgeBase) -> list[str]:
    """Every folded word of the entries that is a possible Vietnamese syllable."""
    texts = (
        text
        for entry in base.entries.values()
        for text in (entry.title, entry.body, entry.detail, *entry.questions, *entry.aliases)
    )
    found = {word for text in texts for word in words(fold(text))}
    return sorted(found & SYLLABLES)


@pytest.fixture(scope="module")
def well_read(vocabulary: list[str], spelled: dict[str, str]) -> Repairer:
    """A repairer of a small vocabulary of names that knows every word of the base."""
    return Repairer(NAMES, (" ".join(vocabulary),), spelled)


def clean(reader: Reader, text: str) -> str:
    """The clean text of a question."""
    return reader.read(text, date(2026, 11, 23)).clean


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("kinh phis khuyeenx coong", "kinh phi khuyen cong"),
        ("phias bawcs", "phia bac"),
        ("thuwcj hieenj", "thuc hien"),
        ("kees hoachj", "ke hoach"),
        ("hoox trowj", "ho tro"),
        ("dduwowcj", "duoc"),
        ("khuyense", "khuyen"),
    ],
)
def test_raw_telex_is_read(repairer: Repairer, typed: str, read: str) -> None:
    assert repairer.repair(fold(typed))[0] == read


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("kinh phi1", "kinh phi"),
        ("phi1a ba81c", "phia bac"),
        ("khuye6n1 co6ng", "khuyen cong"),
        ("thu7c5 hie6n5", "thuc hien"),
    ],
)
def test_raw_vni_is_read(repairer: Repairer, typed: str, read: str) -> None:
    assert repairer.repair(fold(typed))[0] == read


@pytest.mark.parametrize("keys", ["quy 3", "quy3", "q3", "tt28", "nd45"])
def test_a_digit_after_a_quarter_or_a_document_is_no_vni_mark(repairer: Repairer, keys: str) -> None:
    assert keys[-1] in repairer.repair(keys)[0]


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("kinhphi", "kinh phi"),
        ("khuyencong", "khuyen cong"),
        ("kinhphikhuyencongphiabac", "kinh phi khuyen cong phia bac"),
        ("nam2023", "nam 2023"),
        ("2023phiabac", "2023 phia bac"),
        ("6thang dau nam2024", "6 thang dau nam 2024"),
    ],
)
def test_glued_words_are_split(reader: Reader, typed: str, read: str) -> None:
    assert clean(reader, typed) == read


@pytest.mark.parametrize(
    ("typed", "read"),
    [("2o23", "2023"), ("2O24", "2024"), ("zo23", "2023"), ("20l9", "2019"), ("2oi9", "2019")],
)
def test_letters_in_a_year_are_read_as_digits_and_told(repairer: Repairer, typed: str, read: str) -> None:
    text, repairs = repairer.repair(fold(typed))
    assert text == read
    assert [repair.doubtful for repair in repairs] == [True]


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("kihn phi", "kinh phi"),
        ("khuyen cogn", "khuyen cong"),
        ("phia bca", "phia bac"),
        ("6 thagn", "6 thang"),
        ("quang nihn", "quang ninh"),
    ],
)
def test_one_slip_in_a_known_phrase_is_corrected_and_told(repairer: Repairer, typed: str, read: str) -> None:
    text, repairs = repairer.repair(fold(typed))
    assert text == read
    assert [repair.doubtful for repair in repairs] == [True]


@pytest.mark.parametrize("typed", ["xqzw", "blockchain", "zzz"])
def test_what_cannot_be_read_stays(repairer: Repairer, typed: str) -> None:
    assert repairer.repair(typed) == (typed, ())


@pytest.mark.parametrize(
    "number", ["28/2018/tt-btc", "45/2012/nd-cp", "26/2014/ttlt-btc-bct", "1881/qd-ttg", "20/ct-bct"]
)
def test_a_document_number_is_kept_whole(repairer: Repairer, number: str) -> None:
    assert repairer.repair(f"theo {number} thi sao")[0] == f"theo {number} thi sao"


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("kcqg pb 2023 bn", "kcqg phia bac 2023 bao nhieu"),
        ("dc ko", "duoc khong"),
        ("800tr", "800 trieu"),
        ("6t dau 2024", "6 thang dau 2024"),
        ("q3/2024", "quy 3/2024"),
        ("co duoc hong?", "co duoc khong?"),
        ("kp kc", "kinh phi khuyen cong"),
    ],
)
def test_what_people_shorten_is_written_out(repairer: Repairer, typed: str, read: str) -> None:
    assert repairer.repair(fold(typed))[0] == read


# --- what is right stays ---------------------------------------------------------------------------------------------


def test_a_repair_never_touches_a_syllable_that_the_base_uses(vocabulary: list[str], reader: Reader) -> None:
    changed = []
    for word in vocabulary:
        repairs = reader.read(f"san pham {word} tot", date(2026, 11, 23)).repairs
        if len(word) > 1 and repairs:
            changed.append(f"{word}: {repairs[0].read}")
    assert not changed, "\n".join(changed)


@settings(max_examples=300, derandomize=True, deadline=None)
@given(data=st.data())
def test_words_of_the_base_in_any_order_stay(
    vocabulary: list[str], well_read: Repairer, spelled: dict[str, str], data: st.DataObject
) -> None:
    said = data.draw(st.lists(st.sampled_from(vocabulary), min_size=1, max_size=8))
    _, repairs = well_read.repair(" ".join(said))
    assert not [repair for repair in repairs if repair.typed in SYLLABLES and repair.typed not in spelled]


def test_every_title_and_question_keeps_its_words(base: KnowledgeBase, reader: Reader) -> None:
    """Every title, and every fourth question of an entry, other ones for the next entry."""
    changed = []
    for number, entry in enumerate(base.entries.values()):
        for text in (entry.title, *entry.questions[number % 4 :: 4]):
            question = reader.read(text, date(2026, 11, 23))
            touched = [one for one in question.repairs if one.typed in SYLLABLES and len(one.typed) > 1]
            if touched:
                changed.append(f"{text}: {touched[0].typed} → {touched[0].read}")
    assert not changed, f"{len(changed)}\n" + "\n".join(changed[:20])


@pytest.mark.parametrize(
    "text",
    [
        "năm 2016 tôi mua máy",
        "nghị định 45 cũ",
        "sửa nhà xưởng",
        "khuyến công nhằm mục đích gì",
        "nhà nước hỗ trợ gì",
        "cải thiện môi trường",
        "thừa thiên huế",
    ],
)
def test_a_right_sentence_stays(reader: Reader, text: str) -> None:
    assert words(clean(reader, text)) == words(fold(text))


# --- every text ------------------------------------------------------------------------------------------------------


@given(st.text(max_size=200))
def test_no_text_breaks_the_repair(repairer: Repairer, text: str) -> None:
    read, repairs = repairer.repair(fold(text))
    assert "  " not in read and read == read.strip()
    assert all(repair.typed != repair.read for repair in repairs)


@settings(max_examples=200, derandomize=True, deadline=None)
@given(text=st.lists(st.sampled_from(NAMES), min_size=1, max_size=5).map(" ".join))
def test_a_repaired_text_is_repaired_no_further(repairer: Repairer, text: str) -> None:
    once, _ = repairer.repair(text)
    assert repairer.repair(once) == (once, ())


def test_after_many_unreadable_words_the_rest_is_left_as_it_is(repairer: Repairer) -> None:
    heap = " ".join(f"xq{'z' * (1 + n % 7)}w{'q' * (n // 7)}" for n in range(MOST_UNREAD + 5))
    assert repairer.repair(f"{heap} kihn phi")[0].endswith("kihn phi")


def test_noises_that_only_mistype_are_undone(reader: Reader) -> None:
    text = "kinh phí khuyến công phía Bắc năm 2023"
    for noise in ("no_marks", "nfd", "upper", "telex", "vni", "double_spaces"):
        assert re.sub(r" +", " ", clean(reader, NOISES[noise](text, Random(3)))) == fold(text), noise
