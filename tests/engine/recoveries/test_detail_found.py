"""Detail where nothing is given as aligned: the program finds the partners, the geometry and what is bent; a pair that lies wrong is left
out, and frames without a partner are restored like the others."""
from __future__ import annotations

from dataclasses import replace
from typing import NamedTuple

import cv2
import numpy as np
import pytest
import torch

from engine.align.alignment import Alignment
from engine.align.local import LIMIT_PX
from engine.align.space import moved
from engine.detail.aligned import lay
from engine.detail.pair import DetailPair
from engine.project import Project, Settings
from engine.recoveries.perform import run_steps
from engine.run import Run
from tests.engine.align.films import BORDER, PICTURE, telecine_matrix
from tests.engine.finished import medium, opened
from tests.engine.recoveries.found_films import bent, dupe, in_gate, pictures, seen, write

FRAMES, FIRST, LAST = 12, 2, 10     # of the print; the reference shows FIRST to LAST - 1
ASTRAY = 6                          # frame that is laid wrong after it was aligned
PAIRS = (2, 4, 6, 8, 9)
INSIDE = (slice(BORDER + 20, BORDER + PICTURE[1] - 20), slice(BORDER + 20, BORDER + PICTURE[0] - 20))


pytestmark = pytest.mark.slow


@pytest.fixture(scope="module", autouse=True)
def one_thread() -> None:
    torch.set_num_threads(1)


class Heard(Run):
    """Keeps what is said."""

    def __init__(self, said: list[str]) -> None:
        super().__init__()
        self.say = said.append          # type: ignore[method-assign]


class Restored(NamedTuple):
    project: Project
    alignment: Alignment
    said: list[str]


@pytest.fixture(scope="module")
def restored(tmp_path_factory: pytest.TempPathFactory) -> Restored:
    """A soft print restored by a sharp reference of its middle that is bent smoothly; `alignment` is as it was found."""
    folder, matrix, sharp, said = tmp_path_factory.mktemp("found"), telecine_matrix(1), pictures(FRAMES, 1), list[str]()
    write(folder / "scan", [dupe(plane, k) for k, plane in enumerate(sharp)])
    write(folder / "reference", [bent(seen(sharp[k], matrix), 1.5, 3, 3) for k in range(FIRST, LAST)])
    settings = Settings(pairs=PAIRS, steps=60, device="cpu", formats=("png",), encoding="rec709", grain="none")
    project = Project(folder / "film.project", "film", "spatial-reference", medium(folder, "scan"), medium(folder, "reference"), settings)
    project.save()
    with opened(project) as work:
        run_steps(work, Run(), "align")
        path = project.folder / "align" / "alignment.json"
        found = Alignment.load(path)
        astray = replace(found.frames[ASTRAY], matrix=found.frames[ASTRAY].matrix @ moved(11, 7))
        replace(found, frames=(*found.frames[:ASTRAY], astray, *found.frames[ASTRAY + 1:])).save(path)
        done = project.done["align"]
        project.mark("align", replace(done, left={name: path.stat().st_size for name in done.left}))
        run_steps(work, Heard(said), "export")
    return Restored(project, found, said)


def test_the_overlap_is_found(restored: Restored) -> None:
    assert [match.reference for match in restored.alignment.frames] == [
        k - FIRST if FIRST <= k < LAST else None for k in range(FRAMES)]


def test_a_reference_that_is_bent_smoothly_is_laid_to_less_than_the_limit(restored: Restored) -> None:
    """By the pictures themselves: what the laid reference shows is where the print's own sharp picture has it."""
    sharp = pictures(FRAMES, 1)
    with opened(restored.project) as work:
        for index in (2, 5, 9):
            laid = lay(work.scan, work.reference, restored.alignment.frames[index])
            assert laid.misfit < LIMIT_PX / 2 and laid.usable
            truth, shown = (np.asarray(p, np.float32)[INSIDE] for p in (in_gate(sharp[index], index), laid.reference.mean(2)))
            flow = cv2.DISOpticalFlow_create(cv2.DISOPTICAL_FLOW_PRESET_MEDIUM).calc(
                *(np.round(np.clip(plane, 0, 1) * 255).astype(np.uint8) for plane in (truth, shown)), None)
            assert np.percentile(np.linalg.norm(flow, axis=2), 90) < LIMIT_PX


def test_a_pair_that_cannot_be_laid_is_left_out_and_said(restored: Restored) -> None:
    facts = restored.project.done["pairs"].facts
    assert facts["left_out"] == 1 and facts["misfit_px"] < LIMIT_PX
    files = sorted((restored.project.folder / "pairs").glob("*.npz"))
    assert [int(file.stem) for file in files] == [k for k in PAIRS if k != ASTRAY]
    assert all(DetailPair.load(file).misfit <= LIMIT_PX for file in files)
    assert any(line.startswith("left out") and line.endswith(f"{ASTRAY:04d}") for line in restored.said)


def test_frames_without_a_partner_are_restored_too(restored: Restored) -> None:
    sharp = pictures(FRAMES, 1)
    files = sorted(restored.project.folder.parent.glob("*_restored_png/*.png"))
    assert len(files) == FRAMES
    for index, file in enumerate(files):
        truth = in_gate(sharp[index], index)[INSIDE]
        made = cv2.imread(str(file), cv2.IMREAD_UNCHANGED)[..., 0][INSIDE] / 65535
        before, after = (-10 * np.log10(np.square(plane - truth).mean()) for plane in (dupe(sharp[index], index)[INSIDE], made))
        assert after > before + 1, f"frame {index}: {before:.2f} dB, then {after:.2f}"
