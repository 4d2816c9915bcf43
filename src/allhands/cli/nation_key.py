"""Commands for a nation that holds its own key: make one, show it, open an export, seal an export anew.

They run on a machine of the nation's and speak to nobody: no database, no network, no Django.
"""

from __future__ import annotations

import base64
import binascii
import json
import os
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Annotated, Any, NoReturn

import typer
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey

from allhands.platform.vault import nation_box

nation_key = typer.Typer(help="A nation's own key: what is sealed to it opens nowhere else.", no_args_is_help=True)

KeyFile = Annotated[Path, typer.Argument(help="Where the private key lies.", dir_okay=False)]
Export = Annotated[Path, typer.Argument(help="The file from the page Our data.", dir_okay=False, exists=True)]
Keys = Annotated[list[Path], typer.Option("--key", help="Private key; again for an earlier one.", exists=True)]
Out = Annotated[Path, typer.Option("--out", help="The file to write. It must not be there yet.", dir_okay=False)]

_SHORTEST_PASSWORD = 12


def register(app: typer.Typer) -> None:
    """Add the commands."""
    app.add_typer(nation_key, name="nation-key")


@nation_key.command("make")
def make(file: KeyFile = Path("nation-key.pem")) -> None:
    """Make a key, closed with a password. Prints the public line to hand over, and the fingerprint to read aloud."""
    password = typer.prompt("A password for the key", hide_input=True, confirmation_prompt=True)
    if len(password) < _SHORTEST_PASSWORD:
        _refuse(f"Take at least {_SHORTEST_PASSWORD} characters: four words will do.")
    private = nation_box.new_private()
    _write(file, nation_box.write_private(private, password))
    _show(private)
    typer.echo(
        f"\nThe key lies in {file}. Keep a second copy in another place, and the password apart from both.\n"
        "If both are lost, what was sealed to the key is lost for good."
    )


@nation_key.command("show")
def show(file: KeyFile) -> None:
    """Print the public line and the fingerprint of a key."""
    _show(_read_key(file))


@nation_key.command("open")
def open_export(export: Export, key: Keys, out: Out) -> None:
    """Write the export with everything in it that these keys open."""
    keys = [_read_key(file) for file in key]

    def opened(field: dict[str, Any], box: bytes, belongs_to: str) -> None:
        field |= json.loads(nation_box.open_with(box, keys, belongs_to))
        del field["sealed"]
        if "informant" in field:  # a statement; pictures and papers have none
            field["said_by"] = field.pop("informant")
        field["was_sealed"] = True

    _rewrite(export, out, opened, "opened")


@nation_key.command("reseal")
def reseal(
    export: Export, key: Keys, to: Annotated[str, typer.Option(help="Public line of the new key.")], out: Out
) -> None:
    """Write the export with everything that the old keys open sealed to a new one: for the nation's own archive."""
    keys = [_read_key(file) for file in key]
    try:
        public = nation_box.parse_public(to)
    except nation_box.KeyFault as fault:
        _refuse(str(fault))

    def moved(field: dict[str, Any], box: bytes, belongs_to: str) -> None:
        anew = nation_box.seal(nation_box.open_with(box, keys, belongs_to), public, belongs_to)
        field["sealed"] = base64.b64encode(anew).decode()

    _rewrite(export, out, moved, "sealed anew")


def _rewrite(export: Path, out: Path, change: Callable[[dict[str, Any], bytes, str], None], done: str) -> None:
    document = _read(export)
    count, left = 0, 0
    for field, box, belongs_to in _sealed(document):
        try:
            change(field, box, belongs_to)
            count += 1
        except nation_box.KeyFault as fault:
            left += 1
            typer.echo(f"{belongs_to}: {fault}", err=True)
    _write(out, json.dumps(document, ensure_ascii=False, indent=1))
    typer.echo(f"{count} fields {done}. Written to {out}.")
    if left:
        typer.echo(f"{left} fields stay sealed.", err=True)
        raise typer.Exit(1)


def _sealed(document: dict[str, Any]) -> Iterator[tuple[dict[str, Any], bytes, str]]:
    """Each sealed field with its box and what it belongs to."""
    try:
        for record in document["records"]:
            for field in record["fields"]:
                if "sealed" in field:
                    belongs_to = nation_box.about(record["episode"], field["field"], field["statement"])
                    yield field, base64.b64decode(field["sealed"], validate=True), belongs_to
            for file in record.get("files", ()):  # exports of earlier versions have none
                if "sealed" in file:
                    belongs_to = nation_box.about(file["of"], file["kind"], file["file"])
                    yield file, base64.b64decode(file["sealed"], validate=True), belongs_to
    except (KeyError, TypeError, binascii.Error):
        _refuse("This file is no export of the page Our data.")


def _read(file: Path) -> dict[str, Any]:
    try:
        document = json.loads(file.read_text(encoding="utf-8"))
    except (ValueError, RecursionError):
        _refuse("This file is not JSON.")
    if not isinstance(document, dict):
        _refuse("This file is no export of the page Our data.")
    return document


def _read_key(file: Path) -> X25519PrivateKey:
    password = typer.prompt(f"Password of {file.name}", hide_input=True)
    try:
        return nation_box.read_private(file.read_text(encoding="ascii"), password)
    except (nation_box.KeyFault, UnicodeDecodeError) as fault:
        _refuse(str(fault) if isinstance(fault, nation_box.KeyFault) else "The file holds no key.")
    except OSError as error:
        _refuse(f"{file}: {error.strerror}")


def _write(file: Path, text: str) -> None:
    """For its own user only, and never over another file."""
    try:
        handle = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        _refuse(f"{file} is there already. Name another file.")
    except OSError as error:
        _refuse(f"{file}: {error.strerror}")
    with os.fdopen(handle, "w", encoding="utf-8") as out:
        out.write(text)


def _show(private: X25519PrivateKey) -> None:
    line = nation_box.public_line(private)
    typer.echo(f"Public line, for the page Our own key:\n  {line}")
    typer.echo(f"Fingerprint, to read aloud:\n  {nation_box.fingerprint(nation_box.parse_public(line))}")


def _refuse(words: str) -> NoReturn:
    typer.echo(f"allhands: {words}", err=True)
    raise typer.Exit(1)
