"""The whole length of a scan of which a range is restored: the rest is passed on, code for code, and marked."""
from __future__ import annotations

import json
from fractions import Fraction
from pathlib import Path

import av
import numpy as np
import OpenImageIO as oiio  # noqa: N813
import pytest

from engine.errors import DamagedFrame
from engine.export.check import check
from engine.export.history import history
from engine.export.plan import ExportSettings
from engine.export.preview import preview
from engine.media.colour import to_display
from engine.media.dpx import DpxHeader, read_dpx, write_dpx
from engine.media.open import open_source
from engine.media.source import Reading
from engine.run import Cancelled

from .conftest import Film, codes, differing, faded, recolour, tree
from .test_export_resume import StopAt

SIZE = (48, 96)


def scan_at(folder: Path, depth: int = 10, frames: int = 8) -> Path:
    """A DPX sequence with frames 86400 to 86407, of every code value."""
    folder.mkdir()
    for i in range(frames):
        header = DpxHeader.new(SIZE[1], SIZE[0], depth, 1, Fraction(24), f"01:00:00:{i:02d}")
        with (folder / f"film.{86400 + i:07d}.dpx").open("wb") as file:
            write_dpx(file, codes(i, depth, SIZE), header)
    return folder


def lines_of(out: Path) -> list[dict]:
    return [row for line in (out / "film_restored.frames.jsonl").read_text().splitlines() if "frame" in (row := json.loads(line))]


@pytest.mark.parametrize("depth", [10, 12, 16])
def test_what_is_not_restored_is_passed_on_code_for_code(tmp_path, exported, depth):
    with open_source(scan_at(tmp_path / "scan", depth), Reading(span=(86402, 86404))) as scan:
        result = exported(scan, tmp_path / "out", "dpx", "exr", "tiff", "ffv1", whole=True, source_type="algorithmicallyEnhanced")
    out = tmp_path / "out"
    assert (result.frames, result.untouched, result.exact) == (8, 5, ("dpx", "tiff", "ffv1") if depth == 16 else ("dpx", "ffv1"))
    names = sorted(path.name for path in (out / "film_restored_dpx").iterdir())
    assert names == [f"film_restored.{86400 + i:07d}.dpx" for i in range(8)]
    with av.open(str(out / "film_restored_ffv1.mkv")) as container:
        film = [np.stack([frame.to_ndarray()[..., c] for c in range(3)], -1) for frame in container.decode(video=0)]
    for i, name in enumerate(names):
        header, found = read_dpx(out / "film_restored_dpx" / name)
        outside = i not in (2, 3, 4)
        assert np.array_equal(found, codes(i, depth, SIZE)) == outside
        assert np.array_equal(film[i], codes(i, depth, SIZE)) == outside and len(film) == 8
        assert header.timecode == f"01:00:00:{i:02d}"
        assert ("passed on untouched" in history(header)[-1]) == outside
        spec = oiio.ImageInput.open(str(out / "film_restored_exr" / name.replace("dpx", "exr"))).spec()
        assert bool(spec.getattribute("answerprint:untouched")) == outside
        assert bool(spec.getattribute("Iptc4xmpExt:DigitalSourceType")) != outside      # what was only passed on is no derivative
    lines = lines_of(out)
    assert [line["index"] for line in lines if line.get("untouched")] == [0, 1, 5, 6, 7] and len(lines) == 8
    assert all(("exact" in line["written"]["dpx"]) == bool(line.get("untouched")) for line in lines)


def test_movies_have_the_whole_length_and_its_timecode(tmp_path, exported):
    with open_source(scan_at(tmp_path / "scan"), Reading(span=(86402, 86404))) as scan:
        exported(scan, tmp_path / "out", "prores422hq", "h264", whole=True)
    for path in (tmp_path / "out").glob("*.m*"):
        with av.open(str(path)) as container:
            assert len(list(container.decode(video=0))) == 8 and container.streams.video[0].metadata["timecode"] == "01:00:00:00"
    assert {path.name for path in (tmp_path / "out").glob("*.m*")} == {"film_restored_prores422hq.mov", "film_restored_h264.mp4"}


