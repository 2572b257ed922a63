"""The words of the command line: options, their meaning, and what contradicts what."""
from __future__ import annotations

import argparse
import re
from collections.abc import Iterable, Sequence
from fractions import Fraction
from pathlib import Path
from typing import NoReturn

from engine import recoveries
from engine.errors import UsageError
from engine.programs import SELFTEST
from engine.versions import version_of

FORMATS = ("dpx", "tiff", "exr", "png", "prores422hq", "prores4444", "prores4444xq", "ffv1", "h264", "h265")
RESULT_ENCODINGS = ("same", "rec709", "srgb", "aces", "acescg", "cineon", "linear")
SOURCE_ENCODINGS = ("rec709", "srgb", "aces", "acescg", "cineon", "adx10", "linear")
GRAIN = ("keep", "reference", "none")
FIELD_ORDERS = ("tff", "bff", "progressive")


class Parser(argparse.ArgumentParser):
    """Says a wrong command as a UsageError, so that it ends like every other error of a user."""

    def error(self, message: str) -> NoReturn:
        raise UsageError(f"{message}; see `{self.prog} --help`")


def parser() -> Parser:
    """The whole command line."""
    top = Parser(prog="answerprint", description="Restore films by training small neural nets on the film itself.",
                 epilog=f"`answerprint` alone opens the window; `answerprint {SELFTEST}` checks that everything works on this machine.")
    top.add_argument("--version", action="version", version=f"Answerprint {version_of('answerprint')}")
    _commands(top)
    return top


def command_names() -> tuple[str, ...]:
    """All that may stand first on the command line."""
    return tuple(_commands(Parser()))


def _commands(top: Parser) -> Iterable[str]:
    commands = top.add_subparsers(dest="command", required=True, metavar="COMMAND", parser_class=Parser)
    _restore(commands.add_parser("restore", help="restore a scan"))
    _apply(commands.add_parser("apply", help="run a trained project over a scan"))
    _compare(commands.add_parser("compare", help="measure the training runs of a project on the same frames"))
    _lut(commands.add_parser("lut", help="only the LUT of a trained project, as .cube files for other programs"))
    check = commands.add_parser("check-model", help="do the self-test of a model's ONNX files again")
    check.add_argument("folder", type=Path, metavar="DIR", help="of a run, such as runs/001 in a project")
    _align(commands.add_parser("align", help="find which reference frame shows a scan frame, and where"))
    _inspect(commands.add_parser("inspect", help="say what a file or folder holds"))
    sample = commands.add_parser("sample", help="make the sample film")
    sample.add_argument("folder", type=Path, metavar="DIR", nargs="?", help="the user's cache folder if not given")
    sample.add_argument("--json", action="store_true")
    sample.add_argument("--frames", type=_count, default=288)
    sample.add_argument("--width", type=_count, default=1024)
    _bench(commands.add_parser("bench", help="measure this machine"))
    commands.add_parser("device", help="say where a training would run, and why not on a faster device")
    sign = commands.add_parser("sign", help="a C2PA manifest beside each movie of a record (pip install answerprint[c2pa])")
    sign.add_argument("record", type=Path, metavar="RECORD.json")
    sign.add_argument("--key", required=True, type=Path, metavar="FILE", help="your private key, PEM")
    sign.add_argument("--cert", required=True, type=Path, metavar="FILE", help="your certificate and those that signed it, PEM")
    sign.add_argument("--alg", default="es256", choices=("es256", "es384", "es512", "ps256", "ps384", "ps512", "ed25519"))
    _replay(commands.add_parser("replay", help="make the results of a record again, and compare"))
    _gpu_pack(commands.add_parser("gpu-pack", help="torch for NVIDIA cards from a folder of wheels, with no network"))
    work = commands.add_parser("work", help=argparse.SUPPRESS)
    work.add_argument("folder", type=Path)
    work.add_argument("--until", default="export", metavar="STEP")
    work.add_argument("--again", action="store_true", help="make that step anew though it is done")
    show = commands.add_parser("show", help=argparse.SUPPRESS)
    show.add_argument("folder", type=Path)
    return commands.choices


