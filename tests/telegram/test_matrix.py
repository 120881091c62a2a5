"""Every command through a real server, by one table: well given, badly given, cancelled, cut off, by two at once.

One bot serves all of it, and everybody's steps go on side by side, so that one kill meets all of them.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from pprint import pformat

import pytest

from db.activity import Activity
from db.connection import open_database
from db.edits import apply
from db.fields import Cell
from db.proposals import Change
from db.roles import add_editor
from handlers.admin.table import COMMANDS, open_to
from knowledge.telling.admin_texts import _SENTENCES, COMMAND_TEXTS
from knowledge.telling.render import notice
from tests.telegram.harness import Bot, Json, Person, buttons_of, running, text_of
from tests.telegram.html import visible
from tests.telegram.matrix import ADMIN, NONSENSE, PUBLIC, SOURCE, pressed
from tests.telegram.test_admin import PUBLIC as REGISTERED
from tests.telegram.test_admin import TODAY, owned
from tests.telegram.test_injection import NASTY
from tests.telegram.test_update import build_older

HANDLERS = Path(__file__).parents[2] / "handlers"
TOLD_WHAT_TO_DO = re.compile(
    r"/[a-z]+|[Hh]ãy|[Gg]õ|[Cc]họn|[Bb]ấm|python bot\.py|[Dd]ùng|[Ss]ửa|[Tt]hêm|viết như|[Xx]em|phải|Ví dụ"
)
HAPPY, LEFT, CUT, BOTH = "61", "62", "63", "64"
EVERY = {**ADMIN, **PUBLIC}
STEPPED = [name for name, case in EVERY.items() if case.steps]
HELD = [name for name, case in ADMIN.items() if case.button and not case.once]
SAVED = {"them_nguon", "sua", "doc_bai", "nhap", "chua_tra_loi"}
"""What is not only read back after the cut, but saved: one of each way of saving."""
EDITING = [name for name, case in ADMIN.items() if case.second]


@dataclass
class House:
    """One bot; `owners`: two of them; `crew`: an editor of his own for each command, by what is tried with it;
    `roles`: one of each who has done nothing yet.
    """

    bot: Bot
    owners: tuple[Person, Person]
    roles: dict[str, Person]
    crew: dict[tuple[str, str], Person]
    changes: dict[str, int]

    def typed(self, text: str, n: str, who: str = "a") -> str:
        """What is typed, filled in."""
        return text.format(n=n, who=who, change=self.changes[n])


@pytest.fixture(scope="module")
def house(new_bot: Callable[..., Bot]) -> Iterator[House]:
    bot, owner = owned(new_bot)
    owners = owner, Person(bot)
    bot.settings["OWNER_IDS"] = ",".join(str(one.user) for one in owners)
    path = Path(bot.settings["DATABASE"])
    build_older(path)
    names = {*STEPPED, *HELD}
    crew = {(name, n): Person(bot) for name in sorted(names) for n in (LEFT, CUT)}
    roles = {role: Person(bot) for role in ("stranger", "editor", "reviewer")} | {"owner": owner}
    changes = {}
    with closing(Activity(path)), open_database(path) as db:
        for person in (*crew.values(), roles["editor"]):
            add_editor(db, person.user, owner.user)
        add_editor(db, roles["reviewer"].user, owner.user, "reviewer")
        for n in (HAPPY, LEFT, CUT, BOTH):
            for row in (f"so-{n}", f"xoa-{n}", f"tac-{n}"):
                apply(db, Change(1, "add", "figures", row, figure(row, n)), TODAY)
            entry: dict[str, Cell] = {
                "kind": "definition",
                "title": f"Bài thử {n}",
                "body": "Lời đáp thử.",
                "status": "in_force",
                "sources": (SOURCE,),
            }
            apply(db, Change(1, "add", "entries", f"thu-{n}", entry), TODAY)
            changes[n] = apply(db, Change(1, "edit", "figures", f"tac-{n}", {"note": "thử"}), TODAY)
    with running(bot):
        for one in owners:
            assert "/cap_nhat" in text_of(one.answer())
        asker = Person(bot)
        for n in (HAPPY, LEFT, CUT, BOTH):
            asker.ask(NONSENSE[n])
        yield House(bot, owners, roles, crew, changes)


def figure(row: str, n: str) -> dict[str, Cell]:
    """A figure that nothing else names."""
    return {
        "indicator": "kinh-phi",
        "measure": "target",
        "programme": "KCDP",
        "region": "phia_nam",
        "period": f"20{n}",
        "label": row,
        "value": f"{n}000000000",
        "unit": "VND",
        "as_printed": f"{n} tỷ đồng",
        "source": SOURCE,
    }


def everything(person: Person) -> str:
    """All that comes back, up to what is said to an empty question."""
    person.say("/hoi")
    found: list[str] = []
    while True:
        (call,) = person.next()
        fields = call["fields"]
        told = visible(str(fields.get("text", fields.get("caption", ""))))
        if told == visible(notice("empty")):
            return "\n".join(found)
        found.append(told)


def opened(house: House, person: Person, name: str, n: str, who: str = "a") -> Json:
    """The message with the button that makes a change."""
    case = EVERY[name]
    if case.opening:
        return case.opening(person, n)
    person.say(f"/{name} {house.typed(case.line, n, who)}")
    return person.long_answer()[-1] if case.button else person.answer()


def test_the_table_knows_every_command() -> None:
    """That these are all that is registered, `test_admin` says."""
    assert set(ADMIN) == {command.name for command in COMMANDS} == set(COMMAND_TEXTS)
    assert set(PUBLIC) == REGISTERED
    assert set(EDITING) | {"lich_su", "cho_duyet", "mau", "xuat", "thong_ke"} >= {
        command.name for command in COMMANDS if not command.looks
    }


@pytest.mark.parametrize("role", ["stranger", "editor", "reviewer", "owner"])
def test_each_role_gets_what_it_allows(house: House, role: str) -> None:
    person = house.roles[role]
    unknown = visible(person.ask("/khong_co_lenh_nay"))
    refused = {}
    for name in ADMIN:
        person.say(f"/{name}")
        refused[name] = everything(person) == unknown
    assert refused == {name: name not in open_to(role) for name in ADMIN}
    person.ask("/huy")


def test_a_stranger_gets_what_any_unknown_command_gets_whatever_he_types(house: House) -> None:
    stranger = house.roles["stranger"]
    tried = [f"/{name}{typed}" for name in ADMIN for typed in ("", " hn2024-05", " 1", " | vì: x")]
    for text in ("/khong_co_lenh_nay", *tried):
        stranger.say(text)
    unknown, *answers = [call["fields"] for call in stranger.next(1 + len(tried))]
    assert [text for text, fields in zip(tried, answers, strict=True) if fields != unknown] == []
    stranger.nothing_more()


def test_in_a_group_there_is_no_admin_side(house: House) -> None:
    group = Person(house.bot, group=True)
    group.user = house.owners[0].user
    for name in ADMIN:
        group.say(f"/{name}")
    group.nothing_more()


def test_bad_input_is_refused_with_what_to_do(house: House) -> None:
    owner, _ = house.owners
    tried = [(name, typed, told) for name, case in EVERY.items() for typed, told in case.bad]
    for name, typed, _ in tried:
        owner.say(f"/{name} {typed}".rstrip())
    wrong = {}
    for (name, typed, told), call in zip(tried, owner.next(len(tried)), strict=True):
        text = visible(text_of(call))
        if told not in text or not TOLD_WHAT_TO_DO.search(text) or "Lưu" in buttons_of(call):
            wrong[f"/{name} {typed}"] = text
    assert not wrong, pformat(wrong, width=200)
    owner.ask("/huy")


def test_markup_behind_any_command_does_no_harm(house: House) -> None:
    """That the server takes every answer is looked at for everything that is ever sent."""
    owner, _ = house.owners
    for name in EVERY:
        owner.say(f"/{name} {NASTY}")
    assert "{{ 7 * 7 }}" in everything(owner)
    owner.ask("/huy")


def test_every_refusal_there_is_says_what_to_do() -> None:
    """Also those that no line of the table meets: by the codes and sentences in the code itself."""
    silent = []
    for file in sorted(HANDLERS.rglob("*.py")):
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if not (isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.args):
                continue
            code = node.args[0]
            if node.func.id != "Refusal" or not isinstance(code, ast.Constant):
                continue
            if not TOLD_WHAT_TO_DO.search(_SENTENCES.by_code[str(code.value)]):
                silent.append((file.name, code.value))
    assert not silent


def test_what_each_command_tells(house: House) -> None:
    """Of those that change something, what they tell when nothing is typed behind them."""
    owner, _ = house.owners
    wrong = {}
    for name, case in EVERY.items():
        person = Person(house.bot) if name in PUBLIC else owner
        if name not in EDITING or case.opening or case.once:
            person.say(f"/{name} {house.typed(case.line, HAPPY)}".rstrip())
            if case.says not in (told := everything(person)):
                wrong[name] = told
    assert not wrong, pformat(wrong, width=200)
    owner.ask("/huy")


def half_way(house: House, n: str) -> None:
    """Everybody who is asked step by step, in the middle of it."""
    for name in STEPPED:
        person = house.crew[name, n]
        person.say(f"/{name}")
        for text in EVERY[name].steps[: len(EVERY[name].steps) // 2]:
            person.say(house.typed(text, n))
    for name in STEPPED:
        house.crew[name, n].next(1 + len(EVERY[name].steps) // 2)


def test_whoever_gives_up_is_let_go_and_nothing_is_saved(house: House) -> None:
    """Of what is asked step by step by /huy; of what was read back by its button or by /huy, which take turns over the
    commands, and by both where a command has a way of its own to its button."""
    asker = Person(house.bot)
    question = "kinh phí khuyến công phía Bắc 2023"
    answer = asker.ask(question)
    wrong: dict[str, object] = {}
    half_way(house, LEFT)
    for name in STEPPED:
        person = house.crew[name, LEFT]
        person.say("/huy")
        person.say(question)
        told, after = map(text_of, person.next(2))
        if not re.search("Đã (?:thôi|thoát)", told) or after != answer:
            wrong[name] = (told, after)
    for number, name in enumerate(one for one in HELD if ADMIN[one].keep):
        person, case = house.crew[name, LEFT], EVERY[name]
        for way in (case.keep, "/huy") if case.opening else (case.keep, "/huy")[number % 2 :][:1]:
            call = opened(house, person, name, LEFT)
            told = person.ask(way) if way == "/huy" else text_of(pressed(person, call, way))
            if not re.search("Đã (?:huỷ|bỏ)" if way == "/huy" else re.escape(case.kept), told):
                wrong[f"{name}: {way}"] = told
    for name in ("cap_nhat", "khoi_phuc"):
        case, owner = EVERY[name], house.owners[0]
        told = text_of(pressed(owner, opened(house, owner, name, LEFT), case.keep))
        if case.kept not in told:
            wrong[name] = told
    assert not wrong, pformat(wrong, width=200)
    for row in (
        f"nguon-{LEFT}",
        f"bai-{LEFT}",
        f"muc-{LEFT}",
        f"su-kien-{LEFT}",
        f"tep-{LEFT}",
        f"tieu-de-{LEFT}",
    ):
        assert "Không có dòng nào" in house.owners[0].ask(f"/sua {row}")


def test_a_power_cut_between_steps_loses_nothing(house: House) -> None:
    half_way(house, CUT)
    held = {name: opened(house, house.crew[name, CUT], name, CUT) for name in HELD if name not in STEPPED}
    house.bot.restart()
    wrong = {}
    for name in STEPPED:
        case, person = EVERY[name], house.crew[name, CUT]
        rest = case.steps[len(case.steps) // 2 :]
        for text in rest:
            person.say(house.typed(text, CUT))
    for name in STEPPED:
        case, person = EVERY[name], house.crew[name, CUT]
        *_, call = person.next(len(case.steps) - len(case.steps) // 2)
        held[name] = call
        if (case.button and case.button not in buttons_of(call)) or (
            not case.button and case.done not in text_of(call)
        ):
            wrong[name] = visible(text_of(call))
    assert not wrong, pformat(wrong, width=200)
    explained = house.crew["them_nguon", CUT]
    call = held["them_nguon"]
    explained.tap(buttons_of(call)["Ghi lý do"], call["result"]["message_id"])
    assert "Hãy gõ lý do" in text_of(explained.answer())
    house.bot.restart()
    explained.say("báo mới & <hay>")
    held["them_nguon"] = explained.answer()
    assert "báo mới & <hay>" in visible(text_of(held["them_nguon"]))
    for name, call in held.items():
        case = EVERY[name]
        label, told = (case.button, case.done) if name in SAVED else (case.keep, case.kept)
        if case.button and label:
            done = text_of(pressed(house.crew[name, CUT], call, label))
            if told not in done:
                wrong[name] = done
    assert not wrong, pformat(wrong, width=200)
    assert "Lý do: báo mới & <hay>" in visible(house.owners[0].ask(f"/lich_su tieu-de-{CUT}"))


def test_of_two_who_want_the_same_the_first_has_it_and_the_second_is_told(house: House) -> None:
    one, other = house.owners
    wrong: dict[str, object] = {}
    for name in sorted(EDITING, key=lambda name: ADMIN[name].once):
        case = EVERY[name]
        first = opened(house, one, name, BOTH, "a")
        if not case.opening and case.says not in visible(text_of(first)):
            wrong[f"{name}: read back"] = visible(text_of(first))
        second = opened(house, other, name, BOTH, "b")
        if case.button:
            first = pressed(one, first, case.button)
            second = pressed(other, second, case.button)
        told = visible(text_of(first)), visible(text_of(second))
        if case.done not in told[0] or case.second not in told[1] or not TOLD_WHAT_TO_DO.search(told[1]):
            wrong[name] = told
        if name == "cap_nhat":
            everything(one)  # what is to be decided besides
        if name == "khoi_phuc":
            continue
        for row, parts in case.after.items():
            told_of = visible(other.ask(house.typed(row, BOTH)))
            if missing := [part for part in parts if part.format(first=one.user) not in told_of]:
                wrong[f"{name}: {row}"] = (missing, told_of)
    assert not wrong, pformat(wrong, width=200)
