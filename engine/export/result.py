"""What an export came to: where the results are, the luma certificate over all frames, and what became of the sound."""
from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from engine.export.ledger import Ledger
from engine.export.plan import Plan
from engine.export.sound import Sound
from engine.media.source import FrameSource

MISMATCH = 0.1
"""Seconds by which sound and picture may differ in length before it is said."""


@dataclass(frozen=True)
class ExportResult:
    """`luma` has 'max' and 'mean' of |Y'(file) - Y'(balanced scan)| in code values of the output's depth over the pixels that are not
    clipped (of several formats, the worst), and the same by format under 'formats'. A format whose codec has loss is measured before its
    codec, does not count beside one without, and has under 'codec' what the codec itself took, {} where that is not known.
    `float_luma_max` is before quantisation, in display values. `clipped` is the fraction of pixels whose luma the encoding cannot hold (the
    worst format). `sound` says it in words.
    `origin` is the mean over frames of where luma came from; {} where that is not told. `untouched` of the frames were passed on as they
    are and are not in these figures; `exact` formats have the scan's own code values in them."""

    outputs: tuple[Path, ...]
    luma: dict[str, Any]
    float_luma_max: float
    clipped: float
    frames: int
    sound: str
    origin: dict[str, float]
    untouched: int = 0
    exact: tuple[str, ...] = ()


def result_of(plan: Plan, ledger: Ledger, frames: int, sound: str) -> ExportResult:
    """Sum up the ledger."""
    lines = [ledger.frames[index] for index in range(frames)]
    made, passed = [[line for line in lines if ("untouched" in line) is kind] for kind in (False, True)]
    formats = {form: _over_frames([line["written"][form] for line in made]) | _lost(plan, form, made) for form in plan.formats}
    counted = [figures for figures in formats.values() if "codec" not in figures] or list(formats.values())
    luma: dict[str, Any] = {key: max((f[key] for f in counted), default=0.0) for key in ("max", "mean")}
    exact = tuple(form for form in plan.formats if passed and all(line["written"][form].get("exact") for line in passed))
    return ExportResult(plan.outputs(), luma | {"formats": formats}, max(line["float_max"] for line in made),
                        max(f["clipped"] for f in formats.values()), frames, sound,
                        _origin([line.get("origin", {}) for line in made]), len(passed), exact)


def _origin(frames: list[dict[str, float]]) -> dict[str, float]:
    return {name: round(sum(shares[name] for shares in frames) / len(frames), 4) for name in frames[0]}


def _over_frames(entries: list[dict[str, Any]]) -> dict[str, Any]:
    return {
        "max": max(e["max"] for e in entries),
        "mean": round(sum(e["mean"] for e in entries) / len(entries), 5),
        "clipped": round(sum(e["clipped"] for e in entries) / len(entries), 7),
        "depth": entries[0]["depth"],
    }


def _lost(plan: Plan, form: str, made: list[dict[str, Any]]) -> dict[str, Any]:
    """{"codec": what it took}, {} of a format without loss. Ledgers of older versions do not tell."""
    if form not in plan.movies or not plan.movies[form].movie.lossy:
        return {}
    taken = [line["written"][form].get("codec") for line in made]
    if not all(taken):
        return {"codec": {}}
    return {"codec": {"max": max(t["max"] for t in taken), "mean": round(sum(t["mean"] for t in taken) / len(taken), 5)}}


def off_words(luma: Mapping[str, Any]) -> str:
    """How far luma is off, in words: in files without loss, then before each codec with loss, and what that took."""
    formats = luma["formats"]
    told = []
    if any("codec" not in figures for figures in formats.values()):
        told.append(f"off by at most {luma['max']:.2f} code values in the files, {luma['mean']:.3f} on average")
    for form, figures in formats.items():
        if "codec" in figures:
            lost = figures["codec"]
            own = f"its own loss is at most {lost['max']:.2f}, {lost['mean']:.3f} on average" if lost else "its own loss is not known"
            told.append(f"off by at most {figures['max']:.2f} before the codec of {form}, {own}")
    return "; ".join(told)


def sound_note(plan: Plan, scan: FrameSource, sounds: Mapping[str, Sound | None], named: Path | None) -> str:
    """One line about the sound of the results."""
    if not plan.movies:
        return f"stills carry no sound; {named.name} was not used" if named else "stills carry no sound"
    sound = next((sound for sound in sounds.values() if sound), None)
    silent = sorted({plan.movies[form].movie.suffix for form, found in sounds.items() if found is None})
    if sound is None:
        several = len(scan.medium()) > 1
        why = "the scan has none" if not scan.info.sound else "it lies in several files" if several else f"{silent[0]} files cannot hold it"
        return f"silent: {why}, and no file was named with --sound"
    note = f"{sound.codecs} of {sound.path.name}, copied bit for bit"
    if silent:
        note += f"; {' and '.join(silent)} files cannot hold it and are silent, a WAV file named with --sound would be heard"
    picture = len(scan) / next(iter(plan.movies.values())).rate
    if abs(sound.seconds - picture) > MISMATCH:
        note += f"; it lasts {sound.seconds:.2f} s, the picture {float(picture):.2f} s"
    return note
