"""One response to one child, with something at every address: who may pass and who may not knock at the same doors."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP
from django.apps import apps
from django.db import connection
from django.urls import URLPattern, URLResolver, get_resolver
from django.utils import timezone
from PIL import Image

from allhands.access.actions import consents, correcting, exceptions
from allhands.access.contracts import AbuserCheck, ConsentKind, ConsentState, HowGiven, ObjectionKind, Purpose
from allhands.access.domain import Answer
from allhands.agencies import actions as agency_actions
from allhands.agencies.commands import HelpSignIn, InviteMember, RecordAgreement
from allhands.agencies.contracts import AgreementKind, Cover
from allhands.alerts import api as alerts
from allhands.alerts import ladder
from allhands.alerts.tests.makers import a_draft, make_authority, make_number
from allhands.channels import api as channels
from allhands.channels.contracts import Channel, Way
from allhands.duties import api as duties
from allhands.duties import tasks
from allhands.duties.contracts import NewEvidence
from allhands.episodes import api as episodes
from allhands.episodes.tests.reports import report
from allhands.exchange.tests.program import maya
from allhands.keeping import api as keeping
from allhands.keeping.contracts import NewOrder, Scope, StepKind
from allhands.kernel.actors import Role
from allhands.kernel.ids import AgencyId, DutyId, EpisodeId
from allhands.lawbook.actions.drafts import start_draft
from allhands.lawbook.contracts import Origin
from allhands.platform.database.acting import acting_as
from allhands.platform.proof import api as proof
from allhands.platform.testing.cast import Cast, account_of, make_key, make_route

LOOKS = ("large", "border", "night")  # whatever the hour and the land of the stage, somebody looked twice
_PARAMETER = re.compile(r"<(?:\w+:)?(\w+)>")


@dataclass(frozen=True, slots=True, kw_only=True)
class Sent:
    """A body of JSON, or the fields of a form, files among them."""

    body: Mapping[str, Any] | None = None
    form: Mapping[str, str | bytes] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Stage:
    """What stands in the addresses.

    Args:
        values: by the name of the parameter, or by `route name.parameter` where one address needs another value.
        keys: secrets of software, by the names that `audiences.py` gives them.
        sent: what is sent, by the name of the route, where an empty form would be refused before the door is asked.
    """

    values: Mapping[str, str]
    keys: Mapping[str, str]
    sent: Mapping[str, Sent]

    def path(self, name: str, route: str) -> str:
        """The address with a value for each parameter.

        Raises:
            LookupError: nothing stands here for a parameter; say what in `stage.py`.
        """

        def value(found: re.Match[str]) -> str:
            parameter = found[1]
            try:
                return self.values.get(f"{name}.{parameter}") or self.values[parameter]
            except KeyError:
                raise LookupError(f"{name}: stage.py has no value for <{parameter}>") from None

        return "/" + _PARAMETER.sub(value, route)


def routes() -> Iterator[tuple[str, str]]:
    """Name and pattern of every address of the product."""
    yield from dict.fromkeys(_walk(get_resolver().url_patterns, ""))


def _walk(patterns: list[URLPattern | URLResolver], prefix: str) -> Iterator[tuple[str, str]]:
    for pattern in patterns:
        route = prefix + str(pattern.pattern)
        if isinstance(pattern, URLResolver):
            yield from _walk(pattern.url_patterns, route)
        else:
            yield pattern.name or route, route


def set_up(cast: Cast) -> Stage:
    """Maya is reported, the sheriff and the clearinghouse have packets, the nation is asked to take her on."""
    now = timezone.now()
    at = now - timedelta(hours=2)
    maya = episodes.report_missing(cast.caseworker, report(key="matrix", at=at), at).episode_id
    return Stage(
        values={
            **_of_the_child(cast, maya, now),
            **_of_the_papers(cast, maya, now),
            **_of_the_door(cast, maya, now),
            **_of_the_kept(cast, now),
            **_of_the_alert(cast, maya, now),
            **_of_the_law(cast, now),
            **_of_the_agency(cast, now),
            **_of_the_machinery(now),
            **_of_the_interface(),
            **_of_the_account(cast),
        },
        keys=_keys(cast),
        sent=_sent(cast, now),
    )


def _of_the_child(cast: Cast, maya: EpisodeId, now: datetime) -> dict[str, str]:
    nation = AgencyId(cast.tribal_liaison.agency_id)
    with acting_as(cast.caseworker):
        owed = duties.list_duties([maya])[maya]
        told = next(one for one in owed if one.rule_id == "us.federal.duty-ive-24h-le")
        return {
            "episode_id": maya,
            "draft_id": episodes.start_draft(cast.caseworker, now).draft_id,
            "report-step.slug": "child",
            "fact_id": "child.age_years",
            "photo_id": episodes.add_photo(cast.caseworker, maya, _picture(), None, now),
            "offer_id": episodes.offer(cast.caseworker, maya, nation, "She lives there now.", now),
            "answer": "accept",
            "duty_id": told.duty_id,
            "evidence_id": _prove(cast, told.duty_id, now),
        }


def _prove(cast: Cast, duty_id: DutyId, now: datetime) -> str:
    paper = NewEvidence(
        kind="refused_by_recipient",
        value="They would not take it at the desk.",
        taken_by="",
        happened_at=now - timedelta(minutes=30),
        document=_picture(),
        filename="refusal.png",
    )
    duties.prove(cast.caseworker, duty_id, paper, now)
    return str(apps.get_model("duties", "Evidence").objects.get(duty_id=duty_id).pk)


def _picture() -> bytes:
    stream = io.BytesIO()
    Image.new("RGB", (8, 8), "white").save(stream, "PNG")
    return stream.getvalue()


def _of_the_papers(cast: Cast, maya: EpisodeId, now: datetime) -> dict[str, str]:
    with acting_as(cast.caseworker):
        packet = next(one for one in duties.list_notices(maya) if one.kind == "POLICE")
    tasks.issue_notice(notice_id=packet.notice_id)
    delivered = channels.find_about(cast.officer, packet.notice_id)
    assert delivered is not None
    item = channels.open_item(cast.officer, delivered, now)
    return {
        "notice_id": packet.notice_id,
        "notice-file.name": "packet.json",
        "kind": "POLICE",
        "recipient": packet.recipient_code,
        "refers_to": packet.notice_id,
        "delivery_id": delivered,
        "inbox-file.name": item.parts[0].name,
        "channel": Channel.EMAIL.value,
    }


def _of_the_door(cast: Cast, maya: EpisodeId, now: datetime) -> dict[str, str]:
    """A card that waits and one that was agreed to, a field asked for, a wish to correct; the packet is on lease."""
    with acting_as(cast.caseworker):
        door = episodes.access_of(episodes.get_episode(cast.caseworker, maya))
    given = consents.NewConsent(
        kind=ConsentKind.YOUTH,
        giver="Maya",
        giver_relation="",
        facts=("child.age_years",),
        to_agency=AgencyId(cast.officer.agency_id),
        to_label="Test County Sheriff",
        purpose=Purpose.RESPONSE,
        language="English",
        words="They look for you.",
        authority="",
        abuser_check=AbuserCheck.NOT_ASKED,
        starts_at=now,
        ends_at=now + timedelta(days=30),
    )
    waiting = consents.write(cast.caseworker, door, given, now)
    agreed = consents.write(cast.caseworker, door, given, now)
    consents.answer(cast.caseworker, agreed, Answer(state=ConsentState.AGREED, how=HowGiven.TYPED), now)
    asked = exceptions.ask(cast.officer, door, "child.age_years", AgencyId(cast.caseworker.agency_id), "To search", now)
    wish = correcting.NewObjection(
        kind=ObjectionKind.CORRECT,
        name="Maya",
        born_on=None,
        words="",
        reach="",
        agency_id=AgencyId(cast.caseworker.agency_id),
    )
    digest = correcting.digest_of(correcting.receive(wish, now))
    with acting_as(cast.caseworker):
        return {
            "consent_id": waiting,
            "consent-stop.consent_id": agreed,
            "ask_id": asked,
            "lease_id": str(apps.get_model("access", "Lease").objects.filter(episode_id=maya).first().pk),
            "objection_id": str(apps.get_model("access", "Objection").objects.get(digest=digest).pk),
        }


def _of_the_kept(cast: Cast, now: datetime) -> dict[str, str]:
    """A response that is over, and a court's order about it that waits for a second person."""
    at = now - timedelta(hours=1)
    over = episodes.report_missing(cast.caseworker, report("Zed", key="kept", at=at), at).episode_id
    episodes.mark_returned(cast.caseworker, over, now, "Ms Olsen", now)
    episodes.close(cast.caseworker, over, now)
    order = NewOrder(
        kind=StepKind.SEAL, court="Juvenile Court", docket="JV-14", issued_on=at.date(), scope=Scope.RESPONSE
    )
    return {"step_id": keeping.enter_order(cast.supervisor, over, order, now)}


