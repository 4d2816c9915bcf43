"""What a form sends, exactly as it was typed."""

from __future__ import annotations

from collections.abc import Mapping
from typing import cast

from django.http import QueryDict

from allhands.episodes.contracts import Json
from allhands.episodes.intake import places, steps
from allhands.platform import packs

REPORTER = ("reporter_name", "reporter_relation", "reporter_phone")
_OF_A_FACT = frozenset({"unknown", "who", "sure", "date", "time", *places.PARTS})
_OF_A_PAGE = frozenset({"who", "sure"})
_PAGES = frozenset(step.slug for step in steps.OPENING)


def typed(post: QueryDict) -> dict[str, Json]:
    """One text a name, a list where several answers may stand. Buttons, tokens and unknown names stay out.

    Nothing is cut. (A zero byte, which the database cannot hold, does not come past the middleware.)
    """
    facts = packs.library().facts
    answers: dict[str, Json] = {}
    for name in post:
        if not _is_known(name, facts):
            continue
        values = [str(value) for value in post.getlist(name)]
        declared = facts.get(name)
        answers[name] = cast("Json", values) if declared is not None and declared.many else values[-1]
    return answers


def _is_known(name: str, facts: Mapping[str, object]) -> bool:
    if name in facts or name in REPORTER:
        return True
    of, _dot, part = name.rpartition(".")
    return (of in facts and part in _OF_A_FACT) or (of in _PAGES and part in _OF_A_PAGE)
