"""Training of detail through its public door: it learns what no filter can, stops, goes on to the same end, and says what is wrong."""
from __future__ import annotations

import json
from pathlib import Path

import cv2
import numpy as np
import pytest
import torch

from engine.apply.detail import DetailRestorer
from engine.detail.pair import DetailPair
from engine.errors import MediaError, TooShort, UsageError
from engine.run import Cancelled, Run
from engine.train.asked import TrainSettings
from engine.train.detail import train_detail
from engine.train.detail_model import DetailModel, fresh
from engine.train.detail_net import DetailSettings
from engine.train.detail_samples import DetailSample, DetailSamples, harm_of, mixed
from tests.engine.train.test_loop import Stops, on_the_card

SIZE = 96


def picture(seed: int) -> np.ndarray:
    """Luma of sharp shapes on grey."""
    random = np.random.default_rng(seed)
    plane = np.full((SIZE, SIZE), 0.4, np.float32)
    for _ in range(12):
        centre = tuple(int(v) for v in random.integers(0, SIZE, 2))
        cv2.circle(plane, centre, int(random.integers(4, 18)), float(random.uniform(0.1, 0.9)), -1)
    return plane


def eaten(plane: np.ndarray, seed: int) -> np.ndarray:
    """Light blotches on it, as mould leaves them: no linear filter takes them away."""
    random = np.random.default_rng(seed)
    spots = cv2.GaussianBlur(random.standard_normal(plane.shape).astype(np.float32), (0, 0), 2.0)
    return np.where(spots > 1.0 * spots.std(), 0.95, plane).astype(np.float32)


def pair(index: int, held_out: bool = False) -> DetailPair:
    target = picture(index)
    return DetailPair(index, f"{index:04d}", "shot 1", held_out, eaten(target, 100 + index)[None].astype(np.float16),
                      target.astype(np.float16), np.full(target.shape, 255, np.uint8))


def film(folder: Path, train: int = 4, held_out: int = 2) -> list[Path]:
    folder.mkdir()
    return [pair(index, index >= train).save(folder) for index in range(train + held_out)]


def at_step(step: int) -> Stops:
    return Stops(lambda done, note: note.startswith("training") and done == step)


@pytest.fixture(autouse=True)
def one_thread() -> None:
    torch.set_num_threads(1)


def test_the_net_learns_what_no_filter_can_and_leaves_what_is_looked_at(tmp_path: Path) -> None:
    result = train_detail(film(tmp_path / "pairs"), TrainSettings(steps=100), tmp_path / "run", Run())
    assert result.held_out is not None and result.steps == 100
    assert result.held_out["psnr"] > result.held_out["filter_psnr"] + 3 > result.held_out["untouched_psnr"] + 3
    assert len(result.frames) == 2
    rows = [json.loads(line) for line in (tmp_path / "run" / "curve.jsonl").read_text().splitlines()]
    assert [row["step"] for row in rows] == [10, 50, 100] and rows[-1]["psnr"] == pytest.approx(result.held_out["psnr"])
    sheet = json.loads((tmp_path / "run" / "preview" / "sheet.json").read_text())
    assert sheet["steps"] == [10, 100] and all(crop["held_out"] for crop in sheet["crops"])
    assert (tmp_path / "run" / "preview" / "held-0000004.png").exists()
    assert not (tmp_path / "run" / "samples").exists()


def test_a_run_that_was_stopped_goes_on_to_the_very_same_end(tmp_path: Path) -> None:
    pairs = film(tmp_path / "pairs", 2, 1)
    whole = train_detail(pairs, TrainSettings(steps=24), tmp_path / "whole", Run())
    with pytest.raises(Cancelled):
        train_detail(pairs, TrainSettings(steps=24), tmp_path / "parts", at_step(13))
    parts = train_detail(pairs, TrainSettings(steps=24), tmp_path / "parts", Run())
    assert (tmp_path / "parts" / "model.pt").read_bytes() == (tmp_path / "whole" / "model.pt").read_bytes()
    assert parts.held_out == whole.held_out


def test_a_held_out_frame_is_measured_where_it_is_trusted_though_its_middle_is_not(tmp_path: Path) -> None:
    files = []
    for index in range(2):
        large = cv2.resize(picture(index), (640, 640), interpolation=cv2.INTER_NEAREST)
        weight = np.full(large.shape, 255, np.uint8)
        if index:
            weight[64:-64, 64:-64] = 0
        files.append(DetailPair(index, f"{index:04d}", "shot 1", bool(index), eaten(large, index)[None].astype(np.float16),
                                large.astype(np.float16), weight).save(tmp_path))
    result = train_detail(files, TrainSettings(steps=2), tmp_path / "run", Run())
    assert result.held_out is not None and 5 < result.held_out["psnr"] < 60


