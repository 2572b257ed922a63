"""The Balance page on a little faded film: measure, what is said, sliders shown live and as one step, as measured, undo."""
from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import cv2
import numpy as np
import pytest
from PyQt6.QtCore import QPoint, Qt

from engine.balance.own import Controls, Fade, own_balance
from engine.balance.own_fit import measure_fade
from engine.files import write_json
from engine.media.open import open_source
from engine.project import Project
from engine.run import Run
from engine.sample.fade import FadedPrint
from tests.conftest import faded_pair, write_png
from tests.engine.finished import medium
from wizard import theme, words
from wizard.flow import engine_steps
from wizard.roles import make_roles
from wizard.session import Session
from wizard.steps.balance import BalancePage
from wizard.steps.balance_side import ControlSlide
from wizard.steps.balance_words import rows, tinge, verdict

PATIENCE = 20_000
FRAMES = 4


@pytest.fixture(scope="module")
def film(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A project of a faded print whose fade is not measured yet."""
    folder = tmp_path_factory.mktemp("film")
    worn = FadedPrint(200, 150, 10, FRAMES, 1)
    for index in range(FRAMES):
        picture = cv2.resize(faded_pair(index)[0], (200, 150)).astype(np.float32) / 255
        codes = worn.scan(0.6 * picture.mean(2, keepdims=True) + 0.4 * picture, index)
        write_png(folder / "scan" / f"scan_{index:04d}.png", (codes / 1023 * 255).astype(np.uint8))
    Project(folder / "film.project", "film", "colour-keyframes", medium(folder, "scan")).save()
    return folder / "film.project"


def measured(project: Path) -> Fade:
    """As the worker leaves it."""
    with open_source(project.parent / "scan") as scan:
        fade = measure_fade(scan, "rec709", Run())
    for name, made in (("fade", fade.as_json()), ("balance", own_balance(fade).as_json())):
        (project / name).mkdir(exist_ok=True)
        write_json(project / name / f"{name}.json", made)
    return fade


@pytest.fixture
def page(session: Session, film: Path, qtbot: Any) -> BalancePage:
    make_roles(session)
    session.open(film)
    assert session.project
    session.project.settings = replace(session.project.settings, fade=())
    session.project.save = lambda: None     # type: ignore[method-assign]
    made = BalancePage(session)
    qtbot.addWidget(made)
    session.changed.connect(made.refresh)
    made.resize(1130, 720)
    made.entered()
    made.show()
    qtbot.waitUntil(lambda: session.films.has("scan"), timeout=PATIENCE)
    return made


@pytest.fixture
def ready(page: BalancePage, session: Session, film: Path, qtbot: Any) -> BalancePage:
    """The page when the fade is measured, a balanced frame on the view."""
    measured(film)
    session.made.look()
    qtbot.waitUntil(lambda: session.films.there("balanced", 0) is not None and page.viewer.view.compared.second is not None,
                    timeout=PATIENCE)
    return page


def second(page: BalancePage) -> np.ndarray:
    shot = page.viewer.view.compared.second
    assert shot is not None
    return np.asarray(shot.image, np.float32)


def drag(page: BalancePage, qtbot: Any, slide: ControlSlide, share: float) -> None:
    """Take the knob from where it stands to `share` of the slider's length; the button stays down."""
    start = QPoint(round(slide._x(slide.value())), slide.height() // 2)
    qtbot.mousePress(slide, Qt.MouseButton.LeftButton, pos=start)
    qtbot.mouseMove(slide, QPoint(round(share * slide.width()), start.y()))


def test_measure_is_asked_for_until_it_is_done(page: BalancePage, session: Session, monkeypatch: pytest.MonkeyPatch) -> None:
    started: list[str] = []
    monkeypatch.setattr(session, "start", started.append)
    known = session.known()
    monkeypatch.setattr(session, "known", lambda: replace(known, standing={}, guessed=0, opening=False))
    primary = page.primary()
    assert primary is not None and primary.enabled and primary.text == "Measure"
    primary.act()
    assert started == [engine_steps("colour-keyframes")["balance"][-1]]
    monkeypatch.setattr(session, "known", lambda: replace(known, standing={}, guessed=1))
    primary = page.primary()
    assert primary is not None and not primary.enabled
    standing = dict.fromkeys(("balance", "shots"), "stale")
    monkeypatch.setattr(session, "known", lambda: replace(known, standing={**standing, "fade": "done"}))
    assert page.primary() is None


def test_before_the_scan_alone_is_shown_and_nothing_can_be_moved(session: Session, page: BalancePage, qtbot: Any) -> None:
    session.made.fade = None
    page.refresh()
    qtbot.waitUntil(lambda: page.viewer.view.compared.first is not None, timeout=PATIENCE)
    assert page.viewer.view.compared.second is None and not page.sliders.slides["warmth"].isEnabled()
    assert page.side.verdict.text() == "Not measured yet."


def test_what_was_measured_is_told_and_the_balanced_frame_stands_beside_the_scan(ready: BalancePage) -> None:
    assert ready.side.verdict.text().startswith("Faded:")
    assert ready.side.rows.isVisible() and ready.note() == f"Measured on {FRAMES} frames"
    first = ready.viewer.view.compared.first
    assert first is not None and np.abs(second(ready) - first.image).mean() > 10


def test_a_slider_is_shown_live_and_is_one_step(ready: BalancePage, session: Session, qtbot: Any) -> None:
    assert session.project
    before, warmth = second(ready), ready.sliders.slides["warmth"]
    drag(ready, qtbot, warmth, 0.9)
    assert warmth.isSliderDown() and warmth.value() > 50
    qtbot.waitUntil(lambda: bool(np.abs(second(ready) - before).max() > 5), timeout=PATIENCE)
    assert session.project.settings.fade == ()
    tried = second(ready)
    qtbot.mouseRelease(warmth, Qt.MouseButton.LeftButton, pos=QPoint(round(0.9 * warmth.width()), warmth.height() // 2))
    moved = Controls.from_values(session.project.settings.fade)
    assert moved.warmth > 0.5 and replace(moved, warmth=0.0) == Controls()
    qtbot.waitUntil(lambda: session.films.there("balanced", 0) is not None, timeout=PATIENCE)
    kept = session.films.there("balanced", 0)
    assert kept is not None and np.abs(kept.astype(float) - tried).mean() < 2
    assert (second(ready) - before)[..., 0].mean() > (second(ready) - before)[..., 2].mean() + 5
    assert session.undo() == "a control of the balance"
    assert session.project.settings.fade == () and warmth.value() == 0
    qtbot.waitUntil(lambda: bool(np.abs(second(ready) - before).max() < 3), timeout=PATIENCE)


def test_keys_that_follow_each_other_are_one_step(ready: BalancePage, session: Session, qtbot: Any) -> None:
    assert session.project
    tint = ready.sliders.slides["tint"]
    tint.setFocus()
    for _ in range(4):
        qtbot.keyClick(tint, Qt.Key.Key_Right)
    assert session.project.settings.fade == ()
    qtbot.waitUntil(lambda: session.project.settings.fade == (0.0, 0.0, 0.04, 0.0, 0.0), timeout=PATIENCE)
    session.undo()
    assert session.project.settings.fade == () and session.undo() == ""


def test_what_was_moved_last_is_kept_when_the_page_is_left(ready: BalancePage, session: Session, qtbot: Any) -> None:
    assert session.project
    ready.sliders.slides["contrast"].setFocus()
    qtbot.keyClick(ready.sliders.slides["contrast"], Qt.Key.Key_Left)
    ready.left()
    assert session.project.settings.fade == (0.0, 0.0, 0.0, 0.0, -0.01)


def test_as_measured_puts_everything_back_in_one_step(ready: BalancePage, session: Session, qtbot: Any) -> None:
    assert session.project
    session.edit("", fade=(-0.5, 0.2, 0.0, 0.1, 0.0))
    assert ready.sliders.slides["strength"].value() == -50 and ready.sliders.values["strength"].text() == "50 %"
    assert ready.sliders.values["warmth"].text() == "+20"
    qtbot.mouseClick(ready.sliders.as_measured, Qt.MouseButton.LeftButton)
    assert session.project.settings.fade == () and not ready.sliders.as_measured.isEnabled()
    session.undo()
    assert session.project.settings.fade == (-0.5, 0.2, 0.0, 0.1, 0.0)


def test_the_film_is_gone_through(ready: BalancePage, session: Session, qtbot: Any) -> None:
    qtbot.mouseClick(ready.viewer.transport.next, Qt.MouseButton.LeftButton)
    assert ready.index == 1
    qtbot.waitUntil(lambda: session.films.there("balanced", 1) is not None, timeout=PATIENCE)
    qtbot.mouseClick(ready.viewer.modes.cell("second"), Qt.MouseButton.LeftButton)
    assert ready.viewer.view.mode == "second"


@pytest.mark.parametrize("look,size,scale", [("dark", (1130, 720), 1.0), ("light", (900, 520), 1.0), ("dark", (1130, 720), 1.5)])
def test_nothing_is_wider_than_its_panel(ready: BalancePage, qtbot: Any, look: str, size: tuple[int, int], scale: float) -> None:
    theme.use(look, scale)
    ready.resize(*size)
    ready.set_compact(size[1] < 600)
    for slide in ready.sliders.slides.values():
        at = slide.mapTo(ready.side, slide.rect().bottomRight())
        assert at.x() <= ready.side.width() and slide.width() >= slide.minimumSizeHint().width()
    assert ready.side.explained.isVisible() == (size[1] >= 600)


def test_words_of_what_was_measured() -> None:
    none = Fade.none((0,))
    assert "too little" in verdict(none) and rows(none) == []
    whole = replace(none, neutrals=0.7, kept=(0.9, 0.95, 0.85))
    assert verdict(whole).startswith("No fading")
    worn = replace(whole, kept=(0.15, 0.87, 0.02), base=(0.03, 0.15, 0.1), blacks=(0.4, 1.4, 0.3))
    assert verdict(worn) == "Faded: yellow lost most, magenta kept best."
    said = {name: (value, tone) for name, value, tone in rows(worn)}
    assert said["Yellow left"] == ("2 %, all but gone", "warn") and said["Magenta left"] == ("87 %, well kept", None)
    assert said["Base"][0].endswith("pinkish") or said["Base"][0].endswith("reddish")
    assert said["Blacks"][1] == "warn"
    assert (tinge((0.1, 0.1, 0.11)), tinge((0.0, 0.2, 0.02)), tinge((0.1, 0.12, 0.4))) == ("neutral", "pinkish", "yellowish")


def test_a_fade_on_disk_is_what_the_page_takes(film: Path) -> None:
    fade = measured(film)
    assert Fade.from_json(json.loads((film / "fade" / "fade.json").read_text())) == fade and fade.sure > 0.9
    words.use_language("en")
