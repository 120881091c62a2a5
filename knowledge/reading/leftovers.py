"""What a question says beyond its slots: the words that nothing has used."""

from __future__ import annotations

import re

from knowledge.reading.function_words import FUNCTION_WORDS
from knowledge.reading.spans import Text

FIXED_PHRASES = re.compile(
    r"\b(?:(?:co so )?cong nghiep nong thon|thu huong|to chuc dich vu khuyen cong|cuc cong thuong dia phuong|bo cong thuong|bo tai chinh|uy ban nhan dan(?: tinh| cap tinh)?"
    r"|so cong thuong|dia phuong|chinh sach khuyen cong|cac tinh thanh|hien dai|tien tien|trong nuoc|tham du|tham gia|to chuc|thanh pho"
    r"|(?:co )?khop(?: nhau)?|xu huong|(?<!di )cong tac(?= khuyen cong| \x00)"
    r"|(?:sau|truoc|tu) (?:khi |ngay |dot )?(?:sap nhap|sap xep|hop nhat)(?: tinh)?|(?:theo )?dia gioi (?:cu|moi)|tinh (?:cu|moi))\b"
)


def leftovers_in(text: Text) -> list[str]:
    """Words that nothing has used, in the clauses that speak of the matter: a clause of courtesy, or a sentence in
    which nothing was read, says why someone asks, not what."""
    found: list[str] = []
    for sentence in re.split(r"[.!?;](?!\d)", text.rest):
        if "\x00" not in sentence:
            continue
        for clause in re.split(r"[,:()](?!\d)", sentence):
            if "\x00" not in clause and _COURTESY.search(clause):
                continue
            found += re.findall(r"[a-z]+(?:[0-9]+)?", clause)
    return [word for word in found if word not in FUNCTION_WORDS and len(word) > 1]


_FOR = re.compile(
    r"\bcho (?!(?:khuyen|em|toi|minh|tui|tao|chau|con|anh|chi|ban|bac|chu|co|ad|bot|sep|xin|hoi|biet|tu|cac|ca|moi|tung|nhau|hop)\b"
    r"|(?:chuong trinh|hoat dong|cong tac|nhiem vu|de an|dia phuong|linh vuc)(?: khuyen cong|(?! [a-z])))"
    r"(?P<what>[a-z]+ [a-z]+(?: [a-z]+)?)"
)
"""For whom or what something is; not to whom it is told."""


def meant_for(text: Text) -> str:
    """For whom or what something is said to be, of which no slot was read: two or three words; empty where nothing is."""
    found = _FOR.search(text.rest)
    return found["what"] if found else ""


_COURTESY = re.compile(
    r"\b(?:em|toi|minh|chau|con|anh|chi|ban|co|chu|bac|sep|lanh dao|da|vang|xin|cam on|giup|nho|chao|kinh|thua|ad|admin|nop|bao cao|hop|sinh vien|luan van|khoa luan|phong|co quan)\b"
)


def matter_of(clean: str) -> str:
    """A message without the courtesy before its matter ("bác ở quê không rành máy móc, …"), if there is a matter."""
    clauses = re.split(r"(?<=[.!?;,:])\s+", clean)
    first = next((number for number, clause in enumerate(clauses) if _MATTER.search(clause)), None)
    if first is None:
        return clean
    before = [clause for clause in clauses[:first] if not _COURTESY.search(clause)]
    return " ".join([*before, *clauses[first:]])


_MATTER = re.compile(
    r"\d|\b(?:khuyen cong|kcqg|kcdp|kinh phi|bao nhieu|ke hoach|nghi dinh|thong tu|hoi nghi|ho tro|so|may(?! moc)|ty le|tong)\b"
)


def without_courtesy(clean: str) -> str:
    """A message without the sentences that only greet, excuse, ask leave or thank; the whole where nothing else is left."""
    sentences = re.split(r"(?<=[.!?:])\s+", clean)
    kept = [one for one in sentences if not _GREETS.search(one) or _SAYS.search(one)]
    return " ".join(kept) or clean


_GREETS = re.compile(
    r"\b(?:chao|cam on|xin loi|xin phep|lam phien|tran trong|chuc (?:anh|chi|ban|em|ca)|mong (?:nhan|duoc|anh|chi|ban)|cho (?:em|toi|minh|chau|con|bac) hoi"
    r"|nho (?:anh|chi|ban|ad|admin|moi nguoi)|kinh (?:gui|thua)|thua (?:anh|chi|co|chu|bac)|hoi nhanh)\b"
)
_SAYS = re.compile(
    r"\d|\b(?:khuyen cong|kcqg|kcdp|kinh phi|bao nhieu|nghi dinh|thong tu|hoi nghi|de an|ho so|binh chon|co so|xuong|nghe|mua|duoc khong|o dau|phia|tinh)\b"
)
