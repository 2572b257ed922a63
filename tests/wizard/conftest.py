"""What the window's tests share: no screen, the dark theme, a session that is closed."""
from __future__ import annotations

import os
from collections.abc import Iterator
from typing import Any

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

import pytest
from PyQt6.QtWidgets import QApplication


@pytest.fixture(autouse=True)
def look(qapp: QApplication) -> None:
    """Theme, size of text and language as a new user has them."""
    from wizard import theme, words

    words.use_language("en")
    theme.use("dark", 1.0)


@pytest.fixture
def session(qapp: QApplication) -> Iterator[Any]:
    """A session without a project."""
    from wizard.session import Session

    made = Session()
    yield made
    made.close()
