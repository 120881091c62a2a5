"""Words that carry no topic: particles, politeness, question words, and the generic nouns around a figure.

All folded. A question for a figure may be made of its slots and these; any other word is a qualifier that the base
must know, or the figure is not what was asked.
"""

from __future__ import annotations

FUNCTION_WORDS = frozenset(
    """
    a ah ai anh ap au ban bac bao bang ben bi bo boi bay biet bieu cac cai can cang cau cha chac cham chang chao cho chi
    chia chieu chinh chu chua chung chut co coi con cong cu cua cung cam cach cap chang chot da dang dau day de den di dia
    dieu do doan doi don dong du dua dung duoc duong em gap gi gia gian gio giu giup giua goi gom ha hai ham han hang hay het
    hien hieu hinh ho hoa hoac hoan hoi hom hon hong hu hut i ich it ke kem khac khai khi khoang khong khu kia kieu la lai lam
    lan lang lao lau lay le lich lien lieu lo loai lon lu luc lung luon luot ma mac mai mang mat may me mieng minh mo moi mong
    mot muc muon na nam nao nay nen neu ngay nghe nghi ngoai nguoi nha nham nhan nhat nhau nhe nhi nhieu nho nhu nhung no noi
    nua o oi on ong phai phan pho qua quan quy ra rang rat ri ro roi rong rua sang sao sap sau se so soan suot ta tac tai tam
    tao tat te tham thanh thay the theo thi thich thieu tho thoi thong thu thua thuan thuc thuoc tin tinh to toi ton tong tra tren
    tri trong truoc tu tui tung tuy tuy ty va vai van vang vao vay ve vi viec viet voi vong vu vua vung xem xin xet y yeu
    dum giai dap tong cong chinh xac cu the so lieu thong tin bao cao bai viet bao dang in ghi neu noi viet doc nghe thay dua
    tinh thanh pho khu vuc vung mien toan dia ban nguon von kinh phi ngan sach tien ty trieu dong khoan muc chi tieu hoat
    dong chuong trinh cong tac linh vuc nganh nam ky giai doan dot phan tram ty le con so nhieu it bao may gia tri nhiem vu ket
    qua nha nuoc thuc te danh cho nham duoc toan bo ca nuoc ho tro cap phat chung dau tu tra loi cau hoi admin bot ad shop sep
    lanh dao so cuc bo phong trung tam don vi co quan can bo viec lam can gap gui nop hop bao cao tong hop bang excel slide nho
    vui long lam on giup do kiem tra giup xem ho tra cuu tim kiem cung cap cho biet cam on nhieu a da vang thua kinh gui chao
    ban quan tri vien minh can em dang thay co chu bac ong ba chau con nhe nha nhi day nay kia ay luon di voi moi vua
    rieng ve phia trong tong the thuong nien hang nam moi nam tung nam sap toi hien nay bay gio luc nay da qua vua qua
    tham khao trich dan so sach giay to tai lieu nguon tin bai bao ban tin truyen thong thoi su khuyen cong
    cong thuong tap chi bang so gom ca lan cong nhu the nao lam sao vi sao
    chuyen vien phong so xuong huyen xa gap truoc chieu sang mai toi hoi dong duyet bai thuyet trinh phat bieu viet lach sua
    chia se nhanh gon ngan gon don gian ro rang cu the chi tiet
    so phan muon xin nghe noi doc thay hinh nhu khong biet chac nho mang may
    de nghi lam on giup minh em voi duoc khong a
    dat dinh man gop huong xay chuc hanh cuoc hen chuan sang dua di keo nhan lay thu xong het hoan thanh hoanh tinh ly dinh
    chac san sang bieu kip phan dau phai co duoc tong cong lam duoc xac nhan trang thai hoi han may chu phu trach bac chu o ha
    hy vong ca nam tron lien quan the vay u thu huong thuoc dien nay do dau rot cuoc cuoi toan the noi chung cung luc
    ban hanh ky trinh dich vu nghia la tuong duong xap xi khoang gan nhu chinh thuc so bo tam tinh hoa ra nguoi ta dan moi
    hoan hao chuyen sau chuyen trach thuc su that su thuc chat ve mat tinh den den nay toi nay tu truoc lai them bot nua
    quang binh thuong nhin lai nghe dau nghe noi co le hinh thuc so voi voi lai ngoai ra dong thoi cung nhu trong khi ke tu
    he xiu ti teo cuc ky hot dot xuat gap rut nhin mai mot tim ra khoa luan
    chuan bi tai lieu hop giao ban kiem dinh doi chieu thong ke so hoa tra soat can cu
    """.split()
)
