"""The help lines of the whole country, read from their data file. Pure."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta
from functools import cache
from pathlib import Path

import yaml
from pydantic import BaseModel, ConfigDict, Field

from allhands.directory.contracts import Call, LineState
from allhands.law import Text

_FILE = Path(__file__).parent / "data" / "help-lines.yaml"
# The project's own rule: ask again after three months, show nobody outside a number older than six.
ASK_AGAIN_AFTER = timedelta(days=90)
HIDE_AFTER = timedelta(days=180)
DAY_AND_NIGHT = Text(en="day and night", es="día y noche")
HOURS_UNKNOWN = Text(en="Nobody has told us the hours", es="Nadie nos ha dicho el horario")


class _Data(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Words(_Data):
    en: str
    es: str

    def text(self) -> Text:
        """The same words as the law room's own type."""
        return Text(en=self.en, es=self.es)


class HelpLine(_Data):
    """One line as its data file has it; the file explains each member."""

    id: str = Field(pattern=r"^[a-z0-9-]+$")
    name: Words
    phone: str = Field(pattern=r"^(\+1\d{10}|\d{3})$")
    shown: str
    web: str = ""
    always: bool = False
    languages: Words | None = None
    what: Words
    tells: Words | None = None
    offered: tuple[str, ...] = Field(alias="for", min_length=1)
    takes_reports: bool
    source: tuple[str, ...] = Field(min_length=1)
    verified_on: date | None = None


class _File(_Data):
    lines: tuple[HelpLine, ...]


@cache
def help_lines() -> tuple[HelpLine, ...]:
    """Every line of the file, in its order."""
    return _File.model_validate(yaml.safe_load(_FILE.read_text(encoding="utf-8"))).lines


def state_of(verified_on: date | None, today: date) -> LineState:
    """How far a number may be trusted on a day.

    Example:
        >>> state_of(date(2026, 1, 1), date(2026, 3, 1)), state_of(None, date(2026, 3, 1))
        (<LineState.VERIFIED: 'verified'>, <LineState.UNVERIFIED: 'unverified'>)
    """
    if verified_on is None:
        return LineState.UNVERIFIED
    return LineState.VERIFIED if today - verified_on <= ASK_AGAIN_AFTER else LineState.OLD


def may_be_shown(verified_on: date | None, today: date) -> bool:
    """Whether a stranger may still be given this number: one that nobody verified says so, one gone stale is hidden."""
    return verified_on is None or today - verified_on <= HIDE_AFTER


def offered_for(reasons: Iterable[str], today: date) -> tuple[Call, ...]:
    """The lines that fit any of the reasons, in the file's order."""
    wanted = set(reasons)
    return tuple(
        call_of(line, today)
        for line in help_lines()
        if wanted & set(line.offered) and may_be_shown(line.verified_on, today)
    )


def call_of(line: HelpLine, today: date) -> Call:
    """The line as somebody to call."""
    hours = DAY_AND_NIGHT if line.always else HOURS_UNKNOWN
    if line.languages:
        hours = Text(en=f"{hours.en}; {line.languages.en}", es=f"{hours.es}; {line.languages.es}")
    origin = ", ".join(line.source)
    return Call(
        code=line.id,
        name=line.name.text(),
        shown=line.shown,
        tel=line.phone,
        hours=hours,
        is_open=True if line.always else None,
        what=line.what.text(),
        tells=line.tells.text() if line.tells else None,
        state=state_of(line.verified_on, today),
        verified_on=line.verified_on,
        origin=Text(en=origin, es=origin),
    )
