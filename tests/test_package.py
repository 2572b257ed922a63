"""One command restores the sample film and packs it; what it left is checked by other programs, killed, gone on with and made again."""
from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import xml.etree.ElementTree as ET
from collections.abc import Callable
from pathlib import Path
from typing import Any

import bagit
import pytest

from tests.conftest import Ended
from tests.engine.package.premis_schema import faults
from tests.engine.package.test_delivered import sums_hold, tool
from tests.test_restore import Elsewhere, hashes, words

Command = Callable[..., Ended]
FRAMES = 12
PIXELS = {"dpx": "gbrp10be", "exr": None, "prores422hq": "yuv422p10le", "ffv1": "gbrp10le", "h264": "yuv420p"}
NAMES = {"dpx": "DPX", "exr": "EXR", "prores422hq": "ProRes", "ffv1": "FFV1", "h264": "AVC"}      # as mediainfo calls them


@pytest.fixture(scope="module")
def film(tmp_path_factory: pytest.TempPathFactory) -> Any:
    from engine.run import Run
    from engine.sample import make_sample

    return make_sample(tmp_path_factory.mktemp("packed film"), Run(), frames=24, width=384)


def command(film: Any, out: Path) -> list[str]:
    formats = [word for form in PIXELS for word in ("--format", form)]
    return words(film, out, "--steps", 20, "--range", "86404-86415", "--package", "bagit", "--mattes", "--compare", 2, *formats)


def probed(path: Path) -> dict[str, Any]:
    said = subprocess.run([tool("ffprobe"), "-v", "error", "-count_frames", "-show_streams", "-of", "json", path.name], cwd=path.parent,
                          capture_output=True, text=True, check=True).stdout
    return next(stream for stream in json.loads(said)["streams"] if stream["codec_type"] == "video")


def named(path: Path) -> str:
    """What mediainfo takes the picture in a file for."""
    said = subprocess.run([tool("mediainfo"), "--Output=JSON", path.name], cwd=path.parent, capture_output=True, text=True,
                          check=True).stdout
    return next(str(track["Format"]) for track in json.loads(said)["media"]["track"] if track["@type"] in ("Video", "Image"))


@pytest.mark.slow
def test_the_sample_film_is_packed_checked_and_made_again(film: Any, answerprint: Command, tmp_path: Path) -> None:
    out, before = tmp_path / "out", {path: (path.read_bytes(), path.stat().st_mtime_ns) for path in Path(film.scan).iterdir()}
    ended = answerprint(*command(film, out))
    assert ended.code == 0, ended.err
    assert {path: (path.read_bytes(), path.stat().st_mtime_ns) for path in Path(film.scan).iterdir()} == before

    record, = out.glob("*.record.json")
    base = record.name.removesuffix(".record.json")
    bag = out / f"{base}.bag"
    bagit.Bag(str(bag)).validate()
    sums_hold(bag / "manifest-sha256.txt")
    sums_hold(bag / "data" / f"{base}.sha256")
    assert faults(ET.parse(bag / "data" / f"{base}.premis.xml").getroot()) == []

    data = bag / "data"
    for form, pixels in PIXELS.items():
        if form in ("dpx", "exr"):
            files = sorted(data.glob(f"*_{form}/*.{form}"))
            assert len(files) == FRAMES
            file, stream = files[0], probed(files[0])
        else:
            file = next(path for path in data.glob(f"*_{form}*") if path.suffix != ".framemd5")
            stream = probed(file)
            assert int(stream["nb_read_frames"]) == FRAMES
        assert stream["width"] == 384
        assert pixels in (None, stream["pix_fmt"], stream["pix_fmt"].replace("le", "be"))
        assert named(file) == NAMES[form]

    again = answerprint("replay", record, "--out", tmp_path / "again", "--json")
    assert again.code == 0, again.err
    assert again.json["same"]
    outputs = again.json["outputs"]
    assert len(outputs) > 2 * FRAMES + 3 + FRAMES
    assert any("compare" in name for name in outputs)
    trained = answerprint("replay", record, "--train", "--out", tmp_path / "trained", "--json")
    assert trained.code == 0, trained.err
    assert trained.json["model"] is True


@pytest.mark.slow
@pytest.mark.skipif(os.name == "nt", reason="SIGKILL is of Unix")
def test_killed_while_packing_the_same_command_goes_on(film: Any, answerprint: Command, tmp_path: Path) -> None:
    out = tmp_path / "out"
    ended = answerprint(*command(film, out))
    assert ended.code == 0, ended.err
    bag, whole, killed = next(out.glob("*.bag")), hashes(out), False
    begun = bag.with_name(f".{bag.name}.begun")
    for _ in range(10):             # packing takes a moment only, so it is not always met
        shutil.rmtree(bag)
        part = Elsewhere(command(film, out), tmp_path)
        while part.process.poll() is None and not begun.exists():
            pass
        part.process.send_signal(signal.SIGKILL)
        part.ended()
        killed = begun.exists() and not bag.exists()
        if killed:
            break
    assert killed, "packing was never met"
    last = answerprint(*command(film, out))
    assert last.code == 0, last.err
    assert not begun.exists()
    bagit.Bag(str(bag)).validate()
    assert hashes(out) == whole
