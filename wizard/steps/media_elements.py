"""Elements and rights: what each film is, who holds it, whether it may be used, and who does the work. Two minutes, all of it optional."""
# ruff: noqa: N802
from __future__ import annotations

from collections.abc import Iterable

from PyQt6.QtCore import QStringListModel, Qt, pyqtSignal
from PyQt6.QtGui import QAction, QFocusEvent, QKeyEvent, QResizeEvent
from PyQt6.QtWidgets import QCompleter, QGridLayout, QHBoxLayout, QLineEdit, QPlainTextEdit, QSizePolicy, QVBoxLayout, QWidget

from engine.elements import ALLOWED, GAUGES, KINDS, NOT_ALLOWED, Element, Elements, People
from wizard import theme
from wizard.kit import Button, Choice, Field, Panel, Words, caption, scrolled
from wizard.words import number, tr

LABELS = 118        # px of the names of fields at text size 100 %
NARROW = 260        # px of a form below which they stand above the fields
UNSAID = "unsaid"


def kinds() -> dict[str, str]:
    """What an element can be -> its word."""
    said = (tr("print"), tr("negative"), tr("internegative"), tr("interpositive"), tr("reversal"), tr("telecine"), tr("tape"), tr("disc"),
            tr("file"), tr("photograph"), tr("painting"))
    return dict(zip(KINDS, said, strict=True))


def of_element() -> dict[str, tuple[str, str]]:
    """Field -> its name, and an example."""
    return {"kind": (tr("Kind"), tr("print, internegative, disc")), "gauge": (tr("Gauge"), "16 mm"),
            "generation": (tr("Generation"), tr("2nd, from the internegative")), "holder": (tr("Holder"), tr("who keeps it")),
            "identifier": (tr("Identifier"), tr("shelf mark or inventory number")),
            "condition": (tr("Condition"), tr("faded, scratched, shrunk")),
            "year": (tr("Year"), "1959"), "authorised_by": (tr("Authorised by"), tr("who allowed its use, and when")),
            "terms": (tr("Terms"), tr("what it may be used for"))}


def of_people() -> dict[str, tuple[str, str]]:
    return {"institution": (tr("Institution"), ""), "archivist": (tr("Archivist"), tr("who answers for it")),
            "worked_on": (tr("Who worked on it"), ""), "trouble": (tr("What was wrong"), tr("with the film, in your words")),
            "notes": (tr("Notes"), tr("anything that the report shall say"))}


def filled(elements: Elements, roles: Iterable[str]) -> tuple[int, int]:
    """How many fields somebody filled in, and of how many; notes do not count."""
    parts: list[Element | People] = [*(getattr(elements, role) for role in roles), elements.people]
    every = sum(10 if isinstance(part, Element) else 4 for part in parts)
    return every - sum(len(part.missing) for part in parts), every


class Suggested(Field):
    """A line of text with words to choose from: Down or the arrow shows them, and any other word may be written."""

    def __init__(self, name: str, words: Iterable[str]) -> None:
        super().__init__(name)
        self._words = QCompleter(QStringListModel(list(words), self), self)
        self._words.setCompletionMode(QCompleter.CompletionMode.UnfilteredPopupCompletion)
        self._words.setWidget(self)         # not its completer: the list opens only where it is asked for
        self._words.activated.connect(self._take)
        self._arrow = QAction(tr("Show the usual words"), self)
        self._arrow.triggered.connect(self._words.complete)
        self.addAction(self._arrow, QLineEdit.ActionPosition.TrailingPosition)
        self._restyle()
        theme.changed.connect(self._restyle)

    def _take(self, word: str) -> None:
        self.setText(word)
        self.setModified(True)
        self.editingFinished.emit()

    def _restyle(self) -> None:
        self._arrow.setIcon(theme.icon("down", "text"))

    def keyPressEvent(self, event: QKeyEvent | None) -> None:
        if event is not None and event.key() == Qt.Key.Key_Down:
            self._words.complete()
            return
        super().keyPressEvent(event)


class Lines(QPlainTextEdit):
    """Some lines of text; `editingFinished` when the keys go elsewhere."""

    editingFinished = pyqtSignal()      # noqa: N815

    def __init__(self, name: str) -> None:
        super().__init__()
        self.setAccessibleName(name)
        self.setTabChangesFocus(True)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self._restyle()
        theme.changed.connect(self._restyle)

    def _restyle(self) -> None:
        self.setMinimumHeight(theme.scaled(64))

    def text(self) -> str:
        return self.toPlainText()

    def setText(self, text: str) -> None:
        self.setPlainText(text)

    def focusOutEvent(self, event: QFocusEvent | None) -> None:
        super().focusOutEvent(event)
        self.editingFinished.emit()


