"""From statements of fact to an assessment: the seam between what people said and what the law room decides."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from collections.abc import Set as AbstractSet
from datetime import UTC, datetime

from django.conf import settings

from allhands import law
from allhands.duties import queries
from allhands.episodes.contracts import FactLine, Json
from allhands.platform import packs


def assess_statements(
    statements: Iterable[FactLine], *, as_of: datetime, library: law.Library | None = None
) -> law.Assessment:
    """What applies, from the statements that still stand. "Asked, not known" states nothing."""
    return assess_raw({"as_of": as_of.isoformat(), "statements": said(statements)}, library=library)


def assess_raw(raw: Mapping[str, Json], *, library: law.Library | None = None) -> law.Assessment:
    """What applies, from `{"as_of": …, "facts": …}` or `{"as_of": …, "statements": […]}`.

    Args:
        library: the packs to judge by; those in force when left out.
    Raises:
        law.FactsError: with one finding for each field that cannot be.
    """
    library = library or packs.library()
    return judge(law.parse_input(dict(raw), library.facts), library)


def read(statements: Iterable[FactLine], *, as_of: datetime, library: law.Library) -> law.AssessInput:
    """What the law room makes of what was said."""
    return law.parse_input({"as_of": as_of.isoformat(), "statements": said(statements)}, library.facts)


def judge(given: law.AssessInput, library: law.Library) -> law.Assessment:
    """What applies, from facts that were read."""
    return law.assess(given.facts, library, as_of=given.as_of, world=settings.ALLHANDS_WORLD)


def amend(stored: queries.AssessmentView, rules: AbstractSet[str], library: law.Library) -> law.Amendment:
    """What a stored assessment would say of these duties by another law: the same facts at the same instant.

    Args:
        rules: as `law.amend` wants them.
    """
    raw: dict[str, Json] = {"as_of": stored.as_of.isoformat(), "statements": list(stored.statements)}
    given = law.parse_input(raw, library.facts)
    return law.amend(given.facts, library, as_of=given.as_of, rules=rules, world=settings.ALLHANDS_WORLD)


def speaking(lines: Iterable[FactLine], *, as_of: datetime, library: law.Library) -> frozenset[packs.PackHash]:
    """The packs that would speak, which costs next to nothing beside the judging.

    Args:
        lines: statements about `law.SPEAKING_FACTS`; others change nothing.
    """
    facts = read(lines, as_of=as_of, library=library).facts
    return frozenset((pack.id, pack.sha256) for pack in library.applying(facts, world=settings.ALLHANDS_WORLD))


def explain(episode_id: str, *, but_for: Collection[str] = ()) -> law.Assessment | None:
    """The newest stored assessment of an episode, run again with its traces: same facts, instant, packs, answer.

    Args:
        but_for: facts left out, because the reader may not know them; then the answer is what the rest would give.
    """
    stored = queries.find_assessment(episode_id)
    if stored is None:
        return None
    known: list[Json] = [one for one in stored.statements if isinstance(one, dict) and one.get("fact") not in but_for]
    library = packs.library_of(stored.packs)
    return assess_raw({"as_of": stored.as_of.isoformat(), "statements": known}, library=library)


def said(statements: Iterable[FactLine]) -> list[Json]:
    """The statements that still stand, as the law room reads them."""
    return [said_one(line) for line in statements if line.current and line.value is not None]


def said_one(line: FactLine) -> dict[str, Json]:
    """One statement as the law room reads it, and as an assessment keeps it."""
    return {
        "fact": line.fact_id,
        "value": line.value,
        "informant": line.informant,
        "certainty": line.certainty.value.lower(),
        "at": line.stated_at.astimezone(UTC).isoformat(),
    }


def place_of(statements: Iterable[FactLine]) -> Mapping[str, str]:
    """State, county and nation by which an agency is found: where last seen, else placed, in custody, at home."""
    places: dict[str, Json] = {line.fact_id: line.value for line in statements if line.current}
    found: dict[str, str] = {}
    for fact in ("place.last_seen", "place.placement", "place.custody", "place.residence"):
        value = places.get(fact)
        if isinstance(value, dict):
            for part in ("state", "county_fips", "nation"):
                if isinstance(value.get(part), str):
                    found.setdefault(part, str(value[part]))
    return found
