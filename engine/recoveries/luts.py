"""The LUTs of a run as .cube files, handed out: some archives want just that. Light: no torch."""
from __future__ import annotations

import shutil
from pathlib import Path

from engine.errors import OutputRefused, UsageError
from engine.files import replacing, told
from engine.recoveries.run_folder import RunInfo


def save_luts(run: RunInfo, folder: Path) -> list[Path]:
    """Copy the .cube files of a run to `folder`, which is made. Raises UsageError where the run has none, OutputRefused where another file
    of such a name is there, DiskFull."""
    files = sorted((run.folder / "lut").glob("*.cube"))
    if not files:
        raise UsageError(f"{run.folder}: this run has kept no LUT; train again, which does")
    with told(folder, "making the folder"):
        folder.mkdir(parents=True, exist_ok=True)
    wanted = {file: folder / file.name for file in files}
    for file, there in wanted.items():
        if there.exists() and (not there.is_file() or there.read_bytes() != file.read_bytes()):
            raise OutputRefused(f"{there}: is there already and is another file; choose another folder")
    for file, there in wanted.items():
        with replacing(there) as temporary:
            shutil.copyfile(file, temporary)
    return list(wanted.values())
