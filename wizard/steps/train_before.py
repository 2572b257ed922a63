"""Before training: what it learns from, this machine as a trial found it, and the LUT or filter that it has to beat."""
from __future__ import annotations

from typing import Any

from PyQt6.QtCore import Qt, pyqtSignal
from PyQt6.QtGui import QImage
from PyQt6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from wizard import theme
from wizard.kit import Button, Choice, Hairline, KeyRows, Panel, Words, body, caption, scrolled, strong
from wizard.session import Session
from wizard.steps import train_state
from wizard.steps.train_lut import LutPanel
from wizard.steps.train_pictures import PairGrid
from wizard.words import duration, number, size, tr, trn

UNTIL = "until"         # as long as the held-out error falls
USUAL = "3000"
LENGTHS = (1_000, 3_000, 10_000)
LONGEST = 20_000        # steps that are taken at most where the held-out error decides
BACK = 1_200            # and where keyframes have to come back
TRIED, TRIED_DETAIL = 20, 15     # steps of a trial
WIDEST, WIDEST_COMPACT = 464, 400       # px of what is beside the pairs, with large text

Trial = dict[str, Any]


class Before(QWidget):
    """`chosen` tells another length: its key."""

    chosen = pyqtSignal(str)

    def __init__(self, session: Session) -> None:
        super().__init__()
        self.session = session
        self._lengths: list[tuple[str, str]] = []
        self._compact = False
        self.train, self.held = PairGrid("accent", self._thumb), PairGrid("held", self._thumb)
        self.held_title, self.why_title = strong(""), strong(tr("Why held-out pairs?"))
        self.why = body("")
        self.why.set_tone("text2")
        self.learns = Panel()
        self.machine, self.rows = Panel(tr("On this machine")), KeyRows(tr("On this machine"))
        self.device, self.tried = Words("", 14, 600), caption("")
        self.sign = QLabel()
        self.length_name, self.length = Words(tr("Steps"), 13, 400, "text2", wrap=False), Choice(tr("Steps"))
        self.length.picked.connect(self.chosen)
        self.attempt = Button(tr("Try this machine"), height=32)
        self.lut = LutPanel(session)
        self._lay_out()
        session.films.thumb_arrived.connect(self._arrived)
        theme.changed.connect(self._restyle)
        self._dress()

    def _restyle(self) -> None:
        self.set_compact(self._compact)

    def _dress(self) -> None:
        self.sign.setPixmap(theme.pixmap("device", "ok", 24))
        self.length_name.setVisible(not self._compact and theme.scaled(100) <= 110)

    def _lay_out(self) -> None:
        self._fill_pairs()
        self._fill_machine()
        side = QVBoxLayout()
        side.setContentsMargins(0, 0, 0, 0)
        side.addWidget(self.machine)
        side.addWidget(self.lut, 1)
        inside = QWidget()
        inside.setLayout(side)
        self._side, self._side_column = scrolled(inside, tr("This machine, and what has to be beaten")), side
        self._whole = QHBoxLayout(self)
        self._whole.setContentsMargins(0, 0, 0, 0)
        self._whole.setSpacing(16)
        self._whole.addWidget(self.learns, 1)
        self._whole.addWidget(self._side)
        self.set_compact(False)

    def _fill_pairs(self) -> None:
        inside = QWidget()
        column = QVBoxLayout(inside)
        column.setContentsMargins(0, 0, 8, 0)
        column.setSpacing(12)
        self._why_line = Hairline()
        for part in (self.train, Hairline(), self.held_title, self.held, self._why_line, self.why_title, self.why):
            column.addWidget(part)
        column.addStretch(1)
        self.learns.body.addWidget(scrolled(inside, tr("Pairs")))

    def _fill_machine(self) -> None:
        words = QVBoxLayout()
        words.setSpacing(2)
        words.addWidget(self.device)
        words.addWidget(self.tried)
        head = QHBoxLayout()
        head.setSpacing(12)
        head.addWidget(self.sign, 0, Qt.AlignmentFlag.AlignTop)
        head.addLayout(words, 1)
        steps = QHBoxLayout()
        steps.setSpacing(12)
        steps.addWidget(self.length_name)
        steps.addWidget(self.length, 1)
        self.machine.body.addLayout(head)
        self.machine.body.addWidget(self.attempt, 0, Qt.AlignmentFlag.AlignLeft)
        self.machine.body.addLayout(steps)
        self.machine.body.addWidget(self.rows)

    def set_compact(self, compact: bool) -> None:
        self._compact = compact
        self._dress()
        wide, widest = (344, WIDEST_COMPACT) if compact else (400, WIDEST)
        self._side.setFixedWidth(min(theme.scaled(wide), widest))
        self._side_column.setSpacing(12 if compact else 16)
        self._whole.setSpacing(12 if compact else 16)
        for part in (self._why_line, self.why_title, self.why):
            part.setVisible(not compact)

    def _thumb(self, role: str, index: int) -> QImage | None:
        films = self.session.films
        role = "laid" if role == "target" and self.session.repairs else role
        role = "scan" if role == "balanced" and not films.has(role) else role
        return films.thumb(role, index) if films.has(role) else None

    def _arrived(self, role: str, index: int) -> None:
        if role in ("target", "laid", "balanced", "scan"):
            self.train.update()
            self.held.update()

    def refresh(self, length: str, trying: bool, can_try: bool) -> None:
        """Show what is chosen and what the trial found; `length` is the key of how long it trains."""
        made = self.session.made
        self.learns.set_title(tr("Learns from {pairs}", pairs=train_state.learns_from(self.session)))
        self.learns.set_note(tr("print below, telecine above the line") if self.session.repairs else
                             tr("scan below, target above the line"))
        self.train.set_frames(made.train, train_state.learns_from(self.session))
        self.held.set_frames(made.held_out, train_state.checked_on(self.session))
        self.held_title.setText(train_state.checked_on(self.session))
        alone = len(self.session.roles) == 1
        self.why_title.setText(tr("Why held-out keyframes?") if alone else tr("Why held-out pairs?"))
        self.why.setText(
            tr("They tell whether the film will look right where nothing was picked. If the best linear filter does as well on them, you "
               "will be told.") if self.session.detail else
            tr("They tell whether the film will look right where nothing was picked. If a plain LUT does as well on them, you will be "
               "told, and can use the LUT."))
        trial = train_state.trial_of(self.session)
        self._fill_length(length, trial)
        self._show_machine(trial, trying, length)
        self.attempt.setVisible(trial is None and not trying and can_try)
        self.lut.refresh(trial)

    def _fill_length(self, length: str, trial: Trial | None) -> None:
        names = {1_000: tr("Quick look"), 3_000: tr("Usual"), 10_000: tr("Thorough")}
        lengths: list[tuple[str, str]] = []
        for count in sorted({*LENGTHS, *([int(length)] if length != UNTIL else [])}):
            name = f"{names[count]}: {number(count)}" if count in names else number(count)
            lengths.append((str(count), f"{name}, {duration(seconds_for(trial, count))}" if trial else name))
        alone = len(self.session.roles) == 1
        if alone or self.session.made.held_out:
            until, time = tr("Until it stops getting better"), duration(seconds_for(trial, self._most))
            lengths.append((UNTIL, tr("Until keyframes come back") if alone else
                            tr("{until}, {time} at most", until=until, time=time) if trial else until))
        if lengths != self._lengths:
            self._lengths = lengths
            self.length.fill(lengths)
        if self.length.key != length:
            self.length.choose(length)

    @property
    def _most(self) -> int:
        return BACK if len(self.session.roles) == 1 else LONGEST

    def _show_machine(self, trial: Trial | None, trying: bool, length: str) -> None:
        runs = [run for run in self.session.made.runs if run.state == "done"]
        rows: list[tuple[str, str, str | None]] = []
        steps = TRIED_DETAIL if self.session.detail else TRIED
        if trial is None:
            self.device.setText(tr("Trying this machine") if trying else tr("Not tried yet"))
            self.tried.setText(tr("With {n} real steps, so that the time is an honest one. You need not wait for it.", n=steps) if trying
                               else tr("A trial of {n} steps tells how long the training takes here.", n=steps))
        else:
            self.device.setText(str(trial["device_name"]))
            cores = trn("{n} core", "{n} cores", int(trial["cores"]))
            self.tried.setText(tr("Tried with {n} real steps", n=steps) + ("" if trial["device"] != "cpu" else f", {cores}"))
            rows = _measured(trial, length, self._most)
        rows.append((tr("Runs so far"), number(len(runs)) if runs else tr("none"), None))
        self.rows.set_rows(rows)


