"""The session: the project that is open, and the only writer of it. Every change is saved at once and can be taken back."""
from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from PyQt6.QtCore import QObject, pyqtSignal

from engine.detail.edits import Edit
from engine.errors import AnswerprintError, MediaError, MediaMissing
from engine.keyframes.keyframe import Keyframe, unfounded, used_swatches
from engine.keyframes.palette import Swatch
from engine.media.locate import open_medium, relink, where
from engine.media.medium import ROLES
from engine.media.open import open_source
from engine.media.source import FrameSource, Reading
from engine.project import SUFFIX, Medium, Project, input_hash, load
from engine.recoveries import RECOVERIES
from engine.recoveries.inputs import edit_marks
from engine.run import Run
from wizard import flow, recent
from wizard.background import Background
from wizard.beginning import begun, taken
from wizard.films import Films
from wizard.made import Made
from wizard.messages import Trouble, trouble_of, trouble_of_film, unsaved
from wizard.probe import guessed
from wizard.proxies import identity_of
from wizard.shower import Shower
from wizard.words import tr
from wizard.work import Worker


@dataclass(frozen=True)
class _Change:
    """What a change took the place of."""

    label: str
    before: dict[str, Any]
    after: dict[str, Any]


class Session(QObject):
    """`changed`: the project, its media or what was made of it changed. `troubled`: `trouble` is another one now. `worked`: the worker got
    further, at most some times a second."""

    changed = pyqtSignal()
    troubled = pyqtSignal()
    worked = pyqtSignal()

    def __init__(self) -> None:
        super().__init__()
        self.project: Project | None = None
        self.trouble: Trouble | None = None
        self.background = Background()
        self.films = Films()
        self.worker = Worker()
        self.made = Made()
        self.shower = Shower()
        self._result = ""
        self._identities: dict[str, str] = {}   # of the films that are open, by role
        self.missing: tuple[str, ...] = ()
        self.opening: set[str] = set()
        self.savers: dict[str, Callable[[], None]] = {}     # write what the disk has not got yet, if anything; by what that is
        self.painted: Callable[[], Iterable[Keyframe]] = tuple      # the keyframes that are being painted, as they are now
        self._undo: list[_Change] = []
        self._redo: list[_Change] = []
        self.worker.progressed.connect(self._tell_work)     # also of a worker that began and failed between two looks
        self.worker.progressed.connect(self.worked)
        self.worked.connect(lambda: self.films.make_ahead(not self.worker.busy))
        self.worker.ended.connect(self._work_ended)
        self.made.changed.connect(self.changed)

    # the project

    def create(self, name: str, folder: Path) -> None:
        """A new project in a new folder of `folder`. Raises OutputRefused, DiskFull."""
        project = begun(folder / name)
        project.save()
        self._adopt(project)

    def open(self, folder: Path) -> None:
        """Open the project in `folder` (or of a NAME.answerprint file), with what is at work on it. Raises MediaError, NewerVersion."""
        self._adopt(load(folder.parent if folder.suffix == SUFFIX and folder.is_file() else folder))

    def _adopt(self, project: Project) -> None:
        self.leave()
        self.project = project
        recent.remember(project.folder)
        self.worker.watch(project.folder)
        self.made.watch(project)
        self.shower.set_project(project.folder)
        self.missing = tuple(role for role, path in where(project).items() if path is None)
        for role in ("scan", "reference"):
            if self.medium(role) and role not in self.missing:
                self._open_known(role)
        self._tell_work()
        self.changed.emit()

    def leave(self) -> None:
        """Close the project; work on it goes on by itself."""
        self.project, self.missing = None, ()
        self.savers.clear()
        self.painted = tuple
        self._undo.clear()
        self._redo.clear()
        self.opening.clear()
        self.worker.watch(None)
        self.made.watch(None)
        self.shower.set_project(None)
        self._result = ""
        self.films.clear()
        self.say(None)

    def close(self) -> None:
        """The window closes."""
        self.leave()
        self.films.close()
        self.made.close()
        self.background.close()

    def say(self, trouble: Trouble | None) -> None:
        """Show a trouble, or none."""
        if trouble != self.trouble:
            self.trouble = trouble
            self.troubled.emit()

    @property
    def result_identity(self) -> str:
        """Names what frames of the result are made of; '' while there are none."""
        return self._result

    def show_result(self, anew: bool = False) -> None:
        """Have frames of the result, by the run that results are made with, where there is one. `anew`: ask again for those that could not
        be made."""
        assert self.project
        run, medium = self.made.used, self.medium("scan")
        identity, self._result = "", "" if anew else self._result
        if run is not None and medium is not None and self.films.has("scan"):
            grain = (self.project.settings.grain,) if self.detail else ()
            painted = edit_marks(self.project.folder) if self.repairs else ()
            identity = input_hash("result", identity_of(medium), run.number, run.inputs, run.model.stat().st_mtime, *grain, *painted)
        if identity != self._result:
            self._result = identity
            self.films.set_maker("result", self.shower.result if identity else None, identity)
            self.films.set_maker("rival", self.shower.rival if identity and self.detail else None)

    # changes, saved at once

    def edit(self, label: str, **changes: Any) -> None:
        """Change fields of the project or of its settings; what is equal already is left. One step for undo, which tells `label`."""
        assert self.project
        before = {name: self._get(name) for name in changes}
        changes = {name: value for name, value in changes.items() if before[name] != value}
        if changes:
            self._undo.append(_Change(label, {name: before[name] for name in changes}, changes))
            self._redo.clear()
            self._set(changes)

    def keep_edit(self, edit: Edit) -> bool:
        """Write what was painted on the damage of a frame; False where the disk refuses, which is a trouble."""
        assert self.project
        folder = self.project.folder
        if kept := self._written(lambda: edit.save(folder)):
            self.made.look()
            self.changed.emit()
        return kept

    def undo(self) -> str:
        """Take back the last change; its label, '' where there is none."""
        return self._move(self._undo, self._redo, "before")

    def redo(self) -> str:
        """Do again what was taken back last; its label, '' where there is none."""
        return self._move(self._redo, self._undo, "after")

    def rename(self, name: str) -> None:
        """Call the project otherwise; its folder stays where it is. What no file can be called is left out, and nothing is no name."""
        if self.project is None:
            return
        kept = "".join(c for c in name if c.isprintable() and c not in '/\\:*?"<>|').strip(" .")[:80]
        if not kept or kept == self.project.name:
            self.changed.emit()
            return
        project = self.project
        self._written(lambda: project.rename(kept))
        self.changed.emit()

    def _move(self, source: list[_Change], target: list[_Change], side: str) -> str:
        if not source:
            return ""
        change = source.pop()
        target.append(change)
        values: dict[str, Any] = dict(getattr(change, side))
        stay = self._used_colours(values["palette"]) if "palette" in values else ()
        if stay:
            values["palette"] = (*values["palette"], *stay)
        self._set(values)
        return tr("{what}; a colour that is used stays", what=change.label) if stay else change.label

    def _used_colours(self, palette: tuple[Swatch, ...]) -> tuple[Swatch, ...]:
        """The colours that a keyframe uses and `palette` has no more."""
        assert self.project
        used, known = used_swatches((*self.made.keyframes.values(), *self.painted())), {swatch.number for swatch in palette}
        return tuple(one for one in self.project.settings.palette if one.number in used and one.number not in known)

    def _get(self, name: str) -> Any:
        assert self.project
        return getattr(self.project, name) if hasattr(self.project, name) else getattr(self.project.settings, name)

    def _set(self, values: dict[str, Any]) -> None:
        assert self.project
        own = {name: value for name, value in values.items() if hasattr(self.project, name)}
        for name, value in own.items():
            setattr(self.project, name, value)
        rest = {name: value for name, value in values.items() if name not in own}
        self.project.settings = replace(self.project.settings, **rest)
        self.save()
        for role in {"scan", "reference"} & set(own):
            self._open_known(role)
        self.changed.emit()

    def save(self) -> None:
        """Replace the project file."""
        assert self.project
        self.savers["project"] = self.project.save
        if self._written(self.project.save, unsaved):
            del self.savers["project"]
            self.made.watch(self.project)
            self.saved()

    def save_again(self) -> bool:
        """Write what the disk has not got yet; whether it has all now."""
        done = [self._written(write, unsaved) for write in self.savers.values()]
        if all(done):
            self.savers.pop("project", None)
            if self.trouble and self.trouble.act == "save":
                self.say(None)
        return all(done)

    def saved(self) -> None:
        """Something could be written: then so may what could not be before."""
        if self.trouble and self.trouble.act == "save":
            self.save_again()

    def tell_unsaved(self, error: Exception) -> None:
        self.say(unsaved(type(error).__name__, str(error)))

    def _written(self, write: Callable[[], None], told: Callable[[str, str], Trouble] = trouble_of) -> bool:
        """Whether something could be written; a disk that refuses is a trouble that stays until it is solved."""
        try:
            write()
        except AnswerprintError as error:
            self.say(told(type(error).__name__, str(error)))
            return False
        return True

    # media

    def medium(self, role: str) -> Medium | None:
        """'scan' or 'reference'."""
        found: Medium | None = getattr(self.project, role) if self.project else None
        return found

    @property
    def roles(self) -> tuple[str, ...]:
        """The films that this kind of recovery needs."""
        needs = self.project is None or RECOVERIES[self.project.recovery].needs_reference
        return ROLES if needs else ROLES[:1]

    @property
    def detail(self) -> bool:
        """Whether luma is restored by a better element, not kept."""
        return self.project is not None and RECOVERIES[self.project.recovery].detail

    @property
    def repairs(self) -> bool:
        """Whether a damaged print is repaired from its telecine."""
        return self.project is not None and self.project.recovery == "telecine"

    def choose(self, role: str, path: Path, reading: Reading | None = None) -> None:
        """Open a film and take it as scan or reference; what it is arrives with `changed`."""
        assert self.project
        project, wanted = self.project, reading or Reading()

        def look() -> tuple[FrameSource, Medium]:
            source = open_source(path, wanted)
            return source, taken(source, path, wanted, project.folder)

        self._begin_opening(role, project, look, keep=True)

    def read_otherwise(self, role: str, **how: Any) -> None:
        """Read a film in another way: encoding, rate, field_order, span."""
        medium, source = self.medium(role), self.films.source(role)
        if medium and source:
            self.choose(role, source.info.path, replace(medium.reading, **how))

    def locate(self, role: str, path: Path) -> None:
        """Say where a film lies now. It is taken only where its content is the same."""
        assert self.project
        project = self.project

        def look() -> tuple[FrameSource, Medium]:
            return relink(project, role, path, Run())

        self._begin_opening(role, project, look, keep=True)

    def _open_known(self, role: str) -> None:
        assert self.project
        project, medium = self.project, self.medium(role)
        if medium is None:
            self.films.set_source(role, None)
            return
        if self.films.source(role) and identity_of(medium) == self._identities.get(role):
            return

        def look() -> tuple[FrameSource, Medium]:
            return open_medium(medium, project.folder, Run()), medium

        self._begin_opening(role, project, look, keep=False)

    def _begin_opening(self, role: str, project: Project, look: Any, keep: bool) -> None:
        self.opening.add(role)
        if keep:
            self.say(None)
        self.changed.emit()

        def opened(found: tuple[FrameSource, Medium]) -> None:
            source, medium = found
            if self.project is not project:
                source.close()
                return
            self.opening.discard(role)
            self.missing = tuple(r for r in self.missing if r != role)
            self._identities[role] = identity_of(medium)
            self.films.set_source(role, source, self._identities[role])
            if keep and medium != self.medium(role):
                self.edit(tr("choosing a film"), **{role: medium})
            self._fit_confirmed(role, source)
            if role == "scan":
                self.made.places = {source.name(index): index for index in range(len(source))}
            self.changed.emit()

        def refused(error: Exception) -> None:
            if self.project is project:
                self.opening.discard(role)
                if isinstance(error, MediaMissing):
                    self.missing = tuple(dict.fromkeys((*self.missing, role)))
                kind, text = type(error).__name__, str(error)
                of_film = keep and isinstance(error, MediaError)
                self.say(trouble_of_film(role, kind, text) if of_film else trouble_of(kind, text, ""))
                self.changed.emit()

        self.background.begin(look, opened, refused)

    def _fit_confirmed(self, role: str, source: FrameSource) -> None:
        """Confirmations are of the film that was there: another film asks again."""
        assert self.project
        medium = self.medium(role)
        mark = f"{role}@{medium.place.fingerprint}" if medium else ""
        kept = tuple(c for c in self.project.confirmed if not c.startswith(f"{role}.") and not c.startswith(f"{role}@"))
        if mark and mark not in self.project.confirmed:
            self.project.confirmed = (*kept, mark)
            self.save()

    def guessed(self) -> tuple[str, ...]:
        """Values that were guessed and not confirmed yet."""
        names: tuple[str, ...] = ()
        for role in self.roles:
            source, medium = self.films.source(role), self.medium(role)
            if source and medium:
                names += guessed(role, source.info, medium.reading)
        return tuple(n for n in names if self.project and n not in self.project.confirmed)

    def confirm(self, *names: str) -> None:
        """The user has looked at guessed values and they are right."""
        assert self.project
        self.edit(tr("confirming what was guessed"), confirmed=tuple(dict.fromkeys((*self.project.confirmed, *names))))

    # work

    def start(self, until: str) -> bool:
        """Have a worker perform everything up to the step `until`; False where the disk refuses, which is a trouble."""
        assert self.project
        folder = self.project.folder
        self.say(None)
        begun = self.save_again() and self._written(lambda: self.worker.start(folder, until))
        self.worked.emit()
        return begun

    def stop(self) -> None:
        """Ask the worker to stop."""
        self._written(self.worker.stop)

    def _work_ended(self) -> None:
        self._tell_work()
        self.made.look()
        self.changed.emit()

    def _tell_work(self) -> None:
        """What went wrong with the worker, also where no window was open when it did."""
        status = self.worker.status
        if status and not self.worker.busy and status.state in ("error", "lost"):
            kind = "lost" if status.state == "lost" else str(status.kind)
            self.say(trouble_of(kind, str(status.error or ""), status.step, self.worker.frame()))

    def known(self) -> flow.Known:
        """What the flow depends on."""
        project, made, status = self.project, self.made, self.worker.status
        if project is None:
            return flow.Known()
        stopped = None              # as long as its trouble is told
        if self.trouble and status and not self.worker.busy and status.state in ("error", "lost"):
            stopped = (status.step, self.worker.word())
        paused = status.step if status and not self.worker.busy and status.state == "stopped" else ""
        return flow.Known(
            recovery=project.recovery, scan=project.scan is not None, reference=project.reference is not None,
            missing=bool(set(self.missing) & set(self.roles)), opening=bool(self.opening), guessed=len(self.guessed()),
            standing=made.standing,
            running=self.worker.step if self.worker.busy else "", paused=paused, share=self.worker.share, left=self.worker.left,
            stopped=stopped, doubtful=len(made.doubtful), picked=len(made.train), held_out=len(made.held_out),
            similar=made.straight, keyframes=len(made.keyframes),
            unfounded=unfounded(made.keyframes.values(), project.settings.palette),
            flagged=len(project.flags),
            forbidden=next((role for role in self.roles if getattr(project.elements, role).forbidden), ""))

    def steps(self) -> list[flow.StepState]:
        return flow.steps(self.known())
