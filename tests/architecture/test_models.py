"""Tables are those of the models, and no slice forgot the wall below them."""

from __future__ import annotations

import io

import pytest
from django.core.management import call_command


@pytest.mark.django_db
def test_migrations_match_the_models() -> None:
    words = io.StringIO()
    try:
        call_command("makemigrations", check=True, dry_run=True, verbosity=1, stdout=words)
    except SystemExit:
        pytest.fail(f"models changed without a migration:\n{words.getvalue()}")