def _restore(p: argparse.ArgumentParser) -> None:
    p.add_argument("--recovery", required=True, choices=tuple(recoveries.RECOVERIES),
                   help="spatial-reference, combined and telecine are experimental: edges, grain and new detail are estimates")
    p.add_argument("--scan", required=True, type=Path, metavar="PATH")
    p.add_argument("--reference", type=Path, metavar="PATH")
    p.add_argument("--keyframes", type=Path, metavar="DIR", help="pictures of frames, in colour; NAME.txt beside one says its source")
    p.add_argument("--similar", type=Path, metavar="DIR", help="pictures in good colour; NAME.txt beside one says its source")
    p.add_argument("--own-shots", action="store_true", help="with colour-similar: shots of this film that kept their colour, too")
    p.add_argument("--out", required=True, type=Path, metavar="DIR")
    _results(p)
    _reading(p)
    p.add_argument("--aligned", action="store_true",
                   help="scan and reference (or keyframes) correspond by their names or order, and are aligned")
    p.add_argument("--balance", default="auto", choices=("auto", "after", "off"),
                   help="auto: before training; after: its luma is laid on what was learnt")
    p.add_argument("--pairs", default="auto", metavar="auto|all|N,N,...", help="frame numbers as in the scan")
    length = p.add_mutually_exclusive_group()
    length.add_argument("--steps", type=_count)
    length.add_argument("--minutes", type=_minutes)
    p.add_argument("--run", type=_count, metavar="N", help="use this run, and train nothing")
    p.add_argument("--device", default="auto", choices=("auto", "cpu", "cuda", "mps"))
    p.add_argument("--seed", type=_seed, default=0)
    p.add_argument("--project", type=Path, metavar="DIR")
    p.add_argument("--json", action="store_true", help="print one JSON object last")


def _apply(p: argparse.ArgumentParser) -> None:
    p.add_argument("--project", required=True, type=Path, metavar="DIR")
    p.add_argument("--scan", required=True, type=Path, metavar="PATH")
    p.add_argument("--out", required=True, type=Path, metavar="DIR")
    p.add_argument("--run", type=_count, metavar="N", help="the run to use, if not the one in use")
    _results(p)
    _reading(p, reference=False)
    p.add_argument("--json", action="store_true", help="print one JSON object last")


def _compare(p: argparse.ArgumentParser) -> None:
    p.add_argument("--project", required=True, type=Path, metavar="DIR")
    p.add_argument("--runs", type=_numbers, default=(), metavar="N,N,...", help="all that came to their end if not given")
    p.add_argument("--json", action="store_true", help="print one JSON object last")


def _lut(p: argparse.ArgumentParser) -> None:
    p.add_argument("--project", required=True, type=Path, metavar="DIR")
    p.add_argument("--out", required=True, type=Path, metavar="DIR")
    p.add_argument("--run", type=_count, metavar="N", help="the run in use if not given")


def _replay(p: argparse.ArgumentParser) -> None:
    p.add_argument("record", type=Path, metavar="RECORD.json", help="NAME_restored.record.json, beside its NAME_restored.model")
    p.add_argument("--scan", type=Path, metavar="PATH", help="where it lies now, if not where it was")
    p.add_argument("--reference", type=Path, metavar="PATH")
    p.add_argument("--sound", type=Path, metavar="FILE", help="likewise of what the record names, as are the next two")
    p.add_argument("--similar", type=Path, metavar="DIR")
    p.add_argument("--colour-config", type=Path, metavar="FILE")
    p.add_argument("--out", type=Path, metavar="DIR", help="NAME_restored.replay in the present folder if not given")
    p.add_argument("--train", action="store_true", help="train the model again, too")
    p.add_argument("--json", action="store_true", help="print one JSON object last")


def _align(p: argparse.ArgumentParser) -> None:
    p.add_argument("--scan", required=True, type=Path, metavar="PATH")
    p.add_argument("--reference", required=True, type=Path, metavar="PATH")
    _reading(p, shots=False)
    p.add_argument("--json", type=Path, metavar="FILE", help="write the alignment there")


def _inspect(p: argparse.ArgumentParser) -> None:
    p.add_argument("path", type=Path, metavar="PATH")
    p.add_argument("--stills", action="store_true")
    p.add_argument("--field-order", choices=FIELD_ORDERS)
    p.add_argument("--allow-gaps", action="store_true")