def _of_the_agency(cast: Cast, now: datetime) -> dict[str, str]:
    invite = InviteMember(
        agency_id=AgencyId(cast.administrator.agency_id),
        email="newcomer@people.example",
        display_name="Newcomer Testworth",
        role=Role.CASEWORKER,
        ends_on=None,
    )
    invited = agency_actions.invite_member(cast.administrator, invite, now)
    assert cast.supervisor.member_id
    helped = agency_actions.help_sign_in(cast.administrator, HelpSignIn(member_id=cast.supervisor.member_id), now)
    make_key(AgencyId(cast.administrator.agency_id), name="shown on the page")
    token = apps.get_model("agencies", "ApiToken").objects.get(name="shown on the page")
    return {
        "route_id": make_route(AgencyId(cast.administrator.agency_id), "phone", "+17015550100"),
        "member_id": str(cast.caseworker.member_id),
        "invitation_id": invited.id,
        "join.raw": invited.raw,
        "let-in.raw": helped.raw,
        "token_id": str(token.pk),
        "user_id": account_of(cast.caseworker).pk,
        "agreement_id": _agreement(cast, now),
    }


def _agreement(cast: Cast, now: datetime) -> str:
    command = RecordAgreement(
        kind=AgreementKind.NATION,
        title="On the Nation's children",
        document="File 24-017",
        covers=frozenset({Cover.CASE_INFORMATION}),
        with_agencies=frozenset({AgencyId(cast.tribal_liaison.agency_id)}),
        starts_on=now.date(),
    )
    with acting_as(cast.administrator):
        return agency_actions.record_agreement(cast.administrator, command, now)


