"""The steps of a damaged print with its telecine, as the worker performs them."""
from __future__ import annotations

import shutil
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from engine.align.alignment import Alignment
from engine.detail.checks import alike, is_grey
from engine.detail.edits import FOLDER as EDITS
from engine.detail.edits import Edits, load_edits
from engine.detail.grain import measure as measure_grain
from engine.detail.pair import DetailPair
from engine.errors import TooShort, UsageError
from engine.export.plan import make_plan
from engine.files import told, write_json
from engine.media.colour import to_display
from engine.media.reduce import reduced
from engine.media.source import FrameSource
from engine.pairs.choose import thinned
from engine.project import input_hash
from engine.recoveries.detail_account import detail_words
from engine.recoveries.detail_steps import blended, detail_choice, detail_export_step, exported_shots, some
from engine.recoveries.detail_truth import clipped
from engine.recoveries.eaten import Eaten
from engine.recoveries.origins import Origins
from engine.recoveries.trained_on import leave_trained_on
from engine.recoveries.work import Work, begun_from, export_frames, export_settings, pair_files
from engine.run import Run

Floats = NDArray[np.float32]

LOOKED = 16                 # frames whose damage is told before anything is learnt
BY_CHANCE, HARDLY = 0.02, 0.07  # as `alike` as nothing, which is as far as a print gets that is eaten to 98 %; and as one eaten to 80 %
COLOURED, COLOUR_WIDTH = 5, 640     # frames of the print whose colour is looked for, and how wide
LEAST = 0.02                # of a frame that has to be sound for a pair of film look
LOOK, PAIRS = "look", "pairs"       # of a run: where model A and the pairs of model B lie
SHARE = 0.4                 # of the time that model A gets


def eaten_of(work: Work, edits: Edits | None = None) -> Eaten:
    """With what was painted on the damage; without it as it was found."""
    return Eaten(work.scan, work.reference, work.alignment, edits)


def painted(folder: Path, scan: FrameSource, run: Run) -> Edits:
    """What was painted on the damage of the frames of `scan`, as `folder` has it; that there is more is said."""
    edits, beyond = load_edits(folder, scan)
    if beyond:
        run.say(f"painted damage left out, for these frames are not in the range of the scan that is read: {some(beyond)}")
    return edits


def damage_step(work: Work, folder: Path, run: Run) -> dict[str, Any]:
    """Leaves damage/damage.json: {"frames": [[frame, share that is damaged, share that the telecine covers]]}, of frames spread over the
    film, as it was found. The facts have, in words, what is "told" of the telecine and of a print "in_colour"."""
    eaten = eaten_of(work)
    partners = [m.scan for m in work.alignment.frames if m.reference is not None]
    rows, agree = list[list[float]](), list[float]()
    for done, index in enumerate(wanted := thinned(partners, LOOKED)):
        run.step(done, len(wanted), "looking for damage")
        lying = eaten.lying(index)
        assert lying
        agree.append(alike(eaten.luma(index), lying.plane, lying.covered))
        rows.append([index, round(float(eaten.damage(index).mean()), 4), round(float(lying.covered.mean()), 4)])
    write_json(folder / "damage.json", {"version": 1, "frames": rows})
    alikeness = float(np.mean(agree)) if agree else 0.0
    if alikeness < BY_CHANCE:
        raise TooShort(f"{work.scan.info.path}: next to nothing of the print agrees with {work.reference.info.path}; choose the telecine "
                       "of this cut, or set the corners by hand")
    share = float(np.mean([row[1] for row in rows]))
    run.say(f"damage: {100 * share:.0f} % of the picture, typically; what is sound stays as it is")
    told_of, coloured = [*hardly(work, alikeness), *unfound(work.scan, work.alignment), *blended(work)], in_colour(work, run)
    for line in (*told_of, *coloured):
        run.say(line)
    return {"frames": len(rows), "damaged": share, "told": told_of, "in_colour": coloured}


def hardly(work: Work, alikeness: float) -> list[str]:
    """What is to be told of a telecine that is hardly `alike`; nothing of others."""
    return [f"{work.reference.info.path.name}: hardly agrees with the print; either it is of another cut, or most of the print is eaten, "
            "and then its damage is told badly; look at the damage map, and paint on it"] if alikeness < HARDLY else []


