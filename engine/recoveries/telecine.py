"""The damaged print and its old telecine: one model learns telecine -> film look, another damaged print -> the first one's result."""
from engine.recoveries.recovery import DELIVERY, Recovery, Step

TELECINE = Recovery("telecine", True, (
    Step("align", "engine.recoveries.steps:align_step", ("aligned", "sync", "live_area"), ("alignment.json",)),
    Step("damage", "engine.recoveries.telecine_steps:damage_step", ("corners",), ("damage.json",)),
    Step("choose", "engine.recoveries.steps:choose_step", ("shots",), ("suggestions.json", "looks.npz"), beside=True),
    Step("pairs", "engine.recoveries.telecine_steps:look_pairs_step", ("pairs", "held_out", "shots"), ("choice.json", "*.npz"),
         edits=True),
    Step("trial", "engine.recoveries.detail_steps:detail_trial_step", ("device",), beside=True, on_request=True),
    Step("train", "engine.recoveries.telecine_steps:telecine_train_step", ("steps", "minutes", "seed", "device", "go_on_from"),
         ("model.pt", "look/model.pt")),
    Step("review", "engine.recoveries.telecine_review:telecine_review_step", ("grain",), ("table.json",), beside=True, on_request=True,
         edits=True),
    Step("export", "engine.recoveries.telecine_steps:telecine_export_step", (*DELIVERY, "grain"),
         edits=True),
), detail=True, most=(12, 3))     # what neighbours show has to be found for each pair
