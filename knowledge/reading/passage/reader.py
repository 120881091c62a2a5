"""The passage read number by number: each gets its slots from its own words, or from what is spoken of."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from knowledge.base import KnowledgeBase
from knowledge.language.annotate import Annotator
from knowledge.reading.passage import percents, settling
from knowledge.reading.passage.counts import PROVINCES, Counts, measure_of_count, paid_by
from knowledge.reading.passage.layout import Line, Spot, annotated, lines_of, spots_of
from knowledge.reading.passage.marks import (
    PROGRAMMES,
    Mark,
    Stretch,
    measures_in,
    programmes_in,
    tells_recent_time,
    times_in,
)
from knowledge.reading.passage.scene import (
    Clause,
    Draft,
    Scene,
    Slot,
    comparison_in,
    without_comparison,
)
from knowledge.reading.passage.sums import (
    is_difference,
    is_estimated_next,
    is_other_money,
    measure_of,
    names_other_money,
    of_funding,
    others_behind,
    programme_behind,
    programme_of,
    subject_behind,
    subject_in,
    tells_parts,
)
from knowledge.reading.passage.whereabouts import Places, Whereabouts, says_region, says_whole
from knowledge.stated import Stated

FUNDING = "kinh-phi"
_OF_ITS_NAME = 40
"""How many characters behind "provinces" the name of their region may take."""


class PassageReader:
    """Reads passages against the names of one base."""

    def __init__(self, base: KnowledgeBase) -> None:
        kinds = {row.id: row.kind for row in base.regions.values()}
        self._annotator = Annotator(base, frozenset(), of_report=True)
        self._counts = Counts(base)
        self._places = Places(lambda region: kinds.get(region, ""), self._counts.successors)
        self._whereabouts = Whereabouts(self._places)

    def read(self, text: str) -> list[Stated]:
        """Every figure of `text`, in order. Never raises for any text."""
        lines = [annotated(line, self._annotator) for line in lines_of(text)]
        cased = any(char.isupper() for line in lines for char in line.printed)
        scene = Scene()
        drafts: list[Draft] = []
        for number, line in enumerate(lines):
            spots = spots_of(line)
            scene.new_line(number)
            if line.heading and not spots and not _is_caption(line):
                self._heading(line, scene, cased)
            for begin, end in line.sentences():
                inside = [spot for spot in spots if begin <= spot.start < end]
                drafts += self._sentence(line, (begin, end), inside, scene, cased)
        return [draft.stated() for draft in settling.settled(drafts)]

    def _heading(self, line: Line, scene: Scene, cased: bool) -> None:
        whole = line.stretch(0, len(line.folded))
        places = {region for region, _ in self._places.find(whole, line.printed, cased=cased)}
        periods = {code for code in times_in(whole) if not code.startswith("~")}
        if len(places) == 1:
            scene.region = places.pop()
            scene.disturbed = ()
        if len(periods) == 1:
            scene.period = periods.pop()

    def _sentence(
        self, line: Line, span: tuple[int, int], spots: list[Spot], scene: Scene, cased: bool
    ) -> list[Draft]:
        begin, end = span
        sentence = line.stretch(begin, end)
        places = [region for region, _ in self._places.find(sentence, line.printed, cased=cased)]
        scene.new_sentence(places, bool(spots))
        if tells_recent_time(sentence) and not times_in(sentence):
            scene.period_doubtful = True
        scene.programmes_of_line |= {value for value, _ in programmes_in(sentence)}
        drafts: list[Draft] = []
        at = before = begin  # `before`: where the words begin that belong to the last number
        for number, spot in enumerate(spots):
            stop = spots[number + 1].first if number + 1 < len(spots) else end
            if _is_per_piece(line, spot):
                at = before = spot.end
                continue
            clause = Clause(line, begin, end, at, spot, stop, before, cased)
            draft = self._draft(clause, scene)
            if draft is None:
                continue
            drafts.append(draft)
            scene.counted = spot.kind == "plain"
            scene.counted_for = draft.programme.value if draft.paid else ""
            if draft.within:
                continue
            at, before = draft.end_of_tail, spot.end
        scene.regions += places
        return drafts

    def _draft(self, clause: Clause, scene: Scene) -> Draft | None:
        spot = clause.spot
        if spot.kind == "money":
            return self._money(clause, scene)
        if spot.kind == "percent":
            return self._percent(clause, scene)
        return self._count(clause, scene)

    # --- sums ---------------------------------------------------------------------------------------------------

    def _money(self, clause: Clause, scene: Scene) -> Draft:
        draft = Draft(clause, unit="VND")
        words = clause.own
        direct = subject_behind(clause.after)
        tail = direct or programme_behind(clause.after)
        draft.end_of_tail = tail.end if tail else clause.spot.end
        phrase = direct or subject_in(words)
        draft.indicator = self._kind_of_sum(clause, scene, phrase, direct=direct is not None, tail=tail)
        named = (programmes_in(tail) if tail else []) or (programmes_in(phrase) if phrase else [])
        named = named or programmes_in(words)
        before = clause.from_sentence
        draft.parts = scene.in_parts or before.has("report", "of_which")
        draft.parts = draft.parts or bool(scene.head.indicator and tells_parts(words))
        draft.whole = says_whole(clause.lead if direct else words)
        draft.about_one = any(value in PROGRAMMES for value, _ in programmes_in(before))
        draft.programme = programme_of(
            draft, scene, [value for value, _ in named], has_subject=phrase is not None
        )
        draft.measure = measure_of(words, phrase, clause, scene)
        if draft.measure.value in ("actual", "") and is_estimated_next(clause.after):
            draft.measure = Slot("estimate")
        if not named and (draft.indicator.unsure or others_behind(clause.after, draft.programme.value)):
            draft.programme = replace(draft.programme, unsure=True)
        self._whereabouts.find(draft, clause, scene)
        self._remember(draft, clause, scene)
        return draft

    def _kind_of_sum(
        self, clause: Clause, scene: Scene, phrase: Stretch | None, *, direct: bool, tail: Stretch | None
    ) -> Slot:
        """Whether a sum is one of ours; unsure where other words stand in its own."""
        words = clause.own
        counted = clause.bracket and scene.counted
        strange = (phrase or (clause.lead if counted else words)).strange or (counted and not phrase)
        if phrase and not direct and not clause.bracket:
            before = words.part(words.start, phrase.start)
            if before.ends_with("report", "with"):  # "… with a sum of 9": of what stands before
                strange = strange or before.strange
        if is_other_money(phrase or words) or names_other_money(clause.after) or is_difference(clause.lead):
            return Slot("", unsure=True)
        if phrase:
            return Slot(FUNDING, unsure=strange)
        if not strange and (tail is not None or scene.now.indicator == FUNDING):
            return Slot(FUNDING)
        return Slot("", unsure=True, others=(FUNDING,))

    # --- percents -----------------------------------------------------------------------------------------------

    def _percent(self, clause: Clause, scene: Scene) -> Draft:
        draft = Draft(clause, unit="percent")
        tail = percents.tail_of(clause.after)
        draft.end_of_tail = tail.end
        words = (None if scene.fresh else percents.continued(clause.lead)) or clause.lead
        if compared := comparison_in(words):
            words = without_comparison(words)
            tail = tail if tail.text.strip() else compared
        kind = percents.kind_of(words, tail, clause.from_sentence)
        draft.direction = kind.direction
        phrase = subject_in(words)
        own = self._counts.percent(words.text)
        if own:
            draft.indicator = Slot(own, unsure=words.has("report", "expected"))
            draft.measure = Slot(kind.measure or "change")
            named = programmes_in(words)
            draft.programme = Slot(named[-1][0] if named else "total")
        elif (phrase or words).strange or not (phrase or scene.now.indicator == FUNDING):
            draft.indicator = Slot("", unsure=True, others=(FUNDING,))
            draft.measure = Slot(kind.measure, unsure=not kind.measure)
            draft.of = draft.against = draft.programme = Slot("", unsure=True)
        else:
            self._percent_of_sum(draft, kind, (words, phrase, tail), scene)
        self._whereabouts.find(draft, clause, scene, tail if kind.measure == "target" else None)
        percents.compare_year(draft, tail)
        if draft.measure.value == "target" and draft.period.value:
            draft.period = replace(draft.period, value=draft.period.value[:4])
        if draft.indicator.value == FUNDING and phrase:
            self._remember(draft, clause, scene)
        return draft

    def _percent_of_sum(
        self, draft: Draft, kind: percents.Kind, said: tuple[Stretch, Stretch | None, Stretch], scene: Scene
    ) -> None:
        words, phrase, tail = said
        draft.indicator = Slot(FUNDING)
        named = (programmes_in(phrase) if phrase else []) or programmes_in(words)
        draft.parts = scene.in_parts
        draft.whole = says_whole(words)
        draft.programme = programme_of(
            draft, scene, [value for value, _ in named], has_subject=phrase is not None
        )
        measured = bool(measures_in(words))
        draft.of = scene.now.measure
        if phrase or measured:
            draft.of = measure_of(words, phrase, draft.clause, scene)
            if draft.of.unsure and not measured and kind.measure == "rate":
                draft.of = Slot("actual")
        draft.measure, draft.against = percents.slots(kind, draft.of.value, draft.programme.value, tail)
        if draft.measure.value == "target":
            draft.of = Slot("actual")

    # --- counts -------------------------------------------------------------------------------------------------

    def _count(self, clause: Clause, scene: Scene) -> Draft | None:
        spot, line = clause.spot, clause.line
        counted = self._counts.read(line.folded, spot.start, spot.end, clause.segment)
        if counted is None:
            return None
        draft = Draft(clause, unit="")
        draft.noun_end = counted.end
        draft.indicator = Slot(counted.indicator, unsure=not counted.sure, others=counted.others)
        draft.measure = measure_of_count(clause.lead)
        draft.end_of_tail = spot.end
        rest = line.stretch(counted.end, clause.stop)
        stops = [
            mark.start for mark in rest.outer if mark.means("report", "with", "of_which") or of_funding(mark)
        ]
        after = rest.part(rest.start, min([rest.upto(rest.start, ",;.():"), *stops]))
        behind = programmes_in(paid_by(rest) or after)
        if behind:
            draft.end_of_tail = behind[0][1].end
            draft.paid = behind[0][0] in PROGRAMMES
        if counted.general and after.strange:
            draft.indicator = Slot(counted.indicator, unsure=True)
        draft.programme = self._programme_of_count(draft, behind, scene)
        if counted.indicator == PROVINCES:
            self._provinces(draft, clause, scene)
        self._whereabouts.find(draft, clause, scene)
        return draft

    def _programme_of_count(self, draft: Draft, behind: Sequence[tuple[str, Mark]], scene: Scene) -> Slot:
        if not self._counts.has_programme(draft.indicator.value):
            return Slot("")
        before = programmes_in(draft.clause.lead)
        if behind or before:
            return Slot(behind[0][0] if behind else before[-1][0])
        if scene.in_parts and scene.head.programme.value not in PROGRAMMES:
            return replace(scene.head.programme, unsure=scene.head.programme.value != "total")
        if not scene.fresh and scene.now.programme.value:
            return scene.now.programme
        seen = scene.programmes_of_line - {"total"}
        return Slot("total", unsure=len(seen) == 1, others=tuple(sorted(seen)))

    def _provinces(self, draft: Draft, clause: Clause, scene: Scene) -> None:
        """A region's number of provinces: only where the region itself follows, as the whole of what is spoken of.

        Such a number stands inside the words for another figure.
        """
        draft.within, draft.measure = True, Slot("count")
        line, lead = clause.line, clause.lead
        ahead = line.stretch(draft.noun_end, min(draft.noun_end + _OF_ITS_NAME, clause.end))
        around = line.stretch(clause.spot.end, ahead.end)
        found = [
            (region, mark)
            for region, mark in self._places.find(around, line.printed, cased=clause.cased)
            if mark.start <= draft.noun_end + 1
        ]
        last = next(iter(reversed(lead.outer)), None)
        whole = last is None or last.idle or "," in lead.text[last.end - lead.start :]
        if found and self._places.kind(found[0][0]) == "region":
            region = found[0][0]
            anew = self._counts.drawn_anew(region, int(clause.spot.value))
            scene.redrawn = scene.redrawn | {region} if anew else scene.redrawn - {region}
            draft.region = Slot(self._places.successors[region] if anew else region)
            draft.noun_end = max(draft.noun_end, found[0][1].end)
            draft.indicator = Slot(PROVINCES, unsure=not whole)
        elif says_region(around) and whole:
            draft.indicator = Slot(PROVINCES)
        else:
            draft.indicator = Slot("", unsure=True, others=(PROVINCES,))

    def _remember(self, draft: Draft, clause: Clause, scene: Scene) -> None:
        if clause.bracket or draft.indicator.value != FUNDING:
            return
        measure = draft.of if draft.unit == "percent" else draft.measure
        scene.speak_of(FUNDING, draft.programme, measure, part=draft.parts)


def _is_per_piece(line: Line, spot: Spot) -> bool:
    """Whether a sum is told for each piece: "… / a workshop"."""
    behind = line.folded[spot.end : spot.end + 2]
    return behind[:1] == "/" and behind[1:].isalpha()


def _is_caption(line: Line) -> bool:
    """Whether a line names people: it does not say what the figures after it are of."""
    words = line.stretch(0, len(line.folded))
    return words.has("report", "caption") or words.has("kind", "official") or words.has("aspect", "said")
