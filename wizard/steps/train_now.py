"""A training run as it goes, and after it: the held-out frame, the curve, the contact sheet, and the verdict in words."""
from __future__ import annotations

from PyQt6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from engine.recoveries.runs import RunInfo
from wizard import theme
from wizard.graphs.curve import Curve, CurveData
from wizard.graphs.sheet import ContactSheet
from wizard.kit import Button, IconButton, Panel, Words, caption
from wizard.steps.train_pictures import Trio
from wizard.steps.train_run import RunView
from wizard.words import number, tr, trn


class Now(QWidget):
    """Knows nothing of the session: it is shown runs."""

    def __init__(self) -> None:
        super().__init__()
        self._frame = 0
        self._view: RunView | None = None
        self.device, self.pace = Words("", 14, 600), caption("")
        self.verdict, self.measured = Words("", 15, 600), caption("")
        self.sign = QLabel()
        self.pause, self.stop = Button(tr("Pause"), icon="pause"), Button(tr("Stop"), "quiet", icon="stop")
        self.go_on, self.stop_here = Button(tr("Go on"), icon="play"), Button(tr("Stop here"), "quiet", icon="stop")
        self.longer, self.again = Button(tr("Train longer"), icon="plus"), Button(tr("Train again"), "quiet", icon="refresh")
        self.compare = Button(tr("Compare runs"), "quiet", icon="split")
        self.before, self.after = IconButton("left", tr("Previous held-out frame")), IconButton("right", tr("Next held-out frame"))
        self.counted = caption("")
        self.trio, self.curve, self.sheet = Trio(), Curve(), ContactSheet()
        self.top, self.picture = Panel(), Panel(tr("Held-out frame"))
        self.errors = Panel(tr("Error on the picture, lower is better"), tr("ΔE00, log scale, smoothed"))
        self.crops = Panel(tr("Contact sheet"))
        self._lay_out()
        self.before.clicked.connect(lambda: self._turn(-1))
        self.after.clicked.connect(lambda: self._turn(1))
        theme.changed.connect(self._dress)
        self._dress()

    def _dress(self) -> None:
        self.sign.setPixmap(theme.pixmap("device", "ok", 24))

    def _lay_out(self) -> None:
        row = QHBoxLayout()
        row.setSpacing(12)
        row.addWidget(self.sign)
        for upper, lower in ((self.device, self.pace), (self.verdict, self.measured)):
            words = QVBoxLayout()
            words.setSpacing(2)
            words.addWidget(upper)
            words.addWidget(lower)
            row.addLayout(words, 1)
        for button in (self.compare, self.again, self.longer, self.pause, self.stop, self.go_on, self.stop_here):
            row.addWidget(button)
        self.top.body.setContentsMargins(15, 9, 15, 9)
        self.top.body.addLayout(row)
        for part in (self.counted, self.before, self.after):
            self.picture.header.addWidget(part)
        self.picture.body.setContentsMargins(1, 0, 1, 1)
        self.picture.body.addWidget(self.trio, 1)
        self.errors.body.addWidget(self.curve, 1)
        self.crops.body.addWidget(self.sheet, 1)
        below = QHBoxLayout()
        below.setSpacing(16)
        below.addWidget(self.errors, 3)
        below.addWidget(self.crops, 2)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(16)
        column.addWidget(self.top)
        column.addWidget(self.picture, 5)
        column.addLayout(below, 4)
        self._column = column

    def set_compact(self, compact: bool) -> None:
        self._column.setSpacing(12 if compact else 16)
        self.pace.setVisible(not compact)
        self.measured.setVisible(not compact)

    def show_state(self, state: str, device: str, pace: str, can_compare: bool) -> None:
        """`state` is 'running', 'paused' or 'ended'."""
        self.device.setText(device)
        self.pace.setText(pace)
        for button, states in ((self.pause, "running"), (self.stop, "running"), (self.go_on, "paused"), (self.stop_here, "paused"),
                               (self.longer, "ended"), (self.again, "ended")):
            button.setVisible(state == states)
        self.compare.setVisible(can_compare and state != "running")

    def show_run(self, run: RunInfo | None, view: RunView | None, total: int, label: object) -> None:
        """`total` steps are to be taken; `label(frame)` is how the scan calls a frame."""
        self._view, self._label = view, label
        if view is None:
            self.verdict.setText(tr("Preparing the pairs"))
            self.verdict.set_tone("text2")
            self.measured.setText("")
            self.curve.set_data(CurveData())
            return
        words, tone = verdict(view.error, view.lut)
        self.verdict.setText(words)
        self.verdict.set_tone(tone)
        self.measured.setText(trn("colour difference on {n} held-out frame, ΔE00", "colour difference on {n} held-out frames, ΔE00",
                                  len(view.frames)) if view.frames else "")
        self.curve.set_data(CurveData(view.training, view.curve, view.lut, max(total, view.step)))
        self.sheet.set_rows(*view.sheet)
        self.crops.set_note(tr("three held-out crops") if view.frames else tr("three crops"))
        self._turn(0)

    def _turn(self, by: int) -> None:
        frames = self._view.frames if self._view else ()
        self.picture.setVisible(bool(frames) or self._view is None)
        for part in (self.before, self.after):
            part.setEnabled(len(frames) > 1)
        if not frames or self._view is None:
            self.trio.set_pictures([])
            self.picture.set_title(tr("Held-out frame"))
            self.counted.setText("")
            return
        self._frame = (self._frame + by) % len(frames)
        shown = frames[self._frame]
        name = self._label(shown.frame) if callable(self._label) else str(shown.frame)
        self.picture.set_title(tr("Held-out frame {frame}, not used in training", frame=name))
        self.counted.setText(tr("{this} of {all}", this=self._frame + 1, all=len(frames)))
        self.trio.set_pictures([(shown.scan, tr("Scan, balanced")), (shown.result, tr("Result, step {step}", step=number(self._view.step))),
                                (shown.target, tr("Target"))])


def verdict(error: float | None, lut: float | None) -> tuple[str, str]:
    """How good it is beside a LUT, in words, and their tone."""
    if error is None or lut is None:
        return tr("Not measured: no pair is held out"), "text2"
    if lut - error >= 0.1:
        return tr("{much} better than a LUT", much=number(lut - error, 1)), "ok"
    return tr("A LUT is as good here"), "warn"


