"""Commands of the law book: begin a pack, keys, releases, and looking at open episodes again."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, NoReturn
from zoneinfo import available_timezones

import typer

from allhands.cli.doors import database_ready, django_ready
from allhands.cli.law import packs_app
from allhands.cli.law_files import default_packs

if TYPE_CHECKING:
    from allhands.lawbook.contracts import ReleaseView
    from allhands.lawbook.release.manifest import Release

PacksOption = Annotated[Path | None, typer.Option("--packs", help="The folder that holds the packs.")]
ReleaseArgument = Annotated[Path, typer.Argument(help="A release: a file that ends in .pack.")]
_BAD_INPUT = 2


def register(app: typer.Typer) -> None:
    """The commands join `packs …`, which the law's commands make."""


@packs_app.command("new")
def new(
    place: Annotated[str, typer.Argument(help="A State's two letters (ND), or a nation's short name (spirit-lake).")],
    name: Annotated[str, typer.Option(help="Its name in English.")] = "",
    name_es: Annotated[str, typer.Option("--name-es", help="Its name in Spanish; the English one when left out.")] = "",
    steward: Annotated[str, typer.Option(help="Who keeps the pack.")] = "nobody yet",
    zone: Annotated[str, typer.Option(help="Time zone in which days are counted, such as America/Denver.")] = "",
    packs: PacksOption = None,
) -> None:
    """Begin a pack: a folder with the right files, and its first gap in the public list."""
    from allhands.lawbook.new_pack import NewPack, NoSuchPlace, first_files
    from allhands.lawbook.tree import COVERAGE, folder_of

    root = packs or default_packs()
    begun = NewPack(place=place, name_en=name or place, name_es=name_es or name or place, steward=steward, zone=zone)
    try:
        home = root / folder_of(begun.pack_id)
    except NoSuchPlace as error:
        _stop(str(error))
    if not root.is_dir():
        _stop(f"there is no folder {root}; name the folder that holds the packs, with --packs")
    if zone and zone not in available_timezones():
        _stop(f"{zone!r} is no time zone; write one like America/Chicago, or leave --zone out")
    if home.exists():
        _stop(f"{home} is there already; open it, or take another name")
    files = first_files(begun, datetime.now(UTC).date())
    for folder in ("", "definitions", "duties", "criteria", "cases"):
        (home / folder).mkdir(parents=True)
    for file, text in files.items():
        if file != COVERAGE:
            (home / file).write_text(text, encoding="utf-8")
    _add_gap(root / "index.yaml", files[COVERAGE])
    typer.echo(f"{home} is ready. It says that nothing has been read; write the first rule, then: allhands packs lint")


def _add_gap(index: Path, lines: str) -> None:
    """The list keeps its own words and order; the new line comes last."""
    entry = lines.removeprefix("entries:\n")
    text = index.read_text(encoding="utf-8") if index.is_file() else "entries:\n"
    indented = "".join(f"  {line}\n" for line in entry.splitlines())
    index.write_text(f"{text.rstrip()}\n{indented}", encoding="utf-8")


def _stop(words: str) -> NoReturn:
    typer.echo(words, err=True)
    raise typer.Exit(_BAD_INPUT)


def _key_of(path: Path) -> str:
    """The text of a public key; whatever is none becomes text that says so when it is read."""
    return _bytes_of(path, "a key: a file that ends in .pub").decode("ascii", errors="replace")


def _bytes_of(path: Path, what: str) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        _stop(f"{path}: {error.strerror}. Name {what}.")


_RELEASE = "a release: a file that ends in .pack"


@packs_app.command("keygen")
def keygen() -> None:
    """Make the key this installation signs releases with, and trust it here."""
    with django_ready():
        from allhands.lawbook import keyring
        from allhands.lawbook.release.keys import KeyFault

        try:
            name = keyring.make_own_key()
        except KeyFault as error:
            _stop(str(error))
        typer.echo(
            f"key {name}\nkeep secret: {keyring.private_path()}\ngive away:   {keyring.trusted_folder() / 'own.pub'}"
        )


