"""What editors are shown of the bot's use and of the state of its base, as Telegram HTML in parts and as a chart."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta, timezone
from typing import Any

from knowledge.base import KnowledgeBase
from knowledge.learning import SENT_ON
from knowledge.telling.admin_texts import admin_text
from knowledge.telling.charts import Chart, Series
from knowledge.telling.formats import number, percent
from knowledge.telling.names import region_name
from knowledge.telling.sentences import cut, safe, tables

DayRow = tuple[date, tuple[int, int, int]]
"""A day, and how many questions were answered, asked back, not answered."""

VIETNAM = timezone(timedelta(hours=7))
MOST_NAMED = 5
LONGEST_NAME = 70
MOST_COLUMNS = 45
"""Days that one picture shows singly; of more, weeks are shown."""

OUTCOMES = ("Trả lời được", "Hỏi lại", "Chưa trả lời được")
_KINDS: dict[str, str] = tables("usage")["kinds"]
_TOPICS: dict[str, str] = tables("usage")["topics"]


def usage_html(
    days: Sequence[DayRow],
    kinds: Sequence[tuple[str, int]],
    topics: Sequence[tuple[str, int]],
    counts: tuple[int, int, int],
    base: KnowledgeBase,
) -> list[str]:
    """Numbers of some days. `topics`: (`indicator:…`, count) and so on; `counts`: gaps, liked, disliked."""
    gaps, liked, disliked = counts
    totals = [sum(row[1][column] for row in days) for column in range(3)]
    every = sum(totals)
    lines = [f"<b>{_title(days)}</b>", f"Câu hỏi: <b>{number(every, 0)}</b>{_a_day(every, len(days))}"]
    lines += [
        f"• {name}: {number(count, 0)} ({percent(100 * count / every)})"
        for name, count in zip(OUTCOMES, totals, strict=True)
    ]
    lines.append(f"👍 {number(liked, 0)} · 👎 {number(disliked, 0)}")
    lines.append(f"Câu bí, hỏi lại hai lần hoặc bị chê: {number(gaps, 0)} (/chua_tra_loi)")
    if kinds:
        lines.append("Loại câu: " + ", ".join(f"{_KINDS.get(kind, kind)} {count}" for kind, count in kinds))
    if sent := dict(topics).get(SENT_ON):
        lines.append(f"Trong đó gửi sang trò chuyện khác bằng @: {number(sent, 0)}")
    for code, head in _TOPICS.items():
        named = [(topic.partition(":")[2], count) for topic, count in topics if topic.startswith(f"{code}:")]
        if named:
            told = "; ".join(f"{safe(_name(code, id_, base))} {count}" for id_, count in named[:MOST_NAMED])
            lines.append(f"{head}: {told}")
    return lines


def _a_day(count: int, days: int) -> str:
    return f", trung bình {number(round(count / days, 1))} câu một ngày" if days > 1 else ""


def _title(days: Sequence[DayRow]) -> str:
    last = _date(days[-1][0], year=True)
    return f"Ngày {last}" if len(days) == 1 else f"{len(days)} ngày, từ {_date(days[0][0])} đến {last}"


def _date(day: date, *, year: bool = False) -> str:
    return f"{day.day}/{day.month}/{day.year}" if year else f"{day.day}/{day.month}"


def _name(code: str, id_: str, base: KnowledgeBase) -> str:
    if code == "region":
        return region_name(base.names, id_)
    if code == "support":
        level = next((one for one in base.levels.values() if one.activity == id_), None)
        return cut(level.name, LONGEST_NAME) if level else id_
    if code == "event":
        return cut(base.events[id_].name, LONGEST_NAME) if id_ in base.events else id_
    if code == "document":
        document = base.documents.get(id_)
        return (
            cut(f"{document.kind} {document.number}" if document.number else document.title, LONGEST_NAME)
            if document
            else id_
        )
    if code == "entry":
        return cut(base.entries[id_].title, LONGEST_NAME) if id_ in base.entries else id_
    return base.names.get(id_, id_)


def usage_caption(days: Sequence[DayRow]) -> str:
    """What stands below the picture."""
    return f"Câu hỏi mỗi {'ngày' if len(days) <= MOST_COLUMNS else 'tuần'}: {_title(days)[:1].lower()}{_title(days)[1:]}"


def usage_chart(days: Sequence[DayRow]) -> Chart:
    """Questions a day, or a week (named by its first day) where there are many days."""
    size = 1 if len(days) <= MOST_COLUMNS else 7
    weeks = [days[start : start + size] for start in range(len(days) % size, len(days), size)]
    if len(days) % size:
        weeks.insert(0, days[: len(days) % size])
    series = tuple(
        Series(name, tuple(float(sum(row[1][column] for row in week)) for week in weeks))
        for column, name in enumerate(OUTCOMES)
    )
    what = "ngày" if size == 1 else "tuần (từ ngày)"
    return Chart(
        "columns",
        f"Câu hỏi mỗi {what.partition(' ')[0]}",
        f"số câu, theo {what}",
        tuple(_date(week[0][0]) for week in weeks),
        series,
        source="Nguồn: số đếm của bot, không kèm lời câu hỏi",
        as_of=f"Tính đến {_date(days[-1][0], year=True)}",
    )


def standing_html(facts: Mapping[str, Any], rows: Mapping[str, int]) -> list[str]:
    """The state of the base. `rows`: table → count."""
    counts = ", ".join(f"{number(count, 0)} {admin_text(table)}" for table, count in rows.items())
    lines = [
        "<b>Tình trạng</b>",
        f"Phiên bản: {safe(facts['version'])}",
        f"Cơ sở dữ liệu: {number(round(facts['size'] / 1024**2, 1))} MB; {number(facts['questions'], 0)} lượt hỏi được đếm",
        f"Nội dung: {counts}",
        f"Dựng kho: {_time(facts['built']) or 'chưa rõ'}"
        + (", đã sửa thêm tại chỗ" if facts["changed"] else ""),
        f"Sửa gần nhất: {_time(facts['edited'])}, <code>{safe(facts['row'])}</code> (/lich_su)"
        if facts["edited"]
        else "Sửa gần nhất: chưa có",
        f"Sao lưu gần nhất: {_time(facts['backup'])}"
        if facts["backup"]
        else "Sao lưu gần nhất: chưa có. Tạo: /sao_luu",
    ]
    if facts["waiting"]:
        lines.append(f"Bản đang chờ bấm Lưu: {facts['waiting']}")
    if facts["pending"] is not None:
        lines.append(f"Đề xuất chờ duyệt: {facts['pending']}")
    return lines


def check_html(count: int, rows: Sequence[tuple[str, str, str]], start: int) -> list[str]:
    """(table, id, name) of rows that need a check, of `count` in all, from number `start` on."""
    if not count:
        return ["Cần đối chiếu: không có dòng nào."]
    shown = f", từ {start + 1} đến {start + len(rows)}" if count > len(rows) else ""
    lines = [f"<b>Cần đối chiếu</b>: {number(count, 0)} dòng{shown}. Xong thì: /sua mã tình trạng = in_force"]
    lines += [
        f"• <code>{safe(id_)}</code> ({admin_text(table)}): {safe(cut(name, LONGEST_NAME))}"
        for table, id_, name in rows
    ]
    return ["\n".join(lines)]


def more_label(*, last: bool) -> str:
    """The button below rows that need a check."""
    return "Về đầu" if last else "Xem thêm"


def _time(iso: str) -> str:
    return datetime.fromisoformat(iso).astimezone(VIETNAM).strftime("%d/%m/%Y %H:%M") if iso else ""
