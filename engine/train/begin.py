"""What a training run starts from: the pairs in memory, the pointwise fits, a fresh net, and the way this machine calculates."""
from __future__ import annotations

import platform
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import torch

from engine.errors import TooShort
from engine.pairs.pair import Pair
from engine.run import Run
from engine.train.baseline import Domain, fit_film, fit_shot, gather
from engine.train.model import Model
from engine.train.net import AffineGrid, NetSettings
from engine.train.samples import Sample


def load_pairs(paths: Sequence[Path], run: Run) -> list[Pair]:
    """All pairs that show anything into memory. Raises TooShort where there is none to train on."""
    pairs = []
    for done, path in enumerate(paths):
        run.step(done, len(paths), "reading pairs")
        pairs.append(Pair.load(path))
    pairs = [p for p in pairs if p.weight.any()]
    if all(p.held_out for p in pairs):
        raise TooShort("there is no pair to train on: scan and reference agree nowhere in the pairs chosen; choose others with --pairs")
    return pairs


def begin_model(pairs: Sequence[Pair], seed: int, run: Run) -> Model:
    """A fresh net on top of the pointwise fits of the film and of every shot, all from `pairs`, which are those to train on."""
    domain = Domain.of(pairs)
    film = fit_film(gather(pairs, domain), domain)
    words = sorted({p.shot for p in pairs})
    shots = {}
    for done, word in enumerate(words):
        run.step(done, len(words), "fitting colour shot by shot")
        shots[word] = fit_shot(film, gather([p for p in pairs if p.shot == word], domain))
    torch.manual_seed(seed)
    net = AffineGrid(NetSettings()).to(memory_format=torch.channels_last)  # type: ignore[call-overload]
    versions = {"torch": str(torch.__version__), "python": platform.python_version()}
    return Model.begin(net, film, shots, {"training_width": max(p.scan.shape[1] for p in pairs), "seed": seed, "versions": versions})


def set_scale(net: AffineGrid, samples: Sequence[Sample]) -> None:
    """Mean and deviation of the colours, and the spread of the target chroma, over the training pairs."""
    colours = torch.cat([s.view[:5].flatten(1) for s in samples], 1)
    target = torch.cat([s.pixels[7:9, ::4, ::4].float().flatten(1) for s in samples], 1)
    net.mean.copy_(colours.mean(1))
    net.deviation.copy_(colours.std(1).clamp(min=1e-3))
    net.spread.copy_(target.std(1).clamp(min=1e-3))


def calculates_half(device: torch.device) -> bool:
    """Whether bfloat16 convolutions are native: by what the processor is, never by a clock, so that a repeated run does the same."""
    if device.type == "cuda":
        return bool(torch.cuda.is_bf16_supported())
    native = getattr(torch.cpu, "_is_avx512_bf16_supported", lambda: False)
    return device.type == "cpu" and bool(native())


@contextmanager
def calculating(threads: int, device: torch.device) -> Iterator[None]:
    """A fixed number of threads and deterministic algorithms (on the CPU for certain), put back afterwards."""
    before, strict = torch.get_num_threads(), torch.are_deterministic_algorithms_enabled()
    torch.set_num_threads(threads)
    torch.use_deterministic_algorithms(True, warn_only=device.type != "cpu")
    try:
        yield
    finally:
        torch.set_num_threads(before)
        torch.use_deterministic_algorithms(strict)
