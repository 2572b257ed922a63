"""The pair that is looked at: scan and target under a wipe, why it is there, and its figures."""
from __future__ import annotations

from collections import OrderedDict

from PyQt6.QtCore import QEvent, QObject, QSize, Qt, pyqtSignal
from PyQt6.QtGui import QResizeEvent
from PyQt6.QtWidgets import QBoxLayout, QFrame, QHBoxLayout, QScrollArea, QSizePolicy, QVBoxLayout, QWidget

from engine.align.alignment import DOUBTFUL_PX, FrameMatch
from engine.align.local import LIMIT_PX
from engine.balance.balance import Balance
from engine.detail.aligned import lay
from engine.pairs.look import PairFacts, facts_of, pair_facts
from engine.pairs.target import make_pair
from wizard import theme
from wizard.kit import Button, IconButton, KeyRows, Panel, Words, body
from wizard.roles import corrected
from wizard.same import Same
from wizard.session import Session
from wizard.steps.frames_choice import Choice, shot_words
from wizard.steps.frames_damage import DamagePainting
from wizard.steps.frames_words import reason
from wizard.steps.pairing import Pairing
from wizard.viewer.brush import BrushView
from wizard.viewer.view import PictureView
from wizard.words import number, percent, tr

KEPT = 200
AGREES = 0.5                # of the picture, from which a pair is called good
GAP = 8
SIDE = 344                  # of the words beside the picture, where it is large
LOWEST = 96                 # picture
WIDEST = 16_777_215         # of a widget that is free to grow


