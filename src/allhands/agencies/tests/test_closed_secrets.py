"""A copy of the database makes nobody's codes."""

from __future__ import annotations

import json
from importlib import import_module

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal import auth as totp
from django.apps import apps
from django.db import connection
from django.db.migrations.loader import MigrationLoader
from django.test import Client

from allhands.agencies.tests.conftest import EMAIL, PASSWORD
from allhands.kernel.actors import Actor
from allhands.platform.testing.cast import account_of
from allhands.platform.vault.envelope import EnvelopeFault
from allhands.platform.vault.models import DataKey

pytestmark = pytest.mark.django_db


def current(secret: str) -> str:
    return str(totp.format_hotp_value(totp.hotp_value(secret, list(totp.yield_hotp_counters_from_time())[1])))


def lets_in(code: str) -> bool:
    browser = Client()
    browser.post("/sign-in", {"login": EMAIL, "password": PASSWORD})
    browser.post("/sign-in/code", {"code": code})
    return "_auth_user_id" in browser.session


def kept() -> str:
    return json.dumps(list(Authenticator.objects.values_list("data", flat=True)))


def test_secret_and_seed_lie_closed_and_work(wren: Actor) -> None:
    secret = totp.generate_totp_secret()
    totp.TOTP.activate(account_of(wren), secret)
    codes = RecoveryCodes.activate(account_of(wren))
    seed = codes.instance.data["seed"]
    assert secret not in kept()
    assert kept().count('"closed:') == 2
    assert lets_in(codes.get_unused_codes()[0])
    assert lets_in(current(secret))
    assert seed.startswith("closed:")


def test_a_secret_that_was_changed_in_the_database_makes_no_code(wren: Actor) -> None:
    row = totp.TOTP.activate(account_of(wren), totp.generate_totp_secret()).instance
    row.data["secret"] = totp.generate_totp_secret()
    row.save()
    with pytest.raises(EnvelopeFault):
        totp.TOTP(row).validate_code("000000")


def test_the_migration_asks_the_tables_as_they_were_then(wren: Actor, monkeypatch: pytest.MonkeyPatch) -> None:
    migration = import_module("allhands.agencies.migrations.0005_closed_second_steps")
    then = MigrationLoader(connection).project_state(("agencies", "0005_closed_second_steps")).apps
    secret = totp.generate_totp_secret()
    Authenticator.objects.create(user=account_of(wren), type="totp", data={"secret": secret})
    with monkeypatch.context() as patch:  # a column of later would be in every query of today's model
        patch.setattr(DataKey, "objects", None)
        migration.forward(then, None)
        assert secret not in kept()
        migration.backward(then, None)
        assert secret in kept()
        migration.forward(then, None)
    assert lets_in(current(secret))


def test_what_lay_open_before_is_closed_by_the_migration_and_works(wren: Actor) -> None:
    migration = import_module("allhands.agencies.migrations.0005_closed_second_steps")
    secret, seed = totp.generate_totp_secret(), RecoveryCodes.generate_seed()
    for kind, data in (("totp", {"secret": secret}), ("recovery_codes", {"seed": seed, "used_mask": 0})):
        Authenticator.objects.create(user=account_of(wren), type=kind, data=data)
    for _ in range(2):  # a second time changes nothing
        migration.forward(apps, None)
        assert secret not in kept()
        assert seed not in kept()
    assert lets_in(current(secret))
    migration.backward(apps, None)
    assert secret in kept()
    assert seed in kept()
