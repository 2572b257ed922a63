"""The colours of a film without a reference: which there are, which this keyframe uses, and where each comes from."""
# ruff: noqa: N802
from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace

from PyQt6.QtCore import QRectF, QSize, Qt, QTimer, pyqtSignal
from PyQt6.QtGui import QFontMetricsF, QKeyEvent, QMouseEvent, QPaintEvent, QResizeEvent
from PyQt6.QtWidgets import QAbstractButton, QButtonGroup, QHBoxLayout, QScrollArea, QSizePolicy, QVBoxLayout, QWidget

from engine.keyframes.palette import KINDS, Swatch, swatch_of
from wizard import theme
from wizard.kit import Button, Check, Choice, Field, Hairline, IconButton, Panel, Words, paint, scrolled
from wizard.kit.buttons import enter_clicks
from wizard.palette_words import footnote, kind_asks, kind_word, spoken
from wizard.steps.frames_pair import Shrinking
from wizard.steps.keyframes_easel import Palette
from wizard.steps.keyframes_mixing import Mixing, paint_colour
from wizard.words import tr, trn

ROW, SQUARE = 53, 36
LOW = 440               # px of the panel, below which it is low
REST_MS = 800           # a source that is not written further is kept


class SwatchRow(QAbstractButton):
    """A colour, its name, its footnote, and whether it has one. `chosen` by the mouse or by Enter, `opened` to be edited."""

    chosen = pyqtSignal()
    opened = pyqtSignal()

    def __init__(self) -> None:
        super().__init__()
        self.swatch, self._used = Swatch(0, "", (0.5, 0.5, 0.5)), False
        self.setCheckable(True)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.clicked.connect(self.chosen)
        theme.changed.connect(self._restyle)

    def _restyle(self) -> None:
        self.updateGeometry()
        self.update()

    def show_swatch(self, swatch: Swatch, used: bool) -> None:
        self.swatch, self._used = swatch, used
        self.setText(swatch.name)
        self.setAccessibleName(spoken(swatch, used))
        self._explain()
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(theme.scaled(200), theme.scaled(ROW))

    def minimumSizeHint(self) -> QSize:
        return QSize(theme.scaled(140), self.sizeHint().height())

    def _room(self) -> float:
        return self.width() - theme.scaled(SQUARE) - 15 - 12 - theme.scaled(18) - 24

    def _explain(self) -> None:
        room = self._room()
        long = any(QFontMetricsF(theme.font(size, weight)).horizontalAdvance(text) > room
                   for text, size, weight in ((self.swatch.name, 13, 600), (footnote(self.swatch), 12, 400)))
        self.setToolTip(f"{self.swatch.name}\n{footnote(self.swatch)}" if long else "")

    def resizeEvent(self, event: QResizeEvent | None) -> None:
        self._explain()

    def mouseDoubleClickEvent(self, event: QMouseEvent | None) -> None:
        self.opened.emit()

    def keyPressEvent(self, event: QKeyEvent | None) -> None:
        if event is not None and event.key() == Qt.Key.Key_F2:
            self.opened.emit()
        elif not enter_clicks(self, event):
            super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent | None) -> None:
        painter, rect, swatch = paint.painter_on(self), QRectF(self.rect()), self.swatch
        fill = paint.token("raised") if self.isChecked() else paint.quiet_fill(self.isDown(), self.underMouse())
        paint.box(painter, rect.adjusted(4, 0, -4, 0), fill, None, 6)
        if self.isChecked():
            paint.accent_bar(painter, rect.adjusted(4, 8, 0, -8))
        side = theme.scaled(SQUARE)
        square = QRectF(15, round((rect.height() - side) / 2), side, side)
        paint_colour(painter, square, swatch.colour)
        sure, room = swatch.founded, self._room()
        x, high = square.right() + 12, theme.scaled(20)
        top = rect.center().y() - high
        for text, y, size, weight, tone in ((swatch.name, top, 13, 600, "text"),
                                            (footnote(swatch), top + high, 12, 400, "text2" if sure else "warn")):
            font = theme.font(size, weight)
            painter.setFont(font)
            painter.setPen(theme.colour(tone))
            said = QFontMetricsF(font).elidedText(text, Qt.TextElideMode.ElideRight, room)
            painter.drawText(QRectF(x, y, room + 2, high), Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, said)
        icon = theme.pixmap("check", "ok", 16) if sure else theme.pixmap("warn", "warn", 16)
        painter.drawPixmap(round(rect.right() - theme.scaled(16) - 15), round(top + 2), icon)


