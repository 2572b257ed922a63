"""A trained model for other programs, and for onnxruntime: each net as ONNX, a description in plain words, and a self-test."""
from __future__ import annotations

import io
import warnings
from collections.abc import Sequence
from itertools import chain, zip_longest
from pathlib import Path
from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray
from torch import nn

from engine.apply.frames import Restorer
from engine.apply.onnx_nets import COEFFICIENTS, DESCRIPTION, SELF_TEST, VIEW, OnnxUnusable, checksum, described
from engine.files import replacing, told, write_json
from engine.media.reduce import reduced
from engine.media.source import Picture
from engine.pairs.pair import PairFile
from engine.run import Run
from engine.train.model import Model
from engine.train.net import COLOURS, FEATURES

OPSET = 18
TOLERANCE = 0.25 / 1023         # a quarter of a code value of 10 bits
PICTURES, WIDTH = 10, 160       # of the self-test
EXAMPLE = (48, 64)              # size of the view that a net is traced with; it takes any

WHAT = ("Colour for a film whose luma is kept: a net that looks at a small view of a frame and says, place by place, how chroma follows "
        "from the colour of a pixel.")
LICENCE = ("Trained on pairs of the user's own films alone. Nothing else was trained on: no other pictures, no weights made elsewhere. "
           "Whose the films are decides who may use the model.")
LAYING = [
    "1. The frame as display-referred Rec.709 R'G'B' (curve of BT.709), balanced, float32, is `kept`; `seen` is `kept` clipped to 0..1.",
    "2. The view is `seen` averaged to 1 / (context * max(1, frame width / training width)) of its size; its planes are the net's input.",
    "3. The coefficients are interpolated to the frame's size, bilinear, cell centres at halves (align_corners=False), ends held.",
    "4. At each pixel x = (Y', Cb, Cr, fit Cb, fit Cr) of `seen`, and n = (x - mean) / deviation, with the net's own mean and deviation.",
    "5. Cb = fit Cb + spread[0] * (c[0] + c[1] n[0] + ... + c[5] n[4]); Cr = fit Cr + spread[1] * (c[6] + c[7] n[0] + ... + c[11] n[4]).",
    "6. The result is R' = Y' + 1.5748 Cr, B' = Y' + 1.8556 Cb, and G' so that 0.2126 R' + 0.7152 G' + 0.0722 B' = Y', where Y' is the "
    "luma of `kept`, not clipped: luma, grain and detail stay the scan's.",
]


def leave_onnx(model: Path, pairs: Sequence[Path], folder: Path, run: Run) -> bool:
    """Leave `model` in `folder` as ONNX, with description.json, fits.npz and self-test.npz, made of `pairs`. False, and a line to the
    user, where this machine cannot. Raises DiskFull, OutputRefused, MediaError, Cancelled."""
    known = Model.load(model)
    nets: dict[nn.Module, list[str]] = {known.net: []}
    for shot, own in known.own.items():
        nets.setdefault(own, []).append(shot)
    with told(folder, "making the ONNX files"):
        folder.mkdir(parents=True, exist_ok=True)
    rows: list[dict[str, Any]] = []
    for number, (net, shots) in enumerate(nets.items()):
        run.step(number, len(nets), "making the ONNX files")
        name = f"net-{number}.onnx"
        try:
            data = onnx_of(net)
        except (ImportError, RuntimeError) as error:
            run.say(f"no ONNX files were made of the model ({str(error).splitlines()[0]}); it works without them")
            return False
        with replacing(folder / name) as temporary:
            temporary.write_bytes(data)
        scale = {kind.rpartition(".")[2]: buffer.tolist() for kind, buffer in reversed(list(net.named_buffers()))}
        rows.append({"file": name, "shots": shots or None, **scale})
    with replacing(folder / "fits.npz") as temporary, temporary.open("wb") as file:
        words = [word for word in known.fits if word is not None]
        np.savez(file, film=known.fits[None].numpy(), shots=np.array(words, str), low=known.low.numpy(), high=known.high.numpy(),
                 shot_fits=np.array([known.fits[word].numpy() for word in words], np.float32))
    leave_self_test(model, known, pairs, folder / SELF_TEST)
    names = [*(row["file"] for row in rows), "fits.npz", SELF_TEST]
    files = {name: checksum(folder / name) for name in names}
    write_json(folder / DESCRIPTION, describe(known, checksum(model), rows) | {"files": files})
    return True


