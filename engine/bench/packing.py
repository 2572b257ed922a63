"""How fast code values become DPX files, beside OpenImageIO and a plain copy of the same files, all three on two threads and in turns."""
from __future__ import annotations

import shutil
import statistics
import tempfile
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
import OpenImageIO as oiio  # noqa: N813

from engine.export.coding import Codes
from engine.media.dpx import DpxHeader, write_dpx
from engine.run import Run

SIZES = {"2K": (2048, 1556), "4K": (4096, 3112)}
DEPTHS = (10, 16)
ROUNDS, FRAMES, THREADS = 5, 8, 2
REC709 = 6
COPY, OWN, LIBRARY = "copy", "own", "library"


def packing_rows(run: Run, sizes: dict[str, tuple[int, int]] = SIZES) -> str:
    """Milliseconds a frame as Markdown: medians over rounds, and medians of the ratios of the same round."""
    lines = ["| DPX on two threads | a plain copy | packed and written | by OpenImageIO | times as fast as that | times a plain copy |",
             "|---|---:|---:|---:|---:|---:|"]
    for name, size in sizes.items():
        for depth in DEPTHS:
            with tempfile.TemporaryDirectory(prefix="answerprint-bench-") as folder, run.phase(f"DPX {name} {depth}"):
                taken = _in_turns(_tasks(size, depth, Path(folder)), run)
            copy, own, library = (f"{1000 * statistics.median(taken[who]):.1f} ms" for who in (COPY, OWN, LIBRARY))
            faster, copies = (statistics.median(a / b for a, b in zip(taken[one], taken[other], strict=True))
                              for one, other in ((LIBRARY, OWN), (OWN, COPY)))
            lines.append(f"| {name}, {depth} bits | {copy} | {own} | {library} | {faster:.1f} | {copies:.1f} |")
    return "\n".join(lines)


def _in_turns(tasks: dict[str, Callable[[int], None]], run: Run) -> dict[str, list[float]]:
    """Seconds a frame of each task in each round; a round before that is not counted."""
    taken: dict[str, list[float]] = {who: [] for who in tasks}
    with ThreadPoolExecutor(THREADS) as pool:
        for round_ in range(ROUNDS + 1):
            run.step(round_, ROUNDS + 1, "writing DPX")
            for who, task in tasks.items():
                began = time.perf_counter()
                list(pool.map(task, range(FRAMES)))
                taken[who].append((time.perf_counter() - began) / FRAMES)
    return {who: seconds[1:] for who, seconds in taken.items()}


def _tasks(size: tuple[int, int], depth: int, folder: Path) -> dict[str, Callable[[int], None]]:
    """Each makes the file of a number. The values, which are random, are the same; the library gets them as it wants them, aligned to the
    left of 16 bits, and that is not counted."""
    width, height = size
    codes = np.random.default_rng(depth).integers(0, 2 ** depth, (height, width, 3)).astype(np.uint16)
    header, aligned = DpxHeader.new(width, height, depth, REC709), codes << (16 - depth) | codes >> max(0, 2 * depth - 16)
    first = folder / "first.dpx"
    _write(first, codes, header)
    return {COPY: lambda number: _copy(first, folder / f"copy.{number}.dpx"),
            OWN: lambda number: _write(folder / f"own.{number}.dpx", codes, header),
            LIBRARY: lambda number: _by_library(folder / f"library.{number}.dpx", aligned, depth)}


def _copy(first: Path, path: Path) -> None:
    shutil.copyfile(first, path)


def _write(path: Path, codes: Codes, header: DpxHeader) -> None:
    with path.open("wb") as file:
        write_dpx(file, codes, header)


def _by_library(path: Path, aligned: Codes, depth: int) -> None:
    spec = oiio.ImageSpec(aligned.shape[1], aligned.shape[0], 3, oiio.UINT16)
    spec.attribute("oiio:Endian", "big")
    spec.attribute("oiio:BitsPerSample", depth)
    spec.attribute("dpx:Packing", "Filled, method A" if depth == 10 else "Packed")
    output = oiio.ImageOutput.create("dpx")
    assert output is not None
    if not (output.open(str(path), spec) and output.write_image(aligned) and output.close()):
        raise OSError(f"OpenImageIO says: {output.geterror().strip()}")
