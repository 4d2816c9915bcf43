"""The shapes of the API, documented where they are declared."""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated, Any, Literal

from ninja import Schema
from pydantic import AwareDatetime, ConfigDict, Field

from allhands.duties.contracts import Applies, DutyState
from allhands.episodes.contracts import Certainty, EpisodeState, NameKind

FactValue = Annotated[Any, Field(description="As the fact's declaration asks. `null` means: asked, and not known.")]
Instant = Annotated[AwareDatetime | None, Field(description="With its offset from UTC. Left out: now.")]
Email = Annotated[str, Field(max_length=254)]


class Closed(Schema):
    """Refuses members it does not know, so that a misspelt one is never lost in silence."""

    model_config = ConfigDict(extra="forbid")


class StatementIn(Closed):
    """Something somebody says about the child."""

    fact: Annotated[str, Field(description="A fact id of the rule packs, such as `child.age_years`.", max_length=80)]
    value: FactValue = None
    informant: Annotated[str, Field(max_length=200, description="Who says so. Left out: the key's own name.")] = ""
    certainty: Literal["seen", "told", "guessed"] = "told"
    at: Instant = None


class ReporterIn(Closed):
    """Who tells us."""

    name: str = ""
    relation: str = ""
    phone: str = ""


class ReportIn(Closed):
    """A report of a missing child."""

    call_name: Annotated[str, Field(description="The name the child uses. A first name is enough.")]
    facts: Annotated[dict[str, Any], Field(description="Facts told by the reporter: `{fact id: value}`.")] = {}
    statements: Annotated[
        list[StatementIn], Field(max_length=400, description="Facts with who said so, how sure and when.")
    ] = []
    reporter: ReporterIn = ReporterIn()
    owner_email: Annotated[
        Email,
        Field(
            description="Sign-in address of the person in your agency who owns the episode from its first second. "
            "Left out: the first of your supervisors, directors, officers and caseworkers, in this order, by name."
        ),
    ] = ""
    child_id: Annotated[
        str | None, Field(max_length=16, description="A child your agency already knows here, to open a new episode.")
    ] = None


class StatementsIn(Closed):
    """What somebody says now about a child already reported."""

    statements: Annotated[list[StatementIn], Field(min_length=1, max_length=400)]
    supersedes: Annotated[
        str | None,
        Field(max_length=16, description="Id of the statement that this one corrects. Send it alone then."),
    ] = None


class EvidenceIn(Closed):
    """Proof that a duty was done."""

    kind: Annotated[
        str, Field(max_length=40, description="One of the duty's `evidence_kinds`, or `refused_by_recipient`.")
    ]
    value: Annotated[str, Field(max_length=2000, description="The number or the words that prove it.")]
    taken_by: Annotated[str, Field(max_length=200, description="Who took the report or confirmed the receipt.")] = ""
    happened_at: Instant = None


class AssessIn(Closed):
    """Facts, or statements, to be judged. Nothing is stored."""

    as_of: Annotated[str | None, Field(description="The instant to judge at, with offset. Left out: now.")] = None
    facts: Annotated[dict[str, Any] | None, Field(description="`{fact id: value}`")] = None
    statements: Annotated[
        list[Any] | None, Field(description="`[{fact, value, informant, certainty, at}]`, instead of `facts`.")
    ] = None


class Shown(Schema):
    """Answers write a code as its text."""

    model_config = ConfigDict(use_enum_values=True)


class Words(Schema):
    """The same words in English and Spanish."""

    en: str
    es: str


class EvidenceOut(Schema):
    """One proof."""

    evidence_id: str
    kind: str
    value: str
    taken_by: str
    happened_at: datetime
    recorded_by: str
    recorded_at: datetime
    has_document: bool


