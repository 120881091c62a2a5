"""Pictures: horizontal bars, stacked columns, lines, with title, unit, source and date inside the picture.

Made for a phone: 1,080 pixels wide, large letters, dark ink on light paper that is part of the picture, so that it reads
the same in a light and in a dark chat. The drawing library is loaded with the first picture, not before.
"""

from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from threading import Lock
from typing import TYPE_CHECKING, Any, Literal

from knowledge.telling.formats import number
from knowledge.telling.lettering import ASIDE, FONT, drawable, free_side, wrapped

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

PAPER, INK, GREY, GRID = "#FCFCFA", "#1B1B1B", "#4A4A4A", "#D9D9D4"
COLOURS = ("#0B5394", "#B45309", "#1B6E3C", "#7B2D8B", "#8A1C2B")
"""Of the series, in order; each has a contrast of 4.5 : 1 or more to the paper, and the first two differ to everybody."""
HATCHES = ("", "//", "..", "xx", "\\\\")

WIDTH, DPI = 5.4, 200
MARGIN = 0.035
TITLE_SIZE, TEXT_SIZE, SMALL_SIZE = 15.0, 12.0, 10.0
MOST_BARS, MOST_LABELS = 14, 7
UNIT = "Đơn vị:"
NARROW = 0.36
"""Share of the width that the names of horizontal bars may take."""
ROW_LINES, LINE_HEIGHT = 2, 0.24
"""Lines of a name for which the row of one bar has room; the inches that each further one takes."""


@dataclass(frozen=True, slots=True)
class Series:
    """Values in the chart's unit, None where there is none; `shown`: how they are written, where not as a bare number."""

    name: str
    values: tuple[float | None, ...]
    shown: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Chart:
    """What a picture says. `labels`: of the categories; `positions`: where on the axis a line's points stand, if not evenly.

    `source` and `as_of` stand below, as sentences.
    """

    kind: Literal["bars", "columns", "lines"]
    title: str
    unit: str
    labels: tuple[str, ...]
    series: tuple[Series, ...]
    source: str = ""
    as_of: str = ""
    positions: tuple[float, ...] = ()


_drawing = Lock()  # the library's caches are shared


@lru_cache(maxsize=16)
def png(chart: Chart) -> bytes:
    """The picture as a PNG file; a picture made lately is not made again. Takes up to a second: call it in a thread."""
    with _drawing:
        out = io.BytesIO()
        draw(chart).savefig(out, format="png", dpi=DPI, facecolor=PAPER)
    return out.getvalue()


def draw(chart: Chart) -> Figure:
    """The picture before it is a file. Raises `ValueError` where there is nothing to draw, or too much for one picture."""
    if not chart.labels or not chart.series or len(chart.series) > len(COLOURS):
        raise ValueError("nothing to draw, or too many series")
    if chart.kind == "bars" and len(chart.labels) * len(chart.series) > MOST_BARS:
        raise ValueError("too many bars")
    from matplotlib.backends.backend_agg import FigureCanvasAgg
    from matplotlib.figure import Figure

    rows = len(chart.labels) * len(chart.series)
    height = 2.7 + 0.42 * rows + 0.12 * len(chart.labels) if chart.kind == "bars" else 5.0
    figure = Figure(figsize=(WIDTH, height), dpi=DPI, facecolor=PAPER)
    renderer = FigureCanvasAgg(figure).get_renderer()  # type: ignore[no-untyped-call]
    if chart.kind == "bars" and (more := _more_lines(chart, renderer, WIDTH * DPI * NARROW)):
        height += more * LINE_HEIGHT * len(chart.labels)
        figure = Figure(figsize=(WIDTH, height), dpi=DPI, facecolor=PAPER)
        renderer = FigureCanvasAgg(figure).get_renderer()  # type: ignore[no-untyped-call]
    top = _write(figure, renderer, chart.title, 1 - MARGIN * WIDTH / height, size=TITLE_SIZE, weight="bold")
    unit = f"{UNIT} {chart.unit}" if chart.unit else ""
    top = _write(figure, renderer, unit, top, size=TEXT_SIZE, colour=GREY)
    foot = "\n".join(filter(None, (chart.source, chart.as_of)))
    bottom = _write(figure, renderer, foot, MARGIN, size=SMALL_SIZE, colour=GREY, upwards=True)
    axes = figure.add_axes((0.12, 0.3, 0.8, 0.4), facecolor=PAPER)
    _plain(axes)
    {"bars": _bars, "columns": _columns, "lines": _lines}[chart.kind](axes, chart, renderer)
    if len(chart.series) > 1:
        top = _legend(figure, axes, renderer, top)
    gap = 0.14 / height
    _fit(axes, renderer, (MARGIN, bottom + gap, 1 - MARGIN, top - gap))
    if chart.kind == "bars":
        _bar_values(axes, chart, renderer)
    return figure


