"""At the right of the Balance page: what was measured, and the controls."""
# ruff: noqa: N802
from __future__ import annotations

from PyQt6.QtCore import QSize, Qt, QTimer, pyqtSignal
from PyQt6.QtGui import QWheelEvent
from PyQt6.QtWidgets import QGridLayout, QLabel, QVBoxLayout, QWidget

from engine.balance.own import Controls, Fade
from wizard import theme
from wizard.kit import Button, Hairline, KeyRows, Panel, body, caption, label, strong
from wizard.steps.balance_words import rows, verdict
from wizard.steps.review_tones import Slide
from wizard.words import number, percent, tr

STEPS = 100             # of a slider for 1
FURTHEST = 50           # strength goes to 150 %
REST_MS = 400           # keys that follow each other sooner are one change


class ControlSlide(Slide):
    """Narrow where there is little room; the wheel scrolls the panel."""

    def minimumSizeHint(self) -> QSize:
        return QSize(84, super().minimumSizeHint().height())

    def wheelEvent(self, event: QWheelEvent | None) -> None:
        if event is not None:
            event.ignore()


class Sliders(QWidget):
    """`moved` while a slider moves, `settled` when the change is whole: a drag at its end, keys when they rest, a button at once."""

    moved = pyqtSignal()
    settled = pyqtSignal()

    def __init__(self) -> None:
        super().__init__()
        self.slides = {"strength": ControlSlide(tr("Strength"), -STEPS, FURTHEST, 0)} | {
            key: ControlSlide(name, -STEPS, STEPS, 0) for key, name in (
                ("warmth", tr("Warmth")), ("tint", tr("Tint")), ("lightness", tr("Lightness")), ("contrast", tr("Contrast")))}
        self.values = {key: label("") for key in self.slides}
        self.as_measured = Button(tr("As measured"), kind="quiet", height=32)
        self._rest = QTimer(self, singleShot=True, interval=REST_MS)
        self._rest.timeout.connect(self.settled)
        self._lay_out()
        for slide in self.slides.values():
            slide.valueChanged.connect(self._changed)
            slide.sliderReleased.connect(self.settle)
        self.as_measured.clicked.connect(self._put_back)
        self._write()

    def _lay_out(self) -> None:
        means = {"strength": tr("How far the fade is corrected; 100 % is as measured"), "warmth": tr("Cool at the left, warm at the right"),
                 "tint": tr("Green at the left, magenta at the right"), "lightness": tr("Darker at the left, lighter at the right"),
                 "contrast": tr("Softer at the left, stronger at the right")}
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(10)
        grid.setVerticalSpacing(4)
        for row, (key, slide) in enumerate(self.slides.items()):
            slide.setToolTip(means[key])
            value: QLabel = self.values[key]
            value.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
            value.setMinimumWidth(theme.scaled(46))
            grid.addWidget(label(slide.accessibleName()), row, 0)
            grid.addWidget(slide, row, 1)
            grid.addWidget(value, row, 2)
        grid.setColumnStretch(1, 1)

    @property
    def controls(self) -> Controls:
        return Controls(**{key: slide.value() / STEPS for key, slide in self.slides.items()})

    @property
    def held(self) -> bool:
        """Whether a change is under way."""
        return self._rest.isActive() or any(slide.isSliderDown() for slide in self.slides.values())

    def show_controls(self, controls: Controls) -> None:
        """Set the sliders without `moved`, unless a change is under way."""
        if not self.held:
            for key, slide in self.slides.items():
                slide.blockSignals(True)
                slide.setValue(round(getattr(controls, key) * STEPS))
                slide.blockSignals(False)
                slide.update()
            self._write()

    def settle(self) -> None:
        """Let a change that is under way be whole now."""
        self._rest.stop()
        self.settled.emit()

    def _changed(self) -> None:
        self._write()
        self.moved.emit()
        if not any(slide.isSliderDown() for slide in self.slides.values()):
            self._rest.start()

    def _put_back(self) -> None:
        for slide in self.slides.values():
            slide.setValue(0)
        self.settle()

    def _write(self) -> None:
        for key, slide in self.slides.items():
            value = slide.value()
            said = percent(1 + value / STEPS) if key == "strength" else ("+" if value > 0 else "") + number(value)
            self.values[key].setText(said)
            slide.setAccessibleDescription(said)
        self.as_measured.setEnabled(bool(self.controls.values))


class Side(QWidget):
    """The two panels, one under the other."""

    def __init__(self) -> None:
        super().__init__()
        self.measured, self.controls = Panel(tr("Measured"), tr("from the film itself")), Panel(tr("Controls"))
        self.verdict, self.rows = strong(""), KeyRows(tr("Measured"))
        self.explained = caption(tr("How much the best kept dye lost cannot be told from the film alone: it is taken to be the usual."))
        self.again = Button(tr("Measure again"), height=32)
        self.sliders = Sliders()
        self.starting = body(tr("A starting layer: what the controls change is undone as easily, and written into the record."))
        for words in (self.explained, self.starting):
            words.set_tone("text2")
        self.controls.header.addWidget(self.sliders.as_measured)
        for part in (self.verdict, self.rows, self.explained, self.again):
            self.measured.body.addWidget(part)
        self._line = Hairline()
        for part in (self.sliders, self._line, self.starting):
            self.controls.body.addWidget(part)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.measured)
        column.addWidget(self.controls)
        column.addStretch(1)
        self._column, self._compact = column, False
        self._shown: tuple[Fade | None, bool, str] = (None, False, "")
        self.set_compact(False)

    def set_compact(self, compact: bool) -> None:
        """Explanations go first."""
        self._compact = compact
        self._column.setSpacing(12 if compact else 16)
        self.show_fade(*self._shown)
        for part in (self._line, self.starting):
            part.setVisible(not compact)

    def show_fade(self, fade: Fade | None, stale: bool, waiting: str) -> None:
        """What was measured; where nothing was, the words `waiting`."""
        self._shown = fade, stale, waiting
        self.verdict.setText(waiting if fade is None else verdict(fade))
        found = rows(fade, self._compact) if fade else []
        self.rows.set_rows(found)
        self.rows.setVisible(bool(found))
        self.explained.setVisible(bool(found) and not self._compact)
        self.again.setVisible(fade is not None and stale)
        self.controls.setEnabled(fade is not None)
