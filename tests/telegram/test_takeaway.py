"""Through the Bot API server: the citation, the link, the table, and answers in other chats."""

from __future__ import annotations

import http.client
import io
import itertools
from collections.abc import Callable
from typing import Any

import openpyxl
import pytest

from knowledge.telling.sheets import HEADER
from tests.telegram.harness import Bot, Json, Person, buttons_of, copied_by, id_of, request, text_of, until

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
    assert "176,4 tỷ đồng" in result["description"]
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


@pytest.mark.parametrize("text", ["giá vàng hôm nay", "<b>&amp;</i>", "x" * 256, "🙂"])
def test_an_inline_query_about_something_else_gives_nothing(polling_bot: Bot, text: str) -> None:
    assert inline(polling_bot, text) == []
