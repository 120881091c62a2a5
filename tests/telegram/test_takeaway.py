"""Through the Bot API server: the citation, the link, the table, and answers in other chats."""

from __future__ import annotations

import http.client
import io
import itertools
import sqlite3
from collections.abc import Callable
from contextlib import closing
from typing import Any

import openpyxl
import pytest

from knowledge.telling.sheets import HEADER
from tests.telegram.harness import (
    Bot,
    Json,
    Person,
    buttons_of,
    copied_by,
    id_of,
    request,
    running,
    text_of,
    until,
)
from tests.telegram.test_admin import owned

QUESTION = "kinh phí khuyến công phía Bắc 2023"
_ids = itertools.count(500_000)


def fetched(bot: Bot, call: Json) -> bytes:
    """The file that a call sent, as the server gives it out."""
    file = call["result"]["document"]["file_id"]
    _, found = request(bot.server.port, "POST", f"/bot{bot.token}/getFile", {"file_id": file})
    connection = http.client.HTTPConnection("127.0.0.1", bot.server.port, timeout=10)
    try:
        connection.request("GET", f"/file/bot{bot.token}/{found['result']['file_path']}")
        return connection.getresponse().read()
    finally:
        connection.close()


def inline(bot: Bot, text: str) -> list[Json]:
    """What the bot offers to somebody who types `@bot text` in another chat."""
    id_ = str(next(_ids))
    sender = {"id": 1, "is_bot": False, "first_name": "Lan"}
    bot.deliver(inline_query={"id": id_, "from": sender, "query": text, "offset": ""})

    def answered() -> Json | None:
        calls = bot.calls("answerInlineQuery")
        return next((call for call in calls if call["fields"]["inline_query_id"] == id_), None)

    call = until(answered, wanted=f"an answer to the inline query {text!r}")
    assert "refused" not in call, call
    results: list[Json] = call["fields"]["results"]
    return results


def test_the_citation_holds_what_a_report_needs(person: Person) -> None:
    person.say(QUESTION)
    cited = next(text for text in copied_by(person.answer()).values() if "t.me" not in text)
    for part in ("phía Bắc", "năm 2023", "176,4 tỷ đồng", "16/5/2024"):
        assert part in cited


def test_the_link_reopens_the_answer_for_somebody_else(person: Person) -> None:
    person.say(QUESTION)
    first = person.answer()
    link = next(text for text in copied_by(first).values() if "t.me" in text)
    reopened = Person(person.bot).ask(f"/start {link.partition('start=')[2]}")
    assert reopened.split("\n")[1] == text_of(first).split("\n")[1]
    assert "176,4 tỷ đồng" in reopened


@pytest.mark.parametrize("reference", ["f_there-is-none", "x_45-2012-nd-cp", "f_", "đ", "1:c:abc"])
def test_a_link_to_nothing_greets(person: Person, reference: str) -> None:
    assert "Chào bạn" in person.ask(f"/start {reference}")


def test_an_entry_has_a_link_and_no_table(person: Person) -> None:
    person.say("hộ kinh doanh có được hỗ trợ khuyến công không")
    call = person.answer()
    assert len(copied_by(call)) == 1
    assert not any(data.startswith("1:x:") for data in buttons_of(call).values())


def table_button(call: Json) -> str:
    """The data of the table's button."""
    return next(data for data in buttons_of(call).values() if data.startswith("1:x:"))


def test_the_table_opens_with_the_same_values(person: Person) -> None:
    person.say(QUESTION)
    call = person.answer()
    person.tap(table_button(call), id_of(call))
    (sent,) = person.next()
    assert sent["method"] == "sendDocument"
    assert "176,4 tỷ đồng" in sent["fields"]["caption"]
    book = openpyxl.load_workbook(io.BytesIO(fetched(person.bot, sent)))
    read: list[tuple[Any, ...]] = list(book.active.iter_rows(values_only=True))
    assert read[0] == HEADER
    lead = dict(zip(HEADER, read[1], strict=True))
    assert lead["Giá trị"] == 176_400_000_000
    assert lead["Đơn vị"] == "đồng"
    assert "176,5" in lead["Lưu ý"]
    assert lead["Địa chỉ"] or lead["Bài hoặc văn bản nguồn"]


@pytest.mark.parametrize("typed", ["xuất excel", "cho xin file excel", "xuat excel"])
def test_the_table_can_be_asked_for_in_words(person: Person, typed: str) -> None:
    person.say(QUESTION)
    tapped = person.answer()
    person.tap(table_button(tapped), id_of(tapped))
    (by_button,) = person.next()
    person.say(typed)
    assert "Bảng Excel" in text_of(person.answer())
    (by_words,) = person.next()
    assert by_words["method"] == "sendDocument"
    assert rows_in(fetched(person.bot, by_words)) == rows_in(fetched(person.bot, by_button))
    person.nothing_more()


