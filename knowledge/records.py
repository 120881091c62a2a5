"""What the knowledge base holds and what an answer says: frozen records, no behaviour beyond reading themselves.

A record's `note` is told to people; its `editor_note` is for those who keep the base and is never told.

Amounts are in đồng, percents in percent (92.1 means 92,1 %), counts in their own unit. Everything that is shown to a
person keeps the form in which its source printed it (`as_printed`).
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import Literal

from knowledge.stated import Judgement

Status = Literal["answered", "asked_back", "no_answer"]
Kind = Literal[
    "figure",
    "comparison",
    "series",
    "check",
    "policy",
    "support",
    "event",
    "document",
    "choice",
    "help",
    "smalltalk",
]
Stance = Literal["yes", "no", "conditional", "unknown"]
Outcome = Literal["match", "rounded", "likely", "misprint", "differs", "unknown"]


@dataclass(frozen=True, slots=True)
class Source:
    """Where a row comes from. `rank`: 1 leads over 2 when two sources disagree."""

    id: str
    title: str
    publisher: str = ""
    published_on: str = ""
    url: str = ""
    kind: str = "news"
    rank: int = 3
    note: str = ""


@dataclass(frozen=True, slots=True)
class Region:
    """The country, a khuyến công region, a part of one, or a province with the time in which it existed."""

    id: str
    name: str
    kind: str
    aliases: tuple[str, ...] = ()
    part_of: str = ""
    valid_from: str = ""
    valid_to: str = ""
    successor: str = ""
    note: str = ""
    sources: tuple[str, ...] = ()
    editor_note: str = ""


@dataclass(frozen=True, slots=True)
class Body:
    """Who does khuyến công in a province: the unit that an owner goes to, and the body that it belongs to.

    `name` is "Sở Công Thương" where it is not known which unit does the work. Without `valid_to` it is that of today.
    """

    id: str
    province: str
    name: str
    parent: str = ""
    valid_from: str = ""
    valid_to: str = ""
    sources: tuple[str, ...] = ()
    note: str = ""
    editor_note: str = ""


@dataclass(frozen=True, slots=True)
class Indicator:
    """What a figure counts. `keys`: patterns of folded words, any of which names it (alternatives within groups)."""

    id: str
    name: str
    unit: str
    keys: tuple[tuple[tuple[str, ...], ...], ...] = ()
    note: str = ""


@dataclass(frozen=True, slots=True)
class Figure:
    """One printed figure. `value` in base units (đồng, percent, count) as printed; `likely_value` beside a misprint."""

    id: str
    indicator: str
    measure: str
    region: str
    period: str
    value: float
    unit: str
    as_printed: str
    source: str
    of: str = ""
    against: str = ""
    programme: str = ""
    value_max: float | None = None
    qualifier: str = "exact"
    terms: tuple[str, ...] = ()
    label: str = ""
    as_of: str = ""
    round: str = ""
    likely_value: float | None = None
    likely_period: str = ""
    locator: str = ""
    also: tuple[str, ...] = ()
    note: str = ""
    editor_note: str = ""


@dataclass(frozen=True, slots=True)
class Relation:
    """What must follow from what among figures; recomputed by `kb check`, told to the user where it does not hold.

    `kind`: how the operands combine (`ratio`, `sum`, `change`, `same`, …). `warning`: the sentence for the user, empty
    where nothing is wrong. `leads`: ids of the figures whose answers carry the warning.
    """

    id: str
    kind: str
    operands: tuple[str, ...]
    verdict: str
    printed: str = ""
    note: str = ""
    warning: str = ""
    leads: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Document:
    """A legal or planning document, numbered or not, with what it amends and what replaced it."""

    id: str
    number: str
    kind: str
    title: str
    issuer: str = ""
    issued_on: str = ""
    in_force_from: str = ""
    in_force_to: str = ""
    status: str = ""
    amends: tuple[str, ...] = ()
    replaces: tuple[str, ...] = ()
    replaced_by: tuple[str, ...] = ()
    about: str = ""
    aliases: tuple[str, ...] = ()
    basis: str = ""
    note: str = ""
    sources: tuple[str, ...] = ()
    editor_note: str = ""


@dataclass(frozen=True, slots=True)
class Event:
    """A conference, fair or review. Names and titles as the source prints them, at the time.

    `until`: the last day of one that takes several.
    """

    id: str
    kind: str
    name: str
    region: str = ""
    edition: str = ""
    year: str = ""
    date: str = ""
    place: str = ""
    organisers: tuple[str, ...] = ()
    host: str = ""
    chairs: tuple[str, ...] = ()
    next_host: str = ""
    participants: tuple[str, ...] = ()
    speakers: tuple[str, ...] = ()
    closed_by: str = ""
    concluded_by: str = ""
    sources: tuple[str, ...] = ()
    locator: str = ""
    note: str = ""
    until: str = ""
    aliases: tuple[str, ...] = ()
    editor_note: str = ""


@dataclass(frozen=True, slots=True)
class SupportLevel:
    """How much an activity may be supported: `percent` of the cost, at most `cap` đồng a `cap_unit`."""

    id: str
    activity: str
    name: str
    scope: str
    percent: float | None
    cap: int | None
    document: str
    article: str
    valid_from: str
    valid_to: str
    status: str
    cap_unit: str = ""
    min: str = ""
    conditions: str = ""
    sources: tuple[str, ...] = ()
    note: str = ""
    aliases: tuple[str, ...] = ()
    editor_note: str = ""


@dataclass(frozen=True, slots=True)
class Entry:
    """One question, one answer: a rule, a procedure, a definition, or what an article said (`assessment`)."""

    id: str
    kind: str
    title: str
    body: str
    detail: str = ""
    topics: tuple[str, ...] = ()
    aliases: tuple[str, ...] = ()
    questions: tuple[str, ...] = ()
    stance: str = ""
    basis: tuple[str, ...] = ()
    valid_from: str = ""
    valid_to: str = ""
    status: str = "in_force"
    sources: tuple[str, ...] = ()
    region: str = ""
    period: str = ""
    said_by: str = ""
    replaces: tuple[str, ...] = ()
    """Entries that tell the rule that applied to the same thing before this one."""


@dataclass(frozen=True, slots=True)
class SlotValue:
    """One value that a phrase can name: `name` is how people call it, `meaning` explains it to an admin."""

    id: str
    slot: str
    value: str
    name: str
    meaning: str = ""


@dataclass(frozen=True, slots=True)
class Lexeme:
    """A phrase, with its marks, that names `value` of `slot`."""

    id: str
    phrase: str
    slot: str
    value: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class Wording:
    """One more way to ask for an entry, from which the classifier learns; `voice`: who would ask so."""

    id: str
    entry: str
    question: str
    voice: str = ""


@dataclass(frozen=True, slots=True)
class Rule:
    """What is held against a thing that was said (`value` of `slot`) of a workshop or of what it wants.

    `beside`: what must be said too ("slot:value", any of several). `entry` states the rule; `stance` replaces its stance
    where this thing alone decides. `level`: the activity of its support levels; `amount`: the entry that tells how much
    where there is none. `label` and `ask`: a button, and the question that it stands for.
    """

    id: str
    slot: str
    value: str
    beside: tuple[str, ...] = ()
    entry: str = ""
    stance: str = ""
    level: str = ""
    amount: str = ""
    label: str = ""
    ask: str = ""


@dataclass(frozen=True, slots=True)
class GuideOption:
    """One possible answer (`value`) of a `step` of the guided check: its name, and the words that name it when typed.

    `entry` states its rule; `level`: the activity of its support levels; `button`: empty where it has none.
    """

    id: str
    step: str
    value: str
    label: str
    words: tuple[str, ...] = ()
    entry: str = ""
    level: str = ""
    button: str = ""


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody whom a source names, with the office as printed; `on`: the day or year; `occasions`: where."""

    name: str
    office: str
    on: str
    occasions: tuple[str, ...] = ()
    sources: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Note:
    """A fact to be told beside an answer; `telling.notes` turns `code` and `values` into a sentence."""

    code: str
    values: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Taken:
    """A figure on its way out of the chat, with its source and what must be told with it."""

    figure: Figure
    source: Source
    warnings: tuple[Note, ...]


