"""Colour from similar pictures: what is proposed for each region of the frame, beside the patch that it comes from."""
# ruff: noqa: N802
from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PyQt6.QtCore import QPointF, QRectF, QSize, Qt, QTimer, pyqtSignal
from PyQt6.QtGui import QImage, QPainter, QPaintEvent, QPen, QPixmap
from PyQt6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from wizard import theme
from wizard.kit import Button, Check, Elided, Hairline, IconButton, Panel, Words, scrolled
from wizard.steps.keyframes_tools import Slide
from wizard.words import percent, tr

THUMB, ARROW = 48, 18
LEAST = 100             # px of what scrolls


@dataclass(frozen=True, eq=False)
class Row:
    """A proposal as it is listed: the region `here`, the patch `there` and the picture that it is of, `words` on how sure it is; `others`
    that there are other patches to choose from."""

    region: int
    picture: str
    words: str
    sure: bool
    here: QImage
    there: QImage
    others: bool


class Pair(QWidget):
    """A region and its patch, side by side."""

    def __init__(self) -> None:
        super().__init__()
        self._pictures: tuple[QPixmap, QPixmap] | None = None
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        theme.changed.connect(self._restyle)

    def _restyle(self) -> None:
        self.updateGeometry()
        self.update()

    def show_pair(self, here: QImage, there: QImage) -> None:
        self._pictures = QPixmap.fromImage(here), QPixmap.fromImage(there)
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(2 * THUMB + ARROW, THUMB)

    def paintEvent(self, event: QPaintEvent | None) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        for k, picture in enumerate(self._pictures or ()):
            area = QRectF(k * (THUMB + ARROW), 0, THUMB, THUMB)
            painter.fillRect(area, theme.colour("surround"))
            by = min(THUMB / picture.width(), THUMB / picture.height())
            wide, high = picture.width() * by, picture.height() * by
            painter.drawPixmap(QRectF(area.center().x() - wide / 2, area.center().y() - high / 2, wide, high), picture,
                               QRectF(picture.rect()))
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(theme.colour("text2"), 1.6))
        x, y = THUMB + ARROW / 2, THUMB / 2
        for end in (-4, 4):
            painter.drawLine(QPointF(x - 3, y), QPointF(x + 1, y + end))


class ProposalRow(QWidget):
    """`ticked`, `another` patch is wanted, or one of the user's own to be `pinned`."""

    ticked = pyqtSignal()
    another = pyqtSignal()
    pin = pyqtSignal()

    def __init__(self) -> None:
        super().__init__()
        self.row: Row | None = None
        self.tick, self.pair = Check(), Pair()
        self.picture, self.words = Elided("", 13, 600, mode=Qt.TextElideMode.ElideRight), Words("", 12, 400, "text2")
        self.other, self.pinning = IconButton("refresh", tr("Another patch")), IconButton("pin", tr("Choose the patch yourself"))
        said = QVBoxLayout()
        said.setSpacing(0)
        said.addWidget(self.picture)
        said.addWidget(self.words)
        buttons = QVBoxLayout()
        buttons.setSpacing(0)
        buttons.addWidget(self.other)
        buttons.addWidget(self.pinning)
        line = QHBoxLayout(self)
        line.setContentsMargins(15, 2, 8, 2)
        line.setSpacing(8)
        line.addWidget(self.tick)
        line.addWidget(self.pair)
        line.addLayout(said, 1)
        line.addLayout(buttons)
        self.tick.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.tick.clicked.connect(lambda _: self.ticked.emit())
        self.other.clicked.connect(self.another)
        self.pinning.clicked.connect(self.pin)

    def show_row(self, row: Row, ticked: bool) -> None:
        self.row = row
        self.tick.setChecked(ticked)
        self.tick.setAccessibleName(tr("Like {picture}, {words}", picture=row.picture, words=row.words))
        self.pair.show_pair(row.here, row.there)
        self.picture.setText(row.picture)
        self.words.setText(row.words)
        self.words.set_tone("text2" if row.sure else "warn")
        self.other.setEnabled(row.others)


