"""What files say beside their pictures: what the source said, the digital source type, and a colour config of the archive's own."""
from __future__ import annotations

import json
import re
from fractions import Fraction
from pathlib import Path
from typing import Any

import numpy as np
import OpenImageIO as oiio  # noqa: N813
import PyOpenColorIO as ocio  # noqa: N813
import pytest
from pymediainfo import MediaInfo

from engine.errors import UsageError
from engine.export.check import check
from engine.export.history import history
from engine.export.plan import ExportSettings
from engine.export.source_type import uri
from engine.media.colour import CONFIG, config_facts, config_spaces, from_display, is_linear_light, own_encoding, to_display
from engine.media.dpx import read_dpx
from engine.media.open import open_source

from .conftest import Film, faded, tree, untouched

TERM = "compositeWithTrainedAlgorithmicMedia"
SIZE = (48, 96)


def spec_of(path: Path) -> Any:
    return oiio.ImageInput.open(str(path)).spec()


def of(out: Path, suffix: str) -> Path:
    return next(out.glob(f"*/*.{suffix}"))


def test_the_source_type_is_embedded_where_the_format_takes_it(tmp_path, exported):
    film = Film(tmp_path / "scan", [faded(i, SIZE) for i in range(2)])
    exported(film, tmp_path / "out", "dpx", "exr", "tiff", "png", "prores422hq", "h264", "ffv1", source_type=uri(TERM))
    assert spec_of(of(tmp_path / "out", "exr")).getattribute("Iptc4xmpExt:DigitalSourceType") == uri(TERM)
    assert spec_of(of(tmp_path / "out", "png")).getattribute("Iptc4xmpExt:DigitalSourceType") == uri(TERM)
    assert f"IPTC digital source type {TERM}" in history(read_dpx(of(tmp_path / "out", "dpx"))[0])[-1]
    for name in ("film_restored_prores422hq.mov", "film_restored_h264.mp4", "film_restored_ffv1.mkv"):
        assert uri(TERM) in MediaInfo.parse(tmp_path / "out" / name).general_tracks[0].to_data().values()
    for path in (of(tmp_path / "out", "tif"), *(tmp_path / "out").glob("*.m[op][4v]")):
        packet = re.search(rb"<\?xpacket begin.*?xpacket end=\"r\"\?>", path.read_bytes(), re.DOTALL)
        assert packet and f"<Iptc4xmpExt:DigitalSourceType>{uri(TERM)}</".encode() in packet[0]


def test_of_tiff_pixels_and_description_stay(tmp_path, exported):
    film = Film(tmp_path / "scan", [faded(1, SIZE)])
    exported(film, tmp_path / "plain", "tiff")
    exported(film, tmp_path / "typed", "tiff", source_type=TERM)
    plain, typed = (oiio.ImageInput.open(str(of(tmp_path / name, "tif"))) for name in ("plain", "typed"))
    assert np.array_equal(plain.read_image("uint16"), typed.read_image("uint16"))
    both = [json.loads(file.spec().getattribute("ImageDescription")) for file in (plain, typed)]
    assert both[1] == both[0] | {"Iptc4xmpExt:DigitalSourceType": uri(TERM)}


def test_nothing_is_embedded_that_nobody_confirmed(tmp_path, exported):
    film = Film(tmp_path / "scan", [faded(1, SIZE)])
    exported(film, tmp_path / "out", "dpx", "exr", "tiff", "png", "prores422hq", "h264", "ffv1")
    assert not [name for name, data in tree(tmp_path / "out").items() if b"igitalSourceType" in data or b"digital source type" in data]
    with pytest.raises(UsageError, match="no IPTC digital source type"):
        check(film, ExportSettings(tmp_path / "new", ("dpx",), source_type="madeUp"))


