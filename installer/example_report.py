#!/usr/bin/env python3
"""The report of the sample film, as the manual shows it: made with the program itself, with small pictures.

    python3 installer/dev.py example-report        manuals/user/example-report.html and .pdf
"""
from __future__ import annotations

import shutil
import sys
import tempfile
from dataclasses import replace
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from engine.__main__ import main as command  # noqa: E402
from engine.films import open_media  # noqa: E402
from engine.project import load  # noqa: E402
from engine.recoveries.work import export_settings, leave_report, restoration_of, shots_of  # noqa: E402
from engine.run import Run  # noqa: E402

MANUAL = ROOT / "manuals" / "user"
FRAMES, WIDTH = 144, 640        # of the film
PICTURES = 236                  # px, at most, of a picture of the report
MINUTES = 1.5
ELEMENTS = """
[people]
institution = "Film archive of the river town (an example)"
archivist = "A. Rivera"
worked_on = "M. Soto, scan"
trouble = "The only colour print has faded to magenta. A DVD of an older transfer kept the colour, in low resolution and with subtitles."
[scan]
kind = "print"
gauge = "16 mm"
generation = "2nd, from the internegative"
holder = "Film archive of the river town"
identifier = "RT-1959-016"
condition = "faded to magenta, light scratches, one splice"
year = "1959"
use = "allowed"
[reference]
kind = "disc"
generation = "of a telecine that is lost"
holder = "The publisher"
authorised_by = "The publisher, letter of 2 March"
terms = "as a reference for colour, no reproduction"
use = "allowed"
"""


def make(folder: Path, out: Path) -> None:
    """Film, restoration, review and report in `folder`; the report as `out`.html and .pdf."""
    (folder / "elements.toml").write_text(ELEMENTS, encoding="utf-8")
    film = folder / "film"
    words = ("restore", "--recovery", "colour-reference", "--scan", film / "scan", "--reference", film / "reference.mpg", "--out",
             folder / "out", "--minutes", MINUTES, "--format", "dpx", "--device", "cpu", "--elements", folder / "elements.toml",
             "--source-type", "algorithmicallyEnhanced")
    project = folder / "out" / "sample_scan.project"
    for asked in (("sample", film, "--frames", FRAMES, "--width", WIDTH), words, ("work", project, "--until", "review")):
        if code := command([str(word) for word in asked]):
            sys.exit(code)
    page = report(project)
    for suffix in (".html", ".pdf"):
        shutil.copyfile(page.with_suffix(suffix), out.with_suffix(suffix))


def report(folder: Path) -> Path:
    """The report of a project's export again, with small pictures."""
    project, run = load(folder), Run()
    project.settings = replace(project.settings, language="en")
    with open_media(project, run) as (scan, _):
        out, used = project.results_folder, restoration_of(project, run)
        facts = project.done["export"].facts
        return out / leave_report(project, scan, export_settings(project, out), facts, shots_of(project), used, run, PICTURES)


if __name__ == "__main__":
    with tempfile.TemporaryDirectory(prefix="answerprint-example-") as made:
        make(Path(made), MANUAL / "example-report")
