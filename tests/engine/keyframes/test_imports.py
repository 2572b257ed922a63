"""Pictures painted elsewhere become keyframes; those that cannot are refused with a reason, and none lands on a wrong frame."""
from __future__ import annotations

import hashlib
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray

from engine.errors import MediaError, UsageError
from engine.fixity import FOLDER, PICTURES, known_prints
from engine.keyframes.imports import Imported, current, import_paintings
from engine.keyframes.keyframe import Layer, keyframe_names, load_keyframe
from engine.keyframes.palette import Swatch
from engine.media.colour import to_display, to_ycbcr
from engine.media.open import open_source
from engine.media.source import FrameSource
from engine.run import Cancelled, Run
from tests.conftest import faded_pair
from tests.engine.keyframes.paintings import cmyk_jpeg, repainted, save, write, write_psd

Floats = NDArray[np.float32]
KNOWN = Swatch(4, "sky", (0.2, 0.4, 0.8), "book", "Kodachrome plates, 1947")


@pytest.fixture(scope="module")
def scan(sample_film: Any) -> FrameSource:
    return open_source(sample_film.scan)


def shown(scan: FrameSource, index: int) -> Floats:
    return np.clip(to_display(scan.read(index), scan.info.encoding), 0, 1)


@pytest.fixture
def bring(scan: FrameSource, tmp_path: Path) -> Callable[..., Imported]:
    """`bring(path, ...)` into one project, with the palette that the last call left."""
    palette: list[Swatch] = [KNOWN]

    def call(*paths: Path, aligned: bool = False, run: Run | None = None) -> Imported:
        result = import_paintings(paths, scan, scan.info.encoding, tmp_path / "project", palette, aligned, run or Run())
        palette[:] = result.swatches
        return result
    return call


def layer(project: Path, name: str) -> Layer:
    return Layer.load(project, name, load_keyframe(project, name).ops[-1].file)


def test_a_folder_of_paintings(scan: FrameSource, tmp_path: Path, bring: Callable[..., Imported]) -> None:
    folder, project = tmp_path / "painted", tmp_path / "project"
    for index in (5, 31):
        save(folder / f"scan.{86400 + index:07d}.png", repainted(shown(scan, index), index))
    save(folder / "by its picture.png", repainted(shown(scan, 20), 20, 200))
    (folder / "scan.0086405.png.txt").write_text("photograph: lobby card, Filmoteca, 1952\nmore")
    (folder / "by its picture.txt").write_text("what the costumes looked like")
    (folder / "notes.docx").write_text("no picture")
    result = bring(folder)
    assert sorted(result.keyframes) == keyframe_names(project) == ["0086405", "0086420", "0086431"]
    assert result.refused == ()
    assert result.swatches[0] == KNOWN
    by_file = {swatch.file: swatch for swatch in result.swatches}
    assert sorted(swatch.number for swatch in result.swatches) == [4, 5, 6, 7]
    card, costumes, guess = (by_file[f"{name}.png"] for name in ("scan.0086405", "by its picture", "scan.0086431"))
    assert (card.kind, card.source, card.assumption) == ("photograph", "lobby card, Filmoteca, 1952", False)
    assert (costumes.kind, costumes.source, costumes.founded) == ("note", "what the costumes looked like", True)
    assert (guess.kind, guess.source, guess.assumption) == ("", "", True)
    op = load_keyframe(project, "0086405").ops[0]
    assert (op.tool, op.swatch, op.what) == ("layer", card.number, "imported from scan.0086405.png")


def test_only_chroma_is_taken_and_it_is_the_paintings(scan: FrameSource, tmp_path: Path, bring: Callable[..., Imported]) -> None:
    picture = repainted(shown(scan, 20))
    result = bring(save(tmp_path / "0086420.png", picture))
    taken = layer(tmp_path / "project", "0086420")
    assert taken.chroma.shape == (*picture.shape[:2], 2)
    wanted = to_ycbcr(picture)[..., 1:]
    assert np.abs(taken.chroma.astype(np.float32) - wanted)[taken.alpha > 0.99].max() < 0.002
    assert np.abs(np.array(result.swatches[-1].colour) - picture[taken.alpha > 0.5].mean(0)).max() < 0.02


def test_alpha_says_what_is_painted_and_no_colour_leaks_from_under_it(
        scan: FrameSource, tmp_path: Path, bring: Callable[..., Imported]) -> None:
    picture = repainted(shown(scan, 20), width=1024)
    alpha = np.zeros(picture.shape[:2], np.float32)
    alpha[100:600, 151:873] = 1
    picture[alpha == 0] = (1, 0, 0)
    bring(save(tmp_path / "0086420.png", np.concatenate([picture, alpha[..., None]], -1)))
    taken = layer(tmp_path / "project", "0086420")
    edge = (taken.alpha > 0.3) & (taken.alpha < 0.9)
    assert edge.any()
    assert float(taken.chroma[edge][:, 1].max()) < 0.3      # Cr of red is 0.5
    assert abs(float(taken.alpha.astype(np.float32).mean()) - alpha.mean()) < 0.01