class SimilarPanel(Panel):
    """`folder` and `own` (on) say which pictures are meant, `straight` (on) that they are learnt from without keyframes,
    `propose` asks for this frame, `ticked` that what is chosen or its strength is
    another, `another` and `pin` (region), `accept`, `closed`."""

    folder = pyqtSignal()
    own = pyqtSignal(bool)
    straight = pyqtSignal(bool)
    propose = pyqtSignal()
    ticked = pyqtSignal()
    another = pyqtSignal(int)
    pin = pyqtSignal(int)
    accept = pyqtSignal()
    closed = pyqtSignal()

    def __init__(self) -> None:
        super().__init__(tr("From similar pictures"))
        self.rows: list[ProposalRow] = []
        self.back = IconButton("x", tr("Back to the colours"))
        self.choose = Button(tr("Choose a folder…"), icon="folder", height=32)
        self.change = IconButton("folder", tr("Choose another folder…"))
        self.own_shots = Check(tr("Also shots that kept their colour"))
        self.learn = Check(tr("Learn from these straight, without keyframes"))
        self.learn.setToolTip(tr("The pictures are faded as this print is, and the way back is learnt. Keyframes are then held out, and "
                                 "tell how good that is. The result says that it comes from similar pictures."))
        self.ask = Button(tr("Propose colour for this frame"), height=32)
        self.words = Words("", 13, 400, "text2")
        self.strength = Slide(tr("Strength"), 140)
        self.strength.setValue(100)
        self._strength = Words("", 13, 500, "text2", wrap=False)
        self.take = Button(tr("Accept what is ticked"), icon="check", height=32)
        self._lay_out()
        self.back.clicked.connect(self.closed)
        for button in (self.choose, self.change):
            button.clicked.connect(self.folder)
        self.own_shots.clicked.connect(self.own)
        self.learn.clicked.connect(self.straight)
        self.ask.clicked.connect(self.propose)
        self.strength.valueChanged.connect(lambda _: self._slid())
        self.take.clicked.connect(self.accept)
        self._slid()
        self.show_rows((), frozenset())

    def _lay_out(self) -> None:
        self.header.addWidget(self.back)
        above = QVBoxLayout()
        above.setContentsMargins(15, 0, 15, 8)
        above.setSpacing(8)
        said = QHBoxLayout()
        said.addWidget(self.words, 1)
        said.addWidget(self.change, 0, Qt.AlignmentFlag.AlignTop)
        above.addLayout(said)
        for widget in (self.choose, self.own_shots, self.learn, self.ask):
            above.addWidget(widget)
        inside = QWidget()
        whole = QVBoxLayout(inside)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        self._list = QVBoxLayout()
        self._list.setSpacing(0)
        whole.addLayout(above)
        whole.addLayout(self._list)
        whole.addStretch(1)
        self._low = QWidget()
        self._low.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        low = QVBoxLayout(self._low)
        low.setContentsMargins(15, 0, 15, 15)
        low.addWidget(Hairline())
        line = QHBoxLayout()
        line.addWidget(Words(tr("Strength"), 13, 500, "text2", wrap=False))
        line.addWidget(self.strength, 1)
        line.addWidget(self._strength)
        low.addLayout(line)
        low.addWidget(self.take)
        self.body.setContentsMargins(0, 0, 0, 0)
        self.body.setSpacing(0)
        self._area = scrolled(inside)
        self._area.setMinimumHeight(LEAST)
        self.body.addWidget(self._area, 1)
        self.body.addWidget(self._low)

    def _slid(self) -> None:
        said = percent(self.strength.value() / 100)
        self._strength.setText(said)
        self.strength.setAccessibleDescription(said)
        self.ticked.emit()

    def show_state(self, words: str, folder: bool, own: bool, straight: bool, ready: bool) -> None:
        """What is to be said; whether a folder is chosen; whether shots of the film count; whether
        they are learnt from straight; whether colour can be proposed now."""
        self.words.setText(words)
        self.choose.setVisible(not folder)
        self.change.setVisible(folder)
        self.own_shots.setChecked(own)
        self.learn.setChecked(straight)
        self.learn.setEnabled(folder or own or straight)
        self.ask.setEnabled(ready)

    def show_rows(self, rows: Sequence[Row], ticked: frozenset[int]) -> None:
        """The proposals of the frame; none are ticked that are not said."""
        while len(self.rows) > len(rows):
            gone = self.rows.pop()
            self._list.removeWidget(gone)
            gone.hide()
            gone.deleteLater()
        while len(self.rows) < len(rows):
            made = ProposalRow()
            made.ticked.connect(self.ticked)
            made.another.connect(lambda made=made: self.another.emit(made.row.region))
            made.pin.connect(lambda made=made: self.pin.emit(made.row.region))
            self._list.insertWidget(len(self.rows), made)
            self.rows.append(made)
        for widget, row in zip(self.rows, rows, strict=True):
            widget.show_row(row, row.region in ticked)
        if rows and not self._low.isVisibleTo(self):
            QTimer.singleShot(0, self._show_first)
        self._low.setVisible(bool(rows))

    def _show_first(self) -> None:
        """Scroll no further than to see two proposals, or one where there is no room for two."""
        inside, bar, view = self._area.widget(), self._area.verticalScrollBar(), self._area.viewport()
        if self.rows and inside is not None and bar is not None and view is not None:
            inside.resize(inside.width(), max(view.height(), inside.heightForWidth(inside.width())))
            bar.setValue(min(self.rows[0].y(), self.rows[:2][-1].geometry().bottom() + 1 - view.height()))

    @property
    def chosen(self) -> frozenset[int]:
        """The regions that are ticked."""
        return frozenset(row.row.region for row in self.rows if row.row is not None and row.tick.isChecked())
