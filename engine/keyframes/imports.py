"""Pictures painted elsewhere become keyframes: each is matched to its frame, gives it a layer of chroma, and the palette a swatch that says
where the colour comes from. Nothing but chroma is taken."""
from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path

import cv2
import numpy as np
from numpy.typing import NDArray

from engine.errors import AnswerprintError, MediaError, UsageError
from engine.fixity import FOLDER as FIXITY
from engine.fixity import PICTURES as TAKEN
from engine.fixity import hash_file, note_pictures
from engine.keyframes.keyframe import FILE, Keyframe, Layer, Op, folder_of, frame_print, keyframe_names, load_keyframe, named_swatches
from engine.keyframes.matching import Match, Matcher
from engine.keyframes.notes import REFUSED, forbidden, note_of, source_of
from engine.keyframes.painted import WIDTH
from engine.keyframes.palette import Swatch, next_number
from engine.keyframes.pictures import SUFFIXES, Painting, is_painting, read_painting
from engine.media.colour import to_display, to_ycbcr
from engine.media.source import FrameSource
from engine.run import Run, each

SAME, SAME_LOSSY = 0.004, 0.006     # of Cb and Cr: what the painting shares with the scan was not painted; where it was coded with loss
LOSSY = (".jpg", ".jpeg", ".webp")
SMOOTHED = 1.5                      # sigma in pixels, of what was coded with loss
PATCH = 7                           # pixels: what is equal in smaller patches is equal by chance
BLACK = 0.03                        # luma below which a place, as in the gate, says nothing of what was painted
UNPAINTED = (0.05, 0.98)            # shares of a picture between which an unpainted part is believed

Floats = NDArray[np.float32]


@dataclass(frozen=True)
class Imported:
    """`keyframes` are the names of those that were made or grew, `swatches` the whole palette with the new ones, `refused` the files that
    were not taken with the reason in one line, `notes` what was assumed of others. `unpainted` says by keyframe which share of the picture,
    0..1, had the scan's own colour and so was taken as not painted; keyframes without such a part are not in it."""

    keyframes: tuple[str, ...]
    swatches: tuple[Swatch, ...]
    refused: tuple[tuple[Path, str], ...]
    notes: tuple[tuple[Path, str], ...]
    unpainted: dict[str, float]


@dataclass(frozen=True)
class Current:
    """Where keyframes are in the scan as it is now: `at` gives the frame of each by the keyframe's name; `changed` are those whose frame is
    not in the scan any more with the content that was painted on. They must not be shown on another."""

    at: dict[str, int]
    changed: tuple[str, ...]


def import_paintings(paths: Sequence[Path], scan: FrameSource, encoding: str, project: Path, palette: Sequence[Swatch], aligned: bool,
                     run: Run) -> Imported:
    """Make keyframes of `project` from pictures: files, or folders, whose pictures are taken in the order of their names. `encoding` is the
    scan's. With `aligned`, names and order say which frame it is, without a look at the picture.

    A file beside a picture (FILE.txt or STEM.txt) says in its first line where the colour comes from, as 'kind: text'; without one the
    swatch is an assumption. Keyframes are saved at the end; one that is there grows by an operation. A file that cannot be taken stops no
    other. Raises the first error where none can be taken, UsageError where there is no picture or two show one frame; DiskFull."""
    files = _files(paths)
    errors: dict[Path, AnswerprintError] = {}
    matches = _matches(files, Matcher(scan, encoding, run, aligned), aligned and len(files) == len(scan), errors, run)
    _check_twice(matches, scan)
    notes = [(path, f"taken for frame {scan.name(match.index)}, but the picture does not make it certain")
             for path, match in matches.items() if not match.sure]
    adding = _Adding(scan, encoding, project, list(palette))
    for done, (path, match) in enumerate(matches.items()):
        run.step(len(files) + done, 2 * len(files), f"reading the colour of {path.name}")
        try:
            notes += [(path, note) for note in adding.add(path, match.index)]
        except (MediaError, UsageError) as error:
            errors[path] = error
    if len(errors) == len(files):
        for path in files[1:]:
            run.say(f"left out: {path.name}: {errors[path]}")
        raise next(errors[path] for path in files)
    for keyframe in adding.keyframes:
        keyframe.save(project)
    note_pictures((path for path in matches if path not in errors), project / FIXITY / TAKEN)
    return Imported(tuple(keyframe.name for keyframe in adding.keyframes), tuple(adding.palette),
                    tuple((path, str(errors[path])) for path in files if path in errors), tuple(notes), adding.unpainted)


