"""Under the canvas: the film to go along, the keyframes, what to paint next, and what may be done with the frame as a whole."""
# ruff: noqa: N802
from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PyQt6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, pyqtSignal
from PyQt6.QtGui import QFontMetricsF, QImage, QKeyEvent, QPainter, QPaintEvent, QPen, QPixmap
from PyQt6.QtWidgets import QAbstractButton, QFrame, QHBoxLayout, QScrollArea, QSizePolicy, QStackedWidget, QVBoxLayout, QWidget

from wizard import theme
from wizard.kit import Button, IconButton, LinkButton, Panel, Words, paint
from wizard.kit.buttons import enter_clicks
from wizard.viewer.transport import Transport
from wizard.words import tr

HIGH, LOW = 72, 54          # of a picture
CAPTION = 22
ROUND = 6                   # px round a picture, for the ring
SIGNS = {"ready": ("check", "ok"), "here": ("brush", "accent"), "open": ("warn", "warn"), "changed": ("warn", "err"),
         "held": ("eye", "held")}


@dataclass(frozen=True)
class Cell:
    """A frame in the strip. `state` is 'ready', 'open' (colours lack a source), 'changed' (the scan's frame is another now), 'held' or
    'next'; `words` say it."""

    index: int
    label: str
    state: str
    words: str


class KeyCell(QAbstractButton):
    """A keyframe: its picture, its number and its sign."""

    def __init__(self) -> None:
        super().__init__()
        self.cell = Cell(-1, "", "ready", "")
        self.picture: QPixmap | None = None
        self._image: QImage | None = None
        self._high, self._aspect = HIGH, 4 / 3
        self.setCheckable(True)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setProperty("ringRadius", 4)
        theme.changed.connect(self._restyle)

    def _restyle(self) -> None:
        self.updateGeometry()
        self.update()

    def show_cell(self, cell: Cell, picture: QImage | None, here: bool) -> None:
        if (cell, here) == (self.cell, self.isChecked()) and picture is self._image:
            return
        self.cell, self._image = cell, picture
        self.picture = None if picture is None else QPixmap.fromImage(picture)
        self.setChecked(here)
        said = tr("Frame {frame}", frame=cell.label) + (", " + cell.words if cell.words else "")
        self.setText(cell.label)
        self.setAccessibleName(said)
        self.setToolTip(said)
        self.updateGeometry()
        self.update()

    def set_size(self, high: int, aspect: float) -> None:
        if (high, aspect) != (self._high, self._aspect):
            self._high, self._aspect = high, min(max(aspect, 1.0), 1.9)
            self.updateGeometry()

    def sizeHint(self) -> QSize:
        words = QFontMetricsF(theme.font(12, 400)).horizontalAdvance(self.cell.label) + theme.scaled(20)
        return QSize(max(self._wide, round(words)) + 2 * ROUND, self._high + 2 * ROUND + theme.scaled(CAPTION))

    @property
    def _wide(self) -> int:
        return round(self._high * self._aspect)

    def keyPressEvent(self, event: QKeyEvent | None) -> None:
        if not enter_clicks(self, event):
            super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent | None) -> None:
        painter = paint.painter_on(self)
        area = QRectF(ROUND, ROUND, self._wide, self._high)
        if self.picture is None:
            painter.fillRect(area, theme.colour("surround"))
        else:
            painter.drawPixmap(area, self.picture, _filling(self.picture, area))
        self._frame(painter, area)
        self._write(painter, QRectF(area.left(), area.bottom() + ROUND - 1, self.width() - 2 * ROUND, theme.scaled(CAPTION)))

    def _frame(self, painter: QPainter, area: QRectF) -> None:
        painter.setBrush(Qt.BrushStyle.NoBrush)
        if self.cell.state == "held":
            painter.setPen(QPen(theme.colour("held"), 3))
            painter.drawRect(area.adjusted(0, 0, 0, 0))
        if self.cell.state == "next":
            pen = QPen(theme.colour("accent"), 2)
            pen.setDashPattern([2.5, 1.75])
            painter.setPen(pen)
            painter.drawRect(area.adjusted(-2, -2, 2, 2))
        elif self.isChecked():
            painter.setPen(QPen(theme.colour("accent"), 2))
            painter.drawRoundedRect(area.adjusted(-3, -3, 3, 3), 3, 3)
        elif self.underMouse():
            painter.setPen(QPen(theme.colour("edge"), 2))
            painter.drawRoundedRect(area.adjusted(-3, -3, 3, 3), 3, 3)

    def _write(self, painter: QPainter, line: QRectF) -> None:
        painter.setFont(theme.font(12, 400))
        painter.setPen(theme.colour("text2"))
        painter.drawText(line, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, self.cell.label)
        state = "here" if self.isChecked() and self.cell.state == "ready" else self.cell.state
        if state in SIGNS:
            size = theme.scaled(16)
            sign = theme.pixmap(*SIGNS[state], 16)
            painter.drawPixmap(QPointF(line.right() - size, line.center().y() - size / 2), sign)


