"""What a chat remembers: it survives storing, never breaks, and a short message changes only the slot that it names."""

from __future__ import annotations

import json
from collections.abc import Iterable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.assistant import Assistant
from knowledge.dialogue import Context
from knowledge.finding.wanted import Wanted
from knowledge.records import Answer, Choice

TEXT = st.text(max_size=12)
TEXTS = st.lists(TEXT, max_size=3).map(tuple)
WANTED = st.builds(
    Wanted, indicator=TEXT, measures=TEXTS, of=TEXTS, against=TEXT, programmes=TEXTS, total_word=st.booleans(), regions=TEXTS, periods=TEXTS,
    joined=TEXT, part=TEXT, terms=TEXTS, round=TEXT,
)  # fmt: skip
SLOTS = st.dictionaries(TEXT, TEXT, max_size=4)
CONTEXTS = st.builds(
    Context, route=TEXT, wanted=st.one_of(st.none(), WANTED), slots=SLOTS, choices=st.lists(st.builds(Choice, TEXT, TEXT), max_size=3).map(tuple),
    ids=TEXTS, activity=TEXT, region=TEXT, before=SLOTS,
)  # fmt: skip
JSON = st.recursive(
    st.one_of(st.none(), st.booleans(), st.integers(), st.floats(allow_nan=False), TEXT),
    lambda inner: st.one_of(st.lists(inner, max_size=3), st.dictionaries(TEXT, inner, max_size=3)),
    max_leaves=6,
)
KEYS = ("route", "wanted", "slots", "choices", "ids", "activity", "region", "before")


def chat(assistant: Assistant, turns: Iterable[str]) -> tuple[Answer, Context]:
    """The last answer of a chat whose memory is stored between any two turns."""
    context = Context()
    answer = None
    for turn in turns:
        answer, context = assistant.ask(turn, Context.from_json(context.to_json()))
    assert answer is not None
    return answer, context


def slot(context: Context, *names: str) -> tuple[str, ...]:
    """Slots that the chat remembers."""
    return tuple(context.slots.get(name, "") for name in names)


# --- storing ---------------------------------------------------------------------------------------------------------


@given(CONTEXTS)
def test_a_context_survives_storing(context: Context) -> None:
    assert Context.from_json(context.to_json()) == context


@pytest.mark.parametrize(
    "text",
    [
        "", "null", "[]", "{", "1", '"x"', "\x00", "khuyến công", '{"wanted": 5}', '{"wanted": {"nope": 1}}', '{"choices": [1]}', '{"slots": [1]}',
        '{"ids": 3}', '{"ids": null}', '{"before": 7}', '{"choices": [{"label": "a"}]}', "[" * 50_000,
    ],
)  # fmt: skip
def test_what_cannot_be_read_is_an_empty_context(text: str) -> None:
    assert Context.from_json(text) == Context()


@given(st.one_of(st.text(max_size=60), JSON.map(json.dumps)))
def test_no_stored_text_breaks_the_reading(text: str) -> None:
    assert isinstance(Context.from_json(text), Context)


@given(key=st.sampled_from(KEYS), value=JSON)
def test_a_stored_value_of_a_wrong_kind_never_breaks_the_next_answer(
    assistant: Assistant, key: str, value: object
) -> None:
    context = Context.from_json(json.dumps({key: value}))
    answer, _ = assistant.ask("còn năm 2024?", context)
    assert answer.status in ("answered", "asked_back", "no_answer")


def test_the_memory_of_a_real_chat_is_plain_json(assistant: Assistant) -> None:
    for turns in (
        ["kinh phí khuyến công phía Bắc năm 2023"],
        ["mua máy được hỗ trợ bao nhiêu"],
        ["nghị định 45 còn hiệu lực không"],
        ["hội nghị khuyến công phía Bắc lần XVIII ở đâu"],
        ["kinh phí khuyến công"],
    ):
        _, context = chat(assistant, turns)
        assert Context.from_json(context.to_json()) == context, turns


# --- taking over -----------------------------------------------------------------------------------------------------

FIRST = "kinh phí thực hiện khuyến công tổng hai nguồn phía Bắc năm 2023"


def test_the_first_answer_is_remembered(assistant: Assistant) -> None:
    _, context = chat(assistant, [FIRST])
    assert slot(context, "region", "period", "programme", "measure") == (
        "phia_bac",
        "2023",
        "total",
        "actual",
    )


@pytest.mark.parametrize("turn", ["còn 2022?", "còn năm 2022 thì sao", "2022", "thế năm 2022"])
def test_another_year_keeps_region_programme_and_measure(assistant: Assistant, turn: str) -> None:
    answer, context = chat(assistant, [FIRST, turn])
    assert context.wanted is not None
    assert context.wanted.periods == ("2022",)
    assert context.wanted.regions == ("phia_bac",)
    assert not [row for row in answer.figures if (row.region, row.period) != ("phia_bac", "2022")]


