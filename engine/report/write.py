"""The report on disk."""
from __future__ import annotations

from pathlib import Path

from engine.files import replacing
from engine.report.blocks import Report
from engine.report.html import page
from engine.report.pdf import pdf


def write_report(path: Path, report: Report) -> None:
    """Replace NAME.html (`path`) and NAME.pdf beside it. Raises DiskFull, OutputRefused."""
    with replacing(path) as temporary:
        temporary.write_text(page(report), encoding="utf-8")
    with replacing(path.with_suffix(".pdf")) as temporary:
        temporary.write_bytes(pdf(report))
