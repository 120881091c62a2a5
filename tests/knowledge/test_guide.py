"""The guide: every combination has a verdict with its rules, any text is taken, steps go back, states survive as JSON."""

from __future__ import annotations

import itertools
import re
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from db.content import CONTENT
from db.loading import read_content
from knowledge.base import KnowledgeBase
from knowledge.finding.eligibility import Eligibility, Facts, options_of
from knowledge.guide import DONE, LEFT, STEPS, Guide, GuideState, GuideStep, Reply, Verdict
from knowledge.records import Note
from knowledge.telling.guide_texts import guide_html, guide_plain
from tests.conftest import TODAY
from tests.noise import NOISES
from tests.telegram.html import visible

OPTIONS = options_of(KnowledgeBase(guide=[row.record for row in read_content(CONTENT)["guide"]]))
ESTABLISHMENTS, PLACES, WORKS = OPTIONS["establishment"], OPTIONS["place"], OPTIONS["work"]
CITIES = ("ha-noi", "ho-chi-minh", "hai-phong", "da-nang", "can-tho", "thua-thien-hue")
MACHINE = ("hộ kinh doanh", "Hà Nam", "xã", "xưởng mộc", "mua máy móc", "800 triệu")
ELIGIBLE = ("nho_va_vua", "hop_tac_xa", "to_hop_tac", "ho", "lien_hiep")
PROMISE = re.compile(r"chắc chắn được|sẽ được hỗ trợ|được duyệt ngay|cam kết")


@pytest.fixture(scope="module")
def guide(base: KnowledgeBase) -> Guide:
    return Guide(base, lambda: TODAY)


@pytest.fixture(scope="module")
def rules(base: KnowledgeBase) -> Eligibility:
    return Eligibility(base)


def told(guide: Guide, *texts: str) -> tuple[GuideState, Reply]:
    """What the guide says after all of these were typed from the start on."""
    state: GuideState | None
    reply: Reply | None
    state, reply = guide.start()
    for text in texts:
        state, reply = guide.handle(text, state)
    assert state is not None and reply is not None
    return state, reply


def verdict(guide: Guide, *texts: str) -> Verdict:
    """The verdict after these answers."""
    _, reply = told(guide, *texts)
    assert isinstance(reply, Verdict), reply
    return reply


def codes(reply: Reply) -> list[str]:
    """The codes of what a step tells besides its question."""
    assert isinstance(reply, GuideStep)
    return [note.code for note in reply.notes]


# --- the rules ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "province", ["ninh-binh", "ha-nam", "phu-yen", "hoa-binh", *sorted(CITIES), "binh-duong"]
)
@pytest.mark.parametrize("establishment", ESTABLISHMENTS)
def test_every_establishment_and_place_has_a_verdict_with_its_rules(
    rules: Eligibility, base: KnowledgeBase, establishment: str, province: str
) -> None:
    for place, work, trade in itertools.product(
        PLACES, WORKS, ("nganh-moc-do-go", "nganh-khong-chan-nuoi", "khac")
    ):
        found = rules.judge(Facts(establishment, province, place, trade, work, 900_000_000), TODAY)
        assert [reason.topic for reason in found.reasons] == ["establishment", "place", "trade", "work"]
        for reason in found.reasons:
            assert reason.basis, reason
            assert all(line.partition(":")[0] in base.documents for line in reason.basis), reason
        text = visible(guide_html(found, dict(base.names)))
        assert len(text) <= 1200, text
        assert not PROMISE.search(text)
        assert {"yes": "Đủ", "no": "Chưa đủ", "depends": "Còn tùy"}[found.outcome] in text.split("\n")[0]
        assert "nan" not in text and "None" not in text


