"""Train: the net that learns chroma, its checkpoint, and the LUT to beat. Imports torch."""
import os

# Threads that wait by spinning make a step ten times slower where another program uses a core; this has to be said before torch loads.
os.environ.setdefault("OMP_WAIT_POLICY", "PASSIVE")
