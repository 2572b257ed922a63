"""A record tells what its own results were made of: of another scan than the project's, and of an older run than the last."""
from __future__ import annotations

import json
import shutil
import xml.etree.ElementTree as ET
from collections.abc import Callable
from pathlib import Path
from typing import Any

from tests.conftest import Ended
from tests.engine.package.delivered import again, changed, restored
from tests.engine.package.premis_schema import NS, faults

Command = Callable[..., Ended]


def told(folder: Path) -> tuple[dict[str, Any], set[str]]:
    """The record in a folder, and the kinds of the events of its PREMIS, which is valid."""
    record, = folder.glob("*_restored.record.json")
    root = ET.parse(record.with_name(record.name.replace(".record.json", ".premis.xml"))).getroot()
    assert faults(root) == []
    return json.loads(record.read_text(encoding="utf-8")), {str(e.text) for e in root.iter(f"{NS}eventType")}


def test_of_another_scan_nothing_of_the_projects_own_film_is_told(own: Path, answerprint: Command, tmp_path: Path) -> None:
    restored(own, package="", formats=("dpx",))
    for index in range(6):      # as long as the project's, with other pictures
        target = own / "other" / f"other_{index:04d}.png"
        target.parent.mkdir(exist_ok=True)
        shutil.copyfile(own / "scan" / f"scan_{5 - index:04d}.png", target)
    (tmp_path / "elements.toml").write_text('[scan]\nkind = "negative"\nidentifier = "N-7"\n[people]\ninstitution = "Filmoteca"\n')
    for more, element in (((), {"kind": "", "identifier": ""}), (("--elements", tmp_path / "elements.toml"), {"kind": "negative",
                                                                                                              "identifier": "N-7"})):
        out = tmp_path / str(len(more))
        ended = answerprint("apply", "--project", own / "film.project", "--scan", own / "other", "--out", out, "--format", "dpx", *more)
        assert ended.code == 0, ended.err
        record, events = told(out)
        assert not record["own_scan"]
        assert record["pairs"] == record["keyframes"] == record["doubts"]["told"] == []
        assert record["steps"] == {}
        assert not {"doubtful_alignment", "without_partner"} & record["doubts"].keys()
        assert {row["file"].split("/")[0] for row in record["inputs"]} == {"scan"}
        assert {key: record["elements"]["scan"][key] for key in element} == element
        assert events == {"ingestion", "training", "fixity check", "application of the model", "export"}
        first = next((out / "other_restored_dpx").glob("*.dpx")).read_bytes()[:8192]
        assert b"O=print" not in first
        assert (b"O=negative" in first) == bool(more)
        page = (out / "other_restored.report.html").read_text(encoding="utf-8")
        assert "This scan is not the one that was aligned" in page
        assert "pairs were trained on" in page


def test_of_an_older_run_its_own_steps_are_told(own: Path) -> None:
    project, _ = restored(own, frames=4, pairs=(0, 2), shots=("film",) * 4, package="", formats=("dpx",))
    first, events = told(own)
    assert {"alignment", "choice of pairs"} <= events
    again(changed(project, pairs=(0, 1, 2, 3), held_out=(3,), balance="after"))
    project.run = 1
    again(changed(project, formats=("tiff",)))
    record, events = told(own)
    assert record["training"]["run"] == 1
    assert record["steps"]["pairs"] == first["steps"]["pairs"] == {"train": 2, "held_out": 0}
    assert record["steps"]["balance"]["balance"] == "off"
    assert {row["index"] for row in record["pairs"]} == {0, 2}
    assert "alignment" in events
    assert not {"choice of pairs", "balance"} & events
