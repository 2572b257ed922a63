"""Colour from a reference: target = luma of the balanced scan + chroma of the reference."""
from engine.recoveries.recovery import Recovery, Step

COLOUR_REFERENCE = Recovery(
    name="colour-reference",
    needs_reference=True,
    steps=(
        Step("align", "engine.recoveries.work:align_step", ("aligned",)),
        Step("balance", "engine.recoveries.work:balance_step", ("balance",)),
        Step("pairs", "engine.recoveries.work:pairs_step", ("pairs", "shots")),
        Step("train", "engine.recoveries.work:train_step", ("steps", "minutes", "seed", "device")),
        Step("export", "engine.recoveries.work:export_step", ("formats", "encoding", "sound")),
    ),
)
