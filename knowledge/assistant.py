"""One question in, one answer out: read, decide which kind of question it is, find."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date

from knowledge import folded_re as re
from knowledge.answering import Asked, Routes
from knowledge.answering.looking_back import references, remembered
from knowledge.answering.passages import Passages
from knowledge.answers.claims import figures_of
from knowledge.base import KnowledgeBase
from knowledge.dialogue import Context
from knowledge.reading.question import Question, Reader
from knowledge.records import Answer, Entry, Note
from knowledge.text import fold

_GREETING = re.compile(
    r"^(?:(?:da |em |xin |minh |toi |da em )*chao(?: .{0,24})?|chao bot|hi|hello|alo|hey|chao buoi \w+|good \w+|bot oi|ad oi|admin oi|em oi|co ai (?:o do )?khong)[\s!.?]*$"
)
_THANKS = re.compile(
    r"\b(?:cam on|thank|tks|hay qua|tuyet voi|tot lam|gioi qua|ok ban|da ro|hieu roi|tam biet|bye|hen gap lai|chao nhe|chuc (?:ban|anh|chi|em|ad|bot|ca nha)|ngay tot lanh|vui ve)\b"
)
_OF_THE_FIELD = re.compile(
    r"khuyen cong|kcqg|kcdp|kinh phi|nghi dinh|thong tu|ho tro|nha nuoc|hoi nghi|20\d\d"
)
_ABOUT = re.compile(
    r"\b(?:ban la ai|em la ai|may la ai|bot la ai|bot (?:nay )?(?:la gi|lam (?:duoc )?gi|biet gi)|ban (?:co the |biet )?lam (?:duoc )?(?:gi|nhung gi)|giup (?:duoc )?(?:gi|nhung gi)"
    r"|(?:ban|em|bot|may) ten (?:la )?gi|ten (?:ban|em|bot) la gi|ai (?:tao|lam|viet) ra (?:ban|bot|em)|huong dan(?: su dung| dung)?$|cach (?:dung|su dung|hoi)(?: con)?(?: bot| ban| em)\b|cach (?:dung|su dung|hoi)\s*\??$|bot (?:nay )?(?:lam duoc|dung de)|\bb la ai|ban lam duoc|tro giup|help|hoi (?:duoc )?(?:gi|nhung gi)"
    r"|(?:bot|ban|em|ad) (?:nay )?lay (?:so lieu|du lieu|thong tin|so) (?:o|tu) dau|(?:du lieu|so lieu|kho) (?:duoc )?cap nhat|(?:so lieu|du lieu) (?:cua (?:bot|ban|em) )?(?:lay )?(?:o|tu) dau"
    r"|la (?:nguoi|may|bot) (?:hay|that|a)|ban co phai (?:la )?(?:nguoi|may|bot)|ban khoe khong|bot (?:khoe|oi)|tra loi duoc (?:gi|nhung gi))\b"
)
LONGEST_DOUBLE = 400
"""A longer message is read as one."""
_ASKS = re.compile(
    r"\b(?:bao nhieu|may|nao|dau|ai|gi|khi nao|bao gio|the nao|sao|khong|chua|bn|nhieu|ra sao)\b"
)
_NUMBER = re.compile(r"^[1-9]$")


class Assistant:
    """Answers questions from one base. Stateless: what a chat remembers is handed in and handed back.

    `clock` gives today's date; "năm nay" and the validity of rules are read against it.
    """

    def __init__(self, base: KnowledgeBase, clock: Callable[[], date] = date.today) -> None:
        self.base = base
        self._clock = clock
        self.reader = Reader(base)
        """Reads what is typed against the base, for whoever needs that."""
        self._routes = Routes(base, self.reader)
        self._passages = Passages(base)

    def prepare(self) -> None:
        """Make now what is else made for the first who needs it."""
        self._passages.prepare()

    def ask(self, text: str, context: Context | None = None) -> tuple[Answer, Context]:
        """The answer to `text`, and what the chat should remember. Never raises for any text.

        Of two questions in one message both are answered, the second as a follow-up of the first.
        """
        context = context or Context()
        checked = self._passages.answer(text, self._clock())
        if checked is not None:
            kept = replace(context, choices=(), told=references(checked) or context.told)
            return replace(checked, names=self._names(checked)), kept
        parts = _questions(text)
        if len(parts) < 2:
            return self._ask(text, context)
        first, context = self._ask(parts[0], context)
        told = context.told
        second, context = self._ask(parts[1], context)
        if (
            second.status == "no_answer"
            or first.status == "no_answer"
            or second.kind in ("help", "smalltalk")
        ):
            return self._ask(text, context)
        both = tuple(dict.fromkeys((*told, *context.told)))
        return replace(first, then=(second,), choices=first.choices or second.choices), replace(
            context, told=both
        )

    def _ask(self, text: str, context: Context) -> tuple[Answer, Context]:
        today = self._clock()
        typed = self._chosen(text, context)
        folded = fold(typed)
        if not re.search(r"[a-z0-9]", folded):
            return Answer(status="no_answer", kind="help", as_of=today, gaps=(Note("unreadable"),)), context
        question = self.reader.read(typed, today, in_chat=context.wanted is not None)
        smalltalk = self._smalltalk(question.clean, today)
        if smalltalk is not None:
            return smalltalk, context
        asked = Asked(question, context, today)
        before = context
        answer, context = self._routes.answer(asked)
        in_words = answer.kind in ("policy", "support") and not answer.levels
        if answer.status != "answered" or in_words:
            answer, context = self._routes.as_stored(typed, asked) or (answer, context)
        notes = _reading_notes(question)
        if notes:
            answer = replace(answer, assumptions=(*notes, *answer.assumptions))
        after = remembered(answer, before, replace(context, choices=answer.choices))
        return replace(answer, names=self._names(answer)), after

    def nearest(self, text: str, limit: int = 4) -> tuple[Entry, ...]:
        """The entries that come nearest to `text`, the nearest first, however far that is."""
        return self._routes.nearest(self.reader.read(text, self._clock()), limit)

    def _names(self, answer: Answer) -> dict[str, str]:
        rows = [*answer.figures, *answer.companions, *answer.offers]
        if answer.comparison:
            rows += [answer.comparison.first, answer.comparison.second]
        rows += figures_of(answer)
        ids = {one for row in rows for one in (row.region, row.indicator)}
        ids |= {one for row in answer.judgements for one in (row.stated.region, row.stated.indicator)}
        ids |= {note.values["region"] for note in answer.assumptions if note.code == "misspelt"}
        ids |= {event.region for event in answer.events} | {entry.region for entry in answer.entries}
        return {one: self.base.names[one] for one in sorted(ids) if one in self.base.names}

    def _chosen(self, text: str, context: Context) -> str:
        """A typed choice ("Phía Nam · năm 2019", or its number) stands for its question."""
        if not context.choices:
            return text
        said = fold(text)
        if _NUMBER.match(said) and int(said) <= len(context.choices):
            return context.choices[int(said) - 1].question
        for choice in context.choices:
            if said and said == fold(choice.label):
                return choice.question
        return text

    def _smalltalk(self, folded: str, today: date) -> Answer | None:
        if len(folded) < 80 and _ABOUT.search(folded):
            said = Answer(status="answered", kind="help", as_of=today, aspect="about")
        elif _GREETING.match(folded):
            said = Answer(status="answered", kind="smalltalk", as_of=today, aspect="greeting")
        elif len(folded) < 60 and "?" not in folded and _THANKS.search(folded):
            said = Answer(status="answered", kind="smalltalk", as_of=today, aspect="thanks")
        else:
            return None
        return None if _OF_THE_FIELD.search(folded) else said


def _questions(text: str) -> list[str]:
    """The questions of a message that asks two: parts that end with a question mark and ask something themselves."""
    if text.count("?") < 2 or len(text) > LONGEST_DOUBLE:
        return []
    parts = [part.strip() for part in re.findall(r"[^?]+\?", text)]
    asking = [part for part in parts if len(fold(part).split()) >= 3 and _ASKS.search(fold(part))]
    return asking if len(asking) == 2 else []


def _reading_notes(question: Question) -> tuple[Note, ...]:
    """What was assumed while reading: years told by the clock, misspelt names, digits read from letters."""
    notes = [
        Note("relative_year", {"said": period.relative, "year": period.code[:4]})
        for period in question.periods.found
        if period.relative
    ]
    notes += [
        Note("misspelt", {"typed": place.typed, "region": place.id})
        for place in question.regions
        if place.typed
    ]
    notes += [
        Note("repaired", {"typed": repair.typed, "read": repair.read})
        for repair in question.repairs
        if repair.doubtful
    ]
    return tuple(notes[:3])
