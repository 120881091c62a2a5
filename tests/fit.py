"""`make fit`: the weights of the classifiers and of the decision, from the training questions; writes knowledge/matching.

The supervision is the golden check itself: for each training question every frame makes its candidates, and those that
pass the expectation are right. Folds are by fact and by entry: a question is judged by weights that never saw its fact.
"""

from __future__ import annotations

import csv
import hashlib
import json
import re
import sys
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np
from scipy.optimize import minimize
from sklearn.feature_extraction import DictVectorizer
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import GroupKFold

from knowledge.answering.library import Asked
from knowledge.assistant import Assistant
from knowledge.base import KnowledgeBase
from knowledge.dialogue import Context
from knowledge.matching import fit
from knowledge.matching.candidates import tokens
from knowledge.matching.deciding import Scored
from knowledge.matching.likeness import load_models
from knowledge.matching.matcher import NO_TALK, Matcher
from knowledge.matching.ngrams import counted
from knowledge.matching.weights import WEIGHTS
from knowledge.reading.question import Question
from knowledge.records import Answer
from knowledge.telling.render import payload
from knowledge.text import fold, words
from tests.evaluate import CLOCK, RIGHT, judge, load

HERE = Path(__file__).parent
_SOURCES = re.compile(r"\n(?:Xem thêm|Căn cứ|Nguồn)\b")
WEIGHT = {"golden": 0.5, "vague": 0.5, "unseen": 0.5}
"""How much a lesson of a kind counts; others count 1. Many golden questions are one question with other slips; whether an
unseen one is answered right is judged roughly, by words."""
JUDGED_TURNS = "judged_turns.jsonl"
"""What `tests.fit_turns` learns from."""
LEAST_SEEN = 10
"""Candidates that have a feature; one that is rarer says more of them than of questions."""
FOLDS = 5
UNSEEN = {
    "figure": "figure",
    "compare": "compare",
    "series": "figure",
    "decline_offtopic": "no_answer",
    "decline_not_held": "figure",
    "ask_back": "no_answer",
    "claim_true": "check",
    "claim_false": "check",
    "claim_part": "check",
}
"""What the kinds of unseen questions are called among golden ones."""
STRENGTH = 0.3
"""How far a weight may go from 0 before that costs as much as a wrong question."""
TELL = 0.55
"""The probability from which a candidate is told; the printed curve says what others would give."""
OFFER = 0.08
"""A candidate that is less likely right is no choice."""
TALK_LEVELLED = 0.5
"""How far kinds of small talk are weighed up against what is none, which is most of what people write."""
FRAME_ORDER = (
    "document",
    "person",
    "event",
    "level",
    "contact",
    "region",
    "figure",
    "eligible",
    "entry",
    "other",
)
"""Of several frames that answer a question rightly, the one that it is counted to."""


@dataclass
class Lesson:
    """One training question: how it was read, whether an answer to it is right, and the fact that it asks about."""

    question: Question
    right: Callable[[Answer], bool]
    fact: str
    frame: str = ""
    kind: str = ""
    context: Context = field(default_factory=Context)


