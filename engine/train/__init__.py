"""Train: the net that learns chroma, its checkpoint, and the LUT to beat. Imports torch."""
