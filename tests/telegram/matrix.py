"""Every command with what it does, what it refuses, and how somebody comes into the middle of it: data for `test_matrix`.

In what is typed, `{n}` is a number of two digits that each use fills in anew, so that no two uses meet in one row unless
they are meant to, and `{who}` is whoever types.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from tests.telegram.harness import Json, Person, buttons_of, id_of, text_of
from tests.telegram.html import visible

SOURCE = "bai-hn-2024"
LAW = "28-2018-tt-btc"
HEADER = "id;indicator;measure;programme;region;period;value;unit;as_printed;source"
NONSENSE = {
    "61": "gỗ zorp blim frumious",
    "62": "nhựa quux frob mimsy",
    "63": "lớp grault garply slithy",
    "64": "thép waldo fred plugh",
}
"""What nobody can answer, though some entry is like it, by `{n}`."""
PARAGRAPH = "Năm 20{n}, kế hoạch kinh phí khuyến công địa phương của khu vực phía Bắc là 9{n} tỷ đồng."

Opening = Callable[[Person, str], Json]


@dataclass(frozen=True)
class Case:
    """`line`: what is typed behind the command; `says`: in what comes back.

    `bad`: what else is typed behind it, and what the refusal tells. `steps`: what is typed, message by message, when the
    command is given bare. `button` is what then makes it so, `done` what is told in its place; `keep`: the button that
    changes nothing, `kept` what is told then. `second`: what the second of two is told who want the same. `opening`: how
    one comes to the button where a typed line is not enough. `once`: it is done only where two meet in it. `after`: what is typed
    when one of two has done it, and what is told then.
    """

    says: str
    line: str = ""
    bad: tuple[tuple[str, str], ...] = ()
    steps: tuple[str, ...] = ()
    button: str = ""
    done: str = "Đã lưu"
    keep: str = "Huỷ"
    kept: str = "Đã huỷ"
    second: str = ""
    opening: Opening | None = None
    once: bool = False
    after: dict[str, tuple[str, ...]] = field(default_factory=dict)


def pressed(person: Person, call: Json, label: str) -> Json:
    """Tap the button whose label begins so; the message in its place once nothing more goes on in it."""
    data = next(data for name, data in buttons_of(call).items() if name.startswith(label))
    person.tap(data, id_of(call))
    while True:
        (edited,) = person.next()
        if edited["method"] == "editMessageText" and not text_of(edited).startswith(("Đang ", "Đã ghi ")):
            return edited


def _file(person: Person, n: str) -> Json:
    row = f"tep-{n};kinh-phi;allocated;KCDP;phia_nam;20{n};{n}.000.000.000;VND;{n} tỷ đồng;{SOURCE}"
    person.send_file(f"so-{n}.csv", f"{HEADER}\r\n{row}\r\n".encode())
    while True:
        (call,) = person.next()
        if call["method"] == "editMessageText" and buttons_of(call):
            return call


def _levels(person: Person, n: str) -> Json:
    row = f"Việc frob {n}\t{n}%\t{n}\ttriệu đồng/cơ sở\tĐiều {n}"
    person.say(f"/thay_muc {LAW} | 1/1/2027\nNội dung\tMức\tTrần\tĐơn vị\tĐiều khoản\n{row}")
    while True:
        (call,) = person.next()
        if call["method"] == "editMessageText" and buttons_of(call):
            return call


def _report(person: Person, n: str) -> Json:
    person.say(f"/doc_bai {PARAGRAPH.format(n=n)}\nnguồn: {SOURCE}")
    return person.long_answer()[-1]


def _gap(person: Person, n: str) -> Json:
    person.say("/chua_tra_loi")
    call = person.answer()
    place = next(
        line.partition(".")[0] for line in visible(text_of(call)).splitlines() if NONSENSE[n] in line
    )
    return pressed(person, pressed(person, call, place), "Là cách hỏi")


def _copy(person: Person, n: str) -> Json:
    person.say("/sao_luu")
    (call,) = person.next()
    document = {**call["result"]["document"], "file_unique_id": "u"}
    entities = [{"type": "bot_command", "offset": 0, "length": 10}]
    message = person.message(document=document, caption="/khoi_phuc", caption_entities=entities)
    person.bot.deliver(message=message)
    return person.answer()


ADMIN: dict[str, Case] = {
    "them_so_lieu": Case(
        line=f"KCĐP kế hoạch 20{{n}} phía Nam {{n}} tỷ | nguồn: {SOURCE} | vì: bài mới",
        says="Lý do: bài mới",
        bad=(
            ("", "Ví dụ: /them_so_lieu"),
            ("KCQG kế hoạch 2028 cả nước 150 tỷ", "Lấy từ nguồn nào"),
            ("KCQG kế hoạch 2028 cả nước 150 tỷ | nguồn: khong-co", "chưa có nguồn “khong-co”"),
            ("KCQG kế hoạch 2028 cả nước | nguồn: x", "Hãy gõ số kèm đơn vị"),
            ("KCQG kế hoạch 2028 cả nước 150 | nguồn: x", "tỷ, triệu hoặc đồng"),
            ("KCQG kế hoạch 2028 cả nước 150 tỷ 3 triệu đồng và 2 tỷ | nguồn: x", "hãy để lại một"),
            ("KCQG tỷ lệ thực hiện 2028 cả nước 94,5% | nguồn: x", "chưa có nguồn “x”"),
            ("KCQG thực hiện tỷ lệ kế hoạch phân bổ 2028 cả nước 94,5% | nguồn: x", "tỷ trọng"),
            ("KCQG kế hoạch 2028 cả nước 94,5% | nguồn: x", "tỷ lệ thực hiện (hoặc"),
            ("KCQG kế hoạch cả nước 150 tỷ | nguồn: x", "Chưa rõ năm"),
            ("KCQG kế hoạch 2028 và 2029 cả nước 150 tỷ | nguồn: x", "Hãy để lại một"),
            ("KCQG kế hoạch 2028 150 tỷ | nguồn: x", "Chưa rõ vùng"),
            ("KCQG kế hoạch 2028 phía Bắc và phía Nam 150 tỷ | nguồn: x", "một vùng"),
            ("kế hoạch 2028 cả nước 150 tỷ | nguồn: x", "KCQG, KCĐP, tổng hai nguồn"),
            ("KCQG 2028 cả nước 150 tỷ | nguồn: x", "kế hoạch, phân bổ, thực hiện"),
            ("KCQG kế hoạch 2028 cả nước 150 tỷ xyzzy | nguồn: x", "Không hiểu “xyzzy”"),
            ("KCQG kế hoạch 2028 cả nước 150 tỷ | màu: đỏ", "nguồn, đoạn, ghi chú"),
            ("KCQG kế hoạch 2028 cả nước 150 tỷ | nguồn:", "nguồn, đoạn, ghi chú"),
            (f"KCQG kế hoạch 2028 cả nước 150 tỷ | nguồn: {SOURCE} | in: 15 tỷ", "không khớp"),
            (f"KCQG kế hoạch 2028 cả nước 150 tỷ | nguồn: {SOURCE} | mã: A B", "sai dạng"),
            (f"KCQG kế hoạch 2028 cả nước 150 tỷ | nguồn: {SOURCE} | vì:", "Hãy gõ lại"),
            (f"KCQG kế hoạch 2028 cả nước 150 tỷ | nguồn: {SOURCE} | vì: {'x' * 301}", "không quá 300"),
        ),
        steps=("KCĐP", "thực hiện", "phía Nam", "20{n}", "{n} tỷ đồng", SOURCE),
        button="Lưu",
        second="đã có",
    ),
    "them_nguon": Case(
        line="nguon-{n} | Tiêu đề & <thử> | Báo A | 5/1/2024 | https://example.org/{n}",
        says="Tiêu đề & <thử>",
        bad=(
            ("", "Ví dụ: /them_nguon"),
            ("bao-b | Tên bài", "Nơi đăng?"),
            ("bao-b | Tên | Báo | 31/2/2024", "không có thật"),
            ("bao-b | Tên | Báo | 2024 | javascript:alert(1)", "không phải đường dẫn"),
            (f"{SOURCE} | Tên | Báo", "đã có"),
            ("Bài | Báo B | 31/2/2024", "không có thật"),
        ),
        steps=("Tiêu đề {n}", "Báo A", "bỏ qua", "bỏ qua"),
        button="Lưu",
        second="đã có",
    ),
    "them_bai": Case(
        line=f"bai-{{n}} | Quỹ zorp{{n}} là gì? | Quỹ thử {{n}}. | loại: khái niệm | nguồn: {SOURCE}",
        says="Quỹ zorp",
        bad=(
            ("Chỉ có tiêu đề", "Lời đáp?"),
            ("bai-a | Tiêu đề | Lời | loại: khái niệm", "Lấy từ nguồn nào"),
            (f"bai-a | Tiêu đề | Lời | loại: thơ | nguồn: {SOURCE}", "chọn một trong"),
            (f"bai-a | Tiêu đề | Lời | màu: đỏ | nguồn: {SOURCE}", "Không hiểu “màu:”"),
            ("bai-a | Tiêu đề | Lời | loại: khái niệm | nguồn: khong-co", "chưa có nguồn “khong-co”"),
            (f"bai-a | Tiêu đề | Lời | loại: chính sách | nguồn: {SOURCE}", "thiếu basis"),
            (f"Tiêu đề | Lời | thừa | loại: khái niệm | nguồn: {SOURCE}", "Ví dụ: /them_bai"),
        ),
        steps=("Quỹ zorp{n}?", "Quỹ {n}.", "khái niệm", "bỏ qua", SOURCE, "bỏ qua"),
        button="Lưu",
        second="đã có",
    ),
    "them_muc_ho_tro": Case(
        line=f"muc-{{n}} | Mức {{n}} | 50% | 300 triệu đồng | văn bản: {LAW} | điều khoản: Điều 7 | nguồn: {SOURCE}"
        " | tính cho: cơ sở | áp dụng từ: 11/5/2018",
        says="300 triệu đồng/cơ sở",
        bad=(
            ("", "Ví dụ: /them_muc_ho_tro"),
            (
                f"m | Tên | 150% | 5 triệu đồng | tính cho: cơ sở | văn bản: {LAW} | điều khoản: 1 | nguồn: {SOURCE}"
                " | áp dụng từ: 2018",
                "0 đến 100",
            ),
            (
                f"m | Tên | 50% | nhiều | văn bản: {LAW} | điều khoản: 1 | nguồn: {SOURCE}",
                "không phải một số",
            ),
            (
                f"m | Tên | 50% | 5 triệu đồng | văn bản: x-y | điều khoản: 1 | nguồn: {SOURCE}",
                "/them_van_ban",
            ),
        ),
        steps=("Mức {n}", "50%, 5 triệu đồng/cơ sở", f"{LAW}: Điều 7", SOURCE, "11/5/2018", "bỏ qua"),
        button="Lưu",
        second="đã có",
    ),
    "them_van_ban": Case(
        line=f"{{n}}-2031-tt-btc | {{n}}/2031/TT-BTC | Thông tư | Về mức chi {{n}} | nguồn: {SOURCE}",
        says="2031/TT-BTC",
        bad=(
            ("1/2031/TT-BTC | Thông tư", "Trích yếu?"),
            (f"a-1 | 1/2031/QH16 | Luật | T | nguồn: {SOURCE} | ngày ban hành: 31/2/2024", "không có thật"),
        ),
        steps=(*("Thông tư {n}/2032/TT-BTC", "Về {n}", "5/1/2026", "bỏ qua", SOURCE, *["bỏ qua"] * 2),),
        button="Lưu",
        second="đã có",
    ),
    "them_su_kien": Case(
        line=f"su-kien-{{n}} | Hội chợ {{n}} | 16/5/2025 | Hà Nội | loại: hội chợ | nguồn: {SOURCE}",
        says="ngày 16/5/2025 tại Hà Nội",
        bad=(
            ("", "Ví dụ: /them_su_kien"),
            (
                f"s | Tên | 16/5/2025 | Hà Nội | loại: hội chợ | nguồn: {SOURCE} | vùng: sao Hỏa",
                "chưa rõ vùng",
            ),
        ),
        steps=("Hội chợ {n}", "16/5/2025", "Hà Nội", "hội chợ", SOURCE, "bỏ qua"),
        button="Lưu",
        second="đã có",
    ),
    "them_cach_hoi": Case(
        line="thu-{n} = câu {who} xyzzy{n} là sao",
        says="xyzzy",
        bad=(
            ("", "Ví dụ: /them_cach_hoi"),
            ("khong-co-bai = có không", "Không có bài nào"),
            ("thu-61", "Ví dụ: /them_cach_hoi"),
        ),
        steps=("thu-{n}", "câu plugh{n} là sao"),
        button="Lưu",
        second="người khác sửa",
    ),
    "them_ten_khac": Case(
        line="thu-{n} = tên {who} qorx{n}",
        says="qorx",
        bad=(
            ("", "Ví dụ: /them_ten_khac"),
            ("sao Hỏa = Hỏa tinh", "Không có dòng nào"),
            ("Thanh Hóa = thanh hoa", "đã là tên của thanh-hoa"),
            ("Thanh Hóa = a | b", "mỗi lần một tên"),
            (f"{SOURCE} = bài ấy", "không có tên khác"),
        ),
        steps=("Thanh Hóa", "xứ qorx{n}"),
        button="Lưu",
        second="người khác sửa",
    ),
    "them_tu": Case(
        line="xin qorv{n} = phân bổ",
        says="qorv",
        bad=(
            ("", "Ví dụ: /them_tu"),
            ("= phân bổ", "Chưa thấy cụm từ"),
            ("a b c d e g h = phân bổ", "dài quá 6 chữ"),
            ("zorp = sao hỏa frobnitz", "Không có ý nào tên"),
            ("ạ = phân bổ", "từ đệm"),
            ("Thanh Hóa = phân bổ", "là tên của"),
        ),
        steps=("xin qorv{n}", "phân bổ"),
        button="Lưu",
        second="đã có",
    ),
    "doc_bai": Case(
        line=f"{PARAGRAPH}\nnguồn: {SOURCE}",
        says="tỷ đồng",
        bad=(("không có số nào ở đây cả", "/them_so_lieu"),),
        button="Lưu dòng 1",
        done="Đã lưu dòng 1",
        keep="Bỏ",
        kept="Đã bỏ bài đang đọc",
        second="Dòng 1 chưa lưu được",
        opening=_report,
    ),
    "sua": Case(
        line="so-{n} ghi chú = của {who} | vì: đính chính <b>",
        says="Lý do: đính chính <b>",
        bad=(
            ("", "Ví dụ: /sua"),
            ("hn2024-05 ghi chú", "Sửa trường nào"),
            ("hn2024-05 = 5", "Ví dụ: /sua"),
            ("khong-co-ma", "Không có dòng nào"),
            ("khong-co-ma ghi chú = x", "Không có dòng nào"),
            ("hn2024-05 màu = đỏ", "/sua hn2024-05 để xem các trường"),
            ("hn2024-05 id = khac", "/sua hn2024-05 để xem các trường"),
            ("hn2024-05 kỳ = 2023-13", "viết như 2023"),
            ("hn2024-05 giá trị = nhiều", "không phải một số"),
            ("hn2024-05 giá trị = 50%", "không phải số tiền"),
            ("hn2024-05 vùng = sao-hoa", "chưa rõ vùng “sao-hoa”"),
            ("hn2024-05 vùng = phia_bac", "không có gì đổi"),
        ),
        steps=("so-{n}", "đoạn", "{n}"),
        button="Lưu",
        second="người khác sửa",
        after={"/lich_su so-{n}": ("→ của a", "Lý do: đính chính <b>", "{first}"), "/sua so-{n}": ("của a",)},
    ),
    "xoa": Case(
        line="xoa-{n} | vì: in nhầm",
        says="Lý do: in nhầm",
        bad=(("", "Ví dụ: /xoa"), ("khong-co-ma", "Không có dòng nào"), (SOURCE, "còn được nhắc ở")),
        steps=("xoa-{n}",),
        button="Xoá",
        done="Đã xoá",
        after={"/lich_su xoa-{n}": ("xoá", "Lý do: in nhầm")},
        second="Không còn dòng nào",
    ),
    "lich_su": Case(line="so-61", says="so-61", bad=(("khong-co-ma", "Gõ /lich_su"),)),
    "hoan_tac": Case(
        line="{change} | vì: thử lại",
        says="Lý do: thử lại",
        bad=(("", "Ví dụ: /hoan_tac"), ("hết", "Ví dụ: /hoan_tac"), ("99999", "/lich_su")),
        steps=("{change}",),
        done="Đã hoàn tác",
        after={"/lich_su tac-{n}": ("hoàn tác", "Lý do: thử lại", "{first}")},
        second="đã được hoàn tác ở thay đổi",
    ),
    "cho_duyet": Case(
        says="Không có đề xuất nào", bad=(("nhanh", "Ví dụ: /cho_duyet 7"), ("999", "Gõ /cho_duyet"))
    ),
    "nhap": Case(
        says="/mau",
        bad=(("sach", "/mau"),),
        button="Ghi",
        done="Hoàn tác cả tệp",
        second="gửi lại",
        opening=_file,
    ),
    "thay_muc": Case(
        says="theo văn bản nào",
        bad=(("999/2031/TT-BTC | 1/1/2027", "chưa có văn bản"), (f"{LAW} | 31/2/2027", "không có thật")),
        button="Ghi",
        done="Hoàn tác cả tệp",
        second="gửi lại",
        opening=_levels,
    ),
    "mau": Case(
        line="figures csv", says="Tệp mẫu", bad=(("sach", "Chọn một trong"), ("entries", "/xuat entries"))
    ),
    "xuat": Case(line="số liệu csv", says="Bảng số liệu", bad=(("sach", "Chọn một trong"),)),
    "chua_tra_loi": Case(
        says="Chưa trả lời được",
        button="1",
        keep="",
        second="đã là cách hỏi của bài",
        opening=_gap,
    ),
    "thong_ke": Case(
        says="Câu hỏi:",
        bad=tuple(
            (typed, "Ví dụ: /thong_ke 30")
            for typed in ("0", "-1", "366", "bảy", "7 ngày", "99999999999999999999")
        ),
    ),
    "tinh_trang": Case(says="Phiên bản:"),
    "tro_giup_quan_tri": Case(says="| vì: …"),
    "quan_tri": Case(
        line="them 9{n}00 bien_tap",
        says="làm biên tập",
        bad=(
            ("phong 5", "Ví dụ: /quan_tri"),
            ("duyet", "Ví dụ: /quan_tri"),
            ("duyet tat", "vốn đã như vậy"),
            ("xoa 5", "Gõ /quan_tri"),
            ("xoá hết", "/quan_tri them 123456789"),
        ),
        done="làm biên tập",
        second="đã là biên tập",
    ),
    "cap_nhat": Case(
        says="Bản nội dung mới sẽ",
        button="Cập nhật 1 dòng",
        done="Đã cập nhật",
        keep="Để sau",
        kept="Khi cần: /cap_nhat",
        second="Gõ lại /cap_nhat",
        once=True,
    ),
    "sao_luu": Case(says="số liệu"),
    "khoi_phuc": Case(
        says="gửi tệp nhận từ /sao_luu",
        button="Khôi phục",
        done="Đã khôi phục",
        kept="không khôi phục gì",
        second="gửi lại tệp",
        opening=_copy,
        once=True,
    ),
}
"""The commands of the admin side."""

PUBLIC: dict[str, Case] = {
    "start": Case(says="khuyến công", line="../../etc"),
    "trogiup": Case(says="/hoi"),
    "help": Case(says="/hoi"),
    "riengtu": Case(says="/xoa_du_lieu"),
    "quen": Case(says="quên"),
    "xoa_du_lieu": Case(says="xoá"),
    "theo_doi": Case(
        line="Thanh Hóa", says="/bo_theo_doi", bad=(("", "ví dụ"), ("giá vàng", "Hãy nêu vùng"))
    ),
    "bo_theo_doi": Case(says="chưa theo dõi", bad=(("7", "/theo_doi"),)),
    "hoi": Case(line="kinh phí khuyến công phía Bắc 2023", says="176,4", bad=(("", "Ví dụ:"),)),
    "dieu_kien": Case(
        says="Bước 1/5",
        steps=("hộ kinh doanh", "Hà Nam", "thị trấn Quế", "làm bún", "1", "800tr"),
        done="Đủ điều kiện",
    ),
    "lamlai": Case(says="Bước 1/5"),
    "quaylai": Case(says="/dieu_kien"),
    "huy": Case(says="/dieu_kien"),
}
"""The commands for everybody."""
