"""Detail from a reference: target = luma of the reference + chroma of the scan. Combined: then its colour too, on the recovered luma."""
from engine.recoveries.recovery import DELIVERY, Recovery, Step

_BEFORE = (
    Step("align", "engine.recoveries.steps:align_step", ("aligned", "sync", "live_area"), ("alignment.json",)),
    Step("tone", "engine.recoveries.detail_steps:tone_step", ("corners", "shots"), ("tone.json",)),
    Step("choose", "engine.recoveries.steps:choose_step", ("shots",), ("suggestions.json", "looks.npz"), beside=True),
    Step("pairs", "engine.recoveries.detail_steps:detail_pairs_step", ("pairs", "held_out", "shots"), ("choice.json", "*.npz")),
    Step("trial", "engine.recoveries.detail_steps:detail_trial_step", ("device",), beside=True, on_request=True),
)
_AFTER = (
    Step("review", "engine.recoveries.detail_review:detail_review_step", ("grain",), ("table.json", "invented/*.png"), beside=True,
         on_request=True),
    Step("export", "engine.recoveries.detail_steps:detail_export_step", (*DELIVERY, "grain")),
)
MOST = (24, 6)      # pairs: each is a whole frame at the scan's resolution
_TRAINING = ("steps", "minutes", "seed", "device", "go_on_from")

SPATIAL_REFERENCE = Recovery("spatial-reference", True, (
    *_BEFORE, Step("train", "engine.recoveries.detail_steps:detail_train_step", _TRAINING, ("model.pt",)), *_AFTER), detail=True,
    most=MOST)

COMBINED = Recovery("combined", True, (
    *_BEFORE, Step("train", "engine.recoveries.combined_steps:combined_train_step", _TRAINING, ("model.pt", "detail/model.pt")), *_AFTER),
    detail=True, begins_as="spatial-reference", most=MOST)
