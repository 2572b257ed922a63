"""The style sheet of the application, made of the tokens of a theme: what Qt's own widgets look like. The kit paints its widgets itself,
with the same steps of light and dark."""
from __future__ import annotations

from string import Template
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from wizard.theme import Tokens

STEP = 12                                       # of 255: how much lighter a thing is under the mouse, or darker when pressed


def step(colour: str, steps: int) -> str:
    """'#rrggbb' so many steps lighter, or darker below 0."""
    channels = (min(255, max(0, int(colour[at:at + 2], 16) + STEP * steps)) for at in (1, 3, 5))
    return "#" + "".join(f"{channel:02x}" for channel in channels)


def hovered(colour: str) -> str:
    """One step lighter; white cannot be, so that it goes darker."""
    return step(colour, 1 if step(colour, 1) != step(colour, 2) else -1)


def pressed(colour: str) -> str:
    """One step darker, and in any case darker than `hovered`."""
    return step(colour, -1 if step(colour, 1) != step(colour, 2) else -2)


def sheet(tokens: Tokens, text: float) -> str:
    """The style sheet for a theme, with texts at `text` times their size."""
    names = {name: getattr(tokens, name) for name in tokens.__dataclass_fields__}
    lengths = {f"px{n}": f"{round(n * text)}px" for n in (12, 20, 28, 30, 32)} | {"spin": f"{round(32 * text) - 5}px"}
    return Template(_SHEET).substitute(
        names, hover=hovered(tokens.edge), over=step(tokens.panel, 1 if tokens.panel < "#8" else -1), **lengths)


_SHEET = """
QWidget { color: $text; selection-background-color: $accent; selection-color: $onaccent; }
QWidget:window { background-color: $bg; }
QScrollArea, QScrollArea > QWidget > QWidget { background-color: transparent; border: none; }
QLabel, QStackedWidget, QSplitter { background-color: transparent; }
QSplitter::handle { background-color: transparent; }
QSplitter::handle:horizontal { width: 16px; }
QSplitter::handle:vertical { height: 16px; }

QLineEdit, QPlainTextEdit, QTextEdit, QAbstractSpinBox {
    background-color: $field; color: $text; border: 1px solid $edge; border-radius: 6px; padding: 0 9px; min-height: $px30;
    placeholder-text-color: $text3; }
QPlainTextEdit, QTextEdit { padding: 6px 9px; }
QAbstractSpinBox { min-height: $spin; }
QLineEdit:hover, QPlainTextEdit:hover, QTextEdit:hover, QAbstractSpinBox:hover { border-color: $hover; }
QLineEdit:disabled, QPlainTextEdit:disabled, QTextEdit:disabled, QAbstractSpinBox:disabled {
    background-color: $panel; color: $text3; border-color: $line; }
QAbstractSpinBox::up-button, QAbstractSpinBox::down-button { width: $px28; border: none; background: transparent; }
QAbstractSpinBox QLineEdit, QComboBox QLineEdit { border: none; background: transparent; padding: 0; min-height: 0; }

QComboBox { combobox-popup: 0; }
QComboBox QAbstractItemView { background-color: $panel; border: 1px solid $edge; border-radius: 0; padding: 4px; outline: 0; }
QComboBox QAbstractItemView::item {
    min-height: $px32; padding: 0 8px; color: $text; border: none; border-left: 3px solid transparent; }
QComboBox QAbstractItemView::item:hover, QComboBox QAbstractItemView::item:selected {
    background-color: $raised; color: $text; border-left: 3px solid $accent; }
QComboBox QAbstractItemView::item:disabled { color: $text3; }

QAbstractItemView { background-color: transparent; border: none; outline: 0; color: $text; }
QListView::item, QTreeView::item { min-height: $px32; padding: 0 8px; color: $text; border-left: 3px solid transparent; }
QListView::item:hover, QTreeView::item:hover { background-color: $over; }
QListView::item:selected, QTreeView::item:selected { background-color: $raised; color: $text; border-left: 3px solid $accent; }
QHeaderView { background-color: transparent; border: none; }
QHeaderView::section {
    background-color: $panel; color: $text2; font-size: $px12; font-weight: 600; border: none; border-bottom: 1px solid $line;
    padding: 0 8px; min-height: $px32; }
QTableCornerButton::section { background-color: $panel; border: none; }

QScrollBar { background: transparent; border: none; margin: 0; }
QScrollBar:vertical { width: 12px; }
QScrollBar:horizontal { height: 12px; }
QScrollBar::handle { background-color: $edge; border-radius: 3px; margin: 3px; }
QScrollBar::handle:hover { background-color: $hover; }
QScrollBar::handle:pressed { background-color: $text3; }
QScrollBar::handle:disabled { background-color: transparent; }
QScrollBar::handle:vertical { min-height: 32px; }
QScrollBar::handle:horizontal { min-width: 32px; }
QScrollBar::add-line, QScrollBar::sub-line { width: 0; height: 0; border: none; background: none; }
QScrollBar::add-page, QScrollBar::sub-page { background: none; }
QAbstractScrollArea::corner { background: transparent; border: none; }

QToolTip { background-color: $raised; color: $text; border: 1px solid $edge; padding: 1px 3px; font-size: $px12; }
QMenu { background-color: $panel; border: 1px solid $edge; padding: 4px; }
QMenu::item { min-height: $px20; padding: 6px 28px 6px 12px; border-radius: 4px; color: $text; border-left: 3px solid transparent; }
QMenu::item:selected { background-color: $raised; border-left: 3px solid $accent; }
QMenu::item:disabled { color: $text3; }
QMenu::separator { height: 1px; background-color: $line; margin: 4px 8px; }
"""
