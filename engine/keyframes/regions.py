"""A picture cut into the regions that it shows: areas of one luma and one faded colour, with the edges where the picture has them.

First many small cells that hold to edges (Achanta et al., "SLIC superpixels compared to state-of-the-art superpixel methods", 2012), then
the two neighbours that lose least by becoming one, again and again (Ward, "Hierarchical grouping to optimize an objective function", 1963),
a strong edge between them counting against it.
"""
from __future__ import annotations

import heapq
from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from engine.media.colour import to_ycbcr
from engine.media.source import Picture

Labels = NDArray[np.int32]
Floats = NDArray[np.float32]

AREA = 64_000           # pixels that a picture is looked at with, whatever its shape: 337 x 190
WHOLE = 8               # both sides are multiples of it
CELL = 9                # pixels between the middles of cells
COMPACT = 0.06          # difference of colour that counts as much as the distance between cells
ROUNDS = 6
CHROMA = 2.5            # weight of faded chroma beside luma
MOST, FEWEST = 40, 10
LOSS = 0.35             # cost of a merge beyond which regions stay apart, once there are MOST of them or fewer
EDGE = 12.0             # how much an edge between two regions adds to the cost of a merge
SMALLEST = 0.003        # share of the picture


def sized(picture: Picture) -> Picture:
    """The picture (h, w, 3) at AREA pixels, its sides multiples of WHOLE, averaged where it is made smaller."""
    height, width = picture.shape[:2]
    scale = (AREA / (height * width)) ** 0.5
    tall, wide = (max(WHOLE, WHOLE * round(n * scale / WHOLE)) for n in (height, width))
    how = cv2.INTER_AREA if scale < 1 else cv2.INTER_LINEAR
    return np.asarray(cv2.resize(np.asarray(picture, np.float32), (wide, tall), interpolation=how), np.float32)


def regions(picture: Picture) -> Labels:
    """(h, w, 3) R'G'B' display-referred Rec.709 to (h, w) labels 0 .. n-1, each of them one piece; FEWEST to MOST of them where the picture
    shows as many. Meant for a picture as `sized` makes it. The same for the same picture."""
    planes = _planes(picture)
    cells = _connected(_cells(planes))
    edges = _edges(planes)
    return _merged(cells, planes, edges)


@dataclass(frozen=True)
class Neighbours:
    """The pairs of regions that touch: `pairs` (n, 2), smaller label first, and how many pixels they touch along (n,)."""

    pairs: NDArray[np.int64]
    length: NDArray[np.int64]

    @staticmethod
    def of(labels: Labels) -> Neighbours:
        pairs = _touching(labels)[0]
        found, length = np.unique(pairs, axis=0, return_counts=True)
        return Neighbours(found, length)


def _planes(picture: Picture) -> Floats:
    """Y' and weighted Cb, Cr without grain."""
    ycc = to_ycbcr(np.clip(picture, 0, 1)) * np.array([1, CHROMA, CHROMA], np.float32)
    return np.asarray(cv2.bilateralFilter(ycc, 9, 0.1, 3.0), np.float32)


