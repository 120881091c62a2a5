"""Ways of asking that more than one answerer must tell apart. All folded."""

from __future__ import annotations

from knowledge import folded_re as re

PAPERS = re.compile(
    r"\b(?:giay (?:to|gi|ma)|ho so(?! tien)|chung tu|thu tuc|bao lau|may ngay|doi ung|tu bo von|bo tien|tra lai|hoan lai|tam ung|dua tien truoc|mua xong|mua truoc|truoc khi duyet|ung truoc|dau thau|may cu|da qua su dung|tra gop)\b"
)

HOW_MUCH = re.compile(
    r"\b(?:bao nhieu|may (?:nam|tien|trieu|ty|phan tram|%|dong)|toi da|muc|nhieu nhat|cao nhat|tran|ti le|ty le|phan tram|%|cho nhieu|giup nhieu|duoc nhieu)\b|%"
)

NOT_INDUSTRY = re.compile(
    r"\b(?:may cay|may gat|lam ruong|cay ruong|chan nuoi|nuoi (?:bo|lon|heo|ga|vit|tom|ca|de|ong|tam)|trong (?:rau|lua|cay|tieu|ca phe|che|rung|dua|hoa)|ban le|tap hoa|quan an|quan ca phe|nha nghi|buon ban|nhap ve ban)\b"
)

FIELD = re.compile(
    r"\b(?:de an|ho so|tham dinh|binh chon|ho tro|so cong thuong|cuc |cum cong nghiep|lang nghe|nghe nhan|tieu bieu|tam ung|quyet toan|nghiem thu"
    r"|nghi dinh|thong tu|quyet dinh|chi thi|van ban|chuong trinh|trung tam|bo cong thuong|bo tai chinh|san xuat sach hon|mo hinh|trinh dien|cong nghiep"
    r"|kinh phi|ngan sach|ke hoach|hoi nghi|hoi cho|dao tao|truyen nghe|thu huong|xuong|co so|doanh nghiep|hop tac xa|ho kinh doanh|dac khu|may moc|thiet bi"
    r"|nguyen lieu|mua may|sam may|day chuyen|dang ky|dieu kien|doi tuong|uu tien|giay chung nhan|san pham|cap huyen|uy ban|sap xep|phan bo|giai phap|kho khan|du thao|to trinh)\b"
)
"""Words of the field, for questions that never name khuyến công itself."""

EVENT = re.compile(r"\b(?:hoi nghi|hoi cho|trao co|dang cai|co luan luu|trien lam|be mac|khai mac)\b")
"""A conference or a fair is spoken of."""

IN_WORDS = re.compile(r"\b(?:la gi|tu dau|the nao|ra sao|gom (?:gi|nhung|nhung gi))\b")
"""Asks what something is or how it is done, not how much."""
