"""Align: which reference frame shows a scan frame, and where; masks of what the two do not share."""
