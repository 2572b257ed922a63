"""One step of training; where memory runs out it takes on less from then on, says so, and nothing is lost."""
from __future__ import annotations

from collections.abc import Callable
from contextlib import nullcontext

import torch
from torch import Tensor

from engine.errors import OutOfMemory
from engine.run import Run
from engine.train.checkpoint import Plan
from engine.train.device import is_out_of_memory
from engine.train.loss import ChromaLoss
from engine.train.model import Net
from engine.train.net import AffineGrid, at_phase
from engine.train.optimizer import Optimizer
from engine.train.room import TRIED, fitting, kept_bytes, limited, smaller, words
from engine.train.samples import Batch, Samples


class Learner:
    """A net that learns from samples, with its optimizer. `own` is the part of it that learns; `began` is the step of the run before its
    first one."""

    def __init__(self, net: Net, own: AffineGrid, samples: Samples, began: int) -> None:
        self.net, self.own, self.samples, self.began = net, own, samples, began
        self.size = samples.size
        self.optimizer = Optimizer(own)

    def limit(self, side: int | None) -> None:
        """See windows of at most so many cells a side from now on; None: whole pairs."""
        self.samples.size = limited(self.size, side)


class Stepper:
    """Takes steps by the plan, on its device. After `plan` had to be changed `changed` is called, before the step is taken again."""

    def __init__(self, plan: Plan, run: Run) -> None:
        self.plan, self.device, self.run = plan, torch.device(plan.device), run
        self.loss = ChromaLoss(self.device)
        self.changed: Callable[[], None] = lambda: None

    def take(self, learner: Learner, step: int, rate: float) -> tuple[Batch, float, Tensor]:
        """Step `step` of the run, at `rate` times the learning rate: its batch, and loss and chroma before it. Raises OutOfMemory where not
        even the least fits."""
        while (found := self._attempt(learner, step)) is None:
            self._shrink(learner, step)
        torch.nn.utils.clip_grad_norm_(learner.own.parameters(), 1.0)
        learner.optimizer.step(rate)
        batch, loss, chroma = found
        return batch, loss.item(), chroma.detach()

    def fit(self, learner: Learner, free: int | None) -> None:
        """Take on no more to a step than `free` bytes have room for, as far as a small step tells what a large one takes."""
        learner.limit(TRIED)
        with kept_bytes() as kept:
            tried = self._attempt(learner, learner.began) if free is not None else None
        height, width = learner.samples.size
        learner.limit(self.plan.side)
        plan = fitting(self.plan, learner.samples.size, kept() / (self.plan.batch * height * width) if tried else 0.0, free)
        if plan != self.plan:
            self._follow(plan, learner, f"{(free or 0) / 1e9:.1f} GB of memory are free")

    def takes_on(self, learner: Learner) -> str:
        """What a step takes on, in words."""
        return words(self.plan, learner.samples.size, learner.samples.context)

    def _attempt(self, learner: Learner, step: int) -> tuple[Batch, Tensor, Tensor] | None:
        """Batch, loss and chroma of a step, with the gradients in the net; None where memory ran out, which changes nothing."""
        try:
            batch = learner.samples.batch(step - learner.began, self.plan.batch, self.device)
            return batch, *self._gradients(learner, batch)
        except (MemoryError, RuntimeError) as error:
            if not is_out_of_memory(error):
                raise
            return None

    def _gradients(self, learner: Learner, batch: Batch) -> tuple[Tensor, Tensor]:
        """Loss and chroma of a batch, with its gradients in the net."""
        net = learner.net
        learner.optimizer.forget()
        with torch.autocast(self.device.type, torch.bfloat16) if self.plan.half else nullcontext():
            coefficients = net(batch.view)
        chroma = net.chroma(at_phase(coefficients, batch.row, batch.column, net.settings.context), batch.colours)
        loss = self.loss(chroma, batch.target, batch.luma, batch.weight)
        loss.backward()  # type: ignore[no-untyped-call]
        return loss, chroma

    def _shrink(self, learner: Learner, step: int) -> None:
        """After running out of memory: less to a step from now on."""
        plan = smaller(self.plan, learner.samples.size)
        if plan is None:
            raise OutOfMemory(f"{self.plan.device_name or self.device}: not even {self.takes_on(learner)} fits into the memory; close "
                              "other programs or choose --device cpu")
        learner.optimizer.forget()
        if self.device.type == "cuda":
            torch.cuda.empty_cache()
        self._follow(plan, learner, f"out of memory at step {step + 1:,}")

    def _follow(self, plan: Plan, learner: Learner, why: str) -> None:
        self.plan = plan
        learner.limit(plan.side)
        self.run.say(f"{why}: training goes on with {self.takes_on(learner)}")
        self.changed()
