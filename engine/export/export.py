"""Export: every frame is read, restored, proven and written, with flat memory; an interrupted export goes on where it stopped."""
from __future__ import annotations

from collections import deque
from collections.abc import Callable, Mapping
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import ExitStack
from dataclasses import asdict, dataclass
from functools import partial
from typing import Any, BinaryIO

import numpy as np

from engine.export.certificate import LUMA_HELD, Proof, file_figures
from engine.export.check import check
from engine.export.coding import Codes, Coding
from engine.export.disk import check_room, write_whole
from engine.export.gamut import Plane, into_gamut
from engine.export.movie import add_packet, mux, plane_figures, rgb_planes, ycbcr_planes
from engine.export.plan import ExportSettings, Plan, export_identity
from engine.export.progress import clear_temporaries, parts_of, replaced, unfinished
from engine.export.record import Ledger
from engine.export.result import ExportResult, result_of, sound_note
from engine.export.sound import Sound
from engine.export.stills import Carried, still_writer
from engine.files import told
from engine.media.curves import strips
from engine.media.source import FrameSource, Picture
from engine.run import Run

__all__ = ["ExportResult", "ExportSettings", "export"]

WRITERS = 2
HEADROOM = 1 << 16


@dataclass(frozen=True)
class Made:
    """One frame done: its line for the ledger, and the packets of movies, which are appended in order."""

    line: dict[str, Any]
    packets: dict[str, bytes]


def export(scan: FrameSource, prepare: Callable[[int], Picture], restore: Callable[[int, Picture], Picture], settings: ExportSettings,
           run: Run, proof: Proof = LUMA_HELD) -> ExportResult:
    """Write every frame of `scan` in every format asked for.

    `prepare(i)` gives the balanced scan of frame i, display-referred Rec.709, float32 (h, w, 3), unclipped; it is called in a thread of
    its own, in order. `restore(i, prepared)` gives the same picture with new chroma; it is called in the caller's thread, in order. Its
    luma must be that of the prepared picture to 1e-4, or LumaChanged is raised and the frame is not written; another `proof` asks for
    something else. Reading the next frame,
    restoring one, and writing the last ones overlap; at most four frames are in memory.
    Files of an earlier export are replaced one by one; none is removed. Raises what `check` does, LumaChanged, Cancelled; then, the same
    call goes on with the next frame."""
    plan, sounds = check(scan, settings)
    with told(plan.folder, "making the folders"):
        for folder in (plan.folder, *map(plan.still_folder, plan.stills)):
            folder.mkdir(parents=True, exist_ok=True)
        ledger = Ledger(plan.ledger, export_identity(scan, settings, plan.encoding))
        clear_temporaries(plan, ledger)
    todo = unfinished(plan, ledger, scan, sounds)
    check_room(plan.folder, plan.room({form: sum(form in forms for forms in todo.values()) for form in plan.formats}))
    if count := replaced(plan, ledger, scan, todo):
        run.say(f"{count:,} files of an earlier export are replaced one by one as they are made")
    _frames(_Work(scan, prepare, restore, plan, ledger, run, proof), todo)
    _movies(plan, ledger, scan, sounds, run)
    return result_of(plan, ledger, len(scan), sound_note(plan, scan, sounds, settings.sound))


@dataclass(frozen=True)
class _Work:
    scan: FrameSource
    prepare: Callable[[int], Picture]
    restore: Callable[[int, Picture], Picture]
    plan: Plan
    ledger: Ledger
    run: Run
    proof: Proof


def _frames(work: _Work, todo: dict[int, tuple[str, ...]]) -> None:
    """The streaming loop: one thread reads, the caller's restores, WRITERS threads prove and write; what is done is recorded in order."""
    if not todo:
        return
    indices, reading, writing = iter(todo), deque[Future[Any]](), deque[Future[Made]]()
    done = 0
    work.run.step(done, len(todo), "restoring")
    with ExitStack() as stack, ThreadPoolExecutor(1) as reader, ThreadPoolExecutor(WRITERS) as writers:
        recorder = _Recorder(work, stack)

        def read_next() -> None:
            if (index := next(indices, None)) is not None:
                reading.append(reader.submit(lambda: (work.prepare(index), Carried.of(work.scan, index))))

        try:
            read_next()
            while reading or writing:
                if reading:
                    picture, frame = reading.popleft().result()
                    read_next()
                    restored = work.restore(frame.index, picture)
                    writing.append(writers.submit(make_frame, work.plan, todo[frame.index], frame, work.proof.keep(picture), restored,
                                                  work.proof))
                    del picture, restored
                if len(writing) > WRITERS - 1 or not reading:
                    recorder.record(writing.popleft().result())
                    done += 1
                    work.run.step(done, len(todo), "restoring")
        finally:
            for future in (*reading, *writing):
                future.cancel()


