"""Keyframes: frames with a colour that the user painted, imported or accepted, and where each colour comes from.

A keyframe is a list of operations on one frame of the scan, named by the content of that frame. Painted afresh whenever it is needed, it
can never change luma: only chroma comes of it.
"""
