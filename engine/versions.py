"""Versions of what is installed: the program, and the libraries that pictures depend on."""
from __future__ import annotations

from functools import cache
from importlib.metadata import PackageNotFoundError, version


@cache
def version_of(package: str) -> str:
    """'' where it is not installed as a package."""
    try:
        return version(package)
    except PackageNotFoundError:
        return ""
