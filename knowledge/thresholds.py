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
