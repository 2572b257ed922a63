"""What an export left, read back from the disk by other ways than it was written. No Qt."""
from __future__ import annotations

from collections.abc import Callable
from functools import cached_property
from pathlib import Path
from typing import Any

import numpy as np

from engine.balance.laid import Laid
from engine.export.certificate import FLOAT_ROUNDING
from engine.export.coding import Coding
from engine.files import read_json
from engine.media.colour import luma, to_display
from engine.media.open import open_source
from engine.media.source import FrameSource, Reading
from engine.package.checksums import sha256_of
from engine.package.framemd5 import decode_movie, decode_still
from engine.versions import version_of
from wizard.selftest.checks import Broken, Checks

SLACK = 0.01                # code values by which the luma read back may differ from the certificate
CURE = "is the disk failing? Run the self-test with --keep on another one"


class Results:
    """The folder of an export, and the scan that it is of."""

    def __init__(self, folder: Path, scan: Path) -> None:
        self.folder, self.scan = folder, scan

    @cached_property
    def record_file(self) -> Path:
        return self.one("*_restored.record.json")

    @cached_property
    def record(self) -> dict[str, Any]:
        return read_json(self.record_file, dict)

    @property
    def base(self) -> str:
        return self.record_file.name.removesuffix(".record.json")

    @property
    def stills(self) -> Path:
        return self.folder / f"{self.base}_dpx"

    def one(self, pattern: str) -> Path:
        """The file of this name. Raises Broken where there is none."""
        found = sorted(self.folder.glob(pattern))
        if not found:
            raise Broken(f"{self.folder}: {pattern} is missing; report this with the folder that --keep leaves")
        return found[0]

    def decoded(self, stem: str) -> list[str]:
        """MD5 of the frames of a framemd5 file."""
        lines = self.one(f"{stem}.framemd5").read_text(encoding="utf-8").splitlines()
        return [line.rpartition(", ")[2] for line in lines if not line.startswith("#")]


def check_results(checks: Checks, whose: str, results: Results) -> None:
    """Every check of an export."""
    for name, check in CHECKS.items():
        checks.run(f"{whose}, {name}", lambda check=check: check(results))


def record_holds(results: Results) -> str:
    """That the record is of this version and of every frame, and says by how much luma is off."""
    record, own = results.record, version_of("answerprint")
    if record["program"]["version"] != own:
        raise Broken(f"{results.record_file}: names version {record['program']['version']}, this is {own}; install the program again")
    with open_source(results.scan) as scan:
        if record["frames"] != len(scan):
            raise Broken(f"{results.record_file}: of {record['frames']} frames, and the scan has {len(scan)}; report this")
    return f"version {own}, {record['frames']} frames on {record['device_name']}, applied with {record['applied_with']}"


def sums_hold(results: Results) -> str:
    """That every file is what its checksum says."""
    path = results.one("*_restored.sha256")
    rows = [line.split("  ", 1) for line in path.read_text(encoding="utf-8").splitlines()]
    for digest, name in rows:
        file = results.folder / name
        if not file.is_file():
            raise Broken(f"{file}: is missing, and {path.name} names it; {CURE}")
        if sha256_of(file) != digest:
            raise Broken(f"{file}: is not what was written, its checksum is another; {CURE}")
    return f"{len(rows)} files are what {path.name} says"


def stills_read(results: Results) -> str:
    """That each DPX is decoded, by another decoder than its writer's, to the picture that was noted."""
    wanted, files = results.decoded(results.stills.name), sorted(results.stills.glob("*.dpx"))
    if len(files) != len(wanted):
        raise Broken(f"{results.stills}: holds {len(files)} DPX files, {len(wanted)} were written; {CURE}")
    for file, digest in zip(files, wanted, strict=True):
        _same(file, "", decode_still(file, sha256_of(file)).md5, digest)
    return f"{len(files)} files read back and decoded"


def luma_held(results: Results) -> str:
    """That the luma of each DPX is the balanced scan's, by as much as the certificate says."""
    certified = float(results.record["luma"]["formats"]["dpx"]["max"])
    laid = read_json(results.folder / f"{results.base}.model" / "balance" / "balance.json", Laid.from_json)
    worst = 0.0
    with open_source(results.scan) as scan, open_source(results.stills, Reading(encoding=scan.info.encoding)) as made:
        for index in range(len(scan)):
            off = _luma_off(scan, made, laid, index)
            if not off <= certified + SLACK:
                raise Broken(f"{results.stills}: frame {made.name(index)} has luma off by {off:.2f} code values, its certificate says "
                             f"{certified:.2f} at most; {CURE}")
            worst = max(worst, off)
    return f"of {len(scan)} DPX files off by at most {worst:.2f} code values of the balanced scan, as certified"


def _luma_off(scan: FrameSource, made: FrameSource, laid: Laid, index: int) -> float:
    """Code values, where the encoding can hold the scan's luma."""
    encoding, coding = scan.info.encoding, Coding(scan.info.encoding, made.info.depth)
    low, high = coding.limits
    held = luma(laid.balance.apply(scan.read(index), index, encoding))
    off = np.abs(luma(to_display(made.read(index), encoding)) - held)
    inside = (held >= low - FLOAT_ROUNDING) & (held <= high + FLOAT_ROUNDING)
    return float(off[inside].max(initial=0)) * coding.top


def movie_plays(results: Results) -> str:
    """That the ProRes file is decoded to its last frame, each to the picture that was noted."""
    path = results.one("*_restored_prores422hq.mov")
    wanted, count = results.decoded(path.stem), 0
    for count, frame in enumerate(decode_movie(path), 1):
        if count <= len(wanted):
            _same(path, f"frame {count} of ", frame.md5, wanted[count - 1])
    if not count == len(wanted) == results.record["frames"]:
        raise Broken(f"{path}: {count} frames can be decoded, {results.record['frames']} were written; {CURE}")
    return f"{count} frames decoded, to the last"


def _same(path: Path, where: str, digest: str, wanted: str) -> None:
    if digest != wanted:
        raise Broken(f"{path}: {where}it is decoded to another picture than was written; {CURE}")


def report_there(results: Results) -> str:
    """That the report is whole, as a page with its pictures inside, and as PDF."""
    page, paper = results.one("*_restored.report.html"), results.one("*_restored.report.pdf")
    text, data = page.read_text(encoding="utf-8"), paper.read_bytes()
    if "</html>" not in text or "data:image" not in text:
        raise Broken(f"{page}: is not whole, or has no pictures; {CURE}")
    if not data.startswith(b"%PDF-") or b"%%EOF" not in data[-1024:]:
        raise Broken(f"{paper}: is no whole PDF; {CURE}")
    return "HTML with its pictures inside, and PDF"


CHECKS: dict[str, Callable[[Results], str]] = {
    "record": record_holds, "checksums": sums_hold, "DPX": stills_read, "luma": luma_held, "ProRes": movie_plays, "report": report_there,
}
