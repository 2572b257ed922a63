"""Under a picture: previous, play, next, the frame's number, and the track with play head, in and out, and flags."""
from __future__ import annotations

from collections.abc import Callable, Sequence

from PyQt6.QtCore import QElapsedTimer, QEvent, QObject, Qt, QTimer, pyqtSignal
from PyQt6.QtGui import QKeyEvent
from PyQt6.QtWidgets import QHBoxLayout, QLabel, QWidget

from wizard import theme
from wizard.kit.buttons import IconButton
from wizard.viewer.track import Track
from wizard.words import number, tr

FAR = 10                # frames that Shift goes
FASTEST = 8
OTHER_MODIFIERS = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier | Qt.KeyboardModifier.MetaModifier


class Transport(QWidget):
    """Says which frame the user wants. Playing follows the clock: where the page is slow frames are left out, the film is not slowed."""

    moved = pyqtSignal(int)
    span_changed = pyqtSignal(int, int)
    played = pyqtSignal(bool)

    def __init__(self, name: str, editable_span: bool = False, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(name)
        self._rate = 24.0
        self._speed = 0
        self._from = 0
        self._clock = QElapsedTimer()
        self._timer = QTimer(self)
        self._timer.setTimerType(Qt.TimerType.PreciseTimer)
        self._timer.timeout.connect(self._turn)
        self.track = Track()
        self.track.span_editable = editable_span
        self.track.asked.connect(self._go)
        self.track.span_asked.connect(self.span_changed)
        self.previous, self.play, self.next = (IconButton(icon, "") for icon in ("prev", "play", "next"))
        self.previous.clicked.connect(lambda: self._step(-1))
        self.play.clicked.connect(self.toggle)
        self.next.clicked.connect(lambda: self._step(1))
        self._label = QLabel()
        self._lay_out()
        self._name_buttons()
        self._restyle()
        theme.changed.connect(self._restyle)
        self.set_length(0)

    def _lay_out(self) -> None:
        row = QHBoxLayout(self)
        row.setContentsMargins(8, 0, 8, 0)
        row.setSpacing(0)
        for button in (self.previous, self.play, self.next):
            row.addWidget(button)
            button.installEventFilter(self)
        row.addSpacing(8)
        row.addWidget(self._label)
        row.addSpacing(8)
        row.addWidget(self.track, 1)

    def _name_buttons(self) -> None:
        playing = tr("Stop playing") if self._speed else tr("Play")
        for button, words, key in ((self.previous, tr("Previous frame"), tr("Left")), (self.play, playing, tr("Space")),
                                   (self.next, tr("Next frame"), tr("Right"))):
            button.set_name(words)
            button.setToolTip(tr("{what}  ({key})", what=words, key=key))

    def _restyle(self) -> None:
        self._label.setFont(theme.font(13, 600))
        self._label.setMinimumWidth(self._label.fontMetrics().horizontalAdvance("00:00:00:00") + 8)

    # What is shown

    @property
    def index(self) -> int:
        return self.track.value()

    @property
    def length(self) -> int:
        return self.track.maximum() + 1 if self.isEnabled() else 0

    @property
    def span(self) -> tuple[int, int] | None:
        """First and last frame of the part in use, both included."""
        return self.track.span

    @property
    def playing(self) -> bool:
        return self._speed != 0

    def set_length(self, frames: int) -> None:
        """How many frames there are; with none there is nothing to press."""
        if not frames:
            self.stop()
        self.track.setRange(0, max(frames - 1, 0))
        self.setEnabled(frames > 0)
        self._tell()

    def set_rate(self, frames_a_second: float) -> None:
        self._rate = frames_a_second or 24.0

    def set_index(self, index: int) -> None:
        """Show this frame as the one we are at; nothing is emitted."""
        self.track.setValue(index)
        self._tell()

    def set_label(self, text: str) -> None:
        """The frame's number or timecode, as the film has it."""
        self._label.setText(text)
        self._tell()

    def set_span(self, first: int | None, last: int | None) -> None:
        """In and out, both included; None for a track without."""
        self.track.span = None if first is None or last is None else (first, last)
        self.track.update()
        self._tell()

    def set_marks(self, marks: Sequence[tuple[int, str]]) -> None:
        """Flags over frames: index and tone ('warn', 'accent', ...)."""
        self.track.set_marks(marks)

    def _tell(self) -> None:
        said = [self._label.text()]
        if self.length:
            said.append(tr("{index} of {count}", index=number(self.index + 1), count=number(self.length)))
        if self.length and self.span is not None:
            said.append(tr("in {first}, out {last}", first=number(self.span[0] + 1), last=number(self.span[1] + 1)))
        self.track.setAccessibleDescription(", ".join(part for part in said if part))

    # Playing

    def toggle(self) -> None:
        if self._speed:
            self.stop()
        else:
            self._play(1)

    def stop(self) -> None:
        self._play(0)

    def _play(self, speed: int) -> None:
        was, self._speed, self._from = self._speed, speed, self.index
        first, last = self._ends()
        if speed > 0 and self.index >= last and not was:
            self._from = first
        self._clock.start()
        if speed:
            self._timer.start(max(round(1000 / (self._rate * abs(speed))), 10))
        else:
            self._timer.stop()
        if bool(was) != bool(speed):
            self.play.set_icon("pause" if speed else "play")
            self._name_buttons()
            self.played.emit(bool(speed))

    def _turn(self) -> None:
        first, last = self._ends()
        frames = int(self._clock.elapsed() / 1000 * self._rate * abs(self._speed))
        index = self._from + (frames if self._speed > 0 else -frames)
        if not first <= index <= last:
            index = min(max(index, first), last)
            self.stop()
        self._show(index)

    def _ends(self) -> tuple[int, int]:
        """First and last frame to play: in and out where we are between them, else the whole."""
        if self.span is not None and self.span[0] <= self.index <= self.span[1]:
            return self.span
        return 0, self.track.maximum()

    # Going

    def _show(self, index: int) -> None:
        index = min(max(index, 0), self.track.maximum())
        if index != self.index:
            self.set_index(index)
            self.moved.emit(index)

    def _go(self, index: int) -> None:
        """The user goes there, which ends playing."""
        if self._speed:
            self.stop()
        self._show(index)

    def _step(self, frames: int) -> None:
        self._go(self.index + frames)

    def _set_end(self, which: int) -> None:
        """In (0) or out (1) is here."""
        first, last = self.span or (0, self.track.maximum())
        span = (self.index, max(last, self.index)) if which == 0 else (min(first, self.index), self.index)
        self.set_span(*span)
        self.span_changed.emit(*span)

    def _faster(self, way: int) -> None:
        self._play(way if self._speed * way <= 0 else way * min(abs(self._speed) * 2, FASTEST))

    def keys(self, event: QKeyEvent) -> bool:
        """Do what the key says; False where it is none of ours. A page forwards its keys here."""
        key, modifiers = event.key(), event.modifiers()
        if not self.length or modifiers & OTHER_MODIFIERS:
            return False
        step = FAR if modifiers & Qt.KeyboardModifier.ShiftModifier else 1
        if key in (Qt.Key.Key_I, Qt.Key.Key_O):
            if not self.track.span_editable:
                return False
            self._set_end(int(key == Qt.Key.Key_O))
            return True
        keys: dict[int, Callable[[], None]] = {
            Qt.Key.Key_Space: self.toggle, Qt.Key.Key_K: self.stop,
            Qt.Key.Key_L: lambda: self._faster(1), Qt.Key.Key_J: lambda: self._faster(-1),
            Qt.Key.Key_Left: lambda: self._step(-step), Qt.Key.Key_Right: lambda: self._step(step),
            Qt.Key.Key_Home: lambda: self._go(0), Qt.Key.Key_End: lambda: self._go(self.track.maximum())}
        if key not in keys:
            return False
        keys[key]()
        return True

    def eventFilter(self, watched: QObject | None, event: QEvent | None) -> bool:  # noqa: N802
        """Arrows go to frames on the buttons too, where Qt would move the focus."""
        arrows = (Qt.Key.Key_Left, Qt.Key.Key_Right)
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress and event.key() in arrows and self.keys(event):
            return True
        return super().eventFilter(watched, event)

    def keyPressEvent(self, event: QKeyEvent | None) -> None:  # noqa: N802
        assert event is not None
        if not self.keys(event):
            event.ignore()
