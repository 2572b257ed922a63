#!/usr/bin/env python3
"""Refresh the Qt Linguist catalogues in assets/translations from the `tr` and `trn` calls in wizard/.

    python3 installer/translations.py          refresh every catalogue; what is translated stays, new texts are marked unfinished
    python3 installer/translations.py --check  change nothing; end with 1 where a catalogue lacks a translation

Standard library only.
"""
from __future__ import annotations

import ast
import sys
import xml.etree.ElementTree as ET
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
CATALOGUES = ROOT / "assets" / "translations"
LANGUAGES = ("es",)
UNSPOKEN = (ROOT / "wizard" / "kit" / "gallery.py",)         # for developers


def texts(folder: Path) -> dict[str, tuple[str, str | None]]:
    """Source text -> (module, the text for one where there is a number). The key of a text with a number is the text for many."""
    found: dict[str, tuple[str, str | None]] = {}
    for path in sorted(set(folder.rglob("*.py")) - set(UNSPOKEN)):
        module = path.relative_to(ROOT).with_suffix("").as_posix().replace("/", ".")
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in ("tr", "trn"):
                words = [literal(path, argument) for argument in node.args[:1 if node.func.id == "tr" else 2]]
                found.setdefault(words[-1], (module, words[0] if node.func.id == "trn" else None))
    return found


def literal(path: Path, node: ast.expr) -> str:
    """The text of an argument, which must be written out where it is used."""
    if not isinstance(node, ast.Constant) or not isinstance(node.value, str):
        sys.exit(f"{path}:{node.lineno}: tr and trn take texts that are written out, or no catalogue can hold them")
    return node.value


def known(path: Path) -> dict[str, list[str]]:
    """Source text -> its translation, one form or two."""
    if not path.exists():
        return {}
    found = {}
    for message in ET.parse(path).iter("message"):
        said = message.find("translation")
        if said is not None:
            forms = [form.text or "" for form in said.iter("numerusform")] or [said.text or ""]
            found[message.findtext("source") or ""] = forms
    return found


def catalogue(language: str, found: dict[str, tuple[str, str | None]], said: dict[str, list[str]]) -> ET.Element:
    """The whole catalogue, a context for each module."""
    root = ET.Element("TS", version="2.1", language=language, sourcelanguage="en")
    contexts: dict[str, ET.Element] = {}
    for text, (module, one) in found.items():
        if module not in contexts:
            contexts[module] = ET.SubElement(root, "context")
            ET.SubElement(contexts[module], "name").text = module
        message = ET.SubElement(contexts[module], "message", {"numerus": "yes"} if one is not None else {})
        ET.SubElement(message, "source").text = text
        if one is not None:
            ET.SubElement(message, "extracomment").text = f"for one: {one}"
        translation = ET.SubElement(message, "translation")
        forms = said.get(text, [""])
        if not all(forms) or (one is not None and len(forms) < 2):
            translation.set("type", "unfinished")
        if one is None:
            translation.text = forms[0]
        else:
            for form in (forms * 2)[:2]:
                ET.SubElement(translation, "numerusform").text = form
    return root


def main() -> int:
    """Refresh or check; the exit code."""
    found = texts(ROOT / "wizard")
    lacking = 0
    for language in LANGUAGES:
        path = CATALOGUES / f"{language}.ts"
        said = known(path)
        lacks = [text for text, (_, one) in found.items() if not all(said.get(text, [""])) or (one and len(said[text]) < 2)]
        lacking += len(lacks)
        print(f"{language}: {len(found)} texts, {len(lacks)} without a translation, {len(set(said) - set(found))} not used any more")
        if "--check" in sys.argv:
            print("\n".join(f"  {text!r}" for text in lacks))
        else:
            tree = catalogue(language, found, said)
            ET.indent(tree, " ")
            CATALOGUES.mkdir(parents=True, exist_ok=True)
            path.write_text('<?xml version="1.0" encoding="utf-8"?>\n<!DOCTYPE TS>\n' + ET.tostring(tree, encoding="unicode") + "\n",
                            encoding="utf-8")
    return 1 if lacking and "--check" in sys.argv else 0


if __name__ == "__main__":
    sys.exit(main())
