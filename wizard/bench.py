"""How soon the window shows something: `python -m wizard measure-window` prints rows for the table of `python -m engine bench`."""
from __future__ import annotations

import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from engine.programs import MEASURE, window_command

ROUNDS = 9
BEGAN = "ANSWERPRINT_BENCH_BEGAN"


def main(words: list[str]) -> int:
    """Print the rows; with 'window', be the window that is waited for."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    if words == ["window"]:
        return _first_window()
    from PyQt6.QtWidgets import QApplication

    app = QApplication([])
    with tempfile.TemporaryDirectory(prefix="answerprint-bench-") as folder:
        os.environ["ANSWERPRINT_SETTINGS"] = os.environ["ANSWERPRINT_CACHE"] = folder
        print(f"| window | first window, from the start of the process | {_start_seconds():.2f} s | | |")
        for width, milliseconds in _frames(Path(folder), app.processEvents).items():
            print(f"| window | a new frame on the screen from its proxy, scan {width} wide | {milliseconds:.0f} ms | | |")
        for what, milliseconds in _graphs().items():
            print(f"| window | {what}, the window's own thread | {milliseconds:.0f} ms | | |")
    return 0


def _start_seconds() -> float:
    """From the start of a process to the first window painted, median."""
    taken = []
    for _ in range(3):
        told = subprocess.run(window_command(MEASURE, "window"), env=os.environ | {BEGAN: repr(time.time())},
                              capture_output=True, text=True, check=True)
        taken.append(float(told.stdout))
    return statistics.median(taken)


def _first_window() -> int:
    from PyQt6.QtWidgets import QApplication

    from wizard.window import begin

    app = QApplication([])
    window = begin()
    window.show()
    app.processEvents()
    window.grab()
    print(time.time() - float(os.environ[BEGAN]))
    sys.stdout.flush()
    os._exit(0)


def _frames(folder: Path, turn: Callable[[], None]) -> dict[int, float]:
    """Width of a scan -> milliseconds from the wish for a frame whose proxy is there until it is painted, median."""
    from engine.media.open import open_source
    from engine.run import Run
    from engine.sample import make_sample
    from wizard import theme
    from wizard.films import Films
    from wizard.viewer.view import PictureView

    theme.use("dark")
    found = {}
    for width in (2048, 4096):
        film = make_sample(folder / str(width), Run(), frames=ROUNDS, width=width)
        first, second = Films(), Films()
        with open_source(film.scan) as source:
            first.set_source("scan", source, f"bench {width}")
            for index in range(ROUNDS):
                _until(turn, lambda films=first, index=index: films.picture("scan", index) is not None)
            view = PictureView("bench", ("wipe",))
            view.resize(1024, 778)
            view.show()
            second.set_source("scan", source, f"bench {width}")
            found[width] = statistics.median(_shown(turn, second, view, index) for index in range(ROUNDS))
    return found


def _shown(turn: Callable[[], None], films: object, view: object, index: int) -> float:
    from wizard.viewer.view import Shot

    began = time.perf_counter()
    _until(turn, lambda: films.picture("scan", index) is not None)                # type: ignore[attr-defined]
    picture = films.picture("scan", index)                                        # type: ignore[attr-defined]
    view.set_pictures(Shot(picture, "Scan", picture.shape[1::-1]), None)          # type: ignore[attr-defined]
    view.repaint()                                                                # type: ignore[attr-defined]
    return 1000 * (time.perf_counter() - began)


def _graphs() -> dict[str, float]:
    """What is painted of long films -> milliseconds of the window's thread, least of ROUNDS."""
    from PyQt6.QtGui import QPixmap

    from wizard.graphs.filmstrip import Cell, Filmstrip, Group
    from wizard.graphs.timemap import TimeMap, TimeMapData

    count, cells = 100_000, 20_000
    misfit = [0.2 + i * 37 % 101 / 100 for i in range(count)]
    data = TimeMapData(count, count + 60, [i + i // 30_000 * 20 if i % 9_000 > 90 else None for i in range(count)],
                       [px > 1.15 for px in misfit], misfit, [(i, i + 100) for i in range(0, count, 100)])
    shots = [range(first, first + 50) for first in range(0, cells, 50)]
    groups = [Group(f"Shot {n}", "", "", "", [Cell(k, str(k)) for k in shot]) for n, shot in enumerate(shots)]
    time_map, strip = TimeMap(), Filmstrip()
    for widget, size in ((time_map, (1100, 260)), (strip, (720, 500))):
        widget.resize(*size)
        widget.show()
    return {"a time map of 100,000 frames set": _least(lambda: time_map.set_data(data)),
            "that time map painted": _least(lambda: (time_map.remake(), time_map.render(QPixmap(time_map.size())))),
            "a filmstrip of 20,000 cells set": _least(lambda: strip.set_groups(groups)),
            "that filmstrip painted": _least(lambda: strip.render(QPixmap(strip.size())))}


def _least(act: Callable[[], object]) -> float:
    taken = []
    for _ in range(ROUNDS):
        began = time.thread_time()
        act()
        taken.append(1000 * (time.thread_time() - began))
    return min(taken)


def _until(turn: Callable[[], None], done: Callable[[], bool]) -> None:
    while not done():
        turn()
        time.sleep(0.001)
