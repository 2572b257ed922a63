"""Colour from similar pictures, trained on straight: pictures of good colour, faded as this print is, are the net's input, their own chroma
is what it shall give. The best of such pictures are shots of the same film that did not fade; these are found here."""
from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby

import cv2
import numpy as np
from numpy.typing import NDArray

from engine.balance.balance import density
from engine.keyframes.proposal import Fade, Given
from engine.media.colour import to_display, to_ycbcr
from engine.media.source import FrameSource, Picture
from engine.pairs.pair import Pair
from engine.run import Run

SHOT = "similar"                # the shot of all such pairs
NEAREST = 0.6                   # side of a crop, in parts of the largest one of the frame's shape
EXPOSURE = 0.16                 # power of display values, as a logarithm, at most
LOOKS = 3                       # frames of a shot that are looked at
LOOK_WIDTH, MARGIN = 160, 0.12  # pixels, and what is left out along each side: the gate
WHOLE = 0.65                    # spread of density in the weakest channel over the strongest: no less where no dye is lost
FADED = 0.55                    # no more where one is: 0.21-0.33 in made prints, 0.48 in a real one; the same pictures unfaded 0.83-0.94
COLOURFUL = 0.008               # deviation of chroma; a black-and-white shot has less


def similar_pairs(pictures: Sequence[Given], fade: Fade, seed: int, count: int, size: tuple[int, int], first: int) -> Iterator[Pair]:
    """`count` pairs of `size` (height, width), the shape of the film's frames at training scale, numbered from `first` on, of shot SHOT,
    all pixels fully trusted. Every picture comes once, then each again: as large a part of it as has the shape of a frame, then smaller
    ones, some mirrored, a little lighter or darker. The same for the same pictures and seed."""
    for turn in range(count if pictures else 0):
        draw = np.random.default_rng([seed, 6, turn])
        picture = pictures[turn % len(pictures)]
        part = _part(np.clip(picture.picture, 0, 1), size, draw, turn < len(pictures))
        chroma = to_ycbcr(part)[..., 1:]
        scan = np.clip(fade(part, draw), 0, 1)
        yield Pair(first + turn, picture.name, SHOT, False, scan.astype(np.float16), np.clip(chroma, -0.5, 0.5).astype(np.float16),
                   np.full(size, 255, np.uint8))


def _part(picture: Picture, size: tuple[int, int], draw: np.random.Generator, whole: bool) -> Picture:
    height, width = picture.shape[:2]
    scale = min(height / size[0], width / size[1]) * (1.0 if whole else float(draw.uniform(NEAREST, 1)))
    tall, wide = max(1, int(size[0] * scale)), max(1, int(size[1] * scale))
    place = (0.5, 0.5) if whole else draw.uniform(0, 1, 2)
    top, left = round(float(place[0]) * (height - tall)), round(float(place[1]) * (width - wide))
    how = cv2.INTER_AREA if scale > 1 else cv2.INTER_LINEAR
    part = cv2.resize(picture[top:top + tall, left:left + wide], size[::-1], interpolation=how)
    if whole:
        return np.asarray(part, np.float32)
    part = part[:, ::-1] if draw.random() < 0.5 else part
    return np.asarray(np.clip(part, 0, 1) ** float(np.exp(draw.uniform(-EXPOSURE, EXPOSURE))), np.float32)


def full_colour_shots(scan: FrameSource, encoding: str, shots: Sequence[str], run: Run) -> list[str]:
    """The words of those shots that kept their colour in a film of which others faded, in the film's order; none where nothing faded, as
    there is nothing then to be brought back. `shots` is the word of each frame of `scan`, which is not balanced.

    A lost dye leaves little density in its channel, so the weakest channel's spread over the strongest's tells, whatever is shown."""
    stretches = [(word, [index for index, _ in part]) for word, part in groupby(enumerate(shots), lambda item: item[1])]
    words = list(dict.fromkeys(word for word, _ in stretches))
    looks: dict[str, list[tuple[float, float]]] = {word: [] for word in words}
    for done, (word, frames) in enumerate(stretches):
        for place in np.unique(np.linspace(0, len(frames) - 1, LOOKS + 2)[1:-1].round().astype(int)):
            run.step(done, len(stretches), "looking for shots in full colour")
            looks[word].append(_look(to_display(scan.read(frames[int(place)]), encoding)))
    typical = {word: np.median(np.array(look), 0) for word, look in looks.items()}
    if not any(kept < FADED for kept, _ in typical.values()):
        return []
    return [word for word in words if typical[word][0] > WHOLE and typical[word][1] > COLOURFUL]


def _look(picture: Picture) -> tuple[float, float]:
    """How much density the weakest channel kept against the strongest, 0..1, and the deviation of chroma."""
    height, width = picture.shape[:2]
    small = cv2.resize(picture, (LOOK_WIDTH, max(2, round(LOOK_WIDTH * height / width))), interpolation=cv2.INTER_AREA)
    rows, columns = (slice(round(MARGIN * n), round((1 - MARGIN) * n)) for n in small.shape[:2])
    inside: NDArray[np.float32] = np.asarray(small[rows, columns], np.float32)
    values = density(inside.astype(np.float64)).reshape(-1, 3)
    spread = np.subtract(*np.percentile(values, (95, 5), axis=0))
    chroma = to_ycbcr(np.clip(inside, 0, 1))[..., 1:].reshape(-1, 2)
    return float(spread.min() / max(spread.max(), 1e-6)), float(chroma.std(0).max())
