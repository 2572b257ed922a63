"""What of a project is delivered beside its results, and what of an earlier delivery is taken away."""
from __future__ import annotations

import json
from pathlib import Path
from types import SimpleNamespace
from typing import Any, cast

from engine.recoveries.kept import keep


def kept(folder: Path, run: int) -> dict[str, str]:
    """A delivery of the model of a run with its record; the SHA-256 of what was left."""
    project = folder / "film.project"
    (project / f"runs/{run:03d}").mkdir(parents=True, exist_ok=True)
    (project / f"runs/{run:03d}/model.pt").write_bytes(b"model %d" % run)
    own = cast(Any, SimpleNamespace(folder=project)), cast(Any, SimpleNamespace(folder=project / f"runs/{run:03d}"))
    sums = keep(*own, folder / "film_restored.0001-0009.model", f"run {run}")
    rows = [{"file": f"film_restored.0001-0009.model/{name}", "sha256": digest} for name, digest in sums.items()]
    (folder / "film_restored.0001-0009.record.json").write_text(json.dumps({"kept": rows}))
    return sums


def test_what_an_earlier_delivery_left_is_removed_and_nothing_of_anybody(tmp_path: Path) -> None:
    kept(tmp_path, 1)
    folder = tmp_path / "film_restored.0001-0009.model"
    own = {folder / "note.txt": "of the archive", folder / "runs/001/graded.cube": "of the archive"}
    for path, text in own.items():
        path.write_text(text)
    assert set(kept(tmp_path, 2)) == {"runs/002/model.pt", "description.txt"}
    assert {path for path in folder.rglob("*") if path.is_file()} == {*own, folder / "runs/002/model.pt", folder / "description.txt"}
    assert all(path.read_text() == text for path, text in own.items())


def test_a_file_of_an_earlier_delivery_that_somebody_has_changed_stays(tmp_path: Path) -> None:
    kept(tmp_path, 1)
    model = tmp_path / "film_restored.0001-0009.model/runs/001/model.pt"
    model.write_bytes(b"of the archive")
    kept(tmp_path, 2)
    assert model.read_bytes() == b"of the archive"