def exr_with_words(path: Path) -> None:
    spec = oiio.ImageSpec(SIZE[1], SIZE[0], 3, oiio.HALF)
    for name, value in (("owner", "Archivo Fílmico"), ("comments", "reel 3"), ("reel", 3), ("gain", 1.25), ("Software", "Scanner 7"),
                        ("DateTime", "2024:02:03 04:05:06"), ("answerprint:encoding", "cineon"), ("xDensity", 300.0)):
        spec.attribute(name, value)
    spec.attribute("compression", "piz")
    spec.attribute("lamp", oiio.TypeDesc("float[3]"), (0.5, 0.25, 1.0))
    spec.attribute("worldToCamera", oiio.TypeDesc("matrix"), tuple(float(i) for i in range(16)))
    spec.attribute("smpte:TimeCode", oiio.TypeTimeCode, (0x01020304, 0))
    spec.attribute("FramesPerSecond", oiio.TypeRational, (25, 1))
    output = oiio.ImageOutput.create("openexr")
    assert output.open(str(path), spec)
    output.write_image(np.random.default_rng(1).random((*SIZE, 3)).astype(np.float16))
    output.close()


@pytest.mark.parametrize("encoding", ["same", "aces"])
def test_exr_keeps_what_the_source_says_and_is_still_true(tmp_path, exported, encoding):
    (tmp_path / "scan").mkdir()
    exr_with_words(tmp_path / "scan" / "film.0001.exr")
    with open_source(tmp_path / "scan") as scan:
        exported(scan, tmp_path / "out", "exr", "tiff", "png", encoding=encoding, restore=untouched)
    spec = spec_of(of(tmp_path / "out", "exr"))
    said = {attribute.name: attribute.value for attribute in spec.extra_attribs}
    assert (said["Copyright"], said["ImageDescription"], said["reel"], said["gain"], said["lamp"]) == ("Archivo Fílmico", "reel 3", 3, 1.25,
                                                                                           (0.5, 0.25, 1.0))
    assert said["worldToCamera"] == tuple(range(16)) and said["DateTime"] == "2024:02:03 04:05:06"
    assert said["smpte:TimeCode"][0] == 0x01020304 and tuple(said["FramesPerSecond"]) == (25, 1)
    assert said["Software"] == "Answerprint" and said["answerprint:encoding"] == ("linear" if encoding == "same" else "aces")
    assert (said["compression"], "acesImageContainerFlag" in said) == (("zip", False) if encoding == "same" else ("none", True))
    in_tiff = json.loads(spec_of(of(tmp_path / "out", "tif")).getattribute("ImageDescription"))
    assert in_tiff["source_attributes"]["reel"] == "3" and "compression" not in in_tiff["source_attributes"]
    assert spec_of(of(tmp_path / "out", "png")).getattribute("Copyright") == "Archivo Fílmico"


def test_the_aces_container_has_all_that_it_needs(tmp_path, exported):
    """SMPTE ST 2065-4: half B, G, R, no compression, lines from top down, AP0, the flag; no other picture in the file."""
    exported(Film(tmp_path / "scan", [faded(1, SIZE)]), tmp_path / "out", "exr", encoding="aces")
    path = of(tmp_path / "out", "exr")
    spec = spec_of(path)
    assert spec.format == oiio.HALF and spec.nchannels == 3 and list(spec.channelnames) == ["R", "G", "B"]
    wanted: dict[str, Any] = {"acesImageContainerFlag": 1, "compression": "none", "openexr:lineOrder": "increasingY",
                              "PixelAspectRatio": 1.0,
                              "screenWindowCenter": (0.0, 0.0), "screenWindowWidth": 1.0, "oiio:subimages": 1}
    assert {name: spec.getattribute(name) for name in wanted} == wanted
    assert spec.getattribute("chromaticities") == pytest.approx((0.7347, 0.2653, 0, 1, 0.0001, -0.077, 0.32168, 0.33767))
    strict = oiio.ImageSpec(spec)
    strict.attribute("openexr:ACESContainer", "strict")
    again = oiio.ImageOutput.create("openexr")
    assert again.open(str(tmp_path / "again.exr"), strict), again.geterror()       # the library's own strict mode finds nothing wrong
    again.close()
    strict.attribute("compression", "zip")
    assert not oiio.ImageOutput.create("openexr").open(str(tmp_path / "again.exr"), strict)


def config_at(path: Path, name: str = "archive") -> Path:
    config = ocio.Config.CreateFromFile("ocio://cg-config-v2.1.0_aces-v1.3_ocio-v2.3")
    config.setName(name)
    path.write_text(config.serialize())
    return path


