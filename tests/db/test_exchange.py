"""Files in and out: what is recognised, refused, doubted; all or nothing; taken back whole; exported and back unchanged."""

from __future__ import annotations

import csv
import io
import zipfile
from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlite_utils import Database

from db.activity_steps import activity_steps
from db.connection import open_database
from db.content import build, export_files, read_rows
from db.edits import apply, undo
from db.errors import ContentError, EditConflict
from db.exports import content_zip, table_csv, table_xlsx, template_xlsx
from db.fields import CHOICES, type_of_record
from db.files import COLUMNS, written
from db.headers import columns_of, explained, headline
from db.history import history
from db.imports import (
    cancel_import,
    keep_import,
    read_plan,
    save_import,
)
from db.loading import REFERENCES, read_content
from db.migrations import migrate
from db.proposals import Change
from db.publishing import propose_undo, waiting
from db.sheets import MOST_BYTES
from db.waiting import WAIT_SECONDS, set_review
from knowledge.changes import Plan
from knowledge.telling.exchange_texts import diff_html, diff_plain
from tests.db.conftest import FILES, Files
from tests.telegram.html import visible

TODAY = date(2026, 11, 23)
TABLES = tuple(COLUMNS)
HEADER = "id,indicator,measure,programme,region,period,value,unit,as_printed,source"
NEW = 'moi,kinh-phi,plan,KCQG,phia_bac,2025,81600000000,VND,"81,6 tỷ đồng",bao'

NASTY = (
    "{{7*7}}",
    "{% for x in y %}",
    "<b>đậm</b> & </blockquote>",
    "&amp;&lt;",
    "\"ngoặc\" 'đơn'",
    "=1+1",
    "+cmd",
    "-2",
    "@SUM(A1)",
    "'=1",
    "''@x",
    "'; DROP TABLE figures; --",
    "một;hai\tba",
    "_x0041_ %s {0}",
    "dòng\nmới",
    "sep=,",
)


@pytest.fixture
def db(content: Files, tmp_path: Path) -> Iterator[Database]:
    build(tmp_path / "kb.db", content.path)
    with open_database(tmp_path / "kb.db") as db:
        yield db


def planned(db: Database, text: str | bytes, name: str = "figures.csv", table: str = "") -> Plan:
    return read_plan(db, name, text if isinstance(text, bytes) else text.encode(), table, TODAY)


def saved(db: Database, text: str | bytes, name: str = "figures.csv") -> int:
    data = text if isinstance(text, bytes) else text.encode()
    plan = read_plan(db, name, data, "", TODAY)
    return save_import(db, keep_import(db, plan, data, "", 1, 1.0), 1, TODAY, 2.0).number


def everything(db: Database) -> dict[str, dict[str, Any]]:
    return {table: {row.record.id: row for row in rows} for table, rows in read_rows(db).items()}


def records(db: Database, table: str) -> dict[str, Any]:
    return {row.record.id: row.record for row in read_rows(db)[table]}


def refused(db: Database, text: str | bytes, name: str = "figures.csv", table: str = "") -> str:
    """Why a file cannot be read at all."""
    with pytest.raises(ContentError) as error:
        planned(db, text, name, table)
    return str(error.value)


