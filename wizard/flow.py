"""The steps as data: which there are, which is open, done, running or out of date, and why. Computed from what is known; no Qt."""
from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from engine.recoveries import RECOVERIES
from wizard.words import left, tr, trn

_WITH_REFERENCE = {             # page -> the steps of the engine that it stands for, the last of which opens the next page
    "recovery": (), "media": (), "align": ("align", "balance", "choose"), "frames": ("pairs",), "train": ("trial", "train"),
    "review": ("review",), "export": ("export",),
}
_WITHOUT = {
    "recovery": (), "media": (), "balance": ("shots", "fade", "balance", "choose"), "keyframes": ("propose",),
    "train": ("pairs", "trial", "train"), "review": ("review",), "export": ("export",),
}
PAGES = tuple(dict.fromkeys((*_WITH_REFERENCE, *_WITHOUT)))


def engine_steps(recovery: str) -> dict[str, tuple[str, ...]]:
    """The pages of a kind of recovery in order, each with the steps of the engine that it stands for. With a reference, Align stands for
    everything before the pairs: a balance, the match of tone, or the search for damage."""
    if recovery not in RECOVERIES:
        return _WITH_REFERENCE
    known = RECOVERIES[recovery]
    if not known.needs_reference:
        return _WITHOUT
    return _WITH_REFERENCE | {"align": known.names[:known.names.index("pairs")]}


def page_of(recovery: str, step: str) -> str:
    """The page of a step of the engine; the first that works, where no page is the step's."""
    pages = engine_steps(recovery)
    return next((page for page, steps in pages.items() if step in steps), tuple(pages)[2])


@dataclass(frozen=True)
class Known:
    """All that the flow depends on. `keyframes` have colour; `unfounded` colours that they use say no source; `similar`: pictures are
    learnt from straight. `forbidden`: the role of a film whose terms do not allow training, '' for none. `standing` says of each step
    of the engine 'done', 'stale' (made of other inputs) or 'open';
    `running` is the step that a worker performs now, `left` its seconds, `stopped` the step that ended with an error and its word."""

    recovery: str = ""
    scan: bool = False
    reference: bool = False
    missing: bool = False
    opening: bool = False
    guessed: int = 0
    standing: Mapping[str, str] | None = None
    running: str = ""
    paused: str = ""
    share: float = 0.0
    left: float | None = None
    stopped: tuple[str, str] | None = None
    doubtful: int = 0
    picked: int = 0
    held_out: int = 0
    keyframes: int = 0
    unfounded: int = 0
    similar: bool = False
    flagged: int = 0
    forbidden: str = ""


@dataclass(frozen=True)
class StepState:
    """How a step stands. `sign`: 'open', 'done', 'running', 'attention', 'stopped', 'stale', 'later'. `reason` is at most 24 letters in
    English; `why_not` says what is to be done before the step after it opens."""

    key: str
    title: str
    sign: str
    reason: str = ""
    why_not: str = ""
    share: float = 0.0

    @property
    def open(self) -> bool:
        return self.sign != "later"


def title_of(key: str) -> str:
    """The word on the rail."""
    return {"recovery": tr("Recovery"), "media": tr("Media"), "align": tr("Align"), "frames": tr("Frames"),
            "balance": tr("Balance"), "keyframes": tr("Keyframes"), "train": tr("Train"),
            "review": tr("Review"), "export": tr("Export")}[key]


def steps(known: Known) -> list[StepState]:
    """The steps in order. A step opens when the one before it has what it needs; a step that is out of date stays open to be looked at."""
    states = [_recovery(known), _media(known)]
    media_ready = not states[1].why_not
    trained = _made(known, "train")
    states += _without_reference(known, media_ready) if "keyframes" in engine_steps(known.recovery) else _by_reference(known, media_ready)
    states.append(_review(known) if trained else _later("review", tr("opens after Train")))
    states.append(_export(known) if trained else _later("export", tr("opens after Train")))
    return states


