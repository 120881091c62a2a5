"""May this establishment have it? Each fact that somebody tells of it is held against the rule that speaks of it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from knowledge import folded_re as re
from knowledge.answering.entries import EntryAnswers
from knowledge.answering.library import Library, day_of
from knowledge.answering.wording import ACTIVITY, EVENT, FRAME, HOW_MUCH, PAPERS, TRADE_SAID
from knowledge.dialogue import Context
from knowledge.finding.answer import entry_answer, sources_for
from knowledge.finding.eligibility import CITIES, TRADE_TOPIC
from knowledge.finding.enterprise import CRITERIA, Size, size_in
from knowledge.finding.entries import STOP
from knowledge.finding.facts import (
    COMMUNE,
    COMMUNE_OF_CITY,
    DISTRICT,
    MAKES_TO_SELL,
    OF_CITY,
    PLACES_TOLD,
    WARD,
    WARD_OF_CITY,
    WARD_OR_CITY,
    Fact,
)
from knowledge.finding.versions import cited, with_amendments
from knowledge.reading.question import Question
from knowledge.records import Answer, Entry, Note, Stance
from knowledge.text import fold, words
from knowledge.thresholds import THRESHOLDS

_MAY = re.compile(
    r"\b(?:duoc|xin|huong|ho tro|khuyen cong|thuoc (?:dien|doi tuong)|du dieu kien|nam trong|cho tien|giup)\b"
)
_ELSE = re.compile(
    r"\b(?:uu tien|co phai (?:la )?khuyen cong|khac (?:gi|nhau|nao)|so voi|nao|the nao|ra sao|lam sao|tai sao|vi sao|may lan|bao nhieu|bao lau|khi nao|o dau|ai|truoc (?:ngay )?\d|binh chon|bau chon|tieu bieu|(?:duoc|tien|muc) thuong|cong nhan san pham|bao cao|quyet toan|tham dinh|nghiem thu|truc tuyen|livestream|online|website|web|lan (?:nua|hai|2|thu)|xin nua|xin tiep|(?:xin|lam) giay phep|(?:phai|can|bat buoc) (?:co )?dang ky|phai (?:den|tra|boi thuong)|bi (?:phat|thu|doi)|nhieu hon|cao hon|them tien|ho tro roi|da duoc|chua duoc|da mua|mua roi)\b"
    r"|\b(?:chi|phai la|phai) (?:co )?(?:[a-z]+ ){1,5}?moi (?:duoc|xin|mua|huong|co)\b"
    r"|(?<!dang ky )\bgi\b(?! (?:khong|ca|het|tu khuyen cong|cua khuyen cong)\b)"
)
"""Asks something else, or of something else."""
_SOLD_ONLINE = re.compile(r"\bban (?:hang )?(?:online|tren mang|qua mang|livestream|truc tuyen)\b")
"""Where one's own goods are sold, which is not what is asked."""
_LARGE, _SMALL, _FOREIGN = (
    "doi-tuong-doanh-nghiep-lon",
    "doi-tuong-doanh-nghiep-nho-va-vua",
    "doi-tuong-doanh-nghiep-fdi",
)
_WHAT_SIZE = re.compile(
    r"\b(?:co phai|la|con la|thuoc|tinh la|duoc coi la|xep vao) (?:loai )?(?:doanh nghiep |cong ty )?(?:nho va vua|vua va nho|sieu nho|nho|vua|lon)\b"
)
_NOT_ENTERPRISES = frozenset(
    {
        "doi-tuong-hop-tac-xa",
        "doi-tuong-to-hop-tac",
        "doi-tuong-ho-kinh-doanh",
        "doi-tuong-lien-hiep-hop-tac-xa",
    }
)
_WHOLE = re.compile(r"\b(?:moi|von) 100 ?(?:%|phan tram)|\b100 ?(?:%|phan tram) (?:moi|von)")
_UNNAMED = "nganh-chua-neu-ten"
_WORK = "noi_dung_hoat_dong"
"""Of two doubts the one about what is to be bought or done leads: the trade only says for whom."""
_VILLAGE, _ELSEWHERE = "doi-tuong-lang-nghe", "doi-tuong-tru-so-khac-noi-san-xuat"
_RANK = {"no": 0, "conditional": 1, "unknown": 1, "yes": 2, "": 3}
MOST_WORDS = 7
"""Words of a message that only names another place."""
MOST_FACTS = 5
"""Facts told in one answer."""


