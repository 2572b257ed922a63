"""What is uncertain in a result, in sentences: each names what to look at."""
from __future__ import annotations

from collections.abc import Iterator

from engine.align.alignment import doubtful
from engine.elements import ROLES
from engine.recoveries.account.subject import Subject
from engine.recoveries.detail_account import BETTER_DB
from engine.recoveries.run_folder import BACK, BETTER
from engine.report.blocks import Points, Section, Text

FEW = 3                 # held-out frames below which their figure says little
MUCH = 0.05             # share of the picture that is extrapolated, from which it is said


def uncertain(s: Subject) -> Section:
    lines = (*_of_frames(s), *_of_films(s), *_of_training(s))
    return Section("uncertain", s.say("What is uncertain"), (
        Points(lines, warn=True) if lines else Text(s.say("Nothing that the program found or was told.")),))


def _of_frames(s: Subject) -> Iterator[str]:
    say = s.say
    if s.alignment is not None:
        found, trusted = doubtful(s.alignment.frames), set(s.project.trusted)
        if left := sorted(found - trusted):
            yield say.count("{n} frame is doubtful, for it may not lie on its partner or belongs to another: {names}.",
                            "{n} frames are doubtful, for they may not lie on their partners or belong to others: {names}.", len(left),
                            names=say.some(s.names(left)))
        if right := sorted(found & trusted):
            yield say("Found right by eye, though the program doubted them: frames {names}.", names=say.some(s.names(right)))
    if flags := sorted(i for i in s.project.flags if s.own and i < len(s.scan)):
        yield say("Flagged in the review, to be looked at again: frames {names}.", names=say.some(s.names(flags)))
    extrapolated = s.shares.get("extrapolated", s.shares.get("net", 0.0))
    if extrapolated >= MUCH:
        yield (say("{share} of the picture was made by the net where no element shows it: an estimate.", share=say.percent(extrapolated))
               if "net" in s.shares else
               say("{share} of the picture is like nothing that was trained on: its colour is extrapolated.",
                   share=say.percent(extrapolated)))
    if unsteady := [row for row in s.table.get("shots") or [] if row["stability"] and row["stability"]["flicker"]]:
        yield say("Flicker was found in: {shots}.", shots=", ".join(
            f"{say.told(str(row['shot']))} ({say('worst at {name}', name=s.scan.name(row['stability']['worst']))})" for row in unsteady))


def _of_films(s: Subject) -> Iterator[str]:
    say = s.say
    for step in ("tone", "damage"):
        facts = s.facts(step)
        for line in (*facts.get("told", ()), *facts.get("in_colour", ())):
            yield say("Take care: {line}.", line=say.told(str(line)))
    if s.scan.info.gaps:
        yield say.count("{n} frame of the scan is missing.", "{n} frames of the scan are missing.", len(s.scan.info.gaps))
    if not s.own:
        yield (say("This scan is not the one that was trained on; every frame has the tone over all shots.") if s.recovery.detail else
               say("This scan is not the one that was trained on; shots were told by their likeness."))
    for role in ROLES if s.recovery.needs_reference else ROLES[:1]:
        if getattr(s.project.elements, role).forbidden:
            yield say("The terms of the {role} are marked 'not allowed', and the training was made before that.", role=say(role))
    if s.recovery.detail:
        yield say("The recovery of detail is experimental: edges, grain and new detail are estimates.")


def _of_training(s: Subject) -> Iterator[str]:
    say, found = s.say, s.run.held_out
    if not found:
        yield say("No frame was held out, so nothing tells how good the result is on frames that training never saw.")
    elif s.errors and len(s.errors) < FEW:
        yield say.count("Only {n} frame was held out: its figure says little of the film.",
                        "Only {n} frames were held out: their figure says little of the film.", len(s.errors))
    if found and "dE00" in found and found["lut_dE00"] - found["dE00"] < BETTER:
        yield say("A LUT is as good here as the net: nothing speaks for the net on this film.")
    if found and "psnr" in found and found["psnr"] - found["filter_psnr"] < BETTER_DB:
        yield say("A linear filter is as good here as the net: nothing speaks for the net on this film.")
    if off := sorted(int(stem) for stem, error in s.run.back.items() if error > BACK and stem.isdecimal()):
        names = [s.scan.name(i) for i in off if i < len(s.scan)]
        if names:
            yield say("Not as they were painted: keyframes {names}.", names=say.some(names))
    if s.run.less:
        yield say("The training saw less of each frame than usual, for want of memory.")
    if not s.table:
        yield say("The film was not reviewed shot by shot before this export.")
