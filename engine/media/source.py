"""FrameSource: one interface over numbered stills, single stills and video, with exact random access to frame N."""
from __future__ import annotations

from abc import ABC, abstractmethod
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path
from types import TracebackType
from typing import Any

import numpy as np
from numpy.typing import NDArray

Picture = NDArray[np.float32]
"""Float32, (height, width, 3), R G B. Integer formats as code value / (2**depth - 1), float formats as stored; the encoding is
`SourceInfo.encoding` as read, display-referred Rec.709 (BT.709 curve) after `colour.to_display`."""


@dataclass(frozen=True)
class SourceInfo:
    """What is known of a source. `*_reason` says in words where a value comes from; `*_guessed` is True where no header said it."""

    path: Path
    name: str                   # base name for results, without number and suffix
    kind: str                   # 'sequence' | 'stills' | 'video'
    format: str                 # 'dpx', 'exr', 'tiff', 'png', 'jpeg', or the codec: 'mpeg2video', 'prores', 'h264', 'ffv1', ...
    frames: int                 # film frames: after pulldown removal
    width: int
    height: int
    depth: int                  # bits a channel
    floating: bool              # half or float pixels
    channels: int               # 3, or 1 for mono (delivered as three equal channels)
    pixel_aspect: Fraction      # width of a pixel over its height
    rate: Fraction | None       # film frames a second; None for stills without one
    rate_reason: str
    encoding: str               # a name of colour.ENCODINGS
    encoding_reason: str
    encoding_guessed: bool
    field_order: str            # 'progressive' | 'tff' | 'bff'
    field_reason: str           # what was done about fields: 'progressive film in interlaced frames', 'bwdif', '2:3 pulldown removed'
    timecode: str | None        # of the first frame
    keycode: str | None         # of the first frame
    sound: bool
    gaps: tuple[int, ...] = ()  # missing numbers that were allowed

    @property
    def working_bytes(self) -> int:
        """Memory for a frame as it is read, and five pictures made of it."""
        return 6 * 12 * self.width * self.height


class FrameSource(ABC):
    """Frames 0 .. len-1 in film order. Read-only: nothing in the program opens a source for writing. Only `read` may be called by several
    threads at once."""

    info: SourceInfo

    def __len__(self) -> int:
        return self.info.frames

    @abstractmethod
    def read(self, index: int) -> Picture:
        """Frame `index`, exactly that one, as stored (see Picture). Safe in threads. Raises DamagedFrame."""

    @abstractmethod
    def name(self, index: int) -> str:
        """What a result of this frame is called after `NAME_restored.`: the source's digits and padding; the file's stem for single
        stills; seven digits from 0 for video."""

    def timecode(self, index: int) -> str | None:
        """SMPTE timecode of this frame where the source carries one."""
        return None

    def keycode(self, index: int) -> str | None:
        """Film edge code of this frame where the source carries one."""
        return None

    def header(self, index: int) -> bytes | None:
        """The raw DPX header of this frame, every byte up to the image data; None for other formats."""
        return None

    @abstractmethod
    def files(self, index: int) -> tuple[Path, ...]:
        """The file(s) that hold this frame."""

    def medium(self) -> tuple[Path, ...]:
        """All files that it was opened from, in order, whatever range of them is read."""
        return tuple(dict.fromkeys(path for index in range(len(self)) for path in self.files(index)))

    def place(self, index: int) -> int:
        """Where this frame stands in the whole medium, counted from its first frame = 0, numbers that are missing counted too."""
        return index

    @property
    def places(self) -> int:
        """How many frames the whole medium has, by its numbering."""
        return len(self)

    def whole(self) -> FrameSource:
        """The whole medium, of which this may be a range, read in the same way; itself where it is no range. It is closed with this one.
        Raises MediaError where a frame outside the range does not go with it."""
        return self

    def attributes(self, index: int) -> dict[str, Any]:
        """What else the file of this frame says, name -> value (text, numbers, or tuples of numbers) as OpenImageIO calls it; {} for DPX,
        whose header is kept whole, and for video."""
        return {}

    def seconds(self, index: int) -> Fraction | None:
        """When this frame is shown in its own file, from the first picture on; None for stills."""
        return None

    def close(self) -> None:  # noqa: B027
        """Let go of files and decoders."""

    def __enter__(self) -> FrameSource:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self.close()


@dataclass(frozen=True)
class Reading:
    """How the user wants a source to be read; None leaves it to the header or a guess."""

    stills: bool = False
    encoding: str | None = None
    rate: Fraction | None = None
    field_order: str | None = None
    span: tuple[int, int] | None = None     # frame numbers of the source (for video: from 0), both ends included
    allow_gaps: bool = False
