"""Which step is open, and why, for every state that a project can be in."""
from dataclasses import replace
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from wizard.flow import Known, engine_steps, steps

MEDIA = Known(recovery="colour-reference", scan=True, reference=True)
ALIGNED = replace(MEDIA, standing={"align": "done", "balance": "done", "choose": "done"}, picked=14, held_out=5)
TRAINED = replace(ALIGNED, standing={**ALIGNED.standing, "pairs": "done", "train": "done"})


def signs(known: Known) -> list[str]:
    return [s.sign for s in steps(known)]


def test_a_new_project_asks_for_its_recovery_and_opens_one_step_after_the_other() -> None:
    assert signs(Known()) == ["open", "open"] + ["later"] * 5
    assert signs(replace(MEDIA, reference=False)) == ["done", "open"] + ["later"] * 5
    assert signs(MEDIA) == ["done", "done", "open"] + ["later"] * 4
    assert signs(ALIGNED) == ["done", "done", "done", "open", "open", "later", "later"]
    assert signs(TRAINED) == ["done"] * 5 + ["open", "open"]


def test_guessed_values_close_the_next_step_and_say_so() -> None:
    media = steps(replace(MEDIA, guessed=3))[1]
    assert (media.reason, media.why_not) == ("3 guessed values", "Confirm the 3 guessed values to go on")
    assert steps(replace(MEDIA, guessed=1))[1].why_not == "Confirm the guessed value to go on"
    assert steps(replace(MEDIA, guessed=3))[2].sign == "later"


def test_doubtful_frames_need_a_look_but_close_nothing() -> None:
    states = steps(replace(ALIGNED, doubtful=23))
    assert (states[2].sign, states[2].reason, states[2].why_not) == ("attention", "23 doubtful frames", "")
    assert states[3].open


def test_nothing_picked_closes_train() -> None:
    states = steps(replace(ALIGNED, picked=0))
    assert states[3].why_not and not states[4].open


def test_what_runs_shows_its_time_and_stays_a_page_that_can_be_looked_at() -> None:
    train = steps(replace(ALIGNED, running="train", left=125.0, share=0.6))[4]
    assert (train.sign, train.reason, train.share) == ("running", "about 2 minutes left", 0.6)
    align = steps(replace(MEDIA, running="balance"))[2]
    assert (align.sign, align.reason) == ("running", "at work")


def test_out_of_date_steps_stay_open() -> None:
    changed = replace(TRAINED, standing={"align": "stale", "balance": "stale", "choose": "stale", "pairs": "stale", "train": "stale"})
    assert signs(changed) == ["done", "done", "stale", "stale", "stale", "open", "open"]


def test_an_error_is_shown_where_it_came_up() -> None:
    export = steps(replace(TRAINED, stopped=("export", "disk full")))[6]
    assert (export.sign, export.reason) == ("stopped", "stopped: disk full")


known = st.builds(
    Known, recovery=st.sampled_from(["", "colour-reference", "colour-keyframes"]), scan=st.booleans(), reference=st.booleans(),
    missing=st.booleans(), opening=st.booleans(), guessed=st.integers(0, 3),
    running=st.sampled_from(["", "align", "fade", "balance", "shots", "pairs", "train", "review", "export"]),
    paused=st.sampled_from(["", "train", "export"]), share=st.floats(0, 1), left=st.none() | st.floats(0, 1e5),
    stopped=st.none() | st.tuples(st.sampled_from(["align", "train", "export"]), st.just("disk full")), doubtful=st.integers(0, 99),
    picked=st.integers(0, 99), keyframes=st.integers(0, 9), unfounded=st.integers(0, 3), held_out=st.integers(0, 9),
    flagged=st.integers(0, 9),
    standing=st.none() | st.fixed_dictionaries(
        {s: st.sampled_from(["open", "done", "stale"]) for kind in ("colour-reference", "colour-keyframes")
         for page in engine_steps(kind).values() for s in page}))


@settings(max_examples=1000)
@given(known)
def test_whatever_is_known_the_steps_are_told_in_order_with_a_reason_for_every_closed_door(known: Known) -> None:
    states = steps(known)
    assert [s.key for s in states] == list(engine_steps(known.recovery))
    for before, state in pairwise(states):
        assert state.open or state.reason
        assert state.open or before.why_not or not before.open, "a closed step says what opens it"


@pytest.mark.parametrize("state", [s for k in (MEDIA, ALIGNED, TRAINED, replace(ALIGNED, doubtful=99)) for s in steps(k)])
def test_reasons_fit_the_rail(state: object) -> None:
    assert len(state.reason) <= 24  # type: ignore[attr-defined]


WITHOUT = Known(recovery="colour-keyframes", scan=True)
BALANCED = replace(WITHOUT, standing={"fade": "done", "balance": "done", "shots": "done"})


def test_without_a_reference_the_way_leads_through_balance_and_keyframes() -> None:
    assert [s.key for s in steps(WITHOUT)] == ["recovery", "media", "balance", "keyframes", "train", "review", "export"]
    assert signs(WITHOUT) == ["done", "done", "open"] + ["later"] * 4
    assert signs(BALANCED) == ["done", "done", "done", "open"] + ["later"] * 3
    assert signs(replace(BALANCED, keyframes=2)) == ["done", "done", "done", "done", "open", "later", "later"]


def test_a_used_colour_without_a_source_closes_the_training() -> None:
    states = steps(replace(BALANCED, keyframes=2, unfounded=2))
    assert (states[3].sign, states[3].reason, states[3].why_not) == (
        "attention", "2 colours lack a source", "2 used colours have no source yet")
    assert not states[4].open