def _cells(planes: Floats) -> Labels:
    """Cells of about CELL x CELL pixels that hold to edges (SLIC), not yet of one piece."""
    height, width = planes.shape[:2]
    rows, columns = max(1, height // CELL), max(1, width // CELL)
    y, x = np.mgrid[:height, :width].astype(np.float32)
    points = np.concatenate([planes / COMPACT, (y / CELL)[..., None], (x / CELL)[..., None]], -1)
    home_row, home_column = (y * rows / height).astype(np.int64), (x * columns / width).astype(np.int64)
    labels = home_row * columns + home_column
    flat = points.reshape(-1, points.shape[-1])
    for _ in range(ROUNDS):
        count = np.bincount(labels.ravel(), minlength=rows * columns)
        sums = np.stack([np.bincount(labels.ravel(), flat[:, k], rows * columns) for k in range(flat.shape[1])], 1)
        middles = sums / np.maximum(count, 1)[:, None]
        best = np.full(labels.shape, np.inf, np.float32)
        nearest = labels
        for down in (-1, 0, 1):
            for across in (-1, 0, 1):
                near = np.clip(home_row + down, 0, rows - 1) * columns + np.clip(home_column + across, 0, columns - 1)
                apart = np.square(points - middles[near]).sum(-1)
                apart[count[near] == 0] = np.inf
                closer = apart < best
                best, nearest = np.where(closer, apart, best), np.where(closer, near, nearest)
        labels = nearest
    return np.asarray(labels, np.int32)


def _connected(labels: Labels) -> Labels:
    """Each piece of a label with a label of its own."""
    result, count = np.zeros(labels.shape, np.int32), 0
    for label in np.unique(labels):
        rows, columns = np.nonzero(labels == label)
        box = (slice(rows.min(), rows.max() + 1), slice(columns.min(), columns.max() + 1))
        found, pieces = cv2.connectedComponents((labels[box] == label).astype(np.uint8), connectivity=4)
        result[box] = np.where(pieces > 0, pieces + count - 1, result[box])
        count += found - 1
    return result


def _edges(planes: Floats) -> Floats:
    """(h, w) how steep the picture is: the change over two pixels, luma and weighted chroma together."""
    steps = [np.asarray(cv2.Sobel(planes, cv2.CV_32F, dx, dy, scale=0.25), np.float32) for dx, dy in ((1, 0), (0, 1))]
    return np.asarray(np.sqrt(np.square(steps[0]).sum(-1) + np.square(steps[1]).sum(-1)), np.float32)


def _touching(labels: Labels) -> tuple[NDArray[np.int64], NDArray[np.bool_], NDArray[np.bool_]]:
    """The labels (n, 2) on both sides of each place where two meet, and where these are between columns and between rows."""
    across, down = labels[:, 1:] != labels[:, :-1], labels[1:] != labels[:-1]
    one, other = (np.concatenate([a[across], b[down]]) for a, b in ((labels[:, :-1], labels[:-1]), (labels[:, 1:], labels[1:])))
    pairs = np.stack([one, other], 1)
    return np.sort(pairs, 1).astype(np.int64), across, down


@dataclass
class _Region:
    size: float
    total: NDArray[np.float64]
    near: dict[int, tuple[float, float]]        # neighbour: sum of edge strength between the two, and its length
    turn: int = 0                               # how often it has changed

    @property
    def mean(self) -> NDArray[np.float64]:
        return self.total / self.size


def _merged(cells: Labels, planes: Floats, edges: Floats) -> Labels:
    nodes = _nodes(cells, planes, edges)
    parent = list(range(len(nodes)))
    waiting = [(_cost(nodes[a], nodes[b], a, b), a, b, 0, 0) for a in range(len(nodes)) for b in nodes[a].near if a < b]
    heapq.heapify(waiting)
    alive, smallest = len(nodes), SMALLEST * cells.size
    while waiting and alive > FEWEST:
        cost, a, b, turn_a, turn_b = heapq.heappop(waiting)
        if parent[a] != a or parent[b] != b or (nodes[a].turn, nodes[b].turn) != (turn_a, turn_b):
            continue
        if alive <= MOST and cost > LOSS and min(nodes[a].size, nodes[b].size) >= smallest:
            continue
        _join(nodes, parent, a, b)
        alive -= 1
        for c in nodes[a].near:
            low, high = min(a, c), max(a, c)
            heapq.heappush(waiting, (_cost(nodes[low], nodes[high], low, high), low, high, nodes[low].turn, nodes[high].turn))
    roots = np.array([_root(parent, node) for node in range(len(nodes))])
    return np.unique(roots[cells], return_inverse=True)[1].reshape(cells.shape).astype(np.int32)


def _nodes(cells: Labels, planes: Floats, edges: Floats) -> list[_Region]:
    sizes = np.bincount(cells.ravel())
    sums = np.stack([np.bincount(cells.ravel(), planes[..., k].ravel()) for k in range(3)], 1)
    nodes = [_Region(float(size), total.astype(np.float64), {}) for size, total in zip(sizes, sums, strict=True)]
    pairs, across, down = _touching(cells)
    steep = np.concatenate([np.maximum(edges[:, 1:], edges[:, :-1])[across], np.maximum(edges[1:], edges[:-1])[down]])
    found, place = np.unique(pairs, axis=0, return_inverse=True)
    totals, lengths = np.bincount(place.ravel(), steep), np.bincount(place.ravel())
    for (a, b), total, length in zip(found.tolist(), totals.tolist(), lengths.tolist(), strict=True):
        nodes[a].near[b] = nodes[b].near[a] = (total, float(length))
    return nodes


def _cost(one: _Region, other: _Region, a: int, b: int) -> float:
    """What becoming one loses: Ward's sum of squares, more of it where an edge lies between."""
    apart = one.mean - other.mean
    total, length = one.near[b]
    return float(one.size * other.size / (one.size + other.size) * (apart @ apart) * (1 + EDGE * total / length))


def _join(nodes: list[_Region], parent: list[int], a: int, b: int) -> None:
    one, other = nodes[a], nodes[b]
    one.size, one.total, one.turn = one.size + other.size, one.total + other.total, one.turn + 1
    parent[b] = a
    for c, (total, length) in other.near.items():
        del nodes[c].near[b]
        if c == a:
            continue
        before = one.near.get(c, (0.0, 0.0))
        one.near[c] = nodes[c].near[a] = (before[0] + total, before[1] + length)


def _root(parent: list[int], node: int) -> int:
    while parent[node] != node:
        node = parent[node]
    return node
