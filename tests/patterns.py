"""Every regular expression of the program, what is ambiguous in it, and the texts that it may be slow on.

An engine that tries one way after the other needs exponential time where a repeated part can match one text in two ways,
and a time that grows with a power of the length where two repeats stand beside each other that match the same text.
"""

from __future__ import annotations

import ast
import importlib
import inspect
import json
import pkgutil
import re
import string
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from itertools import product
from pathlib import Path
from re import _constants as sre  # type: ignore[attr-defined]  # the standard library's own parser: none is public
from re import _parser as parser  # type: ignore[attr-defined]
from tempfile import TemporaryDirectory
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
ROOMS = ("bot", "kb", "settings", "handlers", "db", "knowledge")
LONG = 4096
MOST_SECONDS = 0.02
SAMPLE = string.ascii_letters + string.digits + string.punctuation + " \t\nđĐếấằợơưÔÊ–…“”½٣\x00"
"""Characters that stand for all: those that folded and typed Vietnamese is made of, and some others."""
MANY = 65
"""A repeat up to so many times or more counts as one without an end."""
FEW = 8
"""The same within another repeat, where each more is one factor more."""

_FUNCTIONS = ("compile", "search", "match", "fullmatch", "finditer", "findall", "split", "sub", "subn")


@dataclass(frozen=True, order=True)
class Expression:
    """A pattern with its flags, the place in the program that compiles it first, and what is called of it there."""

    pattern: str
    flags: int
    place: str = field(default="", compare=False)
    methods: frozenset[str] = field(default=frozenset({"search"}), compare=False)


def recorded(work: Callable[[], object]) -> set[Expression]:
    """What the program hands to `re` while `work` is done, and while its modules are imported if they are not yet."""
    found: set[Expression] = set()
    kept = {name: getattr(re, name) for name in _FUNCTIONS}

    def watching(name: str) -> Callable[..., Any]:
        def call(pattern: Any, *args: Any, **kwargs: Any) -> Any:
            place = _place()
            if place:
                text = pattern.pattern if isinstance(pattern, re.Pattern) else pattern
                flags = kwargs.get("flags", args[0] if name == "compile" and args else 0)
                flags = pattern.flags if isinstance(pattern, re.Pattern) else flags
                used = methods_of(place) if name == "compile" else {name}
                only_at_start = used and used <= {"match", "fullmatch"}
                found.add(
                    Expression(text, int(flags), place, frozenset(used if only_at_start else {"search"}))
                )
            return kept[name](pattern, *args, **kwargs)

        return call

    try:
        for name in _FUNCTIONS:
            setattr(re, name, watching(name))
        for name in modules():
            importlib.import_module(name)
        work()
    finally:
        for name, function in kept.items():
            setattr(re, name, function)
    return found


@cache
def _calls(near: str) -> dict[str, set[str]]:
    """Name → methods that are called of something of that name in one file, or in the whole program."""
    found: dict[str, set[str]] = {}
    for file in [ROOT / near] if near else _files():
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name | ast.Attribute):
                of = node.value
                found.setdefault(of.id if isinstance(of, ast.Name) else of.attr, set()).add(node.attr)
    return found


@cache
def methods_of(place: str) -> set[str]:
    """What is called of the pattern that is named at this place; everything, where it has no name."""
    name, _, line = place.rpartition(":")
    for node in ast.parse((ROOT / name).read_text(encoding="utf-8")).body:
        if isinstance(node, ast.Assign) and node.lineno <= int(line) <= (node.end_lineno or 0):
            target = node.targets[0]
            if isinstance(target, ast.Name) and isinstance(node.value, ast.Call):
                near = name if target.id.startswith("_") else ""
                return _calls(near).get(target.id, set()) & set(_FUNCTIONS) or {"search"}
    return {"search"}


def _files() -> Iterator[Path]:
    for room in ROOMS:
        path = ROOT / room
        yield from path.rglob("*.py") if path.is_dir() else [path.with_suffix(".py")]


def modules() -> Iterator[str]:
    """The names of the program's modules."""
    for room in ROOMS:
        yield room
        if (ROOT / room).is_dir():
            yield from (one.name for one in pkgutil.walk_packages([str(ROOT / room)], f"{room}."))


def _place() -> str:
    frame = inspect.currentframe()
    while frame is not None:
        file = frame.f_code.co_filename
        if file != __file__ and not file.startswith("<"):
            path = Path(file)
            if (
                "site-packages" in file
                or not path.is_relative_to(ROOT)
                or path.is_relative_to(ROOT / ".venv")
            ):
                return ""
            return f"{path.relative_to(ROOT)}:{frame.f_lineno}"
        frame = frame.f_back
    return ""


# What is ambiguous


Edges = dict[tuple[int, int], int]


