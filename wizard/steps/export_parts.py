"""Parts of the Export page: the list of formats, where results go, and how far an export is."""
# ruff: noqa: N802
from __future__ import annotations

from PyQt6.QtCore import QRectF, Qt, pyqtSignal
from PyQt6.QtGui import QMouseEvent, QPaintEvent
from PyQt6.QtWidgets import QGridLayout, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from wizard.kit import Bar, Button, Check, Elided, KeyRows, Panel, Words, caption, paint
from wizard.steps.export_facts import FORMS, Outlook, Written, form_words
from wizard.words import number, size, tr


class FormRow(QWidget):
    """One format: a check, what it is, what it is for, how large. `toggled` (form, on)."""

    toggled = pyqtSignal(str, bool)

    def __init__(self, form: str) -> None:
        super().__init__()
        self.form = form
        self.check, self.words, self.amount = Check(""), caption(""), Words("", 13, 500, "text2", wrap=False)
        self.name = Words("", 13, 600, wrap=False)
        self.check.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        text = QVBoxLayout()
        text.setSpacing(0)
        text.addWidget(self.name)
        text.addWidget(self.words)
        row = QHBoxLayout(self)
        row.setContentsMargins(10, 5, 10, 5)
        row.setSpacing(8)
        row.addWidget(self.check)
        row.addLayout(text, 1)
        row.addWidget(self.amount)
        self.check.toggled.connect(lambda on: (self.toggled.emit(form, on), self.update()))

    def show_form(self, depth: int, on: bool, bytes_: int | None, closed: str, fixed: bool) -> None:
        name, words = form_words(self.form, depth)
        self.name.setText(name)
        self.words.setText(closed[:1].upper() + closed[1:] if closed else words)
        self.amount.setText(size(bytes_) if bytes_ else "")
        self.check.setAccessibleName(name)
        self.check.setAccessibleDescription(closed or words)
        self.check.blockSignals(True)
        self.check.setChecked(on and not closed)
        self.check.blockSignals(False)
        self.check.setEnabled(not closed and not fixed)
        for part in (self.name, self.amount):
            part.set_tone("text3" if closed or fixed else "text")
        self.update()

    def set_compact(self, compact: bool) -> None:
        self.words.setVisible(not compact)

    def mousePressEvent(self, event: QMouseEvent | None) -> None:
        if event and event.button() == Qt.MouseButton.LeftButton and self.check.isEnabled():
            self.check.click()

    def paintEvent(self, event: QPaintEvent | None) -> None:
        if self.check.isChecked():
            paint.box(paint.painter_on(self), QRectF(self.rect()), paint.token("raised"), None, 6)


class Forms(QWidget):
    """All formats; `toggled` (form, on)."""

    toggled = pyqtSignal(str, bool)

    def __init__(self) -> None:
        super().__init__()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(2)
        self.rows = {form: FormRow(form) for form in FORMS}
        for row in self.rows.values():
            column.addWidget(row)
            row.toggled.connect(self.toggled)

    def show_forms(self, chosen: tuple[str, ...], found: Outlook, depth: int, fixed: bool) -> None:
        for form, row in self.rows.items():
            row.show_form(depth, form in chosen, found.bytes.get(form), found.closed.get(form, ""), fixed)


class Where(Panel):
    """The folder for results, the names, and the room there. `choose` asks for another folder."""

    choose = pyqtSignal()

    def __init__(self) -> None:
        super().__init__(tr("Where it goes"))
        self.path = Elided("", 13, 400, "text")
        self.button = Button(tr("Choose..."), height=32)
        self.button.setAccessibleName(tr("Choose the folder for the results"))
        self.names, self.room, self.bar = KeyRows(), KeyRows(), Bar()
        row = QHBoxLayout()
        row.addWidget(self.path, 1)
        row.addWidget(self.button)
        self.body.addLayout(row)
        self.body.addWidget(self.names)
        self.body.addWidget(self.room)
        self.body.addWidget(self.bar)
        self.button.clicked.connect(self.choose)

    def show_where(self, folder: str, found: Outlook, fixed: bool) -> None:
        self.path.setText(folder)
        self.names.set_rows([(tr("First file"), found.first or "–", None), (tr("Last file"), found.last or "–", None)])
        enough = found.needed <= found.free
        words = tr("{needed} needed, {free} free", needed=size(found.needed), free=size(found.free))
        self.room.set_rows([(tr("Free space"), words if found.needed else "–", "ok" if enough else "err")])
        self.bar.set_share(min(1.0, found.needed / found.free) if found.free else 1.0, "ok" if enough else "err")
        self.button.setEnabled(not fixed)


class Progress(Panel):
    """How far an export is, and afterwards what it left. `opened` and `read` ask for the folder and the report."""

    opened = pyqtSignal()
    read = pyqtSignal()

    def __init__(self) -> None:
        super().__init__(tr("Progress"))
        self.bar, self.rows = Bar(), KeyRows()
        self.open = Button(tr("Open the folder"), icon="folder", height=32)
        self.report = Button(tr("Read the report"), icon="info", height=32)
        buttons = QGridLayout()
        buttons.addWidget(self.open, 0, 0)
        buttons.addWidget(self.report, 0, 1)
        self.body.addWidget(self.bar)
        self.body.addWidget(self.rows)
        self.body.addLayout(buttons)
        self.open.clicked.connect(self.opened)
        self.report.clicked.connect(self.read)

    def show_progress(self, found: Written, total: int, state: str, sound: str, has_report: bool) -> None:
        """`state` is 'running', 'stopped' or 'done'."""
        done = state == "done"
        self.set_title(tr("Finished") if done else tr("Progress"))
        self.set_note(tr("{done} of {total}", done=number(found.frames), total=number(total)))
        self.bar.set_share(min(1.0, found.frames / total) if total else 0.0, {"running": "accent", "stopped": "warn", "done": "ok"}[state])
        rows: list[tuple[str, str, str | None]] = [
            (tr("Written and checked"), tr("{n} frames", n=number(found.frames)), "ok")]
        if not done:
            rows.append((tr("Not written yet"), tr("{n} frames", n=number(max(0, total - found.frames))), None))
        if found.frames:
            rows.append((tr("Luma certificate"), tr("exact on all {n}", n=number(found.frames)), "ok"))
        if found.last:
            rows.append((tr("Last frame written"), found.last, None))
        if done and sound:
            rows.append((tr("Sound"), sound, None))
        self.rows.set_rows(rows)
        self.rows.setToolTip(tr("In the files luma differs from the scan's by at most {codes} code values, which is their rounding.",
                                codes=number(found.luma, 2)) if found.frames else "")
        self.open.setVisible(done)
        self.report.setVisible(done)
        self.report.setEnabled(has_report)


