"""How a question asks: amounts, comparisons, claims, who, where, when; what belongs to the topic and what does not.

All folded."""

from __future__ import annotations

import re

from knowledge.reading.slots import any_of

MONEY = any_of(
    r"kinh phi", r"(?:da )?chi(?= (?:cho )?(?:khuyen cong|kcqg|kcdp)\b)", r"chi(?= (?:nhieu|it|cao|thap) nhat)", r"so tien", r"(?<!tien )(?<!uu )(?<!dau )tien(?! (?:tien|do|hanh|bo|trinh|si))", r"ngan sach", r"von", r"ty dong", r"ty", r"trieu dong", r"trieu", r"dong", r"nguon luc", r"nguon", r"chi phi", r"khoan", r"muc chi",
)  # fmt: skip

AMOUNT = any_of(
    r"bao nhieu", r"la bao nhieu", r"may (?:ty|trieu|dong|tien|phan tram|%|cham|co so|de an|nhiem vu|dia phuong|tinh|don vi|nguoi|luot|mo hinh|hoi cho|hoi thao|doan|du an|dai bieu|nghi dinh|lan|dot|cuoc|to chuc|noi|thanh pho|hoc vien|xuong|doanh nghiep|lop|cai|so)", r"con so", r"so lieu", r"bao nhieu tien", r"nhieu nhat", r"la nhieu",
)  # fmt: skip

COMPARE = any_of(
    r"so voi", r"so sanh", r"so (?=ke hoach|thuc hien|kcqg|kcdp|hai|2|muc|phia|kinh phi|tong|cung ky|giua)", r"diem phan tram", r"diem", r"tru", r"con (?:cach|thieu)", r"(?<!sach )(?<!co )hon(?! \d)", r"kem(?! theo| nhat)", r"chenh(?: lech)?", r"cao hon", r"thap hon", r"nhieu hon", r"it hon", r"lon hon", r"nho hon",
    r"tang(?! cuong| truong| vat)", r"giam(?! sat| doc| thieu)", r"xuong(?! (?:moc|may|go|co khi|san|gom|may mac|toi|em|nha))", r"con bao nhieu", r"hut", r"vuot", r"doi chieu", r"khac nhau", r"gap (?:(?:hon|gan|tren|khoang|tam|xap xi) )?(?:may|doi|ruoi|ba|bon|\d+(?:[.,]\d+)?)(?: lan)?(?: ruoi)?", r"bien dong", r"thay doi", r"len",
    r"(?:bang|hon|gan|chua (?:den|toi|bang)) (?:mot |1 )?nua(?! (?:nam|dau|cuoi|thang|quy))",
)  # fmt: skip

CHECK = re.compile(
    r"\b(?:dung khong|dung ko|phai khong|phai ko|co dung|dung chua|chinh xac khong|chinh xac chua|dung hay sai|chuan khong|chuan chua|co chuan|xac nhan|that khong|sai khong|co phai|dung khong nhi|phai chang|dung vay khong|co sai|dung het (?:khong|chua)|kiem tra (?:lai )?(?:giup|ho|dum|xem))\b"
    r"|\bdung la\b.*\bkhong\s*\??$|\bdung (?:la )?(?:\d|khong)"
)

EITHER = re.compile(r"\bhay (?:la )?\d")
"""Two numbers, of which one is right: neither is claimed."""

CHECK_TAG = re.compile(r"\b(?:khong nhi|phai k|ha|ah|a|chu nhi|chu gi|dung chu|phai chu)\s*\?*$")
"""Closes a claim; after a question word it is only polite."""

QUESTION_WORD = re.compile(
    r"\b(?:nao|gi|ai|sao|(?<!thang )(?<!nua )(?<!lan )(?<!dot )dau(?! nam| tien)|may(?! moc)|bao nhieu|bao gio|bao lau)\b"
)

YES_NO = re.compile(
    r"\bco\b.*\bkhong\b|\bduoc khong\b|\bco duoc\b|\bcan khong\b|\bphai khong\b|\bdung khong\b|\bkhong(?: (?:a|nhi|vay|the|em|anh|chi|ad|ban|z|zay|nha|nhe|ta|luon|bac|co|chu|shop))*\s*\??$|\bchua\s*\??$|\bhay khong\b|\bco the\b"
)

RANK_WORDS = any_of(
    r"(?:hoan thanh|dat|giai ngan|thuc hien)(?: [a-z]+){0,3} (?:tot|kem|cham|te|nhanh) nhat",
    r"(?:kem|cham|te) nhat",
    r"nhieu nhat",
    r"cao nhat",
    r"lon nhat",
    r"it nhat",
    r"thap nhat",
    r"nho nhat",
    r"dung dau",
    r"dan dau",
    r"xep hang",
    r"thu tu(?= (?:cac|giua|vung|tinh|khu vuc))",
    r"top",
)

