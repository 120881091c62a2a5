"""Names of places: whole phrases, the longest first."""

from __future__ import annotations

from datetime import date

import pytest

from knowledge.base import KnowledgeBase
from knowledge.reading.places import Gazetteer
from knowledge.reading.question import Question, Reader
from knowledge.text import fold
from tests.conftest import TODAY


@pytest.fixture(scope="module")
def gazetteer(base: KnowledgeBase) -> Gazetteer:
    """The names of the real base."""
    return Gazetteer(base.regions.values())


def read(reader: Reader, text: str) -> list[str]:
    """The regions of a question, in order."""
    return [place.id for place in question(reader, text).regions]


def question(reader: Reader, text: str) -> Question:
    """A question as it is understood."""
    return reader.read(text, date(2026, 11, 23))


@pytest.mark.parametrize(
    ("text", "regions"),
    [
        ("Hà Nam", ["ha-nam"]),
        ("phía Nam", ["phia_nam"]),
        ("miền Nam", ["phia_nam"]),
        ("trong Nam", ["phia_nam"]),
        ("khu vực Nam", ["phia_nam"]),
        ("Hà Nam và phía Nam", ["ha-nam", "phia_nam"]),
        ("Nam Định", ["nam-dinh"]),
        ("miền Nam Định", ["nam-dinh"]),
        ("Quảng Nam", ["quang-nam"]),
        ("Bắc Ninh", ["bac-ninh"]),
        ("phía Bắc", ["phia_bac"]),
        ("miền Bắc Ninh", ["bac-ninh"]),
        ("Bắc Ninh so với phía Bắc", ["bac-ninh", "phia_bac"]),
        ("Bắc Giang", ["bac-giang"]),
        ("Bắc Kạn", ["bac-kan"]),
        ("ngoài Bắc", ["phia_bac"]),
        ("miền Tây", ["tay_nam_bo"]),
        ("đồng bằng sông Cửu Long", ["tay_nam_bo"]),
        ("Tây Nguyên", ["tay_nguyen"]),
        ("miền Trung - Tây Nguyên", ["mien_trung_tay_nguyen"]),
        ("miền Trung, Tây Nguyên", ["mien_trung_tay_nguyen"]),
        ("Đông Nam Bộ", ["dong_nam_bo"]),
        ("Nam Trung Bộ", ["nam_trung_bo"]),
        ("Bắc Trung Bộ", ["bac_trung_bo"]),
        ("cả nước", ["ca_nuoc"]),
        ("Việt Nam", ["ca_nuoc"]),
        ("tỉnh Thanh Hóa", ["thanh-hoa"]),
        ("thành phố Hồ Chí Minh", ["ho-chi-minh"]),
        ("Sài Gòn", ["ho-chi-minh"]),
        ("Bà Rịa - Vũng Tàu", ["ba-ria-vung-tau"]),
        ("bà rịa vũng tàu", ["ba-ria-vung-tau"]),
        ("trong năm 2021", []),
        ("trong năm nay", []),
        ("năm 2023", []),
        ("khuyến công", []),
    ],
)
def test_a_name_is_read_whole(reader: Reader, text: str, regions: list[str]) -> None:
    assert read(reader, text) == regions


def test_every_region_is_found_by_its_name_and_by_its_aliases(base: KnowledgeBase, reader: Reader) -> None:
    other = []
    owners: dict[str, set[str]] = {}
    for region in base.regions.values():
        for name in (region.name, *region.aliases):
            owners.setdefault(fold(name), set()).add(region.id)
    for region in base.regions.values():
        for name in (region.name, *region.aliases):
            if len(fold(name)) <= 3:
                continue
            found = read(reader, f"kinh phí ở {name} là bao nhiêu")
            if len(found) != 1 or found[0] not in owners[fold(name)]:
                other.append(f"{region.id} as {name}: {found}")
    assert not other, "\n".join(other)


def test_where_the_asker_lives_is_not_what_he_asks_about(reader: Reader) -> None:
    assert read(reader, "tôi ở Hà Nam, kinh phí phía Nam bao nhiêu") == ["phia_nam"]
    assert read(reader, "tôi ở Hà Nam thì được hỗ trợ gì") == ["ha-nam"]


def test_an_empty_gazetteer_finds_nothing() -> None:
    assert not list(Gazetteer(()).named("phia bac ha nam"))


@pytest.mark.parametrize(
    ("text", "regions"),
    [
        ("ha nam va phia nam", ["ha-nam", "phia_nam"]),
        ("mien trung, tay nguyen", ["mien_trung_tay_nguyen"]),
        ("tinh thanh hoa", ["thanh-hoa"]),
        ("khuyen cong", []),
    ],
)
def test_a_stored_text_names_its_regions_by_their_longest_names(
    gazetteer: Gazetteer, text: str, regions: list[str]
) -> None:
    assert list(gazetteer.named(text)) == regions


@pytest.mark.parametrize(
    "text",
    [
        "nghề chạm bạc",
        "bác hỏi khuyến công",
        "làm miến dong",
        "giá điện bậc 3",
        "trồng nấm",
        "máy bơm ở nước",
    ],
)
def test_words_with_other_marks_are_no_places(reader: Reader, text: str) -> None:
    assert read(reader, text) == []


@pytest.mark.parametrize(
    "text", ["kinh phi phia nam 2023", "kinh phí phía bác 2023", "phía Nam năm 2019 kế hoạch"]
)
def test_a_part_of_the_country_is_read_beside_a_year(reader: Reader, text: str) -> None:
    found = question(reader, text)
    assert len(found.regions) == len(found.periods.found) == 1


@pytest.mark.parametrize("typed", ["tỉnh Bắc Gang", "tỉnh Bắc Gianh", "tỉnh Bắc Nink", "tỉnh Bắc Cạnh"])
def test_half_of_a_misspelt_province_is_not_the_region(reader: Reader, typed: str) -> None:
    assert "phia_bac" not in [place.id for place in question(reader, f"kinh phí {typed}").regions]


@pytest.mark.parametrize("name", ["Mai Châu", "Trà Lĩnh"])
def test_another_places_name_is_no_slip_of_a_province(reader: Reader, name: str) -> None:
    question = reader.read(f"xưởng ở {name} xin hỗ trợ máy", TODAY)
    assert not question.regions