def test_what_is_known_before(tmp_path):
    with open_source(scan_at(tmp_path / "scan"), Reading(span=(86402, 86404))) as scan:
        part, whole = (preview(scan, ExportSettings(tmp_path / "out", ("dpx", "ffv1"), whole=choice)) for choice in (False, True))
        assert part.last["dpx"].name == "film_restored.0086404.dpx" and whole.last["dpx"].name == "film_restored.0086407.dpx"
        assert whole.bytes["dpx"] == 8 * part.bytes["dpx"] // 3 and "-" in part.first["ffv1"].name and "-" not in whole.first["ffv1"].name
        (tmp_path / "scan" / "film.0086406.dpx").write_bytes(b"damaged")
        with open_source(tmp_path / "scan", Reading(span=(86402, 86404))) as again, pytest.raises(DamagedFrame, match="86406"):
            check(again, ExportSettings(tmp_path / "out", ("dpx",), whole=True))


@pytest.mark.parametrize("steps", [1, 4, 9])
def test_stopped_and_started_again(tmp_path, exported, steps):
    film = Film(tmp_path / "scan", [faded(i, SIZE) for i in range(8)])
    film.part(2, 5)
    exported(film, tmp_path / "whole", "dpx", "h264", "prores422hq", whole=True)
    with pytest.raises(Cancelled):
        exported(film, tmp_path / "out", "dpx", "h264", "prores422hq", whole=True, run=StopAt(steps))
    seen: list[int] = []
    exported(film, tmp_path / "out", "dpx", "h264", "prores422hq", whole=True, restore=lambda i, p: (seen.append(i), recolour(i, p))[1])
    assert differing(tree(tmp_path / "out"), tree(tmp_path / "whole")) == {} and set(seen) <= {0, 1, 2}


def test_another_range_is_another_export(tmp_path, exported):
    film = Film(tmp_path / "scan", [faded(i, SIZE) for i in range(6)])
    film.part(1, 3)
    exported(film, tmp_path / "out", "dpx", whole=True)
    first = tree(tmp_path / "out")
    other = Film(tmp_path / "scan", [faded(i, SIZE) for i in range(6)])
    other.part(1, 5)
    exported(other, tmp_path / "out", "dpx", whole=True)
    changed = [name for name, data in tree(tmp_path / "out").items() if data != first[name] and name.endswith("dpx")]
    assert changed == [f"film_restored_dpx/film_restored.008640{i}.dpx" for i in (3, 4)]
    assert [line["index"] for line in lines_of(tmp_path / "out") if line.get("untouched")] == [0, 5]


def test_into_another_encoding_it_is_converted_and_measured(tmp_path, exported):
    film = Film(tmp_path / "scan", [faded(i, SIZE) for i in range(4)])
    film.part(1, 2)
    result = exported(film, tmp_path / "out", "dpx", encoding="rec709", whole=True)
    assert result.exact == () and result.untouched == 3
    line = next(line for line in lines_of(tmp_path / "out") if line["index"] == 0)
    assert line["untouched"] and 0 < line["written"]["dpx"]["max"] < 2 and "exact" not in line["written"]["dpx"]
    with open_source(tmp_path / "out" / "film_restored_dpx") as found:
        assert np.abs(to_display(found.read(0), "rec709") - to_display(faded(0, SIZE), "cineon")).max() < 2e-3


def test_a_range_of_a_video_counts_its_timecode_from_the_whole(tmp_path, exported):
    film = Film(tmp_path / "scan", [faded(i, SIZE) for i in range(6)])
    path = exported(film, tmp_path / "a", "ffv1", encoding="rec709").outputs[0]
    with open_source(path, Reading(span=(3, 4))) as part:
        assert part.timecode(0) == "01:00:00:03" and part.whole().timecode(0) == "01:00:00:00" and len(part.whole()) == 6
        exported(part, tmp_path / "b", "ffv1", encoding="rec709", whole=True)
    with open_source(tmp_path / "b" / "film_restored_ffv1_restored_ffv1.mkv") as again, open_source(path) as before:
        assert len(again) == 6 and again.timecode(0) == "01:00:00:00"
        assert [np.array_equal(again.read(i), before.read(i)) for i in range(6)] == [i not in (3, 4) for i in range(6)]
