"""Only the LUT: the tables of colours of the run in use as .cube files, for whom that is enough."""
from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from PyQt6.QtCore import Qt
from PyQt6.QtWidgets import QFileDialog

from engine.recoveries.luts import save_luts
from engine.recoveries.runs import RunInfo
from wizard.kit import Button, KeyRows, Panel, body
from wizard.messages import trouble_of
from wizard.session import Session
from wizard.words import number, tr, trn


class OnlyLut(Panel):
    """Shown where the run in use has kept its LUTs."""

    def __init__(self, session: Session) -> None:
        super().__init__(tr("Only the LUT"))
        self.session = session
        self._run: RunInfo | None = None
        self.why = body(tr("One table of colours for the film and one for each shot, as .cube files that other programs read. They go "
                           "on the balanced scan, in Rec.709."))
        self.why.set_tone("text2")
        self.rows, self.save = KeyRows(tr("Only the LUT")), Button(tr("Save the LUT..."), icon="folder", height=32)
        self.said = body("")
        for part in (self.why, self.rows, self.said):
            self.body.addWidget(part)
        self.body.addWidget(self.save, 0, Qt.AlignmentFlag.AlignLeft)
        self.save.clicked.connect(self._choose)
        self.said.hide()

    def set_low(self, low: bool) -> None:
        """Where it is low, the explanation goes."""
        self.why.setVisible(not low)

    def refresh(self) -> None:
        """Show those of the run in use."""
        run = self.session.made.used
        self.setVisible(run is not None and bool(run.luts))
        if run is None or not run.luts or run == self._run:
            return
        self._run = run
        self.said.hide()
        rows: list[tuple[str, str, str | None]] = [(tr("LUT over the film"), _error(run.luts[:1]), None),
                                                   (tr("LUT of each shot"), _error(run.luts[1:]), None)]
        if run.held_out:
            rows.append((tr("The training"), tr("ΔE00 {error}", error=number(run.held_out["dE00"], 2)), None))
        self.rows.set_rows(rows)

    def _choose(self) -> None:
        project = self.session.project
        assert project
        chosen = QFileDialog.getExistingDirectory(self, tr("A folder for the LUT"), str(project.folder.parent))
        if chosen:
            self.put(Path(chosen))

    def put(self, folder: Path) -> None:
        """Save them in a new folder there."""
        run, project = self._run, self.session.project
        assert run and project
        wanted, count = folder / f"{project.name} LUT", 2
        while wanted.exists():
            wanted, count = folder / f"{project.name} LUT {count}", count + 1

        def saved(files: list[Path]) -> None:
            self.said.setText(trn("{n} file is in {folder}", "{n} files are in {folder}", len(files), folder=str(wanted)))
            self.said.show()

        self.session.background.begin(
            lambda: save_luts(run, wanted), saved,
            lambda error: self.session.say(replace(trouble_of(type(error).__name__, str(error), "export"), cure="", act="")))


def _error(luts: Sequence[dict[str, Any]]) -> str:
    """How far LUTs are off over the held-out frames, each on its own."""
    measured = [(float(lut["dE00"]), int(lut["frames"])) for lut in luts if lut["dE00"] is not None]
    frames = sum(count for _, count in measured)
    return tr("ΔE00 {error}", error=number(sum(error * count for error, count in measured) / frames, 2)) if frames else tr("not measured")
