"""A wish to correct: received from anybody, heard by two people within a day, carried out where it reaches."""

from __future__ import annotations

import hashlib
import secrets
from dataclasses import dataclass
from datetime import date, datetime

from django.utils.translation import gettext as _

from allhands.access import domain, models, suppressing, tasks
from allhands.access.actions import consents, recalling
from allhands.access.contracts import (
    IdentityCheck,
    ObjectionKind,
    ObjectionState,
    SuppressionKind,
)
from allhands.access.permissions import check_decide_objection
from allhands.agencies import api as agencies
from allhands.kernel.actors import SYSTEM, Actor
from allhands.kernel.errors import Denied, Refused
from allhands.kernel.ids import AgencyId, ChildId, EpisodeId
from allhands.platform.audit import api as audit
from allhands.platform.database.acting import acting_as
from allhands.platform.jobs import api as jobs

_CODE_LETTERS = "BCDFGHJKMNPQRSTVWXYZ23456789"
_CODE_LENGTH = 12


@dataclass(frozen=True, slots=True, kw_only=True)
class NewObjection:
    """What somebody asks for.

    Args:
        reach: how the agency may answer safely, in the person's words; empty when they come back with the code.
        agency_id: who shall decide; the person chooses, so that it need not be whom they fear.
    """

    kind: ObjectionKind
    name: str
    born_on: date | None
    words: str
    reach: str
    agency_id: AgencyId


@dataclass(frozen=True, slots=True, kw_only=True)
class Picture:
    """A stored photo of the child, to be taken down."""

    photo_id: str
    content: bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class Subject:
    """The record a granted wish reaches.

    Args:
        names: every name the record has: it must not come back under another of them.
        pictures: every picture of the child, where the wish takes them down.
    """

    episode_id: EpisodeId
    child_id: ChildId
    names: tuple[str, ...]
    born_on: date | None
    pictures: tuple[Picture, ...] = ()


def receive(given: NewObjection, now: datetime) -> str:
    """Keep the wish and start its clock; returns the code with which the person asks again, shown once.

    Which record it is about is looked up afterwards, by the job that tells the agency: whoever sends the form waits
    equally long whether or not there is one.

    Raises:
        Refused: `objection-name`.
    """
    if not given.name.strip():
        raise Refused("objection-name", _("Tell us the name the record uses, as well as you know it."), field="name")
    code = "".join(secrets.choice(_CODE_LETTERS) for _place in range(_CODE_LENGTH))
    with audit.audited(SYSTEM, now, audit.Event.OBJECTION_RECEIVED, details={"kind": given.kind.value}) as entry:
        row = models.Objection.objects.create(
            digest=digest_of(code),
            kind=given.kind.value,
            name=given.name.strip(),
            born_on=given.born_on,
            words=given.words.strip(),
            reach=given.reach.strip(),
            agency_id=given.agency_id,
            received_at=now,
            due_at=now + domain.OBJECTION_WITHIN,
        )
        entry.subject_id = row.id
        jobs.defer(tasks.tell_objection, objection_id=row.id)
    return code


def digest_of(code: str) -> str:
    """What is kept of a code: its hash, whatever spaces and case it is typed with."""
    bare = "".join(letter for letter in code.upper() if letter in _CODE_LETTERS)
    return hashlib.sha256(bare.encode()).hexdigest()


def hear(
    actor: Actor,
    objection_id: str,
    *,
    yes: bool,
    why: str,
    identity: IdentityCheck,
    subject: Subject | None,
    now: datetime,
) -> ObjectionState:
    """One of the two who decide says yes or no. The second yes carries it out in the same transaction.

    Args:
        identity: how the first made sure it is the person themself.
        subject: the record it reaches; None when there is none here.
    Raises:
        Denied: not the actor's to decide.
        Refused: `objection-why`, `objection-identity`, `objection-two-people`, `objection-decided`.
    """
    with audit.audited(actor, now, audit.Event.OBJECTION_HEARD, subject_id=objection_id) as entry:
        row = models.Objection.objects.select_for_update().filter(pk=objection_id).first()
        if row is None:
            raise Denied("objection")
        check_decide_objection(actor, AgencyId(row.agency_id))
        if not why.strip():
            raise Refused("objection-why", _("Say why, in a sentence the person may read."), field="why")
        state = ObjectionState(row.state)
        hearing = domain.decide_hearing(state, row.first_yes, yes)
        if yes and hearing.is_first and identity is IdentityCheck.NOT_POSSIBLE:
            words = _("Nobody has made sure who asks. Find a safe way first: an advocate, a number they gave.")
            raise Refused("objection-identity", words, field="identity")
        _note(row, actor, hearing, yes=yes, why=why.strip(), identity=identity, now=now)
        entry.details.update({"yes": yes, "state": hearing.state.value})
        if hearing.state is ObjectionState.GRANTED and subject is not None:
            _carry_out(actor, row, subject, now)
    return hearing.state


def _check_other_person(row: models.Objection, actor: Actor, hearing: domain.Hearing) -> None:
    """The second is not the first; after two who differed, somebody third begins, so that nobody asks until it fits."""
    heard = (row.first_id, row.second_id) if hearing.is_first else (row.first_id,)
    if any(agencies.is_same_person(str(one), actor.member_id) for one in heard if one):
        raise Refused("objection-two-people", _("Somebody else must decide with you."))


def _note(
    row: models.Objection,
    actor: Actor,
    hearing: domain.Hearing,
    *,
    yes: bool,
    why: str,
    identity: IdentityCheck,
    now: datetime,
) -> None:
    _check_other_person(row, actor, hearing)
    if hearing.is_first:
        row.first_id, row.first_by, row.first_at, row.first_yes, row.first_why = (
            actor.member_id, actor.label, now, yes, why,
        )  # fmt: skip
        row.second_id, row.second_by, row.second_at, row.second_yes, row.second_why = None, "", None, None, ""
        row.identity = identity.value
    else:
        row.second_id, row.second_by, row.second_at, row.second_yes, row.second_why = (
            actor.member_id, actor.label, now, yes, why,
        )  # fmt: skip
    row.state = hearing.state.value
    row.save()


def _carry_out(actor: Actor, row: models.Objection, subject: Subject, now: datetime) -> None:
    """Copies are called back, for what they say is wrong; what is taken down does not come back by an import."""
    kind = ObjectionKind(row.kind)
    if kind is not ObjectionKind.CORRECT:
        consents.lock_for_picture(subject.episode_id)
    recalling.recall_everything(actor, subject.episode_id, recalling.WRONG, now)
    if kind is ObjectionKind.CORRECT:
        return
    consents.stop_for_picture(actor, subject.episode_id, now)
    with acting_as(SYSTEM):
        for picture in subject.pictures:
            for what, key in suppressing.photo_keys(picture.content):
                _suppress(row, what, key, picture.photo_id, None, now)
        for name in subject.names if kind is ObjectionKind.NOT_MISSING else ():
            key = suppressing.record_key(name, subject.born_on)
            _suppress(row, SuppressionKind.RECORD, key, subject.episode_id, now, now)


def _suppress(
    row: models.Objection, kind: SuppressionKind, key: str, refers_to: str, until: datetime | None, now: datetime
) -> None:
    models.Suppression.objects.get_or_create(
        kind=kind.value,
        key=key,
        objection=row,
        defaults={"refers_to": refers_to, "until": until, "at": now},
    )
