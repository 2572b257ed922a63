"""What is told of a restoration once it is exported: what went in, what was done to it, how good it is, and the proof of its luma."""
from __future__ import annotations

import time
from fractions import Fraction
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any

from engine.detail.edits import load_edits
from engine.errors import MediaError
from engine.export.report import Section
from engine.media.medium import Medium
from engine.media.source import FrameSource
from engine.pairs.evidence import PAINTED, SIMILAR, Evidence
from engine.project import Project
from engine.recoveries import RECOVERIES
from engine.recoveries.detail_account import detail_rows, origin_words, repair_rows
from engine.recoveries.run_folder import BACK, BETTER, Correction, RunInfo, read_corrections

COLOUR = "Only chroma was learnt, from {}. Luma, grain and detail are those of the scan after its balance."
METHODS = {
    "colour-reference": COLOUR.format("the reference"),
    "colour-keyframes": COLOUR.format("keyframes"),
    "colour-similar": COLOUR.format("similar pictures (none of them of this film's own frames)"),
    "spatial-reference": "Experimental. Luma was learnt from the reference, after its tone was matched; chroma is that of the scan. Detail "
                         "beyond what the scan holds is an estimate.",
    "combined": "Experimental. Luma was learnt from the reference, after its tone was matched, then chroma on the recovered luma. Detail "
                "beyond what the scan holds is an estimate.",
    "telecine": "Experimental. Where the print is sound it is unchanged. Damage was repaired from the telecine, brought to the film's "
                "look, and beyond its crop by a net that learnt the repair inside it: that is an estimate.",
}
REPAIR_GRAINS = dict.fromkeys(("keep", "reference"), "made anew for each frame in what was repaired, of the size, correlation and strength "
                              "measured from the print where it is sound") | {"none": "none in what was repaired"}
GRAINS = {"keep": "the scan's own, laid back on the recovered structure",
          "reference": "made anew for each frame, of the size, correlation and strength measured from the reference", "none": "none"}
BALANCES = {"auto": "before training", "after": "laid on after training",
            "off": "none: the scan was balanced already"}


def lead(project: Project) -> str:
    """When and by what it was made."""
    try:
        made_by = f"Answerprint {version('answerprint')}"
    except PackageNotFoundError:
        made_by = "Answerprint"
    return f"Made by {made_by} on {time.strftime('%Y-%m-%d at %H:%M')}. {METHODS[project.recovery]}"


def sections(project: Project, scan: FrameSource, run: RunInfo, choice: dict[str, Any], export: dict[str, Any]) -> list[Section]:
    """The account of an export of `scan` with a run; `choice` is the choice of pairs that it was trained with, {} where that is lost."""
    return [
        Section("Scan", _scan(scan)),
        *([Section("Reference", _reference(project.reference))] if project.reference else []),
        Section("Alignment and tone" if RECOVERIES[project.recovery].detail else "Alignment and balance" if project.reference
                else "Balance", _alignment(project)),
        *([Section("Colours and their sources", rows)] if (rows := _colours(run)) else []),
        Section("Training", _training(project, run, choice)),
        Section("Results", _results(export, project)),
    ]


def _scan(scan: FrameSource) -> list[tuple[str, str]]:
    info = scan.info
    names = f"{scan.name(0)} to {scan.name(len(scan) - 1)}"
    rows = [("File or folder", info.path.name), ("Frames", f"{info.frames:,} ({names})"),
            ("Picture", f"{info.width} x {info.height}, {info.format}, {info.depth} bits"),
            ("Encoding", f"{info.encoding} ({info.encoding_reason}{', guessed' if info.encoding_guessed else ''})"),
            ("Rate", f"{_rate(info.rate)} ({info.rate_reason})")]
    if info.timecode:
        rows.append(("Timecode of the first frame", info.timecode))
    if info.keycode:
        rows.append(("Edge code of the first frame", info.keycode))
    if info.gaps:
        rows.append(("Missing frames", f"{len(info.gaps):,}"))
    return rows


def _rate(rate: Fraction | None) -> str:
    return "none" if rate is None else f"{float(rate):.5g} frames a second"


def _reference(medium: Medium) -> list[tuple[str, str]]:
    fields = [("Field order set by hand", medium.reading.field_order)] if medium.reading.field_order else []
    return [("File or folder", Path(medium.place.path).name), ("Encoding", medium.encoding), *fields]


def _alignment(project: Project) -> list[tuple[str, str]]:
    done, settings, rows = project.done, project.settings, []
    if "align" in done:
        facts = done["align"].facts
        rows.append(("Scan frames with a partner", f"{facts['matched']:,} of {facts['frames']:,}, in {facts['shots']} shots"))
        if facts["misfit_px"] is not None:
            rows.append(("Misfit", f"typically {facts['misfit_px']:.2f} pixels of the scan"))
    if settings.sync:
        rows.append(("Sync points set by hand", f"{len(settings.sync)}"))
    if any(value for corner in settings.corners for value in corner):
        rows.append(("Corners moved by hand", ", ".join(f"({x:+.2f}, {y:+.2f})" for x, y in settings.corners) + " pixels"))
    if "damage" in done:
        rows.append(("Damage", f"typically {100 * done['damage'].facts['damaged']:.0f} % of the picture, as it was found"))
        rows += [("Take care", line) for line in done["damage"].facts.get("told", ())]
        if edits := load_edits(project.folder):
            rows.append(("Damage painted by hand", f"on {len(edits):,} frames"))
    if "tone" in done:
        facts = done["tone"].facts
        rows.append(("Tone", f"matched on {facts['frames']:,} frames of {facts['shots']:,} shots, point by point"))
        rows += [("Take care", line) for line in facts["told"]]
    if "balance" in done:
        fitted = "fitted to the reference, " if RECOVERIES[project.recovery].needs_reference else "measured from the film itself, "
        asked = str(done["balance"].facts["balance"])
        rows.append(("Balance", ("" if asked == "off" else fitted) + BALANCES.get(asked, "")))
        if settings.fade:
            rows.append(("Controls of the balance", ", ".join(f"{value:+.2f}" for value in settings.fade)))
    return rows


