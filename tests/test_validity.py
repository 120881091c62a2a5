"""A rule is told for the day that is asked about: the level of then, the rule of then, or a word that it is another's."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from datetime import date
from functools import cache

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from knowledge.assistant import Assistant
from knowledge.base import KnowledgeBase
from knowledge.dialogue import Context
from knowledge.records import Answer, Entry, SupportLevel
from knowledge.telling.render import plain
from tests.conftest import TODAY
from tests.evaluate import Golden

BEFORE, AFTER = (2015, 2016, 2017), (2018, 2019, 2020, 2024)
"""Years whose last day lies before and after 11/5/2018, when 28/2018/TT-BTC followed TTLT 26/2014."""

ASKED = (
    "năm {year} {what} được hỗ trợ tối đa bao nhiêu",
    "Năm {year}, {what} thì khuyến công hỗ trợ tối đa bao nhiêu?",
    "vào năm {year} mức hỗ trợ tối đa cho {what} là bao nhiêu",
)
TOLD_AS_OTHER = frozenset(
    (
        "superseded", "level_of_then", "level_superseded", "needs_check", "level_changed", "level_not_known_for_day",
        "rule_is_later",
    )
)  # fmt: skip
"""Codes by which an answer says that what it cites may not apply on its day."""


def codes(answer: Answer) -> set[str]:
    """What the answer warns of and takes for granted."""
    return {note.code for note in (*answer.assumptions, *answer.warnings)}


def applies(row: Entry | SupportLevel, day: date) -> bool:
    """Whether a rule was in force on `day`, as far as its dates say."""
    stamp = day.isoformat()
    return (not row.valid_from or row.valid_from <= stamp) and (not row.valid_to or stamp <= row.valid_to)


def named_levels(base: KnowledgeBase) -> Iterator[tuple[str, str]]:
    """Every alias of a national level with its activity, each once."""
    seen = dict.fromkeys(
        (alias, level.activity)
        for level in base.levels.values()
        if level.scope == "national"
        for alias in level.aliases
    )
    yield from seen


def national(base: KnowledgeBase, activity: str, day: date) -> list[SupportLevel]:
    """The national levels of an activity on a day."""
    rows = (row for row in base.levels.values() if row.activity == activity and row.scope == "national")
    return [row for row in rows if applies(row, day)]


def last_answer(assistant: Assistant, turns: Iterable[str]) -> Answer:
    """The answer to the last turn of a chat."""
    context: Context | None = None
    answer = None
    for turn in turns:
        answer, context = assistant.ask(turn, context)
    assert answer is not None
    return answer


# --- support levels --------------------------------------------------------------------------------------------------


Asked = Callable[[int, str], tuple[str, Answer]]


@pytest.fixture(scope="module")
def level_in(base: KnowledgeBase, assistant: Assistant) -> Asked:
    """Question and answer for a year and an alias of a level, asked once: in one of the three ways, which take turns over
    the years of each alias and over the aliases of each year."""
    places = {alias: number for number, (alias, _) in enumerate(named_levels(base))}

    @cache
    def asked(year: int, alias: str) -> tuple[str, Answer]:
        text = ASKED[(places[alias] + year) % len(ASKED)].format(year=year, what=alias)
        return text, assistant.ask(text)[0]

    return asked


@pytest.mark.parametrize("year", BEFORE + AFTER)
def test_a_level_asked_for_a_year_is_the_level_of_that_year(
    base: KnowledgeBase, level_in: Asked, year: int
) -> None:
    wrong = []
    for alias, activity in named_levels(base):
        then = {level.id for level in national(base, activity, date(year, 12, 31))}
        text, answer = level_in(year, alias)
        told = [level.id for level in answer.levels]
        if then and told[:1] and told[0] in then and answer.as_of == date(year, 12, 31):
            continue
        if not then and told and "level_not_known_for_day" in codes(answer):
            continue
        wrong.append(f"{text}: {answer.status} {answer.kind} {told}")
    assert not wrong, "\n".join(wrong)


@pytest.mark.parametrize("year", [2016, 2020])
def test_a_level_asked_for_by_its_own_name_is_that_level(
    base: KnowledgeBase, level_in: Asked, year: int
) -> None:
    wrong = []
    for alias, activity in named_levels(base):
        bearing = {row.id for row in national(base, activity, date(year, 12, 31)) if alias in row.aliases}
        _, answer = level_in(year, alias)
        told = {level.id for level in answer.levels}
        if bearing and not bearing <= told:
            wrong.append(f"{alias}, {year}: {sorted(told)}, expected {sorted(bearing)}")
    assert not wrong, "\n".join(wrong)


@pytest.mark.parametrize(
    ("question", "amount"),
    [
        ("năm 2016 tổ chức bình chọn cấp khu vực được chi tối đa bao nhiêu", "100 triệu"),
        ("năm 2016 tổ chức bình chọn cấp quốc gia được chi tối đa bao nhiêu", "200 triệu"),
        ("năm 2020 tổ chức bình chọn cấp khu vực được chi tối đa bao nhiêu", "200 triệu"),
        ("năm 2020 tổ chức bình chọn cấp quốc gia được chi tối đa bao nhiêu", "400 triệu"),
        ("năm 2016 tiền thưởng sản phẩm cấp khu vực tối đa bao nhiêu", "5 triệu"),
        ("năm 2016 tiền thưởng sản phẩm cấp quốc gia tối đa bao nhiêu", "10 triệu"),
        ("năm 2016 xử lý nước thải cơ sở được hỗ trợ tối đa bao nhiêu", "300 triệu"),
        ("năm 2016 xử lý nước thải cụm công nghiệp được hỗ trợ tối đa bao nhiêu", "1,5 tỷ"),
        ("năm 2016 thành lập hiệp hội cấp vùng được hỗ trợ tối đa bao nhiêu", "70 triệu"),
        ("năm 2016 thành lập hiệp hội cấp quốc gia được hỗ trợ tối đa bao nhiêu", "100 triệu"),
        ("năm 2016 tổ chức hội chợ trong nước được hỗ trợ tối đa mấy phần trăm", "100%"),
        ("năm 2016 đi hội chợ trong nước được hỗ trợ tối đa mấy phần trăm", "80%"),
    ],
)
def test_of_two_levels_of_one_activity_the_one_that_is_named_is_told(
    assistant: Assistant, question: str, amount: str
) -> None:
    answer, _ = assistant.ask(question)
    assert answer.status == "answered"
    assert amount in plain(answer)


@pytest.mark.parametrize(
    ("when", "level"),
    [
        ("tháng 3/2018", "may-moc-thiet-bi-2014"),
        ("quý 1/2018", "may-moc-thiet-bi-2014"),
        ("ngày 10/5/2018", "may-moc-thiet-bi-2014"),
        ("ngày 11/5/2018", "may-moc-thiet-bi-2018"),
        ("tháng 6/2018", "may-moc-thiet-bi-2018"),
        ("quý 4/2018", "may-moc-thiet-bi-2018"),
        ("năm 2017", "may-moc-thiet-bi-2014"),
        ("năm 2019", "may-moc-thiet-bi-2018"),
    ],
)
def test_within_the_year_of_the_change_the_day_decides(assistant: Assistant, when: str, level: str) -> None:
    answer, _ = assistant.ask(f"{when} mua máy được hỗ trợ tối đa bao nhiêu")
    assert [row.id for row in answer.levels] == [level]


def test_a_sum_for_a_year_is_worked_out_with_the_level_of_that_year(
    base: KnowledgeBase, assistant: Assistant
) -> None:
    wrong = []
    for activity, alias in (("may-moc-thiet-bi", "mua máy"), ("mo-hinh-trinh-dien", "mô hình trình diễn")):
        for year in BEFORE + AFTER:
            (level,) = national(base, activity, date(year, 12, 31))
            answer, _ = assistant.ask(f"năm {year} {alias} 9 tỷ được hỗ trợ tối đa bao nhiêu")
            result = answer.calculation.result if answer.calculation else None
            if result != level.cap:
                wrong.append(f"{alias} {year}: {result}, expected {level.cap}")
    assert not wrong, "\n".join(wrong)


def test_a_level_that_is_called_of_then_was_in_force_then(base: KnowledgeBase, level_in: Asked) -> None:
    wrong = []
    for alias, _ in named_levels(base):
        for year in BEFORE + AFTER:
            _, answer = level_in(year, alias)
            if "level_of_then" in codes(answer) and not applies(answer.levels[0], answer.as_of):
                wrong.append(f"{alias} {year}: {answer.levels[0].id}")
    assert not wrong, "\n".join(wrong)


def test_a_level_asked_for_without_a_date_says_that_it_has_changed_or_ended(
    base: KnowledgeBase, assistant: Assistant
) -> None:
    silent = []
    for alias, _ in named_levels(base):
        answer, _ = assistant.ask(f"{alias} được khuyến công hỗ trợ tối đa bao nhiêu")
        if answer.levels and not codes(answer) & {"level_changed", "level_superseded", "needs_check"}:
            silent.append(f"{alias}: {[level.id for level in answer.levels]} {sorted(codes(answer))}")
    assert not silent, "\n".join(silent)


def test_a_level_of_a_province_is_never_told_for_a_day_before_it_began(
    base: KnowledgeBase, assistant: Assistant
) -> None:
    local = base.levels["mo-hinh-trinh-dien-dak-lak"]
    early, _ = assistant.ask("năm 2020 mô hình trình diễn ở Đắk Lắk được hỗ trợ tối đa bao nhiêu")
    now, _ = assistant.ask("mô hình trình diễn ở Đắk Lắk được hỗ trợ tối đa bao nhiêu")
    own = "800 triệu đồng/mô hình"
    assert local not in early.levels
    assert own not in plain(early)
    assert own in plain(now)


# --- amended rules ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("question", "entry"),
    [
        ("năm 2020 đối tượng khuyến công gồm những ai", "doi-tuong-quy-dinh-cu-truoc-2025"),
        ("đối tượng được hưởng khuyến công năm 2024 là ai", "doi-tuong-quy-dinh-cu-truoc-2025"),
        ("đối tượng được hưởng khuyến công năm 2026 là ai", "doi-tuong-ai-duoc-huong"),
        ("năm 2024 phường của tỉnh có được khuyến công không", "doi-tuong-quy-dinh-cu-truoc-2025"),
        ("năm 2026 phường của tỉnh có được khuyến công không", "doi-tuong-phuong-cua-tinh"),
        ("năm 2026 nghệ nhân ưu tú có được khuyến công không", "doi-tuong-nghe-nhan"),
    ],
)
def test_who_is_supported_is_told_by_the_rule_of_the_year(
    assistant: Assistant, question: str, entry: str
) -> None:
    answer, _ = assistant.ask(question)
    assert [one.id for one in answer.entries[:1]] == [entry]


@pytest.mark.parametrize("when", ["năm 2020", "năm 2024", "tháng 9/2025", "ngày 14/10/2025"])
@pytest.mark.parametrize(
    "question",
    ["nghệ nhân ưu tú có thuộc đối tượng khuyến công không", "phường của tỉnh có thuộc địa bàn khuyến công không"],
)  # fmt: skip
def test_the_rule_of_october_2025_is_not_told_as_the_rule_of_before(
    assistant: Assistant, when: str, question: str
) -> None:
    answer, _ = assistant.ask(f"{when} {question}")
    later = [entry.id for entry in answer.entries[:1] if entry.valid_from >= "2025-10-15"]
    assert not later or "rule_is_later" in codes(answer)


@pytest.mark.parametrize("when", ["ngày 15/10/2025", "tháng 11/2025", "năm 2026", "hiện nay"])
@pytest.mark.parametrize(
    ("question", "entry"),
    [
        ("nghệ nhân ưu tú có thuộc đối tượng khuyến công không", "doi-tuong-nghe-nhan"),
        ("phường của tỉnh có thuộc địa bàn khuyến công không", "doi-tuong-phuong-cua-tinh"),
    ],
)
def test_from_15_october_2025_on_the_new_rule_is_told_as_it_is(
    assistant: Assistant, when: str, question: str, entry: str
) -> None:
    answer, _ = assistant.ask(f"{when} {question}")
    assert [one.id for one in answer.entries[:1]] == [entry]
    assert not codes(answer) & {"rule_is_later", "superseded"}


@pytest.mark.parametrize("turn", range(4))
def test_no_rule_that_began_later_is_told_for_a_year_without_saying_so(
    base: KnowledgeBase, assistant: Assistant, turn: int
) -> None:
    """Each rule is asked for in one of the years before it, which take turns over the rules."""
    wrong = []
    for number, entry in enumerate(base.entries.values()):
        years = [year for year in (2008, 2013, 2020, 2024) if entry.valid_from > f"{year}-12-31"]
        if number % 4 != turn or not years:
            continue
        year = years[number // 4 % len(years)]
        answer, _ = assistant.ask(f"năm {year} {entry.title}")
        lead = answer.entries[0] if answer.entries else None
        if lead and lead.valid_from > f"{year}-12-31" and not codes(answer) & TOLD_AS_OTHER:
            wrong.append(f"năm {year} {entry.title}: {lead.id} from {lead.valid_from}")
    assert not wrong, "\n".join(wrong)


@pytest.mark.parametrize(
    ("question", "mention"),
    [
        ("nghị định 45 còn hiệu lực không", "235/2025"),
        ("tháng 12/2025 đọc nghị định 45 thì phải kèm nghị định sửa đổi nào", "235/2025"),
        ("nghị định 235/2025 có hiệu lực từ ngày nào", "15/10/2025"),
        ("năm 2014 khuyến công theo nghị định số mấy", "45/2012"),
        ("năm 2024 khuyến công theo nghị định số mấy", "45/2012"),
        ("nghị định 134 còn hiệu lực không", "45/2012"),
        ("thông tư 28/2018 còn dùng được không", "139/2026"),
        ("thông tư liên tịch 26/2014 hết hiệu lực ngày nào", "11/5/2018"),
    ],
)
def test_an_amended_document_is_told_with_what_amends_it(
    assistant: Assistant, question: str, mention: str
) -> None:
    answer, _ = assistant.ask(question)
    assert answer.status == "answered"
    assert mention in plain(answer)


@pytest.mark.parametrize(
    "question", ["nghị định 134/2004 quy định gì", "thông tư liên tịch 26/2014 quy định gì"]
)
def test_a_document_that_has_ended_is_told_as_ended(assistant: Assistant, question: str) -> None:
    answer, _ = assistant.ask(question)
    assert "superseded" in codes(answer)


# --- every question --------------------------------------------------------------------------------------------------


def outside(answer: Answer, rows: Iterable[Entry | SupportLevel]) -> list[str]:
    """The rules among `rows` that do not apply on the day of an answer that does not say so."""
    if codes(answer) & TOLD_AS_OTHER:
        return []
    return [row.id for row in rows if not applies(row, answer.as_of)]


def test_no_golden_question_is_answered_with_a_rule_outside_its_validity(
    golden_answers: list[tuple[Golden, Answer]],
) -> None:
    wrong = []
    for golden, answer in golden_answers:
        found = outside(answer, (*answer.entries[:1], *answer.levels))
        if found:
            wrong.append(f"{golden.id} {golden.turns[-1]}: {found} on {answer.as_of}")
    assert not wrong, "\n".join(wrong)


def test_what_is_told_behind_an_answer_is_valid_or_told_as_ended(
    golden_answers: list[tuple[Golden, Answer]],
) -> None:
    wrong = []
    for golden, answer in golden_answers:
        behind = plain(answer)
        found = [
            one.id
            for one in answer.entries[1:]
            if outside(answer, (one,))
            and not re.search(rf"• {re.escape(one.title)} \((?:quy định cũ|áp dụng từ)", behind)
        ]
        if found:
            wrong.append(f"{golden.id} {golden.turns[-1]}: behind it {found} on {answer.as_of}")
    assert not wrong, "\n".join(wrong)


@settings(max_examples=200, derandomize=True, deadline=None)
@given(data=st.data())
def test_no_dated_question_is_answered_with_a_rule_outside_its_validity(
    base: KnowledgeBase, assistant: Assistant, data: st.DataObject
) -> None:
    year = data.draw(st.integers(2004, TODAY.year))
    when = data.draw(
        st.sampled_from(
            (f"năm {year}", f"tháng 3/{year}", f"quý 4/{year}", f"ngày 2/9/{year}", "năm ngoái", "hiện nay")
        )
    )
    entry = data.draw(st.sampled_from(list(base.entries.values())))
    alias, _ = data.draw(st.sampled_from(list(named_levels(base))))
    what = data.draw(
        st.sampled_from(
            (entry.title, *entry.questions, f"{alias} được hỗ trợ tối đa bao nhiêu", f"{alias} 2 tỷ được bao nhiêu")
        )
    )  # fmt: skip
    answer, _ = assistant.ask(f"{when} {what}")
    assert not outside(answer, (*answer.entries[:1], *answer.levels)), f"{when} {what}"