class _Recorder:
    """Appends to the packet files and the ledger, in the order of frames."""

    def __init__(self, work: _Work, stack: ExitStack) -> None:
        self.plan, self.ledger = work.plan, work.ledger
        self.packets: dict[str, BinaryIO] = {}
        self.ends: dict[str, int] = {}
        with told(self.plan.folder, "opening the record"):
            self.file = stack.enter_context(self.ledger.open())
            for form in self.plan.movies:
                parts = parts_of(self.plan, self.ledger, form)
                self.ends[form] = parts[-1].offset + parts[-1].length if parts else 0
                self.packets[form] = stack.enter_context(_open_packets(self.plan, form))

    def record(self, made: Made) -> None:
        """Raises DiskFull, OutputRefused; what was recorded before is whole."""
        with told(self.plan.folder, f"frame {made.line['frame']}"):
            for form, packet in made.packets.items():
                part = add_packet(self.packets[form], self.ends[form], packet)
                self.ends[form] += part.length
                made.line["written"][form] |= asdict(part)
            self.ledger.add(self.file, made.line)


def _open_packets(plan: Plan, form: str) -> BinaryIO:
    path = plan.packets(form)
    path.touch()
    return path.open("r+b", buffering=0)


def make_frame(plan: Plan, forms: tuple[str, ...], frame: Carried, kept: Picture, restored: Picture, proof: Proof) -> Made:
    """Prove and write one frame. `kept` is what has to stay of it. Raises LumaChanged, ChromaChanged, DiskFull, OutputRefused."""
    float_max, scan = proof.prove(kept, restored, frame.name)
    written: dict[str, Any] = {}
    packets: dict[str, bytes] = {}
    for form in forms:
        if form in plan.codings:
            coding = plan.codings[form]
            codes = _codes(coding, restored, scan)
            figures = file_figures(codes, coding, scan, frame.name)
        if form in plan.movies:
            if form in plan.codings:
                planes = rgb_planes(codes)
            else:
                picture = into_gamut(restored, np.clip(scan, 0, 1), 0.0, 1.0)
                planes = ycbcr_planes(picture, half_chroma=form == "prores422hq")
                figures = plane_figures(planes[0], scan)
            packets[form] = plan.movies[form].packet(planes)
            written[form] = figures.as_json()
        else:
            written[form] = _write_still(plan, form, codes, frame) | figures.as_json()
    return Made({"index": frame.index, "frame": frame.name, "float_max": float(f"{float_max:.3g}"), "written": written}, packets)


def _codes(coding: Coding, restored: Picture, scan: Plane) -> Codes:
    result = np.empty(restored.shape, np.float16 if coding.floating else np.uint16)
    for rows in strips(restored.shape):
        held = np.clip(scan[rows], *coding.limits)
        result[rows] = coding.codes(coding.fit(restored[rows], held), held)
    return result


def _write_still(plan: Plan, form: str, codes: Codes, frame: Carried) -> dict[str, Any]:
    path = plan.still(form, frame.name)
    write = still_writer(form, codes, plan.codings[form], frame, plan.info, path.name)
    with told(plan.folder, f"frame {frame.name}"):
        digest, length = write_whole(path, write, codes.nbytes + HEADROOM)
    return {"file": path.relative_to(plan.folder).as_posix(), "sha256": digest, "bytes": length}


def _movies(plan: Plan, ledger: Ledger, scan: FrameSource, sounds: Mapping[str, Sound | None], run: Run) -> None:
    """Put together the movies that are not whole yet, then forget their packets."""
    for form, encoding in plan.movies.items():
        path, packets, sound = plan.movie(form), plan.packets(form), sounds[form]
        parts = parts_of(plan, ledger, form)
        if len(parts) == len(scan):
            write = partial(mux, encoding=encoding, packets=packets, parts=parts, timecode=scan.timecode(0), sound=sound, run=run)
            with told(plan.folder, path.name):
                digest, length = write_whole(path, write, parts[-1].offset + parts[-1].length)
                with ledger.open() as file:
                    ledger.add(file, {"movie": form, "file": path.name, "sha256": digest, "bytes": length,
                                      "sound": sound.identity if sound else None})
        packets.unlink(missing_ok=True)
    with told(plan.folder, plan.ledger.name):
        ledger.tidy()
