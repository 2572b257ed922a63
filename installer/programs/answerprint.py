"""The installed program: the window, and the commands of the command line."""
import sys

from wizard.__main__ import main

if __name__ == "__main__":
    sys.exit(main())
