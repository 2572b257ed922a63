"""The LUT that a net starts from, as a .cube file for other programs: R'G'B' to R'G'B', display-referred Rec.709, luma kept.

A faded film lives in a thin tube of the R'G'B' cube, where its LUT is steep: a cube that only has the right values at its nodes is off in
between, by 1.1 dE00 with 65 nodes on Candy Candy. So the nodes are corrected by what is left at the film's own colours (simultaneous
iterative reconstruction, Gilbert 1972); that costs about 0.03 then. What is told of the error was measured on the baked cube, applied as
other programs apply it, trilinear. The file is that of the "Cube LUT Specification 1.0" (Adobe, 2013).
"""
from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray

from engine.files import file_names, replacing, told
from engine.media.colour import from_ycbcr, to_ycbcr
from engine.media.difference import ciede2000, lab
from engine.pairs.pair import PairFile
from engine.run import Run
from engine.train.baseline import corners
from engine.train.held_out import LOOKS
from engine.train.model import Model
from engine.train.net import look_up

FOLDER = "lut"
FILM = "film"
SIZES = (33, 65)        # nodes on each axis
CLOSE = 0.05            # dE00 that baking may cost, where more nodes cost less
FEW = 4_096             # pixels of a pair that the nodes are corrected by, at most
MOST = 65_536           # of all pairs together, so that memory does not grow with their number
ROUNDS = 5

Floats = NDArray[np.float32]


@dataclass(frozen=True)
class CubeFile:
    """A .cube file of a run: `file` below the run's folder; `shot` None for the LUT over the film; dE00 (None where nothing of the shot is
    held out) on `frames` held-out frames; `baking` is by how much that is above the error of the LUT that it was made of (on pairs that it
    was made from, where nothing is held out), `size` its nodes on each axis."""

    file: str
    shot: str | None
    dE00: float | None  # noqa: N815
    frames: int
    baking: float
    size: int

    def as_json(self) -> dict[str, Any]:
        return asdict(self)


