"""Every alert that the dossiers name for a State, territory or nation is a criterion of its pack, or a told gap.

The table is the list of `alerts` in state-tribal-law.yaml and -2.yaml; two rows that tell of one alert stand once.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from allhands.law import Library, RuleKind, load_library
from allhands.law.packs.coverage import read_coverage

PACKS = Path(__file__).parents[2] / "packs"
CRITERIA = """
tribes.navajo       amber endangered-missing-advisory
tribes.tmbci        amber silver ashanti
us.states.ak        amber
us.states.al        amber emergency-missing-child
us.states.ar        amber endangered-child-advisory
us.states.az        amber turquoise seek-and-find
us.states.ca        amber feather ebony endangered-missing-advisory silver
us.states.co        amber missing-indigenous-person
us.states.ct        amber
us.states.dc        amber
us.states.de        amber
us.states.fl        amber missing-child-alert enhanced-missing-child-alert
us.states.ga        levis-call matties-call
us.states.hi        maile-amber silver
us.states.ia        amber
us.states.id        amber endangered-missing-person-alert
us.states.in        amber
us.states.ks        amber
us.states.ky        amber golden
us.states.la        amber level-ii-endangered-child
us.states.ma        amber
us.states.md        amber
us.states.me        amber
us.states.mi        amber amber-until-2016 endangered-missing-advisory
us.states.mn        amber
us.states.mo        amber
us.states.mt        amber endangered-person-advisory
us.states.nc        amber
us.states.nd        amber silver
us.states.ne        amber
us.states.nh        amber
us.states.nj        amber
us.states.nm        amber turquoise brittany endangered-person-advisory
us.states.nv        amber
us.states.ny        amber
us.states.oh        amber endangered-missing-child
us.states.ok        amber kasey endangered-juvenile
us.states.or        amber missing-vulnerable-adult
us.states.pa        amber
us.states.ri        amber
us.states.sc        amber
us.states.sd        amber endangered-missing-advisory
us.states.tn        amber care-alert endangered-child-young-adult
us.states.tx        amber
us.states.ut        amber silver-adults silver-autism
us.states.va        amber autism-alert critically-missing-adult
us.states.vt        amber
us.states.wa        amber endangered-missing-person-advisory missing-indigenous-person-alert
us.states.wi        amber missing-child-alert
us.states.wv        amber missing-and-endangered-advisory
us.states.wy        amber endangered-person-advisory
us.territories.pr   amber
us.territories.vi   amber
"""
# An alert whose criteria nobody read (or that is for adults with dementia), and the words of the index that say so.
GAPS = {
    "AK missing vulnerable adult": ("us.states.ak", "plan for missing vulnerable adults"),
    "AZ Endangered Person Alert": ("us.states.az", "The Endangered Person Alert (18 and older)"),
    "IA Endangered Person Advisory": ("us.states.ia", "The Endangered Person Advisory exists"),
    "IL AMBER": ("us.states.il", "AMBER criteria were cut short"),
    "MS AMBER": ("us.states.ms", "The AMBER criteria were not read"),
    "ND Feather Alert": ("us.states.nd", "The Feather Alert has no rule here"),
    "OH mental impairment or 65 and older": ("us.states.oh", "R.C. 5502.522"),
    "PR Silver Alert": ("us.territories.pr", "The Silver Alert (chapter 94E"),
}
# What the dossiers call an alert and the text calls a person or a duty.
OTHER_KINDS = {
    "us.states.dc.critical-missing": RuleKind.DEFINITION,
    "us.states.nv.adult-missing-from-reservation": RuleKind.DEFINITION,
    "us.states.ms.consider-amber": RuleKind.DUTY,
    "tribes.tmbci.ashanti-2h": RuleKind.DUTY,
}


@pytest.fixture(scope="module")
def library() -> Library:
    return load_library(PACKS)


def test_every_alert_of_the_dossiers_is_a_criterion_and_no_other_is(library: Library) -> None:
    wanted = {words[0]: sorted(words[1:]) for words in (line.split() for line in CRITERIA.strip().splitlines())}
    found = {}
    for pack in library.packs:
        if pack.kind in ("state", "tribe") and pack.id != "tribes.sample":
            names = [rule.id.rpartition(".")[2] for rule in pack.rules if rule.kind is RuleKind.CRITERION]
            if names:
                found[pack.id] = sorted(names)
    assert found == wanted


@pytest.mark.parametrize("alert", GAPS)
def test_an_alert_without_a_criterion_is_told(alert: str) -> None:
    pack, words = GAPS[alert]
    entries, _ = read_coverage(PACKS)
    assert any(words in gap.en for entry in entries if entry.pack == pack for gap in entry.gaps)


@pytest.mark.parametrize("rule_id", OTHER_KINDS)
def test_an_alert_that_is_a_duty_or_a_definition_stands_there(rule_id: str, library: Library) -> None:
    assert library.rule(rule_id).kind is OTHER_KINDS[rule_id]
