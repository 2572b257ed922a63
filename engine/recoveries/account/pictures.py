"""Pictures of a report: before and after, and the frames that were learnt from. The only part of it that reads frames."""
from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress

import numpy as np

from engine.align.space import to_scan
from engine.errors import MediaError
from engine.media.colour import from_ycbcr, luma, to_display
from engine.media.reduce import reduced
from engine.media.source import Picture as Frame
from engine.pairs.pair import Pair
from engine.recoveries.account.subject import Subject
from engine.report.blocks import Block, Picture, Section, Strip, Text
from engine.report.pictures import jpeg

SHOWN = 4               # frames before and after
SHEET, ACROSS = 32, 8   # small pictures of what was learnt from
DETAIL = 240            # side of a window that is shown pixel for pixel


def before_and_after(s: Subject) -> Section:
    """Scan, result and what it should be, of frames over the film; the worst of those held out is among them."""
    say, blocks = s.say, list[Block]()
    blocks.append(Text(_lead(s)))
    for index in chosen(s):
        s.step()
        blocks.append(_strip(s, index))
    return Section("pictures", say("Before and after"), tuple(blocks))


def _lead(s: Subject) -> str:
    """Which frames are shown, and how."""
    say = s.say
    if not s.recovery.needs_reference:
        return say("Frames from over the film; where a frame was painted, the third picture is what was painted. All pictures are as a "
                   "display shows Rec.709.")
    if s.worst is not None:
        which = say("Frames from over the film that were not trained on, among them the held-out frame that came out worst.")
    elif _free(s):
        which = say("Frames from over the film that were not trained on.")
    else:
        which = say("Frames from over the film, every frame of which was trained on.")
    return which + " " + say("All pictures are as a display shows Rec.709; the reference is laid on the scan.")


def _free(s: Subject) -> list[int]:
    """Frames that were not trained on."""
    trained = set(s.train) if s.recovery.needs_reference else set()
    return [i for i in range(len(s.scan)) if i not in trained]


def chosen(s: Subject) -> list[int]:
    """Evenly over the film, not trained on, where the colour is known where that can be."""
    known, free = set(s.partners) or set(s.held_out) | set(s.train), _free(s)
    frames = [i for i in free if i in known] or free or list(range(len(s.scan)))
    others = SHOWN - (s.worst is not None)
    picked = {frames[(2 * k + 1) * len(frames) // (2 * others)] for k in range(others)}
    return sorted(picked | ({s.worst} if s.worst is not None else set()))


def _strip(s: Subject, index: int) -> Strip:
    say, shot = s.say, s.shots[index]
    scan = to_display(s.scan.read(index), s.scan.info.encoding)
    result = s.written(index)
    if result is None:
        result = s.used.shown(s.scan, index, shot, "result", None if s.recovery.detail else s.width)
    pictures = [jpeg(scan, s.width, say("Scan")), jpeg(result, s.width, say("Result"))]
    third = wanted(s, index)
    if third is not None:
        pictures.append(jpeg(third, s.width, say("Reference") if s.recovery.needs_reference else say("As painted")))
    if s.recovery.detail and s.scan.info.width > s.width:
        pictures += [jpeg(window(one), DETAIL, say("{what}, the middle pixel for pixel", what=picture.caption))
                     for one, picture in zip([scan, result, *([third] if third is not None else [])], list(pictures), strict=True)]
    return Strip(tuple(pictures), 3 if third is not None else 2, _title(s, index))


def _title(s: Subject, index: int) -> str:
    title = s.say("Frame {name}", name=s.scan.name(index)) + (f", {_shot(s, index)}" if s.shots[index] else "")
    if index in s.errors:
        title += ": " + s.say("held out, {error}", error=s.figure(s.errors[index]))
        if index == s.worst:
            title += s.say(", the worst of those held out")
    elif index in s.held_out:
        title += ": " + s.say("held out")
    elif index in s.train:
        title += ": " + s.say("trained on")
    return title


def _shot(s: Subject, index: int) -> str:
    return s.say.told(str(s.shots[index]))


def wanted(s: Subject, index: int) -> Frame | None:
    """What the frame should look like (h, w, 3), display-referred; None where nobody knows."""
    if s.reference is not None and s.alignment is not None and index in s.partners:
        there = to_display(s.reference.read(s.partners[index]), s.reference.info.encoding)
        return to_scan(there, s.alignment.frames[index].matrix, (s.scan.info.width, s.scan.info.height))
    if not s.recovery.needs_reference and index in (*s.train, *s.held_out):
        with suppress(MediaError):
            pair = Pair.load(s.project.folder / "pairs" / f"{index:07d}.npz")
            planes = np.concatenate([luma(pair.scan.astype(np.float32))[..., None], pair.chroma.astype(np.float32)], 2)
            return from_ycbcr(planes)
    return None


def window(frame: Frame) -> Frame:
    """A window from the middle, pixel for pixel, of the shape of the frame."""
    height, width = frame.shape[:2]
    wide = min(DETAIL, width)
    tall = min(height, round(wide * height / width))
    top, left = (height - tall) // 2, (width - wide) // 2
    return frame[top:top + tall, left:left + wide]


def learnt_from(s: Subject) -> Section:
    """Which frames were trained on and which were held out, small."""
    say = s.say
    if not s.choice:
        return Section("frames", say("Frames trained on and held out"), (Text(say("The choice of frames is lost."), "quiet"),))
    count = say.count("{n} pair was trained on", "{n} pairs were trained on", len(s.choice["train"]))
    held = say.count("{n} was held out: the training never saw it.", "{n} were held out: the training never saw them.",
                     len(s.choice["held_out"]))
    blocks: list[Block] = [Text(f"{count}, {held}")]
    if s.train:
        blocks.append(Text(say("Trained on: frames {names}.", names=say.some(s.names(s.train), 40)), "quiet"))
    if s.held_out:
        blocks.append(Text(say("Held out: frames {names}.", names=say.some(s.names(s.held_out), 40)), "quiet"))
    shown = sheet(s)
    if shown:
        if len(shown) < len(s.train) + len(s.held_out):
            blocks.append(Text(say("Some of them, as the scan has them:"), "quiet"))
        blocks.append(Strip(tuple(_small(s, index, max(96, s.width // 4)) for index in shown), ACROSS))
    return Section("frames", say("Frames trained on and held out"), tuple(blocks))


def _small(s: Subject, index: int, width: int) -> Picture:
    s.step()
    held = index in s.held_out
    caption = s.scan.name(index) + ("\n" + s.say("held out") if held else "")
    return jpeg(to_display(reduced(s.scan.read(index), width), s.scan.info.encoding), width, caption, held)


def sheet(s: Subject) -> list[int]:
    """All that were held out, as far as there is room, and of those trained on as many as fit beside them."""
    held = thinned(s.held_out, SHEET // 2)
    return sorted({*held, *thinned(s.train, SHEET - len(held))})


def thinned(frames: Sequence[int], most: int) -> list[int]:
    """Evenly, at most so many."""
    count = min(most, len(frames))
    return [frames[(2 * k + 1) * len(frames) // (2 * count)] for k in range(count)]
