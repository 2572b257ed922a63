"""The steps of colour from a reference, as the worker performs them: each takes what the steps before it left in the project and leaves its
own."""
from __future__ import annotations

import shutil
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any

import numpy as np

from engine.align.align import align, aligned_already
from engine.align.partial import Partial
from engine.balance.balance import Balance
from engine.balance.fit import fit_balance
from engine.balance.laid import Laid
from engine.export.plan import make_plan
from engine.files import read_json, told, write_json
from engine.media.fingerprint import file_fingerprint
from engine.pairs.choose import PairChoice, pairs_as_wanted, suggest_pairs
from engine.pairs.evidence import FILE as EVIDENCE
from engine.pairs.evidence import Evidence, Gatherer
from engine.pairs.likeness import group_stills
from engine.pairs.pair import Pair
from engine.project import input_hash
from engine.recoveries import RECOVERIES
from engine.recoveries.mattes import write_mattes
from engine.recoveries.run_folder import BACK, BETTER
from engine.recoveries.runs import used_run
from engine.recoveries.trained_on import leave_trained_on
from engine.recoveries.work import Work, begun_from, export_frames, export_settings, laid_of, pair_files, shots_of, shots_seen, shown
from engine.run import Run, each

NOT_MEASURED = "misfit not measured: given as aligned"

def align_step(work: Work, folder: Path, run: Run) -> dict[str, Any]:
    """Leaves align/alignment.json; while it is made, align/partial.json."""
    settings, partial = work.project.settings, Partial(folder / "partial.json")
    if RECOVERIES[work.project.recovery].detail:
        run.say(f"{work.project.recovery} is experimental: edges, grain and new detail are estimates; the held-out figures say how far")
    partial.clear()
    if settings.aligned:
        alignment = aligned_already(work.scan, work.reference, run)
    else:
        alignment = align(work.scan, work.reference, run, settings.sync, partial, settings.live_area)
    alignment.save(folder / "alignment.json")
    partial.clear()
    matched = [f for f in alignment.frames if f.reference is not None]
    misfit = float(np.median([f.residual_px for f in matched])) if matched and not settings.aligned else None
    known = f"misfit typically {misfit:.2f} px" if misfit is not None else NOT_MEASURED if settings.aligned else ""
    run.say(f"aligned: {len(matched)} of {len(alignment.frames)} frames have a partner" + (known and f", {known}"))
    return {"frames": len(alignment.frames), "matched": len(matched), "misfit_px": misfit, "shots": len(alignment.shots)}


def balance_step(work: Work, folder: Path, run: Run) -> dict[str, Any]:
    """Leaves balance/balance.json."""
    asked = work.project.settings.balance
    balance = Balance.identity() if asked == "off" else fit_balance(work.scan, work.reference, work.alignment, *work.encodings, run)
    write_json(folder / "balance.json", Laid(balance, asked == "after").as_json())
    return {"balance": asked, "luma_error": balance.luma_error}


def choose_step(work: Work, folder: Path, run: Run) -> dict[str, Any]:
    """Leaves choose/suggestions.json and choose/looks.npz."""
    choice, looks = suggest_pairs(work.scan, work.reference, work.alignment, work.balance, work.encodings, shot_names(work, run), run)
    if most := RECOVERIES[work.project.recovery].most:
        choice = choice.at_most(*most)
    looks.save(folder / "looks.npz")
    write_json(folder / "suggestions.json", choice.as_json() | {"candidates": looks.frames.tolist()})
    return {"train": len(choice.train), "held_out": len(choice.held_out), "shots": len(set(choice.shots)), "candidates": len(looks.frames)}


def shot_names(work: Work, run: Run) -> tuple[str, ...] | None:
    """The shot of each frame where the user has said it, or where only the pictures tell; None leaves it to the alignment."""
    if work.project.settings.shots is not None or work.scan.info.kind != "stills":
        return work.project.settings.shots
    balance = work.balance
    return group_stills(lambda i: shown(work.scan, balance, i), len(work.scan), run)


def pairs_step(work: Work, folder: Path, run: Run) -> dict[str, Any]:
    """Leaves pairs/NNNNNNN.npz and pairs/choice.json."""
    settings, alignment = work.project.settings, work.alignment
    if settings.pairs == "auto":
        choice = read_json(work.project.folder / "choose" / "suggestions.json", PairChoice.from_json)
    else:
        choice = pairs_as_wanted(work.scan, work.reference, alignment, settings.pairs, settings.held_out, shot_names(work, run))
    return leave_pairs(work, choice, folder, run)


