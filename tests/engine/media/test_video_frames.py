"""Every container: frame N is frame N at random access, with the very pixels that decoding from the start gives."""
from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
import pytest

from engine.media.open import open_source
from engine.media.source import Reading
from tests.engine.media.video_makers import VIDEO_MAKERS, number_in

COUNT = 50


@pytest.fixture(scope="module", params=sorted(VIDEO_MAKERS))
def video(request, tmp_path_factory) -> Path:
    return VIDEO_MAKERS[request.param](tmp_path_factory.mktemp(request.param), COUNT)


def test_random_access_is_sequential_access(video):
    with open_source(video) as source, open_source(video) as other:
        assert len(source) == COUNT
        in_order = [source.read(i) for i in range(COUNT)]
        assert [number_in(picture) for picture in in_order] == list(range(COUNT))
        jumps = [*np.random.default_rng(3).permutation(COUNT).tolist(), *range(COUNT - 1, COUNT - 6, -1), 0, 1, COUNT - 1]
        for i in jumps:
            assert np.array_equal(other.read(i), in_order[i]), f"frame {i}"


def test_threads_may_read_at_the_same_time(video):
    with open_source(video) as source, open_source(video) as other, ThreadPoolExecutor(4) as pool:
        for i, picture in enumerate(pool.map(other.read, range(COUNT))):
            assert np.array_equal(picture, source.read(i)), f"frame {i}"


def test_the_first_read_may_be_anywhere(video):
    with open_source(video) as whole:
        for i in (13, COUNT - 1):
            with open_source(video, Reading(field_order="progressive")) as source:
                assert np.array_equal(source.read(i), whole.read(i))


def test_a_span_keeps_the_numbers_of_the_file(video):
    with open_source(video, Reading(span=(20, 29))) as source:
        assert len(source) == 10
        assert (source.name(0), source.name(9)) == ("0000020", "0000029")
        assert number_in(source.read(3)) == 23
