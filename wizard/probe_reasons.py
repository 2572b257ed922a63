"""Why a value was read from a film as it was, in plain words: the engine's short notes as sentences. No Qt."""
from __future__ import annotations

import re

from engine.media.source import SourceInfo
from wizard.words import tr

Told = list[tuple[str, str]]
"""A pattern in the engine's note, and the sentence that it stands for, where {0} is what the pattern caught."""


def rate_reason(info: SourceInfo) -> str:
    return _sentences(info.rate_reason, [
        ("as asked for", tr("You chose it.")),
        ("header of the first frame says it", tr("The header of the first frame says it.")),
        ("header and timestamps say it", tr("The header of the file says it, and its timestamps agree.")),
        ("file's header says it", tr("The header of the file says it.")),
        ("file's timestamps say it", tr("The timestamps of the file say it.")),
        ("mean of the file's timestamps", tr("It is the mean of the file's timestamps.")),
        ("four fifths", tr("It is four fifths of the video's rate, as repeated fields were taken out.")),
        ("faster on PAL", tr("Film shot at 24 runs 4 % faster on PAL video.")),
        ("^guessed", tr("The headers say none. Sound film usually runs at 24, silent film at 16 to 20.")),
        ("single stills have none", tr("Single stills have none; movies are written at this rate.")),
        ("the file says none", tr("The file says none; movies are written at this rate.")),
    ])


def encoding_reason(info: SourceInfo) -> str:
    return _sentences(info.encoding_reason, [
        ("as asked for", tr("You chose it.")),
        ("DPX header says '([^']*)'", tr("The DPX header says “{0}”.")),
        ("DPX header says nothing", tr("The DPX header says nothing of it.")),
        (r"(\d+)-bit DPX is usually Cineon log", tr("DPX of {0} bit is usually Cineon log.")),
        (r"(\d+)-bit DPX is usually Rec\.709", tr("DPX of {0} bit is usually Rec.709.")),
        ("it is an ACES container", tr("The EXR header says that it is an ACES container.")),
        ("chromaticities of the EXR header are those", tr("The EXR header names the primaries of this encoding.")),
        ("chromaticities of the EXR header are unknown", tr("The EXR header names primaries that the program does not know.")),
        ("EXR without them is linear", tr("The EXR header names no primaries; EXR without them is linear Rec.709.")),
        ("(TIFF|PNG|JPEG) with float pixels", tr("{0} with floating point is usually linear.")),
        ("(TIFF|PNG|JPEG) pictures of films", tr("{0} pictures of films are usually Rec.709.")),
        ("tagged ([^,;]*)", tr("The file says {0}.")),
        ("no transfer tag", tr("The file does not say its transfer curve; Rec.709 is usual.")),
        (r"transfer tag (\d+), which is not known", tr("The file names a transfer curve that the program does not know ({0}).")),
        (r"([\w.]+) matrix \(by its size\)", tr("The matrix of {0} is taken by the size of the picture.")),
        ("alpha channel is left out", tr("The alpha channel is left out.")),
    ])


def field_reason(info: SourceInfo) -> str:
    return _sentences(info.field_reason, [
        ("as asked for", tr("You chose it.")),
        ("by the file's flags", tr("The file says that its frames are progressive.")),
        ("nothing moves between the fields", tr("Nothing moves between the fields, so this is what is usual.")),
        ("progressive film in interlaced frames", tr("Both fields of a frame come from one film frame.")),
        ("shifted by a field", tr("Film frames lay across two video frames; their fields are paired again.")),
        ("pulldown removed", tr("Fields were repeated to get from 24 to 30; the repeats are taken out.")),
        ("deinterlaced with bwdif", tr("The two fields show different moments; each frame is deinterlaced.")),
        (r"by the combing of (\d+) frames", tr("Seen in {0} frames in which something moves.")),
    ])


def _sentences(note: str, told: Told) -> str:
    """The sentences that the note stands for; the note itself where it is not known."""
    found = [(match, words) for pattern, words in told if (match := re.search(pattern, note))]
    return " ".join(words.format(*match.groups()) for match, words in found) or note
