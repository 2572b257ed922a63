"""What was invented is found where it is; softness, grain and what was there before are no invention."""
import cv2
import numpy as np
import pytest

from engine.detail.invention import invented
from engine.detail.invention_map import WIDTH, load_map, save_map
from engine.errors import MediaError

ONE = np.ones((256, 256), np.float32)


def scene(seed):
    """Shapes, fine detail in one corner, plain elsewhere."""
    rng = np.random.default_rng(seed)
    plane = np.full((256, 256), 0.5, np.float32)
    for _ in range(10):
        centre = [int(v) for v in rng.integers(0, 256, 2)]
        cv2.circle(plane, centre, int(rng.integers(15, 50)), float(rng.uniform(0.2, 0.8)), -1, cv2.LINE_AA)
    plane[:64, :64] += np.float32(0.08) * rng.normal(size=(64, 64)).astype(np.float32)
    return cv2.GaussianBlur(plane, (0, 0), 0.7)


def grain(seed, strength):
    plane = cv2.GaussianBlur(np.random.default_rng(seed).normal(size=(256, 256)).astype(np.float32), (0, 0), 0.7)
    return strength * plane / plane.std()


def soft(plane, sigma=1.2):
    return cv2.GaussianBlur(plane, (0, 0), sigma)


def pattern(kind):
    y, x = np.mgrid[:40, :48]
    return np.float32(0.1) * np.where((x // 2 + y // 2) % 2 if kind == "checks" else x // 3 % 2, 1, -1).astype(np.float32)


@pytest.mark.parametrize("seed", [1, 2])
@pytest.mark.parametrize("kind", ["checks", "stripes"])
def test_a_pattern_that_was_pasted_in_is_found_there_and_nowhere_else(seed, kind):
    target = scene(seed)
    scan = soft(target) + grain(seed + 10, 0.015)
    result = soft(target, 0.6)
    result[150:190, 120:168] += pattern(kind)
    found = invented(result, target, scan, ONE)
    assert found[150:190, 120:168].mean() > 0.8
    found[140:200, 110:178] = 0
    assert found.mean() < 0.01


@pytest.mark.parametrize("seed", [3, 4])
def test_neither_softness_nor_grain_nor_sharpness_nor_a_shift_is_invention(seed):
    target = scene(seed)
    scan = soft(target) + grain(seed + 10, 0.02)
    sharper = target + 0.3 * (target - soft(target))
    moved = cv2.warpAffine(target, np.float32([[1, 0, 0.7], [0, 1, 0.4]]), (256, 256), borderMode=cv2.BORDER_REPLICATE)
    for result in (target, soft(target, 2), target + grain(seed + 20, 0.02), scan, moved):
        assert invented(result, target, scan, ONE).mean() < 0.002
    assert invented(sharper, target, scan, ONE).mean() < 0.01


def test_what_the_scan_or_the_target_shows_is_not_invented():
    plain = scene(5)
    marked = plain.copy()
    marked[150:190, 120:168] += pattern("checks")
    assert invented(marked, plain, marked, ONE).max() == 0 == invented(marked, marked, plain, ONE).max()
    assert invented(marked, plain, plain, ONE)[150:190, 120:168].mean() > 0.8


def test_what_has_no_weight_does_not_count():
    target, weight = scene(6), ONE.copy()
    result = target.copy()
    result[150:190, 120:168] += pattern("checks")
    weight[130:210, 100:190] = 0
    assert invented(result, target, target, weight).max() == 0
    assert invented(result, target, target, 0 * ONE).max() == 0


def test_a_map_on_disk_tells_what_was_invented_from_what_was_not_compared(tmp_path):
    found, weight = np.zeros((300, 2 * WIDTH), np.float32), np.ones((300, 2 * WIDTH), np.float32)
    found[100:140, 200:260] = 1
    found[200:240, 200:260] = 0.5
    weight[:, -400:] = 0
    save_map(tmp_path / "maps" / "7.png", found, weight)
    share, compared = load_map(tmp_path / "maps" / "7.png")
    assert share.shape == (150, WIDTH) == compared.shape and [path.name for path in (tmp_path / "maps").iterdir()] == ["7.png"]
    assert share[51:69, 101:129].min() == 1 and share[101:119, 101:129] == pytest.approx(0.5, abs=0.01)
    share[49:71, 99:131], share[99:121, 99:131] = 0, 0
    assert share.max() == 0 and not compared[:, -199:].any() and compared[:, :-201].all()


def test_a_map_that_is_missing_or_damaged_says_so(tmp_path):
    with pytest.raises(MediaError, match="measure the shots again"):
        load_map(tmp_path / "none.png")
    for content in (b"", b"no picture"):
        (tmp_path / "bad.png").write_bytes(content)
        with pytest.raises(MediaError, match="measure the shots again"):
            load_map(tmp_path / "bad.png")
