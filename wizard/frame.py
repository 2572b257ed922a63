"""The frame round every page: the rail at the left, title and banner above the page, Back, waiting and Next below it."""
from __future__ import annotations

from PyQt6.QtCore import Qt, QTimer, pyqtSignal
from PyQt6.QtGui import QGuiApplication
from PyQt6.QtWidgets import QHBoxLayout, QLabel, QSizePolicy, QStackedWidget, QVBoxLayout, QWidget

from wizard import flow, theme
from wizard.kit.banner import Banner
from wizard.kit.buttons import Button
from wizard.kit.panels import Hairline
from wizard.kit.progress import FooterProgress
from wizard.kit.rail import Rail, RailItem
from wizard.kit.words import subtitle, title
from wizard.messages import Trouble, out_of_date, step_word
from wizard.session import Session
from wizard.steps.page import Page, Primary
from wizard.summary import recovery_word
from wizard.words import left, number, tr

COMPACT = (1366, 800)
TOLD_MS = 8_000             # a note in the footer stays so long


class Frame(QWidget):
    """`act` (name) asks the window for a cure that is not a page's; `manual` (page) opens the manual; `home` and `settings` leave."""

    act = pyqtSignal(str)
    manual = pyqtSignal(str)
    home = pyqtSignal()
    settings = pyqtSignal()

    def __init__(self, session: Session, pages: list[Page]) -> None:
        super().__init__()
        self.session, self.pages = session, {page.key: page for page in pages}
        self._told, self._forgetting = "", QTimer(self, interval=TOLD_MS, singleShot=True)
        self._forgetting.timeout.connect(self._forget)
        self.rail = Rail()
        self.title, self.subtitle = title(""), subtitle("")
        self.corner = QStackedWidget()
        self.banner = Banner()
        self.stack = QStackedWidget()
        self.footer = Footer()
        for page in pages:
            self.stack.addWidget(page)
            self.corner.addWidget(page.corner() or QWidget())
            page.said.connect(self.refresh)
            page.wants.connect(self.go_to)
        self._lay_out()
        self.rail.chosen.connect(self.go)
        self.rail.manual.connect(lambda: self.manual.emit(self.page.key + ".html"))
        self.rail.settings.connect(self.settings)
        self.rail.home.connect(self.home)
        self.footer.back.clicked.connect(self.back)
        self.footer.next.clicked.connect(self.next)
        self.footer.progress.stop.connect(self._stop)
        self.banner.cure.connect(self._cure)
        self.banner.copy.connect(lambda: QGuiApplication.clipboard().setText(self._shown_trouble().report if self._shown_trouble() else ""))
        self.banner.manual.connect(self.manual)
        session.changed.connect(self.refresh)
        session.troubled.connect(self.refresh)
        session.worked.connect(self._worked)
        self._raw = [part for page in pages for part in (page, *page.findChildren(QWidget))]
        self._polish = QTimer(self, interval=0)
        self._polish.timeout.connect(self._polish_some)
        self._polish.start()

    def _polish_some(self) -> None:
        """Dress widgets in the style sheet while nothing else is to be done, so that a page is quick when it is shown first."""
        for _ in range(8):
            if self._raw:
                self._raw.pop().ensurePolished()
        if not self._raw:
            self._polish.stop()

    def _lay_out(self) -> None:
        words = QVBoxLayout()
        words.setSpacing(2)
        words.addWidget(self.title)
        words.addWidget(self.subtitle)
        self.heading = QHBoxLayout()
        self.heading.addLayout(words, 1)
        self.heading.addWidget(self.corner, 0, Qt.AlignmentFlag.AlignTop)
        self.corner.setSizePolicy(self.corner.sizePolicy().Policy.Maximum, self.corner.sizePolicy().Policy.Maximum)
        self.middle = QVBoxLayout()
        self.middle.addLayout(self.heading)
        self.middle.addWidget(self.banner)
        self.middle.addWidget(self.stack, 1)
        right = QVBoxLayout()
        right.setContentsMargins(0, 0, 0, 0)
        right.setSpacing(0)
        right.addLayout(self.middle, 1)
        right.addWidget(Hairline())
        right.addWidget(self.footer)
        whole = QHBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addWidget(self.rail)
        whole.addLayout(right, 1)
        self.set_compact(False)

    def set_compact(self, compact: bool) -> None:
        margin = 24 if compact else 32
        self.middle.setContentsMargins(margin, 14 if compact else 24, margin, 12 if compact else 24)
        self.middle.setSpacing(12 if compact else 16)
        self.rail.set_compact(compact)
        self.footer.set_margin(margin)
        for page in self.pages.values():
            page.set_compact(compact)

    @property
    def page(self) -> Page:
        found = self.stack.currentWidget()
        assert isinstance(found, Page)
        return found

    @property
    def keys(self) -> tuple[str, ...]:
        """The steps of this recovery, in order."""
        return tuple(flow.engine_steps(self.session.project.recovery if self.session.project else ""))

    @property
    def number(self) -> int:
        """The place of the page among these."""
        return self.keys.index(self.page.key) if self.page.key in self.keys else 0

    def go(self, number: int) -> None:
        """Show a step's page, where it is open."""
        states = self.session.steps()
        if not 0 <= number < len(self.keys) or not states[number].open:
            return
        if number != self.number:
            self.page.left()
        self.show_page(number)
        self.page.entered()
        self.refresh()
        self.page.setFocus()

    def show_page(self, number: int) -> None:
        """Show a page, whether its step is open or not."""
        self._told = ""
        place = self.stack.indexOf(self.pages[self.keys[number]])
        self.stack.setCurrentIndex(place)
        self.corner.setCurrentIndex(place)
        for at in range(self.corner.count()):       # only the corner that is shown takes room from the title
            how = QSizePolicy.Policy.Preferred if at == place else QSizePolicy.Policy.Ignored
            self.corner.widget(at).setSizePolicy(how, how)      # type: ignore[union-attr]

    def tell(self, text: str) -> None:
        """Say something in the footer, before its sentence, for a while and as long as the page is shown."""
        self._told = text
        if text:
            self._forgetting.start()
        self._dress()

    def go_to(self, key: str) -> None:
        self.go(self.keys.index(key))

    def _forget(self) -> None:
        self.tell("")

    def back(self) -> None:
        self.go(self.number - 1)

    def next(self) -> None:
        """Press the primary button."""
        primary = self.page.primary()
        if primary is None:
            self.go(self.number + 1)
        elif primary.enabled:
            primary.act()
            self.refresh()

    def refresh(self) -> None:
        """Everything round the page and the page itself, from the session."""
        if self.session.project is None or not self.isVisibleTo(self.window()):
            return
        if self.page.key not in self.keys:      # the kind of recovery changed
            self.page.left()
            self.show_page(0)
            self.page.entered()
        self.page.refresh()
        self._dress()

    def _dress(self) -> None:
        states = self.session.steps()
        here = states[self.number]
        if self.session.project:
            self.rail.set_project(self.session.project.name, recovery_word(self.session.project.recovery))
        self.title.setText(self.page.title())
        self.subtitle.setText(self.page.subtitle())
        self.rail.set_items([RailItem(s.title, s.sign, s.reason, k == self.number, s.share, k + 1) for k, s in enumerate(states)])
        self._dress_footer(states, here, self._shown_trouble())

    def _dress_footer(self, states: list[flow.StepState], here: flow.StepState, trouble: Trouble | None) -> None:
        before = states[self.number - 1].title if self.number else ""
        self.footer.set_back(tr("Back: {step}", step=before) if before else "")
        primary = self.page.primary() or self._usual_next(states, here)
        self.footer.set_next(primary, cured=trouble is not None and bool(trouble.cure) and not trouble.offers)
        self._worked()
        if not self.session.worker.busy:
            self.footer.show_sentence("  ·  ".join(part for part in (self._told, self.page.note() or primary.reason) if part))

    def _usual_next(self, states: list[flow.StepState], here: flow.StepState) -> Primary:
        if self.number + 1 == len(states):
            return Primary("", lambda: None, False)
        after = states[self.number + 1]
        enabled = after.open and (not here.why_not or here.sign == "running")
        return Primary(tr("Next: {step}", step=after.title), lambda: self.go(self.number + 1), enabled, "" if enabled else here.why_not)

    def _worked(self) -> None:
        """What the worker is at, in the one area for waiting, and whether something is wrong."""
        worker = self.session.worker
        if self.session.project is None:
            return
        trouble = self._shown_trouble()
        self.banner.setVisible(trouble is not None)
        if trouble:
            self.banner.show_trouble(trouble)
        if worker.busy:
            status = worker.status
            what = worker.waiting() or self.page.progress_text()
            if not what and status:
                what = step_word(status.step)
                what += f": {number(status.done)} / {number(status.total)}" if status.total else ""
            self.footer.show_progress(what or tr("Beginning"), left(worker.left) if worker.left is not None else "", worker.share)
            self.rail.set_items([RailItem(s.title, s.sign, s.reason, k == self.number, s.share, k + 1)
                                 for k, s in enumerate(self.session.steps())])
        self.page.progressed()

    def _shown_trouble(self) -> Trouble | None:
        """An error comes first; then what the page has to say, and what is out of date on it."""
        if found := self.session.trouble or self.page.trouble():
            return found
        here = self.session.steps()[self.number]
        if here.sign == "stale" and not self.session.worker.busy:
            return out_of_date(tr("Something"), here.title)
        return None

    def _cure(self) -> None:
        trouble = self._shown_trouble()
        if trouble is None or self.page.act(trouble.act):
            return
        if trouble.act == "save":
            self.session.save_again()
        elif trouble.act in ("again", "remake"):
            step = self.session.worker.status.until if trouble.act == "again" and self.session.worker.status else ""
            steps = flow.engine_steps(self.session.project.recovery if self.session.project else "")
            self.session.start(step or (steps[self.page.key] or steps[self.keys[2]])[-1])
        else:
            self.act.emit(trouble.act)

    def _stop(self) -> None:
        stop = self.page.stopping()
        if stop:
            stop()
        else:
            self.session.stop()


