"""`allhands place`: all that a point, a ZIP or words may be. Offline; never imports Django."""

from __future__ import annotations

import json
from typing import Annotated, Final

import typer
from rich.console import Console
from rich.table import Table

from allhands.geo import locate
from allhands.geo.jurisdiction import GAPS, Jurisdiction, jurisdiction
from allhands.geo.located import CODES, LIMITS, CountyCandidate, Located, PlaceUnreadable
from allhands.geo.search import Match

NOTHING_EXIT: Final = 1

Words = Annotated[
    list[str], typer.Argument(help='"46.8,-100.8", a ZIP, a county with its state, or a nation.', metavar="PLACE")
]
AsJson = Annotated[bool, typer.Option("--json", help="One JSON object.")]
_NEGATIVE: Final = {"ignore_unknown_options": True}  # so that -100.8 is a number, not an option


def register(app: typer.Typer) -> None:
    """Adds the command `place` to the command line."""
    app.command("place", context_settings=_NEGATIVE)(place)


def place(words: Words, as_json: AsJson = False) -> None:
    """All that a place may be: counties, tribal areas, time zones, whose police. Never one guess."""
    text = " ".join(words)
    matches = locate.by_text(text)
    try:
        located = [(match, locate.resolve(match)) for match in matches]
    except PlaceUnreadable as refused:
        _nothing(text, refused, as_json)
        return
    if not located:
        _nothing(text, PlaceUnreadable("place.not-on-any-list", CODES["place.not-on-any-list"]), as_json)
    elif as_json:
        typer.echo(json.dumps({"query": text, "matches": [_json(*pair) for pair in located]}, ensure_ascii=False))
    else:
        _print(located)


def _nothing(text: str, refused: PlaceUnreadable, as_json: bool) -> None:
    if as_json:
        typer.echo(json.dumps({"query": text, "matches": [], "code": refused.code, "message": refused.words.en}))
    else:
        typer.echo(f"{refused.words.en} ({refused.code})", err=True)
    raise typer.Exit(NOTHING_EXIT)


def _json(match: Match, located: Located) -> dict[str, object]:
    law = jurisdiction(located)
    return {
        "kind": match.kind.value,
        "code": match.code,
        "name": match.name,
        "score": match.score,
        "counties": [_county_json(one) for one in located.counties],
        "nearest": [_county_json(one) for one in located.nearest],
        "states": list(located.states),
        "tribal_areas": [
            {
                "geoid": one.area.geoid,
                "name": one.area.name,
                "kind": one.area.kind.value,
                "nations": list(one.nations),
                "standing": one.standing.value,
                "metres": None if one.metres is None else round(one.metres),
            }
            for one in located.tribal
        ],
        "indian_country": located.indian_country.value,
        "time_zones": list(located.time_zones),
        "countries": list(located.countries),
        "is_ambiguous": located.is_ambiguous,
        "place_code": located.code,
        "limits": list(located.limits),
        "police": {"authorities": [one.value for one in law.authorities], "gaps": list(law.gaps)},
    }


def _county_json(one: CountyCandidate) -> dict[str, object]:
    metres = None if one.metres is None else round(one.metres)
    return {"fips": one.fips, "name": one.name, "state": one.state, "standing": one.standing.value, "metres": metres}


def _print(located: list[tuple[Match, Located]]) -> None:
    console = Console()
    if len(located) > 1:
        console.print(f"This may mean {len(located)} places. Say which:")
        for match, _ in located:
            console.print(
                f"  {match.name}{f', {match.state}' if match.state else ''} ({match.kind.value} {match.code})"
            )
        return
    match, one = located[0]
    console.print(
        f"[bold]{match.name}[/bold]" + (f" (nearest spelling, {match.score:.0f} %)" if match.score < 100 else "")
    )
    if one.code:
        console.print(CODES[one.code].en)
    console.print(_candidates(one))
    console.print(
        f"Indian country: {one.indian_country.value}. Time zones: {', '.join(one.time_zones) or 'not known'}."
    )
    _print_law(console, jurisdiction(one))
    for limit in one.limits:
        console.print(f"- {LIMITS[limit].en}")


def _candidates(one: Located) -> Table:
    table = Table("Candidate", "Code", "Fit", "Metres", box=None, pad_edge=False)
    for county in (*one.counties, *one.nearest):
        table.add_row(f"{county.name}, {county.state}", county.fips, county.standing.value, _metres(county.metres))
    for tribal in one.tribal:
        names = f"{tribal.area.name} ({', '.join(tribal.nations) or 'joint use'})"
        table.add_row(names, tribal.area.geoid, tribal.standing.value, _metres(tribal.metres))
    return table


def _metres(metres: float | None) -> str:
    return "" if metres is None else f"{metres:,.0f}"


def _print_law(console: Console, law: Jurisdiction) -> None:
    named = ", ".join(one.value for one in law.authorities) or "not known"
    console.print(f"Police that may be in charge: {named}.{' Tell them all.' if len(law.authorities) > 1 else ''}")
    for row in law.arrangements:
        console.print(f"- {row.words.en} ({row.source} {row.pin}, read at level {row.confidence})", highlight=False)
    for gap in law.gaps:
        console.print(f"- Gap: {GAPS[gap].en}")