class DutyOut(Shown):
    """One duty with its clock. Done only when `state` is PROVED or PROVED_LATE."""

    duty_id: str
    rule_id: str
    title: Words
    plain: Words
    actor: str
    recipient: str
    action: str
    agency_id: Annotated[str | None, Field(description="The agency here that owes it. `null`: nobody has told us.")]
    applies: Applies
    state: DutyState
    clock_starts_at: Annotated[datetime | None, Field(description="`null`: not started; `starts_when` says by what.")]
    due_at: datetime | None
    period_ends_at: Annotated[datetime | None, Field(description="The end of a wait or a stay. Nobody must act by it.")]
    due_words: Words
    starts_when: Words
    governs: Annotated[bool, Field(description="False: `covered_by` asks the same act earlier.")]
    covered_by: str
    evidence_kinds: list[str]
    evidence: list[EvidenceOut]
    settled_at: datetime | None
    settled_by: str
    source: list[dict[str, str]]


class TierOut(Schema):
    """How fast to act."""

    level: str
    reasons: Annotated[list[Words], Field(description="Empty also when your agency may not see them.")]


class QuestionOut(Schema):
    """A question whose answer would settle duties that are still open to doubt."""

    fact: str
    question: Words
    settles: int


class OwnerOut(Schema):
    """Who owns the episode. Never empty."""

    agency_id: str
    agency: str
    member: str


class ReportOut(Schema):
    """The answer to a report."""

    episode_id: str
    child_id: str
    received_at: datetime
    created: Annotated[bool, Field(description="False when this key had already brought the same report.")]
    owner: OwnerOut
    tier: TierOut | None
    duties: list[DutyOut]
    ask_next: list[QuestionOut]


class NameOut(Shown):
    """A name of the child, exactly as it was written."""

    kind: NameKind
    text: str


class ChildOut(Schema):
    """The child, as far as your agency may know."""

    child_id: str
    call_name: str
    names: list[NameOut]
    born_on: date | None


class FactOut(Shown):
    """A statement that stands. Two informants may disagree: both are here."""

    statement_id: str
    fact: str
    value: Any
    informant: str
    certainty: Certainty
    stated_at: datetime
    recorded_by: str
    under_nation_key: Annotated[
        bool, Field(description="Something was said, and only the nation's own key opens it: `value` is then null.")
    ]


class EpisodeOut(Shown):
    """One time that a child is missing, as far as your agency may know."""

    episode_id: str
    state: EpisodeState
    child: ChildOut
    owner: OwnerOut
    owner_since: datetime
    opened_at: datetime
    missing_since: datetime | None
    returned_at: datetime | None
    party_agency_ids: list[str]
    tier: TierOut | None
    facts: list[FactOut]


class StatementsOut(Schema):
    """What was kept, and what follows from it."""

    statement_ids: list[str]
    tier: TierOut | None
    duties: list[DutyOut]


class AssessOut(Schema):
    """What `allhands assess --json` prints; `docs/reference/pack-format.md` explains the members."""

    as_of: str
    world: str
    packs: list[dict[str, Any]]
    definitions: list[dict[str, Any]]
    duties: list[dict[str, Any]]
    criteria: list[dict[str, Any]]
    conflicts: list[dict[str, Any]]
    tier: dict[str, Any]
    ask_next: list[dict[str, Any]]
    facts_used: list[str]
    holds_until: str | None


class FindingOut(Schema):
    """One thing that is wrong, and where."""

    field: str
    code: str
    message: str


class Problem(Schema):
    """Why it was refused."""

    status: int
    code: str
    message: str
    findings: list[FindingOut] = []
    incident: Annotated[str, Field(description="A number to give us when it was our fault; else empty.")] = ""


class ProblemOut(Schema):
    """Why it was refused. Nothing was stored."""

    error: Problem


_IN = (ReportIn, ReporterIn, StatementIn, StatementsIn, EvidenceIn, AssessIn)
KNOWN_NAMES = frozenset(name for shape in _IN for name in shape.model_fields)
# What the operations call their body; the library puts it before the names of the fields.
BODY_NAMES = frozenset({"report", "told", "proof", "given"})