@packs_app.command("trust")
def trust(
    key: Annotated[Path, typer.Argument(help="A .pub file that you got from its owner, not with a release.")],
    name: Annotated[str, typer.Option(help="Whose key it is, in small letters and dashes.")],
) -> None:
    """Take releases that are signed with this key."""
    with django_ready():
        from allhands.lawbook import keyring
        from allhands.lawbook.release.keys import KeyFault

        if not name.replace("-", "").isalnum() or not name.isascii():
            _stop(f"{name!r} is no name for a key; write letters, digits and dashes")
        try:
            typer.echo(f"trusted: {keyring.trust(_key_of(key), name)} ({name})")
        except KeyFault as error:
            _stop(f"{key}: {error}")


@packs_app.command("verify")
def verify(
    release: ReleaseArgument,
    key: Annotated[Path | None, typer.Option(help="A .pub file; the keys trusted here when left out.")] = None,
) -> None:
    """Say who signed a release and whether every word of it is as it was signed. Exit 1 when it is not."""
    from allhands.lawbook.release.archive import ArchiveFault
    from allhands.lawbook.release.keys import KeyFault, key_id, parse_public
    from allhands.lawbook.release.manifest import open_release

    try:
        if key is not None:
            public = parse_public(_key_of(key))
            found = open_release(_bytes_of(release, _RELEASE), {key_id(public): public})
        else:
            with django_ready():
                from allhands.lawbook import keyring

                found = open_release(_bytes_of(release, _RELEASE), keyring.trusted_keys())
    except ArchiveFault as fault:
        typer.echo(f"{release}: {fault} [{fault.code}]", err=True)
        raise typer.Exit(1) from fault
    except KeyFault as error:
        _stop(f"{key or 'the keys trusted here'}: {error}")
    _print(found)


def _print(found: Release) -> None:
    manifest = found.manifest
    typer.echo(f"good: {manifest.pack} {manifest.version}, {len(manifest.files)} files, signed with {manifest.key}")
    typer.echo(f"written by {manifest.written_by}; read by {manifest.read_by}; takes effect {manifest.takes_effect_at}")
    typer.echo(f"sha256 {found.sha256}")


@packs_app.command("import")
def import_(release: ReleaseArgument) -> None:
    """Take a release that another installation signed with a key you trust."""
    with database_ready():
        from django.utils import timezone

        from allhands.kernel.actors import SYSTEM
        from allhands.lawbook import api

        kept = api.import_release(SYSTEM, _bytes_of(release, _RELEASE), timezone.now())
        typer.echo(f"taken: {kept.pack_id} {kept.version}; takes effect {kept.takes_effect_at.isoformat()}")


@packs_app.command("releases")
def releases() -> None:
    """Show the versions published or taken here, and how far open episodes have been looked at again."""
    with database_ready():
        from allhands.kernel.actors import SYSTEM
        from allhands.lawbook import api
        from allhands.platform.database.acting import acting_as

        with acting_as(SYSTEM):
            found = api.list_releases()
            if not found:
                typer.echo("Nothing was published or taken here; the packs that came with Allhands are in force.")
            for one in found:
                typer.echo(f"{one.id}  {one.pack_id} {one.version}  {one.takes_effect_at.isoformat()}  {_how_far(one)}")


def _how_far(release: ReleaseView) -> str:
    if release.done_at:
        return "done"
    if release.total:
        return f"{release.looked} of {release.total} episodes"
    return (
        "to come"
        if release.takes_effect_at > datetime.now(UTC)
        else "in force; the worker has not looked at episodes yet"
    )


@packs_app.command("reassess")
def reassess(
    processes: Annotated[int, typer.Option(min=1, max=64, help="How many work at once; one a core is best.")] = 1,
) -> None:
    """Judge every open episode by the packs in force now. Episodes whose packs are the same stay untouched."""
    with database_ready():
        import multiprocessing
        from concurrent.futures import ProcessPoolExecutor

        from django.db import connections
        from django.utils import timezone
        from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

        from allhands.duties import api as duties
        from allhands.lawbook import api

        api.forget()
        ids, now = duties.list_open_ids(), timezone.now()
        columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
        with Progress(*columns) as bar:
            shown = bar.add_task("Open episodes", total=len(ids))

            def note(looked: int, _changed: int) -> None:
                bar.advance(shown, looked)

            if processes == 1:
                changed = api.reassess(ids, now, note)
            else:
                connections.close_all()  # a forked process must not talk on its parent's connection
                with ProcessPoolExecutor(processes, mp_context=multiprocessing.get_context("fork")) as pool:
                    changed = api.reassess_in(pool, ids, now, note)
        typer.echo(f"{len(ids)} open episodes looked at, {changed} judged anew")
