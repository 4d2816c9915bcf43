"""From the shapes of the API to the commands of the slices, and their findings back to the fields that were sent."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime

from allhands.episodes import api as episodes
from allhands.episodes.contracts import Certainty, NewStatement, ReportChannel, ReportCommand
from allhands.exchange.web import schemas
from allhands.kernel.errors import Refused
from allhands.kernel.ids import ChildId

_FIELDS = {
    "reporter_name": "reporter.name",
    "reporter_relation": "reporter.relation",
    "reporter_phone": "reporter.phone",
    "idempotency_key": "Idempotency-Key",
    # Statements carry an informant of bounded length; only the reporter, who stands in for one, can be too long.
    "informant": "reporter.name",
}


def report_command(report: schemas.ReportIn, key: str, now: datetime) -> ReportCommand:
    """The report as the episodes slice takes it."""
    told = [schemas.StatementIn(fact=fact, value=value) for fact, value in report.facts.items()]
    return ReportCommand(
        call_name=report.call_name,
        statements=new_statements([*told, *report.statements], report.reporter.name, now),
        reporter_name=report.reporter.name,
        reporter_relation=report.reporter.relation,
        reporter_phone=report.reporter.phone,
        channel=ReportChannel.API,
        idempotency_key=key,
        child_id=ChildId(report.child_id) if report.child_id else None,
        owner_email=report.owner_email,
    )


def new_statements(
    statements: Iterable[schemas.StatementIn], informant: str, now: datetime
) -> tuple[NewStatement, ...]:
    """The statements, each with who said so and when.

    Args:
        informant: who said those that name nobody.
    """
    return tuple(
        NewStatement(
            fact_id=said.fact,
            value=said.value,
            informant=said.informant or informant,
            certainty=Certainty(said.certainty.upper()),
            stated_at=said.at or now,
        )
        for said in statements
    )


@contextmanager
def fields_as_sent(statements: Iterable[schemas.StatementIn]) -> Iterator[None]:
    """Findings of the slices, said about the fields as the program sent them."""
    places = dict(_FIELDS)
    for number, said in enumerate(statements):
        places.setdefault(said.fact, f"statements[{number}].at")
        places.setdefault(f"facts.{said.fact}", f"statements[{number}].value")
    try:
        yield
    except episodes.FactsRefused as refused:
        placed = [replace(one, path=places.get(one.path, one.path)) for one in refused.findings]
        findings = tuple({(one.path, one.code): one for one in placed}.values())
        raise replace(refused, findings=findings, field=findings[0].path) from None
    except Refused as refused:
        raise replace(refused, field=places.get(refused.field, refused.field)) from None
