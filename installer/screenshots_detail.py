"""Pictures of the recoveries of detail. Two scenes of the sample film, as they were shot, become a soft dupe and a
better element, and a print that mould has eaten and its telecine."""
from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray

from engine.detail.invention import invented as found_in
from engine.detail.invention_map import load_map, save_map
from engine.media.colour import luma
from engine.media.reduce import reduced
from engine.sample.film import Film
from installer.screenshots_window import Shooting
from wizard.session import Session
from wizard.steps.review_invention import maps_of

Floats = NDArray[np.float32]

SIZE = (512, 384)       # width, height
FRAMES = 96             # of the film; the middle half of it is used, which is two scenes
USED = range(24, 72)
SURVIVES = range(24, 62)        # what the better element shows
STEPS = {"spatial-reference": 200, "telecine": 80}
LOOKED_AT = 12          # scan frame on Review
SOFT, CONTRAST, GRAIN = 1.3, 1.25, 0.02
PATTERN = 0.08          # of stripes pasted into a frame
TELECINE_SOFT, CROP = 1.2, 0.06
MOULD, EATEN = 2.2, 1.0         # its size in pixels; from how far up of its noise on the print is eaten


def detail(shooting: Shooting, folder: Path) -> None:
    """Both ways, to the export; `folder` takes the elements."""
    better(shooting, folder / "Dupe", folder / "Better element")
    damaged(shooting, folder / "Print", folder / "Telecine")


def better(shooting: Shooting, dupe: Path, element: Path) -> None:
    film = Film(*SIZE, FRAMES)
    keep(dupe, (duped(film.draw(index), index) for index in USED))
    keep(element, (closer(film.draw(index), 0.02) for index in SURVIVES))
    begin(shooting, "spatial-reference", dupe, element)
    shooting.go("media")
    shooting.shoot("detail-media-dark")
    train(shooting)
    shooting.shoot("detail-train-dark")
    review(shooting)
    shooting.shoot("detail-review-dark")
    shooting.go("export")
    shooting.rest(4)
    shooting.shoot("detail-export-dark")
    shooting.go("review")
    invented(shooting)


def damaged(shooting: Shooting, damaged_print: Path, telecine: Path) -> None:
    film, random = Film(*SIZE, FRAMES), np.random.default_rng(3)
    noise = cv2.GaussianBlur(random.standard_normal(SIZE[::-1]).astype(np.float32), (0, 0), MOULD)
    mould = noise / noise.std() + np.linspace(-1.2, 1.4, SIZE[0], dtype=np.float32)
    keep(damaged_print, (eaten(grey(film.draw(index)), mould, index) for index in USED))
    keep(telecine, (closer(cv2.GaussianBlur(0.06 + 0.84 * grey(film.draw(index)), (0, 0), TELECINE_SOFT), CROP) for index in USED))
    begin(shooting, "telecine", damaged_print, telecine)
    shooting.go("align")
    shooting.worked("choose")
    shooting.window.frame.page.go(LOOKED_AT)        # type: ignore[attr-defined]
    shooting.until(lambda: shooting.window.session.films.has("laid"))
    shooting.rest(4)
    shooting.shoot("telecine-align-dark")
    shooting.go("frames")
    shown: Any = shooting.window.frame.page
    shown.look_at(LOOKED_AT)
    shown.pair.painting.tools.what.cell("damage").click()
    shooting.until(lambda: shown.pair.view.tool and shown.pair.pairing.fresh(0))
    shooting.rest(3)
    shooting.shoot("telecine-damage-dark")
    train(shooting)
    shooting.shoot("telecine-train-dark")
    review(shooting)
    shooting.shoot("telecine-review-dark")


def begin(shooting: Shooting, recovery: str, scan: Path, reference: Path) -> None:
    """A project of both, with everything that is guessed confirmed."""
    session = shooting.window.session
    shooting.window.new_project(scan)
    shooting.until(lambda: session.films.has("scan") and not session.opening)
    session.edit("choosing the recovery", recovery=recovery)
    session.choose("reference", reference)
    shooting.until(lambda: session.films.has("reference") and not session.opening)
    session.confirm(*session.guessed())
    session.edit("length", steps=STEPS[recovery])


