"""The whole path on the sample film: scan and DVD in, DPX and ProRes out; stopped, killed and resumed; memory."""
from __future__ import annotations

import hashlib
import json
import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import av
import pytest

from engine.media.dpx import DpxHeader
from engine.media.open import open_source
from tests.conftest import Ended, files_of, naming

Command = Callable[..., Ended]


def words(film: Any, out: Path, *more: object) -> list[str]:
    return [str(w) for w in ("restore", "--recovery", "colour-reference", "--scan", film.scan, "--reference", film.reference,
                             "--out", out, "--device", "cpu", *more)]


ABOUT = (".html", ".pdf", ".json", ".xml", ".sha256")       # what tells of the results, and when they were made


def hashes(out: Path) -> dict[str, str]:
    """Name -> SHA-256 of every result file and of the ledger; the project, the kept model and what tells of the results left out."""
    files = (p for p in sorted(out.rglob("*")) if p.is_file() and not p.name.endswith(ABOUT)
             and not any(q.endswith((".project", ".model")) for q in p.parts))
    return {p.relative_to(out).as_posix(): hashlib.sha256(p.read_bytes()).hexdigest() for p in files}


def alone(command: list[str]) -> subprocess.CompletedProcess[str]:
    """The command line in a process of its own, where the system allows it in one without any network."""
    apart = ["unshare", "-rn"]
    if not shutil.which("unshare") or subprocess.run([*apart, "true"], capture_output=True).returncode:
        apart = []
    return subprocess.run([*apart, sys.executable, "-m", "engine", *command], capture_output=True, text=True)


def test_the_sample_film_from_scan_and_dvd_to_dpx_and_prores(offline: Path, sample_film: Any, tmp_path: Path) -> None:
    out = tmp_path / "Película 映画"
    before = files_of(sample_film.scan, sample_film.reference)
    ended = alone(words(sample_film, out, "--steps", 30, "--compare", 4, "--package", "bagit", "--json"))
    assert ended.returncode == 0, ended.stderr
    result = json.loads(ended.stdout.splitlines()[-1])
    assert files_of(sample_film.scan, sample_film.reference) == before
    assert naming(offline, out) == []
    scans = sorted(Path(sample_film.scan).glob("*.dpx"))
    assert result["frames"] == len(scans)
    assert result["luma"]["max"] <= 2
    assert result["held_out"]["dE00"] < result["held_out"]["untouched_dE00"]

    restored = sorted(out.glob("*_restored_dpx/*.dpx"))
    assert [p.stem.split(".")[-1] for p in restored] == [p.stem.split(".")[-1] for p in scans]
    for scan, made in zip(scans[::16], restored[::16], strict=True):
        old, new = (DpxHeader.parse(p.read_bytes(), p) for p in (scan, made))
        assert (old.timecode, old.keycode) == (new.timecode, new.keycode)
    with open_source(restored[0]) as again:
        assert len(again) == len(scans)
        assert again.info.encoding == "cineon"

    movie = next(out.glob("*.mov"))
    with av.open(str(movie)) as container:
        frames = list(container.decode(video=0))
        assert len(frames) == len(scans)
        assert (int(frames[0].color_primaries), int(frames[0].color_trc), int(frames[0].colorspace)) == (1, 1, 1)


def test_the_same_command_finds_its_work_again(answerprint: Command, sample_film: Any, tmp_path: Path) -> None:
    command = words(sample_film, tmp_path / "out", "--steps", 20, "--format", "dpx", "--range", "86400-86411", "--json")
    first = answerprint(*command)
    assert first.code == 0, first.err
    before = hashes(tmp_path / "out")
    missing = next((tmp_path / "out").rglob("*.0086405.dpx"))
    missing.unlink()
    second = answerprint(*command)
    assert second.code == 0, second.err
    assert hashes(tmp_path / "out") == before
    assert "train" not in second.json["seconds"]
    assert second.json["luma"] == first.json["luma"]


def test_align_writes_where_each_frame_lies(answerprint: Command, sample_film: Any, tmp_path: Path) -> None:
    ended = answerprint("align", "--scan", sample_film.scan, "--reference", sample_film.reference, "--json", tmp_path / "a.json")
    assert ended.code == 0, ended.err
    found = json.loads((tmp_path / "a.json").read_text())
    assert [f["scan"] for f in found["frames"]] == list(range(len(list(Path(sample_film.scan).glob("*.dpx")))))
    assert set(found["frames"][0]) >= {"scan", "reference", "confidence", "matrix", "residual_px"}
    assert found["reference_size"] == [720, 576]
    assert found["reference_fps"] == 25


class Elsewhere:
    """The command line in a process of its own."""

    def __init__(self, command: list[str], folder: Path) -> None:
        environment = os.environ | {"ANSWERPRINT_SETTINGS": str(folder / "settings")}
        self.process = subprocess.Popen(
            [sys.executable, "-m", "engine", *command], env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True)

    def ended(self) -> int:
        _, self.err = self.process.communicate()
        return self.process.returncode


POINTS = {      # where a run is killed: a pattern below its folder, and how many files of it are there by then
    "aligning": ("*.project/align/job.json", 1),
    "balancing": ("*.project/balance/job.json", 1),
    "making pairs": ("*.project/pairs/*.npz", 2),
    "training": ("*.project/runs/001/plan.json", 1),
    "early in the export": ("*_dpx/*.dpx", 5),
    "late in the export": ("*_dpx/*.dpx", 30),
}


