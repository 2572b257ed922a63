"""The GPU pack: torch for NVIDIA cards with its libraries, taken from a folder of wheels and laid beside the program, which has the
processor's torch. Nothing here asks for the network, and torch is only loaded in the trial's own process.

    place     where a pack lies, whether it fits, and how a process comes to use it
    wheels    a folder of wheels: which of them are needed, and whether they fit this program and this system
    unpack    what is in a wheel, checked against its own list, into a folder
    add       all of that, a real training step in another process, and only then the pack in its place; removing it
    command   `answerprint gpu-pack add|show|remove`
"""
