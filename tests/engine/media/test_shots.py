"""Cuts are found, and nothing else is taken for one: flicker, flashes, dust, subtitles, faded dyes, fast motion."""
from __future__ import annotations

from fractions import Fraction
from itertools import pairwise
from pathlib import Path

import cv2
import numpy as np
import pytest

from engine.media.shots import find_shots, shots_of, thumbnails
from engine.media.source import FrameSource, Picture, SourceInfo
from engine.run import Run

CLIPS = Path(__file__).parents[4] / "shared" / "clips"


class Film(FrameSource):
    """Frames in memory, as luma planes (n, h, w)."""

    def __init__(self, planes: np.ndarray) -> None:
        self.planes = planes
        self.reads: list[int] = []
        height, width = planes.shape[1:]
        self.info = SourceInfo(Path("film"), "film", "sequence", "dpx", len(planes), width, height, 10, False, 3, Fraction(1), Fraction(24),
                               "", "rec709", "", False, "progressive", "", None, None, False)

    def read(self, index: int) -> Picture:
        self.reads.append(index)
        return np.repeat(self.planes[index][..., None], 3, 2).astype(np.float32)

    def name(self, index: int) -> str:
        return f"{index:07d}"

    def files(self, index: int) -> tuple[Path, ...]:
        return ()


def world(seed: int) -> np.ndarray:
    """A large picture of soft shapes at many scales."""
    rng = np.random.default_rng(seed)
    field = sum(cv2.GaussianBlur(rng.normal(size=(400, 600)), (0, 0), s) * s for s in (3, 8, 20))
    return (0.5 + 0.18 * field / field.std()).clip(0.02, 1).astype(np.float32)


def shot(seed: int, frames: int, speed: float = 1.0) -> np.ndarray:
    """A camera that moves over a world of its own, `speed` pixels of 160 a frame."""
    picture = world(seed)
    angle = np.random.default_rng(seed + 100).uniform(0, 2 * np.pi)
    place = [(200 + speed * i * np.sin(angle), 300 + speed * i * np.cos(angle)) for i in range(frames)]
    return np.stack([cv2.getRectSubPix(picture, (160, 120), (float(x), float(y))) for y, x in place])


LENGTHS = (20, 6, 15, 9, 30)
STARTS = [0, 20, 26, 41, 50]


def film(speed: float = 1.0) -> np.ndarray:
    return np.concatenate([shot(i, n, speed) for i, n in enumerate(LENGTHS)])


def starts(planes: np.ndarray) -> list[int]:
    return [a for a, _ in find_shots(Film(planes), Run())]


def flicker(planes: np.ndarray, rng: np.random.Generator) -> np.ndarray:
    return planes * rng.uniform(0.8, 1.2, (len(planes), 1, 1)) + rng.uniform(-0.05, 0.05, (len(planes), 1, 1))


def dust(planes: np.ndarray, rng: np.random.Generator) -> np.ndarray:
    result = planes.copy()
    for frame in result:
        for _ in range(6):
            y, x, r = rng.integers(0, 120), rng.integers(0, 160), rng.integers(1, 6)
            cv2.circle(frame, (int(x), int(y)), int(r), float(rng.choice([0.02, 0.98])), -1)
    return result


def faded(planes: np.ndarray, rng: np.random.Generator) -> np.ndarray:
    uneven = np.linspace(0.5, 1, 160)[None, None]
    return 0.35 + 0.3 * planes * uneven + rng.normal(0, 0.01, planes.shape)


def subtitles(planes: np.ndarray, rng: np.random.Generator) -> np.ndarray:
    result = planes.copy()
    for a, b in ((3, 14), (29, 38), (55, 70)):
        result[a:b, 100:108, 40:120:3] = 0.95
        result[a:b, 100:108, 41:120:3] = 0.05
    return result


def flashes(planes: np.ndarray, rng: np.random.Generator) -> np.ndarray:
    result = planes.copy()
    result[8] = 1
    result[32:34] = 0.02
    result[60] = result[60, ::-1]
    return result


def gate(planes: np.ndarray, rng: np.random.Generator) -> np.ndarray:
    result = np.full((len(planes), 150, 200), 0.01)
    for i, frame in enumerate(planes):
        y, x = 15 + rng.integers(-1, 2), 20 + rng.integers(-1, 2)
        result[i, y:y + 120, x:x + 160] = frame
    return result


DAMAGES = [[], [flicker], [dust], [faded], [subtitles], [flashes], [gate], [subtitles, dust, flicker, faded, gate]]


@pytest.mark.parametrize("damages", DAMAGES, ids=lambda d: "+".join(f.__name__ for f in d) or "none")
def test_the_cuts_and_nothing_else(damages: list) -> None:
    rng = np.random.default_rng(4)
    planes = film()
    for damage in damages:
        planes = damage(planes, rng)
    assert starts(planes.clip(0, 1)) == STARTS


@pytest.mark.parametrize("speed", [0.0, 3.0, 6.0])
def test_motion_is_no_cut(speed: float) -> None:
    assert starts(np.concatenate([shot(1, 25, speed), shot(2, 20, speed)])) == [0, 25]


def test_a_fade_through_black_is_one_cut_and_a_fade_alone_is_none() -> None:
    down = np.linspace(1, 0, 12)[:, None, None]
    out, back = shot(1, 30), shot(2, 30)
    out[-12:] *= down
    back[:12] *= down[::-1]
    through = starts(np.concatenate([out, np.zeros((6, 120, 160)), back]))
    assert len(through) == 2 and 28 <= through[1] <= 38
    assert starts(np.concatenate([out, np.zeros((6, 120, 160))])) == [0]


def test_black_leader_ends_with_a_cut() -> None:
    assert starts(np.concatenate([np.zeros((10, 120, 160)), shot(1, 12)])) == [0, 10]


@pytest.mark.parametrize("count", [1, 2, 5])
def test_short_and_empty_films(count: int) -> None:
    assert find_shots(Film(shot(1, count)), Run()) == [(0, count)]
    assert find_shots(Film(np.zeros((count, 120, 160))), Run()) == [(0, count)]


def test_shots_cover_all_frames_and_each_frame_is_read_once_in_order() -> None:
    source = Film(film())
    shots = find_shots(source, Run())
    assert shots[0][0] == 0 and shots[-1][1] == len(source) and all(a[1] == b[0] for a, b in pairwise(shots))
    assert source.reads == list(range(len(source)))


def test_thumbnails_are_display_luma() -> None:
    planes = np.full((2, 48, 64), 0.5)
    small = thumbnails(Film(planes), "linear", Run())
    assert small.shape == (2, 48, 64) and small.dtype == np.float16
    assert small[0, 5, 5] == pytest.approx(1.099 * 0.5 ** 0.45 - 0.099, abs=2e-3)


@pytest.mark.skipif(not CLIPS.is_dir(), reason="the shared clips are not here")
def test_real_clips_one_after_the_other() -> None:
    import av
    parts = []
    for name in ("bear", "bigbuckbunny", "cockatoo", "pillow"):
        with av.open(str(CLIPS / f"{name}.mp4")) as container:
            frames = [cv2.resize(f.to_ndarray(format="gray"), (64, 48), interpolation=cv2.INTER_AREA) / 255.0
                      for f, _ in zip(container.decode(video=0), range(40), strict=False)]
        parts.append(np.array(frames, np.float16))
    cut = np.concatenate([parts[0], parts[1][:7], parts[2], parts[0][20:], parts[3]])
    assert [a for a, _ in shots_of(cut)] == [0, 40, 47, 87, 107]
