"""The rows of a report as an editor sees them, with what the base has already and what looks doubtful."""

from __future__ import annotations

from db.errors import StoreError
from db.proposals import review
from db.readings import Reading
from handlers.admin.article_rows import change_of, complete, figure_of, held, ready, repeats
from handlers.admin.dialogue import label_of
from handlers.admin.office import Office
from handlers.keyboards import Button
from knowledge.base import KnowledgeBase
from knowledge.telling.admin_texts import admin_text, sentence
from knowledge.telling.article_texts import article_text, control_html, head_html, label, row_html

MOST_ROW_BUTTONS = 14


def head(reading: Reading, base: KnowledgeBase) -> str:
    """What stands above the rows."""
    return head_html(len(reading.items), base.sources.get(reading.source))


def row(reading: Reading, place: int, base: KnowledgeBase, doubts: list[str]) -> str:
    """One row, numbered from 1."""
    item = reading.items[place]
    known, same = held(item, base)
    earlier = repeats(reading.items, place)
    return row_html(
        place + 1,
        figure_of(item),
        item.unsure,
        base.names,
        saved=item.number if item.state == "saved" else 0,
        proposed=item.number if item.state == "proposed" else 0,
        dropped=item.state == "dropped",
        held=known,
        same=same,
        repeats=0 if earlier is None else earlier + 1,
        doubts=doubts,
    )


async def doubts_of(office: Office, person: int, reading: Reading, place: int) -> list[str]:
    """What is doubtful about an open row that could be saved; nothing for others."""
    item = reading.items[place]
    if item.state != "open" or not complete(item) or not reading.source:
        return []
    base = office.base
    if held(item, base)[1] or repeats(reading.items, place) is not None:
        return []
    change = change_of(reading, place, person, base, set())
    try:
        reviewed = await office.desk.run(review, change, office.current.clock())
    except StoreError:
        return []  # told when it is to be saved, with what to do
    return [sentence(note) for note in reviewed.warnings]


def control(reading: Reading, base: KnowledgeBase) -> tuple[str, list[Button]]:
    """What can be done now, and the buttons for it."""
    drop = Button(label("button_drop"), f"1:a:d:{reading.id}-x", beside=True)
    if not reading.source:
        buttons = [
            Button(label_of(base.sources[id_].title), f"1:a:d:{reading.id}-o{number}")
            for number, id_ in enumerate(reading.offered)
            if id_ in base.sources
        ]
        new = Button(admin_text("button_new_source"), f"1:a:d:{reading.id}-n")
        return article_text("choose_source"), [*buttons, new, drop]
    found = {place: item.state for place, item in enumerate(reading.items)}
    sure = list(ready(reading, base))
    known = [one for one, state in found.items() if state == "open" and _is_known(reading, one, base)]
    look = [one for one, state in found.items() if state == "open" and one not in (*sure, *known)]
    if not sure and not look:
        return article_text("all_done"), [drop]
    buttons = [
        Button(label("button_row", line=place + 1), f"1:a:d:{reading.id}-l{place}", beside=True)
        for place in sure[:MOST_ROW_BUTTONS]
    ]
    if sure:
        buttons.append(Button(label("button_all", count=len(sure)), f"1:a:d:{reading.id}-a"))
    settled = ([one for one, state in found.items() if state == wanted] for wanted in ("saved", "proposed"))
    lines = ([place + 1 for place in places] for places in (sure, look, known, *settled))
    return control_html(*lines), [*buttons, drop]


def _is_known(reading: Reading, place: int, base: KnowledgeBase) -> bool:
    """Whether the base has an item just so, or an earlier one says the same."""
    return held(reading.items[place], base)[1] or repeats(reading.items, place) is not None
