"""Every control in every state on one page, to look at (`10-components-dark.png` is the target)."""
# ruff: noqa: N802
from __future__ import annotations

from collections.abc import Iterable
from typing import TypeVar

import numpy as np
from PyQt6.QtCore import QRectF, Qt
from PyQt6.QtGui import QPaintEvent
from PyQt6.QtWidgets import QAbstractButton, QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from wizard import theme
from wizard.kit import paint
from wizard.kit.banner import Banner
from wizard.kit.buttons import Button, IconButton, LinkButton, Segment
from wizard.kit.card import Card
from wizard.kit.fields import Check, Choice, Field, Number, Tag
from wizard.kit.panels import Hairline, KeyRows, Panel, scrolled
from wizard.kit.progress import FooterProgress
from wizard.kit.rail import Rail, RailItem
from wizard.kit.ring import FocusRing
from wizard.kit.words import Words, caption, title
from wizard.messages import Trouble
from wizard.words import duration, left, number, tr

W = TypeVar("W", bound=QWidget)
B = TypeVar("B", bound=QAbstractButton)


def gallery() -> QWidget:
    """The page; it scrolls."""
    page = QWidget()
    columns = QHBoxLayout()
    columns.setSpacing(32)
    for parts in (_left(), _middle(), _right()):
        column = QVBoxLayout()
        column.setSpacing(16)
        for part in parts:
            column.addWidget(part)
        column.addStretch(1)
        columns.addLayout(column, 1)
    whole = QVBoxLayout(page)
    whole.setContentsMargins(32, 24, 32, 24)
    whole.setSpacing(16)
    whole.addWidget(title(tr("Components")))
    whole.addLayout(columns)
    whole.addWidget(_head(tr("Banner: error, attention")))
    for banner in _banners():
        whole.addWidget(banner)
    area = scrolled(page)
    area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAsNeeded)
    FocusRing(area)
    return area


def _left() -> Iterable[QWidget]:
    yield _head(tr("Buttons"))
    yield _buttons()
    yield _row(IconButton("wipe", tr("Wipe"), checkable=True), _checked(IconButton("onion", tr("Onion skin"), checkable=True)),
               _off(IconButton("fit", tr("Fit"))), Button(tr("Confirm"), small=True),
               Button(tr("Set a sync point here"), icon="pin", height=32))
    yield LinkButton(tr("What this means, in the manual"))
    yield _head(tr("Step rail item"))
    yield _rail()
    yield _head(tr("Progress, in the footer"))
    progress = FooterProgress()
    progress.show_progress(tr("Aligning frame {n} of {total}", n=number(1086), total=number(1872)), left(60), 0.58)
    yield progress


def _middle() -> Iterable[QWidget]:
    from wizard.graphs.cells import Cell
    from wizard.graphs.filmstrip import Filmstrip

    yield _head(tr("Card"))
    card = Card(None, None, tr("Colour, with a reference"), tr("The scan has faded, but another copy still has its colour."),
                tr("You need: the scan, and that copy."))
    card.setChecked(True)
    coming = Card(None, None, tr("A better element"), tr("Part of the film survives in a better gauge or generation."),
                  tr("You need: both elements, with some shots in common."), tr("Coming in a later version"))
    for shown in (card, coming):
        shown.setMinimumHeight(theme.scaled(240))
        yield shown
    yield _head(tr("Frames of the film"))
    strip = Filmstrip()
    states = ("plain", "suggested", "picked", "held", "doubtful")
    strip.set_groups([("", "", "", "text2", [Cell(n, str(87520 + 14 * n), state) for n, state in enumerate(states)])])
    strip.setFixedHeight(theme.scaled(280))
    yield strip
    yield _head(tr("Compare"))
    yield _compared()


def _compared() -> QWidget:
    from wizard.viewer.compare import Shot
    from wizard.viewer.view import PictureView

    ramp = np.linspace(0, 255, 160, dtype=np.uint8)
    faded = np.zeros((120, 160, 3), np.uint8)
    faded[..., 0], faded[..., 1], faded[..., 2] = ramp, ramp // 2, ramp // 2
    view = PictureView(tr("Compare"))
    view.set_pictures(Shot(faded, tr("Scan"), (160, 120)), Shot(np.ascontiguousarray(faded[..., ::-1]), tr("Result"), (160, 120)))
    view.setFixedHeight(theme.scaled(280))
    return view


def _banners() -> Iterable[QWidget]:
    for trouble in (
            Trouble(tr("Export stopped at frame {frame}: the disk is full", frame="87211"), tr("Your work is safe."),
                     tr("Free {size}, then resume.", size="15.0 GB"), cure=tr("Choose another folder..."), page="export", report="report"),
            Trouble(tr("The reference changed after Align"), tr("Align to Train are out of date. Nothing was deleted."), "", "warn")):
        banner = Banner()
        banner.show_trouble(trouble)
        yield banner


