"""What makes the codes of a second step is closed from now on, and what lay open is closed."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.db import migrations
from django.utils import timezone

from allhands.agencies.sign_in.closed import RECORD, MfaAdapter
from allhands.platform.vault import api as vault

NAMES = ("secret", "seed", "migrated_codes")


def _each(apps: Any, change: Callable[[str], str], *, closed: bool) -> None:
    def changed(value: Any) -> Any:
        if isinstance(value, list):
            return [changed(one) for one in value]
        return change(value) if isinstance(value, str) and vault.is_closed(value) is closed else value

    rows = list(apps.get_model("mfa", "Authenticator").objects.filter(type__in=["totp", "recovery_codes"]))
    if not rows:
        return
    with vault.as_it_was(apps, RECORD, timezone.now()):
        for row in rows:
            row.data.update({name: changed(row.data[name]) for name in NAMES if name in row.data})
            row.save(update_fields=["data"])


def forward(apps: Any, _editor: Any) -> None:
    _each(apps, MfaAdapter().encrypt, closed=False)


def backward(apps: Any, _editor: Any) -> None:
    _each(apps, MfaAdapter().decrypt, closed=True)


class Migration(migrations.Migration):
    dependencies = [
        ("agencies", "0004_provisioning"),
        ("mfa", "0003_authenticator_type_uniq"),
        ("platform_vault", "0002_sealed_keys"),
    ]
    operations = [migrations.RunPython(forward, backward)]
