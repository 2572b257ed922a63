"""The films of a command, or of a project, open."""
from __future__ import annotations

import argparse
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager

from engine.errors import UsageError
from engine.media.locate import open_medium
from engine.media.open import open_source
from engine.media.source import FrameSource, Reading
from engine.project import Project
from engine.recoveries import RECOVERIES
from engine.run import Run


@contextmanager
def open_films(asked: argparse.Namespace, run: Run) -> Iterator[tuple[FrameSource, FrameSource | None]]:
    """Scan and reference, where one is given, open and described."""
    with ExitStack() as opened:
        scan = opened.enter_context(open_source(asked.scan, scan_reading(asked), run))
        given = asked.reference is not None
        reference = opened.enter_context(open_source(asked.reference, reference_reading(asked), run)) if given else None
        describe(scan, "scan", run)
        if reference:
            describe(reference, "reference", run)
        yield scan, reference


@contextmanager
def open_media(project: Project, run: Run) -> Iterator[tuple[FrameSource, FrameSource | None]]:
    """The media that the recovery of a project needs. Raises UsageError where one is not chosen yet."""
    needs = RECOVERIES[project.recovery].needs_reference
    if not project.scan or (needs and not project.reference):
        raise UsageError(f"{project.folder}: the project has no scan{' or no reference' if needs else ''} yet; choose "
                         f"{'both' if needs else 'one'} first")
    with ExitStack() as opened:
        scan = opened.enter_context(open_medium(project.scan, project.folder, run))
        given = needs and project.reference
        yield scan, opened.enter_context(open_medium(project.reference, project.folder, run)) if given and project.reference else None


def describe(source: FrameSource, role: str, run: Run) -> None:
    """Print what was found, and mark what was guessed."""
    info = source.info
    guessed = ", guessed" if info.encoding_guessed else ""
    fields = f", {info.field_reason}" if info.field_reason else ""
    run.say(f"{role}: {info.path}: {info.frames:,} frames, {info.width} x {info.height}, {info.format}, {info.depth} bits, "
            f"{info.rate or 'no'} frames/s ({info.rate_reason}){fields}; encoding {info.encoding} ({info.encoding_reason}{guessed})")


def scan_reading(asked: argparse.Namespace) -> Reading:
    """How the scan is read."""
    return Reading(asked.stills, asked.scan_encoding, asked.scan_rate, None, asked.range, asked.allow_gaps)


def reference_reading(asked: argparse.Namespace) -> Reading:
    """How the reference is read."""
    return Reading(asked.stills, asked.reference_encoding, None, asked.field_order, None, asked.allow_gaps)
