"""What is told of a restoration once it is exported: what went in, what was done to it, how good it is, what is proven and what is not."""
from __future__ import annotations

from engine.recoveries.account.alignment import residuals, time
from engine.recoveries.account.colours import assumptions, evidence
from engine.recoveries.account.doubts import uncertain
from engine.recoveries.account.elements import elements, people, source_type, trouble
from engine.recoveries.account.pictures import before_and_after, learnt_from
from engine.recoveries.account.proof import certificate, stability, untouched
from engine.recoveries.account.software import program, software
from engine.recoveries.account.subject import Subject
from engine.recoveries.account.training import curves, held_out
from engine.report.blocks import Report

__all__ = ["Subject", "report_of"]

COLOUR = "Only chroma was learnt, from {}. Luma, grain and detail are those of the scan after its balance."
METHODS = {
    "colour-reference": COLOUR.format("the reference"),
    "colour-keyframes": COLOUR.format("keyframes"),
    "colour-similar": COLOUR.format("similar pictures (none of them of this film's own frames)"),
    "spatial-reference": "Experimental. Luma was learnt from the reference, after its tone was matched; chroma is that of the scan. Detail "
                         "beyond what the scan holds is an estimate.",
    "combined": "Experimental. Luma was learnt from the reference, after its tone was matched, then chroma on the recovered luma. Detail "
                "beyond what the scan holds is an estimate.",
    "telecine": "Experimental. Where the print is sound it is unchanged. Damage was repaired from the telecine, brought to the film's "
                "look, and beyond its crop by a net that learnt the repair inside it: that is an estimate.",
}
SECTIONS = (trouble, elements, before_and_after, time, residuals, learnt_from, curves, held_out, stability, certificate, evidence,
            untouched, assumptions, uncertain, software, source_type, people)


def report_of(s: Subject) -> Report:
    """The whole report. Reads some frames of the films. Raises what reading them does."""
    say = s.say
    made = say("Made by {program} on {day}.", program=program(), day=s.day)
    title = say("{name}, restored", name=s.name)
    institution = s.project.elements.people.institution.strip()
    return Report(title, " ".join((made, say(METHODS[s.project.recovery]))), s.day, say.language, tuple(summary(s)),
                  tuple(section(s) for section in SECTIONS), ", ".join(part for part in (title, institution, s.day) if part),
                  say("page {page}", page="{page}"))


def summary(s: Subject) -> list[tuple[str, str]]:
    """The figures that stand first."""
    say, found = s.say, s.run.held_out or {}
    rows = [(say.number(s.export["frames"]), say("frames in the files") if s.untouched else say("frames restored"))]
    if "dE00" in found:
        lut, scan = (say.number(found[name], 2) for name in ("lut_dE00", "untouched_dE00"))
        rows.append((f"ΔE00 {say.number(found['dE00'], 2)}", say("on held-out frames; a LUT {lut}, untouched {scan}", lut=lut, scan=scan)))
    elif "psnr" in found:
        rows.append((f"{say.number(found['psnr'], 1)} dB", say("on held-out frames; a linear filter {filter}, untouched {scan}",
                                                               filter=say.number(found["filter_psnr"], 1),
                                                               scan=say.number(found["untouched_psnr"], 1))))
    rows.append((say("{n} of {n}", n=say.number(s.restored)), say("restored frames hold the chroma of the scan") if s.recovery.detail
                 and s.project.recovery != "combined" else say("restored frames hold the luma that they are to have")))
    if shares := s.rests.get("shares"):
        own = "net" if "net" in shares[0] else "extrapolated"
        mean = sum(one.get(own, 0.0) for one in shares) / len(shares)
        rows.append((say.percent(mean), say("of the picture is made by the net alone") if own == "net" else
                     say("of the picture is extrapolated, like nothing that was trained on")))
    return rows
