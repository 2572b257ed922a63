"""A model of detail run over whole frames, by tiles that see beyond their borders as far as the net reaches, so that none shows."""
from __future__ import annotations

from pathlib import Path

import cv2
import numpy as np
import torch
from numpy.typing import NDArray

from engine.errors import OutOfMemory
from engine.train.begin import calculating
from engine.train.detail_model import DetailModel
from engine.train.device import choose_device, is_out_of_memory

Floats = NDArray[np.float32]

TILE = 512              # pixels of a side on the processor; twice as much on a card
COARSE = 4.0            # sigma in pixels: what is coarser is not added to frames whose grade nobody knows


class DetailRestorer:
    """A model ready to restore luma; a frame's result depends on nothing but the planes given and the model."""

    def __init__(self, model: Path, device: str = "auto", threads: int | None = None) -> None:
        """Raises DeviceMissing, NewerVersion, MediaError."""
        self.device = choose_device(device)
        self.model = DetailModel.load(model)
        self.model.net.to(self.device)
        self.harmed = bool(self.model.about.get("harmed"))
        self.guesses = self.harmed and self.model.net.settings.planes == 1
        self.threads = threads or int(self.model.about["threads"])
        multiple = self.model.net.settings.multiple
        self.margin = -(-self.model.net.settings.reach // multiple) * multiple
        self.tile = TILE if self.device.type == "cpu" else 2 * TILE

    def restore_detail(self, seen: Floats) -> Floats:
        """As `restore`, of a frame whose shot has no reference: what is added is no coarser than detail, so that the frame keeps its own
        grade. Of a model that takes damage away, as coarse as damage is, all of it."""
        made = self.restore(seen)
        if self.harmed:
            return made
        added = made - seen[0]
        return np.asarray(made - cv2.GaussianBlur(added, (0, 0), COARSE), np.float32)

    def restore(self, seen: Floats) -> Floats:
        """Planes (c, h, w), as pairs have them -> luma (h, w), not clipped. A model that has to guess what damage hides, for it sees
        no neighbours, is asked four times, mirrored, and the mean of its guesses taken, which is nearer. Raises OutOfMemory."""
        _, height, width = seen.shape
        result = np.empty((height, width), np.float32)
        try:
            with torch.no_grad(), calculating(self.threads, self.device):
                for top in range(0, height, self.tile):
                    for left in range(0, width, self.tile):
                        self._tile(seen, result, top, left)
        except (MemoryError, RuntimeError) as error:
            if not is_out_of_memory(error):
                raise
            raise OutOfMemory(f"a frame of {width} x {height} does not fit into the memory of {self.device}; close other programs "
                              "or choose --device cpu") from error
        return result

    def _tile(self, seen: Floats, result: Floats, top: int, left: int) -> None:
        """Margins begin at multiples of the net's cells, so that a tile sees what the whole frame would."""
        _, height, width = seen.shape
        bottom, right = min(top + self.tile, height), min(left + self.tile, width)
        y0, x0 = max(0, top - self.margin), max(0, left - self.margin)
        part = seen[:, y0:min(bottom + self.margin, height), x0:min(right + self.margin, width)]
        planes = torch.from_numpy(np.ascontiguousarray(part))[None].to(self.device)
        made = self.model.net.whole(planes, mirrored=self.guesses)[0, 0].cpu().numpy()
        result[top:bottom, left:right] = made[top - y0:bottom - y0, left - x0:right - x0]
