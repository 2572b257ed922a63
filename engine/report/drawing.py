"""A figure made of lines, boxes and words: shown as SVG in a page, and drawn the same in PDF. No pictures, no clock, no chance."""
from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from html import escape

INK, QUIET, EDGE, LINE, PALE = "#1a1a1a", "#454545", "#767676", "#cfcfcf", "#f0f0f0"
ACCENT, HELD, WARN, OK, ERR = "#2a5d87", "#6440a0", "#7a4e00", "#23673d", "#a32a1d"
WIDTH = 720.0           # of every figure; heights follow

Point = tuple[float, float]


@dataclass(frozen=True)
class Stroke:
    """A line through points; `dash` gives lengths of line and gap."""

    points: tuple[Point, ...]
    colour: str = INK
    width: float = 1.0
    dash: tuple[float, float] | None = None


@dataclass(frozen=True)
class Box:
    """A filled box; x, y is its upper left corner."""

    x: float
    y: float
    width: float
    height: float
    fill: str


@dataclass(frozen=True)
class Dot:
    """A filled circle about x, y."""

    x: float
    y: float
    radius: float
    fill: str


@dataclass(frozen=True)
class Word:
    """Text on a baseline at x, y; `anchor` 'start', 'middle' or 'end'."""

    x: float
    y: float
    text: str
    colour: str = QUIET
    anchor: str = "start"
    strong: bool = False
    size: float = 12.0


Shape = Stroke | Box | Dot | Word


@dataclass
class Drawing:
    """WIDTH x `height` units, y downwards, later shapes over earlier ones."""

    height: float
    shapes: list[Shape] = field(default_factory=list)

    def line(self, points: Sequence[Point], colour: str = INK, width: float = 1.0, dash: tuple[float, float] | None = None) -> None:
        if len(points) > 1:
            self.shapes.append(Stroke(tuple(points), colour, width, dash))

    def box(self, x: float, y: float, width: float, height: float, fill: str) -> None:
        self.shapes.append(Box(x, y, max(width, 0.0), max(height, 0.0), fill))

    def dot(self, x: float, y: float, radius: float, fill: str) -> None:
        self.shapes.append(Dot(x, y, radius, fill))

    def word(self, x: float, y: float, text: str, colour: str = QUIET, anchor: str = "start", strong: bool = False,
             size: float = 12.0) -> None:
        self.shapes.append(Word(x, y, text, colour, anchor, strong, size))

    def hatched(self, x: float, y: float, width: float, height: float, step: float = 6.0) -> None:
        """Slanting lines in a box: nothing is there."""
        self.box(x, y, width, height, PALE)
        at = x - height
        while at < x + width:
            low, high = max(at, x), min(at + height, x + width)
            if high > low:
                self.line(((low, y + height - (low - at)), (high, y + height - (high - at))), EDGE, 0.6)
            at += step

    def svg(self, says: str) -> str:
        """An inline SVG; `says` is what it shows, for whoever cannot see it."""
        body = "".join(map(_svg, self.shapes))
        return f'<svg viewBox="0 0 {WIDTH:g} {self.height:g}" role="img" aria-label="{escape(says)}">{body}</svg>'


def _svg(shape: Shape) -> str:
    if isinstance(shape, Stroke):
        points = " ".join(f"{x:.1f},{y:.1f}" for x, y in shape.points)
        dash = f' stroke-dasharray="{shape.dash[0]:g} {shape.dash[1]:g}"' if shape.dash else ""
        return f'<polyline points="{points}" fill="none" stroke="{shape.colour}" stroke-width="{shape.width:g}"{dash}/>'
    if isinstance(shape, Box):
        return f'<rect x="{shape.x:.1f}" y="{shape.y:.1f}" width="{shape.width:.1f}" height="{shape.height:.1f}" fill="{shape.fill}"/>'
    if isinstance(shape, Dot):
        return f'<circle cx="{shape.x:.1f}" cy="{shape.y:.1f}" r="{shape.radius:g}" fill="{shape.fill}"/>'
    weight = ' font-weight="600"' if shape.strong else ""
    anchor = f' text-anchor="{shape.anchor}"' if shape.anchor != "start" else ""
    return (f'<text x="{shape.x:.1f}" y="{shape.y:.1f}" font-size="{shape.size:g}" fill="{shape.colour}"{anchor}{weight}>'
            f'{escape(shape.text)}</text>')
