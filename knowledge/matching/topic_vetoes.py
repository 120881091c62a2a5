"""Vetoes of what is off the question: another topic, another scheme, another number, the document instead of what it says."""

from __future__ import annotations

from itertools import pairwise

from knowledge.language.spans import IDLE
from knowledge.matching.candidates import Candidate, tokens
from knowledge.matching.case import NEARLY, TRADE, WORKSHOP, Case
from knowledge.reading.question import Question
from knowledge.records import Answer
from knowledge.text import fold

_DONE = frozenset({"actual", "plan", "allocated", "estimate"})
_OF_CONTENT = frozenset(
    (
        "papers",
        "procedure",
        "deadline",
        "duration",
        "approver",
        "place",
        "payment",
        "duty",
        "sanction",
        "repay",
        "selection",
    )
)
"""Aspects that a rule tells of, whoever asks and whichever document says it."""
_OF_RULES = _OF_CONTENT | {"conditions", "priority", "before_approval", "twice"}
"""Aspects that no number tells of."""
_NAMED_BY = {
    "document": frozenset({"document"}),
    "event": frozenset({"head:event", "event_name", "head:khuyen_cong", "kind:province", "region", "period"}),
}
"""Frames whose objects are named by these tokens and no others."""
_OF_A_CARD = {
    "document": ("issuer", "issued", "signer", "replaced", "replaced_by", "amended_by"),
    "contact": ("contact",),
    "event": ("chair", "participants"),
}
"""Frames that tell of one thing itself, with the aspects that they tell."""
_CAUSES = frozenset({("asks", "why"), ("aspect", "cause"), ("aspect", "difficulty")})
"""What a text speaks of that says why something is as it is."""
_VALIDITY = "hieu_luc_van_ban"
"""The topic of texts on documents themselves."""
_VOTE = "binh_chon"
"""The topic of texts on the vote."""
_TEXTS = frozenset({"entry", "eligible", "level"})
"""Frames that tell what the rules say."""


def another_topic(case: Case, candidate: Candidate) -> bool:
    """Money or numbers of a neighbouring topic are asked for, and the figure is of ours; or marks are asked for, which no
    figure counts."""
    question = case.question
    if candidate.frame == "figure" and question.reading.has("asks", "points") and not question.follow_up:
        return not (question.own_topic or question.money or question.programmes or question.indicators)
    if candidate.frame != "figure" or candidate.answer.status != "answered" or question.own_topic:
        return False
    lead = candidate.answer.figures[:1]
    unsaid = bool(lead) and case.base.regions[lead[0].region].kind == "province" and not question.regions
    unplaced = unsaid and bool(question.reading.residue)
    return bool(question.neighbour) or question.reading.has("neighbour") or unplaced


def another_scheme(case: Case, candidate: Candidate) -> bool:
    """What another scheme supports is asked, and the candidate says what ours does."""
    if candidate.frame not in _TEXTS or case.question.own_topic:
        return False
    spans = [span for span in case.question.reading.spans if span.slot not in IDLE]
    begins = spans[:-1]  # a "no" at the end asks about the other topic itself
    return any(
        one.slot == "neighbour" and (following.means("head", "support") or following.means("asks", "yes_no"))
        for one, following in pairwise(begins)
    )


_OF_FIGURES = ("asks", "measure", "programme", "period", "operator", "number", "head")
"""Slots of a message that may ask for a figure."""


def no_number_asked(case: Case, candidate: Candidate) -> bool:
    """The place or time of a figure would be asked back, or one is said to be missing, where nothing was said of a number,
    a place or a time; or a figure is told where only a year is asked, or to somebody who tells of a workshop.
    """
    question = case.question
    if candidate.frame != "figure":
        return False
    placed = question.regions or question.periods.found
    if question.reading.has("neighbour", "topic") and not (question.money or placed):
        return candidate.answer.status == "asked_back"
    if any((question.compare, question.series, question.rank, question.listing)):
        return False
    if _of_a_level(case) or _of_a_rule(case):
        return True
    if candidate.answer.status == "answered":
        which_year = question.reading.has("asks", "which_year") and not (question.money or question.counted)
        return which_year or _introduces_itself(question)
    return not placed and _says_no_number(question, candidate.answer)


def _introduces_itself(question: Question) -> bool:
    """Whether somebody tells of a workshop and its trade, and asks nothing."""
    reading = question.reading
    workshop = reading.has("kind", "establishment") and reading.has("entry_name")
    return workshop and not (question.money or any(map(reading.has, _OF_FIGURES)))


def _says_no_number(question: Question, answer: Answer) -> bool:
    """Whether a question without place and time asks for no number of ours either."""
    if question.measures.named and not question.money:
        return question.who  # "ai duyệt" asks for no plan
    if question.reading.has("neighbour", "topic"):
        return True
    ours = question.money or question.programmes or question.indicators
    if any(note.code == "strange_words" for note in answer.gaps):
        return not (ours or question.own_topic)
    number = question.reading.has("head", "document")  # "số bao nhiêu" is the document's
    return not (ours or question.counted or (question.amount and not number))