def _measured(trial: Trial, length: str, most: int) -> list[tuple[str, str, str | None]]:
    pace = max(float(trial["step_seconds"]), 1e-6)
    rows: list[tuple[str, str, str | None]] = [(tr("Speed"), tr("{steps} steps a second", steps=number(1 / pace, 1)), None)]
    time = duration(seconds_for(trial, most if length == UNTIL else int(length)))
    rows.append((tr("Time"), tr("{time} at most", time=time) if length == UNTIL else time, None))
    if trial["memory_bytes"] and trial["memory_total"]:
        rows.append((tr("Memory"), tr("{used} of {all}", used=size(float(trial["memory_bytes"])), all=size(float(trial["memory_total"]))),
                     None))
    if trial.get("less"):
        window = trial["window"]
        learns = (tr("a part of a pair, {width} x {height} pixels", width=window[0], height=window[1]) if window else
                  trn("{n} pair", "{n} pairs", int(trial["batch"])))
        rows.append((tr("A step learns from, for want of memory"), learns, "warn"))
    return rows


def seconds_for(trial: Trial | None, steps: int) -> float:
    """How long a training of so many steps takes by the trial; where a run consists of two, both of them."""
    one = float(trial["prepare_seconds"]) + steps * float(trial["step_seconds"]) if trial else 0.0
    return one * int((trial or {}).get("trainings", 1))
