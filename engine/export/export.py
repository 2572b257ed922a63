"""Export: every frame is read, restored, proven and written, with flat memory; an interrupted export goes on where it stopped."""
from __future__ import annotations

from collections import deque
from collections.abc import Callable, Mapping
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import ExitStack, suppress
from dataclasses import asdict, dataclass
from functools import partial
from typing import Any, BinaryIO

import numpy as np

from engine.export.burn_in import burn_in_line, burnt
from engine.export.certificate import LUMA_HELD, Proof, file_figures
from engine.export.check import check
from engine.export.coding import Codes, Coding
from engine.export.container import add_packet, mux
from engine.export.disk import check_room, put_in_place, refuse_foreign, write_beside
from engine.export.gamut import Plane, into_gamut
from engine.export.ledger import Ledger, entries_of
from engine.export.loss import coded
from engine.export.movie import VIEWING, Planes, plane_figures, rgb_planes, ycbcr_planes
from engine.export.plan import ExportSettings, Plan, export_identity
from engine.export.progress import clear_partial, clear_temporaries, parts_of, refuse_changed, replaced, unfinished
from engine.export.result import ExportResult, result_of, sound_note
from engine.export.said import Carried
from engine.export.sound import Sound
from engine.export.stills import still_writer
from engine.export.whole import film_of, restored_number
from engine.files import told
from engine.media.colour import luma, to_display
from engine.media.curves import strips
from engine.media.source import FrameSource, Picture
from engine.run import Run

__all__ = ["ExportResult", "ExportSettings", "export"]

WRITERS = 2
HEADROOM = 1 << 16


@dataclass(frozen=True)
class Made:
    """One frame done: its line for the ledger, the packets of movies, which are appended in order, and the pictures of those that are
    encoded in groups, with what the ledger will say of them."""

    line: dict[str, Any]
    packets: dict[str, bytes]
    pictures: dict[str, tuple[dict[str, Any], Planes]]


def export(scan: FrameSource, prepare: Callable[[int], Picture], restore: Callable[[int, Picture], Picture], settings: ExportSettings,
           run: Run, proof: Proof = LUMA_HELD) -> ExportResult:
    """Write every frame of `scan` in every format asked for.

    `prepare(i)` gives the balanced scan of frame i, display-referred Rec.709, float32 (h, w, 3), unclipped; it is called in a thread of
    its own, in order. `restore(i, prepared)` gives the same picture with new chroma; it is called in the caller's thread, in order. Its
    luma must be that of the prepared picture to 1e-4, or LumaChanged is raised and the frame is not written; another `proof` asks for
    something else. Reading the next frame, restoring one, and writing the last ones overlap; at most four frames are in memory.
    With `settings.whole` the frames outside the range that is open are passed on: code for code where encoding and depth are the source's.
    Both calls go by the numbers of `scan`.
    Files of an earlier export are replaced one by one; none is removed, and none that somebody has changed is replaced. Raises what `check`
    does, OutputRefused for such a file, LumaChanged, Cancelled; then, the same call goes on with the next frame."""
    film = film_of(scan, settings.whole)
    plan, sounds = check(film, settings)
    with told(plan.folder, "making the folders"):
        for folder in (plan.folder, *map(plan.still_folder, plan.stills)):
            folder.mkdir(parents=True, exist_ok=True)
        ledger = Ledger(plan.ledger, export_identity(film, settings, plan.encoding))
        clear_temporaries(plan, ledger)
        refuse_changed(plan, ledger, film)
    todo = unfinished(plan, ledger, film, sounds)
    check_room(plan.folder, plan.room({form: sum(form in forms for forms in todo.values()) for form in plan.formats}))
    if count := replaced(plan, ledger, film, todo):
        run.say(f"{count:,} files of an earlier export are replaced one by one as they are made")
    try:
        _frames(_Work(film, prepare, restore, plan, ledger, run, proof), todo)
    finally:
        with suppress(OSError):
            clear_partial(plan)
    _movies(plan, ledger, film, sounds, run)
    return result_of(plan, ledger, len(film), sound_note(plan, film, sounds, settings.sound))


@dataclass(frozen=True)
class _Work:
    film: FrameSource
    prepare: Callable[[int], Picture]
    restore: Callable[[int, Picture], Picture]
    plan: Plan
    ledger: Ledger
    run: Run
    proof: Proof

    def read(self, index: int) -> tuple[Picture, Carried, int | None]:
        """The picture that a frame is made of, what its source says, and its number in the scan that is restored; where it has none, the
        picture is as it was stored."""
        number = restored_number(self.film, index)
        picture = self.film.read(index) if number is None else self.prepare(number)
        return picture, Carried.of(self.film, index, number is None), number


