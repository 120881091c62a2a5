"""The blocks of README.md and docs/ that are made, not written: a real chat, the tables of `make eval`, of the bench, of
the admin commands.

`python -m tests.readme` rewrites them; only with `--bench` are the benches run and their tables rewritten too.
"""

from __future__ import annotations

import argparse
import re
import subprocess
import sys
from pathlib import Path

from handlers.admin.table import open_to
from knowledge.assistant import Assistant
from knowledge.dialogue import Context
from knowledge.telling.admin_texts import help_markdown
from knowledge.telling.render import plain
from tests.evaluate import CLOCK
from tests.measured import HEADINGS, made

ROOT = Path(__file__).parent.parent
README = ROOT / "README.md"
STALE = "look at what has changed, then write it down: .venv/bin/python -m tests.readme"
TELEGRAM = ROOT / "docs" / "telegram.md"
BENCH = ROOT / "docs" / "bench.md"
BENCHES = ("tests.bench", "tests.webhook_bench")
CHAT = (
    "kp kc pb 2023",
    "thế phía Nam năm 2026?",
    "em lam xuong moc o xa muon mua may cnc 800tr thi dc ho tro bn",
)


def block(text: str, name: str) -> str:
    """What stands between the markers `<!-- name -->` and `<!-- /name -->`."""
    match = re.search(rf"<!-- {name} -->\n(.*?)<!-- /{name} -->", text, re.DOTALL)
    assert match, name
    return match[1].strip()


def replaced(text: str, name: str, new: str) -> str:
    """`text` with that block replaced."""
    return re.sub(
        rf"(<!-- {name} -->\n).*?(<!-- /{name} -->)",
        lambda match: f"{match[1]}{new}\n{match[2]}",
        text,
        flags=re.DOTALL,
    )


def chat(assistant: Assistant) -> str:
    """A chat as Telegram shows it, before anybody opens "Xem thêm"."""
    context: Context | None = None
    lines = []
    for text in CHAT:
        answer, context = assistant.ask(text, context)
        buttons = " ".join(f"[{choice.label}]" for choice in answer.choices)
        seen = plain(answer).partition("\nXem thêm\n")[0]
        lines += [f"> {text}", seen, *([buttons] if buttons else []), ""]
    return "```text\n" + "\n".join(lines).strip() + "\n```"


def tables_of(bench: str) -> list[str]:
    """The Markdown tables that a bench prints."""
    run = subprocess.run([sys.executable, "-m", bench], capture_output=True, text=True, check=True)
    return [found.strip() for found in re.findall(r"(?:^\|.*\n)+", run.stdout, re.MULTILINE)]


def rewrite(path: Path, name: str, new: str) -> None:
    """Replace a block of a file."""
    path.write_text(replaced(path.read_text(encoding="utf-8"), name, new), encoding="utf-8")


def main() -> None:
    """Rewrite the blocks."""
    from db.content import build
    from db.snapshot import load as load_base
    from settings import Settings

    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--bench", action="store_true")
    options = parser.parse_args()
    path = Settings().database
    build(path, if_missing=True)
    assistant = Assistant(load_base(path), lambda: CLOCK)
    text = README.read_text(encoding="utf-8")
    text = replaced(text, "chat", chat(assistant))
    for name in HEADINGS:
        text = replaced(text, name, made(name, assistant, lambda: CLOCK))
    README.write_text(text, encoding="utf-8")
    rewrite(TELEGRAM, "admin", help_markdown(open_to("owner")))
    if options.bench:
        rewrite(BENCH, "bench", "\n\n".join(table for name in BENCHES for table in tables_of(name)))


if __name__ == "__main__":
    main()
