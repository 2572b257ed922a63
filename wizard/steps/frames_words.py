"""The sentences about a choice of frames. No Qt."""
from __future__ import annotations

import math
from collections.abc import Callable

from engine.pairs.coverage import Next, colour_of
from wizard.steps.frames_choice import Choice, Listing, colour_word, shot_words
from wizard.words import number, percent, tr, trn


def coverage_words(listing: Listing, label: Callable[[int], str]) -> str:
    """The sentence under the coverage map."""
    choice = listing.choice
    if choice.ground.looks is None:
        return ""
    if not listing.open:
        return tr("The picked pairs cover the whole film.")
    missing = sum(stop - start for start, stop in listing.open)
    said = tr("Not covered yet: {stretches}, {frames}.", stretches=trn("{n} stretch", "{n} stretches", len(listing.open)),
              frames=_frames(missing))
    if not choice.further:
        return said
    best = choice.further[0]
    figures = {"frame": label(best.frame), "shots": _shots(best.shots), "frames": _frames(best.covers)}
    colour = _colour(choice, best.frame)
    if colour:
        return said + " " + tr("The next suggestion, {frame}, would cover {shots} and {frames} ({colour}).", colour=colour, **figures)
    return said + " " + tr("The next suggestion, {frame}, would cover {shots} and {frames}.", **figures)


def ready(choice: Choice) -> str:
    """For the footer. Not everything is never '100 %'."""
    if not choice.train or choice.ground.looks is None:
        return ""
    pairs = trn("{n} pair covers", "{n} pairs cover", len(choice.train))
    share = percent(math.floor(100 * choice.share + 1e-6) / 100)
    return (tr("Ready: {pairs} {share} of the film", pairs=pairs, share=share) if choice.detail else
            tr("Ready: {pairs} {share} of the film's colours", pairs=pairs, share=share))


def chosen_words(choice: Choice) -> str:
    """'26 shots, 19 frames chosen'."""
    shots = _shots(len(choice.ground.stretches))
    return f"{shots}, " + trn("{n} frame chosen", "{n} frames chosen", len(choice.picked | choice.held))


def reason(choice: Choice, frame: int) -> tuple[str, str]:
    """Heading and sentence of why a frame is there, or what it would add."""
    ground, chosen = choice.ground, frame in choice.picked or frame in choice.held
    if frame not in ground.partnered:
        return tr("No pair can be made of it"), tr("The reference does not have this frame.")
    if frame in ground.doubtful:
        return tr("Doubtful"), (
            tr("Its shot has no better frame. Look under the wipe: do both show the same?") if chosen else
            tr("It stays out of training until you confirm it. Look under the wipe: do both show the same?"))
    if not chosen and frame in choice.flagged:
        return tr("Why it is suggested"), tr("Flagged in Review.")
    if not chosen and frame in choice.helps:
        near = number(choice.helps[frame], 1)
        return tr("Why it is suggested"), (tr("The result reaches only {near} dB here.", near=near) if choice.detail else
                                           tr("The result is {error} off here.", error=near))
    if frame in ground.reasons and ground.reasons[frame].get("covers") is not None:
        return _engine_says(choice, frame)
    return _chosen_says(choice, frame) if chosen else _would_add(choice, frame)


def _engine_says(choice: Choice, frame: int) -> tuple[str, str]:
    """Of a frame that the engine suggested by itself."""
    known = choice.ground.reasons[frame]
    frames = tr("{covers} of {of} frames of {shot}", covers=number(known["covers"]), of=number(known["of"]),
                shot=shot_words(str(known["shot"])))
    if frame in choice.held:
        return tr("Why it is held out"), tr("Stands for {frames}, and is never learnt from.", frames=frames)
    if known.get("colour") and not choice.detail:
        return tr("Why it is suggested"), tr("Covers {colour}: {frames}.", colour=colour_word(known["colour"]), frames=frames)
    return tr("Why it is suggested"), tr("Covers {frames}.", frames=frames)


def _chosen_says(choice: Choice, frame: int) -> tuple[str, str]:
    like = choice.stands_for(frame)
    if frame in choice.held:
        return tr("Held out by you"), tr("Never learnt from: the result is measured on it.")
    return tr("Picked by you"), trn("It stands for {n} frame of the film.", "It stands for {n} frames of the film.", like) if like else ""


def _would_add(choice: Choice, frame: int) -> tuple[str, str]:
    heading = tr("Why it is suggested") if frame in choice.suggested else tr("What it adds")
    gain = next((one for one in choice.further if one.frame == frame), None) or choice.adds(frame)
    if choice.ground.looks is None:
        return heading, ""
    if not gain.covers:
        return heading, tr("Picked pairs cover it already.")
    return heading, _gain_words(gain, _colour(choice, frame))


def _gain_words(gain: Next, colour: str) -> str:
    figures = {"shots": _shots(gain.shots), "frames": _frames(gain.covers)}
    if colour:
        return tr("Covers {colour}: {shots}, {frames} that no picked pair is like.", colour=colour, **figures)
    return tr("Covers {shots}, {frames} that no picked pair is like.", **figures)


def _colour(choice: Choice, frame: int) -> str:
    looks = None if choice.detail else choice.ground.looks
    found = colour_of(looks, frame, choice.train) if looks is not None else None
    return colour_word(found) if found else ""


def _shots(count: int) -> str:
    return trn("{n} shot", "{n} shots", count)


def _frames(count: int) -> str:
    return trn("{n} frame", "{n} frames", count)
