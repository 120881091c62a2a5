"""Claims: is this number right, and of what."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Any

from knowledge import folded_re as re
from knowledge.answering.comparing import remember
from knowledge.answering.library import Asked
from knowledge.answering.wanting import Wanting
from knowledge.base import KnowledgeBase
from knowledge.dialogue import Context
from knowledge.finding.answer import figure_answer
from knowledge.finding.claims import Checked, Claim, check
from knowledge.finding.wanted import AMOUNTS, FUNDING, Wanted
from knowledge.reading.numbers import Quantity
from knowledge.reading.question import Question
from knowledge.records import Answer, Figure, Note
from knowledge.text import fold

_FALL = re.compile(r"\b(?:giam|thap hon|it hon|kem|sut|tut|hut)\b")

_OR = re.compile(r"\d[^\d]{0,12} (?:hay|hoac)(?: la)? \d")
"""Two numbers, of which one is right: neither is claimed."""
_MOVED_BY = re.compile(
    r"\b(?:giam|tang|chenh(?: lech)?|hon|kem|vuot|hut|them)(?: (?:la|khoang|gan|toi|den))? $"
)
"""Before a number that is the difference of two others."""
_ABOVE = re.compile(r"\b(?:giam|tang|chenh(?: lech)?|hon|kem|vuot|hut|them)\b[^,;]{0,30}$")
"""The same, with what it is above of in between ("hơn phía Nam 94,7 tỷ")."""
_RISE = re.compile(r"\b(?:tang|cao hon|nhieu hon|vuot)\b")
_PERCENT_OF = (
    ("change", re.compile(r"\b(?:tang|giam)(?: [a-z]+){0,2} $"), None),
    ("share", re.compile(r"\bchiem(?: [a-z]+){0,2} $"), None),
    (
        "rate",
        re.compile(r"\b(?:dat|bang|hoan thanh)(?: [a-z]+){0,2} $"),
        re.compile(r" ?(?:so voi |cua )?(?:ke hoach|kh|du toan)\b"),
    ),
)
"""What a claimed percent is of: a measure, the words before the number, and those after it that say so too."""


_COUNTS = re.compile(
    r" (?:co so|nguoi|lop|de an|mo hinh|san pham|luot|hoi cho|don vi|doanh nghiep|du an|nhiem vu)\b"
)
"""After a bare number: it counts something, so that it is a claim too."""
_POINT = 0.11
"""The last printed digit of a percent, and a little more."""


class Checking:
    """Checks the numbers of a question against the figures of one base."""

    def __init__(self, base: KnowledgeBase, wanting: Wanting) -> None:
        self._base = base
        self._wanting = wanting

    def answer(self, asked: Asked, wanted: Wanted) -> tuple[Answer, Context] | None:
        """Whether the claimed numbers are right; None where no number is claimed or nothing can be checked."""
        question = asked.question
        clean = question.clean
        direction = -1 if _FALL.search(clean) else 1 if _RISE.search(clean) else 0
        things = self._things(question)
        scaled = any(q.scaled for q in question.quantities)
        quantities = [q for q in question.quantities if q.scaled or not scaled or q.span in things]
        claims = [
            Claim(
                q.value,
                q.kind,
                q.text,
                direction,
                bool(re.search(rf"\b(?:gan|khoang|hon|tren|xap xi|tam) {re.escape(q.text)}", clean)),
            )
            for q in quantities
        ]
        if not claims or _is_a_difference(question, wanted, claims, quantities):
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
            measures, of = self._wanting.funding_measures(
                replace(question, measures=replace(question.measures, percent=True)),
                tuple(m for m in wanted.measures),
            )
            wanted = replace(wanted, measures=measures, of=of)
        elif not scaled and wanted.indicator == FUNDING and not counts:
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
            claim: _percent_of(clean, one)
            for claim, one in zip(claims, quantities, strict=True)
            if claim.kind == "percent"
        }
        if len({measure for measure in percents.values() if measure}) > 1:
            moved, pairs = [], self._each_measure(question, wanted, claims, percents)
        else:
            pairs = self._paired(question, wanted, claims, quantities)
        held_apart = [
            (slots, said)
            for slots, said in _each_thing(pairs, counts)
            if not (len(said) == 1 and said[0] in moved)
        ]
        checked = self._checked(held_apart)
        if not checked or not _differ_by(checked, moved):
            return None
        first = next((one for one in checked if one.stance == "no"), checked[0])
        lead = first.found.lead
        assert lead is not None
        answer = figure_answer(self._base, first.found, asked.today)
        others = tuple(
            one.found.lead
            for one in checked
            if one is not first and one.found.lead is not None and not _alike(one.found.lead, lead)
        )
        companions = (
            *others,
            *(row for row in answer.companions if row not in others),
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
        slot, named = _told_apart(question, joined=bool(wanted.joined))
        if not slot:
            kinds = dict.fromkeys(claim.kind for claim in claims)
            groups: list[tuple[Wanted, Sequence[Claim]]] = [
                (wanted, [claim for claim in claims if claim.kind == kind]) for kind in kinds
            ]
            part = question.clean.find("trong do")
            if len(question.programmes) != 1 or not 0 <= part < question.programmes[0].position:
                return groups
            of_all = [
                c for c, q in zip(claims, quantities, strict=True) if q.span[0] < part and c.kind == "money"
            ]
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
        first = "total" if slot == "programmes" and len(claims) > len(named) else named[0][1]
        pairs: list[tuple[Wanted, Sequence[Claim]]] = []
        for claim, quantity in zip(claims, quantities, strict=True):
            before = [value for position, value in named if position < quantity.span[0]] or [first]
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

    def _checked(self, pairs: Sequence[tuple[Wanted, Sequence[Claim]]]) -> list[Checked]:
        """What could be checked, in order; what names no place of its own is of the place of the others."""
        found = [check(self._base, slots, said) for slots, said in pairs]
        lead = next((one.found.lead for one in found if one is not None), None)
        for order, (slots, said) in enumerate(pairs):
            if found[order] is None and lead is not None and not slots.regions:
                found[order] = check(self._base, replace(slots, regions=(lead.region,)), said)
        return [one for one in found if one is not None]

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
        self, question: Question, wanted: Wanted, claims: Sequence[Claim], percents: dict[Claim, str]
    ) -> list[tuple[Wanted, Sequence[Claim]]]:
        """ "Đạt 90,59% kế hoạch, tăng 51,64%": each percent of its own measure, sums of what was named; a year after
        "so với" is only what the change is against."""
        named = tuple(one.value for one in question.measures.named if one.value in AMOUNTS)
        amounts = tuple(one for one in named if one != "plan") or named
        periods = (
            wanted.periods[:1] if len(wanted.periods) == 2 and "so voi" in question.clean else wanted.periods
        )
        pairs: list[tuple[Wanted, Sequence[Claim]]] = []
        for claim in claims:
            measures = (percents[claim],) if percents.get(claim) else amounts
            if claim.kind == "percent" and claim not in percents:
                measures = wanted.measures
            pairs.append((replace(wanted, measures=measures, of=(), periods=periods), [claim]))
        return pairs


def _alike(one: Figure, other: Figure) -> bool:
    """Whether two sources print the same of the same."""
    slots = ("indicator", "measure", "of", "programme", "region", "period", "value")
    return all(getattr(one, slot) == getattr(other, slot) for slot in slots)


def _is_a_difference(
    question: Question, wanted: Wanted, claims: Sequence[Claim], quantities: Sequence[Quantity]
) -> bool:
    """Whether the only claim is by how much one of two figures is above the other: no figure has that value."""
    two = any(len(slot) == 2 for slot in (wanted.periods, wanted.regions, wanted.programmes))
    against = two or question.periods.before or question.periods.same
    return (
        len(claims) == 1
        and claims[0].kind == "money"
        and bool(question.compare and against)
        and bool(_ABOVE.search(question.clean[: quantities[0].span[0]]))
    )


def _each_thing(
    pairs: Sequence[tuple[Wanted, Sequence[Claim]]], counts: dict[Claim, str]
) -> Iterator[tuple[Wanted, Sequence[Claim]]]:
    """The same, with every count held against figures of what it counts."""
    for slots, said in pairs:
        if counts and any(claim.kind == "money" for claim in said):
            slots = replace(slots, indicator=FUNDING)
        rest = [claim for claim in said if counts.get(claim, slots.indicator) == slots.indicator]
        if rest:
            yield slots, rest
        for claim in said:
            if claim not in rest:
                yield replace(slots, indicator=counts[claim], measures=(), of=(), terms=()), [claim]


def _percent_of(clean: str, quantity: Quantity) -> str:
    """The measure that the words around a claimed percent name; empty where they name none."""
    start, end = quantity.span
    for measure, before, after in _PERCENT_OF:
        if before.search(clean[:start]) or (after is not None and after.match(clean, end)):
            return measure
    return ""


def _told_apart(question: Question, *, joined: bool) -> tuple[str, list[tuple[int, str]]]:
    """The slot of which several values are named, with these and where they stand; empty where none is."""
    amounts = [one for one in question.measures.named if one.value in AMOUNTS]
    slots = {
        "programmes": [(one.position, one.value) for one in question.programmes],
        "periods": []
        if joined
        else sorted((one.position, one.code) for one in question.periods.found if one.code),
        "measures": [(one.position, one.value) for one in amounts],
    }
    return next(((slot, named) for slot, named in slots.items() if len(named) > 1), ("", []))


def _differ_by(checked: Sequence[Checked], moved: Sequence[Claim]) -> bool:
    """Whether the claimed difference is that of the two figures; True where none is claimed, or there are not two."""
    leads = [one.found.lead for one in checked if one.found.lead is not None]
    if not moved or len(leads) != 2 or leads[0].unit != leads[1].unit:
        return True
    difference = abs(leads[0].value - leads[1].value)
    if moved[0].kind == "percent" and leads[0].unit != "percent":
        base = min(leads, key=lambda row: row.period).value
        return bool(base) and abs(float(abs(moved[0].value)) - 100 * difference / abs(base)) <= _POINT / 2
    return abs(float(abs(moved[0].value)) - difference) <= 0.005 * difference
