"""Files are whole or not there at all."""
from __future__ import annotations

import json
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any


@contextmanager
def replacing(path: Path) -> Iterator[Path]:
    """A temporary name beside `path` to write to; it takes the place of `path` when the block ends without an error."""
    temporary = path.with_name(path.name + ".partial")
    yield temporary
    os.replace(temporary, path)


def write_json(path: Path, data: Any) -> None:
    """Replace `path` by `data` as JSON."""
    with replacing(path) as temporary:
        temporary.write_text(json.dumps(data, indent=1, ensure_ascii=False), encoding="utf-8")
