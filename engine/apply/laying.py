"""What a net said of a frame, laid on its pixels by the processor: strips of rows that stay in the cache, ten products a pixel.

The same arithmetic as the net's `chroma` over `look_up`, with what does not change from pixel to pixel taken out beforehand: the normal
form of the colours, and the way from R'G'B' to Y'CbCr, go into the coefficients while these are few. Sums differ from torch's by what
float32 rounds off."""
from __future__ import annotations

from collections import OrderedDict
from dataclasses import dataclass

import cv2
import numpy as np
import torch
from numpy.typing import NDArray
from PyOpenColorIO import INTERP_LINEAR, CPUProcessor, Lut3DTransform
from torch import Tensor

from engine.media.colour import BLUE, LUMA, RED, TO_YCC, luma
from engine.media.curves import matrix, processor
from engine.media.source import Picture
from engine.train.model import Model, Net
from engine.train.net import COLOURS, FEATURES

Floats = NDArray[np.float32]

SHOTS = 64              # whose fit is kept ready


@dataclass(frozen=True)
class Sheet:
    """What is laid on a frame of `height` rows: `planes` (2 * FEATURES, h, width of the frame), half of them for Cb and half for Cr, are
    factors of 1, R', G', B' and the two chroma planes of `fit`, still to be interpolated to all rows."""

    height: int
    planes: Floats
    fit: CPUProcessor


class Laying:
    """A model's way from coefficients to pictures."""

    def __init__(self, model: Model) -> None:
        self._model = model
        self._fits: OrderedDict[str | None, CPUProcessor] = OrderedDict()

    def sheet(self, coefficients: Tensor, size: tuple[int, int], shot: str | None) -> Sheet:
        """`coefficients` (2 * FEATURES, h, w), as the net gives them, made ready for a frame of `size` (height, width), of a shot."""
        planes = factors(self._model.net_for(shot), coefficients)
        planes[:, 1:4] = np.einsum("kjhw,jc->kchw", planes[:, 1:4], TO_YCC)
        return Sheet(size[0], wide(planes.astype(np.float32).reshape(coefficients.shape), size[1]), self.fit(shot))

    def fit(self, shot: str | None) -> CPUProcessor:
        """Clipped display values (h, w, 3) to Cb, Cr of the pointwise fit, and 0, in place. A shot that the model does not know takes the
        fit over all shots."""
        if shot not in self._model.fits:
            shot = None
        if shot not in self._fits:
            self._fits[shot] = self._fit(self._model.fits[shot].cpu().numpy())
            if len(self._fits) > SHOTS:
                self._fits.popitem(last=False)
        return self._fits[shot]

    def _fit(self, nodes: Floats) -> CPUProcessor:
        low, high = (end.cpu().double().numpy() for end in (self._model.low, self._model.high))
        table = Lut3DTransform(len(nodes))
        table.setInterpolation(INTERP_LINEAR)
        table.setData(np.pad(nodes, [(0, 0)] * 3 + [(0, 1)]).astype(np.float32).ravel())
        return processor(matrix(TO_YCC / (high - low)[:, None], -low / (high - low)), table)


def factors(net: Net, coefficients: Tensor) -> NDArray[np.float64]:
    """What chroma at every place is of 1 and of each colour, (2, FEATURES, h, w): it is affine in the colours, so they are tried singly."""
    given = coefficients[None].double()
    colours = torch.cat([torch.zeros(1, COLOURS), torch.eye(COLOURS)])[:, :, None, None].double()
    tried = torch.stack([net.chroma(given, colour[None])[0] for colour in colours], 1)
    tried[:, 1:] -= tried[:, :1].clone()
    return np.asarray(tried.numpy(), np.float64)


def lay(picture: Picture, sheet: Sheet, top: int) -> Picture:
    """The rows of a frame from `top` on, (rows, w, 3), not clipped -> the same luma with the sheet's chroma."""
    seen = np.clip(picture, 0, 1)
    fitted = seen.copy()
    sheet.fit.applyRGB(fitted)
    colours = [cv2.extractChannel(of, channel) for of, channel in ((seen, 0), (seen, 1), (seen, 2), (fitted, 0), (fitted, 1))]
    where = places(sheet.planes.shape[1], sheet.height, top, len(picture))
    chroma = []
    for planes in (sheet.planes[:FEATURES], sheet.planes[FEATURES:]):
        total = tall(planes[0], *where)
        for plane, colour in zip(planes[1:], colours, strict=True):
            cv2.accumulateProduct(tall(plane, *where), colour, total)
        chroma.append(total)
    return joined(luma(picture), *chroma)


def lay_fit(picture: Picture, fit: CPUProcessor) -> Picture:
    """`picture` (rows, w, 3), not clipped -> the same luma with the chroma of the pointwise fit alone."""
    fitted = np.clip(picture, 0, 1)
    fit.applyRGB(fitted)
    blue, red = (np.asarray(cv2.extractChannel(fitted, channel), np.float32) for channel in (0, 1))
    return joined(luma(picture), blue, red)


def joined(y: Floats, blue: Floats, red: Floats) -> Picture:
    """Y', Cb, Cr planes (rows, w) to R'G'B'. The planes of chroma are used up."""
    blue *= BLUE
    red *= RED
    third = red * np.float32(-LUMA[0] / LUMA[1])
    third -= blue * np.float32(LUMA[2] / LUMA[1])
    for plane in (red, third, blue):
        plane += y
    return np.asarray(cv2.merge([red, third, blue]), np.float32)


def wide(planes: Floats, width: int) -> Floats:
    """Planes (c, h, w) interpolated along the rows to `width`, linear; cell centres at halves, ends held."""
    flat = planes.reshape(-1, planes.shape[2])
    return np.asarray(cv2.resize(flat, (width, len(flat)), interpolation=cv2.INTER_LINEAR), np.float32).reshape(*planes.shape[:2], width)


def tall(plane: Floats, above: NDArray[np.intp], part: Floats) -> Floats:
    """Rows between those `above` of a plane (h, w) and the next ones, at `part` (rows, 1) of the way."""
    first, result = plane[above], plane[np.minimum(above + 1, len(plane) - 1)]
    result -= first
    result *= part
    result += first
    return result


def places(count: int, height: int, top: int, rows: int) -> tuple[NDArray[np.intp], Floats]:
    """Where rows `top` .. `top + rows` of `height` lie between `count` rows, for `tall`; cell centres at halves, ends held."""
    place = np.clip((np.arange(top, top + rows) + 0.5) * count / height - 0.5, 0, count - 1)
    above = np.minimum(place.astype(np.intp), max(count - 2, 0))
    return above, (place - above).astype(np.float32)[:, None]