def _bench(p: argparse.ArgumentParser) -> None:
    p.add_argument("--device", default="auto", choices=("auto", "cpu", "cuda", "mps"), help="for speed")
    p.add_argument("--quality", action="store_true", help="how good the colour is, and how soon")
    p.add_argument("--data", type=Path, metavar="DIR", help="holds bench/, clips/ and pairs/")
    p.add_argument("--out", type=Path, metavar="DIR", default=Path("quality"), help="all that is made is kept there, and gone on with")
    p.add_argument("--only", type=lambda text: text.split(","), default=[], metavar="ROW,ROW", help="rows by name: candy, rows, shots, ...")
    p.add_argument("--case", action="append", type=_case, default=[], metavar="CLIP:SEED", help="a colour case; may be given again")
    p.add_argument("--minutes-scale", type=_minutes, default=1.0, metavar="X", help="trainings so many times as long, for a try")


def _gpu_pack(p: argparse.ArgumentParser) -> None:
    actions = p.add_subparsers(dest="action", required=True, metavar="add|show|remove", parser_class=Parser)
    add = actions.add_parser("add", help="check the wheels in a folder, try them, and use them from then on")
    actions.add_parser("show", help="what is there, and whether it works")
    actions.add_parser("remove", help="use the program's own torch again")
    for given in (add, actions.add_parser("try")):
        given.add_argument("folder", type=Path, metavar="FOLDER")


def _results(p: argparse.ArgumentParser) -> None:
    p.add_argument("--format", action="append", choices=FORMATS, dest="formats",
                   help="may be given more than once; dpx and prores422hq if not given (stills: dpx)")
    p.add_argument("--encoding", default="same", metavar="NAME",
                   help=f"of stills and FFV1: one of {', '.join(RESULT_ENCODINGS)}; with --colour-config a colour space of that")
    p.add_argument("--mattes", action="store_true", dest="evidence", help="mattes of what each pixel rests on")
    p.add_argument("--compare", type=int, choices=(2, 3, 4), default=0, help="pictures side by side, as a movie and as stills")
    p.add_argument("--burn-in", action="store_true", help="frame and timecode in the pictures of viewing copies (h264, h265)")
    p.add_argument("--whole", action="store_true", help="with --range: pass on the frames outside it untouched, and mark them so")
    p.add_argument("--colour-config", type=Path, metavar="FILE", help="an OpenColorIO config of your own, for --encoding")
    p.add_argument("--source-type", default="", metavar="TERM", help="the IPTC digital source type, as you confirm it")
    p.add_argument("--language", default="en", choices=("en", "es"), help="of the report")
    p.add_argument("--package", default="", choices=("", "bagit"), metavar="bagit", help="pack all that is delivered for ingest")
    p.add_argument("--elements", type=Path, metavar="FILE", help="TOML: what each element is and who worked on it")
    p.add_argument("--sound", type=Path, metavar="FILE", help="copied bit for bit into movies")
    p.add_argument("--grain", default="keep", choices=GRAIN,
                   help="where detail is restored: keep the scan's own, take on the reference's kind, or none")


def _reading(p: argparse.ArgumentParser, reference: bool = True, shots: bool = True) -> None:
    p.add_argument("--scan-encoding", choices=SOURCE_ENCODINGS)
    p.add_argument("--scan-rate", type=_rate, metavar="R", help="frames a second: 24, 23.976, 24000/1001")
    p.add_argument("--range", type=_span, metavar="A-B", help="frame numbers of the scan, both included")
    p.add_argument("--allow-gaps", action="store_true")
    p.add_argument("--stills", action="store_true", help="the folder holds single pictures of any names")
    if reference:
        p.add_argument("--reference-encoding", choices=SOURCE_ENCODINGS)
        p.add_argument("--field-order", choices=FIELD_ORDERS, help="of the reference")
    if shots:
        p.add_argument("--shots", metavar="FILE|PATTERN", help="lines `name shot`, or a pattern whose group is the shot; with --stills")


NEEDS = {"colour-reference": "reference", "colour-keyframes": "keyframes", "colour-similar": "similar",
         "spatial-reference": "reference", "combined": "reference", "telecine": "reference"}
"""What each recovery is given besides the scan."""