def onnx_of(net: nn.Module) -> bytes:
    """A net as ONNX, for views of any size. Raises ImportError, RuntimeError.

    By the exporter of TorchScript: the newer one does not take a net for all sizes of view."""
    file = io.BytesIO()
    sizes = {name: {2: "height", 3: "width"} for name in (VIEW, COEFFICIENTS)}
    with warnings.catch_warnings(), torch.no_grad():
        warnings.simplefilter("ignore")
        torch.onnx.export(net.eval(), (torch.rand(1, COLOURS, *EXAMPLE),), file, dynamo=False,     # type: ignore[arg-type]   # as it takes
                          opset_version=OPSET, input_names=[VIEW], output_names=[COEFFICIENTS], dynamic_axes=sizes)
    return file.getvalue()


def describe(model: Model, digest: str, nets: list[dict[str, Any]]) -> dict[str, Any]:
    """The model in plain words and numbers."""
    return {
        "version": 1, "what": WHAT,
        "model": digest, "nets": nets, "nets_are": "the first for every shot but those named at another",
        "input": {"name": VIEW, "type": "float32", "shape": [1, COLOURS, "height", "width"],
                  "planes": ["Y' 0..1", "Cb -0.5..0.5", "Cr -0.5..0.5", "Cb of the pointwise fit", "Cr of the pointwise fit"],
                  "encoding": "Y'CbCr of Rec.709 (0.2126, 0.7152, 0.0722), full range, of display-referred R'G'B' clipped to 0..1",
                  "context": model.net.settings.context, "training_width": model.about["training_width"]},
        "padding": "none is needed: any size from 1 x 1 goes in; the net's convolutions pad with zeros by themselves",
        "output": {"name": COEFFICIENTS, "type": "float32", "shape": [1, 2 * FEATURES, "height", "width"], "range": "not bounded"},
        "laid_on": LAYING,
        "fits": "fits.npz: Cb, Cr at nodes over Y', Cb, Cr from `low` to `high`, trilinear, ends held; `film` for all shots, `shot_fits` "
                "in the order of `shots`",
        "self_test": f"{SELF_TEST}: {PICTURES} small pictures of the pairs, the shot of each, and what torch made of them; may be off by "
                     f"{TOLERANCE:.6f}. `answerprint check-model FOLDER` does it again",
        "training": model.about, "licence": LICENCE,
    }


def leave_self_test(model: Path, known: Model, pairs: Sequence[Path], path: Path) -> None:
    """Small pictures of pairs of every net, and what torch makes of them."""
    restorer = Restorer(model, "cpu")
    shots, pictures = zip(*small_pictures(known, pairs), strict=True)
    arrays = {f"picture_{n}": picture for n, picture in enumerate(pictures)}
    arrays |= {f"expected_{n}": restorer.restore(picture, shot) for n, (shot, picture) in enumerate(zip(shots, pictures, strict=True))}
    with replacing(path) as temporary, temporary.open("wb") as file:
        np.savez(file, allow_pickle=False, shots=np.array(shots, str), **arrays)


def small_pictures(known: Model, pairs: Sequence[Path]) -> list[tuple[str, NDArray[np.float32]]]:
    """PICTURES of them with their shots: of each net in turn, whole frames first, then quarters of frames."""
    groups: dict[int, list[PairFile]] = {}
    for pair in map(PairFile.look, pairs):
        groups.setdefault(id(known.net_for(pair.shot)), []).append(pair)
    turns = [pair for pair in chain.from_iterable(zip_longest(*groups.values())) if pair]
    found = []
    for number in range(PICTURES):
        pair = turns[number % len(turns)]
        found.append((pair.shot, small(pair.load().scan.astype(np.float32), number // len(turns))))
    return found


def small(picture: Picture, turn: int) -> Picture:
    """The whole of a picture, or a quarter of it, at most WIDTH wide."""
    if turn:
        height, width = (max(1, side // 2) for side in picture.shape[:2])
        top, left = ((0, 0), (0, 1), (1, 0), (1, 1))[(turn - 1) % 4]
        picture = picture[top * height:(top + 1) * height or None, left * width:(left + 1) * width or None]
        picture = picture if picture.size else picture[:1, :1]
    return reduced(picture, WIDTH)


def self_test(folder: Path, model: Path) -> float:
    """The largest difference of what onnxruntime makes of the pictures in a folder from what torch made of them, in display values.

    Raises OnnxUnusable, also where it is more than TOLERANCE."""
    found = described(folder)
    if found["model"] != checksum(model):
        raise OnnxUnusable(f"{folder}: is of another model than {model}")
    restorer = Restorer(model, "cpu", onnx=folder)
    with np.load(folder / SELF_TEST) as data:
        worst = max(float(np.abs(restorer.restore(data[f"picture_{n}"], str(shot)) - data[f"expected_{n}"]).max())
                    for n, shot in enumerate(data["shots"]))
    if not worst <= TOLERANCE:
        raise OnnxUnusable(f"{folder}: onnxruntime is off by {worst:.2g} from torch in the self-test, {TOLERANCE:.2g} is allowed")
    return worst
