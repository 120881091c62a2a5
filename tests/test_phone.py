"""What a phone shows: the first line answers, the screen is not flooded, and Telegram takes every part."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

import pytest

from handlers.splitting import LIMIT, pack
from knowledge.base import KnowledgeBase
from knowledge.finding.answer import document_answer, entry_answer, event_answer, sources_for, status_warnings
from knowledge.finding.support import calculate
from knowledge.finding.versions import law_of
from knowledge.records import Answer, Entry, SupportLevel
from knowledge.telling.asides import unrepeated
from knowledge.telling.notes import said
from knowledge.telling.render import html_parts, render
from tests.conftest import TODAY
from tests.evaluate import Golden
from tests.telegram.html import units, visible

MOST_SHOWN = 1200
"""Characters above "Xem thêm": about two screens of a phone."""
MOST_UNITS = 4096
STATES = ("còn hiệu lực", "cần đối chiếu", "hết hiệu lực", "chưa rõ số")
"""How the line of the law says whether a document stands, where neither a caution nor the text says so."""
PRICE = Decimal(9_876_543_210)

ASPECTS = (
    "", "next_host", "concluded", "closed", "speakers", "chairs", "participants", "edition", "when", "where", "organisers",
)  # fmt: skip
STANCE = {
    "yes": r"(?:Được|Có|Đúng|Nên|Cần|Phải)\b",
    "no": r"(?:Không|Chưa)\b",
    "conditional": r"(?:Còn tùy|Có điều kiện|Tùy)\b",
    "unknown": r"(?:Chưa|Không rõ)\b",
}

Told = list[tuple[str, Answer]]


def told(base: KnowledgeBase) -> Iterator[tuple[str, Answer]]:
    """Every entry, document, event (in each aspect) and level (with and without a price) as an answer, by id."""
    for entry in base.entries.values():
        yield entry.id, of_entry(base, entry)
    for document in base.documents.values():
        yield document.id, document_answer(base, (document,), TODAY)
    for event in base.events.values():
        for aspect in ASPECTS:
            yield f"{event.id} {aspect}".strip(), event_answer(base, (event,), TODAY, aspect)
    for level in base.levels.values():
        yield level.id, of_level(base, level)


def of_entry(base: KnowledgeBase, entry: Entry) -> Answer:
    """The answer of an entry by itself."""
    return entry_answer(base, entry, TODAY, None)


def of_level(base: KnowledgeBase, level: SupportLevel) -> Answer:
    """The answer of a level, with a price where it has a percent."""
    return Answer(
        status="answered",
        kind="support",
        as_of=TODAY,
        levels=(level,),
        cited=law_of(base.documents, (level,)),
        calculation=calculate(level, PRICE),
        stance="conditional",
        warnings=status_warnings(level.status, level.valid_to, TODAY),
        sources=sources_for(base, level.sources),
    )


@pytest.fixture(scope="module")
def answers(base: KnowledgeBase) -> Told:
    """Everything that can be told, by id."""
    return list(told(base))


@pytest.fixture(scope="module")
def golden(golden_answers: list[tuple[Golden, Answer]]) -> Told:
    """The answers to the golden questions, by id."""
    return [(one.id, answer) for one, answer in golden_answers]


def above(html: str) -> str:
    """What is seen before "Xem thêm" is opened."""
    return visible(html.split("<blockquote", 1)[0])


def problems(answers: Told) -> list[str]:
    """What Telegram would not take, or not show as meant."""
    found = []
    for name, answer in answers:
        try:
            seen = "".join(visible(render(one)) for one in unrepeated((answer, *answer.then)))
            parts = [visible(text) for text in pack(html_parts(answer))]
        except ValueError as refused:
            found.append(f"{name}: {refused}")
            continue
        if "".join("".join(parts).split()) != "".join(seen.split()):
            found.append(f"{name}: the parts do not say what the whole says")
        long = [units(text) for text in html_parts(answer) if units(text) > MOST_UNITS]
        if long:
            found.append(f"{name}: parts of {long} units")
    return found


def test_everything_that_can_be_told_is_valid_telegram_html_in_short_parts(answers: Told) -> None:
    assert LIMIT <= MOST_UNITS
    found = problems(answers)
    assert not found, "\n".join(found)


def test_every_golden_answer_is_valid_telegram_html_in_short_parts(golden: Told) -> None:
    found = problems(golden)
    assert not found, "\n".join(found)


def test_the_first_line_is_bold_and_says_something(answers: Told) -> None:
    bare = []
    for name, answer in answers:
        first = render(answer).split("\n", 1)[0]
        words = re.sub(r"<[^>]+>", "", first.removeprefix("<b>"))
        if not first.startswith("<b>") or not re.search(r"\w", words):
            bare.append(f"{name}: {first}")
    assert not bare, "\n".join(bare)


def test_what_is_bold_at_the_top_ends_on_its_line(answers: Told) -> None:
    open_ended = [name for name, answer in answers if "</b>" not in render(answer).split("\n", 1)[0]]
    assert not open_ended, f"{len(open_ended)} answers: {', '.join(open_ended)}"


def test_what_is_seen_before_more_is_opened_fits_two_screens(answers: Told) -> None:
    sizes = [(len(above(render(answer))), name) for name, answer in answers]
    long = sorted((size, name) for size, name in sizes if size >= MOST_SHOWN)
    assert not long, f"{len(long)} answers\n" + "\n".join(f"{size} {name}" for size, name in long)


def test_what_a_golden_answer_about_rules_shows_before_more_fits_two_screens(golden: Told) -> None:
    rules = [
        (name, answer) for name, answer in golden if answer.kind in ("policy", "support") and not answer.then
    ]
    sizes = [(len(above(render(answer))), name) for name, answer in rules]
    long = sorted((size, name) for size, name in sizes if size >= MOST_SHOWN)
    assert len(rules) >= 300
    assert not long, f"{len(long)} answers\n" + "\n".join(f"{size} {name}" for size, name in long)


def test_the_law_in_detail_is_behind_the_quotation_and_its_name_and_state_before_it(answers: Told) -> None:
    wrong = []
    for name, answer in answers:
        rules = [level.article for level in answer.levels] or [
            line.partition(":")[2].strip() for entry in answer.entries for line in entry.basis
        ]
        if answer.kind not in ("policy", "support") or not rules:
            continue
        html = render(answer)
        shown, _, quoted = html.partition("<blockquote expandable>")
        cited = [line for line in shown.split("\n") if line.startswith("Căn cứ: ")]
        told = any(state in shown for state in STATES) or any(said(note, shown) for note in answer.warnings)
        if len(cited) != 1 or not (told or "⚠️" in shown):
            wrong.append(f"{name}: {cited}")
        elif any(
            rule and (rule in cited[0] or rule not in visible(quoted.removesuffix("</blockquote>")))
            for rule in rules
        ):
            wrong.append(f"{name}: the articles are not behind the quotation: {rules}")
    assert not wrong, f"{len(wrong)} answers\n" + "\n".join(wrong)


def test_an_entry_with_a_stance_begins_with_it(base: KnowledgeBase) -> None:
    other = [
        f"{entry.id} ({entry.stance}): {entry.body[:60]}"
        for entry in base.entries.values()
        if entry.stance and not re.match(STANCE[entry.stance], entry.body)
    ]
    assert not other, "\n".join(other)


def test_a_yes_no_title_has_an_entry_with_a_stance(base: KnowledgeBase) -> None:
    asks = re.compile(r"^(?!Ai ).*\b(?:có|được|còn|phải)\b.*\b(?:không|chưa)\?$")
    silent = [
        f"{entry.id}: {entry.title}"
        for entry in base.entries.values()
        if asks.search(entry.title) and not entry.stance and entry.kind != "assessment"
    ]
    assert not silent, "\n".join(silent)


def test_no_answer_shows_a_date_or_a_number_as_a_machine_writes_it(golden: Told) -> None:
    raw = re.compile(
        r"(?<![\w/-])(?:19|20)\d\d-\d\d-\d\d(?![\w/-])|\bNone\b|\bnan\b|(?<![\w.])\d+\.\d+e\+?\d+"
    )
    found = []
    for name, answer in golden:
        match = raw.search(visible(render(answer)))
        if match:
            found.append(f"{name}: {match.group()}")
    assert not found, f"{len(found)} answers\n" + "\n".join(found)


def test_no_template_leaves_empty_lines_or_blanks_at_the_ends(answers: Told) -> None:
    untidy = []
    for name, answer in answers:
        text = render(answer)
        if text != text.strip() or "\n\n\n" in text or re.search(r"[^\S\n]\n", text):
            untidy.append(name)
    assert not untidy, ", ".join(untidy)
