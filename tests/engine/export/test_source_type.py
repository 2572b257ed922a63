"""The IPTC digital source type: what is proposed, and what is taken for a term."""
from __future__ import annotations

import pytest

from engine.errors import UsageError
from engine.export.source_type import SOURCE_TYPES, checked, proposed, uri
from engine.recoveries import RECOVERIES


def test_every_recovery_is_proposed_a_term():
    found = {name: proposed(name) for name in RECOVERIES}
    assert set(found.values()) <= set(SOURCE_TYPES)
    assert found["colour-reference"] == "algorithmicallyEnhanced"
    assert {found[name] for name in ("colour-keyframes", "colour-similar", "telecine")} == {"compositeWithTrainedAlgorithmicMedia"}


def test_terms_and_whole_names():
    name = "http://cv.iptc.org/newscodes/digitalsourcetype/algorithmicallyEnhanced"
    assert uri("algorithmicallyEnhanced") == uri(name) == name and checked(name) == "algorithmicallyEnhanced" and checked("") == ""
    with pytest.raises(UsageError, match=r"minorHumanEdits.*humanEdits"):
        uri("minorHumanEdits")
