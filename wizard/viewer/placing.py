"""Where a frame lies in a pane of the view: zoom and the point in the middle. Full pixels of the frame on one side, screen pixels counted
from the middle of the pane on the other. No Qt."""
from __future__ import annotations

from dataclasses import dataclass, replace

Point = tuple[float, float]

LARGEST = 32.0
MARGIN = 8.0


@dataclass(frozen=True)
class Placing:
    """`zoom` is screen pixels a full pixel (`aspect` times that across); `middle` is the frame's point in the pane's middle."""

    full: tuple[int, int]
    aspect: float = 1.0
    zoom: float = 1.0
    middle: Point = (0.0, 0.0)

    def on_screen(self, point: Point) -> Point:
        return (point[0] - self.middle[0]) * self.zoom * self.aspect, (point[1] - self.middle[1]) * self.zoom

    def on_frame(self, place: Point) -> Point:
        return self.middle[0] + place[0] / (self.zoom * self.aspect), self.middle[1] + place[1] / self.zoom

    def fit_zoom(self, pane: Point) -> float:
        """The zoom at which the whole frame is seen with a margin round it."""
        wide, high = max(pane[0] - 2 * MARGIN, 16), max(pane[1] - 2 * MARGIN, 16)
        return min(wide / (self.full[0] * self.aspect), high / self.full[1])

    def fitted(self, pane: Point) -> Placing:
        return replace(self, zoom=self.fit_zoom(pane), middle=(self.full[0] / 2, self.full[1] / 2))

    def zoomed(self, factor: float, at: Point, pane: Point) -> Placing:
        """Zoomed by `factor`, the frame's point at the screen place `at` staying there. Never smaller than fit (or 1:1 if small)."""
        fit = self.fit_zoom(pane)
        smallest = min(fit, 1.0)
        zoom = min(max(self.zoom * factor, smallest), LARGEST)
        if zoom == smallest == fit:
            return self.fitted(pane)
        held, by = self.on_frame(at), self.zoom / zoom
        middle = (held[0] + (self.middle[0] - held[0]) * by, held[1] + (self.middle[1] - held[1]) * by)
        return replace(self, zoom=zoom, middle=self._inside(middle))

    def moved(self, dx: float, dy: float) -> Placing:
        """The frame dragged by screen pixels; some of it always stays in the middle of the pane."""
        return replace(self, middle=self._inside(self.on_frame((-dx, -dy))))

    def _inside(self, middle: Point) -> Point:
        return min(max(middle[0], 0.0), float(self.full[0])), min(max(middle[1], 0.0), float(self.full[1]))
