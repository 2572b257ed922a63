"""The scripts of installer/, which is no package, as modules."""
from __future__ import annotations

import importlib.util
import sys
from pathlib import Path
from types import ModuleType

FOLDER = Path(__file__).parents[2] / "installer"


def script(name: str) -> ModuleType:
    """Load installer/`name`.py anew."""
    spec = importlib.util.spec_from_file_location(f"installer_{name}", FOLDER / f"{name}.py")
    assert spec and spec.loader
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module         # dataclasses look their module up
    spec.loader.exec_module(module)
    return module
