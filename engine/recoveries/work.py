"""What a worker has in its hands, a project with its media open, and what is made with its model: the restored files."""
from __future__ import annotations

import hashlib
import time
from collections.abc import Callable, Sequence
from contextlib import ExitStack, suppress
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Protocol

from engine.align.alignment import Alignment
from engine.balance.balance import Balance
from engine.balance.laid import Laid
from engine.errors import MediaError, UsageError
from engine.export.certificate import LUMA_HELD, Proof
from engine.export.export import ExportSettings, export
from engine.export.plan import make_plan
from engine.files import read_json
from engine.media.fingerprint import file_fingerprint
from engine.media.locate import open_medium
from engine.media.reduce import reduced
from engine.media.source import FrameSource, Picture
from engine.media.volumes import Place, candidates
from engine.pairs.evidence import WIDTH as EVIDENCE_WIDTH
from engine.pairs.likeness import shots_by_picture
from engine.project import Project, input_hash
from engine.recoveries import RECOVERIES
from engine.recoveries.account import Subject, report_of
from engine.recoveries.account.written import as_written
from engine.recoveries.deliver import deliver, make_way
from engine.recoveries.ingest import check_all, take_in_all
from engine.recoveries.run_folder import RunInfo, chosen_run
from engine.recoveries.runs import used_run
from engine.recoveries.truth import KeyframeTruth, ReferenceTruth, Truth
from engine.report.words import Words
from engine.report.write import write_report
from engine.run import Run

REPORT_WIDTH = 560          # of the pictures of a report, in pixels


@dataclass
class Work:
    """A project with its media open, and the folder that results go to."""

    project: Project
    scan: FrameSource
    second: FrameSource | None
    out: Path

    @property
    def reference(self) -> FrameSource:
        """Raises UsageError where the recovery has none."""
        if self.second is None:
            raise UsageError(f"{self.project.folder}: the project has no reference; choose one first")
        return self.second

    @property
    def places(self) -> list[Path]:
        """The folders that work needs: of the media, of the results, of the project."""
        media = (path.parent for source in (self.scan, self.second) if source for path in source.medium())
        return list(dict.fromkeys((*media, self.out, self.project.folder)))

    def truth(self, run: Run) -> Truth:
        """Where the colour of the film is known now."""
        if RECOVERIES[self.project.recovery].needs_reference:
            return ReferenceTruth(self.scan, self.reference, self.alignment)
        return KeyframeTruth.of(self.scan, self.project.folder, self.project.settings.palette, self.laid.balance, run)

    @property
    def encodings(self) -> tuple[str, str]:
        return self.scan.info.encoding, self.reference.info.encoding

    @property
    def alignment(self) -> Alignment:
        """As it was found, with the corners that were moved by hand."""
        found = Alignment.load(self.project.folder / "align" / "alignment.json")
        return found.corrected(self.project.settings.corners)

    @property
    def laid(self) -> Laid:
        """The balance as it was made last, and where it is laid."""
        return present_laid(self.project)

    @property
    def balance(self) -> Balance:
        """The balance of what pairs are made of and the net sees: none where it is laid on after the training."""
        return self.laid.seen


def present_laid(project: Project) -> Laid:
    """The balance as it was made last: that of the pairs to come. Raises MediaError where its file is damaged."""
    if RECOVERIES[project.recovery].detail:
        return Laid(Balance.identity(), False)
    return read_json(project.folder / "balance" / "balance.json", Laid.from_json)


def laid_of(project: Project) -> Laid:
    """The balance that the used run was trained with: a later one belongs to later runs. Raises MediaError where its file is damaged."""
    if RECOVERIES[project.recovery].detail:
        return present_laid(project)
    return read_json(trained_with(project, "balance", "balance.json"), Laid.from_json)


def trained_with(project: Project, room: str, name: str) -> Path:
    """The file of a room as the used run was trained with it, or, of a run that kept none, as it is now."""
    run = used_run(project)
    own = run.folder / name if run else None
    return own if own and own.is_file() else project.folder / room / name


def choice_of(project: Project) -> dict[str, Any]:
    """The choice of pairs that the used run was trained with: train, held_out, shots. Raises MediaError where its file is damaged."""
    path = trained_with(project, "pairs", "choice.json")
    return read_json(path, lambda data: {name: list(data[name]) for name in ("train", "held_out", "shots")})


def shots_of(project: Project) -> list[str]:
    """The shot of each frame of the scan, by the words that the used run has learnt. Raises MediaError where its file is damaged."""
    return list(choice_of(project)["shots"])


def model_of(project: Project) -> Path:
    """The model that results are made with. Raises MediaError where nothing is trained yet."""
    run = used_run(project)
    if run is None:
        raise MediaError(f"{project.folder}: nothing is trained in this project yet; run `restore` first")
    return run.model


def begun_from(project: Project) -> RunInfo | None:
    """The run that the next training goes on from, where one was named. Raises UsageError where it is not there."""
    number = project.settings.go_on_from
    start = chosen_run(project.folder, number)
    if number is not None and start is None:
        raise UsageError(f"{project.folder}: run {number} is not there or did not come to its end; go on from another run")
    return start


