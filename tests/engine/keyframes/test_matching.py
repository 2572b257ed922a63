"""Which frame was painted elsewhere: by its name, and by its picture, which has the last word."""
from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import cv2
import numpy as np
import pytest
from numpy.typing import NDArray

from engine.errors import MediaError
from engine.keyframes.matching import Match, Matcher
from engine.keyframes.pictures import Painting
from engine.media.colour import to_display
from engine.media.open import open_source
from engine.media.source import FrameSource
from engine.run import Cancelled, Run
from tests.conftest import faded_pair
from tests.engine.keyframes.paintings import repainted, save

Floats = NDArray[np.float32]


@pytest.fixture(scope="module")
def scan(sample_film: Any) -> FrameSource:
    return open_source(sample_film.scan)


@pytest.fixture(scope="module")
def matcher(scan: FrameSource) -> Matcher:
    return Matcher(scan, scan.info.encoding, Run())


def shown(scan: FrameSource, index: int) -> Floats:
    return to_display(scan.read(index), scan.info.encoding)


def painting(name: str, picture: Floats, alpha: Floats | None = None) -> Painting:
    return Painting(Path("painted") / f"{name}.png", picture, np.ones(picture.shape[:2], np.float32) if alpha is None else alpha)


@pytest.mark.parametrize("name", ["0086405", "scan.0086405", "Ben_0086405", "ben0086405", "frame 86405", "0086405 painted", "0086405 v2"])
def test_a_name_says_which_frame_it_is(matcher: Matcher, scan: FrameSource, name: str) -> None:
    match = matcher.match(painting(name, repainted(shown(scan, 5))))
    assert (match.index, match.how, match.sure) == (5, "name", True)


@pytest.mark.parametrize("name", ["red coat", "keyframe", "10086405", "0086999", "coat v2"])
def test_a_name_that_says_nothing(matcher: Matcher, name: str) -> None:
    assert matcher.named(Path(f"{name}.psd")) is None


@pytest.mark.parametrize("width", [None, 90, 200, 700])
@pytest.mark.parametrize("index", [0, 9, 20, 31, 41])
def test_a_picture_is_enough_whatever_its_colours_tone_and_size(matcher: Matcher, scan: FrameSource, index: int, width: int | None) -> None:
    match = matcher.match(painting("coat", repainted(shown(scan, index), index, width)))
    assert (match.how, match.sure) == ("picture", True)
    assert abs(match.index - index) <= (1 if width == 90 else 0)
    assert match.score > match.second + 0.03


