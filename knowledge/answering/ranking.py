"""Which region, province or year has most or least: only over figures that can be compared, and saying over how many."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace

from knowledge.answering.comparing import remember
from knowledge.answering.library import Asked
from knowledge.base import KnowledgeBase
from knowledge.dialogue import Context
from knowledge.finding.answer import asked_back, near_answer, series_answer
from knowledge.finding.compare import between
from knowledge.finding.conflicts import in_order
from knowledge.finding.wanted import AMOUNTS, FUNDING, NATION, Wanted
from knowledge.language.codes import years_of
from knowledge.language.spans import Reading
from knowledge.reading.question import Question
from knowledge.records import Answer, Choice, Figure, Note
from knowledge.telling.names import MEASURES, PROGRAMME_SHORT, period_name, region_name

_ORDER = ("count", *AMOUNTS, "target", "rate", "share", "change")
_GIVEN = ("plan", "allocated")
YEAR = 4
"""Characters of a plain year."""
_ENDS = ("rank_high", "rank_low")
LEAST_RANKED = 2
_LEAST_LISTED = 3
"""Places that are named to be put in an order."""
MOST_RANKED = 10
_MOST_CHOICES = 4
_MOST_OFFERS = 3


def _measured(wanted: Wanted, reading: Reading) -> Wanted:
    """What is ranked of money: what was spent, or how far it got, where these are spoken of; of a word that may mean what was
    planned or what was given, both."""
    if wanted.indicator != FUNDING:
        return wanted
    if any(span.means("measure", "plan") and span.means("measure", "allocated") for span in reading.spans):
        return replace(wanted, measures=_GIVEN)
    if reading.has("pace"):
        return replace(wanted, measures=("rate",), of=("actual", "estimate"))
    spent = not wanted.measures and reading.has("measure", "actual")
    return replace(wanted, measures=("actual",)) if spent else wanted


def ranked_by(question: Question) -> str:
    """What a question ranks: `region`, `province`, `year`; empty where it asks for no rank."""
    said = question.reading
    asked = next((one for one in ("region", "province", "year") if said.has("asks", f"which_{one}")), "")
    named = "province" if len(question.regions) >= _LEAST_LISTED else ""
    if named and question.rank and not asked and question.who:
        return named
    if not question.rank or asked or said.has("order") or not said.has("operator", "rank"):
        return asked if question.rank else ""
    return next(
        (one for one in ("region", "province") if said.has("rows", one) or said.has("kind", one)), named
    )


def least(question: Question) -> bool:
    """Whether the least is asked for, not the most, of which the least may be the other side."""
    return next((one.means("operator", "rank_low") for one in question.reading.of("operator", *_ENDS)), False)


class Ranking:
    """Ranks figures of one base."""

    def __init__(self, base: KnowledgeBase) -> None:
        self._base = base

    def answer(self, asked: Asked, wanted: Wanted) -> tuple[Answer, Context] | None:
        """The figures in order, the first in the lead; the question back for the time; None where nothing can be ranked."""
        by = ranked_by(asked.question)
        if not by:
            return None
        kinds = {self._base.regions[one].kind for one in wanted.regions}
        if by == "province" and len(wanted.regions) >= _LEAST_LISTED and "province" not in kinds:
            by = "region"
        said = asked.question.reading
        wanted = _measured(wanted, said)
        of_nation = by == "year" and not wanted.regions
        wanted = replace(wanted, regions=(NATION,)) if of_nation else wanted
        rows = self.candidates(wanted, by)
        if by != "year" and not wanted.periods:
            return self.ask_period(asked, wanted, rows) or self._too_few(asked, wanted, rows)
        groups = self.groups(rows, by, both=wanted.measures == _GIVEN)
        if not groups and of_nation and wanted.indicator == FUNDING:
            return self._ask(asked, replace(wanted, regions=()), "region", {})
        if not groups:
            return self._too_few(asked, wanted, rows)
        lowest = least(asked.question)
        rows = sorted(groups[0], key=lambda row: row.value, reverse=not lowest)
        told = series_answer(self._base, rows[:MOST_RANKED], asked.today, "least" if lowest else "most")
        ends = len(said.of("operator", *_ENDS)) > 1
        answer = replace(
            told,
            comparison=between(rows[-1], rows[0]) if ends else None,
            assumptions=(*([Note("assumed_nation")] if of_nation else ()), *self.assumed(wanted, rows, by)),
            gaps=(*self.gaps(rows, by), *_added(rows, said)),
        )
        return answer, remember(asked, replace(wanted, regions=()), answer)

    def groups(
        self, rows: Iterable[Figure], by: str, least: int = LEAST_RANKED, *, both: bool = False
    ) -> list[list[Figure]]:
        """Figures of one kind each, at least `least` together, the largest group first; `both`: what was planned and what was
        given are of one kind."""
        found = self._largest(
            rows,
            lambda row: (
                "" if row.measure in _GIVEN and both else row.measure,
                row.of,
                row.against,
                row.programme,
                *(self._map(row) if by == "region" else ()),
            ),
            least,
        )
        return list(found.values())

    def candidates(self, wanted: Wanted, by: str) -> list[Figure]:
        """One figure a slot, of the kind of place that is ranked, or of plain years of the place that was named."""
        rows = self._base.select(
            indicator=wanted.indicator,
            measure=wanted.measures or None,
            programme=wanted.programmes or None,
            region=wanted.regions if by == "year" else None,
            period=(_single_years(wanted.periods) if by == "year" else wanted.periods) or None,
        )
        slots: defaultdict[tuple[str, ...], list[Figure]] = defaultdict(list)
        for row in rows:
            if self._comparable(row, wanted) and self._placed(row, wanted, by):
                slots[row.measure, row.of, row.against, row.programme, row.region, row.period].append(row)
        return [in_order(self._base, rows)[0] for rows in slots.values()]

    def _comparable(self, row: Figure, wanted: Wanted) -> bool:
        """Whether a figure is one number of a kind that is ranked, and of what a rate or share is asked for."""
        kinds = AMOUNTS if wanted.indicator == FUNDING and not wanted.measures else _ORDER
        of = not wanted.of or row.of in wanted.of
        return row.measure in kinds and of and not row.round and row.value_max is None

    def _placed(self, row: Figure, wanted: Wanted, by: str) -> bool:
        """Whether a figure is of a place of the kind that is ranked, or of a plain year."""
        if by == "year":
            return len(row.period) == YEAR
        of_kind = self._base.regions[row.region].kind == by
        return of_kind and (by != "province" or self._within(row, wanted.regions))

    def _within(self, row: Figure, regions: tuple[str, ...]) -> bool:
        """Of a region that is named, its provinces; of the whole country all."""
        named = [one for one in regions if self._base.regions[one].kind != "country"]
        return not named or row.region in named or self._base.regions[row.region].part_of in named

    def ask_period(self, asked: Asked, wanted: Wanted, rows: list[Figure]) -> tuple[Answer, Context] | None:
        """The question back for the time, with those that most figures are of; None where none has two."""
        many = self._largest(rows, lambda row: (row.period, row.measure, row.programme, *self._map(row)))
        return self._ask(asked, wanted, "period", many) if many else None

    def _map(self, row: Figure) -> tuple[str, ...]:
        """Regions of before and after they were drawn anew are never ranked together."""
        return ("anew",) if self._base.regions[row.region].valid_from else ()

    def _largest(
        self, rows: Iterable[Figure], key: Callable[[Figure], tuple[str, ...]], least: int = LEAST_RANKED
    ) -> dict[tuple[str, ...], list[Figure]]:
        """Groups of comparable figures of two or more, the largest first; of equal ones the total, then the first measure."""
        groups: defaultdict[tuple[str, ...], list[Figure]] = defaultdict(list)
        for row in rows:
            groups[key(row)].append(row)
        ordered = sorted(
            groups.items(),
            key=lambda item: (
                -len(item[1]),
                item[1][0].programme != "total",
                _ORDER.index(item[1][0].measure),
            ),
        )
        return {name: found for name, found in ordered if len(found) >= least}

    def assumed(self, wanted: Wanted, rows: list[Figure], by: str, word: str = "ranked") -> tuple[Note, ...]:
        """Over what was ranked (or `tabled`), and what is not there."""
        lead = rows[0]
        notes = []
        if not wanted.measures and wanted.indicator == FUNDING:
            notes.append(Note("assumed_measure", {"measure": MEASURES[lead.measure]}))
        if not wanted.programmes and lead.programme:
            notes.append(Note(f"{word}_programme", {"programme": PROGRAMME_SHORT[lead.programme]}))
        if lead.measure == "target" and not wanted.planned:
            notes.append(Note("only_target"))
        missing = self._missing(rows, by)
        code = f"{word}_provinces" if by == "province" else f"{word}_missing" if missing else word
        notes.append(Note(code, {"count": str(len(rows)), "missing": ", ".join(missing)}))
        return tuple(notes)

    def gaps(self, rows: list[Figure], by: str) -> tuple[Note, ...]:
        """The regions of which there is no figure, to be said beside the others."""
        missing = self._missing(rows, by) if by == "region" else []
        return (Note("series_gaps", {"missing": ", ".join(missing)}),) if missing else ()

    def _missing(self, rows: list[Figure], by: str) -> list[str]:
        """The years between, or the regions of the same map, of which there is no figure."""
        if by == "year":
            years = {int(row.period) for row in rows}
            return [str(year) for year in range(min(years), max(years)) if year not in years]
        if by != "region":
            return []
        anew, told = bool(self._map(rows[0])), {row.region for row in rows}
        regions = (one for one in self._base.regions.values() if one.kind == "region" and one.id not in told)
        return [region_name(self._base.names, one.id) for one in regions if bool(one.valid_from) == anew]

    def _too_few(self, asked: Asked, wanted: Wanted, rows: list[Figure]) -> tuple[Answer, Context]:
        """Fewer than two figures that can be compared: no rank, but what there is."""
        answer = near_answer(self._base, Note("not_ranked"), rows[:_MOST_OFFERS], asked.today)
        return answer, remember(asked, wanted, answer)

    def _ask(
        self, asked: Asked, wanted: Wanted, slot: str, groups: dict[tuple[str, ...], list[Figure]]
    ) -> tuple[Answer, Context]:
        periods = list(dict.fromkeys(rows[0].period for rows in groups.values()))[:_MOST_CHOICES]
        names = map(period_name, periods)
        choices = [
            Choice(f"{name[:1].upper()}{name[1:]}", f"{asked.question.clean} {name}") for name in names
        ]
        answer = asked_back(asked.today, [Note(f"ask_{slot}")], choices)
        return answer, replace(asked.context, route="ask", wanted=wanted)


def _single_years(periods: Sequence[str]) -> tuple[str, ...]:
    """The years of times, of a span each of its own."""
    spans = [range(ends[0], ends[-1] + 1) if (ends := years_of(one)) else (one,) for one in periods]
    return tuple(str(year) for span in spans for year in span)


def _added(rows: Sequence[Figure], said: Reading) -> tuple[Note, ...]:
    """What ranked sums of places add up to, where that is asked too."""
    if not said.has("operator", "sum") or rows[0].unit != "VND":
        return ()
    return (
        Note("own_total", {"count": str(len(rows)), "sum": f"money:{round(sum(row.value for row in rows))}"}),
    )
