"""The figures of a report: time map, misfit, training curve, held-out error, what colours rest on. Figures are handed in; words, too."""
from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from engine.report.drawing import ACCENT, EDGE, HELD, INK, LINE, OK, QUIET, WARN, WIDTH, Drawing, Point

LEFT, RIGHT = 88.0, 150.0       # for words beside a plot
PLOT = WIDTH - LEFT - RIGHT
MOST = 600                      # points of a line across
LINES = 90                      # of a time map

KINDS = {"reference": ACCENT, "painted": "#b3651b", "similar": HELD, "kept": OK, "extrapolated": EDGE,
         "print": OK, "neighbours": "#4f9a74", "telecine": ACCENT, "net": "#a32a1d"}

Number = Callable[[float], str]


def time_map(partners: Sequence[int | None], reference: int, doubtful: frozenset[int], words: tuple[str, str], names: tuple[str, str],
             none: str) -> Drawing:
    """Scan above, its `reference` frames below, a line for every n matched frames; hatched where a scan frame has no partner. `words`
    are those of the two films, `names` the first and the last frame."""
    count = max(len(partners), reference, 1)
    drawing, room = Drawing(150), WIDTH - LEFT - 12
    step = room / count
    drawing.word(0, 40, words[0], INK, strong=True)
    drawing.word(0, 117, words[1], INK, strong=True)
    drawing.box(LEFT, 26, step * len(partners), 22, LINE)
    drawing.box(LEFT, 102, step * reference, 22, LINE)
    for start, stop in stretches([partner is None for partner in partners]):
        drawing.hatched(LEFT + start * step, 26, max(2.0, (stop - start) * step), 22)
    matched = [(i, partner) for i, partner in enumerate(partners) if partner is not None]
    for i, partner in matched[::max(1, len(matched) // LINES)]:
        _tie(drawing, i, partner, step, EDGE, 0.6)
    for i, partner in (pair for pair in matched if pair[0] in doubtful):
        _tie(drawing, i, partner, step, WARN, 1.4)
    drawing.word(LEFT, 18, names[0])
    drawing.word(LEFT + step * len(partners), 18, names[1], anchor="end")
    if any(partner is None for partner in partners):
        drawing.hatched(LEFT, 136, 22, 10)
        drawing.word(LEFT + 28, 146, none)
    return drawing


def _tie(drawing: Drawing, scan: int, partner: int, step: float, colour: str, width: float) -> None:
    drawing.line(((LEFT + (scan + 0.5) * step, 48), (LEFT + (partner + 0.5) * step, 102)), colour, width)


def stretches(flags: Sequence[bool]) -> list[tuple[int, int]]:
    """[start, stop) of each run of true ones."""
    found, begun = list[tuple[int, int]](), -1
    for place, flag in enumerate((*flags, False)):
        if flag and begun < 0:
            begun = place
        elif not flag and begun >= 0:
            found.append((begun, place))
            begun = -1
    return found


def misfit(values: Sequence[float | None], limit: float, doubtful: frozenset[int], number: Number, names: tuple[str, str], unit: str,
           said: str) -> Drawing:
    """Misfit of each scan frame in pixels, the worst of those that share a place across; a dashed line at `limit`, called `said`."""
    drawing, height, top = Drawing(190), 130.0, 14.0
    known = [value for value in values if value is not None]
    ceiling = 1.15 * max(limit, *known) if known else 1.15 * limit

    def y(value: float) -> float:
        return top + height * (1 - value / ceiling)

    for value in ticks(ceiling):
        drawing.line(((LEFT, y(value)), (LEFT + PLOT, y(value))), LINE, 0.6)
        drawing.word(LEFT - 8, y(value) + 4, number(value), anchor="end")
    drawing.word(0, top + 4, unit)
    columns = max(1, -(-len(values) // MOST))
    step = PLOT / max(1, len(values))
    for first in range(0, len(values), columns):
        frames = [i for i in range(first, min(first + columns, len(values))) if values[i] is not None]
        if frames:
            worst = max(frames, key=lambda i: values[i] or 0.0)
            colour = WARN if any(i in doubtful for i in frames) else ACCENT
            drawing.dot(LEFT + (worst + 0.5) * step, y(values[worst] or 0.0), 2.6 if colour == WARN else 1.6, colour)
    drawing.line(((LEFT, y(limit)), (LEFT + PLOT, y(limit))), INK, 1.0, (5, 4))
    drawing.word(LEFT + PLOT + 8, y(limit) + 4, said, INK)
    drawing.word(LEFT, top + height + 22, names[0])
    drawing.word(LEFT + PLOT, top + height + 22, names[1], anchor="end")
    return drawing


@dataclass(frozen=True)
class Level:
    """A figure that holds for the whole training: a LUT, the scan as it is."""

    name: str
    value: float


def curve(training: Sequence[Point], held_out: Sequence[Point], levels: Sequence[Level], names: tuple[str, str], number: Number,
          axis: tuple[str, str], logarithmic: bool) -> Drawing:
    """Error over steps: training thin, held out strong, `levels` dashed; names with values at the right end. `names`: of the training and
    of the held-out curve; `axis`: what is counted across and up."""
    drawing, top, height = Drawing(270), 24.0, 200.0
    values = [value for _, value in (*training, *held_out) if value > 0] + [level.value for level in levels if level.value > 0]
    last = max((step for step, _ in (*training, *held_out)), default=1.0) or 1.0
    low, high = (min(values), max(values)) if values else (0.1, 1.0)
    low, high = (low / 1.25, high * 1.25) if logarithmic else (low - 1, high + 1)

    def place(point: Point) -> Point:
        step, value = point
        share = (math.log(max(value, low) / low) / math.log(high / low)) if logarithmic else (value - low) / (high - low)
        return LEFT + PLOT * step / last, top + height * (1 - min(max(share, 0.0), 1.0))

    for value in (_powers(low, high) if logarithmic else ticks(high - low, low)):
        y = place((0, value))[1]
        drawing.line(((LEFT, y), (LEFT + PLOT, y)), LINE, 0.6)
        drawing.word(LEFT - 8, y + 4, number(value), anchor="end")
    drawing.word(0, 12, axis[1])
    for value in ticks(last):
        drawing.word(LEFT + PLOT * value / last, top + height + 18, number(value) if value else "0", anchor="middle")
    drawing.word(LEFT + PLOT + 8, top + height + 18, axis[0])
    ends: list[tuple[float, str, str]] = []
    for level in levels:
        y = place((0, level.value))[1]
        drawing.line(((LEFT, y), (LEFT + PLOT, y)), QUIET, 1.0, (6, 4))
        ends.append((y, f"{level.name} {number(level.value)}", QUIET))
    for points, colour, width, name in ((training, EDGE, 1.0, names[0]), (held_out, HELD, 2.5, names[1])):
        if points:
            drawing.line([place(point) for point in thinned(points)], colour, width)
            ends.append((place(points[-1])[1], f"{name} {number(points[-1][1])}", colour if colour == HELD else QUIET))
    if held_out:
        drawing.dot(*place(held_out[-1]), 4, HELD)
    for y, text, colour in apart(ends, 16, top, top + height):
        drawing.word(LEFT + PLOT + 10, y + 4, text, colour, strong=colour == HELD)
    return drawing


def thinned(points: Sequence[Point], most: int = MOST) -> list[Point]:
    """Every n-th point, and the last."""
    every = max(1, len(points) // most)
    return [*points[:-1:every], points[-1]]


def apart(ends: Sequence[tuple[float, str, str]], least: float, top: float, bottom: float) -> list[tuple[float, str, str]]:
    """The words moved up and down until they stand `least` apart, in their order."""
    placed = sorted(ends)
    ys = [y for y, _, _ in placed]
    for i in range(1, len(ys)):
        ys[i] = max(ys[i], ys[i - 1] + least)
    if ys and ys[-1] > bottom:
        ys[-1] = bottom
        for i in range(len(ys) - 2, -1, -1):
            ys[i] = min(ys[i], ys[i + 1] - least)
    return [(max(y, top - 8), text, colour) for y, (_, text, colour) in zip(ys, placed, strict=True)]


def bars(rows: Sequence[tuple[str, float, str]], number: Number) -> Drawing:
    """(name, figure, colour) as bars from zero, the figure at the end of each."""
    drawing, most = Drawing(10 + 34 * len(rows)), max((value for _, value, _ in rows), default=1.0) or 1.0
    for place, (name, value, colour) in enumerate(rows):
        y = 8 + 34 * place
        drawing.word(0, y + 15, name, INK, size=13)
        drawing.box(240, y, max(2.0, (WIDTH - 240 - 70) * value / most), 20, colour)
        drawing.word(240 + max(2.0, (WIDTH - 240 - 70) * value / most) + 8, y + 15, number(value), INK, strong=True, size=13)
    return drawing


def grounds(frames: Sequence[str], shares: Sequence[dict[str, float]], names: dict[str, str], number: Number) -> Drawing:
    """For frames spread over the film, a column of what they rest on, by kind; `names` are those of the kinds, in order from below."""
    drawing, top, height, gap = Drawing(196), 14.0, 130.0, 2.0
    step = PLOT / max(1, len(frames))
    for place, of in enumerate(shares):
        y = top + height
        for kind in names:
            part = height * of.get(kind, 0.0)
            drawing.box(LEFT + place * step, y - part, max(step - gap, 1.0), part, KINDS[kind])
            y -= part
    for share in (0.0, 0.5, 1.0):
        drawing.word(LEFT - 8, top + height * (1 - share) + 4, f"{number(100 * share)} %", anchor="end")
    if frames:
        drawing.word(LEFT, top + height + 22, frames[0])
        drawing.word(LEFT + PLOT, top + height + 22, frames[-1], anchor="end")
    seen = [kind for kind in names if any(of.get(kind, 0.0) > 0 for of in shares)]
    for place, kind in enumerate(reversed(seen)):
        drawing.box(LEFT + PLOT + 10, top + 20 * place, 12, 12, KINDS[kind])
        drawing.word(LEFT + PLOT + 28, top + 20 * place + 10, names[kind], INK)
    return drawing


def ticks(span: float, start: float = 0.0) -> list[float]:
    """Some four round values in start..start + span."""
    if span <= 0:
        return [start]
    raw = span / 4
    size = 10.0 ** math.floor(math.log10(raw))
    step = next(size * m for m in (1, 2, 2.5, 5, 10) if size * m >= raw)
    first = math.ceil(start / step) * step
    return [first + step * i for i in range(int((start + span - first) / step + 1e-9) + 1)]


def _powers(low: float, high: float) -> list[float]:
    """Powers of two in a range, so few that they can be told apart."""
    found = [2.0 ** e for e in range(math.ceil(math.log2(low)), math.floor(math.log2(high)) + 1)]
    return found[::max(1, len(found) // 6)]
