"""The rules of the house: which way imports run, how long a module is, what has a docstring, what no file may name."""

from __future__ import annotations

import ast
import re
import subprocess
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
MOST_LINES = 320
LONGER = {"knowledge/records.py": 450, "knowledge/dialogue/conversation.py": 425}
"""Modules that may be longer: a list of records, and the turns of a conversation until they are parted."""
CODE = ("bot.py", "kb.py", "settings.py", "handlers", "knowledge", "db")
PACKAGES = frozenset(name.removesuffix(".py") for name in CODE)

FORBIDDEN: dict[str, tuple[str, ...]] = {
    "knowledge": ("telegram", "db", "handlers", "bot", "settings", "sqlite3", "sqlite_utils"),
    "knowledge/reading": ("knowledge.finding", "knowledge.telling", "knowledge.assistant"),
    "knowledge/finding": ("knowledge.reading", "knowledge.telling", "knowledge.assistant"),
    "knowledge/telling": ("knowledge.reading", "knowledge.finding", "knowledge.assistant"),
    "db": ("telegram", "handlers", "bot", "settings"),
    "handlers": ("sqlite_utils", "sqlite3"),
}
"""Folder → modules that nothing in it imports."""
NAMES = "knowledge.telling.names"
"""What slot values are called: for all, as a note or a button names what was found."""

DB_MAY_IMPORT = (
    "knowledge.records",
    "knowledge.base",
    "knowledge.changes",
    "knowledge.arithmetic",
    "knowledge.language",
    "knowledge.telling.labels",
    "knowledge.text",
)

VIETNAMESE = frozenset("ăâđêôơưàảãáạằẳẵắặầẩẫấậèẻẽéẹềểễếệìỉĩíịòỏõóọồổỗốộờởỡớợùủũúụừửữứựỳỷỹýỵ")
LEFT_IN_CODE = {"db": 383, "handlers": 15, "knowledge": 26, "kb.py": 28, "bot.py": 13, "settings.py": 2}
"""Strings with Vietnamese letters by part of the program: errors that say what to do, and what is yet to be moved."""
MOST_PATTERNS = 90

_URL = re.compile(r"https?://[^\s\"'<>)]+")
_MACHINE_PATH = re.compile(r"(?<![\w.}/-])/(?:work|root|home|Users|mnt)/\w|[A-Z]:\\+Users\\")
_REGISTRY = re.compile(
    r"py[p]i\.org|python[h]osted\.org|[a]rtifactory|[d]evpi|[n]exus|--(?:extra-)?index[-]url|--find[-]links\s+\S",
    re.IGNORECASE,
)
_SKIPPED = {
    ".git",
    ".venv",
    "var",
    "__pycache__",
    ".hypothesis",
    ".mypy_cache",
    ".ruff_cache",
    ".pytest_cache",
}


def modules(*names: str) -> list[Path]:
    """The Python files of these folders and files, relative to the repository."""
    found: list[Path] = []
    for name in names:
        path = ROOT / name
        found += [path] if path.is_file() else sorted(path.rglob("*.py"))
    return [path.relative_to(ROOT) for path in found]


def kept_files() -> list[Path]:
    """What is in the repository or could be added to it; in an unpacked archive, all that no tool has made."""
    try:
        listed = subprocess.run(
            ["git", "ls-files", "--cached", "--others", "--exclude-standard", "-z"],
            cwd=ROOT,
            capture_output=True,
            text=True,
            check=True,
        ).stdout
        names = [name for name in listed.split("\0") if name]
    except (OSError, subprocess.CalledProcessError):
        names = [
            str(path.relative_to(ROOT))
            for path in ROOT.rglob("*")
            if not _SKIPPED & set(path.relative_to(ROOT).parts)
        ]
    return [Path(name) for name in names if (ROOT / name).is_file()]


