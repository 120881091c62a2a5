"""Figures out of a pasted report, through a real server: proposed, corrected, saved one by one or all, undone, dropped."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from typing import Any

import pytest

from tests.passages import ARTICLES, article, passages
from tests.telegram.conftest import REAL
from tests.telegram.harness import Bot, Json, Person, buttons_of, id_of, running, text_of
from tests.telegram.html import visible

SOURCE = "bai-hn-2024"
WRITTEN = {passage["id"]: passage for passage in passages("written")}
NGHE_AN, LAM_DONG, OPEN = WRITTEN["nghe-an-2023"], WRITTEN["lam-dong-2021"], WRITTEN["gia-lai-khong-nam"]


def _owned(new_bot: Callable[..., Bot], owners: int) -> Iterator[list[Person]]:
    bot = new_bot(REAL)
    people = [Person(bot) for _ in range(owners)]
    bot.settings["OWNER_IDS"] = ",".join(str(one.user) for one in people)
    with running(bot):
        for one in people:
            one.nothing_more()  # it runs
        yield people


@pytest.fixture(scope="module")
def owners(new_bot: Callable[..., Bot]) -> Iterator[list[Person]]:
    """Those of a running bot who have pasted nothing yet."""
    yield from _owned(new_bot, 20)


@pytest.fixture
def owner(owners: list[Person]) -> Person:
    """An owner of a bot in whose base nothing stays that he saves."""
    return owners.pop()


@pytest.fixture
def saving(new_bot: Callable[..., Bot]) -> Iterator[Person]:
    """The owner of a running bot with a base of its own."""
    for (owner,) in _owned(new_bot, 1):
        yield owner


def figures(bot: Bot) -> int:
    """How many figures the bot's base holds."""
    with closing(sqlite3.connect(bot.settings["DATABASE"])) as connection:
        ((count,),) = connection.execute("SELECT count(*) FROM figures").fetchall()
    return int(count)


def pasted(person: Person, text: str, source: str = SOURCE) -> tuple[str, Json]:
    """Paste a report behind the command; the rows as read, and the message with the buttons."""
    person.say(f"/doc_bai {text}\nnguồn: {source}")
    calls = person.long_answer()
    return "\n".join(visible(text_of(call)) for call in calls[:-1]), calls[-1]


def typed(person: Person, text: str) -> str:
    """Type a line while a report is open; what is said, tags taken away."""
    return visible(person.ask(text))


def tapped(person: Person, call: Json, label: str) -> Json:
    """Tap a button under the rows; the message as it is then."""
    person.tap(buttons_of(call)[label], id_of(call))
    (edited,) = person.next()
    assert edited["method"] == "editMessageText"
    return edited


def test_rows_are_proposed_and_nothing_is_saved_without_a_tap(owner: Person) -> None:
    before = figures(owner.bot)
    rows, call = pasted(owner, NGHE_AN["text"])
    for row in NGHE_AN["rows"]:
        assert f"{row['value']:,.0f}".replace(",", ".") in rows or str(row["value"]).replace(".", ",") in rows
    assert "12.350.000.000 đồng (in: 12,35 tỷ đồng; đoạn 2)" in rows
    assert "Kinh phí · kế hoạch · tổng hai nguồn · Nghệ An · năm 2023 = 12.850.000.000 đồng" in rows
    assert "Lưu tất cả chắc chắn (13)" in buttons_of(call)
    assert figures(owner.bot) == before


def test_one_row_is_saved_by_a_tap_answers_at_once_and_is_undone(owner: Person) -> None:
    before = figures(owner.bot)
    _, call = pasted(owner, NGHE_AN["text"])
    told = text_of(tapped(owner, call, "Lưu dòng 2"))
    assert figures(owner.bot) == before + 1
    number = re.search(r"/hoan_tac (\d+)", told)
    assert number, told
    person = Person(owner.bot)
    assert "12,35 tỷ đồng" in person.ask("kinh phí khuyến công thực hiện Nghệ An 2023 tổng hai nguồn")
    assert "thêm" in visible(owner.ask("/lich_su"))
    assert "Đã hoàn tác" in owner.ask(f"/hoan_tac {number[1]}")
    assert figures(owner.bot) == before


def test_all_that_is_sure_and_new_is_saved_once(saving: Person) -> None:
    before = figures(saving.bot)
    _, call = pasted(saving, NGHE_AN["text"])
    label = next(label for label in buttons_of(call) if label.startswith("Lưu tất cả"))
    after = tapped(saving, call, label)
    assert figures(saving.bot) == before + 13
    assert "Xong cả bài" in visible(text_of(after))
    saving.tap(buttons_of(call)[label], id_of(call))
    saving.next()
    assert figures(saving.bot) == before + 13
    number = re.search(r"Hoàn tác cả bài: /hoan_tac (\d+)", visible(text_of(after)))
    assert number and "13 mới" in saving.ask("/lich_su")
    assert "Đã hoàn tác" in saving.ask(f"/hoan_tac {number[1]}")
    assert figures(saving.bot) == before


