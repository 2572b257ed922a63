"""Balance: the fade is measured from the film's own blacks, neutrals and base, and corrected as a starting layer."""
from __future__ import annotations

from PyQt6.QtGui import QKeyEvent
from PyQt6.QtWidgets import QHBoxLayout

from engine.balance.own import Controls, Fade, own_balance
from wizard import flow, theme
from wizard.kit import scrolled
from wizard.session import Session
from wizard.steps.balance_side import Side
from wizard.steps.balance_viewer import BalanceViewer
from wizard.steps.page import Page, Primary
from wizard.words import tr, trn

SIDE, SIDE_COMPACT = 344, 300           # px
WIDEST, WIDEST_COMPACT = 420, 328       # px, with large text: the picture needs the rest


class BalancePage(Page):
    """One frame of scan and balanced scan; what was measured and the controls beside it."""

    key = "balance"

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self.index, self._compact = 0, False
        self.viewer, self.side = BalanceViewer(session), Side()
        self.sliders = self.side.sliders
        self._side = scrolled(self.side)
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.addWidget(self.viewer, 1)
        self._row.addWidget(self._side)
        self.viewer.moved.connect(self.go)
        self.sliders.moved.connect(self._try)
        self.sliders.settled.connect(self._settle)
        self.side.again.clicked.connect(self.measure)
        theme.changed.connect(self._restyle)
        self.set_compact(False)

    def set_compact(self, compact: bool) -> None:
        self._compact = compact
        self._row.setSpacing(12 if compact else 16)
        wide, widest = (SIDE_COMPACT, WIDEST_COMPACT) if compact else (SIDE, WIDEST)
        self._side.setFixedWidth(min(theme.scaled(wide), widest))
        self.side.set_compact(compact)

    def _restyle(self) -> None:
        self.set_compact(self._compact)

    def title(self) -> str:
        return tr("Balance")

    def subtitle(self) -> str:
        return tr("The fade, measured from the film's own blacks, neutrals and base: a starting layer.")

    def note(self) -> str:
        fade = self.fade
        return trn("Measured on {n} frame", "Measured on {n} frames", len(fade.frames)) if fade and not self.session.worker.busy else ""

    def primary(self) -> Primary | None:
        """Measure, until that is done."""
        known = self.session.known()
        if self._measured(known):
            return None
        ready = known.scan and not (known.missing or known.opening or known.guessed)
        return Primary(tr("Measure"), self.measure, ready and not self.session.worker.busy, tr("Finds the shots, then reads 24 frames"))

    def progress_text(self) -> str:
        status = self.session.worker.status
        step = status.step if status is not None else ""
        return {"fade": tr("Measuring the fade"), "balance": tr("Balancing"), "shots": tr("Finding the shots"),
                "choose": tr("Choosing frames")}.get(step, "")

    # coming and going

    @property
    def fade(self) -> Fade | None:
        """What was measured."""
        found = self.session.made.fade
        return Fade.from_json(found) if found else None

    @staticmethod
    def _measured(known: flow.Known) -> bool:
        """Whether the next page opens."""
        return not any(state.why_not for state in flow.steps(known) if state.key == "balance")

    def entered(self) -> None:
        self.refresh()

    def left(self) -> None:
        """What was moved last is kept."""
        self.viewer.transport.stop()
        if self.sliders.held:
            self.sliders.settle()

    def refresh(self) -> None:
        project = self.session.project
        if project is None:
            return
        fade, standing = self.fade, self.session.made.standing
        waiting = tr("The fade is being measured.") if self.session.worker.busy else tr("Not measured yet.")
        self.side.show_fade(fade, standing.get("fade") == "stale" and not self.session.worker.busy, waiting)
        self.sliders.show_controls(Controls.from_values(project.settings.fade))
        if not self.sliders.held:
            self.viewer.pairing.tried = False
        self.viewer.set_film(fade is not None)
        self.go(self.index)

    def go(self, index: int) -> None:
        """Show a scan frame."""
        scan = self.session.films.source("scan")
        if self.sliders.held and index != self.index:
            self.sliders.settle()
        self.index = max(0, min(index, len(scan) - 1)) if scan else 0
        self.viewer.go(self.index, self.session.made.fade is not None)

    # what the user does

    def measure(self) -> None:
        """Measure the fade, and what comes with it."""
        known = self.session.known()
        self.session.start(flow.engine_steps(known.recovery).get("balance", ("balance",))[-1])

    def _try(self) -> None:
        fade = self.fade
        if fade is not None:
            self.viewer.try_balance(own_balance(fade, self.sliders.controls))

    def _settle(self) -> None:
        """One change for undo, whole."""
        project, wanted = self.session.project, self.sliders.controls.values
        if project is None:
            return
        if wanted == project.settings.fade:
            self.viewer.end_try()
            return
        self.viewer.pairing.tried = False
        self.session.edit(tr("a control of the balance"), fade=wanted)

    def handle_key(self, event: QKeyEvent) -> bool:
        return self.viewer.keys(event)
