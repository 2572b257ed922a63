"""The worker of the installed program: the engine without a window."""
import sys
from multiprocessing import freeze_support

if __name__ == "__main__":
    freeze_support()        # of libraries that begin a process of their own
    from engine.__main__ import main

    sys.exit(main())
