"""How much one person may ask: the buckets by themselves, and through the bot."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest

from handlers import quota
from handlers.quota import BURST, PER_MINUTE, Buckets
from knowledge.telling.render import notice
from tests.telegram.conftest import REAL
from tests.telegram.harness import Bot, Person, running, text_of

OWNER = 4_000_002
START = 1_800_000_000.0


def asked(buckets: Buckets, seconds: float, every: float, person: int = 1, since: float = START) -> int:
    """How many of one person's questions are let through."""
    count = int(seconds / every)
    return sum(buckets.take(person, since + number * every) for number in range(count))


def test_a_burst_and_then_so_many_a_minute() -> None:
    buckets = Buckets()
    assert asked(buckets, 1, 0.01) == BURST
    assert asked(buckets, 600, 1, since=START + 1) == pytest.approx(10 * PER_MINUTE, abs=1)


def test_whoever_asks_slowly_is_never_refused() -> None:
    every = 60 / PER_MINUTE
    assert asked(Buckets(), 3600, every) == 3600 / every


def test_one_persons_haste_costs_nobody_else_anything() -> None:
    buckets = Buckets()
    asked(buckets, 10, 0.01, person=1)
    assert asked(buckets, 1, 0.2, person=2) == 5


def test_one_sentence_until_the_bucket_has_been_full_again() -> None:
    buckets = Buckets()
    refusals = 0
    for number in range(300):
        if not buckets.take(1, START + number):
            refusals += buckets.first_refusal(1)
    assert refusals == 1
    later = START + 300 + 60 * BURST / PER_MINUTE
    assert asked(buckets, 1, 0.01, since=later) == BURST
    assert buckets.first_refusal(1)


def test_a_clock_that_goes_back_gives_nothing() -> None:
    buckets = Buckets()
    asked(buckets, 1, 0.01)
    assert asked(buckets, 1000, 1, since=START - 5000) == 0


def test_memory_is_bounded() -> None:
    buckets = Buckets()
    for person in range(quota.REMEMBERED + 500):
        buckets.take(person, START)
    assert len(buckets) == quota.REMEMBERED


@pytest.fixture(scope="module")
def limited(new_bot: Callable[..., Bot]) -> Iterator[Bot]:
    """A bot with the limit that the product has."""
    with running(new_bot(REAL, QUESTIONS_PER_MINUTE=str(PER_MINUTE), OWNER_IDS=str(OWNER))) as bot:
        yield bot


def test_too_many_questions_get_one_sentence_and_then_silence(limited: Bot) -> None:
    person, other = Person(limited), Person(limited)
    for _ in range(BURST + 4):
        person.say("/riengtu", age=30)
    texts = [text_of(call) for call in person.next(BURST + 1)]
    assert texts == [notice("privacy")] * BURST + [notice("too_many")]
    assert other.ask("/riengtu") == notice("privacy")
    person.nothing_more()  # half a minute later by the times of the messages
    person.nothing_more()


def test_what_has_waited_is_counted_by_when_it_was_sent(limited: Bot) -> None:
    person = Person(limited)
    for number in range(2 * BURST):
        person.say("/riengtu", age=500 - 10 * number)
    assert {text_of(call) for call in person.next(2 * BURST)} == {notice("privacy")}


def test_those_who_keep_the_knowledge_are_never_refused(limited: Bot) -> None:
    owner = Person(limited)
    owner.user = owner.chat = OWNER
    for _ in range(2 * BURST):
        owner.say("/riengtu")
    assert {text_of(call) for call in owner.next(2 * BURST)} == {notice("privacy")}


def test_taps_count_too_and_are_told_once(limited: Bot) -> None:
    person = Person(limited)
    shown = Person(limited)
    for _ in range(BURST + 3):
        person.tap("1:c:AAAAAAAAAAAA", 5)
    shown.ask("/riengtu")
    person.say("/riengtu", age=-60)
    person.answer()  # everything before it is done
    said = [call["fields"].get("text") for call in limited.calls("answerCallbackQuery")]
    assert said.count(notice("too_many")) == 1
    assert said.count(notice("stale_button")) == BURST
