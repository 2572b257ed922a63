"""One page a step."""
from __future__ import annotations

from wizard.roles import Roles, make_roles
from wizard.session import Session
from wizard.steps.align import AlignPage
from wizard.steps.balance import BalancePage
from wizard.steps.export import ExportPage
from wizard.steps.frames import FramesPage
from wizard.steps.keyframes import KeyframesPage
from wizard.steps.media import MediaPage
from wizard.steps.page import Page
from wizard.steps.recovery import RecoveryPage
from wizard.steps.review import ReviewPage
from wizard.steps.train import TrainPage

PAGES: tuple[type[Page], ...] = (RecoveryPage, MediaPage, AlignPage, FramesPage, BalancePage, KeyframesPage, TrainPage,
                                 ReviewPage, ExportPage)


def pages(session: Session) -> list[Page]:
    """A page for every step, in the order of flow.PAGES, and the roles of frames that they show."""
    if session.findChild(Roles) is None:
        make_roles(session)
    return [page(session) for page in PAGES]
