"""What other slices and the pages may ask of the directory. Nothing asked here is stored or logged."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from functools import lru_cache
from pathlib import Path
from urllib.parse import urlencode

from django.conf import settings
from django.utils import timezone

from allhands import law
from allhands.directory import acting, agencies_here, judging, lands
from allhands.directory.agencies_here import CARE, POLICE, numbers_for
from allhands.directory.asking import as_query as as_query
from allhands.directory.asking import read_asked
from allhands.directory.composing import Known, compose
from allhands.directory.contracts import Answer, Asked, Call, Cited, DutyLine, Form, Where
from allhands.directory.places import nation_names, of_nation, state_names
from allhands.geo import locate
from allhands.geo.jurisdiction import GAPS, Arrangement, jurisdiction
from allhands.geo.located import Located
from allhands.geo.nations import find_nation
from allhands.kernel.actors import SYSTEM, AgencyKind
from allhands.law import JSON, Text
from allhands.law.packs.coverage import read_coverage
from allhands.platform import packs
from allhands.platform.database.acting import acting_as

_SOME_ZIP = "58316"
_FEDERAL = "us.federal"


def has_invented() -> bool:
    """Whether the demo world's counties and nation exist on this node."""
    return settings.ALLHANDS_WORLD != "live"


def nations() -> Mapping[str, Text]:
    """Nations by code."""
    return nation_names(invented=has_invented())


def nations_read() -> frozenset[str]:
    """Codes of the nations of which some law was read."""
    read = {pack.jurisdiction.removeprefix("TRIBE-") for pack in packs.library().packs if pack.kind == "tribe"}
    return frozenset(read & nations().keys())


def ask(form: Form) -> Asked:
    """The four answers, as far as they can be read."""
    return read_asked(form, invented=has_invented())


def read_before_answers() -> None:
    """Read the packs and the maps, so that nobody waits for them: for the start of a web process."""
    asked = ask(Form(one=lambda name: _SOME_ZIP if name == "where" else ""))
    with acting_as(SYSTEM):  # the law in force may have been published here
        judging.judge(asked, _assess(timezone.now()))
        reading()


def answer(asked: Asked, now: datetime) -> Answer:
    """Whom to call and what to say."""
    judged = judging.judge(asked, _assess(now))
    known = Known(
        police=numbers_for(asked.places, POLICE, now, code="police"),
        care=numbers_for(asked.places, CARE, now, code="care"),
        reading=reading(),
        now=now,
    )
    return compose(asked, judged, known)


def link_of(asked: Asked) -> str:
    """The page with the same answers, as a link another site may show: coarse codes, nothing typed by hand."""
    return f"{settings.ALLHANDS_ORIGIN.rstrip('/')}/who-to-call?{urlencode(as_query(asked))}".rstrip("?")


def duties_of(asked: Asked, now: datetime) -> tuple[DutyLine, ...]:
    """Every duty that applies or may apply, with the moment at which it would be due if its clock started now."""
    judged = judging.judge(asked, _assess(now))
    due: dict[str, datetime] = {}
    for one in judged:
        due |= judging.started_now(one, asked, _assess(now), now)
    return judging.duty_lines(judged, due)


def assess(facts: Mapping[str, JSON], now: datetime) -> law.Assessment:
    """What the law says of these facts on this node."""
    return _assess(now)(facts)


def _assess(now: datetime) -> judging.Assess:
    library = packs.library()

    def judge(facts: Mapping[str, JSON]) -> law.Assessment:
        known = {fact: value for fact, value in facts.items() if fact in library.facts}
        parsed = law.parse_facts(known, library.facts, as_of=now)
        return law.assess(parsed, library, as_of=now, world=settings.ALLHANDS_WORLD)

    return judge


@lru_cache(maxsize=1)
def reading() -> judging.Reading:
    """How far the law of each jurisdiction was read; a pack without an entry in the index counts as read in part."""
    entries, _findings = read_coverage(Path(settings.ALLHANDS_PACKS_DIR))
    read = {pack.jurisdiction: "partial" for pack in packs.library().packs if pack.rules}
    found: dict[str, list[str]] = {}
    for entry in entries:
        found.setdefault(entry.jurisdiction, []).append(entry.coverage)
    for code, coverages in found.items():
        whole = set(coverages)
        read[code] = whole.pop() if len(whole) == 1 else "partial"
    return judging.Reading(packs=read, states=state_names(), nations=nation_names(invented=True))


def nations_here() -> frozenset[str]:
    """Nations whose law was read or whose agencies are on record here: their cards are worth keeping on a phone."""
    return nations_read() | (agencies_here.nations_served() & nations().keys())


def card(where: Where, now: datetime, *, for_staff: bool) -> acting.Card:
    """Who may do what at a place; of a nation's land, in every state that it touches."""
    places = of_nation(where.nation) if where.nation and not where.state else (where,)
    judged = judging.judge(Asked(places=places), lambda facts: assess(facts, now))
    return acting.compose_card(judged, _numbers(places, now, for_staff=for_staff), _land(where), reading())


def _numbers(places: tuple[Where, ...], now: datetime, *, for_staff: bool) -> acting.Numbers:
    def of(kind: AgencyKind) -> tuple[Call, ...]:
        return numbers_for(places, [kind], now, code=kind.value.lower(), for_staff=for_staff, nationwide=False)

    return acting.Numbers(
        police=of(AgencyKind.LAW_ENFORCEMENT),
        tribal_police=of(AgencyKind.TRIBAL_POLICE),
        nation=of(AgencyKind.TRIBAL_GOVERNMENT),
        care=of(AgencyKind.CHILD_WELFARE),
        clearinghouse=of(AgencyKind.CLEARINGHOUSE),
    )


def _land(where: Where) -> acting.Land:
    found = lands.transmitters_of(where.nation, settings.ALLHANDS_WORLD)
    held = jurisdiction(_located(where))
    return acting.Land(
        transmitters=tuple(_transmitter(one) for one in found),
        jurisdiction=tuple(_arrangement(one) for one in held.arrangements),
        gaps=tuple(Text(en=GAPS[code].en, es=GAPS[code].es) for code in held.gaps),
    )


def _located(where: Where) -> Located:
    nation = find_nation(where.nation)
    if nation is not None:
        return locate.by_nation(nation)
    return locate.by_county(where.county_fips) if where.county_fips else locate.by_state(where.state)


def _arrangement(row: Arrangement) -> acting.Line:
    """A row of the table; it names its sources as the federal pack does."""
    pack = packs.library().pack(_FEDERAL)
    known = pack.sources.get(row.source)
    compared_on = pack.reviewed.on if pack.reviewed else None
    source = Cited(
        citation=known.citation if known else _as_cited(row.source),
        pin=row.pin,
        address=(known.address or "") if known else "",
        level=row.confidence,
        read_on=(known.retrieved_on if known else None) or compared_on,
    )
    return acting.Line(who="", words=Text(en=row.words.en, es=row.words.es), source=(source,))


def _as_cited(source_id: str) -> str:
    """A section of the federal code as people write it: usc-18-1152 is 18 U.S.C. 1152."""
    code, _, rest = source_id.partition("-")
    title, _, section = rest.partition("-")
    return f"{title} U.S.C. {section}" if code == "usc" and section else source_id


def _transmitter(one: lands.Transmitter) -> Text:
    day = one.verified_on.isoformat()
    return Text(
        en=f"Reaches this land: {one.name.en}. Source: {one.source}, {day}.",
        es=f"Llega a esta tierra: {one.name.es}. Fuente: {one.source}, {day}.",
    )