def imported(path: Path) -> Iterator[str]:
    """Every module that a file imports, wherever in it; `from a import b` gives both `a` and `a.b`."""
    for node in ast.walk(ast.parse((ROOT / path).read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            package = path.parent.parts[: len(path.parent.parts) - node.level + 1] if node.level else ()
            name = ".".join((*package, *([node.module] if node.module else [])))
            yield name
            yield from (f"{name}.{alias.name}" for alias in node.names)


def is_within(module: str, name: str) -> bool:
    """Whether `module` is `name` or something in it."""
    return module == name or module.startswith(f"{name}.")


def undocumented(path: Path) -> Iterator[str]:
    """Public classes, functions and methods of a file without a docstring."""
    tree = ast.parse((ROOT / path).read_text(encoding="utf-8"))
    scopes: list[tuple[str, ast.Module | ast.ClassDef]] = [("", tree)]
    for prefix, scope in scopes:
        for node in scope.body:
            if not isinstance(node, ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef):
                continue
            if node.name.startswith("_") or _overrides(node):
                continue
            if ast.get_docstring(node) is None:
                yield f"{path}:{node.lineno} {prefix}{node.name}"
            if isinstance(node, ast.ClassDef):
                scopes.append((f"{node.name}.", node))


DOCUMENTED = frozenset({"_exit", "_replace", "_asdict", "_fields"})
"""Names with an underscore that their library documents."""
PARSES_PATTERNS = frozenset({"knowledge/needed_words.py"})
"""May use the parser of `re` as long as it is there."""


def private(name: str) -> bool:
    """Whether a name says that it is not for others."""
    return name.startswith("_") and not name.endswith("__") and name not in DOCUMENTED


def defined(path: Path) -> Iterator[str]:
    """Every name that a file gives to something: variables, functions, classes, attributes, slots, keywords."""
    for node in ast.walk(ast.parse((ROOT / path).read_text(encoding="utf-8"))):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
            yield node.name
        elif isinstance(node, ast.Name | ast.Attribute) and isinstance(node.ctx, ast.Store):
            yield node.id if isinstance(node, ast.Name) else node.attr


def foreign_private_names(path: Path, own: set[str]) -> Iterator[str]:
    """Imports and attributes of a file that are private to another package; `own`: names that the program defines."""
    for node in ast.walk(ast.parse((ROOT / path).read_text(encoding="utf-8"))):
        names: list[str] = []
        if isinstance(node, ast.Import):
            names = [part for alias in node.names for part in alias.name.split(".")]
        elif isinstance(node, ast.ImportFrom) and (node.module or "").partition(".")[0] not in PACKAGES:
            names = [*(node.module or "").split("."), *(alias.name for alias in node.names)]
            names = [] if node.module == "__future__" else names
        elif isinstance(node, ast.Attribute) and node.attr not in own:
            names = [node.attr]
        yield from (f"{path}:{node.lineno} {name}" for name in names if private(name))  # type: ignore[attr-defined]


def _overrides(node: ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef) -> bool:
    names = {one.id for one in node.decorator_list if isinstance(one, ast.Name)}
    return bool(names & {"override", "overload"})


@pytest.mark.parametrize("folder", FORBIDDEN)
def test_imports_run_one_way(folder: str) -> None:
    crossing = [
        f"{path} imports {name}"
        for path in modules(folder)
        for name in imported(path)
        if any(is_within(name, other) for other in FORBIDDEN[folder]) and not is_within(name, NAMES)
    ]
    assert not crossing


def test_the_database_knows_only_the_records_and_the_base() -> None:
    crossing = [
        f"{path} imports {name}"
        for path in modules("db")
        for name in imported(path)
        if is_within(name, "knowledge")
        and name != "knowledge"
        and not any(is_within(name, one) for one in DB_MAY_IMPORT)
    ]
    assert not crossing


def literals(path: Path) -> Iterator[str]:
    """The strings of a file that are no docstrings."""
    tree = ast.parse((ROOT / path).read_text(encoding="utf-8"))
    told = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in told:
            yield node.value


def test_no_more_vietnamese_stands_in_code_than_did() -> None:
    """But for what reads and what tells it."""
    found = Counter(
        path.parts[0]
        for path in modules(*CODE)
        if not {"language", "telling"} & set(path.parts)
        for text in literals(path)
        if VIETNAMESE & set(text.lower())
    )
    assert found == LEFT_IN_CODE, "fewer: write the new number down; more: it belongs into content or telling"


def test_no_more_patterns_stand_in_code_than_did() -> None:
    """Words are read by the annotator; a pattern is for numbers, dates, document numbers and layout."""
    calls = [
        node
        for path in modules("knowledge")
        for node in ast.walk(ast.parse((ROOT / path).read_text(encoding="utf-8")))
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute)
        if isinstance(node.func.value, ast.Name) and node.func.value.id == "re"
    ]
    assert len(calls) <= MOST_PATTERNS


def test_no_private_name_of_another_package_is_used() -> None:
    own = {name for path in modules(*CODE) for name in defined(path)}
    strange = [name for path in modules(*CODE) for name in foreign_private_names(path, own)]
    assert not strange, "\n".join(strange)


def test_private_names_of_others_are_found(tmp_path: Path) -> None:
    text = (
        "import os\nfrom re import _parser\nimport telegram._utils.types\nfrom knowledge.base import _mine\n"
        "class A:\n    def __init__(self, bot):\n        self._bot = bot\n        bot._request.shutdown()\n"
        "        self.__dict__\n        os._exit(1)\n"
    )
    (path := tmp_path / "a.py").write_text(text)
    found = [name.rpartition(" ")[2] for name in foreign_private_names(path, set(defined(path)))]
    assert sorted(found) == ["_parser", "_request", "_utils"]


def test_no_module_has_grown_too_long() -> None:
    lengths = {
        str(path): len((ROOT / path).read_text(encoding="utf-8").splitlines()) for path in modules(*CODE)
    }
    long = [
        f"{path}: {length} lines" for path, length in lengths.items() if length > LONGER.get(path, MOST_LINES)
    ]
    assert not long, "\n".join(long)


def test_every_public_function_and_class_says_what_it_promises() -> None:
    bare = [name for path in modules(*CODE) for name in undocumented(path)]
    assert not bare, "\n".join(bare)


def test_every_module_says_what_it_is_for() -> None:
    bare = [
        str(path)
        for path in modules(*CODE)
        if (text := (ROOT / path).read_text(encoding="utf-8")) and ast.get_docstring(ast.parse(text)) is None
    ]
    assert not bare


def test_no_file_names_a_registry_or_a_path_of_one_machine() -> None:
    named = []
    for path in kept_files():
        try:
            text = (ROOT / path).read_text(encoding="utf-8")
        except UnicodeDecodeError:
            continue
        for number, line in enumerate(text.splitlines(), 1):
            if _REGISTRY.search(line) or _MACHINE_PATH.search(_URL.sub("", line)):
                named.append(f"{path}:{number} {line.strip()[:100]}")
    assert not named, "\n".join(named)