def _more_lines(chart: Chart, renderer: Any, width: float) -> int:
    """How many lines the longest name of a bar has beyond those for which a row has room."""
    lines = (wrapped(renderer, label, TEXT_SIZE - 1, width).count("\n") + 1 for label in chart.labels)
    return max(0, max(lines) - ROW_LINES * len(chart.series))


def _write(
    figure: Figure,
    renderer: Any,
    text: str,
    y: float,
    *,
    size: float,
    colour: str = INK,
    weight: str = "normal",
    upwards: bool = False,
) -> float:
    """Write a text in as many lines as it needs below `y` (or above it); where the next may begin."""
    if not text:
        return y
    width = figure.bbox.width * (1 - 2 * MARGIN)
    shown = wrapped(renderer, text, size, width, weight)
    artist = figure.text(
        MARGIN, y, shown, fontsize=size, color=colour, fontweight=weight, fontfamily=FONT,
        va="bottom" if upwards else "top", ha="left", linespacing=1.25, parse_math=False,
    )  # fmt: skip
    box = artist.get_window_extent(renderer)
    space = 0.07 * DPI
    return float((box.y1 + space if upwards else box.y0 - space) / figure.bbox.height)


def _plain(axes: Axes) -> None:
    for side in ("top", "right"):
        axes.spines[side].set_visible(False)
    for side in ("left", "bottom"):
        axes.spines[side].set_color(GREY)
    axes.tick_params(colors=INK, labelsize=TEXT_SIZE - 1, length=0, pad=6)
    axes.set_axisbelow(True)


def _bars(axes: Axes, chart: Chart, renderer: Any) -> None:
    """Horizontal bars from zero, the first category on top; the categories' names beside them."""
    thick = 0.8 / len(chart.series)
    for place, one in enumerate(chart.series):
        at = [row + (place - (len(chart.series) - 1) / 2) * thick for row in range(len(chart.labels))]
        values = [value or 0.0 for value in one.values]
        axes.barh(
            at, values, thick * 0.92, color=COLOURS[place], hatch=HATCHES[place], edgecolor=PAPER,
            linewidth=0, label=one.name,
        )  # fmt: skip
    width = axes.figure.bbox.width * NARROW
    names = [wrapped(renderer, label, TEXT_SIZE - 1, width) for label in chart.labels]
    axes.set_yticks(range(len(names)), names, parse_math=False)
    axes.set_ylim(len(names) - 0.5, -0.5)
    low, high = _ends(chart)
    axes.set_xlim(low * 1.02, high * 1.02)
    axes.set_xticks([])
    axes.spines["bottom"].set_visible(False)
    if low < 0:
        axes.spines["left"].set_visible(False)
        axes.axvline(0, color=GREY, linewidth=1)


def _bar_values(axes: Axes, chart: Chart, renderer: Any) -> None:
    """What each bar amounts to: within it where there is room, else behind it, for which room is made."""
    thick = 0.8 / len(chart.series)
    pad, width = 0.05 * DPI, axes.bbox.width
    written = []
    for place, one in enumerate(chart.series):
        for row, value in enumerate(one.values):
            at = row + (place - (len(chart.series) - 1) / 2) * thick
            shown = wrapped(renderer, _shown(one, row), TEXT_SIZE - 1, width * 0.6)
            artist = axes.text(
                0, at, shown, fontsize=TEXT_SIZE - 1, fontfamily=FONT, va="center", parse_math=False
            )
            room = artist.get_window_extent(renderer).width + 2 * pad
            written.append((artist, value or 0.0, room, COLOURS[place]))
    left, right = axes.get_xlim()
    for _ in range(40):
        scale = width / (right - left)
        if all(room < abs(value) * scale or max(value, 0.0) * scale + room <= right * scale
               for _, value, room, _ in written):  # fmt: skip
            break
        right += 0.08 * (right - left)
    axes.set_xlim(left, right)
    for artist, value, room, colour in written:
        inside = room < abs(value) * scale
        inner = pad if value < 0 else -pad
        artist.set_x(value + inner / scale if inside else max(value, 0.0) + pad / scale)
        artist.set_horizontalalignment("left" if not inside or value < 0 else "right")
        artist.set_color(PAPER if inside else INK)
        if inside:
            artist.set_bbox({"facecolor": colour, "edgecolor": "none", "pad": 1.5})


def _columns(axes: Axes, chart: Chart, renderer: Any) -> None:
    """Columns stacked from zero."""
    at = range(len(chart.labels))
    base = [0.0] * len(chart.labels)
    for place, one in enumerate(chart.series):
        values = [value or 0.0 for value in one.values]
        axes.bar(
            at, values, 0.82, bottom=base, color=COLOURS[place], hatch=HATCHES[place], edgecolor=PAPER,
            linewidth=0, label=one.name,
        )  # fmt: skip
        base = [below + value for below, value in zip(base, values, strict=True)]
    axes.set_xlim(-0.6, len(base) - 0.4)
    axes.set_ylim(0, max([*base, 1.0]) * 1.08)
    _scale(axes, list(at), chart.labels, whole=True)


