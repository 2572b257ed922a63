"""Balance: the reversible, recorded correction of a faded print, pixel by pixel."""
