"""Media: the scan and the reference side by side, and what was read from them. Anything that was guessed needs an eye once."""
# ruff: noqa: N802
from __future__ import annotations

from pathlib import Path

from PyQt6.QtCore import Qt
from PyQt6.QtGui import QKeyEvent, QResizeEvent
from PyQt6.QtWidgets import QHBoxLayout, QStackedLayout, QVBoxLayout, QWidget

from engine.media.medium import ROLES
from engine.media.source import Reading
from wizard import recent, theme
from wizard.kit import Button, Segment, caption, label
from wizard.probe import Value, change, values
from wizard.session import Session
from wizard.steps.media_area import LiveAreas
from wizard.steps.media_elements import ElementsSheet, filled
from wizard.steps.media_player import Player
from wizard.steps.media_table import ProbeTable
from wizard.steps.media_words import asked
from wizard.steps.page import Page
from wizard.words import number, tr

GAP = 16
PLAYERS = (200, 96)     # height that the players keep: for the picture, and for words and controls at 100 %
LEAST_ROWS = 3


class MediaPage(Page):
    """A film that is dropped or chosen is looked at first and takes its place only when it can be read."""

    key = "media"

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        areas = LiveAreas(session)
        self.players = {role: Player(session, role, areas) for role in ROLES}
        self.table = ProbeTable()
        self.taken = Segment([("spatial-reference", tr("Detail only"), None), ("combined", tr("Detail and colour"), None)],
                             tr("From the better element"))
        self.elements, self.rights, self._filled = ElementsSheet(), Button(tr("Elements and rights"), height=32), caption("")
        self._better = self._titled(self.taken)
        self._corner = self._beside(self._better)
        self._active = "scan"
        self._last: tuple[str, Path, Reading | None] | None = None
        row = QHBoxLayout()
        row.setSpacing(GAP)
        for player in self.players.values():
            player.wanted.connect(self.choose)
            row.addWidget(player, 1)
        films = QWidget()
        column = QVBoxLayout(films)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(GAP)
        column.addLayout(row, 1)
        column.addWidget(self.table, 1000)          # as high as `_fit` lets it be
        self._column = column
        self._stack = QStackedLayout(self)
        self._stack.addWidget(films)
        self._stack.addWidget(self.elements)
        self.rights.clicked.connect(lambda: self.show_elements(self._stack.currentWidget() is not self.elements))
        self.elements.closed.connect(lambda: self.show_elements(False))
        self.elements.changed.connect(self._say)
        self.elements.taken.connect(self._as_before)
        self.taken.chosen.connect(lambda key: self.session.edit(tr("what is taken from the better element"), recovery=key))
        self.table.changed.connect(self._change)
        self.table.confirmed.connect(lambda role, key: self.session.confirm(f"{role}.{key}"))
        self.table.folded.connect(self._fit)
        theme.changed.connect(self._fit)
        self.set_compact(False)

    @staticmethod
    def _titled(taken: Segment) -> QWidget:
        made = QWidget()
        row = QHBoxLayout(made)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(12)
        row.addWidget(label(tr("From the better element")))
        row.addWidget(taken)
        return made

    def _beside(self, better: QWidget) -> QWidget:
        """What is taken from a better element, how much is known of the elements, and the way to say more."""
        made = QWidget()
        row = QHBoxLayout(made)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(12)
        for part in (better, self._filled, self.rights):
            row.addWidget(part)
        return made

    def title(self) -> str:
        return tr("Media")

    def subtitle(self) -> str:
        if self._stack.currentWidget() is self.elements:
            return tr("Elements and rights: what each film is, who holds it, and whether it may be used.")
        if self._found():
            return tr("Check what was read from the files. Anything marked “guessed” needs your eye once.")
        return asked(self.session.project.recovery) if self.session.project else ""

    def corner(self) -> QWidget:
        return self._corner

    def entered(self) -> None:
        self.refresh()
        self.table.show_guessed()

    def left(self) -> None:
        for player in self.players.values():
            player.rest()

    def refresh(self) -> None:
        if not self.session.opening and self.session.trouble is None:
            self._last = None
        for role, player in self.players.items():
            player.setVisible(role in self.session.roles)
            player.refresh()
        self._refresh_taken()
        self._refresh_elements()
        found = self._found()
        self.table.show_roles(self.session.roles)
        self.table.setVisible(bool(found))
        self.table.set_values(found, self.session.guessed(), self.session.opening)
        self._fit()

    def _refresh_taken(self) -> None:
        recovery = self.session.project.recovery if self.session.project else ""
        offered = recovery in ("spatial-reference", "combined")
        for part in self._better.findChildren(QWidget, options=Qt.FindChildOption.FindDirectChildrenOnly):
            part.setVisible(offered)
        if offered:
            self.taken.choose(recovery)

    def _refresh_elements(self) -> None:
        project = self.session.project
        if project is None:
            return
        known, roles = project.elements, self.session.roles
        done, every = filled(known, roles)
        self._filled.setText(tr("{n} of {all} filled in", n=number(done), all=number(every)))
        before = recent.people()
        new = not any((known.people.institution, known.people.archivist, known.people.worked_on))
        self.elements.show_elements(known, roles, ", ".join(filter(None, before.values())) if new else "")

    def show_elements(self, shown: bool) -> None:
        """The sheet of elements and rights in place of the films, or these again."""
        self._stack.setCurrentIndex(int(shown))
        self.rights.setText(tr("Back to the films") if shown else tr("Elements and rights"))
        self._filled.setVisible(not shown)
        (self.elements.forms["scan"].fields["kind"] if shown else self.rights).setFocus(Qt.FocusReason.OtherFocusReason)
        self.said.emit()

    def _say(self, part: str, field: str, text: str) -> None:
        """A field of the sheet, as one step for undo."""
        project = self.session.project
        if project is None or getattr(getattr(project.elements, part), field) == text:
            return
        self.session.edit(tr("elements and rights"), elements=project.elements.changed(part, **{field: text}))
        if field in recent.PEOPLE:
            recent.remember_people({name: getattr(project.elements.people, name) for name in recent.PEOPLE})

    def _as_before(self) -> None:
        project = self.session.project
        if project is not None:
            self.session.edit(tr("elements and rights"), elements=project.elements.changed("people", **recent.people()))

    def _found(self) -> dict[str, dict[str, Value]]:
        """What is known of each film."""
        known = {}
        for role in self.session.roles:
            source, medium = self.session.films.source(role), self.session.medium(role)
            if source and medium and role not in self.session.missing:
                known[role] = values(role, source, medium.reading)
        return known

    # what the user does

    def choose(self, role: str, path: Path, reading: Reading | None = None) -> None:
        """Look at a film for a role. Where the role's film is missing, it is the same one in another place."""
        if role in self.session.opening:
            return
        self._last = (role, path, reading)
        if role in self.session.missing:
            self.session.locate(role, path)
        else:
            self.session.choose(role, path, reading)

    def _change(self, role: str, key: str, option: str) -> None:
        self.session.read_otherwise(role, **change(key, option))

    def act(self, what: str) -> bool:
        """Cures of a film that could not be taken."""
        if self._last is None:
            return False
        role, path, reading = self._last
        if what in ("again", "allow-gaps"):
            self.choose(role, path, Reading(allow_gaps=True) if what == "allow-gaps" else reading)
        elif what == f"replace-{role}":
            player = self.players[role]
            (player.choose_folder if path.is_dir() else player.choose_file)()
        else:
            return False
        return True

    def handle_key(self, event: QKeyEvent) -> bool:
        """Keys of the transport go to the player that has, or had last, the focus."""
        if self._stack.currentWidget() is self.elements:
            return False
        window = self.window()
        focused = window.focusWidget() if window else None
        for role, player in self.players.items():
            if focused is not None and (player is focused or player.isAncestorOf(focused)):
                self._active = role
        return self.players[self._active].keys(event)

    # size

    def set_compact(self, compact: bool) -> None:
        self._column.setSpacing(12 if compact else GAP)
        self.table.set_compact(compact)
        self.elements.set_compact(compact)
        self._fit()

    def _fit(self) -> None:
        """Pictures get the spare space, and keep some where there is little; the table scrolls."""
        room = self.height() - self._column.spacing() - PLAYERS[0] - theme.scaled(PLAYERS[1])
        least = self.table.height_of(LEAST_ROWS)
        self.table.setMinimumHeight(least)
        self.table.setMaximumHeight(max(min(self.table.wanted_height(), room), least))

    def resizeEvent(self, event: QResizeEvent | None) -> None:
        super().resizeEvent(event)
        self._fit()
