"""What every FrameSource promises, over every backend."""
from __future__ import annotations

import hashlib
import shutil
from pathlib import Path

import numpy as np
import pytest

from engine.media.fingerprint import fingerprint
from engine.media.open import open_source
from engine.media.source import Reading
from tests.engine.media.makers import MAKERS, Maker

COUNT = 7


def film(height: int = 36, width: int = 48) -> list[np.ndarray]:
    """A ramp with a coloured box that moves four pixels a frame."""
    frames = []
    for i in range(COUNT):
        ramp = np.linspace(0, 1, width, dtype=np.float32)[None, :, None] * np.linspace(1, 0.4, height, dtype=np.float32)[:, None, None]
        frame = np.repeat(ramp, 3, 2)
        frame[8:24, 4 + 4 * i:16 + 4 * i] = (0.9, 0.5, 0.1)
        frames.append(frame)
    return frames


def expected(frame: np.ndarray, maker: Maker) -> np.ndarray:
    picture = np.repeat(frame[..., :1], 3, 2) if maker.mono else frame
    if maker.floating:
        return picture.astype(np.float16).astype(np.float32) if maker.depth == 16 else picture
    top = 2 ** maker.depth - 1
    return (np.rint(picture * top) / top).astype(np.float32)


@pytest.fixture(params=list(MAKERS))
def maker(request: pytest.FixtureRequest) -> Maker:
    return MAKERS[request.param]


@pytest.fixture
def path(maker: Maker, tmp_path: Path) -> Path:
    return maker.make(tmp_path / "film", film())


def test_says_what_it_is(maker: Maker, path: Path) -> None:
    with open_source(path) as source:
        info = source.info
        assert (len(source), info.frames) == (COUNT, COUNT)
        assert (info.width, info.height) == (48, 36)
        assert (info.format, info.depth, info.floating) == (maker.format, maker.depth, maker.floating)
        assert info.channels == (1 if maker.mono else 3)
        assert info.pixel_aspect > 0 and info.encoding_reason and info.rate_reason and info.rate


def test_frames_are_exact_in_any_order(maker: Maker, path: Path) -> None:
    frames = film()
    with open_source(path) as source:
        for index in (3, 0, 6, 5, 1, 1, 4, 2, 6, 0):
            picture = source.read(index)
            assert picture.shape == (36, 48, 3) and picture.dtype == np.float32
            assert np.abs(picture - expected(frames[index], maker)).mean() <= maker.tolerance


def test_a_frame_belongs_to_the_reader(maker: Maker, path: Path) -> None:
    with open_source(path) as source:
        first = source.read(2)
        kept = first.copy()
        first[:] = -1
        assert np.array_equal(source.read(2), kept)


def test_names_are_distinct_and_files_are_there(maker: Maker, path: Path) -> None:
    with open_source(path) as source:
        assert len({source.name(i) for i in range(COUNT)}) == COUNT
        assert all(file.is_file() for i in range(COUNT) for file in source.files(i))


def test_reading_changes_nothing_on_disk(maker: Maker, path: Path) -> None:
    def state() -> dict[str, str]:
        files = path.rglob("*") if path.is_dir() else path.parent.rglob("*")
        return {str(f): hashlib.sha256(f.read_bytes()).hexdigest() for f in files if f.is_file()}

    before = state()
    with open_source(path) as source:
        source.read(COUNT - 1)
        fingerprint(source)
    assert state() == before


def test_a_span_counts_in_the_numbers_of_the_source(maker: Maker, path: Path) -> None:
    frames = film()
    with open_source(path) as source:
        first = int(source.name(0))
    with open_source(path, Reading(span=(first + 2, first + 4))) as part:
        assert len(part) == 3 and int(part.name(0)) == first + 2
        assert np.abs(part.read(1) - expected(frames[3], maker)).mean() <= maker.tolerance


def test_the_user_can_say_rate_and_encoding(maker: Maker, path: Path) -> None:
    with open_source(path, Reading(encoding="acescg", rate=open_source(path).info.rate)) as source:
        assert source.info.encoding == "acescg" and not source.info.encoding_guessed


def test_the_fingerprint_follows_the_content_not_the_place(maker: Maker, path: Path, tmp_path: Path) -> None:
    moved = shutil.copytree(tmp_path / "film", tmp_path / "elsewhere ñ") / path.relative_to(tmp_path / "film")
    other = maker.make(tmp_path / "other", [1 - f for f in film()])
    with open_source(path) as a, open_source(moved) as b, open_source(other) as c:
        assert fingerprint(a) == fingerprint(a) == fingerprint(b)
        assert fingerprint(a) != fingerprint(c)
