"""The model file of detail: the net's weights and a description in plain words; nothing that runs code when loaded."""
from __future__ import annotations

from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import torch

from engine.train.detail_net import DetailNet, DetailSettings
from engine.train.model import read, write

VERSION = 1


@dataclass
class DetailModel:
    """`about` is JSON-able: steps, seed, threads, versions, held-out figures, "trained_on": elements with their
    rights; "harmed": most of its pairs were damaged, not just soft;
    "learnt": the marks of its frames, where none was held out."""

    net: DetailNet
    about: dict[str, Any]

    def save(self, path: Path) -> None:
        """Write `path` atomically."""
        weights = {name: value.cpu().contiguous() for name, value in self.net.state_dict().items()}
        write(path, {"version": VERSION, "kind": "detail", "about": self.about, "net": asdict(self.net.settings), "weights": weights})

    @staticmethod
    def load(path: Path) -> DetailModel:
        """Raises NewerVersion, or MediaError where it is damaged or none."""
        data = read(path, VERSION, "model of detail")
        net = fresh(DetailSettings(data["net"]["planes"], tuple(data["net"]["channels"])))
        net.load_state_dict(data["weights"])
        return DetailModel(net.eval(), data["about"])


def fresh(settings: DetailSettings) -> DetailNet:
    net: DetailNet = DetailNet(settings).to(memory_format=torch.channels_last)  # type: ignore[call-overload]
    return net