def archive(files: Mapping[str, str | bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as written_to:
        for name, text in files.items():
            written_to.writestr(name, text)
    return out.getvalue()


def workbook(*rows: list[Any], title: str = "figures") -> bytes:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = title
    for row in rows:
        sheet.append(row)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


# What is read


@pytest.mark.parametrize("mark", [",", ";", "\t"])
@pytest.mark.parametrize("bom", [b"", b"\xef\xbb\xbf"])
@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_a_file_as_spreadsheets_save_it(db: Database, mark: str, bom: bytes, end: str) -> None:
    out = io.StringIO()
    rows = [
        [*HEADER.split(","), "as_of", "", ""],
        [
            "m1",
            "kinh-phi",
            "plan",
            "KCQG",
            "phia_bac",
            "2025",
            "81.600.000.000",
            "VND",
            "81,6 tỷ đồng",
            "bao",
        ],
        ["m2", "kinh-phi", "share", "KCQG", "phia_bac", "2025", "45,3", "percent", "45,3%", "bao"],
        ["m3", "de-an", "count", "KCQG", "phia_bac", "2025", "1.234,5", "đề án", "1.234,5 đề án", "bao"],
        ["", "", "", "", "", "", "", "", "", ""],
    ]
    for row, day in zip(rows[1:], ["16/05/2024", "2024-05-16", "5/2024", ""], strict=True):
        row += [day, "", ""]
    rows[0].insert(4, "of")
    for row, of in zip(rows[1:], ["", "plan", "", ""], strict=True):
        row.insert(4, of)
    csv.writer(out, delimiter=mark, lineterminator=end).writerows(rows)
    plan = planned(db, bom + out.getvalue().encode())
    assert plan.problems == ()
    assert {s.row: (s.after or {})["value"] for s in plan.steps} == {"m1": 81.6e9, "m2": 45.3, "m3": 1234.5}
    assert [(s.after or {})["as_of"] for s in plan.steps] == ["2024-05-16", "2024-05-16", "2024-05"]


def test_unicode_text_of_spreadsheets_is_read(db: Database) -> None:
    text = "id\tghi chú\na\tKế hoạch\n"
    assert planned(db, text.encode("utf-16"), "figures.csv").steps[0].after == {"note": "Kế hoạch"}


def test_a_line_that_names_the_separator_is_none_of_the_table(db: Database) -> None:
    text = (
        f"sep=;\r\n{HEADER.replace(',', ';')}\r\n{NEW.replace(',', ';').replace('81;6', '81,6')}\r\n;;;\r\n"
    )
    plan = planned(db, text.replace(";;;", ";" * 9))
    assert [step.row for step in plan.steps] == ["moi"]
    assert planned(db, text.replace(";;;", "xấu" + ";" * 9)).problems[0].line == 4


def test_the_header_may_be_vietnamese_or_both(db: Database) -> None:
    for table in TABLES:
        assert columns_of(table, headline(table)) == list(COLUMNS[table])
        names = [cell.partition(" (")[0] for cell in headline(table)]
        assert columns_of(table, names) == list(COLUMNS[table])
        assert columns_of(table, [name.upper() for name in names]) == list(COLUMNS[table])
        assert all(explained(table, column) for column in COLUMNS[table])
    plan = planned(db, "Mã;Ghi chú\na;xin chào\n", table="figures")
    assert [(s.row, s.after) for s in plan.steps] == [("a", {"note": "xin chào"})]


def test_a_table_is_known_by_its_columns_or_by_what_is_said(db: Database) -> None:
    assert planned(db, f"{HEADER}\n{NEW}\n", "bất kỳ.csv").steps[0].table == "figures"
    assert "/nhap tên-bảng" in refused(db, "id,note\na,x\n", "x.csv")
    assert planned(db, "id,note\na,x\n", "x.csv", "figures").steps[0].table == "figures"
    assert planned(db, "id,note\na,x\n", "figures.csv").steps[0].table == "figures"
    assert "không có bảng “sach”" in refused(db, "id,note\n", "x.csv", "sach")


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "/mau"),
        ("xin chào", "/mau"),
        ("id,value,mau\na,1,đỏ\n", "cột lạ “mau”"),
        ("indicator,value,as_printed\nx,1,1\n", "thiếu cột “mã”"),
        ("id,value,value\na,1,2\n", "có hai lần"),
        ('id,value,as_printed\na,1,"mở ngoặc\n', "không đọc được CSV"),
        ("id,value,as_printed\na,1,Kinh phÃ­ khuyáº¿n cÃ´ng\nb,1,Ä‘á»“ng\n", "lỗi phông"),
        ("id,value\na,1\x00\n", "CSV UTF-8"),
        ("id,as_printed\na,Kinh phí ở tỉnh\n".encode("cp1258", "replace"), "không phải UTF-8"),
        ("id,as_printed\na,café\n".encode("cp1252"), "không phải UTF-8"),
        (b"\xd0\xcf\x11\xe0 old", ".xlsx"),
        (b"PK\x03\x04 no zip", "không giải nén được"),
        (b"x" * (MOST_BYTES + 1), "chia thành nhiều tệp"),
        ("id,note\n" + "a,x\n" * 50_001, "chia thành nhiều tệp"),
    ],
)
def test_a_file_that_cannot_be_read_is_refused_with_what_to_do(
    db: Database, text: str | bytes, said: str
) -> None:
    assert said in refused(db, text)