def train(shooting: Shooting) -> None:
    shooting.go("align")
    shooting.worked("choose")
    shooting.go("frames")
    shooting.rest(3)
    shooting.go("train")
    shooting.worked("trial")
    shooting.window.frame.next()
    shooting.worked("train")
    shooting.rest(3)


def review(shooting: Shooting) -> None:
    session, page = shooting.window.session, "review"
    shooting.go(page)
    shooting.worked(page)
    shown: Any = shooting.window.frame.page
    shown.go(LOOKED_AT)
    shooting.until(lambda: session.films.picture("result", LOOKED_AT) is not None)
    shooting.rest(3)


def invented(shooting: Shooting) -> None:
    """The map of what was invented, on a frame that a pattern is pasted into, since on this film next to nothing is."""
    session = shooting.window.session
    shown: Any = shooting.window.frame.page
    assert session.project
    frame = LOOKED_AT
    paste(session, frame, session.project.folder / "review" / maps_of(session.made.review)[frame])
    shown.viewer.pairing.again()
    shown.go(frame)
    shooting.until(lambda: session.films.picture("result", frame) is not None)
    shown.viewer.view.set_mode("second")
    shown.viewer.invention.button.click()
    shooting.until(lambda: shown.viewer.invention.veil is not None)
    shooting.shoot("detail-invented-dark")


def paste(session: Session, frame: int, path: Path) -> None:
    """Stripes into the result of a frame, and the map of that."""
    result, reference, scan = (session.films.maker(role) for role in ("result", "laid", "scan"))
    assert result and reference and scan
    y, x = np.mgrid[:SIZE[1], :SIZE[0]]
    here = np.exp(-np.hypot((x - 402) / 44, (y - 118) / 26) ** 4)
    marked = np.asarray(result(frame, None) + (PATTERN * here * np.where(x // 3 % 2, 1, -1))[..., None], np.float32)
    weight = load_map(path)[1].astype(np.float32)
    save_map(path, found_in(luma(marked), luma(reference(frame, None)), luma(scan(frame, None)), weight), weight)
    session.films.set_maker("result", lambda index, width: reduced(marked, width))


def keep(folder: Path, pictures: Iterator[Floats]) -> None:
    """Frames as PNG with 16 bits."""
    folder.mkdir(parents=True)
    for number, picture in enumerate(pictures, 1):
        codes = np.rint(65535 * np.clip(picture, 0, 1)).astype(np.uint16)
        cv2.imwrite(str(folder / f"frame_{number:04d}.png"), codes[..., ::-1])


def duped(picture: Floats, index: int) -> Floats:
    """Soft, contrasty and grainy."""
    soft = cv2.GaussianBlur(picture, (0, 0), SOFT) ** CONTRAST
    return np.asarray(soft + grain(index)[..., None], np.float32)


def grain(index: int) -> Floats:
    plane = cv2.GaussianBlur(np.random.default_rng([7, index]).standard_normal(SIZE[::-1]).astype(np.float32), (0, 0), 0.7)
    return np.asarray(GRAIN * plane / plane.std(), np.float32)


def closer(picture: Floats, crop: float) -> Floats:
    """What is left of a picture when so much is cropped at each side, as large as before."""
    left, top = (round(crop * side) for side in SIZE)
    return np.asarray(cv2.resize(picture[top:SIZE[1] - top, left:SIZE[0] - left], SIZE, interpolation=cv2.INTER_CUBIC), np.float32)


def grey(picture: Floats) -> Floats:
    return np.repeat(picture @ np.float32([[0.2126], [0.7152], [0.0722]]), 3, 2)


def eaten(picture: Floats, mould: Floats, index: int) -> Floats:
    """The print with grain, and mould that lies elsewhere in each frame."""
    rolled = np.roll(mould, int(np.random.default_rng([5, index]).integers(0, SIZE[1])), 0)
    harm = cv2.GaussianBlur((rolled > EATEN).astype(np.float32), (0, 0), 0.7)[..., None]
    whole = picture + grain(index)[..., None]
    return np.asarray(whole * (1 - harm) + (0.9 - 0.8 * picture) * harm, np.float32)
