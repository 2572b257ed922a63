"""Three scribbles a colour on one frame of the sample film, by the mouse in the page, colour the objects within their edges."""
from pathlib import Path
from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray

from engine.keyframes.painted import paint
from engine.keyframes.palette import Swatch
from engine.media.colour import to_ycbcr
from engine.media.open import open_source
from engine.project import load
from engine.recoveries.perform import run_steps
from engine.recoveries.work import Work
from engine.run import Run
from tests.wizard.painting import Painter, without_reference
from wizard.session import Session

FRAME = 17              # of the street
OBJECTS = {             # colour, a place on it, three scribbles
    "Balloon": ((0.93, 0.5, 0.15), (0.534, 0.462), (((0.521, 0.452), (0.532, 0.446), (0.545, 0.454)),
                                                   ((0.518, 0.478), (0.533, 0.483), (0.551, 0.475)),
                                                   ((0.525, 0.502), (0.535, 0.506), (0.545, 0.5)))),
    "Coat, red": ((0.85, 0.12, 0.12), (0.151, 0.672), (((0.143, 0.641), (0.147, 0.683)), ((0.139, 0.735), (0.145, 0.767)),
                                                      ((0.163, 0.672), (0.169, 0.693), (0.17, 0.762)))),
    "Door, green": ((0.12, 0.5, 0.25), (0.243, 0.63), (((0.22, 0.567), (0.22, 0.693)), ((0.244, 0.562), (0.244, 0.704)),
                                                      ((0.2675, 0.567), (0.268, 0.62)))),
    "Coat, blue": ((0.2, 0.35, 0.8), (0.804, 0.662), (((0.796, 0.63), (0.795, 0.662)), ((0.812, 0.63), (0.815, 0.672)),
                                                     ((0.792, 0.699), (0.816, 0.702)))),
}


def mask(truth: NDArray[np.float32], place: tuple[float, float]) -> NDArray[np.uint8]:
    """The object at a place, in the frame as it was before it faded: what has its colour and hangs together."""
    height, width = truth.shape[:2]
    ycc = to_ycbcr(truth)
    colour = ycc[..., 1:] / np.maximum(ycc[..., :1], 0.03)
    x, y = round(place[0] * width), round(place[1] * height)
    own = np.median(colour[y - 3:y + 4, x - 3:x + 4].reshape(-1, 2), 0)
    alike = (np.linalg.norm(colour - own, axis=-1) < 0.55 * np.linalg.norm(own)) & (ycc[..., 0] > 0.08)
    _, labels = cv2.connectedComponents(alike.astype(np.uint8), connectivity=4)
    whole = cv2.morphologyEx((labels == labels[y, x]).astype(np.uint8), cv2.MORPH_CLOSE, np.ones((5, 5), np.uint8))
    return cv2.morphologyEx(whole, cv2.MORPH_OPEN, cv2.getStructuringElement(cv2.MORPH_ELLIPSE, (11, 11)))


def test_three_scribbles_a_colour_colour_the_objects_within_their_edges(qtbot: Any, session: Session, tmp_path: Path,
                                                                       sample_film: Any) -> None:
    palette = tuple(Swatch(number, name, colour, assumption=True) for number, (name, (colour, _, _)) in enumerate(OBJECTS.items(), 1))
    folder = without_reference(tmp_path / "film", sample_film.scan, palette)
    with open_source(sample_film.scan) as scan:
        run_steps(Work(load(folder), scan, None, folder), Run(), "balance")
    painter = Painter(qtbot, session, folder)
    painter.until(lambda: session.made.balance is not None)
    painter.go(FRAME)
    for number, (_, _, scribbles) in enumerate(OBJECTS.values(), 1):
        painter.page.colouring.choose(number)
        for scribble in scribbles:
            painter.strike(*scribble)
    painter.settle()
    ground = painter.page.easel.ground
    assert ground is not None and len(painter.kept.ops) == 12 and painter.page.primary() is None
    painted = paint(painter.kept, ground.picture, palette, folder)
    truth = np.asarray(sample_film.truth(FRAME), np.float32)
    for number, (name, (_, place, _)) in enumerate(OBJECTS.items(), 1):
        of_object = mask(truth, place)
        coloured = (painted.swatch == number) & (painted.alpha > 0.5)
        about = cv2.dilate(of_object, np.ones((3, 3), np.uint8))        # a pixel on the edge is of both
        size = of_object.sum()
        assert size > 500
        assert (coloured & (of_object > 0)).sum() >= 0.95 * size, name
        assert (coloured & (about == 0)).sum() <= 0.03 * size, name