def test_a_run_whose_card_is_away_is_kept_and_goes_on_when_it_is_back(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    on_the_card(monkeypatch, train_detail, film(tmp_path / "pairs", 2, 1), tmp_path / "run")


def test_enough_ends_it_properly(tmp_path: Path) -> None:
    folder = tmp_path / "run"

    class Enough(Run):
        def report(self, done: int, total: int, note: str) -> None:
            if note.startswith("training") and done == 6:
                (folder / "enough").touch()

    result = train_detail(film(tmp_path / "pairs", 2, 1), TrainSettings(steps=500), folder, Enough())
    assert result.steps == 7 and result.ended_early and not (folder / "enough").exists()


def test_a_time_is_kept_by_a_clock_that_says_so(tmp_path: Path) -> None:
    now = [0.0]

    def clock() -> float:
        now[0] += 0.25
        return now[0]

    result = train_detail(film(tmp_path / "pairs", 2, 1), TrainSettings(minutes=1), tmp_path / "run", Run(), clock)
    assert 8 < result.steps < 120 and now[0] < 66


def test_what_is_wrong_is_said(tmp_path: Path) -> None:
    held = film(tmp_path / "held", 0, 2)
    with pytest.raises(TooShort, match="choose others with --pairs"):
        train_detail(held, TrainSettings(steps=5), tmp_path / "run", Run())
    only = film(tmp_path / "only", 2, 0)
    with pytest.raises(UsageError, match="--steps or --minutes"):
        train_detail(only, TrainSettings(), tmp_path / "run", Run())
    only[0].write_bytes(b"no pair")
    with pytest.raises(MediaError, match="damaged"):
        train_detail(only, TrainSettings(steps=5), tmp_path / "run", Run())


@pytest.mark.parametrize("harmed", [False, True])
def test_a_fresh_net_changes_nothing_and_tiles_make_what_the_whole_frame_makes(tmp_path: Path, harmed: bool) -> None:
    net = fresh(DetailSettings(1, (8, 8, 8)))
    seen = np.random.default_rng(1).random((1, 150, 131)).astype(np.float32)
    DetailModel(net, {"threads": 1, "harmed": harmed}).save(tmp_path / "model.pt")
    restorer = DetailRestorer(tmp_path / "model.pt", "cpu")
    np.testing.assert_array_equal(restorer.restore(seen), seen[0])
    torch.nn.init.normal_(net.last.weight)
    DetailModel(net, {"threads": 1, "harmed": harmed}).save(tmp_path / "model.pt")
    restorer = DetailRestorer(tmp_path / "model.pt", "cpu")
    whole = restorer.restore(seen)
    restorer.tile = 64
    np.testing.assert_allclose(restorer.restore(seen), whole, atol=1e-5)
    assert np.abs(whole - seen[0]).max() > 0.01


def test_what_is_guessed_of_a_damaged_frame_is_the_same_in_its_mirror_image(tmp_path: Path) -> None:
    net = fresh(DetailSettings(1, (8, 8, 8)))
    torch.nn.init.normal_(net.last.weight)
    seen = np.random.default_rng(1).random((1, 152, 136)).astype(np.float32)
    apart = []
    for harmed in (True, False):
        DetailModel(net, {"threads": 1, "harmed": harmed}).save(tmp_path / "model.pt")
        restorer = DetailRestorer(tmp_path / "model.pt", "cpu")
        for axis in (0, 1):
            back = np.flip(restorer.restore(np.flip(seen, axis + 1)), axis)
            apart.append(float(np.abs(back - restorer.restore(seen)).max()))
    assert max(apart[:2]) < 1e-5 < 0.01 < min(apart[2:])


def test_damage_that_veils_a_frame_veils_another_and_does_not_hide_it() -> None:
    clean, other = picture(1), picture(2)
    veil = np.random.default_rng(3).choice(np.array([-0.15, 0.15], np.float32), other.shape)
    cell = np.kron(veil[::4, ::4], np.ones((4, 4), np.float32))[:other.shape[0], :other.shape[1]]
    one = np.ones_like(clean)
    made = mixed(np.stack([clean, clean, one]), np.stack([0.4 + 0.3 * other + cell, other, one]))[0]

    def alike(a: np.ndarray, b: np.ndarray) -> float:
        return float(np.corrcoef(a.ravel(), b.ravel())[0, 1])

    assert alike(made, cell) > 0.5
    assert alike(made - cell, clean) > 0.5 > 2 * alike(made - cell, other)
    assert made.std() < 1.5 * (0.4 + 0.3 * other + cell).std()


def test_the_damage_of_one_frame_is_laid_on_another_and_nothing_else_of_it() -> None:
    clean, other = picture(1), picture(2)
    harmed = other.copy()
    harmed[30:60, 30:60] = 0.98
    one = np.ones_like(clean)
    window, over = np.stack([clean, clean, one]), np.stack([harmed, other, one])
    made = mixed(window, over)
    np.testing.assert_array_equal(made[1:], window[1:])
    assert np.abs(made[0, 38:52, 38:52] - 0.98).mean() < 0.02
    np.testing.assert_allclose(made[0, :20], clean[:20], atol=1e-3)


@pytest.mark.parametrize(("damaged", "laid"), [(1, True), (3, False)])
def test_damage_is_laid_on_others_only_where_most_pairs_have_none(damaged: int, laid: bool, tmp_path: Path) -> None:
    one, samples = np.full((SIZE, SIZE), 255, np.uint8), []
    for index in range(4):
        target = picture(index)
        seen = eaten(target, 100 + index) if index < damaged else target
        pair = DetailPair(index, f"{index:04d}", "shot 1", False, seen[None].astype(np.float16), target.astype(np.float16), one)
        samples.append(DetailSample.write(tmp_path / str(index), pair))
    drawn = DetailSamples(samples, 1, 16)
    drawn.odds = np.array([0, 0, 0, 1.0])       # windows of the whole one alone
    batch = drawn.batch(0, 32, torch.device("cpu"))
    windows = zip(batch.seen.numpy(), batch.target.numpy(), strict=True)
    harmed = np.mean([(harm_of(seen[0], target[0]) > 0.5).any() for seen, target in windows])
    assert 0.25 < harmed < 0.75 if laid else harmed == 0