def unfound(scan: FrameSource, alignment: Alignment) -> list[str]:
    """What is to be told where the damage of frames cannot be found: nothing of their shot has a partner to learn it from."""
    frames = alignment.frames
    known = [range(a, b) for a, b in alignment.shots if any(m.reference is not None for m in frames[a:b])]
    left = [scan.name(m.scan) for m in frames if not any(m.scan in shot for shot in known)]
    return [f"{scan.info.path.name}: no damage is found in {len(left)} frames, for nothing of their shots has a partner; paint it on "
            f"{some(left)}"] if left else []


def in_colour(work: Work, run: Run) -> list[str]:
    """What is to be told of a print that is not black-and-white; nothing of others."""
    def grey(done: int, index: int) -> bool:
        run.step(done, COLOURED, "looking for colour")
        return is_grey(reduced(to_display(work.scan.read(index), work.encodings[0]), COLOUR_WIDTH))

    return [] if all(grey(done, index) for done, index in enumerate(thinned(range(len(work.scan)), COLOURED))) else [
        f"{work.scan.info.path.name}: the print is in colour, and only its luma is repaired: the chroma of damage stays on what is "
        "repaired; its colour can be restored afterwards, in a project of its own with the result as its scan"]


def look_pairs_step(work: Work, folder: Path, run: Run) -> dict[str, Any]:
    """Leaves pairs/NNNNNNN.npz, telecine -> print where the print is sound, pairs/choice.json, and a copy of what was painted on the
    damage: what is painted while a model is trained counts for the next. Frames of which next to nothing is sound are left out."""
    keep_edits(work.project.folder, folder)
    choice, eaten = detail_choice(work, run), eaten_of(work, painted(folder, work.scan, run))
    wanted = sorted((*choice.train, *choice.held_out))
    lost = set()
    for done, index in enumerate(wanted):
        run.step(done, len(wanted), "making pairs of film look")
        path = folder / f"{index:07d}.npz"
        pair = DetailPair.load(path) if path.exists() else look_pair(work, eaten, index, index in choice.held_out, choice.shots[index])
        if (pair.weight > 127).mean() < LEAST:
            lost.add(index)
            path.unlink(missing_ok=True)
        elif not path.exists():
            pair.save(folder)
    left = replace(choice, train=tuple(i for i in choice.train if i not in lost),
                   held_out=tuple(i for i in choice.held_out if i not in lost))
    if not left.train:
        raise TooShort(f"{work.scan.info.path}: no frame that was picked has sound parts to learn the film's look from; pick others")
    write_json(folder / "choice.json", left.as_json())
    run.say(f"pairs: {len(left.train)} to train on, {len(left.held_out)} held out"
            + (f"; {len(lost)} left out, next to nothing of them is sound" if lost else ""))
    return {"train": len(left.train), "held_out": len(left.held_out), "left_out": len(lost), "edited": len(eaten.edits)}


def keep_edits(project: Path, folder: Path) -> None:
    if (project / EDITS).is_dir():
        with told(folder, "keeping what was painted on the damage"):
            shutil.copytree(project / EDITS, folder / EDITS, dirs_exist_ok=True)


def look_pair(work: Work, eaten: Eaten, index: int, held_out: bool, shot: str) -> DetailPair:
    """Telecine, in the print's tone -> print, trusted where the print is sound."""
    lying, own = eaten.lying(index), eaten.luma(index)
    if lying is None:
        raise UsageError(f"frame {work.scan.name(index)} has no partner in the telecine, so no pair can be made of it; choose another")
    weight = eaten.trust(index) * (eaten.sound(index) >= 1)
    seen = np.where(lying.covered, lying.plane, own)
    return DetailPair(index, work.scan.name(index), shot, held_out, clipped(seen)[None], clipped(own),
                      np.round(255 * weight).astype(np.uint8), work.alignment.frames[index].residual_px)


