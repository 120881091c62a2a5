"""Files sent to the bot and by it, through a real server: dry run, tap, cancel, restart, conflict, strangers."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable, Iterator

import openpyxl
import pytest

from db.files import COLUMNS
from db.sheets import MOST_BYTES
from knowledge.telling.render import notice
from tests.files import layouts
from tests.telegram.harness import (
    Bot,
    Json,
    Person,
    buttons_of,
    file_of,
    id_of,
    running,
    text_of,
    until,
)
from tests.telegram.html import visible
from tests.telegram.test_admin import SOURCE, let_in, owned, saved, toast

HEADER = "id;indicator;measure;programme;region;period;value;unit;as_printed;source"


def line(row: str, year: int, billions: str, printed: str = "") -> str:
    """A plan of the south as a spreadsheet writes it."""
    amount = f"{billions.replace(',', '.')}00.000.000"
    shown = printed or f"{billions} tỷ đồng"
    return f"{row};kinh-phi;plan;KCDP;phia_nam;{year};{amount};VND;{shown};{SOURCE}"


def sheet(*lines: str) -> bytes:
    """A CSV file as Excel saves it."""
    return ("\ufeff" + "\r\n".join([HEADER, *lines, ""])).encode()


@pytest.fixture(scope="module")
def owner(new_bot: Callable[..., Bot]) -> Iterator[Person]:
    """The owner of a running bot."""
    bot, owner = owned(new_bot)
    with running(bot):
        yield owner


def shown(person: Person) -> Json:
    """The diff, once it stands where the progress was told."""
    (first,) = person.next()
    assert first["method"] == "sendMessage"
    assert "Đang đọc" in text_of(first)
    return settled(person)


def settled(person: Person) -> Json:
    """The next edit that tells no progress."""
    while True:
        (call,) = person.next()
        if call["method"] != "sendDocument" and not text_of(call).startswith(("Đang ", "Đã ghi")):
            return call


def tapped(person: Person, call: Json, label: str) -> str:
    """Tap a button under a diff; what is told in its place."""
    (data,) = (data for name, data in buttons_of(call).items() if name.startswith(label))
    person.tap(data, id_of(call))
    while buttons_of(end := settled(person)):
        pass  # a file that was under way at a kill is shown once more
    return text_of(end)


def number_in(told: str) -> str:
    """The change that is told."""
    found = re.search(r"/hoan_tac (\d+)", told)
    assert found, told
    return found[1]


def test_a_file_is_shown_written_on_a_tap_answered_at_once_and_taken_back_whole(owner: Person) -> None:
    asker = Person(owner.bot)
    question = "kế hoạch KCĐP phía Nam năm 2031"
    bad = line("n-3", 2033, "93,3").replace("93.300.000.000", "1.234").replace("93,3 tỷ", "nhiều tỷ")
    owner.send_file("so-lieu.csv", sheet(line("n-1", 2031, "91,1"), line("n-2", 2032, "92,2"), bad))
    call = shown(owner)
    told = visible(text_of(call))
    for part in (
        "2 mới, 0 sửa, 0 giữ nguyên, 1 từ chối",
        "dòng 4",
        "“1.234” không rõ là 1234 hay 1.234",
        "n-1",
    ):
        assert part in told
    assert list(buttons_of(call)) == ["Ghi 2 dòng", "Huỷ"]
    assert "91,1" not in asker.ask(question), "nothing is written before the tap"
    done = tapped(owner, call, "Ghi")
    assert "Đã ghi so-lieu.csv: 2 dòng" in done
    assert "91,1 tỷ đồng" in asker.ask(question)
    number = number_in(done)
    assert "so-lieu.csv: 2 mới, 0 sửa" in visible(owner.ask("/lich_su"))
    assert "n-1" in visible(owner.ask("/lich_su n-1"))
    back = owner.ask(f"/hoan_tac {number}")
    assert "Đã hoàn tác" in back
    assert "91,1" not in asker.ask(question)
    again = owner.ask(f"/hoan_tac {number}")
    assert f"đã được hoàn tác ở thay đổi {int(number) + 1}" in again
    assert "Đã hoàn tác" in owner.ask(f"/hoan_tac {int(number) + 1}")
    assert "91,1 tỷ đồng" in asker.ask(question)
    assert "Đã hoàn tác" in owner.ask(f"/hoan_tac {int(number) + 2}")


def test_the_reason_under_a_file_is_read_back_and_stands_in_the_history(owner: Person) -> None:
    owner.send_file(
        "so-lieu.csv", sheet(line("n-1", 2031, "91,1")), "/nhap figures | vì: theo công văn 12 <b>"
    )
    call = shown(owner)
    assert "Lý do: theo công văn 12 <b>" in visible(text_of(call))
    tapped(owner, call, "Ghi")
    assert "Lý do: theo công văn 12 <b>" in visible(owner.ask("/lich_su"))


def test_changed_rows_show_before_and_after(owner: Person) -> None:
    owner.send_file("x.csv", b"id,note\nhn2024-05,<b>m\xe1\xbb\x9bi</b> {{7*7}}\n", "/nhap figures")
    call = shown(owner)
    assert "ghi chú: " in visible(text_of(call))
    assert "→ <b>mới</b> {{7*7}}" in visible(text_of(call))
    assert "Đã huỷ" in tapped(owner, call, "Huỷ")


def test_a_template_is_sent_filled_in_and_taken(owner: Person) -> None:
    owner.say("/mau figures")
    (call,) = owner.next()
    assert call["fields"]["caption"]
    book = openpyxl.load_workbook(io.BytesIO(file_of(owner, call)))
    assert book.sheetnames == ["Số liệu", "Hướng dẫn"]
    columns = [str(cell.value) for cell in book["Số liệu"][1]]
    assert columns[0] == "Mã"
    assert len(columns) == len(COLUMNS["figures"])
    row = dict(zip(COLUMNS["figures"], [""] * len(columns), strict=True))
    row |= {
        "id": "tu-mau",
        "indicator": "kinh-phi",
        "measure": "plan",
        "programme": "KCDP",
        "region": "phia_nam",
    }
    row |= {
        "period": "2035",
        "value": "95.500.000.000",
        "unit": "VND",
        "as_printed": "95,5 tỷ",
        "source": SOURCE,
    }
    row |= {"qualifier": "exact"}
    book["Số liệu"].append(list(row.values()))
    out = io.BytesIO()
    book.save(out)
    owner.send_file("mau.xlsx", out.getvalue())
    call = shown(owner)
    assert "1 mới, 0 sửa, 1 giữ nguyên, 0 từ chối" in visible(text_of(call))
    assert "Đã ghi" in tapped(owner, call, "Ghi 1 dòng")
    assert "95,5 tỷ" in Person(owner.bot).ask("kế hoạch KCĐP phía Nam năm 2035")


@pytest.mark.parametrize(
    "typed", ["/xuat", "/xuat entries", "/xuat figures", "/xuat documents csv", "/mau", "/mau sources csv"]
)
def test_what_is_sent_out_comes_back_unchanged(owner: Person, typed: str) -> None:
    owner.say(typed)
    (call,) = owner.next()
    assert call["method"] == "sendDocument"
    data = file_of(owner, call)
    form = "zip" if typed in ("/xuat", "/xuat entries") else "csv" if "csv" in typed else "xlsx"
    if form == "zip":
        assert zipfile.ZipFile(io.BytesIO(data)).testzip() is None
    owner.send_file(f"tep.{form}", data)
    told = shown(owner)
    assert "0 mới, 0 sửa" in visible(text_of(told))
    assert "0 từ chối" in visible(text_of(told))
    assert not buttons_of(told)


def test_a_long_diff_comes_as_a_file_besides(owner: Person) -> None:
    owner.send_file("dai.csv", sheet(*(line(f"d-{n}", 2040 + n, "91,1") for n in range(30))))
    (_,) = owner.next()
    calls = owner.next()
    while calls[-1]["method"] != "sendDocument":
        calls += owner.next()
    full = file_of(owner, calls[-1]).decode()
    assert all(f"d-{n} " in full for n in range(30))
    call = settled(owner)
    told = visible(text_of(call))
    assert "… và 18 dòng nữa" in told
    assert "dòng kỳ còn lâu mới tới" in told
    assert "Đã huỷ" in tapped(owner, call, "Huỷ")


@pytest.mark.parametrize(
    ("name", "data", "told"),
    [
        ("x.csv", b"xin chao", "/mau"),
        ("x.csv", "id,ghi chú\n".encode("cp1258"), "CSV UTF-8"),
        ("x.xls", b"\xd0\xcf\x11\xe0", ".xlsx"),
        ("x.xlsx", b"PK\x03\x04", "lưu lại"),
        ("figures.csv", b"id,mau\n", "cột lạ"),
        ("figures.csv", b"id,note\nhn2024-05,\x01\n", "Không dòng nào ghi được"),
    ],
)
def test_a_bad_file_is_refused_with_what_to_do(owner: Person, name: str, data: bytes, told: str) -> None:
    owner.send_file(name, data)
    call = shown(owner)
    assert told in visible(text_of(call))
    assert not buttons_of(call)


def test_a_file_too_big_or_gone_is_told(owner: Person) -> None:
    big = {**owner.document("x.csv", b"id"), "file_size": MOST_BYTES + 1}
    owner.bot.deliver(message=owner.message(document=big))
    assert "chia thành nhiều tệp" in text_of(owner.answer())
    owner.bot.faults({"method": "getFile", "status": 400, "description": "Bad Request: file is too big"})
    owner.send_file("x.csv", b"id")
    assert "gửi lại" in text_of(owner.answer())


def test_a_table_that_is_none_is_told_under_the_file(owner: Person) -> None:
    owner.send_file("x.csv", b"id", "/nhap sach")
    assert "Chọn một trong" in visible(text_of(owner.answer()))


def test_a_file_that_is_replied_to_is_taken(owner: Person) -> None:
    replied = owner.message(document=owner.document("bat-ky.dat", sheet(line("r-1", 2050, "81,1"))))
    owner.say("/nhap figures", reply_to_message=replied)
    assert "1 mới" in visible(text_of(call := shown(owner)))
    assert "Đã huỷ" in tapped(owner, call, "Huỷ")


def test_a_stranger_with_a_file_is_anybody_with_a_file(owner: Person) -> None:
    stranger = Person(owner.bot)
    for name, caption in (("x.csv", ""), ("x.xlsx", "/nhap figures"), ("x.pdf", "")):
        stranger.send_file(name, b"id", caption)
        assert text_of(stranger.answer()) == notice("not_text")
    group = Person(owner.bot, group=True)
    group.user = owner.user
    group.send_file("x.csv", sheet(line("g", 2051, "81,1")))
    group.nothing_more()


def test_an_editor_may_send_files_and_a_strangers_tap_does_nothing(owner: Person) -> None:
    editor, stranger = Person(owner.bot), Person(owner.bot)
    let_in(owner, editor)
    editor.send_file("x.csv", sheet(line("e-1", 2052, "82,2")))
    call = shown(editor)
    old = toast(stranger, call, "Ghi 1 dòng")
    assert old == visible(notice("stale_button"))
    assert "Đã ghi" in tapped(editor, call, "Ghi")
    assert "đã được ghi rồi" in tapped(editor, call, "Huỷ")


def test_a_waiting_file_is_dropped_by_huy(owner: Person) -> None:
    owner.send_file("x.csv", sheet(line("h-1", 2053, "83,3")))
    call = shown(owner)
    assert "1 bản" in owner.ask("/huy")
    assert "Đã huỷ" in tapped(owner, call, "Ghi")


def test_a_row_that_somebody_changed_meanwhile_stops_the_file(owner: Person) -> None:
    owner.send_file("figures.csv", b"id,note\nhn2024-05,t\xe1\xbb\xab t\xe1\xbb\x87p\n")
    call = shown(owner)
    saved(owner, "/sua hn2024-05 ghi chú = của người khác")
    assert "gửi lại tệp" in tapped(owner, call, "Ghi")
    assert "của người khác" in visible(owner.ask("/sua hn2024-05"))


def test_a_waiting_file_survives_a_kill_and_so_does_what_was_written(new_bot: Callable[..., Bot]) -> None:
    bot, owner = owned(new_bot)
    with running(bot):
        owner.send_file("x.csv", sheet(line("k-1", 2054, "84,4")))
        call = shown(owner)
        bot.restart()
        done = tapped(owner, call, "Ghi")
        assert "Đã ghi" in done
        bot.restart()
        until(lambda: bot.running, wanted="the bot")
        assert "84,4 tỷ" in Person(bot).ask("kế hoạch KCĐP phía Nam năm 2054")
        assert "Đã hoàn tác" in owner.ask(f"/hoan_tac {number_in(done)}")
        assert "84,4" not in Person(bot).ask("kế hoạch KCĐP phía Nam năm 2054")


def laid_out(person: Person) -> Json:
    """The next message that asks for something or shows a diff."""
    while True:
        (call,) = person.next()
        if buttons_of(call):
            return call


def test_an_officers_sheet_takes_three_steps(owner: Person) -> None:
    owner.send_file("bieu-2.xlsx", layouts.REAL[1].make())
    call = laid_out(owner)
    told = visible(text_of(call))
    assert "Bảng này lấy từ nguồn nào" in told and "KCQG (triệu đồng) / KH” → số liệu kế hoạch KCQG" in told
    owner.tap(next(iter(buttons_of(call).values())), id_of(call))
    call = laid_out(owner)
    assert "12 mới" in visible(text_of(call))
    done = tapped(owner, call, "Ghi")
    assert "Đã ghi bieu-2.xlsx: 12 dòng" in done
    asked = visible(Person(owner.bot).ask("kế hoạch KCQG Hà Giang năm 2022"))
    assert "500 triệu" in asked
    assert "Đã hoàn tác" in owner.ask(f"/hoan_tac {number_in(done)}")


def test_a_pasted_table_and_a_word_file_go_the_same_way(owner: Person) -> None:
    owner.say(layouts.REAL[10].make().decode())
    call = laid_out(owner)
    assert "lấy từ nguồn nào" in text_of(call)
    assert "chưa có nguồn" in owner.ask("báo không có")
    owner.say(SOURCE)
    call = laid_out(owner)
    assert "4 mới" in visible(text_of(call))
    assert "Đã huỷ" in tapped(owner, call, "Huỷ")
    owner.send_file("bao-cao.docx", layouts.REAL[11].make(), f"/nhap số liệu | nguồn: {SOURCE}")
    call = laid_out(owner)
    assert "4 mới" in visible(text_of(call))
    assert "Đã huỷ" in tapped(owner, call, "Huỷ")


def test_what_a_table_does_not_say_is_asked_for_and_remembered(owner: Person) -> None:
    for round_ in (1, 2):
        owner.send_file("kinh-phi.xlsx", layouts.REAL[14].make())
        call = laid_out(owner)
        if round_ == 1:
            while "Ghi 4 dòng" not in buttons_of(call):
                slot = (
                    "KCĐP"
                    if "nguồn kinh phí nào" in text_of(call)
                    else "Triệu đồng"
                    if "tính bằng gì" in text_of(call)
                    else ""
                )
                if slot:
                    label = next(one for one in buttons_of(call) if one.lower() == slot.lower())
                    owner.tap(buttons_of(call)[label], id_of(call))
                else:
                    owner.say(SOURCE)
                call = laid_out(owner)
        else:
            assert "lấy từ nguồn nào" in text_of(call), "only the source is asked for again"
            owner.say(SOURCE)
            call = laid_out(owner)
        assert "4 mới" in visible(text_of(call))
        assert "Đã huỷ" in tapped(owner, call, "Huỷ")
