"""Recovery: what is the trouble with this film? The nearest kind decides which steps follow."""
from __future__ import annotations

from dataclasses import dataclass

from PyQt6.QtCore import QEvent, QObject, Qt
from PyQt6.QtGui import QImage, QKeyEvent, QPixmap
from PyQt6.QtWidgets import QGridLayout, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from engine.recoveries import RECOVERIES
from wizard import flow, theme
from wizard.kit.card import Card
from wizard.kit.fields import Field
from wizard.kit.panels import Panel, scrolled
from wizard.kit.words import Words, label, strong
from wizard.session import Session
from wizard.steps.page import Page
from wizard.words import tr

PICTURES = theme.ASSETS / "pictures"
CARDS = {"colour-similar": "colour-keyframes", "combined": "spatial-reference"}     # kinds that another's card stands for


@dataclass(frozen=True)
class Kind:
    """A kind of recovery in words. `coming` is empty for those that work, `tag` is said of one that works."""

    key: str
    title: str
    text: str
    need: str
    coming: str = ""
    tag: str = ""


def kinds() -> list[Kind]:
    """All kinds, in the order of the cards."""
    later, trial = tr("Coming in a later version"), tr("Experimental")
    return [
        Kind("colour-reference", tr("Colour, with a reference"),
             tr("The scan has faded, but another copy still has its colour: a DVD, a telecine, a better print."),
             tr("You need: the scan, and that copy. It may be small, cropped or subtitled.")),
        Kind("colour-keyframes", tr("Colour, without a reference"),
             tr("No copy in colour is left. You paint some frames, or take colours from pictures."),
             tr("You need: the scan, and a source for every colour you choose.")),
        Kind("spatial-reference", tr("A better element"),
             tr("Part of the film survives in a better gauge or generation. Its look is carried to the rest."),
             tr("You need: both elements, with some shots in common. Edges, grain and new detail are estimates."), tag=trial),
        Kind("telecine", tr("A damaged print with an old telecine"),
             tr("The print is eaten or scratched; a soft telecine from before the damage exists."),
             tr("You need: the print and the telecine. Edges, grain and new detail are estimates."),
             "" if "telecine" in RECOVERIES else later, trial),
    ]