def test_transparent_pictures_are_compared_where_they_show_anything(matcher: Matcher, scan: FrameSource) -> None:
    picture = repainted(shown(scan, 20))
    alpha = np.zeros(picture.shape[:2], np.float32)
    alpha[:, alpha.shape[1] // 3:] = 1
    picture[alpha == 0] = 1
    assert abs(matcher.match(painting("coat", picture, alpha)).index - 20) <= 1


def test_colour_without_a_picture_is_known_by_its_name_only(matcher: Matcher, scan: FrameSource) -> None:
    picture = np.full(shown(scan, 0).shape, 0.4, np.float32)
    alpha = np.zeros(picture.shape[:2], np.float32)
    cv2.circle(alpha, (200, 150), 80, 1.0, -1)
    assert matcher.match(painting("0086407", picture, alpha)) == Match(7, "name", 0.0, 0.0, False)
    with pytest.raises(MediaError, match=r"coat\.png: it holds colour but no picture"):
        matcher.match(painting("coat", picture, alpha))


def test_another_frame_than_the_name_says(matcher: Matcher, scan: FrameSource) -> None:
    with pytest.raises(MediaError, match=r"0086405\.png: it is named as frame 0086405 but looks like frame 0086431"):
        matcher.match(painting("0086405", repainted(shown(scan, 31))))
    with pytest.raises(MediaError, match=r"named as frame 0086433 but looks like frame 0086446"):     # of the same shot
        matcher.match(painting("0086433", repainted(shown(scan, 46))))


def test_a_neighbour_of_the_named_frame_that_is_more_alike_leaves_a_doubt(matcher: Matcher, scan: FrameSource) -> None:
    match = matcher.match(painting("0086411", repainted(shown(scan, 10))))
    right = matcher.match(painting("0086410", repainted(shown(scan, 10))))
    assert (match.index, right.index, right.sure) == (11, 10, True)
    assert match.second > match.score
    assert not matcher.match(painting("0086413", repainted(shown(scan, 10)))).sure


def other_film() -> Floats:
    """A picture of the scan's shape that is not in it."""
    return cv2.resize(faded_pair(3, 192)[0].astype(np.float32) / 255, (512, 388), interpolation=cv2.INTER_LINEAR)


@pytest.mark.parametrize("name, words", [("0086405", "named as frame 0086405 but looks like no frame"), ("coat", "looks like no frame")])
def test_another_film(matcher: Matcher, name: str, words: str) -> None:
    with pytest.raises(MediaError, match=words):
        matcher.match(painting(name, other_film()))
    with pytest.raises(MediaError, match=words):
        matcher.match(painting(name, np.zeros((388, 512, 3), np.float32)))


@pytest.mark.parametrize("turned, words", [
    (lambda p: np.rot90(p), "turned by 90"), (lambda p: np.rot90(p, 3), "turned by 90"), (lambda p: np.rot90(p, 2), "turned by 180"),
    (lambda p: p[:, ::-1], "mirrored"), (lambda p: p[::-1], "mirrored")])
@pytest.mark.parametrize("name", ["0086420", "coat"])
def test_a_turned_picture(matcher: Matcher, scan: FrameSource, name: str, turned: Callable[[Floats], Floats], words: str) -> None:
    with pytest.raises(MediaError, match=words):
        matcher.match(painting(name, np.ascontiguousarray(turned(repainted(shown(scan, 20))))))


def test_another_shape(matcher: Matcher, scan: FrameSource) -> None:
    whole = repainted(shown(scan, 20))
    wrong = {"stretched": cv2.resize(whole, (512, 300)), "only a part of frame 0086420": whole[60:-60, 40:-20]}
    for words, picture in wrong.items():
        with pytest.raises(MediaError, match=f"0086420.*{words}.*save the whole frame"):
            matcher.match(painting("0086420", np.ascontiguousarray(picture)))
        with pytest.raises(MediaError, match="another shape than the scan's 512 x 388; it is cut off or stretched"):
            matcher.match(painting("coat", np.ascontiguousarray(picture)))
    enlarged = cv2.resize(whole[50:350, 60:456], (512, 388))
    with pytest.raises(MediaError, match="only a part of frame 0086420"):
        matcher.match(painting("0086420", enlarged))


def test_aligned_pictures_have_the_scans_size_and_are_not_compared(scan: FrameSource) -> None:
    aligned = Matcher(scan, scan.info.encoding, Run(), aligned=True)
    assert aligned.match(painting("0086405", other_film())) == Match(5, "name", 0.0, 0.0, True)
    assert aligned.match(painting("coat", other_film()), 3) == Match(3, "order", 0.0, 0.0, True)
    with pytest.raises(MediaError, match="it is 256 x 194, but the scan is 512 x 388"):
        aligned.match(painting("0086405", repainted(shown(scan, 5), width=256)))
    with pytest.raises(MediaError, match="name is that of no frame"):
        aligned.match(painting("coat", other_film()))


def test_a_frame_that_is_there_twice_is_not_certain_by_its_picture(tmp_path: Path) -> None:
    pictures = [faded_pair(seed, 128)[0].astype(np.float32) / 255 for seed in (1, 2, 3, 1, 4)]
    for k, picture in enumerate(pictures):
        save(tmp_path / f"f.{k:04d}.png", picture)
    film = open_source(tmp_path)
    matcher = Matcher(film, "rec709", Run())
    again = matcher.match(painting("coat", repainted(pictures[3])))
    assert again.index in (0, 3) and not again.sure
    assert matcher.match(painting("0003", repainted(pictures[3]))) .index == 3
    assert matcher.match(painting("coat", repainted(pictures[2]))).sure


def test_a_damaged_frame_of_the_scan_does_not_stop_the_look(tmp_path: Path) -> None:
    pictures = [faded_pair(seed, 128)[0].astype(np.float32) / 255 for seed in range(6)]
    files = [save(tmp_path / f"f.{k:04d}.png", picture) for k, picture in enumerate(pictures)]
    film = open_source(tmp_path)
    files[1].write_bytes(files[1].read_bytes()[:2000])
    matcher = Matcher(film, "rec709", Run())
    assert matcher.match(painting("coat", repainted(pictures[4]))).index == 4
    assert matcher.match(painting("0002", repainted(pictures[2]))).index == 2


def test_the_look_at_the_scan_can_be_stopped(scan: FrameSource) -> None:
    with pytest.raises(Cancelled):
        Matcher(scan, scan.info.encoding, Run(lambda: True)).match(painting("coat", other_film()))
