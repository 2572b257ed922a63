"""A shot of the review in words where detail was restored: how near to the reference, how sharp, how grainy, what was invented. No Qt."""
from __future__ import annotations

from dataclasses import replace
from typing import Any

from wizard.measure import LUMA as NEARNESS
from wizard.steps.frames_choice import shot_words
from wizard.steps.review_rows import Kind, Row, as_good, certificate, figure, measured_on, stability
from wizard.words import number, percent, tr, trn

SHOT, FRAMES, NEAR, FILTER, SSIM, EDGES, GRAIN, INVENTED, STABILITY, CHROMA, VERDICT = range(11)
EDGES_OFF = 0.5             # pixels from which edges are told of
GRAIN_OFF = (0.7, 1.4)      # times the reference's grain, outside of which it is told of
MUCH_INVENTED = 0.02        # of the picture


def heads(shots: int) -> tuple[str, ...]:
    return (tr("Shot"), tr("Frames"), tr("PSNR, dB"), tr("Filter"), tr("SSIM"), tr("Edges, px"), tr("Grain"), tr("Invented"),
            tr("Stability"), tr("Chroma held"), trn("{n} shot", "{n} shots, worst first", shots))


def words(row: Row) -> tuple[str, ...]:
    """What stands in a row."""
    found = row["measures"] or {}
    grain, invented = found.get("grain"), found.get("invented")
    return (shot_words(row["shot"]), number(row["frames"]), figure(row["psnr"], 2), figure(row["filter_psnr"], 2),
            figure(found.get("ssim"), 3), figure(found.get("edge_px"), 2), "–" if grain is None else tr("{n} ×", n=number(grain, 1)),
            "–" if invented is None else percent(invented, 1), stability(row), certificate(row, "chroma"), _verdict(row))


def _verdict(row: Row) -> str:
    if not as_good(row, NEARNESS):
        return ""
    behind = not NEARNESS.as_good(row["filter_psnr"], row["psnr"])
    return tr("a filter is better here") if behind else tr("a filter is as good here")


def tone(row: Row, column: int) -> str:
    """A token for a cell."""
    found = row["measures"] or {}
    edges, grain, invented = (found.get(name) for name in ("edge_px", "grain", "invented"))
    doubtful = {
        NEAR: as_good(row, NEARNESS), EDGES: (edges or 0) > EDGES_OFF, INVENTED: (invented or 0) > MUCH_INVENTED,
        GRAIN: grain is not None and not GRAIN_OFF[0] <= grain <= GRAIN_OFF[1],
        STABILITY: bool(row["stability"] and row["stability"]["flicker"])}
    if doubtful.get(column):
        return "warn"
    if column == CHROMA and row["chroma"] and row["chroma"]["exact"] < row["chroma"]["frames"]:
        return "err"
    return "text2" if column in (FRAMES, FILTER) else "text"


def hint(row: Row, column: int) -> str:
    """What a figure means; of the others what stands there."""
    return {
        NEAR: measured_on(row), FILTER: tr("What the best linear filter for this film reaches."),
        SSIM: tr("Structural similarity to the reference: 1 is the same."),
        EDGES: tr("How far edges lie beside those of the reference, in pixels of the scan."),
        GRAIN: "\n".join(said for said in (tr("Grain of the result against that of the reference: 1 is as much."),
                                           grain_words(row["measures"] or {})[1]) if said),
        INVENTED: tr("Part of the picture with structure that neither scan nor reference has. An estimate."),
    }.get(column) or words(row)[column]


def grain_words(found: dict[str, Any], repaired: bool = False) -> tuple[str, str]:
    """Strength of a shot's grain beside the reference's, and its size and correlation; of a repaired print beside the print's own. '' where
    the reference has none to speak of."""
    strength, own, wanted, likeness = (found.get(name) for name in ("grain", "grain_size", "grain_wanted_size", "grain_likeness"))
    if strength is None:
        return "", ""
    strong = tr("Grain {n} × the print's", n=number(strength, 1)) if repaired else tr("Grain {n} × the reference's", n=number(strength, 1))
    said = []
    if own is not None and wanted is not None:
        said.append(tr("{own} px against {wanted}", own=number(own, 1), wanted=number(wanted, 1)))
    if likeness is not None:
        said.append(tr("{share} alike", share=percent(likeness)))
    return strong, " · ".join(said)


KIND = Kind(heads, words, tone, hint, "chroma", figures=(FRAMES, NEAR, FILTER, SSIM, EDGES, GRAIN, INVENTED), error=NEAR, proof=CHROMA,
            verdict=VERDICT, spread=(2, 1, 2, 1, 1, 1, 1, 1, 2, 2, 2), yields=(STABILITY, CHROMA, VERDICT))


def _repaired(shots: int) -> tuple[str, ...]:
    return tuple(tr("Denoised") if column == FILTER else head for column, head in enumerate(heads(shots)))


def _repaired_words(row: Row) -> tuple[str, ...]:
    return (*words(row)[:VERDICT], tr("denoising is as good here") if as_good(row, NEARNESS) else "")


def _repaired_hint(row: Row, column: int) -> str:
    return {
        FILTER: tr("What a classical tool reaches: the print denoised."), VERDICT: _repaired_words(row)[VERDICT],
        SSIM: tr("Structural similarity to the print where it was hidden: 1 is the same."),
        EDGES: tr("How far edges lie beside those of the print, in pixels of the scan."),
        GRAIN: "\n".join(said for said in (tr("Grain of the repair against that of the print: 1 is as much."),
                                           grain_words(row["measures"] or {}, True)[1]) if said),
        INVENTED: tr("Part of the picture with structure that neither the damaged nor the sound print has. An estimate."),
    }.get(column) or hint(row, column)


REPAIRED = replace(KIND, heads=_repaired, words=_repaired_words, hint=_repaired_hint)
