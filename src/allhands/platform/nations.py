"""Whether a nation that was named is on a list here: that of the places, or that of the packs.

The law room and the places do not see each other, and a statement of years ago must stay readable; so this is asked
where something new comes in.
"""

from __future__ import annotations

from collections.abc import Iterator

from allhands import law
from allhands.geo.nations import all_nations, search_nations
from allhands.kernel.findings import Finding, Level
from allhands.law.values import JSON, nearest_word

UNKNOWN = "facts.unknown-nation"
_PACKS = "tribes."
_SHOWN = 40  # characters of what was written


def unknown_nations(raw: JSON, library: law.Library) -> tuple[Finding, ...]:
    """A finding for each place with a nation that no list has, naming the nearest one.

    Args:
        raw: `{"facts": {…}}` or `{"statements": […]}`, of any shape; what is no place is passed over.
    """
    named = [(path, value.get("nation")) for path, value in _values(raw) if isinstance(value, dict)]
    return tuple(
        _finding(path, nation, library)
        for path, nation in named
        if isinstance(nation, str) and nation not in all_nations() and nation not in _of_packs(library)
    )


def _of_packs(library: law.Library) -> frozenset[str]:
    return frozenset(one.id.removeprefix(_PACKS) for one in library.packs if one.id.startswith(_PACKS))


def _values(raw: JSON) -> Iterator[tuple[str, JSON]]:
    facts, statements = (raw.get("facts"), raw.get("statements")) if isinstance(raw, dict) else (None, None)
    if isinstance(facts, dict):
        yield from ((f"facts.{fact}", value) for fact, value in facts.items())
    for number, said in enumerate(statements if isinstance(statements, list) else []):
        if isinstance(said, dict):
            yield f"statements[{number}].value", said.get("value")


def _finding(path: str, nation: str, library: law.Library) -> Finding:
    shown = "".join(letter for letter in nation[:_SHOWN] if letter.isprintable())
    code, name = _nearest(nation, library)
    hint = f'; did you mean "{code}" ({name})?' if code else ";"
    rest = "leave nation out while it is not known: the rest of the place counts all the same"
    message = f'nation: "{shown}" is on no list of nations here{hint} {"Or " if code else ""}{rest}'
    return Finding(path=path, code=UNKNOWN, level=Level.ERROR, message=message, params={"near": name})


def _nearest(nation: str, library: law.Library) -> tuple[str, str]:
    """Code and name of the nation most likely meant; both empty when nothing is near."""
    spelt = search_nations(nation.replace("-", " ")[:_SHOWN])
    if spelt:
        return spelt[0].nation.id, spelt[0].nation.en
    code = nearest_word(nation, all_nations().keys() | _of_packs(library)) or ""
    return code, all_nations()[code].en if code in all_nations() else code
