"""How fast this machine reads, aligns, trains, applies and writes, at 2K and at 4K, with a plain copy of the same files as the floor.

The film is the program's own sample film at that size. Copy, read, apply, write and the whole way are taken in turns, so that ratios hold
also where the machine is busy with other things. So is a full-resolution U-Net of a million parameters, which is what others apply: on a
tile, since a whole frame would need gigabytes, its time multiplied by how many tiles a frame has.
"""
from __future__ import annotations

import json
import os
import platform
import shutil
import statistics
import subprocess
import tempfile
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import torch
from torch import nn

from engine.align.align import align
from engine.align.alignment import Alignment
from engine.apply.frames import Restorer
from engine.apply.onnx_export import leave_onnx
from engine.apply.onnx_nets import FOLDER, OnnxNets
from engine.apply.runtime import runtime_for
from engine.balance.balance import Balance
from engine.balance.fit import fit_balance
from engine.bench.packing import packing_rows
from engine.bench.painting import painting_rows
from engine.bench.unet import full_resolution
from engine.export.export import ExportSettings, export
from engine.fixity import INPUTS, check, names_of, take_in
from engine.media.open import open_source
from engine.media.source import FrameSource, Picture, Reading, SourceInfo
from engine.pairs.target import make_pair
from engine.programs import MEASURE, window_command
from engine.recoveries.work import shown
from engine.run import Run
from engine.sample import FIRST, make_sample
from engine.train.asked import TrainSettings
from engine.train.begin import calculating
from engine.train.device import choose_device
from engine.train.loop import train
from engine.train.machine import device_name
from engine.train.model import Model
from engine.train.net import COLOURS

ROUNDS = 3
STEPS = 20          # of training
PAIRS = 4
TILE = 256          # pixels, what the U-Net is timed on

APPLY, WHOLE, WITHOUT_BALANCE = "apply", "read, balance, apply and write", "read, apply and write"
ALONE = "read and write alone"
HASHING = "hash what goes in, and read it again"
TORCH, ONNX, UNET = "the net alone, torch", "the net alone, onnxruntime", "a full-resolution U-Net of 1 M parameters"


@dataclass(frozen=True)
class Size:
    """What is measured at: a scan `width` pixels wide with `frames` frames, of which `timed` are copied, read, restored and written."""

    width: int
    frames: int
    timed: int


SIZES = {"2K": Size(2048, 24, 8), "4K": Size(4096, 12, 4)}


@dataclass(frozen=True)
class Row:
    """One figure: `seconds` a frame (a step, for training), and as a multiple of what copying a frame takes."""

    size: str
    what: str
    seconds: float
    frame_bytes: int | None = None
    copies: float | None = None
    beside: str = ""        # its ratio to another row


def main(run: Run, device: str) -> str:
    """Measure this machine; the result as Markdown text. Raises DeviceMissing before anything is made."""
    chosen = choose_device(device)
    return f"{machine(chosen)}\n\n{table(bench(run, device))}\n\n{packing_rows(run)}\n\n{painting_rows(run)}\n\n{window_rows()}"


def window_rows() -> str:
    """The rows of the window, which measures itself; '' where it cannot be shown."""
    told = subprocess.run(window_command(MEASURE), capture_output=True, text=True)
    return told.stdout if told.returncode == 0 else ""


def bench(run: Run, device: str = "auto", sizes: Mapping[str, Size] = SIZES) -> list[Row]:
    """All figures, size by size. Films are made in a temporary folder, which is removed. Raises DeviceMissing, DiskFull, Cancelled."""
    rows = []
    for name, size in sizes.items():
        with tempfile.TemporaryDirectory(prefix="answerprint-bench-") as folder, run.phase(name):
            rows += _measure(name, size, device, Path(folder), run)
    return rows