# What is refused, row by row


@pytest.mark.parametrize(
    ("line", "said"),
    [
        (NEW.replace("81600000000", "1.234"), "“1.234” không rõ là 1234 hay 1.234"),
        (NEW.replace("81600000000", "nhiều"), "sai dạng"),
        (NEW.replace("81600000000", ""), "thiếu số"),
        (NEW.replace("moi", "Mới"), "mã “Mới” sai dạng"),
        (NEW.replace("moi", ""), "thiếu mã"),
        (NEW.replace(",bao", ",khong-co"), "chưa có nguồn “khong-co”"),
        (NEW.replace("phia_bac", "sao-hoa"), "chưa rõ vùng “sao-hoa”"),
        (NEW.replace("plan", "kế hoạch gì"), "chọn một trong"),
        (NEW.replace("2025", "31/02/2025"), "chưa rõ"),
        (NEW.replace("81,6 tỷ", "80 tỷ"), "không khớp"),
        (NEW.replace("81,6 tỷ đồng", "81,6 tỷ \x07"), "ký tự điều khiển"),
        (NEW.replace("plan", "actual").replace("2025", "2023"), "đã có số a"),
        (NEW.replace("moi,kinh-phi", "moi"), "có 9 ô thay vì 10"),
        (f"{NEW},thừa", "có 11 ô thay vì 10"),
        (f"{NEW}\n{NEW}", "mã này đã có ở dòng 3"),
        (f"{NEW}\n{NEW.replace('moi', 'khac')}", "đã có số moi"),
    ],
)
def test_a_bad_row_is_refused_with_its_line_and_the_others_stay(db: Database, line: str, said: str) -> None:
    plan = planned(db, f"{HEADER}\n{NEW.replace('moi', 'tot').replace('2025', '2024')}\n{line}\n")
    (problem,) = plan.problems
    assert said in problem.message
    assert problem.line == 4 if "\n" in line else 3
    assert "tot" in [step.row for step in plan.steps]
    assert str(problem) in "\n".join(diff_plain(plan))


def test_rows_that_lean_on_a_refused_row_fall_with_it(db: Database) -> None:
    files = {
        "sources.csv": "id,title,kind,rank\nmot,Một,news,3\nhai,Hai,lạ,3\n",
        "figures.csv": f"{HEADER}\n{NEW.replace(',bao', ',mot')}\n"
        + NEW.replace("moi", "roi").replace("2025", "2024").replace(",bao", ",hai"),
        "relations.csv": "id,kind,operands,verdict\nq1,same,a | moi,mismatch\nq2,same,a | roi,match\n",
    }
    plan = planned(db, archive(files), "x.zip")
    assert {step.row for step in plan.steps} == {"mot", "moi", "q1"}
    assert [(p.file, p.line) for p in plan.problems] == [
        ("figures.csv", 3),
        ("relations.csv", 3),
        ("sources.csv", 3),
    ]


def test_two_rows_may_change_places(db: Database) -> None:
    text = 'id,programme,value,as_printed\na,KCDP,79900000000,"79,9 tỷ đồng"\nb,KCQG,96600000000,"96,6 tỷ đồng"\n'
    plan = planned(db, text)
    assert plan.problems == ()
    assert len(plan.steps) == 2
    only = planned(db, text.replace("96600000000", "1"))
    assert len(only.problems) == 2, "b stays where a wants to go"


