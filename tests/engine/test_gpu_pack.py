"""A pack is taken from a folder of wheels whole or not at all, and only where a training's first steps work with it.

No graphics card is needed: torch in the wheels is a handful of lines. It pretends a card by handing over the program's own torch with a
few of its words changed, or fails as torch does where something is wrong."""
from __future__ import annotations

import errno
import hashlib
import os
import shutil
import signal
import stat
import subprocess
import sys
import time
import zipfile
from base64 import urlsafe_b64encode
from collections import namedtuple
from collections.abc import Callable, Iterable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from packaging.tags import sys_tags

from engine.gpu_pack import place as places
from engine.gpu_pack.add import tried
from engine.gpu_pack.place import FACTS, FOLDER, NEW, OLD, PACK, PYTHON, Facts, facts_of, leave_facts, misfit, own
from engine.gpu_pack.unpack import unpack
from engine.gpu_pack.wheels import needed
from engine.jobs import Lock
from engine.run import Run
from engine.train.first_steps import driver, reason
from engine.versions import version_of
from tests.conftest import Ended

Call = Callable[..., Ended]
HERE = next(sys_tags()).platform
REAL = '''
import importlib, sys
here = sys.path.pop(0)
del sys.modules["torch"]
torch = importlib.import_module("torch")
sys.path.insert(0, here)
torch.__file__, torch.__version__, torch.version.cuda = __file__, "2.13.0+cu130", "13.0"
same = lambda self, *words, **more: self
torch.nn.Module.to = torch.Tensor.to = same
torch.cuda.init = lambda: None
torch.cuda.get_device_name = lambda *words: "Pretended card"
torch.cuda.get_device_capability = lambda *words: (8, 6)
sys.modules["torch"] = torch
'''
NO_DRIVER = REAL + '''
def init():
    raise RuntimeError("Found no NVIDIA driver on your system. Please check that you have an NVIDIA GPU and installed a driver")
torch.cuda.init = init
'''
NOT_A_NUMBER = REAL + '''
torch.Tensor.square = lambda self: self * float("nan")
'''
WENT_WELL = {"torch": "2.13.1", "cuda": "13.0", "device": "Pretended card", "driver": "", "losses": [1, 0], "seconds": 0, "trouble": ""}
HANGS = '''
import pathlib, time
pathlib.Path(__file__).parents[1].joinpath("begun").touch()
time.sleep(600)
'''


def wheel(folder: Path, name: str, version: str, files: dict[str, str | bytes], tag: str = f"py3-none-{HERE}", needs: Iterable[str] = (),
          spoilt: dict[str, str] | None = None) -> Path:
    """A wheel as they are made; `spoilt` has the text that a file has in place of what the wheel's list says."""
    folder.mkdir(parents=True, exist_ok=True)
    info = f"{name}-{version}.dist-info"
    metadata = "\n".join((f"Metadata-Version: 2.1\nName: {name}\nVersion: {version}", *(f"Requires-Dist: {words}" for words in needs), ""))
    whole = {path: text.encode() if isinstance(text, str) else text for path, text in {**files, f"{info}/METADATA": metadata}.items()}
    rows = [f"{path},sha256={urlsafe_b64encode(hashlib.sha256(data).digest()).decode().rstrip('=')},{len(data)}"
            for path, data in whole.items()]
    path = folder / f"{name}-{version}-{tag}.whl"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as packed:
        for file, data in whole.items():
            packed.writestr(zipfile.ZipInfo(file), (spoilt or {}).get(file, data))
        packed.writestr(f"{info}/RECORD", "\n".join((*rows, f"{info}/RECORD,,")))
    return path


def torch_wheel(folder: Path, code: str = "", version: str = "2.13.0", **more: Any) -> Path:
    return wheel(folder, "torch", version, {"torch/__init__.py": code, "torch/lib/libtorch.so": b"\0" * 5000}, **more)


def in_another(code: str) -> str:
    """What a process says that uses the pack before it does something else."""
    begin = "from engine.gpu_pack.place import use\nprint(use())\n"
    found = subprocess.run([sys.executable, "-c", begin + code], capture_output=True, text=True)
    assert found.returncode == 0, found.stderr
    return found.stdout.strip()


def nothing_left() -> bool:
    return not own().exists()


