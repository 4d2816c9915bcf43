"""Pure decisions about alerts: who may answer what, when one may leave, when it is over, when to look twice."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.utils.translation import gettext as _

from allhands.alerts import harm
from allhands.alerts.contracts import (
    AlertState,
    AuthorityView,
    MessageKind,
    NeedLine,
    Rank,
    RequestState,
)
from allhands.kernel.errors import Refused
from allhands.kernel.ids import AgencyId

SHORTEST_REASON, LONGEST_REASON = 10, 2000
# Practice defaults, ours: a poster on a door outlives the alert; a day is what people can keep.
TAKE_DOWN_WITHIN = timedelta(hours=24)
REVIEW_WITHIN = timedelta(hours=1)
CONSENT_WITHIN = timedelta(hours=1)
LONGEST_LIFE = timedelta(hours=72)
SHORTEST_LIFE = timedelta(minutes=30)
NEED = "need:"

# Reasons a decision may rest on besides a criterion that is not met. What a child did or is stands in none of them.
REASONS: Mapping[str, Mapping[str, str]] = {
    "already-running": {
        "en": "An alert for this child is already out",
        "es": "Ya hay una alerta activa por este menor",
    },
    "child-is-back": {"en": "The child is back", "es": "El menor ya regresó"},
    "not-our-land": {
        "en": "Another authority answers for this land",
        "es": "Otra autoridad responde por este territorio",
    },
    "more-danger": {
        "en": "Going public would put the child in more danger",
        "es": "Hacerlo público pondría al menor en más peligro",
    },
}

REQUEST_TRANSITIONS: Mapping[tuple[RequestState, str], RequestState] = {
    (RequestState.ASKED, "grant"): RequestState.GRANTED,
    (RequestState.ASKED, "refuse"): RequestState.REFUSED,
    (RequestState.ASKED, "withdraw"): RequestState.WITHDRAWN,
}

ALERT_TRANSITIONS: Mapping[tuple[AlertState, str], AlertState] = {
    (AlertState.DRAFT, "write"): AlertState.DRAFT,
    (AlertState.RETURNED, "write"): AlertState.DRAFT,
    (AlertState.OFFERED, "write"): AlertState.DRAFT,
    (AlertState.DRAFT, "offer"): AlertState.OFFERED,
    (AlertState.OFFERED, "return"): AlertState.RETURNED,
    # A no to the request, or its withdrawal, ends what was written for it before it left.
    (AlertState.DRAFT, "refuse"): AlertState.REFUSED,
    (AlertState.RETURNED, "refuse"): AlertState.REFUSED,
    (AlertState.OFFERED, "refuse"): AlertState.REFUSED,
    (AlertState.OFFERED, "send"): AlertState.LIVE,
    # In an emergency one person sends what nobody offered, too; never what is over.
    (AlertState.DRAFT, "send-alone"): AlertState.LIVE,
    (AlertState.RETURNED, "send-alone"): AlertState.LIVE,
    (AlertState.OFFERED, "send-alone"): AlertState.LIVE,
    (AlertState.LIVE, "update"): AlertState.LIVE,
    (AlertState.LIVE, "take-back"): AlertState.TAKEN_BACK,
    (AlertState.LIVE, "expire"): AlertState.ENDED,
    # A live alert is written on, offered and sent again as an update; what is out stays out meanwhile.
    (AlertState.LIVE, "write"): AlertState.LIVE,
    (AlertState.LIVE, "offer"): AlertState.LIVE,
    (AlertState.LIVE, "return"): AlertState.LIVE,
}


def decide_request(state: RequestState, event: str) -> RequestState:
    """The state after the event.

    Raises:
        Refused: `request-answered`.
    """
    try:
        return REQUEST_TRANSITIONS[state, event]
    except KeyError:
        raise Refused("request-answered", "Somebody has already answered this request.") from None


def decide_alert(state: AlertState, event: str) -> AlertState:
    """The state after the event.

    Raises:
        Refused: `alert-state`, when the event cannot follow.
    """
    try:
        return ALERT_TRANSITIONS[state, event]
    except KeyError:
        raise moved_on() from None


def moved_on() -> Refused:
    """What an act meets that came too late: somebody else acted first, or the same person did in another tab."""
    return Refused("alert-state", "This alert has moved on since you opened it. Look at it again; nothing was sent.")


def check_words(code: str, words: str) -> str:
    """A reason without blanks around it, a sentence, and free of blame.

    Raises:
        Refused: with this code, or `reason-blames` with what to write instead.
    """
    said = words.strip()
    if len(said) < SHORTEST_REASON:
        raise Refused(code, "Write the reason in a full sentence. Your name stands beside it.", field="reason")
    if len(said) > LONGEST_REASON:
        words = _("Please shorten the reason to %(most)s characters.") % {"most": LONGEST_REASON}
        raise Refused(code, words, field="reason")
    labels = harm.find_labels(said)
    if labels:
        raise Refused(
            "reason-blames",
            _(
                "“%(label)s” is about what the child did or is. That never decides whether a child is looked for. Say "
                "which criterion is not met, for example: “We do not have a description yet.”"
            )
            % {"label": labels[0]},
            field="reason",
        )
    return said


def check_reason_codes(codes: Collection[str], needs: Iterable[NeedLine]) -> tuple[str, ...]:
    """The codes, each a criterion that is not met or one of the other reasons.

    Raises:
        Refused: `reason-code` when none or an unknown one is chosen, or a criterion that is met.
    """
    allowed = {f"{NEED}{need.id}" for need in needs if need.verdict != "TRUE"} | set(REASONS)
    chosen = tuple(dict.fromkeys(codes))
    if not chosen or not set(chosen) <= allowed:
        words = "Choose at least one reason from the list: a criterion that is not met, or one of the others."
        raise Refused("reason-code", words, field="codes")
    return chosen


def order_authorities(found: Iterable[AuthorityView], *, nation: str, county_fips: str) -> tuple[AuthorityView, ...]:
    """Who is asked for this land, in order: a nation's own first, then the county's, then the state's; by rank."""
    ranks = list(Rank)

    def place(one: AuthorityView) -> int:
        if nation and one.nation == nation:
            return 0
        return 1 if one.county_fips == county_fips and county_fips else 2

    ordered = sorted(found, key=lambda one: (ranks.index(one.rank), place(one), one.agency_id))
    seen: dict[AgencyId, AuthorityView] = {}
    for one in ordered:
        seen.setdefault(one.agency_id, one)
    return tuple(seen.values())


