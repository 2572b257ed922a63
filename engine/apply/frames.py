"""Apply: a trained model over frames of any size. The net sees a small view of the whole frame once; its coefficients are then looked up
pixel by pixel in strips of rows, whose height is a matter of memory alone and changes no value."""
from __future__ import annotations

from pathlib import Path

import cv2
import numpy as np
import torch
import torch.nn.functional as F  # noqa: N812
from numpy.typing import NDArray
from torch import Tensor

from engine.errors import AnswerprintError
from engine.media.source import Picture
from engine.train.begin import calculating
from engine.train.device import choose_device
from engine.train.model import Model

STRIP_PIXELS = 1 << 17
SMALLEST = 8                # rows
VIEW_ROWS = 256
LUMA = (0.2126, 0.7152, 0.0722)
BLUE, RED = 1.8556, 1.5748


class OutOfMemory(AnswerprintError):
    """Even the smallest strip does not fit into memory."""


class Restorer:
    """A model ready to restore frames, one after another; a frame's result depends on nothing but the frame, its shot and the model."""

    def __init__(self, model: Path, device: str = "auto", strip_rows: int | None = None, threads: int | None = None) -> None:
        """Read `model` (as `train` leaves it). `strip_rows` is halved where memory runs out; by default it follows from the width;
        `threads` are as many as in training.

        Raises DeviceMissing, NewerVersion, MediaError."""
        self.device = choose_device(device)
        self.model = Model.load(model).to(self.device)
        self.strip_rows = strip_rows
        self.threads = threads or int(self.model.about["threads"])

    def restore(self, picture: Picture, shot: str | None, full_width: int | None = None) -> Picture:
        """`picture` (h, w, 3): a balanced frame, display-referred Rec.709, not clipped, of any size. Returns the same luma (within 1e-4 of
        float32, also beyond 0..1) with the chroma of the model. A shot that the model does not know, or None, takes what all shots
        share. Only the net looks at the frame clipped to 0..1. A reduced picture of a frame gets the colour that the frame gets, where
        its width is given as `full_width`. Raises OutOfMemory."""
        with torch.no_grad(), calculating(self.threads, self.device):
            coefficients = self._look(picture, shot, full_width or picture.shape[1])
            result = np.empty(picture.shape, np.float32)
            rows = self.strip_rows or max(SMALLEST, STRIP_PIXELS // picture.shape[1])
            top = 0
            while top < len(picture):
                try:
                    result[top:top + rows] = self._strip(picture, coefficients, shot, top, min(rows, len(picture) - top))
                    top += rows
                except (MemoryError, RuntimeError) as error:
                    rows = self._smaller(rows, picture, error)
        return result

    def lut(self, picture: Picture, shot: str | None) -> Picture:
        """As `restore`, with what the LUT alone gives, which the net begins with."""
        with torch.no_grad(), calculating(self.threads, self.device):
            rgb = torch.from_numpy(np.ascontiguousarray(picture)).to(self.device)
            chroma = self.model.fit(shot, to_ycc(rgb.clamp(0, 1))).permute(2, 0, 1)
            return lay(luma_of(rgb), chroma).cpu().numpy()

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
        coefficients: Tensor = self.model.net_for(shot)(colours[None])[0]
        return coefficients

    def _strip(self, picture: Picture, coefficients: Tensor, shot: str | None, top: int, rows: int) -> Picture:
        height, width = picture.shape[:2]
        strip = torch.from_numpy(np.ascontiguousarray(picture[top:top + rows])).to(self.device)
        ycc = to_ycc(strip.clamp(0, 1))
        colours = torch.cat([ycc, self.model.fit(shot, ycc)], -1).permute(2, 0, 1)[None]
        here = widen(rows_of(coefficients, height, top, rows), width)
        chroma = self.model.net_for(shot).chroma(here[None], colours)[0]
        return lay(luma_of(strip), chroma).cpu().numpy()


def is_out_of_memory(error: Exception) -> bool:
    """Whether an error of torch or Python means that memory ran out."""
    if isinstance(error, (MemoryError, torch.OutOfMemoryError)):
        return True
    said = str(error).lower()
    return "out of memory" in said or "can't allocate memory" in said or "not enough memory" in said


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


def lay(y: Tensor, chroma: Tensor) -> Tensor:
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
