"""Small videos in which every frame shows its own number, written with PyAV."""
from __future__ import annotations

from collections.abc import Iterable, Sequence
from fractions import Fraction
from functools import cache
from pathlib import Path

import av
import cv2
import numpy as np

BITS, BLOCK = 8, 16
SIZE = (192, 128)


@cache
def _texture(size: tuple[int, int]) -> np.ndarray:
    """-1..1, twice as wide as `size`."""
    noise = np.random.default_rng(7).normal(size=(size[1], 2 * size[0])).astype(np.float32)
    noise = cv2.GaussianBlur(noise, (0, 0), 3)
    return noise / np.abs(noise).max()


def scene(number: int, size: tuple[int, int] = SIZE, motion: float = 5.0) -> list[np.ndarray]:
    """Luma, Cb, Cr at full size in 8-bit limited-range codes (float): a texture that moves on with `number`, which also stands in blocks
    at the upper edge, in Gray code, so that one block changes from each number to the next."""
    width, texture = size[0], _texture(size)
    moved = [np.roll(texture, (round(number * motion / 3), round(number * motion)), (0, 1))[:, k:k + width] for k in (0, 40, 80)]
    luma, cb, cr = 125 + 90 * moved[0], 128 + 60 * moved[1], 128 + 60 * moved[2]
    for bit in range(BITS):
        luma[:BLOCK, bit * BLOCK:(bit + 1) * BLOCK] = 220 if (number ^ number >> 1) >> bit & 1 else 30
    return [luma, cb, cr]


def number_in(picture: np.ndarray) -> int:
    """The number that a picture (h, w, 3) shows."""
    luma = picture @ np.float32([.2126, .7152, .0722])
    middles = [luma[5:BLOCK - 5, bit * BLOCK + 5:(bit + 1) * BLOCK - 5] for bit in range(BITS)]
    number = sum(int(m.mean() > .5) << bit for bit, m in enumerate(middles))
    for shift in (4, 2, 1):
        number ^= number >> shift
    return number


def subsampled(planes: Sequence[np.ndarray], pixel_format: str) -> list[np.ndarray]:
    """Chroma made smaller as `pixel_format` has it: on the left luma pixel, between two rows."""
    luma, *chroma = planes
    if "444" in pixel_format:
        return [luma, *chroma]
    chroma = [cv2.sepFilter2D(c, -1, np.float32([.25, .5, .25]), np.float32([1]))[:, ::2] for c in chroma]
    return [luma, *((c[::2] + c[1::2]) / 2 if "420" in pixel_format else c for c in chroma)]


