"""The story as values, read once from its data file."""

from __future__ import annotations

from datetime import datetime, timedelta
from functools import cache
from pathlib import Path

import yaml
from pydantic import BaseModel, ConfigDict

from allhands.episodes.contracts import Certainty, Json, NewStatement

_FILE = Path(__file__).parent / "story.yaml"


class _Data(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Ago(_Data):
    """An instant, counted back from the moment of loading."""

    ago: timedelta


class Place(_Data):
    """A place as facts hold it; parts left out are not known."""

    state: str
    county_fips: str
    nation: str | None = None
    indian_country: bool | None = None


class Said(_Data):
    """One statement of fact; `value` None means asked, and not known."""

    fact: str
    value: Ago | Place | bool | int | str | None
    said_by: str
    sure: Certainty = Certainty.TOLD

    def statement(self, at: datetime, now: datetime) -> NewStatement:
        """The statement as somebody makes it at `at`, in a story loaded at `now`."""
        return NewStatement(
            fact_id=self.fact, value=self._value(now), informant=self.said_by, certainty=self.sure, stated_at=at
        )

    def _value(self, now: datetime) -> Json:
        match self.value:
            case Ago(ago=ago):
                return (now - ago).isoformat()
            case Place():
                return self.value.model_dump(exclude_none=True)
            case plain:
                return plain


class Proof(_Data):
    """Proof of the duty with this action. `paper`: one sentence, written on the paper that is attached."""

    action: str
    kind: str
    value: str = ""
    paper: str = ""
    taken_by: str
    happened: timedelta
    recipient: str = ""
    pack: str = ""


class Offer(_Data):
    to: str
    reason: str


class Return(_Data):
    happened: timedelta
    said_by: str


class Step(_Data):
    """One thing that one of the cast does. Exactly one of the acts is given.

    Args:
        confirm: the kind of the packet whose receipt is confirmed.
    """

    ago: timedelta
    by: str
    say: Said | None = None
    correct: Said | None = None
    prove: Proof | None = None
    confirm: str = ""
    offer: Offer | None = None
    returned: Return | None = None


class Reporter(_Data):
    name: str
    relation: str
    phone: str


class Child(_Data):
    key: str
    name: str
    by: str
    ago: timedelta
    reporter: Reporter
    facts: tuple[Said, ...]
    steps: tuple[Step, ...] = ()


class Story(_Data):
    children: tuple[Child, ...]


@cache
def demo_story() -> Story:
    """The story."""
    return Story.model_validate(yaml.safe_load(_FILE.read_text(encoding="utf-8")))
