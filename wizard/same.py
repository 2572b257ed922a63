"""Whether something is still made of the very same objects. No Qt."""
from __future__ import annotations


class Same:
    """Equal where of the very same objects; keeps them."""

    def __init__(self, *objects: object) -> None:
        self._objects = objects

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Same) and len(self._objects) == len(other._objects) and all(
            mine is its for mine, its in zip(self._objects, other._objects, strict=True))

    __hash__ = object.__hash__