def leave_pairs(work: Work, choice: PairChoice, folder: Path, run: Run) -> dict[str, Any]:
    """The pairs of a choice, and what their colour rests on. Those that are there already are kept: they are whole."""
    wanted, truth, seen = sorted((*choice.train, *choice.held_out)), work.truth(run), work.balance

    def make(index: int) -> None:
        if not (folder / f"{index:07d}.npz").exists():
            truth.pair(index, seen, index in choice.held_out, choice.shots[index]).save(folder)

    for done, _ in enumerate(each(make, wanted, room=work.scan.info.working_bytes)):
        run.step(done, len(wanted), "making pairs")
    run.step(len(wanted), len(wanted), "making pairs")
    gathered = Gatherer()
    for index in choice.train:
        pair = Pair.load(folder / f"{index:07d}.npz")
        gathered.add(pair.scan.astype(np.float32), truth.grounds(pair), pair.shot)
    gathered.evidence(work.laid.spared).save(folder)
    write_json(folder / "choice.json", choice.as_json())
    run.say(f"pairs: {len(choice.train)} to train on, {len(choice.held_out)} held out, {len(set(choice.shots))} shots")
    return {"train": len(choice.train), "held_out": len(choice.held_out)}


def train_step(work: Work, folder: Path, run: Run) -> dict[str, Any]:
    """Leaves runs/NNN/model.pt, the curve of the run, its LUTs as lut/NAME.cube, the model as onnx/ and what it is applied with as
    runtime.json, and beside them the balance, the shots and the evidence that it was trained with."""
    from engine.apply.onnx_export import leave_onnx
    from engine.apply.onnx_nets import FOLDER
    from engine.apply.runtime import runtime_for
    from engine.train.asked import TrainSettings
    from engine.train.cube import write_cubes
    from engine.train.loop import train

    s, project = work.project.settings, work.project.folder
    start = begun_from(work.project)
    with told(folder, "keeping what the run is made of"):
        for path in (project / "balance" / "balance.json", project / "pairs" / "choice.json"):
            shutil.copyfile(path, folder / path.name)
        with suppress(FileNotFoundError):           # pairs that an older version left
            shutil.copyfile(project / "pairs" / EVIDENCE, folder / EVIDENCE)
    come_back = not RECOVERIES[work.project.recovery].needs_reference
    settings = TrainSettings(s.steps, s.minutes, s.seed, s.device, start.model if start else None, come_back,
                             leave_trained_on(work.project, folder))
    result = train(pair_files(work.project), settings, folder, run)
    luts = write_cubes(result.model, pair_files(work.project), folder, before_lut(work.laid), run)
    if leave_onnx(result.model, pair_files(work.project), folder / FOLDER, run):
        runtime_for(folder, result.model, result.device, run)
    if result.held_out:
        net, lut = result.held_out["dE00"], result.held_out["lut_dE00"]
        verdict = f"{lut - net:.1f} better than a LUT" if lut - net >= BETTER else "a LUT is as good here"
        run.say(f"trained {result.steps:,} steps on {result.device_name}: held-out dE00 {net:.2f}, {verdict} ({lut:.2f})")
    if result.back and work.project.recovery == "colour-keyframes":
        run.say(come_back_words(work, result.back))
    return {"back": result.back, "model": result.model.relative_to(project).as_posix(), "model_bytes": result.model.stat().st_size,
            "steps": result.steps,
            "device": result.device, "device_name": result.device_name, "held_out": result.held_out, "frames": result.frames,
            "luts": [lut.as_json() for lut in luts], "ended_early": result.ended_early}


def come_back_words(work: Work, back: dict[str, float]) -> str:
    """How what was trained on comes back, and what of it does not."""
    said = f"what was painted comes back at dE00 {sum(back.values()) / len(back):.2f} on average"
    off = sorted((error, stem) for stem, error in back.items() if error > BACK)[::-1]
    names = [f"{work.scan.name(int(stem)) if int(stem) < len(work.scan) else 'a picture'} ({error:.1f})" for error, stem in off[:5]]
    return said + (f"; not as it was painted: {', '.join(names)}{' and more' if len(off) > 5 else ''}" if off else "")


def before_lut(laid: Laid) -> str:
    """What is done to a picture of the scan before a LUT of its run, in words."""
    if laid.after:
        return "the scan as display-referred Rec.709, not balanced; after it the luma of the balanced scan"
    if laid.balance.is_identity:
        return "the scan as display-referred Rec.709, nothing else"
    return "the scan as display-referred Rec.709, balanced frame by frame by the balance.json of its run"


def export_step(work: Work, folder: Path, run: Run) -> dict[str, Any]:
    """Leaves the restored files in the folder for results."""
    shots: list[Any] = shots_of(work.project)
    if len(shots) != len(work.scan):            # the run was trained with another range of the film
        shots = shots_seen(work.project, work.scan, run)
    if work.project.settings.evidence:
        leave_mattes(work, shots, run)
    return export_frames(work.project, work.scan, shots, work.out, run, own=work)


def leave_mattes(work: Work, shots: Sequence[str | None], run: Run) -> None:
    """The mattes of evidence beside the results. Raises MediaError where the used run left nothing that tells it."""
    used, plan = used_run(work.project), make_plan(work.scan, export_settings(work.project, work.out))
    assert used
    folder = plan.folder / f"{plan.name}_restored{plan.span}.evidence"
    balance = laid_of(work.project).seen
    identity = input_hash(file_fingerprint(used.folder / EVIDENCE), balance.as_json(), work.scan.info.width, list(shots))
    write_mattes(Evidence.load(used.folder), work.scan, shots, balance, identity, folder, run)
