"""`answerprint selftest`: the whole job on the sample film, for whoever has installed the program. Run-time libraries only.

    main        the command: its folder, the parts in order, what is said at the end
    checks      a check is a line; what does not hold is a line with its cure
    headless    what the engine is asked for, in other processes
    results     what an export left, read back
    window      the window's process, begun and listened to; walker and walk are what is done in it
    pages       the manual's pages, with their pictures
"""
