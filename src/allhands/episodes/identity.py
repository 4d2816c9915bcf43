"""Who the child is, read from what was said: names, birthday, nations. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Protocol

from allhands.episodes.contracts import Json, NameKind, NewName, NewTribe, TribeStatus

# Facts that hold a name; each is kept in a column with an end, as is the whole of first, middle and last name.
NAME_FACTS = frozenset(
    f"child.{name}" for name in ("given_name", "middle_name", "family_name", "nickname", "other_names", "tribal_name")
)
LONGEST_NAME = 200
NATION_FACTS = frozenset({"child.tribal_affiliation", "child.tribal_status", "child.tribal_tie_possible"})
IDENTITY_FACTS = NAME_FACTS | NATION_FACTS | {"child.date_of_birth"}


class Saying(Protocol):
    """A statement, new or kept."""

    @property
    def fact_id(self) -> str: ...
    @property
    def value(self) -> Json: ...


def names_of(call_name: str, statements: Iterable[Saying]) -> tuple[NewName, ...]:
    """Every name that was said, each kind once, as written; used to find the child again.

    Example:
        >>> names_of("May", ())
        (NewName(kind=<NameKind.NICKNAME: 'NICKNAME'>, text='May'),)
    """
    said = _by_fact(statements)
    parts = (said.get(f"child.{part}_name") for part in ("given", "middle", "family"))
    legal = " ".join(part.strip() for part in parts if isinstance(part, str) and part.strip())
    found = [
        (NameKind.LEGAL, legal),
        (NameKind.NICKNAME, call_name),
        (NameKind.NICKNAME, said.get("child.nickname")),
        (NameKind.OTHER, said.get("child.other_names")),
        (NameKind.TRIBAL, said.get("child.tribal_name")),
    ]
    unique = {(kind, text.strip()): None for kind, text in found if isinstance(text, str) and text.strip()}
    return tuple(NewName(kind=kind, text=text) for kind, text in unique)


def born_on(statements: Iterable[Saying]) -> date | None:
    """The birthday, when somebody said it."""
    said = _by_fact(statements).get("child.date_of_birth")
    return date.fromisoformat(said) if isinstance(said, str) else None


def tribes_of(statements: Iterable[Saying]) -> tuple[NewTribe, ...]:
    """The child's nations with the tie that was told; one empty nation when it was asked and nothing is known.

    Nothing at all means that nobody asked, or that the answer was no: the statements tell which.
    """
    said = _by_fact(statements)
    nations, status = said.get("child.tribal_affiliation"), said.get("child.tribal_status")
    tie = TribeStatus(status.upper()) if isinstance(status, str) else TribeStatus.UNKNOWN_ASKED
    if isinstance(nations, list) and nations:
        return tuple(NewTribe(nation=str(nation), status=tie) for nation in nations)
    if said.get("child.tribal_tie_possible") is False:
        return ()
    asked = NATION_FACTS & said.keys()
    if asked and tie is not TribeStatus.NOT_ASKED:
        return (NewTribe(nation="", status=TribeStatus.UNKNOWN_ASKED),)
    return ()


def _by_fact(statements: Iterable[Saying]) -> Mapping[str, Json]:
    return {said.fact_id: said.value for said in statements}