def given(asked: argparse.Namespace) -> None:
    """Whether what the recovery needs is there, and nothing that it cannot use. Raises UsageError."""
    need = NEEDS[asked.recovery]
    if getattr(asked, need) is None and not (need == "similar" and asked.own_shots):
        other = " or --own-shots" if need == "similar" else ""
        raise UsageError(f"--recovery {asked.recovery} needs --{need}{other}; see `answerprint restore --help`")
    useless = [name for name in dict.fromkeys(NEEDS.values()) if name != need and getattr(asked, name) is not None
               and not (asked.recovery == "colour-similar" and name == "keyframes")]
    if useless:
        raise UsageError(f"--{useless[0]} is of no use to --recovery {asked.recovery}; leave it out, or choose another recovery")


def frame_list(text: str) -> str | tuple[int, ...]:
    """'auto', 'all', or frame numbers. Raises UsageError."""
    if text in ("auto", "all"):
        return text
    try:
        return tuple(int(part) for part in text.split(","))
    except ValueError:
        raise UsageError(f"--pairs {text}: give auto, all, or frame numbers with commas between") from None


def shot_words(given: str, names: Sequence[str]) -> tuple[str, ...]:
    """The shot of each name, from a file of lines `name shot` or a pattern whose first group is the shot. Raises UsageError."""
    if Path(given).is_file():
        try:
            lines = Path(given).read_text(encoding="utf-8-sig").splitlines()
        except (OSError, UnicodeDecodeError) as error:
            raise UsageError(f"--shots {given}: cannot be read as UTF-8 text ({error}); save it anew or change its permissions") from None
        table = dict(line.rsplit(maxsplit=1) for line in lines if len(line.split()) > 1)
        found = {name: table.get(name) or next((s for n, s in table.items() if Path(n).stem == name), None) for name in names}
    else:
        try:
            pattern = re.compile(given)
        except re.error as error:
            raise UsageError(f"--shots {given}: neither a file nor a pattern ({error})") from None
        if not pattern.groups:
            raise UsageError(f"--shots {given}: no such file, and as a pattern it has no group for the shot, as in '(s\\d+)_'")
        found = {name: match.group(1) if (match := pattern.search(name)) else None for name in names}
    if missing := [name for name, shot in found.items() if not shot]:
        raise UsageError(f"--shots {given}: says no shot for {', '.join(missing[:3])}{' and more' if len(missing) > 3 else ''}")
    return tuple(str(found[name]) for name in names)


def _count(text: str) -> int:
    return _whole(text, 1, 10**9)


def _numbers(text: str) -> tuple[int, ...]:
    return tuple(_count(part) for part in text.split(","))


def _seed(text: str) -> int:
    return _whole(text, 0, 2**32 - 1)


def _whole(text: str, least: int, most: int) -> int:
    if not text.isdecimal() or not least <= int(text) <= most:
        raise argparse.ArgumentTypeError(f"{text}: give a whole number from {least} to {most}")
    return int(text)


def _case(text: str) -> tuple[str, int]:
    clip, _, seed = text.rpartition(":")
    if not clip:
        raise argparse.ArgumentTypeError(f"{text}: give a clip and a seed, such as cockatoo:701")
    return clip, _seed(seed)


def _minutes(text: str) -> float:
    try:
        value = float(text)
    except ValueError:
        value = 0.0
    if not 0 < value < 100_000:
        raise argparse.ArgumentTypeError(f"{text}: give a number of minutes above 0")
    return value


def _rate(text: str) -> Fraction:
    known = {Fraction("23.976"): Fraction(24000, 1001), Fraction("29.97"): Fraction(30000, 1001), Fraction("59.94"): Fraction(60000, 1001)}
    try:
        value = Fraction(text)
    except (ValueError, ZeroDivisionError):
        value = Fraction(0)
    if not 0 < value <= 1000:
        raise argparse.ArgumentTypeError(f"{text}: give frames a second, such as 24, 23.976 or 24000/1001")
    return known.get(value, value)


def _span(text: str) -> tuple[int, int]:
    found = re.fullmatch(r"(-?\d+)(?:-(-?\d+))?", text)
    first, last = (int(found[1]), int(found[2] or found[1])) if found else (1, 0)
    if first > last:
        raise argparse.ArgumentTypeError(f"{text}: give the first and the last frame number, such as 86400-86411, or one number")
    return first, last
