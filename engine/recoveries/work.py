"""The steps of a recovery, as the worker runs them: each takes what the steps before it left in the project and leaves its own."""
from __future__ import annotations

import hashlib
import importlib
import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np

from engine.align.align import align, aligned_already
from engine.align.alignment import Alignment
from engine.balance.balance import Balance
from engine.balance.fit import fit_balance
from engine.errors import MediaError, UsageError
from engine.export.export import ExportSettings, export
from engine.files import read_json, write_json
from engine.jobs import perform, read_job
from engine.media.colour import to_display
from engine.media.fingerprint import file_fingerprint
from engine.media.source import FrameSource, Picture
from engine.media.volumes import candidates
from engine.pairs.choose import choose_pairs
from engine.pairs.likeness import group_stills, shots_by_picture
from engine.pairs.target import make_pair
from engine.project import Done, Project, input_hash
from engine.recoveries import RECOVERIES, Step
from engine.run import Run, each


@dataclass
class Work:
    """A project with its media open, and the folder that results go to."""

    project: Project
    scan: FrameSource
    reference: FrameSource
    out: Path

    @property
    def encodings(self) -> tuple[str, str]:
        return self.scan.info.encoding, self.reference.info.encoding

    @property
    def alignment(self) -> Alignment:
        return Alignment.load(self.project.folder / "align" / "alignment.json")

    @property
    def balance(self) -> Balance:
        return load_balance(self.project)


def load_balance(project: Project) -> Balance:
    """The balance that this project's frames get. Raises MediaError where its file is damaged."""
    return read_json(project.folder / "balance" / "balance.json", Balance.from_json)


def model_of(project: Project) -> Path:
    """The trained model of a project. Raises MediaError where nothing is trained yet."""
    if "train" not in project.done:
        raise MediaError(f"{project.folder}: nothing is trained in this project yet; run `restore` first")
    return project.folder / str(project.done["train"].facts["model"])


def device_for(project: Project, run: Run) -> str:
    """The device that the model runs on: that of its training, or where this machine has none such, the best it has."""
    from engine.train.device import choose_device, probe

    trained_on = str(project.done["train"].facts["device"])
    if trouble := probe(trained_on):
        device = choose_device().type
        run.say(f"trained on {trained_on}, which cannot be used here ({trouble}); {device} is used")
        return device
    return trained_on


def step_inputs(project: Project) -> dict[str, str]:
    """Step -> hash of everything it depends on: the media, its settings, and the steps before it."""
    chain = input_hash(project.recovery, *((m.place.fingerprint, str(m.reading)) for m in (project.scan, project.reference) if m))
    hashes = {}
    for step in RECOVERIES[project.recovery].steps:
        chain = input_hash(chain, step.name, {name: getattr(project.settings, name) for name in step.settings})
        hashes[step.name] = chain
    return hashes


def run_steps(work: Work, run: Run) -> dict[str, dict[str, Any]]:
    """Perform what is not done or out of date, in order. Export is always looked through, so that a file that went missing comes back."""
    facts = {}
    inputs = step_inputs(work.project)
    for step in RECOVERIES[work.project.recovery].steps:
        done = work.project.done.get(step.name)
        if not done or not done.stands(work.project.folder, inputs[step.name]) or step.name == "export":
            for path in done.lost(work.project.folder) if done else ():
                path.unlink(missing_ok=True)        # or what is damaged would be taken for made already
            done = _perform(work, step, inputs[step.name], run)
            work.project.done[step.name] = done
            work.project.save()
        facts[step.name] = done.facts
    return facts


def _perform(work: Work, step: Step, inputs: str, run: Run) -> Done:
    module, name = step.call.split(":")
    call: Callable[[Work, Path, Run], dict[str, Any]] = getattr(importlib.import_module(module), name)
    folder = work.project.folder / step.name
    if step.name == "train":
        folder = run_folder(work.project.folder / "runs", inputs)
    job = {"version": 1, "step": step.name, "inputs": inputs, "settings": {n: getattr(work.project.settings, n) for n in step.settings}}
    facts = perform(folder, json.loads(json.dumps(job, default=str)), lambda folder, run: call(work, folder, run), run)
    left = sorted(path for pattern in step.leaves for path in folder.glob(pattern))
    return Done(inputs, facts, {path.relative_to(work.project.folder).as_posix(): path.stat().st_size for path in left})


def run_folder(runs: Path, inputs: str) -> Path:
    """The folder of the run with these inputs, or the next number: runs are kept."""
    numbers = [0]
    for folder in sorted(runs.glob("[0-9][0-9][0-9]")):
        numbers.append(int(folder.name))
        if (read_job(folder) or {}).get("inputs") == inputs:
            return folder
    return runs / f"{numbers[-1] + 1:03d}"


def align_step(work: Work, folder: Path, run: Run) -> dict[str, Any]:
    """Leaves align/alignment.json."""
    alignment = (aligned_already if work.project.settings.aligned else align)(work.scan, work.reference, run)
    alignment.save(folder / "alignment.json")
    matched = [f for f in alignment.frames if f.reference is not None]
    misfit = float(np.median([f.residual_px for f in matched])) if matched else None
    run.say(f"aligned: {len(matched)} of {len(alignment.frames)} frames have a partner"
            + (f", misfit typically {misfit:.2f} px" if misfit is not None else ""))
    return {"frames": len(alignment.frames), "matched": len(matched), "misfit_px": misfit, "shots": len(alignment.shots)}