def video_frame(planes: Sequence[np.ndarray], pixel_format: str) -> av.VideoFrame:
    """8-bit codes (float) as a frame of 8 or 10 bits."""
    frame = av.VideoFrame(planes[0].shape[1], planes[0].shape[0], pixel_format)
    deep = pixel_format.endswith("10le")
    for plane, values in zip(frame.planes, planes, strict=False):
        rows = np.zeros((plane.height, plane.line_size // (2 if deep else 1)), np.uint16 if deep else np.uint8)
        rows[:, :plane.width] = np.round(np.clip(values, 0, 255.75 if deep else 255) * (4 if deep else 1))
        plane.update(rows)
    return frame


def woven(fields: Sequence[Sequence[np.ndarray]]) -> list[list[np.ndarray]]:
    """Pairs of neighbouring fields (each given as the planes of its whole film frame), the first of each on the upper lines."""
    frames = []
    for upper, lower in zip(fields[0::2], fields[1::2], strict=False):
        planes = [plane.copy() for plane in upper]
        for plane, other in zip(planes, lower, strict=True):
            plane[1::2] = other[1::2]
        frames.append(planes)
    return frames


def write(path: Path, frames: Iterable[Sequence[np.ndarray]], codec: str, pixel_format: str, rate: Fraction = Fraction(25), *,
          form: str | None = None, options: dict[str, str] | None = None, fields: str | None = None, tags: Sequence[int] = (),
          timecode: str | None = None, bit_rate: int = 0) -> Path:
    """Write frames (planes in 8-bit codes, subsampled already). `fields` 'tff' or 'bff' flags them interlaced; `tags` are primaries,
    transfer, matrix and range."""
    graph, stream = None, None
    with av.open(str(path), "w", format=form) as out:
        for number, planes in enumerate(frames):
            frame = video_frame(planes, pixel_format)
            if stream is None:
                stream = out.add_stream(codec, rate=rate, options=options or {})
                stream.width, stream.height, stream.pix_fmt = frame.width, frame.height, pixel_format
                stream.codec_context.thread_count = 1
                if bit_rate:
                    stream.bit_rate = bit_rate
                if timecode:
                    stream.metadata["timecode"] = timecode
                if fields:
                    graph = av.filter.Graph()
                    source = graph.add_buffer(width=frame.width, height=frame.height, format=pixel_format, time_base=1 / rate)
                    graph.link_nodes(source, graph.add("setfield", fields), graph.add("buffersink")).configure()
                if tags:
                    context = stream.codec_context
                    context.color_primaries, context.color_trc, context.colorspace, context.color_range = tags
            if tags:
                frame.color_primaries, frame.color_trc, frame.colorspace, frame.color_range = tags
            frame.pts, frame.time_base = number, 1 / rate
            if graph:
                graph.push(frame)
                frame = graph.pull()
                frame.pict_type = 0
            out.mux(stream.encode(frame))
        out.mux(stream.encode(None))
    return path


def dvd(path: Path, frames: Iterable[Sequence[np.ndarray]], rate: Fraction = Fraction(25), fields: str | None = "tff", **more) -> Path:
    """MPEG-2 in a program stream, as DVDs have it."""
    options = {"flags": "+ilme+ildct", "bf": "2", "g": "12"} if fields else {"bf": "2", "g": "12"}
    return write(path, frames, "mpeg2video", "yuv420p", rate, form="vob", options=options | more.pop("options", {}), fields=fields,
                 bit_rate=4_000_000, **more)


def numbered(count: int, pixel_format: str, size: tuple[int, int] = SIZE, start: int = 0) -> Iterable[list[np.ndarray]]:
    return (subsampled(scene(i, size), pixel_format) for i in range(start, start + count))


def make_vob(folder: Path, count: int) -> Path:
    return dvd(folder / "film.vob", numbered(count, "yuv420p"))


def make_open_gop(folder: Path, count: int) -> Path:
    return dvd(folder / "open.mpg", numbered(count, "yuv420p"), fields=None, options={"flags": "-cgop", "b_strategy": "0"})


def make_h264(folder: Path, count: int) -> Path:
    options = {"bf": "3", "g": "20", "preset": "veryfast"}
    return write(folder / "film.mp4", numbered(count, "yuv420p"), "libx264", "yuv420p", options=options)


def make_h264_open(folder: Path, count: int) -> Path:
    return write(folder / "open.mkv", numbered(count, "yuv420p"), "libx264", "yuv420p",
                 options={"x264-params": "open-gop=1:keyint=15:bframes=3:scenecut=0", "preset": "veryfast"})


def make_prores(folder: Path, count: int) -> Path:
    return write(folder / "film.mov", numbered(count, "yuv422p10le"), "prores_ks", "yuv422p10le", Fraction(24),
                 tags=(1, 1, 1, 1), timecode="01:00:00:00")


def make_dnxhd(folder: Path, count: int) -> Path:
    size = (256, 128)
    return write(folder / "dnx.mov", numbered(count, "yuv422p", size), "dnxhd", "yuv422p", options={"profile": "dnxhr_hq"})


def make_ffv1(folder: Path, count: int) -> Path:
    return write(folder / "film.mkv", numbered(count, "yuv420p"), "ffv1", "yuv420p", options={"level": "3", "slicecrc": "1"})


def make_dv(folder: Path, count: int) -> Path:
    return write(folder / "film.avi", numbered(count, "yuv420p", (720, 576)), "dvvideo", "yuv420p", fields="bff")


def pictures(folder: Path, frames: Sequence[np.ndarray], *, name: str, codec: str, pixel_format: str, **more) -> Path:
    """Pictures (h, w, 3), 0..1, as Rec.709 video in limited range, or as they are in an RGB format."""
    folder.mkdir(parents=True, exist_ok=True)
    planes = []
    for frame in frames:
        if pixel_format.startswith("gbr"):
            planes.append([255.75 * frame[..., channel] for channel in (1, 2, 0)])      # 1023 / 4
            continue
        luma = frame @ np.float32([.2126, .7152, .0722])
        chroma = [112 * (frame[..., 2] - luma) / (1 - .0722), 112 * (frame[..., 0] - luma) / (1 - .2126)]
        planes.append(subsampled([16 + 219 * luma, *(128 + c for c in chroma)], pixel_format))
    return write(folder / name, planes, codec, pixel_format, tags=(1, 1, 1, 1), **more)


def make_v210(folder: Path, count: int) -> Path:
    return write(folder / "film.mov", numbered(count, "yuv422p10le"), "v210", "yuv422p10le")


def make_stream(folder: Path, count: int) -> Path:
    """MPEG-2 without a container: no timestamps to show the order."""
    return write(folder / "film.m2v", numbered(count, "yuv420p"), "mpeg2video", "yuv420p", options={"bf": "2", "g": "12"})


def make_avi(folder: Path, count: int) -> Path:
    """MPEG-4 with B-frames in AVI, which holds decoding times only."""
    return write(folder / "film.avi", numbered(count, "yuv420p"), "mpeg4", "yuv420p", options={"bf": "2", "g": "12"})


def make_transport(folder: Path, count: int) -> Path:
    return write(folder / "film.ts", numbered(count, "yuv420p"), "libx264", "yuv420p", form="mpegts", options={"bf": "2", "g": "15"})


VIDEO_MAKERS = {make.__name__.removeprefix("make_"): make
                for make in (make_vob, make_open_gop, make_h264, make_h264_open, make_prores, make_dnxhd, make_ffv1, make_dv, make_v210,
                             make_stream, make_avi, make_transport)}