@dataclass
class Automaton:
    """Characters that are matched one after the other: which may follow which, and in how many ways."""

    classes: list[frozenset[str]] = field(default_factory=list)
    edges: Edges = field(default_factory=dict)

    def join(self, lasts: Iterable[int], firsts: Iterable[int]) -> None:
        """Each of `firsts` may follow each of `lasts`."""
        for pair in product(tuple(lasts), tuple(firsts)):
            self.edges[pair] = self.edges.get(pair, 0) + 1


@dataclass
class Part:
    """A part of a pattern: where it begins and ends; `empty`: in how many ways it matches nothing."""

    first: tuple[int, ...] = ()
    last: tuple[int, ...] = ()
    empty: int = 1


def automaton(one: Expression, *, many: int) -> Automaton:
    """The automaton of a pattern; a repeat up to `many` times or more may go on without an end."""
    made = Automaton()
    tree = parser.parse(one.pattern, one.flags)
    flags = tree.state.flags
    _sequence(made, list(tree), flags, many)
    return made


def _sequence(made: Automaton, tree: Iterable[Any], flags: int, many: int) -> Part:
    whole = Part()
    for node in tree:
        whole = _joined(made, whole, _part(made, node, flags, many))
    return whole


def _joined(made: Automaton, left: Part, right: Part) -> Part:
    made.join(left.last, right.first)
    return Part(
        _twice(left.first + right.first * left.empty),
        _twice(right.last + left.last * right.empty),
        min(2, left.empty * right.empty),
    )


def _twice(states: tuple[int, ...]) -> tuple[int, ...]:
    """Each at most twice: more ways than two are no worse."""
    return tuple(state for state, count in Counter(states).items() for _ in range(min(count, 2)))


def _part(made: Automaton, node: Any, flags: int, many: int) -> Part:
    op, value = node
    if op in (sre.AT, sre.GROUPREF):
        return Part()  # taken for nothing: it may only make less match
    if op in (sre.ASSERT, sre.ASSERT_NOT):
        _sequence(made, value[1], flags, many)  # by itself
        return Part()
    if op is sre.SUBPATTERN:
        return _sequence(made, value[3], (flags | value[1]) & ~value[2], many)
    if op in (sre.ATOMIC_GROUP, sre.POSSESSIVE_REPEAT):  # gives nothing back to what is beside it
        _sequence(made, value if op is sre.ATOMIC_GROUP else value[2], flags, many)
        made.classes.append(frozenset())
        return Part((len(made.classes) - 1,), (len(made.classes) - 1,), 0)
    if op is sre.BRANCH:
        parts = [_sequence(made, one, flags, many) for one in value[1]]
        return Part(
            tuple(state for part in parts for state in part.first),
            tuple(state for part in parts for state in part.last),
            min(2, sum(part.empty for part in parts)),
        )
    if op is sre.GROUPREF_EXISTS:
        parts = [_sequence(made, one or [], flags, many) for one in value[1:]]
        return Part(parts[0].first + parts[1].first, parts[0].last + parts[1].last, 1)
    if op in (sre.MAX_REPEAT, sre.MIN_REPEAT):
        return _repeat(made, value, flags, many)
    made.classes.append(_matching(node, flags))
    state = len(made.classes) - 1
    return Part((state,), (state,), 0)


def _repeat(made: Automaton, value: Any, flags: int, many: int) -> Part:
    least, most, body = int(value[0]), int(value[1]), value[2]
    whole = Part()
    for _ in range(least if least <= 2 else 1):
        whole = _joined(made, whole, _sequence(made, body, flags, many))
    if most >= many:
        again = _sequence(made, body, flags, many)
        made.join(again.last, again.first)
        return _joined(made, whole, Part(again.first, again.last, min(2, again.empty + 1)))
    more = Part()  # nested, so that nothing is left out in two ways
    for _ in range(min(most - least, 2)):
        once = _joined(made, _sequence(made, body, flags, many), more)
        more = Part(once.first, once.last, 1)
    return _joined(made, whole, more)


@cache
def _class_of(text: str, flags: int) -> frozenset[str]:
    pattern = re.compile(text, flags)
    return frozenset(character for character in SAMPLE if pattern.fullmatch(character))


def _matching(node: Any, flags: int) -> frozenset[str]:
    """The characters of the sample that one element of a pattern matches."""
    tree = parser.SubPattern(parser.State(), [node])
    return frozenset(character for character in SAMPLE if _fits(tree[0], character, flags))


def _fits(node: Any, character: str, flags: int) -> bool:
    op, value = node
    if op is sre.ANY:
        return character != "\n" or bool(flags & re.DOTALL)
    if op in (sre.LITERAL, sre.NOT_LITERAL):
        same = chr(value) == character or (
            bool(flags & re.IGNORECASE) and chr(value).lower() == character.lower()
        )
        return same is (op is sre.LITERAL)
    if op is sre.IN:
        negated = bool(value) and value[0][0] is sre.NEGATE
        items = value[1:] if negated else value
        return any(_item(item, character, flags) for item in items) is not negated
    return _item(node, character, flags)


