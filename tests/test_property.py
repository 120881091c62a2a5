"""Every stored figure, asked for in several ways and misspellings: never another figure, and hardly ever none.

Each figure is asked for as written in some of its questions (`CLEAN_EACH`), other ones than the next figure, and in one
noise, another one than the next; so every figure, template and noise is met, though not each with each. `make eval` asks
all questions. Another part stacks two noises.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from itertools import permutations
from random import Random

import pytest

from knowledge.answering.ranking import YEAR
from knowledge.answering.surveying import among
from knowledge.assistant import Assistant
from knowledge.base import KnowledgeBase
from knowledge.records import Answer, Figure
from knowledge.telling.render import payload
from tests.evaluate import RIGHT, judge
from tests.folds import OUTCOMES, FigureAsked, entries_kept_out, figures, figures_asked
from tests.noise import NOISES
from tests.questions import FEWEST, MEASURES, questions, slot_of
from tests.readme import README, STALE, block

CLEAN = "clean"
CLEAN_EACH, ONE_OF_KEPT_OUT = 2, 4
"""Questions of each figure as written; one of so many wordings that were kept out of the base."""
MOST_OFF = {"entries, wordings kept out of the base": 4.0, "figures, each question": 1.0}
"""Percent of all by which a share may be another one in the sample than in the README, which counts all questions."""
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


def noisy(base: KnowledgeBase) -> Iterator[Case]:
    """One question of every figure in one noise: each of both in its turn."""
    for number, figure in enumerate(asked_for(base)):
        texts = questions(base.names, figure)
        text, noise = texts[number // len(NOISY) % len(texts)], NOISY[number % len(NOISY)]
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
    """Every figure with some of its questions as written, and the answer."""
    return list(figures_asked(assistant, CLEAN_EACH))


@pytest.fixture(scope="module")
def outcomes(base: KnowledgeBase, assistant: Assistant, clean: list[FigureAsked]) -> list[tuple[Case, str]]:
    """Every case with its outcome."""
    written = [(Case(figure, CLEAN, text), outcome_of(figure, answer)) for figure, text, answer in clean]
    return [
        *(one for one in written if one[0].figure.measure in MEASURES),
        *((case, outcome_of(case.figure, assistant.ask(case.text)[0])) for case in noisy(base)),
    ]


def test_every_template_and_noise_is_met(base: KnowledgeBase, clean: list[FigureAsked]) -> None:
    met = {questions(base.names, figure).index(text) for figure, text, _ in clean}
    assert met == set(range(max(len(questions(base.names, figure)) for figure, _, _ in clean)))
    assert {case.noise for case in noisy(base)} == set(NOISY)


def test_the_folds_of_the_readme_are_near_what_a_sample_gives(
    assistant: Assistant, clean: list[FigureAsked]
) -> None:
    """Of the questions for figures, and of the wordings kept out; how a fact fares at its worst only all questions tell."""
    rows = [
        line.strip("| ").split(" | ")
        for line in block(README.read_text(encoding="utf-8"), "folds").splitlines()
    ]
    printed = {name: [float(share.rstrip("%")) for share in shares] for name, _, *shares in rows[2:]}
    sampled = (entries_kept_out(assistant, ONE_OF_KEPT_OUT), figures(clean)[0])
    for (name, most), counts in zip(MOST_OFF.items(), sampled, strict=True):
        shares = [100 * counts[one] / counts.total() for one in OUTCOMES]
        off = [abs(one - other) for one, other in zip(shares, printed[name], strict=True)]
        assert max(off) <= most, f"{name}: {shares}, printed {printed[name]}: {STALE}"


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


ABSENT = 240
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
    """Every two noises are met, one above the other; which figure they befall is drawn by seed."""
    rng = Random("stacked")
    rows = []
    for first, second in permutations(NOISY, 2):
        figure = rng.choice(asked_for(base))
        text = rng.choice(questions(base.names, figure))
        text = NOISES[second](NOISES[first](text, rng), rng)
        rows.append((Case(figure, f"{first}, {second}", text), outcome_of(figure, assistant.ask(text)[0])))
    wrong = sum(outcome == OTHER for _, outcome in rows)
    assert wrong <= MOST_WRONG_STACKED * len(rows), "\n" + report(rows)
