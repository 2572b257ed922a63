"""What goes with the program says of every part what it is, under which licence, and with which text; its checksums can be checked."""
from __future__ import annotations

import json
import shutil
import subprocess
import sys
from collections.abc import Callable
from importlib.metadata import distributions
from pathlib import Path
from types import ModuleType
from typing import Any

import av
import pytest

from tests.installer.loaded import script

LIBRARIES = Path(av.__file__).parents[1]
CARRIED = ("av.libs/lib[xXv]*", "av.libs/libavutil-*", "av.libs/libdav1d-*", "av.libs/libdrm-*", "PyQt6/Qt6/lib/libicu*.so*",
           "PyQt6/Qt6/lib/libQt6Core.so.6", "PyQt6/Qt6/lib/libQt6DBus.so.6", "PyQt6/Qt6/lib/libQt6Gui.so.6",
           "PyQt6/Qt6/lib/libQt6XcbQpa.so.6", "PyQt6/Qt6/plugins/platforms/libqoffscreen.so",
           "opencv_python_headless.libs/libcrypto-*", "opencv_python_headless.libs/libavutil-*")
HERE = sys.platform.startswith("linux") and all(map(shutil.which, ("readelf", "sha256sum"))) and Path("/usr/share/common-licenses").exists()
pytestmark = pytest.mark.skipif(not HERE, reason="needs Linux with readelf, sha256sum and Debian's common licences")
needs_minisign = pytest.mark.skipif(not shutil.which("minisign"), reason="minisign is not installed")


@pytest.fixture(scope="module")
def notices() -> ModuleType:
    return script("notices")


@pytest.fixture(scope="module")
def known(notices: ModuleType) -> dict[str, Any]:
    """What this Python's environment says of itself."""
    return dict(notices.asked(Path(sys.executable)))


