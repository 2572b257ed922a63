"""The worker as the window sees it: another process that outlives the window, started here, watched by its status file, asked to stop."""
from __future__ import annotations

import re
from pathlib import Path

from PyQt6.QtCore import QObject, QTimer, pyqtSignal

from engine import jobs
from engine.waiting import waited_for
from wizard.words import tr

LOOK_MS = 400
SHORT = 8.0                 # seconds; of less no time is told
LONG_PART = {"align": "measuring", "train": "training", "export": "restoring"}


class Worker(QObject):
    """`progressed` when there is something new, `ended` when a worker that was at work is not any more."""

    progressed = pyqtSignal()
    ended = pyqtSignal()

    def __init__(self) -> None:
        super().__init__()
        self.folder: Path | None = None
        self.status: jobs.WorkStatus | None = None
        self.busy = False
        self._process: object = None
        self._beginning = 0
        self._timer = QTimer(self)
        self._timer.setInterval(LOOK_MS)
        self._timer.timeout.connect(self.look)

    def watch(self, folder: Path | None) -> None:
        """Watch another project's worker, or none."""
        self.folder, self.status, self.busy, self._beginning = folder, None, False, 0
        if folder is None:
            self._timer.stop()
            return
        self.look()
        self._timer.start()

    def start(self, folder: Path, until: str) -> None:
        """Begin to work until `until` is done. A worker that is at it already goes on."""
        if not self.busy:
            self._process = jobs.start(folder, until)
            self.busy, self._beginning = True, 50
            self.status = None

    def stop(self) -> None:
        """Ask it to stop after what it is doing; what is done is kept and can be gone on from."""
        if self.folder:
            jobs.ask_stop(self.folder)

    def look(self) -> None:
        """See how far it is."""
        if self.folder is None:
            return
        working = jobs.working(self.folder)
        if self._process is not None and self._process.poll() is not None:      # type: ignore[attr-defined]
            self._process, self._beginning = None, 0
        if not working and self._beginning:
            self._beginning -= 1                    # it takes a moment to begin
            return
        self._beginning = 0
        status, was_busy = jobs.status(self.folder), self.busy
        news = status != self.status or working != was_busy
        self.status, self.busy = status, working
        if news:
            self.progressed.emit()
        if was_busy and not working:
            self.ended.emit()

    @property
    def step(self) -> str:
        """The engine's step that is worked on; while files are hashed, the one that it is done for."""
        return "" if self.status is None else self.status.until if self.status.step == "fixity" else self.status.step

    @property
    def share(self) -> float:
        status = self.status
        return status.done / status.total if status and status.total else 0.0

    @property
    def left(self) -> float | None:
        """Seconds left of the step; None where that is not known (before the long part of it) or not worth a word."""
        status = self.status
        if status is None or status.eta is None or status.eta < SHORT or not status.phase.startswith(LONG_PART.get(status.step, "")):
            return None
        return status.eta

    def waiting(self) -> str:
        """What it waits for, where a folder cannot be reached; '' where all is well."""
        folder = waited_for(self.status.note) if self.status else None
        return tr("Cannot be reached; connect it, or stop: {folder}", folder=folder) if folder else ""

    def frame(self) -> str:
        """The frame that an error names, as the scan counts."""
        found = re.search(r"frame (\d+)", self.status.error or "") if self.status else None
        return found[1] if found else ""

    def word(self) -> str:
        """One or two words for the rail on why it stopped."""
        kind = self.status.kind if self.status else ""
        return {"DiskFull": tr("disk full"), "OutputRefused": tr("no permission"), "MediaMissing": tr("no media"),
                "NothingInCommon": tr("other film"), "DamagedFrame": tr("damaged frame"), "OutOfMemory": tr("memory full"),
                }.get(str(kind), tr("see above"))