def _of_a_rule(case: Case) -> bool:
    """Whether papers, a place, a deadline or the like, a document, or when something is to be done is asked, and no number."""
    question, reading = case.question, case.question.reading
    ours = question.money or question.measures.named or question.counted or question.programmes
    number = question.amount and (ours or not reading.has("asks", "list"))
    number = number or reading.has("asks", "how_much", "how_many", "percent", "which_year")
    when = reading.has("asks", "when") and reading.has("aspect")
    paid = {"payment"} if question.regions and question.periods.found else set()
    rules = [one for one in reading.of("aspect", *_OF_RULES - paid) if not (paid and one.means("role"))]
    asks = bool(rules) or when or reading.has("asks", "which_document")
    return asks and not number and not any((question.series, question.rank, question.compare))


def _of_a_level(case: Case) -> bool:
    """Whether it is asked up to how much of something is supported, and of no place's or programme's money."""
    question, reading = case.question, case.question.reading
    asks = reading.has("aspect", "amount") or reading.has("asks", "how_much")
    asks = asks and reading.has("activity")
    placed = question.regions and question.periods.found
    ours = placed or question.programmes or question.measures.named
    return asks and not ours and any(one.answer.levels for one in case.candidates)


def event_for_a_stall(case: Case, candidate: Candidate) -> bool:
    """Who pays for a stall is asked, or a fair in another country is spoken of, and an event of ours is told or asked back."""
    reading = case.question.reading
    if candidate.frame != "event":
        return False
    fairs = [span for span in reading.of("activity") if span.means("head", "event")]
    stalls = [one for one in reading.of("activity", *(span.value for span in fairs)) if one not in fairs]
    abroad = candidate.answer.status == "asked_back" and reading.has("fact", "abroad")
    return abroad or bool(fairs and stalls and reading.has("asks", "who"))


def report_for_a_workshop(case: Case, candidate: Candidate) -> bool:
    """What a workshop may have is asked, and the text is of a report on how a region or a year went."""
    entries = candidate.answer.entries
    if candidate.frame != "entry" or entries[0].kind != "assessment":
        return False
    reading = case.question.reading
    asks = case.question.yes_no and (reading.has("intent") or reading.has("fact"))
    return asks and any(one.frame == "eligible" and one.answer.entries for one in case.candidates)


def support_for_the_vote(case: Case, candidate: Candidate) -> bool:
    """The vote on products is asked about, and the candidate says who may have support."""
    reading, entries = case.question.reading, candidate.answer.entries
    if not entries or not (reading.has("activity", "binh-chon") or reading.has("head", "product_vote")):
        return False
    topics = [set(one.answer.entries[0].topics) for one in case.candidates if one.answer.entries]
    return bool(WORKSHOP & set(entries[0].topics)) and any(_VOTE in own for own in topics)


def another_number(case: Case, candidate: Candidate) -> bool:
    """A number is asked for with no word of support or money, and the candidate says who or what is supported."""
    question, reading, answer = case.question, case.question.reading, candidate.answer
    if candidate.frame not in _TEXTS or (not answer.entries and not answer.levels):
        return False
    if question.own_topic or question.counted or not reading.has("asks", "how_much", "how_many"):
        return False
    ours = ("head", "aspect", "amount", "intent", "programme", "document", "event_name")
    promises = bool(answer.entries) and bool(WORKSHOP & set(answer.entries[0].topics))
    if answer.levels:
        promises = not reading.has("asks", "how_much")
    return promises and not any(reading.has(slot) for slot in ours)


def document_in_passing(case: Case, candidate: Candidate) -> bool:
    """What a document says of an aspect, or a number, is asked, and the candidate tells of the document itself."""
    if case.holds_a_number and candidate.frame == "document":
        return candidate.answer.status == "answered"
    if case.question.counted and candidate.frame == "document":
        return candidate.answer.kind == "document" and candidate.answer.status == "answered"
    reading = case.question.reading
    signed = reading.of("aspect", "signer")  # who signed approved nothing
    asked = {one for one in _OF_RULES if any(span not in signed for span in reading.of("aspect", one))}
    lacks = any(note.code == "no_document" for one in case.candidates for note in one.answer.gaps)
    says = bool(case.question.documents) and not case.question.yes_no
    if (
        not (asked and says)
        or lacks
        or reading.has("aspect", "validity")
        or reading.has("asks", "which_document")
        or candidate.frame not in ("document", "entry")
    ):
        return False
    entries = candidate.answer.entries
    return not entries or (_VALIDITY in entries[0].topics and not asked & case.aspects_of(candidate))


