"""One page a step."""
from __future__ import annotations

from importlib import import_module
from importlib.util import find_spec

from wizard import flow
from wizard.roles import Roles, make_roles
from wizard.session import Session
from wizard.steps.page import Page


def pages(session: Session) -> list[Page]:
    """A page for every step, in order, and the roles of frames that they show."""
    if session.findChild(Roles) is None:
        make_roles(session)
    return [_page(key)(session) for key in flow.PAGES]


def _page(key: str) -> type[Page]:
    """The page of a step; a plain one for a step that has none yet."""
    if find_spec(f"wizard.steps.{key}") is None:
        return type(f"{key.title()}Page", (Page,), {"key": key, "title": lambda self: flow.title_of(self.key)})
    found: type[Page] = getattr(import_module(f"wizard.steps.{key}"), f"{key.title()}Page")
    return found
