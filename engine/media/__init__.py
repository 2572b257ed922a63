"""Media: stills and video behind one FrameSource, and the colour encodings they are in."""
