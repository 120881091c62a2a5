"""Figures read out of passages, and checked: what is altered is found, what is open gets no verdict."""

from __future__ import annotations

import random
import re
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from knowledge.assistant import Assistant
from knowledge.base import KnowledgeBase
from knowledge.finding.passages import judge, same_slots
from knowledge.reading.passage.layout import lines_of
from knowledge.reading.passage.reader import PassageReader
from knowledge.records import Figure
from knowledge.stated import Stated
from knowledge.telling.render import html_parts, plain
from tests.passages import ARTICLES, SLOTS, article, passages
from tests.telegram.html import visible

WRITTEN = passages("written")
UNSEEN = passages("unseen")
KNOWN = passages("known")
NOT_READ = ("date", "edition")  # dates and numbers of conferences are events, not figures of a report

needs_articles = pytest.mark.skipif(not ARTICLES.is_dir(), reason="the articles do not lie beside the clone")


@pytest.fixture(scope="module")
def reader(base: KnowledgeBase) -> PassageReader:
    return PassageReader(base)


def wrong_slots(row: dict[str, Any], stated: Stated) -> list[str]:
    """Slots that are not as the row has them, and slots of which the reader ought to be unsure."""
    open_slots = set(row.get("unsure", ()))
    wrong = [slot for slot in open_slots if slot not in stated.unsure]
    if not open_slots:
        wrong += [slot for slot in SLOTS if getattr(stated, slot) != row.get(slot, "")]
    if stated.qualifier != row.get("qualifier", "exact"):
        wrong.append("qualifier")
    return wrong + (["value"] if stated.value != row["value"] else [])


@pytest.mark.parametrize("passage", WRITTEN, ids=lambda passage: passage["id"])
def test_every_figure_of_a_written_passage_is_read_with_its_slots(
    reader: PassageReader, passage: dict[str, Any]
) -> None:
    found = reader.read(passage["text"])
    for row, stated in zip(passage["rows"], found, strict=True):
        assert abs(stated.value) == abs(row["value"]), row["printed"]
        assert not wrong_slots(row, stated), (row["printed"], stated)
        assert row["printed"].split()[0] in stated.as_printed


def test_other_manners_of_reporting_are_read_and_what_is_not_is_not_claimed(reader: PassageReader) -> None:
    right, wrong = 0, []
    for passage in UNSEEN:
        left = reader.read(passage["text"])
        for row in passage["rows"]:
            stated = next(one for one in left if abs(one.value) == abs(row["value"]))
            left.remove(stated)
            amiss = wrong_slots(row, stated)
            assert all(slot in stated.unsure for slot in amiss), (row["printed"], amiss, stated)
            right += not amiss
            wrong += [row["printed"]] * bool(amiss)
    assert right / (right + len(wrong)) >= 0.9, wrong


@pytest.mark.parametrize("name", ["fresh", "provincial"])
def test_of_paragraphs_in_the_style_of_news_all_is_proposed_and_what_is_settled_is_right(
    reader: PassageReader, name: str
) -> None:
    """A slot of which the reader says that it is unsure is not settled, nor is a measure that the text does not give."""
    wanted, proposed, settled = 0, 0, 0
    wrong: list[tuple[str, str, str, str]] = []
    for passage in passages(name):
        left = reader.read(passage["text"])
        for row in passage["rows"]:
            wanted += 1
            stated = next((one for one in left if abs(one.value) == abs(row["value"])), None)
            if stated is None:
                continue
            left.remove(stated)
            proposed += 1
            if row.get("open"):
                wrong += [(passage["id"], row["printed"], "all", stated.indicator)] * stated.sure
                continue
            slots = [slot for slot in SLOTS if slot not in stated.unsure]
            slots = [slot for slot in slots if slot != "measure" or row["measure"]]
            settled += len(slots)
            wrong += [
                (passage["id"], row["printed"], slot, getattr(stated, slot))
                for slot in slots
                if getattr(stated, slot) != row.get(slot, "")
            ]
    print(f"{proposed} of {wanted} proposed, {len(wrong)} of {settled} settled slots wrong")
    assert proposed >= 0.95 * wanted
    assert len(wrong) <= 0.01 * settled, wrong


