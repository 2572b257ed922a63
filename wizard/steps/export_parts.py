"""Parts of the Export page at its right: where results go, and how far an export is."""
# ruff: noqa: N802
from __future__ import annotations

import re

from PyQt6.QtCore import QRectF, QSize, pyqtSignal
from PyQt6.QtGui import QPaintEvent
from PyQt6.QtWidgets import QGridLayout, QHBoxLayout, QSizePolicy

from engine.export.plan import MOVIES
from wizard import theme
from wizard.kit import Bar, Button, Elided, KeyRows, Panel, paint
from wizard.steps import export_promise
from wizard.steps.export_facts import Outlook, form_words
from wizard.steps.export_record import Written
from wizard.words import number, percent, size, tr, trn

INSET = 10


class Fixed(Elided):
    """A value that stands where a field would, and cannot be changed; `reason` says why."""

    def __init__(self, name: str, reason: str = "") -> None:
        self._name, self._reason = name, reason
        super().__init__("")
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self.setContentsMargins(INSET, 0, INSET, 0)

    def show_value(self, text: str) -> None:
        self.setText(text)
        self.setAccessibleName(f"{self._name}: {text}")
        self.setAccessibleDescription(self._reason)

    def set_reason(self, reason: str) -> None:
        """Why it cannot be changed."""
        self._reason = reason
        self.setAccessibleDescription(reason)
        self._explain()

    def _explain(self) -> None:
        cut = self._shown(self.width() - 2 * INSET) != self.text()
        self.setToolTip("\n".join(text for text in (self.text() if cut else "", self._reason) if text))

    def sizeHint(self) -> QSize:
        return QSize(theme.scaled(140), theme.scaled(32))

    def minimumSizeHint(self) -> QSize:
        return QSize(theme.scaled(96), theme.scaled(32))

    def paintEvent(self, event: QPaintEvent | None) -> None:
        paint.box(paint.painter_on(self), QRectF(self.rect()), None, paint.token("line"), 6)
        super().paintEvent(event)


class Where(Panel):
    """The folder for results, the names, and the room there. `choose` asks for another folder."""

    choose = pyqtSignal()

    def __init__(self) -> None:
        super().__init__(tr("Where it goes"))
        self.path = Fixed(tr("The folder for the results"))
        self.button = Button(tr("Choose..."), height=32)
        self.button.setAccessibleName(tr("Choose the folder for the results"))
        self.names, self.room, self.bar = KeyRows(), KeyRows(), Bar(tr("Room that is needed"))
        row = QHBoxLayout()
        row.addWidget(self.path, 1)
        row.addWidget(self.button)
        self.body.addLayout(row)
        self.body.addWidget(self.names)
        self.body.addWidget(self.room)
        self.body.addWidget(self.bar)
        self.button.clicked.connect(self.choose)

    def show_where(self, folder: str, found: Outlook, needed: int, fixed: bool) -> None:
        """`needed` are the bytes that are still to be written."""
        self.path.show_value(folder)
        self.names.set_rows([(tr("First file"), found.first or "–", None), (tr("Last file"), found.last or "–", None)])
        self.room.set_rows([self._room(found, needed)])
        tone = "err" if needed > found.free else "ok"
        self.bar.setVisible(needed > 0)
        self.bar.set_share(min(1.0, needed / found.free) if found.free else 1.0, tone)
        self.button.setEnabled(not fixed)

    def _room(self, found: Outlook, needed: int) -> tuple[str, str, str | None]:
        free = size(found.free)
        short = tr("{needed} needed, {free} free", needed=size(needed), free=free)
        if needed > found.free:
            named = found.volume and found.volume != "system"
            return tr("No space left on {drive}", drive=found.volume) if named else tr("Not enough space"), short, "err"
        if not needed:
            return tr("Free space"), tr("{free} free", free=free) if found.free else "–", None
        return tr("Free space"), short, "ok"


