"""The report of a restoration, for people: one HTML page that needs nothing but itself, and the same as PDF.

    blocks                  what a report is made of: sections of sentences, tables, figures and pictures
    words, spanish          in which language
    drawing, plots          figures: drawn once, shown as SVG and in PDF
    html, pdf               the two pages
"""
