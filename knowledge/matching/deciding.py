"""Candidates with their scores, and what is true of one that decides whether it is told, offered or passed over."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from knowledge.matching.candidates import Candidate
from knowledge.matching.case import Case
from knowledge.matching.features import Kinship
from knowledge.reading.question import Question
from knowledge.records import Answer, Figure

MOST_CHOICES = 4
PLACED = frozenset({"figure", "level", "document", "contact", "eligible"})
"""Frames whose answers rest on slots, not on a likeness or on a single fact."""
LONE = 0.3
"""How likely the only text must be that would be a choice, to be told instead."""
NUMBER = 0.17
"""How likely a number must be by itself to be told instead of the text that prints it."""
STORED = 0.99
"""Likeness of a wording that is as good as stored."""


@dataclass(frozen=True, slots=True)
class Scored:
    """A candidate with its features, how likely it is right, and the vetoes against it."""

    candidate: Candidate
    features: Mapping[str, float]
    probability: float
    vetoes: tuple[str, ...]


def together(rows: Sequence[Scored], case: Case) -> list[Scored]:
    """The candidates; of those that tell the same text, the same event or the same number, one has the probability of all:
    the number where one is asked for, else the likeliest.
    """
    alike: defaultdict[str, list[Scored]] = defaultdict(list)
    free = [row for row in rows if row.candidate.answer.status == "answered" and not row.vetoes]
    for row in free:
        if row.candidate.answer.entries:
            alike[row.candidate.answer.entries[0].id].append(row)
    for row in free:
        if report := _report_of(row.candidate.answer, free, case.kinship) or _prints(row, free, case):
            alike[report].append(row)

    def leads(row: Scored) -> tuple[bool, float]:
        number = row.candidate.frame == "figure" and row.probability >= NUMBER
        asks = case.question.amount or case.question.measures.percent
        return asks and number, row.probability

    first = {id(max(group, key=leads)): group for group in alike.values()}
    return [
        replace(row, probability=sum(one.probability for one in first[id(row)])) if id(row) in first else row
        for row in rows
    ]


def _prints(row: Scored, rows: Sequence[Scored], case: Case) -> str:
    """The likeliest entry, where it prints the numbers of a figure from its source; empty where it does not."""
    figures = row.candidate.answer.figures
    if row.candidate.frame != "figure" or not figures:
        return ""
    comparison = row.candidate.answer.comparison
    told = (comparison.first, comparison.second) if comparison else figures[:1]
    texts = [one for one in rows if one.candidate.likely is not None]
    text = max(texts, key=lambda one: one.probability, default=None)
    entry = text.candidate.answer.entries[0] if text else None
    if entry is None or not {one.source for one in told} <= set(entry.sources):
        return ""
    folded = case.base.folded[entry.id]
    printed = {word.strip(".,;:()") for word in f"{folded.body} {folded.detail}".replace("%", "").split()}
    return entry.id if all(_numerals(one) <= printed for one in told) else ""


def _numerals(figure: Figure) -> set[str]:
    """The numbers of a figure as they are printed, without their unit."""
    return {word.rstrip("%") for word in figure.as_printed.split() if word[0].isdigit()}


def _report_of(answer: Answer, rows: Sequence[Scored], kinship: Kinship) -> str:
    """The entry that is likeliest of those that tell of the one event of an answer; empty where there is none."""
    if len(answer.events) != 1 or answer.entries:
        return ""
    event = answer.events[0]
    found = [
        row
        for row in rows
        if (likely := row.candidate.likely)
        and ("event", event.kind) in kinship.slots(likely.key)
        and {(one.region, one.period) for one in row.candidate.answer.entries[:1]}
        == {(event.region, event.year)}
    ]
    return max(found, key=lambda row: row.probability).candidate.answer.entries[0].id if found else ""


def is_plain(row: Scored, question: Question) -> bool:
    """Whether an answer is one that its own route finds too, to words that are all understood, or that are stored."""
    if row.candidate.answer.status != "answered":
        return False
    if row.candidate.likely is not None:
        return row.candidate.likely.near >= STORED
    placed = row.candidate.frame in PLACED and not question.reading.residue
    return placed and not question.reading.has("neighbour")


def stands_alone(row: Scored) -> bool:
    """Whether the only text that comes near is likely enough to be told without asking."""
    answer = row.candidate.answer
    report = any(entry.kind == "assessment" for entry in answer.entries[:1])
    plain = not row.vetoes and answer.status == "answered" and not (report and elsewhere(row))
    return plain and row.probability >= LONE


def lacks(row: Scored) -> bool:
    """Whether a decline, or a question back, says which number it is that the base lacks."""
    answer = row.candidate.answer
    named = any(note.code == "strange_words" for note in answer.gaps)
    return named or (answer.status == "no_answer" and answer.kind == "figure")


def asks_which(row: Scored, question: Question) -> bool:
    """Whether a question back is for which event is meant, to words that are all understood."""
    asks = row.candidate.frame == "event" and row.candidate.answer.status == "asked_back"
    return asks and question.reading.has("head", "event") and not question.reading.residue


def not_held(row: Scored, question: Question) -> bool:
    """Whether a number at a place or time, or a document by its number, was understood and is not in the base."""
    if any(note.code in ("no_document", "no_such_value") for note in row.candidate.answer.gaps):
        return True
    reading = question.reading
    placed = reading.has("region") or reading.has("period")
    kinds = PLACED if question.rank else (*PLACED, "comparison")
    if row.candidate.frame == "figure" and not _names_a_number(question):
        return False
    return (
        row.candidate.answer.kind in kinds
        and row.candidate.answer.status == "no_answer"
        and placed
        and not reading.residue
    )


def _names_a_number(question: Question) -> bool:
    """Whether money, a programme, something that is counted, or the results of a place and time are named."""
    results = question.reading.has("aspect", "result") and question.regions and question.periods.found
    return bool(
        results
        or question.money
        or question.measures.named
        or question.programmes
        or question.counted
        or question.indicators
    )


def asks_a_number(question: Question) -> bool:
    """Whether money or a count is asked for, of a place or a time."""
    reading = question.reading
    number = reading.has("asks", "how_much", "how_many", "percent") or reading.has("operator")
    money = question.money or question.measures.named or question.programmes
    return bool(number and money and (question.regions or question.periods.found))


def elsewhere(row: Scored) -> bool:
    """Whether a text speaks of another place or year than the question."""
    return bool(row.features.get("place unspoken") or row.features.get("year unspoken"))


OFFERED = frozenset({"number of a text"})
"""Vetoes that keep a text from being told, not from being offered."""


def may_be_meant(rows: Sequence[Scored], least: float) -> tuple[Scored, ...]:
    """Of the candidates, the likeliest first, those whose entries may be meant, one an entry."""
    found: dict[str, Scored] = {}
    for row in rows:
        if not set(row.vetoes) <= OFFERED:
            continue
        entries = row.candidate.answer.entries
        if row.candidate.frame == "entry" and entries and row.probability >= least:
            found.setdefault(entries[0].title, row)
    return tuple(found.values())[:MOST_CHOICES]