@dataclass(frozen=True, slots=True, kw_only=True)
class Leaving:
    """A message about to leave, and what is known of its alert at that moment.

    Args:
        number: its place in the alert's sequence, from 1.
        newest: the number of the newest transmission of the alert.
        is_authorised: the issuing agency still holds authority for the land.
        is_wanted: the child is still missing.
        is_agreed: every field that rests on somebody's consent is still covered by one.
    """

    kind: MessageKind
    number: int
    newest: int
    expires_at: datetime
    is_authorised: bool
    is_wanted: bool
    is_over: bool
    is_agreed: bool = True


def check_leaving(leaving: Leaving, now: datetime) -> str:
    """Why the message may not leave now; empty when it may. A cancel always may, unless a newer message replaced it.

    Example:
        >>> from datetime import UTC
        >>> late = datetime(2026, 1, 2, tzinfo=UTC)
        >>> gone = datetime(2026, 1, 1, tzinfo=UTC)
        >>> check_leaving(Leaving(kind=MessageKind.ALERT, number=1, newest=1, expires_at=gone, is_authorised=True,
        ...     is_wanted=True, is_over=False), late)
        'expired'
    """
    if leaving.number != leaving.newest:
        return "out-of-order"
    if leaving.kind is MessageKind.CANCEL:
        return ""
    if not leaving.is_authorised:
        return "not-authorised"
    if leaving.expires_at <= now:
        return "expired"
    if leaving.is_over:
        return "taken-back"
    if not leaving.is_wanted:
        return "not-wanted"
    return "" if leaving.is_agreed else "consent-ended"


LEAVING_WORDS: Mapping[str, str] = {
    "out-of-order": "A newer message of this alert exists. This one stays here.",
    "not-authorised": "The agency no longer holds alerting authority for this land.",
    "expired": "Its time is over. Choose a later end.",
    "taken-back": "This alert was taken back.",
    "consent-ended": "Somebody took back the consent to a part of it. Send an update without it, or take it back.",
    "another-world": "This alert was sent in another world: real ones and exercises never mix. Take it back here.",
    "not-wanted": "The child is back. Nothing more goes out; take back what is out.",
}


def check_life(hours: float, now: datetime) -> datetime:
    """When an alert of so many hours ends.

    Raises:
        Refused: `alert-life` outside half an hour to three days.
    """
    life = timedelta(hours=hours)
    if not SHORTEST_LIFE <= life <= LONGEST_LIFE:
        raise Refused(
            "alert-life", "An alert lives between half an hour and 72 hours. You can renew it.", field="hours"
        )
    return now + life


# Above it a second look is asked. Ours: about a quarter of a large county's state; a person can say it is meant.
LARGE_KM2, LARGE_PEOPLE = 25_000.0, 1_000_000
LEAST_OUTSIDE_KM2 = 1.0  # outlines of two lists never meet to the metre
NIGHT_FROM, NIGHT_UNTIL = 22, 6


@dataclass(frozen=True, slots=True, kw_only=True)
class Reach:
    """How far an alert would go.

    Args:
        people: living in the area by the census; None when not known.
        states: two letters each, touched by the area.
        local_hour: 0 to 23 where the alert is read.
        outside_km2: how much lies outside the land of whoever sends it; None when nobody can draw it.
    """

    km2: float | None
    people: int | None
    states: frozenset[str]
    local_hour: int
    outside_km2: float | None = None


def second_looks(reach: Reach) -> tuple[str, ...]:
    """Why somebody should look twice before it goes out: `outside`, `large`, `border`, `night`."""
    is_large = (reach.km2 or 0) > LARGE_KM2 or (reach.people or 0) > LARGE_PEOPLE
    is_night = reach.local_hour >= NIGHT_FROM or reach.local_hour < NIGHT_UNTIL
    is_outside = (reach.outside_km2 or 0) > LEAST_OUTSIDE_KM2
    looks = {"outside": is_outside, "large": is_large, "border": len(reach.states) > 1, "night": is_night}
    return tuple(name for name, holds in looks.items() if holds)