def test_what_was_left_as_the_scan_has_it_is_not_painted(scan: FrameSource, tmp_path: Path, bring: Callable[..., Imported]) -> None:
    picture = shown(scan, 20)
    picture[:, :200] = repainted(picture)[:, :200]
    result = bring(save(tmp_path / "0086420.png", picture))
    taken = layer(tmp_path / "project", "0086420")
    assert result.unpainted["0086420"] == pytest.approx(1 - 200 / 512, abs=0.06)
    assert float(taken.alpha[:, 210:].mean()) < 0.02
    assert float(taken.alpha[60:-60, 60:190].mean()) > 0.95


def test_the_black_of_the_gate_is_not_told_as_unpainted(scan: FrameSource, tmp_path: Path, bring: Callable[..., Imported]) -> None:
    picture = repainted(shown(scan, 20))
    picture[:40] = picture[-40:] = 0
    assert bring(save(tmp_path / "0086420.png", picture)).unpainted == {}


def test_a_copy_of_the_scan_is_told(scan: FrameSource, tmp_path: Path, bring: Callable[..., Imported]) -> None:
    result = bring(save(tmp_path / "0086420.png", shown(scan, 20)))
    assert "was it painted" in result.notes[0][1]
    assert result.unpainted == {}


def test_the_same_again_changes_nothing_and_another_picture_is_one_more_operation(
        scan: FrameSource, tmp_path: Path, bring: Callable[..., Imported]) -> None:
    project, path = tmp_path / "project", tmp_path / "0086420.png"
    save(path, repainted(shown(scan, 20), 1))
    first = bring(path)
    before = (project / "keyframes/0086420/keyframe.json").read_bytes()
    assert bring(path).keyframes == ()
    assert (project / "keyframes/0086420/keyframe.json").read_bytes() == before
    save(path, repainted(shown(scan, 20), 2))
    path.with_suffix(".txt").write_text("Person: Ana, who was there")
    second = bring(path)
    keyframe = load_keyframe(project, "0086420")
    assert len(keyframe.ops) == 2 and len(keyframe.undo().ops) == 1
    assert len(second.swatches) == len(first.swatches)
    assert (second.swatches[-1].kind, second.swatches[-1].source, second.swatches[-1].assumption) == ("person", "Ana, who was there", False)


@pytest.mark.parametrize(("frames", "together"), [((5, 31), True), ((5, 31), False), ((20, 20), False)])
def test_two_pictures_of_one_name_each_have_their_own_source(
        scan: FrameSource, tmp_path: Path, bring: Callable[..., Imported], frames: tuple[int, int], together: bool) -> None:
    notes = ("painting: museum copy", "photograph: set photograph, 1959")
    paths = [save(tmp_path / folder / "p.png", repainted(shown(scan, frame), seed)) for folder, frame, seed in zip("ab", frames, (1, 2),
                                                                                                               strict=True)]
    for path, note in zip(paths, notes, strict=True):
        path.with_suffix(".txt").write_text(note)
    if together:
        bring(*paths)
    else:
        bring(paths[0])
        bring(paths[1])
    again = bring(paths[0])
    assert [f"{swatch.kind}: {swatch.source}" for swatch in again.swatches[1:]] == list(notes)
    sums = [hashlib.sha256(path.read_bytes()).hexdigest() for path in paths]
    assert [swatch.sha256 for swatch in again.swatches[1:]] == sums
    used = [op.swatch for name in keyframe_names(tmp_path / "project") for op in load_keyframe(tmp_path / "project", name).ops]
    assert used == [swatch.number for swatch in again.swatches[1:]]
    assert {(name.rsplit("/", 1)[-1], one.sha256) for name, one in known_prints(tmp_path / "project" / FOLDER / PICTURES).items()} == {
        ("p.png", digest) for digest in sums}


def test_bad_files_do_not_stop_the_others(scan: FrameSource, tmp_path: Path, bring: Callable[..., Imported]) -> None:
    folder = tmp_path / "painted"
    good = repainted(shown(scan, 5))
    other = faded_pair(3, 388)[0].astype(np.float32) / 255
    codes = np.rint(good * 255).astype(np.uint8)
    words = {
        save(folder / "0086405.png", good): "",
        save(folder / "0086406.png", repainted(shown(scan, 31))): "looks like frame 0086431",
        save(folder / "0086407.png", np.tile(other, (1, 2, 1))[:, :512]): "looks like no frame",
        save(folder / "0086408.png", np.ascontiguousarray(np.rot90(repainted(shown(scan, 8))))): "turned by 90",
        save(folder / "0086409.png", repainted(shown(scan, 9))[:, 100:]): "another shape",
        cmyk_jpeg(folder / "0086410.jpg"): "CMYK",
        write(folder / "0086411.tif", codes[..., :1], "uint8", oiio__BitsPerSample=1): "1 bit",
        write_psd(folder / "0086412.psd", codes, merged=False, layers=True): "no flattened image",
        write_psd(folder / "0086431.psd", np.rint(repainted(shown(scan, 31)) * 65535).astype(np.uint16)): "",
    }
    result = bring(folder)
    assert sorted(result.keyframes) == ["0086405", "0086431"]
    refused = dict(result.refused)
    assert list(refused) == [path for path in words if words[path]]
    for path, reason in refused.items():
        assert words[path] in reason and str(path) in reason and "\n" not in reason


