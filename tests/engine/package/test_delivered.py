"""What lies beside results: checksums, decoded frames, the record, PREMIS, the bag; checked by other programs than ours."""
from __future__ import annotations

import hashlib
import json
import shutil
import subprocess
import sys
import xml.etree.ElementTree as ET
from pathlib import Path
from typing import Any

import bagit
import pytest

from engine.errors import InputChanged, OutputRefused
from engine.package import bag as bags
from engine.package.checksums import read_sums
from tests.engine.package.delivered import again, changed, restored
from tests.engine.package.premis_schema import NS, faults


def tool(name: str) -> str:
    found = shutil.which(name)
    if not found:
        pytest.skip(f"{name} is not installed")
    return found


def sums_hold(manifest: Path) -> None:
    """By GNU coreutils, or by hand where they are not there."""
    if shutil.which("sha256sum"):
        done = subprocess.run(["sha256sum", "-c", "--strict", manifest.name], cwd=manifest.parent, capture_output=True, text=True)
        assert done.returncode == 0, done.stdout + done.stderr
        return
    for line in manifest.read_text(encoding="utf-8").splitlines():
        digest, name = line.split("  ", 1)
        assert hashlib.sha256((manifest.parent / name).read_bytes()).hexdigest() == digest, name


def record_of(folder: Path) -> dict[str, Any]:
    found: dict[str, Any] = json.loads((folder / "scan_restored.record.json").read_text(encoding="utf-8"))
    return found


def test_checksums_hold_and_name_everything_that_was_left(film: Path) -> None:
    sums_hold(film / "scan_restored.sha256")
    lines = (film / "scan_restored.sha256").read_text(encoding="utf-8").splitlines()
    names = [line.split("  ", 1)[1] for line in lines]
    assert names == sorted(names)
    left = {path.relative_to(film).as_posix() for top in film.glob("scan_restored*") if top.suffix != ".bag"
            for path in ([top] if top.is_file() else top.rglob("*")) if path.is_file()}
    assert left - {"scan_restored.sha256", "scan_restored.frames.jsonl"} == set(names)      # later exports go on with the latter


@pytest.mark.parametrize(("name", "given"), [
    ("scan_restored_ffv1", ["scan_restored_ffv1.mkv"]), ("scan_restored_prores422hq", ["scan_restored_prores422hq.mov"]),
    ("scan_restored_dpx", ["-framerate", "24", "scan_restored_dpx/scan_restored.%04d.dpx"]),
    ("scan_restored_exr", ["-framerate", "24", "scan_restored_exr/scan_restored.%04d.exr"])])
def test_the_list_of_frames_is_what_ffmpeg_says(film: Path, name: str, given: list[str]) -> None:
    *options, path = given
    more = ["-pix_fmt", "gbrpf32le"] if name.endswith("exr") else []        # whose decoder gives half since FFmpeg 8
    said = subprocess.run([tool("ffmpeg"), "-v", "error", *options, "-i", path, "-map", "0:v", *more, "-f", "framemd5", "-"], cwd=film,
                          capture_output=True, text=True, check=True).stdout
    ours = (film / f"{name}.framemd5").read_text()
    assert [line for line in ours.splitlines() if line[0] != "#"] == [line for line in said.splitlines() if line[0] != "#"]
    heads = [{line for line in text.splitlines() if line.startswith(("#format", "#version", "#hash", "#tb", "#codec", "#dim"))}
             for text in (ours, said)]
    assert heads[0] == heads[1]


def test_the_bag_is_valid_by_the_library_and_by_coreutils(film: Path) -> None:
    bag = film / "scan_restored.bag"
    bagit.Bag(str(bag)).validate()
    sums_hold(bag / "manifest-sha256.txt")
    sums_hold(bag / "tagmanifest-sha256.txt")
    info = bagit.Bag(str(bag)).info
    assert info["Source-Organization"] == "Filmoteca"
    assert info["Contact-Name"] == "A. Bañados"
    assert info["Internal-Sender-Identifier"] == "scan_restored"
    data = {path.relative_to(bag / "data").as_posix() for path in (bag / "data").rglob("*") if path.is_file()}
    run = "scan_restored.model/runs/001"
    assert data >= {"scan_restored_ffv1.mkv", "scan_restored_dpx/scan_restored.0003.dpx", "scan_restored.record.json",
                    "scan_restored.frames.jsonl", "scan_restored.premis.xml", "scan_restored.sha256", "scan_restored_dpx.framemd5",
                    f"{run}/model.pt", f"{run}/onnx/net-0.onnx", f"{run}/onnx/self-test.npz", f"{run}/onnx/description.json",
                    f"{run}/lut/film.cube", "scan_restored.evidence/legend.json"}
    sums_hold(bag / "data" / "scan_restored.sha256")


