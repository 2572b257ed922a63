"""Nothing of a report is left in English where Spanish is asked for, and figures are written as Spanish writes them."""
import ast
import string
from pathlib import Path

import pytest

import engine.recoveries.account as account
from engine.export.source_type import SOURCE_TYPES
from engine.recoveries import detail_account
from engine.recoveries.account import METHODS
from engine.recoveries.account.alignment import BALANCES
from engine.recoveries.account.colours import NAMES, SAID
from engine.recoveries.account.elements import FIELDS, PEOPLE, ROLE_NAMES, USES
from engine.recoveries.account.proof import GRAINS, REPAIR_GRAINS
from engine.report import words
from engine.report.spanish import SPANISH, TOLD
from engine.report.words import Words

SOURCES = [*sorted(Path(str(account.__file__)).parent.glob("*.py")), Path(str(detail_account.__file__)), Path(str(words.__file__))]
SAME = {"Bits", "Python", "luma", "telecine"}


def constants(node):
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        return [node.value]
    return [*constants(node.body), *constants(node.orelse)] if isinstance(node, ast.IfExp) else []


def said_in(path: Path) -> list[str]:
    """The sentences that a module says: first arguments of say(...), and both of say.count(...)."""
    found: list[str] = []
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Call):
            name = getattr(node.func, "id", getattr(node.func, "attr", ""))
            taken = {"say": 1, "self": 1, "count": 2}.get(name, 0)
            found += [text for argument in node.args[:taken] for text in constants(argument)]
    return found


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: path.stem)
def test_every_sentence_has_a_translation_with_the_same_values(path: Path) -> None:
    for text in said_in(path):
        assert text in SPANISH, text
        fields = [{name for _, name, _, _ in string.Formatter().parse(one) if name} for one in (text, SPANISH[text])]
        assert fields[0] == fields[1], text
        assert text in SAME or SPANISH[text] != text or not any(c.isalpha() for c in text)


def test_sentences_of_tables_are_translated_too():
    tables = (METHODS, FIELDS, PEOPLE, ROLE_NAMES, USES, BALANCES, NAMES, SAID, GRAINS, REPAIR_GRAINS, detail_account.ORIGINS, SOURCE_TYPES)
    assert not [text for table in tables for text in table.values() if text not in SPANISH]


def test_figures_are_written_as_the_language_does():
    english, spanish = Words("en"), Words("es")
    assert (english.number(1872.31, 2), spanish.number(1872.31, 2)) == ("1,872.31", "1.872,31")
    assert spanish.percent(0.974) == "97,4 %" and english.count("{n} frame", "{n} frames", 1) == "1 frame"


def test_lines_of_other_parts_are_told_part_by_part():
    say = Words("es")
    assert say.told("shot 12") == "plano 12"
    line = "no transfer tag, taken as Rec.709; Rec.601 matrix (by its size), limited range; its primaries are taken as Rec.709's"
    assert say.told(line) == ("sin etiqueta de transferencia, se toma como Rec.709; matriz Rec.601 (por su tamaño), rango limitado; "
                              "sus primarios se toman como los de Rec.709")
    assert say.told("what nobody has translated") == "what nobody has translated"
    assert Words("en").told("shot 12") == "shot 12"
    line = "flac of film.mkv, copied bit for bit; .mov files cannot hold it and are silent, a WAV file named with --sound would be heard"
    assert say.told(line) == ("flac de film.mkv, copiado bit a bit; los archivos .mov no pueden llevarlo y son mudos; un WAV indicado con "
                              "--sound se oiría")
    for english, spanish in TOLD.items():
        fields = [{name for _, name, _, _ in string.Formatter().parse(one) if name} for one in (english, spanish)]
        assert fields[0] == fields[1], english


def test_runs_of_frames_are_told_by_their_ends():
    say = Words("en")
    assert say.frames(["0001", "0002", "0003", "0007", "a", "b"]) == "0001–0003, 0007, a, b"
    assert say.some([str(2 * n) for n in range(20)], 3) == "0, 2, 4 and 17 more"
