#!/usr/bin/env python3
"""The pictures of the manual: the wizard itself on the sample film, at every step and in every state, on a screen that is not there.

    python3 installer/dev.py screenshots              manuals/user/pictures, 1440 x 900, dark, English
    python3 installer/dev.py screenshots --sample     only those of the sample film with its DVD; so may be given
                                         --without    those of the way without a reference
                                         --detail     those of a better element, and of a damaged print with its telecine
                                         --poor       those of the sample film learnt from too little
    python3 installer/dev.py screenshots --all DIR    every page also at 1280 x 720 and 1180 x 700, light, 150 % text, and in Spanish
"""
from __future__ import annotations

import os
import shutil
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from PyQt6.QtWidgets import QApplication  # noqa: E402

from installer.screenshots_detail import detail  # noqa: E402
from installer.screenshots_window import SIZES, Shooting  # noqa: E402
from installer.screenshots_without import without_reference  # noqa: E402

PICTURES = ROOT / "manuals" / "user" / "pictures"
STEPS = 300
FIRST_SHOT, FEW_STEPS = 60, 100         # frames before it are of the first shot; steps enough to see what it lacks
PAGES = ("recovery", "media", "align", "frames", "train", "review", "export")


def through(shooting: Shooting) -> None:
    """The whole way on the sample film, with a picture of every state on it."""
    window, session = shooting.window, shooting.window.session
    shooting.shoot("start-dark")
    window.show_settings()
    shooting.shoot("settings-dark")
    window.settings.done.emit()
    window.try_sample()
    shooting.until(lambda: session.project is not None and session.films.has("scan") and session.films.has("reference"))
    shooting.go("recovery")
    shooting.shoot("recovery-dark")
    shooting.go("media")
    shooting.shoot("media-dark")
    elements(shooting)
    session.confirm(*session.guessed())
    shooting.go("align")
    shooting.until(lambda: len(session.made.partial) > 120 or session.made.alignment is not None)
    window.frame.page.go(60)        # type: ignore[attr-defined]
    shooting.shoot("align-working-dark")
    shooting.until(lambda: session.made.standing.get("choose") == "done" and not session.worker.busy)
    shooting.until(lambda: session.films.has("laid"))
    window.frame.page.go(100)       # type: ignore[attr-defined]
    shooting.rest(4)
    shooting.shoot("align-dark")
    window.frame.page.viewer.view.set_mode("difference")    # type: ignore[attr-defined]
    shooting.shoot("align-difference-dark")
    window.frame.page.viewer.view.set_mode("wipe")          # type: ignore[attr-defined]
    window.frame.page.viewer.begin_sync()                   # type: ignore[attr-defined]
    shooting.rest(3)
    shooting.shoot("align-sync-dark")
    window.frame.page.viewer.end_sync()                     # type: ignore[attr-defined]
    shooting.go("frames")
    shooting.rest(4)
    shooting.shoot("frames-dark")
    session.edit("length", steps=STEPS)
    shooting.go("train")
    shooting.until(lambda: session.made.standing.get("trial") == "done" and not session.worker.busy)
    shooting.rest(4)
    shooting.shoot("train-before-dark")
    window.frame.next()
    shooting.until(lambda: session.worker.status is not None and session.worker.status.phase.startswith("training")
                   and session.worker.share > 0.6)
    shooting.rest(4)
    shooting.shoot("train-running-dark")
    session.worker.stop()
    shooting.until(lambda: not session.worker.busy)
    shooting.shoot("train-paused-dark")
    window.frame.next()
    shooting.until(lambda: session.made.standing.get("train") == "done" and not session.worker.busy)
    shooting.rest(3)
    shooting.shoot("train-ended-dark")
    shooting.go("review")
    shooting.until(lambda: session.made.standing.get("review") == "done" and not session.worker.busy)
    window.frame.page.go(100)       # type: ignore[attr-defined]
    shooting.until(lambda: session.films.picture("result", 100) is not None)
    shooting.shoot("review-dark")
    shooting.go("export")
    shooting.rest(6)
    shooting.shoot("export-dark")
    window.frame.page.format.show_delivery()        # type: ignore[attr-defined]
    shooting.shoot("export-delivery-dark")
    window.frame.next()
    shooting.until(lambda: session.worker.step == "export" and session.worker.share > 0.4)
    shooting.shoot("export-running-dark")
    shooting.until(lambda: session.made.standing.get("export") == "done" and not session.worker.busy)
    shooting.rest(3)
    shooting.shoot("export-finished-dark")
    trouble(shooting)
    window.show_start()
    shooting.rest(3)
    shooting.shoot("start-again-dark")


