"""What the colour of each pixel of a result rests on, as a sequence of pictures beside it, one a frame, and a legend to read them by."""
from __future__ import annotations

import colorsys
import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray

from engine.balance.balance import Balance
from engine.export.disk import write_whole
from engine.files import told, write_json
from engine.media.source import FrameSource
from engine.pairs.evidence import EXTRAPOLATED, KEPT, PAINTED, REFERENCE, SIMILAR, WIDTH, Evidence, Ground
from engine.recoveries.work import shown
from engine.run import Run, each

LEGEND = "legend.json"
HUES = {REFERENCE: (0.55, 0.62), PAINTED: (0.05, 0.35), SIMILAR: (0.75, 0.85), KEPT: (0.45, 0.5)}     # of the colours that mark a kind


def write_mattes(evidence: Evidence, scan: FrameSource, shots: Sequence[str | None], balance: Balance, identity: str, folder: Path,
                 run: Run) -> None:
    """Leave NUMBER.png (8-bit RGB, of the scan's size, told at WIDTH) for every frame, and legend.json: what each colour of them means.
    Those that are there and were made of the same (`identity`) are kept. `shots` is the word of each frame, `balance` that of what the net
    sees. Raises DiskFull, OutputRefused."""
    legend = legend_of(evidence.grounds, identity)
    colours = np.array([row["colour"] for row in legend["grounds"]], np.uint8)
    with told(folder, "making the evidence"):
        folder.mkdir(parents=True, exist_ok=True)
        if not _same(folder / LEGEND, legend):
            for stale in folder.glob("*.png"):
                stale.unlink()
            write_json(folder / LEGEND, legend)
        todo = [index for index in range(len(scan)) if not (folder / f"{scan.name(index)}.png").exists()]
        done = len(scan) - len(todo)
        for index, small in zip(todo, each(lambda i: shown(scan, balance, i, WIDTH), todo, room=scan.info.working_bytes), strict=True):
            run.step(done, len(scan), "evidence")
            matte = colours[evidence.matte(small, shots[index])]
            write_matte(folder / f"{scan.name(index)}.png", matte, (scan.info.width, scan.info.height))
            done += 1


def write_matte(path: Path, matte: NDArray[np.uint8], size: tuple[int, int]) -> None:
    """A matte (h, w, 3) enlarged to `size`, every pixel exactly one of its colours."""
    full = cv2.resize(matte, size, interpolation=cv2.INTER_NEAREST)

    def write(temporary: Path) -> None:
        coded, data = cv2.imencode(".png", full[..., ::-1])
        assert coded
        temporary.write_bytes(data.tobytes())

    write_whole(path, write, full.nbytes)


def legend_of(grounds: Sequence[Ground], identity: str) -> dict[str, Any]:
    """{"version", "identity", "told_at": WIDTH, "grounds": [{"colour": [r, g, b], "kind", "what", ...}]}: in the order of `grounds`, then
    extrapolated. No two have one colour."""
    rows: list[dict[str, Any]] = []
    for kind in HUES:
        own = [ground for ground in grounds if ground.kind == kind]
        rows += [_row(ground, _colour(kind, place, len(own))) for place, ground in enumerate(own)]
    by_ground = {ground: row for ground, row in zip([g for kind in HUES for g in grounds if g.kind == kind], rows, strict=True)}
    ordered = [by_ground[ground] for ground in grounds] + [_row(Ground(EXTRAPOLATED), (64, 64, 64))]
    return {"version": 1, "identity": identity, "told_at": WIDTH, "grounds": ordered}


def _row(ground: Ground, colour: tuple[int, int, int]) -> dict[str, Any]:
    return {"colour": list(colour), "kind": ground.kind, "what": ground.words, "keyframe": ground.keyframe, "swatch": ground.swatch,
            "source": ground.source, "assumption": ground.assumption}


def _colour(kind: str, place: int, count: int) -> tuple[int, int, int]:
    """Hues of the kind, lighter and darker in turn; the last channel makes each the only one of its colour."""
    low, high = HUES[kind]
    red, green, blue = colorsys.hsv_to_rgb(low + (high - low) * place / max(1, count - 1), 0.6, 0.95 - 0.25 * (place % 2))
    return round(255 * red), round(255 * green) // 16 * 16 + place % 16, round(255 * blue) // 16 * 16 + place // 16 % 16


def _same(path: Path, legend: dict[str, Any]) -> bool:
    try:
        return bool(json.loads(path.read_text(encoding="utf-8")) == legend)
    except (OSError, ValueError):
        return False