@pytest.fixture(scope="module")
def bundle(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A program's folder with a few real libraries."""
    folder = tmp_path_factory.mktemp("dist") / "answerprint"
    for pattern in CARRIED:
        found = list(LIBRARIES.glob(pattern))
        assert found, pattern
        for path in found:
            target = folder / "_internal" / (path.name if "dav1d" in path.name else path.relative_to(LIBRARIES))
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(path, target)
    fonts = Path(__file__).parents[2] / "assets" / "fonts"
    shutil.copytree(fonts, folder / "_internal" / "assets" / "fonts")
    return folder


def seen(notices: ModuleType) -> dict[str, Any]:
    """An SBOM of this environment such as cyclonedx-py makes: the licence is there where the metadata has one."""
    wheels = {notices.plain(found.name): found for found in distributions()}
    names = ("answerprint", "av", "bagit", "filelock", "markupsafe", "numpy", "opencv-python-headless", "openimageio", "pillow", "protobuf",
             "PyQt6", "PyQt6-Qt6", "xxhash")
    parts = []
    for name in names:
        found = wheels[notices.plain(name)]
        said = found.metadata.get("License-Expression") or {"xxhash": "BSD-2-Clause", "openimageio": "Apache-2.0"}.get(name)
        parts.append({"type": "library", "name": name, "version": found.version, "bom-ref": name,
                      "purl": f"pkg:pypi/{name}@{found.version}", "licenses": [{"expression": said}] if said else []})
    return {"bomFormat": "CycloneDX", "specVersion": "1.6", "version": 1, "metadata": {}, "components": parts,
            "dependencies": [{"ref": name, "dependsOn": list(names[1:]) if name == "answerprint" else []} for name in names]}


@pytest.fixture
def write(notices: ModuleType, known: dict[str, Any], bundle: Path, tmp_path: Path,
          monkeypatch: pytest.MonkeyPatch) -> Callable[[], dict[str, str]]:
    """Write the notices, without cyclonedx-py, and read them."""
    monkeypatch.setattr(notices, "asked", lambda python: known)
    monkeypatch.setattr(notices, "environment_sbom", lambda python, known: seen(notices))
    return lambda: {path.name: path.read_text() for path in notices.write_notices(Path(sys.executable), bundle, tmp_path / "notices")}


def licence(component: dict[str, Any]) -> str:
    said = component["licenses"][0]
    return str(said.get("expression") or said["license"]["id"])


def judge(sbom: dict[str, Any]) -> None:
    """Every component has a licence and a reference of its own, and all that depends on something depends on what is there."""
    program = sbom["metadata"]["component"]
    assert (program["name"], licence(program), program["type"]) == ("answerprint", "GPL-3.0-or-later", "application")
    for component in sbom["components"]:
        assert licence(component) and "UNKNOWN" not in licence(component).upper(), component["name"]
    refs = [component["bom-ref"] for component in [program, *sbom["components"]]]
    assert len(refs) == len(set(refs))
    assert {ref for entry in sbom["dependencies"] for ref in (entry["ref"], *entry.get("dependsOn", ()))} == set(refs)


def test_the_sbom_has_what_the_wheels_bring(write: Callable[[], dict[str, str]], bundle: Path) -> None:
    sbom = json.loads(write()["sbom.cdx.json"])
    judge(sbom)
    parts = {component["bom-ref"]: component for component in sbom["components"]}
    assert parts["av/FFmpeg"]["version"] == av.ffmpeg_version_info
    assert parts["opencv-python-headless/FFmpeg"]["version"] and licence(parts["opencv-python-headless/FFmpeg"]) == "LGPL-2.1-or-later"
    for name in ("x264", "x265"):
        assert licence(parts[f"av/{name}"]) == "GPL-2.0-or-later" and parts[f"av/{name}"]["version"]
    assert parts["av/x264"]["version"] in parts["av/x264"]["properties"][0]["value"]
    assert parts["pyqt6-qt6/Qt"]["version"] == parts["PyQt6-Qt6"]["version"]
    assert parts["pyqt6-qt6/Qt"]["description"] == "modules: Core, DBus, Gui, XcbQpa"
    assert len(parts["pyqt6-qt6/ICU"]["properties"]) == 3
    assert parts["opencv-python-headless/OpenSSL"]["version"].startswith("1.1.1")
    (dav1d,) = (path.name for path in bundle.glob("_internal/libdav1d-*"))
    assert parts["av/dav1d"]["properties"] == [{"name": "answerprint:file", "value": dav1d}], "moved, and still of its wheel"
    assert "exception" in licence(parts["program/PyInstaller bootloader"])
    assert "pillow/FreeType" not in parts, "it is not in this program"
    assert parts["openimageio/OpenEXR"]["version"]
    assert "pyqt6-qt6/Qt" in next(entry for entry in sbom["dependencies"] if entry["ref"] == "PyQt6-Qt6")["dependsOn"]


def test_the_third_party_licences_are_there_with_their_texts(write: Callable[[], dict[str, str]]) -> None:
    written = write()
    text = written["THIRD-PARTY.txt"]
    for component in json.loads(written["sbom.cdx.json"])["components"]:
        assert f"{component['name']} {component.get('version', '')}: {licence(component)}" in text
    gpl, lgpl = (f"GNU {kind} PUBLIC LICENSE\n                       Version" for kind in ("GENERAL", "LESSER GENERAL"))
    for title in (f"{gpl} 2", f"{gpl} 3", f"{lgpl} 2.1", f"{lgpl} 3", "2018-2025 VideoLAN and dav1d authors",
                  "UNICODE, INC. LICENSE AGREEMENT", "OFL-1.1", "Text of BSD-2-Clause"):
        assert title in text, title
    assert "UNKNOWN" not in text


def test_source_is_offered_for_all_that_is_copyleft(write: Callable[[], dict[str, str]], known: dict[str, Any]) -> None:
    text = write()["SOURCE-OFFER.txt"]
    for start in ("answerprint ", "Qt 6", "PyQt6 6", f"FFmpeg {av.ffmpeg_version_info}", "x264 ", "x265 "):
        assert f"\n- {start}" in text
    assert "three years" in text and "DISTRIBUTOR" in text
    assert "--enable-libx264" in known["ffmpeg"]["configuration"] and known["ffmpeg"]["configuration"] in text


def test_the_libraries_of_the_system_are_those_that_are_asked_for_and_not_carried(write: Callable[[], dict[str, str]]) -> None:
    always, _, window = write()["SYSTEM-LIBRARIES.txt"].partition("For a window")
    assert "libc.so.6" in always and "libglib2.0-0" in always and "glib2" in always
    assert "libxcb-cursor.so.0" in window and "libxcb-cursor0" in window and "xcb-util-cursor" in window
    assert "libxcb-cursor" not in always
    assert "libicuuc" not in always + window and "libavutil" not in always + window


def test_a_part_that_nobody_knows_stops_it(notices: ModuleType, write: Callable[[], dict[str, str]], bundle: Path,
                                           monkeypatch: pytest.MonkeyPatch) -> None:
    mystery = bundle / "_internal" / "libmystery.so.1"
    shutil.copy(next((bundle / "_internal").glob("libdav1d*")), mystery)
    with pytest.raises(notices.Missing, match=r"libmystery\.so\.1"):
        write()
    mystery.unlink()
    with monkeypatch.context() as less, pytest.raises(notices.Missing, match="protobuf"):
        less.delitem(notices.TABLE["wheels"], "protobuf")
        write()
    with monkeypatch.context() as less, pytest.raises(notices.Missing, match=r"dav1d.*BSD-2-Clause"):
        less.delitem(notices.TABLE["texts"], "BSD-2-Clause")
        write()
    with monkeypatch.context() as less, pytest.raises(notices.Missing, match=r"libglib-2\.0\.so\.0"):
        less.delitem(notices.TABLE["system"], "libglib-2.0.so*")
        write()
    assert write()


def test_the_sbom_is_valid_as_cyclonedx_judges_it(notices: ModuleType, bundle: Path, tmp_path: Path) -> None:
    pytest.importorskip("cyclonedx_py", reason="needs the extra `package`")
    from cyclonedx.schema import SchemaVersion
    from cyclonedx.validation.json import JsonStrictValidator

    written = notices.write_notices(Path(sys.executable), bundle, tmp_path)
    text = written[0].read_text()
    assert JsonStrictValidator(SchemaVersion.V1_6).validate_str(text) is None
    sbom = json.loads(text)
    judge(sbom)
    names = {component["name"] for component in sbom["components"]}
    assert {"torch", "PyQt6", "Qt", "FFmpeg", "x264", "x265"} <= names
    assert not names & {"pytest", "ruff"}, "only what the program needs"


def test_only_what_the_program_needs_counts() -> None:
    wheels = {"answerprint": ["av>=14", "fonts[woff]; python_version > '3'", "pytest; extra == 'dev'"], "av": [], "pytest": ["iniconfig"],
              "fonts": ["Brotli.Py; extra == 'woff'", "lxml ; extra == \"xml\""], "brotli-py": [], "lxml": [], "iniconfig": [], "pip": []}
    asked = {name: {"requires": requires} for name, requires in wheels.items()}
    assert script("components").needed_wheels(asked) == {"answerprint", "av", "fonts", "brotli-py"}


@pytest.fixture
def release(tmp_path: Path) -> Path:
    """A folder with two installers."""
    for name, content in (("answerprint-1.run", b"\x00run"), ("answerprint é.deb", b"deb")):
        (tmp_path / name).write_bytes(content)
    (tmp_path / "answerprint").mkdir()
    return tmp_path


def checked(release: Path) -> int:
    return subprocess.run(["sha256sum", "-c", "--strict", "--quiet", "SHA256SUMS"], cwd=release, capture_output=True).returncode


def test_checksums_are_as_sha256sum_wants_them_and_a_changed_byte_fails(notices: ModuleType, release: Path) -> None:
    assert notices.sign_sums(release, None) == [release / "SHA256SUMS"]
    assert [line[64:] for line in (release / "SHA256SUMS").read_text().splitlines()] == ["  answerprint é.deb", "  answerprint-1.run"]
    assert checked(release) == 0
    (release / "answerprint-1.run").write_bytes(b"\x01run")
    assert checked(release) != 0


@needs_minisign
def test_checksums_are_signed_and_a_changed_byte_fails(notices: ModuleType, release: Path,
                                                       tmp_path_factory: pytest.TempPathFactory) -> None:
    keys = tmp_path_factory.mktemp("keys")
    secret, public = keys / "secret.key", keys / "public.key"
    subprocess.run(["minisign", "-G", "-W", "-s", secret, "-p", public], check=True, capture_output=True)
    sums, signature = notices.sign_sums(release, secret)

    def verified() -> int:
        return subprocess.run(["minisign", "-V", "-p", public, "-m", sums, "-x", signature], capture_output=True).returncode

    assert verified() == 0 and checked(release) == 0
    sums.write_bytes(sums.read_bytes().replace(b"  ", b" *", 1))
    assert verified() != 0
    notices.sign_sums(release, None)
    assert not signature.exists(), "a signature of other sums is not left behind"


@needs_minisign
def test_a_key_that_is_none_is_told_in_one_line(notices: ModuleType, release: Path) -> None:
    with pytest.raises(SystemExit, match="could not be signed"):
        notices.sign_sums(release, release / "answerprint-1.run")
