"""The used run of a recovery of detail, ready for frames of a scan."""
from __future__ import annotations

import hashlib
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from engine.apply.detail import DetailRestorer
from engine.detail.grain import Grain, laid_back, own_grain, remade
from engine.detail.pair import picture_mark
from engine.detail.tone import Tones
from engine.export.certificate import CHROMA_HELD, Proof
from engine.files import read_json
from engine.media.colour import luma, to_display
from engine.media.reduce import reduced
from engine.media.source import FrameSource, Picture
from engine.project import Project
from engine.recoveries.detail_steps import load_filter
from engine.recoveries.detail_truth import clipped
from engine.recoveries.work import device_for, model_of
from engine.run import Run
from engine.train.machine import device_name

Floats = NDArray[np.float32]

STEADIED = 0.5          # of the best linear filter in what is guessed of a frame that was not learnt, by a net that was proven on none


class Recovered:
    """A model of detail with the tone and the grain that belong to it: from a frame of the scan to its recovered luma."""

    def __init__(self, project: Project, folder: Path, device: str, threads: int | None) -> None:
        """`folder` holds the model and what was left with it; tone lies there or in the folder of the run."""
        self.restorer = DetailRestorer(folder / "model.pt", device, threads)
        own = folder / "tone.json"
        self.tones = read_json(own if own.is_file() else folder.parent / "tone.json", Tones.from_json)
        self.linear, self.softening = load_filter(folder / "filter.json"), load_filter(folder / "softening.json")
        self.grain = read_json(folder / "grain.json", Grain.from_json)
        self.kind, self.seed = project.settings.grain, project.settings.seed

    @property
    def identity(self) -> list[Any]:
        """What the pictures depend on besides model and scan."""
        return [self.tones.as_json(), self.kind, self.seed]

    def luma(self, index: int, kept: Picture, shot: str | None) -> Floats:
        """Recovered luma (h, w) of a frame (h, w, 3) of the scan, display-referred, with the grain that was asked for."""
        seen = self.tones.of(shot).apply(luma(kept))
        known = shot in self.tones.shots
        made = self.restorer.restore(seen[None]) if known else self.restorer.restore_detail(seen[None])
        return self.with_grain(index, self.steadied(made, seen), seen)

    @property
    def unproven(self) -> bool:
        """Whether the net guesses, and no held-out frame tells how well."""
        return self.restorer.guesses and not self.restorer.model.about.get("held_out")

    def steadied(self, made: Floats, seen: Floats) -> Floats:
        """`made` by a net that guesses what damage hides. Where nothing was held out nobody knows how much it has only learnt by heart, so
        frames that it has not learnt get a share of the filter, which learns nothing by heart."""
        if not self.unproven or picture_mark(clipped(seen)) in self.restorer.model.about.get("learnt", ()):
            return made
        return np.asarray(made + STEADIED * (self.linear.apply(seen) - made), np.float32)

    def with_grain(self, index: int, made: Floats, seen: Floats) -> Floats:
        if self.kind == "keep":
            return laid_back(made, own_grain(seen, made, self.softening))
        return remade(made, self.grain, (self.seed, index)) if self.kind == "reference" else made

    def filtered(self, kept: Picture, shot: str | None) -> Floats:
        """What the best linear filter makes of the frame's luma."""
        return self.linear.apply(self.tones.of(shot).apply(luma(kept)))


class DetailRestoration:
    """As `engine.recoveries.work.Restoration`, with the luma of the model and the chroma of the scan."""

    proof: Proof = CHROMA_HELD

    def __init__(self, project: Project, run: Run, threads: int | None = None) -> None:
        """Raises MediaError where nothing is trained, NewerVersion."""
        self.model, self.device = model_of(project), device_for(project, run)
        self.recovered = Recovered(project, self.model.parent, self.device, threads)
        if self.recovered.unproven:
            run.say(f"nothing was held out, so damaged frames that were not learnt are to {100 * STEADIED:.0f} % what the best linear "
                    "filter makes of them")
        self.device_name = device_name(self.recovered.restorer.device)
        self.runtime = "torch"

    @property
    def identity(self) -> list[Any]:
        return [hashlib.sha256(self.model.read_bytes()).hexdigest(), *self.recovered.identity]

    def kept(self, scan: FrameSource, index: int, shot: str | None = None, width: int | None = None) -> Picture:
        """Frame `index` of the scan, display-referred, unclipped."""
        return reduced(to_display(scan.read(index), scan.info.encoding), width)

    def restore(self, index: int, kept: Picture, shot: str | None, full_width: int | None = None) -> Picture:
        """The same picture with the luma of the model. Detail is of the whole frame: a reduced picture is seen as it is."""
        return with_luma(kept, self.recovered.luma(index, kept, shot))

    def lut(self, index: int, kept: Picture, shot: str | None) -> Picture:
        """The same picture with what the best linear filter makes of its luma."""
        return with_luma(kept, self.recovered.filtered(kept, shot))

    def shown(self, scan: FrameSource, index: int, shot: str | None, what: str, width: int | None) -> Picture:
        """'result' or 'lut' of a frame, reduced after it was made: detail is lost before."""
        kept = self.kept(scan, index, shot)
        return reduced(self.restore(index, kept, shot) if what == "result" else self.lut(index, kept, shot), width)


def with_luma(picture: Picture, plane: Floats) -> Picture:
    """R'G'B' (h, w, 3) with another luma (h, w) and the same Cb and Cr."""
    return np.asarray(picture + (plane - luma(picture))[..., None], np.float32)