@dataclass(frozen=True, slots=True)
class Choice:
    """A button: what it shows, and the question that it stands for (typing the label means the same)."""

    label: str
    question: str


@dataclass(frozen=True, slots=True)
class Comparison:
    """`second` against `first`: `difference` = second - first in their unit; `percent` of the first, if it has one."""

    first: Figure
    second: Figure
    difference: float
    percent: float | None
    kind: str  # "time", "programme", "region", "plan_actual"


@dataclass(frozen=True, slots=True)
class Part:
    """One part of a claim. `kind`: what it is of (`figure`, `day`, `place`, `chair`, `since`, …); `said`: as typed.

    `outcome`: `match`, `rounded`, `likely` (what a doubtful print should read), `misprint` (as printed, but doubtful),
    `differs` or `unknown`. `right`: what the base holds where it differs; `figure`: what a number was held against, `other`:
    the figure whose value was taken for it.
    """

    kind: str
    said: str
    outcome: Outcome
    right: str = ""
    figure: Figure | None = None
    other: Figure | None = None


@dataclass(frozen=True, slots=True)
class Calculation:
    """min(percent x cost, cap) for one support level; all amounts in đồng, `result` rounded down to the đồng."""

    level: SupportLevel
    cost: int
    share: int
    result: int


@dataclass(frozen=True, slots=True)
class Answer:
    """What to say, not how it looks. `telling.render` turns it into text.

    `figures`: the lead first, companions after it. `offers`: rows that are near what was asked and are labelled as such.
    """

    status: Status
    kind: Kind
    as_of: date
    figures: tuple[Figure, ...] = ()
    companions: tuple[Figure, ...] = ()
    asked: tuple[str, ...] = ()
    """Ids of those companions that were asked for themselves: they are told at once."""
    offers: tuple[Figure, ...] = ()
    comparison: Comparison | None = None
    parts: tuple[Part, ...] = ()
    judgements: tuple[Judgement, ...] = ()
    entries: tuple[Entry, ...] = ()
    case: str = ""
    """What the rule of the first entry comes to by what was said; it replaces the first paragraph of its text."""
    pointed: str = ""
    """A sentence of the further text of the first entry that speaks of what was asked."""
    also: tuple[Entry, ...] = ()
    """Entries that answer what else was asked of the same thing."""
    leads: tuple[Note, ...] = ()
    """What was asked of a document or an event, in the order asked: `code` is the aspect."""
    documents: tuple[Document, ...] = ()
    cited: tuple[Document, ...] = ()
    """The documents that an entry or a level rests on, then those that amend them."""
    events: tuple[Event, ...] = ()
    people: tuple[Person, ...] = ()
    levels: tuple[SupportLevel, ...] = ()
    calculation: Calculation | None = None
    regions: tuple[Region, ...] = ()
    body: Body | None = None
    """Who does khuyến công today in the last of `regions`."""
    stance: Stance | None = None
    aspect: str = ""
    manner: str = ""
    """`short`, `long` or `sure`: how the same answer is told again; `again`: short, unless what is asked may be in a list."""
    address: str = ""
    """How the person is addressed, where that is plain from the message."""
    assumptions: tuple[Note, ...] = ()
    warnings: tuple[Note, ...] = ()
    gaps: tuple[Note, ...] = ()
    choices: tuple[Choice, ...] = ()
    sources: tuple[Source, ...] = ()
    then: tuple[Answer, ...] = ()
    """The answer to a second question in the same message."""
    names: dict[str, str] = field(default_factory=dict)
    """Names of the regions and indicators that occur, by id."""
