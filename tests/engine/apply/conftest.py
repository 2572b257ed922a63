"""Apply is tested on one thread, as training is."""
from tests.engine.train.conftest import one_thread

__all__ = ["one_thread"]
