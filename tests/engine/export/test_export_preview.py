"""What is said before an export is what is there after it."""
from __future__ import annotations

from pathlib import Path

import pytest

from engine.errors import UsageError
from engine.export.plan import ExportSettings
from engine.export.preview import preview

from .conftest import Exporter, Film, faded


def test_names_and_sizes_are_known_before(exported: Exporter, tmp_path: Path) -> None:
    film = Film(tmp_path / "scan", [faded(seed, (120, 160)) for seed in range(3)])
    out = tmp_path / "results" / "new"
    seen = preview(film, ExportSettings(out, ("dpx", "tiff", "prores422hq")))
    assert seen.first["dpx"].name == "film_restored.0086400.dpx" and seen.last["dpx"].name == "film_restored.0086402.dpx"
    assert seen.first["prores422hq"] == seen.last["prores422hq"] == out / "film_restored_prores422hq.mov"
    assert seen.free > seen.needed > sum(seen.bytes.values()) and not out.exists()
    exported(film, out, "dpx", "tiff", "prores422hq")
    for form in ("dpx", "tiff"):
        assert seen.first[form].is_file() and seen.last[form].is_file()
        assert 0.8 < 3 * seen.first[form].stat().st_size / seen.bytes[form] < 1.3
    assert seen.first["prores422hq"].is_file()


def test_what_does_not_go_is_said_before(tmp_path: Path) -> None:
    film = Film(tmp_path / "scan", [faded(1, (30, 47))])
    with pytest.raises(UsageError, match="even widths"):
        preview(film, ExportSettings(tmp_path / "out", ("prores422hq",)))
