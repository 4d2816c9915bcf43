"""How long "Who do I call?" takes to decide, beside the bare `law.assess` for the same facts.

Run: `python bench/who_to_call.py`. Everything but HTTP, templates and the database: reading the answers, finding the
places, one assessment a place, composing. Prints the best of five rounds in CPU time, and the ratio.
Budget: an answer in under a second.
"""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Callable
from datetime import UTC, datetime
from functools import partial
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1] / "src"))
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "allhands.config.settings")
import django

django.setup()

from allhands import law  # noqa: E402
from allhands.directory import api, judging  # noqa: E402
from allhands.directory.asking import read_asked  # noqa: E402
from allhands.directory.composing import Known, compose  # noqa: E402
from allhands.directory.contracts import Answer, Form  # noqa: E402
from allhands.platform import packs  # noqa: E402

ROUNDS, TIMES = 5, 30
NOW = datetime(2026, 11, 24, 8, 5, tzinfo=UTC)
CASES: dict[str, dict[str, str]] = {
    "nothing answered": {},
    "one county": {"who": "caseworker", "age": "14", "county": "38057"},
    "a ZIP with a nation": {"who": "family", "age": "9", "where": "58316"},
    "a nation in three states": {"who": "other", "age": "15", "nation": "navajo"},
}


def seconds_each(work: Callable[[], object]) -> float:
    rounds = []
    for _ in range(ROUNDS):
        started = time.process_time()
        for _ in range(TIMES):
            work()
        rounds.append((time.process_time() - started) / TIMES)
    return min(rounds)


def answer(typed: dict[str, str]) -> Answer:
    asked = read_asked(Form(one=partial(typed_in, typed)))
    judged = judging.judge(asked, lambda facts: api.assess(facts, NOW))
    return compose(asked, judged, Known(police=(), care=(), reading=api.reading(), now=NOW))


def typed_in(typed: dict[str, str], name: str) -> str:
    return typed.get(name, "")


def assess_each(facts: list[law.Facts], library: law.Library) -> list[law.Assessment]:
    return [law.assess(one, library, as_of=NOW) for one in facts]


def main() -> None:
    started = time.process_time()
    library = packs.library()
    print(f"packs read             {(time.process_time() - started) * 1e3:9.1f} ms, once a process")
    started = time.process_time()
    answer({"where": "58316"})
    print(f"maps read              {(time.process_time() - started) * 1e3:9.1f} ms, once a process")
    for name, typed in CASES.items():
        asked = read_asked(Form(one=partial(typed_in, typed)))
        places = asked.places or (None,)
        facts = [law.parse_facts(judging.facts_of(asked, one), library.facts, as_of=NOW) for one in places]
        whole = seconds_each(partial(answer, typed))
        bare = seconds_each(partial(assess_each, facts, library))
        print(
            f"{name:25} {whole * 1e3:8.2f} ms   law.assess alone ({len(facts)} place{'s'[: len(facts) > 1]}) "
            f"{bare * 1e3:8.2f} ms   ratio {whole / bare:5.2f}"
        )


if __name__ == "__main__":
    main()