MADE = {        # what a step leaves for the steps after it
    "align": "align/alignment.json", "balance": "balance/balance.json", "pairs": "pairs/*.npz", "the choice of pairs": "pairs/choice.json",
    "the plan": "runs/001/plan.json", "train": "runs/001/model.pt",
}


def made(out: Path, pattern: str) -> dict[str, str]:
    """Name -> SHA-256 of files in the project below `out`."""
    return {p.name: hashlib.sha256(p.read_bytes()).hexdigest() for p in sorted(out.glob(f"*.project/{pattern}"))}


@pytest.mark.slow
@pytest.mark.skipif(os.name == "nt", reason="SIGKILL is of Unix")
def test_killed_at_any_point_it_ends_with_the_same_files(sample_film: Any, tmp_path: Path) -> None:
    options = ("--steps", 40, "--format", "dpx", "--format", "prores422hq", "--format", "ffv1", "--seed", 3)
    whole = Elsewhere(words(sample_film, tmp_path / "whole", *options), tmp_path)
    assert whole.ended() == 0, whole.err

    out = tmp_path / "killed"
    for point, (pattern, count) in POINTS.items():
        part = Elsewhere(words(sample_film, out, *options), tmp_path)
        while part.process.poll() is None and len(list(out.glob(pattern))) < count:
            time.sleep(0.02)
        assert part.process.poll() is None, f"ended before {point}"
        part.process.send_signal(signal.SIGKILL)
        assert part.ended() == -signal.SIGKILL
        if point == "training":         # which runtime is faster is for each project to find out; this one shall do as the other did
            record, = (tmp_path / "whole").glob("*.project/runs/001/runtime.json")
            shutil.copyfile(record, next(out.glob("*.project/runs/001")) / record.name)
    last = Elsewhere(words(sample_film, out, *options), tmp_path)
    assert last.ended() == 0, last.err
    for step, pattern in MADE.items():
        assert made(out, pattern) == made(tmp_path / "whole", pattern), f"what {step} made differs"
    assert hashes(out) == hashes(tmp_path / "whole")


@pytest.mark.slow
@pytest.mark.skipif(os.name == "nt", reason="signals are of Unix")
def test_control_c_stops_cleanly_and_the_same_command_goes_on(sample_film: Any, tmp_path: Path) -> None:
    command = words(sample_film, tmp_path / "out", "--steps", 4000, "--format", "dpx")
    part = Elsewhere(command, tmp_path)
    runs = tmp_path / "out" / "sample_scan.project" / "runs" / "001"
    deadline = time.monotonic() + 300
    while not list(runs.glob("checkpoint*")) and time.monotonic() < deadline:
        time.sleep(0.2)
    part.process.send_signal(signal.SIGINT)
    assert part.ended() == 130
    assert "goes on" in part.err
    assert json.loads((runs / "status.json").read_text())["state"] == "stopped"


def peak_memory(command: list[str]) -> int:
    """Highest resident memory in KiB of a command, by the kernel's own account. With one arena: with one for every thread glibc keeps more
    or less of what was freed, by the chance of which thread freed it (690 to 800 MB were seen of one and the same run)."""
    script = ("import resource, subprocess, sys; code = subprocess.run(sys.argv[1:], stdout=subprocess.DEVNULL).returncode; "
              "print(code, resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss)")
    ended = subprocess.run([sys.executable, "-c", script, sys.executable, "-m", "engine", *command], capture_output=True, text=True,
                           env=os.environ | {"MALLOC_ARENA_MAX": "1"})
    code, peak = ended.stdout.split()
    assert code == "0", ended.stderr
    return int(peak)


@pytest.mark.slow
@pytest.mark.skipif(sys.platform != "linux", reason="ru_maxrss is in KiB on Linux")
def test_memory_is_no_higher_at_1000_frames_than_at_100(tmp_path: Path) -> None:
    """Trained on the same frames: how many are chosen by themselves follows from the shots, of which the longer film has more."""
    from engine.run import Run
    from engine.sample import make_sample

    long = make_sample(tmp_path / "long", Run(), frames=1000, width=256)
    short_scan = tmp_path / "short"
    short_scan.mkdir()
    for path in sorted(Path(long.scan).glob("*.dpx"))[:100]:
        shutil.copy(path, short_scan)
    pairs = ",".join(str(int(path.stem.split(".")[-1])) for path in sorted(short_scan.glob("*.dpx"))[5::10])

    def peak(scan: Path, turn: int) -> int:
        return peak_memory(["restore", "--recovery", "colour-reference", "--scan", str(scan), "--reference", str(long.reference),
                            "--out", str(tmp_path / f"out {scan.name} {turn}"), "--pairs", pairs, "--steps", "20", "--device", "cpu"])

    scans, least = (short_scan, Path(long.scan)), [2 ** 40, 2 ** 40]
    for turn in range(3):               # one and the same run takes up to a twentieth more by chance, never less than it needs
        least = [min(before, peak(scan, turn)) for before, scan in zip(least, scans, strict=True)]
        if least[1] <= least[0] * 1.05:
            return
    raise AssertionError(least)
