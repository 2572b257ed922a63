"""What is exported: formats with what each is for, encoding, range, size, names, sound, and what is always made."""
# ruff: noqa: N802
from __future__ import annotations

from pathlib import Path

from PyQt6.QtCore import QRectF, Qt, pyqtSignal
from PyQt6.QtGui import QMouseEvent, QPaintEvent
from PyQt6.QtWidgets import QGridLayout, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from engine.export.movie import VIEWING
from engine.export.plan import MOVIES
from engine.media.colour import ENCODINGS
from engine.media.source import FrameSource
from engine.project import Settings
from engine.recoveries import RECOVERIES
from wizard.kit import Button, Check, Choice, Hairline, IconButton, LinkButton, Panel, Words, caption, label, paint, scrolled
from wizard.probe import encoding_words, plain_number
from wizard.steps import export_promise
from wizard.steps.export_facts import FORMS, Outlook, depth_of, form_words
from wizard.steps.export_grain import GrainRow
from wizard.steps.export_package import PackagePart
from wizard.steps.export_parts import Fixed
from wizard.words import number, size, tr

OWN = "own config: "        # before the name of a colour space of the archive's own config; alone, the wish to choose one


class FormRow(QWidget):
    """One format: a check, what it is, what it is for, how large. `toggled` (form, on)."""

    toggled = pyqtSignal(str, bool)

    def __init__(self, form: str) -> None:
        super().__init__()
        self.form, self._low, self._closed = form, False, False
        self.check, self.words, self.amount = Check(""), caption(""), Words("", 13, 500, "text2", wrap=False)
        self.name = Words("", 13, 600, wrap=False)
        self.check.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        text = QVBoxLayout()
        text.setSpacing(0)
        text.addWidget(self.name)
        text.addWidget(self.words)
        row = QHBoxLayout(self)
        row.setContentsMargins(10, 4, 10, 4)
        row.setSpacing(8)
        row.addWidget(self.check)
        row.addLayout(text, 1)
        row.addWidget(self.amount)
        self.check.toggled.connect(self._tick)

    def _tick(self, on: bool) -> None:
        self.toggled.emit(self.form, on)
        self.update()

    def show_form(self, depth: int, on: bool, bytes_: int | None, closed: str, fixed: bool) -> None:
        name, words = form_words(self.form, depth)
        self.name.setText(name)
        self.words.setText(closed or words)
        self._closed = bool(closed)
        self.set_low(self._low)
        self.amount.setText("" if not bytes_ else size(bytes_) if self.form in ("dpx", "tiff") else tr("about {size}", size=size(bytes_)))
        self.check.setAccessibleName(name)
        self.check.setAccessibleDescription(closed or words)
        self.check.blockSignals(True)
        self.check.setChecked(on and not closed)
        self.check.blockSignals(False)
        self.check.setEnabled(not closed and not fixed)
        self.name.set_tone("text3" if closed else "text2" if fixed else "text")
        self.amount.set_tone("text" if on and not closed else "text2")
        self.update()

    def set_low(self, low: bool) -> None:
        """What it is for goes into the tooltip, why it cannot be made stays."""
        self._low = low
        self.words.setVisible(self._closed or not low)
        self.setToolTip(self.words.text() if low else "")

    def mousePressEvent(self, event: QMouseEvent | None) -> None:
        if event and event.button() == Qt.MouseButton.LeftButton and self.check.isEnabled():
            self.check.click()

    def paintEvent(self, event: QPaintEvent | None) -> None:
        if self.check.isChecked():
            paint.box(paint.painter_on(self), QRectF(self.rect()), paint.token("raised"), None, 6)


class SoundRow(QWidget):
    """The sound file of the movies: its name, and buttons. `choose` and `drop`."""

    choose = pyqtSignal()
    drop = pyqtSignal()

    def __init__(self) -> None:
        super().__init__()
        self.file, self.button = Fixed(tr("Sound for movies")), Button(tr("Choose..."), height=32)
        self.remove = IconButton("x", tr("Leave the sound out"))
        self.button.setAccessibleName(tr("Choose a sound file"))
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self.file, 1)
        row.addWidget(self.remove)
        row.addWidget(self.button)
        self.button.clicked.connect(self.choose)
        self.remove.clicked.connect(self.drop)

    def show_sound(self, file: str, own: bool, movies: bool, fixed: bool) -> None:
        """`own`: the scan has sound of its own; `movies`: one is chosen."""
        without = tr("The scan's own") if own else tr("None")
        self.file.show_value(file or (without if movies else tr("None: stills carry no sound")))
        self.remove.setVisible(bool(file))
        self.remove.setEnabled(not fixed)
        self.button.setEnabled(movies and not fixed)


