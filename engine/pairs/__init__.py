"""Pairs: which frames are trained on and held out, and the ground truth made of them."""
