"""The steps of colour without a reference, as the worker performs them."""
from __future__ import annotations

from pathlib import Path
from typing import Any

from engine.balance.balance import Balance
from engine.balance.laid import Laid
from engine.balance.own import Controls, Fade, own_balance
from engine.balance.own_fit import measure_fade
from engine.errors import TooShort
from engine.files import read_json, write_json
from engine.media.shots import find_shots
from engine.pairs.choose import PairChoice, Reason, held_keyframes
from engine.pairs.likeness import group_stills
from engine.recoveries.similar import full_colour_shots
from engine.recoveries.steps import leave_pairs
from engine.recoveries.work import Work, shown
from engine.run import Run


def fade_step(work: Work, folder: Path, run: Run) -> dict[str, Any]:
    """Leaves fade/fade.json: that of the shots that faded, where others kept their colour; the facts name these."""
    scan, words = work.scan, shots_found(work.project.folder)
    kept = full_colour_shots(scan, scan.info.encoding, words, run)
    if kept and not work.project.settings.own_shots:
        run.say(f"in full colour: {', '.join(kept)}; --recovery colour-similar --own-shots learns from them how the rest of the film was")
    frames = [index for index, word in enumerate(words) if word not in kept]
    fade = measure_fade(scan, scan.info.encoding, run, work.project.settings.live_area, frames)
    write_json(folder / "fade.json", fade.as_json())
    return {"full_colour": kept}


def own_balance_step(work: Work, folder: Path, run: Run) -> dict[str, Any]:
    """Leaves balance/balance.json."""
    settings = work.project.settings
    fade = read_json(work.project.folder / "fade" / "fade.json", Fade.from_json)
    balance = Balance.identity() if settings.balance == "off" else own_balance(fade, Controls.from_values(settings.fade))
    spared = tuple(work.project.done["fade"].facts.get("full_colour", ()))
    write_json(folder / "balance.json", Laid(balance, settings.balance == "after", spared).as_json())
    if spared:
        run.say(f"passed on as they are, for they kept their colour: {', '.join(spared)}")
    return {"balance": settings.balance, "luma_error": None, "controls": list(settings.fade)}


def shots_step(work: Work, folder: Path, run: Run) -> dict[str, Any]:
    """Leaves shots/shots.json: {"shots": a word for every frame}."""
    words = shot_words(work, run)
    write_json(folder / "shots.json", {"shots": list(words)})
    return {"frames": len(words), "shots": len(set(words))}


def shot_words(work: Work, run: Run) -> tuple[str, ...]:
    """As the user said, or as the pictures tell."""
    said, scan = work.project.settings.shots, work.scan
    if said is not None:
        return said
    if scan.info.kind == "stills":
        return group_stills(lambda i: shown(scan, Balance.identity(), i), len(scan), run)
    return tuple(f"shot {number}" for number, (start, stop) in enumerate(find_shots(scan, run), 1) for _ in range(start, stop))


def shots_found(project: Path) -> tuple[str, ...]:
    """Raises MediaError where they are not found yet."""
    return read_json(project / "shots" / "shots.json", lambda data: tuple(data["shots"]))


def keyframe_pairs_step(work: Work, folder: Path, run: Run) -> dict[str, Any]:
    """Leaves pairs/NNNNNNN.npz and pairs/choice.json. Raises TooShort where no keyframe is left to train on."""
    frames, shots = work.truth(run).frames, shots_found(work.project.folder)
    held = held_keyframes(frames, work.project.settings.held_out)
    train = tuple(frame for frame in frames if frame not in held)
    if not train:
        raise TooShort(f"{work.project.folder}: there is no keyframe to train on; paint or import one"
                       + (", or train on one of those that are held out" if held else ""))
    reasons = {frame: Reason(shots[frame]) for frame in frames}
    return leave_pairs(work, PairChoice(train, held, shots, reasons), folder, run)
