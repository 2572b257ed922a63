"""Balance: the pointwise, reversible, recorded correction of a faded print."""
