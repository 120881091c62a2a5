"""Which entries may speak to a question: found by likeness, then held against the place, the time, the spelling and the
thing that is asked."""

from __future__ import annotations

import re
import unicodedata
from datetime import date
from functools import lru_cache

from knowledge.answering.library import Library, dateless, day_of
from knowledge.answering.whereabouts import in_kind
from knowledge.answering.wording import ACTIVITY, FORMER
from knowledge.answers.trades import PLACES
from knowledge.finding.eligibility import TRADE_TOPIC
from knowledge.finding.entries import STOP, Match
from knowledge.finding.versions import applied
from knowledge.language.lexicon import signature
from knowledge.reading.question import Question
from knowledge.records import Entry
from knowledge.text import fold
from knowledge.thresholds import THRESHOLDS


@lru_cache(maxsize=4)
def _marked(typed: str) -> tuple[tuple[str, str], ...]:
    """The words typed with marks that tell something, each with its letters."""
    said = dict.fromkeys(re.findall(r"\w+", unicodedata.normalize("NFC", typed).lower()))
    pairs = ((word, fold(word)) for word in said if not word.isascii())
    return tuple((word, folded) for word, folded in pairs if folded != word and folded not in STOP)


class Fitting:
    """Finds entries of one library that may be told."""

    def __init__(self, library: Library) -> None:
        self._library = library
        self._places = {
            rule.entry for rule in library.base.rules if rule.slot == "fact" and rule.value in PLACES
        }

    def matches(self, question: Question, today: date) -> list[Match]:
        """The entries that may speak to a question, the best first."""
        found = [match for match in self._found(question, today) if self._speaks_of(question, match)]
        return self._of_that_time(question, found, today)

    def said(self, question: Question) -> str:
        """The words by which entries are looked for."""
        return in_kind(question, self._library.province_in(question))

    def named_that_year(self, question: Question) -> str:
        """The entry of which a stored question names the very year, and fits nearly as well; empty where there is none."""
        years = {period.code for period in question.periods.found if len(period.code) == 4}
        best = self._library.entries.search(question.clean, limit=1) if years else []
        sure = best and best[0].score >= THRESHOLDS.sure and not years.isdisjoint(best[0].key.split())
        return best[0].id if sure else ""

    def _found(self, question: Question, today: date) -> list[Match]:
        """Entries by the words of a question. What a rule was in November 2025 is also looked for without the date,
        which the validity of a rule answers."""
        found = {match.id: match for match in self._library.entries.search(self.said(question))}
        if question.periods.found and not question.amount:
            day, _ = day_of(question, today)
            undated = self._library.entries.search(dateless(question, today))
            that_year = self.named_that_year(question)
            for match in undated:
                entry = self._library.base.entries[match.id]
                known = found.get(match.id)
                if that_year and match.id != that_year:
                    continue
                leads = match.score >= undated[0].score - THRESHOLDS.same_rule
                changed = leads and self._library.versions.changed(entry)
                may_i = question.yes_no and match.id in self._library.eligibility and entry.valid_from
                if (
                    (may_i or changed)
                    and applied(self._library.versions.on(entry, day), day)
                    and not (known and known.score > match.score)
                ):
                    found[match.id] = match
        entries = self._library.base.entries
        former, what = FORMER.search(question.clean), question.reading.has("asks", "definition")

        def fits(match: Match) -> float:
            entry = entries[match.id]
            asked = (former and entry.valid_to) or (what and entry.kind == "definition")
            return match.score + (THRESHOLDS.of_the_kind if asked and match.coverage >= 0.8 else 0)

        return sorted(
            found.values(),
            key=lambda match: (-fits(match), entries[match.id].kind == "assessment", match.id),
        )

    def _speaks_of(self, question: Question, match: Match) -> bool:
        """Whether an entry is of the place that is asked, and its yes or no of what is asked: what holds in one is never
        told for another."""
        entry = self._library.base.entries[match.id]
        report = entry.kind == "assessment"
        kind = "region" if report else "province"
        asked = {place.id for place in question.regions if self._library.base.regions[place.id].kind == kind}
        told = self._library.places_of(match.id) if asked else frozenset()
        verdict = entry.stance in ("yes", "no") or (entry.stance and TRADE_TOPIC in entry.topics)
        if verdict and match.unsaid > THRESHOLDS.unsaid_of_yes:
            return False
        first = question.reading.has("aspect", "selection", "priority")
        if "uu_tien" in entry.topics and entry.stance and not first and match.score < THRESHOLDS.exact:
            return False  # to be considered first is no answer to "may I?"
        strange = self._spelt_otherwise(question, match)
        if strange and (self._of_trade(match) or strange >= THRESHOLDS.spelt_otherwise):
            return False
        if self._of_a_thing_unasked(question, match, entry) or self._of_a_place_unsaid(question, match):
            return False
        return not told or bool(told & asked)

    def _spelt_otherwise(self, question: Question, match: Match) -> float:
        """Of the telling words with marks that the stored question shares with what was typed, the share that the entry
        has with other marks only ("thù lao" is no "doanh thu"); none of a nearly exact one, which has a slip."""
        if (
            match.score >= THRESHOLDS.nearly_exact
            and match.coverage >= THRESHOLDS.near_coverage
            and not self._of_trade(match)
        ):
            return 0.0
        key = set(match.key.split())
        weight = self._library.entries.known_weight
        telling = {word: weight(folded) for word, folded in _marked(question.typed) if folded in key}
        whole = sum(telling.values())
        if not whole:
            return 0.0
        own = self._library.spellings_of(match.id)
        return sum(size for word, size in telling.items() if signature(word) not in own) / whole

    def _of_trade(self, match: Match) -> bool:
        return TRADE_TOPIC in self._library.base.entries[match.id].topics

    def _of_a_thing_unasked(self, question: Question, match: Match, entry: Entry) -> bool:
        """Whether the stored question that fits speaks of an activity, or of one province's text, that is not asked."""
        if match.unsaid < THRESHOLDS.unsaid_thing or match.score >= THRESHOLDS.exact:
            return False
        thing = ACTIVITY.search(match.key)
        if thing and not ACTIVITY.search(question.clean) and thing.group() not in question.clean:
            return True
        told = fold(entry.body.split("\n\n", 1)[0])
        said = {place.id for place in question.regions}
        key = f" {match.key} "  # "thue" is not Huế
        return not said and any(
            f" {name} " in key and name in told for name in self._library.provinces.values()
        )

    def _of_a_place_unsaid(self, question: Question, match: Match) -> bool:
        """Whether an activity is asked for, and the rule is on a kind of place of which only a name was said."""
        if match.id not in self._places or not ACTIVITY.search(question.clean):
            return False
        return not ACTIVITY.search(match.key) and not question.reading.has("fact")

    def _of_that_time(self, question: Question, matches: list[Match], today: date) -> list[Match]:
        """For a dated question, rules that applied then before rules that did not."""
        day, dated = day_of(question, today)
        if not dated:
            return matches

        def then(match: Match) -> float:
            entry = self._library.base.entries[match.id]
            if entry.kind == "assessment" or not (entry.valid_from or entry.valid_to):
                return match.score
            if applied(entry, day):
                return match.score + 0.1
            return match.score - (0 if applied(self._library.versions.on(entry, day), day) else 0.1)

        return sorted(matches, key=lambda match: (-then(match), match.id))