@pytest.mark.parametrize("establishment", ELIGIBLE)
@pytest.mark.parametrize(
    ("province", "place", "outcome"),
    [
        *[("ha-nam", place, "yes") for place in ("xa", "phuong", "dac_khu", "lang_nghe", "huyen_cu")],
        *[(city, place, "yes") for city in sorted(CITIES) for place in ("xa", "dac_khu", "lang_nghe")],
        *[(city, "phuong", "no") for city in sorted(CITIES)],
        *[(city, "huyen_cu", "depends") for city in sorted(CITIES)],
        ("hai-duong", "phuong", "no"),  # part of Hải Phòng now
        ("hai-duong", "xa", "yes"),
        ("ha-nam", "khu_cong_nghiep", "depends"),
    ],
)
def test_a_province_counts_whole_a_city_without_its_wards(
    rules: Eligibility, establishment: str, province: str, place: str, outcome: str
) -> None:
    found = rules.judge(Facts(establishment, province, place, "nganh-moc-do-go", "may_moc", None), TODAY)
    assert found.outcome == outcome


@pytest.mark.parametrize(
    ("establishment", "work", "outcome"),
    [
        ("lon", "may_moc", "no"), ("lon", "sach_hon", "depends"), ("lon", "khac", "depends"),
        ("ca_nhan", "may_moc", "no"), ("ca_nhan", "dao_tao", "depends"), ("fdi", "may_moc", "depends"),
        ("ho", "dao_tao", "depends"), ("ho", "di_doi", "depends"), ("ho", "may_cu", "no"), ("ho", "o_nhiem", "yes"),
        ("ho", "khac", "depends"), ("ho", "nha_xuong", "depends"),
    ],
)  # fmt: skip
def test_who_and_what_for(rules: Eligibility, establishment: str, work: str, outcome: str) -> None:
    found = rules.judge(Facts(establishment, "ninh-binh", "xa", "nganh-moc-do-go", work, None), TODAY)
    assert found.outcome == outcome


def test_the_entry_decides(base: KnowledgeBase, rules: Eligibility) -> None:
    for entry in base.entries.values():
        if "nganh_nghe" in entry.topics and entry.stance:
            found = rules.judge(Facts("ho", "ninh-binh", "xa", entry.id, "may_moc", None), TODAY)
            assert found.outcome == {"yes": "yes", "no": "no"}.get(entry.stance, "depends"), entry.id


@pytest.mark.parametrize(
    ("work", "price", "result"),
    [
        ("may_moc", 800_000_000, 300_000_000),
        ("may_moc", 200_000_000, 100_000_000),
        ("day_chuyen", 2_000_000_000, 450_000_000),
        ("mo_hinh", 2_000_000_000, 600_000_000),
    ],
)
def test_the_most_is_percent_or_cap(rules: Eligibility, work: str, price: int, result: int) -> None:
    found = rules.judge(Facts("ho", "ninh-binh", "xa", "nganh-moc-do-go", work, price), TODAY)
    assert found.calculation is not None
    assert found.calculation.result == result
    assert [note.code for note in found.notes] == ["level_changed"]
    assert "139/2026/TT-BTC" in guide_plain(found)


def test_an_ended_level_is_never_told(rules: Eligibility) -> None:
    for work in ("hoi_cho", "thuong_hieu", "o_nhiem"):
        found = rules.judge(Facts("ho", "ninh-binh", "xa", "nganh-moc-do-go", work, 100_000_000), TODAY)
        assert (found.amount, found.level, found.calculation) == ("unknown", None, None)
        assert "35 triệu" not in guide_plain(found)


def test_a_province_with_a_level_of_its_own_is_told(rules: Eligibility) -> None:
    for province in ("dak-lak", "phu-yen"):
        found = rules.judge(Facts("ho", province, "xa", "nganh-moc-do-go", "mo_hinh", 9 * 10**9), TODAY)
        assert found.local is not None and "800 triệu" in guide_plain(found)


