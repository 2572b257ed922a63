"""What a user can be told: every error says in one line what happened, in which file or frame, and the cure."""


class AnswerprintError(Exception):
    """An error that is the user's to cure. `str()` of it is one line that names the file or frame and the cure."""


class UsageError(AnswerprintError):
    """The command or settings contradict each other."""


class MediaMissing(UsageError):
    """Media of a project is not where it was."""


class MediaError(AnswerprintError):
    """A file or folder cannot be read as a film: missing, empty, no picture, damaged, mixed sizes."""


class NumberingGap(MediaError):
    """Frames are missing in the numbering of a sequence."""

    def __init__(self, path: object, missing: list[int]) -> None:
        self.missing = missing
        super().__init__(
            f"{path}: {len(missing)} frames are missing in the numbering ({spans(missing)}); "
            "add them, or go on without them with --allow-gaps"
        )


class DamagedFrame(MediaError):
    """One frame cannot be read: truncated or corrupt."""

    def __init__(self, path: object, number: int | str, what: str) -> None:
        self.number = number
        super().__init__(f"{path}: frame {number} is damaged ({what}); scan or copy it again, or leave it out with --range")


class InputChanged(MediaError):
    """A file that went in is not what it was when it was taken in."""


class NothingInCommon(AnswerprintError):
    """The reference shows nothing of the scan; nothing was trained."""


class TooShort(AnswerprintError):
    """Too few frames for what was asked."""


class OutputRefused(AnswerprintError):
    """The result cannot be written there: the source's own folder, no permission, a look-alike name."""


class DiskFull(AnswerprintError):
    """The disk is full; what was written so far is whole, and the same command goes on from there."""


class ResultsDiffer(AnswerprintError):
    """A replay did not make the same files again."""


class NewerVersion(AnswerprintError):
    """A project, checkpoint or model was written by a newer version of the program."""


class PackRefused(AnswerprintError):
    """A GPU pack was not taken, is not there, or does not work."""


class DeviceMissing(AnswerprintError):
    """A device was asked for that this machine does not have."""


class OtherTraining(AnswerprintError):
    """What lies in a run's folder was learnt of other pairs, or by another version of the program; it is kept, and not gone on with."""


class OutOfMemory(AnswerprintError):
    """Even the smallest piece of work does not fit into the memory."""


def spans(numbers: list[int], most: int = 5) -> str:
    """Sorted numbers as text: '7, 12-15, 20 and more' with at most `most` spans."""
    runs: list[list[int]] = []
    for number in numbers:
        if runs and number == runs[-1][1] + 1:
            runs[-1][1] = number
        else:
            runs.append([number, number])
    text = ", ".join(str(a) if a == b else f"{a}-{b}" for a, b in runs[:most])
    return text + (" and more" if len(runs) > most else "")
