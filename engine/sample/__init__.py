"""The sample film: a faded scan and a DVD of one and the same short film, drawn by the program itself, with every answer known.

    paint, people                  brushes, layers, cut-out people
    river, street, stall, hill     the four scenes
    film                           the film as it was shot
    fade, dvd                      what became of it: the faded print in the scanner, the DVD
    make                           the files
"""
from engine.sample.make import FIRST, Sample, make_sample, sample_folder

__all__ = ["FIRST", "Sample", "make_sample", "sample_folder"]
