"""Colour from a reference: target = luma of the balanced scan + chroma of the reference."""
from engine.recoveries.recovery import DELIVERY, Recovery, Step

COLOUR_REFERENCE = Recovery(
    name="colour-reference",
    needs_reference=True,
    steps=(
        Step("align", "engine.recoveries.steps:align_step", ("aligned", "sync", "live_area"), ("alignment.json",)),
        Step("balance", "engine.recoveries.steps:balance_step", ("balance", "corners"), ("balance.json",)),
        Step("choose", "engine.recoveries.steps:choose_step", ("shots",), ("suggestions.json", "looks.npz"), beside=True),
        Step("pairs", "engine.recoveries.steps:pairs_step", ("pairs", "held_out", "shots"), ("choice.json", "*.npz", "evidence.dat")),
        Step("trial", "engine.recoveries.trial:trial_step", ("device",), beside=True, on_request=True),
        Step("train", "engine.recoveries.steps:train_step", ("steps", "minutes", "seed", "device", "go_on_from"), ("model.pt",)),
        Step("review", "engine.recoveries.review:review_step", (), ("table.json",), beside=True, on_request=True),
        Step("export", "engine.recoveries.steps:export_step", DELIVERY),
    ),
)
