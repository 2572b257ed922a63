"""Apply through its public door: luma holds, strips change nothing, running out of memory is survived or said."""
from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
import torch

from engine.apply.frames import Restorer
from engine.errors import OutOfMemory
from engine.run import Run
from engine.train.asked import TrainSettings
from engine.train.loop import train
from tests.engine.train.made import film

LUMA = np.array([0.2126, 0.7152, 0.0722])


@pytest.fixture(scope="module")
def model(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("model")
    return train(film(folder / "pairs", shots=2), TrainSettings(steps=40), folder / "run", Run()).model


def frame(height: int, width: int, low: float = 0.0, high: float = 1.0) -> np.ndarray:
    return np.random.default_rng(4).uniform(low, high, (height, width, 3)).astype(np.float32)


@pytest.mark.parametrize("size", [(48, 64), (61, 97), (301, 530), (9, 7)])
def test_only_chroma_changes_far_beyond_white_and_below_black_too(model: Path, size: tuple[int, int]) -> None:
    picture = frame(*size, -1, 12)
    before = picture.copy()
    result = Restorer(model).restore(picture, "shot 1")
    assert result.dtype == np.float32
    assert result.shape == picture.shape
    assert np.abs((result.astype(np.float64) - picture) @ LUMA).max() <= 1e-4 * 0.2
    assert np.abs(result - picture).max() > 0.05
    np.testing.assert_array_equal(picture, before)


def test_the_height_of_strips_changes_no_value(model: Path) -> None:
    picture = frame(203, 331)
    whole = Restorer(model, strip_rows=1000).restore(picture, "shot 2")
    for rows in (8, 17, 100, None):
        np.testing.assert_array_equal(Restorer(model, strip_rows=rows).restore(picture, "shot 2"), whole)


@pytest.mark.parametrize("shot", ["shot 1", None])
@pytest.mark.parametrize("size", [(203, 331), (9, 7), (1, 1)])
def test_the_processor_lays_on_what_a_graphics_card_would(model: Path, size: tuple[int, int], shot: str | None) -> None:
    picture, restorer, card = frame(*size, -0.5, 2), Restorer(model), Restorer(model)
    card.laying = None
    np.testing.assert_allclose(restorer.restore(picture, shot), card.restore(picture, shot), atol=2e-5)
    np.testing.assert_allclose(restorer.lut(picture, shot), card.lut(picture, shot), atol=2e-5)


def test_codes_above_white_keep_their_detail_and_take_the_chroma_of_white(model: Path) -> None:
    picture = np.ones((48, 64, 3), np.float32)
    bright = picture.copy()
    bright[20:28, 20:28] = 1.7
    restorer = Restorer(model)
    difference = restorer.restore(bright, "shot 1") - restorer.restore(picture, "shot 1")
    np.testing.assert_allclose(difference, bright - picture, atol=1e-5)


def test_a_shot_that_the_model_does_not_know_takes_what_all_share(model: Path) -> None:
    picture, restorer = frame(48, 64), Restorer(model)
    np.testing.assert_array_equal(restorer.restore(picture, "another"), restorer.restore(picture, None))
    assert np.abs(restorer.restore(picture, "shot 1") - restorer.restore(picture, None)).max() > 0.01


def test_out_of_memory_halves_the_strip_and_goes_on(model: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    picture = frame(120, 64)
    expected = Restorer(model).restore(picture, "shot 1")
    restorer = Restorer(model, strip_rows=120)
    real = restorer._strip

    def tight(picture: np.ndarray, coefficients: torch.Tensor, shot: str | None, top: int, rows: int) -> np.ndarray:
        if rows > 20:
            raise torch.OutOfMemoryError("out of memory")
        return real(picture, coefficients, shot, top, rows)

    monkeypatch.setattr(restorer, "_strip", tight)
    np.testing.assert_array_equal(restorer.restore(picture, "shot 1"), expected)


def test_out_of_memory_to_the_last_is_an_error_not_an_untreated_frame(model: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    restorer = Restorer(model)

    def none(*_: object) -> np.ndarray:
        raise MemoryError

    monkeypatch.setattr(restorer, "_strip", none)
    with pytest.raises(OutOfMemory, match="64 x 48"):
        restorer.restore(frame(48, 64), "shot 1")


def test_another_error_is_not_taken_for_a_lack_of_memory(model: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    restorer = Restorer(model)

    def broken(*_: object) -> np.ndarray:
        raise RuntimeError("a bug")

    monkeypatch.setattr(restorer, "_strip", broken)
    with pytest.raises(RuntimeError, match="a bug"):
        restorer.restore(frame(48, 64), "shot 1")
