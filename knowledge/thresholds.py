"""When text is answered, when a choice is offered, when the bot declines. Chosen on the golden questions, not guessed."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Thresholds:
    """Scores and coverages in 0..1 (`finding.entries.Match`)."""

    sure: float = 0.8
    """At or above this the words are nearly those of a stored question: answered whatever else the question looks like."""
    unsaid: float = 0.2
    """Of such a stored question no more than this may be missing from what was asked ("why is … late?" is not "how much?")."""
    unsaid_of_yes: float = 0.65
    """A yes or no to a stored question of which more than this was not asked is a yes or no to something else."""
    unsaid_thing: float = 0.3
    """A stored question of which more than this was not asked may speak of an activity or a province that was not asked."""
    unsaid_of_may: float = 0.4
    """An entry without a yes or no answers "may I?" only by a stored question of which no more than this was not asked."""
    of_the_kind: float = 0.1
    """What a definition gains where it is asked what something is, and an ended rule where the former one is asked for."""
    spelt_otherwise: float = 0.6
    """An entry that has so much of what it shares with a question with other marks only speaks of something else."""
    nearly_exact: float = 0.9
    """At or above this a word with another mark is a slip of whoever typed it."""
    exact: float = 0.95
    """At or above this nothing else can be meant, not even a figure of the year that is named."""
    contested: float = 0.02
    """A yes and a no that fit within this much of each other are offered, neither is told."""
    same_rule: float = 0.03
    """Without its date, a question is about the rules that fit within this much of the best."""
    answer: float = 0.5
    """An entry is answered at this score, if it also explains `coverage` of the question."""
    answer_off_topic: float = 0.6
    """The same for a question that never names the topic (khuyến công, KCQG, CNNT …)."""
    near_off_topic: float = 0.7
    near_coverage: float = 0.78
    """Nor need such a question have a word of the field, if an entry fits and explains it this well."""
    eligible: float = 0.42
    """An entry on a trade or a kind of establishment answers "may I have it?" at this score."""
    related: float = 0.5
    """Entries that fit at least this well are told behind the answer ("Xem thêm")."""
    coverage: float = 0.62
    alone: float = 0.42
    """With no other entry near, an entry is answered at this score."""
    offer: float = 0.36
    """Below `answer` but at least this: the nearest entries are offered as choices."""
    offer_coverage: float = 0.5
    document_entry: float = 0.45
    """An entry that cites the document a question names is answered at this score instead of the document's card."""
    document_title: float = 0.72


THRESHOLDS = Thresholds()
