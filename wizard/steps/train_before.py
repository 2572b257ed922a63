"""Before training: what it learns from, this machine as a trial found it, and the LUT that it has to beat."""
from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import cv2
import numpy as np
from PyQt6.QtCore import Qt, pyqtSignal
from PyQt6.QtGui import QImage
from PyQt6.QtWidgets import QHBoxLayout, QLabel, QScrollArea, QVBoxLayout, QWidget

from wizard import theme
from wizard.kit import Choice, Hairline, KeyRows, Panel, Words, big, body, caption, strong
from wizard.session import Session
from wizard.steps.train_pictures import PairGrid
from wizard.steps.train_run import LENGTHS
from wizard.viewer.view import PictureView, Shot
from wizard.words import duration, number, size, tr, trn

UNTIL = "0"             # as long as the held-out error falls


class Before(QWidget):
    """`chosen` tells another length: its key."""

    chosen = pyqtSignal(str)

    def __init__(self, session: Session) -> None:
        super().__init__()
        self.session = session
        self._lut: object = None
        self.train, self.held = PairGrid("accent", self._thumb), PairGrid("held", self._thumb)
        self.held_title = strong("")
        self.why = body(tr("They tell whether the film will look right where nothing was picked. If a plain LUT does as well on them, "
                           "you will be told, and can use the LUT."))
        self.learns = Panel()
        self.machine, self.rows = Panel(tr("On this machine")), KeyRows()
        self.device, self.tried = Words("", 14, 600), caption("")
        self.sign = QLabel()
        self.length = Choice(tr("How long it trains"))
        self.length.picked.connect(self.chosen)
        self.lut, self.figure, self.said = Panel(tr("A LUT on the same pairs")), big(""), caption("")
        self.view = PictureView(tr("LUT and reference"), ("wipe",))
        self._lay_out()
        session.films.thumb_arrived.connect(self._arrived)
        theme.changed.connect(self._dress)
        self._dress()

    def _dress(self) -> None:
        self.sign.setPixmap(theme.pixmap("device", "ok", 24))

    def _lay_out(self) -> None:
        inside = QWidget()
        column = QVBoxLayout(inside)
        column.setContentsMargins(0, 0, 8, 0)
        column.setSpacing(12)
        for part in (self.train, Hairline(), self.held_title, self.held, Hairline(), strong(tr("Why held-out pairs?")), self.why):
            column.addWidget(part)
        column.addStretch(1)
        scroll = QScrollArea()
        scroll.setWidgetResizable(True)
        scroll.setFrameShape(QScrollArea.Shape.NoFrame)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        scroll.setWidget(inside)
        scroll.setAccessibleName(tr("Pairs"))
        self.learns.body.addWidget(scroll)
        head = QHBoxLayout()
        head.setSpacing(12)
        words = QVBoxLayout()
        words.setSpacing(2)
        words.addWidget(self.device)
        words.addWidget(self.tried)
        head.addWidget(self.sign, 0, Qt.AlignmentFlag.AlignTop)
        head.addLayout(words, 1)
        self.machine.body.addLayout(head)
        self.machine.body.addWidget(self.length)
        self.machine.body.addWidget(self.rows)
        row = QHBoxLayout()
        row.setSpacing(12)
        row.addWidget(self.figure)
        row.addWidget(self.said, 1)
        self.lut.body.addLayout(row)
        self.lut.body.addWidget(self.view, 1)
        side = QVBoxLayout()
        side.setSpacing(16)
        side.addWidget(self.machine)
        side.addWidget(self.lut, 1)
        self._side = QWidget()
        self._side.setLayout(side)
        side.setContentsMargins(0, 0, 0, 0)
        whole = QHBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(16)
        whole.addWidget(self.learns, 1)
        whole.addWidget(self._side)
        self.set_compact(False)

    def set_compact(self, compact: bool) -> None:
        self._side.setFixedWidth(344 if compact else 400)
        self.why.setVisible(not compact)

    def _thumb(self, role: str, index: int) -> QImage | None:
        return self.session.films.thumb(role, index) if self.session.films.has(role) else None

    def _arrived(self, role: str, index: int) -> None:
        if role in ("target", "balanced"):
            self.train.update()
            self.held.update()

    def refresh(self, length: str, trying: bool) -> None:
        """Show what is chosen and what the trial found; `length` is the key of how long it trains."""
        made = self.session.made
        self.learns.set_title(trn("Learns from {n} pair", "Learns from {n} pairs", len(made.train)))
        self.learns.set_note(tr("scan below, target above the line"))
        self.train.set_frames(made.train)
        self.held.set_frames(made.held_out)
        self.held_title.setText(trn("Checked on {n} held-out pair", "Checked on {n} held-out pairs", len(made.held_out)))
        trial = made.trial if made.standing.get("trial") == "done" else None
        self._fill_length(length, trial)
        self._show_machine(trial, trying, length)
        self._show_lut(trial)

    def _fill_length(self, length: str, trial: dict[str, object] | None) -> None:
        steps = sorted({*LENGTHS, *([int(length)] if length != UNTIL else [])})
        names = {300: tr("A first look"), 1_000: tr("Quick"), 3_000: tr("Usual"), 10_000: tr("Thorough")}
        options = []
        for count in steps:
            name = trn("{n} step", "{n} steps", count)
            if count in names:
                name = tr("{name}: {steps} steps", name=names[count], steps=number(count))
            options.append((str(count), f"{name}, {duration(seconds_for(trial, count))}" if trial else name))
        options.append((UNTIL, tr("Until it gets no better")))
        self.length.fill(options)
        self.length.choose(length)

    def _show_machine(self, trial: dict[str, object] | None, trying: bool, length: str) -> None:
        runs = [run for run in self.session.made.runs if run.state == "done"]
        rows: list[tuple[str, str, str | None]] = []
        if trial is None:
            self.device.setText(tr("Trying this machine") if trying else tr("Not tried yet"))
            self.tried.setText(tr("With 20 real steps, so that the time below is an honest one.") if trying else "")
        else:
            self.device.setText(str(trial["device_name"]))
            cores = trn("{n} core", "{n} cores", int(str(trial["cores"])))
            self.tried.setText(tr("Tried with 20 real steps") + ("" if trial["device"] != "cpu" else f", {cores}"))
            pace = float(str(trial["step_seconds"]))
            rows.append((tr("Speed"), tr("{steps} steps a second", steps=number(1 / pace, 1)), None))
            if length != UNTIL:
                rows.append((tr("Steps"), number(int(length)), None))
                rows.append((tr("Time"), duration(seconds_for(trial, int(length))), None))
            if trial["memory_bytes"] and trial["memory_total"]:
                rows.append((tr("Memory"), tr("{used} of {all}", used=size(float(str(trial["memory_bytes"]))),
                                              all=size(float(str(trial["memory_total"])))), None))
        rows.append((tr("Runs so far"), number(len(runs)) if runs else tr("none"), None))
        self.rows.set_rows(rows)

    def _show_lut(self, trial: dict[str, object] | None) -> None:
        error = trial["held_out_lut"] if trial else None
        self.figure.setText(number(float(str(error)), 2) if error is not None else "–")
        self.said.setText(tr("colour difference on the held-out pairs, ΔE00. Training should end below it.") if error is not None
                          else tr("known after the trial") if trial is None else tr("no pair is held out"))
        project, held = self.session.project, self.session.made.held_out
        if project is None or trial is None or not held or self._lut == (id(trial), held):
            return
        self._lut = (id(trial), held)
        stem, folder = f"{held[len(held) // 2]:07d}", project.folder / "trial"

        def take(found: Sequence[np.ndarray]) -> None:
            lut, target = (Shot(p, name, (p.shape[1], p.shape[0])) for p, name in zip(found, (tr("LUT"), tr("Target")), strict=True))
            self.view.set_pictures(lut, target)

        self.session.background.begin(lambda: [_read(folder / f"{what}-{stem}.png") for what in ("lut", "target")], take,
                                      lambda error: None)


def seconds_for(trial: dict[str, object] | None, steps: int) -> float:
    """How long a training of so many steps takes by the trial."""
    return float(str(trial["prepare_seconds"])) + steps * float(str(trial["step_seconds"])) if trial else 0.0


def _read(path: Path) -> np.ndarray:
    found = cv2.imread(str(path))
    if found is None:
        raise OSError(str(path))
    return np.ascontiguousarray(found[..., ::-1])
