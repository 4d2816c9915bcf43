"""Anything at all, sent to every call of the API of a running node: never our fault, always the declared form.

Run: `python bench/fuzz.py [--cases 50000]`. It starts a node of its own on loopback, with the demo county and one child
in it, and ends it. With `--url http://localhost:8000 --key KEY` it asks a node that runs already; loopback only.
Printed: cases, answers by status, cases a second, and every broken promise, with what was sent.
"""

from __future__ import annotations

import argparse
import json
import multiprocessing
import os
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor, as_completed
from contextlib import contextmanager
from typing import Any
from urllib.parse import urlsplit

from measuring.figures import machine
from measuring.node import caseworker, own_node

LOOPBACK = frozenset({"localhost", "127.0.0.1", "::1"})
START_SECONDS = 120


@contextmanager
def own_address() -> Iterator[tuple[str, str, dict[str, str]]]:
    """The address of a node of our own, a key for it, and ids of records that are really there."""
    with own_node():
        from django.utils import timezone
        from measuring.reports import full_report

        from allhands.agencies import actions as agency_actions
        from allhands.agencies.commands import IssueToken
        from allhands.agencies.contracts import Scope
        from allhands.duties import api as duties
        from allhands.episodes import api as episodes
        from allhands.kernel.actors import SYSTEM
        from allhands.platform.database.acting import acting_as
        from allhands.platform.serving.web_server import find_free_port

        actor, now = caseworker(), timezone.now()
        maya = episodes.report_missing(actor, full_report(1, now), now).episode_id
        with acting_as(SYSTEM):
            duty = duties.list_duties([maya])[maya][0]
            command = IssueToken(
                agency_id=actor.agency_id,
                name="fuzz",
                scopes=frozenset(Scope),
                expires_at=now.replace(year=now.year + 1),
            )
            key = agency_actions.issue_token(SYSTEM, command, now).raw
        port = find_free_port("127.0.0.1", 8000)
        address = f"http://localhost:{port}"
        # One key asks as fast as it can: calls are not counted here.
        environment = os.environ | {"ALLHANDS_ORIGIN": address, "ALLHANDS_API_CALLS_A_MINUTE": "0"}
        command_line = [sys.executable, "-m", "allhands", "web", "--port", str(port), "--processes", "2"]
        with subprocess.Popen(command_line, env=environment) as process:
            try:
                wait_for(address)
                yield address, key, {"episode_id": maya, "duty_id": duty.duty_id}
            finally:
                process.terminate()


def wait_for(address: str) -> None:
    """Until the node answers."""
    end = time.monotonic() + START_SECONDS
    while True:
        try:
            with urllib.request.urlopen(f"{address}/healthz", timeout=5):
                return
        except (urllib.error.URLError, ConnectionError, TimeoutError):
            if time.monotonic() > end:
                raise
            time.sleep(0.2)


def fuzz(address: str, key: str, known: dict[str, str], cases: int, clients: int) -> tuple[Counter[int], list[str]]:
    """Answers by status, and what broke a promise.

    Args:
        cases: in all, shared out evenly among the calls.
        clients: how many ask at a time, each another call.
    """
    with urllib.request.urlopen(f"{address}/api/v1/openapi.json", timeout=60) as answer:
        form = json.load(answer)
    labels = [f"{method.upper()} {path}" for path, methods in form["paths"].items() for method in methods]
    each = max(1, cases // len(labels))
    answers: Counter[int] = Counter()
    broken: list[str] = []
    with ProcessPoolExecutor(clients, mp_context=multiprocessing.get_context("spawn")) as pool:
        jobs = {pool.submit(ask_call, address, key, known, label, each): label for label in labels}
        for job in as_completed(jobs):
            counted, wrong = job.result()
            answers.update(counted)
            broken += wrong
            print(f"  {jobs[job]}: {counted.total()} cases", flush=True)
    return answers, broken


def ask_call(address: str, key: str, known: dict[str, str], label: str, cases: int) -> tuple[Counter[int], list[str]]:
    """The same of one call."""
    import schemathesis
    from hypothesis import HealthCheck, given, settings
    from schemathesis.checks import (
        content_type_conformance,
        not_a_server_error,
        response_schema_conformance,
        status_code_conformance,
    )
    from schemathesis.core.result import Ok

    form = schemathesis.openapi.from_url(f"{address}/api/v1/openapi.json")
    operations = (found.ok() for found in form.get_all_operations() if isinstance(found, Ok))
    operation = next(one for one in operations if one.label == label)
    checks = [not_a_server_error, status_code_conformance, content_type_conformance, response_schema_conformance]
    answers: Counter[int] = Counter()

    @settings(max_examples=cases, deadline=None, suppress_health_check=list(HealthCheck), database=None)
    @given(case=operation.as_strategy())
    def ask(case: Any) -> None:
        for name in set(case.path_parameters or {}) & set(known):
            case.path_parameters[name] = known[name]
        answer = case.call(headers={"Authorization": f"Bearer {key}"})
        answers[answer.status_code] += 1
        case.validate_response(answer, checks=checks)

    try:
        ask()
    except (AssertionError, BaseExceptionGroup) as error:
        return answers, [f"{label}: {error}"]
    return answers, []


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.split("\n", 1)[0])
    parser.add_argument("--cases", type=int, default=2_000)
    parser.add_argument("--url", default="", help="a node on this machine that runs already")
    parser.add_argument("--key", default="", help="a key of an agency there")
    parser.add_argument("--clients", type=int, default=2, help="how many ask at a time")
    given = parser.parse_args()
    if given.url and urlsplit(given.url).hostname not in LOOPBACK:
        parser.error("only a node on this machine is asked")
    print(f"measured {machine()}")
    began = time.monotonic()
    if given.url:
        answers, broken = fuzz(given.url.rstrip("/"), given.key, {}, given.cases, given.clients)
    else:
        with own_address() as (address, key, known):
            began = time.monotonic()
            answers, broken = fuzz(address, key, known, given.cases, given.clients)
    took = time.monotonic() - began
    print(f"{answers.total()} cases in {took:.0f} s, {answers.total() / took:.0f} a second")
    print("answers: " + ", ".join(f"{status} {count}" for status, count in sorted(answers.items())))
    print("\n".join(broken) if broken else "every answer was one that was promised")
    return 1 if broken else 0


if __name__ == "__main__":
    sys.exit(main())