def test_without_figures_there_is_no_file_but_a_word(person: Person) -> None:
    assert "Hãy hỏi một số liệu trước" in person.ask("xuất excel")
    person.nothing_more()


def test_in_a_group_the_file_answers_who_asked(group: Person) -> None:
    group.ask(f"/hoi {QUESTION}")
    asked = group.say("/hoi xuất excel")
    assert "Bảng Excel" in text_of(group.answer())
    (sent,) = group.next()
    assert sent["method"] == "sendDocument"
    assert sent["fields"]["reply_parameters"]["message_id"] == asked


def rows_in(book: bytes) -> list[tuple[Any, ...]]:
    """What a table holds."""
    return list(openpyxl.load_workbook(io.BytesIO(book)).active.iter_rows(values_only=True))


def test_a_table_is_for_the_chat_that_was_shown_it(person: Person) -> None:
    person.say(QUESTION)
    data = table_button(person.answer())
    other = Person(person.bot)
    other.say(QUESTION)
    call = other.answer()
    other.tap(data, id_of(call))
    alert = until(
        lambda: next(
            (c for c in person.bot.calls("answerCallbackQuery") if "đã cũ" in c["fields"].get("text", "")),
            None,
        ),
        wanted="an alert",
    )
    assert alert
    other.nothing_more()


def test_a_table_can_be_taken_after_a_restart(new_bot: Callable[..., Bot]) -> None:
    bot = new_bot().start()
    person = Person(bot)
    person.say(QUESTION)
    call = person.answer()
    bot.stop()
    bot.start()
    person.tap(table_button(call), id_of(call))
    (sent,) = person.next()
    assert sent["method"] == "sendDocument"


def test_an_inline_query_gives_an_answer_ready_to_send(polling_bot: Bot) -> None:
    (result,) = inline(polling_bot, QUESTION)
    assert "phía Bắc" in result["title"].replace("Phía", "phía")
    assert "176,4 tỷ đồng" in result["title"]
    text = result["input_message_content"]["message_text"]
    assert "176,4 tỷ đồng" in text and "Nguồn" in text
    (row,) = result["reply_markup"]["inline_keyboard"]
    assert "?start=f_" in row[0]["url"]


def test_an_empty_inline_query_gives_examples(polling_bot: Bot) -> None:
    results = inline(polling_bot, " ")
    assert len(results) >= 2
    assert len({result["id"] for result in results}) == len(results)


def test_an_inline_query_that_leaves_something_open_offers_what_it_may_mean(polling_bot: Bot) -> None:
    results = inline(polling_bot, "kinh phí khuyến công năm 2024")
    assert len(results) >= 2
    assert all("2024" in result["input_message_content"]["message_text"] for result in results)


def numbers(owner: Person) -> str:
    """The text of `/thong_ke`, which a picture follows."""
    owner.say("/thong_ke 1")
    told, picture = owner.next(2)
    assert picture["method"] == "sendPhoto"
    return text_of(told)


def test_an_answer_that_was_sent_on_is_counted_once_and_nothing_of_it_kept(
    new_bot: Callable[..., Bot],
) -> None:
    bot, owner = owned(new_bot)
    with running(bot):
        result = inline(bot, QUESTION)[0]
        chosen = {
            "result_id": result["id"],
            "from": {"id": 4711_0815, "is_bot": False, "first_name": "Zyx"},
            "query": QUESTION,
        }
        bot.deliver(update_id=900_001, chosen_inline_result=chosen)
        bot.deliver(update_id=900_002, chosen_inline_result={**chosen, "result_id": "of-another-day"})
        bot.deliver(update_id=900_003, chosen_inline_result={**chosen, "query": "x" * 256})
        sent = "gửi sang trò chuyện khác bằng @: 1"
        owner.ask("kinh phi khuyen cong phia nam 2019")
        until(lambda: sent in numbers(owner), wanted="the answer in the numbers")
        bot.deliver_again({"update_id": 900_001, "chosen_inline_result": chosen})
        bot.restart()
        assert sent in numbers(owner)
    with closing(sqlite3.connect(bot.settings["DATABASE"])) as connection:
        everything = "\n".join(connection.iterdump())
        (row,) = connection.execute("SELECT text, topics FROM questions WHERE topics LIKE '%inline%'")
    assert row[0] == "" and "region:phia_bac" in row[1]
    for word in ("47110815", "Zyx", QUESTION):
        assert word not in everything


@pytest.mark.parametrize("text", ["giá vàng hôm nay", "<b>&amp;</i>", "x" * 256, "🙂"])
def test_an_inline_query_about_something_else_gives_nothing(polling_bot: Bot, text: str) -> None:
    assert inline(polling_bot, text) == []
