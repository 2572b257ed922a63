"""The report of an export: everything is said, in order, on one page that needs nothing else; the PDF says the same."""
from __future__ import annotations

import base64
import json
import re
from dataclasses import replace
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import cv2
import numpy as np
import pypdfium2
import pytest

from engine.elements import Elements
from engine.project import Project
from engine.recoveries import work as making
from engine.recoveries.account import Subject, report_of
from engine.recoveries.perform import run_steps
from engine.recoveries.run_folder import chosen_run
from engine.recoveries.work import choice_of, restoration_of, shots_of
from engine.report.blocks import Report
from engine.report.html import page
from engine.report.pdf import pdf
from engine.report.words import Words
from engine.run import Run
from tests.engine.finished import opened, trained

KEYS = ["trouble", "elements", "pictures", "time", "misfit", "frames", "training", "held-out", "stability", "luma", "evidence", "untouched",
        "assumptions", "uncertain", "settings", "source-type", "people"]
DAY = "2026-11-29"


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Project:
    """Reviewed and exported."""
    made = trained(tmp_path_factory.mktemp("report"), formats=("png",), encoding="rec709", pairs=(0, 2, 4, 6, 8, 10), held_out=(3, 9))
    made.elements = (Elements().changed("scan", kind="print", gauge="16 mm", holder="Archive <1>", use="allowed")
                     .changed("people", institution="Filmoteca", trouble="Faded to magenta & scratched."))
    made.save()
    with opened(made) as work:
        run_steps(work, Run(), "review")
        run_steps(work, Run(), "export")
    return made


def made_of(project: Project, language: str = "en", ledger: Path | None = None, luma: dict[str, Any] | None = None,
            **chosen: list[int]) -> Report:
    with opened(project) as work:
        run = chosen_run(project.folder, 1)
        assert run and work.second
        used, facts = restoration_of(project, Run()), project.done["export"].facts
        facts = facts | ({"luma": luma} if luma else {})
        seen = making.laid_of(project).seen
        return report_of(Subject(project, work.scan, work.second, used, lambda i: making.shown(work.scan, seen, i, 192),
                                 lambda i: None, shots_of(project),
                                 run, choice_of(project) | chosen, facts, ledger or project.folder.parent / "scan_restored.frames.jsonl",
                                 "scan", DAY, 160, Words(language)))


class Parsed(HTMLParser):
    """Attributes and text of a page, and whether what is opened is closed."""

    VOID = ("meta", "img", "br", "polyline", "rect", "circle")

    def __init__(self, text: str) -> None:
        super().__init__()
        self.open, self.links, self.text = list[str](), list[str](), ""
        self.feed(text)

    def handle_starttag(self, tag, attrs):
        self.links += [value for name, value in attrs if name in ("src", "href") and value]
        if tag not in self.VOID:
            self.open.append(tag)

    def handle_endtag(self, tag):
        assert tag in self.VOID or self.open.pop() == tag

    def handle_data(self, data):
        if self.open and self.open[-1] != "style":
            self.text += data + "\n"


def test_everything_is_there_in_order_and_the_page_needs_nothing_else(project: Project) -> None:
    report = made_of(project)
    assert [section.key for section in report.sections] == KEYS and all(section.blocks for section in report.sections)
    parsed = Parsed(page(report))
    assert parsed.open == []
    assert all(link.startswith(("data:image/jpeg;base64,", "#")) for link in parsed.links)
    for said in ("Faded to magenta & scratched.", "Archive <1>", "Not filled in, scan: generation, identifier", "not filled in",
                 "Filmoteca",
                 "held out", "the worst of those held out", "A LUT fitted on the same pairs", "checked on all 12 restored frames",
                 "algorithmicallyEnhanced",
                 "None: every frame of the files was restored.", "Not measured: scan and reference were given as aligned.",
                 "Nobody has said whether the elements may be used", "onnxruntime"):
        assert said in parsed.text, said
    assert str(Path.home()) not in page(report) and str(project.folder.parent) not in page(report)


