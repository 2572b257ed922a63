"""The nets of a model as ONNX files, run by onnxruntime on the processor."""
from __future__ import annotations

import hashlib
import json
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from engine.errors import AnswerprintError

FOLDER, DESCRIPTION, SELF_TEST = "onnx", "description.json", "self-test.npz"
RECORD = "runtime.json"         # of a run: what its model is applied with; see runtime.py
VIEW, COEFFICIENTS = "view", "coefficients"


class OnnxUnusable(AnswerprintError):
    """The ONNX files of a model cannot be used here."""


class OnnxNets:
    """The nets of a folder that `leave_onnx` made; each is loaded when it is first needed. Not for several threads at once."""

    def __init__(self, folder: Path, threads: int) -> None:
        """Raises OnnxUnusable where onnxruntime or a file is missing, or a file is not as it was left."""
        try:
            import onnxruntime
        except ImportError as error:
            raise OnnxUnusable(f"onnxruntime cannot be loaded ({error})") from error
        self.version: str = onnxruntime.__version__
        self._runtime, self._threads, self._folder = onnxruntime, threads, folder
        self._files = {shot: net["file"] for net in described(folder)["nets"] for shot in (net["shots"] or [None])}
        self._sessions: dict[str, Any] = {}

    def coefficients(self, shot: str | None, view: NDArray[np.float32]) -> NDArray[np.float32]:
        """What the net of a shot makes of a view (1, COLOURS, h, w): (1, 2 * FEATURES, h, w). Raises OnnxUnusable."""
        name = self._files.get(shot, self._files[None])
        try:
            if name not in self._sessions:
                self._sessions[name] = self._session(name)
            return np.asarray(self._sessions[name].run([COEFFICIENTS], {VIEW: np.ascontiguousarray(view)})[0], np.float32)
        except self._runtime.capi.onnxruntime_pybind11_state.OrtException as error:
            raise OnnxUnusable(f"{self._folder / name}: onnxruntime says: {str(error).splitlines()[0]}") from error

    def _session(self, name: str) -> Any:
        options = self._runtime.SessionOptions()
        options.intra_op_num_threads, options.inter_op_num_threads = self._threads, 1
        options.use_deterministic_compute = True
        options.log_severity_level = 3
        options.add_session_config_entry("session.intra_op.allow_spinning", "0")
        return self._runtime.InferenceSession(str(self._folder / name), options, providers=["CPUExecutionProvider"])


def described(folder: Path) -> dict[str, Any]:
    """The description in a folder, every file of it checked. Raises OnnxUnusable."""
    try:
        found: dict[str, Any] = json.loads((folder / DESCRIPTION).read_text(encoding="utf-8"))
        changed = [name for name, digest in found["files"].items() if checksum(folder / name) != digest]
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        raise OnnxUnusable(f"{folder}: holds no ONNX model of this program, or not the whole of it ({error})") from error
    if changed:
        raise OnnxUnusable(f"{folder}: {', '.join(changed)} is not as it was left")
    return found


def checksum(path: Path) -> str:
    """SHA-256 of a file."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
