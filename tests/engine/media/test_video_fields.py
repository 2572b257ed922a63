"""What interlaced streams hold is found by looking: film in phase, shifted, 2:3 pulldown (still passages, edits, damage), true video."""
from __future__ import annotations

from fractions import Fraction
from itertools import groupby
from pathlib import Path

import av
import numpy as np
import pytest

from engine.media.open import open_source
from engine.media.source import Reading
from engine.run import Cancelled, Run
from tests.engine.media.video_makers import dvd, number_in, numbered, scene, subsampled, woven, write

NTSC = Fraction(30000, 1001)


def film(numbers, motion: float = 5.0) -> list[list[np.ndarray]]:
    return [subsampled(scene(n, motion=motion), "yuv420p") for n in numbers]


def pulldown(numbers) -> list[int]:
    return [n for i, n in enumerate(numbers) for _ in range(3 if i % 2 else 2)]


def interlaced(path: Path, fields: list[int], rate: Fraction = NTSC, order: str = "tff", motion: float = 5.0) -> Path:
    """`fields` names the film frame of each field in time; the first lies on the upper lines ('tff') or the lower ones."""
    pictures = {n: planes for n, planes in zip(sorted(set(fields)), film(sorted(set(fields)), motion), strict=True)}
    if order == "bff":
        fields = [f for pair in zip(fields[1::2], fields[0::2], strict=False) for f in pair]
    return dvd(path, woven([pictures[f] for f in fields]), rate, order)


def numbers_of(source) -> list[int]:
    return [number_in(source.read(i)) for i in range(len(source))]


def combing(picture: np.ndarray) -> float:
    """How far lines stand out between their neighbours."""
    luma = picture.mean(axis=2)
    return float(np.maximum((luma[1:-1] - luma[:-2]) * (luma[1:-1] - luma[2:]), 0).mean())


def test_progressive_film_in_interlaced_frames_is_taken_as_it_is(tmp_path):
    with open_source(dvd(tmp_path / "a.vob", numbered(30, "yuv420p"))) as source:
        assert numbers_of(source) == list(range(30))
        assert "progressive film" in source.info.field_reason
        assert (source.info.field_order, source.info.rate) == ("progressive", 25)


def test_film_shifted_by_a_field_is_paired_again(tmp_path):
    fields = [n for n in range(31) for _ in (0, 1)][1:-1]
    with open_source(interlaced(tmp_path / "a.vob", fields, Fraction(25))) as source:
        assert numbers_of(source) == list(range(31))
        assert "shifted by a field" in source.info.field_reason
        still = max(combing(source.read(i)) for i in range(1, 30))
    with open_source(dvd(tmp_path / "b.vob", numbered(31, "yuv420p"))) as plain:
        assert still < 2 * max(combing(plain.read(i)) for i in range(31))


@pytest.mark.parametrize("order", ["tff", "bff"])
def test_pulldown_keeps_its_phase_over_a_still_passage(tmp_path, order):
    film_numbers = [*range(18), *[18] * 22, *range(19, 43)]
    with open_source(interlaced(tmp_path / "a.vob", pulldown(film_numbers), order=order)) as source:
        assert numbers_of(source) == film_numbers
        assert source.info.rate == Fraction(24000, 1001)
        assert source.info.field_order == order
        assert "2:3 pulldown removed" in source.info.field_reason
        pictures = [source.read(i) for i in range(len(source))]
    with open_source(dvd(tmp_path / "b.vob", film(film_numbers))) as plain:
        apart = [float(np.abs(picture - plain.read(i)).mean()) for i, picture in enumerate(pictures)]
    assert max(apart) < 4 / 255     # the coder's own loss; one field of another frame costs ten times this


@pytest.mark.parametrize("lost", [1, 2, 3])
def test_pulldown_is_followed_over_an_edit(tmp_path, lost):
    fields = pulldown(range(60))
    fields = fields[:64] + fields[64 + 2 * lost:]       # an edit of the video takes whole video frames out
    with open_source(interlaced(tmp_path / "a.vob", fields)) as source:
        assert numbers_of(source) == [n for n, _ in groupby(fields)]