def _frames(work: _Work, todo: dict[int, tuple[str, ...]]) -> None:
    """The streaming loop: one thread reads, the caller's restores, WRITERS threads prove and write; what is done is recorded in order."""
    if not todo:
        return
    indices, reading, writing = iter(todo), deque[Future[Any]](), deque[Future[Made]]()
    done = 0
    work.run.step(done, len(todo), "restoring")
    with ExitStack() as stack, ThreadPoolExecutor(1) as reader, ThreadPoolExecutor(WRITERS) as writers:
        recorder = _Recorder(work, stack, writers)

        def read_next() -> None:
            if (index := next(indices, None)) is not None:
                reading.append(reader.submit(work.read, index))

        try:
            read_next()
            while reading or writing:
                if reading:
                    picture, frame, number = reading.popleft().result()
                    read_next()
                    forms = todo[frame.index]
                    writing.append(writers.submit(_safely, work, forms, frame.name, *_to_make(work, forms, picture, frame, number)))
                    del picture
                if len(writing) > WRITERS - 1 or not reading:
                    recorder.record(writing.popleft().result())
                    done += 1
                    work.run.step(done, len(todo), "restoring")
            recorder.finish()
        finally:
            for future in (*reading, *writing):
                future.cancel()


def _to_make(work: _Work, forms: tuple[str, ...], picture: Picture, frame: Carried, number: int | None) -> tuple[Any, ...]:
    """What a writing thread is to call for a frame, which is restored here."""
    if number is None:
        return pass_on, work.plan, forms, frame, picture
    restored = work.restore(number, picture)
    return make_frame, work.plan, forms, frame, work.proof.keep(picture), restored, work.proof


def _safely(work: _Work, forms: tuple[str, ...], name: str, make: Callable[..., Made], *given: Any) -> Made:
    """What a writing thread does. Raises OutputRefused where a file of somebody lies where one is to be replaced."""
    for form in forms:
        if form in work.plan.stills:
            path = work.plan.still(form, name)
            with told(work.plan.folder, f"frame {name}"):
                refuse_foreign(path, work.ledger.known(path))
    return make(*given)


class _Recorder:
    """Appends to the packet files and the ledger, and puts stills in their place, in the order of frames. Groups are encoded beside the
    caller, one at a time a format."""

    def __init__(self, work: _Work, stack: ExitStack, pool: ThreadPoolExecutor) -> None:
        self.plan, self.ledger, self.pool = work.plan, work.ledger, pool
        self.packets: dict[str, BinaryIO] = {}
        self.ends: dict[str, int] = {}
        self.groups: dict[str, list[tuple[dict[str, Any], Planes]]] = {}
        self.coded: dict[str, tuple[list[dict[str, Any]], Future[list[tuple[bytes, dict[str, Any]]]]]] = {}
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
                made.line["written"][form] |= self._append(form, packet)
            if made.line["written"]:
                self.ledger.add(self.file, made.line)
            for entry in entries_of(made.line):
                put_in_place(self.plan.folder / entry["file"])
        for form, (entry, planes) in made.pictures.items():
            group = self.groups.setdefault(form, [])
            group.append(({**made.line, "written": {form: entry}}, planes))
            if len(group) == self.plan.movies[form].movie.group:
                self._encode(form)

    def finish(self) -> None:
        """Encode and record what waits."""
        for form in (*self.groups, *self.coded):
            self._encode(form)
            self._take(form)

    def _encode(self, form: str) -> None:
        self._take(form)
        if group := self.groups.pop(form, []):
            lines, pictures = [line for line, _ in group], [planes for _, planes in group]
            self.coded[form] = lines, self.pool.submit(coded, self.plan.movies[form], pictures)

    def _take(self, form: str) -> None:
        """Record the group that was being encoded."""
        lines, future = self.coded.pop(form, ([], None))
        for line, (packet, lost) in zip(lines, future.result() if future else (), strict=True):
            with told(self.plan.folder, f"frame {line['frame']}"):
                line["written"][form] |= self._append(form, packet) | lost
                self.ledger.add(self.file, line)

    def _append(self, form: str, packet: bytes) -> dict[str, Any]:
        part = add_packet(self.packets[form], self.ends[form], packet)
        self.ends[form] += part.length
        return asdict(part)


def _open_packets(plan: Plan, form: str) -> BinaryIO:
    path = plan.packets(form)
    path.touch()
    return path.open("r+b", buffering=0)


