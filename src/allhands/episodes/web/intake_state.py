"""A draft read as far as it can be read: statements that hold, faults by field, what the law says so far."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from allhands import law
from allhands.agencies import api as agencies
from allhands.duties import api as duties
from allhands.episodes import api as episodes
from allhands.episodes.contracts import DraftView, Json, NewStatement, ReportChannel, ReportCommand
from allhands.episodes.intake import answers as reading
from allhands.episodes.intake import steps
from allhands.kernel.actors import Actor
from allhands.kernel.errors import Denied
from allhands.kernel.findings import Finding
from allhands.kernel.ids import ChildId
from allhands.platform import packs

PASSED = "_passed"
SKIPPED = "_skipped"
WARNED = "_warned"
CHOSEN = "_child"


@dataclass(frozen=True, slots=True, kw_only=True)
class Intake:
    """What a draft amounts to now.

    Args:
        statements: those that may enter the house as they are.
        faults: field name -> what is wrong and what is allowed.
    """

    draft: DraftView
    statements: tuple[NewStatement, ...]
    faults: Mapping[str, str]
    assessment: law.Assessment
    questions: tuple[law.Question, ...]
    zone: ZoneInfo
    now: datetime

    @property
    def answers(self) -> Mapping[str, Json]:
        return self.draft.answers

    @property
    def call_name(self) -> str:
        """The name the child uses: nickname, else first name."""
        for field in ("child.nickname", "child.given_name"):
            text = str(self.answers.get(field) or "").strip()
            if text and text != "?":
                return text
        return ""

    @property
    def passed(self) -> tuple[str, ...]:
        return _words(self.answers.get(PASSED))

    @property
    def is_warned(self) -> bool:
        return bool(self.answers.get(WARNED))


def load(actor: Actor, draft_id: str, now: datetime) -> Intake:
    """The draft and all that follows from it.

    Raises:
        Denied: the draft is somebody else's, or was sent.
    """
    draft = episodes.find_draft(actor, draft_id)
    if draft is None:
        raise Denied("draft")
    return read(actor, draft, now)


def read(actor: Actor, draft: DraftView, now: datetime) -> Intake:
    """What the draft amounts to now."""
    declared = packs.library().facts
    zone = agencies.zone_of(actor)
    caller = reading.Caller(name=_caller(draft, actor), zone=zone, now=now)
    said = reading.read(draft.answers, declared, caller)
    faults = {found.path: found.message for found in said.findings}
    good: list[NewStatement] = []
    for statement in said.statements:
        found = episodes.find_faults([statement], now)
        if found:
            faults[statement.fact_id] = found[0].message
        else:
            good.append(statement)
    assessment = _assess(actor, tuple(good), now)
    questions = steps.open_questions(draft.answers, assessment.ask_next, declared, _words(draft.answers.get(SKIPPED)))
    return Intake(
        draft=draft,
        statements=tuple(good),
        faults=faults,
        assessment=assessment,
        questions=questions,
        zone=zone,
        now=now,
    )


def command(actor: Actor, intake: Intake, channel: ReportChannel) -> ReportCommand:
    """The report that the draft has become. Its key is the draft: sending twice reports once."""
    chosen = str(intake.answers.get(CHOSEN) or "")
    return ReportCommand(
        call_name=intake.call_name,
        statements=intake.statements,
        reporter_name=_text(intake, "reporter_name"),
        reporter_relation=_text(intake, "reporter_relation"),
        reporter_phone=_text(intake, "reporter_phone"),
        channel=channel,
        idempotency_key=f"draft-{intake.draft.draft_id}",
        child_id=ChildId(chosen) if chosen else None,
    )


def _assess(actor: Actor, statements: tuple[NewStatement, ...], now: datetime) -> law.Assessment:
    told = (*statements, *episodes.started_by_report(actor, statements, now))
    said: list[Json] = [
        {
            "fact": one.fact_id,
            "value": one.value,
            "informant": one.informant,
            "certainty": one.certainty.value.lower(),
            "at": one.stated_at.isoformat(),
        }
        for one in told
        if one.value is not None
    ]
    return duties.assess_raw({"as_of": now.isoformat(), "statements": said})


def _caller(draft: DraftView, actor: Actor) -> str:
    name = draft.answers.get("reporter_name")
    return name.strip() if isinstance(name, str) and name.strip() else actor.label


def _text(intake: Intake, name: str) -> str:
    value = intake.answers.get(name)
    return value.strip() if isinstance(value, str) else ""


def _words(value: Json) -> tuple[str, ...]:
    return tuple(word for word in value if isinstance(word, str)) if isinstance(value, list) else ()


def fault_list(findings: tuple[Finding, ...]) -> dict[str, str]:
    """Field name -> message, the first of each field."""
    faults: dict[str, str] = {}
    for found in findings:
        faults.setdefault(found.path, found.message)
    return faults