class Footer(QWidget):
    """Back at the left, waiting or one sentence in the middle, Next at the right."""

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("footer")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.back = Button("", "quiet", "left")
        self.sentence = QLabel()
        self.sentence.setObjectName("sentence")
        self.sentence.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self.sentence.setWordWrap(True)
        self.progress = FooterProgress()
        self.next = Button("", "primary", "right", trailing=True)
        self.middle = QStackedWidget()
        self.middle.addWidget(self.sentence)
        self.middle.addWidget(self.progress)
        row = QHBoxLayout(self)
        row.setSpacing(24)
        row.addWidget(self.back)
        row.addWidget(self.middle, 1)
        row.addWidget(self.next)
        self._row = row
        self.set_margin(32)
        theme.changed.connect(self._size)
        self._size()

    def _size(self) -> None:
        self.setFixedHeight(max(64, theme.scaled(56)))

    def set_margin(self, margin: int) -> None:
        self._row.setContentsMargins(margin - 16, 0, margin, 0)

    def set_back(self, text: str) -> None:
        self.back.setVisible(bool(text))
        self.back.setText(text)
        self.back.setAccessibleName(text)

    def set_next(self, primary: Primary, cured: bool = False) -> None:
        """One primary button a page: where the banner holds the cure, this one is secondary."""
        self.next.setVisible(bool(primary.text))
        self.next.setText(primary.text)
        self.next.setAccessibleName(primary.text)
        self.next.setAccessibleDescription(primary.reason)
        self.next.setEnabled(primary.enabled)
        self.next.set_kind("secondary" if cured else "primary")

    def show_sentence(self, text: str) -> None:
        self.sentence.setText(text)
        self.middle.setCurrentWidget(self.sentence)

    def show_progress(self, what: str, time_left: str, share: float) -> None:
        self.progress.show_progress(what, time_left, share)
        self.middle.setCurrentWidget(self.progress)
