"""Assessments a second, cold and from memory, beside a plain function that knows nothing but the federal floor.

Run: `python bench/law.py [PACKS]`. Prints the best of five rounds in CPU time, and the ratio to the floor. The floor
reads no packs, knows no unknowns, gives no reasons and cites nothing: it is what a hard-coded program costs, so the
ratio is the price of everything else. Opening packs stands beside what libyaml alone takes for the same files, and
beside the compiled form; a question about sharing beside an assessment.
"""

from __future__ import annotations

import sys
import tempfile
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import yaml

from allhands.law import JSON, AssessmentCache, Permissions, assess, load_library, parse_facts
from allhands.law.packs.directory import is_pack_file

ROUNDS = 5
AS_OF = datetime(2026, 11, 24, 3, tzinfo=UTC)
RAW: dict[str, JSON] = {
    "child.age_years": 15,
    "child.whereabouts_known": False,
    "child.in_foster_care": True,
    "child.left_without_permission": True,
    "place.residence": {"state": "ND", "county_fips": "38079"},
    "place.last_seen": {"state": "ND"},
    "time.last_seen_at": "2026-11-24T00:00:00+00:00",
    "time.agency_informed_at": "2026-11-24T01:00:00+00:00",
    "time.police_report_received_at": "2026-11-24T02:00:00+00:00",
}


def federal_floor(facts: dict[str, object]) -> list[tuple[str, datetime | None]]:
    """The main federal duties as one would write them by hand: 42 USC 671(a)(35)(B) and 34 USC 41307-41308."""
    duties: list[tuple[str, datetime | None]] = []
    age, informed = facts["child.age_years"], facts["time.agency_informed_at"]
    received, returned = facts["time.police_report_received_at"], facts.get("time.returned_at")
    assert isinstance(age, int)
    assert isinstance(informed, datetime)
    assert isinstance(received, datetime)
    missing = not facts["child.whereabouts_known"]
    if facts["child.in_foster_care"] and missing and age < 18:
        duties += [
            ("police in 24 h", informed + timedelta(hours=24)),
            ("NCMEC in 24 h", informed + timedelta(hours=24)),
        ]
        duties += [("regular contact", None)]
        if isinstance(returned, datetime):
            duties += [("screening", None), ("primary factors", None), ("respond to factors", None)]
    if missing and age < 21:
        duties += [("no waiting period", received), ("NCIC in 2 h", received + timedelta(hours=2))]
        duties += [("update in 30 days", received + timedelta(days=30)), ("search", None), ("liaison", None)]
        if facts["child.in_foster_care"]:
            duties += [("police tell NCMEC", None)]
    return sorted(duties, key=lambda duty: duty[1] or datetime.max.replace(tzinfo=UTC))


def seconds_each(work: Callable[[], object], times: int) -> float:
    rounds = []
    for _ in range(ROUNDS):
        started = time.process_time()
        for _ in range(times):
            work()
        rounds.append((time.process_time() - started) / times)
    return min(rounds)


def libyaml_alone(packs: Path) -> float:
    """What the parser itself takes for the text of every pack file: the physical limit of reading YAML here."""
    texts = [path.read_text(encoding="utf-8") for path in packs.rglob("*.yaml") if is_pack_file(path.name)]
    return seconds_each(lambda: [sum(1 for _ in yaml.parse(text, Loader=yaml.CSafeLoader)) for text in texts], 1)


def compiled(packs: Path) -> float:
    """Opening the compiled form, the check that no pack has changed included."""
    with tempfile.TemporaryDirectory() as folder:
        load_library(packs, cache=Path(folder))
        return seconds_each(lambda: load_library(packs, cache=Path(folder)), 3)


def main() -> None:
    packs = Path(sys.argv[1] if len(sys.argv) > 1 else "packs")
    loading, limit, opening = seconds_each(lambda: load_library(packs), 1), libyaml_alone(packs), compiled(packs)
    library = load_library(packs)
    raw = {fact: value for fact, value in RAW.items() if fact in library.facts}
    facts = parse_facts(raw, library.facts, as_of=AS_OF)
    made = assess(facts, library, as_of=AS_OF)
    cache = AssessmentCache()
    cold = seconds_each(lambda: assess(facts, library, as_of=AS_OF), 50)
    parsed = seconds_each(lambda: assess(parse_facts(raw, library.facts, as_of=AS_OF), library, as_of=AS_OF), 50)
    kept = seconds_each(lambda: cache.assess(facts, library, as_of=AS_OF), 2000)
    floor = seconds_each(lambda: federal_floor(dict(facts.values)), 2000)
    door = Permissions(library, facts=facts, as_of=AS_OF)
    question = {"holder": "shelter", "data_class": "shelter_record", "recipient": "ncmec", "purpose": "locate_child"}
    asked = seconds_each(lambda: door.ask(**question), 500)
    spoke = ", ".join(pack.id for pack in made.packs)
    print(f"{len(library.rules)} rules; these packs speak: {spoke}")
    print(f"{len(made.definitions)} definitions, {len(made.duties)} duties, {len(made.criteria)} criteria assessed")
    print(f"load all packs         {loading * 1e3:9.1f} ms   (target < 300 ms); {loading / limit:.1f} x libyaml alone")
    print(f"libyaml alone          {limit * 1e3:9.1f} ms")
    print(f"open compiled          {opening * 1e3:9.1f} ms   (target < 20 ms); 1 / {loading / opening:.0f} of loading")
    print(f"assess, cold           {cold * 1e3:9.3f} ms   {1 / cold:12,.0f}/s   (budget < 5 ms)")
    print(f"parse facts and assess {parsed * 1e3:9.3f} ms   {1 / parsed:12,.0f}/s")
    print(f"assess, from memory    {kept * 1e3:9.3f} ms   {1 / kept:12,.0f}/s   (budget > 2,000/s)")
    print(f"hard-coded floor       {floor * 1e3:9.3f} ms   {1 / floor:12,.0f}/s")
    print(f"one sharing question   {asked * 1e3:9.3f} ms   {1 / asked:12,.0f}/s")
    print(f"ratio cold / floor     {cold / floor:9.0f}")
    print(f"ratio memory / floor   {kept / floor:9.2f}")


if __name__ == "__main__":
    main()