def _filling(picture: QPixmap, area: QRectF) -> QRectF:
    """The middle of `picture` that has the shape of `area`."""
    wide, high = picture.width(), picture.height()
    by = min(wide / area.width(), high / area.height())
    return QRectF((wide - area.width() * by) / 2, (high - area.height() * by) / 2, area.width() * by, area.height() * by)


class _Row(QScrollArea):
    """Cells side by side, moved by the wheel where they do not fit."""

    def __init__(self) -> None:
        super().__init__()
        self.cells: list[KeyCell] = []
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        inside = QWidget()
        self.row = QHBoxLayout(inside)
        self.row.setContentsMargins(0, 0, 0, 0)
        self.row.setSpacing(0)
        self.row.addStretch(1)
        self.setWidget(inside)

    def wheelEvent(self, event: object) -> None:
        bar, turned = self.horizontalScrollBar(), event.angleDelta()       # type: ignore[attr-defined]
        assert bar is not None
        bar.setValue(bar.value() - (turned.y() or turned.x()))

    def sizeHint(self) -> QSize:
        inside = self.widget()
        return inside.sizeHint() if inside is not None else QSize(0, 0)

    def minimumSizeHint(self) -> QSize:
        return QSize(theme.scaled(HIGH) + 2 * ROUND, self.sizeHint().height())