def test_no_money_is_spoken_of_where_the_answer_is_no(rules: Eligibility) -> None:
    found = rules.judge(Facts("lon", "ninh-binh", "xa", "nganh-moc-do-go", "may_moc", 800_000_000), TODAY)
    assert "💰" not in guide_plain(found)


# --- from start to verdict ---------------------------------------------------------------------------------------------


def test_from_start_to_verdict_by_words(guide: Guide, base: KnowledgeBase) -> None:
    found = verdict(guide, *MACHINE)
    text = guide_plain(found, dict(base.names))
    assert found.outcome == "yes"
    for part in ("300 triệu", "Sở Công Thương tỉnh Ninh Bình", "Hà Nam nay thuộc Ninh Bình", "45/2012/NĐ-CP", "không phải lời hứa"):  # fmt: skip
        assert part in text


def test_by_numbers_and_by_labels_is_the_same(guide: Guide) -> None:
    words = verdict(guide, *MACHINE)
    assert verdict(guide, "4", "ha nam", "1", "2", "1", "800.000.000 đồng") == words
    assert (
        verdict(guide, "HỘ KINH DOANH", "hà  nam", "Xã", "mộc, đồ gỗ", "Mua máy móc, thiết bị", "0,8 tỷ")
        == words
    )


def test_by_taps_is_the_same(guide: Guide) -> None:
    state, _ = guide.start()
    for step, option in zip(STEPS, ("ho", "ha-nam", "xa", "nganh-moc-do-go", "may_moc"), strict=False):
        found = guide.choose(state, step, option)
        assert found is not None
        state, _ = found
    assert guide.answer(state, "800tr")[1] == verdict(guide, *MACHINE)


@pytest.mark.parametrize("noise", [name for name in NOISES if name != "polite"])
def test_noise_changes_nothing_or_keeps_the_step(guide: Guide, noise: str) -> None:
    state, _ = guide.start()
    for text in MACHINE:
        meant, _ = guide.answer(state, text)
        heard, _ = guide.answer(state, NOISES[noise](text, Random(7)))
        assert heard.facts == (state.facts if heard.step == state.step else meant.facts)
        state = meant


@pytest.mark.parametrize(
    "text",
    [
        "/dieu_kien", "/dieu_kien@khuyencong_bot", "tôi có đủ điều kiện không", "Tôi có đủ điều kiện không?", "em co du dieu kien ko",
        "kiểm tra điều kiện được khuyến công", "cơ sở của tôi có đủ điều kiện được hỗ trợ không", "có đủ điều kiện không", "/lamlai",
    ],
)  # fmt: skip
def test_what_opens_the_guide(guide: Guide, text: str) -> None:
    state, reply = guide.handle(text)
    assert state == GuideState()
    assert isinstance(reply, GuideStep) and reply.number == 1


@pytest.mark.parametrize(
    "text",
    [
        "hộ kinh doanh có đủ điều kiện không", "điều kiện được khuyến công là gì", "kinh phí phía Bắc 2023", "huỷ", "làm lại", "/hoi abc",
        "em tự sản xuất tại nhà chưa đăng ký gì, có đủ điều kiện không",
    ],
)  # fmt: skip
def test_what_does_not(guide: Guide, text: str) -> None:
    for state in (None, GuideState(LEFT)):
        assert guide.handle(text, state)[1] is None


# --- steps one by one --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("typed", "option"),
    [
        ("công ty TNHH", "nho_va_vua"), ("cty cổ phần nhỏ", "nho_va_vua"), ("htx", "hop_tac_xa"), ("liên hiệp htx", "lien_hiep"),
        ("hộ cá thể", "ho"), ("em làm một mình chưa đăng ký", "ca_nhan"), ("doanh nghiệp lớn", "lon"), ("doanh nghiệp FDI", "fdi"),
    ],
)  # fmt: skip
def test_establishments_in_other_words(guide: Guide, typed: str, option: str) -> None:
    assert told(guide, typed)[0].facts.establishment == option


