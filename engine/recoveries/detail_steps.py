"""The steps of detail from a reference, as the worker performs them."""
from __future__ import annotations

import shutil
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from engine.align.local import LIMIT_PX
from engine.align.masks import agreement
from engine.align.space import coverage, to_scan
from engine.detail.aligned import aligned_already, believed
from engine.detail.checks import field_blended, is_grey, sharpness, times_as_wide
from engine.detail.filters import LinearFilter
from engine.detail.fullest import fullest
from engine.detail.grain import measure as measure_grain
from engine.detail.pair import DetailPair
from engine.detail.tone import Gathered, Tones
from engine.errors import NothingInCommon, TooShort, UsageError
from engine.files import read_json, told, write_json
from engine.media.colour import luma, to_display
from engine.media.reduce import reduced
from engine.media.source import Picture
from engine.pairs.choose import PairChoice, pairs_as_wanted, shot_words, thinned
from engine.recoveries.detail_account import detail_words
from engine.recoveries.detail_truth import DetailTruth
from engine.recoveries.steps import NOT_MEASURED, shot_names
from engine.recoveries.trained_on import leave_trained_on
from engine.recoveries.work import Work, begun_from, export_frames, pair_files, shots_of, shots_seen
from engine.run import Run, each

Floats = NDArray[np.float32]

TONE_FRAMES, A_SHOT = 48, 3     # frames that tone is told from: of a film, and at least of a shot
TONE_WIDTH = 640                # at which they are compared
TOLD = 6                        # training pairs that grain and softness are measured on
SOFTER = 1.15                   # times as wide edges: a reference that is told of
NO_SHARPER = 0.85               # times as wide edges, or more: grain alone narrows them by up to a tenth
GRAINED = 4                     # frames that grain is compared on
GRAINIER, LEAST_GRAIN = 1.25, 0.002     # so many times as strong, and by so much of white: a reference with more grain than the scan
BLENDED = 0.3                   # share of blended frames that is told of
SEEN, BLACK = 12, 0.1           # frames that colour or blends are looked for in, and luma of the lightest parts of a frame that is black


def tone_step(work: Work, folder: Path, run: Run) -> dict[str, Any]:
    """Leaves tone/tone.json: {"shots", "other"} (see `Tones`)."""
    alignment, words = work.alignment, tone_words(work, run)
    frames = tone_frames([m.scan for m in alignment.frames if m.reference is not None], words)
    if not frames:
        raise NothingInCommon(f"{work.reference.info.path}: shows no frame of the scan {work.scan.info.path}; choose a reference that "
                              "covers part of it")
    gathered: dict[str, Gathered] = {}
    edges: list[tuple[float, float]] = []
    for done, (index, scan, reference, weight) in enumerate(each(lambda i: (i, *compared(work, i)), frames,
                                                                 room=work.scan.info.working_bytes)):
        run.step(done, len(frames), "matching tone")
        gathered.setdefault(words[index], Gathered()).add(scan, reference, weight)
        edges.append((sharpness(scan), sharpness(reference)))
    tones = Tones.fit(gathered)
    write_json(folder / "tone.json", tones.as_json())
    wide, grains = times_as_wide(edges), grain_of_both(work, tones, words, thinned(frames, GRAINED), run)
    told_of = doubts(work, wide, grains)
    for line in told_of:
        run.say(line)
    return {"frames": len(frames), "shots": len(gathered), "edges": wide and round(wide, 3),
            "grain": [round(one, 5) for one in grains], "told": told_of}


def tone_words(work: Work, run: Run) -> tuple[str, ...]:
    """The shot of each frame."""
    return shot_names(work, run) or shot_words(work.alignment, len(work.scan))


