"""The installers that `dev.py package` has left in dist/, installed where each test wants them."""
from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.installer.linux import Run, home_in, user_in

ROOT = Path(__file__).parents[2]
DIST = ROOT / "dist"


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """They need what takes half an hour to build, so they are a set of their own."""
    for item in items:
        if Path(__file__).parent in item.path.parents:
            item.add_marker(pytest.mark.package)


def one(pattern: str) -> Path:
    """The installer of that name. The test is skipped, and says so, where it was not built."""
    found = sorted(DIST.glob(pattern))
    if not found:
        pytest.skip(f"dist/{pattern} is not there; build it with `dev.py package`")
    return found[-1]


@pytest.fixture(scope="session")
def bundle() -> Path:
    """The one-folder program."""
    return one("answerprint").resolve()


@pytest.fixture
def home() -> Iterator[Path]:
    made = home_in(Path("/var/tmp"))
    yield made
    made.chmod(0o755)
    shutil.rmtree(made, ignore_errors=True)


@pytest.fixture
def as_user(home: Path) -> Run:
    return user_in(home)