def make_frame(plan: Plan, forms: tuple[str, ...], frame: Carried, kept: Picture, restored: Picture, proof: Proof) -> Made:
    """Prove and write one frame. `kept` is what has to stay of it. Raises LumaChanged, ChromaChanged, DiskFull, OutputRefused."""
    float_max, scan = proof.prove(kept, restored, frame.name)
    line = {"index": frame.index, "frame": frame.name, "float_max": float(f"{float_max:.3g}"), **proof.more(frame.name)}
    return _write(plan, forms, frame, line, restored, scan, None)


def pass_on(plan: Plan, forms: tuple[str, ...], frame: Carried, stored: Picture) -> Made:
    """Write a frame that is not restored, of the picture as the source stores it. Raises LumaChanged where another encoding than the
    source's changes its luma by more than rounding, DiskFull, OutputRefused."""
    shown = to_display(stored, plan.info.encoding)
    line = {"index": frame.index, "frame": frame.name, "float_max": 0.0, "untouched": True}
    return _write(plan, forms, frame, line, shown, luma(shown), stored)


def _write(plan: Plan, forms: tuple[str, ...], frame: Carried, line: dict[str, Any], shown: Picture, scan: Plane,
           stored: Picture | None) -> Made:
    """Every format of a frame: `shown` as display values, `scan` the luma that files are held against; where `stored` is given it is the
    source's own picture and goes, code for code, into formats that hold it so."""
    made = Made({**line, "written": {}}, {}, {})
    for form in forms:
        if form not in plan.codings:
            figures, planes = _planes(plan, form, frame, shown, scan)
        else:
            coding = plan.codings[form]
            if stored is not None and coding.holds(plan.info):
                codes, figures = coding.stored(stored), {"max": 0.0, "mean": 0.0, "clipped": 0.0, "depth": coding.depth, "exact": True}
            else:
                codes = _codes(coding, shown, scan)
                figures = file_figures(codes, coding, scan, frame.name).as_json()
            if form not in plan.movies:
                made.line["written"][form] = _write_still(plan, form, codes, frame) | figures
                continue
            planes = rgb_planes(codes)
        encoding = plan.movies[form]
        if encoding.movie.group > 1:
            made.pictures[form] = figures, planes
        else:
            made.packets[form], lost = coded(encoding, [planes])[0]
            made.line["written"][form] = figures | lost
    return made


def _planes(plan: Plan, form: str, frame: Carried, shown: Picture, scan: Plane) -> tuple[dict[str, Any], Planes]:
    """Y', Cb and Cr of a movie that is Rec.709, measured before anything is burnt in."""
    movie = plan.movies[form].movie
    planes = ycbcr_planes(into_gamut(shown, np.clip(scan, 0, 1), 0.0, 1.0), movie.halved, movie.depth)
    figures = plane_figures(planes[0], scan, movie.depth).as_json()
    if plan.burn_in and form in VIEWING:
        planes = burnt(planes, burn_in_line(plan.name, frame.name, frame.timecode), movie.depth)
    return figures, planes


def _codes(coding: Coding, restored: Picture, scan: Plane) -> Codes:
    result = np.empty(restored.shape, np.float16 if coding.floating else np.uint16)
    for rows in strips(restored.shape):
        held = np.clip(scan[rows], *coding.limits)
        result[rows] = coding.codes(coding.fit(restored[rows], held), held)
    return result


def _write_still(plan: Plan, form: str, codes: Codes, frame: Carried) -> dict[str, Any]:
    path = plan.still(form, frame.name)
    write = still_writer(form, codes, plan.codings[form], frame, plan.info, path.name, plan.said)
    with told(plan.folder, f"frame {frame.name}"):
        digest, length = write_beside(path, write, codes.nbytes + HEADROOM)
    return {"file": path.relative_to(plan.folder).as_posix(), "sha256": digest, "bytes": length}


def _movies(plan: Plan, ledger: Ledger, film: FrameSource, sounds: Mapping[str, Sound | None], run: Run) -> None:
    """Put together the movies that are not whole yet, then forget their packets."""
    for form, encoding in plan.movies.items():
        path, packets, sound = plan.movie(form), plan.packets(form), sounds[form]
        parts = parts_of(plan, ledger, form)
        if len(parts) == len(film):
            write = partial(mux, encoding=encoding, packets=packets, parts=parts, timecode=film.timecode(0), sound=sound,
                            source_type=plan.said.source_type, run=run)
            with told(plan.folder, path.name):
                refuse_foreign(path, ledger.known(path))
                digest, length = write_beside(path, write, parts[-1].offset + parts[-1].length)
                with ledger.open() as file:
                    ledger.add(file, {"movie": form, "file": path.name, "sha256": digest, "bytes": length,
                                      "sound": sound.identity if sound else None})
                put_in_place(path)
        packets.unlink(missing_ok=True)
    with told(plan.folder, plan.ledger.name):
        ledger.tidy()