def test_doubts_are_told_and_grouped_when_many(db: Database) -> None:
    same = NEW.replace("plan", "actual").replace("81600000000", "79900000000").replace("81,6", "79,9")
    (raised,) = planned(db, f"{HEADER}\n{same}\n").doubts["copy"].examples
    assert (raised[0], raised[1].values["id"]) == ("moi", "a")
    rows = [
        NEW.replace("moi", f"m{n}").replace("2025", str(2000 + n)).replace("plan", "allocated")
        for n in range(12)
    ]
    plan = planned(db, "\n".join([HEADER, *rows]))
    assert plan.doubts["copy"].count == 12
    told = "\n".join(diff_plain(plan))
    assert "12 dòng giống hệt số của kỳ khác, ví dụ: m0" in told
    relation = planned(db, "id,value,as_printed\na,60000000000,60 tỷ đồng\n")
    assert {"relation_differs", "percent_differs", "total_differs"} <= set(relation.doubts)


# What is written


def test_an_import_upserts_and_leaves_the_rest(db: Database) -> None:
    before = everything(db)
    number = saved(
        db, f'{HEADER}\n{NEW}\na,kinh-phi,actual,KCQG,phia_bac,2023,79900000000,VND,"79,9 tỷ",bao\n'
    )
    now = everything(db)
    assert set(now["figures"]) == {*before["figures"], "moi"}
    assert now["figures"]["a"].record == replace(before["figures"]["a"].record, as_printed="79,9 tỷ")
    assert {t: rows for t, rows in now.items() if t != "figures"} == {
        t: rows for t, rows in before.items() if t != "figures"
    }
    (line,) = history(db, number=number)
    assert (line.table, line.after) == ("imports", {"file": "figures.csv", "added": 1, "changed": 1})
    (told,) = history(db, "a")
    assert (told.id, told.kind) == (number, "import")
    assert (told.before, told.after) == ({"as_printed": "79,9 tỷ đồng"}, {"as_printed": "79,9 tỷ"})


def test_what_changes_nothing_is_told_as_such(db: Database) -> None:
    for table in TABLES:
        for data, name in ((table_csv(db, table), "x.csv"), (table_xlsx(db, table), "x.xlsx")):
            plan = planned(db, data, name)
            assert (plan.steps, plan.problems) == ((), ())
            assert plan.unchanged == len(read_rows(db)[table])
        assert planned(db, table_csv(db, table, 1), "mau.csv").unchanged == 1
    plan = planned(db, content_zip(db), "x.zip")
    assert (plan.steps, plan.problems) == ((), ())
    assert plan.unchanged == sum(map(len, read_rows(db).values()))
    assert planned(db, template_xlsx(db, TABLES), "mau.xlsx").unchanged == len(TABLES)


def test_a_whole_import_is_taken_back_and_done_again(db: Database) -> None:
    before = everything(db)
    number = saved(db, f"{HEADER}\n{NEW}\n")
    text = "id,note,locator\na,một,8\nb,hai,8\nmoi,ba,1\n"
    second = saved(db, text)
    after = everything(db)
    apply(db, Change(1, "edit", "figures", "a", {"terms": "khác"}), TODAY)
    back = undo(db, second, 2)
    assert records(db, "figures")["a"].note == ""
    assert records(db, "figures")["a"].terms == ("khác",)
    with pytest.raises(EditConflict, match=f"đã được hoàn tác ở thay đổi {back}"):
        undo(db, second, 2)
    again = undo(db, back, 2)
    undo(db, again - 2, 1)
    assert everything(db) == after
    undo(db, again, 1)
    undo(db, number, 1)
    assert everything(db) == before


