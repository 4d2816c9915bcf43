"""The demo world as values, read once from its data file."""

from __future__ import annotations

import hashlib
from functools import cache
from pathlib import Path

import yaml
from pydantic import BaseModel, ConfigDict, Field

from allhands.agencies.contracts import AgreementKind, Cover, Regime, RouteKind, RoutePurpose
from allhands.kernel.actors import AgencyKind, Role
from allhands.kernel.ids import ID_LENGTH

_FILE = Path(__file__).parent / "world.yaml"
_DIGITS = "0123456789bcdfghjkmnpqrstvwxyz"


class _Data(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Words(_Data):
    """A sentence in both languages."""

    en: str
    es: str

    def in_language(self, code: str) -> str:
        """The sentence in Spanish for any Spanish, else in English."""
        return self.es if code.startswith("es") else self.en


class Nation(_Data):
    slug: str
    name: Words


class Area(_Data):
    state: str = ""
    county_fips: str = ""
    part: str = ""
    nation: str = ""


class Route(_Data):
    """Args: hours: `office` for working days 08:00 to 17:00; empty with `always` for day and night."""

    kind: RouteKind
    address: str
    purpose: RoutePurpose = RoutePurpose.ANY
    always: bool = False
    hours: str = Field(default="", pattern=r"^(office)?$")


class DemoAgency(_Data):
    key: str
    name: str
    kind: AgencyKind
    regime: Regime
    nationwide: bool = False
    areas: tuple[Area, ...] = ()
    routes: tuple[Route, ...]


class Hat(_Data):
    role: Role
    agency: str


class Person(_Data):
    key: str
    name: str
    quote: Words
    hats: tuple[Hat, ...] = Field(min_length=1)

    @property
    def email(self) -> str:
        """A sign-in address that can reach nobody."""
        return f"{self.key}@cast.example"


class DemoAgreement(_Data):
    """Args: parties: keys of agencies; each has confirmed it."""

    key: str
    kind: AgreementKind
    title: str
    document: str
    covers: tuple[Cover, ...]
    parties: tuple[str, ...] = Field(min_length=2)


class World(_Data):
    nations: tuple[Nation, ...]
    agencies: tuple[DemoAgency, ...]
    agreements: tuple[DemoAgreement, ...]
    cast: tuple[Person, ...]


@cache
def demo_world() -> World:
    """The demo world."""
    return World.model_validate(yaml.safe_load(_FILE.read_text(encoding="utf-8")))


def demo_id(subject: str, key: str) -> str:
    """The id of something of the demo world: the same on every machine, so that loading twice changes nothing.

    Args:
        subject: agency, account, member or route.
        key: as in the data file.
    """
    number = int.from_bytes(hashlib.sha256(f"demo:{subject}:{key}".encode()).digest())
    letters = []
    for _ in range(ID_LENGTH):
        number, digit = divmod(number, len(_DIGITS))
        letters.append(_DIGITS[digit])
    return "".join(letters)
