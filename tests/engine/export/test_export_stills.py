"""Stills come back exact to the code value, with everything the source's header said."""
from __future__ import annotations

import base64
import json
from fractions import Fraction
from pathlib import Path

import numpy as np
import OpenImageIO as oiio  # noqa: N813
import pytest

from engine.errors import OutputRefused, UsageError
from engine.export.history import history
from engine.media.colour import from_display, to_display
from engine.media.dpx import DpxHeader, read_dpx
from engine.media.open import open_source
from engine.media.source import Reading

from .conftest import Film, codes, faded, untouched


def stored(path: Path, kind: str) -> np.ndarray:
    """What an independent reader finds in a file."""
    file = oiio.ImageInput.open(str(path))
    pixels = file.read_image(kind)
    file.close()
    return pixels


def full_header(depth: int, size: tuple[int, int]) -> bytes:
    """A header with every field beyond the picture's own filled, and user data."""
    header = DpxHeader.new(size[1], size[0], depth, 1, Fraction(24), "01:02:03:04")
    raw = bytearray(header.raw)
    rng = np.random.default_rng(depth)
    for start, stop in ((160, 640), (640, 660), (1432, 1628), (1664, 1724), (1732, 1920), (1944, 2048)):
        raw[start:stop] = rng.integers(33, 126, stop - start, dtype=np.uint8).tobytes()
    raw += b"\x01USER DATA\xff" * 73 + b"\0"
    raw[4:8] = raw[808:812] = len(raw).to_bytes(4, "big")
    raw[32:36] = (len(raw) - 2048).to_bytes(4, "big")
    return bytes(raw)


@pytest.mark.parametrize("depth", [10, 12, 16])
def test_dpx_keeps_codes_and_header(tmp_path, exported, depth):
    values = codes(depth, depth)
    header = full_header(depth, values.shape[:2])
    film = Film(tmp_path / "scan", [values.astype(np.float32) / (2 ** depth - 1)], [header], depth=depth)
    exported(film, tmp_path / "out", "dpx", restore=untouched)
    path = tmp_path / "out" / "film_restored_dpx" / "film_restored.0086400.dpx"
    assert np.array_equal(read_dpx(path)[1], values)
    assert np.array_equal(stored(path, "uint16") >> (16 - depth), values)
    written = path.read_bytes()[:len(header)]
    changed = {i for i, (a, b) in enumerate(zip(written, header, strict=True)) if a != b}
    assert changed <= {*range(4, 8), *range(16, 20), *range(32, 36), *range(36, 136), *range(808, 812)}   # lengths, offsets, file name
    assert written[2048:] == header[2048:] and history(read_dpx(path)[0])[-1].startswith(f"O=DPXv2, F=24, W={depth}-bit")
    assert int.from_bytes(written[16:20], "big") == path.stat().st_size
    assert open_source(path).timecode(0) == "01:02:03:04"


@pytest.mark.parametrize(("form", "encoding"), [("tiff", "rec709"), ("png", "rec709"), ("tiff", "cineon"), ("png", "linear")])
def test_sixteen_bits_exact(tmp_path, exported, form, encoding):
    values = codes(3, 16)
    film = Film(tmp_path / "scan", [values.astype(np.float32) / 65535], depth=16, encoding=encoding)
    exported(film, tmp_path / "out", form, restore=untouched)
    assert np.array_equal(stored(next((tmp_path / "out").glob(f"*/*.{form[:3]}")), "uint16"), values)


def test_exr_keeps_what_is_beyond_white_and_below_black(tmp_path, exported):
    picture = np.random.default_rng(5).normal(1, 6, (20, 30, 3)).astype(np.float16).astype(np.float32)
    film = Film(tmp_path / "scan", [picture], format="exr", encoding="linear", depth=16, floating=True)
    result = exported(film, tmp_path / "out", "exr", restore=lambda i, p: p)
    got = stored(next((tmp_path / "out").glob("*/*.exr")), "float")
    positive = picture.min(-1) >= 0
    assert np.allclose(got[positive], picture[positive], rtol=6e-4) and picture[positive].max() > 4
    assert result.clipped == 0


@pytest.mark.parametrize("encoding", ["aces", "acescg"])
def test_aces_exr(tmp_path, exported, encoding):
    film = Film(tmp_path / "scan", [faded(1)])
    exported(film, tmp_path / "out", "exr", encoding=encoding, restore=untouched)
    path = next((tmp_path / "out").glob("*/*.exr"))
    spec = oiio.ImageInput.open(str(path)).spec()
    assert (spec.getattribute("acesImageContainerFlag") == 1) == (encoding == "aces")
    assert (spec.getattribute("compression") == "none") == (encoding == "aces")
    reopened = open_source(path)
    assert reopened.info.encoding == encoding and not reopened.info.encoding_guessed
    shown = to_display(reopened.read(0), encoding)
    assert np.abs(shown - to_display(faded(1), "cineon")).max() < 2e-3