def test_taking_back_an_import_respects_what_came_later(db: Database) -> None:
    source = saved(db, "id,title,kind,rank\nmot,Một,news,3\nhai,Hai,news,3\n", "sources.csv")
    figure = apply(db, Change(1, "edit", "figures", "a", {"source": "mot"}), TODAY)
    with pytest.raises(EditConflict, match="“mot” còn được nhắc ở a"):
        undo(db, source, 1)
    edited = apply(db, Change(1, "edit", "sources", "hai", {"title": "Ba"}), TODAY)
    with pytest.raises(EditConflict, match="1 dòng đã đổi tiếp sau đó: hai"):
        undo(db, source, 1)
    undo(db, edited, 1)
    undo(db, figure, 1)
    assert "mot" in records(db, "sources")
    undo(db, source, 1)
    assert "mot" not in records(db, "sources")


def test_taking_back_turns_rows_away_from_what_goes(db: Database) -> None:
    before = everything(db)
    files = {"sources.csv": "id,title,kind,rank\nmot,Một,news,3\n", "figures.csv": "id,source\na,mot\n"}
    number = saved(db, archive(files), "x.zip")
    back = undo(db, number, 1)
    assert everything(db) == before
    undo(db, back, 1)
    assert records(db, "figures")["a"].source == "mot"


def test_a_waiting_file_is_its_senders_and_lasts_a_day(db: Database) -> None:
    data = f"{HEADER}\n{NEW}\n".encode()
    id_ = keep_import(db, planned(db, data), data, "", 5, 1.0)
    assert save_import(db, id_, 6, TODAY, 2.0).state == "unknown"
    assert save_import(db, id_, 5, TODAY, 1.0 + WAIT_SECONDS).state == "expired"
    first = save_import(db, id_, 5, TODAY, 2.0)
    assert first.state == "saved"
    second = save_import(db, id_, 5, TODAY, 3.0)
    assert (second.number, second.before) == (first.number, True)
    assert cancel_import(db, id_, 5, 3.0).state == "saved"
    other = keep_import(db, planned(db, data), data, "", 5, 1.0)
    assert cancel_import(db, other, 5, 2.0).state == "cancelled"
    assert save_import(db, other, 5, TODAY, 3.0).state == "cancelled"


def test_a_file_that_would_now_do_something_else_is_not_written(db: Database) -> None:
    data = b"id,note\na,x\nb,y\n"
    id_ = keep_import(db, planned(db, data), data, "", 5, 1.0)
    apply(db, Change(1, "edit", "figures", "e", {"note": "khác"}), TODAY)
    other = keep_import(db, planned(db, b"id,note\nc,x\n"), b"id,note\nc,x\n", "", 5, 1.0)
    apply(db, Change(1, "edit", "figures", "a", {"note": "của người khác"}), TODAY)
    with pytest.raises(EditConflict, match="gửi lại tệp"):
        save_import(db, id_, 5, TODAY, 2.0)
    assert records(db, "figures")["b"].note == ""
    assert save_import(db, other, 5, TODAY, 2.0).state == "saved", "it concerns other rows"


# Archives and workbooks


def test_an_archive_of_entries(db: Database) -> None:
    text = FILES["entries/danh_gia/kho-khan.md"]
    changed = text.replace("hạn chế", "rất hạn chế")
    new = text.replace("kho-khan", "kho-khan-2")
    files = {"entries/danh_gia/kho-khan.md": changed, "entries/danh_gia/kho-khan-2.md": new}
    plan = planned(db, archive(files), "x.zip")
    assert [(s.row, s.before is None) for s in plan.steps] == [("kho-khan-2", True), ("kho-khan", False)]
    assert planned(db, changed.encode(), "kho-khan.md").steps[0].after == {
        "body": "Kinh phí còn rất hạn chế."
    }
    crlf = changed.replace("\n", "\r\n").encode()
    assert planned(db, crlf, "kho-khan.md").steps[0].after == {"body": "Kinh phí còn rất hạn chế."}
    broken = planned(db, b"+++\nid = 5\n+++\n", "x.md")
    assert broken.problems and not broken.steps


