"""The commands of the admin side. What is registered, offered and documented is this table and nothing else."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Role = Literal["editor", "reviewer", "owner"]
RANKS: tuple[Role, ...] = ("editor", "reviewer", "owner")
"""The least first; each may do all that those before it may."""


@dataclass(frozen=True, slots=True)
class Command:
    """`role`: the least that one must be. Its texts are in `admin_texts`, under its name.

    `looks`: it changes nothing, so that what is done step by step is not left when it is given. `why`: the reason may
    stand at the end of its line.
    """

    name: str
    role: Role = "editor"
    looks: bool = False
    why: bool = False


COMMANDS = (
    Command("them_so_lieu", why=True),
    Command("them_nguon", why=True),
    Command("them_bai", why=True),
    Command("them_muc_ho_tro", why=True),
    Command("thay_muc", why=True),
    Command("them_van_ban", why=True),
    Command("them_su_kien", why=True),
    Command("them_cach_hoi", why=True),
    Command("them_ten_khac", why=True),
    Command("them_tu", why=True),
    Command("doc_bai"),
    Command("sua", why=True),
    Command("xoa", why=True),
    Command("lich_su", looks=True),
    Command("hoan_tac", why=True),
    Command("cho_duyet", looks=True),
    Command("nhap", why=True),
    Command("mau", looks=True),
    Command("xuat", looks=True),
    Command("chua_tra_loi", looks=True),
    Command("thong_ke", looks=True),
    Command("tinh_trang", looks=True),
    Command("tro_giup_quan_tri", looks=True),
    Command("quan_tri", "owner", looks=True),
    Command("cap_nhat", "owner", looks=True),
    Command("sao_luu", "owner", looks=True),
    Command("khoi_phuc", "owner"),
)


def at_least(role: str, least: Role) -> bool:
    """Whether somebody in this role may do what is open from `least` on."""
    return role in RANKS and RANKS.index(role) >= RANKS.index(least)


def open_to(role: str) -> tuple[str, ...]:
    """Names of the commands that somebody in this role may give."""
    return tuple(command.name for command in COMMANDS if at_least(role, command.role))