def _colours(run: RunInfo) -> list[tuple[str, str]]:
    """Every colour that was painted or taken from a picture, with its source; assumptions apart."""
    try:
        evidence = Evidence.load(run.folder)
        grounds = [ground for ground in evidence.grounds if ground.kind in (PAINTED, SIMILAR)]
    except MediaError:
        return []
    by_colour: dict[tuple[str, str, bool], list[str]] = {}
    for ground in grounds:
        by_colour.setdefault((ground.swatch, ground.source, ground.assumption), []).append(ground.keyframe)
    rows = [(swatch, source + (f"\nkeyframes {', '.join(frames)}" if any(frames) else ""))
            for (swatch, source, assumption), frames in by_colour.items() if not assumption]
    assumed = [f"{swatch}: {source}" + (f" (keyframes {', '.join(frames)})" if any(frames) else "")
               for (swatch, source, assumption), frames in by_colour.items() if assumption]
    spared = [("Passed on as they are", f"{', '.join(evidence.spared)}: they kept their colour")] if evidence.spared else []
    return [*rows, *spared, ("Assumptions", "\n".join(assumed) or "none")] if grounds else []


def _training(project: Project, run: RunInfo, choice: dict[str, Any]) -> list[tuple[str, str]]:
    pairs = [("Pairs", f"{len(choice['train']):,} trained on, {len(choice['held_out']):,} held out")] if choice else []
    rows = [("Run", f"{run.number}" + (f", went on from run {run.went_on_from}" if run.went_on_from is not None else "")), *pairs,
            ("Steps", f"{run.steps:,}"), ("Trained on", f"{run.device_name} ({run.device})" if run.device_name else run.device)]
    if run.held_out and "psnr" in run.held_out:
        rows += repair_rows(run.held_out) if project.recovery == "telecine" else detail_rows(run.held_out)
    if run.held_out and "dE00" in run.held_out:
        net, lut, scan = (run.held_out[name] for name in ("dE00", "lut_dE00", "untouched_dE00"))
        rows += [("Difference on held-out frames", f"{net:.2f} (CIEDE2000, 1 is about what an eye can just tell)"),
                 ("A LUT on these", f"{lut:.2f}: " + ("worse" if lut - net >= BETTER else "as good here")),
                 ("The scan without colour restored", f"{scan:.2f}")]
    if run.back:
        off = sum(error > BACK for error in run.back.values())
        rows.append(("What was painted, in the result", f"{sum(run.back.values()) / len(run.back):.2f} on average"
                     + (f"; {off} of {len(run.back)} come back by more than {BACK} off" if off else "")))
    if corrections := read_corrections(run.folder):
        rows.append(("Corrections of single shots", "\n".join(_correction(one) for one in corrections)))
    return rows


def _correction(one: Correction) -> str:
    shots, on = ", ".join(one.shots), "held-out frames" if one.held_out else "the frames trained on (none is held out)"
    stood = f"; stood out with {one.error:.2f}, others typically {one.typical:.2f}" if one.odd else ""
    if one.before is None or one.after is None:
        return f"{shots}: none, no steps were left for it{stood}"
    if not one.strength:
        return f"{shots}: none, it did not help ({one.before:.2f} on {on}){stood}"
    return f"{shots}: {one.before:.2f} on {on} without it, {one.after:.2f} with it, {one.steps:,} steps{stood}"


def _results(export: dict[str, Any], project: Project) -> list[tuple[str, str]]:
    luma, encoding, detail = export["luma"], project.settings.encoding, RECOVERIES[project.recovery].detail
    held = "Luma in the files against the recovered luma" if detail else "Luma against the balanced scan"
    by_format = "\n".join(f"{form}: at most {f['max']:.2f}, on average {f['mean']:.3f} code values of {f['depth']} bits"
                          for form, f in luma["formats"].items())
    return [("Frames", f"{export['frames']:,}"), ("Applied with", export["runtime"]),
            ("Encoding", "as the scan" if encoding == "same" else encoding),
            ("Files", "\n".join(export["outputs"])), (held, by_format),
            *([("Where the luma came from", origin_words(export["origin"]))] if "origin" in export else []),
            *([("Grain", (REPAIR_GRAINS if project.recovery == "telecine" else GRAINS)[project.settings.grain])] if detail else []),
            ("Clipped", f"{100 * export['clipped']:.2f} % of the pixels hold a luma that the encoding cannot"), ("Sound", export["sound"]),
            ("Made on", export["device_name"])]
