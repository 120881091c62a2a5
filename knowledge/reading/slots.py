"""The closed lists of the field: programmes, measures, document kinds, operations, question words, neighbouring topics.

All phrases are folded. Reading is exact and in order; whoever reads a span uses it up (`spans.Text`).
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from knowledge.reading.spans import Text


def _any(*phrases: str) -> re.Pattern[str]:
    ordered = sorted(phrases, key=lambda phrase: (-len(phrase), phrase))
    return re.compile(r"\b(?:" + "|".join(ordered) + r")\b")


# --- documents -------------------------------------------------------------------------------------------------------

_KINDS = {
    "nghi dinh": "nd", "thong tu lien tich": "ttlt", "thong tu": "tt", "quyet dinh": "qd", "chi thi": "ct",
    "thong bao": "tb", "to trinh": "ttr", "nghi quyet": "nq", "ke hoach so": "kh",
}  # fmt: skip
_KIND = "|".join(sorted(_KINDS, key=len, reverse=True))
_SUFFIX = r"(?:nd|ttlt|tt|qd|ct|tb|ttr|nq|kh|nq)(?:[ -]?(?:cp|bct|btc|ttg|ctdp|cn|bnv|btnmt|ubnd|sct|bnnptnt|bkhdt|qh\d+))+"
_DOC_FULL = re.compile(
    rf"\b(?:(?P<kind>{_KIND}) )?(?:lien tich )?(?:so )?(?P<number>\d{{1,5}})\s?/\s?(?P<year>(?:19|20)\d\d)(?:\s?/\s?(?P<suffix>{_SUFFIX}|qh\d\d))?(?![\d/])"
)
_DOC_SUFFIX = re.compile(
    rf"\b(?:(?P<kind>{_KIND}) )?(?:so )?(?P<number>\d{{1,5}})\s?/\s?(?P<suffix>{_SUFFIX})\b"
)
_DOC_KIND = re.compile(
    rf"\b(?P<kind>{_KIND}) (?:so )?(?P<number>\d{{1,5}})(?:\s?(?:nam|/)\s?(?P<year>(?:19|20)\d\d))?(?: (?P<year2>(?:19|20)\d\d))?\b(?! (?:ty|trieu|%|de an|tinh))"
)


@dataclass(frozen=True, slots=True)
class DocumentRef:
    """A document as a question names it: `kind` is the short form (nd, tt, ttlt, qd, …) or empty."""

    number: int
    year: str
    kind: str
    typed: str


def read_documents(text: Text, known_numbers: frozenset[tuple[int, str]]) -> list[DocumentRef]:
    """Take document numbers out of `text`. A bare `6/2019` counts only if a document of the base has that number."""
    found: list[DocumentRef] = []
    for pattern in (_DOC_FULL, _DOC_SUFFIX, _DOC_KIND):
        for match in pattern.finditer(text.rest):
            groups = match.groupdict()
            number = int(groups["number"])
            year = groups.get("year") or groups.get("year2") or ""
            suffix = (groups.get("suffix") or "").replace(" ", "-")
            kind = _KINDS.get(groups["kind"] or "", "") or suffix.split("-")[0]
            if not kind and (
                (number, year) not in known_numbers
                or (number <= 12 and re.search(r"thang \d*$", text.whole[: match.start() + 2]))
            ):
                continue
            if pattern is _DOC_KIND and kind in ("kh", "tb") and not year:
                continue
            found.append(DocumentRef(number, year, kind, match.group().strip()))
            text.take(*match.span())
    return found


# --- programmes ------------------------------------------------------------------------------------------------------

_NOT_PROGRAMME = _any(
    r"cuc cong (?:thuong|nghiep) dia phuong", r"nganh cong thuong dia phuong", r"cong thuong dia phuong",
    r"chuong trinh muc tieu quoc gia(?: xay dung nong thon moi)?", r"muc tieu quoc gia", r"cap quoc gia",
    r"(?:cac|nhung|moi|tung|mot so|bao nhieu|may|so|o|tai|ve|cho|giua cac|\d+) dia phuong", r"dia phuong nao",
    r"dia phuong (?:duoc giao|duoc duyet|duoc phan bo|trong vung)",
)  # fmt: skip
_KCQG = _any(
    r"kcqg", r"kcqq", r"khuyen cong (?:cap )?quoc gia", r"(?:nguon|von|kinh phi|ngan sach|phan|ben|cap|chuong trinh|rieng|de an) quoc gia",
    r"(?:nguon|von|kinh phi|ngan sach|phan|ben|cap|khuyen cong|rieng) trung uong", r"quoc gia",
)  # fmt: skip
_KCDP = _any(
    r"kcdp", r"kcd", r"khuyen cong (?:cap )?dia phuong", r"(?<!trung tam )khuyen cong (?:cap )?tinh",
    r"(?:nguon|von|kinh phi|ngan sach|phan|ben|cap|rieng|de an) dia phuong", r"(?:nguon|ngan sach) tinh",
)  # fmt: skip
_LOCAL_ALONE = re.compile(r"\bdia phuong\b")
_BOTH = _any(
    r"tong (?:ca )?(?:hai|2) nguon", r"ca (?:hai|2) nguon", r"(?:hai|2) nguon", r"gop ca hai", r"ca kcqg (?:lan|va) kcdp",
    r"(?:ca|tinh ca|gom ca|gom) (?:khuyen cong |nguon |phan )?quoc gia (?:ca|lan|va|cung|cong|voi) (?:ca )?(?:khuyen cong |nguon |phan )?dia phuong(?: cong lai)?",
    r"(?:ca|tinh ca|gom ca|gom) kcqg (?:lan|va|cong|cung|voi) (?:ca )?kcdp",
    r"(?:ca |tinh ca |gom ca )?(?:khuyen cong )?quoc gia (?:lan|va|cung|cong) (?:khuyen cong )?dia phuong(?: cong lai)?",
    r"(?:ca |tinh ca |gom ca )?kcqg (?:lan|va|cong|\+) kcdp(?: cong lai| gop lai)",
)  # fmt: skip
_JOINTLY = re.compile(
    r"\b(?:ca|tinh ca|gom|gom ca|tong) (?:khuyen cong |nguon |phan )?(?:quoc gia|kcqg|hai nguon|2 nguon)\b"
)
_TOTAL_WORD = _any(
    r"tong cong",
    r"tong so",
    r"tong the",
    r"tong",
    r"toan bo",
    r"tat ca",
    r"ca thay",
    r"gop lai",
    r"cong lai",
    r"chung",
)


@dataclass(frozen=True, slots=True)
class Named:
    """A value of a closed list, and where it was named."""

    value: str
    position: int


def read_programmes(text: Text, *, comparing: bool, short: bool) -> tuple[list[Named], bool]:
    """Take programmes out of `text`: (KCQG/KCDP/total in order, whether a word for "total" was said).

    `short`: in a short follow-up or a comparison of sources, "địa phương" alone means the local programme.
    """
    kept = list(_NOT_PROGRAMME.finditer(text.rest))
    masked = Text(text.rest)
    for match in kept:
        masked.take(*match.span())
    found: list[Named] = []
    if not comparing or _JOINTLY.search(masked.rest):
        found += [Named("total", match.start()) for match in masked.take_all(_BOTH)]
    found += [Named("KCDP", match.start()) for match in masked.take_all(_KCDP)]
    found += [Named("KCQG", match.start()) for match in masked.take_all(_KCQG)]
    has_qg = any(one.value == "KCQG" for one in found)
    if not any(one.value == "KCDP" for one in found) and (short or (comparing and has_qg)):
        found += [Named("KCDP", match.start()) for match in masked.take_all(_LOCAL_ALONE)]
    total_word = bool(list(masked.take_all(_TOTAL_WORD)))
    for match in kept:
        masked.rest = masked.rest[: match.start()] + match.group() + masked.rest[match.end() :]
    text.rest = masked.rest
    found.sort(key=lambda one: one.position)
    return list({one.value: one for one in reversed(found)}.values())[::-1], total_word


# --- measures --------------------------------------------------------------------------------------------------------

_PERCENT_ASKED = _any(
    r"(?:bao nhieu|may|nhieu) (?:phan tram|%)", r"(?:bao nhieu|may)%", r"ty le", r"ti le", r"phan tram", r"may cham phan tram",
) .pattern + r"|(?:bao nhieu|may) ?%|(?<!\d)(?<!\d )%|% (?:bao nhieu|la)"  # fmt: skip
_RATE = re.compile(
    r"\b(?:ty le (?:thuc hien|hoan thanh|giai ngan|dat)|hoan thanh|muc do hoan thanh|tien do|dat (?:duoc )?(?:bao nhieu|may|ty le|%)"
    r"|so (?:voi )?(?:ke hoach|kh)|dat ke hoach|bang (?:bao nhieu|may) (?:phan tram|%))\b|% (?:ke hoach|kh|du toan)|phan tram (?:ke hoach|du toan)"
)
_SHARE = re.compile(
    r"\b(?:ty trong|chiem|co cau|dong gop|gop|trong tong|phan cua (?:[a-z]+ ){1,6}trong)\b"
    r"|\bphan (?:quoc gia|dia phuong|kcqg|kcdp|cua)(?= (?:trong|khu|phia|vung|mien))"
)
_UP_DOWN = _any(
    r"tang(?! cuong| truong| vat)", r"giam(?! sat| doc| thieu)", r"thap hon", r"cao hon", r"nhieu hon", r"it hon", r"lon hon", r"nho hon", r"kem", r"chenh(?: lech)?", r"hut", r"vuot",
    r"nhich", r"tut", r"sut", r"bien dong", r"thay doi", r"hon kem", r"gap may", r"khac nhau",
)  # fmt: skip
_TARGET = _any(r"muc tieu", r"phan dau", r"chi tieu phai dat")
_CHANGE = _any(
    r"muc (?:tang|giam)", r"(?:tang|giam) bao nhieu (?:%|phan tram)", r"toc do tang", r"ty le (?:tang|giam)"
)
_ESTIMATE = _any(
    r"uoc thuc hien", r"uoc dat", r"uoc tinh", r"uoc chung", r"uoc chi", r"uoc", r"du kien thuc hien"
)
_PLAN = _any(
    r"ke hoach chi(?= bao nhieu)", r"ke hoach (?:duoc )?(?:giao|duyet|phe duyet)", r"(?:duoc )?(?:giao|duyet|phe duyet)(?: theo)? ke hoach", r"ke hoach", r"duoc (?:phe )?duyet", r"phe duyet",
    r"(?<!xet )duyet", r"du toan", r"du kien chi", r"du kien", r"dat ra", r"muc tieu kinh phi", r"len ke hoach", r"du dinh", r"dinh chi",
)  # fmt: skip
_ALLOCATED = _any(
    r"(?:duoc |da |thong nhat )?phan bo", r"duoc bo tri", r"bo tri", r"rot ve", r"rot", r"phan ve", r"cap phat",
)  # fmt: skip
_ASSIGNED = _any(r"(?:duoc |da |thuc te )?giao(?: thuc te)?", r"thuc giao")
_ACTUAL = _any(
    r"thuc hien", r"da chi", r"thuc chi", r"chi thuc te", r"giai ngan", r"thuc te", r"lam duoc", r"lam dc", r"su dung", r"xai",
    r"tieu het", r"chi tieu", r"tieu", r"da dung", r"dung het", r"quyet toan", r"ton het", r"chi ra", r"bo ra", r"het bao nhieu",
    r"chi het", r"trien khai", r"dat duoc", r"da lam", r"lam den dau", r"ket qua thuc hien", r"chi duoc", r"chi bao nhieu",
)  # fmt: skip


_WEAK = re.compile(r"thuc te(?! chi)|trien khai|su dung|bo tri|dat duoc|lam duoc|tieu\b")


@dataclass(frozen=True, slots=True)
class Measures:
    """What is asked of a figure. `named`: plan / allocated / assigned / actual / estimate in order of naming.

    `percent`: a percent is asked for; `rate`, `share`, `moved` (up, down, difference): words for those.
    """

    named: tuple[Named, ...]
    percent: bool
    rate: bool
    share: bool
    moved: bool
    target: bool = False
    change: bool = False


_PERCENT = re.compile(_PERCENT_ASKED)


def read_measures(text: Text) -> Measures:
    """Take measure words out of `text`."""
    rate = bool(_RATE.search(text.rest))
    target = bool(list(text.take_all(_TARGET)))
    change = bool(_CHANGE.search(text.rest))
    share = bool(_SHARE.search(text.whole))
    for _ in text.take_all(_SHARE):
        pass
    percent = bool(list(text.take_all(_PERCENT)))
    moved = bool(list(text.take_all(_UP_DOWN)))
    named: list[Named] = []
    for value, pattern in (
        ("estimate", _ESTIMATE),
        ("plan", _PLAN),
        ("allocated", _ALLOCATED),
        ("assigned", _ASSIGNED),
        ("actual", _ACTUAL),
    ):
        named += [Named(value, match.start()) for match in text.take_all(pattern)]
    rate = rate or bool(list(text.take_all(_RATE)))
    named.sort(key=lambda one: one.position)
    unique = tuple({one.value: one for one in reversed(named)}.values())[::-1]
    if len(unique) > 1:  # "thực tế được giao", "bố trí kế hoạch": the surer word names the measure
        strong = [one for one in unique if not _WEAK.match(text.whole, one.position)]
        unique = tuple(strong) or unique
    return Measures(unique, percent, rate, share, moved, target, change)


# --- what is asked ---------------------------------------------------------------------------------------------------

MONEY = _any(
    r"kinh phi", r"so tien", r"tien", r"ngan sach", r"von", r"ty dong", r"ty", r"trieu dong", r"trieu", r"dong", r"nguon luc", r"nguon", r"chi phi", r"khoan", r"muc chi",
)  # fmt: skip
AMOUNT = _any(
    r"bao nhieu", r"la bao nhieu", r"may (?:ty|trieu|dong|tien|phan tram|%|cham|co so|de an|nhiem vu|dia phuong|tinh|don vi|nguoi|luot|mo hinh|hoi cho|hoi thao|doan|du an|dai bieu|nghi dinh|lan|dot|cuoc|to chuc|noi|thanh pho|hoc vien|xuong|doanh nghiep|lop|cai|so)", r"con so", r"so lieu", r"bao nhieu tien", r"nhieu nhat", r"la nhieu",
)  # fmt: skip
COMPARE = _any(
    r"so voi", r"so sanh", r"so (?=ke hoach|thuc hien|kcqg|kcdp|hai|2|muc|phia|kinh phi|tong|cung ky|giua)", r"diem phan tram", r"diem", r"tru", r"con (?:cach|thieu)", r"(?<!sach )(?<!co )hon(?! \d)", r"kem(?! theo)", r"chenh(?: lech)?", r"cao hon", r"thap hon", r"nhieu hon", r"it hon", r"lon hon", r"nho hon",
    r"tang(?! cuong| truong| vat)", r"giam(?! sat| doc| thieu)", r"xuong(?! (?:moc|may|go|co khi|san|gom|may mac|toi|em|nha))", r"con bao nhieu", r"hut", r"vuot", r"doi chieu", r"khac nhau", r"gap may", r"bien dong", r"thay doi", r"len",
)  # fmt: skip
CHECK = re.compile(
    r"\b(?:dung khong|dung ko|phai khong|phai ko|co dung|dung chua|chinh xac khong|chinh xac chua|dung hay sai|chuan khong|chuan chua|co chuan|xac nhan|that khong|sai khong|co phai|dung khong nhi|phai chang|dung vay khong|co sai)\b"
    r"|\b(?:khong nhi|phai k|ha|ah|a|chu nhi|chu gi|dung chu|phai chu)\s*\?*$|\bdung (?:la )?(?:\d|khong)|\bhay (?:la )?\d"
)
YES_NO = re.compile(
    r"\bco\b.*\bkhong\b|\bduoc khong\b|\bco duoc\b|\bcan khong\b|\bphai khong\b|\bdung khong\b|\bkhong (?:a|nhi|vay|the|em|anh|chi|ad|ban)?\s*\??$|\bchua\s*\??$|\bhay khong\b|\bco the\b"
)
RANK = _any(
    r"nhieu nhat",
    r"cao nhat",
    r"lon nhat",
    r"it nhat",
    r"thap nhat",
    r"nho nhat",
    r"dung dau",
    r"dan dau",
    r"xep hang",
    r"top",
)
SERIES = _any(
    r"qua cac nam",
    r"tung nam",
    r"cac nam",
    r"theo nam",
    r"nhieu nam",
    r"dien bien",
    r"lich su so lieu",
    r"moi nam",
)
LIST = _any(
    r"tat ca so lieu",
    r"toan bo so lieu",
    r"liet ke",
    r"nhung so lieu",
    r"cac so lieu",
    r"so lieu ve",
    r"so lieu gi",
    r"tong hop so lieu",
)

WHO = re.compile(
    r"\b(?:ai|nguoi nao|don vi nao|co quan nao|lanh dao nao|ong nao|ba nao|dong chi nao|so nao|cuc nao|bo nao|ten gi)\b"
)
WHERE = re.compile(
    r"\b(?:o dau|tai dau|toi dau|den dau|(?<!thang )(?<!nua )(?<!tu )(?<!buoc )(?<!lan )dau(?: vay| the| a| nhi| ha| em| anh)?(?=\s*\??$)|tinh nao|thanh pho nao|noi nao|cho nao|dia phuong nao|dia diem)\b"
)
WHEN = re.compile(
    r"\b(?:khi nao|bao gio|luc nao|ngay nao|ngay may|hom nao|ngay bao nhieu|thang may|thang nao|nam nao|nam may|thoi gian nao|thoi diem nao|may gio|ngay thang nao|ngay gio|nam bao nhieu)\b"
)
WHY = re.compile(r"\b(?:vi sao|tai sao|sao lai|nguyen nhan|do dau|ly do|vi ly do gi|tai vi sao)\b")

EVENT = _any(
    r"hoi nghi", r"trao co", r"dang cai", r"co luan luu", r"hoi cho", r"ket luan", r"be mac", r"khai mac", r"chu tri", r"tham luan", r"lan thu", r"trien lam",
    r"lan (?:xvi|xvii|xviii|xix|xx|xv|xiv|xiii)", r"to chuc",
)  # fmt: skip

# --- what is not ours ------------------------------------------------------------------------------------------------

NEIGHBOURS: dict[str, str] = {
    "khuyen nong": "khuyến nông", "khuyen ngu": "khuyến ngư", "khuyen lam": "khuyến lâm", "khuyen mai": "khuyến mại",
    "khuyen hoc": "khuyến học", "khuyen tai": "khuyến tài", "khuyen thuong": "khuyến thương", "khuyen cao": "khuyến cáo", "xuc tien thuong mai": "xúc tiến thương mại",
    "xuc tien dau tu": "xúc tiến đầu tư", "xuc tien du lich": "xúc tiến du lịch",
    "cong nghiep ho tro": "công nghiệp hỗ trợ", "cong nghiep phu tro": "công nghiệp hỗ trợ",
    "dau tu cong": "đầu tư công", "ocop": "OCOP", "khoa hoc cong nghe quoc gia": "khoa học công nghệ",
    "nong thon moi": "nông thôn mới", "giam ngheo": "giảm nghèo", "thuong mai dien tu": "thương mại điện tử",
    "bao hiem": "bảo hiểm", "y te": "y tế", "giao duc": "giáo dục", "quoc phong": "quốc phòng", "giao thong": "giao thông", "du lich": "du lịch",
    "khu cong nghiep": "khu công nghiệp", "chung khoan": "chứng khoán", "bat dong san": "bất động sản", "thoi tiet": "thời tiết", "bong da": "bóng đá", "xo so": "xổ số", "gia vang": "giá vàng",
    "gia xang": "giá xăng", "phan bon": "phân bón", "khach san": "khách sạn", "thoi su": "thời sự", "nau an": "nấu ăn", "an sinh xa hoi": "an sinh xã hội", "dien luc": "điện lực", "xuat khau lao dong": "xuất khẩu lao động",
    "khoi nghiep": "khởi nghiệp", "khoi cong": "khởi công", "kinh te tap the": "kinh tế tập thể",
    "tiet kiem nang luong": "tiết kiệm năng lượng", "thuong mai": "thương mại",
}  # fmt: skip
"""Topics that look or sound like ours, with their proper spelling. They are declined by name unless an entry speaks of them."""

OWN_TOPIC = re.compile(
    r"\b(?:khuyen cong|kcqg|kcdp|cong nghiep nong thon|cnnt|khuyen cong vien|tieu thu cong nghiep|san pham tieu bieu)\b"
)

RESTRICTION = re.compile(
    r"\b(?:nganh (?!cong thuong)[a-z]+|linh vuc [a-z]+|quan ly chuong trinh|phu nu|do nu|dan toc|che bien|thuy san|det may|do go|gom su|de an (?:diem|nhom)|binh quan|trung binh(?! moi nam)|moi (?:xa|huyen|co so|de an|dia phuong|don vi|mo hinh|nguoi|lop)"
    r"|lon nhat|nho nhat|viec lam|lao dong|chuyen doi so|lang nghe|hop tac xa|ho kinh doanh|cho \d+ (?:don vi|to chuc)|giai ngan nhanh|ngoai ngan sach|doi ung)\b"
)
"""Words that ask for a part or a ratio of a figure."""

ROUND = re.compile(r"\bdot (?:thu )?(?P<round>\d|mot|hai|ba|bon|dau|cuoi|nhat|nhi)\b")

CORRECTION = re.compile(
    r"\b(?:(?:a |ay |ui )?nham(?: roi)?|y (?:toi|em|minh|anh|chi|la|toi la)|khong phai (?:nam |phia |vung )?|a quen|sua lai|noi lai|lon roi|viet nham|go nham|khong,)\b"
)

FOLLOW_UP = re.compile(
    r"^(?:(?:a|ah|o|uh|ok|vay|roi|um|da|dạ|a ma|ua) )?(?:con|the con|vay con|the|vay|thi|so voi|neu|va|rieng|tiep|nam|sang|doi|cung|lay|xem|bao gom|rieng ve|voi)\b"
    r"|\b(?:thi sao|the nao|ra sao|sao|thi bao nhieu|thi the nao|con gi|nua)\s*\??$"
)

PRONOUN = re.compile(
    r"\b(?:vung (?:do|nay|ay)|khu vuc (?:do|nay|ay)|nam (?:do|ay)|nguon (?:do|nay|ay)|chuong trinh (?:do|nay|ay)|tinh (?:do|nay|ay)|ky (?:do|nay|ay)|cai (?:do|nay|ay)|so (?:do|nay|ay)|o do|noi do|cung vung|cung nam|do)\b"
)
