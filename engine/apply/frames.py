"""Apply: a trained model over frames of any size. The net sees a small view of the whole frame once; its coefficients are then looked up
pixel by pixel in strips of rows, whose height is a matter of memory alone and changes no value."""
from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import cv2
import numpy as np
import torch
import torch.nn.functional as F  # noqa: N812
from numpy.typing import NDArray
from torch import Tensor

from engine.apply.laying import Laying, Sheet, lay, lay_fit
from engine.apply.onnx_nets import OnnxNets
from engine.errors import OutOfMemory
from engine.media.colour import BLUE, RED
from engine.media.curves import STRIP_PIXELS, on_threads
from engine.media.source import Picture
from engine.train.begin import calculating
from engine.train.device import choose_device, is_out_of_memory
from engine.train.model import Model

DEVICE_PIXELS = 1 << 22        # of a strip on a graphics card
SMALLEST = 8                # rows
VIEW_ROWS = 256
LUMA = (0.2126, 0.7152, 0.0722)


class Restorer:
    """A model ready to restore frames, one after another; a frame's result depends on nothing but the frame, its shot and the model."""

    def __init__(self, model: Path, device: str = "auto", strip_rows: int | None = None, threads: int | None = None,
                 onnx: Path | None = None) -> None:
        """Read `model` (as `train` leaves it). `strip_rows` is halved where memory runs out; by default it follows from the width;
        `threads` are as many as in training. `onnx`: the folder of its ONNX files, where onnxruntime is to be used, on the processor.

        Raises DeviceMissing, NewerVersion, MediaError, OnnxUnusable."""
        self.device = choose_device(device)
        self.model = Model.load(model).to(self.device)
        self.strip_rows = strip_rows
        self.threads = threads or int(self.model.about["threads"])
        self.onnx = OnnxNets(onnx, self.threads) if onnx else None
        self.laying = Laying(self.model) if self.device.type == "cpu" else None

    def restore(self, picture: Picture, shot: str | None, full_width: int | None = None) -> Picture:
        """`picture` (h, w, 3): a balanced frame, display-referred Rec.709, not clipped, of any size. Returns the same luma (within 1e-4 of
        float32, also beyond 0..1) with the chroma of the model. A shot that the model does not know, or None, takes what all shots
        share. Only the net looks at the frame clipped to 0..1. A reduced picture of a frame gets the colour that the frame gets, where
        its width is given as `full_width`. Raises OutOfMemory."""
        with torch.no_grad(), calculating(self.threads, self.device):
            looked = self._look(picture, shot, full_width or picture.shape[1])
            laid = self.laying.sheet(looked, picture.shape[:2], shot) if self.laying else looked
            return self._by_strips(picture, lambda top, rows: self._strip(picture, laid, shot, top, rows))

    def lut(self, picture: Picture, shot: str | None) -> Picture:
        """As `restore`, with what the LUT alone gives, which the net begins with."""
        with torch.no_grad(), calculating(self.threads, self.device):
            return self._by_strips(picture, lambda top, rows: self._lut_strip(picture[top:top + rows], shot))

    def _by_strips(self, picture: Picture, made: Callable[[int, int], Picture]) -> Picture:
        """A picture of the strips that `made` gives for a first row and a number of rows; begun anew with less where memory runs out."""
        result = np.empty(picture.shape, np.float32)
        rows = self.strip_rows or max(SMALLEST, (STRIP_PIXELS if self.laying else DEVICE_PIXELS) // picture.shape[1])

        def work(part: slice) -> None:
            result[part] = made(part.start, part.stop - part.start)

        while True:
            parts = [slice(top, min(top + rows, len(picture))) for top in range(0, len(picture), rows)]
            try:
                on_threads(work, parts, self.threads if self.laying else 1)
                return result
            except (MemoryError, RuntimeError) as error:
                rows = self._smaller(rows, picture, error)

    def _smaller(self, rows: int, picture: Picture, error: Exception) -> int:
        """Half as many rows after running out of memory. Raises OutOfMemory at the smallest, and any other error as it is."""
        if not is_out_of_memory(error):
            raise error
        if rows <= SMALLEST:
            height, width = picture.shape[:2]
            raise OutOfMemory(f"a frame of {width} x {height} does not fit into the memory of {self.device}; close other programs "
                              "or choose --device cpu") from error
        if self.device.type == "cuda":
            torch.cuda.empty_cache()
        self.strip_rows = max(SMALLEST, rows // 2)
        return self.strip_rows

    def _look(self, picture: Picture, shot: str | None, full_width: int) -> Tensor:
        """The frame's coefficients (2 * FEATURES, h, w), from a view of the whole frame at the scale of training."""
        height, width = picture.shape[:2]
        shrink = self.model.net.settings.context * max(1.0, full_width / self.model.about["training_width"])
        shrink = max(1.0, shrink * width / full_width)
        size = (max(1, round(width / shrink)), max(1, round(height / shrink)))
        small = torch.from_numpy(view_of(picture, size)).to(self.device)
        ycc = to_ycc(small)
        colours = torch.cat([ycc, self.model.fit(shot, ycc)], -1).permute(2, 0, 1)
        if self.onnx:
            return torch.from_numpy(self.onnx.coefficients(shot, colours[None].numpy())[0])
        coefficients: Tensor = self.model.net_for(shot)(colours[None])[0]
        return coefficients

    def _strip(self, picture: Picture, coefficients: Tensor | Sheet, shot: str | None, top: int, rows: int) -> Picture:
        height, width = picture.shape[:2]
        if isinstance(coefficients, Sheet):
            return lay(picture[top:top + rows], coefficients, top)
        strip = torch.from_numpy(np.ascontiguousarray(picture[top:top + rows])).to(self.device)
        ycc = to_ycc(strip.clamp(0, 1))
        colours = torch.cat([ycc, self.model.fit(shot, ycc)], -1).permute(2, 0, 1)[None]
        here = widen(rows_of(coefficients, height, top, rows), width)
        chroma = self.model.net_for(shot).chroma(here[None], colours)[0]
        return joined_on(luma_of(strip), chroma).cpu().numpy()

    def _lut_strip(self, picture: Picture, shot: str | None) -> Picture:
        if self.laying:
            return lay_fit(picture, self.laying.fit(shot))
        strip = torch.from_numpy(np.ascontiguousarray(picture)).to(self.device)
        return joined_on(luma_of(strip), self.model.fit(shot, to_ycc(strip.clamp(0, 1))).permute(2, 0, 1)).cpu().numpy()


def view_of(picture: Picture, size: tuple[int, int]) -> NDArray[np.float32]:
    """The whole frame clipped to 0..1 and averaged down to `size` (width, height), without a second copy of it."""
    strips = (np.clip(picture[top:top + VIEW_ROWS], 0, 1) for top in range(0, len(picture), VIEW_ROWS))
    thin = [cv2.resize(strip, (size[0], len(strip)), interpolation=cv2.INTER_AREA) for strip in strips]
    return np.asarray(cv2.resize(np.concatenate(thin), size, interpolation=cv2.INTER_AREA), np.float32)


def luma_of(rgb: Tensor) -> Tensor:
    """Y' (h, w) of R'G'B' (h, w, 3)."""
    return rgb[..., 0] * LUMA[0] + rgb[..., 1] * LUMA[1] + rgb[..., 2] * LUMA[2]


def to_ycc(rgb: Tensor) -> Tensor:
    """R'G'B' (h, w, 3) to Y'CbCr (h, w, 3), Rec.709."""
    y = luma_of(rgb)
    return torch.stack([y, (rgb[..., 2] - y) / BLUE, (rgb[..., 0] - y) / RED], -1)


def joined_on(y: Tensor, chroma: Tensor) -> Tensor:
    """Chroma (2, h, w) on luma (h, w): R'G'B' (h, w, 3)."""
    blue, red = chroma[0] * BLUE, chroma[1] * RED
    return torch.stack([y + red, y - (red * LUMA[0] + blue * LUMA[2]) / LUMA[1], y + blue], -1)


def rows_of(coefficients: Tensor, height: int, top: int, rows: int) -> Tensor:
    """Rows `top` .. `top + rows` of the coefficients (c, h, w) interpolated to `height` rows; cell centres at halves, ends held."""
    count = coefficients.shape[1]
    place = ((torch.arange(top, top + rows, dtype=torch.float64) + 0.5) * count / height - 0.5).clamp(0, count - 1)
    above = place.floor().long().clamp(max=max(count - 2, 0))
    part = (place - above).float()[:, None].to(coefficients.device)
    above = above.to(coefficients.device)
    first, second = coefficients.index_select(1, above), coefficients.index_select(1, (above + 1).clamp(max=count - 1))
    return first + (second - first) * part


def widen(coefficients: Tensor, width: int) -> Tensor:
    """Coefficients (c, rows, w) interpolated along the rows to `width`; cell centres at halves, ends held."""
    channels, rows, _ = coefficients.shape
    flat = coefficients.reshape(1, channels * rows, -1)
    return F.interpolate(flat, size=width, mode="linear", align_corners=False).reshape(channels, rows, width)
