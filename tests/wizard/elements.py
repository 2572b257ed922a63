"""Tiny projects in which detail is restored, as a worker leaves them at the end of each step; nothing is worked out here."""
from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import numpy as np

from engine.align.alignment import Alignment, FrameMatch
from engine.project import Done, Project, Settings
from engine.recoveries import RECOVERIES
from engine.recoveries.inputs import asked, step_inputs
from tests.conftest import write_png
from tests.engine.finished import medium

FRAMES, SIZE = 8, (24, 32)
HELD = (3, 7)
TRIAL = {"device": "cpu", "device_name": "A processor", "cores": 4, "memory_bytes": 3 * 10**8, "memory_total": 10**10,
         "step_seconds": 0.1, "prepare_seconds": 20.0, "filter_psnr": 30.1, "untouched_psnr": 28.0}
TOLD = ["reference: its edges are 1.4 times as wide as the scan's"]
MEASURES = {"psnr": 31.4, "ssim": 0.921, "spectrum": [1.0] * 4 + [0.9] * 4 + [0.7] * 4 + [0.4] * 4, "grain": 1.1, "edge_px": 0.31,
            "invented": 0.004, "grain_size": 2.1, "grain_wanted_size": 2.4, "grain_likeness": 0.93}


def element(folder: Path, recovery: str, **settings: Any) -> Project:
    """A project with its media, and everything before the training done."""
    random = np.random.default_rng(5)
    for index in range(FRAMES):
        write_png(folder / "scan" / f"scan_{index:04d}.png", random.integers(60, 180, (*SIZE, 3)).astype(np.uint8))
        write_png(folder / "reference" / f"reference_{index:04d}.png", random.integers(60, 180, (*SIZE, 3)).astype(np.uint8))
    made = Project(folder / "film.project", "film", recovery, medium(folder, "scan"), medium(folder, "reference"),
                   Settings(**{"pairs": (0, 2, 4, 6), "held_out": HELD, "formats": ("dpx",), **settings}))    # type: ignore[arg-type]
    made.save()
    frames = tuple(FrameMatch(i, i if i < 7 else None, 0.9, np.eye(3), 0.2) for i in range(FRAMES))
    (made.folder / "align").mkdir()
    Alignment(frames, ((0, FRAMES),), (0, 0, SIZE[1], SIZE[0]), (SIZE[1], SIZE[0]), 24).save(made.folder / "align" / "alignment.json")
    keep(made.folder / "choose" / "suggestions.json",
         {"train": [0, 2, 4, 6], "held_out": list(HELD), "shots": ["shot 1"] * FRAMES,
          "reasons": {"2": {"shot": "shot 1", "covers": 6, "of": 8, "colour": "dark green"}}})
    known = {"trial": TRIAL, "tone": {"told": TOLD}, "damage": {"damaged": 0.23}, "pairs": {"train": 4, "held_out": 2}}
    for step in before_training(recovery):
        made.mark(step, Done(step_inputs(made)[step], known.get(step, {})))
    return made


def before_training(recovery: str) -> list[str]:
    names = RECOVERIES[recovery].names
    return list(names[:names.index("train")])


def keep(path: Path, data: Any) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(data))


def leave_run(project: Project, number: int, near: float, state: str = "done", step: int = 1000, **facts: Any) -> Path:
    """A run's folder: detail in dB, where a recovery has two trainings the first of them in its folder."""
    folder = project.folder / "runs" / f"{number:03d}"
    first = {"combined": folder / "detail", "telecine": folder / "look"}.get(project.recovery, folder)
    training = next(s for s in RECOVERIES[project.recovery].steps if s.name == "train")
    keep(folder / "job.json", {"inputs": step_inputs(project)["train"], "settings": asked(training, project.settings)})
    held = {"psnr": near, "filter_psnr": 30.1, "untouched_psnr": 28.0, "measures": MEASURES}
    known = {"facts": {"steps": step, "device": "cpu", "held_out": held, "model_bytes": 1, **facts}} if state == "done" else {}
    keep(folder / "status.json", {"state": state, "done": step, **known})
    if state == "done":
        (folder / "model.pt").write_bytes(b"m")
    leave_training(first, [{"step": at, "psnr": 28 + (near - 28) * at / step, "filter_psnr": 30.1, "untouched_psnr": 28.0, "held_out": 2,
                            "step_ms": 50.0} for at in (1, step)])
    return folder


def leave_training(folder: Path, rows: list[dict[str, Any]]) -> None:
    """Plan, curve and pictures of one training."""
    keep(folder / "plan.json", {"device": "cpu", "device_name": "A quick processor"})
    (folder / "curve.jsonl").write_text("".join(json.dumps(row) + "\n" for row in rows))
    for frame in HELD:
        for end in (".scan", "", ".target"):
            write_png(folder / "preview" / f"held-{frame:07d}{end}.png", np.full((*SIZE, 3), 90, np.uint8))


def table(run: int) -> dict[str, Any]:
    """Of the review: a shot where the net is better, and one where a filter is."""
    shot = {"shot": "shot 1", "first": 0, "last": 3, "frames": 4, "psnr": 31.4, "filter_psnr": 30.1, "measured": "held out",
            "compared": [3], "worst": 3, "stability": {"flicker": 0}, "chroma": {"max": 0.0, "exact": 4, "frames": 4},
            "measures": MEASURES, "maps": {"3": "invented/0000003.png"}}
    worse = shot | {"shot": "shot 2", "first": 4, "last": 7, "psnr": 29.0, "worst": 7, "measured": "other frames",
                    "maps": {"5": "invented/0000005.png"},
                    "measures": MEASURES | {"edge_px": 0.8, "invented": 0.05, "grain": None}}
    return {"version": 1, "kind": "detail", "run": run, "shots": [worse, shot], "evidence": None,
            "suggestions": [{"frame": 5, "psnr": 28.6, "shot": "shot 2"}]}
