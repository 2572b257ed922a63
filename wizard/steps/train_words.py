"""The sentences of the Train page. No Qt."""
from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from engine.jobs import WorkStatus
from engine.recoveries.run_folder import RunInfo
from wizard.measure import Measure
from wizard.words import number, percent, tr


def subtitle(state: str, recovery: str, detail: bool, learns_from: str, held_out: bool) -> str:
    """Under the title of the page; `learns_from` is '12 pairs', `held_out` whether anything tells how good it is."""
    if state == "running":
        return _learning(recovery, detail, learns_from)
    if state == "ended":
        learnt = (tr("Detail and colour are learnt.") if recovery == "combined" else
                  tr("The repair is learnt.") if recovery == "telecine" else
                  tr("The detail is learnt.") if detail else tr("The colour is learnt."))
        return learnt + " " + (tr("Look at the held-out frames here, then go on to Review.") if held_out else
                               tr("Nothing is held out to measure it on: look at it on Review."))
    return {
        "before": tr("Everything is ready. One button; you can pause, stop or close the window at any time."),
        "paused": tr("Nothing is lost: it goes on where it stopped, now or another day."),
        "runs": tr("Every run is kept. Choose the one that results are made with."),
    }[state]


def _learning(recovery: str, detail: bool, learns_from: str) -> str:
    if recovery == "combined":
        said = tr("Learning detail, then colour, from {pairs}.", pairs=learns_from)
    elif recovery == "telecine":
        said = tr("Learning the film's look, then the repair, from {pairs}.", pairs=learns_from)
    else:
        said = (tr("Learning detail from {pairs}.", pairs=learns_from) if detail else
                tr("Learning the colour from {pairs}.", pairs=learns_from))
    return said + " " + tr("Close the window if you like; it carries on and you can come back.")


def run_words(run: RunInfo, measures: Sequence[Measure]) -> str:
    """A run that came to its end, in the list of runs."""
    figures = [measure.figure(run.held_out[measure.error]) for measure in measures if run.held_out and measure.error in run.held_out]
    return ", ".join([tr("Run {number}", number=run.number), *figures])


def progress(status: WorkStatus, until: int | None, alone: bool, stage: str) -> str:
    """What the worker is at. `until`: the step that a training is at whose end is not known yet; `alone`: there is no reference;
    `stage`: which training of a run of two."""
    if status.step != "train" or not status.phase.startswith("training") or not status.total:
        return {"train": tr("Preparing the training"), "pairs": tr("Making pairs"), "trial": tr("Trying this machine")}.get(status.step, "")
    if until is None:
        said = tr("Step {done} of {total}", done=number(status.done), total=number(status.total))
    else:
        said = (tr("Step {done}, until keyframes come back as painted", done=number(until)) if alone else
                tr("Step {done}, until it stops getting better", done=number(until)))
    return tr("{training}: {step}", training=stage, step=said) if stage else said


def measured(held_out: dict[str, Any] | None, repaired: bool) -> str:
    """Of restored detail, beside dB: what else was measured on held-out frames; of a damaged print beside the print."""
    found: dict[str, Any] = (held_out or {}).get("measures") or {}
    said = [tr("SSIM {n}", n=number(found["ssim"], 3))] if found else []
    said += [tr("edges {n} px off", n=number(found["edge_px"], 2))] if found.get("edge_px") is not None else []
    if found.get("grain") is not None:
        strength = number(found["grain"], 1)
        said.append(tr("grain {n} × the print's", n=strength) if repaired else tr("grain {n} × the reference's", n=strength))
    own, wanted = found.get("grain_size"), found.get("grain_wanted_size")
    if own is not None and wanted is not None:
        said.append(tr("its size {own} px against {wanted}", own=number(own, 1), wanted=number(wanted, 1)))
    said += [tr("{share} of the picture invented, by estimate", share=percent(found["invented"], 1))] if found else []
    return " · ".join(said)


def as_good(measure: Measure) -> str:
    """For the footer, where what had to be beaten is as good."""
    if measure.rises:
        return tr("A linear filter is at least as good here: look closely at the held-out frames before you go on")
    return tr("A LUT is as good here: the Export page can save only that, for other programs")
