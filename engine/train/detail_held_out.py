"""The held-out error of detail: PSNR of luma on frames that training never sees, of the net, of the best linear filter and of the frame."""
from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import cached_property

import numpy as np
import torch

from engine.detail.filters import LinearFilter
from engine.detail.likeness import psnr
from engine.detail.measures import Measures, mean, measure_pair
from engine.train.detail_net import DetailNet
from engine.train.detail_samples import DetailSample, Floats

Show = Callable[[DetailSample, Floats], None]


class DetailHeldOut:
    """Held-out samples, at least one, each measured where most of it is trusted. `frames`: PSNR in dB by the samples' names, as measured
    last."""

    def __init__(self, samples: Sequence[DetailSample], linear: LinearFilter, device: torch.device) -> None:
        self.samples, self.linear, self.device = samples, linear, device
        self.frames: dict[str, float] = {}

    @cached_property
    def baselines(self) -> tuple[float, float]:
        """Of the filter and of the frame in the reference's tone, in dB."""
        found = []
        for sample in self.samples:
            planes = sample.part()
            found.append([psnr(made, planes[-2], planes[-1]) for made in (self.linear.apply(planes[0]), planes[0])])
        linear, untouched = np.mean(found, 0).tolist()
        return linear, untouched

    def measure(self, net: DetailNet, show: Show | None = None) -> float:
        """Mean PSNR over the frames."""
        for sample in self.samples:
            planes = sample.part()
            made = made_of(net, planes[:-2], self.device)
            self.frames[sample.path.stem] = psnr(made, planes[-2], planes[-1])
            if show:
                show(sample, made)
        return float(np.mean(list(self.frames.values())))

    def measures(self, net: DetailNet) -> Measures:
        """All that is told of the result, over the frames."""
        found = []
        for sample in self.samples:
            planes = sample.part()
            found.append(measure_pair(made_of(net, planes[:-2], self.device), planes[-2], planes[0], planes[-1]))
        return mean(found)


def made_of(net: DetailNet, seen: Floats, device: torch.device) -> Floats:
    """What the net makes of planes (c, h, w): luma (h, w)."""
    with torch.no_grad():
        made = net.whole(torch.from_numpy(np.ascontiguousarray(seen))[None].to(device))
    return np.asarray(made[0, 0].cpu().numpy(), np.float32)
