"""The self-test finds what is broken, names it with its cure, and leaves nothing behind."""
import errno
import json
import os
import signal
import subprocess
import sys
import time
from fractions import Fraction
from pathlib import Path

import av
import numpy as np
import pytest

from engine import jobs
from engine.arguments import parser
from engine.balance.balance import Balance
from engine.balance.laid import Laid
from engine.errors import DiskFull
from engine.package.checksums import sha256_of, write_sums
from engine.package.framemd5 import decode_movie, decode_still, text, write_framemd5
from engine.programs import window_command
from engine.versions import version_of
from wizard import flow
from wizard.selftest import headless, window
from wizard.selftest.checks import Broken, Checks
from wizard.selftest.main import OWN, not_full, room, stop_workers, working_folder
from wizard.selftest.pages import pages_there
from wizard.selftest.results import CHECKS, Results, check_results

BASE = "film_restored"
COUNT = 3


@pytest.fixture
def told():
    """What checks have told."""
    return []


@pytest.fixture
def checks(told):
    return Checks(told.append)


@pytest.fixture
def results(sample_film, tmp_path):
    """What an export would have left that restored nothing: three frames of the sample film as they are."""
    stills, model, scan = tmp_path / f"{BASE}_dpx", tmp_path / f"{BASE}.model" / "balance", tmp_path / "scan"
    for folder in (stills, model, scan):
        folder.mkdir(parents=True)
    for k, file in enumerate(sorted(sample_film.scan.iterdir())[:COUNT]):
        (stills / f"{BASE}.{k:07d}.dpx").write_bytes(file.read_bytes())
        (scan / f"film.{k:07d}.dpx").write_bytes(file.read_bytes())
    (model / "balance.json").write_text(json.dumps(Laid(Balance.identity()).as_json()))
    movie(tmp_path / f"{BASE}_prores422hq.mov", COUNT)
    decoded = {stills.name: [decode_still(file, sha256_of(file)) for file in sorted(stills.iterdir())],
               f"{BASE}_prores422hq": list(decode_movie(tmp_path / f"{BASE}_prores422hq.mov"))}
    for stem, frames in decoded.items():
        write_framemd5(tmp_path / f"{stem}.framemd5", text(frames, Fraction(24), Fraction(1), "a test"))
    (tmp_path / f"{BASE}.report.html").write_text('<img src="data:image/png;base64,"></html>')
    (tmp_path / f"{BASE}.report.pdf").write_bytes(b"%PDF-1.4 %%EOF\n")
    (tmp_path / f"{BASE}.record.json").write_text(json.dumps({
        "program": {"version": version_of("answerprint")}, "frames": COUNT, "device_name": "a device", "applied_with": "torch",
        "luma": {"formats": {"dpx": {"max": 0.0}}}}))
    sums(tmp_path)
    return Results(tmp_path, scan)


def movie(path, frames):
    with av.open(str(path), "w") as container:
        stream = container.add_stream("prores_ks", rate=24, options={"profile": "hq"})
        stream.width, stream.height, stream.pix_fmt = 64, 48, "yuv422p10le"
        for k in range(frames):
            picture = av.VideoFrame.from_ndarray(np.full((48, 64, 3), 40 * k, np.uint8), "rgb24")
            container.mux(stream.encode(picture))
        container.mux(stream.encode())


def sums(folder):
    files = [path for path in folder.rglob("*") if path.is_file() and folder / "scan" not in path.parents and path.suffix != ".sha256"]
    write_sums(folder / f"{BASE}.sha256", {path.relative_to(folder).as_posix(): sha256_of(path) for path in files})


def broken(told):
    """Name of each check that did not hold -> its words."""
    return {found.name.removeprefix("here, "): found.text for found in told if not found.held}


def test_a_whole_export_holds(checks, told, results):
    check_results(checks, "here", results)
    assert broken(told) == {} and checks.held == len(CHECKS)
    assert any("3 files read back" in found.text for found in told) and any("0.00 code values" in found.text for found in told)


def brighter(path, pixels=200):
    """A DPX with some pixels that are another's, which no decoder minds."""
    data = bytearray(path.read_bytes())
    data[-4 * pixels:] = b"\x55\x55\x55\x54" * pixels
    path.write_bytes(data)


