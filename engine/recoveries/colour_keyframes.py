"""Colour without a reference: target = luma of the balanced scan + chroma of keyframes, or of similar pictures faded as the print is."""
from engine.recoveries.recovery import DELIVERY, Recovery, Step

_BEFORE = (
    Step("shots", "engine.recoveries.keyframe_steps:shots_step", ("shots",), ("shots.json",)),
    Step("fade", "engine.recoveries.keyframe_steps:fade_step", ("live_area",), ("fade.json",)),
    Step("balance", "engine.recoveries.keyframe_steps:own_balance_step", ("balance", "fade"), ("balance.json",)),
    Step("choose", "engine.recoveries.next_frame:looks_step", (), ("looks.npz",), beside=True),
)
_AFTER = (
    Step("trial", "engine.recoveries.trial:trial_step", ("device",), beside=True, on_request=True),
    Step("train", "engine.recoveries.steps:train_step", ("steps", "minutes", "seed", "device", "go_on_from"), ("model.pt",)),
    Step("review", "engine.recoveries.review:review_step", (), ("table.json",), beside=True, on_request=True),
    Step("export", "engine.recoveries.steps:export_step", DELIVERY),
)

_PROPOSE = Step("propose", "engine.recoveries.similar_steps:propose_step", ("similar", "own_shots", "propose", "seed"), ("sources.json",),
                beside=True, on_request=True)
_PAIRS = ("choice.json", "*.npz", "evidence.dat")

COLOUR_KEYFRAMES = Recovery("colour-keyframes", False, (
    *_BEFORE, _PROPOSE,
    Step("pairs", "engine.recoveries.keyframe_steps:keyframe_pairs_step", ("palette", "held_out"), _PAIRS, keyframes=True),
    *_AFTER,
))
COLOUR_SIMILAR = Recovery("colour-similar", False, (
    *_BEFORE, _PROPOSE,
    Step("pairs", "engine.recoveries.similar_steps:similar_pairs_step", ("similar", "own_shots", "palette", "seed"), _PAIRS,
         keyframes=True),
    *_AFTER,
))