class PairPanel(Panel):
    """`pick`, `hold` and `trust` (frame) are what the user asked for; `closed`: not large any more."""

    pick = pyqtSignal(int)
    hold = pyqtSignal(int)
    trust = pyqtSignal(int)
    closed = pyqtSignal()

    def __init__(self, session: Session) -> None:
        super().__init__(tr("Pair"))
        self.session, self.index = session, -1
        self._facts: OrderedDict[tuple[int, str], PairFacts | None] = OrderedDict()
        self._made_of: tuple[object, ...] = ()  # the figures
        self.view = BrushView(tr("Scan and target of the pair"), modes=("wipe", "split", "first", "second"))
        self.pairing = Pairing(self.view, session, "pair")
        names = {"target": tr("Target"), "laid": tr("Telecine"), "damage": tr("Damage in red")}
        self.pairing.names = lambda role, index: names.get(role, tr("Scan"))
        self.on_view = OnView(self.view)
        self.painting = DamagePainting(session, self.view, self.pairing)
        self.shot = Words("", 12, 400, "text2", wrap=False)
        self.heading, self.words = Words("", 13, 600), body("")
        self.rows = KeyRows(tr("Figures of the pair"))
        self.back = Button(tr("Back to the frames"), "quiet", "left", height=32)
        self.use, self.keep = Button(tr("Use for training"), icon="check"), Button(tr("Hold out"), icon="eye")
        self.fits = Button(tr("It fits: use it"), icon="check")
        self._lay_out()
        self.set_large(False)
        self.back.clicked.connect(self.closed)
        self.use.clicked.connect(lambda: self.pick.emit(self.index))
        self.keep.clicked.connect(lambda: self.hold.emit(self.index))
        self.fits.clicked.connect(lambda: self.trust.emit(self.index))
        self.show_nothing()

    def _lay_out(self) -> None:
        self.header.addWidget(self.shot)
        self.header.addWidget(self.back)
        text = QWidget()
        column = QVBoxLayout(text)
        column.setContentsMargins(0, 4, 0, 0)
        for part in (self.heading, self.words, self.rows):
            column.addWidget(part)
        column.addStretch(1)
        row = QHBoxLayout()
        row.setSpacing(8)
        for button in (self.use, self.keep, self.fits):
            row.addWidget(button, 1)
        self._side = QWidget()
        side = QVBoxLayout(self._side)
        side.setContentsMargins(0, 0, 0, 0)
        side.setSpacing(8)
        side.addWidget(self.painting.tools)
        self._said = Shrinking(text)
        side.addWidget(self._said)
        side.addLayout(row)
        side.addStretch(1)
        self._both = QBoxLayout(QBoxLayout.Direction.TopToBottom)
        self._both.setSpacing(8)
        self._both.addWidget(self.view, 1)
        self._both.addWidget(self._side, 0)
        self.body.addLayout(self._both, 1)

    def set_large(self, large: bool) -> None:
        """Over the whole page, with a way back: the words are beside the picture then."""
        self.back.setVisible(large)
        self._large = large
        self._make_room()
        self._both.setDirection(QBoxLayout.Direction.LeftToRight if large else QBoxLayout.Direction.TopToBottom)
        self._both.setSpacing(16 if large else 8)
        self._side.setMinimumWidth(theme.scaled(SIDE) if large else 0)
        self._side.setMaximumWidth(theme.scaled(SIDE) if large else WIDEST)
        self.view.setMinimumHeight(theme.scaled(LOWEST))

    def _make_room(self) -> None:
        """Beside the strip the picture has the room of the words while somebody paints."""
        self._said.setVisible(self._large or not self.painting.on)

    def show_nothing(self) -> None:
        """No frame is looked at."""
        self.index = -1
        self.painting.tools.setVisible(False)
        self.set_title(tr("Pair"))
        for part in (self.shot, self.heading, self.words):
            part.setText("")
        self.rows.set_rows([])
        for button in (self.use, self.keep, self.fits):
            button.setVisible(False)

    def show_frame(self, index: int, label: str, choice: Choice) -> None:
        """Show a scan frame as a pair."""
        self.index = index
        self.set_title(tr("Frame {frame}", frame=label))
        self.shot.setText(shot_words(choice.ground.shot_of(index)))
        self._picture(index, index in choice.ground.partnered)
        heading, words = reason(choice, index)
        self.heading.setText(heading)
        self.words.setText(words)
        self.words.setVisible(bool(words))
        self._show_buttons(index, choice)
        self._show_facts(index)

    def _picture(self, index: int, partnered: bool) -> None:
        """The frame beside what is learnt from it, or with its damage."""
        self.painting.tools.setVisible(self.session.repairs)
        self._make_room()
        if self.painting.on:
            self.painting.show(index)
            return
        self.painting.leave()
        first = "balanced" if self.session.films.has("balanced") else "scan"
        second = "laid" if self.session.repairs else "target"       # what a repair aims at is not there before the training
        self.pairing.show(index, (first, second if partnered else ""))

    def _show_buttons(self, index: int, choice: Choice) -> None:
        there = index in choice.ground.partnered
        picked, held = index in choice.picked, index in choice.held
        asks = there and index in choice.ground.doubtful and not picked and not held
        self.use.setText(tr("Do not use it") if picked else tr("Use for training"))
        self.use.set_icon(None if picked else "check")
        self.keep.setText(tr("Do not hold out") if held else tr("Hold out"))
        self.keep.set_icon(None if held else "eye")
        for button in (self.use, self.keep):
            button.setVisible(there and not asks)
        self.fits.setVisible(asks)

    # its figures

    def _show_facts(self, index: int) -> None:
        made, films, project = self.session.made, self.session.films, self.session.project
        alignment, scan, reference = made.alignment, films.source("scan"), films.source("reference")
        match = alignment.frames[index] if alignment and 0 <= index < len(alignment.frames) else None
        if alignment is None or match is None or match.reference is None or scan is None or reference is None or project is None:
            self.rows.set_rows([])
            return
        balance = made.balance if project.settings.balance != "off" else Balance.identity()
        match = corrected(alignment, match, project.settings.corners)
        made_of = (Same(alignment, made.balance, scan, reference), project.settings.corners)
        if made_of != self._made_of:
            self._made_of = made_of
            self._facts.clear()
        exact = self.session.detail and not self.session.repairs
        balance = Balance.identity() if self.session.repairs else balance
        key = (index, project.recovery if self.session.detail else project.settings.balance)
        self._show_rows(match, self._facts.get(key))
        if key in self._facts or (balance is None and not exact):
            return
        self._facts[key] = None

        def look() -> PairFacts:
            if exact or balance is None:
                laid = lay(scan, reference, match)
                return facts_of(laid.weight * laid.usable, laid.misfit)
            return pair_facts(make_pair(scan, reference, match, balance, (scan.info.encoding, reference.info.encoding), False, ""))

        def take(facts: PairFacts) -> None:
            if key in self._facts:
                self._facts[key] = facts
                while len(self._facts) > KEPT:
                    self._facts.popitem(last=False)
            if self.index == index:
                self._show_rows(match, facts)

        def refused(error: Exception) -> None:
            self._facts.pop(key, None)

        self.session.background.begin(look, take, refused)

    def _show_rows(self, match: FrameMatch, facts: PairFacts | None) -> None:
        misfit, limit = match.residual_px, DOUBTFUL_PX
        if facts is not None and self.session.detail and not self.session.repairs:      # laid more exactly than for colour
            misfit, limit = facts.misfit, LIMIT_PX
        project = self.session.project
        said = (tr("not measured"), None) if project is not None and project.settings.aligned else (
            tr("{misfit} px", misfit=number(misfit, 2)), "ok" if misfit <= limit else "warn")
        rows: list[tuple[str, str, str | None]] = [(tr("Alignment"), *said)]
        if facts is None:
            rows += [(tr("Pair agreement"), "…", None), (tr("Masked"), "…", None)]
        else:
            tone = "ok" if facts.agreement > AGREES else "warn"
            rows += [(tr("Pair agreement"), tr("{share} of the picture", share=percent(facts.agreement)), tone),
                     (tr("Masked"), tr("{share} of the picture", share=percent(facts.masked)), None)]
        self.rows.set_rows(rows)


