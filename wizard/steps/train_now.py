"""A training run as it goes, and after it: the held-out frame, the curve, the contact sheet, and the verdict in words."""
from __future__ import annotations

from collections.abc import Callable, Sequence

from PyQt6.QtCore import Qt
from PyQt6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from engine.recoveries.run_folder import BACK, Correction
from wizard import theme
from wizard.graphs.curve import Curve, CurveData
from wizard.graphs.sheet import ContactSheet
from wizard.kit import Button, Elided, Panel, Words
from wizard.measure import COLOUR
from wizard.steps.pager import Pager
from wizard.steps.train_pictures import Trio
from wizard.steps.train_run import RunView
from wizard.words import number, tr, trn


class Now(QWidget):
    """Knows nothing of the session: it is shown runs."""

    def __init__(self) -> None:
        super().__init__()
        self._view: RunView | None = None
        self._label: Callable[[int], str] = str
        self._state, self._seen = "running", ""
        self.device, self.pace = Elided("", 14, 600), Elided("", 12, 400, "text2", Qt.TextElideMode.ElideRight)
        self.verdict, self.measured = Words("", 15, 600), Elided("", 12, 400, "text2", Qt.TextElideMode.ElideRight)
        self.scope = Elided("", 12, 400, "text2", Qt.TextElideMode.ElideRight)
        self._compact = False
        self.sign = QLabel()
        self.pause, self.stop = Button(tr("Pause"), icon="pause"), Button(tr("Stop"), "quiet", icon="stop")
        self.go_on, self.stop_here = Button(tr("Go on"), icon="play"), Button(tr("Stop here"), "quiet", icon="stop")
        self.longer, self.again = Button(tr("Train longer"), icon="plus"), Button(tr("Train again"), "quiet", icon="refresh")
        self.compare = Button(tr("Compare runs"), "quiet", icon="split")
        self.pager = Pager(tr("Previous held-out frame"), tr("Next held-out frame"))
        self.trio, self.curve, self.sheet = Trio(), Curve(), ContactSheet()
        self.top, self.picture = Panel(), Panel(tr("Held-out frame"))
        self.errors = Panel(*COLOUR.axis())
        self.crops = Panel(tr("Contact sheet"))
        self._lay_out()
        self.pager.turned.connect(self._show_frame)
        theme.changed.connect(self._dress)
        self._dress()

    def _dress(self) -> None:
        icon, tone = ("pause", "warn") if self._state == "paused" else ("device", "ok")
        self.sign.setPixmap(theme.pixmap(icon, tone, 24))
        self._say_measured()

    def _lay_out(self) -> None:
        row = QHBoxLayout()
        row.setSpacing(12)
        row.addWidget(self.sign)
        for upper, lower in ((self.device, self.pace), (self.verdict, self.measured)):
            words = QVBoxLayout()
            words.setSpacing(2)
            words.addStretch(1)
            words.addWidget(upper)
            words.addWidget(lower)
            words.addStretch(1)
            row.addLayout(words, 1)
        for button in (self.compare, self.again, self.longer, self.pause, self.stop, self.go_on, self.stop_here):
            row.addWidget(button)
        self.top.body.setContentsMargins(15, 9, 15, 9)
        self.top.body.addLayout(row)
        self.top.body.addWidget(self.scope)
        self.picture.header.addWidget(self.pager)
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
        self._compact = compact
        self._say_measured()
        self._column.setSpacing(12 if compact else 16)
        edge = 5 if compact else 9
        self.top.body.setContentsMargins(15, edge, 15, edge)

    def show_state(self, state: str, device: str, pace: str, compares: bool, ending: bool, free: bool) -> None:
        """`state` is 'running', 'paused' or 'ended'; `ending`: it was asked to end; `free`: nothing else is at work."""
        self._state = state
        self.device.setText(device)
        self.pace.setText(pace)
        self.pace.setVisible(bool(pace))
        for button, shown in ((self.pause, "running"), (self.stop, "running"), (self.go_on, "paused"), (self.stop_here, "paused"),
                              (self.longer, "ended"), (self.again, "ended")):
            button.setVisible(state == shown)
            button.setEnabled(not ending if state == "running" else free)
        self.compare.setVisible(compares and state == "ended")
        self._dress()

    def show_run(self, view: RunView | None, total: int, label: Callable[[int], str], back: float | None = None, seen: str = "",
                 told: str = "") -> None:
        """`total` steps are to be taken; `label(frame)` is how the scan calls a frame; `back`: how far keyframes come back off, in dE00;
        `seen` is what is learnt on, as a picture is called; `told` is what else was measured."""
        self._seen = seen or tr("Scan, balanced")
        self._view, self._label = view, label
        self._say_axis()
        words, tone = verdict(view, self._state, back)
        self.verdict.setText(words)
        self.verdict.set_tone(tone)
        self._say_measured()
        self._say_scope(view, told)
        self.stop_here.setVisible(self._state == "paused" and view is not None and view.step > 0)
        if view is None:
            self.curve.set_data(CurveData(steps_total=total))
            self.crops.set_note("")
            self.sheet.set_rows([], [], [])
        else:
            measure = view.measure
            self.curve.set_data(CurveData(view.training, view.curve, view.lut, max(total, view.step),
                                          view.untouched if measure.rises else None, measure.rival_word(), measure.rises))
            self.sheet.set_rows(*view.sheet)
            self.crops.set_note(self._crops_note(view))
        self._show_frame()

    def _say_axis(self) -> None:
        title, note = (self._view.measure if self._view else COLOUR).axis()
        if self.errors.accessibleName() != title:
            self.errors.set_title(title)
            self.errors.set_note(note)

    def _say_measured(self) -> None:
        count, measure = (self._view.measured, self._view.measure) if self._view else (0, COLOUR)
        self.measured.setText(measure.measured(count, self._compact or theme.scaled(100) > 110))
        self.measured.setVisible(bool(count))

    def _say_scope(self, view: RunView | None, told: str) -> None:
        lines = [*scope(view.corrections if view else ()), *([told] if told else [])]
        self.scope.setText(" · ".join(lines))
        self.scope.setVisible(bool(lines))

    @staticmethod
    def _crops_note(view: RunView) -> str:
        count = len(view.sheet[0])
        if not count:
            return ""
        return trn("{n} held-out crop", "{n} held-out crops", count) if view.held else trn("{n} crop", "{n} crops", count)

    def _show_frame(self) -> None:
        """Show the held-out frame that the pager is at; none is to come where steps were told of and there is none."""
        frames = self._view.frames if self._view else ()
        self.picture.setVisible(bool(frames) or self._view is None or not self._view.curve)
        self.pager.set_count(len(frames))
        if not frames or self._view is None:
            self._title(tr("Held-out frame"))
            none_held = self._view is not None and bool(self._view.training)
            self.trio.set_pictures([], tr("No frame is held out. Look at the film on Review.") if none_held else
                                   tr("The pictures come with the first steps."))
            return
        shown = frames[self.pager.at]
        self._title(tr("Held-out frame {frame}, not used in training", frame=self._label(shown.frame)))
        result = tr("Result, step {step}", step=number(self._view.looked))
        self.trio.set_pictures([(shown.scan, self._seen), (shown.result, result), (shown.target, tr("Target"))])

    def _title(self, text: str) -> None:
        self.picture.set_title(text)
        self.picture.body.setContentsMargins(1, 0, 1, 1)


