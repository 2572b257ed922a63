"""The steps of colour from similar pictures: pictures that are trained on straight, and colours that are proposed for single frames."""
from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from engine.balance.own import Fade, faded_like
from engine.errors import MediaError, UsageError
from engine.files import read_json, write_json
from engine.keyframes.notes import read_similar
from engine.keyframes.pictures import read_painting
from engine.keyframes.proposal import Given, Proposals
from engine.media.colour import to_display
from engine.media.reduce import reduced
from engine.media.source import Picture
from engine.media.volumes import folder_of
from engine.pairs.choose import PairChoice, Reason
from engine.pairs.evidence import SIMILAR, Gatherer, Ground
from engine.pairs.target import TRAINING_WIDTH
from engine.recoveries.keyframe_steps import shots_found
from engine.recoveries.similar import similar_pairs
from engine.recoveries.work import Work, shown
from engine.run import Run

PAIRS_A_PICTURE = 4         # the picture whole, and parts of it
MOST_PAIRS = 160
OWN_FRAMES = 6              # of each shot of this film that kept its colour
FILM_FRAMES = 24            # that proposals learn what the film looks like from
PROPOSED_WIDTH = 512


@dataclass(frozen=True)
class Accepted:
    """A picture that may be trained on, and what is to be said of it."""

    given: Given
    ground: Ground


def pictures(work: Work, run: Run) -> list[Accepted]:
    """Those of the folder that the user named, and frames of shots of the same film that kept their colour where he wants them. Raises
    UsageError where there is none, MediaError where the folder holds none that may be used."""
    settings, found = work.project.settings, []
    if settings.own_shots:
        found += own_shots(work)
    if settings.similar:
        folder = folder_of(settings.similar, work.project.folder)
        if folder is None:
            raise UsageError(f"{settings.similar.path}: the folder of similar pictures is not where it was; choose it again")
        for one in read_similar(folder, run):
            painting, source = read_painting(one.path), one.source if one.kind == "note" else f"{one.kind}, {one.source}"
            found.append(Accepted(Given(one.name, reduced(painting.picture, TRAINING_WIDTH)),
                                  Ground(SIMILAR, "", one.name, f"assumption ({source})" if one.assumption else source, one.assumption)))
    if not found:
        raise UsageError(f"{work.project.folder}: there is no similar picture to learn from; choose a folder of pictures"
                         + (", for no shot of this film kept its colour" if settings.own_shots else ""))
    return found


def own_shots(work: Work) -> list[Accepted]:
    """Frames of the shots of this film that kept their colour."""
    words, scan, found = shots_found(work.project.folder), work.scan, []
    for word in work.project.done["fade"].facts.get("full_colour", ()):
        frames = [index for index, one in enumerate(words) if one == word]
        for index in sorted({frames[(2 * i + 1) * len(frames) // (2 * OWN_FRAMES)] for i in range(OWN_FRAMES)}):
            picture = np.asarray(to_display(reduced(scan.read(index), TRAINING_WIDTH), scan.info.encoding), np.float32)
            found.append(Accepted(Given(f"frame {scan.name(index)}", picture),
                                  Ground(SIMILAR, "", f"frame {scan.name(index)}", f"film, {word} of this film, in full colour")))
    return found


def fading(work: Work) -> Any:
    """How the balanced scan of this print shows a picture in good colour."""
    fade = read_json(work.project.folder / "fade" / "fade.json", Fade.from_json)

    def shown_so(picture: Picture, draw: np.random.Generator) -> Picture:
        return faded_like(fade, picture, draw)

    return shown_so


def similar_pairs_step(work: Work, folder: Path, run: Run) -> dict[str, Any]:
    """Leaves pairs/NNNNNNN.npz, numbered after the last frame of the scan, pairs/choice.json and what they rest on. Keyframes, where there
    are any, are all held out: they tell how good colour from similar pictures is on this film."""
    accepted, scan = pictures(work, run), work.scan
    height, width = scan.info.height, min(scan.info.width, TRAINING_WIDTH)
    size = (max(1, round(height * width / scan.info.width)), width)
    count, grounds = min(MOST_PAIRS, PAIRS_A_PICTURE * len(accepted)), {one.given.name: one.ground for one in accepted}
    gathered, train = Gatherer(), list[int]()
    for pair in similar_pairs([one.given for one in accepted], fading(work), work.project.settings.seed, count, size, len(scan)):
        run.step(len(train), count, "making pairs of similar pictures")
        pair.save(folder)
        gathered.add(pair.scan.astype(np.float32), [(grounds[pair.name], pair.weight > 127)], "")
        train.append(pair.index)
    gathered.evidence(work.laid.spared).save(folder)
    truth, shots = work.truth(run), shots_found(work.project.folder)
    for index in truth.frames:
        truth.pair(index, work.balance, True, shots[index]).save(folder)
    choice = PairChoice(tuple(train), truth.frames, shots, {index: Reason(shots[index]) for index in truth.frames})
    write_json(folder / "choice.json", choice.as_json())
    run.say(f"pairs: {count} to train on, of {len(accepted)} similar pictures, {len(truth.frames)} keyframes held out")
    return {"train": count, "held_out": len(truth.frames), "pictures": len(accepted)}


def propose_step(work: Work, folder: Path, run: Run) -> dict[str, Any]:
    """Leaves proposals/NAME/ in the project for each frame asked for. Nothing that is there is accepted by it, and what the user chose of
    those that are there stays."""
    from engine.recoveries.propose import propose
    from engine.train.features import FeatureSettings

    settings, scan, balance = work.project.settings, work.scan, work.balance
    frames = [index for index in settings.propose if 0 <= index < len(scan)]
    if not frames:
        raise UsageError(f"{work.project.folder}: no frame is chosen to propose colour for; choose one first")
    accepted = pictures(work, run)
    names, count = {one.given.name for one in accepted}, min(FILM_FRAMES, len(scan))
    film = [shown(scan, balance, (2 * i + 1) * len(scan) // (2 * count), PROPOSED_WIDTH) for i in range(count)]
    asked = {scan.name(index): shown(scan, balance, index, TRAINING_WIDTH) for index in frames}
    for one in propose(film, asked, [one.given for one in accepted], fading(work), FeatureSettings(seed=settings.seed), run):
        with suppress(MediaError):          # there are none yet, or they are damaged
            one = one.as_chosen(Proposals.load(work.project.folder, one.name), names)
        one.save(work.project.folder)
    sources = {one.given.name: {"source": one.ground.source, "assumption": one.ground.assumption} for one in accepted}
    write_json(folder / "sources.json", sources)
    return {"frames": list(asked), "pictures": len(accepted)}
