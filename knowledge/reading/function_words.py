"""Words that carry no topic: particles, politeness, question words, and the generic nouns around a figure.

All folded. A question for a figure may be made of its slots and these; any other word is a qualifier that the base
must know, or the figure is not what was asked.
"""

from __future__ import annotations

_TEXT = """
a ad admin ah ai anh ap au ay ba bac bai ban bang bao bay ben bi bien biet bieu binh bo boi bot ca cac cach cai
cam can cang cao cap cau cha chac cham chang chao chat chau chi chia chieu chinh cho chot chu chua chuan chuc
chung chuong chut chuyen co coi con cong cu cua cuc cung cuoc cuoi cuu da dan dang danh dao dap dat dau day de
den di dia dich dien dieu dinh do doan doc doi don dong dot du dua dum dung duoc duong duyet em excel gan gap
ghi gi gia giai gian giao giay gio giu giua giup goi gom gon gop gui ha hai ham han hang hanh hao hay he hen het
hien hieu hinh ho hoa hoac hoan hoanh hoat hoi hom hon hong hop hot hu huong hut huyen hy i ich in it ke kem keo
ket khac khai khao khi khoan khoang khong khu khuyen kia kiem kieu kinh kip ky la lach lai lam lan lang lanh lao
lau lay le lich lien lieu linh lo loai loi lon long lu luc lung luon luot ly ma mac mai man mang mat may me mien
mieng minh mo moi mong mot muc muon na nam nao nay nen neu ngan nganh ngay nghe nghi nghia ngoai nguoi nguon nha
nham nhan nhanh nhat nhau nhe nhi nhiem nhieu nhin nho nhu nhung nien no noi nop nua nuoc o oi on ong phai phan
phat phi phia pho phong phu qua quan quang quy ra rang rat ri rieng ro roi rong rot rua rut sach san sang sao
sap sau se sep shop sinh slide so soan soat su sua suot ta tai tam tao tap tat te teo thai tham thanh that thay
the them theo thi thich thieu tho thoi thong thu thua thuan thuc thuoc thuong thuyet ti tien tiet tieu tim tin
tinh to toan toi ton tong tra trach tram trang tren tri trich trieu trinh tro tron trong trung truoc truyen tu
tuc tui tung tuong tuy ty u va vai van vang vao vay ve vi viec vien viet voi von vong vu vua vuc vui vung xac
xap xay xem xet xi xin xiu xong xuat xuong y yeu
"""

FUNCTION_WORDS = frozenset(_TEXT.split())
"""Folded words that explain nothing."""
