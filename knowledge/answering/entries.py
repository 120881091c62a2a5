"""Questions answered by a stored text, by a choice between a few, or not at all."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from knowledge.answering.fitting import Fitting
from knowledge.answering.library import (
    Library,
    dateless,
    day_of,
    notes_of_day,
    of_another_year,
    stored_for_another,
)
from knowledge.answering.wording import FIELD, HOW_MUCH, NOT_INDUSTRY, PAPERS
from knowledge.dialogue import Context
from knowledge.finding.answer import document_answer, entry_answer
from knowledge.finding.entries import Match
from knowledge.reading.question import Question
from knowledge.records import Answer, Choice, Entry, Note, Stance
from knowledge.text import fold
from knowledge.thresholds import THRESHOLDS

_ELIGIBLE = re.compile(
    r"^(?>.*?\b(?:co|xin|duoc|thuoc|nam trong|huong)\b)(?>.*?\bkhuyen cong\b).*\b(?:khong|chua|nao)\b"
    r"|^(?>.*?\bkhuyen cong\b).*\b(?:co (?:cho|ho tro|giup|duoc)|duoc khong|khong)\b"
)

_IS_IT = re.compile(r"\bco phai (?:la |cung la )?(?:chinh sach )?khuyen cong\b")
"""Asks what khuyến công is, not who may have it."""
_SAYS_STEPS = re.compile(r"\b(?:hoso|thu tuc|giay|chung tu)\b")
_OTHERS = re.compile(
    r"^(?:[a-z]+ ){0,4}?(?:xin|cap|lam|thu tuc|ho so|dang ky|thanh lap) (?:thanh lap |cap |xin )?(?:giay phep|ho kinh doanh|kinh doanh)\b"
    r"|^gia (?!tri|cong|han|dinh)(?:[a-z]+ ){1,6}(?:bao nhieu|the nao)\b"
)
"""Licences and registrations, which other offices give, and what things cost."""
_STEPS = re.compile(
    r"(?:\b(?:can|lam|phai co|nop) )?(?:nhung )?\b(?:giay gi|(?:giay to|ho so|thu tuc)(?= .{0,200}\b(?:gi|nao|sao|rang|nhung)\b))\b.*$"
)
"""Papers or steps, up to the end."""
_A_MONTH = "1M"
"""Said of what somebody gets "một tháng", it is no time."""
_MORE = re.compile(r"\b(?:nhieu hon|cao hon|them tien|hon muc)\b")
_HOW_MANY = re.compile(r"\bbao nhieu (?!tien|phan tram|%|la\b|thi\b|duoc\b|khong\b|vay\b|a\b)[a-z]+")
_NUMBER_OF = re.compile(
    r"so (?:luong )?(?:doanh nghiep|hop tac xa|co so|lao dong|nguoi|ho|xuong|to chuc|don vi|lang nghe|cum cong nghiep|nghe nhan|du an|san pham)\b"
)
"""A count that opens the question; a rule is no answer to it."""
_NUMBER = re.compile(r"\d|\b(?:một(?! số)|hai|ba|bốn|năm|sáu|bảy|tám|chín|mười)\b", re.IGNORECASE)
_DATE = re.compile(r"\d{1,2}/\d{1,2}/\d{4}|\b20\d\d\b")
_APART = re.compile(r"\bkhac (?:gi|nhau|the nao|cho nao|sao)\b|\bco phai (?:la )?khuyen cong\b")
"""What parts khuyến công from a neighbouring topic."""
_DEFINES = re.compile(r"^(?:[a-z]+ ){1,6}(?:la gi|la sao|nghia la (?:gi|sao)|la cai gi)\b")
"""Asks what a thing is; an entry that says something else of it is no answer."""

SHORT_KEY = 3
"""Words of a name rather than of a question."""

MOST_RELATED = 2
"""Entries told behind the answer."""


class EntryAnswers:
    """Finds entries of one library and decides whether to answer, to offer or to decline."""

    def __init__(self, library: Library) -> None:
        self._library = library
        self._fitting = Fitting(library)

    def answer(
        self, question: Question, context: Context, today: date, *, supporting: bool
    ) -> tuple[Answer, Context]:
        """The best entry, a choice between a few, or a decline that names the neighbouring topic."""
        exact = self.word_for_word(question, today, exact=True) or self._eligible(question, today)
        if exact is not None:
            return exact
        if not (question.own_topic or supporting or question.yes_no) and _OTHERS.search(question.clean):
            return self.decline(question, context, today)
        matches = self._fitting.matches(question, today)
        if PAPERS.search(question.clean) and not self._tells_steps(question, matches, supporting=supporting):
            steps = self._steps(question, supporting=supporting)
            if steps is not None:
                return self.tell(steps, question, today)
        best = matches[0] if matches else None
        if best is not None and self._is_answer(question, matches, supporting=supporting):
            return self.tell(self._library.base.entries[best.id], question, today, matches[1:])
        titles = self._library.titles.search(question.clean, limit=1)
        if (
            titles
            and titles[0].score >= THRESHOLDS.document_title
            and (best is None or titles[0].score > best.score)
        ):
            document = self._library.base.documents[titles[0].id]
            return document_answer(self._library.base, (document,), today), Context(
                route="document", ids=(document.id,)
            )
        if best is not None and self._is_offer(question, best):
            offered = [match for match in matches if match.score >= best.score - 0.12][:4]
            if (
                question.own_topic
                and len(offered) == 1
                and best.score >= THRESHOLDS.alone
                and not self._refused(question, matches)
            ):
                return self.tell(self._library.base.entries[best.id], question, today)
            titles_offered = dict.fromkeys(self._library.base.entries[match.id].title for match in offered)
            choices = tuple(Choice(title, title) for title in titles_offered)
            answer = Answer(
                status="asked_back", kind="choice", as_of=today, gaps=(Note("ask_which"),), choices=choices
            )
            return answer, Context(route="ask")
        if (
            question.own_topic
            and question.amount
            and not question.neighbour
            and not supporting
            and re.search(r"\b(?:kinh phi|ngan sach|ke hoach|thuc hien)\b", question.clean)
        ):
            answer = Answer(
                status="asked_back",
                kind="choice",
                as_of=today,
                gaps=(Note("ask_period"), Note("ask_region")),
                choices=(),
            )
            return answer, replace(context, route="ask")
        return self.decline(question, context, today)

    def _tells_steps(self, question: Question, matches: Sequence[Match], *, supporting: bool) -> bool:
        """Whether the best entry answers and speaks of papers or steps itself."""
        speaks = bool(matches) and (matches[0].score >= THRESHOLDS.sure or _SAYS_STEPS.search(matches[0].key))
        return bool(speaks) and self._is_answer(question, matches, supporting=supporting)

    def _steps(self, question: Question, *, supporting: bool) -> Entry | None:
        """The entry on papers or steps that is asked for, whatever the trade and the place of who asks."""
        said = _STEPS.search(question.clean)
        if said is None or question.neighbour:
            return None
        if not (question.own_topic or supporting or question.reading.has("activity")):
            return None
        best = self._library.entries.search(f"xin khuyen cong {said.group()}", limit=1)
        entry = self._library.base.entries[best[0].id] if best else None
        sure = entry is not None and "thu_tuc" in entry.topics and best[0].score >= THRESHOLDS.sure
        return entry if sure else None

    def word_for_word(
        self, question: Question, today: date, *, exact: bool = False
    ) -> tuple[Answer, Context] | None:
        """The entry whose stored question this nearly is, word for word but for the date of a rule; None where there is
        none. `exact`: where the words may ask for a figure as well, nothing else must be possible."""
        matches = [] if exact else self._library.entries.search(question.clean, limit=3)
        if not matches or matches[0].score < THRESHOLDS.sure:
            if not question.periods.found or question.amount or question.bare:
                return None
            matches = self._library.entries.search(dateless(question, today), limit=3)
            if not matches or self._fitting.named_that_year(question) not in ("", matches[0].id):
                return None
            if not self._library.base.entries[matches[0].id].basis:
                return None
        least = THRESHOLDS.exact if exact else THRESHOLDS.sure
        unlike = matches[0].score < least or matches[0].unsaid > THRESHOLDS.unsaid
        entry = self._library.base.entries[matches[0].id]
        if unlike or stored_for_another(matches[0], entry, question):
            return None
        return self.tell(entry, question, today, matches[1:])

    def _eligible(self, question: Question, today: date) -> tuple[Answer, Context] | None:
        """May this trade, this kind of establishment, have it? Looked for among just those entries first."""
        if (
            not (
                _ELIGIBLE.search(question.clean) or (question.yes_no and NOT_INDUSTRY.search(question.clean))
            )
            or PAPERS.search(question.clean)
            or HOW_MUCH.search(question.clean)
            or _IS_IT.search(question.clean)
            or _MORE.search(question.clean)
        ):
            return None
        said = self._fitting.said(question)
        everywhere = self._library.entries.search(said)
        farming = NOT_INDUSTRY.search(question.clean)
        sure = everywhere and everywhere[0].score >= 0.6
        if not farming and (sure or question.reading.has("activity")):
            return None
        within = self._library.no_trades if farming else self._library.eligibility
        matches = self._library.entries.search(said, within=within)
        if not matches or matches[0].score < (0.2 if farming else THRESHOLDS.eligible):
            return None
        if len(matches) > 1 and matches[0].score - matches[1].score < 0.01:
            return None
        return self.tell(self._library.base.entries[matches[0].id], question, today, everywhere)

    def _is_answer(self, question: Question, matches: Sequence[Match], *, supporting: bool) -> bool:
        best = matches[0]
        entry = self._library.base.entries[best.id]
        if question.bare or self._refused(question, matches):
            return False
        if self._parts_from(question, entry):
            return False
        if best.score >= THRESHOLDS.sure:
            return True
        if question.neighbour and not question.own_topic:
            return False
        if (
            (question.amount or question.money)
            and any(period.code or period.part != _A_MONTH for period in question.periods.found)
            and entry.kind != "assessment"
            and not supporting
            and question.counted + question.numbered == ""
            and not question.own_topic
        ):
            return False
        if not question.own_topic and not supporting:
            if best.score < THRESHOLDS.answer_off_topic:
                return False
            near = (
                best.score >= THRESHOLDS.near_off_topic
                and best.coverage >= THRESHOLDS.near_coverage
                and best.unsaid <= THRESHOLDS.unsaid_of_may
                and len(best.key.split()) > SHORT_KEY
            )
            if not (FIELD.search(question.clean) or near):
                return False
        if question.neighbour and _silent_on(question.neighbour, entry):
            return False
        if best.coverage < THRESHOLDS.coverage:
            return False
        return best.score >= THRESHOLDS.answer

    def _refused(self, question: Question, matches: Sequence[Match]) -> bool:
        """Whether the best entry must not be told: of another year, without the number that is asked, or contested."""
        entry = self._library.base.entries[matches[0].id]
        other_year = question.amount and of_another_year(entry, question)
        kinds = {self._library.base.regions[place.id].kind for place in question.regions}
        wide = bool(kinds & {"country", "region"}) and not question.yes_no
        counts = _NUMBER_OF.match(question.clean) and (question.periods.found or wide)
        if (counts or (wide and _HOW_MANY.search(question.clean))) and entry.kind != "assessment":
            return True
        if _DEFINES.match(question.clean) and entry.kind != "definition" and "lagi" not in matches[0].key:
            return True
        no_number = self._lacks_number(question, matches[0], entry)
        other = other_year or stored_for_another(matches[0], entry, question)
        return bool(other or no_number or self._contested(matches))

    def _parts_from(self, question: Question, entry: Entry) -> bool:
        """Whether khuyến công is to be told apart from a neighbouring topic of which the entry never speaks."""
        neighbour = question.neighbour
        return bool(neighbour and _APART.search(question.clean) and _silent_on(neighbour, entry))

    def _lacks_number(self, question: Question, match: Match, entry: Entry) -> bool:
        """Whether a number of something is asked of an entry that has none, or (where a place is named) never counts it."""
        counted = _HOW_MANY.search(question.clean)
        if not counted or (entry.kind == "assessment" and _NUMBER.search(_DATE.sub("", entry.body))):
            return False
        if not _NUMBER.search(_DATE.sub("", entry.body)):
            return True
        thing = counted.group().split()[-1]
        asks = "baonhieu" in match.key or " may " in f" {match.key} "
        return bool(question.regions and not asks and not re.search(rf"\d {thing}", fold(entry.body)))

    def _contested(self, matches: Sequence[Match]) -> bool:
        """Whether two entries fit as well as each other, and one says yes where the other says no."""
        entries = self._library.base.entries
        near = [match for match in matches[:3] if match.score >= matches[0].score - THRESHOLDS.contested]
        stances = {entries[match.id].stance for match in near}
        return matches[0].score < THRESHOLDS.exact and {"yes", "no"} <= stances

    def _is_offer(self, question: Question, best: Match) -> bool:
        if question.bare or (question.neighbour and not question.own_topic):
            return False
        if self._parts_from(question, self._library.base.entries[best.id]):
            return False
        if not question.own_topic and not FIELD.search(question.clean):
            return False
        floor = THRESHOLDS.offer if question.own_topic else THRESHOLDS.offer + 0.06
        return best.score >= floor and best.coverage >= THRESHOLDS.offer_coverage

    def tell(
        self, entry: Entry, question: Question, today: date, others: Sequence[Match] = ()
    ) -> tuple[Answer, Context]:
        """The answer of one entry; of `others`, those that fit nearly as well are told behind "Xem thêm"."""
        found = entry
        day, dated = day_of(question, today)
        entry = self._library.versions.on(entry, day)
        stance: Stance | None = None
        if entry.stance in ("yes", "no", "conditional", "unknown"):
            stance = entry.stance  # type: ignore[assignment]
        notes = notes_of_day(self._library.base, entry, day) if dated else ()
        as_of = day if dated and entry.kind != "assessment" else today
        answer = entry_answer(self._library.base, entry, as_of, stance, notes, dated=as_of != today)
        province = self._library.province_in(question)
        if province is not None and entry.kind in ("policy", "support", "contact"):
            answer = replace(answer, regions=self._library.now(province))
        near = [match.id for match in others if match.score >= THRESHOLDS.related]
        close = [one for one in dict.fromkeys((found.id, *near)) if one != entry.id][:MOST_RELATED]
        related = tuple(self._library.base.entries[one] for one in close)
        answer = replace(answer, entries=(entry, *related))
        return answer, Context(route="entry", ids=(entry.id,))

    def decline(self, question: Question, context: Context, today: date) -> tuple[Answer, Context]:
        """That nothing is known, with the topic that the question is on; what it leans on in the chat stays."""
        gap = Note("neighbour", {"name": question.neighbour}) if question.neighbour else Note("off_topic")
        if question.own_topic and not question.neighbour:
            gap = Note("not_known")
        answer = Answer(status="no_answer", kind="help", as_of=today, gaps=(gap,))
        return answer, replace(context, route=context.route)


def _silent_on(neighbour: str, entry: Entry) -> bool:
    """Whether an entry never speaks of a neighbouring topic in its title, questions and names."""
    return fold(neighbour) not in fold(f"{entry.title} {' '.join(entry.questions)} {' '.join(entry.aliases)}")
