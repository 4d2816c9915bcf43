"""Values inside a pack file by the path that findings use: `then.clock.hours`, `source[0].pin`. Pure."""

from __future__ import annotations

import re

from allhands.law.packs.strict_yaml import Yaml

_STEP = re.compile(r"([A-Za-z_]+)|\[(\d+)\]")


def steps_of(path: str) -> tuple[str | int, ...]:
    """Example:
    >>> steps_of("source[0].pin")
    ('source', 0, 'pin')
    """
    return tuple(word if word else int(number) for word, number in _STEP.findall(path))


def get(value: Yaml, path: str) -> Yaml:
    """What stands there; None when nothing does."""
    for step in steps_of(path):
        if isinstance(step, str) and isinstance(value, dict):
            value = value.get(step)
        elif isinstance(step, int) and isinstance(value, list) and step < len(value):
            value = value[step]
        else:
            return None
    return value


def put(root: dict[str, Yaml], path: str, new: Yaml) -> None:
    """Set it, making the mappings on the way; None takes the key away."""
    *way, last = (step for step in steps_of(path) if isinstance(step, str))
    place = root
    for step in way:
        inner = place.get(step)
        if not isinstance(inner, dict):
            if new is None:
                return
            inner = place[step] = {}
        place = inner
    if new is None:
        place.pop(last, None)
    else:
        place[last] = new