def test_a_damaged_dpx_is_named(checks, told, results):
    victim = results.stills / f"{BASE}.0000001.dpx"
    brighter(victim)
    check_results(checks, "here", results)
    said = broken(told)
    assert set(said) == {"checksums", "DPX", "luma"}
    assert str(victim) in said["checksums"] and str(victim) in said["DPX"] and "frame 0000001" in said["luma"]
    assert all("--keep" in line and "\n" not in line for line in said.values())


def test_luma_is_held_against_the_scan_and_not_against_what_was_noted(checks, told, results):
    victim = results.stills / f"{BASE}.0000002.dpx"
    brighter(victim)
    frames = [decode_still(file, sha256_of(file)) for file in sorted(results.stills.iterdir())]
    write_framemd5(results.folder / f"{BASE}_dpx.framemd5", text(frames, Fraction(24), Fraction(1), "a test"))
    sums(results.folder)
    check_results(checks, "here", results)
    assert set(broken(told)) == {"luma"} and "frame 0000002" in broken(told)["luma"]


def test_a_dpx_that_is_gone_or_cut_off_is_named(checks, told, results):
    first, second, _ = sorted(results.stills.iterdir())
    first.unlink()
    check_results(checks, "here", results)
    assert str(first) in broken(told)["checksums"] and "2 DPX files, 3 were written" in broken(told)["DPX"]
    first.write_bytes(second.read_bytes()[:5000])
    told.clear()
    check_results(checks, "here", results)
    assert str(first) in broken(told)["DPX"] and str(first) in broken(told)["luma"]


@pytest.mark.parametrize("frames", [COUNT - 1, COUNT + 1])
def test_a_movie_of_another_length_is_named(checks, told, results, frames):
    path = results.folder / f"{BASE}_prores422hq.mov"
    movie(path, frames)
    check_results(checks, "here", results)
    assert set(broken(told)) == {"checksums", "ProRes"} and f"{path}: {frames} frames" in broken(told)["ProRes"]


def test_a_movie_that_is_cut_off_is_named(checks, told, results):
    path = results.folder / f"{BASE}_prores422hq.mov"
    path.write_bytes(path.read_bytes()[:-400])
    check_results(checks, "here", results)
    assert str(path) in broken(told)["ProRes"]


def test_a_report_and_a_record_that_are_not_right_are_named(checks, told, results):
    (results.folder / f"{BASE}.report.pdf").write_bytes(b"%PDF-1.4 cut o")
    record = results.folder / f"{BASE}.record.json"
    record.write_text(record.read_text().replace(version_of("answerprint"), "0.0.9"))
    sums(results.folder)
    check_results(checks, "here", results)
    assert set(broken(told)) == {"record", "report"}
    assert "names version 0.0.9" in broken(told)["record"] and ".report.pdf" in broken(told)["report"]


def test_a_failure_is_one_line_with_a_cure(checks, told):
    for error in (OSError(errno.ENOSPC, "No space left on device", "/a/film"), DiskFull("/b: the disk is full; make room"),
                  ZeroDivisionError("of two\nlines")):
        checks.run("one", lambda error=error: (_ for _ in ()).throw(error))
    full, engines, bug = (str(found) for found in told)
    assert "/a/film" in full and "make room" in full and engines.startswith("FAILED") and "/b: the disk is full" in engines
    assert "ZeroDivisionError: of two lines; report this" in bug and all("\n" not in line for line in (full, engines, bug))
    assert checks.failed == 3 and not checks.held


def test_a_source_that_changed_is_named(sample_film, tmp_path):
    (tmp_path / headless.SAMPLE / "scan").mkdir(parents=True)
    file = tmp_path / headless.SAMPLE / "scan" / "film.0000000.dpx"
    file.write_bytes(b"a frame")
    before = headless.prints(tmp_path)
    assert headless.untouched(tmp_path, before).startswith("1 files")
    file.write_bytes(b"b frame")
    with pytest.raises(Broken, match=r"film\.0000000\.dpx changed"):
        headless.untouched(tmp_path, before)


def test_what_the_engine_refuses_is_said_in_its_own_words(tmp_path):
    with pytest.raises(Broken, match=r"`answerprint inspect` ended with code 1: .*nothing"):
        headless.engine("inspect", tmp_path / "nothing")


