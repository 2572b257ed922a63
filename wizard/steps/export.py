"""Export: new files in a folder of their own, checked before it begins and proven as they are written."""
from __future__ import annotations

import time
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from PyQt6.QtCore import QTimer, QUrl
from PyQt6.QtGui import QDesktopServices, QResizeEvent
from PyQt6.QtWidgets import QFileDialog, QHBoxLayout, QVBoxLayout, QWidget

from engine.errors import AnswerprintError
from engine.media.source import FrameSource
from engine.media.volumes import place_of
from engine.project import Project
from wizard import theme
from wizard.kit.panels import scrolled
from wizard.messages import trouble_of
from wizard.probe import plain_number
from wizard.session import Session
from wizard.steps import export_promise
from wizard.steps.export_facts import Outlook, depth_of, outlook, progress_words, wanted
from wizard.steps.export_files import choose_config, choose_sound
from wizard.steps.export_format import OWN, FormatPanel
from wizard.steps.export_lut import OnlyLut
from wizard.steps.export_parts import Progress, Where
from wizard.steps.export_preview import Preview
from wizard.steps.export_record import Record, Written, still_picture
from wizard.steps.page import Page, Primary
from wizard.words import language, tr, trn

LOOK_SECONDS = 1.0
AGAIN_MS = 3000                 # between two looks at what is in the way
LOW = 600                       # px of height, at text size 100 %, below which explanations are dropped
SCROLL_BAR = 14
SIDE_MARGINS = 32 + SCROLL_BAR  # of a panel at the right


