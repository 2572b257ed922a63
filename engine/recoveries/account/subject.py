"""What a report is of: an export, the run that it was made with, and the films, as far as they are at hand."""
from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from engine.align.alignment import Alignment
from engine.errors import MediaError
from engine.export.ledger import read_lines
from engine.files import read_json
from engine.media.source import FrameSource, Picture
from engine.pairs.evidence import Evidence
from engine.project import Project
from engine.recoveries import RECOVERIES, Recovery
from engine.recoveries.inputs import standing
from engine.recoveries.run_folder import RunInfo
from engine.report.words import Words

if TYPE_CHECKING:
    from engine.recoveries.work import Restoring

LOOKED = 16             # frames over the film of which is told what they rest on


@dataclass(frozen=True)
class Subject:
    """`shots` is the shot of each frame of `scan`; `seen` gives a frame as the net sees it, small, `written` one of the result as it stands
    in the files, None where that cannot be looked at; `reference` None where there is none at hand; `choice` {} where it is lost; `export`
    are the facts of the export, `ledger` its file; `day` is ISO 8601; pictures are at most `width` pixels wide. `step` is called before
    each frame that is read, and may raise what ends the work."""

    project: Project
    scan: FrameSource
    reference: FrameSource | None
    used: Restoring
    seen: Callable[[int], Picture]
    written: Callable[[int], Picture | None]
    shots: Sequence[str | None]
    run: RunInfo
    choice: dict[str, Any]
    export: dict[str, Any]
    ledger: Path
    name: str
    day: str
    width: int
    say: Words = field(default_factory=Words)
    step: Callable[[], None] = lambda: None

    @property
    def recovery(self) -> Recovery:
        return RECOVERIES[self.project.recovery]

    @cached_property
    def own(self) -> bool:
        """Whether the scan is the one that was aligned and trained on, frame for frame, and not another of the same film."""
        return bool(self.choice) and len(self.choice["shots"]) == len(self.scan)

    @cached_property
    def alignment(self) -> Alignment | None:
        """Of the scan's own frames; None without one."""
        with suppress(MediaError):
            found = Alignment.load(self.project.folder / "align" / "alignment.json").corrected(self.project.settings.corners)
            return found if self.own and len(found.frames) == len(self.scan) else None
        return None

    @cached_property
    def partners(self) -> dict[int, int]:
        """Scan frame -> reference frame."""
        return {m.scan: m.reference for m in self.alignment.frames if m.reference is not None} if self.alignment else {}

    @cached_property
    def train(self) -> tuple[int, ...]:
        """Frames of the scan that were trained on."""
        return tuple(i for i in self.choice.get("train", ()) if i < len(self.scan)) if self.own else ()

    @cached_property
    def held_out(self) -> tuple[int, ...]:
        return tuple(i for i in self.choice.get("held_out", ()) if i < len(self.scan)) if self.own else ()

    @cached_property
    def errors(self) -> dict[int, float]:
        """dE00, or dB where only detail was learnt, of the result on each held-out frame."""
        named = ((int(mark.split("-")[0]), error) for mark, error in self.run.frames.items() if mark.split("-")[0].isdecimal())
        return {index: error for index, error in named if index in self.held_out}

    @cached_property
    def worst(self) -> int | None:
        """The held-out frame that is furthest from what it should be."""
        pick = min if self.run.in_db else max
        return pick(self.errors, key=lambda index: self.errors[index]) if self.errors else None

    @cached_property
    def table(self) -> dict[str, Any]:
        """The review of the used run as it stands, {} where it was not made, or of something else."""
        with suppress(MediaError):
            found: dict[str, Any] = read_json(self.project.folder / "review" / "table.json", dict)
            if self.own and found.get("run") == self.run.number and standing(self.project).get("review") == "done":
                return found
        return {}

    @cached_property
    def untouched(self) -> list[str]:
        """Names of frames that were passed on as they are. The lines of the latest export stand first in its ledger."""
        with suppress(MediaError):
            lines = read_lines(self.ledger)[0]
            return list(dict.fromkeys(str(line["frame"]) for line in lines
                                      if line.get("untouched") and line["export"] == lines[0]["export"]))
        return []

    @property
    def restored(self) -> int:
        """Frames of the files that were not passed on as they are."""
        return int(self.export["frames"]) - len(self.untouched)

    @cached_property
    def evidence(self) -> Evidence | None:
        """What the used run rests on; None where it left nothing that tells."""
        with suppress(MediaError):
            return Evidence.load(self.run.folder)
        return None

    @cached_property
    def shares(self) -> dict[str, float]:
        """Mean shares of what the picture rests on: of a repaired print over all frames that were exported, else over those of `rests`."""
        if origin := self.export.get("origin"):
            return dict(origin)
        known = self.rests.get("shares") or []
        return {kind: sum(one.get(kind, 0.0) for one in known) / len(known) for kind in dict.fromkeys(k for one in known for k in one)}

    @cached_property
    def rests(self) -> dict[str, Any]:
        """{"frames": some over the film, "shares": of each, what its picture inside the gate rests on}; of a repaired print as its review
        has it; {} where nothing tells."""
        if self.evidence is None:
            return dict(self.table.get("evidence") or {})
        frames = sorted({(2 * k + 1) * len(self.scan) // (2 * LOOKED) for k in range(LOOKED)})
        shares = []
        for index in frames:
            self.step()
            matte = self.evidence.matte(self.seen(index), self.shots[index])
            shares.append(self.evidence.shares(np.ascontiguousarray(self._inside(matte))))
        return {"frames": frames, "shares": shares}

    def _inside(self, matte: Any) -> Any:
        """The live area of a matte (h, w) of the whole scan."""
        area = self.project.settings.live_area or (self.alignment.live_area if self.alignment else None)
        if area is None:
            return matte
        scale = matte.shape[1] / self.scan.info.width
        x0, y0, x1, y1 = (round(edge * scale) for edge in area)
        return matte[y0:max(y1, y0 + 1), x0:max(x1, x0 + 1)]

    def facts(self, step: str) -> dict[str, Any]:
        """What a step said of itself; {} where it was not performed."""
        done = self.project.done.get(step)
        return dict(done.facts) if done else {}

    def names(self, frames: Sequence[int]) -> list[str]:
        return [self.scan.name(index) for index in frames]

    def figure(self, error: float) -> str:
        """An error with its unit."""
        return f"{self.say.number(error, 2)} dB" if self.run.in_db else f"ΔE00 {self.say.number(error, 2)}"
