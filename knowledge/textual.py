"""Questions that are answered in words: documents, events, support and its arithmetic, entries; and when to decline."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal

from knowledge.base import KnowledgeBase
from knowledge.dialogue import Context
from knowledge.finding.answer import document_answer, entry_answer, event_answer, sources_for, status_warnings
from knowledge.finding.documents import DocumentIndex
from knowledge.finding.entries import STOP, EntryIndex, Match
from knowledge.finding.events import edition_in, find_events
from knowledge.finding.support import SupportLevels, calculate
from knowledge.reading import slots
from knowledge.reading.question import Question
from knowledge.records import Answer, Choice, Entry, Event, Note, Region, Stance
from knowledge.text import fold
from knowledge.thresholds import THRESHOLDS

_SUPPORT = re.compile(
    r"\b(?:ho tro|duoc (?:cho|nhan|huong|cap|tai tro)|xin (?:duoc|tien|ho tro|khuyen cong)|duoc (?:khuyen cong )?(?:bao nhieu|may)|duoc khuyen cong|muc (?:ho tro|chi|toi da)|cho (?:bao nhieu|may|duoc)|tai tro|giup tien|bu (?:bao nhieu|may))\b"
)
_OWNER = re.compile(
    r"\b(?:(?:em|toi|minh|tui|nha em|nha toi|nha minh|ben em|ben toi|ben minh|con|chung toi|tụi em|tui em|ho kinh doanh|htx|hop tac xa|xuong|co so|cty|cong ty|doanh nghiep|ba con|gia dinh|to hop)\b.*\b(?:muon|mua|dinh|can|lam|o|sap|dau tu|xin|tinh|co)"
    r"|mua may|dau tu may|sam may|muon mua)\b"
)
_NOT_INDUSTRY = re.compile(
    r"\b(?:may cay|may gat|lam ruong|cay ruong|chan nuoi|nuoi (?:bo|lon|heo|ga|vit|tom|ca|de|ong|tam)|trong (?:rau|lua|cay|tieu|ca phe|che|rung|dua|hoa)|ban le|tap hoa|quan an|quan ca phe|nha nghi|buon ban|nhap ve ban)\b"
)
_PAPERS = re.compile(
    r"\b(?:giay (?:to|gi|ma)|ho so|chung tu|thu tuc|bao lau|may ngay|doi ung|tu bo von|bo tien|tra lai|hoan lai|tam ung|dua tien truoc|mua xong|mua truoc|truoc khi duyet|ung truoc|dau thau|may cu|da qua su dung|tra gop)\b"
)
_HOW_MUCH = re.compile(
    r"\b(?:bao nhieu|may (?:nam|tien|trieu|ty|phan tram|%|dong)|toi da|muc|nhieu nhat|cao nhat|tran|ti le|ty le|phan tram|%)\b|%"
)
_CONTACT = re.compile(
    r"\b(?:hoi ai|gap ai|lien he|o dau|toi dau|den dau|ra dau|di dau|nop (?:cho ai|o dau|dau|vao dau|cho so nao)|so (?:tinh )?nao|ben nao|ai huong dan|ai giup|ai phu trach|di dau|hoi ben|kiem ai|noi dau|co quan nao|don vi nao|gui ve|tinh nao|o mo|chi giup cho|hoi dau|lien he dau|ai lo|co quan nao|tim ai|goi ai|goi cho ai|dia chi|so dien thoai|cho nao|noi nao|hoi o|gui (?:cho ai|di dau|dau|o dau))\b"
)
_TURN_TO = re.compile(
    r"\b(?:hoi ai|gap ai|lien he|nop|tu van|ho so|xin|so cong thuong|trung tam|xuong|nghe|phu trach|hoi o dau|hoi dau|de an)\b"
)
_ASKS_WHERE = re.compile(r"\b(?:hoi ai|gap ai|lien he|o dau|toi dau|den dau|ra dau|di dau|hoi dau)\b")
_LEVEL = re.compile(
    r"\b(?:muc tran|tran|toi da|khong qua|muc ho tro|duoc ho tro|ho tro toi da|thuong|bu|duoc (?:bao nhieu|may)|nhieu nhat)\b"
)
_ELIGIBLE = re.compile(
    r"\b(?:co|xin|duoc|thuoc|nam trong|huong)\b.*\bkhuyen cong\b.*\b(?:khong|chua|nao)\b|\bkhuyen cong\b.*\b(?:co (?:cho|ho tro|giup|duoc)|duoc khong|khong)\b"
)
_ACTIVITY = re.compile(
    r"\b(?:hoi cho|tu van|dao tao|day nghe|lop day|truyen nghe|thiet ke|bao bi|mau ma|thuong hieu|nhan hieu|chuyen doi so|web|may|thiet bi|day chuyen|mo hinh|vay|lai suat|mat bang|nha xuong|phong trung bay|tien)\b"
)
_EVENT_CORE = re.compile(r"\b(?:hoi nghi|hoi cho|trao co|dang cai|co luan luu|trien lam|be mac|khai mac)\b")
_EVENT_PEOPLE = re.compile(
    r"\b(?:ket luan|chu tri|tham luan|phat bieu|tham du|du hoi nghi|be mac|khai mac|dai bieu|to chuc|phoi hop)\b"
)
_DOCUMENT_WORDS = frozenset(
    [
        "nghi",
        "dinh",
        "thong",
        "tu",
        "quyet",
        "dinh",
        "chi",
        "thi",
        "thong",
        "bao",
        "to",
        "trinh",
        "van",
        "ban",
        "so",
        "nam",
        "ve",
        "noi",
        "dung",
        "quy",
        "gi",
        "la",
        "ngay",
        "ban",
        "hanh",
        "khi",
        "nao",
        "ai",
        "hieu",
        "luc",
        "tu",
        "den",
        "con",
        "het",
        "sua",
        "doi",
        "bo",
        "sung",
        "thay",
        "the",
        "nao",
        "bi",
        "chua",
        "cua",
        "chinh",
        "phu",
        "bo",
        "cong",
        "thuong",
        "tai",
        "chinh",
        "thu",
        "tuong",
        "trinh",
        "ky",
        "lien",
        "tich",
        "xem",
        "tom",
        "tat",
        "cho",
        "hoi",
        "biet",
        "cai",
        "dieu",
        "chinh",
        "pham",
        "vi",
        "linh",
        "vuc",
        "khuyen",
        "cong",
        "den",
        "bao",
        "gio",
    ]
)


class TextRoutes:
    """Finds documents, events, levels and entries of one base."""

    def __init__(self, base: KnowledgeBase) -> None:
        self._base = base
        self._documents = DocumentIndex(base.documents.values())
        self._levels = SupportLevels(base.levels.values())
        self._entries = EntryIndex(
            (
                entry.id,
                (entry.title, *entry.aliases, *entry.questions),
                f"{entry.title} {entry.body} {entry.detail}",
            )
            for entry in base.entries.values()
        )
        self._titles = EntryIndex(
            (document.id, (document.title, document.about, *document.aliases), document.about)
            for document in base.documents.values()
        )
        self._eligibility = frozenset(
            entry.id
            for entry in base.entries.values()
            if {"nganh_nghe", "doi_tuong", "uu_tien"} & set(entry.topics)
        )
        self._no_trades = frozenset(
            one
            for one in self._eligibility
            if base.entries[one].stance == "no" and "nganh_nghe" in base.entries[one].topics
        )
        self._provinces = {
            region.id: fold(region.name) for region in base.regions.values() if region.kind == "province"
        }

    # --- what is certain before any figure is looked for ---------------------------------------------------------------

    def certain(self, question: Question, context: Context, today: date) -> tuple[Answer, Context] | None:
        """Answers to questions that name their object exactly: a document number, an event, a price to be supported."""
        if question.documents and not (
            re.search(r"\bhoi nghi\b", question.clean) and re.search(r"\btong ket\b", question.clean)
        ):
            return self._document(question, today)
        if (
            context.route == "support"
            and context.activity
            and question.quantities
            and len(question.clean.split()) <= 14
        ):
            activity = self._levels.activity_in(question.clean) or context.activity
            priced = self._support(question, activity, today)
            if priced is not None:
                return priced
        if self.sounds_like_support(question) and not question.programmes:
            activity = self._levels.activity_in(question.clean)
            money = [q for q in question.quantities if q.kind == "money"]
            if (
                activity
                and not _NOT_INDUSTRY.search(question.clean)
                and not _PAPERS.search(question.clean)
                and (money or _HOW_MUCH.search(question.clean))
                and not self._asks_count(question)
            ):
                return self._support(question, activity, today)
        contact = self._contact(question, context, today)
        if contact is not None:
            return contact
        if (question.counted or question.numbered) and question.periods.found:
            return None
        offered = re.search(r"\bkhuyen cong (?:co|ho tro|giup|dua)\b|\bho tro\b", question.clean)
        if (
            question.yes_no
            and offered
            and not (question.check or question.periods.found or edition_in(question.clean))
        ):
            return None
        continued = self._continued(question, context, today)
        if continued is not None:
            return continued
        funding = any(one.value in ("plan", "allocated", "estimate") for one in question.measures.named)
        if (question.programmes or question.measures.percent or question.measures.share or funding) and not (
            question.who or question.where or question.when
        ):
            return None
        if _EVENT_CORE.search(question.clean) or (
            edition_in(question.clean) and _EVENT_PEOPLE.search(question.clean)
        ):
            return self._event(question, today)
        return None

    def _continued(self, question: Question, context: Context, today: date) -> tuple[Answer, Context] | None:
        """A short message about the event or document that was just shown: another year of it, or another aspect."""
        if not context.ids or len(question.clean.split()) > 10 or question.programmes or question.money:
            return None
        if context.route == "event" and context.ids[0] in self._base.events:
            last = self._base.events[context.ids[0]]
            years = [period.code[:4] for period in question.periods.found if period.code]
            areas = [place.id for place in question.regions if place.id not in self._provinces]
            aspect = _aspect(question) or (context.activity if years or areas else "")
            if not (years or areas or aspect) or (
                _EVENT_CORE.search(question.clean) and not question.pronoun
            ):
                return None
            rows = [
                event
                for event in self._base.events.values()
                if event.kind == last.kind
                and event.region == (areas[0] if areas else last.region)
                and event.year == (years[0] if years else last.year)
            ]
            if not rows:
                return self._no_event(question, today)
            return event_answer(self._base, rows[:1], today, aspect), Context(
                route="event", ids=(rows[0].id,), activity=aspect
            )
        if context.route == "document" and context.ids[0] in self._base.documents:
            said = [word for word in question.clean.rstrip("?").split() if word not in STOP]
            if said and all(word in _DOCUMENT_WORDS for word in said):
                return document_answer(self._base, (self._base.documents[context.ids[0]],), today), context
        return None

    def sounds_like_support(self, question: Question) -> bool:
        """Whether someone asks what he can get (rather than what was spent)."""
        clean = question.clean
        if re.search(r"\bmuc (?:ho tro|chi)\b", clean):
            return True
        named_elsewhere = question.regions or question.programmes or question.counted
        if question.periods.found and not named_elsewhere and _LEVEL.search(clean):
            return bool(self._levels.activity_in(clean))
        if (
            any(m.value in ("plan", "estimate", "allocated") for m in question.measures.named)
            or question.programmes
        ):
            return bool(_OWNER.search(clean) and _SUPPORT.search(clean) and not question.programmes)
        if question.periods.found and (
            self._asks_count(question)
            or question.measures.named
            or (not _OWNER.search(clean) and not re.search(r"\btoi da\b|\bxin\b", clean))
        ):
            return False
        if _OWNER.search(clean) and (_SUPPORT.search(clean) or re.search(r"\bkhuyen cong\b", clean)):
            return True
        return bool(_SUPPORT.search(clean)) and not (question.periods.found and question.regions)

    def _asks_count(self, question: Question) -> bool:
        return bool(question.counted)

    # --- documents -----------------------------------------------------------------------------------------------------

    def _document(self, question: Question, today: date) -> tuple[Answer, Context]:
        ref = question.documents[0]
        found = self._documents.find(ref.number, ref.year, ref.kind)
        if not found.exact:
            near = found.near[:3]
            answer = Answer(
                status="no_answer",
                kind="document",
                as_of=today,
                documents=near,
                gaps=(Note("no_document", {"typed": _document_name(ref)}),),
                choices=tuple(
                    Choice(f"{d.kind} {d.number}", f"{d.kind} {d.number} quy định gì") for d in near
                ),
                sources=sources_for(self._base, [s for d in near for s in d.sources]),
            )
            return answer, Context(route="document", ids=tuple(d.id for d in near))
        ids = {document.id for document in found.exact}
        extra = [
            word
            for word in question.clean.split()
            if word.isalpha() and word not in _DOCUMENT_WORDS and word not in STOP
        ]
        if extra and not (question.when and len(extra) <= 2):
            citing = frozenset(
                entry.id
                for entry in self._base.entries.values()
                if any(line.split(":")[0] in ids for line in entry.basis)
            )
            about = question.clean
            for one in question.documents:
                about = about.replace(one.typed, " ")
            matches = self._entries.search(about, within=citing)
            if matches and matches[0].score >= THRESHOLDS.document_entry and matches[0].coverage >= 0.5:
                return self._tell(self._base.entries[matches[0].id], question, today)
        shown = list(found.exact)
        for other in question.documents[1:]:
            shown += [
                d for d in self._documents.find(other.number, other.year, other.kind).exact if d not in shown
            ]
        drafts = (
            [d for d in self._base.documents.values() if d.status == "draft"]
            if re.search(r"\bdu thao\b", question.clean)
            else []
        )
        if drafts:
            shown = [*drafts, *shown]
        notes: tuple[Note, ...] = ()
        if len(found.exact) > 1:
            notes = (Note("several_documents"),)
        elif not ref.year and found.near:
            notes = (Note("assumed_document", {"number": found.exact[0].number}),)
        answer = document_answer(self._base, shown[:3], today, notes)
        return answer, Context(route="document", ids=tuple(d.id for d in shown[:3]))

    # --- events --------------------------------------------------------------------------------------------------------

    def _event(self, question: Question, today: date) -> tuple[Answer, Context] | None:
        years = [period.code[:4] for period in question.periods.found if period.code]
        places = [self._provinces[place.id] for place in question.regions if place.id in self._provinces]
        areas = [place.id for place in question.regions if place.id not in self._provinces]
        asks_event = bool(
            question.who or question.where or question.when or question.check or question.yes_no or edition_in(question.clean)
            or re.search(r"\b(?:dang cai|trao co|co luan luu|to chuc o|hop o|hop ngay|hop hom|ngay hop|noi hop|dia diem|thoi gian|lan thu may|lan may|thanh phan|dai bieu|tham luan|chu tri|ket luan|be mac|don vi to chuc)\b", question.clean)
        )  # fmt: skip
        entries = self._entries.search(question.clean)
        if (
            entries
            and entries[0].score >= THRESHOLDS.sure
            and not (question.who or question.where or question.when)
        ):
            return None
        if not asks_event and len(question.clean.split()) > 9:
            return None
        if question.money and question.amount and not asks_event:
            return None
        found = find_events(
            self._base.events.values(), question.clean, regions=areas, years=years, places=places
        )
        if not found.events:
            if years or edition_in(question.clean) or areas:
                return self._no_event(question, today)
            return None
        several = len({(event.region, event.kind) for event in found.events}) > 1 and not areas
        if len(found.events) > 1 and (several or not years) and not (edition_in(question.clean) or places):
            choices = tuple(Choice(_short_event(event.name), event.name) for event in found.events[:4])
            answer = Answer(
                status="asked_back", kind="choice", as_of=today, gaps=(Note("ask_event"),), choices=choices
            )
            return answer, Context(route="event", ids=tuple(event.id for event in found.events[:4]))
        aspect = _aspect(question)
        lead = self._by_aspect(found.events, aspect)
        hard = [what for what in found.wrong if not (what == "year" and aspect in ("next_host",))]
        notes: tuple[Note, ...] = ()
        stance: Stance | None = None
        claims = question.check or question.yes_no
        if hard:
            notes = (Note("event_differs", {"wrong": ",".join(hard)}),)
            stance = "no" if claims else None
            if not claims and "region" in hard:
                return self._no_event(question, today)
        elif claims:
            stance = self._event_claim(question, lead, places)
            if stance == "no":
                notes = (Note("event_differs", {"wrong": "claim"}),)
        answer = event_answer(self._base, (lead,), today, aspect, notes)
        return replace(answer, stance=stance), Context(route="event", ids=(lead.id,), activity=aspect)

    def _event_claim(self, question: Question, event: Event, places: Sequence[str]) -> Stance | None:
        if question.periods.day and event.date and event.date[5:] != question.periods.day:
            return "no"
        if places and re.search(r"\b(?:o|tai)\b", question.clean):
            held = fold(f"{event.place} {event.host}")
            return "yes" if any(place in held for place in places) else "no"
        return "yes"

    def _by_aspect(self, rows: Sequence[Event], aspect: str) -> Event:
        wanted = {
            "next_host": lambda e: e.next_host, "concluded": lambda e: e.concluded_by, "closed": lambda e: e.closed_by, "speakers": lambda e: e.speakers,
            "chairs": lambda e: e.chairs, "when": lambda e: e.date, "where": lambda e: e.place,
        }.get(aspect)  # fmt: skip
        if wanted:
            having = [event for event in rows if wanted(event)]
            return (having or rows)[0]
        return rows[0]

    def _no_event(self, question: Question, today: date) -> tuple[Answer, Context]:
        known = sorted(self._base.events.values(), key=lambda event: event.year, reverse=True)
        areas = {place.id for place in question.regions}
        near = [event for event in known if event.region in areas][:3] or known[:3]
        answer = Answer(
            status="no_answer",
            kind="event",
            as_of=today,
            gaps=(Note("no_event"),),
            choices=tuple(Choice(_short_event(event.name), event.name) for event in near),
        )
        return answer, Context(route="event")

    # --- support -------------------------------------------------------------------------------------------------------

    def _support(self, question: Question, activity: str, today: date) -> tuple[Answer, Context] | None:
        day, dated = _day(question, today)
        level = self._levels.on(activity, day)
        notes: list[Note] = []
        if dated:
            notes.append(Note("as_of_year", {"year": str(day.year)}))
        if level is None:
            level = self._levels.last_known(activity)
            if level is None:
                return None
            notes.append(Note("level_not_known_for_day", {"from": level.valid_from, "until": level.valid_to}))
        money = next((q.value for q in question.quantities if q.kind == "money"), None)
        if money is None and activity and question.quantities and len(question.clean.split()) <= 4:
            money = question.quantities[0].value if question.quantities[0].value >= 1000 else None
        calculation = (
            calculate(level, Decimal(money))
            if money is not None and activity not in ("lai-suat-vay", "chi-quan-ly")
            else None
        )
        province = next(
            (self._base.regions[place.id] for place in question.regions if place.id in self._provinces), None
        )
        levels = [level]
        if province is not None:
            local = self._levels.local(activity, province.id, day) or (
                self._levels.local(activity, province.successor, day) if province.successor else None
            )
            if local is not None:
                levels.append(local)
        if (
            calculation is None
            and level.percent is not None
            and money is None
            and activity not in ("lai-suat-vay", "chi-quan-ly")
        ):
            notes.append(Note("price_missing"))
        warnings = list(status_warnings(level.status, level.valid_to, day))
        if level.status == "needs_check":
            warnings = [Note("level_changed")]
        elif level.status == "superseded" and not dated:
            warnings = [Note("level_superseded", {"until": level.valid_to})]
        elif level.status == "superseded":
            warnings = [Note("level_of_then", {"until": level.valid_to})]
        answer = Answer(
            status="answered",
            kind="support",
            as_of=day if dated else today,
            levels=tuple(levels),
            calculation=calculation,
            stance="conditional",
            regions=_now(self._base, province),
            assumptions=tuple(notes),
            warnings=tuple(warnings),
            sources=sources_for(self._base, [s for one in levels for s in one.sources]),
            choices=(
                Choice("Hồ sơ gồm gì?", "hồ sơ đề nghị hỗ trợ khuyến công gồm những gì"),
                Choice("Hỏi ở đâu?", "xin hỗ trợ khuyến công ở đâu"),
            ),
        )
        return answer, Context(route="support", activity=activity, region=province.id if province else "")

    def _contact(self, question: Question, context: Context, today: date) -> tuple[Answer, Context] | None:
        """Where someone of a named province turns to, by the province's present name."""
        province = next(
            (self._base.regions[place.id] for place in question.regions if place.id in self._provinces), None
        )
        if not _CONTACT.search(question.clean) or _EVENT_CORE.search(question.clean):
            return None
        if province is None:
            return self._contact_anywhere(question, today)
        old = any(period.code and period.code[:4] < "2025" for period in question.periods.found)
        if old or question.programmes or question.measures.named or question.neighbour or question.money:
            return None
        if not (question.own_topic or _SUPPORT.search(question.clean) or _TURN_TO.search(question.clean)):
            return None
        entry = next(
            (self._base.entries[one] for one in ("to-chuc-xin-ho-tro-o-dau",) if one in self._base.entries),
            None,
        )
        answer = Answer(
            status="answered",
            kind="support",
            as_of=today,
            aspect="contact",
            entries=(entry,) if entry else (),
            regions=_now(self._base, province),
            stance="yes",
            sources=sources_for(self._base, [*province.sources, *(entry.sources if entry else ())]),
        )
        return answer, replace(context, route="contact", region=province.id)

    def _contact_anywhere(self, question: Question, today: date) -> tuple[Answer, Context] | None:
        """Where to turn to when no province was named, unless an entry speaks of just what is asked."""
        if (
            not (_SUPPORT.search(question.clean) and _ASKS_WHERE.search(question.clean))
            or len(question.clean.split()) > 14
        ):
            return None
        matches = self._entries.search(question.clean, limit=1)
        if (matches and matches[0].score >= 0.62) or "to-chuc-xin-ho-tro-o-dau" not in self._base.entries:
            return None
        return self._tell(self._base.entries["to-chuc-xin-ho-tro-o-dau"], question, today)

    # --- entries -------------------------------------------------------------------------------------------------------

    def answer(self, question: Question, context: Context, today: date) -> tuple[Answer, Context]:
        """The best entry, a choice between a few, or a decline that names the neighbouring topic."""
        eligible = self._eligible(question, today)
        if eligible is not None:
            return eligible
        matches = self._of_that_time(question, self._entries.search(question.clean), today)
        titles = self._titles.search(question.clean, limit=1)
        best = matches[0] if matches else None
        if best is not None and self._is_answer(question, matches):
            return self._tell(self._base.entries[best.id], question, today)
        if (
            titles
            and titles[0].score >= THRESHOLDS.document_title
            and (best is None or titles[0].score > best.score)
        ):
            document = self._base.documents[titles[0].id]
            return document_answer(self._base, (document,), today), Context(
                route="document", ids=(document.id,)
            )
        if best is not None and self._is_offer(question, best):
            offered = [match for match in matches if match.score >= best.score - 0.12][:4]
            choices = tuple(
                {
                    self._base.entries[m.id].title: Choice(
                        self._base.entries[m.id].title, self._base.entries[m.id].title
                    )
                    for m in offered
                }.values()
            )
            answer = Answer(
                status="asked_back", kind="choice", as_of=today, gaps=(Note("ask_which"),), choices=choices
            )
            return answer, Context(route="ask")
        if (
            question.own_topic
            and question.amount
            and not question.neighbour
            and not self.sounds_like_support(question)
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
        return self._decline(question, context, today)

    def _eligible(self, question: Question, today: date) -> tuple[Answer, Context] | None:
        """May this trade, this kind of establishment, have it? Looked for among just those entries first."""
        if (
            not _ELIGIBLE.search(question.clean)
            or _PAPERS.search(question.clean)
            or _HOW_MUCH.search(question.clean)
        ):
            return None
        everywhere = self._entries.search(question.clean, limit=1)
        if everywhere and (everywhere[0].score >= 0.6 or _ACTIVITY.search(question.clean)):
            return None
        farming = _NOT_INDUSTRY.search(question.clean)
        within = self._no_trades if farming else self._eligibility
        matches = self._entries.search(question.clean, within=within)
        if not matches or matches[0].score < (0.2 if farming else THRESHOLDS.eligible):
            return None
        if len(matches) > 1 and matches[0].score - matches[1].score < 0.01:
            return None
        return self._tell(self._base.entries[matches[0].id], question, today)

    def _of_that_time(self, question: Question, matches: list[Match], today: date) -> list[Match]:
        """For a dated question, rules that applied then before rules that did not."""
        day, dated = _day(question, today)
        if not dated:
            return matches
        stamp = day.isoformat()

        def then(match: Match) -> float:
            entry = self._base.entries[match.id]
            if entry.kind == "assessment" or not (entry.valid_from or entry.valid_to):
                return match.score
            applied = (not entry.valid_from or entry.valid_from <= stamp) and (
                not entry.valid_to or stamp <= entry.valid_to
            )
            return match.score + (0.06 if applied else -0.06)

        return sorted(matches, key=lambda match: (-then(match), match.id))

    def _is_answer(self, question: Question, matches: Sequence[Match]) -> bool:
        best = matches[0]
        entry = self._base.entries[best.id]
        if best.score >= THRESHOLDS.sure:
            return True
        if question.neighbour and not question.own_topic:
            return False
        if (
            question.amount
            and question.periods.found
            and entry.kind != "assessment"
            and not self.sounds_like_support(question)
            and question.counted + question.numbered == ""
            and not question.own_topic
        ):
            return False
        if (
            not question.own_topic
            and best.score < THRESHOLDS.answer_off_topic
            and not self.sounds_like_support(question)
        ):
            return False
        if question.neighbour and fold(question.neighbour) not in fold(
            f"{entry.title} {' '.join(entry.questions)} {' '.join(entry.aliases)}"
        ):
            return False
        if best.coverage < THRESHOLDS.coverage:
            return False
        return best.score >= THRESHOLDS.answer

    def _is_offer(self, question: Question, best: Match) -> bool:
        if question.neighbour and not question.own_topic:
            return False
        floor = THRESHOLDS.offer if question.own_topic else THRESHOLDS.offer + 0.06
        return best.score >= floor and best.coverage >= THRESHOLDS.offer_coverage

    def _tell(self, entry: Entry, question: Question, today: date) -> tuple[Answer, Context]:
        stance: Stance | None = None
        if entry.stance in ("yes", "no", "conditional", "unknown"):
            stance = entry.stance  # type: ignore[assignment]
        notes: list[Note] = []
        day, dated = _day(question, today)
        if dated and entry.valid_from and entry.valid_from > f"{day.year}-12-31":
            notes.append(Note("rule_is_later", {"from": entry.valid_from, "year": str(day.year)}))
        answer = entry_answer(self._base, entry, today, stance, notes)
        province = next(
            (self._base.regions[place.id] for place in question.regions if place.id in self._provinces), None
        )
        if province is not None and entry.kind in ("policy", "support", "contact"):
            answer = replace(answer, regions=_now(self._base, province))
        return answer, Context(route="entry", ids=(entry.id,))

    def _decline(self, question: Question, context: Context, today: date) -> tuple[Answer, Context]:
        gap = Note("neighbour", {"name": question.neighbour}) if question.neighbour else Note("off_topic")
        if question.own_topic and not question.neighbour:
            gap = Note("not_known")
        answer = Answer(status="no_answer", kind="help", as_of=today, gaps=(gap,))
        return answer, replace(context, route=context.route)


def _document_name(ref: slots.DocumentRef) -> str:
    kinds = {
        "nd": "Nghị định", "tt": "Thông tư", "ttlt": "Thông tư liên tịch", "qd": "Quyết định", "ct": "Chỉ thị", "tb": "Thông báo",
        "ttr": "Tờ trình", "nq": "Nghị quyết",
    }  # fmt: skip
    number = f"{ref.number}/{ref.year}" if ref.year else str(ref.number)
    return f"{kinds.get(ref.kind, 'văn bản')} số {number}"


def _short_event(name: str) -> str:
    return name.replace("các tỉnh, thành phố ", "").replace("khu vực ", "")[:60]


def _aspect(question: Question) -> str:
    clean = question.clean
    if re.search(
        r"\b(?:trao co|nhan co|dang cai (?:tiep|lan sau|nam sau|ky sau|lan toi)|lan (?:sau|toi|tiep theo|ke tiep)|co luan luu|tiep theo)\b",
        clean,
    ):
        return "next_host"
    if re.search(r"\bket luan\b", clean):
        return "concluded"
    if re.search(r"\bbe mac\b", clean):
        return "closed"
    if re.search(r"\b(?:tham luan|phat bieu)\b", clean):
        return "speakers"
    if re.search(r"\bchu tri\b", clean):
        return "chairs"
    if re.search(r"\b(?:tham du|thanh phan|nhung ai du|ai du|dai bieu)\b", clean):
        return "participants"
    if re.search(r"\blan (?:thu )?(?:may|bao nhieu)\b", clean):
        return "edition"
    if question.when:
        return "when"
    if question.where:
        return "where"
    if re.search(r"\b(?:to chuc|don vi nao|co quan nao|phoi hop)\b", clean):
        return "organisers"
    return ""


def _day(question: Question, today: date) -> tuple[date, bool]:
    """The day for which a rule is asked: the last day of the year that was named, or today."""
    years = [int(period.code[:4]) for period in question.periods.found if period.code]
    if years and years[0] != today.year and 1990 <= years[0] <= today.year:
        return date(years[0], 12, 31), True
    return today, False


def _now(base: KnowledgeBase, province: Region | None) -> tuple[Region, ...]:
    """A province, followed by the one that it belongs to today if that is another."""
    if province is None:
        return ()
    successor = base.regions.get(province.successor)
    return (province, successor) if successor else (province,)