def test_a_company_of_unknown_size_is_asked_about(guide: Guide) -> None:
    state, reply = told(guide, "công ty")
    assert codes(reply) == ["which_establishment"]
    assert state.offered == ("nho_va_vua", "lon")
    assert guide.answer(state, "2")[0].facts.establishment == "lon"


@pytest.mark.parametrize(
    ("typed", "province", "noted"),
    [
        ("Ninh Bình", "ninh-binh", []), ("ha nma", "ha-nam", ["now_part_of"]), ("tỉnh Bình Định", "binh-dinh", ["now_part_of"]),
        ("sài gòn", "ho-chi-minh", []), ("TP Huế", "thua-thien-hue", []), ("Buôn Ma Thuột", "dak-lak", []), ("hà ti", "ha-tinh", ["misspelt"]), ("Quảng Bnh", "quang-binh", ["misspelt", "now_part_of"]),
    ],
)  # fmt: skip
def test_provinces_old_and_new(guide: Guide, typed: str, province: str, noted: list[str]) -> None:
    state, reply = told(guide, "htx", typed)
    assert (state.step, state.facts.province) == ("place", province)
    assert [code for code in codes(reply) if code != "misspelt" or code in noted] == noted


def test_an_old_name_is_told_with_its_present_one(guide: Guide, base: KnowledgeBase) -> None:
    assert "Hà Nam nay thuộc Ninh Bình" in guide_plain(told(guide, "htx", "Hà Nam")[1], dict(base.names))


@pytest.mark.parametrize(
    "typed", ["quảng", "hà", "Hà Nội hay Hải Phòng", "binh dnih hoac binh dinh va quang nam"]
)
def test_two_names_equally_near_are_a_choice(guide: Guide, typed: str) -> None:
    state, reply = told(guide, "htx", typed)
    assert (state.step, codes(reply)) == ("province", ["which_province"])
    assert len(state.offered) > 1
    after, _ = guide.answer(state, "2")
    assert after.facts.province == state.offered[1]


def test_names_of_one_present_province_are_no_choice(guide: Guide) -> None:
    assert told(guide, "htx", "thành phố Thái Bình, Hưng Yên")[0].step == "place"


@pytest.mark.parametrize(
    ("typed", "place", "ended"),
    [
        ("thị trấn Quế", "huyen_cu", True), ("huyện Kim Bảng", "huyen_cu", True), ("thị xã Duy Tiên", "huyen_cu", True),
        ("xã Kim Bình, huyện Kim Bảng", "xa", True), ("phường 5", "phuong", False), ("quận 7", "phuong", False),
        ("đặc khu", "dac_khu", False), ("làng nghề", "lang_nghe", False), ("khu công nghiệp", "khu_cong_nghiep", False),
    ],
)  # fmt: skip
def test_places_old_and_new(guide: Guide, typed: str, place: str, ended: bool) -> None:
    state, reply = told(guide, "htx", "Ninh Bình", typed)
    assert state.facts.place == place
    assert ("district_ended" in codes(reply)) == ended


@pytest.mark.parametrize(
    ("typed", "place"),
    [("xã Tân Hoà, Bình Định", "xa"), ("hợp tác xã ở Bình Định", ""), ("thành phố Hà Nội", ""), ("huyện Kim Bảng, Hà Nam", "huyen_cu")],
)  # fmt: skip
def test_an_address_answers_both_questions_about_the_place(guide: Guide, typed: str, place: str) -> None:
    state, _ = told(guide, "htx", typed)
    assert (state.facts.place, state.step) == (place, "trade" if place else "place")