def test_a_broken_pulldown_still_gives_frames(tmp_path):
    rng = np.random.default_rng(5)
    middle = np.repeat(np.arange(24, 40), rng.integers(1, 5, 16)).tolist()
    fields = pulldown(range(24)) + middle + pulldown(range(40, 64))
    with open_source(interlaced(tmp_path / "a.vob", fields[:len(fields) // 2 * 2])) as source:
        shown = numbers_of(source)
        assert shown[:22] == list(range(22))
        assert shown[-20:-1] == list(range(44, 63))
        assert abs(len(shown) - 64) <= 8


@pytest.mark.parametrize("order", ["tff", "bff"])
def test_true_video_is_deinterlaced_the_same_in_any_order(tmp_path, order):
    path = interlaced(tmp_path / "a.vob", list(range(60)), Fraction(25), order, motion=3)
    with open_source(path) as source, open_source(path) as other, open_source(path, Reading(field_order="progressive")) as raw:
        assert "bwdif" in source.info.field_reason
        assert (len(source), source.info.field_order, source.info.rate) == (30, order, 25)
        pictures = [source.read(i) for i in range(30)]
        assert [number_in(p) for p in pictures] == list(range(0, 60, 2))
        for i in (29, 0, 17, 3, 16):
            assert np.array_equal(other.read(i), pictures[i])
        assert combing(pictures[12]) < .2 * combing(raw.read(12))
        assert "as asked for" in raw.info.field_reason


@pytest.mark.parametrize(("rate", "frames"), [(Fraction(25), 20), (NTSC, 16)])
def test_where_nothing_moves_the_usual_is_taken(tmp_path, rate, frames):
    """Film is in phase on PAL and in 2:3 pulldown on NTSC, so that a still film has its right length."""
    with open_source(dvd(tmp_path / "a.vob", film([9] * 20), rate)) as source:
        assert numbers_of(source) == [9] * frames
        assert "nothing moves" in source.info.field_reason


def test_film_with_repeat_flags_gives_the_coded_frames(tmp_path):
    path = tmp_path / "soft.vob"
    _with_repeat_flags(write(tmp_path / "a.m2v", film(range(32)), "mpeg2video", "yuv420p", Fraction(24000, 1001),
                             options={"flags": "+ilme+ildct", "g": "12"}, fields="tff", bit_rate=4_000_000), path)
    with open_source(path) as source:
        assert numbers_of(source) == list(range(32))
        assert source.info.rate == Fraction(24000, 1001)


def test_the_pass_over_the_fields_reports_and_can_be_stopped(tmp_path):
    class Heard(Run):
        def report(self, done: int, total: int, note: str) -> None:
            notes.add(note)

    notes: set[str] = set()
    path = dvd(tmp_path / "a.vob", numbered(10, "yuv420p"))
    open_source(path, run=Heard()).close()
    assert "looking at the fields" in notes
    with pytest.raises(Cancelled):
        open_source(path, run=Run(lambda: True))


def _with_repeat_flags(stream: Path, path: Path) -> None:
    """Soft pulldown: header at 29.97, frames progressive, every other one told to repeat its first field (ISO/IEC 13818-2 6.3.10)."""
    data = bytearray(stream.read_bytes())
    start = data.find(b"\0\0\1\xb3")
    while start >= 0:
        data[start + 7] = data[start + 7] & 0xf0 | 4
        start = data.find(b"\0\0\1\xb3", start + 4)
    shown, start = 0, data.find(b"\0\0\1\xb5")
    while start >= 0:
        if data[start + 4] >> 4 == 8:
            data[start + 7] = data[start + 7] & 0x7d | (0x82, 0x00, 0x02, 0x80)[shown % 4]      # which field first, and whether again
            data[start + 8] |= 0x80
            shown += 1
        start = data.find(b"\0\0\1\xb5", start + 4)
    stream.write_bytes(data)
    with av.open(str(stream)) as source, av.open(str(path), "w", format="vob") as out:
        target = out.add_stream_from_template(source.streams.video[0])
        fields = 0
        for number, packet in enumerate(p for p in source.demux(video=0) if p.size):
            packet.pts = packet.dts = 9000 + fields * 3003 // 2
            packet.time_base = Fraction(1, 90000)
            packet.stream = target
            fields += 2 if number % 2 else 3
            out.mux(packet)
