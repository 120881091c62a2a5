"""`kb check`: the real content holds, every planted error is found."""

from __future__ import annotations

import re
import unicodedata

import pytest

from db.checks import COMPUTED, Report, check, recompute
from db.content import CONTENT
from db.loading import read_content
from knowledge.base import KnowledgeBase
from tests.db.conftest import Files

ENTRY = "entries/doi_tuong/ho-kinh-doanh.md"


@pytest.fixture(scope="module")
def real() -> Report:
    """What is found in the content that the program comes with."""
    return check(CONTENT)


def test_the_real_content_holds(real: Report) -> None:
    assert [str(failure) for failure in real.failures] == []


def test_every_stored_verdict_is_reproduced(base: KnowledgeBase) -> None:
    sums = [relation.operands for relation in base.relations if relation.kind == "sum"]
    computed = [relation for relation in base.relations if relation.kind in COMPUTED]
    assert {relation.verdict for relation in computed} >= {"match", "rounding", "mismatch"}
    wrong = {
        relation.id: found
        for relation in computed
        if (found := recompute(relation, dict(base.figures), sums)) != relation.verdict
    }
    assert wrong == {}


def test_the_small_content_holds(content: Files) -> None:
    report = check(content.path)
    assert report.failures == ()
    assert list(report.lines())[-1] == "Nội dung đạt."


@pytest.mark.parametrize(
    ("name", "old", "new", "said"),
    [
        ("figures.csv", "45.3,,percent,exact,\"45,3%\"", "45.4,,percent,exact,\"45,4%\"", "k2 ghi “match” nhưng tính lại được “mismatch”"),
        ("figures.csv", "176400000000", "176500000000", "value 176500000000.0 không khớp “176,4 tỷ đồng”"),
        ("figures.csv", "79900000000", "79900000", "không khớp “79,9 tỷ đồng”"),
        ("figures.csv", "hơn 29 đề án", "hơn 30 đề án", "không khớp “hơn 30 đề án” (đọc được: 30)"),
        ("figures.csv", "hơn 29 đề án", "nhiều đề án", "không có số nào"),
        ("figures.csv", "29,,đề án", "29,28,đề án", "value_max phải lớn hơn value"),
        ("figures.csv", "share,actual,total", "share,,total", "phải có cột of"),
        ("figures.csv", "c,kinh-phi,actual", "c,kinh-phi,date", "không phải ngày"),
        ("relations.csv", "k1,sum,a | b | c", "k1,sum,a | b", "không đủ số để tính"),
        ("relations.csv", "k1,sum,a | b | c", "k1,sum,a | e | c", "k1 ghi “rounding” nhưng tính lại được “mismatch”"),
        ("relations.csv", "k1,sum,a | b | c", "k1,change,a | b", "không đủ số để tính"),
        ("relations.csv", "k1,sum", "k1,tong", "kind “tong” lạ"),
        ("relations.csv", ",match,", ",dung,", "verdict “dung” lạ"),
        ("relations.csv", "k2,ratio,a | c | d,\"45,3%\",match", "k2,implied,a | c | d,\"45,3%\",mismatch", "thiếu warning"),
        ("documents.csv", "235-2025-nd-cp,235/2025/NĐ-CP,Nghị định,Sửa đổi,Chính phủ,2025-08-27,2025-10-15,", "235-2025-nd-cp,235/2025/NĐ-CP,Nghị định,Sửa đổi,Chính phủ,2025-08-27,2025-10-15,2024", "trước in_force_from"),
        ("documents.csv", ",,,,,,luat\n", ",,,,,,\n", "235-2025-nd-cp thiếu sources"),
        ("support_levels.csv", ",in_force,luat,", ",in_force,,", "may thiếu sources"),
        ("language/lexicon.csv", "activity,may-moc", "activity,may-mc", "slots.csv không có activity, may-mc"),
        ("support_levels.csv", "Điều 4", "", "may thiếu article"),
        ("support_levels.csv", "may,may-moc", "cu,may-moc,Hỗ trợ máy móc,national,50,300000000,cơ sở,,,45-2012-nd-cp,Điều 4,2014-01-01,2018-05-11,superseded,luat,,\nmay,may-moc", "cu: valid_to phải trước 2018-05-11"),
        ("support_levels.csv", "national,50", "national,150", "percent phải từ"),
        ("support_levels.csv", "300000000", "300", "cap tính bằng đồng"),
        (ENTRY, 'basis = ["45-2012-nd-cp: khoản 2 Điều 1"]', "basis = []", "thiếu basis"),
        (ENTRY, "45-2012-nd-cp: khoản", "45-2012-nd-cp:khoản", "phải có dạng"),
        (ENTRY, '["luat"]', "[]", "thiếu sources"),
        (ENTRY, 'valid_to = ""', 'valid_to = "2025-10-14"', "trước valid_from"),
        (ENTRY, "Được, hộ", "Được, " + "rất " * 300 + "hộ", "rút xuống dưới 1200"),
        ("entries/danh_gia/kho-khan.md", 'id = "kho-khan"', 'id = "kho"', "tên tệp phải theo mã"),
        ("entries/danh_gia/kho-khan.md", '["bao"]', "[]", "thiếu sources"),
    ],
)  # fmt: skip
def test_a_planted_error_is_found(content: Files, name: str, old: str, new: str, said: str) -> None:
    content.swap(name, old, new)
    report = check(content.path)
    found = [problem.file for problem in report.failures if said in problem.message]
    assert set(found) <= {name, "relations.csv"} and found, "\n".join(report.lines())