class Progress(Panel):
    """How far an export is, and afterwards what it left. `opened` and `read` ask for the folder and the report."""

    opened = pyqtSignal()
    read = pyqtSignal()

    def __init__(self) -> None:
        super().__init__(tr("Progress"))
        self.bar, self.rows = Bar(tr("Frames written")), KeyRows()
        self.open = Button(tr("Open the folder"), icon="folder", height=32)
        self.report = Button(tr("Read the report"), icon="info", height=32)
        self._buttons = QGridLayout()
        self._buttons.addWidget(self.open, 0, 0)
        self._buttons.addWidget(self.report, 0, 1)
        self.body.addWidget(self.bar)
        self.body.addWidget(self.rows)
        self.body.addLayout(self._buttons)
        self.open.clicked.connect(self.opened)
        self.report.clicked.connect(self.read)

    def fit(self, width: int) -> None:
        """Where they do not go beside each other, the buttons stand one below the other."""
        beside = self.open.sizeHint().width() + self.report.sizeHint().width() + self._buttons.horizontalSpacing() <= width
        self._buttons.addWidget(self.report, *((0, 1) if beside else (1, 0)))

    def show_going(self, found: Written, total: int, tone: str, removed: str, recovery: str) -> None:
        """One that runs or has stopped; `removed` is a frame that was half written."""
        good = "ok" if found.frames else None
        rows: list[tuple[str, str, str | None]] = [
            (tr("Written and checked"), _frames(found.frames), good),
            (tr("Not written yet"), _frames(max(0, total - found.frames)), None),
            (export_promise.name(recovery),
             tr("exact on all {n}", n=number(found.frames - found.untouched)) if found.frames else "–", good)]
        if found.untouched:
            rows.append((tr("Passed on untouched"), _frames(found.untouched), None))
        if removed:
            rows.append((tr("Half-written frame {frame}", frame=removed), tr("removed"), None))
        self._show(tr("Progress"), tr("{done} of {total}", done=number(found.frames), total=number(total)),
                   found.frames / total if total else 0.0, tone, rows,
                   export_promise.rounding(recovery, found.luma))

    def show_done(self, found: Written, facts: dict[str, object], depth: int, recovery: str) -> None:
        """One that is finished: `facts` are what the worker said of it."""
        frames = int(str(facts.get("frames", 0)))
        rows: list[tuple[str, str, str | None]] = []
        for form, count in sorted(found.bytes.items(), key=lambda pair: pair[0] in MOVIES):
            name = form_words(form, depth)[0]
            rows.append((name if form in MOVIES else tr("{format}, {files}", format=name, files=trn("{n} file", "{n} files", frames)),
                         size(count) if count else "–", None))
        rows.append((export_promise.name(recovery), trn("Exact on {n} of {n} frame", "Exact on {n} of {n} frames",
                                                        frames - found.untouched), "ok"))
        if found.untouched:
            rows.append((tr("Passed on untouched"), _frames(found.untouched), None))
        rows.append((tr("Checksums and record"), tr("written"), "ok"))
        if set(found.bytes) & set(MOVIES):
            rows.append((tr("Sound"), _sound(str(facts.get("sound", ""))), None))
        if (clipped := float(str(facts.get("clipped", 0.0)))) >= 0.001:
            rows.append((tr("Luma beyond the encoding"), tr("{share} of the picture", share=percent(clipped, 1)), None))
        luma = facts.get("luma")
        self._show(tr("Done"), "", 1.0, "ok", rows, export_promise.rounding(recovery, luma["formats"] if isinstance(luma, dict) else {}))
        self.report.setEnabled(bool(facts.get("report")))

    def _show(self, title: str, note: str, share: float, tone: str, rows: list[tuple[str, str, str | None]], off: str) -> None:
        done = title == tr("Done")
        self.set_title(title)
        self.set_note(note)
        self.bar.setVisible(not done)
        self.bar.set_share(min(1.0, share), tone)
        self.rows.set_rows(rows)
        self.rows.setToolTip(off)
        self.open.setVisible(done)
        self.report.setVisible(done)


def _sound(note: str) -> str:
    """What became of the sound, by what the worker said of it."""
    if note.startswith("silent"):
        return tr("none")
    if mute := re.search(r"(\S+(?: and \S+)*) files cannot hold it and are silent", note):
        return tr("copied bit for bit; {files} files are silent", files=mute[1].replace(" and ", ", "))
    return tr("copied bit for bit")


def _frames(count: int) -> str:
    return trn("{n} frame", "{n} frames", count)