class StripPanel(Panel):
    """`went` (frame) is where the user goes; `hold` (frame) asks to hold one out, or not any more; `asked` (what) is a button: 'import';
    'back' and 'on' carry the colour to a neighbour; 'accept' and 'discard' answer for what is suggested; 'trust' uses a changed frame."""

    went = pyqtSignal(int)
    hold = pyqtSignal(int)
    asked = pyqtSignal(str)

    def __init__(self) -> None:
        super().__init__(tr("Keyframes"))
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self._high, self._aspect = HIGH, 4 / 3
        self.transport = Transport(tr("Film"))
        self.row = _Row()
        self.next = KeyCell()
        self.next.setCheckable(False)
        self.next_title, self.next_words = Words(tr("Paint this next"), 13, 600, wrap=False), Words("", 13, 400, "text2")
        self.next_words.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Ignored)
        self.take = Button(tr("Import painted frames…"), icon="folder", height=32)
        self.take.setToolTip(tr("Pictures of frames that were painted elsewhere: PSD, TIFF, PNG, EXR. Only their colour is taken."))
        self.carry_back = IconButton("left", tr("Carry the colour to the previous frame, as a suggestion"))
        self.carry_on = IconButton("right", tr("Carry the colour to the next frame, as a suggestion"))
        self.accept, self.discard = Button(tr("Accept"), icon="check", height=32), Button(tr("Discard"), "quiet", height=32)
        self.trust = Button(tr("Use it on this frame all the same"), height=32)
        self.apart, self.apart_links = Words("", 12, 400, "warn", wrap=False), [LinkButton(""), LinkButton("")]
        self._clash: tuple[int, ...] = ()
        self._lay_out()
        self._connect()

    def _lay_out(self) -> None:
        self._note.hide()
        self.header.addWidget(self.transport, 4)
        self.header.setContentsMargins(15, 3, 7, 0)
        self._line = _Upright()
        words = QVBoxLayout()
        words.setSpacing(2)
        words.addSpacing(4)
        words.addWidget(self.next_title)
        words.addWidget(self.next_words)
        words.addStretch(1)
        across = QHBoxLayout()
        across.setSpacing(8)
        across.addWidget(self.row, 3, Qt.AlignmentFlag.AlignTop)
        across.addWidget(self._line)
        across.addWidget(self.next, 0, Qt.AlignmentFlag.AlignTop)
        across.addLayout(words, 2)
        across.addLayout(self._lay_out_buttons())
        self._clashes = QWidget()
        below = QHBoxLayout(self._clashes)
        below.setContentsMargins(6, 0, 0, 0)
        below.setSpacing(12)
        self._sign = Words("", 12)
        below.addWidget(self.apart)
        for link in self.apart_links:
            below.addWidget(link)
        below.addStretch(1)
        self.body.setContentsMargins(9, 0, 15, 4)
        self.body.setSpacing(0)
        self.body.addLayout(across)
        self.body.addWidget(self._clashes)
        self._clashes.hide()

    def _lay_out_buttons(self) -> QVBoxLayout:
        carry, answer = QWidget(), QWidget()
        row = QHBoxLayout(carry)
        row.addStretch(1)
        row.addWidget(Words(tr("Carry the colour on"), 13, 500, "text2", wrap=False))
        for button in (self.carry_back, self.carry_on):
            row.addWidget(button)
        said = QHBoxLayout(answer)
        said.addStretch(1)
        said.addWidget(self.discard)
        said.addWidget(self.accept)
        self._doing = QStackedWidget()
        for widget in (carry, answer, self.trust):
            if widget.layout() is not None:
                widget.layout().setContentsMargins(0, 0, 0, 0)     # type: ignore[union-attr]
            self._doing.addWidget(widget)
        self._doing.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        column = QVBoxLayout()
        column.setSpacing(8)
        column.addSpacing(2)
        column.addWidget(self.take)
        column.addWidget(self._doing)
        column.addStretch(1)
        return column

    def _connect(self) -> None:
        self.transport.moved.connect(self.went)
        self.next.clicked.connect(lambda: self.went.emit(self.next.cell.index))
        for button, what in ((self.take, "import"), (self.carry_back, "back"), (self.carry_on, "on"), (self.accept, "accept"),
                             (self.discard, "discard"), (self.trust, "trust")):
            button.clicked.connect(lambda _, what=what: self.asked.emit(what))
        for at, link in enumerate(self.apart_links):
            link.clicked.connect(lambda _, at=at: self.went.emit(self._clash[at]))

    def set_compact(self, compact: bool) -> None:
        self._high = LOW if compact else HIGH
        self.setProperty("compact", compact)
        for cell in (*self.row.cells, self.next):
            cell.set_size(self._high, self._aspect)

    def set_film(self, aspect: float) -> None:
        """The shape of a frame."""
        self._aspect = aspect
        for cell in (*self.row.cells, self.next):
            cell.set_size(self._high, aspect)

    def show_cells(self, cells: Sequence[tuple[Cell, QImage | None]], here: int) -> None:
        """The keyframes, and which one is shown."""
        rows = self.row
        while len(rows.cells) > len(cells):
            gone = rows.cells.pop()
            rows.row.removeWidget(gone)
            gone.hide()
            gone.deleteLater()
        while len(rows.cells) < len(cells):
            made = KeyCell()
            made.set_size(self._high, self._aspect)
            made.clicked.connect(lambda _, made=made: self._go(made))
            made.installEventFilter(self)
            rows.row.insertWidget(len(rows.cells), made)
            rows.cells.append(made)
        for button, (cell, picture) in zip(rows.cells, cells, strict=True):
            button.show_cell(cell, picture, cell.index == here)
        self.row.setVisible(bool(cells))
        self.row.updateGeometry()

    def _go(self, cell: KeyCell) -> None:
        cell.setChecked(True)
        self.went.emit(cell.cell.index)

    def cell(self, index: int) -> KeyCell:
        """The cell of a keyframe."""
        return next(cell for cell in self.row.cells if cell.cell.index == index)

    def show_next(self, cell: Cell | None, picture: QImage | None = None) -> None:
        """What to paint next; None hides it."""
        for widget in (self._line, self.next, self.next_title, self.next_words):
            widget.setVisible(cell is not None)
        self._line.setVisible(cell is not None and bool(self.row.cells))
        if cell is not None:
            self.next.show_cell(cell, picture, False)
            self.next_words.setText(cell.words)

    def show_doing(self, what: str) -> None:
        """'carry', 'answer' or 'trust': what can be done with the frame."""
        self._doing.setCurrentIndex({"carry": 0, "answer": 1, "trust": 2}[what])

    def show_clash(self, words: str, frames: Sequence[tuple[int, str]] = ()) -> None:
        """Keyframes that paint the same thing differently, and a way to each."""
        self._clash = tuple(index for index, _ in frames)
        self.apart.setText(words)
        for link, (_, text) in zip(self.apart_links, frames, strict=False):
            link.setText(text)
            link.setAccessibleName(text)
            link.updateGeometry()
        self._clashes.setVisible(bool(words))

    def eventFilter(self, watched: object, event: QEvent | None) -> bool:
        """H holds the frame out that has the focus."""
        if isinstance(watched, KeyCell) and isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            if event.key() == Qt.Key.Key_H and not event.modifiers():
                self.hold.emit(watched.cell.index)
                return True
            if event.key() in (Qt.Key.Key_Left, Qt.Key.Key_Right):
                at = self.row.cells.index(watched) + (1 if event.key() == Qt.Key.Key_Right else -1)
                if 0 <= at < len(self.row.cells):
                    self.row.cells[at].setFocus(Qt.FocusReason.TabFocusReason)
                    self.row.ensureWidgetVisible(self.row.cells[at])
                return True
        return False


class _Upright(QWidget):
    """A line between the keyframes and the next one."""

    def __init__(self) -> None:
        super().__init__()
        self.setFixedWidth(25)
        theme.changed.connect(self.update)

    def paintEvent(self, event: QPaintEvent | None) -> None:
        QPainter(self).fillRect(12, 0, 1, self.height() - 6, theme.colour("line"))
