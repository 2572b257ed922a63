"""A model carries the list of what it was trained on, and nothing is trained on what its terms do not allow."""
from __future__ import annotations

import json
from pathlib import Path

import pytest
import torch

from engine.elements import Element, Elements
from engine.errors import UsageError
from engine.keyframes.notes import element_of_note
from engine.project import load
from engine.recoveries.perform import run_steps
from engine.recoveries.trained_on import FILE, pictures_of, trained_on
from engine.run import Run
from engine.train.model import Model
from tests.engine.finished import opened, trained

NOTE = """painting: Portrait of a lady
holder: City museum
identifier: 1883-12
year: 1742
authorised by: the museum, letter of 3 March
terms: colour only, no reproduction
use: allowed
"""


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = trained(tmp_path_factory.mktemp("carried"))
    return made.folder


def test_the_model_and_its_onnx_description_carry_it(folder: Path) -> None:
    project = load(folder)
    told = Model.load(folder / "runs" / "001" / "model.pt").about["trained_on"]
    assert told["recovery"] == "colour-reference" and set(told["elements"]) == {"scan", "reference"}
    scan = told["elements"]["scan"]
    assert project.scan and scan["fingerprint"] == project.scan.place.fingerprint and scan["name"] == "scan"
    assert {"kind", "holder", "identifier", "use"} <= scan.keys()
    described = json.loads((folder / "runs" / "001" / "onnx" / "description.json").read_text())
    assert described["training"]["trained_on"] == told == json.loads((folder / "runs" / "001" / FILE).read_text())
    assert str(folder.parent) not in json.dumps(told)


def test_rights_go_with_it_and_change_nothing_that_is_learnt(tmp_path: Path, folder: Path) -> None:
    other = trained(tmp_path)
    (other.folder / "runs" / "001" / "model.pt").unlink()
    other.elements = Elements().changed("scan", holder="City archive", use="allowed")
    other.save()
    with opened(other) as work:
        run_steps(work, Run(), "train")
    models = [torch.load(place / "runs" / "001" / "model.pt", weights_only=True) for place in (folder, other.folder)]
    assert models[1]["about"]["trained_on"]["elements"]["scan"]["holder"] == "City archive"
    for ours, theirs in zip(_tensors(models[0]), _tensors(models[1]), strict=True):
        assert torch.equal(ours, theirs)


def _tensors(data):
    if isinstance(data, torch.Tensor):
        return [data]
    values = data.values() if isinstance(data, dict) else data if isinstance(data, list | tuple) else ()
    return [tensor for value in values for tensor in _tensors(value)]


@pytest.mark.parametrize("role", ["scan", "reference"])
def test_nothing_is_trained_on_what_is_not_allowed(folder: Path, role: str) -> None:
    project = load(folder)
    project.elements = Elements().changed(role, use="not allowed")
    with opened(project) as work:
        run_steps(work, Run(), "train")         # it is trained already: nothing is learnt anew
        for step in ("pairs", "train", "trial"):
            with pytest.raises(UsageError, match=f"the terms of the {role} are marked 'not allowed'") as told:
                run_steps(work, Run(), step, again=True)
            assert str(told.value).startswith(f"../{role}: ")


def test_a_note_says_what_an_element_says() -> None:
    assert element_of_note(NOTE) == Element("painting", holder="City museum", identifier="1883-12", year="1742", use="allowed",
                                            authorised_by="the museum, letter of 3 March", terms="colour only, no reproduction")
    assert element_of_note("") == Element()
    assert element_of_note("film: another reel\nuse: not allowed").forbidden


def test_similar_pictures_are_listed_with_their_notes(tmp_path: Path) -> None:
    from engine.media.fingerprint import folder_fingerprint
    from engine.media.volumes import place_of
    from engine.project import Project, Settings
    from tests.conftest import faded_pair, write_png

    for index in range(2):
        write_png(tmp_path / "similar" / f"{index}.png", faded_pair(index)[0])
    (tmp_path / "similar" / "0.txt").write_text(NOTE)
    (tmp_path / "similar" / "1.txt").write_text("use: not allowed")
    place = place_of(tmp_path / "similar", tmp_path / "a.project", folder_fingerprint(tmp_path / "similar"))
    project = Project(tmp_path / "a.project", "a", "colour-similar", settings=Settings(similar=place))
    (one,) = trained_on(project)["pictures"]
    assert one["name"] == "0.png" and one["holder"] == "City museum" and len(one["sha256"]) == 64 and not one["assumption"]
    assert pictures_of(tmp_path) == []