def _of_the_alert(cast: Cast, maya: EpisodeId, now: datetime) -> dict[str, str]:
    """One that is out: written by the caseworker, sent by the sheriff, whose land it is."""
    sheriff = AgencyId(cast.officer.agency_id)
    make_authority(sheriff)
    newer = now + timedelta(seconds=1)  # of two photos of one instant either may be the newest
    photo_id = episodes.add_photo(cast.caseworker, maya, _picture(), None, newer)
    number = make_number(sheriff)
    written = a_draft(number, seen_at=now - timedelta(hours=2), photo_id=photo_id, consents=("name", "photo"))
    asked = alerts.ask(cast.caseworker, maya, ladder.LOCAL, "", now)
    with acting_as(cast.caseworker):
        alert_id = alerts.start(cast.caseworker, asked, now)
        alerts.save(cast.caseworker, alert_id, written, 1, now)
        alerts.offer(cast.caseworker, alert_id, now)
    with acting_as(cast.officer):
        looked = alerts.Approval(version=2, looked=True, second_looks=LOOKS)
        transmission_id = alerts.send(cast.officer, alert_id, looked, now)
        alert = alerts.find_alert(alert_id)
    assert alert is not None
    name = "poster-en.txt"
    return {
        "alert-land.state": "ND",
        "request_id": asked,
        "alert_id": alert_id,
        "alert-artefact.name": name,
        "alert-sent.name": name,
        "transmission_id": transmission_id,
        "photo_id": photo_id,  # the newest; the one before is no longer shown
        "broadcast_id": "none",
        "sending_id": "1",
        "page": "1",
        "authority_id": apps.get_model("alerts", "Authority").objects.get(agency_id=sheriff).pk,
        "way": Way.POSTERS.value,
        "act": "tally",
        "code": alert.code,
        "public-card.lang": "en",
        "stop_key": "nobodys-key",
    }