def test_premis_is_valid_by_its_schema(film: Path) -> None:
    root = ET.parse(film / "scan_restored.premis.xml").getroot()
    assert root.get("version") == "3.0"
    assert faults(root) == []
    types = [e.text for e in root.iter(f"{NS}eventType")]
    assert set(types) >= {"ingestion", "fixity check", "alignment", "training", "application of the model", "export"}
    assert [e.text for e in root.iter(f"{NS}eventDateTime")] == sorted(str(e.text) for e in root.iter(f"{NS}eventDateTime"))
    names = {e.text for e in root.iter(f"{NS}agentName")}
    assert names >= {"Answerprint", "Filmoteca", "A. Bañados"}
    notes = [e.text for e in root.iter(f"{NS}otherRightsNote")]
    assert notes == ["terms: restoration only; authorised by the head of it"]
    digests = {e.text for e in root.iter(f"{NS}messageDigest")}
    record = record_of(film)
    assert digests >= {row["sha256"] for row in (*record["inputs"], *record["outputs"])}


def test_record_and_premis_tell_what_a_codec_was_given_from_what_is_in_the_files(film: Path) -> None:
    luma = record_of(film)["luma"]
    formats = luma["formats"]
    assert luma["max"] == max(formats[form]["max"] for form in ("dpx", "exr", "ffv1"))
    assert formats["prores422hq"]["codec"]["max"] > 1 and "codec" not in formats["dpx"]
    premis = (film / "scan_restored.premis.xml").read_text(encoding="utf-8")
    assert f"luma off by at most {luma['max']:.2f} code values in the files" in premis
    assert f"before the codec of prores422hq, its own loss is at most {formats['prores422hq']['codec']['max']:.2f}" in premis


def test_the_schema_tells_what_is_wrong(film: Path) -> None:
    root = ET.parse(film / "scan_restored.premis.xml").getroot()
    event = next(root.iter(f"{NS}event"))
    event.remove(event[0])
    assert any("eventDateTime" in fault or "eventIdentifier" in fault for fault in faults(root))


def test_the_record_tells_inputs_pairs_figures_and_outputs(film: Path) -> None:
    record = record_of(film)
    inputs = {row["file"]: row["sha256"] for row in record["inputs"]}
    assert inputs == {f"{role}/{path.name}": hashlib.sha256(path.read_bytes()).hexdigest()
                      for role in ("scan", "reference") for path in (film / role).iterdir()}
    outputs = {row["file"]: row["sha256"] for row in record["outputs"]}
    assert all(hashlib.sha256((film / name).read_bytes()).hexdigest() == digest for name, digest in outputs.items())
    assert len([name for name in outputs if name.endswith(".dpx")]) == record["frames"] == 6
    assert record["ledger"]["sha256"] == hashlib.sha256((film / "scan_restored.frames.jsonl").read_bytes()).hexdigest()
    assert record["training"]["steps"] == record["settings"]["steps"] == 6
    assert set(record["training"]["held_out"]) == {"dE00", "lut_dE00", "untouched_dE00"}
    pairs = {row["frame"]: row for row in record["pairs"]}
    assert set(pairs) == {f"{index:04d}" for index in range(6)}
    assert pairs["0002"]["scan"] == [inputs["scan/scan_0002.png"]]
    assert record["elements"]["scan"]["holder"] == "Filmoteca"
    assert record["doubts"]["not_filled_in"]["reference"]
    assert record["media"]["scan"]["place"] == {"volume": None, "path": "scan",
                                                "fingerprint": record["media"]["scan"]["place"]["fingerprint"]}


def test_nothing_names_the_home_of_the_user(film: Path) -> None:
    """`film` lies in its user's home; neither what is delivered nor the project says so."""
    home = str(film.parents[1])
    named = [path for path in film.rglob("*") if path.is_file() and home.encode() in path.read_bytes()]
    assert named == []