@pytest.mark.parametrize("turn", ["còn phía Nam?", "thế phía Nam thì sao", "phía Nam"])
def test_another_region_keeps_the_year(assistant: Assistant, turn: str) -> None:
    answer, context = chat(assistant, [FIRST, turn])
    assert context.wanted is not None
    assert context.wanted.regions == ("phia_nam",)
    assert context.wanted.periods == ("2023",)
    assert not [row for row in answer.figures if (row.region, row.period) != ("phia_nam", "2023")]


@pytest.mark.parametrize(
    ("turn", "programme"),
    [
        ("còn KCQG?", "KCQG"),
        ("riêng quốc gia thì sao", "KCQG"),
        ("còn KCĐP?", "KCDP"),
        ("địa phương thì sao", "KCDP"),
        ("thế nguồn địa phương", "KCDP"),
    ],
)
def test_another_programme_keeps_region_and_year(assistant: Assistant, turn: str, programme: str) -> None:
    answer, context = chat(assistant, [FIRST, turn])
    assert context.wanted is not None
    assert context.wanted.programmes == (programme,)
    assert answer.status == "answered"
    assert slot(context, "region", "period", "programme") == ("phia_bac", "2023", programme)


def test_another_measure_keeps_the_rest(assistant: Assistant) -> None:
    answer, context = chat(assistant, [FIRST, "còn kế hoạch?"])
    assert answer.status == "answered"
    assert slot(context, "region", "period", "programme", "measure") == ("phia_bac", "2023", "total", "plan")


@pytest.mark.parametrize("turn", ["à nhầm, năm 2022", "ý tôi là năm 2022", "không phải năm 2023, năm 2022"])
def test_a_correction_replaces_what_it_names(assistant: Assistant, turn: str) -> None:
    _, context = chat(assistant, [FIRST, turn])
    assert context.wanted is not None
    assert (context.wanted.regions, context.wanted.periods) == (("phia_bac",), ("2022",))


def test_a_correction_within_one_message_keeps_what_was_said_last(assistant: Assistant) -> None:
    _, context = chat(assistant, ["kinh phí khuyến công phía Bắc năm 2022 à nhầm năm 2023"])
    assert slot(context, "region", "period") == ("phia_bac", "2023")


def test_the_year_before_is_counted_from_the_year_that_was_spoken_of(assistant: Assistant) -> None:
    _, context = chat(assistant, [FIRST, "năm trước đó thì sao"])
    assert context.wanted is not None
    assert context.wanted.periods == ("2022",)


def test_changes_add_up_over_several_turns(assistant: Assistant) -> None:
    _, context = chat(assistant, [FIRST, "còn phía Nam?", "còn 2019?", "KCQG thì sao"])
    assert context.wanted is not None
    wanted = context.wanted
    assert (wanted.regions, wanted.periods, wanted.programmes) == (("phia_nam",), ("2019",), ("KCQG",))


def test_a_whole_new_question_takes_nothing_over(assistant: Assistant) -> None:
    alone, _ = chat(assistant, ["kế hoạch kinh phí khuyến công quốc gia cả nước năm 2024"])
    after, _ = chat(assistant, [FIRST, "kế hoạch kinh phí khuyến công quốc gia cả nước năm 2024"])
    assert [row.id for row in after.figures[:1]] == [row.id for row in alone.figures[:1]] != []


def test_a_rule_asked_for_after_a_figure_is_no_figure(assistant: Assistant) -> None:
    answer, _ = chat(assistant, [FIRST, "hộ kinh doanh có được hưởng khuyến công không"])
    assert (answer.status, answer.figures) == ("answered", ())


def test_a_neighbouring_topic_after_a_figure_is_not_answered_with_a_figure(assistant: Assistant) -> None:
    answer, _ = chat(assistant, [FIRST, "còn khuyến nông?"])
    assert answer.figures == ()


def test_a_greeting_leaves_the_memory_as_it_is(assistant: Assistant) -> None:
    _, before = chat(assistant, [FIRST])
    _, after = assistant.ask("cảm ơn", before)
    assert after == before


def test_a_choice_is_taken_by_its_number_and_by_its_label(assistant: Assistant) -> None:
    asked, context = chat(assistant, ["kinh phí khuyến công quốc gia 2024 là bao nhiêu"])
    for number, choice in enumerate(asked.choices, 1):
        by_question, _ = assistant.ask(choice.question)
        by_number, _ = assistant.ask(str(number), context)
        by_label, _ = assistant.ask(choice.label, context)
        ids = [[row.id for row in one.figures] for one in (by_question, by_number, by_label)]
        assert ids[0] == ids[1] == ids[2]


def test_a_follow_up_without_a_chat_is_not_answered_with_a_figure(assistant: Assistant) -> None:
    answer, _ = assistant.ask("còn phía Nam?")
    assert answer.figures == ()