def _files(paths: Sequence[Path]) -> list[Path]:
    files: dict[Path, None] = {}
    for path in paths:
        if path.is_dir():
            files |= dict.fromkeys(file for file in sorted(path.iterdir()) if is_painting(file) and file.is_file())
        else:
            files[path] = None
    if not files:
        where = ", ".join(map(str, paths)) or "keyframes"
        raise UsageError(f"{where}: there is no picture ({', '.join(SUFFIXES)}); name the folder that holds the painted frames")
    return list(files)


def _matches(files: Sequence[Path], matcher: Matcher, by_order: bool, errors: dict[Path, AnswerprintError], run: Run) -> dict[Path, Match]:
    """The frame of each file; what cannot be matched goes to `errors`. Order counts where no name says a frame."""
    by_order = by_order and not any(matcher.named(path) is not None for path in files)
    matches: dict[Path, Match] = {}
    for done, path in enumerate(files):
        run.step(done, 2 * len(files), f"finding the frame of {path.name}")
        try:
            matches[path] = matcher.match(read_painting(path), done if by_order else None)
        except (MediaError, UsageError) as error:
            errors[path] = error
    return matches


def _check_twice(matches: dict[Path, Match], scan: FrameSource) -> None:
    taken: dict[int, Path] = {}
    for path, match in matches.items():
        if other := taken.get(match.index):
            raise UsageError(f"{other} and {path.name} both show frame {scan.name(match.index)}; leave one of them out")
        taken[match.index] = path


class _Adding:
    """Keyframes as they grow by pictures, not yet saved, and the palette with them."""

    def __init__(self, scan: FrameSource, encoding: str, project: Path, palette: list[Swatch]) -> None:
        self._scan, self._encoding, self._project, self.palette = scan, encoding, project, palette
        self.keyframes: list[Keyframe] = []
        self.unpainted: dict[str, float] = {}
        self._used: set[int] = set()
        for name in keyframe_names(project):
            with suppress(MediaError):      # of what cannot be read nothing is known
                self._used |= named_swatches([load_keyframe(project, name)])

    def add(self, path: Path, index: int) -> list[str]:
        """Gives what is to be said of it. Raises MediaError where the keyframe that is there was painted on another content."""
        if forbidden(note_of(path)):
            raise UsageError(f"{path}: its note says 'use: {REFUSED}', so it is not used; leave it out, or change the note")
        painting, frame, name = read_painting(path), self._scan.read(index), self._scan.name(index)
        keyframe = _keyframe(self._project, name, frame_print(frame))
        layer, colour, share = layer_of(painting, to_display(frame, self._encoding))
        low, high = UNPAINTED
        if low <= share <= high:
            self.unpainted[name] = share
        file = layer.save(self._project, name)
        swatch = self._swatch(path, colour, {op.swatch for op in keyframe.ops})         # a note may have been written since
        if not any(op.file == file for op in keyframe.ops):
            self.keyframes.append(keyframe.done(Op("layer", swatch.number, file=file, what=f"imported from {path.name}")))
        said = (painting.note, "it has the scan's own colours; was it painted?" if share > high else "")
        return [note for note in said if note]

    def _swatch(self, path: Path, colour: tuple[float, float, float], used: set[int]) -> Swatch:
        """The one that the file has already, or a new one; what a note beside it says takes the place of having no source. Another picture
        under the name of one is the same file painted on further where its keyframe has used the swatch and no note says otherwise."""
        note, content = note_of(path), hash_file(path).sha256
        kind, source = source_of(note)
        known = next((swatch for swatch in self.palette if swatch.file == path.name and (
            swatch.sha256 in ("", content) or (swatch.number in used and (not source or swatch.source in ("", source))))), None)
        if known is None:
            swatch = Swatch(next_number(self.palette, self._used), path.stem, colour, kind, source, not source, path.name, note, content)
            self.palette.append(swatch)
            return swatch
        swatch = replace(known, note=note, sha256=content)
        if source and not known.source:
            swatch = replace(swatch, kind=kind, source=source, assumption=False)
        self.palette[self.palette.index(known)] = swatch
        return swatch


