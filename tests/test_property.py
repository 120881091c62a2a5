"""Every stored figure, asked for in many ways and misspellings: never another figure, and hardly ever none.

The exhaustive part asks every template of every figure as written, and in noises drawn by seed: some for the figures of the
articles, one for every other question of the many of public pages. Another part stacks two noises.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from random import Random

import pytest

from knowledge.answering.ranking import YEAR
from knowledge.answering.surveying import among
from knowledge.assistant import Assistant
from knowledge.base import KnowledgeBase
from knowledge.records import Answer, Figure
from knowledge.telling.render import payload
from tests.evaluate import RIGHT, judge
from tests.folds import FigureAsked, figures_asked, table
from tests.noise import NOISES
from tests.questions import FEWEST, MEASURES, questions, slot_of
from tests.readme import README, STALE, block

CLEAN = "clean"
FROM_PAGES = "fw-"
"""How the ids of figures begin that come from public pages."""
NOISY = (
    "no_marks",
    "nfd",
    "upper",
    "telex",
    "vni",
    "chat",
    "typo",
    "glued",
    "wrong_tone",
    "half_marks",
    "ocr_digits",
    "polite",
)
NOISES_OF_ARTICLES = 2
STACKED = 300
LEAST_RIGHT_OR_ASKED = 0.95
MOST_WRONG_NOISY, MOST_WRONG_STACKED = 0.001, 0.01
"""Share of misspelt questions that may be answered with another figure: blanks that are lost can make another word."""
ASKED, DECLINED, WORDS, OTHER = "asked back", "declined", "no figure in the answer", "another figure"


@dataclass(frozen=True)
class Case:
    """One question as sent, and the figure that it asks for."""

    figure: Figure
    noise: str
    text: str


def asked_for(base: KnowledgeBase) -> list[Figure]:
    """The figures that questions are built for."""
    return [figure for figure in base.figures.values() if figure.measure in MEASURES]


def noises_for(figure: Figure, text: str) -> tuple[str, ...]:
    """Noises drawn by seed: some for the figures of the five articles, one for every other question of the many of public pages."""
    drawn = Random(f"{figure.id} {text}")
    count = drawn.randrange(2) if figure.id.startswith(FROM_PAGES) else NOISES_OF_ARTICLES
    return tuple(drawn.sample(NOISY, count))


def cases(base: KnowledgeBase) -> Iterator[Case]:
    """Every question of every figure, as written and in its noises."""
    for figure in asked_for(base):
        for text in questions(base.names, figure):
            yield Case(figure, CLEAN, text)
            for noise in noises_for(figure, text):
                yield Case(figure, noise, NOISES[noise](text, Random(f"{noise} {text}")))


def outcome_of(figure: Figure, answer: Answer) -> str:
    """What became of a question for `figure`."""
    if answer.status != "answered":
        return ASKED if answer.status == "asked_back" else DECLINED
    shown = answer.figures[:1] if answer.comparison is None else (*answer.figures, *answer.companions)
    if any(slot_of(one) == slot_of(figure) for one in shown):
        return RIGHT
    if shown:
        return OTHER
    said, _ = judge({"type": "figure", "value": abs(figure.value)}, payload(answer))
    return RIGHT if said == RIGHT else WORDS


def report(rows: Iterable[tuple[Case, str]]) -> str:
    """Outcomes by noise, and each question that was answered with another figure."""
    counts: dict[str, Counter[str]] = {}
    wrong = []
    for case, outcome in rows:
        counts.setdefault(case.noise, Counter())[outcome] += 1
        if outcome == OTHER:
            wrong.append(f"  {case.figure.id} [{case.noise}] {case.text}")
    lines = [f"{noise}: {dict(found.most_common())}" for noise, found in counts.items()]
    return "\n".join([*lines, f"answered with another figure: {len(wrong)}", *wrong])


@pytest.fixture(scope="module")
def clean(assistant: Assistant) -> list[FigureAsked]:
    """Every figure with each of its questions as written, and the answer."""
    return list(figures_asked(assistant))


@pytest.fixture(scope="module")
def outcomes(base: KnowledgeBase, assistant: Assistant, clean: list[FigureAsked]) -> list[tuple[Case, str]]:
    """Every case with its outcome."""
    known = {(figure.id, text): answer for figure, text, answer in clean}
    return [
        (case, outcome_of(case.figure, known.get((case.figure.id, case.text)) or assistant.ask(case.text)[0]))
        for case in cases(base)
    ]


def test_the_folds_of_the_readme_are_what_the_evaluation_prints(
    assistant: Assistant, clean: list[FigureAsked]
) -> None:
    assert block(README.read_text(encoding="utf-8"), "folds") == table(assistant, clean), STALE


def test_every_figure_has_at_least_six_different_questions(base: KnowledgeBase) -> None:
    for figure in asked_for(base):
        assert len(questions(base.names, figure)) >= FEWEST, figure.id


def test_questions_of_different_slots_differ(base: KnowledgeBase) -> None:
    seen: dict[str, Figure] = {}
    for figure in asked_for(base):
        for text in questions(base.names, figure):
            other = seen.setdefault(text, figure)
            assert slot_of(other) == slot_of(figure), text


def test_a_figure_question_is_never_answered_with_another_figure(outcomes: list[tuple[Case, str]]) -> None:
    wrong = Counter(case.noise == CLEAN for case, outcome in outcomes if outcome == OTHER)
    assert wrong[True] == 0, "\n" + report(outcomes)
    assert wrong[False] <= MOST_WRONG_NOISY * len(outcomes), "\n" + report(outcomes)


def test_a_figure_question_is_answered_or_asked_back(outcomes: list[tuple[Case, str]]) -> None:
    good = sum(outcome in (RIGHT, ASKED) for _, outcome in outcomes)
    assert good / len(outcomes) >= LEAST_RIGHT_OR_ASKED, "\n" + report(outcomes)


def test_a_figure_question_as_written_is_answered(outcomes: list[tuple[Case, str]]) -> None:
    clean = [outcome for case, outcome in outcomes if case.noise == CLEAN]
    assert clean.count(RIGHT) / len(clean) >= LEAST_RIGHT_OR_ASKED, "\n" + report(outcomes)


ABSENT = 500
"""Questions that are asked for figures that the base does not hold."""
PLAIN_NOISES = ("no_marks", "nfd", "upper", "chat")


def absent(base: KnowledgeBase) -> Iterator[Case]:
    """Questions for figures put together from the slots of others, which the base does not hold; drawn by seed."""
    rng = Random("absent")
    often = Counter(figure.indicator for figure in asked_for(base))
    figures = [figure for figure in asked_for(base) if often[figure.indicator] >= 3]
    regions = [region.id for region in base.regions.values() if region.kind != "subregion"]
    periods = sorted({figure.period for figure in figures if figure.period})
    held = {(f.indicator, f.measure, f.programme, f.region, f.period) for f in base.figures.values()}
    made = 0
    while made < ABSENT:
        figure = rng.choice(figures)
        region, period = rng.choice(regions), rng.choice(periods)
        region, period = rng.choice(((region, period), (region, figure.period), (figure.region, period)))
        other = replace(figure, label="", round="", region=region, period=period)
        if (other.indicator, other.measure, other.programme, other.region, other.period) in held:
            continue
        made += 1
        text = rng.choice(questions(base.names, other))
        noise = rng.choice((CLEAN, *PLAIN_NOISES))
        yield Case(other, noise, text if noise == CLEAN else NOISES[noise](text, Random(text)))


def of_its_years(answer: Answer, span: str) -> bool:
    """Whether an answer tells years of a span of years one by one, and says that it has no figure of the span."""
    years = all(len(row.period) == YEAR and among(row.period, (span,)) for row in answer.figures)
    said = [note.values["span"] for note in answer.assumptions if note.code == "no_figure_of_span"]
    return years and said == [span]


def test_what_is_not_there_is_never_answered_with_what_is_elsewhere(
    base: KnowledgeBase, assistant: Assistant
) -> None:
    wrong = []
    answered = 0
    for case in absent(base):
        answer, _ = assistant.ask(case.text)
        if answer.status != "answered" or not answer.figures:
            continue
        answered += 1
        lead, asked = answer.figures[0], case.figure
        there = (asked.region, base.regions[asked.region].successor)
        in_time = lead.period == asked.period or of_its_years(answer, asked.period)
        if lead.indicator != asked.indicator or not in_time or lead.region not in there:
            wrong.append(
                f"{asked.indicator} {asked.region} {asked.period} [{case.noise}] {case.text} -> {lead.id}"
            )
    assert not wrong, "\n".join(wrong)
    assert answered < ABSENT / 10


def test_two_noises_hardly_ever_lead_to_another_figure(base: KnowledgeBase, assistant: Assistant) -> None:
    rng = Random("stacked")
    rows = []
    for _ in range(STACKED):
        figure = rng.choice(asked_for(base))
        text = rng.choice(questions(base.names, figure))
        first, second = rng.sample(NOISY, 2)
        text = NOISES[second](NOISES[first](text, rng), rng)
        rows.append((Case(figure, f"{first}, {second}", text), outcome_of(figure, assistant.ask(text)[0])))
    wrong = sum(outcome == OTHER for _, outcome in rows)
    assert wrong <= MOST_WRONG_STACKED * STACKED, "\n" + report(rows)
