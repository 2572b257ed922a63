"""What is done with colour that similar pictures propose: asked for, looked at on the frame, accepted by region, pinned to a patch."""
from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray
from PyQt6.QtCore import QObject, QTimer
from PyQt6.QtWidgets import QFileDialog

from engine.keyframes.keyframe import SIMILAR_TO, Op
from engine.keyframes.palette import KINDS, Swatch, next_number
from engine.keyframes.pictures import read_painting
from engine.keyframes.proposal import FILE, FOLDER, Match, Proposal, Proposals, layer_of, pinned
from engine.media.fingerprint import folder_fingerprint
from engine.media.reduce import reduced
from engine.media.volumes import folder_of, place_of
from wizard.films import image_of, to_bytes
from wizard.made import SIMILAR
from wizard.proxies import PROXY
from wizard.session import Session
from wizard.steps.keyframes_canvas import CanvasPanel
from wizard.steps.keyframes_easel import Easel
from wizard.steps.keyframes_similar import Row, SimilarPanel
from wizard.words import tr

Floats = NDArray[np.float32]

REST_MS = 200
SEEN = 384              # px wide, at which given pictures are cut up for the list
SURE = 0.5              # confidence below which a proposal is doubtful
GATE = 0.02             # mean luma below which a region is the gate, and no colour is to be seen on it
DIM = 0.2               # of what is not of a region
PATCH = 0.06            # of the picture: the side of a patch that is pinned


@dataclass(frozen=True, eq=False)
class Found:
    """The proposals of a frame, and its rows."""

    proposals: Proposals
    rows: tuple[Row, ...]


def shown_ones(proposals: Proposals) -> list[Proposal]:
    """The proposals for regions that show anything."""
    labels = proposals.labels
    luma = cv2.resize(proposals.luma.astype(np.float32), labels.shape[::-1], interpolation=cv2.INTER_AREA)
    means = np.bincount(labels.ravel(), luma.ravel()) / np.maximum(np.bincount(labels.ravel()), 1)
    return [one for one in proposals.proposals if means[one.region] > GATE]


