"""Ways of asking that more than one answerer must tell apart. All folded."""

from __future__ import annotations

import re

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
