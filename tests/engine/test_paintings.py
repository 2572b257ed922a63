"""The paintings for the manual can be given as similar pictures."""
from __future__ import annotations

from pathlib import Path

import numpy as np

from engine.keyframes.notes import read_similar
from engine.media.picture_files import read
from engine.run import Run
from engine.sample.paintings import make_paintings


def test_they_are_pictures_with_notes_and_the_same_again(tmp_path: Path) -> None:
    made = make_paintings(tmp_path / "one")
    found = read_similar(tmp_path / "one", Run())
    assert [one.path for one in found] == sorted(made)
    assert all(one.kind == "painting" and not one.assumption for one in found)
    assert all(read(path).std() > 0.1 for path in made)
    again = make_paintings(tmp_path / "two")
    assert all(np.array_equal(read(a), read(b)) for a, b in zip(made, again, strict=True))
