"""The pages of the recoveries of detail: what is opened, said, compared and chosen, on projects as a worker leaves them."""
from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PyQt6.QtCore import QRectF, Qt
from PyQt6.QtWidgets import QAbstractButton, QLabel

from engine.detail.invention_map import save_map
from engine.media.colour import luma, to_ycbcr
from engine.project import Project, load
from engine.recoveries import RECOVERIES
from tests.conftest import write_png
from tests.wizard.elements import FRAMES, HELD, MEASURES, SIZE, TOLD, element, keep, leave_run, leave_training, table
from wizard import flow, theme
from wizard.frame import Frame
from wizard.graphs.curve import CurveData, Scale, smoothed
from wizard.graphs.spectrum import Spectrum, top_of
from wizard.measure import COLOUR, LUMA
from wizard.messages import passed_over
from wizard.roles import make_roles
from wizard.session import Session
from wizard.steps import PAGES, review_detail
from wizard.steps.export import ExportPage
from wizard.steps.recovery import RecoveryPage, kinds
from wizard.steps.review import ReviewPage
from wizard.steps.review_evidence import rests_on, strip_of
from wizard.steps.review_invention import maps_of

LEFT = Qt.MouseButton.LeftButton
PLACES = {"recovery": 0, "media": 1, "align": 2, "frames": 3, "train": 4, "review": 5, "export": 6}
Show = Callable[[Project, str], Frame]


class Pictures:
    """In the place of the show process: a result that is light, and what it has to beat, which is dark."""

    def result(self, index: int, width: int | None) -> np.ndarray:
        return np.full((*SIZE, 3), 0.8, np.float32)

    def rival(self, index: int, width: int | None) -> np.ndarray:
        return np.full((*SIZE, 3), 0.2, np.float32)

    def set_project(self, folder: Path | None) -> None:
        pass


@pytest.fixture
def show(qtbot: Any, session: Session, monkeypatch: pytest.MonkeyPatch) -> Iterator[Show]:
    """Open a project at a page, in the frame; no worker is begun, what would be is in `session.begun`."""
    session.shower = Pictures()                 # type: ignore[assignment]
    session.begun = []                          # type: ignore[attr-defined]
    monkeypatch.setattr(session.worker, "start", lambda folder, until: session.begun.append(until))     # type: ignore[attr-defined]
    kept: list[Frame] = []

    def at(project: Project, page: str) -> Frame:
        session.open(project.folder)
        made = {kind.key: kind for kind in PAGES}
        make_roles(session)
        frame = Frame(session, [made[key](session) for key in dict.fromkeys(("recovery", page))])
        kept.append(frame)
        qtbot.addWidget(frame)
        frame.resize(1440, 900)
        frame.show()
        qtbot.waitUntil(lambda: not session.opening and session.made.alignment is not None and session.made.suggestions is not None)
        session.confirm(*session.guessed())
        frame.go(PLACES[page])
        assert frame.page.key == page
        return frame

    yield at


def button(frame: Frame, name: str) -> QAbstractButton:
    found = [b for b in frame.findChildren(QAbstractButton) if b.isVisible() and name in (b.text(), b.accessibleName())]
    assert found, f"no button {name!r}"
    return found[0]


def said(frame: Frame) -> list[str]:
    return [found.text() for found in frame.findChildren(QLabel) if found.isVisible()]


def shows(frame: Frame, words: str) -> bool:
    return any(words in text for text in said(frame))


# Recovery and Media

def test_the_cards_of_detail_are_experimental_and_open(show: Show, session: Session, tmp_path: Path, qtbot: Any) -> None:
    frame = show(element(tmp_path, "colour-reference", steps=3000), "recovery")
    page = frame.page
    assert isinstance(page, RecoveryPage) and session.project
    for key in ("spatial-reference", "telecine"):
        assert page.cards[key].isCheckable() and "estimates. Experimental" in page.cards[key].accessibleName()
    qtbot.mouseClick(page.cards["spatial-reference"], LEFT)
    assert session.project.recovery == "spatial-reference" and session.project.settings.steps is None
    assert page.cards["spatial-reference"].isChecked() and [s.key for s in session.steps()][2:4] == ["align", "frames"]
    session.edit("other", recovery="combined")
    assert page.cards["spatial-reference"].isChecked()
    qtbot.mouseClick(page.cards["spatial-reference"], LEFT)
    assert session.project.recovery == "combined", "a second click takes nothing back"


