"""The model file: the net's weights, the pointwise fits, and a description in plain words; nothing that runs code when loaded."""
from __future__ import annotations

import io
import pickle
from collections.abc import Iterable
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

import torch
from torch import Tensor, nn

from engine.errors import MediaError, NewerVersion
from engine.files import replacing
from engine.train.baseline import Domain, Lut
from engine.train.net import AffineGrid, NetSettings, look_up

VERSION = 2         # 1: one net for all shots


class Corrected(nn.Module):
    """A shared net with a correction of its own for some shots: a small net whose coefficients are added, `strength` 0..1 of them. A fresh
    one changes nothing. Only the correction learns."""

    def __init__(self, shared: AffineGrid, own: AffineGrid, strength: float = 1.0) -> None:
        super().__init__()
        self.shared, self.own, self.strength, self.settings = shared, own, strength, shared.settings

    @staticmethod
    def begin(shared: AffineGrid, settings: NetSettings, seed: int) -> Corrected:
        """A correction that changes nothing yet, and sees colours as the shared net does."""
        torch.manual_seed(seed)
        own = AffineGrid(settings).to(memory_format=torch.channels_last)  # type: ignore[call-overload]
        for name, value in shared.named_buffers():
            own.get_buffer(name).copy_(value)
        return Corrected(shared, own.to(shared.mean.device))

    def forward(self, view: Tensor) -> Tensor:
        with torch.no_grad():
            shared: Tensor = self.shared(view)
        added: Tensor = self.own(view)
        return shared + self.strength * added

    def chroma(self, coefficients: Tensor, colours: Tensor) -> Tensor:
        return self.shared.chroma(coefficients, colours)


Net = AffineGrid | Corrected


@dataclass
class Model:
    """A trained net with what it starts from. `fits[None]` is the pointwise fit over all shots, `fits[word]` that of a shot:
    (n, n, n, 2) over Y'CbCr from `low` to `high`. `about` is JSON-able: training width, steps, seed, versions, held-out figures,
    "trained_on": elements and pictures with their rights.
    `own`: the nets of shots that the shared one does not serve as well; shots may have one together."""

    net: AffineGrid
    fits: dict[str | None, Tensor]
    low: Tensor
    high: Tensor
    about: dict[str, Any]
    own: dict[str, Corrected] = field(default_factory=dict)

    @staticmethod
    def begin(net: AffineGrid, film: Lut, shots: dict[str, Lut], about: dict[str, Any]) -> Model:
        domain: Domain = film.domain
        fits: dict[str | None, Tensor] = {None: torch.from_numpy(film.nodes).float()}
        fits |= {word: torch.from_numpy(lut.nodes).float() for word, lut in shots.items()}
        return Model(net, fits, torch.tensor(domain.low), torch.tensor(domain.high), about)

    def net_for(self, shot: str | None) -> Net:
        """The net of a shot: the shared one, with a correction where it has one."""
        return self.net if shot is None else self.own.get(shot, self.net)

    @property
    def corrections(self) -> dict[Corrected, list[str]]:
        """Each correction with the shots that have it."""
        return {net: [word for word, own in self.own.items() if own is net] for net in self.own.values()}

    def fit(self, shot: str | None, ycc: Tensor) -> Tensor:
        """Pointwise chroma (h, w, 2) of Y'CbCr (h, w, 3); a shot that the model does not know takes the fit over all shots."""
        return look_up(self.fits.get(shot, self.fits[None]), self.low, self.high, ycc)

    def to(self, device: torch.device) -> Model:
        """The same model with everything on `device`."""
        fits = {word: nodes.to(device) for word, nodes in self.fits.items()}
        for net in self.own.values():
            net.to(device)
        return Model(self.net.to(device), fits, self.low.to(device), self.high.to(device), self.about, self.own)

    def save(self, path: Path) -> None:
        """Write `path` atomically."""
        words = [word for word in self.fits if word is not None]
        write(path, {
            "version": VERSION, "about": self.about, "net": asdict(self.net.settings),
            "weights": weights(self.net), "own": [
                {"shots": shots, "strength": net.strength, "net": asdict(net.own.settings), "weights": weights(net.own)}
                for net, shots in self.corrections.items()],
            "film": self.fits[None].cpu(), "shots": words, "shot_fits": [self.fits[word].cpu() for word in words],
            "low": self.low.cpu(), "high": self.high.cpu(),
        })

    @staticmethod
    def load(path: Path) -> Model:
        """Read a model file. Raises NewerVersion, or MediaError where it is damaged or none."""
        data = read(path, VERSION, "model")
        net = net_of(NetSettings(**data["net"]), data["weights"])
        own = dict(part for saved in data.get("own", ()) for part in shared_out(net, saved))
        fits: dict[str | None, Tensor] = {None: data["film"], **dict(zip(data["shots"], data["shot_fits"], strict=True))}
        return Model(net, fits, data["low"], data["high"], data["about"], own)


def shared_out(net: AffineGrid, saved: dict[str, Any]) -> Iterable[tuple[str, Corrected]]:
    """A correction as a file holds it, for each shot that has it."""
    one = Corrected(net, net_of(NetSettings(**saved["net"]), saved["weights"]), saved["strength"])
    return ((word, one) for word in saved["shots"])


def weights(net: AffineGrid) -> dict[str, Tensor]:
    """A net as a file holds it."""
    return {name: value.cpu().contiguous() for name, value in net.state_dict().items()}


def net_of(settings: NetSettings, weights: dict[str, Tensor]) -> AffineGrid:
    """The net that a file holds, ready to be applied."""
    net: AffineGrid = AffineGrid(settings).to(memory_format=torch.channels_last)  # type: ignore[call-overload]
    net.load_state_dict(weights)
    return net.eval()


def write(path: Path, data: dict[str, Any]) -> None:
    """Replace `path` atomically. Raises DiskFull, OutputRefused."""
    whole = io.BytesIO()        # torch itself does not say when a disk is full
    torch.save(data, whole)
    with replacing(path) as temporary:
        temporary.write_bytes(whole.getbuffer())


def read(path: Path, newest: int, what: str) -> dict[str, Any]:
    """torch.load of plain tensors and values only, with the version checked."""
    try:
        data: dict[str, Any] = torch.load(path, map_location="cpu", weights_only=True)
        version = int(data["version"])
    except (OSError, RuntimeError, EOFError, pickle.UnpicklingError, KeyError, TypeError, ValueError) as error:
        raise MediaError(f"{path}: is no {what} of this program or is damaged; remove it and give the restore command again") from error
    if version > newest:
        raise NewerVersion(f"{path}: this {what} was written by a newer version of the program ({version} > {newest}); update the program")
    return data
