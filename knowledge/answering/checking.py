"""Claims: is this number right, and of what."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from knowledge import folded_re as re
from knowledge.answering.claim_slots import (
    alike,
    before_their_names,
    bound_of,
    differ_by,
    each_thing,
    is_a_difference,
    moved_since,
    of_the_total,
    percent_of,
    told_apart,
)
from knowledge.answering.comparing import remember
from knowledge.answering.funding import funding_measures
from knowledge.answering.library import Asked
from knowledge.base import KnowledgeBase
from knowledge.dialogue import Context
from knowledge.finding.answer import figure_answer
from knowledge.finding.claims import Checked, Claim, check
from knowledge.finding.wanted import AMOUNTS, FUNDING, Wanted
from knowledge.reading.numbers import Quantity
from knowledge.reading.question import Question
from knowledge.records import Answer, Note
from knowledge.text import fold

_FALL = re.compile(r"\b(?:giam|thap hon|it hon|kem|sut|tut|hut)\b")

_OR = re.compile(r"\d[^\d]{0,12} (?:hay|hoac)(?: la)? \d")
"""Two numbers, of which one is right: neither is claimed."""
_MOVED_BY = re.compile(
    r"\b(?:giam|tang|chenh(?: lech)?|hon|kem|vuot|hut|them)(?: (?:la|khoang|gan|toi|den))? $"
)
"""Before a number that is the difference of two others."""
_RISE = re.compile(r"\b(?:tang|cao hon|nhieu hon|vuot)\b")


_SUMMED = re.compile(r"\btong(?: (?:cong|so|kinh phi|von|la))*:? $")
"""Before a number that is of all programmes, wherever it stands."""
_PARTS_FOLLOW = re.compile(r"\b(?:trong do|gom|bao gom|chia ra)\b")
"""Between a number and the programmes: it is of both."""
_COUNTS = re.compile(
    r" (?:co so|nguoi|lop|de an|mo hinh|san pham|luot|hoi cho|don vi|doanh nghiep|du an|nhiem vu)\b"
)
"""After a bare number: it counts something, so that it is a claim too."""


_PERCENT_WORDS = re.compile(r"\b(?:dat|hoan thanh|bang|chiem|ty le|ty trong|tang|giam|so voi)\b")
"""Words that say what a percent is of."""


class Checking:
    """Checks the numbers of a question against the figures of one base."""

    def __init__(self, base: KnowledgeBase) -> None:
        self._base = base

    def answer(self, asked: Asked, wanted: Wanted) -> tuple[Answer, Context] | None:
        """Whether the claimed numbers are right; None where no number is claimed or nothing can be checked."""
        question = asked.question
        clean = question.clean
        direction = -1 if _FALL.search(clean) else 1 if _RISE.search(clean) else 0
        things = self._things(question)
        words, loose = question.measures, False
        scaled = any(q.scaled for q in question.quantities)
        quantities = [q for q in question.quantities if q.scaled or not scaled or q.span in things]
        claims = [
            Claim(
                q.value,
                q.kind,
                q.text,
                direction,
                bool(re.search(rf"\b(?:gan|khoang|xap xi|tam) {re.escape(q.text)}", clean)),
                bound_of(clean, q),
            )
            for q in quantities
        ]
        if not claims or is_a_difference(question, wanted, claims, quantities):
            return None
        counts = {
            claim: things[q.span] for claim, q in zip(claims, quantities, strict=True) if q.span in things
        }
        if question.numbered and not scaled:
            wanted = replace(wanted, indicator=question.numbered, measures=(), of=())
        if (
            wanted.indicator == FUNDING
            and any(claim.kind == "percent" for claim in claims)
            and not any(m in ("rate", "share", "change") for m in wanted.measures)
        ):
            loose = not (words.rate or words.share or words.moved or words.change or words.named)
            loose = loose and not _PERCENT_WORDS.search(clean)
            measures, of = funding_measures(
                replace(question, measures=replace(question.measures, percent=True)),
                tuple(m for m in wanted.measures),
            )
            wanted = replace(wanted, measures=measures, of=of)
        if wanted.measures == ("change",) and len(wanted.periods) == 2:
            since = moved_since(wanted)
            if since is None and len(claims) == 1:
                return None  # printed moves are against the year before
            wanted = since or wanted
        if not (scaled or counts) and wanted.indicator == FUNDING:
            return None
        if _OR.search(clean):
            if len(claims) < 2:  # the other was told without its unit
                return None
            each = (check(self._base, wanted, [claim]) for claim in claims)
            right = next((one for one in each if one is not None and one.stance == "yes"), None)
            if right is not None:
                answer = figure_answer(self._base, right.found, asked.today)
                return answer, remember(asked, wanted, answer)
            return None
        moved = [
            claim
            for claim, one in zip(claims, quantities, strict=True)
            if _MOVED_BY.search(clean[: one.span[0]]) and len(claims) > 2
        ]
        percents = {
            claim: percent_of(clean, one)
            for claim, one in zip(claims, quantities, strict=True)
            if claim.kind == "percent"
        }
        if len({measure for measure in percents.values() if measure}) > 1:
            of_all = [
                claim
                for claim, one in zip(claims, quantities, strict=True)
                if of_the_total(question, one, quantities)
            ]
            moved, pairs = [], self._each_measure(question, wanted, claims, quantities, percents, of_all)
        else:
            pairs = self._paired(question, wanted, claims, quantities)
        held_apart = [
            (slots, said)
            for slots, said in each_thing(pairs, counts, self._money(question))
            if not (len(said) == 1 and said[0] in moved)
        ]
        if loose:  # "71,5 tỷ (41,9%)": the sums are of no percent
            held_apart = [
                (replace(slots, measures=(), of=()) if said[0].kind == "money" else slots, said)
                for slots, said in held_apart
            ]
        checked = self._checked(held_apart, of_anything=loose)
        if not checked or not differ_by(checked, moved):
            return None
        first = next((one for one in checked if one.stance == "no"), checked[0])
        lead = first.found.lead
        assert lead is not None
        answer = figure_answer(self._base, first.found, asked.today)
        others = tuple(
            one.found.lead
            for one in checked
            if one is not first and one.found.lead is not None and not alike(one.found.lead, lead)
        )
        companions = (
            *others,
            *(row for row in answer.companions if row not in others and not alike(row, lead)),
        )
        verdicts = (*first.verdicts, *(v for one in checked if one is not first for v in one.verdicts))
        answer = replace(answer, kind="check", stance=first.stance, verdicts=verdicts, companions=companions)
        if (
            first.stance == "yes"
        ):  # no source was preferred: the claim chose the one, the others stand beside it
            kept = tuple(note for note in answer.warnings if note.code != "sources_differ")
            answer = replace(answer, warnings=kept)
        held = {verdict.said for verdict in verdicts} | {claim.text for claim in moved}
        rest = [claim.text for claim in claims if claim.text not in held]
        rest += [
            q.text for q in question.quantities if q not in quantities and _COUNTS.match(clean, q.span[1])
        ]
        if rest and first.stance == "yes":
            note = Note("unchecked", {"said": "; ".join(rest)})
            answer = replace(answer, assumptions=(note, *answer.assumptions))
        return answer, remember(asked, wanted, answer)

    def _paired(
        self, question: Question, wanted: Wanted, claims: Sequence[Claim], quantities: Sequence[Quantity]
    ) -> list[tuple[Wanted, Sequence[Claim]]]:
        """What is claimed of what: several numbers for several sources, years or measures belong to
        the one named last before each; what is said before the first source is of both."""
        if len(claims) < 2:
            return [(wanted, claims)]
        slot, named = told_apart(question, joined=bool(wanted.joined))
        if not slot:
            kinds = dict.fromkeys(claim.kind for claim in claims)
            groups: list[tuple[Wanted, Sequence[Claim]]] = [
                (wanted, [claim for claim in claims if claim.kind == kind]) for kind in kinds
            ]
            of_all = [
                claim
                for claim, quantity in zip(claims, quantities, strict=True)
                if claim.kind == "money" and of_the_total(question, quantity, quantities)
            ]
            if not of_all:
                return groups
            measures = tuple(one for one in wanted.measures if one in AMOUNTS) or wanted.of
            whole = replace(wanted, programmes=("total",), measures=measures, of=())
            groups = [(slots, [claim for claim in said if claim not in of_all]) for slots, said in groups]
            return [
                *((whole, [claim]) for claim in of_all),
                *((slots, said) for slots, said in groups if said),
            ]
        sums = [
            quantity for claim, quantity in zip(claims, quantities, strict=True) if claim.kind != "percent"
        ]
        if slot == "periods" and len(sums) == len(named) and sums[0].span[0] < named[0][0]:
            year_of = {quantity.text: code for quantity, (_, code) in zip(sums, named, strict=True)}
            return [
                (replace(wanted, joined="", periods=(year_of[claim.text],) if claim.text in year_of else wanted.periods), [claim])
                for claim in claims
            ]  # fmt: skip
        first_of = "total" if slot == "programmes" else named[0][1]
        if slot in ("programmes", "regions") and (
            named_after := before_their_names(question.clean, quantities, named)
        ):
            by_claim: list[dict[str, Any]] = [
                {slot: (named_after.get(quantity.span, first_of),)} for quantity in quantities
            ]
            return [(replace(wanted, **its), [claim]) for claim, its in zip(claims, by_claim, strict=True)]
        first = "total" if slot == "programmes" and len(claims) > len(named) else named[0][1]
        pairs: list[tuple[Wanted, Sequence[Claim]]] = []
        for claim, quantity in zip(claims, quantities, strict=True):
            before = [value for position, value in named if position < quantity.span[0]] or [first]
            if (
                slot == "programmes" and _PARTS_FOLLOW.search(question.clean[quantity.span[1] : named[0][0]])
            ) or (slot == "programmes" and _SUMMED.search(question.clean[: quantity.span[0]])):
                before = ["total"]
            if slot == "measures" and claim.kind == "percent":
                pairs.append((wanted, [claim]))  # of the rate between the two
                continue
            own: dict[str, Any] = {slot: (before[-1],)}
            if slot == "periods":
                own["joined"] = ""
            if slot == "measures":
                own["of"] = ()
            pairs.append((replace(wanted, **own), [claim]))
        return pairs

    def _checked(
        self, pairs: Sequence[tuple[Wanted, Sequence[Claim]]], *, of_anything: bool = False
    ) -> list[Checked]:
        """What could be checked, in order; what names no place of its own is of the place of the others."""
        found = [check(self._base, slots, said, of_anything=of_anything) for slots, said in pairs]
        lead = next((one.found.lead for one in found if one is not None), None)
        for order, (slots, said) in enumerate(pairs):
            if found[order] is None and lead is not None and not slots.regions:
                found[order] = check(self._base, replace(slots, regions=(lead.region,)), said)
        return [one for one in found if one is not None]

    def _money(self, question: Question) -> str:
        """The sum that is spoken of: what was spent, or one with a name of its own ("vốn đối ứng")."""
        units = self._base.indicators
        return next((one for one in question.indicators if units[one].unit == "VND"), FUNDING)

    def _things(self, question: Question) -> dict[tuple[int, int], str]:
        """What each bare number is said of ("29 đề án, 3 hội chợ"), by where the number stands."""
        found = {}
        for quantity in question.quantities:
            if quantity.scaled:
                continue
            tail = question.clean[quantity.span[1] :].lstrip()
            for one in question.indicators:
                unit = fold(self._base.indicators[one].unit).split(",")[0].split("/")[0]
                if unit and re.match(
                    rf"{re.escape(unit)}\b|{re.escape(unit.split()[0])}\b(?= *(?:,|;|$))", tail
                ):
                    found[quantity.span] = one
                    break
        return found

    def _each_measure(
        self,
        question: Question,
        wanted: Wanted,
        claims: Sequence[Claim],
        quantities: Sequence[Quantity],
        percents: dict[Claim, str],
        of_all: Sequence[Claim],
    ) -> list[tuple[Wanted, Sequence[Claim]]]:
        """ "Đạt 90,59% kế hoạch, tăng 51,64%": each percent of its own measure, sums of what was named; a year after
        "so với" is only what the change is against."""
        named = tuple(one.value for one in question.measures.named if one.value in AMOUNTS)
        amounts = tuple(one for one in named if one != "plan") or named
        periods = (
            wanted.periods[:1] if len(wanted.periods) == 2 and "so voi" in question.clean else wanted.periods
        )
        pairs: list[tuple[Wanted, Sequence[Claim]]] = []
        for claim, quantity in zip(claims, quantities, strict=True):
            measures = (percents[claim],) if percents.get(claim) else amounts
            if claim.kind == "percent" and claim not in percents:
                measures = wanted.measures
            slots = replace(
                wanted, measures=measures, of=(), periods=periods, **_last_before(question, quantity)
            )
            if claim in of_all:
                slots = replace(slots, programmes=("total",))
            pairs.append((slots, [claim]))
        return pairs


def _last_before(question: Question, quantity: Quantity) -> dict[str, Any]:
    """Of several places or programmes the one named last before a number, or the first."""
    slots = {
        "regions": [(one.position, one.id) for one in question.regions],
        "programmes": [(one.position, one.value) for one in question.programmes],
    }
    return {
        slot: tuple([value for position, value in named if position < quantity.span[0]][-1:] or [named[0][1]])
        for slot, named in slots.items()
        if len(named) > 1
    }
