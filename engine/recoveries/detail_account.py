"""The held-out figures of recovered detail in words, for the console and for the report."""
from __future__ import annotations

from typing import Any

BETTER_DB = 0.1         # above a filter from which a run is called better than it

ORIGINS = {"print": "the print, of this frame or what its neighbours show",
           "telecine": "the telecine, in the film's look", "net": "made by the net: an estimate"}
"""Where the luma of a repaired print comes from."""


def origin_words(shares: dict[str, float]) -> str:
    """Shares 0..1 of the picture in words."""
    return "\n".join(f"{100 * shares[name]:.1f} % {words}" for name, words in ORIGINS.items())


def verdict(held_out: dict[str, Any]) -> str:
    """The net beside the best linear filter."""
    gain = held_out["psnr"] - held_out["filter_psnr"]
    if gain >= BETTER_DB:
        return f"{gain:.1f} dB better than the best linear filter"
    return "a linear filter is as good here" if gain > -BETTER_DB else f"{-gain:.1f} dB worse than the best linear filter: use that"


def detail_words(held_out: dict[str, Any]) -> str:
    """The held-out figures in a line."""
    return (f"{held_out['psnr']:.2f} dB, {verdict(held_out)} ({held_out['filter_psnr']:.2f}); the scan in the reference's tone "
            f"{held_out['untouched_psnr']:.2f}")


def detail_rows(held_out: dict[str, Any]) -> list[tuple[str, str]]:
    """The held-out figures for the report; of the frames, their middles were measured."""
    rows = [("Luma on held-out frames", f"{held_out['psnr']:.2f} dB (PSNR against the reference; 6 dB more is half the error)"),
            ("The best linear filter on these", f"{held_out['filter_psnr']:.2f} dB: {verdict(held_out)}"),
            ("The scan in the reference's tone", f"{held_out['untouched_psnr']:.2f} dB")]
    found = held_out.get("measures") or {}
    if found.get("ssim") is not None:
        rows.append(("Structure (SSIM, 1 = the same)", f"{found['ssim']:.3f}"))
    if found.get("spectrum"):
        rows.append(("Detail, of the reference's power", fineness(found["spectrum"])))
    if found.get("edge_px") is not None:
        rows.append(("Edges against the reference's", f"{found['edge_px']:.2f} pixels off, root mean square"))
    if found.get("grain") is not None:
        rows.append(("Grain before it is laid back, of the reference's", f"{100 * found['grain']:.0f} %"))
    if found.get("invented") is not None:
        rows.append(("Structure in neither scan nor reference", f"{100 * found['invented']:.2f} % of the picture"))
    return rows


def fineness(spectrum: list[float]) -> str:
    """The radially averaged power of a result over the reference's, in four ranges from coarse to the finest."""
    step = len(spectrum) // 4
    parts = [spectrum[k * step:(k + 1) * step] for k in range(4)]
    return ", ".join(f"{name} {100 * sum(part) / len(part):.0f} %"
                     for name, part in zip(("coarse", "middle", "fine", "finest"), parts, strict=True))


def repair_rows(held_out: dict[str, Any]) -> list[tuple[str, str]]:
    """The held-out figures of a repaired print: of the film's look, and of the repair against what it learnt from, which is no truth."""
    rows = []
    if look := held_out.get("look"):
        rows.append(("Film look on held-out frames", f"{look['psnr']:.2f} dB against the print where it is sound, {verdict(look)} "
                                                     f"({look['filter_psnr']:.2f}); the telecine as it is {look['untouched_psnr']:.2f}"))
    rows += [("Repair on held-out frames", f"{held_out['psnr']:.2f} dB against what it learnt from: the print where it is sound, what "
                                           "neighbours show, else the telecine in the film's look. None of it is the lost picture"),
             ("The best linear filter, the damaged print", f"{held_out['filter_psnr']:.2f} and {held_out['untouched_psnr']:.2f} dB against "
                                                           "the same")]
    return rows
