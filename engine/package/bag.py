"""A BagIt bag (RFC 8493) of what is delivered, made beside it without taking the room twice: files are hard links where the disk can.

The manifests are written here, from the SHA-256 that are known already: bagit-python would read everything again to hash it, and bags in
place, by moving. It judges the bag in the end. Until then it has a hidden name; a bag under its own name is whole."""
from __future__ import annotations

import os
import shutil
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import bagit

from engine.errors import OutputRefused
from engine.export.disk import check_room
from engine.files import told
from engine.package.checksums import differing, sha256_of
from engine.run import Run

MANIFEST, TAGMANIFEST = "manifest-sha256.txt", "tagmanifest-sha256.txt"
SMALL = 1 << 20         # bytes up to which a file is copied, and no link: what is small may be written in place one day
DECLARATION = "BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n"


@dataclass(frozen=True)
class Payload:
    """A file for the bag. `alone`: it is written in place later, so the bag needs a copy of its own."""

    path: Path
    sha256: str
    alone: bool = False


def make_bag(bag: Path, payload: Mapping[str, Payload], info: Mapping[str, str], dated: Collection[str], run: Run) -> Path | None:
    """Leave the bag `bag` of files by their names below data/. A bag that was begun goes on; one that is there with these very files stays,
    also where those in `dated`, which say when they were made, differ, if it is whole still; another one is set aside under a number, and
    its new name is given back. `info` is for bag-info.txt, beside date and size. Raises DiskFull, OutputRefused, Cancelled."""
    manifest = "".join(f"{payload[name].sha256}  data/{encoded(name)}\n" for name in sorted(payload))
    undated = _without(manifest, dated)
    begun = bag.with_name(f".{bag.name}.begun")
    with told(bag.parent, bag.name):
        if (there := _text(bag / MANIFEST)) is not None and _without(there, dated) == undated:
            _refuse_damaged(bag, there, payload, run)
            shutil.rmtree(begun, ignore_errors=True)
            return None
        if begun.exists() and _text(begun / MANIFEST) != manifest:
            shutil.rmtree(begun)
        (begun / "data").mkdir(parents=True, exist_ok=True)
        (begun / MANIFEST).write_text(manifest, encoding="utf-8", newline="\n")
        _fill(begun / "data", payload, run)
        _tags(begun, payload, info)
        _judge(begun)
        aside = _set_aside(bag)
        begun.rename(bag)
        return aside


def _without(manifest: str, dated: Collection[str]) -> list[str]:
    names = {f"data/{encoded(name)}" for name in dated}
    lines = (line.partition("  ") for line in manifest.splitlines())
    return [name if name in names else digest + name for digest, _, name in lines]


def encoded(name: str) -> str:
    """A path as manifests have it: RFC 8493 wants line ends as %0D and %0A. A '%' stays as it is: no validator tried reads %25."""
    return name.replace("\r", "%0D").replace("\n", "%0A")


def _fill(data: Path, payload: Mapping[str, Payload], run: Run) -> None:
    """What is there already is whole: copies are made under another name first."""
    linking = True
    left = sum(one.path.stat().st_size for one in payload.values())
    for done, (name, one) in enumerate(payload.items()):
        run.step(done, len(payload), "packing the bag")
        target, size = data / name, one.path.stat().st_size
        if not target.exists():
            target.parent.mkdir(parents=True, exist_ok=True)
            linked = linking and not one.alone and size > SMALL and _link(one.path, target)
            if not linked:
                if linking and not one.alone and size > SMALL:
                    linking = False
                    check_room(data, left)
                _copy(one.path, target)
        left -= size
    run.step(len(payload), len(payload), "packing the bag")


def _link(source: Path, target: Path) -> bool:
    try:
        os.link(source, target)
    except (OSError, NotImplementedError):      # exFAT, many network shares
        return False
    return True


def _copy(source: Path, target: Path) -> None:
    temporary = target.with_name(f".{target.name}.partial")
    shutil.copyfile(source, temporary)
    os.replace(temporary, target)


def _tags(bag: Path, payload: Mapping[str, Payload], info: Mapping[str, str]) -> None:
    oxum = f"{sum(one.path.stat().st_size for one in payload.values())}.{len(payload)}"
    rows = dict(info) | {"Bagging-Date": f"{datetime.now(UTC):%Y-%m-%d}", "Payload-Oxum": oxum}
    (bag / "bagit.txt").write_text(DECLARATION, encoding="utf-8", newline="\n")
    lines = (f"{key}: {' '.join(str(value).split())}\n" for key, value in rows.items() if str(value).strip())
    (bag / "bag-info.txt").write_text("".join(lines), encoding="utf-8", newline="\n")
    tags = ("bag-info.txt", "bagit.txt", MANIFEST)
    (bag / TAGMANIFEST).write_text("".join(f"{sha256_of(bag / tag)}  {tag}\n" for tag in tags), encoding="utf-8", newline="\n")


def _judge(bag: Path) -> None:
    """By bagit-python: all files are there, no others, and of the size that is said. Their content was checked when they were hashed."""
    for stale in (bag / "data").rglob(".*.partial"):
        stale.unlink()
    if fault := _fault(bag):
        shutil.rmtree(bag)
        raise OutputRefused(f"{bag}: the bag is not as it should be ({fault}) and was removed; give the same command again")


def _fault(bag: Path) -> str:
    """What bagit-python finds wrong without reading the files; '' where nothing is."""
    try:
        bagit.Bag(str(bag)).validate(completeness_only=True)
    except bagit.BagError as error:
        return " ".join(str(error).split())
    return ""


def _refuse_damaged(bag: Path, manifest: str, payload: Mapping[str, Payload], run: Run) -> None:
    """Raises OutputRefused where a bag that is to stay is not what was packed. Its files are read, but for links to those of `payload`,
    which were."""
    fault = _fault(bag)
    if not fault:
        lines = (line.partition("  ") for line in manifest.splitlines())
        sums = {name: digest for digest, _, name in lines}
        own = {f"data/{encoded(name)}": bag / "data" / name for name, one in payload.items()
               if not (bag / "data" / name).samefile(one.path)}
        fault = ", ".join(f"{name} has other content" for name in differing(own, sums, run)[:5])
    if fault:
        raise OutputRefused(f"{bag}: the bag is not what was packed any more ({fault}); a disk is failing, or it was changed. Move it away "
                            "and give the same command again, which packs it anew")


def _set_aside(bag: Path) -> Path | None:
    if not bag.exists():
        return None
    number = 1
    while (aside := bag.with_name(f"{bag.stem}-{number}{bag.suffix}")).exists():
        number += 1
    bag.rename(aside)
    return aside


def _text(path: Path) -> str | None:
    try:
        return path.read_bytes().decode("utf-8")
    except (OSError, UnicodeDecodeError):
        return None
