"""Proxies made ahead, beside the window's thread, while nothing else needs the machine. No Qt."""
from __future__ import annotations

import threading
import time
from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

from wizard.proxies import Proxies

PAUSE_SECONDS = 0.02        # after each frame, so that a wish of the user comes first


class Filling:
    """Makes every proxy of one film that is not there yet, in order, as long as `allowed`; ends by itself or by `stop`."""

    def __init__(self, make: Callable[[int], NDArray[np.uint8]], proxies: Proxies, count: int) -> None:
        self._make, self._proxies, self._count = make, proxies, count
        self._allowed, self._stopped = threading.Event(), threading.Event()
        threading.Thread(target=self._fill, name="filling", daemon=True).start()

    def allow(self, on: bool) -> None:
        (self._allowed.set if on else self._allowed.clear)()

    def stop(self) -> None:
        self._stopped.set()
        self._allowed.set()

    def _fill(self) -> None:
        for index in range(self._count):
            self._allowed.wait()
            if self._stopped.is_set() or self._proxies.full:
                return
            if self._proxies.has(index):
                continue
            try:
                self._proxies.save(index, self._make(index))
            except Exception:       # a frame that cannot be read is told where the user looks at it; a film that was closed ends this
                if self._stopped.is_set():
                    return
            time.sleep(PAUSE_SECONDS)
