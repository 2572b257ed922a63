"""What the net is made of: the LUT, the slicing, the loss."""
from __future__ import annotations

import numpy as np
import torch
import torch.nn.functional as F  # noqa: N812

from engine.media.colour import from_ycbcr, to_ycbcr
from engine.media.difference import ciede2000, lab
from engine.pairs.pair import Pair
from engine.train.baseline import Domain, Gathered, Lut, fit_film, fit_shot, gather
from engine.train.loss import ChromaLoss
from engine.train.net import AffineGrid, NetSettings, at_phase, look_up
from tests.engine.train.made import pair


def smooth(index: int, turn: float) -> Pair:
    """A pair whose chroma follows smoothly from the colour."""
    made = pair(index)
    ycc = to_ycbcr(made.scan.astype(np.float32))
    chroma = np.stack([0.5 * ycc[..., 1] + 0.2 * ycc[..., 0] ** 2 - 0.05, turn + 0.8 * ycc[..., 2] * ycc[..., 0]], -1)
    return Pair(index, made.name, made.shot, False, made.scan, chroma.astype(np.float16), np.full(made.weight.shape, 255, np.uint8))


def mean_error(lut: Lut, of: Pair) -> float:
    ycc = to_ycbcr(of.scan.astype(np.float32)).reshape(-1, 3)
    return float(np.abs(lut.chroma(ycc) - of.chroma.reshape(-1, 2)).mean())


def test_the_lut_follows_a_smooth_pointwise_map() -> None:
    pairs = [smooth(i, 0.0) for i in range(4)]
    domain = Domain.of(pairs)
    assert mean_error(fit_film(gather(pairs, domain).samples, domain), smooth(9, 0.0)) < 0.004


def test_a_shot_departs_from_the_film_only_where_its_pairs_say_so() -> None:
    pairs = [smooth(i, 0.0) for i in range(4)]
    other = smooth(5, 0.1)
    domain = Domain.of([*pairs, other])
    film = fit_film(gather(pairs, domain).samples, domain)
    shot = fit_shot(film, gather([other], domain).samples)
    assert mean_error(shot, other) < 0.2 * mean_error(film, other)
    nothing = Pair(7, "", "", False, other.scan, other.chroma, np.zeros_like(other.weight))
    np.testing.assert_allclose(fit_shot(film, gather([nothing], domain).samples).nodes, film.nodes)


def test_what_is_gathered_shot_by_shot_is_that_of_the_film() -> None:
    pairs = [smooth(i, 0.1 * i) for i in range(3)]
    domain = Domain.of(pairs)
    whole, joined = gather(pairs, domain), Gathered.join(gather([pair], domain) for pair in pairs)
    np.testing.assert_array_equal(joined.bins, whole.bins)
    np.testing.assert_allclose(joined.sums, whole.sums)


def test_the_lut_reads_the_same_in_the_net() -> None:
    pairs = [smooth(i, 0.0) for i in range(2)]
    domain = Domain.of(pairs)
    lut = fit_film(gather(pairs, domain).samples, domain)
    ycc = np.random.default_rng(0).uniform(-0.6, 1.2, (20, 30, 3)).astype(np.float32)
    low, high = torch.tensor(domain.low), torch.tensor(domain.high)
    in_net = look_up(torch.from_numpy(lut.nodes).float(), low, high, torch.from_numpy(ycc))
    np.testing.assert_allclose(in_net.numpy(), lut.chroma(ycc.reshape(-1, 3)).reshape(20, 30, 2), atol=1e-5)


def test_coefficients_at_a_pixel_of_every_cell_are_those_of_bilinear_enlargement() -> None:
    coefficients = torch.rand(2, 3, 7, 9)
    large = F.interpolate(coefficients, scale_factor=4, mode="bilinear", align_corners=False)
    for row, column in ((0, 0), (1, 2), (3, 3)):
        torch.testing.assert_close(at_phase(coefficients, row, column, 4), large[:, :, row::4, column::4])


def test_an_untrained_net_gives_the_pointwise_fit() -> None:
    net = AffineGrid(NetSettings())
    colours = torch.rand(1, 5, 11, 13)
    coefficients = net(torch.rand(1, 5, 11, 13))
    torch.testing.assert_close(net.chroma(coefficients, colours), colours[:, 3:])


def test_the_loss_is_about_ciede2000() -> None:
    random = np.random.default_rng(1)
    target = random.uniform(0.2, 0.8, (40, 40, 3)).astype(np.float32)
    ycc = to_ycbcr(target)
    shown = ycc.copy()
    shown[..., 1:] += random.normal(0, 0.03, (40, 40, 2))
    true = ciede2000(lab(from_ycbcr(shown)), lab(target)).mean()
    planes = [torch.from_numpy(p).permute(2, 0, 1)[None] for p in (shown[..., 1:], ycc[..., 1:])]
    loss = ChromaLoss(torch.device("cpu"))(*planes, torch.from_numpy(ycc[..., 0])[None], torch.ones(1, 40, 40))
    assert abs(float(loss) - true) < 0.15 * true
