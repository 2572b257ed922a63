"""Training through its public door: it learns, it stops, it goes on, and it says what is wrong."""
from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
import torch

from engine.errors import DeviceMissing, MediaError, NewerVersion, OtherTraining, OutOfMemory, TooShort, UsageError
from engine.run import Cancelled, Run
from engine.train import checkpoint as checkpoint_module
from engine.train import loop
from engine.train.asked import TrainSettings
from engine.train.device import choose_device
from engine.train.loop import train
from engine.train.model import Model
from engine.train.net import AffineGrid, NetSettings
from tests.engine.train.made import film, pair


class Stops(Run):
    """A run that the user stops at a certain report."""

    def __init__(self, when: Callable[[int, str], bool]) -> None:
        super().__init__()
        self.when = when

    def report(self, done: int, total: int, note: str) -> None:
        if self.when(done, note):
            raise Cancelled


class Heard(Run):
    """Keeps what was said."""

    def __init__(self) -> None:
        super().__init__()
        self.said: list[str] = []
        self.notes: list[str] = []

    def say(self, text: str) -> None:
        self.said.append(text)

    def report(self, done: int, total: int, note: str) -> None:
        self.notes.append(note)


def at_step(step: int) -> Stops:
    return Stops(lambda done, note: note.startswith("training") and done == step)


def test_the_net_learns_what_no_lut_can(tmp_path: Path) -> None:
    result = train(film(tmp_path / "pairs"), TrainSettings(steps=150), tmp_path / "run", Run())
    assert result.steps == 150
    assert result.device == "cpu"
    assert result.held_out is not None
    assert result.held_out["dE00"] < 0.5 * result.held_out["lut_dE00"]
    assert result.held_out["lut_dE00"] < result.held_out["untouched_dE00"]
    rows = [json.loads(line) for line in (tmp_path / "run" / "curve.jsonl").read_text().splitlines()]
    assert rows[-1]["step"] == 150
    assert {"step", "loss", "dE00", "lut_dE00", "step_ms"} <= rows[-1].keys()


def test_a_stopped_run_ends_with_the_very_model_of_one_that_was_not(tmp_path: Path) -> None:
    pairs = film(tmp_path / "pairs", shots=2)
    whole = train(pairs, TrainSettings(steps=30, seed=3), tmp_path / "whole", Run())
    for step in (7, 19):
        with pytest.raises(Cancelled):
            train(pairs, TrainSettings(steps=30, seed=3), tmp_path / "parts", at_step(step))
    parts = train(pairs, TrainSettings(steps=30, seed=3), tmp_path / "parts", Run())
    assert parts.model.read_bytes() == whole.model.read_bytes()
    again = train(pairs, TrainSettings(steps=30, seed=3), tmp_path / "parts", Run())
    assert again.model.read_bytes() == whole.model.read_bytes()
    assert again.held_out == whole.held_out


def test_another_seed_or_other_pairs_start_afresh_and_elsewhere(tmp_path: Path) -> None:
    pairs = film(tmp_path / "pairs")
    asked = {"one": (pairs, 0), "two": (pairs, 1), "three": (pairs[1:], 1)}
    made = {name: train(files, TrainSettings(steps=3, seed=seed), tmp_path / name, Run()).model.read_bytes()
            for name, (files, seed) in asked.items()}
    assert len(set(made.values())) == 3
    before = whole_folder(tmp_path / "one")
    for files, seed in (asked["two"], asked["three"]):
        with pytest.raises(OtherTraining, match="it is kept"):
            train(files, TrainSettings(steps=3, seed=seed), tmp_path / "one", Run())
    assert whole_folder(tmp_path / "one") == before
    (tmp_path / "one" / "plan.json").unlink()
    with pytest.raises(OtherTraining):
        train(pairs, TrainSettings(steps=3), tmp_path / "one", Run())
    assert whole_folder(tmp_path / "one") == {name: data for name, data in before.items() if name != "plan.json"}


