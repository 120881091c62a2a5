"""The passage read number by number: each gets its slots from its own words, or from what is spoken of."""

from __future__ import annotations

import re
from dataclasses import replace

from knowledge.base import KnowledgeBase
from knowledge.reading.passage import percents, settling
from knowledge.reading.passage.counts import Counts, from_programme
from knowledge.reading.passage.cues import (
    COMPARED_WITH,
    OF_WHICH,
    PARTS,
    PERSON,
    RECENT,
    SAME_REGION,
    SUBJECT,
    WHOLE,
    Places,
    measures_in,
    periods_in,
    programmes_in,
    strange_words,
)
from knowledge.reading.passage.layout import Line, Spot, lines_of, spots_of
from knowledge.reading.passage.scene import Clause, Draft, Scene, Slot
from knowledge.reading.passage.sums import measure_of, programme_of
from knowledge.reading.passage.whereabouts import Whereabouts
from knowledge.reading.places import Gazetteer
from knowledge.stated import Stated

FUNDING = "kinh-phi"
_OTHER_MONEY = re.compile(
    r"\b(?:doi ung|von dau tu|tong (?:muc )?dau tu|tong von|doanh thu|gia tri|tri gia|von tu co|thu nhap|tien luong|nop ngan sach|vay|loi nhuan|gia ban|kim ngach|moi (?:co so|de an|mo hinh)|binh quan|trung binh)\b"
)
_DIRECT_SUBJECT = re.compile(
    r"^ (?:(?:tong )?kinh phi khuyen cong|(?:danh )?cho (?:(?:chuong trinh|hoat dong|cong tac) )?khuyen cong)\b[^,;.():\d]*"
)
_DIRECT_PROGRAMME = re.compile(
    r"^ (?:(?:la|tu|thuoc|bang|cua|do) ){0,2}(?:(?:nguon|von|kinh phi|ngan sach|chuong trinh) )*(?:kcqg|kcdp|khuyen cong (?:quoc gia|dia phuong))\b"
)
_PER_PIECE = re.compile(r"^/(?:co so|de an|mo hinh|nguoi|ho|don vi|doanh nghiep)")
_BY_HOW_MUCH = re.compile(
    r"\b(?:tang|giam|cao hon|thap hon|nhieu hon|it hon|chenh(?: lech)?|bo sung|hut|vuot)(?: them| hon)? $"
)
_WITH = re.compile(r"\bvoi (?:tong )?(?:so )?$")
_EXPECTED = re.compile(r"\b(?:du kien|uoc tinh|co the|se)\b")
_ESTIMATED_NEXT = re.compile(r"^, uoc (?:thuc hien )?(?:dat )?$")