def test_text_that_is_not_composed_is_found(content: Files) -> None:
    content.swap(ENTRY, "Được, hộ kinh", unicodedata.normalize("NFD", "Được, hộ kinh"))
    [problem] = check(content.path).failures
    assert (problem.file, problem.line) == (ENTRY, 18)
    assert "NFC" in problem.message


def test_unreadable_content_is_a_failure_not_an_error(content: Files) -> None:
    content.swap("figures.csv", "96600000000", "nhiều")
    assert [problem.line for problem in check(content.path).failures] == [3]


def test_notices_are_counted_and_named_on_request(content: Files) -> None:
    content.swap(ENTRY, '"in_force"', '"needs_check"')
    content.swap(ENTRY, "\n---\n", "\n\n---\n")
    report = check(content.path)
    assert report.failures == ()
    assert "Cần kiểm tra lại (needs_check): 1" in list(report.lines())
    told = "\n".join(report.lines(verbose=True))
    assert f"  {ENTRY}: ho-kinh-doanh" in told
    assert "Tệp chưa ở dạng chuẩn (kb export viết lại): 1" in told


ANOTHER = 'f,kinh-phi,actual,,,KCQG,phia_bac,2023,79500000000,,VND,exact,"79,5 tỷ đồng",,,,,,,luat,,,\n'
"""The slot of `a`, as another source prints it."""


def test_two_figures_of_one_slot_are_refused(content: Files) -> None:
    content.swap("figures.csv", "\nb,kinh-phi", f"\n{ANOTHER}b,kinh-phi")
    [problem] = check(content.path).failures
    assert (problem.file, problem.line) == ("figures.csv", 3)
    assert "a, f cùng một ô" in problem.message


def test_two_sources_of_one_slot_may_be_declared(content: Files) -> None:
    content.swap("figures.csv", "\nb,kinh-phi", f"\n{ANOTHER}b,kinh-phi")
    content.swap("relations.csv", "\nk2,", "\nk3,same,a | f,,mismatch,,,\nk2,")
    assert check(content.path).failures == ()


def test_the_verdict_on_two_sources_of_one_slot_is_recomputed(content: Files) -> None:
    content.swap("figures.csv", "\nb,kinh-phi", f"\n{ANOTHER}b,kinh-phi")
    content.swap("relations.csv", "\nk2,", "\nk3,same,a | f,,match,,,\nk2,")
    [problem] = check(content.path).failures
    assert "k3 ghi “match” nhưng tính lại được “mismatch”" in problem.message


def test_a_share_of_a_total_is_also_held_against_its_sum(content: Files) -> None:
    """96,6 / 176,4 is 54,76 %, printed 54,8 %; but with 79,9 beside it the share is at most 54,746 %."""
    content.swap("figures.csv", 'd,kinh-phi,share,actual,total,KCQG,phia_bac,2023,45.3,,percent,exact,"45,3%"', 'd,kinh-phi,share,actual,total,KCDP,phia_bac,2023,54.8,,percent,exact,"54,8%"')  # fmt: skip
    content.swap("relations.csv", "k2,ratio,a | c | d", "k2,ratio,b | c | d")
    figures = {row.record.id: row.record for row in read_content(content.path)["figures"]}
    relation = read_content(content.path)["relations"][1].record
    assert recompute(relation, figures) == "match"
    assert recompute(relation, figures, [("a", "b", "c")]) == "rounding"