class SourceForm(QWidget):
    """Where one colour comes from. `changed` (Swatch) when it is said; `edit` asks for name and colour."""

    changed = pyqtSignal(object)
    edit = pyqtSignal()

    def __init__(self) -> None:
        super().__init__()
        self._swatch: Swatch | None = None
        self.title = Words("", 13, 600)
        self.more = IconButton("settings", tr("Name and colour"))
        self.kind = Choice(tr("Kind of source"))
        self.source = Field(tr("Source"))
        self.assumption = Check(tr("An assumption. Say so in the record."))
        self._rest = QTimer(self, singleShot=True, interval=REST_MS)
        of = QHBoxLayout()
        of.setSpacing(4)
        of.addWidget(self.kind, 1)
        of.addWidget(self.more)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addWidget(self.title)
        column.addLayout(of)
        column.addWidget(self.source)
        column.addWidget(self.assumption)
        self.kind.fill([(kind, kind_word(kind)) for kind in KINDS])
        self.kind.picked.connect(self._kind_picked)
        self.source.textEdited.connect(lambda _: self._rest.start())
        self.source.editingFinished.connect(self.keep)
        self._rest.timeout.connect(self.keep)
        self.assumption.clicked.connect(lambda _: self.keep())
        self.more.clicked.connect(self.edit)

    def show_swatch(self, swatch: Swatch) -> None:
        """Ask for this one; what is being written of it stays."""
        if self._swatch is not None and self._swatch.number != swatch.number:
            self.keep()
        other = self._swatch is None or self._swatch.number != swatch.number
        if other or not self._rest.isActive():
            if self.source.text() != swatch.source:
                self.source.setText(swatch.source)
                self.source.setCursorPosition(0)
            self.kind.choose(swatch.kind or (self.kind.key if not other else KINDS[0]) or KINDS[0])
            self.assumption.setChecked(swatch.assumption)
        self._swatch = swatch
        self.title.setText(tr("Where does “{colour}” come from?", colour=swatch.name))
        self._ask()

    def _kind_picked(self) -> None:
        self._ask()
        self.keep(True)

    def _ask(self) -> None:
        self.source.setPlaceholderText(kind_asks(self.kind.key or KINDS[0]))

    def keep(self, kind_too: bool = False) -> None:
        """Hand on what is written now, where it is another than what was known."""
        self._rest.stop()
        if self._swatch is None:
            return
        source = self.source.text().strip()
        said = replace(self._swatch, source=source, kind=self.kind.key if source or kind_too else self._swatch.kind,
                       assumption=self.assumption.isChecked())
        if said != self._swatch:
            self._swatch = said
            self.changed.emit(said)


