"""PREMIS 3.0 by its own schema: `schemas/premis-v3-0.xsd` is the Library of Congress's of 18 January 2016, unchanged, with the xlink.xsd
that it imports."""
from __future__ import annotations

import xml.etree.ElementTree as ET
from functools import cache
from pathlib import Path

import xmlschema

PREMIS = "http://www.loc.gov/premis/v3"
NS = f"{{{PREMIS}}}"
SCHEMAS = Path(__file__).parent / "schemas"


@cache
def schema() -> xmlschema.XMLSchema:
    xlink = {"http://www.w3.org/1999/xlink": str(SCHEMAS / "xlink.xsd")}
    return xmlschema.XMLSchema(str(SCHEMAS / "premis-v3-0.xsd"), locations=xlink, allow="local")


def faults(root: ET.Element) -> list[str]:
    """What of a document is not as the schema has it."""
    return [f"{error.path}: {error.reason}" for error in schema().iter_errors(root, namespaces={"premis": PREMIS, "": PREMIS})]
