"""What is shown: the keys of a batch line, and that no text of the base is ever markup or template."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import fields, replace
from datetime import date

import pytest

from knowledge.assistant import Assistant
from knowledge.records import (
    Answer,
    Calculation,
    Choice,
    Comparison,
    Document,
    Entry,
    Event,
    Figure,
    Note,
    Part,
    Region,
    Source,
    SupportLevel,
)
from knowledge.telling import notes
from knowledge.telling.law import document_name
from knowledge.telling.render import html_parts, payload, plain, render
from tests.telegram.html import visible

DAY = date(2026, 11, 23)
EVIL = '<b>&"_*{{7*7}}{%x%}</b>'

SOURCE = Source("s", "Báo", "Cục", "2024-05-16", "https://a.vn/?x=1&y=2")
FIGURE = Figure(
    "f", "kinh-phi", "actual", "phia_bac", "2023", 176_400_000_000, "VND", "176,4 tỷ đồng", "s", programme="total", locator="3"
)  # fmt: skip
PLAN = replace(FIGURE, id="p", measure="plan", value=192_000_000_000, as_printed="192 tỷ đồng")
CHANGE = replace(
    FIGURE, id="c", measure="change", of="actual", value=-8.4, unit="percent", as_printed="giảm 8,4%"
)
ENTRY = Entry(
    "e", "policy", "Được không?", "Được, nếu sản xuất.\n\nThêm.", detail="Luật.", basis=("45-2012-nd-cp: khoản 2 Điều 1",),
    said_by="Ông A", valid_from="2025-10-15",
)  # fmt: skip
DOCUMENT = Document(
    "45-2012-nd-cp", "45/2012/NĐ-CP", "Nghị định", "Về khuyến công", "Chính phủ", "2012-05-21", "2012-07-05", status="amended",
    amends=("134-2004-nd-cp",), replaced_by=("235-2025-nd-cp",), about="khuyến công", note="Đọc cùng.",
)  # fmt: skip
EVENT = Event(
    "h", "review", "Hội nghị", "phia_bac", year="2024", date="2024-05-16", place="Hà Nam", organisers=("Cục",), host="Sở", chairs=("Ông B",),
    next_host="Lào Cai", participants=("Sở",), speakers=("Bà C",), closed_by="Ông D", concluded_by="Ông E", note="Theo bài.",
)  # fmt: skip
LEVEL = SupportLevel(
    "l", "may-moc-thiet-bi", "Máy móc", "national", 50, 300_000_000, "28-2018-tt-btc", "khoản 4 Điều 8", "2018-05-11", "", "needs_check",
    cap_unit="cơ sở", conditions="Máy mới", note="Ghi chú",
)  # fmt: skip
REGION = Region("ha-nam", "Hà Nam", "province")
NAMES = {"kinh-phi": "Kinh phí khuyến công", "phia_bac": "Phía Bắc", "phia_nam": "Phía Nam"}
NOTES = (Note("discrepancy", {"text": "Hai số khác nhau."}),)

FIGURE_ANSWER = Answer(
    "answered", "figure", DAY, figures=(FIGURE, PLAN), companions=(CHANGE,), sources=(SOURCE,), warnings=NOTES, names=NAMES
)  # fmt: skip
COMPARISON_ANSWER = Answer(
    "answered", "comparison", DAY, figures=(FIGURE, PLAN), names=NAMES, comparison=Comparison(PLAN, FIGURE, -15_600_000_000, -8.1, "plan_actual"),
)  # fmt: skip
CHECK_ANSWER = Answer(
    "answered", "check", DAY, figures=(FIGURE,), parts=(Part("figure", "170 tỷ", "differs", figure=FIGURE),), stance="no", names=NAMES
)  # fmt: skip
ENTRY_ANSWER = Answer("answered", "policy", DAY, entries=(ENTRY, replace(ENTRY, id="e2")), sources=(SOURCE,))
DOCUMENT_ANSWER = Answer("answered", "document", DAY, documents=(DOCUMENT,), sources=(SOURCE,))
EVENT_ANSWER = Answer("answered", "event", DAY, events=(EVENT, replace(EVENT, id="h2")), sources=(SOURCE,))
LEVEL_ANSWER = Answer(
    "answered", "support", DAY, levels=(LEVEL, replace(LEVEL, id="l2", scope="dak-lak")), regions=(REGION,), sources=(SOURCE,),
    calculation=Calculation(LEVEL, 800_000_000, 400_000_000, 300_000_000),
)  # fmt: skip
CONTACT_ANSWER = Answer("answered", "support", DAY, aspect="contact", regions=(REGION,), entries=(ENTRY,))
CHOICE_ANSWER = Answer(
    "asked_back", "choice", DAY, gaps=(Note("ask_which"),), choices=(Choice("Một", "một"),)
)
GAP_ANSWER = Answer(
    "no_answer", "figure", DAY, gaps=(Note("no_figure", {"region": "phía Bắc"}),), offers=(FIGURE,), documents=(DOCUMENT,), names=NAMES
)  # fmt: skip
SERIES_ANSWER = Answer("answered", "series", DAY, figures=(FIGURE, PLAN), names=NAMES)
ANSWERS = (
    FIGURE_ANSWER, COMPARISON_ANSWER, CHECK_ANSWER, ENTRY_ANSWER, DOCUMENT_ANSWER, EVENT_ANSWER, LEVEL_ANSWER, CONTACT_ANSWER, CHOICE_ANSWER,
    GAP_ANSWER, SERIES_ANSWER,
)  # fmt: skip

KEYS = {
    "status", "kind", "text", "figures", "comparison", "stance", "assumptions", "choices", "warnings", "sources", "as_of",
}  # fmt: skip
FIGURE_KEYS = {
    "indicator", "measure", "programme", "region", "period", "value", "direction", "value_max", "unit", "as_printed", "source",
}  # fmt: skip


# --- the batch line --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("answer", ANSWERS, ids=lambda one: f"{one.status} {one.kind}")
def test_a_batch_line_has_exactly_the_keys_of_the_interface(answer: Answer) -> None:
    line = payload(answer)
    assert set(line) == KEYS
    assert all(set(row) == FIGURE_KEYS for row in line["figures"])
    assert all(set(row) == {"kind", "text"} for row in line["warnings"])
    assert all(set(row) == {"title", "publisher", "date", "url"} for row in line["sources"])
    assert line["as_of"] == "2026-11-23"


@pytest.mark.parametrize(
    "question",
    [
        "kinh phí khuyến công phía Bắc năm 2023", "kế hoạch phía Bắc 2024 so với 2023", "mua máy 800 triệu được hỗ trợ bao nhiêu",
        "hộ kinh doanh có được không", "nghị định 45", "hội nghị phía Bắc lần XVIII ở đâu", "chào bot", "thời tiết hôm nay", "kinh phí khuyến công",
    ],
)  # fmt: skip
def test_a_real_answer_has_the_keys_of_the_interface(assistant: Assistant, question: str) -> None:
    answer, _ = assistant.ask(question)
    line = payload(answer)
    assert set(line) == KEYS
    assert all(set(row) == FIGURE_KEYS for row in line["figures"])


def test_the_figures_of_a_line_are_the_lead_the_others_and_the_companions_in_order() -> None:
    assert [row["measure"] for row in payload(FIGURE_ANSWER)["figures"]] == ["actual", "plan", "change"]


def test_a_change_has_a_size_and_a_direction_and_an_amount_has_none() -> None:
    lead, _, change = payload(FIGURE_ANSWER)["figures"]
    assert (change["value"], change["direction"]) == (8.4, "down")
    assert (lead["value"], lead["direction"]) == (176_400_000_000, None)
    assert isinstance(lead["value"], int)
    risen = replace(FIGURE_ANSWER, companions=(replace(CHANGE, value=8.4),))
    assert payload(risen)["figures"][2]["direction"] == "up"


def test_a_comparison_has_both_sides_the_difference_and_the_percent() -> None:
    line = payload(COMPARISON_ANSWER)["comparison"]
    assert set(line) == {"first", "second", "difference", "percent"}
    assert (line["first"]["measure"], line["second"]["measure"]) == ("plan", "actual")
    assert (line["difference"], line["percent"]) == (-15_600_000_000, -8.1)
    assert payload(FIGURE_ANSWER)["comparison"] is None


def test_a_programme_that_a_figure_does_not_have_is_null() -> None:
    line = payload(replace(FIGURE_ANSWER, figures=(replace(FIGURE, programme=""),), companions=()))
    assert line["figures"][0]["programme"] is None


def test_warnings_carry_their_code_and_their_sentence() -> None:
    assert payload(FIGURE_ANSWER)["warnings"] == [{"kind": "discrepancy", "text": "Hai số khác nhau."}]


def test_assumptions_and_choices_are_what_the_reader_sees() -> None:
    line = payload(replace(CHOICE_ANSWER, assumptions=(Note("as_of_day", {"day": "năm 2016"}),)))
    assert line["choices"] == ["Một"]
    assert line["assumptions"] == ["Trả lời theo quy định áp dụng đến năm 2016."]


@pytest.mark.parametrize("answer", ANSWERS, ids=lambda one: f"{one.status} {one.kind}")
def test_the_plain_text_is_what_the_html_shows(answer: Answer) -> None:
    assert payload(answer)["text"] == plain(answer) == visible(render(answer))


# --- every text is only text -----------------------------------------------------------------------------------------

SHOWN = {
    "figure": (FIGURE_ANSWER, FIGURE, ("label", "note")),
    "entry": (ENTRY_ANSWER, ENTRY, ("body", "detail", "said_by")),
    "document": (DOCUMENT_ANSWER, DOCUMENT, ("kind", "number", "title", "issuer", "about", "note")),
    "event": (
        EVENT_ANSWER, EVENT,
        ("name", "place", "organisers", "host", "chairs", "next_host", "participants", "speakers", "closed_by", "concluded_by", "note"),
    ),
    "level": (LEVEL_ANSWER, LEVEL, ("conditions", "cap_unit", "article")),
    "source": (FIGURE_ANSWER, SOURCE, ("title", "publisher", "published_on")),
    "region": (CONTACT_ANSWER, REGION, ("name",)),
    "choice": (CHOICE_ANSWER, CHOICE_ANSWER.choices[0], ("label",)),
    "part": (CHECK_ANSWER, CHECK_ANSWER.parts[0], ("said",)),
}  # fmt: skip
"""Answer, the record in it, and the fields of the record that are shown."""


def put(answer: Answer, record: object, name: str) -> Answer:
    """The answer with the evil text in one field of one record, wherever the record stands."""
    old = getattr(record, name)
    evil = replace(record, **{name: (EVIL,) if isinstance(old, tuple) else EVIL})  # type: ignore[type-var]
    changed: dict[str, object] = {}
    for slot in fields(answer):
        value = getattr(answer, slot.name)
        if slot.name == "parts" and any(part.figure == record for part in value):
            changed["parts"] = tuple(replace(part, figure=evil) for part in value)
        elif isinstance(value, tuple) and record in value:
            changed[slot.name] = tuple(evil if one == record else one for one in value)
        elif isinstance(value, Calculation) and value.level == record:
            changed[slot.name] = replace(value, level=evil)  # type: ignore[arg-type]
    assert changed, name
    return replace(answer, **changed)  # type: ignore[arg-type]


def shown_fields() -> Iterator[tuple[str, str]]:
    """Every record with every field of it that is shown."""
    for what, (_, _, names) in SHOWN.items():
        for name in names:
            yield what, name


@pytest.mark.parametrize(("what", "name"), list(shown_fields()))
def test_marks_and_templates_in_a_text_are_shown_as_text(what: str, name: str) -> None:
    answer, record, _ = SHOWN[what]
    seen = visible(render(put(answer, record, name)))
    assert EVIL in seen or EVIL[:1].lower() + EVIL[1:] in seen
    assert "49" not in seen.replace("49/", "")


@pytest.mark.parametrize("what", list(SHOWN))
def test_marks_in_any_text_field_leave_valid_html(what: str) -> None:
    answer, record, _ = SHOWN[what]
    closed = {
        "id", "indicator", "measure", "region", "period", "unit", "qualifier", "programme", "of", "against", "activity", "scope", "status", "url",
        "kind", "stance",
    }  # fmt: skip
    for slot in fields(record):  # type: ignore[arg-type]
        value = getattr(record, slot.name)
        if slot.name in closed or not isinstance(value, str | tuple):
            continue
        changed = put(answer, record, slot.name)
        for part in html_parts(changed):
            visible(part)
        assert "{{7*7}}" in plain(changed) or EVIL not in plain(changed)


def test_marks_in_a_name_of_a_region_or_an_indicator_are_shown_as_text() -> None:
    counted = replace(FIGURE, indicator="so-de-an")
    for key in ("so-de-an", "phia_bac"):
        assert EVIL in visible(render(replace(FIGURE_ANSWER, figures=(counted,), names={**NAMES, key: EVIL})))


def test_marks_in_what_a_person_typed_are_shown_as_text() -> None:
    for note in (
        Note("misspelt", {"typed": EVIL, "region": "phia_bac"}),
        Note("repaired", {"typed": EVIL, "read": EVIL}),
        Note("relative_year", {"said": EVIL, "year": "2025"}),
    ):
        assert EVIL in visible(render(replace(FIGURE_ANSWER, assumptions=(note,))))
    assert EVIL in visible(
        render(replace(GAP_ANSWER, gaps=(Note("no_document", {"kind": EVIL, "number": "1"}),)))
    )


def test_a_question_full_of_marks_is_answered_with_valid_html(assistant: Assistant) -> None:
    for text in (
        EVIL,
        f"nghị định {EVIL}",
        f"kinh phí {EVIL} phía Bắc 2023",
        "Quảng <b>Nin</b>",
        "{{7*7}} khuyến công",
    ):
        answer, _ = assistant.ask(text)
        assert "49" not in visible(render(answer)).replace("49/", "").replace("149", "") or answer.figures


def test_a_link_keeps_its_address() -> None:
    assert '<a href="https://a.vn/?x=1&amp;y=2">Báo, Cục, 16/5/2024</a>' in render(FIGURE_ANSWER)


def test_values_of_a_note_never_reach_attributes_of_the_formatter() -> None:
    assert notes.sentence(Note("near_only", {"x": "{0.__class__}"})) == notes.sentence(Note("near_only"))
    assert notes.sentence(Note("discrepancy", {"text": "{year} {0} {"})) == "{year} {0} {"


def test_every_note_has_a_sentence_without_its_values() -> None:
    for code in notes._SENTENCES:
        assert "{" not in notes.sentence(Note(code, {"said": "", "region": ""}))


def test_an_unknown_note_is_an_error_of_the_programme() -> None:
    with pytest.raises(KeyError):
        notes.sentence(Note("no_such_note"))


@pytest.mark.parametrize(
    ("code", "values"),
    [
        ("level_not_known_for_day", {"from": "2014-04-08", "until": "2018-05-10"}),
        ("level_superseded", {"until": "2018-05-10"}),
        ("level_of_then", {"until": "2018-05-10"}),
        ("rule_is_later", {"from": "2025-10-15", "day": "năm 2020"}),
    ],
)
def test_a_date_in_a_note_is_written_as_vietnamese_readers_write_it(
    code: str, values: dict[str, str]
) -> None:
    said = visible(render(replace(LEVEL_ANSWER, warnings=(Note(code, values),))))
    assert "-04-" not in said and "-05-10" not in said and "-10-15" not in said


def test_a_level_without_a_first_day_does_not_leave_the_day_open() -> None:
    text = plain(replace(LEVEL_ANSWER, levels=(replace(LEVEL, valid_from=""),), calculation=None))
    assert not [line for line in text.split("\n") if line.rstrip().endswith("áp dụng từ")]


def test_a_level_without_a_cap_is_not_compared_with_one() -> None:
    level = replace(LEVEL, cap=None)
    text = plain(replace(LEVEL_ANSWER, levels=(level,), calculation=Calculation(level, 100, 50, 50)))
    assert "lấy số nhỏ hơn" not in text
    assert "mức trần" not in text


def test_a_long_answer_is_cut_into_parts_that_are_each_whole() -> None:
    long = replace(ENTRY, detail="\n".join(f"• Dòng {n} của phần xem thêm." for n in range(300)))
    parts = html_parts(replace(ENTRY_ANSWER, entries=(long,)))
    assert len(parts) > 1
    for part in parts:
        visible(part)


@pytest.mark.parametrize(
    ("document", "name"),
    [
        ("45-2012-nd-cp", "Nghị định 45/2012/NĐ-CP"),
        ("28-2018-tt-btc", "Thông tư 28/2018/TT-BTC"),
        ("26-2014-ttlt-btc-bct", "Thông tư liên tịch 26/2014/TTLT-BTC-BCT"),
        ("1881-qd-ttg", "Quyết định 1881/QĐ-TTg"),
        ("luat-khuyen-cong", "luat khuyen cong"),
    ],
)
def test_a_document_is_called_by_its_number(document: str, name: str) -> None:
    assert document_name(document) == name


def test_shares_of_what_was_carried_out_never_stand_beside_a_plan(assistant: Assistant) -> None:
    plan, _ = assistant.ask("kế hoạch kinh phí khuyến công phía Bắc năm 2023")
    actual, _ = assistant.ask("kinh phí thực hiện khuyến công phía Bắc năm 2023")
    claim, _ = assistant.ask("kế hoạch khuyến công phía Bắc năm 2023 là 186,5 tỷ, đúng không")
    assert "45,3%" in plain(actual)
    for answer in (plan, claim):
        assert "81,6 tỷ đồng" in plain(answer)
        assert "45,3%" not in plain(answer), "the share of the money spent, not of the plan"
