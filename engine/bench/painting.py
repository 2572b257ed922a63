"""How soon paint shows on a frame of the sample film, at the width that keyframes are painted at whatever the scan's."""
from __future__ import annotations

import statistics
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from engine.balance.balance import Balance
from engine.keyframes.keyframe import Keyframe, Op
from engine.keyframes.painted import WIDTH, Canvas
from engine.keyframes.palette import Swatch
from engine.media.open import open_source
from engine.media.source import Picture
from engine.recoveries.work import shown
from engine.run import Run
from engine.sample import make_sample

FRAME = 3
PALETTE = tuple(Swatch(number, f"colour {number}", (0.2 * number, 0.5, 1 - 0.2 * number)) for number in range(1, 5))
SCRIBBLES = tuple(Op("scribble", number, ((0.2 * number, 0.3, 1.0), (0.2 * number, 0.6, 1.0)), 0.01) for number in range(1, 5))
STROKE = Op("brush", 1, ((0.3, 0.3, 1.0), (0.4, 0.35, 1.0), (0.5, 0.3, 1.0)), 0.03, 0.5)
FILL = Op("fill", 2, ((0.5, 0.5, 1.0),))
ROUNDS = 5


def painting_rows(run: Run) -> str:
    """Seconds from an operation to its colour, as Markdown; each on a canvas that has been painted on before."""
    with tempfile.TemporaryDirectory(prefix="answerprint-bench-") as folder, run.phase("painting"):
        film = make_sample(Path(folder), run, 6, WIDTH)
        with open_source(film.scan) as scan:
            picture = shown(scan, Balance.identity(), FRAME)
    rows = {"the first scribble of a frame": first(picture), "a scribble among four colours": typical(picture, SCRIBBLES[3], SCRIBBLES[:3]),
            "a brush stroke": typical(picture, STROKE, SCRIBBLES), "a fill": typical(picture, FILL, SCRIBBLES)}
    lines = [f"| {what} | {1000 * seconds:.0f} ms |" for what, seconds in rows.items()]
    return "\n".join([f"| painted {WIDTH} wide | until its colour is there |", "|---|---:|", *lines])


def first(picture: Picture) -> float:
    """With what is found out of the frame before."""
    return timed(lambda: Canvas(picture, PALETTE, Path(), "frame").set(Keyframe("frame", "", SCRIBBLES[:1])))


def typical(picture: Picture, op: Op, before: tuple[Op, ...]) -> float:
    """The median of several canvases."""
    found = []
    for _ in range(ROUNDS):
        canvas, keyframe = Canvas(picture, PALETTE, Path(), "frame"), Keyframe("frame", "", before)
        canvas.set(keyframe)
        found.append(timed(lambda canvas=canvas, keyframe=keyframe: canvas.set(keyframe.done(op))))     # type: ignore[misc]
    return statistics.median(found)


def timed(work: Callable[[], object]) -> float:
    began = time.perf_counter()
    work()
    return time.perf_counter() - began
