"""Pictures of a training of detail as it goes: held-out frames, and a contact sheet of crops at a few steps."""
from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import cv2
import numpy as np
import torch

from engine.detail.fullest import fullest
from engine.detail.pair import DetailPair, DetailPairFile
from engine.files import told, write_json
from engine.media.reduce import reduced
from engine.train.detail_held_out import made_of
from engine.train.detail_net import DetailNet
from engine.train.detail_samples import MEASURED, DetailSample, Floats
from engine.train.pictures import WIDTH, write_png
from engine.train.preview import CROP, CROPS, MOST, PAUSE, SHEET, spread


@dataclass(frozen=True)
class Exhibit:
    """What is measured of a pair, or a window of that: planes seen (c, h, w) and target (h, w). `window` (top, left, h, w) lies in it."""

    stem: str
    seen: Floats
    target: Floats
    window: tuple[int, int, int, int]

    @staticmethod
    def of(pair: DetailPair, stem: str) -> Exhibit:
        here = fullest(pair.weight, MEASURED)
        target = pair.target[here].astype(np.float32)
        return Exhibit(stem, pair.seen[:, *here].astype(np.float32), target, (0, 0, *target.shape))

    def crop(self) -> Exhibit:
        """The window with most detail in its target."""
        side = tuple(min(CROP, n) for n in self.target.shape)
        detail = np.abs(cv2.Laplacian(cv2.GaussianBlur(self.target, (0, 0), 1.0), cv2.CV_32F))
        energy = cv2.boxFilter(detail, -1, (side[1], side[0]), anchor=(0, 0), borderType=cv2.BORDER_CONSTANT)
        top, left = np.unravel_index(int(np.argmax(energy[:len(energy) - side[0] + 1, :energy.shape[1] - side[1] + 1])),
                                     (len(energy) - side[0] + 1, energy.shape[1] - side[1] + 1))
        here = (slice(int(top), int(top) + side[0]), slice(int(left), int(left) + side[1]))
        return Exhibit(self.stem, self.seen[:, *here], self.target[here], (int(top), int(left), *side))


class DetailPreview:
    """The pictures of one run, in `folder`, under the names that the training of colour uses."""

    def __init__(self, folder: Path, files: Sequence[DetailPairFile]) -> None:
        self.folder, self.drawn, self.steps = folder, float("-inf"), list[int]()
        held = spread([f for f in files if f.held_out], MOST)
        shown = {f.path.stem: Exhibit.of(f.load(), f.path.stem) for f in held or spread(files, CROPS)}
        self.frames = shown if held else {}
        self.crops = [exhibit.crop() for exhibit in list(shown.values())[:CROPS]]

    def stand(self, step: int) -> None:
        """Begin at a step: what does not change is written, columns of later steps are not."""
        with told(self.folder, "making pictures"):
            self.folder.mkdir(parents=True, exist_ok=True)
        self.steps = sorted(s for s in (int(p.stem[-6:]) for p in self.folder.glob("crop-0-step-*.png")) if s <= step)
        for stem, frame in self.frames.items():
            write_png(self.folder / f"held-{stem}.scan.png", grey(frame.seen[0], WIDTH))
            write_png(self.folder / f"held-{stem}.target.png", grey(frame.target, WIDTH))
        for number, crop in enumerate(self.crops):
            write_png(self.folder / f"crop-{number}-scan.png", grey(crop.seen[0]))
            write_png(self.folder / f"crop-{number}-target.png", grey(crop.target))
        self.tell()

    def tell(self) -> None:
        rows: list[dict[str, Any]] = [{"frame": int(crop.stem), "held_out": crop.stem in self.frames, "window": list(crop.window),
                                       "of": list(crop.target.shape)} for crop in self.crops]
        write_json(self.folder / "sheet.json", {"crops": rows, "steps": self.steps, "checkpoint": 0})

    def look(self, step: int, last: bool) -> DetailLook:
        sheet = step in SHEET or last
        return DetailLook(self, step, sheet or time.monotonic() - self.drawn > PAUSE, sheet)


@dataclass(frozen=True)
class DetailLook:
    """The pictures of one step."""

    preview: DetailPreview
    step: int
    frames: bool
    sheet: bool

    def show(self, sample: DetailSample, made: Floats) -> None:
        if self.frames and sample.path.stem in self.preview.frames:
            write_png(self.preview.folder / f"held-{sample.path.stem}.png", grey(made, WIDTH))

    def finish(self, net: DetailNet, device: torch.device) -> None:
        preview = self.preview
        if self.sheet:
            for number, crop in enumerate(preview.crops):
                write_png(preview.folder / f"crop-{number}-step-{self.step:06d}.png", grey(made_of(net, crop.seen, device)))
            if preview.crops and self.step not in preview.steps:
                preview.steps.append(self.step)
                preview.tell()
        if self.frames:
            preview.drawn = time.monotonic()


def grey(plane: Floats, width: int | None = None) -> Floats:
    """Luma (h, w) as a picture (h, w, 3), at most `width` wide."""
    return np.repeat(np.clip(reduced(plane, width), 0, 1)[..., None], 3, 2)