def test_a_config_of_the_archives_own(tmp_path, exported):
    config = config_at(tmp_path / "archive.ocio")
    film = Film(tmp_path / "scan", [faded(1, SIZE)])
    result = exported(film, tmp_path / "out", "exr", "dpx", "ffv1", encoding="ACEScct", colours=config, restore=untouched)
    assert result.luma["max"] < 4
    name = own_encoding(config, "ACEScct")
    with open_source(of(tmp_path / "out", "dpx")) as found:
        assert np.abs(to_display(found.read(0), name) - to_display(faded(1, SIZE), "cineon")).max() < 6e-3
    assert read_dpx(of(tmp_path / "out", "dpx"))[0].transfer == 0
    spec = spec_of(of(tmp_path / "out", "exr"))
    assert spec.getattribute("chromaticities") is None and spec.getattribute("answerprint:encoding") == name
    facts = config_facts(config)
    assert facts["name"] == "archive" and facts["ocio"] == ocio.GetVersion()
    assert facts["sha256"] in spec.getattribute("answerprint:colour_config")
    assert config_facts()["name"] == CONFIG and not is_linear_light(name) and is_linear_light(own_encoding(config, "ACEScg"))


def test_the_spaces_that_a_config_offers(tmp_path):
    spaces = config_spaces(config_at(tmp_path / "archive.ocio"))
    assert "ACEScct" in spaces and "Raw" not in spaces
    for name, text in (("broken.ocio", "no config"), ("empty.ocio", "ocio_profile_version: 1\nroles: {}\n")):
        (tmp_path / name).write_text(text)
        with pytest.raises(UsageError, match=rf"{name}.*; choose another"):
            config_spaces(tmp_path / name)


def test_the_same_space_of_both_configs_is_the_same(tmp_path):
    config = config_at(tmp_path / "archive.ocio")
    shown = np.random.default_rng(1).random((20, 30, 3)).astype(np.float32)
    name = own_encoding(config, "ACES2065-1")
    assert np.abs(from_display(shown, name) - from_display(shown, "aces")).max() < 1e-6
    assert np.abs(to_display(from_display(shown, name), name) - shown).max() < 1e-5


def test_another_config_makes_the_files_anew(tmp_path, exported):
    film = Film(tmp_path / "scan", [faded(i, SIZE) for i in range(2)])
    made: list[int] = []

    def counting(index: int, picture: Any) -> Any:
        made.append(index)
        return picture

    for name in ("archive", "archive", "other"):
        config = config_at(tmp_path / "archive.ocio", name)
        exported(film, tmp_path / "out", "exr", encoding="ACEScg", colours=config, restore=counting)
    assert made == [0, 1, 0, 1]
    exported(film, tmp_path / "plain", "exr", colours=config)
    assert spec_of(of(tmp_path / "plain", "exr")).getattribute("answerprint:encoding") == "cineon"     # 'same' goes by no config


def test_configs_that_do_not_serve(tmp_path):
    film = Film(tmp_path / "scan", [faded(1, SIZE)])

    def refused(config: Path, space: str, why: str) -> None:
        with pytest.raises(UsageError, match=why):
            check(film, ExportSettings(tmp_path / "out", ("exr",), space, colours=config))

    config = config_at(tmp_path / "archive.ocio")
    refused(config, "No such space", r"has no such colour space; it has ACES2065-1")
    refused(config, "Raw", "data, no colour")
    refused(tmp_path / "gone.ocio", "ACEScg", r"gone\.ocio: .*cannot be read")
    (tmp_path / "bad.ocio").write_text("nonsense: [")
    refused(tmp_path / "bad.ocio", "ACEScg", r"bad\.ocio: .*cannot be read")
    (tmp_path / "old.ocio").write_text("ocio_profile_version: 1\nroles: {default: lin}\ncolorspaces:\n  - !<ColorSpace>\n    name: lin\n")
    refused(tmp_path / "old.ocio", "lin", "aces_interchange")


@pytest.mark.parametrize("form", ["tiff", "exr", "png"])
def test_results_say_the_rate_and_aspect_of_the_source(tmp_path, exported, form):
    film = Film(tmp_path / "scan", [faded(1, SIZE)], rate=Fraction(24000, 1001), pixel_aspect=Fraction(2))
    exported(film, tmp_path / "out", form)
    with open_source(of(tmp_path / "out", form[:3])) as found:
        assert found.info.pixel_aspect == 2 and (form != "exr" or found.info.rate == Fraction(24000, 1001))
