"""Apply: frames through a trained model; only chroma changes. Imports torch."""