def test_the_device_of_a_training_is_told():
    said = headless.device()
    assert said.split(":")[0] in ("cpu", "cuda", "mps") and "\n" not in said


def test_the_help_of_the_engine_names_it():
    assert "`answerprint selftest`" in parser().format_help()


def manual_of(folder: Path) -> Path:
    (folder / "html").mkdir(parents=True)
    for name in ("start", *flow.PAGES, "troubles"):
        (folder / "html" / f"{name}.html").write_text('<p><img loading="lazy" src="../pictures/look.png" alt="x"></p>')
    (folder / "pictures").mkdir()
    (folder / "pictures" / "look.png").touch()
    return folder


def test_a_page_of_the_manual_that_is_missing_is_named(tmp_path, monkeypatch):
    folder = manual_of(tmp_path / "user")
    assert pages_there(folder) == f"{2 + len(flow.PAGES)} pages as HTML, with {2 + len(flow.PAGES)} pictures, beside the program"
    (folder / "html" / "align.html").unlink()
    (folder / "align.md").touch()               # the text that it is made of is no page
    with pytest.raises(Broken, match=r"align\.html: this page of the manual is missing; install"):
        pages_there(folder)
    manual_of(tmp_path / "other")
    (tmp_path / "other" / "pictures" / "look.png").unlink()
    with pytest.raises(Broken, match=r"start\.html: its picture \.\./pictures/look\.png is missing"):
        pages_there(tmp_path / "other")


def test_a_manual_that_was_not_built_counts_once_installed(tmp_path, monkeypatch):
    assert pages_there(tmp_path).startswith("not built here")
    monkeypatch.setattr(sys, "frozen", True, raising=False)
    with pytest.raises(Broken, match=r"start\.html"):
        pages_there(tmp_path)


@pytest.mark.parametrize(("program", "said"), [
    ("import os; print('could not load the platform plugin', flush=True); os.abort()", "could not load the platform plugin"),
    ("raise ImportError('libEGL.so.1: cannot open shared object file')", "libEGL.so.1"),
    ("import sys; sys.exit(3)", "ended with code 3")])
def test_a_window_that_dies_is_one_line_with_the_cure(checks, told, tmp_path, monkeypatch, program, said):
    monkeypatch.setattr(window, "window_command", lambda *words: [sys.executable, "-c", program])
    window.walk_in_another_process(tmp_path, checks)
    line, = map(str, told)
    assert "FAILED" in line and said in line and "install" in line and "\n" not in line


def test_what_the_window_found_counts_and_the_rest_is_its_log(checks, told, tmp_path, monkeypatch):
    program = ("import sys; print('a word of Qt'); print('{\"name\": \"window\", \"text\": \"Media\", \"seconds\": 1.5, \"held\": true}'); "
               "print('{\"name\": \"window\", \"text\": \"still\", \"seconds\": 2, \"held\": false}'); sys.exit(1)")
    monkeypatch.setattr(window, "window_command", lambda *words: [sys.executable, "-c", program])
    window.walk_in_another_process(tmp_path, checks)
    assert [found.text for found in told] == ["Media", "still"] and (checks.held, checks.failed) == (1, 1)
    assert (tmp_path / window.LOG).read_text() == "a word of Qt\n"


def test_without_settings_of_its_own_the_window_is_not_begun(checks, told, tmp_path, monkeypatch):
    (tmp_path / "file").touch()
    monkeypatch.setenv("ANSWERPRINT_SETTINGS", str(tmp_path / "file" / "settings"))
    monkeypatch.setenv("HOME", str(tmp_path))
    window.walk_in_another_process(tmp_path, checks)
    assert [found.name for found in told if not found.held] == ["settings"] and "make room" in told[-1].text
    assert not (tmp_path / "Documents").exists() and not (tmp_path / window.PROJECTS).exists()


@pytest.fixture
def no_marks(monkeypatch):
    """What it sets for its processes is this test's only."""
    for name in OWN:
        monkeypatch.setenv(name, "")


