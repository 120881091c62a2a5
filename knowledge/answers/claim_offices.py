"""Who is said to have made a document: its office, who signed it, and who only submitted it."""

from __future__ import annotations

from itertools import takewhile

from knowledge.answers.claim_days import DAY_CODE
from knowledge.answers.claim_people import NAME
from knowledge.answers.claim_words import is_break, within
from knowledge.language.spans import IDLE, Reading, Span
from knowledge.records import Document
from knowledge.text import fold


def issued_by(document: Document, claimed: str) -> bool:
    """Whether the issuer of a document is the one that is claimed, in whole or by its first or last words; "2646/QĐ-BCT" is
    one of "Bộ Công Thương"."""
    issuer, letters = fold(document.issuer), "".join(word[0] for word in claimed.split())
    named = issuer.startswith(claimed) or claimed.endswith(issuer) or f", {claimed}" in issuer
    number = fold(document.number)
    return named or any(number.endswith(f"-{one}") for one in (letters, letters[1:]) if one)


def makers(reading: Reading) -> list[Span]:
    """The offices and officials that are named, but for those to whom something was submitted."""
    behind = {one.end for one in reading.of("function", "submits")}
    return [one for one in reading.of("kind", "office", "official") if one.start not in behind]


def submits(reading: Reading, office: Span) -> bool:
    """Whether an office only submitted what is spoken of: a word for that stands right behind it."""
    behind = (one for one in reading.spans if one.start >= office.end)
    said = takewhile(lambda one: one.slot in IDLE, behind)
    return any(one.means("function", "submits") for one in said)


def name_behind(reading: Reading, office: Span) -> int:
    """Where the name of somebody ends that stands between an office and the word for signing; 0 for none."""
    signs = (
        one for one in reading.spans if one.start >= office.end and one.means("aspect", "issued", "signer")
    )
    end = min((one.start for one in signs), default=0)
    between = [one for one in reading.spans if office.end <= one.start < end]
    apart = any(is_break(reading, at) for at in range(office.end, end + 1))
    unknown = any(one.slot == "unknown" for one in between)
    return end if unknown and end - office.end in NAME and not apart else 0


def signs(reading: Reading, official: Span) -> bool:
    """Whether an official without an office is said to have signed on a day."""
    day = next((one for one in reading.of("period") if one.start >= official.end), None)
    office = any(one.start == official.end for one in reading.of("kind", "office"))
    _, end = within(reading, official.start, official.end)
    return not office and day is not None and day.start < end and bool(DAY_CODE.fullmatch(day.value))