@pytest.mark.parametrize(
    "name",
    ["../figures.csv", "/etc/passwd", "entries/../../x.md", "entries\\..\\x.md", "khac/figures.csv", "x.csv"],
)
def test_a_strange_name_in_an_archive_is_refused_and_nothing_is_unpacked(
    db: Database, tmp_path: Path, name: str
) -> None:
    before = sorted(tmp_path.rglob("*"))
    plan = planned(db, archive({name: f"{HEADER}\n{NEW}\n"}), "x.zip")
    assert plan.steps == ()
    assert "tệp lạ" in plan.problems[0].message
    assert sorted(tmp_path.rglob("*")) == before


def test_a_bomb_is_refused_before_it_is_unpacked(db: Database) -> None:
    bomb = archive({"figures.csv": b"0" * 201 * 1024 * 1024})
    assert len(bomb) < MOST_BYTES
    assert "giải nén ra quá nhiều" in refused(db, bomb, "x.zip")
    many = archive({f"entries/x/{n}.md": "" for n in range(20_001)})
    assert "giải nén ra quá nhiều" in refused(db, many, "x.zip")


def test_entities_of_a_workbook_are_not_expanded(db: Database) -> None:
    with zipfile.ZipFile(io.BytesIO(table_xlsx(db, "figures"))) as book:
        files = {name: book.read(name) for name in book.namelist()}
    doctype = b'<!DOCTYPE x [<!ENTITY a "' + b"x" * 1000 + b'"><!ENTITY b "' + b"&a;" * 1000 + b'">]>'
    files["xl/sharedStrings.xml"] = (
        files["xl/sharedStrings.xml"].replace(b"<sst", doctype + b"<sst", 1).replace(b"phia_bac", b"&b;")
    )
    assert b"&b;" in files["xl/sharedStrings.xml"]
    assert "không đọc được như tệp Excel" in refused(db, archive(files), "figures.xlsx")


def test_cells_of_a_workbook_are_read_by_their_kind(db: Database) -> None:
    header = [*HEADER.split(","), "as_of", "locator"]
    data = workbook(
        header,
        [
            "m1",
            "kinh-phi",
            "plan",
            "KCQG",
            "phia_bac",
            2025,
            81.6e9,
            "VND",
            "81,6 tỷ đồng",
            "bao",
            datetime(2024, 5, 16),
            8.0,
        ],
        [None] * 12,
        [
            "m2",
            "kinh-phi",
            "plan",
            "KCDP",
            "phia_bac",
            "2025",
            "81.600.000.000",
            "VND",
            "81,6 tỷ",
            "bao",
            "16/05/2024",
            "8",
        ],
    )
    plan = planned(db, data, "x.xlsx")
    assert plan.problems == ()
    cells = [step.after or {} for step in plan.steps]
    assert [(c["period"], c["value"], c["as_of"], c["locator"]) for c in cells] == [
        ("2025", 81.6e9, "2024-05-16", "8")
    ] * 2


def test_formulas_and_errors_are_refused_not_computed(db: Database) -> None:
    plan = planned(db, workbook(["id", "note"], ["a", "=1+1"], ["b", "#N/A"], ["c", "được"]), "figures.xlsx")
    assert [(p.line, "công thức" in p.message) for p in plan.problems] == [(2, True), (3, False)]
    assert [step.row for step in plan.steps] == ["c"]


# Odd text


def free_columns(table: str) -> list[str]:
    """Columns that take any text."""
    annotations = type_of_record[table].__annotations__
    fixed = {column for owner, column in (*REFERENCES, *CHOICES) if owner == table}
    fixed |= {"kind", "verdict"} if table == "relations" else set()
    fixed |= {"id", "keys", "period", "likely_period", "published_on", "issued_on", "as_of", "until", "rank"}
    return [
        column
        for column, kind in annotations.items()
        if column not in fixed
        and str(kind).startswith(("str", "tuple"))
        and not column.startswith(("valid_", "in_force_"))
    ]


