"""No number of the dossiers is lost: each hour figure and each age of a State, territory or nation stands in its pack.

The table is made of every `hours`, `deadline_hours`, `deadline_days` and of every age under `age_limit` in
state-tribal-law.yaml and -2.yaml; days count 24 hours, and an age is the first that is too old. Left out: Missouri's 24
hours, which a newer manual replaced, and the under 21 of Minnesota and New Jersey, which counts only with one more mark
(packs/index.yaml tells of them).
"""

from __future__ import annotations

from pathlib import Path

import pytest

from allhands.law import Library, load_library
from allhands.law.expressions.leaves import Compare
from allhands.law.expressions.walk import expressions_of, nodes
from allhands.law.rules import Clock, DutyTerms, Pack

PACKS = Path(__file__).parents[2] / "packs"
# Pack, hours, ages below which; 0 hours is "immediately".
TABLE = """
tribes.badriver         -                       18
tribes.lco              -                       18
tribes.navajo           -                       18
tribes.osage            -                       18
tribes.pbpn             -                       18,21
tribes.sanildefonso     -                       18
tribes.smc              -                       18,21
tribes.stpaul           -                       18
tribes.tmbci            2,24,48,72              18,21
us.states.ak            12,24                   18
us.states.al            0                       18
us.states.ar            2,24                    18
us.states.az            2,24,48                 18
us.states.ca            2,24                    18,21
us.states.co            2,24                    18
us.states.ct            0,24                    18
us.states.dc            0                       18,22
us.states.de            0                       18
us.states.fl            4                       18,26
us.states.ga            24                      18
us.states.hi            0                       -
us.states.ia            0,24                    18
us.states.id            0,24                    18
us.states.il            0,24                    21
us.states.in            5,24                    18
us.states.ks            0,2,24                  -
us.states.ky            12,24                   18
us.states.la            0,24                    -
us.states.ma            0,24                    18,21
us.states.md            0,24                    14,18
us.states.me            0,24                    18
us.states.mi            0,24                    17
us.states.mn            24                      18
us.states.mo            0,2                     18
us.states.ms            0,2                     -
us.states.mt            2                       21
us.states.nc            0,24                    16,18
us.states.nd            12,24,48                -
us.states.ne            0                       -
us.states.nh            24                      16,18
us.states.nj            0                       18
us.states.nm            2                       18
us.states.nv            0,24,36                 18
us.states.ny            24                      18
us.states.oh            24                      18
us.states.ok            0,24                    18
us.states.or            24                      -
us.states.pa            0                       -
us.states.sc            24                      17
us.states.sd            12                      18
us.states.tn            0,2,24                  18,21
us.states.tx            2,24                    18
us.states.ut            0,2                     18,21
us.states.va            2,24                    21
us.states.vt            0                       18
us.states.wa            0,6,24,72               18
us.states.wi            8,24                    18
us.states.wv            0,24                    13,18
us.states.wy            24                      -
us.territories.gu       -                       18
us.territories.pr       -                       18
us.territories.vi       -                       18
"""


@pytest.fixture(scope="module")
def library() -> Library:
    return load_library(PACKS)


def wanted() -> list[tuple[str, set[float], set[int]]]:
    found = []
    for line in TABLE.strip().splitlines():
        pack, hours, ages = line.split()
        found.append((pack, _numbers(hours), {int(age) for age in _numbers(ages)}))
    return found


def _numbers(text: str) -> set[float]:
    return {float(number) for number in text.split(",") if number != "-"}


def hours_of(clock: Clock) -> set[float]:
    found = {0.0} if clock.immediate else set()
    if clock.hours is not None:
        found.add(float(clock.hours))
    if clock.days is not None:
        found.add(clock.days * 24.0)
    return found


def ages_of(pack: Pack) -> set[float]:
    """The numbers that a test of age names; 17 or less is the same as under 18."""
    found: set[float] = set()
    for rule in pack.rules:
        for _, expression in expressions_of(rule):
            for node in nodes(expression):
                if isinstance(node, Compare) and node.fact == "child.age_years" and isinstance(node.bound, int):
                    found.add(node.bound + 1 if node.side in ("at_most", "above") else node.bound)
    return found


def test_every_hour_figure_is_a_clock(library: Library) -> None:
    lost = []
    for name, hours, _ in wanted():
        clocks = [rule.terms.clock for rule in library.pack(name).rules if isinstance(rule.terms, DutyTerms)]
        lost += [(name, number) for number in sorted(hours - {h for clock in clocks for h in hours_of(clock)})]
    assert not lost


def test_every_age_is_tested(library: Library) -> None:
    lost = [(name, age) for name, _, ages in wanted() for age in sorted(ages - ages_of(library.pack(name)))]
    assert not lost


def test_the_table_speaks_of_most_packs() -> None:
    assert len(wanted()) > 55
    assert sum(len(hours) for _, hours, _ in wanted()) > 90