def test_each_rule_that_needs_a_check_is_listed_without_being_asked_for(content: Files, real: Report) -> None:
    content.swap(ENTRY, '"in_force"', '"needs_check"')
    assert f"  {ENTRY}: ho-kinh-doanh" in list(check(content.path).lines())
    every, rows_of = list(real.lines()), read_content(CONTENT)
    for table in ("documents", "support_levels", "entries"):
        rows = [row for row in rows_of[table] if row.record.status == "needs_check"]
        assert rows
        assert all(f"  {row.file}: {row.record.id}" in every for row in rows)


@pytest.mark.parametrize(
    ("ended", "found"),
    [("2025-10-14", False), ("2025-10-15", True), ("", True)],
    ids=["before", "overlap", "open"],
)
def test_what_an_entry_replaces_has_ended_before(content: Files, ended: str, found: bool) -> None:
    text = (content.path / ENTRY).read_text(encoding="utf-8")
    old = re.sub(r'valid_from = ".*"', 'valid_from = "2012-07-05"', text)
    old = re.sub(r'valid_to = ".*"', f'valid_to = "{ended}"', old).replace(
        'id = "ho-kinh-doanh"', 'id = "ho-cu"'
    )
    new = re.sub(r'valid_from = ".*"', 'valid_from = "2025-10-15"\nreplaces = ["ho-cu"]', text)
    (content.path / ENTRY).with_name("ho-cu.md").write_text(old, encoding="utf-8")
    (content.path / ENTRY).write_text(new, encoding="utf-8")
    problems = [problem.message for problem in check(content.path).failures]
    assert any("thay ho-cu" in message for message in problems) == found, problems


def test_an_entry_that_replaces_nothing_known_is_refused(content: Files) -> None:
    text = (content.path / ENTRY).read_text(encoding="utf-8")
    new = re.sub(r'(valid_from = ".*")', r'\1\nreplaces = ["khong-co"]', text)
    (content.path / ENTRY).write_text(new, encoding="utf-8")
    assert [
        "không có mục hỏi đáp “khong-co”" in problem.message for problem in check(content.path).failures
    ] == [True]


def test_words_of_the_workshop_are_found_in_what_is_told(content: Files) -> None:
    content.swap("regions.csv", "Sau sáp nhập", "Đoạn 14 ghi như vậy")
    [problem] = check(content.path).failures
    assert (problem.file, problem.line) == ("regions.csv", 5)
    assert "“Đoạn 14”" in problem.message
    assert "editor_note" in problem.message


def test_what_is_noted_for_editors_may_speak_of_paragraphs(content: Files) -> None:
    content.swap("bodies.csv", "theo bài báo", "đoạn 14; bài in 2024")
    assert not check(content.path).failures


def test_a_stage_is_no_paragraph(content: Files) -> None:
    content.swap("regions.csv", "Sau sáp nhập", "Giai đoạn 2026–2030")
    assert not check(content.path).failures


def test_a_province_has_one_body(content: Files) -> None:
    content.swap("bodies.csv", "bài báo\n", "bài báo\nkc-khac,tuyen-quang,Sở Công Thương,UBND tỉnh,,,bao,,\n")
    [problem] = check(content.path).failures
    assert "tuyen-quang" in problem.message


def test_a_province_that_has_ended_has_no_body_of_today(content: Files) -> None:
    content.swap(
        "bodies.csv", "bài báo\n", "bài báo\nkc-ha-giang,ha-giang,Sở Công Thương,UBND tỉnh,,,bao,,\n"
    )
    [problem] = check(content.path).failures
    assert "ha-giang" in problem.message


def test_a_refused_figure_has_a_reason_and_is_not_in_the_base(content: Files) -> None:
    content.write("figures_refused.csv", "id,reason\nfw-1,không in năm\nfw-2,\na,đã bỏ\n")
    problems = check(content.path).failures
    assert [problem.line for problem in problems] == [3, 4]
    assert {problem.file for problem in problems} == {"figures_refused.csv"}
