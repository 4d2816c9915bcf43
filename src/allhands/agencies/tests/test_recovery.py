"""Recovery by a second person: told to whom it concerns, ends what was open, and no way in for whoever has left."""

from __future__ import annotations

import threading
from datetime import timedelta
from typing import Any

import pytest
from django.apps import apps
from django.db import DatabaseError, connection
from django.test import Client
from django.utils import timezone
from pytest_django import Settings

from allhands.agencies import actions
from allhands.agencies.actions import letting_in
from allhands.agencies.commands import HelpSignIn, UseSignInHelp
from allhands.agencies.models import Member
from allhands.kernel.actors import SYSTEM, Actor, Role
from allhands.kernel.errors import Refused
from allhands.platform.database.acting import acting_as
from allhands.platform.testing.cast import Cast, account_of, make_account, make_member

pytestmark = pytest.mark.django_db
NEW = "four other quiet words"


@pytest.fixture
def wren(cast: Cast) -> Actor:
    account = make_account("wren@people.example", password="seven lamps by the river")
    return make_member("Wren", Role.CASEWORKER, cast.caseworker.agency_id, account_id=account)


def link(helper: Actor, helped: Actor) -> str:
    return actions.help_sign_in(helper, HelpSignIn(member_id=helped.member_id), timezone.now()).raw


def test_the_person_and_the_agency_are_told(cast: Cast, wren: Actor) -> None:
    raw = link(cast.administrator, wren)
    with acting_as(SYSTEM):
        told = {
            one.channel: one
            for one in apps.get_model("channels", "Delivery").objects.filter(refers_to__startswith="let-in-")
        }
    assert set(told) == {"INBOX", "EMAIL"}
    assert told["EMAIL"].address == "wren@people.example"
    for one in told.values():
        body = one.body.decode()
        assert cast.administrator.label in body
        assert "if you did not ask for it" in body
        assert raw not in body


def test_a_new_password_ends_every_session(cast: Cast, wren: Actor, settings: Settings) -> None:
    settings.ALLHANDS_REQUIRE_MFA = False
    stolen = Client()
    stolen.force_login(account_of(wren))
    assert stolen.get("/agency").status_code == 200
    actions.use_sign_in_help(UseSignInHelp(raw=link(cast.administrator, wren), password=NEW), timezone.now())
    assert stolen.get("/agency").headers["Location"].startswith("/sign-in")


def test_a_link_of_somebody_who_left_lets_nobody_in(cast: Cast, wren: Actor) -> None:
    raw, now = link(cast.administrator, wren), timezone.now()
    assert actions.is_help_open(raw, now)
    Member.objects.filter(pk=cast.administrator.member_id).update(ends_on=(now - timedelta(days=1)).date())
    assert not actions.is_help_open(raw, now)
    with pytest.raises(Refused, match="has run out"):
        actions.use_sign_in_help(UseSignInHelp(raw=raw, password=NEW), now)


def test_a_link_that_ran_out_or_was_used_sets_no_password(cast: Cast, wren: Actor, client: Client) -> None:
    raw = link(cast.administrator, wren)
    path = f"/sign-in/let-in/{raw}"
    assert client.post(path, {"password": NEW}).headers["Location"] == "/sign-in"
    other = "five more words by night"
    assert client.post(path, {"password": other}).status_code == 410
    yesterday = timezone.now() - timedelta(days=1)
    late = actions.help_sign_in(cast.administrator, HelpSignIn(member_id=wren.member_id), yesterday).raw
    assert client.post(f"/sign-in/let-in/{late}", {"password": other}).status_code == 410
    assert account_of(wren).check_password(NEW)


@pytest.mark.django_db(transaction=True)
def test_two_helpers_at_once_leave_one_link(cast: Cast, wren: Actor, monkeypatch: pytest.MonkeyPatch) -> None:
    other = make_member("Second Admin", Role.ADMINISTRATOR, cast.administrator.agency_id)
    came: list[str] = []
    tell = letting_in._tell

    def meanwhile() -> None:
        with connection.cursor() as cursor:
            cursor.execute("SET lock_timeout = '50ms'")
        try:
            came.append(link(other, wren))
        except DatabaseError as fault:
            came.append(str(fault))
        finally:
            connection.close()

    def hook(*args: Any) -> None:
        if threading.current_thread() is threading.main_thread() and not came:
            (thread := threading.Thread(target=meanwhile)).start()
            thread.join()
        tell(*args)

    monkeypatch.setattr(letting_in, "_tell", hook)
    first = link(cast.administrator, wren)
    assert "lock timeout" in came[0], "the second helper waits"
    second = link(other, wren)
    assert [actions.is_help_open(raw, timezone.now()) for raw in (first, second)] == [False, True]
