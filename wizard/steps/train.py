"""Train: one button, an honest time before it, and everything to be seen while it goes."""
from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path

from PyQt6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from engine.recoveries.run_folder import RunInfo
from engine.recoveries.runs import used_run
from wizard.kit import Choice
from wizard.probe import plain_number
from wizard.session import Session
from wizard.steps.page import Page, Primary
from wizard.steps.train_before import UNTIL, Before, seconds_for
from wizard.steps.train_now import Now
from wizard.steps.train_run import RunView, mark_of, read_run
from wizard.steps.train_runs import Runs
from wizard.words import duration, number, tr, trn

USUAL = "3000"
LOOK_SECONDS = 2.0


class TrainPage(Page):
    """Before, during, paused, ended; and the runs compared."""

    key = "train"

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self._again = self._comparing = False           # asked to be back before training; asked to compare runs
        self._number = 0                                # the run that is looked at; 0: the latest
        self._views: dict[int, tuple[tuple[float, ...], RunView]] = {}
        self._reading: set[int] = set()
        self._looked = 0.0
        self._until = False
        self.before, self.now, self.runs = Before(session), Now(), Runs()
        self.which = Choice(tr("Run"))
        self.stack = QStackedWidget()
        for view in (self.before, self.now, self.runs):
            self.stack.addWidget(view)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.stack)
        self.before.chosen.connect(self._set_length)
        self.now.pause.clicked.connect(session.worker.stop)
        self.now.stop.clicked.connect(self.enough)
        self.now.go_on.clicked.connect(self.go_on)
        self.now.stop_here.clicked.connect(self._stop_here)
        self.now.longer.clicked.connect(self.longer)
        self.now.again.clicked.connect(lambda: self._turn(again=True))
        self.now.compare.clicked.connect(lambda: self._turn(comparing=True))
        self.runs.closed.connect(self._turn)
        self.runs.looked.connect(self._read)
        self.runs.chosen.connect(self._use)
        self.which.picked.connect(self._pick)

    def title(self) -> str:
        return tr("Train")

    def subtitle(self) -> str:
        state, pairs = self.state(), trn("{n} pair", "{n} pairs", len(self.session.made.train))
        return {
            "before": tr("Everything is ready. One button; you can pause, stop or close the window at any time."),
            "running": tr("Learning the colour from {pairs}. Close the window if you like; it carries on and you can come back.",
                          pairs=pairs),
            "paused": tr("Paused. Nothing is lost; it goes on where it stopped."),
            "ended": tr("Learnt from {pairs}. Look at it here, then in Review.", pairs=pairs),
            "runs": tr("Every run is kept. Choose the one that results are made with."),
        }[state]

    def corner(self) -> QWidget:
        return self.which

    # how it stands

    def state(self) -> str:
        """'before', 'running', 'paused', 'ended' or 'runs'."""
        worker, status = self.session.worker, self.session.worker.status
        if worker.busy and (worker.step == "train" or (status is not None and status.until == "train" and worker.step in ("", "pairs"))):
            return "running"
        if self._comparing:
            return "runs"
        if self.session.known().paused == "train" and not self._again:
            return "paused"
        if self._again or not [run for run in self.session.made.runs if run.state == "done"]:
            return "before"
        return "ended"

    @property
    def length(self) -> str:
        """The key of how long it is to train."""
        project = self.session.project
        if project is None or self._until:
            return UNTIL
        return str(project.settings.steps) if project.settings.steps else USUAL

    def run(self) -> RunInfo | None:
        """The run that is looked at."""
        runs = self.session.made.runs
        if self.state() in ("running", "paused"):
            return runs[-1] if runs else None
        found = next((run for run in runs if run.number == self._number), None)
        return found or (used_run(self.session.project) if self.session.project else None)

    def _trial_due(self) -> bool:
        known = self.session.known()
        return (self.state() == "before" and self.session.made.standing.get("trial") != "done" and not self.session.worker.busy
                and not known.stopped and known.paused not in ("trial", "pairs") and bool(known.picked))

    # coming and going

    def entered(self) -> None:
        if self._trial_due():
            self.session.start("trial")
        self.refresh()

    def left(self) -> None:
        self._again = self._comparing = False

    def refresh(self) -> None:
        state = self.state()
        trying = self.session.worker.busy and self.session.worker.step in ("", "pairs", "trial")
        self._fill_runs(state)
        if state == "before":
            self.before.refresh(self.length, trying)
            self.stack.setCurrentWidget(self.before)
        elif state == "runs":
            self._show_runs()
        else:
            self._show_now(state)

    def _show_now(self, state: str) -> None:
        run, made = self.run(), self.session.made
        trial = made.trial or {}
        device = str(trial.get("device_name") or tr("This computer"))
        pace = tr("{steps} steps a second, as measured before the start", steps=number(1 / trial["step_seconds"], 1)) if trial else ""
        self.now.show_state(state, device, pace, len([r for r in made.runs if r.state == "done"]) > 1)
        total = int(run.settings.get("steps") or 0) if run else 0
        if run is not None:
            self._read(run.number)
        self.now.show_run(run, self._views[run.number][1] if run and run.number in self._views else None, total, self._label)
        self.stack.setCurrentWidget(self.now)

    def _fill_runs(self, state: str) -> None:
        done = [run for run in self.session.made.runs if run.state == "done"]
        options = [(str(run.number), tr("Run {number}, ΔE00 {error}", number=run.number, error=number(run.held_out["dE00"], 2))
                    if run.held_out else tr("Run {number}", number=run.number)) for run in reversed(done)]
        here = self.run()
        if state in ("running", "paused") and here is not None:
            options.insert(0, (str(here.number), tr("Run {number}, now", number=here.number)))
        self.which.setVisible(bool(options) and state in ("running", "paused", "ended"))
        self.which.setEnabled(state == "ended")
        self.which.fill(list(dict(options).items()))
        if here is not None and str(here.number) in dict(options):
            self.which.choose(str(here.number))

    def _read(self, run_number: int) -> None:
        """Read a run's files where they changed since."""
        run = next((r for r in self.session.made.runs if r.number == run_number), None)
        if run is None or run_number in self._reading:
            return
        mark = mark_of(run.folder)
        if run_number in self._views and self._views[run_number][0] == mark:
            self._picture_runs()
            return
        self._reading.add(run_number)

        def take(view: RunView) -> None:
            self._reading.discard(run_number)
            self._views[run_number] = (mark, view)
            if self.isVisible():
                self.refresh()
                self._picture_runs()

        self.session.background.begin(lambda: read_run(run.folder), take, lambda error: self._reading.discard(run_number))

    def progressed(self) -> None:
        if self.state() != "running" or time.monotonic() - self._looked < LOOK_SECONDS:
            return
        self._looked = time.monotonic()
        self.session.made.look()
        self.refresh()

    def progress_text(self) -> str:
        status = self.session.worker.status
        if status is None:
            return ""
        if status.step == "train" and status.phase.startswith("training") and status.total:
            return tr("Step {done} of {total}", done=number(status.done), total=number(status.total))
        return {"train": tr("Preparing the training"), "pairs": tr("Making pairs"), "trial": tr("Trying this machine")}.get(status.step, "")

    def note(self) -> str:
        state = self.state()
        if state == "before":
            return tr("Held-out frames are used only to check, never to learn")
        used = used_run(self.session.project) if self.session.project else None
        return tr("Run {number} is used for Review and Export", number=used.number) if used and state in ("ended", "runs") else ""

    def primary(self) -> Primary | None:
        state = self.state()
        if state == "before":
            made = self.session.made
            trial = made.trial if made.standing.get("trial") == "done" else None
            text = tr("Train")
            if trial and self.length != UNTIL:
                text = tr("Train, {time}", time=duration(seconds_for(trial, int(self.length))))
            return Primary(text, self.train, bool(made.train), self.note())
        if state == "paused":
            return Primary(tr("Go on"), self.go_on)
        return None

    # what the user does

    def _set_length(self, key: str) -> None:
        self._until = key == UNTIL
        self.session.edit(tr("the length of the training"), steps=None if self._until else int(key))
        self.said.emit()

    def train(self, go_on_from: int | None = None) -> None:
        """The one button. A trial that is at work ends first."""
        steps = None if self.length == UNTIL else int(self.length)
        self._turn()
        self._number = 0
        self.session.edit(tr("training"), steps=steps, run=None, go_on_from=go_on_from)
        self.session.start("train")

    def go_on(self) -> None:
        self._turn()
        self.session.start("train")

    def longer(self) -> None:
        """A new run that begins with what the one looked at has learnt."""
        run = self.run()
        if run is not None:
            self.train(run.number)

    def enough(self) -> None:
        """End the run properly with what it has learnt."""
        run = self.run()
        if run is not None:
            _touch(run.folder / "enough")

    def _stop_here(self) -> None:
        """End a paused run: it goes on for as long as it takes to write the model."""
        self.enough()
        self.go_on()

    def stopping(self) -> Callable[[], None] | None:
        return self.enough if self.session.worker.step == "train" else None

    def _pick(self, key: str) -> None:
        self._number = int(key)
        self.refresh()

    def _use(self, run_number: int) -> None:
        self.session.edit(tr("choosing a run"), run=run_number)

    def _turn(self, again: bool = False, comparing: bool = False) -> None:
        """Back before training, to the runs, or to the run."""
        self._again, self._comparing = again, comparing
        self.entered()
        self.said.emit()

    # runs

    def _show_runs(self) -> None:
        used = used_run(self.session.project) if self.session.project else None
        self.stack.setCurrentWidget(self.runs)
        self.runs.show_runs(self.session.made.runs, used.number if used else -1)
        if used:
            self._read(used.number)

    def _picture_runs(self) -> None:
        if not self._comparing or self.runs.number not in self._views:
            return
        used = used_run(self.session.project) if self.session.project else None
        other = (used.number, self._views[used.number][1]) if used and used.number in self._views else None
        self.runs.show_pictures((self.runs.number, self._views[self.runs.number][1]), other, self._label)

    def _label(self, index: int) -> str:
        scan = self.session.films.source("scan")
        return plain_number(scan.name(index)) if scan and 0 <= index < len(scan) else str(index)

    def set_compact(self, compact: bool) -> None:
        self.before.set_compact(compact)
        self.now.set_compact(compact)


def _touch(path: Path) -> None:
    """A run whose folder cannot be written cannot be trained in either, and says so itself."""
    try:
        path.touch()
    except OSError:
        return
