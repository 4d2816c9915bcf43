"""What other rooms may ask of the journal."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime

from django.db import transaction

from allhands.kernel.actors import SYSTEM, Actor
from allhands.kernel.instants import require_aware
from allhands.platform.audit.append import NODE_CHAIN, Told, append
from allhands.platform.audit.chain import Detail, Link, digest_of
from allhands.platform.audit.events import Event
from allhands.platform.audit.models import Journal
from allhands.platform.audit.verify import Break, find_entry, verify_all
from allhands.platform.database.acting import acting_as

__all__ = [
    "NODE_CHAIN",
    "Break",
    "Detail",
    "Entry",
    "Event",
    "Link",
    "Told",
    "audited",
    "count_entries",
    "digest_of",
    "find_entry",
    "last_at",
    "record_all",
    "record_denied",
    "verify_all",
]

# Ids, codes, rule ids, hashes, instants. A space would let a sentence in, and a sentence may name a child.
_CODE = re.compile(r"[\w.:/+\-<>]{0,128}", re.ASCII)


@dataclass
class Entry:
    """What the journal will say. Ids may be filled in while the action runs; it is written when the action ends.

    Args:
        details: ids, codes, numbers and truth values; never words about a person.
    """

    episode_id: str = ""
    subject_id: str = ""
    details: dict[str, Detail] = field(default_factory=dict)


@contextmanager
def audited(
    actor: Actor,
    now: datetime,
    event: Event,
    *,
    episode_id: str | None = None,
    subject_id: str = "",
    details: Mapping[str, Detail] | None = None,
) -> Iterator[Entry]:
    """A transaction in which the actor acts and at whose end the journal tells it. Both happen, or neither.

    Args:
        now: aware instant of the action.
        episode_id: the chain; None when the action belongs to no episode, or is filled in on the entry.
    Raises:
        ValueError: a detail is neither an id, a code, a number nor a truth value.
    """
    entry = Entry(episode_id=episode_id or "", subject_id=subject_id, details=dict(details or {}))
    with acting_as(actor):
        yield entry
        _check(entry)
        told = Told(episode_id=entry.episode_id, subject_id=entry.subject_id, details=entry.details)
        append(actor, require_aware(now), event, [told])


def record_all(actor: Actor, now: datetime, event: Event, told: Iterable[Told]) -> None:
    """The same thing told of many episodes, in the transaction in which it happened to all of them.

    Raises:
        ValueError: as `audited`.
    """
    entries = tuple(told)
    for one in entries:
        _check(Entry(episode_id=one.episode_id, subject_id=one.subject_id, details=dict(one.details)))
    append(actor, require_aware(now), event, entries)


def record_denied(actor: Actor | None, now: datetime, code: str, path: str) -> None:
    """Journal a refusal of access, in a transaction of its own.

    Args:
        actor: None for a stranger, who is written down as the system that turned them away.
        path: the pattern of the address, such as `e/<id>`, never the address itself.
    """
    with transaction.atomic():
        details: dict[str, Detail] = {"code": code, "path": path, "stranger": actor is None}
        told = Told(episode_id="", subject_id="", details=details)
        append(actor or SYSTEM, require_aware(now), Event.ACCESS_DENIED, [told])


def count_entries() -> int:
    """How many entries the journal has."""
    return Journal.objects.count()


def last_at(event: Event) -> datetime | None:
    """When such a thing was last written down."""
    return Journal.objects.filter(event=event.value).order_by("-at").values_list("at", flat=True).first()


def _check(entry: Entry) -> None:
    values = {"episode_id": entry.episode_id, "subject_id": entry.subject_id, **entry.details}
    for name, value in values.items():
        if isinstance(value, str) and not _CODE.fullmatch(value):
            raise ValueError(f"the journal keeps ids and codes only; {name} is neither")
