"""Which number of a claim is of what: the measure, the programme, the year or the thing that the words around it name."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from knowledge import folded_re as re
from knowledge.finding.claims import Checked, Claim
from knowledge.finding.wanted import AMOUNTS, Wanted
from knowledge.reading.numbers import Quantity
from knowledge.reading.periods import shift_year
from knowledge.reading.question import Question
from knowledge.records import Comparison, Figure, Stance

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
_ABOVE = re.compile(r"\b(?:giam|tang|chenh(?: lech)?|hon|kem|vuot|hut|them)\b[^,;]{0,30}$")
"""The same, with what it is above of in between ("hơn phía Nam 94,7 tỷ")."""
ROUNDED = 0.005
"""By what share a claimed sum may be off what it is computed from: both were rounded."""
_POINT = 0.11
"""The last printed digit of a percent, and a little more."""
_OF = re.compile(
    r" ?(?:(?:de an|co so|nguoi|ty dong|trieu dong|ty|trieu|dong) ?)?(?:(?:cua|thuoc|nguon|tu|la|o|tai|khu vuc|vung) ?)*"
)
_NUMBER_FOLLOWS = re.compile(r"[a-z]+(?: (?!va )[a-z]+){0,3} ?:? ?\d")


def percent_of(clean: str, quantity: Quantity) -> str:
    """The measure that the words around a claimed percent name; empty where they name none."""
    start, end = quantity.span
    for measure, before, after in _PERCENT_OF:
        if before.search(clean[:start]) or (after is not None and after.match(clean, end)):
            return measure
    return ""


def of_the_total(question: Question, quantity: Quantity, quantities: Sequence[Quantity]) -> bool:
    """Whether a number stands before the only programme that is named, and apart from it, while another number is of
    that programme ("thực hiện 176,4 tỷ, trong đó KCQG 79,9 tỷ")."""
    if len(question.programmes) != 1:
        return False
    position = question.programmes[0].position
    between = question.clean[quantity.span[1] : position]
    apart = quantity.span[1] <= position and re.search(r"[,;.]|\btrong do\b", between)
    return bool(apart and any(one.span[0] > position for one in quantities))


def each_thing(
    pairs: Sequence[tuple[Wanted, Sequence[Claim]]], counts: dict[Claim, str], money: str
) -> Iterator[tuple[Wanted, Sequence[Claim]]]:
    """The same, with every count held against figures of what it counts, and sums against those of `money`."""
    for slots, said in pairs:
        if counts and any(claim.kind == "money" for claim in said):
            slots = replace(slots, indicator=money)
        rest = [claim for claim in said if counts.get(claim, slots.indicator) == slots.indicator]
        if rest:
            yield slots, rest
        for claim in said:
            if claim not in rest:
                yield replace(slots, indicator=counts[claim], measures=(), of=(), terms=()), [claim]


def is_a_difference(
    question: Question, wanted: Wanted, claims: Sequence[Claim], quantities: Sequence[Quantity]
) -> bool:
    """Whether the only claim is by how much one of two figures is above the other, or what they add up to: no figure
    has that value."""
    two = any(len(slot) == 2 for slot in (wanted.periods, wanted.regions, wanted.programmes))
    if len(claims) == 1 and claims[0].kind == "money" and wanted.total_word and len(wanted.regions) == 2:
        return True  # their sum
    against = two or question.periods.before or question.periods.same
    return (
        len(claims) == 1
        and claims[0].kind == "money"
        and bool(question.compare and against)
        and bool(_ABOVE.search(question.clean[: quantities[0].span[0]]))
    )


_OVER = re.compile(r"(?<!thap )(?<!it )(?<!cao )(?<!nhieu )\b(?:hon|tren)(?: muc)? $")
_UNDER = re.compile(r"\b(?:chua|khong) (?:den|toi|qua)(?: muc)? $|\bduoi $")


def bound_of(clean: str, quantity: Quantity) -> str:
    """Which way a claimed number is only a bound: `over` ("hơn 80 tỷ"), `under` ("chưa đến 80 tỷ"), or neither."""
    before = clean[: quantity.span[0]]
    return "over" if _OVER.search(before) else "under" if _UNDER.search(before) else ""


def moved_since(wanted: Wanted) -> Wanted | None:
    """ "Năm 2025 tăng 40% so với 2024": the move is of the later year; None where the years do not follow one another."""
    early, late = sorted(wanted.periods)
    return replace(wanted, periods=(late,), joined="") if shift_year(early, 1) == late else None


def before_their_names(
    clean: str, quantities: Sequence[Quantity], named: Sequence[tuple[int, str]]
) -> dict[tuple[int, int], str]:
    """ "8 KCQG và 58 KCĐP": which programme each number is of, by where the number stands; empty where a number comes
    after the name, or a name has none."""
    found = {}
    for position, value in named:
        for quantity in quantities:
            if _OF.fullmatch(clean[quantity.span[1] : position]) and quantity.span[1] <= position:
                found[quantity.span] = value
    if len(found) != len(named) or _NUMBER_FOLLOWS.match(clean, named[-1][0]):
        return {}
    return found


_TIMES = re.compile(
    r"\bgap (?:(?P<about>gan|hon|tren|khoang|tam|xap xi|den|toi|duoc) )?(?:(?P<word>doi|ruoi)|(?P<number>\d+(?:[.,]\d+)?)(?: lan)?)\b(?: (?P<after>ruoi))?"
)
_TIMES_OF = {"doi": 2.0, "ruoi": 1.5}
_HALF = re.compile(
    r"\b(?:(?P<about>hon|gan|tren|khoang|bang|chiem|duoc|chua (?:den|toi|bang)) )(?:mot |1 )?nua\b(?! (?:nam|dau|cuoi|thang|quy))"
)


def claimed_times(question: Question, comparison: Comparison) -> Stance | None:
    """Whether what is named first is as many times the other as is claimed ("gấp đôi", "gấp hơn 3 lần"); a whole number
    of times may be one twentieth off. None where no such thing is claimed, or it is not clear of what."""
    said = _TIMES.search(question.clean)
    half = _HALF.search(question.clean) if said is None else None
    if (said is None and half is None) or comparison.kind not in ("time", "region", "programme"):
        return None
    one, other = comparison.first, comparison.second
    if comparison.kind == "time":
        years = [period.code for period in question.periods.found if period.code]
        if not years or years[0] == other.period:
            one, other = other, one
    if one.value <= 0 or other.value <= 0:
        return None
    ratio = one.value / other.value
    if said is None:
        return _stance(_half_right(ratio, half["about"] if half else ""))
    number = said["number"]
    times = _TIMES_OF[said["word"]] if said["word"] else float(number.replace(",", "."))
    if said["after"]:
        times += 0.5
    if said["about"] in ("hon", "tren"):
        right = times < ratio < times + 1
    elif said["about"] == "gan":
        right = 0.85 * times <= ratio < times
    elif number and re.search(r"[.,]", number):
        right = abs(ratio - times) <= 0.5 * 10 ** -len(re.split(r"[.,]", number)[1])
    else:
        right = abs(ratio - times) <= 0.05 * times
    return _stance(right)


def _half_right(ratio: float, about: str) -> bool:
    """Whether one is so much of the other as "hơn nửa", "gần nửa", "bằng nửa" say."""
    if about in ("hon", "tren"):
        return 0.5 < ratio < 1
    if about == "gan" or about.startswith("chua"):
        return (0.4 if about == "gan" else 0) <= ratio < 0.5
    return abs(ratio - 0.5) <= 0.025


def _stance(right: bool) -> Stance:
    return "yes" if right else "no"


def alike(one: Figure, other: Figure) -> bool:
    """Whether two sources print the same of the same."""
    slots = ("indicator", "measure", "of", "programme", "region", "period", "value")
    return all(getattr(one, slot) == getattr(other, slot) for slot in slots)


def differ_by(checked: Sequence[Checked], moved: Sequence[Claim]) -> bool:
    """Whether the claimed difference is that of the two figures; True where none is claimed, or there are not two."""
    leads = [one.found.lead for one in checked if one.found.lead is not None]
    if not moved or len(leads) != 2 or leads[0].unit != leads[1].unit:
        return True
    difference = abs(leads[0].value - leads[1].value)
    if moved[0].kind == "percent" and leads[0].unit != "percent":
        base = min(leads, key=lambda row: row.period).value
        return bool(base) and abs(float(abs(moved[0].value)) - 100 * difference / abs(base)) <= _POINT / 2
    return abs(float(abs(moved[0].value)) - difference) <= ROUNDED * difference


def told_apart(question: Question, *, joined: bool) -> tuple[str, list[tuple[int, str]]]:
    """The slot of which several values are named, with these and where they stand; empty where none is."""
    amounts = [one for one in question.measures.named if one.value in AMOUNTS]
    slots = {
        "regions": [(one.position, one.id) for one in question.regions],
        "programmes": [(one.position, one.value) for one in question.programmes],
        "periods": []
        if joined
        else sorted((one.position, one.code) for one in question.periods.found if one.code),
        "measures": [(one.position, one.value) for one in amounts],
    }
    return next(((slot, named) for slot, named in slots.items() if len(named) > 1), ("", []))
