"""What `kb check` holds the content against, beyond that it loads: relations among figures, what each record must say,
figures against their printed form. Failures must be mended; notices are listed for a person to look at."""

from __future__ import annotations

import csv
import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path

from db.errors import ContentError, Problem
from db.files import REFUSED, Content, Row, content_files, written
from db.loading import read_content
from db.rules import (
    entry_problems,
    of_one_slot,
    rule_problems,
    undeclared,
    version_problems,
    wording_problems,
)
from knowledge.arithmetic import (
    Interval,
    Measured,
    Outcome,
    agrees,
    change,
    compare,
    measure,
    ratio,
    readings,
    share_in_sum,
    total,
)
from knowledge.records import Figure, Relation

COMPUTED = frozenset({"ratio", "sum", "shares", "change", "same"})
"""Kinds whose verdict is recomputed: `match`, `rounding` or `mismatch`."""

JUDGED = frozenset(
    {
        *("implied", "plausibility", "wording", "date", "feasibility", "sequence"),
        *("count", "unit", "year", "cross", "repeated"),
    }
)
"""Kinds whose verdict is somebody's judgment and is only checked to be one of `VERDICTS`."""

VERDICTS = frozenset(
    {
        *("match", "rounding", "mismatch", "consistent", "not_printed", "not_checkable"),
        *("misprint_unit", "misprint_year", "doubtful_unit", "wording", "hypothesis"),
    }
)


NEEDS_CHECK = "Cần kiểm tra lại (needs_check)"
"""The head of the list that is always shown in full: rules that a newer text may have changed."""


@dataclass(frozen=True, slots=True)
class Report:
    """Failures, and headed lists of what to look at."""

    failures: tuple[Problem, ...]
    notices: dict[str, list[str]] = field(default_factory=dict)
    counts: dict[str, int] = field(default_factory=dict)

    def lines(self, *, verbose: bool = False) -> Iterator[str]:
        """What to print: each rule that needs a check, and with `verbose` each item behind the other notices."""
        if self.counts:
            yield ", ".join(f"{table} {count}" for table, count in self.counts.items())
        for head, items in self.notices.items():
            yield f"{head}: {len(items)}"
            if verbose or head == NEEDS_CHECK:
                yield from (f"  {item}" for item in items)
        if self.failures:
            yield str(ContentError(self.failures))
        else:
            yield "Nội dung đạt."


def check(directory: Path, *, listing: bool = True) -> Report:
    """Read the content strictly and hold it against every rule; raises nothing. `listing`: with the notices."""
    try:
        content = read_content(directory)
    except ContentError as error:
        return Report(error.problems)
    failures = [
        *_codes(content),
        *_relations(content),
        *_figures(content),
        *rule_problems(content),
        *entry_problems(content),
        *version_problems(content),
        *undeclared(content),
        *_bodies(content),
        *_phrases(content),
        *wording_problems(content),
        *_refused(directory, content),
        *_unicode(directory),
    ]
    counts = {table: len(rows) for table, rows in content.items()}
    notices = _notices(directory, content) if listing else {}
    return Report(tuple(sorted(failures)), notices, counts)


def _notices(directory: Path, content: Content) -> dict[str, list[str]]:
    """What to look at, by heads."""
    notices = {
        NEEDS_CHECK: [
            f"{row.file}: {row.record.id}"
            for table in ("documents", "support_levels", "entries")
            for row in content[table]
            if row.record.status == "needs_check"
        ],
        "Tệp chưa ở dạng chuẩn (kb export viết lại)": [
            name
            for name, text in written(content).items()
            if (directory / name).read_bytes() != text.encode()
        ],
    }
    return {head: items for head, items in notices.items() if items}


def row_problems(table: str, row: Row) -> list[Problem]:
    """What a single row must mend: those rules of `check` for which no other row is needed."""
    alone: Content = defaultdict(tuple, {table: (row,)})
    return sorted([*_codes(alone), *_figures(alone), *rule_problems(alone), *entry_problems(alone)])


