"""Commands of agencies and their first people: how a real installation begins, before anybody can sign in."""

from __future__ import annotations

from typing import Annotated

import typer

from allhands.cli.doors import database_ready
from allhands.kernel.actors import SYSTEM, AgencyKind, Role
from allhands.kernel.ids import AgencyId

agencies_app = typer.Typer(help="Add agencies and invite their first people.", no_args_is_help=True)

Areas = Annotated[
    list[str] | None,
    typer.Option("--serves", help="ND for a state, 38079 for a county, nation:slug for a nation. May be repeated."),
]


def register(app: typer.Typer) -> None:
    """Adds `agencies …`."""
    app.add_typer(agencies_app, name="agencies")


@agencies_app.command("list")
def list_all() -> None:
    """Show every agency with its id."""
    with database_ready():
        from allhands.agencies import api

        for agency in api.list_agencies():
            typer.echo(f"{agency.id}  {agency.kind.value:18} {agency.name}")


@agencies_app.command("add")
def add(
    name: str,
    kind: Annotated[AgencyKind, typer.Option(case_sensitive=False)],
    zone: Annotated[str, typer.Option(help="Time zone, such as America/Chicago.")],
    regime: Annotated[str, typer.Option(help="The law its records live under, such as TITLE_IV_E or CJIS.")] = "NONE",
    serves: Areas = None,
    nationwide: Annotated[bool, typer.Option("--nationwide", help="It serves the whole country.")] = False,
) -> None:
    """Add an agency and print its id."""
    with database_ready():
        from django.utils import timezone

        from allhands.agencies import actions
        from allhands.agencies.commands import CreateAgency, parse_area, parse_regime

        command = CreateAgency(
            name=name,
            kind=kind,
            regime=parse_regime(regime),
            time_zone=zone,
            areas=tuple(parse_area(text) for text in serves or ()),
            is_nationwide=nationwide,
        )
        typer.echo(actions.create_agency(SYSTEM, command, timezone.now()))


@agencies_app.command("invite")
def invite(
    agency: str,
    email: str,
    name: str,
    role: Annotated[Role, typer.Option(case_sensitive=False)] = Role.ADMINISTRATOR,
) -> None:
    """Invite somebody and print the link. It works once, for seven days."""
    with database_ready():
        from django.conf import settings
        from django.urls import reverse
        from django.utils import timezone

        from allhands.agencies import actions
        from allhands.agencies.commands import InviteMember

        command = InviteMember(agency_id=AgencyId(agency), email=email, display_name=name, role=role)
        issued = actions.invite_member(SYSTEM, command, timezone.now())
        typer.echo(settings.ALLHANDS_ORIGIN.rstrip("/") + reverse("join", args=[issued.raw]))