def scope(corrections: Sequence[Correction]) -> list[str]:
    """What single shots got on top of the net of all, in words: those that stand out by name."""
    lines = [odd(one) for one in corrections if one.odd]
    helped = sum(len(one.shots) for one in corrections if one.after is not None and one.strength and not one.odd)
    if helped and lines:
        lines.append(trn("{n} other shot has a correction that helps", "{n} other shots have corrections that help", helped))
    elif helped:
        lines.append(trn("{n} shot has a correction of its own that helps", "{n} shots have corrections of their own that help", helped))
    return lines


def odd(one: Correction) -> str:
    shots = ", ".join(one.shots)
    if one.before is None or one.after is None:
        return tr("{shots}: ΔE00 {error}, others typically {typical}", shots=shots, error=number(one.error, 1),
                  typical=number(one.typical, 1))
    if not one.strength:
        return tr("{shots}: a correction of its own did not help", shots=shots)
    return tr("{shots}: a correction of its own brings ΔE00 {before} to {after}", shots=shots, before=number(one.before, 2),
              after=number(one.after, 2))


def verdict(view: RunView | None, state: str, back: float | None = None) -> tuple[str, str]:
    """How good it is beside what it has to beat, in words, and their tone."""
    if view is None or (state == "running" and not view.step):
        return tr("Preparing the training"), "text2"
    if view.error is None and back is not None:
        return tr("Keyframes come back as painted, ΔE00 {error}", error=number(back, 1)), "ok" if back <= BACK else "warn"
    if view.error is None or view.lut is None:
        return tr("Not measured: nothing is held out") if view.step else tr("Nothing learnt yet"), "text2"
    return view.measure.verdict(view.error, view.lut, state == "ended")
