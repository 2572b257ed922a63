"""Export: new files in a folder of their own, checked before it begins and proven as they are written."""
from __future__ import annotations

import time
from pathlib import Path

from PyQt6.QtCore import Qt, QUrl
from PyQt6.QtGui import QDesktopServices
from PyQt6.QtWidgets import QFileDialog, QGridLayout, QHBoxLayout, QLabel, QScrollArea, QVBoxLayout, QWidget

from engine.errors import AnswerprintError
from engine.export.plan import ExportSettings
from engine.media.fingerprint import file_fingerprint
from engine.media.volumes import candidates, place_of
from wizard import theme
from wizard.kit import Button, Check, Choice, Hairline, Panel, Words, label
from wizard.messages import trouble_of
from wizard.probe import encoding_words, plain_number
from wizard.session import Session
from wizard.steps.export_facts import MOVIES, Outlook, Written, outlook, written
from wizard.steps.export_parts import Forms, Progress, Where
from wizard.steps.page import Page, Primary
from wizard.steps.pairing import Pairing
from wizard.viewer.view import PictureView
from wizard.words import number, tr, trn

ENCODINGS = ("same", "rec709", "srgb", "aces", "acescg", "cineon", "linear")
LOOK_SECONDS = 1.0


class ExportPage(Page):
    """Before, running, stopped and finished. What cannot be changed while an export runs is fixed and stays to be seen."""

    key = "export"

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self._outlook, self._written = Outlook(), Written()
        self._asked: object = None
        self._looked, self._reading = 0.0, False
        self.forms, self.where, self.progress = Forms(), Where(), Progress()
        self.format = Panel(tr("Format"))
        self.encoding, self.sound = Choice(tr("Encoding")), Button("", height=32)
        self.range, self.extent, self.names = (Words("", 13, 400, wrap=False) for _ in range(3))
        self.checks = [Check(tr("Checksums and a record for every frame")), Check(tr("A report to read, with figures"))]
        self.preview = Panel(tr("Frame"))
        self.view = PictureView(tr("Scan and export"), ("wipe",))
        self.pairing = Pairing(self.view, session, "export")
        self.pairing.names = lambda role, index: tr("Export") if role == "result" else tr("Scan")
        self.promise = Words(tr("Luma is the scan's, checked on every frame"), 13, 500)
        self.shield = QLabel()
        self._lay_out()
        self.forms.toggled.connect(self._toggle)
        self.encoding.picked.connect(lambda key: self.session.edit(tr("the encoding"), encoding=key))
        self.sound.clicked.connect(self._choose_sound)
        self.where.choose.connect(self.choose_folder)
        self.progress.opened.connect(self.open_folder)
        self.progress.read.connect(self.read_report)
        theme.changed.connect(self._dress)
        self._dress()

    def _dress(self) -> None:
        self.shield.setPixmap(theme.pixmap("shield", "ok", 18))

    def _lay_out(self) -> None:
        grid = QGridLayout()
        grid.setHorizontalSpacing(16)
        grid.setVerticalSpacing(4)
        fields = ((tr("Encoding of stills and FFV1"), self.encoding), (tr("Range"), self.range), (tr("Picture size"), self.extent),
                  (tr("Names"), self.names), (tr("Sound for movies"), self.sound))
        for number_, (name, field) in enumerate(fields):
            row, column = divmod(number_, 2)
            grid.addWidget(label(name), 2 * row, column)
            grid.addWidget(field, 2 * row + 1, column)
        for column in (0, 1):
            grid.setColumnStretch(column, 1)
        inside = QWidget()
        left = QVBoxLayout(inside)
        left.setContentsMargins(0, 0, 8, 0)
        left.setSpacing(12)
        left.addWidget(self.forms)
        left.addWidget(Hairline())
        grid.setContentsMargins(7, 0, 0, 0)
        left.addLayout(grid)
        left.addWidget(Hairline())
        for check in self.checks:
            check.setChecked(True)
            check.setEnabled(False)
            check.setToolTip(tr("Always made."))
            line = QHBoxLayout()
            line.setContentsMargins(7, 0, 0, 0)
            line.addWidget(check)
            left.addLayout(line)
        left.addStretch(1)
        scroll = QScrollArea()
        scroll.setAccessibleName(tr("Format"))
        scroll.setWidgetResizable(True)
        scroll.setFrameShape(QScrollArea.Shape.NoFrame)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        scroll.setWidget(inside)
        self.format.body.setContentsMargins(8, 0, 4, 8)
        self.format.body.addWidget(scroll)
        self.preview.body.setContentsMargins(1, 0, 1, 12)
        self.preview.body.addWidget(self.view, 1)
        promise = QHBoxLayout()
        promise.setContentsMargins(15, 0, 15, 0)
        promise.addWidget(self.shield)
        promise.addWidget(self.promise, 1)
        self.preview.body.addLayout(promise)
        right = QVBoxLayout()
        right.setContentsMargins(0, 0, 0, 0)
        right.setSpacing(16)
        for part, stretch in ((self.where, 0), (self.progress, 0), (self.preview, 1)):
            right.addWidget(part, stretch)
        self._side = QWidget()
        self._side.setLayout(right)
        whole = QHBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(16)
        whole.addWidget(self.format, 1)
        whole.addWidget(self._side)
        self.set_compact(False)

    def set_compact(self, compact: bool) -> None:
        self._side.setFixedWidth(344 if compact else 400)

    def title(self) -> str:
        return tr("Export")

    def subtitle(self) -> str:
        return tr("New files in a folder of their own. The scan is only read, never written.")

    # how it stands

    def state(self) -> str:
        """'before', 'running', 'stopped' or 'done'."""
        worker, known = self.session.worker, self.session.known()
        if worker.busy and worker.status is not None and worker.status.until == "export":
            return "running"
        if (known.stopped and known.stopped[0] == "export") or known.paused == "export":
            return "stopped"
        return "done" if self.session.made.standing.get("export") == "done" else "before"

    def settings(self) -> ExportSettings | None:
        project = self.session.project
        if project is None:
            return None
        sound = next(iter(candidates(project.settings.sound, project.folder)), None) if project.settings.sound else None
        try:
            return ExportSettings(project.results_folder, project.settings.formats, project.settings.encoding, sound)
        except AnswerprintError:
            return None

    def entered(self) -> None:
        self._asked = None
        self.refresh()

    def refresh(self) -> None:
        project, scan, settings = self.session.project, self.session.films.source("scan"), self.settings()
        if project is None or scan is None:
            return
        self.session.show_result()
        state = self.state()
        self._show_settings(state == "running")
        self._show_progress(state)
        middle = len(scan) // 2
        self.preview.set_title(tr("Frame {frame}", frame=plain_number(scan.name(middle))))
        self.pairing.show(middle, ("scan", "result" if self.session.films.has("result") else ""))
        if settings is None:
            self._outlook = Outlook(refused=tr("The drive for the results is not connected."))
            return
        key = (id(scan), settings, state)
        if key != self._asked:
            self._asked = key
            reference = self.session.films.source("reference")
            self.session.background.begin(lambda: outlook(scan, [reference] if reference else [], settings), self._take,
                                          lambda error: self.session.say(trouble_of(type(error).__name__, str(error), "export")))

    def _take(self, found: Outlook) -> None:
        self._outlook = found
        self._show_settings(self.state() == "running")
        self._read_ledger()
        self.said.emit()

    def _show_settings(self, fixed: bool) -> None:
        project, scan = self.session.project, self.session.films.source("scan")
        if project is None or scan is None:
            return
        info, settings = scan.info, project.settings
        self.format.set_note(tr("Fixed until this export ends") if fixed else "")
        depth = info.depth if info.depth in (10, 12, 16) else 10
        self.forms.show_forms(settings.formats, self._outlook, depth, fixed)
        same = tr("{encoding}, as the scan", encoding=encoding_words(info.encoding))
        self.encoding.fill([(key, same if key == "same" else encoding_words(key)) for key in ENCODINGS])
        self.encoding.choose(settings.encoding)
        self.encoding.setEnabled(not fixed)
        first, last = (plain_number(scan.name(i)) for i in (0, len(scan) - 1))
        self.range.setText(tr("In to out: {first} – {last}", first=first, last=last))
        self.extent.setText(tr("Same as the scan: {width} × {height}", width=number(info.width), height=number(info.height)))
        self.names.setText(tr("{name}_restored.[frame]", name=info.name))
        self.sound.setText(Path(settings.sound.path).name if settings.sound else tr("Choose a sound file..."))
        self.sound.setAccessibleName(tr("Sound for movies: {file}", file=self.sound.text()))
        self.sound.setEnabled(not fixed and bool(set(settings.formats) & set(MOVIES)))
        try:
            folder = str(project.results_folder)
        except AnswerprintError as error:
            folder = str(error)
        self.where.show_where(folder, self._outlook, fixed)

    def _show_progress(self, state: str) -> None:
        scan = self.session.films.source("scan")
        facts = self.session.made.facts.get("export", {}) if state == "done" else {}
        self.progress.setVisible(state != "before")
        if state != "before" and scan is not None:
            sound = "" if not facts.get("sound") else tr("copied") if not str(facts["sound"]).startswith("silent") else tr("none")
            self.progress.show_progress(self._written, len(scan), state, sound, bool(facts.get("report")))

    def progressed(self) -> None:
        if self.state() == "running" and time.monotonic() - self._looked > LOOK_SECONDS:
            self._looked = time.monotonic()
            self._read_ledger()

    def _read_ledger(self) -> None:
        ledger, before = self._outlook.ledger, self._written
        if ledger is None or self._reading:
            return
        self._reading = True

        def take(found: Written) -> None:
            self._reading, self._written = False, found
            self._show_progress(self.state())

        def refused(error: Exception) -> None:
            self._reading = False

        self.session.background.begin(lambda: written(ledger, before), take, refused)

    def progress_text(self) -> str:
        status = self.session.worker.status
        if status is None or status.step != "export" or not status.total:
            return ""
        return tr("Restoring frame {done} of {total}", done=number(status.done), total=number(status.total))

    def note(self) -> str:
        ready = self.state() == "before" and not self._why_not()
        return tr("Checked before it starts: space, names, source files unchanged") if ready else ""

    def _why_not(self) -> str:
        project, found = self.session.project, self._outlook
        if project is None or not [f for f in project.settings.formats if f not in found.closed]:
            return tr("Choose at least one format to go on")
        if found.refused:
            return found.refused[:1].upper() + found.refused[1:]
        if found.needed > found.free:
            return tr("There is not enough room in the folder for the results")
        return ""

    def primary(self) -> Primary | None:
        state, scan = self.state(), self.session.films.source("scan")
        count = len(scan) if scan else 0
        why_not = self._why_not()
        if state == "running":
            return Primary(trn("Export {n} frame", "Export {n} frames", count), self.export, False,
                           tr("You can close the window; it carries on"))
        if state == "done":
            return Primary(tr("Open the folder"), self.open_folder)
        if state == "stopped":
            return Primary(tr("Resume"), self.export, not why_not, why_not)
        return Primary(trn("Export {n} frame", "Export {n} frames", count), self.export, not why_not and bool(count), why_not)

    # what the user does

    def export(self) -> None:
        self.session.start("export")

    def _toggle(self, form: str, on: bool) -> None:
        assert self.session.project
        chosen = self.session.project.settings.formats
        self.session.edit(tr("the formats"), formats=(*chosen, form) if on else tuple(f for f in chosen if f != form))

    def choose_folder(self) -> None:
        """Another folder for the results."""
        assert self.session.project
        chosen = QFileDialog.getExistingDirectory(self, tr("A folder for the results"), str(self.session.project.folder.parent))
        if chosen:
            self.session.edit(tr("the folder for the results"), results=place_of(Path(chosen), self.session.project.folder, ""))

    def _choose_sound(self) -> None:
        assert self.session.project
        project = self.session.project
        path, _ = QFileDialog.getOpenFileName(self, tr("A sound file for the movies"))
        if path:
            self.session.background.begin(
                lambda: place_of(Path(path), project.folder, file_fingerprint(Path(path))),
                lambda place: self.session.edit(tr("the sound"), sound=place),
                lambda error: self.session.say(trouble_of(type(error).__name__, str(error), "export")))

    def act(self, what: str) -> bool:
        if what == "folder":
            self.choose_folder()
            return True
        return False

    def open_folder(self) -> None:
        assert self.session.project
        QDesktopServices.openUrl(QUrl.fromLocalFile(str(self.session.project.results_folder)))

    def read_report(self) -> None:
        assert self.session.project
        name = self.session.made.facts.get("export", {}).get("report", "")
        QDesktopServices.openUrl(QUrl.fromLocalFile(str(self.session.project.results_folder / name)))


