"""Fields of each PFIF version, in their order, and what must be there. Tables, not subclasses.

Source: zesty.ca/pfif 1.1 to 1.4.
"""

from __future__ import annotations

import enum
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final


class Order(enum.Enum):
    """What a version says of the order of fields: 1.1 has a sequence, 1.2 wants ids first and notes last."""

    EACH = "each field in its place"
    IDS_FIRST = "the record ids first, enclosed notes last"
    FREE = "any order"


@dataclass(frozen=True, slots=True, kw_only=True)
class Version:
    """One version: its namespace, its fields, and what they are called in 1.4.

    Args:
        order: which fields of a person and of a note have a place of their own.
    """

    name: str
    namespace: str
    person: tuple[str, ...]
    note: tuple[str, ...]
    person_mandatory: tuple[str, ...]
    order: Order

    def places(self, fields: tuple[str, ...]) -> Mapping[str, int]:
        """The place of each field that must keep one; a field may follow any of an equal or lower place."""
        if self.order is Order.EACH:
            return {name: place for place, name in enumerate((*fields, "note"))}
        if self.order is Order.IDS_FIRST:
            ids = {"person_record_id": 1, **({"note_record_id": 0} if fields is self.note else {})}
            return {name: ids.get(name, 2) for name in fields} | {"note": 3}
        return {}

    def name_in_14(self, field: str) -> str:
        """What a field of this version is called in 1.4."""
        return field if self.name == "1.4" else RENAMED.get(field, field)


RENAMED: Final[Mapping[str, str]] = {
    "home_zip": "home_postal_code",
    "first_name": "given_name",
    "last_name": "family_name",
    "found": "author_made_contact",
    "other": "description",
}
NOTE_MANDATORY: Final = ("note_record_id", "author_name", "source_date", "text")
PLACEHOLDER: Final = ("person_record_id", "source_date", "entry_date", "expiry_date")
SEXES: Final = ("female", "male", "other")
STATUSES: Final = ("information_sought", "is_note_author", "believed_alive", "believed_missing", "believed_dead")

_ENTRY = "person_record_id entry_date"
_SOURCE = "author_name author_email author_phone source_name source_date source_url"
_HOME = "home_street home_neighborhood home_city home_state home_postal_code home_country"
_NOTE_HEAD = "note_record_id person_record_id linked_person_record_id entry_date"
_NOTE_AUTHOR = "author_name author_email author_phone source_date"
_NOTE_FOUND = "email_of_found_person phone_of_found_person last_known_location text"


def _version(name: str, person: str, note: str, mandatory: str, order: Order = Order.FREE) -> Version:
    return Version(
        name=name,
        namespace=f"http://zesty.ca/pfif/{name}",
        person=tuple(person.split()),
        note=tuple(note.split()),
        person_mandatory=tuple(mandatory.split()),
        order=order,
    )


V1_1: Final = _version(
    "1.1",
    f"{_ENTRY} {_SOURCE} first_name last_name home_city home_state home_neighborhood home_street home_zip photo_url "
    "other",
    f"note_record_id entry_date {_NOTE_AUTHOR} found {_NOTE_FOUND}",
    "person_record_id first_name last_name",
    Order.EACH,
)
V1_2: Final = _version(
    "1.2",
    f"{_ENTRY} {_SOURCE} first_name last_name sex date_of_birth age {_HOME} photo_url other",
    f"{_NOTE_HEAD} {_NOTE_AUTHOR} found status {_NOTE_FOUND}",
    "person_record_id first_name last_name",
    Order.IDS_FIRST,
)
V1_3: Final = _version(
    "1.3",
    f"{_ENTRY} expiry_date {_SOURCE} full_name first_name last_name sex date_of_birth age {_HOME} photo_url other",
    f"{_NOTE_HEAD} {_NOTE_AUTHOR} found status {_NOTE_FOUND}",
    "person_record_id source_date full_name",
)
V1_4: Final = _version(
    "1.4",
    f"{_ENTRY} expiry_date {_SOURCE} full_name given_name family_name alternate_names description sex date_of_birth "
    f"age {_HOME} photo_url profile_urls",
    f"{_NOTE_HEAD} {_NOTE_AUTHOR} author_made_contact status {_NOTE_FOUND} photo_url",
    "person_record_id source_date full_name",
)
VERSIONS: Final[Mapping[str, Version]] = {version.namespace: version for version in (V1_1, V1_2, V1_3, V1_4)}