def tone_frames(frames: Sequence[int], words: Sequence[str]) -> list[int]:
    """Evenly from each shot, in the order of the film."""
    groups: dict[str, list[int]] = {}
    for frame in frames:
        groups.setdefault(words[frame], []).append(frame)
    count = max(A_SHOT, TONE_FRAMES // max(1, len(groups)))
    return sorted(frame for group in groups.values() for frame in thinned(group, count))


def compared(work: Work, index: int) -> tuple[Floats, Floats, Floats]:
    """Luma of a frame of the scan and of its reference, in one small geometry, and the trust in it."""
    here, there, covered = laid(work, index)
    small = reduced(here, TONE_WIDTH), reduced(there, TONE_WIDTH)
    inside = reduced(covered.astype(np.float32), TONE_WIDTH) > 0.999
    trust = np.asarray(agreement(*small, inside) * inside, np.float32)
    scan, reference = map(luma, small)
    if aligned_already(work.alignment.frames[index], *sizes(work)) and believed(scan, reference, trust):
        trust = inside.astype(np.float32)
    return scan, reference, trust


def sizes(work: Work) -> tuple[tuple[int, int], tuple[int, int]]:
    """Width and height of the scan and of its reference."""
    scan, reference = ((source.info.width, source.info.height) for source in (work.scan, work.reference))
    return scan, reference


def laid(work: Work, index: int) -> tuple[Picture, Picture, NDArray[np.bool_]]:
    """A frame of the scan (h, w, 3) and its reference laid on it by the matrix alone, display-referred, and where (h, w) that shows it."""
    match = work.alignment.frames[index]
    assert match.reference is not None
    here = to_display(work.scan.read(index), work.encodings[0])
    there = to_display(work.reference.read(match.reference), work.encodings[1])
    size = here.shape[1], here.shape[0]
    return here, to_scan(there, match.matrix, size), coverage(match.matrix, (there.shape[1], there.shape[0]), size)


def grain_of_both(work: Work, tones: Tones, words: Sequence[str], frames: Sequence[int], run: Run) -> tuple[float, float]:
    """How strong the grain of the scan and of the reference is, both in the tone of the reference and in the scan's geometry: standard
    deviations of display luma, means over the tones; of parts of frames that have a partner."""
    found: list[list[tuple[Floats, Floats]]] = [[], []]
    for done, index in enumerate(frames):
        run.step(done, len(frames), "measuring grain")
        here, there, covered = laid(work, index)
        inside = fullest(covered.astype(np.uint8))
        planes = tones.of(words[index]).apply(luma(here[inside])), luma(there[inside])
        for kept, plane in zip(found, planes, strict=True):
            kept.append((plane, covered[inside].astype(np.float32)))
    scan, reference = (float(np.mean(measure_grain(planes).strength)) for planes in found)
    return scan, reference


def doubts(work: Work, wide: float | None, grains: tuple[float, float]) -> list[str]:
    """What is to be told of a reference before anything is learnt from it: its edges are so many times as `wide` as the scan's, None
    where none tell, and `grains` are the strengths of both. Raises UsageError where colour is to be learnt of one that has none."""
    reference, found = work.reference, list[str]()
    scan_grain, grain = (round(100 * one, 1) for one in grains)
    if wide is not None and wide > SOFTER:
        found.append(f"{reference.info.path.name}: its edges are {wide:.1f} times as wide as the scan's; detail cannot be learnt from a "
                     "softer picture; swap scan and reference, or choose another")
    elif wide is not None and wide >= NO_SHARPER and grains[1] > GRAINIER * grains[0] + LEAST_GRAIN:
        found.append(f"{reference.info.path.name}: is not clearly sharper than the scan (its edges are {wide:.2f} times as wide) and has "
                     f"more grain ({grain} % of white, the scan {scan_grain} %); the scan is the better of the two; swap scan and "
                     "reference, or choose another")
    if work.project.recovery == "combined" and colourless(work):
        raise UsageError(f"{reference.info.path}: is black-and-white, so no colour can be learnt from it; choose --recovery "
                         "spatial-reference, which learns detail only")
    return [*found, *blended(work)]


def colourless(work: Work) -> bool:
    """Whether frames from all over the reference, as far as it has partners, are black-and-white; those that are black tell nothing."""
    partners = sorted({m.reference for m in work.alignment.frames if m.reference is not None})
    frames = (small_reference(work, index) for index in thinned(partners, SEEN))
    return bool(grey := [is_grey(frame) for frame in frames if np.percentile(luma(frame), 99) > BLACK]) and all(grey)


def small_reference(work: Work, index: int) -> Picture:
    """A frame of the reference, display-referred."""
    return reduced(to_display(work.reference.read(index), work.encodings[1]), TONE_WIDTH)


def blended(work: Work) -> list[str]:
    """What is to be told of a reference whose rate was changed by blending; nothing of others. Frames in a row are looked at in a few
    places, for where nothing moves nothing is found."""
    count, length = min(len(work.reference), SEEN), len(work.reference)
    starts = {min(max(0, length * part // 4 - count // 2), length - count) for part in (1, 2, 3)}
    share = max(field_blended(luma(small_reference(work, i)) for i in range(start, start + count)) for start in starts)
    return [f"{work.reference.info.path.name}: {100 * share:.0f} % of its frames look like two frames blended by a change of rate; "
            "such frames are soft twice, and little detail can be learnt from them"] if share > BLENDED else []


def tones_of(project: Path) -> Tones:
    """As they were matched last. Raises MediaError where the file is damaged."""
    return read_json(project / "tone" / "tone.json", Tones.from_json)


def truth_of(work: Work) -> DetailTruth:
    return DetailTruth(work.scan, work.reference, work.alignment, tones_of(work.project.folder))


def detail_choice(work: Work, run: Run) -> PairChoice:
    """The pairs that are wanted, or those suggested."""
    settings = work.project.settings
    if settings.pairs != "auto":
        return pairs_as_wanted(work.scan, work.reference, work.alignment, settings.pairs, settings.held_out, shot_names(work, run))
    return read_json(work.project.folder / "choose" / "suggestions.json", PairChoice.from_json)


def detail_pairs_step(work: Work, folder: Path, run: Run) -> dict[str, Any]:
    """Leaves pairs/NNNNNNN.npz and pairs/choice.json. Pairs that do not lie well enough on each other are left out."""
    choice, truth = detail_choice(work, run), truth_of(work)
    wanted = sorted((*choice.train, *choice.held_out))

    def make(index: int) -> DetailPair:
        path = folder / f"{index:07d}.npz"
        if path.exists():
            return DetailPair.load(path)
        pair = truth.pair(index, index in choice.held_out, choice.shots[index])
        pair.save(folder)
        return pair

    apart, vouched, misfits = set(), list[str](), []
    for done, pair in enumerate(each(make, wanted, room=3 * work.scan.info.working_bytes)):
        run.step(done, len(wanted), "making pairs")
        misfits += [] if aligned_already(work.alignment.frames[pair.index], *sizes(work)) else [pair.misfit]
        vouched += [pair.name] if pair.vouched else []
        if not pair.weight.any():
            apart.add(pair.index)
            (folder / f"{pair.index:07d}.npz").unlink()
    if vouched:
        run.say("scan and reference look like different pictures, by damage or because they are; trained on all the same, since they were "
                f"given as aligned: {some(vouched)}")
    if apart:
        run.say(f"left out, for scan and reference do not lie on each other to {LIMIT_PX} pixels or agree nowhere: "
                f"{some([work.scan.name(i) for i in sorted(apart)])}")
    left = replace(choice, train=tuple(i for i in choice.train if i not in apart),
                   held_out=tuple(i for i in choice.held_out if i not in apart))
    if not left.train:
        raise TooShort(f"{work.reference.info.path}: no frame of it lies on the scan well enough to learn detail from; set the corners by "
                       "hand, or choose another reference")
    write_json(folder / "choice.json", left.as_json())
    misfit = float(np.median(misfits)) if misfits else None
    run.say(f"pairs: {len(left.train)} to train on, {len(left.held_out)} held out; "
            + (f"misfit typically {misfit:.2f} px" if misfit is not None else NOT_MEASURED))
    return {"train": len(left.train), "held_out": len(left.held_out), "left_out": len(apart), "vouched": len(vouched),
            "misfit_px": misfit}


def some(names: Sequence[str]) -> str:
    """The first of them."""
    return ", ".join(names[:8]) + (" and more" if len(names) > 8 else "")


def detail_trial_step(work: Work, folder: Path, run: Run) -> dict[str, Any]:
    """Leaves trial/scan-, lut- (the filter) and target-NNNNNNN.png of held-out pairs; the facts are those of
    `engine.train.detail_trial.DetailTrial`."""
    from dataclasses import asdict

    from engine.train.detail_trial import try_out_detail

    facts = asdict(try_out_detail(pair_files(work.project), work.project.settings.device, folder, run))
    run.say(f"trial on {facts['device_name']}: {1 / facts['step_seconds']:.1f} steps a second after {facts['prepare_seconds']:.0f} s"
            + (f"; held-out {facts['filter_psnr']:.2f} dB with a filter" if facts["filter_psnr"] is not None else ""))
    return facts


def detail_train_step(work: Work, folder: Path, run: Run) -> dict[str, Any]:
    """Leaves runs/NNN/model.pt, the curve of the run, what it is compared with (filter.json), how it softens and grains (softening.json,
    grain.json), and beside them the tone and the shots that it was trained with."""
    return train_on_detail(work, folder, folder, run)


def train_on_detail(work: Work, folder: Path, own: Path, run: Run, share: float = 1.0) -> dict[str, Any]:
    """Train detail into `own`, with `share` of the time; tone and choice go into the run's `folder`."""
    from engine.train.asked import TrainSettings
    from engine.train.detail import train_detail

    s, project = work.project.settings, work.project.folder
    start = begun_from(work.project)
    with told(folder, "keeping what the run is made of"):
        for path in (project / "tone" / "tone.json", project / "pairs" / "choice.json"):
            shutil.copyfile(path, folder / path.name)
    at = own.relative_to(folder)
    settings = TrainSettings(s.steps, s.minutes * share if s.minutes else None, s.seed, s.device,
                             start.folder / at / "model.pt" if start else None, trained_on=leave_trained_on(work.project, folder))
    result = train_detail(pair_files(work.project), settings, own, run)
    leave_grain(work, own, run)
    if result.held_out:
        run.say(f"trained {result.steps:,} steps on {result.device_name}: held-out {detail_words(result.held_out)}")
    return {"model": result.model.relative_to(project).as_posix(), "model_bytes": result.model.stat().st_size, "steps": result.steps,
            "device": result.device, "device_name": result.device_name, "held_out": result.held_out, "frames": result.frames,
            "luts": [], "ended_early": result.ended_early, "back": {}}


def leave_grain(work: Work, folder: Path, run: Run) -> None:
    """softening.json: the filter that makes the model's result as soft as the scan; grain.json: the reference's grain."""
    from engine.train.detail_held_out import made_of
    from engine.train.detail_model import DetailModel
    from engine.train.device import choose_device

    if (folder / "softening.json").exists() and (folder / "grain.json").exists():
        return
    model = DetailModel.load(folder / "model.pt")
    device = choose_device(str(read_json(folder / "plan.json", lambda data: data["device"])))
    net = model.net.to(device)
    paths = thinned(pair_files(work.project), TOLD)

    def softened() -> Iterator[tuple[Floats, Floats, Floats]]:
        for done, path in enumerate(paths):
            run.step(done, len(paths), "measuring grain")
            seen, _, weight = measured(DetailPair.load(path))
            yield made_of(net, seen, device), seen[0], weight

    def references() -> Iterator[tuple[Floats, Floats]]:
        for path in paths:
            _, target, weight = measured(DetailPair.load(path))
            yield target, weight

    write_json(folder / "softening.json", LinearFilter.fit(softened()).as_json())
    write_json(folder / "grain.json", measure_grain(references()).as_json())


def measured(pair: DetailPair) -> tuple[Floats, Floats, Floats]:
    """Planes seen, target and weight of a pair where most of it is trusted."""
    here = fullest(pair.weight)
    return (pair.seen[:, *here].astype(np.float32), pair.target[here].astype(np.float32),
            pair.weight[here].astype(np.float32) / np.float32(255))


def detail_export_step(work: Work, folder: Path, run: Run) -> dict[str, Any]:
    """Leaves the restored files in the folder for results."""
    return export_frames(work.project, work.scan, exported_shots(work, run), work.out, run, own=work)


def exported_shots(work: Work, run: Run) -> list[str | None]:
    """The shot of each frame of the scan, which may be of another range of the film than the run was trained with."""
    shots: list[Any] = shots_of(work.project)
    return shots if len(shots) == len(work.scan) else shots_seen(work.project, work.scan, run)


def load_filter(path: Path) -> LinearFilter:
    """Raises MediaError where the file is damaged."""
    return read_json(path, LinearFilter.from_json)