def _lines(axes: Axes, chart: Chart, renderer: Any) -> None:
    """Lines with a mark at each point, broken where there is no value; written out where there is room."""
    at = list(chart.positions or range(len(chart.labels)))
    for place, one in enumerate(chart.series):
        values = [float("nan") if value is None else value for value in one.values]
        axes.plot(
            at, values, color=COLOURS[place], linewidth=2.4, label=one.name, marker="os^Dv"[place],
            markersize=7, linestyle=("-", "--", "-.", ":", "-")[place],
        )  # fmt: skip
        if len(chart.series) <= 2 and sum(value is not None for value in one.values) <= MOST_LABELS:
            for column, value in enumerate(one.values):
                if value is not None:
                    alone = len(chart.series) == 1
                    beside, above = free_side(one.values, column) if alone else ("center", not place)
                    axes.annotate(
                        _shown(one, column), (at[column], value), xytext=(ASIDE[beside], 9 if above else -16),
                        textcoords="offset points", ha=beside, fontsize=SMALL_SIZE, color=COLOURS[place],
                        fontfamily=FONT, parse_math=False, zorder=1.5,
                        bbox={"facecolor": PAPER, "edgecolor": "none", "pad": 0.5},
                    )  # fmt: skip
    low, high = _ends(chart)
    axes.set_ylim(low * 1.15, high * 1.18)
    span = (at[-1] - at[0]) or 1.0
    axes.set_xlim(at[0] - 0.09 * span, at[-1] + 0.09 * span)
    _scale(axes, at, chart.labels)


def _scale(axes: Axes, at: Sequence[float], labels: Sequence[str], *, whole: bool = False) -> None:
    """Few labels below, numbers as Vietnamese readers write them beside, light lines across. `whole`: no fractions."""
    from matplotlib.ticker import MaxNLocator

    step = -(-len(labels) // MOST_LABELS)
    axes.set_xticks(list(at)[::step], [drawable(label) for label in labels[::step]], parse_math=False)
    low, high = axes.get_ylim()
    marks = MaxNLocator(5, integer=whole, min_n_ticks=2).tick_values(low, high)
    within = [float(mark) for mark in marks if low <= mark <= high]
    axes.set_yticks(within, [number(round(mark, 6)) for mark in within], parse_math=False)
    axes.grid(axis="y", color=GRID, linewidth=0.8)


def _legend(figure: Figure, axes: Axes, renderer: Any, top: float) -> float:
    """The names of the series below `top`, in as many columns as fit; where the next may begin."""
    handles, names = axes.get_legend_handles_labels()
    width = figure.bbox.width * 0.8
    names = [wrapped(renderer, name, TEXT_SIZE - 1, width) for name in names]
    for columns in range(len(names), 0, -1):
        legend = figure.legend(
            handles, names, loc="upper left", bbox_to_anchor=(MARGIN, top - 0.03 * DPI / figure.bbox.height),
            ncols=columns, frameon=False,
            borderpad=0, borderaxespad=0, handlelength=1.4, columnspacing=1.2, labelcolor=INK,
            prop={"family": FONT, "size": TEXT_SIZE - 1},
        )  # fmt: skip
        box = legend.get_window_extent(renderer)
        if box.x1 <= figure.bbox.width * (1 - MARGIN) or columns == 1:
            break
        legend.remove()
    return float((box.y0 - 0.04 * DPI) / figure.bbox.height)


def _fit(axes: Axes, renderer: Any, wanted: tuple[float, float, float, float]) -> None:
    """Make the axes, with all that is written around them, fill the rectangle (left, bottom, right, top)."""
    width, height = axes.figure.bbox.width, axes.figure.bbox.height
    axes.set_position((wanted[0], wanted[1], wanted[2] - wanted[0], wanted[3] - wanted[1]))
    for _ in range(3):
        axes.apply_aspect()
        box, place = axes.get_tightbbox(renderer), axes.get_position()
        if box is None:
            return
        left, bottom = (
            place.x0 + wanted[0] - box.x0 / width,
            place.y0 + wanted[1] - box.y0 / height,
        )
        right, upper = place.x1 + wanted[2] - box.x1 / width, place.y1 + wanted[3] - box.y1 / height
        axes.set_position((left, bottom, max(right - left, 0.1), max(upper - bottom, 0.1)))


def _ends(chart: Chart) -> tuple[float, float]:
    values = [value for one in chart.series for value in one.values if value is not None]
    low, high = min([0.0, *values]), max([0.0, *values])
    return (low, high) if high > low else (0.0, 1.0)


def _shown(one: Series, place: int) -> str:
    value = one.values[place]
    if one.shown:
        return drawable(one.shown[place])
    return "chưa có" if value is None else number(value)