class Form(Panel):
    """The fields of one part, under each other. `changed` (part, field, text)."""

    changed = pyqtSignal(str, str, str)

    def __init__(self, part: str, title: str, names: dict[str, tuple[str, str]]) -> None:
        super().__init__(title)
        self.part = part
        self.fields: dict[str, Field | Lines] = {}
        inside = QWidget()
        self._grid = QGridLayout(inside)
        self._grid.setContentsMargins(0, 0, 8, 2)
        self._grid.setHorizontalSpacing(10)
        self._grid.setVerticalSpacing(6)
        self._rows: list[tuple[Words, QWidget]] = []
        for key, (name, example) in names.items():
            self._add(key, name, example, f"{name}, {title}")
        self.body.addWidget(scrolled(inside))
        theme.changed.connect(self._arrange)

    def _add(self, key: str, name: str, example: str, full: str) -> None:
        field: Field | Lines
        if key in ("kind", "gauge"):
            field = Suggested(full, kinds().values() if key == "kind" else GAUGES)
        else:
            field = Lines(full) if key in ("trouble", "notes") else Field(full)
        field.setPlaceholderText(example)
        field.editingFinished.connect(lambda: self._told(key))
        self.fields[key] = field
        self.place(name, field)

    def place(self, name: str, field: QWidget) -> None:
        """A row: its name at the left, or above where it is narrow."""
        self._rows.append((Words(name, 13, 400, "text2", wrap=False), field))
        self._arrange()

    def _arrange(self) -> None:
        narrow, last = self.width() < theme.scaled(NARROW), 2 * len(self._rows)
        for place, (words, field) in enumerate(self._rows):
            top = Qt.AlignmentFlag.AlignTop if isinstance(field, Lines) and not narrow else Qt.AlignmentFlag.AlignVCenter
            words.setMinimumWidth(0 if narrow else theme.scaled(LABELS))
            self._grid.addWidget(words, 2 * place, 0, 1, 2 if narrow else 1, top)
            self._grid.addWidget(field, 2 * place + narrow, 0 if narrow else 1, 1, 2 if narrow else 1)
            for row in (2 * place, 2 * place + 1):
                self._grid.setRowStretch(row, int(isinstance(field, Lines) and row == 2 * place + narrow))
        self._grid.setColumnStretch(1, 1)
        self._grid.setRowStretch(last, int(not any(isinstance(field, Lines) for _, field in self._rows)))

    def resizeEvent(self, event: QResizeEvent | None) -> None:
        super().resizeEvent(event)
        self._arrange()

    def _told(self, key: str) -> None:
        text = self.fields[key].text().strip()
        if key == "kind":
            text = next((kind for kind, word in kinds().items() if word.casefold() == text.casefold()), text)
        self.changed.emit(self.part, key, text)

    def show_part(self, part: Element | People) -> None:
        """What is kept; a field that somebody writes in is left alone."""
        for key, field in self.fields.items():
            value = str(getattr(part, key))
            value = kinds().get(value, value) if key == "kind" else value
            if not field.hasFocus() and field.text() != value:
                field.setText(value)
                if isinstance(field, Field):
                    field.setCursorPosition(0)
        every = 10 if isinstance(part, Element) else 4
        self.set_note(tr("{n} of {all} filled in", n=number(every - len(part.missing)), all=number(every)))


class ElementForm(Form):
    """Of a film; last whether it may be used."""

    def __init__(self, role: str, title: str) -> None:
        super().__init__(role, title, of_element())
        self.use = Choice(tr("Use for training, {title}", title=title))
        self.use.fill([(UNSAID, tr("Not said")), (ALLOWED, tr("Allowed")), (NOT_ALLOWED, tr("Not allowed"))])
        self.why = caption("")
        self.place(tr("Use for training"), self.use)
        self.body.addWidget(self.why)
        self.use.picked.connect(lambda key: self.changed.emit(self.part, "use", "" if key == UNSAID else key))

    def show_part(self, part: Element | People) -> None:
        super().show_part(part)
        assert isinstance(part, Element)
        self.use.choose(part.use or UNSAID)
        self.why.set_tone("err" if part.forbidden else "text2")
        self.why.setText(tr("Nothing is trained on this film.") if part.forbidden else "")
        self.why.setVisible(part.forbidden)


class ElementsSheet(QWidget):
    """The forms side by side. `changed` (part, field, text); `taken`: the people of the last project are these, too; `closed`."""

    changed = pyqtSignal(str, str, str)
    taken = pyqtSignal()
    closed = pyqtSignal()

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("ownRing", True)
        self.forms: dict[str, Form] = {"scan": ElementForm("scan", tr("Scan")), "reference": ElementForm("reference", tr("Reference")),
                                       "people": Form("people", tr("People and trouble"), of_people())}
        self.again = Button("", height=32)
        self.again.clicked.connect(lambda: self.taken.emit())
        self.forms["people"].body.addWidget(self.again, 0, Qt.AlignmentFlag.AlignLeft)
        self._row = QHBoxLayout()
        for form in self.forms.values():
            form.changed.connect(self.changed)
            self._row.addWidget(form, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addLayout(self._row, 1)
        self.words = caption("")
        column.addWidget(self.words)
        self.set_compact(False)

    def set_compact(self, compact: bool) -> None:
        self._row.setSpacing(12 if compact else 16)

    def show_elements(self, elements: Elements, roles: tuple[str, ...], suggested: str) -> None:
        """`suggested` are the people of the last project in words, '' where they are here already, or nobody is known."""
        self.forms["reference"].setVisible("reference" in roles)
        for part, form in self.forms.items():
            form.show_part(getattr(elements, part))
        self.again.setText(tr("As in the last project: {who}", who=suggested))
        self.again.setVisible(bool(suggested))
        said = tr("All of it is optional. It goes into the report, the record and the model; what is missing is named there.")
        own = tr("Painted and similar pictures say theirs in the note beside each.")
        self.words.setText(said if "reference" in roles else f"{said} {own}")

    def keyPressEvent(self, event: QKeyEvent | None) -> None:
        if event is not None and event.key() == Qt.Key.Key_Escape:
            self.setFocus()             # what is being written is kept
            self.closed.emit()
            return
        super().keyPressEvent(event)
