"""Ways of asking that more than one answerer must tell apart. All folded."""

from __future__ import annotations

import re

PAPERS = re.compile(
    r"\b(?:giay (?:to|gi|ma)|ho so|chung tu|thu tuc|bao lau|may ngay|doi ung|tu bo von|bo tien|tra lai|hoan lai|tam ung|dua tien truoc|mua xong|mua truoc|truoc khi duyet|ung truoc|dau thau|may cu|da qua su dung|tra gop)\b"
)

HOW_MUCH = re.compile(
    r"\b(?:bao nhieu|may (?:nam|tien|trieu|ty|phan tram|%|dong)|toi da|muc|nhieu nhat|cao nhat|tran|ti le|ty le|phan tram|%)\b|%"
)

NOT_INDUSTRY = re.compile(
    r"\b(?:may cay|may gat|lam ruong|cay ruong|chan nuoi|nuoi (?:bo|lon|heo|ga|vit|tom|ca|de|ong|tam)|trong (?:rau|lua|cay|tieu|ca phe|che|rung|dua|hoa)|ban le|tap hoa|quan an|quan ca phe|nha nghi|buon ban|nhap ve ban)\b"
)
