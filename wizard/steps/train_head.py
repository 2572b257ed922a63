"""At the right of the Train page's title: which run is looked at, and which of its trainings."""
from __future__ import annotations

from collections.abc import Sequence

from PyQt6.QtCore import Qt
from PyQt6.QtWidgets import QHBoxLayout, QWidget

from engine.recoveries.run_folder import RunInfo
from wizard.kit import Choice, Segment
from wizard.steps.train_stages import Stage, measures
from wizard.steps.train_words import run_words
from wizard.words import tr

NEW = "new"                 # in the list of runs: before another one


class Head(QWidget):
    """`which` holds the runs by number, `trainings` the two of a run by place."""

    def __init__(self) -> None:
        super().__init__()
        self.which = Choice(tr("Run"))
        self.trainings = Segment([("0", "", None), ("1", "", None)], tr("The trainings of a run"))
        self._listed: list[tuple[str, str]] = []
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(12)
        for part in (self.trainings, self.which):
            row.addWidget(part, 0, Qt.AlignmentFlag.AlignTop)

    def fill_runs(self, state: str, whole: Sequence[RunInfo], live: RunInfo | None, here: RunInfo | None,
                  stages: tuple[Stage, ...]) -> None:
        """Whole runs, newest first, after the one at work or broken off; `here` is looked at."""
        judged = measures(stages)
        options = [(str(run.number), run_words(run, judged)) for run in reversed(whole)]
        if state in ("running", "paused") and live is not None:
            word = tr("Run {number}, now", number=live.number) if state == "running" else tr("Run {number}, paused", number=live.number)
            options.insert(0, (str(live.number), word))
        elif state in ("before", "running"):
            options.insert(0, (NEW, tr("A new run")))
        self.which.setVisible(state != "runs" and [key for key, _ in options] != [NEW])
        if options != self._listed:
            self._listed = options
            self.which.fill(options)
        shown = NEW if state == "before" or here is None else str(here.number)
        if self.which.key != shown:
            self.which.choose(shown)

    def fill_stages(self, state: str, stages: tuple[Stage, ...], here: int) -> None:
        """Where a run consists of two trainings, which of them is shown."""
        self.trainings.setVisible(len(stages) > 1 and state != "before")
        if len(stages) > 1:
            for place, stage in enumerate(stages):
                self.trainings.cell(str(place)).setText(stage.title)
                self.trainings.cell(str(place)).updateGeometry()
            self.trainings.choose(str(here))