class Proposing(QObject):
    """Keeps `panel` at the proposals of the frame on the easel. `edit` (label, ...) changes the project; `mark` notes a stroke for undo."""

    def __init__(self, session: Session, canvas: CanvasPanel, panel: SimilarPanel, easel: Easel, edit: Callable[..., None],
                 mark: Callable[[], None], refused: Callable[[Exception], None]) -> None:
        super().__init__(panel)
        self._session, self._canvas, self._panel, self._easel = session, canvas, panel, easel
        self._edit, self._mark, self._refused = edit, mark, refused
        self._seen: object = None
        self._found: Found | None = None
        self._ops: tuple[tuple[str, Op], ...] = ()      # what is suggested now, with the picture that each is like
        self.pinning = -1                               # the region that a patch is being chosen for
        self._rest = QTimer(self, singleShot=True, interval=REST_MS)
        self._rest.timeout.connect(self._preview)
        for left in (canvas.left_picture, canvas.wants_picture):
            left.connect(self._unpin)
        panel.folder.connect(self._choose_folder)
        panel.own.connect(lambda on: edit(tr("choosing similar pictures"), own_shots=on))
        panel.straight.connect(lambda on: edit(tr("learning from similar pictures"), recovery=SIMILAR if on else "colour-keyframes"))
        panel.propose.connect(self.propose)
        panel.ticked.connect(self._ticked)
        panel.another.connect(self.another)
        panel.pin.connect(self.pin)
        panel.accept.connect(self.accept)

    @property
    def active(self) -> bool:
        """Whether what is suggested on the frame comes from here."""
        return bool(self._ops)

    # which pictures

    def _choose_folder(self) -> None:
        chosen = QFileDialog.getExistingDirectory(self._panel, tr("Similar pictures"))
        if chosen:
            self.use(Path(chosen))

    def use(self, folder: Path) -> None:
        """These are the similar pictures."""
        project = self._session.project
        if project is not None:
            self._session.background.begin(
                lambda: place_of(folder, project.folder, folder_fingerprint(folder)),
                lambda place: self._edit(tr("choosing similar pictures"), similar=place), self._refused)

    def propose(self) -> None:
        """Have colour proposed for the frame that is shown."""
        project = self._session.project
        if project is not None and self._canvas.index >= 0:
            self._edit(tr("asking for colour"), propose=tuple(sorted({*project.settings.propose, self._canvas.index})))
            self._session.start("propose")

    # what is proposed

    def refresh(self) -> None:
        """Show what there is for the frame on the easel."""
        project, ground = self._session.project, self._easel.ground
        if project is None or ground is None or not self._panel.isVisible():
            return
        settings, busy = project.settings, self._session.worker.busy
        ready = bool(settings.similar or settings.own_shots) and not busy
        self._panel.show_state(self._words(busy), settings.similar is not None, settings.own_shots, project.recovery == SIMILAR, ready)
        file = project.folder / FOLDER / ground.name / FILE
        try:
            seen = (ground, file.stat().st_mtime_ns)
        except OSError:
            self._seen, self._found = None, None
            self._panel.show_rows((), frozenset())
            return
        if seen != self._seen:
            self._seen = seen
            self._session.background.begin(lambda: self._read(project.folder, ground.name, ground.picture), self._take, self._refused)

    def _words(self, busy: bool) -> str:
        project = self._session.project
        assert project is not None
        if busy and self._session.worker.step == "propose":
            return tr("Looking for what this frame is like. You can paint meanwhile.")
        if project.settings.similar is None and not project.settings.own_shots:
            return tr("Stills, lobby cards or paintings that show such things in good colour. A note beside each says where it comes from.")
        folder = Path(project.settings.similar.path).name if project.settings.similar else ""
        return tr("Pictures in {folder}", folder=folder) if folder else tr("Shots of this film")

    def _read(self, project: Path, name: str, picture: Floats) -> Found:
        """Beside the window's thread."""
        proposals = Proposals.load(project, name)
        given: dict[str, Floats | None] = {}
        for match in (one.match for one in proposals.proposals):
            if match.picture not in given:
                given[match.picture] = self._given(match.picture)
        rows = []
        for one in sorted(shown_ones(proposals), key=lambda proposal: -proposal.share):
            known = given[one.match.picture]
            there = _cut(known, one.match.patch) if known is not None else np.full((8, 8, 3), one.match.colour, np.float32)
            words = tr("your choice") if one.pinned else tr("likely") if one.confidence >= SURE else tr("doubtful")
            rows.append(Row(one.region, one.match.picture, words, one.pinned or one.confidence >= SURE,
                            image_of(to_bytes(_region(picture, proposals, one))), image_of(to_bytes(there)), bool(one.alternatives)))
        return Found(proposals, tuple(rows))

    def _path(self, name: str) -> Path | None:
        project = self._session.project
        folder = folder_of(project.settings.similar, project.folder) if project and project.settings.similar else None
        return folder / name if folder is not None and (folder / name).is_file() else None

    def _given(self, name: str) -> Floats | None:
        """A given picture, small; None where it is away, or a frame of this film."""
        path = self._path(name)
        return reduced(np.clip(read_painting(path).picture, 0, 1), SEEN) if path is not None else None

    def _take(self, found: Found) -> None:
        ground = self._easel.ground
        if ground is not None and ground.name == found.proposals.name:
            self._found = found
            self._panel.show_rows(found.rows, self._panel.chosen)
            self._ticked()

    # looked at and accepted

    def _ticked(self) -> None:
        if self._found is not None:
            self._rest.start()

    def _preview(self) -> None:
        """Show what is ticked on the frame, as a suggestion."""
        found, project, chosen = self._found, self._easel.project, self._panel.chosen
        if found is None or project is None:
            return
        strength = self._panel.strength.value() / 100

        def work() -> tuple[tuple[str, Op], ...]:
            by_picture: dict[str, list[int]] = {}
            for one in found.proposals.proposals:
                if one.region in chosen:
                    by_picture.setdefault(one.match.picture, []).append(one.region)
            made = []
            for picture, regions in by_picture.items():
                layer = layer_of(found.proposals, regions)
                if layer is not None:
                    file = layer.save(project, found.proposals.name)
                    made.append((picture, Op("layer", file=file, strength=strength, what=f"{SIMILAR_TO}{picture}")))
            return tuple(made)

        def take(ops: tuple[tuple[str, Op], ...]) -> None:
            if found is self._found and self._easel.ground is not None and self._easel.ground.name == found.proposals.name:
                self._ops = ops
                self._easel.suggest(tuple(op for _, op in ops))

        self._easel.begin(work, take, lambda: None)

    def accept(self) -> None:
        """Take what is ticked as done to the keyframe, each picture with a colour that says where it comes from."""
        project, ops = self._session.project, self._ops
        if project is None or not ops or self._found is None:
            return
        palette, done = list(project.settings.palette), []
        sources = _sources(project.folder)
        for picture, op in ops:
            match = next(one.match for one in self._found.proposals.proposals
                         if one.match.picture == picture and one.region in self._panel.chosen)
            swatch = self._swatch(palette, match, sources.get(picture, {}))
            if swatch not in palette:
                palette.append(swatch)
            done.append(Op("layer", swatch.number, file=op.file, strength=op.strength, what=op.what))
        self.drop()
        self._edit(tr("accepting colour from pictures"), palette=tuple(palette))
        for _ in done:
            self._mark()
        self._easel.do(*done)

    def _swatch(self, palette: list[Swatch], match: Match, known: dict[str, Any]) -> Swatch:
        """The colour that stands for a picture, and says its source."""
        name = tr("Like {picture}", picture=Path(match.picture).stem)
        there = next((swatch for swatch in palette if swatch.name == name), None)
        if there is not None:
            return there
        source, assumption = str(known.get("source", match.picture)), bool(known.get("assumption", True))
        kind, _, rest = source.partition(", ")
        kind, source = (kind, rest) if kind in KINDS and rest else ("note", source)
        path = self._path(match.picture)
        return Swatch(next_number(palette, self._easel.named), name, match.colour, kind, source, assumption, str(path) if path else "")

    def drop(self) -> None:
        """Nothing is ticked any more, and nothing suggested."""
        self._rest.stop()
        was, self._ops = bool(self._ops), ()
        self._panel.show_rows(self._found.rows if self._found is not None else (), frozenset())
        if was:
            self._easel.suggest(())

    # other patches

    def _change(self, proposals: Proposals) -> None:
        project = self._easel.project
        ground = self._easel.ground
        if project is None or ground is None:
            return

        def work() -> Found:
            proposals.save(project)
            return self._read(project, proposals.name, ground.picture)

        self._session.background.begin(work, self._take, self._refused)

    def another(self, region: int) -> None:
        """The next of the patches that a region may be like."""
        if self._found is not None and self._found.proposals.of(region).alternatives:
            self._change(self._found.proposals.with_one(self._found.proposals.of(region).chosen(0)))

    def pin(self, region: int) -> None:
        """Show the picture that the region is like, to click on the patch that it shall have."""
        path = self._path(self._found.proposals.of(region).match.picture) if self._found is not None else None
        if path is None:
            return

        def show(picture: Floats) -> None:
            self.pinning = region
            self._canvas.choose("pick")
            self._canvas.show_picture(to_bytes(picture), path.name, str(path))

        self._session.background.begin(lambda: reduced(read_painting(path).picture, PROXY), show, self._refused)

    def _unpin(self) -> None:
        self.pinning = -1

    def pinned_at(self, x: float, y: float) -> bool:
        """A click on the picture: the region has that patch from now on. False where no patch was asked for."""
        region, found, picture = self.pinning, self._found, self._canvas.picture
        self.pinning = -1
        if region < 0 or found is None or picture is None or not self._canvas.other[0]:
            return False
        patch = (min(max(x - PATCH / 2, 0.0), 1 - PATCH), min(max(y - PATCH / 2, 0.0), 1 - PATCH), PATCH, PATCH)
        values = np.asarray(picture, np.float32) / 255
        self._change(found.proposals.with_one(pinned(found.proposals, region, self._canvas.other[0], values, patch)))
        self._canvas.show_picture(None)
        self._canvas.put_back()
        return True


def _region(picture: Floats, proposals: Proposals, one: Proposal) -> Floats:
    """The part of a frame with a region; what is not of it is dimmed."""
    inside = cv2.resize((proposals.labels == one.region).astype(np.float32), picture.shape[1::-1], interpolation=cv2.INTER_LINEAR)
    return _cut(np.asarray(picture * (DIM + (1 - DIM) * inside[..., None]), np.float32), one.box)


def _cut(picture: Floats, box: tuple[float, float, float, float]) -> Floats:
    """The part of a picture in `box` x, y, width, height (0..1), at most 96 wide."""
    high, wide = picture.shape[:2]
    x, y, w, h = box
    left, top = min(int(x * wide), wide - 1), min(int(y * high), high - 1)
    return reduced(np.ascontiguousarray(picture[top:max(top + 1, round((y + h) * high)), left:max(left + 1, round((x + w) * wide))]), 96)


def _sources(project: Path) -> dict[str, Any]:
    """What the proposing said of each picture."""
    try:
        found: dict[str, Any] = json.loads((project / "propose" / "sources.json").read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return found
