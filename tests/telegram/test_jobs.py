"""Each job of an editor, as somebody would do it who has read only the guide: in how many messages and taps."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest

from tests.files import layouts
from tests.telegram.harness import Bot, Json, Person, buttons_of, id_of, running, text_of
from tests.telegram.html import visible
from tests.telegram.test_admin import SOURCE, owned

PARAGRAPH = (
    "Năm 2061, kế hoạch kinh phí khuyến công khu vực phía Nam là 300 tỷ đồng, trong đó khuyến công quốc gia 100 tỷ đồng,"
    " khuyến công địa phương 200 tỷ đồng. Năm 2061, kinh phí khuyến công khu vực phía Nam thực hiện 280 tỷ đồng,"
    " trong đó khuyến công quốc gia 95 tỷ đồng, khuyến công địa phương 185 tỷ đồng."
)


class Job:
    """One job: everything that is typed, sent or tapped is counted; `told` is the transcript."""

    def __init__(self, person: Person) -> None:
        self._person = person
        self._call: Json = {}
        self.steps = 0
        self.told: list[str] = []

    def say(self, text: str) -> Job:
        """Type a message."""
        self._person.say(text)
        return self._next(text)

    def send(self, name: str, data: bytes) -> Job:
        """Send a file."""
        self._person.send_file(name, data)
        return self._next(f"[{name}]")

    def tap(self, label: str) -> Job:
        """Tap the button whose label begins so."""
        data = next(data for one, data in buttons_of(self._call).items() if one.startswith(label))
        self._person.tap(data, id_of(self._call))
        return self._next(f"[{label}]")

    def _next(self, said: str) -> Job:
        self.steps += 1
        while True:
            (self._call,) = self._person.next()
            if buttons_of(self._call) or text_of(self._call).startswith(("✅", "<b>Bước")):
                break
        self.told += [f"> {said}", visible(text_of(self._call))]
        return self

    @property
    def text(self) -> str:
        """What was told last."""
        return visible(text_of(self._call))


@pytest.fixture(scope="module")
def owner(new_bot: Callable[..., Bot]) -> Iterator[Person]:
    bot, owner = owned(new_bot)
    with running(bot):
        yield owner


def test_the_help_of_an_editor_names_each_job_and_nobody_elses_does(owner: Person) -> None:
    told = visible(owner.ask("/trogiup"))
    for command in ("them_so_lieu", "doc_bai", "them_muc_ho_tro", "thay_muc", "them_bai", "hoan_tac"):
        assert f"/{command}" in told
    assert "/tro_giup_quan_tri" in told
    assert "/them_so_lieu" not in visible(Person(owner.bot).ask("/trogiup"))


def figure_line(job: Job) -> None:
    job.say(f"/them_so_lieu KCĐP kế hoạch 2062 phía Nam 62 tỷ | nguồn: {SOURCE}").tap("Lưu")


def figure_steps(job: Job) -> None:
    job.say("/them_so_lieu").say("kế hoạch KCĐP phía Nam").say("2063").say("63 tỷ đồng").say(SOURCE).tap(
        "Lưu"
    )


def level(job: Job) -> None:
    job.say("/them_muc_ho_tro").say("Ứng dụng máy móc, thiết bị tiên tiến").say(
        "50%, tối đa 400 triệu đồng/cơ sở"
    )
    job.say("Điều 7 Thông tư 28/2018/TT-BTC").say(SOURCE).tap("11/5/2018").tap("Bỏ qua").tap("Lưu")


def article(job: Job) -> None:
    job.say("/them_bai").say("Quỹ zorp là gì?").say("Quỹ zorp là quỹ thử.").tap("Khái niệm").tap("Bỏ qua")
    job.say(SOURCE).tap("Bỏ qua").tap("Lưu")


def paragraph(job: Job) -> None:
    job.say(f"/doc_bai {PARAGRAPH}\nnguồn: {SOURCE}").tap("Lưu tất cả")


def level_table(job: Job) -> None:
    job.send("muc-ho-tro.xlsx", layouts.level_table()).say(SOURCE).tap("Ghi")


def officers_sheet(job: Job) -> None:
    job.send("bieu-2.xlsx", layouts.REAL[1].make()).say(SOURCE).tap("Ghi")


@pytest.mark.parametrize(
    ("do", "most", "done"),
    [
        (figure_line, 2, "62 tỷ"),
        (figure_steps, 8, "63 tỷ"),
        (level, 8, "Đã lưu"),
        (article, 8, "Quỹ zorp là quỹ thử."),
        (paragraph, 4, "Đã lưu dòng 1-6"),
        (level_table, 6, "2 dòng"),
        (officers_sheet, 4, "12 dòng"),
    ],
    ids=lambda value: getattr(value, "__name__", str(value)),
)
def test_a_job_takes_no_more_steps(owner: Person, do: Callable[[Job], None], most: int, done: str) -> None:
    job = Job(owner)
    do(job)
    print("\n".join(job.told))
    assert done in job.text, "\n".join(job.told)
    assert job.steps <= most
