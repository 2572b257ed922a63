"""Which files make a sequence: numbered names in a folder, one still of many, a pattern, or single pictures of any names."""
from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, replace
from itertools import pairwise
from pathlib import Path

from engine.errors import MediaError, NumberingGap

FORMATS = {".dpx": "dpx", ".exr": "exr", ".tif": "tiff", ".tiff": "tiff", ".png": "png", ".jpg": "jpeg", ".jpeg": "jpeg"}

_NUMBERED = re.compile(r"(.*?)((?:(?<=[._])-|^-)?\d+)")
_PRINTF, _HASHES = re.compile(r"%0?(\d*)d"), re.compile(r"(#+)")
_MOST_MISSING = 1_000_000


@dataclass(frozen=True)
class Numbered:
    """A file of a sequence. `digits` is its number as written, padding and sign included; the stem for single stills."""

    path: Path
    number: int
    digits: str


@dataclass(frozen=True)
class Sequence:
    """Files in order. `kind` is 'sequence', or 'stills' where names are no numbers (`number` then counts from 0)."""

    name: str
    kind: str
    files: tuple[Numbered, ...]
    whole: tuple[Numbered, ...]             # the same, or where a range of it is meant, all there are
    missing: tuple[int, ...] = ()
    left_out: str = ""          # in words: pictures of the same folder that do not belong to the sequence

    def within(self, span: tuple[int, int] | None) -> Sequence:
        """The part whose numbers lie in `span`, both ends included. Raises MediaError where the source does not go that far."""
        if span is None:
            return self
        first, last = self.files[0].number, self.files[-1].number
        start, stop = span
        inside = tuple(f for f in self.files if start <= f.number <= stop)
        if start > stop or start < first or stop > last or not inside:
            raise MediaError(f"{self.files[0].path.parent}: the range {start}-{stop} is not in the source, "
                             f"which has frames {first}-{last}; choose a range inside it")
        return replace(self, files=inside)

    def without_gaps(self, allow: bool) -> Sequence:
        """Raises NumberingGap where numbers are missing, unless that is allowed; then they are listed in `missing`."""
        holes = [(a.number, b.number) for a, b in pairwise(self.files) if b.number > a.number + 1]
        if sum(b - a for a, b in holes) > _MOST_MISSING:
            raise MediaError(f"{self.files[0].path.parent}: the numbering jumps from {holes[0][0]} to {holes[0][1]}; "
                             "move the pictures that do not belong to the sequence out of the folder")
        missing = [n for a, b in holes for n in range(a + 1, b)]
        if missing and not allow:
            raise NumberingGap(self.files[0].path.parent, missing)
        return replace(self, missing=tuple(missing))


def is_picture(path: Path) -> bool:
    """By suffix only; hidden files (and the '._' shadows that some systems leave) are none."""
    return path.suffix.lower() in FORMATS and not path.name.startswith(".")


def is_pattern(path: Path) -> bool:
    """Whether the name holds one %07d or #### that stands for the number."""
    return _placeholder(path) is not None and not path.exists()


def _placeholder(path: Path) -> re.Match[str] | None:
    """The one place in the name that stands for the number; %07d counts before ####."""
    for kind in (_PRINTF, _HASHES):
        if found := list(kind.finditer(path.name)):
            return found[0] if len(found) == 1 else None
    return None


def find_sequence(path: Path, stills: bool) -> Sequence:
    """The sequence that the user means by `path`, the whole of it. Raises MediaError where there is none or the choice is not clear."""
    if path.is_dir():
        pictures = [p for p in sorted(path.iterdir(), key=lambda p: p.name) if is_picture(p) and p.is_file()]
        if not pictures:
            raise MediaError(f"{path}: the folder holds no pictures ({', '.join(FORMATS)}); name the folder that holds the frames")
        return _single_stills(path, pictures) if stills else _longest(path, _groups(pictures))
    if is_pattern(path):
        return _by_pattern(path)
    groups = _groups(p for p in path.parent.iterdir() if is_picture(p))
    key = _key(path)
    if stills or key is None or len(groups[key]) == 1:
        digits = None if stills or key is None else groups[key][0]
        if digits:
            return Sequence(_tidy(key[0] if key else "", path.parent), "sequence", (digits,), (digits,))
        only = (Numbered(path, 0, path.stem),)
        return Sequence(path.stem, "stills", only, only)
    return _ordered(key[0], path.parent, groups[key])