@pytest.fixture
def pack(tmp_path: Path) -> Path:
    """A pack in its place, as `add` leaves one; its torch is one line."""
    folder = own() / PACK
    unpack(needed(torch_wheel(tmp_path / "earlier", "earlier = True").parent), folder, Run())
    leave_facts(folder, Facts("2.13.0", PYTHON, version_of("answerprint"), 5000, ("torch-2.13.0.whl",), "Pretended card"))
    return folder


@pytest.mark.parametrize(("name", "make", "said"), [
    ("no folder", lambda folder: None, "there is no such folder"),
    ("empty", lambda folder: folder.mkdir(), "no wheels (.whl) lie in it"),
    ("renamed", lambda folder: torch_wheel(folder).rename(folder / "torch.whl"), "no name of a wheel"),
    ("no torch", lambda folder: wheel(folder, "nvidia_nccl_cu13", "2.29.7", {}), "there is no wheel of torch"),
    ("old torch", lambda folder: torch_wheel(folder, version="2.1.0"), "its torch is 2.1.0, and this program needs torch >=2.9"),
    ("another Python", lambda folder: torch_wheel(folder, tag=f"cp38-cp38-{HERE}"), f"Python (cp38), and this program's is {PYTHON}"),
    ("another system", lambda folder: torch_wheel(folder, tag=f"{PYTHON}-{PYTHON}-win32"), "(win32), and this one takes wheels up to"),
    ("too new a system", lambda folder: torch_wheel(folder, tag="py3-none-manylinux_2_999_x86_64"), "or a newer system (manylinux_2_999"),
    ("half a file", lambda folder: torch_wheel(folder).write_bytes(b"PK\3\4half"), "is damaged"),
    ("other content", lambda folder: torch_wheel(folder, spoilt={"torch/__init__.py": "other"}), "__init__.py is not what the wheel's"),
    ("goes elsewhere", lambda folder: wheel(folder, "torch", "2.13.0", {"torch/__init__.py": "", "../../evil.py": "1"}), "outside the"),
    ("cannot load", lambda folder: torch_wheel(folder, 'raise ImportError("libcudart.so.13: cannot open shared object file")'),
     "cannot be loaded (libcudart.so.13: cannot open"),
    ("falls over", lambda folder: torch_wheel(folder, "import os; os.kill(os.getpid(), 11)"), "ended with code -11"),
])
def test_what_cannot_be_a_pack_is_refused_in_one_line(
        answerprint: Call, tmp_path: Path, name: str, make: Callable[[Path], Any], said: str) -> None:
    folder = tmp_path / name
    make(folder)
    ended = answerprint("gpu-pack", "add", folder)
    lines = [line for line in ended.err.splitlines() if line.startswith("answerprint: ")]
    assert ended.code == 1 and len(lines) == 1 and said in lines[0], ended.err
    assert nothing_left()
    assert not list(tmp_path.parent.rglob("evil.py"))


def test_cut_short(answerprint: Call, tmp_path: Path) -> None:
    path = torch_wheel(tmp_path / "wheels", "x = 1\n" * 10_000)
    with path.open("r+b") as file:       # a bit that tipped over in the data of the first file
        file.seek(80)
        byte = file.read(1)[0]
        file.seek(80)
        file.write(bytes([byte ^ 0xFF]))
    ended = answerprint("gpu-pack", "add", path.parent)
    assert ended.code == 1 and "torch/__init__.py cannot be read" in ended.err
    assert nothing_left()


def test_what_torch_needs_is_named_where_it_is_not_there(answerprint: Call, tmp_path: Path) -> None:
    folder = tmp_path / "wheels"
    torch_wheel(folder, needs=[
        "sympy>=1.0", "cuda-toolkit[cudart,nvtx]==13.0.3", 'nvidia-cudnn-cu13==9.20.0.48; python_version > "3"',
        'old-thing; python_version < "3"', 'optree; extra == "optree"', "triton==3.7.1", "setuptools>=77"])
    wheel(folder, "cuda_toolkit", "13.0.3.0", {}, needs=[
        'nvidia-cuda-runtime==13.0.*; extra == "cudart"', 'nvidia-nvtx==13.0.*; extra == "nvtx"', 'nvidia-nvcc==13.0.*; extra == "nvcc"'])
    wheel(folder, "nvidia_nvtx", "12.6.1", {})
    ended = answerprint("gpu-pack", "add", folder)
    assert ended.code == 1
    assert "are not there: nvidia-cuda-runtime==13.0.*, nvidia-cudnn-cu13==9.20.0.48, nvidia-nvtx==13.0.*; download" in ended.err
    assert nothing_left()