@pytest.mark.parametrize(
    ("typed", "trade"),
    [
        ("làm bún", "nganh-thuc-pham"), ("lam bun", "nganh-thuc-pham"), ("xưởng mộc", "nganh-moc-do-go"), ("gốm", "nganh-gom-su"),
        ("nuôi bò", "nganh-khong-chan-nuoi"), ("trồng nấm", "nganh-khong-trong-trot"), ("bán hàng online", "nganh-khong-buon-ban"),
        ("vận tải", "nganh-khong-dich-vu"), ("cơ khí", "nganh-co-khi"), ("nước mắm", "nganh-che-bien-thuy-san"), ("nghề khác", "khac"),
        ("thức ăn chăn nuôi", "nganh-thuc-an-chan-nuoi"), ("gạch không nung", "nganh-vat-lieu-khong-nung"), ("mây tre đan", "nganh-may-tre-dan"),
        ("sấy thanh long", "nganh-che-bien-nong-san"), ("homestay", "nganh-khong-nha-nghi-du-lich"),
    ],
)  # fmt: skip
def test_trades_as_typed(guide: Guide, typed: str, trade: str) -> None:
    state, reply = told(guide, "htx", "Ninh Bình", "xã", typed)
    assert state.facts.trade == trade, reply


@pytest.mark.parametrize("typed", ["kinh phí phía Bắc 2023", "abc xyz", "…", "vì sao", "đóng tàu vũ trụ"])
def test_what_is_no_trade_is_not_taken_for_one(guide: Guide, typed: str) -> None:
    state, reply = told(guide, "htx", "Ninh Bình", "xã", typed)
    assert (state.step, state.facts.trade) == ("trade", "")
    assert codes(reply)[0] in ("expected_trade", "which_trade")


def test_marks_tell_paper_from_shoes(guide: Guide) -> None:
    assert told(guide, "htx", "Ninh Bình", "xã", "giày")[0].facts.trade == "nganh-may-mac"
    state, _ = told(guide, "htx", "Ninh Bình", "xã", "giấy")
    assert (state.facts.trade or state.offered[0]) == "nganh-nhua-bao-bi"


def test_two_trades_equally_near_are_a_choice_that_always_has_a_way_out(guide: Guide) -> None:
    state, reply = told(guide, "htx", "Ninh Bình", "xã", "mộc và cơ khí")
    assert codes(reply) == ["which_trade"]
    assert state.offered[-1] == "khac"
    assert guide.answer(state, str(len(state.offered)))[0].facts.trade == "khac"


@pytest.mark.parametrize(
    ("typed", "amount"),
    [
        ("800 triệu", 800_000_000), ("800tr", 800_000_000), ("tám trăm triệu", 800_000_000), ("800.000.000 đ", 800_000_000),
        ("1,2 tỷ", 1_200_000_000), ("1 tỷ 2", 1_200_000_000), ("1ty2", 1_200_000_000), ("1 tỷ rưỡi", 1_500_000_000),
        ("nửa tỷ", 500_000_000), ("1 tỷ 250 triệu", 1_250_000_000), ("5 trăm triệu", 500_000_000), ("khoảng 3 tỷ đồng", 3 * 10**9),
        ("hai tỷ", 2 * 10**9), ("800000000", 800_000_000), ("chưa biết", None), ("chua ro", None), ("1", None),
    ],
)  # fmt: skip
def test_amounts(guide: Guide, typed: str, amount: int | None) -> None:
    state, _ = told(guide, *MACHINE[:-1], typed)
    assert (state.step, state.facts.price) == (DONE, amount)


@pytest.mark.parametrize(
    "typed", ["800", "50%", "700-800 triệu", "500 triệu và 300 triệu", "-5 triệu", "0 đồng", "rẻ thôi", "10 đồng", "9" * 30]
)  # fmt: skip
def test_what_is_no_single_amount_keeps_the_step(guide: Guide, typed: str) -> None:
    state, reply = told(guide, *MACHINE[:-1], typed)
    assert (state.step, codes(reply)) == ("price", ["expected_price"])


