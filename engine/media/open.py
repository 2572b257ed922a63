"""open_source: from what the user names to a FrameSource."""
from __future__ import annotations

import os
from pathlib import Path

from engine.errors import MediaError, UsageError
from engine.media.colour import ENCODINGS
from engine.media.dvd import is_dvd
from engine.media.numbering import is_pattern, is_picture
from engine.media.source import FrameSource, Reading
from engine.media.stills import open_stills
from engine.media.video import open_video
from engine.run import Run


def open_source(path: Path, reading: Reading | None = None, run: Run | None = None) -> FrameSource:
    """A folder of numbered stills, one still of a sequence, a %07d or #### pattern, a video file, or a DVD's VIDEO_TS folder (or the
    folder that holds it). With `reading.stills` a folder holds single pictures of any names.

    Every header is read and compared before this returns. Raises MediaError (NumberingGap, DamagedFrame) with one line that names the
    file and the cure, and UsageError for settings that cannot be."""
    reading, run = reading or Reading(), run or Run()
    if reading.encoding is not None and reading.encoding not in ENCODINGS:
        raise UsageError(f"unknown colour encoding {reading.encoding!r}; choose one of {', '.join(ENCODINGS)}")
    try:
        if is_pattern(path) or (path.is_file() and is_picture(path)):
            return open_stills(path, reading, run)
        if not path.exists():
            raise MediaError(f"{path}: there is no such file or folder; check the name")
        if not os.access(path, os.R_OK):
            raise MediaError(f"{path}: no permission to read it; change its permissions")
        if path.is_dir() and not is_dvd(path):
            return open_stills(path, reading, run)
        return open_video(path, reading, run)
    except PermissionError as error:
        raise MediaError(f"{error.filename or path}: no permission to read it; change its permissions") from error
