"""The first files of a pack for a State or a nation: the right shape, and nothing but the gap. Pure."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from allhands.law.packs.strict_yaml import Yaml
from allhands.law.places import NATION_CODE
from allhands.law.states import STATE_FIPS
from allhands.lawbook.pack_text import write_yaml
from allhands.lawbook.tree import COVERAGE

LICENCE = "Apache-2.0 (our words)"
_STATE = re.compile(r"[A-Za-z]{2}")


class NoSuchPlace(ValueError):
    """Neither a State's two letters nor a nation's code. The words say what to write."""


@dataclass(frozen=True, slots=True, kw_only=True)
class NewPack:
    """A pack that has nothing in it yet.

    Args:
        place: a State's two letters, such as ND, or a nation's code in small letters, such as spirit-lake.
        name_en, name_es: its name as people say it.
        steward: who keeps the pack.
        zone: IANA zone in which its days are counted; empty when not known.
    """

    place: str
    name_en: str
    name_es: str
    steward: str
    zone: str = ""

    @property
    def is_state(self) -> bool:
        return _STATE.fullmatch(self.place) is not None

    @property
    def pack_id(self) -> str:
        """The id that says where the pack lies.

        Raises:
            NoSuchPlace: the place is neither.
        """
        if self.is_state and self.place.upper() in STATE_FIPS:
            return f"us.states.{self.place.lower()}"
        if not self.is_state and NATION_CODE.fullmatch(self.place):
            return f"tribes.{self.place}"
        raise NoSuchPlace(
            f"{self.place!r} is neither a State's two letters (ND) nor a nation's short name in small letters, digits "
            "and dashes (spirit-lake)"
        )


def first_files(new: NewPack, today: date) -> dict[str, str]:
    """The files of the new pack, by name."""
    pack_id = new.pack_id
    jurisdiction = f"US-{new.place.upper()}" if new.is_state else f"TRIBE-{new.place}"
    header: dict[str, Yaml] = {
        "id": pack_id,
        "title": {"en": new.name_en, "es": new.name_es},
        "kind": "state" if new.is_state else "tribe",
        "jurisdiction": jurisdiction,
        "version": f"{today:%Y.%m.%d}",
        "applies": {"state": new.place.upper()} if new.is_state else {"nation": new.place},
        "worlds": ["live", "demo", "drill"],
        **({"zone": new.zone} if new.zone else {}),
        "steward": new.steward,
        "licence": LICENCE,
        "depends_on": ["core", "us.federal"],
        "confidence": "C",
    }
    gap: dict[str, Yaml] = {
        "en": "Nothing has been read yet. The federal law still applies.",
        "es": "Todavía no se ha leído nada. La ley federal sí se aplica.",
    }
    line: dict[str, Yaml] = {
        "pack": pack_id,
        "jurisdiction": jurisdiction,
        "subject": {"en": "Everything", "es": "Todo"},
        "coverage": "none",
        "verified_on": None,
        "gaps": [gap],
    }
    return {
        "pack.yaml": write_yaml(header),
        "sources.yaml": write_yaml({}),
        COVERAGE: write_yaml({"entries": [line]}),
    }
