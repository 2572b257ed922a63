"""What a training is judged by, in figures and words: colour by dE00 against a LUT, detail by dB against a linear filter. No Qt."""
from __future__ import annotations

from dataclasses import dataclass

from engine.recoveries.run_folder import BETTER
from wizard.words import number, tr, trn


@dataclass(frozen=True)
class Measure:
    """`error` and `rival` are the names of figures in the files of a run: of the net, and of what it has to beat; `untouched` that of the
    frame before. `rises`: more is better."""

    error: str
    rival: str
    untouched: str
    rises: bool

    def gain(self, error: float, rival: float) -> float:
        """How much better the net is than what it has to beat."""
        return error - rival if self.rises else rival - error

    def as_good(self, error: float, rival: float) -> bool:
        """Whether the net is not to be called better than what it has to beat."""
        return self.gain(error, rival) < BETTER

    def figure(self, value: float) -> str:
        """'ΔE00 2.31' or '31.20 dB'."""
        said = number(value, 2)
        return tr("{value} dB", value=said) if self.rises else tr("ΔE00 {error}", error=said)

    def against(self, one: float, two: float) -> str:
        """'ΔE00 2.31 against 4.43' or '31.20 against 30.02 dB'."""
        first, second = number(one, 2), number(two, 2)
        return (tr("{first} against {second} dB", first=first, second=second) if self.rises else
                tr("ΔE00 {first} against {second}", first=first, second=second))

    def rival_word(self) -> str:
        """What the net has to beat, on a picture or at a line."""
        return tr("Filter") if self.rises else tr("LUT")

    def head(self) -> str:
        """Of a column of held-out figures."""
        return tr("Held out, dB") if self.rises else tr("Held out, ΔE00")

    def measured(self, count: int, short: bool) -> str:
        """What the figures are, and on how many held-out frames."""
        if self.rises:
            return (trn("PSNR on {n} held-out frame", "PSNR on {n} held-out frames", count) if short else
                    trn("PSNR of luma on {n} held-out frame, dB", "PSNR of luma on {n} held-out frames, dB", count))
        return (trn("ΔE00 on {n} held-out frame", "ΔE00 on {n} held-out frames", count) if short else
                trn("colour difference on {n} held-out frame, ΔE00", "colour difference on {n} held-out frames, ΔE00", count))

    def axis(self) -> tuple[str, str]:
        """Title and note of the curve."""
        if self.rises:
            return tr("Nearness of luma, higher is better"), tr("PSNR in dB, smoothed")
        return tr("Error on the picture, lower is better"), tr("ΔE00, log scale, smoothed")

    def verdict(self, error: float, rival: float, ended: bool) -> tuple[str, str]:
        """How good the net is beside what it has to beat, and the tone of that; before the end nothing speaks for the other yet."""
        much = self.gain(error, rival)
        if much >= BETTER:
            said = number(much, 1)
            return (tr("{much} dB better than the best linear filter", much=said) if self.rises else
                    tr("{much} better than a LUT", much=said)), "ok"
        if not ended:
            return (tr("Not better than a linear filter yet") if self.rises else tr("Not better than a LUT yet")), "text2"
        if not self.rises:
            return tr("A LUT is as good here"), "warn"
        if much <= -BETTER:
            return tr("A linear filter is {much} dB better here", much=number(-much, 1)), "warn"
        return tr("A linear filter is as good here"), "warn"


COLOUR = Measure("dE00", "lut_dE00", "untouched_dE00", rises=False)
LUMA = Measure("psnr", "filter_psnr", "untouched_psnr", rises=True)
