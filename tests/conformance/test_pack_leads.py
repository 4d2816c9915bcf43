"""Nothing from the list "leads from memory" of the dossiers is a rule, unless somebody then read it.

The list (state-tribal-law.md, Gaps) names where to look first in twelve states. The supplement read some of these
sections: only those may be cited. Two were never found, one only by its neighbours.
"""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from allhands.law import Library, load_library
from allhands.law.values import Confidence

PACKS = Path(__file__).parents[2] / "packs"
# State, what the lead covers, and the sections of it that the supplement says were read.
LEADS = [
    ("nj", r"52:17B-21\d|52:17B-22\d", {"52:17B-212", "52:17B-213", "52:17B-216", "52:17B-217"}),
    ("la", r"40:25\d\d", {"40:2521"}),
    ("ks", r"75-712b|38-22\d\d", {"75-712b"}),
    ("in", r"31-36-[\d.]+-[\d.]+", {"31-36-1-1", "31-36-1-2", "31-36-1-3.5", "31-36-2-0.5", "31-36-2-1", "31-36-2-2"}),
    ("ma", r"22A s\. \d+", {"22A s. 1", "22A s. 4"}),
    ("ct", r"7-282c", set()),
    ("me", r"(?<!\d)215[45](?:-A)?", {"2154", "2154-A", "2155"}),
    ("nh", r"RSA 7:10-a", set()),
    ("sc", r"23-3-2\d\d", {"23-3-210", "23-3-230", "23-3-270"}),
    ("al", r"26-19-\d+", {"26-19-1", "26-19-5", "26-19-7"}),
    ("wv", r"49-6-1\d\d", {"49-6-103", "49-6-106", "49-6-112"}),
    ("de", r"(?<!\d)85[34]\d", {"8531", "8532", "8544"}),
]


@pytest.fixture(scope="module")
def library() -> Library:
    return load_library(PACKS)


def cited(library: Library, state: str, lead: str) -> set[str]:
    """Sections within a lead that a state's sources, or the pins of its rules, name."""
    pack = library.pack(f"us.states.{state}")
    words = [source.citation for source in pack.sources.values()]
    words += [citation.pin or "" for rule in pack.rules for citation in rule.citations]
    return {found for text in words for found in re.findall(lead, text)}


@pytest.mark.parametrize(("state", "lead", "read"), LEADS, ids=[lead[0] for lead in LEADS])
def test_only_what_was_read_is_cited(state: str, lead: str, read: set[str], library: Library) -> None:
    assert cited(library, state, lead) <= read


def test_the_leads_that_were_read_are_found(library: Library) -> None:
    """The test above is not empty: in ten states it does find sections."""
    assert len([state for state, lead, _ in LEADS if cited(library, state, lead)]) == 10


@pytest.mark.parametrize("lead", ["7-282c", "7:10-a", r"38-22\d\d"])
def test_a_lead_that_nobody_read_stands_in_no_rule(lead: str) -> None:
    files = [path for path in PACKS.rglob("*.yaml") if path.name != "index.yaml"]
    assert not [path.name for path in files if re.search(lead, path.read_text(encoding="utf-8"))]


def test_what_rests_on_memory_alone_says_so(library: Library) -> None:
    """A rule all of whose sources are "from memory" has the lowest confidence and never the words of a quote."""
    found = []
    for pack in library.packs:
        remembered = {name for name, source in pack.sources.items() if source.read.startswith("from memory")}
        for rule in pack.rules:
            if rule.citations and all(citation.source_id in remembered for citation in rule.citations):
                found.append(rule.id)
                assert rule.confidence is Confidence.C, rule.id
                assert not any(citation.quote for citation in rule.citations), rule.id
    assert len(found) >= 4