def test_an_unread_answer_says_in_one_sentence_what_is_expected(guide: Guide) -> None:
    for count, step in enumerate(STEPS):
        state, reply = told(guide, *MACHINE[:count], "zzz qqq")
        assert state.step == step
        (note,) = reply.notes if isinstance(reply, GuideStep) else ()
        assert note.code == f"expected_{step}"
        assert "ví dụ" in guide_plain(note) or "Nghề khác" in guide_plain(note)


# --- back and out ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("word", ["/quaylai", "quay lại", "Quay lại"])
def test_back_opens_the_question_before(guide: Guide, word: str) -> None:
    state, _ = told(guide, *MACHINE)
    for step in reversed(STEPS):
        following, reply = guide.handle(word, state)
        assert following is not None and isinstance(reply, GuideStep)
        assert (following.step, reply.name) == (step, step)
        assert not getattr(following.facts, step)
        state = following
    assert codes(guide.back(state)[1]) == ["guide_first"]


def test_after_going_back_another_answer_counts(guide: Guide) -> None:
    assert verdict(guide, *MACHINE[:-1], "/quaylai", "dây chuyền", "2 tỷ").calculation is not None


@pytest.mark.parametrize("count", range(len(MACHINE) + 1))
@pytest.mark.parametrize("word", ["/huy", "huỷ", "hủy"])
def test_out_at_any_step_and_nothing_is_kept(guide: Guide, count: int, word: str) -> None:
    state, _ = told(guide, *MACHINE[:count])
    after, reply = guide.handle(word, state)
    if state.step == DONE and not word.startswith("/"):
        assert reply is None
        return
    assert (after, reply) == (GuideState(LEFT), Note("guide_left"))
    assert guide.handle("/huy", after)[1] == Note("guide_none")


def test_restart(guide: Guide) -> None:
    for count in range(1, len(MACHINE) + 1):
        state, _ = told(guide, *MACHINE[:count])
        for word in ("/lamlai", "làm lại", "/dieu_kien"):
            assert guide.handle(word, state)[0] == GuideState()


def test_a_tap_on_another_step_is_refused(guide: Guide) -> None:
    state, _ = told(guide, "htx")
    assert guide.choose(state, "establishment", "ho") is None
    assert guide.choose(state, "province", "atlantis") is None
    assert guide.choose(GuideState(DONE), "done", "ho") is None


# --- whatever is typed -------------------------------------------------------------------------------------------------

ANSWERS = st.one_of(
    st.text(max_size=60),
    st.sampled_from([*MACHINE, "/quaylai", "công ty", "hà", "phường", "khác", "1", "3", "12", "1 tỷ 2", "\x00", "'; --", "<b>&"]),
    st.sampled_from([option.label for table in OPTIONS.values() for option in table.values()]),
)  # fmt: skip


@settings(deadline=None, max_examples=120)
@given(st.lists(ANSWERS, max_size=14))
def test_any_answers_are_taken_and_every_reply_fits_a_phone(
    guide: Guide, base: KnowledgeBase, texts: list[str]
) -> None:
    state: GuideState | None
    reply: Reply | None
    state, reply = guide.start()
    for text in texts:
        before = state
        state, reply = guide.handle(text, state)
        assert state is not None
        if reply is None:
            assert state == before  # it is a command of others, or a question that they answer
            continue
        assert GuideState.from_json(state.to_json()) == state
        shown = visible(guide_html(reply, dict(base.names)))
        assert 0 < len(shown) <= 1200
        if state.active:
            assert isinstance(guide.show(state), GuideStep)


@given(st.text(max_size=80) | st.sampled_from(["{}", "[]", '{"step":"work","facts":{},"offered":[]}', '{"step":"done","facts":{"place":"x"},"offered":[]}']))  # fmt: skip
def test_a_state_that_is_none_is_refused(text: str) -> None:
    try:
        state = GuideState.from_json(text)
    except ValueError:
        return
    assert state.step in (*STEPS, LEFT)