def test_a_kind_that_the_engine_does_not_know_is_coming(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delitem(RECOVERIES, "telecine")
    assert [kind.key for kind in kinds() if kind.coming] == ["telecine"]


def test_a_damaged_print_is_picked(show: Show, session: Session, tmp_path: Path, qtbot: Any) -> None:
    assert flow.engine_steps("telecine")["align"] == ("align", "damage", "choose")
    frame = show(element(tmp_path, "spatial-reference"), "recovery")
    page = frame.page
    assert isinstance(page, RecoveryPage) and session.project
    qtbot.mouseClick(page.cards["telecine"], LEFT)
    assert session.project.recovery == "telecine" and load(session.project.folder).recovery == "telecine"


@pytest.mark.parametrize("recovery", ["spatial-reference", "combined"])
def test_align_stands_for_the_match_of_tone(recovery: str) -> None:
    assert flow.engine_steps(recovery)["align"] == ("align", "tone", "choose")
    assert flow.page_of(recovery, "tone") == "align" and list(flow.engine_steps(recovery)) == list(flow.engine_steps("colour-reference"))


def test_detail_only_or_with_colour_is_chosen_on_media(show: Show, session: Session, tmp_path: Path, qtbot: Any) -> None:
    frame = show(element(tmp_path, "spatial-reference"), "media")
    assert session.project
    qtbot.mouseClick(button(frame, "Detail and colour"), LEFT)
    assert session.project.recovery == "combined" and frame.page.key == "media" and frame.page.taken.key == "combined"      # type: ignore[attr-defined]
    session.undo()
    assert frame.page.taken.key == "spatial-reference"                                                                      # type: ignore[attr-defined]
    session.edit("other", recovery="colour-reference")
    assert not [b for b in frame.findChildren(QAbstractButton) if b.isVisible() and b.text() == "Detail and colour"]


# Align and Frames

def test_align_has_no_balance_and_tells_of_a_softer_reference(show: Show, session: Session, tmp_path: Path) -> None:
    frame = show(element(tmp_path, "spatial-reference"), "align")
    page: Any = frame.page
    assert not page.balance.isVisible() and not page.side.tabs.isVisible() and page.doubts.isVisible()
    assert frame.banner.isVisible() and TOLD[0][0].upper() + TOLD[0][1:] in frame.banner.accessibleName()
    assert not session.films.has("balanced") and frame.footer.next.isEnabled()
    session.edit("other", recovery="colour-reference")
    assert page.balance.isVisible() or page.side.tabs.isVisible()


def test_align_tells_of_a_damaged_print_in_colour(show: Show, tmp_path: Path) -> None:
    project = element(tmp_path, "telecine")
    facts = {"damaged": 0.23, "told": [], "in_colour": ["scan: the print is in colour"]}
    project.mark("damage", replace(project.done["damage"], facts=facts))
    frame = show(project, "align")
    assert frame.banner.isVisible() and frame.banner.accessibleName().startswith("This print is in colour")
    assert frame.footer.next.isEnabled() and shows(frame, "Damage: 23 %")
    project.mark("damage", replace(project.done["damage"], facts=facts | {"told": ["video.mov: hardly agrees"]}))
    frame = show(project, "align")
    assert frame.banner.accessibleName().startswith("Look at this telecine")
    assert shows(frame, "hardly agrees") and shows(frame, "in colour")


def test_the_target_of_a_pair_is_luma_of_the_reference_with_the_scans_chroma(show: Show, session: Session, tmp_path: Path) -> None:
    show(element(tmp_path, "spatial-reference"), "frames")
    make, scan, reference = (session.films.maker(role) for role in ("target", "scan", "reference"))
    assert make and scan and reference
    for width in (None, 16):
        target, seen, other = make(2, width), scan(2, width), reference(2, width)
        assert np.abs(luma(target) - luma(other)).max() < 1e-4
        assert np.abs(to_ycbcr(target)[..., 1:] - to_ycbcr(seen)[..., 1:]).max() < 1e-4
    assert np.array_equal(make(7, None), scan(7, None)), "without a partner the scan is shown"


def test_frames_speak_of_no_colour(show: Show, session: Session, tmp_path: Path, qtbot: Any) -> None:
    keep(tmp_path / "film.project" / "review" / "table.json", table(1))
    frame = show(element(tmp_path, "spatial-reference"), "frames")
    page: Any = frame.page
    qtbot.waitUntil(lambda: page.shown is not None and len(page.pair.rows._rows) == 3)
    page.look_at(2)
    assert page.pair.words.text() == "Covers 6 of 8 frames of Shot 1."
    qtbot.waitUntil(lambda: session.made.review is not None and 5 in page.shown.choice.helps)
    page.look_at(5)
    assert page.pair.words.text() == "The result reaches only 28.6 dB here."
    qtbot.waitUntil(lambda: "…" not in page.pair.rows._rows[1].accessibleName())
    assert page.pair.rows._rows[0].accessibleName() == "Alignment: 0.20 px"


def test_the_damage_is_told_and_the_print_is_looked_at_beside_its_telecine(show: Show, tmp_path: Path, qtbot: Any) -> None:
    project = element(tmp_path, "telecine")
    frame = show(project, "align")
    assert frame.footer.sentence.text() == "Damage: 23 % of the picture, typically. What is sound stays as it is."
    page: Any = show(project, "frames").page
    qtbot.waitUntil(lambda: page.shown is not None and page.pair.pairing.roles == ("scan", "laid"))
    qtbot.waitUntil(lambda: page.pair.view.compared.second is not None)
    assert page.pair.view.compared.second.label == "Telecine"


# Train

def test_before_training_a_filter_is_to_be_beaten(show: Show, session: Session, tmp_path: Path) -> None:
    frame = show(element(tmp_path, "spatial-reference"), "train")
    assert shows(frame, "A linear filter on the same pairs") and shows(frame, "30.10") and shows(frame, "should end above it")
    assert button(frame, "Train, about 5 minutes").isEnabled() and not shows(frame, "LUT") and not shows(frame, "colour")


def test_the_time_of_two_trainings_is_that_of_both(show: Show, session: Session, tmp_path: Path) -> None:
    assert button(show(element(tmp_path, "combined"), "train"), "Train, about 11 minutes")


def test_a_trained_run_is_judged_in_db_against_the_filter(show: Show, session: Session, tmp_path: Path, qtbot: Any) -> None:
    project = element(tmp_path, "spatial-reference", steps=1000)
    leave_run(project, 1, 31.4)
    frame = show(project, "train")
    now: Any = frame.page.now                                                                                               # type: ignore[attr-defined]
    qtbot.waitUntil(lambda: now.verdict.text() == "1.3 dB better than the best linear filter")
    assert now.measured.text() == "PSNR of luma on 2 held-out frames, dB" and shows(frame, "Nearness of luma, higher is better")
    assert now.scope.text() == ("SSIM 0.921 · edges 0.31 px off · grain 1.1 × the reference's · its size 2.1 px against 2.4 · "
                                "0.4 % of the picture invented, by estimate")
    assert now.curve.accessibleDescription() == "Held out 31.40, Filter 30.10, Untouched 28.00"
    assert [name for _, name in now.trio.pictures] == ["Scan, tone matched", "Result, step 1,000", "Target"]
    assert frame.page.which.currentText() == "Run 1, 31.40 dB" and not frame.page.trainings.isVisible()                     # type: ignore[attr-defined]
    assert not shows(frame, "colour") and shows(frame, "The detail is learnt.")


def test_a_filter_that_is_as_good_or_better_is_said() -> None:
    assert LUMA.verdict(30.15, 30.1, ended=True) == ("A linear filter is as good here", "warn")
    assert LUMA.verdict(29.0, 30.1, ended=True) == ("A linear filter is 1.1 dB better here", "warn")
    assert LUMA.verdict(29.0, 30.1, ended=False)[1] == "text2"
    assert COLOUR.verdict(2.0, 4.1, ended=True) == ("2.1 better than a LUT", "ok")


@given(st.floats(10, 50), st.floats(10, 50))
def test_what_is_better_than_the_other_is_never_as_good_both_ways(one: float, two: float) -> None:
    for measure in (LUMA, COLOUR):
        assert measure.gain(one, two) == -measure.gain(two, one)
        assert measure.as_good(one, two) or measure.as_good(two, one)


def test_two_trainings_are_two_stages_and_the_one_at_work_is_followed(show: Show, session: Session, tmp_path: Path, qtbot: Any) -> None:
    project = element(tmp_path, "combined", steps=1000)
    run = leave_run(project, 1, 31.4, "stopped", 600)
    frame = show(project, "train")
    page: Any = frame.page
    assert page.state() == "paused" and page.stage.folder == "detail"
    qtbot.waitUntil(lambda: page.now.verdict.text() == "1.3 dB better than the best linear filter")
    leave_training(run, [{"step": 5, "dE00": 3.0, "lut_dE00": 4.0, "held_out": 2}])
    page.refresh()
    assert page.stage.folder == "" and page.trainings.cell("1").isChecked()
    qtbot.waitUntil(lambda: page.now.measured.text() == "colour difference on 2 held-out frames, ΔE00")
    qtbot.mouseClick(button(frame, "1 Luma"), LEFT)
    assert page.now.measured.text() == "PSNR of luma on 2 held-out frames, dB"
    qtbot.mouseClick(button(frame, "Stop here"), LEFT)
    assert (run / "enough").exists() and not (run / "detail" / "enough").exists() and session.begun == ["train"]            # type: ignore[attr-defined]


def test_each_of_two_trainings_has_its_contact_sheet(show: Show, tmp_path: Path, qtbot: Any) -> None:
    project = element(tmp_path, "telecine", steps=1000)
    run = leave_run(project, 1, 31.4)
    leave_training(run, [{"step": 1000, "psnr": 30.0, "filter_psnr": 28.0, "untouched_psnr": 20.0, "held_out": 2}])
    for folder, grey in ((run / "look", 60), (run, 200)):
        preview = folder / "preview"
        keep(preview / "sheet.json", {"crops": [{"held_out": True}], "steps": [10], "checkpoint": 0})
        for end in ("scan", "target", "step-000010"):
            write_png(preview / f"crop-0-{end}.png", np.full((8, 8, 3), grey, np.uint8))
    frame = show(project, "train")
    page: Any = frame.page

    def grey_of_sheet() -> int | None:
        columns = page.now.sheet.columns
        return columns[0][1][0].pixelColor(4, 4).red() if columns else None

    for name, grey in (("2 Repair", 200), ("1 Film look", 60), ("2 Repair", 200)):
        qtbot.mouseClick(button(frame, name), LEFT)
        qtbot.waitUntil(lambda grey=grey: grey_of_sheet() == grey)


def test_stopping_during_the_first_training_ends_only_that(show: Show, tmp_path: Path, qtbot: Any) -> None:
    project = element(tmp_path, "telecine", steps=1000)
    run = leave_run(project, 1, 31.4, "stopped", 600)
    frame = show(project, "train")
    qtbot.waitUntil(lambda: shows(frame, "1.3 dB better"))
    assert button(frame, "1 Film look").isChecked()
    qtbot.mouseClick(button(frame, "Stop here"), LEFT)
    assert (run / "look" / "enough").exists() and not (run / "enough").exists()


def test_runs_are_compared_in_db(show: Show, session: Session, tmp_path: Path, qtbot: Any) -> None:
    project = element(tmp_path, "combined", steps=1000)
    for number, near in ((1, 31.4), (2, 31.9)):
        held = {"psnr": near, "filter_psnr": 30.1, "untouched_psnr": 28.0, "dE00": 2.0, "lut_dE00": 3.0, "untouched_dE00": 9.0}
        leave_run(project, number, near, held_out=held, frames={"a": 2.0 * number})
    frame = show(project, "train")
    qtbot.mouseClick(button(frame, "Compare runs"), LEFT)
    model = frame.page.runs.model                                                                                           # type: ignore[attr-defined]
    assert [model.horizontalHeaderItem(k).text() for k in range(2, 6)] == ["Held out, dB", "Filter", "Held out, ΔE00", "LUT"]
    assert [model.item(0, k).text() for k in range(2, 6)] == ["31.90", "30.10", "2.00", "3.00"]


def test_a_run_that_is_passed_over_says_why_in_db() -> None:
    assert "On the same 2 held-out frames: 30.20 against 31.40 dB." in passed_over(2, 1, 2, LUMA.against(30.2, 31.4)).safe


@settings(max_examples=60)
@given(st.lists(st.floats(8, 60), min_size=1, max_size=20), st.floats(8, 60))
def test_more_db_stand_higher_and_every_one_is_on_the_graph(near: list[float], rival: float) -> None:
    data = CurveData(held_out=tuple(enumerate(near)), lut=rival, rises=True)
    scale = Scale(data, np.zeros(0), QRectF(0, 0, 300, 200))
    heights = [scale.y(value) for value in sorted([*near, rival])]
    assert heights == sorted(heights, reverse=True) and heights[-1] >= -1e-6 and heights[0] <= 200 + 1e-6
    assert 3 <= len(scale.grid) <= 8


def test_a_smoothed_curve_of_db_is_their_mean() -> None:
    assert np.allclose(smoothed(np.full(40, 31.0), rises=True), 31.0)
    assert smoothed(np.array([30.0, 32.0] * 30), rises=True)[30] == pytest.approx(31.0, abs=0.7)


# Review and Export

@pytest.fixture
def reviewed(show: Show, tmp_path: Path, qtbot: Any) -> Frame:
    project = element(tmp_path, "spatial-reference", steps=1000)
    leave_run(project, 1, 31.4)
    keep(project.folder / "review" / "table.json", table(1))
    frame = show(project, "review")
    page: Any = frame.page
    qtbot.waitUntil(lambda: bool(page.table.shots.rows))
    return frame


def test_the_table_is_in_db_worst_first(reviewed: Frame, qtbot: Any) -> None:
    page = reviewed.page
    assert isinstance(page, ReviewPage)
    shots = page.table.shots
    assert shots.heads()[2:8] == ("PSNR, dB", "Filter", "SSIM", "Edges, px", "Grain", "Invented")
    assert review_detail.words(shots.rows[0]) == ("Shot 2", "4", "29.00", "30.10", "0.921", "0.80", "–", "5.0 %", "steady",
                                                 "Exact on 4 of 4 frames", "a filter is better here")
    assert review_detail.words(shots.rows[1])[6] == "1.1 ×" and review_detail.words(shots.rows[1])[10] == ""
    tones = [review_detail.tone(shots.rows[0], column) for column in (2, 5, 6, 7, 9)]
    assert tones == ["warn", "warn", "text", "warn", "text"]
    assert not shows(reviewed, "Luma certificate") and not shows(reviewed, "LUT")
    assert sum(page.table.columnWidth(k) for k in range(11)) <= page.table.viewport().width()      # type: ignore[union-attr]


def test_with_colour_too_luma_has_its_filter_and_no_chroma_is_said_to_be_held(show: Show, tmp_path: Path, qtbot: Any) -> None:
    project = element(tmp_path, "combined", steps=1000)
    leave_run(project, 1, 31.4)
    keep(project.folder / "review" / "table.json", table(1))
    page: Any = show(project, "review").page
    qtbot.waitUntil(lambda: bool(page.table.shots.rows))
    for row in page.table.shots.rows:
        said_of = review_detail.words(row)
        assert (said_of[3], said_of[9]) == ("30.10", "–")
    assert page.viewer.beside.itemText(2) == "With the LUT"


def test_the_result_is_compared_with_scan_reference_and_filter(reviewed: Frame, session: Session, qtbot: Any) -> None:
    page: Any = reviewed.page
    beside, view = page.viewer.beside, page.viewer.view
    assert [beside.itemData(k) for k in range(beside.count())] == ["scan", "laid", "rival"]
    for place, name in enumerate(("Scan", "Reference", "Filter")):
        beside.setCurrentIndex(place)
        beside.activated.emit(place)
        qtbot.waitUntil(lambda name=name: [side and side.label for side in (view.compared.first, view.compared.second)] == [name, "Result"])
    qtbot.waitUntil(lambda: abs(float(view.compared.first.image.mean()) - 51) < 2)
    page.refresh()
    assert beside.key == "rival", "what it is compared with stays"


def painted(frame: Frame, x: float, y: float) -> tuple[int, int, int]:
    """R, G, B on the screen at a place of the frame (0..1), where the result is seen alone."""
    view: Any = frame.page.viewer.view                                                                                      # type: ignore[attr-defined]
    seen = view.seen()
    colour = view.grab().toImage().pixelColor(round(seen.left() + x * seen.width()), round(seen.top() + y * seen.height()))
    return colour.red(), colour.green(), colour.blue()


def test_what_was_invented_is_seen_over_the_restored_frame(reviewed: Frame, session: Session, qtbot: Any) -> None:
    page: Any = reviewed.page
    found, weight = np.zeros(SIZE, np.float32), np.ones(SIZE, np.float32)
    found[4:12, 4:12], weight[:, -8:] = 1, 0
    assert session.project
    save_map(session.project.folder / "review" / "invented" / "0000003.png", found, weight)
    page.viewer.view.set_mode("second")
    invented = button(reviewed, "Invented")
    page.go(2)
    assert not invented.isEnabled() and "only frames that were compared have one" in invented.toolTip()
    page.go(7)
    assert "the reference does not have this frame" in invented.toolTip()
    qtbot.mouseClick(page.table.viewport(), LEFT, pos=page.table.visualRect(page.table.shots.index(1, 0)).center())
    assert page.index == 3 and invented.isEnabled()
    qtbot.waitUntil(lambda: page.viewer.view.compared.second is not None and painted(reviewed, 0.25, 0.33) == (204, 204, 204))
    qtbot.mouseClick(invented, LEFT)
    qtbot.waitUntil(lambda: page.viewer.invention.veil is not None)
    red, green, blue = painted(reviewed, 0.25, 0.33)
    assert red > 200 and green < 100 and blue > 200
    assert painted(reviewed, 0.5, 0.8) == (204, 204, 204), "where nothing was invented the result is as it is"
    assert max(painted(reviewed, 0.95, 0.5)) < 120, "what was not compared is dark"
    assert "Magenta: in neither scan nor reference (11.1 %)\nDark: not compared" in [w for w, _ in page.viewer.view._notes]
    page.go(2)
    qtbot.waitUntil(lambda: painted(reviewed, 0.25, 0.33) == (204, 204, 204))
    assert any("No map here" in words for words, _ in page.viewer.view._notes)
    save_map(session.project.folder / "review" / "invented" / "0000005.png", found, weight)
    page.go(5)
    qtbot.waitUntil(lambda: painted(reviewed, 0.25, 0.33)[1] < 100)
    page.viewer.tones.exposure.setValue(-10)
    qtbot.waitUntil(lambda: painted(reviewed, 0.5, 0.8)[0] < 200)
    assert painted(reviewed, 0.25, 0.33)[0] > 200 and painted(reviewed, 0.25, 0.33)[1] < 100, "a darker picture has its map still"
    page.go(2)
    qtbot.mouseClick(invented, LEFT)
    assert not any("map" in words for words, _ in page.viewer.view._notes) and not invented.isEnabled()


def test_a_map_that_cannot_be_read_says_so(reviewed: Frame, qtbot: Any) -> None:
    page: Any = reviewed.page
    page.go(5)
    qtbot.mouseClick(button(reviewed, "Invented"), LEFT)
    qtbot.waitUntil(lambda: "cannot be read" in page.viewer.invention.words)


def test_the_spectrum_and_the_grain_of_the_shot_stand_beside_the_picture(reviewed: Frame, qtbot: Any) -> None:
    page: Any = reviewed.page
    scopes = page.scopes
    page.go(3)
    assert scopes.spectrum.isVisible() and not scopes.vector.isVisible()
    assert scopes.spectrum.accessibleDescription() == "coarse 100 %, middle 90 %, fine 70 %, finest 40 %"
    assert [line.text() for line in scopes.grain] == ["Grain 1.1 × the reference's", "2.1 px against 2.4 · 93 % alike"]
    page.go(4)
    assert not any(line.isVisible() for line in scopes.grain), "the reference of this shot has no grain to speak of"
    qtbot.mouseClick(button(reviewed, "Vectorscope"), LEFT)
    assert scopes.vector.isVisible() and not scopes.spectrum.isVisible()
    qtbot.mouseClick(button(reviewed, "Spectrum"), LEFT)
    assert scopes.spectrum.isVisible()


def test_the_line_of_a_band_stands_as_high_as_its_power(qtbot: Any) -> None:
    shown = Spectrum()
    qtbot.addWidget(shown)
    shown.resize(320, 180)
    accent = theme.colour("accent")
    heights = []
    for power in (0.5, 1.5):
        shown.set_bands((power,) * 16, "as the reference", "")
        image = shown.grab().toImage()
        heights.append(np.mean([y for y in range(180) if image.pixelColor(160, y) == accent]))
        assert top_of((power,)) == 1.5
    assert heights[0] > heights[1]
    shown.set_bands((), "as the reference", "Nothing of this shot was compared.")
    assert shown.accessibleDescription() == "Nothing of this shot was compared."
    assert top_of((50.0,)) == 3.0, "what is far too much is drawn at the top"


def test_what_was_measured_before_the_size_of_grain_tells_its_strength_alone() -> None:
    older = {name: value for name, value in MEASURES.items() if not name.startswith("grain_")}
    assert review_detail.grain_words(older) == ("Grain 1.1 × the reference's", "")
    assert maps_of({"shots": [{"shot": "shot 1"}]}) == {}


def test_what_a_repaired_print_rests_on_is_told() -> None:
    review = {"evidence": {"frames": [4], "shares": [{"print": 0.52, "neighbours": 0.1, "telecine": 0.3, "net": 0.08}]}}
    assert rests_on(review, 3) == "Here: 52 % this print, 10 % neighbours, 30 % telecine, 8 % net alone"
    assert strip_of(review) == [(4, [("ok", 0.52), ("edge", 0.1), ("accent", 0.3), ("warn", 0.08)])]


def test_a_repaired_print_is_told_apart_from_a_better_element(show: Show, session: Session, tmp_path: Path, qtbot: Any) -> None:
    project = element(tmp_path, "telecine", steps=1000)
    leave_run(project, 1, 31.4)
    keep(project.folder / "review" / "table.json", table(1))
    page: Any = show(project, "review").page
    qtbot.waitUntil(lambda: bool(page.table.shots.rows))
    assert page.table.shots.heads()[3] == "Denoised"
    assert [page.table.shots.kind.words(row)[10] for row in page.table.shots.rows] == ["denoising is as good here", ""]
    assert [page.viewer.beside.itemText(k) for k in range(3)] == ["With the scan", "With the telecine", "With it denoised"]
    frame = show(project, "export")
    assert shows(frame, "What is sound is the print's own") and shows(frame, "What was repaired gets new grain like the print's")
    assert not [b for b in frame.findChildren(QAbstractButton) if b.isVisible() and b.text() == "The reference's kind"]
    qtbot.mouseClick(button(frame, "None"), LEFT)
    assert session.project and session.project.settings.grain == "none" and shows(frame, "What was repaired is smoother than film.")


def test_grain_is_chosen_for_the_export_and_shown_anew(show: Show, session: Session, tmp_path: Path, qtbot: Any) -> None:
    project = element(tmp_path, "spatial-reference", steps=1000)
    leave_run(project, 1, 31.4)
    frame = show(project, "export")
    page = frame.page
    assert isinstance(page, ExportPage) and session.project
    before = session.result_identity
    assert before and page.format.grain.kinds.key == "keep" and shows(frame, "Chroma is the scan's, checked on every frame")
    assert not page.format.evidence.isVisible() and not shows(frame, "LUT") and "luma" not in page.format.extent.accessibleDescription()
    qtbot.mouseClick(button(frame, "The reference's kind"), LEFT)
    assert load(project.folder).settings.grain == "reference" and session.result_identity not in ("", before)
    assert shows(frame, "It was made, not filmed.")
    session.undo()
    assert page.format.grain.kinds.key == "keep" and session.result_identity == before
    qtbot.waitUntil(lambda: frame.footer.next.text() == f"Export {FRAMES} frames")
    assert session.made.held_out == HELD
    session.edit("other", recovery="colour-reference")
    assert not page.format.grain.isVisible() and page.format.evidence.isVisible()
