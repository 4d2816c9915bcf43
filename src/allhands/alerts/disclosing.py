"""What an alert tells everybody, as a row of the disclosure ledger: the child's side can read it like any other."""

from __future__ import annotations

from datetime import datetime
from typing import Final

from allhands.access import api as access
from allhands.access.contracts import NO_RESPONSE, Asking, ConsentKind, DisclosureDoor, FieldAccess, PublicReader
from allhands.alerts import consents
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
_LOOKS: Final = ("description.hair_color", "description.eye_color", "description.sex")


def tell(view: AlertView, message: AlertMessage, rests_on: tuple[str, ...], sender: Actor, now: datetime) -> None:
    """Write down what this transmission makes public, in the transaction that sends it."""
    facts = _published(message)
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
        classes=("P0",),
        policies=decision.policy_ids,
        withheld=tuple(said - facts),
        consents=consents.cards_of(view, rests_on, now),
        from_agency=sender.agency_id,
        refers_to=message.transmission_id,
    )
    access.disclose(SYSTEM, release, now)


def _published(message: AlertMessage) -> set[str]:
    """The facts behind the words of either language, and the picture."""
    texts = tuple(message.texts.values())
    facts = {fact for part, fact in _FACT_OF.items() if any(getattr(text, part) for text in texts)}
    facts |= {*_LOOKS} if any(text.description for text in texts) else set()
    return facts | ({consents.FACTS["photo"]} if message.photo is not None else set())
