"""What went wrong, in an archivist's words: what happened, whether the work is safe, what to do now, and the page of the manual. No Qt."""
from __future__ import annotations

import platform
import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from wizard.words import exact, tr, trn


@dataclass(frozen=True)
class Trouble:
    """One banner. `cure` is the text of the button that helps and `act` the name of what it does; `offers`: it is only an offer, and Next
    stays what is usually pressed. `page` is a page of the manual; `report` is what can be copied and sent to someone."""

    title: str
    safe: str
    do: str
    tone: str = "err"           # 'err' | 'warn'
    cure: str = ""
    act: str = ""               # 'again' | 'folder' | 'locate' | 'remake' | 'replace-scan' | 'replace-reference' | 'use-run' | 'read' |
                                # 'own-shots' | 'save' | ''
    page: str = ""
    report: str = ""
    offers: bool = False


def step_word(step: str) -> str:
    """What a step of the engine is called on the screen, at the beginning of a sentence."""
    return {
        "fixity": tr("Hashing the files"),
        "align": tr("Aligning"), "fade": tr("Measuring the fade"), "shots": tr("Finding the shots"), "balance": tr("Balancing"),
        "tone": tr("Matching the tone"), "damage": tr("Finding the damage"),
        "choose": tr("Choosing frames"), "propose": tr("Proposing colour"), "pairs": tr("Making pairs"),
        "trial": tr("The trial on this machine"), "train": tr("Training"), "review": tr("Measuring the shots"), "export": tr("Export"),
    }.get(step, tr("The work"))


def trouble_of(kind: str, text: str, step: str = "", frame: str = "") -> Trouble:
    """The banner for an error of the engine: `kind` is the name of its class, `text` its line, `step` where it came up."""
    what, at = step_word(step), tr(" at frame {frame}", frame=frame) if frame else ""
    report = report_of(kind, text, step)
    made = {
        "DiskFull": lambda: Trouble(
            tr("{what} stopped{at}: the disk is full", what=what, at=at),
            tr("Your work is safe. What was written before is whole and checked; the scan was not touched."),
            tr("Make room on the disk, or choose another folder for the results, then resume."), cure=tr("Resume"), act="again",
            page="export.html#disk-full"),
        "OutputRefused": lambda: Trouble(
            tr("{what} cannot write there", what=what), tr("Your work is safe. Nothing was written and the scan was not touched."),
            _line(text), cure=tr("Choose another folder..."), act="folder", page="export.html#folder"),
        "MediaMissing": lambda: Trouble(
            tr("The media is not where it was"), tr("Your work is safe. Nothing in the project depends on the place of the files."),
            tr("Connect the drive, or show where the files are now."), cure=tr("Locate media..."), act="locate", page="media.html#locate"),
        "NothingInCommon": lambda: Trouble(
            tr("The reference shows nothing of the scan"), tr("Your work is safe. Nothing was trained."),
            tr("Choose a reference of the same film, or another range of it."), cure=tr("Replace the reference..."),
            act="replace-reference", page="align.html#nothing-in-common"),
        "DamagedFrame": lambda: Trouble(
            tr("{what} stopped: a frame cannot be read", what=what), tr("Your work is safe. What was made before it is kept."),
            _line(text), cure=tr("Try again"), act="again", page="media.html#damaged"),
        "TooShort": lambda: Trouble(
            tr("There is too little film to learn from"), tr("Your work is safe."), _line(text), page="frames.html#too-few"),
        "InputChanged": lambda: Trouble(
            tr("A file that went in is not what it was"), tr("Your work is safe. Nothing was made of the changed file."), _line(text),
            cure=tr("Try again"), act="again", page="package.html#changed"),
        "OutOfMemory": lambda: Trouble(
            tr("{what} stopped: the memory is full", what=what), tr("Your work is safe. Nothing was passed through untreated."),
            tr("Close other programs, then resume."), cure=tr("Resume"), act="again", page="train.html#memory"),
        "DeviceMissing": lambda: Trouble(
            tr("The device for training is not there any more"), tr("Your work is safe."), _line(text), cure=tr("Try again"), act="again",
            page="train.html#device"),
        "NewerVersion": lambda: Trouble(
            tr("This project was made by a newer Answerprint"), tr("Nothing was changed."), tr("Update the program to open it."),
            page="start.html#newer"),
        "LumaChanged": lambda: Trouble(
            tr("Export stopped{at}: the luma of the result was not that of the scan", at=at),
            tr("Your work is safe. The frame was not written."), tr("Copy the report and send it to the makers of the program."),
            page="export.html#luma"),
        "ChromaChanged": lambda: Trouble(
            tr("Export stopped{at}: the chroma of the result was not that of the scan", at=at),
            tr("Your work is safe. The frame was not written."), tr("Copy the report and send it to the makers of the program."),
            page="export.html#proof"),
        "SoundChanged": lambda: Trouble(
            tr("Export stopped{at}: a sound part of the print was changed", at=at),
            tr("Your work is safe. The frame was not written."), tr("Copy the report and send it to the makers of the program."),
            page="export.html#proof"),
        "lost": lambda: Trouble(
            tr("{what} ended without a word", what=what), tr("Your work is safe up to the last checkpoint, a few seconds before."),
            tr("The system may have ended it for want of memory. Go on from there."), cure=tr("Go on"), act="again",
            page="train.html#ended"),
        "MediaError": lambda: Trouble(
            tr("A file cannot be read"), tr("Your work is safe. Nothing was changed."), _line(text), cure=tr("Try again"), act="again",
            page="media.html#damaged"),
        "NumberingGap": lambda: _gap(text, tr("Missing now: {frames}. Bring them back."), tr("Try again"), "again"),
        "UsageError": lambda: Trouble(
            tr("{what} cannot begin like this", what=what), tr("Your work is safe."), _line(text), page="start.html"),
    }
    usual = Trouble(
        tr("{what} stopped: something that the program does not know", what=what),
        tr("Your work is safe. What was made before is kept, and the scan was not touched."),
        tr("Try again. If it comes back, copy the report and send it to someone who can help; it holds no pictures."),
        cure=tr("Try again"), act="again", page="troubles.html")
    trouble = made[kind]() if kind in made else usual
    return replace(trouble, report=report)


