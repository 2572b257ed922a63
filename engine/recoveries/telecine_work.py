"""The used run of a damaged print with its telecine: the print where it is sound, the telecine in the film's look where it was eaten, and
beyond the telecine what a net makes of print and neighbours."""
from __future__ import annotations

import hashlib
from collections.abc import Callable
from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray

from engine.align.alignment import Alignment
from engine.apply.detail import DetailRestorer
from engine.detail.filters import denoised
from engine.detail.grain import Grain, remade
from engine.errors import UsageError
from engine.export.certificate import CHROMA_HELD, Proof, sound_held
from engine.files import read_json
from engine.media.colour import luma as luma_of
from engine.media.colour import to_display
from engine.media.locate import open_medium
from engine.media.reduce import reduced
from engine.media.source import FrameSource, Picture
from engine.project import Project
from engine.recoveries.detail_steps import load_filter
from engine.recoveries.detail_work import with_luma
from engine.recoveries.eaten import Eaten
from engine.recoveries.inputs import edit_marks
from engine.recoveries.origins import Origin
from engine.recoveries.telecine_steps import LOOK, painted
from engine.recoveries.work import device_for, model_of
from engine.run import Run
from engine.train.machine import device_name

Floats = NDArray[np.float32]

SEAM = 24.0             # pixels over which the telecine gives way to the net at the border of its crop


class TelecineRestoration:
    """As `engine.recoveries.work.Restoration`, for the project's own print. `tell` is told where each frame's luma came from."""

    proof: Proof

    def __init__(self, project: Project, run: Run, threads: int | None = None) -> None:
        """Opens print and telecine for itself, for a frame's repair looks at others. Raises MediaError where nothing is trained or a medium
        is not there, NewerVersion."""
        self.model, self.device = model_of(project), device_for(project, run)
        self.repairer = DetailRestorer(self.model, self.device, threads)
        self.looker = DetailRestorer(self.model.parent / LOOK / "model.pt", self.device, threads)
        self.grain = read_json(self.model.parent / "grain.json", Grain.from_json)
        found = Alignment.load(project.folder / "align" / "alignment.json").corrected(project.settings.corners)
        assert project.scan and project.reference
        scan, telecine = (open_medium(medium, project.folder, run) for medium in (project.scan, project.reference))
        self.eaten = Eaten(scan, telecine, found, painted(project.folder, scan, run))
        self.edits = edit_marks(project.folder)
        self.kind, self.seed = project.settings.grain, project.settings.seed
        self.device_name = device_name(self.repairer.device)
        self.runtime = "torch"
        self._sound: dict[str, NDArray[np.bool_]] = {}
        self.tell: Callable[[int, Origin], None] = lambda index, origin: None
        self._shares: dict[str, dict[str, float]] = {}
        self.proof = Proof(lambda picture: picture, self._prove, lambda frame: {"origin": self._shares.pop(frame)})

    @property
    def identity(self) -> list[Any]:
        models = (self.model, self.model.parent / LOOK / "model.pt")
        return [*(hashlib.sha256(path.read_bytes()).hexdigest() for path in models), self.kind, self.seed, *self.edits]

    def kept(self, scan: FrameSource, index: int, shot: str | None = None, width: int | None = None) -> Picture:
        """Frame `index` of the print, display-referred, unclipped. Raises UsageError for a scan that is not the project's."""
        if len(scan) != len(self.eaten.alignment.frames):
            raise UsageError(f"{scan.info.path}: is not the print that the telecine was aligned to; a repair is of that print alone")
        return reduced(to_display(scan.read(index), scan.info.encoding), width)

    def restore(self, index: int, kept: Picture, shot: str | None, full_width: int | None = None) -> Picture:
        """The same picture repaired; where it is sound, exactly as it was. What `proof` needs of it is kept until it is proven."""
        made, origin, frame = self.luma(index), self.origin(index), self.eaten.scan.name(index)
        self._sound[frame], self._shares[frame] = self.eaten.sound(index) >= 1, origin.shares
        self.tell(index, origin)
        return with_luma(kept, made)

    def luma(self, index: int) -> Floats:
        """The repaired luma (h, w) of a frame."""
        own, keep = self.eaten.luma(index), self.eaten.sound(index)
        if (keep >= 1).all():
            return own
        repaired = self.repaired(index, self.eaten.seen(index))
        if self.kind != "none":         # what neighbours show has its own
            bare = 1 - self.share(index) * self.eaten.beside(index)[1]
            repaired = repaired + (remade(repaired, self.grain, (self.seed, index)) - repaired) * bare
        return np.where(keep >= 1, own, repaired + (own - repaired) * keep).astype(np.float32)

    def repaired(self, index: int, seen: Floats) -> Floats:
        """What both models make (h, w) of a frame of which they are given `seen` (see `Eaten.seen`); without grain, and before the print is
        laid back."""
        made, lying = self.repairer.restore(seen), self.eaten.lying(index)
        if lying is None:
            return made
        look = self.looker.restore(np.where(lying.covered, lying.plane, seen[0])[None])
        own, _, shown, sure = seen
        healed = shown + (look - own) * (1 - sure)          # as `Eaten.healed`, by what is given
        return np.asarray(made + (healed - made) * self.share(index), np.float32)

    def share(self, index: int) -> Floats:
        """(h, w) 0..1 how far neighbours and the telecine, in the film's look, are taken in place of what the net makes."""
        lying = self.eaten.lying(index)
        if lying is None or self.eaten.alignment.frames[index].confidence <= 0:
            return np.zeros_like(self.eaten.luma(index))
        if lying.covered.all():
            return np.ones_like(lying.plane)
        depth = cv2.distanceTransform(lying.covered.astype(np.uint8), cv2.DIST_L2, 5)
        return np.asarray(np.clip(depth / SEAM, 0, 1), np.float32)

    def origin(self, index: int) -> Origin:
        """Neighbours are taken in place of the telecine inside its crop; beyond it they are among what the net is given."""
        keep, share = self.eaten.sound(index), self.share(index)
        beside = share * self.eaten.beside(index)[1]
        return Origin(keep, (1 - keep) * beside, (1 - keep) * (share - beside), (1 - keep) * (1 - share))

    def filtered(self, kept: Picture) -> Picture:
        """The same picture through the best linear filter, for a benchmark."""
        return with_luma(kept, load_filter(self.model.parent / "filter.json").apply(luma_of(kept)))

    def lut(self, index: int, kept: Picture, shot: str | None) -> Picture:
        """The same picture denoised, where it is not sound: what a classical tool does."""
        own, keep = self.eaten.luma(index), self.eaten.sound(index)
        plain = denoised(own)
        return with_luma(kept, np.where(keep >= 1, own, plain + (own - plain) * keep).astype(np.float32))

    def shown(self, scan: FrameSource, index: int, shot: str | None, what: str, width: int | None) -> Picture:
        kept = self.kept(scan, index, shot)
        return reduced(with_luma(kept, self.luma(index)) if what == "result" else self.lut(index, kept, shot), width)

    def _prove(self, held: Picture, restored: Picture, frame: str) -> tuple[float, Floats]:
        """Chroma is the print's, and where the print is sound so is everything."""
        sound_held(held, restored, self._sound.pop(frame), frame)
        return CHROMA_HELD.prove(CHROMA_HELD.keep(held), restored, frame)