def table(rows: list[Row]) -> str:
    """The figures as a Markdown table."""
    lines = ["| size | what | frames/s | MB/s | ms | times a plain copy | beside |", "|---|---|---:|---:|---:|---:|---|"]
    for row in rows:
        rate, speed, copies = "", "", ""
        if row.frame_bytes and row.copies:
            rate, speed, copies = f"{1 / row.seconds:.2f}", f"{row.frame_bytes / row.seconds / 1e6:.0f}", f"{row.copies:.1f}"
        lines.append(f"| {row.size} | {row.what} | {rate} | {speed} | {1000 * row.seconds:.0f} | {copies} | {row.beside} |")
    return "\n".join(lines)


def machine(device: torch.device) -> str:
    """The facts that figures depend on, in one line."""
    name = torch.cuda.get_device_name(device) if device.type == "cuda" else device.type
    return (f"{os.cpu_count()} cores of {device_name(torch.device('cpu'))}, {platform.system()}, Python {platform.python_version()}, "
            f"torch {torch.__version__}, device {name}")


def _measure(name: str, size: Size, device: str, folder: Path, run: Run) -> list[Row]:
    film = make_sample(folder / "film", run, size.frames, size.width)
    few = Reading(span=(FIRST, FIRST + size.timed - 1))
    with open_source(film.scan) as scan, open_source(film.reference) as reference, open_source(film.scan, few) as timed:
        frame_bytes = scan.files(0)[0].stat().st_size
        began = time.perf_counter()
        alignment = align(scan, reference, run)
        aligning = (time.perf_counter() - began) / size.frames
        balance = fit_balance(scan, reference, alignment, scan.info.encoding, reference.info.encoding, run)
        model, step = _trained(scan, reference, alignment, balance, device, folder, run)
        used = runtime_for(model.parent, model, choose_device(device).type, run)
        tasks = _tasks(timed, balance, Restorer(model, device, onnx=used.onnx), folder / "out") | _nets(model, device, scan.info)
        taken = _in_turns(tasks, size.timed, folder / "out", run)
        taken[UNET] = [seconds * scan.info.width * scan.info.height / TILE ** 2 for seconds in taken[UNET]]
    rows = _rows(name, taken, frame_bytes, str(used))
    rows.insert(2, Row(name, f"align, {size.frames} frames", aligning, frame_bytes, aligning / rows[0].seconds))
    rows.insert(3, Row(name, "train, a step", step))
    return rows


def _rows(name: str, taken: dict[str, list[float]], frame_bytes: int, used: str) -> list[Row]:
    """Medians, and medians of the ratios of the same round."""
    def ratio(one: str, other: str) -> float:
        return statistics.median(a / b for a, b in zip(taken[one], taken[other], strict=True))

    beside = {what: f"{100 * ratio(ALONE, what):.0f} % of the speed of reading and writing alone" for what in (WHOLE, WITHOUT_BALANCE)}
    beside |= {UNET: f"apply is {ratio(UNET, APPLY):.1f} times as fast", APPLY: f"with {used}"}
    beside[HASHING] = f"{100 * ratio(HASHING, WHOLE):.1f} % of read, balance, apply and write"
    if ONNX in taken:
        beside[ONNX] = f"{ratio(TORCH, ONNX):.2f} times as fast as torch"
    return [Row(name, what, statistics.median(times), frame_bytes, ratio(what, "copy"), beside.get(what, ""))
            for what, times in taken.items()]