def _codes(content: Content) -> Iterator[Problem]:
    """Kinds and verdicts that there are none of."""
    for row in content["relations"]:
        for name, allowed in (("kind", COMPUTED | JUDGED), ("verdict", VERDICTS)):
            if getattr(row.record, name) not in allowed:
                said = (
                    f"{name} “{getattr(row.record, name)}” lạ; chọn một trong: {', '.join(sorted(allowed))}"
                )
                yield row.problem(said)


def _relations(content: Content) -> Iterator[Problem]:
    figures = {row.record.id: row.record for row in content["figures"]}
    sums = [row.record.operands for row in content["relations"] if row.record.kind == "sum"]
    for row in content["relations"]:
        relation: Relation = row.record
        if relation.kind in COMPUTED:
            outcome = recompute(relation, figures, sums)
            if outcome is None:
                yield row.problem(f"“{relation.kind}” không đủ số để tính; xem lại operands")
            elif outcome != relation.verdict:
                yield row.problem(
                    f"{relation.id} ghi “{relation.verdict}” nhưng tính lại được “{outcome}”; sửa số liệu hoặc verdict"
                )
        told = relation.kind == "same" and of_one_slot([figures[one] for one in relation.operands])
        if relation.verdict == "mismatch" and not relation.warning and not told:
            yield row.problem(f"{relation.id} là mismatch mà thiếu warning; hãy viết câu báo người hỏi")


def recompute(
    relation: Relation, figures: dict[str, Figure], sums: Sequence[Sequence[str]] = ()
) -> Outcome | None:
    """The verdict that the printed numbers give; None when the operands are not those of the kind.

    Operands: `ratio` part | whole | percent, `sum` part | … | total, `shares` share | …, `change` new | old | percent,
    `same` figure | figure. `sums` are the operands of the known sums: a share of such a total is also held against
    what it can be when the parts add up exactly (its verdict is then `rounding` where only that fails).
    """
    operands = [measure(figures[name]) for name in relation.operands]
    match relation.kind, operands:
        case "ratio", [part, whole, percent]:
            outcome = compare(ratio(part, whole), percent.interval)
            joint = _joint(relation.operands, figures, sums)
            return (
                "rounding" if outcome == "match" and joint and not joint.meets(percent.interval) else outcome
            )
        case "sum", [_, _, _, *_]:
            return compare(total(operands[:-1]), operands[-1].interval)
        case "shares", [_, _, *_]:
            return compare(total(operands), Interval(Decimal(100), Decimal(100)))
        case "change", [new, old, percent]:
            return compare(change(new, old), percent.interval)
        case "same", [first, *others] if others:
            outcomes = [_same(first, other) for other in others]
            return next((o for o in ("mismatch", "rounding") if o in outcomes), "match")
    return None


def _same(one: Measured, other: Measured) -> Outcome:
    """Equal at the coarser of the two precisions."""
    fine, coarse = sorted((one, other), key=lambda item: item.interval.high - item.interval.low)
    return compare(fine, coarse.interval)


def _joint(
    operands: Sequence[str], figures: dict[str, Figure], sums: Sequence[Sequence[str]]
) -> Interval | None:
    part, whole = operands[:2]
    for *parts, summed in sums:
        if summed == whole and part in parts:
            others = [measure(figures[name]) for name in parts if name != part]
            return share_in_sum(measure(figures[part]), others, measure(figures[whole]))
    return None


def _figures(content: Content) -> Iterator[Problem]:
    for row in content["figures"]:
        figure: Figure = row.record
        if not figure.source or not figure.as_printed:
            yield row.problem(f"{figure.id} thiếu source hoặc as_printed; số không có nguồn thì bỏ đi")
            continue
        if figure.measure == "date":
            if not _prints_date(figure):
                yield row.problem(f"{figure.id}: “{figure.as_printed}” không phải ngày {figure.value:.0f}")
        elif not agrees(figure):
            found = (
                ", ".join(str(reading.value) for reading in readings(figure.as_printed)) or "không có số nào"
            )
            yield row.problem(
                f"{figure.id}: value {figure.value} không khớp “{figure.as_printed}” (đọc được: {found}); sửa một trong hai"
            )
        if figure.value_max is not None and figure.value_max <= figure.value:
            yield row.problem(f"{figure.id}: value_max phải lớn hơn value")
        if figure.measure in ("rate", "share") and not figure.of:
            yield row.problem(f"{figure.id}: {figure.measure} phải có cột of (tỷ lệ của số nào)")


