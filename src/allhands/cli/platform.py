"""Commands that run a node: serve, web, worker, migrate, backup, restore, check, database."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from allhands.cli.doors import database_ready, django_ready, faults_as_codes

if TYPE_CHECKING:
    from allhands.platform.vault.shut_list import ShutRecords

Host = Annotated[str, typer.Option(help="Address to listen at. 127.0.0.1: this machine only.")]
Port = Annotated[int, typer.Option(help="Port to listen at; 0 for the first free one from 8000.", min=0, max=65_535)]
Processes = Annotated[int | None, typer.Option(help="Web processes; one for each processor, four at most.", min=1)]
Parent = Annotated[int, typer.Option(hidden=True)]
Migrate = Annotated[bool, typer.Option("--migrate", help="Bring the tables up to date first.")]
Replace = Annotated[bool, typer.Option("--replace", help="Move the present database aside, under another name.")]
ShutList = Annotated[
    Path | None,
    typer.Option("--shut", help="Which records were sealed or destroyed: `shut_records` of the machine that is gone."),
]
WithoutList = Annotated[
    bool, typer.Option("--without-list", help="There is no such list: what was shut since comes back open.")
]
File = Annotated[Path, typer.Argument(help="The backup file.", dir_okay=False)]

database = typer.Typer(help="The database of this node.", no_args_is_help=True)


def register(app: typer.Typer) -> None:
    """Add the commands."""
    for command in (serve, web, worker, migrate, backup, restore, check):
        app.command()(command)
    app.add_typer(database, name="database")


def serve(
    host: Host = "127.0.0.1", port: Port = 8000, processes: Processes = None, migrate_first: Migrate = False
) -> None:
    """Run the database, the web pages and the worker together, until stopped."""
    with database_ready() as server:
        from allhands.platform.serving import migrations, web_server
        from allhands.platform.serving.supervisor import Supervisor, command_line

        port = port or web_server.find_free_port(host, 8000)
        web_server.check_free(host, port)
        if migrate_first:
            migrations.apply()
        migrations.require_applied()
        count = ["--processes", str(processes)] if processes else []
        commands = {
            "web": command_line("web", "--host", host, "--port", str(port), *count),
            "worker": command_line("worker"),
        }
        words = f"Allhands is at {web_server.announce(host, port)} (Ctrl-C stops it)."
        tell = web_server.once_answering(host, port, lambda: typer.echo(words))
        watches = [server.revive, tell] if server else [tell]
        code = Supervisor(commands, watches).run()
    raise typer.Exit(code)


def web(host: Host = "127.0.0.1", port: Port = 8000, processes: Processes = None, parent: Parent = 0) -> None:
    """Run the web pages alone."""
    with database_ready():
        from allhands.platform.serving import web_server
        from allhands.platform.serving.supervisor import stop_with

        if parent:
            stop_with(parent)
        with faults_as_codes():
            web_server.run_web(host, port, processes)


def worker(parent: Parent = 0) -> None:
    """Run the jobs alone."""
    with database_ready():
        from allhands.platform.database.connecting import app_address
        from allhands.platform.jobs.worker import run_worker
        from allhands.platform.serving.supervisor import stop_with

        if parent:
            stop_with(parent)
        with faults_as_codes():
            run_worker(app_address().conninfo())


def migrate() -> None:
    """Bring the tables up to date, as the database's owner."""
    with database_ready():
        from allhands.platform.serving import migrations

        for name in migrations.apply():
            typer.echo(f"applied {name}")
        _end_restore()
        typer.echo("The tables are up to date.")


def _end_restore() -> None:
    """What still has to be shut in a backup of an older release, or after a restore that was cut off; maybe nothing."""
    from allhands.platform.serving import backups

    waiting = backups.still_waiting()
    if waiting is not None:
        _shut_again(waiting)


def backup(file: File) -> None:
    """Write everything into one file. Pages and jobs may go on meanwhile."""
    with database_ready() as server:
        from django.utils import timezone

        from allhands.platform.serving import backups

        backups.make(server, file.absolute(), timezone.now())
    typer.echo(f"Backup written to {file}. It holds children's records: keep it as you keep them.")


def restore(file: File, replace: Replace = False, shut: ShutList = None, without_list: WithoutList = False) -> None:
    """Bring a backup back, after checking that it is whole and that its journal verifies."""
    with database_ready() as server:
        from django.utils import timezone

        from allhands.platform.serving import backups

        done = backups.restore(
            server,
            file.absolute(),
            timezone.now(),
            replace=replace,
            shut_file=shut.absolute() if shut else None,
            without_list=without_list,
        )
        typer.echo(f"Restored. {done.entries} journal entries verified.")
        if done.kept:
            typer.echo(f"What was there before is kept in the database {done.kept}.")
        if done.needs_migrating:
            typer.echo(
                "The backup is of an older release: run `allhands migrate` next, which also shuts what was shut."
            )
        else:
            _shut_again(done.shut)


def _shut_again(shut: ShutRecords) -> None:
    """What a backup opened is shut again, and said."""
    from django.utils import timezone

    from allhands.keeping import api as keeping
    from allhands.platform.vault import shut_list

    done = keeping.shut_again(shut, timezone.now())
    shut_list.end_waiting()
    shut_list.remember()
    if done.destroyed or done.sealed:
        typer.echo(f"Shut again, as before: {done.destroyed} keys destroyed, {done.sealed} responses sealed.")
    for one in done.left:
        typer.echo(
            f"Response {one} still runs in this backup. Close it, take its alert back, and enter its order again."
        )


def check() -> None:
    """Look for settings that are unsafe or do not fit together."""
    with django_ready():
        from django.core.management import call_command
        from django.core.management.base import SystemCheckError

        try:
            call_command("check", "--deploy", "--fail-level", "ERROR")
        except SystemCheckError as error:
            typer.echo(str(error), err=True)
            raise typer.Exit(1) from error


@database.command("start")
def start_database() -> None:
    """Start the embedded database and leave it running."""
    with database_ready() as server:
        if server is None:
            typer.echo("DATABASE_URL names a server of its own; it answers.")
            return
        server.leave_running()
        typer.echo(f"The database runs in {server.data_dir}.")


@database.command("stop")
def stop_database() -> None:
    """Stop the embedded database, whoever uses it. What was committed stays."""
    with django_ready():
        from allhands.platform.serving import node

        server = node.embedded()
        was_running = server.is_running()
        server.stop()
        typer.echo("The database is stopped." if was_running else "The database was not running.")


@database.command("roles")
def print_roles() -> None:
    """Print the SQL that makes the two roles and their grants, for the administrator of a server of your own."""
    from allhands.platform.database.roles import GRANTS_SQL, ROLES_SQL

    typer.echo(f"{ROLES_SQL}\n-- in the database itself, whose owner is allhands_owner:\n{GRANTS_SQL}")