def test_no_room(answerprint: Call, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shutil, "disk_usage", lambda path: namedtuple("Usage", "free")(1000))
    ended = answerprint("gpu-pack", "add", torch_wheel(tmp_path / "wheels").parent)
    assert ended.code == 1 and "there is no room for the pack" in ended.err
    assert nothing_left()


def test_a_full_disk(answerprint: Call, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*words: object) -> str:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr("engine.gpu_pack.unpack._copy", full)
    ended = answerprint("gpu-pack", "add", torch_wheel(tmp_path / "wheels").parent)
    assert ended.code == 1 and "the disk is full" in ended.err
    assert nothing_left()


@pytest.mark.skipif(os.name == "nt", reason="modes")
def test_everybody_may_read_it_whatever_new_files_are_for_root(
        answerprint: Call, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("engine.gpu_pack.add.tried", lambda folder, run: WENT_WELL)
    before = os.umask(0o077)
    try:
        assert answerprint("gpu-pack", "add", torch_wheel(tmp_path / "wheels").parent).code == 0
    finally:
        os.umask(before)
    folders = [own().parent, own(), own() / PACK, *(path for path in (own() / PACK).rglob("*") if path.is_dir())]
    assert len(folders) > 5 and {stat.S_IMODE(path.stat().st_mode) for path in folders} == {0o755}
    assert {stat.S_IMODE(path.stat().st_mode) for path in (own() / PACK).rglob("*") if path.is_file()} == {0o644}


def test_only_one_at_a_time(answerprint: Call, tmp_path: Path) -> None:
    own().mkdir(parents=True)
    with Lock(own()):
        ended = answerprint("gpu-pack", "add", torch_wheel(tmp_path / "wheels").parent)
    assert ended.code == 1 and "another `answerprint gpu-pack` is at work there" in ended.err


def test_added_shown_used_and_removed(answerprint: Call, tmp_path: Path) -> None:
    folder = tmp_path / "wheels with a blank, and ü"
    torch_wheel(folder, REAL, needs=["sympy>=1.0", "nvidia-cudnn-cu13==9.20.0.48", "triton==3.7.1"])
    wheel(folder, "nvidia_cudnn_cu13", "9.20.0.48", {"nvidia/cudnn/lib/libcudnn.so.9": b"\0" * 100})
    wheel(folder, "sympy", "1.99.0", {"sympy/__init__.py": ""}, tag="py3-none-any")
    wheel(folder, "triton", "3.7.1", {"triton/__init__.py": ""})
    ended = answerprint("gpu-pack", "add", folder)
    assert ended.code == 0, ended.err
    assert "Pretended card (sm_86)" in ended.out and "CUDA 13.0" in ended.out and "its loss fell from" in ended.out
    assert sorted(path.name for path in own().iterdir()) == ["lock", PACK]
    assert {path.name for path in (own() / PACK).iterdir()} == {
        "torch", "nvidia", "torch-2.13.0.dist-info", "nvidia_cudnn_cu13-9.20.0.48.dist-info", FACTS}, "the program's sympy, no triton"
    assert list((own() / PACK / "torch").rglob("*.pyc")), "an installed program would compile torch in every process"

    used = in_another("import torch, sympy\nfrom engine.recoveries.record import libraries\n"
                      "print(torch.__file__, torch.__version__, sympy.__version__, libraries()['torch'])")
    assert used.split() == [str(own() / PACK / "torch" / "__init__.py"), "2.13.0+cu130", version_of("sympy"), "2.13.0"]

    shown = answerprint("gpu-pack", "show")
    assert shown.code == 0 and str(own()) in shown.out and "works:" in shown.out, shown.err
    assert answerprint("gpu-pack", "remove").code == 0
    assert nothing_left()
    assert "there is no GPU pack" in answerprint("gpu-pack", "show").out


@pytest.mark.parametrize(("code", "said"), [
    (NO_DRIVER, "no NVIDIA driver answers"), pytest.param(NOT_A_NUMBER, "learnt nothing: nan", marks=pytest.mark.slow)])
def test_one_that_does_not_work_leaves_the_earlier_one(answerprint: Call, tmp_path: Path, pack: Path, code: str, said: str) -> None:
    ended = answerprint("gpu-pack", "add", torch_wheel(tmp_path / "wheels", code).parent)
    assert ended.code == 1 and said in ended.err, ended.err
    assert in_another("import torch; print(torch.earlier)").split() == ["True"]
    assert not (own() / NEW).exists() and not (own() / OLD).exists()


def test_a_pack_that_works_takes_the_place_of_another(
        answerprint: Call, tmp_path: Path, pack: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("engine.gpu_pack.add.tried", lambda folder, run: WENT_WELL)
    assert answerprint("gpu-pack", "add", torch_wheel(tmp_path / "wheels", version="2.13.1").parent).code == 0
    found = facts_of(own())
    assert found and found.torch == "2.13.1" and "Pretended card" in found.card
    assert not (own() / OLD).exists()


def test_one_that_stopped_working_is_told_of(answerprint: Call, pack: Path) -> None:
    (pack / "torch" / "__init__.py").write_text("raise ImportError('libcuda.so.1: gone')")
    ended = answerprint("gpu-pack", "show")
    assert ended.code == 1 and "does not work: it cannot be loaded (libcuda.so.1: gone)" in ended.err


def begin_one_that_hangs(folder: Path) -> subprocess.Popen[bytes]:
    torch_wheel(folder, HANGS)
    process = subprocess.Popen([sys.executable, "-m", "engine", "gpu-pack", "add", str(folder)], start_new_session=True)
    for _ in range(600):
        if (own() / NEW / "begun").exists():
            return process
        time.sleep(0.1)
    process.kill()
    raise AssertionError("the trial did not begin")


@pytest.mark.skipif(os.name == "nt", reason="signals")
def test_killed_it_leaves_nothing_that_is_used(answerprint: Call, tmp_path: Path) -> None:
    process = begin_one_that_hangs(tmp_path / "hangs")
    os.killpg(process.pid, signal.SIGKILL)
    process.wait()
    assert (own() / NEW).exists()
    assert in_another("import torch; print(torch.__file__)").split() == [str(Path(sys.modules["torch"].__file__ or ""))]
    assert "there is no GPU pack" in answerprint("gpu-pack", "show").out
    ended = answerprint("gpu-pack", "add", torch_wheel(tmp_path / "wheels", "raise ImportError('no')").parent)
    assert ended.code == 1 and "cannot be loaded" in ended.err
    assert nothing_left(), "the next one clears up"


@pytest.mark.skipif(os.name == "nt", reason="signals")
def test_stopped_it_leaves_nothing(tmp_path: Path) -> None:
    process = begin_one_that_hangs(tmp_path / "hangs")
    process.send_signal(signal.SIGTERM)
    assert process.wait(60) == 130
    assert nothing_left()


def test_one_that_does_not_fit_any_more_is_not_used_and_that_is_said_once(pack: Path) -> None:
    facts = facts_of(own())
    assert facts and misfit(facts) == "" and misfit(replace(facts, program="0.0.1")) == "", "an upgrade alone changes nothing"
    assert "its torch is 2.1.0" in misfit(replace(facts, program="0.0.1", torch="2.1.0"))
    leave_facts(pack, replace(facts, python="cp38"))
    assert str(Path(sys.modules["torch"].__file__ or "")) in in_another("import torch; print(torch.__file__)")
    ended = subprocess.run([sys.executable, "-m", "engine", "inspect", str(pack / "nowhere")], capture_output=True, text=True)
    assert ended.stderr.count("is not used, it is for another Python (cp38") == 1 and ended.returncode == 1


def test_show_of_one_that_does_not_fit(answerprint: Call, pack: Path) -> None:
    facts = facts_of(own())
    assert facts
    leave_facts(pack, replace(facts, python="cp38"))
    ended = answerprint("gpu-pack", "show")
    assert ended.code == 1 and "is not used: it is for another Python" in ended.err and "5000" not in ended.err


def test_show_goes_on_to_that_for_all_where_a_users_own_does_not_fit(
        answerprint: Call, pack: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for_all, facts = own(), facts_of(own())
    assert facts
    monkeypatch.setenv("ANSWERPRINT_DATA", str(tmp_path / "a user's"))
    (own() / PACK).mkdir(parents=True)
    leave_facts(own() / PACK, replace(facts, python="cp38"))
    monkeypatch.setattr("engine.gpu_pack.command.places", lambda: (own(), for_all))
    monkeypatch.setattr("engine.gpu_pack.command.tried", lambda folder, run: {**WENT_WELL, "torch": str(folder)})
    shown = answerprint("gpu-pack", "show")
    assert shown.code == 0 and f"torch:    {pack}," in shown.out and "works:" in shown.out, shown.err
    assert shown.out.index("not used: it is for another Python (cp38") < shown.out.index(str(for_all))


def test_a_pack_that_is_not_whole_is_none(pack: Path) -> None:
    (pack / FACTS).write_text('{"torch": ')
    assert facts_of(own()) is None
    assert in_another("import sys; print(any('gpu-pack' in path for path in sys.path))").split() == ["False"]


def test_a_users_own_comes_before_that_for_all(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("ANSWERPRINT_DATA")
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path))
    monkeypatch.setattr(sys, "platform", "linux")
    monkeypatch.setattr(os, "geteuid", lambda: 1000, raising=False)
    assert places.places() == (tmp_path / "answerprint" / FOLDER, places.FOR_ALL / FOLDER)
    monkeypatch.setattr(os, "geteuid", lambda: 0, raising=False)
    assert places.places() == (places.FOR_ALL / FOLDER,)


def test_that_for_all_is_removed_by_root(answerprint: Call, pack: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for_all = own()
    monkeypatch.setenv("ANSWERPRINT_DATA", str(tmp_path / "a user's"))
    monkeypatch.setattr("engine.gpu_pack.add.places", lambda: (own(), for_all))
    ended = answerprint("gpu-pack", "remove")
    assert ended.code == 1 and "is for all users" in ended.err and pack.is_dir()


@pytest.mark.parametrize(("said", "words"), [
    ("Found no NVIDIA driver on your system. Please",
     "no NVIDIA driver answers on this machine; install the one of the card that has CUDA 13.0 (NVIDIA's driver 580 or newer)"),
    ("The NVIDIA driver on your system is too old (found version 12020). Please", "the NVIDIA driver is too old (it has CUDA 12.2)"),
    ("No CUDA GPUs are available", "there is no card that it can use"),
    ("CUDA error: no kernel image is available for execution on the device\nmore", "Quadro K2000 (sm_30) is not among the cards"),
    ("CUDA unknown error - this may be due to\nmore", "CUDA does not work: CUDA unknown error - this may be due to"),
    ("", "CUDA does not work"),
])
def test_what_torch_says_in_words_that_tell_what_to_do(said: str, words: str) -> None:
    found = reason(said, "13.0", "Quadro K2000 (sm_30)")
    assert words in found and "\n" not in found


@pytest.mark.parametrize("line", [
    "NVRM version: NVIDIA UNIX x86_64 Kernel Module  535.183.01  Sun May 12 19:39:15 UTC 2024",
    "NVRM version: NVIDIA UNIX Open Kernel Module for x86_64  535.183.01  Release Build  (root@host)",
])
def test_the_version_of_the_driver(tmp_path: Path, line: str) -> None:
    (tmp_path / "version").write_text(line + "\nGCC version: gcc version 12.2.0")
    assert driver(tmp_path / "version") == "535.183.01"
    assert driver(tmp_path / "nowhere") == ""


@pytest.mark.slow
def test_the_processors_own_torch_is_no_pack(answerprint: Call, tmp_path: Path) -> None:
    """A whole wheel of torch, where pip has one at hand: its steps are taken with what was unpacked, and then it is refused."""
    got = subprocess.run([sys.executable, "-m", "pip", "download", "-q", "--no-index", "--no-deps", "-d", str(tmp_path / "wheels"),
                          f"torch=={version_of('torch')}"], capture_output=True, text=True)
    if got.returncode or "+cpu" not in version_of("torch"):
        pytest.skip("pip has no wheel of the processor's torch at hand")
    unpack(needed(tmp_path / "wheels"), tmp_path / "unpacked", Run())
    found = tried(tmp_path / "unpacked", Run())
    assert found["place"] == str(tmp_path / "unpacked") and found["losses"][1] < found["losses"][0]
    ended = answerprint("gpu-pack", "add", tmp_path / "wheels")
    assert ended.code == 1 and "it is a CPU build; no CUDA device answered (on the processor the first 12 steps" in ended.err
    assert nothing_left()
