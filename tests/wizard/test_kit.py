"""The kit: what its controls do by mouse and keyboard, what they say, and that nothing is cut or out of sight."""
from __future__ import annotations

from itertools import product

import pytest
from PyQt6.QtCore import QPoint, QRect, Qt
from PyQt6.QtGui import QColor, QFontMetricsF, QWheelEvent
from PyQt6.QtWidgets import QApplication, QLineEdit, QScrollArea, QVBoxLayout, QWidget

from wizard import style, theme
from wizard.kit import Banner, Button, Card, Check, Choice, Elided, FocusRing, Number, Rail, RailItem, Segment, Tall, Words
from wizard.kit.ring import ROOM
from wizard.messages import Trouble

FILLS = ("rail", "bg", "panel", "raised", "field")
FULL = Trouble("Export stopped at frame 87211: the disk is full", "Your work is safe.", "Free 15.0 GB.", cure="Choose another folder...",
               page="export", report="report")
STALE = Trouble("The reference changed", "Nothing was deleted.", "", "warn")


def contrast(one, other):
    def light(colour):
        parts = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in QColor(colour).getRgbF()[:3]]
        return 0.2126 * parts[0] + 0.7152 * parts[1] + 0.0722 * parts[2]

    high, low = sorted((light(one), light(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


@pytest.fixture
def page(qtbot):
    """A window with a column, shown and active."""
    window = QWidget()
    window.resize(900, 600)
    window.column = QVBoxLayout(window)
    qtbot.addWidget(window)
    window.show()
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    return window


def put(page, *widgets):
    for widget in widgets:
        page.column.addWidget(widget)
    page.column.addStretch(1)
    QApplication.processEvents()
    return widgets[0]


@pytest.mark.parametrize("tokens", [theme.DARK, theme.LIGHT], ids=["dark", "light"])
def test_words_and_borders_are_told_from_every_fill_and_its_hover(tokens):
    for fill, words in product(FILLS, ("text", "text2", "text3", "accent", "ok", "warn", "err", "held")):
        assert contrast(getattr(tokens, fill), getattr(tokens, words)) >= 4.5, (fill, words)
    for fill in FILLS:
        assert contrast(getattr(tokens, fill), tokens.edge) >= 3, fill
        assert contrast(style.hovered(getattr(tokens, fill)), style.hovered(tokens.edge)) >= 3, fill
    for accent in (style.hovered(tokens.accent), style.pressed(tokens.accent)):
        assert contrast(accent, tokens.onaccent) >= 4.5


def test_one_step_lighter_under_the_mouse_one_darker_when_pressed():
    assert (style.hovered("#2c2c2c"), style.pressed("#2c2c2c")) == ("#383838", "#202020")
    assert (style.hovered("#ffffff"), style.pressed("#ffffff")) == ("#f3f3f3", "#e7e7e7")     # white cannot be lighter


def test_a_segment_is_one_stop_and_arrows_go_along_it(page, qtbot):
    segment = put(page, Segment([("wipe", "Wipe", "wipe"), ("onion", "Onion skin", None)], "Compare"), Button("Next"))
    told = []
    segment.chosen.connect(told.append)
    segment.choose("onion")
    assert segment.key == "onion" and told == []
    qtbot.mouseClick(segment.cell("wipe"), Qt.MouseButton.LeftButton)
    segment.cell("wipe").setFocus()
    qtbot.keyClick(segment.cell("wipe"), Qt.Key.Key_Right)
    assert told == ["wipe", "onion"]
    qtbot.keyClick(segment.cell("onion"), Qt.Key.Key_Tab)
    assert page.focusWidget() is page.column.itemAt(1).widget()


def test_a_choice_is_picked_by_key_never_by_the_wheel(page, qtbot):
    choice = put(page, Choice("Encoding"))
    choice.fill([("log", "Cineon log"), ("709", "Rec.709")])
    told = []
    choice.picked.connect(told.append)
    choice.choose("709")
    choice.fill([("none", "None"), ("709", "Rec.709"), ("log", "Cineon log")])
    assert choice.key == "709" and told == []
    choice.setFocus()
    qtbot.keyClick(choice, Qt.Key.Key_Down)
    assert told == ["log"]
    at = choice.rect().center().toPointF()
    wheel = QWheelEvent(at, at, QPoint(), QPoint(0, 120), Qt.MouseButton.NoButton, Qt.KeyboardModifier.NoModifier,
                        Qt.ScrollPhase.NoScrollPhase, False)
    choice.wheelEvent(wheel)
    assert choice.key == "log" and not wheel.isAccepted()
    choice.guessed = True
    assert choice.accessibleDescription() == "guessed"


def test_enter_and_space_do_what_a_button_says_and_a_closed_one_does_nothing(page, qtbot):
    button = put(page, Button("Hold out", "quiet"))
    done = []
    button.clicked.connect(lambda: done.append(1))
    button.setFocus()
    qtbot.keyClick(button, Qt.Key.Key_Return)
    qtbot.keyClick(button, Qt.Key.Key_Space)
    button.setEnabled(False)
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    assert len(done) == 2 and button.accessibleName() == "Hold out"


def test_controls_have_the_sizes_of_the_house_and_grow_with_the_text(page):
    sizes = [(Button("Next"), 36), (Button("Confirm", small=True), 24), (Choice("Rate"), 32), (Number("Steps", 1, 9), 32),
             (Check("On"), 32)]
    put(page, *(widget for widget, _ in sizes))
    for widget, high in sizes:
        assert widget.sizeHint().height() == high, type(widget).__name__
    theme.use("dark", 1.5)
    for widget, high in sizes:
        assert abs(widget.sizeHint().height() - 1.5 * high) <= 2, type(widget).__name__


def test_words_wrap_and_a_path_that_is_cut_has_a_tooltip(page, qtbot):
    words, path = Words("Doubtful frames stay out of training. You can go on."), Elided("ARCHIVE_04 / derivatives / candy_op")
    put(page, words, path)
    assert words.heightForWidth(120) >= 3 * words.heightForWidth(900)
    page.resize(900, 600)
    qtbot.waitUntil(lambda: path.width() > 400)
    assert path.toolTip() == ""
    path.setFixedWidth(90)
    qtbot.waitUntil(lambda: path.toolTip() == path.text())


def test_a_banner_says_all_of_it_and_its_buttons_are_heard(page, qtbot):
    banner = put(page, Banner())
    heard = []
    banner.cure.connect(lambda: heard.append("cure"))
    banner.copy.connect(lambda: heard.append("copy"))
    banner.manual.connect(heard.append)
    assert not banner.isVisible()
    banner.show_trouble(FULL)
    page.resize(700, 600)
    qtbot.waitUntil(lambda: banner.width() < 700 and banner.height() >= banner.heightForWidth(banner.width()))
    assert banner.link.x() < banner.cure_button.x()         # narrow: the link stands under the text
    for button in (banner.copy_button, banner.cure_button, banner.link):
        qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    assert heard == ["copy", "cure", "export"]
    assert "Your work is safe." in banner.accessibleName()
    banner.show_trouble(STALE)
    assert not banner.cure_button.isVisible() and not banner.copy_button.isVisible() and not banner.link.isVisible()


def test_the_rail_tells_state_in_words_and_later_steps_can_be_asked(page, qtbot):
    rail = put(page, Rail())
    asked = []
    rail.chosen.connect(asked.append)
    rail.set_items([RailItem("Media", "attention", "3 guessed values", True, number=2),
                    RailItem("Train", "running", "about 2 minutes left", False, 0.4, 5),
                    RailItem("Export", "later", "Opens when Train has ended", False, number=7)])
    QApplication.processEvents()
    assert rail.step(0).accessibleName() == "Media, step 2, you are here, needs attention, 3 guessed values"
    assert "running, 40 %" in rail.step(1).accessibleName()
    assert rail.step(2).toolTip() == "Opens when Train has ended"
    qtbot.mouseClick(rail.step(1), Qt.MouseButton.LeftButton)
    rail.step(2).setFocus()
    assert rail.step(2).hasFocus()
    qtbot.keyClick(rail.step(2), Qt.Key.Key_Return)
    assert asked == [1, 2]
    assert not rail.findChild(QScrollArea).verticalScrollBar().isVisible()
    rail.set_compact(True)
    assert rail.width() == 208


def test_a_card_stays_picked_and_one_that_is_coming_is_never(page, qtbot):
    card = Card(None, None, "Colour", "Faded.", "You need: the scan.")
    coming = Card(None, None, "Better", "Part.", "You need: both.", "Coming")
    put(page, card, coming)
    picked = []
    card.picked.connect(lambda: picked.append("card"))
    coming.picked.connect(lambda: picked.append("coming"))
    for one in (card, card, coming):
        qtbot.mouseClick(one, Qt.MouseButton.LeftButton)
    assert card.isChecked() and not coming.isChecked() and set(picked) == {"card"}
    assert "Coming" in coming.accessibleName() and coming.focusPolicy() == Qt.FocusPolicy.StrongFocus


def test_the_ring_goes_with_the_focus_and_with_what_has_it(page, qtbot):
    ring = FocusRing(page)
    button, own, segment = Button("Next"), QLineEdit(), Segment([("a", "A", None)], "Choice")
    own.setProperty("ownRing", True)
    put(page, button, own, segment)

    def about(widget):
        whole = QRect(widget.mapTo(page, QPoint()), widget.size()).adjusted(-ROOM, -ROOM, ROOM, ROOM)
        return ring.isVisible() and ring.geometry() == whole

    button.setFocus()
    qtbot.waitUntil(lambda: about(button))
    page.column.setContentsMargins(60, 60, 60, 60)
    qtbot.waitUntil(lambda: button.x() == 60 and about(button))
    segment.cell("a").setFocus()
    qtbot.waitUntil(lambda: about(segment))
    own.setFocus()
    qtbot.waitUntil(lambda: not ring.isVisible())
    button.setFocus()
    button.deleteLater()
    qtbot.waitUntil(lambda: page.column.indexOf(own) == 0)
    segment.cell("a").setFocus()
    qtbot.waitUntil(lambda: about(segment))


def test_the_ring_does_not_stay_on_what_is_scrolled_away(page, qtbot):
    ring, area, inside = FocusRing(page), QScrollArea(), QWidget()
    column = QVBoxLayout(inside)
    buttons = [Button(str(n)) for n in range(30)]
    for button in buttons:
        column.addWidget(button)
    area.setWidget(inside)
    put(page, area)
    buttons[0].setFocus()
    qtbot.waitUntil(ring.isVisible)
    bar = area.verticalScrollBar()
    bar.setValue(bar.maximum())
    qtbot.waitUntil(lambda: not ring.isVisible())


@pytest.mark.parametrize(("asked", "text"), [("dark", 1.0), ("light", 1.5)])
def test_all_controls_are_painted_in_both_themes(qtbot, asked, text):
    from wizard.kit.gallery import gallery

    theme.use(asked, text)
    page = gallery()
    qtbot.addWidget(page)
    page.resize(1600, 1200)
    page.show()
    shown = page.grab().toImage()
    assert shown.pixelColor(4, 4) == theme.colour("bg")


def test_a_segment_leaves_its_icons_out_before_a_word_is_cut(page):
    segment = put(page, Segment([("wipe", "Wipe", "wipe"), ("split", "Split", "split")], "Compare"))
    whole, least = segment.sizeHint().width(), segment.minimumSizeHint().width()
    assert least < whole
    pictures = {}
    for width in (whole, least):
        segment.setFixedWidth(width)
        QApplication.processEvents()
        pictures[width] = segment.grab().toImage()
        for key, text in (("wipe", "Wipe"), ("split", "Split")):
            assert segment.cell(key).width() >= QFontMetricsF(theme.font(13, 600)).horizontalAdvance(text) + 16
    assert pictures[least].copy(0, 0, 24, 30) != pictures[whole].copy(0, 0, 24, 30), "a word stands where the icon was"


def test_words_with_room_round_them_are_as_high_as_all_their_lines(page):
    plain, roomy = (Words("No colours yet. Add one, or pick one from the film.") for _ in range(2))
    roomy.setContentsMargins(15, 8, 15, 8)
    assert roomy.heightForWidth(230) == plain.heightForWidth(200) + 16
    assert roomy.sizeHint().width() == plain.sizeHint().width() + 30


def test_a_tall_page_gives_way_first_and_then_is_moved(page, qtbot):
    inside, words, fixed = QWidget(), Words("Word " * 60), Button("Go")
    column = QVBoxLayout(inside)
    column.addWidget(words)
    column.addWidget(fixed)
    tall = put(page, Tall(inside))
    least = inside.minimumSizeHint().height()
    for high in (least + 40, least - 20):
        tall.setFixedSize(300, high)
        QApplication.processEvents()
        assert inside.height() == max(least, high)
        assert (tall.verticalScrollBar().maximum() > 0) == (high < least)
    fixed.setFocus()
    qtbot.keyClick(fixed, Qt.Key.Key_Down)
    assert tall.verticalScrollBar().value() == 0, "arrows are the page's own"