def device_for(project: Project, run: Run) -> str:
    """The device that the model runs on: that of its training, or where this machine has none such, the best it has."""
    from engine.train.device import choose_device, probe

    used = used_run(project)
    trained_on = used.device if used else "auto"
    if trouble := probe(trained_on):
        device = choose_device().type
        run.say(f"trained on {trained_on}, which cannot be used here ({trouble}); {device} is used")
        return device
    return trained_on


class Restoring(Protocol):
    """The used run of a project, ready for frames of a scan: `kept` gives the picture that the result is made of and held to, by `proof`,
    `restore` the result, `lut` what the best pointwise or linear way gives, `shown` one of these for a screen. `identity` is what the
    pictures depend on besides the scan."""

    model: Path
    device: str
    device_name: str
    proof: Proof

    @property
    def identity(self) -> list[Any]: ...

    @property
    def runtime(self) -> object: ...

    def kept(self, scan: FrameSource, index: int, shot: str | None = None, width: int | None = None) -> Picture: ...

    def restore(self, index: int, kept: Picture, shot: str | None, full_width: int | None = None) -> Picture: ...

    def lut(self, index: int, kept: Picture, shot: str | None) -> Picture: ...

    def shown(self, scan: FrameSource, index: int, shot: str | None, what: str, width: int | None) -> Picture: ...


def restoration_of(project: Project, run: Run, threads: int | None = None) -> Restoring:
    """By the project's recovery. Raises MediaError where nothing is trained, NewerVersion."""
    if project.recovery == "telecine":
        from engine.recoveries.telecine_work import TelecineRestoration

        return TelecineRestoration(project, run, threads)
    if project.recovery == "combined":
        from engine.recoveries.combined_work import CombinedRestoration

        return CombinedRestoration(project, run, threads)
    if RECOVERIES[project.recovery].detail:
        from engine.recoveries.detail_work import DetailRestoration

        return DetailRestoration(project, run, threads)
    return Restoration(project, run, threads)


class Restoration:
    """Of recoveries of colour: the luma of the balanced scan, the chroma of the model."""

    proof = LUMA_HELD

    def __init__(self, project: Project, run: Run, threads: int | None = None) -> None:
        """Raises MediaError where nothing is trained, NewerVersion."""
        from engine.apply.frames import Restorer
        from engine.apply.runtime import runtime_for
        from engine.train.machine import device_name

        self.model, self.device, self.laid = model_of(project), device_for(project, run), laid_of(project)
        self.runtime = runtime_for(self.model.parent, self.model, self.device, run)
        self._restorer = Restorer(self.model, self.device, threads=threads, onnx=self.runtime.onnx)
        self.device_name = device_name(self._restorer.device)

    @property
    def identity(self) -> list[Any]:
        return [hashlib.sha256(self.model.read_bytes()).hexdigest(), self.laid.as_json()]

    def shown(self, scan: FrameSource, index: int, shot: str | None, what: str, width: int | None) -> Picture:
        """'result' or 'lut' of a frame, made of the reduced scan."""
        kept = self.kept(scan, index, shot, width)
        return self.lut(index, kept, shot) if what == "lut" else self.restore(index, kept, shot, scan.info.width)

    def kept(self, scan: FrameSource, index: int, shot: str | None = None, width: int | None = None) -> Picture:
        """Frame `index` of the scan, at most `width` wide, balanced, display-referred, unclipped; of a shot that is spared as it is."""
        return shown(scan, Balance.identity() if shot in self.laid.spared else self.laid.balance, index, width)

    def restore(self, index: int, kept: Picture, shot: str | None, full_width: int | None = None) -> Picture:
        """The same picture with the chroma of the model; `full_width` is the frame's, where the picture is reduced. Of a shot that is
        spared its own."""
        if shot in self.laid.spared:
            return kept
        return self.laid.finished(self._restorer.restore(self.laid.seen_of(kept, index), shot, full_width), kept)

    def lut(self, index: int, kept: Picture, shot: str | None) -> Picture:
        """The same picture with what the LUT alone gives."""
        if shot in self.laid.spared:
            return kept
        return self.laid.finished(self._restorer.lut(self.laid.seen_of(kept, index), shot), kept)


def pair_files(project: Project) -> list[Path]:
    """The pairs of a project, in order of their frames."""
    return sorted((project.folder / "pairs").glob("*.npz"))


def apply_to(project: Project, scan: FrameSource, shot_names: Sequence[str] | None, out: Path, run: Run) -> dict[str, Any]:
    """Run a trained project over a scan (its own or another of the same film) and write the results to `out`. Raises UsageError where what
    was learnt is of the project's own scan alone."""
    if project.recovery == "telecine":
        raise UsageError(f"{scan.info.path}: a repair is of the very print that its telecine was aligned to; give `restore` for this one")
    take_in_all(project, scan, None, out, run)
    shots = shot_names if shot_names is not None else shots_seen(project, scan, run)
    check_all(project, scan, None, out, run)
    with run.phase("export"):
        return export_frames(project, scan, shots, out, run)


