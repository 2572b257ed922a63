"""What a report tells of recovered detail: only what was measured, and where the maps lie."""
import pytest

from engine.recoveries.detail_account import detail_rows, detail_words, maps_row

MEASURES = {"ssim": 0.921, "spectrum": [1.0] * 16, "grain": 1.1, "edge_px": 0.31, "invented": 0.004}
FIGURES = {"psnr": 31.4, "filter_psnr": 30.1, "untouched_psnr": 28.0}
GRAIN = "Grain before it is laid back, beside the reference's"


def test_grain_is_told_by_strength_size_and_correlation():
    sizes = {"grain_size": 2.1, "grain_wanted_size": 2.4, "grain_likeness": 0.93}
    rows = dict(detail_rows(FIGURES | {"measures": MEASURES | sizes}))
    assert rows[GRAIN] == "110 % as strong, 2.1 pixels across (the reference's 2.4), correlation 0.93 alike (1 = the same)"


def test_a_run_from_before_grain_had_a_size_tells_its_strength_alone():
    assert dict(detail_rows(FIGURES | {"measures": MEASURES}))[GRAIN] == "110 % as strong"
    assert GRAIN not in dict(detail_rows(FIGURES | {"measures": MEASURES | {"grain": None}}))


def test_the_maps_are_named_for_the_run_that_they_are_of():
    ((_, words),) = maps_row({"maps": 12, "run": 3}, 3, "film.project")
    assert "12 compared frames" in words and "film.project/review/invented" in words
    assert maps_row({"maps": 12, "run": 2}, 3, "film.project") == [] == maps_row({}, 3, "film.project")
    assert maps_row({"maps": 0, "run": 3}, 3, "film.project") == []


@pytest.mark.parametrize(("net", "said"), [
    (30.0, "1.0 dB better than the best linear filter"), (29.05, "a linear filter is as good here"),
    (28.95, "a linear filter is as good here"), (28.0, "1.0 dB worse than the best linear filter: use that")])
def test_a_filter_that_is_as_good_is_said_on_the_console_and_in_the_report(net: float, said: str) -> None:
    held_out = {"psnr": net, "filter_psnr": 29.0, "untouched_psnr": 20.0}
    assert said in detail_words(held_out)
    assert said in dict(detail_rows(held_out))["The best linear filter on these"]