@pytest.mark.parametrize("text", NASTY)
def test_injected_text_stays_text_in_every_column(db: Database, text: str) -> None:
    before = {table: rows[0] for table, rows in read_rows(db).items()}
    wanted = {}
    for table, row in before.items():
        annotations = type_of_record[table].__annotations__
        values = {
            c: (text,) if str(annotations[c]).startswith("tuple") else text for c in free_columns(table)
        }
        if table == "figures":
            values["as_printed"] = f"{text} 79,9 tỷ đồng"
        wanted[table] = replace(row, record=replace(row.record, **values))
    data = archive(written({table: (row,) for table, row in wanted.items()}))
    plan = planned(db, data, "x.zip")
    assert plan.problems == ()
    assert "\n".join(diff_plain(plan)).replace(" \n", "\n").count(text) >= len(wanted)
    for part in diff_html(plan)[0]:
        visible(part)
    number = saved(db, data, "x.zip")
    for table, row in wanted.items():
        assert records(db, table)[row.record.id] == row.record
    assert planned(db, content_zip(db), "x.zip").steps == ()
    for table in COLUMNS:
        for back, name in ((table_csv(db, table), "x.csv"), (table_xlsx(db, table), "x.xlsx")):
            again = planned(db, back, name)
            assert (again.steps, again.problems) == ((), ()), (table, name)
    undo(db, number, 1)
    for table, row in before.items():
        assert records(db, table)[row.record.id] == row.record


def test_no_exported_cell_is_a_formula(db: Database) -> None:
    for number, text in enumerate(["=1+1", "+1", "-1", "@A1", '=HYPERLINK("x")']):
        apply(db, Change(1, "edit", "figures", "abcde"[number], {"note": text}), TODAY)
    rows = list(csv.reader(io.StringIO(table_csv(db, "figures").decode("utf-8-sig"), newline="")))
    assert not [cell for row in rows for cell in row if cell[:1] in "=+-@" and cell]
    book = openpyxl.load_workbook(io.BytesIO(table_xlsx(db, "figures")))
    assert {cell.data_type for row in book["Số liệu"].iter_rows() for cell in row if cell.value} <= {"s", "n"}


# There and back


def test_the_whole_content_goes_through_a_zip_into_an_empty_base_and_back(
    database: Path, tmp_path: Path
) -> None:
    with open_database(database) as db:
        for table in ("lexicon", "wordings"):  # of the many rows of a kind some will do
            db.execute(f"DELETE FROM {table} WHERE rowid % 10")
        db.conn.commit()
        sent, texts = content_zip(db), written(read_rows(db))
    with open_database(tmp_path / "empty.db") as empty:
        migrate(empty)
        assert saved(empty, sent, "x.zip") == 1
        assert written(read_rows(empty)) == texts
        assert content_zip(empty) == sent


ODD = st.text(
    st.characters(exclude_categories=("Cs", "Cc"), include_characters="\n\t\"',;=+-@{}<>&|\\"), max_size=40
)