RANK = re.compile(rf"{RANK_WORDS.pattern}|\b(?:nhieu|it) (?:[a-z]+ ){{1,12}}(?<!thong )(?<!hop )nhat\b")

RANKED = {
    "region": re.compile(
        r"\b(?:vung|khu vuc|mien) nao\b|\b(?:xep hang|thu tu|top(?: \d+)?) (?:kinh phi )?(?:cac |giua cac )?(?:vung|khu vuc|mien)\b"
    ),
    "province": re.compile(
        r"\b(?:tinh(?: thanh)?(?: pho)?|dia phuong|thanh pho|noi|don vi) nao\b"
        r"|\b(?:xep hang|thu tu|top(?: \d+)?) (?:kinh phi )?(?:cac |giua cac )?(?:tinh|dia phuong)\b"
    ),
    "year": re.compile(r"\b(?:nam|giai doan) nao\b"),
}
"""What is ranked, by the words that ask for it."""

_TABLE = r"\b(?:(?:lap|ke|lam|tao|xem|xin|in|cho) )?(?:bang|bieu(?! do)|thong ke|tong hop|liet ke|danh sach|so lieu)\b.{0,200}\b(?:cac|tung|moi|theo|giua cac) "

TABLED = {
    "region": re.compile(
        rf"{_TABLE}(?:vung|khu vuc|mien)\b(?! do| nay)"
        r"|\b(?:kinh phi|ke hoach|thuc hien|phan bo|giai ngan|de an|so sanh)(?: [a-z0-9]+){0,3} (?:cac|tung|moi|3|ba) (?:vung|khu vuc|mien)\b(?! do| nay)"
    ),
    "province": re.compile(
        rf"{_TABLE}(?:tinh|dia phuong|thanh pho)\b(?! do| nay)"
        r"|\b(?:kinh phi|ke hoach|thuc hien|phan bo|giai ngan)(?: [a-z]+){0,3} (?:tung|theo tung) (?:tinh|dia phuong)\b"
    ),
}
"""What a table has a row for, by the words that ask for it."""

SERIES = any_of(
    r"qua cac nam",
    r"tung nam",
    r"cac nam",
    r"theo nam",
    r"nhieu nam",
    r"dien bien",
    r"xu huong",
    r"bieu do",
    r"lich su so lieu",
    r"moi nam",
)

LIST = any_of(
    r"tat ca so lieu",
    r"toan bo so lieu",
    r"liet ke",
    r"nhung so lieu",
    r"cac so lieu",
    r"so lieu ve",
    r"so lieu (?=(?:cua |o |tai |khu vuc |vung |tinh |phia |mien |kcqg|kcdp|khuyen cong))",
    r"so lieu gi",
    r"bang so lieu",
    r"cac con so",
    r"tong hop so lieu",
)

WHO = re.compile(
    r"\b(?:ai|nguoi nao|don vi nao|co quan nao|lanh dao nao|ong nao|ba nao|dong chi nao|cuc nao|bo nao|ten gi)\b"
)

WHERE = re.compile(
    r"\b(?:o dau|tai dau|toi dau|den dau|(?<!thang )(?<!nua )(?<!tu )(?<!buoc )(?<!lan )dau(?: vay| the| a| nhi| ha| em| anh)?(?=\s*\??$)|tinh nao|thanh pho nao|noi nao|cho nao|dia phuong nao|dia diem)\b"
)

WHEN = re.compile(
    r"\b(?:khi nao|bao gio|luc nao|ngay nao|ngay may|hom nao|ngay bao nhieu|thang may|thang nao|nam nao|(?<!phia )(?<!mien )nam may|thoi gian nao|thoi diem nao|may gio|ngay thang nao|ngay gio|(?<!phia )(?<!mien )nam bao nhieu|bua nao|bua mo|buoi nao|giai doan nao|ngay bao nhieu)\b"
)

WHY = re.compile(r"\b(?:vi sao|tai sao|sao lai|nguyen nhan|do dau|ly do|vi ly do gi|tai vi sao)\b")


