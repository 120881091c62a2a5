"""The parts of a message that are looked at one by one."""

from __future__ import annotations

from knowledge.finding.letters import LONG_LETTER, MOST_CLAUSES, parts_of


def test_a_short_question_has_no_parts() -> None:
    assert parts_of("mua may 800 trieu, duoc ho tro bao nhieu") == ([], False)


def test_sentences_are_parts_and_greetings_are_not() -> None:
    parts, letter = parts_of("da chao. em lam mien dong o xa. mua may thi duoc bao nhieu?")
    assert [part.strip() for part in parts] == ["em lam mien dong o xa", "mua may thi duoc bao nhieu"]
    assert not letter


def test_a_long_sentence_is_parted_at_its_commas_singly_and_by_pairs() -> None:
    why = "gia dinh em lam nghe duc noi nhom da ba doi o mot xa mien nui"
    what = "em muon hoi khuyen cong co tra giup tien lai khong"
    folded = f"{why}, em ten hoa, nay muon doi vao cum cong nghiep nhung phai vay ngan hang, {what}"
    assert folded.count(" ") > LONG_LETTER
    parts, letter = parts_of(folded)
    assert letter
    assert f" {what}" in parts
    assert any("cum cong nghiep" in part and "tien lai" in part for part in parts)
    assert not any(part.strip() == "em ten hoa" for part in parts)


def test_however_long_a_letter_is_its_parts_are_bounded() -> None:
    parts, letter = parts_of(", ".join(["em lam banh trang o xa"] * 200))
    assert letter
    assert len(parts) == MOST_CLAUSES