def test_a_run_whose_card_is_away_is_kept_and_goes_on_when_it_is_back(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    pairs = film(tmp_path / "pairs")
    on_the_card(monkeypatch, train, pairs, tmp_path / "run")


def on_the_card(monkeypatch: pytest.MonkeyPatch, begin: Any, pairs: list[Path], folder: Path) -> None:
    """A training that began on a card, and is stopped; the card is away, and comes back. No card is here, so its plan is written by
    hand."""
    settings = TrainSettings(steps=12)
    whole = begin(pairs, settings, folder.with_name("whole"), Run()).model.read_bytes()
    with pytest.raises(Cancelled):
        begin(pairs, settings, folder, at_step(5))
    file = folder / "plan.json"
    at_home, read = json.loads(file.read_text()), checkpoint_module.identity_of

    def as_on_a_card(pairs: Any, asked: dict[str, Any], device: str) -> str:
        return str(at_home["identity"]) if device == "cuda" else read(pairs, asked, "another")

    monkeypatch.setattr(checkpoint_module, "identity_of", as_on_a_card)
    file.write_text(json.dumps(at_home | {"device": "cuda", "device_name": "A quick card"}))
    before = whole_folder(folder)
    monkeypatch.setattr(checkpoint_module, "probe", lambda name: "no CUDA device is there")
    with pytest.raises(DeviceMissing, match=r"began on A quick card.*no CUDA device is there.*--device cpu"):
        begin(pairs, settings, folder, Run())
    assert whole_folder(folder) == before
    with pytest.raises(OtherTraining):
        begin(pairs, replace(settings, device="cpu"), folder, Run())
    assert whole_folder(folder) == before
    monkeypatch.undo()
    file.write_text(json.dumps(at_home))
    assert begin(pairs, settings, folder, Run()).model.read_bytes() == whole


def whole_folder(folder: Path) -> dict[str, bytes]:
    """What lies in a folder."""
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def checkpoint(folder: Path, **change: object) -> dict[str, Any]:
    """The state in a checkpoint, with some of it changed."""
    path = folder / "checkpoint.pt"
    data = torch.load(path, weights_only=True)
    data["state"] |= change
    torch.save(data, path)
    return dict(data["state"])


def test_a_resume_follows_what_a_clock_decided(tmp_path: Path) -> None:
    pairs = film(tmp_path / "pairs", held_out=0)
    with pytest.raises(Cancelled):
        train(pairs, TrainSettings(minutes=0.05), tmp_path / "run", Stops(lambda done, note: note.startswith("training, second part")))
    state = checkpoint(tmp_path / "run")
    assert state["ends"][-1] > state["step"]
    checkpoint(tmp_path / "run", ends=[state["step"] + 3], again_step=10 ** 6)
    result = train(pairs, TrainSettings(minutes=0.05), tmp_path / "run", Run(), clock=lambda: 0.0)
    assert result.steps == state["step"] + 3
    assert result.held_out is None


def test_the_time_before_a_stop_counts(tmp_path: Path) -> None:
    pairs = film(tmp_path / "pairs", held_out=0)
    with pytest.raises(Cancelled):
        train(pairs, TrainSettings(minutes=30), tmp_path / "run", Stops(lambda done, note: note.startswith("training")))
    state = checkpoint(tmp_path / "run")
    assert (state["step"], state["ends"]) == (1, [])
    assert state["seconds"] > 0
    checkpoint(tmp_path / "run", seconds=3000.0)
    assert train(pairs, TrainSettings(minutes=30), tmp_path / "run", Run()).steps == 2


def test_it_stops_by_itself_when_the_held_out_error_has_stopped_falling(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in {"SHORTEST": 20, "PATIENCE": 20, "LOOK_EVERY": 10, "LONGEST": 400, "WORTH": 0.5}.items():
        monkeypatch.setattr(loop, name, value)
    result = train(film(tmp_path / "pairs"), TrainSettings(), tmp_path / "run", Run())
    assert 40 <= result.steps < 400
    assert result.held_out is not None


def test_a_run_of_another_version_of_training_is_not_gone_on_with(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    pairs = film(tmp_path / "pairs")
    whole = train(pairs, TrainSettings(steps=5), tmp_path / "whole", Run()).model.read_bytes()
    for name, value in {"TRAINING": 0, "BATCH": 1}.items():
        monkeypatch.setattr(loop, name, value)
    with pytest.raises(Cancelled):
        train(pairs, TrainSettings(steps=5), tmp_path / "run", at_step(3))
    monkeypatch.undo()
    before = whole_folder(tmp_path / "run")
    with pytest.raises(OtherTraining):
        train(pairs, TrainSettings(steps=5), tmp_path / "run", Run())
    assert whole_folder(tmp_path / "run") == before
    assert train(pairs, TrainSettings(steps=5), tmp_path / "new", Run()).model.read_bytes() == whole


def test_without_held_out_pairs_someone_has_to_say_how_long(tmp_path: Path) -> None:
    pairs = film(tmp_path / "pairs", held_out=0)
    with pytest.raises(UsageError, match="--steps or --minutes"):
        train(pairs, TrainSettings(), tmp_path / "run", Run())
    with pytest.raises(UsageError, match="one of them"):
        train(pairs, TrainSettings(steps=3, minutes=1.0), tmp_path / "run", Run())


def test_nothing_to_train_on(tmp_path: Path) -> None:
    with pytest.raises(TooShort):
        train([pair(0, held_out=True).save(tmp_path)], TrainSettings(steps=3), tmp_path / "run", Run())


def test_pairs_of_different_sizes_train_together(tmp_path: Path) -> None:
    pairs = [pair(i, size=size).save(tmp_path) for i, size in enumerate(((48, 64), (50, 83), (64, 48)))]
    assert train(pairs, TrainSettings(steps=4), tmp_path / "run", Run()).steps == 4


def test_a_newer_checkpoint_or_model_is_said_to_be_newer(tmp_path: Path) -> None:
    pairs = film(tmp_path / "pairs", count=2, held_out=0)
    model = train(pairs, TrainSettings(steps=2), tmp_path / "run", Run()).model
    for path in (model, tmp_path / "run" / "checkpoint.pt"):
        torch.save({**torch.load(path, weights_only=True), "version": 99}, path)
    with pytest.raises(NewerVersion, match=r"model\.pt"):
        Model.load(model)
    with pytest.raises(NewerVersion, match=r"checkpoint\.pt"):
        train(pairs, TrainSettings(steps=2), tmp_path / "run", Run())
    plan = tmp_path / "run" / "plan.json"
    plan.write_text(json.dumps({**json.loads(plan.read_text()), "version": 99}))
    with pytest.raises(NewerVersion, match=r"plan\.json"):
        train(pairs, TrainSettings(steps=2), tmp_path / "run", Run())


def test_a_damaged_model_is_said_to_be_damaged(tmp_path: Path) -> None:
    (tmp_path / "model.pt").write_bytes(b"no model")
    with pytest.raises(MediaError, match="damaged"):
        Model.load(tmp_path / "model.pt")


def test_the_model_describes_itself_in_plain_words(tmp_path: Path) -> None:
    about = Model.load(train(film(tmp_path / "pairs"), TrainSettings(steps=2, seed=5), tmp_path / "run", Run()).model).about
    assert json.loads(json.dumps(about)) == about
    assert about["training_width"] == 64
    assert about["steps"] == 2
    assert about["seed"] == 5


def test_a_step_takes_on_what_the_memory_has_room_for(tmp_path: Path) -> None:
    run = Heard()
    pairs = [pair(i, size=(96, 160)).save(tmp_path) for i in range(2)]
    assert train(pairs, TrainSettings(steps=2), tmp_path / "run", run, lambda device: 100_000).steps == 2
    plan = json.loads((tmp_path / "run" / "plan.json").read_text())
    assert (plan["batch"], plan["side"]) == (1, 20)
    assert any("a window of 80 x 80 pixels of one pair a step" in text for text in run.said)
    train(pairs, TrainSettings(steps=1), tmp_path / "roomy", run, lambda device: 10**12)
    plan = json.loads((tmp_path / "roomy" / "plan.json").read_text())
    assert (plan["batch"], plan["side"]) == (2, None)


@contextmanager
def out_of_memory_at(step: int) -> Iterator[None]:
    """torch itself runs out of memory, once, in the net of that step (the very first is the one that is tried; the device's probe has
    another)."""
    left = [step + 1]

    def forward(module: torch.nn.Module, inputs: object) -> None:
        if isinstance(module, AffineGrid) and module.settings == NetSettings() and torch.is_grad_enabled():
            left[0] -= 1
            if not left[0]:
                raise torch.OutOfMemoryError("CUDA out of memory")

    hook = torch.nn.modules.module.register_module_forward_pre_hook(forward)
    try:
        yield
    finally:
        hook.remove()


def test_out_of_memory_makes_the_steps_smaller_and_loses_nothing(tmp_path: Path) -> None:
    pairs, run = film(tmp_path / "pairs"), Heard()
    with out_of_memory_at(4):
        whole = train(pairs, TrainSettings(steps=8), tmp_path / "whole", run)
    assert "out of memory at step 4: training goes on with 1 pair a step" in run.said
    assert json.loads((tmp_path / "whole" / "plan.json").read_text())["batch"] == 1
    with out_of_memory_at(4), pytest.raises(Cancelled):
        train(pairs, TrainSettings(steps=8), tmp_path / "parts", at_step(6))
    parts = train(pairs, TrainSettings(steps=8), tmp_path / "parts", Run())
    assert parts.model.read_bytes() == whole.model.read_bytes()
    with out_of_memory_at(2), out_of_memory_at(3), pytest.raises(OutOfMemory, match="not even 1 pair a step"):
        train(pairs, TrainSettings(steps=8, seed=1), tmp_path / "another", Run())


def test_a_device_that_is_asked_for_and_not_there() -> None:
    for name in ("cuda", "mps"):
        there = torch.cuda.is_available() if name == "cuda" else torch.backends.mps.is_available()
        if not there:
            with pytest.raises(DeviceMissing, match=name):
                choose_device(name)
    with pytest.raises(DeviceMissing, match="abacus"):
        choose_device("abacus")
    assert choose_device("cpu").type == "cpu"
