"""Colour from a reference: target = luma of the balanced scan + chroma of the reference."""
from engine.recoveries.recovery import Recovery, Step

COLOUR_REFERENCE = Recovery(
    name="colour-reference",
    needs_reference=True,
    steps=(
        Step("align", "engine.recoveries.work:align_step", ("aligned",), ("alignment.json",)),
        Step("balance", "engine.recoveries.work:balance_step", ("balance",), ("balance.json",)),
        Step("pairs", "engine.recoveries.work:pairs_step", ("pairs", "shots"), ("choice.json", "*.npz")),
        Step("train", "engine.recoveries.work:train_step", ("steps", "minutes", "seed", "device"), ("model.pt",)),
        Step("export", "engine.recoveries.work:export_step", ("formats", "encoding", "sound")),
    ),
)
