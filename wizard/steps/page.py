"""What a page of the wizard is to the window: its words, its part in the middle, and its say in the footer."""
from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from PyQt6.QtCore import pyqtSignal
from PyQt6.QtGui import QKeyEvent
from PyQt6.QtWidgets import QWidget

from wizard.messages import Trouble
from wizard.session import Session


@dataclass(frozen=True)
class Primary:
    """The one primary button of a page. `reason` stands beside it, where it is closed it says why."""

    text: str
    act: Callable[[], None]
    enabled: bool = True
    reason: str = ""


class Page(QWidget):
    """A step's page. It reads the session and changes it through the session only; `refresh` is called whenever the session changed while
    the page is shown, `entered` before it is shown, `left` after. `said` asks the window to read title, footer and corner again."""

    key = ""
    said = pyqtSignal()
    wants = pyqtSignal(str)         # another step's page

    def __init__(self, session: Session) -> None:
        super().__init__()
        self.session = session
        self.setProperty("ownRing", True)       # what is in the page has the ring, never the page

    def title(self) -> str:
        return ""

    def subtitle(self) -> str:
        return ""

    def corner(self) -> QWidget | None:
        """A widget at the right of the title, made once."""
        return None

    def entered(self) -> None:
        """The page is about to be shown."""

    def left(self) -> None:
        """Another page is shown now."""

    def refresh(self) -> None:
        """The session changed."""

    def progressed(self) -> None:
        """The worker got further; cheap things only."""

    def note(self) -> str:
        """One sentence for the footer; '' leaves it to the flow."""
        return ""

    def primary(self) -> Primary | None:
        """What the primary button does instead of 'Next'; None is Next."""
        return None

    def progress_text(self) -> str:
        """What the worker is at, for the footer; '' leaves it to the window."""
        return ""

    def stopping(self) -> Callable[[], None] | None:
        """What Stop in the footer does; None is to stop the worker."""
        return None

    def trouble(self) -> Trouble | None:
        """What is to be said of this page in the banner, where nothing went wrong."""
        return None

    def undo(self) -> str | None:
        """Take back what was done last on this page; its name, '' where there is nothing. None leaves it to the session."""
        return None

    def redo(self) -> str | None:
        """Do again what `undo` took back."""
        return None

    def act(self, what: str) -> bool:
        """Do the cure of a trouble that is this page's: True where it was done."""
        return False

    def set_compact(self, compact: bool) -> None:
        """The window is small: explanations go first, then rows, never controls."""

    def handle_key(self, event: QKeyEvent) -> bool:
        """A key that no widget took: True where it meant something."""
        return False