def test_its_folder_is_removed_however_it_ends(tmp_path, no_marks, monkeypatch):
    place = tmp_path / "Ünter lagen"
    place.mkdir()
    monkeypatch.setenv("TMPDIR", str(place))
    with pytest.raises(KeyboardInterrupt), working_folder(None) as folder:
        (folder / "much").write_text("x")
        assert folder.parent == place and os.environ["ANSWERPRINT_SETTINGS"].startswith(str(folder))
        raise KeyboardInterrupt
    assert list(place.iterdir()) == []
    with working_folder(tmp_path / "kept") as folder:
        (folder / "much").write_text("x")
        assert all(Path(os.environ[name]).parent == folder for name in OWN)
    assert (tmp_path / "kept" / "much").exists()


def test_too_little_room_and_a_disk_that_filled_up_are_said(tmp_path, monkeypatch):
    assert room(tmp_path).endswith("GB are free") and not_full(tmp_path) is None
    for name, check, said in (("ROOM", room, "are needed"), ("FULL", not_full, "full now")):
        monkeypatch.setattr(f"wizard.selftest.main.{name}", 10**18)
        with pytest.raises(Broken, match=f"{said}.*--keep"):
            check(tmp_path)


WORKER = """
import sys, time
from pathlib import Path
from engine.jobs import working_on
from engine.run import Run
with working_on(Path(sys.argv[1]), "train", Run()) as run:
    while True:
        if sys.argv[2] == "hears":
            run.step(1, 2, "training")
        time.sleep(0.05)
"""


@pytest.mark.parametrize("how", ["hears", "is deaf"])
def test_no_worker_is_left_behind(tmp_path, monkeypatch, how):
    monkeypatch.setattr("wizard.selftest.main.STOP_SECONDS", 10 if how == "hears" else 0.3)
    worker = subprocess.Popen([sys.executable, "-c", WORKER, str(tmp_path), how], stderr=subprocess.DEVNULL)
    try:
        while not (jobs.working(tmp_path) and jobs.status(tmp_path)):
            time.sleep(0.02)
        stop_workers(tmp_path)
        worker.wait(30)
        assert not jobs.working(tmp_path)
    finally:
        worker.kill()


def selftest(*words, **environment):
    return subprocess.Popen(window_command("selftest", *words), stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
                            env=os.environ | environment)


def test_a_folder_that_cannot_be_had_is_one_line(tmp_path):
    (tmp_path / "film").write_text("mine")
    (tmp_path / "file").touch()
    no_folder = selftest(TMPDIR=str(tmp_path / "file"))
    for process, said in ((selftest("--keep", str(tmp_path)), "is not empty"), (no_folder, "cannot write here"),
                          (selftest("--kep"), "unrecognized arguments")):
        out, err = process.communicate(timeout=60)
        assert process.returncode == 1 and out == "" and err.count("\n") == 1 and said in err
    assert (tmp_path / "film").read_text() == "mine"


@pytest.mark.skipif(os.name == "nt", reason="there is no polite kill")
def test_stopped_it_leaves_nothing(tmp_path):
    process = selftest(TMPDIR=str(tmp_path))
    first = process.stdout.readline()
    assert str(tmp_path) in first and len(list(tmp_path.iterdir())) == 1
    process.send_signal(signal.SIGTERM)
    _, err = process.communicate(timeout=60)
    assert process.returncode == 130 and err == "answerprint: the self-test was stopped\n" and list(tmp_path.iterdir()) == []


@pytest.mark.slow
@pytest.mark.timeout(1800)
def test_the_whole_of_it_holds_offline_and_leaves_nothing(tmp_path, offline):
    (tmp_path / "tmp").mkdir()
    process = selftest(TMPDIR=str(tmp_path / "tmp"))
    out, err = process.communicate(timeout=1700)
    lines = out.splitlines()
    assert process.returncode == 0, out + err
    assert err == "" and lines[-1].endswith("everything held") and not [line for line in lines if line.startswith("FAILED")]
    named = [line.split("s  ", 1)[1].split(":")[0] for line in lines if line.startswith("ok")]
    assert [name for name in named if name.startswith("command line, ")] == [f"command line, {name}" for name in (*CHECKS, "model")]
    assert [name for name in named if name.startswith("window, ")] == [f"window, {name}" for name in CHECKS]
    assert named.count("window") == 9 and {"versions", "device", "disk", "sample film", "manual", "settings", "sources"} <= set(named)
    assert list((tmp_path / "tmp").iterdir()) == []