class PassageReader:
    """Reads passages against the names of one base."""

    def __init__(self, base: KnowledgeBase) -> None:
        self._places = Places(
            Gazetteer(base.regions.values()), {row.id: row.kind for row in base.regions.values()}
        )
        self._whereabouts = Whereabouts(self._places)
        self._counts = Counts(base)

    def read(self, text: str) -> list[Stated]:
        """Every figure of `text`, in order. Never raises for any text."""
        lines = lines_of(text)
        cased = any(char.isupper() for line in lines for char in line.printed)
        scene = Scene()
        drafts: list[Draft] = []
        for number, line in enumerate(lines):
            spots = spots_of(line)
            scene.new_line(number)
            if line.heading and not spots and not PERSON.search(line.folded):
                self._heading(line, scene, cased)
            for begin, end in line.sentences():
                inside = [spot for spot in spots if begin <= spot.start < end]
                drafts += self._sentence(line, (begin, end), inside, scene, cased)
        return [draft.stated() for draft in settling.settled(drafts)]

    def _heading(self, line: Line, scene: Scene, cased: bool) -> None:
        places = {cue.value for cue in self._places.find(line.folded, line.printed, cased=cased)}
        periods = {one.code for one in periods_in(line.folded) if one.code}
        if len(places) == 1:
            scene.region = places.pop()
            scene.disturbed = ()
        if len(periods) == 1:
            scene.period = periods.pop()

    def _sentence(
        self, line: Line, span: tuple[int, int], spots: list[Spot], scene: Scene, cased: bool
    ) -> list[Draft]:
        begin, end = span
        sentence = line.folded[begin:end]
        places = self._places.find(sentence, line.printed[begin:end], cased=cased)
        scene.new_sentence([(cue.value, self._places.kind(cue.value)) for cue in places], bool(spots))
        if RECENT.search(sentence) and not periods_in(sentence):
            scene.period_doubtful = True
        scene.programmes_of_line |= {cue.value for cue in programmes_in(sentence)}
        drafts: list[Draft] = []
        at = begin
        before = ""  # the words behind the last number that belong to it
        for number, spot in enumerate(spots):
            stop = spots[number + 1].first if number + 1 < len(spots) else end
            if _PER_PIECE.match(line.folded[spot.end : stop]):
                at = spot.end
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
            at = draft.end_of_tail
            before = line.folded[spot.end : at]
        scene.regions += [cue.value for cue in places]
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
        after = clause.after
        direct = _DIRECT_SUBJECT.match(after)
        own_programme = _DIRECT_PROGRAMME.match(after)
        tail = direct or own_programme
        draft.end_of_tail = clause.spot.end + (tail.end() if tail else 0)
        words = clause.own
        subject = list(SUBJECT.finditer(words))
        phrase = words[subject[-1].start() :] if subject else ""
        if direct:
            phrase = direct.group()
        before_phrase = words[: len(words) - len(phrase)] if phrase and not direct else ""
        strange = self._strange(
            phrase or (clause.lead if clause.bracket and scene.counted else words), clause
        )
        if clause.bracket and scene.counted and not phrase:
            strange = strange or ["("]
        if (
            _WITH.search(before_phrase) and not clause.bracket
        ):  # "… với kinh phí 9 tỷ đồng": of what stands before
            strange = strange or self._strange(before_phrase, clause)
        if _OTHER_MONEY.search(phrase or words) or _BY_HOW_MUCH.search(clause.lead):
            draft.indicator = Slot("", unsure=True)
        elif phrase:
            draft.indicator = Slot(FUNDING, unsure=bool(strange))
        elif not strange and (own_programme or scene.now.indicator == FUNDING):
            draft.indicator = Slot(FUNDING)
        else:
            draft.indicator = Slot("", unsure=True, others=(FUNDING,))
        named = programmes_in(tail.group() if tail else "") or programmes_in(phrase) or programmes_in(words)
        draft.parts = scene.in_parts or bool(OF_WHICH.search(clause.words_from_sentence))
        draft.parts = draft.parts or bool(scene.head.indicator and PARTS.search(words))
        draft.whole = bool(WHOLE.search(words if not direct else clause.lead))
        draft.about_one = bool(
            {"KCQG", "KCDP"} & {cue.value for cue in programmes_in(clause.words_from_sentence)}
        )
        draft.programme = programme_of(draft, scene, [cue.value for cue in named], has_subject=bool(phrase))
        draft.measure = measure_of(words, phrase, clause, scene)
        if _ESTIMATED_NEXT.match(after) and draft.measure.value in ("actual", ""):
            draft.measure = Slot("estimate")
        self._whereabouts.find(draft, clause, scene)
        self._remember(draft, clause, scene)
        return draft

    def _strange(self, words: str, clause: Clause) -> list[str]:
        printed = " " * len(words)
        places = self._places.find(words, printed, cased=False)
        return strange_words(words, places)

    # --- percents -----------------------------------------------------------------------------------------------

    def _percent(self, clause: Clause, scene: Scene) -> Draft:
        draft = Draft(clause, unit="percent")
        tail = percents.tail_of(clause.after)
        draft.end_of_tail = clause.spot.end + len(tail)
        words = (not scene.fresh and percents.continued(clause.lead)) or clause.lead
        if compared := COMPARED_WITH.search(words):
            words, tail = words.replace(compared.group(), " "), tail or compared.group()
        kind = percents.kind_of(words, tail, clause.words_from_sentence)
        draft.direction = kind.direction
        subject = list(SUBJECT.finditer(words))
        phrase = words[subject[-1].start() :] if subject else ""
        strange = self._strange(percents.without_verbs(phrase or words), clause)
        own = self._counts.percent(words)
        if own:
            expected = bool(_EXPECTED.search(words))
            draft.indicator, draft.measure = Slot(own, unsure=expected), Slot(kind.measure or "change")
            named = programmes_in(words)
            draft.programme = Slot(named[-1].value if named else "total")
            draft.of = draft.against = Slot("")
        elif strange or not (phrase or scene.now.indicator == FUNDING):
            draft.indicator = Slot("", unsure=True, others=(FUNDING,))
            draft.measure = Slot(kind.measure, unsure=not kind.measure)
        else:
            draft.indicator = Slot(FUNDING)
            named = programmes_in(phrase) or programmes_in(words)
            draft.parts = scene.in_parts
            draft.whole = bool(WHOLE.search(words))
            draft.programme = programme_of(
                draft, scene, [cue.value for cue in named], has_subject=bool(phrase)
            )
            if phrase or measures_in(words):
                of = measure_of(words, phrase, clause, scene)
                if of.unsure and not measures_in(words):
                    of = Slot("actual") if kind.measure == "rate" else of
            else:
                of = scene.now.measure
            draft.of = of
            draft.measure, draft.against = percents.slots(kind, of.value, draft.programme.value, tail)
            if draft.measure.value == "target":
                draft.of = Slot("actual")
        self._whereabouts.find(draft, clause, scene, tail if kind.measure == "target" else "")
        percents.compare_year(draft, tail)
        if draft.measure.value == "target" and draft.period.value:
            draft.period = replace(draft.period, value=draft.period.value[:4])
        if draft.indicator.value == FUNDING and phrase:
            self._remember(draft, clause, scene)
        return draft

    # --- counts -------------------------------------------------------------------------------------------------

    def _count(self, clause: Clause, scene: Scene) -> Draft | None:
        spot = clause.spot
        counted = self._counts.read(clause.line.folded, spot.start, spot.end, clause.segment)
        if counted is None:
            return None
        draft = Draft(clause, unit="")
        draft.noun_end = counted.end
        draft.indicator = Slot(counted.indicator, unsure=not counted.sure, others=counted.others)
        draft.measure = Slot("count")
        draft.of = draft.against = Slot("")
        draft.end_of_tail = spot.end
        after = re.split(
            r"[,;.():]|\b(?:voi|kinh phi|trong do)\b", clause.line.folded[counted.end : clause.stop]
        )[0]
        paid = from_programme(clause.line.folded[counted.end : clause.stop])
        behind = programmes_in(paid or after)
        if behind:
            draft.end_of_tail = counted.end + behind[0].end
            draft.paid = behind[0].value in ("KCQG", "KCDP")
        named = behind or programmes_in(clause.lead)
        if counted.general and self._strange(after, clause):
            draft.indicator = Slot(counted.indicator, unsure=True)
        if not self._counts.has_programme(counted.indicator):
            draft.programme = Slot("")
        elif named:
            draft.programme = Slot(named[0].value if behind else named[-1].value)
        elif not scene.fresh and scene.now.programme.value:
            draft.programme = scene.now.programme
        else:
            seen = scene.programmes_of_line - {"total"}
            draft.programme = Slot("total", unsure=len(seen) == 1, others=tuple(sorted(seen)))
        if counted.indicator == "so-tinh-trong-vung":
            self._provinces(draft, clause, scene)
        self._whereabouts.find(draft, clause, scene)
        return draft

    def _provinces(self, draft: Draft, clause: Clause, scene: Scene) -> None:
        """A region's number of provinces: only where the region itself follows, as the whole of what is spoken of.

        Such a number stands inside the words for another figure.
        """
        draft.within = True
        ahead = slice(draft.noun_end, min(draft.noun_end + 40, clause.end))
        line = clause.line
        found = self._places.find(line.folded[ahead], line.printed[ahead], cased=clause.cased)
        whole = bool(re.search(r"(?:\bcua|\bcho|,|^|\bdo) ?$", clause.lead))
        if found and found[0].start <= 1 and self._places.kind(found[0].value) == "region":
            draft.region = Slot(found[0].value)
            draft.noun_end = ahead.start + found[0].end
            draft.indicator = Slot("so-tinh-trong-vung", unsure=not whole)
        elif SAME_REGION.search(line.folded[draft.noun_end - 16 : ahead.stop]) and whole:
            draft.indicator = Slot("so-tinh-trong-vung")
        else:
            draft.indicator = Slot("", unsure=True, others=("so-tinh-trong-vung",))

    def _remember(self, draft: Draft, clause: Clause, scene: Scene) -> None:
        if clause.bracket or draft.indicator.value != FUNDING:
            return
        measure = draft.of if draft.unit == "percent" else draft.measure
        scene.speak_of(FUNDING, draft.programme, measure, part=draft.parts)