def trouble_of_film(role: str, kind: str, text: str) -> Trouble:
    """The banner for a film that was chosen and cannot be taken: the one before stays."""
    title = tr("This cannot be taken as the scan") if role == "scan" else tr("This cannot be taken as the reference")
    safe, report = tr("Your work is safe. Nothing was changed."), report_of(kind, text, "media")
    if kind == "NumberingGap":
        gap = _gap(text, tr("Missing: {frames}. Add them to the folder, or go on without them."), tr("Go on without them"), "allow-gaps")
        return replace(gap, report=report)
    line = _line(re.sub(r",? (or )?(say which it is|leave it out|go on without it) with --\S+( or --\S+)*", "", text))
    return Trouble(title, safe, line, cure=tr("Choose another..."), act=f"replace-{role}", page="media.html#damaged", report=report)


def unsaved(kind: str, text: str) -> Trouble:
    """A change that is in the window only, for the disk refused it."""
    return Trouble(tr("The last change could not be saved"),
                   tr("It is kept as long as the window is open, and saved with the next one. What was written before is whole."),
                   _line(text), cure=tr("Save again"), act="save", page="export.html#disk-full", report=report_of(kind, text, "window"))


def out_of_date(first: str, steps: str) -> Trouble:
    """Something was changed after steps were made: nothing is thrown away, and they are made anew only when asked."""
    return Trouble(tr("{what} changed after {steps}", what=first, steps=steps),
                   tr("{steps} is out of date. Nothing was deleted.", steps=steps), tr("Make it anew when you are ready."), "warn",
                   tr("Make anew"), "remake", "start.html#out-of-date")


def standing_still(seconds: int) -> Trouble:
    """A training that takes no step."""
    return Trouble(tr("No step of the training for {time}", time=exact(seconds)),
                   tr("Your work is safe up to the last checkpoint. It goes on by itself as soon as it can."),
                   tr("Other programs may take the machine, it may have been asleep, or the driver of the graphics card hangs. Close other "
                      "programs and wait a little; if it stays so, press Pause, then Go on, or start the computer again."), "warn",
                   page="train.html#still")


def passed_over(newest: int, better: int, frames: int, figures: str) -> Trouble:
    """A new run that is worse than another does not take its place by itself; `figures` are both on the same frames."""
    return Trouble(tr("Run {newest} is worse than run {better}, so run {better} stays in use", newest=newest, better=better),
                   trn("On the same held-out frame: {figures}. Every run is kept.",
                       "On the same {n} held-out frames: {figures}. Every run is kept.", frames, figures=figures),
                   tr("Compare them, and use the newer one if it looks better to you."), "warn",
                   tr("Use run {newest} anyway", newest=newest), "use-run", "train.html#worse", offers=True)


def doubtful_reference(lines: Sequence[str], telecine: bool) -> Trouble:
    """A reference, or the telecine of a damaged print, from which little can be learnt, by the engine's `lines`."""
    title = tr("Look at this telecine before you go on") if telecine else tr("Little detail may be learnt from this reference")
    return Trouble(title, _line(lines[0]), " ".join(_line(line) for line in lines[1:]), "warn", tr("Replace the reference..."),
                   "replace-reference", "align.html#softer", offers=True)


def print_in_colour() -> Trouble:
    """A damaged print that is not black-and-white: its damage keeps a colour that is not the film's."""
    return Trouble(tr("This print is in colour, and only its luma is repaired"),
                   tr("The colour of mould and scratches stays on what is repaired."),
                   tr("Its colour can be restored afterwards, in a project of its own with the result as its scan."), "warn",
                   page="damaged-print.html#colour", offers=True)


def kept_colour(shots: int) -> Trouble:
    """Shots of the film that did not fade tell how the others were."""
    return Trouble(trn("{n} shot of this film kept its colour", "{n} shots of this film kept their colour", shots),
                   tr("The other shots can learn from it, without painting."),
                   tr("You can paint as well: keyframes then tell how good that is."), "warn",
                   tr("Learn from what kept its colour"), "own-shots", "keyframes.html#similar", offers=True)


def report_of(kind: str, text: str, step: str) -> str:
    """Text for the clipboard: what an expert needs to know. It is put together here and goes nowhere by itself."""
    return "\n".join([
        "Answerprint report", f"system: {platform.platform()}", f"python: {platform.python_version()}", f"step: {step}",
        f"kind: {kind}", "", text])


def _gap(text: str, do: str, cure: str, act: str) -> Trouble:
    """Frames that are missing in the numbering, by the engine's line; `do` has a place for {frames}."""
    found = re.search(r"(\d+) frames are missing in the numbering \(([^)]*)\)", text)
    count, frames = (int(found[1]), found[2]) if found else (1, "?")
    return Trouble(trn("{n} frame is missing in the numbering", "{n} frames are missing in the numbering", count),
                   tr("Your work is safe. Nothing was changed."), do.format(frames=frames), cure=cure, act=act, page="media.html#gaps")


def _line(text: str) -> str:
    """The engine's own line, as a sentence."""
    line = text.strip().splitlines()[-1] if text.strip() else ""
    return line[:1].upper() + line[1:] + ("" if line.endswith(".") else ".")
