"""The shapes of the API, documented where they are declared."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Any, Literal

from ninja import Schema
from pydantic import ConfigDict, Field


class Closed(Schema):
    """Refuses members it does not know, so that a misspelt one is never lost in silence."""

    model_config = ConfigDict(extra="forbid")


class StatementIn(Closed):
    """Something somebody says about the child."""

    fact: Annotated[str, Field(description="A fact id of the rule packs, such as `child.age_years`.", max_length=80)]
    value: Annotated[Any, Field(description="As the fact's declaration asks. `null` = asked, and not known.")] = None
    informant: Annotated[str, Field(max_length=200)] = ""
    certainty: Literal["seen", "told", "guessed"] = "told"
    at: Annotated[datetime | None, Field(description="When it was said, with offset. Without it: now.")] = None


class ReporterIn(Closed):
    """Who tells us."""

    name: str = ""
    relation: str = ""
    phone: str = ""


class ReportIn(Closed):
    """A report of a missing child."""

    call_name: Annotated[str, Field(description="The name the child uses.")]
    facts: Annotated[dict[str, Any], Field(description="Facts told by the reporter: `{fact id: value}`.")] = {}
    statements: Annotated[list[StatementIn], Field(max_length=400)] = []
    reporter: ReporterIn = ReporterIn()
    child_id: str | None = None


class DutyOut(Schema):
    """One duty with its clock. Green only when `state` is PROVED or PROVED_LATE."""

    duty_id: str
    rule_id: str
    title: dict[str, str]
    actor: str
    recipient: str
    applies: Literal["TRUE", "UNKNOWN"]
    state: str
    clock_starts_at: datetime | None
    due_at: datetime | None
    due_words: dict[str, str]
    starts_when: dict[str, str]
    governs: bool
    covered_by: str
    plain: dict[str, str]
    source: list[dict[str, str]]


class ReportOut(Schema):
    """The answer to a report."""

    episode_id: str
    child_id: str
    received_at: datetime
    created: Annotated[bool, Field(description="False when this key had already brought the same report.")]
    tier: dict[str, Any]
    duties: list[DutyOut]
    ask_next: list[dict[str, Any]]


class FindingOut(Schema):
    """One thing that is wrong, and where."""

    field: str
    code: str
    message: str


class ProblemOut(Schema):
    """Why it was refused. Nothing was stored."""

    code: str
    message: str
    findings: list[FindingOut] = []
