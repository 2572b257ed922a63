"""What is painted on the damage counts where it is painted, the later on top, and outlives the window with what was taken back."""
from __future__ import annotations

from dataclasses import asdict
from pathlib import Path
from typing import cast

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engine.detail.edited import edited
from engine.detail.edits import FOLDER, Edit, Stroke, load_edit, load_edits, path_of
from engine.errors import MediaError
from engine.files import write_json
from engine.media.source import FrameSource

SIZE = (40, 60)


class Named:
    """Frames that are numbered from `first` on."""

    def __init__(self, first: int, digits: int) -> None:
        self.first, self.digits = first, digits

    def __len__(self) -> int:
        return 10

    def name(self, index: int) -> str:
        return f"{self.first + index:0{self.digits}d}"


def film(first: int, digits: int = 4) -> FrameSource:
    return cast(FrameSource, Named(first, digits))


unit = st.floats(0, 1, width=32)
strokes = st.builds(Stroke, st.booleans(), st.lists(st.tuples(unit, unit, unit), min_size=1, max_size=4).map(tuple),
                    st.floats(0.0625, 0.5, width=32), unit)


def found(seed: int) -> np.ndarray:
    return np.random.default_rng(seed).random(SIZE).astype(np.float32)


@given(st.lists(strokes, max_size=3), strokes, st.integers(0, 9))
@settings(max_examples=30, deadline=None)
def test_a_stroke_moves_damage_towards_what_it_says_and_touches_nothing_else(before: list[Stroke], last: Stroke, seed: int) -> None:
    one, two = edited(found(seed), before), edited(found(seed), [*before, last])
    assert two.min() >= 0 and two.max() <= 1
    assert (two >= one).all() if last.damaged else (two <= one).all()
    y, x = (np.mgrid[:SIZE[0], :SIZE[1]] + 0.5) / np.array(SIZE)[:, None, None]
    reach = last.size / 2 + 2 / SIZE[1]
    away = np.min([np.hypot(x - px, (y - py) * SIZE[0] / SIZE[1]) for px, py, _ in along(last.points)], 0) > reach
    assert np.array_equal(one[away], two[away])


def along(points: tuple[tuple[float, float, float], ...]) -> list[np.ndarray]:
    """Places close together on the line through `points`."""
    corners = np.array(points)
    return [a + (b - a) * t for a, b in zip(corners, [*corners[1:], corners[-1]], strict=True) for t in np.linspace(0, 1, 60)]


@given(st.integers(8, 80), st.booleans())
@settings(max_examples=15, deadline=None)
def test_the_middle_of_a_stroke_is_what_it_says_at_every_size_of_the_picture(high: int, damaged: bool) -> None:
    plane = np.full((high, 2 * high), 0.4, np.float32)
    line = Stroke(damaged, ((0.25, 0.5, 1.0), (0.75, 0.5, 1.0)), 0.3)
    made = edited(plane, [line])
    assert made[high // 2, high // 2: 3 * high // 2].tolist() == [float(damaged)] * high
    assert made[high // 2, 0] == np.float32(0.4)


def test_strokes_are_kept_a_file_a_frame_with_what_was_taken_back(tmp_path: Path) -> None:
    first, second = Stroke(True, ((0.5, 0.5, 1.0),), 0.1), Stroke(False, ((0.2, 0.1, 0.5), (0.3, 0.1, 1.0)), 0.05, 0.5)
    scan, plain = film(0), Edit("0003")
    edit = plain.done(first).done(second).undo()
    edit.save(tmp_path)
    Edit("0007", (), (first,)).save(tmp_path)
    assert load_edit(tmp_path, scan, 3) == edit and load_edit(tmp_path, scan, 3).redo().strokes == (first, second)
    assert load_edits(tmp_path, scan) == ({3: (first,)}, []) and load_edit(tmp_path, scan, 4) == Edit("0004")
    assert edit.done(second).undone == () and plain.undo() == plain == plain.redo()


def test_strokes_stay_with_their_frame_when_another_range_is_read(tmp_path: Path) -> None:
    strokes = {name: (Stroke(True, ((0.5, 0.5, size),), size),) for name, size in (("0003", 0.1), ("0012", 0.2))}
    for name, own in strokes.items():
        Edit(name, own).save(tmp_path)
    assert load_edits(tmp_path, film(3)) == ({0: strokes["0003"], 9: strokes["0012"]}, [])
    assert load_edits(tmp_path, film(5)) == ({7: strokes["0012"]}, ["0003"])
    assert load_edit(tmp_path, film(5), 7).strokes == strokes["0012"] and not load_edit(tmp_path, film(5), 3).strokes


@pytest.mark.parametrize(("first", "digits"), [(0, 4), (2, 7), (0, 7)])
def test_strokes_of_version_1_are_of_the_frames_of_the_range_that_is_read(first: int, digits: int, tmp_path: Path) -> None:
    scan = film(first, digits)
    (tmp_path / FOLDER).mkdir()
    strokes = {index: (Stroke(True, ((0.5, 0.5, 1.0),), 0.1 * index),) for index in (3, 5, 7)}
    for index, own in strokes.items():
        write_json(tmp_path / FOLDER / f"{index:07d}.json", {"version": 1, "index": index, "strokes": asdict(Edit("", own))["strokes"],
                                                             "undone": []})
    for _ in range(2):
        assert load_edits(tmp_path, scan) == (strokes, [])
    assert sorted(path.name for path in (tmp_path / FOLDER).iterdir()) == [f"{first + index:0{digits}d}.json" for index in strokes]


def test_a_damaged_file_is_named(tmp_path: Path) -> None:
    Edit("0003", (Stroke(True, ((0.5, 0.5, 1.0),), 0.1),)).save(tmp_path)
    path_of(tmp_path, "0003").write_text("{")
    with pytest.raises(MediaError, match=r"0003\.json.*paint it again"):
        load_edits(tmp_path, film(0))
