"""The whole length of a scan of which a range is restored: frames outside it are passed on as they are, and marked so."""
from __future__ import annotations

from fractions import Fraction
from pathlib import Path

from engine.media.source import FrameSource, Picture


class Whole(FrameSource):
    """All frames of the medium of `part`. It owns nothing: `part` and `whole` are closed by who opened `part`."""

    def __init__(self, part: FrameSource, whole: FrameSource) -> None:
        self.part, self.whole_scan, self.info = part, whole, whole.info
        self._restored = {part.place(index): index for index in range(len(part))}

    def restored(self, index: int) -> int | None:
        """The number in `part` of a frame that is restored; None where it is passed on."""
        return self._restored.get(self.whole_scan.place(index))

    def whole(self) -> FrameSource:
        return self

    def read(self, index: int) -> Picture:
        return self.whole_scan.read(index)

    def name(self, index: int) -> str:
        return self.whole_scan.name(index)

    def timecode(self, index: int) -> str | None:
        return self.whole_scan.timecode(index)

    def keycode(self, index: int) -> str | None:
        return self.whole_scan.keycode(index)

    def header(self, index: int) -> bytes | None:
        return self.whole_scan.header(index)

    def files(self, index: int) -> tuple[Path, ...]:
        return self.whole_scan.files(index)

    def medium(self) -> tuple[Path, ...]:
        return self.whole_scan.medium()

    def place(self, index: int) -> int:
        return self.whole_scan.place(index)

    @property
    def places(self) -> int:
        return self.whole_scan.places

    def seconds(self, index: int) -> Fraction | None:
        return self.whole_scan.seconds(index)


def film_of(scan: FrameSource, whole: bool) -> FrameSource:
    """What an export goes over: the scan, or where its `whole` length is asked for and only a range of it is open, all of it. Raises
    MediaError where frames outside the range cannot be taken."""
    if not whole or isinstance(scan, Whole):
        return scan
    found = scan.whole()
    return scan if found is scan else Whole(scan, found)


def restored_number(film: FrameSource, index: int) -> int | None:
    """The number by which the scan that is restored knows a frame; None where it is passed on."""
    return film.restored(index) if isinstance(film, Whole) else index