def _right() -> Iterable[QWidget]:
    yield _head(tr("Choice, field, list, tags"))
    modes = [("wipe", tr("Wipe"), "wipe"), ("onion", tr("Onion skin"), "onion"), ("difference", tr("Difference"), "diff")]
    yield _row(Segment(modes, tr("Compare")))
    yield _row(_choice(tr("Cineon log"), False), _choice(tr("24 fps"), True), _off(_choice(tr("Fixed"), False)), stretch=False)
    name = Field(tr("Name"), "candy_op_restored")
    empty = Field(tr("Empty"))
    empty.setPlaceholderText(tr("A frame number"))
    yield _row(name, empty, _off(Field(tr("Fixed"), tr("Fixed"))), Number(tr("Steps"), 1, 10_000), stretch=False)
    yield _row(_checked(Check(tr("On"))), Check(tr("Off")), _off(_checked(Check(tr("Fixed")))), _off(Check(tr("Closed"))))
    yield _row(Tag(tr("guessed"), "warn"), Tag(tr("good"), "ok", "check"), Tag(tr("held out"), "held", "eye"), Tag(tr("coming")),
               Tag(tr("picked"), "accent"), Tag(tr("missing"), "err"))
    panel = Panel(tr("On this machine"), tr("Tried just now with 20 real steps"))
    rows = KeyRows()
    rows.set_rows([(tr("Speed"), tr("9.1 steps a second"), None), (tr("Time"), duration(330), None),
                   (tr("Alignment"), tr("0.24 px"), "ok")])
    panel.body.addWidget(rows)
    yield panel
    yield from _graphs()
    yield _head(tr("Colours"))
    yield _colours()


def _graphs() -> Iterable[QWidget]:
    from wizard.graphs.curve import Curve, CurveData
    from wizard.graphs.timemap import TimeMap, TimeMapData

    curve = Curve()
    steps = range(1, 1860, 20)
    training = [(float(n), 1.6 + 24 / (1 + n / 60) + n % 7 / 10) for n in steps]
    held = [(float(n), 2.1 + 24 / (1 + n / 60)) for n in steps]
    curve.set_data(CurveData(training, held, 4.43, 3000))
    time = TimeMap()
    partner = [n * 25 // 24 if not 300 < n < 340 else None for n in range(600)]
    time.set_data(TimeMapData(600, 650, partner, [200 < n < 210 for n in range(600)], [0.3 + n % 5 / 40 for n in range(600)]))
    for shown, high in ((curve, 220), (time, 260)):
        panel = Panel(shown.accessibleName())
        shown.setMinimumHeight(theme.scaled(high))
        panel.body.addWidget(shown)
        yield panel


def _head(text: str) -> QWidget:
    held = QWidget()
    column = QVBoxLayout(held)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(4)
    column.addWidget(Words(text, 13, 600, "text2"))
    column.addWidget(Hairline())
    return held


def _row(*widgets: QWidget, stretch: bool = True) -> QWidget:
    held = QWidget()
    row = QHBoxLayout(held)
    row.setContentsMargins(0, 0, 0, 0)
    row.setSpacing(12)
    for widget in widgets:
        row.addWidget(widget)
    if stretch:
        row.addStretch(1)
    return held


def _off(widget: W) -> W:
    widget.setEnabled(False)
    return widget


def _checked(button: B) -> B:
    button.setChecked(True)
    return button


def _choice(text: str, guessed: bool) -> Choice:
    choice = Choice(tr("Encoding"))
    choice.fill([("a", text), ("b", tr("Rec.601, limited range")), ("c", tr("As the scan"))])
    choice.guessed = guessed
    return choice


def _buttons() -> QWidget:
    held = QWidget()
    grid = QGridLayout(held)
    grid.setContentsMargins(0, 0, 0, 0)
    grid.setSpacing(16)
    for row, (kind, text) in enumerate((("primary", tr("Primary")), ("secondary", tr("Secondary")), ("quiet", tr("Quiet")))):
        grid.addWidget(Button(text, kind), row, 0)
        grid.addWidget(Button(tr("Next"), kind, "right", trailing=True), row, 1)
        grid.addWidget(_off(Button(tr("Disabled"), kind)), row, 2)
    grid.setColumnStretch(3, 1)
    return held


def _rail() -> Rail:
    rail = Rail()
    rail.set_project(tr("Candy Candy, opening"), tr("16 mm print, faded"))
    rail.set_items([
        RailItem(tr("Done"), "done", "", False, number=1),
        RailItem(tr("Open"), "open", tr("14 picked, 5 held out"), False, number=2),
        RailItem(tr("Here"), "open", tr("2 frames flagged"), True, number=3),
        RailItem(tr("Running"), "running", left(120), False, 0.65, 4),
        RailItem(tr("Needs attention"), "attention", tr("23 doubtful frames"), False, number=5),
        RailItem(tr("Stopped"), "stopped", tr("disk full"), False, number=6),
        RailItem(tr("Out of date"), "stale", tr("made before the last change"), False, number=7),
        RailItem(tr("Later"), "later", tr("Opens when Train has ended"), False, number=8),
    ])
    rail.setMinimumHeight(theme.scaled(760))
    return rail


class _Swatch(QWidget):
    """A token of the theme."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self._name = name
        self.setFixedSize(44, 24)

    def paintEvent(self, event: QPaintEvent | None) -> None:
        paint.box(paint.painter_on(self), QRectF(self.rect()), paint.token(self._name), paint.token("edge"), 4)


def _colours() -> QWidget:
    held = QWidget()
    grid = QGridLayout(held)
    grid.setContentsMargins(0, 0, 0, 0)
    for n, name in enumerate(("bg", "rail", "panel", "raised", "field", "line", "edge", "surround",
                              "text", "text2", "text3", "accent", "ok", "warn", "err", "held")):
        grid.addWidget(_Swatch(name), 2 * (n // 8), n % 8)
        grid.addWidget(caption(name), 2 * (n // 8) + 1, n % 8)
    return held
