"""One walk through the whole wizard by mouse and keys, from the start screen to exported files, on the sample film. The tests take it too,
and look around at every stage."""
from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from PyQt6.QtCore import Qt

from wizard.selftest.walker import CONTROL, Walker


def from_start_to_files(walker: Walker, frames: int, steps: int) -> Iterator[str]:
    """Words for every stage that was come to. The film has `frames`, the training takes `steps`. Raises Broken."""
    for stage in (_media, _recovery, _align, _frames):
        walker.goes_to(stage.__name__[1:])
        yield stage(walker, frames)
    walker.session.edit("a short training, so that the walk is short", steps=steps)
    for stage in (_trial, _train, _review, _export, _files):
        walker.goes_to(stage.__name__[1:])
        yield stage(walker, frames)


def _media(walker: Walker, frames: int) -> str:
    session, films, banner = walker.session, walker.session.films, walker.window.start.banner
    walker.click("Try it on the sample film")
    walker.until(lambda: banner.isVisible() or session.trouble or session.missing or (films.has("scan") and films.has("reference")),
                 "two films that are open")
    walker.untroubled()
    walker.expect(not banner.isVisible() and not session.missing, "the sample film cannot be made or opened")
    walker.expect(walker.page == "media", "the sample film does not lead to the page 'media'")
    return f"Media: the sample film is open, {films.source('scan').info.encoding} guessed"      # type: ignore[union-attr]


def _recovery(walker: Walker, frames: int) -> str:
    walker.key(Qt.Key.Key_1, CONTROL)
    walker.expect(walker.page == "recovery", "Ctrl+1 does not lead to the page 'recovery'")
    return "Recovery: come to by keys"


def _align(walker: Walker, frames: int) -> str:
    walker.key(Qt.Key.Key_Return, CONTROL)
    walker.expect(walker.page == "media", "Ctrl+Return does not lead to the page 'media'")
    footer = walker.window.frame.footer
    walker.expect(not footer.next.isEnabled() and "guessed" in footer.sentence.text(), "guessed values can be passed by")
    while confirms := walker.buttons("Confirm"):
        walker.press(confirms[0])
    walker.click("Next: Align")
    walker.idle("choose")
    walker.expect(walker.page == "align", "Next does not lead to the page 'align'")
    found = walker.session.made.alignment
    partners = sum(frame.reference is not None for frame in found.frames) if found else 0
    walker.expect(partners > frames * 5 // 6, f"only {partners} of {frames} frames have a partner in the reference")
    return f"Align: {partners} of {frames} frames have a partner in the reference"


def _frames(walker: Walker, frames: int) -> str:
    walker.click("Next: Frames")
    made, strip = walker.session.made, _part(walker, "strip")
    walker.until(lambda: strip.index is not None, "the strip of frames")
    before = made.train
    strip.setFocus()
    walker.key(Qt.Key.Key_Home)
    for _ in range(frames):
        if strip.index not in (*before, *made.held_out):
            break
        walker.key(Qt.Key.Key_Right)
    chosen = strip.index
    walker.key(Qt.Key.Key_Space)
    walker.expect(set(made.train) == {*before, chosen}, "the space bar picks no frame")
    walker.key(Qt.Key.Key_Z, CONTROL)
    walker.expect(made.train == before, "Ctrl+Z does not take the frame back")
    return f"Frames: {len(before)} picked, one more and taken back by keys"


def _trial(walker: Walker, frames: int) -> str:
    walker.click("Next: Train")
    walker.idle("trial")
    said = walker.window.frame.footer.next.text()
    walker.expect(said.startswith("Train, about"), f"no time is told before the training, only {said!r}")
    return f"Train: the button says {said!r}"


def _train(walker: Walker, frames: int) -> str:
    walker.press(walker.window.frame.footer.next)
    walker.idle("train")
    used = walker.session.made.used
    return f"Train: trained on the device {used.device}" if used else "Train: trained"


def _review(walker: Walker, frames: int) -> str:
    walker.click("Next: Review")
    walker.idle("review")
    films, project = walker.session.films, walker.session.project
    walker.until(lambda: films.picture("result", 10) is not None, "a frame of the result")
    walker.key(Qt.Key.Key_F)
    walker.expect(project is not None and project.flags == (0,), "F does not flag the frame")
    walker.press(_part(walker, "viewer").flag)
    walker.expect(project is not None and project.flags == (), "a click does not take the flag away")
    return "Review: a frame of the result is shown; flagged by a key, unflagged by a click"


def _export(walker: Walker, frames: int) -> str:
    walker.click("Next: Export")
    project, following = walker.session.project, walker.window.frame.footer.next
    walker.expect(project is not None and project.settings.formats == ("dpx", "prores422hq"), "DPX and ProRes are not chosen")
    walker.until(following.isEnabled, "an export that can begin")
    walker.expect(str(frames) in following.text(), f"the button says {following.text()!r}, not {frames} frames")
    return f"Export: the button says {following.text()!r}"


def _files(walker: Walker, frames: int) -> str:
    walker.press(walker.window.frame.footer.next)
    walker.idle("export")
    return "Export: done"


def _part(walker: Walker, name: str) -> Any:
    """A part of the page that is shown."""
    return getattr(walker.window.frame.page, name)
