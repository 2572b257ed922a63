"""Where the picture lies in the frames of a film: what the user set, what alignment found, or what a look at a few frames finds."""
from __future__ import annotations

from engine.align.features import live_area
from engine.media.source import FrameSource
from engine.run import Run
from wizard.session import Session
from wizard.words import tr

Area = tuple[int, int, int, int]
BARS = 0.04             # of the width or height: less is the edge that every video has


class LiveAreas:
    """Looks beside the window's thread, once for each film and way of reading it; the session's `changed` tells when there is more."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self._found: dict[tuple[str, str], Area | None] = {}

    def of_scan(self) -> Area | None:
        """x0, y0, x1, y1 in pixels of the scan; None while it is not known."""
        session = self._session
        chosen = self.chosen()
        if chosen:
            return chosen
        return tuple(session.made.alignment.live_area) if session.made.alignment else self.found("scan")    # type: ignore[return-value]

    def chosen(self) -> Area | None:
        """What the user set."""
        return self._session.project.settings.live_area if self._session.project else None

    def choose(self, area: Area | None) -> None:
        self._session.edit(tr("the live area"), live_area=area)

    def found(self, role: str) -> Area | None:
        """What a few frames show; asks for it where nobody has looked yet."""
        source, medium = self._session.films.source(role), self._session.medium(role)
        if source is None or medium is None:
            return None
        key = (medium.place.fingerprint, source.info.encoding + source.info.field_reason)
        if key not in self._found:
            self._found[key] = None
            self._session.background.begin(lambda: live_area(source, Run()), lambda area: self._take(key, area), lambda error: None)
        return self._found[key]

    def _take(self, key: tuple[str, str], area: Area) -> None:
        self._found[key] = area
        self._session.changed.emit()

    def bars(self, role: str, source: FrameSource) -> bool:
        """Whether the picture has black bars."""
        area = self.found(role)
        if area is None:
            return False
        width, height = source.info.width, source.info.height
        return (area[2] - area[0]) < (1 - BARS) * width or (area[3] - area[1]) < (1 - BARS) * height
