"""Who may be supported, where, for what trade and what work: facts of one establishment → verdict with its rules.

Whether a fact fits is the stance of the entry that states the rule, so an edited entry changes the verdict; only what no
single entry can know (a large enterprise that wants cleaner production, a ward of a city) is decided here. Nothing here
promises support: the best verdict is that a project may be considered.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Literal

from knowledge.base import KnowledgeBase
from knowledge.finding.support import SupportLevels, calculate
from knowledge.records import Calculation, Note, Region, SupportLevel

Outcome = Literal["yes", "no", "depends"]

CITIES = frozenset({"ha-noi", "ho-chi-minh", "hai-phong", "da-nang", "can-tho", "thua-thien-hue"})
"""The six centrally run cities since 01/7/2025."""
OTHER = "khac"
OLD_PLACE = "huyen_cu"
_NOT_ON_COST = frozenset({"lai-suat-vay"})
_IN_CITY = {
    "xa": "doi-tuong-xa-thanh-pho-truc-thuoc-trung-uong",
    "phuong": "doi-tuong-phuong-thanh-pho-truc-thuoc-trung-uong",
}
_CLEANER = "doi-tuong-co-so-san-xuat-sach-hon"
TRADE_TOPIC = "nganh_nghe"


@dataclass(frozen=True, slots=True)
class Option:
    """One possible answer of a step.

    `keys`: folded words that name it when typed. `entry`: the entry that states its rule. `activity`: the support level
    of a kind of work. `shown`: False for what is understood when typed but has no button.
    """

    id: str
    label: str
    keys: tuple[str, ...] = ()
    entry: str = ""
    activity: str = ""
    shown: bool = True


def _table(*options: Option) -> Mapping[str, Option]:
    return {option.id: option for option in options}


ESTABLISHMENTS = _table(
    Option("nho_va_vua", "Doanh nghiệp nhỏ và vừa", ("nho va vua", "vua va nho", "dnnvv", "sieu nho", "tnhh", "co phan", "tu nhan", "dntn", "cong ty nho", "doanh nghiep nho", "cong ty", "doanh nghiep"), "doi-tuong-doanh-nghiep-nho-va-vua"),
    Option("hop_tac_xa", "Hợp tác xã", ("hop tac xa", "htx"), "doi-tuong-hop-tac-xa"),
    Option("to_hop_tac", "Tổ hợp tác", ("to hop tac", "to hop", "tht"), "doi-tuong-to-hop-tac"),
    Option("ho", "Hộ kinh doanh", ("ho kinh doanh", "ho ca the", "ho gia dinh", "ho san xuat", "hkd"), "doi-tuong-ho-kinh-doanh"),
    Option("ca_nhan", "Cá nhân chưa đăng ký", ("ca nhan", "chua dang ky", "khong dang ky", "chua co giay", "chua co dang ky", "mot minh"), "doi-tuong-ca-nhan-chua-dang-ky"),
    Option("lon", "Doanh nghiệp lớn", ("doanh nghiep lon", "cong ty lon", "quy mo lon", "tap doan", "cong ty", "doanh nghiep"), "doi-tuong-doanh-nghiep-lon"),
    Option("lien_hiep", "Liên hiệp hợp tác xã", ("lien hiep hop tac xa", "lien hiep htx"), "doi-tuong-lien-hiep-hop-tac-xa", shown=False),
    Option("fdi", "Doanh nghiệp có vốn nước ngoài", ("fdi", "cong ty fdi", "doanh nghiep fdi", "doanh nghiep co von nuoc ngoai", "cong ty co von nuoc ngoai", "nuoc ngoai"), "doi-tuong-doanh-nghiep-fdi", shown=False),
)  # fmt: skip
PLACES = _table(
    Option("xa", "Xã", ("xa",), "doi-tuong-xa-cua-tinh"),
    Option("phuong", "Phường", ("phuong", "quan"), "doi-tuong-phuong-cua-tinh"),
    Option("dac_khu", "Đặc khu", ("dac khu", "huyen dao"), "doi-tuong-dac-khu"),
    Option("lang_nghe", "Làng nghề được công nhận", ("lang nghe",), "doi-tuong-lang-nghe"),
    Option(OLD_PLACE, "Huyện, thị xã, thị trấn cũ", ("huyen", "thi xa", "thi tran", "thanh pho"), "doi-tuong-huyen-thi-xa-cu", shown=False),
    Option("khu_cong_nghiep", "Khu công nghiệp", ("khu cong nghiep", "kcn"), "doi-tuong-trong-khu-cong-nghiep", shown=False),
    Option("cum_cong_nghiep", "Cụm công nghiệp", ("cum cong nghiep", "ccn"), "doi-tuong-trong-cum-cong-nghiep", shown=False),
)  # fmt: skip
TRADES = _table(
    Option("nganh-che-bien-nong-san", "Chế biến nông, lâm, thủy sản, thực phẩm", ("che bien", "so che", "say")),
    Option("nganh-moc-do-go", "Mộc, đồ gỗ"),
    Option("nganh-co-khi", "Cơ khí, điện, điện tử"),
    Option("nganh-may-mac", "Dệt may, da giày"),
    Option("nganh-thu-cong-my-nghe-khac", "Thủ công mỹ nghệ"),
    Option("nganh-vat-lieu-khong-nung", "Vật liệu xây dựng không nung"),
    Option("nganh-hang-tieu-dung", "Hàng tiêu dùng, xuất khẩu khác"),
    Option("nganh-khong-chan-nuoi", "Chăn nuôi", ("chan nuoi", "nuoi", "trang trai")),
    Option("nganh-khong-trong-trot", "Trồng trọt", ("trong trot", "trong")),
    Option("nganh-khong-buon-ban", "Buôn bán", ("buon ban", "mua ban", "ban hang", "ban le", "tap hoa", "cua hang", "dai ly", "thuong mai")),
    Option("nganh-khong-dich-vu", "Dịch vụ", ("dich vu", "van tai", "cho thue")),
    Option(OTHER, "Nghề khác", ("nghe khac", "nganh khac", "khac")),
)  # fmt: skip
WORKS = _table(
    Option("may_moc", "Mua máy móc, thiết bị", ("may moc", "thiet bi", "mua may", "sam may", "may"), "hoat-dong-may-moc", "may-moc-thiet-bi"),
    Option("day_chuyen", "Đầu tư dây chuyền công nghệ", ("day chuyen",), "hoat-dong-may-moc", "day-chuyen-cong-nghe"),
    Option("mo_hinh", "Mô hình trình diễn kỹ thuật", ("mo hinh", "trinh dien", "mo hinh trinh dien"), "hoat-dong-mo-hinh-trinh-dien", "mo-hinh-trinh-dien"),
    Option("dao_tao", "Đào tạo, truyền nghề", ("dao tao", "day nghe", "truyen nghe", "hoc nghe", "tap huan"), "hoat-dong-day-nghe"),
    Option("hoi_cho", "Dự hội chợ, triển lãm", ("hoi cho", "trien lam", "gian hang"), "hoat-dong-hoi-cho-trong-nuoc", "hoi-cho-trong-nuoc"),
    Option("thuong_hieu", "Thương hiệu, bao bì", ("thuong hieu", "nhan hieu", "bao bi", "nhan mac", "logo"), "hoat-dong-thuong-hieu", "thuong-hieu"),
    Option("o_nhiem", "Xử lý ô nhiễm", ("o nhiem", "xu ly", "nuoc thai", "khi thai", "khoi bui"), "hoat-dong-xu-ly-o-nhiem", "xu-ly-o-nhiem"),
    Option("sach_hon", "Sản xuất sạch hơn", ("sach hon", "san xuat sach", "sxsh", "ben vung"), "hoat-dong-thi-diem-san-xuat-sach-hon", "san-xuat-sach-hon"),
    Option("di_doi", "Di dời cơ sở ô nhiễm", ("di doi", "doi vao", "di doi co so o nhiem"), "hoat-dong-di-doi-o-nhiem", "lai-suat-vay"),
    Option(OTHER, "Việc khác", ("viec khac", "khac"), "hoat-dong-tong-quan"),
    Option("may_cu", "Mua máy cũ", ("may cu", "may moc cu", "mua may cu", "thiet bi cu", "da qua su dung"), "hoat-dong-may-cu", shown=False),
    Option("nuoc_ngoai", "Hội chợ ở nước ngoài", ("hoi cho nuoc ngoai", "hoi cho o nuoc ngoai", "trien lam nuoc ngoai", "trien lam o nuoc ngoai"), "hoat-dong-hoi-cho-nuoc-ngoai", "hoi-cho-nuoc-ngoai", shown=False),
    Option("nha_xuong", "Xây, sửa nhà xưởng", ("nha xuong", "xay xuong", "sua xuong"), "hoat-dong-xay-nha-xuong", shown=False),
    Option("dat", "Mua, thuê đất", ("mua dat", "thue dat", "mat bang"), "hoat-dong-mua-dat", shown=False),
    Option("von", "Vốn lưu động, nguyên liệu", ("von luu dong", "nguyen lieu", "tra luong"), "hoat-dong-von-luu-dong", shown=False),
    Option("tu_van", "Thuê tư vấn", ("tu van",), "hoat-dong-tu-van", "tu-van", shown=False),
    Option("chuyen_doi_so", "Chuyển đổi số", ("chuyen doi so", "phan mem"), "hoat-dong-chuyen-doi-so", shown=False),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Facts:
    """What somebody told of his establishment: ids, empty where not told yet. `price` in đồng, None if not known.

    `province` is the id as said, which may be one that ended in 2025; `trade` the id of an entry, or "khac".
    """

    establishment: str = ""
    province: str = ""
    place: str = ""
    trade: str = ""
    work: str = ""
    price: int | None = None


@dataclass(frozen=True, slots=True)
class Reason:
    """One rule held against the facts: `code` names its sentence, `what` is what was said, `entry` states the rule,
    `basis` is the rule itself ("document id: article")."""

    topic: str
    outcome: Outcome
    code: str
    what: str
    entry: str
    basis: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Verdict:
    """`outcome` is that of the worst reason. `amount` says what is known of the money: "calculated", "level" (a level,
    but no price or no percent), "unknown" (the level in force is not known), "" where no money is spoken of.
    """

    outcome: Outcome
    reasons: tuple[Reason, ...]
    region: Region | None
    now: Region | None
    amount: str = ""
    level: SupportLevel | None = None
    calculation: Calculation | None = None
    local: SupportLevel | None = None
    notes: tuple[Note, ...] = ()
    said: tuple[str, ...] = ()


class Eligibility:
    """The rules over one base."""

    def __init__(self, base: KnowledgeBase) -> None:
        self._base = base
        self._levels = SupportLevels(base.levels.values())

    def today(self, region: str) -> Region | None:
        """The province of today in which a province lies."""
        said = self._base.regions.get(region)
        return self._base.regions.get(said.successor, said) if said else None

    def trade_name(self, trade: str) -> str:
        """What the entry of a trade is about: its title without the question."""
        if trade in TRADES:
            return TRADES[trade].label
        entry = self._base.entries.get(trade)
        if entry is None:
            return trade
        for end in (" nói chung có ", " có được ", " có nằm ", " có thuộc "):
            if end in entry.title:
                return entry.title.partition(end)[0]
        return entry.title

    def judge(self, facts: Facts, day: date) -> Verdict:
        """The verdict on complete facts; an id that the base no longer holds makes its reason depend."""
        reasons = (self._establishment(facts), self._place(facts), self._trade(facts), self._work(facts))
        outcomes = {reason.outcome for reason in reasons}
        outcome: Outcome = "no" if "no" in outcomes else "depends" if "depends" in outcomes else "yes"
        verdict = Verdict(
            outcome, reasons, self._base.regions.get(facts.province), self.today(facts.province)
        )
        return verdict if outcome == "no" else self._money(facts, day, verdict)

    def _establishment(self, facts: Facts) -> Reason:
        option = ESTABLISHMENTS[facts.establishment]
        cleaner, other = facts.work == "sach_hon", facts.work == OTHER
        if option.id == "lon" and cleaner:
            return self._reason("establishment", "depends", "large_cleaner", _CLEANER)
        if option.id == "lon":
            code = "large_other" if other else "large"
            return self._reason("establishment", "depends" if other else "no", code, option.entry)
        if option.id == "ca_nhan":
            way = other or facts.work == "dao_tao"
            code = "person_way" if way else "person"
            return self._reason("establishment", "depends" if way else "no", code, option.entry)
        return self._by_entry("establishment", option.entry, option.label)

    def _place(self, facts: Facts) -> Reason:
        option = PLACES[facts.place]
        now = self.today(facts.province)
        city = now is not None and now.id in CITIES
        if option.id == OLD_PLACE and city:
            return self._reason("place", "depends", "old_place_city", option.entry)
        if option.id == OLD_PLACE:
            return self._reason("place", "yes", "old_place", option.entry)
        if option.id == "phuong" and city:
            way = facts.work in ("sach_hon", OTHER)
            code = "ward_city_way" if way else "ward_city"
            return self._reason("place", "depends" if way else "no", code, _IN_CITY["phuong"])
        entry = _IN_CITY.get(option.id, option.entry) if city else option.entry
        return self._by_entry("place", entry, option.label, "of_city" if city else "of_province")

    def _trade(self, facts: Facts) -> Reason:
        if facts.trade == OTHER:
            return self._reason("trade", "depends", "trade_other", "nganh-danh-muc")
        return self._by_entry("trade", facts.trade, self.trade_name(facts.trade))

    def _work(self, facts: Facts) -> Reason:
        option = WORKS[facts.work]
        if option.id == OTHER:
            return self._reason("work", "depends", "work_other", option.entry)
        code = "work_machine" if option.entry == "hoat-dong-may-moc" else ""
        return self._by_entry("work", option.entry, option.label, code)

    def _by_entry(self, topic: str, entry_id: str, what: str, code: str = "") -> Reason:
        """Yes, no or depends as the entry says."""
        entry = self._base.entries.get(entry_id)
        stance = entry.stance if entry else ""
        outcome: Outcome = "yes" if stance == "yes" else "no" if stance == "no" else "depends"
        return self._reason(
            topic, outcome, code if code and outcome == "yes" else f"{topic}_{outcome}", entry_id, what
        )

    def _reason(self, topic: str, outcome: Outcome, code: str, entry_id: str, what: str = "") -> Reason:
        entry = self._base.entries.get(entry_id)
        return Reason(topic, outcome, code, what, entry_id, entry.basis if entry else ())

    def _money(self, facts: Facts, day: date, verdict: Verdict) -> Verdict:
        activity = WORKS[facts.work].activity
        if not activity:
            return verdict
        level = self._levels.on(activity, day)
        where = (facts.province, verdict.now.id if verdict.now else "")
        local = next((found for one in where if (found := self._levels.local(activity, one, day))), None)
        if level is None or level.status == "superseded":
            return _with_money(verdict, "unknown", None, None, local)
        price = facts.price if activity not in _NOT_ON_COST else None
        calculation = calculate(level, Decimal(price)) if price else None
        return _with_money(verdict, "calculated" if calculation else "level", level, calculation, local)


def _with_money(
    verdict: Verdict,
    amount: str,
    level: SupportLevel | None,
    calculation: Calculation | None,
    local: SupportLevel | None,
) -> Verdict:
    notes = (Note("level_changed"),) if level is not None and level.status == "needs_check" else ()
    return Verdict(
        verdict.outcome,
        verdict.reasons,
        verdict.region,
        verdict.now,
        amount,
        level,
        calculation,
        local,
        notes,
    )