@needs_articles
def test_at_least_nine_tenths_of_the_curated_figures_are_read_out_of_their_articles(
    base: KnowledgeBase, reader: PassageReader
) -> None:
    right, wrong = 0, []
    for source in sorted({row.source for row in base.figures.values()}):
        try:
            left = reader.read(article(source))
        except (KeyError, FileNotFoundError):
            continue
        for row in base.figures.values():
            if row.source != source or row.measure in NOT_READ or row.unit in ("đợt", "năm"):
                continue
            hit = next((one for one in left if _same(row, one)), None)
            if hit is None:
                wrong.append(row.id)
            else:
                left.remove(hit)
                right += 1
    assert right / (right + len(wrong)) >= 0.9, wrong


def _same(row: Figure, stated: Stated) -> bool:
    values = (row.value, row.value_max, row.qualifier, row.round)
    if values != (stated.value, stated.value_max, stated.qualifier, stated.round):
        return False
    return all(getattr(row, slot) == getattr(stated, slot) for slot in SLOTS)


@needs_articles
@pytest.mark.parametrize(("source", "paragraphs"), [("bai-hn-2024", (7, 13)), ("bai-tong-ket-2021", (5, 12))])
def test_an_altered_number_in_a_paragraph_of_an_article_is_found_and_the_others_confirmed(
    assistant: Assistant, source: str, paragraphs: tuple[int, int]
) -> None:
    first, last = paragraphs
    lines = [line.strip() for line in article(source).splitlines() if line.strip()]
    _each_alteration_is_found(assistant, "\n".join(lines[first:last]), random.Random(7))


@pytest.mark.parametrize("passage", KNOWN, ids=lambda passage: passage["id"])
def test_a_passage_that_agrees_with_the_base_is_confirmed(
    assistant: Assistant, passage: dict[str, Any]
) -> None:
    answer, _ = assistant.ask(passage["text"])
    assert answer.kind == "check"
    checked = answer.judgements or answer.parts
    confirmed = {one.figure.id for one in checked if one.outcome == "match" and one.figure}
    assert confirmed >= set(passage["figures"])
    assert all(one.outcome != "differs" for one in checked)
    assert answer.sources