def test_typed_lines_save_correct_and_drop(saving: Person) -> None:
    before = figures(saving.bot)
    pasted(saving, LAM_DONG["text"])
    assert "Đã sửa vùng của dòng 1" in typed(saving, "1 vùng: phía Nam")
    assert "Phía Nam" in typed(saving, "1 kỳ: 6 tháng đầu năm 2021").replace("phía Nam", "Phía Nam")
    told = typed(saving, "1 giá trị: 7,7 tỷ đồng")
    assert "7.700.000.000 đồng" in told
    assert "6 tháng đầu năm 2021" in told
    assert "Đã bỏ dòng 7" in typed(saving, "bỏ 7")
    told = typed(saving, "lưu 1 3-4")
    assert "Đã lưu dòng 1, 3-4" in told
    assert figures(saving.bot) == before + 3
    assert "Dòng 3 đã lưu rồi" in typed(saving, "lưu 3")
    assert figures(saving.bot) == before + 3
    with closing(sqlite3.connect(saving.bot.settings["DATABASE"])) as connection:
        sql = "SELECT region, period, value, as_printed, source, locator FROM figures ORDER BY rowid DESC LIMIT 3"
        rows = connection.execute(sql).fetchall()
    assert ("phia_nam", "2021-H1", 7.7e9, "7,7 tỷ đồng", SOURCE, "1") in rows


@pytest.mark.parametrize(
    ("line", "says"),
    [
        ("lưu 99", "Bài này có 9 dòng"),
        ("lưu một", "Bài này có 9 dòng"),
        ("2 vùng: Xứ Mơ", "Ví dụ: 2 vùng: phía Nam"),
        ("2 kỳ: hôm kia", "Ví dụ: 2 kỳ:"),
        ("2 giá trị: nhiều", "Ví dụ: 2 giá trị: 81,6 tỷ đồng"),
        ("2 loại: xịn", "Ví dụ: 2 loại: kế hoạch"),
        ("vùng: phía Nam", "Hãy nêu số dòng"),
        ("nguồn: khong-co", "Chưa có nguồn “khong-co”"),
    ],
)
def test_what_cannot_be_done_says_what_to_type(owner: Person, line: str, says: str) -> None:
    before = figures(owner.bot)
    pasted(owner, LAM_DONG["text"])
    assert says in typed(owner, line)
    assert figures(owner.bot) == before


def test_open_slots_are_told_and_filled_for_all_rows_at_once(saving: Person) -> None:
    rows, call = pasted(saving, OPEN["text"])
    assert "❓ chưa chắc kỳ" in rows
    assert not any(label.startswith("Lưu") for label in buttons_of(call))
    assert "còn thiếu" in typed(saving, "lưu 2")
    assert "Đã sửa kỳ của dòng 1, 2, 3" in typed(saving, "kỳ: 2022")
    typed(saving, "2 loại: thực hiện")
    typed(saving, "2 chương trình: KCĐP")
    typed(saving, "2 vùng: Gia Lai")
    told = typed(saving, "2 chỉ tiêu: kinh-phi")
    assert "thực hiện · KCĐP · Gia Lai · năm 2022 = 300.000.000 đồng" in told
    assert "Đã lưu dòng 2" in typed(saving, "lưu tất cả")


def test_without_a_source_nothing_can_be_saved_and_sources_are_offered(owner: Person) -> None:
    before = figures(owner.bot)
    owner.say(f"/doc_bai {LAM_DONG['text']}")
    call = owner.long_answer()[-1]
    assert "Bài này của nguồn nào?" in text_of(call)
    offered = [label for label in buttons_of(call) if label != "Bỏ"]
    assert offered
    assert not any(label.startswith("Lưu") for label in offered)
    assert "Bài này của nguồn nào?" in owner.ask("lưu 1")
    assert figures(owner.bot) == before
    owner.tap(buttons_of(call)[offered[0]], id_of(call))
    assert any(label.startswith("Lưu dòng") for label in buttons_of(owner.answer()))
    assert "Nguồn: " in owner.ask(f"nguồn: {SOURCE}")


def test_a_source_is_named_by_its_title_or_made_for_the_report(owner: Person) -> None:
    owner.say(f"/doc_bai {LAM_DONG['text']}")
    owner.long_answer()
    owner.say("Hội nghị khuyến công")
    call = owner.answer()
    assert len([label for label in buttons_of(call) if label.startswith(("Hội nghị", "Khai mạc"))]) > 1
    owner.tap(buttons_of(call)["Nguồn mới…"], id_of(call))
    owner.answer()
    for typed_ in ("Khuyến công Lâm Đồng zorp", "Báo Lâm Đồng", "bỏ qua", "bỏ qua"):
        owner.say(typed_)
        call = owner.answer()
    owner.tap(buttons_of(call)["Lưu"], id_of(call))
    edited, told = owner.next(2)
    assert "Đã lưu “khuyen-cong-lam-dong-zorp” (thay đổi" in visible(text_of(edited))
    assert "Nguồn: Khuyến công Lâm Đồng zorp" in visible(text_of(told))
    assert any(label.startswith("Lưu dòng") for label in buttons_of(told))