class ExportPage(Page):
    """Before, running, stopped and finished. What cannot be changed while an export runs is fixed and stays to be seen."""

    key = "export"

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self._outlook, self._written = Outlook(), Written()
        self._record: Record | None = None
        self._asked: object = None
        self._looked, self._reading, self._begun, self._unfixed = 0.0, False, False, False
        self._still: Path | None = None
        self._result = ""                           # what frames of the result are made of
        self._folder: Path | None = None            # of the results; None where its drive is not there
        self.format, self.where, self.progress = FormatPanel(), Where(), Progress()
        self.preview, self.lut = Preview(session), OnlyLut(session)
        self._again = QTimer(self)
        self._again.setInterval(AGAIN_MS)
        self._again.timeout.connect(self._ask_again)
        self._lay_out()
        self.format.toggled.connect(self._toggle)
        self.format.proved.connect(lambda on: self.session.edit(tr("the mattes of evidence"), evidence=on))
        self.format.burned.connect(lambda on: self.session.edit(tr("the burn-in"), burn_in=on))
        self.format.completed.connect(lambda on: self.session.edit(tr("the length"), whole=on))
        self.format.encoded.connect(self._encode)
        self.format.grain.chosen.connect(lambda key: self.session.edit(tr("the grain"), grain=key))
        self.format.package.changed.connect(self._deliver)
        self.format.media.connect(lambda: self.wants.emit("media"))
        self.format.unlock.connect(self._unlock)
        self.format.sound.choose.connect(lambda: choose_sound(self, self.session))
        self.format.sound.drop.connect(lambda: self.session.edit(tr("the sound"), sound=None))
        self.where.choose.connect(self.choose_folder)
        self.progress.opened.connect(self.open_folder)
        self.progress.read.connect(self.read_report)
        theme.changed.connect(self._fit)

    def _lay_out(self) -> None:
        side = QWidget()
        right = QVBoxLayout(side)
        right.setContentsMargins(0, 0, 0, 0)
        right.setSpacing(16)
        for part, stretch in ((self.where, 0), (self.progress, 0), (self.preview, 1), (self.lut, 0)):
            right.addWidget(part, stretch)
        self._side = scrolled(side, tr("Where it goes"))
        whole = QHBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(self.format, 1)
        whole.addWidget(self._side)
        self._gaps = (whole, right)
        self.set_compact(False)

    def set_compact(self, compact: bool) -> None:
        self._side.setFixedWidth(344 if compact else 400)
        for gap in self._gaps:
            gap.setSpacing(12 if compact else 16)
        self._fit()

    def resizeEvent(self, event: QResizeEvent | None) -> None:  # noqa: N802
        self._fit()

    def _fit(self) -> None:
        """Where it is low, explanations go first."""
        low = self.height() < theme.scaled(LOW)
        self.format.set_low(low)
        self.lut.set_low(low)
        width = self._side.width() - SIDE_MARGINS
        self.preview.fit(width, theme.scaled(100 if low else 120))
        self.progress.fit(width)
        inside, column = self._side.widget(), self._gaps[1]
        assert inside is not None
        inside.setMinimumHeight(column.minimumHeightForWidth(self._side.width() - SCROLL_BAR))      # or what wraps is squeezed

    def title(self) -> str:
        return tr("Export")

    def subtitle(self) -> str:
        return tr("New files in a folder of their own. The scan is only read, never written.")

    # how it stands

    def state(self) -> str:
        """'before', 'running', 'stopped' or 'done'."""
        worker, known = self.session.worker, self.session.known()
        if worker.busy and (self._begun if worker.status is None else worker.status.until == "export"):
            return "running"
        if ((known.stopped and known.stopped[0] == "export") or known.paused == "export") and not worker.busy:
            return "stopped"
        return "done" if known.standing and known.standing.get("export") == "done" and self._outlook.there else "before"

    def _count(self, scan: FrameSource | None) -> int:
        """How many frames the export goes over."""
        return len(self._outlook.names) or (len(scan) if scan else 0)

    def entered(self) -> None:
        self._asked = None
        self.refresh()
        self._again.start()

    def left(self) -> None:
        self._again.stop()

    def _ask_again(self) -> None:
        """What is in the way may be solved outside the program."""
        if self._why_not() and not self.session.worker.busy:
            self._asked = None
            self.refresh()

    def refresh(self) -> None:
        project, scan = self.session.project, self.session.films.source("scan")
        if project is None or scan is None:
            return
        try:
            self._folder = project.results_folder
        except AnswerprintError:
            self._folder = None
        settings = wanted(project, self._folder) if self._folder else None
        self.lut.refresh()
        self.session.show_result()
        if self.session.result_identity != self._result:
            self._result = self.session.result_identity
            self.preview.pairing.again()
        self._show(scan)
        if settings is None:
            self._asked, self._outlook = None, Outlook(refused=self._away())
            return
        key = (id(scan), settings, self.state())
        if key != self._asked:
            self._asked = key
            reference = self.session.films.source("reference")
            self.session.background.begin(
                lambda: outlook(scan, [reference] if reference else [], settings),
                lambda found: self._take(found) if key == self._asked else None,
                lambda error: self.session.say(trouble_of(type(error).__name__, str(error), "export")))

    def _away(self) -> str:
        """What is not where it was: the drive for the results, or the sound."""
        if self._folder is None:
            return tr("The drive for the results is not connected. Connect it, or choose another folder.")
        return tr("The sound file, or the colour config, is not where it was. Choose it again, or leave it out.")

    def _take(self, found: Outlook) -> None:
        self._outlook = found
        if found.ledger is not None and (self._record is None or self._record.ledger != found.ledger):
            self._record, self._written = Record(found.ledger), Written()
        scan = self.session.films.source("scan")
        if scan is not None:
            self._show(scan)
        self._read_record()
        self.said.emit()

    def _show(self, scan: FrameSource) -> None:
        project, state = self.session.project, self.state()
        if project is None:
            return
        fixed = state == "running" or (state == "stopped" and not self._unfixed)
        self.format.show_recovery(project.recovery)
        self.preview.promise(export_promise.line(project.recovery))
        self.format.show_settings(scan, project.settings, self._outlook, fixed, state == "stopped")
        folder = self._folder or (project.results.path if project.results else "")
        self.where.show_where(str(folder), self._outlook, self._needed(state, self._count(scan)), state == "running")
        self._show_progress(state, project, scan)
        self._show_frame(state, scan)
        self._fit()

    def _needed(self, state: str, total: int) -> int:
        """Bytes that are still to be written."""
        if state == "done":
            return 0
        written = self._counted().frames if state in ("running", "stopped") else 0
        return round(self._outlook.needed * (1 - written / total)) if total else 0

    def _counted(self) -> Written:
        """What the ledger says; of an export that is only beginning it speaks of the one before."""
        status = self.session.worker.status
        beginning = self.state() == "running" and not (status and status.step == "export" and status.total)
        return Written() if beginning and not self._outlook.there else self._written

    def _show_progress(self, state: str, project: Project, scan: FrameSource) -> None:
        self.progress.setVisible(state != "before")
        found, trouble = self._counted(), self.session.known().stopped
        if state == "done":
            self.progress.show_done(found, self.session.made.facts.get("export", {}), depth_of(scan.info, project.settings.encoding),
                                    project.recovery)
        elif state != "before":
            status = self.session.worker.status
            full = bool(trouble) and status is not None and status.kind == "DiskFull"
            frame = plain_number(self.session.worker.frame()) if full else ""
            self.progress.show_going(found, self._count(scan), "accent" if state == "running" else "err" if trouble else "warn", frame,
                                     project.recovery)

    def _show_frame(self, state: str, scan: FrameSource) -> None:
        """Scan and export of the middle frame; while it works and when it stopped, the last frame that was written."""
        if state not in ("running", "stopped") or self._still is None:
            self.preview.show_middle(scan, with_result=state != "running")

    # the ledger

    def progressed(self) -> None:
        status = self.session.worker.status
        if status is not None and status.until == "export":
            self._begun = False
        if self.state() == "running" and time.monotonic() - self._looked > LOOK_SECONDS:
            self._looked = time.monotonic()
            self._read_record()

    def _read_record(self) -> None:
        record, project, state = self._record, self.session.project, self.state()
        if record is None or project is None or self._reading or state == "before":
            return
        self._reading, forms, before = True, project.settings.formats, self._still
        encoding = self._outlook.encoding

        def look() -> tuple[Written, NDArray[np.uint8] | None]:
            found = record.look(forms, state == "done")
            fresh = found.still if state != "done" and found.still != before else None
            return found, still_picture(fresh, encoding) if fresh and encoding else None

        def refused(error: Exception) -> None:
            self._reading = False

        self.session.background.begin(look, lambda both: self._take_written(record, state, *both), refused)

    def _take_written(self, record: Record, state: str, found: Written, picture: NDArray[np.uint8] | None) -> None:
        self._reading = False
        scan = self.session.films.source("scan")
        if record is not self._record or scan is None:
            return
        before, self._written = self._written.missing, found
        if picture is not None and state == self.state():
            self._still = found.still
            self.preview.show_written(scan, found.last, picture)
        elif state == "done":
            self._still = None
        self._show(scan)
        if state == "stopped" and found.missing != before:
            self.said.emit()

    # the footer

    def progress_text(self) -> str:
        status, scan = self.session.worker.status, self.session.films.source("scan")
        if status is None or status.step != "export" or not status.total or scan is None:
            return ""
        return progress_words(status.note, status.done, status.total, self._count(scan))

    def note(self) -> str:
        state, status = self.state(), self.session.worker.status
        if state == "stopped":
            if status is not None and status.kind == "DiskFull":
                return tr("Waiting for space or another folder")
            return "" if self._why_not() else tr("What is written is whole and checked; it goes on from there")
        ready = state == "before" and not self._why_not()
        return tr("Checked before it starts: space, names, source files unchanged") if ready else ""

    def _why_not(self) -> str:
        project, found = self.session.project, self._outlook
        if self.session.missing or project is None:
            return tr("The media is not where it was")
        if self.session.worker.busy:
            return tr("It can begin when the present work is done")
        if not [f for f in project.settings.formats if f not in found.closed]:
            return tr("Choose at least one format to go on")
        if found.refused:
            return found.refused
        scan = self.session.films.source("scan")
        if self._needed(self.state(), self._count(scan)) > found.free and found.ledger is not None:
            return tr("There is not enough room. Make room, choose another folder, or choose fewer formats.")
        return ""

    def primary(self) -> Primary | None:
        state, scan = self.state(), self.session.films.source("scan")
        count = self._count(scan)
        why_not, words = self._why_not(), trn("Export {n} frame", "Export {n} frames", count)
        if state == "running":
            return Primary(words, self.export, False, tr("You can close the window; it carries on"))
        if state == "done":
            return Primary(tr("Open the folder"), self.open_folder)
        if state == "stopped":
            at, names = self._written.missing, self._outlook.names
            words = tr("Resume at {frame}", frame=plain_number(names[at])) if 0 < at < len(names) else tr("Resume")
        return Primary(words, self.export, not why_not and bool(count), why_not)

    # what the user does

    def export(self) -> None:
        """Begin, or go on."""
        if not self.session.worker.busy:
            self._begun, self._unfixed, self._looked = True, False, 0.0
            self.setFocus()         # the button that was pressed is closed now
            self.session.edit(tr("the language of the report"), language=language())
            self.session.start("export")
            self.refresh()

    def _deliver(self, name: str, value: object) -> None:
        words = {"package": tr("the package"), "compare": tr("side by side"), "source_type": tr("the digital source type")}
        self.session.edit(words[name], **{name: value})

    def _encode(self, key: str) -> None:
        """An encoding of the program's own, after which a config of the archive's is of no more use; a colour space of that; or to choose
        such a config."""
        if key == OWN:
            self.refresh()          # the choice shows what is in use again
            choose_config(self, self.session)
        elif key.startswith(OWN):
            self.session.edit(tr("the encoding"), encoding=key.removeprefix(OWN))
        else:
            self.session.edit(tr("the encoding"), encoding=key, colours=None)

    def _unlock(self) -> None:
        self._unfixed = True
        self.refresh()

    def _toggle(self, form: str, on: bool) -> None:
        assert self.session.project
        chosen = self.session.project.settings.formats
        self.session.edit(tr("the formats"), formats=(*chosen, form) if on else tuple(f for f in chosen if f != form))

    def choose_folder(self) -> bool:
        """Another folder for the results; whether one was chosen."""
        project = self.session.project
        assert project
        chosen = QFileDialog.getExistingDirectory(self, tr("A folder for the results"), str(project.folder.parent))
        if chosen:
            self._still = None
            self.session.edit(tr("the folder for the results"), results=place_of(Path(chosen), project.folder, ""))
        return bool(chosen)

    def act(self, what: str) -> bool:
        """The cures: another folder, then go on; go on as it is; make anew what is out of date, where nothing is in the way."""
        status = self.session.worker.status
        if what == "folder":
            if self.choose_folder():
                self.export()
            return True
        if what == "again" and status is not None and status.until == "export":
            self.export()
            return True
        if what == "remake" and not self._why_not():
            self.export()
        return what == "remake"

    def open_folder(self) -> None:
        assert self.session.project
        QDesktopServices.openUrl(QUrl.fromLocalFile(str(self.session.project.results_folder)))

    def read_report(self) -> None:
        assert self.session.project
        name = self.session.made.facts.get("export", {}).get("report", "")
        QDesktopServices.openUrl(QUrl.fromLocalFile(str(self.session.project.results_folder / name)))
