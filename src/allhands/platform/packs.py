"""The rule packs this node speaks by, loaded once a process."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

from django.conf import settings

from allhands import law


@lru_cache(maxsize=1)
def library() -> law.Library:
    """Every pack under `settings.ALLHANDS_PACKS_DIR`, checked; its compiled form is kept in the data directory.

    Raises:
        law.PackError: a pack is wrong; the findings name file and place.
    """
    data = Path(settings.ALLHANDS_DATA_DIR)
    return law.load_library(Path(settings.ALLHANDS_PACKS_DIR), cache=data / "cache" if data.is_dir() else None)


def choice_words(fact_id: str, value: object) -> law.Text | None:
    """The words of a coded value as its pack names them; None when the fact has no list or the code is not on it."""
    declared = library().facts.get(fact_id)
    if declared is None or not declared.choices:
        return None
    words = {choice.code: choice.words for choice in declared.choices}
    codes = value if isinstance(value, list) else [value]
    found = [words[code] for code in codes if isinstance(code, str) and code in words]
    if not found or len(found) != len(codes):
        return None
    return law.Text(en=", ".join(one.en for one in found), es=", ".join(one.es for one in found))


def find_rule(rule_id: str) -> law.Rule | None:
    """The rule of that id, or None when no pack has it any more."""
    try:
        return library().rule(rule_id)
    except KeyError:
        return None


@lru_cache(maxsize=4096)
def facts_behind(rule_id: str) -> frozenset[str]:
    """Every fact a rule rests on, through the rules it refers to."""
    return library().facts_behind(rule_id)