def lessons(assistant: Assistant) -> Iterator[Lesson]:
    """Every training question: golden ones in their chat, wordings held out of the entries' model, other topics."""
    read = assistant.reader.read
    for golden in load():
        two = golden.group == "followup" and len(golden.turns) == 1
        if not two and golden.expect["type"] != "smalltalk":
            context = Context()
            for turn in golden.turns[:-1]:
                _, context = assistant.ask(turn, context)
            yield Lesson(
                read(golden.turns[-1], CLOCK, in_chat=context.wanted is not None),
                _judged(golden.expect),
                json.dumps(golden.expect, sort_keys=True),
                kind="chat" if context.route else "golden",
                context=context,
            )
    with (HERE / "held_out" / "wordings.csv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            if row["entry"] in assistant.base.entries:
                yield Lesson(
                    read(row["question"], CLOCK), _of_entry(row["entry"]), row["entry"], "entry", "wording"
                )
    for line in (HERE / "training" / "other.jsonl").read_text(encoding="utf-8").splitlines():
        other = json.loads(line)
        if other["frame"] in ("other", "vague"):
            right = _asked_back if other["frame"] == "vague" else _not_told
            yield Lesson(read(other["q"], CLOCK), right, other["q"], "other", other["frame"])
    yield from unseen(read)


def unseen(read: Callable[[str, date], Question]) -> Iterator[Lesson]:
    """Questions of people who never saw the product: by them the weight of what was tuned on golden questions is found."""
    for file in sorted((HERE / "training").glob("unseen*.jsonl")):
        for line in file.read_text(encoding="utf-8").splitlines():
            row = json.loads(line)
            yield Lesson(
                read(row["q"], CLOCK),
                _roughly(row),
                json.dumps([row["type"], row["must"]], ensure_ascii=False),
                kind="unseen",
            )


def _roughly(row: dict[str, Any]) -> Callable[[Answer], bool]:
    """Whether an answer tells what must be told: a rough check by words."""

    def right(answer: Answer) -> bool:
        if row["type"].startswith("decline"):
            return answer.status != "answered"
        if row["type"] == "ask_back":
            return answer.status == "asked_back"
        if answer.status != "answered":
            return False
        text = fold(_SOURCES.split(payload(answer)["text"])[0])
        return all(any(fold(one) in text for one in group) for group in row["must"]) and not any(
            fold(one) in text for one in row["must_not"]
        )

    return right


def _judged(expect: dict[str, Any]) -> Callable[[Answer], bool]:
    return lambda answer: judge(expect, payload(answer))[0] == RIGHT


def _of_entry(entry: str) -> Callable[[Answer], bool]:
    return lambda answer: (
        answer.status == "answered" and bool(answer.entries) and answer.entries[0].id == entry
    )


def _asked_back(answer: Answer) -> bool:
    return answer.status == "asked_back"


def _not_told(answer: Answer) -> bool:
    return answer.status != "answered"


def frame_of(lesson: Lesson, rows: Sequence[Scored], right: Sequence[bool]) -> str:
    """The frame that a question belongs to."""
    if lesson.frame:
        return lesson.frame
    frames = {
        row.candidate.frame
        for row, one in zip(rows, right, strict=True)
        if one and row.candidate.answer.status == "answered"
    }
    fact = json.loads(lesson.fact)
    expected = fact["type"] if isinstance(fact, dict) else UNSEEN.get(fact[0], "")
    if not frames and expected == "no_answer":
        asked = lesson.question
        about = asked.money or asked.measures.named or asked.counted
        return "figure" if about and (asked.regions or asked.periods.found) else "other"
    if not frames and expected in ("figure", "compare", "check", "ask_back"):
        return "figure"
    return next((one for one in FRAME_ORDER if one in frames), "entry")


def frame_samples(
    base: KnowledgeBase, assistant: Assistant, taken: Sequence[Lesson], frames: Sequence[str]
) -> tuple[list[fit.Sample], list[str], list[str]]:
    """What the model of frames is fitted on: the lessons, and some stored questions of each entry; with their facts."""
    samples: list[fit.Sample] = [(words(one.question.clean), tokens(one.question)) for one in taken]
    labels, facts = list(frames), [one.fact for one in taken]
    for entry in base.entries.values():
        for text in entry.questions[:9:3]:
            question = assistant.reader.read(text, CLOCK)
            samples.append((words(question.clean), tokens(question)))
            labels.append("entry")
            facts.append(entry.id)
    return samples, labels, facts


def talk_samples(
    assistant: Assistant, taken: Sequence[Lesson], samples: Sequence[fit.Sample]
) -> tuple[list[fit.Sample], list[str]]:
    """What the model of small talk is fitted on: messages written for it, and every lesson, which is none."""
    lines = (HERE / "training" / "talk.jsonl").read_text(encoding="utf-8").splitlines()
    rows = [json.loads(line) for line in lines]
    said = [assistant.reader.read(row["q"], CLOCK) for row in rows]
    found: list[fit.Sample] = [(words(one.clean), tokens(one)) for one in said]
    labels = [row["talk"] for row in rows]
    return [*found, *samples[: len(taken)]], [*labels, *(NO_TALK for _ in taken)]


def main() -> None:
    """Fit, print what the folds say, write the files."""
    from db.content import build
    from db.snapshot import load as load_base
    from settings import Settings

    path = Settings().database
    build(path, if_missing=True)
    base = load_base(path)
    assistant = Assistant(base, lambda: CLOCK)
    entries = fit.stored("entries") if "--keep-entries" in sys.argv else None
    if entries is None:
        read = assistant.reader.read
        entries = fit.fit_model(*fit.entry_samples(base, lambda text: tokens(read(text, CLOCK))))
        fit.write({"entries": entries})
    matcher = Matcher(base, assistant.reader, assistant.routes, {"entries": load_models()["entries"]})
    taken = list(lessons(assistant))
    rows, right = [], []
    for lesson in taken:
        scored = matcher.scored(Asked(lesson.question, lesson.context, CLOCK), {})
        named = [replace(one.candidate.answer, names=dict(base.names)) for one in scored]
        rows.append(scored)
        right.append([lesson.right(one) for one in named])
    frames = [frame_of(*one) for one in zip(taken, rows, right, strict=True)]
    print("frames", Counter(frames))
    samples, labels, facts = frame_samples(base, assistant, taken, frames)
    likely = _out_of_fold(samples, labels, facts, len(taken))
    told = [
        [_with_frames(one.features, one, likely[number]) for one in scored]
        for number, scored in enumerate(rows)
    ]
    seen = Counter(name for some in told for one in some for name, value in one.items() if value)
    told = [[{name: one[name] for name in one if seen[name] >= LEAST_SEEN} for one in some] for some in told]
    vectorizer = DictVectorizer()
    flat = vectorizer.fit_transform([one for some in told for one in some])
    answers = np.array([one for some in right for one in some])
    owner = np.array([number for number, some in enumerate(told) for _ in some])
    groups = np.array([taken[number].fact for number in owner])
    counts = np.array([WEIGHT.get(taken[number].kind, 1.0) for number in owner])
    free = np.array([not one.vetoes for scored in rows for one in scored])
    probability = np.zeros(len(answers))
    for train, test in GroupKFold(FOLDS).split(flat, answers, groups):
        kept = train[free[train]]
        fold_weights = fit_choice(flat[kept], answers[kept], owner[kept], counts[kept])
        probability[test] = chances(
            flat[test] @ fold_weights[:-1] + fold_weights[-1], owner[test], free[test]
        )
    tell = threshold(taken, rows, owner, probability, answers, free)
    fitted = np.round(fit_choice(flat[free], answers[free], owner[free], counts[free]), 4).tolist()
    weights = dict(zip(vectorizer.get_feature_names_out(), fitted[:-1], strict=True))
    stored = {
        "weights": weights,
        "bias": fitted[-1],
        "tell": tell,
        "offer": OFFER,
        "fitted_on": inputs_hash(),
    }
    WEIGHTS.write_text(
        json.dumps(stored, ensure_ascii=False, indent=1, sort_keys=True) + "\n", encoding="utf-8"
    )
    talk = fit.fit_model(*talk_samples(assistant, taken, samples), frames=True, levelled=TALK_LEVELLED)
    fit.write({"entries": entries, "frames": fit.fit_model(samples, labels, frames=True), "talk": talk})


def fit_choice(flat: Any, right: Any, owner: Any, counts: Any, strength: float = STRENGTH) -> Any:
    """The weights, the bias last, under which the right candidates of each question are likeliest.

    A softmax over the candidates of one question (`owner`, in order) and over that none is right, which has score 0 and
    is right where no candidate is.
    """
    starts, place = _of_questions(owner)
    none_right = np.maximum.reduceat(right.astype(int), starts) == 0
    count = counts[starts]

    def loss(weights: Any) -> tuple[float, Any]:
        scores = flat @ weights[:-1] + weights[-1]
        most = np.maximum(np.maximum.reduceat(scores, starts), 0)
        weighed, none = np.exp(scores - most[place]), np.exp(-most)
        whole = np.add.reduceat(weighed, starts) + none
        hit = np.add.reduceat(weighed * right, starts) + np.where(none_right, none, 0)
        slope = (weighed / whole[place] - weighed * right / hit[place]) * count[place]
        penalty = weights[:-1] / strength
        value = -(count * np.log(hit / whole)).sum() + weights[:-1] @ penalty / 2
        return value, np.append(flat.T @ slope + penalty, slope.sum())

    start = np.zeros(flat.shape[1] + 1)
    return minimize(loss, start, jac=True, method="L-BFGS-B", options={"maxiter": 300}).x


def chances(scores: Any, owner: Any, free: Any) -> Any:
    """How likely each candidate is the right one of its question, those with a veto 0."""
    starts, place = _of_questions(owner)
    most = np.maximum(np.maximum.reduceat(scores, starts), 0)
    weighed = np.exp(scores - most[place]) * free
    return weighed / (np.add.reduceat(weighed, starts) + np.exp(-most))[place]


def _of_questions(owner: Any) -> tuple[Any, Any]:
    """Where the rows of each question begin, and the place of its question for each row."""
    begins = np.append(True, owner[1:] != owner[:-1])
    return np.flatnonzero(begins), np.cumsum(begins) - 1


def _with_frames(told: Any, scored: Scored, frames: dict[str, float]) -> dict[str, float]:
    """The features with the frames' likelihoods from folds put in."""
    from knowledge.matching.features import frame_features

    return {**told, **frame_features(scored.candidate.frame, frames)}


def _out_of_fold(
    samples: Sequence[fit.Sample], labels: Sequence[str], facts: Sequence[str], count: int
) -> list[dict[str, float]]:
    """How likely each frame is for each lesson, by models that never saw its fact."""
    vectors = [counted(*one) for one in samples]
    found: list[dict[str, float]] = [{} for _ in range(count)]
    for train, test in GroupKFold(FOLDS).split(samples, labels, facts):
        rarity = fit.rarity_of([vectors[one] for one in train]).tolist()
        model = LogisticRegression(C=10, max_iter=300, class_weight="balanced")
        model.fit(fit.matrix([vectors[one] for one in train], rarity), [labels[one] for one in train])
        wanted = [one for one in test if one < count]
        told = model.predict_proba(fit.matrix([vectors[one] for one in wanted], rarity))
        for number, line in zip(wanted, told, strict=True):
            found[number] = dict(zip(model.classes_, line.tolist(), strict=True))
    hits = [
        max(one, key=lambda name: one[name]) == label
        for one, label in zip(found, labels[:count], strict=True)
    ]
    print(f"frames told apart in folds: {np.mean(hits):.1%}")
    return found


def threshold(
    taken: Sequence[Lesson],
    rows: Sequence[Sequence[Scored]],
    owner: Any,
    probability: Any,
    answers: Any,
    free: Any,
) -> float:
    """The probability from which a candidate is told; prints what each would give."""
    best: dict[int, int] = {}
    for place, number in enumerate(owner):
        if free[place] and (number not in best or probability[place] > probability[best[number]]):
            best[number] = place
    chosen = TELL
    for tell in np.arange(0.9, 0.24, -0.05):
        line = []
        for kind in ("unseen", "golden", "chat", "wording", "other", "vague"):
            counts: Counter[str] = Counter()
            for number, lesson in enumerate(taken):
                if lesson.kind != kind:
                    continue
                place = best.get(number, -1)
                if place >= 0 and probability[place] >= tell:
                    counts["right" if answers[place] else "wrong"] += 1
                else:
                    expected = kind
                    if kind in ("golden", "chat", "unseen"):
                        fact = json.loads(lesson.fact)
                        expected = fact[0] if kind == "unseen" else fact["type"]
                    free_of_answer = expected in ("no_answer", "other", "vague") or expected.startswith(
                        "decline"
                    )
                    counts["right" if free_of_answer else "none"] += 1
            total = counts.total()
            line.append(f"{kind} {counts['right'] / total:.1%} right {counts['wrong'] / total:.1%} wrong")
        print(f"{tell:.2f}", "; ".join(line))
    return chosen


def inputs_hash() -> str:
    """A hash of what the weights rest on: training questions, without turns of chats, and the features' code."""
    digest = hashlib.sha256()
    files = [
        *sorted((HERE / "golden").glob("*.jsonl")),
        HERE / "held_out" / "wordings.csv",
        *(file for file in sorted((HERE / "training").glob("*.jsonl")) if file.name != JUDGED_TURNS),
    ]
    files += [
        Path(fit.__file__).parent / name
        for name in ("features.py", "crossed.py", "candidates.py", "ngrams.py")
    ]
    for file in files:
        digest.update(file.read_bytes())
    return digest.hexdigest()[:16]


if __name__ == "__main__":
    main()
