"""What tests share: a settings folder of their own, the small sample film, and the command line as a function."""
from __future__ import annotations

import hashlib
import json
import os
import signal
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import cv2
import numpy as np
import pytest

from engine.__main__ import main
from engine.run import Run

SHARED = Path(__file__).parents[2] / "shared"


@pytest.fixture(autouse=True)
def own_settings(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing of the user's own settings, cache and GPU pack is read or written."""
    folder = tmp_path_factory.mktemp("user")
    monkeypatch.setenv("ANSWERPRINT_SETTINGS", str(folder / "settings"))
    monkeypatch.setenv("ANSWERPRINT_CACHE", str(folder / "cache"))
    monkeypatch.setenv("ANSWERPRINT_DATA", str(folder / "data"))


@pytest.fixture(scope="session")
def sample_film(tmp_path_factory: pytest.TempPathFactory) -> Any:
    """The sample film, 48 frames at 512 wide: has `.scan` and `.reference`."""
    from engine.sample import make_sample

    return make_sample(tmp_path_factory.mktemp("sample film"), Run(), frames=48, width=512)


@pytest.fixture
def offline(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """The network is taken away from this process and all that it begins, the user's home folder is all that tests make, and its name is
    no other word; nobody may have asked for the network."""
    from tests.offline import sitecustomize

    home = tmp_path_factory.getbasetemp()
    asked, hook = tmp_path_factory.mktemp("offline") / "asked for", Path(sitecustomize.__file__).parent
    monkeypatch.setenv("NETWORK_ASKED_FOR", str(asked))
    monkeypatch.setenv("PYTHONPATH", os.pathsep.join((str(hook), str(hook.parents[1]))))
    for name in ("HOME", "USERPROFILE"):
        monkeypatch.setenv(name, str(home))
    yield home
    assert not asked.exists(), asked.read_text()


def naming(home: Path, folder: Path) -> list[str]:
    """The files in a folder that name the home folder."""
    files = (path for path in sorted(folder.rglob("*")) if path.is_file())
    return [path.relative_to(folder).as_posix() for path in files if str(home).encode() in path.read_bytes()]


def files_of(*sources: Path) -> dict[Path, tuple[str, int]]:
    """SHA-256 and time of change of every file of the sources, which nothing may change."""
    files = [path for source in sources for path in (source.rglob("*") if source.is_dir() else (source,)) if path.is_file()]
    return {path: (hashlib.sha256(path.read_bytes()).hexdigest(), path.stat().st_mtime_ns) for path in files}


@dataclass
class Ended:
    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        return json.loads(self.out.splitlines()[-1])


@pytest.fixture
def answerprint(capfd: pytest.CaptureFixture[str]) -> Callable[..., Ended]:
    """`answerprint('inspect', path)` runs the command line in this process."""

    def call(*words: object) -> Ended:
        capfd.readouterr()
        asked = {number: signal.getsignal(number) for number in (signal.SIGINT, signal.SIGTERM)}
        code = main([str(w) for w in words])
        for number, handler in asked.items():       # the command line takes them; whoever stops the tests wants them back
            signal.signal(number, handler)
        out, err = capfd.readouterr()
        return Ended(code, out, err)

    return call


def faded_pair(seed: int, size: int = 96) -> tuple[np.ndarray, np.ndarray]:
    """A coloured picture of soft shapes and its magenta-faded twin, 8-bit RGB."""
    rng = np.random.default_rng(seed)
    picture = np.full((size, size, 3), 90, np.float32)
    for _ in range(14):
        colour = rng.uniform(20, 235, 3).tolist()
        centre = tuple(int(v) for v in rng.integers(0, size, 2))
        cv2.circle(picture, centre, int(rng.integers(size // 12, size // 4)), colour, -1, cv2.LINE_AA)
    picture = np.clip(cv2.GaussianBlur(picture, (0, 0), 0.7), 0, 255)
    mix = np.array([[0.55, 0.35, 0.1], [0.15, 0.8, 0.05], [0.25, 0.45, 0.3]], np.float32)
    faded = np.clip(picture @ mix.T + (22, 0, 10), 0, 255)
    return picture.round().astype(np.uint8), faded.round().astype(np.uint8)


def write_png(path: Path, rgb: np.ndarray) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(cv2.imencode(".png", np.ascontiguousarray(rgb[..., ::-1]))[1].tobytes())


@pytest.fixture
def aligned_stills(tmp_path: Path) -> tuple[Path, Path]:
    """Six aligned pictures of two shots, named s01_1.png and so on, in folders `scan` and `reference`."""
    for shot in (1, 2):
        for take in (1, 2, 3):
            picture, faded = faded_pair(10 * shot)
            picture, faded = (np.roll(p, 7 * take, axis=1) for p in (picture, faded))
            write_png(tmp_path / "reference" / f"s{shot:02d}_{take}.png", picture)
            write_png(tmp_path / "scan" / f"s{shot:02d}_{take}.png", faded)
    return tmp_path / "scan", tmp_path / "reference"
