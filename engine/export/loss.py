"""What a codec with loss takes: the packets of a group are decoded again where they are made, and their Y' is held against what went in."""
from __future__ import annotations

from typing import Any

import av
import cv2
import numpy as np

from engine.export.movie import Encoding, Planes


def coded(encoding: Encoding, pictures: list[Planes]) -> list[tuple[bytes, dict[str, Any]]]:
    """The packet of each picture of a group, and what the ledger is to say of its codec: {"codec": {"max", "mean"}}, of |Y' decoded - Y'
    handed over| in code values of the movie's depth; {} where the codec loses nothing."""
    packets, header = encoding.packets(pictures)
    if not encoding.movie.lossy:
        return [(packet, {}) for packet in packets]
    frames = _decoded(encoding, packets, header)
    return [(packet, {"codec": _loss(frame, planes, encoding.movie.depth)})
            for packet, frame, planes in zip(packets, frames, pictures, strict=True)]


def _decoded(encoding: Encoding, packets: list[bytes], header: bytes | None) -> list[Any]:
    context: Any = av.CodecContext.create(av.Codec(encoding.movie.codec, "w").canonical_name, "r")
    context.width, context.height, context.codec_tag, context.thread_count = encoding.width, encoding.height, encoding.movie.tag, 1
    if header:
        context.extradata = header
    frames = [frame for packet in packets for frame in context.decode(av.Packet(packet))]
    return [*frames, *context.decode(None)]


def _loss(frame: Any, planes: Planes, depth: int) -> dict[str, float]:
    """A decoder may give more bits than went in: those of ProRes 4444 gives 12."""
    plane, scale = frame.planes[0], 2 ** (frame.format.components[0].bits - depth)
    kind = np.dtype("u1" if depth == 8 else "<u2")
    decoded = np.frombuffer(plane, kind).reshape(plane.height, -1)[:, :plane.width]
    error = cv2.absdiff(decoded, planes[0] * kind.type(scale))
    return {"max": round(float(error.max()) / scale, 4), "mean": round(cv2.mean(error)[0] / scale, 5)}
