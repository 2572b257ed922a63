"""A scan without the light blotches that roll over it: enough of the film to find it again, not the film."""
from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import cv2
import numpy as np

from engine.align.dense import Latest
from engine.align.features import Plane, grey
from engine.media.source import FrameSource, Picture

REACH = 2               # frames before and after that a frame is cleaned by
_RANK = 1               # mould and dust are light on a print: the second darkest of five frames, since the darkest may be dirt
_SPECK = 5              # pixels that single blotches left over are smaller than, where the picture's longer side has at most
_LONGEST = 640          # so many
_ROOM = 200_000_000     # bytes for frames in grey that were read


class Cleaned(FrameSource):
    """The second darkest of each pixel over a frame and its neighbours in the shot, small blotches taken out; three equal channels."""

    def __init__(self, source: FrameSource, shots: Sequence[tuple[int, int]]) -> None:
        self.info, self._source, self._kept = source.info, source, Latest(_ROOM)
        self._shot = [shot for shot in shots for _ in range(*shot)]

    def read(self, index: int) -> Picture:
        start, stop = self._shot[index]
        near = range(max(start, index - REACH), min(stop, index + REACH + 1))
        planes = np.stack([self._kept.get(k, lambda k=k: grey(self._source.read(k))) for k in near])     # type: ignore[misc]
        rank = min(_RANK, len(near) - 1)
        plane = _without_specks(np.partition(planes, rank, axis=0)[rank])
        return np.asarray(np.repeat(plane[..., None], 3, 2), np.float32)

    def name(self, index: int) -> str:
        return self._source.name(index)

    def files(self, index: int) -> tuple[Path, ...]:
        return self._source.files(index)


def _without_specks(plane: Plane) -> Plane:
    h, w = plane.shape
    scale = min(1.0, _LONGEST / max(h, w))
    small = cv2.resize(plane, (round(w * scale), round(h * scale)), interpolation=cv2.INTER_AREA)
    return np.asarray(cv2.resize(cv2.medianBlur(small, _SPECK), (w, h), interpolation=cv2.INTER_LINEAR), np.float32)
