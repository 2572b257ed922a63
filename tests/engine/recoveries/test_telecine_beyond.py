"""A print of 10-bit log that mould has eaten, and a telecine that shows only the middle of it: found through the damage, repaired beyond
the crop too, and where the print is sound kept code for code."""
from __future__ import annotations

from types import SimpleNamespace
from typing import NamedTuple

import cv2
import numpy as np
import pytest
import torch

from engine.align import align as aligning
from engine.align.space import coverage
from engine.media.open import open_source
from engine.project import Project, Settings
from engine.recoveries.perform import run_steps
from engine.recoveries.telecine_steps import eaten_of
from engine.recoveries.telecine_work import SEAM
from engine.run import Run
from tests.engine.align.films import corner_errors, telecine_matrix
from tests.engine.finished import medium, opened
from tests.engine.recoveries.found_films import eaten_print, pictures, seen, weave, write, write_log

FRAMES, LATE = 8, 2         # of the print, whose frame 0 is LATE of the telecine
MATRIX = telecine_matrix(1, crop=0.1)
pytestmark = [pytest.mark.slow, pytest.mark.timeout(900)]


class Repaired(NamedTuple):
    project: Project
    through_damage: int     # how often the fit in spite of damage was asked for


@pytest.fixture(scope="module")
def repaired(tmp_path_factory: pytest.TempPathFactory) -> Repaired:
    torch.set_num_threads(1)
    folder, sharp, asked = tmp_path_factory.mktemp("beyond"), pictures(FRAMES + LATE, 1), list[int]()
    write_log(folder / "scan", eaten_print(sharp[LATE:], 1))
    write(folder / "reference", [cv2.GaussianBlur(seen(plane, MATRIX), (0, 0), 0.8) for plane in sharp])
    settings = Settings(pairs=(0, 3, 6), steps=8, device="cpu", formats=("dpx",), grain="none", evidence=True)
    project = Project(folder / "film.project", "film", "telecine", medium(folder, "scan"), medium(folder, "reference"), settings)
    project.save()
    fitted = aligning.fitted
    with pytest.MonkeyPatch.context() as patch, opened(project) as work:
        patch.setattr(aligning, "fitted", lambda *of: (asked.append(1), fitted(*of))[1])
        run_steps(work, Run(), "export")
    return Repaired(project, len(asked))


def test_an_eaten_print_is_found_in_its_telecine(repaired: Repaired) -> None:
    with opened(repaired.project) as work:
        assert repaired.through_damage == 1 and work.scan.info.encoding == "cineon"
        assert [match.reference for match in work.alignment.frames] == list(range(LATE, FRAMES + LATE))
        errors = corner_errors(SimpleNamespace(frames=work.alignment.frames), MATRIX, [weave(k) for k in range(FRAMES)])
    assert np.median(errors) < 0.3


def test_sound_parts_are_the_prints_own_code_for_code(repaired: Repaired) -> None:
    folder = repaired.project.folder.parent
    with opened(repaired.project) as work, open_source(next(folder.glob("*_restored_dpx"))) as result:
        assert (result.info.depth, result.info.encoding, len(result)) == (10, "cineon", FRAMES)
        eaten = eaten_of(work)
        for index in range(FRAMES):
            before, after = (np.rint(source.read(index) * 1023).astype(int) for source in (work.scan, result))
            kept = eaten.sound(index) >= 1
            assert 0.1 < kept.mean() < 0.9 and np.array_equal(after[kept], before[kept])
            assert (after[~kept] != before[~kept]).any(-1).mean() > 0.5


def test_mattes_show_the_net_beyond_the_telecine_and_nowhere_well_inside_it(repaired: Repaired) -> None:
    with opened(repaired.project) as work:
        eaten = eaten_of(work)
        for index, file in enumerate(sorted(repaired.project.folder.parent.glob("*.evidence/*.png"))):
            net, match, keep = cv2.imread(str(file))[..., 2] / 255, work.alignment.frames[index], eaten.sound(index)
            inside = coverage(match.matrix, (work.reference.info.width, work.reference.info.height), keep.shape[::-1])
            depth = cv2.distanceTransform(inside.astype(np.uint8), cv2.DIST_L2, 5)
            assert np.allclose(net[~inside], (1 - keep)[~inside], atol=0.01) and net[~inside].max() == 1
            assert net[depth > SEAM + 1].max() == 0 and net[keep >= 1].max() == 0
            seam = net[inside & (keep <= 0) & (depth < SEAM / 2)]
            assert seam.min() > 0 and seam.max() < 1
        assert index == FRAMES - 1
