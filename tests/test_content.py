"""The curated content: every printed figure stands in its source where the row says, and there is enough of the rest."""

from __future__ import annotations

import re
import unicodedata
from functools import cache
from pathlib import Path

import pytest

from knowledge.base import KnowledgeBase
from knowledge.records import Body, Document, Entry, Event, Figure, SupportLevel

SEEDS = Path(__file__).resolve().parents[2] / "shared" / "seeds"
"""Texts of the articles that the figures come from; they are not part of the project."""

ARTICLES = ("bai-hn-2024", "bai-pn-2019", "bai-thanh-hoa-2022", "bai-kcqg-2025", "bai-tong-ket-2021")
"""Source ids in the order of the files in `SEEDS`."""

LEAST_FIGURES = 600
NEVER_CITED = ("ufabetindo", "tinthethaonews")
"""Hosts of pages that carry other sites' articles without belonging to them."""
LEAST_ENTRIES = 150
LEAST_DOCUMENTS = 40

needs_articles = pytest.mark.skipif(
    not SEEDS.is_dir(), reason="the articles' texts do not stand beside the project (../shared/seeds)"
)


def normal(text: str) -> str:
    """One form for what a line break, a blank or a code point sequence may differ in."""
    return re.sub(r"\s+", " ", unicodedata.normalize("NFC", text)).strip()


@cache
def paragraphs(source: str) -> tuple[str, ...]:
    """The lines of an article that are not empty; the first is paragraph 1."""
    (path,) = SEEDS.glob(f"{ARTICLES.index(source):03d}_*.txt")
    return tuple(line for line in map(normal, path.read_text(encoding="utf-8-sig").splitlines()) if line)


def from_articles(base: KnowledgeBase) -> list[Figure]:
    """The figures whose source is one of the articles."""
    return [figure for figure in base.figures.values() if figure.source in ARTICLES]


@needs_articles
def test_there_is_a_text_for_every_article() -> None:
    assert all(len(paragraphs(source)) >= 3 for source in ARTICLES)


@needs_articles
def test_every_figure_is_printed_in_its_source(base: KnowledgeBase) -> None:
    figures = from_articles(base)
    absent = [
        f"{figure.id}: {figure.as_printed}"
        for figure in figures
        if not any(normal(figure.as_printed) in paragraph for paragraph in paragraphs(figure.source))
    ]
    assert len(figures) >= 80
    assert not absent


@needs_articles
def test_every_figure_is_printed_in_the_paragraph_that_it_names(base: KnowledgeBase) -> None:
    misplaced = []
    for figure in from_articles(base):
        text = paragraphs(figure.source)
        number = int(figure.locator)
        if not 1 <= number <= len(text) or normal(figure.as_printed) not in text[number - 1]:
            found = [at for at, one in enumerate(text, 1) if normal(figure.as_printed) in one]
            misplaced.append(f"{figure.id}: {figure.as_printed} is in {found}, not in {figure.locator}")
    assert not misplaced, "\n".join(misplaced)


@needs_articles
def test_other_paragraphs_that_a_figure_names_exist(base: KnowledgeBase) -> None:
    for figure in from_articles(base):
        assert all(1 <= int(number) <= len(paragraphs(figure.source)) for number in figure.also), figure.id


def test_every_figure_has_a_known_source(base: KnowledgeBase) -> None:
    assert {figure.source for figure in base.figures.values()} <= set(base.sources)


def test_there_are_enough_figures(base: KnowledgeBase) -> None:
    assert len(base.figures) >= LEAST_FIGURES


def test_every_figure_of_a_public_page_names_the_page(base: KnowledgeBase) -> None:
    sources = {figure.source for figure in base.figures.values() if figure.id.startswith(("fw-", "fx-"))}
    assert len(sources) >= 100
    for source in map(base.sources.__getitem__, sources):
        assert source.url.startswith("http") and source.title and source.publisher, source.id
        assert not any(host in source.url for host in NEVER_CITED), source.id


def test_every_figure_of_a_public_page_says_what_it_is_of(base: KnowledgeBase) -> None:
    for figure in base.figures.values():
        if figure.id.startswith(("fw-", "fx-")):
            assert figure.period and figure.region in base.regions and figure.indicator in base.indicators, (
                figure.id
            )


def test_there_are_enough_entries_on_policy_and_support(base: KnowledgeBase) -> None:
    kinds = [entry.kind for entry in base.entries.values()]
    assert kinds.count("policy") + kinds.count("support") >= LEAST_ENTRIES


def test_there_are_enough_documents(base: KnowledgeBase) -> None:
    assert len(base.documents) >= LEAST_DOCUMENTS


def test_entries_documents_events_and_levels_have_known_sources(base: KnowledgeBase) -> None:
    rows: list[Entry | Document | Event | SupportLevel | Body] = [
        *base.entries.values(),
        *base.documents.values(),
        *base.events.values(),
        *base.levels.values(),
        *base.bodies.values(),
    ]
    unsourced = [row.id for row in rows if not row.sources or not set(row.sources) <= set(base.sources)]
    assert not unsourced


def test_no_two_entries_have_one_title(base: KnowledgeBase) -> None:
    titles = [entry.title for entry in base.entries.values()]
    assert sorted(set(titles)) == sorted(titles)


def test_every_province_of_today_has_its_body(base: KnowledgeBase) -> None:
    today = {row.id for row in base.regions.values() if row.kind == "province" and not row.valid_to}
    assert len(today) == 34
    assert set(base.bodies) == today
    assert all(body.name and body.sources for body in base.bodies.values())


def test_the_three_provinces_without_a_centre_under_the_department_name_another_body(
    base: KnowledgeBase,
) -> None:
    for province in ("lang-son", "lao-cai", "son-la"):
        assert "Sở Công Thương" not in base.bodies[province].parent
        assert "Khuyến công" not in base.bodies[province].name


def test_the_minister_approves_the_national_programme_from_july_2025(base: KnowledgeBase) -> None:
    now = base.entries["khai-niem-chuong-trinh-quoc-gia-ai-duyet"]
    assert now.valid_from == "2025-07-01"
    assert any(line.startswith("146-2025-nd-cp") for line in now.basis)