def poorly(shooting: Shooting) -> None:
    """The sample film learnt from its first shot alone: what a bad result looks like, and that it could be seen before."""
    window, session = shooting.window, shooting.window.session
    window.try_sample()
    shooting.until(lambda: session.project is not None and session.films.has("scan") and session.films.has("reference"))
    session.confirm(*session.guessed())
    shooting.go("align")
    shooting.worked("choose")
    shooting.go("frames")
    shooting.until(lambda: bool(session.made.train))
    one_shot = tuple(frame for frame in session.made.train if frame < FIRST_SHOT)
    session.edit("picking pairs", pairs=one_shot, held_out=tuple(session.made.held_out))
    session.edit("length", steps=FEW_STEPS)
    shooting.rest(4)
    shooting.shoot("frames-few-dark")
    shooting.go("train")
    shooting.worked("trial")
    window.frame.next()
    shooting.worked("train")
    session.edit("choosing a run", run=max(run.number for run in session.made.runs))
    shooting.go("review")
    shooting.worked("review")
    window.frame.page.go(100)       # type: ignore[attr-defined]
    shooting.until(lambda: session.films.picture("result", 100) is not None)
    shooting.rest(3)
    shooting.shoot("review-poor-dark")


def elements(shooting: Shooting) -> None:
    """Some of the elements filled in."""
    session, page = shooting.window.session, shooting.window.frame.page
    assert session.project
    filled = (session.project.elements
              .changed("scan", kind="print", gauge="16 mm", generation="2nd, from the internegative", holder="City film archive",
                       identifier="FA-1959-016", condition="faded, one splice", year="1959", use="allowed")
              .changed("reference", kind="disc", holder="The publisher", use="allowed")
              .changed("people", institution="City film archive", archivist="A. Rivera", trouble="The only colour print has faded."))
    session.edit("elements", elements=filled)
    page.show_elements(True)        # type: ignore[attr-defined]
    shooting.shoot("media-elements-dark")
    page.show_elements(False)       # type: ignore[attr-defined]


def trouble(shooting: Shooting) -> None:
    """The banner of a full disk, as the Export page shows it."""
    from wizard.messages import trouble_of

    session = shooting.window.session
    session.say(trouble_of("DiskFull", "the disk is full", "export", "86487"))
    shooting.shoot("error-dark")
    session.say(None)


def everywhere(shooting: Shooting, folder: Path, project: Path) -> None:
    """Every page of the finished project in every size, theme and language."""
    from wizard import theme
    from wizard.words import use_language

    window = shooting.window
    shooting.folder = folder
    folder.mkdir(parents=True, exist_ok=True)
    for language in ("en", "es"):
        use_language(language)
        window._speak()
        for size, look, text in [(size, look, 1.0) for size in SIZES for look in ("dark", "light")] + [(SIZES[0], "dark", 1.5)]:
            theme.use(look, text)
            window.resize(*size)
            window.show_start()
            shooting.shoot(f"start-{look}-{size[0]}-{round(100 * text)}-{language}")
            window.open_project(project)
            shooting.until(lambda: window.session.films.has("scan") and window.session.films.has("reference"))
            for page in PAGES:
                shooting.go(page)
                shooting.shoot(f"{page}-{look}-{size[0]}-{round(100 * text)}-{language}")


@contextmanager
def own_user() -> Iterator[Path]:
    """Settings and projects of nobody, the cache of whoever calls, so that the sample film is made once."""
    with tempfile.TemporaryDirectory(prefix="answerprint-screenshots-") as folder:
        os.environ["ANSWERPRINT_SETTINGS"] = str(Path(folder) / "settings")
        yield Path(folder)


def main() -> int:
    """Shoot; the exit code."""
    from wizard import recent

    with own_user() as folder:
        app = QApplication(["answerprint"])
        projects = folder / "Answerprint"
        recent.keep(recent.Preferences(theme="dark", language="en", projects=str(projects)))
        shooting = Shooting(app, PICTURES)
        ways = {"--sample": lambda: through(shooting), "--without": lambda: without_reference(shooting, projects),
                "--detail": lambda: detail(shooting, folder), "--poor": lambda: poorly(shooting)}
        for name, way in ways.items():
            if name in sys.argv or not ways.keys() & {*sys.argv}:
                way()
        if "--all" in sys.argv:
            out = Path(sys.argv[sys.argv.index("--all") + 1])
            everywhere(shooting, out, next(p.parent for p in projects.rglob("*.answerprint") if "copies" not in p.parts))
            shutil.copytree(projects, out / "projects", dirs_exist_ok=True)
        shooting.window.close()
    return 0


if __name__ == "__main__":
    sys.exit(main())
