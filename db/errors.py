"""What can go wrong with the stored knowledge. Every message is a Vietnamese sentence that says what to do.

StoreError
├── ContentError     files of the knowledge base that do not hold; all problems of a run together
├── DatabaseMissing  no database file at the given place
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


class DatabaseMissing(StoreError):
    """No file to open."""

    def __init__(self, path: object) -> None:
        super().__init__(f"Chưa có kho tri thức ở {path}. Hãy chạy: python bot.py kb build")


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


def told(error: Exception, path: object) -> str:
    """What a person is told who gave a command that cannot be carried out on the database at `path`."""
    if isinstance(error, Unavailable):
        return f"Không đọc hoặc ghi được cơ sở dữ liệu {path}: {error}. Hãy kiểm tra đường dẫn, chỗ trống và quyền ghi."
    return str(error)


def exit_code(error: Exception) -> int:
    """1, or `DAMAGED` where another try would meet the same, which a supervisor may be told."""
    return DAMAGED if isinstance(error, DatabaseDamaged) else 1
