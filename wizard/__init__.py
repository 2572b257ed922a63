"""What the archivist sees: the window, its steps and its viewer. Nothing is here yet; the command line does the work (see engine)."""
