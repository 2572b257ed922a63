"""What an export would leave, for whoever is about to ask for it: names, sizes, room. Quick: no frame is read."""
from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from engine.export.disk import free_at
from engine.export.plan import ExportSettings, Plan, make_plan
from engine.export.whole import film_of
from engine.media.source import FrameSource


@dataclass(frozen=True)
class ExportPreview:
    """By format: the first and the last file (of a movie: the movie), and bytes by estimate. `needed` bytes are taken while it is made,
    `free` are there."""

    first: dict[str, Path]
    last: dict[str, Path]
    bytes: dict[str, int]
    needed: int
    free: int


def names(plan: Plan, scan: FrameSource) -> dict[str, tuple[Path, Path]]:
    """Format -> the first and the last file."""
    ends = scan.name(0), scan.name(len(scan) - 1)
    return {form: (plan.movie(form),) * 2 if form in plan.movies else (plan.still(form, ends[0]), plan.still(form, ends[1]))
            for form in plan.formats}


def preview(scan: FrameSource, settings: ExportSettings) -> ExportPreview:
    """Raises UsageError for formats and encodings that do not go with this scan, OutputRefused where two results would share a name."""
    scan = film_of(scan, settings.whole)
    plan = make_plan(scan, settings)
    files = names(plan, scan)
    return ExportPreview(
        {form: first for form, (first, _) in files.items()}, {form: last for form, (_, last) in files.items()},
        {form: plan.estimate(form, len(scan)) for form in plan.formats}, plan.room(dict.fromkeys(plan.formats, len(scan))),
        free_at(settings.folder))
