"""What a training run starts from: its pairs, the pointwise fits, a fresh net, and the way this machine calculates."""
from __future__ import annotations

import platform
import shutil
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import torch
from torch import Tensor

from engine.errors import TooShort
from engine.files import told
from engine.pairs.pair import Pair, PairFile
from engine.run import Run
from engine.train.baseline import Domain, Gathered, fit_film, fit_shot, gather
from engine.train.model import Model
from engine.train.net import AffineGrid, NetSettings
from engine.train.samples import TARGET, Sample


def look_through(paths: Sequence[Path], run: Run) -> list[PairFile]:
    """The pairs that show anything. Raises TooShort where there is none to train on, MediaError where one is damaged."""
    pairs = []
    for done, path in enumerate(paths):
        run.step(done, len(paths), "looking through the pairs")
        pairs.append(PairFile.look(path))
    pairs = [p for p in pairs if not p.empty]
    if all(p.held_out for p in pairs):
        raise TooShort("there is no pair to train on: scan and reference agree nowhere in the pairs chosen; choose others with --pairs")
    return pairs


def begin_model(pairs: Sequence[PairFile], seed: int, threads: int, start: Path | None, run: Run) -> Model:
    """A fresh net, or that of the model `start`, on top of the pointwise fits of the film and of every shot, all from `pairs`, which are
    those to train on."""
    words = sorted({p.shot for p in pairs})

    def loaded(shot: str | None, note: str) -> Iterator[Pair]:
        """The pairs of a shot (None: of the film), one at a time."""
        for done, pair in enumerate(pairs):
            run.step(done, len(pairs), note)
            if shot in (None, pair.shot):
                yield pair.load()

    domain = Domain.of(loaded(None, "looking at the colours"))
    seen = {word: gather(loaded(word, f"gathering the colours of {word}"), domain) for word in words}
    run.step(0, len(words) + 1, "fitting colour to the film")
    film = fit_film(Gathered.join(seen.values()).samples, domain)
    shots = {}
    for done, word in enumerate(words, 1):
        run.step(done, len(words) + 1, f"fitting colour to {word}")
        shots[word] = fit_shot(film, seen[word].samples)
    torch.manual_seed(seed)
    fresh = AffineGrid(NetSettings()).to(memory_format=torch.channels_last)  # type: ignore[call-overload]
    net = Model.load(start).net.train() if start else fresh
    versions = {"torch": str(torch.__version__), "python": platform.python_version()}
    return Model.begin(net, film, shots, {"training_width": max(p.width for p in pairs), "seed": seed, "threads": threads,
                                          "versions": versions})


def set_scale(net: AffineGrid, samples: Sequence[Sample]) -> None:
    """Mean and deviation of the colours, and the spread of the target chroma, over the training pairs."""
    colours, target = Moments(), Moments()
    for sample in samples:
        colours.add(sample.view()[:5])
        target.add(sample.pixels(0, 0)[TARGET])
    net.mean.copy_(colours.mean)
    net.deviation.copy_(colours.deviation.clamp(min=1e-3))
    net.spread.copy_(target.deviation.clamp(min=1e-3))


class Moments:
    """Mean and deviation by channel of planes (c, h, w) that come one after another."""

    def __init__(self) -> None:
        self._count, self._sum, self._squares = 0, torch.zeros(1), torch.zeros(1)

    def add(self, planes: Tensor) -> None:
        flat = planes.double().flatten(1)
        self._count += flat.shape[1]
        self._sum = self._sum + flat.sum(1)
        self._squares = self._squares + flat.square().sum(1)

    @property
    def mean(self) -> Tensor:
        return self._sum / self._count

    @property
    def deviation(self) -> Tensor:
        return (self._squares / self._count - self.mean.square()).clamp(min=0).sqrt()


def calculates_half(device: torch.device) -> bool:
    """Whether bfloat16 convolutions are native: by what the processor is, never by a clock, so that a repeated run does the same."""
    if device.type == "cuda":
        return bool(torch.cuda.is_bf16_supported())
    native = getattr(torch.cpu, "_is_avx512_bf16_supported", lambda: False)
    return device.type == "cpu" and bool(native())


@contextmanager
def calculating(threads: int, device: torch.device) -> Iterator[None]:
    """A fixed number of threads and deterministic algorithms (on the CPU for certain), put back afterwards."""
    before, strict = torch.get_num_threads(), torch.get_deterministic_debug_mode()
    settings = torch.utils.deterministic
    filled = settings.fill_uninitialized_memory  # type: ignore[attr-defined]
    torch.set_num_threads(threads)
    torch.set_deterministic_debug_mode("error" if device.type == "cpu" else "warn")     # the other call imports the compiler, for seconds
    settings.fill_uninitialized_memory = False  # type: ignore[attr-defined]    # nothing reads such memory
    try:
        yield
    finally:
        torch.set_num_threads(before)
        torch.set_deterministic_debug_mode(strict)
        settings.fill_uninitialized_memory = filled  # type: ignore[attr-defined]


@contextmanager
def scratch(folder: Path) -> Iterator[Path]:
    """An empty folder that is gone afterwards. Raises DiskFull, OutputRefused."""
    shutil.rmtree(folder, ignore_errors=True)
    with told(folder, "laying out the pairs"):
        folder.mkdir()
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)
