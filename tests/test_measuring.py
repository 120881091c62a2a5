"""The material that the bot is measured with is whole, of one form, and kept apart from what it is taught."""

from __future__ import annotations

import csv
import json
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from knowledge.base import KnowledgeBase
from knowledge.dialogue.turns import WEIGHTS
from knowledge.matching.weights import load_weights
from knowledge.text import wording
from tests import fit_turns, probing, rounds
from tests.evaluate import NONE, RIGHT, WRONG
from tests.fit import inputs_hash

TESTS = Path(__file__).parent
FEWEST = 30
"""Probes of a kind."""
STATUSES = {"answered", "no_answer", "asked_back", "any"}
NOTHING_TO_TELL = {"offtopic", "vague"}
"""Kinds to which no answer is right."""


def lines(path: Path) -> list[dict[str, Any]]:
    """The objects of a file of JSON lines."""
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def test_the_first_scores_of_a_round_are_the_sums_of_its_verdicts() -> None:
    with (rounds.BLIND / "rounds.csv").open(encoding="utf-8", newline="") as file:
        scores = list(csv.DictReader(file))
    for number in {row["round"] for row in scores}:
        name = f"round-{int(number):02d}"
        with (rounds.BLIND / f"{name}.verdicts.csv").open(encoding="utf-8", newline="") as file:
            verdicts = {row["id"]: row["verdict"] for row in csv.DictReader(file)}
        found: Counter[tuple[str, str]] = Counter()
        for row in lines(rounds.BLIND / f"{name}.jsonl"):
            turns = range(len(row.get("turns", ())))
            ids = [f"{row['id']}.{turn}" for turn in turns] or [row["id"]]
            for one in ids:
                found[row["brief"], verdicts.pop(one)] += 1
        assert not verdicts
        for row in (row for row in scores if row["round"] == number):
            assert all(int(row[one]) == found[row["brief"], one] for one in rounds.VERDICTS), row
            assert int(row["n"]) == sum(int(row[one]) for one in rounds.VERDICTS)


def test_each_kind_has_enough_probes_of_which_a_third_must_be_told() -> None:
    kinds: dict[str, list[probing.Probe]] = {}
    for probe in probing.load():
        kinds.setdefault(probe.kind, []).append(probe)
    for kind, own in kinds.items():
        assert len(own) >= FEWEST, kind
        told = sum(probe.status == "answered" for probe in own)
        assert kind in NOTHING_TO_TELL or told * 3 >= len(own), kind


def test_probes_have_one_form_and_no_id_or_question_twice() -> None:
    found = probing.load()
    assert {probe.status for probe in found} <= STATUSES
    for key in ("id", "q"):
        twice = [one for one, times in Counter(getattr(probe, key) for probe in found).items() if times > 1]
        assert not twice
    assert not [probe.id for probe in found if probe.status == "no_answer" and probe.must]


def test_no_probe_is_a_stored_wording_or_a_line_that_weights_are_fitted_on(base: KnowledgeBase) -> None:
    stored = {wording(text) for entry in base.entries.values() for text in (entry.title, *entry.questions)}
    trained = {wording(row["q"]) for row in lines(TESTS / "training" / "other.jsonl")}
    probes = {wording(probe.q): probe.id for probe in probing.load()}
    assert not [name for text, name in probes.items() if text and text in stored | trained]


def test_the_weights_were_fitted_on_the_training_questions_and_features_of_now() -> None:
    assert load_weights().fitted_on == inputs_hash(), "run make fit"
    assert load_weights(WEIGHTS).fitted_on == fit_turns.inputs_hash(), "run make fit"


def test_training_lines_have_a_frame() -> None:
    rows = lines(TESTS / "training" / "other.jsonl")
    assert {row["frame"] for row in rows} == {"other", "smalltalk", "about", "vague"}
    assert len({row["q"] for row in rows}) == len(rows)


@pytest.mark.parametrize(
    ("status", "given", "text", "outcome"),
    [
        ("answered", "answered", "Thực hiện: 17,625 tỷ đồng", RIGHT),
        ("answered", "answered", "Thực hiện: 117,6 tỷ đồng", WRONG),
        ("answered", "answered", "17,6 tỷ, không phải 176,4 tỷ", WRONG),
        ("answered", "no_answer", "Tôi chưa có", NONE),
        ("no_answer", "answered", "17,6 tỷ", RIGHT),
        ("no_answer", "asked_back", "Bạn hỏi năm nào?", RIGHT),
        ("asked_back", "no_answer", "Tôi chưa có", NONE),
        ("any", "no_answer", "Tôi chưa có", RIGHT),
    ],
)
def test_a_probe_is_judged_by_what_must_and_must_not_be_told(
    status: str, given: str, text: str, outcome: str
) -> None:
    probe = probing.Probe("x", "x", "?", (("17,6",),), ("176,4",), status)
    answer: dict[str, Any] = {"status": given, "told": text, "figures": [], "kind": "figure", "stance": None}
    assert probing.judge(probe, answer) == outcome


@pytest.mark.parametrize(
    ("token", "told"),
    [
        ("lead:96,6 tỷ", True),
        ("lead:79,9 tỷ", False),
        ("stance:yes", True),
        ("kind:event", False),
        ("^đúng", True),
    ],
)
def test_a_token_stands_for_lead_stance_kind_or_beginning(token: str, *, told: bool) -> None:
    answer: dict[str, Any] = {
        "told": "Đúng. 96,6 tỷ",
        "figures": [{"value": 96.6e9}],
        "kind": "check",
        "stance": "yes",
    }
    assert probing.tells(answer, token) is told
