"""Video as a FrameSource: an exact frame index, film frames out of fields, and pictures by the file's tags."""
from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from pathlib import Path
from threading import Lock
from typing import Any

import av

from engine.errors import DamagedFrame, MediaError
from engine.media.coded import CodedFrames, picture_stream
from engine.media.dvd import JoinedFiles, main_title
from engine.media.fields import FilmFrames, as_coded, film_frames, gather
from engine.media.planes import Coding, coding_of, planes_of, to_picture
from engine.media.source import FrameSource, Picture, Reading, SourceInfo
from engine.media.video_tags import Heading, coded_rate, encoding_of, heading_of, later_timecode
from engine.media.weaving import film_planes
from engine.run import Run
from engine.waiting import patiently

NO_VIDEO = {"tty"}                              # formats that pass any text off as a picture
MAYBE_FIELDS = {"mpeg2video", "dvvideo"}        # of these, frames flagged progressive may still be followed by others


class Parts:
    """The file or files of a video, opened as one container."""

    def __init__(self, path: Path, allow_gaps: bool) -> None:
        self._path = path
        self.paths = main_title(path, allow_gaps) if path.is_dir() else (path,)
        self._joined = JoinedFiles(self.paths) if path.is_dir() else None

    def renew(self) -> None:
        """Open the files of a DVD anew, after they could not be reached."""
        if self._joined is not None:
            self._joined.close()
            self._joined = JoinedFiles(self.paths)

    def open(self) -> Any:
        """A fresh container. Raises MediaError where the file is no video."""
        try:
            if self._joined is None:
                container: Any = av.open(f"file:{self._path}", metadata_errors="ignore")
            else:
                self._joined.seek(0)
                container = av.open(self._joined, format="mpeg", metadata_errors="ignore")
        except (av.FFmpegError, EOFError) as error:
            raise MediaError(f"{self._path}: not a video that can be read, or cut short so that its index is missing; "
                             "copy it again or choose another file") from error
        if container.format.name in NO_VIDEO:
            container.close()
            raise MediaError(f"{self._path}: not a video; choose a video file, a folder of pictures or a VIDEO_TS folder")
        return container

    def holding(self, position: int) -> Path:
        """The file that holds the byte at `position`."""
        return self.paths[self._joined.part_at(position) if self._joined else 0]

    def close(self) -> None:
        if self._joined is not None:
            self._joined.close()


class VideoSource(FrameSource):
    """Film frames of a video; made by `open_video`."""

    def __init__(self, coded: CodedFrames, film: FilmFrames, coding: Coding, info: SourceInfo, parts: Parts, first: int,
                 decoding: Lock, run: Run) -> None:
        """`first` is the film frame of the file that is frame 0 here; `decoding` is held by whoever uses the decoder; `run` is told where a
        frame is waited for."""
        self.info, self._run = info, run
        self._coded, self._film, self._coding, self._parts, self._first = coded, film, coding, parts, first
        self._decoding = decoding

    def read(self, index: int) -> Picture:
        folder = self._parts.paths[0].parent
        return patiently(lambda: self._read(index), (folder,), self._run, self._renew)

    def _renew(self) -> None:
        """Open the files anew: their handles died with the folder that could not be reached."""
        with self._decoding:
            self._coded.close()
            self._parts.renew()
            self._coded.renew()

    def _read(self, index: int) -> Picture:
        number = self._number(index)
        with self._decoding:
            planes = film_planes(self._coded, self._film, number)
        if planes is None:
            raise DamagedFrame(self.info.path, number, "it cannot be decoded")
        height, width = planes[0].shape
        if (height, width) != (self.info.height, self.info.width):
            raise DamagedFrame(self.info.path, number, f"it is {width} x {height}, unlike the first frame")
        return to_picture(planes, self._coding)

    def name(self, index: int) -> str:
        return f"{self._number(index):07d}"

    def timecode(self, index: int) -> str | None:
        """Counted on from the file's timecode track, in coded frames."""
        step = self._coded.step()
        if self.info.timecode is None or step is None:
            return None
        passed = self._film.place(self._number(index)) - self._film.place(self._first)
        return later_timecode(self.info.timecode, passed, round(1 / step))

    def files(self, index: int) -> tuple[Path, ...]:
        return (self._parts.holding(self._coded.position(self._film.place(self._number(index)))),)

    def medium(self) -> tuple[Path, ...]:
        return self._parts.paths

    def whole(self) -> FrameSource:
        if len(self) == self.places:
            return self
        step, known = self._coded.step(), self.info.timecode
        passed = self._film.place(0) - self._film.place(self._first)
        timecode = later_timecode(known, passed, round(1 / step)) if known and step else None
        return VideoSource(self._coded, self._film, self._coding, replace(self.info, frames=self.places, timecode=timecode), self._parts, 0,
                           self._decoding, self._run)

    def place(self, index: int) -> int:
        return self._number(index)

    @property
    def places(self) -> int:
        return len(self._film)

    def seconds(self, index: int) -> Fraction | None:
        return self._coded.seconds(self._film.place(self._number(index)))

    def close(self) -> None:
        self._coded.close()
        self._parts.close()

    def _number(self, index: int) -> int:
        if not 0 <= index < self.info.frames:
            raise IndexError(f"frame {index} of {self.info.frames}")
        return self._first + index