def _of_the_law(cast: Cast, now: datetime) -> dict[str, str]:
    """A draft of the supervisor's, and a release that was taken over from elsewhere."""
    with acting_as(cast.supervisor):
        draft = start_draft(cast.supervisor, "tribes.sample", None, now)
        release = apps.get_model("lawbook", "Release").objects.create(
            pack_id="tribes.sample",
            version="2000.1.1",
            archive=b"",
            sha256="0" * 64,
            origin=Origin.ELSEWHERE.value,
            takes_effect_at=now + timedelta(days=36_500),
            published_at=now,
            written_by="Somebody",
            read_by="Somebody else",
            key="none",
        )
    return {
        **{f"{name}.draft_id": draft.id for name, _route in routes() if name.startswith("law-")},
        "release_id": release.pk,
        "pack_id": "us.federal",
        "case_id": "c01",
        "folder": "duties",
        "law-rule.name": "accept-report",
        "law-rule-remove.name": "accept-report",
        "law-try.name": "accept-report",
        "place": "nd",
    }


def _of_the_machinery(now: datetime) -> dict[str, str]:
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO procrastinate_jobs (queue_name, task_name, args, status, attempts) "
            "VALUES ('default', 'allhands.gone.task', '{}', 'failed', 3) RETURNING id"
        )
        job_id = cursor.fetchone()[0]
    signed = proof.make_checkpoint(now)
    assert signed is not None
    return {"job_id": str(job_id), "old": str(signed.size), "new": str(signed.size), "provider_id": "county"}


def _of_the_interface() -> dict[str, str]:
    return {"gallery-component.name": "clock", "demo-enter.key": "ruth"}


def _of_the_account(cast: Cast) -> dict[str, str]:
    """The caseworker has a password and every kind of second step; the others have none."""
    account = account_of(cast.caseworker)
    account.set_password("a lamp beside the river")
    account.save()
    TOTP.activate(account, "JBSWY3DPEHPK3PXP")
    RecoveryCodes.activate(account)
    passkey = Authenticator.objects.create(
        user=account, type=Authenticator.Type.WEBAUTHN, data={"name": "Desk", "credential": {}}
    )
    return {"pk": str(passkey.pk)}


def _keys(cast: Cast) -> dict[str, str]:
    ours, theirs = AgencyId(cast.caseworker.agency_id), AgencyId(cast.outsider.agency_id)
    return {
        "key of the owner": make_key(ours),
        "weak key": make_key(ours, "episodes:read"),
        "revoked key": make_key(ours, revoked_at=timezone.now()),
        "key of the outsider": make_key(theirs),
    }


def _sent(cast: Cast, now: datetime) -> dict[str, Sent]:
    said = {"fact": "child.age_years", "value": 14, "informant": "Ms Olsen"}
    number = {"kind": "police_report_number", "value": "26-004711", "taken_by": "Sgt. Testworth"}
    return {
        "report_missing": Sent(body=maya(call_name="Nell")),
        "state_facts": Sent(body={"statements": [said]}),
        "prove_duty": Sent(body=number),
        "attach_document": Sent(form={"document": _picture()}),
        "account-hat": Sent(form={"member": str(cast.caseworker.member_id)}),
        "delivery-decide": Sent(form={"decision": "again", "reason": "Their server was at fault."}),
        "consent-answer": Sent(form={"answer": "DECLINED", "how": "TYPED"}),
        "alert-request": Sent(form={"act": "appeal", "reason": "More is known now."}),
        "law-settle": Sent(form={"path": "duties/accept-report.yaml", "text": "id: x"}),
        "law-case-drop": Sent(form={"case": "cases/duties.cases.yaml:cases[0]"}),
        "hook-sms": Sent(body={"type": "message.delivered"}),
        "alert-look": Sent(form={"act": "offer"}),
        "assess": Sent(body={"as_of": now.isoformat(), "facts": {}}),
    }