def _item(item: Any, character: str, flags: int) -> bool:
    op, value = item
    folded = {character, character.lower(), character.upper()} if flags & re.IGNORECASE else {character}
    if op is sre.LITERAL:
        return chr(value) in folded
    if op is sre.RANGE:
        return any(len(one) == 1 and value[0] <= ord(one) <= value[1] for one in folded)
    if op is sre.CATEGORY:
        letter = {
            sre.CATEGORY_DIGIT: r"\d", sre.CATEGORY_NOT_DIGIT: r"\D", sre.CATEGORY_SPACE: r"\s",
            sre.CATEGORY_NOT_SPACE: r"\S", sre.CATEGORY_WORD: r"\w", sre.CATEGORY_NOT_WORD: r"\W",
        }[value]  # fmt: skip
        return character in _class_of(letter, flags & re.ASCII)
    raise NotImplementedError(str(item))


def ambiguous(one: Expression) -> str:
    """What is wrong with the repeats of a pattern; empty where nothing is."""
    if nested(automaton(one, many=FEW)):
        return "a repeat within a repeat matches the same text in two ways"
    if overlapping(automaton(one, many=MANY)):
        return "two repeats beside each other match the same text"
    return ""


def nested(made: Automaton) -> bool:
    """Whether one text leads from a place back to it in two ways: exponential time."""
    following = _following(made)
    for loop in _loops(made):
        if any(made.edges[pair] > 1 for pair in product(loop, loop) if pair in made.edges):
            return True
        inside = {state: [other for other in following[state] if other in loop] for state in loop}
        for start in loop:
            ahead = _pairs(made, inside, (start, start))
            if any(a != b and (start, start) in _pairs(made, inside, (a, b)) for a, b in ahead):
                return True
    return False


def overlapping(made: Automaton) -> bool:
    """Whether one text leads from a repeat back to it, from it to a later one, and there back to it: time of a power."""
    following = _following(made)
    loops = _loops(made)
    loop_of = {state: number for number, loop in enumerate(loops) for state in loop}
    for first, loop in enumerate(loops):
        reached = _reach(following, loop)
        for second in {loop_of[state] for state in reached if state in loop_of} - {first}:
            other = loops[second]
            between = {state for state in reached if _reach(following, {state}) & other} | loop | other
            for start, end in product(loop, other):
                if _meets(made, following, (loop, between, other), start, end):
                    return True
    return False


def _meets(
    made: Automaton,
    following: dict[int, list[int]],
    within: tuple[set[int], set[int], set[int]],
    start: int,
    end: int,
) -> bool:
    """Whether (start, start, end) leads to (start, end, end), three steps at a time that read one character."""
    todo, seen = [(start, start, end)], set[tuple[int, int, int]]()
    while todo:
        state = todo.pop()
        for step in product(
            *([s for s in following[at] if s in allowed] for at, allowed in zip(state, within, strict=True))
        ):
            a, b, c = step
            if (a, b, c) in seen or not made.classes[a] & made.classes[b] & made.classes[c]:
                continue
            if (a, b, c) == (start, end, end):
                return True
            seen.add((a, b, c))
            todo.append((a, b, c))
    return False


def _following(made: Automaton) -> dict[int, list[int]]:
    found: dict[int, list[int]] = {state: [] for state in range(len(made.classes))}
    for before, after in made.edges:
        found[before].append(after)
    return found


def _reach(following: dict[int, list[int]], starts: set[int]) -> set[int]:
    found, todo = set[int](), list(starts)
    while todo:
        for after in following[todo.pop()]:
            if after not in found:
                found.add(after)
                todo.append(after)
    return found


def _loops(made: Automaton) -> list[set[int]]:
    """Sets of places each of which leads to each other."""
    following = _following(made)
    reach = {state: _reach(following, {state}) for state in following}
    found: list[set[int]] = []
    for state, ahead in reach.items():
        if state in ahead and not any(state in loop for loop in found):
            found.append({other for other in ahead if state in reach[other]})
    return found


def _pairs(made: Automaton, inside: dict[int, list[int]], start: tuple[int, int]) -> set[tuple[int, int]]:
    todo, seen = [start], set[tuple[int, int]]()
    while todo:
        a, b = todo.pop()
        for pair in product(inside[a], inside[b]):
            if pair not in seen and made.classes[pair[0]] & made.classes[pair[1]]:
                seen.add(pair)
                todo.append(pair)
    return seen


# How long it takes


