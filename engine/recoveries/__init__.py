"""Recoveries: one short file for each kind of recovery."""
