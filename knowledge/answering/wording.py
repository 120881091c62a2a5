"""Ways of asking that more than one answerer must tell apart. All folded."""

from __future__ import annotations

import re

PAPERS = re.compile(
    r"\b(?:giay (?:to|gi|ma)|ho so(?! tien)|chung tu|thu tuc|bao lau|may ngay|doi ung|tu bo von|bo (?:tien|ra)|(?<!duoc )tra lai|(?<!duoc )hoan lai|tam ung|dua tien truoc|mua xong|mua truoc|truoc khi duyet|ung truoc|dau thau|may cu|da qua su dung)\b"
)

HOW_MUCH = re.compile(
    r"\b(?:bao nhieu|may (?:nam|tien|tram|chuc|trieu|ty|phan(?! mem)|%|dong)|toi da|muc|nhieu nhat|cao nhat|(?<!o thi )(?<!i thi )(?<!c thi )(?<!a thi )tran|ti le|ty le|phan tram|%|cho nhieu|giup nhieu|duoc nhieu)\b|%"
)

NOT_INDUSTRY = re.compile(
    r"\b(?:may cay|may gat|lam ruong|cay ruong|chan nuoi|nuoi (?:bo|lon|heo|ga|vit|tom|ca|de|ong|tam)|trong (?:rau|lua|cay|tieu|ca phe|che|rung|dua|hoa)|ban le|tap hoa|quan an|quan ca phe|nha nghi|buon ban|nhap ve ban)\b"
)

ACTIVITY = re.compile(
    r"\b(?:(?<!xa )hoi cho|trien lam|gian hang|tu van|dao tao|day nghe|day (?:dan|may|lam|moc|theu|det)|lop (?:day|hoc|nghe)|mo lop|truyen nghe|hoc nghe|tap huan|tham quan|khao sat|ve may bay|di nuoc ngoai|thiet ke|mau ma|thuong hieu|nhan hieu"
    r"|chuyen doi so|trang web|mo hinh|trinh dien|vay (?:von|tien|ngan hang|lai|mua|de|duoc|vung)|(?:von|tien|di|muon|xin|lai|duoc) vay(?! khong)|lai suat|mat bang|thue dat|mua dat|nha xuong|xay xuong|sua xuong|trung bay|showroom|di doi|o nhiem|gay on|nuoc thai|khi thai|khoi bui|xu ly (?:nuoc|o nhiem|khi|chat|khoi|rac|moi truong)|sach hon|chu dau tu|chu nhiem|chuyen (?:vao|ve|ra)"
    r"|thuong mai dien tu|hiep hoi|(?:lap|thanh lap|vao) hoi|quang ba|bao bi (?:cho|san pham)|nhan mac|tem nhan|tim (?:dau ra|thi truong|khach|cho ban|noi ban|moi)|dau ra|von luu dong|nguyen lieu|tra luong)\b"
)
"""An activity, other than a machine, that is asked for: the trade only says for whom."""

FRAME = frozenset(
    [
        "khuyen",
        "cong",
        "ho",
        "tro",
        "huong",
        "xin",
        "nhan",
        "cap",
        "tai",
        "tro",
        "chinh",
        "sach",
        "dien",
        "thuoc",
        "doi",
        "tuong",
        "du",
        "dieu",
        "kien",
        "xuong",
        "nho",
        "vua",
        "tinh",
        "thanh",
        "pho",
        "san",
        "xuat",
        "nghe",
        "nganh",
        "kinh",
        "doanh",
        "que",
        "chuyen",
        "muon",
        "tien",
        "nam",
        "trong",
        "nguoi",
        "chi",
        "khuyen",
        "cong",
        "nong",
        "thon",
        "co",
        "so",
        "dia",
        "phuong",
        "cty",
        "cong",
        "ty",
        "doanh",
        "nghiep",
        "hien",
        "may",
        "moc",
        "mua",
        "dang",
        "tham",
        "gia",
        "nguon",
        "de",
        "an",
        "loai",
        "hinh",
    ]
)
"""Words of a question about support that name no trade and no thing."""

FIELD = re.compile(
    r"\b(?:de an|ho so|giay (?:to|gi)|tham dinh|binh chon|ho tro|so cong thuong|cuc |cum cong nghiep|lang nghe|nghe nhan|tieu bieu|tam ung|quyet toan|nghiem thu"
    r"|nghi dinh|thong tu|quyet dinh|chi thi|van ban|chuong trinh|trung tam|bo cong thuong|bo tai chinh|san xuat sach hon|mo hinh|trinh dien|cong nghiep"
    r"|kinh phi|ngan sach|ke hoach|hoi nghi|hoi cho|dao tao|truyen nghe|hoc nghe|hoc vien|thu huong|xuong|co so|doanh nghiep|hop tac xa|ho kinh doanh|dac khu|may moc|thiet bi"
    r"|thuong hieu|nhan hieu|bao bi|xet duyet|nguyen lieu|mua may|sam may|day chuyen|dang ky|dieu kien|doi tuong|uu tien|giay chung nhan|san pham|cap huyen|uy ban|sap xep|phan bo|giai phap|kho khan|du thao|to trinh)\b"
)
"""Words of the field, for questions that never name khuyến công itself."""

EVENT = re.compile(
    r"\b(?:hoi nghi|(?<!xa )hoi cho|trao co|dang cai|co luan luu|trien lam|be mac|khai mac|(?:le|buoi) (?:cong bo |trao )?(?:va )?ton vinh)\b"
)
"""A conference or a fair is spoken of."""

EVENT_ALONE = re.compile(
    r"(?:cho (?:hoi|xem) |xem )?(?:hoi nghi|hoi cho(?: trien lam)?|(?:le )?ton vinh)(?: cong tac| khuyen cong| cac tinh(?: thanh(?: pho)?)?| khu vuc| vung| o)*"
    r" (?:phia|mien) (?:bac|nam|trung(?:,? ?(?:-|va)? ?tay nguyen)?),? (?:nam )?20\d\d[ ?.!]*"
)
"""No more than an event's name, with a place and a year."""

MEAN = re.compile(r"\b(?:binh quan|trung binh) (?:moi |mot |hang |cac )?(?P<of>tinh|nam|dia phuong)\b")
"""A sum divided by provinces or years, which no source prints."""

FORMER = re.compile(
    r"\b(?:ban goc|truoc (?:khi|day|do|ngay|nam|20|\d)|thay(?: cho| the)?|cu|luc truoc|hoi truoc|ngay truoc)\b"
)
"""The rule before the present one."""

IN_WORDS = re.compile(r"\b(?:bao lau|chung nao|la gi|tu dau|the nao|ra sao|gom (?:gi|nhung|nhung gi))\b")
"""Asks what something is or how it is done, not how much."""