def test_of_films_in_the_home_and_results_outside_of_it_neither(own: Path, answerprint: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where a relative path would name the user it begins at '~', and is found again; a worker's words are kept without the name, too."""
    home = own / "home" / "ana"
    restored(home, package="")
    monkeypatch.setenv("HOME", str(home))
    out = own / "elsewhere"
    words = ("--scan", home / "scan", "--reference", home / "reference", "--aligned", "--balance", "off", "--steps", 4, "--pairs", "0,2,4")
    ended = answerprint("restore", "--recovery", "colour-reference", *words, "--out", out, "--format", "dpx", "--package", "bagit")
    assert ended.code == 0, ended.err
    project, = out.glob("*.project")
    monkeypatch.setenv("ANSWERPRINT_SETTINGS", str(own / "no settings"))        # where media was seen last
    done = subprocess.run([sys.executable, "-m", "engine", "work", str(project)], capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    assert "ana" not in done.stderr
    named = [path for path in out.rglob("*") if path.is_file() and b"/ana" in path.read_bytes()]
    assert named == []
    assert record_of(out)["media"]["scan"]["place"]["path"] == "~/scan"


def test_the_same_command_leaves_record_and_bag_as_they_are(own: Path) -> None:
    project, _ = restored(own)
    before = {path: path.read_bytes() for path in own.glob("scan_restored.*.xml")} | {
        path: path.read_bytes() for path in (*own.glob("*.record.json"), *(own / "scan_restored.bag").glob("*.txt"))}
    again(project)
    assert {path: path.read_bytes() for path in before} == before
    sums_hold(own / "scan_restored.sha256")
    assert not list(own.glob("*bag-1*"))


def test_another_result_sets_the_earlier_bag_aside(own: Path) -> None:
    project, _ = restored(own, package="bagit")
    facts = again(changed(project, formats=("ffv1",)))
    assert "scan_restored.bag" in facts["delivered"]
    for bag in ("scan_restored.bag", "scan_restored-1.bag"):
        bagit.Bag(str(own / bag)).validate()
    data = own / "scan_restored.bag" / "data"
    assert (data / "scan_restored_ffv1.mkv").exists()
    assert not list(data.glob("*dpx*"))


def test_a_later_export_of_other_formats_leaves_the_record_of_the_first(own: Path, answerprint: Any, tmp_path: Path) -> None:
    """Under a number, with all that belongs to it, as long as files of it are there; and lists of checksums hold."""
    project, _ = restored(own, frames=3, pairs=(0, 2), shots=("film",) * 3, package="")
    first = record_of(own)
    again(changed(project, formats=("tiff",)))
    assert {Path(row["file"]).suffix for row in record_of(own)["outputs"]} == {".tif"}
    aside = json.loads((own / "scan_restored-1.record.json").read_text(encoding="utf-8"))
    assert {key: value for key, value in aside.items() if key != "kept"} == {key: value for key, value in first.items() if key != "kept"}
    assert all(hashlib.sha256((own / row["file"]).read_bytes()).hexdigest() == row["sha256"] for row in aside["kept"])
    assert faults(ET.parse(own / "scan_restored-1.premis.xml").getroot()) == []
    assert (own / "scan_restored-1.report.html").is_file()
    ended = answerprint("replay", own / "scan_restored-1.record.json", "--json", "--out", tmp_path / "again")
    assert ended.json["same"], ended.err

    lists = ["scan_restored.sha256", "scan_restored-1.sha256"]
    named = [set(read_sums(own / name)) for name in lists]
    assert "scan_restored_dpx/scan_restored.0001.dpx" in named[1] - named[0]
    assert not [name for name in named[0] if "-1." in name]
    again(changed(project, formats=("dpx",), source_type="algorithmicallyEnhanced"))       # which is embedded
    for name in (*lists, "scan_restored-2.sha256"):
        sums_hold(own / name)
    assert "scan_restored_ffv1.mkv" in read_sums(own / lists[1])
    assert not [name for name in read_sums(own / lists[1]) if name.endswith(".dpx")]
    for formats in (("tiff", "dpx"), ("dpx",)) * 2:
        again(changed(project, formats=formats))
    assert len(list(own.glob("*.record.json"))) == 4        # what a record tells of already is not set aside again


def test_mattes_and_pictures_side_by_side_of_an_earlier_export_are_not_packed_as_of_this_one(own: Path) -> None:
    project, _ = restored(own, frames=3, pairs=(0, 2), shots=("film",) * 3, evidence=True, compare=2, formats=("dpx",))
    left = {path.name for path in own.glob("scan_restored*")}
    assert left >= {"scan_restored.evidence", "scan_restored_compare", "scan_restored.compare.mp4"}
    of_range = own / "scan_restored.0001-0002_compare"
    of_range.mkdir()
    (of_range / "0001.png").write_bytes(b"of another range")
    again(changed(project, evidence=False, compare=0))
    packed = {path.name for path in (own / "scan_restored.bag" / "data").iterdir()}
    assert "scan_restored_dpx" in packed
    for names in (packed, {name.split("/")[0] for name in read_sums(own / "scan_restored.sha256")}):
        assert not [name for name in names if "evidence" in name or "compare" in name]
    aside = read_sums(own / "scan_restored-1.sha256")
    assert "scan_restored.compare.mp4" in aside             # whose record tells of them
    sums_hold(own / "scan_restored-1.sha256")


def test_results_are_in_the_bag_without_taking_their_room_twice(own: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bags, "SMALL", 1 << 14)
    restored(own, frames=3, pairs=(0, 2), formats=("tiff",), shots=("film",) * 3)
    written = own / "scan_restored.frames.jsonl"
    packed = own / "scan_restored.bag" / "data"
    assert not (packed / written.name).samefile(written)        # the ledger grows in place
    big = [path for path in own.glob("scan_restored_*/*") if path.stat().st_size > bags.SMALL]
    assert len(big) == 3
    assert all((packed / path.relative_to(own)).samefile(path) for path in big)


def flipped(path: Path) -> None:
    content = bytearray(path.read_bytes())
    content[len(content) // 2] ^= 1
    path.write_bytes(content)


def test_a_damaged_result_is_named_and_not_delivered_and_comes_back_once_it_is_removed(own: Path) -> None:
    project, _ = restored(own, compare=2)
    before = record_of(own)
    movie, still, beside = (own / name for name in ("scan_restored_ffv1.mkv", "scan_restored_dpx/scan_restored.0002.dpx",
                                                    "scan_restored.compare.mp4"))
    for path in (movie, still, beside):
        content = path.read_bytes()
        flipped(path)
        with pytest.raises(OutputRefused, match=path.name):
            again(project)
        path.write_bytes(content)
    flipped(movie)
    movie.unlink()
    again(project)
    assert record_of(own) == before
    bagit.Bag(str(own / "scan_restored.bag")).validate()


def test_a_bag_that_lost_or_changed_a_file_does_not_pass_for_delivered(own: Path) -> None:
    project, _ = restored(own, formats=("dpx",))
    packed = own / "scan_restored.bag" / "data" / "scan_restored_dpx" / "scan_restored.0001.dpx"
    content = packed.read_bytes()
    flipped(packed)
    with pytest.raises(OutputRefused, match=r"0001\.dpx has other content"):
        again(project)
    packed.unlink()
    with pytest.raises(OutputRefused, match="not what was packed"):
        again(project)
    packed.write_bytes(content)
    again(project)


def test_premis_counts_as_read_back_what_was(film: Path) -> None:
    root = ET.parse(film / "scan_restored.premis.xml").getroot()
    notes = [str(e.text) for e in root.iter(f"{NS}eventOutcomeDetailNote")]
    restored_files = [row for row in record_of(film)["outputs"] if ".evidence/" not in row["file"]]
    assert any(note.startswith(f"{len(restored_files)} files were written, hashed, read back and compared; ") for note in notes)


def test_another_movie_under_the_recorded_name_is_not_signed(own: Path, answerprint: Any) -> None:
    """It is refused before a key is looked at."""
    restored(own, frames=3, pairs=(0, 2), shots=("film",) * 3, package="", formats=("prores422hq",), source_type="algorithmicallyEnhanced")
    flipped(own / "scan_restored_prores422hq.mov")
    ended = answerprint("sign", own / "scan_restored.record.json", "--key", own / "key.pem", "--cert", own / "chain.pem")
    assert ended.code == 1
    assert "scan_restored_prores422hq.mov: is not the file of the record" in ended.err.splitlines()[-1]


def test_a_new_signature_reaches_the_bag(own: Path) -> None:
    project, _ = restored(own, frames=3, pairs=(0, 2), shots=("film",) * 3, formats=("ffv1",))
    for signature in (b"the first", b"another"):
        (own / "scan_restored_ffv1.c2pa").write_bytes(signature)
        again(project)
        assert (own / "scan_restored.bag" / "data" / "scan_restored_ffv1.c2pa").read_bytes() == signature


def test_a_changed_input_stops_the_export(own: Path) -> None:
    project, _ = restored(own, package="")
    (own / "scan" / "scan_0003.png").write_bytes((own / "scan" / "scan_0001.png").read_bytes())
    with pytest.raises(InputChanged, match=r"scan_0003\.png"):
        again(changed(project, formats=("tiff",)))
    assert not list(own.glob("*tiff*/*"))


def test_without_a_package_everything_else_is_there(own: Path) -> None:
    _, facts = restored(own, package="")
    assert not list(own.glob("*.bag"))
    assert all((own / name).exists() for name in facts["delivered"])
