"""The training: its curve, and how far the result is from what it should be on frames that it never saw."""
from __future__ import annotations

from engine.files import read_lines
from engine.recoveries.account.subject import Subject
from engine.recoveries.detail_account import detail_rows, maps_row, repair_rows, verdict
from engine.recoveries.run_folder import BACK, BETTER, Correction, read_corrections
from engine.report.blocks import Block, Figure, Rows, Section, Table, Text
from engine.report.drawing import EDGE, HELD, QUIET
from engine.report.plots import Level, bars, curve

MOST_NAMED = 24         # held-out frames in the table, the worst first


def curves(s: Subject) -> Section:
    """How the error went down while it was trained."""
    say, unit = s.say, "psnr" if s.run.in_db else "dE00"
    folder = s.run.folder if (s.run.folder / "curve.jsonl").is_file() else next(
        (s.run.folder / part for part in ("detail", "look") if (s.run.folder / part / "curve.jsonl").is_file()), s.run.folder)
    looks = read_lines(folder / "curve.jsonl")
    held = [(float(row["step"]), float(row[unit])) for row in looks if row.get(unit) is not None]
    batches = [(float(row["step"]), float(row[unit])) for row in read_lines(folder / "training.jsonl") if row.get(unit) is not None]
    if not held and not batches:
        return Section("training", say("Training"), (Text(say("No curve was kept of this run."), "quiet"), Rows(tuple(_run(s)))))
    words = {"dE00": ("LUT", "lut_dE00", "untouched_dE00"), "psnr": (say("linear filter"), "filter_psnr", "untouched_psnr")}[unit]
    found = s.run.held_out or {}
    levels = [Level(words[0], float(found[words[1]])), Level(say("untouched"), float(found[words[2]]))] if found else []
    up = say("error, ΔE00: lower is better") if unit == "dE00" else say("PSNR in dB: higher is better")
    drawing = curve(batches, held, levels, (say("training"), say("held out")),
                    lambda v: say.number(v, 0 if v >= 10 else 1 if v >= 1 else 2), (say("steps"), up), unit == "dE00")
    said = say("The error of what is trained on (thin) and of frames that training never saw (strong), over the steps of the training.")
    return Section("training", say("Training"), (Figure(drawing, said, said), Rows(tuple(_run(s)))))


def _run(s: Subject) -> list[tuple[str, str]]:
    say, run = s.say, s.run
    rows = [(say("Run"), str(run.number) + (say(", went on from run {n}", n=run.went_on_from) if run.went_on_from is not None else "")),
            (say("Steps"), say.number(run.steps) + (say(", ended early by hand") if run.ended_early else "")),
            (say("Trained on the device"), f"{run.device_name} ({run.device})" if run.device_name else run.device),
            (say("Seed"), str(run.settings.get("seed", s.project.settings.seed)))]
    if run.back:
        off = sum(error > BACK for error in run.back.values())
        mean = say.number(sum(run.back.values()) / len(run.back), 2)
        rows.append((say("What was painted, in the result"), say("ΔE00 {mean} on average", mean=mean) + (
            say("; {off} of {all} come back by more than {limit} off", off=say.number(off), all=say.number(len(run.back)),
                limit=say.number(BACK, 1)) if off else "")))
    if corrections := read_corrections(run.folder):
        rows.append((say("Corrections of single shots"), "\n".join(_correction(s, one) for one in corrections)))
    return rows


def _correction(s: Subject, one: Correction) -> str:
    say, shots = s.say, ", ".join(map(s.say.told, one.shots))
    if one.before is None or one.after is None:
        return say("{shots}: none, no steps were left for it", shots=shots)
    on = say("held-out frames") if one.held_out else say("the frames trained on, for none is held out")
    if not one.strength:
        return say("{shots}: none, it did not help (ΔE00 {before} on {on})", shots=shots, before=say.number(one.before, 2), on=on)
    return say("{shots}: ΔE00 {before} on {on} without it, {after} with it, {steps} steps", shots=shots, before=say.number(one.before, 2),
               on=on, after=say.number(one.after, 2), steps=say.number(one.steps))


def held_out(s: Subject) -> Section:
    """The figure that counts, beside what a LUT or a linear filter gives and the scan as it is."""
    say, found, title = s.say, s.run.held_out, s.say("Error on held-out frames")
    if not found:
        return Section("held-out", title, (Text(say(
            "No frame was held out, so there is no figure that says how good the result is on frames that training never saw."), "quiet"),))
    blocks: list[Block] = []
    if "dE00" in found:
        net, lut, scan = (float(found[name]) for name in ("dE00", "lut_dE00", "untouched_dE00"))
        better = say("{n} better than a LUT", n=say.number(lut - net, 1)) if lut - net >= BETTER else say("a LUT is as good here")
        said = say("On frames that training never saw the result is ΔE00 {net} from what it should be: {verdict}.", net=say.number(net, 2),
                   verdict=better)
        rows = ((say("Result"), net, HELD), (say("A LUT fitted on the same pairs"), lut, EDGE), (say("The scan, untouched"), scan, QUIET))
        blocks += [Text(said), Figure(bars(rows, lambda v: say.number(v, 2)), said, say(
            "CIEDE2000, mean over the held-out frames; 1 is about what an eye can just tell. Lower is better."))]
    if "psnr" in found:
        blocks += _detail(s, found)
    if s.errors:
        blocks.append(_named(s))
    return Section("held-out", title, tuple(blocks))


def _detail(s: Subject, found: dict[str, float]) -> list[Block]:
    say, repairs = s.say, s.project.recovery == "telecine"
    said = say("On frames that training never saw: {verdict}.", verdict=verdict(found, say))
    names = (say("Result"), say("The best linear filter on the same pairs"),
             say("The damaged print, untouched") if repairs else say("The scan in the reference's tone"))
    values = zip(names, (found["psnr"], found["filter_psnr"], found["untouched_psnr"]), (HELD, EDGE, QUIET), strict=True)
    rows = repair_rows(found, say) if repairs else detail_rows(found, say)
    rows += maps_row(s.facts("review"), s.run.number, s.project.folder.name, say)
    return [Text(said), Figure(bars(tuple(values), lambda v: say.number(v, 2)), said,
                               say("PSNR of luma in dB; 6 dB more is half the error. Higher is better.")), Rows(tuple(rows))]


def _named(s: Subject) -> Table:
    """Held-out frames by name, the worst first."""
    ordered = sorted(s.errors, key=lambda index: s.errors[index], reverse=not s.run.in_db)[:MOST_NAMED]
    head = s.say("Held-out frame"), s.say("Shot"), "dB" if s.run.in_db else "ΔE00"
    return Table(head, tuple((s.scan.name(i), s.say.told(str(s.shots[i] or "")), s.say.number(s.errors[i], 2)) for i in ordered), 2)
