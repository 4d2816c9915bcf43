"""The official schemas, unchanged, as a second judge behind our own tables."""

from __future__ import annotations

import functools
from collections.abc import Iterator, Mapping
from importlib import resources
from typing import Final

from lxml import etree

from allhands.wire.cap.model import CapVersion

# OASIS published no schema for CAP 1.0; our table of its elements stands alone.
_FILES: Final[Mapping[CapVersion, str]] = {CapVersion.V1_1: "cap11.xsd", CapVersion.V1_2: "cap12.xsd"}


def schema_errors(root: etree._Element, version: CapVersion) -> Iterator[tuple[str, str]]:
    """Where and what the official schema of a version finds wrong; nothing for CAP 1.0."""
    if version in _FILES:
        yield from file_errors(root, _FILES[version])


def file_errors(root: etree._Element, file_name: str) -> Iterator[tuple[str, str]]:
    """Where and what one schema file of ours finds wrong with an element and all below it."""
    schema = load_schema(file_name)
    if not schema.validate(root):
        for entry in schema.error_log:  # type: ignore[attr-defined]  # the stubs forget that it is a list
            yield entry.path or "/", entry.message


@functools.cache
def load_schema(file_name: str) -> etree.XMLSchema:
    """A schema from the folder `schema/`; it refers to no other file."""
    data = resources.files("allhands.wire.cap").joinpath("schema", file_name).read_bytes()
    return etree.XMLSchema(etree.fromstring(data, etree.XMLParser(no_network=True, resolve_entities=False)))
