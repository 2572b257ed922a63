"""Pictures of a training run as it goes: the held-out frames, and a contact sheet of three crops at a few steps and at the checkpoint."""
from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

import cv2
import numpy as np
import torch
import torch.nn.functional as F  # noqa: N812
from numpy.typing import NDArray
from torch import Tensor

from engine.files import told, write_json
from engine.media.colour import from_ycbcr, to_ycbcr
from engine.media.reduce import reduced
from engine.media.source import Picture
from engine.pairs.pair import Pair, PairFile
from engine.train.model import Model, Net
from engine.train.pictures import WIDTH, write_png
from engine.train.samples import SHOT, YCC, Sample

Item = TypeVar("Item")

MOST = 6                    # held-out frames
CROPS = 3
CROP = 96                   # pixels of a pair
SHEET = (1, 10, 100, 1_000, 3_000, 10_000)      # steps of the contact sheet; the end is added
PAUSE = 5.0                 # seconds at least between two pictures of a frame


@dataclass(frozen=True)
class Exhibit:
    """A frame, or a window of it, as it is shown. `size` (h, w) is the whole frame's on that scale, `window` (top, left, h, w) the part."""

    stem: str
    colours: Tensor         # (1, COLOURS, h, w) of the window
    target: Tensor          # (1, 2, h, w)
    size: tuple[int, int]
    window: tuple[int, int, int, int]

    @staticmethod
    def of(pair: Pair, stem: str, model: Model, width: int) -> Exhibit:
        """The whole frame, at most `width` wide, cut to whole cells as its sample is."""
        context = model.net.settings.context
        height, wide = (n // context * context for n in pair.scan.shape[:2])
        scan, chroma = reduced(pair.scan[:height, :wide], width), reduced(pair.chroma[:height, :wide], width)
        size = (scan.shape[0], scan.shape[1])
        return Exhibit(stem, *_planes(scan, chroma, pair.shot, model), size, (0, 0, *size))

    @staticmethod
    def part(pair: Pair, stem: str, model: Model, window: tuple[int, int, int, int]) -> Exhibit:
        """A window of the frame as the pair holds it."""
        context = model.net.settings.context
        top, left, height, width = window
        here = (slice(top, top + height), slice(left, left + width))
        size = (pair.scan.shape[0] // context * context, pair.scan.shape[1] // context * context)
        return Exhibit(stem, *_planes(pair.scan[here], pair.chroma[here], pair.shot, model), size, window)

    def scan(self) -> Picture:
        return self.with_chroma(self.colours[:, 1:3])

    def aim(self) -> Picture:
        return self.with_chroma(self.target)

    def lut(self) -> Picture:
        return self.with_chroma(self.colours[:, 3:5])

    def result(self, net: Net, coefficients: Tensor) -> Picture:
        """What the net makes of it; `coefficients` (1, c, h, w) are those of the whole frame."""
        top, left, height, width = self.window
        full = F.interpolate(coefficients.float(), self.size, mode="bilinear", align_corners=False)
        here = full[:, :, top:top + height, left:left + width]
        return self.with_chroma(net.chroma(here, self.colours.to(coefficients.device)))

    def with_chroma(self, chroma: Tensor) -> Picture:
        ycc = torch.cat([self.colours[:, :1], chroma.cpu()], 1)[0].permute(1, 2, 0)
        return from_ycbcr(np.ascontiguousarray(ycc.numpy(), np.float32))


def _planes(scan: NDArray[np.floating], chroma: NDArray[np.floating], shot: str, model: Model) -> tuple[Tensor, Tensor]:
    """Colours with the pointwise fit, and target chroma: (1, COLOURS, h, w), (1, 2, h, w)."""
    ycc = torch.from_numpy(to_ycbcr(scan.astype(np.float32))).to(model.low.device)
    colours = torch.cat([ycc, model.fit(shot, ycc)], -1).permute(2, 0, 1)[None].cpu()
    return colours, torch.from_numpy(chroma.astype(np.float32)).permute(2, 0, 1)[None]


class Preview:
    """The pictures of one run, in `folder`; those that do not change are written at once."""

    def __init__(self, folder: Path, pairs: Sequence[PairFile], samples: Sequence[Sample], model: Model, step: int) -> None:
        """`samples` are those of the pairs, in any order; `step` is where the run stands."""
        self.folder, self.model, self.drawn = folder, model, float("-inf")
        known = {sample.path.stem: sample for sample in samples}
        held = spread([p for p in pairs if p.held_out], MOST)
        loaded = {p.path.stem: p.load() for p in held or spread(pairs, CROPS)}
        self.frames = {stem: Exhibit.of(pair, stem, model, WIDTH) for stem, pair in loaded.items() if held}
        self.crops, self.kept = crops(loaded, model), 0
        self.seen = {crop.stem: known[crop.stem] for crop in self.crops}
        with told(folder, "making pictures"):
            folder.mkdir(parents=True, exist_ok=True)
        self.steps = sorted(s for s in (int(p.stem[-6:]) for p in folder.glob("crop-0-step-*.png")) if s <= step)
        self._begin()
        if step:
            self.keep(step)

    def _begin(self) -> None:
        for stem, frame in self.frames.items():
            write_png(self.folder / f"held-{stem}.scan.png", frame.scan())
            write_png(self.folder / f"held-{stem}.target.png", frame.aim())
        for number, crop in enumerate(self.crops):
            write_png(self.folder / f"crop-{number}-scan.png", crop.scan())
            write_png(self.folder / f"crop-{number}-target.png", crop.aim())
        self._tell()

    def _tell(self) -> None:
        rows: list[dict[str, Any]] = [
            {"frame": int(crop.stem), "held_out": crop.stem in self.frames, "window": list(crop.window), "of": list(crop.size)}
            for crop in self.crops]
        write_json(self.folder / "sheet.json", {"crops": rows, "steps": self.steps, "checkpoint": self.kept})

    def keep(self, step: int) -> None:
        """The sheet's column of the checkpoint, which is of this step: crop-N-checkpoint.png takes the place of the one before. A step that
        the sheet has anyway needs none."""
        if step in self.steps:
            for number in range(len(self.crops)):
                (self.folder / f"crop-{number}-checkpoint.png").unlink(missing_ok=True)
        elif step:
            with torch.no_grad():
                said = {stem: self.model.net_for(sample.shot)(view_of(sample, self.model)) for stem, sample in self.seen.items()}
            for number, crop in enumerate(self.crops):
                write_png(self.folder / f"crop-{number}-checkpoint.png", crop.result(self.model.net, said[crop.stem]))
        self.kept = step
        self._tell()

    def look(self, step: int, last: bool) -> Look:
        """What is to be drawn at this step."""
        sheet = step in SHEET or last
        frames = sheet or time.monotonic() - self.drawn > PAUSE
        return Look(self, step, frames, sheet)


@dataclass(frozen=True)
class Look:
    """The pictures of one step. `show` is given the coefficients of a frame by whoever has them; `finish` makes what nobody gave."""

    preview: Preview
    step: int
    frames: bool
    sheet: bool

    def show(self, sample: Sample, coefficients: Tensor) -> None:
        preview, net, stem = self.preview, self.preview.model.net_for(sample.shot), sample.path.stem
        if self.frames and stem in preview.frames:
            write_png(preview.folder / f"held-{stem}.png", preview.frames[stem].result(net, coefficients))
        for number, crop in enumerate(preview.crops):
            if self.sheet and crop.stem == stem:
                write_png(preview.folder / f"crop-{number}-step-{self.step:06d}.png", crop.result(net, coefficients))

    def finish(self) -> None:
        preview = self.preview
        if self.sheet:
            with torch.no_grad():
                for sample in preview.seen.values() if not preview.frames else ():
                    self.show(sample, preview.model.net_for(sample.shot)(view_of(sample, preview.model)))
            if preview.crops and self.step not in preview.steps:
                preview.steps.append(self.step)
                preview._tell()
        if self.frames:
            preview.drawn = time.monotonic()


def view_of(sample: Sample, model: Model) -> Tensor:
    """What the net sees of a frame, on its device."""
    return sample.view()[YCC + SHOT][None].to(model.low.device)


def spread(items: Sequence[Item], most: int) -> list[Item]:
    """At most so many of them, evenly."""
    places = np.linspace(0, len(items) - 1, min(most, len(items))).round().astype(int)
    return [items[i] for i in places]


def crops(pairs: dict[str, Pair], model: Model) -> list[Exhibit]:
    """CROPS windows where there is most chroma in the target: one a frame, then further ones of the same frames."""
    context = model.net.settings.context
    found: list[tuple[int, float, str, tuple[int, int, int, int]]] = []
    for stem, pair in pairs.items():
        found += [(turn, -worth, stem, window) for turn, (worth, window) in enumerate(colourful(pair, context))]
    return [Exhibit.part(pairs[stem], stem, model, window) for _, _, stem, window in sorted(found)[:CROPS]]


def colourful(pair: Pair, context: int) -> list[tuple[float, tuple[int, int, int, int]]]:
    """Up to CROPS windows that do not overlap, most chroma that is trusted first, with the mean of it."""
    rows, columns = (n // context * context for n in pair.scan.shape[:2])
    height, width = min(CROP, rows), min(CROP, columns)
    strength = np.hypot(*np.moveaxis(pair.chroma[:rows, :columns].astype(np.float32), -1, 0)) * pair.weight[:rows, :columns]
    mean = cv2.boxFilter(strength, -1, (width, height), anchor=(0, 0), borderType=cv2.BORDER_CONSTANT)
    mean = mean[:rows - height + 1, :columns - width + 1].copy()
    places: list[tuple[float, tuple[int, int, int, int]]] = []
    while len(places) < CROPS and mean.max() >= 0:
        top, left = (int(v) for v in np.unravel_index(int(mean.argmax()), mean.shape))
        places.append((float(mean[top, left]), (top, left, height, width)))
        mean[max(0, top - height + 1):top + height, max(0, left - width + 1):left + width] = -1
    return places