def balance_step(work: Work, folder: Path, run: Run) -> dict[str, Any]:
    """Leaves balance/balance.json."""
    if work.project.settings.balance == "off":
        balance = Balance.identity()
    else:
        balance = fit_balance(work.scan, work.reference, work.alignment, *work.encodings, run)
    write_json(folder / "balance.json", balance.as_json())
    return {"balance": work.project.settings.balance}


def pairs_step(work: Work, folder: Path, run: Run) -> dict[str, Any]:
    """Leaves pairs/NNNNNNN.npz and pairs/choice.json. Pairs that are there already are kept: they are whole."""
    settings, balance, alignment = work.project.settings, work.balance, work.alignment
    shots = settings.shots
    if shots is None and work.scan.info.kind == "stills":
        shots = group_stills(lambda i: shown(work.scan, balance, i), len(work.scan), run)
    choice = choose_pairs(work.scan, work.reference, alignment, balance, work.encodings, settings.pairs, shots, run)
    wanted = sorted((*choice.train, *choice.held_out))

    def make(index: int) -> None:
        if not (folder / f"{index:07d}.npz").exists():
            make_pair(work.scan, work.reference, alignment.frames[index], balance, work.encodings,
                      index in choice.held_out, choice.shots[index]).save(folder)

    for done, _ in enumerate(each(make, wanted, room=work.scan.info.working_bytes)):
        run.step(done, len(wanted), "making pairs")
    run.step(len(wanted), len(wanted), "making pairs")
    write_json(folder / "choice.json", {
        "train": choice.train, "held_out": choice.held_out, "shots": choice.shots,
        "reasons": {str(index): why for index, why in choice.reasons.items()}})
    run.say(f"pairs: {len(choice.train)} to train on, {len(choice.held_out)} held out, {len(set(choice.shots))} shots")
    return {"train": len(choice.train), "held_out": len(choice.held_out)}


def pair_files(project: Project) -> list[Path]:
    """The pairs of a project, in order of their frames."""
    return sorted((project.folder / "pairs").glob("*.npz"))


def train_step(work: Work, folder: Path, run: Run) -> dict[str, Any]:
    """Leaves runs/NNN/model.pt and the curve of the run."""
    from engine.train.loop import TrainSettings, train

    s = work.project.settings
    result = train(pair_files(work.project), TrainSettings(s.steps, s.minutes, s.seed, s.device), folder, run)
    if result.held_out:
        net, lut = result.held_out["dE00"], result.held_out["lut_dE00"]
        verdict = f"{lut - net:.1f} better than a LUT" if lut - net >= 0.1 else "a LUT is as good here"
        run.say(f"trained {result.steps:,} steps on {result.device}: held-out dE00 {net:.2f}, {verdict} ({lut:.2f})")
    return {"model": result.model.relative_to(work.project.folder).as_posix(), "steps": result.steps, "device": result.device,
            "held_out": result.held_out}


def export_step(work: Work, folder: Path, run: Run) -> dict[str, Any]:
    """Leaves the restored files in the folder for results."""
    shots = read_json(work.project.folder / "pairs" / "choice.json", lambda data: list(data["shots"]))
    return export_frames(work.project, work.scan, shots, work.out, run)


def apply_to(project: Project, scan: FrameSource, shot_names: Sequence[str] | None, out: Path, run: Run) -> dict[str, Any]:
    """Run a trained project over a scan (its own or another of the same film) and write the results to `out`."""
    balance = load_balance(project)
    shots: Sequence[str | None]
    if shot_names is not None:
        shots = shot_names
    else:
        with run.phase("shots"):
            shots = shots_by_picture(scan, lambda i: shown(scan, balance, i), pair_files(project), run)
    with run.phase("export"):
        return export_frames(project, scan, shots, out, run)


def export_frames(project: Project, scan: FrameSource, shots: Sequence[str | None], out: Path, run: Run) -> dict[str, Any]:
    """Every frame of `scan` through the project's balance and model into the formats asked for."""
    from engine.apply.frames import Restorer

    model, device = model_of(project), device_for(project, run)
    balance, restorer = load_balance(project), Restorer(model, device)
    identity = input_hash(hashlib.sha256(model.read_bytes()).hexdigest(), balance.as_json(), list(shots), project.settings.encoding)
    settings = replace(export_settings(project, out), identity=identity)
    result = export(scan, lambda i: shown(scan, balance, i), lambda i, picture: restorer.restore(picture, shots[i]), settings, run)
    return {"frames": result.frames, "outputs": [p.relative_to(out).as_posix() for p in result.outputs], "luma": result.luma,
            "clipped": result.clipped, "sound": result.sound, "device": device}


def export_settings(project: Project, out: Path) -> ExportSettings:
    """What is to be exported to `out`, as far as it is known before anything is trained. Raises UsageError where the sound is gone."""
    s = project.settings
    sound = next((p for p in candidates(s.sound, project.folder) if file_fingerprint(p) == s.sound.fingerprint), None) if s.sound else None
    if s.sound and sound is None:
        raise UsageError(f"{project.folder}: the sound file is not where it was ({s.sound.path}); name it again with --sound")
    return ExportSettings(out, s.formats, s.encoding, sound)


def shown(scan: FrameSource, balance: Balance, index: int) -> Picture:
    """Frame `index` of the scan, display-referred and balanced, unclipped: the scan whose luma is kept."""
    return balance.apply(to_display(scan.read(index), scan.info.encoding), index)
