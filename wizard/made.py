"""What was made of the project so far: how its steps and runs stand, and, read beside the window's thread when they change, alignment,
suggestions, figures."""
from __future__ import annotations

import json
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from PyQt6.QtCore import QObject, pyqtSignal

from engine.align.alignment import Alignment, doubtful
from engine.balance.balance import Balance
from engine.errors import MediaError
from engine.keyframes.keyframe import FILE, Keyframe, folder_of, keyframe_names, load_keyframe
from engine.pairs.choose import held_keyframes
from engine.pairs.coverage import Next, next_frames
from engine.pairs.looks import Looks
from engine.project import Project
from engine.recoveries import RECOVERIES
from engine.recoveries.inputs import standing
from engine.recoveries.runs import PassedOver, RunInfo, passed_over, runs, used_of
from wizard.background import Background

SIMILAR = "colour-similar"
NEXT = 4                # frames to paint next that are worked out


class Made(QObject):
    """`changed` when something was read anew. Everything is None or empty where it is not made yet."""

    changed = pyqtSignal()

    def __init__(self) -> None:
        super().__init__()
        self._background = Background(1)
        self._project: Project | None = None
        self._seen: dict[str, tuple[float, int]] = {}
        self._doubtful_of: object = None
        self._doubtful: tuple[int, ...] = ()
        self._clear()

    def _clear(self) -> None:
        self._seen.clear()
        self._painted: dict[str, tuple[tuple[int, int], Keyframe]] = {}
        self.standing: dict[str, str] = {}
        self.alignment: Alignment | None = None
        self.keyframes: dict[str, Keyframe] = {}    # those that have colour, by name
        self.places: dict[str, int] = {}            # where the scan has each frame, by its name
        self.to_paint: int | None = None            # the frame that Keyframes shall show next
        self.unsure: dict[str, Any] | None = None   # of which frames the used run is how unsure
        self._next: tuple[Any, list[Next]] = (None, [])
        self.fade: dict[str, Any] | None = None
        self.shots: dict[str, Any] | None = None    # {"shots": a word for every frame}
        self.partial: list[list[Any]] = []          # while align runs: [scan, reference, misfit, confidence]
        self.balance: Balance | None = None
        self.suggestions: dict[str, Any] | None = None
        self.looks: Looks | None = None
        self.trial: dict[str, Any] | None = None
        self.review: dict[str, Any] | None = None
        self.runs: list[RunInfo] = []
        self.used: RunInfo | None = None            # the run that results are made with
        self.passed: PassedOver | None = None       # the newest run, where `used` is another because that is better
        self.facts: dict[str, dict[str, Any]] = {}  # step -> what the worker said of it when it was done

    def watch(self, project: Project | None) -> None:
        """Look at another project, or at this one again."""
        if project is None or self._project is None or project.folder != self._project.folder:
            self._clear()
        self._project = project
        self.look()

    def look(self) -> None:
        """Read what is new on the disk."""
        project = self._project
        if project is None:
            return
        self.standing = dict(standing(project))
        self.runs = list(runs(project))
        self.used, self.passed = used_of(self.runs, project.run), passed_over(self.runs, project.run)
        self.facts = {step: done.facts for step, done in project.done.items()}
        folder = project.folder
        self._read("alignment", folder / "align" / "alignment.json", Alignment.load)
        self._read("partial", folder / "align" / "partial.json", _json)
        self._read("balance", folder / "balance" / "balance.json", lambda path: Balance.from_json(_json(path)))
        self._read("suggestions", folder / "choose" / "suggestions.json", _json)
        self._read("looks", folder / "choose" / "looks.npz", Looks.load)
        self._read("review", folder / "review" / "table.json", _json)
        self._read("unsure", folder / "review" / "unsure.json", _json)
        self._read("fade", folder / "fade" / "fade.json", _json)
        self._read("shots", folder / "shots" / "shots.json", _json)
        self.trial = self.facts.get("trial")
        self.keyframes = {name: one for name in keyframe_names(folder) if (one := self._keyframe(folder, name)) and one.ops}

    def _keyframe(self, folder: Path, name: str) -> Keyframe | None:
        """A keyframe as it is on disk; None where it is damaged."""
        stat = (folder_of(folder, name) / FILE).stat()
        known = self._painted.get(name)
        if known is None or known[0] != (stat.st_mtime_ns, stat.st_size):
            with suppress(MediaError):
                known = (stat.st_mtime_ns, stat.st_size), load_keyframe(folder, name)
                self._painted[name] = known
        return known[1] if known else None

    def _read(self, name: str, path: Path, load: Callable[[Path], Any]) -> None:
        """Read a file in the background where it is another than the one that was read."""
        try:
            stat = path.stat()
        except OSError:
            return
        mark = (stat.st_mtime, stat.st_size)
        if self._seen.get(name) == mark:
            return
        self._seen[name] = mark
        project = self._project

        def take(found: Any) -> None:
            if self._project is not None and project is not None and self._project.folder == project.folder:
                setattr(self, name, found)
                self.changed.emit()

        self._background.begin(lambda: load(path), take, lambda error: self._seen.pop(name, None))

    @property
    def doubtful(self) -> tuple[int, ...]:
        """Scan frames that have a partner and may not lie on it, without those that the user confirmed."""
        if self.alignment is None or self._project is None:
            return ()
        key = (id(self.alignment), self._project.trusted)
        if self._doubtful_of != key:
            self._doubtful_of, self._doubtful = key, tuple(sorted(doubtful(self.alignment.frames) - {*self._project.trusted}))
        return self._doubtful

    @property
    def train(self) -> tuple[int, ...]:
        """The scan frames that are picked: the user's, or as long as there are none, those suggested."""
        if self._project is None:
            return ()
        if not RECOVERIES[self._project.recovery].needs_reference:
            held = frozenset(self.held_out)
            return tuple(frame for frame in self.painted if frame not in held)
        chosen, held = self._project.settings.pairs, frozenset(self.held_out)
        frames = chosen if not isinstance(chosen, str) else (self.suggestions or {}).get("train", ())
        return tuple(frame for frame in frames if frame not in held)

    @property
    def next(self) -> list[Next]:
        """The frames to paint next, most useful first; none while the film was not looked at."""
        if self.looks is None or not self.standing:
            return []
        key = (id(self.looks), id(self.unsure), self.painted)
        if self._next[0] != key:
            unsure = {int(frame): float(value) for frame, value in (self.unsure or {}).get("frames", {}).items()}
            self._next = key, next_frames(self.looks, self.painted, unsure, NEXT)
        return self._next[1]

    @property
    def straight(self) -> bool:
        """Whether similar pictures are learnt from straight, and there are any."""
        project = self._project
        return project is not None and project.recovery == SIMILAR and bool(project.settings.similar or project.settings.own_shots)

    @property
    def full_colour(self) -> list[str]:
        """The shots that kept their colour, where others faded."""
        return list(self.facts.get("fade", {}).get("full_colour", ()))

    @property
    def painted(self) -> tuple[int, ...]:
        """The scan frames that are keyframes."""
        return tuple(sorted(self.places[name] for name in self.keyframes if name in self.places))

    @property
    def held_out(self) -> tuple[int, ...]:
        if self._project is None:
            return ()
        chosen = self._project.settings.held_out
        if self._project.recovery == SIMILAR:
            return self.painted
        if not RECOVERIES[self._project.recovery].needs_reference:
            return held_keyframes(self.painted, chosen)
        return tuple(chosen) if chosen is not None else tuple((self.suggestions or {}).get("held_out", ()))

    def close(self) -> None:
        self._background.close()


def misfits(alignment: Alignment, given: bool = False) -> NDArray[np.float64]:
    """Misfit of every scan frame in pixels; nan where it has no partner, and throughout where the films were `given` as aligned: then it
    was not measured."""
    return np.array([f.residual_px if f.reference is not None and not given else np.nan for f in alignment.frames])


def _json(path: Path) -> Any:
    return json.loads(path.read_text(encoding="utf-8"))