def test_where_none_can_be_taken_the_first_reason_is_raised(tmp_path: Path, bring: Callable[..., Imported]) -> None:
    (tmp_path / "painted").mkdir()
    with pytest.raises(UsageError, match="there is no picture"):
        bring(tmp_path / "painted")
    cmyk_jpeg(tmp_path / "painted" / "0086405.jpg")
    (tmp_path / "painted" / "0086406.png").write_bytes(b"")
    with pytest.raises(MediaError, match=r"0086405\.jpg.*CMYK"):
        bring(tmp_path / "painted")
    assert keyframe_names(tmp_path / "project") == []


def test_two_pictures_of_one_frame(scan: FrameSource, tmp_path: Path, bring: Callable[..., Imported]) -> None:
    one, two = (save(tmp_path / f"{name}_0086405.png", repainted(shown(scan, 5))) for name in ("ana", "bea"))
    with pytest.raises(UsageError, match=r"ana_0086405\.png and bea_0086405\.png both show frame 0086405"):
        bring(one, two)
    assert keyframe_names(tmp_path / "project") == []


def test_aligned_pictures_stand_for_frames_by_order(tmp_path: Path) -> None:
    pictures = [faded_pair(seed)[0].astype(np.float32) / 255 for seed in range(3)]
    for k, picture in enumerate(pictures):
        save(tmp_path / "scan" / f"f.{k + 100:04d}.png", 1 - picture)
        save(tmp_path / "painted" / f"{'abc'[k]}.png", picture)
    film = open_source(tmp_path / "scan")
    result = import_paintings([tmp_path / "painted"], film, "rec709", tmp_path / "project", [], True, Run())
    assert result.keyframes == ("0100", "0101", "0102")
    assert [swatch.name for swatch in result.swatches] == ["a", "b", "c"]


def small_film(folder: Path, count: int, start: int = 0) -> list[Floats]:
    rng = np.random.default_rng(count)
    pictures = []
    for k in range(count):
        blocks = rng.random((6, 8, 3)).astype(np.float32)
        pictures.append(np.kron(blocks, np.ones((8, 8, 1), np.float32)))
        save(folder / f"f.{start + k:04d}.png", pictures[-1])
    return pictures


def test_two_hundred_at_once(tmp_path: Path) -> None:
    for k, picture in enumerate(small_film(tmp_path / "scan", 200)):
        save(tmp_path / "painted" / (f"{k:04d}.png" if k % 2 else f"{(k * 37) % 200:03d} coat.png"), repainted(picture, k))
    film = open_source(tmp_path / "scan")
    result = import_paintings([tmp_path / "painted"], film, "rec709", tmp_path / "project", [], False, Run())
    assert result.refused == ()
    assert sorted(result.keyframes) == [film.name(k) for k in range(200)]
    assert len({swatch.number for swatch in result.swatches}) == 200


def test_a_stopped_import_leaves_no_keyframe_without_its_swatch(scan: FrameSource, tmp_path: Path, bring: Callable[..., Imported]) -> None:
    path = save(tmp_path / "0086405.png", repainted(shown(scan, 5)))

    class Stopping(Run):
        def report(self, done: int, total: int, note: str) -> None:
            if "colour" in note:
                raise Cancelled

    with pytest.raises(Cancelled):
        bring(path, run=Stopping())
    assert keyframe_names(tmp_path / "project") == []


def test_keyframes_are_never_shown_on_another_frame_than_they_were_painted_on(tmp_path: Path) -> None:
    scan, project = tmp_path / "scan", tmp_path / "project"
    pictures = small_film(scan, 8)
    for k in (1, 3, 6):
        save(tmp_path / "painted" / f"{k:04d}.png", repainted(pictures[k], k))
    import_paintings([tmp_path / "painted"], open_source(scan), "rec709", project, [], False, Run())
    assert current(project, open_source(scan), Run()).at == {"0001": 1, "0003": 3, "0006": 6}

    save(scan / "f.0003.png", 1 - pictures[3])
    changed = current(project, open_source(scan), Run())
    assert changed.changed == ("0003",)
    assert changed.at == {"0001": 1, "0006": 6}
    with pytest.raises(MediaError, match="keyframe 0003: it was painted on another picture"):
        import_paintings([save(tmp_path / "0003.png", repainted(1 - pictures[3]))], open_source(scan), "rec709", project, [], False, Run())

    shutil.rmtree(scan)
    for k, picture in enumerate(pictures[1:5]):         # numbered anew, and shorter
        save(scan / f"f.{k:04d}.png", picture)
    moved = current(project, open_source(scan), Run())
    assert moved.at == {"0001": 0, "0003": 2}
    assert moved.changed == ("0006",)
