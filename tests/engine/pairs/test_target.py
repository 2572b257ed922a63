"""The pair of a frame: the balanced scan, the reference's chroma laid on it, and trust."""
import cv2
import numpy as np
import pytest

from engine.align.alignment import FrameMatch
from engine.balance.balance import Balance
from engine.errors import UsageError
from engine.media.colour import to_ycbcr
from engine.pairs.pair import Pair
from engine.pairs.target import make_pair
from tests.engine.balance.films import HEIGHT, MATRIX, WIDTH, Frames, film, paint

PLAIN = ("rec709", "rec709")
HALF = Balance(((1.0, 0.0, 0.0), (0.0, 1.0, 0.0), (0.0, 0.0, 1.0)), (0.3, 0.3, 0.3), Balance.identity().curves)


def pair_of(made, index=0, balance=None, held_out=False):
    return make_pair(made.scan, made.reference, made.alignment.frames[index], balance or Balance.identity(), PLAIN, held_out, "shot 1")


def covered():
    mask = cv2.warpPerspective(np.ones((200, 240), np.uint8), MATRIX, (WIDTH, HEIGHT), flags=cv2.INTER_NEAREST | cv2.WARP_INVERSE_MAP)
    return mask > 0


def test_the_chroma_of_the_reference_lies_on_the_scan():
    made = film(1, faded=False)
    inner = cv2.erode(covered().astype(np.uint8), np.ones((9, 9))) > 0
    error = np.abs(pair_of(made).chroma.astype(np.float32) - to_ycbcr(made.truth[0])[..., 1:])
    assert error[inner].mean() < 0.006


def test_nothing_outside_the_reference_is_trusted_and_most_inside_is():
    pair = pair_of(film(1, faded=False))
    assert (pair.weight[~covered()] == 0).all()
    assert (pair.weight[covered()] > 128).mean() > 0.8


def test_subtitles_are_left_out():
    plain, titled = pair_of(film(1)), pair_of(film(1, subtitles=True))
    letters = np.abs(plain.chroma.astype(np.float32) - titled.chroma.astype(np.float32)).max(2) > 0.05
    assert letters.sum() > 200
    assert (titled.weight[letters] < 64).mean() > 0.8


def test_confidence_scales_the_weight():
    sure, unsure = pair_of(film(1, confidence=1.0)), pair_of(film(1, confidence=0.5))
    assert 126 <= unsure.weight.max() <= 128 and np.abs(sure.weight / 2 - unsure.weight).max() <= 1


def test_the_scan_of_a_pair_is_balanced_and_within_range():
    made = film(1)
    pair = pair_of(made, balance=HALF)
    wanted = np.clip(HALF.apply(made.scan.read(0), 0), 0, 1)
    assert np.abs(pair.scan.astype(np.float32) - wanted).max() < 6e-4
    assert pair.scan.min() >= 0 and pair.scan.max() <= 1


def test_chroma_of_a_reference_that_is_aligned_already_is_passed_on_exactly():
    picture = np.random.default_rng(2).uniform(0, 1, (60, 80, 3)).astype(np.float32)
    scan, reference = Frames("scan", [picture * 0.5]), Frames("reference", [picture])
    pair = make_pair(scan, reference, FrameMatch(0, 0, 1.0, np.eye(3), 0.0), Balance.identity(), PLAIN, True, "s01")
    assert np.array_equal(pair.chroma, to_ycbcr(picture)[..., 1:].astype(np.float16))
    assert pair.held_out and pair.shot == "s01" and pair.name == "0086400" and pair.index == 0


def test_noise_of_compression_is_cleaned_and_edges_of_colour_stay():
    flat = np.full((200, 240, 3), 0.4, np.float32)
    flat[:, 120:] = (0.7, 0.3, 0.2)
    noisy = np.clip(flat + np.random.default_rng(0).normal(0, 0.01, flat.shape), 0, 1).astype(np.float32)
    scan = Frames("scan", [cv2.warpPerspective(flat, MATRIX, (WIDTH, HEIGHT), flags=cv2.INTER_LINEAR | cv2.WARP_INVERSE_MAP)])
    match = FrameMatch(0, 0, 1.0, MATRIX, 0.0)
    noise = []
    for picture in (flat, noisy):
        pair = make_pair(scan, Frames("reference", [picture]), match, Balance.identity(), PLAIN, False, "shot 1")
        noise.append(pair.chroma[60:180, 40:130, 1].astype(np.float32).std())
        edge = pair.chroma[120, :, 1].astype(np.float32)
        assert np.abs(edge[40:159] - edge[40:159].mean()).max() < 0.03 and np.abs(edge[166:280] - edge[166:280].mean()).max() < 0.03
    given = to_ycbcr(noisy)[..., 2][:, :110].std()
    assert noise[0] < 1e-3 and noise[1] < 0.5 * given


def test_a_wide_scan_is_reduced_and_a_small_one_is_not_enlarged():
    wide = cv2.resize(paint(1), (2048, 1536), interpolation=cv2.INTER_CUBIC)
    scan = Frames("scan", [wide])
    pair = make_pair(scan, scan, FrameMatch(0, 0, 1.0, np.eye(3), 0.0), Balance.identity(), PLAIN, False, "shot 1")
    assert (pair.scan.shape, pair.chroma.shape, pair.weight.shape) == ((768, 1024, 3), (768, 1024, 2), (768, 1024))
    small = cv2.resize(np.clip(wide, 0, 1), (1024, 768), interpolation=cv2.INTER_AREA)
    assert np.abs(pair.scan.astype(np.float32) - small).max() < 2e-3
    assert pair_of(film(1)).scan.shape == (HEIGHT, WIDTH, 3)


def test_a_frame_without_a_partner_makes_no_pair():
    with pytest.raises(UsageError, match="0086400 has no partner"):
        pair_of(film(1, partners=[False]))


def test_a_pair_comes_back_from_disk(tmp_path):
    pair = pair_of(film(1))
    back = Pair.load(pair.save(tmp_path))
    assert np.array_equal(back.scan, pair.scan) and np.array_equal(back.chroma, pair.chroma) and np.array_equal(back.weight, pair.weight)