class ColourPanel(Panel):
    """`chosen` (number) is the colour to paint with; `changed` (Swatch) is another name, colour or source; `add` and `removed` (number);
    `similar` asks for colour from similar pictures."""

    chosen = pyqtSignal(int)
    changed = pyqtSignal(object)
    add = pyqtSignal()
    removed = pyqtSignal(int)
    similar = pyqtSignal()

    def __init__(self) -> None:
        super().__init__(tr("Colours in this keyframe"))
        self._rows: list[SwatchRow] = []
        self._palette: Palette = ()
        self._here: tuple[int, ...] = ()
        self._anywhere: frozenset[int] = frozenset()
        self._number = self._shown = 0
        self._compact = False
        self.mixes = False                  # name and colour are being edited
        self.used = Words("", 12, 400, "text2", wrap=False)
        self.plus = IconButton("plus", tr("Add a colour…"))
        self.form, self.mixing = SourceForm(), Mixing()
        self.new = Button(tr("Add a colour…"), icon="plus", height=32)
        self.alike = IconButton("onion", tr("Colour from similar pictures…"))
        self._group = QButtonGroup(self)
        self._lay_out()
        self.new.clicked.connect(self.add)
        self.plus.clicked.connect(self.add)
        self.form.changed.connect(self.changed)
        self.form.edit.connect(lambda: self.mix(True))
        self.mixing.changed.connect(self.changed)
        self.mixing.closed.connect(lambda: self.mix(False))
        self.mixing.removed.connect(lambda: self.removed.emit(self._number))
        self.set_compact(False)

    def _lay_out(self) -> None:
        self.header.addWidget(self.used)
        self.header.addWidget(self.alike)
        self.header.addWidget(self.plus)
        self.alike.clicked.connect(self.similar)
        inside = QWidget()
        self._list = QVBoxLayout(inside)
        self._list.setContentsMargins(0, 0, 0, 0)
        self._list.setSpacing(2)
        self._none = Words(tr("No colours yet. Add one, or pick one from the film or from a picture."), 13, 400, "text2")
        self._none.setContentsMargins(15, 8, 15, 8)
        self._others = Words(tr("Not in this keyframe"), 12, 500, "text2", wrap=False)
        self._others.setContentsMargins(15, 6, 15, 2)
        self._list.addWidget(self._none)
        self._list.addWidget(self._others)
        self._list.addStretch(1)
        self._area: QScrollArea = scrolled(inside)
        self._low = QWidget()
        low = QVBoxLayout(self._low)
        low.setContentsMargins(15, 0, 15, 12)
        low.setSpacing(0)
        low.addWidget(self.form)
        low.addWidget(self.mixing)
        foot = QVBoxLayout()
        foot.setContentsMargins(15, 0, 15, 15)
        foot.addWidget(self.new)
        self.body.setContentsMargins(0, 0, 0, 0)
        self.body.setSpacing(0)
        self.body.addWidget(self._area, 1)
        self._line = QWidget()
        line = QVBoxLayout(self._line)
        line.setContentsMargins(15, 4, 15, 12)
        line.addWidget(Hairline())
        self.body.addWidget(self._line)
        self._shrinking = Shrinking(self._low)
        self.body.addWidget(self._shrinking)
        self.body.addLayout(foot)
        self._foot = foot

    def set_compact(self, compact: bool) -> None:
        self._compact = compact
        self._fit()

    def resizeEvent(self, event: QResizeEvent | None) -> None:
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        """Where there is little room, adding is a button in the header, how many are used is not said, and the title is short."""
        self._area.setMinimumHeight(theme.scaled(ROW) + 4)
        low = self._compact or self.height() < theme.scaled(LOW)
        self.new.setVisible(not low)
        self.plus.setVisible(low)
        self._foot.setContentsMargins(15, 0, 15, 0 if low else 15)
        rest = sum(button.sizeHint().width() + 8 for button in (self.alike, self.plus) if button.isVisibleTo(self))
        room, whole = self.width() - 54 - rest, tr("Colours in this keyframe")
        needed = QFontMetricsF(theme.font(13, 600)).horizontalAdvance(whole)
        self.set_title(whole if room >= needed else tr("Colours"))
        self.body.setContentsMargins(0, 0, 0, 0)
        self.used.setVisible(room >= needed + self.used.sizeHint().width())

    # what is shown

    def show_palette(self, palette: Palette, here: tuple[int, ...], anywhere: Collection[int], number: int) -> None:
        """The colours: those that this keyframe uses first, then the others; `number` is the one in use."""
        self._palette, self._here, self._anywhere, self._number = palette, here, frozenset(anywhere), number
        first = [swatch for swatch in palette if swatch.number in here]
        rest = [swatch for swatch in palette if swatch.number not in here]
        self._fit_rows(len(palette))
        for row, swatch in zip(self._rows, (*first, *rest), strict=True):
            row.show_swatch(swatch, swatch.number in here)
            row.setChecked(swatch.number == number)
        if number != self._shown and palette:
            self._shown = number
            QTimer.singleShot(0, self._show_chosen)
        self._list.removeWidget(self._others)
        self._list.insertWidget(1 + len(first), self._others)
        self._others.setVisible(bool(first and rest))
        self._none.setVisible(not palette)
        self.used.setText(trn("{n} used", "{n} used", len(here)) if palette else "")
        self._fit()
        self._show_low()

    def _show_chosen(self) -> None:
        row = next((row for row in self._rows if row.isChecked()), None)
        if row is not None:
            self._area.ensureWidgetVisible(row, 0, 8)

    def _fit_rows(self, count: int) -> None:
        while len(self._rows) > count:
            row = self._rows.pop()
            self._group.removeButton(row)
            self._list.removeWidget(row)
            row.hide()
            row.deleteLater()
        while len(self._rows) < count:
            row = SwatchRow()
            row.chosen.connect(lambda row=row: self._choose(row))
            row.opened.connect(lambda: self.mix(True))
            self._rows.append(row)
            self._group.addButton(row)
        for at, row in enumerate(self._rows):
            self._list.removeWidget(row)
            self._list.insertWidget(1 + at, row)
            row.show()

    def row(self, number: int) -> SwatchRow:
        """The row of a colour."""
        return next(row for row in self._rows if row.swatch.number == number)

    def _show_low(self) -> None:
        swatch = swatch_of(self._palette, self._number)
        for part in (self._shrinking, self._line):
            part.setVisible(swatch is not None)
        if swatch is None:
            self.mixes = False
            return
        self.form.show_swatch(swatch)
        self.mixing.show_swatch(swatch, swatch.number not in self._anywhere)
        self.form.setVisible(not self.mixes)
        self.mixing.setVisible(self.mixes)

    def _choose(self, row: SwatchRow) -> None:
        """A colour without a source has its field to fill focused."""
        number, founded = row.swatch.number, row.swatch.founded
        if number != self._number:
            self.mixes = False
        self.form.keep()
        self.chosen.emit(number)
        if not founded and not self.mixes:
            self.form.source.setFocus()

    def mix(self, on: bool) -> None:
        """Edit name and colour, or come back to where it comes from."""
        self.mixes = on
        self._show_low()
        if on:
            self.mixing.name.setFocus()
            self.mixing.name.selectAll()
