"""A tiny film eaten by mould and the soft telecine from when it was whole, as numbered stills of one size."""
from __future__ import annotations

from pathlib import Path

import cv2
import numpy as np

from engine.project import Project, Settings
from tests.conftest import write_png
from tests.engine.finished import medium

SIZE = (120, 160)
FRAMES = 12


def whole(index: int) -> np.ndarray:
    """Frame `index` when it was whole: luma (h, w) 0..1 of textured shapes that move."""
    random = np.random.default_rng(5)
    ground = cv2.GaussianBlur(random.normal(size=(SIZE[0], SIZE[1] + 4 * FRAMES)), (0, 0), 1.5)
    picture = np.asarray(0.42 + 0.05 * ground / ground.std(), np.float32)
    for _ in range(40):
        centre = int(random.integers(0, picture.shape[1])), int(random.integers(0, SIZE[0]))
        cv2.circle(picture, centre, int(random.integers(4, 14)), float(random.uniform(0.2, 0.65)), -1, cv2.LINE_AA)
    return np.ascontiguousarray(picture[:, 2 * index:2 * index + SIZE[1]])


def mould(index: int) -> np.ndarray:
    """(h, w) where frame `index` is eaten; the mould rolls."""
    blotches = cv2.GaussianBlur(np.random.default_rng(9).normal(size=SIZE), (0, 0), 3)
    blotches[:, :50] = blotches.min()
    return np.roll(blotches > np.quantile(blotches, 0.75), 17 * index, axis=0)


def print_of(index: int) -> np.ndarray:
    grain = 0.008 * np.random.default_rng(100 + index).normal(size=SIZE)
    return np.where(mould(index), 0.95 - 0.1 * whole(index), whole(index)) + grain


def telecine_of(index: int) -> np.ndarray:
    return 0.08 + 0.85 * cv2.GaussianBlur(whole(index), (0, 0), 0.9)


def write_film(folder: Path) -> None:
    """Stills in `folder`/scan and `folder`/reference."""
    for index in range(FRAMES):
        for role, plane in (("scan", print_of(index)), ("reference", telecine_of(index))):
            codes = np.round(np.clip(plane, 0, 1) * 255).astype(np.uint8)
            write_png(folder / role / f"still_{index:04d}.png", np.repeat(codes[..., None], 3, 2))


def eaten_project(folder: Path, **settings: object) -> Project:
    """Of that film, made in `folder`; nothing is done yet."""
    write_film(folder)
    chosen = {"aligned": True, "pairs": tuple(range(FRAMES)), "shots": ("first",) * FRAMES, "steps": 25, "device": "cpu",
              "formats": ("png",), "encoding": "rec709", **settings}
    project = Project(folder / "film.project", "film", "telecine", medium(folder, "scan"), medium(folder, "reference"),
                      Settings(**chosen))       # type: ignore[arg-type]
    project.save()
    return project
