"""Tables and citations: values, marks and warnings arrive whole."""

from __future__ import annotations

import csv
import io
import shutil
import subprocess
from dataclasses import replace
from datetime import date
from pathlib import Path

import openpyxl
import pytest

from knowledge.base import KnowledgeBase
from knowledge.records import Figure, Note, Source, Taken
from knowledge.taking import taken
from knowledge.telling.sheets import HEADER, MOST_CITED, citation, rows, xlsx

TODAY = date(2026, 11, 23)
HOSTILE = (
    "=1+1",
    "+84",
    "-x",
    "@sum(A1)",
    "{{7*7}}",
    "<b>&amp;",
    'a"b;c,d',
    "dòng\nhai",
    "Đắk Lắk 🏭",
    "'=1",
)


@pytest.fixture(scope="module")
def everything(base: KnowledgeBase) -> list[Taken]:
    """Every figure of the base."""
    return taken(base, base.figures)


def test_a_workbook_reopens_with_the_same_cells(base: KnowledgeBase, everything: list[Taken]) -> None:
    book = openpyxl.load_workbook(io.BytesIO(xlsx(everything, base.names, TODAY)))
    read = [list(line) for line in book.active.iter_rows(values_only=True)]
    expected = [[cell if cell != "" else None for cell in line] for line in rows(everything, base.names)]
    assert read[0] == list(HEADER)
    assert read[1 : len(expected) + 1] == expected
    assert "23/11/2026" in str(read[-1][0])


@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not installed")
def test_libreoffice_reads_the_same_cells(
    base: KnowledgeBase, everything: list[Taken], tmp_path: Path
) -> None:
    (tmp_path / "a.xlsx").write_bytes(xlsx(everything, base.names, TODAY))
    made = tmp_path / "made"
    profile = f"-env:UserInstallation=file://{tmp_path / 'profile'}"
    into = "csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,true,false"
    command = ["soffice", profile, "--headless", "--convert-to", into, "--outdir", str(made)]
    subprocess.run([*command, str(tmp_path / "a.xlsx")], check=True, timeout=120, capture_output=True)
    with (made / "a.csv").open(encoding="utf-8-sig", newline="") as file:
        read = [list(line) for line in csv.reader(file)]
    expected = rows(everything, base.names)
    assert [list(map(_plain, line)) for line in read[1 : len(expected) + 1]] == [
        list(map(_plain, line)) for line in expected
    ]


def _plain(cell: object) -> object:
    """A cell as a number where it is one, else as text; an empty one as nothing."""
    try:
        return float(str(cell))
    except ValueError:
        return "" if cell is None else str(cell)


@pytest.mark.parametrize("text", HOSTILE)
def test_texts_stay_texts(base: KnowledgeBase, text: str) -> None:
    figure = Figure("x", "kinh-phi", "plan", "ca_nuoc", "2024", 5e9, "VND", text, "s", label=text)
    one = Taken(figure, Source("s", text, publisher=text, url=text), (Note("discrepancy", {"text": text}),))
    book = openpyxl.load_workbook(io.BytesIO(xlsx([one], base.names, TODAY)))
    line = next(book.active.iter_rows(min_row=2))
    assert line[0].value == text and line[0].data_type == "s"
    assert line[8].value == text and line[9].value == text


def test_every_warning_of_a_figure_is_in_its_row(base: KnowledgeBase, everything: list[Taken]) -> None:
    lines = rows(everything, base.names)
    warned = [relation for relation in base.relations if relation.warning and relation.leads]
    assert warned
    for relation in warned:
        for lead in relation.leads:
            line = next(line for line in lines if line[-1] == lead)
            assert relation.warning in str(line[9])


def test_a_citation_fits_a_copy_button_and_names_who_printed_it(
    base: KnowledgeBase, everything: list[Taken]
) -> None:
    for one in everything:
        cited = citation(one.figure, one.source, base.names)
        assert len(cited) <= MOST_CITED
        assert (one.source.publisher or one.source.title) in cited


def test_a_citation_that_would_be_too_long_gives_up_the_title_first(base: KnowledgeBase) -> None:
    figure = replace(next(iter(base.figures.values())), label="")
    source = Source("s", "Một tựa đề " * 30, publisher="Tạp chí", published_on="2024-05-16")
    cited = citation(figure, source, base.names)
    assert len(cited) <= MOST_CITED and "Tạp chí, 16/5/2024" in cited
