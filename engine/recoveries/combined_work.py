"""The used run of detail and colour together: the luma of one model, and the chroma of another on it."""
from __future__ import annotations

import hashlib
from typing import Any

from engine.apply.frames import Restorer
from engine.export.certificate import LUMA_HELD, Proof
from engine.media.colour import to_display
from engine.media.reduce import reduced
from engine.media.source import FrameSource, Picture
from engine.project import Project
from engine.recoveries.combined_steps import DETAIL
from engine.recoveries.detail_work import Recovered, with_luma
from engine.recoveries.work import device_for, model_of
from engine.run import Run
from engine.train.machine import device_name


class CombinedRestoration:
    """As `engine.recoveries.work.Restoration`: what is kept has the recovered luma already, and the result is held to it."""

    proof: Proof = LUMA_HELD

    def __init__(self, project: Project, run: Run, threads: int | None = None) -> None:
        """Raises MediaError where nothing is trained, NewerVersion."""
        self.model, self.device = model_of(project), device_for(project, run)
        self.recovered = Recovered(project, self.model.parent / DETAIL, self.device, threads)
        self.colour = Restorer(self.model, self.device, threads=threads)
        self.device_name = device_name(self.colour.device)
        self.runtime = "torch"

    @property
    def identity(self) -> list[Any]:
        models = (self.model, self.model.parent / DETAIL / self.model.name)
        return [*(hashlib.sha256(path.read_bytes()).hexdigest() for path in models), *self.recovered.identity]

    def kept(self, scan: FrameSource, index: int, shot: str | None = None, width: int | None = None) -> Picture:
        """Frame `index` of the scan with its recovered luma, display-referred, unclipped."""
        picture = to_display(scan.read(index), scan.info.encoding)
        return reduced(with_luma(picture, self.recovered.luma(index, picture, shot)), width)

    def restore(self, index: int, kept: Picture, shot: str | None, full_width: int | None = None) -> Picture:
        return self.colour.restore(kept, shot, full_width)

    def lut(self, index: int, kept: Picture, shot: str | None) -> Picture:
        return self.colour.lut(kept, shot)

    def shown(self, scan: FrameSource, index: int, shot: str | None, what: str, width: int | None) -> Picture:
        kept = self.kept(scan, index, shot, width)
        return self.lut(index, kept, shot) if what == "lut" else self.restore(index, kept, shot, scan.info.width)