@dataclass(frozen=True)
class Pixels:
    """Pixels of pairs: the balanced scan (n, 3), what it shall be (n, 3), both R'G'B', and their trust (n)."""

    scan: Floats
    target: Floats
    trust: NDArray[np.float64]

    @staticmethod
    def of(file: PairFile, context: int) -> Pixels:
        """Those that the held-out error is measured on."""
        pair = file.load()
        parts = [(slice(row, None, context), slice(column, None, context)) for row, column in LOOKS]
        scan, chroma, weight = (np.concatenate([plane[part].reshape(-1, *plane.shape[2:]) for part in parts])
                                for plane in (pair.scan, pair.chroma, pair.weight))
        scan = scan.astype(np.float32)
        ycc = np.concatenate([to_ycbcr(scan)[:, :1], chroma.astype(np.float32)], 1)
        return Pixels(scan, from_ycbcr(ycc), weight / 255.0)

    def error(self, result: Floats) -> float:
        """Weighted mean dE00 of `result` (n, 3) against the target."""
        return float((ciede2000(lab(result), lab(self.target)) * self.trust).sum() / max(float(self.trust.sum()), 1e-9))

    def some(self, count: int) -> Floats:
        """About so many of them, evenly; at least one."""
        return self.scan[::max(1, len(self.scan) // count)]


def bake(model: Model, shot: str | None, size: int) -> Floats:
    """The LUT of a shot, or over the film, as nodes (size, size, size, 3) by R', G', B' of 0..1; what lies outside is not clipped."""
    axis = np.linspace(0, 1, size, dtype=np.float32)
    grid = np.stack(np.meshgrid(axis, axis, axis, indexing="ij"), -1).reshape(size, -1, 3)
    return fitted(model, shot, grid).reshape(size, size, size, 3)


def corrected(nodes: Floats, colours: Floats, wanted: Floats) -> Floats:
    """Nodes that give `colours` (n, 3) about what is `wanted` (n, 3); those that are near none stay as they are."""
    size = len(nodes)
    places, weights = corners(np.clip(colours, 0, 1).astype(np.float64) * (size - 1), size)
    total = sum(np.bincount(p, w, size ** 3) for p, w in zip(places, weights, strict=True))
    flat = nodes.reshape(-1, 3).astype(np.float64)
    for _ in range(ROUNDS):
        missing = wanted - sum(flat[p] * w[:, None] for p, w in zip(places, weights, strict=True))
        for channel, values in enumerate(missing.T):
            spread = sum(np.bincount(p, w * values, size ** 3) for p, w in zip(places, weights, strict=True))
            flat[:, channel] += spread / np.maximum(total, 1e-9)
    return flat.reshape(nodes.shape).astype(np.float32)


def fitted(model: Model, shot: str | None, picture: Floats) -> Floats:
    """A picture (h, w, 3), R'G'B', with the chroma of the LUT."""
    ycc = to_ycbcr(picture)
    ycc[..., 1:] = model.fit(shot, torch.from_numpy(ycc)).numpy()
    return from_ycbcr(ycc)


def applied(nodes: Floats, picture: Floats) -> Floats:
    """A picture (h, w, 3), R'G'B', through a baked cube, trilinear."""
    low, high = torch.zeros(3), torch.ones(3)
    return np.asarray(look_up(torch.from_numpy(nodes), low, high, torch.from_numpy(np.ascontiguousarray(picture))).numpy(), np.float32)


def write_cubes(model: Path, pairs: Sequence[Path], folder: Path, before: str, run: Run) -> list[CubeFile]:
    """The LUT over the film and that of every shot of a trained model as folder/lut/NAME.cube, measured on those of `pairs` that are held
    out; `before` says what has to be done to a picture first. Raises MediaError, DiskFull, OutputRefused."""
    trained, files = Model.load(model), [file for file in map(PairFile.look, pairs) if not file.empty]
    with told(folder, "writing the LUTs"):
        (folder / FOLDER).mkdir(exist_ok=True)
    shots = [shot for shot in trained.fits if shot is not None]
    names: dict[str | None, str] = {None: FILM}
    names.update(file_names(shots, (FILM,)))
    made = []
    for done, (shot, name) in enumerate(names.items()):
        run.step(done, len(names), "writing the LUTs")
        mine = [file for file in files if shot in (None, file.shot)]
        made.append(_write(trained, shot, mine, folder, f"{FOLDER}/{name}.cube", before))
    return made


def _write(model: Model, shot: str | None, files: Sequence[PairFile], folder: Path, name: str, before: str) -> CubeFile:
    context, learnt = model.net.settings.context, [file for file in files if not file.held_out]
    held = [file for file in files if file.held_out]
    judges = held or learnt[:1]
    few = max(1, min(FEW, MOST // len(learnt)))
    colours = np.concatenate([Pixels.of(file, context).some(few) for file in learnt])
    wanted, own = fitted(model, shot, colours[None])[0], _error(judges, context, lambda scan: fitted(model, shot, scan))
    for size in SIZES:
        nodes = corrected(bake(model, shot, size), colours, wanted)
        error = _error(judges, context, lambda scan, nodes=nodes: applied(nodes, scan))      # type: ignore[misc]
        if abs(error - own) < CLOSE:
            break
    made = CubeFile(name, shot, round(error, 4) if held else None, len(held), round(error - own, 4), size)
    write_cube(folder / name, nodes, f"the shot {shot}" if shot else "the film", remarks(made, before))
    return made


def _error(judges: Sequence[PairFile], context: int, lut: Callable[[Floats], Floats]) -> float:
    """Mean dE00 of what `lut` makes of the pixels (1, n, 3) of pairs, which are read one after another."""
    seen = (Pixels.of(file, context) for file in judges)
    return float(np.mean([pixels.error(lut(pixels.scan[None])[0]) for pixels in seen]))


def remarks(made: CubeFile, before: str) -> list[str]:
    """What a file says of itself."""
    measured = ("no frame of this shot was held out, so its error was not measured" if made.dE00 is None else
                f"held-out error: dE00 (CIEDE2000) {made.dE00:.2f} on {made.frames} frame{'s' if made.frames != 1 else ''} that it was not "
                "made from")
    return ["Colour by Answerprint, as a LUT", measured, f"of which dE00 {made.baking:+.3f} by baking into {made.size} nodes on an axis",
            "for: R'G'B' 0..1 in and out, display-referred Rec.709, full range, trilinear; luma is kept, only chroma changes",
            f"before it: {before}"]


def write_cube(path: Path, nodes: Floats, title: str, remarks: Sequence[str]) -> None:
    """Replace `path` by a .cube file of `nodes` (n, n, n, 3) by R', G', B'. Raises DiskFull, OutputRefused."""
    size = len(nodes)
    rows = nodes.transpose(2, 1, 0, 3).ravel().tolist()     # red changes fastest
    plain = title.replace('"', "'")
    head = [f'TITLE "{plain}"', *(f"# {line}" for line in remarks), f"LUT_3D_SIZE {size}", ""]
    body = size ** 3 * "%.6f %.6f %.6f\n" % tuple(rows)
    with replacing(path) as temporary:
        temporary.write_bytes(("\n".join(head) + body).encode("ascii", "replace"))
