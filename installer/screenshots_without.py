"""Pictures of the way without a reference: the scan of the sample film, painted on by a few strokes, with painted frames and similar
pictures that are made of the film as it was before it faded."""
from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import cv2
import numpy as np

from installer.screenshots_window import Shooting

if TYPE_CHECKING:
    from engine.keyframes.palette import Swatch

Place = tuple[float, float]
PAINTED_ON = 77         # film frame: the street
BROUGHT = (20, 186, 262)        # painted elsewhere: the river, the stall, the hill
STILLS = (118, 170)     # what similar pictures show
LOOKED_AT = 110         # scan frame on Review
SCRIBBLE = 0.008        # of the width
STEPS = 120             # of training: enough to be looked at
BESIDE: tuple[Place, ...] = ((0.879, 0.64), (0.879, 0.72))      # where a colour went too far
COLOURS: tuple[tuple[str, tuple[float, float, float], str, str, tuple[tuple[Place, ...], ...]], ...] = (
    ("Balloon, orange", (0.93, 0.50, 0.15), "photograph", "Set photograph, town archive, 1959", (
        ((0.502, 0.465), (0.519, 0.452), (0.536, 0.465)), ((0.503, 0.487), (0.536, 0.488)), ((0.51, 0.508), (0.527, 0.51)))),
    ("Coat, red", (0.80, 0.14, 0.14), "person", "The wardrobe mistress, 3 May 2026", (
        ((0.136, 0.653), (0.136, 0.72), (0.136, 0.765)), ((0.12, 0.70), (0.117, 0.755)), ((0.156, 0.68), (0.158, 0.745)))),
    ("Door, green", (0.12, 0.50, 0.25), "film", "Own film, frame 86620", (
        ((0.236, 0.575), (0.236, 0.695)), ((0.276, 0.575), (0.276, 0.62)), ((0.257, 0.575), (0.257, 0.69)))),
    ("Sky", (0.55, 0.72, 0.88), "photograph", "Set photograph, town archive, 1959", (
        ((0.08, 0.09), (0.92, 0.10)), ((0.07, 0.20), (0.17, 0.21)), ((0.43, 0.24), (0.61, 0.22)))),
    ("Trees, green", (0.34, 0.45, 0.24), "photograph", "Set photograph, town archive, 1959", (
        ((0.84, 0.34), (0.90, 0.28), (0.94, 0.30)), ((0.83, 0.47), (0.93, 0.50)), ((0.87, 0.42), (0.94, 0.40), (0.91, 0.55)))),
    ("Coat, blue", (0.20, 0.35, 0.70), "", "", (
        ((0.834, 0.64), (0.834, 0.69)), ((0.852, 0.64), (0.852, 0.66)), ((0.846, 0.675), (0.846, 0.695)))),
)


def without_reference(shooting: Shooting, folder: Path) -> None:
    """The whole way on the scan alone; `folder` takes what is brought along."""
    from engine.run import Run
    from engine.sample import make_sample
    from engine.sample.make import sample_folder

    session = shooting.window.session
    film = make_sample(sample_folder(), Run())
    shooting.window.new_project(film.scan)
    shooting.until(lambda: session.films.has("scan") and not session.opening)
    session.edit("choosing the recovery", recovery="colour-keyframes")
    session.confirm(*session.guessed())
    shooting.go("balance")
    shooting.window.frame.next()
    shooting.worked("choose")
    page: Any = shooting.window.frame.page
    page.go(100)
    shooting.rest(4)
    shooting.shoot("balance-dark")
    shooting.go("keyframes")
    page = shooting.window.frame.page
    _paint(shooting, page, film.answers["kept"].index(PAINTED_ON))
    _bring(shooting, page, _written(film, folder / "painted", BROUGHT))
    _alike(shooting, page, film, folder / "similar")
    session.edit("length", steps=STEPS)
    shooting.go("train")
    shooting.until(lambda: session.made.standing.get("trial") == "done" and not session.worker.busy)
    shooting.window.frame.next()
    shooting.worked("train")
    shooting.go("review")
    shooting.worked("review")
    shooting.window.frame.page.go(LOOKED_AT)        # type: ignore[attr-defined]
    shooting.until(lambda: session.films.picture("result", LOOKED_AT) is not None)
    shooting.shoot("review-evidence-dark")


