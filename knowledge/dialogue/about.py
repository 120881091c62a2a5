"""What is said about the last answer: its source, how sure it is, that it is wrong, its figures as a picture or a file."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from datetime import date

from knowledge.answering.differing import Differing
from knowledge.base import KnowledgeBase
from knowledge.dialogue.acts import OF_FIGURES, Act
from knowledge.dialogue.merging import slots_of
from knowledge.dialogue.state import Context
from knowledge.finding.answer import sources_for, warnings_for
from knowledge.language.spans import Span
from knowledge.records import Answer, Choice, Entry, Figure, Note
from knowledge.telling.names import figure_question, figure_subject, period_name, region_name
from knowledge.telling.talk_texts import question_tail
from knowledge.text import fold

SOURCES, EXPORT, CHART, SURE, WRONG = "sources", "export", "chart", "sure", "wrong"
"""Aspects of answers about an answer; who sends a file or a picture sends that too."""

MOST_FIGURES, MOST_OTHERS = 24, 6
"""Figures of an answer that are remembered; of sources, documents, entries and levels each."""
_UNITS = {"money": "VND", "percent": "percent"}
"""The unit of an amount that was heard; a bare number has that of the figure told."""
MOST_NEAR = 4
"""Other readings that are offered where an answer was wrong."""

Told = tuple[Answer, Context]
Asking = Callable[[str, Context], Told]


def tells_nothing(answer: Answer) -> bool:
    """Whether an answer leaves what is spoken of as it was: talk, or a decline that does not say what is held beside it."""
    return answer.kind in ("help", "smalltalk") and not answer.entries


def references(answer: Answer) -> tuple[str, ...]:
    """What an answer showed, as `f:`, `s:`, `d:`, `e:`, `l:`, `v:` and an id; empty for one that told nothing."""
    if answer.status == "asked_back" or tells_nothing(answer):
        return ()
    parts = (answer, *answer.then)
    figures = [row.id for one in parts for row in _figures(one)]
    kept = [f"f:{id_}" for id_ in dict.fromkeys(figures)][:MOST_FIGURES]
    for mark, ids in (
        ("s", [row.id for one in parts for row in one.sources]),
        ("d", [row.id for one in parts for row in (*one.documents, *one.cited)]),
        ("e", [row.id for one in parts for row in one.entries[:1]]),
        ("l", [row.id for one in parts for row in one.levels]),
        ("v", [row.id for one in parts for row in one.events[:1]]),
    ):
        kept += [f"{mark}:{id_}" for id_ in dict.fromkeys(ids)][:MOST_OTHERS]
    return tuple(kept)


def digest(answer: Answer) -> str:
    """What an answer tells first, so that one that repeats it is noticed; empty for one that tells nothing."""
    if answer.status != "answered" or answer.kind in ("help", "smalltalk"):
        return ""
    compared = answer.comparison
    parts = (
        answer.kind, answer.aspect, answer.case, str(answer.calculation.result if answer.calculation else ""),
        *(row.id for row in answer.figures[:1]), *(row.id for row in answer.levels), *(row.id for row in answer.entries[:1]),
        *(row.id for row in answer.events[:1]), *(row.id for row in answer.documents[:2]),
        *(row.id for row in answer.regions), *(note.code for note in answer.assumptions if answer.kind == "policy"),
        *filter(None, (answer.manner,)),
        *((compared.first.id, compared.second.id) if compared else ()), *(one.said for one in answer.parts),
    )  # fmt: skip
    return " ".join(parts)


def matter(answer: Answer) -> str:
    """What an answer tells first, whatever place or fact of the chat it was fitted to, and however it was typed."""
    fitted = answer.kind in ("policy", "support") and (answer.entries or answer.levels)
    return fold(digest(replace(answer, aspect="", regions=(), assumptions=()) if fitted else answer))


def repeats(answer: Answer, context: Context) -> bool:
    """Whether an answer tells what was told just now."""
    return bool(context.digest) and digest(answer) == context.digest


def repeats_case(answer: Answer, context: Context) -> bool:
    """Whether an answer tells what was told just now, or the same of the case that was told, whatever else it adds."""
    return repeats(answer, context) or bool(answer.case and answer.case in context.digest)


def told_already(answer: Answer, context: Context) -> bool:
    """Whether an answer tells what was told before in this chat."""
    return digest(answer) in {one.digest for one in (context, *context.past)} - {""}


def ids_of(told: Iterable[str], mark: str) -> list[str]:
    """The ids of one kind among what an answer showed."""
    return [one[2:] for one in told if one.startswith(f"{mark}:")]


def told_figures(base: KnowledgeBase, context: Context) -> list[Figure]:
    """The figures that the last answer of a chat told."""
    return [base.figures[one] for one in ids_of(context.told, "f") if one in base.figures]


def _figures(answer: Answer) -> list[Figure]:
    """Those that were told, the lead first, then those that a claim or a passage was held against."""
    compared = answer.comparison
    held = [one.figure for one in answer.parts] + [one.figure for one in answer.judgements]
    sides = [compared.first, compared.second] if compared and answer.kind == "comparison" else []
    return [*answer.figures, *sides, *filter(None, held), *answer.companions, *answer.offers]


class AboutAnswers:
    """Answers about the last answer of a chat, from one base."""

    def __init__(self, base: KnowledgeBase, near: Callable[[str, int], tuple[Entry, ...]]) -> None:
        self._base = base
        self._near = near
        self._differing = Differing(base)

    def answer(self, act: Act, context: Context, today: date, ask: Asking) -> Answer:
        """What is asked about the answer; where nothing was told before, that is said. `ask` answers a question anew."""
        if act.what == "file":
            return self._table(told_figures(self._base, context), today)
        if not (context.told or context.asked):
            code = "grounds" if act.what in ("source", "sure") else "nothing_told"
            return Answer("no_answer", "help", today, gaps=(Note(code),))
        if act.what in ("source", "cite"):
            nothing = Answer("no_answer", "help", today, gaps=(Note("no_source"),))
            every = any(span.means("head", "document") for span in act.rest)
            return self._sources(_every(context) if every else context, today) or nothing
        if act.what == "chart":
            return self._chart(context, today)
        if act.what == "wrong":
            return self._wrong(act, context, today, ask)
        if act.what == "why":
            return self._why(act, context, today, ask)
        if act.what == "first" and context.past:
            return ask(context.past[-1].asked, Context())[0]
        again = self._again(context, ask)
        manner = {"shorter": "short", "longer": "long", "sure": SURE}.get(act.what, "")
        return replace(again, manner=manner)

    def _again(self, context: Context, ask: Asking) -> Answer:
        """The last answer once more, by the question that asked for it; of few words that leant on the chat by the title of the
        text that was told."""
        told = told_figures(self._base, context)[:1]
        in_full = context.asked in [figure_question(self._base.names, row) for row in told]
        again, _ = ask(context.asked, Context() if in_full else context.earlier)
        texts = [self._base.entries[one] for one in ids_of(context.told, "e") if one in self._base.entries]
        return ask(texts[0].title, Context())[0] if texts and again.status != "answered" else again

    def _leads(self, context: Context) -> tuple[Figure, ...]:
        """The leading figures of the last answers that are of one kind, the oldest first."""
        found: list[Figure] = []
        for one in (context, *context.past):
            rows = told_figures(self._base, one)[:1]
            if not rows or (found and _kind(rows[0]) != _kind(found[0])):
                break
            found += [row for row in rows if row not in found]
        return tuple(reversed(found))

    def _chart(self, context: Context, today: date) -> Answer:
        told = told_figures(self._base, context)
        leads = self._leads(context)
        rows = leads if len(leads) > len(told[:2]) or len(leads) > 2 else told
        alike = tuple(row for row in rows if row.unit == rows[0].unit and row.indicator == rows[0].indicator)
        if len(alike) < 2:
            return Answer("no_answer", "help", today, gaps=(Note("nothing_to_draw"),))
        return replace(self._table(alike, today), aspect=CHART)

    def _table(self, rows: Sequence[Figure], today: date) -> Answer:
        if not rows:
            return Answer("no_answer", "help", today, gaps=(Note("nothing_to_export"),))
        return Answer(
            "answered",
            "series",
            today,
            aspect=EXPORT,
            figures=tuple(rows),
            warnings=warnings_for(self._base, rows)[:3],
            sources=sources_for(self._base, [row.source for row in rows]),
        )

    def _sources(self, context: Context, today: date) -> Answer | None:
        base, told, rows = self._base, context.told, told_figures(self._base, context)
        levels = tuple(base.levels[id_] for id_ in ids_of(told, "l") if id_ in base.levels)
        entries = tuple(base.entries[id_] for id_ in ids_of(told, "e") if id_ in base.entries)
        documents = tuple(base.documents[id_] for id_ in ids_of(told, "d") if id_ in base.documents)
        sources = sources_for(base, [*(row.source for row in rows), *ids_of(told, "s")])
        if not (sources or documents):
            return None
        return Answer(
            "answered",
            "figure" if rows else "support" if levels else "policy" if entries else "document" if documents else "event",
            today,
            aspect=SOURCES,
            figures=tuple(rows),
            entries=entries,
            levels=levels,
            cited=documents,
            sources=sources,
        )  # fmt: skip

    def _wrong(self, act: Act, context: Context, today: date, ask: Asking) -> Answer:
        """Another number was heard: what it is, or that the answer stands. Otherwise the nearest other readings."""
        again = self._again(context, ask)
        heard = next((span for span in act.rest if span.slot in ("amount", "number")), None)
        rows = told_figures(self._base, context)
        if rows and again.kind == "check":  # what was held against the number told before
            again, _ = ask(figure_question(self._base.names, rows[0]), Context())
        if heard and (both := self._differing.beside(rows, _values(heard))):
            return self._differing.told(both, today)
        if heard and again.status == "answered":
            return _first(again, self._heard(heard, rows))
        choices = self._other_figures(rows[0]) if rows else self._other_entries(context)
        understood = figure_subject(self._base.names, rows[0]) if rows else context.asked
        return Answer(
            "asked_back",
            "choice",
            today,
            aspect=WRONG,
            gaps=(Note("was_wrong", {"understood": understood}),),
            choices=choices[:MOST_NEAR],
        )

    def _heard(self, said: Span, told: Sequence[Figure]) -> Note:
        """What the number that was heard is: the one told, another one of that place or of that kind, or none that is held."""
        unknown = Note("heard_otherwise", {"said": said.text})
        number = said.value.rpartition(":")[2]
        if not told or not _is_number(number):
            return unknown
        lead, unit = told[0], _UNITS.get(said.value.partition(":")[0], told[0].unit)
        sizes = (1, 10**6, 10**9) if unit == "VND" and said.slot == "number" else (1,)
        values = {float(number) * size for size in sizes}
        if lead.unit == unit and lead.value in values:
            return Note("heard_right", {"said": said.text})
        there, alike = self._base.select(region=lead.region), self._base.select(indicator=lead.indicator)
        found = {row.id: row for row in (*there, *alike) if row.unit == unit and row.value in values}
        rows = list(found.values())
        same = [row for row in rows if row.period[:4] == lead.period[:4]]
        other = next(iter(same), rows[0] if len(rows) == 1 else None)
        if other is None:
            return unknown
        if slots_of(other) == slots_of(lead):
            return Note("heard_elsewhere", {"said": said.text})
        names = self._base.names
        what = (figure_subject(names, other), region_name(names, other.region), period_name(other.period))
        return Note("heard_of_other", {"said": said.text, "other": ", ".join(what)})

    def _other_figures(self, lead: Figure) -> tuple[Choice, ...]:
        """Figures of the same indicator that differ from the one told in one slot."""
        slots = ("measure", "programme", "region", "period")
        found: dict[str, Choice] = {}
        for slot in slots:
            for row in self._base.select(indicator=lead.indicator):
                differs = [one for one in slots if getattr(row, one) != getattr(lead, one)]
                if differs == [slot] and row.of == lead.of and slot not in found:
                    question = figure_question(self._base.names, row)
                    found[slot] = Choice(question[:1].upper() + question[1:], question)
        return tuple(found.values())

    def _other_entries(self, context: Context) -> tuple[Choice, ...]:
        told = set(ids_of(context.told, "e"))
        near = self._near(context.asked, MOST_NEAR + 2)
        return tuple(Choice(entry.title, entry.title) for entry in near if entry.id not in told)

    def _why(self, act: Act, context: Context, today: date, ask: Asking) -> Answer:
        """The two figures that are printed for one thing, where that is asked; the text that tells why, if there is one
        other than what was told; otherwise that there is none."""
        apart = any(span.means("differ") for span in act.rest)
        if apart and (both := self._differing.beside(told_figures(self._base, context), set())):
            return self._differing.told(both, today)
        found, _ = ask(f"{question_tail('why')} {context.asked}", context.earlier)
        told = set(ids_of(context.told, "e"))
        moved = context.frame not in ("figure", "series") or bool(context.pair)
        if moved and found.status == "answered" and found.entries and found.entries[0].id not in told:
            return found
        again = self._again(context, ask)
        return reason_unknown(again)


def reason_unknown(answer: Answer) -> Answer:
    """An answer that is told where a reason was asked for that the base lacks."""
    return _first(answer, Note("why_unknown"))


def _first(answer: Answer, note: Note) -> Answer:
    """An answer with what is said about it, before its figures."""
    if answer.status == "answered" and answer.kind in OF_FIGURES - {"check"}:
        return replace(answer, leads=(note,))
    return replace(answer, assumptions=(note, *answer.assumptions))


def _values(said: Span) -> set[float]:
    """The number that a span says."""
    number = said.value.rpartition(":")[2]
    return {float(number)} if _is_number(number) else {0.0}


def _is_number(text: str) -> bool:
    return text.replace(".", "", 1).isdigit()


def _every(context: Context) -> Context:
    """The context as if all documents of the chat had been told with the last answer."""
    told = [one for state in context.past for one in state.told if one.startswith("d:")]
    return replace(context, told=tuple(dict.fromkeys((*context.told, *told))))


def _kind(row: Figure) -> tuple[str, ...]:
    return (row.indicator, row.measure, row.of)
