"""A C2PA manifest beside a movie, signed with the archive's own key, without the network: an optional extra (`answerprint[c2pa]`).

The manifest is a sidecar (NAME.c2pa) that is bound to the file by its hashes; the file itself is not touched. It says by what the file was
made and its IPTC digital source type as the archivist confirmed it."""
from __future__ import annotations

import io
import json
from pathlib import Path
from typing import Any

from engine.errors import MediaError, UsageError
from engine.files import replacing

TYPES = {".mov": "video/quicktime", ".mp4": "video/mp4"}
SUFFIX = ".c2pa"


class _Nowhere(io.RawIOBase):
    """Takes the copy that the library makes of what it signs, and keeps nothing of it."""

    def __init__(self) -> None:
        self._at = self._end = 0

    def writable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return True

    def write(self, data: Any) -> int:
        self._at += len(data)
        self._end = max(self._end, self._at)
        return len(data)

    def seek(self, offset: int, whence: int = 0) -> int:
        self._at = offset + (0, self._at, self._end)[whence]
        return self._at

    def tell(self) -> int:
        return self._at


def sign(movie: Path, key: Path, certificates: Path, algorithm: str, source_type: str, generator: tuple[str, str]) -> Path:
    """Leave the manifest of a movie beside it. `key` and `certificates` are PEM files: the archive's private key (PKCS 8, not encrypted),
    and its certificate with those that signed it; `source_type` is the whole name of the IPTC term; `generator` the program's name and
    version. Raises UsageError where the library is not installed or refuses key or certificates, MediaError where a file cannot be read."""
    try:
        import c2pa
    except ImportError as error:
        raise UsageError("C2PA manifests need a library that is not installed; give `pip install answerprint[c2pa]`") from error
    claim = {"claim_generator_info": [{"name": generator[0], "version": generator[1]}], "title": movie.name,
             "assertions": [{"label": "c2pa.actions", "data": {"actions": [
                 {"action": "c2pa.created", "digitalSourceType": source_type}]}}]}
    try:
        signer = c2pa.Signer.from_info(c2pa.C2paSignerInfo(algorithm.encode(), certificates.read_bytes(), key.read_bytes(), None))
        builder = c2pa.Builder(json.dumps(claim))
        builder.set_no_embed()
        with movie.open("rb") as source:
            manifest = builder.sign(signer, TYPES[movie.suffix.lower()], source, _Nowhere())
    except OSError as error:
        raise MediaError(f"{error.filename or movie}: cannot be read ({error.strerror or error}); check name and permissions") from error
    except c2pa.C2paError as error:
        said = " ".join(str(error).split())
        raise UsageError(f"{movie}: could not be signed ({said}); check that key, certificates and --alg belong together") from error
    path = movie.with_suffix(SUFFIX)
    with replacing(path) as temporary:
        temporary.write_bytes(manifest)
    return path