class Shrinking(QScrollArea):
    """As high as its words where there is room, else they scroll."""

    def __init__(self, words: QWidget) -> None:
        super().__init__()
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setWidget(words)
        words.installEventFilter(self)

    def eventFilter(self, watched: QObject | None, event: QEvent | None) -> bool:  # noqa: N802
        if event is not None and event.type() == QEvent.Type.LayoutRequest:
            self.updateGeometry()
        return super().eventFilter(watched, event)

    def resizeEvent(self, event: QResizeEvent | None) -> None:  # noqa: N802
        super().resizeEvent(event)
        self.updateGeometry()

    def sizeHint(self) -> QSize:  # noqa: N802
        words = self.widget()
        assert words is not None
        high = words.heightForWidth(self.width()) if words.hasHeightForWidth() else words.sizeHint().height()
        return QSize(words.sizeHint().width(), high)

    def minimumSizeHint(self) -> QSize:  # noqa: N802
        return QSize(0, 0)


class OnView(QObject):
    """Two buttons on the picture, lower right; lower left while the probe stands there."""

    def __init__(self, view: PictureView) -> None:
        super().__init__(view)
        self._view = view
        self.actual = IconButton("zoom", tr("Pixel by pixel"), on_picture=True, parent=view)
        self.fit = IconButton("fit", tr("Fit the picture"), on_picture=True, parent=view)
        self.actual.clicked.connect(view.actual)
        self.fit.clicked.connect(view.fit)
        view.installEventFilter(self)

    def eventFilter(self, watched: QObject | None, event: QEvent | None) -> bool:  # noqa: N802
        if event is not None and event.type() in (QEvent.Type.Resize, QEvent.Type.Show, QEvent.Type.KeyRelease):
            self._place()
        return False

    def _place(self) -> None:
        buttons: list[QWidget] = [self.actual, self.fit]
        for button in buttons:
            button.resize(button.sizeHint())
        wide = sum(button.width() for button in buttons) + GAP
        x = GAP if self._view.probing else self._view.width() - wide - GAP
        for button in buttons:
            button.move(x, self._view.height() - button.height() - GAP)
            x += button.width() + GAP
