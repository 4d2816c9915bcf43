"""`allhands may-share`: who may tell whom what, for which purpose, with the law that says so."""

from __future__ import annotations

import json
import sys
from datetime import UTC, datetime
from typing import Annotated

import typer
from rich.console import Console
from rich.text import Text as Styled

from allhands.cli.law_files import check_language, open_library, read_facts_file, stop
from allhands.law import Facts, PermissionResult, Permissions, Sharing, SharingError, Text, Verdict, permission_json

_VERDICTS = {
    Sharing.PERMIT: (Text("Yes, this may be shared.", "Sí, se puede compartir."), "bold green"),
    Sharing.CONDITIONS: (Text("Only if all of this holds:", "Solo si se cumple todo esto:"), "bold yellow"),
    Sharing.DENY: (Text("No, this may not be shared.", "No, esto no se puede compartir."), "bold red"),
    Sharing.NOT_READ: (
        Text(
            "We have read no law that answers this. Silence is not a yes: ask your lawyer.",
            "No hemos leído ninguna ley que lo responda. El silencio no es un sí: pregunte a su abogado.",
        ),
        "bold",
    ),
}
_MET = {
    Verdict.TRUE: Text("met", "se cumple"),
    Verdict.FALSE: Text("not met", "no se cumple"),
    Verdict.UNKNOWN: Text("not known yet", "aún no se sabe"),
}
_AT_MOST = Text("At most", "Como máximo")
_ONLY_NEEDED = Text("Only what the purpose needs.", "Solo lo que el fin necesita.")
_WALL = Text("a wall that nobody lifts", "un muro que nadie quita")


def may_share(
    holder: Annotated[str, typer.Argument(help="Who has the information, such as shelter.")],
    data_class: Annotated[str, typer.Argument(help="What it is, such as shelter_record; several with commas.")],
    recipient: Annotated[str, typer.Argument(help="Who would get it, such as law_enforcement.")],
    purpose: Annotated[str, typer.Argument(help="What for, such as locate_child.")],
    facts: Annotated[str | None, typer.Option("--facts", help="A file of facts as JSON; - for standard input.")] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print data instead of words.")] = False,
    lang: Annotated[str, typer.Option(help="en or es.")] = "en",
) -> None:
    """Say whether HOLDER may tell RECIPIENT this for PURPOSE: permit, conditions, deny, or not read."""
    check_language(lang)
    library = open_library(None)
    known, as_of = Facts.of({}), datetime.now(UTC)
    if facts is not None:
        given = read_facts_file(facts, library)
        known, as_of = given.facts, given.as_of
    asked = Permissions(library, facts=known, as_of=as_of)
    try:
        result = asked.ask(holder=holder, data_class=tuple(data_class.split(",")), recipient=recipient, purpose=purpose)
    except SharingError as error:
        stop([str(error)])
        raise
    if as_json:
        sys.stdout.write(json.dumps(permission_json(result, lang), ensure_ascii=False, indent=2) + "\n")
    else:
        _print(result, Console(highlight=False), lang)


def _print(result: PermissionResult, console: Console, lang: str) -> None:
    words, style = _VERDICTS[result.verdict]
    console.print(Styled(words.get(lang), style=style))
    for condition in result.conditions:
        console.print(Styled(f"  - {condition.text.get(lang)} ({_MET[condition.met].get(lang)})"))
    if result.verdict in (Sharing.PERMIT, Sharing.CONDITIONS):
        listed = ", ".join(word.replace("_", " ") for word in result.minimum)
        console.print(Styled(f"{_AT_MOST.get(lang)}: {listed}" if listed else _ONLY_NEEDED.get(lang)))
    for reason in result.because:
        wall = f" ({_WALL.get(lang)})" if reason.wall else ""
        console.print(Styled(f"{reason.plain.get(lang)}{wall}"))
        console.print(Styled(f"  {reason.rule_id} · {reason.confidence.value}", style="dim"))
    for source in result.basis:
        console.print(Styled(f"  {source.citation} {source.pin}".rstrip(), style="dim"))
