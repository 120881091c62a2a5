"""Every rule that was amended or replaced, asked for a day before and a day after: the rule of that day, or a word that it
is another's. `amended.jsonl` holds the questions, one amended article a line."""

from __future__ import annotations

import json
import re
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from knowledge.assistant import Assistant
from knowledge.base import KnowledgeBase
from knowledge.finding.versions import Versions, applied, later_documents
from knowledge.records import Answer, Entry
from knowledge.telling.formats import money
from knowledge.telling.render import plain
from tests.conftest import TODAY
from tests.test_validity import TOLD_AS_OTHER, codes

ROWS = [
    json.loads(line)
    for line in (Path(__file__).parent / "amended.jsonl").read_text(encoding="utf-8").splitlines()
]
SIDES = [(row, side) for row in ROWS for side in ("before", "after")]
TOLD = TOLD_AS_OTHER | {"part_is_later", "rule_of_then"}
"""Codes by which an answer says that what it tells, or a part of it, does not apply on its day or today."""

DECREE, AMENDMENT = "45-2012-nd-cp", "235-2025-nd-cp"
LEAST_OF_CHAINS = 0.98


def day_before(row: Entry) -> date:
    """The last day on which an entry's rule did not apply yet."""
    return date.fromisoformat(row.valid_from) - timedelta(1)


def article(text: str) -> str:
    """`45-2012-nd-cp: điểm a khoản 2 Điều 1 (bản gốc)` → "Điều 1"; empty where no article is named."""
    found = re.search(r"Điều \d+", text)
    return found[0] if found else ""


def lead(answer: Answer) -> Entry | None:
    """The entry that an answer tells, if it tells one."""
    return answer.entries[0] if answer.entries and not answer.levels else None


# --- article by article ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("row", "side"), SIDES, ids=[f"{number // 2}-{side}" for number, (_, side) in enumerate(SIDES)]
)
def test_an_amended_article_is_told_as_it_was_on_the_day(
    assistant: Assistant, row: dict[str, Any], side: str
) -> None:
    wanted = row[side]
    answer, _ = assistant.ask(wanted["q"])
    text = plain(answer)
    assert answer.status == "answered", text
    missing = [words for words in wanted["mention"] if not any(word in text for word in words)]
    assert not missing, f"{wanted['q']}: {missing} not in\n{text}"
    above = text.split("\nXem thêm\n")[0]
    said = [words for words in wanted.get("never", ()) if words in above]
    assert not said, f"{wanted['q']}: {said} in\n{above}"
    if "stance" in wanted:
        assert answer.stance == wanted["stance"]


def test_every_amended_article_that_the_base_tells_has_its_questions(base: KnowledgeBase) -> None:
    told = {
        article(line)
        for entry in base.entries.values()
        for line in entry.basis
        if line.startswith(f"{DECREE}:") and any(one.startswith(AMENDMENT) for one in entry.basis)
    }
    asked = {article(row["rule"]) for row in ROWS if row["rule"].startswith(DECREE)}
    assert told - {""} - {"Điều 18"} <= asked, "Điều 18 is only when the decree began"


def test_every_document_that_changed_another_has_its_questions(base: KnowledgeBase) -> None:
    changed = {
        (before, after.id)
        for after in base.documents.values()
        if after.number
        for before in (*after.amends, *after.replaces)
        if base.documents[before].number
        and any(before in line for one in base.entries.values() for line in one.basis)
    }
    asked = {(row["rule"].partition(":")[0], row["amended_by"]) for row in ROWS}
    assert not changed - asked - UNREAD, sorted(changed - asked - UNREAD)


UNREAD = {
    ("36-2013-tt-bct", "17-2018-tt-bct"),  # known by name only
    ("139-2025-nd-cp", "303-2026-nd-cp"),  # nothing about khuyến công
    ("111-2015-nd-cp", "205-2025-nd-cp"),  # another policy, told apart from khuyến công
    ("14-2024-tt-bct", "38-2025-tt-bct"),  # names of bodies only
    ("38-2025-tt-bct", "15-2026-tt-bct"),  # nothing about khuyến công
    ("38-2025-tt-bct", "26-2026-tt-bct"),
    ("37-2025-tt-bct", "50-2026-tt-bct"),  # known by name only
    ("150-2025-nd-cp", "370-2025-nd-cp"),
}
"""Pairs of which the base tells no rule before and after."""


def test_the_rows_name_documents_of_the_base_and_the_day_of_the_change(base: KnowledgeBase) -> None:
    for row in ROWS:
        after = base.documents[row["amended_by"]]
        assert row["rule"].partition(":")[0] in base.documents
        started = after.in_force_from or after.issued_on
        assert row["changed_on"] == started or after.kind == "Quyết định" or not started, row


# --- entry by entry --------------------------------------------------------------------------------------------------


def test_what_is_replaced_ended_the_day_before(base: KnowledgeBase) -> None:
    pairs = [(base.entries[old], entry) for entry in base.entries.values() for old in entry.replaces]
    assert len(pairs) >= 25
    for old, entry in pairs:
        assert old.status == "superseded"
        assert date.fromisoformat(old.valid_to) == day_before(entry), (old.id, entry.id)