@settings(max_examples=8, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(texts=st.lists(ODD, min_size=6, max_size=6))
def test_odd_text_is_exported_and_imported_unchanged(
    db: Database, tmp_path_factory: pytest.TempPathFactory, texts: list[str]
) -> None:
    one, two, three, four, five, six = texts
    listed = tuple(item.replace("|", "/").strip() or "x" for item in (one, five))
    changes = [
        Change(1, "edit", "figures", "a", {"note": one, "terms": listed, "locator": two}),
        Change(1, "edit", "sources", "bao", {"title": three or "T", "publisher": four}),
        Change(1, "edit", "documents", "45-2012-nd-cp", {"about": five, "aliases": listed}),
        Change(
            1,
            "edit",
            "entries",
            "kho-khan",
            {"title": six or "T", "body": two or "B", "questions": (one or "h",)},
        ),
    ]
    done = []
    for change in changes:
        try:
            done.append(apply(db, change, TODAY))
        except (ContentError, EditConflict):
            continue
    folder = tmp_path_factory.mktemp("odd")
    export_files(read_rows(db), folder / "first")
    texts_now = written(read_rows(db))
    build(folder / "again.db", folder / "first")
    with open_database(folder / "again.db") as again:
        assert written(read_rows(again)) == texts_now
    assert written(read_content(folder / "first")) == texts_now
    for data, name in (
        (content_zip(db), "x.zip"),
        (table_csv(db, "figures"), "x.csv"),
        (table_csv(db, "sources"), "x.csv"),
        (table_csv(db, "documents"), "x.csv"),
    ):
        plan = planned(db, data, name)
        assert (plan.steps, plan.problems) == ((), ())
    for number in reversed(done):
        undo(db, number, 1)


# Beside review, and beside edits of single rows


def test_while_review_is_on_a_file_is_written_only_for_those_who_need_no_review(db: Database) -> None:
    migrate(db, activity_steps)
    data = f"{HEADER}\n{NEW}\n".encode()
    id_ = keep_import(db, read_plan(db, "tep.csv", data, "", TODAY), data, "", 1, 1.0)
    set_review(db, on=True)
    before = everything(db)
    with pytest.raises(EditConflict, match=r"Chế độ duyệt đang bật.*tep\.csv.*người duyệt hoặc chủ bot"):
        save_import(db, id_, 1, TODAY, 2.0, free=False)
    assert everything(db) == before
    assert not history(db)
    done = save_import(db, id_, 1, TODAY, 3.0, free=True)
    assert done.state == "saved"
    again = save_import(db, id_, 1, TODAY, 4.0, free=False)
    assert (again.number, again.before) == (done.number, True), "a second tap tells what has become of it"


def test_review_that_is_switched_on_while_a_file_is_written_stops_it(db: Database) -> None:
    migrate(db, activity_steps)
    data = f"{HEADER}\n{NEW}\n".encode()
    id_ = keep_import(db, read_plan(db, "tep.csv", data, "", TODAY), data, "", 1, 1.0)
    before = everything(db)

    def switch(stage: str, done: int, total: int) -> None:
        if stage == "write":
            set_review(db, on=True)

    with pytest.raises(EditConflict, match="Chế độ duyệt đang bật"):
        save_import(db, id_, 1, TODAY, 2.0, switch, free=False)
    assert everything(db) == before
    assert not history(db)


def test_taking_an_import_back_is_not_proposed(db: Database) -> None:
    migrate(db, activity_steps)
    number = saved(db, f"{HEADER}\n{NEW}\n")
    set_review(db, on=True)
    with pytest.raises(EditConflict, match="hãy nhờ người duyệt hoặc chủ bot"):
        propose_undo(db, "khoá", 5, number, 1.0)
    assert not waiting(db)
    back = undo(db, number, 1, "vì nhầm tệp")
    assert [done.why for done in history(db, number=back)] == ["vì nhầm tệp"]


def test_an_import_does_not_come_back_over_a_figure_that_took_its_slot_since(db: Database) -> None:
    number = saved(db, f"{HEADER}\n{NEW}\n")
    back = undo(db, number, 1)
    values = dict(zip(HEADER.split(","), next(csv.reader([NEW])), strict=True))
    del values["id"]
    other = apply(db, Change(1, "add", "figures", "khac", values), TODAY)
    with pytest.raises(EditConflict, match="ô này đã có số khac"):
        undo(db, back, 1)
    undo(db, other, 1)
    undo(db, back, 1)
    assert "moi" in records(db, "figures")


def test_a_figure_does_not_come_back_over_one_that_an_import_put_into_its_slot(db: Database) -> None:
    values = dict(zip(HEADER.split(","), next(csv.reader([NEW])), strict=True))
    row = values.pop("id")
    apply(db, Change(1, "add", "figures", row, values), TODAY)
    gone = apply(db, Change(1, "delete", "figures", row), TODAY)
    number = saved(db, f"{HEADER}\n{NEW.replace('moi', 'khac', 1)}\n")
    with pytest.raises(EditConflict, match="ô này đã có số khac"):
        undo(db, gone, 1)
    undo(db, number, 1)
    undo(db, gone, 1)
    assert row in records(db, "figures")
