"""Version 1 of the API: the same door and the same actions as the pages."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Any

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from ninja import Header, NinjaAPI, Status
from ninja.security import HttpBearer

from allhands import law
from allhands.agencies import api as agencies
from allhands.duties import api as duties
from allhands.duties.contracts import DutyView
from allhands.episodes import api as episodes
from allhands.episodes.contracts import Certainty, NewStatement, ReportChannel, ReportCommand
from allhands.exchange.web import schemas
from allhands.exchange.web.parsing import BoundedParser
from allhands.kernel.actors import Actor
from allhands.kernel.errors import Denied, Refused
from allhands.kernel.findings import Finding
from allhands.kernel.ids import ChildId
from allhands.platform.database.acting import acting_as


class AgencyToken(HttpBearer):
    """`Authorization: Bearer <token>`: a token of an agency, made on the agency's page and shown once."""

    def authenticate(self, request: HttpRequest, token: str) -> Actor | None:
        """The actor of the token, or None: the answer is 401 and says no more."""
        return agencies.authenticate_token(token)


api = NinjaAPI(
    title="Allhands",
    version="1",
    description="One shared response for a missing child. Every call goes through the same door as the pages.",
    urls_namespace="api-v1",
    auth=AgencyToken(),
    parser=BoundedParser(),
)


@api.exception_handler(Refused)
def _refused(request: HttpRequest, error: Refused) -> HttpResponse:
    found: tuple[Finding, ...] = getattr(error, "findings", ())
    body = schemas.ProblemOut(
        code=error.code,
        message=error.reason,
        findings=[schemas.FindingOut(field=one.path, code=one.code, message=one.message) for one in found]
        or ([schemas.FindingOut(field=error.field, code=error.code, message=error.reason)] if error.field else []),
    )
    status = 409 if error.code in {"idempotency-key-reused", "open-episode"} else 422
    return api.create_response(request, body, status=status)


@api.exception_handler(law.FactsError)
def _bad_facts(request: HttpRequest, error: law.FactsError) -> HttpResponse:
    return _refused(request, _as_refused(error))


@api.exception_handler(Denied)
def _denied(request: HttpRequest, error: Denied) -> HttpResponse:
    body = schemas.ProblemOut(code="denied", message="This is not here, or not for this token.")
    return api.create_response(request, body, status=404)


@api.post(
    "/reports",
    response={201: schemas.ReportOut, 200: schemas.ReportOut, 409: schemas.ProblemOut, 422: schemas.ProblemOut},
    summary="Report a missing child",
)
def report_missing(
    request: HttpRequest,
    report: schemas.ReportIn,
    idempotency_key: Annotated[str, Header(alias="Idempotency-Key", min_length=1, max_length=128)],
) -> Status[schemas.ReportOut]:
    """Opens an episode, starts its clocks and freezes its notices. A retry with the same key doubles nothing."""
    actor, now = _actor(request), timezone.now()
    with acting_as(actor):
        reported = episodes.report_missing(actor, _command(report, idempotency_key, now), now)
        assessment = duties.find_assessment(reported.episode_id)
        result: dict[str, Any] = dict(assessment.result) if assessment else {}
        body = schemas.ReportOut(
            episode_id=reported.episode_id,
            child_id=reported.child_id,
            received_at=reported.received_at,
            created=reported.created,
            tier=result.get("tier", {}),
            duties=[_duty(duty) for duty in duties.list_duties([reported.episode_id]).get(reported.episode_id, ())],
            ask_next=result.get("ask_next", []),
        )
    return Status(201 if reported.created else 200, body)


@api.get("/episodes/{episode_id}/duties", response={200: list[schemas.DutyOut], 404: schemas.ProblemOut})
def list_duties(request: HttpRequest, episode_id: str) -> list[schemas.DutyOut]:
    """The duty ledger of one episode that the token's agency takes part in."""
    actor = _actor(request)
    with acting_as(actor):
        episode = episodes.get_episode(actor, episode_id)
        return [_duty(duty) for duty in duties.list_duties([episode.episode_id]).get(episode.episode_id, ())]


@api.post("/assess", response={200: dict[str, Any], 422: schemas.ProblemOut}, auth=AgencyToken())
def assess(request: HttpRequest, given: dict[str, Any]) -> dict[str, Any]:
    """What `allhands assess --json` prints, for the same input. Nothing is stored."""
    given.setdefault("as_of", timezone.now().isoformat())
    return dict(duties.assess_raw(given).to_json())


def _actor(request: HttpRequest) -> Actor:
    actor = getattr(request, "auth", None)
    if not isinstance(actor, Actor):
        raise Denied("token")
    return actor


def _command(report: schemas.ReportIn, key: str, now: datetime) -> ReportCommand:
    told = [schemas.StatementIn(fact=fact, value=value) for fact, value in report.facts.items()]
    return ReportCommand(
        call_name=report.call_name,
        statements=tuple(
            NewStatement(
                fact_id=said.fact,
                value=said.value,
                informant=said.informant or report.reporter.name,
                certainty=Certainty(said.certainty.upper()),
                stated_at=_aware(said.at, now),
            )
            for said in (*told, *report.statements)
        ),
        reporter_name=report.reporter.name,
        reporter_relation=report.reporter.relation,
        reporter_phone=report.reporter.phone,
        channel=ReportChannel.API,
        idempotency_key=key,
        child_id=ChildId(report.child_id) if report.child_id else None,
    )


def _aware(at: datetime | None, now: datetime) -> datetime:
    if at is None:
        return now
    if at.tzinfo is None:
        raise Refused("at-offset", "A time needs its offset from UTC: 2026-11-24T02:00:00-06:00.", field="at")
    return at


def _as_refused(error: law.FactsError) -> Refused:
    refused = Refused("facts", error.findings[0].message, field=error.findings[0].path)
    refused.findings = error.findings  # type: ignore[attr-defined]  # the handler reads them from any refusal
    return refused


def _duty(duty: DutyView) -> schemas.DutyOut:
    return schemas.DutyOut(
        duty_id=duty.duty_id,
        rule_id=duty.rule_id,
        title=dict(duty.title),
        actor=duty.actor_code,
        recipient=duty.recipient_code,
        applies=duty.applies.value,
        state=duty.state.value,
        clock_starts_at=duty.clock_starts_at,
        due_at=duty.due_at,
        due_words=dict(duty.due_words),
        starts_when=dict(duty.starts_when),
        governs=duty.governs,
        covered_by=duty.covered_by,
        plain=dict(duty.plain),
        source=[dict(one) for one in duty.source],
    )