def rule_for_its_card(case: Case, candidate: Candidate) -> bool:
    """What the card of a document, an office or an event says is asked (who issued it, where it is, who led it), and the
    text says it not."""
    reading = case.question.reading
    if candidate.frame != "entry":
        return False
    for one in case.candidates:
        asked = {value for value in _OF_A_CARD.get(one.frame, ()) if reading.has("aspect", value)}
        if one.frame == "contact" and reading.has("kind", "office") and reading.has("asks", "where"):
            asked.add("place")
        if asked and one.answer.status == "answered" and asked.isdisjoint(case.aspects_of(candidate)):
            return True
    return False


def signer_beside_its_card(case: Case, candidate: Candidate) -> bool:
    """Who signed a document is asked, which its card answers, and a text on documents is told."""
    if candidate.frame != "entry" or _VALIDITY not in candidate.answer.entries[0].topics:
        return False
    return case.question.reading.has("aspect", "signer") and any(
        one.frame == "document" and one.answer.kind == "document" and one.answer.status == "answered"
        for one in case.candidates
    )


def named_alone(case: Case, candidate: Candidate) -> bool:
    """A document, an event, a place, a time or a workshop is named and nothing else said, and the candidate is of something else."""
    said = set(tokens(case.question))
    reading = case.question.reading
    if candidate.frame not in ("entry", "figure") or reading.residue:
        return False
    said_of = (
        {span.slot for span in reading.spans if not span.means("asks", "how")} - IDLE - {"scope", "talk"}
    )
    bare = said_of <= ({"intent", "kind", "asks"} if case.question.yes_no else {"asks"})
    if candidate.frame == "entry" and said_of and (bare or said_of <= {"region", "period"}):
        return True
    return any(
        said <= _NAMED_BY.get(one.frame, frozenset()) and one.answer.status == "answered"
        for one in case.candidates
    )


def cause_of_another(case: Case, candidate: Candidate) -> bool:
    """Why a number is as it is, is asked, and the text says so of a number of another kind, or is a report on no cause."""
    question, reading = case.question, case.question.reading
    if candidate.frame != "entry" or not (question.why or reading.has("aspect", "cause")):
        return False
    asked = {value for value in reading.values("measure") if value in _DONE}
    entry = candidate.answer.entries[0]
    slots = case.kinship.slots(fold(entry.title))
    if question.money and entry.kind == "assessment" and candidate.likely is not None:
        near = slots | case.kinship.slots(candidate.likely.key)
        if near.isdisjoint(_CAUSES):
            return True
    told = {value for slot, value in slots if slot == "measure" and value in _DONE}
    return bool(asked and told) and asked.isdisjoint(told)


def another_trade(case: Case, candidate: Candidate) -> bool:
    """A trade is named, and the text tells the rule of another trade."""
    likely = candidate.likely
    if likely is None or likely.near >= NEARLY or not case.trades:
        return False
    entry = candidate.answer.entries[0]
    told = {one.id for other in case.candidates for one in other.answer.entries}
    return TRADE in entry.topics and entry.id not in case.trades and bool(told & case.trades)


def denial_of_another_kind(case: Case, candidate: Candidate) -> bool:
    """Which place or which thing is not supported is asked, and the text tells what else is not."""
    reading = case.question.reading
    if candidate.likely is None or not reading.has("undone", "not_done") or not reading.has("asks"):
        return False
    asked = {("activity", one) for one in reading.values("activity")}
    asked |= {("asks", "where")} if reading.has("asks", "where") else set()
    entry = candidate.answer.entries[0]
    slots = set().union(*map(case.kinship.slots, (entry.title, candidate.likely.key, *entry.aliases)))
    return bool(asked) and asked.isdisjoint(slots)


def declined_by_name(case: Case, candidate: Candidate) -> bool:
    """Nothing is understood, and another candidate says what it is that we lack."""
    lacks = any(one.frame == "eligible" and one.answer.status == "no_answer" for one in case.candidates)
    return candidate.frame == "other" and lacks


def entry_silent_on_topic(case: Case, candidate: Candidate) -> bool:
    """A neighbouring topic is asked about of which the texts never speak."""
    reading = case.question.reading
    place = candidate.frame == "eligible" and not any(
        reading.has(slot) for slot in ("activity", "entry_name", "aspect")
    )
    place = place and not (reading.has("head") and reading.has("kind", "establishment"))
    if not (candidate.frame == "entry" or place) or not candidate.answer.entries:
        return False
    named = reading.of("neighbour")
    parts = {one.text: one for one in reading.inner if one.means("neighbour")}
    topics = [
        {span.text, *(text for text, one in parts.items() if span.start <= one.start < span.end)}
        for span in named
    ]
    if case.question.neighbour and not named:
        topics.append({fold(case.question.neighbour)})
    texts = [case.base.folded[entry.id] for entry in candidate.answer.entries]
    told = " ".join(part for text in texts for part in (*text.keys, text.body))
    return not all(any(one in told for one in topic) for topic in topics)
