"""A project of the recent list in words: what it is, how it stands, when it was worked on, and two pictures of it. It reads the project's
folder, so it is done beside the window's thread. No Qt."""
from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from engine import jobs
from engine.errors import AnswerprintError, NewerVersion
from engine.keyframes.keyframe import keyframe_names
from engine.media.locate import where
from engine.project import DONE, Medium, Project, load, project_file
from engine.recoveries.inputs import standing
from wizard import flow
from wizard.messages import trouble_of
from wizard.proxies import Proxies, identity_of
from wizard.words import left, tr, trn

FROM_HERE = ("recovery", "media", "align")      # steps whose state is said as it is on the rail


@dataclass(frozen=True)
class Summary:
    """`state` in words with an icon and the token of their colour. `place`: 'there', 'missing' (the media), 'gone' (the project).
    `pictures`: before and after, either may be missing."""

    folder: Path
    name: str
    what: str = ""
    state: str = ""
    icon: str = ""
    tone: str = "text2"
    when: str = ""
    place: str = "there"
    running: bool = False
    pictures: tuple[Path | None, Path | None] = (None, None)


def recovery_word(key: str) -> str:
    """What a kind of recovery is called in a line."""
    return {
        "colour-reference": tr("Colour with a reference"), "colour-keyframes": tr("Colour without a reference"),
        "colour-similar": tr("Colour from similar pictures"),
        "spatial-reference": tr("A better element (experimental)"), "combined": tr("A better element, with its colour (experimental)"),
        "telecine": tr("A damaged print with an old telecine (experimental)"),
    }.get(key, key)


def first_look(folder: Path) -> Summary:
    """What can be said before the folder is read."""
    return Summary(folder, folder.name.removesuffix(".project"))


def summary_of(folder: Path, now: datetime | None = None) -> Summary:
    """Read a project's folder. A project that cannot be read says so in words."""
    first = first_look(folder)
    try:
        file = project_file(folder)
        project = load(folder)
    except NewerVersion:
        return Summary(folder, first.name, "", tr("Made by a newer Answerprint"), "warn", "warn")
    except AnswerprintError:
        if not folder.is_dir() or not list(folder.glob("*.answerprint")):
            return Summary(folder, first.name, str(folder.parent), tr("Not there any more"), "warn", "text2", place="gone")
        return Summary(folder, first.name, "", tr("The project file is damaged"), "warn", "err")
    missing = [role for role, path in where(project).items() if path is None]
    state, icon, tone, running = _state(project, bool(missing))
    film = _last_seen(project, missing) if missing else _film(project)
    what = "  ·  ".join(part for part in (recovery_word(project.recovery), film) if part)
    return Summary(folder, project.name, what, state, icon, tone, moment(_touched(file), now or datetime.now()),
                   "missing" if missing else "there", running, _pictures(project))


def _state(project: Project, missing: bool) -> tuple[str, str, str, bool]:
    """Words, icon, token, and whether a worker is at it."""
    status = jobs.status(project.folder)
    busy = jobs.working(project.folder)
    known = _known(project, missing, status if busy else None)
    states = flow.steps(known)
    if busy:
        at = next((s for s in states if s.sign == "running"), None)
        step = at.title if at else tr("At work")
        if status and status.eta is not None:
            return tr("{step}: running, {left}", step=step, left=left(status.eta)), "clock", "accent", True
        return tr("{step}: running", step=step), "clock", "accent", True
    if missing:
        return tr("The media is not where it was"), "warn", "err", False
    if status and status.state in ("error", "lost"):
        kind = "lost" if status.state == "lost" else status.kind
        return trouble_of(kind, status.error, status.step).title, "warn", "err", False
    if (known.standing or {}).get("export") == "done":
        return tr("Finished and exported"), "check", "ok", False
    stale = next((s for s in states if s.sign == "stale"), None)
    if stale:
        return tr("{step}: {reason}", step=stale.title, reason=stale.reason), "refresh", "warn", False
    if status and status.state == "stopped":
        page = flow.page_of(project.recovery, status.step)
        return tr("{step}: {reason}", step=flow.title_of(page), reason=tr("stopped by you")), "pause", "text2", False
    return _next(known, states), "right", "text2", False


