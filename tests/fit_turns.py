"""The second part of `make fit`: the weights by which a message in a chat is answered; writes knowledge/dialogue/weights.json.

The supervision: for most turns each answer that is found was read and judged by hand (`training/judged_turns.jsonl`: right,
fair or wrong, each by what it tells); for the others, the answers that pass the check of the turn are right. A turn is
learned in the chat as it should have gone. Folds are by dialogue.
"""

from __future__ import annotations

import hashlib
import json
import sys
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np
from sklearn.feature_extraction import DictVectorizer
from sklearn.model_selection import GroupKFold

from knowledge.assistant import Assistant
from knowledge.dialogue import Context, turn_features
from knowledge.dialogue.about import repeats
from knowledge.dialogue.acts import act_of
from knowledge.dialogue.turn_features import Meant
from knowledge.dialogue.turns import WEIGHTS, by_answer
from knowledge.telling.render import payload
from tests.evaluate import CLOCK, RIGHT, judge, load
from tests.fit import FOLDS, chances, fit_choice
from tests.test_dialogues import dialogues, fault

HERE = Path(__file__).parent
JUDGED = HERE / "training" / "judged_turns.jsonl"
FILES = (
    *sorted((HERE / "blind").glob("round-*.jsonl"))[:-1],  # the last one measures, it is learnt from later
    *sorted((HERE / "dialogues").glob("*.jsonl")),
    HERE / "training" / "chats.jsonl",
)
TELL, OFFER = 0.5, 0.18
"""The probabilities from which an answer is told, and offered; the printed curve says what others would give."""
LEAST_SEEN, STRENGTH = 5, 0.6
"""Answers that have a feature; how far a weight may go from 0 before that costs as much as a wrong turn."""
OWN = 1.5
"""How much a turn counts that was judged by hand or is of a dialogue of our own; others are judged roughly, by words."""
Labels = dict[str, dict[str, list[str]]]
"""Turn → `right`, `fair`, `wrong` → what answers tell."""
Judge = Callable[[dict[str, Any]], bool]
"""Whether an answer, as its batch keys, is right."""
CODE = ("turn_features.py", "rewriting.py", "following.py")


@dataclass
class Turn:
    """One message after a first one: what was found for it, what speaks for each, and which are right."""

    dialogue: str
    question: str
    found: list[Meant]
    told: list[dict[str, float]]
    right: list[bool]
    weight: float = 1.0


def labels() -> Labels:
    """What was judged by hand."""
    rows = [json.loads(line) for line in JUDGED.read_text(encoding="utf-8").splitlines()]
    return {row["id"]: row for row in rows}


def turns(assistant: Assistant) -> Iterator[Turn]:
    """Every turn that is judged, in its chat as it should have gone."""
    by_hand = labels()
    for file in FILES:
        for dialogue in dialogues(file):
            context = Context()
            for number, turn in enumerate(dialogue.get("turns", ())):
                taken = _found(assistant, turn["q"], context, dialogue["id"], _passes(turn))
                label = by_hand.get(f"{dialogue['id']}.{number}")
                judged = bool(taken and (label or turn.get("must") or turn.get("must_not")))
                if taken and judged:
                    taken = _judged_by(taken, label) if label else taken
                    yield taken
                right = _likeliest_right(assistant, taken) if taken and judged else None
                context = right.told[1] if right else assistant.ask(turn["q"], context)[1]
                context = Context.from_json(context.to_json())

    for golden in load():
        if golden.group == "followup" and len(golden.turns) > 1:
            context = Context()
            for text in golden.turns[:-1]:
                _, context = assistant.ask(text, context)
            fact = json.dumps(golden.expect, sort_keys=True)
            if taken := _found(assistant, golden.turns[-1], context, fact, _judged(golden.expect)):
                yield taken


def _found(assistant: Assistant, text: str, context: Context, dialogue: str, judge: Judge) -> Turn | None:
    """What is found for a turn; None where its act needs no choice."""
    chat = assistant.conversation
    question = chat.read(text, context, CLOCK)
    act = act_of(question.reading, context)
    if not context.asked or act.kind in ("social", "about", "choose", "return"):
        return None
    found = chat.turns.found(act, question, context, CLOCK)
    told = chat.turns.features(act, question, context, found)
    named = (replace(one.answer, names=dict(assistant.base.names)) for one in found)
    right = [judge(payload(answer)) for answer in named]
    fresh = [not repeats(one.answer, context) for one in found]
    if any(
        one and new for one, new in zip(right, fresh, strict=True)
    ):  # what was told before may say the words by chance
        right = [one and new for one, new in zip(right, fresh, strict=True)]
    return Turn(dialogue, text, found, told, right, 1.0 if dialogue[:1] == "r" else OWN)


