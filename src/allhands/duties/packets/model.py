"""What goes into a packet and what comes out: frozen values, no Django, no clock."""

from __future__ import annotations

import enum
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Protocol, TypeAlias

JSON: TypeAlias = "bool | int | float | str | Sequence[JSON] | Mapping[str, JSON] | None"


class Bilingual(Protocol):
    """Anything that says the same in English and in Spanish, such as a text of a pack."""

    @property
    def en(self) -> str: ...
    @property
    def es(self) -> str: ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Text:
    """The same words in English and in Spanish."""

    en: str
    es: str

    def into(self, lang: str) -> str:
        """The words in that language: Spanish for `es`, English for anything else."""
        return self.es if lang == "es" else self.en


def same(words: str) -> Text:
    """Words that are the same in both languages: a name, a number, what a person wrote."""
    return Text(en=words, es=words)


class PacketKind(enum.Enum):
    """Who a packet is for. Codes are stored; changing one is a migration."""

    POLICE = "POLICE"
    NCMEC = "NCMEC"
    COURT = "COURT"
    ATTORNEY = "ATTORNEY"
    TRIBE = "TRIBE"
    PARENT = "PARENT"


class Group(enum.Enum):
    """The blocks of a packet, in the order they are printed. The first three are those of 42 USC 671(a)(35)(B)."""

    PHOTO = "photo"
    DESCRIPTION = "description"
    ENDANGERMENT = "endangerment"
    LAST_CONTACT = "last_contact"
    NUMBERS = "numbers"
    CASE = "case"


@dataclass(frozen=True, slots=True, kw_only=True)
class FactLine:
    """One current statement of fact about the child or the circumstances.

    Args:
        value: as stored; an absent fact is simply not in the list, never False.
        informant: who said so.
        certainty: SEEN, TOLD or GUESSED.
        stated_at: aware UTC.
        supersedes: id of the statement this one replaced, if any.
        words: the value as the pack's choices name it; without it the value is put into words here.
    """

    fact_id: str
    value: JSON
    informant: str
    certainty: str
    stated_at: datetime
    supersedes: str | None = None
    words: Bilingual | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class DutyLine:
    """One duty this packet answers, already computed by the law room.

    Args:
        rule_id: such as `us.federal.duty-ive-24h-le`; some rules command fields (see `fields.COMMANDS`).
        due_at: aware UTC; None when the clock has not started.
        due_words: what starts or limits the clock, in words.
        citation: law and pin, such as "42 USC 671(a)(35)(B)".
    """

    rule_id: str
    title: Bilingual
    due_at: datetime | None
    due_words: Bilingual
    citation: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ChildNames:
    """The child's names as people use them; any part may be empty, which means not known yet."""

    given: str = ""
    middle: str = ""
    family: str = ""
    nickname: str = ""
    others: tuple[str, ...] = ()
    tribal: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Photo:
    """A photograph of the child, JPEG or PNG, already checked and turned upright by whoever stored it."""

    content: bytes
    media_type: str
    taken_at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Sender:
    """Who is responsible for the child's episode and answers when the recipient calls back."""

    agency: str
    person: str = ""
    phone: str = ""
    after_hours: str = ""
    email: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class PacketInput:
    """Everything a packet may be made from.

    Args:
        notice_id: opaque; the e-mail and the inbox speak of the packet by this id.
        reported_at: when the agency learned the child was missing.
        as_of: the instant the facts were read.
        zone: IANA name for every time that is shown.
        world: live, demo or drill; the last two are printed on every sheet.
        no_photo_reason: why there is no photo; empty means nobody said.
        unavailable: fact id -> why it cannot be had, in the words of who asked.
        site: origin for links, such as `https://allhands.example.org`; empty prints the path alone.
        walled: fact id -> why a wall of law keeps it from this recipient; none of it is in `facts`.
    """

    notice_id: str
    episode_id: str
    child: ChildNames
    facts: tuple[FactLine, ...]
    sender: Sender
    recipient: str
    reported_at: datetime
    as_of: datetime
    duties: tuple[DutyLine, ...] = ()
    zone: str = "UTC"
    world: str = "live"
    printed_by: str = ""
    photo: Photo | None = None
    no_photo_reason: str = ""
    unavailable: Mapping[str, str] = field(default_factory=dict)
    site: str = ""
    walled: Mapping[str, Text] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """One value with how sure it is. `informant` is empty where the recipient may not know who said so."""

    value: Text
    certainty: str
    stated_at: datetime
    informant: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PacketField:
    """One line of a packet: a label with what is known, or with nothing known yet (`said` is empty).

    Args:
        required_by: citations of the laws or systems that demand it.
        sensitivity: class P0 to P3.
        reason: why it cannot be had, when somebody said so.
    """

    fact_id: str
    label: Text
    sensitivity: str
    said: tuple[Said, ...]
    required_by: tuple[str, ...]
    reason: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """One block of fields."""

    group: Group
    title: Text
    fields: tuple[PacketField, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class GroupState:
    """Whether one content group of 42 USC 671(a)(35)(B) is provided, and if not, why."""

    group: Group
    title: Text
    provided: bool
    reason: Text


@dataclass(frozen=True, slots=True, kw_only=True)
class LeftOut:
    """A fact that is known but does not go to this recipient. Shown to the sender only."""

    fact_id: str
    label: Text
    sensitivity: str
    reason: Text


@dataclass(frozen=True, slots=True, kw_only=True)
class Deadline:
    """One duty as it is printed."""

    rule_id: str
    title: Text
    due_at: datetime | None
    due_words: Text
    citation: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Packet:
    """A packet ready to be drawn as PDF, JSON or e-mail. Everything in it but `left_out` is for the recipient."""

    kind: PacketKind
    notice_id: str
    episode_id: str
    title: Text
    short_name: str
    names: tuple[PacketField, ...]
    groups: tuple[GroupState, ...]
    sections: tuple[Section, ...]
    asks: tuple[Text, ...]
    reply: tuple[Text, ...]
    deadlines: tuple[Deadline, ...]
    sender: Sender
    recipient: str
    reported_at: datetime
    as_of: datetime
    zone: str
    world: str
    printed_by: str
    photo: Photo | None
    site: str
    restricted: bool
    left_out: tuple[LeftOut, ...]