def _next(known: flow.Known, states: list[flow.StepState]) -> str:
    """What is to be done next."""
    asks = next((s for s in states if s.sign != "done"), states[-1])
    if (known.standing or {}).get("train", "open") != "open":
        return tr("Trained, not exported yet")
    if asks.key in FROM_HERE or not (known.picked or known.keyframes):
        return tr("{step}: {reason}", step=asks.title, reason=asks.reason) if asks.reason else asks.title
    if known.keyframes:
        return trn("{n} keyframe, not trained yet", "{n} keyframes, not trained yet", known.keyframes)
    return trn("Frames: {n} picked, not trained yet", "Frames: {n} picked, not trained yet", known.picked)


def _known(project: Project, missing: bool, running: jobs.WorkStatus | None) -> flow.Known:
    return flow.Known(
        recovery=project.recovery, scan=project.scan is not None, reference=project.reference is not None, missing=missing,
        standing=standing(project), running=running.step if running else "", left=running.eta if running else None,
        picked=_picked(project), keyframes=len(keyframe_names(project.folder)), flagged=len(project.flags))


def _picked(project: Project) -> int:
    if not isinstance(project.settings.pairs, str):
        return len(project.settings.pairs)
    try:
        suggested = json.loads((project.folder / "choose" / "suggestions.json").read_text(encoding="utf-8"))
        return len(suggested.get("train", ()))
    except (OSError, ValueError, AttributeError):
        return int(project.done["pairs"].facts.get("train", 0)) if "pairs" in project.done else 0


def _film(project: Project) -> str:
    """How long the scan is, where its frames were counted; else what it is called."""
    if project.scan is None:
        return ""
    aligned = project.done.get("align")
    count = int(aligned.facts.get("frames", 0)) if aligned else 0
    return trn("{n} frame", "{n} frames", count) if count else Path(project.scan.place.path).name


def _last_seen(project: Project, missing: list[str]) -> str:
    medium: Medium | None = getattr(project, missing[0])
    if medium is None:
        return ""
    if medium.place.volume:
        return tr("Last seen on the drive {drive}", drive=medium.place.volume)
    return tr("Last seen as {name}", name=Path(medium.place.path).name)


def _touched(file: Path) -> datetime:
    """When the project was worked on last."""
    times = [path.stat().st_mtime for path in (file, file.parent / DONE, file.parent / jobs.WORK) if path.exists()]
    return datetime.fromtimestamp(max(times))


def moment(then: datetime, now: datetime) -> str:
    """'Today 10:42', 'Yesterday', '14 November', '14 November 2024'."""
    days = (now.date() - then.date()) // timedelta(days=1)
    if days <= 0:
        return tr("Today {time}", time=f"{then:%H:%M}")
    if days == 1:
        return tr("Yesterday")
    month = (tr("January"), tr("February"), tr("March"), tr("April"), tr("May"), tr("June"), tr("July"), tr("August"), tr("September"),
             tr("October"), tr("November"), tr("December"))[then.month - 1]
    if then.year == now.year:
        return tr("{day} {month}", day=then.day, month=month)
    return tr("{day} {month} {year}", day=then.day, month=month, year=then.year)


def _pictures(project: Project) -> tuple[Path | None, Path | None]:
    """A held-out frame before and after the latest run that shows one; else what was looked at of scan and reference."""
    for run in sorted((project.folder / "runs").glob("[0-9]*"), reverse=True):
        for before in sorted((run / "preview").glob("held-*.scan.png")):
            after = before.with_name(before.name.replace(".scan.png", ".png"))
            if after.exists():
                number = before.name.removeprefix("held-").removesuffix(".scan.png")
                return _seen(project.scan, number) or before, after         # the scan in the run is the balanced one
    return _seen(project.scan), _seen(project.reference)


def _seen(medium: Medium | None, number: str = "*") -> Path | None:
    """The small copy of a frame (seven digits), or of one from the middle of those that were looked at."""
    if medium is None:
        return None
    kept = Proxies(identity_of(medium)).folder
    found = sorted((kept / "thumb").glob(f"*/{number}.jpg")) or sorted((kept / "proxy").glob(f"*/{number}.jpg"))
    return found[len(found) // 2] if found else None