class EligibleAnswers:
    """Holds what was told of an establishment against the entries of one library."""

    def __init__(self, library: Library, entries: EntryAnswers) -> None:
        self._library = library
        self._entries = entries

    def answer(
        self, question: Question, context: Context, today: date, *, supporting: bool
    ) -> tuple[Answer, Context] | None:
        """The rule of the one fact told, the rules of several under the worst of their verdicts, or None where no
        establishment is spoken of or something else is asked."""
        priced = supporting and bool(HOW_MUCH.search(question.clean) or question.quantities)
        if _WHAT_SIZE.search(question.clean) and size_in(question.clean).known:
            return self._of_what_size(question, today)
        clean = _WHOLE.sub("", question.clean)
        if question.follow_up and (elsewhere := self._elsewhere(question, context)) is not None:
            return self._entries.tell(elsewhere, question, today)
        asks = question.yes_no and _MAY.search(clean) and not HOW_MUCH.search(clean)
        if not (asks or priced) or PAPERS.search(question.clean) or question.documents:
            return None
        size = size_in(question.clean)
        facts = self._facts(question)
        activity = ACTIVITY.search(question.clean)
        if activity and not self._of_a_stranger(question, facts, activity):
            return None
        if priced and not asks:
            return self._refused(question, facts, today)
        if self._asks_else(question):
            return None
        if (
            question.periods.found
            and not EVENT.search(clean)
            and (then := self._rule_of_then(question, facts, today)) is not None
        ):
            return self._entries.tell(then, question, today)
        if any(not period.relative for period in question.periods.found):
            return None
        entries = self._rules(question, facts, size)
        if not entries:
            return None
        if self._stored_better(question, facts, entries):
            return None
        if len(entries) == 1:
            return self._of_one(question, facts, size, entries[0], today)
        return self._together(question, size, entries, today)

    def _elsewhere(self, question: Question, context: Context) -> Entry | None:
        """The rule on another place, asked for in a few words after the rule on one ("thế ở xã thì sao")."""
        told = PLACES_TOLD.intersection(context.ids) if context.route == "entry" else None
        if not told or len(words(question.clean)) > MOST_WORDS:
            return None
        places = self._places(question, [fact for fact in self._facts(question) if fact.topic == "place"])
        if not places and "xa" in words(
            question.clean
        ):  # no more of the name is said where places are spoken of
            places = [COMMUNE]
        if told.intersection(OF_CITY.values()):
            places = [OF_CITY.get(one, one) for one in places]
        return self._library.base.entries.get(places[0]) if places else None

    def _of_what_size(self, question: Question, today: date) -> tuple[Answer, Context] | None:
        """The criteria, with what they make of the numbers that were said."""
        criteria = self._library.base.entries.get(CRITERIA)
        if criteria is None:
            return None
        answer, context = self._entries.tell(criteria, question, today)
        return replace(answer, assumptions=(*_of_size(size_in(question.clean)), *answer.assumptions)), context

    def _stored_better(self, question: Question, facts: list[Fact], entries: list[Entry]) -> bool:
        """Whether a stored question of another entry speaks of the very facts, and of more of what is asked."""
        best = self._library.entries.search(question.clean, limit=1)
        if not best or best[0].score < THRESHOLDS.said_better or best[0].id in {one.id for one in entries}:
            return False
        all_entries = self._library.base.entries
        other = all_entries[best[0].id]
        refused = any(fact.topic == "trade" and all_entries[fact.entry].stance == "no" for fact in facts)
        if refused and other.stance == "yes" and TRADE_TOPIC in other.topics:
            return False  # "bán" is not told by a question about "bàn"
        said, key = words(question.clean), set(best[0].key.split())
        return all(
            key.intersection(said[fact.start : fact.end]) >= set(said[fact.start : fact.end])
            for fact in facts
        )

    def _asks_else(self, question: Question) -> bool:
        made = MAKES_TO_SELL.search(question.clean)
        clean = _SOLD_ONLINE.sub("", question.clean) if made else question.clean
        return bool(
            _ELSE.search(clean)
            or question.programmes
            or (question.measures.named and question.money)
            or question.why
        )

    def _rule_of_then(self, question: Question, facts: list[Fact], today: date) -> Entry | None:
        """The rule on the establishment or its place that was another one on the day that is asked."""
        day, _ = day_of(question, today)
        named = [fact.entry for fact in facts if fact.topic == "establishment"] + self._places(
            question, facts
        )
        entries = (self._library.base.entries[one] for one in named)
        return next((one for one in entries if self._library.versions.on(one, day) is not one), None)

    def _facts(self, question: Question) -> list[Fact]:
        facts = self._library.facts.read(question.clean, question.typed)
        said = words(question.clean)
        return [one for one in facts if one.entry != _LARGE or said[max(one.start - 1, 0)] != "cho"]

    def _of_a_stranger(self, question: Question, facts: list[Fact], activity: re.Match[str]) -> bool:
        """Whether a trade that is not supported at all is named before the activity that it asks for."""
        entries = self._library.base.entries
        begins = len(words(question.clean[: activity.start()]))
        trades = [fact for fact in facts if fact.topic == "trade"]
        return bool(trades) and all(
            entries[fact.entry].stance == "no" and fact.start < begins for fact in trades
        )

    def _refused(self, question: Question, facts: list[Fact], today: date) -> tuple[Answer, Context] | None:
        """No level is told to a trade that is not supported at all."""
        entries = self._library.base.entries
        trades = [entries[fact.entry] for fact in facts if fact.topic == "trade"]
        if trades and all(trade.stance == "no" for trade in trades):
            return self._entries.tell(trades[0], question, today)
        return None

    def _rules(self, question: Question, facts: list[Fact], size: Size) -> list[Entry]:
        """The entries that speak of what was told, each once: establishment, place, trade, work."""
        ids: list[str] = []
        if size.known:
            ids += [_SMALL] if size.large is False else [_LARGE, CRITERIA]
        told = [fact.entry for fact in facts if fact.topic == "establishment"]
        if size.large is False and _NOT_ENTERPRISES.intersection(told):
            ids = []
        ids += [one for one in told if not (size.known and one in (_SMALL, _LARGE))]
        ids += self._places(question, facts)
        trades = [fact.entry for fact in facts if fact.topic == "trade"]
        ids += trades or self._unnamed(question, facts)
        ids += [fact.entry for fact in facts if fact.topic == "work"]
        entries = self._library.base.entries
        return [entries[one] for one in dict.fromkeys(ids) if one in entries][:MOST_FACTS]

    def _places(self, question: Question, facts: list[Fact]) -> list[str]:
        """The rules on the place; a ward of an unnamed province may be one of a city, so both are told."""
        named = [fact for fact in facts if fact.topic == "place"]
        places = [fact.entry for fact in named]
        if _VILLAGE in places:  # counts even in a ward of a city
            return [_VILLAGE]
        province = self._library.province_in(question)
        regions = self._library.base.regions
        named_provinces = [place.id for place in question.regions if place.id in self._library.provinces]
        if len({regions[one].successor or one for one in named_provinces}) > 1:
            return [_ELSEWHERE]
        city = province is not None and (province.successor or province.id) in CITIES
        if city and (not places or DISTRICT in places):
            return [WARD_OF_CITY, COMMUNE_OF_CITY]
        if city:
            return [OF_CITY.get(one, one) for one in places]
        if province is None and any(fact.name in WARD_OR_CITY for fact in named):
            return [*places, WARD_OF_CITY]
        return places

    def _unnamed(self, question: Question, facts: list[Fact]) -> list[str]:
        """The general answer for a trade that is said but is nobody's name."""
        said = TRADE_SAID.search(f"{question.clean} ")
        works = [
            fact for fact in facts if fact.topic == "work" and not fact.entry.startswith("hoat-dong-may")
        ]
        if said is None or works:
            return []
        taken = {word for fact in facts for word in words(question.clean)[fact.start : fact.end]}
        told = {word for word in said[1].split() if word not in STOP and word not in FRAME | taken}
        near = self._library.entries.search(question.clean, limit=1)
        if near and near[0].score >= THRESHOLDS.answer:
            own = self._library.base.folded[near[0].id].keys
            told -= {word for key in own for word in words(key)}
        return [_UNNAMED] if told else []

    def _of_one(
        self, question: Question, facts: list[Fact], size: Size, entry: Entry, today: date
    ) -> tuple[Answer, Context] | None:
        if facts and facts[0].topic == "work":
            return None
        if size.known:
            return self._entries.tell(entry, question, today)
        if facts and facts[0].topic in ("establishment", "place") and self._says_more(question, facts):
            return None
        return self._entries.tell(entry, question, today)

    def _says_more(self, question: Question, facts: list[Fact]) -> bool:
        taken = {at for fact in facts for at in range(fact.start, fact.end)}
        typed = [] if question.typed.isupper() else question.typed.split()[1:]
        names = {fold(word) for word in typed if word[:1].isupper()}
        left = [
            word
            for at, word in enumerate(words(question.clean))
            if at not in taken and word not in STOP and word not in FRAME | names
        ]
        return len(left) > len(question.regions) * 2

    def _together(
        self, question: Question, size: Size, entries: list[Entry], today: date
    ) -> tuple[Answer, Context]:
        """One answer of several rules; the first of those with the worst verdict leads."""
        lead = min(entries, key=lambda entry: (_RANK[entry.stance], _WORK not in entry.topics))
        stance: Stance = lead.stance or "conditional"  # type: ignore[assignment]
        aspect = "facts"
        trades = {one.stance == "no" for one in entries if TRADE_TOPIC in one.topics}
        if (
            stance == "no"
            and trades == {True, False}
            and all(TRADE_TOPIC in one.topics for one in entries if one.stance == "no")
        ):
            stance, aspect = "conditional", "facts_mixed"  # he grows it, and makes something of it
        if {WARD, WARD_OF_CITY} <= {one.id for one in entries} and stance == "conditional":
            aspect = "facts_ward"
        answer = entry_answer(self._library.base, lead, today, stance)
        province = self._library.province_in(question)
        answer = replace(
            answer,
            aspect=aspect,
            entries=(lead, *(one for one in entries if one.id != lead.id)),
            regions=self._library.now(province),
            assumptions=_of_size(size),
            cited=with_amendments(
                self._library.base.documents,
                cited(self._library.base.documents, [line for one in entries for line in one.basis]),
            ),
            warnings=(Note("needs_check"),) if any(one.status == "needs_check" for one in entries) else (),
            sources=sources_for(self._library.base, [s for one in entries for s in one.sources]),
        )
        return answer, Context(route="entry", ids=tuple(one.id for one in answer.entries))


def _of_size(size: Size) -> tuple[Note, ...]:
    if not size.known:
        return ()
    code = "size_large" if size.large else "size_open" if size.large is None else "size_within"
    return (Note(code),)
