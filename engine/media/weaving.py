"""The planes of one film frame from the coded frames that hold its fields: taken as they are, woven, or deinterlaced."""
from __future__ import annotations

from typing import Any

import av
import numpy as np

from engine.media.coded import CodedFrames
from engine.media.fields import FilmFrames
from engine.media.planes import Plane, planar, planes_of


def film_planes(coded: CodedFrames, film: FilmFrames, index: int) -> list[Plane] | None:
    """Progressive planes of film frame `index`; None where no coded frame of it can be decoded. Where one of two is missing, the other
    stands in whole. Chroma goes by field as luma does, so that it is progressive again after weaving."""
    top, bottom = int(film.top[index]), int(film.bottom[index])
    frames = {place: coded.frame(place) for place in (top, bottom) if place >= 0}
    there = {place: frame for place, frame in frames.items() if frame is not None}
    if not there:
        return None
    if film.video[index]:
        return _deinterlaced(coded, top, film.order)
    upper, lower = (planes_of(there[place]) if place in there else None for place in (top, bottom))
    if top >= 0 and bottom >= 0:
        return _woven(upper or lower or [], lower or upper or [])
    return [_stretched(plane, 0 if upper else 1) for plane in upper or lower or []]


def _woven(upper: list[Plane], lower: list[Plane]) -> list[Plane]:
    if upper is lower:
        return upper
    planes = [plane.copy() for plane in upper]
    for plane, other in zip(planes, lower, strict=True):
        plane[1::2] = other[1::2]
    return planes


def _stretched(plane: Plane, parity: int) -> Plane:
    """The lines of one field, those between them as the mean of their neighbours: a film frame that an edit has left one field of."""
    whole = plane.copy()
    rows = np.arange(1 - parity, len(plane), 2)
    above = np.where(rows > 0, rows - 1, rows + 1)
    below = np.where(rows + 1 < len(plane), rows + 1, rows - 1)
    whole[rows] = (plane[above].astype(np.uint32) + plane[below] + 1) // 2
    return whole


def _deinterlaced(coded: CodedFrames, index: int, order: str) -> list[Plane]:
    """Frame `index` by bwdif (Weston 3-field with yadif's spatial check), at the time of its first field. A graph of its own for every
    frame, fed with the neighbours, gives the same pixels in any order of reading."""
    around = [i for i in (index - 1, index, index + 1) if 0 <= i < len(coded)]
    frames = [(i, planar(frame)) for i in around if (frame := coded.frame(i)) is not None]
    one = frames[0][1]
    graph = av.filter.Graph()
    source = graph.add_buffer(width=one.width, height=one.height, format=one.format.name, time_base=coded.stream.time_base)
    graph.link_nodes(source, graph.add("bwdif", f"mode=send_frame:parity={order}:deint=all"), graph.add("buffersink")).configure()
    given: list[Any] = []
    for number, frame in [*frames, (-1, None)]:
        if frame is not None:
            frame.pts = number
        graph.push(frame)
        try:
            while True:
                given.append(graph.pull())
        except (av.BlockingIOError, av.EOFError):
            pass
    return planes_of(given[[number for number, _ in frames].index(index)])
