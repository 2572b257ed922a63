"""What a training run needs to go on to the very same end: a plan made once, and a checkpoint that is replaced as it goes."""
from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from torch import Tensor

from engine.errors import DeviceMissing, MediaError, NewerVersion, OtherTraining
from engine.files import write_json
from engine.train.device import probe
from engine.train.model import read, write
from engine.train.scope import Group

VERSION = 1
LEARNT = ("checkpoint.pt", "model.pt")      # what hours went into: it is never removed


@dataclass(frozen=True)
class Plan:
    """What was decided at the start and is followed by every resume, whatever the clock says then. Only where memory runs out it is
    changed: `batch`, then `side` become smaller, from the checkpoint on."""

    identity: str               # of the pairs and of what was asked for
    device: str
    threads: int
    half: bool                  # bfloat16 in the convolutions
    batch: int                  # pairs that a step sees
    steps: int | None           # as asked for
    seconds: float | None       # as asked for; with neither, the held-out error decides
    device_name: str = ""       # of the machine that it was made on
    side: int | None = None     # a step sees windows of at most so many cells a side; None: whole pairs
    less: bool = False          # a step sees less than usual, for want of memory

    def save(self, path: Path) -> None:
        write_json(path, {"version": VERSION, **asdict(self)})

    @staticmethod
    def load(path: Path) -> Plan | None:
        """The plan that a run left; None where there is none. Raises NewerVersion, or MediaError where damaged."""
        try:
            data = json.loads(path.read_text(encoding="utf-8"))
            version = int(data.pop("version"))
            if version > VERSION:
                raise NewerVersion(f"{path}: this plan was written by a newer version of the program ({version} > {VERSION}); "
                                   "update the program")
            return Plan(**data)
        except FileNotFoundError:
            return None
        except (OSError, ValueError, TypeError, KeyError, AttributeError) as error:
            raise MediaError(f"{path}: is damaged; remove it and give the same command again, which trains anew") from error


def plan_left(folder: Path, pairs: Sequence[Path], asked: dict[str, Any], asked_device: str, device: str) -> Plan | None:
    """The plan of the run in `folder` where it is one of the same pairs, of the same that was `asked` for, and on `device`, or, where the
    device was left to the program, on the one that it began on. None where nothing was learnt yet.

    Raises DeviceMissing where that device is away, OtherTraining where something else was learnt there, NewerVersion, MediaError."""
    plan, learnt = Plan.load(folder / "plan.json"), any((folder / name).exists() for name in LEARNT)
    if plan and plan.identity == identity_of(pairs, asked, device):
        return plan
    if plan and learnt and asked_device == "auto" and plan.identity == identity_of(pairs, asked, plan.device):
        if trouble := probe(plan.device):
            raise DeviceMissing(f"{folder}: this training began on {plan.device_name or plan.device}, which cannot be used now "
                                f"({trouble}); what it has learnt is kept: make {plan.device} available and give the same command again, "
                                "it goes on, or begin a new training with --device cpu")
        return plan
    if learnt:
        raise OtherTraining(f"{folder}: what was learnt here was learnt of other pairs or settings, or by another version of the program; "
                            "it is kept: train in another folder")
    return None


def identity_of(pairs: Sequence[Path], asked: dict[str, Any], device: str) -> str:
    """A hash of the pairs' contents and of what was asked for, and on which device."""
    total = hashlib.sha256(json.dumps(asked | {"device": device}, sort_keys=True).encode())
    for path in pairs:
        with path.open("rb") as file:
            total.update(hashlib.file_digest(file, "sha256").digest())
    return total.hexdigest()


def mark_of(pair: Path) -> str:
    """Frame and content of a pair in a word: two of the same mark are the same to measure on."""
    with pair.open("rb") as file:
        return f"{pair.stem}-{hashlib.file_digest(file, 'sha256').hexdigest()[:12]}"


@dataclass
class State:
    """Where a run stands. Which pairs a step sees follows from seed and step, so there is no generator to keep.

    A run has a part for the shared net, and one for each group of shots that gets a correction."""

    step: int = 0
    part: int = 0
    began: int = 0                          # the step before the first one of this part
    ends: list[int] = field(default_factory=list)       # the last step of each part, once that is decided
    settled: bool = False                   # whether the groups are known
    groups: list[Group] = field(default_factory=list)
    cools: int = 0                          # the step from which the learning rate comes down, once the end is decided
    level: float = 1.0                      # the learning rate there, over that of a fresh net
    again_step: int = 0                     # where a time was given: when the ends are decided anew
    again_seconds: float = 0.0
    look_steps: float = 0.0                 # a look takes the time of so many steps
    loss: float = 0.0                       # running mean
    best: float = float("inf")              # held-out error
    best_step: int = 0
    seconds: float = 0.0                    # spent up to the checkpoint
    early: bool = False                     # ended because the user had enough
    history: list[dict[str, Any]] = field(default_factory=list)

    @property
    def stop(self) -> int | None:
        """The last step of this part."""
        return self.ends[self.part] if self.ends else None

    @property
    def end(self) -> int | None:
        """The last step of the run."""
        return self.ends[-1] if self.ends else None


@dataclass
class Checkpoint:
    """A state with the weights of the net of each part that has begun, and the optimizer of the last of them."""

    state: State
    weights: list[dict[str, Tensor]]
    optimizer: list[dict[str, Any]]

    def save(self, path: Path, identity: str) -> None:
        """Replace the file atomically."""
        write(path, {"version": VERSION, "identity": identity, "state": asdict(self.state), "weights": self.weights,
                     "optimizer": self.optimizer})

    @staticmethod
    def load(path: Path, identity: str) -> Checkpoint:
        """Raises NewerVersion, or MediaError where it is damaged."""
        data = read(path, VERSION, "checkpoint")
        if data.get("identity") != identity:
            raise MediaError(f"{path}: belongs to another training run; remove it to train again")
        state = State(**data["state"] | {"groups": [Group(**group) for group in data["state"]["groups"]]})
        return Checkpoint(state, data["weights"], data["optimizer"])