def test_what_the_base_has_is_marked_and_not_saved_again(owner: Person) -> None:
    before = figures(owner.bot)
    text = (
        "Năm 2023, tổng kinh phí khuyến công thực hiện của khu vực phía Bắc là 176,4 tỷ đồng, bằng 95,6% kế hoạch năm"
        " (186,5 tỷ đồng)."
    )
    rows, call = pasted(owner, text, "bai-tong-ket-2021")
    assert "đã có: hn2024-06" in rows
    assert "kho đang có số khác: 94,6% (hn2024-07)" in rows
    assert not any(label.startswith("Lưu") for label in buttons_of(call))
    assert "Không còn dòng nào" in typed(owner, "lưu tất cả")
    assert figures(owner.bot) == before


def test_a_report_survives_a_restart_and_is_dropped_by_huy(saving: Person) -> None:
    _, call = pasted(saving, LAM_DONG["text"])
    saving.nothing_more()
    saving.bot.kill()
    saving.bot.start()
    saving.tap(buttons_of(call)["Lưu dòng 2"], id_of(call))
    (edited,) = saving.next()
    while edited["method"] != "editMessageText":  # the last answer before the kill may be repeated
        (edited,) = saving.next()
    assert "Đã lưu dòng 2" in text_of(edited)
    assert "Đã sửa kỳ" in typed(saving, "3 kỳ: 2020")
    assert "Đã bỏ bài đang đọc" in saving.ask("/huy")
    before = len(saving.bot.calls("answerCallbackQuery"))
    saving.tap(buttons_of(call)["Lưu dòng 3"], id_of(call))
    assert "Lưu" not in saving.ask("lưu 3").partition("\n")[0]
    taps = saving.bot.calls("answerCallbackQuery")[before:]
    assert "không còn đang đọc" in taps[0]["fields"]["text"]


def test_the_paragraph_may_come_in_the_next_message_and_questions_go_on_meanwhile(owner: Person) -> None:
    assert "dán đoạn bài" in owner.ask("/doc_bai")
    assert "176,4" in owner.ask("kp kc pb 2023")
    owner.say(LAM_DONG["text"])
    rows = visible(text_of(owner.long_answer()[0]))
    assert "Đọc được 9 số" in rows
    assert "176,4" in owner.ask("kp kc pb 2023")
    assert "Không đọc được số liệu" in owner.ask("/doc_bai không có số nào ở đây cả")


def test_a_text_file_is_read(owner: Person) -> None:
    document = owner.document("bai.txt", ("\ufeff" + LAM_DONG["text"]).encode())
    message: dict[str, Any] = owner.message(document=document, caption=f"/doc_bai nguồn: {SOURCE}")
    owner.bot.deliver(message=message)
    assert "Đọc được 9 số" in visible(text_of(owner.long_answer()[0]))
    stranger = Person(owner.bot)
    stranger.bot.deliver(message=stranger.message(document=document, caption="/doc_bai"))
    assert "chỉ đọc được chữ" in text_of(stranger.answer())


def test_a_strangers_tap_and_words_touch_nothing(owner: Person) -> None:
    before = figures(owner.bot)
    _, call = pasted(owner, LAM_DONG["text"])
    stranger = Person(owner.bot)
    first = next(label for label in buttons_of(call) if label.startswith("Lưu dòng"))
    stranger.tap(buttons_of(call)[first], id_of(call))
    stranger.ask("lưu 1")
    assert figures(owner.bot) == before


NASTY = "<b>x</b> & {{ 7 * 7 }} '; DROP TABLE figures; --"


def test_injected_text_is_shown_as_text(saving: Person) -> None:
    before = figures(saving.bot)
    rows, _ = pasted(saving, f"{LAM_DONG['text']} {NASTY} hỗ trợ 5 <i>cơ sở</i> {NASTY}.")
    assert "Đọc được" in rows
    told = typed(saving, f"1 ghi chú: {NASTY}")
    assert "Đã sửa ghi chú" in told
    typed(saving, "lưu 1")
    assert NASTY in visible(saving.ask("/sua kinh-phi-plan-total-lam-dong-2021"))
    assert figures(saving.bot) == before + 1


@pytest.mark.skipif(not ARTICLES.is_dir(), reason="the articles do not lie beside the clone")
@pytest.mark.parametrize(
    ("source", "first", "last", "least"), [("bai-hn-2024", 7, 13, 24), ("bai-tong-ket-2021", 5, 12, 16)]
)
def test_paragraphs_of_articles_are_proposed_with_their_slots(
    owner: Person, source: str, first: int, last: int, least: int
) -> None:
    before = figures(owner.bot)
    lines = [line.strip() for line in article(source).splitlines() if line.strip()][first:last]
    rows, _ = pasted(owner, "\n".join(lines)[:3900], source)
    curated = set(re.findall(r"đã có: (\S+)", rows))
    assert len(curated) >= least
    assert figures(owner.bot) == before