def _key(path: Path) -> tuple[str, str] | None:
    match = _NUMBERED.fullmatch(path.stem)
    return (match[1], path.suffix.lower()) if match else None


def _groups(pictures: Iterable[Path]) -> dict[tuple[str, str], list[Numbered]]:
    groups: dict[tuple[str, str], list[Numbered]] = defaultdict(list)
    for path in pictures:
        if match := _NUMBERED.fullmatch(path.stem):
            groups[match[1], path.suffix.lower()].append(Numbered(path, int(match[2]), match[2]))
    return groups


def _longest(folder: Path, groups: dict[tuple[str, str], list[Numbered]]) -> Sequence:
    if not groups:
        raise MediaError(f"{folder}: no picture's name ends in a number; use --stills for single pictures of any names")
    ranked = sorted(groups.items(), key=lambda item: -len(item[1]))
    (prefix, _), files = ranked[0]
    if len(ranked) > 1 and 2 * len(ranked[1][1]) > len(files):
        names = " and ".join(f"{p}*{s} ({len(f)})" for (p, s), f in ranked[:2])
        raise MediaError(f"{folder}: the folder holds more than one sequence: {names}; name one still of the sequence that is meant, "
                         "or use --stills for single pictures")
    others = ", ".join(f"{len(f)} of {p}*{s}" for (p, s), f in ranked[1:4])
    return replace(_ordered(prefix, folder, files), left_out=others)


def _by_pattern(path: Path) -> Sequence:
    match = _placeholder(path)
    assert match is not None
    if path.suffix.lower() not in FORMATS:
        raise MediaError(f"{path}: the pattern must name pictures ({', '.join(FORMATS)})")
    width = len(match[1]) if match.re is _HASHES else int(match[1] or 0)
    before, after = path.name[:match.start()], path.name[match.end():]
    below_zero = rf"-\d{{{max(1, width - 1)},}}"        # printf counts the sign
    wanted = re.compile(rf"{re.escape(before)}({below_zero}|\d{{{max(1, width)},}}){re.escape(after)}")
    parent = path.parent
    named = [(p, m[1]) for p in (parent.iterdir() if parent.is_dir() else ()) if (m := wanted.fullmatch(p.name))]
    if not named:
        raise MediaError(f"{path}: no file matches the pattern; check the name and the count of digits")
    return _ordered(before, parent, [Numbered(p, int(digits), digits) for p, digits in named])


def _ordered(prefix: str, folder: Path, files: list[Numbered]) -> Sequence:
    files = sorted(files, key=lambda f: f.number)
    for a, b in pairwise(files):
        if a.number == b.number:
            raise MediaError(f"{folder}: {a.path.name} and {b.path.name} have the same number; move one of them out of the folder")
    return Sequence(_tidy(prefix, folder), "sequence", tuple(files), tuple(files))


def _single_stills(folder: Path, pictures: list[Path]) -> Sequence:
    seen: dict[str, Path] = {}
    for p in pictures:
        if other := seen.get(p.stem.lower()):
            raise MediaError(f"{folder}: {other.name} and {p.name} would give results of the same name; rename one of them")
        seen[p.stem.lower()] = p
    files = tuple(Numbered(p, i, p.stem) for i, p in enumerate(pictures))
    return Sequence(folder.resolve().name, "stills", files, files)


def _tidy(prefix: str, folder: Path) -> str:
    return prefix.rstrip("._- ") or folder.resolve().name
