"""The files for operators hold: units are read by systemd's own checks, names in the text exist in the program."""

from __future__ import annotations

import re
import shutil
import subprocess
from pathlib import Path

import pytest

from settings import Settings

ROOT = Path(__file__).resolve().parents[1]
DEPLOY = ROOT / "deploy"
README = (DEPLOY / "README.md").read_text(encoding="utf-8")
MOST_EXPOSED = {"khuyencong.service": 2.0, "khuyencong@.service": 2.0, "litestream.service": 4.0}
"""Unit → the highest grade of `systemd-analyze security`, of 10, that it may have."""


@pytest.fixture
def units(tmp_path: Path) -> list[Path]:
    """The units as an operator installs them, with a program that is there, run by a user who is there."""
    made = re.search(r"^sed (.+?) deploy/khuyencong\.service >(\S+)$", README, re.DOTALL | re.MULTILINE)
    assert made, "the command that makes the template"
    command = f"sed {made[1]} deploy/khuyencong.service"
    template = subprocess.run(
        command, shell=True, cwd=ROOT, capture_output=True, text=True, check=True
    ).stdout
    texts = {path.name: path.read_text(encoding="utf-8") for path in DEPLOY.glob("*.service")}
    texts[Path(made[2]).name] = template
    assert template.count("%i") >= 5 + 1
    for name, text in texts.items():
        text = re.sub(r"^ExecStart=\S+", f"ExecStart={shutil.which('true')}", text, flags=re.MULTILINE)
        text = re.sub(r"^(User|Group)=.*", r"\1=root", text, flags=re.MULTILINE)
        (tmp_path / name).write_text(text, encoding="utf-8")
    return sorted(tmp_path.iterdir())


@pytest.mark.skipif(not shutil.which("systemd-analyze"), reason="no systemd here")
def test_systemd_reads_the_units_and_finds_them_hardened(units: list[Path]) -> None:
    assert {unit.name for unit in units} == set(MOST_EXPOSED)
    for unit in units:
        one = unit.rename(unit.with_name(unit.name.replace("@.", "@lang-son.")))
        read = subprocess.run(
            ["systemd-analyze", "verify", "--man=no", one], capture_output=True, text=True, timeout=60
        )
        assert read.returncode == 0 and not read.stderr, read.stderr
        graded = subprocess.run(
            ["systemd-analyze", "security", "--offline=true", "--no-pager", one],
            capture_output=True,
            text=True,
            timeout=60,
        )
        grade = re.search(r"exposure level for \S+: ([\d.]+)", graded.stdout)
        assert grade, graded.stderr
        assert float(grade[1]) <= MOST_EXPOSED[unit.name], unit.name


@pytest.mark.skipif(not shutil.which("nginx"), reason="no nginx here")
def test_nginx_reads_the_location(tmp_path: Path) -> None:
    config = tmp_path / "nginx.conf"
    config.write_text(
        f"pid {tmp_path}/pid; error_log stderr; events {{}} http {{ access_log off; server {{ listen 127.0.0.1:8080;"
        f" include {DEPLOY}/nginx.conf; }} }}",
        encoding="utf-8",
    )
    read = subprocess.run(["nginx", "-t", "-c", config], capture_output=True, text=True, timeout=60)
    assert read.returncode == 0, read.stderr


def test_the_container_gets_every_part_of_the_program() -> None:
    text = (DEPLOY / "Containerfile").read_text(encoding="utf-8")
    copied = {
        name.removeprefix("./")
        for line in re.findall(r"^COPY (.+)$", text, re.MULTILINE)
        for name in line.split()
    }
    assert {"bot.py", "kb.py", "settings.py", "db", "handlers", "knowledge", "requirements.txt"} <= copied
    assert all((ROOT / name).exists() for name in copied - {"."})
    assert "--require-hashes" in text and re.search(r"^USER khuyencong$", text, re.MULTILINE)


def test_every_setting_that_is_named_exists() -> None:
    named = set(re.findall(r"\b([A-Z]+(?:_[A-Z]+)+|PORT|LISTEN|DATABASE)=", README))
    known = {name.upper() for name in Settings.model_fields}
    assert named and named <= known, named - known


def test_every_file_is_in_the_table_and_every_named_test_exists() -> None:
    files = {path.name for path in DEPLOY.iterdir()} - {"README.md"}
    rows = {
        name
        for line in README.splitlines()
        if line.startswith("| `")
        for name in re.findall(r"`([^`]+)`", line.split("|")[1])
    }
    assert files <= rows
    for name in re.findall(r"tests/\S+?\.py", README):
        assert (ROOT / name).is_file()
