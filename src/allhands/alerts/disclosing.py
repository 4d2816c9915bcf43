"""What an alert tells everybody, as a row of the disclosure ledger: the child's side can read it like any other."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Final

from allhands.access import api as access
from allhands.access.contracts import (
    NO_RESPONSE,
    Asking,
    ConsentKind,
    DisclosureDoor,
    FieldAccess,
    InformationClass,
    PublicReader,
)
from allhands.alerts import consents, drafting, harm
from allhands.alerts.contracts import AlertMessage, AlertView
from allhands.episodes import api as episodes
from allhands.kernel.actors import SYSTEM, Actor
from allhands.platform.database.acting import acting_as

EVERYBODY: Final = "Everybody / Todo el mundo"
_FACT_OF: Final = {
    "name": "child.given_name",
    "age": "child.age_years",
    "clothing": "description.clothing",
    "last_seen_place": "description.last_seen_place",
    "last_seen_at": "time.last_seen_at",
    "vehicle": "description.vehicle",
    "companion": "description.companions",
}
_SENTENCES: Final = ("description", "clothing", "last_seen_place", "vehicle", "companion")
_LOOKS: Final = ("description.hair_color", "description.eye_color", "description.sex")


# The class of what words of each code tell, and the facts they may tell: which of them, only a reader can say.
BEYOND_POSTER: Final[Mapping[str, tuple[InformationClass, frozenset[str]]]] = {
    "care": (
        "P2",
        frozenset({
            "child.in_foster_care", "child.placement_kind", "child.open_case_not_removed", "child.extended_care",
            "place.placement", "place.custody",
        }),
    ),
    "health": (
        "P3",
        frozenset({
            "child.health_need_within_24h", "child.disability", "child.developmental_disability",
            "child.functions_as_twelve_or_younger", "child.suicidal", "description.medical_conditions",
        }),
    ),
    "pregnancy": ("P3", frozenset({"child.pregnant"})),
    "trafficking": ("P3", frozenset({"child.suspected_trafficking", "child.identified_trafficking_victim"})),
    "immigration": ("P3", frozenset({"child.unaccompanied_noncitizen"})),
    "tribe": ("P2", frozenset({consents.FACTS["tribe"], "child.tribal_tie_possible"})),
}  # fmt: skip


def tell(view: AlertView, message: AlertMessage, draft: drafting.Draft, sender: Actor, now: datetime) -> None:
    """Write down what this transmission makes public, in the transaction that sends it."""
    facts = _published(message, draft)
    beyond = [BEYOND_POSTER[code] for code in _codes(message, draft)]
    told = facts.union(*(about for _level, about in beyond))
    poster = (FieldAccess(sensitivity="P0"), Asking(consents=frozenset({ConsentKind.AGENCY})))
    [decision] = access.decide_fields(PublicReader(), NO_RESPONSE, [poster])
    with acting_as(SYSTEM):
        said = {
            line.fact_id for line in episodes.statements_of(view.episode_id) if line.current and line.says_something
        }
    release = access.Release(
        episode_id=view.episode_id,
        door=DisclosureDoor.ALERT,
        to_label=EVERYBODY,
        facts=tuple(facts),
        classes=("P0", *(level for level, _about in beyond)),
        policies=decision.policy_ids,
        withheld=tuple(said - told),
        consents=consents.cards_of(view, draft.rests_on, now),
        from_agency=sender.agency_id,
        refers_to=message.transmission_id,
    )
    access.disclose(SYSTEM, release, now)


def _codes(message: AlertMessage, draft: drafting.Draft) -> set[str]:
    """What goes beyond a poster: the nation that was released, and what a law is said to demand and the words say."""
    words = {lang: {name: getattr(text, name) for name in _SENTENCES} for lang, text in message.texts.items()}
    found = {one.code for one in harm.check(words)}
    return (found & set(draft.demanded)) | ({"tribe"} & set(draft.consents))


def _published(message: AlertMessage, draft: drafting.Draft) -> set[str]:
    """The facts behind the words of either language, and the picture; the nation where it may be named."""
    texts = tuple(message.texts.values())
    facts = {fact for part, fact in _FACT_OF.items() if any(getattr(text, part) for text in texts)}
    facts |= {*_LOOKS} if any(text.description for text in texts) else set()
    facts |= {consents.FACTS["tribe"]} if "tribe" in draft.consents else set()
    return facts | ({consents.FACTS["photo"]} if message.photo is not None else set())