def _paint(shooting: Shooting, page: Any, index: int) -> None:
    """Three scribbles a colour; one colour lacks a source at first. Then the colour is carried to the next frame."""
    from engine.keyframes.keyframe import Op
    from engine.keyframes.palette import Swatch

    palette = tuple(Swatch(number, name, colour, kind, source)
                    for number, (name, colour, kind, source, _) in enumerate(COLOURS, 1))
    shooting.until(lambda: page.easel.loaded and page.index >= 0)
    page.edit("adding colours", palette=palette)
    page.go(index)
    shooting.until(lambda: page.ready)
    for number, (*_, scribbles) in enumerate(COLOURS, 1):
        page.colouring.choose(number)
        for scribble in scribbles:
            page.stroke(Op("scribble", number, tuple((x, y, 1.0) for x, y in scribble), SCRIBBLE))
    page.stroke(Op("erase", 0, tuple((x, y, 1.0) for x, y in BESIDE), 0.026))
    _settle(shooting, page)
    shooting.shoot("keyframes-source-dark")
    page.colouring.change(_founded(palette[-1]))
    page.taking.carry(index + 1, shooting.window.session.films.maker(page.role))
    shooting.until(lambda: bool(page.easel.suggested) and page.ready)
    shooting.shoot("keyframes-carried-dark")
    page.strip.accept.click()
    _settle(shooting, page)
    page.go(index)
    shooting.until(lambda: page.ready)


def _founded(swatch: Swatch) -> Swatch:
    from dataclasses import replace

    return replace(swatch, kind="note", source="No source is left; blue as the other extras", assumption=True)


def _bring(shooting: Shooting, page: Any, paths: list[Path]) -> None:
    """Frames that were painted elsewhere."""
    here = page.index
    page.taking.pictures(paths)
    shooting.until(lambda: not page.taking.busy and len(page.easel.used) == len(paths) + 2)
    page.taking.read()
    page.go(here)
    shooting.until(lambda: page.ready)
    shooting.rest(6)
    shooting.shoot("keyframes-dark")


def _alike(shooting: Shooting, page: Any, film: Any, folder: Path) -> None:
    """Stills of the same film in good colour, from which colour is proposed for a frame that is not painted."""
    session = shooting.window.session
    _written(film, folder, STILLS, "photograph: Still, press book, 1959\n", 0.8, "still")
    page.go(film.answers["kept"].index(PAINTED_ON + 24))
    shooting.until(lambda: page.ready)
    page.colours.alike.click()
    page.proposing.use(folder)
    shooting.until(lambda: session.project is not None and session.project.settings.similar is not None)
    page.proposing.propose()
    shooting.until(lambda: len(page.similar.rows) > 3 and not session.worker.busy)
    for row in page.similar.rows[1:7]:              # the first is the gate
        row.tick.click()
    shooting.until(lambda: page.proposing.active)
    shooting.rest(3)
    shooting.shoot("similar-dark")
    page.similar.back.click()


def _settle(shooting: Shooting, page: Any) -> None:
    shooting.until(lambda: page.canvas.sheet is not None and page.canvas.sheet.keyframe == page.easel.keyframe and not page.easel.busy)
    shooting.rest(3)


def _written(film: Any, folder: Path, films: tuple[int, ...], note: str = "photograph: Set photographs, town archive, 1959\n",
             part: float = 1.0, named: str = "") -> list[Path]:
    """Film frames as they were before they faded, or the middle of them, as PNG with a note each, named as the scan's frames if not
    otherwise."""
    folder.mkdir(parents=True, exist_ok=True)
    names = sorted(film.scan.iterdir())
    made = []
    for number, index in enumerate((film.answers["kept"].index(one) for one in films), 1):
        truth = np.asarray(film.truth(index), np.float32)
        down, across = (round((1 - part) / 2 * side) for side in truth.shape[:2])
        picture = truth[down:truth.shape[0] - down, across:truth.shape[1] - across]
        path = folder / (f"{named}-{number}.png" if named else f"{names[index].stem}.png")
        cv2.imwrite(str(path), np.rint(255 * np.clip(picture, 0, 1)).astype(np.uint8)[..., ::-1])
        path.with_suffix(".txt").write_text(note, encoding="utf-8")
        made.append(path)
    return made
