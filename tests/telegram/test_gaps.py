"""Learning from gaps through a real server: from a question without an answer to its answer, by taps."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

import pytest

from db.gaps import Decided, Gap
from handlers.admin.likeness import grouped
from knowledge.telling.gap_pages import LABELS
from tests.telegram.harness import Bot, Json, Person, buttons_of, id_of, running, text_of, until
from tests.telegram.html import visible
from tests.telegram.test_admin import first_line, owned

COMMAND = "/chua_tra_loi"


@pytest.fixture
def owner(new_bot: Callable[..., Bot]) -> Iterator[Person]:
    """The owner of a running bot that nobody else has asked anything."""
    bot, owner = owned(new_bot)
    with running(bot):
        yield owner


def listed(owner: Person) -> Json:
    """The list; its message."""
    owner.say(COMMAND)
    return owner.answer()


def tap(owner: Person, call: Json, label: str) -> Json:
    """Tap a button of the list; the message as it is then."""
    owner.tap(buttons_of(call)[label], id_of(call))
    (edited,) = owner.next()
    assert edited["method"] == "editMessageText"
    return edited


def shown(call: Json) -> str:
    return visible(text_of(call))


def test_a_gap_becomes_a_way_of_asking_and_is_answered_at_once(owner: Person) -> None:
    question = "zorp blim lò gốm bát tràng thì sao"
    person = Person(owner.bot)
    person.ask(question)
    Person(owner.bot).ask(question.upper())
    call = listed(owner)
    assert re.search(r"1\. 2 lần: .*ZORP", shown(call))
    card = tap(owner, call, "1")
    assert "Bot đang đáp:" in shown(card)
    offers = tap(owner, card, LABELS["variant"])
    entries = re.findall(r"\(([a-z0-9-]+)\)$", shown(offers), re.MULTILINE)
    labels = [label for label in buttons_of(offers) if label[:1].isdigit()]
    assert 3 <= len(entries) == len(labels) <= 4
    saved = tap(owner, offers, labels[1])
    number = re.search(r"/hoan_tac (\d+)", text_of(saved))
    assert number
    for typed in (question, question.upper()):
        assert first_line(owner.bot, entries[1]) in visible(person.ask(typed))
    assert "Không có câu nào" in owner.ask(COMMAND)
    assert "Đã hoàn tác" in owner.ask(f"/hoan_tac {number[1]}")
    assert "ZORP" in shown(listed(owner))


def test_what_a_variant_was_made_of_is_refused_the_second_time(owner: Person) -> None:
    Person(owner.bot).ask("zorp blim lò gốm bát tràng")
    offers = tap(owner, tap(owner, listed(owner), "1"), LABELS["variant"])
    label = next(iter(buttons_of(offers)))
    assert "Đã lưu" in shown(tap(owner, offers, label))
    before = len(owner.bot.calls("answerCallbackQuery"))
    owner.tap(buttons_of(offers)[label], id_of(offers))
    until(lambda: len(owner.bot.calls("answerCallbackQuery")) > before, wanted="an answer to the tap")
    (edited,) = owner.next()
    assert "đã là cách hỏi của bài" in shown(edited)


@pytest.mark.parametrize("decision", ["off_topic", "later"])
def test_what_was_put_aside_keeps_like_questions_out_until_it_is_taken_back(
    owner: Person, decision: str
) -> None:
    person = Person(owner.bot)
    person.ask("zorp blim lò gốm bát tràng")
    told = tap(owner, tap(owner, listed(owner), "1"), LABELS[decision])
    assert "zorp" in shown(told)
    Person(owner.bot).ask("lò gốm bát tràng zorp blim?")
    assert "Không có câu nào" in owner.ask(COMMAND)
    again = tap(owner, told, LABELS["take_back"])
    assert "2 lần" in shown(again)


def test_a_disliked_answer_is_listed_until_it_is_mended(owner: Person) -> None:
    person = Person(owner.bot)
    for _ in range(2):
        person.say("hộ kinh doanh có được khuyến công không")
        answer = person.answer()
    owner.tap(buttons_of(answer)["👎"], id_of(answer))
    person.nothing_more()
    assert "Không có câu nào" in owner.ask(COMMAND), "nobody rates for another"
    person.tap(buttons_of(answer)["👎"], id_of(answer))
    person.nothing_more()
    call = listed(owner)
    assert "1 lần 👎: hộ kinh doanh" in shown(call)
    card = tap(owner, call, "1")
    assert "bị chê 1 lần" in shown(card)
    tap(owner, card, LABELS["done"])
    assert "Không có câu nào" in owner.ask(COMMAND)
    person.say("hộ kinh doanh có được khuyến công không")
    answer = person.answer()
    person.tap(buttons_of(answer)["👎"], id_of(answer))
    person.nothing_more()
    call = listed(owner)
    assert "hộ kinh doanh" in shown(call), "disliked again after it was mended"
    told = tap(owner, tap(owner, call, "1"), LABELS["variant"])
    labels = list(buttons_of(told))
    assert "đã là cách hỏi của bài" in shown(tap(owner, told, labels[0]))


def test_a_disliked_answer_that_became_a_way_of_asking_leaves_the_list(owner: Person) -> None:
    person = Person(owner.bot)
    question = "cơ sở nhỏ nhà tôi làm mộc có được khuyến công hỗ trợ không vậy bạn"
    person.say(question)
    answer = person.answer()
    person.tap(buttons_of(answer)["👎"], id_of(answer))
    person.nothing_more()
    told = tap(owner, tap(owner, listed(owner), "1"), LABELS["variant"])
    assert "Đã lưu" in shown(tap(owner, told, next(iter(buttons_of(told)))))
    assert "Không có câu nào" in owner.ask(COMMAND)


def test_asked_back_twice_in_a_row_is_listed(owner: Person) -> None:
    person = Person(owner.bot)
    person.ask("kế hoạch kinh phí khuyến công là bao nhiêu")
    assert "Không có câu nào" in owner.ask(COMMAND)
    person.ask("kế hoạch kinh phí khuyến công là bao nhiêu vậy")
    call = listed(owner)
    assert "kế hoạch kinh phí khuyến công" in shown(call)
    assert "phải hỏi lại 1 lần" in shown(tap(owner, call, "1"))


def test_other_fields_and_personal_words_never_reach_the_list(owner: Person) -> None:
    person = Person(owner.bot)
    person.ask("giá vàng hôm nay bao nhiêu")
    assert "Không có câu nào" in owner.ask(COMMAND)
    person.ask("em tên Lan Zorp 0912345678 lan@example.org blim blam")
    told = shown(listed(owner))
    assert "blim blam" in told
    assert not any(part in told for part in ("Lan", "0912", "example"))


def test_many_gaps_have_pages_and_buttons_survive_a_restart(owner: Person) -> None:
    person = Person(owner.bot)
    words = ["mèo", "chó", "gà", "vịt", "ngan", "ngỗng", "trâu", "bò", "dê"]
    for number, word in enumerate(words):
        person.ask(f"zorp {word} {word * 2} {'abcdefghi'[number] * 5}")
    first = listed(owner)
    assert LABELS["after"] in buttons_of(first)
    assert LABELS["before"] not in buttons_of(first)
    owner.bot.restart()
    second = tap(owner, first, LABELS["after"])
    assert "trang 2" in shown(second)
    assert "zorp mèo" in shown(second)
    assert "zorp mèo" in shown(tap(owner, second, "1"))
    back = tap(owner, tap(owner, second, LABELS["before"]), "3")
    assert LABELS["variant"] in buttons_of(back)


def test_a_question_that_has_left_the_list_is_told(owner: Person) -> None:
    person = Person(owner.bot)
    person.ask("zorp blim lò gốm bát tràng")
    call = listed(owner)
    person.ask("/xoa_du_lieu")
    assert "không còn trong danh sách" in shown(tap(owner, call, "1"))


def test_a_stranger_cannot_tap(owner: Person) -> None:
    stranger = Person(owner.bot)
    stranger.ask("zorp blim lò gốm bát tràng")
    call = listed(owner)
    before = len(owner.bot.calls("answerCallbackQuery"))
    stranger.tap(buttons_of(call)["1"], id_of(call))
    until(lambda: len(owner.bot.calls("answerCallbackQuery")) > before, wanted="an answer to the tap")
    stranger.nothing_more()


def test_a_new_row_begins_with_the_question(owner: Person) -> None:
    asker = Person(owner.bot)
    asker.ask("zorblax quux là gì")
    asker.ask("kế hoạch KCĐP Kon Tum năm 2031")
    owner.ask("kế hoạch KCĐP Kon Tum năm 2032")
    owner.say(COMMAND)
    call = owner.answer()
    told = visible(text_of(call))
    assert "2032" not in told, "what an editor asks is no gap"
    for words, wanted in (("zorblax", "Đã ghi: tiêu đề Zorblax quux là gì"), ("2031", "kỳ năm 2031")):
        place = next(line.partition(".")[0] for line in told.splitlines() if words in line)
        card = edited(owner, call, place)
        owner.tap(buttons_of(card)["Mục mới"], id_of(card))
        asked = visible(text_of(owner.answer()))
        assert wanted in asked
        assert "Lời đáp?" in asked or "Bao nhiêu?" in asked
        owner.ask("/huy")


def edited(person: Person, call: Json, label: str) -> Json:
    """Tap a button; the message as it is then."""
    person.tap(buttons_of(call)[label], id_of(call))
    (found,) = person.next()
    return found


def test_decisions_are_held_against_like_questions_only() -> None:
    asked = [Gap(4, "kinh phí 2024", "no_answer"), Gap(3, "ở đâu vay vốn", "disliked")]
    assert [group.id for group in grouped(asked, [Decided(1, "vay vốn ở đâu?", "off_topic", 0)])] == [4]
    assert [group.id for group in grouped(asked, [Decided(1, "vay vốn ở đâu?", "done", 3)])] == [4]
    assert len(grouped(asked, [Decided(1, "vay vốn ở đâu?", "done", 2)])) == 2
    assert len(grouped(asked, [Decided(1, "kinh phí 2023", "off_topic", 9)])) == 2
