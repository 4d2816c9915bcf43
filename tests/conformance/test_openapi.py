"""The API keeps its own promise, whatever is sent: never our fault, always the declared form.

Forty cases for each call. More: `ALLHANDS_API_CASES=2000 .venv/bin/pytest tests/conformance/test_openapi.py`.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
import schemathesis
from django.core.signals import request_finished, request_started
from django.core.wsgi import get_wsgi_application
from django.db import close_old_connections
from hypothesis import HealthCheck, settings
from schemathesis.checks import (
    content_type_conformance,
    not_a_server_error,
    response_schema_conformance,
    status_code_conformance,
)

from allhands.exchange.tests.program import maya, software_of
from allhands.exchange.web.v1 import api
from allhands.platform.testing.cast import Cast

pytestmark = pytest.mark.django_db
CASES = int(os.environ.get("ALLHANDS_API_CASES", "40"))
PROMISES = [not_a_server_error, status_code_conformance, content_type_conformance, response_schema_conformance]


form = schemathesis.openapi.from_dict(api.get_openapi_schema())
form.app = get_wsgi_application()


@contextmanager
def in_one_transaction() -> Iterator[None]:
    """Requests of this process stay in the test's transaction, as those of Django's own test client do."""
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)
    yield
    for signal in (request_started, request_finished):
        signal.connect(close_old_connections)


@pytest.fixture
def known(cast: Cast) -> dict[str, str]:
    """A key, and ids of records that are really there."""
    software = software_of(cast.caseworker)
    reported = software.report(maya()).body
    return {
        "key": software.key,
        "episode_id": reported["episode_id"],
        "duty_id": reported["duties"][0]["duty_id"],
    }


@pytest.mark.slow
@form.parametrize()
@settings(max_examples=CASES, deadline=None, suppress_health_check=list(HealthCheck), database=None)
def test_every_answer_is_one_that_was_promised(case: Any, known: dict[str, str]) -> None:
    for name in set(case.path_parameters or {}) & set(known):
        case.path_parameters[name] = known[name]
    with in_one_transaction():
        case.call_and_validate(headers={"Authorization": f"Bearer {known['key']}"}, checks=PROMISES)


def test_form_is_valid_openapi() -> None:
    form.validate()