NEIGHBOURS: dict[str, str] = {
    "khuyen nong": "khuyến nông", "khuyen diem": "khuyến diêm", "khuyen ngu": "khuyến ngư", "khuyen lam": "khuyến lâm", "khuyen mai": "khuyến mại",
    "khuyen hoc": "khuyến học", "khuyen tai": "khuyến tài", "khuyen thuong": "khuyến thương", "khuyen cao": "khuyến cáo", "xuc tien thuong mai": "xúc tiến thương mại",
    "xuc tien dau tu": "xúc tiến đầu tư", "xuc tien du lich": "xúc tiến du lịch",
    "cong nghiep ho tro": "công nghiệp hỗ trợ", "cong nghiep phu tro": "công nghiệp hỗ trợ",
    "dau tu cong": "đầu tư công", "ocop": "OCOP", "khoa hoc cong nghe": "khoa học công nghệ",
    "nong thon moi": "nông thôn mới", "giam ngheo": "giảm nghèo", "thuong mai dien tu": "thương mại điện tử",
    "bao hiem": "bảo hiểm", "y te": "y tế", "giao duc": "giáo dục", "quoc phong": "quốc phòng", "giao thong": "giao thông", "du lich": "du lịch",
    "khu cong nghiep": "khu công nghiệp", "chung khoan": "chứng khoán", "bat dong san": "bất động sản", "thoi tiet": "thời tiết", "bong da": "bóng đá", "xo so": "xổ số", "gia vang": "giá vàng",
    "gia xang": "giá xăng", "phan bon": "phân bón", "khach san": "khách sạn", "thoi su": "thời sự", "nau an": "nấu ăn", "an sinh xa hoi": "an sinh xã hội", "dien luc": "điện lực", "xuat khau lao dong": "xuất khẩu lao động",
    "ngan hang": "ngân hàng", "khoi nghiep": "khởi nghiệp", "khoi cong": "khởi công", "kinh te tap the": "kinh tế tập thể",
    "giong lua": "giống cây trồng", "giong cay": "giống cây trồng", "con giong": "giống vật nuôi", "giong vat nuoi": "giống vật nuôi",
    "giai quyet viec lam": "vay vốn giải quyết việc làm", "ngan hang chinh sach": "tín dụng chính sách",
    "quoc gia viec lam": "quỹ quốc gia về việc làm", "quoc gia ve viec lam": "quỹ quốc gia về việc làm", "that nghiep": "trợ cấp thất nghiệp",
    "tiet kiem nang luong": "tiết kiệm năng lượng", "thuong mai": "thương mại",
}  # fmt: skip
"""Topics that look or sound like ours, with their proper spelling. They are declined by name unless an entry speaks of them."""

OWN_TOPIC = re.compile(
    r"\b(?:khuyen cong|kcqg|kcdp|cong nghiep nong thon|cnnt|khuyen cong vien|tieu thu cong nghiep|san pham tieu bieu)\b"
)

RESTRICTION = re.compile(
    r"\b(?:nganh (?!cong thuong)[a-z]+|linh vuc [a-z]+|quan ly chuong trinh|phu nu|do nu|dan toc|che bien|thuy san|det may|do go|gom su|de an (?:diem|nhom)|binh quan(?! (?:moi|hang|cac) nam)|trung binh(?! (?:moi|hang|cac) nam)|moi (?:xa|huyen|co so|de an|dia phuong|don vi|mo hinh|nguoi|lop|hoc vien)"
    r"|(?:kinh phi|chi phi|tien|von)(?: to chuc| cho| mo)* (?:hoi nghi|hoi cho|le ton vinh|le khai mac)|(?:kinh phi|chi phi) to chuc|lon nhat|nho nhat|viec lam|lao dong|tiet kiem(?! nang luong)|chuyen doi so|lang nghe|hop tac xa|ho kinh doanh|cho \d+ (?:don vi|to chuc)|giai ngan nhanh|ngoai ngan sach|doi ung)\b"
)
"""Words that ask for a part or a ratio of a figure."""

ROUND = re.compile(r"\bdot (?:thu )?(?P<round>\d|mot|hai|ba|bon|dau|cuoi|nhat|nhi)\b")

DENIED = re.compile(
    r"\bkhong phai (?:la )?(?:(?:nam )?(?:19|20)\d\d|(?:phia|mien|khu vuc) [a-z]+|kcqg|kcdp)(?:,| ma(?: la)?)\s+"
)
"""What was just said not to be meant, before what is."""

CORRECTION = re.compile(
    r"\b(?:(?:a |ay |ui |bi )nham(?: roi)?|nham roi|nham(?=,| nam| phia| mien| kcqg| kcdp| la )|y (?:toi|em|minh|anh|chi|la|toi la)|a quen|sua lai|noi lai|lon roi|viet nham|go nham|khong,)\b"
)

FOLLOW_UP = re.compile(
    r"^(?:(?:a|ah|o|uh|ok|vay|roi|um|da|dạ|a ma|ua) )?(?:con|the con|vay con|the|vay|thi|so voi|neu|va|rieng|tiep|nam|sang|doi|cung|lay|xem|bao gom|rieng ve|voi)\b"
    r"|\b(?:thi sao|the nao|ra sao|sao|thi bao nhieu|thi the nao|con gi|nua)\s*\??$"
)

PRONOUN = re.compile(
    r"\b(?:vung (?:do|nay|ay)|khu vuc (?:do|nay|ay)|nam (?:do|ay)|nguon (?:do|nay|ay)|chuong trinh (?:do|nay|ay)|tinh (?:do|nay|ay)|ky (?:do|nay|ay)|cai (?:do|nay|ay)|so (?:do|nay|ay)|o do|noi do|cung vung|cung nam|do)\b"
    r"|^no (?=chiem|dat|bang|tang|giam)"
)
