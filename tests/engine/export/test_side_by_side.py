"""Pictures side by side, and the movie of them."""
from __future__ import annotations

from fractions import Fraction
from pathlib import Path

import av
import numpy as np
import pytest

from engine.export.side_by_side import BACKGROUND, EMPTY, GAP, LUT, REFERENCE, RESTORED, SCAN, WORDS, Sheet
from engine.export.talk_movie import STRETCH, TalkMovie
from engine.run import Cancelled, Run

NAMES = (SCAN, LUT, RESTORED, REFERENCE)


def pictures(size: tuple[int, int] = (240, 320)) -> list[np.ndarray]:
    """Four different pictures whose values are exact 8-bit codes."""
    rng = np.random.default_rng(4)
    return [rng.integers(0, 256, (*size, 3)).astype(np.float32) / 255 for _ in NAMES]


@pytest.mark.parametrize(("count", "places"), [(2, [(0, 0), (1, 0)]), (3, [(0, 0), (1, 0), (2, 0)]),
                                               (4, [(0, 0), (1, 0), (0, 1), (1, 1)])])
def test_each_picture_stands_under_its_bar_to_the_last_code(count, places):
    sheet, made = Sheet.of(count, 320, 240), pictures()
    drawn = sheet.draw(list(zip(NAMES, made, strict=False))[:count], "0086400  01:00:00:00")
    expected = np.full_like(drawn, BACKGROUND)
    for picture, (column, row) in zip(made, places, strict=False):
        left, top = column * (320 + GAP), row * (sheet.bar + 240 + GAP) + sheet.bar
        expected[top:top + 240, left:left + 320] = np.rint(255 * picture)
        bar = drawn[top - sheet.bar:top, left:left + 320]
        assert bar.max() > 200 and (bar[:3] == BACKGROUND).all()            # a label, with air above it
        expected[top - sheet.bar:top, left:left + 320] = bar
    assert (drawn == expected).all()


@pytest.mark.parametrize("count", [2, 3, 4])
@pytest.mark.parametrize(("size", "aspect"), [((4096, 3112), 1), ((720, 576), Fraction(16, 15)), ((2048, 1556), 1), ((333, 777), 1),
                                              ((1828, 1556), 2)])
def test_the_whole_is_of_even_size_and_fits_a_screen_in_a_hall(count, size, aspect):
    sheet = Sheet.of(count, *size, Fraction(aspect))
    assert sheet.size[0] % 2 == 0 and sheet.size[1] % 2 == 0
    assert sheet.size[0] <= 3840 and sheet.size[1] <= 2160
    wide, high = float(size[0] * aspect), size[1]
    assert sheet.panel[0] / sheet.panel[1] == pytest.approx(wide / high, rel=0.01)
    assert sheet.panel[1] <= high                                           # never enlarged
    full = sheet.panel[1] == high
    assert full or sheet.size[0] > 3600 or sheet.size[1] > 2060             # and no smaller than it has to be


def test_a_frame_without_a_partner_says_so_in_either_language():
    sheet, made = Sheet.of(3, 320, 240), pictures()
    shown = {language: sheet.draw([(SCAN, made[0]), (RESTORED, made[1]), (REFERENCE, None)], "7", language) for language in WORDS}
    panels = {language: drawn[sheet.bar:sheet.bar + 240, -320:] for language, drawn in shown.items()}
    for panel in panels.values():
        assert (panel[[0, -1]] == EMPTY).all() and (panel[:, [0, -1]] == EMPTY).all() and panel.max() > 120
    assert (panels["en"] != panels["es"]).any()
    assert (shown["en"][:sheet.bar] != shown["es"][:sheet.bar]).any()       # the labels too
    assert WORDS["en"].keys() == WORDS["es"].keys()


def test_number_and_timecode_never_run_into_the_label():
    made = pictures()
    narrow, wide = (Sheet(2, (panel, 240)).draw([(SCAN, made[0]), (RESTORED, made[1])], "0086400  01:00:00:00") for panel in (90, 600))
    none = Sheet(2, (90, 240)).draw([(SCAN, made[0]), (RESTORED, made[1])], "")
    assert (narrow == none).all()                                           # no room: the label alone
    bar = Sheet(2, (600, 240)).bar
    assert wide[:bar, 400:600].max() > 120 and (wide[:bar, 250:300] == BACKGROUND).all()


def test_values_beyond_white_and_black_are_clipped():
    beyond = np.stack([np.full((240, 320), value, np.float32) for value in (-0.5, 0.5, 1.7)], -1)
    drawn = Sheet.of(2, 320, 240).draw([(SCAN, beyond), (RESTORED, beyond)], "")
    assert drawn[100, 100].tolist() == [0, 128, 255]


def colours(index: int, size: tuple[int, int]) -> np.ndarray:
    """A picture in one colour, another in each frame."""
    return np.full((size[1], size[0], 3), [(40 + 3 * index) % 256, 200 - index, 60], np.uint8)


def movie_of(folder: Path, frames: int = STRETCH + 5, size: tuple[int, int] = (64, 48)) -> TalkMovie:
    folder.mkdir(parents=True, exist_ok=True)
    movie = TalkMovie(folder, size, Fraction(24000, 1001), frames)
    for number, places in movie.missing.items():
        movie.leave(number, (colours(index, size) for index in places))
    return movie


def test_the_movie_is_tagged_and_shows_the_colours_of_its_pictures_in_order(tmp_path):
    movie = movie_of(tmp_path / "stretches")
    movie.write(tmp_path / "shown.mp4", Run())
    with av.open(str(tmp_path / "shown.mp4")) as container:
        stream = container.streams.video[0]
        frames = list(container.decode(stream))
        assert stream.codec_context.name == "h264" and stream.average_rate == Fraction(24000, 1001)
        assert len(frames) == stream.frames == STRETCH + 5
        for frame in frames:
            tags = (frame.color_primaries, frame.color_trc, frame.colorspace, frame.color_range)
            assert [int(tag) for tag in tags] == [1, 1, 1, 1]
        assert [frame.pts for frame in frames] == sorted({frame.pts for frame in frames})
        for index in (0, 17, STRETCH - 1, STRETCH, STRETCH + 4):
            shown = frames[index].reformat(format="rgb24", src_colorspace="ITU709").to_ndarray()
            assert np.abs(shown.astype(int) - colours(index, (64, 48))).max() <= 3


def test_a_stopped_movie_goes_on_with_the_stretches_that_are_missing(tmp_path):
    whole = movie_of(tmp_path / "whole")
    whole.write(tmp_path / "whole.mp4", Run())
    part = movie_of(tmp_path / "part")
    part.stretch(1).unlink()
    assert list(part.missing) == [1] and part.missing[1] == range(STRETCH, STRETCH + 5)
    asked = []
    with pytest.raises(Cancelled):
        part.write(tmp_path / "part.mp4", Run(lambda: bool(asked.append(1)) or len(asked) > 3))
    movie_of(tmp_path / "part").write(tmp_path / "part.mp4", Run())
    assert (tmp_path / "part.mp4").read_bytes() == (tmp_path / "whole.mp4").read_bytes()