def shots_seen(project: Project, scan: FrameSource, run: Run) -> list[str | None]:
    """The shot of the project's pairs that each frame of another scan is like."""
    if RECOVERIES[project.recovery].detail:
        run.say("every frame takes the tone over all shots: which shot of the project it belongs to is not looked for")
        return [None] * len(scan)
    laid = laid_of(project)
    with run.phase("shots"):
        return shots_by_picture(scan, lambda i: shown(scan, laid.seen, i), pair_files(project), run)


def export_frames(project: Project, scan: FrameSource, shots: Sequence[str | None], out: Path, run: Run,
                  used: Restoring | None = None, own: Work | None = None, besides: Callable[[], None] = lambda: None) -> dict[str, Any]:
    """Every frame of `scan` through the project's balance and model into the formats asked for, and all that is delivered with them. `used`
    is the restoration where it is there already, `own` the project's own work where `scan` is its scan; `besides` makes what else belongs
    to the results."""
    used = used or restoration_of(project, run)
    identity = input_hash(*used.identity, list(shots), project.settings.encoding, *getattr(used.runtime, "identity", ()))
    settings = replace(export_settings(project, out), identity=identity)
    result = export(scan, lambda i: used.kept(scan, i, shots[i]), lambda i, picture: used.restore(i, picture, shots[i]), settings, run,
                    used.proof)
    facts = {"frames": result.frames, "outputs": [p.relative_to(out).as_posix() for p in result.outputs], "luma": result.luma,
             "clipped": result.clipped, "sound": result.sound, "device": used.device, "device_name": used.device_name,
             "runtime": str(used.runtime)} | {key: value for key, value in (
                 ("origin", result.origin), ("untouched", result.untouched), ("exact", list(result.exact))) if value}
    besides()
    if project.settings.compare:
        from engine.recoveries.comparison import leave_comparison

        facts["compared"] = leave_comparison(project, scan, shots, used, own, settings, run, project.settings.language)
    make_way(project, make_plan(scan, settings), facts, run)
    facts["report"] = leave_report(project, scan, settings, facts, shots, used, run, own=own is not None)
    trained, choice = _trained(project)
    delivered = deliver(project, scan, own.second if own else None, own is not None, settings, trained, shots, choice, facts, run)
    return facts | {"delivered": list(delivered.names)}


def leave_report(project: Project, scan: FrameSource, settings: ExportSettings, facts: dict[str, Any], shots: Sequence[str | None],
                 used: Restoring, run: Run, width: int = REPORT_WIDTH, own: bool = True) -> str:
    """NAME_restored.report.html and .pdf beside the results, with pictures at most `width` pixels wide; the name of the page. A reference
    that is not at hand is left out. `own`: the scan is the project's own; of another one its pairs and alignment tell nothing."""
    (info, choice), plan = _trained(project), make_plan(scan, settings)
    choice |= {} if own or not choice else {"shots": []}
    path = plan.folder / f"{plan.name}_restored{plan.span}.report.html"
    reference: FrameSource | None = None
    with ExitStack() as stack:
        if project.reference and RECOVERIES[project.recovery].needs_reference:
            with suppress(MediaError):
                reference = stack.enter_context(open_medium(project.reference, project.folder, run))
        balance = laid_of(project).seen
        subject = Subject(project, scan, reference, used, lambda i: shown(scan, balance, i, EVIDENCE_WIDTH),
                          lambda i: as_written(plan, scan.name(i)), shots, info, choice, facts, plan.ledger, plan.name,
                          time.strftime("%Y-%m-%d"), width, Words(project.settings.language), lambda: run.step(0, 1, "writing the report"))
        write_report(path, report_of(subject))
    return path.name


def _trained(project: Project) -> tuple[RunInfo, dict[str, Any]]:
    """The used run, and the choice of pairs that it was trained with; {} where that is lost."""
    run = used_run(project)
    assert run
    with suppress(MediaError):
        return run, choice_of(project)
    return run, {}


def export_settings(project: Project, out: Path) -> ExportSettings:
    """What is to be exported to `out`, as far as it is known before anything is trained. Raises UsageError where the sound or the own
    colour config is gone."""
    s = project.settings
    return ExportSettings(out, s.formats, s.encoding, _still_there(project, s.sound, "sound file", "--sound"), burn_in=s.burn_in,
                          whole=s.whole, colours=_still_there(project, s.colours, "OpenColorIO config", "--colour-config"),
                          source_type=s.source_type, process=project.recovery, element=project.elements.scan)


def _still_there(project: Project, place: Place | None, what: str, flag: str) -> Path | None:
    """A file that the user named. Raises UsageError where it is gone."""
    found = next((p for p in candidates(place, project.folder) if file_fingerprint(p) == place.fingerprint), None) if place else None
    if place and found is None:
        raise UsageError(f"{project.folder}: the {what} is not where it was ({place.path}); name it again with {flag}")
    return found


def shown(scan: FrameSource, balance: Balance, index: int, width: int | None = None) -> Picture:
    """Frame `index` of the scan, at most `width` wide, display-referred and balanced, unclipped: the scan whose luma is kept."""
    return balance.apply(reduced(scan.read(index), width), index, scan.info.encoding)
