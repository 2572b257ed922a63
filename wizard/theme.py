"""The look: tokens of the two themes, fonts, icons, and the style sheet made of them. One theme is in use at a time; `changed` tells when
another is."""
from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path

from PyQt6.QtCore import QByteArray, QObject, QRectF, Qt, pyqtSignal
from PyQt6.QtGui import QColor, QFont, QFontDatabase, QGuiApplication, QIcon, QPainter, QPixmap
from PyQt6.QtSvg import QSvgRenderer
from PyQt6.QtWidgets import QApplication

ASSETS = Path(__file__).parents[1] / "assets"


@dataclass(frozen=True)
class Tokens:
    """Colours of one theme by what they are for; all greys are neutral."""

    bg: str
    rail: str
    panel: str
    raised: str
    field: str
    line: str
    edge: str
    surround: str
    scope: str
    text: str
    text2: str
    text3: str
    accent: str
    onaccent: str
    ok: str
    warn: str
    err: str
    held: str


DARK = Tokens(
    bg="#1a1a1a", rail="#141414", panel="#222222", raised="#2c2c2c", field="#161616", line="#383838", edge="#7a7a7a",
    surround="#2b2b2b", scope="#101010", text="#ececec", text2="#b8b8b8", text3="#989898", accent="#8db6d9", onaccent="#101010",
    ok="#8fc3a0", warn="#e3b562", err="#f09a8e", held="#c8b0ee")
LIGHT = Tokens(
    bg="#f0f0f0", rail="#e4e4e4", panel="#fafafa", raised="#ffffff", field="#ffffff", line="#cfcfcf", edge="#767676",
    surround="#767676", scope="#101010", text="#1a1a1a", text2="#454545", text3="#5c5c5c", accent="#2a5d87", onaccent="#ffffff",
    ok="#23673d", warn="#7a4e00", err="#a32a1d", held="#6440a0")

ON_PICTURE = QColor("#f2f2f2")                  # words, lines and handles on a picture, in both themes
CASING = QColor(16, 16, 16, 219)                # behind them


class _Theme(QObject):
    """What is in use. `asked` is 'system', 'dark' or 'light'; `text` is the size of the text, 1.0 to 1.5."""

    changed = pyqtSignal()

    def __init__(self) -> None:
        super().__init__()
        self.tokens, self.asked, self.text = DARK, "system", 1.0


_theme = _Theme()
changed = _theme.changed


def tokens() -> Tokens:
    """The tokens of the theme in use."""
    return _theme.tokens


def dark() -> bool:
    return _theme.tokens is DARK


def colour(name: str) -> QColor:
    """A token of the theme in use as a colour."""
    return QColor(getattr(_theme.tokens, name))


def scaled(pixels: float) -> int:
    """A length that grows with the size of the text."""
    return round(pixels * _theme.text)


def font(pixels: int = 13, weight: int = 400) -> QFont:
    """Inter with tabular figures, `pixels` high at text size 100 %."""
    return QFont(font_of(scaled(pixels), weight))


@cache
def font_of(pixels: int, weight: int) -> QFont:
    """As `font`, by pixels of the screen; not to be changed."""
    chosen = QFont(_families())
    chosen.setPixelSize(pixels)
    chosen.setWeight(QFont.Weight(weight))
    if hasattr(chosen, "setFeature"):
        chosen.setFeature(QFont.Tag("tnum"), 1)
    return chosen


@cache
def _families() -> tuple[str, ...]:
    for path in sorted((ASSETS / "fonts").glob("*.otf")):
        QFontDatabase.addApplicationFont(str(path))
    return ("Inter", QFontDatabase.systemFont(QFontDatabase.SystemFont.GeneralFont).family())


def pixmap(name: str, colour_name: str = "text", size: int = 18) -> QPixmap:
    """The stroke icon `name` of assets/icons in a token's colour (or any '#rrggbb')."""
    shown = getattr(_theme.tokens, colour_name, colour_name)
    return _drawn(name, shown, scaled(size), QGuiApplication.primaryScreen().devicePixelRatio())


@cache
def _drawn(name: str, shown: str, size: int, ratio: float) -> QPixmap:
    svg = (ASSETS / "icons" / f"{name}.svg").read_text(encoding="utf-8").replace("currentColor", shown)
    drawn = QPixmap(round(size * ratio), round(size * ratio))
    drawn.fill(Qt.GlobalColor.transparent)
    painter = QPainter(drawn)
    QSvgRenderer(QByteArray(svg.encode())).render(painter, QRectF(drawn.rect()))
    painter.end()
    drawn.setDevicePixelRatio(ratio)
    return drawn


def icon(name: str, colour_name: str = "text", size: int = 18) -> QIcon:
    """As `pixmap`; disabled it takes the colour of later things."""
    made = QIcon(pixmap(name, colour_name, size))
    made.addPixmap(pixmap(name, "text3", size), QIcon.Mode.Disabled)
    return made


def use(asked: str = "system", text: float = 1.0) -> None:
    """Put a theme to use in the whole program: 'system', 'dark' or 'light'."""
    from wizard.style import sheet

    app = QApplication.instance()
    assert isinstance(app, QApplication)
    hints = app.styleHints()
    _theme.asked, _theme.text = asked, text
    system_dark = hints.colorScheme() != Qt.ColorScheme.Light
    _theme.tokens = DARK if asked == "dark" or (asked == "system" and system_dark) else LIGHT
    if app.style() is None or app.style().name() != "fusion":
        app.setStyle("Fusion")
    app.setFont(font())
    app.setStyleSheet(sheet(_theme.tokens, text))
    changed.emit()


def follow_system() -> None:
    """From now on go along when the system turns dark or light."""
    QGuiApplication.styleHints().colorSchemeChanged.connect(lambda _: use(_theme.asked, _theme.text) if _theme.asked == "system" else None)
