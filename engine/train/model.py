"""The model file: the net's weights, the pointwise fits, and a description in plain words; nothing that runs code when loaded."""
from __future__ import annotations

import io
import pickle
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

import torch
from torch import Tensor

from engine.errors import MediaError, NewerVersion
from engine.files import replacing
from engine.train.baseline import Domain, Lut
from engine.train.net import AffineGrid, NetSettings, look_up

VERSION = 2         # 1: one net for all shots


@dataclass
class Model:
    """A trained net with what it starts from. `fits[None]` is the pointwise fit over all shots, `fits[word]` that of a shot:
    (n, n, n, 2) over Y'CbCr from `low` to `high`. `about` is JSON-able: training width, steps, seed, versions, held-out figures.
    `own`: the nets of shots that the shared one does not serve; shots may have one together."""

    net: AffineGrid
    fits: dict[str | None, Tensor]
    low: Tensor
    high: Tensor
    about: dict[str, Any]
    own: dict[str, AffineGrid] = field(default_factory=dict)

    @staticmethod
    def begin(net: AffineGrid, film: Lut, shots: dict[str, Lut], about: dict[str, Any]) -> Model:
        domain: Domain = film.domain
        fits: dict[str | None, Tensor] = {None: torch.from_numpy(film.nodes).float()}
        fits |= {word: torch.from_numpy(lut.nodes).float() for word, lut in shots.items()}
        return Model(net, fits, torch.tensor(domain.low), torch.tensor(domain.high), about)

    def net_for(self, shot: str | None) -> AffineGrid:
        """The net of a shot: its own, or the shared one."""
        return self.net if shot is None else self.own.get(shot, self.net)

    @property
    def nets(self) -> list[AffineGrid]:
        """The shared net, and each other one once."""
        return list(dict.fromkeys((self.net, *self.own.values())))

    def fit(self, shot: str | None, ycc: Tensor) -> Tensor:
        """Pointwise chroma (h, w, 2) of Y'CbCr (h, w, 3); a shot that the model does not know takes the fit over all shots."""
        return look_up(self.fits.get(shot, self.fits[None]), self.low, self.high, ycc)

    def to(self, device: torch.device) -> Model:
        """The same model with everything on `device`."""
        fits = {word: nodes.to(device) for word, nodes in self.fits.items()}
        own = {word: net.to(device) for word, net in self.own.items()}
        return Model(self.net.to(device), fits, self.low.to(device), self.high.to(device), self.about, own)

    def save(self, path: Path) -> None:
        """Write `path` atomically."""
        words = [word for word in self.fits if word is not None]
        write(path, {
            "version": VERSION, "about": self.about, "net": asdict(self.net.settings),
            "weights": weights(self.net), "own": [
                {"shots": [word for word, own in self.own.items() if own is net], "weights": weights(net)} for net in self.nets[1:]],
            "film": self.fits[None].cpu(), "shots": words, "shot_fits": [self.fits[word].cpu() for word in words],
            "low": self.low.cpu(), "high": self.high.cpu(),
        })

    @staticmethod
    def load(path: Path) -> Model:
        """Read a model file. Raises NewerVersion, or MediaError where it is damaged or none."""
        data = read(path, VERSION, "model")
        net = net_of(NetSettings(**data["net"]), data["weights"])
        own = {word: one for part in data.get("own", ()) for one in [net_of(net.settings, part["weights"])] for word in part["shots"]}
        fits: dict[str | None, Tensor] = {None: data["film"], **dict(zip(data["shots"], data["shot_fits"], strict=True))}
        return Model(net, fits, data["low"], data["high"], data["about"], own)


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
