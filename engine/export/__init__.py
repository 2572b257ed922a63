"""Export: one file a format, the luma certificate, sound."""