def open_video(path: Path, reading: Reading, run: Run) -> VideoSource:
    """A video file, or the main title of a DVD folder. One pass reads the index; interlaced streams get another that looks at their
    fields, unless `reading.field_order` is 'progressive'. Raises MediaError."""
    parts = Parts(path, reading.allow_gaps)
    try:
        coded = CodedFrames(path, parts.open, run)
    except BaseException:
        parts.close()
        raise
    try:
        return _described(path, reading, run, parts, coded)
    except BaseException:
        coded.close()
        parts.close()
        raise


def _described(path: Path, reading: Reading, run: Run, parts: Parts, coded: CodedFrames) -> VideoSource:
    frame = coded.frame(0)
    assert frame is not None        # CodedFrames begins with one that can be decoded
    with parts.open() as container:
        heading = heading_of(container, picture_stream(path, container), frame)
    coding = coding_of(frame, heading.codec)
    if coding is None:
        raise MediaError(f"{path}: pictures stored as {frame.format.name} are not read; convert the file to ProRes, FFV1 or DPX")
    film = _film(coded, heading, coding, reading, frame.height, run)
    first, stop = _span(path, len(film), reading.span)
    rate, rate_reason = _rate(coded, film, heading, reading)
    guess = encoding_of(frame, coding, reading.encoding)
    step = coded.step()
    timecode = later_timecode(heading.timecode, film.place(first), round(1 / step)) if heading.timecode and step else None
    info = SourceInfo(
        path=path, name=_name(path), kind="video", format=heading.codec, frames=stop - first, width=frame.width, height=frame.height,
        depth=coding.depth, floating=False, channels=1 if coding.colour == "grey" else 3, pixel_aspect=heading.pixel_aspect,
        rate=rate, rate_reason=rate_reason, encoding=guess.encoding, encoding_reason=guess.reason, encoding_guessed=guess.guessed,
        field_order=film.order, field_reason=film.reason, timecode=timecode, keycode=None, sound=heading.sound)
    return VideoSource(coded, film, coding, info, parts, first, Lock(), run)


def _name(path: Path) -> str:
    """A DVD is called after the folder that holds its VIDEO_TS."""
    if not path.is_dir():
        return path.stem
    whole = path.resolve()
    return whole.parent.name if whole.name.upper() == "VIDEO_TS" else whole.name


def _film(coded: CodedFrames, heading: Heading, coding: Coding, reading: Reading, height: int, run: Run) -> FilmFrames:
    if reading.field_order == "progressive":
        return as_coded(len(coded), "frames taken as they are, as asked for")
    if not heading.interlaced and not reading.field_order and not (heading.codec in MAYBE_FIELDS and height <= 576):
        return as_coded(len(coded), "progressive, by the file's flags")

    def luma(index: int) -> Any:
        frame = coded.frame(index)
        return None if frame is None or frame.height != height else planes_of(frame)[0]

    evidence = gather(luma, len(coded), coding.depth, run)
    rate, _ = coded_rate(coded.step(), heading)
    return film_frames(evidence, heading.field_order, reading.field_order, rate == Fraction(30000, 1001))


def _span(path: Path, frames: int, span: tuple[int, int] | None) -> tuple[int, int]:
    """First film frame and the one after the last."""
    first, last = span or (0, frames - 1)
    if not 0 <= first <= last < frames:
        raise MediaError(f"{path}: the range {first}-{last} is not in the source, which has frames 0-{frames - 1}; "
                         "choose a range inside it")
    return first, last + 1


def _rate(coded: CodedFrames, film: FilmFrames, heading: Heading, reading: Reading) -> tuple[Fraction | None, str]:
    if reading.rate:
        return reading.rate, "as asked for"
    rate, reason = coded_rate(coded.step(), heading)
    if rate and film.pulldown:
        return rate * Fraction(4, 5), f"{reason}: {float(rate):.2f}, four fifths of it after the pulldown"
    if rate == 25 and heading.codec == "mpeg2video":
        return rate, f"{reason}; film shot at 24 runs 4 % faster on PAL"
    return rate, reason
