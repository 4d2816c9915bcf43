"""PFIF 1.4 records as values, fields in the standard's order. Empty text means the field is absent."""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass
from datetime import datetime

from allhands.wire.pfif.fields import PLACEHOLDER


@dataclass(frozen=True, slots=True, kw_only=True)
class Note:
    """What somebody says about a person, at a time."""

    note_record_id: str
    person_record_id: str = ""
    linked_person_record_id: str = ""
    entry_date: datetime | None = None
    author_name: str = ""
    author_email: str = ""
    author_phone: str = ""
    source_date: datetime | None = None
    author_made_contact: bool | None = None
    status: str = ""
    email_of_found_person: str = ""
    phone_of_found_person: str = ""
    last_known_location: str = ""
    text: str = ""
    photo_url: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """Who is sought. Dates are aware.

    Args:
        entry_date: when the record came into the repository that sends it; rises from record to record.
        expiry_date: from then on only the placeholder may be kept.
        age: years, or a range such as 12-14.
        notes: enclosed notes; not part of the record itself.
    """

    person_record_id: str
    entry_date: datetime | None = None
    expiry_date: datetime | None = None
    author_name: str = ""
    author_email: str = ""
    author_phone: str = ""
    source_name: str = ""
    source_date: datetime | None = None
    source_url: str = ""
    full_name: str = ""
    given_name: str = ""
    family_name: str = ""
    alternate_names: str = ""
    description: str = ""
    sex: str = ""
    date_of_birth: str = ""
    age: str = ""
    home_street: str = ""
    home_neighborhood: str = ""
    home_city: str = ""
    home_state: str = ""
    home_postal_code: str = ""
    home_country: str = ""
    photo_url: str = ""
    profile_urls: str = ""
    notes: tuple[Note, ...] = ()

    @property
    def home_domain(self) -> str:
        """Whose record it is: a copy keeps the id, and so the domain, of the repository it came from."""
        return self.person_record_id.partition("/")[0]

    @property
    def is_placeholder(self) -> bool:
        """Whether nothing is left but the fields an expired record keeps."""
        names = {field.name for field in dataclasses.fields(self)} - set(PLACEHOLDER)
        return self.expiry_date is not None and not any(getattr(self, name) for name in names)


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """A PFIF file: persons with their notes, and notes that stand alone."""

    persons: tuple[Person, ...] = ()
    notes: tuple[Note, ...] = ()
