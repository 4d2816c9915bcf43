"""The official schemas, unchanged, as a second judge behind our own tables."""

from __future__ import annotations

import functools
import itertools
from collections.abc import Iterator, Mapping
from importlib import resources
from typing import Final

from lxml import etree

from allhands.wire.cap.model import CapVersion
from allhands.wire.cap.structure import step_of

# OASIS published no schema for CAP 1.0; our table of its elements stands alone.
_FILES: Final[Mapping[CapVersion, str]] = {CapVersion.V1_1: "cap11.xsd", CapVersion.V1_2: "cap12.xsd"}

# A document in which every element is wrong is told by its first ones.
MOST_ERRORS: Final = 50
MOST_ELEMENTS: Final = 10_000


def schema_errors(root: etree._Element, version: CapVersion, path: str) -> Iterator[tuple[str, str]]:
    """Where and what the official schema of a version finds wrong; nothing for CAP 1.0.

    A document of very many elements is judged by our tables alone: the time of the schema's reader grows with the
    square of the faults, to minutes.
    """
    if version in _FILES and sum(1 for _ in root.iter()) <= MOST_ELEMENTS:
        yield from file_errors(root, _FILES[version], path)


def file_errors(root: etree._Element, file_name: str, path: str) -> Iterator[tuple[str, str]]:
    """Where and what one schema file of ours finds wrong with an element, which stands at `path`, and all below it."""
    schema = load_schema(file_name)
    if not schema.validate(root):
        log = list(schema.error_log)  # type: ignore[call-overload]  # the stubs forget that it is a list
        for entry in log[:MOST_ERRORS]:
            yield _named(root, entry.path or "", path), entry.message
        if len(log) > MOST_ERRORS:
            yield path, f"The schema finds {len(log) - MOST_ERRORS:,} further faults."


def _named(root: etree._Element, steps: str, path: str) -> str:
    """Our own path for the schema's, such as `/*/*[8]/*[6]` or `/c:alert/c:info[2]`, which begins with the root."""
    element = root
    for step in steps.split("/")[2:]:
        name, _, number = step.partition("[")
        tag = "*" if name == "*" else f"{{*}}{name.rpartition(':')[2]}"
        place = int(number.rstrip("]") or 1)
        child = next(itertools.islice(element.iterchildren(tag), place - 1, None), None)
        if child is None:
            break
        element = child
        path = f"{path}/{step_of(child)}"
    return path


@functools.cache
def load_schema(file_name: str) -> etree.XMLSchema:
    """A schema from the folder `schema/`; it refers to no other file."""
    data = resources.files("allhands.wire.cap").joinpath("schema", file_name).read_bytes()
    return etree.XMLSchema(etree.fromstring(data, etree.XMLParser(no_network=True, resolve_entities=False)))