def _keyframe(project: Path, name: str, content: str) -> Keyframe:
    if not (folder_of(project, name) / FILE).exists():
        return Keyframe(name, content)
    keyframe = load_keyframe(project, name)
    if keyframe.print != content:
        raise MediaError(f"keyframe {name}: it was painted on another picture than the scan's frame {name} is now; remove the keyframe, or "
                         "bring back the scan that it was painted on")
    return keyframe


def layer_of(painting: Painting, scan: Floats) -> tuple[Layer, tuple[float, float, float], float]:
    """What a painting says of the frame `scan` (h, w, 3), display-referred: its chroma, in the shape of the frame and at most WIDTH wide;
    the mean colour of what is painted, R'G'B' 0..1; and the share of the picture, 0..1, black left out, that has the scan's own chroma."""
    height, width = scan.shape[:2]
    wide = min(WIDTH, painting.size[0], width)
    size = (wide, max(1, round(wide * height / width)))
    picture, alpha = np.clip(painting.picture, 0, 1), painting.alpha
    weighted, small = (_resized(plane, size) for plane in (picture * alpha[..., None], alpha))
    colours = np.divide(weighted, small[..., None], out=np.zeros_like(weighted), where=small[..., None] > 0)
    share = 0.0
    if painting.opaque:
        same = _same(colours, _resized(scan, size), painting.path.suffix.lower() in LOSSY)
        lit = to_ycbcr(colours)[..., 0] > BLACK
        share = float((same & lit).sum() / max(int(lit.sum()), 1))
        if UNPAINTED[0] <= share <= UNPAINTED[1]:
            small = np.where(same, np.float32(0), small)
    mean = (colours * small[..., None]).sum((0, 1)) / max(float(small.sum()), 1e-6)
    red, green, blue = (round(float(v), 4) for v in mean)
    return Layer(to_ycbcr(colours)[..., 1:].astype(np.float16), small.astype(np.float16)), (red, green, blue), share


def _resized(plane: Floats, size: tuple[int, int]) -> Floats:
    return np.asarray(cv2.resize(plane, size, interpolation=cv2.INTER_AREA), np.float32)


def _same(painting: Floats, scan: Floats, lossy: bool) -> NDArray[np.bool_]:
    """(h, w) where two pictures of one size have one chroma, in patches that are no chance."""
    apart = (to_ycbcr(painting) - to_ycbcr(scan))[..., 1:]
    apart = np.asarray(cv2.GaussianBlur(apart, (0, 0), SMOOTHED), np.float32) if lossy else apart
    same = (np.abs(apart).max(-1) < (SAME_LOSSY if lossy else SAME)).astype(np.uint8)
    return cv2.morphologyEx(same, cv2.MORPH_OPEN, np.ones((PATCH, PATCH), np.uint8)) > 0


def current(project: Path, scan: FrameSource, run: Run) -> Current:
    """Which frame each saved keyframe belongs to now: the one of its name where that has its content, or else any that has, as where a scan
    was numbered anew; then the whole scan may be read, what is near first. Raises MediaError where a keyframe's file is damaged."""
    names = {scan.name(index): index for index in range(len(scan))}
    at: dict[str, int] = {}
    lost: dict[str, Keyframe] = {}
    saved = keyframe_names(project)
    for done, name in enumerate(saved):
        run.step(done, len(saved), "checking the keyframes")
        keyframe = load_keyframe(project, name)
        index = names.get(keyframe.name)
        if index is not None and frame_print(scan.read(index)) == keyframe.print:
            at[name] = index
        else:
            lost[name] = keyframe
    at |= _found(lost, names, scan, run)
    return Current(at, tuple(name for name in saved if name not in at))


def _found(lost: dict[str, Keyframe], names: dict[str, int], scan: FrameSource, run: Run) -> dict[str, int]:
    found: dict[str, int] = {}
    if not lost:
        return found
    starts = [names[name] for name in lost if name in names] or [0]
    order = sorted(range(len(scan)), key=lambda k: min(abs(k - start) for start in starts))
    prints = each(lambda k: frame_print(scan.read(k)), order, room=scan.info.working_bytes)
    for done, (index, content) in enumerate(zip(order, prints, strict=True)):
        run.step(done, len(scan), "looking for the frames of keyframes")
        found |= {name: index for name, keyframe in lost.items() if keyframe.print == content and name not in found}
        if len(found) == len(lost):
            break
    return found
