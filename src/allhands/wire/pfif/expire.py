"""What remains of a record after its time."""

from __future__ import annotations

from datetime import datetime

from allhands.wire.pfif.model import Document, Person


def expire(person: Person, *, at: datetime) -> Person:
    """The record as it may be kept at an instant: itself, or its placeholder once `expiry_date` has come.

    The placeholder keeps the id and the expiry date; source and entry date become the instant at which it was made, so
    that other repositories take it as newer and clear their copies. Notes go with the record.

    Args:
        at: aware.
    """
    if person.expiry_date is None or at < person.expiry_date or person.is_placeholder:
        return person
    made_at = at.replace(microsecond=0)
    return Person(
        person_record_id=person.person_record_id,
        source_date=made_at,
        entry_date=made_at,
        expiry_date=person.expiry_date,
    )


def expire_all(document: Document, *, at: datetime) -> Document:
    """Every record as it may be kept at an instant; notes about expired persons are dropped wherever they stand."""
    persons = tuple(expire(person, at=at) for person in document.persons)
    gone = {person.person_record_id for person in persons if person.is_placeholder}
    notes = tuple(note for note in document.notes if note.person_record_id not in gone)
    return Document(persons=persons, notes=notes)
