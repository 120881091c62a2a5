"""Real layouts are read with no more than what they do not say being asked; broken ones are refused with a reason."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

import pytest
from sqlite_utils import Database

from db.connection import open_database
from db.content import build
from db.errors import ContentError
from db.imports import keep_import, read_plan, save_import
from tests.db.conftest import Files
from tests.files.layouts import BROKEN, REAL, SOURCE, Case

TODAY = date(2026, 11, 23)


@pytest.fixture
def db(tmp_path: Path) -> Iterator[Database]:
    content = Files(tmp_path / "content")
    build(tmp_path / "kb.db", content.path)
    with open_database(tmp_path / "kb.db") as db:
        yield db


@pytest.mark.parametrize("case", REAL, ids=[case.name for case in REAL])
def test_a_real_layout_is_read(db: Database, case: Case) -> None:
    name, data = "bang.xlsx", case.make()
    first = read_plan(db, name, data, "", TODAY)
    assert set(first.asks) == set(case.asks)
    plan = read_plan(db, name, data, "", TODAY, answers=case.answers)
    assert plan.problems == (), plan.told
    assert {step.table for step in plan.steps} == {case.table}
    assert len(plan.steps) == case.rows
    found = {
        (cells["region"], cells["programme"], cells["measure"], cells["period"]): cells
        for step in plan.steps
        if (cells := step.cells or {}) and case.table == "figures"
    }
    for key, digits in case.figures.items():
        assert key in found, sorted(found)
        assert found[key]["value"] == float(digits)
    for told in case.told:
        assert told in "\n".join(plan.told)
    id_ = keep_import(db, plan, data, "", 1, 1.0, answers=case.answers)
    assert save_import(db, id_, 1, TODAY, 2.0).state == "saved"
    again = read_plan(db, name, data, "", TODAY, answers=case.answers)
    assert (again.steps, again.unchanged) == ((), case.rows), "sent again it changes nothing"


@pytest.mark.parametrize(("name", "make", "said"), BROKEN, ids=[name for name, *_ in BROKEN])
def test_a_broken_table_is_refused_with_a_reason(
    db: Database, name: str, make: Callable[[], bytes], said: str
) -> None:
    answers = {
        "source": SOURCE,
        "programme": "KCQG",
        "scale": "1000000",
        "region": "phia_bac",
        "period": "2023",
    }
    try:
        plan = read_plan(db, "bang.xlsx", make(), "", TODAY, answers=answers)
    except ContentError as error:
        assert said in str(error)
        return
    told = "\n".join([*map(str, plan.problems), *plan.told])
    assert said in told