def _judged_by(turn: Turn, label: dict[str, list[str]]) -> Turn:
    """A turn with what was judged by hand; what is only fair counts where nothing is right, and is left out otherwise, as
    is what was not judged."""
    good = label["right"] or label["fair"]
    kept = [n for n, one in enumerate(turn.found) if one.tells in {*good, *label["wrong"]}]
    return Turn(
        turn.dialogue,
        turn.question,
        [turn.found[n] for n in kept],
        [turn.told[n] for n in kept],
        [turn.found[n].tells in good for n in kept],
        OWN if label["right"] or not good else 1.0,
    )


def _judged(expect: dict[str, Any]) -> Judge:
    return lambda told: judge(expect, told)[0] == RIGHT


def _passes(turn: dict[str, Any]) -> Judge:
    """Whether an answer says what a turn must; where that is nothing, whether it tells nothing."""

    def passes(told: dict[str, Any]) -> bool:
        silent = told["status"] != "answered" or told["kind"] in ("smalltalk", "help")
        return bool(turn.get("must") or silent) and not fault({"must": [], **turn}, told)

    return passes


def _likeliest_right(assistant: Assistant, turn: Turn) -> Meant | None:
    """Of the right answers the one that is the likeliest by the weights of before."""
    chances = assistant.conversation.turns.weights.probabilities(turn.told, [True] * len(turn.found))
    rows = [(chance, place) for place, chance in enumerate(chances) if turn.right[place]]
    return turn.found[max(rows)[1]] if rows else None


def main() -> None:
    """Fit, print what the folds say, write the file."""
    from db.snapshot import load as load_base
    from settings import Settings

    assistant = Assistant(load_base(Settings().database), lambda: CLOCK)
    taken = [turn for turn in turns(assistant) if turn.found]
    seen = Counter(name for turn in taken for one in turn.told for name, value in one.items() if value)
    told = [[{k: v for k, v in one.items() if seen[k] >= LEAST_SEEN} for one in turn.told] for turn in taken]
    vectorizer = DictVectorizer()
    flat = vectorizer.fit_transform([one for some in told for one in some])
    right = np.array([one for turn in taken for one in turn.right])
    owner = np.array([number for number, turn in enumerate(taken) for _ in turn.found])
    groups = np.array([taken[number].dialogue for number in owner])
    counts = np.array([taken[number].weight for number in owner])
    probability = np.zeros(len(right))
    for train, test in GroupKFold(FOLDS).split(flat, right, groups):
        weights = fit_choice(flat[train], right[train], owner[train], counts[train], STRENGTH)
        probability[test] = chances(flat[test] @ weights[:-1] + weights[-1], owner[test], np.ones(len(test)))
    _curve(taken, owner, probability)
    fitted = np.round(fit_choice(flat, right, owner, counts, STRENGTH), 4).tolist()
    stored = {
        "weights": dict(zip(vectorizer.get_feature_names_out(), fitted[:-1], strict=True)),
        "bias": fitted[-1],
        "tell": TELL,
        "offer": OFFER,
        "fitted_on": inputs_hash(),
    }
    WEIGHTS.write_text(
        json.dumps(stored, ensure_ascii=False, indent=1, sort_keys=True) + "\n", encoding="utf-8"
    )


def _curve(taken: Sequence[Turn], owner: Any, probability: Any) -> None:
    """Print what each threshold gives in folds: turns of blind rounds, and of all dialogues."""
    best = []
    for number, turn in enumerate(taken):
        first = by_answer(turn.found, probability[owner == number])[0]
        place = turn.found.index(first.meant)
        best.append((turn, first.probability, first.meant.answer.status == "answered", turn.right[place]))
        if "--failures" in sys.argv and not turn.right[place]:
            good = [one.way for one, right in zip(turn.found, turn.right, strict=True) if right]
            told = f"{first.meant.way} {first.meant.tells} {first.probability:.2f}"
            print(f"{turn.dialogue} {turn.question} | {told} | {good}")
    shown = {
        "blind": [row for row in best if row[0].dialogue[:1] == "r"],
        "chats": [row for row in best if row[0].dialogue.startswith("chat-")],
        "all": best,
    }
    for name, rows in shown.items():
        possible = sum(any(turn.right) for turn, *_ in rows)
        print(f"{name}: {len(rows)} turns, a right answer found for {possible}")
        for tell in np.arange(0.2, 0.9, 0.1):
            answered = [right for _, chance, says, right in rows if says and chance >= tell]
            unsaid = sum(right for _, _, says, right in rows if not says)
            wrong = len(answered) - sum(answered)
            print(
                f"  {tell:.1f}: right {(sum(answered) + unsaid) / len(rows):.1%}, wrong {wrong / len(rows):.1%}"
            )


def inputs_hash() -> str:
    """A hash of what the weights rest on: the dialogues and the code of what is found for a turn."""
    digest = hashlib.sha256()
    for file in (*FILES, JUDGED, *(Path(turn_features.__file__).parent / name for name in CODE)):
        digest.update(file.read_bytes())
    return digest.hexdigest()[:16]


if __name__ == "__main__":
    main()
