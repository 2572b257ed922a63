from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests.engine.package.delivered import restored


@pytest.fixture(scope="module")
def film(tmp_path_factory: pytest.TempPathFactory) -> Any:
    """The folder of a restored little film with its bag, read only."""
    home, environment = tmp_path_factory.mktemp("home"), pytest.MonkeyPatch()
    environment.setenv("ANSWERPRINT_SETTINGS", str(home / "settings"))
    environment.setenv("HOME", str(home))
    folder = home / "Películas" / "reel"
    folder.mkdir(parents=True)
    restored(folder, evidence=True, formats=("dpx", "exr", "prores422hq", "ffv1"))
    yield folder
    environment.undo()


@pytest.fixture
def own(tmp_path: Path) -> Path:
    return tmp_path / "reel"
