"""Which of the candidates an actor or recipient code of the rules means: all of them, and the one that acts first."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Final

from allhands.agencies import domain, queries
from allhands.agencies.contracts import Candidate, Candidates, Meant, PlaceRole, Reason, Why

_REACH: Final = {
    Why.COUNTY: domain.Reach.COUNTY,
    Why.PART_OF_COUNTY: domain.Reach.PART_OF_COUNTY,
    Why.NATION: domain.Reach.NATION,
    Why.NATION_POSSIBLE: domain.Reach.NATION,
    Why.STATE: domain.Reach.STATE,
    Why.NATIONWIDE: domain.Reach.NATIONWIDE,
}
# Where the child was seen decides who acts first; then who has the child, then where it lives.
_FIRST: Final = (PlaceRole.LAST_SEEN, PlaceRole.NATION, PlaceRole.PLACEMENT, PlaceRole.CUSTODY, PlaceRole.RESIDENCE)
_WHYS: Final = tuple(Why)
_FAR: Final = frozenset({Why.STATE, Why.NATIONWIDE})
# Their packet tells of the child as a part of the nation: that land of theirs lies in the county is no reason for it.
_OF_THE_CHILD: Final = frozenset({"tribal_government", "tribal_icwa_agent"})
# All that are near are told: a report must reach whoever may be in charge. Of others a second one would only learn.
_ALL_TOLD: Final = frozenset({"law_enforcement", "tribal_police", *_OF_THE_CHILD})


def recipients_among(found: Candidates, on: date) -> Mapping[str, Meant]:
    """What each code means among these candidates; a code that nobody is for is not in it.

    Args:
        on: day on which a needed role must be filled.
    """
    staffed = queries.staffed([one.agency.id for one in found.agencies], on)
    meant = {code: _meant(code, rule, found.agencies, staffed) for code, rule in domain.RECIPIENTS.items()}
    return {code: one for code, one in meant.items() if one.union}


def _meant(
    code: str, rule: domain.RecipientRule, candidates: Iterable[Candidate], staffed: set[tuple[str, str]]
) -> Meant:
    union = [
        Candidate(agency=one.agency, reasons=reasons)
        for one in candidates
        if one.agency.kind in rule.kinds
        and (rule.with_role is None or (one.agency.id, rule.with_role.value) in staffed)
        and (reasons := _reasons(code, rule, one))
    ]
    if code in _OF_THE_CHILD and (own := [one for one in union if _is_own(one)]):
        union = own
    first = _first(rule, union)
    told = _told(union) if code in _ALL_TOLD else (first,) if first is not None else ()
    return Meant(union=tuple(union), told=told, first=first)


def _reasons(code: str, rule: domain.RecipientRule, one: Candidate) -> tuple[Reason, ...]:
    return tuple(
        reason
        for reason in one.reasons
        if _REACH[reason.why] in rule.reaches and not (code in _OF_THE_CHILD and reason.why is Why.NATION_POSSIBLE)
    )


def _is_own(one: Candidate) -> bool:
    return any(reason.role is PlaceRole.NATION for reason in one.reasons)


def _first(rule: domain.RecipientRule, union: Iterable[Candidate]) -> Candidate | None:
    """The one that fits best; None when several fit as well: then nobody has told us which."""
    for kind in rule.kinds:
        ranked = sorted(((_rank(one), one) for one in union if one.agency.kind is kind), key=lambda pair: pair[0])
        if ranked:
            return ranked[0][1] if len(ranked) == 1 or ranked[0][0] < ranked[1][0] else None
    return None


def _rank(one: Candidate) -> tuple[bool, int, int]:
    return min((why.why in _FAR, _FIRST.index(why.role), _WHYS.index(why.why)) for why in one.reasons)


def _told(union: Iterable[Candidate]) -> tuple[Candidate, ...]:
    """Those that serve less than a State at the place that decides; where there is none, the best of the rest.

    Everybody on both sides of a line near where the child was seen is told. The police of where it lives, or of who has
    custody, stand with their reasons on the page and are told by a person: a packet says more than a second need know.
    """
    union = sorted(union, key=_rank)
    local = [one for one in union if not _rank(one)[0]]
    if local:
        return tuple(one for one in local if _rank(one)[1] == _rank(local[0])[1])
    return tuple(one for one in union if _rank(one) == _rank(union[0]))