def test_metadata_of_the_other_formats(tmp_path, exported):
    header = full_header(10, (30, 46))
    film = Film(tmp_path / "scan", [faded(1)], [header], pixel_aspect=Fraction(2))
    exported(film, tmp_path / "out", "tiff", "exr", "png")
    attributes = {path.suffix: oiio.ImageInput.open(str(path)).spec() for path in (tmp_path / "out").glob("*/*.???")}
    in_tiff = json.loads(attributes[".tif"].getattribute("ImageDescription"))
    assert base64.b64decode(in_tiff["dpx_header"]) == header
    assert (in_tiff["timecode"], in_tiff["keycode"], in_tiff["rate"]) == ("01:00:00:00", "02 93 123456 7890+16", "24")
    exr, png = attributes[".exr"], attributes[".png"]
    assert exr.getattribute("smpte:TimeCode")[0] == 0x01000000
    assert tuple(exr.getattribute("smpte:KeyCode"))[:5] == (2, 93, 123456, 7890, 16)
    assert base64.b64decode(exr.getattribute("answerprint:dpx_header")) == header
    assert base64.b64decode(png.getattribute("dpx_header")) == header and png.getattribute("timecode") == "01:00:00:00"
    assert all(spec.getattribute("PixelAspectRatio") == 2 for spec in attributes.values())


def test_dpx_of_another_source_has_a_fresh_header(tmp_path, exported):
    film = Film(tmp_path / "scan", [faded(1)], format="png", depth=8, encoding="rec709", pixel_aspect=Fraction(16, 15))
    exported(film, tmp_path / "out", "dpx")
    info = open_source(tmp_path / "out" / "film_restored_dpx").info
    assert (info.depth, info.encoding, info.encoding_guessed, info.rate) == (10, "rec709", False, 24)
    assert (info.timecode, info.keycode, info.pixel_aspect) == ("01:00:00:00", "02 93 123456 7890+16", Fraction(16, 15))


def test_encoding_of_the_result_is_in_its_header(tmp_path, exported):
    film = Film(tmp_path / "scan", [faded(1)], [full_header(10, (30, 46))])
    exported(film, tmp_path / "out", "dpx", encoding="rec709", restore=untouched)
    again = open_source(tmp_path / "out" / "film_restored_dpx")
    assert again.info.encoding == "rec709" and not again.info.encoding_guessed
    wanted = from_display(to_display(faded(1), "cineon"), "rec709")
    assert np.abs(again.read(0) - wanted).max() * 1023 < 1.01


def test_single_stills_keep_their_names(tmp_path, exported):
    film = Film(tmp_path / "scan", [faded(1), faded(2)], kind="stills", rate=None)
    result = exported(film, tmp_path / "out", "png", "tiff")
    assert [p.name for p in sorted(result.outputs[0].iterdir())] == ["s04_0.tif", "s04_1.tif"]
    assert open_source(result.outputs[1], Reading(stills=True)).name(1) == "s04_1"
    with pytest.raises(UsageError, match="no order in time"):
        exported(film, tmp_path / "out", "ffv1")


def test_two_stills_of_one_name_are_refused(tmp_path, exported, monkeypatch):
    film = Film(tmp_path / "scan", [faded(1), faded(2)], kind="stills")
    monkeypatch.setattr(film, "name", lambda index: ("Red", "red")[index])
    with pytest.raises(OutputRefused, match="rename one"):
        exported(film, tmp_path / "out", "png")


def test_unknown_wishes(tmp_path, exported):
    film = Film(tmp_path / "scan", [faded(1)])
    with pytest.raises(UsageError, match="gif"):
        exported(film, tmp_path / "out", "gif")
    with pytest.raises(UsageError, match="vlog"):
        exported(film, tmp_path / "out", "dpx", encoding="vlog")
    assert not (tmp_path / "out").exists()


def test_paths_with_spaces_and_letters(tmp_path, exported):
    film = Film(tmp_path / "Película Ölm 映画" / "scan", [faded(1)], name="Película 映画")
    result = exported(film, tmp_path / "salida ñ 出力", "dpx", "tiff", "exr", "png", "prores422hq", "ffv1")
    assert all(path.exists() for path in result.outputs)
    assert (tmp_path / "salida ñ 出力" / "Película 映画_restored_png" / "Película 映画_restored.0086400.png").is_file()