class RecoveryPage(Page):
    """Four cards, and the steps that follow."""

    key = "recovery"

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self.cards: dict[str, Card] = {}
        self._pictured = False
        inside = QWidget()
        self._grid = QGridLayout(inside)
        self._grid.setContentsMargins(0, 0, 0, 0)
        for k, kind in enumerate(kinds()):
            card = Card(None, None, kind.title, kind.text, kind.need, kind.coming, kind.tag)
            card.installEventFilter(self)
            card.picked.connect(lambda key=kind.key: self._pick(key))
            self.cards[kind.key] = card
            self._grid.addWidget(card, k // 2, k % 2)
        self._strip = _Strip()
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.addWidget(scrolled(inside), 1)
        self._column.addWidget(self._strip)
        self.name = Field(tr("Name of the project"))
        self.name.setMinimumWidth(260)
        self.name.editingFinished.connect(lambda: self.session.rename(self.name.text()))
        self.set_compact(False)

    def title(self) -> str:
        return tr("What is the trouble with this film?")

    def corner(self) -> QWidget:
        """The project's name, to be changed."""
        named = QWidget()
        row = QHBoxLayout(named)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(label(tr("Name of the project")))
        row.addWidget(self.name)
        return named

    def subtitle(self) -> str:
        return tr("Choose the nearest. It decides which steps follow; you can change it later.")

    def entered(self) -> None:
        if not self._pictured:
            self._pictured = True
            self.session.background.begin(_load, self._show_pictures, lambda error: None)

    def _show_pictures(self, found: dict[str, tuple[QImage, QImage]]) -> None:
        for key, (before, after) in found.items():
            self.cards[key].set_pictures(QPixmap.fromImage(before), QPixmap.fromImage(after))

    def refresh(self) -> None:
        chosen = self.session.project.recovery if self.session.project else ""
        if self.session.project and not self.name.hasFocus():
            self.name.setText(self.session.project.name)
        self._strip.show_steps(chosen)
        self.setFocusProxy(self.cards.get(CARDS.get(chosen, chosen), self.cards["colour-reference"]))
        for key, card in self.cards.items():
            if card.isCheckable():
                card.setChecked(key == CARDS.get(chosen, chosen))

    def _pick(self, key: str) -> None:
        assert self.session.project
        before = self.session.project.recovery
        if key != CARDS.get(before, before):
            known, now = RECOVERIES[key], RECOVERIES[before]
            same = (known.needs_reference, known.detail) == (now.needs_reference, now.detail)
            other = {} if same else {"steps": None, "minutes": None}        # the length of a training of the other way
            self.session.edit(tr("choosing the recovery"), recovery=key, **other)
        self.said.emit()

    def set_compact(self, compact: bool) -> None:
        gap = 8 if compact else 16
        self._grid.setSpacing(gap)
        self._column.setSpacing(gap)
        self._strip.set_compact(compact)

    def eventFilter(self, watched: QObject | None, event: QEvent | None) -> bool:  # noqa: N802
        """Arrows go from card to card, as they lie."""
        if not isinstance(event, QKeyEvent) or event.type() != QEvent.Type.KeyPress:
            return False
        by = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1, Qt.Key.Key_Up: -2, Qt.Key.Key_Down: 2}.get(Qt.Key(event.key()))
        if by is None:
            return False
        cards = list(self.cards.values())
        to = next((k for k, card in enumerate(cards) if card is watched), 0) + by
        if 0 <= to < len(cards):
            cards[to].setFocus(Qt.FocusReason.TabFocusReason)
        return True


class _Strip(Panel):
    """The steps that follow, in a row."""

    def __init__(self) -> None:
        super().__init__()
        self.show_header(False)
        self._heading = strong(tr("Steps that follow"))
        self._any_time = Words(tr("You can come back to any step at any time."), 13, 400, "text2")
        self._any_time.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self._arrows: list[QLabel] = []
        self._row = QHBoxLayout()
        self._row.setSpacing(12)
        self._titles: list[Words] = []
        self._holder = self._steps()
        self._row.addWidget(self._holder)
        self._row.addWidget(self._any_time, 1)
        self.body.addWidget(self._heading)
        self.body.addLayout(self._row)
        self.show_steps("")
        theme.changed.connect(self._draw_arrows)
        self._draw_arrows()

    def _steps(self) -> QWidget:
        holder = QWidget()
        row = QHBoxLayout(holder)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(12)
        for k in range(len(flow.engine_steps("")) - 1):
            if k:
                arrow = QLabel()
                self._arrows.append(arrow)
                row.addWidget(arrow)
            self._titles.append(Words("", 13, 500, wrap=False))
            row.addWidget(self._titles[-1])
        return holder

    def show_steps(self, recovery: str) -> None:
        """Those of a kind of recovery."""
        titles = [flow.title_of(key) for key in tuple(flow.engine_steps(recovery))[1:]]
        for words, name in zip(self._titles, titles, strict=True):
            words.setText(name)
        self._holder.setAccessibleName(tr("Steps that follow") + ": " + ", ".join(titles))

    def _draw_arrows(self) -> None:
        for arrow in self._arrows:
            arrow.setPixmap(theme.pixmap("right", "text3", 16))

    def set_compact(self, compact: bool) -> None:
        self._heading.setVisible(not compact)
        self.body.setContentsMargins(15, 6 if compact else 11, 15, 6 if compact else 15)
        self.body.setSpacing(4 if compact else 8)


def _load() -> dict[str, tuple[QImage, QImage]]:
    return {kind.key: (QImage(str(PICTURES / f"{kind.key}-before.jpg")), QImage(str(PICTURES / f"{kind.key}-after.jpg")))
            for kind in kinds()}
