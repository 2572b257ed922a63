"""What the archivist sees. Data goes one way: the session holds the project, pages read it and ask it for changes.

    flow, words, messages, probe, recent, proxies   no Qt: steps as data, words, errors, what was read, the user's settings
    session     the project that is open and its only writer; undo; made: what the worker made; work: the worker; films: frames to show
    window      start screen, wizard, settings; frame: rail, title, banner, footer round a page
    steps/      one page a step
    kit/ viewer/ graphs/    widgets; they know nothing of the session
"""
import engine as engine  # sets the environment of numpy before it loads
