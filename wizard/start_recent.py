"""The recent projects on the start screen: a card each, filled beside the window's thread."""
from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PyQt6.QtCore import QRectF, QSize, Qt, QTimer, pyqtSignal
from PyQt6.QtGui import QHideEvent, QImage, QKeyEvent, QPaintEvent, QPixmap, QShowEvent
from PyQt6.QtWidgets import QAbstractButton, QFrame, QHBoxLayout, QLabel, QScrollArea, QSizePolicy, QVBoxLayout, QWidget

from wizard import recent, style, theme
from wizard.background import Background
from wizard.kit import paint
from wizard.kit.buttons import Button, enter_clicks
from wizard.kit.panels import Panel
from wizard.kit.words import Elided, Words, strong
from wizard.summary import Summary, first_look, summary_of
from wizard.words import tr

THUMB = (120, 90)
AGAIN_MS = 2000             # between two looks at a project that is worked on

Pictures = tuple[QImage | None, QImage | None]


class RecentProjects(QScrollArea):
    """The list. `opened` and `locate` (folder) are asked of the window; removing from the list is done here."""

    opened = pyqtSignal(Path)
    locate = pyqtSignal(Path)

    def __init__(self, background: Background) -> None:
        super().__init__()
        self._background = background
        self.cards: list[RecentCard] = []
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setAccessibleName(tr("Recent projects"))
        inside = QWidget()
        self._column = QVBoxLayout(inside)
        self._column.setContentsMargins(4, 4, 4, 4)
        self._empty = _empty()
        self._column.addWidget(self._empty)
        self._column.addStretch(1)
        self.setWidget(inside)
        self.set_compact(False)
        self._timer = QTimer(self)
        self._timer.setInterval(AGAIN_MS)
        self._timer.timeout.connect(self._look_again)

    def set_compact(self, compact: bool) -> None:
        self._column.setSpacing(12 if compact else 16)

    def fill(self) -> None:
        """Show the list as it is now; what each project is about arrives a moment later."""
        for card in self.cards:
            self._column.removeWidget(card)
            card.hide()
            card.deleteLater()
        self.cards = [RecentCard(folder) for folder in recent.recent()]
        for k, card in enumerate(self.cards):
            card.opened.connect(self.opened)
            card.locate.connect(self.locate)
            card.removed.connect(self._remove)
            card.moved.connect(self._move)
            self._column.insertWidget(k, card)
            self._look(card, with_pictures=True)
        self._empty.setVisible(not self.cards)

    def _look(self, card: RecentCard, with_pictures: bool) -> None:
        folder, ratio = card.summary.folder, self.devicePixelRatioF()

        def look() -> tuple[Summary, Pictures | None]:
            summary = summary_of(folder)
            return summary, _load(summary, ratio) if with_pictures else None

        self._background.begin(look, self._taker(card), lambda error: None)

    def _taker(self, card: RecentCard) -> Callable[[tuple[Summary, Pictures | None]], None]:
        def take(found: tuple[Summary, Pictures | None]) -> None:
            if card in self.cards:
                card.show_summary(*found)
        return take

    def _look_again(self) -> None:
        for card in self.cards:
            if card.summary.running:
                self._look(card, with_pictures=False)

    def _remove(self, folder: Path) -> None:
        recent.forget(folder)
        at = next((k for k, card in enumerate(self.cards) if card.summary.folder == folder), 0)
        self.fill()
        if self.cards:
            self.cards[min(at, len(self.cards) - 1)].setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            self.focusNextPrevChild(True)

    def _move(self, by: int) -> None:
        here = next((k for k, card in enumerate(self.cards) if card.hasFocus()), 0)
        if 0 <= here + by < len(self.cards):
            self.cards[here + by].setFocus(Qt.FocusReason.TabFocusReason)
            self.ensureWidgetVisible(self.cards[here + by], 4, 4)

    def showEvent(self, event: QShowEvent | None) -> None:  # noqa: N802
        super().showEvent(event)
        self._timer.start()

    def hideEvent(self, event: QHideEvent | None) -> None:  # noqa: N802
        super().hideEvent(event)
        self._timer.stop()