def test_a_question_about_a_changed_rule_is_answered_with_the_version_of_its_day(
    base: KnowledgeBase, assistant: Assistant
) -> None:
    """The title of every such rule and every third of its questions, other ones for the next rule."""
    versions = Versions(base.entries)
    asked = 0
    silent: list[str] = []
    other: list[str] = []
    replacing = [entry for entry in base.entries.values() if entry.replaces]
    for number, entry in enumerate(replacing):
        for question in (entry.title, *entry.questions[number % 3 :: 3]):
            dated = assistant.reader.read(question, TODAY).periods.found
            if dated or lead(assistant.ask(question)[0]) != entry:
                continue
            for day in (day_before(entry), date.fromisoformat(entry.valid_from)):
                when = f"ngày {day.day}/{day.month}/{day.year}"
                answer, _ = assistant.ask(f"{when} {question}")
                told = lead(answer)
                asked += 1
                if told == versions.on(entry, day):
                    continue
                (other if told and not applied(told, day) and not codes(answer) & TOLD else silent).append(
                    f"{when} {question}: {told.id if told else answer.status}"
                )
    assert not other, "\n".join(other)
    assert asked >= 180
    assert len(silent) <= asked * (1 - LEAST_OF_CHAINS), "\n".join(silent)


def test_the_day_before_a_rule_began_it_is_never_told_as_the_rule(
    base: KnowledgeBase, assistant: Assistant
) -> None:
    wrong = []
    for entry in base.entries.values():
        if len(entry.valid_from) < len("2025-10-15"):
            continue
        day = day_before(entry)
        answer, _ = assistant.ask(f"ngày {day.day}/{day.month}/{day.year} {entry.title}")
        told = lead(answer)
        if told and not applied(told, day) and not codes(answer) & TOLD:
            wrong.append(f"{day} {entry.title}: {told.id}")
    assert not wrong, "\n".join(wrong)


def test_a_rule_that_was_amended_names_the_amendment_where_everyone_sees_it(
    base: KnowledgeBase, assistant: Assistant
) -> None:
    silent = []
    for entry in base.entries.values():
        if entry.status != "amended" or not any(line.startswith(AMENDMENT) for line in entry.basis):
            continue
        answer, _ = assistant.ask(entry.title)
        above = plain(answer).split("\nXem thêm\n")[0]
        if lead(answer) == entry and "235/2025/NĐ-CP" not in above:
            silent.append(entry.id)
    assert not silent, "\n".join(silent)


# --- level by level --------------------------------------------------------------------------------------------------


def test_on_the_edges_of_its_validity_a_level_is_the_level_of_the_day(
    base: KnowledgeBase, assistant: Assistant
) -> None:
    wrong = []
    for level in base.levels.values():
        if level.scope != "national" or not level.aliases:
            continue
        days = [date.fromisoformat(level.valid_from)]
        if level.valid_to:
            ended = date.fromisoformat(level.valid_to)
            days += [ended, ended + timedelta(1)]
        for day in days:
            stamp = day.isoformat()
            then = {
                row.id
                for row in base.levels.values()
                if (row.activity, row.scope) == (level.activity, "national")
                and row.valid_from <= stamp <= (row.valid_to or "9999")
            }
            asked = f"ngày {day.day}/{day.month}/{day.year} {level.aliases[-1]} được hỗ trợ tối đa bao nhiêu"
            answer, _ = assistant.ask(asked)
            told = answer.levels[0].id if answer.levels else ""
            known = told in then if then else "level_not_known_for_day" in codes(answer)
            if not known:
                wrong.append(f"{asked}: {told or answer.status}, expected {sorted(then)}")
    assert not wrong, "\n".join(wrong)


def test_a_level_of_28_2018_carries_the_warning_of_139_2026(
    base: KnowledgeBase, assistant: Assistant
) -> None:
    for level in base.levels.values():
        if level.document != "28-2018-tt-btc":
            continue
        answer, _ = assistant.ask(f"{level.aliases[-1]} được khuyến công hỗ trợ tối đa bao nhiêu")
        above = plain(answer).split("\nXem thêm\n")[0]
        assert (money(level.cap) if level.cap else f"{level.percent:g}%") in above, level.id
        assert codes(answer) & {"level_changed", "needs_check"}, level.id
        assert "28/2018/TT-BTC" in above and "139/2026/TT-BTC" in above, level.id


def test_a_level_that_was_read_at_second_hand_says_so(assistant: Assistant) -> None:
    told = []
    for level in filter(lambda one: one.aliases, assistant.base.levels.values()):
        answer, _ = assistant.ask(f"{level.aliases[-1]} được khuyến công hỗ trợ tối đa bao nhiêu")
        told += [answer] if answer.levels else []
    second = [one for one in told if all(source.rank >= 4 for source in one.sources)]
    assert second
    assert second != told
    assert [one for one in told if "secondary_source" in codes(one)] == second


# --- whatever is asked -----------------------------------------------------------------------------------------------


@settings(max_examples=160, derandomize=True, deadline=None)
@given(data=st.data())
def test_no_document_is_cited_for_a_day_before_it_without_a_word(
    base: KnowledgeBase, assistant: Assistant, data: st.DataObject
) -> None:
    day = data.draw(st.dates(date(2004, 1, 1), TODAY))
    when = data.draw(
        st.sampled_from(
            (f"ngày {day.day}/{day.month}/{day.year}", f"tháng {day.month}/{day.year}", f"năm {day.year}")
        )
    )
    entry = data.draw(st.sampled_from([one for one in base.entries.values() if one.kind != "assessment"]))
    question = data.draw(st.sampled_from((entry.title, *entry.questions)))
    answer, _ = assistant.ask(f"{when} {question}")
    told = lead(answer)
    if told and told.kind != "assessment" and not codes(answer) & TOLD:
        later = later_documents(base.documents, told, answer.as_of)
        assert not later, f"{when} {question}: {[one.id for one in later]}"