def _by_reference(known: Known, media_ready: bool) -> list[StepState]:
    aligned = _made(known, "choose")
    return [_align(known) if media_ready or _made(known, "align") else _later("align", tr("opens after Media")),
            _frames(known) if aligned else _later("frames", tr("opens after Align")),
            _closed(known) or (_train(known) if aligned and known.picked else _later("train", tr("opens after Frames")))]


def _without_reference(known: Known, media_ready: bool) -> list[StepState]:
    balanced, ready = _made(known, "balance"), known.similar or (known.keyframes and not known.unfounded)
    keyframes = _keyframes(known) if balanced else _later("keyframes", tr("opens after Balance"))
    return [_balance(known) if media_ready or balanced else _later("balance", tr("opens after Media")), keyframes,
            _closed(known) or (_train(known) if balanced and ready else _later("train", tr("opens after Keyframes")))]


def _closed(known: Known) -> StepState | None:
    """Train, where the terms of a film do not allow it and nothing was trained before they said so."""
    if not known.forbidden or known.running == "train" or _made(known, "train"):
        return None
    return StepState("train", title_of("train"), "later", tr("not allowed by terms"), not_allowed(known.forbidden))


def not_allowed(role: str) -> str:
    """Why nothing is trained on a film."""
    return (tr("The terms of the scan do not allow training; see Elements and rights in Media") if role == "scan" else
            tr("The terms of the reference do not allow training; see Elements and rights in Media"))


def _made(known: Known, step: str) -> bool:
    """Whether a step was performed at all, of whatever inputs."""
    return (known.standing or {}).get(step, "open") in ("done", "stale")


def _stale(known: Known, page: str) -> bool:
    """Frames is out of date where its suggestions are: pairs that were picked since are made by the training. Balance is where the fade
    was measured of something else: what its controls do is shown at once, and made anew with the training. Keyframes never is."""
    only = {"frames": ("choose",), "balance": ("fade",), "keyframes": ()}
    steps = only.get(page, engine_steps(known.recovery)[page])
    return any((known.standing or {}).get(step) == "stale" for step in steps if step not in ("trial", "review"))


def _later(key: str, reason: str) -> StepState:
    return StepState(key, title_of(key), "later", reason, reason)


def _at_work(known: Known, page: str) -> StepState | None:
    """What a page's worker is about: running or stopped; None where it is neither."""
    title = title_of(page)
    steps = engine_steps(known.recovery)[page]
    if known.running in steps:
        return StepState(page, title, "running", left(known.left) if known.left is not None else tr("at work"),
                         tr("You can look while it works"), known.share)
    if known.stopped and known.stopped[0] in steps:
        return StepState(page, title, "stopped", tr("stopped: {why}", why=known.stopped[1]), tr("Solve this to go on"))
    if _stale(known, page):
        return StepState(page, title, "stale", tr("made before a change"), "")
    return None


def _recovery(known: Known) -> StepState:
    title = title_of("recovery")
    return StepState("recovery", title, "done") if known.recovery else StepState(
        "recovery", title, "open", "", tr("Choose what is nearest to go on"))


def _media(known: Known) -> StepState:
    title = title_of("media")
    if known.missing:
        return StepState("media", title, "attention", tr("media is missing"), tr("Show where the media is to go on"))
    if known.opening:
        return StepState("media", title, "running", tr("reading"), tr("Reading the files"))
    if not known.scan:
        return StepState("media", title, "open", tr("no scan yet"), tr("Choose the scan to go on"))
    if not known.reference and "align" in engine_steps(known.recovery):
        return StepState("media", title, "open", tr("no reference yet"), tr("Choose the reference to go on"))
    if known.guessed:
        return StepState("media", title, "open", trn("{n} guessed value", "{n} guessed values", known.guessed),
                         trn("Confirm the guessed value to go on", "Confirm the {n} guessed values to go on", known.guessed))
    if known.forbidden:
        return StepState("media", title, "attention", tr("use is not allowed"))
    return StepState("media", title, "done")


