"""The official schemas, unchanged, as a second judge behind our own tables."""

from __future__ import annotations

import functools
from collections.abc import Iterator, Mapping
from importlib import resources
from typing import Final

from lxml import etree

from allhands.wire.cap.model import CapVersion
from allhands.wire.cap.structure import local_name, numbered

# OASIS published no schema for CAP 1.0; our table of its elements stands alone.
_FILES: Final[Mapping[CapVersion, str]] = {CapVersion.V1_1: "cap11.xsd", CapVersion.V1_2: "cap12.xsd"}


def schema_errors(root: etree._Element, version: CapVersion, path: str) -> Iterator[tuple[str, str]]:
    """Where and what the official schema of a version finds wrong; nothing for CAP 1.0."""
    if version in _FILES:
        yield from file_errors(root, _FILES[version], path)


def file_errors(root: etree._Element, file_name: str, path: str) -> Iterator[tuple[str, str]]:
    """Where and what one schema file of ours finds wrong with an element, which stands at `path`, and all below it."""
    schema = load_schema(file_name)
    if not schema.validate(root):
        for entry in schema.error_log:  # type: ignore[attr-defined]  # the stubs forget that it is a list
            yield _named(root, entry.path or "", path), entry.message


def _named(root: etree._Element, steps: str, path: str) -> str:
    """Our own path for the schema's, such as `/*/*[8]/*[6]` or `/c:alert/c:info[2]`, which begins with the root."""
    element, at = root, path
    for step in steps.split("/")[2:]:
        name, _, number = step.partition("[")
        children = [
            (child, below)
            for child, below in numbered(element, at)
            if name == "*" or local_name(child) == name.rpartition(":")[2]
        ]
        place = int(number.rstrip("]") or 1)
        if place > len(children):
            break
        element, at = children[place - 1]
    return at


@functools.cache
def load_schema(file_name: str) -> etree.XMLSchema:
    """A schema from the folder `schema/`; it refers to no other file."""
    data = resources.files("allhands.wire.cap").joinpath("schema", file_name).read_bytes()
    return etree.XMLSchema(etree.fromstring(data, etree.XMLParser(no_network=True, resolve_entities=False)))
