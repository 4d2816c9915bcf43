"""Commands about the journal: verify, checkpoint, key, prove, consistency, check, witness, compare."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Annotated, NoReturn

import typer

from allhands.cli.doors import database_ready, django_ready, kind_errors
from allhands.platform.proof.checkpoint import NoteFault

journal = typer.Typer(help="The journal: who did what, and proof that nobody changed it.", no_args_is_help=True)

Key = Annotated[str, typer.Option(help="Public key line of the installation, from `allhands journal key`.")]
Document = Annotated[Path, typer.Argument(help="A proof, as the commands print it.", dir_okay=False, exists=True)]
State = Annotated[Path, typer.Option(help="Where this witness remembers what it saw.", dir_okay=False)]
Address = Annotated[str, typer.Argument(help="Address of the installation, such as https://allhands.example.gov.")]


def register(app: typer.Typer) -> None:
    """Add the commands."""
    app.add_typer(journal, name="journal")


@journal.command("verify")
def verify_journal() -> None:
    """Recompute every chain, the tree and every checkpoint. Exit 1 and name the first break."""
    with database_ready():
        from allhands.platform.audit import api as audit
        from allhands.platform.proof import api as proof

        breaks = audit.verify_all()
        tree_breaks = proof.verify_tree()
        count, last = audit.count_entries(), proof.last_checkpoint()
    if breaks:
        first = breaks[0]
        where = f"chain {first.chain}, entry {first.seq}: {first.code}"
        typer.echo(f"BROKEN: {where}. Broken chains: {len(breaks)}.", err=True)
    for found in tree_breaks:
        typer.echo(f"BROKEN: tree, place {found.position}: {found.code}.", err=True)
    if breaks or tree_breaks:
        raise typer.Exit(1)
    typer.echo(f"The journal is whole: {count} entries.")
    if last is not None:
        typer.echo(f"Signed until entry {last.size}, at {last.at:%Y-%m-%d %H:%M} UTC.")


@journal.command("checkpoint")
def make_checkpoint() -> None:
    """Sign how far the journal reaches now, and print the checkpoint."""
    with database_ready():
        from django.utils import timezone

        from allhands.platform.proof import api as proof

        kept = proof.make_checkpoint(timezone.now())
    if kept is None:
        typer.echo("The journal is empty: there is nothing to sign.", err=True)
        raise typer.Exit(1)
    typer.echo(kept.note, nl=False)


@journal.command("key")
def print_key() -> None:
    """Print the public key, for witnesses. Hand it over on paper or in person."""
    with django_ready():
        from allhands.platform.proof import api as proof

        typer.echo(proof.verifier().line())


@journal.command("prove")
def prove_entry(entry: Annotated[int, typer.Argument(help="Number of the entry.")]) -> None:
    """Print the proof that an entry stands in the newest checkpoint."""
    with database_ready():
        from allhands.platform.proof import api as proof

        try:
            document = proof.prove_entry(entry)
        except proof.NoProof as none:
            _refuse(str(none))
    _print(document)


@journal.command("consistency")
def prove_growth(
    older: Annotated[int, typer.Argument(help="Size of the older checkpoint.")],
    newer: Annotated[int, typer.Argument(help="Size of the newer checkpoint.")],
) -> None:
    """Print the proof that the newer checkpoint only added entries to the older one."""
    with database_ready():
        from allhands.platform.proof import api as proof

        try:
            document = proof.prove_growth(older, newer)
        except proof.NoProof as none:
            _refuse(str(none))
    _print(document)


@journal.command("check")
def check_proof(document: Document, key: Key) -> None:
    """Check a printed proof. Needs the public key and nothing else: no database, no network."""
    from allhands.platform.proof import proving
    from allhands.platform.proof.checkpoint import parse_verifier

    try:
        verifier, proof = parse_verifier(key), _read(document)
        if proof.get("kind") == "allhands-journal-growth":
            old, new = proving.check_growth(proof, verifier)
            typer.echo(f"Holds: the {new.size} entries begin with the {old.size} that were signed before.")
        else:
            checked = proving.check_entry(proof, verifier)
            typer.echo(f"Holds: the entry stands among the {checked.checkpoint.size} that were signed.")
    except NoteFault as fault:
        _refuse(f"DOES NOT HOLD: {fault}")


@journal.command("witness")
def witness(address: Address, key: Key, state: State) -> None:
    """Fetch the newest checkpoint and compare it with the last one seen. Exit 1 when the past was changed."""
    with kind_errors():
        from allhands.platform.proof import watching
        from allhands.platform.proof.checkpoint import parse_verifier
        from allhands.platform.proof.witness import Tampered

        try:
            last = watching.watch(address, parse_verifier(key), state)
        except NoteFault as fault:
            _refuse(f"Not accepted: {fault}")
        except Tampered as tampered:
            _refuse(f"TAMPERED: {tampered}. Both checkpoints are kept in {state}.")
    typer.echo(f"Consistent: {last.size} entries of {last.origin}.")


@journal.command("compare")
def compare(
    one: Annotated[
        Path, typer.Argument(help="What a witness keeps, or a printed checkpoint.", dir_okay=False, exists=True)
    ],
    other: Annotated[Path, typer.Argument(help="The same of another witness.", dir_okay=False, exists=True)],
    key: Key,
    address: Annotated[str, typer.Option(help="Address of the installation: needed when one saw more.")] = "",
) -> None:
    """Compare what two witnesses saw. Exit 1 when each was shown another journal."""
    with kind_errors():
        from allhands.platform.proof import watching
        from allhands.platform.proof.checkpoint import parse_verifier
        from allhands.platform.proof.witness import Tampered

        try:
            short, long = watching.compare(one, other, parse_verifier(key), address)
        except NoteFault as fault:
            _refuse(f"Not accepted: {fault}")
        except Tampered as tampered:
            _refuse(f"TAMPERED: {tampered}. Keep both files: together they are the evidence.")
    typer.echo(f"One journal: the {long.size} entries begin with the {short.size}.")


def _read(file: Path) -> Mapping[str, object]:
    try:
        document = json.loads(file.read_text(encoding="utf-8"))
    except (ValueError, RecursionError) as error:
        raise NoteFault("the file is not JSON") from error
    if not isinstance(document, dict):
        raise NoteFault("the file holds no proof")
    return document


def _print(document: Mapping[str, object]) -> None:
    typer.echo(json.dumps(document, indent=1, ensure_ascii=False))


def _refuse(words: str) -> NoReturn:
    typer.echo(words, err=True)
    raise typer.Exit(1)