def test_a_review_that_is_out_of_date_is_none(project: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    said = "The film was not reviewed shot by shot before this export."
    assert said not in page(made_of(project))
    monkeypatch.setattr("engine.recoveries.account.subject.standing", lambda project: {"review": "stale"})
    assert said in page(made_of(project))


def test_pictures_show_scan_result_and_reference_of_frames_that_were_not_trained_on(project: Project) -> None:
    report = made_of(project)
    strips = [block for block in next(s for s in report.sections if s.key == "pictures").blocks if hasattr(block, "pictures")]
    assert strips and any("the worst" in strip.title for strip in strips)
    assert {int(strip.title[6:10]) for strip in strips} <= {1, 3, 5, 7, 9, 11}, "those trained on have even numbers"
    for strip in strips:
        assert [picture.caption for picture in strip.pictures] == ["Scan", "Result", "Reference"]
        scan, _, reference = (cv2.imdecode(np.frombuffer(p.data, np.uint8), 1).astype(float) for p in strip.pictures)
        assert np.abs(scan - reference).mean() > 3


def test_the_pictures_are_said_to_be_what_they_are(project: Project) -> None:
    """Trained on or not, and whether the worst of those held out is among them."""
    worst, untrained = "among them the held-out frame that came out worst", "that were not trained on"
    trained_on = "every frame of which was trained on"
    for chosen, said in (({}, (worst, untrained)), ({"held_out": []}, (untrained,)),
                         ({"held_out": [], "train": list(range(12))}, (trained_on,))):
        pictures = next(s for s in made_of(project, **chosen).sections if s.key == "pictures")
        lead = next(block.text for block in pictures.blocks if hasattr(block, "text"))
        assert tuple(words for words in (worst, untrained, trained_on) if words in lead) == said
        titles = [block.title for block in pictures.blocks if hasattr(block, "pictures")]
        assert all(("trained on" in title) == (said == (trained_on,)) for title in titles) and len(titles) == 4


def test_the_pdf_says_the_same_and_is_the_same_each_time(project: Project, tmp_path: Path) -> None:
    report = made_of(project)
    data = pdf(report)
    assert data == pdf(made_of(project))
    document = pypdfium2.PdfDocument(data)
    text = "\n".join(document[i].get_textpage().get_text_range() for i in range(len(document)))
    for section in report.sections:
        assert section.title in text
    assert f"page {len(document)}" in text and "Faded to magenta & scratched." in text and "ΔE00" in text
    assert b"/D:20261129" in data or b"D:20261129" in data
    first = document[0].render(scale=1).to_numpy()
    assert (first.min(axis=2) > 250).mean() > 0.5, "paper"
    assert len(data) < 2_000_000


def test_spanish_is_asked_for_by_the_setting(project: Project) -> None:
    english, spanish = Parsed(page(made_of(project))).text, Parsed(page(made_of(project, "es"))).text
    assert "Cuál era el problema" in spanish and "Fotogramas entregados sin tocar" in spanish
    assert '<html lang="es">' in page(made_of(project, "es"))
    same = {line for line in english.splitlines() if len(line) > 24 and line.count(" ") > 3} & set(spanish.splitlines())
    assert {line for line in same if "torch" not in line and "first, first" not in line} == {"Faded to magenta & scratched."}


def test_the_export_leaves_the_report_in_the_language_asked_for(project: Project) -> None:
    folder = project.folder.parent
    project.settings = replace(project.settings, language="es")
    project.save()
    with opened(project) as work:
        facts = run_steps(work, Run(), "export")["export"]
    assert facts["report"] == "scan_restored.report.html"
    assert "restaurado" in (folder / facts["report"]).read_text(encoding="utf-8")
    assert (folder / "scan_restored.report.pdf").read_bytes().startswith(b"%PDF")
    project.settings = replace(project.settings, language="en")
    project.save()


def test_the_certificate_of_a_codec_with_loss_is_not_said_to_be_that_of_the_file(project: Project) -> None:
    figures = {"max": 0.5, "mean": 0.25, "clipped": 0.0, "depth": 10}
    in_file, given, taken = "luma in the file against the luma that it is to have", "off is said of what the codec was given", "18.70"
    both = {"dpx": figures, "prores422hq": figures | {"codec": {"max": 18.7, "mean": 2.82}}}
    for formats, said in (({"dpx": figures}, (in_file,)), (both, (in_file, given, taken)),
                          ({"h264": figures | {"codec": {"max": 18.7, "mean": 2.82}}}, (given, taken)),
                          ({"h264": figures | {"codec": {}}}, (given,))):
        text = Parsed(page(made_of(project, luma={"max": 0.5, "mean": 0.25, "formats": formats}))).text
        assert tuple(words for words in (in_file, given, taken) if words in text) == said


def test_frames_that_were_passed_on_untouched_are_named(project: Project, tmp_path: Path) -> None:
    ledger = tmp_path / "frames.jsonl"
    line = {"export": "x", "float_max": 0.0, "written": {}}
    rows = [{"version": 2, "export": "x", "medium": "m"}, {**line, "index": 0, "frame": "0001", "untouched": True},
            {**line, "index": 1, "frame": "0002", "untouched": True}, {**line, "index": 2, "frame": "0003"}]
    ledger.write_text("".join(json.dumps(row) + "\n" for row in rows))
    said = "2 frames lie outside the range that was restored and were passed on as they are: 0001–0002."
    told = page(made_of(project, "en", ledger))
    assert said in told and "checked on all 10 restored frames" in told


def test_what_is_uncertain_is_said(project: Project) -> None:
    project.flags, project.trusted = (1,), ()
    text = Parsed(page(made_of(project))).text
    assert "Flagged in the review, to be looked at again: frames 0001." in text
    assert "Only 2 frames were held out" in text
    project.flags = ()


def test_a_confirmed_source_type_is_told_from_a_proposed_one(project: Project) -> None:
    assert "Nobody has confirmed a type" in page(made_of(project))
    project.settings = replace(project.settings, source_type="humanEdits")
    text = page(made_of(project))
    assert "Confirmed by the archivist" in text and "http://cv.iptc.org/newscodes/digitalsourcetype/humanEdits" in text
    project.settings = replace(project.settings, source_type="")


def test_pictures_are_whole_jpegs(project: Project) -> None:
    for data in re.findall(r"base64,([^\"]+)", page(made_of(project))):
        assert cv2.imdecode(np.frombuffer(base64.b64decode(data), np.uint8), 1) is not None
