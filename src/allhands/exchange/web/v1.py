"""Version 1 of the API: the same door and the same actions as the pages."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from django.http import HttpRequest
from django.utils import timezone
from ninja import File, Form, Header, NinjaAPI, Status
from ninja.files import UploadedFile
from ninja.openapi.schema import OpenAPISchema
from ninja.operation import Operation
from ninja.types import DictStrAny
from pydantic import AwareDatetime

from allhands import law
from allhands.agencies.contracts import Scope
from allhands.duties import api as duties
from allhands.duties.contracts import DutyView, NewEvidence
from allhands.episodes import api as episodes
from allhands.exchange.web import commands, schemas, showing
from allhands.exchange.web.docs import HouseDocs
from allhands.exchange.web.keys import AgencyKey, actor_of
from allhands.exchange.web.parsing import BoundedParser
from allhands.exchange.web.problems import answer_problems
from allhands.kernel.errors import Denied, Refused
from allhands.kernel.ids import DutyId, StatementId
from allhands.platform import packs
from allhands.platform.attachments import LARGEST_BYTES
from allhands.platform.audit import api as audit
from allhands.platform.database.acting import acting_as
from allhands.platform.nations import unknown_nations

IdempotencyKey = Annotated[
    str,
    Header(
        alias="Idempotency-Key",
        min_length=1,
        max_length=128,
        description="New for each report. The same key with the same report answers with the first one.",
    ),
]
Problems = dict[int, Any]
UNREADABLE: Problems = dict.fromkeys((400, 401, 403, 413, 422, 429), schemas.ProblemOut)
ABOUT_A_RECORD: Problems = {**UNREADABLE, 404: schemas.ProblemOut}
CONFLICTING: Problems = {**ABOUT_A_RECORD, 409: schemas.ProblemOut}


class HouseAPI(NinjaAPI):
    """Names each operation after the function that answers it: partners' generated code calls them so."""

    _form: OpenAPISchema | None = None

    def get_openapi_schema(self, *, path_prefix: str | None = None, path_params: DictStrAny | None = None) -> Any:
        """The form of the API. Making it takes a quarter of a second and anybody may ask: it is made once."""
        if self._form is None:
            self._form = super().get_openapi_schema(path_prefix=path_prefix, path_params=path_params)
        return self._form

    def get_openapi_operation_id(self, operation: Operation) -> str:
        """The name, the same in every release."""
        return str(operation.view_func.__name__)


api = HouseAPI(
    title="Allhands",
    version="1",
    description="One shared response for a missing child. Every call goes through the same door as the pages.",
    urls_namespace="api-v1",
    auth=AgencyKey(),
    parser=BoundedParser(),
    docs=HouseDocs(),
)
answer_problems(api)


@api.post(
    "/reports",
    auth=AgencyKey(Scope.REPORTS_WRITE),
    response={201: schemas.ReportOut, 200: schemas.ReportOut, **UNREADABLE, 409: schemas.ProblemOut},
    summary="Report a missing child",
    openapi_extra={"x-needs": Scope.REPORTS_WRITE.value},
)
def report_missing(
    request: HttpRequest, report: schemas.ReportIn, idempotency_key: IdempotencyKey
) -> Status[schemas.ReportOut]:
    """Opens an episode, starts its clocks and freezes its notices. A retry with the same key doubles nothing."""
    actor, now = actor_of(request), timezone.now()
    command = commands.report_command(report, idempotency_key, now)
    with acting_as(actor), commands.fields_as_sent(report.statements):
        reported = episodes.report_missing(actor, command, now)
        body = showing.show_report(actor, reported)
    return Status(201 if reported.created else 200, body)


@api.get(
    "/episodes/{episode_id}",
    auth=AgencyKey(Scope.EPISODES_READ),
    response={200: schemas.EpisodeOut, **ABOUT_A_RECORD},
    summary="Read an episode",
    openapi_extra={"x-needs": Scope.EPISODES_READ.value},
)
def read_episode(request: HttpRequest, episode_id: str) -> schemas.EpisodeOut:
    """The child, the owner and the facts that stand, as far as your agency may see them. The reading is journalled."""
    actor, now = actor_of(request), timezone.now()
    with acting_as(actor):
        episode = episodes.get_episode(actor, episode_id)
        with audit.audited(actor, now, audit.Event.RECORD_READ, episode_id=episode.episode_id):
            return showing.show_episode(actor, episode, now)


