"""Train: one button, an honest time before it, and everything to be seen while it goes."""
from __future__ import annotations

import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

from PyQt6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from engine.recoveries.run_folder import RunInfo
from wizard.flow import not_allowed
from wizard.messages import Trouble, passed_over, standing_still
from wizard.probe import frame_label
from wizard.session import Session
from wizard.steps import train_state, train_words
from wizard.steps.page import Page, Primary
from wizard.steps.train_before import UNTIL, USUAL, Before, seconds_for
from wizard.steps.train_head import NEW, Head
from wizard.steps.train_now import Now
from wizard.steps.train_run import Views
from wizard.steps.train_runs import Runs
from wizard.steps.train_stages import Stage, at_work, measures, stages
from wizard.words import duration, tr, trn

LOOK_SECONDS = 2.0
ENOUGH = "enough"           # a file in a run's folder: end with what was learnt


class TrainPage(Page):
    """Before, during, paused, ended; and the runs compared."""

    key = "train"

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self._again = self._comparing = False           # asked to be back before training; asked to compare runs
        self._number = 0                                # the run that is looked at; 0: the usual one
        self._length = ""                               # chosen here and not trained with yet
        self._waits: Path | None = None                 # the project to be trained when the trial has stopped
        self._began = self._tried = False               # asked to train; had the trial started
        self._looked = 0.0
        self.views = Views(session.background)
        self.before, self.now, self.runs = Before(session), Now(), Runs()
        self._stage: int | None = None                  # which training of a run is looked at; None: the usual one
        self.head = Head()
        self.which, self.trainings = self.head.which, self.head.trainings
        self.stack = QStackedWidget()
        self._lay_out()
        self._connect()

    def _lay_out(self) -> None:
        for view in (self.before, self.now, self.runs):
            self.stack.addWidget(view)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.stack)

    def _connect(self) -> None:
        now, runs = self.now, self.runs
        self.before.chosen.connect(self._set_length)
        self.before.attempt.clicked.connect(lambda: self.session.start("trial"))
        now.pause.clicked.connect(self.session.stop)
        now.stop.clicked.connect(self.enough)
        now.go_on.clicked.connect(self.go_on)
        now.stop_here.clicked.connect(self.stop_here)
        now.longer.clicked.connect(self.longer)
        now.again.clicked.connect(lambda: self._turn(again=True))
        now.compare.clicked.connect(lambda: self._turn(comparing=True))
        runs.closed.connect(self._turn)
        runs.looked.connect(self._picture_runs)
        runs.chosen.connect(lambda run_number: self.session.edit(tr("choosing a run"), run=run_number))
        self.which.picked.connect(self._pick)
        self.trainings.chosen.connect(self._look_at)
        self.views.arrived.connect(lambda folder: self.refresh() if self.isVisible() else None)
        self.session.worker.ended.connect(self._worker_ended)

    def title(self) -> str:
        return tr("Train")

    def subtitle(self) -> str:
        made, project = self.session.made, self.session.project
        return train_words.subtitle(self.state(), project.recovery if project else "", self.session.detail,
                                    train_state.learns_from(self.session), bool(made.held_out))

    def corner(self) -> QWidget:
        return self.head

    # how it stands

    def state(self) -> str:
        """'before', 'running', 'paused', 'ended' or 'runs'."""
        worker = self.session.worker
        if self._waits or train_state.trains(worker) or (self._began and worker.busy and worker.status is None):
            return "running"
        if self._comparing:
            return "runs"
        if self._again:
            return "before"
        if train_state.broken_off(self.session):
            return "paused"
        return "ended" if train_state.whole(self.session) else "before"

    @property
    def length(self) -> str:
        """The key of how long it is to train."""
        project, runs = self.session.project, self.session.made.runs
        if self._length or project is None:
            return self._length or USUAL
        if project.settings.steps:
            return str(project.settings.steps)
        if len(self.session.roles) == 1:
            return UNTIL
        went_until = bool(runs) and not runs[-1].settings.get("steps") and not runs[-1].settings.get("minutes")
        return UNTIL if went_until and self.session.made.held_out else USUAL

    def run(self) -> RunInfo | None:
        """The run that is looked at."""
        state = self.state()
        live = train_state.live(self.session) if state == "running" else None
        if state == "paused":
            live = train_state.broken_off(self.session)
        picked = next((run for run in train_state.whole(self.session) if run.number == self._number), None)
        return picked or (live if state in ("running", "paused") else self.session.made.used)

    @property
    def stages(self) -> tuple[Stage, ...]:
        """The trainings that a run consists of."""
        return stages(self.session.project.recovery if self.session.project else "")

    @property
    def stage(self) -> Stage:
        """The training that is looked at: the one at work, or the last, unless another was asked for."""
        return self.stages[self._stage_number()]

    def _stage_number(self) -> int:
        run, last = self.run(), len(self.stages) - 1
        usual = last if run is None or run.whole else at_work(run, self.stages)
        return usual if self._stage is None else min(self._stage, last)

    def _working_stage(self, run: RunInfo) -> Stage:
        return self.stages[at_work(run, self.stages)]

    def _learns(self) -> bool:
        """Whether there is anything to learn from."""
        return bool(self.session.made.train) or self.session.made.straight

    def _trial_due(self) -> bool:
        known = self.session.known()
        return (self.state() == "before" and known.standing is not None and known.standing.get("trial", "done") != "done"
                and not self.session.worker.busy and not known.stopped and known.paused not in ("trial", "pairs")
                and (bool(known.picked) or known.similar) and not known.missing and not known.opening and not known.forbidden)

    # coming and going

    def entered(self) -> None:
        self._tried = False
        self.refresh()

    def left(self) -> None:
        self._again = self._comparing = False
        self._number, self._stage = 0, None

    def refresh(self) -> None:
        if self.session.project is None:
            self._length, self._waits, self._number, self._stage = "", None, 0, None
            return
        if not self._tried and self._trial_due():
            self._tried = True
            self.session.start("trial")
        state = self.state()
        live = train_state.broken_off(self.session) or train_state.live(self.session)
        self.head.fill_runs(state, train_state.whole(self.session), live, self.run(), self.stages)
        self.head.fill_stages(state, self.stages, self._stage_number())
        if state == "before":
            busy = self.session.worker.busy
            self.before.refresh(self.length, busy and not self._foreign(), not busy and self._learns())
            self.stack.setCurrentWidget(self.before)
        elif state == "runs":
            used = self.session.made.used
            self.stack.setCurrentWidget(self.runs)
            self.runs.show_runs(self.session.made.runs, used.number if used else -1, measures(self.stages))
            self._picture_runs()
        else:
            self._show_now(state)

    def _show_now(self, state: str) -> None:
        run = self.run()
        stage = self.stage
        view = self.views.of(run, stage)
        total = train_state.steps_of(self.session, run, view)
        trial = self.session.made.trial or {}
        device, pace = train_state.device(trial, state, run), ", ".join(train_state.pace(trial, state, run, view, total))
        self.now.show_state(state, device, pace, len(train_state.whole(self.session)) > 1, self._ending(), not self.session.worker.busy)
        back = sum(run.back.values()) / len(run.back) if run and run.back else None
        told = train_words.measured(run.held_out, self.session.repairs) if run is not None and stage.measure.rises else ""
        self.now.show_run(view, total, self._label, back, stage.seen, told)
        self.now.stop.setToolTip(tr("Ends this training with what it has learnt; the next one follows")
                                 if run is not None and not run.whole and self._working_stage(run) is not self.stages[-1] else "")
        self.now.longer.setToolTip(self._how_much_longer())
        self.stack.setCurrentWidget(self.now)

    def _how_much_longer(self) -> str:
        if self.length == UNTIL:
            return tr("As before, beginning with what this run has learnt")
        trial, steps = train_state.trial_of(self.session), int(self.length)
        words = trn("{n} step more, beginning with what this run has learnt", "{n} steps more, beginning with what this run has learnt",
                    steps)
        return f"{words}: {duration(seconds_for(trial, steps))}" if trial else words

    def _look_at(self, key: str) -> None:
        self._stage = int(key)
        self.refresh()

    def _picture_runs(self) -> None:
        found = {run.number: self.views.of(run, self.stage) for run in self.runs.others}
        self.runs.show_pictures({n: view for n, view in found.items() if view is not None}, self._label)

    def progressed(self) -> None:
        if self.state() != "running" or time.monotonic() - self._looked < LOOK_SECONDS:
            return
        self._looked = time.monotonic()
        self.session.made.look()
        self.refresh()

    # what is said

    def progress_text(self) -> str:
        status = self.session.worker.status
        if self._waits:
            return tr("Preparing the training")
        if status is None:
            return ""
        if self._ending():
            return tr("Ending with what it has learnt")
        run, until = train_state.live(self.session), None
        if run is not None and not run.settings.get("steps") and not run.settings.get("minutes"):
            view = self.views.of(run, self._working_stage(run))
            until = view.step if view else 0
        stage = self._working_stage(run).title if run else ""
        return train_words.progress(status, until, len(self.session.roles) == 1, stage)

    def note(self) -> str:
        state, used = self.state(), self.session.made.used
        if state == "before":
            return self._foreign() or tr("Held-out frames are used only to check, never to learn")
        if used is None or state not in ("ended", "runs"):
            return ""
        held, measure = used.held_out or {}, self.stages[-1].measure
        if state == "ended" and measure.error in held and measure.as_good(held[measure.error], held[measure.rival]):
            return train_words.as_good(measure)
        return tr("Run {number} is used for Review and Export", number=used.number)

    def trouble(self) -> Trouble | None:
        """A run that stands still, or one that did not take the place of a better one."""
        status, passed = self.session.worker.status, self.session.made.passed
        if self.state() == "running":
            return standing_still(status.still) if status is not None and status.still else None
        if passed is None or self.session.worker.busy or self.state() not in ("ended", "runs"):
            return None
        return passed_over(passed.newest.number, passed.better.number, passed.frames,
                           self.stages[-1].measure.against(passed.error, passed.better_error))

    def _foreign(self) -> str:
        """Why training cannot begin now: the terms of a film do not allow it, or something else is at work in the worker. '' where nothing
        is, or the trial that can be stopped."""
        worker = self.session.worker
        if not worker.busy and (role := self.session.known().forbidden):
            return not_allowed(role)
        if not worker.busy or worker.step in ("", "pairs", "trial", "train"):
            return ""
        return tr("Another step is at work; training can begin after it")

    def primary(self) -> Primary | None:
        state = self.state()
        if state == "before":
            trial, text = train_state.trial_of(self.session), tr("Train")
            if trial and self.length != UNTIL:
                text = tr("Train, {time}", time=duration(seconds_for(trial, int(self.length))))
            return Primary(text, self.train, self._learns() and not self._foreign(), self.note())
        if state == "paused":
            return Primary(tr("Go on"), self.go_on, not self.session.worker.busy)
        return None

    def _label(self, index: int) -> str:
        return frame_label(self.session.films.source("scan"), index)

    # what the user does

    def _set_length(self, key: str) -> None:
        """What was trained before is not out of date because another length is thought of: then it is kept here until Train is pressed."""
        self._length = key
        if not train_state.whole(self.session):
            self.session.edit(tr("the length of the training"), steps=None if key == UNTIL else int(key))
        self.refresh()
        self.said.emit()

    def train(self, go_on_from: int | None = None) -> None:
        """The one button. Where a run of the same settings came to its end already, another one begins at another place."""
        steps = None if self.length == UNTIL else int(self.length)
        runs = self.session.made.runs
        self._length, self._number, self._stage = "", 0, None
        self._again = self._comparing = False
        self.session.edit(tr("training"), steps=steps, minutes=None, run=None, go_on_from=go_on_from)
        if any(run.current and run.whole for run in self.session.made.runs):
            self.session.edit(tr("training"), seed=1 + max(int(run.settings.get("seed") or 0) for run in runs))
        self._begin()

    def go_on(self) -> None:
        self._number, self._stage = 0, None
        self._begin()

    def _begin(self) -> None:
        """Start, or have the trial stop first: whoever pressed Train need not wait for it."""
        assert self.session.project
        if self.session.worker.busy:
            self._waits = self.session.project.folder
            self.session.stop()
        else:
            self._began = self.session.start("train")
        self.refresh()
        self.said.emit()

    def _worker_ended(self) -> None:
        waits, self._waits, self._began = self._waits, None, False
        status, project = self.session.worker.status, self.session.project
        if waits and project and project.folder == waits and (status is None or status.state in ("stopped", "done")):
            self._begin()

    def longer(self) -> None:
        """A new run that begins with what the one looked at has learnt."""
        run = self.run()
        if run is not None and run.whole:
            self.train(run.number)

    def enough(self) -> None:
        """End the run at work properly with what it has learnt; before its first steps that is nothing, and it stops."""
        run = train_state.live(self.session)
        stage = self._working_stage(run) if run else self.stage
        view = self.views.of(run, stage)
        if run is None or view is None or not view.step:
            self.session.stop()
        else:
            _touch(run.folder / stage.folder / ENOUGH)
        self.refresh()
        self._looked = 0.0

    def stop_here(self) -> None:
        """End a paused run: it goes on for as long as it takes to write what it has learnt."""
        run = train_state.broken_off(self.session)
        if run is not None:
            _touch(run.folder / self._working_stage(run).folder / ENOUGH)
            self.go_on()

    def _ending(self) -> bool:
        run = train_state.live(self.session)
        return run is not None and (run.folder / self._working_stage(run).folder / ENOUGH).exists()

    def stopping(self) -> Callable[[], None] | None:
        return self.enough if self.session.worker.step == "train" and not self._waits else None

    def act(self, what: str) -> bool:
        """Training that is out of date is made anew with the length chosen here; a run that was passed over is used all the same."""
        passed = self.session.made.passed
        if what == "use-run" and passed is not None:
            self.session.edit(tr("choosing a run"), run=passed.newest.number)
            return True
        if what == "remake":
            self.train()
        return what == "remake"

    def _pick(self, key: str) -> None:
        self._again = key == NEW and self.state() != "running"
        self._number, self._stage = 0 if key == NEW else int(key), None
        self.refresh()
        self.said.emit()

    def _turn(self, again: bool = False, comparing: bool = False) -> None:
        """Back before training, to the runs, or to the run."""
        self._again, self._comparing = again, comparing
        self._tried = False
        self.refresh()
        self.said.emit()

    def set_compact(self, compact: bool) -> None:
        self.before.set_compact(compact)
        self.now.set_compact(compact)


def _touch(path: Path) -> None:
    """A run whose folder cannot be written cannot be trained in either, and says so itself."""
    with suppress(OSError):
        path.touch()
