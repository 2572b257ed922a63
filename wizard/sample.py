"""The sample film, one click away: it is made in another process, and a project with both of its films is begun."""
from __future__ import annotations

import json
import re
from collections.abc import Sequence
from pathlib import Path

from PyQt6.QtCore import QObject, QProcess, pyqtSignal

from engine.errors import MediaError
from engine.media.open import open_source
from engine.media.source import Reading
from engine.programs import engine_command
from engine.project import Medium, Settings, project_file
from wizard.background import Background
from wizard.beginning import begun, taken
from wizard.messages import trouble_of
from wizard.words import percent, tr

STEPS = 300                 # of training: a few minutes without a graphics card


def command(*words: object) -> list[str]:
    """How the sample film is made, in another process; `words` say where and how long, if not as usual."""
    return engine_command("sample", "--json", *words)


class SampleFilm(QObject):
    """`begin` ends in `made` (the project's folder) or `troubled` (a Trouble); `told` says meanwhile what is done, '' at the end."""

    made = pyqtSignal(Path)
    told = pyqtSignal(str)
    troubled = pyqtSignal(object)

    def __init__(self, background: Background, made_by: Sequence[str] = ()) -> None:
        super().__init__()
        self._background = background
        self._made_by = made_by or command()
        self._folder = Path()
        self._said = ""
        self._busy = False
        self._process = QProcess(self)
        self._process.readyReadStandardError.connect(self._read)
        self._process.finished.connect(self._finished)
        self._process.errorOccurred.connect(self._broke)

    def begin(self, projects_folder: Path) -> None:
        """Make the film where it is not made yet, then the project where there is none. A second call while it works does nothing."""
        if self._busy:
            return
        self._busy, self._said = True, ""
        self._folder = projects_folder / tr("Sample film")
        self.told.emit(tr("Making the sample film"))
        program, *words = self._made_by
        self._process.start(program, words)

    def _read(self) -> None:
        text = bytes(self._process.readAllStandardError().data()).decode(errors="replace")
        self._said = (self._said + text)[-4000:]
        counted = re.findall(r"([\d,]+) of ([\d,]+)", text)
        if counted:
            done, total = (int(n.replace(",", "")) for n in counted[-1])
            self.told.emit(tr("Making the sample film: {share}", share=percent(done / max(1, total))))

    def _broke(self, error: QProcess.ProcessError) -> None:
        if error == QProcess.ProcessError.FailedToStart:
            self._refuse("", self._process.errorString())

    def _finished(self, code: int) -> None:
        self._read()
        output = bytes(self._process.readAllStandardOutput().data()).decode(errors="replace").strip()
        if code or not output:
            line = next((line for line in reversed(self._said.splitlines()) if line.startswith("answerprint: ")), "")
            if line:
                kind = "DiskFull" if " GB are free" in line else "OutputRefused"
                self._refuse(kind, line.removeprefix("answerprint: "))
            else:
                self._refuse("", self._said)
            return
        films = json.loads(output.splitlines()[-1])
        self.told.emit(tr("Opening the sample film"))
        folder = self._folder
        self._background.begin(lambda: project_of(folder, Path(films["scan"]), Path(films["reference"])), self._take,
                               lambda error: self._refuse(type(error).__name__, str(error)))

    def _take(self, folder: Path) -> None:
        self._busy = False
        self.told.emit("")
        self.made.emit(folder)

    def _refuse(self, kind: str, text: str) -> None:
        self._busy = False
        self.told.emit("")
        self.troubled.emit(trouble_of(kind, text, "sample"))


def project_of(folder: Path, scan: Path, reference: Path) -> Path:
    """The folder of a project on the two films: the one that is there, or a new one. Raises MediaError, OutputRefused, DiskFull."""
    try:
        project_file(folder)
        return folder
    except MediaError:
        project = begun(folder)
    project.settings = Settings(steps=STEPS)
    project.scan, project.reference = _medium(project.folder, scan), _medium(project.folder, reference)
    project.save()
    return project.folder


def _medium(folder: Path, path: Path) -> Medium:
    reading = Reading()
    with open_source(path, reading) as source:
        return taken(source, path, reading, folder)
