"""A small, valid content directory to plant errors in."""

from __future__ import annotations

from pathlib import Path

import pytest

FILES = {
    "sources.csv": """\
id,title,publisher,published_on,url,kind,rank,note
bao,Hội nghị khuyến công,Báo Công Thương,2024-05-16,https://example.org/bao,news,3,
""",
    "sources_law.csv": """\
id,title,publisher,published_on,url,kind,rank,note
luat,Nghị định về khuyến công,Chính phủ,2012-05,https://example.org/luat,law,1,"có dấu phẩy, và ""ngoặc"" kép"
""",
    "regions.csv": """\
id,name,kind,aliases,part_of,valid_from,valid_to,successor,note,sources
ca_nuoc,Cả nước,country,toàn quốc | Việt Nam,,,,,,
phia_bac,Khu vực phía Bắc,region,miền Bắc,,,,,,bao
ha-giang,Hà Giang,province,,phia_bac,,2025-06-30,tuyen-quang,,
tuyen-quang,Tuyên Quang,province,,phia_bac,,,,Sau sáp nhập,
""",
    "bodies.csv": """\
id,province,name,parent,valid_from,valid_to,sources,note,editor_note
kc-tuyen-quang,tuyen-quang,Trung tâm Khuyến công,Sở Công Thương tỉnh Tuyên Quang,2025-07-01,,bao,,theo bài báo
""",
    "indicators.csv": """\
id,name,unit,keys,note
kinh-phi,Kinh phí khuyến công,VND,kinh phi/von & khuyen cong | giai ngan,
de-an,Đề án,đề án,de an,
""",
    "figures.csv": """\
id,indicator,measure,of,against,programme,region,period,value,value_max,unit,qualifier,as_printed,terms,label,as_of,round,likely_value,likely_period,source,locator,also,note
a,kinh-phi,actual,,,KCQG,phia_bac,2023,79900000000,,VND,exact,"79,9 tỷ đồng",giải ngân | thực hiện,,,,,,bao,8,9 | 11,
b,kinh-phi,actual,,,KCDP,phia_bac,2023,96600000000,,VND,exact,"96,6 tỷ đồng",,,,,,,bao,8,,
c,kinh-phi,actual,,,total,phia_bac,2023,176400000000,,VND,exact,"176,4 tỷ đồng",,,,,,,bao,8,,
d,kinh-phi,share,actual,total,KCQG,phia_bac,2023,45.3,,percent,exact,"45,3%",,,,,,,bao,9,,
e,de-an,count,,,KCQG,phia_bac,2021/2022-9M,29,,đề án,over,hơn 29 đề án,,,2022-09-22,,,,bao,9,,
""",
    "relations.csv": """\
id,kind,operands,printed,verdict,note,warning,leads
k1,sum,a | b | c,"176,4 tỷ đồng",rounding,,"Cộng hai nguồn được 176,5 tỷ đồng.",c
k2,ratio,a | c | d,"45,3%",match,,,
""",
    "documents.csv": """\
id,number,kind,title,issuer,issued_on,in_force_from,in_force_to,status,amends,replaces,replaced_by,about,aliases,basis,note,sources
45-2012-nd-cp,45/2012/NĐ-CP,Nghị định,Về khuyến công,Chính phủ,2012-05-21,2012-07-05,,amended,,,,Chính sách khuyến công.,NĐ 45,,,luat
235-2025-nd-cp,235/2025/NĐ-CP,Nghị định,Sửa đổi,Chính phủ,2025-08-27,2025-10-15,,in_force,45-2012-nd-cp,,,,,,,luat
""",
    "events.csv": """\
id,kind,name,edition,region,year,date,place,organisers,host,chairs,next_host,participants,speakers,closed_by,concluded_by,sources,locator,note,aliases
hn,conference,Hội nghị khuyến công phía Bắc,XVIII,phia_bac,2024,2024-05-16,Hà Nội,Cục Công Thương địa phương | Sở Công Thương Hà Nội,,,,,,,,bao,2,,
""",
    "support_levels.csv": """\
id,activity,name,scope,percent,cap,cap_unit,min,conditions,document,article,valid_from,valid_to,status,sources,note,aliases
may,may-moc,Hỗ trợ máy móc,national,50,300000000,cơ sở,,Máy mới,45-2012-nd-cp,Điều 4,2018-05-11,,in_force,luat,,mua máy
""",
    "language/slots.csv": """\
id,slot,value,name,meaning
activity-may-moc,activity,may-moc,máy móc,mua máy mới
""",
    "language/lexicon.csv": """\
id,phrase,slot,value,note
mua-may,mua máy,activity,may-moc,
""",
    "language/wordings.csv": """\
id,entry,question,voice
ho-kinh-doanh-02,ho-kinh-doanh,"nhà tôi làm hộ, xin được không",owner
""",
    "language/guide.csv": """\
id,step,value,label,words,entry,level,button
work-may,work,may,Mua máy,mua máy | thiết bị,ho-kinh-doanh,may-moc,x
""",
    "language/rules.csv": """\
id,slot,value,beside,entry,stance,level,amount,label,ask
activity-may,activity,may-moc,,ho-kinh-doanh,,may-moc,,,
""",
    "entries/doi_tuong/ho-kinh-doanh.md": """\
+++
id = "ho-kinh-doanh"
title = "Hộ kinh doanh có được hưởng \\"khuyến công\\" không?"
kind = "policy"
topics = ["doi_tuong"]
aliases = ["hộ kinh doanh", "hộ cá thể"]
questions = [
    "hộ kinh doanh có được hỗ trợ không",
    "tôi làm hộ cá thể thì có xin được không",
]
stance = "yes"
basis = ["45-2012-nd-cp: khoản 2 Điều 1"]
valid_from = "2025-10-15"
valid_to = ""
status = "in_force"
sources = ["luat"]
+++
Được, hộ kinh doanh thuộc diện hưởng.

• Phải làm nghề trong danh mục.
---
Khoản 2 Điều 1.
""",
    "entries/danh_gia/kho-khan.md": """\
+++
id = "kho-khan"
title = "Khó khăn của khuyến công năm 2023"
kind = "assessment"
topics = []
aliases = []
questions = []
stance = ""
basis = []
valid_from = ""
valid_to = ""
status = "stated"
region = "phia_bac"
period = "2023"
said_by = "Cục trưởng"
sources = ["bao"]
+++
Kinh phí còn hạn chế.
""",
}


class Files:
    """The directory, with the edits that tests make."""

    def __init__(self, path: Path) -> None:
        self.path = path
        for name, text in FILES.items():
            self.write(name, text)

    def write(self, name: str, text: str) -> None:
        file = self.path / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8", newline="\n")

    def swap(self, name: str, old: str, new: str) -> None:
        """Replace a text that must be there."""
        text = (self.path / name).read_text(encoding="utf-8")
        assert old in text
        self.write(name, text.replace(old, new))

    def texts(self) -> dict[str, str]:
        """Every file as it is now."""
        files = (file for file in self.path.rglob("*") if file.is_file())
        return {file.relative_to(self.path).as_posix(): file.read_bytes().decode() for file in files}


@pytest.fixture
def content(tmp_path: Path) -> Files:
    return Files(tmp_path / "content")