def _nets(model: Path, device: str, info: SourceInfo) -> dict[str, Callable[[], None]]:
    """A frame's view through the net by torch and by onnxruntime, and a tile through a full-resolution U-Net."""
    place, known = choose_device(device), Model.load(model)
    threads, net = int(known.about["threads"]), known.net.to(place)
    shrink = known.net.settings.context * max(1.0, info.width / known.about["training_width"])
    view = torch.rand(1, COLOURS, round(info.height / shrink), round(info.width / shrink))
    unet, tile = full_resolution().to(place, memory_format=torch.channels_last), torch.rand(1, 3, TILE, TILE)  # type: ignore[call-overload]

    def through(net: nn.Module, given: torch.Tensor) -> None:
        with torch.no_grad(), calculating(threads, place):
            net(given.to(place)).cpu()

    def by_onnx(nets: OnnxNets) -> None:
        nets.coefficients(None, view.numpy())

    tasks: dict[str, Callable[[], None]] = {TORCH: partial(through, net, view), UNET: partial(through, unet, tile)}
    if (model.parent / FOLDER).exists() and place.type == "cpu":
        tasks[ONNX] = partial(by_onnx, OnnxNets(model.parent / FOLDER, threads))
    return tasks


def _trained(scan: FrameSource, reference: FrameSource, alignment: Alignment, balance: Balance, device: str, folder: Path,
             run: Run) -> tuple[Path, float]:
    """A model of a few steps at the settings of the program, and the seconds a step took."""
    matched = [m for m in alignment.frames if m.reference is not None]
    encodings = (scan.info.encoding, reference.info.encoding)
    (folder / "pairs").mkdir()
    pairs = []
    for done, match in enumerate(matched[::max(1, len(matched) // PAIRS)][:PAIRS]):
        run.step(done, PAIRS, "making pairs")
        pairs.append(make_pair(scan, reference, match, balance, encodings, False, "film").save(folder / "pairs"))
    result = train(pairs, TrainSettings(steps=STEPS, device=device), folder / "run", run)
    leave_onnx(result.model, pairs, folder / "run" / FOLDER, run)
    curve = (folder / "run" / "curve.jsonl").read_text().splitlines()
    return result.model, float(json.loads(curve[-1])["step_ms"]) / 1000


def _tasks(scan: FrameSource, balance: Balance, restorer: Restorer, out: Path) -> dict[str, Callable[[], None]]:
    """What is timed in turns; each does all frames once, what it writes goes to `out`."""
    prepared: Picture = shown(scan, balance, 0)
    settings = ExportSettings(out, ("dpx",))

    def copy() -> None:
        out.mkdir()
        for index in range(len(scan)):
            shutil.copyfile(scan.files(index)[0], out / scan.files(index)[0].name)

    def read() -> None:
        for index in range(len(scan)):
            scan.read(index)

    def apply() -> None:
        for _ in range(len(scan)):
            restorer.restore(prepared, None)

    def write() -> None:
        export(scan, lambda _: prepared, lambda _, picture: picture, settings, Run())

    def way(laid: Balance, restored: Callable[[Picture], Picture]) -> Callable[[], None]:
        def go() -> None:
            export(scan, lambda i: shown(scan, laid, i), lambda _, picture: restored(picture), settings, Run())
        return go

    def coloured(picture: Picture) -> Picture:
        return restorer.restore(picture, None)

    def hashing() -> None:
        files = names_of("scan", scan.medium())
        take_in(files, out / INPUTS, Run())
        check(files, out / INPUTS, Run())

    return {"copy": copy, "read": read, HASHING: hashing,
            APPLY: apply, "write": write, ALONE: way(Balance.identity(), lambda picture: picture),
            WITHOUT_BALANCE: way(Balance.identity(), coloured), WHOLE: way(balance, coloured)}


def _in_turns(tasks: dict[str, Callable[[], None]], frames: int, out: Path, run: Run) -> dict[str, list[float]]:
    """Seconds a frame of each task in each round; one that is not of frames is done as often as there are frames."""
    taken: dict[str, list[float]] = {what: [] for what in tasks}
    for round_ in range(ROUNDS):
        for done, (what, task) in enumerate(tasks.items()):
            run.step(round_ * len(tasks) + done, ROUNDS * len(tasks), what)
            began = time.perf_counter()
            for _ in range(frames if what in (TORCH, ONNX, UNET) else 1):
                task()
            taken[what].append((time.perf_counter() - began) / frames)
            shutil.rmtree(out, ignore_errors=True)
    return taken