@api.get(
    "/episodes/{episode_id}/duties",
    auth=AgencyKey(Scope.EPISODES_READ),
    response={200: list[schemas.DutyOut], **ABOUT_A_RECORD},
    summary="List the duties of an episode",
    openapi_extra={"x-needs": Scope.EPISODES_READ.value},
)
def list_duties(request: HttpRequest, episode_id: str) -> list[schemas.DutyOut]:
    """The duty ledger of one episode that your agency takes part in: what is unproved first, by deadline."""
    actor = actor_of(request)
    with acting_as(actor):
        episode = episodes.get_episode(actor, episode_id)
        return showing.show_duties(episode.episode_id, showing.knowing_of(actor, episode))


@api.post(
    "/episodes/{episode_id}/statements",
    auth=AgencyKey(Scope.REPORTS_WRITE),
    response={201: schemas.StatementsOut, **CONFLICTING},
    summary="Add what somebody says",
    openapi_extra={"x-needs": Scope.REPORTS_WRITE.value},
)
def state_facts(request: HttpRequest, episode_id: str, told: schemas.StatementsIn) -> Status[schemas.StatementsOut]:
    """All are kept or none; nothing is overwritten. The duties follow in the same moment."""
    actor, now = actor_of(request), timezone.now()
    if told.supersedes and len(told.statements) > 1:
        raise Refused("supersedes-one", "A correction comes alone: send one statement.", field="supersedes")
    with acting_as(actor), commands.fields_as_sent(told.statements):
        episode = episodes.get_episode(actor, episode_id)
        ids = episodes.state_facts(
            actor,
            episode.episode_id,
            commands.new_statements(told.statements, "", now),
            now,
            supersedes=StatementId(told.supersedes) if told.supersedes else None,
        )
        return Status(201, showing.show_statements(actor, episode, list(ids)))


@api.post(
    "/duties/{duty_id}/evidence",
    auth=AgencyKey(Scope.DUTIES_PROVE),
    response={201: schemas.DutyOut, **CONFLICTING},
    summary="Prove a duty",
    openapi_extra={"x-needs": Scope.DUTIES_PROVE.value},
)
def prove_duty(request: HttpRequest, duty_id: str, proof: schemas.EvidenceIn) -> Status[schemas.DutyOut]:
    """Attaches a number or words. `refused_by_recipient` proves nothing: it is kept, and people are told at once."""
    actor, now = actor_of(request), timezone.now()
    evidence = NewEvidence(
        kind=proof.kind, value=proof.value, taken_by=proof.taken_by, happened_at=proof.happened_at or now
    )
    with acting_as(actor):
        duties.prove(actor, DutyId(duty_id), evidence, now)
        return Status(201, showing.show_proved(actor, _duty(duty_id)))


@api.post(
    "/duties/{duty_id}/document",
    auth=AgencyKey(Scope.DUTIES_PROVE),
    response={201: schemas.DutyOut, **CONFLICTING},
    summary="Prove a duty with a paper",
    openapi_extra={"x-needs": Scope.DUTIES_PROVE.value},
)
def attach_document(
    request: HttpRequest,
    duty_id: str,
    document: Annotated[UploadedFile, File(description="A picture or a PDF of at most 15 MB.")],
    words: Annotated[str, Form(max_length=400, description="What the paper is.")] = "",
    taken_by: Annotated[str, Form(max_length=200)] = "",
    happened_at: Annotated[AwareDatetime | None, Form(description="With its offset from UTC. Left out: now.")] = None,
) -> Status[schemas.DutyOut]:
    """What the file is, we find by looking at it. Pictures are drawn again, so that hidden parts are gone."""
    actor, now = actor_of(request), timezone.now()
    evidence = NewEvidence(
        kind="document",
        value=words,
        taken_by=taken_by,
        happened_at=happened_at or now,
        document=document.read(LARGEST_BYTES + 1),
        filename=document.name or "",
    )
    with acting_as(actor):
        duties.prove(actor, DutyId(duty_id), evidence, now)
        return Status(201, showing.show_proved(actor, _duty(duty_id)))


@api.post(
    "/assess",
    response={200: schemas.AssessOut, **UNREADABLE},
    summary="Ask what the law says",
    openapi_extra={"x-needs": ""},
)
def assess(request: HttpRequest, given: schemas.AssessIn, lang: Literal["en", "es"] = "en") -> dict[str, Any]:
    """What `allhands assess --json` prints, for the same input. Any key will do. Nothing is stored."""
    actor_of(request)
    raw = given.model_dump(exclude_none=True)
    raw.setdefault("as_of", timezone.now().isoformat())
    unknown = unknown_nations(raw, packs.library())
    if unknown:
        raise law.FactsError(unknown)
    return dict(duties.assess_raw(raw).to_json(lang))


def _duty(duty_id: str) -> DutyView:
    duty = duties.find_duty(duty_id)
    if duty is None:
        raise Denied("duty")
    return duty