@pytest.mark.parametrize("passage", KNOWN, ids=lambda passage: passage["id"])
@settings(max_examples=6, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(seed=st.integers(0, 10_000))
def test_whichever_number_is_altered_it_differs_and_no_other_does(
    assistant: Assistant, passage: dict[str, Any], seed: int
) -> None:
    _each_alteration_is_found(assistant, passage["text"], random.Random(seed))


def _each_alteration_is_found(assistant: Assistant, text: str, dice: random.Random) -> None:
    before = assistant.ask(text)[0].judgements
    sure = [place for place, one in enumerate(before) if one.outcome in ("match", "rounded")]
    assert len(sure) >= len(before) * 0.8
    for place in sure:
        stated = before[place].stated
        altered = _altered(assistant.base, text, stated, dice)
        after = assistant.ask(altered)[0].judgements
        assert len(after) == len(before)
        differing = [number for number, one in enumerate(after) if one.outcome == "differs"]
        assert differing == [place], (stated.as_printed, altered)
        if stated.indicator != "so-tinh-trong-vung":
            others = {number: one.outcome for number, one in enumerate(after) if number != place}
            assert others == {number: one.outcome for number, one in enumerate(before) if number != place}


def _altered(base: KnowledgeBase, text: str, stated: Stated, dice: random.Random) -> str:
    """The passage with one number changed, printed with as many decimals as before."""
    cleaned = "\n".join(line.printed for line in lines_of(text))
    match = re.compile(r"\d[\d.]*(?:,(\d+))?").search(cleaned, stated.start, stated.end)
    assert match
    decimals = len(match[1] or "")
    number = float(match.group().replace(".", "").replace(",", "."))
    taken = {abs(row.value) * number / abs(stated.value) for row in same_slots(base, stated)}
    taken |= {
        abs(row.likely_value) * number / abs(stated.value)
        for row in same_slots(base, stated)
        if row.likely_value
    }
    while True:
        other = round(number * dice.uniform(0.3, 3) + dice.choice((-1, 1)), decimals)
        if other > 0 and not any(abs(other - value) < 1e-9 for value in taken):
            break
    digits = f"{other:.{decimals}f}" if decimals else str(int(other))
    whole, _, part = digits.partition(".")
    grouped = re.sub(r"(?<=\d)(?=(?:\d{3})+$)", ".", whole)
    return cleaned[: match.start()] + grouped + ("," + part if part else "") + cleaned[match.end() :]


def test_a_number_whose_slots_are_open_gets_no_verdict(base: KnowledgeBase, reader: PassageReader) -> None:
    for passage in (*WRITTEN, *KNOWN):
        whole = passage["text"]
        for cut in (whole, whole.split(",", 1)[-1], whole[len(whole) // 2 :]):
            for one in judge(base, reader.read(cut)):
                assert one.outcome == "unknown" or one.stated.sure


def test_a_paragraph_without_place_and_time_is_not_held_against_any_region(
    base: KnowledgeBase, reader: PassageReader
) -> None:
    stated = reader.read("Trong đó, kinh phí KCQG thực hiện 79,9 tỷ đồng, đạt 97,9% kế hoạch (81,6 tỷ đồng).")
    assert [one.outcome for one in judge(base, stated)] == ["unknown"] * 3
    assert all({"region", "period"} <= set(one.unsure) for one in stated)


def test_a_region_drawn_otherwise_is_not_said_to_differ(base: KnowledgeBase, reader: PassageReader) -> None:
    text = (
        "Theo báo cáo, tổng kế hoạch kinh phí khuyến công năm 2024 của {} tỉnh, thành phố khu vực phía Bắc"
        " là 105,5 tỷ đồng."
    )
    ours, today, redrawn = (
        [one.outcome for one in judge(base, reader.read(text.format(size)))] for size in (28, 15, 12)
    )
    assert ours == ["match", "differs"]
    assert today == ["unknown", "match"]
    assert redrawn == ["differs", "unknown"]


@pytest.mark.parametrize(
    ("said", "outcome"),
    [
        ("176,4 tỷ đồng", "match"),
        ("176.400 triệu đồng", "match"),
        ("176 tỷ đồng", "rounded"),
        ("hơn 176 tỷ đồng", "rounded"),
        ("gần 177 tỷ đồng", "rounded"),
        ("gần 176 tỷ đồng", "rounded"),
        ("hơn 177 tỷ đồng", "differs"),
        ("177 tỷ đồng", "differs"),
        ("176,5 tỷ đồng", "differs"),
        ("176,4 triệu đồng", "differs"),
    ],
)
def test_fewer_digits_agree_only_in_the_direction_that_is_said(
    base: KnowledgeBase, reader: PassageReader, said: str, outcome: str
) -> None:
    text = f"Tổng kinh phí khuyến công thực hiện năm 2023 của khu vực phía Bắc là {said}."
    (judgement,) = judge(base, reader.read(text))
    assert judgement.outcome == outcome


QUESTIONS = [
    "Chào anh chị, em là sinh viên đang làm luận văn về khuyến công, em đọc thấy kinh phí khuyến công phía Bắc năm 2023 là 176,4 tỷ đồng,"
    " kế hoạch 186,5 tỷ đồng, vậy cho em hỏi năm 2024 kế hoạch là bao nhiêu ạ",
    "Xưởng mộc của em ở xã, doanh thu 3 tỷ đồng, có 12 lao động, em muốn mua máy CNC giá 800 triệu đồng, nghe nói khuyến công hỗ trợ 300 triệu"
    " đồng, nhờ anh chị tư vấn giúp em với",
    "Kinh phí KCQG phía Bắc năm 2023 là 79,9 tỷ đồng, đạt 97,9% kế hoạch, còn KCĐP là 96,6 tỷ đồng, đạt 92,1% kế hoạch, đúng không?",
    "So sánh kế hoạch kinh phí khuyến công phía Bắc năm 2023 (186,5 tỷ đồng) với năm 2024 (170,8 tỷ đồng) và cho biết chênh lệch bao nhiêu",
]


@pytest.mark.parametrize("question", QUESTIONS)
def test_a_long_question_with_numbers_goes_the_usual_way(assistant: Assistant, question: str) -> None:
    assert not assistant.ask(question)[0].judgements


def test_a_long_passage_is_checked_where_that_is_asked(assistant: Assistant) -> None:
    text = "Nhờ kiểm tra giúp tôi đoạn này. " + KNOWN[0]["text"]
    answer, _ = assistant.ask(text)
    assert len(answer.judgements or answer.parts) == 8


def test_the_totals_come_first_then_what_differs(assistant: Assistant) -> None:
    text = KNOWN[0]["text"].replace("96,6", "95,1").replace("94,6%", "91%")
    answer, _ = assistant.ask(text)
    lines = plain(answer).splitlines()
    assert lines[0] == "8 số: 6 khớp, 2 lệch"
    assert [line[0] for line in lines[1:4]] == ["❌", "❌", "✅"]
    assert "“96,6 tỷ đồng”" in plain(answer)
    assert answer.stance == "no"
    assert any(line.startswith("Nguồn: ") for line in lines)


@given(text=st.text(max_size=300))
@settings(max_examples=200, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_no_text_breaks_the_reader(reader: PassageReader, text: str) -> None:
    reader.read(text)


@given(words=st.lists(st.sampled_from(["năm", "2023", "12,5%", "(3", "tỷ", "đồng)", "KCQG", "KCĐP", "kế", "hoạch", "đạt", "phía", "Bắc", "trong", "đó", ";", ".", ":", "giảm", "20", "cơ", "sở", "6", "tháng", "tỉnh", "<b>&", "1-2", "/", "kinh", "phí"]), max_size=60))  # fmt: skip
@settings(max_examples=200, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_no_mixture_of_its_words_breaks_the_reader_or_the_page(
    assistant: Assistant, words: list[str]
) -> None:
    answer, _ = assistant.ask(" ".join(words))
    assert all(visible(part) for part in html_parts(answer))


def test_a_passage_is_the_same_in_any_unicode_form(reader: PassageReader) -> None:
    import unicodedata

    text = WRITTEN[0]["text"]
    plain_rows = [(one.value, one.region, one.period, one.as_printed) for one in reader.read(text)]
    for form in ("NFC", "NFD"):
        shaped = unicodedata.normalize(form, text)
        assert [
            (one.value, one.region, one.period, one.as_printed) for one in reader.read(shaped)
        ] == plain_rows


def test_after_one_programme_and_the_other_a_sentence_of_neither_is_held_against_none(
    base: KnowledgeBase, reader: PassageReader
) -> None:
    text = (
        "Năm 2023, tổng kinh phí khuyến công của 28 tỉnh, thành phố phía Bắc thực hiện 176,4 tỷ đồng. Khuyến công quốc gia "
        "đạt 79,9 tỷ đồng, khuyến công địa phương đạt 96,6 tỷ đồng. Kế hoạch năm 2024 là 170,8 tỷ đồng."
    )
    judged = judge(base, reader.read(text))
    assert "differs" not in [one.outcome for one in judged]
    assert judged[-1].stated.as_printed == "170,8 tỷ đồng"


def test_a_sentence_may_begin_with_any_capital(reader: PassageReader) -> None:
    for word in ("Đến hết tháng 9", "Ước 9 tháng", "Ở khu vực này, 9 tháng"):
        text = f"Năm 2025 kế hoạch kinh phí khuyến công khu vực phía Bắc là 148,2 tỷ đồng. {word} thực hiện 42,6 tỷ đồng."
        first, second = reader.read(text)
        assert first.sentence != second.sentence


def test_after_both_parts_of_a_sum_the_next_is_of_the_whole(reader: PassageReader) -> None:
    text = (
        "Kế hoạch kinh phí khuyến công miền Trung - Tây Nguyên năm 2025 là 60,84 tỷ đồng, gồm KCQG 11,375 tỷ đồng"
        " và KCĐP 49,465 tỷ đồng; 11 tháng thực hiện 47,017 tỷ đồng."
    )
    assert [one.programme for one in reader.read(text)] == ["total", "KCQG", "KCDP", "total"]
    one_part = text.replace(" và KCĐP 49,465 tỷ đồng", "")
    assert "programme" in reader.read(one_part)[-1].unsure


def test_a_report_since_the_regions_were_drawn_anew_is_held_against_them(
    base: KnowledgeBase, reader: PassageReader
) -> None:
    text = "Năm 2025 tổng kế hoạch kinh phí khuyến công khu vực phía Bắc là {} tỷ đồng."
    right, wrong = (judge(base, reader.read(text.format(value)))[0] for value in ("148,2", "184,2"))
    assert (right.outcome, wrong.outcome) == ("match", "differs")
    assert right.stated.region == "phia_bac_moi"


def test_figures_counted_again_for_the_regions_of_today_are_known_in_a_report(
    base: KnowledgeBase, reader: PassageReader
) -> None:
    text = (
        "Năm 2024, khu vực phía Bắc thực hiện 94,3 tỷ đồng kinh phí khuyến công, đạt 89,36% kế hoạch; trong đó"
        " KCQG hơn 15 tỷ đồng, KCĐP 79,2 tỷ đồng."
    )
    assert [one.outcome for one in judge(base, reader.read(text))] == ["match"] * 4
