"""What can go wrong with the stored knowledge. Every message is a Vietnamese sentence that says what to do.

StoreError
├── ContentError     files of the knowledge base that do not hold; all problems of a run together
├── FolderRefused    a folder that cannot be made
├── DatabaseMissing  no database file at the given place
├── DatabaseLost     a file that was there before and is gone, empty or another one
├── DatabaseGone     the same of an open file
├── DatabaseInUse    another running bot keeps this file
├── DatabaseDamaged  a file whose structure does not hold
├── SchemaError      a file that is no database of this project, or one of a newer version
├── BackupError      a backup that cannot be written, read or trusted
├── StoreBusy        another process holds the file, nothing was written
└── EditConflict     a change that no longer fits the row as it now stands
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

Unavailable = sqlite3.Error
"""The file cannot be read or written at the moment; anything that touches it may raise this."""


class StoreError(Exception):
    """Base of the package's errors; `str(error)` may be shown to a person."""


@dataclass(frozen=True, slots=True, order=True)
class Problem:
    """One thing to mend. `line` counts from 1; 0 means the file as a whole."""

    file: str
    line: int
    message: str

    def __str__(self) -> str:
        place = f"{self.file}, dòng {self.line}" if self.line else self.file
        return f"{place}: {self.message}"


class ContentError(StoreError):
    """Raised once a whole reading is over, with every problem that it met, in the order of files and lines."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(sorted(problems))
        head = f"Nội dung có {len(self.problems)} chỗ phải sửa:"
        super().__init__("\n".join([head, *(f"  {problem}" for problem in self.problems)]))


def refuse(file: str, message: str, line: int = 0, kind: type[ContentError] = ContentError) -> ContentError:
    """The error for a file as a whole."""
    return kind([Problem(file, line, message)])


class FolderRefused(StoreError):
    """A folder that cannot be made or written to."""

    def __init__(self, folder: object, why: str) -> None:
        super().__init__(f"Không tạo được thư mục {folder} ({why}). Hãy kiểm tra đường dẫn và quyền ghi.")


class DatabaseMissing(StoreError):
    """No file to open."""

    def __init__(self, path: object) -> None:
        super().__init__(f"Chưa có kho tri thức ở {path}. Hãy chạy: python bot.py kb build")


class DatabaseLost(StoreError):
    """What was kept is not there any more; it is not begun anew without being told to."""

    def __init__(self, path: object, marker: object, found: str) -> None:
        super().__init__(
            f"Kho tri thức {path} đã từng có nhưng nay {found}. Chưa ghi gì, để không mất các sửa đổi cũ."
            f" {where_to_restore(path)} Nếu thật muốn bắt đầu lại từ đầu, hãy xóa {marker} rồi chạy lại."
        )


class DatabaseGone(StoreError):
    """The open file was deleted, replaced or truncated."""

    def __init__(self) -> None:
        super().__init__(
            "Tệp cơ sở dữ liệu trên máy chủ đã bị xóa, bị thay hoặc bị cắt ngắn, nên chưa lưu gì. Chủ bot đã được báo."
        )


class DatabaseInUse(StoreError):
    """Two running bots on one file would not see each other's edits."""

    def __init__(self, path: object) -> None:
        super().__init__(
            f"Một bot khác đang chạy với cơ sở dữ liệu {path}. Hãy dừng bot ấy trước, hoặc dùng tệp khác (DATABASE)."
        )


class DatabaseDamaged(StoreError):
    """The file cannot be trusted; it is left as it is, since a copy may be saved from it."""

    def __init__(self, path: object, found: str) -> None:
        super().__init__(
            f"Cơ sở dữ liệu {path} bị hỏng ({found}). Tệp được giữ nguyên. Hãy chép nó sang chỗ khác, rồi khôi phục"
            " bản sao lưu: python bot.py kb restore tệp-sao-lưu"
        )


class SchemaError(StoreError):
    """The file is not a database of this project, or was written by a newer version of it."""


class BackupError(StoreError):
    """A backup could not be made, or the given file must not be restored."""


class StoreBusy(StoreError):
    """The file was held for too long by another process; nothing was written."""

    def __init__(self) -> None:
        super().__init__("Cơ sở dữ liệu đang bận nên chưa ghi gì. Hãy thử lại sau ít phút.")


class EditConflict(StoreError):
    """Somebody changed the row in the meantime, or there is no such row or change; nothing was written."""


DAMAGED = 78

COPIES = "sao-luu"
"""The folder of daily copies, beside the database."""


def where_to_restore(path: object) -> str:
    """A sentence that names the last daily copy of the database at `path`, and how to put it back."""
    folder = Path(str(path)).parent / COPIES
    last = max(folder.glob("*.db"), key=lambda file: file.name, default=None)
    if last is None:
        return f"Không có bản sao nào trong {folder}; nếu có bản sao lưu khác: python bot.py kb restore tệp-sao-lưu"
    return f"Bản sao gần nhất: {last}. Khôi phục: python bot.py kb restore {last}"


def told(error: Exception, path: object) -> str:
    """What a person is told who gave a command that cannot be carried out on the database at `path`."""
    if isinstance(error, Unavailable):
        return f"Không đọc hoặc ghi được cơ sở dữ liệu {path}: {error}. Hãy kiểm tra đường dẫn, chỗ trống và quyền ghi."
    return str(error)


def exit_code(error: Exception) -> int:
    """1, or `DAMAGED` for a file that is damaged or lost, where another try would meet the same, which a supervisor may be told."""
    return DAMAGED if isinstance(error, DatabaseDamaged | DatabaseLost) else 1