def telecine_train_step(work: Work, folder: Path, run: Run) -> dict[str, Any]:
    """Leaves runs/NNN/look/ (model A: telecine -> film look), then runs/NNN/model.pt (model B: damaged print -> A's result), with
    grain.json, the print's own grain where it is sound, and the choice of pairs."""
    from engine.train.asked import TrainSettings
    from engine.train.detail import train_detail

    s, project = work.project.settings, work.project.folder
    start, carried = begun_from(work.project), leave_trained_on(work.project, folder)
    with told(folder, "keeping what the run is made of"):
        shutil.copyfile(project / "pairs" / "choice.json", folder / "choice.json")

    def settings(share: float, name: str) -> TrainSettings:
        return TrainSettings(s.steps, s.minutes * share if s.minutes else None, s.seed, s.device, start.folder / name if start else None,
                             trained_on=carried)

    run.say("first the film's look, on what is sound; then the repair")
    look = train_detail(pair_files(work.project), settings(SHARE, f"{LOOK}/model.pt"), folder / LOOK, run)
    if look.held_out:
        run.say(f"film look: held-out {detail_words(look.held_out)}")
    if not (folder / "grain.json").exists():
        write_json(folder / "grain.json", measure_grain(_sound_parts(work)).as_json())
    files = repair_pairs(work, folder, look.device, run)
    result = train_detail(files, settings(1 - SHARE, "model.pt"), folder, run)
    if result.held_out:
        run.say(f"repair: held-out {detail_words(result.held_out)}")
    return {"model": result.model.relative_to(project).as_posix(), "model_bytes": result.model.stat().st_size,
            "steps": look.steps + result.steps, "device": result.device, "device_name": result.device_name,
            "held_out": result.held_out and result.held_out | {"look": look.held_out}, "frames": result.frames, "luts": [],
            "ended_early": result.ended_early, "back": {}}


def _sound_parts(work: Work) -> list[tuple[Floats, Floats]]:
    pairs = [DetailPair.load(path) for path in thinned(pair_files(work.project), 6)]
    return [(pair.target.astype(np.float32), pair.weight.astype(np.float32) / np.float32(255)) for pair in pairs]


def repair_pairs(work: Work, folder: Path, device: str, run: Run) -> list[Path]:
    """Pairs of the damaged print (with what its neighbours show) and of what it shall be: itself where it is sound, what neighbours show
    where these are, else model A's result. Those that are there already are kept."""
    from engine.apply.detail import DetailRestorer

    there = folder / PAIRS
    there.mkdir(exist_ok=True)
    eaten = eaten_of(work, load_edits(work.project.folder / "pairs", work.scan)[0])
    restorer = DetailRestorer(folder / LOOK / "model.pt", device)
    files = pair_files(work.project)
    for done, path in enumerate(files):
        run.step(done, len(files), "making pairs of repair")
        if not (there / path.name).exists():
            repair_pair(eaten, DetailPair.load(path), restorer.restore(DetailPair.load(path).seen.astype(np.float32))).save(there)
    return [there / path.name for path in files]


def repair_pair(eaten: Eaten, look: DetailPair, made: Floats) -> DetailPair:
    """`made` is model A's result of the frame."""
    keep, healed = eaten.sound(look.index), eaten.healed(look.index, made)
    target = healed + (eaten.luma(look.index) - healed) * keep
    return replace(look, seen=clipped(eaten.seen(look.index)), target=clipped(target),
                   weight=np.round(255 * eaten.trust(look.index)).astype(np.uint8))


def telecine_export_step(work: Work, folder: Path, run: Run) -> dict[str, Any]:
    """Leaves the restored files in the folder for results; the ledger has the shares of each frame (see `Origin.shares`) as "origin". Where
    they were asked for, also the mattes of where luma came from."""
    if not work.project.settings.evidence:
        return detail_export_step(work, folder, run)
    from engine.recoveries.telecine_work import TelecineRestoration

    used, plan = TelecineRestoration(work.project, run), make_plan(work.scan, export_settings(work.project, work.out))
    origins = Origins(work.scan, input_hash(*used.identity), plan.folder / f"{plan.name}_restored{plan.span}.evidence")
    used.tell = origins.leave

    def leave_missing() -> None:
        for done, index in enumerate(missing := origins.missing):
            run.step(done, len(missing), "evidence")
            origins.leave(index, used.origin(index))

    return export_frames(work.project, work.scan, exported_shots(work, run), work.out, run, used, work, leave_missing)
