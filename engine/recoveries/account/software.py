"""With what it was made: program, libraries, machine, and every setting."""
from __future__ import annotations

import dataclasses
import platform
from typing import Any

from engine.media.volumes import Place
from engine.project import Settings
from engine.recoveries.account.subject import Subject
from engine.report.blocks import Rows, Section, Text
from engine.versions import version_of

LIBRARIES = ("torch", "onnxruntime", "numpy", "opencv-python-headless", "av", "OpenImageIO", "opencolorio")


def program() -> str:
    """'Answerprint 0.1.0'."""
    return " ".join(part for part in ("Answerprint", version_of("answerprint")) if part)


def software(s: Subject) -> Section:
    say = s.say
    libraries = ", ".join(f"{name} {found}" for name in LIBRARIES if (found := version_of(name)))
    rows = [(say("Program"), program()), (say("Libraries"), libraries), (say("Python"), platform.python_version()),
            (say("System"), f"{platform.system()}, {platform.machine()}"), (say("Made on"), str(s.export["device_name"])),
            (say("Applied with"), str(s.export["runtime"])), (say("Kind of recovery"), s.project.recovery),
            (say("Encoding of the files"), say("as the scan") if s.project.settings.encoding == "same" else s.project.settings.encoding),
            (say("Files"), "\n".join(s.export["outputs"]))]
    return Section("settings", say("Software and settings"), (
        Rows(tuple(rows)), Text(say("Settings that differ from what the program does by itself, by their names in the project file:")),
        Rows(tuple(settings(s.project.settings)) or ((say("none"), ""),))))


def settings(chosen: Settings) -> list[tuple[str, str]]:
    """(name, value) of every setting that is not the default; paths by their last part alone."""
    plain = Settings()
    return [(one.name, _value(getattr(chosen, one.name))) for one in dataclasses.fields(chosen)
            if getattr(chosen, one.name) != getattr(plain, one.name)]


def _value(value: Any) -> str:
    if isinstance(value, Place):
        return value.path.replace("\\", "/").rstrip("/").rsplit("/", 1)[-1]
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        return ", ".join(f"{one.name} {getattr(value, one.name)}" for one in dataclasses.fields(value) if getattr(value, one.name) != "")
    if isinstance(value, tuple):
        shown = [_value(one) for one in value[:40]]
        return ("; " if value and dataclasses.is_dataclass(value[0]) else ", ").join(shown) + (", ..." if len(value) > 40 else "")
    return f"{value:g}" if isinstance(value, float) else str(value)