class FormatPanel(Panel):
    """`toggled` (form, on), `encoded` (encoding), `proved` (mattes of evidence wanted), `burned` (frame and timecode in viewing copies),
    `completed` (the whole length), `grain` and `sound` chosen, `media` (the range is set there), `unlock`."""

    toggled = pyqtSignal(str, bool)
    encoded = pyqtSignal(str)
    proved = pyqtSignal(bool)
    burned = pyqtSignal(bool)
    completed = pyqtSignal(bool)
    media = pyqtSignal()
    unlock = pyqtSignal()

    def __init__(self) -> None:
        super().__init__(tr("Format"))
        self.rows = {form: FormRow(form) for form in FORMS}
        self.encoding, self.sound = Choice(tr("Encoding of stills and FFV1")), SoundRow()
        self.range = Fixed(tr("Range"), tr("From in to out, as set on Media."))
        self.extent = Fixed(tr("Picture size"))
        self.grain, self._repairs = GrainRow(), False
        self.names = Fixed(tr("Names"), tr("The scan's own name and frame numbers, so that every file is found again."))
        self.change, self.unfix = LinkButton(tr("Change in Media")), LinkButton(tr("Change the settings"))
        self.checks = [Check(tr("Checksums and a record of what was done to which frame (PREMIS, JSON)")),
                       Check(tr("A report to read, with pictures and figures, as a page and as PDF"))]
        self.package = PackagePart()
        self.evidence = Check("")
        self.burn_in = Check(tr("Frame and timecode in the picture of viewing copies"))
        self.whole = Check(tr("The whole length: frames outside the range untouched"))
        self.whole.setToolTip(tr("They are passed on as the scan has them, and marked so in the record and in the files that can say it."))
        self._why_always = caption(tr("Always made: they prove what was done, frame by frame."))
        self.header.addWidget(self.unfix)
        for row in self.rows.values():
            row.toggled.connect(self.toggled)
        self.encoding.picked.connect(self.encoded)
        self.evidence.clicked.connect(self.proved)
        self.burn_in.clicked.connect(self.burned)
        self.whole.clicked.connect(self.completed)
        self.change.clicked.connect(lambda: self.media.emit())
        self.unfix.clicked.connect(lambda: self.unlock.emit())
        self._lay_out()

    def _lay_out(self) -> None:
        inside = QWidget()
        column = QVBoxLayout(inside)
        column.setContentsMargins(0, 0, 8, 4)
        column.setSpacing(2)
        for row in self.rows.values():
            column.addWidget(row)
        for part in (Hairline(), self.grain, self._fields(), Hairline(), self._always()):
            column.addSpacing(6)
            column.addWidget(part)
        column.addStretch(1)
        self.body.setContentsMargins(8, 0, 4, 8)
        self._area = scrolled(inside, tr("Format"))
        self.body.addWidget(self._area)

    def show_delivery(self) -> None:
        """Scroll to what lies beside the files."""
        bar = self._area.verticalScrollBar()
        assert bar is not None
        bar.setValue(bar.maximum())

    def _fields(self) -> QWidget:
        made = QWidget()
        grid = QGridLayout(made)
        grid.setContentsMargins(7, 0, 0, 2)
        grid.setHorizontalSpacing(16)
        grid.setVerticalSpacing(2)
        above = QWidget()
        over = QHBoxLayout(above)
        over.setContentsMargins(0, 0, 0, 0)
        over.addWidget(label(tr("Range")), 1)
        over.addWidget(self.change)
        fields = ((label(tr("Encoding of stills and FFV1")), self.encoding), (above, self.range),
                  (label(tr("Picture size")), self.extent), (label(tr("Names")), self.names),
                  (label(tr("Sound for movies")), self.sound))
        for place, (name, field) in enumerate(fields):
            row, column = divmod(place, 2)
            grid.addWidget(name, 2 * row, column)
            grid.addWidget(field, 2 * row + 1, column, 1, 2 if field is self.sound else 1)
            grid.setRowMinimumHeight(2 * row, 26)
        for column in (0, 1):
            grid.setColumnStretch(column, 1)
        return made

    def _always(self) -> QWidget:
        made = QWidget()
        column = QVBoxLayout(made)
        column.setContentsMargins(7, 0, 0, 0)
        column.setSpacing(0)
        for check in self.checks:
            check.setChecked(True)
            check.setEnabled(False)
            column.addWidget(check)
        column.addWidget(self._why_always)
        for part in (self.burn_in, self.whole, self.evidence, self.package):
            column.addWidget(part)
        return made

    def set_low(self, low: bool) -> None:
        for row in self.rows.values():
            row.set_low(low)
        self._why_always.setVisible(not low)

    def show_recovery(self, recovery: str) -> None:
        """What depends on the kind of recovery."""
        self.extent.set_reason(export_promise.size(recovery))
        self.grain.setVisible(RECOVERIES[recovery].detail)
        self._repairs = recovery == "telecine"
        self.package.show_recovery(recovery)
        mattes = export_promise.mattes(recovery)
        self.evidence.setVisible(mattes is not None)
        if mattes:
            self.evidence.setText(mattes[0])
            self.evidence.setToolTip(mattes[1])

    def _show_encoding(self, scans: str, settings: Settings, found: Outlook, fixed: bool) -> None:
        """The scan's own, those of the archive's config where one is chosen, and the program's own."""
        own = settings.colours is not None and settings.encoding != "same"
        spaces = found.spaces or ((settings.encoding,) if own else ())
        config = Path(settings.colours.path).stem if settings.colours else ""
        self.encoding.fill([
            ("same", tr("{encoding}, as the scan", encoding=encoding_words(scans))),
            *((OWN + space, f"{space} ({config})") for space in spaces),
            *((key, encoding_words(key)) for key in ENCODINGS if key != scans or key == settings.encoding),
            (OWN, tr("Another OpenColorIO config...") if spaces else tr("A space of your own OpenColorIO config..."))])
        self.encoding.choose(OWN + settings.encoding if own else settings.encoding)
        self.encoding.setEnabled(not fixed)

    def show_settings(self, scan: FrameSource, settings: Settings, found: Outlook, fixed: bool, may_unlock: bool) -> None:
        info = scan.info
        self.evidence.setChecked(settings.evidence)
        self.burn_in.setVisible(bool(set(settings.formats) & set(VIEWING)))
        self.burn_in.setChecked(settings.burn_in)
        self.whole.setVisible(len(scan) < scan.places and info.kind != "stills")
        self.whole.setChecked(settings.whole)
        for check in (self.evidence, self.burn_in, self.whole):
            check.setEnabled(not fixed)
        self.package.show_settings(settings, fixed)
        self.grain.show_grain(settings.grain, fixed, self._repairs)
        self.set_note(tr("Fixed until this export ends") if fixed else "")
        self.unfix.setVisible(fixed and may_unlock)
        depth = depth_of(info, settings.encoding)
        for form, row in self.rows.items():
            row.show_form(depth, form in settings.formats, found.bytes.get(form), found.closed.get(form, ""), fixed)
        self._show_encoding(info.encoding, settings, found, fixed)
        first, last = (plain_number(scan.name(i)) for i in (0, len(scan) - 1))
        self.range.show_value(tr("In to out: {first} – {last}", first=first, last=last))
        self.change.setVisible(not fixed)
        self.extent.show_value(tr("Same as the scan: {width} × {height}", width=number(info.width), height=number(info.height)))
        suffix = Path(found.first).suffix
        rule = tr("The names of the scan's own files") if info.kind == "stills" else tr("{name}_restored.[frame]", name=info.name)
        self.names.show_value(rule + (suffix if info.kind != "stills" and suffix not in (".mov", ".mkv", ".mp4") else ""))
        self.sound.show_sound(Path(settings.sound.path).name if settings.sound else "", info.sound,
                              bool(set(settings.formats) & set(MOVIES)), fixed)
