"""Which runtime applies a model: torch, or on the processor onnxruntime where a probe finds it faster. Decided once a run, written down,
and followed from then on, so that an export that is gone on with ends in the same files."""
from __future__ import annotations

import statistics
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import torch

from engine.apply.onnx_export import self_test
from engine.apply.onnx_nets import DESCRIPTION, FOLDER, RECORD, OnnxNets, OnnxUnusable, checksum
from engine.errors import DiskFull, MediaError, OutputRefused
from engine.files import read_json, write_json
from engine.run import Run
from engine.train.begin import calculating
from engine.train.machine import device_name
from engine.train.model import Model
from engine.train.net import COLOURS

ROUNDS = 5


@dataclass(frozen=True)
class Runtime:
    """What a model is applied with. `onnx` is the folder of ONNX files where that is onnxruntime."""

    name: str
    version: str
    onnx: Path | None = None

    @property
    def identity(self) -> tuple[str, ...]:
        """What results depend on beside the model; torch, the runtime of always, adds nothing."""
        return (f"{self.name} {self.version}",) if self.onnx else ()

    def __str__(self) -> str:
        return f"{self.name} {self.version}"


TORCH = Runtime("torch", str(torch.__version__))


def runtime_for(folder: Path, model: Path, device: str, run: Run) -> Runtime:
    """What the model of a run's folder is applied with on `device`: as runtime.json says; where nothing is decided yet it is now. A line to
    the user where what was recorded cannot be had."""
    if device != "cpu":
        return TORCH
    digest = checksum(model)
    record = _recorded(folder, digest)
    if record is None:
        if not (folder / FOLDER / DESCRIPTION).exists():        # made before there were ONNX files, or on a machine that could not
            return TORCH
        record = _decide(folder, model, digest, run)
    if record["runtime"] != "onnxruntime":
        return TORCH
    try:
        return Runtime("onnxruntime", OnnxNets(folder / FOLDER, 1).version, folder / FOLDER)
    except OnnxUnusable as error:
        run.say(f"this run is applied with onnxruntime, which cannot be had here: {error}; torch is used, whose results differ by less "
                "than a quarter of a code value of 10 bits, and frames of an earlier export are made anew")
        return TORCH


def _recorded(folder: Path, digest: str) -> dict[str, Any] | None:
    """What was decided for this very model; None where nothing was, or it cannot be read."""
    try:
        record = read_json(folder / RECORD, dict)
    except MediaError:
        return None
    return record if record.get("model") == digest and record.get("runtime") in ("torch", "onnxruntime") else None


def _decide(folder: Path, model: Path, digest: str, run: Run) -> dict[str, Any]:
    """Test, probe and write down. Where it cannot be written down, torch."""
    record: dict[str, Any] = {"version": 1, "model": digest, "runtime": "torch", "machine": device_name(torch.device("cpu")),
                              "versions": {"torch": TORCH.version}}
    try:
        record["self_test"] = {"largest": self_test(folder / FOLDER, model)}
        version, probe = _probe(model, folder / FOLDER)
        record["versions"]["onnxruntime"], record["probe"] = version, probe
        if probe["ratio"] > 1:
            record["runtime"] = "onnxruntime"
        why = f"of the two onnxruntime takes {100 / probe['ratio']:.0f} % of torch's time for the net"
    except OnnxUnusable as error:
        why = str(error)
    record["why"] = why
    if there := _recorded(folder, digest):          # another process was faster
        return there
    try:
        write_json(folder / RECORD, record)
    except (DiskFull, OutputRefused):
        return record | {"runtime": "torch"}
    run.say(f"this run is applied with {record['runtime']} on the processor: {why}")
    return record


def _probe(model: Path, folder: Path) -> tuple[str, dict[str, Any]]:
    """The version of onnxruntime, and the times of both for the view of a frame, in turns. Raises OnnxUnusable."""
    known = Model.load(model)
    threads = int(known.about["threads"])
    width = max(1, int(known.about["training_width"]) // known.net.settings.context)
    view, nets = torch.rand(1, COLOURS, max(1, width * 3 // 4), width), OnnxNets(folder, threads)
    ways: dict[str, Callable[[], object]] = {"torch": lambda: known.net(view), "onnxruntime": lambda: nets.coefficients(None, view.numpy())}
    taken: dict[str, list[float]] = {name: [] for name in ways}
    with torch.no_grad(), calculating(threads, torch.device("cpu")):
        for _ in range(1 + ROUNDS):
            for name, way in ways.items():
                began = time.perf_counter()
                way()
                taken[name].append(time.perf_counter() - began)
    medians = {name: statistics.median(times[1:]) for name, times in taken.items()}
    return nets.version, {**{f"{name}_ms": round(1000 * seconds, 2) for name, seconds in medians.items()}, "rounds": ROUNDS,
                          "view": list(view.shape), "threads": threads, "ratio": round(medians["torch"] / medians["onnxruntime"], 3)}
