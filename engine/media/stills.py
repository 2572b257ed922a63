"""Stills as a FrameSource: numbered sequences and folders of single pictures, in DPX, EXR, TIFF, PNG or JPEG."""
from __future__ import annotations

import os
from dataclasses import replace
from fractions import Fraction
from pathlib import Path
from typing import Any

from engine.errors import DamagedFrame, MediaError
from engine.media import picture_files
from engine.media.colour import Guess
from engine.media.dpx import DpxHeader, frame_word
from engine.media.numbering import Sequence, find_sequence
from engine.media.picture_files import Still
from engine.media.source import FrameSource, Picture, Reading, SourceInfo
from engine.run import Run
from engine.waiting import patiently

USUAL_RATE = Fraction(24)
STEP = 256


class StillsSource(FrameSource):
    """A sequence whose headers have been checked; made by `open_stills`."""

    def __init__(self, sequence: Sequence, info: SourceInfo, reading: Reading, run: Run) -> None:
        """`run` is told where a frame is waited for."""
        self.info, self._run = info, run
        self._files, self._whole = sequence.files, sequence.whole
        self._sequence, self._reading = sequence, reading
        self._all: StillsSource | None = None

    @property
    def left_out(self) -> str:
        """Other pictures of the same folder, in words."""
        return self._sequence.left_out

    def read(self, index: int) -> Picture:
        path = self._files[index].path
        try:
            picture = patiently(lambda: picture_files.read(path), (path.parent,), self._run)
        except OSError as error:
            raise DamagedFrame(path, frame_word(path), f"it cannot be read: {error.strerror}") from error
        if picture.shape[:2] != (self.info.height, self.info.width):
            raise DamagedFrame(path, frame_word(path), f"it has become {picture.shape[1]} x {picture.shape[0]} since it was opened")
        return picture

    def name(self, index: int) -> str:
        return self._files[index].digits

    def timecode(self, index: int) -> str | None:
        return picture_files.probe(self._files[index].path).timecode

    def keycode(self, index: int) -> str | None:
        return picture_files.probe(self._files[index].path).keycode

    def header(self, index: int) -> bytes | None:
        return DpxHeader.load(self._files[index].path).raw if self.info.format == "dpx" else None

    def files(self, index: int) -> tuple[Path, ...]:
        return (self._files[index].path,)

    def medium(self) -> tuple[Path, ...]:
        return tuple(file.path for file in self._whole)

    def whole(self) -> FrameSource:
        if len(self._files) == len(self._whole):
            return self
        if self._all is None:
            self._all = _checked(self.info.path, replace(self._sequence, files=self._whole, missing=()), self._reading, self._run)
        return self._all

    def attributes(self, index: int) -> dict[str, Any]:
        return picture_files.attributes(self._files[index].path)

    def place(self, index: int) -> int:
        return self._files[index].number - self._whole[0].number

    @property
    def places(self) -> int:
        return self._whole[-1].number - self._whole[0].number + 1


def open_stills(path: Path, reading: Reading, run: Run) -> StillsSource:
    """The pictures that `path` means (a folder, one still of a sequence, a pattern), every header read and compared.

    Raises MediaError, NumberingGap, DamagedFrame."""
    source = _checked(path, find_sequence(path, reading.stills).within(reading.span), reading, run)
    if left_out := source.left_out:
        run.say(f"{path}: other pictures in the folder are left out: {left_out}")
    if source.info.gaps:
        run.say(f"{path}: {len(source.info.gaps)} numbers are missing, as allowed")
    return source


def _checked(path: Path, sequence: Sequence, reading: Reading, run: Run) -> StillsSource:
    if sequence.kind == "sequence":
        sequence = sequence.without_gaps(reading.allow_gaps)
    first = _check_all(sequence, reading.encoding, run)
    return StillsSource(sequence, _info(path, sequence, first, reading), reading, run)


def _check_all(sequence: Sequence, encoding: str | None, run: Run) -> Still:
    """Header of the first picture. Raises MediaError where another differs from it, naming both. `encoding` is what the user says."""
    first, total = None, len(sequence.files)
    for i, file in enumerate(sequence.files):
        if not os.access(file.path, os.R_OK):
            raise MediaError(f"{file.path}: no permission to read frame {file.digits}; change the permissions of the file")
        still = picture_files.probe(file.path)
        first = first or still
        if still.shape != first.shape:
            raise MediaError(f"{file.path}: frame {file.digits} is {still.shape}, but frame {sequence.files[0].digits} is {first.shape}; "
                             "all frames must have one size and depth")
        if encoding is None and still.guess.encoding != first.guess.encoding:
            raise MediaError(f"{file.path}: frame {file.digits} is {still.guess.encoding} ({still.guess.reason}), but frame "
                             f"{sequence.files[0].digits} is {first.guess.encoding}; say which it is with --scan-encoding or "
                             "--reference-encoding")
        if i % STEP == 0 or i == total - 1:
            run.step(i + 1, total, "reading headers")
    assert first is not None
    return first


def _info(path: Path, sequence: Sequence, first: Still, reading: Reading) -> SourceInfo:
    guess = Guess(reading.encoding, "as asked for", False) if reading.encoding else first.guess
    rate, rate_reason = _rate(sequence, first, reading)
    return SourceInfo(
        path=path, name=sequence.name, kind=sequence.kind, format=first.format, frames=len(sequence.files),
        width=first.width, height=first.height, depth=first.depth, floating=first.floating, channels=first.channels,
        pixel_aspect=first.pixel_aspect, rate=rate, rate_reason=rate_reason, encoding=guess.encoding,
        encoding_reason=guess.reason + ("; the alpha channel is left out" if first.alpha else ""), encoding_guessed=guess.guessed,
        field_order="progressive", field_reason="stills", timecode=first.timecode, keycode=first.keycode, sound=False,
        gaps=sequence.missing)


def _rate(sequence: Sequence, first: Still, reading: Reading) -> tuple[Fraction | None, str]:
    if reading.rate:
        return reading.rate, "as asked for"
    if first.rate:
        return first.rate, f"the {first.format.upper()} header of the first frame says it"
    if sequence.kind == "stills":
        return None, "single stills have none"
    return USUAL_RATE, "guessed: the header says none, and film usually runs at 24"
