"""The held-out figures of recovered detail in words, for the console and for the report."""
from __future__ import annotations

from typing import Any

from engine.report.words import Words

ENGLISH = Words()
BETTER_DB = 0.1         # above a filter from which a run is called better than it

ORIGINS = {"print": "the print, as this frame has it", "neighbours": "the print, as neighbouring frames show it",
           "telecine": "the telecine, in the film's look", "net": "made by the net: an estimate"}
"""Where the luma of a repaired print comes from."""


def origin_words(shares: dict[str, float], say: Words = ENGLISH) -> str:
    """Shares 0..1 of the picture in words."""
    return "\n".join(f"{say.percent(shares[name])} {say(words)}" for name, words in ORIGINS.items())


def verdict(held_out: dict[str, Any], say: Words = ENGLISH) -> str:
    """The net beside the best linear filter."""
    gain = held_out["psnr"] - held_out["filter_psnr"]
    if gain >= BETTER_DB:
        return say("{n} dB better than the best linear filter", n=say.number(gain, 1))
    return (say("a linear filter is as good here") if gain > -BETTER_DB else
            say("{n} dB worse than the best linear filter: use that", n=say.number(-gain, 1)))


def detail_words(held_out: dict[str, Any]) -> str:
    """The held-out figures in a line, for the console."""
    return (f"{held_out['psnr']:.2f} dB, {verdict(held_out)} ({held_out['filter_psnr']:.2f}); the scan in the reference's tone "
            f"{held_out['untouched_psnr']:.2f}")


def detail_rows(held_out: dict[str, Any], say: Words = ENGLISH) -> list[tuple[str, str]]:
    """The held-out figures for the report; of each frame, the part was measured where most is trusted."""
    rows = [(say("Luma on held-out frames"), say("{n} dB (PSNR against the reference; 6 dB more is half the error)",
                                                 n=say.number(held_out["psnr"], 2))),
            (say("The best linear filter on these"), f"{say.number(held_out['filter_psnr'], 2)} dB: {verdict(held_out, say)}"),
            (say("The scan in the reference's tone"), f"{say.number(held_out['untouched_psnr'], 2)} dB")]
    found = held_out.get("measures") or {}
    if found.get("ssim") is not None:
        rows.append((say("Structure (SSIM, 1 = the same)"), say.number(found["ssim"], 3)))
    if found.get("spectrum"):
        rows.append((say("Detail, of the reference's power"), fineness(found["spectrum"], say)))
    if found.get("edge_px") is not None:
        rows.append((say("Edges against the reference's"), say("{n} pixels off, root mean square", n=say.number(found["edge_px"], 2))))
    if found.get("grain") is not None:
        rows.append((say("Grain before it is laid back, beside the reference's"), grain_words(found, say)))
    if found.get("invented") is not None:
        share = say.percent(found["invented"], 2)
        rows.append((say("Structure in neither scan nor reference"), say("{share} of the picture", share=share)))
    return rows


def grain_words(found: dict[str, Any], say: Words = ENGLISH) -> str:
    """Strength, size and pattern of the grain beside the reference's, as far as they were measured."""
    said = [say("{share} as strong", share=say.percent(found["grain"], 0))]
    own, wanted, likeness = (found.get(name) for name in ("grain_size", "grain_wanted_size", "grain_likeness"))
    if own is not None and wanted is not None:
        said.append(say("{own} pixels across (the reference's {wanted})", own=say.number(own, 1), wanted=say.number(wanted, 1)))
    if likeness is not None:
        said.append(say("correlation {n} alike (1 = the same)", n=say.number(likeness, 2)))
    return ", ".join(said)


def maps_row(review: dict[str, Any], run: int, folder: str, say: Words = ENGLISH) -> list[tuple[str, str]]:
    """Where the maps of what was invented lie: `review` are the facts of a review, `folder` that of the project."""
    if not review.get("maps") or review.get("run") != run:
        return []
    return [(say("Maps of that structure"), say("{n} compared frames, in {folder}/review/invented (white = invented, black = not compared)",
                                                n=say.number(review["maps"]), folder=folder))]


def fineness(spectrum: list[float], say: Words = ENGLISH) -> str:
    """The radially averaged power of a result over the reference's, in four ranges from coarse to the finest."""
    step = len(spectrum) // 4
    parts = [spectrum[k * step:(k + 1) * step] for k in range(4)]
    return ", ".join(f"{say(name)} {say.percent(sum(part) / len(part), 0)}"
                     for name, part in zip(("coarse", "middle", "fine", "finest"), parts, strict=True))


def repair_rows(held_out: dict[str, Any], say: Words = ENGLISH) -> list[tuple[str, str]]:
    """The held-out figures of a repaired print: of the film's look, and of the repair against what it learnt from, which is no truth."""
    rows = []
    if look := held_out.get("look"):
        rows.append((say("Film look on held-out frames"), say(
            "{look} dB against the print where it is sound, {verdict} ({filter}); the telecine as it is {scan}",
            look=say.number(look["psnr"], 2), verdict=verdict(look, say), filter=say.number(look["filter_psnr"], 2),
            scan=say.number(look["untouched_psnr"], 2))))
    rows += [(say("Repair on held-out frames"), say(
        "{n} dB against what it learnt from: the print where it is sound, what neighbours show, else the telecine in the film's look. None "
        "of it is the lost picture", n=say.number(held_out["psnr"], 2))),
        (say("The best linear filter, the damaged print"), say("{filter} and {scan} dB against the same",
                                                               filter=say.number(held_out["filter_psnr"], 2),
                                                               scan=say.number(held_out["untouched_psnr"], 2)))]
    return rows