class RecentCard(QAbstractButton):
    """One project: its picture, name, what it is, and how it stands. The whole card opens it."""

    opened = pyqtSignal(Path)
    locate = pyqtSignal(Path)
    removed = pyqtSignal(Path)
    moved = pyqtSignal(int)

    def __init__(self, folder: Path) -> None:
        super().__init__()
        self.summary = first_look(folder)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setProperty("ringRadius", 8)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._thumb = Thumb()
        self._name = Elided("", 15, 600, mode=Qt.TextElideMode.ElideRight)
        self._when = Words("", 12, 400, "text2", wrap=False)
        self._what = Elided("", 13, 400, "text2", mode=Qt.TextElideMode.ElideRight)
        self._sign, self._state = QLabel(), Words("", 13, 500)
        self._help = Button("", height=32)
        self._help.hide()
        self._help.clicked.connect(self._helped)
        self.clicked.connect(self._clicked)
        self._lay_out()
        theme.changed.connect(self._restyle)
        self.show_summary(self.summary, None)

    def _lay_out(self) -> None:
        top, below = QHBoxLayout(), QHBoxLayout()
        top.setSpacing(16)
        top.addWidget(self._name, 1)
        top.addWidget(self._when)
        below.setSpacing(8)
        below.addWidget(self._sign, 0, Qt.AlignmentFlag.AlignVCenter)
        below.addWidget(self._state, 1)
        below.addWidget(self._help)
        words = QVBoxLayout()
        words.setSpacing(0)
        words.addLayout(top)
        words.addWidget(self._what)
        words.addStretch(1)
        words.addSpacing(6)
        words.addLayout(below)
        row = QHBoxLayout(self)
        row.setContentsMargins(16, 16, 16, 16)
        row.setSpacing(24)
        row.addWidget(self._thumb, 0, Qt.AlignmentFlag.AlignVCenter)
        row.addLayout(words, 1)
        for child in (self._thumb, self._name, self._when, self._what, self._sign, self._state):
            child.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)

    def show_summary(self, summary: Summary, pictures: Pictures | None) -> None:
        """Fill the card; without `pictures` those that are there stay."""
        self.summary = summary
        self._name.setText(summary.name)
        self._what.setText(summary.what)
        self._when.setText(summary.when)
        self._state.setText(summary.state)
        help_words = {"missing": tr("Locate media..."), "gone": tr("Remove from the list")}.get(summary.place, "")
        self._help.setText(help_words)
        self._help.setVisible(bool(help_words))
        self._help.setAccessibleDescription(summary.name)
        said = ". ".join(part for part in (summary.name, summary.what, summary.state, summary.when) if part)
        self.setAccessibleName(said)
        self.setToolTip(str(summary.folder))
        if pictures:
            self._thumb.show_pictures(*pictures)
        self._restyle()

    def _clicked(self) -> None:
        if self.summary.place != "gone":
            self.opened.emit(self.summary.folder)

    def _helped(self) -> None:
        (self.removed if self.summary.place == "gone" else self.locate).emit(self.summary.folder)

    def _restyle(self) -> None:
        summary = self.summary
        self._name.set_tone("text2" if summary.place == "gone" else "text")
        self._state.set_tone(summary.tone)
        self._sign.setVisible(bool(summary.icon))
        if summary.icon:
            self._sign.setPixmap(theme.pixmap(summary.icon, summary.tone, 18))
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:  # noqa: N802
        inside = self.layout()
        assert inside is not None
        return inside.sizeHint().expandedTo(QSize(0, THUMB[1] + 32))

    def minimumSizeHint(self) -> QSize:  # noqa: N802
        return QSize(320, self.sizeHint().height())

    def keyPressEvent(self, event: QKeyEvent | None) -> None:  # noqa: N802
        if event is not None and event.key() in (Qt.Key.Key_Up, Qt.Key.Key_Down):
            self.moved.emit(1 if event.key() == Qt.Key.Key_Down else -1)
        elif not enter_clicks(self, event):
            super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent | None) -> None:  # noqa: N802
        fill = paint.token("panel")
        if self.summary.place != "gone":
            fill = style.pressed(fill) if self.isDown() else style.hovered(fill) if self.underMouse() else fill
        paint.box(paint.painter_on(self), QRectF(self.rect()), fill, paint.token("line"), 8)


class Thumb(QWidget):
    """Before and after, a wipe line between; where there is no picture, the surround and a film."""

    def __init__(self) -> None:
        super().__init__()
        self._before: QPixmap | None = None
        self._after: QPixmap | None = None
        self.setFixedSize(*THUMB)
        theme.changed.connect(self.update)

    def show_pictures(self, before: QImage | None, after: QImage | None) -> None:
        self._before = QPixmap.fromImage(before) if before else None
        self._after = QPixmap.fromImage(after) if after else None
        self.update()

    def paintEvent(self, event: QPaintEvent | None) -> None:  # noqa: N802
        painter, rect = paint.painter_on(self), QRectF(self.rect())
        painter.fillRect(rect, theme.colour("surround"))
        shown = [picture for picture in (self._before, self._after) if picture is not None]
        if not shown:
            icon = theme.pixmap("film", theme.ON_PICTURE.name(), 24)
            side = theme.scaled(24)
            painter.setOpacity(0.6)
            painter.drawPixmap(round((rect.width() - side) / 2), round((rect.height() - side) / 2), icon)
            return
        middle = rect.width() / 2
        for k, picture in enumerate((shown[0], shown[-1])):
            size = picture.deviceIndependentSize()
            painter.setClipRect(QRectF(k * middle, 0, middle, rect.height()))
            painter.drawPixmap(QRectF((rect.width() - size.width()) / 2, (rect.height() - size.height()) / 2, size.width(), size.height()),
                               picture, QRectF(picture.rect()))
        painter.setClipping(False)
        if len(shown) == 2:
            painter.fillRect(QRectF(middle - 2, 0, 4, rect.height()), theme.CASING)
            painter.fillRect(QRectF(middle - 1, 0, 2, rect.height()), theme.ON_PICTURE)


def _load(summary: Summary, ratio: float) -> Pictures:
    before, after = (_filled(QImage(str(path)), ratio) if path else None for path in summary.pictures)
    return before, after


def _filled(image: QImage, ratio: float) -> QImage | None:
    """An image that fills a thumb; what is over is cut off."""
    if image.isNull():
        return None
    wanted = QSize(round(THUMB[0] * ratio), round(THUMB[1] * ratio))
    image = image.scaled(wanted, Qt.AspectRatioMode.KeepAspectRatioByExpanding, Qt.TransformationMode.SmoothTransformation)
    image = image.copy((image.width() - wanted.width()) // 2, (image.height() - wanted.height()) // 2, wanted.width(), wanted.height())
    image.setDevicePixelRatio(ratio)
    return image


def _empty() -> Panel:
    """What stands in the list while it is empty."""
    panel = Panel()
    panel.show_header(False)
    panel.body.addWidget(strong(tr("Nothing here yet")))
    panel.body.addWidget(Words(tr("Your projects will be listed here, with how far each has come. "
                                  "Begin with a new project, drop a film on this window, or try the sample film first."), 13, 400, "text2"))
    return panel