def _phrases(content: Content) -> Iterator[Problem]:
    """Phrases for a meaning that is not in the table of slots: no part of the program would ever ask for it."""
    known = {(row.record.slot, row.record.value) for row in content["slots"]}
    for row in content["lexicon"]:
        slot, value = row.record.slot, row.record.value
        if (slot, value) not in known:
            yield row.problem(
                f"“{row.record.phrase}”: slots.csv không có {slot}, {value}; sửa lại hoặc thêm vào slots.csv"
            )


def _bodies(content: Content) -> Iterator[Problem]:
    """Each province of today has one body that does khuyến công today; a base without any is one that is older."""
    today = {
        row.record.id
        for row in content["regions"]
        if row.record.kind == "province" and not row.record.valid_to
    }
    seen: set[str] = set()
    for row in content["bodies"]:
        if row.record.valid_to:
            continue
        if row.record.province not in today:
            yield row.problem(f"{row.record.id}: {row.record.province} không phải tỉnh hiện nay")
        elif row.record.province in seen:
            yield row.problem(f"{row.record.province} có hai đơn vị chưa có valid_to; chỉ giữ một")
        seen.add(row.record.province)
    if seen and (missing := sorted(today - seen)):
        yield Problem("bodies.csv", 0, f"chưa có đơn vị khuyến công của: {', '.join(missing)}")


_DATE = re.compile(r"(?:(\d{1,2})\s*(?:[/.-]|tháng)\s*)?\b(\d{1,2})\b(?:\s*(?:[/.-]|năm)\s*(\d{4})\b)?")


def _prints_date(figure: Figure) -> bool:
    """Whether the text prints the day `yyyymmdd`; a day or year that it leaves out may be any."""
    year, rest = divmod(int(figure.value), 10_000)
    month, day = divmod(rest, 100)
    return any(
        (not found[1] or int(found[1]) == day)
        and int(found[2]) == month
        and (not found[3] or int(found[3]) == year)
        and bool(found[1] or found[3])
        for found in _DATE.finditer(figure.as_printed)
    )


def _refused(directory: Path, content: Content) -> Iterator[Problem]:
    """A figure that was refused has a reason, and is not in the base."""
    file = directory / REFUSED
    if not file.exists():
        return
    taken = {row.record.id for row in content["figures"]}
    seen: set[str] = set()
    with file.open(encoding="utf-8-sig", newline="") as lines:
        for number, cells in enumerate(csv.reader(lines), 1):
            if number == 1:
                continue
            name, reason = cells if len(cells) == 2 else (cells[0] if cells else "", "")
            if not reason.strip():
                yield Problem(REFUSED, number, f"{name}: phải có hai ô, mã và lý do")
            elif name in taken:
                yield Problem(REFUSED, number, f"{name} đã có trong kho; bỏ dòng này")
            elif name in seen:
                yield Problem(REFUSED, number, f"{name} đã có ở trên; bỏ dòng này")
            seen.add(name)


def _unicode(directory: Path) -> Iterator[Problem]:
    """Text must be NFC, as it is compared and searched as such."""
    for file in content_files(directory):
        for number, line in enumerate(file.read_text(encoding="utf-8-sig").splitlines(), 1):
            if not unicodedata.is_normalized("NFC", line):
                name = file.relative_to(directory).as_posix()
                yield Problem(name, number, "chữ chưa ở dạng dựng sẵn (NFC); gõ lại hoặc chuyển mã dòng này")
