"""One question in, one answer out: read, decide which kind of question it is, find."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date

from knowledge.answering import Asked, Routes
from knowledge.answering.documents import only_of_card
from knowledge.answering.parts import SEVERAL
from knowledge.answers.claims import figures_of
from knowledge.answers.passages import Passages
from knowledge.base import KnowledgeBase
from knowledge.dialogue import Context
from knowledge.dialogue.about import digest, matter
from knowledge.dialogue.conversation import Conversation
from knowledge.dialogue.followup import words_of
from knowledge.language.foreign import Foreign
from knowledge.language.spans import IDLE, Reading, Span
from knowledge.matching.matcher import Matcher
from knowledge.reading.question import Reader
from knowledge.records import Answer, Entry, Note
from knowledge.telling.choices import fitted
from knowledge.text import MAX_CHARS, fold

LONGEST_DOUBLE = 400
"""A longer message is read as one."""
LEAST_WORDS = 3
LEAST_MEANT, LEAST_NEAR = 0.01, 0.6
"""How likely the text of a second question must be in the whole message, or how near to it in words."""
_OF_SOMETHING = ("asks", "aspect", "measure", "entry_name")
_CLAUSE = frozenset(",?")
NAMED = frozenset({"list", "edition"})
"""What is asked for by words that as well name a thing: "gồm", "lần thứ"."""
_NO_QUESTION = NAMED | {"yes_no", "check", "how_many"}
"""What words say that ask only at the end of a clause, or only name a thing."""


class Assistant:
    """Answers questions from one base. Stateless: what a chat remembers is handed in and handed back.

    `clock` gives today's date; "năm nay" and the validity of rules are read against it. `former` answered from the base as
    it was before a change: what reads words is taken over from it where no word has changed.
    """

    def __init__(
        self,
        base: KnowledgeBase,
        clock: Callable[[], date] = date.today,
        former: Assistant | None = None,
    ) -> None:
        self.base = base
        self._clock = clock
        alike = former if former and former.reader.reads(base) else None
        self.reader: Reader = alike.reader if alike else Reader(base)
        """Reads what is typed against the base, for whoever needs that."""
        self.routes: Routes = Routes(base, self.reader, alike.routes.library.entries if alike else None)
        self.matcher: Matcher = Matcher(
            base, self.reader, self.routes, alike=alike.matcher if alike else None
        )
        self._foreign = Foreign(base.lexicon)
        self._asking = {
            fold(row.phrase) for row in base.lexicon if row.slot == "asks" and row.value not in _NO_QUESTION
        }
        self.conversation = Conversation(base, self.reader, self.matcher)
        self._passages = Passages(base, self.reader, self.routes.claims)

    def prepare(self) -> None:
        """Make now what is else made for the first who needs it."""
        self._passages.prepare()

    def ask(self, text: str, context: Context | None = None) -> tuple[Answer, Context]:
        """The answer to `text`, and what the chat should remember. Never raises for any text.

        Of two questions in one message both are answered, the second as a follow-up of the first. Of a text that is longer
        than any message the rest is not read.
        """
        text, context = text[:MAX_CHARS], context or Context()
        checked = self._passages.answer(text, self._clock())
        if checked is not None:
            kept = self.conversation.after_checked(checked, text, context)
            return replace(checked, names=self._names(checked)), kept
        if meant := self._foreign.translated(text):
            answer, after = self._ask(meant, context)
            return replace(answer, assumptions=(Note("in_english"), *answer.assumptions)), after
        parts = self._questions(text) or self._joined(text)
        whole = self._ask(text, context)
        return self._of_two(text, parts, whole, context) if len(parts) > 1 else whole

    def _of_two(
        self, text: str, parts: list[str], whole: tuple[Answer, Context], context: Context
    ) -> tuple[Answer, Context]:
        """The answers to both questions of a message, or that to the message as one, where that says as much."""
        if whole[0].aspect == SEVERAL or self._states_otherwise(text, whole[0]):
            return whole
        both = self._both(parts, context)
        if both is None or (_tells_one(whole[0], both[0]) and self._strays(text, both[0].then[0], context)):
            return whole
        says_more = both[0].then and not _tells_both(whole[0], both[0])
        return both if says_more or not digest(whole[0]) else whole

    def _states_otherwise(self, text: str, whole: Answer) -> bool:
        """Whether a message asks nothing and states something that is not so."""
        differs = any(part.outcome == "differs" for part in whole.parts)
        return differs and not self.reader.read(text, self._clock()).reading.has("asks")

    def _strays(self, text: str, second: Answer, context: Context) -> bool:
        """Whether the text that a second question got by itself is none that the whole message may mean."""
        entry = second.entries[0].id
        asked = Asked(self.reader.read(text, self._clock()), context, self._clock())
        rows = [row for row in self.matcher.scored(asked) if _tells(row.candidate.answer, entry)]
        near = max((row.candidate.likely.near for row in rows if row.candidate.likely), default=0.0)
        return near < LEAST_NEAR and max((row.probability for row in rows), default=0.0) < LEAST_MEANT

    def _both(self, parts: list[str], context: Context) -> tuple[Answer, Context] | None:
        """The answers to two questions, the second as a follow-up of the first.

        Where that tells nothing, the first with a word on it; where it is the same text, the first alone; None where the first
        tells nothing.
        """
        first, after = self._ask(parts[0], context)
        if not digest(first):
            return None
        second, last = self._ask(parts[1], after)
        if second.entries and second.entries[:1] == first.entries[:1]:
            return first, after
        if not digest(second) or matter(second) == matter(first):
            return self._one_of(parts[1], first, second, after)
        shown = tuple(dict.fromkeys((*after.told, *last.told)))
        answer = replace(first, then=(second,), choices=first.choices or second.choices)
        return answer, replace(last, told=shown)

    def _one_of(
        self, part: str, told: Answer, untold: Answer, context: Context
    ) -> tuple[Answer, Context] | None:
        """The answer to the first of two questions; what the base lacks for the other, or that it was not answered."""
        if digest(untold):
            return None
        if untold.kind != "check" and any(gap.code == "no_figure" for gap in untold.gaps):
            return replace(told, then=(untold,)), context
        note = Note("part_untold", {"part": part})
        return replace(told, assumptions=(*told.assumptions, note)), context

    def _ask(self, text: str, context: Context) -> tuple[Answer, Context]:
        today = self._clock()
        if not any(char.isalnum() for char in fold(text)):
            return Answer(status="no_answer", kind="help", as_of=today, gaps=(Note("unreadable"),)), context
        answer, after = self.conversation.turn(text, context, today)
        body = self.base.bodies.get(answer.regions[-1].id) if answer.regions else None
        answer = replace(answer, names=self._names(answer), body=body, choices=fitted(answer.choices))
        return answer, replace(after, choices=fitted(after.choices))

    def _joined(self, text: str) -> list[str]:
        """The two questions of a message that joins them by words: each asks something itself."""
        if len(text) > LONGEST_DOUBLE:
            return []
        today = self._clock()
        reading = self.reader.read(text, today).reading
        for end, start in self._borders(reading):
            parts = [words_of(reading, 0, end), words_of(reading, start, len(reading.words))]
            halves = [self.reader.read(part, today).reading for part in parts]
            listed = end == start and not (any(map(self._in_words, halves[1].spans)) or _goes_on(halves[1]))
            if (
                not listed
                and _asks_itself(halves[0], 4)
                and (_asks_itself(halves[1], 2) or _goes_on(halves[1]))
                and not _of_one(halves)
                and not _one_claim(halves)
            ):
                return [] if self.matcher.stored(text) else parts
        return []

    def _questions(self, text: str) -> list[str]:
        """The questions of a message that asks two: parts that end with a question mark and are of something themselves."""
        if text.count("?") < 2 or len(text) > LONGEST_DOUBLE:
            return []
        today = self._clock()
        parts = [f"{part.strip()}?" for part in text.split("?")[:-1]]
        readings = [self.reader.read(part, today).reading for part in parts]
        asking = [
            part
            for part, reading in zip(parts, readings, strict=True)
            if len(reading.words) >= LEAST_WORDS and any(map(reading.has, _OF_SOMETHING))
        ]
        return asking if len(asking) == 2 else []

    def _borders(self, reading: Reading) -> Iterator[tuple[int, int]]:
        """Where a second question may start: the end of the first and the start of the second, in words.

        At a strong joint; at a weak one that ends what asks something; and at a comma or a question mark behind words that ask,
        of which some do so only at the end.
        """
        said = [span for span in reading.spans if span.slot not in IDLE]
        for number, span in enumerate(said):
            comma = "," in reading.words[span.start].break_before
            asked = number > 0 and _ends(said[number - 1])
            if span.means("joint", "strong") or (span.means("joint", "weak") and (comma or asked)):
                yield span.start, span.end
        for span in reading.spans:
            before = [one for one in said if one.end <= span.start]
            if _CLAUSE.intersection(reading.words[span.start].break_before) and any(
                self._in_words(one) and (one is before[-1] or not _doubtful(one)) for one in before
            ):
                yield span.start, span.start

    def _in_words(self, span: Span) -> bool:
        """Whether a span asks by its words, not by the name of a thing alone."""
        if span.slot == "asks" and span.value not in NAMED:
            return True
        said = span.text.split()
        return any(map(span.means, ("asks", "aspect", "measure"))) and any(
            " ".join(said[start:end]) in self._asking
            for start in range(len(said))
            for end in range(start + 1, len(said) + 1)
        )

    def nearest(self, text: str, limit: int = 4) -> tuple[Entry, ...]:
        """The entries that come nearest to `text`, the nearest first; none where `text` is like none."""
        return self.matcher.nearest(self.reader.read(text, self._clock()), limit)

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


def _tells(answer: Answer, entry: str) -> bool:
    """Whether this entry is the one that an answer tells."""
    return bool(answer.entries) and answer.entries[0].id == entry


def _tells_one(whole: Answer, both: Answer) -> bool:
    """Whether a message that is read as one is told the text of its first question, whose second is told another."""
    second = both.then[0].entries if both.then else ()
    return bool(second and whole.entries and whole.entries[:1] == both.entries[:1] != second[:1])


def _tells_both(whole: Answer, first: Answer) -> bool:
    """Whether a message that is read as one tells more of what its first question is about than that question alone."""
    reckons = whole.calculation and whole.levels == first.levels and not first.calculation
    if reckons and first.then[0].levels == whole.levels:
        return True
    same = whole.entries[:1] == first.entries[:1] and whole.case != first.case
    beside = whole.events and whole.events == first.events and len(whole.companions) > len(first.companions)
    doubtful = not first.figures and any(part.outcome == "misprint" for part in whole.parts)
    answers = (first, *first.then)
    told = {row.id for answer in answers for row in answer.figures}
    shown = {row.id for row in (*whole.figures, *whole.companions)}
    reckoned = all(answer.figures for answer in answers) and told <= shown
    return bool(whole.also or (whole.case and same) or beside or doubtful or reckoned)


def _ends(span: Span) -> bool:
    """Whether a question may end with this span."""
    return span.means("asks") or span.means("aspect")


def _one_claim(halves: list[Reading]) -> bool:
    """Whether both halves only ask whether what they say is right: they are parts of one claim."""
    asking = [half.of("asks") for half in halves]
    return all(asking) and all(one.means("asks", "check") for spans in asking for one in spans)


def _of_one(halves: list[Reading]) -> bool:
    """Whether two halves are the two sides of one comparison, or ask the same of the same, or both of one document."""
    if halves[0].has("document") and only_of_card(halves[1]):
        return True
    return any(span.value != "sum" for half in halves for span in half.of("operator")) or (
        halves[0].has("head", "funding")
        and not halves[1].has("aspect")
        and not halves[1].has("head")
        and not all(half.has("asks", "how_much", "percent") for half in halves)
    )


def _doubtful(span: Span) -> bool:
    """Whether a span asks only at the end of a clause: "không" may deny, and a lone "mấy" be a machine or some days."""
    lone = span.end - span.start == 1
    return span.means("asks", "yes_no") or (lone and span.means("asks", "how_many"))


def _goes_on(reading: Reading) -> bool:
    """Whether a text asks the same of another programme, place or time ("còn KCQG?")."""
    first, *rest = reading.spans or (None,)
    another = [one for one in rest if one.slot not in IDLE]
    return bool(
        first is not None
        and first.means("joint", "weak")
        and another
        and all(one.slot in ("programme", "region", "period") for one in another)
    )


def _asks_itself(reading: Reading, words: int) -> bool:
    """Whether a text of so many words or more asks something, also within a longer phrase ("chiếm mấy phần trăm")."""
    number = any(one.means("asks", "how_much", "how_many", "percent") for one in reading.inner)
    return (number or reading.has("asks") or reading.has("aspect")) and len(reading.words) >= words
