"""Benchmarks: how fast this machine is (speed), and how good the colour is and how soon (quality, over rows, cases, first_preview)."""
