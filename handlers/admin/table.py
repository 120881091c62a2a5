"""The commands of the admin side. What is registered, offered and documented is this table and nothing else."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Role = Literal["editor", "owner"]


@dataclass(frozen=True, slots=True)
class Command:
    """`role`: the least that one must be. Its texts are in `admin_texts`, under its name."""

    name: str
    role: Role = "editor"


COMMANDS = (
    Command("them_so_lieu"),
    Command("them_nguon"),
    Command("them_cach_hoi"),
    Command("doc_bai"),
    Command("sua"),
    Command("xoa"),
    Command("lich_su"),
    Command("hoan_tac"),
    Command("nhap"),
    Command("mau"),
    Command("xuat"),
    Command("chua_tra_loi"),
    Command("thong_ke"),
    Command("tinh_trang"),
    Command("tro_giup_quan_tri"),
    Command("quan_tri", "owner"),
    Command("sao_luu", "owner"),
)


def open_to(role: str) -> tuple[str, ...]:
    """Names of the commands that somebody in this role may give."""
    return tuple(command.name for command in COMMANDS if role == "owner" or command.role == role)