def worst_texts(one: Expression, length: int = LONG) -> set[str]:
    """Texts of this length that go round each of the pattern's repeats and then fail."""
    tree = parser.parse(one.pattern, one.flags)
    flags = tree.state.flags
    found = set[str]()
    for before, pump in _pumps(list(tree), "", flags):
        for start in {"", before}:
            for end in ("\x00", " \x00", ""):
                room = length - len(start) - len(end)
                found.add(start + (pump * (room // len(pump) + 1))[:room] + end)
    return found


def _pumps(tree: Iterable[Any], before: str, flags: int) -> Iterator[tuple[str, str]]:
    """(What leads to a repeat, what it repeats)."""
    for node in tree:
        op, value = node
        if op in (sre.MAX_REPEAT, sre.MIN_REPEAT, sre.POSSESSIVE_REPEAT):
            if int(value[1]) > 1 and (once := _shortest(value[2], flags, full=True)):
                yield before, once
                yield before, once + " "
            yield from _pumps(value[2], before, flags)
        elif op is sre.SUBPATTERN:
            yield from _pumps(value[3], before, flags)
        elif op is sre.BRANCH:
            for branch in value[1]:
                yield from _pumps(branch, before, flags)
        elif op in (sre.ASSERT, sre.ASSERT_NOT):
            yield from _pumps(value[1], before, flags)
        before += _shortest([node], flags)
    if len(before) > 1:
        yield "", before + " "


def _shortest(tree: Iterable[Any], flags: int, *, full: bool = False) -> str:
    """A short text that these elements match; `full`: with what may be left out."""
    text = ""
    for op, value in tree:
        if op in (sre.MAX_REPEAT, sre.MIN_REPEAT, sre.POSSESSIVE_REPEAT):
            text += _shortest(value[2], flags, full=full) * max(int(value[0]), int(full))
        elif op is sre.SUBPATTERN:
            text += _shortest(value[3], flags, full=full)
        elif op is sre.ATOMIC_GROUP:
            text += _shortest(value, flags, full=full)
        elif op is sre.BRANCH:
            text += _shortest(value[1][0], flags, full=full)
        elif op in (sre.AT, sre.ASSERT, sre.ASSERT_NOT, sre.GROUPREF, sre.GROUPREF_EXISTS):
            continue
        elif op is sre.LITERAL:
            text += chr(value)
        else:
            text += min(_matching((op, value), flags), default="", key=SAMPLE.index)
    return text


def seconds_on(calls: list[Callable[[str], object]], text: str, enough: float) -> float:
    """Processor time of these calls, the least of three; of one where that is more than `enough` times ten."""
    least = float("inf")
    for _ in range(3):
        started = time.thread_time()
        for call in calls:
            call(text)
        least = min(least, time.thread_time() - started)
        if least < enough or least > 10 * enough:
            break
    return least


def slowest(one: Expression, enough: float) -> tuple[float, str]:
    """The time on the worst of its texts, longer ones only while shorter ones promise an end."""
    pattern = re.compile(one.pattern, one.flags)
    calls: list[Callable[[str], object]] = [getattr(pattern, method) for method in one.methods]
    worst = (0.0, "")
    for length in (24, 128, 512, LONG):
        for text in worst_texts(one, length):
            worst = max(worst, (seconds_on(calls, text, enough), text))
            if worst[0] > enough:
                return worst
    return worst


def ask_questions(every: int = 15) -> None:
    """Ask some of the golden questions, so that patterns are made which are made for a question."""
    content, loading, assistant = (
        importlib.import_module(name) for name in ("db.content", "db.snapshot", "knowledge.assistant")
    )
    with TemporaryDirectory() as folder:
        content.build(path := Path(folder) / "khuyencong.db")
        asked = assistant.Assistant(loading.load(path), lambda: date(2026, 11, 23))
    for file in sorted((ROOT / "tests" / "golden").glob("*.jsonl")):
        for line in file.read_text(encoding="utf-8").splitlines()[::every]:
            context = None
            read = json.loads(line)
            for text in read.get("turns", [read.get("q", "")]):
                _, context = asked.ask(text, context)


def main() -> None:
    """Print a line for each pattern that will not do; exit code 1 where there is one."""
    bad = 0
    every = sorted(recorded(ask_questions))
    for one in every:
        seconds, text = slowest(one, MOST_SECONDS)
        reasons = [what] if (what := ambiguous(one)) else []
        if seconds > MOST_SECONDS:
            reasons.append(f"{seconds:.3f} s for {len(text)} characters, {text[:40]!r}…")
        if reasons:
            print(f"{one.place}: {'; '.join(reasons)}: {one.pattern[:120]}")
        bad += bool(reasons)
    print(f"{len(every)} patterns, {bad} of them ambiguous or slow")
    sys.exit(bool(bad))


if __name__ == "__main__":
    main()
