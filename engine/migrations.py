"""Old project files are brought up to date here: one step for each version, N -> N+1, on the plain dict."""
from __future__ import annotations

from collections.abc import Callable
from typing import Any

from engine.errors import NewerVersion


def _with_encodings(data: dict[str, Any]) -> dict[str, Any]:
    """1 -> 2: a medium says its encoding, and sound is a place; the next command says both again."""
    for role in ("scan", "reference"):
        if data[role]:
            data[role]["encoding"] = data[role]["reading"]["encoding"] or ""
    data["settings"]["sound"] = None
    return data


def _with_hand(data: dict[str, Any]) -> dict[str, Any]:
    """2 -> 3: what is set by hand in the window; what is done lies in done.json from now on, and what was done before is kept here."""
    data["settings"] |= {"held_out": None, "sync": [], "live_area": None, "corners": [], "go_on_from": None}
    data["earlier"] = data.pop("done")
    return data | {"run": None, "flags": [], "confirmed": [], "trusted": [], "results": None}


def _with_keyframes(data: dict[str, Any]) -> dict[str, Any]:
    """3 -> 4: colours of keyframes, and the balance that the film itself tells."""
    data["settings"] |= {"fade": [], "palette": [], "evidence": False, "similar": None, "own_shots": False, "propose": []}
    return data


def _with_grain(data: dict[str, Any]) -> dict[str, Any]:
    """4 -> 5: what becomes of the grain where detail is restored."""
    data["settings"] |= {"grain": "keep"}
    return data


def _with_delivery(data: dict[str, Any]) -> dict[str, Any]:
    """5 -> 6: elements and rights, and what is delivered beside the files."""
    data["settings"] |= {"package": "", "compare": 0, "burn_in": False, "whole": False, "colours": None, "source_type": "",
                         "language": "en"}
    return data | {"elements": {"scan": {}, "reference": {}, "people": {}}}


VERSION = 6
STEPS: dict[int, Callable[[dict[str, Any]], dict[str, Any]]] = {1: _with_encodings, 2: _with_hand, 3: _with_keyframes, 4: _with_grain,
                                                                 5: _with_delivery}


def migrate(data: dict[str, Any], path: object) -> dict[str, Any]:
    """The dict of a project file at VERSION. Raises NewerVersion for one from a newer program, KeyError for one without a version."""
    version = int(data["version"])
    if version > VERSION:
        raise NewerVersion(f"{path}: written by a newer Answerprint (version {version}, this one reads {VERSION}); update the program")
    while version < VERSION:
        data = STEPS[version](data)
        version += 1
    return data