def _align(known: Known) -> StepState:
    at_work = _at_work(known, "align")
    if at_work:
        if _made(known, "choose"):
            return at_work
        return replace(at_work, why_not=tr("Frames opens when the films are aligned"))
    title = title_of("align")
    if not _made(known, "choose"):
        reason = tr("stopped by you") if known.paused in engine_steps(known.recovery)["align"] else tr("not started")
        return StepState("align", title, "open", reason, tr("Align the films to go on"))
    if known.doubtful:
        return StepState("align", title, "attention", trn("{n} doubtful frame", "{n} doubtful frames", known.doubtful))
    return StepState("align", title, "done")


def _frames(known: Known) -> StepState:
    why_not = "" if known.picked else tr("Pick at least one frame to go on")
    if known.picked and (closed := _closed(known)):
        why_not = closed.why_not
    at_work = _at_work(known, "frames")
    if at_work:
        return replace(at_work, why_not=why_not or at_work.why_not)
    chosen = tr("{picked} picked, {held} held out", picked=known.picked, held=known.held_out)
    sign = "done" if (known.standing or {}).get("pairs") == "done" else "open"
    return StepState("frames", title_of("frames"), sign, chosen if sign == "open" else "", why_not)


def _balance(known: Known) -> StepState:
    at_work, measured = _at_work(known, "balance"), _made(known, "balance")
    if at_work:
        return at_work if measured else replace(at_work, why_not=tr("Keyframes opens when the fade is measured"))
    title = title_of("balance")
    if not measured:
        reason = tr("stopped by you") if known.paused in engine_steps(known.recovery)["balance"] else tr("not measured")
        return StepState("balance", title, "open", reason, tr("Measure the fade to go on"))
    return StepState("balance", title, "done")


def _keyframes(known: Known) -> StepState:
    title, at_work = title_of("keyframes"), _at_work(known, "keyframes")
    closed = _closed(known)
    if known.similar and not at_work:
        return StepState("keyframes", title, "done", tr("from similar pictures"), closed.why_not if closed else "")
    why_not = tr("Paint or import one frame to go on") if not known.keyframes else ""
    if known.unfounded:
        reason = trn("{n} colour lacks a source", "{n} colours lack a source", known.unfounded)
        why_not = trn("A used colour has no source yet", "{n} used colours have no source yet", known.unfounded)
        return StepState("keyframes", title, "attention", reason, why_not)
    why_not = why_not or (closed.why_not if closed else "")
    if at_work:
        return replace(at_work, why_not=why_not)
    reason = trn("{n} keyframe", "{n} keyframes", known.keyframes) if known.keyframes else tr("no keyframe yet")
    return StepState("keyframes", title, "done" if known.keyframes else "open", "" if known.keyframes else reason, why_not)


def _train(known: Known) -> StepState:
    at_work = _at_work(known, "train")
    trained = _made(known, "train")
    paused = known.paused == "train" and (at_work is None or at_work.sign == "stale")
    if at_work and not paused:
        return at_work if trained else replace(at_work, why_not=tr("Review opens after the training"))
    title = title_of("train")
    if paused:
        return StepState("train", title, "open", tr("paused"), "" if trained else tr("Go on with the training to open Review"))
    if not trained:
        return StepState("train", title, "open", tr("not started"), tr("Train to go on"))
    return StepState("train", title, "done")


def _review(known: Known) -> StepState:
    at_work = _at_work(known, "review")
    if at_work:
        return replace(at_work, why_not="")
    reason = trn("{n} frame flagged", "{n} frames flagged", known.flagged) if known.flagged else ""
    return StepState("review", title_of("review"), "done" if (known.standing or {}).get("review") == "done" and not reason else "open",
                     reason)


def _export(known: Known) -> StepState:
    at_work = _at_work(known, "export")
    if at_work:
        return at_work
    if known.paused == "export":
        return StepState("export", title_of("export"), "open", tr("stopped by you"))
    return StepState("export", title_of("export"), "done" if (known.standing or {}).get("export") == "done" else "open")
