"""Graphs and strips painted by hand: time map with misfit, curve of training, contact sheet, coverage map, filmstrip."""
